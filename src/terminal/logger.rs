//! Log lines: what keybelt does, for `--verbose`.
//!
//! Only keybelt's own: the HTTP and TLS libraries log headers, and headers hold tokens.

use log::{LevelFilter, Log, Metadata, Record};

struct Logger;

static LOGGER: Logger = Logger;

/// Shows log lines on stderr: 1 info, 2 debug, 3 and more trace.
pub(super) fn install(verbosity: u8) {
    let level = match verbosity {
        0 => return,
        1 => LevelFilter::Info,
        2 => LevelFilter::Debug,
        _ => LevelFilter::Trace,
    };
    if log::set_logger(&LOGGER).is_ok() {
        log::set_max_level(level);
    }
}

impl Log for Logger {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        let target = metadata.target();
        target == "keybelt" || target.starts_with("keybelt::")
    }

    fn log(&self, record: &Record<'_>) {
        if self.enabled(record.metadata()) {
            super::line(&format!("keybelt: {}", super::clean(&record.args().to_string())));
        }
    }

    fn flush(&self) {}
}

#[cfg(test)]
mod tests {
    use super::{LOGGER, Log};

    /// terraform-provider-tfe wrote Authorization headers at its highest log level.
    #[test]
    fn no_library_may_log() {
        let enabled = |target| LOGGER.enabled(&log::Metadata::builder().target(target).build());
        assert!(enabled("keybelt") && enabled("keybelt::http"));
        for library in ["reqwest::connect", "hyper_util", "rustls", "keybelt_sandbox"] {
            assert!(!enabled(library), "{library}");
        }
    }
}
