//! The answers that faults give instead of the right one, and the hostile text that they put into
//! the right one.

use std::fmt;

use hyper::StatusCode;
use hyper::header::{CONTENT_TYPE, HeaderName, LOCATION, RETRY_AFTER};
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

use crate::aptible;
use crate::clock::http_date;
use crate::exchange::{Call, Payload, Reply};
use crate::fault::FaultKind;
use crate::site::Dialect;

/// What every hostile text ends in: it would clear the screen, set the clipboard, ring, overwrite
/// the line, colour by a C1 control, turn the direction of writing and break the line.
pub const HOSTILE: &str =
    "\u{1b}[2J\u{1b}]52;c;aG9zdGlsZQ==\u{7}\rhostile\u{9b}31m\u{202e}\u{2028}\nline";

/// How long the faults that name a time ask to wait.
const WAIT: SignedDuration = SignedDuration::from_secs(1);

/// Reaches nothing, unless a test listens there to see what follows the redirect.
const OTHER_HOST: &str = "127.0.0.2";

/// 32 MiB in pieces of 64 KiB.
const HUGE_PIECES: usize = 512;

/// A connection that ends without an answer, or in the middle of one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Abort {
    Reset,
    Truncate,
}

impl fmt::Display for Abort {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("the connection is broken off on purpose")
    }
}

impl std::error::Error for Abort {}

impl Abort {
    /// Returns what is sent before the connection closes.
    pub(crate) fn partial_bytes(self) -> Option<&'static [u8]> {
        (self == Abort::Truncate).then_some(
            b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\
              Content-Length: 4096\r\n\r\n{\"token\":\"trunc",
        )
    }
}

/// Returns the answer of a fault that replaces the right one; `None` if the request is to be run.
pub(crate) fn answer(
    kind: FaultKind,
    call: &Call,
    port: u16,
    now: Timestamp,
) -> Result<Option<Reply>, Abort> {
    let reply = match kind {
        FaultKind::Delay | FaultKind::HostileText => return Ok(None),
        FaultKind::Reset => return Err(Abort::Reset),
        FaultKind::Truncate => return Err(Abort::Truncate),
        FaultKind::TooManyRequests => too_many_requests(call),
        FaultKind::TooManyRequestsSeconds => {
            too_many_requests(call).with(RETRY_AFTER, WAIT.as_secs())
        }
        FaultKind::TooManyRequestsDate => {
            // Dates have whole seconds: one more, so as not to name a time that is nearly past.
            let until = now.saturating_add(WAIT * 2).unwrap_or(now);
            too_many_requests(call).with(RETRY_AFTER, http_date(until))
        }
        FaultKind::TooManyRequestsReset => too_many_requests_reset(call, now),
        FaultKind::InternalServerError => internal_server_error(call),
        FaultKind::BadGatewayPage => page(StatusCode::BAD_GATEWAY, "502 Bad Gateway"),
        FaultKind::ContentType => page(StatusCode::OK, "Welcome. Sign in to use this network"),
        FaultKind::Redirect => Reply::empty(StatusCode::TEMPORARY_REDIRECT)
            .with(LOCATION, format!("http://{OTHER_HOST}:{port}{}", call.path)),
        FaultKind::Huge => huge(),
    };
    Ok(Some(reply))
}

fn too_many_requests(call: &Call) -> Reply {
    if call.site.dialect == Dialect::Aptible {
        return aptible::too_many_requests("Too many requests");
    }
    let error = json!({
        "detail": "You have exceeded the API's rate limit.",
        "status": 429,
        "title": "Too many requests",
    });
    Reply::json(StatusCode::TOO_MANY_REQUESTS, &json!({"errors": [error]}))
}

fn internal_server_error(call: &Call) -> Reply {
    if call.site.dialect == Dialect::Aptible {
        return aptible::internal_server_error();
    }
    let error = json!({"status": "500", "title": "internal server error"});
    Reply::json(StatusCode::INTERNAL_SERVER_ERROR, &json!({"errors": [error]}))
}

/// The same header is a Unix time in the first generation and a float of seconds in the second.
fn too_many_requests_reset(call: &Call, now: Timestamp) -> Reply {
    let name = HeaderName::from_static("x-ratelimit-reset");
    if call.path.starts_with("/api/v2/") {
        too_many_requests(call).with(name, format!("{:.3}", WAIT.as_secs_f64()))
    } else {
        too_many_requests(call).with(name, now.as_second() + WAIT.as_secs())
    }
}

fn page(status: StatusCode, text: &str) -> Reply {
    let html = format!(
        "<!doctype html><html><head><title>{text}</title></head><body><h1>{text}</h1></body></html>"
    );
    Reply::text(status, "text/html; charset=utf-8", html)
}

fn huge() -> Reply {
    let mut reply = Reply::empty(StatusCode::OK).with(CONTENT_TYPE, "application/json");
    reply.body = Payload::Padding { pieces: HUGE_PIECES };
    reply
}

/// Makes every text in a JSON answer hostile that the server or a user named. Ids, tokens, codes
/// and machine words stay, so that the answer is otherwise the right one.
pub(crate) fn make_hostile(reply: &mut Reply) {
    let Payload::Text(text) = &reply.body else {
        return;
    };
    let Ok(mut value) = serde_json::from_slice::<Value>(text) else {
        return;
    };
    poison(&mut value);
    reply.body = Payload::Text(value.to_string().into());
}

fn poison(value: &mut Value) {
    match value {
        Value::Array(values) => values.iter_mut().for_each(poison),
        Value::Object(members) => {
            for (name, member) in members {
                match member {
                    // The one team whose name is no user's choice: it tells who the owners are.
                    Value::String(text) if name == "name" && text == "owners" => {}
                    Value::String(text) if is_named_text(name) => text.push_str(HOSTILE),
                    Value::Array(texts) if name == "errors" => {
                        texts.iter_mut().for_each(|text| match text {
                            Value::String(text) => text.push_str(HOSTILE),
                            other => poison(other),
                        })
                    }
                    other => poison(other),
                }
            }
        }
        _ => {}
    }
}

fn is_named_text(member: &str) -> bool {
    matches!(
        member,
        "username"
            | "email"
            | "description"
            | "obfuscated_destination"
            | "sms-number"
            | "title"
            | "detail"
            | "message"
            | "name"
    )
}
