//! `keybelt 2fa verify`: finish a begun enrolment.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use serde_json::json;

use crate::account::Account;
use crate::commands::global::GlobalArgs;
use crate::commands::secret_args::SecretArgs;
use crate::failure::Failure;
use crate::host::Host;
use crate::operation::enrolment;
use crate::operation::recovery_codes::CodesDestination;
use crate::provider::Capability;
use crate::report;
use crate::session::{Session, secret_sources};
use crate::terminal::prompt::Prompter;
use crate::two_factor::VerificationCode;

/// Options of `2fa verify`.
#[derive(Debug, Args)]
pub struct VerifyArgs {
    /// Verification code
    #[arg(value_name = "CODE", conflicts_with_all = ["code", "code_stdin", "code_command"])]
    pub verification_code: Option<String>,
    /// Save the recovery codes to a new private file
    #[arg(long, value_name = "FILE")]
    pub recovery_codes_file: Option<PathBuf>,
    /// Passwords and codes.
    #[command(flatten)]
    pub secrets: SecretArgs,
}

/// Runs the command.
pub(super) fn run(args: VerifyArgs, global: &GlobalArgs) -> Result<ExitCode, Failure> {
    let mut session = global.session(None, args.secrets)?;
    // The code on standard input is the enrolment's.
    session.options.in_place &= !session.options.secrets.reads_code_line();
    let host = session.target()?.host;
    session.require_offer(&host, Capability::AppTwoFactor)?;
    let sources = &session.options.secrets;
    if args.verification_code.is_none() && !sources.has_code() {
        Prompter::open().map(drop).map_err(|reason| secret_sources::no_code(&reason))?;
    }
    let destination = CodesDestination::prepare(&session, args.recovery_codes_file.as_deref())?;
    let argument = args.verification_code.as_deref();
    let argument = argument.map(VerificationCode::parse).transpose()?;
    let account = session.account(&host)?;
    let pending = session.pending_enrolment(&host)?;
    let (id, delivery) = match pending {
        Some(pending) => (pending.id, Some(pending.delivery)),
        None => (None, None),
    };
    if id.is_none() {
        if enrolment::is_verified(&account) {
            return Ok(nothing_to_verify(&session, &host, &account));
        }
        enrolment::require_started(&account, &host)?;
    }
    // Of two lines on standard input the first is the password, which this may want.
    session.elevate(&host)?;
    let given = match argument {
        Some(code) => Some(code),
        None => sources.given_code(&host, None)?,
    };
    let verified = enrolment::verify_enrolment(&session, &host, delivery, id.as_deref(), given)?;
    let name = account.name.as_str();
    enrolment::finish(&session, &host, name, &verified, destination, json!({}))?;
    Ok(ExitCode::SUCCESS)
}

/// A code would prove nothing more: it is not sent, and nothing is written.
fn nothing_to_verify(session: &Session, host: &Host, account: &Account) -> ExitCode {
    let document = json!({
        "host": host.to_string(),
        "account": account.name.as_str(),
        "two_factor": report::two_factor_document(account.two_factor.as_ref()),
        "recovery_codes_file": null,
        "recovery_codes": null,
    });
    let line = format!(
        "Nothing to do: two-factor authentication is enabled and verified for {} at {host}",
        account.name
    );
    report::changed(session.options.json, &line, &document);
    ExitCode::SUCCESS
}
