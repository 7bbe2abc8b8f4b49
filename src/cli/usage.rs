//! Wrong usage, in words. Nothing that was typed is quoted unless it can only be an option's name.

use std::ffi::OsString;
use std::process::ExitCode;

use clap::error::{ContextKind, ContextValue, ErrorKind};

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
    terminal::start(terminal::Settings { json, ..terminal::Settings::default() });
    terminal::run(|| Err(failure))
}

/// Says what is wrong with the arguments without quoting their values: one may be a password.
pub(super) fn usage_failure(error: &clap::Error) -> Failure {
    let argument = context(error, ContextKind::InvalidArg);
    let named = argument.as_deref().and_then(option_name);
    let named = named.map_or("an argument".to_owned(), |name| format!("`{name}`"));
    let message = match error.kind() {
        ErrorKind::UnknownArgument
            if argument.is_some_and(|given| given.starts_with("--")) && named == "an argument" =>
        {
            "an option is not known here".to_owned()
        }
        ErrorKind::UnknownArgument if named == "an argument" => "one argument too many".to_owned(),
        ErrorKind::UnknownArgument => format!("{named} is not known here"),
        ErrorKind::InvalidSubcommand => "this command is not known".to_owned(),
        ErrorKind::MissingSubcommand => "a command is missing".to_owned(),
        ErrorKind::MissingRequiredArgument => format!("{named} is missing"),
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            match context(error, ContextKind::ValidValue).filter(|values| !values.is_empty()) {
                Some(values) => format!("{named} takes one of: {values}"),
                None => format!("{named} lacks a value, or has a wrong one"),
            }
        }
        ErrorKind::ArgumentConflict => match context(error, ContextKind::PriorArg) {
            Some(other) => match option_name(&other) {
                Some(other) => format!("{named} cannot be used together with `{other}`"),
                None => format!("{named} cannot be used together with an argument"),
            },
            None => format!("{named} cannot be used here"),
        },
        ErrorKind::TooManyValues | ErrorKind::TooFewValues | ErrorKind::WrongNumberOfValues => {
            format!("{named} has the wrong number of values")
        }
        _ => "the arguments are wrong".to_owned(),
    };
    let suggestion = context(error, ContextKind::SuggestedSubcommand)
        .or_else(|| context(error, ContextKind::SuggestedArg))
        .and_then(|names| names.split(", ").last().map(|best| format!("did you mean `{best}`?")));
    let usage = context(error, ContextKind::Usage)
        .map(|usage| usage.lines().next().unwrap_or_default().to_owned());
    let usage = usage.map_or("see `keybelt --help`".to_owned(), |usage| {
        usage.trim().replace("Usage: ", "usage: ")
    });
    Failure::usage(message).hint(suggestion.unwrap_or(usage))
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
