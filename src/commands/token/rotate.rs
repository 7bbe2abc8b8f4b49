//! `keybelt token rotate`: a new token in place of the stored one.

use std::process::ExitCode;

use clap::Args;
use serde_json::json;

use crate::commands::global::GlobalArgs;
use crate::commands::secret_args::SecretArgs;
use crate::failure::Failure;
use crate::lifetime::Lifetime;
use crate::operation::listed_tokens;
use crate::operation::rotation::{self, Rotated};
use crate::provider::Capability;
use crate::provider::Revocation;
use crate::report;
use crate::session::Session;
use crate::store::Stored;
use crate::terminal;

/// Options of `token rotate`.
#[derive(Debug, Args)]
pub struct RotateArgs {
    /// Lifetime to request [default: that of the old token]
    #[arg(long, value_name = "TIME")]
    pub expires_in: Option<String>,
    /// Passwords and codes.
    #[command(flatten)]
    pub secrets: SecretArgs,
}

/// Runs the command.
pub(super) fn run(args: RotateArgs, global: &GlobalArgs) -> Result<ExitCode, Failure> {
    let session = global.session(None, args.secrets)?;
    session.require_offer(&session.target()?.host, Capability::TokenCreation)?;
    let asked = Lifetime::of_option("--expires-in", args.expires_in.as_deref())?;
    report(&session, &rotation::rotate(&session, asked)?);
    Ok(ExitCode::SUCCESS)
}

fn report(session: &Session, rotated: &Rotated) {
    let Rotated { stored, info, old } = rotated;
    let Stored { host, account, .. } = stored;
    let word = if *old == Revocation::Revoked { "revoked" } else { "no_longer_accepted" };
    let mut document =
        json!({ "host": host.to_string(), "account": account.as_str(), "old_token": word });
    report::extend(&mut document, listed_tokens::document(info, true));
    let line = format!("Rotated the token of {account} at {host}; the old one is revoked");
    report::changed(session.options.json, &line, &document);
    terminal::say(&format!("  valid   {}", report::until(session, stored)));
}
