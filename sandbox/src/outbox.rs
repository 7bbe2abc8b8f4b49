//! The texts and mails that the sandbox "sends": it has no telephone, so they end here, to be read through
//! the control URL or in process.

use std::collections::VecDeque;

use jiff::Timestamp;
use serde::{Serialize, Serializer};

use crate::{clock, random};

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

/// What a mail is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Purpose {
    /// Its reader is to confirm that mail arrives there.
    EmailVerification,
    /// Its reader is invited into the organization.
    Invitation,
    /// Its reader can be rid of a lost second factor.
    OtpReset,
}

/// A mail with a link, of which these are the parts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Mail {
    /// The address that it went to.
    pub to: String,
    /// What it is for.
    pub purpose: Purpose,
    /// The id of what its reader is to confirm.
    pub challenge_id: String,
    /// What only its reader knows.
    pub code: String,
    /// When it was sent, on the sandbox's clock.
    #[serde(serialize_with = "as_iso_8601")]
    pub at: Timestamp,
}

impl Mail {
    pub(crate) fn new(to: &str, purpose: Purpose, challenge_id: &str, at: Timestamp) -> Mail {
        let code = random::alphanumeric(43);
        Mail { to: to.to_owned(), purpose, challenge_id: challenge_id.to_owned(), code, at }
    }
}

/// The latest texts and mails, oldest first.
#[derive(Debug, Default)]
pub(crate) struct Outbox {
    texts: VecDeque<Text>,
    mails: VecDeque<Mail>,
}

impl Outbox {
    pub(crate) fn push(&mut self, text: Text) {
        if self.texts.len() == CAPACITY {
            self.texts.pop_front();
        }
        self.texts.push_back(text);
    }

    pub(crate) fn push_mail(&mut self, mail: Mail) {
        if self.mails.len() == CAPACITY {
            self.mails.pop_front();
        }
        self.mails.push_back(mail);
    }

    pub(crate) fn mails(&self) -> Vec<Mail> {
        self.mails.iter().cloned().collect()
    }

    pub(crate) fn texts(&self) -> Vec<Text> {
        self.texts.iter().cloned().collect()
    }
}

pub(crate) fn as_iso_8601<S: Serializer>(time: &Timestamp, out: S) -> Result<S::Ok, S::Error> {
    out.serialize_str(&clock::iso_8601(*time))
}
