//! `keybelt 2fa`: two-factor authentication from beginning to end.

use std::process::ExitCode;

use clap::Subcommand;
use serde_json::{Value, json};

use crate::account::Account;
use crate::commands::global::GlobalArgs;
use crate::commands::secret_args::PlainArgs;
use crate::failure::{Failure, Kind};
use crate::host::Host;
use crate::operation::enrolment;
use crate::operation::ssh_keys::Bypassing;
use crate::provider::Capability;
use crate::report;
use crate::session::Session;
use crate::session::confirmation::Confirmation;
use crate::session::sudo::SensitiveAction;
use crate::two_factor::TwoFactor;

mod device;
mod enable;
mod recovery_codes;
mod verify;

/// The two-factor commands.
#[derive(Debug, Subcommand)]
pub enum TwoFactorCommand {
    /// Show whether two-factor authentication is enabled and verified
    Status(PlainArgs),
    /// Enable two-factor authentication with an authenticator app or text messages
    ///
    /// Shows a QR code and secret, or sends a text message; then asks for a code and prints the recovery
    /// codes once. In scripts, use --no-verify and finish with `keybelt 2fa verify`.
    Enable(enable::EnableArgs),
    /// Finish an enrolment with a code and get recovery codes
    Verify(verify::VerifyArgs),
    /// Resend the verification code of an unfinished enrolment
    Resend(PlainArgs),
    /// Disable two-factor authentication
    Disable(PlainArgs),
    /// Show or save the unused recovery codes, where the server shows them
    #[command(subcommand)]
    RecoveryCodes(recovery_codes::RecoveryCodesCommand),
    /// List and remove security keys; enrol them in a browser
    #[command(subcommand)]
    Device(device::DeviceCommand),
}

/// Runs the command.
pub fn run(command: TwoFactorCommand, global: &GlobalArgs) -> Result<ExitCode, Failure> {
    match command {
        TwoFactorCommand::Status(args) => status(&global.session(None, args.secrets)?),
        TwoFactorCommand::Enable(args) => enable::run(args, global),
        TwoFactorCommand::Verify(args) => verify::run(args, global),
        TwoFactorCommand::Resend(args) => resend(&global.session(None, args.secrets)?),
        TwoFactorCommand::Disable(args) => disable(&global.session(None, args.secrets)?),
        TwoFactorCommand::RecoveryCodes(command) => recovery_codes::run(command, global),
        TwoFactorCommand::Device(command) => device::run(command, global),
    }
}

fn status(session: &Session) -> Result<ExitCode, Failure> {
    let host = session.target()?.host;
    let account = session.account(&host)?;
    let state = account.two_factor.ok_or_else(|| {
        let failure = Failure::refused(format!(
            "`{host}` does not report two-factor authentication to tools"
        ));
        match account.managed_by {
            Some(elsewhere) => failure.hint(format!("it is managed by {elsewhere}")),
            None => failure,
        }
    })?;
    let state = with_begun(session, &host, state)?;
    let bypassing = state.verified.then(|| Bypassing::fetch(session, &host));
    let document = json!({
        "host": host.to_string(),
        "account": account.name.as_str(),
        "two_factor": report::two_factor_document(Some(&state)),
        "managed_by": account.managed_by,
        "ssh_keys": bypassing.as_ref().map(Bypassing::document),
    });
    let mut text = format!(
        "{} at {host}: two-factor authentication is {}",
        account.name,
        report::two_factor(&state)
    );
    if state.enabled && !state.verified {
        text.push_str("\nSign-in does not ask for codes yet; finish with `keybelt 2fa verify`");
    }
    if state.enabled && state.delivery.is_none() {
        text.push_str("\nThe server does not tell tools how codes are delivered");
    }
    if let Some(elsewhere) = account.managed_by {
        text.push_str(&format!("\nIt is managed by {elsewhere}"));
    }
    report::answer(session.options.json, &text, &document);
    if let Some(bypassing) = bypassing {
        enrolment::print_caveats(session, &host);
        bypassing.say();
    }
    Ok(ExitCode::SUCCESS)
}

/// Adds what is remembered of an enrolment that was begun here, as long as it waits for its code: that it was begun,
/// where the server tells nothing yet, and how its codes come.
fn with_begun(session: &Session, host: &Host, told: TwoFactor) -> Result<TwoFactor, Failure> {
    let Some(pending) = session.pending_enrolment(host)? else {
        return Ok(told);
    };
    let waits = !told.verified && (told.enabled || pending.id.is_some());
    Ok(match waits {
        true => {
            TwoFactor { enabled: true, delivery: told.delivery.or(Some(pending.delivery)), ..told }
        }
        false => told,
    })
}

fn resend(session: &Session) -> Result<ExitCode, Failure> {
    let host = session.target()?.host;
    session.require_offer(&host, Capability::SmsTwoFactor)?;
    let sent = session
        .with_credential(&host, |server, signed_in| server.resend_code(&signed_in.credential));
    sent.map_err(|failure| match failure {
        Failure { kind: Kind::Refused, hint: None, .. } => failure.hint(
            "only an unfinished enrolment by text message has a code to send; check with `keybelt 2fa status`",
        ),
        failure => failure,
    })?;
    let document = json!({ "host": host.to_string(), "sent": true });
    report::changed(session.options.json, "Sent the verification code again", &document);
    Ok(ExitCode::SUCCESS)
}

fn disable(session: &Session) -> Result<ExitCode, Failure> {
    let host = session.target()?.host;
    session.require_offer(&host, Capability::AppTwoFactor)?;
    let account = session.account(&host)?;
    if account.two_factor.as_ref().is_some_and(|state| !state.enabled) {
        let document = disabled_document(&host, &account);
        let line = format!("Nothing to do: two-factor authentication is off for {}", account.name);
        report::changed(session.options.json, &line, &document);
        return Ok(ExitCode::SUCCESS);
    }
    let question = format!("Disable two-factor authentication for {} at {host}?", account.name);
    Confirmation::of_person(session).ask(&question, "nothing was changed")?;
    let act = SensitiveAction::of_account("disabling two-factor authentication");
    session.require_sudo_mode(&host, &act)?;
    let state = session.with_credential(&host, |server, signed_in| {
        server.disable_two_factor(&signed_in.credential)
    })?;
    if state.enabled {
        return Err(Failure::unavailable(format!(
            "`{host}` reported success, but two-factor authentication is still on"
        ))
        .hint("check again with `keybelt 2fa status`"));
    }
    let account = Account { two_factor: Some(state), ..account };
    let document = disabled_document(&host, &account);
    let line = format!("Disabled two-factor authentication for {} at {host}", account.name);
    report::changed(session.options.json, &line, &document);
    Ok(ExitCode::SUCCESS)
}

fn disabled_document(host: &Host, account: &Account) -> Value {
    json!({
        "host": host.to_string(),
        "account": account.name.as_str(),
        "two_factor": report::two_factor_document(account.two_factor.as_ref()),
    })
}
