//! What went wrong, in the user's words.
//!
//! Every command ends in success or in one [`Failure`]. Its kind decides the exit code and the `kind` of
//! the JSON document (design of the exit codes: `docs/json.md`, docs/environment.md). A failure never
//! carries a secret: messages name documents, places and sources, not values.

use std::fmt;
use std::time::Duration;

/// Which family of exit codes a failure belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// The file system, the keyring, or something unforeseen: 1.
    General,
    /// Wrong usage, or an argument or a confirmation is missing: 2.
    Usage,
    /// No token, an expired or a rejected one, or something to sign in with cannot be asked for: 3.
    NotSignedIn,
    /// The server said no: 4.
    Refused,
    /// The server cannot be reached, or its answer makes no sense: 5.
    Unavailable,
    /// A check that found something: 6.
    Finding,
    /// A signal ended the command: 128 plus its number.
    Interrupted(Signal),
}

/// The signals that end a command in an orderly way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Signal {
    /// Ctrl-C.
    Interrupt,
    /// The polite request to end.
    Terminate,
    /// The terminal is gone.
    HangUp,
}

impl Kind {
    /// Returns the process's exit code.
    pub fn exit_code(self) -> u8 {
        match self {
            Self::General => 1,
            Self::Usage => 2,
            Self::NotSignedIn => 3,
            Self::Refused => 4,
            Self::Unavailable => 5,
            Self::Finding => 6,
            Self::Interrupted(Signal::Interrupt) => 130,
            Self::Interrupted(Signal::Terminate) => 143,
            Self::Interrupted(Signal::HangUp) => 129,
        }
    }

    /// Returns the word for `kind` in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::General => "failure",
            Self::Usage => "usage",
            Self::NotSignedIn => "not_signed_in",
            Self::Refused => "refused",
            Self::Unavailable => "unavailable",
            Self::Finding => "finding",
            Self::Interrupted(_) => "interrupted",
        }
    }
}

/// A command's failure: what happened, why, and the way out.
#[derive(Debug)]
pub struct Failure {
    /// The exit code's family.
    pub kind: Kind,
    /// One sentence without a final period.
    pub message: String,
    /// The chain of causes, outermost first.
    pub cause: Option<anyhow::Error>,
    /// What the user can do about it.
    pub hint: Option<String>,
    /// How long the server wants to be left alone, where that is the reason.
    pub wait: Option<Duration>,
}

impl Failure {
    /// Builds a failure of the given kind.
    pub fn new(kind: Kind, message: impl Into<String>) -> Self {
        Self { kind, message: message.into(), cause: None, hint: None, wait: None }
    }

    /// Builds a failure of this machine: exit code 1.
    pub fn general(message: impl Into<String>) -> Self {
        Self::new(Kind::General, message)
    }

    /// Builds a usage error: exit code 2.
    pub fn usage(message: impl Into<String>) -> Self {
        Self::new(Kind::Usage, message)
    }

    /// Builds a "not signed in": exit code 3.
    pub fn not_signed_in(message: impl Into<String>) -> Self {
        Self::new(Kind::NotSignedIn, message)
    }

    /// Builds a refusal: exit code 4.
    pub fn refused(message: impl Into<String>) -> Self {
        Self::new(Kind::Refused, message)
    }

    /// Builds an "unavailable": exit code 5.
    pub fn unavailable(message: impl Into<String>) -> Self {
        Self::new(Kind::Unavailable, message)
    }

    /// Builds a finding: exit code 6.
    pub fn finding(message: impl Into<String>) -> Self {
        Self::new(Kind::Finding, message)
    }

    /// Builds the end by a signal.
    pub fn interrupted(signal: Signal) -> Self {
        Self::new(Kind::Interrupted(signal), "interrupted")
    }

    /// Says which option, variable or setting it is about.
    #[must_use]
    pub fn about(self, what: &str) -> Self {
        Self { message: format!("`{what}`: {}", self.message), ..self }
    }

    /// Says what it happened in: the sentence comes before its own.
    #[must_use]
    pub fn within(self, what: impl fmt::Display) -> Self {
        Self { message: format!("{what}: {}", self.message), ..self }
    }

    /// Adds what else is true now.
    #[must_use]
    pub fn adding(self, more: impl fmt::Display) -> Self {
        Self { message: format!("{}; {more}", self.message), ..self }
    }

    /// Adds a hint.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// Adds what lies behind it.
    #[must_use]
    pub fn because(mut self, cause: impl Into<anyhow::Error>) -> Self {
        self.cause = Some(cause.into());
        self
    }

    /// Says how long the server wants to be left alone.
    #[must_use]
    pub fn waiting(mut self, wait: Duration) -> Self {
        self.wait = Some(wait);
        self
    }

    /// Returns whether what was asked of the server may have been done all the same: nobody said that it was not.
    pub fn leaves_open(&self) -> bool {
        matches!(self.kind, Kind::Unavailable | Kind::Interrupted(_))
    }

    /// Returns the causes, outermost first.
    pub fn causes(&self) -> Vec<String> {
        self.cause.iter().flat_map(|cause| cause.chain().map(ToString::to_string)).collect()
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.message)
    }
}

impl std::error::Error for Failure {}
