//! Why there is no answer, in words from a closed list: other libraries' texts quote addresses and headers.

use std::error::Error as StdError;
use std::time::Duration;

use super::proxy::Proxy;
use crate::failure::Failure;
use crate::host::Host;

/// Why there is no answer.
#[derive(Debug)]
pub enum NoReply {
    /// The request cannot have reached the server.
    NotSent(Failure),
    /// The request was sent, or may have been: what it asks for may have happened.
    Unanswered(Failure),
}

impl NoReply {
    /// Returns the failure, with what `explain` adds if the request may have been done.
    pub fn explained(self, explain: impl FnOnce(Failure) -> Failure) -> Failure {
        match self {
            Self::NotSent(failure) => failure,
            Self::Unanswered(failure) => explain(failure),
        }
    }
}

impl From<NoReply> for Failure {
    fn from(reason: NoReply) -> Self {
        match reason {
            NoReply::NotSent(failure) | NoReply::Unanswered(failure) => failure,
        }
    }
}

/// What was tried when something went wrong.
#[derive(Debug, Clone, Copy)]
pub(super) struct Attempt<'a> {
    pub(super) host: &'a Host,
    pub(super) proxy: Option<&'a Proxy>,
    /// What the command has in all.
    pub(super) timeout: Duration,
    pub(super) has_ca_file: bool,
}

/// Why an attempt failed, and whether another one could do better.
#[derive(Debug)]
pub(super) struct Failed {
    pub(super) reason: NoReply,
    pub(super) may_heal: bool,
}

impl Failed {
    /// Wraps what fails before anything is sent, and would fail again.
    pub(super) fn here(failure: Failure) -> Self {
        Self { reason: NoReply::NotSent(failure), may_heal: false }
    }

    /// Wraps what went wrong after the request was sent.
    pub(super) fn unanswered(failure: Failure) -> Self {
        Self { reason: NoReply::Unanswered(failure), may_heal: true }
    }
}

impl Attempt<'_> {
    /// Explains why no answer began. A proxy is asked about it, in the time that is `left`.
    pub(super) fn failed(self, error: &reqwest::Error, left: Duration) -> Failed {
        if error.is_connect() {
            let (failure, may_heal) = self.cannot_connect(error, left);
            return Failed { reason: NoReply::NotSent(failure), may_heal };
        }
        if error.is_timeout() {
            return Failed::unanswered(self.timed_out());
        }
        let is_closed = sources(error)
            .any(|source| source.is::<std::io::Error>() || source.to_string().contains("closed"));
        let failure = match is_closed {
            true => because_of(
                Failure::unavailable(format!(
                    "`{}` closed the connection without responding",
                    self.host
                )),
                error,
            ),
            false => Failure::unavailable(format!("`{}` did not respond in HTTP", self.host))
                .hint("check that this is the account server's address and port"),
        };
        if error.is_builder() { Failed::here(failure) } else { Failed::unanswered(failure) }
    }

    /// Explains why an answer did not end.
    pub(super) fn broken_off(self, error: &std::io::Error) -> Failure {
        let timed_out = error.kind() == std::io::ErrorKind::TimedOut
            || sources(error).any(|source| source.to_string().contains("timed out"));
        if timed_out {
            return self.timed_out();
        }
        Failure::unavailable(format!("the response from `{}` was cut short", self.host))
    }

    pub(super) fn timed_out(self) -> Failure {
        let way = self.proxy.map(|proxy| format!(" (by way of the proxy {proxy})"));
        Failure::unavailable(format!(
            "`{}` did not respond within {} seconds{}",
            self.host,
            self.timeout.as_secs_f32(),
            way.unwrap_or_default()
        ))
        .hint("try again, or allow more time with --timeout")
    }

    fn cannot_connect(self, error: &reqwest::Error, left: Duration) -> (Failure, bool) {
        let failure = Failure::unavailable(format!("cannot connect to `{}`", self.host));
        if let Some(tls) = sources(error).find_map(|source| source.downcast_ref::<rustls::Error>())
        {
            let (cause, hint) = tls_cause(tls, self.has_ca_file);
            let is_certificate = matches!(tls, rustls::Error::InvalidCertificate(_));
            return (failure.because(anyhow::anyhow!(cause)).hint(hint), !is_certificate);
        }
        if let Some(trouble) = self.proxy.and_then(|proxy| proxy.trouble(self.host, left)) {
            return trouble;
        }
        let is_refused = sources(error)
            .filter_map(|source| source.downcast_ref::<std::io::Error>())
            .any(|error| error.kind() == std::io::ErrorKind::ConnectionRefused);
        let hint = match self.proxy {
            Some(_) => "check the host name, the network and the proxy settings",
            None => {
                "check the host name and the network, and whether HTTPS_PROXY must name a proxy"
            }
        };
        let failure = because_of(failure, error).hint(hint);
        // Whatever listens on this machine does so already.
        (failure, !(is_refused && self.host.is_loopback()))
    }
}

/// Walks down to the innermost cause. An I/O error names what is below its contents, not the contents.
fn sources<'a>(
    error: &'a (dyn StdError + 'static),
) -> impl Iterator<Item = &'a (dyn StdError + 'static)> {
    std::iter::successors(Some(error), |error| {
        let contents = error.downcast_ref::<std::io::Error>().and_then(std::io::Error::get_ref);
        match contents {
            Some(contents) => Some(contents as &(dyn StdError + 'static)),
            None => StdError::source(*error),
        }
    })
}

/// Adds the innermost cause, if it is on a closed list: other libraries' texts quote addresses and headers.
pub(super) fn because_of(failure: Failure, error: &(dyn StdError + 'static)) -> Failure {
    if sources(error).any(|source| source.to_string().contains("dns error")) {
        return failure.because(anyhow::anyhow!("unknown host"));
    }
    let io = sources(error).filter_map(|source| source.downcast_ref::<std::io::Error>()).last();
    match io {
        Some(io) if io.raw_os_error().is_some() => failure.because(anyhow::anyhow!("{io}")),
        Some(io) => failure.because(anyhow::anyhow!("{}", io.kind())),
        None => failure,
    }
}

/// Names what is wrong with a secure connection, and what helps against just that.
fn tls_cause(error: &rustls::Error, has_ca_file: bool) -> (&'static str, &'static str) {
    use rustls::CertificateError as Reason;
    let rustls::Error::InvalidCertificate(reason) = error else {
        return (
            "TLS handshake failed",
            "check that this is the account server's address and port, and that it speaks TLS 1.2 or later",
        );
    };
    match reason {
        Reason::UnknownIssuer if has_ca_file => (
            "the server's certificate has an unknown issuer",
            "neither the system's CAs nor those of --ca-file signed it: check that the file holds this server's CA",
        ),
        Reason::UnknownIssuer => (
            "the server's certificate has an unknown issuer",
            "for a private certificate authority, use --ca-file PEM or `keybelt config set ca_file PEM`",
        ),
        // One of the known CAs has the name of its issuer, and another key.
        Reason::BadSignature if has_ca_file => (
            "the server's certificate is not signed by the CA of that name that is known here",
            "check that the --ca-file holds this server's present CA, and not an earlier one",
        ),
        Reason::BadSignature => (
            "the server's certificate is not signed by the CA of that name that is known here",
            "if it comes from a private CA, name that with --ca-file PEM, or for good with `keybelt config set ca_file PEM`",
        ),
        Reason::Expired | Reason::ExpiredContext { .. } => (
            "the server's certificate has expired",
            "its administrator must renew it; check this machine's clock, too",
        ),
        Reason::NotValidYet | Reason::NotValidYetContext { .. } => (
            "the server's certificate is not valid yet; is this machine's clock right?",
            "correct this machine's clock",
        ),
        Reason::NotValidForName | Reason::NotValidForNameContext { .. } => (
            "the server's certificate is for another name",
            "check the host name; if it is right, the server needs a certificate with that name",
        ),
        // The library has no variant of its own for it, only this name.
        Reason::Other(other) if format!("{other:?}").contains("CaUsedAsEndEntity") => (
            "the server's certificate is a CA's own, which cannot be a server's",
            "give the server a certificate that says CA:FALSE (openssl req -x509 -addext basicConstraints=critical,CA:FALSE …)",
        ),
        _ => (
            "invalid server certificate",
            "its administrator must replace it: keybelt accepts none that is damaged, revoked or of a weak kind",
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::tls_cause;
    use rustls::{CertificateError as Reason, Error};

    /// An expired certificate was answered with "name it with --ca-file", which does not help.
    #[test]
    fn each_fault_of_a_certificate_has_its_own_cause_and_hint() {
        let told = |reason, has_ca_file| tls_cause(&Error::InvalidCertificate(reason), has_ca_file);
        for has_ca_file in [true, false] {
            for (reason, cause, hint) in [
                (Reason::Expired, "has expired", "renew"),
                (Reason::NotValidYet, "not valid yet", "clock"),
                (Reason::NotValidForName, "another name", "host name"),
                (Reason::Revoked, "invalid server certificate", "replace"),
            ] {
                let (found, advice) = told(reason.clone(), has_ca_file);
                assert!(found.contains(cause) && advice.contains(hint), "{reason:?}: {advice}");
                assert!(!advice.contains("--ca-file"), "{reason:?}: {advice}");
            }
        }
        assert!(told(Reason::UnknownIssuer, false).1.contains("config set ca_file"));
        assert!(told(Reason::UnknownIssuer, true).1.contains("check that the file"));
        let (cause, hint) = tls_cause(&Error::DecryptError, false);
        assert!(cause.contains("TLS handshake failed") && !hint.contains("--ca-file"));
    }
}
