//! `keybelt logout`: end a token and forget it.

use clap::Args;
use serde_json::{Value, json};

use crate::account::AccountName;
use crate::commands::global::GlobalArgs;
use crate::commands::secret_args::SecretArgs;
use crate::failure::Failure;
use crate::host::Host;
use crate::provider::Revocation;
use crate::report;
use crate::session::Session;
use crate::session::stored::Forgotten;
use crate::session::{credential, interrupted_rotation};
use crate::signal;
use crate::store::Entry;
use crate::terminal;

/// Sign out: revoke the token on the server, then forget it
///
/// Tokens that keybelt did not make (given with --token-stdin) are forgotten but stay valid, since
/// other tools may use them; --revoke ends those too.
#[derive(Debug, Args)]
pub struct LogoutArgs {
    /// Account server [default: the current one]
    #[arg(value_name = "HOST")]
    pub server: Option<String>,
    /// Sign every stored account out
    #[arg(long, conflicts_with = "server")]
    pub all: bool,
    /// Revoke the token even if keybelt did not make it
    #[arg(long, conflicts_with = "local_only")]
    pub revoke: bool,
    /// Only forget the token here; it stays valid on the server
    #[arg(long)]
    pub local_only: bool,
}

/// Runs the command.
///
/// # Errors
/// Those of the server; the tokens concerned are kept then.
pub fn run(args: &LogoutArgs, global: &GlobalArgs) -> Result<(), Failure> {
    let session = global.session(args.server.as_deref(), SecretArgs::default())?;
    if args.all {
        return sign_out_all(&session, args);
    }
    let host = session.target()?.host;
    let Some((account, entry)) = session.store.find(&host, session.options.account.as_ref())?
    else {
        let document = json!({ "host": host.to_string(), "account": null, "token": null });
        report::changed(
            session.options.json,
            &format!("Nothing to do: not signed in to {host}"),
            &document,
        );
        return Ok(());
    };
    let document = sign_out(&session, &host, &account, &entry, args)?;
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
    for (host, account, entry) in tokens.entries() {
        session.http.renew_time();
        match sign_out(session, &host, &account, &entry, args) {
            Ok(document) => documents.push(document),
            Err(failure) => {
                let told = json!({ "host": host.to_string(), "account": account.as_str(), "token": "still_valid" });
                documents.push(told);
                terminal::warn(&format!("{account} at {host}: {failure}"));
                first_failure.get_or_insert(failure);
            }
        }
    }
    if documents.is_empty() {
        terminal::say("Nothing to do: nobody is signed in");
    }
    if session.options.json {
        terminal::document(&json!({ "accounts": documents }));
    }
    first_failure.map_or(Ok(()), |failure| {
        Err(Failure { message: format!("not everybody is signed out: {failure}"), ..failure })
    })
}

/// Signs one account out, and says so. A signal waits until what the server ended is forgotten here too.
fn sign_out(
    session: &Session,
    host: &Host,
    account: &AccountName,
    entry: &Entry,
    args: &LogoutArgs,
) -> Result<Value, Failure> {
    let _deferred = signal::defer_signals();
    let outcome = end(session, host, account, entry, args)?;
    let forgotten = forget(session, host, account, entry, args)?;
    terminal::say(&format!("Signed out of {host} as {account}: {}", outcome.sentence()));
    match forgotten {
        Forgotten::Gone { now_active: Some(successor) } if !args.all => {
            terminal::say(&format!("{successor} is the account for {host} now"));
        }
        Forgotten::Gone { .. } => {}
        Forgotten::Replaced => terminal::say(&format!(
            "Another keybelt has signed {account} in again meanwhile; that token is kept"
        )),
    }
    for left in credential::in_files(session, host) {
        session.warn_once(format!("{} still holds a token for {host}", left.source));
    }
    Ok(json!({ "host": host.to_string(), "account": account.as_str(), "token": outcome.word() }))
}

/// Forgets the token. Who asks to forget it here alone may have lost its store, so the entry goes in any case.
fn forget(
    session: &Session,
    host: &Host,
    account: &AccountName,
    entry: &Entry,
    args: &LogoutArgs,
) -> Result<Forgotten, Failure> {
    session.forget(host, account, entry).map_err(|failure| {
        let kept = if args.local_only && session.forget_entry(host, account, entry).is_ok() {
            format!(
                "{account} is signed out of `{host}`, but {} may still have the token",
                entry.store
            )
        } else {
            format!("{account} is not signed out of `{host}` yet")
        };
        Failure { message: format!("{kept}: {failure}"), ..failure }
    })
}

/// What became of the token on the server.
#[derive(Debug, Clone, Copy)]
enum End {
    Revoked,
    NoLongerAccepted,
    /// The store did not have it any more.
    Missing,
    /// Forgotten here, and alive there.
    StillValid,
}

impl End {
    fn word(self) -> &'static str {
        match self {
            Self::Revoked => "revoked",
            Self::NoLongerAccepted => "no_longer_accepted",
            Self::Missing => "missing",
            Self::StillValid => "still_valid",
        }
    }

    fn sentence(self) -> &'static str {
        match self {
            Self::Revoked => "the token is revoked",
            Self::NoLongerAccepted => "the server no longer accepted the token",
            Self::Missing => "its store did not have the token any more, so nothing was revoked",
            Self::StillValid => "the token is forgotten here but still valid on the server",
        }
    }
}

fn end(
    session: &Session,
    host: &Host,
    account: &AccountName,
    entry: &Entry,
    args: &LogoutArgs,
) -> Result<End, Failure> {
    if args.local_only || !(entry.origin.is_own() || args.revoke) {
        return Ok(End::StillValid);
    }
    if session.read_token(host, account, entry)?.is_none() {
        return Ok(End::Missing);
    }
    let credential = credential::stored_credential(session, host, account, entry)?;
    let server = session.server(host, Some(entry));
    let mut id = entry.token_id.clone();
    if entry.pending_rotation.is_some() {
        let ended = server.account(&credential).and_then(|account| {
            interrupted_rotation::revoke_leftover(&*server, &credential, &account, entry)?;
            id = account.token_id.or(id.take());
            Ok(())
        });
        ended.unwrap_or_else(|failure| interrupted_rotation::warn(&*server, &failure));
    }
    match server.revoke(&credential, id.as_ref()) {
        Ok(Revocation::Revoked) => Ok(End::Revoked),
        Ok(Revocation::NoLongerAccepted) => Ok(End::NoLongerAccepted),
        Ok(Revocation::StillValid) => Err(still_valid(Failure::refused(format!(
            "`{host}` offers no way to revoke this token from here"
        )))
        .hint(format!("{}; then run `keybelt logout --local-only`", server.how_to_revoke()))),
        Err(failure) => {
            Err(still_valid(failure).hint("try again, or forget it here alone with --local-only"))
        }
    }
}

fn still_valid(failure: Failure) -> Failure {
    Failure { message: format!("{failure}; the token is still valid, and kept"), ..failure }
}
