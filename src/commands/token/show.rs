//! `keybelt token show`: what the server knows of one token.

use std::process::ExitCode;

use clap::Args;
use serde_json::json;

use crate::commands::global::GlobalArgs;
use crate::commands::secret_args::SecretArgs;
use crate::failure::Failure;
use crate::operation::listed_tokens::{self, AccountTokens};
use crate::provider::Capability;
use crate::report;
use crate::text;

/// Options of `token show`.
#[derive(Debug, Args)]
pub struct ShowArgs {
    /// The token's id, or a beginning of six characters after at- that is its own
    #[arg(value_name = "ID")]
    pub id: String,
    /// Passwords and codes.
    #[command(flatten)]
    pub secrets: SecretArgs,
}

/// Runs the command.
pub(super) fn run(args: ShowArgs, global: &GlobalArgs) -> Result<ExitCode, Failure> {
    let session = global.session(None, args.secrets)?;
    session.require_offer(&session.target()?.host, Capability::TokenList)?;
    let listed = AccountTokens::fetch(&session)?;
    let token = listed.find_one(&args.id)?;
    let is_this = listed.is_this(&token.id);
    let moment = |at: Option<_>, otherwise: &str| at.map_or(otherwise.to_owned(), report::moment);
    let text = format!(
        "{}{}\n  description  {}\n  created      {}\n  last used    {}\n  expires      {}",
        token.id,
        if is_this { " (this one)" } else { "" },
        text::escape(token.description.as_deref().unwrap_or("none")),
        moment(token.created_at, "unknown"),
        moment(token.last_used_at, "never"),
        moment(token.expires_at, "never"),
    );
    let mut document =
        json!({ "host": listed.host.to_string(), "account": listed.account.name.as_str() });
    report::extend(&mut document, listed_tokens::document(&token, is_this));
    report::answer(session.options.json, &text, &document);
    Ok(ExitCode::SUCCESS)
}
