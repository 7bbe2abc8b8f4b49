//! The modern generation: what it takes away, and what stays.

use keybelt_sandbox::{Generation, Options, Sandbox};
use serde_json::{Value, json};

use crate::wire::Request;
use crate::{account, act, sign_in};

fn modern() -> Sandbox {
    Sandbox::start(Options { generation: Generation::Modern, ..Options::default() }).unwrap()
}

#[test]
fn the_ready_line_says_modern() {
    assert_eq!(modern().ready().generation, "modern");
}

#[test]
fn a_password_is_405_and_makes_no_token() {
    let sandbox = modern();
    let answer = sign_in(&sandbox, &account(&sandbox, "alice"), Value::Null);
    assert_eq!((answer.status, answer.header("allow")), (405, Some("")));
    let text = Request::post("/api/v1/two-factor/request-code").json(&json!({})).send(&sandbox);
    assert_eq!(text.status, 405);
    assert_eq!(sandbox.live_tokens().len(), 4);
}

#[test]
fn no_route_of_the_first_generation_shows_that_it_exists() {
    let sandbox = modern();
    let token = account(&sandbox, "alice").token;
    for (method, path) in [
        ("GET", "/api/v1/authenticate"),
        ("DELETE", "/api/v1/authenticate"),
        ("GET", "/api/v2/authenticate"),
    ] {
        let request = Request::new(method, path).bearer(&token);
        let request = request.header("Content-Type", "application/vnd.api+json");
        assert_eq!(request.send(&sandbox).status, 404, "{method} {path}");
    }
    let anonymous = Request::get("/api/v1/authenticate").send(&sandbox);
    assert_eq!(anonymous.status, 404);
    assert!(sandbox.accepts(&token));
}

#[test]
fn the_two_factor_actions_are_hidden_from_tokens_and_change_nothing() {
    let sandbox = modern();
    let bob = account(&sandbox, "bob");
    for action in ["enable", "verify", "disable", "resend-verification-code"] {
        let answer = act(&sandbox, &bob.token, action, Some(json!({"delivery": "app"})));
        assert_eq!(answer.status, 404, "{action}");
        assert_eq!(answer.at("/errors/0/title"), "not found");
    }
    let details = Request::get("/api/v2/account/details").bearer(&bob.token);
    assert_eq!(
        details.send(&sandbox).json()["data"]["attributes"]["two-factor"],
        json!({"enabled": true, "verified": true})
    );
}

#[test]
fn discovery_user_tokens_and_the_sign_in_page_stay() {
    let sandbox = modern();
    let token = account(&sandbox, "alice").token;
    let services = Request::get("/.well-known/terraform.json").send(&sandbox);
    assert_eq!(services.at("/login.v1/client"), "terraform");
    let details = Request::get("/api/v2/account/details").bearer(&token);
    let tokens =
        details.send(&sandbox).at("/data/relationships/authentication-tokens/links/related");
    let tokens = Request::get(&tokens).bearer(&token).send(&sandbox);
    assert_eq!(tokens.status, 200);
    assert_eq!(Request::get("/session").send(&sandbox).status, 200);
}

#[test]
fn a_dead_token_is_told_so_on_every_route_of_the_first_generation() {
    // Terraform 0.11's backend `atlas` asks for a state: a 404 for any token let it take a dead one.
    let paths = ["terraform/state/acme/x", "box/..", "user/..", "authenticate", "nothing"];
    for (sandbox, anonymous) in [(crate::sandbox(), 401), (modern(), 404)] {
        let token = account(&sandbox, "alice").token;
        let status = |path: &str, token: Option<&str>| {
            let request = Request::get(&format!("/api/v1/{path}"));
            let request = token.into_iter().fold(request, Request::bearer);
            let answer = request.send(&sandbox);
            assert!(answer.json()["errors"][0].is_string(), "{}", answer.text);
            answer.status
        };
        for path in paths {
            assert_eq!(status(path, Some("dead")), 401, "{path}");
            assert_eq!(status(path, None), anonymous, "{path}");
        }
        assert_eq!(status("terraform/state/acme/x", Some(&token)), 404);
    }
}
