//! The words of site administration: users as an installation's administrators see them, and what is done to one.

use crate::account::Identifier;
use crate::organization::MemberState;

/// A user of an installation. Texts are as the server wrote them: escape them before they are shown.
#[derive(Debug, Clone)]
pub struct SiteUser {
    /// The server's id.
    pub id: Identifier,
    /// The user name; those who were only invited have none.
    pub name: Option<String>,
    /// The email address.
    pub email: Option<String>,
    /// How two-factor authentication stands.
    pub two_factor: MemberState,
    /// Whether this is a site administrator, where the server tells.
    pub is_admin: Option<bool>,
    /// Whether this one may look into every organization, where the server tells.
    pub is_auditor: Option<bool>,
    /// Whether the account is suspended, where the server tells.
    pub is_suspended: Option<bool>,
    /// The organizations that the user belongs to, where the server tells.
    pub organizations: Option<Vec<String>>,
}

impl SiteUser {
    /// Returns what to call the user.
    pub fn called(&self) -> &str {
        self.name.as_deref().or(self.email.as_deref()).unwrap_or(self.id.as_str())
    }
}

/// Which users are wanted.
#[derive(Debug, Clone, Copy, Default)]
pub struct UserFilter {
    /// Only site administrators.
    pub admin: bool,
    /// Only those who are suspended.
    pub suspended: bool,
}

impl UserFilter {
    /// Returns whether a user is wanted, as far as the server tells. It was asked for them alone.
    pub fn takes(self, user: &SiteUser) -> bool {
        (!self.admin || user.is_admin != Some(false))
            && (!self.suspended || user.is_suspended != Some(false))
    }
}

/// What a site administrator does to a user.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UserAct {
    /// Turns the user's two-factor authentication off.
    ResetTwoFactor,
    /// Shuts the user out, with all of the user's own tokens.
    Suspend,
    /// Lets the user in again.
    Unsuspend,
}

impl UserAct {
    /// Returns whether a user is in the state that it leads to; `None` where the server does not tell.
    pub fn is_done(self, user: &SiteUser) -> Option<bool> {
        match (self, user.two_factor) {
            (Self::Suspend, _) => user.is_suspended,
            (Self::Unsuspend, _) => user.is_suspended.map(|is_suspended| !is_suspended),
            (Self::ResetTwoFactor, MemberState::Off) => Some(true),
            (Self::ResetTwoFactor, MemberState::On | MemberState::Started) => Some(false),
            (Self::ResetTwoFactor, _) => None,
        }
    }
}
