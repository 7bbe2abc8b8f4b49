//! Signing one stored account out: on the server, and here.

use crate::failure::Failure;
use crate::provider::Revocation;
use crate::session::{Session, credential, interrupted_rotation};
use crate::store::{Entry, Forgotten, Stored};

/// Which tokens a sign-out revokes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// Those that keybelt made by a sign-in.
    Own,
    /// Any.
    Every,
    /// None: the token is deleted here only.
    None,
}

impl Scope {
    fn revokes(self, entry: &Entry) -> bool {
        self == Self::Every || self == Self::Own && entry.origin.is_own()
    }
}

/// Revokes a stored token as far as that is wanted, and deletes it. Returns what became of it, and what is left.
pub fn sign_out(
    session: &Session,
    stored: &Stored,
    scope: Scope,
) -> Result<(SignOutOutcome, Forgotten), Failure> {
    let outcome = match scope.revokes(&stored.entry) {
        true => revoke(session, stored)?,
        false => SignOutOutcome::StillValid,
    };
    let forgotten = forget(session, stored, scope, outcome)?;
    Ok((outcome, forgotten))
}

/// What became of the token on the server.
#[derive(Debug, Clone, Copy)]
pub enum SignOutOutcome {
    /// It was revoked.
    Revoked,
    /// The server did not accept it any more.
    NoLongerAccepted,
    /// The store did not have it any more.
    Missing,
    /// Forgotten here, and alive there.
    StillValid,
}

impl SignOutOutcome {
    /// Returns the word for JSON.
    pub fn word(self) -> &'static str {
        match self {
            Self::Revoked => "revoked",
            Self::NoLongerAccepted => "no_longer_accepted",
            Self::Missing => "missing",
            Self::StillValid => "still_valid",
        }
    }

    /// Returns the sentence for people.
    pub fn sentence(self) -> &'static str {
        match self {
            Self::Revoked => "the token is revoked",
            Self::NoLongerAccepted => "the server no longer accepted the token",
            Self::Missing => "the token was no longer in its store, so nothing was revoked",
            Self::StillValid => "deleted here; the token is still valid on the server",
        }
    }
}

fn revoke(session: &Session, stored: &Stored) -> Result<SignOutOutcome, Failure> {
    let Stored { host, entry, .. } = stored;
    if session.store.get(stored)?.is_none() {
        return Ok(SignOutOutcome::Missing);
    }
    let credential = credential::stored_credential(session, stored)?;
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
        Ok(Revocation::Revoked) => Ok(SignOutOutcome::Revoked),
        Ok(Revocation::NoLongerAccepted) => Ok(SignOutOutcome::NoLongerAccepted),
        Ok(Revocation::StillValid) => {
            Err(Failure::refused(format!("`{host}` does not support revoking this token"))
                .adding("the token is still valid and was kept")
                .hint(format!(
                    "{}; then run `keybelt logout --local-only`",
                    server.how_to_revoke()
                )))
        }
        Err(failure) => {
            let state = if failure.leaves_open() { "may still be" } else { "is still" };
            let failure = failure.adding(format_args!("the token {state} valid and was kept"));
            Err(failure.hint("try again, or delete it only here with --local-only"))
        }
    }
}

/// Forgets the token. Who asks to forget it here alone may have lost its store, so the entry goes in any case.
fn forget(
    session: &Session,
    stored: &Stored,
    scope: Scope,
    outcome: SignOutOutcome,
) -> Result<Forgotten, Failure> {
    session.forget(stored).map_err(|failure| {
        let Stored { host, account, entry } = stored;
        let kept = if scope == Scope::None && session.forget_entry(stored).is_ok() {
            format!(
                "{account} is signed out of `{host}`, but {} may still have the token",
                entry.store
            )
        } else if matches!(outcome, SignOutOutcome::Revoked) {
            format!("the token of {account} at `{host}` is revoked, but its entry was not deleted")
        } else {
            format!("{account} is not signed out of `{host}` yet")
        };
        failure.within(kept)
    })
}
