//! `keybelt ssh-key`: keys that open what no second factor guards.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, Subcommand};
use serde_json::{Value, json};

use crate::commands::global::{GlobalArgs, ListOptions};
use crate::commands::secret_args::SecretArgs;
use crate::failure::Failure;
use crate::host::Host;
use crate::operation::ssh_keys;
use crate::private_file;
use crate::provider::Capability;
use crate::report;
use crate::session::Session;
use crate::session::sudo::SensitiveAction;
use crate::ssh_key::{self, PublicKey, SshKey};
use crate::terminal;
use crate::text;

/// The largest key file that is read.
const LARGEST_FILE: u64 = 64 * 1024;

/// The SSH key commands.
#[derive(Debug, Subcommand)]
pub enum SshKeyCommand {
    /// List the account's SSH keys with their fingerprints
    ///
    /// Fingerprints are shown as `ssh-keygen -lf FILE` prints them.
    List(ListArgs),
    /// Add a public SSH key
    ///
    /// It works without a second factor. For automation, create a separate account instead.
    Add(AddArgs),
    /// Remove SSH keys
    Remove(RemoveArgs),
}

/// Options of `ssh-key list`.
#[derive(Debug, Args)]
pub struct ListArgs {
    /// A list.
    #[command(flatten)]
    pub list: ListOptions,
    /// Passwords and codes.
    #[command(flatten)]
    pub secrets: SecretArgs,
}

/// Options of `ssh-key add`.
#[derive(Debug, Args)]
pub struct AddArgs {
    /// File with one public key, such as id_ed25519.pub
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// Name of the key (default: its comment, else the file's name)
    #[arg(long, value_name = "NAME")]
    pub name: Option<String>,
    /// Passwords and codes.
    #[command(flatten)]
    pub secrets: SecretArgs,
}

/// Options of `ssh-key remove`.
#[derive(Debug, Args)]
pub struct RemoveArgs {
    /// IDs or fingerprints
    #[arg(value_name = "ID", required = true)]
    pub ids: Vec<String>,
    /// Passwords and codes.
    #[command(flatten)]
    pub secrets: SecretArgs,
}

/// Runs the command.
pub fn run(command: SshKeyCommand, global: &GlobalArgs) -> Result<ExitCode, Failure> {
    match command {
        SshKeyCommand::List(args) => list(args, global),
        SshKeyCommand::Add(args) => add(args, global),
        SshKeyCommand::Remove(args) => remove(args, global),
    }
}

/// Begins a session on a server whose accounts have SSH keys.
fn session(secrets: SecretArgs, global: &GlobalArgs) -> Result<(Session, Host), Failure> {
    let session = global.session(None, secrets)?;
    let host = session.target()?.host;
    session.require_offer(&host, Capability::SshKeys)?;
    Ok((session, host))
}

fn list(args: ListArgs, global: &GlobalArgs) -> Result<ExitCode, Failure> {
    let (session, host) = session(args.secrets, global)?;
    let account = session.account(&host)?;
    let keys = ssh_keys::fetch(&session, &host)?;
    let document = json!({
        "host": host.to_string(),
        "account": account.name.as_str(),
        "ssh_keys": keys.iter().map(ssh_keys::document).collect::<Vec<Value>>(),
    });
    if keys.is_empty() {
        terminal::say("This account has no SSH keys");
    }
    report::list(args.list.format(global), &ssh_keys::table(&keys), &document);
    Ok(ExitCode::SUCCESS)
}

fn add(args: AddArgs, global: &GlobalArgs) -> Result<ExitCode, Failure> {
    let (session, host) = session(args.secrets, global)?;
    let key = read_key(&args.file)?;
    let name = name_of(args.name, &key, &args.file)?;
    let account = session.account(&host)?;
    session.require_sudo_mode(&host, &SensitiveAction::of_account("adding an SSH key"))?;
    let added = session.with_credential(&host, |server, signed_in| {
        server.add_ssh_key(&signed_in.credential, &name, &key)
    })?;
    if added.fingerprint.as_ref().is_some_and(|added| *added != key.fingerprint()) {
        return Err(Failure::unavailable(format!(
            "`{host}` reported a different key from the one added"
        ))
        .hint("check with `keybelt ssh-key list`"));
    }
    let mut document = json!({ "host": host.to_string(), "account": account.name.as_str() });
    report::extend(&mut document, ssh_keys::document(&added));
    let line = format!(
        "Added SSH key {} ({}) to {} at {host}; it works without a second factor",
        text::escape(&name),
        key.fingerprint(),
        account.name
    );
    report::changed(session.options.json, &line, &document);
    Ok(ExitCode::SUCCESS)
}

/// Reads the one public key in a file. Of a private key nothing is read past the line that says that it is one.
fn read_key(file: &Path) -> Result<PublicKey, Failure> {
    let shown = text::printable(&file.to_string_lossy());
    let is_private = || {
        Failure::usage(format!("{shown} is a private key; nothing was sent"))
            .hint("use the file with the public key, which ends in .pub")
    };
    let read = private_file::read_plain_unless(file, LARGEST_FILE, ssh_key::is_private);
    let bytes =
        read.map_err(|error| Failure::usage(format!("cannot read {shown}")).because(error))?;
    let bytes = bytes.filter(|bytes| !ssh_key::is_private(bytes)).ok_or_else(is_private)?;
    let content = String::from_utf8_lossy(&bytes);
    let is_entry = |line: &&str| !line.trim().is_empty() && !line.starts_with('#');
    let mut entries = content.lines().filter(is_entry);
    match (entries.next().and_then(PublicKey::parse), entries.next()) {
        (Some(key), None) => Ok(key),
        (Some(_), Some(_)) => Err(Failure::usage(format!("{shown} has more than one line"))
            .hint("add one key at a time")),
        (None, _) => Err(Failure::usage(format!("{shown} is not a public SSH key")).hint(
            "it is a line such as `ssh-ed25519 AAAA… comment`; `ssh-keygen -i -f FILE` converts other forms",
        )),
    }
}

fn name_of(given: Option<String>, key: &PublicKey, file: &Path) -> Result<String, Failure> {
    let file_name = || file.file_stem().map(|name| name.to_string_lossy().into_owned());
    let comment = Some(&key.comment).filter(|comment| !comment.is_empty()).cloned();
    let name = given.or(comment).or_else(file_name).unwrap_or_default();
    let name = name.trim();
    let is_name = (1..=255).contains(&name.len()) && !name.chars().any(char::is_control);
    if is_name { Ok(name.to_owned()) } else { Err(no_name()) }
}

fn no_name() -> Failure {
    Failure::usage("the SSH key requires a name: one line of at most 255 bytes").hint("use --name")
}

fn remove(args: RemoveArgs, global: &GlobalArgs) -> Result<ExitCode, Failure> {
    let (session, host) = session(args.secrets, global)?;
    let keys = ssh_keys::fetch(&session, &host)?;
    let chosen = find_all(&keys, &args.ids)?;
    let (mut documents, mut first_failure) = (Vec::new(), None);
    for key in chosen {
        let name = key.name.as_deref().unwrap_or_default();
        let shown = text::escape(format!("{} {name}", key.id).trim_end()).into_owned();
        let removed = session.with_credential(&host, |server, signed_in| {
            server.remove_ssh_key(&signed_in.credential, &key.id)
        });
        let word = match removed {
            Ok(true) => {
                terminal::say(&format!("Removed SSH key {shown}"));
                "removed"
            }
            Ok(false) => {
                terminal::say(&format!("SSH key {shown} was already removed"));
                "gone"
            }
            Err(failure) => {
                let (state, word) = match failure.leaves_open() {
                    true => ("may still work", "unknown"),
                    false => ("still works", "not_removed"),
                };
                terminal::warn(&format!("SSH key {shown} {state}: {failure}"));
                first_failure.get_or_insert(failure);
                word
            }
        };
        let mut document = ssh_keys::document(key);
        document["result"] = word.into();
        documents.push(document);
    }
    if session.options.json {
        terminal::document(&json!({ "host": host.to_string(), "ssh_keys": documents }));
    }
    match first_failure {
        Some(failure) => Err(failure.within("some SSH keys were not removed")),
        None => Ok(ExitCode::SUCCESS),
    }
}

/// Finds keys by id or fingerprint, each once. Nothing is done if one of them is none.
fn find_all<'k>(keys: &'k [SshKey], ids: &[String]) -> Result<Vec<&'k SshKey>, Failure> {
    let mut found: Vec<&SshKey> = Vec::new();
    let mut unknown = Vec::new();
    for (place, id) in ids.iter().enumerate() {
        let is_it = |key: &&SshKey| key.id.as_str() == id || key.fingerprint.as_ref() == Some(id);
        match keys.iter().find(is_it) {
            Some(key) if found.iter().any(|other| other.id == key.id) => {}
            Some(key) => found.push(key),
            // What was given for an id could be a secret.
            None => unknown.push(format!("argument {}", place + 1)),
        }
    }
    if unknown.is_empty() {
        return Ok(found);
    }
    Err(Failure::usage(format!(
        "no SSH key of this account has the ID in {}; nothing was removed",
        unknown.join(" or ")
    ))
    .hint("see `keybelt ssh-key list`"))
}
