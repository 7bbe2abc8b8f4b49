//! Locking down: every token of accounts ends but the ones that a fresh sign-in has just made.
//!
//! The servers are handled side by side: no request of one waits for another. Whether to act is asked by the command.

use crate::account::{Account, Identifier};
use crate::failure::Failure;
use crate::host::Host;
use crate::provider::Access;
use crate::provider_name::ProviderName;
use crate::token::{Credential, TokenInfo};

mod account;
mod accounts;
pub mod here;
mod made;
pub mod report;
mod server;

pub use accounts::Accounts;
pub use server::look_all;

/// One server's part of the work.
#[derive(Debug)]
pub struct Job {
    /// The server.
    pub host: Host,
    /// Its dialect.
    pub provider: ProviderName,
    /// Whose tokens end there.
    pub users: Vec<User>,
}

/// One user of a server, whatever number of stored accounts that is.
#[derive(Debug)]
pub struct User {
    /// Who it is.
    pub account: Account,
    /// The token that acts.
    pub acting: Credential,
    /// The tokens that the fresh sign-ins made: all of them stay.
    pub made: Vec<(Credential, Option<Identifier>)>,
    /// The tokens that were stored here. They end even if the server lists nothing.
    pub stored: Vec<(Credential, Option<Identifier>)>,
}

impl User {
    fn is_made(&self, id: &Identifier) -> bool {
        self.made.iter().any(|(_, made)| made.as_ref() == Some(id))
    }
}

/// What a user has before anything ends.
#[derive(Debug)]
pub enum Found {
    /// Every token but those that stay.
    Listed(Vec<TokenInfo>),
    /// The server lists none, and ends all others at once.
    Unlisted,
    /// It could not be found out.
    Failed(Failure),
}

impl Found {
    /// Returns how many tokens are known to end.
    pub fn count(&self) -> usize {
        match self {
            Self::Listed(tokens) => tokens.len(),
            Self::Unlisted | Self::Failed(_) => 0,
        }
    }
}

/// What became of one token.
#[derive(Debug)]
pub struct TokenFate {
    /// The token.
    pub token: TokenInfo,
    /// Whether it was made while the others ended.
    pub appeared: bool,
    /// Why it is still valid; `None` if it has ended.
    pub still_valid: Option<String>,
}

/// What became of a user's tokens.
#[derive(Debug, Default)]
pub struct Fate {
    /// Each token that the server listed.
    pub tokens: Vec<TokenFate>,
    /// How many a server ended that lists none; `None` if it does not tell.
    pub unlisted: Option<u64>,
    /// Whether tokens that nobody listed appeared meanwhile.
    pub unlisted_appeared: bool,
    /// What else lets somebody in, and was left alone.
    pub left: Vec<Access>,
    /// What went wrong first.
    pub failure: Option<Failure>,
}

impl Fate {
    /// Returns whether something was made while tokens ended: nobody does that but an intruder.
    pub fn is_sign_of_intruder(&self) -> bool {
        self.unlisted_appeared || self.tokens.iter().any(|fate| fate.appeared)
    }

    /// Returns the tokens that are still valid.
    pub fn living(&self) -> impl Iterator<Item = &TokenFate> {
        self.tokens.iter().filter(|fate| fate.still_valid.is_some())
    }

    /// Returns whether it is certain that nothing lives but what stays.
    pub fn is_complete(&self) -> bool {
        self.failure.is_none() && self.living().next().is_none()
    }

    fn fail(&mut self, failure: Failure) {
        self.failure.get_or_insert(failure);
    }
}
