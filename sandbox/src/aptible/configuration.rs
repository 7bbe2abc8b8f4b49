//! Authenticators and their recovery codes: one's own, and only with an elevated token.

use hyper::{Method, StatusCode};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::document::{self, configuration_href};
use super::{Caller, error, user};
use crate::account::{Delivery, TwoFactor};
use crate::exchange::Reply;
use crate::member::Member;
use crate::random;
use crate::state::State;
use crate::token::Scope;

pub(crate) fn answer(
    state: &mut State,
    caller: &Caller,
    method: &Method,
    route: &[&str],
) -> Result<Reply, Reply> {
    caller.need(state, Scope::Elevated)?;
    match (method, route) {
        (&Method::POST, ["users", id, "otp_configurations"]) => {
            own_user(state, caller, id)?;
            Ok(create(state, caller))
        }
        (&Method::GET, ["users", id, "otp_configurations"]) => {
            own_user(state, caller, id)?;
            let all = own(state, caller).map(|it| document::configuration(caller, state, it));
            let all: Vec<_> = all.collect();
            let body = document::list_of(state, caller.call, "otp_configurations", &all);
            Ok(Reply::hal(StatusCode::OK, &body))
        }
        (&Method::GET, ["otp_configurations", id]) => {
            let body = document::configuration(caller, state, find(state, caller, id)?);
            Ok(Reply::hal(StatusCode::OK, &body))
        }
        (&Method::GET, ["otp_configurations", id, "otp_recovery_codes"]) => {
            let codes = recovery_codes(caller, find(state, caller, id)?);
            let body = document::list_of(state, caller.call, "otp_recovery_codes", &codes);
            Ok(Reply::hal(StatusCode::OK, &body))
        }
        (&Method::GET, ["otp_recovery_codes", id]) => {
            let mut codes = own(state, caller).flat_map(|it| recovery_codes(caller, it));
            let code = codes.find(|code| code["id"] == *id);
            let body = code.ok_or_else(error::not_found)?;
            Ok(Reply::hal(StatusCode::OK, &body))
        }
        _ => Err(error::not_found()),
    }
}

/// Hides other users' authenticators.
fn own_user(state: &State, caller: &Caller, id: &str) -> Result<(), Reply> {
    let own = user::find(state, caller, id)? == Member::Account(caller.owner());
    own.then_some(()).ok_or_else(error::not_found)
}

/// Makes another authenticator, of which nothing comes until it is confirmed.
fn create(state: &mut State, caller: &Caller) -> Reply {
    let two_factor = TwoFactor::new(Delivery::App, None);
    let email = &state.accounts.get(caller.owner()).email;
    let secret = two_factor.secret.as_deref().unwrap_or_default();
    let otp_uri = format!("otpauth://totp/Aptible:{email}?secret={secret}&issuer=Aptible");
    let mut body = document::configuration(caller, state, &two_factor);
    body["otp_uri"] = json!(otp_uri);
    state.aptible.add_unconfirmed(caller.owner(), two_factor);
    Reply::hal(StatusCode::CREATED, &body)
}

/// Returns the caller's authenticators, the one in use first.
fn own<'a>(state: &'a State, caller: &Caller) -> impl Iterator<Item = &'a TwoFactor> {
    let current = document::app(state, caller.owner()).into_iter();
    current.chain(state.aptible.unconfirmed_of(caller.owner()))
}

fn find<'a>(state: &'a State, caller: &Caller, id: &str) -> Result<&'a TwoFactor, Reply> {
    let found = own(state, caller).find(|two_factor| two_factor.id == id);
    found.ok_or_else(error::not_found)
}

fn recovery_codes(caller: &Caller, two_factor: &TwoFactor) -> Vec<Value> {
    let unused = two_factor.recovery_codes.iter().map(|code| (code, false));
    let used = two_factor.used_recovery_codes.iter().map(|code| (code, true));
    let resource = |(code, used): (&String, bool)| {
        // The same code keeps the same id without anyone keeping it.
        let digest: [u8; 32] = Sha256::digest(format!("{}/{code}", two_factor.id)).into();
        let mut start = [0; 16];
        start.copy_from_slice(&digest[..16]);
        let id = random::format_uuid(start);
        json!({
            "id": id,
            "value": code,
            "used": used,
            "_type": "otp_recovery_code",
            "_links": {
                "self": {"href": format!("{}/otp_recovery_codes/{id}", caller.origin)},
                "otp_configuration": {"href": configuration_href(&caller.origin, two_factor)},
            },
        })
    };
    unused.chain(used).map(resource).collect()
}
