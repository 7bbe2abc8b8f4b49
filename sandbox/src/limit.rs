//! Rate limits: how many of something one caller may do within a window that slides. What is
//! refused does not count, so that waiting as long as told is enough.

use std::collections::{HashMap, VecDeque};

use jiff::{SignedDuration, Timestamp};

use crate::options::Limits;

/// So many requests in such a window.
#[derive(Debug)]
pub(crate) struct Rule {
    pub(crate) name: &'static str,
    pub(crate) count: usize,
    pub(crate) window: SignedDuration,
}

/// How a caller stands under a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Standing {
    pub(crate) limit: usize,
    pub(crate) remaining: usize,
    /// How long it takes until the oldest request no longer counts.
    pub(crate) reset: SignedDuration,
}

/// Counts requests by rule and caller.
#[derive(Debug)]
pub(crate) struct Limiter {
    limits: Limits,
    counted: HashMap<(&'static str, String), VecDeque<Timestamp>>,
}

impl Limiter {
    pub(crate) fn new(limits: Limits) -> Limiter {
        Limiter { limits, counted: HashMap::new() }
    }

    /// Counts one request under every rule given, or, if one is exhausted, under none and returns
    /// how the caller stands under it.
    pub(crate) fn take(&mut self, rules: &[(&Rule, &str)], now: Timestamp) -> Result<(), Standing> {
        for (rule, caller) in rules {
            match self.standing(rule, caller, now) {
                Some(standing) if standing.remaining == 0 => return Err(standing),
                _ => {}
            }
        }
        if self.limits == Limits::Documented {
            for (rule, caller) in rules {
                let key = (rule.name, (*caller).to_owned());
                self.counted.entry(key).or_default().push_back(now);
            }
        }
        Ok(())
    }

    /// Returns how a caller stands under a rule, or `None` if the limits are off.
    pub(crate) fn standing(
        &mut self,
        rule: &Rule,
        caller: &str,
        now: Timestamp,
    ) -> Option<Standing> {
        if self.limits == Limits::Off {
            return None;
        }
        let times = self.counted.entry((rule.name, caller.to_owned())).or_default();
        // A clock that was turned back leaves times in the future, which count for nothing.
        times.retain(|time| *time <= now && now.duration_since(*time) < rule.window);
        let reset = times.front().map(|oldest| rule.window - now.duration_since(*oldest));
        Some(Standing {
            limit: rule.count,
            remaining: rule.count.saturating_sub(times.len()),
            reset: reset.unwrap_or_default(),
        })
    }
}
