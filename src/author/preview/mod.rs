//! The live preview of a survey file: the real screens over the real state machine, with nothing stored.
//!
//! It opens no database, takes no lock and keeps no draft. The file is read again whenever it was saved; while it is broken, its
//! problems take the place of the survey, and the answers given so far wait beneath.
//!
//! ```text
//!  keys, size, file ─▶ update ─▶ Preview ─▶ view        update and view are pure; run waits, and watch looks at the file
//!                        │  ▲
//!                        ▼  │ what a store would answer
//!                  developer::answering
//! ```

mod content;
mod file;
mod keys;
mod layout;
mod questions;
mod run;
mod state;
#[cfg(test)]
mod tests;
mod update;
mod view;
mod watch;

pub(crate) use file::{Source, source};
pub(crate) use run::{Manner, run};
pub(crate) use state::{Moment, Preview, Start};
pub(crate) use watch::Watch;
