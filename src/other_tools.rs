//! Other tools' files: where they keep tokens, and how they are configured.
//!
//! Read with suspicion and never written unless a person asked for it; what is not understood stays.

use std::path::Path;

use crate::failure::Failure;
use crate::host::Host;
use crate::provider_name::ProviderName;
use crate::token::{Source, Token};

pub mod aptible;
mod json_file;
pub mod terraform;
pub mod terraform_cli;

/// Returns the file of tokens that a provider's own tools keep; `None` without a home directory. It need not be
/// there.
pub fn file_of(provider: ProviderName) -> Option<Box<dyn TokenFile>> {
    match provider {
        ProviderName::Atlas => Some(Box::new(terraform::CredentialsFile::of_user()?)),
        ProviderName::Aptible => Some(Box::new(aptible::AptibleFile::of_user()?)),
    }
}

/// Another tool's file that holds tokens by host.
pub trait TokenFile {
    /// Returns the file's path.
    fn path(&self) -> &Path;

    /// Returns what its tokens are called.
    fn source(&self) -> Source;

    /// Returns every token with its host. Keys that are no hosts, and hosts without a token, are passed over.
    fn tokens(&self) -> Result<Vec<(Host, Token)>, Failure>;

    /// Removes a host's token, if it is still this one; everything else stays.
    ///
    /// # Errors
    /// A failure if the file cannot be written; it is as it was then.
    fn remove(&self, host: &Host, token: &Token) -> Result<(), Failure>;

    /// Returns the token of a host.
    fn token(&self, host: &Host) -> Result<Option<Token>, Failure> {
        Ok(self.tokens()?.into_iter().find(|(found, _)| found == host).map(|(_, token)| token))
    }
}
