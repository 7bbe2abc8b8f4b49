//! Organizations: who is in one sees it, and its owners change what it demands of its members.

use hyper::StatusCode;
use jiff::SignedDuration;
use serde_json::{Value, json};

use super::document::{attributes, required_attributes};
use super::error;
use super::paging::whole_or_page;
use crate::account::Accounts;
use crate::clock::iso_8601;
use crate::exchange::{Call, Reply};
use crate::organization::{AuthPolicy, Organization, Role, Settings};
use crate::state::State;
use crate::token::TokenRecord;

/// `GET /organizations`: those that the caller belongs to.
pub(crate) fn list(state: &State, call: &Call, token: &TokenRecord) -> Reply {
    let query = call.query();
    let organization = &state.organization;
    let role = organization.role(token.owner);
    let fits = |parameter: &str, texts: &[&str]| {
        let wanted = query.get(parameter).unwrap_or_default().to_lowercase();
        texts.iter().any(|text| text.contains(&wanted))
    };
    let (name, email) = (organization.name.as_str(), organization.email.as_str());
    let found = role != Role::Stranger
        && fits("q", &[name, email])
        && fits("q[name]", &[name])
        && fits("q[email]", &[email]);
    let found: Vec<_> = found.then_some(organization).into_iter().collect();
    let document = whole_or_page(call, &found, |it| resource(it, &state.accounts, role));
    Reply::document(StatusCode::OK, &document)
}

/// `GET /organizations/:name`.
pub(crate) fn show(state: &State, role: Role) -> Reply {
    let data = resource(&state.organization, &state.accounts, role);
    Reply::document(StatusCode::OK, &json!({"data": data}))
}

/// `PATCH /organizations/:name`, for owners: all of what it names is changed, or nothing. What this
/// server does not keep is ignored.
pub(crate) fn update(state: &mut State, call: &Call) -> Reply {
    let organization = &state.organization;
    let read = |attributes: Value| settings(&attributes, &organization.settings);
    let settings = match required_attributes(call).and_then(read) {
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
    state.organization.settings = settings;
    show(state, Role::Owner)
}

/// `GET /organizations/:name/token-ttl-policies`, for owners: the limits on all kinds of tokens,
/// whether they hold or not.
pub(crate) fn token_limits(state: &State) -> Reply {
    let organization = &state.organization;
    let limits = organization.token_limits.iter();
    let resources: Vec<_> = limits
        .map(|limit| {
            let milliseconds = i64::try_from(limit.lifetime.as_millis()).unwrap_or(i64::MAX);
            json!({
                "id": limit.id,
                "type": "organization-token-ttl-policies",
                "attributes": {
                    "token-type": limit.kind,
                    "max-ttl-ms": milliseconds,
                    "created-at": iso_8601(organization.created_at),
                    "updated-at": iso_8601(limit.updated_at),
                },
            })
        })
        .collect();
    Reply::document(StatusCode::OK, &json!({"data": resources}))
}

/// `PATCH /organizations/:name/token-ttl-policies`, for owners: all limits that it names are set, or
/// none. Tokens that exist keep their expiry, which never changes.
pub(crate) fn set_token_limits(state: &mut State, call: &Call) -> Reply {
    const NAME: &str = "token-ttl-policies";
    let now = state.now();
    let attributes = attributes(call);
    let mut limits = state.organization.token_limits.clone();
    let entries = attributes[NAME].as_array();
    let set = entries.into_iter().flatten().try_for_each(|entry| {
        let milliseconds = entry["max-ttl-ms"].as_i64().filter(|length| *length > 0)?;
        let kind = entry["token-type"].as_str()?;
        limits.set(kind, SignedDuration::from_millis(milliseconds), now)
    });
    if set.is_none() || entries.is_none_or(Vec::is_empty) {
        let detail = "Each needs a known token-type and a max-ttl-ms from 1";
        return error::invalid_attribute(NAME, detail);
    }
    state.organization.token_limits = limits;
    token_limits(state)
}

const POLICY: &str = "collaborator-auth-policy";

/// Returns the settings with what a request changes of them.
fn settings(attributes: &Value, present: &Settings) -> Result<Settings, Reply> {
    let policy = match &attributes[POLICY] {
        Value::Null => Some(present.policy),
        Value::String(name) => AuthPolicy::from_name(name),
        _ => None,
    };
    let policy = policy.ok_or_else(|| {
        error::invalid_attribute(POLICY, "Collaborator auth policy is not included in the list")
    })?;
    Ok(Settings {
        policy,
        session_timeout: minutes(attributes, "session-timeout", present.session_timeout)?,
        session_remember: minutes(attributes, "session-remember", present.session_remember)?,
        user_tokens_enabled: switch(
            attributes,
            "user-tokens-enabled",
            present.user_tokens_enabled,
        )?,
        max_ttl_enabled: switch(attributes, "max-ttl-enabled", present.max_ttl_enabled)?,
    })
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

fn switch(attributes: &Value, name: &str, present: bool) -> Result<bool, Reply> {
    match attributes.get(name) {
        None => Ok(present),
        Some(value) => {
            let refused = || error::invalid_attribute(name, "must be true or false");
            value.as_bool().ok_or_else(refused)
        }
    }
}

/// Returns an organization as someone with this role sees it.
pub(crate) fn resource(organization: &Organization, accounts: &Accounts, role: Role) -> Value {
    let owns = role == Role::Owner;
    let settings = &organization.settings;
    let path = format!("/api/v2/organizations/{}", organization.name);
    json!({
        "id": organization.name,
        "type": "organizations",
        "attributes": {
            "external-id": organization.external_id,
            "name": organization.name,
            "email": organization.email,
            "created-at": iso_8601(organization.created_at),
            "collaborator-auth-policy": settings.policy.name(),
            "two-factor-conformant": organization.conforms(accounts),
            "session-timeout": settings.session_timeout,
            "session-remember": settings.session_remember,
            "user-tokens-enabled": settings.user_tokens_enabled,
            "max-ttl-enabled": settings.max_ttl_enabled,
            "saml-enabled": false,
            "owners-team-saml-role-id": null,
            "is-unified": false,
            "default-execution-mode": "local",
            "permissions": {
                "can-update": owns,
                "can-manage-users": owns,
                "can-view-users": owns,
                "can-create-team": false,
                "can-create-workspace": true,
                "can-destroy": false,
                "can-traverse": true,
            },
        },
        "relationships": {
            "entitlement-set": {
                "data": {"id": organization.external_id, "type": "entitlement-sets"},
                "links": {"related": format!("{path}/entitlement-set")},
            },
        },
        "links": {"self": path},
    })
}
