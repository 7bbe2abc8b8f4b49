//! An Aptible server that none of us wrote, with relative addresses, numbers and empty relations. No tests of
//! its own.

use std::sync::atomic::{AtomicBool, Ordering};

use data_encoding::BASE64URL_NOPAD;
use serde_json::{Value, json};

use super::administration;
use crate::harness::{Recorded, Reply, Server, World};

const REVOKE_OTHERS: &str = "/tokens/revoke_all_accessible";

pub const EMAIL: &str = "alice@example.com";

/// One of the recovery codes, which some servers send as numbers.
pub const RECOVERY_CODE: &str = "8765432109876";

/// A key of alice's, and its fingerprint as `ssh-keygen -lf` prints it is in ssh_key.rs.
pub const SSH_KEY: &str =
    "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl";

/// A token with claims; nobody checks its signature.
pub fn token_of(claims: &Value) -> String {
    let part = |text: &str| BASE64URL_NOPAD.encode(text.as_bytes());
    let (head, claims) = (part(r#"{"typ":"JWT","alg":"RS512"}"#), part(&claims.to_string()));
    format!("{head}.{claims}.{}", part("fOreIgn-aPtiBle-signature-4711"))
}

pub fn token() -> String {
    token_of(&json!({"id": "t-1", "scope": "manage", "exp": 1_900_000_000, "email": EMAIL}))
}

pub fn error(status: u16, slug: &str) -> Reply {
    Reply::json(
        status,
        &json!({"code": status, "error": slug, "message": "No.", "exception_context": {}}),
    )
}

/// Starts an Aptible server, alice being everybody. `change` may answer in its place.
pub fn server(change: impl Fn(&Recorded) -> Option<Reply> + Send + Sync + 'static) -> Server {
    let ended = AtomicBool::new(false);
    Server::start(move |request| {
        change(request).unwrap_or_else(|| match request.route() {
            // The second time there is nothing left.
            ("POST", REVOKE_OTHERS) if ended.swap(true, Ordering::SeqCst) => {
                Reply::json(200, &json!({"revoked": 0}))
            }
            _ => usual(request),
        })
    })
}

/// What it answers when nothing is wrong, with relative addresses.
pub fn usual(request: &Recorded) -> Reply {
    let bearer = request.header("Authorization").is_some();
    let path = request.path.split('?').next().unwrap();
    match (request.method.as_str(), path) {
        ("GET", "/") => Reply::json(200, &json!({"_links": {"tokens": {"href": "/tokens"}}})),
        ("POST", "/tokens") => Reply::json(201, &token_resource(true)),
        (_, _) if !bearer => error(401, "invalid_token"),
        ("GET", "/current_token") => Reply::json(200, &token_resource(false)),
        ("GET", "/users/u-1") => Reply::json(200, &user(true)),
        ("PATCH", "/users/u-1") => Reply::json(200, &user(request.json()["otp_enabled"] == true)),
        ("POST", "/users/u-1/otp_configurations") => Reply::json(201, &configuration()),
        ("GET", "/otp_configurations/c-1/otp_recovery_codes") => Reply::json(200, &codes()),
        ("GET", "/organizations") => Reply::json(
            200,
            &json!({"_embedded": {"organizations": [
                {"id": "o-1", "name": "acme", "_links": {"users": {"href": "/organizations/o-1/users"}}},
            ]}}),
        ),
        ("GET", "/organizations/o-1/users") => Reply::json(
            200,
            &json!({"_embedded": {"users": [user(true), administration::aptible_bob()]}}),
        ),
        ("GET", "/users/u-1/ssh_keys") => list_of("ssh_keys", &ssh_key()),
        ("POST", "/users/u-1/ssh_keys") => Reply::json(201, &ssh_key()),
        ("GET", "/users/u-1/u2f_devices") => list_of(
            "u2f_devices",
            &json!({"id": "d-1", "name": "yellow", "created_at": "2026-05-01T10:00:00.000Z"}),
        ),
        ("DELETE", "/ssh_keys/7" | "/u2f_devices/d-1") => Reply::with(204, &[], ""),
        ("POST", REVOKE_OTHERS) => Reply::json(200, &json!({"revoked": 3})),
        ("GET", "/users/u-1/email_verification_challenges") => list_of(
            "email_verification_challenges",
            &json!({"id": "e-1", "email": "thief@example.com"}),
        ),
        ("DELETE", "/tokens/t-1") => Reply::with(204, &[], ""),
        (method, path) => match administration::aptible_answer(method, path) {
            Some((204, _)) => Reply::with(204, &[], ""),
            Some((status, document)) => Reply::json(status, &document),
            None => error(404, "not_found"),
        },
    }
}

fn list_of(kind: &str, one: &Value) -> Reply {
    Reply::json(200, &json!({"_embedded": {kind: [one]}}))
}

pub fn token_resource(with_token: bool) -> Value {
    let mut resource = json!({
        "id": "t-1", "token_type": "bearer", "scope": "manage",
        "expires_at": "2030-03-17T17:46:40.000Z", "created_at": "2026-05-01T10:00:00.000Z",
        "_links": {"self": {"href": "/tokens/t-1"}, "user": {"href": "/users/u-1"}, "actor": null},
    });
    if with_token {
        resource["access_token"] = token().into();
    }
    resource
}

pub fn user(enabled: bool) -> Value {
    json!({
        "id": "u-1", "email": EMAIL, "otp_enabled": enabled,
        "_links": {"self": {"href": "/users/u-1"}, "roles": {}, "current_otp_configuration": {"href": "/otp_configurations/c-1"}},
    })
}

fn ssh_key() -> Value {
    json!({
        "id": 7, "name": "laptop", "ssh_public_key": SSH_KEY, "sha256_fingerprint": null,
        "created_at": "2026-05-01T10:00:00.000Z", "_links": {"self": {"href": "/ssh_keys/7"}},
    })
}

pub fn configuration() -> Value {
    json!({
        "id": "c-1",
        "otp_uri": "otpauth://totp/Aptible:alice@example.com?secret=KRSXG5CTMVRXEZLUKRSXG5CTMVRXEZLU&issuer=Aptible",
        "_links": {"self": {"href": "/otp_configurations/c-1"}},
    })
}

pub fn codes() -> Value {
    json!({"_embedded": {"otp_recovery_codes": [
        {"id": "1", "value": "rescue-7h3n-a11a", "used": true}, {"id": "2", "value": 8_765_432_109_876_u64, "used": false},
    ]}})
}

/// Writes `tokens.json` as if alice had signed in there.
pub fn store(world: &World, host: &str) {
    super::write_store(
        world,
        json!({"version": 1, "current": host, "hosts": {host: {"active": EMAIL, "accounts": {EMAIL: {
            "provider": "aptible", "origin": "password", "user_id": "u-1", "token_id": "t-1",
            "created_at": "2026-05-01T10:00:00Z", "expires_at": "2030-03-17T17:46:40Z",
            "expires_in_asked": null, "authenticated_at": null, "store": "file",
            "pending_two_factor": format!("{host}/otp_configurations/c-1"), "token": token(),
        }}}}})
        .to_string(),
    );
}
