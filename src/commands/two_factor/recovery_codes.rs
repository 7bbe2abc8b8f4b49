//! `keybelt 2fa recovery-codes`: the codes that get you in without your phone.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use secrecy::ExposeSecret;
use serde_json::json;

use super::PlainArgs;
use super::proof;
use crate::commands::global::GlobalArgs;
use crate::commands::secret::SecretArgs;
use crate::failure::Failure;
use crate::report;
use crate::session::sudo::Act;

/// The recovery code commands.
#[derive(Debug, Subcommand)]
pub enum RecoveryCodesCommand {
    /// Print the unused recovery codes, one a line
    List(PlainArgs),
    /// Save the unused recovery codes to a new file, readable by you alone
    Save(SaveArgs),
}

/// Options of `2fa recovery-codes save`.
#[derive(Debug, Args)]
pub struct SaveArgs {
    /// The file; it must not exist
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// Passwords and codes.
    #[command(flatten)]
    pub secrets: SecretArgs,
}

/// Runs the command.
pub(super) fn run(command: RecoveryCodesCommand, global: &GlobalArgs) -> Result<(), Failure> {
    let (secrets, file) = match command {
        RecoveryCodesCommand::List(args) => (args.secrets, None),
        RecoveryCodesCommand::Save(args) => (args.secrets, Some(args.file)),
    };
    let session = global.session(None, secrets)?;
    let host = session.target()?.host;
    let file = file.as_deref().map(proof::codes_file).transpose()?;
    session.elevate(&host)?;
    let codes = session.act(&host, |server, signed_in| {
        server.recovery_codes(&signed_in.credential)
    })?;
    // Not before it is known that there are any: a refusal needs no password.
    let act = Act::of_account("revealing recovery codes");
    session.enter_sudo_mode(&host, &act)?;
    let Some(mut file) = file else {
        let list: Vec<&str> = codes
            .iter()
            .map(|code| code.secret().expose_secret())
            .collect();
        let document = json!({ "host": host.to_string(), "recovery_codes": list });
        report::answer(session.options.json, &list.join("\n"), &document);
        return Ok(());
    };
    file.write(&proof::lines(&codes)).map_err(|error| {
        Failure::failure(format!("cannot write {}", file.path().display())).because(error)
    })?;
    let shown = file.path().display().to_string();
    let document =
        json!({ "host": host.to_string(), "recovery_codes_file": shown, "count": codes.len() });
    report::changed(
        session.options.json,
        &format!("Saved {} recovery codes to {shown}", codes.len()),
        &document,
    );
    Ok(())
}
