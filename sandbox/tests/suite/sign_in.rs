//! Sign-in by password: `/api/v1/authenticate` and `/api/v1/two-factor/request-code`.

use keybelt_sandbox::{Options, Sandbox};
use serde_json::{Value, json};

use crate::wire::Request;
use crate::{
    account, app_code, request_text, sandbox, sandbox_without_limits, secret, sign_in,
    sign_in_with_code, to_the_beginning_of_a_step,
};

#[test]
fn a_password_alone_signs_in_an_account_without_two_factor() {
    let sandbox = sandbox();
    let answer = sign_in(&sandbox, &account(&sandbox, "alice"), Value::Null);
    assert_eq!(answer.status, 200, "{}", answer.text);
    let token = answer.at("/token");
    let parts: Vec<_> = token.split('.').collect();
    assert_eq!((parts[0].len(), parts[1], parts[2].len()), (14, "atlasv1", 67));
    assert_eq!(answer.at("/description"), "from a test");
    assert_eq!(answer.at("/token_hash").len(), 128);
    assert!(answer.at("/created_at").ends_with('Z'));
    assert_eq!(answer.json().as_object().unwrap().len(), 4, "no expiry, no id: {}", answer.text);
    assert!(sandbox.accepts(&token));
}

#[test]
fn an_email_address_signs_in_as_well() {
    let sandbox = sandbox();
    let mut alice = account(&sandbox, "alice");
    alice.username = alice.email.clone();
    assert_eq!(sign_in(&sandbox, &alice, json!({})).status, 200);
}

#[test]
fn a_wrong_password_and_an_unknown_user_look_alike() {
    let sandbox = sandbox();
    let mut bob = account(&sandbox, "bob");
    bob.password.push('x');
    let wrong = sign_in(&sandbox, &bob, Value::Null);
    bob.username = "nobody".to_owned();
    let unknown = sign_in(&sandbox, &bob, Value::Null);
    assert_eq!((wrong.status, unknown.status), (401, 401));
    assert_eq!(wrong.text, unknown.text);
    assert!(wrong.json()["errors"][0].is_string());
}

#[test]
fn no_code_in_any_spelling_is_answered_with_406_and_how_codes_come() {
    let sandbox = sandbox();
    let bob = account(&sandbox, "bob");
    for none in [Value::Null, json!({}), json!({"code": null})] {
        let answer = sign_in(&sandbox, &bob, none);
        assert_eq!(answer.status, 406);
        let body = answer.json();
        assert_eq!(
            body["two_factor"],
            json!({"default_delivery_method": "app", "delivery_methods": ["app"]})
        );
        assert!(body["errors"][0].is_string());
        assert_eq!(body["success"], json!(false));
    }
    let carol = sign_in(&sandbox, &account(&sandbox, "carol"), Value::Null);
    assert_eq!(carol.at("/two_factor/default_delivery_method"), "sms");
    assert!(sandbox.outbox().is_empty(), "nothing is sent until it is asked for");
}

#[test]
fn a_wrong_or_empty_code_is_400_and_never_406() {
    let sandbox = sandbox();
    let bob = account(&sandbox, "bob");
    for wrong in ["", "12345", "not a code"] {
        let answer = sign_in_with_code(&sandbox, &bob, wrong);
        assert_eq!(answer.status, 400);
        let body = answer.json();
        assert!(body["errors"][0].is_string() && body.get("two_factor").is_none());
        assert_eq!(body["success"], json!(false));
    }
}

#[test]
fn an_app_code_is_good_for_one_step_each_way_and_no_more() {
    let sandbox = sandbox_without_limits();
    let bob = account(&sandbox, "bob");
    to_the_beginning_of_a_step(&sandbox);
    let statuses = [-60, -30, 0, 30, 60].map(|seconds| {
        let code = app_code(&sandbox, &secret(&bob), seconds);
        sign_in_with_code(&sandbox, &bob, &code).status
    });
    assert_eq!(statuses, [400, 200, 200, 200, 400]);
}

#[test]
fn an_app_code_works_only_once() {
    let sandbox = sandbox();
    let bob = account(&sandbox, "bob");
    to_the_beginning_of_a_step(&sandbox);
    let code = app_code(&sandbox, &secret(&bob), 0);
    assert_eq!(sign_in_with_code(&sandbox, &bob, &code).status, 200);
    assert_eq!(sign_in_with_code(&sandbox, &bob, &code).status, 400);
    sandbox.advance(30);
    let next = app_code(&sandbox, &secret(&bob), 0);
    assert_eq!(sign_in_with_code(&sandbox, &bob, &next).status, 200);
}

#[test]
fn a_code_of_an_earlier_step_is_refused_after_a_later_one() {
    let sandbox = sandbox();
    let bob = account(&sandbox, "bob");
    to_the_beginning_of_a_step(&sandbox);
    let statuses = [0, -30, 30, 0].map(|seconds| {
        let code = app_code(&sandbox, &secret(&bob), seconds);
        sign_in_with_code(&sandbox, &bob, &code).status
    });
    assert_eq!(statuses, [200, 400, 200, 400]);
}

#[test]
fn a_text_brings_a_code_that_lasts_ten_minutes_and_works_only_once() {
    let sandbox = sandbox();
    let carol = account(&sandbox, "carol");
    let code = request_text(&sandbox, &carol);
    sandbox.advance(9 * 60);
    assert_eq!(sign_in_with_code(&sandbox, &carol, &code).status, 200);
    assert_eq!(sign_in_with_code(&sandbox, &carol, &code).status, 400);
    let late = request_text(&sandbox, &carol);
    sandbox.advance(10 * 60);
    assert_eq!(sign_in_with_code(&sandbox, &carol, &late).status, 400);
}

#[test]
fn the_answer_to_a_text_request_shows_only_the_end_of_the_number() {
    let sandbox = sandbox();
    let carol = account(&sandbox, "carol");
    let body = json!({
        "user": {"login": "carol", "password": carol.password},
        "two_factor": {"delivery_method": "sms"},
    });
    let answer = Request::post("/api/v1/two-factor/request-code").json(&body).send(&sandbox);
    let number = carol.two_factor.unwrap().sms_number.unwrap();
    let last_four = &number[number.len() - 4..];
    assert_eq!(answer.status, 201);
    assert_eq!(
        answer.json(),
        json!({"two_factor": {"obfuscated_destination": format!("SMS number ending in {last_four}")}})
    );
    assert_eq!(sandbox.outbox()[0].to, number);
}

#[test]
fn a_text_needs_the_password_and_an_account_that_gets_texts() {
    let sandbox = sandbox();
    let ask = |username: &str, password: &str, method: &str| {
        let body = json!({
            "user": {"login": username, "password": password},
            "two_factor": {"delivery_method": method},
        });
        Request::post("/api/v1/two-factor/request-code").json(&body).send(&sandbox).status
    };
    let password = |username| account(&sandbox, username).password;
    assert_eq!(ask("carol", "wrong", "sms"), 401);
    assert_eq!(ask("carol", &password("carol"), "app"), 400);
    assert_eq!(ask("bob", &password("bob"), "sms"), 400);
    assert_eq!(ask("alice", &password("alice"), "sms"), 400);
    assert!(sandbox.outbox().is_empty());
}

#[test]
fn a_recovery_code_works_only_once() {
    let sandbox = sandbox();
    let bob = account(&sandbox, "bob");
    let code = &bob.recovery_codes[2];
    assert_eq!((bob.recovery_codes.len(), code.len()), (6, 6));
    assert_eq!(sign_in_with_code(&sandbox, &bob, code).status, 200);
    assert_eq!(sign_in_with_code(&sandbox, &bob, code).status, 400);
    assert_eq!(sign_in_with_code(&sandbox, &bob, &bob.recovery_codes[3]).status, 200);
}

#[test]
fn a_form_signs_in_as_the_go_client_sends_it() {
    let sandbox = sandbox();
    let alice = account(&sandbox, "alice");
    let form = format!(
        "user%5Bdescription%5D=Created+by+the+Atlas+Go+Client&user%5Blogin%5D=alice&user[password]={}",
        alice.password
    );
    let answer = Request::post("/api/v1/authenticate").form(&form).send(&sandbox);
    assert_eq!(answer.status, 200, "{}", answer.text);
    assert_eq!(answer.at("/description"), "Created by the Atlas Go Client");
}

#[test]
fn a_form_carries_a_code_and_an_empty_one_counts_as_one() {
    let sandbox = sandbox();
    let bob = account(&sandbox, "bob");
    let send = |rest: &str| {
        let form = format!("user[login]=bob&user[password]={}{rest}", bob.password);
        Request::post("/api/v1/authenticate").form(&form).send(&sandbox).status
    };
    let code = app_code(&sandbox, &secret(&bob), 0);
    assert_eq!(send(""), 406);
    assert_eq!(send("&two_factor[code]="), 400);
    assert_eq!(send(&format!("&two_factor[code]={code}")), 200);
}

#[test]
fn a_body_that_is_not_json_is_refused_without_a_trace() {
    let sandbox = sandbox();
    let answer = Request::post("/api/v1/authenticate")
        .header("Content-Type", "application/json")
        .body("{\"user\":")
        .send(&sandbox);
    assert_eq!(answer.status, 400);
    assert!(answer.json()["errors"][0].is_string());
    assert_eq!(sandbox.live_tokens().len(), 4);
}

#[test]
fn both_authentication_headers_are_read_and_a_query_is_not() {
    let sandbox = sandbox();
    let token = account(&sandbox, "alice").token;
    let validate = || Request::get("/api/v1/authenticate");
    let bearer = validate().bearer(&token).send(&sandbox);
    assert_eq!(bearer.status, 200);
    assert_eq!(bearer.at("/user/username"), "alice");
    assert!(!bearer.text.contains(&token));
    assert_eq!(validate().header("X-Atlas-Token", &token).send(&sandbox).status, 200);
    let query = format!("/api/v1/authenticate?access_token={token}");
    assert_eq!(Request::get(&query).send(&sandbox).status, 401);
}

#[test]
fn without_a_token_the_route_shows_by_401_and_json_that_it_exists() {
    let sandbox = sandbox();
    for route in ["/api/v1/authenticate", "/api/v2/authenticate"] {
        let answer = Request::get(route).send(&sandbox);
        assert_eq!(answer.status, 401);
        assert_eq!(answer.header("content-type"), Some("application/json"));
        assert!(answer.json()["errors"][0].is_string());
    }
}

#[test]
fn the_newer_route_validates_in_the_older_shape() {
    let sandbox = sandbox();
    let token = account(&sandbox, "carol").token;
    let answer = Request::get("/api/v2/authenticate").bearer(&token).send(&sandbox);
    assert_eq!((answer.status, answer.at("/user/username").as_str()), (200, "carol"));
}

#[test]
fn deleting_revokes_the_token_that_asks_and_no_other() {
    let sandbox = sandbox();
    let alice = account(&sandbox, "alice");
    let other = sign_in(&sandbox, &alice, Value::Null).at("/token");
    let delete = || Request::new("DELETE", "/api/v1/authenticate").bearer(&alice.token);
    let first = delete().send(&sandbox);
    assert_eq!((first.status, first.text.as_str()), (204, ""));
    assert_eq!(delete().send(&sandbox).status, 401);
    assert!(!sandbox.accepts(&alice.token) && sandbox.accepts(&other));
}

#[test]
fn a_token_expires_after_two_years() {
    let sandbox = sandbox();
    let token = account(&sandbox, "alice").token;
    let status = || Request::get("/api/v2/account/details").bearer(&token).send(&sandbox).status;
    let lifetime = crate::two_calendar_years(sandbox.now());
    sandbox.advance(lifetime - 60);
    assert_eq!(status(), 200);
    sandbox.advance(60);
    assert_eq!(status(), 401);
    assert!(sandbox.live_tokens().is_empty());
}

#[test]
fn the_numbered_accounts_have_the_password_of_alice_and_no_two_factor() {
    let sandbox = Sandbox::start(Options { accounts: 3, ..Options::default() }).unwrap();
    let mut user = account(&sandbox, "alice");
    for (name, status) in [("user-1", 200), ("user-3", 200), ("user-4", 401)] {
        user.username = name.to_owned();
        assert_eq!(sign_in(&sandbox, &user, Value::Null).status, status, "{name}");
    }
    assert_eq!(sandbox.ready().accounts.len(), 4, "they are not listed");
}

#[test]
fn many_clients_sign_in_at_once() {
    let sandbox = sandbox_without_limits();
    let alice = account(&sandbox, "alice");
    std::thread::scope(|scope| {
        for _ in 0..16 {
            scope.spawn(|| {
                for _ in 0..25 {
                    assert_eq!(sign_in(&sandbox, &alice, Value::Null).status, 200);
                }
            });
        }
    });
    assert_eq!(sandbox.live_tokens().len(), 4 + 16 * 25);
}
