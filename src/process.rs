//! Other programs: children that are waited for, and the program that this process becomes.
//!
//! No shell is between us and them, and only `exec` hands tokens on: every other child has an environment without
//! them. What a child prints may be a secret, and is not shown here.

mod browser;
mod child;
mod command;
mod handover;
mod isolated;
mod receiver;

pub use browser::open_in_browser;
pub use child::{Child, Ending, Terminal, Wanted};
pub use command::{CommandLine, first_line, quoted};
#[cfg(feature = "sandbox")]
pub use handover::run_interactively;
pub use handover::{NotRun, replace_process};
pub use isolated::logs_of_terraform;
#[cfg(feature = "sandbox")]
pub use isolated::{Isolated, run_isolated};
pub use receiver::{Received, Receiver};
