//! How long respondents need, and nothing else that they meet: the same figures, for a part of the work.
//!
//! What everyone is asked takes everyone with the same arms the same time, and is presented once for all of them. Walked through is
//! only what answers decide about, and replied to only what decides. The order in a shuffled group never leads anywhere else.

use std::collections::{BTreeMap, HashSet};

use super::{Pools, Respondent, Spread, own_seed, reach};
use crate::response::Flow;
use crate::survey::piping::{Part, parts};
use crate::survey::presentation::Arms;
use crate::survey::{Question, QuestionId, Survey, Target, Text};

/// Gives how many seconds respondents need, as [`super::simulate`] does.
pub fn seconds(survey: &Survey, language: &str, respondents: usize, seed: u64) -> Spread {
    let pools = Pools::new(survey);
    let mut times = Times::new(survey, survey.language_for(language));
    let one = |number| {
        let own = own_seed(seed, number);
        times.of(&Respondent::new(&pools, own), own)
    };
    Spread::new((0..respondents.max(1)).map(one).collect())
}

/// Gives the seconds of all there is in the survey's own language, with the longest words of any arm: nobody needs longer.
///
/// There is no such bound where a text takes an answer in.
pub fn longest(survey: &Survey) -> Option<u32> {
    let takes_nothing_in = survey.questions.iter().flat_map(Question::texts).all(|(_, text)| !text.contains(['{', '}']));
    takes_nothing_in.then(|| survey.questions.iter().map(longest_of).sum())
}

fn longest_of(question: &Question) -> u32 {
    let texts = || question.wordings.iter().filter_map(|wording| wording.text.as_ref()).chain([&question.text]);
    let helps = || question.wordings.iter().filter_map(|wording| wording.help.as_ref()).map(Some).chain([question.help.as_ref()]);
    let with = |text: &Text, help: Option<&Text>| Question {
        text: text.clone(),
        help: help.cloned(),
        ..Question::new(question.id.clone(), "", question.kind.clone())
    };
    let seconds = texts().flat_map(|text| helps().map(move |help| with(text, help).seconds()));
    seconds.max().unwrap_or_default()
}

/// What is worked out once for all respondents.
struct Times<'s> {
    survey: &'s Survey,
    language: &'s str,
    /// The questions that everyone is asked, in the same way but for arms.
    certain: Survey,
    /// The questions that answers decide about, and those that decide.
    open: Survey,
    /// Those of them that are replied to.
    deciding: HashSet<QuestionId>,
    /// Those of these in whose order chance has a say, and their places among the open ones.
    ordered: Survey,
    places: Vec<usize>,
    by_arms: BTreeMap<Arms, Share>,
}

/// What those with the same arms have in common.
struct Share {
    /// The seconds of what all of them are asked.
    certain: u32,
    /// The open questions as they meet them, but for orders.
    open: Survey,
    /// The seconds of each; none where answers decide how it is asked.
    seconds: Vec<Option<u32>>,
}

impl<'s> Times<'s> {
    fn new(survey: &'s Survey, language: &'s str) -> Self {
        let deciding = deciding(survey, language);
        let ids = open(survey, language, &deciding);
        let (open, certain): (Vec<Question>, Vec<_>) =
            survey.questions.iter().cloned().partition(|question| ids.contains(&question.id));
        let has_order = |question: &Question| question.randomise.is_some() && deciding.contains(&question.id);
        let places = (0..open.len()).filter(|at| has_order(&open[*at])).collect();
        let ordered = with(survey, open.iter().filter(|question| has_order(question)).cloned());
        let plain = |question: Question| Question { randomise: None, ..question };
        let [open, certain] = [open, certain].map(|questions| with(survey, questions.into_iter().map(plain)));
        Self { survey, language, certain, open, deciding, ordered, places, by_arms: BTreeMap::new() }
    }

    /// Gives the seconds that a respondent with a seed of their own needs.
    fn of(&mut self, respondent: &Respondent<'_>, own: u64) -> u32 {
        let arms = self.survey.arms(own);
        if !self.by_arms.contains_key(&arms) {
            self.by_arms.insert(arms.clone(), self.share(own));
        }
        let Self { language, deciding, ordered, places, by_arms, .. } = self;
        let Share { certain, open, seconds } = by_arms.get_mut(&arms).expect("it has just been put there");
        if open.questions.is_empty() {
            return *certain;
        }
        if !places.is_empty() {
            let ordered = ordered.present(language, own).questions;
            places.iter().zip(ordered).for_each(|(place, question)| open.questions[*place] = question);
        }
        let reply = |question: &Question| deciding.contains(&question.id).then(|| respondent.reply(question)).flatten();
        let (flow, _) = Flow::walk(open, &arms, reply);
        let asked = flow.places().zip(flow.questions(open));
        *certain + asked.map(|(place, question)| seconds[place].unwrap_or_else(|| question.seconds())).sum::<u32>()
    }

    fn share(&self, own: u64) -> Share {
        let certain = self.certain.present(self.language, own).questions.iter().map(Question::seconds).sum();
        let open = self.open.present(self.language, own);
        let is_changed = |question: &Question| question.hides_options() || question.has_pipes();
        let seconds = open.questions.iter().map(|question| (!is_changed(question)).then(|| question.seconds())).collect();
        Share { certain, seconds, open }
    }
}

/// Gives the survey with these questions alone, in the same order for everyone.
fn with(survey: &Survey, questions: impl Iterator<Item = Question>) -> Survey {
    let mut survey = Survey { questions: questions.collect(), ..survey.clone() };
    survey.groups.iter_mut().for_each(|group| group.is_shuffled = false);
    survey
}

/// Gives the questions whose answers decide what is asked, and how.
fn deciding(survey: &Survey, language: &str) -> HashSet<QuestionId> {
    let of_groups = survey.groups.iter().filter_map(|group| group.show_if.as_ref());
    let of_questions = survey.questions.iter().flat_map(reach::of_question);
    let ways = of_questions.filter(|(decides, _)| !decides.is_constraint()).map(|(_, condition)| condition);
    let names = of_groups.chain(ways).flat_map(|condition| condition.names());
    let texts = survey.questions.iter().flat_map(Question::texts).flat_map(|(_, text)| parts(text.get(language)));
    let pipes = texts.filter_map(|part| if let Part::Pipe { question, .. } = part { Some(question) } else { None });
    names.chain(pipes).filter_map(QuestionId::new).collect()
}

/// Gives the questions that answers decide about, and those that decide.
fn open<'s>(survey: &'s Survey, language: &str, deciding: &HashSet<QuestionId>) -> HashSet<&'s QuestionId> {
    let questions = &survey.questions;
    let takes_answers_in = |question: &Question| question.texts().any(|(_, text)| text.get(language).contains(['{', '}']));
    let is_open = |question: &&Question| {
        deciding.contains(&question.id)
            || survey.is_conditional(question)
            || question.hides_options()
            || takes_answers_in(question)
    };
    let mut open: HashSet<&QuestionId> = questions.iter().filter(is_open).map(|question| &question.id).collect();
    for (at, question) in questions.iter().enumerate() {
        for jump in &question.jumps {
            // Where it starts and leads to stay as well, so that it is taken and finds its target.
            let last = match &jump.to {
                Target::End => questions.len() - 1,
                Target::Question(id) => questions.iter().position(|question| question.id == *id).unwrap_or(at),
            };
            open.extend(questions[at..=last.max(at)].iter().map(|question| &question.id));
        }
    }
    open
}
