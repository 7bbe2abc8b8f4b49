//! Teams: whose members own the organization, and who may do what else. Owners and managers of teams
//! make, change and delete them.

use hyper::StatusCode;
use serde_json::{Map, Value, json};

use super::caller::Caller;
use super::include::Include;
use super::paging::pages;
use super::{document, error};
use crate::exchange::Reply;
use crate::member::Member;
use crate::organization::Organization;
use crate::state::State;
use crate::team::{ACCESS, Team, TeamSettings, Visibility};
use crate::token::Holder;

/// `GET /organizations/:name/teams`: those that the caller sees.
pub(crate) fn list(state: &State, caller: &Caller) -> Reply {
    let query = caller.call.query();
    let include = match Include::of(&query, INCLUDED) {
        Ok(include) => include,
        Err(refusal) => return refusal,
    };
    let organization = state.organizations.get(caller.at);
    let names = query.filled("filter[names]");
    let wanted = query.get("q").unwrap_or_default().to_lowercase();
    let teams = organization.teams.iter().filter(|team| caller.sees(team));
    let teams: Vec<_> = teams
        .filter(|it| {
            names.is_none_or(|names| names.split(',').any(|name| name == it.settings.name))
        })
        .filter(|team| team.settings.name.to_lowercase().contains(&wanted))
        .collect();
    let mut document = pages(caller.call, &teams, |team| resource(state, caller, team));
    include_members(state, organization, &teams, &include, &mut document);
    Reply::ok(&document)
}

const INCLUDED: &[&str] = &["users", "organization-memberships"];

/// `GET /teams/:id`.
pub(crate) fn show(state: &State, caller: &Caller, id: &str) -> Reply {
    let include = match Include::of(&caller.call.query(), INCLUDED) {
        Ok(include) => include,
        Err(refusal) => return refusal,
    };
    let organization = state.organizations.get(caller.at);
    let Some(team) = organization.teams.get(id) else {
        return error::not_found();
    };
    let mut document = json!({"data": resource(state, caller, team)});
    include_members(state, organization, &[team], &include, &mut document);
    Reply::ok(&document)
}

/// `POST /organizations/:name/teams`.
pub(crate) fn create(state: &mut State, caller: &Caller) -> Reply {
    let present = TeamSettings::new("", Visibility::Secret);
    let organization = state.organizations.get_mut(caller.at);
    match settings(organization, caller, &present, None) {
        Ok(settings) => {
            let id = organization.teams.add(Team::new(settings)).id.clone();
            answer(StatusCode::CREATED, state, caller, &id)
        }
        Err(refusal) => refusal,
    }
}

/// `PATCH /teams/:id`: what it names is changed.
pub(crate) fn update(state: &mut State, caller: &Caller, id: &str) -> Reply {
    let organization = state.organizations.get_mut(caller.at);
    let Some(team) = organization.teams.get(id) else {
        return error::not_found();
    };
    let owners = team.owns();
    let settings = match settings(organization, caller, &team.settings, Some(id)) {
        Ok(settings) => settings,
        Err(refusal) => return refusal,
    };
    if owners && settings.name != crate::team::OWNERS {
        return error::invalid_attribute("name", "The owners team cannot be renamed");
    }
    if let Some(team) = organization.teams.get_mut(id) {
        team.settings = settings;
    }
    answer(StatusCode::OK, state, caller, id)
}

/// `DELETE /teams/:id`. Its tokens end with it; the owners stay.
pub(crate) fn delete(state: &mut State, caller: &Caller, id: &str) -> Reply {
    let organization = state.organizations.get_mut(caller.at);
    if organization.teams.owners().id == id {
        return error::unprocessable("The owners team cannot be deleted");
    }
    organization.teams.delete(id);
    state.tokens.revoke_all(&Holder::Team(id.to_owned()));
    Reply::empty(StatusCode::NO_CONTENT)
}

/// What to do with those that a request names.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Change {
    Add,
    Remove,
}

/// How a request names members of the organization.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Naming {
    /// `relationships/users`: by username.
    Users,
    /// `relationships/organization-memberships`: by the id of the membership.
    Memberships,
}

impl Naming {
    pub(crate) fn of(relationship: &str) -> Option<Naming> {
        match relationship {
            "users" => Some(Naming::Users),
            "organization-memberships" => Some(Naming::Memberships),
            _ => None,
        }
    }
}

/// `POST` and `DELETE /teams/:id/relationships/…`: adds and removes members of the organization.
pub(crate) fn change(
    state: &mut State,
    caller: &Caller,
    id: &str,
    naming: Naming,
    change: Change,
) -> Reply {
    let accounts = match named(state, caller, naming) {
        Ok(accounts) => accounts,
        Err(refusal) => return refusal,
    };
    let Some(team) = state.organizations.get_mut(caller.at).teams.get_mut(id) else {
        return error::not_found();
    };
    let all_go = team.accounts.iter().all(|account| accounts.contains(account));
    if change == Change::Remove && team.owns() && all_go {
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
fn named(state: &State, caller: &Caller, naming: Naming) -> Result<Vec<usize>, Reply> {
    let organization = state.organizations.get(caller.at);
    let body = caller.call.json();
    let members = body["data"].as_array().filter(|members| !members.is_empty());
    let members = members.ok_or_else(|| error::unprocessable("The request body names no users"))?;
    let account = |member: &Value| {
        let name = member["id"].as_str().unwrap_or_default();
        let account = match naming {
            Naming::Users => state.accounts.by_login(name),
            Naming::Memberships => match organization.by_membership(name) {
                Some(Member::Account(account)) => Some(account),
                _ => None,
            },
        };
        let account = account.filter(|account| organization.membership_of(*account).is_some());
        account.ok_or_else(error::not_found)
    };
    members.iter().map(account).collect()
}

/// Returns the settings with what a request changes of them.
fn settings(
    organization: &Organization,
    caller: &Caller,
    present: &TeamSettings,
    id: Option<&str>,
) -> Result<TeamSettings, Reply> {
    let attributes = document::required_attributes(caller.call)?;
    let name = attributes["name"].as_str().unwrap_or(&present.name);
    if name.trim().is_empty() {
        return Err(error::invalid_attribute("name", "Name can't be blank"));
    }
    let taken = organization.teams.named(name);
    if taken.is_some_and(|other| Some(other.id.as_str()) != id) {
        return Err(error::invalid_attribute("name", "Name has already been taken"));
    }
    let visibility = match &attributes["visibility"] {
        Value::Null => Some(present.visibility),
        visibility => visibility.as_str().and_then(Visibility::from_name),
    };
    let mut access = present.access.clone();
    for name in ACCESS {
        match attributes["organization-access"][name].as_bool() {
            Some(true) => access.insert(name),
            Some(false) => access.remove(name),
            None => false,
        };
    }
    Ok(TeamSettings {
        name: name.to_owned(),
        sso_team_id: match &attributes["sso-team-id"] {
            Value::String(id) => Some(id.clone()),
            _ => present.sso_team_id.clone(),
        },
        visibility: visibility.ok_or_else(|| {
            error::invalid_attribute("visibility", "Visibility must be secret or organization")
        })?,
        allow_member_token_management: document::switch(
            &attributes,
            "allow-member-token-management",
            present.allow_member_token_management,
        )?,
        access,
    })
}

fn include_members(
    state: &State,
    organization: &Organization,
    teams: &[&Team],
    include: &Include,
    document: &mut Value,
) {
    include.begin(document);
    let mut accounts: Vec<_> = teams.iter().flat_map(|team| &team.accounts).copied().collect();
    accounts.sort_unstable();
    accounts.dedup();
    for account in accounts {
        if include.has("users") {
            let mut user = document::user(state.accounts.get(account));
            include.add(document, user["data"].take());
        }
        if include.has("organization-memberships") {
            let member = Member::Account(account);
            let person = organization.person(member, &state.accounts);
            include.add(document, document::membership(organization, member, &person));
        }
    }
}

fn answer(status: StatusCode, state: &State, caller: &Caller, id: &str) -> Reply {
    match state.organizations.get(caller.at).teams.get(id) {
        Some(team) => Reply::document(status, &json!({"data": resource(state, caller, team)})),
        None => error::not_found(),
    }
}

/// Returns a team, as the caller sees it.
pub(crate) fn resource(state: &State, caller: &Caller, team: &Team) -> Value {
    let organization = state.organizations.get(caller.at);
    let accounts = team.accounts.iter();
    let (users, memberships): (Vec<_>, Vec<_>) = accounts
        .map(|account| {
            let membership = organization.membership_id(Member::Account(*account));
            (
                json!({"id": state.accounts.get(*account).id, "type": "users"}),
                json!({"id": membership, "type": "organization-memberships"}),
            )
        })
        .unzip();
    let access: Map<_, _> =
        ACCESS.iter().map(|name| ((*name).to_owned(), json!(team.may(name)))).collect();
    let tokens = caller.may_manage_tokens_of(team);
    let manages = caller.manages_teams && (caller.owns || !team.owns());
    json!({
        "id": team.id,
        "type": "teams",
        "attributes": {
            "name": team.settings.name,
            "users-count": users.len(),
            "visibility": team.settings.visibility.name(),
            "sso-team-id": team.settings.sso_team_id,
            "allow-member-token-management": team.settings.allow_member_token_management,
            "organization-access": access,
            "is-unified": false,
            "permissions": {
                "can-destroy": manages && !team.owns(),
                "can-update-membership": manages || caller.manages_membership && !team.owns(),
                "can-update-organization-access": manages && !team.owns(),
                "can-update-visibility": manages && !team.owns(),
                "can-update-name": manages && !team.owns(),
                "can-update-api-token": tokens,
                "can-view-api-token": tokens,
            },
        },
        "relationships": {
            "organization": {
                "data": {"id": organization.name(), "type": "organizations"},
            },
            "users": {"data": users},
            "organization-memberships": {"data": memberships},
        },
        "links": {"self": format!("/api/v2/teams/{}", team.id)},
    })
}
