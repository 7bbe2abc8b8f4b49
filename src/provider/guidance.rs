//! What a server cannot do or does not show, in words: pages, notes, and who can help. Nothing here makes a request.

use super::capability::{Capability, Offer};
use crate::organization::OrganizationName;

/// Leads people on where a server or keybelt cannot.
pub trait Guidance {
    /// Returns whether it can do something. No request is made.
    fn offers(&self, capability: Capability) -> Offer;

    /// Returns the address of the page where an organization's policy is set by hand.
    fn organization_page(&self, name: &OrganizationName) -> String;

    /// Returns how a person ends a token that could not be ended from here.
    fn how_to_revoke(&self) -> String;

    /// Returns the address of the page where tokens are made by hand.
    fn token_page(&self) -> String;

    /// Returns the address of the page where the password is changed by hand.
    fn password_page(&self) -> String;

    /// Returns the address of the page that lists browser sessions, if there is one.
    fn sessions_page(&self) -> Option<String>;

    /// Returns what two-factor authentication leaves open here, and what to do about it.
    fn caveats(&self) -> Vec<String>;

    /// Returns how the server locks out who fails too often, where that is known.
    fn lockout(&self) -> Option<&'static str>;

    /// Returns the page that leads to a new password in place of a forgotten one.
    fn password_reset_page(&self) -> String;

    /// Returns who can help somebody who has lost phone and recovery codes.
    fn recovery_contact(&self) -> String;

    /// Returns how one comes to new recovery codes, in words that go on from "3 of 10 are left;".
    fn new_recovery_codes(&self) -> &'static str;
}
