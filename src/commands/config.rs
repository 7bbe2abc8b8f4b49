//! `keybelt config`: what is configured, and which source wins.

use std::path::Path;
use std::process::ExitCode;

use clap::{Args, Subcommand};
use serde_json::json;

use crate::commands::global::{GlobalArgs, ListOptions};
use crate::environment;
use crate::failure::Failure;
use crate::private_file;
use crate::report::{self, Table};
use crate::session::settings;
use crate::setting::{self, Form};
use crate::store::config::{ConfigFile, Key};
use crate::terminal;
use crate::text;

/// The largest file that a setting may name, in bytes.
const LARGEST_FILE: u64 = 8 * 1024 * 1024;

/// The configuration commands.
#[derive(Debug, Subcommand)]
pub enum ConfigCommand {
    /// List all settings, their values and sources
    List(ListArgs),
    /// Print the value of a setting
    Get(KeyArgs),
    /// Change a setting
    ///
    /// Settings for one host are named hosts.HOST.NAME, where NAME is provider, username, password_command or
    /// code_command.
    Set(SetArgs),
    /// Remove a setting
    Unset(KeyArgs),
}

/// Options of `config list`.
#[derive(Debug, Args)]
pub struct ListArgs {
    /// A list.
    #[command(flatten)]
    pub list: ListOptions,
}

/// A setting.
#[derive(Debug, Args)]
pub struct KeyArgs {
    /// Setting, such as timeout or hosts.tfe.example.com.username
    #[arg(value_name = "KEY")]
    pub key: String,
}

/// A setting and its value.
#[derive(Debug, Args)]
pub struct SetArgs {
    /// Setting, such as timeout or hosts.tfe.example.com.username
    #[arg(value_name = "KEY")]
    pub key: String,
    /// Value
    #[arg(value_name = "VALUE")]
    pub value: String,
}

/// Runs the command.
pub fn run(command: ConfigCommand, global: &GlobalArgs) -> Result<ExitCode, Failure> {
    let file = ConfigFile::at(environment::config_dir()?);
    let outcome = match command {
        ConfigCommand::List(args) => list(&file, args, global),
        ConfigCommand::Get(args) => get(&file, &args, global),
        ConfigCommand::Set(args) => set(&file, &args, global),
        ConfigCommand::Unset(args) => unset(&file, &args, global),
    };
    file.take_notices().iter().for_each(|notice| terminal::warn(notice));
    outcome
}

fn list(file: &ConfigFile, args: ListArgs, global: &GlobalArgs) -> Result<ExitCode, Failure> {
    let config = file.read()?;
    let mut table = Table::new(&[("setting", "key"), ("value", "value"), ("from", "from")]);
    let mut documents = Vec::new();
    for setting in setting::GENERAL {
        let (name, found) = (setting.name, settings::effective(setting, None, &config)?);
        let value = found.value;
        documents.push(json!({ "key": name, "value": value, "from": found.winner.as_str() }));
        table.push(vec![name.to_owned(), value, found.winner.as_str().to_owned()]);
    }
    for key in config.keys().into_iter().filter(Key::is_of_host) {
        let value = config.get(&key).unwrap_or_default();
        documents.push(json!({ "key": key.to_string(), "value": value, "from": "config" }));
        table.push(vec![key.to_string(), value, "config".to_owned()]);
    }
    report::list(
        args.list.format(global),
        &table,
        &json!({ "file": file.path(), "settings": documents }),
    );
    Ok(ExitCode::SUCCESS)
}

fn get(file: &ConfigFile, args: &KeyArgs, global: &GlobalArgs) -> Result<ExitCode, Failure> {
    let key = Key::parse(&args.key)?;
    let config = file.read()?;
    let (value, from) = if key.is_of_host() {
        (config.get(&key).unwrap_or_default(), "config")
    } else {
        let found = settings::effective(key.setting(), None, &config)?;
        (found.value, found.winner.as_str())
    };
    let document = json!({ "key": key.to_string(), "value": value, "from": from });
    report::answer(global.json(), &text::escape(&value), &document);
    Ok(ExitCode::SUCCESS)
}

fn set(file: &ConfigFile, args: &SetArgs, global: &GlobalArgs) -> Result<ExitCode, Failure> {
    let key = Key::parse(&args.key)?;
    file.change(|config| {
        config.set(&key, &args.value)?;
        match key.setting().form {
            Form::Path => require_file(&key, &args.value),
            _ => Ok(()),
        }
    })?;
    let document = json!({ "key": key.to_string(), "value": args.value });
    report::changed(global.json(), &format!("Set {key}"), &document);
    Ok(ExitCode::SUCCESS)
}

/// Fails if the file that a setting names cannot be read: each command would, later.
fn require_file(key: &Key, path: &str) -> Result<(), Failure> {
    let read = private_file::read_plain(Path::new(path), LARGEST_FILE);
    read.map(drop).map_err(|error| {
        let shown = text::escape(path);
        Failure::usage(format!("`{key}`: cannot read {shown}; nothing was changed")).because(error)
    })
}

fn unset(file: &ConfigFile, args: &KeyArgs, global: &GlobalArgs) -> Result<ExitCode, Failure> {
    let key = Key::parse(&args.key)?;
    let was_set = file.change(|config| Ok(config.unset(&key)))?;
    let line =
        if was_set { format!("Unset {key}") } else { format!("Nothing to do: {key} is not set") };
    report::changed(global.json(), &line, &json!({ "key": key.to_string(), "was_set": was_set }));
    Ok(ExitCode::SUCCESS)
}
