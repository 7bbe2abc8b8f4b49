//! Aptible's tokens are all people's.

use jiff::Timestamp;

use super::Aptible;
use super::guidance::no_organization_tokens;
use crate::account::Identifier;
use crate::failure::Failure;
use crate::organization::OrganizationName;
use crate::organization_token::{
    HolderTokens, NamedHolder, OrganizationToken, Overlap, TokenHolder, Trial,
};
use crate::provider::organization_tokens::OrganizationTokens;
use crate::provider::tokens::Revocation;
use crate::token::{Credential, Token};

impl OrganizationTokens for Aptible<'_> {
    fn teams(
        &self,
        _: &Credential,
        _: &OrganizationName,
    ) -> Result<Vec<(String, String)>, Failure> {
        Err(no_organization_tokens())
    }

    fn token_holder(&self, _: &Credential, _: &NamedHolder) -> Result<TokenHolder, Failure> {
        Err(no_organization_tokens())
    }

    fn tokens_of(&self, _: &Credential, _: &TokenHolder) -> Result<HolderTokens, Failure> {
        Err(no_organization_tokens())
    }

    fn create_token_of(
        &self,
        _: &Credential,
        _: &TokenHolder,
        _: Overlap,
        _: &str,
        _: Option<Timestamp>,
    ) -> Result<(OrganizationToken, Token), Failure> {
        Err(no_organization_tokens())
    }

    fn try_token_of(
        &self,
        _: &Credential,
        _: &Credential,
        _: &TokenHolder,
        _: &Identifier,
    ) -> Result<Trial, Failure> {
        Err(no_organization_tokens())
    }

    fn revoke_token_of(
        &self,
        _: &Credential,
        _: &TokenHolder,
        _: Overlap,
        _: &Identifier,
    ) -> Result<Revocation, Failure> {
        Err(no_organization_tokens())
    }
}
