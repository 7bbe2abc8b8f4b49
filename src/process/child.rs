//! The one way to run a child and wait for it.
//!
//! A child runs in a process group of its own, so that its end is the end of all that it started: at its deadline,
//! when it has printed too much, and when a signal ends keybelt. A child that asks at the terminal is stopped by
//! the kernel, for its group is in the background; it is lent the terminal then, where whoever started it said
//! that this is allowed, and its time stands still meanwhile.

use std::io::{self, PipeReader, Read, Write};
use std::path::PathBuf;
use std::process::{Child as Process, Command, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::thread;
use std::time::{Duration, Instant};

use secrecy::{ExposeSecret, SecretString};

use crate::environment;
use crate::signal;

/// How long a child may go on after it has printed what was wanted, or ended, because it left children behind.
const OUTPUT_GRACE: Duration = Duration::from_secs(1);

/// How much of its output is waited for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wanted {
    /// The first line; the child may then end by itself, and what else it prints is dropped.
    FirstLine,
    /// All of it, to the child's end.
    Everything,
    /// All of it as far as the limit; what else it prints is dropped.
    Beginning,
}

/// Where what it prints on stderr goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stderr {
    /// To the user.
    Through,
    /// It is kept by itself.
    Kept,
    /// It is kept with its stdout, in order.
    WithStdout,
}

/// How a child is lent the terminal.
#[derive(Debug, Clone, Copy)]
pub struct Terminal {
    /// Gives the terminal to a process group; `false` if it is not ours to give.
    #[cfg_attr(windows, expect(dead_code, reason = "a console is everybody's there"))]
    pub lend: fn(u32) -> bool,
    /// Takes it back, with its modes as they were, and drops what was typed and not read.
    pub take_back: fn(),
}

/// A child to be run.
#[derive(Debug)]
pub struct Child {
    /// The program, its arguments, environment and directory.
    pub command: Command,
    /// What it reads; without, its stdin is empty.
    pub input: Option<SecretString>,
    /// Where what it prints on stderr goes.
    pub stderr: Stderr,
    /// How much of its output is waited for.
    pub wanted: Wanted,
    /// The longest output, or the longest first line, in bytes.
    pub limit: usize,
    /// How long it may take.
    pub time: Duration,
    /// What it gets if it asks at the terminal.
    pub terminal: Option<Terminal>,
}

/// How a child ended.
#[derive(Debug)]
pub enum Ending {
    /// By itself, or by a signal.
    Exited(ExitStatus),
    /// The user interrupted it while it had the terminal.
    Interrupted,
    /// It went on after its first line, and was killed.
    Cut,
    /// It printed more than it may, and was killed.
    TooLong,
    /// It was killed at its deadline.
    TooSlow,
    /// It asked at a terminal that it cannot have, and was killed.
    WantsTerminal,
}

/// How a child ended, and what it printed.
#[derive(Debug)]
pub struct Finished {
    /// How it ended.
    pub ending: Ending,
    /// What it printed as its result.
    pub stdout: Vec<u8>,
    /// What it printed on stderr, where that is kept.
    pub stderr: Vec<u8>,
    /// How many bytes of its input neither it nor a child of its own has taken.
    pub unread: usize,
}

impl Child {
    /// Describes a child with an empty stdin, whose stderr goes to the user, and that cannot have the terminal.
    pub fn new(command: Command, wanted: Wanted, limit: usize, time: Duration) -> Self {
        let stderr = Stderr::Through;
        Self { command, input: None, stderr, wanted, limit, time, terminal: None }
    }

    /// Runs it to its end, or ends it.
    pub fn run(mut self) -> io::Result<Finished> {
        let input = self.input.take().map(Input::new).transpose()?;
        let stdin = input.as_ref().map(Input::stdin).transpose()?;
        self.command.stdin(stdin.unwrap_or_else(Stdio::null)).stdout(Stdio::piped());
        self.command.stderr(match self.stderr {
            Stderr::Through => Stdio::inherit(),
            Stderr::Kept => Stdio::piped(),
            Stderr::WithStdout => Stdio::null(),
        });
        let merged = match self.stderr {
            Stderr::WithStdout => {
                let (reader, writer) = io::pipe()?;
                self.command.stdout(writer.try_clone()?).stderr(writer);
                Some(reader)
            }
            Stderr::Through | Stderr::Kept => None,
        };
        set_group(&mut self.command);
        let process = self.command.spawn()?;
        // Our ends of its pipes would keep them open.
        self.command = Command::new("");
        let mut running = Running::watch(process, merged, &self);
        let ending = running.ending(self.time);
        let (stdout, stderr) =
            (std::mem::take(&mut running.stdout), std::mem::take(&mut running.stderr));
        // Nothing that it started reads any more.
        drop(running);
        let unread = input.map_or(0, Input::unread);
        Ok(Finished { ending, stdout, stderr, unread })
    }
}

/// What a child reads. The reading end is kept here too, so that it can be seen what was left unread, and a
/// child that closes its stdin breaks nothing.
struct Input(PipeReader);

impl Input {
    fn new(text: SecretString) -> io::Result<Self> {
        let (reader, mut writer) = io::pipe()?;
        // A child that reads nothing must not stop us.
        thread::spawn(move || drop(writer.write_all(text.expose_secret().as_bytes())));
        Ok(Self(reader))
    }

    fn stdin(&self) -> io::Result<Stdio> {
        Ok(self.0.try_clone()?.into())
    }

    /// Takes what is left.
    fn unread(mut self) -> usize {
        let mut count = 0;
        read(&mut self.0, usize::MAX, |bytes| {
            count += bytes.len();
            true
        });
        count
    }
}

/// Has a child begin a process group of its own.
pub(super) fn set_group(command: &mut Command) {
    #[cfg(unix)]
    std::os::unix::process::CommandExt::process_group(command, 0);
    #[cfg(windows)]
    let _ = command;
}

/// Returns the path of a program. One that is only named is never looked for in the working directory, whatever
/// PATH says: it may be a stranger's, and is about to be asked for a password.
pub(super) fn resolve_program(program: &str) -> io::Result<PathBuf> {
    if program.contains('/') || cfg!(windows) && program.contains(['\\', ':']) {
        return Ok(program.into());
    }
    environment::program_in_path(program).ok_or_else(|| io::ErrorKind::NotFound.into())
}

enum Event {
    Stdout(Vec<u8>),
    StdoutClosed,
    Stderr(Vec<u8>),
    #[cfg_attr(not(unix), expect(dead_code, reason = "nothing stops a process there"))]
    Stopped(i32),
    Ended(io::Result<ExitStatus>),
}

/// Why waiting ended.
#[derive(PartialEq, Eq)]
enum Waited {
    Enough,
    TimeOver,
    WantsTerminal,
}

/// What is known of a running child. Dropping it ends the child, and takes the terminal back.
struct Running {
    group: u32,
    _cleanup: signal::Cleanup,
    events: Receiver<Event>,
    wanted: Wanted,
    limit: usize,
    terminal: Option<Terminal>,
    has_terminal: bool,
    stdout: Vec<u8>,
    is_closed: bool,
    stderr: Vec<u8>,
    ended: Option<io::Result<ExitStatus>>,
}

impl Drop for Running {
    fn drop(&mut self) {
        if self.ended.is_none() || !self.is_closed {
            // Whoever holds its output open is still in its group, so the group's number is not another's.
            kill_group(self.group);
        }
        self.take_terminal_back();
    }
}

impl Running {
    fn watch(mut process: Process, merged: Option<PipeReader>, child: &Child) -> Self {
        let group = process.id();
        let (sender, events) = sync_channel(4);
        let limit = child.limit + 2;
        let piped = process.stdout.take().map(|stdout| Box::new(stdout) as Box<dyn Read + Send>);
        let merged = merged.map(|reader| Box::new(reader) as Box<dyn Read + Send>);
        if let Some(stdout) = piped.or(merged) {
            let sender = sender.clone();
            thread::spawn(move || {
                read(stdout, limit, |bytes| sender.send(Event::Stdout(bytes)).is_ok());
                let _ = sender.send(Event::StdoutClosed);
            });
        }
        if let Some(stderr) = process.stderr.take() {
            let sender = sender.clone();
            thread::spawn(move || {
                read(stderr, limit, |bytes| sender.send(Event::Stderr(bytes)).is_ok());
            });
        }
        thread::spawn(move || wait_for(process, &sender));
        Self {
            group,
            _cleanup: signal::cleanup_on_signal(move || kill_group(group)),
            events,
            wanted: child.wanted,
            limit: child.limit,
            terminal: child.terminal,
            has_terminal: false,
            stdout: Vec::new(),
            is_closed: false,
            stderr: Vec::new(),
            ended: None,
        }
    }

    /// Waits for what is wanted, then a little for the end of everything.
    fn ending(&mut self, time: Duration) -> Ending {
        let due = |now: &Self| now.ended.is_some() || now.has_line() || now.is_too_long();
        match self.wait(time, true, due) {
            Waited::Enough => {}
            Waited::TimeOver => return Ending::TooSlow,
            Waited::WantsTerminal => return Ending::WantsTerminal,
        }
        let complete = |now: &Self| now.ended.is_some() && (now.is_closed || now.has_line());
        if !self.is_too_long() && self.wait(OUTPUT_GRACE, false, complete) != Waited::Enough {
            let ended = self.ended.take();
            kill_group(self.group);
            let closed = |now: &Self| now.is_closed || now.has_line();
            let _ = self.wait(OUTPUT_GRACE, false, closed);
            self.ended = ended;
        }
        match &self.ended {
            _ if self.is_too_long() => Ending::TooLong,
            Some(Ok(status)) if self.has_terminal && was_interrupted(*status) => {
                Ending::Interrupted
            }
            Some(Ok(status)) if self.is_closed || self.has_line() => Ending::Exited(*status),
            None if self.has_line() => Ending::Cut,
            _ => Ending::TooSlow,
        }
    }

    /// Waits until `enough` is known. With `stands_still`, the time does not run while the child has the terminal.
    fn wait(
        &mut self,
        time: Duration,
        stands_still: bool,
        enough: impl Fn(&Self) -> bool,
    ) -> Waited {
        let deadline = Instant::now() + time;
        while !enough(self) {
            let event = if stands_still && self.has_terminal {
                self.events.recv().map_err(|_| RecvTimeoutError::Disconnected)
            } else {
                self.events.recv_timeout(deadline.saturating_duration_since(Instant::now()))
            };
            match event {
                Ok(Event::Stopped(signal)) => {
                    if !self.stopped(signal) {
                        return Waited::WantsTerminal;
                    }
                }
                Ok(event) => self.take(event),
                Err(_) => return Waited::TimeOver,
            }
        }
        Waited::Enough
    }

    fn take(&mut self, event: Event) {
        match event {
            Event::Stdout(_) if self.has_line() => {}
            Event::Stdout(bytes) => self.stdout.extend(bytes),
            Event::StdoutClosed => self.is_closed = true,
            Event::Stderr(bytes) => self.stderr.extend(bytes),
            Event::Ended(status) => self.ended = Some(status),
            Event::Stopped(_) => {}
        }
    }

    /// Returns whether the first line is there, where that is what is wanted.
    fn has_line(&self) -> bool {
        self.wanted == Wanted::FirstLine && (self.is_closed || self.stdout.contains(&b'\n'))
    }

    fn is_too_long(&self) -> bool {
        let line = self.stdout.split(|byte| *byte == b'\n').next().unwrap_or_default();
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        let length = match self.wanted {
            Wanted::FirstLine => line.len(),
            Wanted::Everything => self.stdout.len(),
            Wanted::Beginning => 0,
        };
        length > self.limit
    }

    fn take_terminal_back(&mut self) {
        if let Some(terminal) = self.terminal.filter(|_| self.has_terminal) {
            (terminal.take_back)();
            self.has_terminal = false;
        }
    }
}

#[cfg(unix)]
impl Running {
    /// Sees to a child that was stopped; `false` if it wants a terminal that it cannot have.
    fn stopped(&mut self, signal: i32) -> bool {
        use signal_hook::consts::{SIGSTOP, SIGTSTP, SIGTTIN, SIGTTOU};
        if [SIGTSTP, SIGSTOP].contains(&signal) && self.has_terminal {
            // ^Z is meant for keybelt, which the shell knows and will continue. Nor could anybody type to one that
            // stopped itself: not even ^C.
            self.take_terminal_back();
            signal::stop();
            return self.lend() || self.proceed();
        }
        if [SIGTTIN, SIGTTOU].contains(&signal) {
            return self.lend();
        }
        // Somebody else stopped it, and knows why.
        true
    }

    fn lend(&mut self) -> bool {
        self.has_terminal = self.terminal.is_some_and(|terminal| (terminal.lend)(self.group));
        self.has_terminal && self.proceed()
    }

    fn proceed(&self) -> bool {
        signal_group(self.group, rustix::process::Signal::CONT);
        true
    }
}

#[cfg(windows)]
impl Running {
    fn stopped(&mut self, _: i32) -> bool {
        true
    }
}

/// Reads to the end, for a child that prints more than is wanted must not fail at a closed pipe; hands on no more
/// than `limit` bytes.
fn read(mut output: impl Read, mut limit: usize, mut hand_on: impl FnMut(Vec<u8>) -> bool) {
    let mut buffer = [0; 4096];
    loop {
        match output.read(&mut buffer) {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Ok(0) | Err(_) => return,
            Ok(count) => {
                let count = count.min(limit);
                limit -= count;
                if count > 0 && !hand_on(buffer[..count].to_vec()) {
                    return;
                }
            }
        }
    }
}

/// Tells whenever the child stops, and how it ended.
#[cfg(unix)]
fn wait_for(process: Process, events: &SyncSender<Event>) {
    use rustix::process::{Pid, WaitOptions, waitpid};
    use std::os::unix::process::ExitStatusExt;
    let id = i32::try_from(process.id()).ok().and_then(Pid::from_raw);
    loop {
        let event = match waitpid(id, WaitOptions::UNTRACED) {
            Err(rustix::io::Errno::INTR) | Ok(None) => continue,
            Err(error) => Event::Ended(Err(error.into())),
            Ok(Some((_, status))) => match status.stopping_signal() {
                Some(signal) => Event::Stopped(signal),
                None => Event::Ended(Ok(ExitStatus::from_raw(status.as_raw()))),
            },
        };
        let is_last = matches!(event, Event::Ended(_));
        if events.send(event).is_err() || is_last {
            return;
        }
    }
}

#[cfg(windows)]
fn wait_for(mut process: Process, events: &SyncSender<Event>) {
    let _ = events.send(Event::Ended(process.wait()));
}

#[cfg(unix)]
fn was_interrupted(status: ExitStatus) -> bool {
    use signal_hook::consts::{SIGINT, SIGQUIT};
    use std::os::unix::process::ExitStatusExt;
    status.signal().is_some_and(|signal| [SIGINT, SIGQUIT].contains(&signal))
}

#[cfg(windows)]
fn was_interrupted(_: ExitStatus) -> bool {
    false
}

/// Ends a child and all that it started.
#[cfg(unix)]
fn kill_group(id: u32) {
    signal_group(id, rustix::process::Signal::KILL);
}

#[cfg(unix)]
fn signal_group(id: u32, signal: rustix::process::Signal) {
    if let Some(group) = i32::try_from(id).ok().and_then(rustix::process::Pid::from_raw) {
        // It may have ended by itself in the meantime.
        let _ = rustix::process::kill_process_group(group, signal);
    }
}

#[cfg(windows)]
fn kill_group(id: u32) {
    let _ = Command::new("taskkill")
        .args(["/T", "/F", "/PID", &id.to_string()])
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status();
}
