//! The `keybelt` program.

use std::process::ExitCode;

fn main() -> ExitCode {
    keybelt::cli::run(std::env::args_os())
}
