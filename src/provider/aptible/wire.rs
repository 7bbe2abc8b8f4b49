//! Aptible's documents, both ways: HAL+JSON, read as loosely as the vendor's own clients read them.
//!
//! Both forms of `expires_at`, ids of any form, relations that are missing, `null` or `{}` (protocol: aptible
//! 0.1 and 1.2). Of an error only its slug counts, never its wording and hardly its status.

use jiff::Timestamp;
use secrecy::{ExposeSecret, SecretString};
use serde_json::{Value, json};

use super::claims::Claims;
use crate::failure::Failure;
use crate::http::Reply;
use crate::provider::parse::{identifier, single_line};
use crate::provider::{Challenge, Scope, SignIn};
use crate::token::{NewToken, Token};
use crate::two_factor::{Delivery, ListedCode, RecoveryCode, TwoFactor, VerificationCode};

pub(super) fn sign_in(request: &SignIn<'_>) -> SecretString {
    let scope = match request.scope {
        Scope::Manage => "manage",
        Scope::Elevated => "elevated",
    };
    let mut body = json!({
        "grant_type": "password",
        "username": request.username.as_str(),
        "password": request.password.expose_secret(),
        "scope": scope,
        "expires_in": request.expires_in.seconds(),
    });
    if let Some(code) = request.code {
        body["otp_token"] = json!(code.secret().expose_secret());
    }
    if let Some(attempt) = request.previous_attempt {
        body["previous_login_attempt_id"] = json!(attempt.as_str());
    }
    body.to_string().into()
}

/// Links a configuration and proves it: both in one request, so that nobody can swap one for another.
pub(super) fn enable(configuration: &str, code: &VerificationCode) -> SecretString {
    json!({
        "otp_enabled": true,
        "current_otp_configuration": configuration,
        "otp_token": code.secret().expose_secret(),
    })
    .to_string()
    .into()
}

pub(super) fn disable() -> SecretString {
    json!({ "otp_enabled": false }).to_string().into()
}

/// Checks a new password against the rules that the vendor documents (protocol: aptible 3.6).
pub(super) fn check_password(new: &SecretString) -> Result<(), Failure> {
    let password = new.expose_secret();
    let has = |is: fn(char) -> bool| password.chars().any(is);
    let is_other = |c: char| c.is_ascii_digit() || !c.is_alphanumeric();
    let is_long_enough = password.chars().count() >= 10 && password.len() <= 72;
    if is_long_enough && has(char::is_uppercase) && has(char::is_lowercase) && has(is_other) {
        return Ok(());
    }
    Err(Failure::usage("Aptible rejected the new password").hint(
        "10 characters at least and 72 bytes at most, with an upper-case and a lower-case letter, and a digit or a special character",
    ))
}

pub(super) fn change_password(new: &SecretString) -> SecretString {
    json!({ "type": "update-password", "password": new.expose_secret() }).to_string().into()
}

pub(super) fn revoke_others(kept: &[String]) -> SecretString {
    json!({ "except_tokens": kept }).to_string().into()
}

/// Reads the token that a sign-in made.
pub(super) fn new_token(reply: &Reply) -> Option<NewToken> {
    let body: Value = serde_json::from_slice(&reply.body).ok()?;
    let token = Token::new(body.get("access_token")?.as_str()?)?;
    let claims = Claims::new(&token);
    Some(NewToken {
        id: identifier(body.get("id")).or_else(|| claims.id()),
        expires_at: moment(body.get("expires_at")).or_else(|| claims.expires_at()),
        server_time: reply.server_time,
        token,
    })
}

/// Reads a moment: ISO 8601, or seconds since 1970.
pub(super) fn moment(value: Option<&Value>) -> Option<Timestamp> {
    match value? {
        Value::String(text) => {
            text.parse().ok().or_else(|| Timestamp::from_second(text.parse().ok()?).ok())
        }
        Value::Number(number) => Timestamp::from_second(number.as_i64()?).ok(),
        _ => None,
    }
}

/// What an error says, for deciding and for showing.
pub(super) struct ErrorBody {
    slug: String,
    document: Value,
}

impl ErrorBody {
    /// Reads an error; a blank one if the answer is none.
    pub(super) fn new(reply: &Reply) -> Self {
        let document: Value = serde_json::from_slice(&reply.body).unwrap_or_default();
        let slug = document.get("error").and_then(Value::as_str);
        Self { slug: slug.unwrap_or_default().to_owned(), document }
    }

    /// Returns the machine's word.
    pub(super) fn as_str(&self) -> &str {
        &self.slug
    }

    /// Returns how codes can be had, and which attempt the next one completes.
    pub(super) fn challenge(&self) -> Challenge {
        Challenge {
            default: Delivery::App,
            deliveries: vec![Delivery::App],
            attempt: identifier(
                self.document.pointer("/exception_context/failed_login_attempt_id"),
            ),
        }
    }

    /// Returns what the server says in its own words.
    pub(super) fn text(&self, status: u16) -> String {
        let message = self.document.get("message").and_then(Value::as_str);
        match (self.slug.as_str(), message) {
            ("", None) => format!("status {status}"),
            (slug, None) => format!("{status}: {}", single_line(slug)),
            ("", Some(message)) => format!("{status}: {}", single_line(message)),
            (slug, Some(message)) => {
                format!("{status}: {}: {}", single_line(slug), single_line(message))
            }
        }
    }
}

/// Reads whether two-factor authentication is on. Aptible knows no state between off and on.
pub(super) fn two_factor(user: &Value) -> Option<TwoFactor> {
    let enabled = user.get("otp_enabled")?.as_bool()?;
    Some(TwoFactor {
        enabled,
        verified: enabled,
        delivery: enabled.then_some(Delivery::App),
        sms_number: None,
    })
}

pub(super) fn provisioning_url(configuration: &Value) -> Option<SecretString> {
    let url = configuration.get("otp_uri")?.as_str()?;
    (!url.is_empty()).then(|| url.to_owned().into())
}

/// Reads the recovery codes, and counts those that cannot be shown. Numbers are codes too.
pub(super) fn recovery_codes(codes: &[Value]) -> (Vec<ListedCode>, usize) {
    let read = |code: &Value| {
        let recovery_code = match code.get("value")? {
            Value::String(text) => RecoveryCode::new(text),
            Value::Number(number) => RecoveryCode::new(&number.to_string()),
            _ => None,
        };
        Some(ListedCode {
            code: recovery_code?,
            is_used: code.get("used").and_then(Value::as_bool).unwrap_or(false),
        })
    };
    let readable: Vec<ListedCode> = codes.iter().filter_map(read).collect();
    let unreadable = codes.len() - readable.len();
    (readable, unreadable)
}

/// Reads how many tokens were ended, where the server tells.
pub(super) fn revoked(reply: &Reply) -> Option<u64> {
    let body: Value = serde_json::from_slice(&reply.body).ok()?;
    body.get("revoked")?.as_u64()
}

/// Returns the resources of a collection; `None` if it is none.
pub(super) fn embedded<'a>(collection: &'a Value, plural: &str) -> Option<&'a Vec<Value>> {
    collection.get("_embedded")?.get(plural)?.as_array()
}
