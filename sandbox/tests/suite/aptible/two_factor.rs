//! Two-factor authentication of one's own account: by elevated tokens alone.

use keybelt_sandbox::Sandbox;
use serde_json::{Value, json};

use super::{ask, assert_error, call, get, token, user_href, with};
use crate::wire::Answer;
use crate::{account, app_code, sandbox};

/// Makes an authenticator and returns its resource.
fn create(sandbox: &Sandbox, elevated: &str) -> Answer {
    let path = format!("{}/otp_configurations", user_href(sandbox, elevated));
    let answer = call(sandbox, elevated, "POST", &path, None);
    assert_eq!(answer.status, 201, "{}", answer.text);
    answer
}

fn secret_of(configuration: &Answer) -> String {
    let uri = configuration.at("/otp_uri");
    let (_, secret) = uri.split_once("?secret=").unwrap();
    secret.strip_suffix("&issuer=Aptible").unwrap().to_owned()
}

fn change(sandbox: &Sandbox, token: &str, method: &str, body: Value) -> Answer {
    call(sandbox, token, method, &user_href(sandbox, token), Some(body))
}

/// The body with which the dashboard turns two-factor authentication on.
fn enabling(configuration: &Answer, code: &str) -> Value {
    json!({
        "type": "otp",
        "otp_enabled": true,
        "current_otp_configuration": configuration.at("/_links/self/href"),
        "current_otp_configuration_id": configuration.at("/id"),
        "otp_token": code,
    })
}

/// Turns two-factor authentication on for alice.
fn enable(sandbox: &Sandbox, elevated: &str) {
    let configuration = create(sandbox, elevated);
    let code = sandbox.code("alice").unwrap().code;
    let body = enabling(&configuration, &code);
    assert_eq!(change(sandbox, elevated, "PATCH", body).status, 200);
}

fn recovery_codes(sandbox: &Sandbox, elevated: &str) -> Vec<Value> {
    let user = get(sandbox, elevated, &user_href(sandbox, elevated));
    let configuration = user.at("/_links/current_otp_configuration/href");
    let answer = get(sandbox, elevated, &format!("{configuration}/otp_recovery_codes"));
    assert_eq!(answer.status, 200, "{}", answer.text);
    let codes = &answer.json()["_embedded"]["otp_recovery_codes"];
    codes.as_array().unwrap().clone()
}

#[test]
fn an_authenticator_is_created_confirmed_with_a_code_and_then_asked_for() {
    let sandbox = sandbox();
    let elevated = token(&sandbox, "alice", "elevated");
    let user = user_href(&sandbox, &elevated);
    let configuration = create(&sandbox, &elevated);
    let (id, href) = (configuration.at("/id"), configuration.at("/_links/self/href"));
    let secret = secret_of(&configuration);
    let mut expected = json!({
        "id": id,
        "_type": "otp_configuration",
        "otp_uri": format!("otpauth://totp/Aptible:alice@sandbox.test?secret={secret}&issuer=Aptible"),
        "_links": {
            "self": {"href": format!("{}/otp_configurations/{id}", sandbox.ready().aptible_url)},
            "user": {"href": user},
            "otp_recovery_codes": {"href": format!("{href}/otp_recovery_codes")},
        },
    });
    assert_eq!(configuration.json(), expected);
    expected.as_object_mut().unwrap().remove("otp_uri");
    assert_eq!(get(&sandbox, &elevated, &href).json(), expected, "the secret is shown once");
    assert_eq!(ask(&sandbox, "alice", json!({})).status, 201, "nothing is enabled yet");

    // What `sandbox code` prints is for the authenticator that is being set up.
    let code = sandbox.code("alice").unwrap().code;
    assert_eq!(code, app_code(&sandbox, &secret, 0));
    let answer = change(&sandbox, &elevated, "PATCH", enabling(&configuration, &code));
    assert_eq!(answer.status, 200, "{}", answer.text);
    assert_eq!(answer.at("/_type"), "user");
    assert_eq!(answer.json()["otp_enabled"], json!(true));
    assert_eq!(answer.at("/_links/current_otp_configuration/href"), href);

    assert_error(&ask(&sandbox, "alice", json!({})), 401, "otp_token_required");
    let again = ask(&sandbox, "alice", json!({"otp_token": code}));
    assert_error(&again, 401, "invalid_credentials");
    sandbox.advance(30);
    let code = sandbox.code("alice").unwrap().code;
    assert_eq!(ask(&sandbox, "alice", json!({"otp_token": code})).status, 201);
    assert!(sandbox.accepts(&elevated), "tokens made before go on working");
}

#[test]
fn it_is_the_same_two_factor_authentication_in_the_other_dialect() {
    let sandbox = sandbox();
    let alice = account(&sandbox, "alice");
    let elevated = token(&sandbox, "alice", "elevated");
    enable(&sandbox, &elevated);
    assert_eq!(crate::sign_in(&sandbox, &alice, Value::Null).status, 406);
    let recovery_code = recovery_codes(&sandbox, &elevated)[0]["value"].clone();
    let recovery_code = recovery_code.as_str().unwrap();
    assert_eq!(crate::sign_in_with_code(&sandbox, &alice, recovery_code).status, 200);
    assert_eq!(recovery_codes(&sandbox, &elevated)[5]["used"], json!(true));
    let off = crate::act(&sandbox, &alice.token, "disable", None);
    assert_eq!(off.status, 200);
    let user = get(&sandbox, &elevated, &user_href(&sandbox, &elevated));
    assert_eq!(user.json()["otp_enabled"], json!(false));
}

#[test]
fn a_manage_token_gets_none_of_it() {
    let sandbox = sandbox();
    let manage = token(&sandbox, "bob", "manage");
    let user = user_href(&sandbox, &manage);
    let shown = get(&sandbox, &manage, &user);
    assert_eq!(shown.json()["otp_enabled"], json!(true), "reading is not guarded");
    let configuration = shown.at("/_links/current_otp_configuration/href");
    for (method, path) in [
        ("POST", format!("{user}/otp_configurations")),
        ("GET", format!("{user}/otp_configurations")),
        ("GET", configuration.clone()),
        ("GET", format!("{configuration}/otp_recovery_codes")),
        ("GET", "/otp_recovery_codes/x".to_owned()),
        ("PATCH", user.clone()),
        ("PUT", user),
    ] {
        let answer = call(&sandbox, &manage, method, &path, Some(json!({"otp_enabled": false})));
        assert_error(&answer, 403, "forbidden");
    }
    assert_eq!(
        get(&sandbox, &manage, &user_href(&sandbox, &manage)).json()["otp_enabled"],
        json!(true)
    );
}

#[test]
fn an_elevated_token_expires_after_half_an_hour() {
    let sandbox = sandbox();
    let elevated = token(&sandbox, "alice", "elevated");
    let path = user_href(&sandbox, &elevated) + "/otp_configurations";
    sandbox.advance(1_800);
    assert_error(&call(&sandbox, &elevated, "POST", &path, None), 401, "expired_token");
}

#[test]
fn others_authenticators_are_hidden_and_their_accounts_unchangeable() {
    let sandbox = sandbox();
    let [alice, bob] = ["alice", "bob"].map(|name| token(&sandbox, name, "elevated"));
    let bobs = user_href(&sandbox, &bob);
    let configuration = get(&sandbox, &bob, &bobs).at("/_links/current_otp_configuration/href");
    for path in [
        configuration.clone(),
        format!("{configuration}/otp_recovery_codes"),
        format!("{bobs}/otp_configurations"),
    ] {
        assert_error(&get(&sandbox, &alice, &path), 404, "not_found");
    }
    let path = format!("{bobs}/otp_configurations");
    assert_error(&call(&sandbox, &alice, "POST", &path, None), 404, "not_found");
    let off = call(&sandbox, &alice, "PATCH", &bobs, Some(json!({"otp_enabled": false})));
    assert_error(&off, 403, "forbidden");
    let seen = get(&sandbox, &alice, &bobs);
    assert_eq!(seen.json()["otp_enabled"], json!(true));
    assert!(seen.json()["_links"].get("current_otp_configuration").is_none());
}

#[test]
fn a_wrong_code_and_a_configuration_alone_enable_nothing() {
    let sandbox = sandbox();
    let elevated = token(&sandbox, "alice", "elevated");
    let configuration = create(&sandbox, &elevated);
    let href = configuration.at("/_links/self/href");
    for body in [
        enabling(&configuration, "12345x"),
        json!({"otp_enabled": true, "current_otp_configuration": href}),
        json!({"otp_enabled": true}),
        json!({"current_otp_configuration": href, "otp_token": sandbox.code("alice").unwrap().code}),
        json!({"otp_enabled": true, "otp_token": sandbox.code("alice").unwrap().code}),
        json!({"otp_enabled": true, "current_otp_configuration_id": "x", "otp_token": "1"}),
    ] {
        let answer = change(&sandbox, &elevated, "PATCH", body);
        assert_error(&answer, 422, "unprocessable_entity");
    }
    let answer = change(&sandbox, &elevated, "PATCH", json!("no object"));
    assert_eq!(answer.json()["otp_enabled"], json!(false));
    let on = enabling(&configuration, &sandbox.code("alice").unwrap().code);
    assert_eq!(change(&sandbox, &elevated, "PUT", on).status, 200, "the code was not used up");
}

#[test]
fn one_of_several_authenticators_is_confirmed_by_its_address_or_its_id() {
    let sandbox = sandbox();
    let elevated = token(&sandbox, "alice", "elevated");
    let made = [(); 3].map(|()| create(&sandbox, &elevated));
    let code_of = |at: usize| app_code(&sandbox, &secret_of(&made[at]), 0);
    let others = enabling(&made[0], &code_of(1));
    assert_eq!(change(&sandbox, &elevated, "PATCH", others).status, 422, "each has its own codes");
    let by_id = json!({
        "otp_enabled": true,
        "current_otp_configuration_id": made[0].at("/id"),
        "otp_token": code_of(0),
    });
    assert_eq!(change(&sandbox, &elevated, "PATCH", by_id).status, 200);
    assert_eq!(sandbox.code("alice").unwrap().code, code_of(0));
    // Another takes its place only with a code of its own.
    let swap = json!({"current_otp_configuration": made[2].at("/_links/self/href")});
    assert_eq!(change(&sandbox, &elevated, "PATCH", swap).status, 422);
    let answer = change(&sandbox, &elevated, "PATCH", enabling(&made[2], &code_of(2)));
    assert_eq!(
        answer.at("/_links/current_otp_configuration/href"),
        made[2].at("/_links/self/href")
    );
    let path = user_href(&sandbox, &elevated) + "/otp_configurations";
    let listed = get(&sandbox, &elevated, &path).json();
    let ids: Vec<_> = listed["_embedded"]["otp_configurations"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| it["id"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(ids, [made[2].at("/id"), made[1].at("/id")], "the replaced one is gone");
}

#[test]
fn all_of_a_user_may_be_sent_back_as_it_was() {
    let sandbox = sandbox();
    let elevated = token(&sandbox, "bob", "elevated");
    let user = get(&sandbox, &elevated, &user_href(&sandbox, &elevated));
    let mut body = user.json();
    body["current_otp_configuration"] = json!(user.at("/_links/current_otp_configuration/href"));
    body["password"] = Value::Null;
    let answer = change(&sandbox, &elevated, "PUT", body);
    assert_eq!((answer.status, answer.json()), (200, user.json()));
}

#[test]
fn disabling_takes_no_code_and_another_time_does_nothing() {
    let sandbox = sandbox();
    let elevated = token(&sandbox, "bob", "elevated");
    for _ in 0..2 {
        let off =
            change(&sandbox, &elevated, "PATCH", json!({"type": "otp", "otp_enabled": false}));
        assert_eq!(off.status, 200, "{}", off.text);
        assert_eq!(off.json()["otp_enabled"], json!(false));
        assert_eq!(off.json()["_links"]["current_otp_configuration"], Value::Null);
    }
    assert_eq!(ask(&sandbox, "bob", json!({})).status, 201);
    let carol = token(&sandbox, "carol", "elevated");
    let _nothing = change(&sandbox, &carol, "PATCH", json!({"otp_enabled": false}));
    let answer = crate::sign_in(&sandbox, &account(&sandbox, "carol"), Value::Null);
    assert_eq!(answer.status, 406, "texts are the other dialect's");
}

#[test]
fn recovery_codes_can_be_read_again_with_what_was_used() {
    let sandbox = sandbox();
    let bob = account(&sandbox, "bob");
    let elevated = token(&sandbox, "bob", "elevated");
    let before = recovery_codes(&sandbox, &elevated);
    let values: Vec<_> = before.iter().map(|code| code["value"].as_str().unwrap()).collect();
    assert_eq!(values, bob.recovery_codes);
    assert!(before.iter().all(|code| code["used"] == json!(false)));
    let user = get(&sandbox, &elevated, &user_href(&sandbox, &elevated));
    assert_eq!(
        before[0],
        json!({
            "id": before[0]["id"],
            "value": bob.recovery_codes[0],
            "used": false,
            "_type": "otp_recovery_code",
            "_links": {
                "self": before[0]["_links"]["self"],
                "otp_configuration": {"href": user.at("/_links/current_otp_configuration/href")},
            },
        })
    );
    let _used = ask(&sandbox, "bob", json!({"otp_token": bob.recovery_codes[3]}));
    let after = recovery_codes(&sandbox, &elevated);
    let used: Vec<_> = after.iter().filter(|code| code["used"] == json!(true)).collect();
    assert_eq!((after.len(), used.len()), (6, 1));
    assert_eq!(used[0]["id"], before[3]["id"], "a code keeps its id");
    let alone = get(&sandbox, &elevated, used[0]["_links"]["self"]["href"].as_str().unwrap());
    assert_eq!(alone.json(), *used[0]);
}

#[test]
fn a_password_is_changed_with_an_elevated_token_for_both_dialects() {
    let sandbox = sandbox();
    let mut alice = account(&sandbox, "alice");
    let elevated = token(&sandbox, "alice", "elevated");
    let set = |password: &str| {
        let body = json!({"type": "update-password", "password": password});
        change(&sandbox, &elevated, "PATCH", body)
    };
    for weak in ["Short-1", "lower-case-1", "UPPER-CASE-1", "OnlyLettersHere", &"Ab1".repeat(25)] {
        assert_error(&set(weak), 422, "unprocessable_entity");
    }
    assert_eq!(set("Correct-horse-1").status, 200);
    assert_error(&ask(&sandbox, "alice", json!({})), 401, "invalid_credentials");
    assert_eq!(ask(&sandbox, "alice", json!({"password": "Correct-horse-1"})).status, 201);
    alice.password = "Correct-horse-1".to_owned();
    assert_eq!(crate::sign_in(&sandbox, &alice, Value::Null).status, 200);
}

#[test]
fn each_refusal_and_shape_that_nobody_knows_can_be_chosen() {
    for (choice, status) in [("401-invalid_scope", 401), ("403-access_denied", 403)] {
        let sandbox = with(&[&format!("elevation-refusal={choice}")]);
        let manage = token(&sandbox, "alice", "manage");
        let answer = change(&sandbox, &manage, "PATCH", json!({"otp_enabled": false}));
        assert_error(&answer, status, &choice[4..]);
    }
    // Absent by default: Aptible's own Ruby client 0.26.6 dies of null (`nil["href"]`).
    for (choice, link) in [
        ("absent", None),
        ("null", Some(Value::Null)),
        ("empty", Some(json!({}))),
        ("blank", Some(json!({"href": ""}))),
    ] {
        let chosen = format!("no-configuration={choice}");
        let chosen = [chosen.as_str()];
        let sandbox = with(&chosen[usize::from(choice == "absent")..]);
        let manage = token(&sandbox, "alice", "manage");
        let user = get(&sandbox, &manage, &user_href(&sandbox, &manage));
        assert_eq!(user.json()["_links"].get("current_otp_configuration").cloned(), link);
    }
    let sandbox = with(&["wrong-code-at-enable=401-invalid_credentials", "recovery-codes=letters"]);
    let elevated = token(&sandbox, "alice", "elevated");
    let configuration = create(&sandbox, &elevated);
    let wrong = change(&sandbox, &elevated, "PATCH", enabling(&configuration, "1"));
    assert_error(&wrong, 401, "invalid_credentials");
    enable(&sandbox, &elevated);
    for code in recovery_codes(&sandbox, &elevated) {
        let (one, other) = code["value"].as_str().unwrap().split_once('-').unwrap();
        assert_eq!((one.len(), other.len()), (5, 5));
    }
}

#[test]
fn what_comes_with_the_demand_for_a_code_can_be_chosen() {
    for (choice, context) in
        [("empty", Some(json!({}))), ("null", Some(Value::Null)), ("absent", None)]
    {
        let sandbox = with(&[&format!("exception-context={choice}"), "code-required-status=400"]);
        let answer = ask(&sandbox, "bob", json!({}));
        assert_error(&answer, 400, "otp_token_required");
        assert_eq!(answer.json().get("exception_context").cloned(), context, "{choice}");
    }
    let sandbox = with(&["wrong-code=otp_token_required"]);
    let answer = ask(&sandbox, "bob", json!({"otp_token": "1"}));
    assert_error(&answer, 401, "otp_token_required");
}
