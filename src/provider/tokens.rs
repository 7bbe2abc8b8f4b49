//! An account's tokens: what there is, and how one is created and revoked.

use jiff::Timestamp;

use crate::account::{Account, Identifier};
use crate::failure::Failure;
use crate::token::{Credential, Token, TokenInfo};

/// What became of a token that was to be revoked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Revocation {
    /// The server says that it is gone.
    Revoked,
    /// The server did not accept it any more: expired, or ended elsewhere.
    NoLongerAccepted,
    /// The server offers no way to end it that is known here.
    StillValid,
}

/// Lists, creates and revokes an account's tokens.
pub trait Tokens {
    /// Lists the account's tokens.
    fn tokens(&self, credential: &Credential, account: &Account)
    -> Result<Vec<TokenInfo>, Failure>;

    /// Returns what the server tells of one of the account's tokens; `None` where it tells nothing.
    fn token(
        &self,
        _credential: &Credential,
        _id: &Identifier,
    ) -> Result<Option<TokenInfo>, Failure> {
        Ok(None)
    }

    /// Lists what sign-ins of tools left behind, as far as the server tells: this one at least.
    fn sign_ins(
        &self,
        credential: &Credential,
        account: &Account,
    ) -> Result<Vec<TokenInfo>, Failure>;

    /// Creates a token.
    ///
    /// # Errors
    /// Unavailable, if the answer is missing: a token may then exist that nobody knows.
    fn create_token(
        &self,
        credential: &Credential,
        account: &Account,
        description: &str,
        expires_at: Option<Timestamp>,
    ) -> Result<(TokenInfo, Token), Failure>;

    /// Revokes a token.
    ///
    /// # Errors
    /// Unavailable, if it is unknown whether the token lives on.
    fn revoke(
        &self,
        credential: &Credential,
        id: Option<&Identifier>,
    ) -> Result<Revocation, Failure>;

    /// Revokes one of the account's tokens by its id.
    fn revoke_token(&self, credential: &Credential, id: &Identifier)
    -> Result<Revocation, Failure>;

    /// Revokes all of the account's tokens but `kept`, in one go; returns how many, where the server tells.
    fn revoke_others(
        &self,
        credential: &Credential,
        kept: &[&Credential],
    ) -> Result<Option<u64>, Failure>;
}
