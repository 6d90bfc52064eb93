//! A program running in a pseudo-terminal: keys go in, and what it shows is waited for.
//!
//! A thread reads the terminal and wakes whoever waits, so that no wait guesses how long a program takes.

use std::fs::File;
use std::io::{Read, Write};
use std::path::PathBuf;
use std::sync::{Arc, Condvar, Mutex, MutexGuard};
use std::thread;
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};
use rustix::fs::{Mode, OFlags};
use rustix::process::{Pid, Signal};
use rustix::termios::{LocalModes, Termios};

use super::terminal::Terminal;
use super::{Home, Start, bytes, settings};

/// How long anything may take before a test fails; generous, since it is reached only by failures.
const DEADLINE: Duration = Duration::from_secs(30);

/// How long the program drops keys after its first frame, after resuming and after the editor.
const GUARD: Duration = Duration::from_millis(300);

/// The pause between keys: the program drops four printable keys within 20 ms as a burst nobody typed.
const PACE: Duration = Duration::from_millis(12);

/// A program in its terminal.
pub(crate) struct Screen {
    terminal: Arc<(Mutex<Terminal>, Condvar)>,
    master: Box<dyn MasterPty + Send>,
    writer: Box<dyn Write + Send>,
    child: Box<dyn Child + Send + Sync>,
    device: PathBuf,
    before: Termios,
    home: Home,
    pressed: Instant,
    end: Option<End>,
}

/// How a program ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum End {
    /// With this exit code.
    Code(u32),
    /// Killed by the signal of this description.
    Signal(String),
}

impl Screen {
    pub(super) fn open(start: Start) -> Self {
        let size = PtySize { rows: start.rows, cols: start.columns, pixel_width: 0, pixel_height: 0 };
        let pty = native_pty_system().openpty(size).expect("the system has a pseudo-terminal left");
        let device = pty.master.tty_name().expect("a pseudo-terminal has a name");
        let before = rustix::termios::tcgetattr(open_device(&device)).expect("the terminal has modes");
        let terminal = Arc::new((Mutex::new(Terminal::new(start.columns, start.rows)), Condvar::new()));
        let reader = pty.master.try_clone_reader().expect("the terminal can be read");
        let writer = pty.master.take_writer().expect("the terminal can be written");
        let child = pty.slave.spawn_command(command(&start)).expect("the program can be started");
        // With the last holder of the device gone, reading ends: that's how the end of the program is noticed.
        drop(pty.slave);
        let shared = Arc::clone(&terminal);
        thread::spawn(move || read(reader, &shared));
        let pressed = Instant::now();
        Self { terminal, master: pty.master, writer, child, device, before, home: start.home, pressed, end: None }
    }

    /// Gives the program's home, for a second start or for looking at what is stored.
    pub(crate) fn home(&self) -> &Home {
        &self.home
    }

    /// Gives the process started in the terminal.
    pub(crate) fn pid(&self) -> u32 {
        self.child.process_id().expect("a started program has an id")
    }

    /// Waits for the first frame, and then until the program listens to keys.
    pub(crate) fn ready(&mut self) -> &mut Self {
        self.until_that("anything", |text| !text.trim().is_empty());
        self.settle()
    }

    /// Waits out the time in which the program drops keys.
    pub(crate) fn settle(&mut self) -> &mut Self {
        wait_out_guard();
        self
    }

    /// Presses one key, by the name the keymap gives it, once the program has read the key before it.
    pub(crate) fn press(&mut self, key: &str) -> &mut Self {
        self.until_read();
        thread::sleep(PACE.saturating_sub(self.pressed.elapsed()));
        self.send(&bytes(key));
        self.pressed = Instant::now();
        self
    }

    /// Presses several keys, named with spaces between, as fast as a person does.
    pub(crate) fn keys(&mut self, names: &str) -> &mut Self {
        for name in names.split_whitespace() {
            self.press(name);
        }
        self
    }

    /// Types a text, key by key.
    pub(crate) fn type_text(&mut self, text: &str) -> &mut Self {
        for character in text.chars() {
            let name = if character == ' ' { "space".to_owned() } else { character.to_string() };
            self.press(&name);
        }
        self
    }

    /// Pastes a text between the marks of a bracketed paste.
    pub(crate) fn paste(&mut self, text: &str) -> &mut Self {
        self.until_read();
        self.send(format!("\x1b[200~{text}\x1b[201~").as_bytes());
        self
    }

    /// Sends bytes at once, whatever they mean and whether or not anyone reads.
    pub(crate) fn type_raw(&mut self, bytes: &[u8]) -> &mut Self {
        self.send(bytes);
        self
    }

    /// Gives the terminal another size, of which the program is told by SIGWINCH.
    pub(crate) fn resize(&mut self, columns: u16, rows: u16) -> &mut Self {
        self.terminal().resize(columns, rows);
        let size = PtySize { rows, cols: columns, pixel_width: 0, pixel_height: 0 };
        self.master.resize(size).expect("the terminal can be resized");
        self
    }

    /// Sends a signal to the started process.
    pub(crate) fn signal(&mut self, signal: Signal) -> &mut Self {
        // A process that has just ended can't be told anything, which the waits after this notice.
        let _ = rustix::process::kill_process(self.process(), signal);
        self
    }

    /// Waits until the screen shows this text.
    pub(crate) fn until(&mut self, text: &str) -> &mut Self {
        self.until_that(&format!("{text:?}"), |shown| shown.contains(text))
    }

    /// Waits until the screen no longer shows this text.
    pub(crate) fn until_gone(&mut self, text: &str) -> &mut Self {
        self.until_that(&format!("no {text:?}"), |shown| !shown.contains(text))
    }

    /// Waits until the text on the screen is as described.
    pub(crate) fn until_that(&mut self, expected: &str, is_so: impl Fn(&str) -> bool) -> &mut Self {
        self.until_some(expected, |text| is_so(text).then_some(()));
        self
    }

    /// Waits until this can be read from the text on the screen, and gives it: a second look may show something else already.
    pub(crate) fn until_some<T>(&self, expected: &str, read: impl Fn(&str) -> Option<T>) -> T {
        let shown = self.within(DEADLINE, |text| read(text).is_some());
        let found = shown.as_ref().ok().and_then(|text| read(text));
        found.unwrap_or_else(|| {
            let text = shown.unwrap_or_else(|text| text);
            panic!("expected {expected} on the screen, which shows:\n{}", framed(&text))
        })
    }

    /// Waits at most this long until the text on the screen is as described, and gives what it shows.
    ///
    /// # Errors
    /// With what the screen shows when the time is up or the program is gone.
    pub(crate) fn within(&self, time: Duration, is_so: impl Fn(&str) -> bool) -> Result<String, String> {
        let (_, shown) = self.await_terminal(time, |terminal| terminal.closed || is_so(&terminal.text()));
        if is_so(&shown) { Ok(shown) } else { Err(shown) }
    }

    /// Waits until nothing was written for this long, and gives when the last bytes came.
    pub(crate) fn quiet(&self, time: Duration) -> Instant {
        loop {
            let last = self.terminal().last_output;
            let (_, moved) = self.await_terminal_until(last + time, |terminal| terminal.last_output != last);
            if !moved {
                return last;
            }
        }
    }

    /// Waits until more bytes were written than these.
    pub(crate) fn more_than(&self, written: usize) {
        let (more, shown) = self.await_terminal(DEADLINE, |terminal| terminal.raw.len() > written || terminal.closed);
        assert!(more, "nothing more was drawn on\n{}", framed(&shown));
    }

    /// Gives the text of the screen, a line for each row, without blanks at the ends.
    pub(crate) fn text(&self) -> String {
        self.terminal().text()
    }

    /// Gives one row of the screen.
    pub(crate) fn row(&self, row: usize) -> String {
        self.text().lines().nth(row).unwrap_or_default().to_owned()
    }

    /// Gives the row and column of the cursor, from 0.
    pub(crate) fn cursor(&self) -> (u16, u16) {
        self.terminal().screen().cursor_position()
    }

    /// Gives everything the program wrote.
    pub(crate) fn raw(&self) -> Vec<u8> {
        self.terminal().raw.clone()
    }

    /// Gives how many bytes the program wrote.
    pub(crate) fn written(&self) -> usize {
        self.terminal().raw.len()
    }

    /// Gives what the program asked its terminal, none of which was answered.
    pub(crate) fn questions(&self) -> Vec<String> {
        self.terminal().questions()
    }

    /// Gives the modes that are on and that a shell doesn't expect.
    pub(crate) fn left_on(&self) -> Vec<String> {
        self.terminal().left_on()
    }

    /// Says whether the terminal edits lines and echoes, as a shell expects it.
    pub(crate) fn is_cooked(&self) -> bool {
        let modes = rustix::termios::tcgetattr(open_device(&self.device)).expect("the terminal has modes");
        modes.local_modes.contains(LocalModes::ICANON | LocalModes::ECHO | LocalModes::ISIG)
    }

    /// Checks that the terminal is as the program found it: screen, cursor, modes and line discipline.
    pub(crate) fn assert_given_back(&self) {
        assert_eq!(self.left_on(), Vec::<String>::new(), "modes left on; the screen shows\n{}", framed(&self.text()));
        let after = rustix::termios::tcgetattr(open_device(&self.device)).expect("the terminal has modes");
        let modes = |termios: &Termios| (termios.input_modes, termios.output_modes, termios.control_modes, termios.local_modes);
        assert_eq!(modes(&after), modes(&self.before), "line discipline not given back");
    }

    /// Waits for the program's end.
    pub(crate) fn end(&mut self) -> End {
        if let Some(end) = &self.end {
            return end.clone();
        }
        let (ended, shown) = self.await_terminal(DEADLINE, |terminal| terminal.closed);
        assert!(ended, "expected the program to end, but the screen shows:\n{}", framed(&shown));
        let status = self.child.wait().expect("a started program can be waited for");
        let end = status.signal().map_or(End::Code(status.exit_code()), |signal| End::Signal(signal.to_owned()));
        self.end = Some(end.clone());
        end
    }

    /// Waits for the program's end and gives its exit code.
    pub(crate) fn exit_code(&mut self) -> u32 {
        match self.end() {
            End::Code(code) => code,
            End::Signal(signal) => panic!("killed by {signal}; the screen shows\n{}", framed(&self.text())),
        }
    }

    /// Kills the program at once and waits for its end.
    pub(crate) fn kill(&mut self) -> End {
        self.signal(Signal::KILL).end()
    }

    /// Writes bytes as if typed, without waiting for anything.
    pub(crate) fn send(&mut self, bytes: &[u8]) {
        // A terminal that nobody holds any more takes nothing, which the waits after this notice.
        let _ = self.writer.write_all(bytes).and_then(|()| self.writer.flush());
    }

    fn process(&self) -> Pid {
        i32::try_from(self.pid()).ok().and_then(Pid::from_raw).expect("process ids are positive")
    }

    /// Waits until the program has read every key sent so far.
    fn until_read(&self) {
        let since = Instant::now();
        // Opened anew each time: an open device would hide the end of the program.
        while rustix::io::ioctl_fionread(open_device(&self.device)).is_ok_and(|unread| unread > 0) && !self.terminal().closed {
            assert!(since.elapsed() < DEADLINE, "keys left unread; the screen shows\n{}", framed(&self.text()));
            thread::sleep(Duration::from_micros(200));
        }
    }

    fn terminal(&self) -> MutexGuard<'_, Terminal> {
        self.terminal.0.lock().expect("the reading thread doesn't panic")
    }

    fn await_terminal(&self, time: Duration, is_so: impl Fn(&Terminal) -> bool) -> (bool, String) {
        let (text, so) = self.await_terminal_until(Instant::now() + time, is_so);
        (so, text)
    }

    fn await_terminal_until(&self, deadline: Instant, is_so: impl Fn(&Terminal) -> bool) -> (String, bool) {
        let mut terminal = self.terminal();
        loop {
            let left = deadline.saturating_duration_since(Instant::now());
            let so = is_so(&terminal);
            if so || left.is_zero() {
                return (terminal.text(), so);
            }
            (terminal, _) = self.terminal.1.wait_timeout(terminal, left).expect("the reading thread doesn't panic");
        }
    }
}

/// Waits out the time in which a program that has just drawn its first frame drops keys.
///
/// The guard is a rule about time, not an event: no output tells that it has passed. This is the one place that waits by the
/// clock, with a margin for a program that noticed its own frame later than the terminal did.
pub(crate) fn wait_out_guard() {
    thread::sleep(GUARD + Duration::from_millis(50));
}

impl Drop for Screen {
    fn drop(&mut self) {
        if self.end.is_none() {
            let _ = self.child.kill();
            let _ = self.child.wait();
        }
    }
}

fn command(start: &Start) -> CommandBuilder {
    let mut command = CommandBuilder::new(&start.program);
    command.args(&start.arguments);
    command.env_clear();
    for (name, value) in settings(&start.home).iter().chain(&start.variables) {
        command.env(name, value);
    }
    command.cwd(start.home.path());
    command
}

fn read(mut reader: Box<dyn Read + Send>, shared: &(Mutex<Terminal>, Condvar)) {
    let mut output = vec![0; 64 * 1024];
    loop {
        let count = reader.read(&mut output).unwrap_or(0);
        let mut terminal = shared.0.lock().expect("no holder of the terminal panics");
        if count == 0 {
            terminal.closed = true;
        } else {
            terminal.take(&output[..count]);
        }
        shared.1.notify_all();
        if count == 0 {
            return;
        }
    }
}

fn open_device(device: &PathBuf) -> File {
    let flags = OFlags::RDWR | OFlags::NOCTTY | OFlags::CLOEXEC | OFlags::NONBLOCK;
    rustix::fs::open(device, flags, Mode::empty()).expect("the terminal's device can be opened").into()
}

fn framed(text: &str) -> String {
    text.lines().map(|line| format!("  │{line}\n")).collect()
}
