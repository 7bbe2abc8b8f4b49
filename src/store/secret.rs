//! Where a token lies that is not in `tokens.json` itself, and how patiently its keeper is asked.
//!
//! Other programs keep such tokens, and any of them may be absent, locked, slow or unwilling: each call ends
//! by its deadline, with one sentence and the one command that changes the store. None is asked twice.

use std::time::Duration;

use crate::account::AccountName;
use crate::failure::Failure;
use crate::host::Host;
use crate::process::Terminal;
use crate::text;
use crate::token::Token;

/// A keeper of tokens outside `tokens.json`.
pub trait ExternalStore {
    /// Reads the token of an account; `None` if the store answers that it has none.
    fn get(&self, host: &Host, account: &AccountName) -> Result<Option<Token>, Failure>;

    /// Stores the token of an account in place of the one before.
    ///
    /// # Errors
    /// A failure if the store is absent, locked, slow or refuses. After a slow answer it may have stored it.
    fn set(&self, host: &Host, account: &AccountName, token: &Token) -> Result<(), Failure>;

    /// Erases the token of an account; one that is not there is erased.
    fn erase(&self, host: &Host, account: &AccountName) -> Result<(), Failure>;
}

/// How a store outside `tokens.json` is asked.
#[derive(Debug, Clone, Copy)]
pub struct StoreOptions {
    /// How long it may take to answer.
    pub timeout: Duration,
    /// How long the user may take to unlock it; `None` where nobody is there.
    pub unlock: Option<Duration>,
    /// What a helper gets that asks at the terminal.
    pub terminal: Option<Terminal>,
}

impl Default for StoreOptions {
    /// Three seconds, and nobody there.
    fn default() -> Self {
        Self { timeout: Duration::from_secs(3), unlock: None, terminal: None }
    }
}

/// Returns how long a store was waited for.
pub(super) fn in_words(timeout: Duration) -> String {
    text::plural(timeout.as_secs_f32(), "second")
}

/// Adds the one command that changes the store.
pub(super) fn suggest_file_store(failure: Failure, host: &Host) -> Failure {
    failure.hint(format!("`keybelt login {host} --store file` stores the token in a file instead"))
}
