//! `keybelt logout`: revoke a token and delete it here.

use std::process::ExitCode;

use clap::Args;
use serde_json::{Value, json};

use crate::account::AccountName;
use crate::commands::global::GlobalArgs;
use crate::commands::secret_args::SecretArgs;
use crate::failure::Failure;
use crate::host::Host;
use crate::operation::sign_out::{self, Scope};
use crate::other_tools;
use crate::report;
use crate::session::{Session, credential};
use crate::signal;
use crate::store::{Forgotten, Stored};
use crate::terminal;
use crate::token::{Origin, Source};

/// Sign out and revoke the token
///
/// Tokens added with --token-stdin are only deleted here, since other tools may use them; --revoke revokes those too.
#[derive(Debug, Args)]
pub struct LogoutArgs {
    /// Account server [default: the current one]
    #[arg(value_name = "HOST")]
    pub server: Option<String>,
    /// Sign out of all stored accounts
    #[arg(long, conflicts_with = "server")]
    pub all: bool,
    /// Revoke the token even if keybelt did not create it
    #[arg(long, conflicts_with = "local_only")]
    pub revoke: bool,
    /// Only delete the token here; it stays valid on the server
    #[arg(long)]
    pub local_only: bool,
}

impl LogoutArgs {
    fn scope(&self) -> Scope {
        match (self.local_only, self.revoke) {
            (true, _) => Scope::None,
            (false, true) => Scope::Every,
            (false, false) => Scope::Own,
        }
    }
}

/// Runs the command.
pub fn run(args: LogoutArgs, global: &GlobalArgs) -> Result<ExitCode, Failure> {
    let session = global.session(args.server.as_deref(), SecretArgs::default())?;
    match args.all {
        true => sign_out_all(&session, &args)?,
        false => sign_out_of_target(&session, &args)?,
    }
    Ok(ExitCode::SUCCESS)
}

fn sign_out_of_target(session: &Session, args: &LogoutArgs) -> Result<(), Failure> {
    let host = session.target()?.host;
    let stored = session.store.find(&host, session.options.account.as_ref())?;
    let Some(stored) = stored else {
        let document = json!({ "host": host.to_string(), "account": null, "token": null });
        let line = match &session.options.account {
            Some(account) => format!("Nothing to do: {account} is not signed in to {host}"),
            None => format!("Nothing to do: no account is stored for {host}"),
        };
        report::changed(session.options.json, &line, &document);
        warn_of_others(session, &host);
        return Ok(());
    };
    let document = sign_out(session, &stored, args)?;
    if session.options.json {
        terminal::document(&document);
    }
    Ok(())
}

/// Signs every stored account out. One that fails keeps none of the others.
fn sign_out_all(session: &Session, args: &LogoutArgs) -> Result<(), Failure> {
    let tokens = session.store.read()?;
    let mut documents = Vec::new();
    let mut first_failure = None;
    for stored in tokens.entries() {
        session.http.renew_time();
        match sign_out(session, &stored, args) {
            Ok(document) => documents.push(document),
            Err(failure) => {
                let Stored { host, account, .. } = &stored;
                let word = if failure.leaves_open() { "unknown" } else { "still_valid" };
                let told =
                    json!({ "host": host.to_string(), "account": account.as_str(), "token": word });
                documents.push(told);
                terminal::warn(&format!("{account} at {host}: {failure}"));
                first_failure.get_or_insert(failure);
            }
        }
    }
    if documents.is_empty() {
        terminal::say("Nothing to do: no account is signed in");
    }
    if session.options.json {
        terminal::document(&json!({ "accounts": documents }));
    }
    first_failure.map_or(Ok(()), |failure| Err(failure.within("some accounts are still signed in")))
}

/// Signs one account out, and says so. A signal waits until what the server ended is forgotten here too.
fn sign_out(session: &Session, stored: &Stored, args: &LogoutArgs) -> Result<Value, Failure> {
    let _deferred = signal::defer_signals();
    let Stored { host, account, .. } = stored;
    let (outcome, forgotten) = sign_out::sign_out(session, stored, args.scope())?;
    // Terraform gave no account's name with it.
    let whose = match stored.entry.origin {
        Origin::Helper => "with the token that Terraform stored".to_owned(),
        _ => format!("as {account}"),
    };
    terminal::say(&format!("Signed out of {host} {whose}: {}", outcome.sentence()));
    match forgotten {
        Forgotten::Gone { now_active: Some(successor) } if !args.all => {
            say_successor(session, host, &successor)?;
        }
        Forgotten::Gone { .. } => {}
        Forgotten::Replaced => terminal::say(&format!(
            "{account} was signed in again by another keybelt process; the new token was kept"
        )),
    }
    warn_of_others(session, host);
    Ok(json!({ "host": host.to_string(), "account": account.as_str(), "token": outcome.word() }))
}

/// Says whose token is used for the host from now on.
fn say_successor(session: &Session, host: &Host, account: &AccountName) -> Result<(), Failure> {
    let stored = session.store.find(host, Some(account))?;
    let is_of_terraform = stored.is_some_and(|stored| stored.entry.origin == Origin::Helper);
    terminal::say(&match is_of_terraform {
        true => format!("{host} now uses the token that Terraform stored"),
        false => format!("{host} now uses {account}"),
    });
    Ok(())
}

/// Warns of every token that signs in to the host still.
fn warn_of_others(session: &Session, host: &Host) {
    // A variable that cannot be read signs nobody in.
    for candidate in credential::candidates(session, host).unwrap_or_default() {
        if let (Source::Variable(name), None) = (&candidate.source, candidate.passed_over) {
            terminal::warn(&format!("`{name}` is set: its token still signs in to {host}"));
        }
    }
    for holding in other_tools::holding(host) {
        terminal::warn(&format!("{holding} still has a token for {host}"));
    }
}
