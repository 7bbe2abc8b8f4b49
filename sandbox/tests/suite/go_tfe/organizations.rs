//! organization_integration_test.go, organization_token_integration_test.go and
//! organization_token_ttl_policy_integration_test.go.

use serde_json::{Value, json};

use super::{create, delete, get, off_two_years, organization, sandbox, send, text};
use crate::account;
use crate::api;
use crate::wire::Request;

#[test]
fn an_organization_is_created_read_and_listed_alike() {
    // TestOrganizationsList, TestOrganizationsCreate, TestOrganizationsRead.
    let sandbox = sandbox();
    let attributes = json!({"name": "tst-one", "email": "one@tfe.local"});
    let created = create(&sandbox, "/organizations", "organizations", attributes);
    organization(&sandbox, "tst-two");
    assert_eq!(created["attributes"]["default-execution-mode"], json!("remote"));
    assert_eq!(created["relationships"]["default-agent-pool"]["data"], Value::Null);
    assert_eq!(created["attributes"]["permissions"]["can-destroy"], json!(true));
    assert_eq!(created["attributes"]["trial-expires-at"], Value::Null);
    assert!(created["attributes"]["remaining-testable-count"].as_i64().unwrap() > 1);
    assert_eq!(created["attributes"]["user-tokens-enabled"], json!(true));
    assert_eq!(get(&sandbox, "/organizations/tst-one")["data"], created);
    let list = get(&sandbox, "/organizations");
    assert!(list["data"].as_array().unwrap().contains(&created));
    for query in ["q=tst-one", "q=one@tfe.local"] {
        let found = get(&sandbox, &format!("/organizations?{query}"));
        assert_eq!(super::ids(&found), ["tst-one"], "{query}");
    }
    let included = get(&sandbox, "/organizations/tst-one?include=default_project");
    assert_eq!(included["included"][0]["attributes"]["name"], json!("Default Project"));
    let project = &included["data"]["relationships"]["default-project"]["data"]["id"];
    assert_eq!(included["included"][0]["id"], *project);
    assert_eq!(super::ask(&sandbox, "GET", "/organizations/nothing", None).status, 404);
    for (name, email) in [("tst-one", "a@b"), ("TST-one", "a@b"), ("a b", "a@b"), ("", "a@b")] {
        let attributes = json!({"name": name, "email": email});
        let refused = send(&sandbox, "POST", "/organizations", "organizations", attributes);
        assert_eq!(refused.status, 422, "{name}");
    }
    let none = send(&sandbox, "POST", "/organizations", "organizations", json!({"name": "x"}));
    assert_eq!(none.status, 422, "an e-mail address is required");
}

#[test]
fn an_organization_is_changed_and_renamed_field_by_field() {
    // TestOrganizationsUpdate, TestOrganizationsAllowForceDeleteSetting.
    let sandbox = sandbox();
    organization(&sandbox, "tst-one");
    let patch = |name: &str, attributes: Value| {
        send(&sandbox, "PATCH", &format!("/organizations/{name}"), "organizations", attributes)
    };
    for switch in [
        "send-passing-statuses-for-untriggered-speculative-plans",
        "aggregated-commit-status-enabled",
        "speculative-plan-management-enabled",
        "allow-force-delete-workspaces",
    ] {
        for value in [true, false] {
            let changed = patch("tst-one", json!({switch: value})).json();
            assert_eq!(changed["data"]["attributes"][switch], json!(value), "{switch}");
        }
    }
    let before = get(&sandbox, "/organizations/tst-one");
    assert_eq!(patch("tst-one", json!({})).json(), before, "nothing named, nothing changed");
    let options = json!({
        "name": "tst-renamed",
        "email": "new@tfe.local",
        "session-timeout": 3600,
        "session-remember": 3600,
        "default-execution-mode": "local",
    });
    let changed = patch("tst-one", options.clone()).json();
    assert_eq!(changed, get(&sandbox, "/organizations/tst-renamed"));
    for (name, value) in options.as_object().unwrap() {
        assert_eq!(changed["data"]["attributes"][name], *value, "{name}");
    }
    assert_eq!(delete(&sandbox, "/organizations/tst-renamed"), 204);
    assert_eq!(super::ask(&sandbox, "GET", "/organizations/tst-renamed", None).status, 404);
}

#[test]
fn an_agent_pool_is_the_default_only_where_agents_run_plans() {
    // TestOrganizationsUpdate, "with agent pool provided, but remote execution mode" and "with different
    // default execution modes"; TestOrganizationsRead, "with default execution mode of 'agent'".
    let sandbox = sandbox();
    organization(&sandbox, "tst-one");
    let pools = "/organizations/tst-one/agent-pools";
    let pool = create(&sandbox, pools, "agent-pools", json!({"name": "pool"}));
    let patch = |mode: Option<&str>, pool: Option<&Value>| {
        let attributes = mode.map_or(json!({}), |mode| json!({"default-execution-mode": mode}));
        let pool = pool.map(|pool| json!({"id": pool["id"], "type": "agent-pools"}));
        let relationships =
            pool.map_or(json!({}), |it| json!({"default-agent-pool": {"data": it}}));
        let data = json!({
            "type": "organizations",
            "attributes": attributes,
            "relationships": relationships,
        });
        let body = Some(json!({"data": data}));
        super::ask(&sandbox, "PATCH", "/organizations/tst-one", body)
    };
    let refused = patch(None, Some(&pool));
    let detail = refused.at("/errors/0/detail");
    assert_eq!(refused.status, 422);
    assert!(detail.contains("must not be specified unless using 'agent' execution mode"));
    let agent = patch(Some("agent"), Some(&pool)).json();
    assert_eq!(agent["data"]["attributes"]["default-execution-mode"], json!("agent"));
    assert_eq!(agent["data"]["relationships"]["default-agent-pool"]["data"]["id"], pool["id"]);
    assert_eq!(get(&sandbox, "/organizations/tst-one"), agent);
    for mode in ["remote", "local"] {
        let changed = patch(Some(mode), None).json();
        assert_eq!(changed["data"]["attributes"]["default-execution-mode"], json!(mode));
        assert_eq!(changed["data"]["relationships"]["default-agent-pool"]["data"], Value::Null);
    }
}

#[test]
fn without_user_tokens_only_tokens_of_teams_open_the_organization() {
    // TestOrganizationsUpdate, "with new UserTokensEnabled option".
    let sandbox = sandbox();
    organization(&sandbox, "tst-one");
    let teams = get(&sandbox, "/organizations/tst-one/teams?filter%5Bnames%5D=owners");
    assert_eq!(teams["data"].as_array().unwrap().len(), 1);
    let path = format!("/teams/{}/authentication-token", text(&teams["data"][0]["id"]));
    let owners = create(&sandbox, &path, "", json!({}));
    let owners = text(&owners["attributes"]["token"]);
    let switch = |on: bool| {
        let attributes = json!({"user-tokens-enabled": on});
        let body = json!({"data": {"type": "organizations", "attributes": attributes}});
        api(&sandbox, &owners, "PATCH", "/organizations/tst-one", Some(body))
    };
    assert_eq!(switch(false).json()["data"]["attributes"]["user-tokens-enabled"], json!(false));
    let by_user = || super::ask(&sandbox, "GET", "/organizations/tst-one", None);
    assert_eq!((by_user().status, by_user().at("/errors/0/title")), (401, "unauthorized".into()));
    let by_team = api(&sandbox, &owners, "GET", "/organizations/tst-one", None);
    assert_eq!(by_team.json()["data"]["attributes"]["user-tokens-enabled"], json!(false));
    assert_eq!(switch(true).status, 200);
    assert_eq!(by_user().json()["data"]["attributes"]["user-tokens-enabled"], json!(true));
}

#[test]
fn entitlements_follow_the_subscription_that_an_administrator_sets() {
    // TestOrganizationsReadEntitlements, TestOrganizationsReadWithBusiness; subscription_updater_test.go.
    let sandbox = sandbox();
    organization(&sandbox, "tst-one");
    let path = "/organizations/tst-one/entitlement-set";
    assert_eq!(get(&sandbox, path)["data"]["attributes"]["agents"], json!(false));
    let sets = get(&sandbox, "/admin/feature-sets?q=Standard%20(entitlement)");
    let set = json!({"id": sets["data"][0]["id"], "type": "feature-sets"});
    let data = json!({"type": "subscription", "relationships": {"feature-set": {"data": set}}});
    let subscription = "/admin/organizations/tst-one/subscription";
    let body = json!({"data": data});
    assert_eq!(super::ask(&sandbox, "POST", subscription, Some(body.clone())).status, 200);
    let entitled = get(&sandbox, path)["data"]["attributes"].take();
    for name in [
        "agents",
        "audit-logging",
        "cost-estimation",
        "operations",
        "private-module-registry",
        "sso",
        "sentinel",
        "state-storage",
        "teams",
        "vcs-integrations",
        "waypoint-templates-and-addons",
        "infragraph",
    ] {
        assert_eq!(entitled[name], json!(true), "{name}");
    }
    for name in ["waypoint-actions", "infragraph-with-nrtu"] {
        assert_eq!(entitled[name], json!(false), "{name}");
    }
    let olivia = account(&sandbox, "olivia").token;
    assert_eq!(api(&sandbox, &olivia, "POST", subscription, Some(body)).status, 404);
    assert_eq!(api(&sandbox, &olivia, "GET", "/admin/feature-sets", None).status, 404);
    let missing = super::ask(&sandbox, "GET", "/organizations/none/entitlement-set", None);
    assert_eq!(missing.status, 404);
}

#[test]
fn the_organizations_token_and_its_audit_trails_replace_the_one_before_at_once() {
    // TestOrganizationTokensCreate, TestOrganizationTokens_CreateWithOptions, TestOrganizationTokensRead,
    // TestOrganizationTokensDelete, and their counterparts with a token type.
    let sandbox = sandbox();
    organization(&sandbox, "tst-one");
    for kind in ["", "?token=audit-trails"] {
        let path = format!("/organizations/tst-one/authentication-token{kind}");
        let status = |method: &str| super::ask(&sandbox, method, &path, None).status;
        assert_eq!((status("GET"), status("DELETE")), (404, 404), "there is none yet");
        let first = create(&sandbox, &path, "authentication-token", json!({}));
        let token = text(&first["attributes"]["token"]);
        assert!(off_two_years(&first) <= 60 && sandbox.accepts(&token));
        assert_eq!(first["relationships"]["created-by"]["data"]["type"], json!("users"));
        let expiry = sandbox.now() + jiff::SignedDuration::from_hours(24);
        let expiry = format!("{expiry:.0}");
        let second = create(&sandbox, &path, "authentication-token", json!({"expired-at": expiry}));
        assert!(!sandbox.accepts(&token), "no overlap");
        assert_ne!(second["id"], first["id"]);
        let shown = get(&sandbox, &path)["data"].take();
        assert_eq!(shown["attributes"]["token"], Value::Null);
        assert_eq!(shown["id"], second["id"]);
        let shown = text(&shown["attributes"]["expired-at"]);
        assert_eq!(shown.parse::<jiff::Timestamp>().ok(), expiry.parse().ok());
        assert_eq!((status("DELETE"), status("GET")), (204, 404));
        assert!(!sandbox.accepts(&text(&second["attributes"]["token"])));
    }
}

#[test]
fn who_may_see_the_organizations_token_and_who_may_not() {
    let sandbox = sandbox();
    let path = "/organizations/acme/authentication-token";
    let olivia = account(&sandbox, "olivia").token;
    let created = api(&sandbox, &olivia, "POST", path, None);
    let own = created.at("/data/attributes/token");
    assert_eq!(created.status, 201, "an old client sends no body");
    let get = |token: &str, path: &str| api(&sandbox, token, "GET", path, None);
    assert_eq!(get(&own, path).status, 200);
    assert_eq!(get(&account(&sandbox, "alice").token, path).status, 404);
    let id = created.at("/data/id");
    let by_id = get(&olivia, &format!("/authentication-tokens/{id}"));
    assert_eq!(by_id.status, 404, "that route is for users', teams' and agents' tokens");
    let details = get(&own, "/account/details");
    assert_eq!(details.at("/data/attributes/username"), "api-org-acme");
    let resource = "/data/relationships/authenticated-resource/data";
    assert_eq!(details.at(&format!("{resource}/type")), "organizations");
    assert_eq!(details.at(&format!("{resource}/id")), "acme");
    // hcp-terraform-operator#260: it does not manage agent pools; nor limits or members.
    for (path, status) in [
        ("/organizations/acme/agent-pools", 404),
        ("/organizations/acme/token-ttl-policies", 403),
        ("/organizations/acme/organization-memberships", 404),
        ("/organizations/acme/team-tokens", 200),
        ("/organizations/acme", 200),
        ("/admin/users", 404),
    ] {
        assert_eq!(get(&own, path).status, status, "{path}");
    }
    let trail = api(&sandbox, &olivia, "POST", &format!("{path}?token=audit-trails"), None);
    let trail = trail.at("/data/attributes/token");
    assert_eq!(get(&trail, "/account/details").status, 401, "it opens the audit trail only");
    assert!(sandbox.accepts(&own), "the two do not replace each other");
}

#[test]
fn lifetime_policies_are_returned_whole_whatever_was_set() {
    // TestOrganizationTokenTTLPoliciesList, ..Update, ..Update_RoundTrip.
    let sandbox = sandbox();
    organization(&sandbox, "tst-one");
    let path = "/organizations/tst-one/token-ttl-policies";
    let set = |policies: Value| {
        let attributes = json!({"token-ttl-policies": policies});
        send(&sandbox, "PATCH", path, "organization-token-ttl-policies", attributes)
    };
    let policy = |kind: &str, length: i64| json!({"token-type": kind, "max-ttl-ms": length});
    let all = |list: &Value| -> Vec<(String, i64)> {
        let list = list["data"].as_array().unwrap().iter();
        list.map(|it| &it["attributes"])
            .map(|it| (text(&it["token-type"]), it["max-ttl-ms"].as_i64().unwrap()))
            .collect()
    };
    let one = set(json!([policy("organization", 86_400_000)])).json();
    assert_eq!(all(&one).len(), 4, "all kinds, also those that were not sent");
    assert_eq!(all(&one)[0], ("organization".to_owned(), 86_400_000));
    let three = set(json!([
        policy("organization", 31_536_000_000),
        policy("team", 15_768_000_000),
        policy("user", 2_592_000_000),
    ]));
    assert_eq!(all(&three.json()), all(&get(&sandbox, path)));
    assert_eq!(all(&three.json())[3].1, 63_113_904_000);
    for nonsense in [json!([]), json!([policy("agent", 1)]), json!([policy("user", 0)])] {
        assert_eq!(set(nonsense).status, 422);
    }
}

#[test]
fn a_lowered_limit_shuts_existing_tokens_out_at_once_and_there_only() {
    use keybelt_sandbox::{Limits, Options, Sandbox, TokenLimitReading};
    for reading in [TokenLimitReading::SinceCreation, TokenLimitReading::FromNow] {
        let options = Options { token_limit: reading, limits: Limits::Off, ..Options::default() };
        let sandbox = Sandbox::start(options).unwrap();
        let [olivia, alice] = ["olivia", "alice"].map(|name| account(&sandbox, name).token);
        let week = sandbox.now() + jiff::SignedDuration::from_hours(7 * 24);
        let user = api(&sandbox, &alice, "GET", "/account/details", None).at("/data/id");
        let body = json!({"data": {"attributes": {"expired-at": week.to_string()}}});
        let path = format!("/users/{user}/authentication-tokens");
        let short = api(&sandbox, &alice, "POST", &path, Some(body)).at("/data/attributes/token");
        let see = |token: &str, path: &str| api(&sandbox, token, "GET", path, None).status;
        let limit = json!([{"token-type": "user", "max-ttl-ms": 6 * 24 * 3_600_000_i64}]);
        let attributes = json!({"token-ttl-policies": limit});
        let body = json!({"data": {"attributes": attributes}});
        let path = "/organizations/acme/token-ttl-policies";
        assert_eq!(api(&sandbox, &olivia, "PATCH", path, Some(body)).status, 200);
        assert_eq!(see(&short, "/organizations/acme"), 200, "the switch is still off");
        let body = json!({"data": {"attributes": {"max-ttl-enabled": true}}});
        assert_eq!(api(&sandbox, &olivia, "PATCH", "/organizations/acme", Some(body)).status, 200);
        assert_eq!(see(&short, "/organizations/acme"), 401);
        assert_eq!(see(&short, "/account/details"), 200, "elsewhere it is as good as ever");
        assert_eq!(see(&alice, "/organizations/acme/teams"), 401);
        let registry = "/api/registry/v1/modules/acme/hello/sandbox/versions";
        assert_eq!(Request::get(registry).bearer(&short).send(&sandbox).status, 401);
        sandbox.advance(2 * 24 * 3600);
        let later = see(&short, "/organizations/acme");
        let expected = if reading == TokenLimitReading::FromNow { 200 } else { 401 };
        assert_eq!(later, expected, "{reading:?}: five of its seven days are left");
    }
}

#[test]
fn a_data_retention_policy_is_kept_and_shown() {
    // TestOrganization_DataRetentionPolicy.
    let sandbox = sandbox();
    organization(&sandbox, "tst-one");
    let path = "/organizations/tst-one/relationships/data-retention-policy";
    let (older, never) =
        ("data-retention-policy-delete-olders", "data-retention-policy-dont-deletes");
    let shown = || {
        let organization = get(&sandbox, "/organizations/tst-one");
        organization["data"]["relationships"]["data-retention-policy"]["data"].clone()
    };
    assert_eq!(shown(), Value::Null);
    for (kind, days) in [(older, 33), (older, 1), (never, 0), (older, 45)] {
        let set = send(&sandbox, "POST", path, kind, json!({"delete-older-than-n-days": days}));
        assert_eq!(set.status, 200, "{}", set.text);
        let set = set.json()["data"].take();
        assert!(text(&set["id"]).starts_with("drp-"));
        assert_eq!(get(&sandbox, path)["data"], set);
        assert_eq!(shown(), json!({"id": set["id"], "type": kind}));
        if kind == older {
            assert_eq!(set["attributes"]["delete-older-than-n-days"], json!(days));
        }
    }
    assert_eq!(send(&sandbox, "POST", path, older, json!({})).status, 422);
    assert_eq!(delete(&sandbox, path), 204);
    assert_eq!(shown(), Value::Null);
}

#[test]
fn metrics_tokens_have_a_shape_of_their_own_and_are_shown_once() {
    let sandbox = sandbox();
    let olivia = account(&sandbox, "olivia").token;
    let path = "/organizations/acme/metrics-tokens";
    let ask = |token: &str, method: &str, path: &str, attributes: Value| {
        let body = (method == "POST").then(|| json!({"data": {"attributes": attributes}}));
        api(&sandbox, token, method, path, body)
    };
    let created = ask(&olivia, "POST", path, json!({"name": "grafana"}));
    let token = created.at("/data/attributes/token");
    assert_eq!((created.status, token.starts_with("hcpt_")), (201, true));
    let list = ask(&olivia, "GET", path, json!({})).json();
    assert_eq!(list["data"][0]["attributes"]["name"], json!("grafana"));
    assert_eq!(list["data"][0]["attributes"]["token"], Value::Null);
    assert_eq!(ask(&token, "GET", "/account/details", json!({})).status, 401, "metrics only");
    for nonsense in [json!({}), json!({"name": "x", "expires-at": "2001-01-01T00:00:00Z"})] {
        assert_eq!(ask(&olivia, "POST", path, nonsense).status, 422);
    }
    assert_eq!(ask(&account(&sandbox, "alice").token, "GET", path, json!({})).status, 404);
    let one = format!("{path}/{}", created.at("/data/id"));
    let deleted = || ask(&olivia, "DELETE", &one, json!({})).status;
    assert_eq!((deleted(), deleted()), (204, 404));
    assert!(!sandbox.accepts(&token));
}

#[test]
fn the_audit_trail_opens_to_its_own_token_and_the_organizations() {
    let sandbox = sandbox();
    let olivia = account(&sandbox, "olivia").token;
    let path = "/organizations/acme/authentication-token";
    let make = |query: &str| {
        api(&sandbox, &olivia, "POST", &format!("{path}{query}"), None).at("/data/attributes/token")
    };
    let (own, trail) = (make(""), make("?token=audit-trails"));
    let read = |token: &str, query: &str| {
        api(&sandbox, token, "GET", &format!("/organization/audit-trail{query}"), None)
    };
    for token in [&own, &trail] {
        let answer = read(token, "");
        assert_eq!((answer.status, answer.header("content-type")), (200, Some("application/json")));
        let body = answer.json();
        assert_eq!(body["data"][0]["resource"]["type"], json!("authentication_token"));
        assert_eq!(body["data"][0]["resource"]["action"], json!("create"));
        assert_eq!(body["pagination"]["total_count"], json!(2));
    }
    let page = read(&trail, "?page%5Bsize%5D=1&page%5Bnumber%5D=2").json();
    assert_eq!(
        (page["data"].as_array().unwrap().len(), &page["pagination"]["prev_page"]),
        (1, &json!(1))
    );
    let later = (sandbox.now() + jiff::SignedDuration::from_hours(1)).to_string();
    assert_eq!(read(&trail, &format!("?since={later}")).json()["data"], json!([]));
    assert_eq!(read(&trail, "?since=yesterday").status, 400);
    assert_eq!(read(&olivia, "").status, 404, "users' tokens are refused");
}

#[test]
fn connections_to_version_control_name_whose_account_they_use() {
    let sandbox = sandbox();
    let olivia = account(&sandbox, "olivia").token;
    let path = "/organizations/acme/oauth-tokens";
    let list = api(&sandbox, &olivia, "GET", path, None);
    assert_eq!(list.at("/data/0/attributes/service-provider-user"), "bob");
    assert_eq!(api(&sandbox, &account(&sandbox, "bob").token, "GET", path, None).status, 404);
    let one = format!("/oauth-tokens/{}", list.at("/data/0/id"));
    let status = |method: &str| api(&sandbox, &olivia, method, &one, None).status;
    assert_eq!((status("GET"), status("DELETE"), status("GET")), (200, 204, 404));
}
