//! The directory on Windows, where access lists take the place of owners and modes.
//!
//! What others could read is closed, and the caller is told. The system's own protection of the user's profile
//! does the rest.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;

use super::{io_failure, is_open_to_others};
use crate::failure::Failure;
use crate::windows;

/// Leaves a file that others may read to its owner, and says so. One that cannot be looked at is not there, or
/// lies where there are no access lists.
fn close_file(path: &Path, notices: &mut Vec<String>) {
    let (Ok(list), Ok(user)) = (windows::access_list(path), windows::user()) else {
        return;
    };
    if !is_open_to_others(&list, &user) {
        return;
    }
    let closed = match windows::close_to_others(path) {
        Ok(()) => "could read it until now; permissions fixed",
        Err(_) => "can read it, and it cannot be closed",
    };
    notices.push(super::was_open(path, closed));
}

/// The longest pause between two tries to rename; all together are about twice that.
const RENAME_PATIENCE: Duration = Duration::from_secs(2);

/// Returns whether another program holds a file: it is shared with nobody, or locked, or access is denied because
/// of that.
fn is_in_use(error: &io::Error) -> bool {
    error.kind() == io::ErrorKind::PermissionDenied || matches!(error.raw_os_error(), Some(32 | 33))
}

/// A directory by its path.
pub struct Directory {
    path: PathBuf,
    name: String,
}

impl Directory {
    /// Opens the directory of `name`; `None` if it is not there.
    pub fn open(
        directory: &Path,
        name: &str,
        _notices: &mut Vec<String>,
    ) -> Result<Option<Self>, Failure> {
        Ok(directory.is_dir().then(|| Self { path: directory.to_owned(), name: name.to_owned() }))
    }

    /// Makes the directory.
    pub fn create(directory: &Path, _notices: &mut Vec<String>) -> Result<(), Failure> {
        fs::create_dir_all(directory)
            .and_then(|()| windows::close_to_others(directory))
            .map_err(|error| io_failure("make", directory, error))
    }

    /// Returns the name of the file.
    pub fn file_name(&self) -> &str {
        &self.name
    }

    /// Reads the file, `limit` bytes and one at most; `None` if it is not there.
    pub fn read(&self, limit: u64, notices: &mut Vec<String>) -> Result<Option<Vec<u8>>, Failure> {
        let path = self.path.join(&self.name);
        close_file(&path, notices);
        let read = || {
            let mut bytes = Vec::new();
            File::open(&path)?.take(limit + 1).read_to_end(&mut bytes)?;
            Ok(bytes)
        };
        match read() {
            Ok(bytes) => Ok(Some(bytes)),
            Err(error) if io::Error::kind(&error) == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(io_failure("read", &path, error)),
        }
    }

    /// Creates a file that is not there yet.
    pub fn create_new(&self, name: &str) -> io::Result<File> {
        let path = self.path.join(name);
        let file = OpenOptions::new().write(true).create_new(true).open(&path)?;
        // The directory may be one that others made, and open to them.
        windows::close_to_others(&path)?;
        Ok(file)
    }

    /// Opens the lock file, which is made if need be.
    pub fn open_lock(&self, name: &str) -> io::Result<File> {
        OpenOptions::new()
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .open(self.path.join(name))
    }

    /// Puts a file in the place of another. A virus scanner or an indexer may have either open for a moment.
    pub fn rename(&self, from: &str, to: &str) -> io::Result<()> {
        let (from, to) = (self.path.join(from), self.path.join(to));
        let mut pause = Duration::from_millis(1);
        loop {
            match fs::rename(&from, &to) {
                Err(error) if is_in_use(&error) && pause < RENAME_PATIENCE => thread::sleep(pause),
                outcome => return outcome,
            }
            pause *= 2;
        }
    }

    /// Removes a file.
    pub fn remove(&self, name: &str) -> io::Result<()> {
        fs::remove_file(self.path.join(name))
    }

    /// Returns the names of the files.
    pub fn names(&self) -> io::Result<Vec<String>> {
        let names = fs::read_dir(&self.path)?.filter_map(Result::ok);
        Ok(names.filter_map(|entry| entry.file_name().into_string().ok()).collect())
    }

    /// There is no way to do this here, and the file system does it in its own time.
    pub fn sync(&self) -> io::Result<()> {
        Ok(())
    }
}
