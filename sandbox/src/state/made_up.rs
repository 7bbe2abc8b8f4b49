//! Made-up tokens of the sandbox's own organization, all different and always the same mix: of every ten,
//! eight are a team's and two an agent pool's. Nobody has one of them.

use jiff::{SignedDuration, Timestamp};

use crate::agent_pool::PoolSettings;
use crate::organization::Organization;
use crate::random;
use crate::team::{Team, TeamSettings, Visibility};
use crate::token::{self, Holder, TokenRecord};

const TEAMS: usize = 10;
const POOLS: usize = 3;

/// Adds the teams and agent pools that hold made-up tokens.
pub(crate) fn holders(organization: &mut Organization, now: Timestamp) -> Vec<Holder> {
    let mut holders = Vec::new();
    for number in 1..=TEAMS {
        let settings = TeamSettings::new(&format!("squad-{number}"), Visibility::Organization);
        let team = organization.teams.add(Team::new(settings));
        holders.push(Holder::Team(team.id.clone()));
    }
    for number in 1..=POOLS {
        let settings = PoolSettings::new(&format!("pool-{number}"));
        let pool = organization.agent_pools.create(settings, now);
        holders.push(Holder::AgentPool(pool.id.clone()));
    }
    holders
}

/// Returns a token by its number. Every third has never been used, every fourth lasts for thirty days
/// only, and every seventh was made by someone who has left.
pub(crate) fn token(
    number: u32,
    holders: &[Holder],
    [owner, member, left]: [usize; 3],
    now: Timestamp,
) -> TokenRecord {
    let place = number as usize;
    let holder = match number % 10 {
        0 | 5 => &holders[TEAMS + place / 5 % POOLS],
        _ => &holders[place % TEAMS],
    };
    let days_ago = |days: u32| {
        let days = SignedDuration::from_hours(24 * i64::from(days));
        now.checked_sub(days).unwrap_or(now)
    };
    let created_at = days_ago(number % 700);
    let month = SignedDuration::from_hours(30 * 24);
    TokenRecord {
        id: format!("at-{}", random::alphanumeric(16)),
        holder: holder.clone(),
        created_by: Holder::Account(match number % 7 {
            0 => left,
            1..=4 => owner,
            _ => member,
        }),
        description: Some(format!("made-up {number}")),
        scope: None,
        hash: token::hash(&random::alphanumeric(67)),
        created_at,
        last_used_at: (!number.is_multiple_of(3)).then(|| days_ago(number % 700 % 120)),
        expires_at: match number % 4 {
            0 => created_at.checked_add(month).unwrap_or(now),
            _ => token::default_expiry(created_at),
        },
    }
}
