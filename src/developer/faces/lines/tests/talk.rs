//! Whole sittings, line by line.

use super::*;

/// Holds a conversation and gives the transcript, the typed lines after their mark.
fn converse(lines: &[&str], columns: usize) -> (String, Session) {
    converse_in(session(), lines, columns)
}

pub(super) fn converse_in(mut session: Session, lines: &[&str], columns: usize) -> (String, Session) {
    let mut talk = Talk::new();
    let mut transcript = talk.say(&session, columns);
    for line in lines {
        transcript.push_str(&format!("{line}\n"));
        let Heard::Events(events) = talk.hear(&session, line) else {
            transcript.push_str(&talk.say(&session, columns));
            continue;
        };
        for event in events {
            (session, _) = update(session, Input { at_ms: 0, event });
        }
        transcript.push_str(&talk.say(&session, columns));
    }
    (transcript + talk.close(), session)
}

const THROUGH: [&str; 17] =
    ["9", "na", "y", "other: ed", "1 2", "3 1 2", "4", "5", "because", "of this", ".", "calm", "2.5", "2026-03-31", "", "1", "8"];

#[test]
fn a_conversation_reads_from_question_to_question() {
    let (transcript, _) = converse(&["", "9", "na", "back"], 72);
    let expected = "\
Trial
Every type of question.
11 questions, about 2 min. Type an answer and press Enter.

Question 1 of 11, required
How likely are you to recommend us?
0 = not at all
10 = extremely
Type 0 to 10, or: back, review, quit, help
> 
Nothing typed, so nothing changed. Type 0 to 10, or: back, review, quit,
help. next leaves it as it is.
> 9
Your answer: 9

Question 2 of 11
Builds are fast.
1 = disagree
5 = agree
Type 1 to 5, or: na, skip, back, review, quit, help
> na
Your answer: not applicable

Question 3 of 11
Do you deploy?
Type yes or no, or: skip, back, review, quit, help
> back

Question 2 of 11
Builds are fast.
1 = disagree
5 = agree
Your answer so far: not applicable. next keeps it.
Type 1 to 5, or: na, skip, back, review, quit, help
> 
";
    assert_eq!(transcript, expected);
}

#[test]
fn what_is_hidden_is_not_said_back() {
    let source = "id = \"s\"\ntitle = \"S\"\n[[question]]\nid = \"nps\"\ntype = \"nps\"\ntext = \"How likely?\"\n\
        [[question]]\nid = \"tools\"\ntype = \"multi\"\ntext = \"Which?\"\nchoices = [{ code = \"ci\", label = \"Builds\" }, \
        { code = \"docs\", label = \"Documents\", show_if = \"nps <= 6\" }, { code = \"portal\", label = \"The portal\" }]\n\
        [[question]]\nid = \"why\"\ntype = \"text\"\ntext = \"Why?\"\nshow_if = \"nps <= 6\"\n";
    let survey = crate::survey::parse::parse(source).unwrap();
    let draft = crate::response::Draft::start(&survey, chrono::DateTime::UNIX_EPOCH);
    let session = Session::new(&survey, draft, chrono::NaiveDate::MIN);
    assert!(
        introduction(&session).ends_with("2 questions, about 25 s. Type an answer and press Enter."),
        "{}",
        introduction(&session)
    );
    let (transcript, session) = converse_in(session, &["3", "1 2", "/back", "back", "9", "1 2"], 72);
    let said: Vec<&str> = transcript.lines().filter_map(|line| line.strip_prefix("Your answer: ")).collect();
    assert_eq!(said, ["3", "Builds; Documents", "9", "Builds; The portal"]);
    assert_eq!(json::to_objects(&survey, &session.draft().replies).0["tools"], serde_json::json!(["ci", "docs", "portal"]));
}

#[test]
fn every_question_can_be_answered_and_changed_from_the_review() {
    let (transcript, session) = converse(&THROUGH, 72);
    assert_eq!(session.draft().replies.len(), 11);
    for said in [
        "4. Which editor?\n   other: ed\n",
        "7. How good are these?\n   Builds: 4; Docs: 5, good\n",
        "8. Why?\n   because of this\n",
        "10. How long?\n    2.5 minutes\n",
        "Row 2 of 2: Docs\n",
        "Your answer: 8\n",
    ] {
        assert!(transcript.contains(said), "{said:?} in {transcript}");
    }
}

#[test]
fn nothing_but_plain_lines_within_the_columns_is_printed() {
    for columns in [10, 19, 40, 200] {
        let (transcript, _) = converse(&["help"], columns);
        assert!(!transcript.chars().any(|c| c.is_control() && c != '\n'), "{columns}");
        let typed = |line: &&str| !line.starts_with(MARK);
        assert!(transcript.lines().filter(typed).all(|line| width(line) <= columns), "{columns}: {transcript}");
    }
}

const BEFORE_REASON: [&str; 8] = ["9", "1", "y", "1", "1", "1 2 3", "1", "1"];

#[test]
fn a_longer_text_is_gathered_until_the_dot() {
    let id = QuestionId::new("reason").unwrap();
    let (_, session) = converse(&[&BEFORE_REASON[..], &["", "a", "skip", "", "b", "."]].concat(), 72);
    assert_eq!(session.draft().replies.get(&id), Some(&Reply::Given(Answer::Text("a\nskip\n\nb".to_owned()))));
    let (_, session) = converse(&[&BEFORE_REASON[..], &["a", "/skip"]].concat(), 72);
    assert!(matches!(session.draft().replies.get(&id), Some(Reply::Missing(_))));
}

#[test]
fn a_longer_text_that_is_left_in_the_middle_is_handed_over_first() {
    let (_, session) = converse(&BEFORE_REASON, 72);
    let mut talk = Talk::new();
    talk.say(&session, 72);
    assert_eq!((talk.hear(&session, "a"), talk.hear(&session, "b")), (Heard::Nothing, Heard::Nothing));
    let events = vec![Event::Edited("a\nb".to_owned()), Event::Command(Command::SaveAndLeave)];
    assert_eq!(talk.hear(&session, "/quit"), Heard::Events(events));
    talk.hear(&session, "c");
    assert_eq!(talk.unfinished(), Some(Event::Edited("c".to_owned())));
    assert_eq!((talk.unfinished(), talk.hear_end(&session)), (None, None));
    talk.hear(&session, "d");
    let text = Event::Reply(Reply::Given(Answer::Text("d".to_owned())));
    assert_eq!(talk.hear_end(&session), Some(Heard::Events(vec![text])));
}

#[test]
fn declining_deletes_answers_only_when_said_twice() {
    let decline = Heard::Events(vec![Event::Command(Command::Decline)]);
    let (_, begun) = converse(&["9"], 72);
    let mut talk = Talk::new();
    assert_eq!(talk.hear(&session(), "decline"), decline);
    let heard: Vec<_> = ["decline", "help", "decline", "decline"].iter().map(|line| talk.hear(&begun, line)).collect();
    assert_eq!(heard, [Heard::Nothing, Heard::Nothing, Heard::Nothing, decline]);
}

#[test]
fn a_commands_word_alone_is_no_text_until_it_stands_in_quotes() {
    for (word, purpose) in [
        ("skip", "to skip"),
        ("s", "to skip"),
        ("next", "to go on"),
        ("back", "to go back"),
        ("Review", "for the review"),
        ("quit", "to leave"),
        ("decline", "to decline"),
        ("help", "for it"),
        ("?", "for it"),
    ] {
        let asked =
            format!("? Did you mean the command? Type /{word} {purpose}, or \"{word}\" in quotes to answer with that word.");
        assert_eq!((understood("name", word), understood("reason", word)), (asked.clone(), asked));
    }
    let id = QuestionId::new("reason").unwrap();
    let (transcript, session) = converse(&[&BEFORE_REASON[..], &["skip", "\"skip\"", "."]].concat(), 72);
    assert_eq!(session.draft().replies.get(&id), Some(&Reply::Given(Answer::Text("skip".to_owned()))));
    assert!(transcript.contains("> skip\n\nDid you mean") || transcript.contains("> skip\nDid you mean"), "{transcript}");
}
