//! The terminal device: `/dev/tty`, the console on Windows. Its size, its modes, and who owns it.
//!
//! No function here fails loudly on a device that went away: after a hang-up there is nobody to tell.

use std::fs::{File, OpenOptions};
use std::io;
#[cfg(unix)]
use std::io::Write;

#[cfg(windows)]
use secrecy::zeroize::Zeroizing;

#[cfg(unix)]
use crate::signal;
#[cfg(windows)]
use crate::windows;

#[cfg(unix)]
const PATHS: (&str, &str) = ("/dev/tty", "/dev/tty");
#[cfg(windows)]
const PATHS: (&str, &str) = ("CONIN$", "CONOUT$");

/// The terminal that this process was started on, whatever stdin and stdout are.
#[derive(Debug)]
pub(super) struct Device {
    pub(super) input: File,
    output: File,
}

impl Device {
    pub(super) fn open() -> io::Result<Self> {
        let open = |path| OpenOptions::new().read(true).write(true).open(path);
        let device = Self { input: open(PATHS.0)?, output: open(PATHS.1)? };
        #[cfg(windows)]
        if let Some(mode) = windows::ConsoleMode::of(&device.output) {
            mode.for_colours().apply(&device.output);
        }
        Ok(device)
    }

    pub(super) fn try_clone(&self) -> io::Result<Self> {
        Ok(Self { input: self.input.try_clone()?, output: self.output.try_clone()? })
    }

    pub(super) fn write(&self, text: &str) {
        #[cfg(unix)]
        let _ = (&self.output).write_all(text.as_bytes());
        // As bytes, the text would be read by the console's code page.
        #[cfg(windows)]
        let _ = windows::write_console(&self.output, text);
    }

    /// Returns what is typed, in UTF-8; a line may have `limit` bytes.
    #[cfg(unix)]
    pub(super) fn typed(&self, _limit: usize) -> io::Result<Typed> {
        self.input.try_clone()
    }

    /// Returns what is typed, in UTF-8; a line may have `limit` bytes.
    #[cfg(windows)]
    pub(super) fn typed(&self, limit: usize) -> io::Result<Typed> {
        Ok(Typed { console: self.input.try_clone()?, limit, line: Zeroizing::default(), read: 0 })
    }

    /// Waits until this process may use the terminal: in the background the system stops it here.
    pub(super) fn claim(&self) -> io::Result<()> {
        #[cfg(unix)]
        while !is_foreground(self) {
            self.forget_input_checked()?;
        }
        Ok(())
    }

    /// Drops what was typed and not read.
    pub(super) fn forget_input(&self) {
        #[cfg(unix)]
        let _ = self.forget_input_checked();
        #[cfg(windows)]
        windows::forget_input(&self.input);
    }

    #[cfg(unix)]
    fn forget_input_checked(&self) -> io::Result<()> {
        let queue = rustix::termios::QueueSelector::IFlush;
        Ok(rustix::termios::tcflush(&self.input, queue)?)
    }

    /// Returns columns and rows, 80 and 24 where they are unknown.
    pub(super) fn size(&self) -> (usize, usize) {
        size_of(&self.output).unwrap_or((80, 24))
    }
}

/// What is typed: the device's bytes are the user's.
#[cfg(unix)]
pub(super) type Typed = File;

/// What is typed. A console's bytes would be of its code page, so whole lines are read as UTF-16.
#[cfg(windows)]
pub(super) struct Typed {
    console: File,
    limit: usize,
    line: Zeroizing<Vec<u8>>,
    read: usize,
}

#[cfg(windows)]
impl io::Read for Typed {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.read == self.line.len() {
            // One more than fits, so that what is too long is seen to be; and the end of the line.
            let units = windows::read_console(&self.console, self.limit + 3)?;
            let text = Zeroizing::new(String::from_utf16_lossy(&units));
            // ^Z is the end of the input there, at the beginning of a line.
            let text = if text.starts_with('\u{1a}') { "" } else { &**text };
            self.line = Zeroizing::new(text.replace("\r\n", "\n").into_bytes());
            self.read = 0;
        }
        let count = buffer.len().min(self.line.len() - self.read);
        buffer[..count].copy_from_slice(&self.line[self.read..self.read + count]);
        self.read += count;
        Ok(count)
    }
}

/// Returns stdout's columns if it is a terminal.
pub(super) fn stdout_columns() -> Option<usize> {
    size_of(&io::stdout()).map(|(columns, _)| columns)
}

/// Returns stderr's columns if it is a terminal.
pub(super) fn stderr_columns() -> Option<usize> {
    size_of(&io::stderr()).map(|(columns, _)| columns)
}

#[cfg(unix)]
fn size_of(device: &impl std::os::fd::AsFd) -> Option<(usize, usize)> {
    let size = rustix::termios::tcgetwinsize(device).ok()?;
    (size.ws_col > 0 && size.ws_row > 0).then(|| (size.ws_col.into(), size.ws_row.into()))
}

#[cfg(windows)]
fn size_of(device: &impl std::os::windows::io::AsRawHandle) -> Option<(usize, usize)> {
    windows::console_size(device)
}

#[cfg(unix)]
pub(super) use modes::Modes;

#[cfg(unix)]
mod modes {
    use rustix::process::{getpgrp, getsid};
    use rustix::termios::{self, LocalModes, OptionalActions, SpecialCodeIndex, Termios};

    use super::Device;

    /// The value of a special character that is switched off.
    const DISABLED: u8 =
        if cfg!(any(target_os = "linux", target_os = "android")) { 0 } else { 0xff };

    /// How the terminal treats what is typed.
    #[derive(Debug, Clone)]
    pub(in super::super) struct Modes(Termios);

    impl Modes {
        /// Reads them; `None` if the terminal is gone.
        pub(in super::super) fn of(device: &Device) -> Option<Self> {
            termios::tcgetattr(&device.input).ok().map(Self)
        }

        /// Sets them, unless another job has the terminal now: then they are that job's.
        pub(in super::super) fn apply(&self, device: &Device) {
            if is_foreground(device) {
                let _ = termios::tcsetattr(&device.input, OptionalActions::Now, &self.0);
            }
        }

        /// Returns them for a prompt: what is typed is shown only if `visible`, and signals work either way.
        ///
        /// A hidden line is not edited by the system, which would cut it at 4,096 bytes (macOS: 1,024), less
        /// than a token may have. ^Z is off where no shell could continue us (`ssh -t`, a container).
        pub(in super::super) fn for_prompt(&self, visible: bool) -> Self {
            let mut modes = self.0.clone();
            if !visible {
                modes.local_modes -= LocalModes::ECHO | LocalModes::ECHONL | LocalModes::ICANON;
                modes.local_modes |= LocalModes::ISIG;
                modes.special_codes[SpecialCodeIndex::VMIN] = 1;
                modes.special_codes[SpecialCodeIndex::VTIME] = 0;
            }
            if is_alone() {
                modes.special_codes[SpecialCodeIndex::VSUSP] = DISABLED;
            }
            Self(modes)
        }
    }

    /// Returns whether this process may use the terminal.
    pub(in super::super) fn is_foreground(device: &Device) -> bool {
        termios::tcgetpgrp(&device.input).is_ok_and(|group| group == getpgrp())
    }

    /// Returns whether no shell with job control is above us, so that a stop would be for ever.
    pub(in super::super) fn is_alone() -> bool {
        getsid(None).is_ok_and(|session| session == getpgrp())
    }
}

#[cfg(unix)]
pub(super) use modes::{is_alone, is_foreground};

/// Without job control a process is always in the foreground, and nothing stops it.
#[cfg(windows)]
pub(super) fn is_foreground(_: &Device) -> bool {
    true
}

#[cfg(windows)]
pub(super) fn is_alone() -> bool {
    true
}

/// Gives the terminal to a process group; returns whether that worked.
#[cfg(unix)]
pub(super) fn give_to(device: &Device, group: u32) -> bool {
    let group = i32::try_from(group).ok().and_then(rustix::process::Pid::from_raw);
    group.is_some_and(|group| rustix::termios::tcsetpgrp(&device.input, group).is_ok())
}

/// Takes the terminal for our own process group, in whose background we are.
#[cfg(unix)]
pub(super) fn take(device: &Device) {
    let own = rustix::process::getpgrp();
    let _ = signal::unstopped(|| rustix::termios::tcsetpgrp(&device.input, own));
}

/// Nothing needs to be given there: every process of a console may use it.
#[cfg(windows)]
pub(super) fn give_to(_: &Device, _: u32) -> bool {
    true
}

#[cfg(windows)]
pub(super) fn take(_: &Device) {}

/// Returns whether another job has the terminal.
pub(super) fn is_background() -> bool {
    Device::open().is_ok_and(|device| !is_foreground(&device))
}

/// How the console treats what is typed.
#[cfg(windows)]
#[derive(Debug, Clone)]
pub(super) struct Modes(windows::ConsoleMode);

#[cfg(windows)]
impl Modes {
    pub(super) fn of(device: &Device) -> Option<Self> {
        windows::ConsoleMode::of(&device.input).map(Self)
    }

    pub(super) fn apply(&self, device: &Device) {
        self.0.apply(&device.input);
    }

    pub(super) fn for_prompt(&self, visible: bool) -> Self {
        Self(self.0.for_line(visible))
    }
}

/// Returns whether stdout is the null device.
#[cfg(unix)]
pub(super) fn stdout_is_null() -> bool {
    let null =
        std::fs::metadata("/dev/null").map(|null| std::os::unix::fs::MetadataExt::rdev(&null));
    // The field is an i32 on macOS, a u32 or u64 elsewhere.
    #[allow(clippy::unnecessary_cast, reason = "it is one only where the field is a u64 already")]
    let stdout = rustix::fs::fstat(io::stdout()).map(|stdout| stdout.st_rdev as u64);
    matches!((null, stdout), (Ok(null), Ok(stdout)) if null == stdout)
}

#[cfg(windows)]
pub(super) fn stdout_is_null() -> bool {
    false
}
