//! Signing in anew, where no stored token is trusted: whoever has stolen a machine has its tokens too.
//!
//! What it makes is only held. Whoever asked for it has it stored, or it is revoked before the process ends.

use std::fmt;
use std::path::PathBuf;
use std::time::Duration;

use secrecy::SecretString;

use super::new_token::{Outcome, TokenSaver};
use super::sign_in::{SignInDialog, SignInFailure, usual_lifetime};
use super::{Session, elevation, web};
use crate::account::{Account, AccountName, Identifier};
use crate::environment;
use crate::failure::Failure;
use crate::host::Host;
use crate::http::Http;
use crate::lifetime::Lifetime;
use crate::provider::{self, AccountServer, Revocation, Scope, SignIn, SignInAnswer};
use crate::provider_name::ProviderName;
use crate::setting;
use crate::signal::{self, Cleanup};
use crate::store::{Choice, Stored};
use crate::terminal;
use crate::terminal::prompt::Prompter;
use crate::token::{Credential, NewToken, Origin, Source, Token};

/// Whom to sign in anew, and where.
#[derive(Debug, Clone)]
pub struct Candidate {
    /// The server.
    pub host: Host,
    /// What is stored of the account, if anything is.
    pub stored: Option<Stored>,
}

impl fmt::Display for Candidate {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.stored {
            Some(stored) => write!(out, "{} at {}", stored.account, self.host),
            None => self.host.fmt(out),
        }
    }
}

/// What a server says before anybody signs in.
#[derive(Debug, Clone, Copy)]
pub struct Probe {
    /// Its dialect.
    pub provider: ProviderName,
    /// Whether it takes passwords from tools.
    pub offers_password: bool,
}

impl Probe {
    /// Asks a server, sending neither a password nor a token. It needs no session, so that a thread can do it.
    pub fn ask(
        host: &Host,
        known: Option<ProviderName>,
        timeout: Duration,
        ca_file: Option<PathBuf>,
    ) -> Result<Self, Failure> {
        let http = Http::new(timeout, ca_file, |_, _| ());
        let provider = known.unwrap_or_else(|| provider::detect(host, &http));
        let server = provider::account_server(provider, host, &http);
        let offers_password = !host.is_known_modern() && server.offers_password_sign_in()?;
        Ok(Self { provider, offers_password })
    }
}

/// A token that nobody else has, and that is not stored.
#[derive(Debug)]
struct HeldToken {
    credential: Credential,
    id: Option<Identifier>,
    /// What came from a person's hands is not revoked for being unused.
    is_own: bool,
    /// It lives for minutes at the most.
    is_elevated: bool,
    /// Revokes it if a signal ends the process.
    cleanup: Option<Cleanup>,
}

/// What a fresh sign-in made. Dropping it revokes what was not stored.
pub struct FreshSignIn<'a> {
    session: &'a Session,
    /// The server.
    pub host: Host,
    /// Who has signed in.
    pub account: Account,
    /// What acts; the first of the tokens.
    held: Vec<HeldToken>,
    /// What is to be stored.
    kept: Option<Stored>,
}

impl FreshSignIn<'_> {
    /// Returns the token to act with.
    pub fn acting(&self) -> Option<&Credential> {
        self.held.first().map(|held| &held.credential)
    }

    /// Returns every token that this sign-in made, each with its id where the server tells.
    pub fn made(&self) -> impl Iterator<Item = (&Credential, Option<&Identifier>)> {
        self.held.iter().map(|held| (&held.credential, held.id.as_ref()))
    }

    /// Returns what is to be stored, or is stored.
    pub fn kept(&self) -> Option<&Stored> {
        self.kept.as_ref()
    }

    /// Stores what is to be kept. If that fails, nothing is kept: it is revoked with the rest.
    pub fn store(&mut self) -> Result<(), Failure> {
        let Some(stored) = &self.kept else {
            return Ok(());
        };
        let is_first = self.session.store.find(&stored.host, None)?.is_none();
        let choice = if is_first { Choice::Activate } else { Choice::KeepActive };
        let put = self.session.put(stored, choice).map(drop);
        if put.is_err() {
            self.kept = None;
            return put;
        }
        for held in &mut self.held {
            let is_kept = |token: &Token| token.same_as(&held.credential.token);
            if stored.entry.token.as_ref().is_some_and(is_kept) {
                held.cleanup = None;
            }
        }
        put
    }

    /// Revokes what is not stored. The time that is left for requests begins anew.
    pub fn release(&mut self) -> Result<(), Failure> {
        let _deferred = signal::defer_signals();
        let kept = self.kept.as_ref().and_then(|stored| stored.entry.token.clone());
        let is_kept = |held: &HeldToken| {
            kept.as_ref().is_some_and(|kept| kept.same_as(&held.credential.token))
        };
        let mut outcome = Ok(());
        for held in std::mem::take(&mut self.held) {
            if held.is_own && !is_kept(&held) {
                outcome = outcome.and(self.revoke(&held));
            }
        }
        outcome
    }

    fn revoke(&self, held: &HeldToken) -> Result<(), Failure> {
        let (host, server) = (&self.host, self.session.server(&self.host, None));
        self.session.http.renew_time();
        let cause = match server.revoke(&held.credential, held.id.as_ref()) {
            Ok(Revocation::Revoked | Revocation::NoLongerAccepted) => return Ok(()),
            Ok(Revocation::StillValid) => None,
            Err(failure) => Some(failure),
        };
        if held.is_elevated {
            terminal::warn(&elevation::not_revoked(host));
            return Ok(());
        }
        let failure = Failure::unavailable(format!(
            "a token that this sign-in at `{host}` made may still be valid"
        ))
        .hint(server.how_to_revoke());
        Err(match cause {
            Some(cause) => failure.because(cause),
            None => failure,
        })
    }
}

impl Drop for FreshSignIn<'_> {
    fn drop(&mut self) {
        if self.held.is_empty() {
            return;
        }
        // Nothing has come of it, so nothing of it stays.
        self.kept = None;
        if let Err(failure) = self.release() {
            terminal::warn(&failure.message);
        }
    }
}

impl Session {
    /// Signs an account in anew and holds what that makes. `None` if a person skips it.
    ///
    /// Where the server guards such acts by a token of their own, that token acts; one for everyday use is made
    /// beside it only where that takes no second code, for the app's works once.
    pub fn sign_in_anew(
        &self,
        candidate: &Candidate,
        probe: Probe,
    ) -> Result<Option<FreshSignIn<'_>>, Failure> {
        let host = &candidate.host;
        self.http.renew_time();
        self.learn_provider(host, Some(probe.provider));
        let server = provider::account_server(probe.provider, host, &self.http);
        if probe.offers_password {
            return self.with_password(candidate, &*server);
        }
        self.in_browser(candidate)
    }

    fn in_browser(&self, candidate: &Candidate) -> Result<Option<FreshSignIn<'_>>, Failure> {
        let host = &candidate.host;
        let mut person = Prompter::open().map_err(|reason| {
            Failure::not_signed_in(format!(
                "signing in to `{host}` requires a browser and a terminal: {reason}"
            ))
            .hint(format!("run `keybelt lockdown {host}` on a terminal"))
        })?;
        let expected = expected_name(candidate);
        let who = expected.map(|name| format!(" as {name}")).unwrap_or_default();
        let question = format!("Sign in to {host}{who} in a browser now? Enter skips it.");
        if !person.confirm(&question)? {
            return Ok(None);
        }
        let outcome = web::hold(self, host, expected)?;
        Ok(Some(self.held(host, outcome, None)))
    }

    fn with_password(
        &self,
        candidate: &Candidate,
        server: &dyn AccountServer,
    ) -> Result<Option<FreshSignIn<'_>>, Failure> {
        let host = &candidate.host;
        let Some(username) = self.username_of(candidate)? else {
            return Ok(None);
        };
        if username.is_of_single_sign_on() {
            return Err(Failure::refused(format!(
                "{username} signs in with single sign-on and has no password"
            ))
            .hint("revoke its sessions where the organization manages its sign-ins"));
        }
        let secrets = &self.options.secrets;
        let tries = secrets.password_tries(host)?;
        let mut number = 1;
        while let Some(password) = secrets.password_unless_skipped(host, &username)? {
            match self.attempt(host, server, &username, &password) {
                Err(SignInFailure::Password(_)) if number < tries => {
                    terminal::say(&format!("The password was refused ({number} of {tries})"));
                    number += 1;
                }
                outcome => return outcome.map(Some).map_err(SignInFailure::into_failure),
            }
        }
        Ok(None)
    }

    fn attempt(
        &self,
        host: &Host,
        server: &dyn AccountServer,
        username: &AccountName,
        password: &SecretString,
    ) -> Result<FreshSignIn<'_>, SignInFailure> {
        self.http.renew_time();
        let lifetime = usual_lifetime(self)?;
        let (scope, expires_in) = match server.needs_elevated_token() {
            true => (Scope::Elevated, Lifetime::ELEVATED),
            false => (Scope::Manage, lifetime),
        };
        let description = format!("keybelt on {}", environment::machine_name());
        let saver = |asked| TokenSaver {
            asked: Some(asked),
            typed: Some(username),
            is_held: true,
            ..TokenSaver::new(self, host, server, Origin::Password)
        };
        let request = SignIn {
            username,
            password,
            code: None,
            previous_attempt: None,
            description: &description,
            expires_in,
            scope,
        };
        let keep = |new: &NewToken| saver(expires_in).save(new);
        let dialog = SignInDialog { session: self, host, server, request, keep: &keep };
        let known = dialog.known_code()?;
        let (outcome, _) = dialog.run(false, known)?;
        if scope == Scope::Manage {
            return Ok(self.held(host, outcome, None));
        }
        let has_no_code = outcome.account.two_factor.as_ref().is_some_and(|state| !state.enabled);
        let everyday = SignIn { scope: Scope::Manage, expires_in: lifetime, ..request };
        let _deferred = signal::defer_signals();
        let second = match has_no_code.then(|| server.sign_in(&everyday)) {
            Some(Ok(SignInAnswer::SignedIn(new))) => saver(lifetime).save(&new).ok(),
            // What acts is there; that nothing is kept beside it is said in the end.
            _ => None,
        };
        Ok(self.held(host, outcome, Some(second)))
    }

    /// Holds what acts; `everyday` is what is kept beside it, where another token acts than is kept.
    fn held(
        &self,
        host: &Host,
        acting: Outcome,
        everyday: Option<Option<Outcome>>,
    ) -> FreshSignIn<'_> {
        let account = acting.account.clone();
        let kept = match &everyday {
            None => Some(acting.stored.clone()),
            Some(beside) => beside.as_ref().map(|outcome| outcome.stored.clone()),
        };
        let is_elevated = everyday.is_some();
        let outcomes = [Some((acting, is_elevated)), everyday.flatten().map(|it| (it, false))];
        let held = outcomes.into_iter().flatten().filter_map(|(outcome, is_elevated)| {
            let entry = outcome.stored.entry;
            Some(HeldToken {
                credential: Credential::new(host, entry.token?, Source::SignIn)
                    .known_as(Some(&outcome.stored.account)),
                id: entry.token_id,
                is_own: entry.origin.is_own(),
                is_elevated,
                cleanup: outcome.held,
            })
        });
        FreshSignIn { session: self, host: host.clone(), account, held: held.collect(), kept }
    }

    /// Returns whom to sign in: the stored account, an option or setting, or a person's answer; `None` if there
    /// is none.
    fn username_of(&self, candidate: &Candidate) -> Result<Option<AccountName>, Failure> {
        const VARIABLE: &str = "KEYBELT_USERNAME";
        let host = &candidate.host;
        if let Some(name) = expected_name(candidate).or(self.options.account.as_ref()) {
            return Ok(Some(name.clone()));
        }
        let named = match environment::text(VARIABLE)? {
            Some(name) => Some((name, VARIABLE)),
            None => self.configured(host, &setting::USERNAME).map(|name| (name, "username")),
        };
        if let Some((name, source)) = named {
            return AccountName::parse(&name).map(Some).map_err(|failure| failure.about(source));
        }
        let mut person = Prompter::open().map_err(|reason| {
            Failure::not_signed_in(format!(
                "a user name for `{host}` is required, but keybelt cannot prompt: {reason}"
            ))
            .hint("set KEYBELT_USERNAME, or use --account")
        })?;
        let name = person.ask(&format!("User name or email at {host} (Enter skips it): "))?;
        if name.trim().is_empty() { Ok(None) } else { AccountName::parse(&name).map(Some) }
    }
}

/// Returns the stored account's name. What Terraform stored lies under a name that no server knows.
fn expected_name(candidate: &Candidate) -> Option<&AccountName> {
    let stored = candidate.stored.as_ref()?;
    (stored.entry.origin != Origin::Helper).then_some(&stored.account)
}
