//! One run of the built program, without a terminal: what goes in, what came out.

use std::collections::BTreeMap;
use std::ffi::{OsStr, OsString};
use std::io::{Read, Write};
use std::os::unix::process::{CommandExt, ExitStatusExt};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc;
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process_group, setsid};
use serde_json::Value;

use super::{PATIENCE, Pty};

/// The program under test.
pub const PROGRAM: &str = env!("CARGO_BIN_EXE_keybelt");

/// A command line, as one text that is split at its blanks or as words that may have blanks in them.
/// `Form` tells the two apart, and is never named.
pub trait Words<Form> {
    /// Returns its words.
    fn words(self) -> Vec<OsString>;
}

/// The form of a command line that is one text.
pub struct Line;

/// The form of a command line that is given word by word.
pub struct Each;

impl Words<Line> for &str {
    fn words(self) -> Vec<OsString> {
        self.split_whitespace().map(Into::into).collect()
    }
}

impl Words<Line> for String {
    fn words(self) -> Vec<OsString> {
        self.as_str().words()
    }
}

impl<List: IntoIterator<Item: AsRef<OsStr>>> Words<Each> for List {
    fn words(self) -> Vec<OsString> {
        self.into_iter().map(|word| word.as_ref().to_owned()).collect()
    }
}

/// A run that is being prepared. It inherits nothing: neither variables nor a terminal.
#[must_use = "nothing runs before `.run()` or `.pty()`"]
pub struct Keybelt {
    program: PathBuf,
    arguments: Vec<OsString>,
    environment: BTreeMap<OsString, OsString>,
    directory: PathBuf,
    stdin: Option<Vec<u8>>,
    stdout: Option<std::fs::File>,
    size: (u16, u16),
}

impl Keybelt {
    pub(super) fn new<Form>(home: &Path, arguments: impl Words<Form>) -> Self {
        let run = Self {
            program: PROGRAM.into(),
            arguments: arguments.words(),
            environment: BTreeMap::new(),
            directory: home.to_owned(),
            stdin: None,
            stdout: None,
            size: (24, 80),
        };
        run.env("HOME", home).env("PATH", "/usr/bin:/bin").env("TERM", "xterm")
    }

    /// Sets a variable.
    pub fn env(mut self, name: &str, value: impl AsRef<OsStr>) -> Self {
        self.environment.insert(name.into(), value.as_ref().to_owned());
        self
    }

    /// Unsets one of the few variables that are set.
    pub fn without_env(mut self, name: &str) -> Self {
        self.environment.remove(OsStr::new(name));
        self
    }

    /// Runs it by another name, such as a link's.
    pub fn called(mut self, program: impl Into<PathBuf>) -> Self {
        self.program = program.into();
        self
    }

    /// Runs it as a child of another program with the same surroundings, its own words last.
    pub fn through(
        mut self,
        program: impl Into<PathBuf>,
        arguments: impl IntoIterator<Item = impl AsRef<OsStr>>,
    ) -> Self {
        let before = arguments.into_iter().map(|argument| argument.as_ref().to_owned());
        let inner = std::mem::replace(&mut self.program, program.into()).into();
        self.arguments = before.chain([inner]).chain(self.arguments).collect();
        self
    }

    /// Runs it as `"$@"` of a shell script.
    pub fn in_shell(self, script: &str) -> Self {
        self.through("/bin/sh", ["-c", script, "sh"])
    }

    /// Runs it as `"$@"` of a script in a shell with job control.
    pub fn in_job_shell(self, script: &str) -> Self {
        self.through("/bin/sh", ["-m", "-c", script, "sh"])
    }

    /// Runs in another directory than the home.
    pub fn directory(mut self, directory: impl Into<PathBuf>) -> Self {
        self.directory = directory.into();
        self
    }

    /// Writes this to standard input, which is empty otherwise.
    pub fn stdin(mut self, text: impl AsRef<[u8]>) -> Self {
        self.stdin = Some(text.as_ref().to_owned());
        self
    }

    /// Sends standard output to a file, such as `/dev/full`.
    pub fn stdout(mut self, file: std::fs::File) -> Self {
        self.stdout = Some(file);
        self
    }

    /// Sets the terminal's rows and columns, for [`Keybelt::pty`].
    pub fn size(mut self, rows: u16, columns: u16) -> Self {
        self.size = (rows, columns);
        self
    }

    /// Runs it to its end, without a terminal.
    pub fn run(self) -> Run {
        let words = self.words();
        let mut command = self.command();
        let input = match self.stdin {
            Some(_) => Stdio::piped(),
            None => Stdio::null(),
        };
        command.stdin(input).stdout(Stdio::piped()).stderr(Stdio::piped());
        if let Some(file) = self.stdout {
            command.stdout(file);
        }
        lose_the_terminal(&mut command);
        let started = Instant::now();
        let mut child = command.spawn().unwrap();
        let writer = child.stdin.take().map(|mut pipe| {
            let text = self.stdin.unwrap_or_default();
            // A program that does not read all of it has closed the pipe, which is its right.
            thread::spawn(move || drop(pipe.write_all(&text)))
        });
        let stdout = child.stdout.take().map(read_all);
        let stderr = child.stderr.take().map(read_all);
        let status = wait(&mut child, &words);
        let time = started.elapsed();
        drop(writer.map(JoinHandle::join));
        let text = |reader: Option<JoinHandle<Vec<u8>>>| match reader {
            Some(reader) => String::from_utf8(reader.join().unwrap()).unwrap(),
            None => String::new(),
        };
        Run(Outcome { words, status, stdout: text(stdout), stderr: text(stderr), time })
    }

    /// Starts it on a terminal of its own, which also is its standard input, output and error, unless they
    /// were given.
    pub fn pty(self) -> Pty {
        let words = self.words();
        let mut command = self.command();
        let stdin = self.stdin.is_some();
        if stdin {
            command.stdin(Stdio::piped());
        }
        let has_stdout = self.stdout.is_some();
        if let Some(file) = self.stdout {
            command.stdout(file);
        }
        let mut pty = Pty::start(command, words, self.size, !stdin, !has_stdout);
        if let Some(text) = self.stdin {
            pty.feed_stdin(&text);
        }
        pty
    }

    fn command(&self) -> Command {
        let mut command = Command::new(&self.program);
        command
            .args(&self.arguments)
            .env_clear()
            .envs(&self.environment)
            .current_dir(&self.directory);
        command
    }

    fn words(&self) -> String {
        let words = self.arguments.iter().map(|argument| argument.to_string_lossy());
        let program = self.program.file_name().unwrap_or_default().to_string_lossy();
        std::iter::once(program).chain(words).collect::<Vec<_>>().join(" ")
    }
}

/// Starts the child in a session of its own: it finds no terminal, wherever the tests were started.
fn lose_the_terminal(command: &mut Command) {
    #[expect(unsafe_code, reason = "setsid is one system call, which a forked child may make")]
    // SAFETY: the closure makes one async-signal-safe call and allocates nothing.
    unsafe {
        command.pre_exec(|| setsid().map(drop).map_err(Into::into))
    };
}

fn read_all(mut pipe: impl Read + Send + 'static) -> JoinHandle<Vec<u8>> {
    thread::spawn(move || {
        let mut bytes = Vec::new();
        pipe.read_to_end(&mut bytes).unwrap();
        bytes
    })
}

/// Waits for a session's leader; at the deadline everything in it is killed, and the test fails.
pub(super) fn wait(child: &mut Child, words: &str) -> ExitStatus {
    let group = Pid::from_child(child);
    let (ended, end) = mpsc::channel::<()>();
    let watchdog = thread::spawn(move || {
        let late = end.recv_timeout(PATIENCE) == Err(mpsc::RecvTimeoutError::Timeout);
        if late {
            let _ = kill_process_group(group, Signal::KILL);
        }
        late
    });
    let status = child.wait().unwrap();
    drop(ended);
    assert!(!watchdog.join().unwrap(), "`{words}` did not end within {PATIENCE:?}");
    status
}

/// A run that is over. What it came to is seen once its exit code has been looked at.
#[must_use = "assert the exit code with `.code(…)`"]
pub struct Run(Outcome);

impl Run {
    /// Asserts the exit code; a signal's death is none.
    #[track_caller]
    pub fn code(self, expected: i32) -> Outcome {
        let Self(outcome) = self;
        assert!(
            outcome.status.code() == Some(expected),
            "`{}` exited with {:?} (signal {:?}), not {expected}\n--- stdout\n{}--- stderr\n{}",
            outcome.words,
            outcome.status.code(),
            outcome.status.signal(),
            outcome.stdout,
            outcome.stderr
        );
        outcome
    }

    /// Asserts that the exit code is one of several, all of them designed; `case` names what was run.
    #[track_caller]
    pub fn one_of(self, case: &str, expected: &[i32]) -> Outcome {
        let code = self.0.status.code();
        let Some(&code) = expected.iter().find(|&&expected| Some(expected) == code) else {
            panic!("{case}: {code:?} is none of {expected:?}\n{}", self.0.stderr);
        };
        self.code(code)
    }

    /// Returns what it came to, for a test that asserts the end in its own way.
    pub fn any_end(self) -> Outcome {
        self.0
    }
}

/// What a run came to.
pub struct Outcome {
    words: String,
    status: ExitStatus,
    stdout: String,
    stderr: String,
    /// How long it took.
    pub time: Duration,
}

impl Outcome {
    /// Returns the exit code; none if a signal ended it.
    pub fn exit_code(&self) -> Option<i32> {
        self.status.code()
    }

    /// Returns the signal that ended it.
    pub fn signal(&self) -> Option<i32> {
        self.status.signal()
    }

    /// Returns what it printed.
    pub fn stdout(&self) -> &str {
        &self.stdout
    }

    /// Returns what it said.
    pub fn stderr(&self) -> &str {
        &self.stderr
    }

    /// Asserts that stdout has a text in it.
    #[track_caller]
    pub fn prints(self, text: &str) -> Self {
        assert!(
            self.stdout.contains(text),
            "`{}` does not print {text:?}:\n{}",
            self.words,
            self.stdout
        );
        self
    }

    /// Asserts that stderr has a text in it.
    #[track_caller]
    pub fn says(self, text: &str) -> Self {
        assert!(
            self.stderr.contains(text),
            "`{}` does not say {text:?}:\n{}",
            self.words,
            self.stderr
        );
        self
    }

    /// Asserts that a text is neither on stdout nor on stderr.
    #[track_caller]
    pub fn hides(self, text: &str) -> Self {
        assert!(!text.is_empty(), "nothing cannot be hidden");
        let shown = format!("{}{}", self.stdout, self.stderr);
        assert!(!shown.contains(text), "`{}` shows {text:?}:\n{shown}", self.words);
        self
    }

    /// Returns the one JSON document on stdout.
    #[track_caller]
    pub fn json(&self) -> Value {
        match serde_json::from_str(&self.stdout) {
            Ok(document) => document,
            Err(error) => {
                panic!("`{}` prints no JSON document ({error}):\n{}", self.words, self.stdout)
            }
        }
    }
}
