//! The bundled surveys in an inbox, on a day of the last quarter.

use dxpulse::developer::faces::full::inbox;
use dxpulse::developer::inbox::{Inbox, Item, State};
use dxpulse::developer::phrases::Destination;
use dxpulse::screen::theme::Theme;

use crate::stage::{Shot, draw, survey};

/// The two that are open from the start, and two of those on request, in the order of the inbox.
const BUNDLED: [&str; 4] = ["platform-pulse", "developer-experience", "adoption-barriers", "first-deployment"];

/// Gives the inbox with the first bundled surveys, in these states.
pub(crate) fn bundled<const N: usize>(states: [State; N], is_first_start: bool) -> Inbox {
    let items = BUNDLED.iter().zip(states).map(|(id, state)| {
        let survey = survey(&format!("surveys/{id}.toml"));
        let until = survey.wave.as_ref().filter(|wave| !wave.is_evergreen() && state == State::Open);
        Item {
            id: survey.id.clone(),
            title: survey.title.to_string(),
            minutes: survey.minutes(),
            until: until.map(|_| "until 31 Dec".to_owned()),
            state,
            goes: Destination::Here,
        }
    });
    let mut inbox = Inbox::new(items.collect(), is_first_start, None);
    inbox.on_request = dxpulse::developer::catalog::BUNDLED.len() - N;
    inbox
}

/// Draws an inbox.
pub(crate) fn draw_inbox(inbox: &Inbox, size: (u16, u16), theme: &Theme) -> Shot {
    draw(size, |frame| inbox::draw(frame, inbox, theme))
}
