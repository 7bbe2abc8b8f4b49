//! A user's tokens on an Atlas server.

use std::collections::HashSet;

use jiff::Timestamp;

use super::{ACCOUNT, AUTHENTICATE, Atlas, wire};
use crate::account::{Account, Holder, Identifier};
use crate::failure::Failure;
use crate::http::{Method, Reply, Request};
use crate::provider::answer::{self, Due, Shape};
use crate::provider::guidance::Guidance;
use crate::provider::sign_in::SignIns;
use crate::provider::tokens::{Revocation, Tokens};
use crate::token::{Credential, Token, TokenInfo};

/// What tools call the tokens that their sign-ins make.
const SIGN_INS: [&str; 5] =
    ["keybelt on ", "terraform login", "tofu login", "Vagrant login from ", "Login from "];

/// Returns the path of one token.
pub(super) fn token_path(id: &Identifier) -> String {
    format!("/api/v2/authentication-tokens/{id}")
}

impl Tokens for Atlas<'_> {
    fn tokens(
        &self,
        credential: &Credential,
        account: &Account,
    ) -> Result<Vec<TokenInfo>, Failure> {
        let path = self.tokens_path(account)?;
        let (mut found, mut seen) = (Vec::new(), HashSet::new());
        self.list(credential, &path, "", &mut |reply| {
            if !reply.is_success() {
                return Err(self.tokens_refused(reply, credential, "list tokens"));
            }
            wire::tokens(&reply.json(self.host)?, &mut found, &mut seen, self.host)
        })?;
        Ok(found)
    }

    fn token(
        &self,
        credential: &Credential,
        id: &Identifier,
    ) -> Result<Option<TokenInfo>, Failure> {
        let reply = self.get(&token_path(id), credential)?;
        match reply.status {
            200..=299 => Ok(wire::token(&reply.json(self.host)?)),
            _ if answer::is_refusal(&reply) => Ok(None),
            _ => Err(reply.unexpected(self.host)),
        }
    }

    fn sign_ins(
        &self,
        credential: &Credential,
        account: &Account,
    ) -> Result<Vec<TokenInfo>, Failure> {
        let mut tokens = self.tokens(credential, account)?;
        tokens.retain(|token| {
            let description = token.description.as_deref().unwrap_or_default();
            SIGN_INS.iter().any(|start| description.starts_with(start))
                || account.token_id.as_ref() == Some(&token.id)
        });
        Ok(tokens)
    }

    fn create_token(
        &self,
        credential: &Credential,
        account: &Account,
        description: &str,
        expires_at: Option<Timestamp>,
    ) -> Result<(TokenInfo, Token), Failure> {
        let path = self.tokens_path(account)?;
        let request = Request {
            body: Some(wire::create_token(description, expires_at)),
            ..self.request(Method::Post, &path, Some(credential))
        };
        let sent = self.send(&request, Due::document(Shape::JsonApi));
        let outcome_unknown = |failure| self.sign_in_unknown(failure);
        let reply = sent.map_err(|reason| reason.explained(outcome_unknown))?;
        if !reply.is_success() {
            return Err(self.creation_refused(&reply, credential, expires_at));
        }
        let document = reply.json(self.host).map_err(outcome_unknown)?;
        wire::created_token(&document).ok_or_else(|| {
            outcome_unknown(Failure::unavailable(format!(
                "`{}` created a token but returned none",
                self.host
            )))
        })
    }

    fn revoke(
        &self,
        credential: &Credential,
        id: Option<&Identifier>,
    ) -> Result<Revocation, Failure> {
        let request = Request::new(Method::Delete, self.host, AUTHENTICATE).with(credential);
        let due = Due::change(Shape::Classic);
        let reply = self.send(&request, due.or_absent())?;
        match reply.status {
            200..=299 => Ok(Revocation::Revoked),
            401 if answer::says_nothing(&reply) => self.confirm_dead(credential),
            401 => Ok(Revocation::NoLongerAccepted),
            404 | 405 => {
                // The token knows its own id, where the server tells.
                let told = || self.account(credential).ok()?.token_id;
                match id.cloned().or_else(told) {
                    Some(id) => self.revoke_by_id(credential, &id),
                    None => answer::in_between(&reply, due, self.host)
                        .map_or(Ok(Revocation::StillValid), Err),
                }
            }
            _ => Err(reply.unexpected(self.host)),
        }
    }

    fn revoke_token(
        &self,
        credential: &Credential,
        id: &Identifier,
    ) -> Result<Revocation, Failure> {
        let reply = self.deleted(credential, id)?;
        match reply.status {
            200..=299 => Ok(Revocation::Revoked),
            404 => Ok(Revocation::NoLongerAccepted),
            _ => Err(self.tokens_refused(&reply, credential, "revoke tokens")),
        }
    }

    fn revoke_others(&self, _: &Credential, _: &[&Credential]) -> Result<Option<u64>, Failure> {
        Err(Failure::refused(format!("`{}` can only revoke tokens one at a time", self.host)))
    }
}

impl Atlas<'_> {
    fn tokens_path(&self, account: &Account) -> Result<String, Failure> {
        if account.holder != Holder::User {
            return Err(Failure::refused(format!(
                "this token is of {}, and only a user's token manages user tokens",
                account.described()
            ))
            .hint("sign in as a user, or use the organization's settings page"));
        }
        let id = account.id.as_ref().ok_or_else(|| {
            Failure::refused(format!(
                "`{}` did not report the account's ID, so its tokens cannot be found",
                self.host
            ))
            .hint(format!("use {}", self.token_page()))
        })?;
        Ok(format!("/api/v2/users/{id}/authentication-tokens"))
    }

    fn deleted(&self, credential: &Credential, id: &Identifier) -> Result<Reply, Failure> {
        let path = token_path(id);
        let request = self.request(Method::Delete, &path, Some(credential));
        Ok(self.send(&request, Due::change(Shape::JsonApi))?)
    }

    /// A 401 without a word may be anybody's: only the modern API's own says that the token is dead.
    fn confirm_dead(&self, credential: &Credential) -> Result<Revocation, Failure> {
        let reply = self.get(ACCOUNT, credential)?;
        match reply.status {
            401 => Ok(Revocation::NoLongerAccepted),
            200..=299 => Ok(Revocation::StillValid),
            _ => Err(reply.unexpected(self.host)),
        }
    }

    /// Explains a refused creation: a request that the server cannot take is no matter of rights.
    fn creation_refused(
        &self,
        reply: &Reply,
        credential: &Credential,
        expires_at: Option<Timestamp>,
    ) -> Failure {
        if !matches!(reply.status, 400 | 422) {
            return self.tokens_refused(reply, credential, "create tokens");
        }
        let failure = self.refused(reply, "did not create the token");
        match expires_at.zip(reply.server_time) {
            Some((expires_at, now)) if expires_at <= now => failure.hint(format!(
                "it would have expired already by the server's clock, {now}: check this machine's clock"
            )),
            _ => failure,
        }
    }

    /// Explains a refusal: the token in use is dead only if the account route says so too.
    fn tokens_refused(&self, reply: &Reply, credential: &Credential, what: &str) -> Failure {
        self.refused_to_token(reply, credential, || {
            Failure::refused(format!("this token is not allowed to {what} at `{}`", self.host))
                .hint(format!("use {}", self.token_page()))
        })
    }

    /// Ends a token by its id, where the classic route is missing.
    fn revoke_by_id(
        &self,
        credential: &Credential,
        id: &Identifier,
    ) -> Result<Revocation, Failure> {
        let reply = self.deleted(credential, id)?;
        match reply.status {
            200..=299 => Ok(Revocation::Revoked),
            404 => Ok(Revocation::Revoked),
            401 => Ok(Revocation::NoLongerAccepted),
            405 => Ok(Revocation::StillValid),
            _ => Err(reply.unexpected(self.host)),
        }
    }
}
