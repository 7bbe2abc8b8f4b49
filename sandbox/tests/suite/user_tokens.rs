//! User tokens: list, create, show, delete.

use keybelt_sandbox::Sandbox;
use serde_json::{Value, json};

use crate::wire::{Answer, Request};
use crate::{account, sandbox, sandbox_without_limits, sign_in};

const JSON_API: &str = "application/vnd.api+json";

fn get(sandbox: &Sandbox, token: &str, path: &str) -> Answer {
    Request::get(path).bearer(token).send(sandbox)
}

fn user_id(sandbox: &Sandbox, token: &str) -> String {
    get(sandbox, token, "/api/v2/account/details").at("/data/id")
}

fn list_path(sandbox: &Sandbox, token: &str) -> String {
    let id = user_id(sandbox, token);
    format!("/api/v2/users/{id}/authentication-tokens")
}

fn create(sandbox: &Sandbox, token: &str, attributes: Value) -> Answer {
    let body = json!({"data": {"type": "authentication-tokens", "attributes": attributes}});
    post(sandbox, token, &list_path(sandbox, token), &body)
}

fn post(sandbox: &Sandbox, token: &str, path: &str, body: &Value) -> Answer {
    Request::post(path)
        .bearer(token)
        .header("Content-Type", JSON_API)
        .body(&body.to_string())
        .send(sandbox)
}

fn delete(sandbox: &Sandbox, token: &str, id: &str) -> Answer {
    Request::new("DELETE", &format!("/api/v2/authentication-tokens/{id}"))
        .bearer(token)
        .header("Content-Type", JSON_API)
        .send(sandbox)
}

fn descriptions(list: &Answer) -> Vec<Value> {
    let list = list.json();
    let data = list["data"].as_array().unwrap().iter();
    data.map(|token| token["attributes"]["description"].clone()).collect()
}

#[test]
fn a_new_token_is_shown_in_the_answer_to_its_creation_and_nowhere_else() {
    let sandbox = sandbox();
    let alice = account(&sandbox, "alice");
    let attributes = json!({"description": "api", "expired-at": "2099-04-06T12:00:00.000Z"});
    let created = create(&sandbox, &alice.token, attributes);
    assert_eq!((created.status, created.header("content-type")), (201, Some(JSON_API)));
    let token = created.at("/data/attributes/token");
    assert!(sandbox.accepts(&token));
    let mut data = created.json()["data"].take();
    assert_eq!(data["type"], json!("authentication-tokens"));
    assert_eq!(data["attributes"]["description"], json!("api"));
    assert_eq!(data["attributes"]["last-used-at"], Value::Null);
    let owner = json!({"data": {"id": user_id(&sandbox, &alice.token), "type": "users"}});
    assert_eq!(data["relationships"]["created-by"], owner);
    data["attributes"]["token"] = Value::Null;
    let id = data["id"].as_str().unwrap();
    let shown = get(&sandbox, &alice.token, &format!("/api/v2/authentication-tokens/{id}"));
    assert_eq!((shown.status, shown.json()), (200, json!({"data": data})));
    let list = get(&sandbox, &alice.token, &list_path(&sandbox, &alice.token));
    assert_eq!(list.json()["data"][1], data);
}

#[test]
fn an_empty_type_and_no_attributes_make_a_token_without_a_description() {
    let sandbox = sandbox();
    let alice = account(&sandbox, "alice");
    let path = list_path(&sandbox, &alice.token);
    for data in [
        json!({"type": ""}),
        json!({"type": "", "attributes": {}}),
        json!({"attributes": {"description": null, "expired-at": null}}),
    ] {
        let created = post(&sandbox, &alice.token, &path, &json!({"data": data}));
        assert_eq!(created.status, 201, "{}", created.text);
        assert_eq!(created.json()["data"]["attributes"]["description"], Value::Null);
    }
}

#[test]
fn a_token_without_an_expiry_lasts_for_two_years_of_the_calendar() {
    // go-tfe v1.109.0, organization_token_integration_test.go, TestOrganizationTokensCreate: created-at
    // plus two years, within a minute. 63,113,904 s, the default limit, is 12 hours off.
    let sandbox = sandbox();
    let alice = account(&sandbox, "alice");
    let created = create(&sandbox, &alice.token, json!({"description": "api"}));
    let time = |name: &str| {
        let text = created.at(&format!("/data/attributes/{name}"));
        assert!(text.ends_with('Z') && text.len() == 24, "{text}");
        text.parse::<jiff::Timestamp>().unwrap()
    };
    let lifetime = time("expired-at").duration_since(time("created-at"));
    let two_years = crate::two_calendar_years(time("created-at"));
    assert_eq!(lifetime.as_millis(), i128::from(two_years) * 1000);
    assert_eq!(two_years % 86_400, 0, "whole days");
    let token = created.at("/data/attributes/token");
    sandbox.advance(two_years - 60);
    assert!(sandbox.accepts(&token));
    sandbox.advance(60);
    assert!(!sandbox.accepts(&token));
}

#[test]
fn an_expiry_is_echoed_in_utc_and_then_kept() {
    let sandbox = sandbox();
    let alice = account(&sandbox, "alice");
    for asked in ["2099-04-06T12:00:00Z", "2099-04-06T14:00:00+02:00"] {
        let created = create(&sandbox, &alice.token, json!({"expired-at": asked}));
        assert_eq!(created.at("/data/attributes/expired-at"), "2099-04-06T12:00:00.000Z");
    }
    let soon = sandbox.now() + jiff::SignedDuration::from_mins(5);
    let created = create(&sandbox, &alice.token, json!({"expired-at": soon.to_string()}));
    let token = created.at("/data/attributes/token");
    let status = || get(&sandbox, &token, "/api/v2/account/details").status;
    sandbox.advance(4 * 60);
    assert_eq!(status(), 200);
    sandbox.advance(60);
    assert_eq!(status(), 401);
}

#[test]
fn an_expiry_that_is_past_or_no_date_is_422_and_makes_no_token() {
    let sandbox = sandbox();
    let alice = account(&sandbox, "alice");
    let past = sandbox.now() - jiff::SignedDuration::from_secs(1);
    for nonsense in [
        json!(past.to_string()),
        json!("2001-01-01T00:00:00Z"),
        json!("tomorrow"),
        json!(""),
        json!(4_102_444_800_u64),
    ] {
        let refused = create(&sandbox, &alice.token, json!({"expired-at": nonsense}));
        assert_eq!(refused.status, 422, "{}", refused.text);
        assert_eq!(refused.at("/errors/0/source/pointer"), "/data/attributes/expired-at");
    }
    let refused = create(&sandbox, &alice.token, json!({"description": 7}));
    assert_eq!(refused.status, 422);
    let path = list_path(&sandbox, &alice.token);
    assert_eq!(post(&sandbox, &alice.token, &path, &json!([])).status, 422);
    assert_eq!(sandbox.live_tokens().len(), 4);
}

#[test]
fn a_list_is_whole_unless_pages_are_asked_for() {
    let sandbox = sandbox_without_limits();
    let alice = account(&sandbox, "alice");
    for number in 1..=24 {
        let attributes = json!({"description": format!("token {number}")});
        assert_eq!(create(&sandbox, &alice.token, attributes).status, 201);
    }
    let path = list_path(&sandbox, &alice.token);
    let whole = get(&sandbox, &alice.token, &path);
    assert_eq!(descriptions(&whole).len(), 25);
    assert_eq!(whole.json().get("meta"), None);
    let page = |query: &str| get(&sandbox, &alice.token, &format!("{path}?{query}"));
    let second = page("page%5Bnumber%5D=2&page%5Bsize%5D=10");
    assert_eq!(descriptions(&second)[0], json!("token 10"));
    assert_eq!(
        second.json()["meta"]["pagination"],
        json!({
            "current-page": 2, "page-size": 10, "prev-page": 1, "next-page": 3,
            "total-pages": 3, "total-count": 25,
        })
    );
    assert_eq!(descriptions(&page("page%5Bnumber%5D=1")).len(), 20);
    assert_eq!(page("page%5Bsize%5D=1000").json()["meta"]["pagination"]["page-size"], json!(100));
    let past_the_end = page("page%5Bnumber%5D=9&page%5Bsize%5D=10");
    assert_eq!((past_the_end.status, descriptions(&past_the_end).len()), (200, 0));
    let pagination = &past_the_end.json()["meta"]["pagination"];
    assert_eq!(pagination["current-page"], json!(9));
    assert_eq!(pagination["total-count"], json!(25));
}

#[test]
fn the_links_of_a_page_lead_through_the_whole_list_once() {
    let sandbox = sandbox_without_limits();
    let alice = account(&sandbox, "alice");
    for number in 1..=4 {
        create(&sandbox, &alice.token, json!({"description": format!("token {number}")}));
    }
    let origin = sandbox.ready().atlas_url.clone();
    let path = list_path(&sandbox, &alice.token);
    let mut next = format!("{origin}{path}?page%5Bsize%5D=2");
    let mut seen = Vec::new();
    while let Some(path) = next.strip_prefix(&origin).filter(|_| seen.len() < 9) {
        let page = get(&sandbox, &alice.token, path);
        seen.extend(descriptions(&page));
        next = page.at("/links/next");
    }
    assert_eq!(next, "", "the last page has no next");
    let rest: Vec<_> = (1..=4).map(|number| json!(format!("token {number}"))).collect();
    assert_eq!((seen.len(), &seen[1..]), (5, rest.as_slice()));
}

#[test]
fn someone_elses_tokens_are_an_empty_list_and_hidden_everywhere_else() {
    let sandbox = sandbox();
    let (alice, bob) = (account(&sandbox, "alice"), account(&sandbox, "bob"));
    let path = list_path(&sandbox, &bob.token);
    let list = get(&sandbox, &alice.token, &path);
    assert_eq!((list.status, list.json()), (200, json!({"data": []})));
    let body = json!({"data": {"type": "authentication-tokens"}});
    assert_eq!(post(&sandbox, &alice.token, &path, &body).status, 404);
    let live = sandbox.live_tokens();
    let id = &live.iter().find(|token| token.username == "bob").unwrap().id;
    let show = format!("/api/v2/authentication-tokens/{id}");
    assert_eq!(get(&sandbox, &alice.token, &show).status, 404);
    assert_eq!(delete(&sandbox, &alice.token, id).status, 404);
    assert!(sandbox.accepts(&bob.token));
    let nobody = "/api/v2/users/user-0000000000000000/authentication-tokens";
    assert_eq!(get(&sandbox, &alice.token, nobody).status, 404);
    assert_eq!(post(&sandbox, &alice.token, nobody, &body).status, 404);
}

#[test]
fn the_last_use_of_a_token_is_kept() {
    let sandbox = sandbox();
    let alice = account(&sandbox, "alice");
    let created = create(&sandbox, &alice.token, json!({}));
    let path = format!("/api/v2/authentication-tokens/{}", created.at("/data/id"));
    let last_use = || get(&sandbox, &alice.token, &path).at("/data/attributes/last-used-at");
    assert_eq!(last_use(), "", "never");
    sandbox.advance(3600);
    let token = created.at("/data/attributes/token");
    assert_eq!(get(&sandbox, &token, "/api/v1/authenticate").status, 200);
    let first = last_use();
    assert!(first.ends_with('Z') && first > created.at("/data/attributes/created-at"));
    sandbox.advance(3600);
    assert_eq!(get(&sandbox, &token, "/api/v2/account/details").status, 200);
    assert!(last_use() > first);
}

#[test]
fn a_deleted_token_is_no_longer_accepted_and_deleting_it_again_is_404() {
    let sandbox = sandbox();
    let alice = account(&sandbox, "alice");
    let created = create(&sandbox, &alice.token, json!({}));
    let id = created.at("/data/id");
    let answer = delete(&sandbox, &alice.token, &id);
    assert_eq!((answer.status, answer.text.as_str()), (204, ""));
    assert!(!sandbox.accepts(&created.at("/data/attributes/token")));
    assert_eq!(delete(&sandbox, &alice.token, &id).status, 404);
    assert!(sandbox.accepts(&alice.token), "and no other");
}

#[test]
fn a_token_may_delete_itself_by_the_link_in_its_accounts_details() {
    let sandbox = sandbox();
    let token = account(&sandbox, "alice").token;
    let link = get(&sandbox, &token, "/api/v2/account/details").at("/data/links/auth-token");
    let without_type = Request::new("DELETE", &link).bearer(&token).send(&sandbox);
    assert_eq!(without_type.status, 415);
    let id = link.rsplit_once('/').unwrap().1;
    assert_eq!(delete(&sandbox, &token, id).status, 204);
    assert_eq!(get(&sandbox, &token, "/api/v2/account/details").status, 401);
}

#[test]
fn an_expired_token_stays_listed_until_it_is_deleted() {
    let sandbox = sandbox();
    let alice = account(&sandbox, "alice");
    let soon = sandbox.now() + jiff::SignedDuration::from_mins(5);
    let attributes = json!({"description": "short", "expired-at": soon.to_string()});
    let id = create(&sandbox, &alice.token, attributes).at("/data/id");
    sandbox.advance(600);
    let path = list_path(&sandbox, &alice.token);
    let listed = || descriptions(&get(&sandbox, &alice.token, &path)).contains(&json!("short"));
    assert!(listed());
    assert_eq!(delete(&sandbox, &alice.token, &id).status, 204);
    assert!(!listed());
}

#[test]
fn a_token_that_a_sign_in_made_is_listed_with_the_description_it_was_given() {
    let sandbox = sandbox();
    let alice = account(&sandbox, "alice");
    assert_eq!(sign_in(&sandbox, &alice, Value::Null).status, 200);
    let list = get(&sandbox, &alice.token, &list_path(&sandbox, &alice.token));
    assert_eq!(descriptions(&list), [json!("Made when the sandbox started"), json!("from a test")]);
}
