//! `keybelt man`: manual pages, generated from the same text as `--help`.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Arg, Args, Command};

use crate::commands::examples::{self, EXIT_CODES};
use crate::commands::global::GlobalArgs;
use crate::environment;
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
    let mut pages = every_command((global.command_line)());
    let Some(directory) = &args.directory else {
        if terminal::stdout_is_terminal() {
            return Err(Failure::usage("the manual page is for man, not for a terminal")
                .hint("run `keybelt man | man -l -`"));
        }
        terminal::result_raw(&page(pages.remove(0))?);
        return Ok(ExitCode::SUCCESS);
    };
    refuse_command(directory, &pages)?;
    let count = pages.len();
    for page_of in pages {
        let name = format!("{}.1", page_of.get_name());
        private_file::write_page(directory, &name, &page(page_of)?).map_err(|error| {
            Failure::general(format!("cannot write {name} into {}", directory.display()))
                .because(error)
        })?;
    }
    terminal::say(&format!("Wrote {count} pages to {}", directory.display()));
    Ok(ExitCode::SUCCESS)
}

/// Refuses to fill a new directory that is called as a command: who types that wants its page.
fn refuse_command(directory: &Path, pages: &[Command]) -> Result<(), Failure> {
    let name = directory.to_string_lossy();
    // `man man` is how the pages of a project come to lie in its own `man`.
    let is_command =
        name != "man" && pages.iter().any(|page| page.get_name() == format!("keybelt-{name}"));
    if !is_command || directory.is_dir() {
        return Ok(());
    }
    Err(Failure::usage(format!("`{name}` is a command, not a directory")).hint(format!(
        "run `keybelt help {name}`; for a directory of that name: `keybelt man ./{name}`"
    )))
}

/// Global options, files, variables and exit codes are on the first page; the others lead there.
fn page(command: Command) -> Result<String, Failure> {
    let typed = command.get_bin_name().unwrap_or_default().to_owned();
    let path = typed.strip_prefix("keybelt").unwrap_or_default().trim_start().to_owned();
    let command = if path.is_empty() { command } else { command.mut_args(without_global) };
    let usage = command.clone().render_usage().to_string();
    let mut page = Vec::new();
    clap_mangen::Man::new(command)
        // An empty date would vanish, and the rest of the title line move up.
        .date("\"\"")
        .manual("keybelt's manual")
        .source(concat!("keybelt ", env!("CARGO_PKG_VERSION")))
        .render(&mut page)
        .map_err(|error| Failure::general("cannot make the manual page").because(error))?;
    let page = with_usage(&String::from_utf8_lossy(&page), &usage);
    // The version is in the title, and what follows stands behind the options.
    let (page, _) = page.split_once(".SH VERSION\n").unwrap_or((&page, ""));
    Ok(format!("{page}{}", appendix(&path)))
}

fn without_global(argument: Arg) -> Arg {
    let is_hidden = argument.is_global_set() || argument.get_id() == "help";
    if is_hidden { argument.hide(true) } else { argument }
}

/// Puts the usage of the help page in the synopsis, which would name every option and no value.
fn with_usage(page: &str, usage: &str) -> String {
    let usage = roff(usage.trim_start_matches("Usage: "));
    match (page.find(".SH SYNOPSIS\n"), page.find(".SH DESCRIPTION\n")) {
        (Some(from), Some(to)) => {
            format!("{}.SH SYNOPSIS\n{usage}\n{}", &page[..from], &page[to..])
        }
        _ => page.to_owned(),
    }
}

/// What keybelt keeps and reads, for the manual.
const FILES: [(&str, &str); 4] = [
    ("~/.config/keybelt/tokens.json", "tokens, accounts and hosts, readable only by you"),
    ("~/.config/keybelt/config.toml", "settings; see keybelt config list"),
    ("~/.terraform.d/credentials.tfrc.json", "Terraform's tokens, read only"),
    (
        "~/.aptible/tokens.json",
        "Aptible's tokens, read only unless aptible.write_tokens_json is set",
    ),
];

fn appendix(path: &str) -> String {
    let mut text = String::new();
    if !path.is_empty() {
        text.push_str(
            ".SH \"GLOBAL OPTIONS\"\nSee keybelt(1), also for files, variables and exit codes.\n",
        );
    }
    let examples = examples::of(path);
    if !examples.is_empty() {
        let lines = examples.iter().map(|line| format!("{}\n", roff(line)));
        text.push_str(&format!(".SH EXAMPLES\n.nf\n{}.fi\n", lines.collect::<String>()));
    }
    if !path.is_empty() {
        return text;
    }
    let owned = |rows: &[(&str, &str)]| -> Vec<(String, String)> {
        rows.iter().map(|(name, meaning)| ((*name).to_owned(), (*meaning).to_owned())).collect()
    };
    for (title, rows) in [
        ("FILES", owned(&FILES)),
        ("ENVIRONMENT", environment::documented().collect()),
        ("EXIT STATUS", owned(&EXIT_CODES)),
    ] {
        text.push_str(&format!(".SH \"{title}\"\n"));
        for (name, meaning) in rows {
            text.push_str(&format!(".TP\n\\fB{}\\fR\n{}\n", roff(&name), roff(&meaning)));
        }
    }
    text
}

/// Writes a line so that nothing in it is taken for a command of the manual's language.
fn roff(line: &str) -> String {
    let text = line.replace('\\', "\\e").replace('-', "\\-");
    if text.starts_with(['.', '\'']) { format!("\\&{text}") } else { text }
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
