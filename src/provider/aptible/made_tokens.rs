//! Aptible's tokens are all people's own: nobody makes one for somebody else.

use super::Aptible;
use crate::account::Identifier;
use crate::failure::Failure;
use crate::organization::OrganizationName;
use crate::organization_token::MadeTokens;
use crate::provider::made_tokens::TokensByMaker;
use crate::token::Credential;

impl TokensByMaker for Aptible<'_> {
    fn tokens_made_by(
        &self,
        _: &Credential,
        _: &OrganizationName,
        _: &Identifier,
    ) -> Result<MadeTokens, Failure> {
        Ok(MadeTokens::default())
    }
}
