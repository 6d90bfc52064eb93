//! The system calls of a program, as strace writes them down.

/// The calls that write, sync or send something.
pub(crate) const TRACED: &str = "trace=read,write,pwrite64,pwritev,fdatasync,fsync,sendto,sendmsg,writev";

/// A system call of a trace that has returned, with its arguments as strace writes them.
pub(crate) struct Call<'a> {
    pub(crate) name: &'a str,
    pub(crate) arguments: &'a str,
    succeeded: bool,
}

/// Gives the calls of a trace in the order in which they returned.
pub(crate) fn calls(trace: &str) -> Vec<Call<'_>> {
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

impl Call<'_> {
    /// Says whether something was made durable.
    pub(crate) fn is_sync(&self) -> bool {
        matches!(self.name, "fdatasync" | "fsync") && self.succeeded
    }

    /// Says whether something was written.
    pub(crate) fn is_write(&self) -> bool {
        matches!(self.name, "write" | "pwrite64" | "pwritev") && self.succeeded
    }

    /// Says whether it is about a file of the database; the index of its log holds nothing that lasts.
    pub(crate) fn is_database(&self) -> bool {
        self.file().is_some_and(|file| file.contains(".db") && !file.contains("-shm"))
    }

    /// Says whether it writes to a terminal.
    pub(crate) fn is_terminal(&self) -> bool {
        self.name == "write" && self.file().is_some_and(|file| file.contains("/dev/pts/") || file.contains("/dev/tty"))
    }

    /// Says whether it sends these words to another machine, or to this one by way of the network.
    pub(crate) fn sends(&self, words: &str) -> bool {
        matches!(self.name, "sendto" | "sendmsg" | "write" | "writev")
            && self.file().is_some_and(|file| file.contains("socket:") || file.contains("TCP"))
            && self.arguments.contains(words)
    }

    fn file(&self) -> Option<&str> {
        self.arguments.split_once('>').map(|(file, _)| file)
    }
}
