//! A file of another tool's that is one JSON object: read within bounds, written beside and renamed.

use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use serde_json::{Map, Value};

use crate::environment;
use crate::failure::Failure;

/// The largest file that is read, in bytes.
const MAX_BYTES: u64 = 1024 * 1024;

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
        // A pipe in its place would keep us waiting for ever.
        if fs::metadata(&self.path).is_ok_and(|found| !found.is_file()) {
            return Err(self.failure("is not a plain file"));
        }
        let file = match File::open(&self.path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Map::new()),
            file => file.map_err(|error| self.failure("cannot be read").because(error))?,
        };
        let mut text = String::new();
        file.take(MAX_BYTES)
            .read_to_string(&mut text)
            .map_err(|_| self.failure("cannot be read as text"))?;
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

    /// Writes the text to a fresh private file and moves it into place.
    pub(super) fn write(&self, text: &str) -> Result<(), Failure> {
        self.replace(text).map_err(|error| self.failure("cannot be written").because(error))
    }

    fn replace(&self, text: &str) -> io::Result<()> {
        // A link is kept: people keep such files in a repository of dot files.
        let path = match fs::canonicalize(&self.path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => self.path.clone(),
            path => path?,
        };
        let directory = path.parent().ok_or(io::ErrorKind::NotFound)?;
        let mut fresh = tempfile::NamedTempFile::new_in(directory)?;
        fresh.write_all(text.as_bytes())?;
        fresh.as_file().sync_all()?;
        fresh.persist(&path).map_err(|error| error.error)?;
        Ok(())
    }
}
