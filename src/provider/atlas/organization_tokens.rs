//! Tokens of organizations, teams, agent pools and audit trails, on an Atlas server (protocol: tokens 1, 2, 4).

use std::collections::HashSet;

use jiff::Timestamp;

use super::list::PageInfo;
use super::organizations::path_of;
use super::wire::organization_tokens::{self as wire, Part};
use super::{Atlas, tokens::token_path};
use crate::account::Identifier;
use crate::failure::Failure;
use crate::http::{Method, Reply, Request};
use crate::organization::OrganizationName;
use crate::organization_token::{
    HolderPart, HolderTokens, NamedHolder, NamedPart, OrganizationToken, Overlap, TokenHolder,
    Trial,
};
use crate::provider::answer::{Due, Shape};
use crate::provider::organization_tokens::OrganizationTokens;
use crate::provider::sign_in::SignIns;
use crate::provider::tokens::{Revocation, Tokens};
use crate::text;
use crate::token::{Credential, Token};

/// How a kind of holder is asked for.
struct Kind {
    /// What people call it.
    word: &'static str,
    /// The last segment of the list, and the first of one's own address.
    route: &'static str,
    /// How its ids begin.
    prefix: &'static str,
    /// Who may manage its tokens.
    may: &'static str,
}

const TEAM: Kind = Kind {
    word: "team",
    route: "teams",
    prefix: "team-",
    may: "owners may, those who manage teams, the team's own tokens, and its members where the team allows it",
};
const AGENT_POOL: Kind = Kind {
    word: "agent pool",
    route: "agent-pools",
    prefix: "apool-",
    may: "owners may, and those who manage agent pools; an organization's token may not",
};
const MAY_ORGANIZATION: &str =
    "owners may, tokens of the owners' team, and the organization's own token";

impl OrganizationTokens for Atlas<'_> {
    fn teams(
        &self,
        credential: &Credential,
        organization: &OrganizationName,
    ) -> Result<Vec<(String, String)>, Failure> {
        let names = self.team_names(credential, organization)?;
        Ok(names.into_iter().map(|(id, name)| (name, id)).collect())
    }

    fn token_holder(
        &self,
        credential: &Credential,
        named: &NamedHolder,
    ) -> Result<TokenHolder, Failure> {
        let organization = &named.organization;
        let part = match &named.part {
            NamedPart::Whole => {
                self.require_organization_right(credential, organization)?;
                HolderPart::Whole
            }
            NamedPart::AuditTrail => {
                self.require_organization_right(credential, organization)?;
                HolderPart::AuditTrail
            }
            NamedPart::Team(wanted) => {
                let Part { id, name, .. } = self.part(credential, organization, &TEAM, wanted)?;
                HolderPart::Team { id, name }
            }
            NamedPart::AgentPool(wanted) => {
                let Part { id, name, .. } =
                    self.part(credential, organization, &AGENT_POOL, wanted)?;
                HolderPart::AgentPool { id, name }
            }
        };
        Ok(TokenHolder { organization: organization.clone(), part })
    }

    fn tokens_of(
        &self,
        credential: &Credential,
        holder: &TokenHolder,
    ) -> Result<HolderTokens, Failure> {
        let organization = path_of(&holder.organization);
        match &holder.part {
            HolderPart::Whole | HolderPart::AuditTrail => self.only_token(credential, holder),
            HolderPart::AgentPool { id, .. } => {
                let path = format!("/api/v2/agent-pools/{id}/authentication-tokens");
                match self.token_list(credential, holder, &path, "", None)? {
                    Some(tokens) => Ok(HolderTokens { tokens, overlap: Overlap::Several }),
                    None => Err(self.hidden(holder)),
                }
            }
            HolderPart::Team { id, name } => {
                let path = format!("{organization}/team-tokens");
                let query = query("q", name);
                match self.token_list(credential, holder, &path, &query, Some(id))? {
                    Some(tokens) => Ok(HolderTokens { tokens, overlap: Overlap::Several }),
                    // Servers from before there were several have one of each team alone.
                    None => self.only_token(credential, holder),
                }
            }
        }
    }

    fn create_token_of(
        &self,
        credential: &Credential,
        holder: &TokenHolder,
        overlap: Overlap,
        description: &str,
        expires_at: Option<Timestamp>,
    ) -> Result<(OrganizationToken, Token), Failure> {
        let (path, description) = match (&holder.part, overlap) {
            (HolderPart::Team { id, .. }, Overlap::Several) => {
                (format!("/api/v2/teams/{id}/authentication-tokens"), Some(description))
            }
            (HolderPart::AgentPool { id, .. }, _) => {
                (format!("/api/v2/agent-pools/{id}/authentication-tokens"), Some(description))
            }
            _ => (only_path(holder), None),
        };
        let request = Request {
            body: Some(wire::create(description, expires_at)),
            ..self.request(Method::Post, &path, Some(credential))
        };
        let unknown = |failure: Failure| {
            failure.hint(format!(
                "the server may have created a token of {}: check with `keybelt token list`",
                text::escape(&holder.to_string())
            ))
        };
        let sent = self.send(&request, Due::document(Shape::JsonApi));
        let reply = sent.map_err(|reason| reason.explained(unknown))?;
        match reply.status {
            200..=299 => wire::created(&reply.json(self.host).map_err(unknown)?).ok_or_else(|| {
                unknown(Failure::unavailable(format!(
                    "`{}` created a token but returned none",
                    self.host
                )))
            }),
            401 | 403 | 404 => Err(self.holder_refused(&reply, credential, holder)),
            _ => Err(self.refused(&reply, "did not create the token")),
        }
    }

    fn try_token_of(
        &self,
        new: &Credential,
        caller: &Credential,
        holder: &TokenHolder,
        id: &Identifier,
    ) -> Result<Trial, Failure> {
        let reply = match &holder.part {
            HolderPart::Team { .. } => {
                let told = self.account(new)?.token_id;
                if told.as_ref().is_some_and(|told| told != id) {
                    return Err(Failure::unavailable(format!(
                        "`{}` returned another token than {id}",
                        self.host
                    )));
                }
                return Ok(Trial::Works);
            }
            // The API refuses these tokens by their kind (protocol: tokens 4).
            HolderPart::AgentPool { .. } => {
                self.token(caller, id)?.ok_or_else(|| {
                    Failure::unavailable(format!("`{}` does not list {id}", self.host))
                })?;
                return Ok(Trial::NotTried);
            }
            HolderPart::Whole => self.get(&path_of(&holder.organization), new)?,
            // Plain JSON, not JSON:API (protocol: tokens 7).
            HolderPart::AuditTrail => {
                let path = "/api/v2/organization/audit-trail?page[number]=1&page[size]=1";
                let request = self.request(Method::Get, path, Some(new));
                self.send(&request, Due::document(Shape::JsonApi))?
            }
        };
        match reply.status {
            200..=299 => Ok(Trial::Works),
            _ => Err(self.holder_refused(&reply, new, holder)),
        }
    }

    fn revoke_token_of(
        &self,
        credential: &Credential,
        holder: &TokenHolder,
        overlap: Overlap,
        id: &Identifier,
    ) -> Result<Revocation, Failure> {
        let path = match overlap {
            Overlap::Several => token_path(id),
            Overlap::One => only_path(holder),
        };
        let request = self.request(Method::Delete, &path, Some(credential));
        let reply = self.send(&request, Due::change(Shape::JsonApi))?;
        match reply.status {
            200..=299 => Ok(Revocation::Revoked),
            // It was listed a moment ago.
            404 => Ok(Revocation::NoLongerAccepted),
            _ => Err(self.holder_refused(&reply, credential, holder)),
        }
    }
}

/// Returns the address of the one token that a holder has.
fn only_path(holder: &TokenHolder) -> String {
    match &holder.part {
        HolderPart::Team { id, .. } => format!("/api/v2/teams/{id}/authentication-token"),
        // The limits spell the same kind with an underscore (protocol: tokens 2).
        HolderPart::AuditTrail => {
            format!("{}/authentication-token?token=audit-trails", path_of(&holder.organization))
        }
        HolderPart::Whole | HolderPart::AgentPool { .. } => {
            format!("{}/authentication-token", path_of(&holder.organization))
        }
    }
}

/// Returns one parameter of a list's address, with what separates it from the next.
pub(super) fn query(name: &str, value: &str) -> String {
    let value: String = url::form_urlencoded::byte_serialize(value.as_bytes()).collect();
    format!("{name}={value}&")
}

impl Atlas<'_> {
    /// Fails if the organization is hidden, or says that its own tokens are not the caller's to manage.
    fn require_organization_right(
        &self,
        credential: &Credential,
        organization: &OrganizationName,
    ) -> Result<(), Failure> {
        let reply = self.get(&path_of(organization), credential)?;
        if !reply.is_success() {
            return Err(self.organization_refused(&reply, credential, organization));
        }
        let document = reply.json(self.host)?;
        let data = document.get("data").unwrap_or(&document);
        match wire::permission(data, "can-update-api-token") {
            Some(false) => {
                Err(self.may_not(&format!("organization {organization}"), MAY_ORGANIZATION))
            }
            Some(true) | None => Ok(()),
        }
    }

    /// Finds the one team or agent pool of this name or id.
    fn part(
        &self,
        credential: &Credential,
        organization: &OrganizationName,
        kind: &Kind,
        wanted: &str,
    ) -> Result<Part, Failure> {
        let (mut found, mut seen) = (Vec::new(), HashSet::new());
        let path = format!("{}/{}", path_of(organization), kind.route);
        let mut is_hidden = false;
        self.list(credential, &path, &query("q", wanted), &mut |reply| match reply.status {
            404 => {
                is_hidden = true;
                Ok(PageInfo { pages: None, new_rows: 0 })
            }
            200..=299 => {
                wire::parts(&reply.json(self.host)?, wanted, &mut found, &mut seen, self.host)
            }
            _ => Err(self.organization_refused(reply, credential, organization)),
        })?;
        let id = Identifier::new(wanted).filter(|id| id.as_str().starts_with(kind.prefix));
        if let Some(id) = id.filter(|id| !seen.contains(id)) {
            let reply = self.get(&format!("/api/v2/{}/{id}", kind.route), credential)?;
            let document = reply.is_success().then(|| reply.json(self.host)).transpose()?;
            found.extend(document.and_then(|it| wire::part_of(&it, organization.as_str())));
        }
        let shown = text::escape(wanted);
        if found.len() > 1 {
            let ids: Vec<_> = found.iter().map(|part| part.id.to_string()).collect();
            return Err(Failure::refused(format!(
                "several {}s of {organization} are called `{shown}`: {}",
                kind.word,
                ids.join(", ")
            ))
            .hint("use the ID"));
        }
        let Some(part) = found.pop() else {
            // A hidden organization hides its lists as well.
            let reply = self.get(&path_of(organization), credential)?;
            if is_hidden && !reply.is_success() {
                return Err(self.organization_refused(&reply, credential, organization));
            }
            return Err(Failure::refused(format!(
                "{} `{shown}` not found in {organization}, or not visible to this token",
                kind.word
            ))
            .hint(kind.may));
        };
        if part.may_manage == Some(false) {
            return Err(self.may_not(&format!("{} {shown} of {organization}", kind.word), kind.may));
        }
        Ok(part)
    }

    fn may_not(&self, whose: &str, may: &str) -> Failure {
        Failure::refused(format!(
            "this token is not allowed to manage the tokens of {whose} at `{}`",
            self.host
        ))
        .hint(may)
    }

    /// Reads every page of a list of tokens; `None` if the server has no such list, or hides it.
    fn token_list(
        &self,
        credential: &Credential,
        holder: &TokenHolder,
        path: &str,
        query: &str,
        team: Option<&Identifier>,
    ) -> Result<Option<Vec<OrganizationToken>>, Failure> {
        let (mut found, mut seen) = (Vec::new(), HashSet::new());
        let mut is_hidden = false;
        self.list(credential, path, query, &mut |reply| match reply.status {
            404 => {
                is_hidden = true;
                Ok(PageInfo { pages: None, new_rows: 0 })
            }
            200..=299 => {
                wire::page(&reply.json(self.host)?, team, &mut found, &mut seen, self.host)
            }
            _ => Err(self.holder_refused(reply, credential, holder)),
        })?;
        Ok((!is_hidden).then_some(found))
    }

    /// Reads the one token that a holder may have.
    fn only_token(
        &self,
        credential: &Credential,
        holder: &TokenHolder,
    ) -> Result<HolderTokens, Failure> {
        let reply = self.get(&only_path(holder), credential)?;
        let tokens = match reply.status {
            200..=299 => vec![wire::one(&reply.json(self.host)?).ok_or_else(|| {
                Failure::unavailable(format!("`{}` returned no token", self.host))
            })?],
            404 => Vec::new(),
            _ => return Err(self.holder_refused(&reply, credential, holder)),
        };
        Ok(HolderTokens { tokens, overlap: Overlap::One })
    }

    fn hidden(&self, holder: &TokenHolder) -> Failure {
        let may = match holder.part {
            HolderPart::Team { .. } => TEAM.may,
            HolderPart::AgentPool { .. } => AGENT_POOL.may,
            HolderPart::Whole | HolderPart::AuditTrail => MAY_ORGANIZATION,
        };
        let whose = holder.to_string();
        Failure::refused(format!(
            "tokens of {} not found at `{}`, or not visible to this token",
            text::escape(&whose),
            self.host
        ))
        .hint(may)
    }

    /// Explains a refusal: a 401 may be the organization's alone (protocol: tokens 10).
    fn holder_refused(
        &self,
        reply: &Reply,
        credential: &Credential,
        holder: &TokenHolder,
    ) -> Failure {
        match reply.status {
            401 => self.organization_refused(reply, credential, &holder.organization),
            403 | 404 => self.explained(self.hidden(holder), reply),
            _ => self.refused(reply, "did not return these tokens"),
        }
    }
}
