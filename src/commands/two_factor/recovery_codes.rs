//! `keybelt 2fa recovery-codes`: the codes that get you in without your phone.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Subcommand};
use secrecy::ExposeSecret;
use serde_json::json;

use crate::commands::global::GlobalArgs;
use crate::commands::secret_args::{PlainArgs, SecretArgs};
use crate::failure::Failure;
use crate::host::Host;
use crate::operation::recovery_codes;
use crate::private_file::PrivateFile;
use crate::provider::AccountServer;
use crate::provider::Capability;
use crate::report;
use crate::session::Session;
use crate::session::sudo::SensitiveAction;
use crate::terminal;
use crate::two_factor::{ListedCode, RecoveryCode};

/// The recovery code commands.
#[derive(Debug, Subcommand)]
pub enum RecoveryCodesCommand {
    /// Print the unused recovery codes, one per line
    List(PlainArgs),
    /// Save the unused recovery codes to a new private file
    Save(SaveArgs),
}

/// Options of `2fa recovery-codes save`.
#[derive(Debug, Args)]
pub struct SaveArgs {
    /// File to create
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// Passwords and codes.
    #[command(flatten)]
    pub secrets: SecretArgs,
}

/// Runs the command.
pub(super) fn run(command: RecoveryCodesCommand, global: &GlobalArgs) -> Result<ExitCode, Failure> {
    let (secrets, file) = match command {
        RecoveryCodesCommand::List(args) => (args.secrets, None),
        RecoveryCodesCommand::Save(args) => (args.secrets, Some(args.file)),
    };
    let session = global.session(None, secrets)?;
    let host = session.target()?.host;
    session.require_offer(&host, Capability::RecoveryCodes)?;
    let file = file.as_deref().map(recovery_codes::codes_file).transpose()?;
    session.elevate(&host)?;
    let codes = session
        .with_credential(&host, |server, signed_in| server.recovery_codes(&signed_in.credential))?;
    // Not before it is known that there are any: a refusal needs no password.
    let act = SensitiveAction::of_account("revealing recovery codes");
    session.require_sudo_mode(&host, &act)?;
    let is_unused = |listed: &&ListedCode| !listed.is_used;
    let unused: Vec<RecoveryCode> =
        codes.iter().filter(is_unused).map(|listed| listed.code.clone()).collect();
    match file {
        None => list(&session, &host, &codes),
        Some(file) => save(&session, &host, &unused, file)?,
    }
    print_codes_left(&*session.server(&host, None), unused.len(), codes.len());
    Ok(ExitCode::SUCCESS)
}

/// Prints the codes, the used ones marked.
fn list(session: &Session, host: &Host, codes: &[ListedCode]) {
    let texts = |is_used: bool| -> Vec<&str> {
        let wanted = codes.iter().filter(|listed| listed.is_used == is_used);
        wanted.map(|listed| listed.code.secret().expose_secret()).collect()
    };
    let mut lines: Vec<String> = texts(false).into_iter().map(str::to_owned).collect();
    lines.extend(texts(true).into_iter().map(|text| format!("{text} (used)")));
    let document = json!({
        "host": host.to_string(),
        "recovery_codes": texts(false),
        "used_recovery_codes": texts(true),
    });
    report::answer(session.options.json, &lines.join("\n"), &document);
}

fn save(
    session: &Session,
    host: &Host,
    unused: &[RecoveryCode],
    mut file: PrivateFile,
) -> Result<(), Failure> {
    file.write(&recovery_codes::lines(unused)).map_err(|error| {
        Failure::general(format!("cannot write {}", file.path().display())).because(error)
    })?;
    let shown = file.path().display().to_string();
    let count = unused.len();
    let document =
        json!({ "host": host.to_string(), "recovery_codes_file": shown, "count": count });
    let line = format!("Saved {count} recovery codes to {shown}");
    report::changed(session.options.json, &line, &document);
    Ok(())
}

/// Says how many codes are left, and how one comes to new ones.
fn print_codes_left(server: &dyn AccountServer, unused: usize, all: usize) {
    terminal::say(&format!(
        "{unused} of {all} recovery codes are left; {}",
        server.new_recovery_codes()
    ));
}
