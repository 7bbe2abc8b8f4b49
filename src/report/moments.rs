//! Moments, for people and for programs.

use jiff::Timestamp;
use serde_json::{Value, json};

/// Returns a moment as people read it, in UTC.
pub fn moment(at: Timestamp) -> String {
    at.strftime("%Y-%m-%d %H:%M UTC").to_string()
}

/// Returns a moment for JSON: RFC 3339 in UTC, whole seconds.
pub fn moment_document(at: Option<Timestamp>) -> Value {
    at.map_or(Value::Null, |at| json!(moment_text(at)))
}

/// Returns a moment for programs: RFC 3339 in UTC, whole seconds.
pub fn moment_text(at: Timestamp) -> String {
    at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// Returns a moment's day; `otherwise` where there is none.
pub fn day(moment: Option<Timestamp>, otherwise: &str) -> String {
    moment.map_or(otherwise.to_owned(), |moment| moment.strftime("%Y-%m-%d").to_string())
}
