//! A browser of a few lines, which keeps cookies and sends the forms that it is shown: nothing that `curl`
//! could not do.

use std::io::{Read, Write};
use std::net::TcpStream;

use keybelt_sandbox::{ReadyAccount, Sandbox};

use super::Pty;

/// Waits until a sign-in shows where the browser is to begin, and returns that address.
#[track_caller]
pub fn address_shown(terminal: &mut Pty) -> String {
    terminal.expect("in a browser:").expect("state=").expect("\r\n");
    let text = terminal.text();
    let address = text.lines().find(|line| line.contains("state="));
    address.unwrap().trim().to_owned()
}

/// A browser at the account server.
pub struct Browser {
    authority: String,
    cookies: Vec<(String, String)>,
}

/// What it shows.
pub struct Page {
    /// The status code.
    pub status: u16,
    /// Where it was sent to.
    pub location: Option<String>,
    /// The document.
    pub text: String,
}

impl Browser {
    /// Opens a browser that has never been anywhere.
    pub fn new(sandbox: &Sandbox) -> Self {
        let url = &sandbox.ready().atlas_url;
        Self { authority: url.trim_start_matches("http://").to_owned(), cookies: Vec::new() }
    }

    /// Fetches a page of the server, by its path or its whole address, and follows redirects there.
    pub fn get(&mut self, address: &str) -> Page {
        let path = address
            .split_once("://")
            .map_or(address, |(_, rest)| rest.find('/').map_or("/", |at| &rest[at..]));
        let page = self.send("GET", path, "");
        self.follow(page)
    }

    /// Sends the form of a page that has this action, with what is typed.
    pub fn submit(&mut self, page: &Page, action: &str, typed: &[(&str, &str)]) -> Page {
        let opening = format!("<form method=\"post\" action=\"{action}\">");
        let (_, form) = page
            .text
            .split_once(&opening)
            .unwrap_or_else(|| panic!("no form for {action} in {}", page.text));
        let (form, _) = form.split_once("</form>").unwrap();
        let inputs = form.split("<input type=\"hidden\" name=\"").skip(1);
        let hidden = inputs.map(|input| {
            let (name, rest) = input.split_once("\" value=\"").unwrap();
            (name.to_owned(), unescape(rest.split_once('"').unwrap().0))
        });
        let typed = typed.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        let pairs: Vec<String> = hidden
            .chain(typed)
            .map(|(name, value)| format!("{}={}", percent(&name), percent(&value)))
            .collect();
        let page = self.send("POST", action, &pairs.join("&"));
        self.follow(page)
    }

    /// Signs in at an address and returns the page that comes then.
    ///
    /// The account's second factor, if it has one, must be an app's.
    pub fn sign_in(&mut self, address: &str, account: &ReadyAccount, code: Option<&str>) -> Page {
        let page = self.get(address);
        let typed = [("login", account.username.as_str()), ("password", account.password.as_str())];
        let page = self.submit(&page, "/session", &typed);
        match code {
            Some(code) => self.submit(&page, "/session/two-factor", &[("code", code)]),
            None => page,
        }
    }

    /// Posts to the API, as no browser does: with a token and no body.
    pub fn post_api(&self, path: &str, token: &str) -> Page {
        let head = format!(
            "POST {path} HTTP/1.1\r\nHost: {}\r\nAuthorization: Bearer {token}\r\nConnection: close\r\n\
             Content-Type: application/vnd.api+json\r\nContent-Length: 0\r\n\r\n",
            self.authority
        );
        read(&exchange(&self.authority, &head)).0
    }

    fn follow(&mut self, mut page: Page) -> Page {
        for _ in 0..10 {
            match &page.location {
                Some(place) if place.starts_with('/') => {
                    page = self.send("GET", &place.clone(), "")
                }
                _ => return page,
            }
        }
        panic!("the redirects do not end");
    }

    fn send(&mut self, method: &str, path: &str, form: &str) -> Page {
        let cookies: Vec<String> =
            self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let head = format!(
            "{method} {path} HTTP/1.1\r\nHost: {0}\r\nOrigin: http://{0}\r\nCookie: {1}\r\nConnection: close\r\n\
             Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {2}\r\n\r\n{form}",
            self.authority,
            cookies.join("; "),
            form.len()
        );
        let (page, cookie) = read(&exchange(&self.authority, &head));
        if let Some(cookie) = cookie {
            let (name, rest) = cookie.split_once('=').unwrap();
            self.cookies.retain(|(known, _)| known != name);
            let value = rest.split_once(';').unwrap().0;
            self.cookies.push((name.to_owned(), value.to_owned()));
        }
        page
    }
}

/// Reads an answer, and the cookie that it sets.
fn read(answer: &str) -> (Page, Option<String>) {
    let (head, text) = answer.split_once("\r\n\r\n").unwrap();
    let header = |wanted: &str| {
        head.lines().find_map(|line| {
            let (name, value) = line.split_once(": ")?;
            name.eq_ignore_ascii_case(wanted).then(|| value.to_owned())
        })
    };
    let page = Page {
        status: head.split(' ').nth(1).unwrap().parse().unwrap(),
        location: header("location"),
        text: text.to_owned(),
    };
    (page, header("set-cookie"))
}

/// Fetches an address of this machine as a browser does that a sign-in sends back; returns the whole answer.
pub fn visit(address: &str) -> String {
    let place = address.strip_prefix("http://").unwrap();
    let (authority, path) = place.split_once('/').unwrap();
    let dialled = authority.replace("localhost", "127.0.0.1");
    exchange(
        &dialled,
        &format!("GET /{path} HTTP/1.1\r\nHost: {authority}\r\nConnection: close\r\n\r\n"),
    )
}

/// Sends bytes to a port of this machine and returns all that comes back.
pub fn exchange(authority: &str, request: &str) -> String {
    let mut stream = TcpStream::connect(authority).unwrap();
    stream.set_read_timeout(Some(super::PATIENCE)).unwrap();
    stream.write_all(request.as_bytes()).unwrap();
    let mut answer = Vec::new();
    // A server that has what it wants may close too quickly for the last bytes.
    let _ = stream.read_to_end(&mut answer);
    String::from_utf8_lossy(&answer).into_owned()
}

fn percent(text: &str) -> String {
    text.bytes()
        .map(|byte| match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' => {
                char::from(byte).to_string()
            }
            _ => format!("%{byte:02X}"),
        })
        .collect()
}

fn unescape(text: &str) -> String {
    let text = text.replace("&quot;", "\"").replace("&#39;", "'");
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
}
