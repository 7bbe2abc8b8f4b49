//! Projects, as far as agent pools and workspaces refer to them.

use hyper::StatusCode;
use serde_json::{Value, json};

use super::caller::Caller;
use super::paging::pages;
use super::{document, error};
use crate::clock::iso_8601;
use crate::exchange::Reply;
use crate::organization::Organization;
use crate::project::Project;
use crate::state::State;

/// `GET /organizations/:name/projects`.
pub(crate) fn list(state: &State, caller: &Caller) -> Reply {
    let organization = state.organizations.get(caller.at);
    let query = caller.call.query();
    let names = query.filled("filter[names]");
    let wanted = query.get("q").unwrap_or_default().to_lowercase();
    let projects = organization.projects.iter();
    let projects: Vec<_> = projects
        .filter(|it| names.is_none_or(|names| names.split(',').any(|name| name == it.name)))
        .filter(|it| it.name.to_lowercase().contains(&wanted))
        .collect();
    Reply::ok(&pages(caller.call, &projects, |project| resource(organization, project)))
}

/// `POST /organizations/:name/projects`.
pub(crate) fn create(state: &mut State, caller: &Caller) -> Reply {
    let now = state.now();
    let organization = state.organizations.get_mut(caller.at);
    let attributes = document::attributes(caller.call);
    let name = attributes["name"].as_str().unwrap_or_default();
    if let Some(refusal) = refusal(organization, name, None) {
        return refusal;
    }
    let mut project = Project::new(name, now);
    project.description = attributes["description"].as_str().unwrap_or_default().to_owned();
    let reply =
        Reply::document(StatusCode::CREATED, &json!({"data": resource(organization, &project)}));
    organization.projects.add(project);
    reply
}

/// `GET /projects/:id`.
pub(crate) fn show(state: &State, caller: &Caller, id: &str) -> Reply {
    let organization = state.organizations.get(caller.at);
    match organization.projects.get(id) {
        Some(project) => Reply::ok(&json!({"data": resource(organization, project)})),
        None => error::not_found(),
    }
}

/// `PATCH /projects/:id`.
pub(crate) fn update(state: &mut State, caller: &Caller, id: &str) -> Reply {
    let organization = state.organizations.get_mut(caller.at);
    let attributes = document::attributes(caller.call);
    if let Some(name) = attributes["name"].as_str()
        && let Some(refusal) = refusal(organization, name, Some(id))
    {
        return refusal;
    }
    if let Some(project) = organization.projects.get_mut(id) {
        let set = |name: &str, text: &mut String| {
            attributes[name].as_str().into_iter().for_each(|new| new.clone_into(text));
        };
        set("name", &mut project.name);
        set("description", &mut project.description);
    }
    show(state, caller, id)
}

/// `DELETE /projects/:id`. The default one stays, and so does one that has workspaces.
pub(crate) fn delete(state: &mut State, caller: &Caller, id: &str) -> Reply {
    let organization = state.organizations.get_mut(caller.at);
    let mut workspaces = organization.workspaces.iter();
    if workspaces.any(|workspace| workspace.project == id) {
        return error::unprocessable("The project has workspaces");
    }
    match organization.projects.delete(id) {
        true => Reply::empty(StatusCode::NO_CONTENT),
        false => error::unprocessable("The default project cannot be deleted"),
    }
}

fn refusal(organization: &Organization, name: &str, id: Option<&str>) -> Option<Reply> {
    if !(3..=40).contains(&name.chars().count()) {
        return Some(error::invalid_attribute("name", "Name must have 3 to 40 characters"));
    }
    let taken = organization.projects.named(name);
    taken
        .filter(|other| Some(other.id.as_str()) != id)
        .map(|_| error::invalid_attribute("name", "Name has already been taken"))
}

pub(crate) fn resource(organization: &Organization, project: &Project) -> Value {
    let mut workspaces = organization.workspaces.iter();
    let workspaces = workspaces.by_ref().filter(|it| it.project == project.id).count();
    json!({
        "id": project.id,
        "type": "projects",
        "attributes": {
            "name": project.name,
            "description": project.description,
            "created-at": iso_8601(project.created_at),
            "workspace-count": workspaces,
            "team-count": 0,
            "is-unified": false,
            "default-execution-mode": organization.settings.default_execution_mode.name(),
            "permissions": {"can-read": true, "can-update": true, "can-destroy": true},
        },
        "relationships": {
            "organization": {"data": {"id": organization.name(), "type": "organizations"}},
        },
        "links": {"self": format!("/api/v2/projects/{}", project.id)},
    })
}
