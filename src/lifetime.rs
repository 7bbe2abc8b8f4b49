//! Lifetimes of tokens: how people write them, how they are shown.

use std::fmt;
use std::str::FromStr;

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Span, Timestamp};

use crate::failure::Failure;
use crate::text;

/// A positive span of time, in whole seconds, at most ten years.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Lifetime(i64);

const MAX_SECONDS: i64 = 3653 * 86_400;

impl Lifetime {
    /// Seven days, what a sign-in asks for.
    pub const DEFAULT: Self = Self(7 * 86_400);

    /// Five minutes, for a token that guarded acts take: it ends with the command, unless that fails.
    pub const ELEVATED: Self = Self(5 * 60);

    /// Half an hour, for which a proven password counts.
    pub const SUDO_WINDOW: Self = Self(30 * 60);

    /// Takes seconds; `None` unless positive and at most ten years.
    pub fn from_seconds(seconds: i64) -> Option<Self> {
        (1..=MAX_SECONDS).contains(&seconds).then_some(Self(seconds))
    }

    /// Returns the seconds.
    pub fn seconds(self) -> i64 {
        self.0
    }

    /// Returns the moment this long after `start`.
    pub fn after(self, start: Timestamp) -> Timestamp {
        start.saturating_add(SignedDuration::from_secs(self.0)).unwrap_or(Timestamp::MAX)
    }

    /// Parses what an option gave, if it was given.
    pub fn of_option(option: &str, text: Option<&str>) -> Result<Option<Self>, Failure> {
        let lifetime = text.map(Self::parse).transpose();
        lifetime.map_err(|failure| failure.about(option))
    }

    /// Parses `7d`, `1h30m`, `2 weeks`, `P7D`; months and years count from today.
    pub fn parse(text: &str) -> Result<Self, Failure> {
        let wrong = || {
            Failure::usage("invalid duration")
                .hint("write it as 30s, 2m, 12h, 1h30m, 7d or 2w; ten years at most")
        };
        let span = Span::from_str(text.trim()).map_err(|_| wrong())?;
        let start = Timestamp::UNIX_EPOCH.to_zoned(TimeZone::UTC);
        let end = start.checked_add(span).map_err(|_| wrong())?;
        Self::from_seconds(end.timestamp().as_second()).ok_or_else(wrong)
    }
}

impl Lifetime {
    /// Returns it as it is typed: `30d`.
    pub fn typed(self) -> String {
        let (size, unit) = self.unit();
        format!("{}{unit}", self.0 / size)
    }

    /// Returns one that leaves this much for a while: one day more than days, one hour more than hours.
    pub fn with_room(self) -> Self {
        Self::from_seconds(self.0 + self.unit().0).unwrap_or(self)
    }

    /// Returns the largest unit that it is a multiple of.
    fn unit(self) -> (i64, &'static str) {
        let units = [(86_400, "d"), (3600, "h"), (60, "m")];
        units.into_iter().find(|(size, _)| self.0 % size == 0).unwrap_or((1, "s"))
    }
}

impl fmt::Display for Lifetime {
    /// Writes the two largest units: `6 days 23 hours`, `30 minutes`, `1 second`.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let units = [(86_400, "day"), (3600, "hour"), (60, "minute"), (1, "second")];
        let first = units.iter().position(|(size, _)| self.0 >= *size).unwrap_or(3);
        let mut rest = self.0;
        for (nth, (size, name)) in units[first..].iter().take(2).enumerate() {
            let count = rest / size;
            rest %= size;
            if nth == 1 && count == 0 {
                break;
            }
            let gap = if nth == 1 { " " } else { "" };
            write!(out, "{gap}{}", text::plural(count, name))?;
        }
        Ok(())
    }
}

/// Returns how long it is from `now` until `then`, or `None` if that has passed.
pub fn remaining(now: Timestamp, then: Timestamp) -> Option<Lifetime> {
    Lifetime::from_seconds(then.as_second().saturating_sub(now.as_second()).min(MAX_SECONDS))
}

#[cfg(test)]
mod tests {
    use super::Lifetime;

    #[test]
    fn lifetimes_are_read_as_people_write_them() {
        for (text, seconds) in [
            ("7d", 604_800),
            ("1w", 604_800),
            ("P7D", 604_800),
            ("1h30m", 5400),
            ("2 weeks", 1_209_600),
            ("30 minutes", 1800),
            ("1mo", 31 * 86_400),
        ] {
            assert_eq!(Lifetime::parse(text).ok().map(Lifetime::seconds), Some(seconds), "{text}");
        }
        for bad in ["", "7", "d", "-3d", "0s", "999999d", "soon"] {
            assert!(Lifetime::parse(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn lifetimes_are_shown_in_their_two_largest_units() {
        for (seconds, shown) in [
            (604_800, "7 days"),
            (604_799, "6 days 23 hours"),
            (3600, "1 hour"),
            (61, "1 minute 1 second"),
            (1, "1 second"),
            (86_460, "1 day"),
        ] {
            assert_eq!(
                Lifetime::from_seconds(seconds).map(|l| l.to_string()).as_deref(),
                Some(shown)
            );
        }
    }
}
