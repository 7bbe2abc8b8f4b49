//! A server's answer, and what can be said of one that nobody expected.

use std::io::Read;
use std::time::Duration;

use jiff::Timestamp;
use reqwest::blocking::Response;
use reqwest::header::{self, HeaderMap};

use super::failure::{Attempt, Failed};
use super::rate_limit::{http_date, requested_wait, whole_number};
use crate::environment;
use crate::failure::Failure;
use crate::host::Host;
use crate::lifetime::Lifetime;

/// Headers by which guards before a server say that they answered, not the server.
const CHALLENGES: [&str; 3] = ["cf-mitigated", "x-amzn-waf-action", "x-vercel-mitigated"];

/// A server's answer: whatever its status.
#[derive(Debug)]
pub struct Reply {
    /// The status code.
    pub status: u16,
    /// The server's clock.
    pub server_time: Option<Timestamp>,
    /// How long the server asks to wait before the next request.
    pub wait: Option<Duration>,
    /// How many requests it takes each second, where it says so.
    pub rate_limit: Option<u32>,
    /// How many of these are left.
    pub rate_remaining: Option<u32>,
    /// The media type of the body, without its parameters, in lower case.
    pub content_type: Option<String>,
    /// Where a redirect points, as it stands in the answer.
    pub location: Option<String>,
    /// Whether a guard before the server says that it wants a browser to solve something.
    pub is_challenge: bool,
    /// The body, at most 1 MiB, a list's page 16 MiB. It may hold a token.
    pub body: Vec<u8>,
}

impl Reply {
    /// Reads the whole answer, but no more than is allowed.
    pub(super) fn read(
        response: Response,
        attempt: Attempt<'_>,
        max_body: u64,
    ) -> Result<Self, Failed> {
        let status = response.status().as_u16();
        let headers = response.headers().clone();
        let mut body = Vec::new();
        response
            .take(max_body + 1)
            .read_to_end(&mut body)
            .map_err(|error| Failed::unanswered(attempt.broken_off(&error)))?;
        if body.len() as u64 > max_body {
            return Err(Failed::unanswered(Failure::unavailable(format!(
                "the response from `{}` is larger than {} MiB",
                attempt.host,
                max_body / (1024 * 1024)
            ))));
        }
        let server_time = http_date(&headers, header::DATE);
        Ok(Self {
            status,
            server_time,
            wait: requested_wait(&headers, server_time.unwrap_or_else(environment::now)),
            rate_limit: whole_number(&headers, "x-ratelimit-limit").filter(|limit| *limit > 0),
            rate_remaining: whole_number(&headers, "x-ratelimit-remaining"),
            content_type: content_type(&headers),
            location: headers
                .get(header::LOCATION)
                .and_then(|value| value.to_str().ok())
                .map(str::to_owned),
            is_challenge: CHALLENGES.iter().any(|name| headers.contains_key(*name)),
            body,
        })
    }

    /// Returns whether the status says that it was done.
    pub fn is_success(&self) -> bool {
        (200..300).contains(&self.status)
    }

    /// Decodes the body as JSON.
    ///
    /// # Errors
    /// Unavailable, with the place at which it stopped making sense; no part of the body is shown.
    pub fn json(&self, host: &Host) -> Result<serde_json::Value, Failure> {
        serde_json::from_slice(&self.body).map_err(|error| self.invalid_json(host, &error))
    }

    /// Returns the failure for a body that is not the JSON that it should be: its place, and no part of it.
    pub fn invalid_json(&self, host: &Host, error: &serde_json::Error) -> Failure {
        let (line, column) = (error.line(), error.column());
        let what = match error.classify() {
            serde_json::error::Category::Data => "is not as expected",
            _ => "is not JSON",
        };
        Failure::unavailable(format!("cannot parse the response from `{host}`")).because(
            anyhow::anyhow!("{} answer {what} at line {line}, column {column}", self.status),
        )
    }

    /// Returns the failure for a status that says nothing about the request itself: redirects, 429, 5xx,
    /// and whatever else no caller expected.
    pub fn unexpected(&self, host: &Host) -> Failure {
        match self.status {
            429 => self.too_many_requests(host),
            300..=399 => Failure::unavailable(format!(
                "`{host}` redirected to {}; keybelt does not follow redirects",
                self.location.as_deref().map_or("nowhere".to_owned(), origin_of)
            ))
            .hint("check that this is the account server's own address"),
            500..=599 => Failure::unavailable(format!("`{host}` failed with a server error"))
                .because(anyhow::anyhow!("status {}", self.status))
                .hint(match self.requested_wait().filter(|_| self.status == 503) {
                    Some(wait) => format!("try again in {wait}"),
                    None => "try again later".to_owned(),
                }),
            _ => Failure::unavailable(format!("unexpected response from `{host}`"))
                .because(anyhow::anyhow!("status {}", self.status)),
        }
    }

    fn too_many_requests(&self, host: &Host) -> Failure {
        let failure = Failure::unavailable(format!("`{host}` is rate limiting requests"))
            .waiting(self.patience());
        match self.requested_wait() {
            Some(wait) => failure.hint(format!("try again in {wait}")),
            None => failure.hint("wait a minute, then try again"),
        }
    }

    /// Returns how long to leave a server alone that takes no more requests for now.
    pub fn patience(&self) -> Duration {
        self.wait.unwrap_or(Duration::from_secs(60))
    }

    /// Returns how long the server asks to wait, in whole seconds.
    pub fn requested_wait(&self) -> Option<Lifetime> {
        Lifetime::from_seconds(self.wait?.as_secs_f64().ceil() as i64)
    }
}

fn content_type(headers: &HeaderMap) -> Option<String> {
    let value = headers.get(header::CONTENT_TYPE)?.to_str().ok()?;
    value.split(';').next().map(|value| value.trim().to_ascii_lowercase())
}

/// Returns the origin that a redirect names, or a word for one that has none.
fn origin_of(location: &str) -> String {
    let origin = url::Url::parse(location).ok().map(|url| url.origin().ascii_serialization());
    origin.unwrap_or_else(|| "another path".to_owned())
}
