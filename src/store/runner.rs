//! Runs a helper: one word of argument, some input, its output, and an end by a deadline.
//!
//! The child has an environment without tokens and a process group of its own, which is killed at the
//! deadline. Its stderr is the user's; what it prints on stdout is handed back and never shown.

use std::io::{self, Read, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::mpsc::{Receiver, sync_channel};
use std::thread;
use std::time::{Duration, Instant};

use super::secret::StoreOptions;
use crate::environment;

/// The longest answer, in bytes: a token of the greatest length, every byte escaped, and names beside it.
const MAX_OUTPUT: u64 = 128 * 1024;

/// How long the output may stay open after the end of the program, because it left children behind.
const AFTERWARDS: Duration = Duration::from_millis(500);

/// How a helper ended.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Finished {
    /// With success, and this output.
    Done(Vec<u8>),
    /// Without success, and this output.
    Failed(Vec<u8>),
    /// It printed more than any answer has.
    TooLong,
    /// It was killed at its deadline.
    TooSlow(Duration),
}

enum Event {
    Ended(bool),
    Output(Vec<u8>),
}

/// Runs `program verb`, feeds it `input`, and waits for it.
pub(super) fn run(
    program: &Path,
    verb: &str,
    input: String,
    options: StoreOptions,
) -> io::Result<Finished> {
    let timeout = options.unlock.unwrap_or_default().max(options.timeout);
    let deadline = Instant::now() + timeout;
    let mut child = prepared(program, verb).spawn()?;
    let id = child.id();
    let _guard = (options.guard)(id);
    let mut watch = Watch::start(child_pipes(&mut child)?, child, input);
    watch.until(deadline, |watch| watch.success.is_some() || watch.is_too_long());
    if watch.success.is_some() && !watch.until(Instant::now() + AFTERWARDS, Watch::is_complete) {
        // Whoever holds its output open is still in its group, so the group's number is not another's.
        kill_group(id);
        watch.until(Instant::now() + AFTERWARDS, Watch::is_complete);
    }
    if !watch.is_complete() {
        kill_group(id);
    }
    Ok(watch.finished(timeout))
}

fn prepared(program: &Path, verb: &str) -> Command {
    let mut command = Command::new(program);
    command
        .arg(verb)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::inherit())
        .env_clear()
        .envs(environment::variables_without_secrets());
    #[cfg(unix)]
    std::os::unix::process::CommandExt::process_group(&mut command, 0);
    command
}

fn child_pipes(child: &mut Child) -> io::Result<(ChildStdin, ChildStdout)> {
    let pipes = child.stdin.take().zip(child.stdout.take());
    pipes.ok_or_else(|| io::ErrorKind::BrokenPipe.into())
}

/// What is known of a running helper.
struct Watch {
    events: Receiver<Event>,
    success: Option<bool>,
    output: Option<Vec<u8>>,
}

impl Watch {
    fn start(pipes: (ChildStdin, ChildStdout), mut child: Child, input: String) -> Self {
        let (mut stdin, stdout) = pipes;
        let (sender, events) = sync_channel(2);
        let output_sender = sender.clone();
        // A helper that reads nothing must not stop us, and one that needs nothing may close its stdin.
        thread::spawn(move || drop(stdin.write_all(input.as_bytes())));
        thread::spawn(move || {
            let mut output = Vec::new();
            let _ = stdout.take(MAX_OUTPUT + 1).read_to_end(&mut output);
            let _ = output_sender.send(Event::Output(output));
        });
        thread::spawn(move || {
            let success = child.wait().is_ok_and(|status| status.success());
            let _ = sender.send(Event::Ended(success));
        });
        Self { events, success: None, output: None }
    }

    /// Listens until `enough`, at most until `deadline`; returns whether it was enough.
    fn until(&mut self, deadline: Instant, enough: impl Fn(&Self) -> bool) -> bool {
        while !enough(self) {
            let left = deadline.saturating_duration_since(Instant::now());
            match self.events.recv_timeout(left) {
                Ok(Event::Ended(success)) => self.success = Some(success),
                Ok(Event::Output(output)) => self.output = Some(output),
                Err(_) => return false,
            }
        }
        true
    }

    fn is_too_long(&self) -> bool {
        let length = self.output.as_ref().map_or(0, Vec::len);
        length as u64 > MAX_OUTPUT
    }

    fn is_complete(&self) -> bool {
        self.success.is_some() && self.output.is_some()
    }

    fn finished(self, timeout: Duration) -> Finished {
        if self.is_too_long() {
            return Finished::TooLong;
        }
        match (self.success, self.output) {
            (Some(true), Some(output)) => Finished::Done(output),
            (Some(false), Some(output)) => Finished::Failed(output),
            _ => Finished::TooSlow(timeout),
        }
    }
}

/// Ends the helper and all that it started.
#[cfg(unix)]
fn kill_group(id: u32) {
    let id = i32::try_from(id).ok().and_then(rustix::process::Pid::from_raw);
    if let Some(id) = id {
        // It may have ended by itself in the meantime.
        let _ = rustix::process::kill_process_group(id, rustix::process::Signal::KILL);
    }
}

#[cfg(not(unix))]
fn kill_group(_: u32) {}
