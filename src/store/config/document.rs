//! What is in the file: read strictly, changed in place.

use std::fmt;

use toml_edit::{DocumentMut, Item, Table, Value};

use super::Key;
use super::key::unknown;
use crate::environment::yes_or_no;
use crate::failure::Failure;
use crate::host::Host;
use crate::setting::{Form, GENERAL, OF_HOST, Setting};
use crate::text;

/// What `config.toml` says.
#[derive(Debug, Default, Clone)]
pub struct Config {
    document: DocumentMut,
}

impl Config {
    /// Returns the value of a setting.
    pub fn get(&self, key: &Key) -> Option<String> {
        let (tables, name) = key.table_path();
        let mut table = self.document.as_table();
        for part in tables {
            table = table.get(&part)?.as_table()?;
        }
        text_of(table.get(name)?)
    }

    /// Returns every setting that the file has, in its order.
    pub fn keys(&self) -> Vec<Key> {
        let general = self.document.iter().flat_map(|(name, item)| {
            let below = item.as_table().into_iter().flat_map(Table::iter);
            let below = below.filter_map(move |(leaf, _)| Key::find(&format!("{name}.{leaf}")));
            Key::find(name).into_iter().chain(below).collect::<Vec<_>>()
        });
        let hosts =
            self.document.get("hosts").and_then(Item::as_table).into_iter().flat_map(Table::iter);
        let of_hosts = hosts.flat_map(|(key, settings)| {
            let host = Host::parse(key).ok();
            let names = settings.as_table().into_iter().flat_map(Table::iter).map(|(name, _)| name);
            names
                .filter_map(move |name| Key::find_of_host(host.as_ref()?, name))
                .collect::<Vec<_>>()
        });
        general.chain(of_hosts).collect()
    }

    /// Gives a setting a value.
    pub fn set(&mut self, key: &Key, text: &str) -> Result<(), Failure> {
        key.check(text)?;
        let (tables, name) = key.table_path();
        let mut table = self.document.as_table_mut();
        for (nth, part) in tables.iter().enumerate() {
            let is_last = nth + 1 == tables.len();
            let fresh = if is_last { toml_edit::table } else { implicit_table };
            let below = table.entry(part).or_insert_with(fresh).as_table_mut();
            table = below.ok_or_else(|| {
                Failure::general(format!("`{part}` in config.toml is not a table"))
            })?;
        }
        let item = match key.setting().form {
            Form::Boolean => Value::from(yes_or_no(text)?),
            _ => Value::from(text),
        };
        match table.get_mut(name).and_then(Item::as_value_mut) {
            // In place of the old value, the comments round it stay.
            Some(old) => {
                let decor = old.decor().clone();
                *old = item;
                *old.decor_mut() = decor;
            }
            None => _ = table.insert(name, Item::Value(item)),
        }
        self.put_head_first();
        Ok(())
    }

    /// Puts the comment of a file without settings above the first one.
    fn put_head_first(&mut self) {
        let head = self.document.trailing().as_str().unwrap_or_default().to_owned();
        let mut settings =
            self.document.iter().map(|(name, item)| (name.to_owned(), item.is_value()));
        let (Some((first, true)), None, true) =
            (settings.next(), settings.next(), head.contains('#'))
        else {
            return;
        };
        drop(settings);
        if let Some(mut key) = self.document.key_mut(&first)
            && key.leaf_decor().prefix().and_then(|above| above.as_str()).is_none_or(str::is_empty)
        {
            key.leaf_decor_mut().set_prefix(head);
            self.document.set_trailing("");
        }
    }

    /// Takes a setting out; returns whether it was there.
    pub fn unset(&mut self, key: &Key) -> bool {
        let (tables, name) = key.table_path();
        let mut table = self.document.as_table_mut();
        for part in tables {
            match table.get_mut(&part).and_then(Item::as_table_mut) {
                Some(below) => table = below,
                None => return false,
            }
        }
        let comment = take_comment(table, name);
        let was_there = table.remove(name).is_some();
        if let Some(comment) = comment {
            let trailing = self.document.trailing().as_str().unwrap_or_default().to_owned();
            self.document.set_trailing(format!("{comment}{trailing}"));
        }
        was_there
    }

    pub(in crate::store) fn parse(bytes: &[u8]) -> Result<Self, String> {
        let text = std::str::from_utf8(bytes).map_err(|_| "it is not UTF-8".to_owned())?;
        // The parser's own message quotes lines of the file.
        let document: DocumentMut = text.parse().map_err(|error: toml_edit::TomlError| {
            let start = error.span().map_or(0, |span| span.start);
            let line = text.get(..start).unwrap_or_default().matches('\n').count() + 1;
            format!("line {line} is not valid TOML")
        })?;
        let config = Self { document };
        config.check()?;
        Ok(config)
    }

    /// Refuses what no setting is called, for it was meant to be one.
    fn check(&self) -> Result<(), String> {
        for (name, item) in self.document.iter().filter(|(name, _)| *name != "hosts") {
            let Some(table) = item.as_table().filter(|_| is_table(name)) else {
                check_item(Key::find(name), name, item, &GENERAL)?;
                continue;
            };
            for (leaf, item) in table.iter() {
                let name = format!("{name}.{leaf}");
                check_item(Key::find(&name), &name, item, &GENERAL)?;
            }
        }
        let Some(hosts) = self.document.get("hosts") else {
            return Ok(());
        };
        for (key, settings) in hosts.as_table().ok_or("`hosts` is not a table")?.iter() {
            let host = Host::parse(key).map_err(|failure| format!("`hosts`: {failure}"))?;
            if host.to_string() != key {
                return Err(format!("`hosts`: write `{host}` as \"{host}\""));
            }
            for (name, item) in settings.as_table().ok_or("a host is not a table")?.iter() {
                check_item(Key::find_of_host(&host, name), name, item, &OF_HOST)?;
            }
        }
        Ok(())
    }
}

/// Hands the comment above a setting to the one below it: it may be the whole file's. Returns it if there is none.
fn take_comment(table: &mut Table, name: &str) -> Option<String> {
    let above = |key: &toml_edit::Key| Some(key.leaf_decor().prefix()?.as_str()?.to_owned());
    let comment = table.key(name).and_then(above).filter(|text| text.contains('#'))?;
    let below = table.iter().skip_while(|(key, _)| *key != name).nth(1);
    let Some((next, true)) = below.map(|(key, item)| (key.to_owned(), item.is_value())) else {
        return Some(comment);
    };
    let own = table.key(&next).and_then(above).unwrap_or_default();
    if let Some(mut key) = table.key_mut(&next) {
        key.leaf_decor_mut().set_prefix(format!("{comment}{own}"));
    }
    None
}

fn check_item(key: Option<Key>, name: &str, item: &Item, known: &[&Setting]) -> Result<(), String> {
    let key = key.ok_or_else(|| {
        let hint = unknown(name, known).hint.unwrap_or_default();
        format!("unknown setting `{}`; {hint}", text::printable(name))
    })?;
    let text = match key.setting().form {
        Form::Boolean => text_of(item).ok_or_else(|| format!("`{key}` must be true or false")),
        _ => item
            .as_str()
            .map(str::to_owned)
            .ok_or_else(|| format!("`{key}` must be a string, such as \"30s\"")),
    };
    key.check(&text?).map_err(|failure| failure.message)
}

/// Returns the text of a string or of a boolean.
fn text_of(item: &Item) -> Option<String> {
    let boolean = || item.as_bool().map(|value| value.to_string());
    item.as_str().map(str::to_owned).or_else(boolean)
}

/// Returns whether general settings lie in a table of that name.
fn is_table(name: &str) -> bool {
    let mut tables = GENERAL.iter().filter_map(|setting| setting.name.split_once('.'));
    tables.any(|(table, _)| table == name)
}

fn implicit_table() -> Item {
    let mut table = Table::new();
    table.set_implicit(true);
    Item::Table(table)
}

impl fmt::Display for Config {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.document.fmt(out)
    }
}
