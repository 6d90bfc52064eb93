//! The words that are commands: the English ones in every language, and the language's own.

use crate::developer::answering::Command;
use crate::developer::phrases::{Phrases, Word};

/// Gives what a word in lower case asks for.
pub(super) fn command(word: &str, phrases: &Phrases) -> Option<Command> {
    let means = |phrases: &Phrases| words(phrases).into_iter().find(|(_, known)| known.typed.contains(&word));
    means(phrases).or_else(|| means(Phrases::ENGLISH)).map(|(command, _)| command)
}

/// Gives what a word in lower case decides about words that may tell too much.
pub(super) fn decision(word: &str, phrases: &Phrases) -> Option<Command> {
    let means = |phrases: &Phrases| {
        let words = &phrases.words;
        let all = [(Command::ReplaceWords, words.replace), (Command::KeepWords, words.keep), (Command::MendWords, words.mend)];
        all.into_iter().find(|(_, known)| known.typed.contains(&word)).map(|(command, _)| command)
    };
    means(phrases).or_else(|| means(Phrases::ENGLISH))
}

/// Gives the words of a language, with what they ask for.
pub(super) fn words(phrases: &Phrases) -> [(Command, Word); 11] {
    let words = &phrases.words;
    [
        (Command::Next, words.next),
        (Command::Back, words.back),
        (Command::Skip, words.skip),
        (Command::NotApplicable, words.not_applicable),
        (Command::PreferNotToSay, words.prefer_not),
        (Command::DontKnow, words.dont_know),
        (Command::Review, words.review),
        (Command::SaveAndLeave, words.quit),
        (Command::Decline, words.decline),
        (Command::Help, words.help),
        (Command::Submit, words.submit),
    ]
}
