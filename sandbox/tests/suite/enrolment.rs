//! Two-factor authentication that the organization requires: what it does to the pages, and what it
//! leaves alone.

use keybelt_sandbox::{Limits, Options, Sandbox};
use serde_json::json;

use crate::authorization::{AUTHORIZATION, address, exchange, returned};
use crate::browser::{Browser, between, heading, hidden_fields};
use crate::wire::{Answer, Request};
use crate::{account, api, app_code, sandbox, set_policy, sign_in};

const TOKENS: &str = "/app/settings/tokens";
const ENROLMENT: &str = "/session/two-factor-enrolment";
const ENROL: &str = "Set up two-factor authentication";

fn require(sandbox: &Sandbox, policy: &str) {
    let olivia = account(sandbox, "olivia").token;
    assert_eq!(set_policy(sandbox, &olivia, policy).status, 200);
}

fn sandbox_that_requires_two_factor() -> Sandbox {
    let sandbox = sandbox();
    require(&sandbox, "two_factor_mandatory");
    sandbox
}

fn secret_on(page: &Answer) -> String {
    between(page, "<dd id=\"secret\">", "</dd>").to_owned()
}

/// Types the code that an app with the page's secret shows.
fn prove(browser: &mut Browser, sandbox: &Sandbox, page: &Answer) -> Answer {
    let code = app_code(sandbox, &secret_on(page), 0);
    browser.submit(page, ENROLMENT, &[("code", &code)])
}

#[test]
fn a_member_without_two_factor_enrols_first_and_then_goes_on_to_consent() {
    let sandbox = sandbox_that_requires_two_factor();
    let alice = account(&sandbox, "alice");
    let mut browser = Browser::new(&sandbox);
    let page = browser.type_password(&address(&[]), &alice);
    assert_eq!((page.status, heading(&page)), (200, ENROL));
    let secret = secret_on(&page);
    assert_eq!(secret.len(), 32);
    assert_eq!(
        between(&page, "<dd id=\"address\">", "</dd>"),
        format!("otpauth://totp/alice@sandbox.test?secret={secret}&amp;issuer=keybelt-sandbox")
    );
    let page = prove(&mut browser, &sandbox, &page);
    assert_eq!(heading(&page), "Two-factor authentication is on");
    let codes: Vec<_> = between(&page, "<pre id=\"recovery-codes\">", "</pre>").lines().collect();
    assert_eq!(codes.len(), 6);
    let onward = between(&page, "<a href=\"", "\">Go on</a>").replace("&amp;", "&");
    let consent = browser.get(&onward);
    assert_eq!(heading(&consent), "Authorize terraform");
    let back = browser.submit_once(&consent, AUTHORIZATION, &[("decision", "authorize")]);
    let token = exchange(&sandbox, &returned(&back, "code").unwrap(), &[]).at("/access_token");
    assert!(sandbox.accepts(&token));

    let refused = sign_in(&sandbox, &alice, json!({}));
    assert_eq!(refused.status, 406, "a code is needed from now on");
    let recovered = sign_in(&sandbox, &alice, json!({"code": codes[0]}));
    assert_eq!(recovered.status, 200, "{}", recovered.text);
}

#[test]
fn a_wrong_code_enrols_nobody_and_the_secret_stays() {
    let sandbox = sandbox_that_requires_two_factor();
    let alice = account(&sandbox, "alice");
    let mut browser = Browser::new(&sandbox);
    let page = browser.type_password(TOKENS, &alice);
    for wrong in ["", "12345", "not a code"] {
        let answer = browser.submit(&page, ENROLMENT, &[("code", wrong)]);
        assert_eq!((answer.status, heading(&answer)), (422, ENROL), "{wrong}");
        assert!(answer.text.contains("role=\"alert\""));
        assert_eq!(secret_on(&answer), secret_on(&page));
    }
    let details = api(&sandbox, &alice.token, "GET", "/account/details", None).json();
    assert_eq!(
        details["data"]["attributes"]["two-factor"],
        json!({"enabled": false, "verified": false}),
        "looking at the page begins nothing"
    );
    assert_eq!(heading(&browser.get(TOKENS)), ENROL);
    let other = Browser::new(&sandbox).type_password(TOKENS, &alice);
    assert_ne!(secret_on(&other), secret_on(&page), "a secret belongs to its session");
    let page = prove(&mut browser, &sandbox, &page);
    assert_eq!(heading(&page), "Two-factor authentication is on");
    assert_eq!(heading(&browser.get(TOKENS)), "Authentication tokens");
}

#[test]
fn whoever_began_to_enrol_and_did_not_finish_has_to() {
    let sandbox = sandbox_that_requires_two_factor();
    let alice = account(&sandbox, "alice");
    let app = json!({"delivery": "app"});
    crate::act(&sandbox, &alice.token, "enable", Some(app));
    let mut browser = Browser::new(&sandbox);
    assert_eq!(heading(&browser.type_password(TOKENS, &alice)), ENROL);
}

#[test]
fn members_with_two_factor_and_strangers_are_not_asked() {
    let sandbox =
        Sandbox::start(Options { accounts: 1, limits: Limits::Off, ..Options::default() }).unwrap();
    require(&sandbox, "two_factor_mandatory");
    let bob = account(&sandbox, "bob");
    let mut browser = Browser::new(&sandbox);
    let page = browser.type_password(TOKENS, &bob);
    assert_eq!(heading(&page), "Two-factor authentication");
    let code = sandbox.code("bob").unwrap().code;
    let page = browser.submit(&page, "/session/two-factor", &[("code", &code)]);
    assert_eq!(heading(&page), "Authentication tokens");
    assert_eq!(heading(&browser.get(ENROLMENT)), "Authentication tokens");
    let mut stranger = account(&sandbox, "alice");
    stranger.username = "user-1".to_owned();
    let mut browser = Browser::new(&sandbox);
    assert_eq!(heading(&browser.type_password(TOKENS, &stranger)), "Authentication tokens");
}

#[test]
fn tokens_and_sign_in_by_the_api_go_on_as_before() {
    let sandbox = sandbox();
    let alice = account(&sandbox, "alice");
    let details = |token: &str| api(&sandbox, token, "GET", "/account/details", None).status;
    assert_eq!(details(&alice.token), 200);
    require(&sandbox, "two_factor_mandatory");
    assert_eq!(details(&alice.token), 200, "an old token");
    let acme = api(&sandbox, &alice.token, "GET", "/organizations/acme/workspaces", None);
    assert_eq!(acme.status, 200);
    let signed_in = sign_in(&sandbox, &alice, json!({}));
    assert_eq!(signed_in.status, 200);
    assert_eq!(details(&signed_in.at("/token")), 200, "a new one");
}

#[test]
fn a_browser_that_was_signed_in_before_is_asked_too() {
    let sandbox = sandbox();
    let mut browser = Browser::new(&sandbox);
    let tokens = browser.type_password(TOKENS, &account(&sandbox, "alice"));
    let consent = browser.get(&address(&[]));
    let before = sandbox.live_tokens().len();
    require(&sandbox, "two_factor_mandatory");
    assert_eq!(browser.submit(&tokens, TOKENS, &[]).status, 403);
    let decided = browser.submit(&consent, AUTHORIZATION, &[("decision", "authorize")]);
    assert_eq!(decided.status, 403);
    assert_eq!(sandbox.live_tokens().len(), before);
    assert_eq!(heading(&browser.get(TOKENS)), ENROL);
    require(&sandbox, "password");
    assert_eq!(heading(&browser.get(TOKENS)), "Authentication tokens", "reinstated");
}

#[test]
fn the_enrolment_page_is_for_those_who_are_signed_in() {
    let sandbox = sandbox_that_requires_two_factor();
    assert_eq!(heading(&Browser::new(&sandbox).get(ENROLMENT)), "Sign in");
    let mut half_way = Browser::new(&sandbox);
    let page = half_way.type_password(TOKENS, &account(&sandbox, "bob"));
    assert_eq!(heading(&page), "Two-factor authentication");
    assert_eq!(heading(&half_way.get(ENROLMENT)), "Sign in");
    let mut browser = Browser::new(&sandbox);
    let page = browser.type_password(TOKENS, &account(&sandbox, "alice"));
    let page = browser.submit(&page, "/session/sign-out", &[]);
    assert_eq!(heading(&page), "Sign in");
}

#[test]
fn the_enrolment_page_is_guarded_as_all_others() {
    let sandbox = sandbox_that_requires_two_factor();
    let mut browser = Browser::new(&sandbox);
    let page = browser.type_password(TOKENS, &account(&sandbox, "alice"));
    let code = app_code(&sandbox, &secret_on(&page), 0);
    for forged in [None, Some("wrong")] {
        let token = forged.map(|token| ("form_token", token));
        let fields = [("code", code.as_str())];
        let answer = browser.post(ENROLMENT, fields.into_iter().chain(token));
        assert_eq!(answer.status, 403);
    }
    let token = &hidden_fields(&page, ENROLMENT)[0].1;
    let body = format!("form_token={token}&code={code}");
    let foreign = Request::post(ENROLMENT).form(&body).header("Origin", "https://evil.example");
    assert_eq!(browser.send(foreign).status, 403);
    let planted = browser.cookies().to_vec();
    let done = prove(&mut browser, &sandbox, &page);
    for page in [&page, &done] {
        assert_eq!(page.header("cache-control"), Some("no-store"));
        assert_eq!(page.header("x-frame-options"), Some("DENY"));
        assert!(!page.text.contains("<script"));
    }
    let mut thief = Browser::new(&sandbox);
    thief.set_cookies(&planted);
    assert_eq!(heading(&thief.get(TOKENS)), "Sign in", "enrolling begins another session");
    let log = format!("{:?}", sandbox.requests());
    assert!(log.contains(ENROLMENT) && !log.contains(&code) && !log.contains(&secret_on(&page)));
}

#[test]
fn sessions_of_members_last_as_long_as_the_organization_says() {
    let sandbox = sandbox();
    let mut browser = Browser::new(&sandbox);
    browser.type_password(TOKENS, &account(&sandbox, "alice"));
    let olivia = account(&sandbox, "olivia").token;
    let lengths = json!({"session-timeout": 30, "session-remember": 60});
    let body = json!({"data": {"attributes": lengths}});
    let changed = api(&sandbox, &olivia, "PATCH", "/organizations/acme", Some(body));
    assert_eq!(changed.status, 200);
    for (minutes, expected) in
        [(29, "Authentication tokens"), (29, "Authentication tokens"), (2, "Sign in")]
    {
        sandbox.advance(minutes * 60);
        assert_eq!(heading(&browser.get(TOKENS)), expected);
    }
    browser.type_password(TOKENS, &account(&sandbox, "alice"));
    sandbox.advance(30 * 60);
    assert_eq!(heading(&browser.get(TOKENS)), "Sign in", "idle for too long");
}
