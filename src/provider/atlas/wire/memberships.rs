//! Documents of memberships, read for one member, and of connections to version control (protocol: atlas 5.4,
//! tokens-and-administration 5, 8).

use std::collections::HashSet;

use serde_json::Value;

use super::super::list::PageInfo;
use super::organizations::OWNERS;
use super::{page_info, rows, timestamp};
use crate::account::{Identifier, PersonName};
use crate::failure::Failure;
use crate::host::Host;
use crate::membership::{Connection, ManagedBy, Membership};
use crate::organization::MemberState;
use crate::provider::parse::{identifier, single_line};

/// Adds those of a page who have the wanted name or address, each once.
pub(in super::super) fn page(
    document: &Value,
    wanted: &PersonName,
    found: &mut Vec<Membership>,
    seen: &mut HashSet<Identifier>,
    host: &Host,
) -> Result<PageInfo, Failure> {
    let before = seen.len();
    for row in rows(document, host)? {
        let id = identifier(row.get("id")).ok_or_else(|| {
            Failure::unavailable(format!("`{host}` lists a member without a valid ID"))
        })?;
        if !seen.insert(id.clone()) {
            continue;
        }
        let user = related(document, row, "user", "users").next();
        let text = |of: Option<&Value>, name: &str| {
            let text = of?.get("attributes")?.get(name)?.as_str()?;
            (!text.is_empty()).then(|| single_line(text))
        };
        let name = text(user, "username");
        let email = text(Some(row), "email").or_else(|| text(user, "email"));
        if wanted.is_one_of([name.as_deref(), email.as_deref()]) {
            found.push(membership(
                document,
                row,
                Membership {
                    id,
                    user_id: identifier(row.pointer("/relationships/user/data/id")),
                    name,
                    email,
                    state: state(row, user),
                    teams: Vec::new(),
                    is_owner: None,
                    owners: None,
                    managed_by: None,
                },
            ));
        }
    }
    Ok(page_info(document, seen.len() - before))
}

/// Completes a member by the teams, and by what looks after them.
fn membership(document: &Value, row: &Value, member: Membership) -> Membership {
    let teams: Vec<&Value> = related(document, row, "teams", "teams").collect();
    let owners = teams.iter().find(|team| name_of(team) == Some(OWNERS));
    let is_told = row.pointer("/relationships/teams/data").is_some_and(Value::is_array);
    let of_owners = |team: &&Value| team.pointer("/attributes/users-count").and_then(Value::as_u64);
    Membership {
        teams: teams.iter().filter_map(|team| name_of(team)).map(single_line).collect(),
        is_owner: is_told.then_some(owners.is_some()),
        owners: owners.and_then(of_owners),
        managed_by: managed_by(row, related(document, row, "user", "users").next(), &teams),
        ..member
    }
}

fn name_of(team: &Value) -> Option<&str> {
    team.pointer("/attributes/name")?.as_str()
}

fn managed_by(row: &Value, user: Option<&Value>, teams: &[&Value]) -> Option<ManagedBy> {
    let is_set = |of: &Value, name: &str| {
        let value = of.get("attributes").and_then(|it| it.get(name));
        value.is_some_and(|value| !value.is_null() && *value != Value::Bool(false))
    };
    let user_is = |name: &str| user.is_some_and(|user| is_set(user, name));
    let identity = row.pointer("/relationships/scim-identity/data");
    let is_provisioned = identity.is_some_and(Value::is_object)
        || user_is("is-scim-managed")
        || teams.iter().any(|team| is_set(team, "scim-linked"));
    let method = user.and_then(|user| user.pointer("/attributes/auth-method"));
    let signs_in_elsewhere = user_is("is-sso-login")
        || method.is_some_and(|method| method == "hcp_sso")
        || teams.iter().any(|team| is_set(team, "sso-team-id"));
    match (is_provisioned, signs_in_elsewhere) {
        (true, _) => Some(ManagedBy::Scim),
        (false, true) => Some(ManagedBy::SingleSignOn),
        (false, false) => None,
    }
}

fn state(row: &Value, user: Option<&Value>) -> MemberState {
    let told = |name: &str| user?.pointer("/attributes/two-factor")?.get(name)?.as_bool();
    let is_service = user.and_then(|user| user.pointer("/attributes/is-service-account"));
    match (told("enabled"), told("verified")) {
        _ if row.pointer("/attributes/status").is_some_and(|it| it == "invited") => {
            MemberState::Invited
        }
        _ if is_service == Some(&Value::Bool(true)) => MemberState::Service,
        (Some(true), Some(true)) => MemberState::On,
        (Some(true), Some(false)) => MemberState::Started,
        (Some(false), _) => MemberState::Off,
        (Some(true) | None, _) => MemberState::Unknown,
    }
}

/// Returns what came along of a relationship, whether it is to one or to several.
fn related<'a>(
    document: &'a Value,
    row: &'a Value,
    relation: &str,
    kind: &'a str,
) -> impl Iterator<Item = &'a Value> {
    let data = row.pointer(&format!("/relationships/{relation}/data"));
    let one = data.filter(|data| data.is_object());
    let several = data.and_then(Value::as_array).into_iter().flatten();
    let included = document.get("included").and_then(Value::as_array);
    one.into_iter().chain(several).filter_map(move |reference| {
        let is_it = |it: &&Value| {
            it.get("id") == reference.get("id") && it.get("type").is_some_and(|it| it == kind)
        };
        included?.iter().find(is_it)
    })
}

/// Adds a page of connections to version control, each once.
pub(in super::super) fn connections(
    document: &Value,
    found: &mut Vec<Connection>,
    seen: &mut HashSet<Identifier>,
    host: &Host,
) -> Result<PageInfo, Failure> {
    let before = seen.len();
    for row in rows(document, host)? {
        let Some(id) = identifier(row.get("id")) else { continue };
        if seen.insert(id.clone()) {
            let account = row.pointer("/attributes/service-provider-user").and_then(Value::as_str);
            let created_at = timestamp(row.pointer("/attributes/created-at"));
            found.push(Connection { id, account: account.map(single_line), created_at });
        }
    }
    Ok(page_info(document, seen.len() - before))
}
