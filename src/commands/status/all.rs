//! `keybelt status --all`: every stored account, by host.

use std::process::ExitCode;

use serde_json::{Value, json};

use super::exit_code;
use crate::failure::{Failure, Kind};
use crate::host::Host;
use crate::lifetime::Lifetime;
use crate::report;
use crate::session::token_state::TokenState;
use crate::session::{Session, SignedIn, credential};
use crate::store::{Stored, Tokens};
use crate::terminal;

/// One stored account and what is known of its token.
struct Row {
    stored: Stored,
    active: bool,
    state: TokenState,
}

/// Runs the command.
pub(super) fn run(
    session: &Session,
    offline: bool,
    wanted: Option<Lifetime>,
) -> Result<ExitCode, Failure> {
    let tokens = session.store.read()?;
    let rows = rows(session, &tokens, offline);
    let current = tokens.current();
    if session.options.json {
        let accounts: Vec<Value> = rows.iter().map(|row| document(row, current.as_ref())).collect();
        terminal::document(&json!({ "accounts": accounts }));
    } else if rows.is_empty() {
        terminal::say("No account is signed in; run `keybelt login`");
    } else {
        terminal::result(&text(session, &rows, current.as_ref()));
    }
    let kinds: Vec<Option<Kind>> = rows
        .iter()
        .map(|row| row.state.exit_kind(session.is_short(Some(&row.stored), wanted)))
        .collect();
    if rows.is_empty() {
        return Ok(exit_code(Some(Kind::NotSignedIn)));
    }
    Ok(exit_code(worst(&kinds)))
}

/// Returns the worst of several: a token that surely does not work before one that nobody could ask about.
fn worst(kinds: &[Option<Kind>]) -> Option<Kind> {
    let order = [
        Kind::General,
        Kind::Usage,
        Kind::NotSignedIn,
        Kind::Refused,
        Kind::Unavailable,
        Kind::Finding,
    ];
    order.into_iter().find(|kind| kinds.contains(&Some(*kind)))
}

fn rows(session: &Session, tokens: &Tokens, offline: bool) -> Vec<Row> {
    let row = |stored: Stored| Row {
        state: token_state(session, &stored, offline),
        active: tokens.active(&stored.host).as_ref() == Some(&stored.account),
        stored,
    };
    tokens.entries().into_iter().map(row).collect()
}

fn token_state(session: &Session, stored: &Stored, offline: bool) -> TokenState {
    if session.is_expired(stored) {
        return TokenState::Expired;
    }
    // A server that does not answer takes no time from the others.
    session.http.renew_time();
    if offline {
        return TokenState::NotChecked;
    }
    match credential::stored_credential(session, stored) {
        Err(failure) => TokenState::Unknown(failure),
        Ok(credential) => {
            let signed_in = SignedIn::stored(credential, stored.clone());
            TokenState::new(session, &stored.host, &signed_in, false)
        }
    }
}

fn document(row: &Row, current: Option<&Host>) -> Value {
    let mut document = json!({
        "host": row.stored.host.to_string(),
        "current": current == Some(&row.stored.host),
        "active": row.active,
    });
    let account = Some(row.stored.account.to_string());
    report::extend(
        &mut document,
        report::token_document(account, Some(&row.stored.entry), &row.state),
    );
    document
}

fn text(session: &Session, rows: &[Row], current: Option<&Host>) -> String {
    let mut lines = Vec::new();
    let mut last: Option<&Host> = None;
    for row in rows {
        if last != Some(&row.stored.host) {
            let mark = if current == Some(&row.stored.host) { " (current host)" } else { "" };
            lines.push(format!("{}{mark}", row.stored.host));
            last = Some(&row.stored.host);
        }
        let mark = if row.active { "* " } else { "  " };
        lines.push(format!(
            "{mark}{}: {}",
            row.stored.account,
            report::state_text(Some(&row.stored.account), &row.state)
        ));
        lines.push(format!(
            "    from {}, {}",
            report::location(session, &row.stored.entry),
            row.stored.entry.origin.as_str()
        ));
        if row.state.may_live() {
            lines.push(format!("    valid {}", report::until(session, &row.stored)));
        }
    }
    lines.join("\n")
}
