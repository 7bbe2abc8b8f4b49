//! The keyring of a keybelt that was built without one: it says so, and keeps nothing.

use super::secret::{ExternalStore, StoreOptions};
use crate::account::AccountName;
use crate::failure::Failure;
use crate::host::Host;
use crate::token::Token;

/// No keyring.
pub(super) struct Keyring;

impl Keyring {
    pub fn new(_options: StoreOptions) -> Self {
        Self
    }
}

fn absent(host: &Host) -> Failure {
    Failure::general("this build of keybelt has no keyring support").hint(format!(
        "`cargo install` it with its default features, or use `keybelt login {host} --store file`"
    ))
}

impl ExternalStore for Keyring {
    fn get(&self, host: &Host, _account: &AccountName) -> Result<Option<Token>, Failure> {
        Err(absent(host))
    }

    fn set(&self, host: &Host, _account: &AccountName, _token: &Token) -> Result<(), Failure> {
        Err(absent(host))
    }

    fn erase(&self, host: &Host, _account: &AccountName) -> Result<(), Failure> {
        Err(absent(host))
    }
}
