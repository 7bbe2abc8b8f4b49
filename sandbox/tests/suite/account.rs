//! Reading accounts, and what API clients ask for first.

use serde_json::{Value, json};

use crate::wire::Request;
use crate::{account, sandbox};

fn get(sandbox: &keybelt_sandbox::Sandbox, token: &str, path: &str) -> crate::wire::Answer {
    Request::get(path).bearer(token).send(sandbox)
}

#[test]
fn account_details_show_ones_own_account_and_the_token_that_asks() {
    let sandbox = sandbox();
    let carol = account(&sandbox, "carol");
    let answer = get(&sandbox, &carol.token, "/api/v2/account/details");
    assert_eq!(
        answer.header("content-type"),
        Some("application/vnd.api+json")
    );
    let data = &answer.json()["data"];
    assert_eq!(data["type"], json!("users"));
    assert_eq!(data["attributes"]["username"], json!("carol"));
    assert_eq!(data["attributes"]["email"], json!(carol.email));
    assert_eq!(
        data["attributes"]["two-factor"],
        json!({"enabled": true, "verified": true})
    );
    let id = data["id"].as_str().unwrap();
    assert_eq!(
        data["relationships"]["authenticated-resource"]["data"]["id"],
        json!(id)
    );
    let live = sandbox.live_tokens();
    let token = live.iter().find(|token| token.username == "carol").unwrap();
    let link = format!("/api/v2/authentication-tokens/{}", token.id);
    assert_eq!(data["links"]["auth-token"], json!(link));
}

#[test]
fn another_users_email_and_two_factor_stay_hidden() {
    let sandbox = sandbox();
    let bob = account(&sandbox, "bob");
    let details = get(&sandbox, &bob.token, "/api/v2/account/details");
    let path = details.at("/data/links/self");
    let alice = account(&sandbox, "alice");
    let seen = get(&sandbox, &alice.token, &path);
    assert_eq!(
        (seen.status, seen.at("/data/attributes/username").as_str()),
        (200, "bob")
    );
    let mut names: Vec<_> = seen.json()["data"]["attributes"]
        .as_object()
        .unwrap()
        .keys()
        .cloned()
        .collect();
    names.sort();
    assert_eq!(
        names,
        [
            "avatar-url",
            "is-service-account",
            "permissions",
            "username",
            "v2-only"
        ]
    );
}

#[test]
fn a_user_that_does_not_exist_is_404() {
    let sandbox = sandbox();
    let token = account(&sandbox, "alice").token;
    let answer = get(&sandbox, &token, "/api/v2/users/user-0000000000000000");
    assert_eq!(answer.status, 404);
    assert_eq!(
        answer.json(),
        json!({"errors": [{"status": "404", "title": "not found"}]})
    );
}

#[test]
fn only_a_live_token_is_let_in_by_either_header() {
    let sandbox = sandbox();
    let token = account(&sandbox, "alice").token;
    let details = || Request::get("/api/v2/account/details");
    assert_eq!(details().send(&sandbox).status, 401);
    assert_eq!(details().bearer("dead").send(&sandbox).status, 401);
    assert_eq!(
        details()
            .header("Authorization", &token)
            .send(&sandbox)
            .status,
        401
    );
    assert_eq!(
        details()
            .header("Authorization", "Bearer")
            .send(&sandbox)
            .status,
        401
    );
    assert_eq!(details().bearer(&token).send(&sandbox).status, 200);
    assert_eq!(
        details()
            .header("X-Atlas-Token", &token)
            .send(&sandbox)
            .status,
        200
    );
}

#[test]
fn ping_answers_anyone_with_the_headers_that_api_clients_read() {
    let sandbox = sandbox();
    let answer = Request::get("/api/v2/ping").send(&sandbox);
    assert_eq!((answer.status, answer.text.as_str()), (204, ""));
    assert_eq!(answer.header("tfp-api-version"), Some("2.5"));
    assert!(answer.header("tfp-appname").is_some());
    assert_eq!(answer.header("x-ratelimit-limit"), Some("30"));
    let reset: f64 = answer.header("x-ratelimit-reset").unwrap().parse().unwrap();
    assert!((0.0..=1.0).contains(&reset));
}

#[test]
fn discovery_is_public_even_with_a_dead_token_and_names_what_is_served() {
    let sandbox = sandbox();
    let answer = Request::get("/.well-known/terraform.json")
        .bearer("dead")
        .send(&sandbox);
    assert_eq!(answer.status, 200);
    assert_eq!(answer.header("content-type"), Some("application/json"));
    assert_eq!(
        answer.json(),
        json!({
            "login.v1": {
                "client": "terraform",
                "grant_types": ["authz_code"],
                "authz": "/app/oauth2/auth",
                "token": "/oauth2/token",
                "ports": [10000, 10010],
            },
            "modules.v1": "/api/registry/v1/modules/",
            "tfe.v2": "/api/v2/",
            "tfe.v2.1": "/api/v2/",
            "tfe.v2.2": "/api/v2/",
        })
    );
}

#[test]
fn what_is_not_served_is_404_in_the_shape_of_its_generation() {
    let sandbox = sandbox();
    let token = account(&sandbox, "alice").token;
    for path in ["/", "/api", "/api/v2/nothing", "/api/v3/ping", "/tokens"] {
        let answer = get(&sandbox, &token, path);
        assert_eq!(
            (answer.status, answer.at("/errors/0/status").as_str()),
            (404, "404"),
            "{path}"
        );
    }
    let answer = get(&sandbox, &token, "/api/v1/nothing");
    assert_eq!(answer.status, 404);
    assert!(answer.json()["errors"][0].is_string());
    let home = get(&sandbox, &token, "/").json();
    assert_eq!(
        home["_links"],
        Value::Null,
        "this is how an Aptible server is told apart"
    );
}

#[test]
fn an_organizations_token_comes_back_as_a_service_account_that_manages_no_user_tokens() {
    let sandbox = sandbox();
    let path = "/api/v2/organizations/acme/authentication-token";
    let create = |username: &str| {
        Request::post(path)
            .bearer(&account(&sandbox, username).token)
            .header("Content-Type", "application/vnd.api+json")
            .send(&sandbox)
    };
    assert_eq!(create("alice").status, 404, "she owns nothing");
    let first = create("olivia");
    let made = create("olivia");
    assert_eq!((first.status, made.status), (201, 201));
    let token = made.at("/data/attributes/token");
    assert!(
        !sandbox.accepts(&first.at("/data/attributes/token")),
        "there is one at a time"
    );
    let details = get(&sandbox, &token, "/api/v2/account/details").json();
    assert_eq!(
        details["data"]["attributes"]["is-service-account"],
        json!(true)
    );
    assert_eq!(
        details["data"]["relationships"]["authenticated-resource"]["data"],
        json!({"id": "acme", "type": "organizations"})
    );
    let me = details["data"]["id"].as_str().unwrap();
    let tokens = format!("/api/v2/users/{me}/authentication-tokens");
    assert_eq!(get(&sandbox, &token, &tokens).status, 404);
}
