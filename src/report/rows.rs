//! One member of an organization, in each format.

use std::borrow::Cow;

use serde::Serialize;

use super::Output;
use super::columns::Columns;
use super::moments::moment_text;
use super::table::csv;
use crate::environment;
use crate::organization::{Member, MemberState, OLD_INVITATION, days_waiting};
use crate::text;

/// The longest text that a cell of the table shows, in characters.
const LONGEST_CELL: usize = 300;

/// The columns of the CSV.
const HEADER: [&str; 8] = [
    "organization",
    "member",
    "email",
    "state",
    "owner",
    "signs_in_by",
    "must_enrol",
    "invited_at",
];

/// The columns of the table; the first is there if there are several organizations.
const TABLE: [&str; 5] = ["organization", "member", "email", "state", "owner"];

/// One member, for programs.
#[derive(Debug, Serialize)]
struct Document<'a> {
    organization: &'a str,
    member: Option<&'a str>,
    email: Option<&'a str>,
    state: &'static str,
    owner: Option<bool>,
    signs_in_by: Option<&'a str>,
    must_enrol: Option<bool>,
    invited_at: Option<String>,
}

/// Writes members as rows, one format for all.
#[derive(Debug)]
pub(super) struct Rows {
    output: Output,
    /// Laid out by the first page.
    columns: Option<Columns>,
    /// Whether the table names the organization in each row.
    has_several: bool,
    is_first: bool,
}

impl Rows {
    pub(super) fn new(output: Output, has_several: bool) -> Self {
        Self { output, columns: None, has_several, is_first: true }
    }

    /// Returns whether no member was written yet.
    pub(super) fn is_empty(&self) -> bool {
        self.is_first
    }

    /// Returns the names of the CSV's columns.
    pub(super) fn csv_header() -> String {
        csv([HEADER])
    }

    /// Adds a row for each member.
    pub(super) fn add(&mut self, organization: &str, members: &[&Member<'_>], text: &mut String) {
        match self.output {
            Output::Csv => {
                let records = members.iter().map(|member| record(organization, member));
                text.push_str(&csv(records));
            }
            Output::Json => {
                for member in members {
                    self.add_document(organization, member, text);
                    self.is_first = false;
                }
            }
            Output::Text => self.add_lines(organization, members, text),
        }
    }

    fn add_lines(&mut self, organization: &str, members: &[&Member<'_>], text: &mut String) {
        let skipped = usize::from(!self.has_several);
        let rows: Vec<Vec<String>> =
            members.iter().map(|member| cells(organization, member)[skipped..].to_vec()).collect();
        if rows.is_empty() {
            return;
        }
        let columns = self
            .columns
            .get_or_insert_with(|| Columns::fitted(&TABLE[skipped..], &rows).with_slack());
        if self.is_first {
            columns.header(text);
        }
        self.is_first = false;
        for row in &rows {
            let cells: Vec<&str> = row.iter().map(String::as_str).collect();
            columns.row(&cells, text);
        }
    }

    fn add_document(&self, organization: &str, member: &Member<'_>, text: &mut String) {
        let document = Document {
            organization,
            member: member.name.as_deref(),
            email: member.email.as_deref(),
            state: member.state.as_str(),
            owner: member.is_owner,
            signs_in_by: member.signs_in_by.as_deref(),
            must_enrol: member.must_enrol,
            invited_at: member.invited_at.map(moment_text),
        };
        text.push_str(if self.is_first { "\n    " } else { ",\n    " });
        // Texts and flags always serialize.
        let row = serde_json::to_string(&document).unwrap_or_default();
        text.push_str(&text::escape_json(&row));
    }
}

fn cells(organization: &str, member: &Member<'_>) -> [String; TABLE.len()] {
    let shown = |cell: Option<&str>| text::cut(cell.unwrap_or_default(), LONGEST_CELL);
    let owner = if member.is_owner.unwrap_or(false) { "owner" } else { "" };
    [
        organization.to_owned(),
        shown(member.name.as_deref()),
        shown(member.email.as_deref()),
        state(member),
        owner.to_owned(),
    ]
}

/// Returns a member's state in words, with what explains it.
fn state(member: &Member<'_>) -> String {
    let word = member.state.as_str();
    let days = member.invited_at.map(|at| days_waiting(at, environment::now()));
    let days = days.filter(|days| *days > OLD_INVITATION);
    match (member.state, &member.signs_in_by, member.must_enrol, days) {
        (MemberState::Unknown, Some(method), ..) => format!("{word} ({})", text::cut(method, 40)),
        (MemberState::Invited, _, Some(true), None) => format!("{word} (must enrol)"),
        (MemberState::Invited, _, Some(true), Some(days)) => {
            format!("{word} ({days} days ago, must enrol)")
        }
        (MemberState::Invited, _, _, Some(days)) => format!("{word} ({days} days ago)"),
        _ => word.to_owned(),
    }
}

fn record<'a>(organization: &'a str, member: &'a Member<'_>) -> [Cow<'a, str>; HEADER.len()] {
    let flag = |flag: Option<bool>| match flag {
        Some(true) => Cow::Borrowed("true"),
        Some(false) => Cow::Borrowed("false"),
        None => Cow::Borrowed(""),
    };
    [
        Cow::Borrowed(organization),
        escaped(member.name.as_deref()),
        escaped(member.email.as_deref()),
        Cow::Borrowed(member.state.as_str()),
        flag(member.is_owner),
        escaped(member.signs_in_by.as_deref()),
        flag(member.must_enrol),
        member.invited_at.map(moment_text).unwrap_or_default().into(),
    ]
}

fn escaped(text: Option<&str>) -> Cow<'_, str> {
    text::escape(text.unwrap_or_default())
}
