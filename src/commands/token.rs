//! `keybelt token`: the tokens of an account.

use std::process::ExitCode;

use clap::Subcommand;

use crate::commands::global::GlobalArgs;
use crate::failure::Failure;

mod create;
mod handover;
mod list;
mod print;
mod revoke;
mod rotate;
mod show;
mod whose;

pub use print::PrintArgs;

/// The token commands.
#[derive(Debug, Subcommand)]
pub enum TokenCommand {
    /// Print the token for a host
    ///
    /// For pipes and variables: TOKEN=$(keybelt token print). On a terminal, --reveal is required, since
    /// others may see the screen.
    Print(print::PrintArgs),
    /// List the account's tokens and mark the one in use, or list those of a team, organization or agent pool
    List(list::ListArgs),
    /// Create a token and print it once, or hand it to a file or a command
    Create(create::CreateArgs),
    /// Show a token's details
    Show(show::ShowArgs),
    /// Revoke tokens
    Revoke(revoke::RevokeArgs),
    /// Replace the stored token and revoke the old one, or any token where it is used
    Rotate(rotate::RotateArgs),
}

/// Runs the command.
pub fn run(command: TokenCommand, global: &GlobalArgs) -> Result<ExitCode, Failure> {
    match command {
        TokenCommand::Print(args) => print::run(args, global),
        TokenCommand::List(args) => list::run(args, global),
        TokenCommand::Create(args) => create::run(args, global),
        TokenCommand::Show(args) => show::run(args, global),
        TokenCommand::Revoke(args) => revoke::run(args, global),
        TokenCommand::Rotate(args) => rotate::run(args, global),
    }
}
