//! `keybelt token rotate`: a new token in place of the stored one, or of any other.

use std::process::ExitCode;

use clap::Args;
use serde_json::json;

use super::handover::HandoverArgs;
use super::whose::WhoseArgs;
use crate::commands::global::GlobalArgs;
use crate::commands::secret_args::SecretArgs;
use crate::failure::Failure;
use crate::lifetime::Lifetime;
use crate::operation::listed_tokens;
use crate::operation::organization_tokens::OrganizationTokens;
use crate::operation::overlapping_rotation::{self, Wanted};
use crate::operation::replacement;
use crate::operation::rotation::{self, Rotated};
use crate::operation::rotation_end;
use crate::operation::rotation_subject::Subject;
use crate::provider::Capability;
use crate::provider::Revocation;
use crate::report;
use crate::session::Session;
use crate::store::Stored;
use crate::terminal;

/// Options of `token rotate`.
#[derive(Debug, Args)]
pub struct RotateArgs {
    /// Token's ID or description [default: the stored token; with --org, the only one]
    #[arg(value_name = "ID")]
    pub id: Option<String>,
    /// Description; a date is added [default: the old token's]
    #[arg(long, value_name = "TEXT")]
    pub description: Option<String>,
    /// Lifetime to request [default: the old token's]
    #[arg(long, value_name = "TIME")]
    pub expires_in: Option<String>,
    /// Keep the old token; implied if stdout gets the new
    #[arg(long)]
    pub keep_old: bool,
    /// Revoke the old token, if nothing uses it any more
    #[arg(long, conflicts_with_all = ["keep_old", "undo"])]
    pub finish: bool,
    /// With --finish: for how long nothing used it [default: 1h]
    #[arg(long, value_name = "TIME", requires = "finish")]
    pub unused_for: Option<String>,
    /// Revoke the new token of an earlier rotation
    #[arg(long, conflicts_with_all = ["keep_old", "to_file", "to_command"])]
    pub undo: bool,
    /// Revoke the token in use too, without asking
    #[arg(long)]
    pub include_this: bool,
    /// Where the value goes.
    #[command(flatten)]
    pub handover: HandoverArgs,
    /// Whose token.
    #[command(flatten)]
    pub whose: WhoseArgs,
    /// Passwords and codes.
    #[command(flatten)]
    pub secrets: SecretArgs,
}

/// What is to be done.
enum Act {
    Rotate,
    Finish(Option<Lifetime>),
    Undo,
}

/// Runs the command.
pub(super) fn run(args: RotateArgs, global: &GlobalArgs) -> Result<ExitCode, Failure> {
    let holder = args.whose.clone().holder(global)?;
    let lifetime = Lifetime::of_option("--expires-in", args.expires_in.as_deref())?;
    let unused_for = Lifetime::of_option("--unused-for", args.unused_for.as_deref())?;
    let is_stored = holder.is_none() && args.id.is_none();
    if is_stored {
        require_no_more(&args)?;
    }
    let act = match (args.finish, args.undo) {
        (true, _) => Act::Finish(unused_for),
        (_, true) => Act::Undo,
        _ => Act::Rotate,
    };
    let wanted = Wanted {
        name: args.id,
        description: args.description,
        lifetime,
        keep_old: args.keep_old,
        include_this: args.include_this,
        handover: args.handover.asked()?,
    };
    let session = global.session(None, args.secrets)?;
    if is_stored {
        session.require_offer(&session.target()?.host, Capability::TokenCreation)?;
        report(&session, &rotation::rotate(&session, lifetime)?);
        return Ok(ExitCode::SUCCESS);
    }
    let subject = Subject::fetch(&session, holder.as_ref())?;
    match subject.replaced() {
        Some(listed) => replace(&session, &subject, listed, act, &wanted)?,
        None => rotate_beside(&session, &subject, act, &wanted)?,
    }
    Ok(ExitCode::SUCCESS)
}

/// Does what is asked where a new token ends the old one.
fn replace(
    session: &Session,
    subject: &Subject,
    listed: &OrganizationTokens,
    act: Act,
    wanted: &Wanted,
) -> Result<(), Failure> {
    match act {
        Act::Rotate => replacement::replace(session, subject, listed, wanted),
        Act::Finish(_) => replacement::finish(session, subject, listed, &wanted.handover),
        Act::Undo => Err(Failure::usage(format!(
            "a new token of {} ended the old one: there is nothing to go back to",
            listed.whose()
        ))),
    }
}

/// Does what is asked where the old token lives on beside a new one.
fn rotate_beside(
    session: &Session,
    subject: &Subject,
    act: Act,
    wanted: &Wanted,
) -> Result<(), Failure> {
    let (name, this) = (wanted.name.as_deref(), wanted.include_this);
    match act {
        Act::Rotate => overlapping_rotation::rotate(session, subject, wanted),
        Act::Finish(_) if wanted.handover.is_elsewhere() => Err(Failure::usage(
            "`--finish` hands nothing over: only the rotation itself has the new value",
        )
        .hint("leave out --to-file and --to-command")),
        Act::Finish(unused_for) => rotation_end::finish(session, subject, name, unused_for, this),
        Act::Undo => rotation_end::undo(session, subject, name, this),
    }
}

/// Fails where an option is about another token than the stored one, which stays where it is.
fn require_no_more(args: &RotateArgs) -> Result<(), Failure> {
    let handover = &args.handover;
    let more = [
        ("--keep-old", args.keep_old),
        ("--finish", args.finish),
        ("--undo", args.undo),
        ("--description", args.description.is_some()),
        ("--to-file", handover.to_file.is_some()),
        ("--to-command", handover.to_command.is_some()),
    ];
    match more.iter().find(|(_, is_given)| *is_given) {
        None => Ok(()),
        Some((option, _)) => Err(Failure::usage(format!(
            "`{option}` is for a token that is named, and the stored one stays in its store"
        ))
        .hint("give its ID, or whose it is with --org and --team")),
    }
}

fn report(session: &Session, rotated: &Rotated) {
    let Rotated { stored, info, old } = rotated;
    let Stored { host, account, .. } = stored;
    let word = if *old == Revocation::Revoked { "revoked" } else { "no_longer_accepted" };
    let mut document =
        json!({ "host": host.to_string(), "account": account.as_str(), "old_token": word });
    report::extend(&mut document, listed_tokens::document(info, true));
    let line = format!("Rotated the token of {account} at {host}; the old one is revoked");
    report::changed(session.options.json, &line, &document);
    terminal::say(&format!("  valid   {}", report::until(session, stored)));
}
