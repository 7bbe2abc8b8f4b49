//! How settings are named by people and in the file, and what their values must look like.

use std::fmt;
use std::path::Path;

use crate::account::AccountName;
use crate::environment::yes_or_no;
use crate::failure::Failure;
use crate::host::Host;
use crate::lifetime::Lifetime;
use crate::organization::OrganizationName;
use crate::provider_name::ProviderName;
use crate::setting::{Form, GENERAL, OF_HOST, Setting};
use crate::store::StoreName;

/// The name of a setting: `output`, or `hosts."KEY".username`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Key {
    host: Option<Host>,
    setting: &'static Setting,
}

impl Key {
    /// Returns a general setting's key.
    pub fn general(setting: &'static Setting) -> Self {
        Self { host: None, setting }
    }

    /// Returns the key of a host's setting.
    pub fn of_host(host: &Host, setting: &'static Setting) -> Self {
        Self { host: Some(host.clone()), setting }
    }

    /// Finds a general setting; `None` if there is none of that name.
    pub(super) fn find(name: &str) -> Option<Self> {
        GENERAL.into_iter().find(|setting| setting.name == name).map(Self::general)
    }

    /// Finds a host's setting; `None` if hosts have none of that name.
    pub(super) fn find_of_host(host: &Host, name: &str) -> Option<Self> {
        let setting = OF_HOST.into_iter().find(|setting| setting.name == name)?;
        Some(Self::of_host(host, setting))
    }

    /// Parses what a person gave: `output`, `hosts.tfe.example.com.username`, `hosts."tfe.example.com".username`.
    pub fn parse(text: &str) -> Result<Self, Failure> {
        let Some(rest) = text.strip_prefix("hosts.") else {
            return Self::find(text).ok_or_else(|| unknown(text, &GENERAL));
        };
        let Some((host, name)) = rest.rsplit_once('.') else {
            return Err(Failure::usage("a host's setting is named hosts.HOST.NAME")
                .hint("such as hosts.tfe.example.com.username"));
        };
        let host = Host::typed(host.trim_matches('"'))?;
        Self::find_of_host(&host, name).ok_or_else(|| unknown(name, &OF_HOST))
    }

    /// Returns the setting.
    pub fn setting(&self) -> &'static Setting {
        self.setting
    }

    /// Returns whether the setting is a host's.
    pub fn is_of_host(&self) -> bool {
        self.host.is_some()
    }

    /// Returns the tables that the setting lies in, outermost first, and its name there.
    pub(super) fn table_path(&self) -> (Vec<String>, &'static str) {
        let name = self.setting.name;
        match (&self.host, name.split_once('.')) {
            (Some(host), _) => (vec!["hosts".to_owned(), host.to_string()], name),
            (None, Some((table, name))) => (vec![table.to_owned()], name),
            (None, None) => (Vec::new(), name),
        }
    }

    /// Checks a value.
    pub(super) fn check(&self, text: &str) -> Result<(), Failure> {
        let fits = match self.setting.form {
            Form::OneOf(words) if words.contains(&text) => Ok(()),
            Form::OneOf(words) => {
                Err(Failure::usage("invalid value").hint(format!("use {}", words.join(", "))))
            }
            Form::Window if text.trim() == "0" => Ok(()),
            Form::Lifetime | Form::Window => Lifetime::parse(text).map(drop),
            Form::Store => StoreName::parse(text).map(drop),
            Form::Provider => ProviderName::parse(text).map(drop),
            Form::Account => AccountName::parse(text).map(drop),
            Form::Boolean => yes_or_no(text).map(drop),
            Form::Organization => OrganizationName::parse(text).map(drop),
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
            None => out.write_str(self.setting.name),
            Some(host) => write!(out, "hosts.\"{host}\".{}", self.setting.name),
        }
    }
}

/// Explains that no setting is called so, by the nearest one that is.
pub(super) fn unknown(text: &str, known: &[&Setting]) -> Failure {
    // A slip of the fingers, not another word.
    let near = known
        .iter()
        .map(|setting| (strsim::damerau_levenshtein(setting.name, text), setting.name))
        .filter(|(distance, _)| *distance <= 2)
        .min()
        .map(|(_, name)| name);
    // What is no name at all may be a value, and is not shown.
    let is_name = text.len() <= 30 && text.chars().all(|c| c.is_ascii_lowercase() || c == '_');
    let named = if is_name { format!(" `{text}`") } else { String::new() };
    Failure::usage(format!("unknown setting{named}")).hint(match near {
        Some(name) => format!("did you mean `{name}`? `keybelt config list` shows all"),
        None => "`keybelt config list` shows all".to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::Config;
    use super::*;
    use crate::host::tests::{few_cases, written_host};

    /// Every setting, at the top and of a host.
    fn any_key() -> impl Strategy<Value = Key> {
        (written_host(), 0..GENERAL.len() + OF_HOST.len()).prop_filter_map(
            "a host",
            |(host, nth)| match GENERAL.get(nth) {
                Some(setting) => Some(Key::general(setting)),
                None => Some(Key::of_host(&Host::parse(&host).ok()?, OF_HOST[nth - GENERAL.len()])),
            },
        )
    }

    proptest! {
        #![proptest_config(few_cases())]

        #[test]
        fn a_key_reads_back_as_the_same_setting(key in any_key()) {
            prop_assert_eq!(Key::parse(&key.to_string()).ok(), Some(key));
        }

        /// Whatever the value has in it: quotes, line ends, other scripts.
        #[test]
        fn a_value_reads_back_from_the_files_text(key in any_key(), value in ".*") {
            let mut config = Config::default();
            let value = match key.setting().form {
                Form::Path => format!("/{value}"),
                _ => value,
            };
            if config.set(&key, &value).is_ok() {
                let read = Config::parse(config.to_string().as_bytes()).expect("the file's text");
                let expected = match key.setting().form {
                    Form::Boolean => yes_or_no(&value).ok().map(|it| it.to_string()),
                    _ => Some(value),
                };
                prop_assert_eq!(read.get(&key), expected);
                prop_assert_eq!(read.keys(), [key]);
            }
        }
    }
}
