//! A list that is known before it is written: a table for people, CSV for spreadsheets.

use std::borrow::Cow;

use super::columns::Columns;
use crate::text;

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
        let columns = Columns::fitted(&self.columns, &self.rows);
        let mut text = String::new();
        columns.header(&mut text);
        for row in &self.rows {
            let cells: Vec<&str> = row.iter().map(String::as_str).collect();
            columns.row(&cells, &mut text);
        }
        text.truncate(text.trim_end_matches('\n').len());
        text
    }

    /// Writes the list as CSV.
    pub fn csv(&self) -> String {
        let columns = self.columns.iter().map(|column| column.replace(' ', "_"));
        csv([columns.collect::<Vec<_>>()]) + &csv(&self.rows)
    }
}

/// Writes records as CSV (RFC 4180), with what a spreadsheet would run as a formula defused.
pub(super) fn csv<R>(records: impl IntoIterator<Item = R>) -> String
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
