//! Where a password or a code comes from: a person, standard input, a command, or the command line.

use std::cell::RefCell;

use secrecy::{ExposeSecret, SecretString};

use super::child_terminal;
use crate::account::AccountName;
use crate::failure::Failure;
use crate::host::Host;
use crate::process::{self, CommandLine};
use crate::provider_name::ProviderName;
use crate::setting::{self, Setting};
use crate::store::config::{Config, Key};
use crate::terminal::Stdin;
use crate::terminal::prompt::{NoPrompt, Prompter};
use crate::terraform_variable;
use crate::two_factor::VerificationCode;

/// Where the password comes from.
#[derive(Debug)]
pub enum PasswordSource {
    /// A hidden prompt.
    Ask,
    /// The first line of standard input.
    Stdin,
    /// The first line that a command prints.
    Command(CommandLine),
}

/// Where the code comes from.
#[derive(Debug)]
pub enum CodeSource {
    /// A prompt.
    Ask,
    /// The command line.
    Given(VerificationCode),
    /// The next line of standard input.
    Stdin,
    /// The first line that a command prints.
    Command(CommandLine),
}

/// The sources of one command.
#[derive(Debug)]
pub struct SecretSources {
    /// The password's.
    pub password: PasswordSource,
    /// The code's.
    pub code: CodeSource,
    /// What is configured for hosts, where the options say nothing.
    config: Config,
    /// Standard input, shared so that line 1 is the password and line 2 the code.
    stdin: RefCell<Stdin>,
}

impl SecretSources {
    /// Takes the sources.
    pub fn new(password: PasswordSource, code: CodeSource, config: Config) -> Self {
        Self { password, code, config, stdin: RefCell::new(Stdin::new()) }
    }

    /// Returns whether answers come line by line, so that each is for whoever is asked about in that place.
    pub fn are_in_order(&self) -> bool {
        matches!(self.password, PasswordSource::Stdin) || matches!(self.code, CodeSource::Stdin)
    }

    /// Returns whether a password for a host can be had, now.
    pub fn can_ask_for_password(&self, host: &Host) -> bool {
        self.require_password(host).is_ok()
    }

    /// Returns whether the password is what a person types, so that a wrong one can be typed anew.
    pub fn asks_for_password(&self, host: &Host) -> Result<bool, Failure> {
        let is_asked = matches!(self.password, PasswordSource::Ask);
        Ok(is_asked && self.configured(host, &setting::PASSWORD_COMMAND)?.is_none())
    }

    /// Returns how often a password may be given: one that a person types may have a slip in it.
    pub fn password_tries(&self, host: &Host) -> Result<u32, Failure> {
        Ok(if self.asks_for_password(host)? { TRIES } else { 1 })
    }

    /// Returns whether a code is a line of standard input: a sign-in in between would take it for itself.
    pub fn reads_code_line(&self) -> bool {
        matches!(self.code, CodeSource::Stdin)
    }

    /// Returns whether the password is a line of standard input, where others may follow.
    pub fn reads_lines(&self) -> bool {
        matches!(self.password, PasswordSource::Stdin)
    }

    /// Fails early, before anything is sent, if no password can be had.
    pub fn require_password(&self, host: &Host) -> Result<(), Failure> {
        match self.password {
            PasswordSource::Ask if self.configured(host, &setting::PASSWORD_COMMAND)?.is_some() => {
                Ok(())
            }
            PasswordSource::Ask => {
                Prompter::open().map(drop).map_err(|reason| no_password(&reason))
            }
            _ => Ok(()),
        }
    }

    /// Returns the password.
    pub fn password(&self, host: &Host, username: &AccountName) -> Result<SecretString, Failure> {
        let prompt = format!("Password for {username} at {host}: ");
        let is_asked = self.asks_for_password(host)?;
        for _ in 0..TRIES {
            let password = self.read_password(host, username, &prompt)?;
            if !password.expose_secret().is_empty() {
                return Ok(password);
            }
            if !is_asked {
                break;
            }
        }
        Err(Failure::usage("the password is blank").hint(match is_asked {
            true => "type the password at the prompt",
            false => "the password is the first line",
        }))
    }

    /// Returns the password; `None` if a person presses Enter instead, or a line is blank: skip this account.
    pub fn password_unless_skipped(
        &self,
        host: &Host,
        username: &AccountName,
    ) -> Result<Option<SecretString>, Failure> {
        let prompt = format!("Password for {username} at {host} (Enter skips it): ");
        let password = self.read_password(host, username, &prompt)?;
        Ok((!password.expose_secret().is_empty()).then_some(password))
    }

    fn read_password(
        &self,
        host: &Host,
        username: &AccountName,
        prompt: &str,
    ) -> Result<SecretString, Failure> {
        let configured = self.configured(host, &setting::PASSWORD_COMMAND)?;
        match (&self.password, &configured) {
            (PasswordSource::Command(command), _) | (PasswordSource::Ask, Some(command)) => {
                process::first_line(command, host, Some(username.as_str()), child_terminal())
            }
            (PasswordSource::Ask, None) => {
                Prompter::open().map_err(|reason| no_password(&reason))?.ask_hidden(prompt)
            }
            (PasswordSource::Stdin, _) => self.line("the password"),
        }
    }

    /// Fails early, before anything is sent, if no new password can be had.
    pub fn require_new_password(&self, host: &Host) -> Result<(), Failure> {
        if self.reads_lines() {
            return Ok(());
        }
        Prompter::open().map(drop).map_err(|reason| {
            Failure::not_signed_in(format!(
                "the passwords for `{host}` are required, but keybelt cannot prompt: {reason}"
            ))
            .hint("use --password-stdin: the old one on the first line, the new one on the second")
        })
    }

    /// Returns a new password, typed twice; or the next line of standard input, if the old one came from there.
    pub fn new_password(
        &self,
        host: &Host,
        username: &AccountName,
    ) -> Result<SecretString, Failure> {
        let password = match self.password {
            PasswordSource::Stdin => self.line("the new password")?,
            _ => ask_twice(host, username)?,
        };
        if password.expose_secret().is_empty() {
            return Err(Failure::usage("the new password is blank")
                .hint("with --password-stdin it is the second line"));
        }
        Ok(password)
    }

    /// Returns a code for a sign-in that is known without asking a person; `None` if one must be asked.
    pub fn sign_in_code(
        &self,
        host: &Host,
        username: &AccountName,
    ) -> Result<Option<VerificationCode>, Failure> {
        match (&self.code, self.configured(host, &setting::CODE_COMMAND)?) {
            (CodeSource::Ask, Some(command)) => Ok(Some(code_of(&command, host, Some(username))?)),
            _ => self.given_code(host, Some(username)),
        }
    }

    /// Returns the code that the options give; `None` if they give none. What is configured for sign-ins
    /// does not count: it knows nothing of an enrolment that is just being made.
    pub fn given_code(
        &self,
        host: &Host,
        username: Option<&AccountName>,
    ) -> Result<Option<VerificationCode>, Failure> {
        let code = match &self.code {
            CodeSource::Ask => return Ok(None),
            CodeSource::Given(code) => code.clone(),
            CodeSource::Stdin => VerificationCode::parse(self.line("the code")?.expose_secret())?,
            CodeSource::Command(command) => code_of(command, host, username)?,
        };
        Ok(Some(code))
    }

    /// Returns the command that is configured for a host.
    fn configured(
        &self,
        host: &Host,
        setting: &'static Setting,
    ) -> Result<Option<CommandLine>, Failure> {
        let key = Key::of_host(host, setting);
        let text = self.config.get(&key);
        text.map(|text| CommandLine::parse(&text, &format!("`{key}`"))).transpose()
    }

    /// Returns whether a code can be had without asking a person.
    pub fn has_code(&self) -> bool {
        !matches!(self.code, CodeSource::Ask)
    }

    fn line(&self, what: &str) -> Result<SecretString, Failure> {
        self.stdin
            .borrow_mut()
            .line(what)?
            .ok_or_else(|| Failure::usage(format!("standard input does not contain {what}")))
    }
}

fn code_of(
    command: &CommandLine,
    host: &Host,
    username: Option<&AccountName>,
) -> Result<VerificationCode, Failure> {
    let line =
        process::first_line(command, host, username.map(AccountName::as_str), child_terminal())?;
    VerificationCode::parse(line.expose_secret())
}

/// How often a password may be typed, or left blank, and a new one typed.
const TRIES: u32 = 3;

fn ask_twice(host: &Host, username: &AccountName) -> Result<SecretString, Failure> {
    let mut prompter = Prompter::open().map_err(|reason| no_password(&reason))?;
    for _ in 0..TRIES {
        let first = prompter.ask_hidden(&format!("New password for {username} at {host}: "))?;
        let second = prompter.ask_hidden("Repeat the new password: ")?;
        if first.expose_secret() == second.expose_secret() {
            return Ok(first);
        }
        prompter.show("The passwords do not match.");
    }
    Err(Failure::usage("the passwords did not match; nothing was changed"))
}

fn no_password(reason: &NoPrompt) -> Failure {
    Failure::not_signed_in(format!("a password is required, but keybelt cannot prompt: {reason}"))
        .hint("use --password-stdin or --password-command")
}

/// Names the variable that gives a token to this very host, with what binds it.
pub fn token_variable(host: &Host) -> String {
    let dialect = host.known_provider().unwrap_or(ProviderName::Atlas).dialect();
    let is_default = dialect.default_host == host.to_string();
    match (dialect.token_variables.first(), terraform_variable::name_of(host)) {
        (Some(variable), _) if is_default => format!("{} to a token", variable.name),
        (_, Some(name)) => format!("{name} to a token"),
        (Some(variable), None) => {
            let address = variable.addresses.first().copied().unwrap_or_default();
            format!("{} to a token and {address} to {}", variable.name, host.origin())
        }
        (None, None) => "a variable to a token".to_owned(),
    }
}

/// Explains that a code is needed and cannot be asked for.
pub fn no_code(reason: &NoPrompt) -> Failure {
    Failure::not_signed_in(format!(
        "a verification code is required, but keybelt cannot prompt: {reason}"
    ))
    .hint("use --code, --code-stdin or --code-command")
}
