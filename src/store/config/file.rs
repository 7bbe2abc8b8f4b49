//! The file itself, read whole and changed under the directory's lock.

use std::path::{Path, PathBuf};

use super::Config;
use crate::environment::shorten_home;
use crate::failure::Failure;
use crate::store::locked_file::LockedFile;

/// The longest file that is read, in bytes.
const MAX_BYTES: u64 = 1024 * 1024;

/// The file.
pub struct ConfigFile(LockedFile);

impl ConfigFile {
    /// Takes the file in a directory; neither need be there.
    pub fn at(directory: PathBuf) -> Self {
        Self(LockedFile::at(directory, "config.toml", MAX_BYTES))
    }

    /// Returns the file's path.
    pub fn path(&self) -> &Path {
        self.0.path()
    }

    /// Returns what the user should be told, once.
    pub fn take_notices(&self) -> Vec<String> {
        self.0.take_notices()
    }

    /// Reads everything; a missing file is empty.
    pub fn read(&self) -> Result<Config, Failure> {
        self.parse(self.0.read()?)
    }

    /// Changes the file under the lock; comments and order stay.
    pub fn change<T>(
        &self,
        edit: impl FnOnce(&mut Config) -> Result<T, Failure>,
    ) -> Result<T, Failure> {
        self.0.change(|bytes| {
            let mut config = self.parse(bytes)?;
            let before = config.to_string();
            let answer = edit(&mut config)?;
            let after = config.to_string();
            Ok((answer, (after != before).then_some(after)))
        })
    }

    fn parse(&self, bytes: Option<Vec<u8>>) -> Result<Config, Failure> {
        let Some(bytes) = bytes else {
            return Ok(Config::default());
        };
        Config::parse(&bytes).map_err(|flaw| {
            Failure::general(format!("`{}`: {flaw}", shorten_home(self.path())))
                .hint("nothing was changed; repair the file")
        })
    }
}
