//! What a developer does, cut short or not, and what they heard of it.

use std::io::{Read, Write};
use std::process::{Child, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use super::witness::{Witness, answers};
use crate::support::Random;

/// Something a developer does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Deed {
    Enrol,
    /// Answers, or changes what was answered, with the answers of this number.
    Answer(u64),
    Sync,
}

/// When a program is killed.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Moment {
    Never,
    /// After this time.
    After(Duration),
    /// At the first byte it prints.
    AtWord,
}

/// What came of it.
#[derive(Debug)]
pub(crate) struct End {
    /// Whether it ended by itself, with success.
    pub(crate) succeeded: bool,
    /// Whether it ended because it was killed.
    pub(crate) was_killed: bool,
    pub(crate) code: Option<i32>,
    pub(crate) said: String,
    pub(crate) errors: String,
    pub(crate) taken: Duration,
}

impl Deed {
    /// Chooses what somebody does next who wants their answers to arrive.
    pub(crate) fn next(witness: &Witness<'_>, random: &mut Random, number: u64) -> Result<Self, String> {
        Ok(match (witness.has_wave()?, witness.saved) {
            (false, _) => Self::Enrol,
            (true, None) => Self::Answer(number),
            (true, Some(_)) => random.pick(&[Self::Answer(number), Self::Sync, Self::Sync]),
        })
    }

    /// Does it, and remembers what was told.
    pub(crate) fn done_by(self, witness: &mut Witness<'_>, moment: Moment) -> Result<End, String> {
        self.done_through(witness, &[], moment)
    }

    /// Does it as [`Deed::done_by`], with the program started by another one.
    pub(crate) fn done_through(self, witness: &mut Witness<'_>, before: &[&str], moment: Moment) -> Result<End, String> {
        let mut command = match self {
            Self::Enrol => vec!["enroll".to_owned(), witness.invitation.clone()],
            Self::Answer(_) if witness.saved.is_some() => words("edit pulse --answers - --json"),
            Self::Answer(_) => words("take pulse --answers - --json"),
            Self::Sync => words("sync --now"),
        };
        let mut program = witness.developer.home.command_through(before);
        let child = program.args(command.drain(..)).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn();
        let input = if let Self::Answer(number) = self { answers(number) } else { String::new() };
        if let Self::Answer(number) = self {
            witness.tried.push(number);
        }
        let end = ended(child.expect("setsid and dxpulse can be started"), &input, moment);
        self.hear(&end, witness)?;
        Ok(end)
    }

    /// Remembers what was told. A program that fails by itself may only say what its faults explain.
    pub(crate) fn hear(self, end: &End, witness: &mut Witness<'_>) -> Result<(), String> {
        if let Some(at) = ["panicked", "stopped because of a bug"].into_iter().find_map(|words| end.errors.find(words)) {
            return Err(format!("a panic: {}", &end.errors[at..]));
        }
        match self {
            Self::Answer(number) if end.succeeded || !end.said.is_empty() => {
                witness.saved = Some(number);
                witness.tried.clear();
            }
            Self::Sync => {
                let whole = end.said.rsplit_once('\n').map_or("", |(whole, _)| whole);
                let sent = whole.lines().filter_map(|line| line.strip_prefix("✓ send the ")?.split_once(' '));
                witness.sent.extend(sent.map(|(part, _)| part.to_owned()));
            }
            _ => {}
        }
        Ok(())
    }
}

impl End {
    /// Fails where something ended neither well nor by the kill, nor because another process of the same developer is at it.
    pub(crate) fn is_explained(&self) -> Result<(), String> {
        let busy = ["another dxpulse is exchanging", "you have joined"];
        match self.succeeded || self.was_killed || busy.iter().any(|words| self.errors.contains(words)) {
            true => Ok(()),
            false => Err(format!("it failed without a fault: {}{}", self.said, self.errors)),
        }
    }
}

/// Waits for a program's end, or brings it about.
fn ended(mut child: Child, input: &str, moment: Moment) -> End {
    let start = Instant::now();
    // A program that was killed reads no more.
    let _ = child.stdin.take().expect("the input is piped").write_all(input.as_bytes());
    let mut errors = child.stderr.take().expect("the errors are piped");
    let errors = thread::spawn(move || {
        let mut text = Vec::new();
        let _ = errors.read_to_end(&mut text);
        text
    });
    let mut output = child.stdout.take().expect("the output is piped");
    let mut said = Vec::new();
    match moment {
        Moment::Never => {}
        Moment::After(delay) => {
            thread::sleep(delay);
            let _ = child.kill();
        }
        Moment::AtWord => {
            let mut first = [0];
            said.extend(output.read(&mut first).ok().filter(|read| *read > 0).map(|_| first[0]));
            let _ = child.kill();
        }
    }
    let _ = output.read_to_end(&mut said);
    let status = child.wait().expect("a child can be waited for");
    let taken = start.elapsed();
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let errors = text(&errors.join().expect("reading doesn't panic"));
    End {
        succeeded: status.success(),
        was_killed: status.code().is_none(),
        code: status.code(),
        said: text(&said),
        errors,
        taken,
    }
}

fn words(text: &str) -> Vec<String> {
    text.split(' ').map(str::to_owned).collect()
}
