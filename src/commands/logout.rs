//! `keybelt logout`: end a token and forget it.

use clap::Args;
use serde_json::json;

use crate::account::AccountName;
use crate::commands::global::GlobalArgs;
use crate::commands::secret::SecretArgs;
use crate::failure::Failure;
use crate::host::Host;
use crate::provider::Revocation;
use crate::report;
use crate::session::Session;
use crate::session::credential;
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
    /// Revoke the token even if keybelt did not make it
    #[arg(long, conflicts_with = "local_only")]
    pub revoke: bool,
    /// Only forget the token here; it stays valid on the server
    #[arg(long)]
    pub local_only: bool,
}

/// Runs the command.
pub fn run(args: &LogoutArgs, global: &GlobalArgs) -> Result<(), Failure> {
    let session = global.session(args.server.as_deref(), SecretArgs::default())?;
    let host = session.target()?.host;
    let Some((account, entry)) = session
        .store
        .find(&host, session.options.account.as_ref())?
    else {
        let document = json!({ "host": host.to_string(), "account": null, "token": null });
        report::changed(
            session.options.json,
            &format!("Nothing to do: not signed in to {host}"),
            &document,
        );
        return Ok(());
    };
    let outcome = end(&session, &host, &entry, args)?;
    forget(&session, &host, &account, &entry)?;
    let document =
        json!({ "host": host.to_string(), "account": account.as_str(), "token": outcome.word() });
    let line = format!("Signed out of {host} as {account}: {}", outcome.sentence());
    report::changed(session.options.json, &line, &document);
    Ok(())
}

/// What became of the token on the server.
#[derive(Debug, Clone, Copy)]
enum End {
    Revoked,
    NoLongerAccepted,
    /// Forgotten here, and alive there.
    StillValid,
}

impl End {
    fn word(self) -> &'static str {
        match self {
            Self::Revoked => "revoked",
            Self::NoLongerAccepted => "no_longer_accepted",
            Self::StillValid => "still_valid",
        }
    }

    fn sentence(self) -> &'static str {
        match self {
            Self::Revoked => "the token is revoked",
            Self::NoLongerAccepted => "the server no longer accepted the token",
            Self::StillValid => "the token is forgotten here but still valid on the server",
        }
    }
}

fn end(session: &Session, host: &Host, entry: &Entry, args: &LogoutArgs) -> Result<End, Failure> {
    if args.local_only || !(entry.origin.is_own() || args.revoke) {
        return Ok(End::StillValid);
    }
    let credential = credential::stored_credential(host, entry)?;
    let server = session.server(host, Some(entry));
    match server.revoke(&credential, entry.token_id.as_ref()) {
        Ok(Revocation::Revoked) => Ok(End::Revoked),
        Ok(Revocation::NoLongerAccepted) => Ok(End::NoLongerAccepted),
        Ok(Revocation::StillValid) => Err(still_valid(Failure::refused(format!(
            "`{host}` offers no way to revoke this token from here"
        )))
        .hint(format!(
            "revoke it at {}, then run `keybelt logout --local-only`",
            server.token_page()
        ))),
        Err(failure) => {
            Err(still_valid(failure).hint("try again, or forget it here alone with --local-only"))
        }
    }
}

fn still_valid(failure: Failure) -> Failure {
    Failure {
        message: format!("{failure}; the token is still valid, and kept"),
        ..failure
    }
}

/// Forgets the entry, unless another process has put a newer token in its place meanwhile.
fn forget(
    session: &Session,
    host: &Host,
    account: &AccountName,
    ended: &Entry,
) -> Result<(), Failure> {
    let removed = session.store.change(|tokens| {
        let unchanged = tokens
            .entry(host, account)
            .is_some_and(|entry| entry.is_same_token(ended));
        Ok(if unchanged {
            tokens.remove(host, account)
        } else {
            None
        })
    })?;
    if let Some(successor) = removed.and_then(|removed| removed.now_active) {
        terminal::say(&format!("{successor} is the account for {host} now"));
    }
    Ok(())
}
