//! A list that is known before it is written: a table for people, CSV with JSON's keys and values for machines.

use std::borrow::Cow;

use serde_json::Value;

use super::columns::Columns;
use crate::text;

/// A list.
#[derive(Debug)]
pub struct Table {
    /// What each column is called, and its key in JSON.
    columns: Vec<(&'static str, &'static str)>,
    rows: Vec<Vec<String>>,
}

impl Table {
    /// Begins a list with these columns, each with its key in JSON.
    pub fn new(columns: &[(&'static str, &'static str)]) -> Self {
        Self { columns: columns.to_vec(), rows: Vec::new() }
    }

    /// Adds a row. Its cells are escaped here.
    pub fn push(&mut self, row: Vec<String>) {
        let escaped = row.iter().map(|cell| text::escape(cell).into_owned());
        self.rows.push(escaped.collect());
    }

    /// Returns whether nothing is listed.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Draws the list, fitted to the terminal's width.
    pub fn text(&self) -> String {
        let names: Vec<&str> = self.columns.iter().map(|(name, _)| *name).collect();
        let columns = Columns::fitted(&names, &self.rows);
        let mut text = String::new();
        columns.header(&mut text);
        for row in &self.rows {
            let cells: Vec<&str> = row.iter().map(String::as_str).collect();
            columns.row(&cells, &mut text);
        }
        text.truncate(text.trim_end_matches('\n').len());
        text
    }

    /// Writes the rows of a list's document as CSV.
    pub fn csv(&self, document: &Value) -> String {
        let keys: Vec<&str> = self.columns.iter().map(|(_, key)| *key).collect();
        let rows = document.as_object().and_then(|list| list.values().find_map(Value::as_array));
        let rows = rows.into_iter().flatten();
        let records = rows.map(|row| keys.iter().map(|key| field(&row[*key])).collect::<Vec<_>>());
        csv([&keys]) + &csv(records)
    }
}

/// Returns a value as JSON has it, null as nothing.
fn field(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text::escape(text).into_owned(),
        // Who or what something is, is named by its id.
        Value::Object(of) => of.get("id").map_or_else(|| value.to_string(), field),
        other => other.to_string(),
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

/// Spreadsheets take the full-width forms for the plain ones (OWASP, CSV injection).
fn defused(cell: &str) -> Cow<'_, str> {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠']) {
        Cow::Owned(format!("'{cell}"))
    } else {
        Cow::Borrowed(cell)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::csv;
    use crate::host::tests::few_cases;

    proptest! {
        #![proptest_config(few_cases())]

        /// Whatever stands in a cell, another program finds the same cells, each as it was but for the
        /// apostrophe before what a spreadsheet would run.
        #[test]
        fn cells_read_back_as_they_were_written(
            rows in proptest::collection::vec(
                proptest::collection::vec("[=+@＝-]?(\\PC|[\"',;\r\n\t]){0,8}", 3), 1..5),
        ) {
            let text = csv(&rows);
            let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
            let read: Vec<csv::StringRecord> =
                reader.records().collect::<Result<_, _>>().expect("CSV");
            prop_assert_eq!(read.len(), rows.len());
            for (cells, row) in read.iter().zip(&rows) {
                let cells: Vec<&str> = cells.iter().collect();
                prop_assert_eq!(cells.len(), row.len());
                for (cell, written) in cells.into_iter().zip(row) {
                    let runs = cell.starts_with(['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠']);
                    prop_assert!(!runs, "{cell:?}");
                    let plain = cell.strip_prefix('\'').filter(|_| cell != written);
                    prop_assert_eq!(plain.unwrap_or(cell), written);
                }
            }
        }
    }
}
