//! The dashboard: what keys lead to, how every section looks, and the program in a real terminal.

pub(crate) mod answers;
mod keys;
#[cfg(feature = "collector")]
mod live;
mod looks;
mod terminal;

use dxpulse::research::dashboard::{Dashboard, Effect, Event, Wave, update};
use dxpulse::research::data::Dataset;
use dxpulse::research::findings::{Findings, Request};
use dxpulse::research::suppression::Ledger;

/// Works out what came of a wave.
fn findings(dataset: &Dataset, wave: &str) -> Findings {
    Findings::of(dataset, &Request { wave: Some(wave.to_owned()), ..Request::default() }, &Ledger::default()).unwrap().0
}

/// A dashboard over answers, with whatever it asks for worked out at once.
struct Desk {
    dataset: Dataset,
    dashboard: Dashboard,
}

impl Desk {
    /// Opens one at the last wave of the trial's answers, on a terminal of 80×24.
    fn new() -> Self {
        let dataset = answers::dataset();
        let waves = dataset.waves.iter().map(|wave| Wave { name: wave.name.clone(), open: None }).collect();
        let dashboard = Dashboard::new(waves, findings(&dataset, "2026-Q3"));
        let mut desk = Self { dataset, dashboard };
        desk.take(Event::Resized(80, 24));
        desk
    }

    fn take(&mut self, event: Event) -> Option<Effect> {
        match update(&mut self.dashboard, event) {
            Some(Effect::Find(wave)) => self.take(Event::Found(Box::new(findings(&self.dataset, &wave)))),
            other => other,
        }
    }

    /// Presses keys, named with spaces between; gives what the last of them asks of the loop.
    fn press(&mut self, keys: &str) -> Option<Effect> {
        keys.split(' ').map(|key| self.take(Event::Key(key.parse().unwrap()))).last().flatten()
    }

    /// Says that another wave is open, in which so many answered, and goes there.
    fn with_open(&mut self, answered: u32) {
        let open = Wave { name: "2026-Q4".to_owned(), open: Some(answered) };
        let mut waves: Vec<Wave> = self.dataset.waves.iter().map(|wave| Wave { name: wave.name.clone(), open: None }).collect();
        waves.push(open);
        self.take(Event::Told(waves));
    }
}
