//! An account server that none of us wrote, which a test may change answer by answer. No tests of its own.

use std::sync::atomic::{AtomicBool, Ordering};

use serde_json::{Value, json};

use super::{administration, foreign};
use crate::harness::{Recorded, Reply, Server};

pub const AUTHENTICATE: &str = "/api/v1/authenticate";
pub const REQUEST_CODE: &str = "/api/v1/two-factor/request-code";
pub const DETAILS: &str = "/api/v2/account/details";
pub const ENABLE: &str = "/api/v2/account/actions/two-factor-enable";
pub const VERIFY: &str = "/api/v2/account/actions/two-factor-verify";
pub const RESEND: &str = "/api/v2/account/actions/two-factor-resend-verification-code";
pub const DISABLE: &str = "/api/v2/account/actions/two-factor-disable";
pub const ORGANIZATIONS: &str = "/api/v2/organizations";
pub const ORGANIZATION: &str = "/api/v2/organizations/acme";
pub const MEMBERSHIPS: &str = "/api/v2/organizations/acme/organization-memberships";
pub const LIMITS: &str = "/api/v2/organizations/acme/token-ttl-policies";
pub const PASSWORD: &str = "/api/v2/account/password";
pub const TOKENS: &str = "/api/v2/users/user-4lice/authentication-tokens";
pub const OWN_TOKEN: &str = "/api/v2/authentication-tokens/at-4lice";
pub const OTHER_TOKEN: &str = "/api/v2/authentication-tokens/at-0ther";

pub const TEAMS: &str = "/api/v2/organizations/acme/teams";
pub const TEAM_TOKENS: &str = "/api/v2/organizations/acme/team-tokens";
pub const NEW_TEAM_TOKEN: &str = "/api/v2/teams/team-c1/authentication-tokens";
pub const ORGANIZATION_TOKEN: &str = "/api/v2/organizations/acme/authentication-token";
pub const TEAM_TOKEN: &str = "/api/v2/authentication-tokens/at-t3am";

/// Starts an account server of the classic generation whose account is alice's, with a second factor at
/// sign-in. `change` may answer in its place.
pub fn account_server(
    change: impl Fn(&Recorded) -> Option<Reply> + Send + Sync + 'static,
) -> Server {
    let (required, ended) = (AtomicBool::new(false), AtomicBool::new(false));
    let limited = AtomicBool::new(false);
    Server::start(move |request| {
        change(request).unwrap_or_else(|| {
            if request.route() == ("PATCH", ORGANIZATION) {
                let limits = request.json()["data"]["attributes"]["max-ttl-enabled"] == true;
                if limits { &limited } else { &required }.store(true, Ordering::SeqCst);
            }
            ended.fetch_or(request.route() == ("DELETE", OTHER_TOKEN), Ordering::SeqCst);
            match request.route() {
                ("GET", TOKENS) if ended.load(Ordering::SeqCst) => {
                    Reply::json(200, &json!({"data": [token("at-4lice", "keybelt on one")]}))
                }
                ("GET", ORGANIZATION) if limited.load(Ordering::SeqCst) => {
                    let mut changed = organization();
                    changed["attributes"]["max-ttl-enabled"] = true.into();
                    Reply::json(200, &json!({ "data": changed }))
                }
                ("GET", ORGANIZATION) if required.load(Ordering::SeqCst) => {
                    Reply::json(200, &json!({"data": organization_that_requires_it()}))
                }
                _ => usual_answer(request),
            }
        })
    })
}

/// Returns what an account server answers when nothing is wrong.
pub fn usual_answer(request: &Recorded) -> Reply {
    let (status, document) = usual_document(request);
    match status {
        204 => Reply::with(204, &[], ""),
        status => Reply::json(status, &document),
    }
}

/// Returns the status and the document of the usual answer.
pub fn usual_document(request: &Recorded) -> (u16, Value) {
    let bearer = request.header("Authorization").is_some();
    match (request.method.as_str(), request.route().1) {
        ("GET", AUTHENTICATE) if !bearer => (401, json!({"errors": ["Bad access token"]})),
        ("GET", AUTHENTICATE) => (200, json!({"user": {"username": "alice"}})),
        ("DELETE", AUTHENTICATE) => (204, Value::Null),
        ("POST", AUTHENTICATE) if request.json().pointer("/two_factor/code").is_none() => {
            (406, challenge(&["app", "sms"]))
        }
        ("POST", AUTHENTICATE) => (
            200,
            json!({
                "description": "keybelt", "token": foreign::TOKEN, "token_hash": "00",
                "created_at": "2026-05-01T10:00:00.000Z",
            }),
        ),
        ("POST", REQUEST_CODE) => {
            (201, json!({"two_factor": {"obfuscated_destination": "SMS number ending in 0100"}}))
        }
        ("GET", DETAILS) if is_by_new_token(request) => {
            let mut team = user(&Value::Null);
            team["data"]["links"]["auth-token"] = "/api/v2/authentication-tokens/at-n3w".into();
            (200, team)
        }
        ("GET", DETAILS) => (200, user(&json!({"enabled": true, "verified": false}))),
        ("POST", ENABLE) => (
            200,
            user(&json!({
                "enabled": true, "verified": false, "delivery": "app", "sms-number": foreign::NUMBER,
                "provisioning-url": format!(
                    "otpauth://totp/alice@example.com?secret={}&issuer=elsewhere", foreign::SECRET
                ),
            })),
        ),
        ("POST", VERIFY) => (
            200,
            user(&json!({
                "enabled": true, "verified": true, "delivery": "app", "sms-number": null,
                "recovery-codes": foreign::RECOVERY_CODES, "used-recovery-codes": [],
            })),
        ),
        ("POST", RESEND) => (202, Value::Null),
        ("POST", DISABLE) => (
            200,
            user(
                &json!({"enabled": false, "verified": false, "delivery": null, "sms-number": null}),
            ),
        ),
        ("GET", TOKENS) => (
            200,
            json!({"data": [token("at-4lice", "keybelt on one"), token("at-0ther", "keybelt on two")]}),
        ),
        ("POST", TOKENS) => {
            let mut made = token("at-n3w", "keybelt");
            made["attributes"]["token"] = foreign::NEW_TOKEN.into();
            (201, json!({ "data": made }))
        }
        ("GET", OTHER_TOKEN) => (200, json!({"data": token("at-0ther", "keybelt on two")})),
        ("GET", TEAMS) => (
            200,
            json!({"data": [{"id": "team-c1", "type": "teams", "attributes": {"name": "ci"}}]}),
        ),
        ("GET", TEAM_TOKENS) => (200, json!({"data": [team_token("at-t3am", "ci")]})),
        ("POST", NEW_TEAM_TOKEN) => {
            let mut made = team_token("at-n3w", "x");
            made["attributes"]["token"] = foreign::NEW_TOKEN.into();
            (201, json!({ "data": made }))
        }
        ("GET", ORGANIZATION_TOKEN) => (200, json!({"data": token("at-0rg", "acme")})),
        ("POST", ORGANIZATION_TOKEN) => {
            let mut made = token("at-n3w", "acme");
            made["attributes"]["token"] = foreign::NEW_TOKEN.into();
            (201, json!({ "data": made }))
        }
        ("DELETE", OWN_TOKEN | OTHER_TOKEN | TEAM_TOKEN) => (204, Value::Null),
        ("PATCH", PASSWORD) => (200, user(&json!({"enabled": true, "verified": false}))),
        ("PATCH", ORGANIZATION) => (200, json!({"data": organization_that_requires_it()})),
        ("GET", ORGANIZATIONS) => (200, json!({"data": [organization()]})),
        ("GET", ORGANIZATION) => (200, json!({"data": organization()})),
        ("GET", MEMBERSHIPS) if request.path.contains("q=bob") => {
            (200, administration::bobs_membership())
        }
        ("GET", MEMBERSHIPS) => (200, memberships()),
        ("GET" | "PATCH", LIMITS) => (200, limits()),
        (method, path) if bearer => administration::atlas_answer(method, path)
            .unwrap_or_else(|| (404, json!({"errors": [{"status": "404", "title": "not found"}]}))),
        _ => (404, json!({"errors": [{"status": "404", "title": "not found"}]})),
    }
}

/// Returns whether the token that was just made is tried.
fn is_by_new_token(request: &Recorded) -> bool {
    request.header("Authorization").is_some_and(|it| it.ends_with(foreign::NEW_TOKEN))
}

/// Returns an organization that shows little of itself.
fn organization() -> Value {
    json!({
        "id": "acme",
        "type": "organizations",
        "attributes": {
            "name": "acme", "collaborator-auth-policy": "password", "max-ttl-enabled": false,
        },
    })
}

fn organization_that_requires_it() -> Value {
    let mut changed = organization();
    changed["attributes"]["collaborator-auth-policy"] = "two_factor_mandatory".into();
    changed
}

/// Returns how long its tokens live: thirty days, if they are a team's.
fn limits() -> Value {
    let attributes = json!({"token-type": "team", "max-ttl-ms": 2_592_000_000_u64});
    json!({"data": [{"type": "organization-token-ttl-policies", "attributes": attributes}]})
}

/// Returns the one page of its members: alice, who has not finished enrolling.
fn memberships() -> Value {
    json!({
        "data": [{
            "id": "ou-4lice",
            "type": "organization-memberships",
            "attributes": {"status": "active", "email": "alice@example.com"},
            "relationships": {"user": {"data": {"id": "user-4lice", "type": "users"}}},
        }],
        "included": [user(&json!({"enabled": true, "verified": false}))["data"]],
        "meta": {"pagination": {"current-page": 1, "next-page": null, "total-pages": 1, "total-count": 1}},
    })
}

/// Returns the challenge of an account with these deliveries, the first one its own choice.
pub fn challenge(deliveries: &[&str]) -> Value {
    json!({
        "two_factor": {"default_delivery_method": deliveries[0], "delivery_methods": deliveries},
        "errors": ["a code is required"],
    })
}

/// Returns alice's account document.
pub fn user(two_factor: &Value) -> Value {
    json!({"data": {
        "id": "user-4lice",
        "type": "users",
        "attributes": {
            "username": "alice", "email": "alice@example.com", "two-factor": two_factor,
        },
        "links": {"self": "/api/v2/users/user-4lice", "auth-token": "/api/v2/authentication-tokens/at-4lice"},
    }})
}

/// Returns what it says of one of alice's tokens.
fn token(id: &str, description: &str) -> Value {
    json!({
        "id": id,
        "type": "authentication-tokens",
        "attributes": {
            "description": description, "created-at": "2026-05-01T10:00:00.000Z",
            "last-used-at": "2026-05-02T10:00:00.000Z", "expired-at": null, "token": null,
        },
        "relationships": {"created-by": {"data": {"id": "user-4lice", "type": "users"}}},
    })
}

/// Returns what it says of one of the team's tokens.
fn team_token(id: &str, description: &str) -> Value {
    let mut token = token(id, description);
    token["relationships"]["team"] = json!({"data": {"id": "team-c1", "type": "teams"}});
    token
}
