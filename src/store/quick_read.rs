//! A quick look into `tokens.json`: the current host, and one account's entry.
//!
//! For commands that need one token and must start as fast as a program that does nothing. The document is
//! scanned once, as keybelt writes it, and only the wanted entry is decoded, so it costs next to nothing
//! that there are others: with 100 entries in place of 1, `token print` takes 1.04 times the instructions; with
//! `serde_json`'s `RawValue` for each entry it would take 1.27 times as many. Whatever looks different (blanks,
//! escapes, anything wrong) is left to the strict parser. Nothing here may precede a write.

use std::ops::Range;

use super::document::{self, DocumentError};
use super::tokens::{Tokens, host_of};
use super::{Entry, Stored};
use crate::account::AccountName;
use crate::host::Host;

/// What a quick look into `tokens.json` shows.
pub struct QuickRead {
    current: Option<Host>,
    contents: Contents,
}

enum Contents {
    Scanned(Scanned),
    Parsed(Box<Tokens>),
}

impl QuickRead {
    /// Returns what a missing file shows.
    pub(super) fn empty() -> Self {
        Self::parsed(Tokens::empty())
    }

    /// Takes the file's bytes, which are parsed strictly if they are not as keybelt writes them.
    pub(super) fn new(bytes: Vec<u8>) -> Result<Self, DocumentError> {
        let Some((current, places)) = Scanned::new(&bytes) else {
            return Tokens::parse(&bytes).map(Self::parsed);
        };
        let contents = Contents::Scanned(Scanned { bytes, ..places });
        Ok(Self { current, contents })
    }

    fn parsed(tokens: Tokens) -> Self {
        Self { current: tokens.current(), contents: Contents::Parsed(Box::new(tokens)) }
    }

    /// Returns the current host, which commands talk to unless told otherwise.
    pub fn current(&self) -> Option<&Host> {
        self.current.as_ref()
    }

    /// Returns every host with an entry, in order.
    pub fn hosts(&self) -> Vec<Host> {
        match &self.contents {
            Contents::Scanned(scanned) => scanned.hosts(),
            Contents::Parsed(tokens) => tokens.hosts(),
        }
    }

    /// Returns an account's entry on a host; without a name, the active account's.
    pub(super) fn find(
        &self,
        host: &Host,
        account: Option<&AccountName>,
    ) -> Result<Option<Stored>, DocumentError> {
        match &self.contents {
            Contents::Scanned(scanned) => match scanned.find(host, account) {
                Ok(found) => Ok(found),
                Err(NotCanonical) => find_in(&Tokens::parse(&scanned.bytes)?, host, account),
            },
            Contents::Parsed(tokens) => find_in(tokens, host, account),
        }
    }
}

fn find_in(
    tokens: &Tokens,
    host: &Host,
    account: Option<&AccountName>,
) -> Result<Option<Stored>, DocumentError> {
    let name = account.cloned().or_else(|| tokens.active(host));
    Ok(name.and_then(|account| {
        let entry = tokens.entry(host, &account)?;
        Some(Stored { host: host.clone(), account, entry })
    }))
}

/// The strict parser has to have a look.
struct NotCanonical;

/// Where things stand in a document as keybelt writes it.
#[derive(Default)]
struct Scanned {
    bytes: Vec<u8>,
    hosts: Vec<HostPlace>,
    accounts: Vec<Pair>,
}

struct HostPlace {
    key: Range<usize>,
    active: Option<Range<usize>>,
    /// Its accounts among all of them.
    accounts: Range<usize>,
}

/// The places of a name and of its value.
struct Pair {
    name: Range<usize>,
    value: Range<usize>,
}

impl Scanned {
    /// Skims a document; `None` if it is not as keybelt writes it.
    fn new(bytes: &[u8]) -> Option<(Option<Host>, Self)> {
        // Without escapes, every quote begins or ends a text, and equal names are equal bytes.
        if memchr::memchr(b'\\', bytes).is_some() {
            return None;
        }
        let mut places = Self::default();
        let mut cursor = Cursor { bytes, at: 0 };
        let (mut version, mut current, mut hosts) = (None, None, 0);
        cursor.object(|cursor, key| match &bytes[key] {
            b"version" => once(&mut version, cursor.value(0)?),
            b"current" => once(&mut current, cursor.value(0)?),
            b"hosts" => {
                hosts += 1;
                cursor.object(|cursor, key| places.host(cursor, key))
            }
            _ => cursor.value(0).map(drop),
        })?;
        let rest = &bytes[cursor.at..];
        let version_is_ours = bytes.get(version?) == Some(b"1");
        if !version_is_ours || hosts != 1 || !matches!(rest, b"" | b"\n") {
            return None;
        }
        let current = match string_at(bytes, current)? {
            Some(key) => Some(host_of(key)?),
            None => None,
        };
        Some((current, places))
    }

    fn hosts(&self) -> Vec<Host> {
        let is_account = |pair: &Pair| self.text(&pair.name).and_then(AccountName::new).is_some();
        let places = self.hosts.iter();
        let mut hosts: Vec<_> = places
            .filter(|host| self.accounts[host.accounts.clone()].iter().any(is_account))
            .filter_map(|host| host_of(self.text(&host.key)?))
            .collect();
        hosts.sort();
        hosts
    }

    fn host(&mut self, cursor: &mut Cursor<'_>, key: Range<usize>) -> Option<()> {
        let bytes = cursor.bytes;
        let first = self.accounts.len();
        let (mut active, mut lists) = (None, 0);
        cursor.object(|cursor, key| match &bytes[key] {
            b"active" => once(&mut active, cursor.value(0)?),
            b"accounts" => {
                lists += 1;
                cursor.object(|cursor, name| {
                    let value = cursor.value(0)?;
                    self.accounts.push(Pair { name, value });
                    Some(())
                })
            }
            _ => cursor.value(0).map(drop),
        })?;
        let accounts = first..self.accounts.len();
        self.hosts.push(HostPlace { key, active, accounts });
        (lists == 1).then_some(())
    }

    fn find(
        &self,
        host: &Host,
        account: Option<&AccountName>,
    ) -> Result<Option<Stored>, NotCanonical> {
        let key = host.to_string();
        let is_key = |place: &&HostPlace| self.bytes[place.key.clone()] == *key.as_bytes();
        let Some(place) = only(self.hosts.iter().filter(is_key))? else {
            return Ok(None);
        };
        let active = string_at(&self.bytes, place.active.clone()).ok_or(NotCanonical)?;
        let Some(name) = account.cloned().or_else(|| AccountName::new(active?)) else {
            return Ok(None);
        };
        let is_name = |pair: &&Pair| self.bytes[pair.name.clone()] == *name.as_str().as_bytes();
        let accounts = &self.accounts[place.accounts.clone()];
        let Some(pair) = only(accounts.iter().filter(is_name))? else {
            return Ok(None);
        };
        let object = self.text(&pair.value).ok_or(NotCanonical)?;
        let object = document::parse(object).map_err(|_| NotCanonical)?;
        let entry = Entry::decode(&object).map_err(|_| NotCanonical)?;
        Ok(Some(Stored { host: host.clone(), account: name, entry }))
    }

    fn text(&self, place: &Range<usize>) -> Option<&str> {
        std::str::from_utf8(&self.bytes[place.clone()]).ok()
    }
}

/// Reads a text or null; the outer `None` is odd.
fn string_at(bytes: &[u8], place: Option<Range<usize>>) -> Option<Option<&str>> {
    match place.map(|place| &bytes[place]) {
        None | Some(b"null") => Some(None),
        Some([b'"', text @ .., b'"']) => std::str::from_utf8(text).ok().map(Some),
        Some(_) => None,
    }
}

/// Puts a value into a slot that is still free.
fn once<T>(slot: &mut Option<T>, value: T) -> Option<()> {
    slot.replace(value).is_none().then_some(())
}

/// Takes the one item; two are odd.
fn only<T>(mut items: impl Iterator<Item = T>) -> Result<Option<T>, NotCanonical> {
    let first = items.next();
    items.next().map_or(Ok(first), |_| Err(NotCanonical))
}

/// Passes over JSON without blanks, lists or escapes; everything else ends it with `None`.
struct Cursor<'a> {
    bytes: &'a [u8],
    at: usize,
}

/// Objects deeper than this are nothing that keybelt writes.
const MAX_DEPTH: u8 = 4;

impl Cursor<'_> {
    fn byte(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn take(&mut self, byte: u8) -> Option<()> {
        (self.byte()? == byte).then(|| self.at += 1)
    }

    /// Passes a text and returns where its contents stand.
    fn text(&mut self) -> Option<Range<usize>> {
        self.take(b'"')?;
        let start = self.at;
        let end = start + memchr::memchr(b'"', &self.bytes[start..])?;
        self.at = end + 1;
        Some(start..end)
    }

    /// Passes an object; `pair` is given each key and passes its value.
    fn object(
        &mut self,
        mut pair: impl FnMut(&mut Self, Range<usize>) -> Option<()>,
    ) -> Option<()> {
        self.take(b'{')?;
        if self.take(b'}').is_some() {
            return Some(());
        }
        loop {
            let key = self.text()?;
            self.take(b':')?;
            pair(self, key)?;
            if self.take(b'}').is_some() {
                return Some(());
            }
            self.take(b',')?;
        }
    }

    /// Passes an object with no other inside, as every entry is, in one stride to its closing brace.
    ///
    /// `None` if that brace may belong to a text, which the slower way finds out.
    fn flat_object(&mut self) -> Option<()> {
        let start = self.at + 1;
        let end = start + memchr::memchr2(b'{', b'}', &self.bytes[start..])?;
        // A quote after a character that no text begins after has ended one, so the brace is in none.
        let after_text = match &self.bytes[start..=end] {
            [.., before, b'"', b'}'] => !matches!(before, b'{' | b',' | b':' | b'['),
            inside => memchr::memchr_iter(b'"', inside).count().is_multiple_of(2),
        };
        let ends_here = self.bytes[end] == b'}' && after_text;
        ends_here.then(|| self.at = end + 1)
    }

    /// Passes a value and returns where it stands.
    fn value(&mut self, depth: u8) -> Option<Range<usize>> {
        let start = self.at;
        match self.byte()? {
            b'"' => _ = self.text()?,
            b'{' if self.flat_object().is_some() => {}
            b'{' if depth < MAX_DEPTH => {
                self.object(|cursor, _| cursor.value(depth + 1).map(drop))?;
            }
            b'{' | b'[' => return None,
            _ => {
                let ends = |b: &u8| matches!(b, b',' | b'}');
                self.at += self.bytes[start..].iter().position(ends)?;
            }
        }
        Some(start..self.at)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Map, Value};

    use super::{Contents, QuickRead, find_in};
    use crate::account::AccountName;
    use crate::host::Host;
    use crate::store::{Stored, Tokens};

    const DOCUMENT: &str = concat!(
        r#"{"current":"b.example","hosts":{"#,
        r#""a.example":{"accounts":{"x":{"created_at":"2026-05-01T10:00:00Z","later":[],"origin":"web","provider":"atlas","store":"file","token":"{,}","user_id":"u"}},"active":"x"},"#,
        r#""b.example":{"accounts":{"x":{"created_at":"2026-05-01T10:00:00Z","origin":"web","provider":"atlas","store":"file","token":"wrong,","user_id":null},"#,
        r#""y":{"created_at":"2026-05-01T10:00:00Z","later":{"token":"no"},"origin":"web","provider":"atlas","store":"file","token":"right"}},"active":"y"}},"version":1}"#,
        "\n"
    );

    fn shown(found: Option<Stored>) -> Option<(AccountName, Map<String, Value>)> {
        found.map(|found| {
            let mut object = Map::new();
            found.entry.encode(&mut object);
            (found.account, object)
        })
    }

    #[test]
    fn what_keybelt_writes_is_skimmed() {
        let tokens = Tokens::parse(DOCUMENT.as_bytes()).expect("valid");
        assert_eq!(tokens.to_text(), DOCUMENT);
        let compact = DOCUMENT.replace("\"later\":[],", "");
        let quick_read = QuickRead::new(compact.into_bytes()).expect("valid");
        assert!(matches!(quick_read.contents, Contents::Scanned(_)));
        assert_eq!(quick_read.current(), Host::parse("b.example").ok().as_ref());
        assert_eq!(quick_read.hosts().len(), 2);
    }

    /// Every byte of the document in turn is left out, doubled, and exchanged for others.
    #[test]
    fn a_quick_look_says_what_the_strict_parser_says() {
        let hosts = ["a.example", "b.example", "no"].map(|name| Host::parse(name).expect("a host"));
        let mut scanned = 0;
        let mut check = |bytes: Vec<u8>| {
            let Ok(tokens) = Tokens::parse(&bytes) else {
                return;
            };
            let quick_read = QuickRead::new(bytes.clone()).expect("the strict parser takes it");
            scanned += usize::from(matches!(quick_read.contents, Contents::Scanned(_)));
            assert_eq!(quick_read.hosts(), tokens.hosts());
            assert_eq!(quick_read.current(), tokens.current().as_ref());
            for host in &hosts {
                for account in [None, AccountName::new("x"), AccountName::new("y")] {
                    let quick = quick_read.find(host, account.as_ref()).expect("it takes it");
                    let strict = find_in(&tokens, host, account.as_ref()).expect("it takes it");
                    assert_eq!(shown(quick), shown(strict), "{}", String::from_utf8_lossy(&bytes));
                }
            }
        };
        let compact = DOCUMENT.replace("\"later\":[],", "");
        let escaped = [
            compact.replace("\"b.example\":", r#""b.ex\u0061mple":"#),
            compact.replace("\"y\":", r#""\u0079":"#),
            compact.replace("right", r"r\u0069ght"),
        ];
        for document in escaped.iter().chain([&DOCUMENT.to_owned(), &compact]) {
            for at in 0..document.len() {
                let (before, after) = (&document.as_bytes()[..at], &document.as_bytes()[at + 1..]);
                let byte = document.as_bytes()[at];
                for middle in [
                    &[][..],
                    &[byte, byte],
                    b"\"",
                    b"\\",
                    b"{",
                    b"}",
                    b",",
                    b":",
                    b" ",
                    b"x",
                    b"[]",
                ] {
                    check([before, middle, after].concat());
                }
            }
        }
        assert!(scanned > 1000, "only {scanned} documents were scanned");
    }
}
