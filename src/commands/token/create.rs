//! `keybelt token create`: a new token, shown once.

use std::process::ExitCode;

use clap::Args;
use secrecy::ExposeSecret;
use serde_json::{Value, json};

use super::whose::WhoseArgs;
use crate::commands::global::GlobalArgs;
use crate::commands::secret_args::SecretArgs;
use crate::environment;
use crate::failure::Failure;
use crate::host::Host;
use crate::lifetime::Lifetime;
use crate::operation::group_tokens::{GroupTokens, Whose};
use crate::operation::listed_tokens;
use crate::provider::Capability;
use crate::report;
use crate::session::Session;
use crate::session::sudo::SensitiveAction;
use crate::signal;
use crate::terminal;
use crate::token::{Token, TokenInfo};

/// Options of `token create`.
#[derive(Debug, Args)]
pub struct CreateArgs {
    /// Description in token lists
    #[arg(long, value_name = "TEXT")]
    pub description: Option<String>,
    /// Lifetime to request, such as 30d [default: the server's]
    #[arg(long, value_name = "TIME")]
    pub expires_in: Option<String>,
    /// Whose token it shall be.
    #[command(flatten)]
    pub whose: WhoseArgs,
    /// Passwords and codes.
    #[command(flatten)]
    pub secrets: SecretArgs,
}

/// Runs the command.
pub(super) fn run(args: CreateArgs, global: &GlobalArgs) -> Result<ExitCode, Failure> {
    let session = global.session(None, args.secrets)?;
    if let Some(whose) = args.whose.of_organization(global)? {
        let asked = Lifetime::of_option("--expires-in", args.expires_in.as_deref())?;
        return of_organization(&session, &whose, args.description, asked);
    }
    let host = session.target()?.host;
    session.require_offer(&host, Capability::TokenCreation)?;
    let asked = Lifetime::of_option("--expires-in", args.expires_in.as_deref())?;
    let expires_at = asked.map(|asked| asked.after(environment::now()));
    let description = args
        .description
        .unwrap_or_else(|| format!("made with keybelt on {}", environment::machine_name()));
    // Before anything is asked: a password would be typed for nothing.
    session.known_server(&host).offers(Capability::TokenCreation).or_refuse()?;
    let account = session.account(&host)?;
    session.require_sudo_mode(&host, &SensitiveAction::of_account("creating a token"))?;
    // A signal waits until the token has been printed: nobody else knows it.
    let _deferred = signal::defer_signals();
    let (info, token) = session.with_credential(&host, |server, signed_in| {
        server.create_token(&signed_in.credential, &account, &description, expires_at)
    })?;
    terminal::say(&format!(
        "Created token {} for {} at {host}, {}; it will not be shown again",
        info.id,
        account.name,
        validity(&info)
    ));
    let mut document = json!({ "host": host.to_string(), "account": account.name.as_str() });
    report::extend(&mut document, listed_tokens::document(&info, false));
    document["token"] = json!(token.secret().expose_secret());
    print_token(&session, &document, &token)
        .map_err(|error| revoke_lost(&session, &host, &info).because(error))?;
    Ok(ExitCode::SUCCESS)
}

/// Creates a token that is nobody's own. One that exists never ends by it, as far as that can be seen before.
fn of_organization(
    session: &Session,
    whose: &Whose,
    description: Option<String>,
    asked: Option<Lifetime>,
) -> Result<ExitCode, Failure> {
    let listed = GroupTokens::fetch(session, whose)?;
    listed.require_right()?;
    let description = description
        .unwrap_or_else(|| format!("keybelt, {}", report::day(Some(environment::now()), "")));
    listed.require_room(&description)?;
    let lifetime = listed.lifetime(session, asked)?;
    listed.require_sudo_mode(session, "creating a token")?;
    // A signal waits until the token has been printed: nobody else knows it.
    let _deferred = signal::defer_signals();
    let (info, token) = listed.create(session, &description, lifetime)?;
    terminal::say(&format!(
        "Created token {} of {} at {}, {}; it will not be shown again",
        info.id,
        listed.of(),
        listed.host,
        validity(&info)
    ));
    let mut document = listed.head();
    report::extend(&mut document, listed_tokens::document(&info, false));
    document["token"] = json!(token.secret().expose_secret());
    print_token(session, &document, &token).map_err(|error| {
        session.http.renew_time();
        lost(&info, listed.revoke_one(session, &info.id).map(drop)).because(error)
    })?;
    Ok(ExitCode::SUCCESS)
}

fn validity(info: &TokenInfo) -> String {
    info.expires_at
        .map_or("without an expiry".to_owned(), |at| format!("valid until {}", report::moment(at)))
}

fn print_token(session: &Session, document: &Value, token: &Token) -> std::io::Result<()> {
    if session.options.json {
        terminal::try_document(document)
    } else {
        terminal::try_result(token.secret().expose_secret())
    }
}

/// Ends a token that nobody has seen: it would live on, and nobody would know it.
fn revoke_lost(session: &Session, host: &Host, unseen: &TokenInfo) -> Failure {
    session.http.renew_time();
    let ended = session.with_credential(host, |server, signed_in| {
        server.revoke_token(&signed_in.credential, &unseen.id)
    });
    lost(unseen, ended.map(drop))
}

fn lost(unseen: &TokenInfo, ended: Result<(), Failure>) -> Failure {
    let lost = format!("cannot write the new token {} to stdout", unseen.id);
    match ended {
        Ok(()) => Failure::general(format!("{lost}, so it was revoked")),
        Err(failure) => Failure::general(format!("{lost}, and it is still valid: {failure}"))
            .hint(format!("run `keybelt token revoke {}`", unseen.id)),
    }
}
