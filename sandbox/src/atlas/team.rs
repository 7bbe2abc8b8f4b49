//! Teams: whose members own the organization, and changing that. Every member of the organization
//! sees them; owners change who is in them.

use hyper::StatusCode;
use serde_json::{Value, json};

use super::include::Include;
use super::paging::Page;
use super::{document, error};
use crate::exchange::{Call, Reply};
use crate::organization::{Role, Team};
use crate::state::State;

/// `GET /organizations/:name/teams`.
pub(crate) fn list(state: &State, call: &Call) -> Reply {
    let query = call.query();
    let include = match Include::of(&query, &["users"]) {
        Ok(include) => include,
        Err(refusal) => return refusal,
    };
    let names = query.filled("filter[names]");
    let wanted = query.get("q").unwrap_or_default().to_lowercase();
    let teams = state.organization.teams.iter();
    let teams: Vec<_> = teams
        .filter(|team| names.is_none_or(|names| names.split(',').any(|name| name == team.name)))
        .filter(|team| team.name.contains(&wanted))
        .collect();
    let page = Page::of(&query).unwrap_or(Page::FIRST);
    let shown = &teams[page.range(teams.len())];
    let resources: Vec<_> = shown.iter().map(|team| resource(state, team)).collect();
    let mut document = json!({"data": resources});
    include_users(state, shown, &include, &mut document);
    page.describe(&mut document, call, teams.len());
    Reply::document(StatusCode::OK, &document)
}

/// `GET /teams/:id`.
pub(crate) fn show(state: &State, call: &Call, id: &str) -> Reply {
    let include = match Include::of(&call.query(), &["users"]) {
        Ok(include) => include,
        Err(refusal) => return refusal,
    };
    let Some(team) = state.organization.teams.get(id) else {
        return error::not_found();
    };
    let mut document = json!({"data": resource(state, team)});
    include_users(state, &[team], &include, &mut document);
    Reply::document(StatusCode::OK, &document)
}

/// What to do with those that a request names.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Change {
    Add,
    Remove,
}

/// `POST` and `DELETE /teams/:id/relationships/users`, for owners: adds and removes members of the
/// organization, by username.
pub(crate) fn change(state: &mut State, call: &Call, id: &str, change: Change) -> Reply {
    let accounts = match named(state, call) {
        Ok(accounts) => accounts,
        Err(refusal) => return refusal,
    };
    let owners = state.organization.teams.owners.id == id;
    let Some(team) = state.organization.teams.get_mut(id) else {
        return error::not_found();
    };
    let all_go = team.accounts.iter().all(|account| accounts.contains(account));
    if change == Change::Remove && owners && all_go {
        return error::unprocessable("The owners team must have at least one member");
    }
    for account in accounts {
        match change {
            Change::Add => team.add(account),
            Change::Remove => team.remove(account),
        }
    }
    Reply::empty(StatusCode::NO_CONTENT)
}

/// Returns the accounts that a request names.
fn named(state: &State, call: &Call) -> Result<Vec<usize>, Reply> {
    let body = call.json();
    let users = body["data"].as_array().filter(|users| !users.is_empty());
    let users = users.ok_or_else(|| error::unprocessable("The request body names no users"))?;
    users
        .iter()
        .map(|user| {
            let name = user["id"].as_str().unwrap_or_default();
            let account = state.accounts.by_login(name);
            account
                .filter(|account| state.organization.role(*account) != Role::Stranger)
                .ok_or_else(error::not_found)
        })
        .collect()
}

fn include_users(state: &State, teams: &[&Team], include: &Include, document: &mut Value) {
    include.begin(document);
    if include.has("users") {
        let mut accounts: Vec<_> = teams.iter().flat_map(|team| &team.accounts).collect();
        accounts.sort();
        accounts.dedup();
        for account in accounts {
            let mut user = document::user(state.accounts.get(*account));
            include.add(document, user["data"].take());
        }
    }
}

/// Returns a team.
pub(crate) fn resource(state: &State, team: &Team) -> Value {
    let accounts = team.accounts.iter();
    let accounts = accounts.map(|account| state.accounts.get(*account));
    let (users, memberships): (Vec<_>, Vec<_>) = accounts
        .map(|account| {
            let membership = format!("ou-{}", account.key());
            (
                json!({"id": account.id, "type": "users"}),
                json!({"id": membership, "type": "organization-memberships"}),
            )
        })
        .unzip();
    json!({
        "id": team.id,
        "type": "teams",
        "attributes": {
            "name": team.name,
            "users-count": users.len(),
            "visibility": "organization",
            "sso-team-id": null,
            "allow-member-token-management": false,
        },
        "relationships": {
            "organization": {
                "data": {"id": state.organization.name, "type": "organizations"},
            },
            "users": {"data": users},
            "organization-memberships": {"data": memberships},
        },
        "links": {"self": format!("/api/v2/teams/{}", team.id)},
    })
}
