//! The documented limits, by the sandbox's clock.

use serde_json::{Value, json};

use crate::wire::Request;
use crate::{
    account, act, app_code, request_text, sandbox, sandbox_without_limits, secret, sign_in,
};

#[test]
fn the_sixth_code_within_a_minute_is_429_even_if_it_is_right() {
    let sandbox = sandbox();
    let bob = account(&sandbox, "bob");
    let wrong = json!({"code": "12345"});
    for _ in 0..5 {
        assert_eq!(sign_in(&sandbox, &bob, wrong.clone()).status, 400);
    }
    let right = || json!({"code": app_code(&sandbox, &secret(&bob), 0)});
    let refused = sign_in(&sandbox, &bob, right());
    assert_eq!(refused.status, 429);
    assert!(refused.json()["errors"][0].is_string());
    assert_eq!(refused.header("x-ratelimit-limit"), Some("5"));
    assert_eq!(refused.header("x-ratelimit-remaining"), Some("0"));
    let reset: i64 = refused.header("x-ratelimit-reset").unwrap().parse().unwrap();
    let wait = reset - sandbox.now().as_second();
    assert!((1..=61).contains(&wait), "a Unix time within a minute, not {reset}");
    let other = account(&sandbox, "olivia");
    assert_eq!(sign_in(&sandbox, &other, wrong).status, 400, "the limit is by user");
    sandbox.advance(wait);
    assert_eq!(sign_in(&sandbox, &bob, right()).status, 200, "after waiting as told");
}

#[test]
fn asking_whether_a_code_is_needed_does_not_count_as_a_code() {
    let sandbox = sandbox();
    let bob = account(&sandbox, "bob");
    for _ in 0..10 {
        assert_eq!(sign_in(&sandbox, &bob, Value::Null).status, 406);
    }
}

#[test]
fn the_sixth_text_within_a_minute_is_not_sent() {
    let sandbox = sandbox();
    let carol = account(&sandbox, "carol");
    for _ in 0..5 {
        request_text(&sandbox, &carol);
    }
    let body = json!({
        "user": {"login": "carol", "password": carol.password},
        "two_factor": {"delivery_method": "sms"},
    });
    let ask = || Request::post("/api/v1/two-factor/request-code").json(&body).send(&sandbox).status;
    assert_eq!((ask(), sandbox.outbox().len()), (429, 5));
    sandbox.advance(60);
    assert_eq!((ask(), sandbox.outbox().len()), (201, 6));
}

#[test]
fn resending_is_limited_by_minute_and_by_hour() {
    let sandbox = sandbox();
    let token = account(&sandbox, "alice").token;
    let number = json!({"delivery": "sms", "sms-number": "+1555555555"});
    assert_eq!(act(&sandbox, &token, "enable", Some(number)).status, 200);
    let resend = || act(&sandbox, &token, "resend-verification-code", None);
    for _ in 0..5 {
        assert_eq!(resend().status, 202);
    }
    let refused = resend();
    assert_eq!(refused.status, 429);
    assert_eq!(
        refused.json(),
        json!({"errors": [{
            "detail": "You have exceeded the API's rate limit.",
            "status": 429,
            "title": "Too many requests",
        }]})
    );
    let reset = refused.header("x-ratelimit-reset").unwrap();
    let seconds: f64 = reset.parse().unwrap();
    assert!(reset.contains('.') && (0.0..=60.0).contains(&seconds), "seconds, not {reset}");
    sandbox.advance(60);
    for _ in 0..5 {
        assert_eq!(resend().status, 202);
    }
    sandbox.advance(60);
    assert_eq!(resend().status, 429, "ten an hour");
    sandbox.advance(3600);
    assert_eq!(resend().status, 202);
}

#[test]
fn enabling_is_limited_by_minute() {
    let sandbox = sandbox();
    let token = account(&sandbox, "alice").token;
    let enable = || act(&sandbox, &token, "enable", Some(json!({"delivery": "app"}))).status;
    let statuses: Vec<_> = (0..6).map(|_| enable()).collect();
    assert_eq!(statuses, [200, 200, 200, 200, 200, 429]);
}

#[test]
fn the_thirty_first_request_within_a_second_is_refused_by_user() {
    let sandbox = sandbox();
    let (alice, bob) = (account(&sandbox, "alice"), account(&sandbox, "bob"));
    let details = |token: &str| Request::get("/api/v2/account/details").bearer(token);
    // All at once over one connection, so that even a slow machine does it within the second.
    let answers = details(&alice.token).send_at_once(31, &sandbox);
    let statuses: Vec<_> = answers.lines().filter(|line| line.starts_with("HTTP/1.1")).collect();
    assert_eq!(statuses.len(), 31);
    assert!(statuses[..30].iter().all(|line| line.contains(" 200 ")), "{statuses:?}");
    assert!(statuses[30].contains(" 429 "), "{statuses:?}");
    assert_eq!(details(&bob.token).send(&sandbox).status, 200);
    sandbox.advance(1);
    assert_eq!(details(&alice.token).send(&sandbox).status, 200);
}

#[test]
fn more_than_a_hundred_sign_ins_a_minute_are_refused() {
    let sandbox = sandbox();
    let alice = account(&sandbox, "alice");
    let statuses: Vec<_> =
        (0..101).map(|_| sign_in(&sandbox, &alice, Value::Null).status).collect();
    assert!(statuses[..100].iter().all(|status| *status == 200));
    assert_eq!(statuses[100], 429);
}

#[test]
fn limits_can_be_turned_off() {
    let sandbox = sandbox_without_limits();
    let bob = account(&sandbox, "bob");
    for _ in 0..150 {
        assert_eq!(sign_in(&sandbox, &bob, json!({"code": "12345"})).status, 400);
    }
    let ping = Request::get("/api/v2/ping").send(&sandbox);
    assert_eq!(ping.header("x-ratelimit-limit"), None, "so that clients do not slow down");
}
