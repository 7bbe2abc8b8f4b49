//! The client of one command: how often a request is sent, over which connections, and in what time.

use std::any::Any;
use std::cell::{Cell, OnceCell, RefCell};
use std::collections::BTreeMap;
use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr};
use std::path::PathBuf;
use std::thread;
use std::time::{Duration, Instant};

use jiff::{SignedDuration, Timestamp};
use reqwest::blocking::Client;

use super::failure::{Attempt, Failed, NoReply, because_of};
use super::proxy::Proxy;
use super::rate_limit::{RATE_LIMITED_TRIES, backoff};
use super::reply::Reply;
use super::request::{Method, Repeat, Request};
use super::roots;
use crate::environment;
use crate::failure::Failure;
use crate::host::Host;

/// The largest answer that is read, in bytes.
const MAX_BODY: u64 = 1024 * 1024;

/// The largest page of a list that is read, in bytes.
pub(super) const MAX_LIST_BODY: u64 = 16 * MAX_BODY;

/// The longest wait that is not announced.
pub(super) const QUIET_WAIT: Duration = Duration::from_secs(2);

/// How often a request that may be repeated is sent.
const TRIES: u32 = 3;

/// Called before a wait that the server asked for, so that it is not a silent one.
pub type OnWait = fn(&Host, Duration);

/// Called before a request; what it returns is dropped behind it. The person at the terminal sees what is waited for.
pub type OnSend = fn(&Host) -> Box<dyn Any>;

/// The client of one command.
#[derive(Debug)]
pub struct Http {
    pub(super) ca_file: Option<PathBuf>,
    pub(super) timeout: Duration,
    pub(super) on_wait: OnWait,
    pub(super) on_send: OnSend,
    pub(super) remaining: Cell<Duration>,
    /// How many seconds the clocks of hosts are ahead of this machine's.
    pub(super) clocks: RefCell<BTreeMap<Host, i64>>,
    pub(super) max_body: u64,
    /// For loopback without TLS: no root certificates are read.
    pub(super) plain: OnceCell<Client>,
    /// For TLS without a proxy.
    pub(super) direct: OnceCell<Client>,
    /// For TLS by way of the proxy.
    pub(super) proxied: OnceCell<Client>,
}

impl Http {
    /// Prepares a client; nothing is read or built until a request needs it.
    ///
    /// `timeout` is what all requests of the command may take together, repetitions included.
    pub fn new(timeout: Duration, ca_file: Option<PathBuf>, on_wait: OnWait) -> Self {
        Self {
            ca_file,
            timeout,
            on_wait,
            on_send: |_| Box::new(()),
            remaining: Cell::new(timeout),
            clocks: RefCell::default(),
            max_body: MAX_BODY,
            plain: OnceCell::new(),
            direct: OnceCell::new(),
            proxied: OnceCell::new(),
        }
    }

    /// Shows what is waited for.
    #[must_use]
    pub fn showing(self, on_send: OnSend) -> Self {
        Self { on_send, ..self }
    }

    /// Returns what a host's clock says now, if it has told this process.
    pub fn server_now(&self, host: &Host) -> Option<Timestamp> {
        let ahead = SignedDuration::from_secs(*self.clocks.borrow().get(host)?);
        environment::now().saturating_add(ahead).ok()
    }

    fn learn_clock(&self, host: &Host, server_time: Option<Timestamp>) {
        if let Some(server_time) = server_time {
            let ahead = server_time.as_second() - environment::now().as_second();
            self.clocks.borrow_mut().insert(host.clone(), ahead);
        }
    }

    /// Gives the command's time back in full, for what must still be tried after a time-out.
    pub fn renew_time(&self) {
        self.remaining.set(self.timeout);
    }

    /// Sends a request and returns the answer, whatever its status.
    ///
    /// It is sent again only where that can help, and where the wait fits into what is left of the time.
    pub fn send(&self, request: &Request<'_>) -> Result<Reply, NoReply> {
        let mut failures = 0;
        let mut rate_limited = 0;
        loop {
            let started = Instant::now();
            let shown = (self.on_send)(request.host);
            let outcome = self.send_once(request);
            drop(shown);
            self.spend(started.elapsed());
            if let Ok(reply) = &outcome {
                self.learn_clock(request.host, reply.server_time);
            }
            let pause = match &outcome {
                Ok(reply) if reply.status == 429 && request.repeat == Repeat::WhenRateLimited => {
                    rate_limited += 1;
                    (rate_limited < RATE_LIMITED_TRIES)
                        .then(|| reply.wait.unwrap_or_else(|| backoff(rate_limited)))
                }
                Ok(reply) if reply.status < 500 => None,
                Err(failed) if !failed.may_heal => None,
                _ if request.method != Method::Get => None,
                _ => {
                    failures += 1;
                    let asked = outcome.as_ref().ok().filter(|reply| reply.status == 503);
                    let pause = asked.and_then(|reply| reply.wait);
                    (failures < TRIES).then(|| pause.unwrap_or_else(|| backoff(failures)))
                }
            };
            match pause.filter(|pause| *pause < self.remaining.get()) {
                None => return outcome.map_err(|failed| failed.reason),
                Some(pause) => self.pause(pause, request.host),
            }
        }
    }

    pub(super) fn spend(&self, time: Duration) {
        self.remaining.set(self.remaining.get().saturating_sub(time));
    }

    fn pause(&self, pause: Duration, host: &Host) {
        if pause > QUIET_WAIT {
            (self.on_wait)(host, pause);
        }
        thread::sleep(pause);
        self.spend(pause);
    }

    fn send_once(&self, request: &Request<'_>) -> Result<Reply, Failed> {
        let started = Instant::now();
        let proxy = Proxy::to(request.host).map_err(Failed::here)?;
        let attempt = Attempt {
            host: request.host,
            proxy: proxy.as_ref(),
            timeout: self.timeout,
            has_ca_file: self.ca_file.is_some(),
        };
        if self.remaining.get().is_zero() {
            return Err(Failed::here(attempt.timed_out()));
        }
        let mut built = request.build().map_err(Failed::here)?;
        let client = self.client_for(request.host, proxy.as_ref()).map_err(Failed::here)?;
        // Certificates and settings were read meanwhile.
        let left = || self.remaining.get().saturating_sub(started.elapsed());
        *built.timeout_mut() = Some(left());
        let answer = client
            .execute(built)
            .map_err(|error| attempt.failed(&error, left()))
            .and_then(|response| Reply::read(response, attempt, self.max_body));
        log_request(request, &answer, started.elapsed());
        answer
    }

    /// Builds the client for a host, if it is not there yet: threads share it with its connections.
    pub(super) fn prepare(&self, host: &Host) -> Result<(), Failure> {
        self.client_for(host, Proxy::to(host)?.as_ref()).map(drop)
    }

    fn client_for(&self, host: &Host, proxy: Option<&Proxy>) -> Result<&Client, Failure> {
        let slot = match (host.is_https(), proxy) {
            (false, _) => &self.plain,
            (true, None) => &self.direct,
            (true, Some(_)) => &self.proxied,
        };
        if let Some(client) = slot.get() {
            return Ok(client);
        }
        let client = self.build_client(host, proxy)?;
        Ok(slot.get_or_init(|| client))
    }

    fn build_client(&self, host: &Host, proxy: Option<&Proxy>) -> Result<Client, Failure> {
        // A second call finds the provider installed, which is as good.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let mut builder = Client::builder()
            .user_agent(concat!("keybelt/", env!("CARGO_PKG_VERSION")))
            .redirect(reqwest::redirect::Policy::none())
            .retry(reqwest::retry::never())
            .referer(false)
            .no_proxy()
            .resolve_to_addrs("localhost", &loopback_addresses());
        if let Some(proxy) = proxy.and_then(Proxy::for_client) {
            builder = builder.proxy(proxy);
        }
        builder = if host.is_https() {
            roots::add(builder, self.ca_file.as_deref())?
        } else {
            builder.tls_certs_only([])
        };
        builder.build().map_err(|error| {
            because_of(Failure::general("cannot prepare secure connections"), &error)
                .hint("install the system's CA certificates or use --ca-file PEM")
        })
    }
}

/// `localhost` is dialled without asking a resolver; port 0 stands for the address's own.
fn loopback_addresses() -> [SocketAddr; 2] {
    [(Ipv4Addr::LOCALHOST, 0).into(), (Ipv6Addr::LOCALHOST, 0).into()]
}

fn log_request(request: &Request<'_>, answer: &Result<Reply, Failed>, took: Duration) {
    let path = request.path.split('?').next().unwrap_or_default();
    let outcome = match answer {
        Ok(reply) => format!("{}, {} bytes", reply.status, reply.body.len()),
        Err(Failed { reason: NoReply::NotSent(_), .. }) => "not sent".to_owned(),
        Err(Failed { reason: NoReply::Unanswered(_), .. }) => "no answer".to_owned(),
    };
    log::info!(
        "{} {}{path}: {outcome}, {} ms",
        request.method.on_the_wire(),
        request.host.origin(),
        took.as_millis()
    );
}
