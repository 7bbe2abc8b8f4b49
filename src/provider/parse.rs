//! How what servers say is read, whichever they are: ids in any form, names that accounts can have, text that
//! fits a line.

use serde_json::Value;

use crate::account::{AccountName, Identifier};
use crate::failure::Failure;
use crate::host::Host;
use crate::redaction;
use crate::token::Credential;

/// The longest piece of a server's text that is shown, in characters.
const MAX_SHOWN: usize = 300;

/// Reads an id, which may be a number.
pub(super) fn identifier(value: Option<&Value>) -> Option<Identifier> {
    match value? {
        Value::String(text) => Identifier::new(text),
        Value::Number(number) => Identifier::new(&number.to_string()),
        _ => None,
    }
}

/// Reads an account's name; one that no account has is refused.
pub(super) fn account_name(value: Option<&Value>, host: &Host) -> Result<AccountName, Failure> {
    value.and_then(Value::as_str).and_then(AccountName::new).ok_or_else(|| no_account(host))
}

pub(super) fn no_account(host: &Host) -> Failure {
    Failure::unavailable(format!("`{host}` did not return a valid account for this token"))
}

/// Explains that the account route itself does not accept a token.
pub(super) fn rejected(credential: &Credential) -> Failure {
    Failure::not_signed_in(format!(
        "the token from {} was rejected by `{}`",
        credential.source, credential.host
    ))
}

/// Makes one line of a server's text, cut to a length that fits a message, but not through a secret. What acts on
/// a terminal is still in it: it is escaped where it is shown.
pub(super) fn single_line(text: &str) -> String {
    let line = redaction::redact(text).replace(['\n', '\r'], " ");
    line.chars().take(MAX_SHOWN).collect()
}
