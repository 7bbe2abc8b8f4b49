//! The organization, who is in it, and in which role. Any member may see that; to others there is
//! none.

use hyper::StatusCode;
use serde_json::{Value, json};

use super::{Caller, document, error, user};
use crate::exchange::Reply;
use crate::member::Member;
use crate::organization::Role;
use crate::state::State;

/// What the two roles are called.
pub(crate) const OWNERS: &str = "Account Owners";
pub(crate) const MEMBERS: &str = "Members";

pub(crate) fn answer(state: &State, caller: &Caller, route: &[&str]) -> Result<Reply, Reply> {
    let own = role_of(state, Member::Account(caller.owner()));
    let list = |name, resources: &[Value]| document::list_of(state, caller.call, name, resources);
    let roles = |roles: &[Role]| {
        let roles = roles.iter().filter_map(|role| self::role(state, caller, *role));
        list("roles", &roles.collect::<Vec<_>>())
    };
    let body = match route {
        ["organizations"] if own == Role::Stranger => list("organizations", &[]),
        ["organizations"] => list("organizations", &[organization(state, caller)]),
        // Single sign-on and provisioning from elsewhere are set up nowhere here.
        [kind @ ("saml_configurations" | "scim_configurations")] => list(kind, &[]),
        // A token by password reaches every organization that its user is in.
        ["reauthenticate_organizations"] => list("organizations", &[]),
        ["users", id, "roles"] => roles(&[role_of(state, user::find(state, caller, id)?)]),
        _ if own == Role::Stranger => return Err(error::not_found()),
        ["organizations", id, rest @ ..] if *id == state.aptible.organization_id => match rest {
            [] => organization(state, caller),
            ["users"] => members(state, caller),
            ["roles"] => roles(&[Role::Owner, Role::Member]),
            _ => return Err(error::not_found()),
        },
        ["roles", id, "users"] => holders(state, caller, id).ok_or_else(error::not_found)?,
        ["roles", id] => [Role::Owner, Role::Member]
            .into_iter()
            .filter_map(|role| self::role(state, caller, role))
            .find(|role| role["id"] == *id)
            .ok_or_else(error::not_found)?,
        _ => return Err(error::not_found()),
    };
    Ok(Reply::hal(StatusCode::OK, &body))
}

fn role_of(state: &State, user: Member) -> Role {
    match user {
        Member::Account(index) => state.organizations.home().role(index),
        Member::Synthetic(_) => Role::Member,
    }
}

fn members(state: &State, caller: &Caller) -> Value {
    let organization = state.organizations.home();
    document::list(state, caller.call, "users", organization.size(), |place| {
        let member = organization.member(place);
        document::user(state, member.expect("a page ends with the members"), caller)
    })
}

/// `GET /roles/:id/users`.
fn holders(state: &State, caller: &Caller, id: &str) -> Option<Value> {
    let wanted = match id {
        id if id == state.aptible.owner_role_id => Role::Owner,
        id if id == state.aptible.member_role_id => Role::Member,
        _ => return None,
    };
    let organization = state.organizations.home();
    let all = (0..organization.size()).filter_map(|place| organization.member(place));
    let holders: Vec<_> = all.filter(|member| role_of(state, *member) == wanted).collect();
    Some(document::list(state, caller.call, "users", holders.len(), |place| {
        document::user(state, holders[place], caller)
    }))
}

fn organization(state: &State, caller: &Caller) -> Value {
    let href = organization_href(state, caller);
    json!({
        "id": state.aptible.organization_id,
        "name": state.organizations.home().name(),
        "sso_enforced": false,
        "security_alert_email": null,
        "_type": "organization",
        "_links": {
            "self": {"href": href},
            "users": {"href": format!("{href}/users")},
            "roles": {"href": format!("{href}/roles")},
            "invitations": {"href": format!("{href}/invitations")},
        },
    })
}

fn role(state: &State, caller: &Caller, role: Role) -> Option<Value> {
    let (id, name, kind) = match role {
        Role::Owner => (&state.aptible.owner_role_id, OWNERS, "owner"),
        Role::Member => (&state.aptible.member_role_id, MEMBERS, "platform_user"),
        Role::Stranger => return None,
    };
    Some(json!({
        "id": id,
        "name": name,
        "type": kind,
        "_type": "role",
        "_links": {
            "self": {"href": format!("{}/roles/{id}", caller.origin)},
            "users": {"href": format!("{}/roles/{id}/users", caller.origin)},
            "organization": {"href": organization_href(state, caller)},
        },
    }))
}

fn organization_href(state: &State, caller: &Caller) -> String {
    let id = &state.aptible.organization_id;
    format!("{}/organizations/{id}", caller.origin)
}
