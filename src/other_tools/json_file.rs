//! A file of another tool's that is one JSON object.

use std::path::{Path, PathBuf};

use serde_json::{Map, Value};

use super::text_file::{self, Access};
use crate::environment;
use crate::failure::Failure;

/// The file, and whose it is.
#[derive(Debug)]
pub(super) struct JsonFile {
    path: PathBuf,
    owner: &'static str,
}

impl JsonFile {
    /// Takes a file, which need not be there; `owner` is as in "Terraform's".
    pub(super) fn new(path: PathBuf, owner: &'static str) -> Self {
        Self { path, owner }
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    pub(super) fn failure(&self, what: &str) -> Failure {
        Failure::general(format!(
            "{} file {} {what}",
            self.owner,
            environment::shorten_home(&self.path)
        ))
    }

    /// Reads the object; a missing or blank file is an empty one.
    pub(super) fn read(&self) -> Result<Map<String, Value>, Failure> {
        let text = text_file::read(&self.path)
            .map_err(|error| self.failure("cannot be read").because(error))?
            .unwrap_or_default();
        if text.trim().is_empty() {
            return Ok(Map::new());
        }
        // serde_json's own message would quote what it found, and that may be a token.
        serde_json::from_str(&text).map_err(|error| {
            self.failure(&format!(
                "is not a JSON object at line {}, column {}",
                error.line(),
                error.column()
            ))
        })
    }

    /// Writes the text in the place of the file's.
    pub(super) fn write(&self, text: &str) -> Result<(), Failure> {
        text_file::replace(&self.path, text, Access::Private)
            .map_err(|error| self.failure("cannot be written").because(error))
    }
}
