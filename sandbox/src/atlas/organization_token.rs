//! The organization's own token, which stands for no user: `account/details` shows it as a service account.

use hyper::StatusCode;
use serde_json::json;

use super::{error, user_token};
use crate::account::Account;
use crate::exchange::Reply;
use crate::organization::Role;
use crate::state::State;
use crate::token::{NewToken, TokenRecord};

/// `POST /organizations/:name/authentication-token`, for owners: a new one, in place of the one before.
pub(crate) fn create(state: &mut State, token: &TokenRecord) -> Reply {
    if state.organization.role(token.owner) != Role::Owner {
        return error::not_found();
    }
    let service = Account::of_organization(&state.organization.name);
    let owner = match state.accounts.by_login(&service.username) {
        Some(known) => known,
        None => state.accounts.add(service),
    };
    let before: Vec<_> = state.tokens.of(owner).iter().map(|old| old.hash).collect();
    for old in before {
        state.tokens.revoke(&old);
    }
    let now = state.now();
    let (token, record) = state.tokens.create(owner, NewToken::default(), now);
    let data = user_token::resource(state, &record, Some(&token));
    Reply::document(StatusCode::CREATED, &json!({"data": data}))
}
