//! `keybelt org show`: what an organization demands of its members, and who you are there.

use std::process::ExitCode;

use clap::Args;
use serde_json::{Value, json};

use super::document;
use crate::commands::global::GlobalArgs;
use crate::commands::secret_args::SecretArgs;
use crate::environment;
use crate::failure::Failure;
use crate::host::Host;
use crate::organization::{
    Invitation, OLD_INVITATION, Organization, OrganizationName, Role, SessionLength, days_waiting,
};
use crate::report::{self, tally};
use crate::text::{self, plural};

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
    let (organization, invitations) = session.with_credential(&host, |server, signed_in| {
        let organization = server.organization(&signed_in.credential, &name)?;
        Ok((organization, server.invitations(&signed_in.credential, &name)?))
    })?;
    let mut answer = json!({ "host": host.to_string() });
    report::extend(&mut answer, document(&organization));
    answer["invitations"] = invitations.as_ref().map(|all| invitation_documents(all)).into();
    let mut text = text(&host, &organization);
    for line in invitations.iter().flat_map(|all| waiting(all)) {
        text.push_str(&format!("\n  {}", text::escape(&line)));
    }
    report::answer(session.options.json, &text, &answer);
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

/// How many invitations are named.
const MOST_NAMED: usize = 20;

/// Says how many invitations are open, and which of them have waited for long.
fn waiting(invitations: &[Invitation]) -> Option<String> {
    let count = invitations.len();
    let verb = if count == 1 { "is" } else { "are" };
    let old = |it: &Invitation| {
        let days = days_waiting(it.invited_at?, environment::now());
        let email = it.email.clone().unwrap_or_else(|| "somebody".to_owned());
        (days > OLD_INVITATION).then_some((email, days))
    };
    let old: Vec<_> = invitations.iter().filter_map(old).collect();
    let open = format!("{} {verb} open", plural(count, "invitation"));
    let named: Vec<_> =
        old.iter().take(MOST_NAMED).map(|(email, days)| format!("{email} ({days} days)")).collect();
    let more = match old.len() - named.len() {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    match (count, old.len()) {
        (0, _) => None,
        (_, 0) => Some(open),
        _ => Some(format!("{open}, older than {OLD_INVITATION} days: {}{more}", named.join(", "))),
    }
}

fn invitation_documents(invitations: &[Invitation]) -> Vec<Value> {
    let one = |invitation: &Invitation| {
        let days = invitation.invited_at.map(|at| days_waiting(at, environment::now()));
        json!({
            "email": invitation.email,
            "invited_at": report::moment_document(invitation.invited_at),
            "old": days.map(|days| days > OLD_INVITATION),
        })
    };
    invitations.iter().map(one).collect()
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
