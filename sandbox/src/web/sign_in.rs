//! Signing in with a browser: the password, then, if the account has two-factor authentication, a
//! code or a recovery code. The routes are those that the rate limits are documented for.

use hyper::StatusCode;
use hyper::header::RETRY_AFTER;

use super::browser::{Browser, destination, return_field, with_return};
use super::page::{self, CODE_FIELD, code, escape};
use super::{Page, SIGN_IN};
use crate::account::{Delivery, TwoFactor};
use crate::exchange::{Call, Parameters, Reply};
use crate::limit::Rule;
use crate::session::Stage;
use crate::sign_in_limit::{CODES, SIGN_INS, TEXTS};
use crate::state::State;

const CODE: &str = "/session/two-factor";
const RECOVERY_CODE: &str = "/session/two-factor-recovery";
const TEXT: &str = "/session/two-factor-send-sms";

/// `GET /session`.
pub(crate) fn ask_password(state: &mut State, call: &Call) -> Reply {
    let browser = Browser::meet(state, call);
    let destination = destination(&call.query());
    match browser.session.stage {
        Stage::SignedIn { .. } => browser.send_to(&destination, call),
        // Whoever went half the way may want to begin again as someone else.
        Stage::Anonymous | Stage::PasswordProven { .. } => {
            let page = password_page(&browser, &destination, "", None);
            browser.show(page, StatusCode::OK, call)
        }
    }
}

/// `POST /session`.
pub(crate) fn take_password(state: &mut State, call: &Call) -> Reply {
    let (browser, form) = match Browser::send(state, call) {
        Ok(sent) => sent,
        Err(refusal) => return refusal,
    };
    if let Err(refusal) = count(state, call, &SIGN_INS, &call.peer.to_string()) {
        return refusal;
    }
    let destination = destination(&form);
    let login = form.get("login").unwrap_or_default().trim();
    let password = form.get("password").unwrap_or_default();
    let owner =
        state.accounts.by_login(login).filter(|&owner| state.accounts.get(owner).admits(password));
    let Some(owner) = owner else {
        let error = "The username or the password is wrong.";
        let page = password_page(&browser, &destination, login, Some(error));
        return browser.show(page, StatusCode::UNPROCESSABLE_ENTITY, call);
    };
    let account = state.accounts.get_mut(owner);
    let default = account.verified_two_factor().map(|two_factor| two_factor.delivery);
    let Some(delivery) = default else {
        return enter(state, call, browser, owner, &destination);
    };
    let user = account.id.clone();
    if delivery == Delivery::Sms && state.count(&[(&TEXTS, &user)]).is_ok() {
        state.text_code(owner);
    }
    browser
        .move_on(state, Stage::PasswordProven { owner })
        .send_to(&with_return(CODE, &destination), call)
}

/// `GET /session/two-factor`.
pub(crate) fn ask_code(state: &mut State, call: &Call) -> Reply {
    ask(state, call, code_page)
}

/// `GET /session/two-factor-recovery`.
pub(crate) fn ask_recovery_code(state: &mut State, call: &Call) -> Reply {
    ask(state, call, recovery_code_page)
}

/// `POST /session/two-factor`: a code from the app or from a text.
pub(crate) fn take_code(state: &mut State, call: &Call) -> Reply {
    let now = state.now();
    take(state, call, code_page, |two_factor, code| two_factor.take_verification_code(code, now))
}

/// `POST /session/two-factor-recovery`: a recovery code.
pub(crate) fn take_recovery_code(state: &mut State, call: &Call) -> Reply {
    take(state, call, recovery_code_page, TwoFactor::take_recovery_code)
}

/// `POST /session/two-factor-send-sms`: another text.
pub(crate) fn send_text(state: &mut State, call: &Call) -> Reply {
    let (browser, owner, destination) = match half_way(state, call) {
        Ok((browser, owner, form)) => (browser, owner, destination(&form)),
        Err(refusal) => return refusal,
    };
    let user = state.accounts.get(owner).id.clone();
    if let Err(refusal) = count(state, call, &TEXTS, &user) {
        return refusal;
    }
    state.text_code(owner);
    browser.send_to(&with_return(CODE, &destination), call)
}

/// `POST /session/sign-out`.
pub(crate) fn sign_out(state: &mut State, call: &Call) -> Reply {
    match Browser::send(state, call) {
        Ok((browser, form)) => {
            let destination = destination(&form);
            browser
                .move_on(state, Stage::Anonymous)
                .send_to(&with_return(SIGN_IN, &destination), call)
        }
        Err(refusal) => refusal,
    }
}

type CodePage = fn(&Browser, &TwoFactor, &str, Option<&str>) -> Page;

fn ask(state: &mut State, call: &Call, page: CodePage) -> Reply {
    let browser = Browser::meet(state, call);
    let destination = destination(&call.query());
    let owner = match browser.session.stage {
        Stage::SignedIn { .. } => return browser.send_to(&destination, call),
        Stage::Anonymous => return browser.send_to(&with_return(SIGN_IN, &destination), call),
        Stage::PasswordProven { owner } => owner,
    };
    match state.accounts.get_mut(owner).verified_two_factor() {
        Some(two_factor) => {
            let page = page(&browser, two_factor, &destination, None);
            browser.show(page, StatusCode::OK, call)
        }
        // It was disabled in the meantime.
        None => enter(state, call, browser, owner, &destination),
    }
}

fn take(
    state: &mut State,
    call: &Call,
    page: CodePage,
    right: impl FnOnce(&mut TwoFactor, &str) -> bool,
) -> Reply {
    let (browser, owner, form) = match half_way(state, call) {
        Ok(sent) => sent,
        Err(refusal) => return refusal,
    };
    let user = state.accounts.get(owner).id.clone();
    if let Err(refusal) = count(state, call, &CODES, &user) {
        return refusal;
    }
    let destination = destination(&form);
    let code = code(&form);
    if let Some(two_factor) = state.accounts.get_mut(owner).verified_two_factor()
        && !right(two_factor, &code)
    {
        let error = "This code is wrong, too old, or was used before.";
        let page = page(&browser, two_factor, &destination, Some(error));
        return browser.show(page, StatusCode::UNPROCESSABLE_ENTITY, call);
    }
    enter(state, call, browser, owner, &destination)
}

/// Returns the form of a browser whose user has proven the password; any other has to do so first.
fn half_way(state: &State, call: &Call) -> Result<(Browser, usize, Parameters), Reply> {
    let (browser, form) = Browser::send(state, call)?;
    match browser.session.stage {
        Stage::PasswordProven { owner } => Ok((browser, owner, form)),
        Stage::Anonymous | Stage::SignedIn { .. } => {
            Err(browser.send_to(&with_return(SIGN_IN, &destination(&form)), call))
        }
    }
}

fn enter(
    state: &mut State,
    call: &Call,
    browser: Browser,
    owner: usize,
    destination: &str,
) -> Reply {
    browser.move_on(state, Stage::SignedIn { owner }).send_to(destination, call)
}

/// Counts something that is limited, or refuses it with a page.
pub(crate) fn count(state: &mut State, call: &Call, rule: &Rule, who: &str) -> Result<(), Reply> {
    state.count(&[(rule, who)]).map_err(|standing| {
        // Rounded up: after so many seconds it will be let in.
        let seconds = standing.reset.as_secs() + 1;
        let text = format!("That was too often. Try again in {seconds} seconds.");
        page::problem(call, StatusCode::TOO_MANY_REQUESTS, "Too many attempts", &text)
            .with(RETRY_AFTER, seconds)
    })
}

fn password_page(browser: &Browser, destination: &str, login: &str, error: Option<&str>) -> Page {
    // Who has typed a username before goes on with the password.
    let (first, second) = match login {
        "" => (" autofocus", ""),
        _ => ("", " autofocus"),
    };
    let login = escape(login);
    let fields = format!(
        r#"<div><label for="login">Username or email address</label>
<input id="login" name="login" value="{login}" autocomplete="username" autocapitalize="none" spellcheck="false" required{first}></div>
<div><label for="password">Password</label>
<input id="password" name="password" type="password" autocomplete="current-password" required{second}></div>
<button>Sign in</button>"#
    );
    Page::new("Sign in").with_error(error).with(&browser.form(
        SIGN_IN,
        &[return_field(destination)],
        &fields,
    ))
}

fn code_page(
    browser: &Browser,
    two_factor: &TwoFactor,
    destination: &str,
    error: Option<&str>,
) -> Page {
    let last_four = two_factor
        .sms_number
        .as_ref()
        .map(|number| escape(&number[number.len().saturating_sub(4)..]))
        .unwrap_or_default();
    let introduction = match two_factor.delivery {
        Delivery::App => "Type the code that your authenticator app shows.".to_owned(),
        Delivery::Sms => format!(
            "Type the code from the text that was sent to your number ending in {last_four}."
        ),
    };
    let fields = format!("{CODE_FIELD}\n<button>Go on</button>");
    let mut page = Page::new("Two-factor authentication")
        .with(&format!("<p>{introduction}</p>"))
        .with_error(error)
        .with(&browser.form(CODE, &[return_field(destination)], &fields));
    let mut others = String::new();
    if two_factor.deliveries().contains(&Delivery::Sms) {
        let button = format!(
            "<p class=\"button\"><button class=\"quiet small\">Send a code to the number ending in {last_four}</button></p>"
        );
        others.push_str(&browser.form(TEXT, &[return_field(destination)], &button));
    }
    let recovery = escape(&with_return(RECOVERY_CODE, destination));
    others.push_str(&format!("<a href=\"{recovery}\">Use a recovery code</a>"));
    page = page.with(&format!("<div class=\"aside\">{others}</div>"));
    page
}

fn recovery_code_page(
    browser: &Browser,
    _: &TwoFactor,
    destination: &str,
    error: Option<&str>,
) -> Page {
    let fields = r#"<div><label for="code">Recovery code</label>
<input class="code" id="code" name="code" autocomplete="off" autocapitalize="none" spellcheck="false" required autofocus></div>
<button>Go on</button>"#;
    let code = escape(&with_return(CODE, destination));
    Page::new("Use a recovery code")
        .with("<p>Type one of the recovery codes that you saved. Each works once.</p>")
        .with_error(error)
        .with(&browser.form(RECOVERY_CODE, &[return_field(destination)], fields))
        .with(&format!("<p class=\"aside\"><a href=\"{code}\">Use a verification code</a></p>"))
}
