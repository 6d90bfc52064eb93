//! Telephone numbers: international ones, those with a leading zero, North American ones, and any behind a word for one.

use super::run::{Run, is_boundary, lists};
use super::vocabulary::{TELEPHONE_FILLERS, TELEPHONES, TELEPHONES_TOGETHER};
use super::{Finding, Kind};

/// A number as it is written: groups of digits with what stands between them.
#[derive(Debug)]
struct Number<'a> {
    run: Run<'a>,
    /// Whether it begins with a plus.
    plus: bool,
    groups: Vec<String>,
    gaps: Vec<String>,
}

pub(super) fn find(text: &str) -> Vec<Finding> {
    let mut found = Vec::new();
    let mut from = 0;
    for (at, character) in text.char_indices() {
        let begins = digit(character).is_some() || matches!(character, '+' | '＋' | '(' | '（');
        if at < from || !begins {
            continue;
        }
        let Some(number) = read(text, at) else { continue };
        from = number.run.end;
        if number.stands_alone() && (number.is_of_a_telephone() || number.follows_a_word()) {
            found.push(Finding::new(number.run.range(), Kind::Phone));
        }
    }
    found
}

/// Gives the value of a digit, full-width ones included.
fn digit(character: char) -> Option<char> {
    match character {
        '0'..='9' => Some(character),
        '０'..='９' => char::from_digit(u32::from(character) - u32::from('０'), 10),
        _ => None,
    }
}

fn is_gap(character: char) -> bool {
    matches!(character, ' ' | '\u{A0}' | '-' | '‐' | '‑' | '–' | '−' | '－' | 'ー' | '.' | '/' | '(' | ')' | '（' | '）')
}

/// Reads as many groups as follow one another.
fn read(text: &str, start: usize) -> Option<Number<'_>> {
    let plus = text[start..].starts_with(['+', '＋']);
    let mut number = Number { run: Run::new(text, start..start), plus, groups: Vec::new(), gaps: Vec::new() };
    let mut gap = String::new();
    for (at, character) in text[start..].char_indices() {
        match digit(character) {
            Some(digit) if gap.is_empty() && !number.groups.is_empty() => number.groups.last_mut()?.push(digit),
            Some(_) if !number.groups.is_empty() && !number.goes_on_after(&gap) => break,
            Some(digit) => {
                number.gaps.extend((!number.groups.is_empty()).then(|| std::mem::take(&mut gap)));
                gap.clear();
                number.groups.push(digit.to_string());
            }
            None if gap.chars().count() < 3 && (is_gap(character) || (at == 0 && number.plus)) => gap.push(character),
            None => break,
        }
        if digit(character).is_some() {
            number.run.end = start + at + character.len_utf8();
        }
    }
    (!number.groups.is_empty()).then_some(number)
}

impl Number<'_> {
    /// Says whether a number can go on behind a gap: a bracket may stand beside a space, and a stroke between spaces behind the first
    /// group alone, since it parts two numbers elsewhere.
    fn goes_on_after(&self, gap: &str) -> bool {
        let is_short = gap.chars().count() < 2;
        let is_bracket = gap.contains(['(', ')', '（', '）']) && gap.chars().count() < 4;
        let is_stroke = matches!(gap, " / " | " - " | " – ") && self.groups.len() == 1 && self.groups[0].starts_with('0');
        is_short || is_bracket || is_stroke
    }

    fn digits(&self) -> usize {
        self.groups.iter().map(String::len).sum()
    }

    /// Says whether it is no part of a longer word, number, version, time or amount.
    fn stands_alone(&self) -> bool {
        let is_part = |c: char| matches!(c, '-' | '.' | ':' | '/' | '#' | '$' | '%' | '=' | '@' | '\\' | '~' | '€' | '£' | '¥');
        let before = self.run.before();
        let mut rest = self.run.rest().chars();
        let goes_on = match rest.next() {
            Some('-' | '.' | ':' | '/' | '@') => rest.next().is_some_and(char::is_alphanumeric),
            Some('%' | '°' | '€' | '$') => true,
            after => !is_boundary(after),
        };
        let colon = before == Some(':') && self.follows_a_word();
        is_boundary(before) && (!before.is_some_and(is_part) || colon) && !goes_on
    }

    fn is_of_a_telephone(&self) -> bool {
        let (digits, first) = (self.digits(), self.groups[0].as_str());
        let lengths: Vec<usize> = self.groups.iter().map(String::len).collect();
        let is_grouped = self.groups.len() > 1;
        if self.plus {
            return (8..=15).contains(&digits) && !first.starts_with('0') && (is_grouped || digits > 9);
        }
        if first.starts_with("00") {
            return is_grouped && (10..=16).contains(&digits) && first.bytes().any(|digit| digit != b'0')
                || (first == "00" && digits > 9);
        }
        let is_dotted = is_grouped && self.gaps.iter().all(|gap| gap == ".");
        let is_national = first.starts_with('0') && (2..=6).contains(&first.len()) && is_grouped && (9..=12).contains(&digits);
        let is_mobile = !is_grouped
            && (11..=12).contains(&digits)
            && ["015", "016", "017", "070", "080", "090", "074", "075", "077", "078", "079"]
                .iter()
                .any(|start| first.starts_with(start));
        (is_national && !is_dotted && !is_date(&lengths)) || is_mobile || self.is_north_american(&lengths)
    }

    fn is_north_american(&self, lengths: &[usize]) -> bool {
        let (area, exchange) = match lengths {
            [1, 3, 3, 4] if self.groups[0] == "1" => (1, 2),
            [3, 3, 4] => (0, 1),
            _ => return false,
        };
        let is_code = |at: usize| self.groups[at].starts_with(|c| ('2'..='9').contains(&c));
        let gaps = &self.gaps[area..];
        let is_even = gaps[0] == gaps[1] && gaps[0] != "/";
        is_code(area) && is_code(exchange) && (is_even || gaps[0].contains(')'))
    }

    /// Says whether a word for a telephone stands before it, with at most such words between as `number` and `is`.
    fn follows_a_word(&self) -> bool {
        if !(3..=15).contains(&self.digits()) {
            return false;
        }
        let before = self.run.text[..self.run.start].trim_end_matches([' ', ':', '：', '番', '号', 'は', '：']);
        if TELEPHONES_TOGETHER.iter().any(|word| before.ends_with(word)) {
            return self.digits() > 3;
        }
        let words: Vec<String> = self.run.words_before().take(4).collect();
        let fillers = words.iter().take_while(|word| lists(TELEPHONE_FILLERS, word)).count();
        // Programs call things as well, but they call nobody "me".
        words.get(fillers).is_some_and(|word| if word == "call" { fillers > 1 } else { lists(TELEPHONES, word) })
    }
}

/// Says whether groups of these lengths are a day, perhaps with a time.
fn is_date(lengths: &[usize]) -> bool {
    matches!(lengths, [1 | 2, 1 | 2, 2 | 4, ..] | [4, 2, 2, ..])
        && lengths.iter().skip(3).all(|length| *length <= 2)
        && lengths.len() < 5
        && lengths[2] != 2
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_telephones_are_found_and_dates_versions_and_amounts_are_not() {
        for (text, found) in [
            ("+49 (0)30 123456-78", "+49 (0)30 123456-78"),
            ("call +4917012345678.", "+4917012345678"),
            ("+81-3-1234-5678まで", "+81-3-1234-5678"),
            ("(415) 555-0132", "(415) 555-0132"),
            ("415.555.0132,", "415.555.0132"),
            ("1-415-555-0132", "1-415-555-0132"),
            ("0049 30 1234567", "0049 30 1234567"),
            ("030/1234567", "030/1234567"),
            ("0170 1234567", "0170 1234567"),
            ("01 23 45 67 89", "01 23 45 67 89"),
            ("017012345678", "017012345678"),
            ("電話は03-1234-5678です", "03-1234-5678"),
            ("０９０−１２３４−５６７８", "０９０−１２３４−５６７８"),
            ("内線1234", "1234"),
            ("Durchwahl 4711", "4711"),
            ("call me at 555-0132", "555-0132"),
            ("my phone number is 555-0132", "555-0132"),
            ("Tel.:030 12345", "030 12345"),
        ] {
            let ranges: Vec<_> = find(text).into_iter().map(|finding| &text[finding.range]).collect();
            assert_eq!(ranges, [found], "{text}");
        }
        for text in [
            "2026-03-31",
            "31.03.2026",
            "01-02-2024 10",
            "1.2.3",
            "10.0.19045.1",
            "+1",
            "+100 %",
            "1 048 576",
            "0.123456789",
            "12:00:00",
            "08:00-17:00",
            "JIRA-0123 456 789",
            "1700000000",
            "100-200 ms",
            "3-4 weeks",
            "0-100",
            "192.168.10.20",
            "2024-2025-2026",
            "we call 5000 services",
            "1,000,000",
            "0x0123456789",
            "+2000 ms",
            "v0.1.2",
            "500 200 100",
            "the phone takes 1500 ms",
            "404 500 503",
        ] {
            assert_eq!(find(text), [], "{text}");
        }
    }
}
