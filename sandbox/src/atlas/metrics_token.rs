//! Metrics tokens: `hcpt_…`, of another shape than all others. They open nothing else.

use hyper::StatusCode;
use jiff::Timestamp;
use serde_json::{Value, json};

use super::caller::Caller;
use super::paging::pages;
use super::{authentication_token, document, error};
use crate::clock::iso_8601;
use crate::exchange::Reply;
use crate::random;
use crate::state::State;
use crate::token::{self, Holder, TokenRecord};

/// `GET /organizations/:name/metrics-tokens`, for owners.
pub(crate) fn list(state: &State, caller: &Caller) -> Reply {
    let tokens = state.tokens.of(&holder(state, caller));
    Reply::ok(&pages(caller.call, &tokens, |record| resource(state, record, None)))
}

/// `POST /organizations/:name/metrics-tokens`. Its answer is the only one with the token.
pub(crate) fn create(state: &mut State, caller: &Caller) -> Reply {
    let attributes = match document::required_attributes(caller.call) {
        Ok(attributes) => attributes,
        Err(refusal) => return refusal,
    };
    let name = attributes["name"].as_str().unwrap_or_default().trim();
    if name.is_empty() {
        return error::invalid_attribute("name", "Name can't be blank");
    }
    let now = state.now();
    let expires_at = match &attributes["expires-at"] {
        Value::Null => Some(token::default_expiry(now)),
        text => text.as_str().and_then(|text| text.parse::<Timestamp>().ok()),
    };
    let Some(expires_at) = expires_at.filter(|expires_at| *expires_at > now) else {
        return error::invalid_attribute("expires-at", "Expires at must be in the future");
    };
    let token = format!("hcpt_{}", random::alphanumeric(64));
    let record = TokenRecord {
        id: format!("mt-{}", random::alphanumeric(16)),
        holder: holder(state, caller),
        created_by: caller.holder.clone(),
        description: Some(name.to_owned()),
        scope: None,
        hash: token::hash(&token),
        created_at: now,
        last_used_at: None,
        expires_at,
    };
    state.tokens.insert(record.clone());
    let data = resource(state, &record, Some(&token));
    Reply::document(StatusCode::CREATED, &json!({"data": data}))
}

/// `DELETE /organizations/:name/metrics-tokens/:id`.
pub(crate) fn delete(state: &mut State, caller: &Caller, id: &str) -> Reply {
    let own = holder(state, caller);
    let record = state.tokens.by_id(id).filter(|record| record.holder == own);
    match record.map(|record| record.hash) {
        Some(hash) => {
            state.tokens.revoke(&hash);
            Reply::empty(StatusCode::NO_CONTENT)
        }
        None => error::not_found(),
    }
}

fn holder(state: &State, caller: &Caller) -> Holder {
    Holder::Metrics(state.organizations.get(caller.at).external_id.clone())
}

fn resource(state: &State, record: &TokenRecord, token: Option<&str>) -> Value {
    json!({
        "id": record.id,
        "type": "metrics-tokens",
        "attributes": {
            "name": record.description,
            "created-at": iso_8601(record.created_at),
            "last-used-at": record.last_used_at.map(iso_8601),
            "expires-at": iso_8601(record.expires_at),
            "token": token,
        },
        "relationships": {
            "created-by": {"data": authentication_token::created_by(state, &record.created_by)},
        },
    })
}
