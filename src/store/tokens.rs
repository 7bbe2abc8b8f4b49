//! The contents of `tokens.json`: hosts, their accounts, which one is active, which host is current.
//!
//! A typed view over the JSON object, so that keys and entries which this version does not know survive.
//! Everything that it does know is checked when it is parsed.

use serde_json::{Map, Value, json};

use super::document::{self, DocumentError};
use super::{Entry, Stored};
use crate::account::AccountName;
use crate::host::Host;

/// The version of the format that this keybelt writes.
const VERSION: u64 = 1;

/// What `tokens.json` says.
#[derive(Clone, PartialEq)]
pub struct Tokens {
    root: Map<String, Value>,
}

/// What was removed, and what follows from it.
#[derive(Debug)]
pub struct Removed {
    /// The account that is active on that host from now on, if it is another than before.
    pub now_active: Option<AccountName>,
}

impl Tokens {
    /// Returns what a missing file says.
    pub(super) fn empty() -> Self {
        let mut root = Map::new();
        root.insert("version".to_owned(), VERSION.into());
        root.insert("current".to_owned(), Value::Null);
        root.insert("hosts".to_owned(), json!({}));
        Self { root }
    }

    /// Parses the file's bytes and checks everything that this version knows.
    pub(super) fn parse(bytes: &[u8]) -> Result<Self, DocumentError> {
        let root = document::parse(document::text(bytes)?)?;
        check_version(root.get("version"))?;
        current_of(root.get("current"))?;
        for (key, host) in object(root.get("hosts"), "hosts")?.into_iter().flatten() {
            let host = object(Some(host), "hosts")?;
            // Whoever wrote a key that is no host of ours may know what it means.
            if let (Some(_), Some(host)) = (host_of(key), host) {
                check_host(host)?;
            }
        }
        Ok(Self { root })
    }

    /// Returns the file's text. It holds tokens.
    pub(super) fn to_text(&self) -> String {
        let mut text = Value::Object(self.root.clone()).to_string();
        text.push('\n');
        text
    }

    /// Returns the current host, which commands talk to unless told otherwise.
    pub fn current(&self) -> Option<Host> {
        current_of(self.root.get("current")).ok().flatten()
    }

    /// Makes a host the current one, or none.
    pub fn set_current(&mut self, host: Option<&Host>) {
        let value = Value::from(host.map(ToString::to_string));
        self.root.insert("current".to_owned(), value);
    }

    /// Returns every host with an entry, in order.
    pub fn hosts(&self) -> Vec<Host> {
        let hosts = self.root.get("hosts").and_then(Value::as_object);
        let mut hosts: Vec<_> = hosts
            .into_iter()
            .flat_map(Map::keys)
            .filter_map(|key| host_of(key))
            .filter(|host| !self.accounts(host).is_empty())
            .collect();
        hosts.sort();
        hosts
    }

    /// Returns the accounts of a host, in order.
    pub fn accounts(&self, host: &Host) -> Vec<AccountName> {
        let accounts = self.accounts_of(host);
        let mut accounts: Vec<_> = accounts
            .into_iter()
            .flat_map(Map::keys)
            .filter_map(|name| AccountName::new(name))
            .collect();
        accounts.sort();
        accounts
    }

    /// Returns every stored account with its host and its entry, in order.
    pub fn entries(&self) -> Vec<Stored> {
        let mut entries = Vec::new();
        for host in self.hosts() {
            for account in self.accounts(&host) {
                if let Some(entry) = self.entry(&host, &account) {
                    entries.push(Stored { host: host.clone(), account, entry });
                }
            }
        }
        entries
    }

    /// Returns the active account of a host, if it is there.
    pub fn active(&self, host: &Host) -> Option<AccountName> {
        let name = self.host(host)?.get("active")?.as_str()?;
        AccountName::new(name).filter(|name| self.has(host, name))
    }

    /// Makes an account the active one of its host; `false` if there is no such entry.
    pub fn set_active(&mut self, host: &Host, account: &AccountName) -> bool {
        if !self.has(host, account) {
            return false;
        }
        self.host_mut(host).insert("active".to_owned(), account.as_str().into());
        true
    }

    /// Returns the entry of an account.
    pub fn entry(&self, host: &Host, account: &AccountName) -> Option<Entry> {
        let object = self.accounts_of(host)?.get(account.as_str())?.as_object()?;
        Entry::decode(object).ok()
    }

    /// Stores an entry. A host's first account becomes its active one.
    pub fn put(&mut self, host: &Host, account: &AccountName, entry: &Entry) {
        let accounts = object_in(self.host_mut(host), "accounts");
        entry.encode(object_in(accounts, account.as_str()));
        if self.active(host).is_none() {
            self.set_active(host, account);
        }
    }

    /// Removes an entry. If its account was active, the first of the others becomes active; a host
    /// without accounts goes too, and is no longer the current one.
    pub fn remove(&mut self, host: &Host, account: &AccountName) -> Option<Removed> {
        self.entry(host, account)?;
        let was_active = self.active(host).is_none_or(|active| active == *account);
        object_in(self.host_mut(host), "accounts").remove(account.as_str());
        let next = self.accounts(host).into_iter().next();
        let now_active = next.filter(|_| was_active);
        if let Some(name) = &now_active {
            self.set_active(host, name);
        } else if was_active {
            self.host_mut(host).insert("active".to_owned(), Value::Null);
        }
        if self.accounts_of(host).is_none_or(Map::is_empty) {
            object_in(&mut self.root, "hosts").remove(&host.to_string());
        }
        if self.accounts(host).is_empty() && self.current().as_ref() == Some(host) {
            self.set_current(None);
        }
        Some(Removed { now_active })
    }

    fn has(&self, host: &Host, account: &AccountName) -> bool {
        self.accounts_of(host).is_some_and(|accounts| accounts.contains_key(account.as_str()))
    }

    fn host(&self, host: &Host) -> Option<&Map<String, Value>> {
        let hosts = self.root.get("hosts")?.as_object()?;
        hosts.get(&host.to_string())?.as_object()
    }

    fn host_mut(&mut self, host: &Host) -> &mut Map<String, Value> {
        object_in(object_in(&mut self.root, "hosts"), &host.to_string())
    }

    fn accounts_of(&self, host: &Host) -> Option<&Map<String, Value>> {
        self.host(host)?.get("accounts")?.as_object()
    }
}

/// Checks the document's version: 1.
pub(super) fn check_version(version: Option<&Value>) -> Result<(), DocumentError> {
    match version.and_then(Value::as_u64) {
        Some(VERSION) => Ok(()),
        Some(newer) if newer > VERSION => Err(DocumentError::Newer),
        _ => Err(DocumentError::Wrong("version")),
    }
}

/// Reads the current host.
pub(super) fn current_of(value: Option<&Value>) -> Result<Option<Host>, DocumentError> {
    match value {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(key)) => host_of(key).map(Some).ok_or(DocumentError::Wrong("current")),
        Some(_) => Err(DocumentError::Wrong("current")),
    }
}

/// Reads a host's key: only its one normal form, or two keys could mean one host.
pub(super) fn host_of(key: &str) -> Option<Host> {
    Host::parse(key).ok().filter(|host| host.to_string() == key)
}

fn check_host(host: &Map<String, Value>) -> Result<(), DocumentError> {
    if !matches!(host.get("active"), None | Some(Value::Null | Value::String(_))) {
        return Err(DocumentError::Wrong("active"));
    }
    for (name, entry) in object(host.get("accounts"), "accounts")?.into_iter().flatten() {
        let entry = object(Some(entry), "accounts")?;
        if let (Some(_), Some(entry)) = (AccountName::new(name), entry) {
            Entry::decode(entry)?;
        }
    }
    Ok(())
}

/// Takes an object; a missing one is none, anything else is wrong.
fn object<'a>(
    value: Option<&'a Value>,
    key: &'static str,
) -> Result<Option<&'a Map<String, Value>>, DocumentError> {
    match value {
        None => Ok(None),
        Some(Value::Object(object)) => Ok(Some(object)),
        Some(_) => Err(DocumentError::Wrong(key)),
    }
}

/// Returns the object at a key, which is made if it is not there.
fn object_in<'a>(parent: &'a mut Map<String, Value>, key: &str) -> &'a mut Map<String, Value> {
    let value = parent.entry(key).or_insert_with(|| json!({}));
    value.as_object_mut().expect("parsing checks that these are objects")
}
