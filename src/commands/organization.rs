//! `keybelt org`: what organizations demand of their members, and who has it.

use std::process::ExitCode;

use clap::{Args, Subcommand};
use serde_json::{Value, json};

use crate::commands::global::{GlobalArgs, ListOptions};
use crate::commands::secret_args::SecretArgs;
use crate::failure::Failure;
use crate::organization::{Organization, Policy, Role, SessionLength};
use crate::report::{self, Table};
use crate::terminal;

mod audit;
mod member;
mod require_two_factor;
mod show;
mod token_lifetime;

/// The commands of organizations.
#[derive(Debug, Subcommand)]
pub enum OrganizationCommand {
    /// List your organizations
    List(ListArgs),
    /// Show an organization's security policy and your role
    Show(show::ShowArgs),
    /// Require two-factor authentication in an organization, or stop requiring it
    ///
    /// First shows who is affected: owners without it (the server refuses until they enrol) and members who
    /// would be locked out of the web interface. Existing tokens keep working.
    #[command(name = "require-2fa")]
    RequireTwoFactor(require_two_factor::RequireArgs),
    /// List members without verified two-factor authentication
    ///
    /// Reads all members within the server's rate limit. Exits with 6 if a member lacks two-factor
    /// authentication or the server cannot tell. --timeout is for each page.
    Audit(audit::AuditArgs),
    /// Remove a member, or reset a member's two-factor authentication
    #[command(subcommand)]
    Member(member::MemberCommand),
    /// Show or set an organization's limits on token lifetimes
    ///
    /// First shows every token that would stop working: the server rejects tokens with a lifetime over the
    /// limit at once. Kinds that are not given keep their limit. The limits are set and read back before they
    /// are turned on.
    TokenLifetime(token_lifetime::LifetimeArgs),
}

/// Options of `org list`.
#[derive(Debug, Args)]
pub struct ListArgs {
    /// A list.
    #[command(flatten)]
    pub list: ListOptions,
    /// Passwords and codes.
    #[command(flatten)]
    pub secrets: SecretArgs,
}

/// Runs the command.
///
/// # Errors
/// Those of the server. What an audit finds is a result, and the exit code says so.
pub fn run(command: OrganizationCommand, global: &GlobalArgs) -> Result<ExitCode, Failure> {
    match command {
        OrganizationCommand::List(args) => list(args, global),
        OrganizationCommand::Show(args) => show::run(args, global),
        OrganizationCommand::RequireTwoFactor(args) => require_two_factor::run(args, global),
        OrganizationCommand::Audit(args) => audit::run(args, global),
        OrganizationCommand::Member(command) => member::run(command, global),
        OrganizationCommand::TokenLifetime(args) => token_lifetime::run(args, global),
    }
}

fn list(args: ListArgs, global: &GlobalArgs) -> Result<ExitCode, Failure> {
    let session = global.session(None, args.secrets)?;
    let host = session.target()?.host;
    let found = session
        .with_credential(&host, |server, signed_in| server.organizations(&signed_in.credential))?;
    let mut table = Table::new(&[
        ("organization", "organization"),
        ("two factor", "policy"),
        ("compliant", "conformant"),
        ("you", "role"),
    ]);
    for organization in &found {
        table.push(vec![
            organization.title.clone(),
            match organization.policy {
                Some(Policy::TwoFactorMandatory) => "required".to_owned(),
                Some(Policy::Password) => "not required".to_owned(),
                None => String::new(),
            },
            match organization.is_conformant {
                Some(true) => "yes".to_owned(),
                Some(false) => "no".to_owned(),
                None => String::new(),
            },
            organization.role.map_or("", Role::as_str).to_owned(),
        ]);
    }
    let documents: Vec<Value> = found.iter().map(document).collect();
    let document = json!({ "host": host.to_string(), "organizations": documents });
    if found.is_empty() {
        terminal::say(&format!("You belong to no organization at {host}"));
    }
    report::list(args.list.format(global), &table, &document);
    Ok(ExitCode::SUCCESS)
}

/// Returns what is known of an organization, for JSON.
fn document(organization: &Organization) -> Value {
    let name = organization.name.as_ref().map(|name| name.as_str());
    let length = |length: Option<SessionLength>| match length {
        Some(SessionLength::Lasts(time)) => json!(time.seconds()),
        Some(SessionLength::ServerDefault) | None => Value::Null,
    };
    let limits = organization.token_limits.as_ref().map(|limits| {
        let limit = |limit: &crate::organization::TokenLimit| {
            json!({ "kind": limit.kind, "longest": limit.longest.seconds() })
        };
        limits.iter().map(limit).collect::<Vec<_>>()
    });
    json!({
        "organization": name.unwrap_or(&organization.title),
        "title": organization.title,
        "role": organization.role.map(Role::as_str),
        "may_change": organization.may_change,
        "policy": organization.policy.map(Policy::as_str),
        "conformant": organization.is_conformant,
        "idle_session": length(organization.idle_session),
        "longest_session": length(organization.longest_session),
        "user_tokens_allowed": organization.allows_user_tokens,
        "token_lifetimes_limited": organization.limits_tokens,
        "token_limits": limits,
    })
}
