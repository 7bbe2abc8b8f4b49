//! The token endpoint: a tool exchanges its code for a token (RFC 6749, section 4.1.3 to 5.2). No
//! browser comes here, and errors are JSON.

use hyper::StatusCode;
use hyper::header::{CACHE_CONTROL, HeaderName};
use serde_json::{Value, json};

use super::CLIENT;
use crate::exchange::{Call, Parameters, Reply};
use crate::grant::Refusal;
use crate::state::State;
use crate::token::NewToken;

/// `POST /oauth2/token`.
pub(crate) fn exchange(state: &mut State, call: &Call) -> Reply {
    match exchange_code(state, call) {
        Ok(body) => reply(StatusCode::OK, &body),
        Err((error, description)) => {
            let body = json!({"error": error, "error_description": description});
            reply(StatusCode::BAD_REQUEST, &body)
        }
    }
}

type Problem = (&'static str, &'static str);

fn exchange_code(state: &mut State, call: &Call) -> Result<Value, Problem> {
    let form = call.form().ok_or(("invalid_request", "The request must be a form"))?;
    if required(&form, "grant_type")? != "authorization_code" {
        let description = "grant_type must be authorization_code";
        return Err(("unsupported_grant_type", description));
    }
    if required(&form, "client_id")? != CLIENT {
        return Err(("invalid_client", "The client is not known"));
    }
    let redirect_uri = required(&form, "redirect_uri")?;
    let verifier = required(&form, "code_verifier")?;
    let code = required(&form, "code")?;
    let now = state.now();
    let grant = state.grants.take(code, now).map_err(|refusal| explain(state, refusal))?;
    if grant.client != CLIENT || grant.redirect_uri != redirect_uri {
        return Err(("invalid_grant", "The code was issued for another address"));
    }
    if !grant.is_proven_by(verifier) {
        let description = "The code verifier does not match the challenge";
        return Err(("invalid_grant", description));
    }
    let new = NewToken::described(&format!("{} login", grant.client));
    let (token, record) = state.create_user_token(grant.owner, new, now);
    state.grants.exchanged(code, record.hash);
    Ok(json!({
        "access_token": token,
        "token_type": "bearer",
        "expires_in": record.expires_at.duration_since(now).as_secs(),
    }))
}

/// Says what is wrong with a code. A token that a replayed code was exchanged for is revoked, since
/// nobody knows which of the two who had the code was its owner (RFC 6749, section 4.1.2).
fn explain(state: &mut State, refusal: Refusal) -> Problem {
    let description = match refusal {
        Refusal::Unknown => "The code is not known",
        Refusal::Expired => "The code has expired",
        Refusal::Replayed(token) => {
            if let Some(token) = token {
                state.tokens.revoke(&token);
            }
            "The code was used before"
        }
    };
    ("invalid_grant", description)
}

fn required<'a>(form: &'a Parameters, name: &str) -> Result<&'a str, Problem> {
    if form.repeats(name) {
        return Err(("invalid_request", "A parameter is there more than once"));
    }
    form.filled(name).ok_or(("invalid_request", "A parameter is missing"))
}

fn reply(status: StatusCode, body: &Value) -> Reply {
    Reply::json(status, body)
        .with(CACHE_CONTROL, "no-store")
        .with(HeaderName::from_static("pragma"), "no-cache")
}
