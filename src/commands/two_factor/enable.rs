//! `keybelt 2fa enable`: begin two-factor authentication, and usually finish it.

use std::path::PathBuf;

use clap::Args;
use secrecy::{ExposeSecret, SecretString};
use serde_json::{Value, json};

use super::proof::{self, Keep};
use crate::account::Account;
use crate::commands::global::GlobalArgs;
use crate::commands::secret_args::SecretArgs;
use crate::commands::token::revoke;
use crate::failure::Failure;
use crate::host::Host;
use crate::provider::{AccountServer, Capability};
use crate::redaction;
use crate::report;
use crate::session::Session;
use crate::session::confirmation::{self, Confirmation};
use crate::session::sudo::SensitiveAction;
use crate::terminal;
use crate::terminal::prompt::Prompter;
use crate::terminal::qr::{self, Provisioning};
use crate::text;
use crate::two_factor::{Delivery, Enrolment, SmsNumber, StartedEnrolment};

/// Options of `2fa enable`.
#[derive(Debug, Args)]
pub struct EnableArgs {
    /// Codes come from an authenticator app
    #[arg(long)]
    pub app: bool,
    /// Codes come as text messages to NUMBER; beside --app, NUMBER is the backup
    #[arg(long, value_name = "NUMBER", num_args = 0..=1, default_missing_value = "")]
    pub sms: Option<String>,
    /// Stop after the beginning, and print what the app needs; keybelt 2fa verify finishes
    #[arg(long, conflicts_with_all = ["recovery_codes_file", "code", "code_stdin", "code_command"])]
    pub no_verify: bool,
    /// Draw no QR code; the secret is shown as text
    #[arg(long)]
    pub no_qr: bool,
    /// Save the recovery codes to a new file, readable by you alone
    #[arg(long, value_name = "FILE")]
    pub recovery_codes_file: Option<PathBuf>,
    /// End every other token of the account once it is enabled, those that CI uses too
    #[arg(long, conflicts_with = "no_verify")]
    pub revoke_others: bool,
    /// Passwords and codes.
    #[command(flatten)]
    pub secrets: SecretArgs,
}

/// Runs the command.
pub(super) fn run(args: EnableArgs, global: &GlobalArgs) -> Result<(), Failure> {
    let session = global.session(None, args.secrets.clone())?;
    let host = session.target()?.host;
    let enrolment = enrolment(&args, &*session.known_server(&host))?;
    require_code_source(&session, &args)?;
    let keep = if args.no_verify {
        None
    } else {
        let file = args.recovery_codes_file.as_deref();
        Some(Keep::prepare(&session, file)?)
    };
    let account = session.account(&host)?;
    confirm_anew(&session, &account, &host)?;
    let act = SensitiveAction::of_account("enabling two-factor authentication");
    session.require_sudo_mode(&host, &act)?;
    let begun = begin(&session, &host, &enrolment)?;
    let is_noted = match begun.pending_id.as_deref() {
        Some(pending) => session.note_enrolment(&host, Some(pending))?,
        None => true,
    };
    match keep {
        None if !is_noted => Err(nowhere_to_note(&host)),
        None => print_begun(&session, &host, &account, &begun, &args),
        Some(keep) => {
            show_begun(&enrolment, &begun, args.no_qr)?;
            prove(&session, &host, &account, &enrolment, &begun, keep)?;
            end_others(&session, &host, args.revoke_others)
        }
    }
}

fn begin(
    session: &Session,
    host: &Host,
    enrolment: &Enrolment,
) -> Result<StartedEnrolment, Failure> {
    let begun = session.with_credential(host, |server, signed_in| {
        server.enable_two_factor(&signed_in.credential, enrolment)
    })?;
    if !begun.two_factor.enabled {
        return Err(Failure::unavailable(format!(
            "`{host}` did as if it enabled two-factor authentication, but it is off"
        )));
    }
    warn_of_other_number(enrolment, &begun);
    Ok(begun)
}

fn prove(
    session: &Session,
    host: &Host,
    account: &Account,
    enrolment: &Enrolment,
    begun: &StartedEnrolment,
    keep: Keep,
) -> Result<(), Failure> {
    let secrets = &session.options.secrets;
    let given = secrets.given_code(host, Some(&account.name))?;
    let pending = begun.pending_id.as_deref();
    let proven = proof::prove(session, host, Some(enrolment.delivery), pending, given)?;
    let is_unseen = enrolment.delivery == Delivery::App && Prompter::open_for_output().is_none();
    let setup = if is_unseen { setup_document(begun) } else { json!({}) };
    proof::finish(session, host, account.name.as_str(), &proven, keep, setup)
}

/// Ends what signed in without the new factor: if that is asked for, and where it takes one request a person
/// is asked.
fn end_others(session: &Session, host: &Host, is_wanted: bool) -> Result<(), Failure> {
    let lists_tokens = session.known_server(host).offers(Capability::TokenList);
    let takes_one_request = lists_tokens.or_refuse().is_err();
    let is_wanted = is_wanted || takes_one_request && confirmation::offer(session, revoke::OTHERS)?;
    if !is_wanted {
        return Ok(());
    }
    revoke::end_others(session)?.outcome()
}

/// A server that keeps enrolments apart wants to be told which one a code is for; that is kept in the entry.
fn nowhere_to_note(host: &Host) -> Failure {
    Failure::usage(format!(
        "the token for {host} is not in keybelt's store, which would remember the enrolment"
    ))
    .hint("nothing was enabled; sign in with `keybelt login`, or leave out --no-verify")
}

/// Reads what is to be enabled, asking where the options leave it open.
fn enrolment(args: &EnableArgs, server: &dyn AccountServer) -> Result<Enrolment, Failure> {
    let texts = server.offers(Capability::SmsTwoFactor).or_refuse();
    if args.sms.is_some() {
        texts?;
    } else if !args.app && texts.is_err() {
        return Ok(Enrolment { delivery: Delivery::App, sms_number: None });
    }
    let number = |text: &str| match text {
        "" => ask_number(),
        text => SmsNumber::parse(text),
    };
    match (args.app, &args.sms) {
        (true, None) => Ok(Enrolment { delivery: Delivery::App, sms_number: None }),
        (true, Some(text)) => {
            Ok(Enrolment { delivery: Delivery::App, sms_number: Some(number(text)?) })
        }
        (false, Some(text)) => {
            Ok(Enrolment { delivery: Delivery::Sms, sms_number: Some(number(text)?) })
        }
        (false, None) => ask_enrolment(),
    }
}

fn ask_enrolment() -> Result<Enrolment, Failure> {
    let mut prompter = Prompter::open().map_err(|reason| {
        Failure::usage(format!("where shall codes come from? It cannot be asked: {reason}"))
            .hint("use --app for an authenticator app, or --sms NUMBER for text messages")
    })?;
    prompter.show("Where shall verification codes come from?\n  1  an authenticator app (recommended)\n  2  text messages");
    match prompter.ask("1 or 2 [1]: ")?.trim() {
        "" | "1" | "app" => Ok(Enrolment { delivery: Delivery::App, sms_number: None }),
        "2" | "sms" => Ok(Enrolment { delivery: Delivery::Sms, sms_number: Some(ask_number()?) }),
        _ => Err(Failure::usage("that was neither 1 nor 2")),
    }
}

fn ask_number() -> Result<SmsNumber, Failure> {
    let mut prompter = Prompter::open().map_err(|reason| {
        Failure::usage(format!("a telephone number is needed, and cannot be asked for: {reason}"))
            .hint("give it as --sms +15555555555")
    })?;
    SmsNumber::parse(&prompter.ask("Telephone number, with country code (+15555555555): ")?)
}

/// Refuses, before any request, an enrolment that nobody could finish here.
fn require_code_source(session: &Session, args: &EnableArgs) -> Result<(), Failure> {
    if args.no_verify || session.options.secrets.has_code() {
        return Ok(());
    }
    Prompter::open().map(drop).map_err(|reason| {
        Failure::usage(format!("a verification code will be needed, and cannot be asked for: {reason}"))
            .hint("use --no-verify and then `keybelt 2fa verify`, or --code-command with --recovery-codes-file")
    })
}

/// Enabling while it is on starts over: until the new code is verified, the account has no second factor.
fn confirm_anew(session: &Session, account: &Account, host: &Host) -> Result<(), Failure> {
    match &account.two_factor {
        Some(state) if state.enabled && state.verified => {}
        Some(state) if state.enabled => {
            terminal::say(
                "An enrolment was begun earlier and not verified; this one takes its place",
            );
            return Ok(());
        }
        _ => return Ok(()),
    }
    let name = &account.name;
    let act = format!("two-factor authentication is on for {name} at {host}; starting over");
    let hint = "the old secret and recovery codes end; use --yes to start over";
    let question = format!(
        "Two-factor authentication is on for {name} at {host}. Start over? The old secret and recovery codes end"
    );
    Confirmation::new(session, &act, hint)?.ask(&question, "nothing was changed")
}

fn warn_of_other_number(enrolment: &Enrolment, begun: &StartedEnrolment) {
    let (Some(asked), Some(got)) = (&enrolment.sms_number, &begun.two_factor.sms_number) else {
        return;
    };
    if asked.as_str() != got {
        terminal::warn(&format!(
            "the server keeps the number as {got}, not {asked}; if that is wrong, enable again"
        ));
    }
}

/// What an authenticator app needs, as far as the server gave it.
struct AppSetup<'a> {
    url: &'a SecretString,
    provisioning: Option<Provisioning>,
}

fn app_setup(begun: &StartedEnrolment) -> Option<AppSetup<'_>> {
    let url = begun.provisioning_url.as_ref()?;
    redaction::protect(url);
    let provisioning = Provisioning::parse(url.expose_secret());
    if let Some(provisioning) = &provisioning {
        redaction::protect(&provisioning.secret);
    }
    Some(AppSetup { url, provisioning })
}

fn nothing_to_set_up() -> Failure {
    Failure::unavailable("the server gave nothing to set up an authenticator app with").hint(
        "two-factor authentication is enabled, not verified: try again, or `keybelt 2fa disable`",
    )
}

/// Shows a person what to do now: scan, type the secret, or wait for the text.
fn show_begun(enrolment: &Enrolment, begun: &StartedEnrolment, no_qr: bool) -> Result<(), Failure> {
    let Some(mut screen) = Prompter::open_for_output() else {
        return show_without_screen(enrolment, begun);
    };
    if enrolment.delivery == Delivery::Sms {
        let number =
            begun.two_factor.sms_number.as_deref().map_or("your number".into(), text::escape);
        screen.show(&format!("A text message with a code is on its way to {number}."));
        return Ok(());
    }
    let setup = app_setup(begun).ok_or_else(nothing_to_set_up)?;
    match &setup.provisioning {
        None => screen.show(&format!(
            "Set up your authenticator app with {}",
            text::escape(setup.url.expose_secret())
        )),
        Some(provisioning) => {
            if !no_qr {
                show_qr(&mut screen, setup.url);
            }
            screen.show(&format!(
                "Or type this secret into it: {}",
                qr::grouped(provisioning.secret.expose_secret())
            ));
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
fn setup_lines(setup: &AppSetup<'_>) -> Vec<String> {
    let secret = setup
        .provisioning
        .as_ref()
        .map(|provisioning| provisioning.secret.expose_secret().to_owned());
    let address = text::escape(setup.url.expose_secret()).into_owned();
    std::iter::once(address).chain(secret).collect()
}

/// Returns what the app needs, for JSON.
fn setup_document(begun: &StartedEnrolment) -> Value {
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

/// Draws the QR code, if the terminal has colours and room for it; the secret follows as text anyway.
fn show_qr(screen: &mut Prompter, url: &SecretString) {
    match qr::draw(url.expose_secret(), screen.width()) {
        Some(drawing) if drawing.lines().count() < screen.height() => {
            screen.show(&format!("Scan this with your authenticator app:\n\n{drawing}"));
        }
        _ => screen.show("This terminal has no room or no colours for a QR code."),
    }
}

/// Prints the beginning as the result, for a script that goes on with `2fa verify`.
fn print_begun(
    session: &Session,
    host: &Host,
    account: &Account,
    begun: &StartedEnrolment,
    args: &EnableArgs,
) -> Result<(), Failure> {
    let setup = app_setup(begun);
    if setup.is_none() && args.app {
        return Err(nothing_to_set_up());
    }
    let mut document = json!({
        "host": host.to_string(),
        "account": account.name.as_str(),
        "two_factor": report::two_factor_document(Some(&begun.two_factor)),
    });
    report::extend(&mut document, setup_document(begun));
    let mut lines = Vec::new();
    if let Some(setup) = &setup {
        if !args.no_qr && terminal::stdout_is_terminal() {
            lines.extend(qr::draw(setup.url.expose_secret(), terminal::width()));
        }
        lines.extend(setup_lines(setup));
    }
    report::answer(session.options.json, &lines.join("\n"), &document);
    terminal::say(&format!(
        "Began two-factor authentication for {} at {host}; finish it with `keybelt 2fa verify`",
        account.name
    ));
    Ok(())
}
