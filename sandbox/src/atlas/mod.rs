//! The Atlas dialect: password sign-in of the first generation below `/api/v1`, JSON:API of the
//! second below `/api/v2`, and service discovery.

mod account;
mod authenticate;
mod document;
mod error;
mod rate;
mod two_factor;

use hyper::header::HeaderName;
use hyper::{Method, StatusCode};
use serde_json::json;

use crate::exchange::{Call, JSON_API, Reply};
use crate::state::State;
use crate::token::TokenRecord;

/// Answers a request.
pub(crate) fn answer(state: &mut State, call: &Call) -> Reply {
    // To the handlers a HEAD is a GET; no body is sent for it.
    let method = if call.method == Method::HEAD {
        &Method::GET
    } else {
        &call.method
    };
    match (method, call.segments().as_slice()) {
        (&Method::GET, [".well-known", "terraform.json"]) => discovery(),
        (method, ["api", "v1", route @ ..]) => version_1(state, call, method, route),
        // The newer Vagrant libraries validate here, and expect answers of the first generation.
        (&Method::GET, ["api", "v2", "authenticate"]) => authenticate::validate(state, call),
        (method, ["api", "v2", route @ ..]) => version_2(state, call, method, route),
        _ => error::not_found(),
    }
}

/// What terraform and its provider ask for first. It is public: terraform sends even a dead token
/// along. Only what is served is in it.
fn discovery() -> Reply {
    let services = json!({
        "tfe.v2": "/api/v2/",
        "tfe.v2.1": "/api/v2/",
        "tfe.v2.2": "/api/v2/",
    });
    Reply::json(StatusCode::OK, &services)
}

fn version_1(state: &mut State, call: &Call, method: &Method, route: &[&str]) -> Reply {
    let reply = match (method, route) {
        (&Method::POST, ["authenticate"]) => authenticate::create(state, call),
        (&Method::GET, ["authenticate"]) => authenticate::validate(state, call),
        (&Method::DELETE, ["authenticate"]) => authenticate::delete(state, call),
        (&Method::POST, ["two-factor", "request-code"]) => authenticate::request_code(state, call),
        _ => error::version_1(StatusCode::NOT_FOUND, "Not found"),
    };
    rate::head_version_1(state, call, reply)
}

fn version_2(state: &mut State, call: &Call, method: &Method, route: &[&str]) -> Reply {
    let caller = call
        .token()
        .and_then(|token| state.tokens.find(token, state.now()))
        .cloned();
    let who = match &caller {
        Some(token) => state.accounts.get(token.owner).id.clone(),
        None => call.peer.to_string(),
    };
    if let Err(standing) = rate::take(state, &[(&rate::REQUESTS, &who)]) {
        return error::too_many_requests(standing);
    }
    let writes = [&Method::POST, &Method::PATCH, &Method::DELETE].contains(&method);
    let reply = if writes && call.media_type() != JSON_API {
        error::unsupported_media_type()
    } else if route == ["ping"] && method == Method::GET {
        ping()
    } else if let Some(token) = &caller {
        authenticated(state, call, token, method, route)
    } else {
        error::unauthorized()
    };
    rate::head_version_2(state, &who, reply)
}

fn authenticated(
    state: &mut State,
    call: &Call,
    token: &TokenRecord,
    method: &Method,
    route: &[&str],
) -> Reply {
    match (method, route) {
        (&Method::GET, ["account", "details"]) => account::details(state, token),
        (&Method::GET, ["users", id]) => account::user(state, id),
        (&Method::POST, ["account", "actions", action]) => match *action {
            "two-factor-enable" => two_factor::enable(state, call, token),
            "two-factor-verify" => two_factor::verify(state, call, token),
            "two-factor-disable" => two_factor::disable(state, token),
            "two-factor-resend-verification-code" => two_factor::resend(state, call, token),
            _ => error::not_found(),
        },
        _ => error::not_found(),
    }
}

/// What API clients ask first, with or without a token, for the headers alone.
fn ping() -> Reply {
    Reply::empty(StatusCode::NO_CONTENT)
        .with(HeaderName::from_static("tfp-api-version"), "2.5")
        .with(
            HeaderName::from_static("tfp-appname"),
            "Terraform Enterprise",
        )
}
