//! The `users` documents of the second generation. Each view shows what the documents say and no
//! more: other people's e-mail addresses and two-factor authentication stay hidden.

use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::account::{Account, TwoFactor};
use crate::token::TokenRecord;

/// `GET /account/details`: one's own account, and the token that asked.
pub(crate) fn own_account(account: &Account, token: &TokenRecord) -> Value {
    let mut attributes = base_attributes(account);
    let verified = account
        .two_factor
        .as_ref()
        .map(|two_factor| two_factor.verified);
    let own = json!({
        "auth-method": "tfc",
        "is-site-admin": false,
        "is-admin": false,
        "is-sso-login": false,
        "email": account.email,
        "unconfirmed-email": null,
        // The reduced view: delivery, number and codes appear in the actions' answers alone.
        "two-factor": {"enabled": verified.is_some(), "verified": verified == Some(true)},
        "permissions": {
            "can-create-organizations": false,
            "can-change-email": false,
            "can-change-username": false,
        },
    });
    merge(&mut attributes, own);
    let mut document = user_document(account, attributes);
    document["data"]["relationships"]["authenticated-resource"] = match &account.organization {
        None => json!({
            "data": {"id": account.id, "type": "users"},
            "links": {"related": user_path(account)},
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
    let mut attributes = base_attributes(account);
    let permissions = json!({"permissions": {
        "can-create-organizations": false,
        "can-change-email": false,
        "can-change-username": false,
    }});
    merge(&mut attributes, permissions);
    user_document(account, attributes)
}

/// The answer of a two-factor action.
pub(crate) fn two_factor(account: &Account, view: View) -> Value {
    let mut attributes = base_attributes(account);
    attributes["two-factor"] = match &account.two_factor {
        Some(two_factor) => two_factor_object(account, two_factor, view),
        None => json!({
            "delivery": null,
            "enabled": false,
            "sms-number": null,
            "verified": false,
        }),
    };
    user_document(account, attributes)
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
            object["provisioning-url"] = json!(provisioning_url(account, secret));
        }
        (View::Provisioning, None) => {}
    }
    object
}

/// As the servers' QR codes read: the label is the bare e-mail address, without a prefix that the
/// issuer could differ from; algorithm, digits and period are the defaults.
fn provisioning_url(account: &Account, secret: &str) -> String {
    format!(
        "otpauth://totp/{}?secret={secret}&issuer=keybelt-sandbox",
        account.email
    )
}

fn base_attributes(account: &Account) -> Value {
    let digest = Sha256::digest(account.email.as_bytes());
    let gravatar = data_encoding::HEXLOWER.encode(&digest[..16]);
    json!({
        "username": account.username,
        "is-service-account": account.organization.is_some(),
        "avatar-url": format!("https://www.gravatar.com/avatar/{gravatar}?s=100&d=mm"),
        "v2-only": false,
    })
}

fn user_document(account: &Account, attributes: Value) -> Value {
    let path = user_path(account);
    json!({"data": {
        "id": account.id,
        "type": "users",
        "attributes": attributes,
        "relationships": {
            "authentication-tokens": {"links": {"related": format!("{path}/authentication-tokens")}},
        },
        "links": {"self": path},
    }})
}

fn user_path(account: &Account) -> String {
    format!("/api/v2/users/{}", account.id)
}

fn merge(object: &mut Value, more: Value) {
    if let (Value::Object(members), Value::Object(more)) = (object, more) {
        members.extend(more);
    }
}
