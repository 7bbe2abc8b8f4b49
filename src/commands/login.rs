//! `keybelt login`: sign in and store the token.

use std::process::ExitCode;

use clap::Args;
use clap::builder::PossibleValuesParser;
use secrecy::SecretString;
use serde_json::json;

use crate::account::{AccountName, Holder};
use crate::commands::global::GlobalArgs;
use crate::commands::secret_args::SecretArgs;
use crate::environment;
use crate::failure::Failure;
use crate::host::Host;
use crate::lifetime::{self, Lifetime};
use crate::provider::Capability;
use crate::provider_name::ProviderName;
use crate::report;
use crate::session::Session;
use crate::session::credential;
use crate::session::new_token;
use crate::session::new_token::Outcome;
use crate::session::settings;
use crate::session::sign_in::{self, Plan};
use crate::session::web;
use crate::setting;
use crate::store::{Entry, Stored};
use crate::terminal::prompt::Prompter;
use crate::terminal::{self, Stdin};
use crate::token::{Credential, Origin, Source, Token};

/// Sign in and store the token
///
/// Asks for the password and, if the account uses two-factor authentication, for a code: from an app, a text
/// message, or a recovery code (backup code). Opens a browser if the server does not support this. The token
/// is stored privately.
#[derive(Debug, Args)]
pub struct LoginArgs {
    /// Account server [default: the current one, else app.terraform.io]
    #[arg(value_name = "HOST")]
    pub server: Option<String>,
    /// User name or email address
    #[arg(long, value_name = "NAME")]
    pub username: Option<String>,
    /// Send the code as a text message
    #[arg(long)]
    pub sms: bool,
    /// Token lifetime to request, such as 12h or 7d
    #[arg(long, value_name = "TIME")]
    pub expires_in: Option<String>,
    /// Sign in with a browser (the default where password sign-in is not supported)
    #[arg(long, conflicts_with_all = ["token_stdin", "username", "sms", "expires_in", "password_stdin", "password_command", "code", "code_stdin", "code_command"])]
    pub web: bool,
    /// Print the address instead of opening a browser
    #[arg(long)]
    pub no_browser: bool,
    /// Server type, if not detected
    #[arg(long, value_name = "PROVIDER", value_parser = PossibleValuesParser::new(ProviderName::ALL.map(ProviderName::as_str)))]
    pub provider: Option<String>,
    /// Where to store the token: file, keyring or docker:NAME
    #[arg(long, value_name = "STORE")]
    pub store: Option<String>,
    /// Read an existing token from standard input, check it and store it
    #[arg(long, conflicts_with_all = ["username", "sms", "expires_in", "password_stdin", "password_command", "code", "code_stdin", "code_command"])]
    pub token_stdin: bool,
    /// Passwords and codes.
    #[command(flatten)]
    pub secrets: SecretArgs,
}

/// Runs the command.
pub fn run(args: LoginArgs, global: &GlobalArgs) -> Result<ExitCode, Failure> {
    let mut session = global.session(args.server.as_deref(), args.secrets.clone())?;
    session.options.store = args.store.clone();
    session.asked_store()?;
    if let Some(word) = &args.provider {
        session.options.provider = Some(ProviderName::parse(word)?);
    }
    let target = session.target().map_err(|failure| meant_a_name(failure, args.server.as_deref()));
    let host = target?.host;
    say_if_signed_in(&session, &host, args.username.as_deref())?;
    let outcome = if args.token_stdin {
        new_token::save_external_token(&session, &pasted(&host)?, Origin::Pasted)?
    } else if args.web {
        web::sign_in(&session, &host, args.no_browser, None)?
    } else {
        sign_in::run(&session, &host, &plan(&args, &session, &host)?)
            .map_err(|failure| meant_a_user(failure, &host, &args))?
    };
    report(&session, &host, &outcome);
    if let (Some(asked), Origin::Web | Origin::Pasted) =
        (&args.expires_in, outcome.stored.entry.origin)
    {
        terminal::warn(&format!(
            "{host} chose the lifetime of this browser sign-in; for {asked}, run `keybelt token rotate --expires-in {asked}`"
        ));
    }
    // The sign-in is done: a variable that makes no sense is worth a word, and no failure.
    if let Err(failure) = warn_if_overridden(&session, &host) {
        terminal::warn(&failure.message);
    }
    Ok(ExitCode::SUCCESS)
}

/// A host that nobody knows, and has no dot, may be a user.
fn meant_a_user(failure: Failure, host: &Host, args: &LoginArgs) -> Failure {
    let is_unknown = failure.causes().iter().any(|cause| cause == "unknown host");
    if !is_unknown || args.server.is_none() || args.username.is_some() || host.name().contains('.')
    {
        return failure;
    }
    let name = host.name();
    failure.hint(format!(
        "check the host name and the network; to sign in by name: `keybelt login --username {name}`"
    ))
}

/// A name in the place of the server; an address with a password in it is none.
fn meant_a_name(failure: Failure, server: Option<&str>) -> Failure {
    match server.filter(|text| text.contains('@')).and_then(AccountName::new) {
        Some(name) => {
            failure.hint(format!("to sign in by name: `keybelt login --username {name}`"))
        }
        None => failure,
    }
}

/// Says whose token this sign-in would replace, before anything is asked.
fn say_if_signed_in(session: &Session, host: &Host, username: Option<&str>) -> Result<(), Failure> {
    let stored = session.store.find(host, session.options.account.as_ref())?;
    let is_meant = |stored: &Stored| username.is_none_or(|name| name == stored.account.as_str());
    let valid = stored.filter(|stored| !session.is_expired(stored));
    if let Some(Stored { account, .. }) = valid.filter(is_meant) {
        terminal::say(&format!(
            "{account} is already signed in to {host}; signing in again replaces that token"
        ));
    }
    Ok(())
}

fn plan(args: &LoginArgs, session: &Session, host: &Host) -> Result<Plan, Failure> {
    let expires_in = settings::parsed(
        &setting::EXPIRES_IN,
        args.expires_in.clone(),
        &session.options.config,
        Lifetime::parse,
    )?;
    Ok(Plan {
        username: username(args, session, host)?,
        sms: args.sms,
        no_browser: args.no_browser,
        expires_in,
        in_place_of: None,
    })
}

fn username(
    args: &LoginArgs,
    session: &Session,
    host: &Host,
) -> Result<Option<AccountName>, Failure> {
    const VARIABLE: &str = "KEYBELT_USERNAME";
    let (name, source) = match (&args.username, environment::text(VARIABLE)?) {
        (Some(name), _) => (Some(name.clone()), "--username"),
        (None, Some(name)) => (Some(name), VARIABLE),
        (None, None) => (session.configured(host, &setting::USERNAME), "username"),
    };
    let name = name.as_deref().map(AccountName::parse).transpose();
    name.map_err(|failure| failure.about(source))
}

fn pasted(host: &Host) -> Result<Credential, Failure> {
    let line = if terminal::stdin_is_terminal() {
        hidden(host)?
    } else {
        let line = Stdin::new().line("the token")?;
        line.ok_or_else(|| {
            Failure::usage("standard input contains no token")
                .hint("such as: `keybelt login --token-stdin < token.txt`")
        })?
    };
    let token = Token::from_secret(&line, "the token on standard input")?;
    Ok(Credential::new(host, token, Source::Given))
}

/// A person who gives a token by hand pastes it unseen, as with a password.
fn hidden(host: &Host) -> Result<SecretString, Failure> {
    let mut prompter = Prompter::open().map_err(|reason| {
        Failure::not_signed_in(format!(
            "standard input is a terminal, but keybelt cannot prompt: {reason}"
        ))
        .hint("use a pipe or a file: keybelt login --token-stdin < FILE")
    })?;
    prompter.ask_hidden(&format!("Token for {host}: "))
}

fn report(session: &Session, host: &Host, outcome: &Outcome) {
    let Outcome { account, stored, .. } = outcome;
    let entry = &stored.entry;
    let document = json!({
        "host": host.to_string(),
        "account": account.name.as_str(),
        "origin": entry.origin.as_str(),
        "store": entry.store.to_string(),
        "expires_at": report::moment_document(entry.deadline()),
        "expires_in_asked": entry.expires_in_asked.map(Lifetime::seconds),
        "two_factor": report::two_factor_document(account.two_factor.as_ref()),
    });
    let line = format!("Signed in to {host} as {}", account.described());
    report::changed(session.options.json, &line, &document);
    terminal::say(&format!("  valid   {}{}", report::until(session, stored), cut(entry)));
    terminal::say(&format!("  stored  {}", report::location(session, entry)));
    let server = session.server(host, Some(entry));
    let sends_texts = server.offers(Capability::SmsTwoFactor).or_refuse().is_ok();
    let may_enrol = may_enrol(outcome);
    terminal::say(&format!("  next    {}", next_step(outcome, sends_texts, may_enrol)));
}

/// How much less than asked for a server may grant before it is worth a word, in seconds.
const SLACK: i64 = 300;

/// Tells what was asked for, where the server granted less, which it may do without a word.
fn cut(entry: &Entry) -> String {
    let granted = entry.expires_at.and_then(|end| lifetime::remaining(entry.created_at, end));
    match (entry.expires_in_asked, granted) {
        (Some(asked), Some(granted)) if granted.seconds() + SLACK < asked.seconds() => {
            format!("; {asked} was requested")
        }
        _ => String::new(),
    }
}

/// Returns whether a tool may be able to change the account's second factor: it is a person's, it is this server's
/// business, and it signs in with a password: a token that was pasted does not tell.
fn may_enrol(outcome: &Outcome) -> bool {
    let Outcome { account, stored, .. } = outcome;
    let is_own = account.holder == Holder::User
        && account.managed_by.is_none()
        && !account.name.is_of_single_sign_on();
    is_own
        && match stored.entry.origin {
            Origin::Web | Origin::Pasted => false,
            Origin::Password | Origin::Imported | Origin::Helper => true,
        }
}

fn next_step(outcome: &Outcome, sends_texts: bool, may_enrol: bool) -> &'static str {
    if outcome.lost_phone && sends_texts {
        return "if the phone is lost, `keybelt 2fa enable --app` with another, or `keybelt 2fa enable --sms NUMBER` with its number";
    }
    if outcome.lost_phone {
        return "if the phone is lost, `keybelt 2fa enable --app` with another";
    }
    match &outcome.account.two_factor {
        Some(state) if !state.enabled && may_enrol => {
            "`keybelt 2fa enable` to protect this account with a second factor"
        }
        Some(state) if state.enabled && !state.verified && may_enrol => {
            "`keybelt 2fa verify` to finish enabling two-factor authentication"
        }
        _ => "`keybelt status` shows the token in use; `keybelt logout` revokes it",
    }
}

/// The sign-in is done and stored; but another token will be used as long as a variable holds one.
fn warn_if_overridden(session: &Session, host: &Host) -> Result<(), Failure> {
    for candidate in credential::candidates(session, host)? {
        if let (Source::Variable(name), None) = (&candidate.source, candidate.passed_over) {
            terminal::warn(&format!(
                "`{name}` is set and takes precedence for {host}; unset it to use this sign-in"
            ));
        }
    }
    Ok(())
}
