//! team_token_integration_test.go.

use serde_json::{Value, json};

use super::{
    ask, create, delete, get, ids, off_two_years, organization, sandbox, send, team, text,
};
use crate::{account, api};

#[test]
fn a_legacy_token_replaces_the_one_before_and_leaves_the_described_ones() {
    // TestTeamTokensCreate, TestTeamTokens_CreateWithOptions, TestTeamTokensRead, TestTeamTokensDelete.
    let sandbox = sandbox();
    organization(&sandbox, "tst-one");
    let team = team(&sandbox, "tst-one", "team");
    let path = format!("/teams/{team}/authentication-token");
    let many = format!("/teams/{team}/authentication-tokens");
    assert_eq!(ask(&sandbox, "GET", &path, None).status, 404);
    let described = create(&sandbox, &many, "authentication-tokens", json!({"description": "ci"}));
    let first = create(&sandbox, &path, "", json!({}));
    assert_eq!(first["attributes"]["description"], Value::Null);
    assert_eq!(first["relationships"]["created-by"]["data"]["type"], json!("users"));
    assert!(off_two_years(&first) <= 60);
    let expiry = sandbox.now() + jiff::SignedDuration::from_hours(24);
    let second = create(&sandbox, &path, "", json!({"expired-at": format!("{expiry:.0}")}));
    let token = |created: &Value| text(&created["attributes"]["token"]);
    assert_ne!(token(&first), token(&second));
    assert!(!sandbox.accepts(&token(&first)) && sandbox.accepts(&token(&second)));
    assert!(sandbox.accepts(&token(&described)));
    let shown = get(&sandbox, &path)["data"].take();
    assert_eq!(shown["relationships"]["team"]["data"]["id"], json!(team));
    assert_eq!(shown["attributes"]["expired-at"], second["attributes"]["expired-at"]);
    assert_eq!((delete(&sandbox, &path), delete(&sandbox, &path)), (204, 404));
    assert!(sandbox.accepts(&token(&described)));
}

#[test]
fn a_team_has_several_tokens_with_descriptions_of_their_own() {
    // TestTeamTokens_CreateWithOptions_MultipleTokens; errors.go:280 has the words of the refusal.
    let sandbox = sandbox();
    organization(&sandbox, "tst-one");
    let team = team(&sandbox, "tst-one", "team");
    let path = format!("/teams/{team}/authentication-tokens");
    for description in ["one", "two", ""] {
        let attributes = json!({"description": description});
        let created = create(&sandbox, &path, "authentication-tokens", attributes);
        assert_eq!(created["attributes"]["description"], json!(description));
        assert!(off_two_years(&created) <= 60);
    }
    let attributes = json!({"description": "one"});
    let refused = send(&sandbox, "POST", &path, "authentication-tokens", attributes);
    assert_eq!(refused.status, 422);
    assert_eq!(refused.at("/errors/0/title"), "invalid attributes");
    assert_eq!(
        refused.at("/errors/0/detail"),
        "Validation failed: Description has already been taken"
    );
    let expiry = sandbox.now() + jiff::SignedDuration::from_hours(24);
    let attributes = json!({"description": "short", "expired-at": expiry.to_string()});
    create(&sandbox, &path, "authentication-tokens", attributes);
    assert_eq!(
        get(&sandbox, "/organizations/tst-one/team-tokens")["data"].as_array().unwrap().len(),
        4
    );
}

#[test]
fn a_token_is_shown_and_deleted_by_its_id() {
    // TestTeamTokensReadByID, TestTeamTokensDeleteByID.
    let sandbox = sandbox();
    organization(&sandbox, "tst-one");
    let team = team(&sandbox, "tst-one", "team");
    for (path, attributes) in [
        (format!("/teams/{team}/authentication-token"), json!({})),
        (format!("/teams/{team}/authentication-tokens"), json!({"description": "ci"})),
    ] {
        let mut created = create(&sandbox, &path, "", attributes);
        let id = format!("/authentication-tokens/{}", text(&created["id"]));
        created["attributes"]["token"] = Value::Null;
        assert_eq!(get(&sandbox, &id)["data"], created);
        let alice = account(&sandbox, "alice").token;
        assert_eq!(api(&sandbox, &alice, "GET", &id, None).status, 404, "not hers to see");
        assert_eq!(api(&sandbox, &alice, "DELETE", &id, None).status, 404);
        assert_eq!((delete(&sandbox, &id), delete(&sandbox, &id)), (204, 404));
    }
    assert_eq!(
        ask(&sandbox, "GET", "/authentication-tokens/nonexistent-token-id", None).status,
        404
    );
}

#[test]
fn an_organizations_team_tokens_are_found_by_team_and_sorted() {
    // TestTeamTokensList.
    let sandbox = sandbox();
    organization(&sandbox, "tst-one");
    let list =
        |query: &str| ids(&get(&sandbox, &format!("/organizations/tst-one/team-tokens{query}")));
    assert!(list("").is_empty(), "an empty list when there are none");
    let tokens: Vec<_> = [("alpha", 24), ("beta", 48)]
        .map(|(name, hours)| {
            let team = team(&sandbox, "tst-one", name);
            let expiry = sandbox.now() + jiff::SignedDuration::from_hours(hours);
            let path = format!("/teams/{team}/authentication-token");
            text(&create(&sandbox, &path, "", json!({"expired-at": expiry.to_string()}))["id"])
        })
        .into();
    let reversed: Vec<_> = tokens.iter().rev().cloned().collect();
    assert_eq!(list(""), tokens, "by expiry, the first to end first");
    assert_eq!(list("?q=alpha"), tokens[..1]);
    for (sort, expected) in [
        ("expired-at", &tokens),
        ("-expired-at", &reversed),
        ("team-name", &tokens),
        ("-team-name", &reversed),
    ] {
        assert_eq!(list(&format!("?sort={sort}")), *expected, "{sort}");
    }
    let nonsense = "/organizations/tst-one/team-tokens?sort=colour";
    assert_eq!(ask(&sandbox, "GET", nonsense, None).status, 400);
    // The documents and the OpenAPI description name the filter differently; both are read.
    for name in ["filter%5Bstatus%5D", "filter%5Bexpiry_status%5D"] {
        assert_eq!(list(&format!("?{name}=expiring_in_7_days")), tokens);
        assert!(list(&format!("?{name}=expired,no_expiration")).is_empty());
    }
    let body = json!({"data": [{"type": "authentication-tokens", "id": tokens[0]}]});
    let several = ask(&sandbox, "DELETE", "/organizations/tst-one/team-tokens", Some(body));
    assert_eq!((several.status, list("")), (204, tokens[1..].to_vec()));
}

#[test]
fn who_may_manage_a_teams_tokens() {
    // tokens-and-administration.md, section 11, the vendor's chart.
    let sandbox = sandbox();
    let olivia = account(&sandbox, "olivia").token;
    let by = |token: &str, method: &str, path: &str, attributes: Value| {
        let body = (method != "GET").then(|| json!({"data": {"attributes": attributes}}));
        api(&sandbox, token, method, path, body)
    };
    let new_team = |name: &str, access: Value| {
        let attributes = json!({"name": name, "organization-access": access});
        by(&olivia, "POST", "/organizations/acme/teams", attributes).at("/data/id")
    };
    let (plain, managers) =
        (new_team("plain", json!({})), new_team("managers", json!({"manage-teams": true})));
    let join = |team: &str, user: &str| {
        let body = json!({"data": [{"type": "users", "id": user}]});
        let path = format!("/teams/{team}/relationships/users");
        assert_eq!(api(&sandbox, &olivia, "POST", &path, Some(body)).status, 204);
    };
    join(&managers, "bob");
    join(&plain, "carol");
    let path = format!("/teams/{plain}/authentication-tokens");
    let number = std::cell::Cell::new(0);
    let make = |token: &str, path: &str| {
        number.set(number.get() + 1);
        by(token, "POST", path, json!({"description": number.get().to_string()}))
    };
    let [alice, bob, carol] = ["alice", "bob", "carol"].map(|name| account(&sandbox, name).token);
    let statuses =
        |path: &str| [&olivia, &bob, &carol, &alice].map(|token| make(token, path).status);
    assert_eq!(statuses(&path), [201, 201, 404, 404], "owner, manager, member, other");
    let allow = json!({"allow-member-token-management": true});
    assert_eq!(by(&olivia, "PATCH", &format!("/teams/{plain}"), allow).status, 200);
    assert_eq!(statuses(&path), [201, 201, 201, 404]);
    let teams = by(&olivia, "GET", "/organizations/acme/teams", json!({})).json();
    let owners = format!("/teams/{}/authentication-tokens", text(&teams["data"][0]["id"]));
    assert_eq!(statuses(&owners), [201, 404, 404, 404], "these carry every right of an owner");
    let of_owners = make(&olivia, &owners).at("/data/attributes/token");
    let of_team = make(&olivia, &path).at("/data/attributes/token");
    let other = format!("/teams/{managers}/authentication-tokens");
    assert_eq!([&of_owners, &of_team].map(|token| make(token, &path).status), [201, 201]);
    assert_eq!([&of_owners, &of_team].map(|token| make(token, &other).status), [201, 404]);
    let made = make(&of_team, &path).json();
    assert_eq!(
        made["data"]["relationships"]["created-by"]["data"],
        json!({"id": plain, "type": "teams"})
    );
    let details = by(&of_team, "GET", "/account/details", json!({}));
    assert_eq!(details.json()["data"]["attributes"]["is-service-account"], json!(true));
    assert_eq!(details.at("/data/relationships/authenticated-resource/data/id"), plain);
    let permissions = |token: &str| {
        let team = by(token, "GET", &format!("/teams/{plain}"), json!({})).json();
        team["data"]["attributes"]["permissions"]["can-update-api-token"].clone()
    };
    assert_eq!(
        [&olivia, &bob, &carol].map(|token| permissions(token)),
        [true, true, true].map(|it| json!(it))
    );
    assert_eq!(by(&olivia, "DELETE", &format!("/teams/{plain}"), json!({})).status, 204);
    assert!(!sandbox.accepts(&of_team), "a team's tokens end with it");
}

#[test]
fn made_up_tokens_are_a_mix_over_many_pages() {
    use keybelt_sandbox::{Limits, Options, Sandbox};
    let options = Options { tokens: 200, limits: Limits::Off, ..Options::default() };
    let sandbox = Sandbox::start(options).unwrap();
    let olivia = account(&sandbox, "olivia").token;
    let get = |path: &str| api(&sandbox, &olivia, "GET", path, None).json();
    let page = get("/organizations/acme/team-tokens?page%5Bsize%5D=100");
    assert_eq!(page["meta"]["pagination"]["total-count"], json!(160), "eight of ten");
    let tokens = page["data"].as_array().unwrap();
    let has = |wanted: fn(&Value) -> bool| tokens.iter().any(wanted);
    assert!(has(|token| token["attributes"]["last-used-at"].is_null()));
    assert!(has(|token| !token["attributes"]["last-used-at"].is_null()));
    assert!(has(|token| token["relationships"]["created-by"]["data"].is_null()), "who has left");
    let pools = get("/organizations/acme/agent-pools");
    let counts = ids(&pools).into_iter().map(|id| {
        let list = get(&format!("/agent-pools/{id}/authentication-tokens"));
        list["meta"]["pagination"]["total-count"].as_u64().unwrap()
    });
    assert_eq!(counts.sum::<u64>(), 40);
}
