//! A tool's sign-in through a browser: authorization code with PKCE.

use data_encoding::BASE64URL_NOPAD;
use keybelt_sandbox::{Options, Sandbox};
use serde_json::json;
use sha2::{Digest, Sha256};

use crate::browser::{Browser, encode, hidden_fields, percent};
use crate::wire::{Answer, Request};
use crate::{account, sandbox};

pub const AUTHORIZATION: &str = "/app/oauth2/auth";
const CALLBACK: &str = "http://localhost:10003/login";
const VERIFIER: &str = "c2b1f0a3-5d7e-4e7a-9a0b-0f4bd9f6a1c7.123456789";

fn challenge() -> String {
    BASE64URL_NOPAD.encode(&Sha256::digest(VERIFIER.as_bytes()))
}

/// Returns an address to sign in at, with some parameters replaced; an empty one is left out.
pub fn address(changes: &[(&str, &str)]) -> String {
    let challenge = challenge();
    let mut parameters = vec![
        ("client_id", "terraform"),
        ("code_challenge", &challenge),
        ("code_challenge_method", "S256"),
        ("redirect_uri", CALLBACK),
        ("response_type", "code"),
        ("state", "of the tool & no other's"),
    ];
    for (name, value) in changes {
        parameters.retain(|(other, _)| other != name);
        parameters.push((name, value));
    }
    parameters.retain(|(_, value)| !value.is_empty());
    format!("{AUTHORIZATION}?{}", encode(parameters.into_iter()))
}

fn consent_page<'a>(sandbox: &'a Sandbox, address: &str) -> (Browser<'a>, Answer) {
    let mut browser = Browser::new(sandbox);
    let page = browser.type_password(address, &account(sandbox, "alice"));
    assert!(page.text.contains("<h1>Authorize terraform</h1>"), "{}", page.text);
    (browser, page)
}

fn decide(sandbox: &Sandbox, address: &str, decision: &str) -> Answer {
    let (mut browser, page) = consent_page(sandbox, address);
    browser.submit(&page, AUTHORIZATION, &[("decision", decision)])
}

/// Returns the parameter that a redirection back to the tool carries.
pub fn returned(answer: &Answer, name: &str) -> Option<String> {
    assert_eq!(answer.status, 303, "{}", answer.text);
    let (place, query) = answer.header("location").unwrap().split_once('?').unwrap();
    assert!(place.ends_with("/login"), "{place}");
    let mut pairs = query.split('&').filter_map(|pair| pair.split_once('='));
    let (_, value) = pairs.find(|(other, _)| *other == name)?;
    Some(value.to_owned())
}

fn code(sandbox: &Sandbox) -> String {
    returned(&decide(sandbox, &address(&[]), "authorize"), "code").unwrap()
}

/// Exchanges a code, with some parameters replaced; an empty one is left out.
pub fn exchange(sandbox: &Sandbox, code: &str, changes: &[(&str, &str)]) -> Answer {
    let mut parameters = vec![
        ("grant_type", "authorization_code"),
        ("client_id", "terraform"),
        ("code", code),
        ("code_verifier", VERIFIER),
        ("redirect_uri", CALLBACK),
    ];
    for (name, value) in changes {
        parameters.retain(|(other, _)| other != name);
        parameters.push((name, value));
    }
    parameters.retain(|(_, value)| !value.is_empty());
    Request::post("/oauth2/token").form(&encode(parameters.into_iter())).send(sandbox)
}

fn refusal(answer: &Answer) -> String {
    assert_eq!(answer.status, 400, "{}", answer.text);
    assert_eq!(answer.header("content-type"), Some("application/json"));
    assert_eq!(answer.header("cache-control"), Some("no-store"));
    answer.at("/error")
}

#[test]
fn a_code_is_exchanged_for_a_token_that_says_which_tool_signed_in() {
    let sandbox = sandbox();
    let answer = exchange(&sandbox, &code(&sandbox), &[]);
    assert_eq!(answer.status, 200, "{}", answer.text);
    assert_eq!(answer.header("cache-control"), Some("no-store"));
    assert_eq!(answer.at("/token_type"), "bearer");
    assert_eq!(answer.json()["expires_in"], json!(crate::two_calendar_years(sandbox.now())));
    let token = answer.at("/access_token");
    let details = Request::get("/api/v2/account/details").bearer(&token);
    assert_eq!(details.send(&sandbox).at("/data/attributes/username"), "alice");
    let live = sandbox.live_tokens();
    assert_eq!(live.last().unwrap().description, "terraform login");
}

#[test]
fn the_state_comes_back_as_it_was_sent() {
    let sandbox = sandbox();
    let answer = decide(&sandbox, &address(&[]), "authorize");
    let state = returned(&answer, "state").unwrap();
    assert_eq!(state.replace('+', "%20"), percent("of the tool & no other's"));
    let without = decide(&sandbox, &address(&[("state", "")]), "authorize");
    assert_eq!(returned(&without, "state"), None);
}

#[test]
fn the_consent_page_names_tool_account_and_place_and_lets_its_form_lead_there() {
    let sandbox = sandbox();
    let (_, page) = consent_page(&sandbox, &address(&[]));
    for part in
        ["<strong>terraform</strong>", "<dd>alice</dd>", "<dd>http://localhost:10003/login</dd>"]
    {
        assert!(page.text.contains(part), "{part} is missing in {}", page.text);
    }
    let policy = page.header("content-security-policy").unwrap();
    assert!(policy.ends_with("form-action 'self' http://localhost:10003"), "{policy}");
}

#[test]
fn consent_is_given_by_the_pages_own_form_alone() {
    let sandbox = sandbox();
    let (mut browser, page) = consent_page(&sandbox, &address(&[]));
    let visited = browser.get(&format!("{}&decision=authorize", address(&[])));
    assert_eq!((visited.status, visited.header("location")), (200, None));
    let mut fields = hidden_fields(&page, AUTHORIZATION);
    fields.retain(|(name, _)| name != "form_token");
    fields.push(("decision".into(), "authorize".into()));
    let fields = fields.iter().map(|(name, value)| (name.as_str(), value.as_str()));
    let forged = browser.post(AUTHORIZATION, fields);
    assert_eq!((forged.status, forged.header("location")), (403, None));
}

#[test]
fn a_user_who_does_not_consent_is_reported_to_the_tool() {
    let sandbox = sandbox();
    for decision in ["cancel", "", "Authorize"] {
        let answer = decide(&sandbox, &address(&[]), decision);
        assert_eq!(returned(&answer, "error").unwrap(), "access_denied");
        assert!(returned(&answer, "state").is_some());
        assert_eq!(returned(&answer, "code"), None);
    }
}

#[test]
fn another_account_can_be_chosen_before_consenting() {
    let sandbox = sandbox();
    let (mut browser, page) = consent_page(&sandbox, &address(&[]));
    let page = browser.submit(&page, "/session/sign-out", &[]);
    let carol = account(&sandbox, "carol");
    let fields = [("login", "carol"), ("password", carol.password.as_str())];
    let page = browser.submit(&page, "/session", &fields);
    let code = sandbox.outbox()[0].code.clone();
    let page = browser.submit(&page, "/session/two-factor", &[("code", &code)]);
    assert!(page.text.contains("<dd>carol</dd>"), "{}", page.text);
}

#[test]
fn a_code_is_good_for_a_minute() {
    let sandbox = sandbox();
    let (early, late) = (code(&sandbox), code(&sandbox));
    sandbox.advance(58);
    assert_eq!(exchange(&sandbox, &early, &[]).status, 200);
    sandbox.advance(2);
    assert_eq!(refusal(&exchange(&sandbox, &late, &[])), "invalid_grant");
    assert_eq!(sandbox.live_tokens().len(), 5);
}

#[test]
fn a_code_that_comes_again_is_refused_and_its_token_revoked() {
    let sandbox = sandbox();
    let code = code(&sandbox);
    let token = exchange(&sandbox, &code, &[]).at("/access_token");
    assert!(sandbox.accepts(&token));
    assert_eq!(refusal(&exchange(&sandbox, &code, &[])), "invalid_grant");
    assert!(!sandbox.accepts(&token));
    assert_eq!(sandbox.live_tokens().len(), 4);
}

#[test]
fn a_code_that_comes_again_hours_later_still_takes_its_token_along() {
    let sandbox = sandbox();
    let code = code(&sandbox);
    let token = exchange(&sandbox, &code, &[]).at("/access_token");
    sandbox.advance(12 * 3600);
    self::code(&sandbox);
    assert_eq!(refusal(&exchange(&sandbox, &code, &[])), "invalid_grant");
    assert!(!sandbox.accepts(&token));
}

#[test]
fn a_code_is_spent_by_a_wrong_verifier_or_address() {
    let sandbox = sandbox();
    for wrong in [
        ("code_verifier", "another verifier, as long as anyone could wish"),
        ("redirect_uri", "http://localhost:10004/login"),
        ("redirect_uri", "http://127.0.0.1:10003/login"),
    ] {
        let code = code(&sandbox);
        let refused = exchange(&sandbox, &code, &[wrong]);
        assert_eq!(refusal(&refused), "invalid_grant", "{wrong:?}");
        assert_eq!(refusal(&exchange(&sandbox, &code, &[])), "invalid_grant");
    }
    assert_eq!(sandbox.live_tokens().len(), 4);
}

#[test]
fn a_padded_challenge_and_a_short_verifier_will_do() {
    let sandbox = sandbox();
    let verifier = "a4c47ac1-bd1b-6d34-ac2c-02ce0ee4a3a4";
    let padded = format!("{}=", BASE64URL_NOPAD.encode(&Sha256::digest(verifier.as_bytes())));
    let answer = decide(&sandbox, &address(&[("code_challenge", &padded)]), "authorize");
    let code = returned(&answer, "code").unwrap();
    let answer = exchange(&sandbox, &code, &[("code_verifier", verifier)]);
    assert_eq!(answer.status, 200, "{}", answer.text);
}

#[test]
fn what_is_wrong_with_a_tools_request_is_told_to_the_tool() {
    let sandbox = sandbox();
    let plain = [("code_challenge_method", "plain")];
    let invalid = "invalid_request";
    for (changes, error) in [
        (plain, invalid),
        ([("code_challenge_method", "")], invalid),
        ([("code_challenge", "")], invalid),
        ([("code_challenge", VERIFIER)], invalid),
        ([("code_challenge", "c2hvcnQ")], invalid),
        ([("response_type", "token")], "unsupported_response_type"),
        ([("response_type", "")], "unsupported_response_type"),
    ] {
        let answer = Request::get(&address(&changes)).send(&sandbox);
        assert_eq!(returned(&answer, "error").as_deref(), Some(error), "{changes:?}");
        assert!(returned(&answer, "state").is_some());
    }
    for name in ["code_challenge", "state", "response_type"] {
        let twice = format!("{}&{name}=again", address(&[]));
        let answer = Request::get(&twice).send(&sandbox);
        assert_eq!(returned(&answer, "error").as_deref(), Some(invalid), "{name} twice");
    }
}

#[test]
fn nobody_is_sent_to_an_address_that_is_no_tool_on_this_computer() {
    let sandbox = sandbox();
    for foreign in [
        "",
        "https://evil.example/login",
        "http://evil.example:10003/login",
        "https://localhost:10003/login",
        "http://localhost.evil.example:10003/login",
        "http://localhost:10003@evil.example/login",
        "http://user@localhost:10003/login",
        "http://localhost:10003.evil.example/login",
        "http://localhost/login",
        "http://localhost:/login",
        "http://localhost:9999/login",
        "http://localhost:10011/login",
        "http://localhost:010003/login",
        "http://localhost:+10003/login",
        "http://localhost:75539/login",
        "http://localhost:10003/login/",
        "http://localhost:10003/login?next=x",
        "http://localhost:10003/login#x",
        "http://localhost:10003/../login",
        "http://localhost:10003/logout",
        "http://127.0.0.2:10003/login",
        "http://[::2]:10003/login",
        "HTTP://localhost:10003/login",
        " http://localhost:10003/login",
    ] {
        let address = address(&[("redirect_uri", foreign)]);
        let answer = Request::get(&address).send(&sandbox);
        let seen = (answer.status, answer.header("location"));
        assert_eq!(seen, (400, None), "{foreign}");
        let (mut browser, page) = consent_page(&sandbox, &self::address(&[]));
        let mut fields = hidden_fields(&page, AUTHORIZATION);
        fields.retain(|(name, _)| name != "redirect_uri");
        fields.push(("redirect_uri".into(), foreign.into()));
        fields.push(("decision".into(), "authorize".into()));
        let fields = fields.iter().map(|(name, value)| (name.as_str(), value.as_str()));
        let answer = browser.post(AUTHORIZATION, fields);
        assert_eq!((answer.status, answer.header("location")), (400, None), "{foreign}");
    }
    let stranger = Request::get(&address(&[("client_id", "another")])).send(&sandbox);
    assert_eq!((stranger.status, stranger.header("location")), (400, None));
}

#[test]
fn every_announced_port_and_every_name_of_this_computer_will_do() {
    let sandbox =
        Sandbox::start(Options { callback_ports: 20_000..=20_002, ..Options::default() }).unwrap();
    let services = Request::get("/.well-known/terraform.json").send(&sandbox);
    assert_eq!(services.json()["login.v1"]["ports"], json!([20_000, 20_002]));
    for own in
        ["http://localhost:20000/login", "http://127.0.0.1:20001/login", "http://[::1]:20002/login"]
    {
        let answer = decide(&sandbox, &address(&[("redirect_uri", own)]), "authorize");
        let place = answer.header("location").unwrap();
        assert!(place.starts_with(&format!("{own}?code=")), "{place}");
        let code = returned(&answer, "code").unwrap();
        let answer = exchange(&sandbox, &code, &[("redirect_uri", own)]);
        assert_eq!(answer.status, 200, "{}", answer.text);
    }
    let beyond = address(&[("redirect_uri", "http://localhost:20003/login")]);
    assert_eq!(Request::get(&beyond).send(&sandbox).status, 400);
}

#[test]
fn what_is_wrong_at_the_token_endpoint_is_said_as_json() {
    let sandbox = sandbox();
    for (name, value, error) in [
        ("code", "unknown", "invalid_grant"),
        ("code", "", "invalid_request"),
        ("code_verifier", "", "invalid_request"),
        ("redirect_uri", "", "invalid_request"),
        ("grant_type", "", "invalid_request"),
        ("grant_type", "password", "unsupported_grant_type"),
        ("client_id", "", "invalid_request"),
        ("client_id", "another", "invalid_client"),
    ] {
        let answer = exchange(&sandbox, "unknown", &[(name, value)]);
        assert_eq!(refusal(&answer), error, "{name}={value}");
    }
    let not_a_form = Request::post("/oauth2/token").json(&json!({"grant_type": "password"}));
    assert_eq!(refusal(&not_a_form.send(&sandbox)), "invalid_request");
    let body = [
        ("grant_type", "authorization_code"),
        ("client_id", "terraform"),
        ("code", &code(&sandbox)),
        ("redirect_uri", CALLBACK),
        ("code_verifier", VERIFIER),
        ("code_verifier", "another"),
    ];
    let twice = Request::post("/oauth2/token").form(&encode(body.into_iter()));
    assert_eq!(refusal(&twice.send(&sandbox)), "invalid_request");
    let looked_at = Request::get("/oauth2/token").send(&sandbox);
    assert_eq!(looked_at.status, 404);
    assert_eq!(sandbox.live_tokens().len(), 4);
}

#[test]
fn a_refusal_before_the_code_is_read_does_not_spend_it() {
    let sandbox = sandbox();
    let code = code(&sandbox);
    assert_eq!(refusal(&exchange(&sandbox, &code, &[("client_id", "another")])), "invalid_client");
    assert_eq!(exchange(&sandbox, &code, &[]).status, 200);
}

#[test]
fn neither_code_nor_state_nor_token_is_in_the_request_log() {
    let sandbox = sandbox();
    let code = code(&sandbox);
    let token = exchange(&sandbox, &code, &[]).at("/access_token");
    let log = format!("{:?}", sandbox.requests());
    assert!(log.contains("/oauth2/token"));
    assert!(
        ![code.as_str(), &token, "of%20the%20tool", &challenge()]
            .iter()
            .any(|secret| log.contains(secret))
    );
}

#[test]
fn a_page_that_a_fault_replaces_issues_no_code() {
    let sandbox = sandbox();
    let (mut browser, page) = consent_page(&sandbox, &address(&[]));
    sandbox.set_faults(vec!["500@POST:/app/oauth2/auth*1".parse().unwrap()]);
    let failed = browser.submit(&page, AUTHORIZATION, &[("decision", "authorize")]);
    assert_eq!((failed.status, failed.header("location")), (500, None));
    let answer = browser.submit(&page, AUTHORIZATION, &[("decision", "authorize")]);
    assert!(returned(&answer, "code").is_some());
    assert_eq!(sandbox.live_tokens().len(), 4);
}
