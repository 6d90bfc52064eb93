//! Whatever happens, in whatever order.

use proptest::prelude::*;

use super::{NAMES, Respondent};
use crate::developer::answering::guard::Guard;
use crate::developer::answering::{Command, Ending, Event};
use crate::response::{Draft, json as shape};

fn any_event() -> impl Strategy<Value = Event> {
    let names = "0123456789ntpdsrqyxke/? abc".chars().map(|c| if c == ' ' { "space".to_owned() } else { c.to_string() });
    let special = "enter tab shift-tab backspace esc up down left right home end delete alt-s alt-r alt-n alt-up alt-down ctrl-j ctrl-l ctrl-o ctrl-u ctrl-w f1 f2 f4";
    let keys: Vec<_> = names.chain(special.split(' ').map(str::to_owned)).collect();
    prop_oneof![
        20 => proptest::sample::select(keys).prop_map(|name| Event::Key(name.parse().unwrap())),
        1 => ".{0,12}".prop_map(Event::Paste),
        1 => Just(Event::Paste("@alice".to_owned())),
        1 => ".{0,300}".prop_map(Event::Edited),
        1 => Just(Event::Shown),
        1 => Just(Event::Woken),
    ]
}

proptest! {
    #[test]
    fn any_sequence_keeps_the_invariants(events in proptest::collection::vec((any_event(), 0u64..400), 0..120), order in Just(NAMES.to_vec()).prop_shuffle(), leaves in any::<bool>()) {
        let mut respondent = Respondent::facing(&order);
        if leaves {
            respondent.session = respondent.session.leaving_the_machine();
        }
        for (event, gap_ms) in events {
            respondent.at_ms += gap_ms;
            respondent.happens(event);
            let session = &respondent.session;
            let (answers, missing) = shape::to_objects(session.survey(), &session.draft().replies);
            let (again, strange) = shape::from_objects(session.survey(), &answers, &missing);
            prop_assert!(strange.is_empty(), "a draft holds only what can be read back: {strange:?}");
            prop_assert_eq!(&again, &session.draft().replies);
            prop_assert!(session.position() <= session.survey().questions.len());
            prop_assert!(session.focus().cursor.is_none_or(|at| at < 20));
            prop_assert!(!session.menu().is_empty() && !session.hints().is_empty());
            let body = Draft::from_json(session.survey(), &session.draft().to_json(session.survey()));
            prop_assert_eq!(&body.unwrap().0, session.draft());
        }
    }

    #[test]
    fn going_back_and_on_again_changes_nothing(keys in proptest::collection::vec(any_event(), 0..60), back in 1usize..6) {
        let mut respondent = Respondent::facing(&NAMES);
        for event in keys {
            respondent.at_ms += 100;
            respondent.happens(event);
        }
        respondent.happens(Event::Ended(Ending::Terminated));
        respondent.session.guard = Guard::default();
        let before = respondent.session.draft().clone();
        for _ in 0..back {
            respondent.happens(Event::Command(Command::Back));
        }
        let place = respondent.session.position();
        respondent.happens(Event::Command(Command::GoTo(place)));
        for _ in 0..NAMES.len() {
            respondent.happens(Event::Command(Command::Next));
        }
        prop_assert_eq!(&respondent.session.draft().replies, &before.replies);
        prop_assert_eq!(&respondent.session.draft().unfinished, &before.unfinished);
    }
}
