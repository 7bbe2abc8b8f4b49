//! The directory that holds `tokens.json`, opened so that nobody can exchange it or a file in it.
//!
//! On Unix every access goes through one open handle, after owners and modes were checked on that handle;
//! elsewhere the system's own protection of the user's profile has to do. Says nothing about contents.

#[cfg(unix)]
mod unix;
#[cfg(unix)]
pub(super) use unix::Directory;

#[cfg(windows)]
mod portable;
#[cfg(windows)]
pub(super) use portable::Directory;

use std::path::Path;

use crate::environment::shorten_home;
use crate::failure::Failure;

/// Returns whether an access list of Windows, in its notation (SDDL), lets in anybody but the user, the system and
/// its administrators. One that is not there lets in everybody.
#[cfg(any(windows, test))]
fn is_open_to_others(list: &str, user: &str) -> bool {
    let entries = list.strip_prefix("D:").unwrap_or_default();
    if !entries.contains('(') {
        // `P` and `AI` are marks of a list without entries, which lets in nobody.
        return !entries.chars().all(|c| "PAIR".contains(c)) || list.is_empty();
    }
    let lets_in_others = |entry: &str| {
        let fields: Vec<&str> = entry.trim_end_matches(')').split(';').collect();
        let (kind, flags) = (fields.first().unwrap_or(&""), fields.get(1).unwrap_or(&""));
        let who = fields.get(5).unwrap_or(&"");
        let is_denial = matches!(*kind, "D" | "OD" | "XD");
        // Owner, creator, system, administrators, and the first of these: each of them may anything here.
        let is_known = *who == user || ["OW", "CO", "SY", "BA", "LA"].contains(who);
        !is_denial && !flags.contains("IO") && !is_known
    };
    entries.split('(').skip(1).any(lets_in_others)
}

/// Says that others could read a file, and what follows if tokens are in it.
fn was_open(path: &Path, closed: &str) -> String {
    let shown = shorten_home(path);
    match path.extension() == Some("toml".as_ref()) {
        true => format!("`{shown}`: others {closed}"),
        false => format!(
            "`{shown}`: others {closed}. Its tokens may have been read: replace them with `keybelt token rotate`"
        ),
    }
}

/// Returns the failure of a file operation, naming the path. Where nothing can be changed, another directory can.
pub(super) fn io_failure(what: &str, path: &Path, error: std::io::Error) -> Failure {
    let changes = matches!(what, "make" | "lock" | "write");
    let failure =
        Failure::general(format!("cannot {what} `{}`", shorten_home(path))).because(error);
    match changes {
        true => failure
            .hint("set KEYBELT_CONFIG_DIR to a directory that is writable and supports file locks"),
        false => failure,
    }
}

#[cfg(test)]
mod tests {
    use super::is_open_to_others;

    #[test]
    fn an_access_list_is_private_if_only_the_user_and_the_system_are_in_it() {
        let user = "S-1-5-21-1-2-3-1001";
        for list in [
            "D:P(A;;FA;;;S-1-5-21-1-2-3-1001)",
            "D:AI(A;ID;FA;;;SY)(A;ID;FA;;;BA)(A;ID;FA;;;S-1-5-21-1-2-3-1001)",
            "D:P(D;;FA;;;WD)(A;;FA;;;LA)",
            "D:P(A;OICIIO;FA;;;WD)(A;;FA;;;OW)",
            "D:P",
        ] {
            assert!(!is_open_to_others(list, user), "{list}");
        }
        for list in [
            "D:(A;;FR;;;WD)",
            "D:AI(A;ID;FA;;;SY)(A;ID;0x1200a9;;;BU)",
            "D:P(A;;FA;;;S-1-5-21-1-2-3-1002)",
            "D:NO_ACCESS_CONTROL",
            "",
        ] {
            assert!(is_open_to_others(list, user), "{list}");
        }
    }
}
