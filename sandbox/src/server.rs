//! The listeners: takes connections, reads requests whole, keeps web pages out, puts faults in the
//! way, and leaves the rest to the dialects. One thread serves them all; handlers never wait.

use std::error::Error;
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use http_body_util::{BodyExt, Limited};
use hyper::body::Incoming;
use hyper::header::{CONNECTION, DATE};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Request, Response, StatusCode};
use hyper_util::rt::{TokioIo, TokioTimer};
use rustls::ServerConfig;
use tokio::io::{AsyncRead, AsyncWrite, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::server::TlsStream;

use crate::clock::http_date;
use crate::exchange::{Call, Payload, Reply, token};
use crate::fault::{DELAY, FaultKind};
use crate::fault_response::{self, Abort};
use crate::site::{Dialect, Site};
use crate::state::Shared;
use crate::{aptible, atlas, control, guard};

const BODY_LIMIT: usize = 1024 * 1024;
/// How long a head or a body may take to arrive; a client on this machine sends both at once.
const READ_TIMEOUT: Duration = Duration::from_secs(10);
/// The answer to a head that does not arrive in that time.
const HEAD_TIMED_OUT: &[u8] =
    b"HTTP/1.1 408 Request Timeout\r\nConnection: close\r\nContent-Length: 0\r\n\r\n";
/// What remains when the system is out of file descriptors is to wait until a client hangs up.
const ACCEPT_PAUSE: Duration = Duration::from_millis(20);

/// A listener.
pub(crate) struct Listener {
    pub(crate) socket: std::net::TcpListener,
    pub(crate) site: Site,
    pub(crate) tls: Option<Arc<ServerConfig>>,
}

impl Listener {
    /// Serves connections for as long as the runtime lives.
    pub(crate) fn spawn(self, state: Shared) -> io::Result<()> {
        self.socket.set_nonblocking(true)?;
        let socket = TcpListener::from_std(self.socket)?;
        tokio::spawn(accept(socket, self.site, self.tls.map(TlsAcceptor::from), state));
        Ok(())
    }
}

async fn accept(socket: TcpListener, site: Site, tls: Option<TlsAcceptor>, state: Shared) {
    loop {
        let Ok((stream, peer)) = socket.accept().await else {
            tokio::time::sleep(ACCEPT_PAUSE).await;
            continue;
        };
        let _ = stream.set_nodelay(true);
        tokio::spawn(connect(stream, peer, site, tls.clone(), state.clone()));
    }
}

async fn connect(
    stream: TcpStream,
    peer: SocketAddr,
    site: Site,
    tls: Option<TlsAcceptor>,
    state: Shared,
) {
    let exchange = Exchange { state, site, peer: peer.ip() };
    match tls {
        None => serve(stream, exchange).await,
        Some(acceptor) => {
            // A client that does not trust the certificate hangs up here; that is its answer.
            if let Ok(stream) = acceptor.accept(stream).await {
                serve(stream, exchange).await;
            }
        }
    }
}

/// A stream whose connection can be reset.
trait Resettable {
    fn reset_on_close(&self);
}

impl Resettable for TcpStream {
    fn reset_on_close(&self) {
        let _ = self.set_zero_linger();
    }
}

impl Resettable for TlsStream<TcpStream> {
    fn reset_on_close(&self) {
        self.get_ref().0.reset_on_close();
    }
}

async fn serve<S>(stream: S, exchange: Exchange)
where
    S: AsyncRead + AsyncWrite + Resettable + Unpin + Send + 'static,
{
    let service = service_fn(move |request| Box::pin(exchange.clone().answer(request)));
    let mut connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(READ_TIMEOUT)
        .serve_connection(TokioIo::new(stream), service);
    let Err(error) = (&mut connection).await else {
        return;
    };
    if error.is_timeout() {
        let parts = connection.into_parts();
        // A connection that is only kept open gets no answer to what it has not asked.
        if !parts.read_buf.is_empty() {
            close_with(parts.io.into_inner(), HEAD_TIMED_OUT).await;
        }
        return;
    }
    let Some(abort) = error.source().and_then(|source| source.downcast_ref::<Abort>()) else {
        return;
    };
    let stream = connection.into_parts().io.into_inner();
    match abort.partial_bytes() {
        Some(bytes) => close_with(stream, bytes).await,
        None => stream.reset_on_close(),
    }
}

async fn close_with(mut stream: impl AsyncWrite + Unpin, bytes: &[u8]) {
    let _ = stream.write_all(bytes).await;
    let _ = stream.shutdown().await;
}

/// What a connection's requests need.
#[derive(Clone)]
struct Exchange {
    state: Shared,
    site: Site,
    peer: IpAddr,
}

impl Exchange {
    async fn answer(self, request: Request<Incoming>) -> Result<Response<Payload>, Abort> {
        let path = request.uri().path();
        let under_control = path.starts_with("/sandbox/");
        let number = (!under_control).then(|| {
            let mut state = self.state.lock();
            let now = state.now();
            if let Some(token) = token(request.headers()) {
                state.presented.record(token);
            }
            // However it is written: whoever knows the control address controls the sandbox.
            let path = path.replace(&state.control_secret, "REDACTED");
            state.requests.begin(request.method().as_str(), &path, now)
        });
        let answer = match guard::refusal(&self.site, &request) {
            Some(refusal) => Ok(refusal),
            None => self.answer_admitted(request, under_control).await,
        };
        let mut state = self.state.lock();
        if let Some(number) = number {
            state.finish(number, answer.as_ref().ok().map(|reply| reply.status.as_u16()));
        }
        answer.map(|reply| response(reply.with(DATE, http_date(state.now()))))
    }

    async fn answer_admitted(
        &self,
        request: Request<Incoming>,
        under_control: bool,
    ) -> Result<Reply, Abort> {
        let call = match read(request, self.peer, self.site).await {
            Ok(call) => call,
            Err(refusal) => return Ok(refusal),
        };
        if under_control {
            return Ok(control::answer(&mut self.state.lock(), &call));
        }
        let fault = self.state.lock().faults.take(call.method.as_str(), &call.path);
        if fault == Some(FaultKind::Delay) {
            tokio::time::sleep(DELAY).await;
        }
        // Made before the state is locked, for it takes a while, the first time.
        let key = match call.site.dialect {
            Dialect::Atlas => None,
            Dialect::Aptible => Some(self.state.signing_key().await),
        };
        let mut state = self.state.lock();
        let instead = fault
            .map(|kind| fault_response::answer(kind, &call, self.site.address.port(), state.now()));
        if let Some(reply) = instead.transpose()?.flatten() {
            return Ok(reply);
        }
        let mut reply = match key {
            None => atlas::answer(&mut state, &call),
            Some(key) => aptible::answer(&mut state, &call, key),
        };
        if fault == Some(FaultKind::HostileText) {
            fault_response::make_hostile(&mut reply);
        }
        Ok(reply)
    }
}

/// Reads the whole request; no client has a reason to send much.
async fn read(request: Request<Incoming>, peer: IpAddr, site: Site) -> Result<Call, Reply> {
    let (head, body) = request.into_parts();
    let body = tokio::time::timeout(READ_TIMEOUT, Limited::new(body, BODY_LIMIT).collect()).await;
    let body = body.map_err(|_| {
        Reply::errors(StatusCode::REQUEST_TIMEOUT, "the request did not arrive in time")
            .with(CONNECTION, "close")
    })?;
    let body =
        body.map_err(|_| Reply::errors(StatusCode::PAYLOAD_TOO_LARGE, "the request is too large"))?;
    Ok(Call {
        method: head.method,
        path: head.uri.path().to_owned(),
        query: head.uri.query().unwrap_or_default().to_owned(),
        headers: head.headers,
        body: body.to_bytes(),
        peer,
        site,
    })
}

fn response(reply: Reply) -> Response<Payload> {
    let mut response = Response::new(reply.body);
    *response.status_mut() = reply.status;
    response.headers_mut().extend(reply.headers);
    response
}
