//! Atlas's documents, both ways.
//!
//! Answers are read as loosely as the vendor's own clients read them: attributes may be missing, unknown or
//! of another type, ids may be numbers, errors come in four shapes (protocol: atlas 2.3 and 1.2). Only what
//! is used is looked at, so a wrong type elsewhere breaks nothing.

use std::collections::HashSet;

use jiff::Timestamp;
use secrecy::{ExposeSecret, SecretString};
use serde_json::{Value, json};

use super::list::PageInfo;
use crate::account::{Account, AccountName, Holder, Identifier};
use crate::failure::Failure;
use crate::host::Host;
use crate::http::Reply;
use crate::lifetime::Lifetime;
use crate::provider::parse::{account_name, identifier, no_account, single_line};
use crate::provider::{Challenge, PasswordChange, SignIn};
use crate::token::{NewToken, Token, TokenInfo};
use crate::two_factor::{Delivery, Enrolment, RecoveryCode, TwoFactor, VerificationCode};

pub(super) mod made_tokens;
pub(super) mod members;
pub(super) mod memberships;
pub(super) mod organization_tokens;
pub(super) mod organizations;
pub(super) mod site_users;
pub(super) mod token_limits;

pub(super) fn sign_in(request: &SignIn<'_>) -> SecretString {
    let mut body = json!({
        "user": { "login": request.username.as_str(), "password": request.password.expose_secret() },
        "token": { "description": request.description },
    });
    if let Some(code) = request.code {
        body["two_factor"] = json!({ "code": code.secret().expose_secret() });
    }
    body.to_string().into()
}

pub(super) fn request_code(username: &AccountName, password: &SecretString) -> SecretString {
    json!({
        "two_factor": { "delivery_method": "sms" },
        "user": { "login": username.as_str(), "password": password.expose_secret() },
    })
    .to_string()
    .into()
}

pub(super) fn enable(enrolment: &Enrolment) -> SecretString {
    let mut attributes = json!({ "delivery": enrolment.delivery.as_str() });
    if let Some(number) = &enrolment.sms_number {
        attributes["sms-number"] = json!(number.as_str());
    }
    users_document(&attributes)
}

pub(super) fn verify(code: &VerificationCode) -> SecretString {
    users_document(&json!({ "code": code.secret().expose_secret() }))
}

/// The one document of the modern API whose keys have underscores (protocol: atlas 2.2).
pub(super) fn change_password(change: &PasswordChange<'_>) -> SecretString {
    users_document(&json!({
        "current_password": change.current.map(|current| current.expose_secret()),
        "password": change.new.expose_secret(),
        "password_confirmation": change.new.expose_secret(),
    }))
}

fn users_document(attributes: &Value) -> SecretString {
    json!({ "data": { "type": "users", "attributes": attributes } }).to_string().into()
}

/// Reads the token that a sign-in made.
pub(super) fn new_token(reply: &Reply) -> Option<NewToken> {
    let body: Value = serde_json::from_slice(&reply.body).ok()?;
    Some(NewToken {
        token: Token::new(body.get("token")?.as_str()?)?,
        id: identifier(body.get("id")),
        expires_at: timestamp(body.get("expires_at").or_else(|| body.get("expired_at"))),
        server_time: reply.server_time,
    })
}

/// Writes the form that exchanges a code for a token (RFC 6749 §4.1.3, RFC 7636 §4.5).
pub(super) fn exchange(
    client: &str,
    code: &SecretString,
    verifier: &SecretString,
    redirect_uri: &str,
) -> SecretString {
    url::form_urlencoded::Serializer::new(String::new())
        .append_pair("grant_type", "authorization_code")
        .append_pair("client_id", client)
        .append_pair("code", code.expose_secret())
        .append_pair("code_verifier", verifier.expose_secret())
        .append_pair("redirect_uri", redirect_uri)
        .finish()
        .into()
}

/// Reads the token that a code was exchanged for (RFC 6749 §5.1).
pub(super) fn exchanged_token(reply: &Reply) -> Option<NewToken> {
    let body: Value = serde_json::from_slice(&reply.body).ok()?;
    let lifetime = body.get("expires_in").and_then(Value::as_i64).and_then(Lifetime::from_seconds);
    Some(NewToken {
        token: Token::new(body.get("access_token")?.as_str()?)?,
        id: None,
        expires_at: lifetime.zip(reply.server_time).map(|(lifetime, now)| lifetime.after(now)),
        server_time: reply.server_time,
    })
}

/// Reads the challenge that comes with a 406; `None` if the body holds none.
pub(super) fn challenge(body: &[u8]) -> Option<Challenge> {
    let body: Value = serde_json::from_slice(body).ok()?;
    let two_factor = body.get("two_factor")?.as_object()?;
    let word = |value: &Value| value.as_str().and_then(Delivery::new);
    let deliveries: Vec<Delivery> = two_factor
        .get("delivery_methods")
        .and_then(Value::as_array)
        .map(|methods| methods.iter().filter_map(word).collect())
        .unwrap_or_default();
    let default = two_factor
        .get("default_delivery_method")
        .and_then(word)
        .or_else(|| deliveries.first().copied())
        .unwrap_or(Delivery::App);
    Some(Challenge { default, deliveries, attempt: None })
}

pub(super) fn masked_number(body: &[u8]) -> Option<String> {
    let body: Value = serde_json::from_slice(body).ok()?;
    body.pointer("/two_factor/obfuscated_destination")?.as_str().map(single_line)
}

/// Reads an account document of the modern API.
pub(super) fn account(document: &Value, host: &Host) -> Result<Account, Failure> {
    let data = document.get("data").ok_or_else(|| no_account(host))?;
    let attributes = data.get("attributes").unwrap_or(&Value::Null);
    let token_link = document
        .pointer("/links/auth-token")
        .or_else(|| data.pointer("/links/auth-token"))
        .and_then(Value::as_str)
        .and_then(|link| link.rsplit('/').next());
    Ok(Account {
        name: account_name(attributes.get("username"), host)?,
        holder: holder(data),
        id: identifier(data.get("id")),
        email: attributes.get("email").and_then(Value::as_str).map(single_line),
        token_id: token_link.and_then(Identifier::new),
        token_expires_at: None,
        two_factor: two_factor(document),
        managed_by: managed_by(attributes),
        is_sudo: attributes.get("is-sudo").and_then(Value::as_bool),
    })
}

/// Reads whom the account stands for: tokens of teams and organizations have service accounts (protocol:
/// atlas 3.1).
fn holder(data: &Value) -> Holder {
    let owner = data.pointer("/relationships/authenticated-resource/data");
    let part = |name: &str| owner.and_then(|owner| owner.get(name));
    let is_service = data.pointer("/attributes/is-service-account") == Some(&Value::Bool(true));
    match (part("type").and_then(Value::as_str), identifier(part("id")), is_service) {
        (Some("teams"), Some(id), _) => Holder::Team(id),
        (Some("organizations"), Some(name), _) => Holder::Organization(name),
        (_, _, true) => Holder::Service,
        (_, _, false) => Holder::User,
    }
}

/// Tells who looks after password and second factor of an account that came from elsewhere.
fn managed_by(attributes: &Value) -> Option<&'static str> {
    let auth_method = attributes.get("auth-method").and_then(Value::as_str).unwrap_or_default();
    match auth_method {
        "hcp_github" => Some("GitHub, https://github.com/settings/security"),
        "hcp_sso" => Some("your organization's identity provider, through HCP"),
        _ if auth_method.starts_with("hcp_") => {
            Some("the HCP account, https://portal.cloud.hashicorp.com")
        }
        _ if attributes.get("is-sso-login") == Some(&Value::Bool(true)) => {
            Some("your organization's identity provider, through single sign-on (SAML)")
        }
        _ => None,
    }
}

/// Reads what the classic API says of a token's account. Some servers name nobody (protocol: atlas 1.4):
/// then it is whom the token is known to be for. A name that no account has is refused all the same.
pub(super) fn classic_account(
    body: &[u8],
    host: &Host,
    known_as: Option<&AccountName>,
) -> Result<Account, Failure> {
    let document: Value = serde_json::from_slice(body).unwrap_or_default();
    let name = match document.pointer("/user/username").filter(|name| !name.is_null()) {
        Some(name) => account_name(Some(name), host)?,
        None => known_as.cloned().ok_or_else(|| no_account(host))?,
    };
    Ok(Account {
        name,
        holder: Holder::User,
        id: None,
        email: None,
        token_id: None,
        token_expires_at: None,
        two_factor: None,
        managed_by: None,
        is_sudo: None,
    })
}

/// Reads the state of two-factor authentication; `None` unless both booleans are there.
pub(super) fn two_factor(document: &Value) -> Option<TwoFactor> {
    let state = document.pointer("/data/attributes/two-factor")?;
    let told = |name: &str| state.get(name).and_then(Value::as_bool);
    Some(TwoFactor { enabled: told("enabled")?, verified: told("verified")?, ..verified(document) })
}

/// Reads what else is said of two-factor authentication that is surely on.
pub(super) fn verified(document: &Value) -> TwoFactor {
    let state = document.pointer("/data/attributes/two-factor").unwrap_or(&Value::Null);
    TwoFactor {
        enabled: true,
        verified: true,
        delivery: state.get("delivery").and_then(Value::as_str).and_then(Delivery::new),
        sms_number: state
            .get("sms-number")
            .and_then(Value::as_str)
            .filter(|number| !number.is_empty())
            .map(single_line),
    }
}

pub(super) fn provisioning_url(document: &Value) -> Option<SecretString> {
    let url = document.pointer("/data/attributes/two-factor/provisioning-url")?.as_str()?;
    (!url.is_empty()).then(|| url.to_owned().into())
}

/// Reads the recovery codes, and counts those that cannot be shown. Numbers are codes too.
pub(super) fn recovery_codes(document: &Value) -> (Vec<RecoveryCode>, usize) {
    let codes =
        document.pointer("/data/attributes/two-factor/recovery-codes").and_then(Value::as_array);
    let codes = codes.map(Vec::as_slice).unwrap_or_default();
    let read = |code: &Value| match code {
        Value::String(text) => RecoveryCode::new(text),
        Value::Number(number) => RecoveryCode::new(&number.to_string()),
        _ => None,
    };
    let readable: Vec<RecoveryCode> = codes.iter().filter_map(read).collect();
    let unreadable = codes.len() - readable.len();
    (readable, unreadable)
}

pub(super) fn create_token(description: &str, expires_at: Option<Timestamp>) -> SecretString {
    let mut attributes = json!({ "description": description });
    if let Some(moment) = expires_at {
        attributes["expired-at"] = json!(timestamp_text(moment));
    }
    json!({ "data": { "type": "authentication-tokens", "attributes": attributes } })
        .to_string()
        .into()
}

pub(super) fn created_token(document: &Value) -> Option<(TokenInfo, Token)> {
    let data = document.get("data")?;
    let token = data.pointer("/attributes/token")?.as_str().and_then(Token::new)?;
    Some((token_info(data)?, token))
}

/// Reads what is told of one token.
pub(super) fn token(document: &Value) -> Option<TokenInfo> {
    token_info(document.get("data")?)
}

/// Adds a page of tokens to those that were found before, each once. One that could not be named could not be
/// ended either, so none is left out.
pub(super) fn tokens(
    document: &Value,
    found: &mut Vec<TokenInfo>,
    seen: &mut HashSet<Identifier>,
    host: &Host,
) -> Result<PageInfo, Failure> {
    let before = found.len();
    for token in rows(document, host)? {
        let token = token_info(token).ok_or_else(|| {
            Failure::unavailable(format!("`{host}` listed a token without a valid ID"))
                .hint("the server's own page lists all of them")
        })?;
        if seen.insert(token.id.clone()) {
            found.push(token);
        }
    }
    Ok(page_info(document, found.len() - before))
}

/// Returns the rows of a page. A document without rows is no page: what lists nothing would seem to be nothing.
fn rows<'a>(document: &'a Value, host: &Host) -> Result<&'a Vec<Value>, Failure> {
    document
        .get("data")
        .and_then(Value::as_array)
        .ok_or_else(|| Failure::unavailable(format!("`{host}` returned no list")))
}

fn token_info(data: &Value) -> Option<TokenInfo> {
    let attribute = |name: &str| data.get("attributes").and_then(|attributes| attributes.get(name));
    Some(TokenInfo {
        id: identifier(data.get("id"))?,
        description: attribute("description")
            .and_then(Value::as_str)
            .filter(|text| !text.is_empty())
            .map(single_line),
        created_at: timestamp(attribute("created-at")),
        last_used_at: timestamp(attribute("last-used-at")),
        expires_at: timestamp(attribute("expired-at")),
    })
}

/// Reads where a page stands in its list. Whoever does not tell how many pages there are may tell of the next.
fn page_info(document: &Value, new_rows: usize) -> PageInfo {
    let pagination = document.pointer("/meta/pagination");
    let told = |name: &str| pagination.and_then(|told| told.get(name)?.as_u64());
    PageInfo { pages: told("total-pages").or_else(|| told("next-page")), new_rows }
}

/// Reads the errors of an answer, bounded: strings, objects with `title`/`detail` or `message`,
/// or lists by field.
pub(super) fn errors(body: &[u8]) -> Vec<String> {
    let Ok(body) = serde_json::from_slice::<Value>(body) else {
        return Vec::new();
    };
    match body.get("errors") {
        Some(Value::Array(errors)) => errors.iter().take(3).filter_map(error_text).collect(),
        Some(Value::Object(fields)) => fields
            .iter()
            .take(3)
            .filter_map(|(field, texts)| {
                let text = texts.as_array().and_then(|texts| texts.first()).unwrap_or(texts);
                text.as_str().map(|text| single_line(&format!("{field} {text}")))
            })
            .collect(),
        _ => Vec::new(),
    }
}

fn error_text(error: &Value) -> Option<String> {
    let part = |name: &str| error.get(name).and_then(Value::as_str);
    let text = match (error.as_str(), part("title"), part("detail"), part("message")) {
        (Some(text), ..) => text.to_owned(),
        (_, Some(title), Some(detail), _) if title != detail => format!("{title}: {detail}"),
        (_, Some(text), ..) | (_, _, Some(text), _) | (.., Some(text)) => text.to_owned(),
        _ => return None,
    };
    Some(single_line(&text))
}

/// Writes a moment as the servers do.
fn timestamp_text(moment: Timestamp) -> String {
    moment.strftime("%Y-%m-%dT%H:%M:%S.000Z").to_string()
}

fn timestamp(value: Option<&Value>) -> Option<Timestamp> {
    value?.as_str()?.parse().ok()
}
