//! A text file of another tool's: read within bounds and without waiting, written beside and renamed.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::private_file;

/// The largest file that is read, in bytes.
const MAX_BYTES: u64 = 1024 * 1024;

/// Reads a plain file; `None` if it is not there.
pub(super) fn read(path: &Path) -> io::Result<Option<String>> {
    match private_file::read_plain(path, MAX_BYTES) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        bytes => {
            let text = String::from_utf8(bytes?);
            text.map(Some).map_err(|_| io::Error::other("it is not UTF-8 text"))
        }
    }
}

/// Returns where a link leads that leads nowhere.
pub(super) fn dangling(path: &Path) -> Option<PathBuf> {
    let is_link = fs::symlink_metadata(path).is_ok_and(|found| found.is_symlink());
    (is_link && fs::metadata(path).is_err()).then(|| fs::read_link(path).ok()).flatten()
}

/// Who may read a file that was there before; a fresh one is private.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Access {
    /// Only its owner: the file is there for tokens.
    Private,
    /// Whoever could before.
    AsBefore,
}

/// Puts a text in the place of a file's. A link is kept, for people keep such files in a repository of dot
/// files.
pub(super) fn replace(path: &Path, text: &str, access: Access) -> io::Result<()> {
    if dangling(path).is_some() {
        return Err(io::Error::other("it is a link to a file that is not there"));
    }
    let (path, mode) = match fs::canonicalize(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => (path.to_owned(), None),
        found => {
            let found = found?;
            let mode = fs::metadata(&found)?.permissions();
            (found, Some(mode))
        }
    };
    let directory = path.parent().ok_or(io::ErrorKind::NotFound)?;
    let mut fresh = tempfile::NamedTempFile::new_in(directory)?;
    fresh.write_all(text.as_bytes())?;
    if let Some(mode) = mode.filter(|_| access == Access::AsBefore) {
        fresh.as_file().set_permissions(mode)?;
    }
    fresh.as_file().sync_all()?;
    fresh.persist(&path).map_err(|error| error.error)?;
    Ok(())
}

/// Creates a directory and those above it, which only we may write to whatever the umask says. Returns those
/// that were not there, the outermost first.
pub(super) fn create_directories(path: &Path) -> io::Result<Vec<PathBuf>> {
    let missing: Vec<_> = path.ancestors().take_while(|path| !path.exists()).collect();
    let mut made = Vec::new();
    for path in missing.into_iter().rev() {
        match create_directory(path) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => continue,
            outcome => outcome?,
        }
        // A umask may have taken away our own rights.
        #[cfg(unix)]
        fs::set_permissions(path, std::os::unix::fs::PermissionsExt::from_mode(0o700))?;
        made.push(path.to_owned());
    }
    Ok(made)
}

#[cfg(unix)]
fn create_directory(path: &Path) -> io::Result<()> {
    use std::os::unix::fs::DirBuilderExt;
    std::fs::DirBuilder::new().mode(0o700).create(path)
}

#[cfg(not(unix))]
fn create_directory(path: &Path) -> io::Result<()> {
    fs::create_dir(path)
}
