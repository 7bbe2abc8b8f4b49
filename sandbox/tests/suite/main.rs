//! The sandbox over a real socket, as a client that shares nothing with it sees it.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod account;
mod api_clients;
mod aptible;
mod authorization;
mod browser;
mod control;
mod defences;
mod enrolment;
mod faults;
mod generation;
mod go_tfe;
mod limits;
mod memberships;
mod openapi;
mod organizations;
mod registry;
mod settings_pages;
mod sign_in;
mod sign_in_page;
mod start;
#[cfg(target_os = "linux")]
mod terraform;
mod tls;
mod token_page;
mod two_factor;
mod user_tokens;
mod wire;
mod workspaces;

use keybelt_sandbox::{Limits, Options, ReadyAccount, Sandbox};
use serde_json::{Value, json};

use wire::{Answer, Request};

/// Starts a sandbox with the options' defaults.
fn sandbox() -> Sandbox {
    Sandbox::start(Options::default()).unwrap()
}

/// Starts a sandbox whose limits do not get in the way.
fn sandbox_without_limits() -> Sandbox {
    Sandbox::start(Options { limits: Limits::Off, ..Options::default() }).unwrap()
}

fn account(sandbox: &Sandbox, username: &str) -> ReadyAccount {
    let accounts = &sandbox.ready().accounts;
    accounts.iter().find(|account| account.username == username).unwrap().clone()
}

/// Signs in with a password and `two_factor` as given.
fn sign_in(sandbox: &Sandbox, account: &ReadyAccount, two_factor: Value) -> Answer {
    let body = json!({
        "user": {"login": account.username, "password": account.password},
        "token": {"description": "from a test"},
        "two_factor": two_factor,
    });
    Request::post("/api/v1/authenticate").json(&body).send(sandbox)
}

fn sign_in_with_code(sandbox: &Sandbox, account: &ReadyAccount, code: &str) -> Answer {
    sign_in(sandbox, account, json!({"code": code}))
}

/// Asks for a text at sign-in and returns the code in it.
fn request_text(sandbox: &Sandbox, account: &ReadyAccount) -> String {
    let body = json!({
        "user": {"login": account.username, "password": account.password},
        "two_factor": {"delivery_method": "sms"},
    });
    let answer = Request::post("/api/v1/two-factor/request-code").json(&body).send(sandbox);
    assert_eq!(answer.status, 201, "{}", answer.text);
    sandbox.outbox().last().unwrap().code.clone()
}

/// Asks the second generation's API; what is changed is declared as JSON:API.
fn api(sandbox: &Sandbox, token: &str, method: &str, path: &str, body: Option<Value>) -> Answer {
    let request = Request::new(method, &format!("/api/v2{path}"))
        .bearer(token)
        .header("Content-Type", "application/vnd.api+json");
    match body {
        Some(body) => request.body(&body.to_string()).send(sandbox),
        None => request.send(sandbox),
    }
}

/// Requires two-factor authentication in the organization, or no longer.
fn set_policy(sandbox: &Sandbox, token: &str, policy: &str) -> Answer {
    let attributes = json!({"collaborator-auth-policy": policy});
    let body = json!({"data": {"type": "organizations", "attributes": attributes}});
    api(sandbox, token, "PATCH", "/organizations/acme", Some(body))
}

/// Runs one of the two-factor actions.
fn act(sandbox: &Sandbox, token: &str, action: &str, attributes: Option<Value>) -> Answer {
    let path = format!("/account/actions/two-factor-{action}");
    let body =
        attributes.map(|attributes| json!({"data": {"type": "users", "attributes": attributes}}));
    api(sandbox, token, "POST", &path, body)
}

/// Returns how many seconds two years of the calendar are from a time on.
fn two_calendar_years(from: jiff::Timestamp) -> i64 {
    let ends = from.to_zoned(jiff::tz::TimeZone::UTC).checked_add(jiff::Span::new().years(2));
    ends.unwrap().timestamp().duration_since(from).as_secs()
}

/// Turns the clock to the beginning of a time step, so that a test's codes stay in theirs.
fn to_the_beginning_of_a_step(sandbox: &Sandbox) {
    sandbox.advance(30 - sandbox.now().as_second() % 30);
}

/// Returns the code that an account's app shows so many seconds from now.
fn app_code(sandbox: &Sandbox, secret: &str, seconds_from_now: i64) -> String {
    let time = sandbox.now().as_second() + seconds_from_now;
    keybelt_sandbox::totp(secret, u64::try_from(time).unwrap()).unwrap()
}

fn secret(account: &ReadyAccount) -> String {
    account.two_factor.as_ref().and_then(|it| it.secret.clone()).unwrap()
}
