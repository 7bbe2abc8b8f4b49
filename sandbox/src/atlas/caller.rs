//! Who asks, and what they may do: users about themselves, and users, teams and organizations in an
//! organization. What is forbidden is hidden, so that rights are looked at before anything else.

use super::error;
use crate::exchange::{Call, Reply};
use crate::organization::{Organization, Role};
use crate::state::State;
use crate::team::{
    ACCESS_SECRET_TEAMS, MANAGE_AGENT_POOLS, MANAGE_MEMBERSHIP, MANAGE_TEAMS, Team, Visibility,
};
use crate::token::{Holder, TokenRecord};

/// A user who asks by a token of theirs.
pub(crate) struct User<'a> {
    pub(crate) owner: usize,
    pub(crate) token: &'a TokenRecord,
}

/// Someone who asks for something of an organization.
pub(crate) struct Caller<'a> {
    pub(crate) call: &'a Call,
    pub(crate) holder: &'a Holder,
    /// Where the organization is.
    pub(crate) at: usize,
    /// An owner, or a token of the owners' team.
    pub(crate) owns: bool,
    pub(crate) manages_teams: bool,
    pub(crate) manages_membership: bool,
    pub(crate) manages_agent_pools: bool,
    sees_secret_teams: bool,
}

impl<'a> Caller<'a> {
    /// Returns the caller, or the refusal of one who may see nothing of this organization.
    pub(crate) fn of(
        state: &State,
        call: &'a Call,
        token: &'a TokenRecord,
        at: usize,
    ) -> Result<Caller<'a>, Reply> {
        let caller = Caller::known(state, call, token, at).ok_or_else(error::not_found)?;
        let organization = state.organizations.get(at);
        let is_user = matches!(token.holder, Holder::Account(_));
        // It says nothing about the token, which is as good as ever elsewhere.
        let shut = is_user && !organization.settings.user_tokens_enabled;
        if shut || state.exceeds_limit(token, organization) {
            return Err(error::unauthorized());
        }
        Ok(caller)
    }

    /// Returns the caller, if they are no stranger to this organization, whether or not this token of
    /// theirs opens anything there.
    pub(crate) fn known(
        state: &State,
        call: &'a Call,
        token: &'a TokenRecord,
        at: usize,
    ) -> Option<Caller<'a>> {
        let (owns, teams) = standing(state.organizations.get(at), &token.holder)?;
        let of_organization = matches!(token.holder, Holder::Organization(_));
        let may = |access| owns || teams.iter().any(|team| team.may(access));
        Some(Caller {
            call,
            holder: &token.holder,
            at,
            owns,
            manages_teams: may(MANAGE_TEAMS) || of_organization,
            manages_membership: may(MANAGE_MEMBERSHIP),
            manages_agent_pools: may(MANAGE_AGENT_POOLS),
            sees_secret_teams: may(ACCESS_SECRET_TEAMS) || of_organization,
        })
    }

    fn is_in(&self, team: &Team) -> bool {
        match self.holder {
            Holder::Account(account) => team.has(*account),
            Holder::Team(id) => team.id == *id,
            _ => false,
        }
    }

    pub(crate) fn sees(&self, team: &Team) -> bool {
        team.settings.visibility == Visibility::Organization
            || self.manages_teams
            || self.sees_secret_teams
            || self.is_in(team)
    }

    /// Returns whether the caller may see, make and revoke a team's tokens. Those of the owners carry
    /// every right of an owner, so that whoever only manages teams may not.
    pub(crate) fn may_manage_tokens_of(&self, team: &Team) -> bool {
        let by_membership = match self.holder {
            Holder::Account(account) => {
                team.has(*account) && team.settings.allow_member_token_management
            }
            Holder::Team(id) => team.id == *id,
            Holder::Organization(_) => true,
            _ => false,
        };
        self.owns || by_membership || self.manages_teams && !team.owns()
    }

    /// Returns whether the caller may see and replace the organization's own token.
    pub(crate) fn may_manage_organization_tokens(&self) -> bool {
        self.owns || matches!(self.holder, Holder::Organization(_))
    }
}

/// Returns whether someone owns an organization, and the teams whose rights they have there; nothing
/// if they are a stranger to it.
fn standing<'a>(organization: &'a Organization, holder: &Holder) -> Option<(bool, Vec<&'a Team>)> {
    match holder {
        Holder::Account(account) => match organization.role(*account) {
            Role::Stranger => None,
            role => Some((role == Role::Owner, organization.teams_of(*account).collect())),
        },
        Holder::Team(id) => organization.teams.get(id).map(|team| (team.owns(), vec![team])),
        Holder::Organization(id) => (organization.external_id == *id).then(|| (false, Vec::new())),
        // These are refused before they ask for anything in particular.
        Holder::AuditTrail(_) | Holder::AgentPool(_) | Holder::Metrics(_) => None,
    }
}
