//! Reading accounts, and what API clients ask for first.

use serde_json::{Value, json};

use crate::wire::{Answer, Request};
use crate::{account, api, sandbox, sandbox_without_limits, sign_in};

fn get(sandbox: &keybelt_sandbox::Sandbox, token: &str, path: &str) -> crate::wire::Answer {
    Request::get(path).bearer(token).send(sandbox)
}

#[test]
fn account_details_show_ones_own_account_and_the_token_that_asks() {
    let sandbox = sandbox();
    let carol = account(&sandbox, "carol");
    let answer = get(&sandbox, &carol.token, "/api/v2/account/details");
    assert_eq!(answer.header("content-type"), Some("application/vnd.api+json"));
    let data = &answer.json()["data"];
    assert_eq!(data["type"], json!("users"));
    assert_eq!(data["attributes"]["username"], json!("carol"));
    assert_eq!(data["attributes"]["email"], json!(carol.email));
    assert_eq!(data["attributes"]["two-factor"], json!({"enabled": true, "verified": true}));
    let id = data["id"].as_str().unwrap();
    assert_eq!(data["relationships"]["authenticated-resource"]["data"]["id"], json!(id));
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
    assert_eq!((seen.status, seen.at("/data/attributes/username").as_str()), (200, "bob"));
    let mut names: Vec<_> =
        seen.json()["data"]["attributes"].as_object().unwrap().keys().cloned().collect();
    names.sort();
    assert_eq!(names, ["avatar-url", "is-service-account", "permissions", "username", "v2-only"]);
}

#[test]
fn a_user_that_does_not_exist_is_404() {
    let sandbox = sandbox();
    let token = account(&sandbox, "alice").token;
    let answer = get(&sandbox, &token, "/api/v2/users/user-0000000000000000");
    assert_eq!(answer.status, 404);
    assert_eq!(answer.json(), json!({"errors": [{"status": "404", "title": "not found"}]}));
}

#[test]
fn only_a_live_token_is_let_in_by_either_header() {
    let sandbox = sandbox();
    let token = account(&sandbox, "alice").token;
    let details = || Request::get("/api/v2/account/details");
    assert_eq!(details().send(&sandbox).status, 401);
    assert_eq!(details().bearer("dead").send(&sandbox).status, 401);
    assert_eq!(details().header("Authorization", &token).send(&sandbox).status, 401);
    assert_eq!(details().header("Authorization", "Bearer").send(&sandbox).status, 401);
    assert_eq!(details().bearer(&token).send(&sandbox).status, 200);
    assert_eq!(details().header("X-Atlas-Token", &token).send(&sandbox).status, 200);
}

fn update(sandbox: &keybelt_sandbox::Sandbox, token: &str, attributes: Value) -> Answer {
    let body = json!({"data": {"type": "users", "attributes": attributes}});
    api(sandbox, token, "PATCH", "/account/update", Some(body))
}

#[test]
fn a_username_is_changed_and_signs_in_from_then_on() {
    let sandbox = sandbox();
    let mut alice = account(&sandbox, "alice");
    let answer = update(&sandbox, &alice.token, json!({"username": "alice-2"}));
    assert_eq!((answer.status, answer.at("/data/attributes/username").as_str()), (200, "alice-2"));
    assert_eq!(sign_in(&sandbox, &alice, Value::Null).status, 401, "by the old one");
    alice.username = "alice-2".to_owned();
    assert_eq!(sign_in(&sandbox, &alice, Value::Null).status, 200);
    alice.username = "alice@sandbox.test".to_owned();
    assert_eq!(sign_in(&sandbox, &alice, Value::Null).status, 200, "by e-mail as before");
}

#[test]
fn a_new_email_address_waits_to_be_confirmed() {
    let sandbox = sandbox();
    let alice = account(&sandbox, "alice");
    let seen = |answer: &Answer| {
        let attributes = &answer.json()["data"]["attributes"];
        (attributes["email"].clone(), attributes["unconfirmed-email"].clone())
    };
    let waiting = (json!("alice@sandbox.test"), json!("new@sandbox.test"));
    let answer = update(&sandbox, &alice.token, json!({"email": "new@sandbox.test"}));
    assert_eq!((answer.status, seen(&answer)), (200, waiting.clone()));
    let details = get(&sandbox, &alice.token, "/api/v2/account/details");
    assert_eq!(seen(&details), waiting);
    let answer = update(&sandbox, &alice.token, json!({"email": "alice@sandbox.test"}));
    assert_eq!(seen(&answer), (json!("alice@sandbox.test"), Value::Null));
}

#[test]
fn an_update_of_nothing_is_taken_and_of_nonsense_refused_whole() {
    let sandbox = sandbox_without_limits();
    let token = account(&sandbox, "alice").token;
    for nothing in [json!({}), json!({"is-admin": true})] {
        assert_eq!(update(&sandbox, &token, nothing).status, 200);
    }
    for body in [None, Some(json!({})), Some(json!({"data": []})), Some(json!([]))] {
        let answer = api(&sandbox, &token, "PATCH", "/account/update", body);
        assert_eq!(answer.status, 422, "no document");
    }
    for (name, value) in [
        ("username", json!("bob")),
        ("username", json!("BOB")),
        ("username", json!("")),
        ("username", json!("a b")),
        ("username", json!(null)),
        ("email", json!("bob@sandbox.test")),
        ("email", json!("nobody")),
        ("email", json!("@sandbox.test")),
        ("email", json!("a@b@c")),
        ("email", json!(7)),
    ] {
        let mut attributes = json!({"username": "alice-2", "email": "new@sandbox.test"});
        attributes[name] = value.clone();
        let answer = update(&sandbox, &token, attributes);
        assert_eq!(
            (answer.status, answer.at("/errors/0/status").as_str()),
            (422, "422"),
            "{value}"
        );
        assert_eq!(answer.at("/errors/0/source/pointer"), format!("/data/attributes/{name}"));
        let details = get(&sandbox, &token, "/api/v2/account/details");
        assert_eq!(details.at("/data/attributes/username"), "alice", "{value}");
        assert_eq!(details.json()["data"]["attributes"]["unconfirmed-email"], Value::Null);
    }
}

/// Changes alice's password, with some attributes replaced.
fn change_password(sandbox: &keybelt_sandbox::Sandbox, changes: &[(&str, &str)]) -> Answer {
    let alice = account(sandbox, "alice");
    let mut attributes = json!({
        "current_password": alice.password,
        "password": "correct horse",
        "password_confirmation": "correct horse",
    });
    for (name, value) in changes {
        attributes[*name] = json!(value);
    }
    let body = json!({"data": {"type": "users", "attributes": attributes}});
    api(sandbox, &alice.token, "PATCH", "/account/password", Some(body))
}

#[test]
fn a_new_password_signs_in_and_the_old_one_no_longer() {
    let sandbox = sandbox();
    let mut alice = account(&sandbox, "alice");
    let answer = change_password(&sandbox, &[]);
    assert_eq!((answer.status, answer.at("/data/attributes/username").as_str()), (200, "alice"));
    assert!(!answer.text.contains("horse"));
    assert_eq!(sign_in(&sandbox, &alice, Value::Null).status, 401);
    alice.password = "correct horse".to_owned();
    assert_eq!(sign_in(&sandbox, &alice, Value::Null).status, 200);
    let details = get(&sandbox, &alice.token, "/api/v2/account/details");
    assert_eq!(details.status, 200, "tokens go on");
}

#[test]
fn a_password_change_that_is_wrong_in_anything_is_refused() {
    let sandbox = sandbox_without_limits();
    for (wrong, name) in [
        (vec![("current_password", "wrong")], "current_password"),
        (vec![("current_password", "")], "current_password"),
        (vec![("password_confirmation", "correct house")], "password_confirmation"),
        (vec![("password", "")], "password"),
    ] {
        let answer = change_password(&sandbox, &wrong);
        assert_eq!(answer.status, 422, "{wrong:?}");
        assert_eq!(answer.at("/errors/0/source/pointer"), format!("/data/attributes/{name}"));
    }
    let alice = account(&sandbox, "alice");
    let hyphens = json!({
        "current-password": alice.password,
        "password": "correct horse",
        "password-confirmation": "correct horse",
    });
    let body = json!({"data": {"type": "users", "attributes": hyphens}});
    let answer = api(&sandbox, &alice.token, "PATCH", "/account/password", Some(body));
    assert_eq!(answer.status, 422, "these attributes have underscores");
    assert_eq!(sign_in(&sandbox, &alice, Value::Null).status, 200, "nothing was changed");
}

#[test]
fn a_password_is_refused_where_both_pages_that_document_it_refuse_it() {
    for (password, status) in [
        ("Ab3!efg", 422),
        ("abcdefgh", 422),
        ("abcdefgH", 422),
        ("abcdefg hi", 200),
        ("abcdef3H", 200),
        ("abc def3", 200),
        ("abcdefghi", 422),
        ("aaaaaaaaaa", 200),
    ] {
        let sandbox = sandbox();
        let new = [("password", password), ("password_confirmation", password)];
        assert_eq!(change_password(&sandbox, &new).status, status, "{password}");
    }
}

#[test]
fn account_changes_are_limited_to_a_hundred_a_minute() {
    let sandbox = sandbox();
    let token = account(&sandbox, "alice").token;
    for path in ["/account/update", "/account/password"] {
        let mut statuses = Vec::new();
        for _ in 0..4 {
            // Not more than 30 a second.
            sandbox.advance(1);
            statuses.extend((0..25).map(|_| api(&sandbox, &token, "PATCH", path, None).status));
        }
        assert!(!statuses.contains(&429), "{path}");
        sandbox.advance(1);
        assert_eq!(api(&sandbox, &token, "PATCH", path, None).status, 429, "{path}");
    }
    let undeclared = Request::new("PATCH", "/api/v2/account/update").bearer(&token);
    assert_eq!(undeclared.json(&json!({})).send(&sandbox).status, 415);
    sandbox.advance(60);
    assert_eq!(update(&sandbox, &token, json!({})).status, 200);
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
    let answer = Request::get("/.well-known/terraform.json").bearer("dead").send(&sandbox);
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
        assert_eq!((answer.status, answer.at("/errors/0/status").as_str()), (404, "404"), "{path}");
    }
    let answer = get(&sandbox, &token, "/api/v1/nothing");
    assert_eq!(answer.status, 404);
    assert!(answer.json()["errors"][0].is_string());
    let home = get(&sandbox, &token, "/").json();
    assert_eq!(home["_links"], Value::Null, "this is how an Aptible server is told apart");
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
    assert!(!sandbox.accepts(&first.at("/data/attributes/token")), "there is one at a time");
    let details = get(&sandbox, &token, "/api/v2/account/details").json();
    assert_eq!(details["data"]["attributes"]["is-service-account"], json!(true));
    assert_eq!(
        details["data"]["relationships"]["authenticated-resource"]["data"],
        json!({"id": "acme", "type": "organizations"})
    );
    let me = details["data"]["id"].as_str().unwrap();
    let tokens = format!("/api/v2/users/{me}/authentication-tokens");
    assert_eq!(get(&sandbox, &token, &tokens).status, 404);
}
