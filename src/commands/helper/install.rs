//! Putting the helper where Terraform finds it, and finding out whether it does.

use std::process::ExitCode;

use serde_json::json;

use crate::commands::global::GlobalArgs;
use crate::commands::import;
use crate::commands::secret_args::SecretArgs;
use crate::environment;
use crate::failure::{Failure, Kind};
use crate::host::Host;
use crate::other_tools::TokenFile;
use crate::other_tools::terraform::CredentialsFile;
use crate::other_tools::terraform_cli::{self, Configuration, PROGRAM};
use crate::process;
use crate::report;
use crate::session::confirmation;
use crate::terminal;
use crate::token::Token;

/// Puts link and block in their places.
pub(super) fn install(global: &GlobalArgs) -> Result<(), Failure> {
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

/// What would keep Terraform from asking the helper for some hosts.
struct Leftovers {
    file: CredentialsFile,
    tokens: Vec<(Host, Token)>,
    /// Sentences about what stands in the way.
    findings: Vec<String>,
}

/// Terraform prefers what its own files hold, and does not ask the helper for those hosts.
fn leftovers(files: &[Configuration]) -> Option<Leftovers> {
    let file = CredentialsFile::of_user()?;
    let shown = environment::shorten_home(file.path());
    let tokens = file.tokens().unwrap_or_default();
    let list = |hosts: Vec<String>| hosts.join(", ");
    let mut findings = Vec::new();
    if !tokens.is_empty() {
        let hosts = list(tokens.iter().map(|(host, _)| host.to_string()).collect());
        findings.push(format!(
            "{shown} still holds tokens for {hosts}, and Terraform takes those first; `keybelt import --move` moves them in"
        ));
    }
    let blank = file.without_token().unwrap_or_default();
    if !blank.is_empty() {
        findings.push(format!(
            "{shown} has blocks without a token for {}, for which Terraform asks no helper; remove them",
            list(blank)
        ));
    }
    for configuration in files {
        let hosts = configuration.credentials().unwrap_or_default();
        if !hosts.is_empty() {
            findings.push(format!(
                "{} has credentials for {}, and Terraform takes those first; remove them",
                configuration.shown(),
                list(hosts)
            ));
        }
    }
    Some(Leftovers { file, tokens, findings })
}

/// Tells what is in the helper's way, and offers to move tokens in where somebody can be asked.
fn offer(files: &[Configuration], global: &GlobalArgs) -> Result<(), Failure> {
    let Some(found) = leftovers(files) else {
        return Ok(());
    };
    for finding in &found.findings {
        terminal::warn(finding);
    }
    if found.tokens.is_empty() || global.json() {
        return Ok(());
    }
    let session = global.session(None, SecretArgs::default())?;
    let question = "Move those tokens into keybelt's store, each checked with its host first?";
    if confirmation::offer(&session, question)? {
        import::take_over(&session, &found.file, &found.tokens, true)?;
    }
    Ok(())
}

/// Takes link and block away again.
pub(super) fn uninstall(global: &GlobalArgs) -> Result<(), Failure> {
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
    Ok(())
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
