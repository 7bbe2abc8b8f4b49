//! How results look.

use serde_json::Value;

use crate::terminal;

pub mod audit;
mod columns;
mod documents;
mod moments;
mod rows;
mod table;
pub mod tally;
mod words;

pub use documents::{extend, source_document, token_document, two_factor_document};
pub use moments::{day, moment, moment_document, moment_text};
pub use table::Table;
pub use words::{location, state_text, two_factor, until};

/// Prints a result: as text, or as the one JSON document.
pub fn answer(json: bool, text: &str, document: &Value) {
    if json {
        terminal::document(document);
    } else if !text.is_empty() {
        terminal::result(&terminal::wrapped(text));
    }
}

/// Reports a change: one line in the past tense on stderr, and with `-o json` the document on stdout.
pub fn changed(json: bool, line: &str, document: &Value) {
    terminal::say(line);
    if json {
        terminal::document(document);
    }
}

/// Prints a list in the wanted format.
pub fn list(format: ListFormat, table: &Table, document: &Value) {
    match format.0 {
        // That there is nothing was said in words: a bare head says less.
        Output::Text if table.is_empty() => {}
        Output::Text => terminal::result(&table.text()),
        Output::Json => terminal::document(document),
        Output::Csv => terminal::result_raw(&table.csv(document)),
    }
}

/// The format of a list. Only a command that is declared as one gets it.
#[derive(Debug, Clone, Copy)]
pub struct ListFormat(pub Output);

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
