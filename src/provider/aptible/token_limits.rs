//! Limits on tokens' lives, which an Aptible server does not have.

use super::Aptible;
use super::guidance::no_token_limits;
use crate::failure::Failure;
use crate::organization::{OrganizationName, TokenLimit};
use crate::provider::token_limits::TokenLimits;
use crate::token::Credential;
use crate::token_limit::{LimitedToken, TokenKind, WantedLimit};

impl TokenLimits for Aptible<'_> {
    fn token_limits(
        &self,
        _: &Credential,
        _: &OrganizationName,
    ) -> Result<Option<Vec<TokenLimit>>, Failure> {
        Err(no_token_limits())
    }

    fn limited_tokens(
        &self,
        _: &Credential,
        _: &OrganizationName,
        _: &mut dyn FnMut(LimitedToken),
    ) -> Result<Vec<TokenKind>, Failure> {
        Err(no_token_limits())
    }

    fn set_token_limits(
        &self,
        _: &Credential,
        _: &OrganizationName,
        _: &[WantedLimit],
    ) -> Result<(), Failure> {
        Err(no_token_limits())
    }

    fn enforce_limits(&self, _: &Credential, _: &OrganizationName, _: bool) -> Result<(), Failure> {
        Err(no_token_limits())
    }
}
