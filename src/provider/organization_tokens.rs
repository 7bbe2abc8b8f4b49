//! The tokens of an organization, its teams and agent pools, and its audit trail.

use jiff::Timestamp;

use super::tokens::Revocation;
use crate::account::Identifier;
use crate::failure::Failure;
use crate::organization::OrganizationName;
use crate::organization_token::{
    HolderTokens, NamedHolder, OrganizationToken, Overlap, TokenHolder, Trial,
};
use crate::token::{Credential, Token};

/// Lists, creates and revokes tokens that are no user's.
///
/// What a server hides it answers as what is absent, so that no refusal says "absent" alone.
pub trait OrganizationTokens {
    /// Lists an organization's teams: their names and ids.
    fn teams(
        &self,
        credential: &Credential,
        organization: &OrganizationName,
    ) -> Result<Vec<(String, String)>, Failure>;

    /// Finds whom a name or an id means, exactly.
    ///
    /// # Errors
    /// Refused, if nobody is called so, several are, or this credential may not manage its tokens.
    fn token_holder(
        &self,
        credential: &Credential,
        named: &NamedHolder,
    ) -> Result<TokenHolder, Failure>;

    /// Lists a holder's tokens.
    fn tokens_of(
        &self,
        credential: &Credential,
        holder: &TokenHolder,
    ) -> Result<HolderTokens, Failure>;

    /// Creates a token. Where there is no overlap, the description is left out and the token before ends.
    ///
    /// # Errors
    /// Unavailable, if the answer is missing: a token may then exist that nobody knows.
    fn create_token_of(
        &self,
        credential: &Credential,
        holder: &TokenHolder,
        overlap: Overlap,
        description: &str,
        expires_at: Option<Timestamp>,
    ) -> Result<(OrganizationToken, Token), Failure>;

    /// Tries a new token as its holder would use it. Where the server takes it from agents only, `caller` looks
    /// whether it is there.
    fn try_token_of(
        &self,
        new: &Credential,
        caller: &Credential,
        holder: &TokenHolder,
        id: &Identifier,
    ) -> Result<Trial, Failure>;

    /// Revokes a holder's token; the id is one that was listed.
    ///
    /// # Errors
    /// Unavailable, if it is unknown whether the token lives on.
    fn revoke_token_of(
        &self,
        credential: &Credential,
        holder: &TokenHolder,
        overlap: Overlap,
        id: &Identifier,
    ) -> Result<Revocation, Failure>;
}
