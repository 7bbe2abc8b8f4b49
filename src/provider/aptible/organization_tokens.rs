//! Aptible has no tokens that are nobody's own.

use jiff::Timestamp;

use super::Aptible;
use super::guidance::no_organization_tokens;
use crate::account::Identifier;
use crate::failure::Failure;
use crate::organization::{Group, OrganizationName, TokenHolder};
use crate::provider::organization_tokens::OrganizationTokens;
use crate::provider::tokens::Revocation;
use crate::token::{Credential, Token, TokenInfo};

impl OrganizationTokens for Aptible<'_> {
    fn team(&self, _: &Credential, _: &OrganizationName, _: &str) -> Result<Group, Failure> {
        Err(no_organization_tokens())
    }

    fn agent_pool(&self, _: &Credential, _: &OrganizationName, _: &str) -> Result<Group, Failure> {
        Err(no_organization_tokens())
    }

    fn tokens_of(
        &self,
        _: &Credential,
        _: &OrganizationName,
        _: &TokenHolder,
    ) -> Result<Vec<TokenInfo>, Failure> {
        Err(no_organization_tokens())
    }

    fn create_token_of(
        &self,
        _: &Credential,
        _: &OrganizationName,
        _: &TokenHolder,
        _: &str,
        _: Option<Timestamp>,
    ) -> Result<(TokenInfo, Token), Failure> {
        Err(no_organization_tokens())
    }

    fn revoke_token_of(
        &self,
        _: &Credential,
        _: &OrganizationName,
        _: &TokenHolder,
        _: &Identifier,
    ) -> Result<Revocation, Failure> {
        Err(no_organization_tokens())
    }
}
