//! Programs that are asked something in surroundings of our making.

use std::ffi::OsString;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use super::child::{Child, Ending, Stderr, Wanted};
use crate::environment;
use crate::failure::Failure;

/// The longest output that is kept, in bytes.
const MAX_OUTPUT: usize = 4 * 1024 * 1024;

/// How long such a program may take.
const TIMEOUT: Duration = Duration::from_secs(120);

/// How long a program may take to tell its version at most.
const VERSION_TIMEOUT: Duration = Duration::from_secs(20);

/// How an isolated program ended, and what it printed.
#[derive(Debug)]
pub struct Isolated {
    /// The exit code; `None` if a signal or its deadline ended it.
    pub code: Option<i32>,
    /// What it printed as its result.
    pub stdout: String,
    /// What it printed on stderr.
    pub stderr: String,
}

/// Runs a program with nothing in its environment but `variables`, feeds it `input`, and waits for it.
pub fn run_isolated(
    program: &Path,
    arguments: &[&str],
    variables: &[(&str, OsString)],
    directory: &Path,
    input: &str,
) -> Result<Isolated, Failure> {
    let mut command = Command::new(program);
    command
        .args(arguments)
        .env_clear()
        .envs(variables.iter().map(|(name, value)| (name, value)))
        .current_dir(directory);
    run(command, input, TIMEOUT).map_err(|error| {
        Failure::general(format!("cannot run {}", program.display())).because(error)
    })
}

fn run(command: Command, input: &str, timeout: Duration) -> std::io::Result<Isolated> {
    let child = Child {
        input: Some(input.to_owned().into()),
        stderr: Stderr::Kept,
        ..Child::new(command, Wanted::Everything, MAX_OUTPUT, timeout)
    };
    let finished = child.run()?;
    let code = match finished.ending {
        Ending::Exited(status) => status.code(),
        _ => None,
    };
    Ok(Isolated {
        code,
        stdout: String::from_utf8_lossy(&finished.stdout).into_owned(),
        stderr: String::from_utf8_lossy(&finished.stderr).into_owned(),
    })
}

/// Returns what Terraform and OpenTofu log when they start in an empty directory, by their names; those that
/// are not there are left out, and one that does not end in time has no log.
pub fn logs_of_terraform(time: Duration) -> Vec<(&'static str, Option<String>)> {
    let Ok(directory) = tempfile::tempdir() else {
        return Vec::new();
    };
    let start = |program: &str| {
        let mut command = Command::new(environment::program_in_path(program)?);
        command
            .arg("version")
            .current_dir(directory.path())
            .env_clear()
            .envs(environment::variables_without_secrets())
            .env("TF_LOG", "debug")
            .env("CHECKPOINT_DISABLE", "1");
        run(command, "", time.min(VERSION_TIMEOUT)).ok()
    };
    ["terraform", "tofu"]
        .into_iter()
        .filter_map(|program| {
            let ended = start(program)?;
            Some((program, ended.code.map(|_| ended.stderr)))
        })
        .collect()
}
