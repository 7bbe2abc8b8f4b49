//! One member of an Aptible organization (protocol: aptible 5, tokens-and-administration 9).

use std::collections::HashSet;

use serde_json::{Value, json};

use super::Aptible;
use super::link::Link;
use super::organizations::{ListedOrganization, organization_of};
use super::wire::ErrorBody;
use crate::account::PersonName;
use crate::failure::{Failure, Kind};
use crate::http::{Method, Reply};
use crate::membership::{Connection, Membership};
use crate::organization::{MemberState, OrganizationName};
use crate::provider::answer::{self, Due, Shape};
use crate::provider::memberships::Memberships;
use crate::provider::parse::{identifier, single_line};
use crate::text;
use crate::token::Credential;

const MEMBERS: &str = "see the members";

impl Memberships for Aptible<'_> {
    fn membership(
        &self,
        credential: &Credential,
        organization: &OrganizationName,
        member: &PersonName,
    ) -> Result<Membership, Failure> {
        let of = self.find(credential, organization)?;
        let users = self.collection(self.below(&of, "users")?, "users", credential, MEMBERS)?;
        if let Some(user) = one_of(&users, member, organization)? {
            let member = self.member(user, MemberState::Unknown)?;
            return self.with_roles(credential, &of, user, member);
        }
        let invitations = self.open_invitations(credential, &of)?;
        match one_of(&invitations, member, organization)? {
            Some(invitation) => self.member(invitation, MemberState::Invited),
            None => Err(Failure::refused(format!(
                "no member of {organization} is called `{}`",
                text::escape(member.as_str())
            ))
            .hint("give the whole email address; `keybelt org audit --everyone` shows them")),
        }
    }

    fn connections(
        &self,
        _: &Credential,
        _: &OrganizationName,
    ) -> Result<Option<Vec<Connection>>, Failure> {
        Ok(None)
    }

    fn remove_member(
        &self,
        credential: &Credential,
        organization: &OrganizationName,
        member: &Membership,
    ) -> Result<bool, Failure> {
        let path = if member.is_invited() {
            format!("/invitations/{}", member.id)
        } else {
            let of = self.find(credential, organization)?;
            self.below(&of, "users")?.below(member.id.as_str()).path().to_owned()
        };
        let reply = self.send(Method::Delete, &path, Some(credential), None)?;
        match reply.status {
            200..=299 => Ok(true),
            404 => Ok(false),
            400 | 409 | 422 => Err(self.not_done(&reply, "remove the member")),
            _ => Err(self.refused(&reply, credential, "remove members")),
        }
    }

    fn mail_two_factor_reset(
        &self,
        credential: &Credential,
        _: &OrganizationName,
        member: &Membership,
    ) -> Result<(), Failure> {
        let body = json!({ "user_id": member.id.as_str() }).to_string().into();
        let request = self.request(Method::Post, "/otp/resets/new", Some(credential), Some(body));
        let sent = answer::send(self.http, &request, Due::change(Shape::Hal));
        let reply = sent.map_err(|reason| {
            reason.explained(|failure| failure.hint("the email may have been sent all the same"))
        })?;
        match reply.status {
            200..=299 => Ok(()),
            400 | 409 | 422 => Err(self.not_done(&reply, "send the email")),
            _ => {
                Err(self.refused(&reply, credential, "reset a member's two-factor authentication"))
            }
        }
    }
}

/// Finds the one with an address, exactly.
fn one_of<'a>(
    all: &'a [Value],
    wanted: &PersonName,
    organization: &OrganizationName,
) -> Result<Option<&'a Value>, Failure> {
    let email = |it: &Value| it.get("email").and_then(Value::as_str).map(single_line);
    let mut found = all.iter().filter(|it| wanted.is_one_of([email(it).as_deref(), None]));
    match (found.next(), found.next()) {
        (found, None) => Ok(found),
        _ => Err(Failure::refused(format!(
            "several members of {organization} have the address `{}`",
            text::escape(wanted.as_str())
        ))),
    }
}

impl Aptible<'_> {
    fn member(&self, resource: &Value, state: MemberState) -> Result<Membership, Failure> {
        let id = identifier(resource.get("id")).ok_or_else(|| {
            Failure::unavailable(format!("`{}` returned a member without a valid ID", self.host))
        })?;
        let is_invited = state == MemberState::Invited;
        let state = match resource.get("otp_enabled").and_then(Value::as_bool) {
            _ if is_invited => state,
            Some(true) => MemberState::On,
            Some(false) => MemberState::Off,
            None => MemberState::Unknown,
        };
        let role = resource.get("role_name").and_then(Value::as_str).map(single_line);
        Ok(Membership {
            user_id: (!is_invited).then(|| id.clone()),
            id,
            name: None,
            email: resource.get("email").and_then(Value::as_str).map(single_line),
            state,
            teams: role.into_iter().collect(),
            is_owner: None,
            owners: None,
            managed_by: None,
        })
    }

    /// Completes a member by the roles in this organization, as far as the server shows them.
    fn with_roles(
        &self,
        credential: &Credential,
        of: &ListedOrganization,
        user: &Value,
        mut member: Membership,
    ) -> Result<Membership, Failure> {
        let place = Link::to("/users").below(member.id.as_str()).below("roles");
        let link = Link::from_relation(user, "roles", self.host)?.unwrap_or(place);
        let Some(mut roles) = shown(self.collection(link, "roles", credential, "see roles"))?
        else {
            return Ok(member);
        };
        let own = of.id.as_ref().map(OrganizationName::as_str);
        roles.retain(|role| organization_of(role) == own);
        let name = |role: &Value| role.get("name").and_then(Value::as_str).map(single_line);
        member.teams = roles.iter().filter_map(name).collect();
        roles.retain(|role| role.get("type").and_then(Value::as_str) == Some("owner"));
        member.is_owner = Some(!roles.is_empty());
        member.owners = self.owners(credential, &roles)?;
        Ok(member)
    }

    /// Counts who has one of the owners' roles; `None` where that is not shown.
    fn owners(&self, credential: &Credential, roles: &[Value]) -> Result<Option<u64>, Failure> {
        let mut owners = HashSet::new();
        for role in roles {
            let own = Link::from_relation(role, "users", self.host)?;
            let place = || {
                let id = identifier(role.get("id"))?;
                Some(Link::to("/roles").below(id.as_str()).below("users"))
            };
            let Some(link) = own.or_else(place) else { return Ok(None) };
            let users = self.collection(link, "users", credential, "see who has a role");
            let Some(users) = shown(users)? else { return Ok(None) };
            owners.extend(users.iter().filter_map(|user| identifier(user.get("id"))));
        }
        Ok(Some(owners.len() as u64))
    }

    fn not_done(&self, reply: &Reply, what: &str) -> Failure {
        answer::refused(reply, self.host, || {
            Failure::refused(format!("`{}` did not {what}", self.host))
                .because(anyhow::anyhow!(ErrorBody::new(reply).text(reply.status)))
        })
    }
}

/// Takes a refusal for what is not shown.
fn shown<T>(found: Result<T, Failure>) -> Result<Option<T>, Failure> {
    match found {
        Err(failure) if failure.kind == Kind::Refused => Ok(None),
        found => found.map(Some),
    }
}
