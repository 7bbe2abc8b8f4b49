//! What an audit of an organization comes to: counts, and the owners that lack what they should have.

use serde_json::{Value, json};

use crate::environment;
use crate::organization::{
    Member, MemberPage, MemberState, OLD_INVITATION, Organization, Policy, days_waiting,
};
use crate::text::{self, plural};

/// How many owners are named; the rest is counted. No organization should have so many.
const MOST_NAMED: usize = 100;

/// The longest part of a name that a summary shows, in characters.
const LONGEST_NAME: usize = 64;

/// The counts of one organization. They take no more room for a million members than for one.
#[derive(Debug)]
pub struct Tally {
    /// What commands call the organization, escaped.
    pub name: String,
    policy: Option<Policy>,
    is_conformant: Option<bool>,
    counts: [u64; MemberState::ALL.len()],
    /// The states that the server can tell.
    states: &'static [MemberState],
    invited_must_enrol: u64,
    /// How many were invited long ago.
    invited_old: u64,
    owners: u64,
    owners_without: u64,
    /// The first of these, each with its state.
    named: Vec<(String, MemberState)>,
    total: Option<u64>,
    total_changed: bool,
    /// Whether everyone was counted who was there to be counted.
    pub is_complete: bool,
    /// Why not, if the server said so.
    pub failure: Option<String>,
}

impl Tally {
    /// Begins with nobody counted.
    pub fn new(name: String) -> Self {
        Self {
            name,
            policy: None,
            is_conformant: None,
            counts: [0; MemberState::ALL.len()],
            states: &MemberState::ALL,
            invited_must_enrol: 0,
            invited_old: 0,
            owners: 0,
            owners_without: 0,
            named: Vec::new(),
            total: None,
            total_changed: false,
            is_complete: false,
            failure: None,
        }
    }

    /// Takes over what the server says of the organization.
    pub fn describe(&mut self, organization: &Organization) {
        self.policy = organization.policy;
        self.is_conformant = organization.is_conformant;
    }

    /// Takes note of how many members there are, as a page says, and of what it can tell of them.
    pub fn expect(&mut self, page: &MemberPage<'_>) {
        self.total_changed |= self.total.is_some() && self.total != page.total;
        self.total = page.total;
        self.states = page.states;
    }

    /// Counts a member.
    pub fn count(&mut self, member: &Member<'_>) {
        self.counts[member.state as usize] += 1;
        if member.state == MemberState::Invited && member.must_enrol == Some(true) {
            self.invited_must_enrol += 1;
        }
        let is_old = |at| days_waiting(at, environment::now()) > OLD_INVITATION;
        self.invited_old += u64::from(member.invited_at.is_some_and(is_old));
        if member.is_owner == Some(true) {
            self.owners += 1;
            if member.state.is_exception() {
                self.owners_without += 1;
                if self.named.len() < MOST_NAMED {
                    self.named.push((display_name(member), member.state));
                }
            }
        }
    }

    /// Returns how many are in a state.
    pub fn of(&self, state: MemberState) -> u64 {
        self.counts[state as usize]
    }

    /// Returns how many owners there are, as far as the server shows who is one.
    pub fn owners(&self) -> u64 {
        self.owners
    }

    /// Returns how many were counted.
    pub fn counted(&self) -> u64 {
        self.counts.iter().sum()
    }

    /// Returns how many lack what everyone should have, as far as can be told.
    pub fn exceptions(&self) -> u64 {
        let states = MemberState::ALL.into_iter();
        states.filter(|state| state.is_exception()).map(|state| self.of(state)).sum()
    }

    /// Returns whether the list changed while it was read, so that somebody may be on none of its pages.
    pub fn may_lack_members(&self) -> bool {
        let lacks = self.is_complete && self.total.is_some_and(|total| total != self.counted());
        self.total_changed || lacks
    }

    /// Returns the summary for people.
    pub fn text(&self, host: &str) -> String {
        let members = plural(self.counted(), "member");
        let mut lines = vec![format!("{} at {host}: {members}", self.name)];
        if !self.is_complete {
            lines[0].push_str(", and the audit is incomplete");
        }
        if self.counted() == 0 {
            return lines.join("\n");
        }
        lines.push(self.owners_text());
        lines.push(self.counts_text());
        lines.extend(self.policy.map(|policy| format!("  {}", policy_text(policy))));
        if self.invited_old > 0 {
            lines.push(old_invitations_text(self.invited_old));
        }
        if self.may_lack_members() {
            lines.push(
                "  the member list changed while it was being read; some members may be missing"
                    .to_owned(),
            );
        }
        lines.join("\n")
    }

    /// Returns how many are in each state that the server can tell.
    fn counts_text(&self) -> String {
        let states = self.states.iter().filter(|state| **state != MemberState::Service);
        let counts = states.map(|state| {
            let count = format!("{} {}", state.as_str(), self.of(*state));
            match (state, self.invited_must_enrol) {
                (MemberState::Invited, enrol @ 1..) => format!("{count} ({enrol} must enrol)"),
                _ => count,
            }
        });
        let counts = counts.collect::<Vec<_>>().join(", ");
        if !self.states.contains(&MemberState::Service) {
            return format!("  {counts}");
        }
        let service = plural(self.of(MemberState::Service), "service account");
        format!("  {counts}; {service} (not counted above)")
    }

    fn owners_text(&self) -> String {
        let more = self.owners_without - self.named.len() as u64;
        let named = self.named.iter();
        let named: Vec<_> =
            named.map(|(name, state)| format!("{name} ({})", state.as_str())).collect();
        let mut named = named.join(", ");
        if more > 0 {
            named.push_str(&format!(" and {more} more"));
        }
        match (self.owners, self.owners_without) {
            (0, _) => "  this token cannot see who the owners are".to_owned(),
            (owners, 0) => format!("  {} with two-factor authentication", plural(owners, "owner")),
            (_, without) => {
                let owners = plural(without, "owner");
                format!("  {owners} without two-factor authentication: {named}")
            }
        }
    }

    /// Returns the summary for programs.
    pub fn document(&self) -> Value {
        let owners = (self.owners > 0).then_some(self.owners);
        let named: Vec<_> = self.named.iter().map(|(name, _)| name).collect();
        let told = |state| self.states.contains(&state).then(|| self.of(state));
        let must_enrol = told(MemberState::Invited).map(|_| self.invited_must_enrol);
        json!({
            "organization": self.name,
            "policy": self.policy.map(Policy::as_str),
            "conformant": self.is_conformant,
            "members": self.counted(),
            "on": told(MemberState::On),
            "started": told(MemberState::Started),
            "off": told(MemberState::Off),
            "unknown": told(MemberState::Unknown),
            "invited": told(MemberState::Invited),
            "invited_must_enrol": must_enrol,
            "invited_old": told(MemberState::Invited).map(|_| self.invited_old),
            "service": told(MemberState::Service),
            "owners": owners,
            "owners_without": owners.map(|_| self.owners_without),
            "owners_without_named": named,
            "members_may_be_missing": self.may_lack_members(),
            "complete": self.is_complete,
            "error": self.failure,
        })
    }
}

/// Says how many invitations have waited for long.
pub fn old_invitations_text(count: u64) -> String {
    let verb = if count == 1 { "is" } else { "are" };
    format!("  {} {verb} older than {OLD_INVITATION} days", plural(count, "invitation"))
}

/// Returns what an organization demands, in words.
pub fn policy_text(policy: Policy) -> &'static str {
    match policy {
        Policy::Password => "two-factor authentication is not required",
        Policy::TwoFactorMandatory => "two-factor authentication is required of everyone",
    }
}

/// Returns what a member is called in a sentence: the account's name, else the address; escaped and short.
pub fn display_name(member: &Member<'_>) -> String {
    let name = member.name.as_deref().or(member.email.as_deref());
    text::cut(name.unwrap_or("somebody"), LONGEST_NAME)
}
