//! The credentials helper's program: where Terraform looks for it, what is there, and putting something there
//! that lasts.
//!
//! A link to keybelt, by the path that a package manager's upgrade keeps. Where keybelt itself runs from a
//! place that is cleaned up (a cache, a temporary or a build directory), the link leads to a copy of it in
//! keybelt's data directory. On Windows, which has no links for everybody, the copy is in the place itself.

use std::fs::{self, File};
use std::io::{self, BufReader, Read};
use std::path::{Path, PathBuf};

use super::made;
use super::terraform_files::{self, Tool};
use super::text_file;
use crate::environment;
use crate::failure::Failure;

/// What its program is called.
pub const PROGRAM: &str = if cfg!(windows) {
    "terraform-credentials-keybelt.exe"
} else {
    "terraform-credentials-keybelt"
};

/// What every helper's program begins with.
const PREFIX: &str = "terraform-credentials-";

/// What is in the place where Terraform looks for the helper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Standing {
    /// This keybelt, or a copy of it.
    Ours,
    /// Nothing.
    Absent,
    /// A copy of another keybelt than the one that runs.
    OtherCopy,
    /// A link to something else, and what.
    Elsewhere(String),
    /// A link to something that is gone, and what.
    Dangling(String),
    /// A file that keybelt did not put there.
    Foreign,
}

/// Returns the place where Terraform looks for the helper's program.
pub fn place() -> Result<PathBuf, Failure> {
    Ok(terraform_files::terraform_dir()?.join("plugins").join(PROGRAM))
}

/// Returns what is there.
pub fn standing() -> Result<Standing, Failure> {
    let (place, own) = (place()?, environment::own_program()?);
    let Ok(found) = fs::symlink_metadata(&place) else {
        return Ok(Standing::Absent);
    };
    if !found.is_symlink() && !cfg!(windows) {
        return Ok(Standing::Foreign);
    }
    let Ok(target) = fs::canonicalize(&place) else {
        let target = fs::read_link(&place).unwrap_or_default();
        return Ok(Standing::Dangling(environment::shorten_home(&target)));
    };
    if fs::canonicalize(&own).is_ok_and(|own| own == target) || is_same(&target, &own) {
        return Ok(Standing::Ours);
    }
    let is_copy = cfg!(windows)
        || copy().and_then(|copy| fs::canonicalize(copy).ok()) == Some(target.clone());
    Ok(match is_copy {
        true => Standing::OtherCopy,
        false => Standing::Elsewhere(environment::shorten_home(&target)),
    })
}

impl Standing {
    /// Returns a sentence about what is wrong with it, and what mends that.
    pub fn problem(&self, place: &Path) -> Option<(String, String)> {
        let shown = environment::shorten_home(place);
        let install = || "run `keybelt helper install`".to_owned();
        Some(match self {
            Self::Ours => return None,
            Self::Absent => (format!("{shown} does not exist"), install()),
            Self::OtherCopy => (format!("{shown} is a copy of another keybelt"), install()),
            Self::Elsewhere(target) => {
                (format!("{shown} does not point to this keybelt but to {target}"), install())
            }
            Self::Dangling(target) => {
                (format!("{shown} points to {target}, which no longer exists"), install())
            }
            Self::Foreign => (
                format!("{shown} was not created by keybelt"),
                "move it away, then run `keybelt helper install`".to_owned(),
            ),
        })
    }
}

/// Returns a sentence about where others could put a program of theirs in place of the one that Terraform runs, and
/// what mends that.
#[cfg(unix)]
pub fn exposure() -> Option<(String, String)> {
    let place = place().ok()?;
    let target = fs::canonicalize(&place).ok()?;
    let directories = place.ancestors().skip(1).take(2).map(Path::to_owned);
    let program = [target.parent().map(Path::to_owned), Some(target)].into_iter().flatten();
    let open = directories.chain(program).find(|path| others_can_write(path))?;
    let shown = environment::shorten_home(&open);
    Some((
        format!("others can write to {shown}, and so replace the program that Terraform runs"),
        format!("run `chmod go-w {shown}`"),
    ))
}

#[cfg(not(unix))]
pub fn exposure() -> Option<(String, String)> {
    None
}

/// Returns whether somebody else can exchange what is there. Many systems give each user a group of the same number.
#[cfg(unix)]
fn others_can_write(path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let Ok(found) = fs::metadata(path) else {
        return false;
    };
    let own = rustix::process::geteuid().as_raw();
    let is_ours = [own, 0].contains(&found.uid());
    let is_own_group = [own, 0].contains(&found.gid());
    let is_open = found.mode() & 0o002 != 0 || found.mode() & 0o020 != 0 && !is_own_group;
    let is_sticky = found.is_dir() && found.mode() & 0o1000 != 0;
    !is_ours || is_open && !is_sticky
}

/// Puts the program into its place; returns the copy that it leads to, if it leads to one.
pub fn install() -> Result<Option<PathBuf>, Failure> {
    let (place, own) = (place()?, environment::own_program()?);
    let shown = environment::shorten_home(&place);
    if standing()? == Standing::Foreign {
        return Err(Failure::general(format!("{shown} already exists and is not a link"))
            .hint("move it away first"));
    }
    let cannot = |error: io::Error| Failure::general(format!("cannot link {shown}")).because(error);
    let directory = place.parent().unwrap_or(&place);
    made::note(text_file::create_directories(directory).map_err(cannot)?);
    let copied = (!cfg!(windows) && is_passing(&own)).then(|| copy_to_last(&own)).transpose()?;
    let target = copied.clone().unwrap_or_else(|| lasting_path(&own));
    put(&target, &place).map_err(cannot)?;
    Ok(copied)
}

/// Copies the program to where it lasts.
fn copy_to_last(own: &Path) -> Result<PathBuf, Failure> {
    let copy = copy().ok_or_else(|| {
        Failure::general(format!(
            "{} is in a temporary place, and there is no directory to copy it to",
            environment::shorten_home(own)
        ))
        .hint("install keybelt, then run `keybelt helper install` again")
    })?;
    let cannot = |error: io::Error| {
        let shown = environment::shorten_home(&copy);
        Failure::general(format!("cannot copy keybelt to {shown}")).because(error)
    };
    let directory = copy.parent().unwrap_or(&copy);
    made::note(text_file::create_directories(directory).map_err(cannot)?);
    copy_beside(own, &copy).map_err(cannot)?;
    Ok(copy)
}

/// Copies a program, which may be running where the copy is to be.
fn copy_beside(own: &Path, copy: &Path) -> io::Result<()> {
    let directory = copy.parent().ok_or(io::ErrorKind::NotFound)?;
    let mut fresh = tempfile::NamedTempFile::new_in(directory)?;
    io::copy(&mut File::open(own)?, fresh.as_file_mut())?;
    #[cfg(unix)]
    fresh.as_file().set_permissions(std::os::unix::fs::PermissionsExt::from_mode(0o700))?;
    fresh.as_file().sync_all()?;
    fresh.persist(copy).map_err(|error| error.error)?;
    Ok(())
}

/// Makes a link in place of an earlier one, which is there until the new one is.
#[cfg(unix)]
fn put(target: &Path, place: &Path) -> io::Result<()> {
    let directory = place.parent().ok_or(io::ErrorKind::NotFound)?;
    let fresh = tempfile::Builder::new()
        .prefix(".keybelt-")
        .make_in(directory, |path| std::os::unix::fs::symlink(target, path))?;
    fresh.persist(place).map_err(|error| error.error)?;
    Ok(())
}

#[cfg(not(unix))]
fn put(target: &Path, place: &Path) -> io::Result<()> {
    copy_beside(target, place)
}

/// Takes the program away, if keybelt put it there; returns whether it did.
pub fn uninstall() -> Result<bool, Failure> {
    let remove = |path: &Path| match fs::remove_file(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
        outcome => outcome.map(|()| true).map_err(|error| {
            Failure::general(format!("cannot remove {}", environment::shorten_home(path)))
                .because(error)
        }),
    };
    let is_removed = match standing()? {
        Standing::Absent | Standing::Foreign => false,
        _ => remove(&place()?)?,
    };
    if let Some(copy) = copy() {
        remove(&copy)?;
    }
    Ok(is_removed)
}

/// Returns the programs that a tool finds for a helper's name.
pub(super) fn found(tool: Tool, name: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for directory in tool.plugin_directories().unwrap_or_default() {
        for entry in fs::read_dir(directory).into_iter().flatten().flatten() {
            let file = entry.file_name().to_string_lossy().to_lowercase();
            let Some(rest) = file.strip_prefix(PREFIX) else {
                continue;
            };
            let rest = rest.strip_suffix(".exe").unwrap_or(rest);
            let is_it = rest.split("_v").next() == Some(name);
            if is_it && fs::metadata(entry.path()).is_ok_and(|found| !found.is_dir()) {
                found.push(entry.path());
            }
        }
    }
    found
}

/// Returns where the copy is kept.
fn copy() -> Option<PathBuf> {
    Some(environment::data_dir()?.join(PROGRAM))
}

/// Returns the path of this program that lasts longest: the one in `PATH`, which an upgrade leads anew.
fn lasting_path(own: &Path) -> PathBuf {
    let is_own = |path: &PathBuf| {
        let target = fs::canonicalize(path).ok();
        target.is_some() && target == fs::canonicalize(own).ok()
    };
    environment::program_in_path("keybelt")
        .filter(|path| is_own(path) && !is_passing(path))
        .unwrap_or_else(|| own.to_owned())
}

/// Returns whether a program lies where things are cleaned up: in a cache (the uv cache and Cargo's target
/// directory carry the mark that all caches may), or in a temporary directory that is not around the home.
fn is_passing(program: &Path) -> bool {
    let program = fs::canonicalize(program).unwrap_or_else(|_| program.to_owned());
    let is_cache = program.ancestors().skip(1).any(|directory| {
        let name = directory.file_name().unwrap_or_default();
        name == ".cache" || name == "Caches" || directory.join("CACHEDIR.TAG").exists()
    });
    let home = environment::terraform_dir().and_then(|path| path.parent().map(Path::to_owned));
    let home = home.and_then(|home| fs::canonicalize(home).ok());
    let is_own = home.as_ref().is_some_and(|home| program.starts_with(home));
    let temporary =
        [environment::temporary_dir(), "/tmp".into(), "/var/tmp".into(), "/dev/shm".into()];
    let is_temporary =
        temporary.iter().filter_map(|path| fs::canonicalize(path).ok()).any(|path| {
            let is_around_home = home.as_ref().is_some_and(|home| home.starts_with(&path));
            program.starts_with(&path) && !(is_own && is_around_home)
        });
    is_cache || is_temporary
}

/// Returns whether two files have the same contents.
fn is_same(one: &Path, other: &Path) -> bool {
    let same_contents = || -> io::Result<bool> {
        let (one, other) = (File::open(one)?, File::open(other)?);
        if one.metadata()?.len() != other.metadata()?.len() {
            return Ok(false);
        }
        let (mut one, mut other) = (BufReader::new(one), BufReader::new(other));
        let (mut left, mut right) = ([0; 8192], [0; 8192]);
        loop {
            let read = one.read(&mut left)?;
            if read == 0 {
                return Ok(true);
            }
            other.read_exact(&mut right[..read])?;
            if left[..read] != right[..read] {
                return Ok(false);
            }
        }
    };
    same_contents().unwrap_or(false)
}
