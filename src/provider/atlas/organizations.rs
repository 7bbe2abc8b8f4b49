//! Organizations and their members, on an Atlas server.

use std::collections::HashSet;

use secrecy::SecretString;

use super::Atlas;
use super::list::PageInfo;
use super::wire::{members, organizations};
use crate::failure::Failure;
use crate::http::{Method, Reply, Request};
use crate::organization::{
    Invitation, MemberPage, MemberState, Organization, OrganizationName, Policy,
};
use crate::provider::answer::{self, Due, Shape};
use crate::provider::guidance::Guidance;
use crate::provider::organizations::Organizations;
use crate::provider::parse::single_line;
use crate::provider::sign_in::SignIns;
use crate::provider::token_limits::TokenLimits;
use crate::token::Credential;

const ORGANIZATIONS: &str = "/api/v2/organizations";
const OWN_MEMBERSHIPS: &str = "/api/v2/organization-memberships";

pub(super) fn path_of(name: &OrganizationName) -> String {
    format!("{ORGANIZATIONS}/{name}")
}

impl Organizations for Atlas<'_> {
    fn organizations(&self, credential: &Credential) -> Result<Vec<Organization>, Failure> {
        let (mut found, mut seen) = (Vec::new(), HashSet::new());
        self.list(credential, ORGANIZATIONS, "", &mut |reply| {
            if !reply.is_success() {
                return Err(self.organizations_refused(reply, credential));
            }
            organizations::page(&reply.json(self.host)?, &mut found, &mut seen)
                .ok_or_else(|| self.no_organization())
        })?;
        let roles = self.roles(credential)?;
        for organization in &mut found {
            organization.role = roles.of(organization);
        }
        Ok(found)
    }

    fn organization(
        &self,
        credential: &Credential,
        name: &OrganizationName,
    ) -> Result<Organization, Failure> {
        let reply = self.get(&path_of(name), credential)?;
        if !reply.is_success() {
            return Err(self.organization_refused(&reply, credential, name));
        }
        let mut organization =
            organizations::one(&reply.json(self.host)?).ok_or_else(|| self.no_organization())?;
        organization.role = self.roles(credential)?.of(&organization);
        if organization.limits_tokens == Some(true) {
            organization.token_limits = self.token_limits(credential, name)?;
        }
        Ok(organization)
    }

    fn members(
        &self,
        credential: &Credential,
        name: &OrganizationName,
        visit: &mut dyn FnMut(&MemberPage<'_>) -> Result<(), Failure>,
    ) -> Result<(), Failure> {
        let path = format!("{}/organization-memberships", path_of(name));
        let mut seen = members::SeenIds::default();
        self.list(credential, &path, "include=user%2Cteams&", &mut |reply| {
            if !reply.is_success() {
                return Err(self.members_refused(reply, credential, name));
            }
            let page = members::Page::read(reply, self.host)?;
            let found = page.members(&mut seen);
            visit(&found)?;
            Ok(page.page_info(found.members.len()))
        })
    }

    fn invitations(
        &self,
        credential: &Credential,
        name: &OrganizationName,
    ) -> Result<Option<Vec<Invitation>>, Failure> {
        let path = format!("{}/organization-memberships", path_of(name));
        let (mut found, mut seen) = (Vec::new(), members::SeenIds::default());
        let mut is_shown = true;
        self.list(credential, &path, "filter%5Bstatus%5D=invited&", &mut |reply| {
            if !reply.is_success() && answer::is_refusal(reply) {
                is_shown = false;
                return Ok(PageInfo { pages: None, new_rows: 0 });
            }
            if !reply.is_success() {
                return Err(reply.unexpected(self.host));
            }
            let page = members::Page::read(reply, self.host)?;
            let shown = page.members(&mut seen);
            // Older servers do not filter.
            let invited = shown.members.iter().filter(|it| it.state == MemberState::Invited);
            found.extend(invited.map(|member| Invitation {
                email: member.email.as_deref().map(single_line),
                invited_at: member.invited_at,
            }));
            Ok(page.page_info(shown.members.len()))
        })?;
        Ok(is_shown.then_some(found))
    }

    fn set_policy(
        &self,
        credential: &Credential,
        name: &OrganizationName,
        policy: Policy,
    ) -> Result<(), Failure> {
        let path = path_of(name);
        let body = organizations::change_policy(policy);
        self.change_organization(credential, name, Change { path: &path, body, what: "the policy" })
    }
}

/// A change of an organization.
pub(super) struct Change<'a> {
    pub(super) path: &'a str,
    pub(super) body: SecretString,
    /// What is changed.
    pub(super) what: &'a str,
}

impl Atlas<'_> {
    /// Makes a change that only owners may make.
    pub(super) fn change_organization(
        &self,
        credential: &Credential,
        name: &OrganizationName,
        change: Change<'_>,
    ) -> Result<(), Failure> {
        let Change { path, body, what } = change;
        let request =
            Request { body: Some(body), ..self.request(Method::Patch, path, Some(credential)) };
        let reply = self.send(&request, Due::change(Shape::JsonApi)).map_err(|reason| {
            reason.explained(|failure| {
                failure.hint(format!(
                    "it may have succeeded anyway: check with `keybelt org show {name}`"
                ))
            })
        })?;
        match reply.status {
            200..=299 => Ok(()),
            401 => Err(self.organization_refused(&reply, credential, name)),
            403 | 404 => Err(self.explained(
                Failure::refused(format!(
                    "this token is not allowed to change {what} of {name} at `{}`",
                    self.host
                ))
                .hint(format!("only its owners may, at {}", self.organization_page(name))),
                &reply,
            )),
            _ => Err(self.refused(&reply, &format!("did not change {what} of {name}"))),
        }
    }

    /// Returns what the account is in its organizations; nothing, where the server does not tell this token.
    fn roles(&self, credential: &Credential) -> Result<organizations::Roles, Failure> {
        let mut roles = organizations::Roles::default();
        let include = "include=organization%2Cteams&";
        self.list(credential, OWN_MEMBERSHIPS, include, &mut |reply| {
            match reply.status {
                200..=299 => roles.read(&reply.json(self.host)?, self.host),
                // Tokens of teams and organizations are nobody's, and older servers lack the route.
                _ if answer::is_refusal(reply) => Ok(PageInfo { pages: None, new_rows: 0 }),
                _ => Err(reply.unexpected(self.host)),
            }
        })?;
        Ok(roles)
    }

    fn no_organization(&self) -> Failure {
        Failure::unavailable(format!("`{}` did not return an organization", self.host))
    }

    fn organizations_refused(&self, reply: &Reply, credential: &Credential) -> Failure {
        self.refused_to_token(reply, credential, || {
            Failure::refused(format!("`{}` does not list organizations for this token", self.host))
        })
    }

    /// Explains a refusal: the token is dead only if the account route says so too; an organization may have
    /// shut out the tokens of users (protocol: atlas 2.4).
    pub(super) fn organization_refused(
        &self,
        reply: &Reply,
        credential: &Credential,
        name: &OrganizationName,
    ) -> Failure {
        match reply.status {
            401 => match self.account(credential) {
                Err(failure) => failure,
                Ok(_) => Failure::refused(format!("`{name}` does not allow this token"))
                    .hint("its owners can allow or forbid user tokens, and limit token lifetimes"),
            },
            404 => Failure::refused(format!(
                "organization `{name}` not found at `{}`, or not visible to this token",
                self.host
            ))
            .hint("see `keybelt org list`"),
            _ => self.refused(reply, &format!("does not show {name}")),
        }
    }

    /// Tells a missing organization from one whose members are hidden: both are 404 (protocol: atlas 5.4).
    pub(super) fn members_refused(
        &self,
        reply: &Reply,
        credential: &Credential,
        name: &OrganizationName,
    ) -> Failure {
        let shown = self.get(&path_of(name), credential);
        match (reply.status, shown) {
            (403 | 404, Ok(shown)) if shown.is_success() => Failure::refused(format!(
                "`{}` does not show the members of {name} to this token",
                self.host
            ))
            .hint("owners and members who may manage memberships see them"),
            _ => self.organization_refused(reply, credential, name),
        }
    }
}
