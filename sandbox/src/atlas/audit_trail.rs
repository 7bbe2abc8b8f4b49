//! The audit trail: what happened in an organization, as far as this server remembers it, which is the
//! creation of tokens. It is plain JSON, not JSON:API, and opens to two kinds of token only.

use hyper::StatusCode;
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

use super::authentication_token::created_by;
use super::error;
use crate::clock::iso_8601;
use crate::exchange::{Call, Reply};
use crate::organization::Organization;
use crate::random;
use crate::state::State;
use crate::token::{Holder, TokenRecord};

const KEPT: SignedDuration = SignedDuration::from_hours(14 * 24);
const DEFAULT_SIZE: usize = 1000;

/// `GET /organization/audit-trail`. The organization is the token's; the path names none.
pub(crate) fn list(state: &State, call: &Call, token: &TokenRecord) -> Reply {
    let (Holder::Organization(id) | Holder::AuditTrail(id)) = &token.holder else {
        return error::not_found();
    };
    let organization = state.organizations.iter().find(|it| it.external_id == *id);
    let Some(organization) = organization else {
        return error::not_found();
    };
    if state.exceeds_limit(token, organization) {
        return error::unauthorized();
    }
    let query = call.query();
    let oldest = state.now().checked_sub(KEPT).unwrap_or(Timestamp::MIN);
    let since = query.filled("since").map(str::parse::<Timestamp>);
    let Ok(since) = since.transpose() else {
        return error::bad_request(
            "The parameter since must be a date and time in ISO 8601 format",
        );
    };
    let since = since.map_or(oldest, |since| since.max(oldest));
    let mut records =
        state.tokens.oldest_first(|it| belongs_to(it, organization) && it.created_at >= since);
    records.reverse();
    let number = |name: &str, default: usize| {
        query.filled(name).and_then(|text| text.parse().ok()).unwrap_or(default).max(1)
    };
    let (page, size) = (number("page[number]", 1), number("page[size]", DEFAULT_SIZE));
    let (total, pages) = (records.len(), records.len().div_ceil(size).max(1));
    let shown = records.iter().skip((page - 1).saturating_mul(size)).take(size);
    let events: Vec<_> = shown.map(|record| event(state, id, record)).collect();
    let body = json!({
        "data": events,
        "pagination": {
            "current_page": page,
            "prev_page": (page > 1).then(|| page - 1),
            "next_page": (page < pages).then(|| page + 1),
            "total_pages": pages,
            "total_count": total,
        },
    });
    Reply::json(StatusCode::OK, &body)
}

fn belongs_to(record: &TokenRecord, organization: &Organization) -> bool {
    match &record.holder {
        Holder::Organization(id) | Holder::AuditTrail(id) => organization.external_id == *id,
        Holder::Team(id) => organization.teams.get(id).is_some(),
        Holder::AgentPool(id) => organization.agent_pools.get(id).is_some(),
        Holder::Account(_) | Holder::Metrics(_) => false,
    }
}

fn event(state: &State, organization: &str, record: &TokenRecord) -> Value {
    let maker = created_by(state, &record.created_by);
    // The same event keeps the same ids without anyone keeping them.
    let id = |from: usize| {
        let mut bytes = [0; 16];
        bytes.copy_from_slice(&record.hash[from..from + 16]);
        random::format_uuid(bytes)
    };
    json!({
        "id": id(0),
        "version": "0",
        "type": "Resource",
        "timestamp": iso_8601(record.created_at),
        "auth": {
            "accessor_id": maker["id"],
            "description": maker["id"],
            "type": "Client",
            "impersonator_id": null,
            "organization_id": organization,
        },
        "request": {"id": id(16)},
        "resource": {
            "id": record.id,
            "type": "authentication_token",
            "action": "create",
            "meta": null,
        },
    })
}
