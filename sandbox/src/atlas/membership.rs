//! Who belongs to an organization: the owners' list of all members, and everyone's list of their
//! own memberships.

use hyper::StatusCode;
use serde_json::{Value, json};

use super::caller::{Caller, User};
use super::include::Include;
use super::paging::Page;
use super::{document, error, organization, team};
use crate::account::{Account, Accounts, is_email};
use crate::exchange::{Call, Parameters, Reply};
use crate::member::Member;
use crate::organization::{Organization, Role};
use crate::state::State;

/// `GET /organizations/:name/organization-memberships`, for owners and managers of memberships.
pub(crate) fn list(state: &State, caller: &Caller) -> Reply {
    let call = caller.call;
    let query = call.query();
    let wanted = Include::of(&query, &["user", "teams"])
        .and_then(|include| Ok((include, Filter::of(&query)?)));
    let (include, filter) = match wanted {
        Ok(wanted) => wanted,
        Err(refusal) => return refusal,
    };
    let organization = state.organizations.get(caller.at);
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
    let mut document = json!({"data": []});
    include.begin(&mut document);
    add(state, caller, &members, &include, &mut document);
    page.describe(&mut document, call, total);
    let (all, invited) = (organization.size(), organization.invited());
    document["meta"]["status-counts"] =
        json!({"total": all, "active": all - invited, "invited": invited});
    Reply::ok(&document)
}

/// `POST /organizations/:name/organization-memberships`: invites someone by e-mail. No mail is sent, and
/// nobody comes.
pub(crate) fn create(state: &mut State, caller: &Caller) -> Reply {
    let attributes = match document::required_attributes(caller.call) {
        Ok(attributes) => attributes,
        Err(refusal) => return refusal,
    };
    let email = attributes["email"].as_str().unwrap_or_default();
    if !is_email(email) {
        return error::invalid_attribute("email", "Email is invalid");
    }
    let organization = state.organizations.get(caller.at);
    if organization.by_email(email, &state.accounts).is_some() {
        return error::invalid_attribute("email", "Email has already been taken");
    }
    let relationships = document::relationships(caller.call);
    let named = relationships["teams"]["data"].as_array().into_iter().flatten();
    let teams: Vec<_> = named.filter_map(|team| team["id"].as_str()).collect();
    if !teams.iter().all(|team| organization.teams.get(team).is_some()) {
        return error::not_found();
    }
    let now = state.now();
    let account = state.accounts.index_by_email(email);
    let account = account.unwrap_or_else(|| state.accounts.add(Account::invited(email)));
    let organization = state.organizations.get_mut(caller.at);
    organization.admit(account, true, now);
    for team in teams {
        organization.teams.get_mut(team).into_iter().for_each(|team| team.add(account));
    }
    // As go-tfe expects of it, its answer carries the user without being asked.
    let include = Include::only("user");
    one(StatusCode::CREATED, state, caller, Member::Account(account), &include)
}

/// `GET /organization-memberships/:id`, for owners and managers of memberships, and for one's own.
pub(crate) fn show(state: &State, caller: &Caller, id: &str) -> Reply {
    let include = match Include::of(&caller.call.query(), &["user", "teams"]) {
        Ok(include) => include,
        Err(refusal) => return refusal,
    };
    let member = state.organizations.get(caller.at).by_membership(id);
    let own = |member: &Member| matches!(member, Member::Account(account) if caller.holder.account() == Some(*account));
    match member.filter(|member| caller.owns || caller.manages_membership || own(member)) {
        Some(member) => one(StatusCode::OK, state, caller, member, &include),
        None => error::not_found(),
    }
}

/// `DELETE /organization-memberships/:id`. An owner does not remove oneself, and the last one stays.
pub(crate) fn delete(state: &mut State, caller: &Caller, id: &str) -> Reply {
    let organization = state.organizations.get_mut(caller.at);
    let Some(member) = organization.by_membership(id) else {
        return error::not_found();
    };
    if let Member::Account(account) = member {
        let owner = organization.role(account) == Role::Owner;
        if owner && caller.holder.account() == Some(account) {
            return error::forbidden(
                "You cannot remove yourself from an organization that you own",
            );
        }
        if organization.is_last_owner(account) || owner && !caller.owns {
            return error::forbidden("You cannot remove this owner");
        }
    }
    organization.remove(member);
    Reply::empty(StatusCode::NO_CONTENT)
}

/// `GET /organization-memberships`: the caller's own, those one was invited to as well.
pub(crate) fn own(state: &State, call: &Call, user: &User) -> Reply {
    let query = call.query();
    let include = match Include::of(&query, &["user", "teams", "organization"]) {
        Ok(include) => include,
        Err(refusal) => return refusal,
    };
    let member = Member::Account(user.owner);
    let mut organizations: Vec<_> =
        state.organizations.iter().filter(|it| it.membership_of(user.owner).is_some()).collect();
    let page = Page::of(&query);
    let total = organizations.len();
    if let Some(page) = page {
        organizations = organizations[page.range(total)].to_vec();
    }
    let mut document = json!({"data": []});
    include.begin(&mut document);
    for organization in organizations {
        let at = state.organizations.position(|it| it.external_id == organization.external_id);
        let caller = at.and_then(|at| Caller::of(state, call, user.token, at).ok());
        let person = organization.person(member, &state.accounts);
        match &caller {
            Some(caller) => add(state, caller, &[member], &include, &mut document),
            None => push(&mut document, document::membership(organization, member, &person)),
        }
        if let Some(caller) = caller.filter(|_| include.has("organization")) {
            include.add(&mut document, organization::resource(state, &caller));
        }
    }
    if let Some(page) = page {
        page.describe(&mut document, call, total);
    }
    Reply::ok(&document)
}

fn one(
    status: StatusCode,
    state: &State,
    caller: &Caller,
    member: Member,
    include: &Include,
) -> Reply {
    let mut document = json!({"data": []});
    include.begin(&mut document);
    add(state, caller, &[member], include, &mut document);
    document["data"] = document["data"][0].take();
    Reply::document(status, &document)
}

fn push(document: &mut Value, resource: Value) {
    document["data"].as_array_mut().into_iter().for_each(|data| data.push(resource.clone()));
}

/// Adds members to a document, with what it is to include.
fn add(
    state: &State,
    caller: &Caller,
    members: &[Member],
    include: &Include,
    document: &mut Value,
) {
    let organization = state.organizations.get(caller.at);
    for member in members {
        let person = organization.person(*member, &state.accounts);
        push(document, document::membership(organization, *member, &person));
        if include.has("user") {
            include.add(document, document::member(&person));
        }
    }
    if include.has("teams") {
        let shown = |account: &usize| members.contains(&Member::Account(*account));
        for team in organization.teams.iter().filter(|team| team.accounts.iter().any(shown)) {
            include.add(document, team::resource(state, caller, team));
        }
    }
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
        let fits = |member: &Member| self.fits(*member, organization, accounts);
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

    fn fits(&self, member: Member, organization: &Organization, accounts: &Accounts) -> bool {
        let status = if organization.is_invited(member) { "invited" } else { "active" };
        let of_status = self.status.as_ref().is_none_or(|wanted| wanted == status);
        of_status
            && self.contains.as_ref().is_none_or(|wanted| {
                let person = member.person(accounts);
                let username = person.username.unwrap_or_default();
                [username, person.email].iter().any(|text| text.to_lowercase().contains(wanted))
            })
    }
}
