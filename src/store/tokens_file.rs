//! `tokens.json`: read whole or in passing, changed under a lock and all at once.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::Stored;
use super::document::{DocumentError, MAX_BYTES};
use super::locked_file::LockedFile;
use super::quick_read::QuickRead;
use super::tokens::Tokens;
use crate::account::AccountName;
use crate::failure::Failure;
use crate::host::Host;

const FILE_NAME: &str = "tokens.json";

/// Held by who changes a token outside the file together with its entry.
const STORES_LOCK_NAME: &str = "stores.lock";

/// How long another keybelt may hold the other stores' lock: a person may be unlocking one.
const STORES_TIMEOUT: Duration = Duration::from_secs(75);

/// The file of tokens in one directory.
pub struct TokensFile(LockedFile);

impl TokensFile {
    /// Takes the file in a directory; neither need be there.
    pub fn at(directory: PathBuf) -> Self {
        Self(LockedFile::at(directory, FILE_NAME, MAX_BYTES))
    }

    /// Returns the file's path.
    pub fn path(&self) -> &Path {
        self.0.path()
    }

    /// Returns what the user should be told, once: files that others could read.
    pub fn take_notices(&self) -> Vec<String> {
        self.0.take_notices()
    }

    /// Reads everything; a missing file or directory is empty.
    pub fn read(&self) -> Result<Tokens, Failure> {
        self.parse(self.0.sweep_and_read()?)
    }

    /// Skims the file for one host's entry.
    pub fn quick_read(&self) -> Result<QuickRead, Failure> {
        let Some(bytes) = self.0.sweep_and_read()? else {
            return Ok(QuickRead::empty());
        };
        if bytes.len() as u64 > MAX_BYTES {
            return Err(DocumentError::TooLong.failure(self.path()));
        }
        QuickRead::new(bytes).map_err(|flaw| flaw.failure(self.path()))
    }

    /// Finds an account's entry on a host; without a name, the active account's.
    pub fn find(
        &self,
        host: &Host,
        account: Option<&AccountName>,
    ) -> Result<Option<Stored>, Failure> {
        self.find_in(&self.quick_read()?, host, account)
    }

    /// Finds an account's entry in what was skimmed before.
    pub fn find_in(
        &self,
        quick_read: &QuickRead,
        host: &Host,
        account: Option<&AccountName>,
    ) -> Result<Option<Stored>, Failure> {
        quick_read.find(host, account).map_err(|flaw| flaw.failure(self.path()))
    }

    /// Changes the file under its lock. Nothing is written if `edit` fails or changes nothing.
    ///
    /// # Errors
    /// Those of `edit` and of [`TokensFile::read`], and a failure if the lock is not to be had in 10 seconds
    /// or the file cannot be written; then it is as it was.
    pub fn change<T>(
        &self,
        edit: impl FnOnce(&mut Tokens) -> Result<T, Failure>,
    ) -> Result<T, Failure> {
        self.0.change(|bytes| {
            let mut tokens = self.parse(bytes)?;
            let before = tokens.clone();
            let answer = edit(&mut tokens)?;
            let text = (tokens != before).then(|| tokens.to_text());
            Ok((answer, text))
        })
    }

    /// Waits for one's turn at the stores outside the file; it is over when the answer is dropped. Such a store
    /// and the file cannot be changed at once, so nobody else may change them in between.
    pub fn lock_stores(&self) -> Result<File, Failure> {
        self.0.lock(STORES_LOCK_NAME, STORES_TIMEOUT)
    }

    fn parse(&self, bytes: Option<Vec<u8>>) -> Result<Tokens, Failure> {
        let Some(bytes) = bytes else {
            return Ok(Tokens::empty());
        };
        if bytes.len() as u64 > MAX_BYTES {
            return Err(DocumentError::TooLong.failure(self.path()));
        }
        Tokens::parse(&bytes).map_err(|flaw| flaw.failure(self.path()))
    }
}

#[cfg(test)]
mod tests;
