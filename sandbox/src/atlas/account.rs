//! Reading accounts: one's own in full, others' in outline.

use hyper::StatusCode;

use super::{document, error};
use crate::exchange::Reply;
use crate::state::State;
use crate::token::TokenRecord;

/// `GET /api/v2/account/details`.
pub(crate) fn details(state: &State, token: &TokenRecord) -> Reply {
    let account = state.accounts.get(token.owner);
    Reply::document(StatusCode::OK, &document::own_account(account, token))
}

/// `GET /api/v2/users/:id`.
pub(crate) fn user(state: &State, id: &str) -> Reply {
    match state.accounts.by_id(id) {
        Some(account) => Reply::document(StatusCode::OK, &document::user(account)),
        None => error::not_found(),
    }
}
