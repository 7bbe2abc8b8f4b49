//! The organization's workspaces, as far as `terraform init` needs them: a `cloud` block or the
//! backend `remote` reads the entitlements, finds or creates its workspace, and asks for a state
//! that is not there. Nothing runs on this server: plans run where terraform runs.

use hyper::StatusCode;
use serde_json::{Value, json};

use super::document::attributes;
use super::error;
use super::paging::pages;
use crate::clock::iso_8601;
use crate::exchange::{Call, Reply};
use crate::organization::Organization;
use crate::state::State;
use crate::workspace::Workspace;

/// `GET /organizations/:name/entitlement-set`.
pub(crate) fn entitlements(organization: &Organization) -> Reply {
    let document = json!({"data": {
        "id": organization.external_id,
        "type": "entitlement-sets",
        "attributes": {
            "agents": false,
            "audit-logging": false,
            "cost-estimation": false,
            "operations": false,
            "private-module-registry": true,
            "run-tasks": false,
            "sentinel": false,
            "sso": false,
            "state-storage": false,
            "teams": true,
            "user-limit": null,
            "vcs-integrations": false,
        },
        "links": {"self": format!("/api/v2/entitlement-sets/{}", organization.external_id)},
    }});
    Reply::document(StatusCode::OK, &document)
}

/// `GET /organizations/:name/workspaces`.
pub(crate) fn list(organization: &Organization, call: &Call) -> Reply {
    let query = call.query();
    let wanted = query.get("search[name]").unwrap_or_default();
    let found: Vec<_> = organization
        .workspaces
        .iter()
        .filter(|workspace| workspace.name.contains(wanted))
        .collect();
    let document = pages(call, &found, |workspace| resource(organization, workspace));
    Reply::document(StatusCode::OK, &document)
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
pub(crate) fn create(state: &mut State, call: &Call) -> Reply {
    let now = state.now();
    let attributes = attributes(call);
    let name = attributes["name"].as_str().unwrap_or_default();
    if !is_name(name) {
        return error::invalid_attribute(
            "name",
            "Name can only contain letters, numbers, -, and _, 90 of them at most",
        );
    }
    let Some(workspace) = state.organization.workspaces.create(name, now) else {
        return error::invalid_attribute("name", "Name has already been taken");
    };
    if let Some(version) = attributes["terraform-version"].as_str() {
        workspace.terraform_version = version.to_owned();
    }
    let id = workspace.id.clone();
    let workspace = state.organization.workspaces.get(&id);
    let workspace = workspace.expect("it was just created");
    answer(StatusCode::CREATED, &state.organization, workspace)
}

/// `PATCH /workspaces/:id`: terraform pins its own version.
pub(crate) fn update(state: &mut State, call: &Call, id: &str) -> Reply {
    let now = state.now();
    let Some(workspace) = state.organization.workspaces.get_mut(id) else {
        return error::not_found();
    };
    if let Some(version) = attributes(call)["terraform-version"].as_str() {
        workspace.terraform_version = version.to_owned();
        workspace.updated_at = now;
    }
    show(&state.organization, id)
}

fn is_name(name: &str) -> bool {
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
    (1..=90).contains(&name.len()) && name.bytes().all(allowed)
}

fn answer(status: StatusCode, organization: &Organization, workspace: &Workspace) -> Reply {
    Reply::document(status, &json!({"data": resource(organization, workspace)}))
}

fn resource(organization: &Organization, workspace: &Workspace) -> Value {
    json!({
        "id": workspace.id,
        "type": "workspaces",
        "attributes": {
            "name": workspace.name,
            "created-at": iso_8601(workspace.created_at),
            "updated-at": iso_8601(workspace.updated_at),
            "execution-mode": "local",
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
            "organization": {"data": {"id": organization.name, "type": "organizations"}},
        },
        "links": {"self": format!("/api/v2/organizations/{}/workspaces/{}", organization.name, workspace.name)},
    })
}
