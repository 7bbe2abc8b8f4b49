//! What every test needs: a [`World`] with an account server and a home, a [`Pty`] with a person at it, and
//! [`Server`]s that none of us wrote.
//!
//! Nothing here sleeps. Every wait is for an event, and fails the test at its deadline.

use std::path::PathBuf;
use std::time::Duration;

mod browser;
mod bus;
mod helper;
mod home;
mod pty;
mod run;
mod server;
mod world;

pub use browser::{Browser, address_shown, exchange, visit};
pub use bus::Bus;
pub use helper::WORKING;
pub use pty::{Ended, Pty, Signal};
pub use run::{Keybelt, Outcome, PROGRAM, Run, Words};
pub use server::{Recorded, Reply, Server};
pub use world::World;

/// How long anything may take: far longer than it does, on a machine that does something else meanwhile.
pub const PATIENCE: Duration = Duration::from_secs(30);

/// A host where nobody listens, and no other test will meanwhile: a port that was free a moment ago may be
/// another test's by now.
pub const CLOSED: &str = "http://127.0.0.1:1";

/// Returns a program that a test needs besides keybelt. Without it the test says so and passes; in CI, where
/// everything is to be tested, it fails.
pub fn needs(program: &str) -> Option<PathBuf> {
    let found =
        home::search_path().map(|directory| directory.join(program)).find(|path| path.is_file());
    if found.is_none() {
        assert!(!home::is_ci(), "needs {program}, and CI is set");
        #[expect(clippy::print_stderr, reason = "a test's own word")]
        {
            eprintln!("not run: needs {program}");
        }
    }
    found
}

/// Returns whether the test may give files to somebody else. Without that the test says so and passes; in CI,
/// where everything is to be tested, it fails.
pub fn is_root() -> bool {
    let root = rustix::process::geteuid().is_root();
    if !root {
        assert!(!home::is_ci(), "needs root, and CI is set");
        #[expect(clippy::print_stderr, reason = "a test's own word")]
        {
            eprintln!("not run: needs root");
        }
    }
    root
}
