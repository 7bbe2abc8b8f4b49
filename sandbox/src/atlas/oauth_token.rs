//! An organization's connections to version control, each by somebody's account there. Nothing is
//! connected: it is what an owner looks through before a member goes.

use hyper::{Method, StatusCode};
use serde_json::{Value, json};

use super::caller::Caller;
use super::error;
use super::paging::pages;
use crate::clock::iso_8601;
use crate::exchange::Reply;
use crate::organization::OauthToken;
use crate::state::State;

/// `GET /organizations/:name/oauth-tokens`, for owners.
pub(crate) fn list(state: &State, caller: &Caller) -> Reply {
    let tokens = &state.organizations.get(caller.at).oauth_tokens;
    Reply::ok(&pages(caller.call, tokens, resource))
}

/// `/oauth-tokens/:id`, for owners.
pub(crate) fn answer(state: &mut State, caller: &Caller, method: &Method, id: &str) -> Reply {
    let tokens = &mut state.organizations.get_mut(caller.at).oauth_tokens;
    let Some(position) = tokens.iter().position(|token| token.id == id) else {
        return error::not_found();
    };
    match *method {
        Method::GET => Reply::ok(&json!({"data": resource(&tokens[position])})),
        Method::DELETE => {
            tokens.remove(position);
            Reply::empty(StatusCode::NO_CONTENT)
        }
        _ => error::not_found(),
    }
}

fn resource(token: &OauthToken) -> Value {
    json!({
        "id": token.id,
        "type": "oauth-tokens",
        "attributes": {
            "created-at": iso_8601(token.created_at),
            "service-provider-user": token.service_provider_user,
            "has-ssh-key": false,
        },
        "links": {"self": format!("/api/v2/oauth-tokens/{}", token.id)},
    })
}
