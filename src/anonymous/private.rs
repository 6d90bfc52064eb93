//! What of a survey is told with the scores, and what isn't: free text, which goes apart, and who somebody is, which the class tells.

use crate::survey::{Condition, Kind, Question, QuestionId, Survey, Target};

/// Says whether the words of a question go apart from the scores.
pub fn is_comment(question: &Question) -> bool {
    matches!(question.kind, Kind::Text { .. })
}

/// Says whether scores tell the answer to a question.
pub fn is_told(question: &Question) -> bool {
    question.kind != Kind::Note && !is_comment(question) && !question.demographic
}

/// Finds a question whose answer isn't told, and a condition that would tell it all the same: what somebody was asked shows how
/// it came out.
pub fn betrayed(survey: &Survey) -> Option<(&QuestionId, &Condition)> {
    let untold = |condition: &Condition, shows: bool| {
        let named = |question: &&Question| condition.names().contains(&question.id.as_str());
        // Scores say nothing of words, and comments nothing of the person; that words were asked for, they show by themselves.
        let mut hidden = survey.asked().filter(|question| question.demographic || shows && is_comment(question));
        hidden.find(named).map(|question| &question.id)
    };
    deciding(survey).find_map(|(condition, shows)| Some((untold(condition, shows)?, condition)))
}

/// Gives the conditions that decide what is asked, each with whether scores show how it came out; if not, comments do.
fn deciding(survey: &Survey) -> impl Iterator<Item = (&Condition, bool)> {
    let affects = |question: &Question| is_told(question) || is_comment(question) && !question.demographic;
    let own = survey.asked().filter(move |question| affects(question)).flat_map(|question| {
        let around = survey.groups_around(question.group.as_ref()).into_iter().filter_map(|group| group.show_if.as_ref());
        let options = question.kind.options().filter_map(|option| option.show_if);
        let constraint = question.constraint.iter().map(|constraint| &constraint.must);
        question.show_if.iter().chain(around).chain(options).chain(constraint).map(|condition| (condition, is_told(question)))
    });
    let jumps = survey.questions.iter().enumerate().flat_map(move |(at, question)| {
        let end = survey.questions.len();
        let place = |target: &Target| match target {
            Target::Question(id) => survey.questions.iter().position(|other| other.id == *id).unwrap_or(end),
            Target::End => end,
        };
        // One jump that isn't taken leaves it to the next, which may lead further.
        let furthest = question.jumps.iter().map(|jump| place(&jump.to)).max().unwrap_or(at);
        let passed = survey.questions.get(at + 1..furthest).unwrap_or_default();
        let conditions = question.jumps.iter().filter_map(|jump| jump.condition.as_ref());
        conditions.filter(move |_| passed.iter().any(affects)).map(|condition| (condition, passed.iter().any(is_told)))
    });
    own.chain(jumps)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::survey::parse;

    const ASKED: &str = r#"
        id = "pulse"
        title = "Pulse"
        [[group]]
        id = "leads"
        show_if = 'GROUP'
        [[question]]
        id = "role"
        type = "single"
        text = "What do you do?"
        demographic = true
        choices = [{ code = "dev", label = "Develop" }, { code = "lead", label = "Lead" }]
        [[question]]
        id = "why"
        type = "text"
        text = "Why?"
        [[question]]
        id = "builds"
        type = "nps"
        text = "Builds?"
        JUMP
        [[question]]
        id = "tests"
        type = "nps"
        text = "Tests?"
        show_if = 'SHOW'
        [[question]]
        id = "more"
        type = "text"
        text = "More?"
        show_if = 'WORDS'
        [[question]]
        id = "grouped"
        type = "boolean"
        text = "And you?"
        group = "leads"
    "#;

    fn found(changes: &[(&str, &str)]) -> Option<String> {
        let sound = [("GROUP", "builds > 3"), ("SHOW", "builds > 3"), ("WORDS", "builds > 3"), ("JUMP", "")];
        let with = |source: String, (name, value): &(&str, &str)| source.replace(name, value);
        let source = sound.iter().fold(changes.iter().fold(ASKED.to_owned(), with), with);
        let survey = parse::parse(&source).unwrap_or_else(|problems| panic!("{source}\n{problems:?}"));
        betrayed(&survey).map(|(question, _)| question.to_string())
    }

    #[test]
    fn what_is_asked_never_tells_what_is_not_told() {
        let cases = [
            (&[][..], None),
            (&[("SHOW", "role == \"lead\"")], Some("role")),
            (&[("SHOW", "builds > 3 && !answered(role)")], Some("role")),
            (&[("GROUP", "role == \"lead\"")], Some("role")),
            (&[("SHOW", "answered(why)")], Some("why")),
            // Comments may show that there were words before, which they hold anyway, but not of whom.
            (&[("WORDS", "answered(why)")], None),
            (&[("WORDS", "role == \"lead\"")], Some("role")),
            (&[("JUMP", "jump = [{ if = 'role == \"lead\"', to = \"grouped\" }]")], Some("role")),
            (&[("JUMP", "jump = [{ if = 'answered(why)', to = \"grouped\" }]")], Some("why")),
            (&[("JUMP", "jump = [{ if = 'builds > 3', to = \"grouped\" }]")], None),
            (&[("JUMP", "jump = [{ if = 'answered(why)', to = \"tests\" }, { to = \"grouped\" }]")], Some("why")),
            (&[("JUMP", "jump = [{ if = 'answered(why)', to = \"tests\" }]")], None),
        ];
        for (changes, betrayed) in cases {
            assert_eq!(found(changes).as_deref(), betrayed, "{changes:?}");
        }
    }
}
