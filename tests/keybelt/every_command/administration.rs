//! Commands about other people: what is typed, and what the servers that none of us wrote answer. No tests of its own.

use serde_json::{Value, json};

use super::{Command, Route, aptible, atlas};

pub const USERS: &str = "/api/v2/admin/users";
pub const MEMBERSHIP: &str = "/api/v2/organization-memberships/ou-b0b";
const RESET: &str = "/api/v2/admin/users/user-b0b/actions/disable_two_factor";
const SUSPEND: &str = "/api/v2/admin/users/user-b0b/actions/suspend";
const UNSUSPEND: &str = "/api/v2/admin/users/user-b0b/actions/unsuspend";

pub(super) const COMMANDS: &[Command] = &[
    atlas("admin user list", 0),
    atlas("admin user show bob", 0),
    atlas("admin user reset-2fa bob --yes", 0),
    atlas("admin user suspend bob --yes", 0),
    atlas("admin user unsuspend bob --yes", 0),
    atlas("org member remove acme bob --yes", 0),
    atlas("org member remove acme bob --dry-run", 0),
    atlas("org member reset-2fa acme bob --yes", 4),
    aptible("admin user list", 4),
    aptible("admin user show bob", 4),
    aptible("admin user reset-2fa bob --yes", 4),
    aptible("admin user suspend bob --yes", 4),
    aptible("admin user unsuspend bob --yes", 4),
    aptible("org member remove acme bob@example.com --yes --password-stdin", 0),
    aptible("org member remove acme bob@example.com --dry-run", 0),
    aptible("org member reset-2fa acme bob@example.com --yes --password-stdin", 0),
];

/// Returns what an Atlas server answers, if it is asked about other people.
pub(super) fn atlas_answer(method: &str, path: &str) -> Option<(u16, Value)> {
    Some(match (method, path) {
        ("GET", USERS) => (200, json!({"data": [bob()]})),
        ("DELETE", MEMBERSHIP) => (204, Value::Null),
        ("POST", RESET | SUSPEND | UNSUSPEND) => (200, json!({"data": bob()})),
        _ => return None,
    })
}

/// Returns what it says of bob to a site administrator: not much.
pub fn bob() -> Value {
    json!({
        "id": "user-b0b", "type": "users",
        "attributes": {"username": "bob", "email": "bob@example.com", "is-admin": false},
        "relationships": {"organizations": {"data": [{"id": "acme", "type": "organizations"}]}},
    })
}

/// Returns the page of members that has bob alone, in one team.
pub fn bobs_membership() -> Value {
    let mut user = bob();
    user["attributes"]["two-factor"] = json!({"enabled": true, "verified": true});
    json!({
        "data": [{
            "id": "ou-b0b", "type": "organization-memberships",
            "attributes": {"status": "active", "email": "bob@example.com"},
            "relationships": {
                "user": {"data": {"id": "user-b0b", "type": "users"}},
                "teams": {"data": [{"id": "team-c1", "type": "teams"}]},
            },
        }],
        "included": [user, {"id": "team-c1", "type": "teams", "attributes": {"name": "ci"}}],
    })
}

/// Returns what an Aptible server answers, if it is asked about other people.
pub(super) fn aptible_answer(method: &str, path: &str) -> Option<(u16, Value)> {
    let list = |kind: &str, one: Value| json!({"_embedded": {kind: [one]}});
    Some(match (method, path) {
        ("GET", "/users/u-2/roles") => (200, list("roles", aptible_role())),
        ("POST", "/otp/resets/new") | ("DELETE", "/organizations/o-1/users/u-2") => {
            (204, Value::Null)
        }
        _ => return None,
    })
}

/// Returns a member of the Aptible organization who is not alice.
pub(super) fn aptible_bob() -> Value {
    json!({"id": "u-2", "email": "bob@example.com", "otp_enabled": true, "_links": {}})
}

fn aptible_role() -> Value {
    json!({
        "id": "r-1", "name": "Deployers", "type": "platform_user",
        "_links": {"organization": {"href": "/organizations/o-1"}},
    })
}

/// Returns whether a command goes on without this answer: what somebody leaves behind is only shown.
pub(super) fn goes_on_without(line: &str, (method, path): Route) -> bool {
    let is_organizations =
        path.starts_with("/api/v2/organizations/acme") || path.starts_with("/api/v2/agent-pools/");
    let is_own_list = matches!(path, "/api/v2/organizations" | "/api/v2/organization-memberships");
    let is_shown = line.starts_with("admin user suspend") && is_organizations
        || line.starts_with("lockdown") && (is_organizations || is_own_list);
    method == "GET" && is_shown
}
