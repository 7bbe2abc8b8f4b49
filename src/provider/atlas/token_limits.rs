//! How long an organization lets tokens live, on an Atlas server (protocol: tokens 1 to 3, 8).

use std::collections::{HashMap, HashSet};

use super::Atlas;
use super::list::PageInfo;
use super::organizations::{Change, path_of};
use super::wire::{organizations, token_limits as wire};
use crate::failure::Failure;
use crate::http::Reply;
use crate::organization::{OrganizationName, TokenLimit};
use crate::provider::answer;
use crate::provider::token_limits::TokenLimits;
use crate::token::Credential;
use crate::token_limit::{LimitedToken, TokenKind, WantedLimit};

/// What a change of the limits is called.
const LIMITS: &str = "the token lifetimes";

impl TokenLimits for Atlas<'_> {
    fn token_limits(
        &self,
        credential: &Credential,
        name: &OrganizationName,
    ) -> Result<Option<Vec<TokenLimit>>, Failure> {
        let reply = self.get(&limits_path(name), credential)?;
        match reply.status {
            200..=299 => Ok(Some(organizations::token_limits(&reply.json(self.host)?))),
            _ if answer::is_refusal(&reply) => Ok(None),
            _ => Err(reply.unexpected(self.host)),
        }
    }

    fn limited_tokens(
        &self,
        credential: &Credential,
        name: &OrganizationName,
        visit: &mut dyn FnMut(LimitedToken),
    ) -> Result<Vec<TokenKind>, Failure> {
        let organization = path_of(name);
        let teams = self.team_names(credential, name)?;
        let mut hidden = Vec::new();
        for (kind, route) in
            [(TokenKind::Team, "team-tokens"), (TokenKind::Metrics, "metrics-tokens")]
        {
            let mut seen = HashSet::new();
            let path = format!("{organization}/{route}");
            self.list(credential, &path, "", &mut |reply| match reply.status {
                200..=299 => {
                    wire::page(&reply.json(self.host)?, kind, &teams, &mut seen, self.host, visit)
                }
                _ if answer::is_refusal(reply) => {
                    hidden.push(kind);
                    Ok(PageInfo { pages: None, new_rows: 0 })
                }
                _ => Err(self.limits_refused(reply, credential, name)),
            })?;
        }
        // The query spells the kind with a hyphen, the limits with an underscore (protocol: tokens 2).
        for (kind, query) in
            [(TokenKind::Organization, ""), (TokenKind::AuditTrail, "?token=audit-trails")]
        {
            let reply =
                self.get(&format!("{organization}/authentication-token{query}"), credential)?;
            match reply.status {
                200..=299 => visit(wire::one(&reply.json(self.host)?, kind, self.host)?),
                // There is none, for whoever sees the limits sees these.
                404 if answer::is_refusal(&reply) => {}
                403 => hidden.push(kind),
                _ => return Err(self.limits_refused(&reply, credential, name)),
            }
        }
        Ok(hidden)
    }

    fn set_token_limits(
        &self,
        credential: &Credential,
        name: &OrganizationName,
        limits: &[WantedLimit],
    ) -> Result<(), Failure> {
        let path = limits_path(name);
        let change = Change { path: &path, body: wire::set_limits(limits), what: LIMITS };
        self.change_organization(credential, name, change)
    }

    fn enforce_limits(
        &self,
        credential: &Credential,
        name: &OrganizationName,
        on: bool,
    ) -> Result<(), Failure> {
        let path = path_of(name);
        let change = Change { path: &path, body: wire::enforce_limits(on), what: LIMITS };
        self.change_organization(credential, name, change)
    }
}

fn limits_path(name: &OrganizationName) -> String {
    format!("{}/token-ttl-policies", path_of(name))
}

impl Atlas<'_> {
    /// Returns what teams are called, by their ids; nothing where there are none, as in HCP Europe.
    pub(super) fn team_names(
        &self,
        credential: &Credential,
        name: &OrganizationName,
    ) -> Result<HashMap<String, String>, Failure> {
        let mut names = HashMap::new();
        let path = format!("{}/teams", path_of(name));
        self.list(credential, &path, "", &mut |reply| match reply.status {
            200..=299 => wire::team_names(&reply.json(self.host)?, &mut names, self.host),
            _ if answer::is_refusal(reply) => Ok(PageInfo { pages: None, new_rows: 0 }),
            _ => Err(self.limits_refused(reply, credential, name)),
        })?;
        Ok(names)
    }

    fn limits_refused(
        &self,
        reply: &Reply,
        credential: &Credential,
        name: &OrganizationName,
    ) -> Failure {
        match reply.status {
            401 => self.organization_refused(reply, credential, name),
            _ => self.refused(reply, &format!("does not show the tokens of {name}")),
        }
    }
}
