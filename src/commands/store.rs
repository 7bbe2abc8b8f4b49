//! `keybelt store`: where tokens are kept.

use clap::{Args, Subcommand};
use serde_json::json;

use crate::commands::global::GlobalArgs;
use crate::commands::secret::SecretArgs;
use crate::failure::Failure;
use crate::session::Session;
use crate::store::StoreName;
use crate::terminal;

/// The store commands.
#[derive(Debug, Subcommand)]
pub enum StoreCommand {
    /// Move stored tokens to another store
    ///
    /// Each is copied, read back, and only then taken out of the old store. With --host or --account, only
    /// those. New sign-ins go where `keybelt config set store` says.
    Migrate(MigrateArgs),
}

/// Options of `store migrate`.
#[derive(Debug, Args)]
pub struct MigrateArgs {
    /// The store: file, keyring or docker:NAME
    #[arg(value_name = "STORE")]
    pub to: String,
}

/// Runs the command.
///
/// # Errors
/// Those of the stores; a token that could not be moved is where it was.
pub fn run(command: &StoreCommand, global: &GlobalArgs) -> Result<(), Failure> {
    let StoreCommand::Migrate(args) = command;
    let session = global.session(None, SecretArgs::default())?;
    let to = StoreName::parse(&args.to)?;
    let only = session.named_host()?;
    let mut documents = Vec::new();
    let mut left_file = false;
    let tokens = session.store.read()?;
    for host in tokens
        .hosts()
        .into_iter()
        .filter(|host| only.as_ref().is_none_or(|only| only == host))
    {
        for account in tokens.accounts(&host) {
            if session
                .options
                .account
                .as_ref()
                .is_some_and(|wanted| *wanted != account)
            {
                continue;
            }
            let Some(entry) = tokens.entry(&host, &account) else {
                continue;
            };
            // What an interrupted move left behind.
            session.erase_copy(&host, &account)?;
            if entry.store == to {
                continue;
            }
            session.migrate(&host, &account, &entry, &to)?;
            left_file |= entry.store == StoreName::File;
            terminal::say(&format!(
                "Moved the token of {account} at {host} from {} to {to}",
                entry.store
            ));
            documents.push(json!({ "host": host.to_string(), "account": account.as_str(), "from": entry.store.to_string(), "to": to.to_string() }));
        }
    }
    report(&session, &documents, left_file);
    Ok(())
}

fn report(session: &Session, documents: &[serde_json::Value], left_file: bool) {
    if documents.is_empty() {
        terminal::say("Nothing to do: no stored token is elsewhere");
    }
    if left_file {
        terminal::hint(
            "copies of the file may still hold the old tokens: `keybelt token rotate` replaces them",
        );
    }
    if session.options.json {
        terminal::document(&json!({ "moved": documents }));
    }
}
