//! One member of an organization, on an Atlas server (protocol: tokens-and-administration 5, 8).

use std::collections::HashSet;

use super::Atlas;
use super::list::PageInfo;
use super::organization_tokens::query;
use super::organizations::path_of;
use super::wire::memberships as wire;
use crate::account::PersonName;
use crate::failure::Failure;
use crate::http::Method;
use crate::membership::{Connection, Membership};
use crate::organization::OrganizationName;
use crate::provider::answer::{self, Due, Shape};
use crate::provider::memberships::Memberships;
use crate::text;
use crate::token::Credential;

impl Memberships for Atlas<'_> {
    fn membership(
        &self,
        credential: &Credential,
        organization: &OrganizationName,
        member: &PersonName,
    ) -> Result<Membership, Failure> {
        let path = format!("{}/organization-memberships", path_of(organization));
        let wanted = format!("{}include=user%2Cteams&", query("q", member.as_str()));
        let (mut found, mut seen) = (Vec::new(), HashSet::new());
        self.list(credential, &path, &wanted, &mut |reply| match reply.status {
            200..=299 => {
                wire::page(&reply.json(self.host)?, member, &mut found, &mut seen, self.host)
            }
            _ => Err(self.members_refused(reply, credential, organization)),
        })?;
        let shown = text::escape(member.as_str());
        match (found.pop(), found.is_empty()) {
            (Some(member), true) => Ok(member),
            (None, _) => {
                Err(Failure::refused(format!("no member of {organization} is called `{shown}`"))
                    .hint("give the whole user name or email address; `keybelt org audit --everyone` shows them"))
            }
            (Some(_), false) => {
                Err(Failure::refused(format!("several members of {organization} are called `{shown}`"))
                    .hint("give the other of user name and email address"))
            }
        }
    }

    fn connections(
        &self,
        credential: &Credential,
        organization: &OrganizationName,
    ) -> Result<Option<Vec<Connection>>, Failure> {
        let path = format!("{}/oauth-tokens", path_of(organization));
        let (mut found, mut seen, mut is_shown) = (Vec::new(), HashSet::new(), true);
        self.list(credential, &path, "", &mut |reply| match reply.status {
            200..=299 => {
                wire::connections(&reply.json(self.host)?, &mut found, &mut seen, self.host)
            }
            _ if answer::is_refusal(reply) => {
                is_shown = false;
                Ok(PageInfo { pages: None, new_rows: 0 })
            }
            _ => Err(reply.unexpected(self.host)),
        })?;
        Ok(is_shown.then_some(found))
    }

    fn remove_member(
        &self,
        credential: &Credential,
        organization: &OrganizationName,
        member: &Membership,
    ) -> Result<bool, Failure> {
        let path = format!("/api/v2/organization-memberships/{}", member.id);
        let request = self.request(Method::Delete, &path, Some(credential));
        let reply = self.send(&request, Due::change(Shape::JsonApi))?;
        match reply.status {
            200..=299 => Ok(true),
            // It was listed a moment ago.
            404 => Ok(false),
            401 => Err(self.organization_refused(&reply, credential, organization)),
            403 => Err(self.explained(
                Failure::refused(format!(
                    "`{}` does not let this token remove members of {organization}",
                    self.host
                ))
                .hint("owners may, and those who may manage memberships"),
                &reply,
            )),
            _ => Err(self.refused(&reply, &format!("did not remove the member of {organization}"))),
        }
    }

    fn mail_two_factor_reset(
        &self,
        _: &Credential,
        _: &OrganizationName,
        _: &Membership,
    ) -> Result<(), Failure> {
        Err(self.no_member_reset())
    }
}
