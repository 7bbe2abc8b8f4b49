//! Wrong usage, in words. Nothing that was typed is quoted unless it can only be an option's name.

use std::ffi::OsString;
use std::process::ExitCode;

use clap::error::{ContextKind, ContextValue, ErrorKind};

use super::help;
use crate::environment;
use crate::failure::Failure;
use crate::terminal;

/// Reports wrong usage in the format that was asked for, even if the rest was not understood.
pub(super) fn report_usage_error(arguments: &[OsString], failure: Failure) -> ExitCode {
    let wants_json =
        |pair: &[OsString]| (pair[0] == "-o" || pair[0] == "--output") && pair[1] == "json";
    let json = arguments.windows(2).any(wants_json)
        || arguments.iter().any(|argument| argument == "--output=json" || argument == "-ojson")
        || environment::text("KEYBELT_OUTPUT")
            .is_ok_and(|format| format.as_deref() == Some("json"));
    let colors = |words: &[OsString]| match words {
        [name, value] if name == "--color" => value.to_str().map(str::to_owned),
        [_, word] => word.to_str().and_then(|it| it.strip_prefix("--color=")).map(str::to_owned),
        _ => None,
    };
    let color = match arguments.windows(2).find_map(colors).as_deref() {
        Some("always") => terminal::ColorChoice::Always,
        Some("never") => terminal::ColorChoice::Never,
        _ => terminal::ColorChoice::Auto,
    };
    terminal::start(terminal::Settings { json, color, ..terminal::Settings::default() });
    terminal::run(|| Err(failure))
}

/// What people type for commands that have another name here.
const SYNONYMS: [(&str, &str); 24] = [
    ("signin", "login"),
    ("sign-in", "login"),
    ("auth", "login"),
    ("signout", "logout"),
    ("sign-out", "logout"),
    ("2FA", "2fa"),
    ("mfa", "2fa"),
    ("otp", "2fa"),
    ("tfa", "2fa"),
    ("ls", "list"),
    ("list", "token list"),
    ("add", "create"),
    ("new", "create"),
    ("delete", "revoke"),
    ("remove", "revoke"),
    ("rm", "revoke"),
    ("setup", "enable"),
    ("on", "enable"),
    ("off", "disable"),
    ("members", "org audit"),
    ("version", "--version"),
    ("ls", "token list"),
    ("run", "start"),
    ("serve", "start"),
];

/// Says what is wrong with the arguments. A bare argument is never quoted: it may be a password.
pub(super) fn usage_failure(error: &clap::Error, arguments: &[OsString]) -> Failure {
    let whole = super::command_line();
    let words: Vec<&str> = arguments.iter().skip(1).filter_map(|word| word.to_str()).collect();
    // What stands behind a word that is no command belongs to it.
    let unknown = context(error, ContextKind::InvalidSubcommand);
    let end = words.iter().position(|word| Some(*word) == unknown.as_deref());
    let (command, path) = help::named(&whole, &words[..end.unwrap_or(words.len())]);
    let typed = ["keybelt"].into_iter().chain(path).collect::<Vec<_>>().join(" ");
    match error.kind() {
        ErrorKind::InvalidSubcommand => return unknown_command(error, command, &typed),
        ErrorKind::UnknownArgument => return unknown_argument(error, &whole, command, &typed),
        _ => {}
    }
    let argument = context(error, ContextKind::InvalidArg);
    let named = argument.as_deref().and_then(option_name);
    let named = named.map_or("an argument".to_owned(), |name| format!("`{name}`"));
    let failure = match error.kind() {
        ErrorKind::MissingSubcommand => Failure::usage("a command is required"),
        ErrorKind::MissingRequiredArgument => {
            let failure = Failure::usage(required(error));
            match choices(error, command) {
                Some(values) => return failure.hint(format!("use one of: {values}")),
                None => failure,
            }
        }
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            let failure = Failure::usage(invalid_value(error, &named));
            let values = context(error, ContextKind::ValidValue);
            match values.filter(|values| !values.is_empty()) {
                Some(values) => return failure.hint(format!("use one of: {values}")),
                None => match example(command, argument.as_deref()) {
                    Some(example) => {
                        return failure.hint(format!("use {example}; see `{typed} --help`"));
                    }
                    None => failure,
                },
            }
        }
        ErrorKind::ArgumentConflict => Failure::usage(conflict(error, &named)),
        ErrorKind::TooManyValues | ErrorKind::TooFewValues | ErrorKind::WrongNumberOfValues => {
            Failure::usage(format!("{named} has the wrong number of values"))
        }
        _ => Failure::usage("invalid arguments"),
    };
    failure.hint(format!("see `{typed} --help`"))
}

/// Quotes a word only if it can hardly be a password.
fn unknown_command(error: &clap::Error, command: &clap::Command, typed: &str) -> Failure {
    let word = context(error, ContextKind::InvalidSubcommand).unwrap_or_default();
    let is_name = |c: char| c.is_ascii_alphabetic() || c == '-';
    let is_synonym = SYNONYMS.iter().any(|(synonym, _)| *synonym == word);
    let failure = match is_synonym || (word.len() <= 16 && word.chars().all(is_name)) {
        true => Failure::usage(format!("unknown command `{word}`")),
        false => Failure::usage("unknown command"),
    };
    let names: Vec<&str> = command
        .get_subcommands()
        .filter(|it| !it.is_hide_set())
        .map(clap::Command::get_name)
        .collect();
    let synonyms = SYNONYMS.iter().filter(|(synonym, _)| *synonym == word);
    let meant = synonyms.map(|(_, meant)| *meant).find_map(|meant| {
        let is_below = names.contains(&meant);
        let is_whole = meant.contains(' ') || meant.starts_with('-');
        match (is_below, is_whole) {
            (true, _) => Some(format!("{typed} {meant}")),
            (false, true) => Some(format!("keybelt {meant}")),
            (false, false) => None,
        }
    });
    let near = || nearest(&word, names.iter().copied()).map(|name| format!("{typed} {name}"));
    match meant.or_else(near) {
        Some(meant) => failure.hint(format!("did you mean `{meant}`?")),
        None => failure.hint(format!("`{typed} --help` lists the commands")),
    }
}

fn unknown_argument(
    error: &clap::Error,
    whole: &clap::Command,
    command: &clap::Command,
    typed: &str,
) -> Failure {
    let argument = context(error, ContextKind::InvalidArg);
    let is_option = argument.as_deref().is_some_and(|argument| argument.starts_with('-'));
    let Some(name) = argument.as_deref().and_then(option_name) else {
        if is_option {
            return Failure::usage("unknown option").hint(format!("see `{typed} --help`"));
        }
        let hint = match typed {
            "keybelt login" => {
                "to sign in by name: `keybelt login HOST --username NAME`".to_owned()
            }
            _ => format!("servers are named with --host HOST; see `{typed} --help`"),
        };
        return Failure::usage("unexpected argument").hint(hint);
    };
    let failure = Failure::usage(format!("unknown option `{name}`"));
    if name == "--json" || name == "--format" {
        return failure.hint("use -o json");
    }
    let global = whole.get_arguments().filter(|argument| argument.is_global_set());
    let known = command.get_arguments().chain(global).filter_map(clap::Arg::get_long);
    match nearest(name.trim_start_matches('-'), known) {
        Some(best) => failure.hint(format!("did you mean `--{best}`?")),
        None => failure.hint(format!("see `{typed} --help`")),
    }
}

/// Returns the name that differs by a slip of the fingers: one letter of a short word, two of a long one.
fn nearest<'a>(word: &str, names: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let slips = if word.len() < 5 { 1 } else { 2 };
    names
        .map(|name| (strsim::damerau_levenshtein(word, name), name))
        .filter(|(distance, _)| *distance <= slips)
        .min()
        .map(|(_, name)| name)
}

fn required(error: &clap::Error) -> String {
    let names = match error.get(ContextKind::InvalidArg) {
        Some(ContextValue::Strings(names)) => names.clone(),
        _ => Vec::new(),
    };
    let bare = |name: &String| match name.starts_with("--") {
        true => format!("`{name}`"),
        false => name.trim_matches(['<', '>', '[', ']', '.']).to_owned(),
    };
    let names: Vec<String> = names.iter().map(bare).collect();
    match names.as_slice() {
        [] => "an argument is required".to_owned(),
        [one] => format!("{one} is required"),
        several => format!("{} are required", several.join(" and ")),
    }
}

/// Returns what the argument that is missing may be, where that is a choice.
fn choices(error: &clap::Error, command: &clap::Command) -> Option<String> {
    let Some(ContextValue::Strings(names)) = error.get(ContextKind::InvalidArg) else {
        return None;
    };
    let named = names.first()?.trim_matches(['<', '>']);
    let is_it = |it: &&clap::Arg| {
        let names = it.get_value_names().unwrap_or_default();
        it.is_positional() && names.first().is_some_and(|name| name == named)
    };
    let argument = command.get_arguments().find(is_it)?;
    let values = argument.get_possible_values();
    let values: Vec<&str> = values.iter().map(|value| value.get_name()).collect();
    (!values.is_empty()).then(|| values.join(", "))
}

/// Returns what a value looks like, by what help calls it.
fn example(command: &clap::Command, argument: Option<&str>) -> Option<&'static str> {
    let name = argument.and_then(option_name)?;
    let name = name.trim_start_matches('-');
    let argument = command.get_arguments().find(|it| it.get_long() == Some(name))?;
    Some(match argument.get_value_names()?.first()?.as_str() {
        "N" => "a number, such as 10",
        "IP:PORT" => "an address and a port, such as 127.0.0.1:8080",
        "KEY=VALUE" => "KEY=VALUE",
        _ => return None,
    })
}

/// Never quotes the value: a password may have slipped in front of it.
fn invalid_value(error: &clap::Error, named: &str) -> String {
    match context(error, ContextKind::InvalidValue) {
        Some(value) if value.is_empty() => format!("{named} requires a value"),
        _ => format!("invalid value for {named}"),
    }
}

fn conflict(error: &clap::Error, named: &str) -> String {
    match context(error, ContextKind::PriorArg).as_deref().map(option_name) {
        Some(Some(other)) if named == format!("`{other}`") => format!("{named} was given twice"),
        Some(Some(other)) => format!("{named} cannot be used together with `{other}`"),
        Some(None) => format!("{named} cannot be used together with an argument"),
        None => format!("{named} cannot be used here"),
    }
}

fn context(error: &clap::Error, kind: ContextKind) -> Option<String> {
    match error.get(kind)? {
        ContextValue::String(text) => Some(text.clone()),
        ContextValue::Strings(texts) => Some(texts.join(", ")),
        ContextValue::StyledStr(text) => Some(text.to_string()),
        ContextValue::StyledStrs(texts) => texts.first().map(ToString::to_string),
        _ => None,
    }
}

/// Keeps an option's name and drops its value; what is no option may be anything and is not quoted.
fn option_name(argument: &str) -> Option<String> {
    let name = argument.split(['=', ' ']).next().unwrap_or_default();
    // An option's name has small letters and dashes; what has more may be glued to a password.
    let is_name = |name: &str| name.bytes().all(|b| b.is_ascii_lowercase() || b == b'-');
    match name {
        name if name.starts_with("--") && !is_name(name) => None,
        name if name.starts_with("--") => Some(name.to_owned()),
        name if name.starts_with('-') => Some(name.chars().take(2).collect()),
        name if name.starts_with('<') || name.starts_with('[') => Some(argument.to_owned()),
        _ => None,
    }
}
