//! The authorization endpoint: a tool asks for a token through its user's browser, and the user
//! consents or not (RFC 6749, section 4.1.1, with the challenge of RFC 7636, `S256` only).

use std::ops::RangeInclusive;

use data_encoding::BASE64URL_NOPAD;
use form_urlencoded::Serializer;
use hyper::StatusCode;
use hyper::header::CACHE_CONTROL;

use super::browser::{Browser, sent_by_user, signed_in};
use super::page::{self, escape};
use super::{AUTHORIZATION, CLIENT, Page};
use crate::exchange::{Call, Parameters, Reply};
use crate::grant::Grant;
use crate::state::State;

/// `GET /app/oauth2/auth`: asks the user.
pub(crate) fn ask(state: &mut State, call: &Call) -> Reply {
    let request = match Request::read(&call.query(), &state.callback_ports) {
        Ok(request) => request,
        Err(refusal) => return refusal.reply(call),
    };
    match signed_in(state, call) {
        Ok((browser, owner)) => {
            let username = state.accounts.get(owner).name();
            let page = consent_page(&browser, &request, username, call);
            browser.show(page, StatusCode::OK, call)
        }
        Err(elsewhere) => elsewhere,
    }
}

/// `POST /app/oauth2/auth`: what the user decided.
pub(crate) fn decide(state: &mut State, call: &Call) -> Reply {
    let (_, owner, form) = match sent_by_user(state, call) {
        Ok(sent) => sent,
        Err(refusal) => return refusal,
    };
    let request = match Request::read(&form, &state.callback_ports) {
        Ok(request) => request,
        Err(refusal) => return refusal.reply(call),
    };
    if form.get("decision") != Some("authorize") {
        let reason = "The user did not authorize the tool";
        return request.back.error("access_denied", reason);
    }
    let grant = Grant {
        owner,
        client: request.client,
        redirect_uri: request.back.redirect_uri.clone(),
        challenge: request.challenge,
    };
    let now = state.now();
    let code = state.grants.issue(grant, now);
    request.back.send(&[("code", &code)])
}

/// What a tool asks for.
struct Request {
    client: String,
    /// Without padding.
    challenge: String,
    back: Back,
}

/// The way back to the tool.
struct Back {
    redirect_uri: String,
    state: Option<String>,
}

/// Why a tool's request is not put before the user.
enum Refusal {
    /// Who asks is not known, so that nobody is told but the user.
    Page(&'static str),
    /// The tool is told.
    Back(Back, &'static str, &'static str),
}

impl Request {
    fn read(parameters: &Parameters, ports: &RangeInclusive<u16>) -> Result<Request, Refusal> {
        let single = |name| parameters.filled(name).filter(|_| !parameters.repeats(name));
        if single("client_id") != Some(CLIENT) {
            return Err(Refusal::Page("The tool that sent you here is not known."));
        }
        let redirect_uri = single("redirect_uri").filter(|uri| is_callback(uri, ports));
        let redirect_uri = redirect_uri.ok_or(Refusal::Page(
            "The tool that sent you here does not wait at an address where this server sends codes.",
        ))?;
        let back = Back {
            redirect_uri: redirect_uri.to_owned(),
            state: single("state").map(str::to_owned),
        };
        let invalid = |reason| ("invalid_request", reason);
        let challenge = single("code_challenge").and_then(challenge);
        let problem = if PARAMETERS.iter().any(|name| parameters.repeats(name)) {
            invalid("A parameter is there more than once")
        } else if single("response_type") != Some("code") {
            ("unsupported_response_type", "response_type must be code")
        } else if single("code_challenge_method") != Some("S256") {
            invalid("code_challenge_method must be S256")
        } else if let Some(challenge) = challenge {
            return Ok(Request { client: CLIENT.to_owned(), challenge, back });
        } else {
            invalid("code_challenge must be a SHA-256 in base64url")
        };
        Err(Refusal::Back(back, problem.0, problem.1))
    }
}

const PARAMETERS: [&str; 6] = [
    "response_type",
    "client_id",
    "redirect_uri",
    "state",
    "code_challenge",
    "code_challenge_method",
];

impl Refusal {
    fn reply(self, call: &Call) -> Reply {
        match self {
            Refusal::Page(text) => {
                page::problem(call, StatusCode::BAD_REQUEST, "This sign-in cannot go on", text)
            }
            Refusal::Back(back, error, description) => back.error(error, description),
        }
    }
}

impl Back {
    fn error(&self, error: &str, description: &str) -> Reply {
        self.send(&[("error", error), ("error_description", description)])
    }

    fn send(&self, parameters: &[(&str, &str)]) -> Reply {
        let mut query = Serializer::new(String::new());
        query.extend_pairs(parameters);
        if let Some(state) = &self.state {
            query.append_pair("state", state);
        }
        let place = format!("{}?{}", self.redirect_uri, query.finish());
        Reply::see_other(&place).with(CACHE_CONTROL, "no-store")
    }
}

/// Returns a challenge without padding, if it is one: Terraform 0.12 pads.
fn challenge(text: &str) -> Option<String> {
    let bare = text.trim_end_matches('=');
    let digest = BASE64URL_NOPAD.decode(bare.as_bytes()).ok()?;
    (digest.len() == 32).then(|| bare.to_owned())
}

/// Returns whether this is where a tool waits on its user's own computer: nothing that only begins
/// like it.
fn is_callback(uri: &str, ports: &RangeInclusive<u16>) -> bool {
    let hosts = ["localhost", "127.0.0.1", "[::1]"];
    let port = hosts.iter().find_map(|host| {
        let rest = uri.strip_prefix("http://")?.strip_prefix(host)?;
        rest.strip_prefix(':')?.strip_suffix("/login")
    });
    let port = port.filter(|port| !port.starts_with(['0', '+']));
    port.and_then(|port| port.parse().ok()).is_some_and(|port| ports.contains(&port))
}

fn consent_page(browser: &Browser, request: &Request, username: &str, call: &Call) -> Page {
    let back = &request.back;
    let here = format!("{}?{}", call.path, call.query);
    let (tool, user, place) =
        (escape(&request.client), escape(username), escape(&back.redirect_uri));
    let mut hidden = vec![
        ("response_type", "code"),
        ("client_id", &request.client),
        ("redirect_uri", &back.redirect_uri),
        ("code_challenge", &request.challenge),
        ("code_challenge_method", "S256"),
    ];
    hidden.extend(back.state.as_deref().map(|state| ("state", state)));
    let buttons = r#"<p class="buttons">
<button name="decision" value="authorize">Authorize</button>
<button name="decision" value="cancel" class="quiet">Cancel</button>
</p>"#;
    let other = browser.other_account_form(&here);
    Page::new(&format!("Authorize {}", request.client))
        .leading_to(callback_source(&back.redirect_uri))
        .with(&format!(
            "<p><strong>{tool}</strong> on this computer asks for an authentication token. With it, \
             it can do here whatever you can do. Go on only if you have just started to sign in \
             there yourself.</p>"
        ))
        .with(&format!(
            "<dl><dt>Account</dt><dd>{user}</dd>\n<dt>The token goes to</dt><dd>{place}</dd></dl>"
        ))
        .with(&browser.form(AUTHORIZATION, &hidden, buttons))
        .with(&format!("<div class=\"aside\">{other}</div>"))
}

/// Returns the origin of a callback as a content security policy writes it, which has no way to
/// write an IPv6 address.
fn callback_source(redirect_uri: &str) -> &str {
    let origin = redirect_uri.strip_suffix("/login").unwrap_or_default();
    if origin.contains('[') { "http:" } else { origin }
}
