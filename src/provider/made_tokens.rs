//! What somebody has made for organizations, and leaves behind there.

use crate::account::Identifier;
use crate::failure::Failure;
use crate::organization::OrganizationName;
use crate::organization_token::MadeTokens;
use crate::token::Credential;

/// Finds tokens by who made them.
pub trait TokensByMaker {
    /// Lists an organization's tokens that a user has made, or that nobody is known to have made.
    ///
    /// What the server hides is named in the answer: it stops nothing.
    fn tokens_made_by(
        &self,
        credential: &Credential,
        organization: &OrganizationName,
        maker: &Identifier,
    ) -> Result<MadeTokens, Failure>;
}
