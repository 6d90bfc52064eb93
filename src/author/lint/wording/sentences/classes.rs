//! The classes of words, one bit each.
//!
//! A word stands in as many classes as it needs; a word in none is taken for a noun or verb of the trade.

/// A set of classes, one bit each.
pub(super) type Class = u64;

macro_rules! classes {
    ($($(#[doc = $doc:expr])* $name:ident)*) => {
        classes!(@ 0; $($(#[doc = $doc])* $name)*);
    };
    (@ $bit:expr; $(#[doc = $doc:expr])* $name:ident $($rest:tt)*) => {
        $(#[doc = $doc])*
        pub(super) const $name: Class = 1 << ($bit);
        classes!(@ $bit + 1; $($rest)*);
    };
    (@ $bit:expr;) => {};
}

classes! {
    /// Articles and other determiners.
    DETERMINER
    /// my, your, our …
    POSSESSIVE
    /// Pronouns that are subjects: I, you, we …
    SUBJECT
    /// me, us, yourself …
    OBJECT
    /// Forms of be, have and do, and the modals.
    AUXILIARY
    /// would, should, could, might.
    HYPOTHETICAL
    /// not, never, cannot and the forms in n't.
    NEGATOR
    /// Auxiliaries in n't.
    CONTRACTED
    /// Prepositions.
    PREPOSITION
    /// how, what, which …
    QUESTION_WORD
    /// Words that open a clause of time, condition or reason.
    SUBORDINATOR
    /// after, before …: they open a clause only before a subject.
    HALF_SUBORDINATOR
    /// very, quite, too …
    DEGREE
    /// Adjectives and adverbs that judge.
    JUDGEMENT
    /// Verbs that are no nouns as well.
    VERB
    /// Verbs and adjectives that take a clause with that.
    COMPLEMENT_TAKER
    /// Verbs that only open another: go and ask.
    LIGHT_VERB
    /// Nouns that a pair in front describes: build and test pipeline.
    HEAD
    /// Nouns in s that describe another noun: sales and marketing team.
    PLURAL_MODIFIER
    /// Words for people and groups of them.
    PEOPLE
    /// What people feel: satisfied, confident …
    FEELING
    /// Words that join two things to one fact: together, difference …
    RECIPROCAL
    /// Nouns for what happens and is counted: deployments, incidents …
    EVENT
    /// Verbs for what is done again and again: deploy, wait …
    ACTION
    /// Verbs for a lasting state: own, use, know …
    STATE
    /// day, week, quarter …
    SPAN
    /// minutes, hours, days as amounts.
    DURATION
    /// Words that name a time by themselves: today, weekly, since …
    MOMENT
    /// Words that no neutral question holds: awesome, dreaded …
    CHARGED
    /// Praise that loads a question in front of what it describes: our great portal.
    PRAISE
    /// Blame that loads a question after our: our slow builds.
    BLAME
    /// Claims without exception, wherever they stand.
    UNIVERSAL
    /// Claims without exception in a statement.
    UNIVERSAL_CLAIM
    /// almost, nearly, not …: they take an absolute back.
    HEDGE
    /// Words that mean a negation: uncommon, lack …
    NEGATIVE
    /// Negative words that are confusing even some words after a negation: difficulty, prevent …
    DIFFICULTY
    /// often, rarely, recently …
    VAGUE
    /// many, several …
    VAGUE_AMOUNT
    /// Vague amounts when they are all a label says.
    VAGUE_LABEL
    /// better, faster …
    COMPARATIVE
    /// biggest, main …
    SUPERLATIVE
    /// problems, benefits …: what a question may take for granted.
    PROBLEM
    /// Problems that are one of many things to a developer: issue, bug …
    TRACKED
    /// annoys, slowed …: what something did to the respondent.
    PRESSING
    /// saved, improved …: what a product claims to have done.
    GAIN
    /// like, love, hate …
    LIKING
    /// have, face, encounter …: how one comes by a problem.
    MEETING
    /// that, which, who …: they open a relative clause.
    RELATIVE
    /// such, including …: examples may follow.
    EXAMPLE
    /// per, each …: a span follows in a rate.
    RATE
    /// this, current …: a span follows in a period that is not over.
    PRESENT
    /// last, previous …: a span or an occasion follows.
    PAST
    /// January … December.
    MONTH
}

/// The words that carry grammar rather than a thing.
pub(super) const FUNCTION: Class = AUXILIARY | PREPOSITION | DETERMINER | SUBJECT | OBJECT | QUESTION_WORD | DEGREE | VERB;
