//! What must hold of the headers that tell when to come back, whatever they say.

use std::time::Duration;

use jiff::Timestamp;
use reqwest::header::{HeaderMap, HeaderName, HeaderValue};

use super::rate_limit;

/// A wait has an end, and is never none.
pub fn headers(bytes: &[u8]) {
    let mut headers = HeaderMap::new();
    let names = ["retry-after", "x-ratelimit-reset", "x-ratelimit-limit", "date"];
    for (name, value) in names.into_iter().zip(bytes.split(|byte| *byte == b'\n')) {
        if let Ok(value) = HeaderValue::from_bytes(value) {
            headers.insert(HeaderName::from_static(name), value);
        }
    }
    if let Some(wait) = rate_limit::requested_wait(&headers, Timestamp::UNIX_EPOCH) {
        assert!(wait > Duration::ZERO && wait <= Duration::from_secs(1_000_000));
    }
    let _ = rate_limit::whole_number(&headers, "x-ratelimit-limit");
    let _ = rate_limit::http_date(&headers, reqwest::header::DATE);
}
