//! The sandbox's clock: the real one, plus what it was turned by. Everything that expires asks it,
//! so that a test turns the clock where it would otherwise sleep.

use jiff::{SignedDuration, Timestamp};

/// A clock that can be turned both ways.
#[derive(Debug, Default)]
pub(crate) struct Clock {
    turned: SignedDuration,
}

impl Clock {
    /// Returns the present time, on this clock.
    pub(crate) fn now(&self) -> Timestamp {
        let now = Timestamp::now();
        now.saturating_add(self.turned).unwrap_or(now)
    }

    /// Returns by how many seconds the clock has been turned, all in all.
    pub(crate) fn turned_by(&self) -> i64 {
        self.turned.as_secs()
    }

    /// Turns the clock, back if `seconds` is negative. Returns whether the calendar reaches so far.
    pub(crate) fn advance(&mut self, seconds: i64) -> bool {
        let Some(turned) = self.turned.checked_add(SignedDuration::from_secs(seconds)) else {
            return false;
        };
        let reachable = Timestamp::now().checked_add(turned).is_ok();
        if reachable {
            self.turned = turned;
        }
        reachable
    }
}

/// Formats a timestamp as the servers do: UTC, milliseconds, a literal `Z`.
pub(crate) fn iso_8601(timestamp: Timestamp) -> String {
    format!("{timestamp:.3}")
}

/// Formats a timestamp for `Date` and `Retry-After` (RFC 9110, section 5.6.7).
pub(crate) fn http_date(timestamp: Timestamp) -> String {
    jiff::fmt::rfc2822::DateTimePrinter::new()
        .timestamp_to_rfc9110_string(&timestamp)
        .unwrap_or_default()
}
