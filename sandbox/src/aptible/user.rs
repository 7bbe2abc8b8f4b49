//! Users: reading them, and changing one's own password and two-factor authentication.

use std::sync::Arc;

use hyper::{Method, StatusCode};
use serde_json::Value;

use super::sign_in::text;
use super::{Caller, document, error};
use crate::aptible_choice::{RECOVERY_CODES, WRONG_CODE_AT_ENABLE};
use crate::exchange::Reply;
use crate::member::Member;
use crate::organization::Role;
use crate::password::PasswordHash;
use crate::random;
use crate::state::State;
use crate::token::Scope;

/// `/users/:id`.
pub(crate) fn answer(
    state: &mut State,
    caller: &Caller,
    method: &Method,
    id: &str,
) -> Result<Reply, Reply> {
    let user = find(state, caller, id)?;
    match *method {
        Method::GET => {}
        Method::PATCH | Method::PUT => {
            caller.need(state, Scope::Elevated)?;
            if user != Member::Account(caller.owner()) {
                return Err(error::forbidden());
            }
            change(state, caller)?;
        }
        _ => return Err(error::not_found()),
    }
    let body = document::user(state, user, caller);
    Ok(Reply::hal(StatusCode::OK, &body))
}

/// Finds a user by id. Who is in no organization with the caller is hidden.
pub(crate) fn find(state: &State, caller: &Caller, id: &str) -> Result<Member, Reply> {
    let organization = state.organizations.home();
    let is_in_organization = |user| match user {
        Member::Account(index) => organization.role(index) != Role::Stranger,
        Member::Synthetic(_) => true,
    };
    let own = Member::Account(caller.owner());
    let user = state.aptible.user(id, &state.accounts, organization);
    user.filter(|user| *user == own || is_in_organization(*user) && is_in_organization(own))
        .ok_or_else(error::not_found)
}

/// Changes what the body names. Old clients send all of a user back, of which most is as it was.
fn change(state: &mut State, caller: &Caller) -> Result<(), Reply> {
    let body: Value = serde_json::from_slice(&caller.call.body)
        .map_err(|_| error::unprocessable("The request body is not JSON"))?;
    let password = text(&body, "password");
    if password.as_deref().is_some_and(|password| !is_acceptable(password)) {
        return Err(error::unprocessable(
            "Password must have 10 characters and at most 72 bytes, with upper and lower case \
             letters and a digit or another character",
        ));
    }
    change_two_factor(state, caller.owner(), &body)?;
    if let Some(password) = password {
        let hash = Arc::new(PasswordHash::new(&password));
        state.accounts.get_mut(caller.owner()).password = hash;
    }
    Ok(())
}

fn is_acceptable(password: &str) -> bool {
    let has = |wanted: fn(char) -> bool| password.chars().any(wanted);
    password.chars().count() >= 10
        && password.len() <= 72
        && has(char::is_uppercase)
        && has(char::is_lowercase)
        && has(|character| !character.is_alphabetic())
}

fn change_two_factor(state: &mut State, owner: usize, body: &Value) -> Result<(), Reply> {
    let wanted = body["otp_enabled"].as_bool();
    let current = document::app(state, owner).map(|two_factor| two_factor.id.clone());
    if wanted == Some(false) {
        if current.is_some() {
            state.accounts.get_mut(owner).two_factor = None;
        }
        return Ok(());
    }
    let linked = linked(body);
    if linked.is_some() && linked != current {
        if wanted.is_none() && current.is_none() {
            return Err(error::unprocessable("Set otp_enabled with a configuration"));
        }
        return link(state, owner, linked.as_deref().unwrap_or_default(), body);
    }
    match wanted {
        Some(true) if current.is_none() => {
            Err(error::unprocessable("Enabling OTP requires an OTP configuration"))
        }
        _ => Ok(()),
    }
}

/// Returns the id of the authenticator that a body links, by address or by id.
fn linked(body: &Value) -> Option<String> {
    let href = text(body, "current_otp_configuration");
    let id = href.and_then(|href| Some(href.rsplit_once("/otp_configurations/")?.1.to_owned()));
    id.or_else(|| text(body, "current_otp_configuration_id"))
}

/// Makes an authenticator the account's, with a code from it.
fn link(state: &mut State, owner: usize, id: &str, body: &Value) -> Result<(), Reply> {
    let now = state.now();
    let code = text(body, "otp_token").unwrap_or_default();
    let new_recovery_code = match state.aptible.choices.of(&RECOVERY_CODES) {
        "letters" => two_groups_of_letters,
        _ => eight_digits,
    };
    let Some(two_factor) = state.aptible.unconfirmed_mut(owner, id) else {
        return Err(error::unprocessable("There is no such OTP configuration"));
    };
    if !two_factor.take_app_code(&code, now) {
        return Err(match state.aptible.choices.of(&WRONG_CODE_AT_ENABLE) {
            "401-invalid_credentials" => error::invalid_credentials("Invalid OTP Token"),
            _ => error::unprocessable("Invalid OTP Token"),
        });
    }
    two_factor.make_verified(new_recovery_code);
    state.accounts.get_mut(owner).two_factor = state.aptible.take_confirmed(id);
    Ok(())
}

fn eight_digits() -> String {
    random::digits(8)
}

fn two_groups_of_letters() -> String {
    format!("{}-{}", random::alphanumeric(5), random::alphanumeric(5))
}
