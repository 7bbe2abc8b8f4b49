//! Files that commands write and read: recovery codes and the note of a running sandbox, which nobody else
//! may read, and pages, which anybody may.
//!
//! A private file is created fresh, never opened where one exists, and removed again unless something was
//! written. Tokens are kept elsewhere, in the store.

use std::fs::{DirBuilder, File, OpenOptions};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::mpsc::sync_channel;
use std::thread;
use std::time::Duration;

use secrecy::{ExposeSecret, SecretString};

use crate::signal;

/// How long a file may take to be read.
const READ_TIMEOUT: Duration = Duration::from_secs(5);

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
        #[cfg(windows)]
        crate::windows::close_to_others(directory.path())?;
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

/// Reads a file of a private directory, at most 64 KiB; `None` if it is not there. The directory is looked at first,
/// and no link is followed: in somebody else's directory nothing is opened.
pub fn read(directory: &Path, name: &str) -> io::Result<Option<String>> {
    match is_private(directory) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Ok(true) => {}
        Ok(false) => {
            let why = "the directory is not private";
            return Err(io::Error::new(io::ErrorKind::PermissionDenied, why));
        }
        Err(error) => return Err(error),
    }
    let path = directory.join(name);
    match std::fs::symlink_metadata(&path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Ok(found) if found.is_symlink() => return Err(io::Error::other("it is a link")),
        _ => {}
    }
    let bytes = read_plain(&path, 64 * 1024)?;
    String::from_utf8(bytes).map(Some).map_err(|_| io::ErrorKind::InvalidData.into())
}

/// How much of a first line says what a file is.
const FIRST_LINE: usize = 128;

/// Reads a file that an option, a variable or a setting names: the one reader for everything named from outside.
///
/// It must be a plain file (or a link to one) of at most `limit` bytes, and be read within seconds: a pipe, a device
/// or a file system that does not answer is an error, and never waited for. The error says which of these it is, and
/// quotes nothing of the file.
pub fn read_plain(path: &Path, limit: u64) -> io::Result<Vec<u8>> {
    Ok(read_plain_unless(path, limit, |_| false)?.unwrap_or_default())
}

/// Reads such a file unless `is_secret` says of its first line that nothing more of it may be read; `None` then.
pub fn read_plain_unless(
    path: &Path,
    limit: u64,
    is_secret: fn(&[u8]) -> bool,
) -> io::Result<Option<Vec<u8>>> {
    let (sender, receiver) = sync_channel(1);
    let path = path.to_owned();
    // A file system that hangs cannot be interrupted; its thread is left behind.
    let run = move || drop(sender.send(read_plain_file(&path, limit, is_secret)));
    thread::Builder::new().spawn(run)?;
    receiver.recv_timeout(READ_TIMEOUT).unwrap_or_else(|_| {
        let seconds = READ_TIMEOUT.as_secs();
        Err(io::Error::new(io::ErrorKind::TimedOut, format!("no answer within {seconds} seconds")))
    })
}

fn read_plain_file(
    path: &Path,
    limit: u64,
    is_secret: fn(&[u8]) -> bool,
) -> io::Result<Option<Vec<u8>>> {
    let not_plain = || io::Error::other("it is not a plain file");
    // Opening alone may block, or rewind a tape.
    if !std::fs::metadata(path)?.is_file() {
        return Err(not_plain());
    }
    let mut file = open_for_reading(path)?;
    if !file.metadata()?.is_file() {
        return Err(not_plain());
    }
    let mut bytes = read_line(&mut file)?;
    if is_secret(&bytes) {
        return Ok(None);
    }
    let left = (limit + 1).saturating_sub(bytes.len() as u64);
    file.take(left).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > limit {
        return Err(io::Error::other(format!("it is larger than {} KiB", limit / 1024)));
    }
    Ok(Some(bytes))
}

/// Reads a line of at most so many bytes as a key's first line has, and not a byte of the next one.
fn read_line(file: &mut File) -> io::Result<Vec<u8>> {
    let (mut line, mut byte) = (Vec::new(), [0]);
    while line.len() < FIRST_LINE && !line.ends_with(b"\n") && file.read(&mut byte)? == 1 {
        line.push(byte[0]);
    }
    Ok(line)
}

#[cfg(unix)]
fn open_for_reading(path: &Path) -> io::Result<File> {
    use rustix::fs::OFlags;
    use std::os::unix::fs::OpenOptionsExt;
    let flags = (OFlags::NONBLOCK | OFlags::NOCTTY).bits().cast_signed();
    OpenOptions::new().read(true).custom_flags(flags).open(path)
}

#[cfg(not(unix))]
fn open_for_reading(path: &Path) -> io::Result<File> {
    File::open(path)
}

#[cfg(unix)]
fn create_new(path: &Path) -> io::Result<File> {
    use std::os::unix::fs::OpenOptionsExt;
    OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)
}

#[cfg(windows)]
fn create_new(path: &Path) -> io::Result<File> {
    let file = OpenOptions::new().write(true).create_new(true).open(path)?;
    crate::windows::close_to_others(path).inspect_err(|_| drop(std::fs::remove_file(path)))?;
    Ok(file)
}

/// Returns whether the path still leads to this very file.
#[cfg(unix)]
fn is_still_at(file: &File, path: &Path) -> io::Result<bool> {
    use std::os::unix::fs::MetadataExt;
    let (ours, found) = (file.metadata()?, std::fs::symlink_metadata(path)?);
    Ok((ours.dev(), ours.ino()) == (found.dev(), found.ino()))
}

#[cfg(windows)]
fn is_still_at(_: &File, path: &Path) -> io::Result<bool> {
    path.try_exists()
}

fn create_directory(directory: &Path) -> io::Result<()> {
    #[cfg_attr(windows, expect(unused_mut, reason = "only Unix sets a mode"))]
    let mut builder = DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    match builder.create(directory) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(()),
        #[cfg(windows)]
        Ok(()) => crate::windows::close_to_others(directory),
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

#[cfg(windows)]
fn is_private(directory: &Path) -> io::Result<bool> {
    Ok(std::fs::symlink_metadata(directory)?.is_dir())
}

#[cfg(all(test, unix))]
mod tests {
    use super::{read, read_plain};
    use std::path::Path;

    fn refusal(path: &Path, limit: u64) -> String {
        read_plain(path, limit).expect_err("it is refused").to_string()
    }

    #[test]
    fn what_is_no_plain_file_of_some_length_is_refused_and_not_waited_for() {
        let place = tempfile::tempdir().expect("a directory");
        let at = |name: &str| place.path().join(name);
        std::fs::write(at("file"), "abc").expect("written");
        std::os::unix::fs::symlink(at("file"), at("link")).expect("linked");
        for name in ["file", "link"] {
            assert_eq!(read_plain(&at(name), 3).ok().as_deref(), Some(&b"abc"[..]), "{name}");
        }
        assert_eq!(refusal(&at("file"), 2), "it is larger than 0 KiB");
        let made = std::process::Command::new("mkfifo").arg(at("pipe")).status();
        assert!(made.expect("mkfifo runs").success());
        std::os::unix::fs::symlink(at("pipe"), at("to-pipe")).expect("linked");
        let odd = [at("pipe"), at("to-pipe"), place.path().to_owned(), "/dev/zero".into()];
        for odd in odd {
            assert_eq!(refusal(&odd, 9), "it is not a plain file", "{}", odd.display());
        }
        let missing = read_plain(&at("missing"), 9).expect_err("it is not there");
        assert_eq!(missing.kind(), std::io::ErrorKind::NotFound);
    }

    /// Another user may have made the directory, with a pipe in it (found in `sandbox code`).
    #[test]
    fn in_a_directory_that_others_may_enter_nothing_is_opened() {
        use std::os::unix::fs::PermissionsExt;
        let place = tempfile::tempdir().expect("a directory");
        let made = std::process::Command::new("mkfifo").arg(place.path().join("note")).status();
        assert!(made.expect("mkfifo runs").success());
        let open = |mode| std::fs::set_permissions(place.path(), PermissionsExt::from_mode(mode));
        for (mode, why) in
            [(0o755, "the directory is not private"), (0o700, "it is not a plain file")]
        {
            open(mode).expect("it is ours");
            let error = read(place.path(), "note").expect_err("it is refused");
            assert_eq!(error.to_string(), why);
        }
        assert!(read(&place.path().join("none"), "note").expect("nothing").is_none());
    }
}
