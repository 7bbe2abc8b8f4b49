//! How long tokens may live in an organization, by kind of token. The limits hold once the
//! organization has turned them on.

use jiff::{SignedDuration, Timestamp};

use crate::random;

/// The limit that holds when nobody has set one: 63,113,904,000 ms, as documented.
const DEFAULT: SignedDuration = SignedDuration::from_millis(63_113_904_000);

/// The limit on one kind of token.
#[derive(Clone, Debug)]
pub(crate) struct TokenLimit {
    pub(crate) id: String,
    pub(crate) kind: &'static str,
    pub(crate) lifetime: SignedDuration,
    pub(crate) updated_at: Timestamp,
}

/// The limits on all kinds, in the order of the documentation. Its fifth kind, `metrics`, is newer than
/// the official clients.
#[derive(Clone, Debug)]
pub(crate) struct TokenLimits([TokenLimit; 4]);

const KINDS: [&str; 4] = ["organization", "team", "user", "audit_trails"];

impl TokenLimits {
    pub(crate) fn new(now: Timestamp) -> TokenLimits {
        TokenLimits(KINDS.map(|kind| TokenLimit {
            id: format!("ttl-{}", random::alphanumeric(16)),
            kind,
            lifetime: DEFAULT,
            updated_at: now,
        }))
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &TokenLimit> {
        self.0.iter()
    }

    /// Sets a limit, or returns nothing if there is no such kind of token.
    pub(crate) fn set(
        &mut self,
        kind: &str,
        lifetime: SignedDuration,
        now: Timestamp,
    ) -> Option<()> {
        let limit = self.0.iter_mut().find(|limit| limit.kind == kind)?;
        limit.lifetime = lifetime;
        limit.updated_at = now;
        Some(())
    }

    /// Returns how long tokens of a kind may live.
    pub(crate) fn of(&self, kind: &str) -> SignedDuration {
        let limit = self.0.iter().find(|limit| limit.kind == kind);
        limit.map_or(DEFAULT, |limit| limit.lifetime)
    }
}
