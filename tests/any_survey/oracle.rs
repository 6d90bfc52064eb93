//! What of a finished response may be there at all, worked out from the response itself and nothing else.

use std::collections::BTreeMap;

use dxpulse::response::answer::holds;
use dxpulse::response::{Answer, Cell, Missing, Pick, Reply, Response};
use dxpulse::survey::condition::{Facts, Value};
use dxpulse::survey::presentation::Arms;
use dxpulse::survey::{Code, Condition, Kind, Name, Question, Survey, Target};

/// Checks that whatever is hidden with the answers of the response is missing in it as not shown, and nothing else is.
pub(crate) fn check(presented: &Survey, arms: &Arms, response: &Response) {
    let mut walk = Walk { presented, response, facts: Facts::default(), open: BTreeMap::new() };
    walk.facts.insert("variant", Value::Arms(arms.iter().map(|(name, arm)| (name.to_string(), arm.to_string())).collect()));
    let mut jumped_to = 0;
    for (at, question) in presented.questions.iter().enumerate() {
        if at < jumped_to || !walk.is_asked(question) {
            walk.is_not_shown(question);
            continue;
        }
        walk.is_shown(question);
        jumped_to = walk.follows(at, question);
    }
}

struct Walk<'s> {
    presented: &'s Survey,
    response: &'s Response,
    facts: Facts,
    open: BTreeMap<Name, bool>,
}

impl Walk<'_> {
    fn shows(&self, condition: Option<&Condition>) -> bool {
        condition.is_none_or(|condition| condition.ask(&self.facts) == Some(true))
    }

    fn is_open(&mut self, name: &Name) -> bool {
        if let Some(open) = self.open.get(name) {
            return *open;
        }
        let group = self.presented.groups.iter().find(|group| group.id == *name).expect("every group is there");
        let open = group.group.as_ref().is_none_or(|around| self.is_open(around)) && self.shows(group.show_if.as_ref());
        self.open.insert(name.clone(), open);
        open
    }

    /// Says whether a question is asked; one of which every option is hidden isn't.
    fn is_asked(&mut self, question: &Question) -> bool {
        let open = question.group.as_ref().is_none_or(|group| self.is_open(group));
        let choices = question.kind.choices().iter().map(|choice| choice.show_if.as_ref());
        let options: Vec<_> = choices.chain(question.kind.rows().iter().map(|row| row.show_if.as_ref())).collect();
        let answerable = options.is_empty() || options.into_iter().any(|condition| self.shows(condition));
        open && self.shows(question.show_if.as_ref()) && answerable
    }

    fn is_not_shown(&self, question: &Question) {
        if question.kind != Kind::Note {
            assert_eq!(self.response.replies.get(&question.id), Some(&Reply::Missing(Missing::NotShown)), "{}", question.id);
        }
    }

    fn is_shown(&mut self, question: &Question) {
        if question.kind == Kind::Note {
            return assert!(!self.response.replies.contains_key(&question.id), "a note has no reply");
        }
        let reply = self.response.replies.get(&question.id).expect("every question has a reply");
        assert_ne!(*reply, Reply::Missing(Missing::NotShown), "{} was shown", question.id);
        let Reply::Given(answer) = reply else { return };
        let hidden: Vec<_> = question.kind.choices().iter().filter(|choice| !self.shows(choice.show_if.as_ref())).collect();
        let picks: Vec<Pick> = match answer {
            Answer::Single(pick) => vec![pick.clone()],
            Answer::Multi(picks) => picks.clone(),
            Answer::Ranking(order) => order.iter().cloned().map(Pick::Code).collect(),
            _ => Vec::new(),
        };
        assert!(!hidden.iter().any(|choice| holds(&picks, choice)), "{}: {picks:?} holds a hidden choice", question.id);
        if let Answer::Matrix(cells) = answer {
            for row in question.kind.rows() {
                let is_not_shown = cells.get(&row.code) == Some(&Cell::Missing(Missing::NotShown));
                assert_eq!(is_not_shown, !self.shows(row.show_if.as_ref()), "{}.{}", question.id, row.code);
            }
        }
        if let Some(value) = value(question, answer) {
            self.facts.insert(question.id.as_str(), value);
        }
    }

    /// Gives the place of the next question that is not passed over.
    fn follows(&self, at: usize, question: &Question) -> usize {
        let taken = question.jumps.iter().find(|jump| self.shows(jump.condition.as_ref()));
        match taken.map(|jump| &jump.to) {
            None => at + 1,
            Some(Target::End) => self.presented.questions.len(),
            Some(Target::Question(id)) => {
                let target = self.presented.questions.iter().position(|question| question.id == *id).expect("it is there");
                target.max(at + 1)
            }
        }
    }
}

/// Gives what conditions see of an answer; nothing of a matrix without an answered row.
fn value(question: &Question, answer: &Answer) -> Option<Value> {
    let code = |pick: &Pick| match pick {
        Pick::Code(code) => code.to_string(),
        Pick::Other(_) => {
            let other = question.kind.choices().iter().find(|choice| choice.other);
            other.expect("own words have a choice").code.to_string()
        }
    };
    Some(match answer {
        Answer::Scale(point) => Value::Int(i64::from(*point)),
        Answer::Boolean(yes) => Value::Bool(*yes),
        Answer::Single(pick) => Value::String(code(pick)),
        Answer::Multi(picks) => {
            let mut codes: Vec<String> = picks.iter().map(code).collect();
            codes.sort_unstable();
            Value::List(codes)
        }
        Answer::Ranking(order) => Value::List(order.iter().map(Code::to_string).collect()),
        Answer::Matrix(cells) => {
            let given = |(row, cell): (&Code, &Cell)| match cell {
                Cell::Given(point) => Some((row.to_string(), i64::from(*point))),
                Cell::Missing(_) => None,
            };
            let points: BTreeMap<String, i64> = cells.iter().filter_map(given).collect();
            return (!points.is_empty()).then_some(Value::Points(points));
        }
        Answer::Text(text) => Value::String(text.clone()),
        Answer::Date(date) => Value::String(date.to_string()),
        Answer::Number(number) if matches!(question.kind, Kind::Number { decimals: 0, .. }) => {
            Value::Int(number.to_string().parse().expect("a whole number"))
        }
        Answer::Number(number) => Value::Double(*number),
    })
}
