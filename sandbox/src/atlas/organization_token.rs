//! An organization's own token and its audit trail's: one of each at a time, and a new one ends the one
//! before at once.

use hyper::StatusCode;

use super::authentication_token::{self, answer};
use super::caller::Caller;
use super::error;
use crate::exchange::Reply;
use crate::state::State;
use crate::token::{Holder, NewToken, TokenRecord};

/// `GET /organizations/:name/authentication-token`.
pub(crate) fn show(state: &State, caller: &Caller) -> Reply {
    match holder(state, caller).and_then(|holder| present(state, &holder)) {
        Some(record) => answer(StatusCode::OK, state, record, None),
        None => error::not_found(),
    }
}

/// `POST /organizations/:name/authentication-token`: a new one, in place of the one before.
pub(crate) fn create(state: &mut State, caller: &Caller) -> Reply {
    let Some(holder) = holder(state, caller) else {
        return error::not_found();
    };
    // Old clients send no body.
    let new = match caller.call.body.is_empty() {
        true => Ok(NewToken::default()),
        false => authentication_token::new_token(caller.call, state.now()),
    };
    let new = match new {
        Ok(new) => NewToken { description: None, ..new },
        Err(refusal) => return refusal,
    };
    let former = present(state, &holder).map(|record| record.hash);
    let reply = authentication_token::create(state, holder, caller.holder, new);
    if let Some(former) = former.filter(|_| reply.status == StatusCode::CREATED) {
        state.tokens.revoke(&former);
    }
    reply
}

/// `DELETE /organizations/:name/authentication-token`.
pub(crate) fn delete(state: &mut State, caller: &Caller) -> Reply {
    let present = holder(state, caller).and_then(|holder| present(state, &holder));
    match present.map(|record| record.hash) {
        Some(hash) => {
            state.tokens.revoke(&hash);
            Reply::empty(StatusCode::NO_CONTENT)
        }
        None => error::not_found(),
    }
}

/// Returns which of the two tokens is meant, if the caller may know of it. The query spells
/// `audit-trails` with a hyphen, the limits `audit_trails`.
fn holder(state: &State, caller: &Caller) -> Option<Holder> {
    let id = state.organizations.get(caller.at).external_id.clone();
    let holder = match caller.call.query().filled("token") {
        None => Holder::Organization(id),
        Some("audit-trails") => Holder::AuditTrail(id),
        Some(_) => return None,
    };
    caller.may_manage_organization_tokens().then_some(holder)
}

fn present<'a>(state: &'a State, holder: &Holder) -> Option<&'a TokenRecord> {
    state.tokens.of(holder).into_iter().next_back()
}
