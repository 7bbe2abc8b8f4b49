//! A docker credentials helper: any program `docker-credential-NAME`, as many fleets already run one.
//!
//! Speaks its `get`, `store` and `erase` on stdin and stdout. Never `list`: what else the helper keeps is
//! none of our business. What it prints is a secret or may quote one, so none of it is shown.

use std::path::PathBuf;
use std::process::Command;

use secrecy::ExposeSecret;
use serde_json::json;

use super::document;
use super::secret::{ExternalStore, StoreOptions, in_words, suggest_file_store};
use crate::account::AccountName;
use crate::environment;
use crate::failure::{Failure, Signal};
use crate::host::Host;
use crate::process::{Child, Ending, Wanted};
use crate::token::Token;
use crate::{redaction, text};

/// The longest answer, in bytes: a token of the greatest length, every byte escaped, and names beside it.
const MAX_OUTPUT: usize = 128 * 1024;

/// The longest word that is shown of a helper's, in bytes: tokens are longer.
const LONGEST_WORD: usize = 40;

/// How a helper ended, and what it printed.
enum Finished {
    Done(Vec<u8>),
    Failed(Vec<u8>),
}

/// A helper by its name.
pub(super) struct Docker {
    program: String,
    /// Where it is, if it was found.
    path: Option<PathBuf>,
    options: StoreOptions,
}

impl Docker {
    /// Takes a helper's name, and looks for it in the absolute entries of `PATH`.
    pub fn new(name: &str, options: StoreOptions) -> Self {
        let program = format!("docker-credential-{name}");
        Self { path: environment::program_in_path(&program), program, options }
    }

    fn run(&self, verb: &str, input: String, host: &Host) -> Result<Finished, Failure> {
        let program = &self.program;
        let failed =
            |how: &str| suggest_file_store(Failure::general(format!("`{program}` {how}")), host);
        let Some(path) = &self.path else {
            return Err(failed("is not in PATH"));
        };
        let mut command = Command::new(path);
        command.arg(verb).env_clear().envs(environment::variables_without_secrets());
        let timeout = self.options.unlock.unwrap_or_default().max(self.options.timeout);
        let child = Child {
            input: Some(input.into()),
            terminal: self.options.terminal,
            ..Child::new(command, Wanted::Everything, MAX_OUTPUT, timeout)
        };
        let finished = child.run().map_err(|error| failed("cannot be run").because(error))?;
        match finished.ending {
            Ending::Exited(status) if status.success() => Ok(Finished::Done(finished.stdout)),
            Ending::Exited(_) => Ok(Finished::Failed(finished.stdout)),
            Ending::Interrupted => Err(Failure::interrupted(Signal::Interrupt)),
            Ending::TooLong => Err(failed("printed too much output")),
            Ending::WantsTerminal => {
                Err(failed("prompts on the terminal, which is not available here"))
            }
            Ending::Cut | Ending::TooSlow => {
                Err(failed(&format!("did not answer within {}", in_words(timeout))))
            }
        }
    }

    /// Explains a refusal in the helper's own words: its first line, which the protocol has for that.
    fn refused(&self, what: &str, answer: &[u8], host: &Host, account: &AccountName) -> Failure {
        let program = &self.program;
        let message = format!("`{program}` refused to {what} the token of `{account}` on `{host}`");
        let failure = Failure::general(message);
        let failure = match reason(answer) {
            Some(reason) => failure.because(anyhow::Error::msg(reason)),
            None => failure,
        };
        suggest_file_store(failure, host)
    }
}

impl ExternalStore for Docker {
    fn get(&self, host: &Host, account: &AccountName) -> Result<Option<Token>, Failure> {
        let finished = self.run("get", address(host, account), host)?;
        let output = match finished {
            Finished::Done(output) => output,
            Finished::Failed(answer) if is_not_found(&answer) => return Ok(None),
            Finished::Failed(answer) => {
                return Err(self.refused("give out", &answer, host, account));
            }
        };
        answered(&output, &username(host, account)).map_err(|why| {
            suggest_file_store(Failure::general(format!("`{}` {why}", self.program)), host)
        })
    }

    fn set(&self, host: &Host, account: &AccountName, token: &Token) -> Result<(), Failure> {
        let request = json!({
            "ServerURL": address(host, account),
            "Username": username(host, account),
            "Secret": token.secret().expose_secret(),
        });
        match self.run("store", request.to_string(), host)? {
            Finished::Done(_) => Ok(()),
            Finished::Failed(answer) => Err(self.refused("store", &answer, host, account)),
        }
    }

    fn erase(&self, host: &Host, account: &AccountName) -> Result<(), Failure> {
        match self.run("erase", address(host, account), host)? {
            Finished::Done(_) => Ok(()),
            Finished::Failed(answer) if is_not_found(&answer) => Ok(()),
            Finished::Failed(answer) => Err(self.refused("erase", &answer, host, account)),
        }
    }
}

/// The name under which a helper keeps one account's token. `.invalid` is nobody's (RFC 2606).
fn address(host: &Host, account: &AccountName) -> String {
    format!("https://keybelt.invalid/{host}/{account}")
}

/// Helpers make file names of it, so it has no slash; the address has the scheme of loopback.
fn username(host: &Host, account: &AccountName) -> String {
    let key = host.to_string();
    format!("{account}@{}", key.trim_start_matches("http://"))
}

/// Helpers say so in words on stdout, and the words are part of the protocol.
fn is_not_found(answer: &[u8]) -> bool {
    String::from_utf8_lossy(answer).contains("credentials not found")
}

/// Returns why a helper refused, in one short line. Only a sentence is shown: a long word may be a secret, and so may
/// what looks like an answer.
fn reason(answer: &[u8]) -> Option<String> {
    let answer = String::from_utf8_lossy(answer);
    let line = answer.lines().map(str::trim).find(|line| !line.is_empty())?;
    let line = redaction::redact(line);
    let is_sentence = line.contains(' ') && line.split(' ').all(|word| word.len() <= LONGEST_WORD);
    (is_sentence && !line.contains(['{', '"'])).then(|| text::cut(&line, 120))
}

/// Reads the answer to `get`, which must be for whom it was asked.
pub(super) fn answered(output: &[u8], username: &str) -> Result<Option<Token>, &'static str> {
    let wrong = "printed no answer of a docker credentials helper";
    let text = document::text(output).map_err(|_| wrong)?;
    let answer = document::parse(text.trim()).map_err(|_| wrong)?;
    let field = |name| answer.get(name).and_then(|value| value.as_str());
    let (Some(found), Some(secret)) = (field("Username"), field("Secret")) else {
        return Err(wrong);
    };
    // docker-credential-pass answers so before anything was stored.
    if found.is_empty() && secret.is_empty() {
        return Ok(None);
    }
    if found != username {
        return Err("answered for another account");
    }
    Token::new(secret).map(Some).ok_or("has what is no token")
}

#[cfg(all(test, target_os = "linux"))]
mod tests;
