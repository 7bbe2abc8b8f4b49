//! Documents of limits on tokens' lives, and of the tokens that have one (protocol: tokens 0, 3, 8).

use std::collections::{HashMap, HashSet};

use secrecy::SecretString;
use serde_json::{Value, json};

use super::super::list::PageInfo;
use super::{page_info, rows, timestamp};
use crate::account::Identifier;
use crate::failure::Failure;
use crate::host::Host;
use crate::provider::parse::{identifier, single_line};
use crate::token_limit::{LimitedToken, TokenKind, WantedLimit};

/// Writes the limits to set: one resource that lists them.
pub(in super::super) fn set_limits(limits: &[WantedLimit]) -> SecretString {
    let limit = |limit: &WantedLimit| json!({ "token-type": limit.kind.wire(), "max-ttl-ms": limit.longest.seconds() * 1000 });
    let limits: Vec<Value> = limits.iter().map(limit).collect();
    json!({ "data": {
        "type": "organization-token-ttl-policies",
        "attributes": { "token-ttl-policies": limits },
    }})
    .to_string()
    .into()
}

/// Writes whether limits hold.
pub(in super::super) fn enforce_limits(on: bool) -> SecretString {
    let attributes = json!({ "max-ttl-enabled": on });
    json!({ "data": { "type": "organizations", "attributes": attributes } }).to_string().into()
}

/// Adds what a page of teams are called, by their ids.
pub(in super::super) fn team_names(
    document: &Value,
    names: &mut HashMap<String, String>,
    host: &Host,
) -> Result<PageInfo, Failure> {
    let before = names.len();
    for row in rows(document, host)? {
        let name = row.pointer("/attributes/name").and_then(Value::as_str);
        if let (Some(id), Some(name)) = (row.get("id").and_then(Value::as_str), name) {
            names.insert(id.to_owned(), single_line(name));
        }
    }
    Ok(page_info(document, names.len() - before))
}

/// Hands on a page of tokens, each once.
pub(in super::super) fn page(
    document: &Value,
    kind: TokenKind,
    teams: &HashMap<String, String>,
    seen: &mut HashSet<Identifier>,
    host: &Host,
    visit: &mut dyn FnMut(LimitedToken),
) -> Result<PageInfo, Failure> {
    let before = seen.len();
    for row in rows(document, host)? {
        let mut token = token(row, kind, host)?;
        if token.id.clone().is_none_or(|id| seen.insert(id)) {
            let team = row.pointer("/relationships/team/data/id").and_then(Value::as_str);
            token.team = team.map(|id| teams.get(id).cloned().unwrap_or_else(|| single_line(id)));
            visit(token);
        }
    }
    Ok(page_info(document, seen.len() - before))
}

/// Reads the document of one token.
pub(in super::super) fn one(
    document: &Value,
    kind: TokenKind,
    host: &Host,
) -> Result<LimitedToken, Failure> {
    token(document.get("data").unwrap_or(&Value::Null), kind, host)
}

fn token(data: &Value, kind: TokenKind, host: &Host) -> Result<LimitedToken, Failure> {
    let attribute = |name: &str| data.get("attributes").and_then(|it| it.get(name));
    // Those for metrics spell both in their own way (protocol: tokens 8).
    let text = attribute("description").or_else(|| attribute("name")).and_then(Value::as_str);
    Ok(LimitedToken {
        kind,
        id: Some(identifier(data.get("id")).ok_or_else(|| {
            Failure::unavailable(format!("`{host}` shows a token without an ID"))
        })?),
        team: None,
        description: text.map(single_line),
        created_at: timestamp(attribute("created-at")),
        expires_at: timestamp(attribute("expired-at").or_else(|| attribute("expires-at"))),
    })
}
