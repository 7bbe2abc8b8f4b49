//! What owners do about one member of an organization.

use crate::account::PersonName;
use crate::failure::Failure;
use crate::membership::{Connection, Membership};
use crate::organization::OrganizationName;
use crate::token::Credential;

/// Finds one member, and acts on them.
pub trait Memberships {
    /// Finds the one member, or invited person, of this name or address, exactly.
    fn membership(
        &self,
        credential: &Credential,
        organization: &OrganizationName,
        member: &PersonName,
    ) -> Result<Membership, Failure>;

    /// Lists the organization's connections to version control; `None` where it does not show this token any.
    fn connections(
        &self,
        credential: &Credential,
        organization: &OrganizationName,
    ) -> Result<Option<Vec<Connection>>, Failure>;

    /// Removes a member, or withdraws an invitation; returns whether it was still there.
    ///
    /// # Errors
    /// Unavailable, if it is unknown whether it was done.
    fn remove_member(
        &self,
        credential: &Credential,
        organization: &OrganizationName,
        member: &Membership,
    ) -> Result<bool, Failure>;

    /// Sends a member the email by whose link they turn their two-factor authentication off.
    ///
    /// # Errors
    /// Unavailable, if it is unknown whether it was sent.
    fn mail_two_factor_reset(
        &self,
        credential: &Credential,
        organization: &OrganizationName,
        member: &Membership,
    ) -> Result<(), Failure>;
}
