//! The Aptible dialect: tokens by password, elevation, one's own two-factor authentication, and who
//! is in the organization. HAL resources with absolute links; errors in one envelope.
//!
//! Its accounts are those of the Atlas dialect, and sign in by e-mail address with the same
//! password. Two-factor authentication by app is one and the same in both: the same secret, codes
//! that work once over both, the same recovery codes. Aptible has never sent texts, so an account
//! whose codes come by SMS has no second factor here; to enable one here takes the place of that.
//! Tokens are a dialect's own.

mod belonging;
mod configuration;
mod document;
mod error;
mod membership;
mod organization;
mod sign_in;
mod token;
mod user;

use hyper::{Method, StatusCode};
use serde_json::json;

use crate::aptible_choice::ELEVATION_REFUSAL;
use crate::exchange::{Call, Reply};
use crate::signing_key::SigningKey;
use crate::state::State;
use crate::token::{Scope, TokenRecord};

pub(crate) use error::{internal_server_error, too_many_requests};

/// Answers a request.
pub(crate) fn answer(state: &mut State, call: &Call, key: &SigningKey) -> Reply {
    match (call.effective_method(), call.segments().as_slice()) {
        (&Method::GET, []) => root(call, key),
        (&Method::GET, ["u2f", "trusted_facets"]) => trusted_facets(call),
        (&Method::POST, ["tokens"]) => sign_in::create(state, call, key),
        (method, route) => match Caller::of(state, call) {
            Ok(caller) => authenticated(state, &caller, method, route),
            Err(refusal) => refusal,
        },
    }
}

/// What a client finds everything else by, and verifies tokens with.
fn root(call: &Call, key: &SigningKey) -> Reply {
    let origin = call.origin();
    let body = json!({
        "public_key": key.public_pem(),
        "_links": {
            "self": {"href": format!("{origin}/")},
            "tokens": {"href": format!("{origin}/tokens")},
            "current_token": {"href": format!("{origin}/current_token")},
            "organizations": {"href": format!("{origin}/organizations")},
            // Spelled like this, not "u2f".
            "utf_trusted_facets": {"href": format!("{origin}/u2f/trusted_facets")},
        },
    });
    Reply::hal(StatusCode::OK, &body)
}

/// Who may use a security key (FIDO AppID and Facet Specification, section 3.1.3).
fn trusted_facets(call: &Call) -> Reply {
    let body = json!({
        "trustedFacets": [{"version": {"major": 1, "minor": 0}, "ids": [call.origin()]}],
    });
    Reply::json(StatusCode::OK, &body)
}

/// Who asks, by a token that is live.
struct Caller<'a> {
    call: &'a Call,
    /// What the links in an answer begin with.
    origin: String,
    token: TokenRecord,
}

impl Caller<'_> {
    fn of<'a>(state: &mut State, call: &'a Call) -> Result<Caller<'a>, Reply> {
        let now = state.now();
        let presented = call.bearer().unwrap_or_default();
        match state.aptible.tokens.authenticate(presented, now) {
            Some(token) => Ok(Caller { call, origin: call.origin(), token }),
            None if state.aptible.tokens.find(presented).is_some() => Err(error::expired_token()),
            None => Err(error::invalid_token()),
        }
    }

    fn owner(&self) -> usize {
        // Only accounts have tokens of this dialect.
        self.token.holder.account().unwrap_or_default()
    }

    fn scope(&self) -> Scope {
        self.token.scope.unwrap_or(Scope::Read)
    }

    /// Refuses what a token of this scope may not.
    fn need(&self, state: &State, scope: Scope) -> Result<(), Reply> {
        if self.scope() >= scope {
            return Ok(());
        }
        Err(match state.aptible.choices.of(&ELEVATION_REFUSAL) {
            "401-invalid_scope" => error::refusal(StatusCode::UNAUTHORIZED, "invalid_scope"),
            "403-access_denied" => error::refusal(StatusCode::FORBIDDEN, "access_denied"),
            _ => error::refusal(StatusCode::FORBIDDEN, "forbidden"),
        })
    }
}

fn authenticated(state: &mut State, caller: &Caller, method: &Method, route: &[&str]) -> Reply {
    let needed = if method == Method::GET { Scope::Read } else { Scope::Manage };
    if let Err(refusal) = caller.need(state, needed) {
        return refusal;
    }
    let answer = match route {
        ["current_token" | "tokens", ..] => token::answer(state, caller, method, route),
        ["users", id] => user::answer(state, caller, method, id),
        ["users", id, kind @ ("ssh_keys" | "u2f_devices" | "email_verification_challenges")] => {
            belonging::answer(state, caller, method, id, kind)
        }
        ["users", id, "u2f_challenges"] if method == Method::POST => {
            belonging::challenge(state, caller, id)
        }
        [kind @ ("ssh_keys" | "u2f_devices" | "email_verification_challenges"), id]
            if method == Method::DELETE =>
        {
            belonging::remove(state, caller, kind, id)
        }
        ["users", _, "otp_configurations"] | ["otp_configurations" | "otp_recovery_codes", ..] => {
            configuration::answer(state, caller, method, route)
        }
        _ => match membership::answer(state, caller, method, route) {
            Some(answer) => answer,
            None if method == Method::GET => organization::answer(state, caller, route),
            None => Err(error::not_found()),
        },
    };
    answer.unwrap_or_else(|refusal| refusal)
}
