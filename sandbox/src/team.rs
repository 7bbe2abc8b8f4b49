//! Teams: who is in one, what it may do in its organization, and who sees it. It knows no route and no
//! document.

use std::collections::BTreeSet;

use crate::random;

/// The team whose members own the organization.
pub(crate) const OWNERS: &str = "owners";

/// What a team can be allowed to do in its organization.
pub(crate) const ACCESS: [&str; 17] = [
    "manage-policies",
    "manage-policy-overrides",
    "delegate-policy-overrides",
    "manage-workspaces",
    "manage-vcs-settings",
    "manage-providers",
    "manage-modules",
    "manage-run-tasks",
    "manage-projects",
    "read-workspaces",
    "read-projects",
    MANAGE_MEMBERSHIP,
    MANAGE_TEAMS,
    "manage-organization-access",
    ACCESS_SECRET_TEAMS,
    MANAGE_AGENT_POOLS,
    "manage-public-providers",
];

pub(crate) const MANAGE_MEMBERSHIP: &str = "manage-membership";
pub(crate) const MANAGE_TEAMS: &str = "manage-teams";
pub(crate) const ACCESS_SECRET_TEAMS: &str = "access-secret-teams";
pub(crate) const MANAGE_AGENT_POOLS: &str = "manage-agent-pools";

/// Who sees a team.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Visibility {
    /// Its members, and who manages teams.
    Secret,
    /// Every member of the organization.
    Organization,
}

impl Visibility {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Visibility::Secret => "secret",
            Visibility::Organization => "organization",
        }
    }

    pub(crate) fn from_name(name: &str) -> Option<Visibility> {
        let mut all = [Visibility::Secret, Visibility::Organization].into_iter();
        all.find(|visibility| visibility.name() == name)
    }
}

/// What can be set of a team.
#[derive(Clone, Debug)]
pub(crate) struct TeamSettings {
    pub(crate) name: String,
    pub(crate) sso_team_id: Option<String>,
    pub(crate) visibility: Visibility,
    pub(crate) allow_member_token_management: bool,
    /// Those of [`ACCESS`] that are granted.
    pub(crate) access: BTreeSet<&'static str>,
}

impl TeamSettings {
    pub(crate) fn new(name: &str, visibility: Visibility) -> TeamSettings {
        TeamSettings {
            name: name.to_owned(),
            sso_team_id: None,
            visibility,
            allow_member_token_management: false,
            access: BTreeSet::new(),
        }
    }
}

/// A team of accounts; made-up members are in none.
#[derive(Debug)]
pub(crate) struct Team {
    pub(crate) id: String,
    pub(crate) settings: TeamSettings,
    pub(crate) accounts: Vec<usize>,
}

impl Team {
    pub(crate) fn new(settings: TeamSettings) -> Team {
        let id = format!("team-{}", random::alphanumeric(16));
        Team { id, settings, accounts: Vec::new() }
    }

    pub(crate) fn owns(&self) -> bool {
        self.settings.name == OWNERS
    }

    pub(crate) fn may(&self, access: &str) -> bool {
        self.owns() || self.settings.access.contains(access)
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

/// The teams of an organization, the owners first.
#[derive(Debug)]
pub(crate) struct Teams(Vec<Team>);

impl Teams {
    /// The team that every organization has.
    pub(crate) fn new() -> Teams {
        Teams(vec![Team::new(TeamSettings::new(OWNERS, Visibility::Organization))])
    }

    pub(crate) fn owners(&self) -> &Team {
        &self.0[0]
    }

    pub(crate) fn owners_mut(&mut self) -> &mut Team {
        &mut self.0[0]
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &Team> {
        self.0.iter()
    }

    pub(crate) fn get(&self, id: &str) -> Option<&Team> {
        self.0.iter().find(|team| team.id == id)
    }

    pub(crate) fn get_mut(&mut self, id: &str) -> Option<&mut Team> {
        self.0.iter_mut().find(|team| team.id == id)
    }

    /// Returns the team of this name, which is unique whatever its case.
    pub(crate) fn named(&self, name: &str) -> Option<&Team> {
        self.0.iter().find(|team| team.settings.name.eq_ignore_ascii_case(name))
    }

    pub(crate) fn add(&mut self, team: Team) -> &mut Team {
        self.0.push(team);
        self.0.last_mut().expect("it was just added")
    }

    pub(crate) fn delete(&mut self, id: &str) {
        self.0.retain(|team| team.id != id || team.owns());
    }

    /// Takes an account out of all teams.
    pub(crate) fn expel(&mut self, account: usize) {
        self.0.iter_mut().for_each(|team| team.remove(account));
    }
}
