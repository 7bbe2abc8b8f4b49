//! Putting the helper where Terraform finds it, and finding out whether it does.

use std::process::ExitCode;

use serde_json::json;

use crate::commands::global::GlobalArgs;
use crate::commands::secret_args::SecretArgs;
use crate::environment;
use crate::failure::{Failure, Kind};
use crate::operation::helper_installation::leftovers;
use crate::operation::token_import;
use crate::other_tools::terraform_cli::{self, Configuration, PROGRAM};
use crate::process;
use crate::report;
use crate::session::confirmation;
use crate::terminal;

/// Puts link and block in their places.
pub(super) fn install(global: &GlobalArgs) -> Result<ExitCode, Failure> {
    let files = Configuration::all()?;
    // Refuse before anything is changed.
    for file in &files {
        file.may_ask_keybelt()?;
    }
    let link = terraform_cli::link_program(&environment::own_program()?)?;
    let mut changed = Vec::new();
    for file in &files {
        if file.ask_keybelt()? {
            changed.push(file.shown());
        }
    }
    let link = environment::shorten_home(&link);
    terminal::say(&format!("Linked {link}"));
    for file in &changed {
        terminal::say(&format!("Added the credentials helper to {file}"));
    }
    let line = "Installed the credentials helper; `keybelt helper check` asks Terraform";
    report::changed(global.json(), line, &json!({ "link": link, "changed": changed }));
    offer(&files, global)
}

/// Tells what is in the helper's way, and offers to move tokens in where somebody can be asked.
fn offer(files: &[Configuration], global: &GlobalArgs) -> Result<ExitCode, Failure> {
    let Some(found) = leftovers(files) else {
        return Ok(ExitCode::SUCCESS);
    };
    for finding in &found.findings {
        terminal::warn(finding);
    }
    if found.tokens.is_empty() || global.json() {
        return Ok(ExitCode::SUCCESS);
    }
    let session = global.session(None, SecretArgs::default())?;
    let question = "Move those tokens into keybelt's store, each checked with its host first?";
    if confirmation::offer(&session, question)? {
        token_import::import_tokens(&session, &found.file, &found.tokens, true)?;
    }
    Ok(ExitCode::SUCCESS)
}

/// Takes link and block away again.
pub(super) fn uninstall(global: &GlobalArgs) -> Result<ExitCode, Failure> {
    let mut changed = Vec::new();
    for file in Configuration::all()? {
        if file.stop_asking()? {
            changed.push(file.shown());
        }
    }
    let unlinked = terraform_cli::unlink_program()?;
    let line = if unlinked || !changed.is_empty() {
        "Uninstalled the credentials helper; tokens stay in keybelt's store"
    } else {
        "Nothing to do: the credentials helper is not installed"
    };
    report::changed(global.json(), line, &json!({ "unlinked": unlinked, "changed": changed }));
    Ok(ExitCode::SUCCESS)
}

/// Asks the real Terraform, in an empty directory, whether it finds the helper.
pub(super) fn check(global: &GlobalArgs) -> Result<ExitCode, Failure> {
    let mut findings = Vec::new();
    let link = terraform_cli::program_link()?;
    if !terraform_cli::leads_to(&link, &environment::own_program()?) {
        findings
            .push(format!("{} does not lead to this keybelt", environment::shorten_home(&link)));
    }
    let files = Configuration::all()?;
    let asks = |file: &Configuration| {
        file.helper().is_ok_and(|helper| helper.as_deref() == Some("keybelt"))
    };
    if !files.iter().any(asks) {
        findings.push("Terraform's CLI configuration does not ask keybelt".to_owned());
    }
    let logs = process::logs_of_terraform();
    if logs.is_empty() {
        findings.push("no `terraform` or `tofu` is in PATH, so it could not be asked".to_owned());
    }
    for (program, _) in logs.iter().filter(|(_, log)| !log.contains(PROGRAM)) {
        findings.push(format!("`{program}` does not find the helper's program"));
    }
    findings.extend(leftovers(&files).map(|found| found.findings).unwrap_or_default());
    if global.json() {
        terminal::document(&json!({ "found": findings.is_empty(), "findings": findings }));
    } else if findings.is_empty() {
        terminal::result("Terraform finds the helper");
    } else {
        terminal::result(&findings.join("\n"));
        terminal::hint("`keybelt helper install` puts it in its place");
    }
    let code = if findings.is_empty() { 0 } else { Kind::Finding.exit_code() };
    Ok(ExitCode::from(code))
}
