//! The texts that the sandbox "sends": it has no telephone, so they end here, to be read through
//! the control URL or in process.

use std::collections::VecDeque;

use jiff::Timestamp;
use serde::{Serialize, Serializer};

use crate::clock;

const CAPACITY: usize = 10_000;

/// A text message with a verification code.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Text {
    /// The number that it went to.
    pub to: String,
    /// The verification code in it.
    pub code: String,
    /// When it was sent, on the sandbox's clock.
    #[serde(serialize_with = "as_iso_8601")]
    pub at: Timestamp,
}

/// The latest texts, oldest first.
#[derive(Debug, Default)]
pub(crate) struct Outbox {
    texts: VecDeque<Text>,
}

impl Outbox {
    pub(crate) fn push(&mut self, text: Text) {
        if self.texts.len() == CAPACITY {
            self.texts.pop_front();
        }
        self.texts.push_back(text);
    }

    pub(crate) fn texts(&self) -> Vec<Text> {
        self.texts.iter().cloned().collect()
    }
}

pub(crate) fn as_iso_8601<S: Serializer>(time: &Timestamp, out: S) -> Result<S::Ok, S::Error> {
    out.serialize_str(&clock::iso_8601(*time))
}
