//! Whatever the survey and whatever is answered: what is sent is taken, says no words beside the scores, and nothing of who sent it.

use std::sync::LazyLock;

use chrono::TimeDelta;
use dxpulse::anonymous::classes::{Hierarchy, SMALLEST, Values, partition};
use dxpulse::anonymous::manifest::{FORMAT, Keys, key_text};
use dxpulse::anonymous::submission::{Sender, check, read_comments, read_scores};
use dxpulse::anonymous::token::{IssuerKey, SystemChance};
use dxpulse::anonymous::{Bundle, Manifest, SigningKey, Submission, Wave};
use dxpulse::response::{Answer, Pick, Reply, Response};
use dxpulse::survey::presentation::Orders;
use dxpulse::survey::{Name, QuestionId, Survey};
use proptest::prelude::*;
use proptest::sample::Index;

use crate::respondent::{Respondent, happenings, now};
use crate::sketch::{Made, surveys};

/// What stands for everything that must not be sent with the scores.
const CANARY: &str = "canary";

/// A wave of a small survey, to put others in its place.
static WAVE: LazyLock<Wave> = LazyLock::new(|| {
    let key = || key_text(&IssuerKey::generate(&mut SystemChance).expect("a key").public().expect("its public half"));
    let manifest = Manifest {
        format: FORMAT.to_owned(),
        collector: "https://pulse.example.com".to_owned(),
        receipt_key: SigningKey::from_seed(&[7; 32]).public(),
        survey: "pulse".to_owned(),
        wave: "2026-Q4".to_owned(),
        sequence: 1,
        issue_opens: now(),
        opens: now() + TimeDelta::days(1),
        closes: now() + TimeDelta::days(15),
        invited: 0,
        classes: Vec::new(),
        languages: std::collections::BTreeMap::new(),
        keys: Keys { scores: key(), comments: key() },
        relay: None,
        source: "id = \"pulse\"\ntitle = \"Pulse\"\n[[question]]\nid = \"nps\"\ntype = \"nps\"\ntext = \"Well?\"\n".to_owned(),
    };
    Bundle::prepare(&manifest).expect("it is written").review().expect("it holds")
});

/// Gives the survey with a segment, and with questions that say who somebody is.
fn told(survey: &Survey, demographic: &[Index]) -> Survey {
    let mut survey = survey.clone();
    survey.privacy.segments = vec![Name::new("tenure").expect("a name")];
    for index in demographic {
        let at = index.index(survey.questions.len());
        survey.questions[at].demographic = true;
    }
    survey
}

/// Gives the response with words of its own wherever there may be some.
fn worded(mut response: Response) -> Response {
    for (id, reply) in &mut response.replies {
        let words = format!("{CANARY} {id}");
        match reply {
            Reply::Given(Answer::Text(text)) => *text = words.chars().take(20).collect(),
            Reply::Given(Answer::Single(Pick::Other(own))) => *own = words,
            Reply::Given(Answer::Multi(picks)) => picks.iter_mut().for_each(|pick| {
                if let Pick::Other(own) = pick {
                    own.clone_from(&words);
                }
            }),
            _ => {}
        }
    }
    Response { id: CANARY.to_owned(), language: CANARY.to_owned(), ..response }
}

/// Puts a survey into the wave, with the classes of people of whom three have the segment of the respondent.
fn wave(survey: Survey, response: &Response) -> Wave {
    let hierarchy = Hierarchy::of(&survey);
    let person = |tenure: &str| -> Values {
        let answer = |segment: &str| {
            let reply = QuestionId::new(segment).and_then(|id| response.replies.get(&id));
            match reply {
                Some(Reply::Given(Answer::Single(Pick::Code(code)))) => code.to_string(),
                _ => "other".to_owned(),
            }
        };
        let value = |segment: &str| if segment == "tenure" { tenure.to_owned() } else { answer(segment) };
        hierarchy.segments().map(|segment| (segment.to_owned(), value(segment))).collect()
    };
    let people = [vec![person(CANARY); 3], vec![person("new"); 12], vec![person("old"); 12]].concat();
    let mut wave = WAVE.clone();
    wave.manifest.classes = partition(&hierarchy, &people, SMALLEST);
    wave.survey = survey;
    wave
}

fn submissions(wave: &Wave, response: &Response, segments: &Values) -> Vec<Submission> {
    let sender = Sender { segments, seconds: 40, salts: [[1; 32], [2; 32]] };
    Submission::of(wave, response, &sender).expect("it is short")
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, max_global_rejects: 100_000, ..ProptestConfig::default() })]

    #[test]
    fn what_is_sent_is_taken_and_scores_hold_no_words_and_no_one(
        made in surveys(), seed in any::<u64>(), events in happenings(120), demographic in proptest::collection::vec(any::<Index>(), 0..3),
    ) {
        let Made { survey, .. } = made;
        let mut respondent = Respondent::new(&survey, "en", seed);
        respondent.lives_through(&events);
        respondent.sends_off();
        let response = worded(respondent.response());
        let wave = wave(told(&survey, &demographic), &response);
        let segments = Values::from([("tenure".to_owned(), CANARY.to_owned()), ("office".to_owned(), CANARY.to_owned())]);
        let sent = submissions(&wave, &response, &segments);

        let scores = sent[0].payload();
        prop_assert!(!String::from_utf8_lossy(scores).contains(CANARY), "{}", String::from_utf8_lossy(scores));
        for submission in &sent {
            let taken = check(&wave, submission.part(), submission.payload());
            prop_assert!(taken.is_ok(), "{:?}: {}", taken, String::from_utf8_lossy(submission.payload()));
        }
        let answers = read_scores(&wave, scores).expect("taken").answers;
        let comments = sent.get(1).map(|sent| read_comments(&wave, sent.payload()).expect("taken").comments).unwrap_or_default();
        for question in wave.survey.asked().filter(|question| question.demographic) {
            prop_assert_eq!(answers.get(question.id.as_str()), None);
            prop_assert_eq!(comments.get(question.id.as_str()), None);
            prop_assert_eq!(comments.get(&format!("{}.other", question.id)), None);
        }

        // When it was answered, in which order and under which id changes nothing of what is sent.
        let later = Response { id: "another".to_owned(), answered_at: now() + TimeDelta::days(3), orders: Orders::default(), wave: Some("x".to_owned()), ..response };
        prop_assert_eq!(submissions(&wave, &later, &segments), sent);
    }
}
