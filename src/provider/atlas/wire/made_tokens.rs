//! Documents of organizations' tokens, read for who made them (protocol: tokens-and-administration 0).

use std::collections::HashSet;

use serde_json::Value;

use super::super::list::PageInfo;
use super::organization_tokens::permission;
use super::{page_info, rows, token_info};
use crate::account::Identifier;
use crate::failure::Failure;
use crate::host::Host;
use crate::provider::parse::{identifier, single_line};
use crate::token::TokenInfo;

/// A token, whose team's it is, and who made it.
pub(in super::super) struct Made {
    pub(in super::super) info: TokenInfo,
    pub(in super::super) team: Option<Identifier>,
    pub(in super::super) by: Option<Identifier>,
}

/// Returns whether the caller sees every token of an organization, by what its document says.
pub(in super::super) fn owns(document: &Value) -> bool {
    let data = document.get("data").unwrap_or(document);
    permission(data, "can-update-api-token") != Some(false)
}

/// Adds a page of tokens, each once.
pub(in super::super) fn page(
    document: &Value,
    found: &mut Vec<Made>,
    seen: &mut HashSet<Identifier>,
    host: &Host,
) -> Result<PageInfo, Failure> {
    let before = seen.len();
    for row in rows(document, host)? {
        let made = made(row, host)?;
        if seen.insert(made.info.id.clone()) {
            found.push(made);
        }
    }
    Ok(page_info(document, seen.len() - before))
}

/// Reads the document of one token.
pub(in super::super) fn one(document: &Value, host: &Host) -> Result<Made, Failure> {
    made(document.get("data").unwrap_or(&Value::Null), host)
}

fn made(data: &Value, host: &Host) -> Result<Made, Failure> {
    let of = |name: &str| identifier(data.pointer(&format!("/relationships/{name}/data/id")));
    let info = token_info(data)
        .ok_or_else(|| Failure::unavailable(format!("`{host}` lists a token without an ID")))?;
    Ok(Made { info, team: of("team"), by: of("created-by") })
}

/// Adds a page of agent pools, each once, with their names.
pub(in super::super) fn pools(
    document: &Value,
    found: &mut Vec<(Identifier, String)>,
    seen: &mut HashSet<Identifier>,
    host: &Host,
) -> Result<PageInfo, Failure> {
    let before = seen.len();
    for row in rows(document, host)? {
        let Some(id) = identifier(row.get("id")) else { continue };
        if seen.insert(id.clone()) {
            let name = row.pointer("/attributes/name").and_then(Value::as_str).unwrap_or_default();
            found.push((id, single_line(name)));
        }
    }
    Ok(page_info(document, seen.len() - before))
}
