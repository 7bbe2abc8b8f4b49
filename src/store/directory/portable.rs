//! The directory on systems without Unix owners and modes.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use super::failure;
use crate::failure::Failure;

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
    pub fn create(directory: &Path) -> Result<(), Failure> {
        fs::create_dir_all(directory).map_err(|error| failure("make", directory, error))
    }

    /// Returns the name of the file.
    pub fn file_name(&self) -> &str {
        &self.name
    }

    /// Reads the file, `limit` bytes and one at most; `None` if it is not there.
    pub fn read(&self, limit: u64, _notices: &mut Vec<String>) -> Result<Option<Vec<u8>>, Failure> {
        let path = self.path.join(&self.name);
        let read = || {
            let mut bytes = Vec::new();
            File::open(&path)?.take(limit + 1).read_to_end(&mut bytes)?;
            Ok(bytes)
        };
        match read() {
            Ok(bytes) => Ok(Some(bytes)),
            Err(error) if io::Error::kind(&error) == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(failure("read", &path, error)),
        }
    }

    /// Creates a file that is not there yet.
    pub fn create_new(&self, name: &str) -> io::Result<File> {
        OpenOptions::new().write(true).create_new(true).open(self.path.join(name))
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

    /// Puts a file in the place of another.
    pub fn rename(&self, from: &str, to: &str) -> io::Result<()> {
        fs::rename(self.path.join(from), self.path.join(to))
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
