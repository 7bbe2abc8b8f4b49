//! Organizations: what they demand of their members, and who these are.

use crate::failure::Failure;
use crate::organization::{Invitation, MemberPage, Organization, OrganizationName, Policy};
use crate::token::Credential;

/// Shows organizations and their members, and changes what they demand.
pub trait Organizations {
    /// Lists the organizations that the account belongs to.
    fn organizations(&self, credential: &Credential) -> Result<Vec<Organization>, Failure>;

    /// Returns one organization, and what the account is there.
    fn organization(
        &self,
        credential: &Credential,
        name: &OrganizationName,
    ) -> Result<Organization, Failure>;

    /// Hands an organization's members to `visit`, page by page as they come, each of them once.
    ///
    /// Each page has the command's whole time, for a long list is not a slow server.
    fn members(
        &self,
        credential: &Credential,
        name: &OrganizationName,
        visit: &mut dyn FnMut(&MemberPage<'_>) -> Result<(), Failure>,
    ) -> Result<(), Failure>;

    /// Lists the invitations that nobody has followed; `None` where they are not shown.
    fn invitations(
        &self,
        credential: &Credential,
        name: &OrganizationName,
    ) -> Result<Option<Vec<Invitation>>, Failure>;

    /// Changes what an organization demands of those who sign in.
    fn set_policy(
        &self,
        credential: &Credential,
        name: &OrganizationName,
        policy: Policy,
    ) -> Result<(), Failure>;
}
