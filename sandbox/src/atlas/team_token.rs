//! Team tokens: several per team, told apart by their descriptions, and the one without that a team had
//! before there were several. A new one of that kind ends the one before; the others stay.

use std::cmp::Ordering;

use hyper::StatusCode;
use serde_json::Value;

use super::authentication_token::{self, answer, resource};
use super::caller::Caller;
use super::error;
use super::paging::pages;
use crate::exchange::Reply;
use crate::organization::Organization;
use crate::state::State;
use crate::team::Team;
use crate::token::{Holder, NewToken, TokenRecord};

/// `GET /organizations/:name/team-tokens`: those of all teams whose tokens the caller may manage.
pub(crate) fn list(state: &State, caller: &Caller) -> Reply {
    let organization = state.organizations.get(caller.at);
    let query = caller.call.query();
    let wanted = query.get("q").unwrap_or_default().to_lowercase();
    let teams = organization.teams.iter().filter(|team| {
        caller.may_manage_tokens_of(team) && team.settings.name.to_lowercase().contains(&wanted)
    });
    let mut records: Vec<_> =
        teams.flat_map(|team| state.tokens.of(&Holder::Team(team.id.clone()))).collect();
    // The documents name one, the OpenAPI description the other.
    let status = query.filled("filter[status]").or(query.filled("filter[expiry_status]"));
    if let Some(status) = status {
        let wanted: Vec<_> = status.split(',').collect();
        records.retain(|record| statuses(state, record).iter().any(|it| wanted.contains(it)));
    }
    let sort = query.filled("sort").unwrap_or("expired-at");
    let (key, descending) = match sort.strip_prefix('-') {
        Some(key) => (key, true),
        None => (sort, false),
    };
    let Some(compare) = order(key) else {
        return error::bad_request("Invalid sort parameter");
    };
    records.sort_by(|a, b| {
        let order = compare(state, organization, a, b);
        if descending { order.reverse() } else { order }
    });
    Reply::ok(&pages(caller.call, &records, |record| resource(state, record, None)))
}

type Compare = fn(&State, &Organization, &TokenRecord, &TokenRecord) -> Ordering;

fn order(key: &str) -> Option<Compare> {
    Some(match key {
        "expired-at" => |_, _, a, b| a.expires_at.cmp(&b.expires_at),
        "last-used-at" => |_, _, a, b| a.last_used_at.cmp(&b.last_used_at),
        "created-by" => |state, _, a, b| maker(state, a).cmp(&maker(state, b)),
        "team-name" => {
            |_, organization, a, b| team_name(organization, a).cmp(&team_name(organization, b))
        }
        _ => return None,
    })
}

fn maker(state: &State, record: &TokenRecord) -> Option<String> {
    let maker = authentication_token::created_by(state, &record.created_by);
    maker["id"].as_str().map(str::to_owned)
}

fn team_name<'a>(organization: &'a Organization, record: &TokenRecord) -> Option<&'a str> {
    match &record.holder {
        Holder::Team(id) => organization.teams.get(id).map(|team| team.settings.name.as_str()),
        _ => None,
    }
}

fn statuses(state: &State, record: &TokenRecord) -> Vec<&'static str> {
    let now = state.now();
    let left = record.expires_at.duration_since(now);
    match () {
        () if !record.is_live(now) => vec!["expired"],
        () if left.as_hours() < 7 * 24 => {
            vec!["active", "expiring_in_7_days", "expiring_in_30_days"]
        }
        () if left.as_hours() < 30 * 24 => vec!["active", "expiring_in_30_days"],
        () => vec!["active"],
    }
}

/// `POST /teams/:id/authentication-tokens`: one more. Descriptions are unique within a team.
pub(crate) fn create(state: &mut State, caller: &Caller, team: &str) -> Reply {
    let new = match authentication_token::new_token(caller.call, state.now()) {
        Ok(new) => new,
        Err(refusal) => return refusal,
    };
    let holder = Holder::Team(team.to_owned());
    let tokens = state.tokens.of(&holder);
    if new.description.is_some() && tokens.iter().any(|it| it.description == new.description) {
        return error::invalid_attributes("Validation failed: Description has already been taken");
    }
    authentication_token::create(state, holder, caller.holder, new)
}

/// `GET /teams/:id/authentication-token`.
pub(crate) fn show_legacy(state: &State, team: &str) -> Reply {
    match legacy(state, team) {
        Some(record) => answer(StatusCode::OK, state, record, None),
        None => error::not_found(),
    }
}

/// `POST /teams/:id/authentication-token`: a new one, in place of the one before.
pub(crate) fn create_legacy(state: &mut State, caller: &Caller, team: &str) -> Reply {
    let new = match caller.call.body.is_empty() {
        true => Ok(NewToken::default()),
        false => authentication_token::new_token(caller.call, state.now()),
    };
    let new = match new {
        Ok(new) => NewToken { description: None, ..new },
        Err(refusal) => return refusal,
    };
    let former = legacy(state, team).map(|record| record.hash);
    let holder = Holder::Team(team.to_owned());
    let reply = authentication_token::create(state, holder, caller.holder, new);
    if let Some(former) = former.filter(|_| reply.status == StatusCode::CREATED) {
        state.tokens.revoke(&former);
    }
    reply
}

/// `DELETE /teams/:id/authentication-token`.
pub(crate) fn delete_legacy(state: &mut State, team: &str) -> Reply {
    match legacy(state, team).map(|record| record.hash) {
        Some(hash) => {
            state.tokens.revoke(&hash);
            Reply::empty(StatusCode::NO_CONTENT)
        }
        None => error::not_found(),
    }
}

/// `DELETE /organizations/:name/team-tokens`: all that the body names, or none.
pub(crate) fn delete_several(state: &mut State, caller: &Caller) -> Reply {
    let body = caller.call.json();
    let named = body["data"].as_array().filter(|named| !named.is_empty());
    let Some(named) = named else {
        return error::unprocessable("The request body names no tokens");
    };
    let organization = state.organizations.get(caller.at);
    let hash = |resource: &Value| {
        let record = state.tokens.by_id(resource["id"].as_str()?)?;
        let Holder::Team(team) = &record.holder else {
            return None;
        };
        organization.teams.get(team).map(|team| (team, record.hash))
    };
    let found: Option<Vec<(&Team, _)>> = named.iter().map(hash).collect();
    let Some(found) = found else {
        return error::not_found();
    };
    if !found.iter().all(|(team, _)| caller.may_manage_tokens_of(team)) {
        return error::forbidden("You may not manage the tokens of this team");
    }
    let hashes: Vec<_> = found.into_iter().map(|(_, hash)| hash).collect();
    hashes.iter().for_each(|hash| state.tokens.revoke(hash));
    Reply::empty(StatusCode::NO_CONTENT)
}

fn legacy<'a>(state: &'a State, team: &str) -> Option<&'a TokenRecord> {
    let tokens = state.tokens.of(&Holder::Team(team.to_owned())).into_iter();
    tokens.rev().find(|record| record.description.is_none())
}
