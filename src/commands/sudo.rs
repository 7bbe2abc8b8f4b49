//! `keybelt sudo`: prove the password before it is asked for, or take the proof back.

use std::process::ExitCode;

use clap::{Args, Subcommand};
use serde_json::json;

use crate::commands::global::GlobalArgs;
use crate::commands::secret_args::SecretArgs;
use crate::environment;
use crate::failure::Failure;
use crate::lifetime;
use crate::report;
use crate::session::Session;

/// Confirm your password ahead of sensitive commands
///
/// Sensitive commands, such as changing two-factor authentication or creating tokens, ask for the password
/// again unless you confirmed it within sudo_window (30 minutes). This guards against mistakes and unattended
/// screens, not against programs that run as you.
#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true)]
pub struct SudoArgs {
    /// What to do instead.
    #[command(subcommand)]
    pub command: Option<SudoCommand>,
    /// Passwords and codes.
    #[command(flatten)]
    pub secrets: SecretArgs,
}

/// What else there is to do about sudo mode.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Subcommand)]
pub enum SudoCommand {
    /// Leave sudo mode
    End,
}

/// Runs the command.
pub fn run(args: SudoArgs, global: &GlobalArgs) -> Result<ExitCode, Failure> {
    let session = global.session(None, args.secrets)?;
    match args.command {
        None => enter(&session),
        Some(SudoCommand::End) => end(&session),
    }
}

fn enter(session: &Session) -> Result<ExitCode, Failure> {
    let host = session.target()?.host;
    let account = session.confirm_password(&host)?;
    let signed_in = session.signed_in(&host)?;
    let until = session.sudo_until(&host, signed_in.entry())?;
    let left = until.and_then(|until| lifetime::remaining(environment::now(), until));
    let lasts = left.map_or("`sudo_window` is 0, so each command asks again".to_owned(), |left| {
        format!("for {left}")
    });
    report::changed(
        session.options.json,
        &format!("Entered sudo mode as {} at {host}: {lasts}", account.name),
        &json!({
            "host": host.to_string(),
            "account": account.name.as_str(),
            "sudo_until": report::moment_document(until),
        }),
    );
    Ok(ExitCode::SUCCESS)
}

fn end(session: &Session) -> Result<ExitCode, Failure> {
    let host = session.target()?.host;
    let account = session.end_sudo_mode(&host)?;
    let line = match &account {
        Some(account) => format!("Left sudo mode as {account} at {host}"),
        None => format!("Nothing to do: no account is stored for {host}"),
    };
    report::changed(
        session.options.json,
        &line,
        &json!({
            "host": host.to_string(),
            "account": account.map(|account| account.to_string()),
            "sudo_until": null,
        }),
    );
    Ok(ExitCode::SUCCESS)
}
