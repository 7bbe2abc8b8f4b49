//! `keybelt session`: what sign-ins of tools left behind. On Atlas these are tokens.

use clap::{Args, Subcommand};

use crate::commands::global::GlobalArgs;
use crate::commands::secret::SecretArgs;
use crate::commands::token::{list::Listed, revoke};
use crate::failure::Failure;
use crate::report;
use crate::terminal;
use crate::token::TokenInfo;

/// The session commands.
#[derive(Debug, Subcommand)]
pub enum SessionCommand {
    /// List the tokens that sign-ins of tools made
    ///
    /// They are recognised by their descriptions. Browser sessions are shown on the server's own page.
    List(ListArgs),
    /// End such tokens
    Revoke(RevokeArgs),
}

/// Options of `session list`.
#[derive(Debug, Args)]
pub struct ListArgs {
    /// Passwords and codes.
    #[command(flatten)]
    pub secrets: SecretArgs,
}

/// Options of `session revoke`.
#[derive(Debug, Args)]
pub struct RevokeArgs {
    /// Ids, or their beginnings
    #[arg(value_name = "ID", required_unless_present = "others")]
    pub ids: Vec<String>,
    /// Every one but the one that is used here
    #[arg(long, conflicts_with = "ids")]
    pub others: bool,
    /// Passwords and codes.
    #[command(flatten)]
    pub secrets: SecretArgs,
}

/// Runs the command.
///
/// # Errors
/// Those of the server.
pub fn run(command: SessionCommand, global: &GlobalArgs) -> Result<(), Failure> {
    match command {
        SessionCommand::List(args) => list(args, global),
        SessionCommand::Revoke(args) => end(args, global),
    }
}

/// What tools call the tokens that their sign-ins make.
const SIGN_INS: [&str; 5] = [
    "keybelt on ",
    "terraform login",
    "tofu login",
    "Vagrant login from ",
    "Login from ",
];

fn sign_ins(listed: &Listed) -> Vec<&TokenInfo> {
    let is_sign_in = |token: &&TokenInfo| {
        let description = token.description.as_deref().unwrap_or_default();
        SIGN_INS.iter().any(|start| description.starts_with(start)) || listed.is_this(&token.id)
    };
    listed.tokens.iter().filter(is_sign_in).collect()
}

fn list(args: ListArgs, global: &GlobalArgs) -> Result<(), Failure> {
    let session = global.session(None, args.secrets)?;
    let listed = Listed::of(&session)?;
    let found = sign_ins(&listed);
    let page = session.server(&listed.host, None).sessions_page();
    let mut document = listed.document(&found);
    document["browser_sessions_page"] = page.clone().into();
    terminal::say("Tokens made by sign-ins of tools, by their descriptions:");
    report::list(global.output(), &listed.table(&found), &document);
    terminal::say(&format!("Browser sessions are listed at {page}"));
    Ok(())
}

fn end(args: RevokeArgs, global: &GlobalArgs) -> Result<(), Failure> {
    let session = global.session(None, args.secrets)?;
    let listed = Listed::of(&session)?;
    if !args.others {
        let doomed = args
            .ids
            .iter()
            .map(|id| listed.find(id))
            .collect::<Result<Vec<_>, _>>()?;
        return revoke::revoke(&session, &listed, &doomed);
    }
    let doomed = revoke::others(&listed, &sign_ins(&listed))?;
    revoke::confirm(&session, &listed, &doomed, "sign-ins of tools")?;
    revoke::revoke(&session, &listed, &doomed)
}
