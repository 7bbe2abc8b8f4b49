//! Service discovery, as far as signing in goes (protocol: atlas 6.2 and 6.3).
//!
//! No credential travels there, redirects stay on the host, and what a token is fetched from must be the
//! host itself: a discovery document cannot move a token to another origin.

use serde_json::Value;
use url::Url;

use crate::failure::Failure;
use crate::host::Host;
use crate::http::{Http, Request};
use crate::provider::WebSignIn;
use crate::provider::answer::{self, Due, Shape};

const PATH: &str = "/.well-known/terraform.json";

/// How many redirects on the same host are followed.
const MAX_REDIRECTS: usize = 3;

/// Asks a host how one signs in with a browser; `None` if it does not say.
pub(super) fn web_sign_in(host: &Host, http: &Http) -> Result<Option<WebSignIn>, Failure> {
    let Some((document, base)) = document(host, http)? else {
        return Ok(None);
    };
    if let Some(Value::String(api)) = document.get("tfe.v2") {
        let api =
            service_url(&base, api).ok_or_else(|| invalid_discovery(host, "its API's address"))?;
        if !is_of(host, &api) {
            return Err(elsewhere(host, "for its API"));
        }
    }
    let Some(login) = document.get("login.v1") else {
        return Ok(None);
    };
    if !offers_authorization_code(login) {
        return Ok(None);
    }
    let service = |name: &str| {
        let text = login.get(name).and_then(Value::as_str);
        text.and_then(|text| service_url(&base, text))
            .ok_or_else(|| invalid_discovery(host, "its sign-in addresses"))
    };
    let (authorize, token) = (service("authz")?, service("token")?);
    if !is_of(host, &token) {
        return Err(elsewhere(host, "to fetch tokens from"));
    }
    let client = login.get("client").and_then(Value::as_str).filter(|client| !client.is_empty());
    Ok(Some(WebSignIn {
        client: client.ok_or_else(|| invalid_discovery(host, "the client's name"))?.to_owned(),
        is_elsewhere: !is_of(host, &authorize),
        authorize,
        token_path: path_of(&token),
        ports: ports(login).ok_or_else(|| invalid_discovery(host, "the ports"))?,
        scopes: scopes(login),
    }))
}

fn elsewhere(host: &Host, what: &str) -> Failure {
    Failure::refused(format!("`{host}` points to another host {what}; keybelt does not follow it"))
}

fn invalid_discovery(host: &Host, what: &str) -> Failure {
    Failure::unavailable(format!("invalid service discovery document from `{host}`: {what}"))
}

/// Fetches the document, and the address that relative ones in it start from. 404 is a host without services.
fn document(host: &Host, http: &Http) -> Result<Option<(Value, Url)>, Failure> {
    let mut path = PATH.to_owned();
    for _ in 0..=MAX_REDIRECTS {
        let due = Due::document(Shape::Discovery).or_absent();
        let reply = answer::send(http, &Request::get(host, &path), due)?;
        let base = Url::parse(&host.address_of(&path))
            .map_err(|_| invalid_discovery(host, "its address"))?;
        match reply.status {
            200 if reply.content_type.as_deref() == Some("application/json") => {
                return Ok(Some((reply.json(host)?, base)));
            }
            200 => return Err(invalid_discovery(host, "it is not application/json")),
            404 | 405 => return Ok(None),
            301 | 302 | 303 | 307 | 308 => {
                let target =
                    reply.location.as_deref().and_then(|location| base.join(location).ok());
                let target = target
                    .filter(|target| is_of(host, target))
                    .ok_or_else(|| reply.unexpected(host))?;
                path = path_of(&target);
            }
            _ => return Err(reply.unexpected(host)),
        }
    }
    Err(invalid_discovery(host, "it redirects endlessly"))
}

fn is_of(host: &Host, url: &Url) -> bool {
    Url::parse(&host.origin()).is_ok_and(|origin| origin.origin() == url.origin())
}

fn path_of(url: &Url) -> String {
    let query = url.query().map(|query| format!("?{query}")).unwrap_or_default();
    format!("{}{query}", url.path())
}

/// Resolves a service's address: http or https, without userinfo; the fragment is dropped.
fn service_url(base: &Url, text: &str) -> Option<Url> {
    let mut url = base.join(text).ok()?;
    let is_web = matches!(url.scheme(), "http" | "https");
    let has_userinfo = !url.username().is_empty() || url.password().is_some();
    url.set_fragment(None);
    (is_web && !has_userinfo && url.has_host()).then_some(url)
}

fn offers_authorization_code(login: &Value) -> bool {
    match login.get("grant_types").and_then(Value::as_array) {
        None => true,
        Some(types) => types.iter().any(|name| name == "authz_code"),
    }
}

fn ports(login: &Value) -> Option<std::ops::RangeInclusive<u16>> {
    let Some(ports) = login.get("ports") else {
        return Some(1024..=65535);
    };
    let [first, last] = ports.as_array()?.as_slice() else {
        return None;
    };
    let port = |value: &Value| {
        value.as_u64().and_then(|port| u16::try_from(port).ok()).filter(|port| *port >= 1024)
    };
    let (first, last) = (port(first)?, port(last)?);
    (first <= last).then_some(first..=last)
}

fn scopes(login: &Value) -> Vec<String> {
    let scopes = login.get("scopes").and_then(Value::as_array);
    scopes.into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect()
}
