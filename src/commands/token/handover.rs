//! The options that say where the value of a new token goes.

use std::path::PathBuf;

use clap::Args;

use crate::failure::Failure;
use crate::lifetime::Lifetime;
use crate::operation::destination::Asked;

/// Where the value goes; without any of them, to stdout.
#[derive(Debug, Args)]
pub struct HandoverArgs {
    /// Write the value to a private file of its own
    #[arg(long, value_name = "FILE", conflicts_with = "to_command")]
    pub to_file: Option<PathBuf>,
    /// Replace that file, keeping owner, group and mode
    #[arg(long, requires = "to_file")]
    pub replace: bool,
    /// Give it to a command's standard input; no shell
    #[arg(long, value_name = "CMD")]
    pub to_command: Option<String>,
    /// Time for that command [default: 60s]
    #[arg(long, value_name = "TIME", requires = "to_command")]
    pub command_timeout: Option<String>,
}

impl HandoverArgs {
    /// Returns what was asked for.
    pub fn asked(self) -> Result<Asked, Failure> {
        let time = self.command_timeout.as_deref();
        Ok(Asked {
            command_time: Lifetime::of_option("--command-timeout", time)?,
            file: self.to_file,
            replace: self.replace,
            command: self.to_command,
        })
    }
}
