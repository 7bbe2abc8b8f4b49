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

/// Returns the directories in which programs are searched.
pub fn search_path() -> impl Iterator<Item = PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path).collect::<Vec<_>>().into_iter()
}

/// Returns whether this is a CI job, in which no test may be left out.
pub fn is_ci() -> bool {
    std::env::var_os("CI").is_some_and(|value| !matches!(value.to_str(), Some("" | "0" | "false")))
}

/// Fails if `home` is not a temporary directory, or if the developer's own keybelt files have changed since
/// the first call.
pub fn guard(home: &Path) {
    static AT_FIRST: OnceLock<Vec<String>> = OnceLock::new();
    assert!(home.starts_with(std::env::temp_dir()), "{} is no temporary home", home.display());
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
