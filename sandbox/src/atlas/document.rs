//! The `users` documents of the second generation, and how documents are read. Each view shows what
//! the documents say and no more: other people's e-mail addresses and two-factor authentication stay
//! hidden, but from the owners of their organization.

use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::error;
use crate::account::{Account, TwoFactor};
use crate::exchange::{Call, Reply};
use crate::member::{Enrolment, Person};
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

/// `GET /account/details`: one's own account, and the token that asked.
pub(crate) fn own_account(account: &Account, token: &TokenRecord) -> Value {
    let mut attributes = account_attributes(account);
    let own = json!({
        "auth-method": "tfc",
        "is-site-admin": false,
        "is-admin": false,
        "is-sso-login": false,
        "email": account.email,
        "unconfirmed-email": account.unconfirmed_email,
        // The reduced view: delivery, number and codes appear in the actions' answers alone.
        "two-factor": {
            "enabled": account.two_factor.is_some(),
            "verified": account.has_verified_two_factor(),
        },
        "permissions": {
            "can-create-organizations": false,
            "can-change-email": true,
            "can-change-username": true,
            "can-change-password": true,
        },
    });
    merge(&mut attributes, own);
    let mut document = json!({"data": resource(&account.id, attributes)});
    document["data"]["relationships"]["authenticated-resource"] = match &account.organization {
        None => json!({
            "data": {"id": account.id, "type": "users"},
            "links": {"related": user_path(&account.id)},
        }),
        Some(name) => json!({
            "data": {"id": name, "type": "organizations"},
            "links": {"related": format!("/api/v2/organizations/{name}")},
        }),
    };
    document["data"]["links"]["auth-token"] =
        json!(format!("/api/v2/authentication-tokens/{}", token.id));
    document
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
    let is_service_account = account.organization.is_some();
    base_attributes(Some(&account.username), &account.email, is_service_account)
}

fn person_attributes(person: &Person) -> Value {
    base_attributes(person.username.as_deref(), &person.email, person.is_service_account)
}

fn base_attributes(username: Option<&str>, email: &str, is_service_account: bool) -> Value {
    let digest = Sha256::digest(email.as_bytes());
    let gravatar = data_encoding::HEXLOWER.encode(&digest[..16]);
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
