//! Where the value of a new token goes: to stdout, into a file, or to a command's standard input; once.
//!
//! What can fail about it fails before the token is made. Afterwards what counts is who may have the value: only a
//! token that nobody can have seen may be revoked again.

use std::path::PathBuf;
use std::time::Duration;

use secrecy::ExposeSecret;
use serde_json::{Value, json};

use crate::account::Identifier;
use crate::failure::{Failure, Kind};
use crate::host::Host;
use crate::lifetime::Lifetime;
use crate::private_file;
use crate::process::{CommandLine, Received, Receiver};
use crate::report;
use crate::session::Session;
use crate::session::child_terminal;
use crate::session::confirmation::Confirmation;
use crate::terminal;
use crate::text;
use crate::token::{Credential, Source, Token, TokenInfo};
use crate::token_file::TokenFile;

/// How long a command may take.
const COMMAND_TIME: Duration = Duration::from_secs(60);

/// What was asked for.
#[derive(Debug, Default)]
pub struct Asked {
    /// `--to-file`.
    pub file: Option<PathBuf>,
    /// `--replace`.
    pub replace: bool,
    /// `--to-command`.
    pub command: Option<String>,
    /// `--command-timeout`.
    pub command_time: Option<Lifetime>,
}

impl Asked {
    /// Returns whether the value is to go anywhere but to stdout.
    pub fn is_elsewhere(&self) -> bool {
        self.file.is_some() || self.command.is_some()
    }
}

/// A place that is ready to take a value.
#[derive(Debug)]
pub enum Destination {
    /// Whoever reads our stdout; what becomes of it there is not known.
    Stdout,
    /// A file.
    File(TokenFile),
    /// A command.
    Command(Receiver),
}

/// What became of a value.
#[derive(Debug)]
pub enum HandedOver {
    /// It is where it was to go.
    Done,
    /// Nobody has it.
    Unseen(Failure),
    /// Somebody may have it.
    Unclear(Failure),
}

impl Destination {
    /// Makes the place ready.
    pub fn prepare(asked: &Asked) -> Result<Self, Failure> {
        if let Some(path) = &asked.file {
            return TokenFile::prepare(path, asked.replace).map(Self::File);
        }
        let Some(command) = &asked.command else {
            return Ok(Self::Stdout);
        };
        let command = CommandLine::parse(command, "`--to-command`")?;
        let asked =
            asked.command_time.map(|time| Duration::from_secs(time.seconds().unsigned_abs()));
        Receiver::find(command, asked.unwrap_or(COMMAND_TIME)).map(Self::Command)
    }

    /// Returns the word for it in JSON.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Stdout => "stdout",
            Self::File(_) => "file",
            Self::Command(_) => "command",
        }
    }

    /// Asks before a file is replaced that holds anything but the token that is being replaced.
    pub fn confirm(
        &self,
        session: &Session,
        host: &Host,
        rotated: Option<&Identifier>,
    ) -> Result<(), Failure> {
        let Self::File(file) = self else {
            return Ok(());
        };
        let Some(held) = file.replaces().then(|| held(session, host, file, rotated)).flatten()
        else {
            return Ok(());
        };
        let shown = text::escape(&file.path().to_string_lossy()).into_owned();
        let what = format!("replacing `{shown}`, which {held},");
        Confirmation::new(session, &what, "if that is meant, use --yes")?
            .ask(&format!("`{shown}` {held}. Replace it?"), "no token was created")
    }

    /// Gives the value away. With `-o json`, stdout gets the whole document, and other places leave it to the caller.
    pub fn hand_over(
        self,
        session: &Session,
        host: &Host,
        info: &TokenInfo,
        token: &Token,
        document: &Value,
    ) -> HandedOver {
        match self {
            Self::Stdout => print(session, token, document),
            Self::File(file) => {
                let shown = text::escape(&file.path().to_string_lossy()).into_owned();
                match file.write(token.secret()) {
                    Ok(()) => {
                        terminal::say(&format!("Wrote the token to {shown}"));
                        HandedOver::Done
                    }
                    Err(error) => HandedOver::Unseen(
                        Failure::general(format!("cannot write {shown}")).because(error),
                    ),
                }
            }
            Self::Command(receiver) => {
                let (received, printed) =
                    receiver.give(token.secret(), &variables(host, info), child_terminal());
                terminal::relay(&printed);
                match received {
                    Received::Whole => {
                        terminal::say("The command took the token");
                        HandedOver::Done
                    }
                    Received::Nothing(failure) => HandedOver::Unseen(failure),
                    Received::Unclear(failure) => HandedOver::Unclear(failure),
                }
            }
        }
    }
}

/// Writes the value to stdout, or the document with it in.
fn print(session: &Session, token: &Token, document: &Value) -> HandedOver {
    let printed = if session.options.json {
        let mut document = document.clone();
        document["token"] = json!(token.secret().expose_secret());
        terminal::try_document(&document)
    } else {
        terminal::try_result(token.secret().expose_secret())
    };
    match printed {
        Ok(()) => HandedOver::Done,
        Err(error) => HandedOver::Unseen(Failure::general("cannot write to stdout").because(error)),
    }
}

/// Returns what a command is told of the token.
fn variables(host: &Host, info: &TokenInfo) -> Vec<(&'static str, String)> {
    let expires_at = info.expires_at.map(report::moment_text).unwrap_or_default();
    vec![
        ("KEYBELT_HOST", host.to_string()),
        ("KEYBELT_TOKEN_ID", info.id.to_string()),
        ("KEYBELT_TOKEN_EXPIRES_AT", expires_at),
    ]
}

/// Returns what a file holds that should not be lost unasked; `None` if it is blank, or the token that is replaced.
fn held(
    session: &Session,
    host: &Host,
    file: &TokenFile,
    rotated: Option<&Identifier>,
) -> Option<String> {
    let Ok(bytes) = private_file::read_plain(file.path(), 2 * Token::MAX_BYTES as u64) else {
        return Some("keybelt cannot read".to_owned());
    };
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return None;
    }
    let token = String::from_utf8(bytes).ok().and_then(|it| Token::parse(&it, "it").ok());
    let Some(token) = token else {
        return Some("does not hold a token".to_owned());
    };
    let credential = Credential::new(host, token, Source::Given);
    let asked = session
        .with_credential(host, |server, _| Ok(server.account(&credential)))
        .and_then(|account| account);
    match asked {
        Ok(account) if rotated.is_some() && account.token_id.as_ref() == rotated => None,
        Ok(account) => {
            let id = account.token_id.as_ref().map_or(String::new(), |id| format!(" {id}"));
            let described = account.described();
            Some(format!("holds another token{id}, of {}", text::escape(&described)))
        }
        Err(failure) if failure.kind == Kind::NotSignedIn => {
            Some(format!("holds a token that `{host}` does not accept"))
        }
        Err(_) => Some(format!("holds a token of which `{host}` does not say whose it is")),
    }
}
