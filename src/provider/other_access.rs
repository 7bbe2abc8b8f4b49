//! What lets somebody in although every token of the account has ended: keys, pending changes, and what the account
//! has made for others. It is shown, and left alone.

use crate::account::Account;
use crate::token::Credential;

/// Something that lets somebody in, or that could not be looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Access {
    /// What kind of thing, in one word for programs.
    pub kind: &'static str,
    /// What it is, as the server wrote it: escape it before it is shown.
    pub what: String,
    /// Its page or command, or why nobody knows.
    pub action: String,
}

/// Shows what else lets somebody in.
pub trait OtherAccess {
    /// Lists it, as far as the server shows it. What cannot be looked at is in the list too, with the reason.
    fn other_access(&self, credential: &Credential, account: &Account) -> Vec<Access>;
}
