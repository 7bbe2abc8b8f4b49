//! Errors as the two generations write them: a list of texts in the first, JSON:API error objects
//! in the second. Clients decide by status; the texts are those that are on record.

use hyper::StatusCode;
use serde_json::{Value, json};

use super::rate;
use crate::exchange::Reply;
use crate::limit::Standing;

/// The first generation's refusal of a request too many.
pub(crate) fn too_many_requests_version_1(standing: Standing, unix_now: i64) -> Reply {
    let reply = Reply::errors(StatusCode::TOO_MANY_REQUESTS, "You have exceeded the rate limit.");
    rate::with_version_1(reply, standing, unix_now)
}

/// 401: there is no token, or none that is live.
pub(crate) fn unauthorized() -> Reply {
    version_2(StatusCode::UNAUTHORIZED, json!({"status": "401", "title": "unauthorized"}))
}

/// 400: a parameter of the query makes no sense.
pub(crate) fn bad_request(detail: &str) -> Reply {
    version_2(
        StatusCode::BAD_REQUEST,
        json!({"status": "400", "title": "bad request", "detail": detail}),
    )
}

/// 403: only where the documents say so; elsewhere what is forbidden is hidden.
pub(crate) fn forbidden(detail: &str) -> Reply {
    version_2(
        StatusCode::FORBIDDEN,
        json!({"status": "403", "title": "forbidden", "detail": detail}),
    )
}

/// 404: there is no such thing, or the caller may not know of it.
pub(crate) fn not_found() -> Reply {
    version_2(StatusCode::NOT_FOUND, json!({"status": "404", "title": "not found"}))
}

/// 415: the request is not declared as JSON:API.
pub(crate) fn unsupported_media_type() -> Reply {
    let detail = "The request's Content-Type must be application/vnd.api+json.";
    version_2(
        StatusCode::UNSUPPORTED_MEDIA_TYPE,
        json!({"status": "415", "title": "unsupported media type", "detail": detail}),
    )
}

/// 422: the request makes no sense in the account's present state, or at all.
pub(crate) fn unprocessable(detail: &str) -> Reply {
    version_2(
        StatusCode::UNPROCESSABLE_ENTITY,
        json!({"status": "422", "title": "unprocessable content", "detail": detail}),
    )
}

/// 422: an attribute is missing or wrong.
pub(crate) fn invalid_attribute(name: &str, detail: &str) -> Reply {
    version_2(
        StatusCode::UNPROCESSABLE_ENTITY,
        json!({
            "status": "422",
            "title": "invalid attribute",
            "detail": detail,
            "source": {"pointer": format!("/data/attributes/{name}")},
        }),
    )
}

/// 422: the attributes do not fit what is there, as one text.
pub(crate) fn invalid_attributes(detail: &str) -> Reply {
    version_2(
        StatusCode::UNPROCESSABLE_ENTITY,
        json!({"status": "422", "title": "invalid attributes", "detail": detail}),
    )
}

/// 429. Here alone the documented sample writes the status as a number.
pub(crate) fn too_many_requests(standing: Standing) -> Reply {
    let error = json!({
        "detail": "You have exceeded the API's rate limit.",
        "status": 429,
        "title": "Too many requests",
    });
    rate::with_version_2(version_2(StatusCode::TOO_MANY_REQUESTS, error), standing)
}

fn version_2(status: StatusCode, error: Value) -> Reply {
    Reply::document(status, &json!({"errors": [error]}))
}
