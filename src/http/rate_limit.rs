//! How long to wait before a request is sent again.

use std::hash::{BuildHasher, RandomState};
use std::time::Duration;

use jiff::Timestamp;
use reqwest::header::{self, HeaderMap};

/// How often a request is sent again because the server asked for fewer requests.
pub(super) const RATE_LIMITED_TRIES: u32 = 10;

/// Waits 0.2 s, then 0.8 s, give or take a quarter, so that many clients do not return in step.
pub(super) fn backoff(failures: u32) -> Duration {
    let base = 50_u64 << (2 * failures.min(5));
    let random = RandomState::new().hash_one(failures) % 512;
    Duration::from_millis(base * (768 + random) / 1024)
}

/// Reads a header that is a date.
pub(super) fn http_date(headers: &HeaderMap, name: header::HeaderName) -> Option<Timestamp> {
    let text = headers.get(name)?.to_str().ok()?;
    jiff::fmt::rfc2822::DateTimeParser::new().parse_timestamp(text).ok()
}

/// Returns how long a 429 asks to wait: `Retry-After` in seconds or as a date, else `X-RateLimit-Reset`,
/// which is a Unix time above 10⁶ (Vagrant Cloud) and seconds from now below it (protocol: atlas 7.3).
pub(super) fn requested_wait(headers: &HeaderMap, server_now: Timestamp) -> Option<Duration> {
    let number = |name: &str| -> Option<f64> {
        let value: f64 = headers.get(name)?.to_str().ok()?.trim().parse().ok()?;
        (value.is_finite() && value >= 0.0).then_some(value)
    };
    let until = |then: f64| (then - server_now.as_millisecond() as f64 / 1000.0).max(0.0);
    let seconds = number("retry-after")
        .or_else(|| {
            http_date(headers, header::RETRY_AFTER).map(|date| until(date.as_second() as f64))
        })
        .or_else(|| {
            number("x-ratelimit-reset").map(|reset| if reset > 1e6 { until(reset) } else { reset })
        })?;
    Some(Duration::from_secs_f64(seconds.clamp(0.1, 1e6)))
}

/// Reads a header that is a whole number.
pub(super) fn whole_number(headers: &HeaderMap, name: &str) -> Option<u32> {
    headers.get(name)?.to_str().ok()?.trim().parse().ok()
}
