//! The options that say whose token is meant.

use clap::Args;

use crate::commands::global::GlobalArgs;
use crate::failure::Failure;
use crate::organization::OrganizationName;
use crate::organization_token::{NamedHolder, NamedPart};
use crate::session::settings;
use crate::setting;

/// Whose token it is; without any of them, your own.
#[derive(Debug, Clone, Args)]
pub struct WhoseArgs {
    /// Organization: its own token, or one of the next three
    #[arg(long, value_name = "ORG")]
    pub org: Option<String>,
    /// A team's tokens, by its name or ID
    #[arg(long, value_name = "TEAM", conflicts_with_all = ["agent_pool", "audit_trail"])]
    pub team: Option<String>,
    /// An agent pool's tokens, by its name or ID
    #[arg(long, value_name = "POOL", conflicts_with = "audit_trail")]
    pub agent_pool: Option<String>,
    /// The token for the organization's audit trail
    #[arg(long)]
    pub audit_trail: bool,
}

impl WhoseArgs {
    /// Returns whose token is meant; `None` for one's own.
    ///
    /// A variable or a setting names the organization of a team, an agent pool or an audit trail. It never
    /// makes a command about an organization's own token out of one about your own.
    pub fn holder(self, global: &GlobalArgs) -> Result<Option<NamedHolder>, Failure> {
        let part = match (self.team, self.agent_pool, self.audit_trail) {
            (Some(team), ..) => NamedPart::Team(team),
            (_, Some(pool), _) => NamedPart::AgentPool(pool),
            (.., true) => NamedPart::AuditTrail,
            (None, None, false) if self.org.is_none() => return Ok(None),
            (None, None, false) => NamedPart::Whole,
        };
        let parse = OrganizationName::parse;
        let organization = match self.org {
            Some(org) => Some(parse(&org).map_err(|failure| failure.about("--org"))?),
            None => settings::parsed(&setting::ORGANIZATION, None, &global.config, |text| {
                (!text.is_empty()).then(|| parse(text)).transpose()
            })?,
        };
        let organization = organization.ok_or_else(|| {
            Failure::usage("which organization?")
                .hint("use --org, KEYBELT_ORG, or `keybelt config set organization NAME`")
        })?;
        Ok(Some(NamedHolder { organization, part }))
    }
}
