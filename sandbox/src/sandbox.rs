//! A running sandbox: started, observed and turned by the program that holds it, stopped when it is
//! dropped.

use std::fmt;
use std::io;
use std::net::{SocketAddr, TcpListener};
use std::sync::mpsc::{Receiver, channel};
use std::thread::JoinHandle;

use jiff::Timestamp;
use tempfile::TempDir;
use tokio::sync::oneshot;

use crate::account::Code;
use crate::certificate::Certificates;
use crate::fault::{Fault, Faults};
use crate::options::Options;
use crate::outbox::{Mail, Text};
use crate::ready::{Ready, ReadyAccount};
use crate::request_log::Request;
use crate::server::Listener;
use crate::site::{Dialect, Site};
use crate::state::{Event, Shared, State};
use crate::token::LiveToken;

/// A running sandbox. Dropping it closes its ports and removes its files.
#[derive(Debug)]
pub struct Sandbox {
    ready: Ready,
    state: Shared,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
    _certificate: Option<TempDir>,
}

/// Why a sandbox did not start.
#[derive(Debug)]
pub enum StartError {
    /// Others than this machine could reach that address.
    NotLoopback(SocketAddr),
    /// The listeners after the first would need a port above 65535.
    NoPortLeft(SocketAddr),
    /// The address cannot be listened on.
    Listen(SocketAddr, io::Error),
    /// The certificates could not be made.
    Certificate(Box<dyn std::error::Error + Send + Sync>),
    /// The system has no thread or no runtime for it.
    Thread(io::Error),
}

impl fmt::Display for StartError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            StartError::NotLoopback(address) => {
                write!(
                    out,
                    "`{address}` is not a loopback address, and the sandbox serves no other"
                )
            }
            StartError::NoPortLeft(address) => {
                write!(out, "no port is left after `{address}` for the other listeners")
            }
            StartError::Listen(address, _) => write!(out, "cannot listen on `{address}`"),
            StartError::Certificate(_) => out.write_str("cannot make the sandbox's certificates"),
            StartError::Thread(_) => out.write_str("cannot start the sandbox's thread"),
        }
    }
}

impl std::error::Error for StartError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            StartError::Listen(_, error) | StartError::Thread(error) => Some(error),
            StartError::Certificate(error) => Some(error.as_ref()),
            StartError::NotLoopback(_) | StartError::NoPortLeft(_) => None,
        }
    }
}

impl Sandbox {
    /// Starts a sandbox. All its listeners accept connections when this returns.
    pub fn start(options: Options) -> Result<Sandbox, StartError> {
        if !options.listen.ip().is_loopback() {
            return Err(StartError::NotLoopback(options.listen));
        }
        let atlas = listen(Dialect::Atlas, "http", options.listen)?;
        let aptible = listen(Dialect::Aptible, "http", following(options.listen, 2)?)?;
        let (state, accounts) = State::new(&options);
        let mut ready = ready(&atlas.site, &aptible.site, &state, accounts);
        let mut listeners = vec![atlas, aptible];
        let mut certificate = None;
        if options.tls {
            let (listener, directory, ca_file) = listen_with_tls(options.listen)?;
            let port = listener.site.address.port();
            ready.atlas_tls_url = Some(format!("https://localhost:{port}"));
            ready.ca_file = Some(ca_file);
            certificate = Some(directory);
            listeners.push(listener);
        }
        let state = Shared::new(state);
        let (stop, thread) = run(listeners, &state).map_err(StartError::Thread)?;
        let (stop, thread) = (Some(stop), Some(thread));
        Ok(Sandbox { ready, state, stop, thread, _certificate: certificate })
    }

    /// Returns where the sandbox is and who can sign in.
    pub fn ready(&self) -> &Ready {
        &self.ready
    }

    /// Turns the sandbox's clock, back if `seconds` is negative.
    ///
    /// # Panics
    ///
    /// If the calendar does not reach so far.
    pub fn advance(&self, seconds: i64) {
        let turned = self.state.lock().clock.advance(seconds);
        assert!(turned, "the calendar does not reach so far");
    }

    /// Returns the time on the sandbox's clock.
    pub fn now(&self) -> Timestamp {
        self.state.lock().now()
    }

    /// Returns the texts "sent", oldest first.
    pub fn outbox(&self) -> Vec<Text> {
        self.state.lock().outbox.texts()
    }

    /// Returns the mails "sent", oldest first.
    pub fn mails(&self) -> Vec<Mail> {
        self.state.lock().outbox.mails()
    }

    /// Returns the requests that came, oldest first; not those to the control URL.
    pub fn requests(&self) -> Vec<Request> {
        self.state.lock().requests.requests()
    }

    /// Returns the tokens that are neither expired nor revoked, oldest first.
    pub fn live_tokens(&self) -> Vec<LiveToken> {
        self.state.lock().live_tokens()
    }

    /// Returns whether a token is live.
    pub fn accepts(&self, token: &str) -> bool {
        self.state.lock().accepts(token)
    }

    /// Returns whether any request brought this token, be it live, dead or another server's.
    pub fn was_presented(&self, token: &str) -> bool {
        self.state.lock().presented.contains(token)
    }

    /// Returns an account's present verification code, from its app or the last text.
    pub fn code(&self, username: &str) -> Option<Code> {
        self.state.lock().code(username)
    }

    /// Returns what happens from now on, as it happens.
    pub fn events(&self) -> Receiver<Event> {
        let (sender, receiver) = channel();
        self.state.lock().observe(sender);
        receiver
    }

    /// Replaces the faults that are still to come.
    pub fn set_faults(&self, faults: Vec<Fault>) {
        self.state.lock().faults = Faults::new(faults);
    }
}

impl Drop for Sandbox {
    fn drop(&mut self) {
        drop(self.stop.take());
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

/// Returns the ready line of a sandbox without TLS.
fn ready(atlas: &Site, aptible: &Site, state: &State, accounts: Vec<ReadyAccount>) -> Ready {
    let control_url = format!("{}/sandbox/{}", atlas.url(), state.control_secret);
    Ready {
        version: 1,
        generation: state.generation.name().to_owned(),
        atlas_url: atlas.url(),
        atlas_tls_url: None,
        aptible_url: aptible.url(),
        ca_file: None,
        outbox_url: format!("{control_url}/outbox"),
        control_url,
        organization: state.organizations.home().name().to_owned(),
        accounts,
    }
}

fn listen(
    dialect: Dialect,
    scheme: &'static str,
    address: SocketAddr,
) -> Result<Listener, StartError> {
    let failed = |error| StartError::Listen(address, error);
    let socket = TcpListener::bind(address).map_err(failed)?;
    let address = socket.local_addr().map_err(failed)?;
    Ok(Listener { socket, site: Site { dialect, scheme, address }, tls: None })
}

fn listen_with_tls(first: SocketAddr) -> Result<(Listener, TempDir, String), StartError> {
    let mut listener = listen(Dialect::Atlas, "https", following(first, 1)?)?;
    let certificates =
        Certificates::new().map_err(|error| StartError::Certificate(error.into()))?;
    let written = certificates.write().map_err(|error| StartError::Certificate(error.into()))?;
    let (directory, path) = written;
    listener.tls = Some(certificates.config);
    Ok((listener, directory, path.to_string_lossy().into_owned()))
}

/// Returns the address `distance` ports on; any free one if the first was to be free too.
fn following(first: SocketAddr, distance: u16) -> Result<SocketAddr, StartError> {
    let port = match first.port() {
        0 => 0,
        port => port.checked_add(distance).ok_or(StartError::NoPortLeft(first))?,
    };
    Ok(SocketAddr::new(first.ip(), port))
}

fn run(
    listeners: Vec<Listener>,
    state: &Shared,
) -> io::Result<(oneshot::Sender<()>, JoinHandle<()>)> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    {
        let _entered = runtime.enter();
        for listener in listeners {
            listener.spawn(state.clone())?;
        }
    }
    let (stop, stopped) = oneshot::channel::<()>();
    let thread = std::thread::Builder::new().name("sandbox".to_owned()).spawn(move || {
        // The sender sends nothing: dropping it is the sign. The tasks go with the runtime.
        let _ = runtime.block_on(stopped);
    })?;
    Ok((stop, thread))
}
