//! What the user sees: results on stdout, narration on stderr, and the one place that prints.
//!
//! stdout carries the answer and nothing else; `say`, `warn`, `hint`, log lines and failures go to stderr.
//! Everything but the answer passes a sink that takes out registered secrets and makes control characters
//! visible. Prompts speak to the terminal device instead ([`prompt`]); signals end the process in order
//! ([`crate::signal`]). Nothing here knows what a command does.

use std::collections::BTreeSet;
use std::io::{self, IsTerminal, Write};
use std::panic::AssertUnwindSafe;
use std::process::ExitCode;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};

use anstyle::{AnsiColor, Style};
use serde_json::{Value, json};

use crate::environment;
use crate::failure::{Failure, Kind, Signal};
use crate::{redaction, signal, text};

mod device;
mod loan;
mod logger;
mod progress;
pub mod prompt;
pub mod qr;
mod stdin;

pub use loan::{lend, take_back};
pub use progress::{Progress, Waiting};
pub use stdin::Stdin;

/// When to use colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, clap::ValueEnum)]
pub enum ColorChoice {
    /// On a terminal, unless `NO_COLOR` or `TERM=dumb` is set; in a pipe too with `CLICOLOR_FORCE`.
    #[default]
    Auto,
    /// Even into a pipe.
    Always,
    /// Not at all.
    Never,
}

/// How this run speaks.
#[derive(Debug, Clone, Default)]
pub struct Settings {
    /// Exactly one JSON document on stdout.
    pub json: bool,
    /// No narration; warnings and failures stay.
    pub quiet: bool,
    /// When to use colour.
    pub color: ColorChoice,
    /// 0 nothing, 1 info, 2 debug, 3 trace.
    pub verbosity: u8,
    /// Never ask.
    pub no_input: bool,
}

static SETTINGS: OnceLock<Settings> = OnceLock::new();

/// Whether anything is on stdout already: a second document would spoil the first.
static STDOUT_USED: AtomicBool = AtomicBool::new(false);

/// Whether the reader of stdout is gone.
static STDOUT_CLOSED: AtomicBool = AtomicBool::new(false);

/// What signals do with the screen.
static SCREEN: signal::Screen = signal::Screen {
    restore: || {
        loan::take_back();
        prompt::restore_for_exit();
        progress::end();
    },
    pause: prompt::pause,
    resume: prompt::resume,
    is_background: device::is_background,
    line,
    print_interrupted,
};

/// Sets how this run speaks, and takes over log lines and panics. Only the first call counts.
pub fn start(settings: Settings) {
    let verbosity = settings.verbosity;
    if SETTINGS.set(settings).is_ok() {
        signal::register(&SCREEN);
        logger::install(verbosity);
        std::panic::set_hook(Box::new(|panic| {
            let place = panic.location().map_or_else(String::new, |place| {
                format!(" in {} line {}", place.file(), place.line())
            });
            // The payload is left out: it may quote what was being handled.
            line(&format!("keybelt: internal error{place}; this is a bug"));
        }));
    }
}

/// Runs the program's work, shows how it failed, and returns the exit code; a panic is 1.
pub fn run(work: impl FnOnce() -> Result<ExitCode, Failure>) -> ExitCode {
    match std::panic::catch_unwind(AssertUnwindSafe(work)) {
        Ok(Ok(code)) => code,
        Ok(Err(error)) => {
            report_failure(&error);
            ExitCode::from(error.kind.exit_code())
        }
        Err(_) => {
            // The hook has spoken on stderr; a JSON reader needs its document.
            if is_json() {
                report_failure(&Failure::general("internal error; this is a bug"));
            }
            ExitCode::from(Kind::General.exit_code())
        }
    }
}

/// Returns whether results are JSON documents.
pub fn is_json() -> bool {
    settings().json
}

fn settings() -> &'static Settings {
    static DEFAULT: Settings = Settings {
        json: false,
        quiet: false,
        color: ColorChoice::Auto,
        verbosity: 0,
        no_input: false,
    };
    SETTINGS.get().unwrap_or(&DEFAULT)
}

/// Writes an answer to stdout, and a newline.
pub fn result(text: &str) {
    result_raw(&format!("{text}\n"));
}

/// Writes a part of an answer to stdout as it is.
///
/// If nobody reads any more, the process ends quietly with 0; if it cannot be written, with 1.
pub fn result_raw(text: &str) {
    if STDOUT_CLOSED.load(Ordering::SeqCst) {
        return;
    }
    if let Err(error) = write_stdout(text) {
        STDOUT_CLOSED.store(true, Ordering::SeqCst);
        if error.kind() == io::ErrorKind::BrokenPipe {
            return signal::finish(0);
        }
        let error = Failure::general("cannot write to stdout").because(error);
        failure_text(&error);
        signal::finish(error.kind.exit_code());
    }
}

fn write_stdout(text: &str) -> io::Result<()> {
    progress::clear();
    STDOUT_USED.store(true, Ordering::SeqCst);
    let mut stdout = io::stdout().lock();
    stdout.write_all(text.as_bytes())?;
    stdout.flush()
}

/// Writes an answer that must not be lost, and a newline: the caller puts it elsewhere if that fails.
pub fn try_result(text: &str) -> io::Result<()> {
    write_stdout(&format!("{text}\n"))
}

/// Writes the one JSON document of this run, as [`try_result`] does.
pub fn try_document(value: &Value) -> io::Result<()> {
    try_result(&text::escape_json(&format!("{value:#}")))
}

/// Writes the one JSON document of this run to stdout.
pub fn document(value: &Value) {
    result(&text::escape_json(&format!("{value:#}")));
}

/// Writes a JSON document to stdout on one line.
pub fn compact(value: &Value) {
    result(&text::escape_json(&value.to_string()));
}

/// Tells on stderr what happens; `--quiet` silences it.
pub fn say(text: &str) {
    if !settings().quiet {
        line(&clean(text));
    }
}

/// What was warned of already: saying it again tells nobody anything.
static WARNED: Mutex<BTreeSet<String>> = Mutex::new(BTreeSet::new());

/// Warns on stderr, once of each thing; `--quiet` does not silence it.
pub fn warn(text: &str) {
    let mut warned = WARNED.lock().unwrap_or_else(PoisonError::into_inner);
    if !warned.insert(text.to_owned()) {
        return;
    }
    drop(warned);
    let label = paint("warning:", AnsiColor::Yellow);
    line(&format!("{label} {}", clean(text)));
}

/// Writes to stderr what would be lost otherwise, secrets included: the last resort when no file and no
/// terminal takes recovery codes.
pub fn print_unredacted(text: &str) {
    line(text);
}

/// Passes on to stderr what another program printed; `--quiet` does not silence it.
pub fn relay(text: &str) {
    if !text.is_empty() {
        line(&clean(text));
    }
}

/// Suggests on stderr what to do next; `--quiet` silences it.
pub fn hint(text: &str) {
    if !settings().quiet {
        let label = paint("hint:", AnsiColor::Cyan);
        line(&format!("{label} {}", clean(text)));
    }
}

/// Shows how the command failed: text on stderr, or a JSON document on stdout.
///
/// If stdout has a document already, the text is the only thing that does not spoil it.
pub fn report_failure(failure: &Failure) {
    if !is_json() || STDOUT_USED.load(Ordering::SeqCst) {
        return failure_text(failure);
    }
    for cause in failure.causes() {
        log::info!("caused by: {cause}");
    }
    document(&failure_document(failure));
}

/// Writes how a signal ended the command, for JSON readers; nothing is done about it if that fails.
fn print_interrupted(signal: Signal) {
    if is_json() && !STDOUT_USED.swap(true, Ordering::SeqCst) {
        let document = format!("{:#}\n", failure_document(&Failure::interrupted(signal)));
        let mut stdout = io::stdout().lock();
        let _ = stdout.write_all(document.as_bytes()).and_then(|()| stdout.flush());
    }
}

fn failure_document(failure: &Failure) -> Value {
    json!({"error": {
        "kind": failure.kind.name(),
        "message": redaction::redact(&failure.message),
        "hint": failure.hint.as_deref().map(redaction::redact),
    }})
}

fn failure_text(failure: &Failure) {
    let mut text = format!("{} {}", paint("error:", AnsiColor::Red), clean(&failure.message));
    for cause in failure.causes() {
        text.push_str(&format!("\n  caused by: {}", indented(&cause)));
    }
    if let Some(hint) = &failure.hint {
        let label = paint("hint:", AnsiColor::Cyan);
        text.push_str(&format!("\n  {label} {}", indented(hint)));
    }
    line(&text);
}

/// Takes out secrets and makes control characters visible; newlines stay.
fn clean(text: &str) -> String {
    let text = redaction::redact(text);
    let lines: Vec<_> = text.lines().map(text::escape).collect();
    lines.join("\n")
}

fn indented(text: &str) -> String {
    clean(text).replace('\n', "\n    ")
}

/// Writes a line to stderr, come what may: there is nobody to tell if that fails.
fn line(text: &str) {
    progress::clear();
    let wrapped = device::stderr_columns().map(|columns| text::wrap(text, columns));
    let text = wrapped.as_deref().unwrap_or(text);
    let _ = io::stderr().lock().write_all(format!("{text}\n").as_bytes());
}

fn paint(label: &str, color: AnsiColor) -> String {
    let style = Style::new().bold().fg_color(Some(color.into()));
    styled(label, style, may_color() && (io::stderr().is_terminal() || is_forced()))
}

fn styled(text: &str, style: Style, is_colored: bool) -> String {
    if is_colored { format!("{style}{text}{style:#}") } else { text.to_owned() }
}

/// Returns a word of an answer in the colour of what it says: good or not. The word says it too.
pub fn verdict(word: &str, is_good: bool) -> String {
    let color = if is_good { AnsiColor::Green } else { AnsiColor::Red };
    styled(word, Style::new().fg_color(Some(color.into())), stdout_is_colored())
}

/// Returns the head of an answer's part in bold.
pub fn heading(text: &str) -> String {
    styled(text, Style::new().bold(), stdout_is_colored())
}

/// Returns whether colour goes into pipes too.
fn is_forced() -> bool {
    let forced = environment::raw("CLICOLOR_FORCE");
    match settings().color {
        ColorChoice::Auto => forced.is_some_and(|value| !value.is_empty() && value != "0"),
        ColorChoice::Always => true,
        ColorChoice::Never => false,
    }
}

/// Returns whether colour is allowed where there is a terminal.
fn may_color() -> bool {
    let unset = |name| environment::raw(name).is_none_or(|value| value.is_empty());
    match settings().color {
        ColorChoice::Always => true,
        ColorChoice::Never => false,
        ColorChoice::Auto => {
            let is_dumb = environment::raw("TERM").is_some_and(|term| term == "dumb");
            unset("NO_COLOR") && (!is_dumb || is_forced())
        }
    }
}

/// Returns whether answers on stdout may be coloured.
pub fn stdout_is_colored() -> bool {
    may_color() && (stdout_is_terminal() || is_forced())
}

/// Returns whether a person reads stdout.
pub fn stdout_is_terminal() -> bool {
    io::stdout().is_terminal()
}

/// Returns whether nobody takes what is written to stdout any more.
pub fn stdout_is_closed() -> bool {
    STDOUT_CLOSED.load(Ordering::SeqCst)
}

/// Returns whether what is written to stdout is thrown away: a closed stdout is the null device here.
pub fn stdout_is_lost() -> bool {
    device::stdout_is_null()
}

/// Returns whether a person types what stdin gives.
pub fn stdin_is_terminal() -> bool {
    io::stdin().is_terminal()
}

/// Returns whether a person reads stderr.
pub fn stderr_is_terminal() -> bool {
    io::stderr().is_terminal()
}

/// Returns an answer as stdout shows it: on a terminal, lines break at blanks.
pub fn wrapped(text: &str) -> String {
    if stdout_is_terminal() { text::wrap(text, width()) } else { text.to_owned() }
}

/// Returns how many columns stdout has: `COLUMNS`, else the terminal's, else 80.
pub fn width() -> usize {
    environment::raw("COLUMNS")
        .and_then(|columns| columns.to_str()?.trim().parse().ok())
        .filter(|columns| (1..=10_000).contains(columns))
        .or_else(device::stdout_columns)
        .unwrap_or(80)
}

#[cfg(test)]
mod tests {
    use super::{clean, failure_document};
    use crate::failure::Failure;
    use serde_json::json;

    #[test]
    fn the_json_of_a_failure_has_kind_message_and_hint_and_no_secret() {
        crate::redaction::protect(&"failing-canary-5817".to_owned().into());
        let failure = Failure::refused("no, failing-canary-5817")
            .because(anyhow::anyhow!("the cause"))
            .hint("try failing%2Dcanary%2D5817");
        assert_eq!(
            failure_document(&failure),
            json!({"error": {"kind": "refused", "message": "no, [redacted]", "hint": "try [redacted]"}})
        );
        assert_eq!(
            failure_document(&Failure::usage("x")),
            json!({"error": {"kind": "usage", "message": "x", "hint": null}})
        );
    }

    /// Git let a server's progress text drive the terminal (CVE-2024-52005).
    #[test]
    fn lines_for_people_keep_their_newlines_and_nothing_else_that_moves_the_cursor() {
        assert_eq!(
            clean("one\ntwo\r\u{1b}[2J\u{9b}1A\tthree"),
            "one\ntwo\\u{d}\\u{1b}[2J\\u{9b}1A\\u{9}three"
        );
    }
}
