//! Figures as they are shown: rounded here, and nowhere before.

/// Gives a share in whole percent; what is not quite none or not quite all is never shown as such.
pub(super) fn percent(part: usize, whole: usize) -> String {
    match (part * 200 + whole).checked_div(whole * 2) {
        None => "–".to_owned(),
        Some(0) if part > 0 => "<1%".to_owned(),
        Some(100) if part < whole => ">99%".to_owned(),
        Some(percent) => format!("{percent}%"),
    }
}

/// Draws a share as a bar of ten cells; it is empty for none and full for all alone.
pub(super) fn bar(part: usize, whole: usize) -> String {
    let filled = match (part * 20 + whole).checked_div(whole * 2).unwrap_or_default() {
        0 if part > 0 => 1,
        10 if part < whole => 9,
        filled => filled,
    };
    format!("{}{}", "━".repeat(filled), "─".repeat(10 - filled))
}

/// Gives a time in minutes and seconds: `1:05`.
pub(super) fn time(seconds: u32) -> String {
    format!("{}:{:02}", seconds / 60, seconds % 60)
}

/// Gives a count with commas: `2,000`.
pub(super) fn count(count: usize) -> String {
    let digits = count.to_string();
    let with_comma = |(at, digit): (usize, char)| {
        let comma = (at > 0 && (digits.len() - at).is_multiple_of(3)).then_some(',');
        comma.into_iter().chain([digit]).collect::<Vec<_>>()
    };
    digits.chars().enumerate().flat_map(with_comma).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_none_is_shown_as_none_and_only_all_as_all() {
        let cases = [
            ((0, 2_000), "0%", 0),
            ((1, 2_000), "<1%", 1),
            ((10, 2_000), "1%", 1),
            ((667, 2_000), "33%", 3),
            ((1_000, 2_000), "50%", 5),
            ((1_999, 2_000), ">99%", 9),
            ((2_000, 2_000), "100%", 10),
            ((0, 0), "–", 0),
        ];
        for ((part, whole), shown, filled) in cases {
            assert_eq!((percent(part, whole).as_str(), bar(part, whole).matches('━').count()), (shown, filled), "{part}/{whole}");
        }
    }

    #[test]
    fn times_and_counts_are_aligned_to_their_units() {
        assert_eq!([0, 5, 60, 725].map(time), ["0:00", "0:05", "1:00", "12:05"]);
        assert_eq!([0, 999, 1_000, 20_000, 1_234_567].map(count), ["0", "999", "1,000", "20,000", "1,234,567"]);
    }
}
