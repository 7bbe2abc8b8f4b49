//! The user's browser.

use std::process::{Command, Stdio};

use super::{child, command};
use crate::environment;

/// Opens a page, and does not wait for it: `$BROWSER` first, then what the system prefers. Returns whether there
/// is a browser.
pub fn open_in_browser(address: &str) -> bool {
    let named = environment::browser().and_then(|browser| {
        let words = command::words(&browser)?;
        let (program, arguments) = words.split_first()?;
        let mut command = Command::new(program);
        command.args(arguments).arg(address);
        Some(command)
    });
    named
        .into_iter()
        .chain(open::commands(address))
        .filter_map(found)
        .any(|mut command| command.spawn().is_ok())
}

/// Returns the command with its program's whole path; `None` if it is not in an absolute entry of `PATH`.
fn found(command: Command) -> Option<Command> {
    // Rebuilt it would lose its quoting there, and the system does not look in the working directory.
    let mut command = if cfg!(windows) {
        command
    } else {
        let program = child::resolve_program(command.get_program().to_str()?).ok()?;
        let mut found = Command::new(program);
        found.args(command.get_args());
        found
    };
    command
        .env_clear()
        .envs(environment::variables_without_secrets())
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    child::set_group(&mut command);
    Some(command)
}
