//! What a lockdown has done, and what it has not: for people, and for the incident's file.

use std::fmt::Write as _;

use jiff::Timestamp;
use serde_json::{Value, json};

use super::here::Place;
use super::{Fate, Found, TokenFate};
use crate::failure::{Failure, Kind};
use crate::host::Host;
use crate::provider::Access;
use crate::report::{day, moment_document};
use crate::text;
use crate::token::TokenInfo;

/// What became of one account.
#[derive(Debug)]
pub enum State {
    /// Nothing was done.
    NotEnded(Failure),
    /// Nothing was to be done, but this would have been.
    Foreseen(Found),
    /// Its tokens were ended, as far as this says.
    Ended(Fate),
}

/// One account's part of the report.
#[derive(Debug)]
pub struct AccountReport {
    /// The server.
    pub host: Host,
    /// The account, as far as it is known.
    pub account: Option<String>,
    /// What became of it.
    pub state: State,
    /// Whether this sign-in's token is stored here now.
    pub is_kept: bool,
    /// What else opens the account's door and was left alone, each with its page or command.
    pub left: Vec<Access>,
    /// The command or the page that changes the password.
    pub password: String,
}

/// The whole report.
#[derive(Debug)]
pub struct Report {
    /// When it began.
    pub started_at: Timestamp,
    /// When it ended.
    pub finished_at: Timestamp,
    /// Whether it was only looked.
    pub dry_run: bool,
    /// Each account.
    pub accounts: Vec<AccountReport>,
    /// What else on this machine holds tokens.
    pub here: Vec<Place>,
}

impl AccountReport {
    fn title(&self) -> String {
        match &self.account {
            Some(account) => format!("{account} at {}", self.host),
            None => self.host.to_string(),
        }
    }

    fn failure(&self) -> Option<&Failure> {
        match &self.state {
            State::NotEnded(failure) | State::Foreseen(Found::Failed(failure)) => Some(failure),
            State::Ended(fate) => fate.failure.as_ref(),
            State::Foreseen(_) => None,
        }
    }

    fn is_complete(&self) -> bool {
        match &self.state {
            State::Ended(fate) => fate.is_complete(),
            State::NotEnded(_) | State::Foreseen(_) => false,
        }
    }

    fn word(&self) -> &'static str {
        match &self.state {
            State::NotEnded(_) => "not_ended",
            State::Foreseen(_) => "foreseen",
            State::Ended(fate) if fate.is_complete() => "ended",
            State::Ended(_) => "incomplete",
        }
    }

    fn document(&self) -> Value {
        let tokens: Option<Vec<Value>> = match &self.state {
            State::Ended(fate) => Some(fate.tokens.iter().map(fate_document).collect()),
            State::Foreseen(Found::Listed(tokens)) => {
                Some(tokens.iter().map(|token| token_document(token, "valid")).collect())
            }
            State::NotEnded(_) | State::Foreseen(_) => None,
        };
        let (unlisted, intruder) = match &self.state {
            State::Ended(fate) => (fate.unlisted, fate.is_sign_of_intruder()),
            State::NotEnded(_) | State::Foreseen(_) => (None, false),
        };
        let error = self.failure().map(|failure| {
            json!({ "kind": failure.kind.name(), "message": failure.message, "hint": failure.hint })
        });
        let left = self
            .left
            .iter()
            .map(|left| json!({ "kind": left.kind, "name": left.what, "action": left.action }));
        json!({
            "host": self.host.to_string(),
            "account": self.account,
            "state": self.word(),
            "error": error,
            "kept": self.is_kept,
            "tokens": tokens,
            "revoked_unlisted": unlisted,
            "intruder": intruder,
            "left": left.collect::<Vec<_>>(),
            "change_password": self.password,
        })
    }

    fn text(&self, out: &mut String) {
        let _ = writeln!(out, "{}", self.title());
        match &self.state {
            State::NotEnded(failure) => line(out, "not ended", &failure.message),
            State::Foreseen(found) => foreseen(out, found),
            State::Ended(fate) => ended(out, fate),
        }
        if let State::Ended(fate) = &self.state {
            let kept = match self.is_kept {
                true => "the token of this sign-in, which is stored here",
                false => "no token: this account is no longer signed in here",
            };
            line(out, "kept", kept);
            if fate.is_sign_of_intruder() {
                line(
                    out,
                    "intruder",
                    "tokens were created while the others were revoked: someone else is or was signed in",
                );
            }
        }
    }
}

fn foreseen(out: &mut String, found: &Found) {
    match found {
        Found::Listed(tokens) => {
            for token in tokens {
                line(out, "would end", &described(token));
            }
            if tokens.is_empty() {
                line(out, "would end", "no token");
            }
        }
        Found::Unlisted => {
            line(out, "would end", "all other tokens, which the server does not list")
        }
        Found::Failed(failure) => line(out, "unknown", &failure.message),
    }
}

fn ended(out: &mut String, fate: &Fate) {
    for token in &fate.tokens {
        let described = described(&token.token);
        let new = if token.appeared { "; it was created meanwhile" } else { "" };
        match &token.still_valid {
            None => line(out, "ended", &format!("{described}{new}")),
            Some(why) => line(out, "still valid", &format!("{described}{new}: {why}")),
        }
    }
    match (fate.unlisted, fate.tokens.is_empty(), &fate.failure) {
        (Some(count), true, _) if count > 0 => {
            let what = text::plural(count, "token");
            line(
                out,
                "ended",
                &format!(
                    "{what} that the server does not list; it may accept them for another minute"
                ),
            );
        }
        (_, true, None) => line(out, "ended", "every other token"),
        _ => {}
    }
    if let Some(failure) = &fate.failure {
        line(out, "incomplete", &failure.message);
    }
}

/// Writes a line; server text in it is escaped here.
fn line(out: &mut String, word: &str, what: &str) {
    let _ = writeln!(out, "  {word:<12}{}", text::escape(what));
}

fn described(token: &TokenInfo) -> String {
    let name = token.description.as_deref().map(|name| format!(" {name}")).unwrap_or_default();
    let last = day(token.last_used_at, "never");
    format!("{}{name} (created {}, last used {last})", token.id, day(token.created_at, "unknown"))
}

fn token_document(token: &TokenInfo, state: &str) -> Value {
    json!({
        "id": token.id.as_str(),
        "description": token.description,
        "created_at": moment_document(token.created_at),
        "last_used_at": moment_document(token.last_used_at),
        "expires_at": moment_document(token.expires_at),
        "state": state,
        "appeared": false,
        "reason": null,
    })
}

fn fate_document(fate: &TokenFate) -> Value {
    let state = if fate.still_valid.is_some() { "valid" } else { "ended" };
    let mut document = token_document(&fate.token, state);
    document["appeared"] = fate.appeared.into();
    document["reason"] = fate.still_valid.clone().into();
    document
}

impl Report {
    /// Returns the report for programs.
    pub fn document(&self) -> Value {
        let accounts: Vec<Value> = self.accounts.iter().map(AccountReport::document).collect();
        let here: Vec<Value> = self.here.iter().map(Place::document).collect();
        json!({
            "started_at": moment_document(Some(self.started_at)),
            "finished_at": moment_document(Some(self.finished_at)),
            "dry_run": self.dry_run,
            "complete": !self.dry_run && self.accounts.iter().all(AccountReport::is_complete),
            "accounts": accounts,
            "here": here,
        })
    }

    /// Returns the report for people.
    pub fn text(&self) -> String {
        let mut out = String::new();
        for account in &self.accounts {
            account.text(&mut out);
            out.push('\n');
        }
        self.write_left(&mut out);
        if !self.dry_run {
            out.push_str("Now change each password; anyone who knows it can sign in again:\n");
        }
        for account in self.accounts.iter().filter(|_| !self.dry_run) {
            let _ = writeln!(out, "  {}: {}", account.title(), text::escape(&account.password));
        }
        out.truncate(out.trim_end().len());
        out
    }

    fn write_left(&self, out: &mut String) {
        let left = self.accounts.iter().flat_map(|account| {
            let title = account.title();
            let lines = account.left.iter();
            lines.map(move |left| format!("{} of {title}: {}", left.what, left.action))
        });
        let here = self.here.iter().map(|place| format!("{} {}", place.name, place.advice()));
        let lines: Vec<String> = left.chain(here).collect();
        if lines.is_empty() {
            return;
        }
        out.push_str("Not revoked; check each:\n");
        for line in lines {
            let _ = writeln!(out, "  {}", text::escape(&line));
        }
        out.push('\n');
    }

    /// Fails if something may be valid still that was to end.
    pub fn outcome(&self) -> Result<(), Failure> {
        let mut failures = self.accounts.iter().filter_map(AccountReport::failure);
        let is_interrupted = |failure: &&Failure| matches!(failure.kind, Kind::Interrupted(_));
        let failure = failures.clone().find(is_interrupted).or_else(|| failures.next());
        let Some(failure) = failure else {
            return Ok(());
        };
        let told =
            Failure::new(failure.kind, &failure.message).within("some tokens may still be valid");
        Err(match &failure.hint {
            Some(hint) => told.hint(hint),
            None => told.hint("run `keybelt lockdown` again; it continues where it stopped"),
        })
    }
}
