//! The loopback listener that a browser comes back to after a sign-in.
//!
//! It answers every caller with the same fixed page, whatever it asks, and believes one alone: `GET /login`
//! with the state that this sign-in made up. Whoever calls without it is a guess or a mistake and changes
//! nothing. What the caller sends is never shown.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, TcpListener, TcpStream};
use std::ops::RangeInclusive;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::thread;
use std::time::{Duration, Instant};

use jiff::Timestamp;
use secrecy::{ExposeSecret, SecretString};

use crate::environment;
use crate::failure::Failure;

/// The longest request line that is read, in bytes.
const MAX_REQUEST: u64 = 16 * 1024;

/// How long one caller may take, so that a silent one holds nothing up for long.
const PATIENCE: Duration = Duration::from_secs(2);

/// How many callers are served at once; more wait in the system's queue.
const MAX_CALLERS: usize = 512;

/// How many ports of the range are tried.
const PORT_TRIES: u32 = 64;

/// What the browser brought back.
#[derive(Debug)]
pub enum Callback {
    /// The code that is exchanged for a token.
    Code(SecretString),
    /// The server's word for why there is none, unescaped.
    Refused(String),
}

/// A listener on 127.0.0.1 and, where there is one, on `::1`.
#[derive(Debug)]
pub struct Listener {
    port: u16,
    callbacks: Receiver<Callback>,
}

impl Listener {
    /// Listens on a free port of the range, for a callback with this state.
    pub fn start(ports: &RangeInclusive<u16>, state: &SecretString) -> Result<Self, Failure> {
        let (port, listeners) = bind(ports).ok_or_else(|| {
            Failure::general(format!(
                "cannot listen for the browser: ports {} to {} are all in use",
                ports.start(),
                ports.end()
            ))
            .hint("close what uses one of them, or sign in with --token-stdin")
        })?;
        let (sender, callbacks) = mpsc::channel();
        let callers = Arc::new(AtomicUsize::new(0));
        for listener in listeners {
            let (sender, state, callers) = (sender.clone(), state.clone(), Arc::clone(&callers));
            thread::spawn(move || accept(&listener, &sender, &state, &callers));
        }
        Ok(Self { port, callbacks })
    }

    /// Returns the address that the server sends the browser to.
    pub fn redirect_uri(&self) -> String {
        format!("http://localhost:{}/login", self.port)
    }

    /// Waits for the browser; `None` if it has not come by then.
    ///
    /// It is a time of day, for a machine that sleeps meanwhile does not count that as waiting.
    pub fn wait(&self, until: Timestamp) -> Option<Callback> {
        while environment::now() < until {
            match self.callbacks.recv_timeout(Duration::from_secs(1)) {
                Ok(callback) => return Some(callback),
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => return None,
            }
        }
        None
    }
}

/// Finds a free port, at random first so that parallel sign-ins do not meet.
fn bind(ports: &RangeInclusive<u16>) -> Option<(u16, Vec<TcpListener>)> {
    let (first, last) = (u32::from(*ports.start()), u32::from(*ports.end()));
    let count = last.checked_sub(first)? + 1;
    let random = std::hash::BuildHasher::hash_one(&std::hash::RandomState::new(), first);
    let start = u32::try_from(random % u64::from(count)).unwrap_or(0);
    (0..count.min(PORT_TRIES)).find_map(|step| {
        let port = u16::try_from(first + (start + step) % count).ok()?;
        let four =
            TcpListener::bind(SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), port)).ok()?;
        // Another program on ::1 would get what is meant for us, for browsers try that first.
        match TcpListener::bind(SocketAddr::new(IpAddr::V6(Ipv6Addr::LOCALHOST), port)) {
            Ok(six) => Some((port, vec![four, six])),
            Err(error) if error.kind() == io::ErrorKind::AddrInUse => None,
            Err(_) => Some((port, vec![four])),
        }
    })
}

fn accept(
    listener: &TcpListener,
    sender: &Sender<Callback>,
    state: &SecretString,
    callers: &Arc<AtomicUsize>,
) {
    for stream in listener.incoming() {
        let Ok(stream) = stream else {
            thread::sleep(Duration::from_millis(10));
            continue;
        };
        while callers.load(Ordering::SeqCst) >= MAX_CALLERS {
            thread::sleep(Duration::from_millis(1));
        }
        callers.fetch_add(1, Ordering::SeqCst);
        let (sender, state, callers) = (sender.clone(), state.clone(), Arc::clone(callers));
        thread::spawn(move || {
            if let Some(callback) = serve(&stream, &state) {
                // Nobody listens any more if another callback came first.
                let _ = sender.send(callback);
            }
            callers.fetch_sub(1, Ordering::SeqCst);
        });
    }
}

/// Reads one request and answers it.
fn serve(stream: &TcpStream, state: &SecretString) -> Option<Callback> {
    stream.set_write_timeout(Some(PATIENCE)).ok()?;
    let caller = Caller { stream, until: Instant::now() + PATIENCE };
    let mut reader = BufReader::new(caller.take(MAX_REQUEST));
    let mut line = Vec::new();
    reader.read_until(b'\n', &mut line).ok()?;
    // The headers are read too: closing before they are would reset the connection under the answer. They are
    // bytes: cookies of any other site on localhost come along, in whatever encoding.
    let mut header = Vec::new();
    while reader.read_until(b'\n', &mut header).ok()? > 2 {
        header.clear();
    }
    let callback = parse(&String::from_utf8_lossy(&line), state);
    let page = match callback {
        Some(Callback::Code(_)) => page(200, DONE),
        Some(Callback::Refused(_)) => page(200, REFUSED),
        None => page(400, UNEXPECTED),
    };
    let _ = (&*stream).write_all(page.as_bytes());
    callback
}

/// A caller who is read from until its time is up, however slowly it speaks.
struct Caller<'a> {
    stream: &'a TcpStream,
    until: Instant,
}

impl Read for Caller<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let left = self.until.saturating_duration_since(Instant::now());
        if left.is_zero() {
            return Err(io::ErrorKind::TimedOut.into());
        }
        self.stream.set_read_timeout(Some(left))?;
        self.stream.read(buffer)
    }
}

/// Reads a request line; `None` unless it is a callback of this very sign-in.
fn parse(line: &str, state: &SecretString) -> Option<Callback> {
    let target = line.strip_prefix("GET ")?.split(' ').next()?;
    callback_of(&format!("http://localhost{target}"), state)
}

/// Reads a callback from an address, such as a person pastes from another machine's browser; `None` unless
/// it is one of the sign-in with this state.
pub fn callback_of(address: &str, state: &SecretString) -> Option<Callback> {
    let url = url::Url::parse(address.trim()).ok()?;
    if url.path() != "/login" {
        return None;
    }
    let value = |name: &str| {
        let mut values =
            url.query_pairs().filter(|(key, _)| key == name).map(|(_, value)| value.into_owned());
        // A name that stands twice may be read in two ways, so it counts for nothing.
        values.next().filter(|_| values.next().is_none())
    };
    if value("state")? != state.expose_secret() {
        return None;
    }
    match (value("code"), value("error")) {
        (Some(code), None) if !code.is_empty() => Some(Callback::Code(code.into())),
        (None, Some(error)) => Some(Callback::Refused(error)),
        _ => None,
    }
}

const DONE: &str = "Sign-in received. You can close this page and return to the terminal.";
const REFUSED: &str = "Sign-in refused. You can close this page and return to the terminal.";
const UNEXPECTED: &str = "This request does not belong to the sign-in in progress.";

fn page(status: u16, text: &str) -> String {
    let reason = if status == 200 { "OK" } else { "Bad Request" };
    let body = format!(
        "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>keybelt</title><p>{text}</p></html>\n"
    );
    format!(
        "HTTP/1.1 {status} {reason}\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {}\r\n\
         Cache-Control: no-store\r\nReferrer-Policy: no-referrer\r\nX-Content-Type-Options: nosniff\r\n\
         Content-Security-Policy: default-src 'none'\r\nConnection: close\r\n\r\n{body}",
        body.len()
    )
}

#[cfg(test)]
mod tests {
    use std::io::{Read, Write};
    use std::net::TcpStream;

    use jiff::SignedDuration;
    use secrecy::{ExposeSecret, SecretString};

    use super::{Callback, Listener, callback_of, parse};
    use crate::environment;

    /// Calls a listener as a browser does; returns the page and what the listener made of it.
    fn call(request: &[u8]) -> (String, Option<Callback>) {
        let state = SecretString::from("right".to_owned());
        let listener = Listener::start(&(20_000..=40_000), &state).expect("a free port");
        let mut stream = TcpStream::connect(("127.0.0.1", listener.port)).expect("it listens");
        stream.write_all(request).expect("sent");
        let mut page = String::new();
        stream.read_to_string(&mut page).expect("an answer");
        let callback = page
            .starts_with("HTTP/1.1 200")
            .then(|| listener.wait(environment::now() + SignedDuration::from_secs(5)))
            .flatten();
        (page, callback)
    }

    /// Any other site on localhost may have set a cookie in Latin-1, for cookies do not look at ports.
    #[test]
    fn headers_that_are_not_utf_8_take_nothing_away() {
        let request = b"GET /login?state=right&code=c HTTP/1.1\r\nCookie: name=Zo\xeb\r\n\r\n";
        let (page, callback) = call(request);
        assert!(page.contains("Sign-in received"), "{page}");
        assert!(matches!(callback, Some(Callback::Code(code)) if code.expose_secret() == "c"));
        let (page, callback) = call(b"GET /login?state=right&code=\xeb HTTP/1.1\r\n\r\n");
        assert!(page.starts_with("HTTP/1.1 ") && !matches!(callback, Some(Callback::Refused(_))));
    }

    #[test]
    fn a_refused_sign_in_does_not_look_like_one_that_worked() {
        let (page, callback) = call(b"GET /login?state=right&error=access_denied HTTP/1.1\r\n\r\n");
        assert!(page.contains("Sign-in refused"), "{page}");
        assert!(matches!(callback, Some(Callback::Refused(error)) if error == "access_denied"));
    }

    /// With 400 idle callers the browser waited for nine seconds.
    #[test]
    fn idle_callers_do_not_keep_the_browser_waiting() {
        let state = SecretString::from("right".to_owned());
        let listener = Listener::start(&(20_000..=40_000), &state).expect("a free port");
        let connect = || TcpStream::connect(("127.0.0.1", listener.port)).expect("it listens");
        let idle: Vec<TcpStream> = (0..400).map(|_| connect()).collect();
        let mut stream = connect();
        stream.write_all(b"GET /login?state=right&code=c HTTP/1.1\r\n\r\n").expect("sent");
        // An idle caller that was waited for would have its answer first, or its end.
        let mut page = String::new();
        stream.read_to_string(&mut page).expect("an answer");
        assert!(page.contains("Sign-in received"), "{page}");
        idle[399].set_nonblocking(true).expect("set");
        let first = (&idle[399]).read(&mut [0]).expect_err("it was neither answered nor dropped");
        assert_eq!(first.kind(), std::io::ErrorKind::WouldBlock);
    }

    #[test]
    fn only_the_right_state_on_the_right_path_counts() {
        let state = SecretString::from("right".to_owned());
        for wrong in [
            "GET /login?code=c HTTP/1.1",
            "GET /login?code=c&state=wrong HTTP/1.1",
            "POST /login?code=c&state=right HTTP/1.1",
            "GET /other?code=c&state=right HTTP/1.1",
            "GET /login?code=c&state=right&state=right HTTP/1.1",
            "GET /login?code=&state=right HTTP/1.1",
            "GET /login?code=c&error=e&state=right HTTP/1.1",
            "",
            "GET",
            "GET /login",
        ] {
            assert!(parse(wrong, &state).is_none(), "{wrong}");
        }
        let Some(Callback::Code(code)) =
            parse("GET /login?state=right&code=a%2Fb HTTP/1.1", &state)
        else {
            panic!("the right callback counts");
        };
        assert_eq!(code.expose_secret(), "a/b");
        let pasted =
            callback_of(" http://localhost:4000/login?error=access_denied&state=right\n", &state);
        assert!(matches!(pasted, Some(Callback::Refused(error)) if error == "access_denied"));
    }
}
