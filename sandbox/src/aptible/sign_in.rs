//! `POST /tokens`: an e-mail address, a password, and a code if the account needs one, for a token.
//! Elevation is the same with another scope.

use hyper::StatusCode;
use hyper::header::RETRY_AFTER;
use jiff::SignedDuration;
use serde_json::{Map, Value, json};

use super::{document, error};
use crate::aptible_choice::{
    CODE_REQUIRED_STATUS, CREATION_STATUS, EXCEPTION_CONTEXT, LOCKOUT, WRONG_CODE,
};
use crate::exchange::{Call, Reply};
use crate::member::Member;
use crate::random;
use crate::signing_key::SigningKey;
use crate::state::State;
use crate::token::{self, Holder, Scope, TokenRecord};

/// A week, whatever was asked for.
const LONGEST: i64 = 604_800;
/// Half an hour, as both dashboards ask for.
const LONGEST_ELEVATED: i64 = 1_800;

pub(crate) fn create(state: &mut State, call: &Call, key: &SigningKey) -> Reply {
    match signed_in(state, call) {
        Ok(grant) => issue(state, call, key, &grant),
        Err(refusal) => refusal,
    }
}

/// What a token is to be.
struct Grant {
    owner: usize,
    scope: Scope,
    seconds: i64,
}

fn signed_in(state: &mut State, call: &Call) -> Result<Grant, Reply> {
    let parameters = parameters(call)?;
    if text(&parameters, "grant_type").as_deref() != Some("password") {
        return Err(bad_request("unsupported_grant_type", "Unsupported grant type"));
    }
    let scope = scope(&parameters)?;
    let seconds = seconds(&parameters, scope)?;
    let owner = password_proven(state, &parameters)?;
    second_factor(state, owner, &parameters)?;
    if let Some(attempt) = text(&parameters, "previous_login_attempt_id") {
        state.aptible.lockout.redeem(owner, &attempt);
    }
    Ok(Grant { owner, scope, seconds })
}

fn scope(parameters: &Value) -> Result<Scope, Reply> {
    match text(parameters, "scope") {
        None => Ok(Scope::Manage),
        Some(name) => {
            Scope::from_name(&name).ok_or_else(|| bad_request("invalid_scope", "Invalid scope"))
        }
    }
}

/// Returns how long the token will live: what is too long is cut without a word.
fn seconds(parameters: &Value, scope: Scope) -> Result<i64, Reply> {
    let longest = match scope {
        Scope::Elevated => LONGEST_ELEVATED,
        Scope::Read | Scope::Manage => LONGEST,
    };
    let Some(asked) = text(parameters, "expires_in") else {
        return Ok(longest);
    };
    match asked.parse::<i64>() {
        Ok(asked) if asked > 0 => Ok(asked.min(longest)),
        _ => Err(error::unprocessable("expires_in must be a number of seconds")),
    }
}

/// Returns whose e-mail address and password these are. An account that is locked is not even
/// asked.
fn password_proven(state: &mut State, parameters: &Value) -> Result<usize, Reply> {
    let now = state.now();
    let username = text(parameters, "username").unwrap_or_default();
    let password = text(parameters, "password").unwrap_or_default();
    let owner = state
        .accounts
        .index_by_email(&username)
        .ok_or_else(|| error::invalid_credentials(&format!("User not found: {username}")))?;
    if let Some(remaining) = state.aptible.lockout.remaining(owner, now) {
        return Err(locked(state, remaining));
    }
    if !state.accounts.get(owner).admits(&password) {
        state.aptible.lockout.fail(owner, now);
        return Err(error::invalid_credentials("Invalid password"));
    }
    Ok(owner)
}

fn locked(state: &State, remaining: SignedDuration) -> Reply {
    let message = "Too many failed login attempts. Try again later.";
    let too_many = error::too_many_requests(message);
    match state.aptible.choices.of(&LOCKOUT) {
        // Rounded up: after that the sign-in will be let in.
        "429-seconds" => too_many.with(RETRY_AFTER, remaining.as_secs() + 1),
        "403" => error::error(StatusCode::FORBIDDEN, "access_denied", message),
        "401" => error::invalid_credentials(message),
        _ => too_many,
    }
}

/// Checks the code, if the account needs one: from the app, or a recovery code.
///
/// Only a request without any code is told that one is required: older clients answer that with
/// the code that they have, so a wrong one would come back for ever.
fn second_factor(state: &mut State, owner: usize, parameters: &Value) -> Result<(), Reply> {
    if document::app(state, owner).is_none() {
        return Ok(());
    }
    let now = state.now();
    let given = text(parameters, "otp_token");
    let two_factor = state.accounts.get_mut(owner).verified_two_factor();
    let right = given.as_ref().zip(two_factor).is_some_and(|(code, two_factor)| {
        two_factor.take_app_code(code, now) || two_factor.take_recovery_code(code)
    });
    if right {
        return Ok(());
    }
    let attempt = state.aptible.lockout.fail(owner, now);
    // A security key's answer is a second factor too, and here it is never the right one.
    let none_given = given.is_none() && !parameters["u2f"].is_object();
    if none_given || state.aptible.choices.of(&WRONG_CODE) == "otp_token_required" {
        Err(code_required(state, owner, &attempt))
    } else {
        Err(error::invalid_credentials("Invalid OTP Token"))
    }
}

fn code_required(state: &State, owner: usize, attempt: &str) -> Reply {
    let status = match state.aptible.choices.of(&CODE_REQUIRED_STATUS) {
        "400" => StatusCode::BAD_REQUEST,
        _ => StatusCode::UNAUTHORIZED,
    };
    let context = match state.aptible.choices.of(&EXCEPTION_CONTEXT) {
        "empty" => Some(json!({})),
        "null" => Some(Value::Null),
        "absent" => None,
        _ => {
            let mut context = json!({"failed_login_attempt_id": attempt});
            let devices: Vec<_> = state
                .aptible
                .devices
                .of(owner)
                .map(|it| {
                    json!({
                        "version": it.what.version,
                        "key_handle": it.what.key_handle,
                        "name": it.what.name,
                    })
                })
                .collect();
            if !devices.is_empty() {
                context["u2f"] = json!({"challenge": random::alphanumeric(43), "devices": devices});
            }
            Some(context)
        }
    };
    error::with_context(status, "otp_token_required", "OTP Token Required", context)
}

fn issue(state: &mut State, call: &Call, key: &SigningKey, grant: &Grant) -> Reply {
    let now = state.now();
    let origin = call.origin();
    let lifetime = SignedDuration::from_secs(grant.seconds);
    let expires_at = document::whole_seconds(now).saturating_add(lifetime);
    let expires_at =
        expires_at.expect("the sandbox's clock stays that far from the calendar's end");
    let id = random::uuid();
    let account = state.accounts.get(grant.owner);
    let access_token = key.sign(&json!({
        "id": id,
        "iss": origin,
        "sub": document::user_href(state, &origin, Member::Account(grant.owner)),
        "scope": grant.scope.name(),
        "exp": expires_at.as_second(),
        "session": random::uuid(),
        "email": account.email,
        "email_verified": true,
        "name": account.name(),
    }));
    let record = TokenRecord {
        id,
        holder: Holder::Account(grant.owner),
        created_by: Holder::Account(grant.owner),
        description: None,
        scope: Some(grant.scope),
        hash: token::hash(&access_token),
        created_at: now,
        last_used_at: None,
        expires_at,
    };
    state.aptible.tokens.insert(record.clone());
    let status = match state.aptible.choices.of(&CREATION_STATUS) {
        "200" => StatusCode::OK,
        _ => StatusCode::CREATED,
    };
    Reply::hal(status, &document::token(state, &origin, &record, Some(&access_token)))
}

fn bad_request(slug: &str, message: &str) -> Reply {
    error::error(StatusCode::BAD_REQUEST, slug, message)
}

/// Returns a parameter as text. Clients write numbers either way; null and blank are none.
pub(crate) fn text(parameters: &Value, name: &str) -> Option<String> {
    match &parameters[name] {
        Value::String(text) if !text.is_empty() => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// Reads a body as JSON, or as a form. Of the nested keys in a form, `u2f[id]` and the like, it
/// only matters that they are there.
fn parameters(call: &Call) -> Result<Value, Reply> {
    let Some(form) = call.form() else {
        return serde_json::from_slice(&call.body)
            .ok()
            .filter(Value::is_object)
            .ok_or_else(|| bad_request("bad_request", "The request body is not JSON"));
    };
    let mut parameters = Map::new();
    for (name, value) in form.iter() {
        match name.split_once('[') {
            Some((object, _)) => parameters.insert(object.to_owned(), json!({})),
            None => parameters.insert(name.to_owned(), json!(value)),
        };
    }
    Ok(Value::Object(parameters))
}
