//! Recovery codes, and not losing them.

use std::path::Path;

use secrecy::{ExposeSecret, SecretString};
use serde_json::{Value, json};

use crate::failure::Failure;
use crate::private_file::PrivateFile;
use crate::session::Session;
use crate::terminal;
use crate::terminal::prompt::Prompter;
use crate::two_factor::{RecoveryCode, Verified};

/// Where recovery codes go. Created before anything is asked of the server, so that they cannot be lost
/// for want of a place.
pub enum CodesDestination {
    /// To the terminal or into the JSON document.
    Result,
    /// Into a fresh file.
    File(PrivateFile),
}

impl CodesDestination {
    /// Decides where they go.
    pub fn prepare(session: &Session, file: Option<&Path>) -> Result<Self, Failure> {
        match file {
            Some(path) => Ok(Self::File(codes_file(path)?)),
            None if terminal::stdout_is_lost() => {
                Err(Failure::usage("the recovery codes would be lost: stdout is discarded")
                    .hint("save them with --recovery-codes-file FILE"))
            }
            None if session.options.json || terminal::stdout_is_terminal() => Ok(Self::Result),
            None => Err(Failure::usage(
                "the recovery codes would be lost: there is no terminal to show them on",
            )
            .hint("save them with --recovery-codes-file FILE, or use -o json")),
        }
    }
}

/// Creates the file for recovery codes, before anything is asked of the server.
pub fn codes_file(path: &Path) -> Result<PrivateFile, Failure> {
    PrivateFile::create(path).map_err(|error| {
        Failure::general(format!("cannot create {} for the recovery codes", path.display()))
            .because(error)
            .hint("nothing was changed on the server; use a file that does not exist yet")
    })
}

/// Returns the codes as a file has them, one a line.
pub fn lines(codes: &[RecoveryCode]) -> SecretString {
    let lines: String =
        codes.iter().map(|code| format!("{}\n", code.secret().expose_secret())).collect();
    lines.into()
}

/// Puts the codes of a verified enrolment where they go.
pub fn put(
    verified: &Verified,
    destination: &mut CodesDestination,
    document: &mut Value,
    json: bool,
) -> Result<(), Failure> {
    let codes = &verified.recovery_codes;
    if codes.is_empty() {
        terminal::warn(
            "the server returned no recovery codes; check with `keybelt 2fa recovery-codes list`, or on its security settings page",
        );
    }
    if verified.unreadable > 0 {
        terminal::warn(&format!("{} more recovery codes could not be read", verified.unreadable));
    }
    match destination {
        CodesDestination::Result if json => {
            document["recovery_codes"] = json!(texts(codes));
            Ok(())
        }
        _ if codes.is_empty() => Ok(()),
        CodesDestination::File(file) => save(codes, file, document),
        CodesDestination::Result => {
            terminal::say(
                "Recovery codes. They are not shown again and each works once; store them away from your phone:",
            );
            let text = lines(codes);
            terminal::try_result(text.expose_secret().trim_end_matches('\n'))
                .map_err(|error| not_printed(verified, error))
        }
    }
}

fn save(
    codes: &[RecoveryCode],
    file: &mut PrivateFile,
    document: &mut Value,
) -> Result<(), Failure> {
    let written = file.write(&lines(codes));
    let shown = file.path().display().to_string();
    if let Err(error) = written {
        show_codes(codes);
        return Err(Failure::general(format!(
            "two-factor authentication is on, but the recovery codes could not be written to {shown}; they were shown instead"
        ))
        .because(error)
        .hint("copy them now: they are not shown again"));
    }
    terminal::say(&format!("Saved {} recovery codes to {shown}; each works once", codes.len()));
    document["recovery_codes_file"] = json!(shown);
    Ok(())
}

fn texts(codes: &[RecoveryCode]) -> Vec<&str> {
    codes.iter().map(|code| code.secret().expose_secret()).collect()
}

/// Shows the codes that stdout did not take, and explains.
pub fn not_printed(verified: &Verified, error: std::io::Error) -> Failure {
    if !verified.recovery_codes.is_empty() {
        show_codes(&verified.recovery_codes);
    }
    Failure::general(
        "two-factor authentication is on, but the recovery codes could not be written to stdout; they were shown instead",
    )
    .because(error)
    .hint("copy them now: they are not shown again")
}

/// The last resort for codes that no file takes: the terminal, else standard error.
fn show_codes(codes: &[RecoveryCode]) {
    let text = format!("Recovery codes:\n{}", texts(codes).join("\n"));
    match Prompter::open_for_output() {
        Some(mut prompter) => prompter.show(&text),
        None => terminal::print_unredacted(&text),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::host::tests::few_cases;

    proptest! {
        #![proptest_config(few_cases())]

        /// The file is all that is left of them: each line is one code, and signs in as it stands.
        #[test]
        fn codes_read_back_from_the_files_lines(texts in proptest::collection::vec(".{1,20}", 0..8)) {
            let codes: Vec<_> = texts.iter().filter_map(|text| RecoveryCode::new(text)).collect();
            let file = lines(&codes);
            let read: Vec<&str> = file.expose_secret().lines().collect();
            prop_assert_eq!(read, super::texts(&codes));
        }
    }
}
