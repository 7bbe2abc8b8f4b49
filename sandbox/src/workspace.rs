//! The organization's workspaces: names and settings only. Nothing runs here and no state is kept;
//! it is what terraform needs to see before it will initialize a directory.

use jiff::Timestamp;

use crate::execution_mode::ExecutionMode;
use crate::random;

/// All workspaces, oldest first.
#[derive(Debug, Default)]
pub(crate) struct Workspaces(Vec<Workspace>);

impl Workspaces {
    /// Adds a workspace, or returns nothing if there is one of that name.
    pub(crate) fn create(
        &mut self,
        name: &str,
        project: &str,
        execution_mode: ExecutionMode,
        now: Timestamp,
    ) -> Option<&mut Workspace> {
        let taken = |workspace: &Workspace| workspace.name.eq_ignore_ascii_case(name);
        if self.0.iter().any(taken) {
            return None;
        }
        self.0.push(Workspace {
            id: format!("ws-{}", random::alphanumeric(16)),
            name: name.to_owned(),
            terraform_version: "latest".to_owned(),
            project: project.to_owned(),
            execution_mode,
            agent_pool: None,
            created_at: now,
            updated_at: now,
        });
        self.0.last_mut()
    }

    pub(crate) fn get(&self, id: &str) -> Option<&Workspace> {
        self.0.iter().find(|workspace| workspace.id == id)
    }

    pub(crate) fn get_mut(&mut self, id: &str) -> Option<&mut Workspace> {
        self.0.iter_mut().find(|workspace| workspace.id == id)
    }

    pub(crate) fn delete(&mut self, id: &str) {
        self.0.retain(|workspace| workspace.id != id);
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &Workspace> {
        self.0.iter()
    }
}

/// A workspace.
#[derive(Debug)]
pub(crate) struct Workspace {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) terraform_version: String,
    /// The id of its project.
    pub(crate) project: String,
    pub(crate) execution_mode: ExecutionMode,
    /// The id of the pool of agents, with that execution mode.
    pub(crate) agent_pool: Option<String>,
    pub(crate) created_at: Timestamp,
    pub(crate) updated_at: Timestamp,
}
