//! The bundled surveys in an inbox.

use dxpulse::developer::faces::full::inbox;
use dxpulse::developer::inbox::{Inbox, Item, State};
use dxpulse::screen::theme::Theme;

use crate::stage::{Shot, draw, survey};

/// In the order of the inbox.
const BUNDLED: [&str; 4] = ["platform-pulse", "adoption-barriers", "first-deployment", "developer-experience"];

/// Gives the inbox with the bundled surveys, in these states.
pub(crate) fn bundled(states: [State; 4], is_first_start: bool) -> Inbox {
    let items = BUNDLED.iter().zip(states).map(|(id, state)| {
        let survey = survey(&format!("surveys/{id}.toml"));
        Item { id: survey.id.clone(), title: survey.title.to_string(), minutes: survey.minutes(), state, until: None }
    });
    Inbox::new(items.collect(), is_first_start, None)
}

/// Draws an inbox.
pub(crate) fn draw_inbox(inbox: &Inbox, size: (u16, u16), theme: &Theme) -> Shot {
    draw(size, |frame| inbox::draw(frame, inbox, theme))
}
