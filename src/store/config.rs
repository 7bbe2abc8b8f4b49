//! `config.toml`: what a person has chosen once and for all. Edited in place, comments kept.
//!
//! It may name programs that are run, so it is held to the same owners and modes as `tokens.json`. It never
//! holds a secret.

use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use toml_edit::{DocumentMut, Item, Table, Value};

use super::StoreName;
use super::directory::{self, Directory};
use super::tokens_file;
use crate::account::AccountName;
use crate::environment::{shorten_home, yes_or_no};
use crate::failure::Failure;
use crate::host::Host;
use crate::lifetime::Lifetime;
use crate::provider_name::ProviderName;
use crate::text;

const FILE_NAME: &str = "config.toml";

/// The longest file that is read, in bytes.
const MAX_BYTES: u64 = 1024 * 1024;

/// What a value must look like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    OneOf(&'static [&'static str]),
    Lifetime,
    /// A lifetime, or 0.
    Window,
    Path,
    Store,
    Provider,
    Account,
    Command,
    Boolean,
}

/// The settings of everything.
const GENERAL: [(&str, Form); 9] = [
    ("store", Form::Store),
    ("output", Form::OneOf(&["text", "json"])),
    ("color", Form::OneOf(&["auto", "always", "never"])),
    ("timeout", Form::Lifetime),
    ("ca_file", Form::Path),
    ("expires_in", Form::Lifetime),
    ("sudo_window", Form::Window),
    ("store_timeout", Form::Lifetime),
    ("aptible.write_tokens_json", Form::Boolean),
];

/// The settings of one host. What runs programs is only here, so that it is said for which host.
const OF_HOST: [(&str, Form); 4] = [
    ("provider", Form::Provider),
    ("username", Form::Account),
    ("password_command", Form::Command),
    ("code_command", Form::Command),
];

/// The name of a setting: `output`, or `hosts."KEY".username`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Key {
    host: Option<Host>,
    name: &'static str,
    form: Form,
}

impl Key {
    /// Returns the names of the general settings.
    pub fn names() -> impl Iterator<Item = &'static str> {
        GENERAL.iter().map(|(name, _)| *name)
    }

    /// Returns the names of a host's settings.
    pub fn names_of_host() -> impl Iterator<Item = &'static str> {
        OF_HOST.iter().map(|(name, _)| *name)
    }

    /// Returns a general setting's key; `None` if there is none of that name.
    pub fn general(name: &str) -> Option<Self> {
        let (name, form) = GENERAL.iter().find(|(known, _)| *known == name)?;
        Some(Self { host: None, name, form: *form })
    }

    /// Returns the key of a host's setting; `None` if hosts have none of that name.
    pub fn of_host(host: &Host, name: &str) -> Option<Self> {
        let (name, form) = OF_HOST.iter().find(|(known, _)| *known == name)?;
        Some(Self { host: Some(host.clone()), name, form: *form })
    }

    /// Parses what a person gave: `output`, `hosts.tfe.example.com.username`, `hosts."tfe.example.com".username`.
    pub fn parse(text: &str) -> Result<Self, Failure> {
        let Some(rest) = text.strip_prefix("hosts.") else {
            return Self::general(text)
                .ok_or_else(|| unknown(text, GENERAL.iter().map(|(name, _)| *name)));
        };
        let Some((host, name)) = rest.rsplit_once('.') else {
            return Err(Failure::usage("a host's setting is named hosts.HOST.NAME")
                .hint("such as hosts.tfe.example.com.username"));
        };
        let host = Host::typed(host.trim_matches('"'))?;
        Self::of_host(&host, name)
            .ok_or_else(|| unknown(name, OF_HOST.iter().map(|(name, _)| *name)))
    }

    /// Returns the setting's own name.
    pub fn name(&self) -> &'static str {
        self.name
    }

    /// Returns whether the setting is a host's.
    pub fn is_of_host(&self) -> bool {
        self.host.is_some()
    }

    /// Returns the tables that the setting lies in, outermost first, and its name there.
    fn table_path(&self) -> (Vec<String>, &'static str) {
        match (&self.host, self.name.split_once('.')) {
            (Some(host), _) => (vec!["hosts".to_owned(), host.to_string()], self.name),
            (None, Some((table, name))) => (vec![table.to_owned()], name),
            (None, None) => (Vec::new(), self.name),
        }
    }

    /// Checks a value.
    fn check(&self, text: &str) -> Result<(), Failure> {
        let fits = match self.form {
            Form::OneOf(words) if words.contains(&text) => Ok(()),
            Form::OneOf(words) => Err(Failure::usage("this is not one of its values")
                .hint(format!("use {}", words.join(", ")))),
            Form::Window if text.trim() == "0" => Ok(()),
            Form::Lifetime | Form::Window => Lifetime::parse(text).map(drop),
            Form::Store => StoreName::parse(text).map(drop),
            Form::Provider => ProviderName::parse(text).map(drop),
            Form::Account => AccountName::parse(text).map(drop),
            Form::Boolean => yes_or_no(text).map(drop),
            Form::Path | Form::Command if text.trim().is_empty() => {
                Err(Failure::usage("it is blank"))
            }
            Form::Path if !Path::new(text).is_absolute() => {
                Err(Failure::usage("it is not an absolute path"))
            }
            Form::Path | Form::Command => Ok(()),
        };
        fits.map_err(|failure| failure.about(&self.to_string()))
    }
}

impl fmt::Display for Key {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.host {
            None => out.write_str(self.name),
            Some(host) => write!(out, "hosts.\"{host}\".{}", self.name),
        }
    }
}

fn unknown<'a>(text: &str, known: impl Iterator<Item = &'a str>) -> Failure {
    let near = known.min_by_key(|name| strsim::damerau_levenshtein(name, text));
    let near = near.filter(|name| strsim::damerau_levenshtein(name, text) <= 4);
    Failure::usage("there is no such setting").hint(match near {
        Some(name) => format!("did you mean `{name}`? `keybelt config list` shows all"),
        None => "`keybelt config list` shows all".to_owned(),
    })
}

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
            let below = below.filter_map(move |(leaf, _)| Key::general(&format!("{name}.{leaf}")));
            Key::general(name).into_iter().chain(below).collect::<Vec<_>>()
        });
        let hosts =
            self.document.get("hosts").and_then(Item::as_table).into_iter().flat_map(Table::iter);
        let of_hosts = hosts.flat_map(|(key, settings)| {
            let host = Host::parse(key).ok();
            let names = settings.as_table().into_iter().flat_map(Table::iter).map(|(name, _)| name);
            names.filter_map(move |name| Key::of_host(host.as_ref()?, name)).collect::<Vec<_>>()
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
        let item = match key.form {
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
        Ok(())
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
        table.remove(name).is_some()
    }

    pub(super) fn parse(bytes: &[u8]) -> Result<Self, String> {
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
        let general = || GENERAL.iter().map(|(name, _)| *name);
        for (name, item) in self.document.iter().filter(|(name, _)| *name != "hosts") {
            let Some(table) = item.as_table().filter(|_| is_table(name)) else {
                check_item(Key::general(name), name, item, general())?;
                continue;
            };
            for (leaf, item) in table.iter() {
                let name = format!("{name}.{leaf}");
                check_item(Key::general(&name), &name, item, general())?;
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
                check_item(
                    Key::of_host(&host, name),
                    name,
                    item,
                    OF_HOST.iter().map(|(name, _)| *name),
                )?;
            }
        }
        Ok(())
    }
}

fn check_item<'a>(
    key: Option<Key>,
    name: &str,
    item: &Item,
    known: impl Iterator<Item = &'a str>,
) -> Result<(), String> {
    let key = key.ok_or_else(|| {
        let hint = unknown(name, known).hint.unwrap_or_default();
        format!("there is no setting `{}`; {hint}", text::printable(name))
    })?;
    let text = match key.form {
        Form::Boolean => text_of(item).ok_or_else(|| format!("`{key}` is neither yes nor no")),
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
    let mut tables = GENERAL.iter().filter_map(|(name, _)| name.split_once('.'));
    tables.any(|(table, _)| table == name)
}

fn implicit_table() -> Item {
    let mut table = Table::new();
    table.set_implicit(true);
    Item::Table(table)
}

/// The file.
pub struct ConfigFile {
    directory: PathBuf,
    notices: Mutex<Vec<String>>,
}

impl ConfigFile {
    /// Takes the file in a directory; neither need be there.
    pub fn at(directory: PathBuf) -> Self {
        Self { directory, notices: Mutex::default() }
    }

    /// Returns the file's path.
    pub fn path(&self) -> PathBuf {
        self.directory.join(FILE_NAME)
    }

    /// Returns what the user should be told, once.
    pub fn take_notices(&self) -> Vec<String> {
        std::mem::take(&mut self.notices.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Reads everything; a missing file is empty.
    pub fn read(&self) -> Result<Config, Failure> {
        let Some(directory) = self.open()? else {
            return Ok(Config::default());
        };
        self.read_in(&directory)
    }

    /// Changes the file under the lock; comments and order stay.
    pub fn change<T>(
        &self,
        edit: impl FnOnce(&mut Config) -> Result<T, Failure>,
    ) -> Result<T, Failure> {
        {
            let mut notices = self.notices.lock().unwrap_or_else(PoisonError::into_inner);
            Directory::create(&self.directory, &mut notices)?;
        }
        let directory = self.open()?.ok_or_else(|| {
            Failure::general(format!(
                "`{}` was removed while keybelt was creating it",
                shorten_home(&self.directory)
            ))
        })?;
        let _lock = tokens_file::lock(&directory, &self.directory)?;
        tokens_file::remove_stale(&directory);
        let mut config = self.read_in(&directory)?;
        let before = config.document.to_string();
        let answer = edit(&mut config)?;
        let after = config.document.to_string();
        if after != before {
            tokens_file::write(&directory, after.as_bytes())
                .map_err(|error| directory::io_failure("write", &self.path(), error))?;
        }
        Ok(answer)
    }

    fn open(&self) -> Result<Option<Directory>, Failure> {
        let mut notices = self.notices.lock().unwrap_or_else(PoisonError::into_inner);
        Directory::open(&self.directory, FILE_NAME, &mut notices)
    }

    fn read_in(&self, directory: &Directory) -> Result<Config, Failure> {
        let bytes = {
            let mut notices = self.notices.lock().unwrap_or_else(PoisonError::into_inner);
            directory.read(MAX_BYTES, &mut notices)?
        };
        let Some(bytes) = bytes else {
            return Ok(Config::default());
        };
        Config::parse(&bytes).map_err(|flaw| {
            Failure::general(format!("`{}`: {flaw}", shorten_home(&self.path())))
                .hint("nothing was changed; repair the file")
        })
    }
}

#[cfg(test)]
mod tests {
    use super::{Config, ConfigFile, Key};
    use crate::failure::Kind;

    fn file(text: &str) -> (tempfile::TempDir, ConfigFile) {
        let directory = tempfile::tempdir().expect("a directory");
        let file = ConfigFile::at(directory.path().join("keybelt"));
        super::Directory::create(&directory.path().join("keybelt"), &mut Vec::new())
            .expect("a directory");
        std::fs::write(file.path(), text).expect("written");
        (directory, file)
    }

    #[test]
    fn setting_and_unsetting_keeps_comments_and_order() {
        let before = "# mine\noutput = \"json\" # for scripts\n\n[hosts.\"tfe.example.com\"]\nusername = \"alice\"\n";
        let (_directory, file) = file(before);
        let key = Key::parse("hosts.tfe.example.com.provider").expect("a key");
        file.change(|config| config.set(&key, "atlas")).expect("set");
        let text = std::fs::read_to_string(file.path()).expect("readable");
        assert!(text.starts_with(before) && text.contains("provider = \"atlas\""), "{text}");
        assert!(file.change(|config| Ok(config.unset(&key))).expect("unset"));
        assert_eq!(std::fs::read_to_string(file.path()).expect("readable"), before);
    }

    #[test]
    fn a_setting_in_a_table_is_written_and_read_there() {
        let (_directory, file) = file("output = \"json\"\n");
        let key = Key::parse("aptible.write_tokens_json").expect("a key");
        file.change(|config| config.set(&key, "true")).expect("set");
        let text = std::fs::read_to_string(file.path()).expect("readable");
        assert!(text.ends_with("[aptible]\nwrite_tokens_json = true\n"), "{text}");
        let config = file.read().expect("readable");
        assert_eq!(config.get(&key).as_deref(), Some("true"));
        assert_eq!(config.keys().len(), 2);
        for bad in [
            "[aptible]\nwrite = true\n",
            "[aptible]\nwrite_tokens_json = 7\n",
            "aptible = 1\n",
            "[output]\nx = 1\n",
        ] {
            std::fs::write(file.path(), bad).expect("written");
            assert!(file.read().is_err(), "{bad}");
        }
    }

    #[test]
    fn unknown_settings_are_refused_with_the_nearest_name() {
        let failure = Key::parse("ouput").expect_err("no setting");
        assert_eq!(failure.kind, Kind::Usage);
        assert!(failure.hint.unwrap_or_default().contains("`output`"));
        assert!(Key::parse("password_command").is_err(), "programs are named only for a host");
        let (_directory, file) = file("[hosts.\"a.example\"]\npasword_command = \"canary-12\"\n");
        let failure = file.read().expect_err("an unknown setting");
        assert!(
            failure.message.contains("pasword_command")
                && failure.message.contains("password_command")
        );
        assert!(!format!("{failure:?}").contains("canary"));
    }

    #[test]
    fn values_are_checked_before_they_are_kept() {
        let mut config = Config::default();
        for (key, bad) in [
            ("aptible.write_tokens_json", "maybe"),
            ("output", "xml"),
            ("timeout", "soon"),
            ("store", "cloud"),
            ("ca_file", "relative.pem"),
        ] {
            let key = Key::parse(key).expect("a key");
            assert!(config.set(&key, bad).is_err(), "{key}");
            assert_eq!(config.get(&key), None);
        }
    }

    #[test]
    fn a_damaged_file_is_named_by_line_and_stays() {
        let (_directory, file) = file("output = \"json\"\ncanary-77 = = 1\n");
        let failure = file
            .change(|config| config.set(&Key::general("color").expect("a key"), "never"))
            .expect_err("damaged");
        assert!(
            failure.message.contains("config.toml") && failure.message.contains("line 2"),
            "{}",
            failure.message
        );
        assert!(!format!("{failure:?}").contains("canary"));
        assert!(std::fs::read_to_string(file.path()).expect("readable").contains("canary-77"));
    }
}
