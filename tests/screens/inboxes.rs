//! Inboxes: on the first start, with drafts, with everything done, with many surveys, and with none.

use dxpulse::developer::inbox::{Inbox, Item, State};
use dxpulse::developer::phrases::Destination;
use dxpulse::survey::SurveyId;

use crate::shelf::bundled;

/// Gives every inbox with its name.
pub(crate) fn all() -> Vec<(&'static str, Inbox)> {
    let draft = |replied| State::Draft { replied, asked: 22, saved: "5 minutes ago".to_owned() };
    let answered = || State::Answered("2026-03-31".to_owned());
    let declined = || State::Declined("2026-02-01".to_owned());
    let begun = bundled([answered(), draft(7), State::Open, declined()], false);
    let mut moved = begun.clone();
    moved.press("end".parse().unwrap());
    let mut refused = begun.clone();
    refused.press("3".parse().unwrap());
    vec![
        ("first start", bundled([State::Open, State::Open], true)),
        ("drafts", begun),
        ("under the cursor", moved),
        ("answered already", refused),
        ("done", bundled([answered(), answered(), declined(), answered()], false)),
        ("waves", waves()),
        ("many", many()),
        ("help", helping(published(Destination::Few))),
        ("anonymous", published(Destination::Collector)),
        ("few", published(Destination::Few)),
        ("confidential", published(Destination::Webhook)),
        ("empty", Inbox::new(Vec::new(), true, Some("! 1 survey can't be read: dxpulse list".to_owned()))),
    ]
}

/// A survey whose answers go somewhere, under the cursor, above two whose answers stay.
pub(crate) fn published(goes: Destination) -> Inbox {
    let titles =
        [("small-team", "Small team pulse", goes), ("mine", "Mine", Destination::Here), ("yours", "Yours", Destination::Here)];
    let items = titles.map(|(id, title, goes)| Item {
        id: SurveyId::new(id).unwrap(),
        title: title.to_owned(),
        minutes: 0.5,
        state: State::Open,
        until: Some("until 25 Dec".to_owned()),
        goes,
    });
    let mut inbox = Inbox::new(items.into(), false, None);
    inbox.known = vec!["team=core".to_owned()];
    inbox.on_request = 24;
    inbox
}

fn helping(mut inbox: Inbox) -> Inbox {
    inbox.press("?".parse().unwrap());
    inbox
}

/// An open survey and a draft that close, one answered, and two that are closed, with the cursor on the last.
fn waves() -> Inbox {
    let until = |words: &str| Some(words.to_owned());
    let draft = State::Draft { replied: 2, asked: 4, saved: "5 minutes ago".to_owned() };
    let states = [
        (State::Open, until("until 31 Dec")),
        (draft, until("until today")),
        (State::Answered("2026-11-02".to_owned()), None),
        (State::Closed("opens 1 Mar 2027".to_owned()), None),
        (State::Closed("closed on 14 Sep".to_owned()), None),
    ];
    let titles = ["Platform pulse", "After a deployment", "A working week", "Spring survey", "Summer survey"];
    let items = titles.iter().zip(states).enumerate().map(|(at, (title, (state, until)))| Item {
        id: SurveyId::new(&format!("survey-{at}")).unwrap(),
        title: (*title).to_owned(),
        minutes: 0.5,
        state,
        until,
        goes: Destination::Here,
    });
    let mut inbox = Inbox::new(items.collect(), false, None);
    inbox.press("5".parse().unwrap());
    inbox
}

fn many() -> Inbox {
    let titles = ["Platform pulse", "開発者体験アンケート：あなたの開発環境について教えてください", "👩‍💻 Pairing", "الترجمة"];
    let title = |at: usize| match at % 7 {
        6 => "A survey with a title so long that no line of eighty columns can show the whole of it beside its length".to_owned(),
        _ => format!("{} {at}", titles[at % 4]),
    };
    let state = |at: usize| match at % 3 {
        0 => State::Draft { replied: at, asked: 40, saved: "yesterday".to_owned() },
        1 => State::Open,
        _ => State::Answered("2026-03-31".to_owned()),
    };
    let item = |at: usize| Item {
        id: SurveyId::new(&format!("survey-{at}")).unwrap(),
        title: title(at),
        minutes: 0.5,
        state: state(at),
        until: None,
        goes: Destination::Here,
    };
    let mut inbox = Inbox::new((0..40).map(item).collect(), false, None);
    (0..20).for_each(|_| drop(inbox.press("down".parse().unwrap())));
    inbox
}
