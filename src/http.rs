//! The one HTTP client: bounded, without redirects, and the single point where a credential is attached.
//!
//! It knows nothing of account servers. It must not follow redirects, repeat what could act twice, send a
//! token to any origin but its own, or put a header, a query or a body into a log line or an error.

use std::cell::{Cell, OnceCell};
use std::error::Error as StdError;
use std::hash::{BuildHasher, RandomState};
use std::io::Read;
use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr};
use std::path::PathBuf;
use std::thread;
use std::time::{Duration, Instant};

use jiff::Timestamp;
use reqwest::blocking::{Client, ClientBuilder, Response};
use reqwest::header::{self, HeaderMap, HeaderValue};
use secrecy::{ExposeSecret, SecretString};

use crate::environment;
use crate::failure::Failure;
use crate::host::Host;
use crate::lifetime::Lifetime;
use crate::redaction;
use crate::terminal;
use crate::token::Credential;

mod pages;

/// The largest answer that is read, in bytes.
const MAX_BODY: u64 = 1024 * 1024;

/// The largest page of a list that is read, in bytes.
const MAX_LIST_BODY: u64 = 16 * MAX_BODY;

/// How often a request that may be repeated is sent.
const TRIES: u32 = 3;

/// How often a request is sent again because the server asked for fewer requests.
const RATE_LIMITED_TRIES: u32 = 10;

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

/// A server's answer: whatever its status.
#[derive(Debug)]
pub struct Reply {
    /// The status code.
    pub status: u16,
    /// The server's clock.
    pub server_time: Option<Timestamp>,
    /// How long the server asks to wait before the next request.
    pub wait: Option<Duration>,
    /// How many requests it takes each second, where it says so.
    pub rate_limit: Option<u32>,
    /// How many of these are left.
    pub rate_remaining: Option<u32>,
    /// The media type of the body, without its parameters, in lower case.
    pub content_type: Option<String>,
    /// Where a redirect points, as it stands in the answer.
    pub location: Option<String>,
    /// The body, at most 1 MiB, a list's page 16 MiB. It may hold a token.
    pub body: Vec<u8>,
}

/// Why there is no answer.
#[derive(Debug)]
pub enum NoReply {
    /// The request cannot have reached the server.
    NotSent(Failure),
    /// The request was sent, or may have been: what it asks for may have happened.
    Unanswered(Failure),
}

impl NoReply {
    /// Returns the failure, with what `explain` adds if the request may have been done.
    pub fn explained(self, explain: impl FnOnce(Failure) -> Failure) -> Failure {
        match self {
            Self::NotSent(failure) => failure,
            Self::Unanswered(failure) => explain(failure),
        }
    }
}

impl From<NoReply> for Failure {
    fn from(reason: NoReply) -> Self {
        match reason {
            NoReply::NotSent(failure) | NoReply::Unanswered(failure) => failure,
        }
    }
}

/// The client of one command.
#[derive(Debug)]
pub struct Http {
    ca_file: Option<PathBuf>,
    timeout: Duration,
    remaining: Cell<Duration>,
    max_body: u64,
    /// For loopback without TLS: no root certificates are read, no proxy is used.
    plain: OnceCell<Client>,
    /// For TLS on loopback: no proxy is used.
    loopback: OnceCell<Client>,
    secure: OnceCell<Client>,
}

impl Http {
    /// Prepares a client; nothing is read or built until a request needs it.
    ///
    /// `timeout` is what all requests of the command may take together, repetitions included.
    pub fn new(timeout: Duration, ca_file: Option<PathBuf>) -> Self {
        Self {
            ca_file,
            timeout,
            remaining: Cell::new(timeout),
            max_body: MAX_BODY,
            plain: OnceCell::new(),
            loopback: OnceCell::new(),
            secure: OnceCell::new(),
        }
    }

    /// Gives the command's time back in full, for what must still be tried after a time-out.
    pub fn renew_time(&self) {
        self.remaining.set(self.timeout);
    }

    /// Sends a request and returns the answer, whatever its status.
    ///
    /// # Errors
    /// [`NoReply`] when there is no complete answer within the time.
    pub fn send(&self, request: &Request<'_>) -> Result<Reply, NoReply> {
        let mut failures = 0;
        let mut rate_limited = 0;
        loop {
            let started = Instant::now();
            let outcome = self.send_once(request);
            self.spend(started.elapsed());
            let pause = match &outcome {
                Ok(reply) if reply.status == 429 && request.repeat == Repeat::WhenRateLimited => {
                    rate_limited += 1;
                    (rate_limited < RATE_LIMITED_TRIES)
                        .then(|| reply.wait.unwrap_or_else(|| backoff(rate_limited)))
                }
                Ok(reply) if reply.status < 500 => None,
                _ if request.method != Method::Get => None,
                _ => {
                    failures += 1;
                    (failures < TRIES).then(|| backoff(failures))
                }
            };
            match pause.filter(|pause| *pause < self.remaining.get()) {
                None => return outcome,
                Some(pause) => self.pause(pause, request.host),
            }
        }
    }

    fn spend(&self, time: Duration) {
        self.remaining.set(self.remaining.get().saturating_sub(time));
    }

    fn pause(&self, pause: Duration, host: &Host) {
        if pause > Duration::from_secs(2) {
            terminal::say(&format!("{host} asks to wait {} seconds", pause.as_secs()));
        }
        thread::sleep(pause);
        self.spend(pause);
    }

    fn send_once(&self, request: &Request<'_>) -> Result<Reply, NoReply> {
        let started = Instant::now();
        if self.remaining.get().is_zero() {
            return Err(NoReply::NotSent(self.timed_out(request.host)));
        }
        let built = self.build(request).map_err(NoReply::NotSent)?;
        let client = self.client_for(request.host).map_err(NoReply::NotSent)?;
        let answer = client
            .execute(built)
            .map_err(|error| self.no_reply(request.host, error))
            .and_then(|response| self.read(request.host, response));
        log_request(request, &answer, started.elapsed());
        answer
    }

    fn build(&self, request: &Request<'_>) -> Result<reqwest::blocking::Request, Failure> {
        let address = request.host.address_of(request.path);
        let url = url::Url::parse(&address)
            .map_err(|_| Failure::failure("keybelt built an address that is not one"))?;
        let method = match request.method {
            Method::Get => reqwest::Method::GET,
            Method::Post => reqwest::Method::POST,
            Method::Patch => reqwest::Method::PATCH,
            Method::Delete => reqwest::Method::DELETE,
        };
        let mut built = reqwest::blocking::Request::new(method, url);
        *built.timeout_mut() = Some(self.remaining.get());
        let headers = built.headers_mut();
        headers.insert(header::ACCEPT, HeaderValue::from_static(request.media_type));
        if request.method != Method::Get {
            let form = "application/x-www-form-urlencoded";
            let content_type = if request.is_form { form } else { request.media_type };
            headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(content_type));
        }
        if let Some(credential) = request.credential {
            attach(&mut built, request.host, credential)?;
        }
        if let Some(body) = &request.body {
            *built.body_mut() = Some(body.expose_secret().to_owned().into());
        }
        Ok(built)
    }

    fn client_for(&self, host: &Host) -> Result<&Client, Failure> {
        let slot = match (host.is_https(), host.is_loopback()) {
            (false, _) => &self.plain,
            (true, true) => &self.loopback,
            (true, false) => &self.secure,
        };
        if let Some(client) = slot.get() {
            return Ok(client);
        }
        let client = self.build_client(host)?;
        Ok(slot.get_or_init(|| client))
    }

    fn build_client(&self, host: &Host) -> Result<Client, Failure> {
        // A second call finds the provider installed, which is as good.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let mut builder = Client::builder()
            .user_agent(concat!("keybelt/", env!("CARGO_PKG_VERSION")))
            .redirect(reqwest::redirect::Policy::none())
            .retry(reqwest::retry::never())
            .referer(false);
        if host.is_loopback() {
            builder = builder.no_proxy().resolve_to_addrs("localhost", &loopback_addresses());
        }
        builder =
            if host.is_https() { self.add_roots(builder)? } else { builder.tls_certs_only([]) };
        builder.build().map_err(|error| {
            Failure::failure("cannot prepare secure connections")
                .because(anyhow::anyhow!(root_cause(&error)))
                .hint("install the system's CA certificates, or name a file with --ca-file")
        })
    }

    fn add_roots(&self, builder: ClientBuilder) -> Result<ClientBuilder, Failure> {
        let Some(path) = &self.ca_file else {
            return Ok(builder);
        };
        let shown = path.display();
        let pem = std::fs::read(path).map_err(|error| {
            Failure::failure(format!("cannot read the certificates in {shown}")).because(error)
        })?;
        let roots = reqwest::Certificate::from_pem_bundle(&pem).unwrap_or_default();
        if roots.is_empty() {
            return Err(Failure::usage(format!("{shown} holds no PEM certificate")));
        }
        Ok(builder.tls_certs_merge(roots))
    }

    /// Reads the whole answer, but no more than is allowed.
    fn read(&self, host: &Host, response: Response) -> Result<Reply, NoReply> {
        let status = response.status().as_u16();
        let headers = response.headers().clone();
        let mut body = Vec::new();
        response
            .take(self.max_body + 1)
            .read_to_end(&mut body)
            .map_err(|error| NoReply::Unanswered(self.broken_off(host, &error)))?;
        if body.len() as u64 > self.max_body {
            return Err(NoReply::Unanswered(Failure::unavailable(format!(
                "`{host}` sent an answer of more than {} MiB",
                self.max_body / MAX_BODY
            ))));
        }
        let server_time = http_date(&headers, header::DATE);
        Ok(Reply {
            status,
            server_time,
            wait: requested_wait(&headers, server_time.unwrap_or_else(environment::now)),
            rate_limit: whole_number(&headers, "x-ratelimit-limit").filter(|limit| *limit > 0),
            rate_remaining: whole_number(&headers, "x-ratelimit-remaining"),
            content_type: content_type(&headers),
            location: headers
                .get(header::LOCATION)
                .and_then(|value| value.to_str().ok())
                .map(str::to_owned),
            body,
        })
    }

    fn no_reply(&self, host: &Host, error: reqwest::Error) -> NoReply {
        if error.is_connect() {
            return NoReply::NotSent(cannot_connect(host, &error, self.ca_file.is_some()));
        }
        if error.is_timeout() {
            return NoReply::Unanswered(self.timed_out(host));
        }
        let failure =
            Failure::unavailable(format!("the connection to `{host}` broke before it answered"))
                .because(anyhow::anyhow!(root_cause(&error)));
        if error.is_builder() { NoReply::NotSent(failure) } else { NoReply::Unanswered(failure) }
    }

    fn broken_off(&self, host: &Host, error: &std::io::Error) -> Failure {
        let timed_out = error.kind() == std::io::ErrorKind::TimedOut
            || sources(error).any(|source| source.to_string().contains("timed out"));
        if timed_out {
            return self.timed_out(host);
        }
        Failure::unavailable(format!("the answer of `{host}` broke off"))
    }

    fn timed_out(&self, host: &Host) -> Failure {
        Failure::unavailable(format!(
            "`{host}` did not answer within {} seconds",
            self.timeout.as_secs_f32()
        ))
        .hint("try again, or allow more time with --timeout")
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
        return Err(Failure::failure(format!(
            "keybelt will not send the token of `{}` to `{host}`",
            credential.host
        )));
    }
    let mut value =
        HeaderValue::from_str(&format!("Bearer {}", credential.token.secret().expose_secret()))
            .map_err(|_| Failure::usage("the token cannot be sent: it is not plain ASCII"))?;
    value.set_sensitive(true);
    // The server has it from here on, and may repeat it in an error.
    redaction::protect(credential.token.secret());
    request.headers_mut().insert(header::AUTHORIZATION, value);
    Ok(())
}

/// `localhost` is dialled without asking a resolver; port 0 stands for the address's own.
fn loopback_addresses() -> [SocketAddr; 2] {
    [(Ipv4Addr::LOCALHOST, 0).into(), (Ipv6Addr::LOCALHOST, 0).into()]
}

fn cannot_connect(host: &Host, error: &reqwest::Error, has_ca_file: bool) -> Failure {
    let cause = root_cause(error);
    let failure = Failure::unavailable(format!("cannot connect to `{host}`"));
    let failure = if cause.contains("certificate") && !has_ca_file {
        failure.hint("if the server's certificate comes from a private CA, name it with --ca-file")
    } else if cause.contains("certificate") {
        failure.hint(
            "the certificate does not belong to this server, or none of the known CAs signed it",
        )
    } else {
        failure.hint("check the host name, the network and the proxy settings")
    };
    failure.because(anyhow::anyhow!(cause))
}

/// Walks down to the innermost cause. An I/O error names what is below its contents, not the contents.
fn sources<'a>(
    error: &'a (dyn StdError + 'static),
) -> impl Iterator<Item = &'a (dyn StdError + 'static)> {
    std::iter::successors(Some(error), |error| {
        let contents = error.downcast_ref::<std::io::Error>().and_then(std::io::Error::get_ref);
        match contents {
            Some(contents) => Some(contents as &(dyn StdError + 'static)),
            None => StdError::source(*error),
        }
    })
}

/// Names the innermost cause from a closed list: other libraries' texts quote addresses and headers.
fn root_cause(error: &(dyn StdError + 'static)) -> String {
    for source in sources(error) {
        if let Some(tls) = source.downcast_ref::<rustls::Error>() {
            return tls_cause(tls);
        }
    }
    if sources(error).any(|source| source.to_string().contains("dns error")) {
        return "the host name is not known".to_owned();
    }
    let io = sources(error).filter_map(|source| source.downcast_ref::<std::io::Error>()).last();
    match io {
        Some(io) if io.raw_os_error().is_some() => io.to_string(),
        Some(io) => io.kind().to_string(),
        None => "no details".to_owned(),
    }
}

fn tls_cause(error: &rustls::Error) -> String {
    use rustls::CertificateError as Reason;
    match error {
        rustls::Error::InvalidCertificate(reason) => match reason {
            Reason::UnknownIssuer => "the server's certificate has an unknown issuer".to_owned(),
            Reason::Expired | Reason::ExpiredContext { .. } => {
                "the server's certificate has expired".to_owned()
            }
            Reason::NotValidYet | Reason::NotValidYetContext { .. } => {
                "the server's certificate is not valid yet; is this machine's clock right?"
                    .to_owned()
            }
            Reason::NotValidForName | Reason::NotValidForNameContext { .. } => {
                "the server's certificate is for another name".to_owned()
            }
            _ => "the server's certificate is not acceptable".to_owned(),
        },
        _ => "the secure connection could not be set up".to_owned(),
    }
}

/// Waits 0.2 s, then 0.8 s, give or take a quarter, so that many clients do not return in step.
fn backoff(failures: u32) -> Duration {
    let base = 50_u64 << (2 * failures.min(5));
    let random = RandomState::new().hash_one(failures) % 512;
    Duration::from_millis(base * (768 + random) / 1024)
}

fn http_date(headers: &HeaderMap, name: header::HeaderName) -> Option<Timestamp> {
    let text = headers.get(name)?.to_str().ok()?;
    jiff::fmt::rfc2822::DateTimeParser::new().parse_timestamp(text).ok()
}

/// Returns how long a 429 asks to wait: `Retry-After` in seconds or as a date, else `X-RateLimit-Reset`,
/// which is a Unix time above 10⁶ (Vagrant Cloud) and seconds from now below it (protocol: atlas 7.3).
fn requested_wait(headers: &HeaderMap, server_now: Timestamp) -> Option<Duration> {
    let number = |name: &str| -> Option<f64> {
        let value: f64 = headers.get(name)?.to_str().ok()?.trim().parse().ok()?;
        (value.is_finite() && value >= 0.0).then_some(value)
    };
    let until = |then: f64| (then - server_now.as_millisecond() as f64 / 1000.0).max(0.0);
    let seconds = number("retry-after")
        .or_else(|| {
            http_date(headers, header::RETRY_AFTER).map(|date| until(date.as_second() as f64))
        })
        .or_else(|| {
            number("x-ratelimit-reset").map(|reset| if reset > 1e6 { until(reset) } else { reset })
        })?;
    Some(Duration::from_secs_f64(seconds.clamp(0.1, 1e6)))
}

/// Returns the origin that a redirect names, or a word for one that has none.
fn origin_of(location: &str) -> String {
    let origin = url::Url::parse(location).ok().map(|url| url.origin().ascii_serialization());
    origin.unwrap_or_else(|| "another path".to_owned())
}

fn whole_number(headers: &HeaderMap, name: &str) -> Option<u32> {
    headers.get(name)?.to_str().ok()?.trim().parse().ok()
}

fn content_type(headers: &HeaderMap) -> Option<String> {
    let value = headers.get(header::CONTENT_TYPE)?.to_str().ok()?;
    value.split(';').next().map(|value| value.trim().to_ascii_lowercase())
}

fn log_request(request: &Request<'_>, answer: &Result<Reply, NoReply>, took: Duration) {
    let path = request.path.split('?').next().unwrap_or_default();
    let outcome = match answer {
        Ok(reply) => format!("{}, {} bytes", reply.status, reply.body.len()),
        Err(NoReply::NotSent(_)) => "not sent".to_owned(),
        Err(NoReply::Unanswered(_)) => "no answer".to_owned(),
    };
    log::info!(
        "{:?} {}{path}: {outcome}, {} ms",
        request.method,
        request.host.origin(),
        took.as_millis()
    );
}

impl Reply {
    /// Returns whether the status says that it was done.
    pub fn is_success(&self) -> bool {
        (200..300).contains(&self.status)
    }

    /// Returns whether an API said yes: a success without a body, or with one in JSON. A page with status
    /// 200 comes from a portal or a proxy, and says nothing of what was asked.
    pub fn is_api_success(&self) -> bool {
        let says_nothing = self.body.iter().all(u8::is_ascii_whitespace);
        let is_json = || serde_json::from_slice::<serde::de::IgnoredAny>(&self.body).is_ok();
        self.is_success() && (says_nothing || is_json())
    }

    /// Decodes the body as JSON.
    ///
    /// # Errors
    /// Unavailable, with the place at which it stopped making sense; no part of the body is shown.
    pub fn json(&self, host: &Host) -> Result<serde_json::Value, Failure> {
        serde_json::from_slice(&self.body).map_err(|error| self.senseless(host, &error))
    }

    /// Returns the failure for a body that is not the JSON that it should be: its place, and no part of it.
    pub fn senseless(&self, host: &Host, error: &serde_json::Error) -> Failure {
        let (line, column) = (error.line(), error.column());
        let what = match error.classify() {
            serde_json::error::Category::Data => "makes no sense",
            _ => "is not JSON",
        };
        Failure::unavailable(format!("the answer of `{host}` makes no sense")).because(
            anyhow::anyhow!("{} answer {what} at line {line}, column {column}", self.status),
        )
    }

    /// Returns the failure for a status that says nothing about the request itself: redirects, 429, 5xx,
    /// and whatever else no caller expected.
    pub fn unexpected(&self, host: &Host) -> Failure {
        match self.status {
            429 => self.too_many_requests(host),
            300..=399 => Failure::unavailable(format!(
                "`{host}` answered with a redirect to {}, which keybelt does not follow",
                self.location.as_deref().map_or("nowhere".to_owned(), origin_of)
            ))
            .hint("check that this is the account server's own address"),
            500..=599 => Failure::unavailable(format!("`{host}` has a problem of its own"))
                .because(anyhow::anyhow!("status {}", self.status))
                .hint("try again later"),
            _ => Failure::unavailable(format!("`{host}` gave an answer that makes no sense here"))
                .because(anyhow::anyhow!("status {}", self.status)),
        }
    }

    fn too_many_requests(&self, host: &Host) -> Failure {
        let failure = Failure::unavailable(format!("`{host}` refuses for now: too many requests"));
        match self.requested_wait() {
            Some(wait) => failure.hint(format!("try again in {wait}")),
            None => failure.hint("wait a minute, then try again"),
        }
    }

    /// Returns how long the server asks to wait, in whole seconds.
    pub fn requested_wait(&self) -> Option<Lifetime> {
        Lifetime::from_seconds(self.wait?.as_secs_f64().ceil() as i64)
    }
}
