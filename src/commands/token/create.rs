//! `keybelt token create`: a new token, shown once.

use std::process::ExitCode;

use clap::Args;
use secrecy::ExposeSecret;
use serde_json::json;

use super::whose::WhoseArgs;
use crate::commands::global::GlobalArgs;
use crate::commands::secret_args::SecretArgs;
use crate::environment;
use crate::failure::Failure;
use crate::host::Host;
use crate::lifetime::Lifetime;
use crate::operation::listed_tokens;
use crate::operation::organization_tokens::{self, OrganizationTokens, Wanted};
use crate::organization_token::NamedHolder;
use crate::provider::Capability;
use crate::report;
use crate::session::Session;
use crate::session::settings;
use crate::session::sudo::SensitiveAction;
use crate::setting;
use crate::signal;
use crate::terminal;
use crate::token::TokenInfo;

/// Options of `token create`.
#[derive(Debug, Args)]
pub struct CreateArgs {
    /// Description in token lists
    #[arg(long, value_name = "TEXT")]
    pub description: Option<String>,
    /// Lifetime to request, such as 30d [default: the server's; with --org, that of login]
    #[arg(long, value_name = "TIME")]
    pub expires_in: Option<String>,
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
    let session = global.session(None, args.secrets)?;
    if let Some(holder) = holder {
        return create_for(&session, &holder, args.description, args.expires_in);
    }
    let host = session.target()?.host;
    session.require_offer(&host, Capability::TokenCreation)?;
    let asked = Lifetime::of_option("--expires-in", args.expires_in.as_deref())?;
    let expires_at = asked.map(|asked| asked.after(environment::now()));
    let description = args
        .description
        .unwrap_or_else(|| format!("created by keybelt on {}", environment::machine_name()));
    // Before anything is asked: a password would be typed for nothing.
    session.known_server(&host).offers(Capability::TokenCreation).or_refuse()?;
    let account = session.account(&host)?;
    session.require_sudo_mode(&host, &SensitiveAction::of_account("creating a token"))?;
    // A signal waits until the token has been printed: nobody else knows it.
    let _deferred = signal::defer_signals();
    let (info, token) = session.with_credential(&host, |server, signed_in| {
        server.create_token(&signed_in.credential, &account, &description, expires_at)
    })?;
    let until = info
        .expires_at
        .map_or("without an expiry".to_owned(), |at| format!("valid until {}", report::moment(at)));
    terminal::say(&format!(
        "Created token {} for {} at {host}, {until}; it will not be shown again",
        info.id, account.name
    ));
    let mut document = json!({ "host": host.to_string(), "account": account.name.as_str() });
    report::extend(&mut document, listed_tokens::document(&info, false));
    document["token"] = json!(token.secret().expose_secret());
    let printed = if session.options.json {
        terminal::try_document(&document)
    } else {
        terminal::try_result(token.secret().expose_secret())
    };
    printed.map_err(|error| revoke_lost(&session, &host, &info).because(error))?;
    Ok(ExitCode::SUCCESS)
}

/// Creates a token that is not one's own.
fn create_for(
    session: &Session,
    holder: &NamedHolder,
    description: Option<String>,
    expires_in: Option<String>,
) -> Result<ExitCode, Failure> {
    let config = &session.options.config;
    let lifetime = settings::parsed(&setting::EXPIRES_IN, expires_in, config, Lifetime::parse)?;
    let listed = OrganizationTokens::fetch(session, holder)?;
    let wanted = Wanted { description, lifetime };
    let creation = organization_tokens::prepare(session, &listed, wanted)?;
    let _deferred = signal::defer_signals();
    let (made, token) = organization_tokens::create(session, &listed, &creation)?;
    let until = made
        .info
        .expires_at
        .map_or("without an expiry".to_owned(), |at| format!("valid until {}", report::moment(at)));
    terminal::say(&format!(
        "Created token {} for {} at {}, {until}; it will not be shown again",
        made.info.id,
        listed.whose(),
        listed.host
    ));
    let mut document = listed.head();
    report::extend(&mut document, listed.token_document(&made));
    document["token"] = json!(token.secret().expose_secret());
    let printed = if session.options.json {
        terminal::try_document(&document)
    } else {
        terminal::try_result(token.secret().expose_secret())
    };
    printed.map_err(|error| {
        session.http.renew_time();
        let lost = format!("cannot write the new token {} to stdout", made.info.id);
        match organization_tokens::revoke(session, &listed, &made) {
            Ok(_) => Failure::general(format!("{lost}, so it was revoked")),
            Err(failure) => Failure::general(format!("{lost}, and it is still valid: {failure}")),
        }
        .because(error)
    })?;
    Ok(ExitCode::SUCCESS)
}

/// Ends a token that nobody has seen: it would live on, and nobody would know it.
fn revoke_lost(session: &Session, host: &Host, unseen: &TokenInfo) -> Failure {
    session.http.renew_time();
    let ended = session.with_credential(host, |server, signed_in| {
        server.revoke_token(&signed_in.credential, &unseen.id)
    });
    let lost = format!("cannot write the new token {} to stdout", unseen.id);
    match ended {
        Ok(_) => Failure::general(format!("{lost}, so it was revoked")),
        Err(failure) => Failure::general(format!("{lost}, and it is still valid: {failure}"))
            .hint(format!("run `keybelt token revoke {}`", unseen.id)),
    }
}
