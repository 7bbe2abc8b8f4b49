//! The SSH keys of an account as people see them, and what they have to do with two-factor authentication.

use serde_json::{Value, json};

use crate::failure::Failure;
use crate::host::Host;
use crate::provider::Capability;
use crate::report::{self, Table};
use crate::session::Session;
use crate::ssh_key::SshKey;
use crate::terminal;

/// Asks the server for the account's SSH keys.
pub fn fetch(session: &Session, host: &Host) -> Result<Vec<SshKey>, Failure> {
    session.with_credential(host, |server, signed_in| server.ssh_keys(&signed_in.credential))
}

/// Returns a list for people and spreadsheets.
pub fn table(keys: &[SshKey]) -> Table {
    let mut table = Table::new(&[
        ("id", "id"),
        ("name", "name"),
        ("fingerprint", "fingerprint"),
        ("type", "type"),
        ("added", "created_at"),
    ]);
    for key in keys {
        table.push(vec![
            key.id.to_string(),
            key.name.clone().unwrap_or_default(),
            key.fingerprint.clone().unwrap_or_else(|| "unknown".to_owned()),
            key.kind.clone().unwrap_or_else(|| "unknown".to_owned()),
            report::day(key.created_at, "unknown"),
        ]);
    }
    table
}

/// Returns what is known of a key, for JSON.
pub fn document(key: &SshKey) -> Value {
    json!({
        "id": key.id.as_str(),
        "name": key.name,
        "fingerprint": key.fingerprint,
        "type": key.kind,
        "created_at": report::moment_document(key.created_at),
    })
}

/// Finds the keys for which no second factor is asked, for those who rely on it; null where accounts have none, and
/// where the server did not tell. That stops nothing.
pub struct Bypassing(Option<Result<Vec<SshKey>, Failure>>);

impl Bypassing {
    /// Asks the server, where accounts have such keys.
    pub fn fetch(session: &Session, host: &Host) -> Self {
        let has_any = session.require_offer(host, Capability::SshKeys).is_ok();
        Self(has_any.then(|| fetch(session, host)))
    }

    /// Returns the keys for JSON.
    pub fn document(&self) -> Value {
        match &self.0 {
            Some(Ok(keys)) => keys.iter().map(document).collect(),
            Some(Err(_)) | None => Value::Null,
        }
    }

    /// Says which ones there are.
    pub fn say(&self) {
        match &self.0 {
            None => {}
            Some(Ok(keys)) if keys.is_empty() => terminal::say("This account has no SSH keys"),
            Some(Ok(keys)) => {
                terminal::say("SSH keys that work without a second factor:");
                terminal::say(&table(keys).text());
            }
            Some(Err(failure)) => terminal::warn(&format!("cannot list SSH keys: {failure}")),
        }
    }
}
