//! The system's keyring: Secret Service, Keychain, or Windows Credential Manager.
//!
//! Its items are found by service `keybelt:KEY` and user ACCOUNT. Every call runs on a thread of its own that
//! is abandoned at the deadline, because a frozen service or a dialog that nobody answers would keep
//! keybelt waiting for ever. Must not be asked by commands that need no secret: asking may open a dialog.

use std::sync::mpsc::{RecvTimeoutError, sync_channel};
use std::thread;
use std::time::Duration;

use keyring::Error;
use secrecy::ExposeSecret;

use super::secret::{ExternalStore, StoreOptions, in_words, suggest_file_store};
use crate::account::AccountName;
use crate::environment;
use crate::failure::Failure;
use crate::host::Host;
use crate::token::Token;

/// The largest secret that Windows Credential Manager keeps, in bytes.
const WINDOWS_LIMIT: usize = 2560;

/// The system's keyring.
pub(super) struct Keyring {
    options: StoreOptions,
}

/// Why the keyring did not do it.
enum KeyringError {
    Absent(Option<String>),
    Locked,
    Slow(Duration),
    Nothing,
    Many,
    NoToken,
    Refused(String),
}

impl Keyring {
    pub fn new(options: StoreOptions) -> Self {
        Self { options }
    }

    /// Runs a call on an item, on a thread that is abandoned at the deadline.
    fn call<T: Send + 'static>(
        &self,
        host: &Host,
        account: &AccountName,
        call: impl FnOnce(&keyring::Entry) -> Result<T, Error> + Send + 'static,
    ) -> Result<T, KeyringError> {
        if !environment::has_session_bus() {
            return Err(KeyringError::Absent(None));
        }
        let (service, user) = (format!("keybelt:{host}"), account.to_string());
        bounded(self.options, move || {
            // Already this connects to the service.
            let item = keyring::Entry::new(&service, &user).map_err(keyring_error)?;
            call(&item).map_err(keyring_error)
        })
    }
}

impl ExternalStore for Keyring {
    fn get(&self, host: &Host, account: &AccountName) -> Result<Option<Token>, Failure> {
        let found = self.call(host, account, keyring::Entry::get_secret);
        let token = |bytes: Vec<u8>| {
            let text = std::str::from_utf8(&bytes).ok();
            text.and_then(Token::new).ok_or(KeyringError::NoToken)
        };
        match found.and_then(token) {
            Ok(token) => Ok(Some(token)),
            Err(KeyringError::Nothing) => Ok(None),
            Err(trouble) => Err(trouble.failure("read", host, account)),
        }
    }

    fn set(&self, host: &Host, account: &AccountName, token: &Token) -> Result<(), Failure> {
        if cfg!(windows) {
            check_size(token, WINDOWS_LIMIT, host)?;
        }
        let secret = token.secret().clone();
        self.call(host, account, move |item| item.set_secret(secret.expose_secret().as_bytes()))
            .map_err(|trouble| trouble.failure("store", host, account))
    }

    fn erase(&self, host: &Host, account: &AccountName) -> Result<(), Failure> {
        match self.call(host, account, erase_all) {
            Ok(()) | Err(KeyringError::Nothing) => Ok(()),
            Err(trouble) => Err(trouble.failure("erase", host, account)),
        }
    }
}

impl KeyringError {
    fn failure(self, what: &str, host: &Host, account: &AccountName) -> Failure {
        let whose = format!("the token of `{account}` on `{host}`");
        let failure = match self {
            Self::Absent(cause) => {
                let failure = Failure::general("no system keyring is available");
                return suggest_file_store(with_cause(failure, cause), host);
            }
            Self::Locked => {
                return Failure::general("the keyring is locked").hint(format!(
                    "unlock it and run this again; `keybelt login {host} --store file` stores the token in a file instead"
                ));
            }
            Self::Slow(timeout) => {
                let unknown = if what == "read" {
                    String::new()
                } else {
                    format!("; the request to {what} {whose} may still complete")
                };
                Failure::general(format!(
                    "the keyring did not respond within {}{unknown}",
                    in_words(timeout)
                ))
            }
            Self::Nothing => Failure::general(format!("the keyring does not have {whose}")),
            Self::Many => Failure::general(format!("the keyring has {whose} more than once")),
            Self::NoToken => {
                Failure::general(format!("the keyring entry for {whose} is not a token"))
            }
            Self::Refused(cause) => {
                let failure = Failure::general(format!("the keyring refused to {what} {whose}"));
                // What a service says about a secret that it was given could quote it.
                with_cause(failure, (what != "store").then_some(cause))
            }
        };
        suggest_file_store(failure, host)
    }
}

fn with_cause(failure: Failure, cause: Option<String>) -> Failure {
    match cause {
        Some(cause) => failure.because(anyhow::Error::msg(cause)),
        None => failure,
    }
}

fn keyring_error(error: Error) -> KeyringError {
    match error {
        Error::NoDefaultStore => {
            let status = keyring::Entry::store_status().as_ref();
            KeyringError::Absent(status.err().map(ToString::to_string))
        }
        Error::NoStorageAccess(_) => KeyringError::Locked,
        Error::NoEntry => KeyringError::Nothing,
        Error::Ambiguous(_) => KeyringError::Many,
        Error::BadEncoding(_) | Error::BadDataFormat(..) => KeyringError::NoToken,
        other => KeyringError::Refused(other.to_string()),
    }
}

/// Erases an item; of several for one account, every one.
fn erase_all(item: &keyring::Entry) -> Result<(), Error> {
    match item.delete_credential() {
        Err(Error::Ambiguous(items)) => items.iter().try_for_each(|item| item.delete_credential()),
        other => other,
    }
}

/// Refuses a token that would not fit.
fn check_size(token: &Token, limit: usize, host: &Host) -> Result<(), Failure> {
    let length = token.secret().expose_secret().len();
    if length <= limit {
        return Ok(());
    }
    let failure = Failure::general(format!(
        "Windows Credential Manager stores {limit} bytes at most, and this token has {length}"
    ));
    Err(suggest_file_store(failure, host))
}

/// Runs a call on a thread of its own and leaves it behind at the deadline.
fn bounded<T: Send + 'static>(
    options: StoreOptions,
    call: impl FnOnce() -> Result<T, KeyringError> + Send + 'static,
) -> Result<T, KeyringError> {
    let (sender, receiver) = sync_channel(1);
    let run = move || {
        // Nobody listens any more if the deadline has passed.
        let _ = sender.send(call());
    };
    let thread = thread::Builder::new().name("keyring".to_owned()).spawn(run);
    thread.map_err(|error| KeyringError::Refused(error.to_string()))?;
    let mut timeout = options.timeout;
    let mut answer = receiver.recv_timeout(timeout);
    if let (Err(RecvTimeoutError::Timeout), Some(unlock)) = (&answer, options.unlock)
        && unlock > timeout
        && is_alive()
    {
        // It is not frozen, so it asks the user.
        answer = receiver.recv_timeout(unlock.saturating_sub(timeout));
        timeout = unlock;
    }
    match answer {
        Ok(answer) => answer,
        Err(RecvTimeoutError::Timeout) => Err(KeyringError::Slow(timeout)),
        Err(RecvTimeoutError::Disconnected) => {
            Err(KeyringError::Refused("its client failed".to_owned()))
        }
    }
}

/// Returns whether the service answers at all, over a second connection: the first one may wait for the
/// user. Elsewhere than on a bus it is the system itself, which does.
#[cfg(all(unix, not(target_os = "macos")))]
fn is_alive() -> bool {
    // A service that the user may be unlocking shows that it is alive within this.
    const PROBE_TIMEOUT: Duration = Duration::from_millis(800);
    let (sender, receiver) = sync_channel(1);
    let ask = move || {
        let answers = zbus_secret_service_keyring_store::Store::new().is_ok();
        let _ = sender.send(answers);
    };
    let thread = thread::Builder::new().spawn(ask);
    thread.is_ok() && receiver.recv_timeout(PROBE_TIMEOUT).unwrap_or(false)
}

#[cfg(not(all(unix, not(target_os = "macos"))))]
fn is_alive() -> bool {
    true
}

#[cfg(all(test, target_os = "linux"))]
mod tests;
