//! Authentication tokens. The server keeps only their SHA-512, as it shows in `token_hash`.

use std::collections::HashMap;

use data_encoding::HEXLOWER;
use jiff::{SignedDuration, Timestamp};
use sha2::{Digest, Sha512};

use crate::random;

/// Tokens made without an expiry have lived for two years since 2026.
const LIFETIME: SignedDuration = SignedDuration::from_hours(2 * 365 * 24);

/// A token's SHA-512.
pub(crate) type TokenHash = [u8; 64];

/// A token that is neither expired nor revoked, without the token itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LiveToken {
    /// Whose token it is.
    pub username: String,
    /// Its id, as in `links.auth-token`.
    pub id: String,
    /// What its maker said it is for.
    pub description: String,
    /// Its SHA-512 in hexadecimal, as in `token_hash`.
    pub token_hash: String,
    /// When it was made, on the sandbox's clock.
    pub created_at: Timestamp,
}

/// What the server keeps of a token.
#[derive(Clone, Debug)]
pub(crate) struct TokenRecord {
    pub(crate) id: String,
    /// The index of the account whose token it is.
    pub(crate) owner: usize,
    pub(crate) description: String,
    pub(crate) hash: TokenHash,
    pub(crate) created_at: Timestamp,
    pub(crate) expires_at: Timestamp,
}

impl TokenRecord {
    pub(crate) fn hash_text(&self) -> String {
        HEXLOWER.encode(&self.hash)
    }
}

/// The tokens of all accounts.
#[derive(Debug, Default)]
pub(crate) struct Tokens {
    by_hash: HashMap<TokenHash, TokenRecord>,
}

impl Tokens {
    /// Makes a token and returns it, the only time that anyone sees it.
    pub(crate) fn create(
        &mut self,
        owner: usize,
        description: &str,
        now: Timestamp,
    ) -> (String, TokenRecord) {
        // The one format that all three generations of these servers use.
        let token = format!(
            "{}.atlasv1.{}",
            random::alphanumeric(14),
            random::alphanumeric(67)
        );
        let record = TokenRecord {
            id: format!("at-{}", random::alphanumeric(16)),
            owner,
            description: description.to_owned(),
            hash: hash(&token),
            created_at: now,
            expires_at: now.saturating_add(LIFETIME).unwrap_or(Timestamp::MAX),
        };
        self.by_hash.insert(record.hash, record.clone());
        (token, record)
    }

    /// Returns the record of a token that is live.
    pub(crate) fn find(&self, token: &str, now: Timestamp) -> Option<&TokenRecord> {
        let record = self.by_hash.get(&hash(token))?;
        (now < record.expires_at).then_some(record)
    }

    /// Forgets a token, so that it is no longer accepted.
    pub(crate) fn revoke(&mut self, hash: &TokenHash) {
        self.by_hash.remove(hash);
    }

    /// Returns the live tokens, oldest first.
    pub(crate) fn live(&self, now: Timestamp) -> Vec<&TokenRecord> {
        let mut live: Vec<_> = self
            .by_hash
            .values()
            .filter(|record| now < record.expires_at)
            .collect();
        live.sort_by(|a, b| (a.created_at, &a.id).cmp(&(b.created_at, &b.id)));
        live
    }
}

fn hash(token: &str) -> TokenHash {
    Sha512::digest(token.as_bytes()).into()
}
