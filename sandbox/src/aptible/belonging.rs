//! What a user has besides tokens and authenticators: SSH keys, security keys and e-mail addresses to be.
//! Only the user sees them; what would let someone else in wants an elevated token.

use hyper::{Method, StatusCode};
use serde_json::{Value, json};

use super::sign_in::text;
use super::{Caller, document, error, user};
use crate::account::is_email;
use crate::clock::iso_8601;
use crate::exchange::Reply;
use crate::member::Member;
use crate::outbox::{Mail, Purpose};
use crate::random;
use crate::ssh_key::PublicKey;
use crate::state::{Belonging, Device, EmailChange, SshKey, State};
use crate::token::Scope;

/// `/users/:id/…`, of one's own user.
pub(crate) fn answer(
    state: &mut State,
    caller: &Caller,
    method: &Method,
    id: &str,
    kind: &str,
) -> Result<Reply, Reply> {
    if user::find(state, caller, id)? != Member::Account(caller.owner()) {
        return Err(error::not_found());
    }
    // The dashboard reads SSH keys with an ordinary token, and the rest with an elevated one.
    if (method, kind) != (&Method::GET, "ssh_keys") {
        caller.need(state, Scope::Elevated)?;
    }
    match (method, kind) {
        (&Method::GET, _) => {
            let all = match kind {
                "ssh_keys" => each(caller, state.aptible.ssh_keys.of(caller.owner()), ssh_key),
                "u2f_devices" => each(caller, state.aptible.devices.of(caller.owner()), device),
                _ => each(caller, state.aptible.email_changes.of(caller.owner()), email_change),
            };
            let body = document::list_of(state, caller.call, kind, &all);
            Ok(Reply::hal(StatusCode::OK, &body))
        }
        (&Method::POST, "ssh_keys") => add_ssh_key(state, caller),
        (&Method::POST, "u2f_devices") => add_device(state, caller),
        (&Method::POST, _) => change_email(state, caller),
        _ => Err(error::not_found()),
    }
}

/// `POST /users/:id/u2f_challenges`: what a new security key is to sign.
pub(crate) fn challenge(state: &mut State, caller: &Caller, id: &str) -> Result<Reply, Reply> {
    caller.need(state, Scope::Elevated)?;
    if user::find(state, caller, id)? != Member::Account(caller.owner()) {
        return Err(error::not_found());
    }
    let challenge = random::alphanumeric(43);
    state.aptible.device_challenge = Some((caller.owner(), challenge.clone()));
    let account = state.accounts.get(caller.owner());
    let body = json!({
        "id": random::uuid(),
        "challenge": challenge,
        "payload": {
            "challenge": challenge,
            "rp": {"id": "localhost", "name": "keybelt sandbox"},
            "user": {"id": account.id, "name": account.email, "displayName": account.name()},
            "pubKeyCredParams": [{"type": "public-key", "alg": -7}],
        },
    });
    Ok(Reply::hal(StatusCode::CREATED, &body))
}

/// `DELETE /ssh_keys/:id` and the like.
pub(crate) fn remove(
    state: &mut State,
    caller: &Caller,
    kind: &str,
    id: &str,
) -> Result<Reply, Reply> {
    // As in the dashboard: taking an SSH key away wants no elevated token.
    if kind != "ssh_keys" {
        caller.need(state, Scope::Elevated)?;
    }
    let owner = match kind {
        "ssh_keys" => state.aptible.ssh_keys.get(id).map(|it| it.owner),
        "u2f_devices" => state.aptible.devices.get(id).map(|it| it.owner),
        _ => state.aptible.email_changes.get(id).map(|it| it.owner),
    };
    if owner != Some(caller.owner()) {
        return Err(error::not_found());
    }
    match kind {
        "ssh_keys" => state.aptible.ssh_keys.remove(id),
        "u2f_devices" => state.aptible.devices.remove(id),
        _ => state.aptible.email_changes.remove(id),
    }
    Ok(Reply::empty(StatusCode::NO_CONTENT))
}

fn add_ssh_key(state: &mut State, caller: &Caller) -> Result<Reply, Reply> {
    let body = caller.call.json();
    let name = text(&body, "name").ok_or_else(|| error::unprocessable("Name can't be blank"))?;
    let key = text(&body, "ssh_public_key").and_then(|text| PublicKey::parse(&text));
    let key = key.ok_or_else(|| error::unprocessable("Ssh public key is invalid"))?;
    if state.aptible.ssh_keys.iter().any(|other| other.what.key.is_same_key(&key)) {
        return Err(error::unprocessable("Ssh public key has already been taken"));
    }
    let now = state.now();
    let added = state.aptible.ssh_keys.add(caller.owner(), SshKey { name, key }, now);
    Ok(Reply::hal(StatusCode::CREATED, &ssh_key(caller, added)))
}

/// Keeps a security key. This server asked for a challenge to be signed, and believes that it was.
fn add_device(state: &mut State, caller: &Caller) -> Result<Reply, Reply> {
    let body = caller.call.json();
    let name = text(&body, "name").ok_or_else(|| error::unprocessable("Name can't be blank"))?;
    let asked = state.aptible.device_challenge.take().is_some_and(|(who, _)| who == caller.owner());
    if !asked || !body["u2f"].is_object() {
        return Err(error::unprocessable("The security key did not answer a challenge"));
    }
    let handle = body["u2f"]["id"].as_str().map(str::to_owned);
    let new = Device {
        name,
        key_handle: handle.unwrap_or_else(|| random::alphanumeric(43)),
        version: text(&body, "version").unwrap_or_else(|| "WEBAUTHN".to_owned()),
    };
    let now = state.now();
    let added = state.aptible.devices.add(caller.owner(), new, now);
    Ok(Reply::hal(StatusCode::CREATED, &device(caller, added)))
}

fn change_email(state: &mut State, caller: &Caller) -> Result<Reply, Reply> {
    let email = text(&caller.call.json(), "email").filter(|email| is_email(email));
    let email = email.ok_or_else(|| error::unprocessable("Email is invalid"))?;
    let now = state.now();
    let new = EmailChange { email: email.clone() };
    let added = state.aptible.email_changes.add(caller.owner(), new, now);
    let reply = Reply::hal(StatusCode::CREATED, &email_change(caller, added));
    let id = added.id.clone();
    state.mail(Mail::new(&email, Purpose::EmailVerification, &id, now));
    Ok(reply)
}

type Resource<T> = fn(&Caller, &Belonging<T>) -> Value;

fn each<'a, T: 'a>(
    caller: &Caller,
    all: impl Iterator<Item = &'a Belonging<T>>,
    resource: Resource<T>,
) -> Vec<Value> {
    all.map(|it| resource(caller, it)).collect()
}

fn ssh_key(caller: &Caller, it: &Belonging<SshKey>) -> Value {
    let SshKey { name, key } = &it.what;
    json!({
        "id": it.id,
        "name": name,
        "md5_fingerprint": key.md5_fingerprint(),
        "public_key_fingerprint": key.md5_fingerprint(),
        "sha256_fingerprint": key.sha256_fingerprint(),
        "ssh_public_key": key.line(),
        "created_at": iso_8601(it.created_at),
        "updated_at": iso_8601(it.created_at),
        "_type": "ssh_key",
        "_links": {"self": {"href": format!("{}/ssh_keys/{}", caller.origin, it.id)}},
    })
}

fn device(caller: &Caller, it: &Belonging<Device>) -> Value {
    json!({
        "id": it.id,
        "name": it.what.name,
        "key_handle": it.what.key_handle,
        "version": it.what.version,
        "created_at": iso_8601(it.created_at),
        "updated_at": iso_8601(it.created_at),
        "_type": "u2f_device",
        "_links": {"self": {"href": format!("{}/u2f_devices/{}", caller.origin, it.id)}},
    })
}

fn email_change(caller: &Caller, it: &Belonging<EmailChange>) -> Value {
    let href = format!("{}/email_verification_challenges/{}", caller.origin, it.id);
    json!({
        "id": it.id,
        "email": it.what.email,
        "created_at": iso_8601(it.created_at),
        "_type": "email_verification_challenge",
        "_links": {"self": {"href": href}},
    })
}
