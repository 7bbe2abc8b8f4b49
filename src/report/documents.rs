//! The shapes that JSON documents share (`docs/json.md`).

use serde_json::{Value, json};

use super::moments::moment_document;
use crate::session::token_state::TokenState;
use crate::store::Entry;
use crate::token::Source;
use crate::two_factor::{Delivery, TwoFactor};

/// Returns the state of two-factor authentication for JSON; `null` where the server does not tell.
pub fn two_factor_document(state: Option<&TwoFactor>) -> Value {
    state.map_or(Value::Null, |state| {
        json!({
            "enabled": state.enabled,
            "verified": state.verified,
            "delivery": state.delivery.map(Delivery::as_str),
            "sms_number": state.sms_number,
        })
    })
}

/// Returns what is known of a token, for JSON.
pub fn token_document(name: Option<String>, entry: Option<&Entry>, state: &TokenState) -> Value {
    let account = match state {
        TokenState::Valid(account) => Some(account),
        _ => None,
    };
    json!({
        "signed_in": state.signed_in(),
        "state": state.word(),
        "error": state.failure().map(ToString::to_string),
        "account": account.map(|account| account.name.to_string()).or(name),
        "store": entry.map(|entry| entry.store.to_string()),
        "origin": entry.map(|entry| entry.origin.as_str()),
        "created_at": moment_document(entry.map(|entry| entry.created_at)),
        "expires_at": moment_document(entry.and_then(Entry::deadline)),
        "is_sudo": account.and_then(|account| account.is_sudo),
        "two_factor": two_factor_document(account.and_then(|account| account.two_factor.as_ref())),
    })
}

/// Adds the members of one JSON object to another.
pub fn extend(document: &mut Value, more: Value) {
    if let (Value::Object(document), Value::Object(more)) = (document, more) {
        document.extend(more);
    }
}

/// Returns a source's word for JSON.
pub fn source_document(source: &Source) -> Value {
    match source {
        Source::Variable(name) => json!(name),
        Source::Store => json!("store"),
        Source::ToolFile(provider) => json!(format!("{}_file", provider.dialect().tool)),
        Source::SignIn => json!("sign_in"),
        Source::Given => json!("stdin"),
    }
}
