//! Tokens on an Aptible server, which lists none but the one in use.

use jiff::Timestamp;
use serde_json::Value;

use super::claims::Claims;
use super::guidance::{no_token_creation, no_token_list};
use super::link::Link;
use super::wire;
use super::{Aptible, TOKENS};
use crate::account::{Account, Identifier};
use crate::failure::{Failure, Kind};
use crate::http::{Method, Reply};
use crate::provider::answer::{self, Due, Shape};
use crate::provider::parse::{identifier, single_line};
use crate::provider::tokens::{Revocation, Tokens};
use crate::token::{Credential, Token, TokenInfo};

const REVOKE_OTHERS: &str = "/tokens/revoke_all_accessible";

impl Tokens for Aptible<'_> {
    fn tokens(&self, _: &Credential, _: &Account) -> Result<Vec<TokenInfo>, Failure> {
        Err(no_token_list())
    }

    fn sign_ins(&self, credential: &Credential, _: &Account) -> Result<Vec<TokenInfo>, Failure> {
        let token = self.current_token(credential)?;
        let claims = Claims::new(&credential.token);
        let scope = token.get("scope").and_then(Value::as_str);
        let scope = scope.or_else(|| claims.scope()).unwrap_or("unknown");
        let id = identifier(token.get("id")).or_else(|| claims.id());
        Ok(vec![TokenInfo {
            id: id.ok_or_else(|| {
                Failure::unavailable(format!("`{}` does not report this token's ID", self.host))
            })?,
            description: Some(single_line(&format!("scope {scope}"))),
            created_at: wire::moment(token.get("created_at")),
            last_used_at: None,
            expires_at: wire::moment(token.get("expires_at")).or_else(|| claims.expires_at()),
        }])
    }

    fn create_token(
        &self,
        _: &Credential,
        _: &Account,
        _: &str,
        _: Option<Timestamp>,
    ) -> Result<(TokenInfo, Token), Failure> {
        Err(no_token_creation())
    }

    fn revoke(
        &self,
        credential: &Credential,
        id: Option<&Identifier>,
    ) -> Result<Revocation, Failure> {
        let own = id.cloned().or_else(|| Claims::new(&credential.token).id());
        let id = match own {
            Some(id) => id,
            None => match self.current_token(credential) {
                Err(failure) if failure.kind == Kind::NotSignedIn => {
                    return Ok(Revocation::NoLongerAccepted);
                }
                token => match identifier(token?.get("id")) {
                    Some(id) => id,
                    None => return Ok(Revocation::StillValid),
                },
            },
        };
        let reply = self.deleted(&id, credential)?;
        match reply.status {
            200..=299 => Ok(Revocation::Revoked),
            401 => Ok(Revocation::NoLongerAccepted),
            404 => Ok(Revocation::Revoked),
            405 => Ok(Revocation::StillValid),
            _ => Err(reply.unexpected(self.host)),
        }
    }

    fn revoke_token(
        &self,
        credential: &Credential,
        id: &Identifier,
    ) -> Result<Revocation, Failure> {
        let reply = self.deleted(id, credential)?;
        match reply.status {
            200..=299 => Ok(Revocation::Revoked),
            404 => {
                Err(Failure::refused(format!("`{}` has no token {id} of this account", self.host)))
            }
            // That it had expired says nothing of the one that was to be ended.
            _ => Err(self.refused(&reply, credential, "revoke tokens")),
        }
    }

    fn revoke_others(
        &self,
        credential: &Credential,
        kept: &[&Credential],
    ) -> Result<Option<u64>, Failure> {
        let mut addresses = Vec::new();
        for kept in kept {
            let address = self.address_of(kept)?;
            if !addresses.contains(&address) {
                addresses.push(address);
            }
        }
        let body = wire::revoke_others(&addresses);
        let request = self.request(Method::Post, REVOKE_OTHERS, Some(credential), Some(body));
        let reply = answer::send(self.http, &request, Due::change(Shape::Hal))?;
        match reply.status {
            200..=299 => Ok(wire::revoked(&reply)),
            _ => Err(self.refused(&reply, credential, "revoke other tokens")),
        }
    }
}

impl Aptible<'_> {
    /// Returns a token's address as the server writes it: what it keeps is told by addresses.
    fn address_of(&self, credential: &Credential) -> Result<String, Failure> {
        let token = self.current_token(credential)?;
        let own = Link::from_relation(&token, "self", self.host)?.or_else(|| {
            let id = identifier(token.get("id")).or_else(|| Claims::new(&credential.token).id())?;
            Some(Link::to(format!("{TOKENS}/{id}")))
        });
        own.map(|link| link.address(self.host)).ok_or_else(|| {
            Failure::unavailable(format!(
                "`{}` does not report which token is in use; nothing was revoked",
                self.host
            ))
        })
    }

    fn deleted(&self, id: &Identifier, credential: &Credential) -> Result<Reply, Failure> {
        let path = format!("{TOKENS}/{id}");
        Ok(self.send(Method::Delete, &path, Some(credential), None)?)
    }
}
