//! Documents of tokens that are no user's, and of those who hold them (protocol: tokens 0 to 4).

use std::collections::HashSet;

use jiff::Timestamp;
use secrecy::SecretString;
use serde_json::{Value, json};

use super::super::list::PageInfo;
use super::{page_info, rows, timestamp_text, token_info};
use crate::account::Identifier;
use crate::failure::Failure;
use crate::host::Host;
use crate::organization_token::{Creator, OrganizationToken};
use crate::provider::parse::{identifier, single_line};
use crate::token::Token;

/// A team or an agent pool, as a list has it.
pub(in super::super) struct Part {
    pub(in super::super) id: Identifier,
    pub(in super::super) name: String,
    /// Whether the caller may manage its tokens, where the server tells.
    pub(in super::super) may_manage: Option<bool>,
}

/// Adds those of a page whose name or id is the wanted one, each once.
pub(in super::super) fn parts(
    document: &Value,
    wanted: &str,
    found: &mut Vec<Part>,
    seen: &mut HashSet<Identifier>,
    host: &Host,
) -> Result<PageInfo, Failure> {
    let before = seen.len();
    for row in rows(document, host)? {
        let Some(id) = identifier(row.get("id")) else { continue };
        if !seen.insert(id.clone()) {
            continue;
        }
        if id.as_str() == wanted || row.pointer("/attributes/name").is_some_and(|it| it == wanted) {
            found.extend(part(row));
        }
    }
    Ok(page_info(document, seen.len() - before))
}

/// Reads a team or an agent pool of its own document, if it belongs to the organization.
pub(in super::super) fn part_of(document: &Value, organization: &str) -> Option<Part> {
    let data = document.get("data")?;
    let of = data.pointer("/relationships/organization/data/id");
    of.is_none_or(|id| id == organization).then(|| part(data)).flatten()
}

fn part(data: &Value) -> Option<Part> {
    let name = data.pointer("/attributes/name").and_then(Value::as_str).unwrap_or_default();
    Some(Part {
        id: identifier(data.get("id"))?,
        name: single_line(name),
        may_manage: permission(data, "can-update-api-token"),
    })
}

/// Reads what the caller may do with a resource, where the server tells.
pub(in super::super) fn permission(data: &Value, name: &str) -> Option<bool> {
    data.pointer("/attributes/permissions")?.get(name)?.as_bool()
}

/// Reads the one token of an organization, an audit trail or a team of old.
pub(in super::super) fn one(document: &Value) -> Option<OrganizationToken> {
    token(document.get("data")?)
}

/// Reads the answer to a creation.
pub(in super::super) fn created(document: &Value) -> Option<(OrganizationToken, Token)> {
    let data = document.get("data")?;
    let value = data.pointer("/attributes/token")?.as_str().and_then(Token::new)?;
    Some((token(data)?, value))
}

/// Adds a page of tokens, each once: all of them, or those of one team.
pub(in super::super) fn page(
    document: &Value,
    team: Option<&Identifier>,
    found: &mut Vec<OrganizationToken>,
    seen: &mut HashSet<Identifier>,
    host: &Host,
) -> Result<PageInfo, Failure> {
    let before = seen.len();
    for row in rows(document, host)? {
        let token = token(row)
            .ok_or_else(|| Failure::unavailable(format!("`{host}` lists a token without an ID")))?;
        let of = identifier(row.pointer("/relationships/team/data/id"));
        let is_wanted = team.is_none_or(|team| of.as_ref() == Some(team));
        if seen.insert(token.info.id.clone()) && is_wanted {
            found.push(token);
        }
    }
    Ok(page_info(document, seen.len() - before))
}

fn token(data: &Value) -> Option<OrganizationToken> {
    let by = data.pointer("/relationships/created-by/data");
    let creator = |by: &Value| {
        let kind = single_line(by.get("type")?.as_str()?);
        Some(Creator { kind, id: identifier(by.get("id"))? })
    };
    Some(OrganizationToken { info: token_info(data)?, created_by: by.and_then(creator) })
}

/// Writes what to create; without a description where a token has none.
pub(in super::super) fn create(
    description: Option<&str>,
    expires_at: Option<Timestamp>,
) -> SecretString {
    let mut attributes = json!({});
    if let Some(description) = description {
        attributes["description"] = json!(description);
    }
    if let Some(moment) = expires_at {
        attributes["expired-at"] = json!(timestamp_text(moment));
    }
    json!({ "data": { "type": "authentication-tokens", "attributes": attributes } })
        .to_string()
        .into()
}
