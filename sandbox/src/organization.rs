//! The organization: who belongs to it, who owns it, and what it demands of its members. It knows
//! no route and no document.

use jiff::Timestamp;

use crate::account::Accounts;
use crate::member::{Member, MemberCounts, Synthetic};
use crate::random;
use crate::token_limit::TokenLimits;
use crate::workspace::Workspaces;

/// The organization of a sandbox.
#[derive(Debug)]
pub(crate) struct Organization {
    pub(crate) name: String,
    /// What stays when it is renamed; the name serves as its id.
    pub(crate) external_id: String,
    pub(crate) email: String,
    pub(crate) created_at: Timestamp,
    pub(crate) settings: Settings,
    pub(crate) token_limits: TokenLimits,
    pub(crate) teams: Teams,
    pub(crate) workspaces: Workspaces,
    /// The indices of the accounts that belong to it.
    accounts: Vec<usize>,
    /// How many members are made up, from number 1 on.
    synthetic: u32,
}

/// What an owner can set.
#[derive(Clone, Debug)]
pub(crate) struct Settings {
    pub(crate) policy: AuthPolicy,
    /// After how many idle minutes a browser's session ends; `None`: after 20,160, as documented.
    pub(crate) session_timeout: Option<u32>,
    /// After how many minutes it ends in any case; the same default.
    pub(crate) session_remember: Option<u32>,
    /// Whether users' tokens open what the organization has. Without, only tokens of teams and the
    /// organization do, and this server has none.
    pub(crate) user_tokens_enabled: bool,
    /// Whether the token limits hold.
    pub(crate) max_ttl_enabled: bool,
}

/// What the organization demands of those who sign in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum AuthPolicy {
    Password,
    TwoFactorMandatory,
}

impl AuthPolicy {
    pub(crate) fn name(self) -> &'static str {
        match self {
            AuthPolicy::Password => "password",
            AuthPolicy::TwoFactorMandatory => "two_factor_mandatory",
        }
    }

    pub(crate) fn from_name(name: &str) -> Option<AuthPolicy> {
        [AuthPolicy::Password, AuthPolicy::TwoFactorMandatory]
            .into_iter()
            .find(|policy| policy.name() == name)
    }
}

/// What an account is to the organization.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    Owner,
    Member,
    Stranger,
}

impl Organization {
    /// Makes an organization of made-up members; accounts are admitted afterwards.
    pub(crate) fn new(name: &str, synthetic: u32, now: Timestamp) -> Organization {
        Organization {
            name: name.to_owned(),
            external_id: format!("org-{}", random::alphanumeric(16)),
            email: format!("{name}@sandbox.test"),
            created_at: now,
            settings: Settings {
                policy: AuthPolicy::Password,
                session_timeout: None,
                session_remember: None,
                user_tokens_enabled: true,
                max_ttl_enabled: false,
            },
            teams: Teams { owners: Team::new("owners"), developers: Team::new("developers") },
            token_limits: TokenLimits::new(now),
            workspaces: Workspaces::default(),
            accounts: Vec::new(),
            synthetic,
        }
    }

    /// Takes an account in, as more than a stranger.
    pub(crate) fn admit(&mut self, account: usize, role: Role) {
        let team = match role {
            Role::Owner => &mut self.teams.owners,
            Role::Member => &mut self.teams.developers,
            Role::Stranger => return,
        };
        team.add(account);
        self.accounts.push(account);
    }

    pub(crate) fn role(&self, account: usize) -> Role {
        if self.teams.owners.has(account) {
            Role::Owner
        } else if self.accounts.contains(&account) {
            Role::Member
        } else {
            Role::Stranger
        }
    }

    /// Returns how many members there are, invited ones included.
    pub(crate) fn size(&self) -> usize {
        self.accounts.len() + self.synthetic as usize
    }

    /// Returns how many members were invited and have not come yet.
    pub(crate) fn invited(&self) -> usize {
        MemberCounts::of(self.synthetic).invited as usize
    }

    /// Returns the member at a place in the list: the accounts come first, then those that are made
    /// up, by number.
    pub(crate) fn member(&self, place: usize) -> Option<Member> {
        match self.accounts.get(place) {
            Some(account) => Some(Member::Account(*account)),
            None => {
                let number = u32::try_from(place - self.accounts.len()).ok()? + 1;
                self.synthetic(number).map(Member::Synthetic)
            }
        }
    }

    pub(crate) fn members(&self) -> impl Iterator<Item = Member> {
        (0..self.size()).filter_map(|place| self.member(place))
    }

    /// Finds a member by e-mail address.
    pub(crate) fn by_email(&self, email: &str, accounts: &Accounts) -> Option<Member> {
        let account = accounts.by_login(email).filter(|&account| {
            accounts.get(account).email.eq_ignore_ascii_case(email)
                && self.accounts.contains(&account)
        });
        account
            .map(Member::Account)
            .or_else(|| self.synthetic(Synthetic::number_of_email(email)?).map(Member::Synthetic))
    }

    /// Finds a made-up member by the id of its user.
    pub(crate) fn synthetic_by_user_id(&self, id: &str) -> Option<Synthetic> {
        self.synthetic(Synthetic::number_of_user_id(id)?)
    }

    /// Returns whether all owners have verified two-factor authentication, without which nobody can
    /// be required to.
    pub(crate) fn owners_conform(&self, accounts: &Accounts) -> bool {
        let mut owners = self.teams.owners.accounts.iter();
        owners.all(|owner| accounts.get(*owner).has_verified_two_factor())
    }

    /// Returns whether everyone who must have verified two-factor authentication has it. Made-up
    /// members never change, and the first of them has none.
    pub(crate) fn conforms(&self, accounts: &Accounts) -> bool {
        let mut members = self.accounts.iter();
        self.settings.policy == AuthPolicy::Password
            || self.synthetic == 0
                && members.all(|account| accounts.get(*account).has_verified_two_factor())
    }

    /// Finds a made-up member by its number.
    pub(crate) fn synthetic(&self, number: u32) -> Option<Synthetic> {
        (1..=self.synthetic).contains(&number).then(|| Synthetic::new(number))
    }
}

/// The teams. Whoever is in `owners` owns the organization.
#[derive(Debug)]
pub(crate) struct Teams {
    pub(crate) owners: Team,
    pub(crate) developers: Team,
}

impl Teams {
    pub(crate) fn iter(&self) -> impl Iterator<Item = &Team> {
        [&self.owners, &self.developers].into_iter()
    }

    pub(crate) fn get(&self, id: &str) -> Option<&Team> {
        self.iter().find(|team| team.id == id)
    }

    pub(crate) fn get_mut(&mut self, id: &str) -> Option<&mut Team> {
        [&mut self.owners, &mut self.developers].into_iter().find(|team| team.id == id)
    }
}

/// A team of accounts; made-up members are in none.
#[derive(Debug)]
pub(crate) struct Team {
    pub(crate) id: String,
    pub(crate) name: &'static str,
    pub(crate) accounts: Vec<usize>,
}

impl Team {
    fn new(name: &'static str) -> Team {
        Team { id: format!("team-{}", random::alphanumeric(16)), name, accounts: Vec::new() }
    }

    pub(crate) fn has(&self, account: usize) -> bool {
        self.accounts.contains(&account)
    }

    pub(crate) fn add(&mut self, account: usize) {
        if !self.has(account) {
            self.accounts.push(account);
        }
    }

    pub(crate) fn remove(&mut self, account: usize) {
        self.accounts.retain(|other| *other != account);
    }
}
