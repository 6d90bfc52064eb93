//! The answers as a table: one row a response, sorted by what stands in it. No cell needs quotes.

use super::organisation::{Opinion, Organisation, Person, QUESTIONS};
use super::truth::{BARRIERS, RATED, WAVES};
use crate::response::Missing;

/// Gives the table.
pub(super) fn of(organisation: &Organisation) -> String {
    let rated = RATED.join(",");
    let mut text = format!("wave,team,tenure,role,mandate,golden_path,nps,{rated},adoption,barriers,ease,comment\n");
    for (name, replies) in WAVES.iter().zip(&organisation.waves) {
        let sent =
            organisation.people.iter().zip(replies).filter_map(|(person, reply)| Some((person, &reply.opinion, reply.sent?)));
        let mut rows: Vec<String> = sent.map(|response| format!("{name},{}\n", row(response))).collect();
        rows.sort_unstable();
        text.extend(rows);
    }
    text
}

fn row((person, opinion, left_out): (&Person, &Opinion, [Option<Missing>; QUESTIONS])) -> String {
    let Person { team, tenure, role, mandate } = person;
    let (arm, ease) =
        opinion.path.map_or((String::new(), "not_asked".to_owned()), |(arm, ease)| (arm.to_owned(), ease.to_string()));
    let mut answers = vec![opinion.nps.to_string()];
    answers.extend(opinion.ratings.map(|rating| rating.to_string()));
    answers.extend([opinion.adoption.to_owned(), barriers(opinion), ease]);
    let is_asked = |at: usize| opinion.path.is_some() || at + 1 < QUESTIONS;
    let kind = |at: usize| left_out[at].filter(|_| is_asked(at));
    let cells: Vec<String> =
        answers.into_iter().enumerate().map(|(at, answer)| kind(at).map_or(answer, |kind| kind.name().to_owned())).collect();
    format!("{team},{tenure},{role},{mandate},{arm},{},{}", cells.join(","), opinion.comment.unwrap_or_default())
}

fn barriers(opinion: &Opinion) -> String {
    let kept: Vec<&str> = BARRIERS.iter().zip(opinion.barriers).filter(|(_, keeps)| *keeps).map(|((name, _), _)| *name).collect();
    if kept.is_empty() { "none".to_owned() } else { kept.join(";") }
}
