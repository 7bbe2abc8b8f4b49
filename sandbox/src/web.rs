//! What a browser sees: signing in, consenting to a tool's sign-in, and one's settings. Plain HTML
//! without scripts, so that a text browser and `curl` do as well; and the endpoint at which the
//! tool then gets its token.
//!
//! Every form carries its session's own token, without which nothing is changed; the guard turns
//! away what has a foreign `Origin`.

mod authorization;
mod browser;
mod enrolment;
mod page;
mod password;
mod sessions;
mod settings;
mod sign_in;
mod token_endpoint;
mod tokens;
mod two_factor;

use hyper::{Method, StatusCode};

use crate::exchange::{Call, Reply};
use crate::state::State;
use page::Page;

/// The one client that may send its users here, as service discovery names it.
pub(crate) const CLIENT: &str = "terraform";
/// Where a tool sends its user's browser.
pub(crate) const AUTHORIZATION: &str = "/app/oauth2/auth";
/// Where the tool then gets its token.
pub(crate) const TOKEN: &str = "/oauth2/token";

const SIGN_IN: &str = "/session";
const ENROLMENT: &str = "/session/two-factor-enrolment";
const TOKENS_PAGE: &str = "/app/settings/tokens";
const TWO_FACTOR_PAGE: &str = "/app/settings/two-factor";
const SESSIONS_PAGE: &str = "/app/settings/sessions";
const PASSWORD_PAGE: &str = "/app/settings/password";

/// Answers a request, or returns nothing if it is for no page.
pub(crate) fn answer(
    state: &mut State,
    call: &Call,
    method: &Method,
    route: &[&str],
) -> Option<Reply> {
    let reply = match (method, route) {
        (&Method::GET, ["session"]) => sign_in::ask_password(state, call),
        (&Method::POST, ["session"]) => sign_in::take_password(state, call),
        (&Method::GET, ["session", "two-factor"]) => sign_in::ask_code(state, call),
        (&Method::POST, ["session", "two-factor"]) => sign_in::take_code(state, call),
        (&Method::GET, ["session", "two-factor-recovery"]) => {
            sign_in::ask_recovery_code(state, call)
        }
        (&Method::POST, ["session", "two-factor-recovery"]) => {
            sign_in::take_recovery_code(state, call)
        }
        (&Method::POST, ["session", "two-factor-send-sms"]) => sign_in::send_text(state, call),
        (&Method::GET, ["session", "two-factor-enrolment"]) => enrolment::ask(state, call),
        (&Method::POST, ["session", "two-factor-enrolment"]) => enrolment::take(state, call),
        (&Method::POST, ["session", "sign-out"]) => sign_in::sign_out(state, call),
        (&Method::GET, ["app", "oauth2", "auth"]) => authorization::ask(state, call),
        (&Method::POST, ["app", "oauth2", "auth"]) => authorization::decide(state, call),
        (&Method::POST, ["oauth2", "token"]) => token_endpoint::exchange(state, call),
        (&Method::GET, ["app", "settings", "tokens"]) => tokens::list(state, call),
        (&Method::POST, ["app", "settings", "tokens"]) => tokens::create(state, call),
        (&Method::POST, ["app", "settings", "tokens", id, "delete"]) => {
            tokens::delete(state, call, id)
        }
        (&Method::GET, ["app", "settings", "two-factor"]) => two_factor::show(state, call),
        (&Method::POST, ["app", "settings", "two-factor", action])
            if two_factor::ACTIONS.contains(action) =>
        {
            two_factor::act(state, call, action)
        }
        (&Method::GET, ["app", "settings", "sessions"]) => sessions::list(state, call),
        (&Method::POST, ["app", "settings", "sessions", id, "revoke"]) => {
            sessions::revoke(state, call, id)
        }
        (&Method::GET, ["app", "settings", "password"]) => password::ask(state, call),
        (&Method::POST, ["app", "settings", "password"]) => password::change(state, call),
        (_, ["app" | "session", ..]) => {
            page::problem(call, StatusCode::NOT_FOUND, "Not found", "There is no such page here.")
        }
        _ => return None,
    };
    Some(reply)
}
