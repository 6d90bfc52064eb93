//! Names of columns by the rules of SPSS and of Stata, and texts cut to their limits.
//!
//! A name that has to change depends on nothing but the name itself, so that a file of the next wave calls it the same; only where two
//! names become one does the later of them get a mark made of its own letters.

use std::collections::HashSet;

/// What names may be.
#[derive(Debug, Clone, Copy)]
pub(super) struct Rules {
    /// The most letters.
    pub(super) most: usize,
    /// Whether dots may stand in names.
    pub(super) dots: bool,
    /// Words that mean something else, in small letters.
    pub(super) reserved: &'static [&'static str],
}

/// Of SPSS: capitals don't count, and its own words are those of conditions.
pub(super) const SPSS: Rules = Rules {
    most: 64,
    dots: true,
    reserved: &["all", "and", "by", "eq", "ge", "gt", "le", "lt", "ne", "not", "or", "to", "with"],
};

/// Of Stata.
pub(super) const STATA: Rules = Rules {
    most: 32,
    dots: false,
    reserved: &[
        "_all", "_b", "byte", "_coef", "_cons", "double", "float", "if", "in", "int", "long", "_n", "_pi", "_pred", "_rc",
        "_skip", "strl", "using", "with",
    ],
};

impl Rules {
    /// Gives a name of its own for each of these, in their order.
    pub(super) fn names<'a>(self, names: impl Iterator<Item = &'a str>) -> Vec<String> {
        let mut taken = HashSet::new();
        let mut given = Vec::new();
        for name in names {
            let mut new = self.allowed(name);
            let mut again = 0_u32;
            while !taken.insert(new.to_ascii_lowercase()) {
                new = self.marked(name, &format!("{name}{again}"));
                again += 1;
            }
            given.push(new);
        }
        given
    }

    /// Gives a name that is allowed: what can't stand in one becomes `_`, and one that is too long ends with a mark.
    fn allowed(self, name: &str) -> String {
        let new = self.letters(name);
        let is_string_type = !self.dots && new.strip_prefix("str").is_some_and(|rest| rest.parse::<u16>().is_ok());
        if new.len() > self.most {
            return self.marked(name, name);
        }
        if self.reserved.contains(&new.to_ascii_lowercase().as_str()) || is_string_type {
            return format!("{new}_");
        }
        new
    }

    /// Gives a name that ends with a mark made of a text.
    fn marked(self, name: &str, of: &str) -> String {
        let hash = of.bytes().fold(0x811c_9dc5_u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193));
        let mut new = self.letters(name);
        new.truncate(self.most - 9);
        format!("{new}_{hash:08x}")
    }

    fn letters(self, name: &str) -> String {
        let letter = |c: char| if c.is_ascii_alphanumeric() || (self.dots && c == '.') { c } else { '_' };
        let mut new: String = name.chars().map(letter).collect();
        if !new.starts_with(|c: char| c.is_ascii_alphabetic()) {
            new.insert(0, 'v');
        }
        if new.ends_with('.') {
            new.push('_');
        }
        new
    }
}

/// Gives the label of a variable, with the name of the column before it where the variable is called otherwise.
pub(super) fn label(column: &str, variable: &str, title: &str) -> String {
    if column == variable { title.to_owned() } else { format!("{column}: {title}") }
}

/// Cuts a text to a number of bytes at the end of a letter, and shows that it was cut.
pub(super) fn cut(text: &str, most: usize) -> String {
    if text.len() <= most {
        return text.to_owned();
    }
    let mark = '…';
    let end = (0..=most.saturating_sub(mark.len_utf8())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
    format!("{}{mark}", &text[..end])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_allowed_their_own_and_the_same_whatever_stands_beside_them() {
        let long = "a_question_with_a_name_of_more_than_32_letters";
        let names = ["nps", "barriers.docs", "barriers_docs", "with", "1st", "größe", long, "str5", "NPS"];
        let stata = STATA.names(names.into_iter());
        assert_eq!(stata[..6], ["nps", "barriers_docs", "barriers_docs_492f9447", "with_", "v1st", "gr__e"].map(str::to_owned));
        assert_eq!((stata[6].len(), stata[7].as_str()), (32, "str5_"));
        assert_eq!(STATA.names([long].into_iter())[0], stata[6]);
        let spss = SPSS.names(names.into_iter());
        assert_eq!(spss[..2], ["nps", "barriers.docs"].map(str::to_owned));
        assert_eq!(spss[6], long);
        assert!(spss[8].starts_with("NPS_"), "capitals don't tell names of SPSS apart");
    }

    #[test]
    fn texts_are_cut_between_letters() {
        assert_eq!(cut("größer", 8), "größer");
        assert_eq!(cut("größer", 7), "grö…");
        assert_eq!(cut("größer", 6), "gr…");
    }
}
