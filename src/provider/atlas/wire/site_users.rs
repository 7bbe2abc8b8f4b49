//! Documents of an installation's users (protocol: tokens-and-administration 6).

use std::collections::HashSet;

use serde_json::Value;

use super::super::list::PageInfo;
use super::{page_info, rows};
use crate::account::Identifier;
use crate::failure::Failure;
use crate::host::Host;
use crate::organization::MemberState;
use crate::provider::parse::{identifier, single_line};
use crate::site_user::SiteUser;

/// Hands on a page of users, each once. One that could not be named could not be acted on, so none is left out.
pub(in super::super) fn page(
    document: &Value,
    seen: &mut HashSet<Identifier>,
    host: &Host,
    visit: &mut dyn FnMut(SiteUser),
) -> Result<PageInfo, Failure> {
    let before = seen.len();
    for row in rows(document, host)? {
        let user = user(row).ok_or_else(|| {
            Failure::unavailable(format!("`{host}` lists a user without a valid ID"))
        })?;
        if seen.insert(user.id.clone()) {
            visit(user);
        }
    }
    Ok(page_info(document, seen.len() - before))
}

/// Reads the document of one user.
pub(in super::super) fn one(document: &Value) -> Option<SiteUser> {
    user(document.get("data")?)
}

fn user(data: &Value) -> Option<SiteUser> {
    let attribute = |name: &str| data.get("attributes").and_then(|it| it.get(name));
    let text = |name: &str| attribute(name).and_then(Value::as_str).filter(|it| !it.is_empty());
    let flag = |name: &str| attribute(name).and_then(Value::as_bool);
    let organizations = data.pointer("/relationships/organizations/data").and_then(Value::as_array);
    let name = |of: &Value| Some(single_line(of.get("id")?.as_str()?));
    Some(SiteUser {
        id: identifier(data.get("id"))?,
        name: text("username").map(single_line),
        email: text("email").map(single_line),
        two_factor: two_factor(data),
        is_admin: flag("is-admin"),
        is_auditor: flag("is-site-auditor"),
        is_suspended: flag("is-suspended"),
        organizations: organizations.map(|all| all.iter().filter_map(name).collect()),
    })
}

/// Reads the state of two-factor authentication. The document's samples leave it out, and it says nothing of those
/// who sign in elsewhere.
fn two_factor(data: &Value) -> MemberState {
    let attribute = |name: &str| data.get("attributes").and_then(|it| it.get(name));
    // pytfe 1.5.0 reads it flat (models/admin_user.py).
    let flat = |name: &str| attribute(&format!("two-factor-{name}"));
    let nested = |name: &str| attribute("two-factor").and_then(|state| state.get(name));
    let told = |name: &str| nested(name).or_else(|| flat(name)).and_then(Value::as_bool);
    let is_elsewhere = attribute("is-sso-login") == Some(&Value::Bool(true));
    match (told("enabled"), told("verified")) {
        _ if attribute("is-service-account") == Some(&Value::Bool(true)) => MemberState::Service,
        (Some(true), Some(true)) => MemberState::On,
        _ if is_elsewhere => MemberState::Unknown,
        (Some(true), Some(false)) => MemberState::Started,
        (Some(false), _) => MemberState::Off,
        (Some(true) | None, _) => MemberState::Unknown,
    }
}
