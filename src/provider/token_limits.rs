//! How long an organization lets tokens live.

use crate::failure::Failure;
use crate::organization::{OrganizationName, TokenLimit};
use crate::token::Credential;
use crate::token_limit::{LimitedToken, TokenKind, WantedLimit};

/// Shows and sets the limits on tokens' lives, and the tokens that fall under them.
pub trait TokenLimits {
    /// Returns the limits, whether they hold or not; `None` where this token may not see them.
    fn token_limits(
        &self,
        credential: &Credential,
        name: &OrganizationName,
    ) -> Result<Option<Vec<TokenLimit>>, Failure>;

    /// Hands the tokens of an organization that have a limit to `visit`, each once, but for those of users.
    ///
    /// Returns the kinds that the server does not show this token, or does not have.
    fn limited_tokens(
        &self,
        credential: &Credential,
        name: &OrganizationName,
        visit: &mut dyn FnMut(LimitedToken),
    ) -> Result<Vec<TokenKind>, Failure>;

    /// Sets some limits, and leaves the others. They hold only while [`TokenLimits::enforce_limits`] is on.
    fn set_token_limits(
        &self,
        credential: &Credential,
        name: &OrganizationName,
        limits: &[WantedLimit],
    ) -> Result<(), Failure>;

    /// Turns the limits on or off. Tokens that live longer end at once.
    fn enforce_limits(
        &self,
        credential: &Credential,
        name: &OrganizationName,
        on: bool,
    ) -> Result<(), Failure>;
}
