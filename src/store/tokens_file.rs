//! `tokens.json`: read whole or in passing, changed under a lock and all at once.
//!
//! A change re-reads the file under the lock, so that nobody's entry is lost, and puts a new file in the
//! place of the old one, so that readers need no lock and never see half of it. Whatever fails leaves the
//! old file as it was. Nothing slow may happen in a change: no request, no question, no keyring.

use std::fs::{File, TryLockError};
use std::hash::{BuildHasher, Hasher};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use super::Stored;
use super::directory::{self, Directory};
use super::document::{DocumentError, MAX_BYTES};
use super::quick_read::QuickRead;
use super::tokens::Tokens;
use crate::account::AccountName;
use crate::environment::shorten_home;
use crate::failure::Failure;
use crate::host::Host;

const FILE_NAME: &str = "tokens.json";
const LOCK_NAME: &str = "tokens.lock";

/// Held by who changes a token outside the file together with its entry.
const STORES_LOCK_NAME: &str = "stores.lock";

/// How long another keybelt may hold the file's lock, under which nothing slow happens.
const LOCK_TIMEOUT: Duration = Duration::from_secs(10);

/// How long another keybelt may hold the other stores' lock: a person may be unlocking one.
const STORES_TIMEOUT: Duration = Duration::from_secs(75);

/// New contents are written under such a name first: the start, 16 random digits, the end.
const NEW_START: &str = ".tokens.json.";
const NEW_END: &str = ".new";

/// The file of tokens in one directory.
pub struct TokensFile {
    directory: PathBuf,
    path: PathBuf,
    notices: Mutex<Vec<String>>,
}

impl TokensFile {
    /// Takes the file in a directory; neither need be there.
    pub fn at(directory: PathBuf) -> Self {
        Self { path: directory.join(FILE_NAME), directory, notices: Mutex::default() }
    }

    /// Returns the file's path.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Returns what the user should be told, once: files that others could read.
    pub fn take_notices(&self) -> Vec<String> {
        std::mem::take(&mut self.notices.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Reads everything; a missing file or directory is empty.
    pub fn read(&self) -> Result<Tokens, Failure> {
        let bytes = self.bytes()?;
        bytes.map_or_else(|| Ok(Tokens::empty()), |bytes| self.parse(&bytes))
    }

    /// Skims the file for one host's entry.
    pub fn quick_read(&self) -> Result<QuickRead, Failure> {
        let Some(bytes) = self.bytes()? else {
            return Ok(QuickRead::empty());
        };
        if bytes.len() as u64 > MAX_BYTES {
            return Err(DocumentError::TooLong.failure(&self.path));
        }
        QuickRead::new(bytes).map_err(|flaw| flaw.failure(&self.path))
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
        quick_read.find(host, account).map_err(|flaw| flaw.failure(&self.path))
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
        let directory = self.open_or_create()?;
        let _lock = lock(&directory, &self.directory)?;
        remove_stale(&directory);
        let bytes = self.with_notices(|notices| directory.read(MAX_BYTES, notices))?;
        let mut tokens = bytes.map_or_else(|| Ok(Tokens::empty()), |bytes| self.parse(&bytes))?;
        let before = tokens.clone();
        let answer = edit(&mut tokens)?;
        if tokens != before {
            write(&directory, tokens.to_text().as_bytes())
                .map_err(|error| directory::io_failure("write", &self.path, error))?;
        }
        Ok(answer)
    }

    /// Waits for one's turn at the stores outside the file; it is over when the answer is dropped. Such a store
    /// and the file cannot be changed at once, so nobody else may change them in between.
    pub fn lock_stores(&self) -> Result<File, Failure> {
        let directory = self.open_or_create()?;
        take_lock(&directory, &self.directory, STORES_LOCK_NAME, STORES_TIMEOUT)
    }

    fn bytes(&self) -> Result<Option<Vec<u8>>, Failure> {
        let Some(directory) = self.open()? else {
            return Ok(None);
        };
        self.sweep(&directory);
        self.with_notices(|notices| directory.read(MAX_BYTES, notices))
    }

    fn parse(&self, bytes: &[u8]) -> Result<Tokens, Failure> {
        if bytes.len() as u64 > MAX_BYTES {
            return Err(DocumentError::TooLong.failure(&self.path));
        }
        Tokens::parse(bytes).map_err(|flaw| flaw.failure(&self.path))
    }

    fn open(&self) -> Result<Option<Directory>, Failure> {
        self.with_notices(|notices| Directory::open(&self.directory, FILE_NAME, notices))
    }

    fn open_or_create(&self) -> Result<Directory, Failure> {
        if let Some(directory) = self.open()? {
            return Ok(directory);
        }
        self.with_notices(|notices| Directory::create(&self.directory, notices))?;
        self.open()?.ok_or_else(|| {
            let path = shorten_home(&self.directory);
            Failure::general(format!("`{path}` was removed while keybelt was creating it"))
        })
    }

    fn with_notices<T>(&self, run: impl FnOnce(&mut Vec<String>) -> T) -> T {
        run(&mut self.notices.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// Takes the lock of everything in the directory; it is given back when the file is dropped.
pub(super) fn lock(directory: &Directory, at: &Path) -> Result<File, Failure> {
    take_lock(directory, at, LOCK_NAME, LOCK_TIMEOUT)
}

fn take_lock(
    directory: &Directory,
    at: &Path,
    name: &str,
    timeout: Duration,
) -> Result<File, Failure> {
    let path = at.join(name);
    let cannot = |error| directory::io_failure("lock", &path, error);
    let file = directory.open_lock(name).map_err(cannot)?;
    let start = Instant::now();
    let mut pause = Duration::from_millis(1);
    loop {
        match file.try_lock() {
            Ok(()) => return Ok(file),
            Err(TryLockError::Error(error)) => return Err(cannot(error)),
            Err(TryLockError::WouldBlock) if start.elapsed() >= timeout => {
                return Err(Failure::general(format!(
                    "`{}` has been locked by another keybelt process for {} seconds",
                    shorten_home(&path),
                    timeout.as_secs()
                ))
                .hint("wait for it, or end it, and run this again"));
            }
            Err(TryLockError::WouldBlock) => std::thread::sleep(pause),
        }
        pause = (pause * 2).min(Duration::from_millis(16));
    }
}

impl TokensFile {
    /// Removes what a killed keybelt left behind, unless another one is writing just now. A reader does so
    /// too: what is left behind may hold a token.
    fn sweep(&self, directory: &Directory) {
        let stale = directory.names().is_ok_and(|names| names.iter().any(|name| is_new(name)));
        if !stale {
            return;
        }
        if let Ok(lock) = directory.open_lock(LOCK_NAME)
            && lock.try_lock().is_ok()
        {
            remove_stale(directory);
        }
    }
}

/// Removes unfinished files; only the holder of the lock may, for only it could be writing one.
pub(super) fn remove_stale(directory: &Directory) {
    for name in directory.names().unwrap_or_default() {
        if is_new(&name) {
            // What cannot be removed is not ours, or the disk is read-only and the write will say so.
            let _ = directory.remove(&name);
        }
    }
}

fn is_new(name: &str) -> bool {
    name.starts_with(NEW_START) && name.ends_with(NEW_END)
}

/// Writes a file beside the old one and puts it in its place.
pub(super) fn write(directory: &Directory, bytes: &[u8]) -> io::Result<()> {
    let (name, mut file) = create_new(directory)?;
    let written = file
        .write_all(bytes)
        .and_then(|()| file.sync_all())
        .and_then(|()| directory.rename(&name, directory.file_name()));
    if let Err(error) = written {
        let _ = directory.remove(&name);
        return Err(error);
    }
    // The new file is in its place and will be read, so a disk that does not confirm the rename is no
    // reason to say that nothing was stored. Some file systems cannot confirm it at all.
    let _ = directory.sync();
    Ok(())
}

fn create_new(directory: &Directory) -> io::Result<(String, File)> {
    let mut tries = 0;
    loop {
        let random = std::hash::RandomState::new().build_hasher().finish();
        let name = format!("{NEW_START}{random:016x}{NEW_END}");
        match directory.create_new(&name) {
            Ok(file) => return Ok((name, file)),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists && tries < 8 => tries += 1,
            Err(error) => return Err(error),
        }
    }
}

#[cfg(test)]
mod tests;
