//! `keybelt session`: what sign-ins of tools left behind. These are tokens.

use std::process::ExitCode;

use clap::{Args, Subcommand};

use crate::commands::global::{GlobalArgs, ListOptions};
use crate::commands::secret_args::SecretArgs;
use crate::failure::Failure;
use crate::operation::listed_tokens::AccountTokens;
use crate::operation::revocation;
use crate::report;
use crate::terminal;
use crate::token::TokenInfo;

/// The session commands.
#[derive(Debug, Subcommand)]
pub enum SessionCommand {
    /// List tokens created by tool sign-ins
    ///
    /// Recognized by their descriptions. Browser sessions are listed on the server's web page.
    /// Aptible lists only the one in use.
    List(ListArgs),
    /// Revoke tokens created by tool sign-ins
    Revoke(RevokeArgs),
}

/// Options of `session list`.
#[derive(Debug, Args)]
pub struct ListArgs {
    /// A list.
    #[command(flatten)]
    pub list: ListOptions,
    /// Passwords and codes.
    #[command(flatten)]
    pub secrets: SecretArgs,
}

/// Options of `session revoke`.
#[derive(Debug, Args)]
pub struct RevokeArgs {
    /// Token IDs or their first characters (at least six after at-)
    #[arg(value_name = "ID", required_unless_present = "others")]
    pub ids: Vec<String>,
    /// All tokens except the one in use
    #[arg(long, conflicts_with = "ids")]
    pub others: bool,
    /// Revoke the token in use too, if it is among them, without asking
    #[arg(long, conflicts_with = "others")]
    pub include_this: bool,
    /// Passwords and codes.
    #[command(flatten)]
    pub secrets: SecretArgs,
}

/// Runs the command.
pub fn run(command: SessionCommand, global: &GlobalArgs) -> Result<ExitCode, Failure> {
    match command {
        SessionCommand::List(args) => list(args, global),
        SessionCommand::Revoke(args) => revoke(args, global),
    }
}

fn list(args: ListArgs, global: &GlobalArgs) -> Result<ExitCode, Failure> {
    let session = global.session(None, args.secrets)?;
    let listed = AccountTokens::fetch_sign_ins(&session)?;
    let found: Vec<&TokenInfo> = listed.tokens.iter().collect();
    let page = session.server(&listed.host, None).sessions_page();
    let mut document = listed.document(&found);
    document["browser_sessions_page"] = page.clone().into();
    document["others_listed"] = listed.not_listed.is_none().into();
    if found.is_empty() {
        terminal::say("No token was created by a tool sign-in");
    } else if listed.not_listed.is_none() {
        terminal::say("Tokens created by tool sign-ins (recognized by description):");
    }
    report::list(args.list.format(global), &listed.table(&found), &document);
    if listed.not_listed.is_some() {
        terminal::say(
            "This is the token in use. The server does not list others; revoke them all with `keybelt session revoke --others`",
        );
    }
    if let Some(page) = page {
        terminal::say(&format!("Browser sessions are listed at {page}"));
    }
    Ok(ExitCode::SUCCESS)
}

fn revoke(args: RevokeArgs, global: &GlobalArgs) -> Result<ExitCode, Failure> {
    let session = global.session(None, args.secrets)?;
    if args.others {
        let listed = AccountTokens::fetch_sign_ins(&session)?;
        revocation::all_but_this(&session, &listed, "sign-ins of tools")?;
    } else {
        revocation::by_id(
            &session,
            &AccountTokens::fetch_known(&session)?,
            &args.ids,
            args.include_this,
        )?;
    }
    Ok(ExitCode::SUCCESS)
}
