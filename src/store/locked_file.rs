//! A file of ours in keybelt's directory, changed under one lock and all at once.
//!
//! A change re-reads the file under the lock, so that nobody's change is lost, and puts a new file in the place of
//! the old one, so that readers need no lock and never see half of it. Whatever fails leaves the old file as it was.
//! Nothing slow may happen in a change: no request, no question, no keyring.

use std::fs::{File, TryLockError};
use std::hash::{BuildHasher, Hasher};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use super::directory::{self, Directory};
use crate::environment::shorten_home;
use crate::failure::Failure;

/// The lock of every file in the directory.
pub(super) const LOCK_NAME: &str = "tokens.lock";

/// How long another keybelt may hold it, under which nothing slow happens.
const LOCK_TIMEOUT: Duration = Duration::from_secs(10);

/// New contents are written under such a name first: the start, 16 random digits, the end.
const NEW_START: &str = ".tokens.json.";
const NEW_END: &str = ".new";

/// A file in one directory.
pub(super) struct LockedFile {
    directory: PathBuf,
    path: PathBuf,
    name: &'static str,
    /// The most bytes that are read, and one more.
    limit: u64,
    notices: Mutex<Vec<String>>,
}

impl LockedFile {
    /// Takes the file in a directory; neither need be there.
    pub fn at(directory: PathBuf, name: &'static str, limit: u64) -> Self {
        Self { path: directory.join(name), directory, name, limit, notices: Mutex::default() }
    }

    /// Returns the file's path.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Returns what the user should be told, once: files that others could read.
    pub fn take_notices(&self) -> Vec<String> {
        self.with_notices(std::mem::take)
    }

    /// Reads the file; `None` if there is none, or no directory.
    pub fn read(&self) -> Result<Option<Vec<u8>>, Failure> {
        let Some(directory) = self.open()? else {
            return Ok(None);
        };
        self.read_in(&directory)
    }

    /// Removes what a killed keybelt left behind, which may hold a token, and reads the file.
    pub fn sweep_and_read(&self) -> Result<Option<Vec<u8>>, Failure> {
        let Some(directory) = self.open()? else {
            return Ok(None);
        };
        sweep(&directory);
        self.read_in(&directory)
    }

    /// Changes the file under the lock. `edit` is given what is in it, and returns what shall be, `None` for no change.
    ///
    /// # Errors
    /// Those of `edit`, and a failure if the lock is not to be had in 10 seconds or the file can be neither read nor
    /// written; then it is as it was.
    pub fn change<T>(
        &self,
        edit: impl FnOnce(Option<Vec<u8>>) -> Result<(T, Option<String>), Failure>,
    ) -> Result<T, Failure> {
        let directory = self.open_or_create()?;
        let _lock = self.take_lock(&directory, LOCK_NAME, LOCK_TIMEOUT)?;
        remove_stale(&directory);
        let (answer, text) = edit(self.read_in(&directory)?)?;
        if let Some(text) = text {
            write(&directory, text.as_bytes())
                .map_err(|error| directory::io_failure("write", &self.path, error))?;
        }
        Ok(answer)
    }

    /// Waits for another lock in the directory; it is given back when the answer is dropped.
    pub fn lock(&self, name: &str, timeout: Duration) -> Result<File, Failure> {
        self.take_lock(&self.open_or_create()?, name, timeout)
    }

    fn take_lock(
        &self,
        directory: &Directory,
        name: &str,
        timeout: Duration,
    ) -> Result<File, Failure> {
        let path = self.directory.join(name);
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
                    .hint("wait for it or stop it, then run this again"));
                }
                Err(TryLockError::WouldBlock) => std::thread::sleep(pause),
            }
            pause = (pause * 2).min(Duration::from_millis(16));
        }
    }

    fn open(&self) -> Result<Option<Directory>, Failure> {
        self.with_notices(|notices| Directory::open(&self.directory, self.name, notices))
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

    fn read_in(&self, directory: &Directory) -> Result<Option<Vec<u8>>, Failure> {
        self.with_notices(|notices| directory.read(self.limit, notices))
    }

    fn with_notices<T>(&self, run: impl FnOnce(&mut Vec<String>) -> T) -> T {
        run(&mut self.notices.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// Removes unfinished files, unless another keybelt is writing one just now.
fn sweep(directory: &Directory) {
    let stale = directory.names().is_ok_and(|names| names.iter().any(|name| is_new(name)));
    if stale
        && let Ok(lock) = directory.open_lock(LOCK_NAME)
        && lock.try_lock().is_ok()
    {
        remove_stale(directory);
    }
}

/// Removes unfinished files; only the holder of the lock may, for only it could be writing one.
fn remove_stale(directory: &Directory) {
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
fn write(directory: &Directory, bytes: &[u8]) -> io::Result<()> {
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
