//! Putting the helper where Terraform finds it, and finding out whether it does.

use std::process::ExitCode;

use serde_json::json;

use crate::commands::global::GlobalArgs;
use crate::environment;
use crate::failure::{Failure, Kind};
use crate::foreign::TokenFile;
use crate::foreign::terraform::CredentialsFile;
use crate::foreign::terraform_cli::{self, Configuration, PROGRAM};
use crate::process;
use crate::report;
use crate::terminal;

/// Puts link and block in their places.
pub(super) fn install(global: &GlobalArgs) -> Result<(), Failure> {
    let files = Configuration::all()?;
    // Refuse before anything is changed.
    for file in &files {
        file.helper()?;
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
    tell_leftovers();
    let line = "Installed the credentials helper; `keybelt helper check` asks Terraform";
    report::changed(
        global.json(),
        line,
        &json!({ "link": link, "changed": changed }),
    );
    Ok(())
}

/// Terraform prefers what its own file holds, and does not ask the helper for those hosts.
fn tell_leftovers() {
    let held = CredentialsFile::of_user().and_then(|file| Some((file.tokens().ok()?, file)));
    let Some((tokens, file)) = held.filter(|(tokens, _)| !tokens.is_empty()) else {
        return;
    };
    let hosts: Vec<String> = tokens.iter().map(|(host, _)| host.to_string()).collect();
    terminal::warn(&format!(
        "{} still holds tokens for {}, and Terraform takes those first; `keybelt import --move` moves them in",
        environment::shorten_home(file.path()),
        hosts.join(", ")
    ));
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
    report::changed(
        global.json(),
        line,
        &json!({ "unlinked": unlinked, "changed": changed }),
    );
    Ok(())
}

/// Asks the real Terraform, in an empty directory, whether it finds the helper.
pub(super) fn check(global: &GlobalArgs) -> Result<ExitCode, Failure> {
    let mut findings = Vec::new();
    let link = terraform_cli::program_link()?;
    if !terraform_cli::leads_to(&link, &environment::own_program()?) {
        findings.push(format!(
            "{} does not lead to this keybelt",
            environment::shorten_home(&link)
        ));
    }
    let files = Configuration::all()?;
    let asks = |file: &Configuration| {
        file.helper()
            .is_ok_and(|helper| helper.as_deref() == Some("keybelt"))
    };
    if !files.iter().any(asks) {
        findings.push("Terraform's CLI configuration does not ask keybelt".to_owned());
    }
    match process::log_of_terraform() {
        None => findings
            .push("no `terraform` or `tofu` is in PATH, so it could not be asked".to_owned()),
        Some(log) if !log.contains(PROGRAM) => {
            findings.push("Terraform does not find the helper's program".to_owned())
        }
        Some(_) => {}
    }
    tell_leftovers();
    if global.json() {
        terminal::document(&json!({ "found": findings.is_empty(), "findings": findings }));
    } else if findings.is_empty() {
        terminal::result("Terraform finds the helper");
    } else {
        terminal::result(&findings.join("\n"));
        terminal::hint("`keybelt helper install` puts it in its place");
    }
    let code = if findings.is_empty() {
        0
    } else {
        Kind::Finding.exit_code()
    };
    Ok(ExitCode::from(code))
}
