//! Agent pools and their tokens. No agent ever comes.

use hyper::StatusCode;
use serde_json::{Value, json};

use super::authentication_token::{self, resource as token_resource};
use super::caller::Caller;
use super::include::Include;
use super::paging::pages;
use super::{document, error, workspace};
use crate::agent_pool::{AgentPool, PoolSettings};
use crate::clock::iso_8601;
use crate::exchange::{Call, Reply};
use crate::organization::Organization;
use crate::state::State;
use crate::token::Holder;

/// `GET /organizations/:name/agent-pools`.
pub(crate) fn list(state: &State, caller: &Caller) -> Reply {
    let organization = state.organizations.get(caller.at);
    let query = caller.call.query();
    let include = match Include::of(&query, &["workspaces"]) {
        Ok(include) => include,
        Err(refusal) => return refusal,
    };
    let wanted = query.get("q").unwrap_or_default().to_lowercase();
    let workspace = query.filled("filter[allowed_workspaces][name]");
    let project = query.filled("filter[allowed_projects][name]");
    let pools = organization.agent_pools.iter();
    let mut pools: Vec<_> = pools
        .filter(|pool| pool.settings.name.to_lowercase().contains(&wanted))
        .filter(|pool| workspace.is_none_or(|name| allows_workspace(organization, pool, name)))
        .filter(|pool| project.is_none_or(|name| allows_project(organization, pool, name)))
        .collect();
    match query.filled("sort") {
        None | Some("created-at") => {}
        Some("-created-at") => pools.reverse(),
        Some("name") => pools.sort_by_key(|pool| &pool.settings.name),
        Some("-name") => {
            pools.sort_by_key(|pool| &pool.settings.name);
            pools.reverse();
        }
        Some(_) => return error::bad_request("Invalid sort parameter"),
    }
    let mut document = pages(caller.call, &pools, |pool| resource(organization, pool));
    include_workspaces(organization, &include, &mut document);
    Reply::ok(&document)
}

fn allows_workspace(organization: &Organization, pool: &AgentPool, name: &str) -> bool {
    let workspace = organization.workspaces.iter().find(|workspace| workspace.name == name);
    pool.settings.organization_scoped
        || workspace.is_some_and(|it| pool.settings.allowed_workspaces.contains(&it.id))
}

fn allows_project(organization: &Organization, pool: &AgentPool, name: &str) -> bool {
    let project = organization.projects.named(name);
    pool.settings.organization_scoped
        || project.is_some_and(|project| pool.settings.allowed_projects.contains(&project.id))
}

/// `POST /organizations/:name/agent-pools`.
pub(crate) fn create(state: &mut State, caller: &Caller) -> Reply {
    let now = state.now();
    let organization = state.organizations.get_mut(caller.at);
    let empty = PoolSettings::new("");
    let settings = match settings(organization, caller.call, &empty, None) {
        Ok(settings) => settings,
        Err(refusal) => return refusal,
    };
    let id = organization.agent_pools.create(settings, now).id.clone();
    answer(StatusCode::CREATED, state.organizations.get(caller.at), &id)
}

/// `GET /agent-pools/:id`.
pub(crate) fn show(state: &State, caller: &Caller, id: &str) -> Reply {
    let organization = state.organizations.get(caller.at);
    let include = match Include::of(&caller.call.query(), &["workspaces"]) {
        Ok(include) => include,
        Err(refusal) => return refusal,
    };
    let Some(pool) = organization.agent_pools.get(id) else {
        return error::not_found();
    };
    let mut document = json!({"data": resource(organization, pool)});
    include_workspaces(organization, &include, &mut document);
    Reply::ok(&document)
}

/// `PATCH /agent-pools/:id`: what it names is changed.
pub(crate) fn update(state: &mut State, caller: &Caller, id: &str) -> Reply {
    let organization = state.organizations.get_mut(caller.at);
    let Some(pool) = organization.agent_pools.get(id) else {
        return error::not_found();
    };
    let settings = match settings(organization, caller.call, &pool.settings, Some(id)) {
        Ok(settings) => settings,
        Err(refusal) => return refusal,
    };
    if let Some(pool) = organization.agent_pools.get_mut(id) {
        pool.settings = settings;
    }
    answer(StatusCode::OK, organization, id)
}

/// `DELETE /agent-pools/:id`. Its tokens end with it; what is the default stays.
pub(crate) fn delete(state: &mut State, caller: &Caller, id: &str) -> Reply {
    let organization = state.organizations.get_mut(caller.at);
    if organization.settings.default_agent_pool.as_deref() == Some(id) {
        return error::unprocessable("The default agent pool of an organization cannot be deleted");
    }
    organization.agent_pools.delete(id);
    state.tokens.revoke_all(&Holder::AgentPool(id.to_owned()));
    Reply::empty(StatusCode::NO_CONTENT)
}

/// `GET /agent-pools/:id/authentication-tokens`, in no order unless asked for one.
pub(crate) fn tokens(state: &State, caller: &Caller, id: &str) -> Reply {
    let mut tokens = state.tokens.of(&Holder::AgentPool(id.to_owned()));
    match caller.call.query().filled("sort") {
        // The end of a token's id is random, and stays: pages agree with one another.
        None => tokens.sort_by(|a, b| a.id.cmp(&b.id)),
        Some("created-at") => {}
        Some("-created-at") => tokens.reverse(),
        Some(_) => return error::bad_request("Invalid sort parameter"),
    }
    Reply::ok(&pages(caller.call, &tokens, |record| token_resource(state, record, None)))
}

/// `POST /agent-pools/:id/authentication-tokens`.
pub(crate) fn create_token(state: &mut State, caller: &Caller, id: &str) -> Reply {
    let new = match authentication_token::new_token(caller.call, state.now()) {
        Ok(new) => new,
        Err(refusal) => return refusal,
    };
    if new.description.as_deref().is_none_or(|text| text.trim().is_empty()) {
        return error::invalid_attribute("description", "Description can't be blank");
    }
    let holder = Holder::AgentPool(id.to_owned());
    authentication_token::create(state, holder, caller.holder, new)
}

/// Returns the settings with what a request changes of them.
fn settings(
    organization: &Organization,
    call: &Call,
    present: &PoolSettings,
    id: Option<&str>,
) -> Result<PoolSettings, Reply> {
    let attributes = document::required_attributes(call)?;
    let name = attributes["name"].as_str().unwrap_or(&present.name);
    if name.is_empty() {
        return Err(error::invalid_attribute("name", "Name can't be blank"));
    }
    let taken = organization.agent_pools.named(name);
    if taken.is_some_and(|other| Some(other.id.as_str()) != id) {
        return Err(error::invalid_attribute("name", "Name has already been taken"));
    }
    let relationships = document::relationships(call);
    let related = |name: &str, present: &[String], known: &dyn Fn(&str) -> bool| {
        let Some(named) = relationships[name]["data"].as_array() else {
            return Ok(present.to_vec());
        };
        let ids: Vec<_> = named.iter().filter_map(|it| it["id"].as_str()).collect();
        match ids.iter().all(|id| known(id)) {
            true => Ok(ids.into_iter().map(str::to_owned).collect()),
            false => Err(error::not_found()),
        }
    };
    let workspace = |id: &str| organization.workspaces.get(id).is_some();
    let project = |id: &str| organization.projects.get(id).is_some();
    Ok(PoolSettings {
        name: name.to_owned(),
        organization_scoped: document::switch(
            &attributes,
            "organization-scoped",
            present.organization_scoped,
        )?,
        allowed_workspaces: related("allowed-workspaces", &present.allowed_workspaces, &workspace)?,
        allowed_projects: related("allowed-projects", &present.allowed_projects, &project)?,
        excluded_workspaces: related(
            "excluded-workspaces",
            &present.excluded_workspaces,
            &workspace,
        )?,
    })
}

fn answer(status: StatusCode, organization: &Organization, id: &str) -> Reply {
    match organization.agent_pools.get(id) {
        Some(pool) => Reply::document(status, &json!({"data": resource(organization, pool)})),
        None => error::not_found(),
    }
}

fn resource(organization: &Organization, pool: &AgentPool) -> Value {
    let identifiers = |kind: &str, ids: &[String]| -> Vec<Value> {
        ids.iter().map(|id| json!({"id": id, "type": kind})).collect()
    };
    let path = format!("/api/v2/agent-pools/{}", pool.id);
    let settings = &pool.settings;
    json!({
        "id": pool.id,
        "type": "agent-pools",
        "attributes": {
            "name": settings.name,
            "agent-count": 0,
            "organization-scoped": settings.organization_scoped,
            "created-at": iso_8601(pool.created_at),
        },
        "relationships": {
            "organization": {"data": {"id": organization.name(), "type": "organizations"}},
            "agents": {"links": {"related": format!("{path}/agents")}},
            "authentication-tokens": {"links": {"related": format!("{path}/authentication-tokens")}},
            "workspaces": {"data": workspaces(organization, pool).map(|workspace| {
                json!({"id": workspace.id, "type": "workspaces"})
            }).collect::<Vec<_>>()},
            "allowed-workspaces": {"data": identifiers("workspaces", &settings.allowed_workspaces)},
            "allowed-projects": {"data": identifiers("projects", &settings.allowed_projects)},
            "excluded-workspaces": {"data": identifiers("workspaces", &settings.excluded_workspaces)},
        },
        "links": {"self": path},
    })
}

/// Returns the workspaces whose runs would go to this pool.
fn workspaces<'a>(
    organization: &'a Organization,
    pool: &'a AgentPool,
) -> impl Iterator<Item = &'a crate::workspace::Workspace> {
    organization.workspaces.iter().filter(|it| it.agent_pool.as_deref() == Some(&pool.id))
}

fn include_workspaces(organization: &Organization, include: &Include, document: &mut Value) {
    include.begin(document);
    if include.has("workspaces") {
        for pool in organization.agent_pools.iter() {
            for workspace in workspaces(organization, pool) {
                include.add(document, workspace::resource(organization, workspace));
            }
        }
    }
}
