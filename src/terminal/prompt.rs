//! Asking a person, on the terminal device alone: stdin and stdout may be pipes.
//!
//! Hidden lines are read by rpassword, but from a reader of ours: on a terminal of its own it switches
//! signals off, so that ^Z is swallowed and only a ^C that it sees itself ends it. Here the terminal's modes
//! are ours, a signal finds the open prompt in one place, and puts the modes back ([`crate::signal`]).

use std::fmt;
use std::io::{self, Read};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use secrecy::SecretString;

use super::device::{self, Device, Modes, Typed};
use crate::environment;
use crate::failure::{Failure, Signal};
use crate::token::Token;
use crate::{redaction, signal, text};

/// The longest visible answer, in bytes.
const MAX_VISIBLE: usize = 4096;

/// The longest hidden answer: a pasted token.
const MAX_HIDDEN: usize = Token::MAX_BYTES;

/// How often a question is asked before whoever answers is taken for a program.
const ANSWERS: u32 = 20;

/// Why nobody can be asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoPrompt {
    /// The terminal device does not open.
    NoTerminal,
    /// The user said so.
    NoInput,
    /// A CI job.
    Ci,
}

impl fmt::Display for NoPrompt {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::NoTerminal => "there is no terminal",
            Self::NoInput => "`--no-input` was given",
            Self::Ci => "`CI` is set",
        })
    }
}

/// A terminal with a person at it.
#[derive(Debug)]
pub struct Prompter {
    device: Device,
    /// Set when nobody waits for its answers any more.
    closed: Arc<AtomicBool>,
}

/// What closes another thread's prompts.
#[derive(Debug)]
pub struct Canceller(Arc<AtomicBool>);

impl Canceller {
    /// Closes the prompt that is open, if one is, and lets no further one begin: the answer has come in another
    /// way. What is said next begins on a line of its own.
    pub fn close(self) {
        let mut open = lock();
        self.0.store(true, Ordering::SeqCst);
        if let Some(shown) = open.take() {
            shown.before.apply(&shown.device);
            shown.device.write("\n");
        }
    }
}

impl Prompter {
    /// Opens the terminal, and from then on lets signals restore it.
    pub fn open() -> Result<Self, NoPrompt> {
        if super::settings().no_input {
            return Err(NoPrompt::NoInput);
        }
        if environment::is_ci() {
            return Err(NoPrompt::Ci);
        }
        let device = Device::open().map_err(|_| NoPrompt::NoTerminal)?;
        Modes::of(&device).ok_or(NoPrompt::NoTerminal)?;
        signal::watch();
        Ok(Self::at(device))
    }

    fn at(device: Device) -> Self {
        Self { device, closed: Arc::default() }
    }

    /// Returns what closes this prompter's prompts from another thread.
    pub fn canceller(&self) -> Canceller {
        Canceller(Arc::clone(&self.closed))
    }

    /// Opens the terminal to show something that is for nobody else's eyes, whether or not one may ask.
    pub fn open_for_output() -> Option<Self> {
        let device = Device::open().ok()?;
        Modes::of(&device)?;
        Some(Self::at(device))
    }

    /// Shows lines on the terminal; what is not harmless in them is escaped.
    pub fn show(&mut self, text: &str) {
        let lines: Vec<_> = text.split('\n').map(text::escape).collect();
        self.draw(&lines.join("\n"));
    }

    /// Shows lines with colours in them, as they are: text of others has been escaped where they were made.
    pub fn draw(&mut self, text: &str) {
        self.device.write(&format!("{}\n", text::wrap(text, self.width())));
    }

    /// Asks for a line, shown as it is typed; control characters in it are dropped.
    pub fn ask(&mut self, prompt: &str) -> Result<String, Failure> {
        let open = OpenPrompt::begin(self, prompt, true)?;
        let answer = visible_line(Answer::new(&open.device, MAX_VISIBLE));
        drop(open);
        if answer.is_err() {
            self.device.write("\n");
        }
        let answer = self.checked(answer)?;
        let answer = String::from_utf8(answer).map_err(|_| not_text())?;
        Ok(answer.chars().filter(|c| !c.is_control()).collect())
    }

    /// Asks for a line that is not shown.
    pub fn ask_hidden(&mut self, prompt: &str) -> Result<SecretString, Failure> {
        let open = OpenPrompt::begin(self, prompt, false)?;
        let answer = Answer::new(&open.device, MAX_HIDDEN);
        let config = rpassword::ConfigBuilder::new().output_discard().input_reader(answer);
        let answer = rpassword::read_password_with_config(config.build());
        drop(open);
        self.device.write("\n");
        let answer = self.checked(answer)?;
        // rpassword puts this in place of what it cannot decode, which would make another password of it.
        if answer.contains(char::REPLACEMENT_CHARACTER) {
            return Err(not_text());
        }
        let answer = answer.into();
        redaction::protect(&answer);
        Ok(answer)
    }

    /// Asks until the answer is one: a slip is explained, and costs nothing but another line.
    pub fn ask_until<T>(
        &mut self,
        prompt: &str,
        read: impl Fn(&str) -> Result<T, Failure>,
    ) -> Result<T, Failure> {
        for _ in 1..ANSWERS {
            match read(self.ask(prompt)?.trim()) {
                Ok(answer) => return Ok(answer),
                Err(failure) => {
                    let hint = failure.hint.map(|hint| format!(" ({hint})")).unwrap_or_default();
                    self.show(&format!("{}{hint}", failure.message));
                }
            }
        }
        read(self.ask(prompt)?.trim())
    }

    /// Asks yes or no; anything but `y` and `yes` is no.
    pub fn confirm(&mut self, question: &str) -> Result<bool, Failure> {
        let answer = self.ask(&format!("{question} [y/N] "))?;
        let answer = answer.trim();
        Ok(answer.eq_ignore_ascii_case("y") || answer.eq_ignore_ascii_case("yes"))
    }

    /// Tells an answer from its absence. The end of the terminal looks like the end of a line.
    fn checked<T>(&self, answer: io::Result<T>) -> Result<T, Failure> {
        if Modes::of(&self.device).is_none() {
            return Err(Failure::interrupted(Signal::HangUp));
        }
        answer.map_err(|error| match error.kind() {
            io::ErrorKind::InvalidData => Failure::usage("the answer is too long"),
            _ => Failure::usage("no answer was given"),
        })
    }

    /// Returns the terminal's columns.
    pub fn width(&self) -> usize {
        self.device.size().0
    }

    /// Returns the terminal's rows.
    pub fn height(&self) -> usize {
        self.device.size().1
    }
}

fn not_text() -> Failure {
    Failure::usage("the answer is not valid UTF-8")
}

/// Reads up to a newline; ^D ends a line too, but not an empty one.
fn visible_line(mut input: impl Read) -> io::Result<Vec<u8>> {
    let mut line = Vec::new();
    let mut byte = [0];
    while input.read(&mut byte)? == 1 {
        if byte == *b"\n" {
            return Ok(line);
        }
        line.extend(byte);
    }
    if line.is_empty() {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    Ok(line)
}

/// Set when the process goes on after a stop: the prompt is there again, so the answer begins anew.
static START_OVER: AtomicBool = AtomicBool::new(false);

/// What the terminal and rpassword take for "forget this line".
const CTRL_U: u8 = 0x15;

/// What is typed, byte by byte, so that nothing beyond this line is taken.
struct Answer {
    input: io::Result<Typed>,
    limit: usize,
    left: usize,
    /// Read already, but something goes before it.
    held: Option<u8>,
}

impl Answer {
    fn new(device: &Device, limit: usize) -> Self {
        Self { input: device.typed(limit), limit, left: limit, held: None }
    }
}

impl Read for Answer {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let Some(byte) = buffer.first_mut() else {
            return Ok(0);
        };
        if let Some(held) = self.held.take() {
            *byte = held;
            return Ok(1);
        }
        let Some(typed) = read_byte(self.input.as_mut().map_err(|error| error.kind())?)? else {
            return Ok(0);
        };
        *byte = typed;
        if START_OVER.swap(false, Ordering::SeqCst) {
            self.held = Some(typed);
            self.left = self.limit;
            *byte = CTRL_U;
        }
        match self.left.checked_sub(1) {
            Some(left) => self.left = left,
            None if matches!(typed, b'\n' | b'\r') => {}
            None => return Err(io::ErrorKind::InvalidData.into()),
        }
        Ok(1)
    }
}

fn read_byte(input: &mut impl Read) -> io::Result<Option<u8>> {
    let mut byte = [0];
    loop {
        match input.read(&mut byte) {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Ok(0) => return Ok(None),
            other => return other.map(|_| Some(byte[0])),
        }
    }
}

/// The prompt that is open, for the thread that handles signals.
static OPEN: Mutex<Option<Shown>> = Mutex::new(None);

#[derive(Debug)]
struct Shown {
    device: Device,
    before: Modes,
    during: Modes,
    text: String,
}

/// A prompt waiting for its answer; dropping it puts the terminal back.
struct OpenPrompt {
    device: Device,
}

impl OpenPrompt {
    fn begin(prompter: &Prompter, text: &str, visible: bool) -> Result<Self, Failure> {
        let device = &prompter.device;
        let gone = || Failure::interrupted(Signal::HangUp);
        let clone = || device.try_clone().map_err(|_| gone());
        device.claim().map_err(|_| gone())?;
        let before = Modes::of(device).ok_or_else(gone)?;
        let shown = Shown {
            device: clone()?,
            during: before.for_prompt(visible),
            before,
            text: text::wrap(&text::escape(text), prompter.width()),
        };
        let open = Self { device: clone()? };
        let text = shown.text.clone();
        START_OVER.store(false, Ordering::SeqCst);
        let mut slot = lock();
        if prompter.closed.load(Ordering::SeqCst) {
            return Err(Failure::usage("no answer is needed any more"));
        }
        shown.during.apply(&shown.device);
        *slot = Some(shown);
        drop(slot);
        // Not under the lock: a terminal that was stopped by ^S blocks here.
        device.write(&text);
        Ok(open)
    }
}

impl Drop for OpenPrompt {
    fn drop(&mut self) {
        if let Some(shown) = lock().take() {
            shown.before.apply(&shown.device);
        }
    }
}

fn lock() -> MutexGuard<'static, Option<Shown>> {
    OPEN.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Puts the terminal back because the process ends, and lets no further prompt begin.
pub(super) fn restore_for_exit() {
    let open = lock();
    if let Some(shown) = &*open {
        shown.before.apply(&shown.device);
        shown.device.write("\n");
    }
    std::mem::forget(open);
}

/// Puts the terminal back because the process stops; `false` where only ^Z can have asked for that, and nobody
/// could ever continue it.
pub(super) fn pause() -> bool {
    let open = lock();
    if let Some(shown) = &*open {
        shown.before.apply(&shown.device);
    }
    open.is_some() || !device::is_alone()
}

/// Hides again what is typed, and repeats the prompt, because the process goes on.
pub(super) fn resume() {
    if let Some(shown) = &*lock()
        && device::is_foreground(&shown.device)
    {
        shown.during.apply(&shown.device);
        shown.device.forget_input();
        START_OVER.store(true, Ordering::SeqCst);
        shown.device.write(&format!("\r{}", shown.text));
    }
}

#[cfg(test)]
mod tests {
    use super::{Answer, NoPrompt, visible_line};
    use std::io::{self, Read, Seek, Write};

    fn typed(text: &str, limit: usize) -> Answer {
        let mut file = tempfile::tempfile().expect("a file");
        file.write_all(text.as_bytes()).expect("written");
        file.rewind().expect("rewound");
        Answer { input: Ok(file), limit, left: limit, held: None }
    }

    #[test]
    fn an_answer_takes_its_line_and_leaves_the_next_one() {
        let mut input = typed("yes\n123456\n", 8);
        assert_eq!(visible_line(&mut input).ok().as_deref(), Some(&b"yes"[..]));
        let mut rest = String::new();
        let file = input.input.as_mut().expect("a file");
        assert_eq!(file.read_to_string(&mut rest).ok(), Some(7));
    }

    #[test]
    fn an_answer_is_bounded_and_no_answer_is_an_error() {
        assert_eq!(visible_line(typed("12345678\n", 8)).map(|l| l.len()).ok(), Some(8));
        let kind = |text| visible_line(typed(text, 8)).map_err(|error| error.kind());
        assert_eq!(kind("123456789\n"), Err(io::ErrorKind::InvalidData));
        assert_eq!(kind(""), Err(io::ErrorKind::UnexpectedEof));
        assert_eq!(kind("\n"), Ok(Vec::new()));
        assert_eq!(kind("12"), Ok(b"12".to_vec()));
    }

    #[test]
    fn the_reason_why_nobody_is_asked_can_be_told() {
        assert_eq!(NoPrompt::Ci.to_string(), "`CI` is set");
        assert_eq!(NoPrompt::NoInput.to_string(), "`--no-input` was given");
        assert_eq!(NoPrompt::NoTerminal.to_string(), "there is no terminal");
    }
}
