//! A quick look into `tokens.json`: which hosts there are, and one host's entry.
//!
//! For commands that need one token and must start as fast as a program that does nothing. The document is
//! skimmed once and only the wanted host is decoded, so it costs next to nothing that there are others.
//! What looks odd is left to the strict parser, which says what is wrong; only that one may precede a write.

use std::borrow::Cow;
use std::fmt;
use std::ops::Range;

use serde::de::{Deserialize, DeserializeSeed, Deserializer, MapAccess, Visitor};
use serde_json::Value;
use serde_json::value::RawValue;

use super::Entry;
use super::document::{self, Flaw};
use super::tokens::{check_version, current_of, host_of};
use crate::account::AccountName;
use crate::host::Host;

/// What a quick look into `tokens.json` shows.
pub struct Outline {
    text: String,
    current: Option<Host>,
    hosts: Vec<(String, Range<usize>)>,
}

impl Outline {
    /// Returns what a missing file shows.
    pub(super) fn empty() -> Self {
        Self {
            text: String::new(),
            current: None,
            hosts: Vec::new(),
        }
    }

    /// Skims a document; `None` if the strict parser has to say what is wrong with it.
    pub(super) fn skim(bytes: &[u8]) -> Option<Self> {
        let text = document::text(bytes).ok()?.to_owned();
        let top: Pairs<'_, Piece<'_>> = serde_json::from_str(&text).ok()?;
        let mut current = None;
        let mut hosts = None;
        let mut version = None;
        for (key, piece) in top.0 {
            let first_time = match (key.0.as_ref(), piece) {
                ("version", Piece::Value(raw)) => version.replace(value_of(raw)?).is_none(),
                ("current", Piece::Value(raw)) => current.replace(value_of(raw)?).is_none(),
                ("hosts", Piece::Hosts(found)) => hosts.replace(found).is_none(),
                _ => true,
            };
            first_time.then_some(())?;
        }
        check_version(version.as_ref()).ok()?;
        let current = current_of(current.as_ref()).ok()?;
        let hosts = ranges(&text, hosts.unwrap_or_default());
        Some(Self {
            text,
            current,
            hosts,
        })
    }

    /// Returns the current host, which commands talk to unless told otherwise.
    pub fn current(&self) -> Option<&Host> {
        self.current.as_ref()
    }

    /// Returns every host that the file names, as it stands there.
    pub fn hosts(&self) -> Vec<Host> {
        self.hosts
            .iter()
            .filter_map(|(key, _)| host_of(key))
            .collect()
    }

    /// Returns an account's entry on a host; without a name, the active account's.
    pub(super) fn find(
        &self,
        host: &Host,
        account: Option<&AccountName>,
    ) -> Result<Option<(AccountName, Entry)>, Odd> {
        let key = host.to_string();
        let mut named = self.hosts.iter().filter(|(name, _)| *name == key);
        let Some((_, range)) = named.next() else {
            return Ok(None);
        };
        if named.next().is_some() {
            return Err(Odd);
        }
        let text = self.text.get(range.clone()).ok_or(Odd)?;
        entry_of(text, account)
    }

    /// Returns the text for the strict parser.
    pub(super) fn text(&self) -> &str {
        &self.text
    }
}

/// The strict parser has to say what is wrong.
#[derive(Debug)]
pub(super) struct Odd;

impl From<serde_json::Error> for Odd {
    fn from(_: serde_json::Error) -> Self {
        Self
    }
}

impl From<Flaw> for Odd {
    fn from(_: Flaw) -> Self {
        Self
    }
}

fn entry_of(
    host: &str,
    account: Option<&AccountName>,
) -> Result<Option<(AccountName, Entry)>, Odd> {
    let host: Pairs<'_, &RawValue> = serde_json::from_str(host)?;
    let active = host.only("active")?.and_then(value_of);
    let name = match (account, &active) {
        (Some(name), _) => Some(name.clone()),
        (None, Some(Value::String(name))) => AccountName::new(name),
        (None, None | Some(Value::Null)) => None,
        (None, Some(_)) => return Err(Odd),
    };
    let (Some(name), Some(accounts)) = (name, host.only("accounts")?) else {
        return Ok(None);
    };
    let accounts: Pairs<'_, &RawValue> = serde_json::from_str(accounts.get())?;
    let Some(entry) = accounts.only(name.as_str())? else {
        return Ok(None);
    };
    let entry = Entry::decode(&document::parse(entry.get())?)?;
    Ok(Some((name, entry)))
}

/// Where the pieces stand in the text that they were borrowed from.
fn ranges(text: &str, pieces: Vec<(Key<'_>, &RawValue)>) -> Vec<(String, Range<usize>)> {
    let place = |raw: &RawValue| {
        let start = raw.get().as_ptr().addr().wrapping_sub(text.as_ptr().addr());
        start..start.wrapping_add(raw.get().len())
    };
    pieces
        .into_iter()
        .map(|(key, raw)| (key.0.into_owned(), place(raw)))
        .collect()
}

fn value_of(raw: &RawValue) -> Option<Value> {
    serde_json::from_str(raw.get()).ok()
}

/// An object's pairs in the order in which they stand, repeated keys included.
struct Pairs<'a, V>(Vec<(Key<'a>, V)>);

impl<'a> Pairs<'a, &'a RawValue> {
    /// Returns the value of a key that stands there once.
    fn only(&self, key: &str) -> Result<Option<&'a RawValue>, Odd> {
        let mut found = self.0.iter().filter(|(name, _)| name.0 == key);
        let first = found.next().map(|(_, value)| *value);
        found.next().map_or(Ok(first), |_| Err(Odd))
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Pairs<'a, &'a RawValue> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer
            .deserialize_map(PairsVisitor(|_: &Key<'_>| Raw))
            .map(Pairs)
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Pairs<'a, Piece<'a>> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let seed = |key: &Key<'_>| PieceSeed(key.0 == "hosts");
        deserializer.deserialize_map(PairsVisitor(seed)).map(Pairs)
    }
}

/// One value of the document's top level; the hosts are taken apart while they are passed.
enum Piece<'a> {
    Value(&'a RawValue),
    Hosts(Vec<(Key<'a>, &'a RawValue)>),
}

struct PieceSeed(bool);

impl<'de> DeserializeSeed<'de> for PieceSeed {
    type Value = Piece<'de>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Piece<'de>, D::Error> {
        if self.0 {
            Pairs::deserialize(deserializer).map(|Pairs(hosts)| Piece::Hosts(hosts))
        } else {
            <&RawValue>::deserialize(deserializer).map(Piece::Value)
        }
    }
}

struct Raw;

impl<'de> DeserializeSeed<'de> for Raw {
    type Value = &'de RawValue;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        <&RawValue>::deserialize(deserializer)
    }
}

/// Collects pairs; the function says how the value of a key is read.
struct PairsVisitor<F>(F);

impl<'de, S: DeserializeSeed<'de>, F: Fn(&Key<'de>) -> S> Visitor<'de> for PairsVisitor<F> {
    type Value = Vec<(Key<'de>, S::Value)>;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut pairs = Vec::new();
        while let Some(key) = map.next_key::<Key<'de>>()? {
            let seed = (self.0)(&key);
            pairs.push((key, map.next_value_seed(seed)?));
        }
        Ok(pairs)
    }
}

/// A key, borrowed unless it was written with escapes.
struct Key<'a>(Cow<'a, str>);

impl<'de> Deserialize<'de> for Key<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_str(KeyVisitor).map(Key)
    }
}

struct KeyVisitor;

impl<'de> Visitor<'de> for KeyVisitor {
    type Value = Cow<'de, str>;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("a key")
    }

    fn visit_borrowed_str<E>(self, key: &'de str) -> Result<Self::Value, E> {
        Ok(Cow::Borrowed(key))
    }

    fn visit_str<E>(self, key: &str) -> Result<Self::Value, E> {
        Ok(Cow::Owned(key.to_owned()))
    }
}
