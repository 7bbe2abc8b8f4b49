//! The organization, who is in it, and in which role. Any member may see that.

use hyper::StatusCode;
use serde_json::{Value, json};

use super::{Caller, document, error, user};
use crate::exchange::Reply;
use crate::state::State;

/// The account that owns the organization; all others are its members.
const OWNER: &str = "olivia";

pub(crate) fn answer(state: &State, caller: &Caller, route: &[&str]) -> Result<Reply, Reply> {
    let id = state.aptible.organization_id.as_str();
    let list =
        |name, items: &[Value]| document::list(state, caller.call, name, items, Value::clone);
    let body = match route {
        ["organizations"] => list("organizations", &[organization(state, caller)]),
        // A token by password reaches every organization that its user is in.
        ["reauthenticate_organizations"] => list("organizations", &[]),
        ["organizations", wanted] if *wanted == id => organization(state, caller),
        ["organizations", wanted, "users"] if *wanted == id => members(state, caller),
        ["organizations", wanted, "roles"] if *wanted == id => list(
            "roles",
            &[true, false].map(|owner| role(state, caller, owner)),
        ),
        ["users", wanted, "roles"] => {
            let owner = is_owner(state, user::find(state, wanted)?);
            list("roles", &[role(state, caller, owner)])
        }
        ["roles", wanted] if *wanted == state.aptible.owner_role_id => role(state, caller, true),
        ["roles", wanted] if *wanted == state.aptible.member_role_id => role(state, caller, false),
        _ => return Err(error::not_found()),
    };
    Ok(Reply::hal(StatusCode::OK, &body))
}

fn members(state: &State, caller: &Caller) -> Value {
    let everyone: Vec<_> = (0..state.accounts.count()).collect();
    document::list(state, caller.call, "users", &everyone, |index| {
        document::user(state, &caller.origin, *index, caller)
    })
}

fn is_owner(state: &State, index: usize) -> bool {
    state.accounts.get(index).username == OWNER
}

fn organization(state: &State, caller: &Caller) -> Value {
    let href = organization_href(state, caller);
    json!({
        "id": state.aptible.organization_id,
        "name": state.organization.name,
        "sso_enforced": false,
        "security_alert_email": null,
        "_type": "organization",
        "_links": {
            "self": {"href": href},
            "users": {"href": format!("{href}/users")},
            "roles": {"href": format!("{href}/roles")},
        },
    })
}

fn role(state: &State, caller: &Caller, owner: bool) -> Value {
    let (id, name, kind) = if owner {
        (&state.aptible.owner_role_id, "Account Owners", "owner")
    } else {
        (&state.aptible.member_role_id, "Members", "platform_user")
    };
    json!({
        "id": id,
        "name": name,
        "type": kind,
        "_type": "role",
        "_links": {
            "self": {"href": format!("{}/roles/{id}", caller.origin)},
            "organization": {"href": organization_href(state, caller)},
        },
    })
}

fn organization_href(state: &State, caller: &Caller) -> String {
    let id = &state.aptible.organization_id;
    format!("{}/organizations/{id}", caller.origin)
}
