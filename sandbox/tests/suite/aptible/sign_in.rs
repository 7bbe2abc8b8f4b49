//! `POST /tokens`.

use serde_json::{Value, json};

use super::{ask, assert_error, claims, get, present_code, sign_in, with};
use crate::wire::Request;
use crate::{account, app_code, sandbox, sandbox_without_limits, secret};

#[test]
fn the_answer_has_what_the_documents_show() {
    let sandbox = sandbox();
    let answer = ask(&sandbox, "alice", json!({"scope": "manage", "expires_in": 43_200}));
    assert_eq!(answer.status, 201, "{}", answer.text);
    assert_eq!(answer.header("content-type"), Some("application/hal+json"));
    let body = answer.json();
    let (url, id) = (&sandbox.ready().aptible_url, answer.at("/id"));
    let user = answer.at("/_links/user/href");
    assert_eq!(
        body,
        json!({
            "id": id,
            "access_token": body["access_token"],
            "token_type": "bearer",
            "expires_in": 43_200,
            "expires_at": body["expires_at"],
            "created_at": body["created_at"],
            "scope": "manage",
            "_type": "token",
            "_links": {
                "self": {"href": format!("{url}/tokens/{id}")},
                "user": {"href": user},
                "actor": {"href": user},
            },
        })
    );
    let [created, expires] = ["/created_at", "/expires_at"].map(|at| answer.at(at));
    assert!(created.ends_with(".000Z") && expires.ends_with(".000Z"));
    let seconds = |text: &str| text.parse::<jiff::Timestamp>().unwrap().as_second();
    assert_eq!(seconds(&expires) - seconds(&created), 43_200);
    let uuid: Vec<_> = id.split('-').map(str::len).collect();
    assert_eq!(uuid, [8, 4, 4, 4, 12]);
    assert!(user.starts_with(&format!("{url}/users/")), "{user}");
}

#[test]
fn the_bodies_that_known_clients_send_are_taken() {
    let sandbox = sandbox();
    let alice = account(&sandbox, "alice");
    let password = &alice.password;
    // The Ruby client, and what it sends at the end of its input.
    for rest in ["", "&otp_token", "&otp_token="] {
        let form = format!(
            "expires_in=604800&grant_type=password&password={password}&scope=manage&username=alice%40sandbox.test{rest}"
        );
        let answer = Request::post("/tokens").form(&form).send_as_to_aptible(&sandbox);
        assert_eq!(answer.status, 201, "{rest}: {}", answer.text);
        assert_eq!(answer.json()["expires_in"], json!(604_800));
    }
    let bodies = [
        // The dashboard.
        json!({"username": alice.email, "password": password, "otp_token": "", "expires_in": 43200,
               "grant_type": "password", "scope": "manage", "_source": "deploy"}),
        // Python.
        json!({"grant_type": "password", "username": alice.email, "password": password,
               "otp_token": null, "scope": "manage", "expires_in": 86400}),
        // The dashboard, for elevation.
        json!({"username": alice.email, "password": password, "otp_token": null, "u2f": null,
               "expires_in": 1800, "grant_type": "password", "scope": "elevated", "_source": "deploy"}),
        // Go, whose name for the lifetime nobody else uses.
        json!({"grant_type": "password", "username": alice.email, "password": password,
               "expires": 43200, "scope": "manage"}),
    ];
    for (body, expires_in) in bodies.into_iter().zip([43_200, 86_400, 1_800, 604_800]) {
        for media_type in ["application/json", "application/hal+json"] {
            let answer = Request::post("/tokens")
                .header("Content-Type", media_type)
                .body(&body.to_string())
                .send_as_to_aptible(&sandbox);
            assert_eq!(answer.status, 201, "{body}: {}", answer.text);
            assert_eq!(answer.json()["expires_in"], json!(expires_in), "{body}");
        }
    }
}

#[test]
fn a_lifetime_is_cut_to_a_week_and_elevation_to_half_an_hour_without_a_word() {
    let sandbox = sandbox();
    for (scope, asked, granted) in [
        ("manage", 2_592_000, 604_800),
        ("manage", 604_801, 604_800),
        ("read", 604_800, 604_800),
        ("read", 60, 60),
        ("elevated", 604_800, 1_800),
        ("elevated", 300, 300),
    ] {
        let answer = ask(&sandbox, "alice", json!({"scope": scope, "expires_in": asked}));
        assert_eq!(answer.json()["expires_in"], json!(granted), "{scope} {asked}");
        let token = answer.at("/access_token");
        assert_eq!(claims(&token)["scope"], json!(scope));
        sandbox.advance(granted - 2);
        assert_eq!(get(&sandbox, &token, "/current_token").status, 200);
        sandbox.advance(2);
        assert_error(&get(&sandbox, &token, "/current_token"), 401, "expired_token");
        assert!(!sandbox.accepts(&token));
    }
    for nonsense in [json!(0), json!(-300), json!("soon"), json!(1.5)] {
        let answer = ask(&sandbox, "alice", json!({"expires_in": nonsense}));
        assert_error(&answer, 422, "unprocessable_entity");
    }
}

#[test]
fn other_grants_and_scopes_and_bodies_are_refused() {
    let sandbox = sandbox();
    for grant in [
        json!(null),
        json!("urn:ietf:params:oauth:grant-type:token-exchange"),
        json!("refresh_token"),
    ] {
        let answer = ask(&sandbox, "alice", json!({"grant_type": grant}));
        assert_error(&answer, 400, "unsupported_grant_type");
    }
    let scope = ask(&sandbox, "alice", json!({"scope": "privileged"}));
    assert_error(&scope, 400, "invalid_scope");
    for body in ["{\"grant_type\":", "[]", "", "null"] {
        let answer = Request::post("/tokens").body(body).send_as_to_aptible(&sandbox);
        assert_error(&answer, 400, "bad_request");
    }
    assert_eq!(sandbox.live_tokens().len(), 4);
}

#[test]
fn a_wrong_password_and_an_unknown_address_have_the_same_slug() {
    let sandbox = sandbox();
    let answer = ask(&sandbox, "alice", json!({"password": "wrong"}));
    assert_error(&answer, 401, "invalid_credentials");
    // The username that the other dialect takes is no address.
    for username in [json!("alice"), json!("nobody@sandbox.test"), json!(null)] {
        let answer = ask(&sandbox, "alice", json!({"username": username}));
        assert_error(&answer, 401, "invalid_credentials");
    }
    let answer = ask(&sandbox, "alice", json!({"username": "Alice@SANDBOX.test"}));
    assert_eq!(answer.status, 201);
}

#[test]
fn no_code_in_any_spelling_is_told_that_one_is_required_and_a_wrong_one_never() {
    let sandbox = sandbox_without_limits();
    for none in
        [json!({}), json!({"otp_token": null}), json!({"otp_token": ""}), json!({"u2f": null})]
    {
        let answer = ask(&sandbox, "bob", none);
        assert_error(&answer, 401, "otp_token_required");
        assert_eq!(answer.at("/message"), "OTP Token Required");
        let context = answer.json()["exception_context"].clone();
        let attempt = context["failed_login_attempt_id"].clone();
        assert!(attempt.as_str().is_some_and(|id| !id.is_empty()));
        assert_eq!(context, json!({"failed_login_attempt_id": attempt}), "no security keys");
    }
    let security_key = json!({"id": "kh", "rawId": "kh", "type": "public-key", "response": {}});
    for wrong in
        [json!({"otp_token": "000000x"}), json!({"otp_token": 12}), json!({"u2f": security_key})]
    {
        let answer = ask(&sandbox, "bob", wrong);
        assert_error(&answer, 401, "invalid_credentials");
    }
    let wrong_password = ask(&sandbox, "bob", json!({"password": "wrong"}));
    assert_error(&wrong_password, 401, "invalid_credentials");
}

#[test]
fn a_code_from_the_app_is_good_for_one_step_each_way_and_only_once() {
    let sandbox = sandbox_without_limits();
    crate::to_the_beginning_of_a_step(&sandbox);
    let secret = secret(&account(&sandbox, "bob"));
    let statuses = [-60, -30, 0, 30, 60].map(|seconds| {
        let code = app_code(&sandbox, &secret, seconds);
        ask(&sandbox, "bob", json!({"otp_token": code})).status
    });
    assert_eq!(statuses, [401, 201, 201, 201, 401]);
}

#[test]
fn signing_in_and_elevation_take_two_codes_and_the_other_dialect_a_third() {
    let sandbox = sandbox();
    crate::to_the_beginning_of_a_step(&sandbox);
    let bob = account(&sandbox, "bob");
    let code = present_code(&sandbox, "bob");
    let with_code = |scope| ask(&sandbox, "bob", json!({"otp_token": code, "scope": scope}));
    assert_eq!(with_code("manage").status, 201);
    assert_error(&with_code("elevated"), 401, "invalid_credentials");
    assert_eq!(crate::sign_in_with_code(&sandbox, &bob, &code).status, 400);
    sandbox.advance(30);
    let code = present_code(&sandbox, "bob");
    let elevated = ask(&sandbox, "bob", json!({"otp_token": code, "scope": "elevated"}));
    assert_eq!(elevated.status, 201, "{}", elevated.text);
    sandbox.advance(30);
    let code = present_code(&sandbox, "bob");
    assert_eq!(crate::sign_in_with_code(&sandbox, &bob, &code).status, 200);
}

#[test]
fn a_recovery_code_signs_in_once_in_the_place_of_a_code() {
    let sandbox = sandbox();
    let code = account(&sandbox, "bob").recovery_codes[2].clone();
    let with_code = || ask(&sandbox, "bob", json!({"otp_token": code}));
    assert_eq!(with_code().status, 201);
    assert_error(&with_code(), 401, "invalid_credentials");
}

#[test]
fn a_form_may_carry_the_code_and_the_attempt_before() {
    let sandbox = sandbox();
    let bob = account(&sandbox, "bob");
    let code = present_code(&sandbox, "bob");
    let form = format!(
        "expires_in=43200&grant_type=password&otp_token={code}&password={}&previous_login_attempt_id=fla-1&scope=manage&username=bob%40sandbox.test",
        bob.password
    );
    let answer = Request::post("/tokens").form(&form).send_as_to_aptible(&sandbox);
    assert_eq!(answer.status, 201, "{}", answer.text);
    let nested = format!(
        "grant_type=password&username=bob%40sandbox.test&password={}&u2f%5Bid%5D=kh&u2f%5Btype%5D=public-key",
        bob.password
    );
    let answer = Request::post("/tokens").form(&nested).send_as_to_aptible(&sandbox);
    assert_error(&answer, 401, "invalid_credentials");
}

#[test]
fn whose_codes_come_by_text_has_no_second_factor_here() {
    let sandbox = sandbox();
    let answer = sign_in(&sandbox, "carol", "manage");
    let user = get(&sandbox, &answer.at("/access_token"), &answer.at("/_links/user/href"));
    assert_eq!(user.json()["otp_enabled"], json!(false));
    assert_eq!(user.json()["_links"]["current_otp_configuration"], Value::Null);
    assert!(sandbox.outbox().is_empty());
}

#[test]
fn each_answer_of_a_server_that_nobody_knows_can_be_chosen() {
    let sandbox = with(&["creation-status=200", "expires-at=epoch", "actor=absent"]);
    let answer = ask(&sandbox, "alice", json!({"expires_in": 60}));
    assert_eq!(answer.status, 200);
    let body = answer.json();
    let exp = claims(&answer.at("/access_token"))["exp"].clone();
    assert_eq!(body["expires_at"], exp, "{body}");
    assert!(body["created_at"].is_string());
    assert!(body["_links"].get("actor").is_none());
}
