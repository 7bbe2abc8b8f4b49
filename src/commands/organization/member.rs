//! `keybelt org member`: what owners do about one member.

use std::process::ExitCode;

use clap::{Args, Subcommand};
use serde_json::{Value, json};

use crate::account::PersonName;
use crate::commands::global::GlobalArgs;
use crate::commands::secret_args::SecretArgs;
use crate::failure::Failure;
use crate::host::Host;
use crate::membership::{ManagedBy, Membership};
use crate::organization::OrganizationName;
use crate::session::Session;

mod remove;
mod reset_two_factor;

/// The commands of one member.
#[derive(Debug, Subcommand)]
pub enum MemberCommand {
    /// Remove a member, or withdraw an invitation
    ///
    /// First shows what stops at once, and the tokens that they made for teams, agent pools and the organization: those live on.
    Remove(remove::RemoveArgs),
    /// Send a member an email that turns off their two-factor authentication (Aptible)
    ///
    /// Two-factor authentication stays on until they follow the link.
    #[command(name = "reset-2fa")]
    ResetTwoFactor(MemberArgs),
}

/// Who is meant.
#[derive(Debug, Args)]
pub struct MemberArgs {
    /// The organization
    #[arg(value_name = "ORG")]
    pub organization: String,
    /// User name or email address, in full
    #[arg(value_name = "MEMBER")]
    pub member: String,
    /// Passwords and codes.
    #[command(flatten)]
    pub secrets: SecretArgs,
}

/// Runs the command.
pub(super) fn run(command: MemberCommand, global: &GlobalArgs) -> Result<ExitCode, Failure> {
    match command {
        MemberCommand::Remove(args) => remove::run(args, global),
        MemberCommand::ResetTwoFactor(args) => reset_two_factor::run(args, global),
    }
}

/// One member of one organization.
struct Subject {
    session: Session,
    host: Host,
    organization: OrganizationName,
    name: PersonName,
}

impl Subject {
    fn new(args: MemberArgs, global: &GlobalArgs) -> Result<Self, Failure> {
        let organization = OrganizationName::parse(&args.organization)?;
        let name = PersonName::parse(&args.member)?;
        let session = global.session(None, args.secrets)?;
        let host = session.target()?.host;
        Ok(Self { session, host, organization, name })
    }

    fn find(&self) -> Result<Membership, Failure> {
        self.session.with_credential(&self.host, |server, signed_in| {
            server.membership(&signed_in.credential, &self.organization, &self.name)
        })
    }

    /// Returns whether a member is whoever acts.
    fn is_oneself(&self, member: &Membership) -> Result<bool, Failure> {
        let you = self.session.account(&self.host)?;
        Ok(match (&you.id, &member.user_id) {
            (Some(you), Some(member)) => you == member,
            _ => member.called() == you.name.as_str(),
        })
    }

    /// Returns what is known of a member, for JSON.
    fn document(&self, member: &Membership) -> Value {
        json!({
            "host": self.host.to_string(),
            "organization": self.organization.as_str(),
            "member": member.name,
            "email": member.email,
            "state": member.state.as_str(),
            "owner": member.is_owner,
            "teams": member.teams,
            "managed_by": member.managed_by.map(ManagedBy::as_str),
        })
    }
}
