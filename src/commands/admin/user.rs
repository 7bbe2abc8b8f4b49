//! `keybelt admin user`: the users of an installation, listed and shown.

use std::process::ExitCode;

use clap::{Args, Subcommand};
use serde_json::{Value, json};

use crate::account::PersonName;
use crate::commands::global::{GlobalArgs, ListOptions};
use crate::commands::secret_args::SecretArgs;
use crate::failure::Failure;
use crate::organization::MemberState;
use crate::provider::Capability;
use crate::report::{self, Table};
use crate::site_user::{SiteUser, UserAct, UserFilter};
use crate::terminal;
use crate::text;

mod act;

/// The commands of an installation's users.
#[derive(Debug, Subcommand)]
pub enum UserCommand {
    /// List the users of the server
    List(ListArgs),
    /// Show a user
    Show(UserArgs),
    /// Turn off a user's two-factor authentication
    ///
    /// For somebody who has lost phone and recovery codes. The password alone signs in until they enrol again. Their tokens keep working.
    #[command(name = "reset-2fa")]
    ResetTwoFactor(UserArgs),
    /// Suspend a user
    ///
    /// They can no longer sign in, and their own tokens stop working, until they are unsuspended. First shows the tokens that they made for teams and organizations: those live on.
    Suspend(UserArgs),
    /// Let a suspended user in again
    ///
    /// Their tokens work again too.
    Unsuspend(UserArgs),
}

/// Options of `admin user list`.
#[derive(Debug, Args)]
pub struct ListArgs {
    /// Only suspended users
    #[arg(long)]
    pub suspended: bool,
    /// Only site administrators
    #[arg(long)]
    pub admin: bool,
    /// Only users not known to have verified two-factor authentication
    #[arg(long = "no-2fa")]
    pub no_two_factor: bool,
    /// A list.
    #[command(flatten)]
    pub list: ListOptions,
    /// Passwords and codes.
    #[command(flatten)]
    pub secrets: SecretArgs,
}

/// Options of the commands about one user.
#[derive(Debug, Args)]
pub struct UserArgs {
    /// User name or email address, in full
    #[arg(value_name = "USER")]
    pub user: String,
    /// Passwords and codes.
    #[command(flatten)]
    pub secrets: SecretArgs,
}

/// Runs the command.
pub(super) fn run(command: UserCommand, global: &GlobalArgs) -> Result<ExitCode, Failure> {
    match command {
        UserCommand::List(args) => list(args, global),
        UserCommand::Show(args) => show(args, global),
        UserCommand::ResetTwoFactor(args) => act::run(UserAct::ResetTwoFactor, args, global),
        UserCommand::Suspend(args) => act::run(UserAct::Suspend, args, global),
        UserCommand::Unsuspend(args) => act::run(UserAct::Unsuspend, args, global),
    }
}

fn list(args: ListArgs, global: &GlobalArgs) -> Result<ExitCode, Failure> {
    let session = global.session(None, args.secrets)?;
    let host = session.target()?.host;
    session.require_offer(&host, Capability::SiteAdministration)?;
    let filter = UserFilter { admin: args.admin, suspended: args.suspended };
    let mut users = session
        .with_credential(&host, |server, signed_in| server.users(&signed_in.credential, filter))?;
    users.retain(|user| !args.no_two_factor || user.two_factor.is_exception());
    let mut table = Table::new(&[
        ("user", "user"),
        ("email", "email"),
        ("two factor", "two_factor"),
        ("admin", "admin"),
        ("suspended", "suspended"),
        ("id", "id"),
    ]);
    for user in &users {
        table.push(vec![
            user.name.clone().unwrap_or_default(),
            user.email.clone().unwrap_or_default(),
            user.two_factor.as_str().to_owned(),
            flag_text(user.is_admin, "admin"),
            flag_text(user.is_suspended, "suspended"),
            user.id.to_string(),
        ]);
    }
    let documents: Vec<Value> = users.iter().map(document).collect();
    let document = json!({ "host": host.to_string(), "users": documents });
    if users.is_empty() {
        terminal::say(&format!("No user of {host} is like that"));
    }
    report::list(args.list.format(global), &table, &document);
    Ok(ExitCode::SUCCESS)
}

fn flag_text(flag: Option<bool>, word: &str) -> String {
    match flag {
        Some(true) => word.to_owned(),
        Some(false) => String::new(),
        None => "unknown".to_owned(),
    }
}

fn show(args: UserArgs, global: &GlobalArgs) -> Result<ExitCode, Failure> {
    let name = PersonName::parse(&args.user)?;
    let session = global.session(None, args.secrets)?;
    let host = session.target()?.host;
    session.require_offer(&host, Capability::SiteAdministration)?;
    let user = session
        .with_credential(&host, |server, signed_in| server.user(&signed_in.credential, &name))?;
    let mut answer = json!({ "host": host.to_string() });
    report::extend(&mut answer, document(&user));
    answer["organizations"] = user.organizations.clone().into();
    let mut lines = vec![format!("{} at {host}", user.called()), format!("ID {}", user.id)];
    lines.extend(user.email.iter().filter(|email| *email != user.called()).cloned());
    lines.push(two_factor_text(user.two_factor).to_owned());
    lines.extend(flags(&user));
    lines.extend(user.organizations.as_ref().map(|all| match all.is_empty() {
        true => "belongs to no organization".to_owned(),
        false => format!("belongs to {}", all.join(", ")),
    }));
    let lines: Vec<_> = lines.iter().map(|line| text::escape(line)).collect();
    report::answer(session.options.json, &lines.join("\n  "), &answer);
    Ok(ExitCode::SUCCESS)
}

fn flags(user: &SiteUser) -> impl Iterator<Item = String> {
    let flags = [
        (user.is_admin, "is a site administrator"),
        (user.is_auditor, "may look into every organization (site auditor)"),
        (user.is_suspended, "is suspended"),
    ];
    flags.into_iter().filter(|(flag, _)| *flag == Some(true)).map(|(_, text)| text.to_owned())
}

/// Returns how two-factor authentication stands, in words.
fn two_factor_text(state: MemberState) -> &'static str {
    match state {
        MemberState::On => "two-factor authentication is on",
        MemberState::Started => "two-factor authentication is enabled, but not verified",
        MemberState::Off => "two-factor authentication is off",
        MemberState::Service => "is a service account",
        MemberState::Unknown | MemberState::Invited => {
            "whether two-factor authentication is on is unknown: the server does not tell"
        }
    }
}

/// Returns what is known of a user, for JSON.
fn document(user: &SiteUser) -> Value {
    json!({
        "id": user.id.as_str(),
        "user": user.name,
        "email": user.email,
        "two_factor": user.two_factor.as_str(),
        "admin": user.is_admin,
        "auditor": user.is_auditor,
        "suspended": user.is_suspended,
    })
}
