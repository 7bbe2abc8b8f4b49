//! The organization and its workspaces: names and settings only. Nothing runs here and no state is
//! kept; it is what terraform needs to see before it will initialize a directory.

use jiff::Timestamp;

use crate::random;

/// The organization that all accounts belong to.
#[derive(Debug)]
pub(crate) struct Organization {
    pub(crate) name: String,
    pub(crate) id: String,
    pub(crate) workspaces: Vec<Workspace>,
}

impl Organization {
    pub(crate) fn new(name: &str) -> Organization {
        Organization {
            name: name.to_owned(),
            id: format!("org-{}", random::alphanumeric(16)),
            workspaces: Vec::new(),
        }
    }

    /// Adds a workspace, or returns nothing if there is one of that name.
    pub(crate) fn create(&mut self, name: &str, now: Timestamp) -> Option<&mut Workspace> {
        let taken = |workspace: &Workspace| workspace.name.eq_ignore_ascii_case(name);
        if self.workspaces.iter().any(taken) {
            return None;
        }
        self.workspaces.push(Workspace {
            id: format!("ws-{}", random::alphanumeric(16)),
            name: name.to_owned(),
            terraform_version: "latest".to_owned(),
            created_at: now,
            updated_at: now,
        });
        self.workspaces.last_mut()
    }

    pub(crate) fn workspace(&self, id: &str) -> Option<&Workspace> {
        self.workspaces.iter().find(|workspace| workspace.id == id)
    }

    pub(crate) fn workspace_mut(&mut self, id: &str) -> Option<&mut Workspace> {
        self.workspaces
            .iter_mut()
            .find(|workspace| workspace.id == id)
    }
}

/// A workspace.
#[derive(Debug)]
pub(crate) struct Workspace {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) terraform_version: String,
    pub(crate) created_at: Timestamp,
    pub(crate) updated_at: Timestamp,
}
