//! `keybelt status --all`: every stored account, by host.

use std::process::ExitCode;

use serde_json::{Value, json};

use super::exit_code;
use crate::account::AccountName;
use crate::environment;
use crate::failure::{Failure, Kind};
use crate::host::Host;
use crate::lifetime::Lifetime;
use crate::report;
use crate::session::token_state::TokenState;
use crate::session::{Session, SignedIn, credential};
use crate::store::{Entry, Tokens};
use crate::terminal;

/// One stored account and what is known of its token.
struct Row {
    host: Host,
    account: AccountName,
    active: bool,
    entry: Entry,
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
        terminal::say("Nobody is signed in; run `keybelt login`");
    } else {
        terminal::result(&text(session, &rows, current.as_ref()));
    }
    let kinds: Vec<Option<Kind>> =
        rows.iter().map(|row| row.state.exit_kind(Some(&row.entry), wanted)).collect();
    if rows.is_empty() {
        return Ok(exit_code(Some(Kind::NotSignedIn)));
    }
    Ok(exit_code(worst(&kinds)))
}

/// Returns the worst of several: a token that surely does not work before one that nobody could ask about.
fn worst(kinds: &[Option<Kind>]) -> Option<Kind> {
    let order = [
        Kind::Failure,
        Kind::Usage,
        Kind::NotSignedIn,
        Kind::Refused,
        Kind::Unavailable,
        Kind::Finding,
    ];
    order.into_iter().find(|kind| kinds.contains(&Some(*kind)))
}

fn rows(session: &Session, tokens: &Tokens, offline: bool) -> Vec<Row> {
    let row = |(host, account, entry)| Row {
        state: token_state(session, &host, &account, &entry, offline),
        active: tokens.active(&host).as_ref() == Some(&account),
        host,
        account,
        entry,
    };
    tokens.entries().into_iter().map(row).collect()
}

fn token_state(
    session: &Session,
    host: &Host,
    account: &AccountName,
    entry: &Entry,
    offline: bool,
) -> TokenState {
    if entry.is_expired(environment::now()) {
        return TokenState::Expired;
    }
    // A server that does not answer takes no time from the others.
    session.http.renew_time();
    if offline {
        return TokenState::NotChecked;
    }
    match credential::stored_credential(session, host, account, entry) {
        Err(failure) => TokenState::Unknown(failure),
        Ok(credential) => {
            let signed_in =
                SignedIn { credential, account: Some(account.clone()), entry: Some(entry.clone()) };
            TokenState::new(session, host, &signed_in, false)
        }
    }
}

fn document(row: &Row, current: Option<&Host>) -> Value {
    let mut document = json!({
        "host": row.host.to_string(),
        "current": current == Some(&row.host),
        "active": row.active,
    });
    let account = Some(row.account.to_string());
    report::extend(&mut document, report::token_document(account, Some(&row.entry), &row.state));
    document
}

fn text(session: &Session, rows: &[Row], current: Option<&Host>) -> String {
    let mut lines = Vec::new();
    let mut last: Option<&Host> = None;
    for row in rows {
        if last != Some(&row.host) {
            let mark = if current == Some(&row.host) { " (current host)" } else { "" };
            lines.push(format!("{}{mark}", row.host));
            last = Some(&row.host);
        }
        let mark = if row.active { "* " } else { "  " };
        lines.push(format!(
            "{mark}{}: {}",
            row.account,
            report::state_text(Some(&row.account), &row.state)
        ));
        lines.push(format!(
            "    from {}, {}",
            report::location(session, &row.entry),
            row.entry.origin.as_str()
        ));
        lines.push(format!("    valid {}", report::until(&row.entry)));
    }
    lines.join("\n")
}
