//! Failed attempts, and how long an account is locked for them.

use keybelt_sandbox::{Options, Sandbox};
use serde_json::json;

use super::{ask, assert_error, present_code};
use crate::{sandbox, sandbox_without_limits};

fn fail(sandbox: &Sandbox, times: usize) {
    for _ in 0..times {
        let answer = ask(sandbox, "alice", json!({"password": "wrong"}));
        assert_error(&answer, 401, "invalid_credentials");
    }
}

fn is_locked(sandbox: &Sandbox) -> bool {
    let answer = ask(sandbox, "alice", json!({}));
    match answer.status {
        201 => false,
        _ => {
            assert_error(&answer, 429, "too_many_requests");
            true
        }
    }
}

#[test]
fn ten_failures_within_a_minute_lock_for_a_minute() {
    let sandbox = sandbox();
    fail(&sandbox, 9);
    assert!(!is_locked(&sandbox));
    fail(&sandbox, 1);
    assert!(is_locked(&sandbox));
    assert_eq!(ask(&sandbox, "carol", json!({})).status, 201, "nobody else is");
    sandbox.advance(58);
    assert!(is_locked(&sandbox));
    sandbox.advance(2);
    assert!(!is_locked(&sandbox));
}

#[test]
fn twenty_within_an_hour_lock_for_an_hour_and_forty_within_a_day_for_a_day() {
    let sandbox = sandbox();
    fail(&sandbox, 9);
    sandbox.advance(61);
    fail(&sandbox, 9);
    sandbox.advance(61);
    fail(&sandbox, 2);
    for (minutes, locked) in [(58, true), (2, false)] {
        sandbox.advance(minutes * 60);
        assert_eq!(is_locked(&sandbox), locked);
    }
    fail(&sandbox, 10);
    sandbox.advance(61);
    fail(&sandbox, 9);
    assert!(!is_locked(&sandbox), "39 since the first");
    sandbox.advance(3_600);
    fail(&sandbox, 1);
    for (hours, locked) in [(23, true), (1, false)] {
        sandbox.advance(hours * 3_600);
        assert_eq!(is_locked(&sandbox), locked);
    }
}

#[test]
fn what_comes_while_locked_neither_signs_in_nor_counts() {
    let sandbox = sandbox();
    fail(&sandbox, 10);
    for _ in 0..30 {
        let answer = ask(&sandbox, "alice", json!({"password": "wrong"}));
        assert_error(&answer, 429, "too_many_requests");
    }
    sandbox.advance(60);
    assert!(!is_locked(&sandbox));
}

#[test]
fn an_attempt_without_a_code_counts_until_the_next_one_redeems_it() {
    let sandbox = sandbox();
    // Within an hour, twenty that counted would lock.
    for _ in 0..25 {
        let required = ask(&sandbox, "bob", json!({}));
        assert_error(&required, 401, "otp_token_required");
        let attempt = required.at("/exception_context/failed_login_attempt_id");
        sandbox.advance(30);
        let code = present_code(&sandbox, "bob");
        let more = json!({"otp_token": code, "previous_login_attempt_id": attempt});
        let answer = ask(&sandbox, "bob", more);
        assert_eq!(answer.status, 201, "{}", answer.text);
    }
    for _ in 0..10 {
        assert_error(&ask(&sandbox, "bob", json!({})), 401, "otp_token_required");
    }
    assert_error(&ask(&sandbox, "bob", json!({})), 429, "too_many_requests");
}

#[test]
fn without_limits_nothing_locks() {
    let sandbox = sandbox_without_limits();
    fail(&sandbox, 50);
    assert!(!is_locked(&sandbox));
}

#[test]
fn how_a_locked_account_is_answered_can_be_chosen() {
    for (choice, status, slug) in [
        ("429-seconds", 429, "too_many_requests"),
        ("403", 403, "access_denied"),
        ("401", 401, "invalid_credentials"),
    ] {
        let sandbox = Sandbox::start(Options {
            aptible: vec![format!("lockout={choice}").parse().unwrap()],
            ..Options::default()
        })
        .unwrap();
        fail(&sandbox, 10);
        let answer = ask(&sandbox, "alice", json!({}));
        assert_error(&answer, status, slug);
        let seconds = answer.header("retry-after").map(|it| it.parse::<i64>().unwrap());
        assert_eq!(seconds.is_some(), choice == "429-seconds");
        sandbox.advance(seconds.unwrap_or(60));
        assert_eq!(ask(&sandbox, "alice", json!({})).status, 201);
    }
}
