//! Where tokens are kept: keybelt's own file, the system's keyring, or a docker credentials helper.
//!
//! `tokens.json` lists every entry, whichever store keeps its secret, so that expiry is known without
//! unlocking anything. A store that is absent, locked or slow is an error with the one command that
//! changes it: nothing here ever falls back to another store, deletes a token because of an error, or
//! talks to a server.

pub mod completion_list;
pub mod config;
mod directory;
mod docker;
mod document;
mod entry;
mod keepers;
#[cfg(feature = "keyring")]
mod keyring;
#[cfg(not(feature = "keyring"))]
#[path = "store/no_keyring.rs"]
mod keyring;
mod locked_file;
mod migration;
pub(crate) mod parsers;
mod quick_read;
mod rescue;
mod secret;
mod stored;
mod token_store;
mod tokens;
mod tokens_file;

use std::fmt;

pub use entry::Entry;
pub use quick_read::QuickRead;
pub use rescue::{Kept, Rescue};
pub use secret::{ExternalStore, StoreOptions};
pub use stored::Stored;
pub use token_store::{Change, Choice, Forgotten, TokenStore};
pub use tokens::Tokens;
pub use tokens_file::TokensFile;

use crate::failure::Failure;
use docker::Docker;
use keyring::Keyring;

/// Which store keeps an entry's secret: chosen once, when the entry is made.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum StoreName {
    /// `tokens.json` itself.
    #[default]
    File,
    /// The system's keyring.
    Keyring,
    /// The program `docker-credential-NAME`.
    Docker(String),
}

impl StoreName {
    /// Reads the word in `tokens.json`; `None` if no store is called so.
    pub fn new(word: &str) -> Option<Self> {
        match word {
            "file" => Some(Self::File),
            "keyring" => Some(Self::Keyring),
            _ => {
                let name = word.strip_prefix("docker:")?;
                is_helper_name(name).then(|| Self::Docker(name.to_owned()))
            }
        }
    }

    /// Parses what a person gave.
    pub fn parse(text: &str) -> Result<Self, Failure> {
        Self::new(text.trim()).ok_or_else(|| {
            Failure::usage("invalid store").hint(
                "use file, keyring or docker:NAME, where NAME is lower-case letters, digits and dashes",
            )
        })
    }
}

impl StoreName {
    /// Opens the store that keeps the tokens; `None` for the file, which keeps them in its entries.
    pub fn open(&self, options: StoreOptions) -> Option<Box<dyn ExternalStore>> {
        match self {
            Self::File => None,
            Self::Keyring => Some(Box::new(Keyring::new(options))),
            Self::Docker(name) => Some(Box::new(Docker::new(name, options))),
        }
    }
}

impl fmt::Display for StoreName {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File => out.write_str("file"),
            Self::Keyring => out.write_str("keyring"),
            Self::Docker(name) => write!(out, "docker:{name}"),
        }
    }
}

/// `[a-z0-9][a-z0-9-]*`: it becomes part of a program's name, so it must not be able to leave it.
fn is_helper_name(name: &str) -> bool {
    let allowed = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
    (1..=64).contains(&name.len()) && !name.starts_with('-') && name.bytes().all(allowed)
}

#[cfg(test)]
mod tests {
    use super::StoreName;

    #[test]
    fn stores_are_named_as_people_write_them() {
        for word in ["file", "keyring", "docker:pass", "docker:ecr-login", "docker:1"] {
            let store = StoreName::parse(word).expect("a store");
            assert_eq!(store.to_string(), word);
        }
        for bad in [
            "",
            "File",
            "docker",
            "docker:",
            "docker:-x",
            "docker:../x",
            "docker:a/b",
            "docker:Pass",
            "docker:a b",
        ] {
            assert!(StoreName::parse(bad).is_err(), "{bad}");
        }
    }
}
