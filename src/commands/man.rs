//! `keybelt man`: manual pages, generated from the same text as `--help`.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Command};

use crate::commands::global::GlobalArgs;
use crate::failure::Failure;
use crate::private_file;
use crate::terminal;

/// Options of `man`.
#[derive(Debug, Args)]
pub struct ManArgs {
    /// Write a page for every command into this directory, instead of printing keybelt(1)
    #[arg(value_name = "DIR")]
    pub directory: Option<PathBuf>,
}

/// Runs the command.
pub fn run(args: ManArgs, global: &GlobalArgs) -> Result<ExitCode, Failure> {
    let command = (global.command_line)();
    let Some(directory) = &args.directory else {
        terminal::result_raw(&page(without_help(command))?);
        return Ok(ExitCode::SUCCESS);
    };
    let mut count = 0;
    for page_of in every_command(command) {
        let name = format!("{}.1", page_of.get_name());
        private_file::write_page(directory, &name, &page(page_of)?).map_err(|error| {
            Failure::general(format!("cannot write {name} into {}", directory.display()))
                .because(error)
        })?;
        count += 1;
    }
    terminal::say(&format!("Wrote {count} pages to {}", directory.display()));
    Ok(ExitCode::SUCCESS)
}

fn page(command: Command) -> Result<String, Failure> {
    let mut page = Vec::new();
    clap_mangen::Man::new(command)
        // An empty date would vanish, and the rest of the title line move up.
        .date("\"\"")
        .manual("keybelt's manual")
        .source(concat!("keybelt ", env!("CARGO_PKG_VERSION")))
        .render(&mut page)
        .map_err(|error| Failure::general("cannot make the manual page").because(error))?;
    Ok(String::from_utf8_lossy(&page).into_owned())
}

/// Takes away the `help` commands: a manual page needs none, and none is written for them.
fn without_help(command: Command) -> Command {
    command.disable_help_subcommand(true).mut_subcommands(without_help)
}

/// Returns the command and all below it, named as their pages are: `keybelt-2fa-enable`.
fn every_command(command: Command) -> Vec<Command> {
    let mut command = without_help(command);
    command.build();
    let mut commands = Vec::new();
    collect("", "", &command, &mut commands);
    commands
}

fn collect(parent: &str, typed: &str, command: &Command, into: &mut Vec<Command>) {
    if command.is_hide_set() {
        return;
    }
    let own = command.get_name();
    let (name, typed) = match parent {
        "" => (own.to_owned(), own.to_owned()),
        parent => (format!("{parent}-{own}"), format!("{typed} {own}")),
    };
    into.push(command.clone().name(name.clone()).bin_name(typed.clone()));
    for child in command.get_subcommands() {
        collect(&name, &typed, child, into);
    }
}
