//! `keybelt org member reset-2fa`: a member who has lost phone and recovery codes gets an email.

use std::process::ExitCode;

use super::{MemberArgs, Subject};
use crate::commands::global::GlobalArgs;
use crate::failure::Failure;
use crate::membership::Membership;
use crate::organization::MemberState;
use crate::provider::Capability;
use crate::report;
use crate::session::confirmation::Confirmation;
use crate::session::sudo::SensitiveAction;
use crate::text;

const DOING: &str = "resetting a member's two-factor authentication";

/// Runs the command.
pub(super) fn run(args: MemberArgs, global: &GlobalArgs) -> Result<ExitCode, Failure> {
    let subject = Subject::new(args, global)?;
    let Subject { session, host, organization, .. } = &subject;
    session.require_offer(host, Capability::MemberReset)?;
    let confirmation = Confirmation::new(session, DOING, "use --yes")?;
    let member = subject.find()?;
    refuse(&subject, &member)?;
    let called = text::escape(member.called()).into_owned();
    if member.state == MemberState::Off {
        let line = format!("{called} has no two-factor authentication; no email was sent");
        return Ok(report(&subject, &member, false, &line));
    }
    let question = format!(
        "Send {called} an email to turn off two-factor authentication at {host}, for every organization?"
    );
    confirmation.ask(&question, "no email was sent")?;
    let act = SensitiveAction { what: DOING, name: Some(organization.as_str()) };
    session.require_sudo_mode(host, &act)?;
    session.with_credential(host, |server, signed_in| {
        server.mail_two_factor_reset(&signed_in.credential, organization, &member)
    })?;
    let line = format!(
        "Sent {called} an email; two-factor authentication stays on until they follow its link"
    );
    Ok(report(&subject, &member, true, &line))
}

fn refuse(subject: &Subject, member: &Membership) -> Result<(), Failure> {
    if member.is_invited() {
        return Err(Failure::refused(format!(
            "{} is only invited to {}",
            text::escape(member.called()),
            subject.organization
        )));
    }
    match subject.is_oneself(member)? {
        true => Err(Failure::refused(format!(
            "{} is yourself; no email was sent",
            text::escape(member.called())
        ))
        .hint("turn it off with `keybelt 2fa disable`; if the phone is lost, use a recovery code")),
        false => Ok(()),
    }
}

fn report(subject: &Subject, member: &Membership, sent: bool, line: &str) -> ExitCode {
    let mut document = subject.document(member);
    document["sent"] = sent.into();
    report::changed(subject.session.options.json, line, &document);
    ExitCode::SUCCESS
}
