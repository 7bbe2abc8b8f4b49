//! The developer's own home, which no test may touch, and the rest of the surroundings that tests may read.
//!
//! aptible/aptible-cli#22: a test suite wrote to its developers' real token files.

#![expect(
    clippy::disallowed_methods,
    reason = "tests have surroundings too, and this is the one place"
)]

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use rustix::fs::{StatVfsMountFlags, statvfs};
use tempfile::TempDir;

/// Returns the directories in which programs are searched.
pub fn search_path() -> impl Iterator<Item = PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path).collect::<Vec<_>>().into_iter()
}

/// Returns whether this is a CI job, in which no test may be left out.
pub fn is_ci() -> bool {
    std::env::var_os("CI").is_some_and(|value| !matches!(value.to_str(), Some("" | "0" | "false")))
}

/// Makes a home that is gone when it is dropped.
pub fn temporary() -> TempDir {
    tempfile::Builder::new().prefix("keybelt-test-").tempdir_in(temporary_base()).unwrap()
}

/// Returns where homes are made: in memory, if programs run there; thousands of writes are waited for.
fn temporary_base() -> PathBuf {
    let memory = Path::new("/dev/shm");
    let runs_programs =
        statvfs(memory).is_ok_and(|system| !system.f_flag.contains(StatVfsMountFlags::NOEXEC));
    let is_chosen = std::env::var_os("TMPDIR").is_some();
    if runs_programs && !is_chosen { memory.to_owned() } else { std::env::temp_dir() }
}

/// Fails if `home` is not a temporary directory, or if the developer's own keybelt files have changed since
/// the first call.
pub fn guard(home: &Path) {
    static AT_FIRST: OnceLock<Vec<String>> = OnceLock::new();
    assert!(home.starts_with(temporary_base()), "{} is no temporary home", home.display());
    let now = fingerprint();
    let at_first = AT_FIRST.get_or_init(|| now.clone());
    assert_eq!(*at_first, now, "a test touched the real home");
}

/// Describes every file that a keybelt with the real environment would use.
fn fingerprint() -> Vec<String> {
    let below = |variable: &str, rest: &str| {
        std::env::var_os(variable).map(|base| PathBuf::from(base).join(rest))
    };
    let directories = [
        below("HOME", ".config/keybelt"),
        below("XDG_CONFIG_HOME", "keybelt"),
        below("KEYBELT_CONFIG_DIR", ""),
        below("HOME", ".terraform.d"),
    ];
    let mut found = Vec::new();
    for directory in directories.into_iter().flatten() {
        let files = fs::read_dir(&directory).into_iter().flatten().flatten();
        found.extend(files.map(|file| {
            let metadata = file.metadata().unwrap();
            format!(
                "{} {} {:?}",
                file.path().display(),
                metadata.len(),
                metadata.modified().unwrap()
            )
        }));
    }
    found.sort();
    found
}
