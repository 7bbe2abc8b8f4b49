//! Aptible: its authentication server, on which everything about the account is.
//!
//! Plain resources with links (HAL+JSON). Links are followed on the host alone; errors are told apart by their
//! slug, because their status is not documented (protocol: aptible 1.3).

use std::collections::HashSet;

use secrecy::SecretString;
use serde_json::Value;

use self::claims::Claims;
use self::link::Link;
use self::wire::ErrorBody;
use crate::failure::Failure;
use crate::host::Host;
use crate::http::{Http, Method, NoReply, Repeat, Reply, Request};
use crate::provider::answer::{self, Due, Shape};
use crate::provider::parse::{no_account, rejected};
use crate::token::Credential;

mod claims;
mod guidance;
mod keys;
mod link;
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

const TOKENS: &str = "/tokens";
const CURRENT_TOKEN: &str = "/current_token";

/// More pages than this are no list of one organization's people.
const MAX_PAGES: usize = 1000;

/// What is done with a page of a collection, and with its resources.
type TakePage<'t> = &'t mut dyn FnMut(&Value, &[Value]) -> Result<(), Failure>;

/// One Aptible server.
pub(super) struct Aptible<'a> {
    host: &'a Host,
    http: &'a Http,
}

/// Returns whether a host's root document is that of an Aptible server. Nothing is presented there.
pub(super) fn is_aptible(host: &Host, http: &Http) -> bool {
    let reply = Aptible { host, http }.send(Method::Get, "/", None, None);
    let root = reply.ok().filter(Reply::is_success).and_then(|reply| reply.json(host).ok());
    root.is_some_and(|root| root.pointer("/_links/tokens").is_some_and(Value::is_object))
}

impl<'a> Aptible<'a> {
    pub(super) fn new(host: &'a Host, http: &'a Http) -> Self {
        Self { host, http }
    }

    fn send(
        &self,
        method: Method,
        path: &str,
        credential: Option<&Credential>,
        body: Option<SecretString>,
    ) -> Result<Reply, NoReply> {
        let due = match method {
            Method::Get | Method::Post => Due::document(Shape::Hal),
            Method::Patch | Method::Delete => Due::change(Shape::Hal),
        };
        answer::send(self.http, &self.request(method, path, credential, body), due)
    }

    fn request<'r>(
        &'r self,
        method: Method,
        path: &'r str,
        credential: Option<&'r Credential>,
        body: Option<SecretString>,
    ) -> Request<'r> {
        // What a password or a code is in, or what may have been done, is not sent again.
        let repeat = match method {
            Method::Get | Method::Delete => Repeat::WhenRateLimited,
            Method::Post | Method::Patch => Repeat::Never,
        };
        Request { body, repeat, ..Request::new(method, self.host, path).with(credential) }
    }

    /// Fetches a resource of the account.
    fn get(&self, link: &Link, credential: &Credential, what: &str) -> Result<Value, Failure> {
        let reply = self.send(Method::Get, link.path(), Some(credential), None)?;
        if !reply.is_success() {
            return Err(self.refused(&reply, credential, what));
        }
        reply.json(self.host)
    }

    /// Fetches the token's own resource: the route that alone says whether a token works.
    fn current_token(&self, credential: &Credential) -> Result<Value, Failure> {
        let reply = self.send(Method::Get, CURRENT_TOKEN, Some(credential), None)?;
        match reply.status {
            200..=299 => reply.json(self.host),
            401 => Err(rejected(credential)),
            _ => Err(reply.unexpected(self.host)),
        }
    }

    /// Finds the user of a token: by the link, else by what the token says.
    fn user_link(&self, token: &Value, credential: &Credential) -> Result<Link, Failure> {
        if let Some(link) = Link::from_relation(token, "user", self.host)? {
            return Ok(link);
        }
        let claims = Claims::new(&credential.token);
        match claims.user() {
            Some(address) => Link::parse(address, self.host),
            None => Err(no_account(self.host)),
        }
    }

    /// Returns the user's place and what it says.
    fn user(&self, credential: &Credential) -> Result<(Link, Value), Failure> {
        let token = self.current_token(credential)?;
        let link = self.user_link(&token, credential)?;
        let user = self.get(&link, credential, "see the account")?;
        Ok((link, user))
    }

    /// Explains a refusal. A token is dead only if its own route says so too.
    fn refused(&self, reply: &Reply, credential: &Credential, what: &str) -> Failure {
        if reply.status == 401
            && let Err(failure) = self.current_token(credential)
        {
            return failure;
        }
        answer::refused(reply, self.host, || {
            Failure::refused(format!("this token is not allowed to {what} at `{}`", self.host))
                .because(anyhow::anyhow!(ErrorBody::new(reply).text(reply.status)))
        })
    }

    /// Fetches every page of a collection.
    fn collection(
        &self,
        first: Link,
        plural: &str,
        credential: &Credential,
        what: &str,
    ) -> Result<Vec<Value>, Failure> {
        let mut all = Vec::new();
        self.each_page(first, plural, credential, what, &mut |_, resources| {
            all.extend(resources.iter().cloned());
            Ok(())
        })?;
        Ok(all)
    }

    /// Hands each page of a collection to `take`, with its resources. Pages must end, and none may come twice.
    fn each_page(
        &self,
        first: Link,
        plural: &str,
        credential: &Credential,
        what: &str,
        take: TakePage<'_>,
    ) -> Result<(), Failure> {
        let request = self.request(Method::Get, first.path(), Some(credential), None);
        let mut seen = HashSet::from([first.path().to_owned()]);
        self.http.linked_pages(&request, &mut |reply| {
            let page = self.page(reply, credential, what)?;
            let resources = wire::embedded(&page, plural)
                .ok_or_else(|| Failure::unavailable(format!("`{}` returned no list", self.host)))?;
            take(&page, resources)?;
            let Some(next) = Link::from_relation(&page, "next", self.host)? else {
                return Ok(None);
            };
            if seen.len() == MAX_PAGES || !seen.insert(next.path().to_owned()) {
                return Err(Failure::unavailable(format!(
                    "`{}` returned an endless list of pages",
                    self.host
                )));
            }
            Ok(Some(next.path().to_owned()))
        })
    }

    /// Reads one page of a collection.
    fn page(&self, reply: &Reply, credential: &Credential, what: &str) -> Result<Value, Failure> {
        let due = Due::document(Shape::Hal);
        answer::in_between(reply, due, self.host).map_or(Ok(()), Err)?;
        if !reply.is_success() {
            return Err(self.refused(reply, credential, what));
        }
        reply.json(self.host)
    }
}
