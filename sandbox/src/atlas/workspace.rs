//! The organization's workspaces, as far as `terraform init` needs them: a `cloud` block or the
//! backend `remote` reads the entitlements, finds or creates its workspace, and asks for a state
//! that is not there. Nothing runs on this server: plans run where terraform runs.

use hyper::StatusCode;
use serde_json::{Value, json};

use super::caller::Caller;
use super::document::{attributes, relationships};
use super::error;
use super::paging::pages;
use crate::clock::iso_8601;
use crate::exchange::{Call, Reply};
use crate::execution_mode::ExecutionMode;
use crate::organization::Organization;
use crate::state::State;
use crate::workspace::Workspace;

/// `GET /organizations/:name/workspaces`.
pub(crate) fn list(organization: &Organization, call: &Call) -> Reply {
    let query = call.query();
    let wanted = query.get("search[name]").unwrap_or_default();
    let found: Vec<_> = organization
        .workspaces
        .iter()
        .filter(|workspace| workspace.name.contains(wanted))
        .collect();
    Reply::ok(&pages(call, &found, |workspace| resource(organization, workspace)))
}

/// `GET /organizations/:name/workspaces/:name`.
pub(crate) fn show_by_name(organization: &Organization, name: &str) -> Reply {
    let mut workspaces = organization.workspaces.iter();
    match workspaces.find(|workspace| workspace.name == name) {
        Some(workspace) => answer(StatusCode::OK, organization, workspace),
        None => error::not_found(),
    }
}

/// `GET /workspaces/:id`.
pub(crate) fn show(organization: &Organization, id: &str) -> Reply {
    match organization.workspaces.get(id) {
        Some(workspace) => answer(StatusCode::OK, organization, workspace),
        None => error::not_found(),
    }
}

/// `POST /organizations/:name/workspaces`.
pub(crate) fn create(state: &mut State, caller: &Caller) -> Reply {
    let now = state.now();
    let organization = state.organizations.get_mut(caller.at);
    let attributes = attributes(caller.call);
    let name = attributes["name"].as_str().unwrap_or_default();
    if !is_name(name) {
        return error::invalid_attribute(
            "name",
            "Name can only contain letters, numbers, -, and _, 90 of them at most",
        );
    }
    let relationships = relationships(caller.call);
    let project = match relationships["project"]["data"]["id"].as_str() {
        Some(id) => organization.projects.get(id),
        None => Some(organization.projects.default()),
    };
    let Some(project) = project.map(|project| project.id.clone()) else {
        return error::not_found();
    };
    let mode = organization.settings.default_execution_mode;
    let mode =
        attributes["execution-mode"].as_str().and_then(ExecutionMode::from_name).unwrap_or(mode);
    let pool = attributes["agent-pool-id"].as_str();
    if pool.is_some_and(|pool| organization.agent_pools.get(pool).is_none()) {
        return error::not_found();
    }
    let Some(workspace) = organization.workspaces.create(name, &project, mode, now) else {
        return error::invalid_attribute("name", "Name has already been taken");
    };
    workspace.agent_pool = pool.map(str::to_owned);
    if let Some(version) = attributes["terraform-version"].as_str() {
        workspace.terraform_version = version.to_owned();
    }
    let id = workspace.id.clone();
    let workspace = organization.workspaces.get(&id).expect("it was just created");
    answer(StatusCode::CREATED, organization, workspace)
}

/// `PATCH /workspaces/:id`: terraform pins its own version.
pub(crate) fn update(state: &mut State, caller: &Caller, id: &str) -> Reply {
    let now = state.now();
    let organization = state.organizations.get_mut(caller.at);
    let Some(workspace) = organization.workspaces.get_mut(id) else {
        return error::not_found();
    };
    if let Some(version) = attributes(caller.call)["terraform-version"].as_str() {
        workspace.terraform_version = version.to_owned();
        workspace.updated_at = now;
    }
    show(organization, id)
}

/// `DELETE /workspaces/:id`.
pub(crate) fn delete(state: &mut State, caller: &Caller, id: &str) -> Reply {
    state.organizations.get_mut(caller.at).workspaces.delete(id);
    Reply::empty(StatusCode::NO_CONTENT)
}

fn is_name(name: &str) -> bool {
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
    (1..=90).contains(&name.len()) && name.bytes().all(allowed)
}

fn answer(status: StatusCode, organization: &Organization, workspace: &Workspace) -> Reply {
    Reply::document(status, &json!({"data": resource(organization, workspace)}))
}

pub(crate) fn resource(organization: &Organization, workspace: &Workspace) -> Value {
    json!({
        "id": workspace.id,
        "type": "workspaces",
        "attributes": {
            "name": workspace.name,
            "created-at": iso_8601(workspace.created_at),
            "updated-at": iso_8601(workspace.updated_at),
            "execution-mode": workspace.execution_mode.name(),
            "operations": false,
            "locked": false,
            "terraform-version": workspace.terraform_version,
            "resource-count": 0,
            "tag-names": [],
            "permissions": {
                "can-read-settings": true,
                "can-update": true,
                "can-create-state-versions": false,
                "can-destroy": false,
                "can-lock": false,
                "can-unlock": false,
                "can-queue-run": false,
            },
        },
        "relationships": {
            "organization": {"data": {"id": organization.name(), "type": "organizations"}},
            "project": {"data": {"id": workspace.project, "type": "projects"}},
        },
        "links": {"self": format!("/api/v2/organizations/{}/workspaces/{}", organization.name(), workspace.name)},
    })
}
