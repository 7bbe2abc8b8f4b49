//! The control URL, `/sandbox/RANDOM/…`: turn the clock, read the outbox, the requests and an
//! account's present code. No fault touches it and no log names it.

use hyper::{Method, StatusCode};
use serde::Serialize;
use serde_json::json;

use crate::clock::iso_8601;
use crate::exchange::{Call, Reply};
use crate::state::State;

/// Answers a request below `/sandbox`.
pub(crate) fn answer(state: &mut State, call: &Call) -> Reply {
    match (&call.method, &call.segments()[1..]) {
        (method, [secret, route @ ..]) if *secret == state.control_secret => {
            answer_known(state, call, method, route)
        }
        _ => not_found(),
    }
}

fn answer_known(state: &mut State, call: &Call, method: &Method, route: &[&str]) -> Reply {
    match (method, route) {
        (&Method::GET, ["clock"]) => clock(state),
        (&Method::POST, ["clock"]) => turn_clock(state, call),
        (&Method::GET, ["outbox"]) => ok(&state.outbox.texts()),
        (&Method::GET, ["mails"]) => ok(&state.outbox.mails()),
        (&Method::GET, ["requests"]) => ok(&state.requests.requests()),
        (&Method::GET, ["accounts", username, "code"]) => match state.code(username) {
            Some(code) => ok(&code),
            None => not_found(),
        },
        _ => not_found(),
    }
}

fn clock(state: &State) -> Reply {
    ok(&json!({
        "now": iso_8601(state.now()),
        "advanced_seconds": state.clock.turned_by(),
    }))
}

fn turn_clock(state: &mut State, call: &Call) -> Reply {
    let body = call.json();
    match body["advance_seconds"].as_i64() {
        Some(seconds) if state.clock.advance(seconds) => clock(state),
        _ => error(
            StatusCode::UNPROCESSABLE_ENTITY,
            "send {\"advance_seconds\":N}, a whole number, within the calendar",
        ),
    }
}

fn ok(value: &impl Serialize) -> Reply {
    let text = serde_json::to_string(value).expect("texts, requests and codes are plain JSON");
    Reply::text(StatusCode::OK, "application/json", text)
}

fn not_found() -> Reply {
    error(StatusCode::NOT_FOUND, "not found")
}

fn error(status: StatusCode, message: &str) -> Reply {
    Reply::json(status, &json!({"errors": [message]}))
}
