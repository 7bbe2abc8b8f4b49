//! The sign-in page, as a browser sees it.

use keybelt_sandbox::{Options, Sandbox};
use serde_json::json;

use crate::browser::{Browser, encode, heading, hidden_fields, percent};
use crate::wire::{Answer, Request};
use crate::{
    account, app_code, sandbox, sandbox_without_limits, secret, sign_in, to_the_beginning_of_a_step,
};

const TOKENS: &str = "/app/settings/tokens";
const CODE: &str = "/session/two-factor";
const RECOVERY: &str = "/session/two-factor-recovery";

/// Asks for the token page and goes as far as the page for the code.
fn half_way<'a>(sandbox: &'a Sandbox, username: &str) -> (Browser<'a>, Answer) {
    let mut browser = Browser::new(sandbox);
    let page = browser.type_password(TOKENS, &account(sandbox, username));
    assert_eq!(heading(&page), "Two-factor authentication");
    (browser, page)
}

#[test]
fn a_password_signs_in_and_leads_back_to_where_one_was_going() {
    let sandbox = sandbox();
    let mut browser = Browser::new(&sandbox);
    let page =
        browser.type_password(&format!("{TOKENS}?source=a-test"), &account(&sandbox, "alice"));
    assert_eq!((page.status, heading(&page)), (200, "Authentication tokens"));
    assert!(page.text.contains("value=\"a test\""), "{}", page.text);
    assert_eq!(heading(&browser.get("/session")), "Authentication tokens");
}

#[test]
fn a_code_from_the_app_completes_a_sign_in_once() {
    let sandbox = sandbox();
    to_the_beginning_of_a_step(&sandbox);
    let code = app_code(&sandbox, &secret(&account(&sandbox, "bob")), 0);
    let spaced = format!("{} {}", &code[..3], &code[3..]);
    let (mut browser, page) = half_way(&sandbox, "bob");
    let page = browser.submit(&page, CODE, &[("code", &spaced)]);
    assert_eq!(heading(&page), "Authentication tokens");
    let (mut other, page) = half_way(&sandbox, "bob");
    let page = other.submit(&page, CODE, &[("code", &code)]);
    assert_eq!((page.status, heading(&page)), (422, "Two-factor authentication"));
}

#[test]
fn a_text_is_sent_by_itself_and_again_on_request() {
    let sandbox = sandbox();
    let (mut browser, page) = half_way(&sandbox, "carol");
    assert_eq!(sandbox.outbox().len(), 1);
    assert!(page.text.contains("ending in 0134"));
    let page = browser.submit(&page, "/session/two-factor-send-sms", &[]);
    let texts = sandbox.outbox();
    assert_eq!(texts.len(), 2);
    let page = browser.submit(&page, CODE, &[("code", &texts[1].code)]);
    assert_eq!(heading(&page), "Authentication tokens");
}

#[test]
fn a_recovery_code_does_in_its_own_place_and_only_once() {
    let sandbox = sandbox();
    let bob = account(&sandbox, "bob");
    let recovery_code = bob.recovery_codes[0].as_str();
    let (mut browser, page) = half_way(&sandbox, "bob");
    let page = browser.submit(&page, CODE, &[("code", recovery_code)]);
    assert_eq!(page.status, 422, "this is the place for the app's");
    assert!(page.text.contains("/session/two-factor-recovery?return_to="));
    let page = browser.get(RECOVERY);
    let code = app_code(&sandbox, &secret(&bob), 0);
    let page = browser.submit(&page, RECOVERY, &[("code", &code)]);
    assert_eq!(page.status, 422, "and this is not");
    let page = browser.submit(&page, RECOVERY, &[("code", recovery_code)]);
    assert_eq!(heading(&page), "Authentication tokens");
    let (mut other, _) = half_way(&sandbox, "bob");
    let page = other.get(RECOVERY);
    let page = other.submit(&page, RECOVERY, &[("code", recovery_code)]);
    assert_eq!(page.status, 422);
}

#[test]
fn a_wrong_password_and_an_unknown_user_look_alike_and_sign_nobody_in() {
    let sandbox = sandbox();
    let mut browser = Browser::new(&sandbox);
    for login in ["alice", "nobody"] {
        let page = browser.get("/session");
        let page = browser.submit(&page, "/session", &[("login", login), ("password", "wrong")]);
        assert_eq!((page.status, heading(&page)), (422, "Sign in"));
        assert!(page.text.contains("role=\"alert\">The username or the password is wrong."));
    }
    assert_eq!(heading(&browser.get(TOKENS)), "Sign in");
}

#[test]
fn what_was_typed_is_shown_again_as_text_and_not_as_markup() {
    let sandbox = sandbox();
    let mut browser = Browser::new(&sandbox);
    let page = browser.get("/session");
    let login = "\"><script>alert('&')</script>";
    let page = browser.submit(&page, "/session", &[("login", login), ("password", "x")]);
    assert!(!page.text.contains("<script"), "{}", page.text);
    let escaped = "value=\"&quot;&gt;&lt;script&gt;alert(&#39;&amp;&#39;)&lt;/script&gt;\"";
    assert!(page.text.contains(escaped), "{}", page.text);
}

#[test]
fn the_sixth_code_within_a_minute_is_429_wherever_it_is_submitted() {
    let sandbox = sandbox();
    let bob = account(&sandbox, "bob");
    assert_eq!(sign_in(&sandbox, &bob, json!({"code": "1"})).status, 400);
    let (mut browser, mut page) = half_way(&sandbox, "bob");
    for _ in 0..2 {
        page = browser.submit(&page, CODE, &[("code", "1")]);
    }
    let mut page = browser.get(RECOVERY);
    for _ in 0..2 {
        page = browser.submit(&page, RECOVERY, &[("code", "1")]);
    }
    let refused = browser.submit(&page, RECOVERY, &[("code", &bob.recovery_codes[0])]);
    assert_eq!(refused.status, 429);
    let wait: i64 = refused.header("retry-after").unwrap().parse().unwrap();
    assert!((1..=61).contains(&wait), "{wait}");
    sandbox.advance(wait);
    let page = browser.submit(&page, RECOVERY, &[("code", &bob.recovery_codes[0])]);
    assert_eq!(heading(&page), "Authentication tokens");
}

#[test]
fn more_than_five_texts_a_minute_are_not_sent() {
    let sandbox = sandbox();
    let (mut browser, page) = half_way(&sandbox, "carol");
    let statuses: Vec<_> =
        (0..5).map(|_| browser.submit(&page, "/session/two-factor-send-sms", &[]).status).collect();
    assert_eq!(statuses, [200, 200, 200, 200, 429]);
    half_way(&sandbox, "carol");
    assert_eq!(sandbox.outbox().len(), 5, "nor by themselves");
}

#[test]
fn every_page_is_kept_from_caches_frames_and_scripts() {
    let sandbox = sandbox();
    let mut browser = Browser::new(&sandbox);
    let first = browser.get("/session");
    let made = browser.type_password(TOKENS, &account(&sandbox, "alice"));
    let lost = browser.get("/app/nowhere");
    assert_eq!(lost.status, 404);
    for page in [&first, &made, &lost] {
        assert_eq!(page.header("content-type"), Some("text/html; charset=utf-8"));
        assert_eq!(page.header("cache-control"), Some("no-store"));
        assert_eq!(page.header("x-frame-options"), Some("DENY"));
        assert_eq!(page.header("x-content-type-options"), Some("nosniff"));
        let policy = page.header("content-security-policy").unwrap();
        assert!(policy.starts_with("default-src 'none'; style-src 'sha256-"), "{policy}");
        assert!(policy.contains("frame-ancestors 'none'"), "{policy}");
        assert!(policy.ends_with("form-action 'self'"), "{policy}");
        assert!(!page.text.contains("<script") && page.text.contains("<html lang=\"en\">"));
    }
}

#[test]
fn the_cookie_is_out_of_reach_of_scripts_and_other_sites() {
    let sandbox = sandbox();
    let answer = Request::get("/session").send(&sandbox);
    let (_, port) = sandbox.ready().atlas_url.rsplit_once(':').unwrap();
    let cookie = answer.header("set-cookie").unwrap();
    assert!(cookie.starts_with(&format!("keybelt_sandbox_{port}=")), "{cookie}");
    assert!(cookie.ends_with("; Path=/; HttpOnly; SameSite=Lax"), "{cookie}");
}

#[test]
fn a_form_without_its_sessions_own_token_changes_nothing() {
    let sandbox = sandbox();
    let alice = account(&sandbox, "alice");
    let fields = [("login", "alice"), ("password", alice.password.as_str())];
    let mut browser = Browser::new(&sandbox);
    browser.get("/session");
    let stranger = Browser::new(&sandbox).get("/session");
    let (_, foreign) = hidden_fields(&stranger, "/session").remove(0);
    for form_token in [None, Some(""), Some("wrong"), Some(foreign.as_str())] {
        let token = form_token.map(|token| ("form_token", token));
        let answer = browser.post("/session", fields.into_iter().chain(token));
        assert_eq!(answer.status, 403, "{form_token:?}");
    }
    assert_eq!(heading(&browser.get(TOKENS)), "Sign in");
}

#[test]
fn a_form_without_the_cookie_changes_nothing() {
    let sandbox = sandbox();
    let mut browser = Browser::new(&sandbox);
    let page = browser.type_password(TOKENS, &account(&sandbox, "alice"));
    browser.set_cookies(&[]);
    assert_eq!(browser.submit(&page, TOKENS, &[]).status, 403);
    assert_eq!(sandbox.live_tokens().len(), 4);
}

#[test]
fn a_form_from_another_origin_is_403_even_with_the_right_token() {
    let sandbox = sandbox();
    let mut browser = Browser::new(&sandbox);
    let page = browser.type_password(TOKENS, &account(&sandbox, "alice"));
    let fields = hidden_fields(&page, TOKENS);
    let body = encode(fields.iter().map(|(name, value)| (name.as_str(), value.as_str())));
    let mut status = |origin: &str| {
        let request = Request::post(TOKENS).form(&body).header("Origin", origin);
        browser.send(request).status
    };
    assert_eq!(status("http://localhost:3000"), 403);
    assert_eq!(status("null"), 403);
    let cross_site = Request::post(TOKENS)
        .form(&body)
        .header("Sec-Fetch-Site", "cross-site")
        .header("Sec-Fetch-Mode", "navigate")
        .header("Sec-Fetch-Dest", "document");
    assert_eq!(browser.send(cross_site).status, 403);
    assert_eq!(sandbox.live_tokens().len(), 4);
    let mut status = |origin: &str| {
        let request = Request::post(TOKENS).form(&body).header("Origin", origin);
        browser.send(request).status
    };
    assert_eq!(status(&sandbox.ready().atlas_url), 200);
}

#[test]
fn a_link_on_another_site_may_lead_to_the_sign_in_page_and_to_nothing_else() {
    let sandbox = sandbox();
    let status = |method: &str, path: &str, mode: &str, destination: &str| {
        Request::new(method, path)
            .header("Sec-Fetch-Site", "cross-site")
            .header("Sec-Fetch-Mode", mode)
            .header("Sec-Fetch-Dest", destination)
            .send(&sandbox)
            .status
    };
    assert_eq!(status("GET", "/session", "navigate", "document"), 200);
    assert_eq!(status("GET", TOKENS, "navigate", "document"), 303);
    assert_eq!(status("GET", "/session", "navigate", "iframe"), 403);
    assert_eq!(status("GET", "/session", "no-cors", "image"), 403);
    assert_eq!(status("POST", "/session", "navigate", "document"), 403);
    assert_eq!(status("GET", "/sessions", "navigate", "document"), 403);
    assert_eq!(status("GET", "/api/v2/ping", "navigate", "document"), 403);
    assert_eq!(status("POST", "/oauth2/token", "navigate", "document"), 403);
}

#[test]
fn a_cookie_that_was_planted_before_is_worth_nothing_afterwards() {
    let sandbox = sandbox();
    let mut browser = Browser::new(&sandbox);
    browser.get("/session");
    let planted = browser.cookies().to_vec();
    let page = browser.type_password(TOKENS, &account(&sandbox, "bob"));
    let half_way = browser.cookies().to_vec();
    let code = app_code(&sandbox, &secret(&account(&sandbox, "bob")), 0);
    let page = browser.submit(&page, CODE, &[("code", &code)]);
    assert_eq!(heading(&page), "Authentication tokens");
    for old in [planted, half_way] {
        let mut thief = Browser::new(&sandbox);
        thief.set_cookies(&old);
        assert_eq!(heading(&thief.get(TOKENS)), "Sign in");
    }
}

#[test]
fn signing_in_leads_to_no_other_site() {
    let sandbox = sandbox_without_limits();
    for elsewhere in [
        "https://evil.example/",
        "//evil.example/app/",
        "/\\evil.example",
        "/app/\\evil.example",
        "/app/\r\nX: y",
        "/api/v2/ping",
        "",
    ] {
        let mut browser = Browser::new(&sandbox);
        let page = browser.get(&format!("/session?return_to={}", percent(elsewhere)));
        let alice = account(&sandbox, "alice");
        let fields = [("login", "alice"), ("password", alice.password.as_str())];
        let answer = browser.submit_once(&page, "/session", &fields);
        assert_eq!(answer.header("location"), Some(TOKENS), "{elsewhere:?}");
    }
}

#[test]
fn a_sign_in_lasts_fourteen_days_and_half_of_one_ten_minutes() {
    let sandbox = sandbox();
    let mut browser = Browser::new(&sandbox);
    browser.type_password(TOKENS, &account(&sandbox, "alice"));
    let (mut slow, page) = half_way(&sandbox, "carol");
    sandbox.advance(9 * 60 + 59);
    assert_eq!(heading(&slow.get(CODE)), "Two-factor authentication");
    sandbox.advance(1);
    let code = sandbox.outbox()[0].code.clone();
    assert_eq!(slow.submit(&page, CODE, &[("code", &code)]).status, 403);
    sandbox.advance(14 * 24 * 3600 - 660);
    assert_eq!(heading(&browser.get(TOKENS)), "Authentication tokens");
    sandbox.advance(61);
    assert_eq!(heading(&browser.get(TOKENS)), "Sign in");
}

#[test]
fn half_a_sign_in_opens_no_page() {
    let sandbox = sandbox();
    let (mut browser, page) = half_way(&sandbox, "bob");
    assert_eq!(heading(&browser.get(TOKENS)), "Sign in");
    let (name, token) = hidden_fields(&page, CODE).remove(0);
    assert_eq!(name, "form_token");
    let answer = browser.post(TOKENS, [("form_token", token.as_str())].into_iter());
    assert_eq!(answer.status, 403);
    assert_eq!(sandbox.live_tokens().len(), 4);
}

#[test]
fn signing_out_ends_the_session_on_the_server_too() {
    let sandbox = sandbox();
    let mut browser = Browser::new(&sandbox);
    let page = browser.type_password(TOKENS, &account(&sandbox, "alice"));
    let cookies = browser.cookies().to_vec();
    let page = browser.submit(&page, "/session/sign-out", &[]);
    assert_eq!(heading(&page), "Sign in");
    browser.set_cookies(&cookies);
    assert_eq!(heading(&browser.get(TOKENS)), "Sign in");
}

#[test]
fn no_secret_of_a_sign_in_is_in_the_request_log() {
    let sandbox = sandbox();
    let bob = account(&sandbox, "bob");
    let (mut browser, page) = half_way(&sandbox, "bob");
    let code = app_code(&sandbox, &secret(&bob), 0);
    browser.submit(&page, CODE, &[("code", &code)]);
    let log = format!("{:?}", sandbox.requests());
    assert!(log.contains("/session/two-factor"));
    let cookie = &browser.cookies()[0].1;
    assert!(![&bob.password, &code, cookie].iter().any(|secret| log.contains(*secret)));
    assert!(!log.contains("return_to"));
}

#[test]
fn many_strangers_do_not_sign_anyone_out() {
    let sandbox = Sandbox::start(Options::default()).unwrap();
    let mut browser = Browser::new(&sandbox);
    browser.type_password(TOKENS, &account(&sandbox, "alice"));
    for _ in 0..11 {
        Request::get("/session").send_at_once(100, &sandbox);
    }
    assert_eq!(heading(&browser.get(TOKENS)), "Authentication tokens");
}
