//! Commands that the user named, run without a shell for the first line that they print.

use std::fmt;
use std::io;
use std::process::Command;
use std::time::Duration;

use secrecy::SecretString;

use super::child::{Child, Ending, Finished, Terminal, Wanted, resolve_program};
use crate::environment;
use crate::failure::{Failure, Signal};
use crate::host::Host;
use crate::{redaction, text};

/// The longest first line, in bytes.
const MAX_LINE: usize = 4096;

/// How long a command may take until its first line, or its end.
const TIMEOUT: Duration = Duration::from_secs(60);

/// A program and its arguments, as the user wrote them.
pub struct CommandLine {
    pub(super) program: String,
    pub(super) arguments: Vec<String>,
    /// What gave it, for messages.
    what: String,
}

impl CommandLine {
    /// Splits a command into words as a shell would, on Windows as programs there do, and does nothing else that
    /// a shell does.
    ///
    /// `what` names the option or the key that gave it, as in "`--password-command`".
    pub fn parse(text: &str, what: &str) -> Result<Self, Failure> {
        let words =
            words(text).ok_or_else(|| Failure::usage(format!("unmatched quote in {what}")))?;
        let mut words = words.into_iter();
        let program = words
            .next()
            .filter(|program| !program.is_empty())
            .ok_or_else(|| Failure::usage(format!("{what} is empty")))?;
        Ok(Self { program, arguments: words.collect(), what: what.to_owned() })
    }

    pub(super) fn failed(&self, how: &str) -> Failure {
        Failure::general(format!("{} {how}", self.what))
    }

    pub(super) fn not_run(&self, error: io::Error) -> Failure {
        let program = text::escape(&self.program);
        if error.kind() == io::ErrorKind::NotFound {
            return self
                .failed(&format!("cannot be run: command `{program}` not found"))
                .hint("it is run without a shell: give a program in PATH, or its whole path");
        }
        self.failed(&format!("names `{program}`, which cannot be run")).because(error)
    }
}

impl fmt::Debug for CommandLine {
    /// Leaves the arguments out: some put passwords there.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "CommandLine({})", self.what)
    }
}

/// Splits a command into words by the rules of the system; `None` if a quote has no partner.
#[cfg(unix)]
pub(super) fn words(text: &str) -> Option<Vec<String>> {
    shell_words::split(text).ok()
}

#[cfg(windows)]
pub(super) fn words(text: &str) -> Option<Vec<String>> {
    Some(windows_words(text))
}

/// Returns a path so that it is one word of a command.
pub fn quoted(path: &str) -> String {
    if cfg!(windows) {
        // No path has a quote in it there.
        format!("\"{path}\"")
    } else {
        shell_words::quote(path).into_owned()
    }
}

/// Splits a command as programs on Windows do: only blanks and double quotes mean something, and a backslash
/// does only before a quote (Microsoft's "Parsing C command-line arguments").
#[cfg(any(windows, test))]
fn windows_words(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let mut is_quoted = false;
    let mut left = text.chars().peekable();
    while let Some(c) = left.next() {
        if !is_quoted && matches!(c, ' ' | '\t') {
            words.extend(word.take());
            continue;
        }
        let word = word.get_or_insert_default();
        match c {
            '\\' => {
                let mut count = 1;
                while left.next_if_eq(&'\\').is_some() {
                    count += 1;
                }
                if left.peek() == Some(&'"') {
                    word.extend(std::iter::repeat_n('\\', count / 2));
                    if count % 2 == 1 {
                        word.extend(left.next());
                    }
                } else {
                    word.extend(std::iter::repeat_n('\\', count));
                }
            }
            '"' if is_quoted && left.next_if_eq(&'"').is_some() => word.push('"'),
            '"' => is_quoted = !is_quoted,
            c => word.push(c),
        }
    }
    words.extend(word);
    words
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
    terminal: Option<Terminal>,
) -> Result<SecretString, Failure> {
    let secret = run(command, host, username, terminal, TIMEOUT)?;
    redaction::protect(&secret);
    Ok(secret)
}

fn run(
    command: &CommandLine,
    host: &Host,
    username: Option<&str>,
    terminal: Option<Terminal>,
    time: Duration,
) -> Result<SecretString, Failure> {
    let finished = command_for(command, host, username)
        .and_then(|program| {
            let child = Child::new(program, Wanted::FirstLine, MAX_LINE, time);
            Child { terminal, ..child }.run()
        })
        .map_err(|error| command.not_run(error))?;
    line_of(&finished, command, time)
}

fn command_for(command: &CommandLine, host: &Host, username: Option<&str>) -> io::Result<Command> {
    let mut child = Command::new(resolve_program(&command.program)?);
    child
        .args(&command.arguments)
        .env_clear()
        .envs(environment::variables_without_secrets())
        .env("KEYBELT_HOST", host.to_string());
    match username {
        Some(username) => child.env("KEYBELT_USERNAME", username),
        None => child.env_remove("KEYBELT_USERNAME"),
    };
    Ok(child)
}

fn line_of(
    finished: &Finished,
    command: &CommandLine,
    time: Duration,
) -> Result<SecretString, Failure> {
    match &finished.ending {
        Ending::Exited(status) if !status.success() => {
            return Err(command.failed(&format!("failed: {status}")));
        }
        Ending::Exited(_) | Ending::Cut => {}
        Ending::Interrupted => return Err(Failure::interrupted(Signal::Interrupt)),
        Ending::TooLong => return Err(command.failed("printed a line longer than 4 KiB")),
        Ending::TooSlow => {
            let seconds = time.as_secs();
            return Err(command.failed(&format!("printed no line within {seconds} seconds")));
        }
        Ending::WantsTerminal => {
            return Err(command
                .failed("prompts on the terminal, which is not available here")
                .hint("run keybelt in the foreground of a terminal, without --no-input and CI, or name a command that does not ask"));
        }
    }
    let line = finished.stdout.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let line = line.strip_suffix(b"\r").unwrap_or(line);
    if line.is_empty() {
        return Err(command.failed("printed an empty first line"));
    }
    std::str::from_utf8(line)
        .map(|line| line.to_owned().into())
        .map_err(|_| command.failed("printed a line that is not valid UTF-8"))
}

#[cfg(all(test, unix))]
mod tests {
    use super::{CommandLine, run, windows_words};
    use crate::failure::Failure;
    use crate::host::Host;
    use secrecy::ExposeSecret;
    use std::time::{Duration, Instant};

    /// Long enough for a busy machine, short enough to wait for.
    const SHORT: Duration = Duration::from_secs(10);

    fn shell(script: &str) -> Result<String, Failure> {
        shell_within(script, SHORT)
    }

    fn shell_within(script: &str, time: Duration) -> Result<String, Failure> {
        let text = format!("sh -c {}", shell_words::quote(script));
        let command = CommandLine::parse(&text, "`--password-command`")?;
        let host = Host::parse("https://tfe.example.com:8443")?;
        run(&command, &host, Some("alice"), None, time).map(|line| line.expose_secret().to_owned())
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
            ("echo; echo hunter2", "`--password-command` printed an empty first line"),
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
        let failure = run(&command, &host, None, None, SHORT).expect_err("a failure");
        assert_eq!(failure.kind.exit_code(), 1);
        assert_eq!(
            failure.message,
            "`--code-command` cannot be run: command `keybelt-no-such-program` not found"
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

    /// Splitting as a shell does ate the backslashes of every path on Windows.
    #[test]
    fn on_windows_a_command_line_is_split_as_programs_there_do() {
        for (text, words) in [
            (r"C:\tools\pass.exe show me", &[r"C:\tools\pass.exe", "show", "me"][..]),
            (r#""C:\Program Files\pass.exe" /c"#, &[r"C:\Program Files\pass.exe", "/c"]),
            (r#"a "b\" c" \\"d e\\" f"#, &["a", "b\" c", r"\d e\", "f"]),
            (r#"a "" "b""c" 'd e'"#, &["a", "", "b\"c", "'d", "e'"]),
            ("  \t", &[]),
            (r"\\server\share\x", &[r"\\server\share\x"]),
        ] {
            assert_eq!(windows_words(text), words, "{text}");
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
        let time = Duration::from_millis(100);
        let failure = shell_within("sleep 300 & wait", time).expect_err("a failure");
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
