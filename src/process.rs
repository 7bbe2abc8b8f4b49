//! Children: programs that the user named, run without a shell.
//!
//! A command gets an empty stdin, our stderr, and an environment without tokens. It runs in a process group
//! of its own, so that its end is the end of all that it started. Its output is a secret and never shown.

use std::any::Any;
use std::collections::BTreeMap;
use std::ffi::{OsStr, OsString};
use std::fmt;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitCode, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::thread;
use std::time::{Duration, Instant};

use secrecy::SecretString;

use crate::environment;
use crate::failure::Failure;
use crate::host::Host;
use crate::redaction;
use crate::signal;
use crate::text;

/// The longest first line, in bytes.
const MAX_LINE: usize = 4096;

/// How long a command may take.
#[derive(Debug, Clone, Copy)]
struct Limits {
    /// Until its first line, or its end.
    line: Duration,
    /// From its first line to its end.
    rest: Duration,
}

const LIMITS: Limits = Limits { line: Duration::from_secs(60), rest: Duration::from_secs(1) };

/// A program and its arguments, as the user wrote them.
pub struct CommandLine {
    program: String,
    arguments: Vec<String>,
    /// What gave it, for messages.
    what: String,
}

impl CommandLine {
    /// Splits a command into words as a shell would, and does nothing else that a shell does.
    ///
    /// `what` names the option or the key that gave it, as in "`--password-command`".
    ///
    /// # Errors
    /// A usage failure if there is no word, or a quote has no partner.
    pub fn parse(text: &str, what: &str) -> Result<Self, Failure> {
        let words = shell_words::split(text)
            .map_err(|_| Failure::usage(format!("a quote in {what} has no partner")))?;
        let mut words = words.into_iter();
        let program = words
            .next()
            .filter(|program| !program.is_empty())
            .ok_or_else(|| Failure::usage(format!("{what} names no program")))?;
        Ok(Self { program, arguments: words.collect(), what: what.to_owned() })
    }

    fn failed(&self, how: &str) -> Failure {
        Failure::failure(format!("{} {how}", self.what))
    }
}

impl fmt::Debug for CommandLine {
    /// Leaves the arguments out: some put passwords there.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "CommandLine({})", self.what)
    }
}

/// Runs a command and returns the first line that it prints.
///
/// It has 60 seconds for that line and 4 KiB, and then one more second to end by itself; whatever it
/// started is killed after that, and the line counts nevertheless. `KEYBELT_HOST` and `KEYBELT_USERNAME`
/// tell it whose secret is wanted.
pub fn first_line(
    command: &CommandLine,
    host: &Host,
    username: Option<&str>,
) -> Result<SecretString, Failure> {
    let secret = run(command, host, username, LIMITS)?;
    redaction::protect(&secret);
    Ok(secret)
}

fn run(
    command: &CommandLine,
    host: &Host,
    username: Option<&str>,
    limits: Limits,
) -> Result<SecretString, Failure> {
    let mut child = prepared(command, host, username)
        .and_then(|mut child| child.spawn())
        .map_err(|error| not_run(command, error))?;
    let id = child.id();
    let cleanup = signal::cleanup_on_signal(move || kill_group(id));
    let deadline = Instant::now() + limits.line;
    let mut running = Running::watch(&mut child, command)?;
    let waiter = running.sender.clone();
    thread::spawn(move || waiter.send(Event::Ended(child.wait())));

    if !running.wait(deadline, |now| now.has_line() || now.ended.is_some()) {
        kill_group(id);
        let seconds = limits.line.as_secs();
        return Err(command.failed(&format!("printed no line within {seconds} seconds")));
    }
    let rest = deadline.min(Instant::now() + limits.rest);
    if !running.wait(rest, |now| now.has_line() && now.ended.is_some()) && running.ended.is_none() {
        kill_group(id);
    }
    cleanup.disarm();
    running.first_line(command)
}

fn prepared(command: &CommandLine, host: &Host, username: Option<&str>) -> io::Result<Command> {
    let mut child = Command::new(located(&command.program)?);
    child
        .args(&command.arguments)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::inherit())
        .env_clear()
        .envs(environment::variables_without_secrets())
        .env("KEYBELT_HOST", host.to_string());
    match username {
        Some(username) => child.env("KEYBELT_USERNAME", username),
        None => child.env_remove("KEYBELT_USERNAME"),
    };
    #[cfg(unix)]
    std::os::unix::process::CommandExt::process_group(&mut child, 0);
    Ok(child)
}

/// A program that is only named is never looked for in the working directory, whatever PATH says: it may be
/// a stranger's, and is about to be asked for a password.
fn located(program: &str) -> io::Result<PathBuf> {
    if cfg!(windows) || program.contains('/') {
        return Ok(program.into());
    }
    environment::program_in_path(program).ok_or_else(|| io::ErrorKind::NotFound.into())
}

fn not_run(command: &CommandLine, error: io::Error) -> Failure {
    let program = text::escape(&command.program);
    let failure = if error.kind() == io::ErrorKind::NotFound {
        command
            .failed(&format!("names `{program}`, which is not there"))
            .hint("it is run without a shell: give a program in PATH, or its whole path")
    } else {
        command.failed(&format!("names `{program}`, which cannot be run"))
    };
    failure.because(error)
}

/// How a child ended, and what it printed.
#[derive(Debug)]
pub struct Finished {
    /// The exit code; `None` if a signal ended it.
    pub code: Option<i32>,
    /// What it printed as its result.
    pub stdout: String,
    /// What it told on stderr.
    pub stderr: String,
}

/// Runs a program with nothing in its environment but `variables`, feeds it `input`, and waits for it.
pub fn run_apart(
    program: &Path,
    arguments: &[&str],
    variables: &[(&str, OsString)],
    directory: &Path,
    input: &str,
) -> Result<Finished, Failure> {
    let cannot = |error: io::Error| {
        Failure::failure(format!("cannot run {}", program.display())).because(error)
    };
    let mut child = Command::new(program)
        .args(arguments)
        .env_clear()
        .envs(variables.iter().map(|(name, value)| (name, value)))
        .current_dir(directory)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(cannot)?;
    if let Some(mut stdin) = child.stdin.take() {
        // A child that reads nothing is none the worse for it.
        let _ = stdin.write_all(input.as_bytes());
    }
    let output = child.wait_with_output().map_err(cannot)?;
    Ok(Finished {
        code: output.status.code(),
        stdout: String::from_utf8_lossy(&output.stdout).into_owned(),
        stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
    })
}

/// Opens a page in the user's browser, and does not wait for it: `$BROWSER` first, then what the system
/// prefers. Returns whether there is one.
pub fn open_in_browser(address: &str) -> bool {
    let named = environment::browser().and_then(|browser| {
        let words = shell_words::split(&browser).ok()?;
        let (program, arguments) = words.split_first()?;
        let mut command = Command::new(program);
        command.args(arguments).arg(address);
        Some(command)
    });
    for mut command in named.into_iter().chain(open::commands(address)) {
        command
            .env_clear()
            .envs(environment::variables_without_secrets())
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        #[cfg(unix)]
        std::os::unix::process::CommandExt::process_group(&mut command, 0);
        if command.spawn().is_ok() {
            return true;
        }
    }
    false
}

/// Why this process did not become another.
#[derive(Debug)]
pub enum NotRun {
    /// There is no such program.
    NotFound(Failure),
    /// It is there and cannot be run.
    Failed(Failure),
    /// Where a process cannot become another, it was run as a child and has ended.
    Ended(ExitCode),
}

/// Becomes another program, with exactly this environment. Returns only if that fails. Files that we have
/// open close themselves; signals do what they did before us.
pub fn replace_self(command: &[OsString], variables: &BTreeMap<OsString, OsString>) -> NotRun {
    let Some((program, arguments)) = command.split_first() else {
        return NotRun::Failed(Failure::usage("there is no command"));
    };
    let mut child = Command::new(program);
    child.args(arguments).env_clear().envs(variables);
    keep_descriptors();
    let error = match become_child(&mut child) {
        Ok(code) => return NotRun::Ended(code),
        Err(error) => error,
    };
    let shown = text::escape(&program.to_string_lossy()).into_owned();
    if error.kind() == io::ErrorKind::NotFound {
        return NotRun::NotFound(Failure::failure(format!("there is no program `{shown}`")));
    }
    NotRun::Failed(Failure::failure(format!("cannot run `{shown}`")).because(error))
}

/// Lets no descriptor but 0 to 2 through to the next program, not even those that others left open in us.
#[cfg(unix)]
fn keep_descriptors() {
    use rustix::io::{FdFlags, fcntl_setfd};
    use std::os::fd::BorrowedFd;
    let listed = std::fs::read_dir("/dev/fd").into_iter().flatten().flatten();
    let open: Vec<i32> = listed
        .filter_map(|entry| entry.file_name().to_str()?.parse().ok())
        .filter(|descriptor| *descriptor > 2)
        .collect();
    for descriptor in open {
        #[expect(unsafe_code, reason = "a descriptor of whoever started us has no owner in Rust")]
        // SAFETY: it is used for one system call, which fails where the descriptor is closed by now.
        let descriptor = unsafe { BorrowedFd::borrow_raw(descriptor) };
        let _ = fcntl_setfd(descriptor, FdFlags::CLOEXEC);
    }
}

#[cfg(not(unix))]
fn keep_descriptors() {}

#[cfg(unix)]
fn become_child(child: &mut Command) -> io::Result<ExitCode> {
    Err(std::os::unix::process::CommandExt::exec(child))
}

#[cfg(not(unix))]
fn become_child(child: &mut Command) -> io::Result<ExitCode> {
    let status = child.status()?;
    Ok(ExitCode::from(status.code().and_then(|code| u8::try_from(code).ok()).unwrap_or(1)))
}

/// Returns what Terraform and OpenTofu log when they start in an empty directory, by their names; those that
/// are not there are left out.
pub fn logs_of_terraform() -> Vec<(&'static str, String)> {
    let Ok(directory) = tempfile::tempdir() else {
        return Vec::new();
    };
    let start = |program: &str| {
        Command::new(program)
            .arg("version")
            .current_dir(directory.path())
            .env_clear()
            .envs(environment::variables_without_secrets())
            .env("TF_LOG", "debug")
            .env("CHECKPOINT_DISABLE", "1")
            .stdin(Stdio::null())
            .output()
            .ok()
    };
    ["terraform", "tofu"]
        .into_iter()
        .filter_map(|program| {
            let output = start(program)?;
            Some((program, String::from_utf8_lossy(&output.stderr).into_owned()))
        })
        .collect()
}

/// Runs a program on our terminal, with our environment less its tokens plus `variables`, and returns its
/// exit code.
pub fn run_interactively(program: &OsStr, variables: &[(&str, &OsStr)]) -> Result<u8, Failure> {
    let status = Command::new(program)
        .env_clear()
        .envs(environment::variables_without_secrets())
        .envs(variables.iter().copied())
        .status()
        .map_err(|error| {
            Failure::failure(format!("cannot run {}", program.display())).because(error)
        })?;
    Ok(status.code().and_then(|code| u8::try_from(code).ok()).unwrap_or(1))
}

enum Event {
    Output(Vec<u8>),
    Closed,
    Ended(io::Result<ExitStatus>),
}

/// What is known of a running command.
struct Running {
    sender: SyncSender<Event>,
    events: Receiver<Event>,
    output: Vec<u8>,
    closed: bool,
    ended: Option<io::Result<ExitStatus>>,
}

impl Running {
    fn watch(child: &mut Child, command: &CommandLine) -> Result<Self, Failure> {
        let stdout = child.stdout.take().ok_or_else(|| command.failed("has no output"))?;
        let (sender, events) = sync_channel(4);
        let reader = sender.clone();
        thread::spawn(move || read(stdout, &reader));
        Ok(Self { sender, events, output: Vec::new(), closed: false, ended: None })
    }

    /// Waits until `enough` is known; returns whether it is.
    fn wait(&mut self, until: Instant, enough: impl Fn(&Self) -> bool) -> bool {
        while !enough(self) {
            let left = until.saturating_duration_since(Instant::now());
            match self.events.recv_timeout(left) {
                Ok(event) => self.take(event),
                Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => return false,
            }
        }
        true
    }

    fn take(&mut self, event: Event) {
        match event {
            Event::Output(_) if self.has_line() => {}
            Event::Output(bytes) => self.output.extend(bytes),
            Event::Closed => self.closed = true,
            Event::Ended(status) => self.ended = Some(status),
        }
    }

    fn has_line(&self) -> bool {
        self.closed || self.output.contains(&b'\n') || self.output.len() > MAX_LINE + 1
    }

    fn first_line(&self, command: &CommandLine) -> Result<SecretString, Failure> {
        match &self.ended {
            Some(Ok(status)) if !status.success() => {
                return Err(command.failed(&format!("failed: {status}")));
            }
            Some(Err(_)) => return Err(command.failed("ended in an unknown way")),
            _ => {}
        }
        let line = self.output.split(|byte| *byte == b'\n').next();
        let line = line.unwrap_or_default();
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        if line.is_empty() {
            return Err(command.failed("printed a blank line, or nothing"));
        }
        if line.len() > MAX_LINE {
            return Err(command.failed("printed a line longer than 4 KiB"));
        }
        std::str::from_utf8(line)
            .map(|line| line.to_owned().into())
            .map_err(|_| command.failed("printed a line that is not valid UTF-8"))
    }
}

/// Reads to the end, for a command that prints more than its line must not fail at a closed pipe.
fn read(mut stdout: impl Read, events: &SyncSender<Event>) {
    let mut buffer = [0; 1024];
    loop {
        let event = match stdout.read(&mut buffer) {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Ok(0) | Err(_) => Event::Closed,
            Ok(count) => Event::Output(buffer[..count].to_vec()),
        };
        let is_last = matches!(event, Event::Closed);
        if events.send(event).is_err() || is_last {
            return;
        }
    }
}

/// Sees to it that a child, whose process group is its own, does not outlive an interrupted keybelt.
pub fn end_with_us(id: u32) -> Box<dyn Any> {
    Box::new(signal::cleanup_on_signal(move || kill_group(id)))
}

#[cfg(unix)]
fn kill_group(id: u32) {
    use rustix::process::{Pid, Signal, kill_process_group};
    if let Some(group) = i32::try_from(id).ok().and_then(Pid::from_raw) {
        let _ = kill_process_group(group, Signal::KILL);
    }
}

#[cfg(not(unix))]
fn kill_group(id: u32) {
    let _ = Command::new("taskkill")
        .args(["/T", "/F", "/PID", &id.to_string()])
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status();
}

#[cfg(all(test, unix))]
mod tests {
    use super::{CommandLine, Limits, run};
    use crate::failure::Failure;
    use crate::host::Host;
    use secrecy::ExposeSecret;
    use std::time::{Duration, Instant};

    /// Long enough for a busy machine, short enough to wait for.
    const SHORT: Limits =
        Limits { line: Duration::from_secs(10), rest: Duration::from_millis(100) };

    fn shell(script: &str) -> Result<String, Failure> {
        shell_within(script, SHORT)
    }

    fn shell_within(script: &str, limits: Limits) -> Result<String, Failure> {
        let text = format!("sh -c {}", shell_words::quote(script));
        let command = CommandLine::parse(&text, "`--password-command`")?;
        let host = Host::parse("https://tfe.example.com:8443")?;
        run(&command, &host, Some("alice"), limits).map(|line| line.expose_secret().to_owned())
    }

    #[test]
    fn the_first_line_is_taken_and_the_rest_is_left() {
        assert_eq!(
            shell("printf 'pass word \\r\\nuser: x\\n'").ok().as_deref(),
            Some("pass word ")
        );
        assert_eq!(shell("printf no-newline").ok().as_deref(), Some("no-newline"));
        assert_eq!(shell("cat; echo empty-stdin").ok().as_deref(), Some("empty-stdin"));
        let line = "a".repeat(4096);
        assert_eq!(shell(&format!("echo {line}; seq 100000")).ok(), Some(line));
    }

    #[test]
    fn a_command_that_fails_is_an_error_that_shows_nothing_of_its_output() {
        for (script, message) in [
            ("echo hunter2; exit 3", "`--password-command` failed: exit status: 3"),
            ("echo; echo hunter2", "`--password-command` printed a blank line, or nothing"),
            ("printf hunter2%4096d 1", "`--password-command` printed a line longer than 4 KiB"),
            (
                "printf 'hunter2\\377\\n'",
                "`--password-command` printed a line that is not valid UTF-8",
            ),
        ] {
            let failure = shell(script).expect_err("a failure");
            assert_eq!((failure.message.as_str(), failure.kind.exit_code()), (message, 1));
            assert!(!format!("{failure:?}").contains("hunter2"));
        }
    }

    #[test]
    fn a_program_that_is_not_there_is_named() {
        let command =
            CommandLine::parse("keybelt-no-such-program x", "`--code-command`").expect("words");
        let host = Host::parse("tfe.example.com").expect("a host");
        let failure = run(&command, &host, None, SHORT).expect_err("a failure");
        assert_eq!(failure.kind.exit_code(), 1);
        assert_eq!(
            failure.message,
            "`--code-command` names `keybelt-no-such-program`, which is not there"
        );
    }

    #[test]
    fn a_command_line_is_split_and_not_interpreted() {
        let command = CommandLine::parse("pass 'show me' $HOME;id", "it").expect("words");
        assert_eq!(command.program, "pass");
        assert_eq!(command.arguments, ["show me", "$HOME;id"]);
        assert!(!format!("{command:?}").contains("show"));
        for bad in ["pass 'show", "", "  ", "''"] {
            let failure = CommandLine::parse(bad, "it").expect_err("no command");
            assert_eq!(failure.kind.exit_code(), 2, "{bad:?}");
        }
    }

    #[test]
    fn a_command_learns_whose_secret_is_wanted() {
        assert_eq!(
            shell("echo \"$KEYBELT_HOST $KEYBELT_USERNAME\"").ok().as_deref(),
            Some("tfe.example.com:8443 alice")
        );
    }

    #[test]
    fn a_silent_command_is_killed_at_the_deadline() {
        let started = Instant::now();
        let limits = Limits { line: Duration::from_millis(100), ..SHORT };
        let failure = shell_within("sleep 300 & wait", limits).expect_err("a failure");
        assert!(failure.message.contains("printed no line within"), "{failure}");
        assert!(started.elapsed() < Duration::from_secs(100));
    }

    /// The grandchild would otherwise hold its terminal, its locks, and whatever it asks for.
    #[test]
    fn a_command_that_goes_on_after_its_line_dies_with_all_that_it_started() {
        let grandchild = shell("sleep 300 & echo $!; wait").expect("a line");
        let command_line = format!("/proc/{grandchild}/cmdline");
        let give_up = Instant::now() + Duration::from_secs(20);
        // A zombie's command line is blank.
        while std::fs::read(&command_line).is_ok_and(|line| !line.is_empty()) {
            assert!(Instant::now() < give_up, "the grandchild is alive");
            std::thread::yield_now();
        }
    }
}
