//! A client of a few lines that sends exactly what a test says, and nothing of its own accord but
//! `Host` and the length of a body.

use std::fmt::Write as _;
use std::io::{Read, Write};
use std::net::TcpStream;

use keybelt_sandbox::Sandbox;
use serde_json::Value;

/// A request to be sent over a connection of its own.
pub struct Request {
    method: String,
    path: String,
    headers: Vec<(String, String)>,
    body: Option<String>,
    host: Option<String>,
}

/// What came back.
pub struct Answer {
    pub status: u16,
    pub headers: Vec<(String, String)>,
    pub text: String,
}

impl Request {
    pub fn new(method: &str, path: &str) -> Request {
        let (method, path) = (method.to_owned(), path.to_owned());
        Request { method, path, headers: Vec::new(), body: None, host: None }
    }

    pub fn get(path: &str) -> Request {
        Request::new("GET", path)
    }

    pub fn post(path: &str) -> Request {
        Request::new("POST", path)
    }

    pub fn header(mut self, name: &str, value: &str) -> Request {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    pub fn bearer(self, token: &str) -> Request {
        self.header("Authorization", &format!("Bearer {token}"))
    }

    pub fn body(mut self, body: &str) -> Request {
        self.body = Some(body.to_owned());
        self
    }

    pub fn json(self, body: &Value) -> Request {
        self.header("Content-Type", "application/json").body(&body.to_string())
    }

    pub fn form(self, body: &str) -> Request {
        self.header("Content-Type", "application/x-www-form-urlencoded").body(body)
    }

    /// Names another host than the one that is spoken to.
    pub fn host(mut self, host: &str) -> Request {
        self.host = Some(host.to_owned());
        self
    }

    pub fn send(self, sandbox: &Sandbox) -> Answer {
        Answer::parse(&self.send_raw(sandbox).unwrap())
    }

    /// Sends it to the listener for the Aptible dialect.
    pub fn send_as_to_aptible(self, sandbox: &Sandbox) -> Answer {
        Answer::parse(&self.send_raw_to(&sandbox.ready().aptible_url).unwrap())
    }

    /// Returns all that comes back until the connection ends.
    pub fn send_raw(self, sandbox: &Sandbox) -> std::io::Result<Vec<u8>> {
        self.send_raw_to(&sandbox.ready().atlas_url)
    }

    fn send_raw_to(self, url: &str) -> std::io::Result<Vec<u8>> {
        let authority = url.strip_prefix("http://").unwrap();
        let mut stream = TcpStream::connect(authority)?;
        self.send_over(&mut stream, authority)
    }

    /// Sends the same request many times before reading any answer.
    pub fn send_at_once(self, times: usize, sandbox: &Sandbox) -> String {
        let authority = sandbox.ready().atlas_url.strip_prefix("http://").unwrap();
        let last = self.text(authority);
        let others = last.replace("Connection: close\r\n", "").repeat(times - 1);
        let mut stream = TcpStream::connect(authority).unwrap();
        stream.write_all((others + &last).as_bytes()).unwrap();
        let mut answers = String::new();
        stream.read_to_string(&mut answers).unwrap();
        answers.replace("HTTP/1.1", "\nHTTP/1.1")
    }

    pub fn send_over(
        self,
        stream: &mut (impl Read + Write),
        authority: &str,
    ) -> std::io::Result<Vec<u8>> {
        stream.write_all(self.text(authority).as_bytes())?;
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer)?;
        Ok(answer)
    }

    fn text(&self, authority: &str) -> String {
        let host = self.host.as_deref().unwrap_or(authority);
        let mut text = format!("{} {} HTTP/1.1\r\nHost: {host}\r\n", self.method, self.path);
        text.push_str("Connection: close\r\n");
        for (name, value) in &self.headers {
            write!(text, "{name}: {value}\r\n").unwrap();
        }
        if let Some(body) = &self.body {
            write!(text, "Content-Length: {}\r\n", body.len()).unwrap();
        }
        text.push_str("\r\n");
        text.push_str(self.body.as_deref().unwrap_or_default());
        text
    }
}

impl Answer {
    pub fn parse(bytes: &[u8]) -> Answer {
        let text = String::from_utf8(bytes.to_vec()).unwrap();
        let (head, body) = text.split_once("\r\n\r\n").unwrap();
        let mut lines = head.lines();
        let status = lines.next().unwrap().split(' ').nth(1).unwrap().parse().unwrap();
        let headers = lines.map(|line| {
            let (name, value) = line.split_once(": ").unwrap();
            (name.to_ascii_lowercase(), value.to_owned())
        });
        Answer { status, headers: headers.collect(), text: body.to_owned() }
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        let found = self.headers.iter().find(|(header, _)| header == name);
        found.map(|(_, value)| value.as_str())
    }

    pub fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap()
    }

    /// Returns the text at a JSON pointer.
    pub fn at(&self, pointer: &str) -> String {
        let value = self.json();
        value.pointer(pointer).and_then(Value::as_str).unwrap_or_default().to_owned()
    }
}
