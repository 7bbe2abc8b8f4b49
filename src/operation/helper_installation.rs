//! Installing the credentials helper, undoing it, and what keeps Terraform from asking it.

use std::collections::BTreeMap;
use std::time::Duration;

use super::token_import::Holding;
use crate::environment;
use crate::failure::Failure;
use crate::lifetime::Lifetime;
use crate::other_tools::TokenFile;
use crate::other_tools::helper_program::{self, PROGRAM};
use crate::other_tools::made;
use crate::other_tools::terraform::CredentialsFile;
use crate::other_tools::terraform_credentials::{CliConfiguration, Form};
use crate::other_tools::terraform_files::{self, Tool};
use crate::process;

/// What was installed.
pub struct Installed {
    /// The link that Terraform finds, for messages.
    pub link: String,
    /// The copy of keybelt that it leads to, where keybelt itself will not last.
    pub copy: Option<String>,
    /// The configuration files that were changed.
    pub changed: Vec<String>,
}

/// Puts program and configuration in their places.
pub fn install() -> Result<Installed, Failure> {
    let mut edits = Vec::new();
    let read = Tool::ALL.map(|tool| CliConfiguration::of(tool).require_room_for_keybelt());
    for configuration in read {
        let configuration = configuration?;
        if !configuration.asks_keybelt() {
            edits.extend(configuration.into_file_to_edit()?);
        }
    }
    edits.dedup_by(|one, other| one.path() == other.path());
    terraform_files::require_nothing_hidden()?;
    let copy = helper_program::install()?;
    let mut changed = Vec::new();
    for file in edits {
        file.ask_keybelt()?;
        changed.push(file.shown());
    }
    Ok(Installed {
        link: environment::shorten_home(&helper_program::place()?),
        copy: copy.as_deref().map(environment::shorten_home),
        changed,
    })
}

/// What was taken away again.
pub struct Uninstalled {
    /// Whether the program was there.
    pub unlinked: bool,
    /// The configuration files that were changed.
    pub changed: Vec<String>,
    /// What could not be read, so that a block may be left in it.
    pub unread: Vec<String>,
}

/// Takes program and configuration away, and what installing brought into being if nothing else is in it.
pub fn uninstall() -> Result<Uninstalled, Failure> {
    let (mut changed, mut unread) = (Vec::new(), Vec::new());
    for tool in Tool::ALL {
        // Read again for each: both read the same files.
        let configuration = CliConfiguration::of(tool);
        for file in configuration.asking() {
            file.stop_asking()?;
            changed.push(file.shown());
        }
        for (problem, _) in configuration.unread() {
            if !unread.contains(&problem) {
                unread.push(problem);
            }
        }
    }
    let unlinked = helper_program::uninstall()?;
    made::take_away();
    Ok(Uninstalled { unlinked, changed, unread })
}

/// Something that is wrong, and what to do about it.
pub struct Finding {
    pub found: String,
    pub remedy: String,
}

impl From<(String, String)> for Finding {
    fn from((found, remedy): (String, String)) -> Self {
        Self { found, remedy }
    }
}

/// Returns what is wrong with the helper itself. The real programs are asked, in an empty directory, each for that
/// long at most.
pub fn check(time: Lifetime) -> Result<Vec<Finding>, Failure> {
    let mut findings = Vec::new();
    let place = helper_program::place()?;
    findings.extend(helper_program::standing()?.problem(&place).map(Finding::from));
    findings.extend(helper_program::exposure().map(Finding::from));
    let install = || "run `keybelt helper install`".to_owned();
    let logs = process::logs_of_terraform(Duration::from_secs(time.seconds().unsigned_abs()));
    for tool in Tool::ALL {
        let configuration = CliConfiguration::of(tool);
        findings.extend(configuration.problems().into_iter().map(Finding::from));
        let is_there = logs.iter().any(|(program, _)| *program == tool.program());
        if (is_there || tool == Tool::Terraform) && !configuration.asks_keybelt() {
            let whose = if tool == Tool::Terraform { "Terraform" } else { "OpenTofu" };
            let found = format!("{whose}'s CLI configuration does not use keybelt");
            findings.push(Finding { found, remedy: install() });
        }
    }
    if logs.is_empty() {
        findings.push(Finding {
            found: "no `terraform` or `tofu` is in PATH, so the helper could not be tested"
                .to_owned(),
            remedy: "run this where one of them is in PATH".to_owned(),
        });
    }
    findings.extend(logs.iter().filter_map(|(program, log)| unfound(program, log.as_deref())));
    let mut seen = Vec::new();
    findings.retain(|finding| {
        let is_new = !seen.contains(&finding.found);
        seen.push(finding.found.clone());
        is_new
    });
    Ok(findings)
}

/// Returns what a tool's log says against the helper.
fn unfound(program: &str, log: Option<&str>) -> Option<Finding> {
    match log {
        Some(log) if log.contains(PROGRAM) => None,
        Some(_) => Some(Finding {
            found: format!("`{program}` cannot find the helper"),
            remedy: "run `keybelt helper install`".to_owned(),
        }),
        None => Some(Finding {
            found: format!("`{program} version` did not finish, so it could not be asked"),
            remedy: "see what it waits for: perhaps a file of its configuration that is a pipe"
                .to_owned(),
        }),
    }
}

/// What keeps Terraform from asking the helper for some hosts.
pub struct Leftovers {
    /// The files whose tokens can be moved in, with those tokens.
    pub movable: Vec<Holding>,
    /// What stands in the way.
    pub findings: Vec<Finding>,
}

/// Terraform prefers what its own files have, and does not ask the helper for those hosts.
pub fn leftovers() -> Leftovers {
    let mut by_file: BTreeMap<String, BTreeMap<Form, Vec<String>>> = BTreeMap::new();
    for tool in Tool::ALL {
        for (host, shown, form) in CliConfiguration::of(tool).hosts() {
            let hosts = by_file.entry(shown).or_default().entry(form).or_default();
            let host = host.to_string();
            if !hosts.contains(&host) {
                hosts.push(host);
            }
        }
    }
    let forms = by_file.iter().flat_map(|(shown, forms)| {
        forms.iter().map(move |(form, hosts)| finding(shown, *form, &hosts.join(", ")))
    });
    let findings = forms.collect();
    let usable = |file: CredentialsFile| {
        let entries = file.entries().unwrap_or_default().into_iter();
        let tokens: Vec<_> = entries.filter(|(_, token)| token.is_some()).collect();
        (!tokens.is_empty()).then_some(Holding { file: Box::new(file), tokens })
    };
    let movable = CredentialsFile::all().into_iter().filter_map(usable).collect();
    Leftovers { movable, findings }
}

fn finding(shown: &str, form: Form, hosts: &str) -> Finding {
    let (found, remedy) = match form {
        Form::Token => (
            format!("{shown} has tokens for {hosts}, which Terraform prefers"),
            "move them with `keybelt import --move`".to_owned(),
        ),
        Form::Unusable => (
            format!(
                "{shown} has tokens for {hosts}, which Terraform prefers and keybelt cannot use: they contain spaces or other invalid characters"
            ),
            format!("correct them in {shown}, or leave them to Terraform"),
        ),
        Form::Blank => (
            format!("{shown} has a blank token for {hosts}, which Terraform treats as a token"),
            format!("remove that entry from {shown}"),
        ),
        Form::Nothing => (
            format!(
                "{shown} has an entry without a token for {hosts}, so Terraform does not ask the helper"
            ),
            format!("remove that entry from {shown}"),
        ),
    };
    Finding { found, remedy }
}
