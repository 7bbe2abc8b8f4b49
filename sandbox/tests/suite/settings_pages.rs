//! The pages of a user's settings that keybelt and the documents name, besides that of the tokens.

use keybelt_sandbox::Sandbox;
use serde_json::json;

use crate::browser::{Browser, between, heading, hidden_fields};
use crate::wire::{Answer, Request};
use crate::{account, api, app_code, sandbox, sign_in, sign_in_with_code};

const TWO_FACTOR: &str = "/app/settings/two-factor";
const SESSIONS: &str = "/app/settings/sessions";
const PASSWORD: &str = "/app/settings/password";

fn signed_in<'a>(sandbox: &'a Sandbox, path: &str) -> (Browser<'a>, Answer) {
    let mut browser = Browser::new(sandbox);
    let page = browser.type_password(path, &account(sandbox, "alice"));
    (browser, page)
}

fn action(name: &str) -> String {
    format!("{TWO_FACTOR}/{name}")
}

fn recovery_codes(page: &Answer) -> Vec<String> {
    between(page, "<pre id=\"recovery-codes\">", "</pre>").lines().map(str::to_owned).collect()
}

#[test]
fn two_factor_is_enabled_verified_revealed_and_disabled_on_its_page() {
    // Seed 002: "Reveal codes" shows the codes afterwards, "Disable 2FA" turns it off.
    let sandbox = sandbox();
    let alice = account(&sandbox, "alice");
    let (mut browser, page) = signed_in(&sandbox, TWO_FACTOR);
    let fields = [("delivery", "app"), ("sms_number", "")];
    let page = browser.submit(&page, &action("enable"), &fields);
    let secret = between(&page, "<dd id=\"secret\">", "</dd>").to_owned();
    assert_eq!(sign_in(&sandbox, &alice, json!(null)).status, 200, "not verified, not asked for");
    let page = browser.submit(&page, &action("verify"), &[("code", "12345")]);
    assert_eq!((page.status, page.text.contains("wrong or too old")), (422, true));
    let code = app_code(&sandbox, &secret, 0);
    let page = browser.submit(&page, &action("verify"), &[("code", &code)]);
    let codes = recovery_codes(&page);
    assert_eq!((heading(&page), codes.len()), ("Two-factor authentication is on", 6));
    let details = api(&sandbox, &alice.token, "GET", "/account/details", None).json();
    let expected = json!({"enabled": true, "verified": true});
    assert_eq!(details["data"]["attributes"]["two-factor"], expected, "tools see the same");
    assert_eq!(sign_in_with_code(&sandbox, &alice, &codes[0]).status, 200);
    let page = browser.get(TWO_FACTOR);
    assert!(page.text.contains("Reveal codes") && page.text.contains("Disable 2FA"));
    let revealed = browser.submit(&page, &action("reveal"), &[]);
    assert_eq!(recovery_codes(&revealed), codes[1..]);
    assert_eq!(between(&revealed, "<pre id=\"used-codes\">", "</pre>"), codes[0]);
    browser.submit(&page, &action("disable"), &[]);
    assert!(browser.get(TWO_FACTOR).text.contains("It is off"));
    assert_eq!(sign_in(&sandbox, &alice, json!(null)).status, 200);
}

#[test]
fn two_factor_by_text_message_needs_a_number_and_sends_a_code_again() {
    let sandbox = sandbox();
    let (mut browser, page) = signed_in(&sandbox, TWO_FACTOR);
    for number in ["", "12", "+1555x"] {
        let fields = [("delivery", "sms"), ("sms_number", number)];
        assert_eq!(browser.submit(&page, &action("enable"), &fields).status, 422, "{number}");
    }
    let fields = [("delivery", "sms"), ("sms_number", "+15555550100")];
    let page = browser.submit(&page, &action("enable"), &fields);
    let page = browser.submit(&page, &action("resend"), &[]);
    let texts = sandbox.outbox();
    assert_eq!(texts.len(), 2);
    let page = browser.submit(&page, &action("verify"), &[("code", &texts[1].code)]);
    assert_eq!(heading(&page), "Two-factor authentication is on");
}

#[test]
fn sessions_are_listed_and_revoked_and_only_ones_own() {
    let sandbox = sandbox();
    let (mut browser, _) = signed_in(&sandbox, SESSIONS);
    let (mut other, _) = signed_in(&sandbox, SESSIONS);
    let mut bob = Browser::new(&sandbox);
    bob.type_password(SESSIONS, &account(&sandbox, "bob"));
    let page = browser.get(SESSIONS);
    assert_eq!(page.text.matches(">Revoke</button>").count(), 2);
    let rows = page.text.split("<tr>").skip(2);
    let row = rows.into_iter().find(|row| row.contains("another")).unwrap();
    let form = row.split_once("action=\"").unwrap().1.split_once('"').unwrap().0.to_owned();
    let (mut stranger, strange) = {
        let mut stranger = Browser::new(&sandbox);
        let page = stranger.type_password("/app/settings/tokens", &account(&sandbox, "alice"));
        (stranger, page)
    };
    let own = hidden_fields(&strange, "/app/settings/tokens").remove(0);
    let forged = Request::post(&form).form(&format!("{}=wrong", own.0));
    assert_eq!(stranger.send(forged).status, 403, "a form of no page of this session");
    assert_eq!(heading(&other.get(SESSIONS)), "Sessions");
    browser.submit(&page, &form, &[]);
    assert_eq!(heading(&other.get(SESSIONS)), "Sign in");
    assert_eq!(heading(&browser.get(SESSIONS)), "Sessions");
}

#[test]
fn a_password_is_changed_with_the_old_one_and_twice_the_new_one() {
    let sandbox = sandbox();
    let mut alice = account(&sandbox, "alice");
    let (mut browser, page) = signed_in(&sandbox, PASSWORD);
    let mut change = |current: &str, new: &str, again: &str| {
        let fields =
            [("current_password", current), ("password", new), ("password_confirmation", again)];
        browser.submit(&page, PASSWORD, &fields).status
    };
    let old = alice.password.clone();
    for (current, new, again) in [
        ("wrong", "correct horse", "correct horse"),
        (&old, "short", "short"),
        (&old, "correct horse", "correct donkey"),
    ] {
        assert_eq!(change(current, new, again), 422, "{new}");
    }
    assert_eq!(sign_in(&sandbox, &alice, json!(null)).status, 200);
    assert_eq!(change(&old, "correct horse", "correct horse"), 200);
    assert_eq!(sign_in(&sandbox, &alice, json!(null)).status, 401);
    alice.password = "correct horse".to_owned();
    assert_eq!(sign_in(&sandbox, &alice, json!(null)).status, 200);
    assert!(sandbox.accepts(&alice.token), "tokens go on");
}

#[test]
fn the_pages_of_the_settings_lead_to_each_other_and_want_a_signed_in_user() {
    let sandbox = sandbox();
    let (mut browser, _) = signed_in(&sandbox, TWO_FACTOR);
    let pages = ["/app/settings/tokens", TWO_FACTOR, SESSIONS, PASSWORD];
    for path in pages {
        let page = browser.get(path);
        assert_eq!(page.status, 200, "{path}");
        let others = pages.into_iter().filter(|other| *other != path);
        for other in others {
            assert!(page.text.contains(&format!("href=\"{other}\"")), "{other} on {path}");
        }
        assert_eq!(heading(&Browser::new(&sandbox).get(path)), "Sign in", "{path}");
        assert_eq!(
            Request::post(path).form("").send(&sandbox).status,
            if path == TWO_FACTOR || path == SESSIONS { 404 } else { 403 },
            "{path}"
        );
    }
    assert_eq!(browser.get("/app/settings/nothing").status, 404);
}
