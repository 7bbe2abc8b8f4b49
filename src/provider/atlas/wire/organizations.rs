//! Documents of organizations.

use std::collections::{HashMap, HashSet};

use secrecy::SecretString;
use serde_json::{Value, json};

use super::super::list::PageInfo;
use super::{page_info, rows};
use crate::failure::Failure;
use crate::host::Host;
use crate::lifetime::Lifetime;
use crate::organization::{
    Organization, OrganizationName, Policy, Role, SessionLength, TokenLimit,
};
use crate::provider::parse::single_line;

/// The team whose members own the organization.
pub(super) const OWNERS: &str = "owners";

pub(in super::super) fn change_policy(policy: Policy) -> SecretString {
    json!({ "data": {
        "type": "organizations",
        "attributes": { "collaborator-auth-policy": policy.as_str() },
    }})
    .to_string()
    .into()
}

/// Adds a page of organizations to those that were found before, each once; `None` if it is no such page.
pub(in super::super) fn page(
    document: &Value,
    found: &mut Vec<Organization>,
    seen: &mut HashSet<String>,
) -> Option<PageInfo> {
    let before = found.len();
    let data = document.get("data")?.as_array()?;
    for organization in data.iter().filter_map(organization) {
        if seen.insert(organization.title.clone()) {
            found.push(organization);
        }
    }
    Some(page_info(document, found.len() - before))
}

/// Reads the document of one organization.
pub(in super::super) fn one(document: &Value) -> Option<Organization> {
    organization(document.get("data")?)
}

fn organization(data: &Value) -> Option<Organization> {
    let attributes = data.get("attributes")?;
    let attribute = |name: &str| attributes.get(name);
    let flag = |name: &str| attribute(name).and_then(Value::as_bool);
    let name = data.get("id").or_else(|| attribute("name"))?.as_str()?;
    Some(Organization {
        name: OrganizationName::new(name),
        title: single_line(name),
        role: None,
        policy: attribute("collaborator-auth-policy").and_then(Value::as_str).and_then(Policy::new),
        is_conformant: flag("two-factor-conformant"),
        idle_session: attribute("session-timeout").map(session_length),
        longest_session: attribute("session-remember").map(session_length),
        allows_user_tokens: flag("user-tokens-enabled"),
        limits_tokens: flag("max-ttl-enabled"),
        token_limits: None,
        may_change: attributes.pointer("/permissions/can-update").and_then(Value::as_bool),
    })
}

/// Reads a number of minutes; null stands for the server's default (protocol: atlas 5.3).
fn session_length(minutes: &Value) -> SessionLength {
    let seconds = minutes.as_i64().and_then(|minutes| minutes.checked_mul(60));
    seconds
        .and_then(Lifetime::from_seconds)
        .map_or(SessionLength::ServerDefault, SessionLength::Lasts)
}

/// Reads the limits: a resource for each, or one that lists them all (protocol: atlas 4).
pub(in super::super) fn token_limits(document: &Value) -> Vec<TokenLimit> {
    let data = document.get("data").unwrap_or(&Value::Null);
    let listed = data.pointer("/attributes/token-ttl-policies");
    let entries = listed.unwrap_or(data).as_array();
    let limit = |entry: &Value| {
        let attributes = entry.get("attributes").unwrap_or(entry);
        let milliseconds = attributes.get("max-ttl-ms")?.as_i64()?;
        Some(TokenLimit {
            kind: single_line(attributes.get("token-type")?.as_str()?),
            longest: Lifetime::from_seconds(milliseconds / 1000)?,
        })
    };
    entries.into_iter().flatten().filter_map(limit).collect()
}

/// What an account is in its organizations.
#[derive(Debug, Default)]
pub(in super::super) struct Roles(HashMap<String, Role>);

impl Roles {
    /// Reads a page of the account's own memberships.
    pub(in super::super) fn read(
        &mut self,
        document: &Value,
        host: &Host,
    ) -> Result<PageInfo, Failure> {
        let before = self.0.len();
        let owners = owners_teams(document);
        for membership in rows(document, host)? {
            let name = membership.pointer("/relationships/organization/data/id");
            let Some(name) = name.and_then(Value::as_str) else {
                continue;
            };
            let invited =
                membership.pointer("/attributes/status").is_some_and(|status| status == "invited");
            let teams = membership.pointer("/relationships/teams/data");
            let mut teams = teams.and_then(Value::as_array).into_iter().flatten();
            let is_owner = teams.any(|team| {
                let id = team.get("id").and_then(Value::as_str);
                id.is_some_and(|id| owners.contains(&id))
            });
            let role = match (invited, is_owner) {
                (true, _) => Role::Invited,
                (false, true) => Role::Owner,
                (false, false) => Role::Member,
            };
            self.0.insert(name.to_owned(), role);
        }
        Ok(page_info(document, self.0.len() - before))
    }

    /// Returns what the account is in one of them, where that was told.
    pub(in super::super) fn of(&self, organization: &Organization) -> Option<Role> {
        let name = organization.name.as_ref()?;
        self.0.get(name.as_str()).copied()
    }
}

fn owners_teams(document: &Value) -> Vec<&str> {
    let included = document.get("included").and_then(Value::as_array);
    let is_owners = |resource: &&Value| {
        resource.get("type").is_some_and(|kind| kind == "teams")
            && resource.pointer("/attributes/name").is_some_and(|name| name == OWNERS)
    };
    let teams = included.into_iter().flatten().filter(is_owners);
    teams.filter_map(|team| team.get("id").and_then(Value::as_str)).collect()
}
