//! One command's view of the world: which account server, which credential, and signing in for it.
//!
//! It decides where a token may go and never prints results. Only it and the commands ask a person.

use std::any::Any;
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::Duration;

use jiff::Timestamp;

use crate::account::{Account, AccountName};
use crate::clock_skew::ClockSkew;
use crate::environment;
use crate::failure::{Failure, Kind};
use crate::host::Host;
use crate::http::Http;
use crate::lifetime::{self, Lifetime};
use crate::process;
use crate::provider::{self, AccountServer, Capability};
use crate::provider_name::ProviderName;
use crate::setting::{self, Setting};
use crate::signal;
use crate::store::config::{Config, Key};
use crate::store::{Entry, Stored, TokenStore};
use crate::terminal;
use crate::terminal::prompt::Prompter;
use crate::token::{Credential, Source};
use crate::two_factor::VerificationCode;

mod aptible_sync;
pub mod code;
pub mod confirmation;
pub mod credential;
pub mod elevation;
pub mod fresh_sign_in;
pub mod interrupted_rotation;
mod members;
pub mod mistyped_variable;
pub mod new_token;
pub mod outer_exec;
pub mod secret_sources;
pub mod settings;
pub mod sign_in;
mod spent_code;
pub mod stored_token;
pub mod sudo;
pub mod target;
pub mod token_state;
pub mod web;

use credential::Lookup;
use secret_sources::SecretSources;
use target::Target;

/// What the options and variables of every command came to.
#[derive(Debug)]
pub struct Options {
    /// `--host` or `HOST`, unparsed.
    pub host: Option<String>,
    /// `--account`: a stored account; the environment is skipped then.
    pub account: Option<AccountName>,
    /// `--provider`.
    pub provider: Option<ProviderName>,
    /// What `config.toml` says.
    pub config: Config,
    /// `--store`.
    pub store: Option<String>,
    /// `-o json`.
    pub json: bool,
    /// Whether a stored token that is dead may be replaced by a sign-in in between.
    pub in_place: bool,
    /// `--yes`.
    pub yes: bool,
    /// `--timeout`.
    pub timeout: Duration,
    /// `--ca-file`.
    pub ca_file: Option<PathBuf>,
    /// Where passwords and codes come from.
    pub secrets: SecretSources,
}

/// One command at work.
pub struct Session {
    /// The options.
    pub options: Options,
    /// The HTTP client.
    pub http: Http,
    /// The token store.
    pub store: TokenStore,
    /// What was found out of hosts' dialects.
    providers: RefCell<BTreeMap<Host, ProviderName>>,
    /// Codes that this command has sent: none goes out twice.
    sent_codes: RefCell<Vec<VerificationCode>>,
    /// The token for guarded acts, while a command has one.
    elevated: RefCell<Option<elevation::Elevated>>,
}

/// A credential that is being used, and whose it is.
#[derive(Debug, Clone)]
pub struct SignedIn {
    /// The token and where it came from.
    pub credential: Credential,
    /// What is stored of it, if it came from the store.
    pub stored: Option<Stored>,
}

impl SignedIn {
    /// A stored token that is in use.
    pub fn stored(credential: Credential, stored: Stored) -> Self {
        Self { credential, stored: Some(stored) }
    }

    /// Returns the account, where the store knows it.
    pub fn account(&self) -> Option<&AccountName> {
        self.stored.as_ref().map(|stored| &stored.account)
    }

    /// Returns the stored entry, if it came from the store.
    pub fn entry(&self) -> Option<&Entry> {
        self.stored.as_ref().map(|stored| &stored.entry)
    }
}

impl Drop for Session {
    /// Ends the elevated token and tells what the store noticed, whichever way the command went.
    fn drop(&mut self) {
        self.revoke_elevated();
        for notice in self.store.take_notices() {
            terminal::warn(&notice);
        }
    }
}

impl Session {
    /// Prepares a session; nothing is read yet but the environment. From now on signals end in order.
    pub fn new(options: Options) -> Result<Self, Failure> {
        signal::watch();
        let http = Http::new(options.timeout, options.ca_file.clone(), say_wait).showing(show_wait);
        let config = options.config.clone();
        let asked = Box::new(move || stored_token::store_options(&config));
        let store = TokenStore::new(environment::config_dir()?, asked);
        Ok(Self {
            options,
            http,
            store,
            providers: RefCell::default(),
            sent_codes: RefCell::default(),
            elevated: RefCell::default(),
        })
    }

    /// Returns the host that the options name, for commands that are about every host otherwise.
    pub fn named_host(&self) -> Result<Option<Host>, Failure> {
        self.options.host.as_deref().map(Host::typed).transpose()
    }

    /// Returns the host that an option or `KEYBELT_HOST` chooses.
    #[cfg(feature = "sandbox")]
    pub fn chosen_host(&self) -> Result<Option<Host>, Failure> {
        Ok(target::chosen(self.named_host()?)?.map(|target| target.host))
    }

    /// Fails, before anything is asked or sent, if there is no credential or the server does not offer it.
    pub fn require_offer(&self, host: &Host, capability: Capability) -> Result<(), Failure> {
        credential::find(self, host)?;
        self.known_server(host).offers(capability).or_refuse()
    }

    /// Returns the account server that this command is about, and why that one.
    pub fn target(&self) -> Result<Target, Failure> {
        target::resolve(self.named_host()?, &self.store)
    }

    /// Returns the dialect of a host: what is known of it, else what its root document tells.
    pub fn provider(&self, host: &Host, entry: Option<&Entry>) -> ProviderName {
        self.known_provider(host, entry).unwrap_or_else(|| {
            let found = provider::detect(host, &self.http);
            self.learn_provider(host, Some(found));
            found
        })
    }

    /// Returns the dialect of a host as far as it is known here: the option, the stored entry, the
    /// configuration, well-known hosts, and where its token was found.
    pub fn known_provider(&self, host: &Host, entry: Option<&Entry>) -> Option<ProviderName> {
        let stored = || self.store.find(host, None).ok();
        self.options
            .provider
            .or(entry.map(|entry| entry.provider))
            .or_else(|| stored()?.map(|stored| stored.entry.provider))
            .or_else(|| ProviderName::new(&self.configured(host, &setting::PROVIDER)?))
            .or_else(|| host.known_provider())
            .or_else(|| self.providers.borrow().get(host).copied())
    }

    /// Remembers the dialect of a host, for as long as this process lives.
    fn learn_provider(&self, host: &Host, provider: Option<ProviderName>) {
        if let Some(provider) = provider {
            self.providers.borrow_mut().insert(host.clone(), provider);
        }
    }

    /// Returns what is configured for a host.
    pub fn configured(&self, host: &Host, setting: &'static Setting) -> Option<String> {
        self.options.config.get(&Key::of_host(host, setting))
    }

    /// Returns the account server of a host.
    pub fn server<'a>(
        &'a self,
        host: &'a Host,
        entry: Option<&Entry>,
    ) -> Box<dyn AccountServer + 'a> {
        provider::account_server(self.provider(host, entry), host, &self.http)
    }

    /// Returns the account server of a host that a credential is held for. Nobody is asked which one it is.
    pub fn known_server<'a>(&'a self, host: &'a Host) -> Box<dyn AccountServer + 'a> {
        // Where the credential is found says whose it is; that there may be none is said by who needs one.
        let _ = self.signed_in(host);
        let provider = self.known_provider(host, None);
        provider::account_server(provider.unwrap_or(ProviderName::Atlas), host, &self.http)
    }

    /// Returns the credential for a host.
    pub fn signed_in(&self, host: &Host) -> Result<SignedIn, Failure> {
        match credential::find(self, host)? {
            Lookup::Usable(signed_in) => Ok(*signed_in),
            Lookup::Expired(stored) => Err(expired(&stored)),
        }
    }

    /// Returns the credential for a host that outlives this command, whatever else the command holds.
    pub fn unelevated_credential(&self, host: &Host) -> Result<Credential, Failure> {
        match credential::find_unelevated(self, host)? {
            Lookup::Usable(signed_in) => Ok(signed_in.credential),
            Lookup::Expired(stored) => Err(expired(&stored)),
        }
    }

    /// Returns the time by a server's clock, by which tokens expire: as it told this process, else as the
    /// sign-in has shown.
    pub fn server_time(&self, stored: &Stored) -> Timestamp {
        let now = environment::now();
        match self.http.server_now(&stored.host) {
            Some(told) if ClockSkew::from_server(told).is_some() => told,
            Some(_) => now,
            None => stored.entry.server_time(now),
        }
    }

    /// Returns whether a stored token counts as expired.
    pub fn is_expired(&self, stored: &Stored) -> bool {
        stored.entry.is_expired(self.server_time(stored))
    }

    /// Returns whether a stored token has less time left than was asked for, if anything was.
    pub fn is_short(&self, stored: Option<&Stored>, wanted: Option<Lifetime>) -> bool {
        stored.zip(wanted).is_some_and(|(stored, wanted)| self.has_less_than(stored, wanted))
    }

    /// Returns whether a stored token has less time left than `wanted`; one whose end is not known has enough.
    pub fn has_less_than(&self, stored: &Stored, wanted: Lifetime) -> bool {
        let left = |deadline| lifetime::remaining(self.server_time(stored), deadline);
        let deadline = stored.entry.deadline();
        deadline.is_some_and(|deadline| left(deadline).is_none_or(|left| left < wanted))
    }

    /// Returns a credential that works for as long as `wanted`, signing in again in place if a stored one does
    /// not and a password can be had. The server is not asked about it.
    pub fn signed_in_for(
        &self,
        host: &Host,
        wanted: Option<Lifetime>,
    ) -> Result<SignedIn, Failure> {
        let (why, account) = match credential::find(self, host)? {
            Lookup::Expired(stored) => (expired(&stored), stored.account),
            Lookup::Usable(signed_in) => match (&signed_in.stored, wanted) {
                (Some(stored), Some(wanted)) if self.has_less_than(stored, wanted) => {
                    let account = &stored.account;
                    (self.too_short("the token", host, account, wanted)?, account.clone())
                }
                _ => return Ok(*signed_in),
            },
        };
        let new = self.sign_in_again(host, &account, why, wanted)?;
        // The server may give less than was asked for.
        match (&new.stored, wanted) {
            (Some(stored), Some(wanted)) if self.has_less_than(stored, wanted) => {
                Err(self.too_short("even the new token", host, &account, wanted)?)
            }
            _ => Ok(new),
        }
    }

    fn too_short(
        &self,
        which: &str,
        host: &Host,
        account: &AccountName,
        wanted: Lifetime,
    ) -> Result<Failure, Failure> {
        let failure = Failure::not_signed_in(format!(
            "{which} for {account} at `{host}` expires in less than {wanted}"
        ));
        Ok(failure.hint(self.login_for(host, wanted)?))
    }

    /// Suggests a sign-in whose token lives for as long as `wanted`.
    pub fn login_for(&self, host: &Host, wanted: Lifetime) -> Result<String, Failure> {
        Ok(match sign_in::usual_lifetime(self)? > wanted {
            true => format!("run `keybelt login {host}`"),
            false => {
                format!("run `keybelt login {host} --expires-in {}`", wanted.with_room().typed())
            }
        })
    }

    /// Signs in again in place, if that is possible here; else fails with `why`.
    fn sign_in_again(
        &self,
        host: &Host,
        account: &AccountName,
        why: Failure,
        wanted: Option<Lifetime>,
    ) -> Result<SignedIn, Failure> {
        if account.is_of_single_sign_on() {
            return Err(
                why.hint("get a new token with single sign-on and pass it with --token-stdin")
            );
        }
        if !self.options.in_place || !self.options.secrets.can_ask_for_password(host) {
            return Err(why);
        }
        terminal::say(&format!("{why}; signing in again"));
        sign_in::again(self, host, account, wanted)
    }

    /// Runs `act` with the host's credential. If a *stored* token has expired or is rejected, signs in
    /// again in place where a person can be asked, and runs it once more.
    pub fn with_credential<T>(
        &self,
        host: &Host,
        act: impl Fn(&dyn AccountServer, &SignedIn) -> Result<T, Failure>,
    ) -> Result<T, Failure> {
        let (why, account) = match credential::find(self, host)? {
            Lookup::Expired(stored) => (expired(&stored), stored.account),
            Lookup::Usable(signed_in) => {
                let server = self.server(host, signed_in.entry());
                let failure = match act(&*server, &signed_in) {
                    Err(failure) if failure.kind == Kind::NotSignedIn => failure,
                    outcome => return outcome,
                };
                match (&signed_in.credential.source, signed_in.stored) {
                    (Source::Store, Some(stored)) => (suggest_login(failure, host), stored.account),
                    (Source::SignIn, _) if self.is_elevated(host) => {
                        return self.with_new_elevation(host, failure, act);
                    }
                    (Source::SignIn, _) => return Err(suggest_login(failure, host)),
                    (source, _) => return Err(rejected(failure, host, source)),
                }
            }
        };
        let again = self.sign_in_again(host, &account, why, None)?;
        let server = self.server(host, again.entry());
        act(&*server, &again)
    }

    /// Runs `act` with another elevated token, where a person can be asked: the first one lives for minutes, and
    /// setting up an app may take longer.
    fn with_new_elevation<T>(
        &self,
        host: &Host,
        why: Failure,
        act: impl Fn(&dyn AccountServer, &SignedIn) -> Result<T, Failure>,
    ) -> Result<T, Failure> {
        if self.options.json || !self.options.secrets.asks_for_password(host)? {
            return Err(why.hint("it took too long; run the command again"));
        }
        self.revoke_elevated();
        terminal::say("The elevated token has expired; please confirm your identity again");
        self.elevate(host)?;
        let signed_in = self.signed_in(host)?;
        let server = self.server(host, signed_in.entry());
        act(&*server, &signed_in)
    }

    /// Returns the account behind the host's credential, signing in again in place if need be.
    pub fn account(&self, host: &Host) -> Result<Account, Failure> {
        self.with_credential(host, |server, signed_in| server.account(&signed_in.credential))
    }
}

fn expired(stored: &Stored) -> Failure {
    let Stored { host, account, .. } = stored;
    suggest_login(
        Failure::not_signed_in(format!("the token of {account} at `{host}` has expired")),
        host,
    )
}

fn suggest_login(failure: Failure, host: &Host) -> Failure {
    failure.hint(format!("run `keybelt login {host}`"))
}

/// Explains a rejected token by what helps where it came from.
fn rejected(failure: Failure, host: &Host, source: &Source) -> Failure {
    match source {
        Source::Variable(_) => failure.hint(format!(
            "replace the token in {source}, or unset it and run `keybelt login {host}`"
        )),
        _ => suggest_login(failure, host),
    }
}

/// Returns what a child gets that asks at the terminal: nothing, where keybelt may not ask either.
pub fn child_terminal() -> Option<process::Terminal> {
    let terminal = process::Terminal { lend: terminal::lend, take_back: terminal::take_back };
    Prompter::open().is_ok().then_some(terminal)
}

/// Shows which server is waited for.
fn show_wait(host: &Host) -> Box<dyn Any> {
    Box::new(terminal::Waiting::start(&format!("waiting for {host}")))
}

/// Says that a server asks to wait.
pub fn say_wait(host: &Host, pause: Duration) {
    terminal::say(&format!("{host} asks to wait {} seconds", pause.as_secs()));
}
