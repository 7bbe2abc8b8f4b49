//! The host: which account server, and the key of everything that is kept for it.
//!
//! A host is an https origin, or an http origin on loopback, in one normal form: lower case, punycode, no
//! trailing dot, port 443 dropped. Tokens are bound to it, so it is parsed strictly: whatever could be
//! read in two ways (userinfo, paths, exotic spellings of an address) is refused.

use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use crate::failure::Failure;
use crate::provider_name::{self, ProviderName};

/// The default account server.
pub const DEFAULT: &str = "app.terraform.io";

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
enum Scheme {
    Https,
    /// Plain http, on loopback alone.
    Http,
}

/// An account server's origin in normal form.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Host {
    scheme: Scheme,
    /// A domain name in punycode, an IPv4 address, or an IPv6 address in brackets.
    name: String,
    port: u16,
}

impl Host {
    /// Parses what a person typed: an alias in any case, or what [`Host::parse`] takes.
    pub fn typed(text: &str) -> Result<Self, Failure> {
        match full_name(text.trim()) {
            Some(name) => Self::parse(name),
            None => Self::parse(text),
        }
    }

    /// Parses `HOST[:PORT][/]`, `https://HOST[:PORT][/]`, or `http://` to loopback: what any file or variable
    /// may say. No alias is taken, and no host that a person could not name because an alias stands before it.
    ///
    /// # Errors
    /// A usage failure that names what is wrong with the text; userinfo is never echoed.
    pub fn parse(text: &str) -> Result<Self, Failure> {
        let (scheme, rest) = split_scheme(text.trim())?;
        let rest = rest.strip_suffix('/').unwrap_or(rest);
        refuse_ambiguous(rest)?;
        let (name, port) = split_port(rest)?;
        let name = normal_name(name)?;
        let host = Self { scheme, name, port: port.unwrap_or(scheme.default_port()) };
        if scheme == Scheme::Http && !host.is_loopback() {
            return Err(Failure::usage(format!(
                "`http://` is only allowed for loopback addresses, and `{}` is not one",
                host.name
            ))
            .hint(format!("use https://{}", host.name)));
        }
        if let Some(name) = full_name(&host.to_string()) {
            return Err(Failure::usage(format!(
                "`{host}` is keybelt's short name for {name}, so it cannot be a host's name"
            ))
            .hint(format!("write {name}, or the full name of a host that is called {host}")));
        }
        Ok(host)
    }

    /// Parses an https host that is written exactly as its key, as other programs write hosts.
    pub fn exact(text: &str) -> Option<Self> {
        Self::parse(text).ok().filter(|host| host.is_https() && host.to_string() == text)
    }

    /// Returns whether the host is an address in 127.0.0.0/8, `::1`, or exactly `localhost`.
    pub fn is_loopback(&self) -> bool {
        self.name == "localhost" || self.address().is_some_and(|ip| ip.is_loopback())
    }

    /// Returns whether requests to it are protected by TLS.
    pub fn is_https(&self) -> bool {
        self.scheme == Scheme::Https
    }

    /// Returns whether this is a server known to have no password sign-in for tools.
    pub fn is_known_modern(&self) -> bool {
        let key = self.to_string();
        provider_name::dialects().any(|dialect| dialect.modern_hosts.contains(&key.as_str()))
    }

    /// Returns the kind of a server that everybody knows.
    pub fn known_provider(&self) -> Option<ProviderName> {
        let key = self.to_string();
        let is_its = |name: &ProviderName| {
            let dialect = name.dialect();
            dialect.default_host == key || dialect.modern_hosts.contains(&key.as_str())
        };
        ProviderName::ALL.into_iter().find(is_its)
    }

    /// Returns the address of a page or route: `path` begins with a slash.
    pub fn address_of(&self, path: &str) -> String {
        debug_assert!(path.starts_with('/'), "paths begin with a slash");
        format!("{}{path}", self.origin())
    }

    /// Returns the origin, `https://HOST[:PORT]` or `http://HOST:PORT`.
    pub fn origin(&self) -> String {
        match self.scheme {
            Scheme::Https => format!("https://{self}"),
            Scheme::Http => self.to_string(),
        }
    }

    /// Returns the port that is dialled.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// Returns the host's name without scheme and port, IPv6 in brackets.
    pub fn name(&self) -> &str {
        &self.name
    }

    fn address(&self) -> Option<IpAddr> {
        if let Some(inner) = self.name.strip_prefix('[') {
            return inner.strip_suffix(']')?.parse::<Ipv6Addr>().ok().map(IpAddr::V6);
        }
        self.name.parse::<Ipv4Addr>().ok().map(IpAddr::V4)
    }
}

impl fmt::Display for Host {
    /// Writes the key: `HOST`, `HOST:PORT`, or `http://HOST:PORT` for loopback http.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.scheme {
            Scheme::Https if self.port == 443 => out.write_str(&self.name),
            Scheme::Https => write!(out, "{}:{}", self.name, self.port),
            Scheme::Http => write!(out, "http://{}:{}", self.name, self.port),
        }
    }
}

impl Scheme {
    fn default_port(self) -> u16 {
        match self {
            Self::Https => 443,
            Self::Http => 80,
        }
    }
}

/// Returns the host that an alias stands for, whichever case it is written in.
fn full_name(text: &str) -> Option<&'static str> {
    let mut aliases = provider_name::aliases();
    aliases.find(|(alias, _)| alias.eq_ignore_ascii_case(text)).map(|(_, name)| *name)
}

fn split_scheme(text: &str) -> Result<(Scheme, &str), Failure> {
    let Some((scheme, rest)) = text.split_once("://") else {
        return Ok((Scheme::Https, text));
    };
    match scheme.to_ascii_lowercase().as_str() {
        "https" => Ok((Scheme::Https, rest)),
        "http" => Ok((Scheme::Http, rest)),
        _ => Err(Failure::usage("a host's address begins with https://")
            .hint("use a host name such as app.terraform.io")),
    }
}

/// Refuses what a host never contains, before anything could read it differently.
fn refuse_ambiguous(text: &str) -> Result<(), Failure> {
    if text.contains('@') {
        // The part before the sign may be a password, so nothing is echoed.
        return Err(Failure::usage("a host's address must not contain a user name or a password")
            .hint("use --username NAME"));
    }
    if text.contains(['/', '?', '#', '\\']) {
        return Err(Failure::usage("a host's address must not contain a path or a query")
            .hint("use only the host, such as https://tfe.example.com"));
    }
    if text.is_empty() {
        return Err(
            Failure::usage("the host is blank").hint("use a host name such as app.terraform.io")
        );
    }
    if text.contains('%') || text.chars().any(|c| c.is_whitespace() || c.is_control()) {
        return Err(Failure::usage("the host name contains invalid characters")
            .hint("use a host name such as app.terraform.io"));
    }
    Ok(())
}

fn split_port(text: &str) -> Result<(&str, Option<u16>), Failure> {
    let (name, port) = match text.rsplit_once(':') {
        Some((name, port)) if !port.ends_with(']') => (name, port),
        _ => return Ok((text, None)),
    };
    if name.contains(':') && !name.starts_with('[') {
        return Err(Failure::usage("an IPv6 address must be in brackets, such as [::1]:8080"));
    }
    let digits = !port.is_empty() && port.bytes().all(|b| b.is_ascii_digit());
    match port.parse::<u16>() {
        Ok(number) if digits && number != 0 => Ok((name, Some(number))),
        _ => Err(Failure::usage("the port must be a number from 1 to 65535")),
    }
}

/// Brings a name into normal form: lower case and punycode, addresses as they are written canonically.
fn normal_name(name: &str) -> Result<String, Failure> {
    if name.ends_with('.') {
        return Err(Failure::usage("a host name must not end in a dot"));
    }
    let parsed = url::Host::parse(name).map_err(|_| {
        Failure::usage("invalid host name").hint("use a host name such as app.terraform.io")
    })?;
    let normal = parsed.to_string();
    let is_address = !matches!(parsed, url::Host::Domain(_));
    // `0x7f.1` and `2130706433` are 127.0.0.1 to a browser; a person who writes them means mischief.
    if is_address && !normal.eq_ignore_ascii_case(name) {
        return Err(Failure::usage(format!("write the address as {normal}")));
    }
    if !is_address && !name_is_plausible(&normal) {
        return Err(
            Failure::usage("invalid host name").hint("use a host name such as app.terraform.io")
        );
    }
    Ok(normal)
}

fn name_is_plausible(name: &str) -> bool {
    let label = |label: &str| {
        (1..=63).contains(&label.len())
            && label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
    };
    name.len() <= 253 && name.split('.').all(label)
}

#[cfg(test)]
pub(crate) mod tests {
    use proptest::prelude::*;

    use super::Host;
    use crate::environment;

    /// How many made-up hosts a property is tried with: what they keep apart is whom a token is sent to.
    pub(crate) fn cases() -> ProptestConfig {
        let cases = if environment::is_ci() { 200_000 } else { 2_000 };
        ProptestConfig { cases, ..few_cases() }
    }

    /// How many made-up values any other property is tried with.
    pub(crate) fn few_cases() -> ProptestConfig {
        ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(2_000) }
    }

    /// What might be written for a host: mostly nearly right.
    pub(crate) fn written_host() -> impl Strategy<Value = String> {
        let label = prop_oneof![
            6 => "[a-z0-9_-]{1,8}",
            1 => "[A-Za-z0-9_-]{0,12}",
            1 => "xn--[a-z0-9-]{1,8}",
            1 => "[äßİıſ。．éα]{1,3}",
            1 => "(hcp|HCP|hcp-eu|aptible|localhost|127|0|1|0x7f)",
        ];
        let name = prop_oneof![
            8 => proptest::collection::vec(label, 1..5).prop_map(|labels| labels.join(".")),
            1 => any::<std::net::Ipv4Addr>().prop_map(|ip| ip.to_string()),
            1 => any::<std::net::Ipv6Addr>().prop_map(|ip| format!("[{ip}]")),
        ];
        let scheme = prop_oneof![4 => Just(""), 2 => Just("https://"), 2 => Just("http://")];
        let port = prop_oneof![3 => Just(String::new()), 1 => any::<u16>().prop_map(|n| format!(":{n}")), 1 => "(:443|:80|:0443)"];
        let end = prop_oneof![6 => Just(""), 1 => Just("/"), 1 => Just(".")];
        (scheme, name, port, end)
            .prop_map(|(scheme, name, port, end)| format!("{scheme}{name}{port}{end}"))
    }

    proptest! {
        #![proptest_config(cases())]

        /// What is stored under a key must be found again under it, by every command.
        #[test]
        fn a_key_reads_back_as_the_same_host(text in written_host()) {
            for host in [Host::parse(&text), Host::typed(&text)].into_iter().flatten() {
                for form in [host.to_string(), host.origin(), host.to_string().to_uppercase()] {
                    let form = form.replace("HTTP", "http");
                    prop_assert_eq!(Host::parse(&form).ok(), Some(host.clone()), "{}", form);
                    prop_assert_eq!(Host::typed(&form).ok(), Some(host.clone()), "{}", form);
                }
                if host.is_https() {
                    prop_assert_eq!(Host::exact(&host.to_string()), Some(host));
                }
            }
        }
    }

    fn key(text: &str) -> Option<String> {
        Host::parse(text).ok().map(|host| host.to_string())
    }

    #[test]
    fn equal_hosts_have_one_key() {
        for text in [
            "app.terraform.io",
            "APP.Terraform.io",
            "https://app.terraform.io/",
            "app.terraform.io:443",
            "App.Terraform.io/",
        ] {
            assert_eq!(key(text).as_deref(), Some("app.terraform.io"), "{text}");
        }
        assert_eq!(key("https://tfe.example.com:8443").as_deref(), Some("tfe.example.com:8443"));
        assert_eq!(key("http://127.0.0.1").as_deref(), Some("http://127.0.0.1:80"));
        assert_eq!(key("http://[::1]:8080/").as_deref(), Some("http://[::1]:8080"));
        assert_eq!(key("café.fr").as_deref(), Some("xn--caf-dma.fr"));
    }

    /// An alias that a file or another tool's variable could use would send its token to a host that the tool
    /// does not mean; a host that is called like one would be stored, and never found again.
    #[test]
    fn aliases_are_what_a_person_types_and_nothing_else() {
        for typed in ["hcp", "HCP", " hcp "] {
            let host = Host::typed(typed).map(|host| host.to_string());
            assert_eq!(host.ok().as_deref(), Some("app.terraform.io"), "{typed}");
        }
        assert_eq!(Host::typed("Aptible").ok(), Host::parse("auth.aptible.com").ok());
        for text in ["hcp", "HCP", "https://hcp", "https://hcp-eu/", "aptible:443", "APTIBLE"] {
            let failure = Host::parse(text).expect_err(text);
            assert!(failure.message.contains("short name for"), "{failure}");
        }
        assert_eq!(key("hcp:8443").as_deref(), Some("hcp:8443"));
        assert_eq!(key("hcp.example.com").as_deref(), Some("hcp.example.com"));
    }

    #[test]
    fn confusable_hosts_are_refused_or_other_hosts() {
        for text in [
            "user@app.terraform.io",
            "https://u:p@app.terraform.io",
            "app.terraform.io.",
            "app.terraform.io/x",
            "app.terraform.io//",
            "https://app.terraform.io/x",
            "https://app.terraform.io?x",
            "app.terraform.io#x",
            "app.terraform.io\\x",
            "http://app.terraform.io",
            "http://localhost.evil.example",
            "http://127.0.0.1.evil.example",
            "http://0.0.0.0:80",
            "http://[::ffff:127.0.0.1]:80",
            "http://localhost.",
            "http://0x7f.1",
            "http://2130706433",
            "http://127.1",
            "ftp://app.terraform.io",
            "app.terraform.io:0",
            "app.terraform.io:99999",
            "app.terraform.io:4 43",
            "",
            " ",
            "a b",
            "a%2eb",
            "::1",
            "app..io",
            "app.terraform.io:+443",
        ] {
            assert_eq!(key(text), None, "{text}");
        }
        for text in [
            "app.terraform.io.evil.example",
            "evilapp.terraform.io",
            "app.terraform.io:8443",
            "аpp.terraform.io",
        ] {
            assert_ne!(key(text).as_deref(), Some("app.terraform.io"), "{text}");
        }
    }

    #[test]
    fn what_is_wrong_with_a_host_is_said() {
        for (text, reason) in [
            ("ftp://tfe.example.com", "begins with https://"),
            ("user@tfe.example.com", "a user name or a password"),
            ("tfe.example.com/x", "a path or a query"),
            (" ", "blank"),
            ("a%2eb", "invalid characters"),
            ("::1", "in brackets"),
            ("tfe.example.com:0", "from 1 to 65535"),
            ("tfe.example.com.", "end in a dot"),
            ("127.1", "write the address as 127.0.0.1"),
            ("app..io", "invalid host name"),
        ] {
            let failure = Host::parse(text).expect_err(text);
            assert!(failure.message.contains(reason), "{text}: {failure}");
        }
    }

    #[test]
    fn a_password_in_an_address_is_not_echoed() {
        let failure =
            Host::parse("https://alice:hunter2@tfe.example.com").expect_err("userinfo is refused");
        assert!(!format!("{failure:?}").contains("hunter2"));
    }
}
