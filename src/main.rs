//! The `keybelt` program.

use std::process::ExitCode;

// musl's own allocator asks the kernel for memory a hundred times in a command of three milliseconds.
#[cfg(target_env = "musl")]
#[global_allocator]
static ALLOCATOR: dlmalloc::GlobalDlmalloc = dlmalloc::GlobalDlmalloc;

fn main() -> ExitCode {
    keybelt::cli::run(std::env::args_os())
}
