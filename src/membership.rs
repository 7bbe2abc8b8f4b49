//! A member of an organization who is about to be acted on, and what hangs on them.

use jiff::Timestamp;

use crate::account::Identifier;
use crate::organization::MemberState;

/// Somebody who belongs to an organization, or is invited. Texts are as the server wrote them: escape them before they
/// are shown.
#[derive(Debug, Clone)]
pub struct Membership {
    /// What the server calls the membership, or the invitation.
    pub id: Identifier,
    /// The user's id, where there is a user.
    pub user_id: Option<Identifier>,
    /// The user name.
    pub name: Option<String>,
    /// The email address.
    pub email: Option<String>,
    /// How two-factor authentication stands; invited, for those who have not come yet.
    pub state: MemberState,
    /// The teams or roles, as far as they are shown.
    pub teams: Vec<String>,
    /// Whether this is an owner, where the server tells.
    pub is_owner: Option<bool>,
    /// How many owners there are, where the server tells.
    pub owners: Option<u64>,
    /// What brings the member back, if something does.
    pub managed_by: Option<ManagedBy>,
}

/// What looks after who is a member, in place of the owners.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ManagedBy {
    /// A directory that provisions accounts.
    Scim,
    /// The identity provider.
    SingleSignOn,
}

impl ManagedBy {
    /// Returns the word for JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Scim => "scim",
            Self::SingleSignOn => "single_sign_on",
        }
    }
}

impl Membership {
    /// Returns what to call the member.
    pub fn called(&self) -> &str {
        self.name.as_deref().or(self.email.as_deref()).unwrap_or(self.id.as_str())
    }

    /// Returns whether this is an invitation.
    pub fn is_invited(&self) -> bool {
        self.state == MemberState::Invited
    }

    /// Returns whether nobody would own the organization afterwards, as far as the server tells.
    pub fn is_last_owner(&self) -> bool {
        self.is_owner == Some(true) && self.owners == Some(1)
    }
}

/// A connection of an organization to version control, which works by somebody's account there.
#[derive(Debug, Clone)]
pub struct Connection {
    /// The server's id.
    pub id: Identifier,
    /// Whose account there it uses, as the server wrote it: escape it before it is shown.
    pub account: Option<String>,
    /// When it was made.
    pub created_at: Option<Timestamp>,
}
