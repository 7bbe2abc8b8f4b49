//! Sign-in by password, of the first generation: create, validate and delete a token, and send a
//! code by SMS.

use hyper::StatusCode;
use serde_json::{Map, Value, json};

use super::{account, error};
use crate::account::Delivery;
use crate::clock::iso_8601;
use crate::exchange::{Call, Reply};
use crate::sign_in_limit::{CODES, SIGN_INS, TEXTS};
use crate::state::State;
use crate::token::{Holder, NewToken};

/// `POST /api/v1/authenticate`: a password, and a code if the account needs one, for a token.
pub(crate) fn create(state: &mut State, call: &Call) -> Reply {
    match create_token(state, call) {
        Ok(body) => Reply::json(StatusCode::OK, &body),
        Err(refusal) => refusal,
    }
}

fn create_token(state: &mut State, call: &Call) -> Result<Value, Reply> {
    count(state, &[(&SIGN_INS, &call.peer.to_string())])?;
    let parameters = parameters(call)?;
    let owner = signed_in(state, &parameters)?;
    second_factor(state, owner, &parameters)?;
    // atlas-go puts the description beside the login, Vagrant beside the token.
    let description = text(&parameters, "token", "description")
        .or_else(|| text(&parameters, "user", "description"));
    let new = NewToken { description, expires_at: None };
    let (token, record) = state.create_user_token(owner, new, state.now());
    Ok(json!({
        "description": record.description.as_deref().unwrap_or_default(),
        "token": token,
        "token_hash": record.hash_text(),
        "created_at": iso_8601(record.created_at),
    }))
}

/// `GET /api/v1/authenticate`, and the same at v2: whether the token is live, and whose it is.
pub(crate) fn validate(state: &mut State, call: &Call) -> Reply {
    let Some(token) = state.authenticate(call) else {
        return bad_token();
    };
    let username = match &token.holder {
        Holder::Account(owner) => Some(state.accounts.get(*owner).name().to_owned()),
        holder => account::service(state, holder).map(|(username, _)| username),
    };
    Reply::json(StatusCode::OK, &json!({"user": {"username": username}}))
}

/// `DELETE /api/v1/authenticate`: revokes the token that asks.
pub(crate) fn delete(state: &mut State, call: &Call) -> Reply {
    let Some(token) = state.authenticate(call) else {
        return bad_token();
    };
    state.tokens.revoke(&token.hash);
    Reply::empty(StatusCode::NO_CONTENT)
}

/// `POST /api/v1/two-factor/request-code`: sends a code, for the password. Asking again sends
/// another.
pub(crate) fn request_code(state: &mut State, call: &Call) -> Reply {
    match send_code(state, call) {
        Ok(to) => {
            let last_four = &to[to.len().saturating_sub(4)..];
            let destination = format!("SMS number ending in {last_four}");
            let body = json!({"two_factor": {"obfuscated_destination": destination}});
            Reply::json(StatusCode::CREATED, &body)
        }
        Err(refusal) => refusal,
    }
}

/// Sends a code as a text and returns the number that it went to.
fn send_code(state: &mut State, call: &Call) -> Result<String, Reply> {
    let bad_request = |message| Reply::errors(StatusCode::BAD_REQUEST, message);
    let parameters = parameters(call)?;
    let owner = signed_in(state, &parameters)?;
    let account = state.accounts.get_mut(owner);
    let user = account.id.clone();
    let Some(two_factor) = account.verified_two_factor() else {
        return Err(bad_request("Two-factor authentication is not enabled"));
    };
    let wanted = text(&parameters, "two_factor", "delivery_method");
    let offered = two_factor.deliveries().contains(&Delivery::Sms);
    if wanted.as_deref() != Some(Delivery::Sms.name()) || !offered {
        return Err(bad_request("This delivery method cannot be requested"));
    }
    count(state, &[(&TEXTS, &user)])?;
    state.text_code(owner).ok_or_else(|| bad_request("There is no number to send a code to"))
}

/// Returns whose username or e-mail address and password these are.
fn signed_in(state: &State, parameters: &Value) -> Result<usize, Reply> {
    let login = text(parameters, "user", "login").unwrap_or_default();
    let password = text(parameters, "user", "password").unwrap_or_default();
    let owner = state.accounts.by_login(&login);
    owner
        .filter(|&owner| state.accounts.get(owner).admits(&password))
        .ok_or_else(|| Reply::errors(StatusCode::UNAUTHORIZED, "Bad username or password"))
}

/// Checks the code, if the account needs one.
///
/// Only a request without any code gets 406: Vagrant answers every 406 with the code that it has,
/// so a wrong one would come back for ever.
fn second_factor(state: &mut State, owner: usize, parameters: &Value) -> Result<(), Reply> {
    let account = state.accounts.get_mut(owner);
    let user = account.id.clone();
    let Some(two_factor) = account.verified_two_factor() else {
        return Ok(());
    };
    let Some(code) = text(parameters, "two_factor", "code") else {
        return Err(code_wanted(&two_factor.deliveries()));
    };
    count(state, &[(&CODES, &user)])?;
    let now = state.now();
    let two_factor = state.accounts.get_mut(owner).verified_two_factor();
    match two_factor.is_some_and(|two_factor| two_factor.take_code(&code, now)) {
        true => Ok(()),
        false => Err(Reply::errors(StatusCode::BAD_REQUEST, "Two-factor code is incorrect")),
    }
}

fn code_wanted(deliveries: &[Delivery]) -> Reply {
    let names: Vec<_> = deliveries.iter().map(|delivery| delivery.name()).collect();
    let body = json!({
        "two_factor": {"default_delivery_method": names[0], "delivery_methods": names},
        "errors": ["Two-factor authentication code is required"],
        "success": false,
    });
    Reply::json(StatusCode::NOT_ACCEPTABLE, &body)
}

/// The first generation's refusal of a token that is not live, and of none.
pub(crate) fn bad_token() -> Reply {
    Reply::errors(StatusCode::UNAUTHORIZED, "Bad access token")
}

fn count(state: &mut State, rules: &[(&crate::limit::Rule, &str)]) -> Result<(), Reply> {
    let now = state.now().as_second();
    state.count(rules).map_err(|standing| error::too_many_requests_version_1(standing, now))
}

/// Returns a parameter as text. Clients write codes as numbers too; null is the same as absent.
fn text(parameters: &Value, object: &str, name: &str) -> Option<String> {
    match &parameters[object][name] {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// Reads a body as JSON, or as a form whose keys read `user[login]`.
fn parameters(call: &Call) -> Result<Value, Reply> {
    if call.media_type() == "application/x-www-form-urlencoded" {
        return Ok(form(&call.body));
    }
    serde_json::from_slice(&call.body)
        .map_err(|_| Reply::errors(StatusCode::BAD_REQUEST, "The request body is not JSON"))
}

fn form(body: &[u8]) -> Value {
    let mut objects = Map::new();
    for (key, value) in form_urlencoded::parse(body) {
        let Some((object, name)) = key.strip_suffix(']').and_then(|key| key.split_once('[')) else {
            continue;
        };
        let object = objects.entry(object.to_owned()).or_insert_with(|| json!({}));
        object[name] = Value::String(value.into_owned());
    }
    Value::Object(objects)
}
