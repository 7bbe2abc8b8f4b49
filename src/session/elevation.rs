//! Elevation: a token for guarded acts, where the server itself wants one. It is the proof of sudo mode
//! there, lives in memory, a few minutes at the most, and ends with the command.

use super::new_token::revoke_on_signal;
use super::sign_in::{SignInDialog, with_password};
use super::{Session, SignedIn};
use crate::account::Identifier;
use crate::failure::Failure;
use crate::host::Host;
use crate::lifetime::Lifetime;
use crate::provider::{Revocation, Scope, SignIn};
use crate::signal::{self, Cleanup};
use crate::terminal;
use crate::token::{Credential, NewToken, Source};

/// A token for guarded acts. Whoever drops it without ending it leaves it to its expiry.
#[derive(Debug)]
pub(super) struct Elevated {
    signed_in: SignedIn,
    id: Option<Identifier>,
    _cleanup: Cleanup,
}

impl Session {
    /// Obtains an elevated token, where the server wants one for guarded acts; from then on the session
    /// presents it to this host. It ends with the session.
    pub fn elevate(&self, host: &Host) -> Result<(), Failure> {
        let signed_in = self.signed_in_for(host, None)?;
        let server = self.server(host, signed_in.entry());
        if !server.needs_elevated_token() || self.is_elevated(host) {
            return Ok(());
        }
        // No token takes the place of the password here.
        self.options.secrets.require_password(host)?;
        let account = self.account(host)?;
        if account.name.is_of_single_sign_on() {
            return Err(Failure::refused(format!(
                "{} signs in with single sign-on and has no password",
                account.name
            ))
            .hint(format!("sign in to the personal account: `keybelt login {host}`")));
        }
        let signed_in = self.signed_in(host)?;
        let keep = |new: &NewToken| {
            self.keep_elevated(host, &signed_in, new);
            Ok(())
        };
        let has_second_factor = account.two_factor.is_none_or(|state| state.enabled);
        with_password(self, host, &account.name, |password| {
            let dialog = SignInDialog {
                session: self,
                host,
                server: &*server,
                request: SignIn {
                    username: &account.name,
                    password,
                    code: None,
                    previous_attempt: None,
                    description: "keybelt in elevated mode",
                    expires_in: Lifetime::ELEVATED,
                    scope: Scope::Elevated,
                },
                keep: &keep,
            };
            let known = if has_second_factor { dialog.known_code()? } else { None };
            dialog.run(false, known).map(drop)
        })
    }

    /// Keeps an elevated token for this command alone, and ends it even if a signal does.
    fn keep_elevated(&self, host: &Host, signed_in: &SignedIn, new: &NewToken) {
        let known_as = signed_in.credential.known_as.as_ref();
        let credential =
            Credential::new(host, new.token.clone(), Source::SignIn).known_as(known_as);
        let cleanup = revoke_on_signal(self, &credential, new.id.as_ref());
        self.elevated.replace(Some(Elevated {
            signed_in: SignedIn { credential, ..signed_in.clone() },
            id: new.id.clone(),
            _cleanup: cleanup,
        }));
    }

    /// Returns whether an elevated token for a host is held.
    pub fn is_elevated(&self, host: &Host) -> bool {
        self.elevated(host).is_some()
    }

    /// Returns what to present to a host while an elevated token for it is held.
    pub(super) fn elevated(&self, host: &Host) -> Option<SignedIn> {
        let held = self.elevated.borrow();
        let held = held.as_ref()?;
        (held.signed_in.credential.host == *host).then(|| held.signed_in.clone())
    }

    /// Ends the elevated token, if there is one.
    pub(super) fn revoke_elevated(&self) {
        let _deferred = signal::defer_signals();
        let Some(elevated) = self.elevated.take() else {
            return;
        };
        let credential = &elevated.signed_in.credential;
        let host = &credential.host;
        self.http.renew_time();
        let server = self.server(host, elevated.signed_in.entry());
        match server.revoke(credential, elevated.id.as_ref()) {
            Ok(Revocation::Revoked | Revocation::NoLongerAccepted) => {}
            Ok(Revocation::StillValid) | Err(_) => terminal::warn(&not_revoked(host)),
        }
    }
}

/// Says that an elevated token lives on for a while.
pub(super) fn not_revoked(host: &Host) -> String {
    format!(
        "the elevated token at {host} could not be revoked; it expires by itself within 5 minutes"
    )
}
