//! A server that is not the sandbox: it answers as a test says, to the byte, and remembers what it was sent.
//!
//! For other people's servers, hostile ones, proxies, and second hosts that must see nothing.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::thread::{self, JoinHandle};

use serde_json::Value;

/// A request as it came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recorded {
    /// The method.
    pub method: String,
    /// The target as it was sent: a path with its query, or an authority for CONNECT.
    pub path: String,
    /// The head as it was sent, request line included.
    pub head: String,
    /// The body.
    pub body: Vec<u8>,
}

impl Recorded {
    /// Returns a header's value; names know no case.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.head.lines().skip(1).find_map(|line| {
            let (found, value) = line.split_once(':')?;
            found.eq_ignore_ascii_case(name).then(|| value.trim())
        })
    }

    /// Returns the method and the path, without a query.
    pub fn route(&self) -> (&str, &str) {
        let path = self.path.split('?').next().unwrap();
        (&self.method, path)
    }

    /// Returns the body as JSON.
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap()
    }

    /// Returns whether a text is anywhere in the request.
    pub fn contains(&self, text: &str) -> bool {
        self.head.contains(text) || String::from_utf8_lossy(&self.body).contains(text)
    }
}

/// What is sent back, to the byte; then the connection is closed.
#[derive(Clone, Debug)]
pub struct Reply(Vec<u8>);

impl Reply {
    /// Answers with JSON.
    pub fn json(status: u16, document: &Value) -> Self {
        Self::with(status, &[("Content-Type", "application/json")], document.to_string())
    }

    /// Answers with headers and a body.
    pub fn with(status: u16, headers: &[(&str, &str)], body: impl AsRef<[u8]>) -> Self {
        let body = body.as_ref();
        let mut head = format!(
            "HTTP/1.1 {status} Sometimes\r\nContent-Length: {}\r\nConnection: close\r\n",
            body.len()
        );
        for (name, value) in headers {
            head.push_str(&format!("{name}: {value}\r\n"));
        }
        head.push_str("\r\n");
        Self([head.as_bytes(), body].concat())
    }

    /// Answers with these bytes; with none, the connection just ends.
    pub fn raw(bytes: impl AsRef<[u8]>) -> Self {
        Self(bytes.as_ref().to_owned())
    }

    /// Returns the status that would be sent.
    pub fn status(&self) -> u16 {
        let text = String::from_utf8_lossy(&self.0);
        text.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or_default()
    }

    /// Returns the JSON that would be sent, for a test that changes it; none if it is not JSON.
    pub fn document(&self) -> Option<Value> {
        let text = String::from_utf8_lossy(&self.0);
        let (_, body) = text.split_once("\r\n\r\n")?;
        serde_json::from_str(body).ok()
    }
}

/// A server on loopback. It stops when it is dropped.
pub struct Server {
    address: SocketAddr,
    requests: Arc<Mutex<Vec<Recorded>>>,
    stopping: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl Server {
    /// Starts a server that answers each request as `answer` says.
    pub fn start(answer: impl Fn(&Recorded) -> Reply + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let requests = Arc::new(Mutex::new(Vec::new()));
        let stopping = Arc::new(AtomicBool::new(false));
        let answer = Arc::new(answer);
        let thread = thread::spawn({
            let (requests, stopping) = (Arc::clone(&requests), Arc::clone(&stopping));
            move || {
                for connection in listener.incoming() {
                    if stopping.load(Ordering::SeqCst) {
                        return;
                    }
                    let (requests, answer) = (Arc::clone(&requests), Arc::clone(&answer));
                    let Ok(connection) = connection else { return };
                    thread::spawn(move || serve(connection, &requests, &*answer));
                }
            }
        });
        Self { address, requests, stopping, thread: Some(thread) }
    }

    /// Starts a server with a reply for each method and path; everything else is not found.
    pub fn answering(
        replies: impl IntoIterator<Item = ((&'static str, &'static str), Reply)>,
    ) -> Self {
        let replies: Vec<_> = replies.into_iter().collect();
        Self::start(move |request| {
            let found = replies
                .iter()
                .find(|((method, path), _)| request.method == *method && request.path == *path);
            match found {
                Some((_, reply)) => reply.clone(),
                None => Reply::json(404, &serde_json::json!({"errors": ["not found"]})),
            }
        })
    }

    /// Starts a server that nobody should ask for anything.
    pub fn silent() -> Self {
        Self::answering([])
    }

    /// Returns its key, as `HOST` takes it.
    pub fn host(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Returns the port.
    pub fn port(&self) -> u16 {
        self.address.port()
    }

    /// Returns what it was sent, oldest first.
    pub fn requests(&self) -> Vec<Recorded> {
        self.requests.lock().unwrap().clone()
    }

    /// Returns the methods and paths of what it was sent.
    pub fn routes(&self) -> Vec<String> {
        self.requests()
            .iter()
            .map(|request| format!("{} {}", request.method, request.path))
            .collect()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.stopping.store(true, Ordering::SeqCst);
        // Wakes the listener.
        let _ = TcpStream::connect(self.address);
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

/// Takes one request and answers it. What is no request is recorded all the same, as what it is.
fn serve(
    mut connection: TcpStream,
    requests: &Mutex<Vec<Recorded>>,
    answer: &dyn Fn(&Recorded) -> Reply,
) {
    connection.set_read_timeout(Some(super::PATIENCE)).unwrap();
    let mut reader = BufReader::new(connection.try_clone().unwrap());
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        if !matches!(reader.read_until(b'\n', &mut head), Ok(1..)) {
            break;
        }
    }
    if head.is_empty() {
        return;
    }
    let head = String::from_utf8_lossy(&head).into_owned();
    let mut words = head.split(' ').map(str::to_owned);
    let (method, path) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    let mut request = Recorded { method, path, head, body: Vec::new() };
    let length =
        request.header("Content-Length").and_then(|length| length.parse().ok()).unwrap_or(0);
    request.body.resize(length, 0);
    let _ = reader.read_exact(&mut request.body);
    let reply = answer(&request);
    requests.lock().unwrap().push(request);
    let _ = connection.write_all(&reply.0);
}
