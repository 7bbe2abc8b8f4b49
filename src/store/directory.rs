//! The directory that holds `tokens.json`, opened so that nobody can exchange it or a file in it.
//!
//! On Unix every access goes through one open handle, after owners and modes were checked on that handle;
//! elsewhere the system's own protection of the user's profile has to do. Says nothing about contents.

#[cfg(unix)]
mod unix;
#[cfg(unix)]
pub(super) use unix::Directory;

#[cfg(not(unix))]
mod portable;
#[cfg(not(unix))]
pub(super) use portable::Directory;

use std::path::Path;

use crate::environment::shorten_home;
use crate::failure::Failure;

/// Returns the failure of a file operation, naming the path.
pub(super) fn failure(what: &str, path: &Path, error: std::io::Error) -> Failure {
    Failure::general(format!("cannot {what} `{}`", shorten_home(path))).because(error)
}
