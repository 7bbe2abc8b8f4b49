//! Tokens of organizations, teams, agent pools and audit trails on an Atlas server (protocol: tokens 0-4).

use std::collections::HashSet;

use jiff::Timestamp;

use super::organizations::path_of;
use super::{Atlas, wire};
use crate::account::Identifier;
use crate::failure::Failure;
use crate::http::{Method, Reply, Request};
use crate::organization::{Group, OrganizationName, TokenHolder};
use crate::provider::answer::{Due, Shape};
use crate::provider::organization_tokens::OrganizationTokens;
use crate::provider::tokens::{Revocation, Tokens};
use crate::token::{Credential, Token, TokenInfo};

impl OrganizationTokens for Atlas<'_> {
    fn team(
        &self,
        credential: &Credential,
        organization: &OrganizationName,
        name: &str,
    ) -> Result<Group, Failure> {
        self.group(credential, organization, ("teams", "team"), name)
    }

    fn agent_pool(
        &self,
        credential: &Credential,
        organization: &OrganizationName,
        name: &str,
    ) -> Result<Group, Failure> {
        self.group(credential, organization, ("agent-pools", "agent pool"), name)
    }

    fn tokens_of(
        &self,
        credential: &Credential,
        organization: &OrganizationName,
        holder: &TokenHolder,
    ) -> Result<Vec<TokenInfo>, Failure> {
        match holder {
            TokenHolder::Organization | TokenHolder::AuditTrail => {
                self.only_token(credential, &one_path(organization, holder))
            }
            TokenHolder::AgentPool(pool) => {
                let path = format!("/api/v2/agent-pools/{}/authentication-tokens", pool.id);
                let found = self.listed_tokens(credential, &path, None)?;
                found.ok_or_else(|| absent("agent pool", &pool.name, self))
            }
            TokenHolder::Team(team) => {
                let path = format!("{}/team-tokens", path_of(organization));
                match self.listed_tokens(credential, &path, Some(&team.id))? {
                    Some(tokens) => Ok(tokens),
                    // Servers from before there were several tokens of a team.
                    None => self.only_token(credential, &legacy_path(team)),
                }
            }
        }
    }

    fn create_token_of(
        &self,
        credential: &Credential,
        organization: &OrganizationName,
        holder: &TokenHolder,
        description: &str,
        expires_at: Option<Timestamp>,
    ) -> Result<(TokenInfo, Token), Failure> {
        let path = match holder {
            TokenHolder::Organization | TokenHolder::AuditTrail => one_path(organization, holder),
            TokenHolder::AgentPool(pool) => {
                format!("/api/v2/agent-pools/{}/authentication-tokens", pool.id)
            }
            TokenHolder::Team(team) => {
                format!("/api/v2/teams/{}/authentication-tokens", team.id)
            }
        };
        let described = (!holder.has_one_token()).then_some(description);
        let reply = self.created(credential, &path, described, expires_at)?;
        match holder {
            TokenHolder::Team(team) if matches!(reply.status, 404 | 405) => {
                self.create_legacy(credential, organization, team, expires_at)
            }
            _ => self.new_token(&reply, credential, &holder.of(organization)),
        }
    }

    fn revoke_token_of(
        &self,
        credential: &Credential,
        organization: &OrganizationName,
        holder: &TokenHolder,
        id: &Identifier,
    ) -> Result<Revocation, Failure> {
        if !holder.has_one_token() {
            return self.revoke_token(credential, id);
        }
        let path = one_path(organization, holder);
        let request = self.request(Method::Delete, &path, Some(credential));
        let reply = self.send(&request, Due::change(Shape::JsonApi))?;
        match reply.status {
            200..=299 => Ok(Revocation::Revoked),
            404 => Ok(Revocation::NoLongerAccepted),
            _ => Err(self.holder_refused(
                &reply,
                credential,
                "revoke tokens",
                &holder.of(organization),
            )),
        }
    }
}

/// Returns the path of the one token of an organization, or of its audit trail.
fn one_path(organization: &OrganizationName, holder: &TokenHolder) -> String {
    let which = if *holder == TokenHolder::AuditTrail { "?token=audit-trails" } else { "" };
    format!("{}/authentication-token{which}", path_of(organization))
}

fn legacy_path(team: &Group) -> String {
    format!("/api/v2/teams/{}/authentication-token", team.id)
}

/// A 404 is "absent", or "not yours to see": nobody can tell which.
fn absent(what: &str, name: &str, server: &Atlas<'_>) -> Failure {
    Failure::refused(format!(
        "{what} `{name}` not found at `{}`, or not visible to this token",
        server.host
    ))
}

impl Atlas<'_> {
    fn group(
        &self,
        credential: &Credential,
        organization: &OrganizationName,
        (route, what): (&str, &str),
        name: &str,
    ) -> Result<Group, Failure> {
        let path = format!("{}/{route}", path_of(organization));
        let query: String = url::form_urlencoded::byte_serialize(name.as_bytes()).collect();
        let (mut found, mut seen) = (Vec::new(), HashSet::new());
        self.list(credential, &path, &format!("q={query}&"), &mut |reply| {
            if !reply.is_success() {
                return Err(self.organization_refused(reply, credential, organization));
            }
            let document = reply.json(self.host)?;
            wire::groups(&document, name, &mut found, &mut seen, self.host)
        })?;
        match found.len() {
            0 => Err(absent(what, name, self)
                .hint(format!("names are exact; {organization} has others, perhaps"))),
            1 => Ok(found.swap_remove(0)),
            _ => {
                let ids: Vec<_> = found.iter().map(|group| group.id.to_string()).collect();
                Err(Failure::refused(format!(
                    "several {what}s of {organization} are called `{name}`: {}",
                    ids.join(", ")
                )))
            }
        }
    }

    /// Lists tokens, of one team if that is given; `None` where the server has no such list.
    fn listed_tokens(
        &self,
        credential: &Credential,
        path: &str,
        team: Option<&Identifier>,
    ) -> Result<Option<Vec<TokenInfo>>, Failure> {
        let (mut found, mut seen, mut is_there) = (Vec::new(), HashSet::new(), true);
        self.list(credential, path, "", &mut |reply| {
            if matches!(reply.status, 404 | 405) && found.is_empty() {
                is_there = false;
                return Ok(super::list::PageInfo { pages: None, new_rows: 0 });
            }
            if !reply.is_success() {
                return Err(self.tokens_refused(reply, credential, "list these tokens"));
            }
            let document = reply.json(self.host)?;
            match team {
                None => wire::tokens(&document, &mut found, &mut seen, self.host),
                Some(team) => {
                    wire::tokens_of_team(&document, team, &mut found, &mut seen, self.host)
                }
            }
        })?;
        Ok(is_there.then_some(found))
    }

    /// Reads the token of a holder that has one at most.
    fn only_token(&self, credential: &Credential, path: &str) -> Result<Vec<TokenInfo>, Failure> {
        let reply = self.get(path, credential)?;
        match reply.status {
            200..=299 => wire::token(&reply.json(self.host)?)
                .map(|token| vec![token])
                .ok_or_else(|| self.no_token()),
            404 => Ok(Vec::new()),
            _ => Err(self.tokens_refused(&reply, credential, "see this token")),
        }
    }

    fn created(
        &self,
        credential: &Credential,
        path: &str,
        description: Option<&str>,
        expires_at: Option<Timestamp>,
    ) -> Result<Reply, Failure> {
        let request = Request {
            body: Some(wire::create_token(description, expires_at)),
            ..self.request(Method::Post, path, Some(credential))
        };
        let sent = self.send(&request, Due::document(Shape::JsonApi));
        sent.map_err(|reason| reason.explained(|failure| self.creation_unknown(failure)))
    }

    /// Creates the one token that a team had before there were several, only where none would end by it.
    fn create_legacy(
        &self,
        credential: &Credential,
        organization: &OrganizationName,
        team: &Group,
        expires_at: Option<Timestamp>,
    ) -> Result<(TokenInfo, Token), Failure> {
        let of = TokenHolder::Team(team.clone()).of(organization);
        let path = legacy_path(team);
        if !self.only_token(credential, &path)?.is_empty() {
            return Err(Failure::refused(format!(
                "`{}` lets a team have one token, and {of} has one, which a new one would end",
                self.host
            )));
        }
        let reply = self.created(credential, &path, None, expires_at)?;
        self.new_token(&reply, credential, &of)
    }

    fn new_token(
        &self,
        reply: &Reply,
        credential: &Credential,
        of: &str,
    ) -> Result<(TokenInfo, Token), Failure> {
        if !reply.is_success() {
            return Err(self.holder_refused(reply, credential, "create tokens", of));
        }
        let document = reply.json(self.host).map_err(|failure| self.creation_unknown(failure))?;
        wire::created_token(&document).ok_or_else(|| self.creation_unknown(self.no_token()))
    }

    fn no_token(&self) -> Failure {
        Failure::unavailable(format!("the answer of `{}` is no token", self.host))
    }

    fn creation_unknown(&self, failure: Failure) -> Failure {
        failure.hint("the server may have created a token that nobody knows: look with `keybelt token list --org`")
    }

    fn holder_refused(
        &self,
        reply: &Reply,
        credential: &Credential,
        what: &str,
        of: &str,
    ) -> Failure {
        if matches!(reply.status, 400 | 422) {
            return self.refused(reply, &format!("did not {what} of {of}"));
        }
        self.refused_to_token(reply, credential, || {
            Failure::refused(format!("this token is not allowed to {what} of {of}"))
                .hint("its owners may, and who may manage its teams or agent pools")
        })
    }
}
