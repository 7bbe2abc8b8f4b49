//! `keybelt org show`: what an organization demands of its members, and who you are there.

use std::process::ExitCode;

use clap::Args;
use serde_json::json;

use super::document;
use crate::commands::global::GlobalArgs;
use crate::commands::secret_args::SecretArgs;
use crate::failure::Failure;
use crate::host::Host;
use crate::organization::{Organization, OrganizationName, Role, SessionLength};
use crate::report::{self, tally};
use crate::text;

/// Options of `org show`.
#[derive(Debug, Args)]
pub struct ShowArgs {
    /// Organization name
    #[arg(value_name = "ORG")]
    pub organization: String,
    /// Passwords and codes.
    #[command(flatten)]
    pub secrets: SecretArgs,
}

/// Runs the command.
pub(super) fn run(args: ShowArgs, global: &GlobalArgs) -> Result<ExitCode, Failure> {
    let name = OrganizationName::parse(&args.organization)?;
    let session = global.session(None, args.secrets)?;
    let host = session.target()?.host;
    let organization = session.with_credential(&host, |server, signed_in| {
        server.organization(&signed_in.credential, &name)
    })?;
    let mut answer = json!({ "host": host.to_string() });
    report::extend(&mut answer, document(&organization));
    report::answer(session.options.json, &text(&host, &organization), &answer);
    Ok(ExitCode::SUCCESS)
}

fn text(host: &Host, organization: &Organization) -> String {
    let called = match &organization.name {
        Some(name) if name.as_str() != organization.title => {
            format!("{} ({name})", organization.title)
        }
        _ => organization.title.clone(),
    };
    let mut lines = vec![format!("{called} at {host}")];
    lines.extend(you(organization));
    lines.extend(organization.policy.map(|policy| tally::policy_text(policy).to_owned()));
    lines.extend(organization.is_conformant.map(|conforms| {
        let who = if conforms { "everyone" } else { "not everyone" };
        format!("{who} required to enrol has enrolled, according to the server")
    }));
    lines.extend(sessions(organization));
    lines.extend(organization.allows_user_tokens.map(|allowed| {
        let word = if allowed { "allowed" } else { "not allowed" };
        format!("user tokens: {word}")
    }));
    lines.extend(limits(organization));
    let lines: Vec<_> = lines.iter().map(|line| text::escape(line)).collect();
    lines.join("\n  ")
}

fn you(organization: &Organization) -> Option<String> {
    let role = organization.role.map(|role| match role {
        Role::Owner => "you are an owner",
        Role::Member => "you are a member",
        Role::Invited => "you are invited",
    });
    let may =
        organization.may_change.map(|may| if may { "may change it" } else { "may not change it" });
    match (role, may) {
        (Some(role), Some(may)) => Some(format!("{role}, and {may}")),
        (Some(role), None) => Some(role.to_owned()),
        (None, Some(may)) => Some(format!("you {may}")),
        (None, None) => None,
    }
}

fn sessions(organization: &Organization) -> Option<String> {
    let shown = |length: SessionLength| match length {
        SessionLength::ServerDefault => "the server's default time".to_owned(),
        SessionLength::Lasts(time) => time.to_string(),
    };
    let idle = organization.idle_session?;
    let longest = organization.longest_session?;
    Some(match (idle, longest) {
        (SessionLength::ServerDefault, SessionLength::ServerDefault) => {
            "browser sessions: server default".to_owned()
        }
        _ => {
            format!("browser sessions: end after {} idle, {} in total", shown(idle), shown(longest))
        }
    })
}

fn limits(organization: &Organization) -> Option<String> {
    if !organization.limits_tokens? {
        return Some("token lifetime: no limit".to_owned());
    }
    let limits = organization.token_limits.as_deref().unwrap_or_default();
    if limits.is_empty() {
        return Some("token lifetime: limited; this token cannot see the limits".to_owned());
    }
    let limits: Vec<_> =
        limits.iter().map(|limit| format!("{} {}", limit.kind, limit.longest)).collect();
    Some(format!("token lifetime: at most {}", limits.join(", ")))
}
