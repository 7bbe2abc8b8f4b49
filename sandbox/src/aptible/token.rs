//! Tokens as sessions: this one, one by its id, and ending them. No route lists them.

use hyper::{Method, StatusCode};
use serde_json::json;

use super::{Caller, document, error};
use crate::aptible_choice::{REVOCATION, REVOCATION_ANSWER};
use crate::exchange::Reply;
use crate::state::State;
use crate::token::TokenRecord;

pub(crate) fn answer(
    state: &mut State,
    caller: &Caller,
    method: &Method,
    route: &[&str],
) -> Result<Reply, Reply> {
    match (method, route) {
        (&Method::GET, ["current_token"]) => {
            let token = caller.call.bearer();
            let body = document::token(state, &caller.origin, &caller.token, token);
            Ok(Reply::hal(StatusCode::OK, &body))
        }
        (&Method::POST, ["tokens", "revoke_all_accessible"]) => revoke_all(state, caller),
        (&Method::GET, ["tokens", id]) => {
            let record = own(state, caller, id)?;
            let body = document::token(state, &caller.origin, record, None);
            Ok(Reply::hal(StatusCode::OK, &body))
        }
        (&Method::DELETE, ["tokens", id]) => {
            let hash = own(state, caller, id)?.hash;
            state.aptible.tokens.revoke(&hash);
            Ok(Reply::empty(StatusCode::NO_CONTENT))
        }
        _ => Err(error::not_found()),
    }
}

/// Returns one of the caller's tokens that are live.
fn own<'a>(state: &'a State, caller: &Caller, id: &str) -> Result<&'a TokenRecord, Reply> {
    let record = state.aptible.tokens.by_id(id);
    let own = record.filter(|record| record.holder == caller.token.holder);
    own.filter(|record| record.is_live(state.now())).ok_or_else(error::not_found)
}

/// Ends the caller's tokens, as far as its own reaches: none of a wider scope, and none that is
/// excepted by its address.
fn revoke_all(state: &mut State, caller: &Caller) -> Result<Reply, Reply> {
    let now = state.now();
    let body = caller.call.json();
    let prefix = format!("{}/tokens/", caller.origin);
    let excepted: Vec<_> = body["except_tokens"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|href| href.as_str()?.strip_prefix(&prefix))
        .collect();
    let tokens = state.aptible.tokens.of(&caller.token.holder).into_iter();
    let doomed: Vec<_> = tokens
        .filter(|record| record.is_live(now) && record.scope <= Some(caller.scope()))
        .filter(|record| !excepted.contains(&record.id.as_str()))
        .map(|record| record.hash)
        .collect();
    for hash in &doomed {
        match state.aptible.choices.of(&REVOCATION) {
            "after-a-minute" => {
                let later = now.saturating_add(jiff::SignedDuration::from_mins(1));
                state.aptible.tokens.expire_at(hash, later.unwrap_or(now));
            }
            _ => state.aptible.tokens.revoke(hash),
        }
    }
    Ok(match state.aptible.choices.of(&REVOCATION_ANSWER) {
        "204" => Reply::empty(StatusCode::NO_CONTENT),
        _ => Reply::hal(StatusCode::OK, &json!({"revoked": doomed.len()})),
    })
}
