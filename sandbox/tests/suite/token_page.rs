//! The token page: making a token by hand.

use keybelt_sandbox::Sandbox;

use crate::browser::Browser;
use crate::wire::{Answer, Request};
use crate::{account, sandbox};

const TOKENS: &str = "/app/settings/tokens";

fn signed_in(sandbox: &Sandbox) -> (Browser<'_>, Answer) {
    let mut browser = Browser::new(sandbox);
    let page = browser.type_password(TOKENS, &account(sandbox, "alice"));
    (browser, page)
}

fn token(page: &Answer) -> &str {
    let (_, rest) = page.text.split_once("<pre id=\"token\">").unwrap();
    rest.split_once("</pre>").unwrap().0
}

#[test]
fn a_token_made_by_hand_is_shown_once() {
    let sandbox = sandbox();
    let (mut browser, page) = signed_in(&sandbox);
    let made = browser.submit(&page, TOKENS, &[("description", "my laptop"), ("days", "")]);
    let token = token(&made);
    let details = Request::get("/api/v2/account/details").bearer(token);
    assert_eq!(details.send(&sandbox).at("/data/attributes/username"), "alice");
    let again = browser.get(TOKENS);
    assert!(again.text.contains("my laptop") && !again.text.contains(token));
}

#[test]
fn a_token_made_by_hand_lasts_as_long_as_was_chosen() {
    let sandbox = sandbox();
    let (mut browser, page) = signed_in(&sandbox);
    let two_years = crate::two_calendar_years(sandbox.now());
    for (days, seconds) in [("7", 7 * 86_400), ("", two_years), ("36500", two_years)] {
        browser.submit(&page, TOKENS, &[("description", ""), ("days", days)]);
        let newest = sandbox.live_tokens().pop().unwrap();
        let lifetime = newest.expires_at.duration_since(newest.created_at);
        assert_eq!((lifetime.as_secs(), newest.description.as_str()), (seconds, ""));
    }
}

#[test]
fn a_token_can_be_deleted_on_the_page_and_only_ones_own() {
    let sandbox = sandbox();
    let (mut browser, page) = signed_in(&sandbox);
    let live = sandbox.live_tokens();
    let id = |username| &live.iter().find(|token| token.username == username).unwrap().id;
    assert!(!page.text.contains(id("bob").as_str()));
    let delete = |id| format!("{TOKENS}/{id}/delete");
    let form_token = crate::browser::hidden_fields(&page, TOKENS).remove(0);
    let fields = [(form_token.0.as_str(), form_token.1.as_str())];
    browser.post(&delete(id("bob")), fields.into_iter());
    assert!(sandbox.accepts(&account(&sandbox, "bob").token));
    let page = browser.submit(&page, &delete(id("alice")), &[]);
    assert!(!page.text.contains(id("alice").as_str()));
    assert!(!sandbox.accepts(&account(&sandbox, "alice").token));
}

#[test]
fn a_description_is_shown_as_text_and_not_as_markup() {
    let sandbox = sandbox();
    let (mut browser, page) = signed_in(&sandbox);
    let hostile = "<img src=x onerror='alert(1)'>\"";
    let page = browser.submit(&page, TOKENS, &[("description", hostile)]);
    assert!(!page.text.contains("<img"), "{}", page.text);
    let escaped = "&lt;img src=x onerror=&#39;alert(1)&#39;&gt;&quot;";
    assert_eq!(page.text.matches(escaped).count(), 2, "in its row and on its button");
    let page = browser.get(&format!("{TOKENS}?source=%22%3E%3Cimg%3E"));
    assert!(!page.text.contains("<img"), "{}", page.text);
}

#[test]
fn an_expired_token_is_shown_as_such() {
    let sandbox = sandbox();
    let (mut browser, page) = signed_in(&sandbox);
    browser.submit(&page, TOKENS, &[("description", "short"), ("days", "1")]);
    sandbox.advance(86_400);
    assert!(browser.get(TOKENS).text.contains("<td class=\"time\">expired</td>"));
}
