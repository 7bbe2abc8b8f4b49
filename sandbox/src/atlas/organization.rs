//! Organizations: who is in one sees it, anyone makes one, and its owners change what it demands of its
//! members.

use hyper::StatusCode;
use serde_json::{Map, Value, json};

use super::caller::{Caller, User};
use super::document::{relationships, required_attributes, switch};
use super::include::Include;
use super::paging::whole_or_page;
use super::{error, project, retention};
use crate::account::is_email;
use crate::clock::iso_8601;
use crate::exchange::{Call, Reply};
use crate::execution_mode::ExecutionMode;
use crate::organization::{AuthPolicy, Organization, Plan, SWITCHES, Settings};
use crate::state::State;
use crate::token::{Holder, TokenRecord};

/// `GET /organizations`: those that the caller belongs to.
pub(crate) fn list(state: &State, call: &Call, token: &TokenRecord) -> Reply {
    let query = call.query();
    let fits = |parameter: &str, texts: &[&str]| {
        let wanted = query.get(parameter).unwrap_or_default().to_lowercase();
        texts.iter().any(|text| text.to_lowercase().contains(&wanted))
    };
    let found: Vec<_> = (0..state.organizations.iter().count())
        .filter_map(|at| Caller::known(state, call, token, at))
        .filter(|caller| {
            let settings = &state.organizations.get(caller.at).settings;
            let (name, email) = (settings.name.as_str(), settings.email.as_str());
            fits("q", &[name, email]) && fits("q[name]", &[name]) && fits("q[email]", &[email])
        })
        .collect();
    Reply::ok(&whole_or_page(call, &found, |caller| resource(state, caller)))
}

/// `POST /organizations`: whoever makes one owns it.
pub(crate) fn create(state: &mut State, call: &Call, user: &User) -> Reply {
    let settings = required_attributes(call).and_then(|attributes| {
        let present = Settings::new("", "");
        settings(state, &attributes, None, &present, None)
    });
    let settings = match settings {
        Ok(settings) if settings.email.is_empty() => {
            return error::invalid_attribute("email", "Email can't be blank");
        }
        Ok(settings) => settings,
        Err(refusal) => return refusal,
    };
    let now = state.now();
    let mut organization = Organization::new(settings, 0, now);
    organization.admit_owner(user.owner, now);
    let at = state.organizations.add(organization);
    answer(StatusCode::CREATED, state, call, user.token, at)
}

/// `GET /organizations/:name`.
pub(crate) fn show(state: &State, caller: &Caller) -> Reply {
    let include = match Include::of(&caller.call.query(), &["default_project"]) {
        Ok(include) => include,
        Err(refusal) => return refusal,
    };
    let mut document = json!({"data": resource(state, caller)});
    include.begin(&mut document);
    if include.has("default_project") {
        let organization = state.organizations.get(caller.at);
        let default = project::resource(organization, organization.projects.default());
        include.add(&mut document, default);
    }
    Reply::ok(&document)
}

/// `PATCH /organizations/:name`, for owners: all of what it names is changed, or nothing. What this
/// server does not keep is ignored.
pub(crate) fn update(state: &mut State, caller: &Caller) -> Reply {
    let organization = state.organizations.get(caller.at);
    let pool = relationships(caller.call)["default-agent-pool"]["data"]["id"].take();
    let settings = required_attributes(caller.call).and_then(|attributes| {
        settings(state, &attributes, pool.as_str(), &organization.settings, Some(caller.at))
    });
    let settings = match settings {
        Ok(settings) => settings,
        Err(refusal) => return refusal,
    };
    let begins = settings.policy == AuthPolicy::TwoFactorMandatory
        && organization.settings.policy != settings.policy;
    if begins && !organization.owners_conform(&state.accounts) {
        return error::invalid_attribute(
            POLICY,
            "All owners must have two-factor authentication enabled before it can be required",
        );
    }
    state.organizations.get_mut(caller.at).settings = settings;
    Reply::ok(&json!({"data": resource(state, caller)}))
}

/// `DELETE /organizations/:name`, for owners: its tokens end with it. The sandbox's own stays.
pub(crate) fn delete(state: &mut State, caller: &Caller) -> Reply {
    let organization = state.organizations.get(caller.at);
    let id = organization.external_id.clone();
    let teams = organization.teams.iter().map(|team| Holder::Team(team.id.clone()));
    let pools = organization.agent_pools.iter().map(|pool| Holder::AgentPool(pool.id.clone()));
    let own =
        [Holder::Organization(id.clone()), Holder::AuditTrail(id.clone()), Holder::Metrics(id)];
    let holders: Vec<_> = teams.chain(pools).chain(own).collect();
    if !state.organizations.delete(caller.at) {
        return error::forbidden("The sandbox's own organization cannot be deleted");
    }
    holders.iter().for_each(|holder| state.tokens.revoke_all(holder));
    Reply::empty(StatusCode::NO_CONTENT)
}

/// `GET /organizations/:name/entitlement-set`.
pub(crate) fn entitlements(organization: &Organization) -> Reply {
    let paid = organization.plan != Plan::Free;
    Reply::ok(&json!({"data": {
        "id": organization.external_id,
        "type": "entitlement-sets",
        "attributes": {
            "agents": paid,
            "audit-logging": paid,
            "cost-estimation": paid,
            "global-run-tasks": paid,
            "infragraph": paid,
            "infragraph-with-nrtu": false,
            "operations": paid,
            "private-module-registry": true,
            "private-run-tasks": paid,
            "run-tasks": paid,
            "sentinel": paid,
            "sso": paid,
            "state-storage": paid,
            "teams": true,
            "user-limit": null,
            "vcs-integrations": paid,
            "waypoint-actions": false,
            "waypoint-templates-and-addons": paid,
        },
        "links": {"self": format!("/api/v2/entitlement-sets/{}", organization.external_id)},
    }}))
}

const POLICY: &str = "collaborator-auth-policy";

/// Returns the settings with what a request changes of them.
fn settings(
    state: &State,
    attributes: &Value,
    pool: Option<&str>,
    present: &Settings,
    at: Option<usize>,
) -> Result<Settings, Reply> {
    let policy = match &attributes[POLICY] {
        Value::Null => Some(present.policy),
        Value::String(name) => AuthPolicy::from_name(name),
        _ => None,
    };
    let policy = policy.ok_or_else(|| {
        error::invalid_attribute(POLICY, "Collaborator auth policy is not included in the list")
    })?;
    let (default_execution_mode, default_agent_pool) =
        execution(state, attributes, pool, present, at)?;
    let mut switches = present.switches.clone();
    for name in SWITCHES {
        switches.insert(name, switch(attributes, name, present.switches[name])?);
    }
    let saml_role = attributes["owners-team-saml-role-id"].as_str().map(str::to_owned);
    Ok(Settings {
        name: name(state, attributes, present, at)?,
        email: email(attributes, present)?,
        policy,
        session_timeout: minutes(attributes, "session-timeout", present.session_timeout)?,
        session_remember: minutes(attributes, "session-remember", present.session_remember)?,
        user_tokens_enabled: switch(
            attributes,
            "user-tokens-enabled",
            present.user_tokens_enabled,
        )?,
        max_ttl_enabled: switch(attributes, "max-ttl-enabled", present.max_ttl_enabled)?,
        owners_team_saml_role_id: saml_role.or_else(|| present.owners_team_saml_role_id.clone()),
        default_execution_mode,
        default_agent_pool,
        switches,
    })
}

fn name(
    state: &State,
    attributes: &Value,
    present: &Settings,
    at: Option<usize>,
) -> Result<String, Reply> {
    let name = attributes["name"].as_str().unwrap_or(&present.name);
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
    if name.is_empty() || name.len() > 40 || !name.bytes().all(allowed) {
        return Err(error::invalid_attribute(
            "name",
            "Name can only contain letters, numbers, -, and _, 40 of them at most",
        ));
    }
    let other = state.organizations.position(|it| it.name().eq_ignore_ascii_case(name));
    match other.filter(|other| Some(*other) != at) {
        Some(_) => Err(error::invalid_attribute("name", "Name has already been taken")),
        None => Ok(name.to_owned()),
    }
}

fn email(attributes: &Value, present: &Settings) -> Result<String, Reply> {
    match &attributes["email"] {
        Value::Null => Ok(present.email.clone()),
        Value::String(email) if is_email(email) => Ok(email.clone()),
        _ => Err(error::invalid_attribute("email", "Email is invalid")),
    }
}

/// Returns where plans are to run, and which agents are to run them if agents are.
fn execution(
    state: &State,
    attributes: &Value,
    pool: Option<&str>,
    present: &Settings,
    at: Option<usize>,
) -> Result<(ExecutionMode, Option<String>), Reply> {
    const MODE: &str = "default-execution-mode";
    const POOL: &str = "default-agent-pool";
    let mode = match &attributes[MODE] {
        Value::Null => Some(present.default_execution_mode),
        mode => mode.as_str().and_then(ExecutionMode::from_name),
    };
    let mode = mode.ok_or_else(|| {
        error::invalid_attribute(MODE, "Default execution mode must be remote, local or agent")
    })?;
    match (mode, pool.or(present.default_agent_pool.as_deref())) {
        (ExecutionMode::Agent, Some(id)) => {
            let known = at.and_then(|at| state.organizations.get(at).agent_pools.get(id));
            known.map(|pool| (mode, Some(pool.id.clone()))).ok_or_else(error::not_found)
        }
        (ExecutionMode::Agent, None) => Err(error::invalid_attribute(
            POOL,
            "Default agent pool must be specified when using 'agent' execution mode",
        )),
        (_, _) if pool.is_some() => Err(error::invalid_attribute(
            POOL,
            "Default agent pool must not be specified unless using 'agent' execution mode",
        )),
        (mode, _) => Ok((mode, None)),
    }
}

/// Returns a length in minutes; null stands for the default.
fn minutes(attributes: &Value, name: &str, present: Option<u32>) -> Result<Option<u32>, Reply> {
    match attributes.get(name) {
        None => Ok(present),
        Some(Value::Null) => Ok(None),
        Some(value) => {
            let minutes = value.as_u64().and_then(|minutes| minutes.try_into().ok());
            let minutes = minutes.filter(|minutes| *minutes > 0);
            let refused = || error::invalid_attribute(name, "must be a number of minutes from 1");
            minutes.map(Some).ok_or_else(refused)
        }
    }
}

fn answer(status: StatusCode, state: &State, call: &Call, token: &TokenRecord, at: usize) -> Reply {
    match Caller::known(state, call, token, at) {
        Some(caller) => Reply::document(status, &json!({"data": resource(state, &caller)})),
        None => error::not_found(),
    }
}

/// Returns an organization as the caller sees it.
pub(crate) fn resource(state: &State, caller: &Caller) -> Value {
    let organization = state.organizations.get(caller.at);
    let settings = &organization.settings;
    let path = format!("/api/v2/organizations/{}", organization.name());
    let pool = settings.default_agent_pool.as_ref();
    let pool = pool.map(|id| json!({"id": id, "type": "agent-pools"}));
    let mut attributes: Map<String, Value> =
        settings.switches.iter().map(|(name, on)| ((*name).to_owned(), json!(on))).collect();
    let Value::Object(own) = json!({
        "external-id": organization.external_id,
        "name": settings.name,
        "email": settings.email,
        "created-at": iso_8601(organization.created_at),
        "trial-expires-at": null,
        "collaborator-auth-policy": settings.policy.name(),
        "two-factor-conformant": organization.conforms(&state.accounts),
        "session-timeout": settings.session_timeout,
        "session-remember": settings.session_remember,
        "user-tokens-enabled": settings.user_tokens_enabled,
        "max-ttl-enabled": settings.max_ttl_enabled,
        "saml-enabled": false,
        "owners-team-saml-role-id": settings.owners_team_saml_role_id,
        "is-unified": false,
        "default-execution-mode": settings.default_execution_mode.name(),
        "remaining-testable-count": 5,
        "permissions": permissions(caller),
    }) else {
        return Value::Null;
    };
    attributes.extend(own);
    json!({
        "id": organization.name(),
        "type": "organizations",
        "attributes": attributes,
        "relationships": {
            "default-agent-pool": {"data": pool},
            "default-project": {
                "data": {"id": organization.projects.default().id, "type": "projects"},
            },
            "data-retention-policy": {"data": organization.retention.as_ref().map(retention::identifier)},
            "entitlement-set": {
                "data": {"id": organization.external_id, "type": "entitlement-sets"},
                "links": {"related": format!("{path}/entitlement-set")},
            },
        },
        "links": {"self": path},
    })
}

fn permissions(caller: &Caller) -> Value {
    let owns = caller.owns;
    json!({
        "can-update": owns,
        "can-update-api-token": caller.may_manage_organization_tokens(),
        "can-manage-users": owns || caller.manages_membership,
        "can-view-users": owns || caller.manages_membership,
        "can-create-team": caller.manages_teams,
        "can-manage-teams": caller.manages_teams,
        "can-manage-agent-pools": caller.manages_agent_pools,
        "can-create-project": true,
        "can-create-workspace": true,
        "can-manage-auditing": owns,
        "can-manage-no-code-modules": owns,
        "can-deploy-no-code-modules": owns,
        "can-destroy": owns && caller.at != crate::organization::Organizations::HOME,
        "can-traverse": true,
    })
}
