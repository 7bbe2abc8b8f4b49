//! What lets somebody in beside a user's tokens, on an Atlas server: browser sessions, which only their page ends.

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
        sessions.into_iter().collect()
    }
}
