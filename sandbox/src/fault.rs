//! Faults: what a sandbox does wrong on request, so that a client can be seen to cope.
//!
//! Every kind but `delay` and `hostile-text` is answered *instead of* running the request, so that
//! a fault never leaves a token behind that nobody received.

use std::fmt;
use std::str::FromStr;
use std::time::Duration;

/// How long a request with the fault `delay` waits before it is run.
pub const DELAY: Duration = Duration::from_secs(2);

/// Something to do wrong: `KIND[@METHOD:/path][*COUNT]`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// What to do wrong.
    pub kind: FaultKind,
    /// The method and path that it is limited to; `None`: every request but those to `/sandbox`.
    pub target: Option<(String, String)>,
    /// How often; `None`: always.
    pub count: Option<u32>,
}

/// A kind of fault.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FaultKind {
    /// Waits for [`DELAY`], then answers as usual.
    Delay,
    /// Resets the connection without an answer.
    Reset,
    /// Promises a longer body than it sends, then closes the connection.
    Truncate,
    /// 429 without a word on when to come back.
    TooManyRequests,
    /// 429 with `Retry-After` in seconds.
    TooManyRequestsSeconds,
    /// 429 with `Retry-After` as a date.
    TooManyRequestsDate,
    /// 429 with `X-RateLimit-Reset`.
    TooManyRequestsReset,
    /// 500 with a JSON error.
    InternalServerError,
    /// 502 with a page, as a proxy answers.
    BadGatewayPage,
    /// 200 with a page, as a captive portal answers.
    ContentType,
    /// 307 to the same path on another host.
    Redirect,
    /// 200 with more than 20 MiB of JSON.
    Huge,
    /// The usual answer, with control characters in every text that the server or a user named.
    HostileText,
}

impl FaultKind {
    const NAMES: [(&'static str, FaultKind); 13] = [
        ("delay", FaultKind::Delay),
        ("reset", FaultKind::Reset),
        ("truncate", FaultKind::Truncate),
        ("429", FaultKind::TooManyRequests),
        ("429-seconds", FaultKind::TooManyRequestsSeconds),
        ("429-date", FaultKind::TooManyRequestsDate),
        ("429-reset", FaultKind::TooManyRequestsReset),
        ("500", FaultKind::InternalServerError),
        ("502-html", FaultKind::BadGatewayPage),
        ("content-type", FaultKind::ContentType),
        ("redirect", FaultKind::Redirect),
        ("huge", FaultKind::Huge),
        ("hostile-text", FaultKind::HostileText),
    ];

    /// Returns every kind's name, in the order of the documentation.
    pub fn names() -> impl Iterator<Item = &'static str> {
        FaultKind::NAMES.iter().map(|(name, _)| *name)
    }
}

/// A fault that is not written as one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FaultError {
    /// No kind has this name.
    Kind(String),
    /// What stands after `@` is not `METHOD:/path`.
    Target(String),
    /// What stands after `*` is not a number from 1.
    Count(String),
}

impl fmt::Display for FaultError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            FaultError::Kind(kind) => {
                let names: Vec<_> = FaultKind::names().collect();
                write!(out, "`{kind}` is no kind of fault; the kinds are {}", names.join(", "))
            }
            FaultError::Target(target) => {
                write!(out, "`{target}` is not METHOD:/path, as in POST:/api/v1/authenticate")
            }
            FaultError::Count(count) => write!(out, "`{count}` is not a number of times from 1"),
        }
    }
}

impl std::error::Error for FaultError {}

impl FromStr for Fault {
    type Err = FaultError;

    fn from_str(text: &str) -> Result<Fault, FaultError> {
        let (text, count) = match text.rsplit_once('*') {
            Some((text, count)) => (text, Some(parse_count(count)?)),
            None => (text, None),
        };
        let (kind, target) = match text.split_once('@') {
            Some((kind, target)) => (kind, Some(parse_target(target)?)),
            None => (text, None),
        };
        let named = FaultKind::NAMES.iter().find(|(name, _)| *name == kind);
        let (_, kind) = named.ok_or_else(|| FaultError::Kind(kind.to_owned()))?;
        Ok(Fault { kind: *kind, target, count })
    }
}

fn parse_count(text: &str) -> Result<u32, FaultError> {
    let count = text.parse().ok().filter(|count| *count > 0);
    count.ok_or_else(|| FaultError::Count(text.to_owned()))
}

fn parse_target(text: &str) -> Result<(String, String), FaultError> {
    let parts = text.split_once(':').filter(|(method, path)| {
        !method.is_empty()
            && method.bytes().all(|byte| byte.is_ascii_alphabetic())
            && path.starts_with('/')
    });
    let (method, path) = parts.ok_or_else(|| FaultError::Target(text.to_owned()))?;
    Ok((method.to_ascii_uppercase(), path.to_owned()))
}

/// The faults that are still to come.
#[derive(Debug, Default)]
pub(crate) struct Faults {
    pending: Vec<Fault>,
}

impl Faults {
    pub(crate) fn new(faults: Vec<Fault>) -> Faults {
        Faults { pending: faults }
    }

    /// Returns the fault for a request, the first that fits, and counts it down.
    pub(crate) fn take(&mut self, method: &str, path: &str) -> Option<FaultKind> {
        let fault = self.pending.iter_mut().find(|fault| {
            let fits = |(wanted, at): &(String, String)| wanted == method && at == path;
            fault.count != Some(0) && fault.target.as_ref().is_none_or(fits)
        })?;
        fault.count = fault.count.map(|count| count - 1);
        Some(fault.kind)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_may_name_a_route_and_a_count() {
        let fault: Fault = "429-date@post:/api/v1/authenticate*2".parse().unwrap();
        assert_eq!(fault.kind, FaultKind::TooManyRequestsDate);
        assert_eq!(fault.target, Some(("POST".into(), "/api/v1/authenticate".into())));
        assert_eq!(fault.count, Some(2));
        assert_eq!("reset*1".parse::<Fault>().unwrap().target, None);
    }

    #[test]
    fn an_unknown_kind_is_refused_with_a_list_of_the_kinds() {
        let error = "explode".parse::<Fault>().unwrap_err().to_string();
        assert!(FaultKind::names().all(|name| error.contains(name)), "{error}");
    }

    #[test]
    fn a_route_or_a_count_that_makes_no_sense_is_refused() {
        for text in ["500@/api", "500@GET:api", "500@:/api", "500*0", "500*", "500*many", "*2", ""]
        {
            assert!(text.parse::<Fault>().is_err(), "{text}");
        }
    }

    #[test]
    fn a_counted_fault_ends_and_the_next_one_follows() {
        let mut faults =
            Faults::new(vec!["500@GET:/a*2".parse().unwrap(), "reset".parse().unwrap()]);
        let kinds = [("GET", "/a"), ("GET", "/b"), ("GET", "/a"), ("GET", "/a")]
            .map(|(method, path)| faults.take(method, path).unwrap());
        let (error, reset) = (FaultKind::InternalServerError, FaultKind::Reset);
        assert_eq!(kinds, [error, reset, error, reset]);
    }
}
