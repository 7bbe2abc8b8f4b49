//! Authentication tokens of all holders: their document, what one is made from, and the route by which
//! one is shown and deleted. The token itself is in the answer to its creation and nowhere else.

use hyper::StatusCode;
use jiff::Timestamp;
use serde_json::{Value, json};

use super::caller::Caller;
use super::{document, error};
use crate::clock::iso_8601;
use crate::exchange::{Call, Reply};
use crate::state::State;
use crate::token::{Holder, NewToken, TokenRecord};

/// `GET /authentication-tokens/:id`.
pub(crate) fn show(state: &State, call: &Call, caller: &TokenRecord, id: &str) -> Reply {
    match visible(state, call, caller, id) {
        Some(record) => answer(StatusCode::OK, state, record, None),
        None => error::not_found(),
    }
}

/// `DELETE /authentication-tokens/:id`; it may be the token that asks.
pub(crate) fn delete(state: &mut State, call: &Call, caller: &TokenRecord, id: &str) -> Reply {
    let Some(hash) = visible(state, call, caller, id).map(|record| record.hash) else {
        return error::not_found();
    };
    state.tokens.revoke(&hash);
    Reply::empty(StatusCode::NO_CONTENT)
}

/// Returns a token of a user, a team or an agent pool that is the caller's to see; an organization's
/// own is not found by its id.
fn visible<'a>(
    state: &'a State,
    call: &Call,
    caller: &TokenRecord,
    id: &str,
) -> Option<&'a TokenRecord> {
    let record = state.tokens.by_id(id)?;
    let seen_in_organization = |at: usize, may: &dyn Fn(&Caller) -> bool| {
        Caller::of(state, call, caller, at).is_ok_and(|caller| may(&caller))
    };
    let seen = match &record.holder {
        Holder::Account(_) => record.holder == caller.holder,
        Holder::Team(team) => {
            let at = state.organizations.position(|it| it.teams.get(team).is_some())?;
            let team = state.organizations.get(at).teams.get(team)?;
            seen_in_organization(at, &|caller| caller.may_manage_tokens_of(team))
        }
        Holder::AgentPool(pool) => {
            let at = state.organizations.position(|it| it.agent_pools.get(pool).is_some())?;
            seen_in_organization(at, &|caller| caller.manages_agent_pools)
        }
        Holder::Organization(_) | Holder::AuditTrail(_) | Holder::Metrics(_) => false,
    };
    seen.then_some(record)
}

/// Makes a token for someone, or refuses one that would live longer than it may.
pub(crate) fn create(
    state: &mut State,
    holder: Holder,
    created_by: &Holder,
    new: NewToken,
) -> Reply {
    let latest = state.latest_expiry(&holder);
    let too_late = |expiry| latest.is_some_and(|latest| expiry > latest);
    if new.expires_at.is_some_and(too_late) {
        let detail = "Expired at must not be later than the organization allows";
        return error::invalid_attribute("expired-at", detail);
    }
    let (token, record) = state.create_token(holder, created_by.clone(), new, state.now());
    answer(StatusCode::CREATED, state, &record, Some(&token))
}

/// Reads what to create. `data.type` is not checked: go-tfe leaves it empty.
pub(crate) fn new_token(call: &Call, now: Timestamp) -> Result<NewToken, Reply> {
    let attributes = document::required_attributes(call)?;
    let description = match &attributes["description"] {
        Value::Null => None,
        Value::String(description) => Some(description.clone()),
        _ => {
            let detail = "Description must be a text";
            return Err(error::invalid_attribute("description", detail));
        }
    };
    let refused = |detail| error::invalid_attribute("expired-at", detail);
    let expires_at = match &attributes["expired-at"] {
        Value::Null => None,
        Value::String(text) => Some(
            text.parse::<Timestamp>()
                .map_err(|_| refused("Expired at must be a date and time in ISO 8601 format"))?,
        ),
        _ => return Err(refused("Expired at must be a text")),
    };
    if expires_at.is_some_and(|expires_at| expires_at <= now) {
        return Err(refused("Expired at must be in the future"));
    }
    Ok(NewToken { description, expires_at })
}

pub(crate) fn answer(
    status: StatusCode,
    state: &State,
    record: &TokenRecord,
    token: Option<&str>,
) -> Reply {
    Reply::document(status, &json!({"data": resource(state, record, token)}))
}

pub(crate) fn resource(state: &State, record: &TokenRecord, token: Option<&str>) -> Value {
    let team = match &record.holder {
        Holder::Team(id) => json!({"id": id, "type": "teams"}),
        _ => Value::Null,
    };
    json!({
        "id": record.id,
        "type": "authentication-tokens",
        "attributes": {
            "created-at": iso_8601(record.created_at),
            "last-used-at": record.last_used_at.map(iso_8601),
            "description": record.description,
            "token": token,
            "expired-at": iso_8601(record.expires_at),
        },
        "relationships": {
            "team": {"data": team},
            "created-by": {"data": created_by(state, &record.created_by)},
        },
    })
}

/// Returns who made a token, or null if that is not there any more.
pub(crate) fn created_by(state: &State, holder: &Holder) -> Value {
    match holder {
        Holder::Account(index) => match state.accounts.find(*index) {
            Some(account) => json!({"id": account.id, "type": "users"}),
            None => Value::Null,
        },
        Holder::Team(id) => json!({"id": id, "type": "teams"}),
        Holder::Organization(id) | Holder::AuditTrail(id) => {
            let mut organizations = state.organizations.iter();
            let organization = organizations.find(|it| it.external_id == *id);
            organization.map_or(Value::Null, |it| json!({"id": it.name(), "type": "organizations"}))
        }
        Holder::AgentPool(_) | Holder::Metrics(_) => Value::Null,
    }
}
