//! The members of an organization, page by page.

use super::Session;
use crate::failure::Failure;
use crate::host::Host;
use crate::organization::{MemberPage, OrganizationName};
use crate::terminal::Progress;

impl Session {
    /// Reads every member, and shows how far it has come: `read` returns how many it has counted.
    pub fn each_member(
        &self,
        host: &Host,
        name: &OrganizationName,
        read: &mut dyn FnMut(&MemberPage<'_>) -> u64,
    ) -> Result<(), Failure> {
        let signed_in = self.signed_in(host)?;
        let server = self.server(host, signed_in.entry());
        let mut progress = Progress::start(&format!("members of {name}"));
        server.members(&signed_in.credential, name, &mut |page| {
            let counted = read(page);
            progress.advance(counted, page.total);
            Ok(())
        })
    }
}
