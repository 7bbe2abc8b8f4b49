//! `keybelt password`: change the account's password.

use std::process::ExitCode;

use clap::{Args, Subcommand};
use serde_json::json;

use crate::commands::global::GlobalArgs;
use crate::commands::secret_args::SecretArgs;
use crate::failure::Failure;
use crate::operation::revocation::{self, RevokedTokens};
use crate::provider::Capability;
use crate::provider::PasswordChange;
use crate::report;
use crate::session::Session;
use crate::session::confirmation;
use crate::terminal;

/// The password commands.
#[derive(Debug, Subcommand)]
pub enum PasswordCommand {
    /// Change the account password
    ///
    /// In a script, --password-stdin reads both: the old password on the first line, the new one on the
    /// second. Existing tokens keep working; --revoke-others revokes all but the one in use.
    Change(ChangeArgs),
}

/// Options of `password change`.
#[derive(Debug, Args)]
pub struct ChangeArgs {
    /// Then revoke all other tokens of the account, including those used by CI
    #[arg(long)]
    pub revoke_others: bool,
    /// Passwords and codes.
    #[command(flatten)]
    pub secrets: SecretArgs,
}

/// Runs the command.
pub fn run(command: PasswordCommand, global: &GlobalArgs) -> Result<ExitCode, Failure> {
    let PasswordCommand::Change(args) = command;
    let mut session = global.session(None, args.secrets)?;
    // The two lines on standard input are the old password and the new one, and none of them is for a sign-in.
    session.options.in_place &= !session.options.secrets.reads_lines();
    let host = session.target()?.host;
    session.require_offer(&host, Capability::PasswordChange)?;
    session.options.secrets.require_new_password(&host)?;
    let account = session.account(&host)?;
    let secrets = &session.options.secrets;
    session.elevate(&host)?;
    // Where an elevated token is the proof, the old password has been asked for already.
    let current = match session.is_elevated(&host) {
        true => None,
        false => Some(secrets.password(&host, &account.name)?),
    };
    let new = secrets.new_password(&host, &account.name)?;
    session.with_credential(&host, |server, signed_in| {
        let change = PasswordChange { account: &account, current: current.as_ref(), new: &new };
        server.change_password(&signed_in.credential, &change)
    })?;
    session.note_password(&host)?;
    terminal::say(&format!("Changed the password of {} at {host}", account.name));
    let revoked = offer_to_revoke_others(&session, args.revoke_others)?;
    if session.options.json {
        let mut document = json!({ "host": host.to_string(), "account": account.name.as_str() });
        report::extend(&mut document, revoked.document());
        terminal::document(&document);
    }
    revoked.outcome()?;
    Ok(ExitCode::SUCCESS)
}

/// Ends the other tokens if that was asked for, or if a person says so now.
fn offer_to_revoke_others(session: &Session, asked: bool) -> Result<RevokedTokens, Failure> {
    if asked || confirmation::offer(session, revocation::OTHERS)? {
        return revocation::revoke_other_tokens(session);
    }
    terminal::say("Existing tokens keep working; revoke them with `keybelt token revoke --others`");
    Ok(RevokedTokens::default())
}
