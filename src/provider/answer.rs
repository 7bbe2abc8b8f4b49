//! Who wrote an answer, and what it is worth if it is no success.
//!
//! A status is a verdict only in an answer of the account server's own API: its media type, and a document of its
//! shape. Gateways, proxies, captive and challenge pages answer with the same statuses, and know nothing of the
//! token. What they say is "unavailable", for both providers and for OAuth.

use serde_json::Value;

use crate::failure::Failure;
use crate::host::Host;
use crate::http::{Http, Method, NoReply, Reply, Request};

/// The shape of the documents that an API writes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// `/api/v2` of an Atlas server (protocol: atlas 2.3).
    JsonApi,
    /// `/api/v1` of an Atlas server (protocol: atlas 1.2 to 1.5).
    Classic,
    /// An Aptible server (protocol: aptible 0.1).
    Hal,
    /// OAuth's token endpoint (RFC 6749, 5.1 and 5.2).
    OAuth,
    /// A service discovery document (protocol: atlas 6.1).
    Discovery,
}

/// What the API answers if it is the one that answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Due {
    shape: Shape,
    /// Whether a success needs no document: something was changed or deleted.
    may_be_empty: bool,
    /// Whether a route that is missing is an answer too, in whatever words.
    may_be_absent: bool,
}

impl Due {
    /// Asks for a document.
    pub(super) fn document(shape: Shape) -> Self {
        Self { shape, may_be_empty: false, may_be_absent: false }
    }

    /// Asks for a change, of which a server need not say more than that it is done.
    pub(super) fn change(shape: Shape) -> Self {
        Self { may_be_empty: true, ..Self::document(shape) }
    }

    /// Takes 404 and 405 as they come: nothing but the route's absence is concluded from them.
    pub(super) fn or_absent(self) -> Self {
        Self { may_be_absent: true, ..self }
    }
}

/// What an answer that the account server did not write looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Between {
    Gateway,
    Proxy,
    CaptivePage,
    ChallengePage,
    MaintenancePage,
}

/// Sends a request and returns what the account server answered, whatever its status.
///
/// # Errors
/// Unavailable also if something between here and the account server answered.
pub(super) fn send(http: &Http, request: &Request<'_>, due: Due) -> Result<Reply, NoReply> {
    let reply = http.send(request)?;
    let Some(mut failure) = in_between(&reply, due, request.host) else {
        return Ok(reply);
    };
    if reply.status >= 500 && request.method != Method::Get {
        let hint = failure.hint.unwrap_or_default();
        failure.hint = Some(format!("{hint}; the request may have succeeded anyway"));
    }
    // What it says itself is all that can be said: it need not have passed the request on.
    Err(NoReply::NotSent(failure))
}

/// Returns the failure of an answer that something between here and the account server wrote; `None` if the
/// server itself did.
pub(super) fn in_between(reply: &Reply, due: Due, host: &Host) -> Option<Failure> {
    if is_servers_own(reply, due) {
        return None;
    }
    let media_type = match reply.content_type.as_deref() {
        _ if is_blank(&reply.body) => "nothing",
        Some("text/html") => "a web page",
        Some(_) | None => "no response of its API",
    };
    let mut message =
        format!("something between here and `{host}` answered, not the account server");
    let mut hint = looks_like(reply).hint().to_owned();
    if reply.status == 429 {
        message.push_str(": too many requests");
        hint.push_str(&match reply.requested_wait() {
            Some(wait) => format!("; try again in {wait}"),
            None => "; wait a minute, then try again".to_owned(),
        });
    }
    let cause = anyhow::anyhow!("status {}: {media_type}", reply.status);
    let failure = Failure::unavailable(message).because(cause).hint(hint);
    Some(if reply.status == 429 { failure.waiting(reply.patience()) } else { failure })
}

/// Returns whether the account server's API wrote an answer.
fn is_servers_own(reply: &Reply, due: Due) -> bool {
    match reply.status {
        // Redirects are never followed, and said as what they are.
        300..=399 => return true,
        // Whose fault it is makes no difference: it is no verdict.
        500 => return true,
        404 | 405 if due.may_be_absent => return true,
        // A token is given up for it: who rejects one says so.
        401 if due.shape == Shape::JsonApi && says_nothing(reply) => return false,
        _ => {}
    }
    if is_blank(&reply.body) {
        // A refused sign-in has no body on some servers (protocol: atlas 1.2).
        let is_bare_refusal =
            due.shape == Shape::Classic && reply.content_type.is_none() && is_refusal(reply);
        return is_bare_refusal || reply.is_success() && due.may_be_empty;
    }
    if !is_json(reply.content_type.as_deref()) {
        return false;
    }
    match serde_json::from_slice::<Value>(&reply.body) {
        Ok(document) if reply.is_success() => is_document(&document, due),
        Ok(document) => is_error(&document, due.shape),
        // What broke off in its own media type is said as that; no verdict follows from it.
        Err(_) => reply.is_success() && reply.content_type.is_some() && !due.may_be_empty,
    }
}

/// Returns whether there is no word in an answer, by which one could tell whose it is.
pub(super) fn says_nothing(reply: &Reply) -> bool {
    let is_empty = |value: &Value| {
        value.as_object().is_some_and(serde_json::Map::is_empty)
            || value.as_array().is_some_and(Vec::is_empty)
    };
    match serde_json::from_slice::<Value>(&reply.body) {
        Ok(document) => is_empty(&document) || document.get("errors").is_some_and(is_empty),
        Err(_) => is_blank(&reply.body),
    }
}

fn is_blank(body: &[u8]) -> bool {
    body.iter().all(u8::is_ascii_whitespace)
}

/// Returns whether a media type is one of JSON; some servers leave it out, and one calls it a script
/// (protocol: aptible 0.1).
pub(super) fn is_json(media_type: Option<&str>) -> bool {
    media_type.is_none_or(|media_type| {
        matches!(media_type, "application/json" | "text/javascript")
            || media_type.starts_with("application/") && media_type.ends_with("+json")
    })
}

/// Returns whether a success is a document of the shape.
fn is_document(document: &Value, due: Due) -> bool {
    let has = |names: &[&str]| names.iter().any(|name| document.get(name).is_some());
    match due.shape {
        // The resend action answers with the JSON value `null` (protocol: atlas 3.3).
        Shape::JsonApi => has(&["data"]) || due.may_be_empty && document.is_null(),
        Shape::Classic => has(&["token", "user", "two_factor", "success"]),
        Shape::Hal => has(&["_links", "_embedded", "_type", "id", "access_token", "revoked"]),
        Shape::OAuth => has(&["access_token"]),
        Shape::Discovery => document.is_object(),
    }
}

/// Returns whether an answer that is no success is an error of the shape.
fn is_error(document: &Value, shape: Shape) -> bool {
    let errors =
        document.get("errors").is_some_and(|errors| errors.is_array() || errors.is_object());
    let has = |name: &str, is: fn(&Value) -> bool| document.get(name).is_some_and(is);
    match shape {
        Shape::JsonApi | Shape::Discovery => errors,
        // What a wrong code is answered with is not documented: it may be an object that says nothing.
        Shape::Classic => {
            let says_nothing = document.as_object().is_some_and(serde_json::Map::is_empty);
            errors || has("two_factor", Value::is_object) || says_nothing
        }
        Shape::Hal => is_hal_error(document),
        Shape::OAuth => errors || has("error", Value::is_string),
    }
}

/// Returns whether a document is an Aptible server's error: no shape of an Atlas server has such a code.
pub(super) fn is_hal_error(document: &Value) -> bool {
    let has = |name: &str, is: fn(&Value) -> bool| document.get(name).is_some_and(is);
    has("code", Value::is_u64) && has("error", Value::is_string)
}

fn looks_like(reply: &Reply) -> Between {
    match reply.status {
        407 => Between::Proxy,
        _ if reply.is_challenge => Between::ChallengePage,
        503 => Between::MaintenancePage,
        200..=299 if !is_blank(&reply.body) && !is_json(reply.content_type.as_deref()) => {
            Between::CaptivePage
        }
        _ => Between::Gateway,
    }
}

impl Between {
    fn hint(self) -> &'static str {
        match self {
            Self::Gateway => {
                "it looks like a gateway or firewall: check whether the address is the account server's own, and whether the network asks for a sign-in of its own"
            }
            Self::Proxy => {
                "it looks like a proxy that asks for a sign-in of its own: check the proxy settings"
            }
            Self::CaptivePage => {
                "it looks like a captive page, such as a network's sign-in: open any web page in a browser, then try again"
            }
            Self::ChallengePage => {
                "it looks like a challenge page, which requires a browser: ask the server's administrators to let its API through"
            }
            Self::MaintenancePage => "it looks like a maintenance page: try again later",
        }
    }
}

/// Returns whether a server understood the request and said no. 429 is not among these: it says "not now", of
/// whatever request, and a later one may be granted.
pub(super) fn is_refusal(reply: &Reply) -> bool {
    (400..=428).contains(&reply.status)
}

/// Returns the failure of an answer that is no success: the refusal, if it is one, else that the server is
/// unavailable.
pub(super) fn refused(reply: &Reply, host: &Host, refusal: impl FnOnce() -> Failure) -> Failure {
    if is_refusal(reply) { refusal() } else { reply.unexpected(host) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reply(status: u16, media_type: Option<&str>, body: &str) -> Reply {
        Reply {
            status,
            server_time: None,
            wait: None,
            rate_limit: None,
            rate_remaining: None,
            content_type: media_type.map(str::to_owned),
            location: None,
            is_challenge: false,
            body: body.as_bytes().to_owned(),
        }
    }

    /// What a server's own API says in each shape: a success, and a refusal.
    const OWN: [(Shape, &str, &str); 5] = [
        (Shape::JsonApi, r#"{"data":{}}"#, r#"{"errors":[{"status":"401"}]}"#),
        (Shape::Classic, r#"{"token":"x"}"#, r#"{"errors":["no"],"success":false}"#),
        (Shape::Hal, r#"{"_links":{}}"#, r#"{"code":401,"error":"invalid_token"}"#),
        (Shape::OAuth, r#"{"access_token":"x"}"#, r#"{"error":"invalid_grant"}"#),
        (Shape::Discovery, r#"{"login.v1":{}}"#, r#"{"errors":["no"]}"#),
    ];

    /// Whose each kind of body is, by status: `s` the server's own, `b` something's in between. The kinds are:
    /// HTML, text, nothing, nothing of no media type, another's JSON, the API's own.
    const VERDICTS: [(u16, Shape, [&str; 2]); 12] = [
        (200, Shape::JsonApi, ["bbbbbs", "bbssbs"]),
        (200, Shape::Classic, ["bbbbbs", "bbssbs"]),
        (200, Shape::Hal, ["bbbbbs", "bbssbs"]),
        (200, Shape::OAuth, ["bbbbbs", "bbssbs"]),
        (200, Shape::Discovery, ["bbbbss", "bbssss"]),
        (401, Shape::JsonApi, ["bbbbbs", "bbbbbs"]),
        (401, Shape::Classic, ["bbbsbs", "bbbsbs"]),
        (401, Shape::Hal, ["bbbbbs", "bbbbbs"]),
        (401, Shape::OAuth, ["bbbbbs", "bbbbbs"]),
        (401, Shape::Discovery, ["bbbbbs", "bbbbbs"]),
        (502, Shape::Classic, ["bbbbbs", "bbbbbs"]),
        (302, Shape::JsonApi, ["ssssss", "ssssss"]),
    ];

    fn bodies(shape: Shape, status: u16) -> [(Option<&'static str>, &'static str); 6] {
        let (_, success, refusal) = OWN.into_iter().find(|(own, ..)| *own == shape).expect("a row");
        let own = if status < 300 { success } else { refusal };
        [
            (Some("text/html"), "<html>Sign in</html>"),
            (Some("text/plain"), "no"),
            (Some("application/json"), ""),
            (None, ""),
            (Some("application/json"), r#"{"message":"Unauthorized"}"#),
            (Some("application/vnd.api+json"), own),
        ]
    }

    fn written(reply: &Reply, due: Due) -> char {
        let host = Host::parse("tfe.example.com").expect("a host");
        match in_between(reply, due, &host) {
            None => 's',
            Some(failure) => {
                assert!(failure.hint.is_some_and(|hint| hint.starts_with("it looks like a")));
                'b'
            }
        }
    }

    /// Each status that gateways answer with too has the verdicts of 401, and of 502 from 500 on.
    #[test]
    fn a_status_is_the_servers_only_in_an_answer_of_its_own() {
        for (status, shape, [document, change]) in VERDICTS {
            let alike: &[u16] = match status {
                401 => &[401, 403, 404, 407, 422],
                502 => &[429, 502, 503],
                _ => &[status],
            };
            for status in alike {
                let of = |due| -> String {
                    let bodies = bodies(shape, *status).into_iter();
                    bodies.map(|(kind, body)| written(&reply(*status, kind, body), due)).collect()
                };
                assert_eq!(of(Due::document(shape)), document, "{status} {shape:?}");
                assert_eq!(of(Due::change(shape)), change, "{status} {shape:?}, a change");
            }
        }
    }

    #[test]
    fn a_missing_route_may_say_so_in_any_words_where_only_that_is_asked() {
        for shape in [Shape::Classic, Shape::JsonApi, Shape::Discovery] {
            let due = Due::document(shape).or_absent();
            for (kind, body) in bodies(shape, 404) {
                assert_eq!(written(&reply(404, kind, body), due), 's', "{shape:?} {body}");
                assert_eq!(written(&reply(405, kind, body), due), 's', "{shape:?} {body}");
            }
            assert_eq!(written(&reply(403, Some("text/html"), "<p>"), due), 'b', "{shape:?}");
        }
    }

    #[test]
    fn what_answered_is_told_by_what_it_looks_like() {
        let html = Some("text/html");
        let challenge = Reply { is_challenge: true, ..reply(403, html, "<p>") };
        for (reply, kind) in [
            (reply(401, html, "<p>"), Between::Gateway),
            (reply(407, html, "<p>"), Between::Proxy),
            (reply(200, html, "<p>"), Between::CaptivePage),
            (reply(200, Some("text/plain"), "Welcome"), Between::CaptivePage),
            (challenge, Between::ChallengePage),
            (reply(503, html, "<p>"), Between::MaintenancePage),
            (reply(502, html, "<p>"), Between::Gateway),
            (reply(200, Some("application/json"), "{}"), Between::Gateway),
        ] {
            assert_eq!(looks_like(&reply), kind, "{} {:?}", reply.status, reply.content_type);
        }
    }
}
