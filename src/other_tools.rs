//! Other tools' files: where they keep tokens, and how they are configured.
//!
//! Read with suspicion and never written unless a person asked for it; what is not understood stays.

use std::path::Path;

use crate::environment;
use crate::failure::Failure;
use crate::host::Host;
use crate::provider_name::{GrantBy, ProviderName};
use crate::token::{Source, Token};

pub mod aptible;
mod hcl;
pub mod helper_program;
mod json_file;
pub mod made;
pub(crate) mod parsers;
pub mod terraform;
pub mod terraform_cli;
pub mod terraform_credentials;
pub mod terraform_files;
mod terraform_settings;
mod text_file;
mod token_variable;

/// Returns the file of tokens that a provider's own tools keep; `None` without a home directory. It need not be
/// there.
pub fn file_of(provider: ProviderName) -> Option<Box<dyn TokenFile>> {
    match provider {
        ProviderName::Atlas => Some(Box::new(terraform::CredentialsFile::of_user()?)),
        ProviderName::Aptible => Some(Box::new(aptible::AptibleFile::of_user()?)),
    }
}

/// Returns every file of a provider's own tools that may hold tokens, the one that they write themselves first.
pub fn files_of(provider: ProviderName) -> Vec<Box<dyn TokenFile>> {
    let boxed = |file| -> Box<dyn TokenFile> { Box::new(file) };
    match provider {
        ProviderName::Atlas => terraform::CredentialsFile::all().into_iter().map(boxed).collect(),
        ProviderName::Aptible => file_of(provider).into_iter().collect(),
    }
}

/// Returns the files of other tools that hold a token for a host, for messages. One that cannot be read is
/// its tool's business.
pub fn holding(host: &Host) -> Vec<String> {
    let may_hold =
        |provider: &ProviderName| host.is_https() || provider.dialect().grant == GrantBy::Address;
    let holds = |file: &dyn TokenFile| {
        file.entries().is_ok_and(|entries| entries.iter().any(|(found, _)| found == host))
    };
    let files = ProviderName::ALL.into_iter().filter(may_hold).flat_map(files_of);
    let files = files.filter(|file| holds(&**file));
    files.map(|file| environment::shorten_home(file.path())).collect()
}

/// Tells what tools that know one token at a time would use, each if this is the host that it talks to. To them
/// a variable's token is for whatever host (protocol: aptible 2.2).
pub fn uses(host: &Host) -> Vec<(&'static str, String)> {
    let takes_one = |name: &ProviderName| name.dialect().grant == GrantBy::Address;
    let providers = ProviderName::ALL.into_iter().filter(takes_one);
    providers
        .filter_map(|provider| Some((provider.dialect().tool, used_by(provider, host)?)))
        .collect()
}

fn used_by(provider: ProviderName, host: &Host) -> Option<String> {
    let dialect = provider.dialect();
    let variable = dialect.token_variables.first()?;
    if variable.bound_to().ok()? != *host {
        return None;
    }
    if environment::is_set(variable.name) {
        return Some(variable.name.to_owned());
    }
    let token = file_of(provider)?.token(host).ok().flatten();
    token.map(|_| format!("its own {}", dialect.file_name))
}

/// Another tool's file that holds tokens by host.
pub trait TokenFile {
    /// Returns the file's path.
    fn path(&self) -> &Path;

    /// Returns what its tokens are called.
    fn source(&self) -> Source;

    /// Returns every token with its host, `None` where keybelt could not present it: with blanks in it, say.
    /// Keys that are no hosts, and hosts without a token, are passed over.
    fn entries(&self) -> Result<Vec<(Host, Option<Token>)>, Failure>;

    /// Removes a host's token, if it is still this one; everything else stays.
    ///
    /// # Errors
    /// A failure if the file cannot be written; it is as it was then.
    fn remove(&self, host: &Host, token: &Token) -> Result<(), Failure>;

    /// Returns the token of a host.
    ///
    /// # Errors
    /// Also if there is a token that keybelt cannot use.
    fn token(&self, host: &Host) -> Result<Option<Token>, Failure> {
        match self.entries()?.into_iter().find(|(found, _)| found == host) {
            Some((_, None)) => Err(self.unusable(host)),
            found => Ok(found.and_then(|(_, token)| token)),
        }
    }

    /// Explains that there is a token of a host, but not one that keybelt could present.
    fn unusable(&self, host: &Host) -> Failure {
        let shown = environment::shorten_home(self.path());
        Failure::general(format!(
            "{shown} has a token for {host} that keybelt cannot use: it contains spaces or other invalid characters"
        ))
    }
}
