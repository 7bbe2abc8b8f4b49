//! `keybelt token show`: what the server knows of one token.

use std::process::ExitCode;

use clap::Args;
use serde_json::json;

use super::whose::WhoseArgs;
use crate::commands::global::GlobalArgs;
use crate::commands::secret_args::SecretArgs;
use crate::failure::Failure;
use crate::operation::group_tokens::GroupTokens;
use crate::operation::listed_tokens::{self, AccountTokens};
use crate::provider::Capability;
use crate::report;

/// Options of `token show`.
#[derive(Debug, Args)]
pub struct ShowArgs {
    /// The token's id, or a beginning of six characters after at- that is its own; with --org its id or description
    #[arg(value_name = "ID")]
    pub id: String,
    /// Whose token it is.
    #[command(flatten)]
    pub whose: WhoseArgs,
    /// Passwords and codes.
    #[command(flatten)]
    pub secrets: SecretArgs,
}

/// Runs the command.
pub(super) fn run(args: ShowArgs, global: &GlobalArgs) -> Result<ExitCode, Failure> {
    let session = global.session(None, args.secrets)?;
    let (text, document) = match args.whose.of_organization(global)? {
        Some(whose) => {
            let listed = GroupTokens::fetch(&session, &whose)?;
            let token = listed.find(&args.id)?;
            let is_this = listed.is_this(&token.id);
            let mut document = listed.head();
            report::extend(&mut document, listed_tokens::document(token, is_this));
            (listed_tokens::details(token, is_this), document)
        }
        None => {
            session.require_offer(&session.target()?.host, Capability::TokenList)?;
            let listed = AccountTokens::fetch(&session)?;
            let token = listed.find_one(&args.id)?;
            let is_this = listed.is_this(&token.id);
            let mut document =
                json!({ "host": listed.host.to_string(), "account": listed.account.name.as_str() });
            report::extend(&mut document, listed_tokens::document(&token, is_this));
            (listed_tokens::details(&token, is_this), document)
        }
    };
    report::answer(session.options.json, &text, &document);
    Ok(ExitCode::SUCCESS)
}
