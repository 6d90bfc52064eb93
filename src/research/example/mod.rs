//! An organisation that was made up: 400 developers over six quarterly waves, of whom it is known what is true.
//!
//! It is for learning what a report tells, and for judging whether it tells the truth. The same seed gives the same bytes. It never
//! stands for anyone: its answers are drawn by chance alone.

mod organisation;
mod table;
pub mod truth;

pub use organisation::{Opinion, Organisation, Person, Reply};

/// The name of the table.
pub const TABLE: &str = "answers.csv";

/// The name of the mapping, which is given to `dxpulse-research`.
pub const MAPPING: &str = "example.toml";

/// The name of what the platform knows of itself.
pub const FACTS: &str = "facts.csv";

/// Gives the files of the example: their names and what stands in them.
pub fn files(organisation: &Organisation) -> [(&'static str, String); 3] {
    let (mapping, facts) = (include_str!("mapping.toml").to_owned(), include_str!("facts.csv").to_owned());
    [(MAPPING, mapping), (TABLE, table::of(organisation)), (FACTS, facts)]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_always_gives_the_same_bytes_and_another_seed_gives_others() {
        let table = |seed| files(&Organisation::new(seed))[1].1.clone();
        assert_eq!(table(1), table(1));
        assert_ne!(table(1), table(2));
    }

    #[test]
    fn no_cell_needs_quotes_and_every_row_has_every_column() {
        let table = files(&Organisation::new(1))[1].1.clone();
        let columns = table.lines().next().unwrap().split(',').count();
        assert!(table.lines().all(|line| line.split(',').count() == columns && !line.contains('"')));
    }

    #[test]
    fn about_six_in_ten_answer_and_every_kind_of_missing_is_met() {
        let organisation = Organisation::new(1);
        for wave in &organisation.waves {
            let sent = wave.iter().filter(|reply| reply.sent.is_some()).count();
            assert!((200..280).contains(&sent), "{sent}");
        }
        let table = files(&organisation)[1].1.clone();
        for kind in ["skipped", "unanswered", "not_shown", "not_applicable", "not_asked"] {
            assert!(table.contains(kind), "{kind}");
        }
    }
}
