//! Errors: one envelope for all. Clients decide by the slug in `error`; the status is in it too.

use hyper::StatusCode;
use serde_json::{Value, json};

use crate::exchange::Reply;

/// An error with any context.
pub(crate) fn with_context(
    status: StatusCode,
    slug: &str,
    message: &str,
    context: Option<Value>,
) -> Reply {
    let mut body = json!({"code": status.as_u16(), "error": slug, "message": message});
    if let Some(context) = context {
        body["exception_context"] = context;
    }
    Reply::hal(status, &body)
}

pub(crate) fn error(status: StatusCode, slug: &str, message: &str) -> Reply {
    with_context(status, slug, message, Some(json!({})))
}

/// The caller may not do that.
pub(crate) fn refusal(status: StatusCode, slug: &str) -> Reply {
    error(status, slug, "Access denied")
}

/// 401: there is no token, or none that was ever valid here, or it was revoked.
pub(crate) fn invalid_token() -> Reply {
    error(StatusCode::UNAUTHORIZED, "invalid_token", "Invalid Token")
}

/// 401: the token has expired.
pub(crate) fn expired_token() -> Reply {
    error(StatusCode::UNAUTHORIZED, "expired_token", "Expired Token")
}

/// 401: the password or the code is wrong.
pub(crate) fn invalid_credentials(message: &str) -> Reply {
    error(StatusCode::UNAUTHORIZED, "invalid_credentials", message)
}

/// 403: it is somebody else's.
pub(crate) fn forbidden() -> Reply {
    refusal(StatusCode::FORBIDDEN, "forbidden")
}

/// 404: there is no such thing, or the caller may not know of it.
pub(crate) fn not_found() -> Reply {
    error(StatusCode::NOT_FOUND, "not_found", "Not Found")
}

/// 429: too often.
pub(crate) fn too_many_requests(message: &str) -> Reply {
    error(StatusCode::TOO_MANY_REQUESTS, "too_many_requests", message)
}

/// 500: the server is at fault.
pub(crate) fn internal_server_error() -> Reply {
    error(StatusCode::INTERNAL_SERVER_ERROR, "internal_server_error", "Internal Server Error")
}

/// 422: the request makes no sense.
pub(crate) fn unprocessable(message: &str) -> Reply {
    error(StatusCode::UNPROCESSABLE_ENTITY, "unprocessable_entity", message)
}
