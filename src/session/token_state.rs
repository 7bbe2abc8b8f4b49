//! What is known of one credential: the store's word on its expiry, the server's word on the rest.

use super::{Session, SignedIn, credential};
use crate::account::Account;
use crate::failure::{Failure, Kind};
use crate::host::Host;

/// What is known of a credential.
#[derive(Debug)]
pub enum TokenState {
    /// The server accepts it, as this account's.
    Valid(Box<Account>),
    /// It is there; the server was not asked.
    NotChecked,
    /// It is past its deadline.
    Expired,
    /// The server does not accept it.
    Rejected(Failure),
    /// It could not be read, or the server could not be asked.
    Unknown(Failure),
    /// There is none.
    Missing(Failure),
}

impl TokenState {
    /// Asks the server about the credential, unless `offline`.
    pub fn new(session: &Session, host: &Host, signed_in: &SignedIn, offline: bool) -> Self {
        if offline {
            return Self::NotChecked;
        }
        let server = session.server(host, signed_in.entry());
        match server.account(&signed_in.credential) {
            Ok(_) if signed_in.stored.as_ref().is_some_and(|stored| session.is_expired(stored)) => {
                Self::Expired
            }
            Ok(account) => Self::Valid(Box::new(account)),
            Err(failure) if failure.kind == Kind::NotSignedIn => {
                Self::Rejected(super::rejected(failure, host, &signed_in.credential.source))
            }
            Err(failure) => Self::Unknown(failure),
        }
    }

    /// Returns what is known of the credential that a host gets, whatever there is.
    pub fn of_host(session: &Session, host: &Host, offline: bool) -> Self {
        // How long a stored token lasts is known without unlocking the store that has it.
        if offline && let Some(stored) = credential::stored_winner(session, host) {
            return if session.is_expired(&stored) { Self::Expired } else { Self::NotChecked };
        }
        match session.signed_in(host) {
            Ok(signed_in) => Self::new(session, host, &signed_in, offline),
            Err(failure) if failure.kind != Kind::NotSignedIn => Self::Unknown(failure),
            Err(failure) => {
                let stored = session.store.find(host, session.options.account.as_ref());
                let expired = matches!(&stored, Ok(Some(stored)) if session.is_expired(stored));
                if expired { Self::Expired } else { Self::Missing(failure) }
            }
        }
    }

    /// Returns the state's word for JSON.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Valid(_) => "valid",
            Self::NotChecked => "not_checked",
            Self::Expired => "expired",
            Self::Rejected(_) => "rejected",
            Self::Unknown(_) => "unknown",
            Self::Missing(_) => "not_signed_in",
        }
    }

    /// Returns whether one is signed in, if that is known.
    pub fn signed_in(&self) -> Option<bool> {
        match self {
            Self::Valid(_) | Self::NotChecked => Some(true),
            Self::Expired | Self::Rejected(_) | Self::Missing(_) => Some(false),
            Self::Unknown(_) => None,
        }
    }

    /// Returns whether the token may have time left: one that is dead has none, whatever was said of it.
    pub fn may_live(&self) -> bool {
        !matches!(self, Self::Rejected(_) | Self::Missing(_))
    }

    /// Returns why the credential is no good.
    pub fn failure(&self) -> Option<&Failure> {
        match self {
            Self::Rejected(failure) | Self::Unknown(failure) | Self::Missing(failure) => {
                Some(failure)
            }
            Self::Valid(_) | Self::NotChecked | Self::Expired => None,
        }
    }

    /// Returns the kind of exit that the state asks for, worst first when several are compared: `None` is
    /// a success. A token that works for less time than was asked is a finding.
    pub fn exit_kind(&self, is_short: bool) -> Option<Kind> {
        match self {
            Self::Expired => Some(Kind::NotSignedIn),
            Self::Rejected(failure) | Self::Unknown(failure) | Self::Missing(failure) => {
                Some(failure.kind)
            }
            Self::Valid(_) | Self::NotChecked => is_short.then_some(Kind::Finding),
        }
    }
}
