//! How long an organization keeps data: a policy that is kept and shown, and deletes nothing.

use hyper::{Method, StatusCode};
use serde_json::{Value, json};

use super::caller::Caller;
use super::{document, error};
use crate::exchange::Reply;
use crate::organization::Retention;
use crate::random;
use crate::state::State;

const DELETE_OLDER: &str = "data-retention-policy-delete-olders";
const DONT_DELETE: &str = "data-retention-policy-dont-deletes";

/// `/organizations/:name/relationships/data-retention-policy`, for owners.
pub(crate) fn answer(state: &mut State, caller: &Caller, method: &Method) -> Reply {
    let organization = state.organizations.get_mut(caller.at);
    match *method {
        Method::GET => match &organization.retention {
            Some(policy) => Reply::ok(&json!({"data": resource(policy)})),
            None => error::not_found(),
        },
        Method::POST | Method::PATCH => {
            let kind = document::kind(caller.call);
            let days = document::attributes(caller.call)["delete-older-than-n-days"].as_u64();
            let days = match (kind.as_str(), days) {
                (DONT_DELETE, _) => None,
                (DELETE_OLDER, Some(days)) if days > 0 => Some(days),
                _ => return error::unprocessable("There is no such data retention policy"),
            };
            let policy = Retention { id: format!("drp-{}", random::alphanumeric(16)), days };
            let reply = Reply::ok(&json!({"data": resource(&policy)}));
            organization.retention = Some(policy);
            reply
        }
        Method::DELETE => {
            organization.retention = None;
            Reply::empty(StatusCode::NO_CONTENT)
        }
        _ => error::not_found(),
    }
}

fn resource(policy: &Retention) -> Value {
    let mut resource = identifier(policy);
    if let Some(days) = policy.days {
        resource["attributes"] = json!({"delete-older-than-n-days": days});
    }
    resource
}

/// Returns what the organization shows of its policy.
pub(crate) fn identifier(policy: &Retention) -> Value {
    let kind = if policy.days.is_some() { DELETE_OLDER } else { DONT_DELETE };
    json!({"id": policy.id, "type": kind})
}
