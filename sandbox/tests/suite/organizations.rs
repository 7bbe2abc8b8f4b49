//! Organizations: who sees them, and what their owners can demand.

use keybelt_sandbox::{Limits, Options, Sandbox};
use serde_json::{Value, json};

use crate::wire::{Answer, Request};
use crate::{account, act, api, sandbox, sandbox_without_limits, set_policy};

const ACME: &str = "/organizations/acme";

/// Starts a sandbox with `user-1`, who belongs to no organization; returns a token of theirs too.
fn sandbox_with_a_stranger() -> (Sandbox, String) {
    let sandbox =
        Sandbox::start(Options { accounts: 1, limits: Limits::Off, ..Options::default() }).unwrap();
    let body =
        json!({"user": {"login": "user-1", "password": account(&sandbox, "alice").password}});
    let token = Request::post("/api/v1/authenticate").json(&body).send(&sandbox);
    let token = token.at("/token");
    (sandbox, token)
}

fn get(sandbox: &Sandbox, username: &str, path: &str) -> Answer {
    api(sandbox, &account(sandbox, username).token, "GET", path, None)
}

fn patch(sandbox: &Sandbox, username: &str, attributes: Value) -> Answer {
    let token = account(sandbox, username).token;
    let body = json!({"data": {"type": "organizations", "attributes": attributes}});
    api(sandbox, &token, "PATCH", ACME, Some(body))
}

fn policy(sandbox: &Sandbox) -> String {
    get(sandbox, "alice", ACME).at("/data/attributes/collaborator-auth-policy")
}

/// Makes a member an owner, or an owner a mere member.
fn change_owners(sandbox: &Sandbox, method: &str, username: &str) -> u16 {
    let token = account(sandbox, "olivia").token;
    let teams = get(sandbox, "olivia", &format!("{ACME}/teams?filter%5Bnames%5D=owners"));
    let path = format!("/teams/{}/relationships/users", teams.at("/data/0/id"));
    let body = json!({"data": [{"type": "users", "id": username}]});
    api(sandbox, &token, method, &path, Some(body)).status
}

#[test]
fn a_member_sees_the_organization_and_what_they_may_do_there() {
    let sandbox = sandbox();
    for (username, may_update) in [("alice", false), ("olivia", true)] {
        let answer = get(&sandbox, username, ACME);
        assert_eq!(answer.status, 200);
        assert_eq!(answer.header("content-type"), Some("application/vnd.api+json"));
        let data = &answer.json()["data"];
        assert_eq!((&data["id"], &data["type"]), (&json!("acme"), &json!("organizations")));
        let attributes = &data["attributes"];
        assert!(attributes["external-id"].as_str().unwrap().starts_with("org-"));
        assert!(attributes["created-at"].as_str().unwrap().ends_with('Z'));
        assert_eq!(attributes["collaborator-auth-policy"], json!("password"));
        assert_eq!(attributes["two-factor-conformant"], json!(true));
        assert_eq!(attributes["session-timeout"], Value::Null);
        assert_eq!(attributes["session-remember"], Value::Null);
        assert_eq!(attributes["user-tokens-enabled"], json!(true));
        assert_eq!(attributes["max-ttl-enabled"], json!(false));
        let permissions = &attributes["permissions"];
        assert_eq!(permissions["can-update"], json!(may_update));
        assert_eq!(permissions["can-manage-users"], json!(may_update));
    }
}

#[test]
fn who_does_not_belong_to_the_organization_cannot_tell_that_it_exists() {
    let (sandbox, stranger) = sandbox_with_a_stranger();
    let hidden = json!({"errors": [{"status": "404", "title": "not found"}]});
    for path in [
        ACME,
        "/organizations/other",
        "/organizations/acme/organization-memberships",
        "/organizations/acme/teams",
        "/organizations/acme/token-ttl-policies",
        "/organizations/acme/entitlement-set",
        "/organizations/acme/workspaces",
    ] {
        let answer = api(&sandbox, &stranger, "GET", path, None);
        assert_eq!((answer.status, answer.json()), (404, hidden.clone()), "{path}");
        assert_eq!(api(&sandbox, "dead", "GET", path, None).status, 401, "{path}");
    }
    assert_eq!(set_policy(&sandbox, &stranger, "password").status, 404);
    for list in ["/organizations", "/organization-memberships"] {
        let answer = api(&sandbox, &stranger, "GET", list, None);
        assert_eq!((answer.status, &answer.json()["data"]), (200, &json!([])), "{list}");
    }
    let modules = Request::get("/api/registry/v1/modules/acme/hello/sandbox/versions");
    assert_eq!(modules.bearer(&stranger).send(&sandbox).status, 404);
}

#[test]
fn organizations_are_listed_whole_without_page_parameters_and_in_pages_with_them() {
    let sandbox = sandbox();
    let whole = get(&sandbox, "alice", "/organizations").json();
    assert_eq!(whole["data"][0]["id"], json!("acme"));
    assert_eq!(whole["meta"], Value::Null);
    let page = get(&sandbox, "alice", "/organizations?page%5Bnumber%5D=1").json();
    assert_eq!(page["data"][0]["id"], json!("acme"));
    assert_eq!(page["meta"]["pagination"]["total-count"], json!(1));
    assert_eq!(page["meta"]["pagination"]["page-size"], json!(20));
    let beyond = get(&sandbox, "alice", "/organizations?page%5Bnumber%5D=7").json();
    assert_eq!(beyond["data"], json!([]));
    assert_eq!(beyond["meta"]["pagination"]["current-page"], json!(7));
    assert_eq!(beyond["meta"]["pagination"]["total-count"], json!(1));
    for (query, found) in [("q=ACM", 1), ("q%5Bname%5D=sandbox", 0), ("q%5Bemail%5D=sandbox", 1)] {
        let list = get(&sandbox, "alice", &format!("/organizations?{query}")).json();
        assert_eq!(list["data"].as_array().unwrap().len(), found, "{query}");
    }
}

#[test]
fn an_owner_with_two_factor_requires_it_and_takes_that_back() {
    let sandbox = sandbox();
    let olivia = account(&sandbox, "olivia").token;
    let answer = set_policy(&sandbox, &olivia, "two_factor_mandatory");
    assert_eq!(answer.status, 200);
    let attributes = "/data/attributes/collaborator-auth-policy";
    assert_eq!(answer.at(attributes), "two_factor_mandatory");
    assert_eq!(answer.json()["data"]["attributes"]["two-factor-conformant"], json!(false));
    assert_eq!(policy(&sandbox), "two_factor_mandatory");
    assert_eq!(set_policy(&sandbox, &olivia, "password").at(attributes), "password");
    assert_eq!(policy(&sandbox), "password");
}

#[test]
fn an_owner_without_two_factor_keeps_everyone_from_being_required_to_have_it() {
    let sandbox = sandbox();
    let olivia = account(&sandbox, "olivia").token;
    let refused = || {
        let answer = set_policy(&sandbox, &olivia, "two_factor_mandatory");
        assert_eq!((answer.status, answer.at("/errors/0/status").as_str()), (422, "422"));
        let pointer = "/data/attributes/collaborator-auth-policy";
        assert_eq!(answer.at("/errors/0/source/pointer"), pointer);
        assert_eq!(policy(&sandbox), "password");
    };
    assert_eq!(act(&sandbox, &olivia, "disable", None).status, 200);
    refused();
    let app = json!({"delivery": "app"});
    assert_eq!(act(&sandbox, &olivia, "enable", Some(app)).status, 200);
    refused();
    let code = sandbox.code("olivia").unwrap().code;
    assert_eq!(act(&sandbox, &olivia, "verify", Some(json!({"code": code}))).status, 200);
    assert_eq!(set_policy(&sandbox, &olivia, "two_factor_mandatory").status, 200);
}

#[test]
fn every_owner_counts_and_members_do_not() {
    let sandbox = sandbox_without_limits();
    assert_eq!(change_owners(&sandbox, "POST", "alice"), 204);
    let olivia = account(&sandbox, "olivia").token;
    assert_eq!(set_policy(&sandbox, &olivia, "two_factor_mandatory").status, 422);
    assert_eq!(change_owners(&sandbox, "POST", "bob"), 204);
    assert_eq!(change_owners(&sandbox, "DELETE", "alice"), 204);
    let bob = account(&sandbox, "bob").token;
    assert_eq!(set_policy(&sandbox, &bob, "two_factor_mandatory").status, 200);
    let alice = account(&sandbox, "alice").token;
    assert_eq!(set_policy(&sandbox, &alice, "password").status, 404, "no owner any more");
}

#[test]
fn the_policy_conforms_once_every_member_has_verified_two_factor() {
    let sandbox = sandbox();
    set_policy(&sandbox, &account(&sandbox, "olivia").token, "two_factor_mandatory");
    let conformant = || {
        let answer = get(&sandbox, "alice", ACME).json();
        answer["data"]["attributes"]["two-factor-conformant"].clone()
    };
    assert_eq!(conformant(), json!(false));
    let alice = account(&sandbox, "alice").token;
    act(&sandbox, &alice, "enable", Some(json!({"delivery": "app"})));
    assert_eq!(conformant(), json!(false), "begun is not done");
    let code = sandbox.code("alice").unwrap().code;
    act(&sandbox, &alice, "verify", Some(json!({"code": code})));
    assert_eq!(conformant(), json!(true));
}

#[test]
fn only_owners_change_the_organization_and_only_as_json_api() {
    let sandbox = sandbox();
    for username in ["alice", "bob", "carol"] {
        let answer = patch(&sandbox, username, json!({"session-timeout": 30}));
        assert_eq!((answer.status, answer.at("/errors/0/title").as_str()), (404, "not found"));
    }
    let olivia = account(&sandbox, "olivia").token;
    let undeclared = Request::new("PATCH", "/api/v2/organizations/acme")
        .bearer(&olivia)
        .json(&json!({"data": {"attributes": {"session-timeout": 30}}}))
        .send(&sandbox);
    assert_eq!(undeclared.status, 415);
    let seen = get(&sandbox, "olivia", ACME).json();
    assert_eq!(seen["data"]["attributes"]["session-timeout"], Value::Null);
}

#[test]
fn session_lengths_are_minutes_or_null_and_a_wrong_one_changes_nothing() {
    let sandbox = sandbox_without_limits();
    let seen = || {
        let attributes = get(&sandbox, "alice", ACME).json()["data"]["attributes"].clone();
        let policy = attributes["collaborator-auth-policy"].clone();
        [attributes["session-timeout"].clone(), attributes["session-remember"].clone(), policy]
    };
    let both = json!({"session-timeout": 30, "session-remember": 3600});
    assert_eq!(patch(&sandbox, "olivia", both).status, 200);
    assert_eq!(seen(), [json!(30), json!(3600), json!("password")]);
    for wrong in [json!(0), json!(-1), json!("30"), json!(1.5), json!(true)] {
        let change = json!({
            "session-timeout": wrong,
            "session-remember": 1,
            "collaborator-auth-policy": "two_factor_mandatory",
        });
        let answer = patch(&sandbox, "olivia", change);
        assert_eq!(answer.status, 422, "{wrong}");
        assert_eq!(answer.at("/errors/0/source/pointer"), "/data/attributes/session-timeout");
    }
    for wrong in [json!("two-factor"), json!(true), json!("")] {
        let change = json!({"collaborator-auth-policy": wrong, "session-timeout": 1});
        assert_eq!(patch(&sandbox, "olivia", change).status, 422, "{wrong}");
    }
    assert_eq!(seen(), [json!(30), json!(3600), json!("password")]);
    assert_eq!(patch(&sandbox, "olivia", json!({})).status, 200, "nothing is asked for");
    let olivia = account(&sandbox, "olivia").token;
    let no_document = api(&sandbox, &olivia, "PATCH", ACME, None);
    assert_eq!(no_document.status, 422);
    assert_eq!(patch(&sandbox, "olivia", json!({"session-timeout": null})).status, 200);
    assert_eq!(seen(), [Value::Null, json!(3600), json!("password")]);
}

const LIMITS: &str = "/organizations/acme/token-ttl-policies";

/// Sets the limit on one kind of token, in milliseconds.
fn limit(sandbox: &Sandbox, username: &str, kind: &str, milliseconds: Value) -> Answer {
    let entries = json!([{"token-type": kind, "max-ttl-ms": milliseconds}]);
    let attributes = json!({"token-ttl-policies": entries});
    let body =
        json!({"data": {"type": "organization-token-ttl-policies", "attributes": attributes}});
    api(sandbox, &account(sandbox, username).token, "PATCH", LIMITS, Some(body))
}

fn limits(answer: &Answer) -> Vec<(String, i64)> {
    let limits = answer.json()["data"].as_array().unwrap().clone();
    let attributes = limits.iter().map(|limit| {
        assert_eq!(limit["type"], json!("organization-token-ttl-policies"));
        &limit["attributes"]
    });
    attributes
        .map(|limit| {
            let kind = limit["token-type"].as_str().unwrap().to_owned();
            (kind, limit["max-ttl-ms"].as_i64().unwrap())
        })
        .collect()
}

#[test]
fn token_limits_are_two_years_for_all_kinds_until_an_owner_sets_others() {
    let sandbox = sandbox_without_limits();
    let two_years = 63_113_904_000;
    let kinds = ["organization", "team", "user", "audit_trails"];
    let mut expected = kinds.map(|kind| (kind.to_owned(), two_years));
    assert_eq!(limits(&get(&sandbox, "olivia", LIMITS)), expected);
    let answer = limit(&sandbox, "olivia", "user", json!(3_600_000));
    expected[2].1 = 3_600_000;
    assert_eq!((answer.status, limits(&answer)), (200, expected.to_vec()));
    for (kind, length) in
        [("users", json!(1)), ("user", json!(0)), ("user", json!("1")), ("user", Value::Null)]
    {
        assert_eq!(limit(&sandbox, "olivia", kind, length).status, 422);
    }
    assert_eq!(limits(&get(&sandbox, "olivia", LIMITS)), expected);
}

#[test]
fn token_limits_are_for_owners_and_here_members_get_403() {
    let sandbox = sandbox();
    let answers = [get(&sandbox, "alice", LIMITS), limit(&sandbox, "bob", "user", json!(1))];
    for answer in answers {
        assert_eq!((answer.status, answer.at("/errors/0/status").as_str()), (403, "403"));
    }
}

#[test]
fn no_new_token_of_a_member_outlives_the_limit_once_it_holds() {
    let sandbox = sandbox_without_limits();
    let alice = account(&sandbox, "alice");
    let user = get(&sandbox, "alice", "/account/details").at("/data/id");
    let create = |hours: Option<i64>| {
        let expiry = hours.map(|hours| sandbox.now() + jiff::SignedDuration::from_hours(hours));
        let attributes = json!({"expired-at": expiry.map(|expiry| expiry.to_string())});
        let body = json!({"data": {"type": "authentication-tokens", "attributes": attributes}});
        let path = format!("/users/{user}/authentication-tokens");
        let answer = api(&sandbox, &alice.token, "POST", &path, Some(body));
        let expiry = answer.at("/data/attributes/expired-at").parse().ok();
        let left = expiry.map(|expiry: jiff::Timestamp| expiry.duration_since(sandbox.now()));
        (answer.status, left.map(|left| (left.as_secs() + 60) / 3600))
    };
    limit(&sandbox, "olivia", "user", json!(24 * 3_600_000));
    assert_eq!(create(Some(25)), (201, Some(25)), "it does not hold yet");
    assert_eq!(patch(&sandbox, "olivia", json!({"max-ttl-enabled": "yes"})).status, 422);
    let answer = patch(&sandbox, "olivia", json!({"max-ttl-enabled": true}));
    assert_eq!(answer.json()["data"]["attributes"]["max-ttl-enabled"], json!(true));
    assert_eq!(create(Some(25)), (422, None));
    assert_eq!(create(Some(23)), (201, Some(23)));
    assert_eq!(create(None), (201, Some(24)), "the limit instead of two years");
    sandbox.advance(23 * 3600);
    let signed_in = crate::sign_in(&sandbox, &alice, Value::Null).at("/token");
    assert!(sandbox.accepts(&alice.token), "older tokens keep their expiry");
    sandbox.advance(24 * 3600 + 60);
    assert!(!sandbox.accepts(&signed_in) && sandbox.accepts(&alice.token));
}

#[test]
fn where_user_tokens_are_turned_off_the_organization_alone_says_401() {
    let sandbox = sandbox_without_limits();
    let off = patch(&sandbox, "olivia", json!({"user-tokens-enabled": false}));
    assert_eq!(off.json()["data"]["attributes"]["user-tokens-enabled"], json!(false));
    for username in ["alice", "olivia"] {
        for path in [ACME, "/organizations/acme/teams", "/workspaces/ws-any"] {
            let answer = get(&sandbox, username, path);
            assert_eq!(
                (answer.status, answer.at("/errors/0/title").as_str()),
                (401, "unauthorized")
            );
        }
        assert_eq!(get(&sandbox, username, "/account/details").status, 200);
        assert_eq!(get(&sandbox, username, "/organizations/other").status, 404);
    }
    let modules = Request::get("/api/registry/v1/modules/acme/hello/sandbox/versions");
    let modules = modules.bearer(&account(&sandbox, "alice").token).send(&sandbox);
    assert_eq!(modules.status, 401);
}

#[test]
fn teams_say_who_the_owners_are() {
    let sandbox = sandbox_without_limits();
    let owner = get(&sandbox, "olivia", "/account/details").at("/data/id");
    let list = get(&sandbox, "alice", "/organizations/acme/teams").json();
    let teams = list["data"].as_array().unwrap().iter();
    let names: Vec<_> = teams.map(|team| team["attributes"]["name"].as_str()).collect();
    assert_eq!(names, [Some("owners"), Some("developers")]);
    assert_eq!(list["meta"]["pagination"]["total-count"], json!(2));
    let found = "/organizations/acme/teams?filter%5Bnames%5D=owners,other&include=users";
    let found = get(&sandbox, "alice", found).json();
    assert_eq!(found["data"].as_array().unwrap().len(), 1);
    let users = json!([{"id": owner, "type": "users"}]);
    assert_eq!(found["data"][0]["relationships"]["users"]["data"], users);
    assert_eq!(found["included"][0]["attributes"]["username"], json!("olivia"));
    assert_eq!(found["included"][0]["attributes"]["email"], Value::Null, "not promised");
    let path = format!("/teams/{}?include=users", found["data"][0]["id"].as_str().unwrap());
    let team = get(&sandbox, "alice", &path).json();
    assert_eq!(team["data"], found["data"][0]);
    assert_eq!(team["included"], found["included"]);
    assert_eq!(get(&sandbox, "alice", "/teams/team-none").status, 404);
    assert_eq!(get(&sandbox, "alice", &format!("{path},nothing")).status, 400);
}

#[test]
fn the_last_owner_stays_and_owners_are_members_of_the_organization() {
    let (sandbox, _) = sandbox_with_a_stranger();
    assert_eq!(change_owners(&sandbox, "DELETE", "olivia"), 422);
    assert_eq!(change_owners(&sandbox, "POST", "user-1"), 404);
    assert_eq!(change_owners(&sandbox, "POST", "nobody"), 404);
    let alice = account(&sandbox, "alice").token;
    let team = get(&sandbox, "alice", "/organizations/acme/teams").at("/data/0/id");
    let path = format!("/teams/{team}/relationships/users");
    let body = json!({"data": [{"type": "users", "id": "alice"}]});
    assert_eq!(api(&sandbox, &alice, "POST", &path, Some(body)).status, 404, "no owner");
    let olivia = account(&sandbox, "olivia").token;
    assert_eq!(api(&sandbox, &olivia, "POST", &path, Some(json!({}))).status, 422);
}
