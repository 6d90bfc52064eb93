//! Nonsense typed at random sizes: the program never panics, always ends when told to, and gives the terminal back.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::Duration;

use dxpulse::developer::catalog::BUNDLED;
use rustix::process::Signal;

use crate::support::{End, Random, Screen, bytes, dxpulse};
use crate::trials::{Plan, Verdict};

/// The exit codes that `dxpulse take` documents, and 2 for a survey that isn't there.
const DOCUMENTED: [u32; 8] = [0, 1, 2, 3, 4, 124, 130, 143];

/// Sizes down to line mode and up to a wide window.
const SIZES: [(u16, u16); 8] = [(80, 24), (40, 10), (200, 60), (20, 4), (19, 3), (1, 1), (39, 9), (120, 5)];

const NAMED: [&str; 24] = [
    "enter",
    "tab",
    "shift-tab",
    "backspace",
    "esc",
    "up",
    "down",
    "left",
    "right",
    "home",
    "end",
    "pageup",
    "pagedown",
    "space",
    "delete",
    "alt-up",
    "alt-enter",
    "ctrl-j",
    "ctrl-l",
    "?",
    "r",
    "s",
    "/",
    "f1",
];

/// Runs the campaign.
pub(crate) fn campaign(plan: &Plan) -> Verdict {
    plan.carry_out(1000, 1, |seed| {
        let trial = catch_unwind(AssertUnwindSafe(|| trial(&mut Random::new(seed))));
        trial.unwrap_or_else(|_| Err("a wait was in vain, see above".to_owned()))
    })
}

fn trial(random: &mut Random) -> Result<(), String> {
    let (columns, rows) = random.pick(&SIZES);
    let mut screen = dxpulse(["take", random.pick(BUNDLED).0]).size(columns, rows).env("EDITOR", "true").start();
    screen.more_than(0);
    // Half of the trials type into the guard on purpose.
    if random.within(0..2) == 0 {
        screen.settle();
    }
    for _ in 0..random.within(1..60) {
        act(random, &mut screen);
    }
    leave(random, &mut screen);
    judge(&mut screen)
}

fn act(random: &mut Random, screen: &mut Screen) {
    match random.within(0..10) {
        0 => {
            let (columns, rows) = random.pick(&SIZES);
            screen.resize(columns, rows);
        }
        1 => {
            let length = random.within(1..40);
            let noise: Vec<u8> = (0..length).map(|_| random.within(0..256) as u8).filter(|byte| !stops(*byte)).collect();
            screen.send(&noise);
        }
        2 => screen.send(format!("\x1b[200~{}\n\u{202e}7\x1b[201~", "é日👩‍💻".repeat(random.within(0..50) as usize)).as_bytes()),
        3..7 => screen.send(&bytes(random.pick(&NAMED))),
        _ => screen.send(&[b'0' + random.within(0..10) as u8]),
    }
    if random.within(0..3) == 0 {
        std::thread::sleep(Duration::from_millis(random.within(0..30)));
    }
}

/// Says whether a byte stops the program or what it writes, which is the terminal's doing and not asked here.
fn stops(byte: u8) -> bool {
    matches!(byte, 0x13 | 0x1a | 0x1c)
}

fn leave(random: &mut Random, screen: &mut Screen) {
    let signal = random.pick(&[Signal::TERM, Signal::HUP, Signal::INT]);
    screen.signal(signal);
}

fn judge(screen: &mut Screen) -> Result<(), String> {
    let end = screen.end();
    let raw = String::from_utf8_lossy(&screen.raw()).into_owned();
    let panic = ["panicked", "stopped because of a bug"].into_iter().find_map(|words| raw.find(words));
    if let Some(at) = panic {
        return Err(format!("a panic: {}", raw[at..].lines().next().unwrap_or_default()));
    }
    let code = match end {
        End::Code(code) => code,
        // Dying of the signal one was sent is what a shell expects too.
        End::Signal(signal) if ["Hangup", "Terminated", "Interrupt"].contains(&signal.as_str()) => 143,
        End::Signal(signal) => return Err(format!("killed by {signal}")),
    };
    if !DOCUMENTED.contains(&code) && code != 129 {
        return Err(format!("exit code {code}"));
    }
    if !screen.left_on().is_empty() || !screen.is_cooked() {
        return Err(format!("the terminal was not given back: {:?}, cooked: {}", screen.left_on(), screen.is_cooked()));
    }
    match screen.questions() {
        asked if asked.is_empty() => Ok(()),
        asked => Err(format!("the terminal was asked {asked:?}")),
    }
}
