//! The order of system calls: what the screen calls saved was synced to the disk before.

mod support;

use std::fs;

use support::{Home, PROGRAM, program, shown};

/// A system call of a trace that has returned, with its arguments as strace writes them.
struct Call<'a> {
    name: &'a str,
    arguments: &'a str,
    succeeded: bool,
}

#[test]
fn an_answer_is_synced_before_it_is_called_saved() {
    let home = Home::new();
    let trace = traced(&home, |screen| {
        screen.press("9").until_that("one reply saved", |text| shown::saved(text) == Some(1));
    });
    let calls = calls(&trace);
    let drawn = calls.iter().position(|call| is_terminal(call) && call.arguments.contains("saved")).expect("saved is drawn");
    let typed =
        calls[..drawn].iter().rposition(|call| call.name == "read" && call.arguments.contains("\"9\"")).expect("9 is read");
    let between = &calls[typed..drawn];
    let synced = between.iter().rposition(|call| is_sync(call) && is_database(call)).expect("the database is synced before");
    assert!(between[..synced].iter().any(|call| is_write(call) && is_database(call)), "what is synced was written before");
    assert!(!between[synced..].iter().any(|call| is_write(call) && is_database(call)), "nothing is written after the sync");
}

#[test]
fn a_trace_without_a_sync_is_told_from_one_with_it() {
    let good = "7 read(0</dev/pts/1>, \"9\", 1) = 1\n7 pwrite64(5</h/a.db-wal>, \"x\", 1, 0) = 1\n\
                7 fdatasync(5</h/a.db-wal> <unfinished ...>\n8 write(1</dev/pts/1>, \"y\", 1) = 1\n7 <... fdatasync resumed>) = 0\n";
    let found = calls(good);
    let names: Vec<_> = found.iter().map(|call| call.name).collect();
    assert_eq!(names, ["read", "pwrite64", "write", "fdatasync"], "a call counts when it returns");
    assert!(is_sync(&found[3]) && is_database(&found[3]) && is_write(&found[1]) && is_terminal(&found[2]));
    let failed = calls("7 fdatasync(5</h/a.db-wal>) = -1 EIO (Input/output error)\n");
    assert!(!is_sync(&failed[0]));
}

/// Runs the first bundled survey under strace and gives the trace.
fn traced(home: &Home, act: impl FnOnce(&mut support::Screen)) -> String {
    let file = home.path().join("trace.txt");
    let log = file.to_str().expect("temporary folders have plain names");
    let traced = "trace=read,write,pwrite64,pwritev,fdatasync,fsync";
    let start =
        program("/usr/bin/strace", ["-f", "-y", "-s", "65536", "-e", traced, "-o", log, PROGRAM, "take", "platform-pulse"]);
    let mut screen = start.home(home).start();
    screen.ready();
    act(&mut screen);
    screen.press("ctrl-c").end();
    fs::read_to_string(&file).expect("strace writes its log")
}

/// Gives the calls of a trace in the order in which they returned.
fn calls(trace: &str) -> Vec<Call<'_>> {
    let mut waiting: Vec<(&str, &str, &str)> = Vec::new();
    let mut calls = Vec::new();
    for line in trace.lines() {
        let Some((thread, rest)) = line.split_once(' ').map(|(thread, rest)| (thread, rest.trim_start())) else { continue };
        if let Some(resumed) = rest.strip_prefix("<... ") {
            let Some(at) = waiting.iter().position(|(waits, ..)| *waits == thread) else { continue };
            let (_, name, started) = waiting.remove(at);
            // A read's data stands where it returned, a write's where it started.
            let arguments = if name == "read" { resumed } else { started };
            calls.push(Call { name, arguments, succeeded: succeeded(resumed) });
        } else if let Some((name, arguments)) = rest.split_once('(') {
            match arguments.strip_suffix(" <unfinished ...>") {
                Some(started) => waiting.push((thread, name, started)),
                None => calls.push(Call { name, arguments, succeeded: succeeded(arguments) }),
            }
        }
    }
    calls
}

fn succeeded(line: &str) -> bool {
    line.rsplit_once(" = ").is_some_and(|(_, result)| !result.starts_with('-'))
}

fn is_sync(call: &Call) -> bool {
    matches!(call.name, "fdatasync" | "fsync") && call.succeeded
}

fn is_write(call: &Call) -> bool {
    matches!(call.name, "write" | "pwrite64" | "pwritev") && call.succeeded
}

fn is_database(call: &Call) -> bool {
    call.arguments.split_once('>').is_some_and(|(file, _)| file.contains(".db") || file.contains(".sqlite"))
}

fn is_terminal(call: &Call) -> bool {
    call.name == "write"
        && call.arguments.split_once('>').is_some_and(|(file, _)| file.contains("/dev/pts/") || file.contains("/dev/tty"))
}
