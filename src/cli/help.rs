//! Help pages: grouped commands, a command's own options, examples, and where the rest is explained.
//!
//! Laid out only when help is asked for, since describing more of the command line costs every command time.

use std::ffi::OsString;
use std::fmt::Write as _;

use clap::Command;
use clap::builder::StyledStr;

use crate::commands::examples::{self, EXIT_CODES};
use crate::environment;

/// The commands of the first page, by what they are for.
const GROUPS: [(&str, &[&str]); 5] = [
    ("Sign in", &["login", "logout", "status", "whoami", "switch"]),
    (
        "Account security",
        &["lockdown", "2fa", "password", "sudo", "token", "session", "ssh-key", "org", "admin"],
    ),
    ("Use tokens", &["exec", "helper", "import"]),
    ("This installation", &["config", "store", "doctor", "completions", "man"]),
    ("Try it", &["sandbox"]),
];

/// Options that only scripts need, one line on each page that has them.
const FOR_SCRIPTS: [&str; 5] =
    ["password_stdin", "password_command", "code", "code_stdin", "code_command"];

/// Returns the page that a command line with `--help`, `help` or nothing asks for.
pub fn page(whole: Command, arguments: &[OsString], width: usize) -> StyledStr {
    let mut whole = whole.term_width(width);
    whole.build();
    let words = arguments.iter().skip(1).filter_map(|word| word.to_str());
    let words: Vec<&str> = words.filter(|word| !word.starts_with('-')).collect();
    match words.as_slice() {
        ["help", "options", ..] => return options(&whole).term_width(width).render_help(),
        ["help", "environment", ..] => return environment_page().into(),
        _ => {}
    }
    let (command, path) = named(&whole, &words);
    match path.is_empty() {
        true => first_page(&whole).into(),
        false => command_page(command.clone(), &path.join(" ")),
    }
}

/// Returns the command that the words of a command line name, and its names below the program's.
pub fn named<'a>(whole: &'a Command, words: &[&str]) -> (&'a Command, Vec<&'a str>) {
    let mut command = whole;
    let mut path = Vec::new();
    for word in words {
        let found = command.find_subcommand(word).filter(|found| found.get_name() != "help");
        if let Some(found) = found {
            path.push(found.get_name());
            command = found;
        }
    }
    (command, path)
}

fn first_page(whole: &Command) -> String {
    let about = whole.get_about().map(ToString::to_string).unwrap_or_default();
    let mut page = format!("{about}\n\nUsage: keybelt [OPTIONS] <COMMAND>\n");
    for (title, names) in GROUPS {
        let commands: Vec<&Command> =
            names.iter().filter_map(|name| whole.find_subcommand(name)).collect();
        if commands.is_empty() {
            continue;
        }
        let _ = writeln!(page, "\n{title}:");
        for command in commands {
            let about = command.get_about().map(ToString::to_string).unwrap_or_default();
            let _ = writeln!(page, "  {:11}  {about}", command.get_name());
        }
    }
    page.push_str("\nHelp for a command: keybelt <COMMAND> --help\n");
    page.push_str("Global options: keybelt help options\n");
    page.push_str("Variables and exit codes: keybelt help environment\n");
    page
}

fn command_page(command: Command, path: &str) -> StyledStr {
    let for_scripts = command.get_arguments().any(|it| FOR_SCRIPTS.contains(&it.get_id().as_str()));
    let command = command.disable_help_subcommand(true).mut_args(|argument| {
        let is_elsewhere = argument.is_global_set()
            || FOR_SCRIPTS.contains(&argument.get_id().as_str())
            || argument.get_id() == "help";
        if is_elsewhere {
            argument.hide(true).hide_long_help(true).hide_short_help(true)
        } else {
            argument
        }
    });
    let mut after = String::new();
    if for_scripts {
        after.push_str(
            "Passwords and codes in scripts: --password-stdin, --password-command, --code,\n\
             --code-stdin, --code-command; see keybelt help options\n\n",
        );
    }
    let examples = examples::of(path);
    if !examples.is_empty() {
        let lines = examples.iter().map(|line| format!("  {line}\n"));
        let _ = writeln!(after, "Examples:\n{}", lines.collect::<String>());
    }
    after.push_str("Global options: keybelt help options");
    // Options one a line, as in `-h`, below the whole description; their details are in the manual.
    let about = command.get_long_about().or(command.get_about()).cloned().unwrap_or_default();
    command.about(about).after_help(after).render_help()
}

/// Returns the page of the options that every command, or every command that may sign in, has.
fn options(whole: &Command) -> Command {
    let global = whole.get_arguments().filter(|argument| argument.is_global_set());
    let login = whole.find_subcommand("login");
    let secrets = login.into_iter().flat_map(Command::get_arguments);
    let secrets = secrets.filter(|it| FOR_SCRIPTS.contains(&it.get_id().as_str()));
    Command::default()
        .name("keybelt")
        .disable_help_flag(true)
        .args(global.chain(secrets).cloned())
        .help_template("{all-args}\n\nVariables and exit codes: keybelt help environment\n")
}

fn environment_page() -> String {
    let mut page = "Variables:\n".to_owned();
    for (name, meaning) in environment::documented() {
        let _ = writeln!(page, "  {name:33}  {meaning}");
    }
    page.push_str("\nExit codes:\n");
    for (code, meaning) in EXIT_CODES {
        let _ = writeln!(page, "  {code:13}  {meaning}");
    }
    page
}

#[cfg(test)]
mod tests {
    use super::GROUPS;
    use crate::cli::command_line;
    use crate::commands::examples::EXAMPLES;

    #[test]
    fn every_example_is_accepted() {
        for (path, lines) in EXAMPLES {
            for line in *lines {
                let command = line.split(" #").next().expect("a line");
                let command = command.trim_start_matches("TOKEN=$(").trim_end_matches(')');
                let end = command.find(" > ").or(command.find(" < ")).or(command.find(" | "));
                let end = end.or(command.find(" && ")).unwrap_or(command.len());
                let words = shell_words::split(&command[..end]).expect("words");
                let parsed = command_line().try_get_matches_from(words);
                assert!(parsed.is_ok(), "{line}: {:?}", parsed.err().map(|it| it.to_string()));
                assert!(command.contains(path), "{line} is no example of {path}");
            }
        }
    }

    #[test]
    fn every_command_is_in_a_group() {
        let listed: Vec<&str> =
            GROUPS.iter().flat_map(|(_, names)| names.iter().copied()).collect();
        for command in command_line().get_subcommands().filter(|command| !command.is_hide_set()) {
            assert!(listed.contains(&command.get_name()), "{}", command.get_name());
        }
    }

    fn pages(command: &clap::Command, path: &str, into: &mut Vec<String>) {
        into.push(path.to_owned());
        for child in command.get_subcommands().filter(|child| !child.is_hide_set()) {
            pages(child, &format!("{path} {}", child.get_name()), into);
        }
    }

    #[test]
    fn every_page_fits_on_a_screen_and_shows_an_example_where_there_are_arguments() {
        let mut all = Vec::new();
        let mut problems = Vec::new();
        pages(&command_line(), "keybelt", &mut all);
        for path in all {
            let words: Vec<_> = path.split(' ').chain(["--help"]).map(Into::into).collect();
            let page = super::page(command_line(), &words, 80).to_string();
            if page.lines().count() > 40 {
                problems.push(format!("{path}: {} lines", page.lines().count()));
            }
            let wide = page.lines().filter(|line| line.chars().count() > 80);
            let wide = wide.filter(|line| !line.starts_with("  keybelt "));
            problems.extend(wide.map(|line| format!("{path}: wide: {line}")));
            let has_arguments = page.contains("\nArguments:") || page.contains("\nOptions:");
            if has_arguments && !page.contains("\nCommands:") && !page.contains("Examples:") {
                problems.push(format!("{path} has arguments and no example"));
            }
        }
        assert!(problems.is_empty(), "{}", problems.join("\n"));
    }
}
