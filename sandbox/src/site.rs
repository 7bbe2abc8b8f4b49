//! The listeners' places: where one is reached, and which servers' language it speaks.

use std::net::SocketAddr;

/// Which servers' language a listener speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Dialect {
    Atlas,
    Aptible,
}

/// Where a listener is reached, and what it speaks.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Site {
    pub(crate) dialect: Dialect,
    pub(crate) scheme: &'static str,
    pub(crate) address: SocketAddr,
}

impl Site {
    /// Returns this site's URL by its address.
    pub(crate) fn url(&self) -> String {
        format!("{}://{}", self.scheme, self.address)
    }

    /// Returns whether a host and port, as a client names them, are this site's own.
    pub(crate) fn is_own_host(&self, host: &str) -> bool {
        let host = host.to_ascii_lowercase();
        let port = self.address.port();
        let default_port = if self.scheme == "https" { 443 } else { 80 };
        let by_name = format!("localhost:{port}");
        let by_address = self.address.to_string();
        let suffix = format!(":{port}");
        [by_name, by_address].iter().any(|own| {
            *own == host || (port == default_port && own.strip_suffix(&suffix) == Some(&host))
        })
    }
}
