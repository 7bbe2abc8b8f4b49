//! Authentication tokens. The server keeps only their SHA-512, as it shows in `token_hash`.

use std::collections::{HashMap, HashSet};

use data_encoding::HEXLOWER;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};
use sha2::{Digest, Sha512};

use crate::random;

/// How many different tokens are remembered as presented.
const PRESENTED: usize = 100_000;

/// A token's SHA-512.
pub(crate) type TokenHash = [u8; 64];

/// What a token of the Aptible dialect is for; each allows what those before it allow.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Scope {
    Read,
    Manage,
    Elevated,
}

impl Scope {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Scope::Read => "read",
            Scope::Manage => "manage",
            Scope::Elevated => "elevated",
        }
    }

    pub(crate) fn from_name(name: &str) -> Option<Scope> {
        [Scope::Read, Scope::Manage, Scope::Elevated].into_iter().find(|scope| scope.name() == name)
    }
}

/// Whose a token is, or who made it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Holder {
    /// The account at this index.
    Account(usize),
    /// The organization with this external id.
    Organization(String),
    /// The audit trail of such an organization.
    AuditTrail(String),
    /// The metrics of such an organization.
    Metrics(String),
    /// The team with this id.
    Team(String),
    /// The agent pool with this id.
    AgentPool(String),
}

impl Holder {
    pub(crate) fn account(&self) -> Option<usize> {
        match self {
            Holder::Account(account) => Some(*account),
            _ => None,
        }
    }

    /// Returns the kind of token by which an organization limits its lifetime.
    pub(crate) fn limited_kind(&self) -> Option<&'static str> {
        match self {
            Holder::Account(_) => Some("user"),
            Holder::Organization(_) => Some("organization"),
            Holder::AuditTrail(_) => Some("audit_trails"),
            Holder::Team(_) => Some("team"),
            Holder::AgentPool(_) | Holder::Metrics(_) => None,
        }
    }
}

/// A token that is neither expired nor revoked, without the token itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LiveToken {
    /// Whose token it is: a username, or the id of an organization, a team or an agent pool.
    pub username: String,
    /// Its id, as in `links.auth-token`, or in the path of `/tokens/:id`.
    pub id: String,
    /// What its maker said it is for; empty if nothing.
    pub description: String,
    /// Its scope, with the Aptible dialect; `None` with the Atlas dialect.
    pub scope: Option<&'static str>,
    /// Its SHA-512 in hexadecimal, as in `token_hash`.
    pub token_hash: String,
    /// When it was made, on the sandbox's clock.
    pub created_at: Timestamp,
    /// When it will expire, on the sandbox's clock.
    pub expires_at: Timestamp,
}

/// What a token is made with.
#[derive(Clone, Debug, Default)]
pub(crate) struct NewToken {
    pub(crate) description: Option<String>,
    /// When it is to expire, if its maker said.
    pub(crate) expires_at: Option<Timestamp>,
}

impl NewToken {
    /// A token for which its maker named a purpose and nothing else.
    pub(crate) fn described(description: &str) -> NewToken {
        NewToken { description: Some(description.to_owned()), expires_at: None }
    }
}

/// What the server keeps of a token.
#[derive(Clone, Debug)]
pub(crate) struct TokenRecord {
    pub(crate) id: String,
    pub(crate) holder: Holder,
    pub(crate) created_by: Holder,
    pub(crate) description: Option<String>,
    /// Only tokens of the Aptible dialect have one.
    pub(crate) scope: Option<Scope>,
    pub(crate) hash: TokenHash,
    pub(crate) created_at: Timestamp,
    pub(crate) last_used_at: Option<Timestamp>,
    pub(crate) expires_at: Timestamp,
}

impl TokenRecord {
    pub(crate) fn hash_text(&self) -> String {
        HEXLOWER.encode(&self.hash)
    }

    pub(crate) fn is_live(&self, now: Timestamp) -> bool {
        now < self.expires_at
    }
}

/// The tokens of all accounts in one dialect. An expired one stays until it is revoked, so that its owner can see
/// that it has expired.
#[derive(Debug, Default)]
pub(crate) struct Tokens {
    by_hash: HashMap<TokenHash, TokenRecord>,
}

impl Tokens {
    /// Makes a token and returns it, the only time that anyone sees it.
    pub(crate) fn create(
        &mut self,
        holder: Holder,
        created_by: Holder,
        new: NewToken,
        now: Timestamp,
    ) -> (String, TokenRecord) {
        // The one format that all three generations of these servers use.
        let token = format!("{}.atlasv1.{}", random::alphanumeric(14), random::alphanumeric(67));
        let record = TokenRecord {
            id: format!("at-{}", random::alphanumeric(16)),
            holder,
            created_by,
            description: new.description,
            scope: None,
            hash: hash(&token),
            created_at: now,
            last_used_at: None,
            expires_at: new.expires_at.unwrap_or_else(|| default_expiry(now)),
        };
        self.insert(record.clone());
        (token, record)
    }

    /// Keeps the record of a token that was made elsewhere.
    pub(crate) fn insert(&mut self, record: TokenRecord) {
        self.by_hash.insert(record.hash, record);
    }

    /// Returns the record of a token that was not revoked, expired or not.
    pub(crate) fn find(&self, token: &str) -> Option<&TokenRecord> {
        self.by_hash.get(&hash(token))
    }

    /// Returns whether a token is live.
    pub(crate) fn accepts(&self, token: &str, now: Timestamp) -> bool {
        self.find(token).is_some_and(|record| record.is_live(now))
    }

    /// Returns the record of a token that is live, which is used by that.
    pub(crate) fn authenticate(&mut self, token: &str, now: Timestamp) -> Option<TokenRecord> {
        let record = self.by_hash.get_mut(&hash(token))?;
        record.is_live(now).then(|| {
            record.last_used_at = Some(now);
            record.clone()
        })
    }

    /// Returns a token by its id, expired or not.
    pub(crate) fn by_id(&self, id: &str) -> Option<&TokenRecord> {
        self.by_hash.values().find(|record| record.id == id)
    }

    /// Returns someone's tokens, expired or not, oldest first.
    pub(crate) fn of(&self, holder: &Holder) -> Vec<&TokenRecord> {
        self.oldest_first(|record| record.holder == *holder)
    }

    /// Forgets all tokens of someone.
    pub(crate) fn revoke_all(&mut self, holder: &Holder) {
        self.by_hash.retain(|_, record| record.holder != *holder);
    }

    /// Forgets a token, so that it is no longer accepted.
    pub(crate) fn revoke(&mut self, hash: &TokenHash) {
        self.by_hash.remove(hash);
    }

    /// Lets a token expire at a time, if it would not have earlier.
    pub(crate) fn expire_at(&mut self, hash: &TokenHash, time: Timestamp) {
        if let Some(record) = self.by_hash.get_mut(hash) {
            record.expires_at = record.expires_at.min(time);
        }
    }

    /// Returns the live tokens, oldest first.
    pub(crate) fn live(&self, now: Timestamp) -> Vec<&TokenRecord> {
        self.oldest_first(|record| record.is_live(now))
    }

    /// Returns the tokens that are wanted, oldest first.
    pub(crate) fn oldest_first(&self, wanted: impl Fn(&TokenRecord) -> bool) -> Vec<&TokenRecord> {
        let mut records: Vec<_> = self.by_hash.values().filter(|record| wanted(record)).collect();
        records.sort_by(|a, b| (a.created_at, &a.id).cmp(&(b.created_at, &b.id)));
        records
    }
}

/// Which tokens were presented to this server, whoever made them and whatever came of it.
#[derive(Debug, Default)]
pub(crate) struct Presented(HashSet<TokenHash>);

impl Presented {
    pub(crate) fn record(&mut self, token: &str) {
        if self.0.len() < PRESENTED {
            self.0.insert(hash(token));
        }
    }

    pub(crate) fn contains(&self, token: &str) -> bool {
        self.0.contains(&hash(token))
    }
}

/// Returns when a token ends whose maker named no end: two years of the calendar later, as go-tfe
/// 1.109.0 expects of the service (`TestOrganizationTokensCreate`).
pub(crate) fn default_expiry(created_at: Timestamp) -> Timestamp {
    let ends = created_at.to_zoned(TimeZone::UTC).checked_add(2.years());
    ends.map_or(Timestamp::MAX, |ends| ends.timestamp())
}

/// Returns what the server keeps of a token.
pub(crate) fn hash(token: &str) -> TokenHash {
    Sha512::digest(token.as_bytes()).into()
}
