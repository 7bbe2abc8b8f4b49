//! keybelt: account security for Terraform Enterprise, HCP Terraform and Aptible, from the terminal.
//!
//! The modules stand on floors, and imports go down only (CONTRIBUTING.md, "Floors").
#![cfg_attr(
    not(all(feature = "sandbox", feature = "keyring")),
    allow(dead_code, reason = "what only a part that is left out uses is seen in the whole build")
)]

mod account;
mod callback;
pub mod cli;
mod clock_skew;
mod commands;
mod doctor;
mod environment;
mod failure;
mod host;
mod http;
mod lifetime;
mod membership;
mod memory_guard;
mod operation;
mod organization;
mod organization_token;
mod other_tools;
#[doc(hidden)]
pub mod parsers;
mod private_file;
mod process;
mod provider;
mod provider_name;
mod redaction;
mod report;
#[cfg(feature = "sandbox")]
mod running_sandbox;
mod session;
mod setting;
mod signal;
mod site_user;
mod ssh_key;
mod store;
mod terminal;
mod terraform_variable;
mod text;
mod token;
mod token_file;
mod token_limit;
mod two_factor;
#[cfg(windows)]
mod windows;

/// What the tests of the documents compare them with. No interface: it changes with any version.
#[doc(hidden)]
pub mod documented {
    pub use crate::environment::documented as variables;
    pub use crate::failure::{Kind, Signal};
    pub use crate::host::Host;
    pub use crate::http::Http;
    pub use crate::provider::{Capability, Offer, account_server};
    pub use crate::provider_name::ProviderName;
}
