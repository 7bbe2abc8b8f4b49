//! How far a long list is: one line on a terminal's stderr, gone when anything else is said.

use std::io::{self, IsTerminal, Write};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use unicode_width::UnicodeWidthStr;

use super::{device, settings};
use crate::environment;
use crate::lifetime::Lifetime;
use crate::text;

/// How long a line stays as it is, at least.
const INTERVAL: Duration = Duration::from_millis(100);

/// Whether the line is there now.
static IS_SHOWN: Mutex<bool> = Mutex::new(false);

fn lock() -> MutexGuard<'static, bool> {
    IS_SHOWN.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The way through one list. Dropping it takes the line away.
#[derive(Debug)]
pub struct Progress {
    /// What is counted.
    what: String,
    started: Instant,
    /// When the line was drawn; `None` where nobody would see it.
    drawn: Option<Instant>,
}

impl Progress {
    /// Begins.
    pub fn start(what: &str) -> Self {
        let dumb = environment::raw("TERM").is_none_or(|term| term == "dumb" || term.is_empty());
        let started = Instant::now();
        let seen = io::stderr().is_terminal() && !dumb && !settings().quiet;
        Self { what: text::escape(what).into_owned(), started, drawn: seen.then_some(started) }
    }

    /// Tells how many are done, and of how many.
    pub fn advance(&mut self, done: u64, total: Option<u64>) {
        let now = Instant::now();
        if self.drawn.is_none_or(|drawn| now - drawn < INTERVAL) {
            return;
        }
        self.drawn = Some(now);
        let columns = device::stderr_columns().unwrap_or(80);
        let line = line(&self.what, done, total, now - self.started, columns);
        let mut is_shown = lock();
        *is_shown = true;
        let _ = io::stderr().lock().write_all(format!("\r{line}\x1b[K").as_bytes());
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        clear();
    }
}

/// Takes the line away, for what is written next.
pub(super) fn clear() {
    let mut is_shown = lock();
    if std::mem::take(&mut *is_shown) {
        let _ = io::stderr().lock().write_all(b"\r\x1b[K");
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
