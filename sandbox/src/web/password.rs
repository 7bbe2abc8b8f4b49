//! The password page: the old password once, the new one twice. Tokens and sessions go on, as they do
//! when a tool changes it.

use std::sync::Arc;

use hyper::StatusCode;

use super::browser::{Browser, sent_by_user, signed_in};
use super::sign_in::count;
use super::{PASSWORD_PAGE, Page, settings};
use crate::exchange::{Call, Parameters, Reply};
use crate::password::{self, PasswordHash};
use crate::sign_in_limit::PASSWORD_CHANGES;
use crate::state::State;

/// `GET /app/settings/password`.
pub(crate) fn ask(state: &mut State, call: &Call) -> Reply {
    match signed_in(state, call) {
        Ok((browser, _)) => browser.show(page(&browser, None), StatusCode::OK, call),
        Err(elsewhere) => elsewhere,
    }
}

/// `POST /app/settings/password`.
pub(crate) fn change(state: &mut State, call: &Call) -> Reply {
    let (browser, owner, form) = match sent_by_user(state, call) {
        Ok(sent) => sent,
        Err(refusal) => return refusal,
    };
    let user = state.accounts.get(owner).id.clone();
    if let Err(refusal) = count(state, call, &PASSWORD_CHANGES, &user) {
        return refusal;
    }
    let account = state.accounts.get_mut(owner);
    if let Some(error) = error(&form, &account.password) {
        let page = page(&browser, Some(error));
        return browser.show(page, StatusCode::UNPROCESSABLE_ENTITY, call);
    }
    account.password = Arc::new(PasswordHash::new(form.get("password").unwrap_or_default()));
    let page = Page::new("Your password has changed")
        .with("<p role=\"status\">Sign in with the new one from now on. Tokens keep working.</p>");
    let page = settings::with_links(page, &browser, PASSWORD_PAGE);
    browser.show(page, StatusCode::OK, call)
}

fn error(form: &Parameters, present: &PasswordHash) -> Option<&'static str> {
    let text = |name: &str| form.get(name).unwrap_or_default();
    if !present.matches(text("current_password")) {
        Some("The current password is wrong.")
    } else if !password::is_acceptable(text("password")) {
        Some("A password has 10 characters, or 8 of three kinds.")
    } else if text("password") != text("password_confirmation") {
        Some("The two new passwords differ.")
    } else {
        None
    }
}

fn page(browser: &Browser, error: Option<&str>) -> Page {
    let field = |name: &str, label: &str, autocomplete: &str| {
        format!(
            "<div><label for=\"{name}\">{label}</label>\n<input id=\"{name}\" name=\"{name}\" \
             type=\"password\" autocomplete=\"{autocomplete}\" required></div>\n"
        )
    };
    let fields = field("current_password", "Current password", "current-password")
        + &field("password", "New password", "new-password")
        + &field("password_confirmation", "New password again", "new-password")
        + "<button>Change password</button>";
    let page =
        Page::new("Password").with_error(error).with(&browser.form(PASSWORD_PAGE, &[], &fields));
    settings::with_links(page, browser, PASSWORD_PAGE)
}
