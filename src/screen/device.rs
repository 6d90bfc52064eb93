//! The terminal device with the modes it had, and the way back to them from anywhere.

use std::fs::{File, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::sync::{Arc, Mutex, PoisonError};

use rustix::fs::OFlags;
use rustix::termios::{
    InputModes, LocalModes, OptionalActions, OutputModes, QueueSelector, SpecialCodeIndex, Termios, tcflush, tcgetattr,
    tcgetwinsize, tcsetattr,
};

use crate::report::bug;

/// The alternate screen and bracketed paste; the first frame clears it and hides the cursor.
const ENTER: &[u8] = b"\x1b[?1049h\x1b[?2004h";
/// Everything that [`ENTER`] and a frame may have changed.
const LEAVE: &[u8] = b"\x1b[?2026l\x1b[0m\x1b[?2004l\x1b[?25h\x1b[?1049l";
/// Bracketed paste alone, for lines under the prompt.
const ENTER_LINES: &[u8] = b"\x1b[?2004h";
/// Everything that [`ENTER_LINES`] and a frame may have changed, once the cursor is under the lines.
const LEAVE_LINES: &[u8] = b"\x1b[?2026l\x1b[0m\x1b[?2004l\x1b[?25h";

/// Ends bracketed paste, for lines that the terminal itself lets be edited.
const UNMARKED: &[u8] = b"\x1b[?2004l";

/// A special character that no key gives.
const DISABLED: u8 = if cfg!(target_os = "macos") { 0xff } else { 0 };

/// The terminal device; every way out of the program ends in [`Device::give_back`].
#[derive(Debug)]
pub(super) struct Device {
    output: File,
    /// The modes to go back to, and the bytes that end what is shown; `None` while the terminal isn't ours.
    taken: Mutex<Option<(Termios, Vec<u8>)>>,
    /// The modes to go back to after a line that isn't shown while it is typed.
    hidden: Mutex<Option<Termios>>,
    /// The modes to go back to at the end, where whoever started this reads keys and not lines.
    keys: Mutex<Option<Termios>>,
}

impl Device {
    /// Opens the terminal, and a second description of it that reads without blocking.
    pub(super) fn open() -> io::Result<(Self, File)> {
        let path = path();
        let output = OpenOptions::new().read(true).write(true).open(&path)?;
        let nonblocking = i32::try_from(OFlags::NONBLOCK.bits()).expect("open flags fit the type that open takes");
        let input = OpenOptions::new().read(true).custom_flags(nonblocking).open(&path)?;
        tcgetattr(&output)?;
        Ok((Self { output, taken: Mutex::new(None), hidden: Mutex::new(None), keys: Mutex::new(None) }, input))
    }

    /// Takes the whole screen: raw mode, alternate screen, bracketed paste. Taking it again is harmless.
    pub(super) fn take(&self) -> io::Result<()> {
        self.take_with(ENTER, LEAVE)
    }

    /// Takes the keys alone, for lines under the prompt: raw mode and bracketed paste.
    pub(super) fn take_lines(&self) -> io::Result<()> {
        self.take_with(ENTER_LINES, LEAVE_LINES)
    }

    fn take_with(&self, enter: &[u8], leave: &[u8]) -> io::Result<()> {
        let modes = tcgetattr(&self.output)?;
        let mut raw = modes.clone();
        raw.make_raw();
        {
            let mut taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
            // After a stop from outside the terminal may still be raw: those modes are not the ones to go back to.
            let before = match taken.take() {
                Some((before, _)) if !modes.local_modes.contains(LocalModes::ICANON) => before,
                _ => modes,
            };
            *taken = Some((before, leave.to_vec()));
        }
        tcsetattr(&self.output, OptionalActions::Now, &raw)?;
        self.write(enter)
    }

    /// Lets lines be typed and read where whoever started this reads keys, as a shell does whose key it is; until it ends.
    pub(super) fn read_lines(&self) -> io::Result<()> {
        let modes = tcgetattr(&self.output)?;
        if modes.local_modes.contains(LocalModes::ICANON) {
            return Ok(());
        }
        let mut lines = modes.clone();
        lines
            .local_modes
            .insert(LocalModes::ICANON | LocalModes::ECHO | LocalModes::ECHOE | LocalModes::ECHOK | LocalModes::ISIG);
        lines.input_modes.insert(InputModes::ICRNL);
        lines.output_modes.insert(OutputModes::OPOST | OutputModes::ONLCR);
        self.keys.lock().unwrap_or_else(PoisonError::into_inner).get_or_insert(modes);
        Ok(tcsetattr(&self.output, OptionalActions::Now, &lines)?)
    }

    /// Has Ctrl-Z do nothing, until this ends: a shell whose key started it would go on with a line in its midst. Nor does the terminal
    /// mark what is pasted, which that shell had asked for.
    pub(super) fn keep_running(&self) -> io::Result<()> {
        let modes = tcgetattr(&self.output)?;
        let mut running = modes.clone();
        running.special_codes[SpecialCodeIndex::VSUSP] = DISABLED;
        self.keys.lock().unwrap_or_else(PoisonError::into_inner).get_or_insert(modes);
        tcsetattr(&self.output, OptionalActions::Now, &running)?;
        self.write(UNMARKED)
    }

    /// Stops showing what is typed, save that a line has ended. Until it is shown again Ctrl-Z does nothing: whoever came back to
    /// the shell would type blindly there.
    pub(super) fn hide_typing(&self) -> io::Result<()> {
        let modes = tcgetattr(&self.output)?;
        let mut hiding = modes.clone();
        hiding.local_modes.remove(LocalModes::ECHO);
        hiding.local_modes.insert(LocalModes::ECHONL | LocalModes::ICANON);
        hiding.special_codes[SpecialCodeIndex::VSUSP] = DISABLED;
        self.hidden.lock().unwrap_or_else(PoisonError::into_inner).get_or_insert(modes);
        // What was typed before the question isn't the answer.
        Ok(tcsetattr(&self.output, OptionalActions::Flush, &hiding)?)
    }

    /// Shows again what is typed; does nothing where it is shown.
    pub(super) fn show_typing(&self) {
        if let Some(modes) = self.hidden.lock().unwrap_or_else(PoisonError::into_inner).take() {
            let _ = tcsetattr(&self.output, OptionalActions::Now, &modes);
        }
    }

    /// Gives the terminal back as it was; does nothing when it isn't taken, and never fails: there's nobody left to tell.
    pub(super) fn give_back(&self) {
        self.show_typing();
        let taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some((modes, leave)) = taken {
            let _ = self.write(&leave);
            let _ = tcsetattr(&self.output, OptionalActions::Now, &modes);
        }
    }

    /// Keeps how the cursor gets under the lines that are shown now, for whenever the terminal is given back.
    pub(super) fn lines_end_with(&self, way: &[u8]) {
        if let Some((_, leave)) = self.taken.lock().unwrap_or_else(PoisonError::into_inner).as_mut() {
            *leave = [way, LEAVE_LINES].concat();
        }
    }

    /// Writes everything in as few calls as the system allows.
    pub(super) fn write(&self, bytes: &[u8]) -> io::Result<()> {
        (&self.output).write_all(bytes)
    }

    /// Gives columns and rows; 80×24 when the terminal doesn't know.
    pub(super) fn size(&self) -> (u16, u16) {
        match tcgetwinsize(&self.output) {
            Ok(size) if size.ws_col > 0 && size.ws_row > 0 => (size.ws_col, size.ws_row),
            _ => (80, 24),
        }
    }

    /// Throws away what was typed and not yet read.
    pub(super) fn discard_input(&self) {
        let _ = tcflush(&self.output, QueueSelector::IFlush);
    }

    /// Gives another handle for a program that runs on the terminal.
    pub(super) fn handle(&self) -> io::Result<File> {
        self.output.try_clone()
    }
}

impl Drop for Device {
    fn drop(&mut self) {
        self.give_back();
        if let Some(modes) = self.keys.lock().unwrap_or_else(PoisonError::into_inner).take() {
            let _ = tcsetattr(&self.output, OptionalActions::Now, &modes);
        }
    }
}

/// Makes a panic give the terminal back first.
pub(super) fn restore_on_panic(device: &Arc<Device>, comfort: &'static str) {
    let device = Arc::downgrade(device);
    std::panic::set_hook(Box::new(move |panic| {
        if let Some(device) = device.upgrade() {
            device.give_back();
        }
        bug::end(panic, Some(comfort));
    }));
}

/// Linux polls `/dev/tty`; macOS only polls the device by its own name.
fn path() -> std::path::PathBuf {
    let named = || rustix::termios::ttyname(rustix::stdio::stderr(), Vec::new()).ok()?.into_string().ok();
    let path = if cfg!(target_os = "macos") { named() } else { None };
    path.unwrap_or_else(|| "/dev/tty".to_owned()).into()
}
