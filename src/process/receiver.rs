//! A command that is given a new token on its standard input: what it took of it decides what may be done next.

use std::io;
use std::path::PathBuf;
use std::process::Command;
use std::time::Duration;

use secrecy::{ExposeSecret, SecretString};

use super::child::{Child, Ending, Finished, Stderr, Terminal, Wanted, resolve_program};
use super::command::CommandLine;
use crate::environment;
use crate::failure::Failure;
use crate::redaction;

/// How much of what it prints is kept, and how much of that is shown, in bytes: what is cut off in the middle of a
/// value could not be told from other text.
const MAX_KEPT: usize = 256 * 1024;
const MAX_SHOWN: usize = 64 * 1024;

/// A command that will be given a token; its program has been found.
#[derive(Debug)]
pub struct Receiver {
    command: CommandLine,
    program: PathBuf,
    time: Duration,
}

/// What a command took of the value.
#[derive(Debug)]
pub enum Received {
    /// All of it, and it succeeded.
    Whole,
    /// Nothing: it never started, or left all of it unread.
    Nothing(Failure),
    /// Some or all of it, and something went wrong: it may have kept it.
    Unclear(Failure),
}

impl Receiver {
    /// Finds the program of a command.
    pub fn find(command: CommandLine, time: Duration) -> Result<Self, Failure> {
        let program = resolve_program(&command.program);
        let program = program.and_then(|path| path.metadata().map(|_| path));
        let program = program.map_err(|error| command.not_run(error))?;
        Ok(Self { command, program, time })
    }

    /// Runs the command with the value, and these variables, and waits for its end. Returns what it took, and what
    /// it printed, without the value.
    pub fn give(
        &self,
        value: &SecretString,
        variables: &[(&str, String)],
        terminal: Option<Terminal>,
    ) -> (Received, String) {
        let mut command = Command::new(&self.program);
        command
            .args(&self.command.arguments)
            .env_clear()
            .envs(environment::variables_without_secrets())
            .envs(variables.iter().map(|(name, value)| (name, value)));
        let child = Child {
            input: Some(value.clone()),
            stderr: Stderr::WithStdout,
            terminal,
            ..Child::new(command, Wanted::Beginning, MAX_KEPT, self.time)
        };
        match child.run() {
            Ok(finished) => {
                let received = self.received(&finished, value.expose_secret().len());
                (received, shown(&finished.stdout, value))
            }
            Err(error) => (Received::Nothing(self.not_started(error)), String::new()),
        }
    }

    fn not_started(&self, error: io::Error) -> Failure {
        self.command.not_run(error)
    }

    fn received(&self, finished: &Finished, length: usize) -> Received {
        let unread = finished.unread;
        let failure = match &finished.ending {
            Ending::Exited(status) if status.success() && unread == 0 => return Received::Whole,
            Ending::Exited(status) if status.success() => self.command.failed("ended well"),
            Ending::Exited(status) => self.command.failed(&format!("failed: {status}")),
            Ending::Interrupted => self.command.failed("was interrupted"),
            Ending::WantsTerminal => {
                self.command.failed("asks at the terminal, which it cannot have here")
            }
            Ending::TooSlow | Ending::TooLong | Ending::Cut => {
                let seconds = self.time.as_secs();
                self.command.failed(&format!("did not end within {seconds} seconds"))
            }
        };
        if unread == length {
            return Received::Nothing(failure.adding("and read nothing of the token"));
        }
        Received::Unclear(match unread {
            0 => failure,
            _ => failure.adding("and did not read the token to its end"),
        })
    }
}

/// Returns what a command printed, as far as it may be shown.
fn shown(printed: &[u8], value: &SecretString) -> String {
    let text = redaction::redact_pieces(&String::from_utf8_lossy(printed), value);
    let mut end = text.len().min(MAX_SHOWN);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text[..end].trim_end().to_owned()
}
