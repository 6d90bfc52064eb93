//! Exchange without a daemon: a detached child of what the developer runs anyway, which it never delays.

use std::process::{Command, Stdio};

use chrono::{DateTime, TimeDelta, Utc};

use super::delivering::Webhook;
use super::plan::{Kept, Mode, plan};
use super::round::kept;
use crate::developer::store::{Sealed, Store};

/// How many hours ahead is looked for what is due.
const AHEAD_HOURS: i64 = 48;

/// Starts the exchange in the background where something is due; whatever goes wrong with it is told by `dxpulse outbox`.
///
/// The webhook that is set is only asked for where something waits for one: most have none, and need not read settings for it.
pub fn start_if_due(store: Option<&Store>, webhook: impl FnOnce() -> Option<Webhook>, now: DateTime<Utc>) {
    if store.is_some_and(|store| is_due(store, webhook, now)) {
        start();
    }
}

/// Says whether something is due.
fn is_due(store: &Store, webhook: impl FnOnce() -> Option<Webhook>, now: DateTime<Utc>) -> bool {
    kept(store, None).is_ok_and(|kept| {
        let webhook = if kept.events.is_empty() { None } else { webhook() };
        let kept = Kept { webhook, ..kept };
        let has_token = |sealed: &Sealed| kept.held(sealed).is_some_and(|held| held.token().is_some());
        let has_no_time = kept.outbox.iter().any(|sealed| sealed.send_at.is_none() && has_token(sealed));
        has_no_time || !plan(&kept, now, Mode::Background).is_empty()
    })
}

/// Gives when something is due next, to the hour; `None` where nothing is for days.
pub fn due_from(store: &Store, webhook: Option<&Webhook>, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    let kept = kept(store, webhook).ok()?;
    let hours = (0..=AHEAD_HOURS).map(|hours| now + TimeDelta::hours(hours));
    hours.into_iter().find(|at| !plan(&kept, *at, Mode::Background).is_empty())
}

fn start() {
    let Ok(program) = std::env::current_exe() else { return };
    let mut command = Command::new(program);
    // The line of a command that a shell told of is of no concern there.
    command.env_remove("DXPULSE_LINE");
    command.args(["sync", "--background"]).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    // Nobody waits for it: it makes itself the leader of a session of its own, and outlives whoever started it.
    let _ = command.spawn();
}
