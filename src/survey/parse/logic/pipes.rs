//! Checks piping: what a text takes in is an earlier answer that can be named, and has a fallback.

use super::super::findings::Findings;
use super::names::Names;
use crate::survey::piping::{Fault, Part, parts};
use crate::survey::{Kind, Text};

/// Reports pipes without a fallback, of unknown or later questions, and of answers that have no name.
pub(super) fn report(names: &Names<'_>, findings: &mut Findings<'_>) {
    for (at, known) in names.known.iter().enumerate() {
        let Some(question) = known.question.filter(|question| question.item.is_none()) else { continue };
        for (part, text) in question.texts() {
            if part.takes_answers() {
                for_each_language(text, |words, place| report_text(names, at, words, place, findings));
            } else {
                report_misplaced(text, findings);
            }
        }
    }
}

/// Reports an answer that is taken in where none can be.
pub(in crate::survey::parse) fn report_misplaced(text: &Text, findings: &mut Findings<'_>) {
    for_each_language(text, |words, place| {
        let is_pipe = |part: &Part<'_>| matches!(part, Part::Pipe { .. });
        if words.contains('{') && parts(words).iter().any(is_pipe) {
            let message = "no answer can be taken in here";
            let help = "take answers in in the text, the help, and the labels of choices and rows";
            findings.report("misplaced-pipe", place, message, help);
        }
    });
}

fn for_each_language(text: &Text, mut see: impl FnMut(&str, std::ops::Range<usize>)) {
    see(text.original(), text.place());
    text.translations().iter().for_each(|translation| see(&translation.text, translation.place.range()));
}

fn report_text(names: &Names<'_>, at: usize, text: &str, place: std::ops::Range<usize>, findings: &mut Findings<'_>) {
    if !text.contains(['{', '}']) {
        return;
    }
    let mut seen = 0;
    for part in parts(text) {
        let (Part::Pipe { place: of_part, .. } | Part::Broken { place: of_part, .. }) = &part else { continue };
        let piece = &text[of_part.clone()];
        let written = findings.slice(&place);
        // A lone brace may stand beside others of its kind: the last one is as good a guess as any.
        let offset = match piece.len() {
            1 => written.rfind(piece),
            _ => written[seen..].find(piece).map(|offset| seen + offset),
        };
        seen = offset.filter(|_| piece.len() > 1).map_or(seen, |offset| offset + piece.len());
        let of_part = offset.map_or(place.clone(), |offset| place.start + offset..place.start + offset + piece.len());
        let (code, message, help) = match part {
            Part::Words(_) => continue,
            Part::Broken { fault: Fault::LoneBrace, .. } => {
                ("lone-brace", "a brace stands alone".to_owned(), "write {{ or }} for a brace that is read".to_owned())
            }
            Part::Broken { fault: Fault::NoFallback, .. } => {
                let written = piece.trim_matches(['{', '}', '|']).trim().to_owned();
                let help = format!("write {{{written}|that}}: what stands behind | is read where the answer is missing");
                ("no-fallback", format!("the pipe of `{written}` has no fallback"), help)
            }
            Part::Pipe { question, .. } => match fault(names, at, question, findings) {
                Some(fault) => fault,
                None => continue,
            },
        };
        findings.report(code, of_part, message, help);
    }
}

fn fault(names: &Names<'_>, at: usize, question: &str, findings: &Findings<'_>) -> Option<(&'static str, String, String)> {
    let Some(position) = names.position(question) else {
        if names.may_be_item(question) {
            return None;
        }
        let help = names.meant(question, findings).unwrap_or_else(|| "name an earlier question".to_owned());
        return Some(("unknown-question", format!("the text takes in the unknown question `{question}`"), help));
    };
    let known = &names.known[position];
    if position == at {
        let help = "take the pipe out: the answer isn't there yet".to_owned();
        return Some(("forward-reference", format!("the text of `{question}` takes in its own answer"), help));
    }
    if position > at {
        let help = format!("move `{question}` (line {}) up, or take the pipe out", findings.line(known.span.start));
        return Some(("forward-reference", format!("the text takes in `{question}`, which is asked only later"), help));
    }
    if let Some(group) = names.shuffled_with(position, at) {
        let message = format!(
            "the text takes in `{question}`, which chance may put behind it: both are in the shuffled group `{}`",
            group.id
        );
        return Some(("shuffled-reference", message, "move one of them out of the group".to_owned()));
    }
    let known = known.answered()?;
    let has_name = !matches!(known.kind, Kind::Note | Kind::Boolean | Kind::Matrix { .. } | Kind::Ranking { .. });
    (!has_name).then(|| {
        let message = format!("the answer to `{question}`, a {}, can't be read in a text", known.kind.name());
        ("unnamed-pipe", message, "take in a scale, a single, a multi, a text, a number or a date".to_owned())
    })
}
