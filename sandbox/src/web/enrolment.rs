//! Enrolling in two-factor authentication because one's organization requires it: between signing in
//! and whatever page one came for. The secret belongs to the browser's session; the account changes
//! only when a code has proven that an app has it.

use hyper::StatusCode;

use super::browser::{Browser, destination, return_field, with_return};
use super::page::{CODE_FIELD, code, escape};
use super::{ENROLMENT, Page, SIGN_IN};
use crate::account::TwoFactor;
use crate::exchange::{Call, Reply};
use crate::organization::Organization;
use crate::session::Stage;
use crate::state::State;

/// `GET /session/two-factor-enrolment`.
pub(crate) fn ask(state: &mut State, call: &Call) -> Reply {
    let browser = Browser::meet(state, call);
    let destination = destination(&call.query());
    match whose(state, &browser, &destination, call) {
        Ok(owner) => {
            let page = enrolment_page(state, &browser, owner, &destination, None);
            browser.show(page, StatusCode::OK, call)
        }
        Err(elsewhere) => elsewhere,
    }
}

/// `POST /session/two-factor-enrolment`: a code of the app. Its answer is the only page that shows
/// the recovery codes.
pub(crate) fn take(state: &mut State, call: &Call) -> Reply {
    let (browser, form) = match Browser::send(state, call) {
        Ok(sent) => sent,
        Err(refusal) => return refusal,
    };
    let destination = destination(&form);
    let owner = match whose(state, &browser, &destination, call) {
        Ok(owner) => owner,
        Err(elsewhere) => return elsewhere,
    };
    let secret = &browser.session.enrolment_secret;
    let Some(two_factor) = TwoFactor::proven(secret, &code(&form), state.now()) else {
        let error = "This code is wrong or too old.";
        let page = enrolment_page(state, &browser, owner, &destination, Some(error));
        return browser.show(page, StatusCode::UNPROCESSABLE_ENTITY, call);
    };
    let page = recovery_codes_page(&two_factor, &destination);
    state.accounts.get_mut(owner).two_factor = Some(two_factor);
    browser.move_on(state, Stage::SignedIn { owner }).show(page, StatusCode::OK, call)
}

/// Returns who has to enrol; anyone else has to sign in first, or may go on.
fn whose(state: &State, browser: &Browser, destination: &str, call: &Call) -> Result<usize, Reply> {
    match browser.session.stage {
        Stage::SignedIn { owner } if state.must_enrol(owner) => Ok(owner),
        Stage::SignedIn { .. } => Err(browser.send_to(destination, call)),
        Stage::Anonymous | Stage::PasswordProven { .. } => {
            Err(browser.send_to(&with_return(SIGN_IN, destination), call))
        }
    }
}

fn enrolment_page(
    state: &State,
    browser: &Browser,
    owner: usize,
    destination: &str,
    error: Option<&str>,
) -> Page {
    let secret = &browser.session.enrolment_secret;
    let address = state.accounts.get(owner).provisioning_url(secret);
    let organization = escape(state.demands_enrolment(owner).map_or("", Organization::name));
    let fields = format!("{CODE_FIELD}\n<button>Turn it on</button>");
    let other = browser.other_account_form(destination);
    Page::new("Set up two-factor authentication")
        .with(&format!(
            "<p><strong>{organization}</strong> requires two-factor authentication of its members, \
             and you do not have it yet. Give this secret to an authenticator app, then type the \
             code that it shows. Tokens that you have already go on working meanwhile.</p>"
        ))
        .with_error(error)
        .with(&secret_list(secret, &address))
        .with(&browser.form(ENROLMENT, &[return_field(destination)], &fields))
        .with(&format!("<div class=\"aside\">{other}</div>"))
}

/// What an app is set up with.
pub(crate) fn secret_list(secret: &str, address: &str) -> String {
    format!(
        "<dl><dt>Secret</dt><dd id=\"secret\">{}</dd>\n<dt>The same as an address</dt>\
         <dd id=\"address\">{}</dd></dl>",
        escape(secret),
        escape(address)
    )
}

pub(crate) fn recovery_codes_page(two_factor: &TwoFactor, destination: &str) -> Page {
    Page::new("Two-factor authentication is on")
        .with(&format!(
            "<p role=\"status\">These are your recovery codes. Save them now: they will not be shown \
             again. Each signs you in once, should you lose your app.</p>\n\
             <pre id=\"recovery-codes\">{}</pre>",
            escape(&two_factor.recovery_codes.join("\n"))
        ))
        .with(&format!("<p><a href=\"{}\">Go on</a></p>", escape(destination)))
}
