//! A stored token: whose it is, where, and what is kept of it.

use super::{Entry, StoreName};
use crate::account::AccountName;
use crate::host::Host;

/// One account's entry with its host and its name.
#[derive(Debug, Clone)]
pub struct Stored {
    /// The host.
    pub host: Host,
    /// The account.
    pub account: AccountName,
    /// What is kept.
    pub entry: Entry,
}

impl Stored {
    /// The same account with another entry.
    pub fn with(&self, entry: Entry) -> Self {
        Self { host: self.host.clone(), account: self.account.clone(), entry }
    }

    /// Returns every store that may have the token.
    pub fn stores(&self) -> impl Iterator<Item = &StoreName> {
        [&self.entry.store].into_iter().chain(&self.entry.extra_copy_in)
    }
}
