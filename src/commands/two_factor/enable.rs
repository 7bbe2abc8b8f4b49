//! `keybelt 2fa enable`: start two-factor enrolment, and usually finish it.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use secrecy::ExposeSecret;
use serde_json::json;

use crate::account::Account;
use crate::commands::global::GlobalArgs;
use crate::commands::secret_args::SecretArgs;
use crate::failure::Failure;
use crate::host::Host;
use crate::operation::enrolment;
use crate::operation::recovery_codes::CodesDestination;
use crate::operation::revocation;
use crate::provider::{AccountServer, Capability};
use crate::report;
use crate::session::Session;
use crate::session::confirmation::{self, Confirmation};
use crate::session::sudo::SensitiveAction;
use crate::terminal;
use crate::terminal::prompt::Prompter;
use crate::terminal::qr;
use crate::text;
use crate::two_factor::{Delivery, Enrolment, PendingEnrolment, SmsNumber, StartedEnrolment};

/// Options of `2fa enable`.
#[derive(Debug, Args)]
pub struct EnableArgs {
    /// Use an authenticator app
    #[arg(long)]
    pub app: bool,
    /// Send codes as text messages to NUMBER; with --app, use NUMBER as backup
    #[arg(long, value_name = "NUMBER", num_args = 0..=1, default_missing_value = "")]
    pub sms: Option<String>,
    /// Print the secret and stop; finish with `keybelt 2fa verify`
    #[arg(long, conflicts_with_all = ["recovery_codes_file", "code", "code_stdin", "code_command"])]
    pub no_verify: bool,
    /// Show the secret as text only
    #[arg(long)]
    pub no_qr: bool,
    /// Save the recovery codes to a new private file
    #[arg(long, value_name = "FILE")]
    pub recovery_codes_file: Option<PathBuf>,
    /// After enabling, revoke all other tokens of the account, including those used by CI
    #[arg(long, conflicts_with = "no_verify")]
    pub revoke_others: bool,
    /// Passwords and codes.
    #[command(flatten)]
    pub secrets: SecretArgs,
}

/// Runs the command.
pub(super) fn run(args: EnableArgs, global: &GlobalArgs) -> Result<ExitCode, Failure> {
    let mut session = global.session(None, args.secrets.clone())?;
    // The code on standard input is the enrolment's.
    session.options.in_place &= !session.options.secrets.reads_code_line();
    let host = session.target()?.host;
    session.require_offer(&host, Capability::AppTwoFactor)?;
    let enrolment = wanted(&args, &*session.known_server(&host))?;
    require_code_source(&session, &args)?;
    let destination = if args.no_verify {
        None
    } else {
        let file = args.recovery_codes_file.as_deref();
        Some(CodesDestination::prepare(&session, file)?)
    };
    let account = session.account(&host)?;
    confirm_anew(&session, &account, &host)?;
    let act = SensitiveAction::of_account("enabling two-factor authentication");
    session.require_sudo_mode(&host, &act)?;
    let begun = begin(&session, &host, &enrolment)?;
    if account.two_factor.as_ref().is_some_and(|state| state.enabled && !state.verified) {
        terminal::say("Replaced an earlier enrolment that was never verified");
    }
    let is_remembered = remember(&session, &host, &enrolment, &begun)?;
    match destination {
        None if !is_remembered => return Err(no_stored_entry(&host)),
        None => print_begun(&session, &host, &account, &begun, &args)?,
        Some(destination) => {
            enrolment::show_begun(&enrolment, &begun, args.no_qr)?;
            verify(&session, &host, &account, &enrolment, &begun, destination)?;
            offer_to_revoke_others(&session, &host, args.revoke_others)?;
        }
    }
    Ok(ExitCode::SUCCESS)
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
            "`{host}` reported success, but two-factor authentication is still off"
        ))
        .hint("check again with `keybelt 2fa status`"));
    }
    warn_of_other_number(enrolment, &begun);
    Ok(begun)
}

/// Notes what was begun. Returns whether `2fa verify` will find what the server wants to be told with the code.
fn remember(
    session: &Session,
    host: &Host,
    enrolment: &Enrolment,
    begun: &StartedEnrolment,
) -> Result<bool, Failure> {
    let (delivery, id) = (enrolment.delivery, begun.pending_id.clone());
    let noted = session.note_enrolment(host, Some(&PendingEnrolment { delivery, id }));
    // A server that does not keep enrolments apart needs no memory of ours.
    if begun.pending_id.is_some() { noted } else { Ok(true) }
}

fn verify(
    session: &Session,
    host: &Host,
    account: &Account,
    enrolment: &Enrolment,
    begun: &StartedEnrolment,
    destination: CodesDestination,
) -> Result<(), Failure> {
    let secrets = &session.options.secrets;
    let given = secrets.given_code(host, Some(&account.name))?;
    let pending = begun.pending_id.as_deref();
    let verified =
        enrolment::verify_enrolment(session, host, Some(enrolment.delivery), pending, given)?;
    let is_unseen = enrolment.delivery == Delivery::App && Prompter::open_for_output().is_none();
    let setup = if is_unseen { enrolment::setup_document(begun) } else { json!({}) };
    enrolment::finish(session, host, account.name.as_str(), &verified, destination, setup)
}

/// Ends what signed in without the new factor: if that is asked for, and where it takes one request a person
/// is asked.
fn offer_to_revoke_others(session: &Session, host: &Host, is_wanted: bool) -> Result<(), Failure> {
    let lists_tokens = session.known_server(host).offers(Capability::TokenList);
    let takes_one_request = lists_tokens.or_refuse().is_err();
    let is_wanted =
        is_wanted || takes_one_request && confirmation::offer(session, revocation::OTHERS)?;
    if !is_wanted {
        return Ok(());
    }
    revocation::revoke_other_tokens(session)?.outcome()
}

/// A server that keeps enrolments apart wants to be told which one a code is for; that is kept in the entry.
fn no_stored_entry(host: &Host) -> Failure {
    Failure::usage(format!(
        "the token for {host} is not in keybelt's store, which would remember the enrolment"
    ))
    .hint("nothing was enabled; sign in with `keybelt login`, or leave out --no-verify")
}

/// Reads what is to be enabled, asking where the options leave it open.
fn wanted(args: &EnableArgs, server: &dyn AccountServer) -> Result<Enrolment, Failure> {
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
        Failure::usage(format!("choose --app or --sms NUMBER: keybelt cannot prompt: {reason}"))
            .hint("use --app for an authenticator app, or --sms NUMBER for text messages")
    })?;
    prompter.show("How do you want to receive verification codes?\n  1  an authenticator app (recommended)\n  2  text messages");
    let delivery = prompter.ask_until("1 or 2 [1]: ", |answer| match answer {
        "" | "1" | "app" => Ok(Delivery::App),
        "2" | "sms" => Ok(Delivery::Sms),
        _ => Err(Failure::usage("Choose 1 or 2")),
    })?;
    let sms_number = match delivery {
        Delivery::App => None,
        Delivery::Sms => Some(ask_number()?),
    };
    Ok(Enrolment { delivery, sms_number })
}

fn ask_number() -> Result<SmsNumber, Failure> {
    let mut prompter = Prompter::open().map_err(|reason| {
        Failure::usage(format!("a phone number is required, but keybelt cannot prompt: {reason}"))
            .hint("use --sms +15555555555")
    })?;
    prompter.ask_until("Phone number with country code, such as +15555555555: ", SmsNumber::parse)
}

/// Refuses, before any request, an enrolment that nobody could finish here.
fn require_code_source(session: &Session, args: &EnableArgs) -> Result<(), Failure> {
    if args.no_verify || session.options.secrets.has_code() {
        return Ok(());
    }
    Prompter::open().map(drop).map_err(|reason| {
        Failure::usage(format!("a verification code is required, but keybelt cannot prompt: {reason}"))
            .hint("use --no-verify and then `keybelt 2fa verify`, or --code-command with --recovery-codes-file")
    })
}

/// Enabling while it is on starts over: until the new code is verified, the account has no second factor.
fn confirm_anew(session: &Session, account: &Account, host: &Host) -> Result<(), Failure> {
    match &account.two_factor {
        Some(state) if state.enabled && state.verified => {}
        Some(state) if state.enabled => {
            return Ok(());
        }
        _ => return Ok(()),
    }
    let name = &account.name;
    let act = format!("two-factor authentication is on for {name} at {host}; starting over");
    let hint = "the old secret and recovery codes will stop working; use --yes to start over";
    let question = format!(
        "Two-factor authentication is on for {name} at {host}. Start over? The old secret and recovery codes will stop working"
    );
    Confirmation::new(session, &act, hint)?.ask(&question, "nothing was changed")
}

fn warn_of_other_number(enrolment: &Enrolment, begun: &StartedEnrolment) {
    let (Some(asked), Some(got)) = (&enrolment.sms_number, &begun.two_factor.sms_number) else {
        return;
    };
    if asked.as_str() != got {
        terminal::warn(&format!(
            "the server stored {got}, not {asked}; if that is wrong, run `keybelt 2fa enable` again"
        ));
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
    let setup = enrolment::app_setup(begun);
    if setup.is_none() && args.app {
        return Err(enrolment::nothing_to_set_up());
    }
    let mut document = json!({
        "host": host.to_string(),
        "account": account.name.as_str(),
        "two_factor": report::two_factor_document(Some(&begun.two_factor)),
    });
    report::extend(&mut document, enrolment::setup_document(begun));
    let mut lines = Vec::new();
    if let Some(setup) = &setup {
        if !args.no_qr && terminal::stdout_is_terminal() {
            lines.extend(qr::draw(setup.url.expose_secret(), terminal::width(), usize::MAX));
        }
        lines.extend(enrolment::setup_lines(setup));
    }
    report::answer(session.options.json, &lines.join("\n"), &document);
    let sent = match (&begun.two_factor.delivery, &begun.two_factor.sms_number) {
        (Some(Delivery::Sms), Some(number)) => {
            format!("; a text was sent to {}", text::escape(number))
        }
        (Some(Delivery::Sms), None) => "; a text was sent".to_owned(),
        _ => String::new(),
    };
    terminal::say(&format!(
        "Started two-factor enrolment for {} at {host}{sent}; finish it with `keybelt 2fa verify`",
        account.name
    ));
    Ok(())
}
