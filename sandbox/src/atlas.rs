//! The Atlas dialect: password sign-in of the first generation below `/api/v1`, JSON:API of the
//! second below `/api/v2`, the private registry, and service discovery.

mod account;
mod administration;
mod agent_pool;
mod audit_trail;
mod authenticate;
mod authentication_token;
mod caller;
mod document;
mod error;
mod include;
mod membership;
mod metrics_token;
mod oauth_token;
mod organization;
mod organization_token;
mod paging;
mod project;
mod rate;
mod registry;
mod retention;
mod team;
mod team_token;
mod token_limit;
mod two_factor;
mod user_token;
mod workspace;

use hyper::header::{ALLOW, HeaderName};
use hyper::{Method, StatusCode};
use serde_json::json;

use crate::exchange::{Call, JSON_API, Reply};
use crate::options::Generation;
use crate::state::State;
use crate::token::{Holder, TokenRecord};
use crate::web;
use caller::{Caller, User};
use team::{Change, Naming};

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
        Some(token) => format!("{:?}", token.holder),
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
    match (&token.holder, method, route) {
        (_, &Method::GET, ["organization", "audit-trail"]) => audit_trail::list(state, call, token),
        // Only agents use theirs, and the others open nothing else.
        (Holder::AgentPool(_) | Holder::AuditTrail(_) | Holder::Metrics(_), _, _) => {
            error::unauthorized()
        }
        (Holder::Account(owner), method, route) => {
            let user = User { owner: *owner, token };
            by_user(state, call, &user, method, route)
        }
        (Holder::Team(_) | Holder::Organization(_), &Method::GET, ["account", "details"]) => {
            account::service_details(state, token)
        }
        (_, method, route) => by_anyone(state, call, token, method, route),
    }
}

/// What only users do: for themselves, or as site administrators.
fn by_user(state: &mut State, call: &Call, user: &User, method: &Method, route: &[&str]) -> Reply {
    match (method, route) {
        (&Method::GET, ["account", "details"]) => account::details(state, user),
        (&Method::PATCH, ["account", "update"]) => account::update(state, call, user),
        (&Method::PATCH, ["account", "password"]) => account::change_password(state, call, user),
        (&Method::POST, ["account", "actions", action]) => {
            two_factor_action(state, call, user, action)
        }
        (&Method::GET, ["users", id, "authentication-tokens"]) => {
            user_token::list(state, call, user, id)
        }
        (&Method::POST, ["users", id, "authentication-tokens"]) => {
            user_token::create(state, call, user, id)
        }
        (&Method::POST, ["organizations"]) => organization::create(state, call, user),
        (&Method::GET, ["organization-memberships"]) => membership::own(state, call, user),
        (method, ["admin", route @ ..]) => administration::answer(state, call, user, method, route),
        (method, route) => by_anyone(state, call, user.token, method, route),
    }
}

/// What tokens of teams and organizations do as well.
fn by_anyone(
    state: &mut State,
    call: &Call,
    token: &TokenRecord,
    method: &Method,
    route: &[&str],
) -> Reply {
    match (method, route) {
        (&Method::GET, ["users", id]) => account::user(state, id),
        (&Method::GET, ["authentication-tokens", id]) => {
            authentication_token::show(state, call, token, id)
        }
        (&Method::DELETE, ["authentication-tokens", id]) => {
            authentication_token::delete(state, call, token, id)
        }
        (&Method::GET, ["organizations"]) => organization::list(state, call, token),
        (method, route) => {
            let Some(at) = organization_of(state, token, route) else {
                return error::not_found();
            };
            match Caller::of(state, call, token, at) {
                Ok(caller) => in_organization(state, &caller, method, route),
                Err(refusal) => refusal,
            }
        }
    }
}

/// Returns where the organization is that a route is about. What is nowhere is taken to be in an
/// organization of the caller's, so that its refusal is no different.
fn organization_of(state: &State, token: &TokenRecord, route: &[&str]) -> Option<usize> {
    let organizations = &state.organizations;
    let found = match route {
        ["organizations", name, ..] => return organizations.position(|it| it.name() == *name),
        ["teams", id, ..] => organizations.position(|it| it.teams.get(id).is_some()),
        ["workspaces", id, ..] => organizations.position(|it| it.workspaces.get(id).is_some()),
        ["projects", id, ..] => organizations.position(|it| it.projects.get(id).is_some()),
        ["agent-pools", id, ..] => organizations.position(|it| it.agent_pools.get(id).is_some()),
        ["oauth-tokens", id] => {
            organizations.position(|it| it.oauth_tokens.iter().any(|token| token.id == *id))
        }
        ["organization-memberships", id] => {
            organizations.position(|it| it.by_membership(id).is_some())
        }
        _ => return None,
    };
    let account = token.holder.account();
    found.or_else(|| organizations.position(|it| account.is_some_and(|it_is| it.has_member(it_is))))
}

/// What only those see who belong to the organization.
fn in_organization(state: &mut State, caller: &Caller, method: &Method, route: &[&str]) -> Reply {
    let organization = state.organizations.get(caller.at);
    match (method, route) {
        (method, ["organizations", _, route @ ..]) => {
            self::organization(state, caller, method, route)
        }
        (method, ["teams", id, route @ ..]) => match organization.teams.get(id) {
            Some(team) if caller.sees(team) => self::team(state, caller, id, method, route),
            _ => error::not_found(),
        },
        (method, ["agent-pools", id, route @ ..])
            if caller.manages_agent_pools && organization.agent_pools.get(id).is_some() =>
        {
            self::agent_pool(state, caller, id, method, route)
        }
        (&Method::GET, ["workspaces", id]) => workspace::show(organization, id),
        (&Method::PATCH, ["workspaces", id]) => workspace::update(state, caller, id),
        (&Method::DELETE, ["workspaces", id])
            if caller.owns && organization.workspaces.get(id).is_some() =>
        {
            workspace::delete(state, caller, id)
        }
        // `workspaces/:id/current-state-version` too: there is no state.
        (&Method::GET, ["projects", id]) => project::show(state, caller, id),
        (&Method::PATCH, ["projects", id]) if caller.owns => project::update(state, caller, id),
        (&Method::DELETE, ["projects", id])
            if caller.owns && organization.projects.get(id).is_some() =>
        {
            project::delete(state, caller, id)
        }
        (method, ["oauth-tokens", id]) if caller.owns => {
            oauth_token::answer(state, caller, method, id)
        }
        (&Method::GET, ["organization-memberships", id]) => membership::show(state, caller, id),
        (&Method::DELETE, ["organization-memberships", id]) if caller.owns => {
            membership::delete(state, caller, id)
        }
        _ => error::not_found(),
    }
}

fn team(state: &mut State, caller: &Caller, id: &str, method: &Method, route: &[&str]) -> Reply {
    let Some(team) = state.organizations.get(caller.at).teams.get(id) else {
        return error::not_found();
    };
    let owners = team.owns();
    let manages = caller.owns || caller.manages_teams && !owners;
    let moves_members = manages || caller.manages_membership && !owners;
    let manages_tokens = caller.may_manage_tokens_of(team);
    match (method, route) {
        (&Method::GET, []) => team::show(state, caller, id),
        (&Method::PATCH, []) if manages => team::update(state, caller, id),
        (&Method::DELETE, []) if manages => team::delete(state, caller, id),
        (method, ["relationships", relationship]) if moves_members => {
            let change = match *method {
                Method::POST => Change::Add,
                Method::DELETE => Change::Remove,
                _ => return error::not_found(),
            };
            match Naming::of(relationship) {
                Some(naming) => team::change(state, caller, id, naming, change),
                None => error::not_found(),
            }
        }
        (&Method::POST, ["authentication-tokens"]) if manages_tokens => {
            team_token::create(state, caller, id)
        }
        (&Method::GET, ["authentication-token"]) if manages_tokens => {
            team_token::show_legacy(state, id)
        }
        (&Method::POST, ["authentication-token"]) if manages_tokens => {
            team_token::create_legacy(state, caller, id)
        }
        (&Method::DELETE, ["authentication-token"]) if manages_tokens => {
            team_token::delete_legacy(state, id)
        }
        _ => error::not_found(),
    }
}

fn agent_pool(
    state: &mut State,
    caller: &Caller,
    id: &str,
    method: &Method,
    route: &[&str],
) -> Reply {
    match (method, route) {
        (&Method::GET, []) => agent_pool::show(state, caller, id),
        (&Method::PATCH, []) => agent_pool::update(state, caller, id),
        (&Method::DELETE, []) => agent_pool::delete(state, caller, id),
        (&Method::GET, ["authentication-tokens"]) => agent_pool::tokens(state, caller, id),
        (&Method::POST, ["authentication-tokens"]) => agent_pool::create_token(state, caller, id),
        _ => error::not_found(),
    }
}

/// A token alone has not been enough for these since 2018, when they disappeared from its sight.
fn two_factor_action(state: &mut State, call: &Call, user: &User, action: &str) -> Reply {
    if state.generation == Generation::Modern {
        return error::not_found();
    }
    match action {
        "two-factor-enable" => two_factor::enable(state, call, user),
        "two-factor-verify" => two_factor::verify(state, call, user),
        "two-factor-disable" => two_factor::disable(state, user),
        "two-factor-resend-verification-code" => two_factor::resend(state, call, user),
        _ => error::not_found(),
    }
}

fn organization(state: &mut State, caller: &Caller, method: &Method, route: &[&str]) -> Reply {
    let organization = state.organizations.get(caller.at);
    let owns = caller.owns;
    match (method, route) {
        (&Method::GET, []) => organization::show(state, caller),
        (&Method::PATCH, []) if owns => organization::update(state, caller),
        (&Method::DELETE, []) if owns => organization::delete(state, caller),
        (&Method::GET, ["entitlement-set"]) => organization::entitlements(organization),
        (&Method::GET, ["organization-memberships"]) if owns || caller.manages_membership => {
            membership::list(state, caller)
        }
        (&Method::POST, ["organization-memberships"]) if owns || caller.manages_membership => {
            membership::create(state, caller)
        }
        (&Method::GET, ["token-ttl-policies"]) if owns => token_limit::list(organization),
        (&Method::PATCH, ["token-ttl-policies"]) if owns => token_limit::set(state, caller),
        // One of the few routes that say so.
        (&Method::GET | &Method::PATCH, ["token-ttl-policies"]) => {
            error::forbidden("You are not in the owners team of this organization")
        }
        (&Method::GET, ["authentication-token"]) => organization_token::show(state, caller),
        (&Method::POST, ["authentication-token"]) => organization_token::create(state, caller),
        (&Method::DELETE, ["authentication-token"]) => organization_token::delete(state, caller),
        (&Method::GET, ["team-tokens"]) => team_token::list(state, caller),
        (&Method::DELETE, ["team-tokens"]) => team_token::delete_several(state, caller),
        (&Method::GET, ["teams"]) => team::list(state, caller),
        (&Method::POST, ["teams"]) if caller.manages_teams => team::create(state, caller),
        (&Method::GET, ["agent-pools"]) if caller.manages_agent_pools => {
            agent_pool::list(state, caller)
        }
        (&Method::POST, ["agent-pools"]) if caller.manages_agent_pools => {
            agent_pool::create(state, caller)
        }
        (&Method::GET, ["metrics-tokens"]) if owns => metrics_token::list(state, caller),
        (&Method::POST, ["metrics-tokens"]) if owns => metrics_token::create(state, caller),
        (&Method::DELETE, ["metrics-tokens", id]) if owns => {
            metrics_token::delete(state, caller, id)
        }
        (&Method::GET, ["oauth-tokens"]) if owns => oauth_token::list(state, caller),
        (method, ["relationships", "data-retention-policy"]) if owns => {
            retention::answer(state, caller, method)
        }
        (&Method::GET, ["projects"]) => project::list(state, caller),
        (&Method::POST, ["projects"]) if owns => project::create(state, caller),
        (&Method::GET, ["workspaces"]) => workspace::list(organization, caller.call),
        (&Method::POST, ["workspaces"]) => workspace::create(state, caller),
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
