//! One request: what is asked of which host, and the credential that goes with it.

use reqwest::header::{self, HeaderValue};
use secrecy::{ExposeSecret, SecretString};

use crate::failure::Failure;
use crate::host::Host;
use crate::token::Credential;

/// A request's method.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// Reads; repeated when the network fails.
    Get,
    /// Acts.
    Post,
    /// Changes a part of what is there.
    Patch,
    /// Ends.
    Delete,
}

/// Whether a request may be sent again after the server answered 429.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Repeat {
    /// Within the time that the command has.
    WhenRateLimited,
    /// Never: it carries a password or a code, or sends a message.
    Never,
}

/// One request to one host.
#[derive(Debug)]
pub struct Request<'a> {
    /// The method.
    pub method: Method,
    /// The host that is asked.
    pub host: &'a Host,
    /// The path, from a slash; it may carry a query.
    pub path: &'a str,
    /// The credential, attached only if it is the host's own.
    pub credential: Option<&'a Credential>,
    /// The media type of the answer that is wanted, and of the body unless that is a form.
    pub media_type: &'static str,
    /// Whether the body is a form, as OAuth's token endpoint has it.
    pub is_form: bool,
    /// The body.
    pub body: Option<SecretString>,
    /// Whether it may be sent again.
    pub repeat: Repeat,
}

impl<'a> Request<'a> {
    /// Builds a request without a body, for JSON, that may be sent again after a 429.
    pub fn new(method: Method, host: &'a Host, path: &'a str) -> Self {
        Self {
            method,
            host,
            path,
            credential: None,
            media_type: "application/json",
            is_form: false,
            body: None,
            repeat: Repeat::WhenRateLimited,
        }
    }

    /// Builds a request that reads.
    pub fn get(host: &'a Host, path: &'a str) -> Self {
        Self::new(Method::Get, host, path)
    }

    /// Presents a credential.
    #[must_use]
    pub fn with(self, credential: impl Into<Option<&'a Credential>>) -> Self {
        Self { credential: credential.into(), ..self }
    }

    /// Sends it once only, whatever the server answers.
    #[must_use]
    pub fn once(self) -> Self {
        Self { repeat: Repeat::Never, ..self }
    }

    /// Returns what goes over the wire.
    pub(super) fn build(&self) -> Result<reqwest::blocking::Request, Failure> {
        let url = url::Url::parse(&self.host.address_of(self.path))
            .map_err(|_| Failure::general("keybelt built an invalid address; this is a bug"))?;
        let mut built = reqwest::blocking::Request::new(self.method.on_the_wire(), url);
        let headers = built.headers_mut();
        headers.insert(header::ACCEPT, HeaderValue::from_static(self.media_type));
        if self.method != Method::Get {
            let form = "application/x-www-form-urlencoded";
            let content_type = if self.is_form { form } else { self.media_type };
            headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(content_type));
        }
        if let Some(credential) = self.credential {
            attach(&mut built, self.host, credential)?;
        }
        if let Some(body) = &self.body {
            *built.body_mut() = Some(body.expose_secret().to_owned().into());
        }
        Ok(built)
    }
}

impl Method {
    pub(super) fn on_the_wire(self) -> reqwest::Method {
        match self {
            Self::Get => reqwest::Method::GET,
            Self::Post => reqwest::Method::POST,
            Self::Patch => reqwest::Method::PATCH,
            Self::Delete => reqwest::Method::DELETE,
        }
    }
}

/// Attaches the credential if, and only if, the final address is of its own origin.
fn attach(
    request: &mut reqwest::blocking::Request,
    host: &Host,
    credential: &Credential,
) -> Result<(), Failure> {
    let url = request.url();
    let expected = url::Url::parse(&credential.host.origin());
    let same_origin = expected.is_ok_and(|expected| expected.origin() == url.origin());
    if *host != credential.host || !same_origin {
        return Err(Failure::general(format!(
            "keybelt will not send the token of `{}` to `{host}`",
            credential.host
        )));
    }
    let mut value =
        HeaderValue::from_str(&format!("Bearer {}", credential.token.secret().expose_secret()))
            .map_err(|_| Failure::usage("the token cannot be sent: it is not plain ASCII"))?;
    value.set_sensitive(true);
    // The server has it from here on, and may repeat it in an error.
    request.headers_mut().insert(header::AUTHORIZATION, value);
    Ok(())
}
