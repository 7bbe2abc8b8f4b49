//! One user's tokens: what there is, and its end, until a look finds nothing more.

use std::collections::{HashMap, HashSet};

use super::{Fate, Found, TokenFate, User, made};
use crate::account::Identifier;
use crate::failure::{Failure, Kind};
use crate::http::Http;
use crate::provider::{AccountServer, Capability, Revocation};
use crate::signal;
use crate::text;
use crate::token::{Credential, TokenInfo};

/// How often tokens are ended: whoever makes new ones may make them faster than they end.
const PASSES: u32 = 3;

/// Lists what a user has beside what stays.
pub(super) fn look(server: &dyn AccountServer, http: &Http, user: &User) -> Found {
    if server.offers(Capability::TokenList).or_refuse().is_err() {
        return Found::Unlisted;
    }
    match others(server, http, user) {
        Ok(tokens) => Found::Listed(tokens),
        Err(failure) => Found::Failed(failure),
    }
}

/// Returns all but what stays.
///
/// # Errors
/// Refused, if the server does not tell which those are: they would be ended too.
fn others(server: &dyn AccountServer, http: &Http, user: &User) -> Result<Vec<TokenInfo>, Failure> {
    if user.made.iter().any(|(_, id)| id.is_none()) {
        return Err(Failure::refused(format!(
            "`{}` does not report which token is in use",
            user.acting.host
        ))
        .hint(server.how_to_revoke()));
    }
    http.renew_time();
    let mut tokens = server.tokens(&user.acting, &user.account)?;
    tokens.retain(|token| !user.is_made(&token.id));
    Ok(tokens)
}

/// Ends what a user has.
pub(super) fn end(server: &dyn AccountServer, http: &Http, user: &User, found: &Found) -> Fate {
    http.renew_time();
    let mut fate = match found {
        Found::Listed(tokens) => end_listed(server, http, user, tokens),
        Found::Unlisted => end_unlisted(server, http, user),
        Found::Failed(failure) => end_stored(server, http, user, failure),
    };
    if interrupted().is_none() {
        // Afterwards, with a time of its own: nothing that ends waits for what is only shown.
        http.renew_time();
        fate.left = server.other_access(&user.acting, &user.account);
        fate.left.extend(made::look(server, http, user));
    }
    fate
}

/// Ends tokens one by one, and looks again, until there is nothing new. One that could not be ended is not tried
/// again: whatever is in the way, a person has to know.
fn end_listed(server: &dyn AccountServer, http: &Http, user: &User, listed: &[TokenInfo]) -> Fate {
    let mut fate = Fate::default();
    let mut seen = Seen::new(listed);
    let mut to_end = listed.to_vec();
    for pass in 1..=PASSES {
        for token in &to_end {
            seen.note(token, revoke(server, http, &user.acting, &token.id));
        }
        let again = match interrupted() {
            Some(failure) => Err(failure),
            None => others(server, http, user),
        };
        match again {
            Ok(left) => to_end = seen.meet(left),
            Err(failure) => {
                fate.fail(failure.within("the remaining tokens could not be listed"));
                break;
            }
        }
        if to_end.is_empty() || pass == PASSES {
            break;
        }
    }
    if !seen.alive.is_empty() {
        fate.fail(seen.still_valid(user));
    }
    fate.tokens = seen.fates();
    fate
}

/// Every token that was seen, in order, and what is known of it.
struct Seen {
    order: Vec<TokenInfo>,
    at_first: HashSet<Identifier>,
    alive: HashMap<Identifier, String>,
    /// What kept the first one from ending.
    obstacle: Option<Kind>,
}

impl Seen {
    fn new(listed: &[TokenInfo]) -> Self {
        let ids = listed.iter().map(|token| token.id.clone());
        Self {
            order: listed.to_vec(),
            at_first: ids.collect(),
            alive: HashMap::new(),
            obstacle: None,
        }
    }

    /// Notes what became of a token.
    fn note(&mut self, token: &TokenInfo, outcome: Result<(), Failure>) {
        match outcome {
            Ok(()) => drop(self.alive.remove(&token.id)),
            Err(failure) => {
                self.alive.insert(token.id.clone(), failure.to_string());
                self.obstacle.get_or_insert(failure.kind);
            }
        }
    }

    /// Takes what a look has found: that is alive, whatever was said before, and nothing else is. Returns what is
    /// new.
    fn meet(&mut self, found: Vec<TokenInfo>) -> Vec<TokenInfo> {
        let before = std::mem::take(&mut self.alive);
        let mut new = Vec::new();
        for token in found {
            let why = before.get(&token.id).cloned();
            let why = why.unwrap_or_else(|| "the server still lists it".to_owned());
            self.alive.insert(token.id.clone(), why);
            if !self.order.iter().any(|seen| seen.id == token.id) {
                self.order.push(token.clone());
                new.push(token);
            }
        }
        new
    }

    /// Says how many are left: of some, nothing but their being new is to blame.
    fn still_valid(&self, user: &User) -> Failure {
        Failure::new(
            self.obstacle.unwrap_or(Kind::Finding),
            format!(
                "{} of {} at `{}` may still be valid",
                text::plural(self.alive.len(), "token"),
                user.account.name,
                user.acting.host
            ),
        )
    }

    fn fates(mut self) -> Vec<TokenFate> {
        let fates = self.order.into_iter().map(|token| TokenFate {
            appeared: !self.at_first.contains(&token.id),
            still_valid: self.alive.remove(&token.id),
            token,
        });
        fates.collect()
    }
}

/// Ends one token. A success gives the time back: many tokens are not a slow server.
fn revoke(
    server: &dyn AccountServer,
    http: &Http,
    acting: &Credential,
    id: &Identifier,
) -> Result<(), Failure> {
    if let Some(failure) = interrupted() {
        return Err(failure);
    }
    server.revoke_token(acting, id)?;
    http.renew_time();
    Ok(())
}

/// Ends all others at once, until there were none.
fn end_unlisted(server: &dyn AccountServer, http: &Http, user: &User) -> Fate {
    let mut fate = Fate { unlisted: Some(0), ..Fate::default() };
    let kept: Vec<&Credential> = user.made.iter().map(|(credential, _)| credential).collect();
    for pass in 1..=PASSES {
        if let Some(failure) = interrupted() {
            fate.fail(failure);
            break;
        }
        http.renew_time();
        match server.revoke_others(&user.acting, &kept) {
            Ok(Some(0)) => return fate,
            Ok(Some(count)) => {
                fate.unlisted = fate.unlisted.map(|sum| sum.saturating_add(count));
                fate.unlisted_appeared |= pass > 1;
            }
            // Whether there were any is not told, so what appeared before the second time is ended, unseen.
            Ok(None) => {
                fate.unlisted = None;
                if pass > 1 {
                    return fate;
                }
            }
            Err(failure) => {
                fate.fail(failure);
                return fate;
            }
        }
    }
    fate.fail(Failure::finding(format!(
        "tokens of {} at `{}` keep appearing",
        user.account.name, user.acting.host
    )));
    fate
}

/// Ends what was stored here, where the rest is not known.
fn end_stored(server: &dyn AccountServer, http: &Http, user: &User, unknown: &Failure) -> Fate {
    let mut fate = Fate::default();
    for (credential, id) in &user.stored {
        http.renew_time();
        let ended = match interrupted() {
            Some(failure) => Err(failure),
            None => server.revoke(credential, id.as_ref()),
        };
        let still_valid = match ended {
            Ok(Revocation::Revoked | Revocation::NoLongerAccepted) => None,
            Ok(Revocation::StillValid) => Some("the server does not support that".to_owned()),
            Err(failure) => Some(failure.to_string()),
        };
        if let Some(id) = id.clone() {
            let token = TokenInfo {
                id,
                description: None,
                created_at: None,
                last_used_at: None,
                expires_at: None,
            };
            fate.tokens.push(TokenFate { token, appeared: false, still_valid });
        }
    }
    let mut failure = Failure::new(unknown.kind, "the tokens could not be listed").adding(unknown);
    failure.hint.clone_from(&unknown.hint);
    fate.fail(failure);
    fate
}

/// Returns the failure of a signal that waits.
fn interrupted() -> Option<Failure> {
    signal::pending().map(Failure::interrupted)
}
