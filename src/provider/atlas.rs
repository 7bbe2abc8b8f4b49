//! Atlas: Terraform Enterprise, HCP Terraform, and the Atlas and Vagrant Cloud servers before them.
//!
//! Password sign-in is the classic API (`/api/v1`, plain JSON); the account is the modern one (`/api/v2`,
//! JSON:API). A server may have either or both, so every answer is decided by status and structure.

use crate::failure::Failure;
use crate::host::Host;
use crate::http::{Http, Method, NoReply, Reply, Request};
use crate::provider::answer::{self, Due, Shape};
use crate::provider::guidance::Guidance;
use crate::provider::sign_in::SignIns;
use crate::token::Credential;

mod discovery;
mod guidance;
mod keys;
mod list;
mod made_tokens;
mod memberships;
mod organization_tokens;
mod organizations;
mod other_access;
pub(super) mod parsers;
mod sign_in;
mod site_administration;
mod token_limits;
mod tokens;
mod two_factor;
mod wire;

const JSON: &str = "application/json";
const JSON_API: &str = "application/vnd.api+json";

const AUTHENTICATE: &str = "/api/v1/authenticate";
const ACCOUNT: &str = "/api/v2/account/details";
const SECURITY_PAGE: &str = "/app/settings/two-factor";

/// One Atlas server.
pub(super) struct Atlas<'a> {
    host: &'a Host,
    http: &'a Http,
}

impl<'a> Atlas<'a> {
    pub(super) fn new(host: &'a Host, http: &'a Http) -> Self {
        Self { host, http }
    }

    /// Returns a request of the modern API without a body, which may be sent again.
    fn request<'r>(
        &'r self,
        method: Method,
        path: &'r str,
        credential: Option<&'r Credential>,
    ) -> Request<'r> {
        Request { media_type: JSON_API, ..Request::new(method, self.host, path).with(credential) }
    }

    fn send(&self, request: &Request<'_>, due: Due) -> Result<Reply, NoReply> {
        answer::send(self.http, request, due)
    }

    /// Reads something of the modern API.
    fn get(&self, path: &str, credential: &Credential) -> Result<Reply, NoReply> {
        let request = self.request(Method::Get, path, Some(credential));
        self.send(&request, Due::document(Shape::JsonApi))
    }

    /// Returns the failure of an answer that is no success: that this server `did_not`, or is unavailable.
    fn refused(&self, reply: &Reply, did_not: &str) -> Failure {
        answer::refused(reply, self.host, || {
            self.explained(Failure::refused(format!("`{}` {did_not}", self.host)), reply)
        })
    }

    /// As [`Atlas::refused`], for a token. It is dead only if the account route says so too.
    fn refused_to_token(
        &self,
        reply: &Reply,
        credential: &Credential,
        refusal: impl FnOnce() -> Failure,
    ) -> Failure {
        if reply.status == 401
            && let Err(failure) = self.account(credential)
        {
            return failure;
        }
        answer::refused(reply, self.host, || self.explained(refusal(), reply))
    }

    /// Adds what the server said.
    fn explained(&self, failure: Failure, reply: &Reply) -> Failure {
        let said = wire::errors(&reply.body);
        let cause = match said.first() {
            Some(text) => format!("{}: {text}", reply.status),
            None => format!("status {}", reply.status),
        };
        failure.because(anyhow::anyhow!(cause))
    }

    /// A sign-in whose answer is lost may have made a token; say where to find it.
    fn sign_in_unknown(&self, failure: Failure) -> Failure {
        failure.hint(format!(
            "nothing was stored; if the server created a token anyway, it is listed at {}",
            self.token_page()
        ))
    }
}
