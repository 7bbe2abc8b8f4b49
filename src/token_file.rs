//! A file that a new token goes to: the value alone, private, whole or not at all.
//!
//! All that can fail does so before there is a token: the file is written beside its place, as long as the longest
//! token is, and given the owner and mode of the one that it will replace. Whose token that one holds is not known
//! here.

use std::fs::{File, Metadata};
use std::io::{self, Seek, Write};
use std::path::{Path, PathBuf};

use secrecy::{ExposeSecret, SecretString};
use tempfile::NamedTempFile;

use crate::failure::Failure;
use crate::signal;
use crate::text;
use crate::token::Token;

/// The name of a file that is not in its place yet: the start, the final name, some random letters, the end.
const START: &str = ".";
const END: &str = ".keybelt-new";

/// A file that waits beside its place. It goes away with this value, or with a signal, until it is written.
#[derive(Debug)]
pub struct TokenFile {
    path: PathBuf,
    fresh: NamedTempFile,
    /// What is in its place now.
    old: Option<Identity>,
    _cleanup: signal::Cleanup,
}

impl TokenFile {
    /// Makes the file, beside its place; one that is there already is only replaced if that is meant.
    pub fn prepare(path: &Path, replace: bool) -> Result<Self, Failure> {
        let shown = shown(path);
        let failed = |error: io::Error| {
            Failure::general(format!("cannot write {shown}; no token was created")).because(error)
        };
        let old = match std::fs::symlink_metadata(path) {
            Ok(found) => Some(found),
            Err(error) if error.kind() == io::ErrorKind::NotFound => None,
            Err(error) => return Err(failed(error)),
        };
        if let Some(old) = &old {
            require_replaceable(path, old, replace)?;
        }
        let (directory, name) = place(path)?;
        sweep(directory, name);
        let fresh = create_beside(directory, name).map_err(failed)?;
        let doomed = fresh.path().to_owned();
        let cleanup = signal::cleanup_on_signal(move || drop(std::fs::remove_file(doomed)));
        reserve(fresh.as_file()).map_err(failed)?;
        if let Some(old) = &old {
            take_after(fresh.as_file(), old).map_err(|error| {
                failed(error)
                    .hint("its owner, group and mode must be kept, and may not be given by you")
            })?;
        }
        let old = old.as_ref().map(Identity::of);
        Ok(Self { path: path.to_owned(), fresh, old, _cleanup: cleanup })
    }

    /// Returns the path.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Returns whether there is a file that this one will replace.
    pub fn replaces(&self) -> bool {
        self.old.is_some()
    }

    /// Writes the value down to the disk and puts the file in its place.
    ///
    /// # Errors
    /// If that was not possible: nobody can have read the value then.
    pub fn write(mut self, value: &SecretString) -> io::Result<()> {
        let file = self.fresh.as_file_mut();
        file.rewind()?;
        file.write_all(value.expose_secret().as_bytes())?;
        file.set_len(value.expose_secret().len() as u64)?;
        file.sync_all()?;
        match &self.old {
            None => self.fresh.persist_noclobber(&self.path),
            Some(old) if std::fs::symlink_metadata(&self.path).is_ok_and(|it| old.is_of(&it)) => {
                self.fresh.persist(&self.path)
            }
            Some(_) => return Err(io::Error::other("another file took its place")),
        }?;
        // It is in its place; some file systems cannot confirm that.
        let _ = place(&self.path).map(|(directory, _)| File::open(directory)?.sync_all());
        Ok(())
    }
}

fn shown(path: &Path) -> String {
    format!("`{}`", text::escape(&path.to_string_lossy()))
}

/// Returns the directory and the name in it.
fn place(path: &Path) -> Result<(&Path, &str), Failure> {
    let name = path.file_name().and_then(|name| name.to_str());
    let name = name.ok_or_else(|| {
        Failure::usage(format!("{} does not name a file", shown(path)))
            .hint("give --to-file the path of a file")
    })?;
    let directory = path.parent().filter(|it| !it.as_os_str().is_empty());
    Ok((directory.unwrap_or_else(|| Path::new(".")), name))
}

/// Fails if a file that is there shall or may not be replaced: another name or another place would keep the old
/// token.
fn require_replaceable(path: &Path, old: &Metadata, replace: bool) -> Result<(), Failure> {
    let shown = shown(path);
    let refuse = |why: &str| {
        Err(Failure::usage(format!("{shown} {why}, and is not replaced; no token was created"))
            .hint("give --to-file the path of a plain file of its own"))
    };
    if old.is_symlink() {
        return refuse("is a link");
    }
    if !old.is_file() {
        return refuse("is not a plain file");
    }
    if !replace {
        return Err(Failure::usage(format!("{shown} exists already; no token was created"))
            .hint("replace it with --replace"));
    }
    if has_other_names(old) {
        return refuse("has another name, a hard link,");
    }
    if is_mount_point(path) {
        return refuse("is a mount point");
    }
    Ok(())
}

fn create_beside(directory: &Path, name: &str) -> io::Result<NamedTempFile> {
    loop {
        let prefix = format!("{START}{name}.");
        let fresh = tempfile::Builder::new().prefix(&prefix).suffix(END).tempfile_in(directory)?;
        #[cfg(windows)]
        crate::windows::close_to_others(fresh.path())?;
        // The lock says that it is in use. Before it was taken, another keybelt may have swept the file away.
        fresh.as_file().try_lock()?;
        if fresh.path().try_exists()? {
            return Ok(fresh);
        }
    }
}

/// Removes what killed processes left beside this file: a token may be in it.
fn sweep(directory: &Path, name: &str) {
    let start = format!("{START}{name}.");
    for entry in std::fs::read_dir(directory).into_iter().flatten().flatten() {
        let is_ours = entry
            .file_name()
            .to_str()
            .is_some_and(|found| found.starts_with(&start) && found.ends_with(END));
        let is_plain = entry.file_type().is_ok_and(|kind| kind.is_file());
        if is_ours && is_plain && File::open(entry.path()).is_ok_and(|it| it.try_lock().is_ok()) {
            let _ = std::fs::remove_file(entry.path());
        }
    }
}

/// Takes the room that the longest token needs.
fn reserve(mut file: &File) -> io::Result<()> {
    file.write_all(&[b' '; Token::MAX_BYTES])?;
    file.sync_all()
}

/// What tells one file from another in the same place.
#[derive(Debug, PartialEq, Eq)]
struct Identity {
    #[cfg(unix)]
    device: u64,
    #[cfg(unix)]
    number: u64,
}

#[cfg(unix)]
impl Identity {
    fn of(file: &Metadata) -> Self {
        use std::os::unix::fs::MetadataExt;
        Self { device: file.dev(), number: file.ino() }
    }

    fn is_of(&self, file: &Metadata) -> bool {
        *self == Self::of(file)
    }
}

#[cfg(windows)]
impl Identity {
    fn of(_: &Metadata) -> Self {
        Self {}
    }

    fn is_of(&self, file: &Metadata) -> bool {
        file.is_file()
    }
}

/// Gives a file the owner, group and mode of another, but no right that others have, nor the group to write.
#[cfg(unix)]
fn take_after(file: &File, old: &Metadata) -> io::Result<()> {
    use std::os::unix::fs::{MetadataExt, PermissionsExt, fchown};
    let now = file.metadata()?;
    let owner = (now.uid() != old.uid()).then(|| old.uid());
    let group = (now.gid() != old.gid()).then(|| old.gid());
    if owner.is_some() || group.is_some() {
        fchown(file, owner, group)?;
    }
    file.set_permissions(PermissionsExt::from_mode(old.mode() & 0o640))
}

#[cfg(windows)]
fn take_after(_: &File, _: &Metadata) -> io::Result<()> {
    Ok(())
}

#[cfg(unix)]
fn has_other_names(file: &Metadata) -> bool {
    std::os::unix::fs::MetadataExt::nlink(file) > 1
}

#[cfg(windows)]
fn has_other_names(_: &Metadata) -> bool {
    false
}

/// Returns whether something is mounted at a file, as containers have it: it cannot be replaced.
#[cfg(target_os = "linux")]
fn is_mount_point(path: &Path) -> bool {
    use rustix::fs::{AtFlags, CWD, StatxAttributes, StatxFlags, statx};
    statx(CWD, path, AtFlags::SYMLINK_NOFOLLOW, StatxFlags::BASIC_STATS)
        .is_ok_and(|it| it.stx_attributes.contains(StatxAttributes::MOUNT_ROOT))
}

/// Elsewhere only what is on another device than its directory is seen to be mounted.
#[cfg(all(unix, not(target_os = "linux")))]
fn is_mount_point(path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let device = |path: &Path| std::fs::symlink_metadata(path).map(|it| it.dev()).ok();
    place(path).is_ok_and(|(directory, _)| device(path) != device(directory))
}

#[cfg(windows)]
fn is_mount_point(_: &Path) -> bool {
    false
}
