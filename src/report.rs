//! How results look: words for states, and the shapes of the JSON documents (`docs/json.md`).

use std::borrow::Cow;

use jiff::Timestamp;
use serde_json::{Value, json};

use crate::account::AccountName;
use crate::environment;
use crate::lifetime::{self, Lifetime};
use crate::session::Session;
use crate::session::token_state::TokenState;
use crate::store::{Entry, StoreName};
use crate::terminal;
use crate::text;
use crate::token::Source;
use crate::two_factor::{Delivery, TwoFactor};

pub mod audit;
mod columns;
mod rows;
pub mod tally;

/// Prints a result: as text, or as the one JSON document.
pub fn answer(json: bool, text: &str, document: &Value) {
    if json {
        terminal::document(document);
    } else if !text.is_empty() {
        terminal::result(text);
    }
}

/// Reports a change: one line in the past tense on stderr, and with `-o json` the document on stdout.
pub fn changed(json: bool, line: &str, document: &Value) {
    terminal::say(line);
    if json {
        terminal::document(document);
    }
}

/// Returns the state of two-factor authentication in words.
pub fn two_factor(state: &TwoFactor) -> String {
    let how = match state.delivery {
        Some(Delivery::App) => " by app",
        Some(Delivery::Sms) => " by text message",
        None => "",
    };
    let number = state
        .sms_number
        .as_deref()
        .map(|number| format!(" ({})", text::escape(number)))
        .unwrap_or_default();
    match (state.enabled, state.verified) {
        (false, _) => "off".to_owned(),
        (true, false) => format!("enabled{how}{number}, not verified"),
        (true, true) => format!("enabled and verified{how}{number}"),
    }
}

/// Returns the state of two-factor authentication for JSON; `null` where the server does not tell.
pub fn two_factor_document(state: Option<&TwoFactor>) -> Value {
    state.map_or(Value::Null, |state| {
        json!({
            "enabled": state.enabled,
            "verified": state.verified,
            "delivery": state.delivery.map(Delivery::as_str),
            "sms_number": state.sms_number,
        })
    })
}

/// A list, for a terminal or for a spreadsheet.
#[derive(Debug)]
pub struct Table {
    columns: Vec<&'static str>,
    rows: Vec<Vec<String>>,
}

impl Table {
    /// Begins a list with these columns.
    pub fn new(columns: &[&'static str]) -> Self {
        Self { columns: columns.to_vec(), rows: Vec::new() }
    }

    /// Adds a row. Its cells are escaped here.
    pub fn push(&mut self, row: Vec<String>) {
        let escaped = row.iter().map(|cell| text::escape(cell).into_owned());
        self.rows.push(escaped.collect());
    }

    /// Draws the list, fitted to the terminal's width.
    pub fn text(&self) -> String {
        let mut table = comfy_table::Table::new();
        table
            .load_style(comfy_table::presets::NOTHING)
            .set_content_arrangement(comfy_table::ContentArrangement::Dynamic)
            .set_header(self.columns.iter().map(|column| column.to_uppercase()))
            .add_rows(&self.rows);
        if terminal::stdout_is_terminal() {
            table.set_width(u16::try_from(terminal::width()).unwrap_or(u16::MAX));
        }
        table.trim_fmt()
    }

    /// Writes the list as CSV.
    pub fn csv(&self) -> String {
        let columns = self.columns.iter().map(|column| column.replace(' ', "_"));
        csv([columns.collect::<Vec<_>>()]) + &csv(&self.rows)
    }
}

/// Writes records as CSV (RFC 4180), with what a spreadsheet would run as a formula defused.
fn csv<R>(records: impl IntoIterator<Item = R>) -> String
where
    R: IntoIterator<Item: AsRef<str>>,
{
    let mut writer =
        csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    // Writing to memory does not fail.
    for record in records {
        for cell in record {
            let _ = writer.write_field(&*defused(cell.as_ref()));
        }
        let _ = writer.write_record(None::<&str>);
    }
    String::from_utf8_lossy(&writer.into_inner().unwrap_or_default()).into_owned()
}

fn defused(cell: &str) -> Cow<'_, str> {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        Cow::Owned(format!("'{cell}"))
    } else {
        Cow::Borrowed(cell)
    }
}

/// Prints a list in the wanted format.
pub fn list(output: Output, table: &Table, document: &Value) {
    match output {
        Output::Text => terminal::result(&table.text()),
        Output::Json => terminal::document(document),
        Output::Csv => terminal::result_raw(&table.csv()),
    }
}

/// How results are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, clap::ValueEnum)]
pub enum Output {
    /// For people
    #[default]
    Text,
    /// One JSON document
    Json,
    /// Comma-separated values, for lists
    Csv,
}

/// Returns a token's state in words.
pub fn state_text(name: Option<&AccountName>, state: &TokenState) -> String {
    match (state, name) {
        (TokenState::Valid(account), _) => format!("signed in as {}", account.described()),
        (TokenState::NotChecked, Some(name)) => {
            format!("signed in as {name}, not checked with the server")
        }
        (TokenState::NotChecked, None) => {
            "a token is there, not checked with the server".to_owned()
        }
        (TokenState::Expired, _) => "the stored token has expired".to_owned(),
        (
            TokenState::Rejected(failure)
            | TokenState::Missing(failure)
            | TokenState::Unknown(failure),
            _,
        ) => failure.to_string(),
    }
}

/// Returns what is known of a token, for JSON.
pub fn token_document(name: Option<String>, entry: Option<&Entry>, state: &TokenState) -> Value {
    let account = match state {
        TokenState::Valid(account) => Some(account),
        _ => None,
    };
    json!({
        "signed_in": state.signed_in(),
        "state": state.word(),
        "error": state.failure().map(ToString::to_string),
        "account": account.map(|account| account.name.to_string()).or(name),
        "store": entry.map(|entry| entry.store.to_string()),
        "origin": entry.map(|entry| entry.origin.as_str()),
        "created_at": moment_document(entry.map(|entry| entry.created_at)),
        "expires_at": moment_document(entry.and_then(Entry::deadline)),
        "is_sudo": account.and_then(|account| account.is_sudo),
        "two_factor": two_factor_document(account.and_then(|account| account.two_factor.as_ref())),
    })
}

/// Adds the members of one JSON object to another.
pub fn extend(document: &mut Value, more: Value) {
    if let (Value::Object(document), Value::Object(more)) = (document, more) {
        document.extend(more);
    }
}

/// Returns where the secret of an entry is kept, in words.
pub fn place(session: &Session, entry: &Entry) -> String {
    match &entry.store {
        StoreName::File => environment::shorten_home(session.store.path()),
        StoreName::Keyring => "the keyring".to_owned(),
        StoreName::Docker(name) => format!("docker-credential-{name}"),
    }
}

/// Returns until when a stored token is good, in words.
pub fn until(entry: &Entry) -> String {
    let Some(deadline) = entry.deadline() else {
        return "until the server ends it; it told no expiry".to_owned();
    };
    let whose =
        if entry.expires_at.is_some() { "" } else { " (keybelt's deadline; the server sets none)" };
    match lifetime::remaining(environment::now(), deadline).map(in_minutes) {
        Some(left) => format!("for {left}, until {}{whose}", moment(deadline)),
        None => format!("no longer: expired {}{whose}", moment(deadline)),
    }
}

/// Rounds what is long up to whole minutes: 7 days are 7 days, though the sign-in took a second of them.
fn in_minutes(left: Lifetime) -> Lifetime {
    let seconds = left.seconds();
    let rounded = Lifetime::from_seconds((seconds + 59) / 60 * 60);
    rounded.filter(|_| seconds > 3600).unwrap_or(left)
}

/// Returns a moment as people read it, in UTC.
pub fn moment(at: Timestamp) -> String {
    at.strftime("%Y-%m-%d %H:%M UTC").to_string()
}

/// Returns a moment for JSON: RFC 3339 in UTC, whole seconds.
pub fn moment_document(at: Option<Timestamp>) -> Value {
    at.map_or(Value::Null, |at| json!(moment_text(at)))
}

/// Returns a moment for programs: RFC 3339 in UTC, whole seconds.
pub fn moment_text(at: Timestamp) -> String {
    at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// Returns a source's word for JSON.
pub fn source_document(source: &Source) -> Value {
    match source {
        Source::Variable(name) => json!(name),
        Source::Store => json!("store"),
        Source::TerraformFile => json!("terraform_file"),
        Source::AptibleFile => json!("aptible_file"),
        Source::SignIn => json!("sign_in"),
        Source::Given => json!("stdin"),
    }
}
