//! Words for states.

use super::moments::moment;
use crate::account::AccountName;
use crate::environment;
use crate::lifetime::{self, Lifetime};
use crate::session::Session;
use crate::session::token_state::TokenState;
use crate::store::{Entry, StoreName, Stored};
use crate::text;
use crate::two_factor::{Delivery, TwoFactor};

/// Returns the state of two-factor authentication in words.
pub fn two_factor(state: &TwoFactor) -> String {
    let how = match state.delivery {
        Some(Delivery::App) => " by app",
        Some(Delivery::Sms) => " by text message",
        None => "",
    };
    let number = state
        .sms_number
        .as_deref()
        .map(|number| format!(" ({})", text::escape(number)))
        .unwrap_or_default();
    match (state.enabled, state.verified) {
        (false, _) => "off".to_owned(),
        (true, false) => format!("enabled{how}{number}, not verified"),
        (true, true) => format!("enabled and verified{how}{number}"),
    }
}

/// Returns a token's state in words.
pub fn state_text(name: Option<&AccountName>, state: &TokenState) -> String {
    match (state, name) {
        (TokenState::Valid(account), _) => format!("signed in as {}", account.described()),
        (TokenState::NotChecked, Some(name)) => {
            format!("signed in as {name}, not checked with the server")
        }
        (TokenState::NotChecked, None) => "token found, not checked with the server".to_owned(),
        (TokenState::Expired, _) => "the stored token has expired".to_owned(),
        (
            TokenState::Rejected(failure)
            | TokenState::Missing(failure)
            | TokenState::Unknown(failure),
            _,
        ) => {
            let causes = failure.causes().into_iter();
            let told: Vec<String> = std::iter::once(failure.to_string()).chain(causes).collect();
            // A server's own words may be among them, and this goes to stdout as it is.
            text::escape(&told.join(": ")).into_owned()
        }
    }
}

/// Returns where the secret of an entry is kept, in words.
pub fn location(session: &Session, entry: &Entry) -> String {
    match &entry.store {
        StoreName::File => environment::shorten_home(session.store.path()),
        StoreName::Keyring => "the keyring".to_owned(),
        StoreName::Docker(name) => format!("docker-credential-{name}"),
    }
}

/// Returns until when a stored token is good, in words, and whose deadline that is.
pub fn until(session: &Session, stored: &Stored) -> String {
    let entry = &stored.entry;
    let Some(deadline) = entry.deadline() else {
        return "with no expiry reported by the server".to_owned();
    };
    let whose = match (entry.own_deadline(), entry.expires_at) {
        (Some(own), Some(told)) if own < told && moment(own) != moment(told) => {
            format!(" (keybelt's own limit; the server's is {})", moment(told))
        }
        (Some(_), None) => " (keybelt's own limit)".to_owned(),
        _ => String::new(),
    };
    match lifetime::remaining(session.server_time(stored), deadline).map(in_minutes) {
        Some(left) => format!("for {left}, until {}{whose}", moment(deadline)),
        None => format!("no longer: expired {}{whose}", moment(deadline)),
    }
}

/// Rounds what is long up to whole minutes: 7 days are 7 days, though the sign-in took a second of them.
fn in_minutes(left: Lifetime) -> Lifetime {
    let seconds = left.seconds();
    let rounded = Lifetime::from_seconds((seconds + 59) / 60 * 60);
    rounded.filter(|_| seconds > 3600).unwrap_or(left)
}
