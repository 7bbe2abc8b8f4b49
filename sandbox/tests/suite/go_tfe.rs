//! What HashiCorp's own Go client asks of the real service and expects of it, request by request: its
//! integration tests at v1.109.0, whose file and function each test here names. Left out by name are the
//! subtests that need VCS, SCIM, HYOK, runs or a beta that is not documented.

mod agent_pools;
mod memberships;
mod organizations;
mod site_administration;
mod team_tokens;
mod teams;

use keybelt_sandbox::{Limits, Options, Sandbox};
use serde_json::{Value, json};

use crate::wire::Answer;
use crate::{account, api};

/// Starts a sandbox with one who owns what they make and is a site administrator too.
fn sandbox() -> Sandbox {
    let options = Options { site_admin: true, limits: Limits::Off, ..Options::default() };
    Sandbox::start(options).unwrap()
}

fn ask(sandbox: &Sandbox, method: &str, path: &str, body: Option<Value>) -> Answer {
    api(sandbox, &account(sandbox, "root-admin").token, method, path, body)
}

fn get(sandbox: &Sandbox, path: &str) -> Value {
    let answer = ask(sandbox, "GET", path, None);
    assert_eq!(answer.status, 200, "{path}: {}", answer.text);
    answer.json()
}

/// Sends a resource as go-tfe does and returns what came of it.
fn send(sandbox: &Sandbox, method: &str, path: &str, kind: &str, attributes: Value) -> Answer {
    let body = json!({"data": {"type": kind, "attributes": attributes}});
    ask(sandbox, method, path, Some(body))
}

fn create(sandbox: &Sandbox, path: &str, kind: &str, attributes: Value) -> Value {
    let answer = send(sandbox, "POST", path, kind, attributes);
    assert_eq!(answer.status, 201, "{path}: {}", answer.text);
    answer.json()["data"].take()
}

fn delete(sandbox: &Sandbox, path: &str) -> u16 {
    ask(sandbox, "DELETE", path, None).status
}

/// helper_test.go, createOrganization: returns the name.
fn organization(sandbox: &Sandbox, name: &str) -> String {
    let attributes = json!({
        "name": name,
        "email": format!("{name}@tfe.local"),
        "cost-estimation-enabled": true,
        "stacks-enabled": true,
    });
    let created = create(sandbox, "/organizations", "organizations", attributes);
    assert_eq!(created["attributes"]["cost-estimation-enabled"], json!(true));
    text(&created["id"])
}

/// helper_test.go, createTeam: returns the id.
fn team(sandbox: &Sandbox, organization: &str, name: &str) -> String {
    let access = json!({
        "manage-policies": true,
        "manage-policy-overrides": true,
        "delegate-policy-overrides": true,
        "manage-providers": true,
        "manage-modules": true,
    });
    let attributes = json!({"name": name, "organization-access": access});
    let path = format!("/organizations/{organization}/teams");
    text(&create(sandbox, &path, "teams", attributes)["id"])
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_else(|| panic!("{value} is no text")).to_owned()
}

fn ids(list: &Value) -> Vec<String> {
    list["data"].as_array().unwrap().iter().map(|resource| text(&resource["id"])).collect()
}

/// Returns how far an expiry is from two calendar years after the creation, in seconds.
fn off_two_years(token: &Value) -> i64 {
    let time = |name: &str| text(&token["attributes"][name]).parse::<jiff::Timestamp>().unwrap();
    let lifetime = time("expired-at").duration_since(time("created-at")).as_secs();
    (lifetime - crate::two_calendar_years(time("created-at"))).abs()
}
