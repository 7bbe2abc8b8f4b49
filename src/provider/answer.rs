//! What an answer that is no success is worth, whichever server it is from.

use crate::failure::Failure;
use crate::host::Host;
use crate::http::Reply;

/// Returns whether a server understood the request and said no. 429 is not among these: it says "not now", of
/// whatever request, and a later one may be granted.
pub(super) fn is_refusal(reply: &Reply) -> bool {
    (400..=428).contains(&reply.status)
}

/// Returns the failure of an answer that is no success: the refusal, if it is one, else that the server is
/// unavailable.
pub(super) fn refused(reply: &Reply, host: &Host, refusal: impl FnOnce() -> Failure) -> Failure {
    if is_refusal(reply) { refusal() } else { reply.unexpected(host) }
}
