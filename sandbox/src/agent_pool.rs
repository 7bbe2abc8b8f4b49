//! Agent pools: names, and which workspaces and projects may use one. No agent ever comes.

use jiff::Timestamp;

use crate::random;

/// What can be set of a pool.
#[derive(Clone, Debug)]
pub(crate) struct PoolSettings {
    pub(crate) name: String,
    pub(crate) organization_scoped: bool,
    /// Ids of workspaces, of projects, and of workspaces again.
    pub(crate) allowed_workspaces: Vec<String>,
    pub(crate) allowed_projects: Vec<String>,
    pub(crate) excluded_workspaces: Vec<String>,
}

impl PoolSettings {
    pub(crate) fn new(name: &str) -> PoolSettings {
        PoolSettings {
            name: name.to_owned(),
            organization_scoped: true,
            allowed_workspaces: Vec::new(),
            allowed_projects: Vec::new(),
            excluded_workspaces: Vec::new(),
        }
    }
}

/// An agent pool.
#[derive(Debug)]
pub(crate) struct AgentPool {
    pub(crate) id: String,
    pub(crate) settings: PoolSettings,
    pub(crate) created_at: Timestamp,
}

/// The agent pools of an organization, oldest first.
#[derive(Debug, Default)]
pub(crate) struct AgentPools(Vec<AgentPool>);

impl AgentPools {
    pub(crate) fn create(&mut self, settings: PoolSettings, now: Timestamp) -> &AgentPool {
        let id = format!("apool-{}", random::alphanumeric(16));
        self.0.push(AgentPool { id, settings, created_at: now });
        self.0.last().expect("it was just added")
    }

    pub(crate) fn get(&self, id: &str) -> Option<&AgentPool> {
        self.0.iter().find(|pool| pool.id == id)
    }

    pub(crate) fn get_mut(&mut self, id: &str) -> Option<&mut AgentPool> {
        self.0.iter_mut().find(|pool| pool.id == id)
    }

    pub(crate) fn named(&self, name: &str) -> Option<&AgentPool> {
        self.0.iter().find(|pool| pool.settings.name == name)
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &AgentPool> {
        self.0.iter()
    }

    pub(crate) fn delete(&mut self, id: &str) {
        self.0.retain(|pool| pool.id != id);
    }
}
