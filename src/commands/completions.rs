//! `keybelt completions`: completion scripts for shells.
//!
//! The scripts know nothing of the command line: they ask the hidden `keybelt complete`, which answers for the
//! keybelt that is installed, with hosts, accounts and other values of this machine.

use std::process::ExitCode;

use clap::{Args, ValueEnum};

use crate::commands::global::GlobalArgs;
use crate::failure::Failure;
use crate::terminal;

/// A shell that completions are made for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Shell {
    /// Bash
    Bash,
    /// Elvish
    Elvish,
    /// fish
    Fish,
    /// Nushell
    Nushell,
    /// PowerShell
    Powershell,
    /// Zsh
    Zsh,
}

/// Print a shell completion script
#[derive(Debug, Args)]
pub struct CompletionsArgs {
    /// Shell
    pub shell: Shell,
}

/// Runs the command: prints the script for one shell.
pub fn run(args: CompletionsArgs, _: &GlobalArgs) -> Result<ExitCode, Failure> {
    terminal::result_raw(match args.shell {
        Shell::Bash => include_str!("../../completions/keybelt.bash"),
        Shell::Elvish => include_str!("../../completions/keybelt.elv"),
        Shell::Fish => include_str!("../../completions/keybelt.fish"),
        Shell::Nushell => include_str!("../../completions/keybelt.nu"),
        Shell::Powershell => include_str!("../../completions/_keybelt.ps1"),
        Shell::Zsh => include_str!("../../completions/_keybelt"),
    });
    Ok(ExitCode::SUCCESS)
}
