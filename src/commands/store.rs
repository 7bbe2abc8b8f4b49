//! `keybelt store`: where tokens are kept.

use std::process::ExitCode;

use clap::{Args, Subcommand};
use serde_json::json;

use crate::commands::global::GlobalArgs;
use crate::commands::secret_args::SecretArgs;
use crate::failure::Failure;
use crate::session::Session;
use crate::store::{Entry, StoreName, Stored};
use crate::terminal;

/// The store commands.
#[derive(Debug, Subcommand)]
pub enum StoreCommand {
    /// Move stored tokens to another store
    ///
    /// Copies each token, reads it back and then deletes it from the old store. Limit it with --host or
    /// --account. New sign-ins use the store set with `keybelt config set store`.
    Migrate(MigrateArgs),
}

/// Options of `store migrate`.
#[derive(Debug, Args)]
pub struct MigrateArgs {
    /// Store: file, keyring or docker:NAME
    #[arg(value_name = "STORE")]
    pub to: String,
}

/// Runs the command.
///
/// # Errors
/// Those of the stores; a token that could not be moved is where it was.
pub fn run(command: StoreCommand, global: &GlobalArgs) -> Result<ExitCode, Failure> {
    let StoreCommand::Migrate(args) = command;
    let session = global.session(None, SecretArgs::default())?;
    let to = StoreName::parse(&args.to)?;
    let mut documents = Vec::new();
    let mut left_file = false;
    for stored in wanted(&session)? {
        // What an interrupted move left behind.
        session.store.erase_copy(&stored)?;
        let Stored { host, account, entry: Entry { store: from, .. } } = &stored;
        if *from == to {
            continue;
        }
        session.store.migrate(&stored, &to)?;
        left_file |= *from == StoreName::File;
        terminal::say(&format!("Moved the token of {account} at {host} from {from} to {to}"));
        documents.push(json!({ "host": host.to_string(), "account": account.as_str(), "from": from.to_string(), "to": to.to_string() }));
    }
    report(&session, &documents, left_file);
    Ok(ExitCode::SUCCESS)
}

/// Returns what is stored, as far as `--host` and `--account` ask for it.
fn wanted(session: &Session) -> Result<Vec<Stored>, Failure> {
    let (host, account) = (session.named_host()?, session.options.account.as_ref());
    let mut entries = session.store.read()?.entries();
    entries.retain(|stored| {
        host.as_ref().is_none_or(|host| *host == stored.host)
            && account.is_none_or(|account| *account == stored.account)
    });
    Ok(entries)
}

fn report(session: &Session, documents: &[serde_json::Value], left_file: bool) {
    if documents.is_empty() {
        terminal::say("Nothing to do: all tokens are in that store already");
    }
    if left_file {
        terminal::hint(
            "backups of the file may still contain the old tokens; replace them with `keybelt token rotate`",
        );
    }
    if session.options.json {
        terminal::document(&json!({ "moved": documents }));
    }
}
