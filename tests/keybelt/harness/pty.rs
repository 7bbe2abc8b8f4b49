//! A pseudo-terminal with the program on it and the test at its keyboard.
//!
//! The program has it as its controlling terminal, so that `/dev/tty`, Ctrl-C and hang-ups are real. What it
//! writes is kept as it came and also drawn on an emulated screen.

use std::fs::{File, OpenOptions};
use std::io::{Read, Write};
use std::num::NonZero;
use std::os::fd::{AsFd, OwnedFd};
use std::os::unix::fs::OpenOptionsExt;
use std::os::unix::process::{CommandExt, ExitStatusExt};
use std::process::{Child, Command};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::Instant;

use rustix::event::{PollFd, PollFlags, poll};
use rustix::fs::OFlags;
use rustix::io::retry_on_intr;
pub use rustix::process::Signal;
use rustix::process::{Pid, ioctl_tiocsctty, kill_process, kill_process_group, setsid};
use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};
use rustix::termios::{LocalModes, Termios, Winsize, tcgetattr, tcsetwinsize};

use super::PATIENCE;
use super::run::wait;

/// A program on a terminal.
pub struct Pty {
    words: String,
    child: Child,
    ended: bool,
    /// The keyboard; gone after a hang-up.
    keyboard: Option<Arc<File>>,
    /// The terminal itself, kept open so that its modes can be read at any time.
    terminal: Option<File>,
    before: Termios,
    output: Arc<Output>,
    /// How much of the output the test has expected.
    seen: usize,
    reader: Option<JoinHandle<()>>,
    /// Closing it stops the reader.
    stop: Option<std::io::PipeWriter>,
}

struct Output {
    shown: Mutex<Shown>,
    changed: Condvar,
}

struct Shown {
    bytes: Vec<u8>,
    screen: vt100::Parser,
    over: bool,
}

impl Pty {
    pub(super) fn start(
        mut command: Command,
        words: String,
        (rows, columns): (u16, u16),
        stdin: bool,
        stdout: bool,
    ) -> Self {
        let keyboard =
            openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY | OpenptFlags::CLOEXEC).unwrap();
        grantpt(&keyboard).unwrap();
        unlockpt(&keyboard).unwrap();
        let path = ptsname(&keyboard, Vec::new()).unwrap().into_string().unwrap();
        let terminal = OpenOptions::new()
            .read(true)
            .write(true)
            .custom_flags(OFlags::NOCTTY.bits() as i32)
            .open(path)
            .unwrap();
        let size = Winsize { ws_row: rows, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0 };
        tcsetwinsize(&keyboard, size).unwrap();
        if stdin {
            command.stdin(terminal.try_clone().unwrap());
        }
        if stdout {
            command.stdout(terminal.try_clone().unwrap());
        }
        command.stderr(terminal.try_clone().unwrap());
        control(&mut command, terminal.try_clone().unwrap());
        let before = tcgetattr(&terminal).unwrap();
        let child = command.spawn().unwrap();
        // The command has copies of the terminal, which would keep it from ever ending.
        drop(command);
        let output = Arc::new(Output {
            shown: Mutex::new(Shown {
                bytes: Vec::new(),
                screen: vt100::Parser::new(cells(rows), cells(columns), 2000),
                over: false,
            }),
            changed: Condvar::new(),
        });
        let keyboard = Arc::new(File::from(keyboard));
        let (stopped, stop) = std::io::pipe().unwrap();
        let reader = thread::spawn({
            let (output, keyboard) = (Arc::clone(&output), Arc::clone(&keyboard));
            move || output.read(&keyboard, &stopped.into())
        });
        Self {
            words,
            child,
            ended: false,
            keyboard: Some(keyboard),
            terminal: Some(terminal),
            before,
            output,
            seen: 0,
            reader: Some(reader),
            stop: Some(stop),
        }
    }

    pub(super) fn feed_stdin(&mut self, text: &[u8]) {
        let mut stdin = self.child.stdin.take().unwrap();
        let _ = stdin.write_all(text);
    }

    /// Waits until the program has written a text, after the last one that was expected.
    #[track_caller]
    pub fn expect(&mut self, text: &str) -> &mut Self {
        let deadline = Instant::now() + PATIENCE;
        let mut shown = self.output.lock();
        loop {
            if let Some(end) = end_of(&shown.bytes[self.seen..], text.as_bytes()) {
                self.seen += end;
                break;
            }
            let left = deadline.saturating_duration_since(Instant::now());
            assert!(
                !left.is_zero() && !shown.over,
                "`{}` did not show {text:?}; it showed\n{}",
                self.words,
                String::from_utf8_lossy(&shown.bytes)
            );
            shown = self.output.changed.wait_timeout(shown, left).unwrap().0;
        }
        drop(shown);
        self
    }

    /// Waits for a prompt whose answer must not be shown: the terminal hides what is typed before it asks.
    #[track_caller]
    pub fn expect_hidden(&mut self, prompt: &str) -> &mut Self {
        self.expect(prompt);
        assert!(
            !self.echoes(),
            "{prompt:?} was shown while the terminal still showed what is typed"
        );
        self
    }

    /// Waits for a prompt whose answer is shown as it is typed.
    #[track_caller]
    pub fn expect_visible(&mut self, prompt: &str) -> &mut Self {
        self.expect(prompt);
        assert!(self.echoes(), "what is typed at {prompt:?} is not shown");
        self
    }

    /// Types a line and presses Enter.
    pub fn type_line(&mut self, line: &str) -> &mut Self {
        self.type_keys(format!("{line}\r").as_bytes())
    }

    /// Presses keys.
    pub fn type_keys(&mut self, keys: &[u8]) -> &mut Self {
        let keyboard = self.keyboard.as_ref().unwrap();
        (&**keyboard).write_all(keys).unwrap();
        self
    }

    /// Sends a signal to the program.
    pub fn signal(&mut self, signal: Signal) -> &mut Self {
        kill_process(Pid::from_child(&self.child), signal).unwrap();
        self
    }

    /// Closes the terminal, as its window does.
    pub fn hang_up(&mut self) -> &mut Self {
        self.stop_reading();
        self.keyboard = None;
        self
    }

    /// Returns whether the terminal shows what is typed.
    pub fn echoes(&self) -> bool {
        self.modes().local_modes.contains(LocalModes::ECHO)
    }

    /// Asserts that the terminal is as it was before the program started.
    #[track_caller]
    pub fn assert_restored(&mut self) -> &mut Self {
        let (before, now) = (format!("{:?}", self.before), format!("{:?}", self.modes()));
        assert_eq!(before, now, "`{}` left the terminal changed", self.words);
        self
    }

    fn modes(&self) -> Termios {
        tcgetattr(self.terminal.as_ref().unwrap()).unwrap()
    }

    /// Waits for the end, asserts the exit code and that the terminal is as it was, and returns everything
    /// that was shown. Death by a signal is no exit code.
    #[track_caller]
    pub fn wait(self, expected: i32) -> Ended {
        self.wait_one_of("", &[expected])
    }

    /// The same for one of several exit codes, all of them designed; `case` names what was run.
    #[track_caller]
    pub fn wait_one_of(mut self, case: &str, expected: &[i32]) -> Ended {
        let status = wait(&mut self.child, &self.words);
        self.ended = true;
        if self.keyboard.is_some() {
            self.assert_restored();
        }
        self.terminal = None;
        // With the last user of the terminal gone, reading ends after the last byte.
        if let Some(reader) = self.reader.take() {
            reader.join().unwrap();
        }
        let shown = self.output.lock();
        let ended = Ended {
            text: String::from_utf8_lossy(&shown.bytes).replace("\r\n", "\n"),
            screen: shown.screen.screen().clone(),
        };
        assert!(
            status.code().is_some_and(|code| expected.contains(&code)),
            "{case}`{}` exited with {:?} (signal {:?}), not {expected:?}\n{}",
            self.words,
            status.code(),
            status.signal(),
            ended.text
        );
        drop(shown);
        ended
    }

    /// Returns the emulated screen as it is now.
    pub fn screen(&self) -> vt100::Screen {
        self.output.lock().screen.screen().clone()
    }

    /// Returns everything that was shown so far, as it came.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.output.lock().bytes).into_owned()
    }

    fn stop_reading(&mut self) {
        drop(self.stop.take());
        if let Some(reader) = self.reader.take() {
            let _ = reader.join();
        }
    }
}

impl Drop for Pty {
    fn drop(&mut self) {
        if !self.ended {
            let _ = kill_process_group(Pid::from_child(&self.child), rustix::process::Signal::KILL);
            let _ = self.child.wait();
        }
        self.stop_reading();
    }
}

impl Output {
    fn lock(&self) -> MutexGuard<'_, Shown> {
        self.shown.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Keeps what comes until the terminal ends, or the test stops it.
    fn read(&self, keyboard: &File, stopped: &OwnedFd) {
        let mut buffer = [0; 4096];
        loop {
            let mut ready = [
                PollFd::from_borrowed_fd(keyboard.as_fd(), PollFlags::IN),
                PollFd::from_borrowed_fd(stopped.as_fd(), PollFlags::IN),
            ];
            retry_on_intr(|| poll(&mut ready, None)).unwrap();
            if !ready[1].revents().is_empty() {
                break;
            }
            // When nobody has the terminal open any more, reading fails on Linux.
            let Ok(count @ 1..) = { keyboard }.read(&mut buffer) else {
                break;
            };
            let mut shown = self.lock();
            shown.bytes.extend(&buffer[..count]);
            shown.screen.process(&buffer[..count]);
            self.changed.notify_all();
        }
        self.lock().over = true;
        self.changed.notify_all();
    }
}

/// Makes the terminal the child's controlling one, in a session of its own.
fn control(command: &mut Command, terminal: File) {
    #[expect(
        unsafe_code,
        reason = "setsid and an ioctl are system calls, which a forked child may make"
    )]
    // SAFETY: the closure makes two async-signal-safe calls and allocates nothing.
    unsafe {
        command.pre_exec(move || {
            setsid()?;
            ioctl_tiocsctty(&terminal)?;
            Ok(())
        })
    };
}

fn cells(number: u16) -> NonZero<u16> {
    NonZero::new(number).unwrap()
}

/// Returns where a text ends that was shown. Prose breaks at blanks, so a blank may be the end of a line, and what
/// the next one is indented by.
fn end_of(shown: &[u8], text: &[u8]) -> Option<usize> {
    (0..shown.len()).find_map(|start| {
        let mut at = start;
        for byte in text {
            if *byte == b' ' && shown.get(at).is_some_and(|it| *it == b'\r' || *it == b'\n') {
                let blanks = shown[at..].iter().take_while(|it| it.is_ascii_whitespace());
                at += blanks.count();
            } else if shown.get(at) == Some(byte) {
                at += 1;
            } else {
                return None;
            }
        }
        Some(at)
    })
}

/// What a program left on its terminal.
pub struct Ended {
    /// Everything that was shown, with plain newlines.
    pub text: String,
    /// The screen at the end.
    pub screen: vt100::Screen,
}

impl Ended {
    /// Asserts that a text was shown.
    #[track_caller]
    pub fn shows(self, text: &str) -> Self {
        let found = end_of(self.text.as_bytes(), text.as_bytes());
        assert!(found.is_some(), "{text:?} was not shown:\n{}", self.text);
        self
    }

    /// Asserts that a text was not shown.
    #[track_caller]
    pub fn hides(self, text: &str) -> Self {
        assert!(!text.is_empty(), "nothing cannot be hidden");
        let found = end_of(self.text.as_bytes(), text.as_bytes());
        assert!(found.is_none(), "{text:?} was shown:\n{}", self.text);
        self
    }
}
