//! What somebody has made for organizations and leaves behind, as people and programs see it.

use serde_json::{Value, json};

use crate::organization::OrganizationName;
use crate::organization_token::{HolderPart, MadeToken, MadeTokens};
use crate::process;
use crate::report::{day, moment_document};

/// Returns what to say of a token in a list of what lives on: server text in it is to be escaped.
pub fn line(token: &MadeToken) -> String {
    let name = token.info.description.as_deref().map(|name| format!(" {name}")).unwrap_or_default();
    let maker = if token.is_certain { "" } else { ", creator unknown" };
    let last = day(token.info.last_used_at, "never");
    format!(
        "{}{name}, of {} (last used {last}{maker}): {}",
        token.info.id,
        token.holder,
        rotation(token)
    )
}

/// Returns the command that replaces a token.
pub fn rotation(token: &MadeToken) -> String {
    let organization = word(token.holder.organization.as_str());
    match &token.holder.part {
        HolderPart::Whole => format!("`keybelt token rotate --org {organization}`"),
        HolderPart::AuditTrail => {
            format!("`keybelt token rotate --org {organization} --audit-trail`")
        }
        HolderPart::Team { id, .. } => of_several(token, &organization, "team", id.as_str()),
        HolderPart::AgentPool { id, .. } => {
            of_several(token, &organization, "agent-pool", id.as_str())
        }
    }
}

fn of_several(token: &MadeToken, organization: &str, option: &str, part: &str) -> String {
    let id = word(token.info.id.as_str());
    format!("`keybelt token rotate {id} --org {organization} --{option} {}`", word(part))
}

/// Returns a name as one word of a command: whatever a server calls something, it does nothing in a shell.
fn word(name: &str) -> String {
    let is_plain = |b: u8| b.is_ascii_alphanumeric() || b"-_.".contains(&b);
    match name.bytes().all(is_plain) && !name.starts_with('-') {
        true => name.to_owned(),
        false => process::quoted(name),
    }
}

/// Says whose tokens of an organization were not shown; `None` if all were.
pub fn hidden(organization: &OrganizationName, made: &MadeTokens) -> Option<String> {
    let words = made.hidden.iter().map(|kind| match *kind {
        "team" => "of teams",
        "agent_pool" => "of agent pools",
        "audit_trail" => "for its audit trail",
        _ => "of the organization itself",
    });
    let words: Vec<&str> = words.collect();
    (!words.is_empty()).then(|| {
        format!("{organization} does not show this account all tokens {}", words.join(", "))
    })
}

/// Returns a token for JSON.
pub fn document(token: &MadeToken) -> Value {
    let part = token.holder.part();
    json!({
        "organization": token.holder.organization.as_str(),
        "kind": token.holder.kind(),
        "holder": part.map(|(_, name)| name),
        "holder_id": part.map(|(id, _)| id.as_str()),
        "id": token.info.id.as_str(),
        "description": token.info.description,
        "created_at": moment_document(token.info.created_at),
        "last_used_at": moment_document(token.info.last_used_at),
        "expires_at": moment_document(token.info.expires_at),
        "maker_known": token.is_certain,
    })
}
