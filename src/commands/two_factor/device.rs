//! `keybelt 2fa device`: security keys, which are enrolled in a browser alone.

use std::process::ExitCode;

use clap::{Args, Subcommand};
use serde_json::{Value, json};

use crate::commands::global::{GlobalArgs, ListOptions};
use crate::commands::secret_args::SecretArgs;
use crate::failure::Failure;
use crate::host::Host;
use crate::provider::Capability;
use crate::report::{self, Table};
use crate::session::Session;
use crate::session::confirmation::Confirmation;
use crate::session::sudo::SensitiveAction;
use crate::ssh_key::SecurityKey;
use crate::terminal;
use crate::text;

/// The security key commands.
#[derive(Debug, Subcommand)]
pub enum DeviceCommand {
    /// List the account's security keys
    List(ListArgs),
    /// Remove a security key
    Remove(RemoveArgs),
}

/// Options of `2fa device list`.
#[derive(Debug, Args)]
pub struct ListArgs {
    /// A list.
    #[command(flatten)]
    pub list: ListOptions,
    /// Passwords and codes.
    #[command(flatten)]
    pub secrets: SecretArgs,
}

/// Options of `2fa device remove`.
#[derive(Debug, Args)]
pub struct RemoveArgs {
    /// ID of the security key
    #[arg(value_name = "ID")]
    pub id: String,
    /// Passwords and codes.
    #[command(flatten)]
    pub secrets: SecretArgs,
}

/// Runs the command.
pub(super) fn run(command: DeviceCommand, global: &GlobalArgs) -> Result<ExitCode, Failure> {
    match command {
        DeviceCommand::List(args) => list(args, global),
        DeviceCommand::Remove(args) => remove(args, global),
    }
}

/// Lists the keys. The server shows them to a proven person alone.
fn fetch(session: &Session, act: &str) -> Result<(Host, Vec<SecurityKey>), Failure> {
    let host = session.target()?.host;
    session.require_offer(&host, Capability::SecurityKeys)?;
    session.require_sudo_mode(&host, &SensitiveAction::of_account(act))?;
    let keys = session
        .with_credential(&host, |server, signed_in| server.security_keys(&signed_in.credential))?;
    Ok((host, keys))
}

fn list(args: ListArgs, global: &GlobalArgs) -> Result<ExitCode, Failure> {
    let session = global.session(None, args.secrets)?;
    let (host, keys) = fetch(&session, "listing security keys")?;
    let account = session.account(&host)?;
    let mut table = Table::new(&[("id", "id"), ("name", "name"), ("added", "created_at")]);
    for key in &keys {
        table.push(vec![
            key.id.to_string(),
            key.name.clone().unwrap_or_default(),
            report::day(key.created_at, "unknown"),
        ]);
    }
    let document = json!({
        "host": host.to_string(),
        "account": account.name.as_str(),
        "devices": keys.iter().map(document).collect::<Vec<Value>>(),
    });
    if keys.is_empty() {
        terminal::say("This account has no security keys");
    }
    report::list(args.list.format(global), &table, &document);
    Ok(ExitCode::SUCCESS)
}

fn document(key: &SecurityKey) -> Value {
    json!({
        "id": key.id.as_str(),
        "name": key.name,
        "created_at": report::moment_document(key.created_at),
    })
}

fn remove(args: RemoveArgs, global: &GlobalArgs) -> Result<ExitCode, Failure> {
    let session = global.session(None, args.secrets)?;
    let (host, keys) = fetch(&session, "removing a security key")?;
    let key = keys.iter().find(|key| key.id.as_str() == args.id).ok_or_else(|| {
        Failure::usage("no security key of this account has this ID; nothing was removed")
            .hint("see `keybelt 2fa device list`")
    })?;
    let account = session.account(&host)?;
    let name = key.name.as_deref().unwrap_or_default();
    let shown = text::escape(format!("{} {name}", key.id).trim_end()).into_owned();
    let question = format!("Remove security key {shown} of {} at {host}?", account.name);
    Confirmation::new(&session, "removing a security key", "use --yes")?
        .ask(&question, "nothing was removed")?;
    let removed = session.with_credential(&host, |server, signed_in| {
        server.remove_security_key(&signed_in.credential, &key.id)
    })?;
    let mut result = json!({ "host": host.to_string(), "account": account.name.as_str() });
    report::extend(&mut result, document(key));
    result["result"] = if removed { "removed" } else { "gone" }.into();
    let line = match removed {
        true => format!("Removed security key {shown}; existing tokens keep working"),
        false => format!("Security key {shown} was already removed"),
    };
    report::changed(session.options.json, &line, &result);
    Ok(ExitCode::SUCCESS)
}
