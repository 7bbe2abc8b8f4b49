//! The words of two-factor authentication: deliveries, codes, and what a server says of them.

use std::fmt;

use secrecy::{ExposeSecret, SecretString};

use crate::failure::Failure;
use crate::redaction;

/// How verification codes reach a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Delivery {
    /// An authenticator app computes them (TOTP, RFC 6238).
    App,
    /// The server sends them as text messages.
    Sms,
}

impl Delivery {
    /// Returns the protocol's word.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::App => "app",
            Self::Sms => "sms",
        }
    }

    /// Reads the protocol's word.
    pub fn new(word: &str) -> Option<Self> {
        match word {
            "app" => Some(Self::App),
            "sms" => Some(Self::Sms),
            _ => None,
        }
    }
}

/// A telephone number for text messages: `+` and 7 to 15 digits (E.164).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SmsNumber(String);

impl SmsNumber {
    /// Parses a number; spaces, dashes, dots and brackets are dropped.
    pub fn parse(text: &str) -> Result<Self, Failure> {
        let compact: String = text
            .chars()
            .filter(|c| !matches!(c, ' ' | '-' | '.' | '(' | ')' | '[' | ']'))
            .collect();
        let digits = compact.strip_prefix('+').unwrap_or_default();
        if (7..=15).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit()) {
            return Ok(Self(compact));
        }
        Err(Failure::usage("invalid phone number")
            .hint("write it with its country code, as +15555555555: a plus and 7 to 15 digits"))
    }

    /// Returns the number, `+` first.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for SmsNumber {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

/// What a person typed where a code is asked for: of an app, of a text, or a recovery code.
///
/// Never classified by its shape: recovery codes may have six digits too. Blanks are dropped.
#[derive(Debug, Clone)]
pub struct VerificationCode(SecretString);

impl VerificationCode {
    /// Takes what was typed; `None` if nothing is left of it or it is not 1 to 128 printable ASCII characters. From
    /// now on it is redacted wherever keybelt writes.
    pub fn new(text: &str) -> Option<Self> {
        let compact: String = text.chars().filter(|c| !c.is_whitespace()).collect();
        let printable = compact.bytes().all(|b| b.is_ascii_graphic());
        (printable && (1..=128).contains(&compact.len())).then(|| {
            let code = Self(compact.into());
            redaction::protect(&code.0);
            code
        })
    }

    /// Takes what was given by an option or a command.
    ///
    /// # Errors
    /// A usage failure that does not show what was given.
    pub fn parse(text: &str) -> Result<Self, Failure> {
        Self::new(text).ok_or_else(|| {
            Failure::usage("the code is blank, too long, or contains invalid characters")
                .hint("use the code of your app or text message, or a recovery code")
        })
    }

    /// Returns the code for the line that sends it.
    pub fn secret(&self) -> &SecretString {
        &self.0
    }

    /// Returns whether an app or a text may have given it: their codes are six digits. Recovery codes may be so too.
    pub fn may_be_generated(&self) -> bool {
        let text = self.0.expose_secret();
        text.len() == 6 && text.bytes().all(|b| b.is_ascii_digit())
    }

    /// Returns whether both are the same code.
    pub fn same_as(&self, other: &Self) -> bool {
        self.0.expose_secret() == other.0.expose_secret()
    }
}

/// A recovery code as the server gave it: 1 to 128 printable ASCII characters.
#[derive(Debug, Clone)]
pub struct RecoveryCode(SecretString);

impl RecoveryCode {
    /// Takes a code from the server; `None` if it cannot be one.
    pub fn new(text: &str) -> Option<Self> {
        let printable = text.bytes().all(|b| (0x20..0x7f).contains(&b));
        (printable && (1..=128).contains(&text.len())).then(|| Self(text.to_owned().into()))
    }

    /// Returns the code for the line that shows or writes it.
    pub fn secret(&self) -> &SecretString {
        &self.0
    }
}

/// A recovery code as a server lists it.
#[derive(Debug, Clone)]
pub struct ListedCode {
    /// The code.
    pub code: RecoveryCode,
    /// Whether it has been used, and is worth nothing any more.
    pub is_used: bool,
}

/// What a server says of an account's two-factor authentication. Both booleans mean something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TwoFactor {
    /// Enrolment was begun.
    pub enabled: bool,
    /// A code has proven the enrolment; only then is one asked for at sign-in.
    pub verified: bool,
    /// How codes are delivered, where the server tells.
    pub delivery: Option<Delivery>,
    /// The number for texts as the server wrote it: escape it before it is shown.
    pub sms_number: Option<String>,
}

/// What begins an enrolment.
#[derive(Debug, Clone)]
pub struct Enrolment {
    /// The wanted delivery.
    pub delivery: Delivery,
    /// The number for texts; beside `app` it is the backup number.
    pub sms_number: Option<SmsNumber>,
}

/// A begun enrolment: the state, and for an app what it needs to compute codes.
#[derive(Debug)]
pub struct StartedEnrolment {
    /// The state after the request.
    pub two_factor: TwoFactor,
    /// The provisioning address, usually `otpauth://totp/…` with the secret in it.
    pub provisioning_url: Option<SecretString>,
    /// What must be given back with the code, where the server keeps enrolments apart; no secret.
    pub pending_id: Option<String>,
}

/// An enrolment that waits for its code, as the entry in use remembers it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PendingEnrolment {
    /// How its codes come.
    pub delivery: Delivery,
    /// What must be given back with the code, where the server keeps enrolments apart; no secret.
    pub id: Option<String>,
}

/// A proven enrolment: the state and the recovery codes that come with it.
#[derive(Debug)]
pub struct Verified {
    /// The state after the request.
    pub two_factor: TwoFactor,
    /// Unused recovery codes; shown once.
    pub recovery_codes: Vec<RecoveryCode>,
    /// How many more the server gave that cannot be shown.
    pub unreadable: usize,
}

#[cfg(test)]
mod tests {
    use super::{SmsNumber, VerificationCode};
    use secrecy::ExposeSecret;

    #[test]
    fn the_documents_own_number_passes() {
        assert_eq!(
            SmsNumber::parse("+1555555555").ok().map(|n| n.to_string()).as_deref(),
            Some("+1555555555")
        );
        assert_eq!(
            SmsNumber::parse("+49 (30) 1234-567").ok().map(|n| n.to_string()).as_deref(),
            Some("+49301234567")
        );
        for bad in [
            "",
            "+",
            "+123456",
            "+1234567890123456",
            "1555555555",
            "+1555abc5555",
            "+1555555555 ext 5",
        ] {
            assert!(SmsNumber::parse(bad).is_err(), "{bad}");
        }
    }

    /// npm refused valid recovery codes by their shape (npm/cli#9326); codes go out as typed, blanks removed.
    #[test]
    fn every_shape_of_code_passes_and_loses_only_its_blanks() {
        let hex = "0123456789abcdef".repeat(4);
        for code in ["12345678", "abcde-fghij", "abcd1234efgh5678", &hex[..48], &hex] {
            let typed = format!(" {} {} ", &code[..4], &code[4..]);
            let parsed = VerificationCode::new(&typed).expect("a code");
            assert_eq!(parsed.secret().expose_secret(), code);
        }
        assert!(VerificationCode::new(" \t").is_none());
        assert!(VerificationCode::new("12\u{1b}34").is_none());
    }
}
