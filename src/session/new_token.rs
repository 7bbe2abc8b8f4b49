//! Saving a token that a sign-in has just made.
//!
//! It is stored, or revoked if that is not possible, before the process ends; and it ends the token that it
//! takes the place of.

use jiff::Timestamp;

use super::{Session, interrupted_rotation};
use crate::account::{Account, AccountName, Holder, Identifier};
use crate::clock_skew::ClockSkew;
use crate::environment;
use crate::failure::{Failure, Kind};
use crate::host::Host;
use crate::http::Http;
use crate::lifetime::Lifetime;
use crate::provider::{self, AccountServer, Revocation};
use crate::signal::{self, Cleanup};
use crate::store::{Choice, Entry, StoreName, Stored};
use crate::terminal;
use crate::token::{Credential, NewToken, Origin, Source};

/// What a sign-in came to.
#[derive(Debug)]
pub struct Outcome {
    /// Whose token it is.
    pub account: Account,
    /// What is stored.
    pub stored: Stored,
    /// The person said that the phone is lost.
    pub lost_phone: bool,
    /// Ends the token with the process, while it is held and not stored yet.
    pub held: Option<Cleanup>,
}

/// Checks a token from outside with its server, then stores it.
///
/// # Errors
/// Not signed in, if the server rejects it; unavailable, if it cannot be checked. The store is unchanged then.
pub fn save_external_token(
    session: &Session,
    credential: &Credential,
    origin: Origin,
) -> Result<Outcome, Failure> {
    let host = &credential.host;
    session.learn_provider(host, credential.source.provider());
    let server = session.server(host, None);
    TokenSaver::new(session, host, &*server, origin).save_checked(credential)
}

/// How a sign-in's token is kept.
pub(super) struct TokenSaver<'a> {
    pub(super) session: &'a Session,
    pub(super) host: &'a Host,
    pub(super) server: &'a dyn AccountServer,
    pub(super) origin: Origin,
    /// The lifetime that was asked for.
    pub(super) asked: Option<Lifetime>,
    /// The name that was typed, for servers that name nobody.
    pub(super) typed: Option<&'a AccountName>,
    /// Whose token must come of it, where it takes the place of one that no longer works.
    pub(super) expected: Option<&'a AccountName>,
    /// Whether the token is only held for now: whoever asked for it stores it or revokes it.
    pub(super) is_held: bool,
}

impl<'a> TokenSaver<'a> {
    /// For a token of which nothing is known yet but how it is obtained.
    pub(super) fn new(
        session: &'a Session,
        host: &'a Host,
        server: &'a dyn AccountServer,
        origin: Origin,
    ) -> Self {
        Self {
            session,
            host,
            server,
            origin,
            asked: None,
            typed: None,
            expected: None,
            is_held: false,
        }
    }

    /// Checks a token from outside with its server, and stores it if it works; it is not revoked if not.
    pub(super) fn save_checked(&self, credential: &Credential) -> Result<Outcome, Failure> {
        let account = self.server.account(credential).map_err(|failure| match failure {
            Failure { kind: Kind::NotSignedIn, hint: None, .. } => {
                let page = self.server.token_page();
                failure.hint(format!("copy the token again, or get another at {page}"))
            }
            failure => failure,
        })?;
        let told = account.token_expires_at;
        let new = NewToken {
            token: credential.token.clone(),
            id: account.token_id.clone(),
            expires_at: told.or_else(|| self.reported_expiry(credential, &account)),
            server_time: None,
        };
        self.save_as(account, &new)
    }

    /// Finds out whose the token is and stores it, or revokes it if that is not possible.
    pub(super) fn save(&self, new: &NewToken) -> Result<Outcome, Failure> {
        let credential =
            Credential::new(self.host, new.token.clone(), Source::SignIn).known_as(self.typed);
        let kept =
            interrupted().and_then(|()| self.server.account(&credential)).and_then(|account| {
                let expires_at =
                    new.expires_at.or_else(|| self.reported_expiry(&credential, &account));
                self.save_as(account, &NewToken { expires_at, ..new.clone() })
            });
        kept.map_err(|failure| self.undo(&credential, new, failure))
    }

    /// Asks when a token expires, where its making did not tell. A server that does not answer leaves the token
    /// as good as it is.
    pub(super) fn reported_expiry(
        &self,
        credential: &Credential,
        account: &Account,
    ) -> Option<Timestamp> {
        let id = account.token_id.as_ref()?;
        if account.holder != Holder::User {
            return None;
        }
        self.server.token(credential, id).ok().flatten()?.expires_at
    }

    /// Stores a token that is known to be this account's.
    pub(super) fn save_as(&self, account: Account, new: &NewToken) -> Result<Outcome, Failure> {
        self.require_expected(&account)?;
        interrupted()?;
        let store = self.session.store_for(self.host, &account.name)?;
        let window = self.session.sudo_window()?;
        let stored = Stored {
            host: self.host.clone(),
            account: account.name.clone(),
            entry: self.entry(&account, new, store, window),
        };
        // An imported token and one in the place of another change nothing about which account is in use.
        let is_chosen = self.expected.is_none() && self.origin != Origin::Imported;
        if let Some(skew) = new.server_time.and_then(ClockSkew::from_server) {
            terminal::warn(&format!(
                "this machine's clock is {skew}; correct it, or lifetimes and codes will be wrong"
            ));
        }
        let choice = if is_chosen { Choice::Activate } else { Choice::KeepActive };
        if self.is_held {
            let credential = Credential::new(self.host, new.token.clone(), Source::SignIn);
            let revoke = || revoke_on_signal(self.session, &credential, new.id.as_ref());
            let held = self.origin.is_own().then(revoke);
            return Ok(Outcome { account, stored, lost_phone: false, held });
        }
        if let Some(old) = self.session.put(&stored, choice)? {
            self.revoke_replaced(&old, new, &account);
        }
        Ok(Outcome { account, stored, lost_phone: false, held: None })
    }

    fn entry(
        &self,
        account: &Account,
        new: &NewToken,
        store: StoreName,
        window: Option<Lifetime>,
    ) -> Entry {
        let window = window.filter(|_| self.origin == Origin::Password);
        let now = environment::now();
        let skew = new.server_time.and_then(ClockSkew::from_server);
        let offset = skew.map_or(0, ClockSkew::offset);
        Entry {
            provider: self.session.provider(self.host, None),
            origin: self.origin,
            user_id: account.id.clone(),
            token_id: new.id.clone().or_else(|| account.token_id.clone()),
            // By the clock that will measure its age: a server's `Date` may be years away from it.
            created_at: now,
            expires_at: new.expires_at,
            expires_in_asked: self.asked,
            authenticated_at: window.map(|_| now),
            clock_offset: offset,
            sudo_window: window,
            store,
            pending_two_factor: None,
            pending_delivery: None,
            pending_rotation: None,
            extra_copy_in: None,
            token: Some(new.token.clone()),
        }
    }

    /// Fails if `--account`, or the token that is replaced, expects somebody else.
    fn require_expected(&self, account: &Account) -> Result<(), Failure> {
        match self.session.options.account.as_ref().or(self.expected) {
            Some(expected) if *expected != account.name => Err(Failure::refused(format!(
                "the token belongs to {}, not {expected}; it was not stored",
                account.name
            ))
            .hint(format!("use a token of {expected}"))),
            _ => Ok(()),
        }
    }

    /// Revokes a token that could not be kept; says so if that fails too.
    fn undo(&self, credential: &Credential, new: &NewToken, failure: Failure) -> Failure {
        self.session.http.renew_time();
        if try_revoke(self.server, credential, new) {
            return failure;
        }
        failure
            .adding("the new token was created and may still be valid")
            .hint(self.server.how_to_revoke())
    }

    /// Ends the token that was replaced, if keybelt made it. Its failing leaves the new one as good, so it is
    /// only a warning.
    fn revoke_replaced(&self, old: &Entry, new: &NewToken, account: &Account) {
        self.session.http.renew_time();
        let presented = Credential::new(self.host, new.token.clone(), Source::SignIn)
            .known_as(Some(&account.name));
        interrupted_rotation::revoke_leftover(self.server, &presented, account, old)
            .unwrap_or_else(|failure| interrupted_rotation::warn(self.server, &failure));
        let Some(token) =
            old.token.clone().filter(|token| old.origin.is_own() && !token.same_as(&new.token))
        else {
            return;
        };
        let credential = Credential::new(self.host, token, Source::Store);
        self.session.http.renew_time();
        match self.server.revoke(&credential, old.token_id.as_ref()) {
            Ok(Revocation::Revoked | Revocation::NoLongerAccepted) => {}
            Ok(Revocation::StillValid) | Err(_) => terminal::warn(&format!(
                "the previous token may still be valid; {}",
                self.server.how_to_revoke()
            )),
        }
    }
}

/// Ends a token if a signal ends the process, until the clean-up is dropped.
pub(super) fn revoke_on_signal(
    session: &Session,
    credential: &Credential,
    id: Option<&Identifier>,
) -> Cleanup {
    let (to_revoke, id) = (credential.clone(), id.cloned());
    let provider = session.provider(&credential.host, None);
    let (timeout, ca_file) = (session.options.timeout, session.options.ca_file.clone());
    signal::cleanup_on_signal(move || {
        let http = Http::new(timeout, ca_file, |_, _| ());
        let server = provider::account_server(provider, &to_revoke.host, &http);
        // The process is ending: nobody is left who could be told.
        let _ = server.revoke(&to_revoke, id.as_ref());
    })
}

/// Ends a token that a sign-in made only to check a password.
///
/// # Errors
/// A failure if it is still valid.
pub(super) fn revoke_unused(
    host: &Host,
    server: &dyn AccountServer,
    new: &NewToken,
) -> Result<(), Failure> {
    let credential = Credential::new(host, new.token.clone(), Source::SignIn);
    if try_revoke(server, &credential, new) {
        return Ok(());
    }
    Err(Failure::unavailable(
        "password confirmed, but the token created to check it may still be valid",
    )
    .hint(server.how_to_revoke()))
}

/// Revokes a new token, and returns whether it is gone.
fn try_revoke(server: &dyn AccountServer, credential: &Credential, new: &NewToken) -> bool {
    matches!(
        server.revoke(credential, new.id.as_ref()),
        Ok(Revocation::Revoked | Revocation::NoLongerAccepted)
    )
}

/// Fails if a signal is waiting.
fn interrupted() -> Result<(), Failure> {
    signal::pending().map_or(Ok(()), |signal| Err(Failure::interrupted(signal)))
}
