//! What a setting comes to: flag, environment, configuration, default. The first that is there wins.

use crate::environment;
use crate::failure::Failure;
use crate::store::config::{Config, Key};

/// Whether Aptible's own file gets the tokens too.
pub const WRITE_APTIBLE_FILE: &str = "aptible.write_tokens_json";

/// Every general setting with its default.
pub const DEFAULTS: [(&str, &str); 9] = [
    ("store", "file"),
    ("output", "text"),
    ("color", "auto"),
    ("timeout", "30s"),
    ("ca_file", ""),
    ("expires_in", "7d"),
    ("sudo_window", "30m"),
    ("store_timeout", "3s"),
    (WRITE_APTIBLE_FILE, "false"),
];

/// Which source won.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Winner {
    /// An option of this command.
    Flag,
    /// A `KEYBELT_*` variable.
    Environment,
    /// `config.toml`.
    Config,
    /// Nobody said anything.
    Default,
}

impl Winner {
    /// Returns its word.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Flag => "flag",
            Self::Environment => "environment",
            Self::Config => "config",
            Self::Default => "default",
        }
    }
}

/// A setting's value, unless nobody gave one, and who gave it.
#[derive(Debug)]
pub struct Effective {
    /// The value.
    pub value: Option<String>,
    /// Who gave it.
    pub winner: Winner,
}

/// Returns the variable of a general setting.
pub fn variable(name: &str) -> String {
    format!("KEYBELT_{}", name.replace('.', "_").to_uppercase())
}

/// Returns what a general setting comes to, read as what it means.
pub fn parsed<T>(
    name: &str,
    flag: Option<String>,
    config: &Config,
    parse: impl FnOnce(&str) -> Result<T, Failure>,
) -> Result<Option<T>, Failure> {
    let found = effective(name, flag, config)?;
    let source = match found.winner {
        Winner::Flag => format!("--{}", name.replace('_', "-")),
        Winner::Environment => variable(name),
        Winner::Config | Winner::Default => name.to_owned(),
    };
    let value = found.value.as_deref().map(parse).transpose();
    value.map_err(|failure| failure.about(&source))
}

/// Returns what a general setting comes to.
pub fn effective(name: &str, flag: Option<String>, config: &Config) -> Result<Effective, Failure> {
    if flag.is_some() {
        return Ok(Effective { value: flag, winner: Winner::Flag });
    }
    if let Some(value) = environment::text(&variable(name))? {
        return Ok(Effective { value: Some(value), winner: Winner::Environment });
    }
    let configured = Key::general(name).and_then(|key| config.get(&key));
    let winner = if configured.is_some() { Winner::Config } else { Winner::Default };
    Ok(Effective { value: configured, winner })
}
