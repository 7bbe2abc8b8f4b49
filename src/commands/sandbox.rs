//! `keybelt sandbox`.
use crate::commands::global::GlobalArgs;
use crate::failure::Failure;
use clap::Subcommand;
use std::process::ExitCode;
/// The sandbox commands.
#[derive(Debug, Subcommand)]
pub enum SandboxCommand {
    /// Start
    Start,
}
/// Runs the command.
pub fn run(_command: SandboxCommand, _global: &GlobalArgs) -> Result<ExitCode, Failure> {
    Ok(ExitCode::SUCCESS)
}
