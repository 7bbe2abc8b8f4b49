//! Everything that a sandbox knows, behind one lock. A handler gets it whole, so that a request is
//! one transaction.

use std::ops::RangeInclusive;
use std::sync::mpsc::Sender;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use jiff::Timestamp;
use tokio::sync::OnceCell;

mod aptible;
mod lockout;

use aptible::Aptible;

use crate::account::{Account, Accounts, Code, Delivery, TwoFactor, six_digits};
use crate::archive::Links;
use crate::clock::Clock;
use crate::exchange::Call;
use crate::fault::Faults;
use crate::grant::Grants;
use crate::limit::{Limiter, Rule, Standing};
use crate::options::{Generation, Options};
use crate::organization::{AuthPolicy, Organization, Role};
use crate::outbox::{Outbox, Text};
use crate::password::PasswordHash;
use crate::random;
use crate::ready::{ReadyAccount, ReadyTwoFactor};
use crate::request_log::{Request, RequestLog};
use crate::session::Sessions;
use crate::signing_key::SigningKey;
use crate::token::{self, LiveToken, NewToken, Presented, Scope, TokenRecord, Tokens};

/// Something that happened in a sandbox.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// A text was "sent".
    Text(Text),
    /// A request was answered, or its connection broken off on purpose.
    Request(Request),
}

/// All that a sandbox knows.
#[derive(Debug)]
pub(crate) struct State {
    pub(crate) generation: Generation,
    pub(crate) callback_ports: RangeInclusive<u16>,
    pub(crate) clock: Clock,
    pub(crate) accounts: Accounts,
    pub(crate) tokens: Tokens,
    pub(crate) presented: Presented,
    pub(crate) sessions: Sessions,
    pub(crate) grants: Grants,
    pub(crate) organization: Organization,
    pub(crate) aptible: Aptible,
    pub(crate) archive_links: Links,
    pub(crate) outbox: Outbox,
    pub(crate) limiter: Limiter,
    pub(crate) faults: Faults,
    pub(crate) requests: RequestLog,
    /// What makes the control URL unknown to others: 128 bits.
    pub(crate) control_secret: String,
    observers: Vec<Sender<Event>>,
}

impl State {
    /// Makes the accounts; also returns what nobody can know later, their passwords and tokens.
    pub(crate) fn new(options: &Options) -> (State, Vec<ReadyAccount>) {
        let clock = Clock::default();
        let organization = Organization::new("acme", options.members, clock.now());
        let mut state = State {
            generation: options.generation,
            callback_ports: options.callback_ports.clone(),
            clock,
            accounts: Accounts::default(),
            tokens: Tokens::default(),
            presented: Presented::default(),
            sessions: Sessions::default(),
            grants: Grants::default(),
            organization,
            aptible: Aptible::new(options),
            archive_links: Links::default(),
            outbox: Outbox::default(),
            limiter: Limiter::new(options.limits),
            faults: Faults::new(options.faults.clone()),
            requests: RequestLog::default(),
            control_secret: random::hexadecimal(32),
            observers: Vec::new(),
        };
        let alice = Credentials::new();
        let app = Some((Delivery::App, None));
        let sms = Some((Delivery::Sms, Some("+15555550134")));
        let accounts = vec![
            state.add_named("alice", &alice, None, Role::Member),
            state.add_named("bob", &Credentials::new(), app, Role::Member),
            state.add_named("carol", &Credentials::new(), sms, Role::Member),
            state.add_named("olivia", &Credentials::new(), app, Role::Owner),
        ];
        for number in 1..=options.accounts {
            state.accounts.add(Account::new(&format!("user-{number}"), &alice.hash));
        }
        (state, accounts)
    }

    pub(crate) fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// Returns whether an account has to enrol in two-factor authentication before it sees a page.
    /// Its tokens go on working.
    pub(crate) fn must_enrol(&self, account: usize) -> bool {
        self.organization.settings.policy == AuthPolicy::TwoFactorMandatory
            && self.organization.role(account) != Role::Stranger
            && !self.accounts.get(account).has_verified_two_factor()
    }

    /// Returns until when a token of this account may live, if its organization limits that.
    pub(crate) fn latest_expiry(&self, account: usize) -> Option<Timestamp> {
        let organization = &self.organization;
        let limited =
            organization.settings.max_ttl_enabled && organization.role(account) != Role::Stranger;
        let expiry = || self.now().checked_add(organization.token_limits.of_users());
        limited.then(expiry)?.ok()
    }

    /// Makes a token, which lives no longer than it may.
    pub(crate) fn create_token(
        &mut self,
        owner: usize,
        mut new: NewToken,
        now: Timestamp,
    ) -> (String, TokenRecord) {
        if let Some(latest) = self.latest_expiry(owner) {
            let asked = new.expires_at.unwrap_or_else(|| token::default_expiry(now));
            new.expires_at = Some(asked.min(latest));
        }
        self.tokens.create(owner, new, now)
    }

    /// Counts a request under the rules given, or returns how its caller stands under an exhausted one.
    pub(crate) fn count(&mut self, rules: &[(&Rule, &str)]) -> Result<(), Standing> {
        let now = self.now();
        self.limiter.take(rules, now)
    }

    /// Sends an account a code, if there is a number to send it to; returns that number.
    pub(crate) fn text_code(&mut self, owner: usize) -> Option<String> {
        let now = self.now();
        let text = self.accounts.get_mut(owner).two_factor.as_mut()?.new_text(now)?;
        let to = text.to.clone();
        self.send(text);
        Some(to)
    }

    /// "Sends" a text.
    fn send(&mut self, text: Text) {
        self.outbox.push(text.clone());
        self.announce(&Event::Text(text));
    }

    /// Returns the record of the token by which a caller authenticates, if it is live.
    pub(crate) fn authenticate(&mut self, call: &Call) -> Option<TokenRecord> {
        let now = self.now();
        self.tokens.authenticate(call.token()?, now)
    }

    /// Records the answer to a request.
    pub(crate) fn finish(&mut self, number: usize, status: Option<u16>) {
        if let Some(request) = self.requests.finish(number, status) {
            let event = Event::Request(request.clone());
            self.announce(&event);
        }
    }

    pub(crate) fn observe(&mut self, observer: Sender<Event>) {
        self.observers.push(observer);
    }

    /// Returns whether a token is live in its dialect.
    pub(crate) fn accepts(&self, token: &str) -> bool {
        let stores = [&self.tokens, &self.aptible.tokens];
        stores.iter().any(|tokens| tokens.accepts(token, self.now()))
    }

    /// Returns the live tokens of both dialects, oldest first.
    pub(crate) fn live_tokens(&self) -> Vec<LiveToken> {
        let now = self.now();
        let mut live = self.tokens.live(now);
        live.extend(self.aptible.tokens.live(now));
        live.sort_by_key(|record| record.created_at);
        let live = live.into_iter();
        live.map(|record| LiveToken {
            username: self.accounts.get(record.owner).username.clone(),
            id: record.id.clone(),
            description: record.description.clone().unwrap_or_default(),
            scope: record.scope.map(Scope::name),
            token_hash: record.hash_text(),
            created_at: record.created_at,
            expires_at: record.expires_at,
        })
        .collect()
    }

    /// Returns an account's present verification code.
    ///
    /// What is being set up through the Aptible dialect counts until something is verified.
    pub(crate) fn code(&self, username: &str) -> Option<Code> {
        let owner = self.accounts.index_by_username(username)?;
        let account = self.accounts.get(owner);
        let verified = account.two_factor.as_ref().filter(|it| it.verified);
        let ways = [
            verified.filter(|it| it.delivery == Delivery::App),
            self.aptible.newest_unconfirmed(owner),
            account.two_factor.as_ref(),
        ];
        let two_factor = ways.into_iter().flatten().next()?;
        two_factor.present_code(self.now())
    }

    fn announce(&mut self, event: &Event) {
        self.observers.retain(|observer| observer.send(event.clone()).is_ok());
    }

    fn add_named(
        &mut self,
        username: &str,
        credentials: &Credentials,
        delivery: Option<(Delivery, Option<&str>)>,
        role: Role,
    ) -> ReadyAccount {
        let mut account = Account::new(username, &credentials.hash);
        account.two_factor = delivery.map(|(delivery, number)| {
            let mut two_factor = TwoFactor::new(delivery, number.map(str::to_owned));
            two_factor.make_verified(six_digits);
            two_factor
        });
        let mut ready = ready_account(&account, &credentials.password);
        let index = self.accounts.add(account);
        self.organization.admit(index, role);
        let now = self.now();
        let token = NewToken::described("Made when the sandbox started");
        ready.token = self.create_token(index, token, now).0;
        ready
    }
}

fn ready_account(account: &Account, password: &str) -> ReadyAccount {
    let two_factor = account.two_factor.as_ref();
    ReadyAccount {
        username: account.username.clone(),
        email: account.email.clone(),
        password: password.to_owned(),
        token: String::new(),
        two_factor: two_factor.map(|two_factor| ReadyTwoFactor {
            delivery: two_factor.delivery.name().to_owned(),
            secret: two_factor.secret.clone(),
            sms_number: two_factor.sms_number.clone(),
        }),
        recovery_codes: two_factor.map(|it| it.recovery_codes.clone()).unwrap_or_default(),
    }
}

struct Credentials {
    password: String,
    hash: Arc<PasswordHash>,
}

impl Credentials {
    fn new() -> Credentials {
        let password = random::alphanumeric(20);
        let hash = Arc::new(PasswordHash::new(&password));
        Credentials { password, hash }
    }
}

/// The state, shared between the server's thread and the program that started it.
#[derive(Clone, Debug)]
pub(crate) struct Shared {
    state: Arc<Mutex<State>>,
    signing_key: Arc<OnceCell<SigningKey>>,
}

impl Shared {
    pub(crate) fn new(state: State) -> Shared {
        Shared { state: Arc::new(Mutex::new(state)), signing_key: Arc::default() }
    }

    /// Returns the key that signs tokens of the Aptible dialect; makes it in a thread of its own
    /// when it is first needed, so that no start waits for it.
    pub(crate) async fn signing_key(&self) -> &SigningKey {
        let make = || async {
            let made = tokio::task::spawn_blocking(SigningKey::generate).await;
            made.expect("the system has a thread to make a key in")
        };
        self.signing_key.get_or_init(make).await
    }

    /// Locks the state. A handler that panicked did so before the server answered, so what it left
    /// behind is no worse than a request that never came.
    pub(crate) fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
