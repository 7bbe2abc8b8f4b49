//! agent_pool_integration_test.go and agent_token_integration_test.go.

use serde_json::{Value, json};

use super::{ask, create, delete, get, ids, organization, sandbox, send, text};
use crate::{account, api};

const POOLS: &str = "/organizations/tst-one/agent-pools";

fn pool(sandbox: &keybelt_sandbox::Sandbox, name: &str, related: Value) -> Value {
    let scoped = related.as_object().unwrap().is_empty();
    let data = json!({
        "type": "agent-pools",
        "attributes": {"name": name, "organization-scoped": scoped},
        "relationships": related,
    });
    let answer = ask(sandbox, "POST", POOLS, Some(json!({"data": data})));
    assert_eq!(answer.status, 201, "{}", answer.text);
    answer.json()["data"].take()
}

fn related(name: &str, kind: &str, resource: &Value) -> Value {
    json!({name: {"data": [{"id": resource["id"], "type": kind}]}})
}

#[test]
fn pools_are_created_listed_sorted_and_deleted() {
    // TestAgentPoolsList, ..Create, ..Read, ..ReadCreatedAt, ..Delete.
    let sandbox = sandbox();
    organization(&sandbox, "tst-one");
    let first = create(&sandbox, POOLS, "agent-pools", json!({"name": "first"}));
    let path = format!("/agent-pools/{}", text(&first["id"]));
    assert_eq!(get(&sandbox, &path)["data"], first);
    assert!(!text(&first["attributes"]["created-at"]).is_empty());
    assert_eq!(first["attributes"]["organization-scoped"], json!(true));
    let list = get(&sandbox, POOLS);
    assert_eq!(list["data"], json!([first]));
    let pagination = &list["meta"]["pagination"];
    assert_eq!((&pagination["current-page"], &pagination["total-count"]), (&json!(1), &json!(1)));
    let page = get(&sandbox, &format!("{POOLS}?page%5Bnumber%5D=999&page%5Bsize%5D=100"));
    assert_eq!((ids(&page).len(), &page["meta"]["pagination"]["total-count"]), (0, &json!(1)));
    let second = create(&sandbox, POOLS, "agent-pools", json!({"name": "another"}));
    let [first_id, second_id] = [&first, &second].map(|pool| text(&pool["id"]));
    for (sort, expected) in [
        ("created-at", [&first_id, &second_id]),
        ("-created-at", [&second_id, &first_id]),
        ("name", [&second_id, &first_id]),
    ] {
        assert_eq!(
            ids(&get(&sandbox, &format!("{POOLS}?sort={sort}"))).iter().collect::<Vec<_>>(),
            expected
        );
    }
    assert_eq!(ids(&get(&sandbox, &format!("{POOLS}?q=first"))), [first_id]);
    assert!(ids(&get(&sandbox, &format!("{POOLS}?q=firstnot_going_to_match"))).is_empty());
    for name in ["", "first"] {
        assert_eq!(send(&sandbox, "POST", POOLS, "agent-pools", json!({"name": name})).status, 422);
    }
    assert_eq!((delete(&sandbox, &path), delete(&sandbox, &path)), (204, 404));
    assert_eq!(ask(&sandbox, "GET", &path, None).status, 404);
}

#[test]
fn pools_are_for_workspaces_and_projects() {
    // TestAgentPoolsCreate, ..Update, ..UpdateAllowedWorkspaces, ..UpdateAllowedProjects,
    // ..UpdateExcludedWorkspaces; TestAgentPoolsList, the filters and "with Include option" (without VCS).
    let sandbox = sandbox();
    organization(&sandbox, "tst-one");
    let workspaces = "/organizations/tst-one/workspaces";
    let projects = "/organizations/tst-one/projects";
    let [one, two] = ["ws-one", "ws-two"]
        .map(|name| create(&sandbox, workspaces, "workspaces", json!({"name": name})));
    let project = create(&sandbox, projects, "projects", json!({"name": "project"}));
    let whole = pool(&sandbox, "whole", json!({}));
    let for_one = pool(&sandbox, "a-pool", related("allowed-workspaces", "workspaces", &one));
    let for_two = pool(&sandbox, "b-pool", related("allowed-workspaces", "workspaces", &two));
    let for_project = pool(&sandbox, "c-pool", related("allowed-projects", "projects", &project));
    let found = |filter: &str| ids(&get(&sandbox, &format!("{POOLS}?{filter}")));
    let expected = |pools: [&Value; 2]| pools.map(|pool| text(&pool["id"]));
    for (filter, pools) in [
        ("filter%5Ballowed_workspaces%5D%5Bname%5D=ws-one", [&whole, &for_one]),
        ("filter%5Ballowed_workspaces%5D%5Bname%5D=ws-two", [&whole, &for_two]),
        ("filter%5Ballowed_projects%5D%5Bname%5D=project", [&whole, &for_project]),
    ] {
        assert_eq!(found(filter), expected(pools), "{filter}");
    }
    let path = format!("/agent-pools/{}", text(&for_one["id"]));
    let patch = |attributes: Value, relationships: Value| {
        let data = json!({"attributes": attributes, "relationships": relationships});
        ask(&sandbox, "PATCH", &path, Some(json!({"data": data}))).json()["data"].take()
    };
    let renamed = patch(json!({"name": "updated-key-name"}), json!({}));
    assert_eq!(renamed["attributes"]["name"], json!("updated-key-name"));
    assert_eq!(renamed["relationships"], for_one["relationships"], "the rest stays");
    for (name, kind, resource) in [
        ("allowed-workspaces", "workspaces", &two),
        ("allowed-projects", "projects", &project),
        ("excluded-workspaces", "workspaces", &one),
    ] {
        let changed = patch(json!({}), related(name, kind, resource));
        assert_eq!(changed["relationships"][name]["data"][0]["id"], resource["id"], "{name}");
        let emptied = patch(json!({}), json!({name: {"data": []}}));
        assert_eq!(emptied["relationships"][name]["data"], json!([]), "{name}");
    }
    assert_eq!(
        patch(json!({"organization-scoped": true}), json!({}))["attributes"]["organization-scoped"],
        json!(true)
    );
    let attributes =
        json!({"name": "bar", "execution-mode": "agent", "agent-pool-id": whole["id"]});
    let workspace = create(&sandbox, workspaces, "workspaces", attributes);
    let path = format!("/agent-pools/{}?include=workspaces", text(&whole["id"]));
    for shown in [
        get(&sandbox, &path)["data"].take(),
        get(&sandbox, &format!("{POOLS}?include=workspaces"))["data"][0].take(),
    ] {
        assert_eq!(shown["relationships"]["workspaces"]["data"][0]["id"], workspace["id"]);
    }
    for path in ["workspaces", "projects"] {
        let id = if path == "projects" { &project["id"] } else { &one["id"] };
        assert_eq!(delete(&sandbox, &format!("/{path}/{}", text(id))), 204);
        assert_eq!(ask(&sandbox, "GET", &format!("/{path}/{}", text(id)), None).status, 404);
    }
}

#[test]
fn agents_have_tokens_twenty_a_page_in_no_order() {
    // TestAgentTokensList, ..Create, ..Read, ..ReadCreatedBy, ..Delete; hcp-terraform-operator PR 714.
    let sandbox = sandbox();
    organization(&sandbox, "tst-one");
    let pool = text(&pool(&sandbox, "pool", json!({}))["id"]);
    let path = format!("/agent-pools/{pool}/authentication-tokens");
    let mut made: Vec<_> = (0..25)
        .map(|number| {
            create(&sandbox, &path, "agent-tokens", json!({"description": number.to_string()}))
        })
        .collect();
    let list = get(&sandbox, &path);
    assert_eq!((ids(&list).len(), &list["meta"]["pagination"]["total-count"]), (20, &json!(25)));
    let second = ids(&get(&sandbox, &format!("{path}?page%5Bnumber%5D=2")));
    let all: Vec<_> = ids(&list).into_iter().chain(second).collect();
    let in_order: Vec<_> = made.iter().map(|token| text(&token["id"])).collect();
    assert_ne!(all, in_order, "in no order");
    let mut sorted = (all, in_order.clone());
    sorted.0.sort();
    sorted.1.sort();
    assert_eq!(sorted.0, sorted.1, "but each once");
    let by_time = ids(&get(&sandbox, &format!("{path}?sort=created-at&page%5Bsize%5D=100")));
    assert_eq!(by_time, in_order);
    assert_eq!(ask(&sandbox, "GET", &format!("{path}?sort=colour"), None).status, 400);
    for description in [Value::Null, json!(""), json!("  ")] {
        let refused =
            send(&sandbox, "POST", &path, "agent-tokens", json!({"description": description}));
        assert_eq!(refused.status, 422);
    }
    let mut token = made.remove(0);
    let secret = text(&token["attributes"]["token"]);
    token["attributes"]["token"] = Value::Null;
    let by_id = format!("/authentication-tokens/{}", text(&token["id"]));
    let shown = get(&sandbox, &by_id)["data"].take();
    assert_eq!(shown, token);
    assert_eq!(shown["relationships"]["created-by"]["data"]["type"], json!("users"));
    assert_eq!(
        api(&sandbox, &secret, "GET", "/account/details", None).status,
        401,
        "for agents only"
    );
    assert_eq!(api(&sandbox, &account(&sandbox, "olivia").token, "GET", &by_id, None).status, 404);
    assert_eq!((delete(&sandbox, &by_id), delete(&sandbox, &by_id)), (204, 404));
    let last = text(&made[0]["attributes"]["token"]);
    assert!(sandbox.accepts(&last));
    assert_eq!(delete(&sandbox, &format!("/agent-pools/{pool}")), 204);
    assert!(!sandbox.accepts(&last), "a pool's tokens end with it");
    let missing = send(&sandbox, "POST", &path, "agent-tokens", json!({"description": "x"}));
    assert_eq!(missing.status, 404);
}
