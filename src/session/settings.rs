//! What a setting comes to: flag, environment, configuration, default. The first that is there wins.

use crate::environment;
use crate::failure::Failure;
use crate::setting::Setting;
use crate::store::config::{Config, Key};

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

/// A setting's value and who gave it.
#[derive(Debug)]
pub struct Effective {
    /// The value.
    pub value: String,
    /// Who gave it.
    pub winner: Winner,
}

/// Returns what a general setting comes to, read as what it means.
pub fn parsed<T>(
    setting: &'static Setting,
    flag: Option<String>,
    config: &Config,
    parse: impl FnOnce(&str) -> Result<T, Failure>,
) -> Result<T, Failure> {
    let found = effective(setting, flag, config)?;
    let source = match found.winner {
        Winner::Flag => setting.flag(),
        Winner::Environment => setting.variable(),
        Winner::Config | Winner::Default => setting.name.to_owned(),
    };
    parse(&found.value).map_err(|failure| failure.about(&source))
}

/// Returns what a general setting comes to.
pub fn effective(
    setting: &'static Setting,
    flag: Option<String>,
    config: &Config,
) -> Result<Effective, Failure> {
    if let Some(value) = flag {
        return Ok(Effective { value, winner: Winner::Flag });
    }
    if let Some(value) = environment::text(&setting.variable())? {
        return Ok(Effective { value, winner: Winner::Environment });
    }
    Ok(match config.get(&Key::general(setting)) {
        Some(value) => Effective { value, winner: Winner::Config },
        None => Effective { value: setting.default.to_owned(), winner: Winner::Default },
    })
}
