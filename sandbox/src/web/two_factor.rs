//! The page of two-factor authentication: enabling it, verifying it with a code, revealing the recovery
//! codes and disabling it. What is enabled here is what tools see, and the other way round.

use hyper::StatusCode;

use super::browser::{Browser, sent_by_user, signed_in};
use super::enrolment::{recovery_codes_page, secret_list};
use super::page::{CODE_FIELD, code, escape};
use super::sign_in::count;
use super::{Page, TWO_FACTOR_PAGE, settings};
use crate::account::{Account, Delivery, TwoFactor, is_sms_number};
use crate::exchange::{Call, Parameters, Reply};
use crate::sign_in_limit::{CODES, TEXTS};
use crate::state::State;

/// `GET /app/settings/two-factor`.
pub(crate) fn show(state: &mut State, call: &Call) -> Reply {
    match signed_in(state, call) {
        Ok((browser, owner)) => answer(state, call, &browser, owner, None),
        Err(elsewhere) => elsewhere,
    }
}

/// `POST /app/settings/two-factor/:action`.
pub(crate) fn act(state: &mut State, call: &Call, action: &str) -> Reply {
    let (browser, owner, form) = match sent_by_user(state, call) {
        Ok(sent) => sent,
        Err(refusal) => return refusal,
    };
    match action {
        "enable" => enable(state, call, &browser, owner, &form),
        "verify" => verify(state, call, &browser, owner, &form),
        "resend" => resend(state, call, &browser, owner),
        "reveal" => reveal(state, call, &browser, owner),
        _ => {
            state.accounts.get_mut(owner).two_factor = None;
            browser.send_to(TWO_FACTOR_PAGE, call)
        }
    }
}

/// The actions that there are.
pub(crate) const ACTIONS: [&str; 5] = ["enable", "verify", "resend", "reveal", "disable"];

/// Begins an enrolment; one that was verified is void from here on, as with a tool.
fn enable(
    state: &mut State,
    call: &Call,
    browser: &Browser,
    owner: usize,
    form: &Parameters,
) -> Reply {
    let number = form.filled("sms_number").map(str::trim);
    let delivery = form.get("delivery").and_then(Delivery::from_name);
    let problem = match (delivery, number) {
        (None, _) => Some("Choose how codes reach you."),
        (Some(Delivery::Sms), None) => Some("Text messages need a number."),
        (_, Some(number)) if !is_sms_number(number) => {
            Some("A number is a plus sign and 7 to 15 digits.")
        }
        _ => None,
    };
    if problem.is_some() {
        return answer(state, call, browser, owner, problem);
    }
    let user = state.accounts.get(owner).id.clone();
    let delivery = delivery.unwrap_or(Delivery::App);
    if delivery == Delivery::Sms
        && let Err(refusal) = count(state, call, &TEXTS, &user)
    {
        return refusal;
    }
    let two_factor = TwoFactor::new(delivery, number.map(str::to_owned));
    state.accounts.get_mut(owner).two_factor = Some(two_factor);
    if delivery == Delivery::Sms {
        state.text_code(owner);
    }
    browser.send_to(TWO_FACTOR_PAGE, call)
}

/// Takes the code that proves the delivery; the answer shows the recovery codes.
fn verify(
    state: &mut State,
    call: &Call,
    browser: &Browser,
    owner: usize,
    form: &Parameters,
) -> Reply {
    let user = state.accounts.get(owner).id.clone();
    if let Err(refusal) = count(state, call, &CODES, &user) {
        return refusal;
    }
    let now = state.now();
    let Some(two_factor) = &mut state.accounts.get_mut(owner).two_factor else {
        return browser.send_to(TWO_FACTOR_PAGE, call);
    };
    if !two_factor.verify(&code(form), now) {
        return answer(state, call, browser, owner, Some("This code is wrong or too old."));
    }
    let page = recovery_codes_page(two_factor, TWO_FACTOR_PAGE);
    browser.show(page, StatusCode::OK, call)
}

fn resend(state: &mut State, call: &Call, browser: &Browser, owner: usize) -> Reply {
    let user = state.accounts.get(owner).id.clone();
    if let Err(refusal) = count(state, call, &TEXTS, &user) {
        return refusal;
    }
    state.text_code(owner);
    browser.send_to(TWO_FACTOR_PAGE, call)
}

fn reveal(state: &State, call: &Call, browser: &Browser, owner: usize) -> Reply {
    let Some(two_factor) = &state.accounts.get(owner).two_factor else {
        return browser.send_to(TWO_FACTOR_PAGE, call);
    };
    let used = match two_factor.used_recovery_codes.as_slice() {
        [] => String::new(),
        used => format!(
            "<p>Used already:</p>\n<pre id=\"used-codes\">{}</pre>",
            escape(&used.join("\n"))
        ),
    };
    let page = Page::new("Recovery codes")
        .with("<p>Each signs you in once, should you lose your app or your number.</p>")
        .with(&format!(
            "<pre id=\"recovery-codes\">{}</pre>",
            escape(&two_factor.recovery_codes.join("\n"))
        ))
        .with(&used);
    browser.show(settings::with_links(page, browser, ""), StatusCode::OK, call)
}

fn answer(
    state: &State,
    call: &Call,
    browser: &Browser,
    owner: usize,
    error: Option<&str>,
) -> Reply {
    let account = state.accounts.get(owner);
    let page = Page::new("Two-factor authentication").with_error(error);
    let page = match &account.two_factor {
        None => disabled(page, browser),
        Some(two_factor) if two_factor.verified => enabled(page, browser, two_factor),
        Some(two_factor) => unverified(page, browser, account, two_factor),
    };
    let status = match error {
        Some(_) => StatusCode::UNPROCESSABLE_ENTITY,
        None => StatusCode::OK,
    };
    browser.show(settings::with_links(page, browser, TWO_FACTOR_PAGE), status, call)
}

fn disabled(page: Page, browser: &Browser) -> Page {
    let fields = r#"<div><label for="delivery">Codes come</label>
<select id="delivery" name="delivery"><option value="app">from an authenticator app</option><option value="sms">by text message</option></select></div>
<div><label for="sms_number">Number for text messages</label>
<input id="sms_number" name="sms_number" type="tel" autocomplete="tel" placeholder="+15555550123"></div>
<button>Enable 2FA</button>"#;
    page.with("<p>It is off: the password is enough to sign in.</p>").with(&browser.form(
        &place("enable"),
        &[],
        fields,
    ))
}

fn unverified(page: Page, browser: &Browser, account: &Account, two_factor: &TwoFactor) -> Page {
    let page = match &two_factor.secret {
        Some(secret) => page
            .with("<p>Give this secret to an authenticator app, then type the code that it shows.</p>")
            .with(&secret_list(secret, &account.provisioning_url(secret))),
        None => page.with("<p>Type the code from the text that was sent to you.</p>").with(
            &browser.form(&place("resend"), &[], "<button class=\"quiet small\">Send another code</button>"),
        ),
    };
    let fields = format!("{CODE_FIELD}\n<button>Verify</button>");
    page.with(&browser.form(&place("verify"), &[], &fields)).with(&disable(browser))
}

fn enabled(page: Page, browser: &Browser, two_factor: &TwoFactor) -> Page {
    let how = match two_factor.delivery {
        Delivery::App => "an authenticator app",
        Delivery::Sms => "text messages",
    };
    let reveal =
        browser.form(&place("reveal"), &[], "<button class=\"quiet\">Reveal codes</button>");
    page.with(&format!("<p>It is on, with {how}.</p>")).with(&reveal).with(&disable(browser))
}

fn disable(browser: &Browser) -> String {
    browser.form(&place("disable"), &[], "<button class=\"quiet\">Disable 2FA</button>")
}

fn place(action: &str) -> String {
    format!("{TWO_FACTOR_PAGE}/{action}")
}
