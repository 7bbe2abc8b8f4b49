//! Tokens that belong to an organization, one of its teams or agent pools, or to its audit trail: whose they
//! are, and what a server tells of them.

use std::fmt;

use crate::account::Identifier;
use crate::organization::OrganizationName;
use crate::token::TokenInfo;

/// Whose token is meant, as a person names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedHolder {
    /// The organization.
    pub organization: OrganizationName,
    /// What in it.
    pub part: NamedPart,
}

/// What in an organization holds a token, as a person names it: by a name or an id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NamedPart {
    /// The organization itself.
    Whole,
    /// One of its teams.
    Team(String),
    /// One of its agent pools.
    AgentPool(String),
    /// Its audit trail.
    AuditTrail,
}

/// Whose token it is, as the server knows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TokenHolder {
    /// The organization.
    pub organization: OrganizationName,
    /// What in it.
    pub part: HolderPart,
}

/// What in an organization holds tokens. Names are as the server wrote them: escape them before they are shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum HolderPart {
    /// The organization itself, which has one token at most.
    Whole,
    /// A team.
    Team {
        /// Its id.
        id: Identifier,
        /// Its name.
        name: String,
    },
    /// An agent pool.
    AgentPool {
        /// Its id.
        id: Identifier,
        /// Its name.
        name: String,
    },
    /// The audit trail, which has one token at most.
    AuditTrail,
}

impl TokenHolder {
    /// Returns the word for it in JSON.
    pub fn kind(&self) -> &'static str {
        match self.part {
            HolderPart::Whole => "organization",
            HolderPart::Team { .. } => "team",
            HolderPart::AgentPool { .. } => "agent_pool",
            HolderPart::AuditTrail => "audit_trail",
        }
    }

    /// Returns the server's id and name of the team or agent pool; `None` for what has none of its own.
    pub fn part(&self) -> Option<(&Identifier, &str)> {
        match &self.part {
            HolderPart::Team { id, name } | HolderPart::AgentPool { id, name } => Some((id, name)),
            HolderPart::Whole | HolderPart::AuditTrail => None,
        }
    }
}

impl fmt::Display for TokenHolder {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let organization = &self.organization;
        match &self.part {
            HolderPart::Whole => write!(out, "organization {organization}"),
            HolderPart::Team { name, .. } => write!(out, "team {name} of {organization}"),
            HolderPart::AgentPool { name, .. } => {
                write!(out, "agent pool {name} of {organization}")
            }
            HolderPart::AuditTrail => write!(out, "the audit trail of {organization}"),
        }
    }
}

/// Who made a token: a user, a team or an organization, in the server's word, and its id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Creator {
    /// The kind, in the server's word: `users`, `teams`, `organizations`.
    pub kind: String,
    /// The id.
    pub id: Identifier,
}

/// A token, and who made it where the server tells.
#[derive(Debug, Clone)]
pub struct OrganizationToken {
    /// What is told of any token.
    pub info: TokenInfo,
    /// Who made it; `None` if that is gone, or not told.
    pub created_by: Option<Creator>,
}

/// Whether a new token leaves the ones before it alive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Overlap {
    /// Several live side by side, told apart by their descriptions.
    Several,
    /// A new one ends the one before at once.
    One,
}

/// The tokens of one holder.
#[derive(Debug)]
pub struct HolderTokens {
    /// The tokens; never more than one where there is no overlap.
    pub tokens: Vec<OrganizationToken>,
    /// What a new one does to them.
    pub overlap: Overlap,
}

/// A token that somebody has made for an organization: it lives on, whatever becomes of them.
#[derive(Debug, Clone)]
pub struct MadeToken {
    /// Whose it is.
    pub holder: TokenHolder,
    /// The token.
    pub info: TokenInfo,
    /// Whether the server says who made it: it may be anybody's else.
    pub is_certain: bool,
}

/// What somebody has made for an organization, as far as the server shows it.
#[derive(Debug, Default)]
pub struct MadeTokens {
    /// The tokens, those of unknown makers as well.
    pub tokens: Vec<MadeToken>,
    /// Whose tokens were not shown, or not all of them.
    pub hidden: Vec<&'static str>,
}

/// What became of trying a new token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trial {
    /// The server took it for what it is for.
    Works,
    /// The server lists it; what it is for cannot be tried here.
    NotTried,
}
