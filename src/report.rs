//! How results look: words for states, and the shapes of the JSON documents (`docs/json.md`).

use jiff::Timestamp;
use serde_json::{Value, json};

use crate::environment;
use crate::lifetime;
use crate::store::Entry;
use crate::terminal;
use crate::token::Source;
use crate::two_factor::{Delivery, TwoFactor};

/// Prints a result: as text, or as the one JSON document.
pub fn answer(json: bool, text: &str, document: &Value) {
    if json {
        terminal::document(document);
    } else if !text.is_empty() {
        terminal::result(text);
    }
}

/// Reports a change: one line in the past tense on stderr, and with `-o json` the document on stdout.
pub fn changed(json: bool, line: &str, document: &Value) {
    terminal::say(line);
    if json {
        terminal::document(document);
    }
}

/// Returns the state of two-factor authentication in words.
pub fn two_factor(state: &TwoFactor) -> String {
    let how = match state.delivery {
        Some(Delivery::App) => " by app",
        Some(Delivery::Sms) => " by text message",
        None => "",
    };
    let number = state
        .sms_number
        .as_deref()
        .map(|number| format!(" ({number})"))
        .unwrap_or_default();
    match (state.enabled, state.verified) {
        (false, _) => "off".to_owned(),
        (true, false) => format!("enabled{how}{number}, not verified"),
        (true, true) => format!("enabled and verified{how}{number}"),
    }
}

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

/// Returns until when a stored token is good, in words.
pub fn until(entry: &Entry) -> String {
    let Some(deadline) = entry.deadline() else {
        return "without an expiry that the server told".to_owned();
    };
    let whose = if entry.expires_at.is_some() {
        ""
    } else {
        " (keybelt's own deadline; the server named none)"
    };
    match lifetime::remaining(environment::now(), deadline) {
        Some(left) => format!("for {left}, until {}{whose}", moment(deadline)),
        None => format!("no longer: expired {}{whose}", moment(deadline)),
    }
}

/// Returns a moment as people read it, in UTC.
pub fn moment(at: Timestamp) -> String {
    at.strftime("%Y-%m-%d %H:%M UTC").to_string()
}

/// Returns a moment for JSON: RFC 3339 in UTC, whole seconds.
pub fn moment_document(at: Option<Timestamp>) -> Value {
    at.map_or(Value::Null, |at| {
        json!(at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string())
    })
}

/// Returns a source's word for JSON.
pub fn source_document(source: &Source) -> Value {
    match source {
        Source::Variable(name) => json!(name),
        Source::Store => json!("store"),
        Source::SignIn => json!("sign_in"),
    }
}
