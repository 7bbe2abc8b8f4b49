//! `keybelt man`: manual pages, generated from the same text as `--help`.

use std::path::PathBuf;

use clap::{Args, Command};

use crate::failure::Failure;
use crate::terminal;

/// Options of `man`.
#[derive(Debug, Args)]
pub struct ManArgs {
    /// Write a page for every command into this directory, instead of printing keybelt(1)
    #[arg(value_name = "DIR")]
    pub directory: Option<PathBuf>,
}

/// Runs the command.
///
/// # Errors
/// A failure if a page cannot be made or written.
pub fn run(args: &ManArgs, command: Command) -> Result<(), Failure> {
    let Some(directory) = &args.directory else {
        terminal::result_raw(&page(command)?);
        return Ok(());
    };
    std::fs::create_dir_all(directory).map_err(|error| {
        Failure::failure(format!("cannot create {}", directory.display())).because(error)
    })?;
    let mut count = 0;
    for page_of in every_command(command) {
        let path = directory.join(format!("{}.1", page_of.get_name()));
        std::fs::write(&path, page(page_of)?).map_err(|error| {
            Failure::failure(format!("cannot write {}", path.display())).because(error)
        })?;
        count += 1;
    }
    terminal::say(&format!("Wrote {count} pages to {}", directory.display()));
    Ok(())
}

fn page(command: Command) -> Result<String, Failure> {
    let mut page = Vec::new();
    clap_mangen::Man::new(command)
        .render(&mut page)
        .map_err(|error| Failure::failure("cannot make the manual page").because(error))?;
    Ok(String::from_utf8_lossy(&page).into_owned())
}

/// Returns the command and all below it, named as their pages are: `keybelt-2fa-enable`.
fn every_command(mut command: Command) -> Vec<Command> {
    command.build();
    let mut commands = Vec::new();
    collect("", &command, &mut commands);
    commands
}

fn collect(parent: &str, command: &Command, into: &mut Vec<Command>) {
    if command.is_hide_set() || command.get_name() == "help" {
        return;
    }
    let name = match parent {
        "" => command.get_name().to_owned(),
        parent => format!("{parent}-{}", command.get_name()),
    };
    into.push(
        command
            .clone()
            .name(name.clone())
            .bin_name(name.replace('-', " ")),
    );
    for child in command.get_subcommands() {
        collect(&name, child, into);
    }
}
