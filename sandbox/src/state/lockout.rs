//! Lock-out: who fails to sign in too often waits, a minute, an hour or a day. An attempt without
//! a code counts as failed, and is redeemed by the successful one that names it.

use std::collections::HashMap;

use jiff::{SignedDuration, Timestamp};

use crate::options::Limits;
use crate::random;

/// So many failures in so long a time lock an account for as long again; the longest first.
const RULES: [(usize, SignedDuration); 3] = [
    (40, SignedDuration::from_hours(24)),
    (20, SignedDuration::from_hours(1)),
    (10, SignedDuration::from_mins(1)),
];

/// An account's failed attempts.
#[derive(Debug, Default)]
struct Attempts {
    failed: Vec<(String, Timestamp)>,
    /// From when and for how long.
    locked: Option<(Timestamp, SignedDuration)>,
}

/// The failed attempts of all accounts.
#[derive(Debug)]
pub(crate) struct Lockout {
    limits: Limits,
    by_account: HashMap<usize, Attempts>,
}

impl Lockout {
    pub(crate) fn new(limits: Limits) -> Lockout {
        Lockout { limits, by_account: HashMap::new() }
    }

    /// Returns how long an account is still locked; nothing if it is not.
    pub(crate) fn remaining(&self, account: usize, now: Timestamp) -> Option<SignedDuration> {
        let (since, duration) = self.by_account.get(&account)?.locked?;
        let passed = now.duration_since(since);
        // A clock that was turned back leaves locks in the future, which count for nothing.
        (!passed.is_negative() && passed < duration).then(|| duration - passed)
    }

    /// Counts a failed attempt and returns its id.
    pub(crate) fn fail(&mut self, account: usize, now: Timestamp) -> String {
        let attempts = self.by_account.entry(account).or_default();
        let ago = |at: Timestamp| now.duration_since(at);
        let within = |at: Timestamp, window| !ago(at).is_negative() && ago(at) < window;
        let (_, longest) = RULES[0];
        attempts.failed.retain(|(_, at)| within(*at, longest));
        let id = random::uuid();
        attempts.failed.push((id.clone(), now));
        let broken = RULES.iter().find(|(count, window)| {
            let recent = attempts.failed.iter().filter(|(_, at)| within(*at, *window));
            recent.count() >= *count
        });
        if let Some((_, duration)) = broken.filter(|_| self.limits == Limits::Documented) {
            attempts.locked = Some((now, *duration));
        }
        id
    }

    /// Forgets a failed attempt, for which another made up.
    pub(crate) fn redeem(&mut self, account: usize, id: &str) {
        if let Some(attempts) = self.by_account.get_mut(&account) {
            attempts.failed.retain(|(failed, _)| failed != id);
        }
    }
}
