//! Which dialect an account server speaks, as `--provider`, `config.toml` and `tokens.json` name it.
//!
//! Only the name: what a provider does is the business of the floor above.

use std::fmt;

use crate::failure::Failure;
use crate::host::{self, Host};

/// A provider's name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ProviderName {
    /// Terraform Enterprise and HCP Terraform.
    Atlas,
    /// Aptible's authentication server.
    Aptible,
}

impl ProviderName {
    /// Every provider, in the order in which help lists them.
    pub const ALL: [Self; 2] = [Self::Atlas, Self::Aptible];

    /// Returns the word.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Atlas => "atlas",
            Self::Aptible => "aptible",
        }
    }

    /// Reads the word; `None` if no provider is called so.
    pub fn new(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|name| name.as_str() == word)
    }

    /// Returns the dialect of a host that everybody knows.
    pub fn of_known_host(host: &Host) -> Option<Self> {
        if host.is_known_modern() {
            return Some(Self::Atlas);
        }
        Host::parse(host::APTIBLE).is_ok_and(|aptible| aptible == *host).then_some(Self::Aptible)
    }

    /// Parses what a person gave.
    pub fn parse(text: &str) -> Result<Self, Failure> {
        Self::new(text.trim())
            .ok_or_else(|| Failure::usage("this is not a provider").hint("use atlas or aptible"))
    }
}

impl fmt::Display for ProviderName {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.as_str())
    }
}
