//! Keeps web pages out. A page in the user's browser can send requests to loopback; its name in
//! `Host` (DNS rebinding), its `Origin` or `Sec-Fetch-Site` give it away.

use hyper::header::{HOST, HeaderName, ORIGIN};
use hyper::{Method, Request, StatusCode};

use crate::exchange::Reply;
use crate::site::Site;

/// Returns the refusal of a request that may come from a web page.
pub(crate) fn refusal<B>(site: &Site, request: &Request<B>) -> Option<Reply> {
    let (uri, headers) = (request.uri(), request.headers());
    let hosts: Vec<_> = headers.get_all(HOST).iter().map(|host| host.to_str().ok()).collect();
    let named_in_uri = uri.authority().map(|authority| authority.as_str());
    let own = |host: Option<&str>| host.is_some_and(|host| site.is_own_host(host));
    let misdirected = hosts.len() != 1
        || !hosts.into_iter().all(own)
        || named_in_uri.is_some_and(|host| !site.is_own_host(host));
    if misdirected {
        return Some(Reply::errors(
            StatusCode::MISDIRECTED_REQUEST,
            "this host is not the sandbox",
        ));
    }
    let foreign = headers.get_all(ORIGIN).iter().any(|origin| {
        let host = origin
            .to_str()
            .ok()
            .and_then(|origin| origin.strip_prefix(site.scheme)?.strip_prefix("://"));
        !own(host)
    });
    let sec_fetch_site = headers.get_all(HeaderName::from_static("sec-fetch-site"));
    let cross_site = sec_fetch_site.iter().any(|site| site == "cross-site");
    (foreign || cross_site && !is_visit(request))
        .then(|| Reply::errors(StatusCode::FORBIDDEN, "the sandbox does not talk to web pages"))
}

/// Returns whether a browser goes to one of the pages for its user to see: a link that leads to the
/// sign-in page may be anywhere. These pages change nothing when they are fetched.
fn is_visit<B>(request: &Request<B>) -> bool {
    let says = |name: &'static str, value: &str| {
        let mut values = request.headers().get_all(name).iter();
        values.next().is_some_and(|only| only == value) && values.next().is_none()
    };
    let path = request.uri().path();
    request.method() == Method::GET
        && (path == "/session" || path.starts_with("/session/") || path.starts_with("/app/"))
        && says("sec-fetch-mode", "navigate")
        && says("sec-fetch-dest", "document")
}
