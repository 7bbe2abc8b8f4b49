//! The `users` documents of the second generation, and how documents are read. Each view shows what
//! the documents say and no more: other people's e-mail addresses and two-factor authentication stay
//! hidden, but from the owners of their organization.

use data_encoding::HEXLOWER;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::error;
use crate::account::{Account, TwoFactor};
use crate::clock::iso_8601;
use crate::exchange::{Call, Reply};
use crate::member::{Enrolment, Invitation, Member, Person};
use crate::organization::{AuthPolicy, Organization};
use crate::token::TokenRecord;

/// Returns `data.attributes` of a request, or null. `data.type` is not checked: the servers' own
/// client sent others than the right one, and go-tfe leaves it empty.
pub(crate) fn attributes(call: &Call) -> Value {
    let mut body = call.json();
    body.pointer_mut("/data/attributes").map(Value::take).unwrap_or_default()
}

/// Returns the same, or the refusal of a body that is no document.
pub(crate) fn required_attributes(call: &Call) -> Result<Value, Reply> {
    let mut body = call.json();
    let data = body.pointer_mut("/data").and_then(Value::as_object_mut);
    let data =
        data.ok_or_else(|| error::unprocessable("The request body has no \"data\" object"))?;
    Ok(data.remove("attributes").unwrap_or_default())
}

/// Returns `data.type` of a request.
pub(crate) fn kind(call: &Call) -> String {
    call.json()["data"]["type"].as_str().unwrap_or_default().to_owned()
}

/// Returns `data.relationships` of a request, or null.
pub(crate) fn relationships(call: &Call) -> Value {
    let mut body = call.json();
    body.pointer_mut("/data/relationships").map(Value::take).unwrap_or_default()
}

/// Returns a switch that a request may set.
pub(crate) fn switch(attributes: &Value, name: &str, present: bool) -> Result<bool, Reply> {
    match attributes.get(name) {
        None => Ok(present),
        Some(value) => {
            let refused = || error::invalid_attribute(name, "must be true or false");
            value.as_bool().ok_or_else(refused)
        }
    }
}

/// `GET /account/details`: one's own account, and the token that asked.
pub(crate) fn own_account(account: &Account, token: &TokenRecord) -> Value {
    let mut attributes = account_attributes(account);
    let own = json!({
        "auth-method": "tfc",
        "is-site-admin": account.is_admin,
        "is-admin": account.is_admin,
        "is-sso-login": false,
        "email": account.email,
        "unconfirmed-email": account.unconfirmed_email,
        // The reduced view: delivery, number and codes appear in the actions' answers alone.
        "two-factor": {
            "enabled": account.two_factor.is_some(),
            "verified": account.has_verified_two_factor(),
        },
        "permissions": {
            "can-create-organizations": true,
            "can-change-email": true,
            "can-change-username": true,
            "can-change-password": true,
        },
    });
    merge(&mut attributes, own);
    let mut document = json!({"data": resource(&account.id, attributes)});
    document["data"]["relationships"]["authenticated-resource"] = json!({
        "data": {"id": account.id, "type": "users"},
        "links": {"related": user_path(&account.id)},
    });
    link_token(&mut document, token);
    document
}

/// `GET /account/details` with a token of no user: the service account that it comes back as. Whose it
/// really is, the authenticated resource says.
pub(crate) fn service_account(
    username: &str,
    resource: (&str, &str),
    token: &TokenRecord,
) -> Value {
    let (kind, id) = resource;
    let email = format!("{username}@sandbox.test");
    let mut attributes = base_attributes(Some(username), &email, true);
    let own = json!({
        "auth-method": "tfc",
        "is-site-admin": false,
        "is-admin": false,
        "is-sso-login": false,
        "email": email,
        "unconfirmed-email": null,
        "two-factor": {"enabled": false, "verified": false},
        "permissions": {
            "can-create-organizations": false,
            "can-change-email": false,
            "can-change-username": false,
            "can-change-password": false,
        },
    });
    merge(&mut attributes, own);
    let digest = HEXLOWER.encode(&Sha256::digest(username.as_bytes())[..8]);
    let mut document = json!({"data": self::resource(&format!("user-{digest}"), attributes)});
    document["data"]["relationships"]["authenticated-resource"] = json!({
        "data": {"id": id, "type": kind},
        "links": {"related": format!("/api/v2/{kind}/{id}")},
    });
    link_token(&mut document, token);
    document
}

fn link_token(document: &mut Value, token: &TokenRecord) {
    document["data"]["links"]["auth-token"] =
        json!(format!("/api/v2/authentication-tokens/{}", token.id));
}

/// `GET /users/:id`: anyone's account.
pub(crate) fn user(account: &Account) -> Value {
    outline(&account.id, account_attributes(account))
}

/// Anyone in the organization, as `GET /users/:id` shows them.
pub(crate) fn person(person: &Person) -> Value {
    outline(&person.user_id(), person_attributes(person))
}

/// A member as the owners of the organization see it.
pub(crate) fn member(person: &Person) -> Value {
    let mut attributes = person_attributes(person);
    attributes["email"] = json!(person.email);
    attributes["is-sso-login"] = json!(person.is_sso_login);
    if let Some(method) = person.auth_method {
        attributes["auth-method"] = json!(method);
    }
    if let Some(Enrolment { enabled, verified }) = person.two_factor {
        attributes["two-factor"] = json!({"enabled": enabled, "verified": verified});
    }
    resource(&person.user_id(), attributes)
}

/// A membership; who may see it sees the e-mail address too.
pub(crate) fn membership(organization: &Organization, member: Member, person: &Person) -> Value {
    let teams: Vec<_> = match member {
        Member::Account(account) => organization
            .teams_of(account)
            .map(|team| json!({"id": team.id, "type": "teams"}))
            .collect(),
        Member::Synthetic(_) => Vec::new(),
    };
    let created_at = match member {
        Member::Account(account) => organization.membership_of(account).map(|it| it.created_at),
        Member::Synthetic(_) => None,
    };
    let mut resource = json!({
        "id": organization.membership_id(member),
        "type": "organization-memberships",
        "attributes": {
            "status": if organization.is_invited(member) { "invited" } else { "active" },
            "email": person.email,
            "created-at": iso_8601(created_at.unwrap_or(organization.created_at)),
        },
        "relationships": {
            "teams": {"data": teams},
            "user": {"data": {"id": person.user_id(), "type": "users"}},
            "organization": {"data": {"id": organization.name(), "type": "organizations"}},
        },
    });
    if let Some(invitation) = person.invitation {
        let required = organization.settings.policy == AuthPolicy::TwoFactorMandatory;
        let told = (invitation == Invitation::Full).then_some(required);
        resource["attributes"]["is-org-two-factor-required"] = json!(told);
    }
    resource
}

fn outline(id: &str, mut attributes: Value) -> Value {
    attributes["permissions"] = json!({
        "can-create-organizations": false,
        "can-change-email": false,
        "can-change-username": false,
    });
    json!({"data": resource(id, attributes)})
}

/// The answer of a two-factor action.
pub(crate) fn two_factor(account: &Account, view: View) -> Value {
    let mut attributes = account_attributes(account);
    attributes["two-factor"] = match &account.two_factor {
        Some(two_factor) => two_factor_object(account, two_factor, view),
        None => json!({
            "delivery": null,
            "enabled": false,
            "sms-number": null,
            "verified": false,
        }),
    };
    json!({"data": resource(&account.id, attributes)})
}

/// Which secrets an answer about two-factor authentication carries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum View {
    /// What to set up the app with, while it is not verified.
    Provisioning,
    /// The recovery codes: only in the answer to verify.
    RecoveryCodes,
}

fn two_factor_object(account: &Account, two_factor: &TwoFactor, view: View) -> Value {
    let mut object = json!({
        "delivery": two_factor.delivery.name(),
        "enabled": true,
        "sms-number": two_factor.sms_number,
        "verified": two_factor.verified,
    });
    match (view, &two_factor.secret) {
        (View::RecoveryCodes, _) => {
            object["recovery-codes"] = json!(two_factor.recovery_codes);
            object["used-recovery-codes"] = json!(two_factor.used_recovery_codes);
        }
        (View::Provisioning, Some(secret)) => {
            object["provisioning-url"] = json!(account.provisioning_url(secret));
        }
        (View::Provisioning, None) => {}
    }
    object
}

fn account_attributes(account: &Account) -> Value {
    base_attributes(account.username.as_deref(), &account.email, account.is_service_account)
}

fn person_attributes(person: &Person) -> Value {
    base_attributes(person.username.as_deref(), &person.email, person.is_service_account)
}

fn base_attributes(username: Option<&str>, email: &str, is_service_account: bool) -> Value {
    let digest = Sha256::digest(email.as_bytes());
    let gravatar = HEXLOWER.encode(&digest[..16]);
    json!({
        "username": username,
        "is-service-account": is_service_account,
        "avatar-url": format!("https://www.gravatar.com/avatar/{gravatar}?s=100&d=mm"),
        "v2-only": false,
    })
}

fn resource(id: &str, attributes: Value) -> Value {
    let path = user_path(id);
    json!({
        "id": id,
        "type": "users",
        "attributes": attributes,
        "relationships": {
            "authentication-tokens": {"links": {"related": format!("{path}/authentication-tokens")}},
        },
        "links": {"self": path},
    })
}

fn user_path(id: &str) -> String {
    format!("/api/v2/users/{id}")
}

fn merge(object: &mut Value, more: Value) {
    if let (Value::Object(members), Value::Object(more)) = (object, more) {
        members.extend(more);
    }
}
