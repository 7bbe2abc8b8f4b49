//! `keybelt token revoke`: revoke tokens on the server.

use std::process::ExitCode;

use clap::Args;

use super::whose::WhoseArgs;
use crate::commands::global::GlobalArgs;
use crate::commands::secret_args::SecretArgs;
use crate::failure::Failure;
use crate::operation::listed_tokens::AccountTokens;
use crate::operation::organization_tokens::{self, OrganizationTokens};
use crate::operation::revocation;

/// Options of `token revoke`.
#[derive(Debug, Args)]
pub struct RevokeArgs {
    /// Token IDs, or their first characters (at least six after at-) for your own tokens; descriptions for others
    #[arg(value_name = "ID", required_unless_present = "others")]
    pub ids: Vec<String>,
    /// All tokens except the one in use
    #[arg(long, conflicts_with_all = ["ids", "org", "team", "agent_pool", "audit_trail"])]
    pub others: bool,
    /// Revoke the token in use too, if it is among them, without asking
    #[arg(long, conflicts_with = "others")]
    pub include_this: bool,
    /// Whose tokens.
    #[command(flatten)]
    pub whose: WhoseArgs,
    /// Passwords and codes.
    #[command(flatten)]
    pub secrets: SecretArgs,
}

/// Runs the command.
pub(super) fn run(args: RevokeArgs, global: &GlobalArgs) -> Result<ExitCode, Failure> {
    let holder = args.whose.holder(global)?;
    let session = global.session(None, args.secrets)?;
    if let Some(holder) = holder {
        let listed = OrganizationTokens::fetch(&session, &holder)?;
        organization_tokens::revoke_named(&session, &listed, &args.ids, args.include_this)?;
        return Ok(ExitCode::SUCCESS);
    }
    let listed = AccountTokens::fetch_known(&session)?;
    match args.others {
        false => revocation::by_id(&session, &listed, &args.ids, args.include_this)?,
        true => revocation::all_but_this(&session, &listed, "tokens")?,
    }
    Ok(ExitCode::SUCCESS)
}
