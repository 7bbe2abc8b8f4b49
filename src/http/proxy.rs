//! The proxy between us and a server: which one a variable names, and what it says when nothing gets through.
//!
//! The variables are read as Go reads them, and with it Terraform, and as curl does where the two agree: a host is
//! reached with or without the proxy by all of them alike. What cannot be read stops the command, by the variable's
//! name and never by its value, which may hold a password.

use std::fmt;
use std::io::{self, Read, Write};
use std::net::{IpAddr, TcpStream, ToSocketAddrs};
use std::sync::mpsc::sync_channel;
use std::thread;
use std::time::Duration;

use data_encoding::BASE64;
use secrecy::{ExposeSecret, SecretString};
use url::Url;

use crate::environment;
use crate::failure::Failure;
use crate::host::Host;
use crate::redaction;

/// The variables that name a proxy; the first that is set counts.
const VARIABLES: [&str; 4] = ["HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"];

/// How long a proxy is asked why nothing gets through.
const PATIENCE: Duration = Duration::from_secs(5);

/// A proxy, and the variable that names it.
#[derive(Debug, Clone)]
pub struct Proxy {
    variable: &'static str,
    is_tls: bool,
    /// Host and port.
    address: String,
    /// The whole address, user name and password included.
    url: SecretString,
    /// What the proxy is told of who we are.
    authorization: Option<SecretString>,
}

impl fmt::Display for Proxy {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}, from {}", self.address, self.variable)
    }
}

impl Proxy {
    /// Returns the proxy on the way to a host; `None` if there is none.
    pub fn to(host: &Host) -> Result<Option<Self>, Failure> {
        if !host.is_https() || host.is_loopback() {
            return Ok(None);
        }
        let Some((variable, value)) = environment::first_of(&VARIABLES) else {
            return Ok(None);
        };
        let exempt = environment::first_of(&["NO_PROXY", "no_proxy"]);
        if exempt.is_some_and(|(_, list)| is_exempt(&list.to_string_lossy(), host)) {
            return Ok(None);
        }
        let value = value.to_str().map(str::trim);
        value.and_then(|value| Self::parse(variable, value)).map(Some).ok_or_else(|| {
            Failure::usage(format!("`{variable}` is not the address of a proxy that keybelt can use"))
                .hint("write it as http://HOST:PORT; SOCKS is not supported; NO_PROXY lists hosts that need no proxy")
        })
    }

    fn parse(variable: &'static str, value: &str) -> Option<Self> {
        let value =
            if value.contains("://") { value.to_owned() } else { format!("http://{value}") };
        let url = Url::parse(&value).ok()?;
        let host = url.host_str().filter(|host| !host.is_empty())?;
        let is_tls = match url.scheme() {
            "http" => false,
            "https" => true,
            _ => return None,
        };
        let address = format!("{host}:{}", url.port_or_known_default()?);
        let login = (!url.username().is_empty()).then(|| {
            let password = decoded(url.password().unwrap_or_default());
            redaction::protect(&password.clone().into());
            format!("{}:{password}", decoded(url.username()))
        });
        let authorization = login.map(|login| BASE64.encode(login.as_bytes()).into());
        Some(Self { variable, is_tls, address, url: url.as_str().to_owned().into(), authorization })
    }

    /// Returns the proxy for the client.
    pub(super) fn for_client(&self) -> Option<reqwest::Proxy> {
        reqwest::Proxy::all(self.url.expose_secret()).ok()
    }

    /// Finds out why a connection to `host` by way of the proxy failed, by asking it once more; `None` if it is not
    /// the proxy's doing. With it comes whether another try could help.
    pub(super) fn trouble(&self, host: &Host, left: Duration) -> Option<(Failure, bool)> {
        let (name, variable) = (format!("the proxy {}", self.address), self.variable);
        let failed =
            |what: String| Failure::unavailable(format!("{what}, so `{host}` cannot be reached"));
        if self.is_tls {
            let failure = failed(format!("{name} of `{variable}` did not connect"));
            return Some((
                failure.hint(format!("check `{variable}`, or list the host in NO_PROXY")),
                true,
            ));
        }
        let check = format!("check `{variable}`, or list the host in NO_PROXY");
        Some(match self.ask(host, left.min(PATIENCE)) {
            Ok(200..=299) => return None,
            Ok(407) => {
                let how = match self.authorization {
                    Some(_) => {
                        format!("does not accept the user name and the password in `{variable}`")
                    }
                    None => "requires a user name and a password".to_owned(),
                };
                let hint = format!("write `{variable}` as http://USER:PASSWORD@{}", self.address);
                (failed(format!("{name} of `{variable}` {how} (407)")).hint(hint), false)
            }
            Ok(status) => {
                let what = format!("{name} of `{variable}` refuses the connection ({status})");
                (failed(what).hint(check), status >= 500)
            }
            Err(error) => {
                let what = format!("{name} of `{variable}` did not respond");
                let is_refused = error.kind() == io::ErrorKind::ConnectionRefused;
                (failed(what).because(anyhow::anyhow!(cause(&error))).hint(check), !is_refused)
            }
        })
    }

    /// Asks for a tunnel and returns the status of the answer.
    fn ask(&self, host: &Host, time: Duration) -> io::Result<u16> {
        let target = format!("{}:{}", host.name(), host.port());
        let mut request = format!("CONNECT {target} HTTP/1.1\r\nHost: {target}\r\n");
        if let Some(authorization) = &self.authorization {
            request += &format!("Proxy-Authorization: Basic {}\r\n", authorization.expose_secret());
        }
        request += "\r\n";
        let request = SecretString::from(request);
        let address = self.address.clone();
        let (sender, receiver) = sync_channel(1);
        // Looking up a name cannot be interrupted; its thread is left behind.
        thread::Builder::new()
            .spawn(move || drop(sender.send(status_of(&address, &request, time))))?;
        receiver.recv_timeout(time).unwrap_or_else(|_| Err(io::ErrorKind::TimedOut.into()))
    }
}

fn status_of(address: &str, request: &SecretString, time: Duration) -> io::Result<u16> {
    let found = address.to_socket_addrs().map_err(|_| io::Error::from(io::ErrorKind::NotFound))?;
    let mut outcome = Err(io::ErrorKind::NotFound.into());
    for address in found {
        outcome = TcpStream::connect_timeout(&address, time);
        if outcome.is_ok() {
            break;
        }
    }
    let mut stream = outcome?;
    stream.set_read_timeout(Some(time))?;
    stream.write_all(request.expose_secret().as_bytes())?;
    // `HTTP/1.1 407`
    let mut start = [0; 12];
    stream.read_exact(&mut start)?;
    let status = std::str::from_utf8(&start[9..]).ok().and_then(|status| status.parse().ok());
    status
        .filter(|_| start.starts_with(b"HTTP/1."))
        .ok_or_else(|| io::ErrorKind::InvalidData.into())
}

/// Names the cause from a closed list, the system's own among them.
fn cause(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "unknown host".to_owned(),
        io::ErrorKind::InvalidData => "what answers there is not an HTTP proxy".to_owned(),
        io::ErrorKind::UnexpectedEof => "it closed the connection".to_owned(),
        io::ErrorKind::TimedOut | io::ErrorKind::WouldBlock => "it took too long".to_owned(),
        _ => error.to_string(),
    }
}

/// Decodes `%40` and its kin.
fn decoded(text: &str) -> String {
    // Only `+` has a meaning of its own in forms.
    let form = format!("x={}", text.replace('+', "%2B"));
    let mut pairs = url::form_urlencoded::parse(form.as_bytes());
    pairs.next().map(|(_, value)| value.into_owned()).unwrap_or_default()
}

/// Returns whether a list of hosts that need no proxy has this one, by Go's rules; blanks separate too, as for curl.
fn is_exempt(list: &str, host: &Host) -> bool {
    let name = host.name().trim_matches(['[', ']']);
    let address: Option<IpAddr> = name.parse().ok();
    list.split([',', ' ', '\t', '\n'])
        .map(|entry| entry.trim().to_ascii_lowercase())
        .filter(|entry| !entry.is_empty())
        .any(|entry| is_in(&entry, name, address, host.port()))
}

fn is_in(entry: &str, name: &str, address: Option<IpAddr>, port: u16) -> bool {
    if entry == "*" {
        return true;
    }
    if let Some((network, bits)) = entry.split_once('/') {
        let (network, bits) = (network.parse().ok(), bits.parse().ok());
        return matches!((network, bits, address),
            (Some(network), Some(bits), Some(address)) if contains(network, bits, address));
    }
    let (entry, only) = without_port(entry);
    if only.is_some_and(|only| only != port) {
        return false;
    }
    if let Ok(entry) = entry.trim_matches(['[', ']']).parse::<IpAddr>() {
        return address == Some(entry);
    }
    // `*.corp.test` and `.corp.test` are the names below, `corp.test` is that name and those below.
    let below = entry.strip_prefix('*').unwrap_or(entry);
    match below.strip_prefix('.') {
        Some(_) => name.ends_with(below),
        None => name == entry || name.strip_suffix(entry).is_some_and(|rest| rest.ends_with('.')),
    }
}

/// Splits `host:443`; an IPv6 address without brackets has no port.
fn without_port(entry: &str) -> (&str, Option<u16>) {
    let split =
        entry.rsplit_once(':').filter(|(host, _)| !host.contains(':') || host.ends_with(']'));
    match split.map(|(host, port)| (host, port.parse())) {
        Some((host, Ok(port))) => (host, Some(port)),
        _ => (entry, None),
    }
}

fn contains(network: IpAddr, bits: u32, address: IpAddr) -> bool {
    let number = |address| -> (u128, u32) {
        match address {
            IpAddr::V4(address) => (u128::from(u32::from(address)), 32),
            IpAddr::V6(address) => (u128::from(address), 128),
        }
    };
    let ((network, width), (address, other)) = (number(network), number(address));
    let differing = width.checked_sub(bits).filter(|_| width == other);
    differing.is_some_and(|rest| {
        network.checked_shr(rest).unwrap_or(0) == address.checked_shr(rest).unwrap_or(0)
    })
}

#[cfg(test)]
mod tests {
    use super::{Proxy, is_exempt};
    use crate::host::Host;

    /// Each row as Go's httpproxy decides it, and `terraform` with it; blanks as curl.
    #[test]
    fn hosts_need_no_proxy_as_go_and_curl_read_the_list() {
        let host = |text: &str| Host::parse(text).expect("a host");
        let tfe = host("tfe.corp.test");
        for list in [
            "*",
            "tfe.corp.test",
            "TFE.Corp.Test",
            "corp.test",
            ".corp.test",
            "*.corp.test",
            "tfe.corp.test:443",
            "a.test, tfe.corp.test",
            "a.test tfe.corp.test b.test",
            "a.test\ttfe.corp.test",
        ] {
            assert!(is_exempt(list, &tfe), "{list}");
        }
        for list in [
            "",
            " , ",
            "fe.corp.test",
            "orp.test",
            "tfe.corp.test:8443",
            "x.tfe.corp.test",
            "tfe.corp.test.",
            "*corp.test",
            "10.0.0.0/8",
        ] {
            assert!(!is_exempt(list, &tfe), "{list}");
        }
        assert!(!is_exempt(".corp.test", &host("corp.test")), "the names below only");
        assert!(is_exempt("tfe.corp.test:8443", &host("tfe.corp.test:8443")));
        for (list, address, expected) in [
            ("10.1.2.3", "10.1.2.3", true),
            ("10.0.0.0/8", "10.1.2.3", true),
            ("11.0.0.0/8", "10.1.2.3", false),
            ("0.0.0.0/0", "10.1.2.3", true),
            ("10.0.0.0/99", "10.1.2.3", false),
            ("fd00::/8", "10.1.2.3", false),
            ("fd00::/8", "[fd00::1]", true),
            ("fd00::1", "[fd00::1]", true),
            ("[fd00::1]:443", "[fd00::1]", true),
            ("[fd00::1]:1", "[fd00::1]", false),
        ] {
            assert_eq!(is_exempt(list, &host(address)), expected, "{list} {address}");
        }
    }

    #[test]
    fn a_proxys_address_is_read_with_and_without_scheme_and_its_password_not_shown() {
        for (value, shown) in [
            ("http://proxy.test:3128", "proxy.test:3128, from HTTPS_PROXY"),
            ("proxy.test:3128", "proxy.test:3128, from HTTPS_PROXY"),
            ("http://robot:ca%40nary@proxy.test/", "proxy.test:80, from HTTPS_PROXY"),
            ("https://proxy.test", "proxy.test:443, from HTTPS_PROXY"),
        ] {
            let proxy = Proxy::parse("HTTPS_PROXY", value).expect("a proxy");
            assert_eq!(proxy.to_string(), shown);
            assert!(!format!("{proxy:?}").contains("nary"), "{proxy:?}");
        }
        for bad in ["socks5://proxy.test:1080", "http://", "http://[::1", "proxy.test:99999", "a b"]
        {
            assert!(Proxy::parse("HTTPS_PROXY", bad).is_none(), "{bad}");
        }
    }
}
