//! Languages by their BCP 47 tags, and which of those offered serves a reader best.

/// Chooses among the languages offered: the dialect itself, else its base language; `None` where neither is there.
///
/// Tags are compared without regard to case, `_` counts as `-`, and what follows a `.` or `@` in a locale's name is left out.
pub fn choose<'a>(wanted: &str, offered: impl IntoIterator<Item = &'a str, IntoIter: Clone>) -> Option<&'a str> {
    let offered = offered.into_iter();
    let wanted = wanted.split(['.', '@']).next().unwrap_or_default();
    let mut end = wanted.len();
    loop {
        let part = &wanted[..end];
        if let Some(found) = offered.clone().find(|tag| is_same(tag, part)) {
            return Some(found);
        }
        end = part.rfind(['-', '_'])?;
    }
}

/// Gives the base language of a tag: `de` for `de-CH`.
pub fn base(tag: &str) -> &str {
    tag.split(['-', '_']).next().unwrap_or(tag)
}

/// The shape of a BCP 47 tag as a regular expression; it has at most [`LONGEST_TAG`] characters.
pub const TAG_PATTERN: &str = "^[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*$";

/// The length of the longest tag.
pub const LONGEST_TAG: usize = 35;

/// Says whether a text has the shape of a BCP 47 tag: two or three letters, then subtags of up to eight characters.
pub fn is_tag(tag: &str) -> bool {
    let mut parts = tag.split('-');
    let primary = parts.next().is_some_and(|part| (2..=3).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphabetic()));
    primary
        && tag.len() <= LONGEST_TAG
        && parts.all(|part| (1..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric()))
}

fn is_same(tag: &str, written: &str) -> bool {
    let plain = |byte: u8| if byte == b'_' { b'-' } else { byte.to_ascii_lowercase() };
    tag.len() == written.len() && tag.bytes().map(plain).eq(written.bytes().map(plain))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn language_tags_have_letters_first_and_hyphens_between() {
        for tag in ["en", "de", "pt-BR", "zh-Hant-TW", "fil", "ca-valencia"] {
            assert!(is_tag(tag), "{tag}");
        }
        for text in ["", "e", "en_US", "english", "en-", "en-verylongpart", "1n", "de\u{1b}"] {
            assert!(!is_tag(text), "{text:?}");
        }
    }

    #[test]
    fn the_nearest_language_is_chosen_and_locales_are_understood() {
        let offered = ["en", "de", "pt-BR", "zh-Hant"];
        for (wanted, chosen) in [
            ("de_AT.UTF-8", Some("de")),
            ("de@euro", Some("de")),
            ("pt-br", Some("pt-BR")),
            ("zh-Hant-TW", Some("zh-Hant")),
            ("pt", None),
            ("C", None),
            ("", None),
        ] {
            assert_eq!(choose(wanted, offered), chosen, "{wanted}");
        }
    }
}
