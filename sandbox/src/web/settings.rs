//! What the pages of a user's settings have in common: the way from one to another, and out.

use super::browser::{Browser, return_field};
use super::page::escape;
use super::{PASSWORD_PAGE, Page, SESSIONS_PAGE, TOKENS_PAGE, TWO_FACTOR_PAGE};

const PAGES: [(&str, &str); 4] = [
    (TOKENS_PAGE, "Tokens"),
    (TWO_FACTOR_PAGE, "Two-factor authentication"),
    (SESSIONS_PAGE, "Sessions"),
    (PASSWORD_PAGE, "Password"),
];

/// Ends a page with the links to the others, and a button to sign out.
pub(crate) fn with_links(page: Page, browser: &Browser, here: &str) -> Page {
    let others = PAGES.iter().filter(|(place, _)| *place != here);
    let links: Vec<_> =
        others.map(|(place, title)| format!("<a href=\"{place}\">{}</a>", escape(title))).collect();
    let sign_out = browser.form(
        "/session/sign-out",
        &[return_field(here)],
        "<button class=\"quiet small\">Sign out</button>",
    );
    page.with(&format!("<div class=\"aside\">{} {sign_out}</div>", links.join(" · ")))
}
