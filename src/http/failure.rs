//! Why there is no answer, in words from a closed list: other libraries' texts quote addresses and headers.

use std::error::Error as StdError;

use std::time::Duration;

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
    /// What the command has in all.
    pub(super) timeout: Duration,
    pub(super) has_ca_file: bool,
}

impl Attempt<'_> {
    /// Explains why no answer began.
    pub(super) fn failed(self, error: reqwest::Error) -> NoReply {
        let host = self.host;
        if error.is_connect() {
            return NoReply::NotSent(cannot_connect(host, &error, self.has_ca_file));
        }
        if error.is_timeout() {
            return NoReply::Unanswered(self.timed_out());
        }
        let failure =
            Failure::unavailable(format!("`{host}` closed the connection without responding"))
                .because(anyhow::anyhow!(root_cause(&error)));
        if error.is_builder() { NoReply::NotSent(failure) } else { NoReply::Unanswered(failure) }
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
        Failure::unavailable(format!(
            "`{}` did not respond within {} seconds",
            self.host,
            self.timeout.as_secs_f32()
        ))
        .hint("try again, or allow more time with --timeout")
    }
}

fn cannot_connect(host: &Host, error: &reqwest::Error, has_ca_file: bool) -> Failure {
    let cause = root_cause(error);
    let failure = Failure::unavailable(format!("cannot connect to `{host}`"));
    let failure = if cause.contains("certificate") && !has_ca_file {
        failure.hint("for a private certificate authority, use --ca-file PEM or `keybelt config set ca_file PEM`")
    } else if cause.contains("certificate") {
        failure
            .hint("the server's certificate is for another name or signed by an unknown authority")
    } else {
        failure.hint("check the host name, the network and the proxy settings")
    };
    failure.because(anyhow::anyhow!(cause))
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

/// Names the innermost cause from a closed list: other libraries' texts quote addresses and headers.
pub(super) fn root_cause(error: &(dyn StdError + 'static)) -> String {
    for source in sources(error) {
        if let Some(tls) = source.downcast_ref::<rustls::Error>() {
            return tls_cause(tls);
        }
    }
    if sources(error).any(|source| source.to_string().contains("dns error")) {
        return "the host name is not known".to_owned();
    }
    let io = sources(error).filter_map(|source| source.downcast_ref::<std::io::Error>()).last();
    match io {
        Some(io) if io.raw_os_error().is_some() => io.to_string(),
        Some(io) => io.kind().to_string(),
        None => "no details".to_owned(),
    }
}

fn tls_cause(error: &rustls::Error) -> String {
    use rustls::CertificateError as Reason;
    match error {
        rustls::Error::InvalidCertificate(reason) => match reason {
            Reason::UnknownIssuer => "the server's certificate has an unknown issuer".to_owned(),
            Reason::Expired | Reason::ExpiredContext { .. } => {
                "the server's certificate has expired".to_owned()
            }
            Reason::NotValidYet | Reason::NotValidYetContext { .. } => {
                "the server's certificate is not valid yet; is this machine's clock right?"
                    .to_owned()
            }
            Reason::NotValidForName | Reason::NotValidForNameContext { .. } => {
                "the server's certificate is for another name".to_owned()
            }
            _ => "the server's certificate is not acceptable".to_owned(),
        },
        _ => "the secure connection could not be set up".to_owned(),
    }
}
