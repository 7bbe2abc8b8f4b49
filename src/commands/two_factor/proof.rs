//! Proving an enrolment, and not losing the recovery codes that come of it.

use std::path::Path;

use jiff::Timestamp;
use secrecy::{ExposeSecret, SecretString};
use serde_json::{Value, json};

use crate::failure::Failure;
use crate::host::Host;
use crate::private_file::PrivateFile;
use crate::provider::VerifyAnswer;
use crate::redaction;
use crate::report;
use crate::session::Session;
use crate::session::code::{self, Answer, CodeDialog, OtherWays};
use crate::signal;
use crate::terminal;
use crate::terminal::prompt::Prompter;
use crate::two_factor::{Delivery, RecoveryCode, VerificationCode, Verified};

/// Where recovery codes go. Created before anything is asked of the server, so that they cannot be lost
/// for want of a place.
pub(super) enum Keep {
    /// To the terminal or into the JSON document.
    Result,
    /// Into a fresh file.
    File(PrivateFile),
}

impl Keep {
    /// Decides where they go.
    ///
    /// # Errors
    /// A usage failure if they would go nowhere; a failure if the file exists or cannot be created.
    pub(super) fn prepare(session: &Session, file: Option<&Path>) -> Result<Self, Failure> {
        match file {
            Some(path) => Ok(Self::File(codes_file(path)?)),
            None if terminal::stdout_is_lost() => {
                Err(Failure::usage("the recovery codes would be lost: stdout leads nowhere")
                    .hint("save them with --recovery-codes-file FILE"))
            }
            None if session.options.json || terminal::stdout_is_terminal() => Ok(Self::Result),
            None => Err(Failure::usage(
                "the recovery codes would be lost: nobody is there to read them",
            )
            .hint("save them with --recovery-codes-file FILE, or use -o json")),
        }
    }
}

/// Creates the file for recovery codes, before anything is asked of the server.
///
/// # Errors
/// A failure if it exists or cannot be created.
pub(super) fn codes_file(path: &Path) -> Result<PrivateFile, Failure> {
    PrivateFile::create(path).map_err(|error| {
        Failure::failure(format!("cannot create {} for the recovery codes", path.display()))
            .because(error)
            .hint("nothing was changed on the server; name a file that does not exist yet")
    })
}

/// Returns the codes as a file has them, one a line.
pub(super) fn lines(codes: &[RecoveryCode]) -> SecretString {
    let lines: String =
        codes.iter().map(|code| format!("{}\n", code.secret().expose_secret())).collect();
    lines.into()
}

/// A proven enrolment whose recovery codes are not kept yet: signals wait until they are.
pub(super) struct Proven {
    verified: Verified,
    _deferred: signal::DeferredSignals,
}

/// Asks for codes until one proves the enrolment.
///
/// # Errors
/// Refused after the last wrong code; the enrolment is then enabled, not verified.
pub(super) fn prove(
    session: &Session,
    host: &Host,
    delivery: Option<Delivery>,
    pending: Option<&str>,
    given: Option<VerificationCode>,
) -> Result<Proven, Failure> {
    if let Some(code) = given {
        redaction::protect(code.secret());
        return verify(session, host, pending, &code)?
            .map_err(|server_time| refused(host, delivery, server_time));
    }
    let prompter =
        Prompter::open().map_err(|reason| crate::session::secret_sources::no_code(&reason))?;
    let send_again = delivery != Some(Delivery::App);
    let mut dialog = CodeDialog::new(prompter, OtherWays { send_again, ..OtherWays::default() });
    let mut server_time = None;
    while dialog.may_try() {
        match dialog.ask(None)? {
            Answer::SendText => resend(session, host, &mut dialog),
            Answer::Code(code) => {
                redaction::protect(code.secret());
                match verify(session, host, pending, &code)? {
                    Ok(proven) => return Ok(proven),
                    Err(time) => server_time = time,
                }
                dialog.show(&code::refusal_text(delivery, server_time));
            }
        }
    }
    Err(refused(host, delivery, server_time))
}

/// Sends one code. A signal waits for the answer, because recovery codes may be in it, but not for a
/// password that is asked for in between.
fn verify(
    session: &Session,
    host: &Host,
    pending: Option<&str>,
    code: &VerificationCode,
) -> Result<Result<Proven, Option<Timestamp>>, Failure> {
    let (answer, deferred) = session.with_credential(host, |server, signed_in| {
        let deferred = signal::defer_signals();
        let answer = server.verify_two_factor(&signed_in.credential, pending, code)?;
        Ok((answer, deferred))
    })?;
    Ok(match answer {
        VerifyAnswer::Verified(verified) => Ok(Proven { verified, _deferred: deferred }),
        VerifyAnswer::Refused { server_time } => Err(server_time),
    })
}

fn resend(session: &Session, host: &Host, dialog: &mut CodeDialog) {
    match session
        .with_credential(host, |server, signed_in| server.resend_code(&signed_in.credential))
    {
        Ok(()) => dialog.show("Sent the verification code again."),
        Err(failure) => dialog.show(&format!("No text message was sent: {failure}")),
    }
}

fn refused(host: &Host, delivery: Option<Delivery>, server_time: Option<Timestamp>) -> Failure {
    let said = code::refusal_text(delivery, server_time);
    let failure = Failure::refused(format!("`{host}` refused the verification code"));
    let next = "two-factor authentication is enabled, not verified: run `keybelt 2fa verify` with the next code";
    match said.strip_prefix("The code was refused. ") {
        Some(clock) => failure.hint(format!("{clock} {next}")),
        None => failure.hint(next),
    }
}

/// Puts the recovery codes where they belong, and reports the enrolment as done. `setup` is what the app
/// needs, if the JSON document is the only place where it can be shown.
///
/// # Errors
/// A failure if the file could not be written; the codes have then been shown instead.
pub(super) fn finish(
    session: &Session,
    host: &Host,
    account: &str,
    proven: &Proven,
    mut keep: Keep,
    setup: Value,
) -> Result<(), Failure> {
    let verified = &proven.verified;
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
    let outcome = keep_codes(verified, &mut keep, &mut document, session.options.json);
    if is_on {
        super::tell_caveats(session, host);
        forget_enrolment(session, host);
    }
    if session.options.json {
        match keep {
            Keep::Result => {
                terminal::precious_document(&document)
                    .map_err(|error| not_printed(verified, error))?;
            }
            Keep::File(_) => terminal::document(&document),
        }
    }
    outcome?;
    if is_on {
        return Ok(());
    }
    Err(Failure::unavailable(format!(
        "`{host}` did as if it accepted the code, but two-factor authentication is not verified"
    ))
    .hint("look with `keybelt 2fa status`, then run `keybelt 2fa verify` with the next code"))
}

fn keep_codes(
    verified: &Verified,
    keep: &mut Keep,
    document: &mut Value,
    json: bool,
) -> Result<(), Failure> {
    let codes = &verified.recovery_codes;
    if codes.is_empty() {
        terminal::warn(
            "the server gave no recovery codes; look for them with `keybelt 2fa recovery-codes list`, or on its security settings page",
        );
    }
    if verified.unreadable > 0 {
        terminal::warn(&format!(
            "the server gave {} more recovery codes that are no text",
            verified.unreadable
        ));
    }
    match keep {
        Keep::Result if json => {
            document["recovery_codes"] = json!(texts(codes));
            Ok(())
        }
        _ if codes.is_empty() => Ok(()),
        Keep::File(file) => save(codes, file, document),
        Keep::Result => {
            terminal::say(
                "Recovery codes, shown only now; keep them where you keep no phone. Each works once:",
            );
            let text = lines(codes);
            terminal::precious_result(text.expose_secret().trim_end_matches('\n'))
                .map_err(|error| not_printed(verified, error))
        }
    }
}

fn save(
    codes: &[RecoveryCode],
    file: &mut PrivateFile,
    document: &mut Value,
) -> Result<(), Failure> {
    let written = file.write(&lines(codes));
    let shown = file.path().display().to_string();
    if let Err(error) = written {
        show_codes(codes);
        return Err(Failure::failure(format!(
            "two-factor authentication is on, but the recovery codes could not be written to {shown}; they were shown instead"
        ))
        .because(error)
        .hint("copy them now: they are not shown again"));
    }
    terminal::say(&format!("Saved {} recovery codes to {shown}; each works once", codes.len()));
    document["recovery_codes_file"] = json!(shown);
    Ok(())
}

fn texts(codes: &[RecoveryCode]) -> Vec<&str> {
    codes.iter().map(|code| code.secret().expose_secret()).collect()
}

/// Shows the codes that stdout did not take, and explains.
fn not_printed(verified: &Verified, error: std::io::Error) -> Failure {
    if !verified.recovery_codes.is_empty() {
        show_codes(&verified.recovery_codes);
    }
    Failure::failure(
        "two-factor authentication is on, but stdout did not take the recovery codes; they were shown instead",
    )
    .because(error)
    .hint("copy them now: they are not shown again")
}

/// The last resort for codes that no file takes: the terminal, else standard error.
fn show_codes(codes: &[RecoveryCode]) {
    let text = format!("Recovery codes:\n{}", texts(codes).join("\n"));
    match Prompter::open_for_output() {
        Some(mut prompter) => prompter.show(&text),
        None => terminal::rescue(&text),
    }
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
