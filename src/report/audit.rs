//! The members of organizations, written while they are read: as a table, as JSON, or as CSV.
//!
//! Nothing of a row is kept once it is written. Whenever it ends, what was written becomes whole: a JSON
//! document is closed, and a summary says what is missing.

use serde_json::{Value, json};

use super::Output;
use super::rows::Rows;
use super::tally::Tally;
use crate::failure::Failure;
use crate::host::Host;
use crate::organization::{Member, MemberPage, MemberState, Organization};
use crate::terminal;
use crate::text;

/// An audit that is being written.
#[derive(Debug)]
pub struct Audit {
    host: String,
    output: Output,
    /// The states whose members are written.
    states: Vec<MemberState>,
    rows: Rows,
    tallies: Vec<Tally>,
    is_begun: bool,
    is_over: bool,
}

impl Audit {
    /// Prepares an audit of one organization, or of several; nothing is written before there is something.
    pub fn new(host: &Host, output: Output, states: Vec<MemberState>, has_several: bool) -> Self {
        Self {
            host: host.to_string(),
            output,
            states,
            rows: Rows::new(output, has_several),
            tallies: Vec::new(),
            is_begun: false,
            is_over: false,
        }
    }

    /// Goes on to an organization.
    pub fn begin(&mut self, name: &str) {
        self.tallies.push(Tally::new(text::escape(name).into_owned()));
    }

    /// Takes over what the server says of the organization that was begun last.
    pub fn describe(&mut self, organization: &Organization) {
        self.present().describe(organization);
    }

    /// Writes a page of its members. Returns how many were counted.
    pub fn write(&mut self, page: &MemberPage<'_>) -> u64 {
        let tally = self.present();
        tally.expect(page);
        page.members.iter().for_each(|member| tally.count(member));
        let counted = tally.counted();
        let name = tally.name.clone();
        let wanted = |member: &&Member<'_>| self.states.contains(&member.state);
        let wanted: Vec<_> = page.members.iter().filter(wanted).collect();
        let mut text = self.head();
        self.rows.add(&name, &wanted, &mut text);
        self.print(&text);
        counted
    }

    /// Ends with the organization: everyone was read, unless reading failed.
    pub fn end(&mut self, failure: Option<&Failure>) {
        let tally = self.present();
        tally.is_complete = failure.is_none();
        tally.failure = failure.map(ToString::to_string);
    }

    /// Returns whether something was written that has to be made whole.
    pub fn is_begun(&self) -> bool {
        self.is_begun
    }

    /// Makes what was written whole, and sums up. After that nothing is written.
    pub fn finish(&mut self, is_complete: bool) {
        if self.is_over {
            return;
        }
        let mut text = self.head();
        let summaries: Vec<_> = self.tallies.iter().map(|it| it.text(&self.host)).collect();
        let summary = summaries.join("\n");
        match self.output {
            Output::Json => text.push_str(&self.foot(is_complete)),
            Output::Csv => {}
            Output::Text => {
                let gap = if self.rows.is_empty() { "" } else { "\n" };
                text.push_str(&format!("{gap}{}\n", terminal::wrapped(&summary)));
            }
        }
        self.print(&text);
        self.is_over = true;
        if self.output == Output::Csv {
            terminal::say(&summary);
        }
    }

    /// Returns how many members lack what everyone should have, as far as can be told.
    pub fn exceptions(&self) -> u64 {
        self.tallies.iter().map(Tally::exceptions).sum()
    }

    fn present(&mut self) -> &mut Tally {
        let last = self.tallies.last_mut();
        last.expect("an organization was begun")
    }

    /// Returns what comes before the first row, once.
    fn head(&mut self) -> String {
        if std::mem::replace(&mut self.is_begun, true) {
            return String::new();
        }
        match self.output {
            Output::Json => format!("{{\n  \"host\": {},\n  \"members\": [", json!(self.host)),
            Output::Csv => Rows::csv_header(),
            Output::Text => String::new(),
        }
    }

    /// Returns what comes after the last row of a JSON document.
    fn foot(&self, is_complete: bool) -> String {
        let summaries: Vec<Value> = self.tallies.iter().map(Tally::document).collect();
        let gap = if self.rows.is_empty() { "" } else { "\n  " };
        let summaries = json!(summaries).to_string();
        let summaries = text::escape_json(&summaries);
        format!("{gap}],\n  \"organizations\": {summaries},\n  \"complete\": {is_complete}\n}}\n")
    }

    fn print(&self, text: &str) {
        if !text.is_empty() && !self.is_over {
            terminal::result_raw(text);
        }
    }
}
