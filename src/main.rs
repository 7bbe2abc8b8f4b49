//! The `keybelt` program.

use std::process::ExitCode;

fn main() -> ExitCode {
    #[cfg(target_os = "linux")]
    {
        // No core dumps and no tracing by equals while secrets are in memory; a limit on the size of core
        // files would not stop a dump that is piped to a program. Its failing leaves keybelt as it was.
        let _ =
            rustix::process::set_dumpable_behavior(rustix::process::DumpableBehavior::NotDumpable);
    }
    keybelt::cli::run(std::env::args_os())
}
