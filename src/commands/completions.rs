//! `keybelt completions`: completion scripts for shells.

use std::io;
use std::process::ExitCode;

use clap::{Args, Command, ValueEnum};
use clap_complete::{Generator, Shell as Classic};
use clap_complete_nushell::Nushell;

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

/// Print a completion script
#[derive(Debug, Args)]
pub struct CompletionsArgs {
    /// The shell
    pub shell: Shell,
}

/// Runs the command: prints the script for one shell.
pub fn run(args: CompletionsArgs, global: &GlobalArgs) -> Result<ExitCode, Failure> {
    terminal::result_raw(&script(args.shell, &mut (global.command_line)()));
    Ok(ExitCode::SUCCESS)
}

/// Returns the completion script of a command line.
fn script(shell: Shell, command: &mut Command) -> String {
    match shell {
        Shell::Bash => generated(Classic::Bash, command),
        Shell::Elvish => generated(Classic::Elvish, command),
        Shell::Fish => generated(Classic::Fish, command),
        Shell::Nushell => generated(Nushell, command),
        Shell::Powershell => generated(Classic::PowerShell, command),
        Shell::Zsh => generated(Classic::Zsh, command),
    }
}

fn generated(generator: impl Generator, command: &mut Command) -> String {
    let mut script = Vec::new();
    clap_complete::generate(generator, command, "keybelt", &mut script as &mut dyn io::Write);
    String::from_utf8_lossy(&script).into_owned()
}
