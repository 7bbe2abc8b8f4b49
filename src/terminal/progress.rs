//! What is waited for, and how far a long list is: one line on a terminal's stderr, gone when anything else is said.

use std::io::{self, IsTerminal, Write};
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use unicode_width::UnicodeWidthStr;

use super::{device, settings};
use crate::environment;
use crate::lifetime::Lifetime;
use crate::text;

/// How long a line stays as it is, at least.
const INTERVAL: Duration = Duration::from_millis(100);

/// How long a wait is that nobody is told of.
const SHORT_WAIT: Duration = Duration::from_millis(300);

/// What is on the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Line {
    Absent,
    Shown,
    /// The process ends, and draws nothing any more.
    Over,
}

static LINE: Mutex<Line> = Mutex::new(Line::Absent);

fn lock() -> MutexGuard<'static, Line> {
    LINE.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Returns whether a person would see a line that comes and goes.
fn is_seen() -> bool {
    let dumb = environment::raw("TERM").is_none_or(|term| term == "dumb" || term.is_empty());
    io::stderr().is_terminal() && !dumb && !settings().quiet
}

fn draw(text: &str) {
    let mut line = lock();
    if *line != Line::Over {
        *line = Line::Shown;
        let _ = io::stderr().lock().write_all(format!("\r{text}\x1b[K").as_bytes());
    }
}

/// Takes the line away, for what is written next.
pub(super) fn clear() {
    let mut line = lock();
    if *line == Line::Shown {
        *line = Line::Absent;
        let _ = io::stderr().lock().write_all(b"\r\x1b[K");
    }
}

/// Takes the line away for good.
pub(super) fn end() {
    clear();
    *lock() = Line::Over;
}

/// A wait; after a moment it is said what for. Dropping it takes the line away.
#[derive(Debug)]
pub struct Waiting {
    thread: Option<(Sender<()>, JoinHandle<()>)>,
}

impl Waiting {
    /// Begins.
    pub fn start(what: &str) -> Self {
        if !is_seen() {
            return Self { thread: None };
        }
        let columns = device::stderr_columns().unwrap_or(80);
        let what = text::escape(what).into_owned();
        let (stop, stopped) = mpsc::channel();
        let spin = move || {
            let mut pause = SHORT_WAIT;
            for frame in ["|", "/", "-", "\\"].into_iter().cycle() {
                if stopped.recv_timeout(pause) != Err(RecvTimeoutError::Timeout) {
                    return;
                }
                pause = INTERVAL;
                let lines = [format!("{frame} {what}"), frame.to_owned()];
                let line = lines.into_iter().find(|line| line.width() < columns);
                draw(&line.unwrap_or_default());
            }
        };
        Self { thread: Some((stop, thread::spawn(spin))) }
    }
}

impl Drop for Waiting {
    fn drop(&mut self) {
        if let Some((stop, thread)) = self.thread.take() {
            drop(stop);
            let _ = thread.join();
            clear();
        }
    }
}

/// The way through one list. Dropping it takes the line away.
#[derive(Debug)]
pub struct Progress {
    /// What is counted.
    what: String,
    started: Instant,
    /// When the line was drawn; `None` where nobody would see it.
    drawn: Option<Instant>,
    /// What is shown until something has been counted.
    waiting: Option<Waiting>,
}

impl Progress {
    /// Begins.
    pub fn start(what: &str) -> Self {
        let started = Instant::now();
        Self {
            what: text::escape(what).into_owned(),
            started,
            drawn: is_seen().then_some(started),
            waiting: Some(Waiting::start(what)),
        }
    }

    /// Tells how many are done, and of how many.
    pub fn advance(&mut self, done: u64, total: Option<u64>) {
        let now = Instant::now();
        self.waiting = None;
        if self.drawn.is_none_or(|drawn| now - drawn < INTERVAL) {
            return;
        }
        self.drawn = Some(now);
        let columns = device::stderr_columns().unwrap_or(80);
        draw(&line(&self.what, done, total, now - self.started, columns));
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        clear();
    }
}

/// Writes the line; what does not fit before the last column is left out, the bar first.
fn line(what: &str, done: u64, total: Option<u64>, took: Duration, columns: usize) -> String {
    let rate = done as f64 / took.as_secs_f64().max(0.001);
    let left = total.map(|total| total.saturating_sub(done) as f64 / rate.max(0.001));
    let left = left.and_then(|seconds| Lifetime::from_seconds(seconds.ceil() as i64));
    let counted = match total {
        Some(total) => format!("{done} of {total}"),
        None => done.to_string(),
    };
    let mut parts = vec![counted, format!("{rate:.0}/s")];
    parts.extend(left.map(|left| format!("{left} left")));
    let short = parts.join(", ");
    let long = format!("{what}: {short}");
    let share = total.map_or(0.0, |total| done as f64 / total.max(1) as f64);
    let bar = bar(share);
    let room = columns.saturating_sub(1);
    [format!("{long} {bar}"), long, short, parts[0].clone()]
        .into_iter()
        .find(|line| line.width() <= room)
        .unwrap_or_default()
}

fn bar(share: f64) -> String {
    const CELLS: usize = 20;
    let full = ((share * CELLS as f64) as usize).min(CELLS);
    format!("[{}{}]", "#".repeat(full), " ".repeat(CELLS - full))
}

#[cfg(test)]
mod tests {
    use super::line;
    use std::time::Duration;

    #[test]
    fn the_line_fits_whatever_the_width() {
        let at =
            |columns| line("members of acme", 500, Some(2000), Duration::from_secs(5), columns);
        assert_eq!(
            at(80),
            "members of acme: 500 of 2000, 100/s, 15 seconds left [#####               ]"
        );
        assert_eq!(at(60), "members of acme: 500 of 2000, 100/s, 15 seconds left");
        assert_eq!(at(40), "500 of 2000, 100/s, 15 seconds left");
        assert_eq!(at(20), "500 of 2000");
        assert_eq!(at(5), "");
        let unknown = line("members of 日本", 0, None, Duration::ZERO, 80);
        assert_eq!(unknown, "members of 日本: 0, 0/s [                    ]");
    }
}
