//! What `terraform init` asks for with a `cloud` block or the backend `remote`.

use keybelt_sandbox::Sandbox;
use serde_json::{Value, json};

use crate::wire::{Answer, Request};
use crate::{account, api, sandbox};

fn call(sandbox: &Sandbox, method: &str, path: &str, attributes: Option<Value>) -> Answer {
    let token = account(sandbox, "alice").token;
    let body = attributes
        .map(|attributes| json!({"data": {"type": "workspaces", "attributes": attributes}}));
    api(sandbox, &token, method, path, body)
}

#[test]
fn an_organization_says_what_it_is_entitled_to() {
    let sandbox = sandbox();
    let answer = call(&sandbox, "GET", "/organizations/acme/entitlement-set", None);
    assert_eq!((answer.status, answer.at("/data/type").as_str()), (200, "entitlement-sets"));
    let attributes = &answer.json()["data"]["attributes"];
    assert_eq!(attributes["private-module-registry"], json!(true));
    assert_eq!(attributes["operations"], json!(false), "nothing runs here");
}

#[test]
fn a_workspace_is_created_found_by_name_and_pinned_to_a_version() {
    let sandbox = sandbox();
    let by_name = "/organizations/acme/workspaces/demo";
    assert_eq!(call(&sandbox, "GET", by_name, None).status, 404);
    let workspaces = "/organizations/acme/workspaces";
    let created = call(&sandbox, "POST", workspaces, Some(json!({"name": "demo"})));
    assert_eq!((created.status, created.at("/data/attributes/name").as_str()), (201, "demo"));
    let path = format!("/workspaces/{}", created.at("/data/id"));
    let pin = json!({"terraform-version": "1.11.4"});
    let updated = call(&sandbox, "PATCH", &path, Some(pin));
    assert_eq!(updated.status, 200);
    for path in [by_name, &path] {
        let found = call(&sandbox, "GET", path, None);
        assert_eq!(found.at("/data/id"), created.at("/data/id"));
        assert_eq!(found.at("/data/attributes/terraform-version"), "1.11.4");
        assert_eq!(found.at("/data/attributes/execution-mode"), "local");
    }
    let state = format!("{path}/current-state-version");
    assert_eq!(call(&sandbox, "GET", &state, None).status, 404, "there is no state");
    let list = call(&sandbox, "GET", workspaces, None);
    assert_eq!(list.json()["meta"]["pagination"]["total-count"], json!(1));
}

#[test]
fn a_name_that_is_taken_or_none_is_422() {
    let sandbox = sandbox();
    let create = |name: &str| {
        let attributes = json!({"name": name});
        call(&sandbox, "POST", "/organizations/acme/workspaces", Some(attributes)).status
    };
    assert_eq!(create("demo"), 201);
    for name in ["demo", "DEMO", "", "a/b", "a b", &"a".repeat(91)] {
        assert_eq!(create(name), 422, "{name}");
    }
}

#[test]
fn another_organization_is_hidden_and_a_token_is_needed() {
    let sandbox = sandbox();
    for path in ["/organizations/other/entitlement-set", "/organizations/other/workspaces/demo"] {
        assert_eq!(call(&sandbox, "GET", path, None).status, 404);
    }
    let anonymous = Request::get("/api/v2/organizations/acme/entitlement-set").send(&sandbox);
    assert_eq!(anonymous.status, 401);
}
