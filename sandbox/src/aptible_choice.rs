//! What no document says about Aptible's server. Each of these facts has a few plausible values,
//! the likeliest first; a sandbox takes one, and a client must cope with any.

use std::fmt;
use std::str::FromStr;

/// A fact that is not known.
#[derive(Debug)]
pub(crate) struct Unknown {
    key: &'static str,
    values: &'static [&'static str],
}

const fn unknown(key: &'static str, values: &'static [&'static str]) -> Unknown {
    Unknown { key, values }
}

/// The status of a token's creation.
pub(crate) const CREATION_STATUS: Unknown = unknown("creation-status", &["201", "200"]);
/// How a token says when it expires.
pub(crate) const EXPIRES_AT: Unknown = unknown("expires-at", &["iso", "epoch"]);
/// Whether a token links to its actor when that is its user.
pub(crate) const ACTOR: Unknown = unknown("actor", &["present", "absent"]);
/// The status of `otp_token_required`.
pub(crate) const CODE_REQUIRED_STATUS: Unknown = unknown("code-required-status", &["401", "400"]);
/// What `exception_context` comes with `otp_token_required`.
pub(crate) const EXCEPTION_CONTEXT: Unknown =
    unknown("exception-context", &["full", "empty", "null", "absent"]);
/// The slug of a wrong code at sign-in.
pub(crate) const WRONG_CODE: Unknown =
    unknown("wrong-code", &["invalid_credentials", "otp_token_required"]);
/// The answer to a wrong code when two-factor authentication is enabled.
pub(crate) const WRONG_CODE_AT_ENABLE: Unknown =
    unknown("wrong-code-at-enable", &["422-unprocessable_entity", "401-invalid_credentials"]);
/// The answer where an elevated token is missing.
pub(crate) const ELEVATION_REFUSAL: Unknown =
    unknown("elevation-refusal", &["403-forbidden", "403-access_denied", "401-invalid_scope"]);
/// The answer to a sign-in while the account is locked.
pub(crate) const LOCKOUT: Unknown = unknown("lockout", &["429", "429-seconds", "403", "401"]);
/// How a user without two-factor authentication links to its configuration. Aptible's own Ruby client
/// cannot read null.
pub(crate) const NO_CONFIGURATION: Unknown =
    unknown("no-configuration", &["absent", "null", "empty", "blank"]);
/// What recovery codes look like.
pub(crate) const RECOVERY_CODES: Unknown = unknown("recovery-codes", &["digits", "letters"]);
/// The answer to the revocation of all tokens.
pub(crate) const REVOCATION_ANSWER: Unknown = unknown("revocation-answer", &["count", "204"]);
/// When that takes effect.
pub(crate) const REVOCATION: Unknown = unknown("revocation", &["at-once", "after-a-minute"]);
/// How many items a page of a list has.
pub(crate) const PAGE_SIZE: Unknown = unknown("page-size", &["25", "2"]);

const ALL: [&Unknown; 14] = [
    &CREATION_STATUS,
    &EXPIRES_AT,
    &ACTOR,
    &CODE_REQUIRED_STATUS,
    &EXCEPTION_CONTEXT,
    &WRONG_CODE,
    &WRONG_CODE_AT_ENABLE,
    &ELEVATION_REFUSAL,
    &LOCKOUT,
    &NO_CONFIGURATION,
    &RECOVERY_CODES,
    &REVOCATION_ANSWER,
    &REVOCATION,
    &PAGE_SIZE,
];

/// A choice where no document says how Aptible's server is: `KEY=VALUE`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AptibleChoice {
    key: &'static str,
    value: &'static str,
}

impl AptibleChoice {
    /// Returns every key with its values, the default first.
    pub fn all() -> impl Iterator<Item = (&'static str, &'static [&'static str])> {
        ALL.iter().map(|unknown| (unknown.key, unknown.values))
    }
}

/// A choice that there is not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AptibleChoiceError {
    /// Nothing has this key.
    Key(String),
    /// The key has no such value, but these.
    Value(String, &'static [&'static str]),
}

impl fmt::Display for AptibleChoiceError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            AptibleChoiceError::Key(text) => {
                let keys: Vec<_> = AptibleChoice::all().map(|(key, _)| key).collect();
                write!(out, "`{text}` is not KEY=VALUE; the keys are {}", keys.join(", "))
            }
            AptibleChoiceError::Value(text, values) => {
                write!(out, "`{text}` has no such value; the values are {}", values.join(", "))
            }
        }
    }
}

impl std::error::Error for AptibleChoiceError {}

impl FromStr for AptibleChoice {
    type Err = AptibleChoiceError;

    fn from_str(text: &str) -> Result<AptibleChoice, AptibleChoiceError> {
        let (key, value) = text.split_once('=').unwrap_or((text, ""));
        let (key, values) = AptibleChoice::all()
            .find(|(known, _)| *known == key)
            .ok_or_else(|| AptibleChoiceError::Key(text.to_owned()))?;
        let value = values.iter().find(|known| **known == value);
        match value {
            Some(value) => Ok(AptibleChoice { key, value }),
            None => Err(AptibleChoiceError::Value(text.to_owned(), values)),
        }
    }
}

/// The choices that a sandbox was started with.
#[derive(Debug)]
pub(crate) struct Choices(Vec<AptibleChoice>);

impl Choices {
    pub(crate) fn new(choices: &[AptibleChoice]) -> Choices {
        Choices(choices.to_vec())
    }

    /// Returns the value of a fact, the default if nobody chose.
    pub(crate) fn of(&self, unknown: &Unknown) -> &'static str {
        let mut choices = self.0.iter().rev();
        let chosen = choices.find(|choice| choice.key == unknown.key);
        chosen.map_or(unknown.values[0], |choice| choice.value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_value_can_be_chosen_and_the_last_choice_wins() {
        for unknown in ALL {
            let chosen = unknown.values.iter().map(|value| {
                let text = format!("{}={value}", unknown.key);
                text.parse().unwrap()
            });
            let chosen: Vec<AptibleChoice> = chosen.collect();
            assert_eq!(Choices::new(&[]).of(unknown), unknown.values[0]);
            let last = unknown.values.last().unwrap();
            assert_eq!(Choices::new(&chosen).of(unknown), *last);
        }
    }

    #[test]
    fn what_there_is_not_is_refused_with_what_there_is() {
        let key = "colour=red".parse::<AptibleChoice>().unwrap_err();
        assert!(key.to_string().contains("expires-at, actor"), "{key}");
        let value = "expires-at=never".parse::<AptibleChoice>().unwrap_err();
        assert!(value.to_string().contains("iso, epoch"), "{value}");
        assert!("expires-at".parse::<AptibleChoice>().is_err());
        assert!("".parse::<AptibleChoice>().is_err());
    }
}
