//! Keys that open an account besides its tokens: SSH keys, which no second factor guards, and security keys, which
//! are one.

use crate::account::Identifier;
use crate::failure::Failure;
use crate::ssh_key::{PublicKey, SecurityKey, SshKey};
use crate::token::Credential;

/// Lists, adds and removes an account's SSH keys.
pub trait SshKeys {
    /// Lists them.
    fn ssh_keys(&self, credential: &Credential) -> Result<Vec<SshKey>, Failure>;

    /// Adds one.
    ///
    /// # Errors
    /// Unavailable, if it is unknown whether the key was added.
    fn add_ssh_key(
        &self,
        credential: &Credential,
        name: &str,
        key: &PublicKey,
    ) -> Result<SshKey, Failure>;

    /// Removes one; returns whether it was still there.
    fn remove_ssh_key(&self, credential: &Credential, id: &Identifier) -> Result<bool, Failure>;
}

/// Lists and removes an account's security keys. They are enrolled in a browser alone.
pub trait SecurityKeys {
    /// Lists them.
    fn security_keys(&self, credential: &Credential) -> Result<Vec<SecurityKey>, Failure>;

    /// Removes one; returns whether it was still there.
    fn remove_security_key(
        &self,
        credential: &Credential,
        id: &Identifier,
    ) -> Result<bool, Failure>;
}
