//! `keybelt token create`: a new token, handed over once.

use std::process::ExitCode;

use clap::Args;
use serde_json::{Value, json};

use super::handover::HandoverArgs;
use super::whose::WhoseArgs;
use crate::commands::global::GlobalArgs;
use crate::commands::secret_args::SecretArgs;
use crate::environment;
use crate::failure::Failure;
use crate::host::Host;
use crate::lifetime::Lifetime;
use crate::operation::destination::{Asked, Destination, HandedOver};
use crate::operation::listed_tokens;
use crate::operation::organization_tokens::{self, OrganizationTokens, Wanted};
use crate::organization_token::NamedHolder;
use crate::provider::{Capability, Revocation};
use crate::report;
use crate::session::Session;
use crate::session::settings;
use crate::session::sudo::SensitiveAction;
use crate::setting;
use crate::signal;
use crate::terminal;
use crate::token::{Token, TokenInfo};

/// Options of `token create`.
#[derive(Debug, Args)]
pub struct CreateArgs {
    /// Description in token lists
    #[arg(long, value_name = "TEXT")]
    pub description: Option<String>,
    /// Lifetime to request, such as 30d [default: the server's; with --org, that of login]
    #[arg(long, value_name = "TIME")]
    pub expires_in: Option<String>,
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

/// Runs the command.
pub(super) fn run(args: CreateArgs, global: &GlobalArgs) -> Result<ExitCode, Failure> {
    let holder = args.whose.holder(global)?;
    let handover = args.handover.asked()?;
    let session = global.session(None, args.secrets)?;
    match holder {
        Some(holder) => {
            create_for(&session, &holder, args.description, args.expires_in, &handover)?;
        }
        None => create_own(&session, args.description, args.expires_in.as_deref(), &handover)?,
    }
    Ok(ExitCode::SUCCESS)
}

/// Creates a token of one's own.
fn create_own(
    session: &Session,
    description: Option<String>,
    expires_in: Option<&str>,
    handover: &Asked,
) -> Result<(), Failure> {
    let host = session.target()?.host;
    session.require_offer(&host, Capability::TokenCreation)?;
    let asked = Lifetime::of_option("--expires-in", expires_in)?;
    let expires_at = asked.map(|asked| asked.after(environment::now()));
    let description = description
        .unwrap_or_else(|| format!("created by keybelt on {}", environment::machine_name()));
    // Before anything is asked: a password would be typed for nothing.
    session.known_server(&host).offers(Capability::TokenCreation).or_refuse()?;
    let destination = Destination::prepare(handover)?;
    let account = session.account(&host)?;
    destination.confirm(session, &host, None)?;
    session.require_sudo_mode(&host, &SensitiveAction::of_account("creating a token"))?;
    // A signal waits until the token has been handed over: nobody else knows it.
    let _deferred = signal::defer_signals();
    let (info, token) = session.with_credential(&host, |server, signed_in| {
        server.create_token(&signed_in.credential, &account, &description, expires_at)
    })?;
    let mut document = json!({ "host": host.to_string(), "account": account.name.as_str() });
    report::extend(&mut document, listed_tokens::document(&info, false));
    let made = Made { whose: account.name.to_string(), host: &host, info: &info, token: &token };
    hand_over(session, destination, &made, document, || {
        session.with_credential(&host, |server, signed_in| {
            server.revoke_token(&signed_in.credential, &info.id)
        })
    })
}

/// Creates a token that is not one's own.
fn create_for(
    session: &Session,
    holder: &NamedHolder,
    description: Option<String>,
    expires_in: Option<String>,
    handover: &Asked,
) -> Result<(), Failure> {
    let config = &session.options.config;
    let lifetime = settings::parsed(&setting::EXPIRES_IN, expires_in, config, Lifetime::parse)?;
    let listed = OrganizationTokens::fetch(session, holder)?;
    let wanted = Wanted { description, lifetime };
    let destination = Destination::prepare(handover)?;
    let creation = organization_tokens::prepare(session, &listed, wanted, || {
        destination.confirm(session, &listed.host, None)
    })?;
    let _deferred = signal::defer_signals();
    let (made, token) = organization_tokens::create(session, &listed, &creation)?;
    let mut document = listed.head();
    report::extend(&mut document, listed.token_document(&made));
    let whose = listed.whose();
    let new = Made { whose, host: &listed.host, info: &made.info, token: &token };
    hand_over(session, destination, &new, document, || {
        organization_tokens::revoke(session, &listed, &made)
    })
}

/// A token that nobody else knows yet.
struct Made<'a> {
    /// Whose it is, in words that may be shown.
    whose: String,
    host: &'a Host,
    info: &'a TokenInfo,
    token: &'a Token,
}

/// Puts the token where it goes. If nobody can have seen it, it ends: it would live on, and nobody would know it.
fn hand_over(
    session: &Session,
    destination: Destination,
    made: &Made<'_>,
    mut document: Value,
    revoke: impl FnOnce() -> Result<Revocation, Failure>,
) -> Result<(), Failure> {
    let Made { whose, host, info, token } = made;
    let until = info
        .expires_at
        .map_or("without an expiry".to_owned(), |at| format!("valid until {}", report::moment(at)));
    let id = &info.id;
    terminal::say(&format!(
        "Created token {id} for {whose} at {host}, {until}; it will not be shown again"
    ));
    document["token"] = Value::Null;
    document["handed_to"] = json!(destination.word());
    let is_stdout = matches!(destination, Destination::Stdout);
    match destination.hand_over(session, host, info, token, &document) {
        HandedOver::Done if session.options.json && !is_stdout => terminal::document(&document),
        HandedOver::Done => {}
        HandedOver::Unseen(failure) => {
            session.http.renew_time();
            return Err(match revoke() {
                Ok(_) => {
                    failure.adding(format_args!("nobody has the new token {id}, so it was revoked"))
                }
                Err(reason) => failure
                    .adding(format_args!("the new token {id} is still valid: {reason}"))
                    .hint(how_to_revoke(id)),
            });
        }
        HandedOver::Unclear(failure) => {
            return Err(failure
                .adding(format_args!("the new token {id} is still valid, for it may be in use"))
                .hint(how_to_revoke(id)));
        }
    }
    Ok(())
}

fn how_to_revoke(id: &crate::account::Identifier) -> String {
    format!("if it is not, run `keybelt token revoke {id}` with the same --org and so on")
}
