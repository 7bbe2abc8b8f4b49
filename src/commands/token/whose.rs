//! Whose tokens a token command is about, if not the account's own.

use clap::Args;

use crate::commands::global::GlobalArgs;
use crate::failure::Failure;
use crate::operation::group_tokens::{Whose, WhoseKind};
use crate::organization::OrganizationName;
use crate::session::settings;
use crate::setting;

/// Options that say whose tokens are meant.
#[derive(Debug, Args)]
pub struct WhoseArgs {
    /// The organization's own token, or with one of the next three theirs
    #[arg(long = "org", value_name = "ORG")]
    pub organization: Option<String>,
    /// A team of the organization
    #[arg(long, value_name = "TEAM", conflicts_with_all = ["agent_pool", "audit_trail"])]
    pub team: Option<String>,
    /// An agent pool of the organization
    #[arg(long, value_name = "POOL", conflicts_with = "audit_trail")]
    pub agent_pool: Option<String>,
    /// What reads the organization's audit trail
    #[arg(long)]
    pub audit_trail: bool,
}

impl WhoseArgs {
    /// Returns whose tokens are meant; `None` for the account's own.
    pub(super) fn of_organization(self, global: &GlobalArgs) -> Result<Option<Whose>, Failure> {
        let kind = match (self.team, self.agent_pool, self.audit_trail) {
            (Some(team), _, _) => WhoseKind::Team(team),
            (None, Some(pool), _) => WhoseKind::AgentPool(pool),
            (None, None, true) => WhoseKind::AuditTrail,
            // A variable or a setting alone never chooses whose tokens are meant.
            (None, None, false) if self.organization.is_none() => return Ok(None),
            (None, None, false) => WhoseKind::Organization,
        };
        let parse =
            |text: &str| (!text.is_empty()).then(|| OrganizationName::parse(text)).transpose();
        let name =
            settings::parsed(&setting::ORGANIZATION, self.organization, &global.config, parse)?;
        let organization = name.ok_or_else(|| {
            Failure::usage("teams, agent pools and audit trails are of an organization")
                .hint("say which with --org, KEYBELT_ORG or `keybelt config set organization ORG`")
        })?;
        Ok(Some(Whose { organization, kind }))
    }
}
