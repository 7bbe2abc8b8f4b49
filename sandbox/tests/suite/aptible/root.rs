//! The root document, the key in it, and what keeps others out.

use keybelt_sandbox::{Generation, Options, Sandbox};
use ring::signature::{RSA_PKCS1_2048_8192_SHA512, UnparsedPublicKey};
use serde_json::json;

use super::{ask, assert_error, part, sign_in, token};
use crate::wire::Request;
use crate::{account, sandbox};

fn public_key(sandbox: &Sandbox) -> Vec<u8> {
    let pem = Request::get("/").send_as_to_aptible(sandbox).at("/public_key");
    let base64 = pem
        .strip_prefix("-----BEGIN PUBLIC KEY-----\n")
        .and_then(|rest| rest.strip_suffix("-----END PUBLIC KEY-----\n"))
        .unwrap();
    assert!(base64.lines().all(|line| line.len() <= 64), "{pem}");
    let der = data_encoding::BASE64.decode(base64.replace('\n', "").as_bytes());
    der.unwrap()
}

#[test]
fn anyone_may_read_the_root_which_leads_to_the_tokens() {
    let sandbox = sandbox();
    let answer = Request::get("/").send_as_to_aptible(&sandbox);
    assert_eq!(answer.status, 200);
    assert_eq!(answer.header("content-type"), Some("application/hal+json"));
    let url = &sandbox.ready().aptible_url;
    assert_eq!(answer.at("/_links/tokens/href"), format!("{url}/tokens"));
    assert_eq!(answer.at("/_links/self/href"), format!("{url}/"));
    let facets = answer.at("/_links/utf_trusted_facets/href");
    assert_eq!(facets, format!("{url}/u2f/trusted_facets"));
    let facets = Request::get("/u2f/trusted_facets").send_as_to_aptible(&sandbox);
    assert_eq!(facets.json()["trustedFacets"][0]["ids"], json!([url]));
}

#[test]
fn a_token_is_a_jwt_signed_by_rs512_with_the_key_in_the_root() {
    let sandbox = sandbox();
    let answer = sign_in(&sandbox, "bob", "manage");
    let jwt = answer.at("/access_token");
    assert_eq!(part(&jwt, 0), json!({"typ": "JWT", "alg": "RS512"}));
    let claims = part(&jwt, 1);
    let user = answer.at("/_links/user/href");
    let exp = claims["exp"].as_i64().unwrap();
    assert_eq!(
        claims,
        json!({
            "id": answer.at("/id"),
            "iss": sandbox.ready().aptible_url,
            "sub": user,
            "scope": "manage",
            "exp": exp,
            "session": claims["session"],
            "email": "bob@sandbox.test",
            "email_verified": true,
            "name": "bob",
        })
    );
    let expires_at: jiff::Timestamp = answer.at("/expires_at").parse().unwrap();
    assert_eq!(exp, expires_at.as_second());
    // RFC 5280: the RSA key stands in a bit string behind 24 bytes that say what it is.
    let key = &public_key(&sandbox)[24..];
    let (signed, signature) = jwt.rsplit_once('.').unwrap();
    let signature = data_encoding::BASE64URL_NOPAD.decode(signature.as_bytes());
    let key = UnparsedPublicKey::new(&RSA_PKCS1_2048_8192_SHA512, key);
    key.verify(signed.as_bytes(), &signature.unwrap()).unwrap();
}

#[test]
fn the_key_stays_while_the_sandbox_runs_and_no_two_sandboxes_share_it() {
    let (one, other) = (sandbox(), sandbox());
    assert_eq!(public_key(&one), public_key(&one));
    assert_ne!(public_key(&one), public_key(&other));
}

#[test]
fn a_token_counts_in_its_own_dialect_alone() {
    let sandbox = sandbox();
    assert_eq!(sandbox.live_tokens().len(), 4, "those of the start are Atlas's");
    let atlas = account(&sandbox, "alice").token;
    let aptible = token(&sandbox, "alice", "manage");
    assert!(sandbox.accepts(&atlas) && sandbox.accepts(&aptible));
    let ask = |token: &str| Request::get("/current_token").bearer(token);
    assert_eq!(ask(&aptible).send_as_to_aptible(&sandbox).status, 200);
    assert_error(&ask(&atlas).send_as_to_aptible(&sandbox), 401, "invalid_token");
    let elsewhere = Request::get("/current_token").header("X-Atlas-Token", &aptible);
    assert_error(&elsewhere.send_as_to_aptible(&sandbox), 401, "invalid_token");
    let details = Request::get("/api/v2/account/details").bearer(&aptible);
    assert_eq!(details.send(&sandbox).status, 401);
    let live = sandbox.live_tokens();
    let scopes: Vec<_> = live.iter().map(|token| token.scope).collect();
    assert_eq!(scopes, [None, None, None, None, Some("manage")]);
    assert_eq!(live[4].username, "alice");
}

#[test]
fn each_listener_speaks_its_own_dialect_in_either_generation() {
    for generation in [Generation::Classic, Generation::Modern] {
        let sandbox = Sandbox::start(Options { generation, ..Options::default() }).unwrap();
        assert_eq!(ask(&sandbox, "alice", json!({})).status, 201);
        assert_eq!(Request::post("/tokens").send(&sandbox).status, 404);
        let atlas = Request::get("/.well-known/terraform.json").send_as_to_aptible(&sandbox);
        assert_error(&atlas, 401, "invalid_token");
    }
}

#[test]
fn web_pages_are_kept_out_here_too() {
    let sandbox = sandbox();
    let atlas = sandbox.ready().atlas_url.replace("http://", "");
    for host in ["evil.example", "auth.aptible.com", &atlas] {
        let answer = Request::get("/").host(host).send_as_to_aptible(&sandbox);
        assert_eq!(answer.status, 421, "{host}");
    }
    let foreign = Request::post("/tokens").header("Origin", "https://evil.example");
    assert_eq!(foreign.send_as_to_aptible(&sandbox).status, 403);
    let cross_site = Request::get("/").header("Sec-Fetch-Site", "cross-site");
    assert_eq!(cross_site.send_as_to_aptible(&sandbox).status, 403);
}

#[test]
fn requests_and_presented_tokens_are_recorded_here_too() {
    let sandbox = sandbox();
    let token = token(&sandbox, "alice", "manage");
    assert!(!sandbox.was_presented(&token));
    let _answer = super::get(&sandbox, &token, "/current_token?access_token=secret");
    assert!(sandbox.was_presented(&token));
    let seen: Vec<_> = sandbox
        .requests()
        .into_iter()
        .map(|request| (request.method, request.path, request.status))
        .collect();
    let expected = [("POST", "/tokens", 201), ("GET", "/current_token", 200)]
        .map(|(method, path, status)| (method.to_owned(), path.to_owned(), Some(status)));
    assert_eq!(seen, expected);
}

#[test]
fn faults_come_in_this_dialect() {
    let sandbox = sandbox();
    let after = |fault: &str| {
        sandbox.set_faults(vec![fault.parse().unwrap()]);
        ask(&sandbox, "alice", json!({}))
    };
    assert_error(&after("429@POST:/tokens"), 429, "too_many_requests");
    assert_error(&after("500"), 500, "internal_server_error");
    assert!(after("429-seconds").header("retry-after").is_some());
    let page = after("502-html");
    assert_eq!(page.status, 502);
    assert!(page.text.starts_with("<!doctype html>"));
    let redirect = after("redirect@POST:/tokens");
    assert_eq!(redirect.status, 307);
    let location = redirect.header("location").unwrap();
    assert!(!location.starts_with(&sandbox.ready().aptible_url));
    assert!(location.ends_with("/tokens"), "{location}");
    assert_eq!(after("content-type").header("content-type"), Some("text/html; charset=utf-8"));
    let hostile = after("hostile-text");
    assert_eq!(hostile.status, 201);
    assert_eq!(sandbox.live_tokens().len(), 5, "only the last one made a token");
}
