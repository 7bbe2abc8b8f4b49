//! Rotation: a new token in place of the stored one.
//!
//! New, stored, checked, and only then is the old one ended, so that there is a working token at every
//! moment. What a killed process would leave behind is noted in the entry beforehand: the new one's
//! description before it is made, the old one's id when the new one is stored. The next rotation, sign-in or
//! sign-out finds it by that and ends it.

use jiff::Timestamp;

use super::listed_tokens::AccountTokens;
use crate::account::{Account, Identifier};
use crate::environment;
use crate::failure::Failure;
use crate::lifetime::Lifetime;
use crate::provider::{AccountServer, Capability, Revocation};
use crate::session::{Session, SignedIn, interrupted_rotation};
use crate::signal;
use crate::store::{Choice, Entry, Stored};
use crate::token::{Credential, Source, Token, TokenInfo};

/// A rotation that is done.
pub struct Rotated {
    /// What is stored now.
    pub stored: Stored,
    /// The server's description of the new token.
    pub info: TokenInfo,
    /// What became of the old one.
    pub old: Revocation,
}

/// Replaces the stored token, and revokes the old one.
pub fn rotate(session: &Session, asked: Option<Lifetime>) -> Result<Rotated, Failure> {
    let host = session.target()?.host;
    session.known_server(&host).offers(Capability::TokenCreation).or_refuse()?;
    let listed = AccountTokens::fetch(session)?;
    let old = old_token(session, &listed)?;
    let server = session.server(&old.stored.host, Some(&old.stored.entry));
    let this = listed.account.token_id.as_ref();
    interrupted_rotation::revoke_leftover_among(
        &listed.tokens,
        &*server,
        &old.credential,
        this,
        &old.stored.entry,
    )?;
    let lifetime = asked.or_else(|| lifetime_of(&old, &listed));
    let expires_at = lifetime.map(|lifetime| lifetime.after(environment::now()));
    let description = note(session, &old)?;
    let _deferred = signal::defer_signals();
    let (info, entry, new) = replace(session, &*server, &old, &listed, &description, expires_at)?;
    check(session, &*server, &old, &entry, &new, &listed.account)?;
    let ended = revoke_old(&*server, &old, &new)?;
    forget_note(session, &old, &entry)?;
    drop(server);
    Ok(Rotated { stored: old.stored.with(entry), info, old: ended })
}

/// The stored token that is being replaced.
struct OldToken {
    stored: Stored,
    credential: Credential,
    /// The server's word on it, before the entry's.
    id: Option<Identifier>,
}

/// Creates the new token and stores it in the old one's place.
fn replace(
    session: &Session,
    server: &dyn AccountServer,
    old: &OldToken,
    listed: &AccountTokens,
    description: &str,
    expires_at: Option<Timestamp>,
) -> Result<(TokenInfo, Entry, Credential), Failure> {
    let (info, token) =
        server.create_token(&old.credential, &listed.account, description, expires_at)?;
    let new =
        Credential::new(&old.stored.host, token, Source::Store).known_as(Some(&old.stored.account));
    let entry = store(session, server, old, &info, &new.token)?;
    Ok((info, entry, new))
}

fn old_token(session: &Session, listed: &AccountTokens) -> Result<OldToken, Failure> {
    match session.signed_in(&listed.host)? {
        SignedIn { credential, stored: Some(stored) } => Ok(OldToken {
            id: listed.account.token_id.clone().or_else(|| stored.entry.token_id.clone()),
            stored,
            credential,
        }),
        SignedIn { credential, .. } => {
            Err(Failure::usage(format!("cannot replace the token from {}", credential.source))
                .hint(
                    "create a token with `keybelt token create` and put it there, or use --account",
                ))
        }
    }
}

/// Returns how long the old token was made for, where the server tells.
fn lifetime_of(old: &OldToken, listed: &AccountTokens) -> Option<Lifetime> {
    let info = listed.tokens.iter().find(|token| listed.is_this(&token.id));
    let told = info.and_then(|info| {
        let (created, expires) = (info.created_at?, info.expires_at?);
        Lifetime::from_seconds(expires.as_second() - created.as_second())
    });
    old.stored.entry.expires_in_asked.or(told)
}

/// Notes the new token's description before there is one.
fn note(session: &Session, old: &OldToken) -> Result<String, Failure> {
    let made = environment::now().strftime("%Y-%m-%d %H:%M:%S%.3f UTC");
    let description = format!("keybelt on {}, rotated {made}", environment::machine_name());
    session.store.change(|tokens| {
        let mut entry = require_unchanged(
            tokens.entry(&old.stored.host, &old.stored.account),
            &old.stored.entry,
        )?;
        entry.pending_rotation = Some(description.clone());
        tokens.put(&old.stored.host, &old.stored.account, &entry);
        Ok(())
    })?;
    Ok(description)
}

/// Returns the entry if it is still about the same token.
fn require_unchanged(found: Option<Entry>, old: &Entry) -> Result<Entry, Failure> {
    found.filter(|found| found.is_same_token(old)).ok_or_else(|| {
        Failure::general("the stored token was replaced by another keybelt process")
            .hint("nothing was rotated; try again")
    })
}

/// Puts the new token in the old one's place; ends it if that is not possible.
fn store(
    session: &Session,
    server: &dyn AccountServer,
    old: &OldToken,
    info: &TokenInfo,
    token: &Token,
) -> Result<Entry, Failure> {
    let entry = Entry {
        token_id: Some(info.id.clone()),
        created_at: info.created_at.unwrap_or_else(environment::now),
        expires_at: info.expires_at,
        pending_rotation: old.id.as_ref().map(ToString::to_string),
        token: Some(token.clone()),
        ..old.stored.entry.clone()
    };
    let stored = session.put(&old.stored.with(entry.clone()), Choice::InPlaceOf(&old.stored.entry));
    stored.map_err(|failure| match server.revoke_token(&old.credential, &info.id) {
        Ok(_) => failure,
        Err(_) => failure.adding(format_args!("the new token {} may still be valid", info.id)),
    })?;
    Ok(entry)
}

/// Checks the new token; if it does not work, the old one takes its place again.
fn check(
    session: &Session,
    server: &dyn AccountServer,
    old: &OldToken,
    entry: &Entry,
    new: &Credential,
    account: &Account,
) -> Result<(), Failure> {
    let failure = match server.account(new) {
        Ok(found) if found.name == account.name => return Ok(()),
        Ok(_) => {
            Failure::unavailable(format!("`{}` returned another account's token", old.stored.host))
        }
        Err(failure) => failure,
    };
    session.put(&old.stored, Choice::InPlaceOf(entry))?;
    let id = entry.token_id.as_ref().map(ToString::to_string).unwrap_or_default();
    let ended =
        entry.token_id.as_ref().is_some_and(|id| server.revoke_token(&old.credential, id).is_ok());
    let fate = if ended { "was revoked" } else { "may still be valid" };
    Err(failure
        .within(format_args!("the new token {id} does not work and {fate}; the old one was kept")))
}

/// The old token has ended, so that nothing is left to look for.
fn forget_note(session: &Session, old: &OldToken, new: &Entry) -> Result<(), Failure> {
    session.store.change(|tokens| {
        if let Some(entry) = tokens
            .entry(&old.stored.host, &old.stored.account)
            .filter(|found| found.is_same_token(new))
        {
            let entry = Entry { pending_rotation: None, ..entry };
            tokens.put(&old.stored.host, &old.stored.account, &entry);
        }
        Ok(())
    })
}

fn revoke_old(
    server: &dyn AccountServer,
    old: &OldToken,
    new: &Credential,
) -> Result<Revocation, Failure> {
    let outcome = match &old.id {
        Some(id) => server.revoke_token(new, id),
        None => server.revoke(&old.credential, None),
    };
    let still_valid = |failure: Failure| {
        let state = if failure.leaves_open() { "may still be" } else { "is still" };
        let told = format!("the new token is stored and works, but the old one {state} valid");
        failure.within(told).hint(server.how_to_revoke())
    };
    match outcome {
        Ok(Revocation::StillValid) => {
            Err(still_valid(Failure::refused("the server does not support revoking it")))
        }
        Ok(ended) => Ok(ended),
        Err(failure) => Err(still_valid(failure)),
    }
}
