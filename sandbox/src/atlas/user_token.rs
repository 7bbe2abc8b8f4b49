//! User tokens: list and create. Only the user sees them.

use serde_json::Value;

use super::caller::User;
use super::paging::whole_or_page;
use super::{authentication_token, error};
use crate::exchange::{Call, Reply};
use crate::state::State;
use crate::token::{Holder, TokenRecord};

/// `GET /users/:id/authentication-tokens`. Other people's tokens are hidden by an empty list.
pub(crate) fn list(state: &State, call: &Call, user: &User, id: &str) -> Reply {
    let Some(account) = state.accounts.by_id(id) else {
        return error::not_found();
    };
    let own = account.id == state.accounts.get(user.owner).id;
    let records = if own { state.tokens.of(&user.token.holder) } else { Vec::new() };
    let resource =
        |record: &&TokenRecord| -> Value { authentication_token::resource(state, record, None) };
    Reply::ok(&whole_or_page(call, &records, resource))
}

/// `POST /users/:id/authentication-tokens`.
pub(crate) fn create(state: &mut State, call: &Call, user: &User, id: &str) -> Reply {
    let account = state.accounts.by_id(id);
    let own = state.accounts.get(user.owner);
    if account.is_none_or(|account| account.id != own.id) {
        return error::not_found();
    }
    match authentication_token::new_token(call, state.now()) {
        Ok(new) => {
            let holder = Holder::Account(user.owner);
            authentication_token::create(state, holder.clone(), &holder, new)
        }
        Err(refusal) => refusal,
    }
}
