//! Tokens of organizations, their teams, agent pools and audit trails: what there is, and how one is created and
//! revoked.

use jiff::Timestamp;

use super::tokens::Revocation;
use crate::account::Identifier;
use crate::failure::Failure;
use crate::organization::{Group, OrganizationName, TokenHolder};
use crate::token::{Credential, Token, TokenInfo};

/// Lists, creates and revokes tokens that are no member's own.
pub trait OrganizationTokens {
    /// Finds a team by its exact name.
    ///
    /// # Errors
    /// Refused, if there is none, or none that this token may see, and if there are several: by their ids.
    fn team(
        &self,
        credential: &Credential,
        organization: &OrganizationName,
        name: &str,
    ) -> Result<Group, Failure>;

    /// Finds an agent pool by its exact name, as [`OrganizationTokens::team`] does.
    fn agent_pool(
        &self,
        credential: &Credential,
        organization: &OrganizationName,
        name: &str,
    ) -> Result<Group, Failure>;

    /// Lists the holder's tokens. None may also mean: none that this token may see.
    fn tokens_of(
        &self,
        credential: &Credential,
        organization: &OrganizationName,
        holder: &TokenHolder,
    ) -> Result<Vec<TokenInfo>, Failure>;

    /// Creates a token. Where the holder has one at most, that ends the one before.
    ///
    /// # Errors
    /// Unavailable, if the answer is missing: a token may then exist that nobody knows.
    fn create_token_of(
        &self,
        credential: &Credential,
        organization: &OrganizationName,
        holder: &TokenHolder,
        description: &str,
        expires_at: Option<Timestamp>,
    ) -> Result<(TokenInfo, Token), Failure>;

    /// Revokes one of the holder's tokens.
    ///
    /// # Errors
    /// Unavailable, if it is unknown whether the token lives on.
    fn revoke_token_of(
        &self,
        credential: &Credential,
        organization: &OrganizationName,
        holder: &TokenHolder,
        id: &Identifier,
    ) -> Result<Revocation, Failure>;
}
