//! Projects: names only, for what refers to one.

use jiff::Timestamp;

use crate::random;

/// A project.
#[derive(Debug)]
pub(crate) struct Project {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) description: String,
    pub(crate) created_at: Timestamp,
}

impl Project {
    pub(crate) fn new(name: &str, now: Timestamp) -> Project {
        Project {
            id: format!("prj-{}", random::alphanumeric(16)),
            name: name.to_owned(),
            description: String::new(),
            created_at: now,
        }
    }
}

/// The projects of an organization; the first is the default one and stays.
#[derive(Debug)]
pub(crate) struct Projects(Vec<Project>);

impl Projects {
    pub(crate) fn new(now: Timestamp) -> Projects {
        Projects(vec![Project::new("Default Project", now)])
    }

    pub(crate) fn default(&self) -> &Project {
        &self.0[0]
    }

    pub(crate) fn add(&mut self, project: Project) {
        self.0.push(project);
    }

    pub(crate) fn get(&self, id: &str) -> Option<&Project> {
        self.0.iter().find(|project| project.id == id)
    }

    pub(crate) fn get_mut(&mut self, id: &str) -> Option<&mut Project> {
        self.0.iter_mut().find(|project| project.id == id)
    }

    pub(crate) fn named(&self, name: &str) -> Option<&Project> {
        self.0.iter().find(|project| project.name.eq_ignore_ascii_case(name))
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &Project> {
        self.0.iter()
    }

    /// Deletes a project; returns whether it could be.
    pub(crate) fn delete(&mut self, id: &str) -> bool {
        let position = self.0.iter().position(|project| project.id == id);
        let position = position.filter(|position| *position > 0);
        position.map(|position| self.0.remove(position)).is_some()
    }
}
