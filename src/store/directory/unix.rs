//! The directory on Unix: one open handle, and the rules on owners, modes and symbolic links.
//!
//! What others may write could be anybody's tokens, so it is refused. What others could only read is
//! closed, and the caller is told. A link is followed only if nobody else could have made or moved it.

use std::fs::{self, DirBuilder, File, Metadata, Permissions};
use std::io::{self, Read};
use std::os::unix::fs::{DirBuilderExt, MetadataExt, PermissionsExt};
use std::path::{Path, PathBuf};

use rustix::fs::{AtFlags, Mode, OFlags};
use rustix::io::Errno;

use super::io_failure;
use crate::environment::shorten_home;
use crate::failure::Failure;

/// More links than this in a row are a mistake or mischief.
const MAX_LINKS: usize = 8;

/// An open directory, and the name of the file in it that matters.
pub struct Directory {
    handle: File,
    path: PathBuf,
    name: String,
}

impl Directory {
    /// Opens the directory that really holds `name`; `None` if it is not there.
    pub fn open(
        directory: &Path,
        name: &str,
        notices: &mut Vec<String>,
    ) -> Result<Option<Self>, Failure> {
        let path = follow(directory)?;
        let Some(handle) = open_directory(&path)? else {
            return Ok(None);
        };
        check_directory(&handle, &path)?;
        close_directory(&handle, &path, notices)?;
        check_parent(&path)?;
        let stat = rustix::fs::statat(&handle, name, AtFlags::SYMLINK_NOFOLLOW);
        if !stat.is_ok_and(|stat| rustix::fs::FileType::from_raw_mode(stat.st_mode).is_symlink()) {
            let name = name.to_owned();
            return Ok(Some(Self { handle, path, name }));
        }
        Self::open_target(&path.join(name)).map(Some)
    }

    /// Opens the directory that a linked file lies in. It is not closed: other things may live there.
    fn open_target(link: &Path) -> Result<Self, Failure> {
        let target = follow(link)?;
        let (Some(path), Some(name)) = (target.parent(), target.file_name()) else {
            return Err(refused(link, "leads nowhere"));
        };
        let name =
            name.to_str().ok_or_else(|| refused(link, "leads to a name that is not text"))?;
        // The directory may be a link itself, as in a volume that is exchanged at once.
        let path = follow(path)?;
        let handle = open_directory(&path)?
            .ok_or_else(|| refused(link, "leads into a missing directory"))?;
        check_directory(&handle, &path)?;
        Ok(Self { handle, path, name: name.to_owned() })
    }

    /// Makes the directory and those above it, all of them private. Root is told if they are in the home of
    /// another user, who cannot use them.
    pub fn create(directory: &Path, notices: &mut Vec<String>) -> Result<(), Failure> {
        let path = follow(directory)?;
        let above = path.ancestors().skip(1).find_map(|above| fs::metadata(above).ok());
        let owner = above.map_or(0, |metadata| metadata.uid());
        if current_user() == 0 && owner != 0 {
            notices.push(format!(
                "root is creating `{}`, which user {owner} will not be able to use: set KEYBELT_CONFIG_DIR, or run `sudo chown -R {owner} '{}'` afterwards",
                shorten_home(&path),
                path.display()
            ));
        }
        DirBuilder::new()
            .recursive(true)
            .mode(0o700)
            .create(&path)
            .map_err(|error| io_failure("make", &path, error))
    }

    /// Returns the name of the file.
    pub fn file_name(&self) -> &str {
        &self.name
    }

    /// Reads the file, `limit` bytes and one at most; `None` if it is not there.
    pub fn read(&self, limit: u64, notices: &mut Vec<String>) -> Result<Option<Vec<u8>>, Failure> {
        let path = self.path.join(&self.name);
        // Without NONBLOCK a pipe in its place would keep us waiting for ever.
        let flags = OFlags::RDONLY | OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::CLOEXEC;
        let file = match rustix::fs::openat(&self.handle, &*self.name, flags, Mode::empty()) {
            Ok(file) => File::from(file),
            Err(Errno::NOENT) => return Ok(None),
            Err(error) => return Err(io_failure("read", &path, error.into())),
        };
        let read = |error| io_failure("read", &path, error);
        let metadata = file.metadata().map_err(read)?;
        if !metadata.is_file() {
            return Err(refused(&path, "is not a plain file"));
        }
        check_owner(&path, &metadata)?;
        check_writers(&path, &metadata)?;
        close_file(&file, &metadata, &path, notices);
        let mut bytes = Vec::with_capacity(usize::try_from(metadata.len().min(limit)).unwrap_or(0));
        file.take(limit + 1).read_to_end(&mut bytes).map_err(read)?;
        Ok(Some(bytes))
    }

    /// Creates a private file that is not there yet.
    pub fn create_new(&self, name: &str) -> io::Result<File> {
        let flags = OFlags::WRONLY | OFlags::CREATE | OFlags::EXCL | OFlags::CLOEXEC;
        let file = File::from(rustix::fs::openat(&self.handle, name, flags, private())?);
        // The umask may have taken bits away; it cannot have added any.
        file.set_permissions(Permissions::from_mode(0o600))
            .inspect_err(|_| drop(self.remove(name)))?;
        Ok(file)
    }

    /// Opens the lock file, which is made if need be.
    pub fn open_lock(&self, name: &str) -> io::Result<File> {
        let flags = OFlags::RDWR | OFlags::CREATE | OFlags::NOFOLLOW | OFlags::CLOEXEC;
        Ok(rustix::fs::openat(&self.handle, name, flags, private())?.into())
    }

    /// Puts a file in the place of another.
    pub fn rename(&self, from: &str, to: &str) -> io::Result<()> {
        Ok(rustix::fs::renameat(&self.handle, from, &self.handle, to)?)
    }

    /// Removes a file.
    pub fn remove(&self, name: &str) -> io::Result<()> {
        Ok(rustix::fs::unlinkat(&self.handle, name, AtFlags::empty())?)
    }

    /// Returns the names of the files.
    pub fn names(&self) -> io::Result<Vec<String>> {
        let mut names = Vec::new();
        for entry in rustix::fs::Dir::read_from(&self.handle)? {
            if let Ok(name) = entry?.file_name().to_str() {
                names.push(name.to_owned());
            }
        }
        Ok(names)
    }

    /// Makes sure that a rename outlives a power cut.
    pub fn sync(&self) -> io::Result<()> {
        self.handle.sync_all()
    }
}

fn private() -> Mode {
    Mode::RUSR | Mode::WUSR
}

fn current_user() -> u32 {
    rustix::process::geteuid().as_raw()
}

fn refused(path: &Path, why: &str) -> Failure {
    Failure::general(format!("refused: `{}` {why}", shorten_home(path)))
}

fn open_directory(path: &Path) -> Result<Option<File>, Failure> {
    let flags = OFlags::RDONLY | OFlags::DIRECTORY | OFlags::NOFOLLOW | OFlags::CLOEXEC;
    match rustix::fs::open(path, flags, Mode::empty()) {
        Ok(handle) => Ok(Some(handle.into())),
        Err(Errno::NOENT) => Ok(None),
        Err(error) => Err(not_opened(path, error.into())),
    }
}

/// Says whose a directory is that we may not open: root may have made it, in a home that is not root's.
fn not_opened(path: &Path, error: io::Error) -> Failure {
    let is_denied = error.kind() == io::ErrorKind::PermissionDenied;
    let failed = io_failure("open", path, error);
    let shut = path.ancestors().find_map(|at| Some((at, fs::symlink_metadata(at).ok()?.uid())));
    match shut.filter(|(_, owner)| is_denied && *owner != current_user()) {
        Some((at, owner)) => failed.adding(format!("it belongs to user {owner}")).hint(format!(
            "run `sudo chown -R {} '{}'`",
            current_user(),
            at.display()
        )),
        None => failed,
    }
}

fn check_directory(handle: &File, path: &Path) -> Result<(), Failure> {
    let metadata = handle.metadata().map_err(|error| io_failure("open", path, error))?;
    check_owner(path, &metadata)?;
    check_writers(path, &metadata)
}

/// Refuses what is neither ours nor root's.
fn check_owner(path: &Path, metadata: &Metadata) -> Result<(), Failure> {
    if metadata.uid() == current_user() || metadata.uid() == 0 {
        return Ok(());
    }
    Err(refused(path, "belongs to another user")
        .hint("under sudo, set KEYBELT_CONFIG_DIR to a directory of that user; otherwise move the file away"))
}

/// Refuses what others may write.
fn check_writers(path: &Path, metadata: &Metadata) -> Result<(), Failure> {
    if metadata.mode() & 0o022 == 0 {
        return Ok(());
    }
    Err(refused(path, "is writable by others")
        .hint(format!("check its contents, then run `chmod go-rwx '{}'`", path.display())))
}

/// Refuses a directory above ours in which others could exchange ours for their own.
fn check_parent(directory: &Path) -> Result<(), Failure> {
    let Some(parent) = directory.parent() else {
        return Ok(());
    };
    let metadata = fs::metadata(parent).map_err(|error| io_failure("open", parent, error))?;
    check_owner(parent, &metadata)?;
    let mode = metadata.mode();
    // With the sticky bit, as on /tmp, only the owner of a name may move it.
    let sticky = mode & 0o1000 != 0;
    // Many systems give each user a group of the same number; root's group is as good as root.
    let trusted_group = [current_user(), 0].contains(&metadata.gid());
    let writable = mode & 0o002 != 0 || (mode & 0o020 != 0 && !trusted_group);
    if writable && !sticky {
        let hint = format!("run `chmod go-w '{}'`", parent.display());
        return Err(refused(parent, "is writable by others").hint(hint));
    }
    Ok(())
}

/// Closes our directory to others.
fn close_directory(handle: &File, path: &Path, notices: &mut Vec<String>) -> Result<(), Failure> {
    let metadata = handle.metadata().map_err(|error| io_failure("open", path, error))?;
    if metadata.mode() & 0o077 == 0 {
        return Ok(());
    }
    let shown = shorten_home(path);
    notices.push(match handle.set_permissions(Permissions::from_mode(0o700)) {
        Ok(()) => format!("`{shown}` was readable by others; permissions fixed"),
        Err(_) => format!("others can look into `{shown}`, and it cannot be closed"),
    });
    Ok(())
}

/// Closes the file to others and says what that means.
fn close_file(file: &File, metadata: &Metadata, path: &Path, notices: &mut Vec<String>) {
    if metadata.mode() & 0o077 == 0 {
        return;
    }
    let closed = match file.set_permissions(Permissions::from_mode(0o600)) {
        Ok(()) => "could read it until now; permissions fixed",
        Err(_) => "can read it, and it cannot be closed",
    };
    notices.push(super::was_open(path, closed));
}

/// Follows symbolic links, each of which must be ours, lie in a directory of ours and lead into one.
fn follow(path: &Path) -> Result<PathBuf, Failure> {
    let mut place = path.to_owned();
    for followed in 0..=MAX_LINKS {
        let metadata = match fs::symlink_metadata(&place) {
            Ok(metadata) => metadata,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(place),
            Err(error) => return Err(not_opened(&place, error)),
        };
        if !metadata.is_symlink() {
            if followed > 0 {
                require_own(path, &metadata, "points to a file that is not yours")?;
            }
            return Ok(place);
        }
        require_own(path, &metadata, "is a link that is not yours")?;
        let parent = place.parent().unwrap_or(Path::new("/")).to_owned();
        require_own_directory(path, &parent)?;
        let target = fs::read_link(&place).map_err(|error| io_failure("follow", &place, error))?;
        place = parent.join(target);
        require_own_directory(path, place.parent().unwrap_or(Path::new("/")))?;
    }
    Err(refused(path, "leads from link to link"))
}

fn require_own(link: &Path, metadata: &Metadata, why: &str) -> Result<(), Failure> {
    // Root could exchange what is behind any link, so its links are as good as its files.
    let is_own = [current_user(), 0].contains(&metadata.uid());
    if is_own { Ok(()) } else { Err(refused(link, why)) }
}

fn require_own_directory(link: &Path, directory: &Path) -> Result<(), Failure> {
    let metadata = fs::metadata(directory).map_err(|error| io_failure("follow", link, error))?;
    require_own(link, &metadata, "is a link by way of a directory that is not yours")?;
    if metadata.mode() & 0o022 == 0 {
        return Ok(());
    }
    Err(refused(link, "is a link through a directory that others can write to"))
}
