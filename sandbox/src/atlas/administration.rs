//! What site administrators of an installation do: look at all users, and suspend, delete or help one.
//! To everyone else nothing of it is there.

use hyper::{Method, StatusCode};
use serde_json::{Value, json};

use super::caller::User;
use super::include::Include;
use super::paging::pages;
use super::{document, error};
use crate::account::Account;
use crate::exchange::{Call, Parameters, Reply};
use crate::member::Member;
use crate::organization::Plan;
use crate::state::State;
use crate::token::Holder;

/// Answers a request below `/admin`.
pub(crate) fn answer(
    state: &mut State,
    call: &Call,
    user: &User,
    method: &Method,
    route: &[&str],
) -> Reply {
    if !state.accounts.get(user.owner).is_admin {
        return error::not_found();
    }
    match (method, route) {
        (&Method::GET, ["users"]) => list(state, call),
        (&Method::GET, ["users", id]) => match state.accounts.index_by_id(id) {
            Some(index) => answer_with(state, index),
            None => error::not_found(),
        },
        (&Method::DELETE, ["users", id]) => match state.accounts.index_by_id(id) {
            Some(index) => delete(state, index),
            None => error::not_found(),
        },
        (&Method::POST, ["users", id, "actions", action]) => match state.accounts.index_by_id(id) {
            Some(index) => act(state, index, action),
            None => error::not_found(),
        },
        (&Method::GET, ["feature-sets"]) => feature_sets(call),
        (&Method::POST, ["organizations", name, "subscription"]) => subscribe(state, call, name),
        _ => error::not_found(),
    }
}

/// `GET /admin/users`.
fn list(state: &State, call: &Call) -> Reply {
    let query = call.query();
    let include = match Include::of(&query, &["organizations"]) {
        Ok(include) => include,
        Err(refusal) => return refusal,
    };
    let all: Vec<_> = state.accounts.iter().collect();
    let fits = |account: &Account| fits(account, &query);
    let found: Vec<_> = all.iter().filter(|(_, account)| fits(account)).copied().collect();
    let resource = |(index, account): &(usize, &Account)| resource(state, *index, account);
    let mut document = pages(call, &found, resource);
    let count = |wanted: fn(&Account) -> bool| all.iter().filter(|(_, it)| wanted(it)).count();
    document["meta"]["status-counts"] = json!({
        "total": all.len(),
        "suspended": count(|account| account.is_suspended),
        "admin": count(|account| account.is_admin),
    });
    include.begin(&mut document);
    if include.has("organizations") {
        for organization in state.organizations.iter() {
            let name = organization.name();
            let resource = json!({
                "id": name,
                "type": "organizations",
                "attributes": {"name": name, "email": organization.settings.email},
            });
            include.add(&mut document, resource);
        }
    }
    Reply::ok(&document)
}

fn fits(account: &Account, query: &Parameters) -> bool {
    let wanted = query.get("q").unwrap_or_default().to_lowercase();
    let username = account.username.as_deref().unwrap_or_default();
    let named = [username, &account.email].iter().any(|text| text.to_lowercase().contains(&wanted));
    let flag = |name: &str, value: bool| match query.filled(name) {
        None => true,
        Some(wanted) => wanted == value.to_string(),
    };
    named
        && flag("filter[admin]", account.is_admin)
        && flag("filter[suspended]", account.is_suspended)
}

/// `POST /admin/users/:id/actions/:action`. None has a body.
fn act(state: &mut State, index: usize, action: &str) -> Reply {
    let account = state.accounts.get_mut(index);
    if action == "disable_two_factor" {
        return match account.two_factor.take() {
            Some(_) => answer_with(state, index),
            None => error::bad_request("The user does not have two-factor authentication enabled"),
        };
    }
    let service = account.is_service_account;
    let (flag, value) = match action {
        "suspend" => (&mut account.is_suspended, true),
        "unsuspend" => (&mut account.is_suspended, false),
        "grant_admin" => (&mut account.is_admin, true),
        "revoke_admin" => (&mut account.is_admin, false),
        "grant_site_auditor" | "revoke_site_auditor" if service => {
            return error::bad_request("A service account cannot be a site auditor");
        }
        "grant_site_auditor" => (&mut account.is_site_auditor, true),
        "revoke_site_auditor" => (&mut account.is_site_auditor, false),
        _ => return error::not_found(),
    };
    if std::mem::replace(flag, value) == value {
        return error::bad_request("The user is in that state already");
    }
    answer_with(state, index)
}

/// `DELETE /admin/users/:id`: the user's own tokens end; those of teams that they made live on.
fn delete(state: &mut State, index: usize) -> Reply {
    if state.organizations.iter().any(|organization| organization.is_last_owner(index)) {
        return error::unprocessable("The user is the only owner of an organization");
    }
    for organization in state.organizations.iter_mut() {
        organization.remove(Member::Account(index));
    }
    let holder = Holder::Account(index);
    state.tokens.revoke_all(&holder);
    state.aptible.tokens.revoke_all(&holder);
    state.accounts.delete(index);
    Reply::empty(StatusCode::NO_CONTENT)
}

fn answer_with(state: &State, index: usize) -> Reply {
    Reply::ok(&json!({"data": resource(state, index, state.accounts.get(index))}))
}

fn resource(state: &State, index: usize, account: &Account) -> Value {
    let mut document = document::user(account);
    let mut data = document["data"].take();
    let attributes = &mut data["attributes"];
    attributes["email"] = json!(account.email);
    attributes["is-admin"] = json!(account.is_admin);
    attributes["is-site-auditor"] = json!(account.is_site_auditor);
    attributes["is-suspended"] = json!(account.is_suspended);
    // The documents' samples leave it out; go-tfe v1.109.0 reads it (admin_user.go).
    attributes["two-factor"] = json!({
        "enabled": account.two_factor.is_some(),
        "verified": account.has_verified_two_factor(),
    });
    let organizations: Vec<_> = state
        .organizations
        .iter()
        .filter(|organization| organization.membership_of(index).is_some())
        .map(|organization| json!({"id": organization.name(), "type": "organizations"}))
        .collect();
    data["relationships"]["organizations"] = json!({"data": organizations});
    data
}

/// `GET /admin/feature-sets`: what a subscription can be to.
fn feature_sets(call: &Call) -> Reply {
    let query = call.query();
    let wanted = query.get("q").unwrap_or_default();
    let plans = Plan::ALL.into_iter().filter(|plan| plan.name().contains(wanted));
    let plans: Vec<_> = plans.collect();
    Reply::ok(&pages(call, &plans, |plan| {
        json!({
            "id": feature_set_id(*plan),
            "type": "feature-sets",
            "attributes": {"name": plan.name()},
        })
    }))
}

fn feature_set_id(plan: Plan) -> String {
    let name = plan.name().split(' ').next().unwrap_or_default();
    format!("fs-{}", name.to_lowercase())
}

/// `POST /admin/organizations/:name/subscription`.
fn subscribe(state: &mut State, call: &Call, name: &str) -> Reply {
    let relationships = document::relationships(call);
    let id = relationships["feature-set"]["data"]["id"].as_str().unwrap_or_default();
    let plan = Plan::ALL.into_iter().find(|plan| feature_set_id(*plan) == id);
    let at = state.organizations.position(|organization| organization.name() == name);
    match (at, plan) {
        (Some(at), Some(plan)) => {
            state.organizations.get_mut(at).plan = plan;
            let data = json!({"id": format!("sub-{name}"), "type": "subscriptions"});
            Reply::ok(&json!({"data": data}))
        }
        (None, _) => error::not_found(),
        (Some(_), None) => error::unprocessable("There is no such feature set"),
    }
}
