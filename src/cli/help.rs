//! Help pages: grouped commands, a command's own options, examples, and where the rest is explained.
//!
//! Laid out only when help is asked for, since describing more of the command line costs every command time.

use std::ffi::OsString;
use std::fmt::Write as _;

use clap::Command;
use clap::builder::StyledStr;

use crate::environment;

/// The commands of the first page, by what they are for.
const GROUPS: [(&str, &[&str]); 5] = [
    ("Sign in", &["login", "logout", "status", "whoami", "switch"]),
    (
        "Account security",
        &["lockdown", "2fa", "password", "sudo", "token", "session", "ssh-key", "org"],
    ),
    ("Use tokens", &["exec", "helper", "import"]),
    ("This installation", &["config", "store", "doctor", "completions", "man"]),
    ("Try it", &["sandbox"]),
];

/// Command lines to learn from, by command; each is parsed by a test.
pub const EXAMPLES: &[(&str, &[&str])] = &[
    (
        "login",
        &[
            "keybelt login hcp                                 # in a browser",
            "keybelt login tfe.example.com --username alice    # classic server: password",
            "keybelt login aptible --username you@example.com",
            "keybelt login hcp --token-stdin < token.txt       # store an existing token",
        ],
    ),
    ("logout", &["keybelt logout                # the current host", "keybelt logout --all"]),
    (
        "status",
        &[
            "keybelt status",
            "keybelt status --all",
            "keybelt status --min-remaining 1d && terraform apply",
        ],
    ),
    ("switch", &["keybelt switch alice@tfe.example.com", "keybelt switch hcp"]),
    (
        "token print",
        &["TOKEN=$(keybelt token print)", "keybelt token print --min-remaining 30m | tool"],
    ),
    ("token list", &["keybelt token list", "keybelt token list --stale 90d -o csv > tokens.csv"]),
    ("token show", &["keybelt token show at-abc123def456"]),
    ("token create", &["keybelt token create --description ci --expires-in 30d > token.txt"]),
    ("token revoke", &["keybelt token revoke at-abc123def456", "keybelt token revoke --others"]),
    ("token rotate", &["keybelt token rotate", "keybelt token rotate --expires-in 7d"]),
    ("session revoke", &["keybelt session revoke --others"]),
    (
        "2fa enable",
        &[
            "keybelt 2fa enable --app",
            "keybelt 2fa enable --sms +15555555555",
            "keybelt 2fa enable --app --recovery-codes-file codes.txt",
        ],
    ),
    (
        "2fa verify",
        &["keybelt 2fa verify", "keybelt 2fa verify 123456 --recovery-codes-file codes.txt"],
    ),
    ("2fa recovery-codes save", &["keybelt 2fa recovery-codes save codes.txt"]),
    ("password change", &["keybelt password change", "keybelt password change --revoke-others"]),
    (
        "lockdown",
        &[
            "keybelt lockdown --dry-run",
            "keybelt lockdown",
            "keybelt lockdown tfe.example.com aptible    # from a new machine",
            "keybelt lockdown --yes -o json > report.json",
        ],
    ),
    (
        "ssh-key add",
        &["keybelt ssh-key add ~/.ssh/id_ed25519.pub", "keybelt ssh-key add key.pub --name laptop"],
    ),
    ("ssh-key remove", &["keybelt ssh-key remove 4f2c91d0-0000-4000-8000-000000000000"]),
    ("org show", &["keybelt org show acme"]),
    (
        "org audit",
        &[
            "keybelt org audit acme",
            "keybelt org audit acme --state off,started",
            "keybelt org audit --all -o csv > members.csv",
        ],
    ),
    (
        "org require-2fa",
        &["keybelt org require-2fa acme --dry-run", "keybelt org require-2fa acme"],
    ),
    (
        "org token-lifetime",
        &[
            "keybelt org token-lifetime acme",
            "keybelt org token-lifetime acme user=90d team=30d --dry-run",
            "keybelt org token-lifetime acme --off",
        ],
    ),
    (
        "exec",
        &[
            "keybelt exec -- terraform plan",
            "keybelt exec -H tfe.example.com --min-remaining 30m -- terraform apply",
            "keybelt exec --env TFE_TOKEN -- ./script",
        ],
    ),
    ("import", &["keybelt import", "keybelt import --from aptible --move"]),
    ("store migrate", &["keybelt store migrate keyring"]),
    ("config get", &["keybelt config get timeout"]),
    (
        "config set",
        &[
            "keybelt config set store keyring",
            "keybelt config set hosts.tfe.example.com.username alice",
        ],
    ),
    ("config unset", &["keybelt config unset store"]),
    (
        "completions",
        &["keybelt completions bash > ~/.local/share/bash-completion/completions/keybelt"],
    ),
    ("man", &["keybelt man | man -l -", "keybelt man ~/.local/share/man/man1"]),
    (
        "sandbox start",
        &["keybelt sandbox start", "keybelt sandbox start --tls --members 1000 -o json"],
    ),
    (
        "sandbox tour",
        &[
            "keybelt sandbox tour",
            "keybelt sandbox tour laptop-gone",
            "keybelt sandbox tour --no-pause",
        ],
    ),
    ("sandbox code", &["keybelt sandbox code bob"]),
];

/// The exit codes, for the page of variables and the manual.
pub const EXIT_CODES: [(&str, &str); 8] = [
    ("0", "done"),
    ("1", "general failure: a file, the system or an internal error"),
    ("2", "wrong usage, or an argument or a confirmation is missing"),
    ("3", "not signed in, or a password or code is required but cannot be prompted for"),
    ("4", "refused: wrong password or code, forbidden, not offered by this server"),
    ("5", "unavailable: unreachable, timed out, too many requests, an invalid response"),
    ("6", "a finding of org audit, require-2fa --dry-run, status --min-remaining, doctor"),
    ("129, 130, 143", "ended by a signal"),
];

/// Options that only scripts need, one line on each page that has them.
const FOR_SCRIPTS: [&str; 5] =
    ["password_stdin", "password_command", "code", "code_stdin", "code_command"];

/// Returns the examples of a command, named without the program.
pub fn examples(path: &str) -> &'static [&'static str] {
    EXAMPLES.iter().find(|(name, _)| *name == path).map(|(_, lines)| *lines).unwrap_or_default()
}

/// Returns the page that a command line with `--help`, `help` or nothing asks for.
pub fn page(whole: Command, arguments: &[OsString]) -> StyledStr {
    let mut whole = whole;
    whole.build();
    let words = arguments.iter().skip(1).filter_map(|word| word.to_str());
    let words: Vec<&str> = words.filter(|word| !word.starts_with('-')).collect();
    match words.as_slice() {
        ["help", "options", ..] => return options(&whole),
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
    let examples = examples(path);
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
fn options(whole: &Command) -> StyledStr {
    let global = whole.get_arguments().filter(|argument| argument.is_global_set());
    let login = whole.find_subcommand("login");
    let secrets = login.into_iter().flat_map(Command::get_arguments);
    let secrets = secrets.filter(|it| FOR_SCRIPTS.contains(&it.get_id().as_str()));
    Command::default()
        .name("keybelt")
        .disable_help_flag(true)
        .args(global.chain(secrets).cloned())
        .help_template("{all-args}\n\nVariables and exit codes: keybelt help environment\n")
        .render_help()
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
    use super::{EXAMPLES, GROUPS};
    use crate::cli::command_line;

    #[test]
    fn every_example_is_accepted() {
        for (path, lines) in EXAMPLES {
            for line in *lines {
                let command = line.split(" #").next().expect("a line");
                let command = command.trim_start_matches("TOKEN=$(").trim_end_matches(')');
                let end = command.find(" > ").or(command.find(" < ")).or(command.find(" | "));
                let end = end.or(command.find(" && ")).unwrap_or(command.len());
                let words = command[..end].split_whitespace();
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
            let page = super::page(command_line().term_width(80), &words).to_string();
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
