//! Accounts: reading one's own in full and others' in outline, and changing one's own.

use std::sync::Arc;

use hyper::StatusCode;
use serde_json::Value;

use super::caller::User;
use super::{document, error, rate};
use crate::account::is_email;
use crate::exchange::{Call, Reply};
use crate::limit::Rule;
use crate::password::{self, PasswordHash};
use crate::sign_in_limit::PASSWORD_CHANGES;
use crate::state::State;
use crate::token::{Holder, TokenRecord};

/// `GET /api/v2/account/details`.
pub(crate) fn details(state: &State, user: &User) -> Reply {
    let account = state.accounts.get(user.owner);
    Reply::document(StatusCode::OK, &document::own_account(account, user.token))
}

/// `GET /api/v2/account/details` with a token of a team or an organization.
pub(crate) fn service_details(state: &State, token: &TokenRecord) -> Reply {
    match service(state, &token.holder) {
        Some((username, resource)) => {
            let resource = (resource.0, resource.1.as_str());
            Reply::ok(&document::service_account(&username, resource, token))
        }
        None => error::not_found(),
    }
}

/// Returns the username of the service account that a token of no user comes back as, and whose the
/// token really is.
pub(crate) fn service(state: &State, holder: &Holder) -> Option<(String, (&'static str, String))> {
    match holder {
        Holder::Team(id) => {
            let key = id.strip_prefix("team-").unwrap_or_default();
            Some((format!("api-team_{key}"), ("teams", id.clone())))
        }
        Holder::Organization(id) => {
            let mut organizations = state.organizations.iter();
            let name = organizations.find(|it| it.external_id == *id)?.name().to_owned();
            Some((format!("api-org-{name}"), ("organizations", name)))
        }
        _ => None,
    }
}

/// `GET /api/v2/users/:id`.
pub(crate) fn user(state: &State, id: &str) -> Reply {
    if let Some(account) = state.accounts.by_id(id) {
        return Reply::document(StatusCode::OK, &document::user(account));
    }
    match state.organizations.home().synthetic_by_user_id(id) {
        Some(member) => Reply::document(StatusCode::OK, &document::person(&member.person())),
        None => error::not_found(),
    }
}

/// `PATCH /api/v2/account/update`: another username, another e-mail address, or neither. The address
/// waits to be confirmed; this server sends no mail, so it waits for ever.
pub(crate) fn update(state: &mut State, call: &Call, user: &User) -> Reply {
    if let Err(refusal) = count(state, user, &rate::ACCOUNT_UPDATES) {
        return refusal;
    }
    let attributes = match document::required_attributes(call) {
        Ok(attributes) => attributes,
        Err(refusal) => return refusal,
    };
    let (username, email) = match changes(&attributes) {
        Ok(changes) => changes,
        Err(refusal) => return refusal,
    };
    let taken = |login: &str| {
        let other = state.accounts.by_login(login);
        other.is_some_and(|other| other != user.owner)
    };
    if email.is_some_and(taken) {
        return error::invalid_attribute("email", "Email has already been taken");
    }
    if let Some(username) = username
        && state.accounts.rename(user.owner, username).is_none()
    {
        return error::invalid_attribute("username", "Username has already been taken");
    }
    if let Some(email) = email {
        let account = state.accounts.get_mut(user.owner);
        let is_new = !account.email.eq_ignore_ascii_case(email);
        account.unconfirmed_email = is_new.then(|| email.to_owned());
    }
    details(state, user)
}

/// `PATCH /api/v2/account/password`. Tokens and sessions go on: no document says otherwise.
pub(crate) fn change_password(state: &mut State, call: &Call, user: &User) -> Reply {
    if let Err(refusal) = count(state, user, &PASSWORD_CHANGES) {
        return refusal;
    }
    let attributes = document::attributes(call);
    let text = |name: &str| attributes[name].as_str().unwrap_or_default();
    let account = state.accounts.get_mut(user.owner);
    // Of all attributes these three have underscores.
    let new = text("password");
    if !account.password.matches(text("current_password")) {
        return error::invalid_attribute("current_password", "Current password is invalid");
    }
    if !password::is_acceptable(new) {
        return error::invalid_attribute(
            "password",
            "Password must have 10 characters, or 8 of three kinds: lower and upper case letters, \
             digits, others",
        );
    }
    if text("password_confirmation") != new {
        let detail = "Password confirmation doesn't match Password";
        return error::invalid_attribute("password_confirmation", detail);
    }
    account.password = Arc::new(PasswordHash::new(new));
    details(state, user)
}

fn count(state: &mut State, user: &User, rule: &Rule) -> Result<(), Reply> {
    let id = state.accounts.get(user.owner).id.clone();
    state.count(&[(rule, &id)]).map_err(error::too_many_requests)
}

type Changes<'a> = (Option<&'a str>, Option<&'a str>);

/// Returns the username and the e-mail address that a request names.
fn changes(attributes: &Value) -> Result<Changes<'_>, Reply> {
    let read = |name: &'static str, is_valid: fn(&str) -> bool, detail: &'static str| {
        let Some(value) = attributes.get(name) else {
            return Ok(None);
        };
        let text = value.as_str().filter(|text| is_valid(text));
        text.map(Some).ok_or_else(|| error::invalid_attribute(name, detail))
    };
    Ok((
        read("username", is_username, "Username is invalid")?,
        read("email", is_email, "Email is invalid")?,
    ))
}

fn is_username(text: &str) -> bool {
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
    text.len() <= 64
        && text.starts_with(|first: char| first.is_ascii_alphanumeric())
        && text.bytes().all(allowed)
}
