//! `include`: what a document is to carry besides its own resources.

use serde_json::{Value, json};

use super::error;
use crate::exchange::{Parameters, Reply};

/// The relationships that a caller wants included.
pub(crate) struct Include(Vec<String>);

impl Include {
    /// Reads `include`, of which this route knows these values; any other is 400.
    pub(crate) fn of(query: &Parameters, known: &[&str]) -> Result<Include, Reply> {
        let names = query.filled("include").unwrap_or_default();
        let names: Vec<_> = names.split(',').filter(|name| !name.is_empty()).collect();
        match names.iter().find(|name| !known.contains(name)) {
            Some(_) => Err(error::bad_request(&format!(
                "Invalid include parameter: this route can include {}",
                known.join(", ")
            ))),
            None => Ok(Include(names.into_iter().map(str::to_owned).collect())),
        }
    }

    /// What an answer carries without being asked.
    pub(crate) fn only(name: &str) -> Include {
        Include(vec![name.to_owned()])
    }

    pub(crate) fn has(&self, name: &str) -> bool {
        self.0.iter().any(|other| other == name)
    }

    /// Adds the list of what is included, if anything was asked for.
    pub(crate) fn begin(&self, document: &mut Value) {
        if !self.0.is_empty() {
            document["included"] = json!([]);
        }
    }

    /// Adds a resource to that list.
    pub(crate) fn add(&self, document: &mut Value, resource: Value) {
        if let Some(included) = document["included"].as_array_mut() {
            included.push(resource);
        }
    }
}
