//! User tokens: list, create, show and delete. The token itself is in the answer to its creation
//! and nowhere else.

use hyper::StatusCode;
use jiff::Timestamp;
use serde_json::{Value, json};

use super::paging::whole_or_page;
use super::{document, error};
use crate::clock::iso_8601;
use crate::exchange::{Call, Reply};
use crate::state::State;
use crate::token::{NewToken, TokenRecord};

/// `GET /users/:id/authentication-tokens`. Other people's tokens are hidden by an empty list.
pub(crate) fn list(state: &State, call: &Call, token: &TokenRecord, user: &str) -> Reply {
    let Some(account) = state.accounts.by_id(user) else {
        return error::not_found();
    };
    let own = state.accounts.get(token.owner);
    let records = if account.id == own.id { state.tokens.of(token.owner) } else { Vec::new() };
    let document = whole_or_page(call, &records, |record| resource(state, record, None));
    Reply::document(StatusCode::OK, &document)
}

/// `POST /users/:id/authentication-tokens`.
pub(crate) fn create(state: &mut State, call: &Call, token: &TokenRecord, user: &str) -> Reply {
    let account = state.accounts.by_id(user);
    let own = state.accounts.get(token.owner);
    if account.is_none_or(|account| account.id != own.id) {
        return error::not_found();
    }
    let now = state.now();
    let new = match new_token(call, now) {
        Ok(new) => new,
        Err(refusal) => return refusal,
    };
    let latest = state.latest_expiry(token.owner);
    let too_late = |expiry| latest.is_some_and(|latest| expiry > latest);
    if new.expires_at.is_some_and(too_late) {
        let detail = "Expired at must not be later than the organization allows";
        return error::invalid_attribute("expired-at", detail);
    }
    let (token, record) = state.create_token(token.owner, new, now);
    let data = resource(state, &record, Some(&token));
    Reply::document(StatusCode::CREATED, &json!({"data": data}))
}

/// `GET /authentication-tokens/:id`.
pub(crate) fn show(state: &State, token: &TokenRecord, id: &str) -> Reply {
    match state.tokens.by_id(token.owner, id) {
        Some(record) => {
            let data = resource(state, record, None);
            Reply::document(StatusCode::OK, &json!({"data": data}))
        }
        None => error::not_found(),
    }
}

/// `DELETE /authentication-tokens/:id`; it may be the token that asks.
pub(crate) fn delete(state: &mut State, token: &TokenRecord, id: &str) -> Reply {
    let Some(hash) = state.tokens.by_id(token.owner, id).map(|record| record.hash) else {
        return error::not_found();
    };
    state.tokens.revoke(&hash);
    Reply::empty(StatusCode::NO_CONTENT)
}

/// Reads what to create. `data.type` is not checked: go-tfe leaves it empty.
fn new_token(call: &Call, now: Timestamp) -> Result<NewToken, Reply> {
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

pub(crate) fn resource(state: &State, record: &TokenRecord, token: Option<&str>) -> Value {
    let owner = state.accounts.get(record.owner);
    let (id, kind) = match &owner.organization {
        None => (&owner.id, "users"),
        Some(name) => (name, "organizations"),
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
            "created-by": {"data": {"id": id, "type": kind}},
        },
    })
}
