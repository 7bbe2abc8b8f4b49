//! What else on this machine holds tokens: variables, and other tools' files. It is named, and left alone.

use serde_json::{Value, json};

use crate::environment;
use crate::host::Host;
use crate::other_tools::{self, terraform_credentials};
use crate::provider_name::{self, ProviderName};

/// A place that holds a token which nobody has touched.
#[derive(Debug)]
pub struct Place {
    /// What it is: a variable's name or a file's path.
    pub name: String,
    /// Whether it is a variable; a file otherwise.
    pub is_variable: bool,
    /// The host that the token is for, where that is known.
    pub host: Option<Host>,
}

impl Place {
    /// Returns what is to be done about it.
    pub fn advice(&self) -> String {
        let host = self.host.as_ref().map_or_else(|| "a server".to_owned(), ToString::to_string);
        match self.is_variable {
            true => format!("has a token for {host}: replace it where it is set"),
            false => format!("has a token for {host}: sign in again with the tool that wrote it"),
        }
    }

    /// Returns it for JSON.
    pub fn document(&self) -> Value {
        json!({
            "kind": if self.is_variable { "variable" } else { "file" },
            "name": self.name,
            "host": self.host.as_ref().map(ToString::to_string),
        })
    }
}

/// Lists every such place.
pub fn places() -> Vec<Place> {
    let known = provider_name::token_variables()
        .filter(|variable| environment::is_set(variable.name))
        .map(|variable| (variable.name.to_owned(), variable.bound_to().ok()));
    let spelled =
        terraform_credentials::variables().into_iter().map(|(name, host)| (name, Some(host)));
    let variables = known.chain(spelled).filter(|(name, _)| !environment::is_blank(name));
    let variables = variables.map(|(name, host)| Place { name, is_variable: true, host });
    let files = ProviderName::ALL.into_iter().flat_map(other_tools::files_of);
    let files = files.flat_map(|file| {
        let name = environment::shorten_home(file.path());
        // One that cannot be read is its tool's business.
        let entries = file.entries().unwrap_or_default().into_iter();
        let place = move |host| Place { name: name.clone(), is_variable: false, host: Some(host) };
        entries.map(move |(host, _)| place(host))
    });
    variables.chain(files).collect()
}
