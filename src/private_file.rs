//! Files that commands write and read: recovery codes and the note of a running sandbox, which nobody else
//! may read, and pages, which anybody may.
//!
//! A private file is created fresh, never opened where one exists, and removed again unless something was
//! written. Tokens are kept elsewhere, in the store.

use std::fs::{DirBuilder, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use secrecy::{ExposeSecret, SecretString};

use crate::signal;

/// A fresh, empty, private file; it goes away with this value, or with a signal, until it is written.
#[derive(Debug)]
pub struct PrivateFile {
    path: PathBuf,
    file: File,
    cleanup: Option<signal::Cleanup>,
}

impl PrivateFile {
    /// Creates the file with mode 0600.
    pub fn create(path: &Path) -> io::Result<Self> {
        let file = create_new(path)?;
        let doomed = path.to_owned();
        let cleanup = signal::cleanup_on_signal(move || drop(std::fs::remove_file(doomed)));
        Ok(Self { path: path.to_owned(), file, cleanup: Some(cleanup) })
    }

    /// Writes the text down to the disk; from now on the file stays, whatever comes.
    ///
    /// # Errors
    /// If not all of it could be written, or the file is no longer where it was created.
    pub fn write(&mut self, text: &SecretString) -> io::Result<()> {
        self.cleanup = None;
        self.file.write_all(text.expose_secret().as_bytes())?;
        self.file.sync_all()?;
        // Written to a file that lost its name meanwhile, the text would be gone when we end.
        if is_still_at(&self.file, &self.path)? {
            Ok(())
        } else {
            Err(io::Error::new(io::ErrorKind::NotFound, "another file took its place"))
        }
    }

    /// Returns the path.
    pub fn path(&self) -> &Path {
        &self.path
    }
}

impl Drop for PrivateFile {
    fn drop(&mut self) {
        if self.cleanup.is_some() {
            // It is empty and ours; if it cannot be removed, it does no harm.
            let _ = std::fs::remove_file(&self.path);
        }
    }
}

/// Writes a page that anybody may read, into a directory that is made if need be. Returns its path.
pub fn write_page(directory: &Path, name: &str, text: &str) -> io::Result<PathBuf> {
    std::fs::create_dir_all(directory)?;
    let path = directory.join(name);
    std::fs::write(&path, text)?;
    Ok(path)
}

/// A directory for a short while, closed to others; it goes away with this value, or with a signal.
#[derive(Debug)]
pub struct TemporaryDirectory {
    directory: tempfile::TempDir,
    _cleanup: signal::Cleanup,
}

impl TemporaryDirectory {
    /// Makes a directory whose name begins so.
    pub fn create(prefix: &str) -> io::Result<Self> {
        let mut builder = tempfile::Builder::new();
        #[cfg(unix)]
        builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o700));
        let directory = builder.prefix(prefix).tempdir()?;
        let doomed = directory.path().to_owned();
        let cleanup = signal::cleanup_on_signal(move || drop(std::fs::remove_dir_all(doomed)));
        Ok(Self { directory, _cleanup: cleanup })
    }

    /// Returns the path.
    pub fn path(&self) -> &Path {
        self.directory.path()
    }

    /// Returns the text of a file in it; a missing one is empty.
    pub fn text_of(&self, name: &str) -> String {
        std::fs::read_to_string(self.path().join(name)).unwrap_or_default()
    }
}

/// Removes a file's directory if the process ends before its owner has dropped it, as a signal or a closed
/// stdout makes it.
#[cfg(feature = "sandbox")]
pub fn remove_directory_of(file: &str) -> Option<signal::Cleanup> {
    let doomed = Path::new(file).parent()?.to_owned();
    Some(signal::cleanup_on_signal(move || {
        drop(std::fs::remove_dir_all(doomed));
    }))
}

/// Puts a text into a private file in a private directory, in place of an earlier one.
pub fn replace(directory: &Path, name: &str, text: &str) -> io::Result<()> {
    create_directory(directory)?;
    if !is_private(directory)? {
        return Err(io::Error::new(
            io::ErrorKind::PermissionDenied,
            "the directory is not private",
        ));
    }
    let mut fresh = tempfile::NamedTempFile::new_in(directory)?;
    fresh.write_all(text.as_bytes())?;
    fresh.persist(directory.join(name)).map_err(|error| error.error)?;
    Ok(())
}

/// Reads a file of a private directory, at most 64 KiB; `None` if it is not there.
pub fn read(directory: &Path, name: &str) -> io::Result<Option<String>> {
    use io::Read;
    let file = match File::open(directory.join(name)) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        file => file?,
    };
    if !is_private(directory)? {
        return Err(io::Error::new(
            io::ErrorKind::PermissionDenied,
            "the directory is not private",
        ));
    }
    let mut text = String::new();
    file.take(64 * 1024).read_to_string(&mut text)?;
    Ok(Some(text))
}

#[cfg(unix)]
fn create_new(path: &Path) -> io::Result<File> {
    use std::os::unix::fs::OpenOptionsExt;
    OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)
}

#[cfg(not(unix))]
fn create_new(path: &Path) -> io::Result<File> {
    OpenOptions::new().write(true).create_new(true).open(path)
}

/// Returns whether the path still leads to this very file.
#[cfg(unix)]
fn is_still_at(file: &File, path: &Path) -> io::Result<bool> {
    use std::os::unix::fs::MetadataExt;
    let (ours, found) = (file.metadata()?, std::fs::symlink_metadata(path)?);
    Ok((ours.dev(), ours.ino()) == (found.dev(), found.ino()))
}

#[cfg(not(unix))]
fn is_still_at(_: &File, path: &Path) -> io::Result<bool> {
    path.try_exists()
}

fn create_directory(directory: &Path) -> io::Result<()> {
    #[cfg_attr(not(unix), expect(unused_mut, reason = "only Unix sets a mode"))]
    let mut builder = DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    match builder.create(directory) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(()),
        outcome => outcome,
    }
}

/// Returns whether the directory itself (not what a link points to) is ours and closed to others.
#[cfg(unix)]
fn is_private(directory: &Path) -> io::Result<bool> {
    use std::os::unix::fs::MetadataExt;
    let found = std::fs::symlink_metadata(directory)?;
    let ours = found.uid() == rustix::process::geteuid().as_raw();
    Ok(found.is_dir() && ours && found.mode() & 0o077 == 0)
}

#[cfg(not(unix))]
fn is_private(directory: &Path) -> io::Result<bool> {
    Ok(std::fs::symlink_metadata(directory)?.is_dir())
}
