//! keybelt: account security for Terraform Enterprise, HCP Terraform and Aptible, from the terminal.
//!
//! The modules stand on floors, and imports go down only (CONTRIBUTING.md, "Floors").

pub mod account;
pub mod callback;
pub mod cli;
pub(crate) mod clock_skew;
pub mod commands;
pub mod doctor;
pub mod environment;
pub mod failure;
pub mod host;
pub mod http;
pub mod lifetime;
pub(crate) mod operation;
pub mod organization;
pub mod other_tools;
pub mod private_file;
pub mod process;
pub mod provider;
pub mod provider_name;
pub mod redaction;
pub mod report;
#[cfg(feature = "sandbox")]
pub(crate) mod running_sandbox;
pub mod session;
pub mod signal;
pub mod store;
pub mod terminal;
pub mod terraform_variable;
pub mod text;
pub mod token;
pub mod two_factor;
