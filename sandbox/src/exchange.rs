//! One request and its answer, as the handlers see them: whole, in memory, without a socket.

use std::convert::Infallible;
use std::fmt::Display;
use std::net::IpAddr;
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use hyper::body::{Body, Frame, SizeHint};
use hyper::header::{AUTHORIZATION, CONTENT_TYPE, COOKIE, HOST, HeaderName, HeaderValue, LOCATION};
use hyper::{HeaderMap, Method, StatusCode};
use serde_json::{Value, json};

use crate::site::Site;

/// The media type of JSON:API documents.
pub(crate) const JSON_API: &str = "application/vnd.api+json";

/// The media type of HAL resources.
const HAL: &str = "application/hal+json";

/// A request.
#[derive(Debug)]
pub(crate) struct Call {
    pub(crate) method: Method,
    pub(crate) path: String,
    /// Without the question mark; empty if there is none.
    pub(crate) query: String,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
    pub(crate) peer: IpAddr,
    /// The listener that it came to.
    pub(crate) site: Site,
}

impl Call {
    /// Returns the path's segments; a trailing slash makes no difference.
    pub(crate) fn segments(&self) -> Vec<&str> {
        self.path.split('/').filter(|segment| !segment.is_empty()).collect()
    }

    /// Returns the method as the handlers see it: to them a HEAD is a GET, and no body is sent for it.
    pub(crate) fn effective_method(&self) -> &Method {
        if self.method == Method::HEAD { &Method::GET } else { &self.method }
    }

    /// Returns the body as JSON, or null if it is none.
    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_default()
    }

    /// Returns the media type of the body, lower case, without parameters.
    pub(crate) fn media_type(&self) -> String {
        let value = self.header(CONTENT_TYPE).unwrap_or_default();
        value.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
    }

    /// Returns the token by which the caller authenticates.
    pub(crate) fn token(&self) -> Option<&str> {
        token(&self.headers)
    }

    /// Returns the token in `Authorization: Bearer`.
    pub(crate) fn bearer(&self) -> Option<&str> {
        bearer(&self.headers)
    }

    /// Returns where the caller found the server: scheme and authority, as it named them.
    pub(crate) fn origin(&self) -> String {
        let authority = self.header(HOST).unwrap_or_default();
        format!("{}://{authority}", self.site.scheme)
    }

    /// Returns the parameters of the query.
    pub(crate) fn query(&self) -> Parameters {
        Parameters::parse(self.query.as_bytes())
    }

    /// Returns the parameters of a body that is a form.
    pub(crate) fn form(&self) -> Option<Parameters> {
        let is_form = self.media_type() == "application/x-www-form-urlencoded";
        is_form.then(|| Parameters::parse(&self.body))
    }

    /// Returns the value of a cookie.
    pub(crate) fn cookie(&self, name: &str) -> Option<&str> {
        let mut cookies = self
            .headers
            .get_all(COOKIE)
            .iter()
            .filter_map(|cookies| cookies.to_str().ok())
            .flat_map(|cookies| cookies.split(';'))
            .filter_map(|cookie| cookie.trim().split_once('='));
        cookies.find(|(other, _)| *other == name).map(|(_, value)| value)
    }

    fn header(&self, name: HeaderName) -> Option<&str> {
        header(&self.headers, name)
    }
}

/// Returns the token that a request's headers carry: all generations of these servers take
/// `Authorization: Bearer`, and the older clients send `X-Atlas-Token`.
pub(crate) fn token(headers: &HeaderMap) -> Option<&str> {
    bearer(headers).or_else(|| header(headers, HeaderName::from_static("x-atlas-token")))
}

fn bearer(headers: &HeaderMap) -> Option<&str> {
    let (scheme, token) = header(headers, AUTHORIZATION)?.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then_some(token.trim())
}

fn header(headers: &HeaderMap, name: HeaderName) -> Option<&str> {
    headers.get(name)?.to_str().ok()
}

/// The parameters of a query or a form, in order.
#[derive(Debug)]
pub(crate) struct Parameters(Vec<(String, String)>);

impl Parameters {
    fn parse(encoded: &[u8]) -> Parameters {
        let pairs = form_urlencoded::parse(encoded);
        Parameters(pairs.map(|(name, value)| (name.into_owned(), value.into_owned())).collect())
    }

    /// Returns a parameter, the first of its name.
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        let pair = self.0.iter().find(|(other, _)| other == name);
        pair.map(|(_, value)| value.as_str())
    }

    /// Returns a parameter, or nothing if it is empty too.
    pub(crate) fn filled(&self, name: &str) -> Option<&str> {
        self.get(name).filter(|value| !value.is_empty())
    }

    /// Returns whether a parameter is there more than once.
    pub(crate) fn repeats(&self, name: &str) -> bool {
        self.0.iter().filter(|(other, _)| other == name).count() > 1
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }
}

/// An answer.
#[derive(Debug)]
pub(crate) struct Reply {
    pub(crate) status: StatusCode,
    pub(crate) headers: Vec<(HeaderName, HeaderValue)>,
    pub(crate) body: Payload,
}

impl Reply {
    /// An answer without a body.
    pub(crate) fn empty(status: StatusCode) -> Reply {
        Reply { status, headers: Vec::new(), body: Payload::Text(Bytes::new()) }
    }

    /// A JSON answer.
    pub(crate) fn json(status: StatusCode, value: &Value) -> Reply {
        Reply::text(status, "application/json", value.to_string())
    }

    /// A JSON answer that says what is wrong, as the first generation of the Atlas dialect does.
    pub(crate) fn errors(status: StatusCode, message: &str) -> Reply {
        Reply::json(status, &json!({"errors": [message], "success": false}))
    }

    /// A JSON:API answer to what went well.
    pub(crate) fn ok(value: &Value) -> Reply {
        Reply::document(StatusCode::OK, value)
    }

    /// A JSON:API answer.
    pub(crate) fn document(status: StatusCode, value: &Value) -> Reply {
        Reply::text(status, JSON_API, value.to_string())
    }

    /// A HAL answer.
    pub(crate) fn hal(status: StatusCode, value: &Value) -> Reply {
        Reply::text(status, HAL, value.to_string())
    }

    /// An answer of any media type.
    pub(crate) fn text(status: StatusCode, media_type: &str, text: String) -> Reply {
        let mut reply = Reply::empty(status).with(CONTENT_TYPE, media_type);
        reply.body = Payload::Text(text.into());
        reply
    }

    /// A redirection after which the client asks with GET. The location may be relative.
    pub(crate) fn see_other(location: &str) -> Reply {
        Reply::empty(StatusCode::SEE_OTHER).with(LOCATION, location)
    }

    /// An answer of bytes that are no text.
    pub(crate) fn bytes(status: StatusCode, media_type: &str, bytes: Vec<u8>) -> Reply {
        let mut reply = Reply::empty(status).with(CONTENT_TYPE, media_type);
        reply.body = Payload::Text(bytes.into());
        reply
    }

    /// Adds a header.
    pub(crate) fn with(mut self, name: HeaderName, value: impl Display) -> Reply {
        let value = HeaderValue::try_from(value.to_string());
        let value = value.expect("the sandbox names only visible header values");
        self.headers.push((name, value));
        self
    }

    /// Returns whether a header was added.
    pub(crate) fn has(&self, name: &HeaderName) -> bool {
        self.headers.iter().any(|(added, _)| added == name)
    }
}

/// The body of an answer.
#[derive(Debug)]
pub(crate) enum Payload {
    /// All of it.
    Text(Bytes),
    /// The beginning of a JSON document, then so many pieces of padding, without a length.
    Padding {
        /// The pieces still to send.
        pieces: usize,
    },
}

const PADDING: &[u8] = &[b' '; 64 * 1024];

impl Body for Payload {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        let piece = match &mut *self {
            Payload::Text(text) => std::mem::take(text),
            Payload::Padding { pieces: 0 } => Bytes::new(),
            Payload::Padding { pieces } => {
                *pieces -= 1;
                Bytes::from_static(PADDING)
            }
        };
        Poll::Ready((!piece.is_empty()).then(|| Ok(Frame::data(piece))))
    }

    fn is_end_stream(&self) -> bool {
        matches!(self, Payload::Text(text) if text.is_empty())
    }

    fn size_hint(&self) -> SizeHint {
        match self {
            Payload::Text(text) => SizeHint::with_exact(text.len() as u64),
            Payload::Padding { .. } => SizeHint::default(),
        }
    }
}
