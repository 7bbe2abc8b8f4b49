//! Browser sessions: what the cookie of a browser stands for. The server keeps only a hash of the
//! cookie. A session never gains rights: signing in ends it and begins another, so that a cookie
//! that someone planted beforehand is worth nothing.

use std::collections::HashMap;

use jiff::{SignedDuration, Timestamp};
use sha2::{Digest, Sha256};

use crate::organization::Settings;
use crate::{random, totp};

/// As documented: 20,160 minutes, whether idle or not, where the organization does not want less.
const SIGNED_IN: SignedDuration = SignedDuration::from_hours(14 * 24);
/// Long enough to find the telephone.
const HALF_WAY: SignedDuration = SignedDuration::from_mins(10);
/// Long enough to look up the password.
const ANONYMOUS: SignedDuration = SignedDuration::from_hours(1);
/// Anyone begins a session by looking at the sign-in page.
const CAPACITY: usize = 1_000;

type SessionHash = [u8; 32];

/// How far a browser has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stage {
    Anonymous,
    /// The password was right; a code is still to come.
    PasswordProven {
        owner: usize,
    },
    SignedIn {
        owner: usize,
    },
}

impl Stage {
    fn lifetime(self) -> SignedDuration {
        match self {
            Stage::Anonymous => ANONYMOUS,
            Stage::PasswordProven { .. } => HALF_WAY,
            Stage::SignedIn { .. } => SIGNED_IN,
        }
    }
}

/// A browser's session.
#[derive(Clone, Debug)]
pub(crate) struct Session {
    /// What the page of sessions calls it; no secret.
    pub(crate) id: String,
    pub(crate) stage: Stage,
    /// What every form of this session carries and no other page can know.
    pub(crate) form_token: String,
    /// What to set up an app with, should this user have to enrol; worth nothing until a code has
    /// proven that it is set up.
    pub(crate) enrolment_secret: String,
    pub(crate) created_at: Timestamp,
    pub(crate) last_used_at: Timestamp,
    expires_at: Timestamp,
}

impl Session {
    /// Returns whether an organization's settings have ended this session, idle or not.
    pub(crate) fn is_over(&self, settings: &Settings, now: Timestamp) -> bool {
        let over = |since: Timestamp, minutes: Option<u32>| {
            let length = minutes.map(|minutes| SignedDuration::from_mins(minutes.into()));
            length.is_some_and(|length| now.duration_since(since) >= length)
        };
        over(self.last_used_at, settings.session_timeout)
            || over(self.created_at, settings.session_remember)
    }
}

/// All sessions.
#[derive(Debug, Default)]
pub(crate) struct Sessions {
    by_hash: HashMap<SessionHash, Session>,
}

impl Sessions {
    /// Begins a session and returns its cookie.
    pub(crate) fn begin(&mut self, stage: Stage, now: Timestamp) -> (String, Session) {
        self.make_room(now);
        let cookie = random::alphanumeric(43);
        let session = Session {
            id: random::alphanumeric(16),
            stage,
            form_token: random::alphanumeric(43),
            enrolment_secret: totp::new_secret(),
            created_at: now,
            last_used_at: now,
            expires_at: now.saturating_add(stage.lifetime()).unwrap_or(Timestamp::MAX),
        };
        self.by_hash.insert(hash(&cookie), session.clone());
        (cookie, session)
    }

    /// Returns the session that a cookie stands for.
    pub(crate) fn find(&self, cookie: &str, now: Timestamp) -> Option<&Session> {
        let session = self.by_hash.get(&hash(cookie))?;
        (now < session.expires_at).then_some(session)
    }

    /// Records that a session is not idle.
    pub(crate) fn touch(&mut self, cookie: &str, now: Timestamp) {
        if let Some(session) = self.by_hash.get_mut(&hash(cookie)) {
            session.last_used_at = now;
        }
    }

    /// Ends the session that a cookie stands for.
    pub(crate) fn end(&mut self, cookie: &str) {
        self.by_hash.remove(&hash(cookie));
    }

    /// Returns the sessions in which a user is signed in, oldest first.
    pub(crate) fn of(&self, owner: usize, now: Timestamp) -> Vec<&Session> {
        let own = |session: &&Session| {
            session.stage == Stage::SignedIn { owner } && now < session.expires_at
        };
        let mut sessions: Vec<_> = self.by_hash.values().filter(own).collect();
        sessions.sort_by(|a, b| (a.created_at, &a.id).cmp(&(b.created_at, &b.id)));
        sessions
    }

    /// Ends one of a user's sessions.
    pub(crate) fn revoke(&mut self, owner: usize, id: &str) {
        let stage = Stage::SignedIn { owner };
        self.by_hash.retain(|_, session| session.stage != stage || session.id != id);
    }

    fn make_room(&mut self, now: Timestamp) {
        if self.by_hash.len() < CAPACITY {
            return;
        }
        self.by_hash.retain(|_, session| now < session.expires_at);
        let anonymous = |session: &Session| session.stage == Stage::Anonymous;
        let oldest = self
            .by_hash
            .iter()
            .min_by_key(|(_, session)| (!anonymous(session), session.created_at))
            .map(|(hash, _)| *hash);
        if let Some(oldest) = oldest.filter(|_| self.by_hash.len() >= CAPACITY) {
            self.by_hash.remove(&oldest);
        }
    }
}

fn hash(cookie: &str) -> SessionHash {
    Sha256::digest(cookie.as_bytes()).into()
}
