//! `keybelt token show`: what the server knows of one token.

use std::process::ExitCode;

use clap::Args;
use serde_json::json;

use super::whose::WhoseArgs;
use crate::commands::global::GlobalArgs;
use crate::commands::secret_args::SecretArgs;
use crate::failure::Failure;
use crate::operation::listed_tokens::{self, AccountTokens};
use crate::operation::organization_tokens::OrganizationTokens;
use crate::provider::Capability;
use crate::report;
use crate::text;
use crate::token::TokenInfo;

/// Options of `token show`.
#[derive(Debug, Args)]
pub struct ShowArgs {
    /// Token ID, or its first characters (at least six after at-) for your own tokens; a description for others
    #[arg(value_name = "ID")]
    pub id: String,
    /// Whose token.
    #[command(flatten)]
    pub whose: WhoseArgs,
    /// Passwords and codes.
    #[command(flatten)]
    pub secrets: SecretArgs,
}

/// Runs the command.
pub(super) fn run(args: ShowArgs, global: &GlobalArgs) -> Result<ExitCode, Failure> {
    let holder = args.whose.holder(global)?;
    let session = global.session(None, args.secrets)?;
    if let Some(holder) = holder {
        let listed = OrganizationTokens::fetch(&session, &holder)?;
        let token = listed.find(&args.id, 1)?;
        let by = token.created_by.as_ref().map_or("unknown", |by| by.id.as_str());
        let more =
            format!("\n  created by   {}\n  of           {}", text::escape(by), listed.whose());
        let mut document = listed.head();
        report::extend(&mut document, listed.token_document(token));
        let text = shown(&token.info, listed.is_this(&token.info.id)) + &more;
        report::answer(session.options.json, &text, &document);
        return Ok(ExitCode::SUCCESS);
    }
    session.require_offer(&session.target()?.host, Capability::TokenList)?;
    let listed = AccountTokens::fetch(&session)?;
    let token = listed.find_one(&args.id)?;
    let is_this = listed.is_this(&token.id);
    let text = shown(&token, is_this);
    let mut document =
        json!({ "host": listed.host.to_string(), "account": listed.account.name.as_str() });
    report::extend(&mut document, listed_tokens::document(&token, is_this));
    report::answer(session.options.json, &text, &document);
    Ok(ExitCode::SUCCESS)
}

fn shown(token: &TokenInfo, is_this: bool) -> String {
    let moment = |at: Option<_>, otherwise: &str| at.map_or(otherwise.to_owned(), report::moment);
    format!(
        "{}{}\n  description  {}\n  created      {}\n  last used    {}\n  expires      {}",
        token.id,
        if is_this { " (this one)" } else { "" },
        text::escape(token.description.as_deref().unwrap_or("none")),
        moment(token.created_at, "unknown"),
        moment(token.last_used_at, "never"),
        moment(token.expires_at, "never"),
    )
}
