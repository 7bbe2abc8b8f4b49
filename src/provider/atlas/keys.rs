//! SSH keys and security keys: Atlas servers have, or show, none.

use super::Atlas;
use crate::account::Identifier;
use crate::failure::Failure;
use crate::provider::keys::{SecurityKeys, SshKeys};
use crate::ssh_key::{PublicKey, SecurityKey, SshKey};
use crate::token::Credential;

impl SshKeys for Atlas<'_> {
    fn ssh_keys(&self, _: &Credential) -> Result<Vec<SshKey>, Failure> {
        Err(self.no_ssh_keys())
    }

    fn add_ssh_key(&self, _: &Credential, _: &str, _: &PublicKey) -> Result<SshKey, Failure> {
        Err(self.no_ssh_keys())
    }

    fn remove_ssh_key(&self, _: &Credential, _: &Identifier) -> Result<bool, Failure> {
        Err(self.no_ssh_keys())
    }
}

impl SecurityKeys for Atlas<'_> {
    fn security_keys(&self, _: &Credential) -> Result<Vec<SecurityKey>, Failure> {
        Err(self.no_security_keys())
    }

    fn remove_security_key(&self, _: &Credential, _: &Identifier) -> Result<bool, Failure> {
        Err(self.no_security_keys())
    }
}
