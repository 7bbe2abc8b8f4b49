//! Which requests came in: method, path, status and time. Never a query, a header or a body, for
//! those hold secrets; and nothing below `/sandbox`, whose path is one.

use std::collections::VecDeque;

use jiff::Timestamp;
use serde::Serialize;

use crate::outbox::as_iso_8601;

const CAPACITY: usize = 100_000;

/// A request that the sandbox received.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Request {
    /// The method.
    pub method: String,
    /// The path, without the query.
    pub path: String,
    /// The status of the answer; `None` while there is none, or if the connection broke off first.
    pub status: Option<u16>,
    /// When the request came, on the sandbox's clock.
    #[serde(serialize_with = "as_iso_8601")]
    pub time: Timestamp,
}

/// The latest requests, oldest first.
#[derive(Debug, Default)]
pub(crate) struct RequestLog {
    requests: VecDeque<Request>,
    forgotten: usize,
}

impl RequestLog {
    /// Records a request that came in; returns the number by which to record its answer.
    pub(crate) fn begin(&mut self, method: &str, path: &str, time: Timestamp) -> usize {
        if self.requests.len() == CAPACITY {
            self.requests.pop_front();
            self.forgotten += 1;
        }
        let (method, path) = (method.to_owned(), path.to_owned());
        self.requests.push_back(Request { method, path, status: None, time });
        self.forgotten + self.requests.len() - 1
    }

    /// Records the answer to a request; returns the whole record if it is still known.
    pub(crate) fn finish(&mut self, number: usize, status: Option<u16>) -> Option<&Request> {
        let index = number.checked_sub(self.forgotten)?;
        let request = self.requests.get_mut(index)?;
        request.status = status;
        Some(request)
    }

    pub(crate) fn requests(&self) -> Vec<Request> {
        self.requests.iter().cloned().collect()
    }
}
