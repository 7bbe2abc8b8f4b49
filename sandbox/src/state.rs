//! Everything that a sandbox knows, behind one lock. A handler gets it whole, so that a request is
//! one transaction.

use std::ops::RangeInclusive;
use std::sync::mpsc::Sender;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use jiff::Timestamp;
use tokio::sync::OnceCell;

mod aptible;
mod belongings;
mod lockout;
mod made_up;

use aptible::Aptible;
pub(crate) use belongings::{Belonging, Device, EmailChange, Invitation, OtpReset, SshKey};

use crate::account::{Account, Accounts, Code, Delivery, TwoFactor, six_digits};
use crate::archive::Links;
use crate::clock::Clock;
use crate::exchange::Call;
use crate::execution_mode::ExecutionMode;
use crate::fault::Faults;
use crate::grant::Grants;
use crate::limit::{Limiter, Rule, Standing};
use crate::options::{Generation, Options, TokenLimitReading};
use crate::organization::{AuthPolicy, OauthToken, Organization, Organizations, Role, Settings};
use crate::outbox::{Mail, Outbox, Text};
use crate::password::PasswordHash;
use crate::random;
use crate::ready::{ReadyAccount, ReadyTwoFactor};
use crate::request_log::{Request, RequestLog};
use crate::session::Sessions;
use crate::signing_key::SigningKey;
use crate::team::{Team, TeamSettings, Visibility};
use crate::token::{self, Holder, LiveToken, NewToken, Presented, Scope, TokenRecord, Tokens};

/// Something that happened in a sandbox.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// A text was "sent".
    Text(Text),
    /// A mail was "sent".
    Mail(Mail),
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
    pub(crate) organizations: Organizations,
    token_limit: TokenLimitReading,
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
        let home = home(options.members, clock.now());
        let mut state = State {
            generation: options.generation,
            callback_ports: options.callback_ports.clone(),
            clock,
            accounts: Accounts::default(),
            tokens: Tokens::default(),
            presented: Presented::default(),
            sessions: Sessions::default(),
            grants: Grants::default(),
            organizations: Organizations::new(home),
            token_limit: options.token_limit,
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
        let mut accounts = vec![
            state.add_named("alice", &alice, None, Role::Member),
            state.add_named("bob", &Credentials::new(), app, Role::Member),
            state.add_named("carol", &Credentials::new(), sms, Role::Member),
            state.add_named("olivia", &Credentials::new(), app, Role::Owner),
        ];
        if options.site_admin {
            accounts.push(state.add_named("root-admin", &Credentials::new(), app, Role::Stranger));
            state.make_administrator("root-admin");
        }
        for number in 1..=options.accounts {
            state.accounts.add(Account::new(&format!("user-{number}"), &alice.hash));
        }
        state.add_made_up_tokens(options.tokens);
        (state, accounts)
    }

    fn make_administrator(&mut self, username: &str) {
        let admin = self.accounts.by_login(username);
        admin.into_iter().for_each(|admin| self.accounts.get_mut(admin).is_admin = true);
        // As the servers have one, for the administrators' own errands.
        let mut service = Account::new("admin-security-maintenance", &Credentials::new().hash);
        service.is_service_account = true;
        self.accounts.add(service);
    }

    /// Makes up tokens of teams and agent pools, so that there is something to look through.
    fn add_made_up_tokens(&mut self, count: u32) {
        let now = self.now();
        let makers = ["olivia", "bob"].map(|name| self.accounts.by_login(name).unwrap_or_default());
        let left = self.accounts.add(Account::invited("left@sandbox.test"));
        self.accounts.delete(left);
        let home = self.organizations.home_mut();
        let holders = if count == 0 { Vec::new() } else { made_up::holders(home, now) };
        for number in 1..=count {
            let token = made_up::token(number, &holders, [makers[0], makers[1], left], now);
            self.tokens.insert(token);
        }
    }

    pub(crate) fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// Returns the organization for which an account has to enrol in two-factor authentication before
    /// it sees a page, if there is one. Its tokens go on working.
    pub(crate) fn demands_enrolment(&self, account: usize) -> Option<&Organization> {
        if self.accounts.get(account).has_verified_two_factor() {
            return None;
        }
        let mut organizations = self.organizations.of(account);
        organizations.find(|it| it.settings.policy == AuthPolicy::TwoFactorMandatory)
    }

    pub(crate) fn must_enrol(&self, account: usize) -> bool {
        self.demands_enrolment(account).is_some()
    }

    /// Returns the organizations whose limits a token of this holder falls under.
    fn limiting(&self, holder: &Holder) -> impl Iterator<Item = &Organization> {
        let organizations = self.organizations.iter().filter(|it| it.settings.max_ttl_enabled);
        organizations.filter(move |organization| match holder {
            Holder::Account(account) => organization.has_member(*account),
            Holder::Organization(id) | Holder::AuditTrail(id) => organization.external_id == *id,
            Holder::Team(id) => organization.teams.get(id).is_some(),
            Holder::AgentPool(_) | Holder::Metrics(_) => false,
        })
    }

    /// Returns until when a new token of this holder may live, if an organization limits that.
    pub(crate) fn latest_expiry(&self, holder: &Holder) -> Option<Timestamp> {
        let kind = holder.limited_kind()?;
        let lifetimes = self.limiting(holder).map(|it| it.token_limits.of(kind));
        self.now().checked_add(lifetimes.min()?).ok()
    }

    /// Returns whether a token lives longer than an organization allows, which shuts it out there at
    /// once. No document says from when on the server counts.
    pub(crate) fn exceeds_limit(&self, token: &TokenRecord, organization: &Organization) -> bool {
        let Some(kind) = token.holder.limited_kind() else {
            return false;
        };
        let since = match self.token_limit {
            TokenLimitReading::SinceCreation => token.created_at,
            TokenLimitReading::FromNow => self.now(),
        };
        organization.settings.max_ttl_enabled
            && token.expires_at.duration_since(since) > organization.token_limits.of(kind)
    }

    /// Makes a token, which lives no longer than it may.
    pub(crate) fn create_token(
        &mut self,
        holder: Holder,
        created_by: Holder,
        mut new: NewToken,
        now: Timestamp,
    ) -> (String, TokenRecord) {
        if let Some(latest) = self.latest_expiry(&holder) {
            let asked = new.expires_at.unwrap_or_else(|| token::default_expiry(now));
            new.expires_at = Some(asked.min(latest));
        }
        self.tokens.create(holder, created_by, new, now)
    }

    /// Makes a user's token, as users make theirs.
    pub(crate) fn create_user_token(
        &mut self,
        owner: usize,
        new: NewToken,
        now: Timestamp,
    ) -> (String, TokenRecord) {
        self.create_token(Holder::Account(owner), Holder::Account(owner), new, now)
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

    /// "Sends" a mail.
    pub(crate) fn mail(&mut self, mail: Mail) {
        self.outbox.push_mail(mail.clone());
        self.announce(&Event::Mail(mail));
    }

    /// "Sends" a text.
    fn send(&mut self, text: Text) {
        self.outbox.push(text.clone());
        self.announce(&Event::Text(text));
    }

    /// Returns the record of the token by which a caller authenticates, if it is live.
    pub(crate) fn authenticate(&mut self, call: &Call) -> Option<TokenRecord> {
        let now = self.now();
        let record = self.tokens.authenticate(call.token()?, now)?;
        let account = record.holder.account();
        let is_suspended = |account: usize| self.accounts.get(account).is_suspended;
        (!account.is_some_and(is_suspended)).then_some(record)
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
            username: match &record.holder {
                Holder::Account(account) => self.accounts.get(*account).name().to_owned(),
                Holder::Organization(id)
                | Holder::Metrics(id)
                | Holder::AuditTrail(id)
                | Holder::Team(id)
                | Holder::AgentPool(id) => id.clone(),
            },
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

    /// Takes an account into the sandbox's own organization.
    fn admit(&mut self, account: usize, role: Role) {
        let now = self.now();
        let home = self.organizations.home_mut();
        match role {
            Role::Owner => home.admit_owner(account, now),
            Role::Member => {
                home.admit(account, false, now);
                let developers = home.teams.named(DEVELOPERS).map(|team| team.id.clone());
                let developers = developers.and_then(|id| home.teams.get_mut(&id));
                developers.into_iter().for_each(|team| team.add(account));
            }
            Role::Stranger => {}
        }
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
        self.admit(index, role);
        let token = NewToken::described("Made when the sandbox started");
        ready.token = self.create_user_token(index, token, self.now()).0;
        ready
    }
}

/// The team of those who own nothing.
const DEVELOPERS: &str = "developers";

/// Makes the sandbox's own organization, still without accounts.
fn home(members: u32, now: Timestamp) -> Organization {
    let mut settings = Settings::new("acme", "acme@sandbox.test");
    settings.default_execution_mode = ExecutionMode::Local;
    let mut home = Organization::new(settings, members, now);
    home.oauth_tokens.push(OauthToken::new("bob", now));
    home.teams.add(Team::new(TeamSettings::new(DEVELOPERS, Visibility::Organization)));
    home
}

fn ready_account(account: &Account, password: &str) -> ReadyAccount {
    let two_factor = account.two_factor.as_ref();
    ReadyAccount {
        username: account.name().to_owned(),
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
