//! The Aptible dialect, against the documents' own samples.

mod belongings;
mod lockout;
mod members;
mod organization;
mod python;
mod root;
mod session;
mod sign_in;
mod two_factor;

use keybelt_sandbox::{Limits, Options, Sandbox};
use serde_json::{Value, json};

use crate::wire::{Answer, Request};
use crate::{account, app_code, secret};

/// Starts a sandbox with choices, and without limits.
fn with(choices: &[&str]) -> Sandbox {
    let aptible = choices.iter().map(|choice| choice.parse().unwrap());
    Sandbox::start(Options {
        aptible: aptible.collect(),
        limits: Limits::Off,
        ..Options::default()
    })
    .unwrap()
}

/// Asks for a token with an account's password and what else is given.
fn ask(sandbox: &Sandbox, username: &str, more: Value) -> Answer {
    let account = account(sandbox, username);
    let mut body = json!({
        "grant_type": "password",
        "username": account.email,
        "password": account.password,
    });
    let members = body.as_object_mut().unwrap();
    members.extend(more.as_object().unwrap().clone());
    Request::post("/tokens").json(&body).send_as_to_aptible(sandbox)
}

/// Signs in, with the present code if the account needs one, and returns the answer.
fn sign_in(sandbox: &Sandbox, username: &str, scope: &str) -> Answer {
    // A code that was not used yet, and still counts.
    sandbox.advance(30);
    let mut more = json!({"scope": scope});
    if ["bob", "olivia"].contains(&username) {
        more["otp_token"] = json!(present_code(sandbox, username));
    }
    let answer = ask(sandbox, username, more);
    assert_eq!(answer.status / 100, 2, "{}", answer.text);
    answer
}

fn token(sandbox: &Sandbox, username: &str, scope: &str) -> String {
    sign_in(sandbox, username, scope).at("/access_token")
}

fn present_code(sandbox: &Sandbox, username: &str) -> String {
    app_code(sandbox, &secret(&account(sandbox, username)), 0)
}

/// Sends a request with a token; the path may be an address from an answer.
fn call(sandbox: &Sandbox, token: &str, method: &str, path: &str, body: Option<Value>) -> Answer {
    let path = path.strip_prefix(&sandbox.ready().aptible_url).unwrap_or(path);
    let request = Request::new(method, path).bearer(token);
    match body {
        Some(body) => request.json(&body).send_as_to_aptible(sandbox),
        None => request.send_as_to_aptible(sandbox),
    }
}

fn get(sandbox: &Sandbox, token: &str, path: &str) -> Answer {
    call(sandbox, token, "GET", path, None)
}

/// Returns the address of one's own user.
fn user_href(sandbox: &Sandbox, token: &str) -> String {
    get(sandbox, token, "/current_token").at("/_links/user/href")
}

/// Asserts what an error says, whose status is in its envelope too.
fn assert_error(answer: &Answer, status: u16, slug: &str) {
    let body = answer.json();
    assert_eq!(
        (answer.status, &body["code"], &body["error"]),
        (status, &json!(status), &json!(slug)),
        "{}",
        answer.text
    );
    assert!(body["message"].is_string(), "{}", answer.text);
    assert_eq!(answer.header("content-type"), Some("application/hal+json"));
}

/// Returns the claims of a JWT.
fn claims(token: &str) -> Value {
    part(token, 1)
}

fn part(token: &str, number: usize) -> Value {
    let part = token.split('.').nth(number).unwrap();
    let bytes = data_encoding::BASE64URL_NOPAD.decode(part.as_bytes());
    serde_json::from_slice(&bytes.unwrap()).unwrap()
}
