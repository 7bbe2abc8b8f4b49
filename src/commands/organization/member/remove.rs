//! `keybelt org member remove`: somebody leaves, and what they leave behind is named first.

use std::process::ExitCode;

use clap::Args;
use serde_json::Value;

use super::{MemberArgs, Subject};
use crate::commands::global::GlobalArgs;
use crate::failure::Failure;
use crate::membership::{ManagedBy, Membership};
use crate::operation::off_boarding::Leaving;
use crate::provider::Capability;
use crate::report;
use crate::session::confirmation::Confirmation;
use crate::session::sudo::SensitiveAction;
use crate::terminal;
use crate::text;

const DOING: &str = "removing a member";

/// Options of `org member remove`.
#[derive(Debug, Args)]
pub struct RemoveArgs {
    /// Who is meant.
    #[command(flatten)]
    pub member: MemberArgs,
    /// Show what would stop and what would live on, and remove nobody
    #[arg(long)]
    pub dry_run: bool,
}

/// Runs the command.
pub(super) fn run(args: RemoveArgs, global: &GlobalArgs) -> Result<ExitCode, Failure> {
    let subject = Subject::new(args.member, global)?;
    let Subject { session, host, organization, .. } = &subject;
    session.require_offer(host, Capability::MemberRemoval)?;
    let confirmation = match args.dry_run {
        true => None,
        false => {
            Some(Confirmation::new(session, DOING, "use --yes, or look first with --dry-run")?)
        }
    };
    let member = subject.find()?;
    refuse(&subject, &member)?;
    let leaving = Leaving::of(session, host, organization, &member)?;
    let lines = leaving.lines(organization, host, &member);
    let text = lines.iter().map(|line| text::escape(line)).collect::<Vec<_>>().join("\n");
    let Some(confirmation) = confirmation else {
        let document = document(&subject, &member, &leaving, "foreseen");
        report::answer(session.options.json, &text, &document);
        return Ok(ExitCode::SUCCESS);
    };
    terminal::say(&text);
    let called = text::escape(member.called()).into_owned();
    require_yes(&subject, &member)?;
    let question = match member.is_invited() {
        true => format!("Withdraw the invitation of {called} to {organization}?"),
        false => format!("Remove {called} from {organization}?"),
    };
    confirmation.ask(&question, "nobody was removed")?;
    let act = SensitiveAction { what: DOING, name: Some(organization.as_str()) };
    session.require_sudo_mode(host, &act)?;
    let was_there = session.with_credential(host, |server, signed_in| {
        server.remove_member(&signed_in.credential, organization, &member)
    })?;
    let (word, line) = match (was_there, member.is_invited()) {
        (false, _) => ("gone", format!("{called} was gone from {organization} already")),
        (true, true) => {
            ("withdrawn", format!("Withdrew the invitation of {called} to {organization}"))
        }
        (true, false) => {
            ("removed", format!("Removed {called} from {organization}{}", leaving.rest()))
        }
    };
    let document = document(&subject, &member, &leaving, word);
    report::changed(session.options.json, &line, &document);
    Ok(ExitCode::SUCCESS)
}

/// Refuses what the server would refuse, or what nobody means.
fn refuse(subject: &Subject, member: &Membership) -> Result<(), Failure> {
    let called = text::escape(member.called());
    if !member.is_invited() && subject.is_oneself(member)? {
        return Err(Failure::refused(format!("{called} is yourself; nobody was removed"))
            .hint("another owner can do it"));
    }
    if member.is_last_owner() {
        return Err(Failure::refused(format!(
            "{called} is the last owner of {}; nobody was removed",
            subject.organization
        ))
        .hint("make somebody else an owner first"));
    }
    Ok(())
}

/// Refuses a member who would be back at once, unless that was said to be meant.
fn require_yes(subject: &Subject, member: &Membership) -> Result<(), Failure> {
    let Some(managed_by) = member.managed_by.filter(|_| !subject.session.options.yes) else {
        return Ok(());
    };
    let called = text::escape(member.called());
    let (who, place) = match managed_by {
        ManagedBy::Scim => ("SCIM", "the directory that provisions accounts"),
        ManagedBy::SingleSignOn => ("single sign-on", "the identity provider"),
    };
    Err(Failure::usage(format!(
        "{called} is managed by {who} and would come back at the next sign-in; nobody was removed"
    ))
    .hint(format!("remove them from {place} first; then, or to remove them anyway, use --yes")))
}

fn document(subject: &Subject, member: &Membership, leaving: &Leaving, result: &str) -> Value {
    let mut document = subject.document(member);
    report::extend(&mut document, leaving.document());
    document["result"] = result.into();
    document
}
