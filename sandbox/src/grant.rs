//! Authorization codes: what a browser brings back to a tool after its user consented, for the tool
//! to exchange for a token once (RFC 6749, section 4.1, with RFC 7636).

use std::collections::HashMap;

use data_encoding::BASE64URL_NOPAD;
use jiff::{SignedDuration, Timestamp};
use sha2::{Digest, Sha256};

use crate::random;
use crate::token::TokenHash;

/// A tool exchanges its code at once; RFC 6749 advises against more than ten minutes.
const LIFETIME: SignedDuration = SignedDuration::from_mins(1);
/// How long a code that was exchanged is remembered, to revoke its token when it comes again.
const REMEMBERED: SignedDuration = SignedDuration::from_hours(24);

type CodeHash = [u8; 32];

/// What a user consented to.
#[derive(Clone, Debug)]
pub(crate) struct Grant {
    /// The index of the account that the token will be for.
    pub(crate) owner: usize,
    pub(crate) client: String,
    pub(crate) redirect_uri: String,
    /// Without padding.
    pub(crate) challenge: String,
}

impl Grant {
    /// Returns whether a verifier is the one that the challenge was made from (RFC 7636, section
    /// 4.6). Terraform 0.12 sends one that is shorter than the RFC wants: any length will do.
    pub(crate) fn is_proven_by(&self, verifier: &str) -> bool {
        BASE64URL_NOPAD.encode(&Sha256::digest(verifier.as_bytes())) == self.challenge
    }
}

/// Why a code is not exchanged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Refusal {
    /// It was never issued, or long ago.
    Unknown,
    Expired,
    /// It was presented before: whoever did that first may have stolen it, with this token.
    Replayed(Option<TokenHash>),
}

#[derive(Debug)]
struct Issued {
    grant: Grant,
    at: Timestamp,
    presented: bool,
    exchanged_for: Option<TokenHash>,
}

/// The codes that were issued; only a hash of each is kept.
#[derive(Debug, Default)]
pub(crate) struct Grants {
    by_hash: HashMap<CodeHash, Issued>,
}

impl Grants {
    /// Issues a code.
    pub(crate) fn issue(&mut self, grant: Grant, now: Timestamp) -> String {
        self.by_hash.retain(|_, issued| now.duration_since(issued.at) < REMEMBERED);
        let code = random::alphanumeric(43);
        let issued = Issued { grant, at: now, presented: false, exchanged_for: None };
        self.by_hash.insert(hash(&code), issued);
        code
    }

    /// Takes a code, right or wrong in all else: it will not be taken again.
    pub(crate) fn take(&mut self, code: &str, now: Timestamp) -> Result<Grant, Refusal> {
        let issued = self.by_hash.get_mut(&hash(code)).ok_or(Refusal::Unknown)?;
        if std::mem::replace(&mut issued.presented, true) {
            return Err(Refusal::Replayed(issued.exchanged_for.take()));
        }
        if now.duration_since(issued.at) >= LIFETIME {
            return Err(Refusal::Expired);
        }
        Ok(issued.grant.clone())
    }

    /// Records which token a code was exchanged for.
    pub(crate) fn exchanged(&mut self, code: &str, token: TokenHash) {
        if let Some(issued) = self.by_hash.get_mut(&hash(code)) {
            issued.exchanged_for = Some(token);
        }
    }
}

fn hash(code: &str) -> CodeHash {
    Sha256::digest(code.as_bytes()).into()
}
