//! `keybelt token`: the tokens of an account.

use std::process::ExitCode;

use clap::Subcommand;

use crate::commands::global::GlobalArgs;
use crate::failure::Failure;

mod create;
mod list;
mod print;
mod revoke;
mod rotate;
mod show;

/// The token commands.
#[derive(Debug, Subcommand)]
pub enum TokenCommand {
    /// Print the token that is used for a host
    ///
    /// Meant for a pipe or a variable: TOKEN=$(keybelt token print). On a terminal it wants --reveal,
    /// because a token on a screen is a token that others can read.
    Print(print::PrintArgs),
    /// List the account's tokens, this one marked
    List(list::ListArgs),
    /// Create a token and print it, once
    Create(create::CreateArgs),
    /// Show what the server knows of a token
    Show(show::ShowArgs),
    /// End tokens on the server
    Revoke(revoke::RevokeArgs),
    /// Replace the stored token by a new one, and end the old one
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
