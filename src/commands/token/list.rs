//! `keybelt token list`: every token of the account.

use std::process::ExitCode;

use clap::Args;
use jiff::SignedDuration;

use super::whose::WhoseArgs;
use crate::commands::global::{GlobalArgs, ListOptions};
use crate::commands::secret_args::SecretArgs;
use crate::environment;
use crate::failure::Failure;
use crate::lifetime::Lifetime;
use crate::operation::listed_tokens::AccountTokens;
use crate::operation::organization_tokens::OrganizationTokens;
use crate::provider::Capability;
use crate::report;
use crate::terminal;
use crate::token::TokenInfo;

/// Options of `token list`.
#[derive(Debug, Args)]
pub struct ListArgs {
    /// Only tokens unused for this long, such as 90d
    #[arg(long, value_name = "TIME")]
    pub stale: Option<String>,
    /// Whose tokens.
    #[command(flatten)]
    pub whose: WhoseArgs,
    /// A list.
    #[command(flatten)]
    pub list: ListOptions,
    /// Passwords and codes.
    #[command(flatten)]
    pub secrets: SecretArgs,
}

/// Runs the command.
pub(super) fn run(args: ListArgs, global: &GlobalArgs) -> Result<ExitCode, Failure> {
    let holder = args.whose.holder(global)?;
    let session = global.session(None, args.secrets)?;
    let stale = Lifetime::of_option("--stale", args.stale.as_deref())?;
    if let Some(holder) = holder {
        let listed = OrganizationTokens::fetch(&session, &holder)?;
        let tokens: Vec<_> = listed
            .listed
            .tokens
            .iter()
            .filter(|token| stale.is_none_or(|age| is_stale(&token.info, age)))
            .collect();
        if listed.listed.tokens.is_empty() {
            terminal::say(&format!("{} has no tokens, or none that you may see", listed.whose()));
        } else {
            say_if_none(&tokens, stale);
        }
        report::list(args.list.format(global), &listed.table(&tokens), &listed.document(&tokens));
        return Ok(ExitCode::SUCCESS);
    }
    session.require_offer(&session.target()?.host, Capability::TokenList)?;
    let listed = AccountTokens::fetch(&session)?;
    let tokens: Vec<_> =
        listed.tokens.iter().filter(|token| stale.is_none_or(|age| is_stale(token, age))).collect();
    say_if_none(&tokens, stale);
    report::list(args.list.format(global), &listed.table(&tokens), &listed.document(&tokens));
    Ok(ExitCode::SUCCESS)
}

/// A table without a row says nothing of why.
fn say_if_none<T>(tokens: &[T], stale: Option<Lifetime>) {
    if let Some(age) = stale.filter(|_| tokens.is_empty()) {
        terminal::say(&format!("No token has been unused for {age}"));
    }
}

/// Returns whether a token was not used for so long; one that never was counts from its making.
fn is_stale(token: &TokenInfo, age: Lifetime) -> bool {
    let limit = environment::now().saturating_sub(SignedDuration::from_secs(age.seconds()));
    let last = token.last_used_at.or(token.created_at);
    last.is_none_or(|last| limit.is_ok_and(|limit| last < limit))
}
