//! The program on a screen: its first frame, its answer to a key, its rest, its memory.

use std::fs;
use std::thread;
use std::time::{Duration, Instant};

use rustix::process::Signal;

use crate::figure::{Figure, Target};
use crate::processes::database;
use crate::support::{Home, Screen, Start, bytes, dxpulse, program};
use crate::turns::{medians, milliseconds};
use crate::{ours, probe};

const FLOOR: &str = "ratatui + SQLite";

/// Output that is followed by silence this long is a whole frame.
const SILENCE: Duration = Duration::from_millis(10);

/// How long the program is left alone while its wake-ups are counted.
const REST: Duration = Duration::from_secs(5);

/// A survey whose first question is a scale, and that question's first words.
const SURVEY: &str = "platform-pulse";
const QUESTION: &str = "How likely";

/// Measures from the start of the process until the first frame is complete, a resumed draft in it.
pub(crate) fn first_frame() -> Vec<Figure> {
    let home = Home::new();
    let database = database(&home);
    let [installed, floor] = [ours(&home), probe(&home, "probe-screen")];
    let second_question = begin(&home);
    let ours = || {
        let screen = timed(|| program(&installed, ["take", SURVEY]).home(&home), &second_question);
        screen.leave(|screen| screen.signal(Signal::TERM))
    };
    let beside = || {
        let screen = timed(|| program(&floor, [&database]).home(&home), "A question");
        screen.leave(|screen| screen.type_raw(b"q"))
    };
    let [ours, beside] = medians(150, ours, beside);
    vec![figure("first-frame", ours, beside, FLOOR, Target::Ratio(1.5))]
}

/// Measures from a key until its frame is complete, beside a floor that draws as much as a question shows.
///
/// The floor that draws three lines stands below it for comparison.
pub(crate) fn key() -> Vec<Figure> {
    let (ours, beside) = keyed([]);
    let (again, bare) = keyed(["bare"]);
    vec![figure("key", ours, beside, FLOOR, Target::Ratio(1.3)), figure("key", again, bare, "three lines of it", Target::Shown)]
}

fn keyed<const N: usize>(how: [&str; N]) -> (Duration, Duration) {
    let [mut ours, mut beside] = both(how);
    for screen in [&mut ours, &mut beside] {
        // Away from the end of the scale, where a key would change nothing.
        screen.keys("right right right").quiet(SILENCE);
    }
    let (mut ours_turn, mut beside_turn) = (0, 0);
    let [ours, beside] = medians(400, || pressed(&mut ours, &mut ours_turn), || pressed(&mut beside, &mut beside_turn));
    (ours, beside)
}

/// Counts how often the program wakes while nobody touches it.
pub(crate) fn idle() -> Vec<Figure> {
    let [ours, beside] = both([]);
    // Whatever the program still had to do about its last key is done by then.
    thread::sleep(Duration::from_secs(2));
    let before = [wake_ups(&ours), wake_ups(&beside)];
    thread::sleep(REST);
    let counted = [wake_ups(&ours) - before[0], wake_ups(&beside) - before[1]];
    let [dxpulse, beside] = counted.map(f64::from);
    vec![Figure { name: "idle", unit: "wake-ups/5 s", dxpulse, beside, floor: FLOOR, target: Target::Most(0.0) }]
}

/// Measures the memory that is the program's own at its first question, and the binary.
pub(crate) fn memory() -> Vec<Figure> {
    let [dxpulse, beside] = both([]).map(|screen| proportional_mib(&screen));
    let memory = Figure { name: "memory", unit: "MiB", dxpulse, beside, floor: FLOOR, target: Target::Most(4.0) };
    let size = |path: &std::path::Path| fs::metadata(path).map(|file| file.len() as f64 / 1e6).expect("the program was built");
    let home = Home::new();
    let (dxpulse, beside) = (size(&ours(&home)), size(&probe(&home, "probe-screen")));
    vec![memory, Figure { name: "binary", unit: "MB", dxpulse, beside, floor: FLOOR, target: Target::Most(8.0) }]
}

/// Starts the program and the probe side by side, both waiting for a key.
fn both<const N: usize>(how: [&str; N]) -> [Screen; 2] {
    let home = Home::new();
    let mut ours = program(ours(&home), ["take", SURVEY]).home(&home).start();
    let mut beside = program(probe(&home, "probe-screen"), [&*database(&home)]).args(how).home(&home).start();
    ours.until(QUESTION).settle();
    beside.until("A question").settle();
    [ours, beside]
}

/// Answers the first question and leaves, and gives what the second one shows.
fn begin(home: &Home) -> String {
    let mut screen = dxpulse(["take", SURVEY]).home(home).start();
    screen.until(QUESTION).settle().press("9").until_gone(QUESTION);
    screen.signal(Signal::TERM).end();
    "2 of ".to_owned()
}

/// A screen whose first frame took this long.
struct Shown {
    screen: Screen,
    taken: Duration,
}

fn timed(prepare: impl FnOnce() -> Start, text: &str) -> Shown {
    let prepared = prepare();
    let start = Instant::now();
    let mut screen = prepared.start();
    screen.until(text);
    let taken = screen.quiet(SILENCE) - start;
    Shown { screen, taken }
}

impl Shown {
    fn leave(mut self, ask: impl FnOnce(&mut Screen) -> &mut Screen) -> Duration {
        ask(&mut self.screen).end();
        self.taken
    }
}

fn pressed(screen: &mut Screen, turn: &mut usize) -> Duration {
    let key = bytes(if turn.is_multiple_of(2) { "right" } else { "left" });
    *turn += 1;
    let written = screen.written();
    let start = Instant::now();
    screen.send(&key);
    screen.more_than(written);
    screen.quiet(SILENCE) - start
}

/// Counts the context switches of every thread so far, voluntary or not.
fn wake_ups(screen: &Screen) -> u32 {
    let threads = fs::read_dir(format!("/proc/{}/task", screen.pid())).expect("the program is running");
    let status = |thread: std::io::Result<fs::DirEntry>| {
        fs::read_to_string(thread.expect("a thread").path().join("status")).expect("the program's threads stay")
    };
    let switches = |status: String| -> u32 {
        let counts =
            status.lines().filter(|line| line.contains("ctxt_switches")).filter_map(|line| line.split_whitespace().last());
        counts.filter_map(|count| count.parse::<u32>().ok()).sum()
    };
    threads.map(|thread| switches(status(thread))).sum()
}

fn proportional_mib(screen: &Screen) -> f64 {
    let rollup = fs::read_to_string(format!("/proc/{}/smaps_rollup", screen.pid())).expect("the program is running");
    let line = rollup.lines().find(|line| line.starts_with("Pss:")).expect("the kernel counts proportional sizes");
    let kib: f64 = line.split_whitespace().nth(1).and_then(|kib| kib.parse().ok()).expect("a number of KiB");
    kib / 1024.0
}

fn figure(name: &'static str, ours: Duration, beside: Duration, floor: &'static str, target: Target) -> Figure {
    let (dxpulse, beside) = (milliseconds(ours), milliseconds(beside));
    Figure { name, unit: "ms", dxpulse, beside, floor, target }
}
