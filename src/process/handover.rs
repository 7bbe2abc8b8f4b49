//! Programs that take our place: what `exec` runs, and the shell of the sandbox.

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::ffi::{OsStr, OsString};
use std::io;
use std::process::Command;

use crate::environment;
use crate::failure::Failure;
#[cfg(windows)]
use crate::failure::Signal;
#[cfg(windows)]
use crate::signal;
use crate::text;

/// Why this process did not become another.
#[derive(Debug)]
pub enum NotRun {
    /// There is no such program.
    NotFound(Failure),
    /// It is there and cannot be run.
    Failed(Failure),
}

/// Becomes another program, with exactly this environment. Returns only if that fails. Files that we have
/// open close themselves; signals do what they did before us.
pub fn replace_process(command: &[OsString], variables: &BTreeMap<OsString, OsString>) -> NotRun {
    let Some((program, arguments)) = command.split_first() else {
        return NotRun::Failed(Failure::usage("a command is required"));
    };
    let mut child = Command::new(program);
    child.args(arguments).env_clear().envs(variables);
    keep_descriptors();
    let Err(error) = become_child(&mut child);
    let shown = text::escape(&program.to_string_lossy()).into_owned();
    if error.kind() == io::ErrorKind::NotFound {
        return NotRun::NotFound(Failure::general(format!("command `{shown}` not found")));
    }
    NotRun::Failed(Failure::general(format!("cannot run `{shown}`")).because(error))
}

/// Lets no descriptor but 0 to 2 through to the next program, not even those that others left open in us.
#[cfg(unix)]
fn keep_descriptors() {
    use rustix::io::{FdFlags, fcntl_setfd};
    use std::os::fd::BorrowedFd;
    let listed = std::fs::read_dir("/dev/fd").into_iter().flatten().flatten();
    let open: Vec<i32> = listed
        .filter_map(|entry| entry.file_name().to_str()?.parse().ok())
        .filter(|descriptor| *descriptor > 2)
        .collect();
    for descriptor in open {
        #[expect(unsafe_code, reason = "a descriptor of whoever started us has no owner in Rust")]
        // SAFETY: it is used for one system call, which fails where the descriptor is closed by now.
        let descriptor = unsafe { BorrowedFd::borrow_raw(descriptor) };
        let _ = fcntl_setfd(descriptor, FdFlags::CLOEXEC);
    }
}

#[cfg(windows)]
fn keep_descriptors() {}

#[cfg(unix)]
fn become_child(child: &mut Command) -> io::Result<Infallible> {
    Err(std::os::unix::process::CommandExt::exec(child))
}

/// Stays beside it until it ends, and ends as it does: codes have 32 bits there.
#[cfg(windows)]
fn become_child(child: &mut Command) -> io::Result<Infallible> {
    // Ctrl-C reaches both; what it means is the other program's affair.
    let _handling = signal::handle_with(|signal| signal == Signal::Interrupt);
    let status = child.status()?;
    signal::exit(status.code().unwrap_or(1))
}

/// Runs a program on our terminal, with our environment less its tokens plus `variables`, and returns its
/// exit code.
pub fn run_interactively(program: &OsStr, variables: &[(&str, &OsStr)]) -> Result<u8, Failure> {
    let status = Command::new(program)
        .env_clear()
        .envs(environment::variables_without_secrets())
        .envs(variables.iter().copied())
        .status()
        .map_err(|error| {
            Failure::general(format!("cannot run {}", program.display())).because(error)
        })?;
    Ok(status.code().and_then(|code| u8::try_from(code).ok()).unwrap_or(1))
}
