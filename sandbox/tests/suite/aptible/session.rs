//! Tokens as sessions: this one, others by their ids, and ending them.

use keybelt_sandbox::Sandbox;
use serde_json::{Value, json};

use super::{ask, assert_error, call, get, sign_in, token, with};
use crate::wire::Request;
use crate::{account, sandbox};

fn revoke_all(sandbox: &Sandbox, token: &str, body: Value) -> crate::wire::Answer {
    call(sandbox, token, "POST", "/tokens/revoke_all_accessible", Some(body))
}

#[test]
fn the_current_token_is_shown_as_it_was_made() {
    let sandbox = sandbox();
    let made = sign_in(&sandbox, "alice", "manage");
    let token = made.at("/access_token");
    let current = get(&sandbox, &token, "/current_token");
    assert_eq!((current.status, current.json()), (200, made.json()));
    let head = call(&sandbox, &token, "HEAD", "/current_token", None);
    assert_eq!((head.status, head.text.as_str()), (200, ""));
    let mut by_id = made.json();
    let shown = get(&sandbox, &token, &made.at("/_links/self/href"));
    by_id.as_object_mut().unwrap().remove("access_token");
    assert_eq!(shown.json(), by_id, "the token itself is not kept");
}

#[test]
fn no_token_a_wrong_one_and_an_expired_one_are_told_apart() {
    let sandbox = sandbox();
    let token = token(&sandbox, "alice", "manage");
    for path in
        ["/current_token", "/organizations", "/users/x", "/reauthenticate_organizations", "/x"]
    {
        let none = Request::get(path).send_as_to_aptible(&sandbox);
        assert_error(&none, 401, "invalid_token");
    }
    let (signed, _) = token.rsplit_once('.').unwrap();
    assert_error(&get(&sandbox, &format!("{signed}.AAAA"), "/current_token"), 401, "invalid_token");
    assert_error(&get(&sandbox, &token, "/nowhere"), 404, "not_found");
    sandbox.advance(604_800);
    let expired = get(&sandbox, &token, "/current_token");
    assert_error(&expired, 401, "expired_token");
    assert_eq!(expired.at("/message"), "Expired Token");
}

#[test]
fn a_token_is_ended_by_its_id_with_204_then_404_and_401_once_it_is_the_own_one() {
    let sandbox = sandbox();
    let [own, other] = [(); 2].map(|()| sign_in(&sandbox, "alice", "manage"));
    let own_token = own.at("/access_token");
    let delete = |href: &str| call(&sandbox, &own_token, "DELETE", href, None);
    let href = other.at("/_links/self/href");
    let first = delete(&href);
    assert_eq!((first.status, first.text.as_str()), (204, ""));
    assert!(!sandbox.accepts(&other.at("/access_token")));
    assert_error(&delete(&href), 404, "not_found");
    let theirs = sign_in(&sandbox, "carol", "manage");
    assert_error(&delete(&theirs.at("/_links/self/href")), 404, "not_found");
    assert_error(&get(&sandbox, &own_token, &theirs.at("/_links/self/href")), 404, "not_found");
    assert!(sandbox.accepts(&theirs.at("/access_token")));
    assert_eq!(delete(&own.at("/_links/self/href")).status, 204);
    assert_error(&delete(&href), 401, "invalid_token");
}

#[test]
fn a_token_that_has_expired_is_not_found_by_its_id() {
    let sandbox = sandbox();
    let short = ask(&sandbox, "alice", json!({"expires_in": 60}));
    let token = token(&sandbox, "alice", "manage");
    sandbox.advance(30);
    let href = short.at("/_links/self/href");
    for method in ["GET", "DELETE"] {
        let answer = call(&sandbox, &token, method, &href, None);
        assert_error(&answer, 404, "not_found");
    }
}

#[test]
fn an_expired_token_ends_nothing() {
    let sandbox = sandbox();
    let answer = ask(&sandbox, "alice", json!({"expires_in": 60}));
    sandbox.advance(60);
    let token = answer.at("/access_token");
    let delete = call(&sandbox, &token, "DELETE", &answer.at("/_links/self/href"), None);
    assert_error(&delete, 401, "expired_token");
    assert_error(&revoke_all(&sandbox, &token, json!({})), 401, "expired_token");
}

#[test]
fn all_tokens_end_but_those_excepted_by_their_addresses() {
    let sandbox = sandbox();
    let made = [(); 5].map(|()| sign_in(&sandbox, "alice", "manage"));
    let tokens = made.each_ref().map(|answer| answer.at("/access_token"));
    let theirs = token(&sandbox, "carol", "manage");
    let answer = revoke_all(
        &sandbox,
        &tokens[0],
        json!({"except_tokens": [
            made[0].at("/_links/self/href"),
            made[1].at("/_links/self/href"),
            // An id is no address, and neither is one of another server.
            made[2].at("/id"),
            format!("https://auth.aptible.com/tokens/{}", made[3].at("/id")),
            null,
        ]}),
    );
    assert_eq!((answer.status, answer.json()), (200, json!({"revoked": 3})));
    let live = tokens.each_ref().map(|token| sandbox.accepts(token));
    assert_eq!(live, [true, true, false, false, false]);
    assert!(sandbox.accepts(&theirs) && sandbox.accepts(&account(&sandbox, "alice").token));
    assert_error(&get(&sandbox, &tokens[4], "/current_token"), 401, "invalid_token");
}

#[test]
fn without_exceptions_the_own_token_ends_too() {
    let sandbox = sandbox();
    let [one, other] = [(); 2].map(|()| token(&sandbox, "alice", "manage"));
    let answer = call(&sandbox, &one, "POST", "/tokens/revoke_all_accessible", None);
    assert_eq!(answer.json(), json!({"revoked": 2}));
    assert!(!sandbox.accepts(&one) && !sandbox.accepts(&other));
}

#[test]
fn a_token_does_not_reach_those_of_a_wider_scope() {
    let sandbox = sandbox();
    let [read, manage, elevated] =
        ["read", "manage", "elevated"].map(|scope| token(&sandbox, "alice", scope));
    assert_error(&revoke_all(&sandbox, &read, json!({})), 403, "forbidden");
    assert_eq!(revoke_all(&sandbox, &manage, json!({})).json(), json!({"revoked": 2}));
    assert!(sandbox.accepts(&elevated));
    let again = token(&sandbox, "alice", "manage");
    assert_eq!(revoke_all(&sandbox, &elevated, json!({})).json(), json!({"revoked": 2}));
    assert!(!sandbox.accepts(&again) && !sandbox.accepts(&elevated));
}

#[test]
fn how_ending_all_is_answered_and_when_it_takes_effect_can_be_chosen() {
    let sandbox = with(&["revocation-answer=204", "revocation=after-a-minute"]);
    let [one, other] = [(); 2].map(|()| sign_in(&sandbox, "alice", "manage"));
    let (own, other) = (one.at("/access_token"), other.at("/access_token"));
    let except = json!({"except_tokens": [one.at("/_links/self/href")]});
    let answer = revoke_all(&sandbox, &own, except);
    assert_eq!((answer.status, answer.text.as_str()), (204, ""));
    assert!(sandbox.accepts(&other));
    sandbox.advance(60);
    assert!(!sandbox.accepts(&other) && sandbox.accepts(&own));
}
