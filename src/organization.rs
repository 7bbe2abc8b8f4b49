//! The words of organizations: what one demands of its members, who they are, and who has a second factor.

use std::borrow::Cow;
use std::fmt;

use jiff::Timestamp;

use crate::failure::Failure;
use crate::lifetime::Lifetime;

/// What a command calls an organization, and what stands in its address: one path segment.
///
/// Some servers have names there, others ids; people may type either.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrganizationName(String);

impl OrganizationName {
    /// Parses a name, whoever gave it; `None` if it could change the path that it is put into.
    pub fn new(text: &str) -> Option<Self> {
        let allowed = |b: u8| (b' '..0x7f).contains(&b) && !b"/\\?#%".contains(&b);
        let fits = (1..=256).contains(&text.len()) && text.bytes().all(allowed);
        (fits && text.trim() == text && text != "." && text != "..").then(|| Self(text.to_owned()))
    }

    /// Parses what a person gave.
    pub fn parse(text: &str) -> Result<Self, Failure> {
        Self::new(text.trim()).ok_or_else(|| {
            Failure::usage("invalid organization name").hint(
                "plain ASCII without `/ \\ ? # %`, 256 characters at most; see `keybelt org list`",
            )
        })
    }

    /// Returns the name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for OrganizationName {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

/// What an organization demands of those who sign in to its pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Policy {
    /// A password is enough.
    Password,
    /// Everyone must have two-factor authentication.
    TwoFactorMandatory,
}

impl Policy {
    /// Returns the protocol's word.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Password => "password",
            Self::TwoFactorMandatory => "two_factor_mandatory",
        }
    }

    /// Reads the protocol's word.
    pub fn new(word: &str) -> Option<Self> {
        match word {
            "password" => Some(Self::Password),
            "two_factor_mandatory" => Some(Self::TwoFactorMandatory),
            _ => None,
        }
    }
}

/// What somebody is to an organization.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// May change everything.
    Owner,
    /// Takes part.
    Member,
    /// Was asked to take part, and has not answered.
    Invited,
}

impl Role {
    /// Returns the word for JSON and for people.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Owner => "owner",
            Self::Member => "member",
            Self::Invited => "invited",
        }
    }
}

/// How long a browser session lasts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SessionLength {
    /// As long as the server has it by default.
    ServerDefault,
    /// So long.
    Lasts(Lifetime),
}

/// The longest life that an organization lets one kind of token have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TokenLimit {
    /// The kind in the server's word: `user`, `team`, `organization`… Escape it before it is shown.
    pub kind: String,
    /// The longest life.
    pub longest: Lifetime,
}

/// What a server tells of an organization; `None` is what it does not tell, or does not have.
#[derive(Debug, Clone)]
pub struct Organization {
    /// What commands call it; `None` if the server's name for it is none that could be asked about.
    pub name: Option<OrganizationName>,
    /// What people call it, as the server wrote it: escape it before it is shown.
    pub title: String,
    /// What the token's account is there.
    pub role: Option<Role>,
    /// What it demands of those who sign in.
    pub policy: Option<Policy>,
    /// Whether everyone who must have two-factor authentication has it, as the server sees it.
    pub is_conformant: Option<bool>,
    /// How long a browser session lasts that nobody uses.
    pub idle_session: Option<SessionLength>,
    /// How long a browser session lasts until one must sign in again.
    pub longest_session: Option<SessionLength>,
    /// Whether tokens of users may reach it.
    pub allows_user_tokens: Option<bool>,
    /// Whether it limits how long tokens live.
    pub limits_tokens: Option<bool>,
    /// These limits; told only of a single organization, and only to owners.
    pub token_limits: Option<Vec<TokenLimit>>,
    /// Whether the token's account may change it.
    pub may_change: Option<bool>,
}

/// How a member stands with two-factor authentication.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum MemberState {
    /// Enabled and verified: a code is asked for at sign-in
    On,
    /// Enabled and not verified: no code is asked for yet
    Started,
    /// Neither enabled nor verified
    Off,
    /// The server cannot tell: the member signs in elsewhere, or it does not say
    Unknown,
    /// Invited, not joined yet
    Invited,
    /// A service account
    Service,
}

impl MemberState {
    /// Every state.
    pub const ALL: [Self; 6] =
        [Self::On, Self::Started, Self::Off, Self::Unknown, Self::Invited, Self::Service];

    /// Returns the word for JSON and for people.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::On => "on",
            Self::Started => "started",
            Self::Off => "off",
            Self::Unknown => "unknown",
            Self::Invited => "invited",
            Self::Service => "service",
        }
    }

    /// Returns whether a member in this state lacks what everyone should have, as far as can be told.
    pub fn is_exception(self) -> bool {
        matches!(self, Self::Started | Self::Off | Self::Unknown)
    }
}

/// A member as a server shows it. The texts are as the server wrote them: escape them before they are shown.
#[derive(Debug, Clone)]
pub struct Member<'a> {
    /// The account's name; `None` while only invited, or not told.
    pub name: Option<Cow<'a, str>>,
    /// The email address.
    pub email: Option<Cow<'a, str>>,
    /// How two-factor authentication stands.
    pub state: MemberState,
    /// Whether this is an owner; `None` where the server does not show who is.
    pub is_owner: Option<bool>,
    /// Where the member signs in, in the server's word, if not with a password here: `hcp_sso`, `saml`…
    pub signs_in_by: Option<Cow<'a, str>>,
    /// Whether an invited one will have to enrol.
    pub must_enrol: Option<bool>,
    /// When an invited one was invited.
    pub invited_at: Option<Timestamp>,
}

/// After how many days an invitation is called old: whoever wanted to come has come by then.
pub const OLD_INVITATION: i64 = 30;

/// Returns for how many whole days an invitation has been waiting.
pub fn days_waiting(invited_at: Timestamp, now: Timestamp) -> i64 {
    now.duration_since(invited_at).as_hours().max(0) / 24
}

/// An invitation that nobody has followed yet.
#[derive(Debug, Clone)]
pub struct Invitation {
    /// The email address, as the server wrote it: escape it before it is shown.
    pub email: Option<String>,
    /// When it was made, where the server tells.
    pub invited_at: Option<Timestamp>,
}

/// Some members of an organization, as they came; nobody comes twice.
#[derive(Debug)]
pub struct MemberPage<'a> {
    /// The members.
    pub members: Vec<Member<'a>>,
    /// How many there are in all, as the server says now.
    pub total: Option<u64>,
    /// The states that the server can tell; of the others nothing is known, not even that nobody is in them.
    pub states: &'static [MemberState],
}

#[cfg(test)]
mod tests {
    use super::OrganizationName;

    #[test]
    fn an_organizations_name_cannot_leave_its_path_segment() {
        for good in ["acme", "Acme_Corp-2", "Acme, Inc.", &"a".repeat(256)] {
            assert!(OrganizationName::new(good).is_some(), "{good}");
        }
        for bad in [
            "",
            ".",
            "..",
            " ",
            " acme",
            "a/b",
            "a\\b",
            "a?b",
            "a#b",
            "a%2fb",
            "a\n",
            "a\u{1b}[2J",
            "é",
            &"a".repeat(257),
        ] {
            assert!(OrganizationName::new(bad).is_none(), "{bad:?}");
        }
    }
}
