//! How long an organization lets tokens live, by kind of token.

use jiff::SignedDuration;
use serde_json::json;

use super::caller::Caller;
use super::document::attributes;
use super::error;
use crate::clock::iso_8601;
use crate::exchange::Reply;
use crate::organization::Organization;
use crate::state::State;

/// `GET /organizations/:name/token-ttl-policies`, for owners: the limits on all kinds of tokens,
/// whether they hold or not.
pub(crate) fn list(organization: &Organization) -> Reply {
    let limits = organization.token_limits.iter();
    let resources: Vec<_> = limits
        .map(|limit| {
            let milliseconds = i64::try_from(limit.lifetime.as_millis()).unwrap_or(i64::MAX);
            json!({
                "id": limit.id,
                "type": "organization-token-ttl-policies",
                "attributes": {
                    "token-type": limit.kind,
                    "max-ttl-ms": milliseconds,
                    "created-at": iso_8601(organization.created_at),
                    "updated-at": iso_8601(limit.updated_at),
                },
            })
        })
        .collect();
    Reply::ok(&json!({"data": resources}))
}

/// `PATCH /organizations/:name/token-ttl-policies`, for owners: all limits that it names are set, or
/// none. Tokens that exist keep their expiry, which never changes, but one that lives longer than its
/// limit opens nothing there any more.
pub(crate) fn set(state: &mut State, caller: &Caller) -> Reply {
    const NAME: &str = "token-ttl-policies";
    let now = state.now();
    let attributes = attributes(caller.call);
    let organization = state.organizations.get_mut(caller.at);
    let mut limits = organization.token_limits.clone();
    let entries = attributes[NAME].as_array();
    let set = entries.into_iter().flatten().try_for_each(|entry| {
        let milliseconds = entry["max-ttl-ms"].as_i64().filter(|length| *length > 0)?;
        let kind = entry["token-type"].as_str()?;
        limits.set(kind, SignedDuration::from_millis(milliseconds), now)
    });
    if set.is_none() || entries.is_none_or(Vec::is_empty) {
        let detail = "Each needs a known token-type and a max-ttl-ms from 1";
        return error::invalid_attribute(NAME, detail);
    }
    organization.token_limits = limits;
    list(organization)
}
