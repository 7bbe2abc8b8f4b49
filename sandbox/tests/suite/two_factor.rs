//! The four two-factor actions: the documented documents, the state table and the error texts.

use serde_json::{Value, json};

use crate::wire::{Answer, Request};
use crate::{
    account, act, app_code, request_text, sandbox, sandbox_without_limits, secret, sign_in,
    sign_in_with_code, to_the_beginning_of_a_step,
};
use keybelt_sandbox::Sandbox;

/// Every key path of the documented answers but those in `two-factor`.
const KEY_PATHS: [&str; 9] = [
    "/data/attributes/avatar-url",
    "/data/attributes/is-service-account",
    "/data/attributes/two-factor",
    "/data/attributes/username",
    "/data/attributes/v2-only",
    "/data/id",
    "/data/links/self",
    "/data/relationships/authentication-tokens/links/related",
    "/data/type",
];

fn two_factor(answer: &Answer) -> Value {
    assert_eq!(answer.status, 200, "{}", answer.text);
    assert_eq!(answer.header("content-type"), Some("application/vnd.api+json"));
    let body = answer.json();
    for path in KEY_PATHS {
        assert!(body.pointer(path).is_some(), "{path} is missing in {body}");
    }
    assert_eq!(body["data"]["type"], json!("users"));
    body["data"]["attributes"]["two-factor"].clone()
}

fn enable_sms(sandbox: &Sandbox, token: &str) -> String {
    let attributes = json!({"delivery": "sms", "sms-number": "+1555555555"});
    assert_eq!(act(sandbox, token, "enable", Some(attributes)).status, 200);
    sandbox.outbox().last().unwrap().code.clone()
}

fn enable_app(sandbox: &Sandbox, token: &str) -> (Value, String) {
    let answer = act(sandbox, token, "enable", Some(json!({"delivery": "app"})));
    let two_factor = two_factor(&answer);
    let url = two_factor["provisioning-url"].as_str().unwrap().to_owned();
    let (_, rest) = url.split_once("secret=").unwrap();
    let secret = rest.split('&').next().unwrap().to_owned();
    (two_factor, secret)
}

fn refusal(answer: &Answer) -> String {
    assert_eq!(answer.status, 422, "{}", answer.text);
    assert_eq!(answer.at("/errors/0/status"), "422");
    answer.at("/errors/0/detail")
}

#[test]
fn enabling_by_sms_sends_a_text_and_answers_as_documented() {
    let sandbox = sandbox();
    let alice = account(&sandbox, "alice");
    let attributes = json!({"delivery": "sms", "sms-number": "+1555555555"});
    let answer = act(&sandbox, &alice.token, "enable", Some(attributes));
    assert_eq!(
        two_factor(&answer),
        json!({
            "delivery": "sms", "enabled": true, "sms-number": "+1555555555", "verified": false,
        })
    );
    assert_eq!(sandbox.outbox().len(), 1);
    assert_eq!(sandbox.outbox()[0].to, "+1555555555");
}

#[test]
fn verifying_answers_with_six_recovery_codes_that_then_sign_in() {
    let sandbox = sandbox();
    let alice = account(&sandbox, "alice");
    let code = enable_sms(&sandbox, &alice.token);
    let answer = act(&sandbox, &alice.token, "verify", Some(json!({"code": code})));
    let two_factor = two_factor(&answer);
    assert_eq!((&two_factor["enabled"], &two_factor["verified"]), (&json!(true), &json!(true)));
    assert_eq!(two_factor["used-recovery-codes"], json!([]));
    let codes = two_factor["recovery-codes"].as_array().unwrap();
    assert_eq!(codes.len(), 6);
    let code = codes[0].as_str().unwrap();
    assert_eq!(sign_in(&sandbox, &alice, Value::Null).status, 406);
    assert_eq!(sign_in_with_code(&sandbox, &alice, code).status, 200);
}

#[test]
fn recovery_codes_appear_in_the_answer_to_verify_and_nowhere_else() {
    let sandbox = sandbox();
    let alice = account(&sandbox, "alice");
    let code = enable_sms(&sandbox, &alice.token);
    let verified = act(&sandbox, &alice.token, "verify", Some(json!({"code": code})));
    assert!(verified.text.contains("recovery-codes"));
    let details = Request::get("/api/v2/account/details").bearer(&alice.token).send(&sandbox);
    let two_factor = &details.json()["data"]["attributes"]["two-factor"];
    assert_eq!(*two_factor, json!({"enabled": true, "verified": true}));
    let again = act(&sandbox, &alice.token, "enable", Some(json!({"delivery": "app"})));
    assert!(!again.text.contains("recovery-codes"));
}

#[test]
fn verifying_once_more_shows_which_recovery_codes_are_used() {
    let sandbox = sandbox();
    let carol = account(&sandbox, "carol");
    let used = &carol.recovery_codes[0];
    assert_eq!(sign_in_with_code(&sandbox, &carol, used).status, 200);
    let code = request_text(&sandbox, &carol);
    let answer = act(&sandbox, &carol.token, "verify", Some(json!({"code": code})));
    let two_factor = two_factor(&answer);
    assert_eq!(two_factor["used-recovery-codes"], json!([used]));
    assert_eq!(two_factor["recovery-codes"], json!(carol.recovery_codes[1..]));
}

#[test]
fn enabling_by_app_provisions_an_otpauth_uri_with_160_bits() {
    let sandbox = sandbox();
    let alice = account(&sandbox, "alice");
    let (two_factor, secret) = enable_app(&sandbox, &alice.token);
    assert_eq!(two_factor["delivery"], json!("app"));
    assert_eq!(two_factor["sms-number"], Value::Null);
    assert_eq!(two_factor["verified"], json!(false));
    let url = two_factor["provisioning-url"].as_str().unwrap();
    assert!(url.starts_with("otpauth://totp/alice@sandbox.test?secret="), "{url}");
    assert!(url.contains("&issuer="), "{url}");
    assert_eq!(secret.len(), 32);
    let code = app_code(&sandbox, &secret, 0);
    let verified = act(&sandbox, &alice.token, "verify", Some(json!({"code": code})));
    assert_eq!(verified.status, 200);
    assert!(!verified.text.contains(&secret), "a verified secret is not shown again");
}

#[test]
fn the_code_that_verified_does_not_sign_in_too() {
    let sandbox = sandbox();
    let alice = account(&sandbox, "alice");
    let (_, secret) = enable_app(&sandbox, &alice.token);
    to_the_beginning_of_a_step(&sandbox);
    let code = app_code(&sandbox, &secret, 0);
    assert_eq!(act(&sandbox, &alice.token, "verify", Some(json!({"code": code}))).status, 200);
    assert_eq!(sign_in_with_code(&sandbox, &alice, &code).status, 400);
}

#[test]
fn an_app_with_a_backup_number_keeps_it_and_offers_both_at_sign_in() {
    let sandbox = sandbox();
    let alice = account(&sandbox, "alice");
    let attributes = json!({"delivery": "app", "sms-number": "+4915112345678"});
    let enabled = two_factor(&act(&sandbox, &alice.token, "enable", Some(attributes)));
    assert_eq!(enabled["sms-number"], json!("+4915112345678"));
    assert!(sandbox.outbox().is_empty(), "the number is a backup");
    let secret = sandbox.code("alice").unwrap().code;
    let verified = act(&sandbox, &alice.token, "verify", Some(json!({"code": secret})));
    assert_eq!(two_factor(&verified)["sms-number"], json!("+4915112345678"));
    assert_eq!(
        sign_in(&sandbox, &alice, Value::Null).json()["two_factor"],
        json!({"default_delivery_method": "app", "delivery_methods": ["app", "sms"]})
    );
    let code = request_text(&sandbox, &alice);
    let answer = act(&sandbox, &alice.token, "verify", Some(json!({"code": code})));
    assert_eq!(refusal(&answer), "Two factor code is incorrect", "it proves no app");
    assert_eq!(sign_in_with_code(&sandbox, &alice, &code).status, 200);
}

#[test]
fn while_unverified_nothing_is_asked_for_at_sign_in() {
    let sandbox = sandbox();
    let alice = account(&sandbox, "alice");
    enable_sms(&sandbox, &alice.token);
    assert_eq!(sign_in(&sandbox, &alice, Value::Null).status, 200);
}

#[test]
fn enabling_again_while_pending_switches_the_delivery() {
    let sandbox = sandbox();
    let alice = account(&sandbox, "alice");
    let old = enable_sms(&sandbox, &alice.token);
    let (two_factor, _) = enable_app(&sandbox, &alice.token);
    assert_eq!(two_factor["delivery"], json!("app"));
    let answer = act(&sandbox, &alice.token, "verify", Some(json!({"code": old})));
    assert_eq!(refusal(&answer), "Two factor code is incorrect");
}

#[test]
fn enabling_again_while_verified_starts_over_and_voids_the_old_codes() {
    let sandbox = sandbox();
    let bob = account(&sandbox, "bob");
    let (_, new_secret) = enable_app(&sandbox, &bob.token);
    assert_ne!(new_secret, secret(&bob));
    assert_eq!(sign_in(&sandbox, &bob, Value::Null).status, 200, "it is unverified");
    let code = app_code(&sandbox, &new_secret, 0);
    assert_eq!(act(&sandbox, &bob.token, "verify", Some(json!({"code": code}))).status, 200);
    let old_code = app_code(&sandbox, &secret(&bob), 0);
    assert_eq!(sign_in_with_code(&sandbox, &bob, &old_code).status, 400);
    assert_eq!(sign_in_with_code(&sandbox, &bob, &bob.recovery_codes[0]).status, 400);
}

#[test]
fn disabling_resets_all_four_fields_pending_or_verified() {
    let sandbox = sandbox();
    let alice = account(&sandbox, "alice");
    enable_sms(&sandbox, &alice.token);
    for token in [alice.token, account(&sandbox, "bob").token] {
        assert_eq!(
            two_factor(&act(&sandbox, &token, "disable", None)),
            json!({"delivery": null, "enabled": false, "sms-number": null, "verified": false})
        );
    }
    assert_eq!(sign_in(&sandbox, &account(&sandbox, "bob"), Value::Null).status, 200);
}

#[test]
fn resending_answers_202_with_null_and_sends_another_code() {
    let sandbox = sandbox();
    let alice = account(&sandbox, "alice");
    enable_sms(&sandbox, &alice.token);
    let answer = act(&sandbox, &alice.token, "resend-verification-code", None);
    assert_eq!((answer.status, answer.text.as_str()), (202, "null"));
    let texts = sandbox.outbox();
    assert_eq!(texts.len(), 2);
    let code = &texts[1].code;
    let verified = act(&sandbox, &alice.token, "verify", Some(json!({"code": code})));
    assert_eq!(verified.status, 200);
}

#[test]
fn resending_is_refused_for_an_app() {
    let sandbox = sandbox();
    let alice = account(&sandbox, "alice");
    enable_app(&sandbox, &alice.token);
    refusal(&act(&sandbox, &alice.token, "resend-verification-code", None));
    assert!(sandbox.outbox().is_empty());
}

#[test]
fn a_wrong_code_does_not_verify() {
    let sandbox = sandbox();
    let alice = account(&sandbox, "alice");
    enable_app(&sandbox, &alice.token);
    for attributes in [json!({"code": "12345"}), json!({"code": ""}), json!({}), Value::Null] {
        let answer = act(&sandbox, &alice.token, "verify", Some(attributes));
        assert_eq!(refusal(&answer), "Two factor code is incorrect");
        assert_eq!(answer.at("/errors/0/source/pointer"), "/data/attributes/code");
    }
    let details = Request::get("/api/v2/account/details").bearer(&alice.token).send(&sandbox);
    assert_eq!(
        details.json()["data"]["attributes"]["two-factor"],
        json!({"enabled": true, "verified": false})
    );
}

#[test]
fn while_disabled_every_action_but_enable_says_so() {
    let sandbox = sandbox();
    let alice = account(&sandbox, "alice");
    let code = Some(json!({"code": "123456"}));
    for (action, body) in [("verify", code), ("disable", None), ("resend-verification-code", None)]
    {
        let answer = act(&sandbox, &alice.token, action, body);
        assert_eq!(refusal(&answer), "Two-factor authentication is not enabled", "{action}");
    }
}

#[test]
fn enabling_wants_a_delivery_and_a_number_that_it_knows() {
    let sandbox = sandbox_without_limits();
    let alice = account(&sandbox, "alice");
    let bad = [
        (json!({}), "delivery"),
        (json!({"delivery": "pigeon"}), "delivery"),
        (json!({"delivery": "sms"}), "sms-number"),
        (json!({"delivery": "sms", "sms-number": null}), "sms-number"),
        (json!({"delivery": "sms", "sms-number": "5555555"}), "sms-number"),
        (json!({"delivery": "sms", "sms-number": "+123456"}), "sms-number"),
        (json!({"delivery": "sms", "sms-number": "+1234567890123456"}), "sms-number"),
        (json!({"delivery": "app", "sms-number": "+1 555 5555"}), "sms-number"),
    ];
    for (attributes, name) in bad {
        let answer = act(&sandbox, &alice.token, "enable", Some(attributes));
        refusal(&answer);
        assert_eq!(answer.at("/errors/0/source/pointer"), format!("/data/attributes/{name}"));
    }
    assert!(sandbox.code("alice").is_none(), "still off");
}

#[test]
fn the_type_that_the_servers_own_client_sent_is_accepted() {
    let sandbox = sandbox();
    let alice = account(&sandbox, "alice");
    let answer = Request::post("/api/v2/account/actions/two-factor-enable")
        .bearer(&alice.token)
        .header("Content-Type", "application/vnd.api+json")
        .body(r#"{"data":{"type":"organizations","attributes":{"delivery":"app"}}}"#)
        .send(&sandbox);
    assert_eq!(answer.status, 200);
}

#[test]
fn an_action_that_is_not_declared_as_json_api_is_415_and_does_nothing() {
    let sandbox = sandbox();
    let bob = account(&sandbox, "bob");
    for media_type in [None, Some("application/json"), Some("application/x-www-form-urlencoded")] {
        let mut request =
            Request::post("/api/v2/account/actions/two-factor-disable").bearer(&bob.token);
        if let Some(media_type) = media_type {
            request = request.header("Content-Type", media_type);
        }
        let answer = request.send(&sandbox);
        assert_eq!((answer.status, answer.at("/errors/0/status").as_str()), (415, "415"));
    }
    assert_eq!(sign_in(&sandbox, &bob, Value::Null).status, 406, "still on");
}

#[test]
fn actions_need_a_live_token() {
    let sandbox = sandbox();
    for action in ["enable", "verify", "disable", "resend-verification-code", "no-such-action"] {
        let answer = act(&sandbox, "dead", action, None);
        assert_eq!(answer.status, 401, "{action}");
        assert_eq!(answer.json(), json!({"errors": [{"status": "401", "title": "unauthorized"}]}));
    }
    let token = account(&sandbox, "alice").token;
    assert_eq!(act(&sandbox, &token, "no-such-action", None).status, 404);
}
