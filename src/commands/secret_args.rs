//! The options that say where a password or a code comes from. None takes a password as its value.

use clap::Args;

use crate::failure::Failure;
use crate::process::CommandLine;
use crate::session::secret_sources::{CodeSource, PasswordSource, SecretSources};
use crate::store::config::Config;
use crate::two_factor::VerificationCode;

/// Where passwords and codes come from, as typed.
#[derive(Debug, Clone, Default, Args)]
#[command(next_help_heading = "Passwords and codes")]
pub struct SecretArgs {
    /// Read the password from the first line of standard input
    #[arg(long, conflicts_with = "password_command")]
    pub password_stdin: bool,
    /// Run a command (without a shell) and use its first line of output as the password
    #[arg(long, value_name = "CMD")]
    pub password_command: Option<String>,
    /// Verification code (for a recovery code, prefer --code-stdin)
    #[arg(long, value_name = "CODE", conflicts_with_all = ["code_stdin", "code_command"])]
    pub code: Option<String>,
    /// Read the code from standard input (second line with --password-stdin)
    #[arg(long, conflicts_with = "code_command")]
    pub code_stdin: bool,
    /// Run a command (without a shell) and use its first line of output as the code
    #[arg(long, value_name = "CMD")]
    pub code_command: Option<String>,
}

/// Options of the commands that need no others.
#[derive(Debug, Args)]
pub struct PlainArgs {
    /// Passwords and codes.
    #[command(flatten)]
    pub secrets: SecretArgs,
}

impl SecretArgs {
    /// Parses the sources.
    pub fn sources(self, config: Config) -> Result<SecretSources, Failure> {
        let password = match self.password_command {
            Some(command) => {
                PasswordSource::Command(CommandLine::parse(&command, "`--password-command`")?)
            }
            None if self.password_stdin => PasswordSource::Stdin,
            None => PasswordSource::Ask,
        };
        let code = match (self.code, self.code_command) {
            (Some(code), _) => CodeSource::Given(VerificationCode::parse(&code)?),
            (_, Some(command)) => {
                CodeSource::Command(CommandLine::parse(&command, "`--code-command`")?)
            }
            _ if self.code_stdin => CodeSource::Stdin,
            _ => CodeSource::Ask,
        };
        Ok(SecretSources::new(password, code, config))
    }
}
