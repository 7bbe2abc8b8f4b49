//! keybelt: account security for Terraform Enterprise, HCP Terraform and Aptible, from the terminal.
//!
//! The modules stand on floors, and imports go down only (CONTRIBUTING.md, "Floors").

pub mod account;
pub mod environment;
pub mod failure;
pub mod host;
pub mod lifetime;
pub mod provider_name;
pub mod store;
pub mod token;
pub mod two_factor;
