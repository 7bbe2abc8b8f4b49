//! `keybelt exec`: run a command that finds the token in its environment, and nowhere else.

use std::collections::BTreeSet;
use std::ffi::OsString;
use std::process::ExitCode;

use clap::Args;

use crate::commands::global::GlobalArgs;
use crate::commands::secret_args::SecretArgs;
use crate::environment;
use crate::failure::Failure;
use crate::host::Host;
use crate::lifetime::Lifetime;
use crate::operation::child_environment::{self, Grant, Variable};
use crate::process::{self, NotRun};
use crate::session::Session;
use crate::terminal;

/// Run a command with the token in its environment
///
/// Sets TF_TOKEN_<host>, which Terraform 1.2 and later sends only to that host (for older versions, use
/// `keybelt helper install`), or Aptible's APTIBLE_ACCESS_TOKEN with APTIBLE_AUTH_ROOT_URL. Without a
/// command, opens a shell. Exits with the command's exit code, or 127 if it is not found. The command
/// inherits only standard input, output and error.
#[derive(Debug, Args)]
pub struct ExecArgs {
    /// Also set this variable and its address variable; not tied to a host
    #[arg(long = "env", value_name = "NAME")]
    pub variable: Option<Variable>,
    /// Sign in again first if the token expires sooner than this, such as 1h
    #[arg(long, value_name = "TIME")]
    pub min_remaining: Option<String>,
    /// The command and its arguments
    #[arg(trailing_var_arg = true, value_name = "COMMAND", allow_hyphen_values = false)]
    pub command: Vec<OsString>,
    /// Passwords and codes.
    #[command(flatten)]
    pub secrets: SecretArgs,
}

/// Runs the command; on success it does not return, for the process has become the child.
pub fn run(args: ExecArgs, global: &GlobalArgs) -> Result<ExitCode, Failure> {
    let session = global.session_for_hosts(args.secrets)?;
    let wanted = Lifetime::of_option("--min-remaining", args.min_remaining.as_deref())?;
    let mut grants = Vec::new();
    for host in hosts(&session, global)? {
        grants.push(Grant::new(&session, host, wanted)?);
    }
    let variables = child_environment::variables(&grants, args.variable)?;
    let shell = vec![environment::shell()];
    let command = if args.command.is_empty() { &shell } else { &args.command };
    // What the session noticed must be said before the process becomes another.
    drop(session);
    let failure = match process::replace_process(command, &variables) {
        NotRun::NotFound(failure) => (failure, 127),
        NotRun::Failed(failure) => (failure, 126),
    };
    terminal::report_failure(&failure.0);
    Ok(ExitCode::from(failure.1))
}

fn hosts(session: &Session, global: &GlobalArgs) -> Result<Vec<Host>, Failure> {
    let mut hosts =
        global.hosts.iter().map(|host| Host::typed(host)).collect::<Result<Vec<_>, _>>()?;
    if hosts.is_empty() {
        hosts.push(session.target()?.host);
    }
    let mut seen = BTreeSet::new();
    hosts.retain(|host| seen.insert(host.clone()));
    Ok(hosts)
}
