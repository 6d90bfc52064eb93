//! The lock on the instruments' words: a hash of each language, as it was when somebody last meant to change it.
//!
//! A changed word makes scores incomparable with those of before, and with everyone else's. Whoever changes one on
//! purpose replaces the hash here, and says so in the changelog.

use super::{AnsweredWith, Instrument, LANGUAGES, Statement, fill};
use crate::survey::Direction;
use crate::survey::canonical::sha256;

/// The SHA-256 of what [`canonical`] gives, in the order of [`Instrument::ALL`] and [`LANGUAGES`].
const LOCKED: [(&str, [&str; 3]); 5] = [
    (
        "sus",
        [
            "90166b9a181bbd2b946ff6ef9c6f9ac34d08f561b477279f412b248036fc080e",
            "5ad182fa592207a13c8e6bea52638e103c513ff19210b689150e32ee8af34272",
            "ead106f5aa8198133446f6ac6e3c25281224e0537209053eaa383f3c8230c666",
        ],
    ),
    (
        "umux",
        [
            "d18a8e22c2fc032c2ececfd8c478922529025d5aaf6d280be5b76f459dd3d1e4",
            "a287e930c40e2850a9ed1d44fcbf16398690e330967d478b8c356075c10347b6",
            "8f54287bdc0289c9a413c61e3a03245ba5f4dc0be100b9a143fa38f7a06b2a87",
        ],
    ),
    (
        "umux_lite",
        [
            "9d54fb3ac87f5a356ebe5135a1d5172ebe90c56d3ecdd6a3643461d4cc3a04b0",
            "b4061a046f787c2e38709ebb0f3e5017a3f624326b0a8d59f9b7709be85aea41",
            "89e4c453d504bb3fe80b6486a196f3d647316ec8d17dcef3f566f9c5089c1ce1",
        ],
    ),
    (
        "tlx",
        [
            "869f7edc72d29ba1cf32bd6552c692f27570cf4a5a87a5ca5eb04f25ddd25be4",
            "1028ade575093d479b33e50eb67b9e9fabfc4b24e3f229485e054170257fa085",
            "6b20308a30626b75443a239842142b6c4164fde1104167b470f5b1bc24ac3bb9",
        ],
    ),
    (
        "seq",
        [
            "b204685958ca9cdebdc7d939697fa15d661bb66f6b95b79dd0c6c0dc2f901891",
            "91a045b24c24909eebb82064f22e027ce30792a283dcb65211992d40668dcbf0",
            "1a1a748f6cf4c8479011cbfcd77dd6eb4dae4841254aefe6cb759ddcc1dd19d2",
        ],
    ),
];

/// Gives all that a respondent reads of an instrument in a language, one item a line.
fn canonical(items: &[Statement], language: usize) -> String {
    let line = |item: &Statement| {
        let answered_with = match &item.answered_with {
            AnsweredWith::Scale { measure, last, low, high, direction } => {
                let better = if *direction == Direction::HigherIsBetter { "high" } else { "low" };
                format!("{} 1 {} {last} {}, {better} is better", measure.name(), low[language], high[language])
            }
            AnsweredWith::Percent { help } => format!("0 to 100, {}", help[language]),
        };
        format!("{}|{}|{answered_with}\n", item.name, item.text[language])
    };
    items.iter().map(line).collect()
}

#[test]
fn no_word_of_an_instrument_has_changed_without_its_lock() {
    let now = Instrument::ALL.map(|instrument| {
        let hash = |language: usize| sha256(&canonical(instrument.items(), language));
        (instrument.name(), [hash(0), hash(1), hash(2)])
    });
    let locked = LOCKED.map(|(name, hashes)| (name, hashes.map(str::to_owned)));
    assert_eq!(now, locked, "a word has changed: put the old one back, or replace the hash on purpose");
}

#[test]
fn a_changed_word_end_direction_or_number_of_points_changes_the_hash() {
    let [of_sus, of_tlx] = [Instrument::Sus, Instrument::Tlx].map(|instrument| canonical(instrument.items(), 0));
    assert!(of_sus.starts_with(
        "|I think that I would like to use {this system} frequently.|likert 1 Strongly disagree 5 Strongly agree, high is better\n"
    ));
    assert!(of_sus.contains("unnecessarily complex.|likert 1 Strongly disagree 5 Strongly agree, low is better\n"));
    assert!(
        of_tlx.contains(
            "performance|How successful were you in accomplishing what you were asked to do?|0 to 100, From 0, perfect"
        )
    );
    assert_eq!((of_sus.lines().count(), of_tlx.lines().count(), LANGUAGES.len()), (10, 6, 3));
    assert_ne!(sha256(&of_sus), sha256(&fill(&of_sus, Some("our system"))));
}
