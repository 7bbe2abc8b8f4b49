//! Putting the helper where Terraform finds it, and finding out whether it does.

use std::process::ExitCode;

use serde_json::json;

use crate::commands::global::GlobalArgs;
use crate::commands::secret_args::SecretArgs;
use crate::failure::{Failure, Kind};
use crate::operation::helper_installation::{self, Finding, leftovers};
use crate::operation::token_import;
use crate::report;
use crate::session::confirmation;
use crate::terminal;

/// Puts link and block in their places.
pub(super) fn install(global: &GlobalArgs) -> Result<ExitCode, Failure> {
    let installed = helper_installation::install()?;
    if let Some(copy) = &installed.copy {
        terminal::say(&format!(
            "Copied keybelt to {copy}, because it runs from a temporary place; after an upgrade, run `keybelt helper install` again"
        ));
    }
    terminal::say(&format!("Linked {}", installed.link));
    for file in &installed.changed {
        terminal::say(&format!("Added the credentials helper to {file}"));
    }
    let line = "Installed the credentials helper; test it with `keybelt helper check`";
    let document =
        json!({ "link": installed.link, "copy": installed.copy, "changed": installed.changed });
    report::changed(global.json(), line, &document);
    offer(global)
}

/// Tells what is in the helper's way, and offers to move tokens in where somebody can be asked.
fn offer(global: &GlobalArgs) -> Result<ExitCode, Failure> {
    let found = leftovers();
    for Finding { found, remedy } in &found.findings {
        terminal::warn(&format!("{found}; {remedy}"));
    }
    if found.movable.is_empty() || global.json() {
        return Ok(ExitCode::SUCCESS);
    }
    let session = global.session(None, SecretArgs::default())?;
    let question = "Check these tokens with their hosts and move the valid ones into keybelt?";
    if confirmation::offer(&session, question)? {
        token_import::import_tokens(&session, &found.movable, true)?;
    }
    Ok(ExitCode::SUCCESS)
}

/// Takes link and block away again.
pub(super) fn uninstall(global: &GlobalArgs) -> Result<ExitCode, Failure> {
    let gone = helper_installation::uninstall()?;
    for problem in &gone.unread {
        terminal::warn(&format!("{problem}; its block may still be there"));
    }
    let line = if gone.unlinked || !gone.changed.is_empty() {
        "Uninstalled the credentials helper; tokens stay in keybelt's store"
    } else {
        "Nothing to do: the credentials helper is not installed"
    };
    let document = json!({ "unlinked": gone.unlinked, "changed": gone.changed });
    report::changed(global.json(), line, &document);
    Ok(ExitCode::SUCCESS)
}

/// Tells whether the helper is found, and apart from that, for which hosts it is not asked.
pub(super) fn check(global: &GlobalArgs) -> Result<ExitCode, Failure> {
    let own = helper_installation::check(global.timeout()?)?;
    let left = leftovers().findings;
    let is_found = own.is_empty();
    let all: Vec<Finding> = own.into_iter().chain(left).collect();
    if global.json() {
        let findings: Vec<&str> = all.iter().map(|finding| finding.found.as_str()).collect();
        terminal::document(&json!({ "found": is_found, "findings": findings }));
    } else {
        let state = is_found.then(|| "Terraform can use the helper".to_owned());
        let lines = all.iter().map(|finding| finding.found.clone());
        terminal::result(&state.into_iter().chain(lines).collect::<Vec<_>>().join("\n"));
        let mut remedies: Vec<&str> = Vec::new();
        for Finding { remedy, .. } in &all {
            if !remedies.contains(&remedy.as_str()) {
                remedies.push(remedy);
                terminal::hint(remedy);
            }
        }
    }
    let code = if all.is_empty() { 0 } else { Kind::Finding.exit_code() };
    Ok(ExitCode::from(code))
}
