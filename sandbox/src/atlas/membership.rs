//! Who belongs to an organization: the owners' list of all members, and everyone's list of their
//! own memberships.

use hyper::StatusCode;
use serde_json::{Value, json};

use super::include::Include;
use super::paging::Page;
use super::{document, error, organization, team};
use crate::account::Accounts;
use crate::clock::iso_8601;
use crate::exchange::{Call, Parameters, Reply};
use crate::member::{Invitation, Member, Person};
use crate::organization::{AuthPolicy, Organization, Role};
use crate::state::State;
use crate::token::TokenRecord;

/// `GET /organizations/:name/organization-memberships`, for owners.
pub(crate) fn list(state: &State, call: &Call) -> Reply {
    let query = call.query();
    let wanted = Include::of(&query, &["user", "teams"])
        .and_then(|include| Ok((include, Filter::of(&query)?)));
    let (include, filter) = match wanted {
        Ok(wanted) => wanted,
        Err(refusal) => return refusal,
    };
    let organization = &state.organization;
    let page = Page::of(&query).unwrap_or(Page::FIRST);
    let (members, total): (Vec<_>, _) = if filter.takes_all() {
        let total = organization.size();
        let places = page.range(total);
        let members = places.filter_map(|place| organization.member(place));
        (members.collect(), total)
    } else {
        let found = filter.select(organization, &state.accounts);
        (found[page.range(found.len())].to_vec(), found.len())
    };
    let mut document = memberships(state, &members, &include);
    page.describe(&mut document, call, total);
    let (all, invited) = (organization.size(), organization.invited());
    document["meta"]["status-counts"] =
        json!({"total": all, "active": all - invited, "invited": invited});
    Reply::document(StatusCode::OK, &document)
}

/// `GET /organization-memberships`: the caller's own.
pub(crate) fn own(state: &State, call: &Call, token: &TokenRecord) -> Reply {
    let query = call.query();
    let include = match Include::of(&query, &["user", "teams", "organization"]) {
        Ok(include) => include,
        Err(refusal) => return refusal,
    };
    let role = state.organization.role(token.owner);
    let mut members = match role {
        Role::Stranger => Vec::new(),
        Role::Owner | Role::Member => vec![Member::Account(token.owner)],
    };
    let page = Page::of(&query);
    let total = members.len();
    if let Some(page) = page {
        members = members[page.range(total)].to_vec();
    }
    let mut document = memberships(state, &members, &include);
    if include.has("organization") && !members.is_empty() {
        let organization = organization::resource(&state.organization, &state.accounts, role);
        include.add(&mut document, organization);
    }
    if let Some(page) = page {
        page.describe(&mut document, call, total);
    }
    Reply::document(StatusCode::OK, &document)
}

/// Returns a document of members, with what it is to include.
fn memberships(state: &State, members: &[Member], include: &Include) -> Value {
    let organization = &state.organization;
    let people: Vec<_> =
        members.iter().map(|member| (*member, member.person(&state.accounts))).collect();
    let resources: Vec<_> =
        people.iter().map(|(member, person)| resource(organization, *member, person)).collect();
    let mut document = json!({"data": resources});
    include.begin(&mut document);
    if include.has("user") {
        for (_, person) in &people {
            include.add(&mut document, document::member(person));
        }
    }
    if include.has("teams") {
        let shown = |account: usize| members.contains(&Member::Account(account));
        let teams = organization.teams.iter();
        for team in teams.filter(|team| team.accounts.iter().any(|account| shown(*account))) {
            include.add(&mut document, team::resource(state, team));
        }
    }
    document
}

fn resource(organization: &Organization, member: Member, person: &Person) -> Value {
    let teams = organization.teams.iter();
    let teams: Vec<_> = teams
        .filter(|team| matches!(member, Member::Account(account) if team.has(account)))
        .map(|team| json!({"id": team.id, "type": "teams"}))
        .collect();
    let status = if person.invitation.is_some() { "invited" } else { "active" };
    let mut resource = json!({
        "id": format!("ou-{}", person.key),
        "type": "organization-memberships",
        "attributes": {
            "status": status,
            "email": person.email,
            "created-at": iso_8601(organization.created_at),
        },
        "relationships": {
            "teams": {"data": teams},
            "user": {"data": {"id": person.user_id(), "type": "users"}},
            "organization": {"data": {"id": organization.name, "type": "organizations"}},
        },
    });
    if let Some(invitation) = person.invitation {
        let required = organization.settings.policy == AuthPolicy::TwoFactorMandatory;
        let told = (invitation == Invitation::Full).then_some(required);
        resource["attributes"]["is-org-two-factor-required"] = json!(told);
    }
    resource
}

/// Which members a caller asks for.
struct Filter {
    status: Option<String>,
    emails: Option<Vec<String>>,
    /// What the username or the e-mail address is to contain, in lower case.
    contains: Option<String>,
}

impl Filter {
    fn of(query: &Parameters) -> Result<Filter, Reply> {
        let status = query.filled("filter[status]");
        if status.is_some_and(|status| !["active", "invited", "inactive"].contains(&status)) {
            return Err(error::bad_request(
                "The filter parameter for the status is none of active, invited and inactive",
            ));
        }
        let emails = query.filled("filter[email]").map(|emails| {
            let emails = emails.split(',').map(str::trim);
            emails.map(str::to_owned).collect()
        });
        Ok(Filter {
            status: status.map(str::to_owned),
            emails,
            contains: query.filled("q").map(str::to_lowercase),
        })
    }

    fn takes_all(&self) -> bool {
        self.status.is_none() && self.emails.is_none() && self.contains.is_none()
    }

    fn select(&self, organization: &Organization, accounts: &Accounts) -> Vec<Member> {
        let fits = |member: &Member| self.fits(*member, accounts);
        match &self.emails {
            None => organization.members().filter(fits).collect(),
            Some(emails) => {
                let mut found = Vec::new();
                let members =
                    emails.iter().filter_map(|email| organization.by_email(email, accounts));
                for member in members.filter(fits) {
                    if !found.contains(&member) {
                        found.push(member);
                    }
                }
                found
            }
        }
    }

    fn fits(&self, member: Member, accounts: &Accounts) -> bool {
        let status = if member.is_invited() { "invited" } else { "active" };
        let of_status = self.status.as_ref().is_none_or(|wanted| wanted == status);
        of_status
            && self.contains.as_ref().is_none_or(|wanted| {
                let person = member.person(accounts);
                let username = person.username.unwrap_or_default();
                [username, person.email].iter().any(|text| text.to_lowercase().contains(wanted))
            })
    }
}
