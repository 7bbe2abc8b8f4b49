//! An enrolment in two-factor authentication: what an app needs, the code that verifies it, and its end.

use secrecy::{ExposeSecret, SecretString};
use serde_json::{Value, json};

use super::recovery_codes::{self, CodesDestination};
use crate::account::Account;
use crate::failure::Failure;
use crate::host::Host;
use crate::operation::ssh_keys::Bypassing;
use crate::provider::VerifyAnswer;
use crate::redaction;
use crate::report;
use crate::session::code::{Answer, CodeDialog, OtherWays, Refused};
use crate::session::{Session, secret_sources};
use crate::signal;
use crate::terminal;
use crate::terminal::prompt::Prompter;
use crate::terminal::qr::{self, Provisioning};
use crate::text;
use crate::two_factor::{Delivery, Enrolment, StartedEnrolment, VerificationCode, Verified};

/// A proven enrolment whose recovery codes are not kept yet: signals wait until they are.
pub struct VerifiedEnrolment {
    verified: Verified,
    _deferred: signal::DeferredSignals,
}

/// Returns whether the server says that two-factor authentication is enabled and verified.
pub fn is_verified(account: &Account) -> bool {
    account.two_factor.as_ref().is_some_and(|state| state.enabled && state.verified)
}

/// Fails, before a code is asked for, where the server says that none was begun.
pub fn require_started(account: &Account, host: &Host) -> Result<(), Failure> {
    if account.two_factor.as_ref().is_none_or(|state| state.enabled) {
        return Ok(());
    }
    Err(Failure::refused(format!(
        "two-factor authentication is not enabled for {} at `{host}`, so there is nothing to verify",
        account.name
    ))
    .hint("start with `keybelt 2fa enable`"))
}

/// What the server said to a code.
enum Verification {
    Verified(VerifiedEnrolment),
    Refused(Refused),
}

/// Asks for codes until one verifies the enrolment.
///
/// # Errors
/// Refused after the last wrong code; the enrolment is then enabled, not verified.
pub fn verify_enrolment(
    session: &Session,
    host: &Host,
    delivery: Option<Delivery>,
    pending: Option<&str>,
    given: Option<VerificationCode>,
) -> Result<VerifiedEnrolment, Failure> {
    if let Some(code) = given {
        return match verify(session, host, delivery, pending, &code)? {
            Verification::Verified(verified) => Ok(verified),
            Verification::Refused(refused) => Err(refusal(host, refused)),
        };
    }
    let prompter = Prompter::open().map_err(|reason| secret_sources::no_code(&reason))?;
    let _unfinished = signal::cleanup_on_signal(|| terminal::hint(UNFINISHED));
    let send_again = delivery != Some(Delivery::App);
    let mut dialog = CodeDialog::new(prompter, OtherWays { send_again, ..OtherWays::default() });
    let mut last = Refused::default();
    while dialog.may_try() {
        match dialog.ask(None).map_err(|failure| failure.hint(UNFINISHED))? {
            Answer::SendText => resend(session, host, &mut dialog),
            Answer::Code(code) => {
                last = match verify(session, host, delivery, pending, &code)? {
                    Verification::Verified(verified) => return Ok(verified),
                    Verification::Refused(refused) => refused,
                };
                dialog.show(&last.to_string());
            }
        }
    }
    Err(refusal(host, last))
}

/// Sends one code. A signal waits for the answer, because recovery codes may be in it, but not for a
/// password that is asked for in between.
fn verify(
    session: &Session,
    host: &Host,
    delivery: Option<Delivery>,
    pending: Option<&str>,
    code: &VerificationCode,
) -> Result<Verification, Failure> {
    let (answer, deferred) = session.with_credential(host, |server, signed_in| {
        let deferred = signal::defer_signals();
        let answer = server.verify_two_factor(&signed_in.credential, pending, code)?;
        Ok((answer, deferred))
    })?;
    Ok(match answer {
        VerifyAnswer::Verified(verified) => {
            Verification::Verified(VerifiedEnrolment { verified, _deferred: deferred })
        }
        VerifyAnswer::Refused { server_time } => {
            Verification::Refused(Refused::new(delivery, server_time))
        }
    })
}

fn resend(session: &Session, host: &Host, dialog: &mut CodeDialog) {
    match session
        .with_credential(host, |server, signed_in| server.resend_code(&signed_in.credential))
    {
        Ok(()) => dialog.show("Sent the verification code again."),
        Err(failure) => dialog.no_text_was_sent(&failure),
    }
}

/// What an enrolment leaves that ends before its code was accepted.
const UNFINISHED: &str = "two-factor authentication is enabled, not verified, and sign-in does not ask for codes yet; finish it with `keybelt 2fa verify`";

fn refusal(host: &Host, refused: Refused) -> Failure {
    let hint = match refused.clock() {
        Some(clock) => format!("{clock}\n{UNFINISHED}"),
        None => UNFINISHED.to_owned(),
    };
    Failure::refused(format!("`{host}` refused the verification code")).hint(hint)
}

/// Puts the recovery codes where they belong, and reports the enrolment as done. `setup` is what the app
/// needs, if the JSON document is the only place where it can be shown.
///
/// # Errors
/// A failure if the file could not be written; the codes have then been shown instead.
pub fn finish(
    session: &Session,
    host: &Host,
    account: &str,
    enrolment: &VerifiedEnrolment,
    mut destination: CodesDestination,
    setup: Value,
) -> Result<(), Failure> {
    let verified = &enrolment.verified;
    let mut document = json!({
        "host": host.to_string(),
        "account": account,
        "two_factor": report::two_factor_document(Some(&verified.two_factor)),
        "recovery_codes_file": null,
        "recovery_codes": null,
    });
    report::extend(&mut document, setup);
    let is_on = verified.two_factor.enabled && verified.two_factor.verified;
    if is_on {
        terminal::say(&format!("Enabled two-factor authentication for {account} at {host}"));
    }
    let outcome =
        recovery_codes::put(verified, &mut destination, &mut document, session.options.json);
    if is_on {
        print_caveats(session, host);
        Bypassing::fetch(session, host).say();
        forget_enrolment(session, host);
    }
    if session.options.json {
        match destination {
            CodesDestination::Result => {
                terminal::try_document(&document)
                    .map_err(|error| recovery_codes::not_printed(verified, error))?;
            }
            CodesDestination::File(_) => terminal::document(&document),
        }
    }
    outcome?;
    if is_on {
        return Ok(());
    }
    Err(Failure::unavailable(format!(
        "`{host}` accepted the code, but two-factor authentication is still not verified"
    ))
    .hint("check with `keybelt 2fa status`, then run `keybelt 2fa verify` with the next code"))
}

/// Forgets which enrolment waited for its code. It is proven, so failing to is only worth a word.
fn forget_enrolment(session: &Session, host: &Host) {
    let forgotten = match session.pending_enrolment(host) {
        Ok(Some(_)) => session.note_enrolment(host, None).map(drop),
        pending => pending.map(drop),
    };
    if let Err(failure) = forgotten {
        terminal::warn(&failure.message);
    }
}

/// What an authenticator app needs, as far as the server gave it.
pub struct AppSetup<'a> {
    /// The provisioning address.
    pub url: &'a SecretString,
    provisioning: Option<Provisioning>,
}

pub fn app_setup(begun: &StartedEnrolment) -> Option<AppSetup<'_>> {
    let url = begun.provisioning_url.as_ref()?;
    redaction::protect(url);
    let provisioning = Provisioning::parse(url.expose_secret());
    if let Some(provisioning) = &provisioning {
        redaction::protect(&provisioning.secret);
    }
    Some(AppSetup { url, provisioning })
}

pub fn nothing_to_set_up() -> Failure {
    Failure::unavailable("the server returned no authenticator app setup").hint(
        "two-factor authentication is enabled, not verified: try again, or `keybelt 2fa disable`",
    )
}

/// Shows a person what to do now: scan, type the secret, or wait for the text.
pub fn show_begun(
    enrolment: &Enrolment,
    begun: &StartedEnrolment,
    no_qr: bool,
) -> Result<(), Failure> {
    let Some(mut screen) = Prompter::open_for_output() else {
        return show_without_screen(enrolment, begun);
    };
    if enrolment.delivery == Delivery::Sms {
        let number =
            begun.two_factor.sms_number.as_deref().map_or("your number".into(), text::escape);
        screen.show(&format!("Sent a text message with a code to {number}."));
        return Ok(());
    }
    let setup = app_setup(begun).ok_or_else(nothing_to_set_up)?;
    match &setup.provisioning {
        None => screen.show(&format!(
            "Add this address to your authenticator app: {}",
            setup.url.expose_secret()
        )),
        Some(provisioning) => {
            if !no_qr {
                show_qr(&mut screen, setup.url);
            }
            let label = "Secret for your authenticator app:";
            let secret = qr::grouped(provisioning.secret.expose_secret());
            let fits = label.len() + 1 + secret.len() <= screen.width();
            screen.show(&format!("{label}{}{secret}", if fits { ' ' } else { '\n' }));
        }
    }
    Ok(())
}

/// Without a terminal, what the app needs goes to stdout, or into the one JSON document at the end.
fn show_without_screen(enrolment: &Enrolment, begun: &StartedEnrolment) -> Result<(), Failure> {
    if enrolment.delivery == Delivery::Sms {
        return Ok(());
    }
    let setup = app_setup(begun).ok_or_else(nothing_to_set_up)?;
    if !terminal::is_json() {
        terminal::result(&setup_lines(&setup).join("\n"));
    }
    Ok(())
}

/// Returns the provisioning address and, where it is one that names a secret, the secret.
pub fn setup_lines(setup: &AppSetup<'_>) -> Vec<String> {
    let secret = setup
        .provisioning
        .as_ref()
        .map(|provisioning| provisioning.secret.expose_secret().to_owned());
    let address = text::escape(setup.url.expose_secret()).into_owned();
    std::iter::once(address).chain(secret).collect()
}

/// Returns what the app needs, for JSON.
pub fn setup_document(begun: &StartedEnrolment) -> Value {
    let setup = app_setup(begun);
    let secret = setup
        .as_ref()
        .and_then(|setup| setup.provisioning.as_ref())
        .map(|found| found.secret.expose_secret().to_owned());
    json!({
        "provisioning_url": setup.as_ref().map(|setup| setup.url.expose_secret()),
        "secret": secret,
    })
}

/// Draws the QR code, if the terminal has room for it; the secret follows as text anyway.
fn show_qr(screen: &mut Prompter, url: &SecretString) {
    match qr::draw(url.expose_secret(), screen.width(), screen.height()) {
        Ok(drawing) => {
            screen.draw(&format!("Scan this with your authenticator app:\n\n{drawing}"));
        }
        Err(reason) => screen.show(&format!("Cannot draw a QR code here: {reason}.")),
    }
}

/// Says what two-factor authentication leaves open.
pub fn print_caveats(session: &Session, host: &Host) {
    for caveat in session.known_server(host).caveats() {
        terminal::say(&caveat);
    }
}
