//! Commands about other people: what is typed, and what the servers that none of us wrote answer. No tests of its own.

use serde_json::{Value, json};

use super::{Command, Route, aptible, atlas};

pub const USERS: &str = "/api/v2/admin/users";
const RESET: &str = "/api/v2/admin/users/user-b0b/actions/disable_two_factor";
const SUSPEND: &str = "/api/v2/admin/users/user-b0b/actions/suspend";
const UNSUSPEND: &str = "/api/v2/admin/users/user-b0b/actions/unsuspend";

pub(super) const COMMANDS: &[Command] = &[
    atlas("admin user list", 0),
    atlas("admin user show bob", 0),
    atlas("admin user reset-2fa bob --yes", 0),
    atlas("admin user suspend bob --yes", 0),
    atlas("admin user unsuspend bob --yes", 0),
    aptible("admin user list", 4),
    aptible("admin user show bob", 4),
    aptible("admin user reset-2fa bob --yes", 4),
    aptible("admin user suspend bob --yes", 4),
    aptible("admin user unsuspend bob --yes", 4),
];

/// Returns what an Atlas server answers, if it is asked about other people.
pub(super) fn atlas_answer(method: &str, path: &str) -> Option<(u16, Value)> {
    Some(match (method, path) {
        ("GET", USERS) => (200, json!({"data": [bob()]})),
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

/// Returns whether a command goes on without this answer: what somebody leaves behind is only shown.
pub(super) fn goes_on_without(line: &str, (method, path): Route) -> bool {
    let is_organizations =
        path.starts_with("/api/v2/organizations/acme") || path.starts_with("/api/v2/agent-pools/");
    line.starts_with("admin user suspend") && method == "GET" && is_organizations
}
