//! `keybelt helper`: Terraform's credentials helper (protocol: atlas 6.7).
//!
//! `get`, `store` and `forget` are Terraform's protocol, byte for byte. They use keybelt's own store alone:
//! no environment token, no network, no prompt, no sign-in. The others put the helper in its place.

use std::ffi::{OsStr, OsString};
use std::path::Path;
use std::process::ExitCode;

use clap::{Args, Subcommand};

use crate::commands::global::GlobalArgs;
use crate::failure::Failure;

mod install;
mod protocol;

/// The helper commands.
#[derive(Debug, Subcommand)]
pub enum HelperCommand {
    /// Install keybelt as a Terraform credentials helper
    ///
    /// Adds a link to Terraform's plugin directory and a block to its CLI configuration.
    Install,
    /// Remove the Terraform credentials helper
    Uninstall,
    /// Check that Terraform can use the helper
    Check,
    /// Print the token of a host, as Terraform asks for it
    #[command(hide = true)]
    Get(HostArgs),
    /// Store the token that Terraform gives on standard input
    #[command(hide = true)]
    Store(HostArgs),
    /// Forget what Terraform stored
    #[command(hide = true)]
    Forget(HostArgs),
}

impl HelperCommand {
    /// Returns whether this is Terraform's protocol: a setting for people does not reach it.
    pub fn is_protocol(&self) -> bool {
        matches!(self, Self::Get(_) | Self::Store(_) | Self::Forget(_))
    }
}

/// The host that Terraform names.
#[derive(Debug, Args)]
pub struct HostArgs {
    /// The host, as Terraform writes it
    #[arg(value_name = "HOST", allow_hyphen_values = true)]
    pub host: String,
}

/// Runs the command.
pub fn run(command: HelperCommand, global: &GlobalArgs) -> Result<ExitCode, Failure> {
    match command {
        HelperCommand::Install => install::install(global),
        HelperCommand::Uninstall => install::uninstall(global),
        HelperCommand::Check => install::check(global),
        HelperCommand::Get(args) => protocol::get(&args.host, global),
        HelperCommand::Store(args) => protocol::store(&args.host, global),
        HelperCommand::Forget(args) => protocol::forget(&args.host, global),
    }
}

/// Rewrites the arguments of a call by the name `terraform-credentials-keybelt`: Terraform puts the verb and
/// the host last, after whatever its configuration adds.
pub fn arguments_by_name(arguments: Vec<OsString>) -> Vec<OsString> {
    let program = arguments
        .first()
        .map(|program| Path::new(program).file_stem().unwrap_or_default().to_owned());
    if program.as_deref() != Some(OsStr::new("terraform-credentials-keybelt")) {
        return arguments;
    }
    let mut rewritten = vec![OsString::from("keybelt"), OsString::from("helper")];
    rewritten.extend(arguments.into_iter().skip(1));
    rewritten
}
