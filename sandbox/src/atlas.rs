//! The Atlas dialect: password sign-in of the first generation below `/api/v1`, JSON:API of the
//! second below `/api/v2`, the private registry, and service discovery.

mod account;
mod authenticate;
mod document;
mod error;
mod include;
mod membership;
mod organization;
mod organization_token;
mod paging;
mod rate;
mod registry;
mod team;
mod two_factor;
mod user_token;
mod workspace;

use hyper::header::{ALLOW, HeaderName};
use hyper::{Method, StatusCode};
use serde_json::json;

use crate::exchange::{Call, JSON_API, Reply};
use crate::options::Generation;
use crate::organization::Role;
use crate::state::State;
use crate::token::TokenRecord;
use crate::web;

/// Answers a request.
pub(crate) fn answer(state: &mut State, call: &Call) -> Reply {
    match (call.effective_method(), call.segments().as_slice()) {
        (&Method::GET, [".well-known", "terraform.json"]) => discovery(state),
        (method, ["api", "v1", route @ ..]) => match state.generation {
            Generation::Classic => version_1(state, call, method, route),
            Generation::Modern => withdrawn(state, call, method, route),
        },
        // The newer Vagrant libraries validate here, and expect answers of the first generation.
        (&Method::GET, ["api", "v2", "authenticate"])
            if state.generation == Generation::Classic =>
        {
            authenticate::validate(state, call)
        }
        (method, ["api", "v2", route @ ..]) => version_2(state, call, method, route),
        (method, ["api", "registry", "v1", "modules", route @ ..]) => {
            registry::answer(state, call, method, route)
        }
        (&Method::GET, ["_archivist", "v1", "object"]) => registry::archive(state, call),
        (method, route) => web::answer(state, call, method, route).unwrap_or_else(error::not_found),
    }
}

/// What terraform and its provider ask for first. It is public: terraform sends even a dead token
/// along. Only what is served is in it.
fn discovery(state: &State) -> Reply {
    let services = json!({
        "login.v1": {
            "client": web::CLIENT,
            "grant_types": ["authz_code"],
            "authz": web::AUTHORIZATION,
            "token": web::TOKEN,
            "ports": [state.callback_ports.start(), state.callback_ports.end()],
        },
        "modules.v1": registry::BASE,
        "tfe.v2": "/api/v2/",
        "tfe.v2.1": "/api/v2/",
        "tfe.v2.2": "/api/v2/",
    });
    Reply::json(StatusCode::OK, &services)
}

fn version_1(state: &mut State, call: &Call, method: &Method, route: &[&str]) -> Reply {
    let reply = match (method, route) {
        (&Method::POST, ["authenticate"]) => authenticate::create(state, call),
        (&Method::GET, ["authenticate"]) => authenticate::validate(state, call),
        (&Method::DELETE, ["authenticate"]) => authenticate::delete(state, call),
        (&Method::POST, ["two-factor", "request-code"]) => authenticate::request_code(state, call),
        _ => match state.authenticate(call) {
            Some(_) => Reply::errors(StatusCode::NOT_FOUND, "Not found"),
            None => authenticate::bad_token(),
        },
    };
    rate::head_version_1(state, call, reply)
}

/// The first generation where it was retired: what took a password answers 405, as it has since
/// 2025, and the rest is gone. No method is left to allow. A token that comes along is looked at first.
fn withdrawn(state: &mut State, call: &Call, method: &Method, route: &[&str]) -> Reply {
    match (method, route) {
        (&Method::POST, ["authenticate"] | ["two-factor", "request-code"]) => {
            Reply::errors(StatusCode::METHOD_NOT_ALLOWED, "Method not allowed").with(ALLOW, "")
        }
        _ if call.token().is_some() && state.authenticate(call).is_none() => {
            authenticate::bad_token()
        }
        _ => Reply::errors(StatusCode::NOT_FOUND, "Not found"),
    }
}

fn version_2(state: &mut State, call: &Call, method: &Method, route: &[&str]) -> Reply {
    let caller = state.authenticate(call);
    let who = match &caller {
        Some(token) => state.accounts.get(token.owner).id.clone(),
        None => call.peer.to_string(),
    };
    if let Err(standing) = state.count(&[(&rate::REQUESTS, &who)]) {
        return error::too_many_requests(standing);
    }
    let writes = [&Method::POST, &Method::PATCH, &Method::DELETE].contains(&method);
    let reply = if writes && call.media_type() != JSON_API {
        error::unsupported_media_type()
    } else if route == ["ping"] && method == Method::GET {
        ping()
    } else if let Some(token) = &caller {
        authenticated(state, call, token, method, route)
    } else {
        error::unauthorized()
    };
    rate::head_version_2(state, &who, reply)
}

fn authenticated(
    state: &mut State,
    call: &Call,
    token: &TokenRecord,
    method: &Method,
    route: &[&str],
) -> Reply {
    let is_user = state.accounts.get(token.owner).organization.is_none();
    match (method, route) {
        (&Method::GET, ["account", "details"]) => account::details(state, token),
        // An organization's token manages neither anybody's account nor users' tokens.
        (
            _,
            ["account", ..] | ["users", _, "authentication-tokens"] | ["authentication-tokens", _],
        ) if !is_user => error::not_found(),
        (&Method::POST, ["organizations", name, "authentication-token"])
            if is_user && *name == state.organization.name =>
        {
            organization_token::create(state, token)
        }
        (&Method::PATCH, ["account", "update"]) => account::update(state, call, token),
        (&Method::PATCH, ["account", "password"]) => account::change_password(state, call, token),
        (&Method::POST, ["account", "actions", action]) => {
            two_factor_action(state, call, token, action)
        }
        (&Method::GET, ["users", id]) => account::user(state, id),
        (&Method::GET, ["users", id, "authentication-tokens"]) => {
            user_token::list(state, call, token, id)
        }
        (&Method::POST, ["users", id, "authentication-tokens"]) => {
            user_token::create(state, call, token, id)
        }
        (&Method::GET, ["authentication-tokens", id]) => user_token::show(state, token, id),
        (&Method::DELETE, ["authentication-tokens", id]) => user_token::delete(state, token, id),
        (&Method::GET, ["organizations"]) => organization::list(state, call, token),
        (&Method::GET, ["organization-memberships"]) => membership::own(state, call, token),
        (method, route) => {
            let role = match is_user {
                true => state.organization.role(token.owner),
                false => Role::Member,
            };
            match role {
                Role::Stranger => error::not_found(),
                Role::Owner | Role::Member => in_organization(state, call, role, method, route),
            }
        }
    }
}

/// What only members of the organization see.
fn in_organization(
    state: &mut State,
    call: &Call,
    role: Role,
    method: &Method,
    route: &[&str],
) -> Reply {
    let owns = role == Role::Owner;
    let own = &state.organization.name;
    let shut = !state.organization.settings.user_tokens_enabled;
    match (method, route) {
        // It says nothing about the token, which is as good as ever elsewhere.
        (_, ["organizations", name, ..]) if shut && name == own => error::unauthorized(),
        (_, ["teams" | "workspaces", ..]) if shut => error::unauthorized(),
        (method, ["organizations", name, route @ ..]) if name == own => {
            organization(state, call, role, method, route)
        }
        (&Method::GET, ["teams", id]) => team::show(state, call, id),
        (&Method::POST, ["teams", id, "relationships", "users"]) if owns => {
            team::change(state, call, id, team::Change::Add)
        }
        (&Method::DELETE, ["teams", id, "relationships", "users"]) if owns => {
            team::change(state, call, id, team::Change::Remove)
        }
        (&Method::GET, ["workspaces", id]) => workspace::show(&state.organization, id),
        (&Method::PATCH, ["workspaces", id]) => workspace::update(state, call, id),
        // `workspaces/:id/current-state-version` too: there is no state.
        _ => error::not_found(),
    }
}

/// A token alone has not been enough for these since 2018, when they disappeared from its sight.
fn two_factor_action(state: &mut State, call: &Call, token: &TokenRecord, action: &str) -> Reply {
    if state.generation == Generation::Modern {
        return error::not_found();
    }
    match action {
        "two-factor-enable" => two_factor::enable(state, call, token),
        "two-factor-verify" => two_factor::verify(state, call, token),
        "two-factor-disable" => two_factor::disable(state, token),
        "two-factor-resend-verification-code" => two_factor::resend(state, call, token),
        _ => error::not_found(),
    }
}

fn organization(
    state: &mut State,
    call: &Call,
    role: Role,
    method: &Method,
    route: &[&str],
) -> Reply {
    let owns = role == Role::Owner;
    let organization = &state.organization;
    match (method, route) {
        (&Method::GET, []) => organization::show(state, role),
        (&Method::PATCH, []) if owns => organization::update(state, call),
        (&Method::GET, ["organization-memberships"]) if owns => membership::list(state, call),
        (&Method::GET, ["token-ttl-policies"]) if owns => organization::token_limits(state),
        (&Method::PATCH, ["token-ttl-policies"]) if owns => {
            organization::set_token_limits(state, call)
        }
        // One of the few routes that say so.
        (&Method::GET | &Method::PATCH, ["token-ttl-policies"]) => {
            error::forbidden("You are not in the owners team of this organization")
        }
        (&Method::GET, ["teams"]) => team::list(state, call),
        (&Method::GET, ["entitlement-set"]) => workspace::entitlements(organization),
        (&Method::GET, ["workspaces"]) => workspace::list(organization, call),
        (&Method::POST, ["workspaces"]) => workspace::create(state, call),
        (&Method::GET, ["workspaces", name]) => workspace::show_by_name(organization, name),
        _ => error::not_found(),
    }
}

/// What API clients ask first, with or without a token, for the headers alone.
fn ping() -> Reply {
    Reply::empty(StatusCode::NO_CONTENT)
        .with(HeaderName::from_static("tfp-api-version"), "2.5")
        .with(HeaderName::from_static("tfp-appname"), "Terraform Enterprise")
}
