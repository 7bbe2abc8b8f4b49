//! `keybelt doctor`: what is wrong here.

use std::process::ExitCode;

use clap::Args;
use serde_json::json;

use crate::commands::global::GlobalArgs;
use crate::commands::secret_args::SecretArgs;
use crate::doctor;
use crate::failure::{Failure, Kind};
use crate::redaction;
use crate::terminal;
use crate::text;

/// Check this installation and suggest fixes
///
/// The output is safe to share.
#[derive(Debug, Args)]
pub struct DoctorArgs {}

/// Runs the command.
///
/// # Errors
/// Those of the options; what is wrong is a result, and the exit code says so.
pub fn run(_args: DoctorArgs, global: &GlobalArgs) -> Result<ExitCode, Failure> {
    let session = global.session(None, SecretArgs::default())?;
    let checks = doctor::examine(&session);
    let wrong = checks.iter().filter(|check| check.remedy.is_some()).count();
    if global.json() {
        let list: Vec<_> = checks
            .iter()
            .map(|check| json!({ "subject": check.subject, "ok": check.remedy.is_none(), "found": check.found, "remedy": check.remedy }))
            .collect();
        terminal::document(&json!({ "ok": wrong == 0, "checks": list }));
    } else {
        for check in &checks {
            let mark = if check.remedy.is_none() { "ok   " } else { "wrong" };
            let mark = terminal::verdict(mark, check.remedy.is_none());
            let found = text::escape(&redaction::redact(&check.found)).into_owned();
            let mut lines = format!("{mark}  {}: {found}", check.subject);
            if let Some(remedy) = &check.remedy {
                lines.push_str(&format!("\n       {}", text::escape(remedy)));
            }
            terminal::result(&terminal::wrapped(&lines));
        }
    }
    Ok(if wrong == 0 { ExitCode::SUCCESS } else { ExitCode::from(Kind::Finding.exit_code()) })
}
