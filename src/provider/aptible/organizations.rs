//! Organizations and their members, on an Aptible server (protocol: aptible 5).

use std::borrow::Cow;
use std::collections::BTreeSet;

use serde_json::Value;

use super::Aptible;
use super::guidance::no_policy;
use super::keys::SECURITY_KEYS;
use super::link::Link;
use super::wire;
use crate::failure::{Failure, Kind};
use crate::organization::{
    Invitation, Member, MemberPage, MemberState, Organization, OrganizationName, Policy, Role,
};
use crate::provider::organizations::Organizations;
use crate::provider::parse::{identifier, single_line};
use crate::token::Credential;

const ORGANIZATIONS: &str = "/organizations";

/// What a user says of two-factor authentication: nothing of enrolments, invitations and service accounts.
const STATES: [MemberState; 3] = [MemberState::On, MemberState::Off, MemberState::Unknown];

/// The same where invitations are shown beside it.
const WITH_INVITED: [MemberState; 4] =
    [MemberState::On, MemberState::Off, MemberState::Unknown, MemberState::Invited];

/// An organization as the server writes it.
pub(super) struct ListedOrganization {
    pub(super) resource: Value,
    /// Its id, which is what others call it; people call it by its title, which need not be unique.
    pub(super) id: Option<OrganizationName>,
    title: String,
}

impl ListedOrganization {
    fn new(resource: Value) -> Self {
        let id = identifier(resource.get("id"));
        let title = resource.get("name").and_then(Value::as_str);
        Self {
            id: id.and_then(|id| OrganizationName::new(id.as_str())),
            title: title.unwrap_or_default().to_owned(),
            resource,
        }
    }
}

impl Organizations for Aptible<'_> {
    fn organizations(&self, credential: &Credential) -> Result<Vec<Organization>, Failure> {
        let owned = self.owned(credential)?;
        let found = self.found(credential)?.into_iter();
        Ok(found
            .map(|found| Organization {
                role: found
                    .id
                    .as_ref()
                    .map(|id| if owned.contains(id.as_str()) { Role::Owner } else { Role::Member }),
                name: found.id,
                title: single_line(&found.title),
                policy: None,
                is_conformant: None,
                idle_session: None,
                longest_session: None,
                allows_user_tokens: None,
                limits_tokens: None,
                token_limits: None,
                may_change: None,
            })
            .collect())
    }

    fn organization(
        &self,
        credential: &Credential,
        name: &OrganizationName,
    ) -> Result<Organization, Failure> {
        let wanted = self.find(credential, name)?.id;
        let all = self.organizations(credential)?;
        let mut matching = all.into_iter().filter(|it| it.name == wanted);
        matching.next().ok_or_else(|| self.not_line(name))
    }

    fn members(
        &self,
        credential: &Credential,
        name: &OrganizationName,
        visit: &mut dyn FnMut(&MemberPage<'_>) -> Result<(), Failure>,
    ) -> Result<(), Failure> {
        let found = self.find(credential, name)?;
        let users = self.below(&found, "users")?;
        let (invited, states) = match self.open_invitations(credential, &found) {
            Err(failure) if failure.kind == Kind::Refused => (Vec::new(), STATES.as_slice()),
            all => (all?, WITH_INVITED.as_slice()),
        };
        let (mut seen, mut total) = (BTreeSet::new(), None);
        let what = "see the members";
        self.each_page(users, "users", credential, what, &mut |page, users| {
            let is_new = |user: &&Value| {
                identifier(user.get("id")).is_none_or(|id| seen.insert(id.to_string()))
            };
            let fresh: Vec<&Value> = users.iter().filter(is_new).collect();
            let count = page.get("total_count").and_then(Value::as_u64);
            total = count.map(|count| count + invited.len() as u64);
            let members = fresh.into_iter().map(member).collect();
            visit(&MemberPage { members, total, states })
        })?;
        match invited.is_empty() {
            true => Ok(()),
            // They are no members yet, and stand in a list of their own.
            false => {
                let members = invited.iter().map(invited_member).collect();
                visit(&MemberPage { members, total, states })
            }
        }
    }

    fn invitations(
        &self,
        credential: &Credential,
        name: &OrganizationName,
    ) -> Result<Option<Vec<Invitation>>, Failure> {
        let found = self.find(credential, name)?;
        match self.open_invitations(credential, &found) {
            Err(failure) if failure.kind == Kind::Refused => Ok(None),
            all => Ok(Some(all?.iter().map(invitation).collect())),
        }
    }

    fn set_policy(&self, _: &Credential, _: &OrganizationName, _: Policy) -> Result<(), Failure> {
        Err(no_policy())
    }
}

impl Aptible<'_> {
    fn found(&self, credential: &Credential) -> Result<Vec<ListedOrganization>, Failure> {
        let what = "list organizations";
        let all = self.collection(Link::to(ORGANIZATIONS), "organizations", credential, what)?;
        Ok(all.into_iter().map(ListedOrganization::new).collect())
    }

    /// Finds an organization by its id, else by the title that only one of them has.
    pub(super) fn find(
        &self,
        credential: &Credential,
        name: &OrganizationName,
    ) -> Result<ListedOrganization, Failure> {
        let mut all = self.found(credential)?;
        if let Some(nth) = all.iter().position(|it| it.id.as_ref() == Some(name)) {
            return Ok(all.swap_remove(nth));
        }
        all.retain(|found| found.title == name.as_str());
        match all.len() {
            0 => Err(self.not_line(name)),
            1 => Ok(all.swap_remove(0)),
            _ => Err(Failure::usage(format!("several organizations are called {name}"))
                .hint("use the ID; `keybelt org list -o json` shows it")),
        }
    }

    /// Returns the place of something of an organization's.
    pub(super) fn below(&self, of: &ListedOrganization, relation: &str) -> Result<Link, Failure> {
        match (Link::from_relation(&of.resource, relation, self.host)?, &of.id) {
            (Some(link), _) => Ok(link),
            (None, Some(id)) => Ok(Link::to(ORGANIZATIONS).below(id.as_str()).below(relation)),
            (None, None) => Err(Failure::unavailable(format!(
                "`{}` returned an organization without a valid ID",
                self.host
            ))),
        }
    }

    pub(super) fn open_invitations(
        &self,
        credential: &Credential,
        of: &ListedOrganization,
    ) -> Result<Vec<Value>, Failure> {
        let link = self.below(of, "invitations")?;
        self.collection(link, "invitations", credential, "see invitations")
    }

    fn not_line(&self, name: &OrganizationName) -> Failure {
        Failure::refused(format!(
            "organization `{name}` not found at `{}`, or not visible to this token",
            self.host
        ))
        .hint("see `keybelt org list`")
    }

    /// Returns the ids of the organizations that the account owns; none, where the server does not tell.
    fn owned(&self, credential: &Credential) -> Result<BTreeSet<String>, Failure> {
        let (link, user) = self.user(credential)?;
        let roles =
            Link::from_relation(&user, "roles", self.host)?.unwrap_or_else(|| link.below("roles"));
        let roles = match self.collection(roles, "roles", credential, "see its roles") {
            Err(failure) if failure.kind == Kind::Refused => Vec::new(),
            roles => roles?,
        };
        let of_owner = |role: &&Value| role.get("type").and_then(Value::as_str) == Some("owner");
        let organization = |role: &Value| organization_of(role).map(str::to_owned);
        Ok(roles.iter().filter(of_owner).filter_map(organization).collect())
    }
}

/// Returns the id of the organization that a role is in.
pub(super) fn organization_of(role: &Value) -> Option<&str> {
    role.pointer("/_links/organization/href")?.as_str()?.rsplit('/').next()
}

fn invited_member(resource: &Value) -> Member<'_> {
    Member {
        name: None,
        email: resource.get("email").and_then(Value::as_str).map(Cow::Borrowed),
        state: MemberState::Invited,
        is_owner: None,
        signs_in_by: None,
        must_enrol: None,
        invited_at: wire::moment(resource.get("created_at")),
    }
}

fn invitation(resource: &Value) -> Invitation {
    Invitation {
        email: resource.get("email").and_then(Value::as_str).map(single_line),
        invited_at: wire::moment(resource.get("created_at")),
    }
}

/// Reads a member. The e-mail address is the name of the account.
fn member(user: &Value) -> Member<'_> {
    let email = user.get("email").and_then(Value::as_str).map(Cow::Borrowed);
    Member {
        name: email.clone(),
        email,
        state: match user.get("otp_enabled").and_then(Value::as_bool) {
            _ if has_security_key(user) => MemberState::On,
            Some(true) => MemberState::On,
            Some(false) => MemberState::Off,
            None => MemberState::Unknown,
        },
        is_owner: None,
        signs_in_by: None,
        must_enrol: None,
        invited_at: None,
    }
}

/// Returns whether a user is shown with a security key, which is a second factor too (protocol:
/// tokens-and-administration 9).
fn has_security_key(user: &Value) -> bool {
    wire::embedded(user, SECURITY_KEYS).is_some_and(|keys| !keys.is_empty())
}
