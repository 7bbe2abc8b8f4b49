//! `keybelt sandbox shell`: a shell with a sandbox behind it, and a fresh place for tokens.

use std::ffi::OsStr;
use std::path::Path;
use std::process::ExitCode;

use clap::Args;
use keybelt_sandbox::{Options, Sandbox};

use super::{first_steps, start};
use crate::environment;
use crate::failure::{Failure, Signal};
use crate::private_file::TemporaryDirectory;
use crate::process;
use crate::running_sandbox;
use crate::signal;
use crate::terminal;

/// Options of `sandbox shell`.
#[derive(Debug, Args)]
pub struct ShellArgs {
    /// Add a site administrator, root-admin
    #[arg(long)]
    pub site_admin: bool,
}

/// Runs the command; the exit code is the shell's.
pub(super) fn run(args: &ShellArgs) -> Result<ExitCode, Failure> {
    let options = Options { site_admin: args.site_admin, ..Options::default() };
    let sandbox: Sandbox = start(options)?;
    let directory = TemporaryDirectory::create("keybelt-sandbox-").map_err(|error| {
        Failure::general("cannot make a directory for the sandbox's tokens").because(error)
    })?;
    let _registration = running_sandbox::register(sandbox.ready());
    terminal::say(&first_steps::shell_page(sandbox.ready()));
    // Ctrl-C in the shell is for the shell and what runs in it.
    let _handling = signal::handle_with(|signal| signal == Signal::Interrupt);
    let shell = environment::shell();
    let (prompt, mark) = mark(&shell);
    let status = process::run_interactively(
        &shell,
        &[
            ("KEYBELT_HOST", sandbox.ready().atlas_url.as_ref()),
            ("KEYBELT_CONFIG_DIR", directory.path().as_os_str()),
            (prompt, mark.as_ref()),
        ],
    )?;
    Ok(ExitCode::from(status))
}

/// Returns the variable that marks a shell's prompt, so that nobody takes the sandbox for their account. A shell
/// whose own settings make its prompt keeps that.
fn mark(shell: &OsStr) -> (&'static str, &'static str) {
    match Path::new(shell).file_stem().and_then(OsStr::to_str) {
        // bash sets its prompt when it starts, and runs this behind that.
        Some("bash") => ("PROMPT_COMMAND", r#"PS1="(sandbox) $PS1"; unset PROMPT_COMMAND"#),
        Some("cmd") => ("PROMPT", "(sandbox) $P$G"),
        _ => ("PS1", "(sandbox) $ "),
    }
}
