//! What the commands about prompts share: what is around, draws by chance, and the due file, kept true.

use std::fs::File;
use std::io::{self, IsTerminal};
use std::path::Path;
use std::process::{Command, Stdio};

use chrono::{DateTime, Local, TimeDelta, Utc};
use rustix::fs::Access;

use super::context::Context;
use crate::config::{Origin, Settings};
use crate::developer::asking::{Asking, DUE, write_due};
use crate::developer::prompting::{Memory, Surroundings, due, nothing_due};
use crate::developer::store::Store;
use crate::developer::sync::background;

/// How long a shell doesn't start the exchange again after it did: it may still be under way.
const UNDER_WAY: TimeDelta = TimeDelta::minutes(15);

/// Looks at what is around, but for what was typed.
pub(super) fn surroundings(context: &Context, settings: &Settings, store: Option<&Store>) -> Surroundings {
    Surroundings {
        opted_out: settings.opt_out.value.then(|| settings.opt_out.origin.to_string()),
        variable: Surroundings::told_by(|name| context.environment.text(name)),
        no_terminal: !io::stdin().is_terminal() || File::open("/dev/tty").is_err(),
        is_root: is_silent_root(settings),
        is_presenting: settings.presenting.value,
        quiet_program: running(settings),
        quiet_hours: settings.quiet_hours.value,
        // Whoever asks has its settings and its store already.
        is_misconfigured: false,
        is_unwritable: false,
        is_answering: store.is_some_and(Store::is_answering),
        is_typing: false,
    }
}

/// Looks at what is around to explain it, with what keeps a hook from asking before it comes to that.
pub(super) fn surroundings_to_explain(context: &Context, settings: &Settings, store: Option<&Store>) -> Surroundings {
    Surroundings {
        is_misconfigured: context.settings().is_err(),
        is_unwritable: context.places().is_ok_and(|places| is_unwritable(&places.data)),
        ..surroundings(context, settings, store)
    }
}

/// Says whether a folder is there and can't be written; the store's file in it is made by who may.
fn is_unwritable(folder: &Path) -> bool {
    folder.exists() && rustix::fs::access(folder, Access::WRITE_OK | Access::EXEC_OK).is_err()
}

/// Says whether root is at work and isn't to be asked.
pub(super) fn is_silent_root(settings: &Settings) -> bool {
    !settings.ask_root.value && rustix::process::geteuid().is_root()
}

/// Gives the first of the programs that runs during which nothing is asked; where nobody can tell, the first of them.
fn running(settings: &Settings) -> Option<String> {
    let mut quiet = settings.quiet_programs().peekable();
    let first = (*quiet.peek()?).to_owned();
    let listed = Command::new("ps")
        .env_remove("DXPULSE_LINE")
        .args(["-A", "-o", "comm="])
        .stdin(Stdio::null())
        .stderr(Stdio::null())
        .output();
    let Some(listed) = listed.ok().filter(|listed| listed.status.success()) else { return Some(first) };
    let listed = String::from_utf8_lossy(&listed.stdout);
    // A name is shortened to 15 letters there, and is a path on some systems.
    let runs = |name: &str| {
        let short: String = name.chars().take(15).collect();
        listed.lines().any(|line| line.trim().rsplit('/').next().is_some_and(|known| known == name || known == short))
    };
    quiet.find(|name| runs(name)).map(str::to_owned)
}

/// Draws from 0 to below 1.
pub(super) fn chance() -> f64 {
    let mut random = [0; 8];
    // Without chance nobody is in any sample.
    getrandom::fill(&mut random)
        .map_or(1.0_f64.next_down(), |()| (u64::from_le_bytes(random) >> 11) as f64 / (1_u64 << 53) as f64)
}

/// Makes the due file say what is due after a command that may have changed it, where a shell reads one.
pub(super) fn keep_due(context: &Context) {
    let Ok(places) = context.places() else { return };
    if !places.data.join(DUE).exists() {
        return;
    }
    let mut store = Store::open_existing(&places.data).ok().flatten();
    if let Some(store) = &mut store {
        look_again(store);
    }
    make_due(context, store.as_ref(), false);
}

/// Forgets that nothing was found at the last prompt: what has changed since may be asked.
fn look_again(store: &mut Store) {
    if let Ok(Some(Memory { looked_until: Some(_), .. })) = store.memory() {
        // Where that can't be written, it is looked again a little later.
        let _ = store.remember(Utc::now(), |memory| memory.looked_until = None);
    }
}

/// Writes the due file, and says whether shells will find it so. Settings that can't be read and whatever else is wrong mean that
/// nothing is asked.
pub(super) fn make_due(context: &Context, store: Option<&Store>, exchanges: bool) -> bool {
    let (Ok(places), now) = (context.places(), Local::now()) else { return false };
    let utc = now.to_utc();
    let written = || {
        let (settings, store) = (context.settings().ok()?, store?);
        let catalog = Context::catalog_as_written(&settings, Some(store)).ok()?;
        let (memory, exchange_from) = (store.memory().ok()?, exchange_from(context, store, utc, exchanges));
        let memory = memory.unwrap_or_else(|| Memory::begin(utc));
        let asking = Asking::of(&catalog, Some(store), |id| settings.is_muted(id), &now).ok()?;
        // What a variable of this process says is no word for the shells that don't have it.
        let is_out = settings.opt_out.value && !matches!(settings.opt_out.origin, Origin::Variable(_));
        let is_asked = !is_out && !memory.is_ahead_of(utc);
        let candidates = if is_asked { &asking.candidates[..] } else { &[] };
        Some(due(candidates, &memory, asking.settled, exchange_from, utc))
    };
    // A file that can't be written stays as it is; what it says is checked again before anybody is asked.
    write_due(&places.data, &written().unwrap_or_else(|| nothing_due(utc))).is_ok()
}

fn exchange_from(context: &Context, store: &Store, now: DateTime<Utc>, exchanges: bool) -> Option<DateTime<Utc>> {
    let from = background::due_from(store, context.webhook_alone().as_ref(), now)?;
    Some(if exchanges { from.max(now + UNDER_WAY) } else { from })
}
