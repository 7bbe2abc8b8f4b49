//! Sudo mode: proving again that it is you, before an act that could lock you out or let somebody in.
//!
//! A guard against a slip and an unattended screen, not against a program that runs as you. Where the server
//! guards such acts itself, an elevated token is the proof ([`super::elevation`]).

use secrecy::SecretString;

use super::new_token::revoke_unused;
use super::{Session, SignedIn, outer_exec, settings};
use crate::account::{Account, AccountName, Holder};
use crate::environment;
use crate::failure::Failure;
use crate::host::Host;
use crate::lifetime::Lifetime;
use crate::provider::{AccountServer, Scope, SignIn, SignInAnswer};
use crate::setting;
use crate::signal;
use crate::store::{Entry, Stored};
use crate::terminal;
use crate::terminal::prompt::Prompter;
use crate::text;
use crate::token::{Origin, Source};

/// What an act is called when it is guarded.
#[derive(Debug, Clone, Copy)]
pub struct SensitiveAction<'a> {
    /// What is going to be done: `disabling two-factor authentication`.
    pub what: &'a str,
    /// The name to type where the server checks no password; the account's own, if `None`.
    pub name: Option<&'a str>,
}

impl<'a> SensitiveAction<'a> {
    /// An act that concerns the account itself.
    pub fn of_account(what: &'a str) -> Self {
        Self { what, name: None }
    }
}

/// What is stored of the account that a proof is for, if anything is.
struct ProofTarget(Option<Stored>);

impl ProofTarget {
    fn entry(&self) -> Option<&Entry> {
        self.0.as_ref().map(|stored| &stored.entry)
    }
}

impl Session {
    /// Has a guarded act proven: by an elevated token where the server wants one, else by the password unless
    /// that was proven within `sudo_window`, else by typing a name. A token from the environment is not
    /// asked about: it bypasses, as on the servers.
    pub fn require_sudo_mode(
        &self,
        host: &Host,
        action: &SensitiveAction<'_>,
    ) -> Result<(), Failure> {
        let signed_in = self.signed_in_for(host, None)?;
        let server = self.server(host, signed_in.entry());
        if server.needs_elevated_token() {
            return self.elevate(host);
        }
        let Some(target) = self.proof_target(host, &signed_in)? else {
            return Ok(());
        };
        if self.sudo_until(host, target.entry())?.is_some() || is_fresh(&signed_in) {
            return Ok(());
        }
        let needs =
            |failure: Failure| failure.within(format_args!("{} needs sudo mode", action.what));
        let account = self.account(host)?;
        // A team has no password, and who signs in elsewhere has none here.
        let has_password = account.holder == Holder::User && account.managed_by.is_none();
        if has_password && server.offers_password_sign_in()? {
            terminal::say(&format!("{} needs sudo mode", capitalized(action.what)));
            return self.prove_password(host, &*server, &account, &target).map_err(needs);
        }
        self.confirm_name(host, action.name.unwrap_or(account.name.as_str())).map_err(needs)
    }

    /// Proves the password now, whether or not that is needed yet.
    pub fn confirm_password(&self, host: &Host) -> Result<Account, Failure> {
        let account = self.account(host)?;
        let signed_in = self.signed_in(host)?;
        let server = self.server(host, signed_in.entry());
        if server.needs_elevated_token() {
            return Err(Failure::refused(format!(
                "`{host}` asks for confirmation with every sensitive command"
            ))
            .hint("such a command asks for the password by itself"));
        }
        let Some(target) = self.proof_target(host, &signed_in)? else {
            return Err(Failure::usage(format!(
                "the token from {} is used as it is; sudo mode is for stored tokens",
                signed_in.credential.source
            )));
        };
        if target.0.is_none() {
            return Err(Failure::usage(format!(
                "the token from {} is not in keybelt's store, so each command that needs sudo mode asks again",
                signed_in.credential.source
            ))
            .hint("import it with `keybelt import`"));
        }
        if !server.offers_password_sign_in()? {
            return Err(Failure::refused(format!("`{host}` does not accept passwords from tools"))
                .hint("commands that need sudo mode there ask for a name to be typed, each time"));
        }
        if !is_fresh(&signed_in) {
            self.prove_password(host, &*server, &account, &target)?;
        }
        Ok(account)
    }

    /// Forgets that the password was proven. Returns whose proof it was; `None` if nothing was stored.
    pub fn end_sudo_mode(&self, host: &Host) -> Result<Option<AccountName>, Failure> {
        let Some(stored) = self.store.find(host, self.options.account.as_ref())? else {
            return Ok(None);
        };
        self.note_proof(&stored, None)?;
        Ok(Some(stored.account))
    }

    /// Notes that the password of the host's account was given and taken just now.
    pub fn note_password(&self, host: &Host) -> Result<(), Failure> {
        let signed_in = self.signed_in(host)?;
        match self.proof_target(host, &signed_in)?.and_then(|target| target.0) {
            Some(stored) => self.note_proof(&stored, self.sudo_window()?),
            None => Ok(()),
        }
    }

    /// Returns until when sudo mode lasts for a stored entry, if it does. Where each act wants a proof of its
    /// own it never does.
    pub fn sudo_until(
        &self,
        host: &Host,
        entry: Option<&Entry>,
    ) -> Result<Option<jiff::Timestamp>, Failure> {
        let window = self.sudo_window()?;
        let entry = entry.filter(|entry| !self.server(host, Some(entry)).needs_elevated_token());
        Ok(entry.and_then(|entry| entry.sudo_until(environment::now(), window)))
    }

    /// Returns for how long a proof counts; `None` if not at all.
    pub fn sudo_window(&self) -> Result<Option<Lifetime>, Failure> {
        let window = |text: &str| match text.trim() {
            "0" => Ok(None),
            text => Lifetime::parse(text).map(Some),
        };
        settings::parsed(&setting::SUDO_WINDOW, None, &self.options.config, window)
    }

    /// Returns whose proof a credential needs; `None` if it bypasses.
    fn proof_target(
        &self,
        host: &Host,
        signed_in: &SignedIn,
    ) -> Result<Option<ProofTarget>, Failure> {
        if !matches!(signed_in.credential.source, Source::Variable(_)) {
            return Ok(Some(ProofTarget(signed_in.stored.clone())));
        }
        // What `exec` put into the environment is a stored token all the same.
        let Some(account) = outer_exec::account_of(host)? else {
            return Ok(None);
        };
        Ok(Some(ProofTarget(self.store.find(host, Some(&account))?)))
    }

    fn prove_password(
        &self,
        host: &Host,
        server: &dyn AccountServer,
        account: &Account,
        target: &ProofTarget,
    ) -> Result<(), Failure> {
        let secrets = &self.options.secrets;
        secrets.require_password(host).map_err(|failure| {
            failure.hint("use --password-stdin or --password-command, or run `keybelt sudo` on a terminal first; a token from the environment is not asked about")
        })?;
        let tries = secrets.password_tries(host)?;
        for number in 1..=tries {
            let password = secrets.password(host, &account.name)?;
            if accepts_password(host, server, &account.name, &password)? {
                if let Some(stored) = &target.0 {
                    self.note_proof(stored, self.sudo_window()?)?;
                }
                return Ok(());
            }
            if number < tries {
                terminal::say(&format!("The password was refused ({number} of {tries})"));
            }
        }
        Err(Failure::refused(format!("`{host}` refused the password of {}", account.name)))
    }

    /// Writes down that the password was proven now, or with `None` that it was not.
    fn note_proof(&self, of: &Stored, window: Option<Lifetime>) -> Result<(), Failure> {
        let Stored { host, account, .. } = of;
        self.store.change(|tokens| {
            if let Some(mut entry) = tokens.entry(host, account) {
                entry.authenticated_at = window.map(|_| environment::now());
                entry.sudo_window = window;
                tokens.put(host, account, &entry);
            }
            Ok(())
        })
    }

    /// Where no password can be checked, a name that has to be typed still stops a slip. Where nobody types
    /// there is no slip: a script is taken at its word.
    fn confirm_name(&self, host: &Host, name: &str) -> Result<(), Failure> {
        if self.options.yes {
            return Ok(());
        }
        let Ok(mut prompter) = Prompter::open() else {
            return Ok(());
        };
        let shown = text::escape(name).into_owned();
        let typed = prompter.ask(&format!(
            "{host} does not accept passwords from tools. Type {shown} to continue: "
        ))?;
        if typed.trim() == name {
            return Ok(());
        }
        Err(Failure::usage(format!("that was not `{shown}`; nothing was changed")))
    }
}

/// Returns whether this very command has just asked for the password.
fn is_fresh(signed_in: &SignedIn) -> bool {
    signed_in.credential.source == Source::SignIn
        && signed_in.entry().is_some_and(|entry| entry.origin == Origin::Password)
}

/// Asks the server whether a password is right. A request for a code says that it is; a token that comes back
/// instead was not wanted and ends at once.
fn accepts_password(
    host: &Host,
    server: &dyn AccountServer,
    username: &AccountName,
    password: &SecretString,
) -> Result<bool, Failure> {
    let _deferred = signal::defer_signals();
    let description = format!("keybelt on {}: sudo mode", environment::machine_name());
    let answer = server.sign_in(&SignIn {
        username,
        password,
        code: None,
        previous_attempt: None,
        description: &description,
        expires_in: Lifetime::DEFAULT,
        scope: Scope::Manage,
    })?;
    match answer {
        SignInAnswer::CodeRequired(_) => Ok(true),
        SignInAnswer::PasswordRefused | SignInAnswer::CodeRefused { .. } => Ok(false),
        SignInAnswer::SignedIn(new) => {
            revoke_unused(host, server, &new)?;
            Ok(true)
        }
    }
}

fn capitalized(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}
