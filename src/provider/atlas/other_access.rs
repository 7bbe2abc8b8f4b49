//! What lets somebody in beside a user's tokens, on an Atlas server: browser sessions, which only their page ends, and
//! tokens that belong to organizations, whoever has made them.

use super::Atlas;
use crate::account::Account;
use crate::provider::guidance::Guidance;
use crate::provider::other_access::{Access, OtherAccess};
use crate::token::Credential;

impl OtherAccess for Atlas<'_> {
    fn other_access(&self, _: &Credential, _: &Account) -> Vec<Access> {
        let sessions = self.sessions_page().map(|page| Access {
            kind: "browser_sessions",
            what: "browser sessions".to_owned(),
            action: page,
        });
        let of_organizations = Access {
            kind: "organization_tokens",
            what: "tokens for teams, organizations and agents".to_owned(),
            action: format!(
                "they stay valid and were not checked; check each organization's settings, from {}",
                self.host.address_of("/app/organizations")
            ),
        };
        sessions.into_iter().chain([of_organizations]).collect()
    }
}
