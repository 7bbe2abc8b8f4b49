//! An organization: who belongs to it, who owns it, and what it demands of its members. It knows no
//! route and no document.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;

use crate::account::Accounts;
use crate::agent_pool::AgentPools;
use crate::execution_mode::ExecutionMode;
use crate::member::{Invitation, Member, MemberCounts, Person, Synthetic};
use crate::project::Projects;
use crate::random;
use crate::team::{Team, Teams};
use crate::token_limit::TokenLimits;
use crate::workspace::Workspaces;

/// An organization.
#[derive(Debug)]
pub(crate) struct Organization {
    /// What stays when it is renamed; the name serves as its id.
    pub(crate) external_id: String,
    pub(crate) created_at: Timestamp,
    pub(crate) settings: Settings,
    pub(crate) plan: Plan,
    pub(crate) token_limits: TokenLimits,
    pub(crate) teams: Teams,
    pub(crate) projects: Projects,
    pub(crate) workspaces: Workspaces,
    pub(crate) agent_pools: AgentPools,
    pub(crate) oauth_tokens: Vec<OauthToken>,
    pub(crate) retention: Option<Retention>,
    /// Those with an account; made-up members have none.
    memberships: Vec<Membership>,
    /// How many members are made up, from number 1 on.
    synthetic: u32,
    /// The numbers of those that were removed.
    removed: BTreeSet<u32>,
}

/// An account's membership.
#[derive(Clone, Debug)]
pub(crate) struct Membership {
    pub(crate) id: String,
    pub(crate) account: usize,
    /// Invited, and not come yet.
    pub(crate) invited: bool,
    pub(crate) created_at: Timestamp,
}

/// A connection to version control.
#[derive(Debug)]
pub(crate) struct OauthToken {
    pub(crate) id: String,
    /// Whose account there it uses.
    pub(crate) service_provider_user: String,
    pub(crate) created_at: Timestamp,
}

impl OauthToken {
    pub(crate) fn new(service_provider_user: &str, now: Timestamp) -> OauthToken {
        OauthToken {
            id: format!("ot-{}", random::alphanumeric(16)),
            service_provider_user: service_provider_user.to_owned(),
            created_at: now,
        }
    }
}

/// How long an organization keeps data.
#[derive(Debug)]
pub(crate) struct Retention {
    pub(crate) id: String,
    /// After how many days data goes; none: never.
    pub(crate) days: Option<u64>,
}

/// What its subscription entitles an organization to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Plan {
    Free,
    Business,
    Standard,
}

impl Plan {
    pub(crate) const ALL: [Plan; 3] = [Plan::Free, Plan::Business, Plan::Standard];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Plan::Free => "Free",
            Plan::Business => "Business",
            Plan::Standard => "Standard (entitlement)",
        }
    }
}

/// What an owner can set.
#[derive(Clone, Debug)]
pub(crate) struct Settings {
    pub(crate) name: String,
    pub(crate) email: String,
    pub(crate) policy: AuthPolicy,
    /// After how many idle minutes a browser's session ends; `None`: after 20,160, as documented.
    pub(crate) session_timeout: Option<u32>,
    /// After how many minutes it ends in any case; the same default.
    pub(crate) session_remember: Option<u32>,
    /// Whether users' tokens open what the organization has. Without, only tokens of teams and the
    /// organization do.
    pub(crate) user_tokens_enabled: bool,
    /// Whether the token limits hold.
    pub(crate) max_ttl_enabled: bool,
    pub(crate) owners_team_saml_role_id: Option<String>,
    pub(crate) default_execution_mode: ExecutionMode,
    /// The id of the pool of agents, with that execution mode.
    pub(crate) default_agent_pool: Option<String>,
    /// Switches that are kept and shown, and change nothing here.
    pub(crate) switches: BTreeMap<&'static str, bool>,
}

/// The switches that change nothing here.
pub(crate) const SWITCHES: [&str; 9] = [
    "aggregated-commit-status-enabled",
    "allow-force-delete-workspaces",
    "assessments-enforced",
    "cost-estimation-enabled",
    "enforce-hyok",
    "registry-monorepo-support-enabled",
    "send-passing-statuses-for-untriggered-speculative-plans",
    "speculative-plan-management-enabled",
    "stacks-enabled",
];

impl Settings {
    pub(crate) fn new(name: &str, email: &str) -> Settings {
        Settings {
            name: name.to_owned(),
            email: email.to_owned(),
            policy: AuthPolicy::Password,
            session_timeout: None,
            session_remember: None,
            user_tokens_enabled: true,
            max_ttl_enabled: false,
            owners_team_saml_role_id: None,
            default_execution_mode: ExecutionMode::Remote,
            default_agent_pool: None,
            switches: SWITCHES.map(|name| (name, false)).into(),
        }
    }
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
    pub(crate) fn new(settings: Settings, synthetic: u32, now: Timestamp) -> Organization {
        Organization {
            external_id: format!("org-{}", random::alphanumeric(16)),
            created_at: now,
            settings,
            plan: Plan::Free,
            teams: Teams::new(),
            token_limits: TokenLimits::new(now),
            projects: Projects::new(now),
            workspaces: Workspaces::default(),
            agent_pools: AgentPools::default(),
            oauth_tokens: Vec::new(),
            retention: None,
            memberships: Vec::new(),
            synthetic,
            removed: BTreeSet::new(),
        }
    }

    pub(crate) fn name(&self) -> &str {
        &self.settings.name
    }

    /// Takes an account in, or invites it.
    pub(crate) fn admit(&mut self, account: usize, invited: bool, now: Timestamp) -> &Membership {
        let id = format!("ou-{}", random::alphanumeric(16));
        self.memberships.push(Membership { id, account, invited, created_at: now });
        self.memberships.last().expect("it was just added")
    }

    /// Takes an account in as an owner.
    pub(crate) fn admit_owner(&mut self, account: usize, now: Timestamp) {
        self.admit(account, false, now);
        self.teams.owners_mut().add(account);
    }

    pub(crate) fn role(&self, account: usize) -> Role {
        match self.membership_of(account) {
            Some(membership) if !membership.invited => match self.teams.owners().has(account) {
                true => Role::Owner,
                false => Role::Member,
            },
            _ => Role::Stranger,
        }
    }

    pub(crate) fn has_member(&self, account: usize) -> bool {
        self.role(account) != Role::Stranger
    }

    pub(crate) fn membership_of(&self, account: usize) -> Option<&Membership> {
        self.memberships.iter().find(|membership| membership.account == account)
    }

    /// Returns the teams that an account is in.
    pub(crate) fn teams_of(&self, account: usize) -> impl Iterator<Item = &Team> {
        self.teams.iter().filter(move |team| team.has(account))
    }

    /// Returns how many members there are, invited ones included.
    pub(crate) fn size(&self) -> usize {
        self.memberships.len() + self.synthetic as usize - self.removed.len()
    }

    /// Returns how many members were invited and have not come yet.
    pub(crate) fn invited(&self) -> usize {
        let removed = self.removed.iter();
        let removed = removed.filter(|number| Synthetic::new(**number).is_invited()).count();
        let invited = self.memberships.iter().filter(|membership| membership.invited).count();
        MemberCounts::of(self.synthetic).invited as usize - removed + invited
    }

    pub(crate) fn is_invited(&self, member: Member) -> bool {
        match member {
            Member::Account(account) => self.membership_of(account).is_some_and(|it| it.invited),
            Member::Synthetic(synthetic) => synthetic.is_invited(),
        }
    }

    /// Returns what the organization shows of a member to its owners.
    pub(crate) fn person(&self, member: Member, accounts: &Accounts) -> Person {
        let mut person = member.person(accounts);
        if matches!(member, Member::Account(_)) && self.is_invited(member) {
            person.invitation = Some(Invitation::Full);
        }
        person
    }

    /// Returns the id of a member's membership.
    pub(crate) fn membership_id(&self, member: Member) -> String {
        match member {
            Member::Account(account) => self
                .membership_of(account)
                .map(|membership| membership.id.clone())
                .unwrap_or_default(),
            Member::Synthetic(synthetic) => format!("ou-{}", synthetic.key()),
        }
    }

    /// Returns the member whose membership has this id.
    pub(crate) fn by_membership(&self, id: &str) -> Option<Member> {
        let found = self.memberships.iter().find(|membership| membership.id == id);
        let synthetic = || {
            let number = Synthetic::number_of_key(id.strip_prefix("ou-")?)?;
            self.synthetic(number).map(Member::Synthetic)
        };
        found.map(|membership| Member::Account(membership.account)).or_else(synthetic)
    }

    /// Returns the member at a place in the list: the accounts come first, then those that are made
    /// up, by number.
    pub(crate) fn member(&self, place: usize) -> Option<Member> {
        match self.memberships.get(place) {
            Some(membership) => Some(Member::Account(membership.account)),
            None => {
                let mut number = u32::try_from(place - self.memberships.len()).ok()? + 1;
                for removed in &self.removed {
                    number += u32::from(*removed <= number);
                }
                self.synthetic(number).map(Member::Synthetic)
            }
        }
    }

    pub(crate) fn members(&self) -> impl Iterator<Item = Member> {
        (0..self.size()).filter_map(|place| self.member(place))
    }

    /// Finds a member by e-mail address.
    pub(crate) fn by_email(&self, email: &str, accounts: &Accounts) -> Option<Member> {
        let account = accounts.index_by_email(email);
        account
            .filter(|account| self.membership_of(*account).is_some())
            .map(Member::Account)
            .or_else(|| self.synthetic(Synthetic::number_of_email(email)?).map(Member::Synthetic))
    }

    /// Finds a made-up member by the id of its user.
    pub(crate) fn synthetic_by_user_id(&self, id: &str) -> Option<Synthetic> {
        self.synthetic(Synthetic::number_of_user_id(id)?)
    }

    /// Ends a membership.
    pub(crate) fn remove(&mut self, member: Member) {
        match member {
            Member::Account(account) => {
                self.memberships.retain(|membership| membership.account != account);
                self.teams.expel(account);
            }
            Member::Synthetic(synthetic) => {
                self.removed.insert(synthetic.number());
            }
        }
    }

    /// Returns whether an account owns the organization and nobody else does.
    pub(crate) fn is_last_owner(&self, account: usize) -> bool {
        let owners = self.teams.owners();
        owners.has(account)
            && !owners
                .accounts
                .iter()
                .any(|other| *other != account && self.role(*other) == Role::Owner)
    }

    /// Returns whether all owners have verified two-factor authentication, without which nobody can
    /// be required to.
    pub(crate) fn owners_conform(&self, accounts: &Accounts) -> bool {
        let mut owners = self.teams.owners().accounts.iter();
        owners.all(|owner| accounts.get(*owner).has_verified_two_factor())
    }

    /// Returns whether everyone who must have verified two-factor authentication has it. Made-up
    /// members never change, and the first of them has none.
    pub(crate) fn conforms(&self, accounts: &Accounts) -> bool {
        let mut members = self.memberships.iter().filter(|membership| !membership.invited);
        self.settings.policy == AuthPolicy::Password
            || self.synthetic == 0
                && members.all(|it| accounts.get(it.account).has_verified_two_factor())
    }

    /// Finds a made-up member by its number.
    pub(crate) fn synthetic(&self, number: u32) -> Option<Synthetic> {
        let is_there = (1..=self.synthetic).contains(&number) && !self.removed.contains(&number);
        is_there.then(|| Synthetic::new(number))
    }
}

/// All organizations. The first is the sandbox's own: the named accounts belong to it, and the Aptible
/// dialect has no other. It stays.
#[derive(Debug)]
pub(crate) struct Organizations(Vec<Organization>);

impl Organizations {
    /// Where the sandbox's own is.
    pub(crate) const HOME: usize = 0;

    pub(crate) fn new(home: Organization) -> Organizations {
        Organizations(vec![home])
    }

    pub(crate) fn home(&self) -> &Organization {
        &self.0[Organizations::HOME]
    }

    pub(crate) fn home_mut(&mut self) -> &mut Organization {
        &mut self.0[Organizations::HOME]
    }

    pub(crate) fn get(&self, at: usize) -> &Organization {
        &self.0[at]
    }

    pub(crate) fn get_mut(&mut self, at: usize) -> &mut Organization {
        &mut self.0[at]
    }

    /// Returns where the organization is for which something holds.
    pub(crate) fn position(&self, wanted: impl Fn(&Organization) -> bool) -> Option<usize> {
        self.0.iter().position(wanted)
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &Organization> {
        self.0.iter()
    }

    pub(crate) fn iter_mut(&mut self) -> impl Iterator<Item = &mut Organization> {
        self.0.iter_mut()
    }

    /// Returns those that an account belongs to.
    pub(crate) fn of(&self, account: usize) -> impl Iterator<Item = &Organization> {
        self.0.iter().filter(move |organization| organization.has_member(account))
    }

    /// Adds one and returns where it is.
    pub(crate) fn add(&mut self, organization: Organization) -> usize {
        self.0.push(organization);
        self.0.len() - 1
    }

    /// Deletes one, unless it is the sandbox's own; returns whether it did.
    pub(crate) fn delete(&mut self, at: usize) -> bool {
        at != Organizations::HOME && {
            self.0.remove(at);
            true
        }
    }
}
