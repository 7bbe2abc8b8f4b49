//! `keybelt admin`: what the administrators of a Terraform Enterprise installation do.

use std::process::ExitCode;

use clap::Subcommand;

use crate::commands::global::GlobalArgs;
use crate::failure::Failure;

mod user;

/// The commands of site administrators.
#[derive(Debug, Subcommand)]
pub enum AdminCommand {
    /// List users, reset their two-factor authentication, suspend and unsuspend them
    #[command(subcommand)]
    User(user::UserCommand),
}

/// Runs the command.
pub fn run(command: AdminCommand, global: &GlobalArgs) -> Result<ExitCode, Failure> {
    match command {
        AdminCommand::User(command) => user::run(command, global),
    }
}
