//! Who: the names that servers and users give, parsed once at the edge.

use std::fmt;

use jiff::Timestamp;

use crate::failure::Failure;

/// An account's name or email address: `[A-Za-z0-9][A-Za-z0-9._@+-]{0,127}`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AccountName(String);

impl AccountName {
    /// Parses a name, whoever gave it; `None` if no account is called so.
    pub fn new(text: &str) -> Option<Self> {
        let first = text.bytes().next()?;
        let allowed = |b: u8| b.is_ascii_alphanumeric() || b"._@+-".contains(&b);
        (first.is_ascii_alphanumeric() && text.len() <= 128 && text.bytes().all(allowed))
            .then(|| Self(text.to_owned()))
    }

    /// Parses what a person gave.
    pub fn parse(text: &str) -> Result<Self, Failure> {
        Self::new(text.trim()).ok_or_else(|| {
            Failure::usage("invalid account name or email address").hint(
                "letters, digits and `. _ @ + -` are allowed, 128 at most, a letter or digit first",
            )
        })
    }

    /// Returns the name of the account that a token of single sign-on is kept under: another one than the
    /// person's own, so that neither takes the other's place.
    pub fn of_single_sign_on(&self, organization: &Identifier) -> Option<Self> {
        Self::new(&format!("{self}{SINGLE_SIGN_ON}{organization}"))
    }

    /// Returns whether this account is one of single sign-on: no password signs in to it.
    pub fn is_of_single_sign_on(&self) -> bool {
        self.0.contains(SINGLE_SIGN_ON)
    }

    /// Returns the name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Stands between a person and the organization whose single sign-on made the token.
const SINGLE_SIGN_ON: &str = "+sso-";

impl fmt::Display for AccountName {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

/// The longest name or address that is asked for, in bytes: what email allows.
const LONGEST_PERSON: usize = 320;

/// Somebody else, as a person names them: by the whole user name or email address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonName(String);

impl PersonName {
    /// Parses what a person gave. An address may have more letters than a name of one's own.
    pub fn parse(text: &str) -> Result<Self, Failure> {
        let text = text.trim();
        let fits =
            (1..=LONGEST_PERSON).contains(&text.len()) && !text.chars().any(char::is_control);
        fits.then(|| Self(text.to_owned())).ok_or_else(|| {
            Failure::usage("this is not a user name or email address")
                .hint("give it whole, as the server shows it")
        })
    }

    /// Returns the name: escape it before it is shown.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns whether it is one of somebody's names, to the letter.
    pub fn is_one_of(&self, names: [Option<&str>; 2]) -> bool {
        names.contains(&Some(&self.0))
    }
}

/// A server's identifier that is safe as one path segment of an address.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Identifier(String);

impl Identifier {
    /// Parses an identifier; `None` if it could change the path that it is put into.
    pub fn new(text: &str) -> Option<Self> {
        let allowed = |b: u8| b.is_ascii_graphic() && !b"/\\?#%".contains(&b);
        let fits = (1..=256).contains(&text.len()) && text.bytes().all(allowed);
        (fits && text != "." && text != "..").then(|| Self(text.to_owned()))
    }

    /// Returns the identifier.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Identifier {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

/// Whom a token stands for. Servers give tokens of groups an account of their own, with a made-up name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Holder {
    /// A person, or a robot that has a user's account.
    User,
    /// A team, by its id.
    Team(Identifier),
    /// An organization, by its name.
    Organization(Identifier),
    /// A service account of which the server does not tell whose it is.
    Service,
}

impl Holder {
    /// Returns the word for it in JSON.
    pub fn word(&self) -> &'static str {
        match self {
            Self::User => "user",
            Self::Team(_) => "team",
            Self::Organization(_) => "organization",
            Self::Service => "service",
        }
    }

    /// Returns what to say beside the account's name; `None` for a user, whose name says it all.
    pub fn description(&self) -> Option<String> {
        match self {
            Self::User => None,
            Self::Team(id) => Some(format!("the service account of team {id}")),
            Self::Organization(name) => Some(format!("the service account of organization {name}")),
            Self::Service => Some("a service account".to_owned()),
        }
    }
}

/// What an account server says of the account that a token belongs to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// The account's name on that server.
    pub name: AccountName,
    /// Whom it stands for.
    pub holder: Holder,
    /// The server's own id of the account, where it tells.
    pub id: Option<Identifier>,
    /// The email address, as the server wrote it: escape it before it is shown.
    pub email: Option<String>,
    /// The id of the token that asked, where the server tells.
    pub token_id: Option<Identifier>,
    /// When that token expires, where the server tells.
    pub token_expires_at: Option<Timestamp>,
    /// Whether two-factor authentication is on, where the server tells.
    pub two_factor: Option<crate::two_factor::TwoFactor>,
    /// Who looks after password and second factor, if not this server itself.
    pub managed_by: Option<&'static str>,
    /// Whether the server itself speaks of sudo mode, where it does.
    pub is_sudo: Option<bool>,
}

impl Account {
    /// Returns the account's name, and whom it stands for if that is no user.
    pub fn described(&self) -> String {
        match self.holder.description() {
            Some(holder) => format!("{} ({holder})", self.name),
            None => self.name.to_string(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{AccountName, Identifier, PersonName};

    #[test]
    fn account_names_are_parsed_strictly() {
        for good in ["alice", "a", "bob@example.com", "x.y_z+1-2", &"a".repeat(128)] {
            assert!(AccountName::new(good).is_some(), "{good}");
        }
        for bad in ["", "-a", "_a", "a b", "a/b", "a\u{1b}[31m", "é", &"a".repeat(129)] {
            assert!(AccountName::new(bad).is_none(), "{bad}");
        }
    }

    #[test]
    fn a_person_is_named_whole_and_on_one_line() {
        for good in ["alice", "o'brien+x@example.com", " \u{fc}mit@example.com "] {
            assert!(PersonName::parse(good).is_ok(), "{good}");
        }
        for bad in ["", " ", "a\u{1b}[2J", "a\nb", &"a".repeat(321)] {
            assert!(PersonName::parse(bad).is_err(), "{bad:?}");
        }
        let alice = PersonName::parse("alice").expect("a name");
        assert!(alice.is_one_of([Some("alice"), None]));
        assert!(!alice.is_one_of([Some("Alice"), Some("alice@example.com")]));
    }

    #[test]
    fn an_identifier_cannot_leave_its_path_segment() {
        assert!(Identifier::new("at-DSZrTffxFAyp5d8q").is_some());
        for bad in ["", ".", "..", "a/b", "a?b", "a#b", "a%2fb", "a b", "a\\b", "é"] {
            assert!(Identifier::new(bad).is_none(), "{bad}");
        }
    }
}
