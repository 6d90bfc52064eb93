//! Findings on a terminal: sections to read, waves to choose, and news of waves that are still open.
//!
//! ```text
//!  keys, size, news ─▶ update ─▶ Dashboard ─▶ view       update and view are pure; run waits, and news asks the collector
//!                        │  ▲
//!                        ▼  │ findings of another wave
//!                      the answers, of which nothing here sees more than their findings
//! ```

mod content;
mod keys;
mod layout;
mod news;
mod run;
mod state;
mod update;
mod view;

pub use news::{Ask, Reading};
pub(crate) use run::run;
pub use state::{Dashboard, Section, Wave};
pub use update::{Effect, Event, update};
pub use view::draw;
