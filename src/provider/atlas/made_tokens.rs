//! Tokens by who made them, on an Atlas server: those of teams, agent pools, the organization and its audit trail
//! (protocol: tokens-and-administration 1, 2, 4).

use std::collections::HashSet;

use super::Atlas;
use super::list::PageInfo;
use super::organizations::path_of;
use super::wire::made_tokens::{self as wire, Made};
use crate::account::Identifier;
use crate::failure::Failure;
use crate::http::Reply;
use crate::organization::OrganizationName;
use crate::organization_token::{HolderPart, MadeToken, MadeTokens, TokenHolder};
use crate::provider::answer;
use crate::provider::made_tokens::TokensByMaker;
use crate::provider::sign_in::SignIns;
use crate::token::Credential;

impl TokensByMaker for Atlas<'_> {
    fn tokens_made_by(
        &self,
        credential: &Credential,
        organization: &OrganizationName,
        maker: &Identifier,
    ) -> Result<MadeTokens, Failure> {
        let reply = self.get(&path_of(organization), credential)?;
        if !reply.is_success() {
            return self.all_hidden(&reply, credential, organization);
        }
        let owns = wire::owns(&reply.json(self.host)?);
        let mut search =
            Search { server: self, credential, organization, maker, made: MadeTokens::default() };
        search.teams(owns)?;
        search.agent_pools()?;
        search.only_token("", HolderPart::Whole, owns)?;
        search.only_token("?token=audit-trails", HolderPart::AuditTrail, owns)?;
        Ok(search.made)
    }
}

impl Atlas<'_> {
    fn all_hidden(
        &self,
        reply: &Reply,
        credential: &Credential,
        organization: &OrganizationName,
    ) -> Result<MadeTokens, Failure> {
        match reply.status {
            // It may be the token that is dead, and not the organization that is shut.
            401 => drop(self.account(credential)?),
            _ if answer::is_refusal(reply) => {}
            _ => return Err(self.organization_refused(reply, credential, organization)),
        }
        let hidden = vec!["team", "agent_pool", "organization", "audit_trail"];
        Ok(MadeTokens { hidden, ..MadeTokens::default() })
    }
}

/// One organization being looked through.
struct Search<'a> {
    server: &'a Atlas<'a>,
    credential: &'a Credential,
    organization: &'a OrganizationName,
    maker: &'a Identifier,
    made: MadeTokens,
}

impl Search<'_> {
    /// Looks at the tokens of all teams. Whoever is no owner is shown those of some.
    fn teams(&mut self, owns: bool) -> Result<(), Failure> {
        let names = self.server.team_names(self.credential, self.organization)?;
        let path = format!("{}/team-tokens", path_of(self.organization));
        let is_shown = self.tokens(&path, |made| {
            let id = made.team.clone()?;
            let name = names.get(id.as_str()).cloned().unwrap_or_default();
            Some(HolderPart::Team { id, name })
        })?;
        if !is_shown || !owns {
            self.made.hidden.push("team");
        }
        Ok(())
    }

    fn agent_pools(&mut self) -> Result<(), Failure> {
        let (mut pools, mut seen) = (Vec::new(), HashSet::new());
        let path = format!("{}/agent-pools", path_of(self.organization));
        let server = self.server;
        let mut is_shown = true;
        server.list(self.credential, &path, "", &mut |reply| match reply.status {
            200..=299 => wire::pools(&reply.json(server.host)?, &mut pools, &mut seen, server.host),
            _ => passed_over(server, reply, &mut is_shown),
        })?;
        for (id, name) in pools {
            let path = format!("/api/v2/agent-pools/{id}/authentication-tokens");
            let part = HolderPart::AgentPool { id, name };
            is_shown &= self.tokens(&path, |_| Some(part.clone()))?;
        }
        if !is_shown {
            self.made.hidden.push("agent_pool");
        }
        Ok(())
    }

    /// Looks at the one token of a kind. To an owner one that is not shown is not there.
    fn only_token(&mut self, query: &str, part: HolderPart, owns: bool) -> Result<(), Failure> {
        let path = format!("{}/authentication-token{query}", path_of(self.organization));
        let reply = self.server.get(&path, self.credential)?;
        match reply.status {
            200..=299 => {
                let made = wire::one(&reply.json(self.server.host)?, self.server.host)?;
                self.add(made, part);
            }
            404 if owns => {}
            _ if answer::is_refusal(&reply) => {
                let holder = TokenHolder { organization: self.organization.clone(), part };
                self.made.hidden.push(holder.kind());
            }
            _ => return Err(reply.unexpected(self.server.host)),
        }
        Ok(())
    }

    /// Reads a list of tokens; returns whether it was shown.
    fn tokens(
        &mut self,
        path: &str,
        part: impl Fn(&Made) -> Option<HolderPart>,
    ) -> Result<bool, Failure> {
        let (mut found, mut seen, mut is_shown) = (Vec::new(), HashSet::new(), true);
        let server = self.server;
        server.list(self.credential, path, "", &mut |reply| match reply.status {
            200..=299 => wire::page(&reply.json(server.host)?, &mut found, &mut seen, server.host),
            _ => passed_over(server, reply, &mut is_shown),
        })?;
        for made in found {
            if let Some(part) = part(&made) {
                self.add(made, part);
            }
        }
        Ok(is_shown)
    }

    fn add(&mut self, made: Made, part: HolderPart) {
        if made.by.as_ref().is_none_or(|by| by == self.maker) {
            self.made.tokens.push(MadeToken {
                holder: TokenHolder { organization: self.organization.clone(), part },
                info: made.info,
                is_certain: made.by.is_some(),
            });
        }
    }
}

/// Takes a refusal for a list that is hidden.
fn passed_over(
    server: &Atlas<'_>,
    reply: &Reply,
    is_shown: &mut bool,
) -> Result<PageInfo, Failure> {
    if !answer::is_refusal(reply) {
        return Err(reply.unexpected(server.host));
    }
    *is_shown = false;
    Ok(PageInfo { pages: None, new_rows: 0 })
}
