//! Tokens by host, in plain text, in the files of Terraform's CLI configuration: `credentials.tfrc.json`, which
//! Terraform itself writes, and those that people write (protocol: atlas 6.5).

use std::path::{Path, PathBuf};

use serde_json::{Map, Value};

use super::TokenFile;
use super::terraform_cli::Configuration;
use super::terraform_files::{CREDENTIALS_FILE, Tool};
use super::terraform_settings::{Held, host_of};
use crate::environment;
use crate::failure::Failure;
use crate::host::Host;
use crate::provider_name::ProviderName;
use crate::token::{Source, Token};

/// A file of Terraform's that may have credentials in it.
#[derive(Debug)]
pub struct CredentialsFile(PathBuf);

impl CredentialsFile {
    /// Returns the file that Terraform writes; it need not be there. `None` without a home directory.
    pub fn of_user() -> Option<Self> {
        Some(Self(environment::terraform_dir()?.join(CREDENTIALS_FILE)))
    }

    /// Returns every file of the user's CLI configuration that may have tokens in it, the one that Terraform
    /// writes first. Those that cannot be told are left out.
    pub fn all() -> Vec<Self> {
        let mut paths: Vec<PathBuf> = Self::of_user().map(|file| file.0).into_iter().collect();
        for path in Tool::ALL.iter().flat_map(|tool| tool.files().unwrap_or_default()) {
            if !paths.contains(&path) {
                paths.push(path);
            }
        }
        paths.into_iter().map(Self).collect()
    }

    fn read(&self) -> Result<Configuration, Failure> {
        Configuration::read(self.0.clone())
    }
}

impl TokenFile for CredentialsFile {
    fn path(&self) -> &Path {
        &self.0
    }

    fn source(&self) -> Source {
        Source::ToolFile(ProviderName::Atlas)
    }

    fn entries(&self) -> Result<Vec<(Host, Option<Token>)>, Failure> {
        let file = self.read()?;
        let held = file.settings().credentials.iter();
        let is_one = |held: &Held| matches!(held, Held::Token(_) | Held::Unusable);
        Ok(held
            .filter(|(_, held)| is_one(held))
            .filter_map(|(name, held)| Some((host_of(name)?, held.token().cloned())))
            .collect())
    }

    fn remove(&self, host: &Host, token: &Token) -> Result<(), Failure> {
        let file = self.read()?;
        let held = file.settings().held(host);
        let is_it = |(_, held): &(&str, &Held)| held.token().is_some_and(|it| it.same_as(token));
        if held.is_empty() || !held.iter().all(is_it) {
            return Ok(());
        }
        file.remove_credentials(host)
    }
}

/// Reads what Terraform gives a credentials helper to store: an object with a token and nothing else, for
/// nothing else could be kept (protocol: atlas 6.7).
pub fn token_to_store(object: &str) -> Result<Token, Failure> {
    let object: Map<String, Value> = serde_json::from_str(object)
        .map_err(|_| Failure::general("the credentials from Terraform are not a JSON object"))?;
    if object.keys().any(|key| key != "token") {
        return Err(Failure::general("cannot store credentials that contain more than a token"));
    }
    let token = object.get("token").and_then(Value::as_str);
    let token =
        token.ok_or_else(|| Failure::general("the credentials from Terraform contain no token"))?;
    Token::new(token).ok_or_else(|| {
        Failure::general(
            "the token from Terraform is blank, too long, or contains invalid characters",
        )
    })
}

#[cfg(test)]
mod tests {
    use super::{CredentialsFile, TokenFile};
    use crate::host::Host;

    fn file(text: &str) -> (tempfile::TempDir, CredentialsFile) {
        let directory = tempfile::tempdir().expect("a directory");
        let path = directory.path().join("credentials.tfrc.json");
        std::fs::write(&path, text).expect("written");
        (directory, CredentialsFile(path))
    }

    #[test]
    fn removing_a_token_keeps_everything_else() {
        let (_directory, file) = file(
            r#"{"credentials":{"App.Terraform.io":{"token":"a"},"tfe.example.com:8443":{"token":"b"},"x y":{"token":"c"},"none.example":{}},"other":[1.50]}"#,
        );
        let entries = file.entries().expect("readable");
        let names: Vec<String> = entries.iter().map(|(host, _)| host.to_string()).collect();
        assert_eq!(names, ["app.terraform.io", "tfe.example.com:8443"]);
        let tokens: Vec<_> = entries.into_iter().filter_map(|(_, token)| token).collect();
        let host = Host::parse("app.terraform.io").expect("a host");
        file.remove(&host, &tokens[1]).expect("done");
        assert_eq!(file.entries().expect("readable").len(), 2, "another token is not removed");
        file.remove(&host, &tokens[0]).expect("done");
        assert_eq!(
            std::fs::read_to_string(file.path()).expect("readable"),
            r#"{"credentials":{"tfe.example.com:8443":{"token":"b"},"x y":{"token":"c"},"none.example":{}},"other":[1.50]}"#
        );
    }

    #[test]
    fn a_token_of_another_form_is_told_apart_from_none() {
        let (_directory, file) = file(
            r#"{"credentials":{"a.example":{"token":" x "},"b.example":[{"token":"x"}],"c.example":{"token":""}}}"#,
        );
        let entries = file.entries().expect("readable");
        let found: Vec<_> =
            entries.iter().map(|(host, token)| (host.to_string(), token.is_some())).collect();
        assert_eq!(found, [("a.example".to_owned(), false), ("b.example".to_owned(), true)]);
        let host = Host::parse("a.example").expect("a host");
        let failure = file.token(&host).expect_err("unusable");
        assert!(failure.message.contains("a token for a.example that keybelt cannot use"));
    }

    #[test]
    fn a_damaged_file_is_named_and_not_quoted() {
        let (_directory, file) =
            file(r#"{"credentials":{"app.terraform.io":{"token":"canary-4711 "#);
        let failure = file.entries().expect_err("damaged");
        assert!(failure.message.contains("credentials.tfrc.json"));
        assert!(!format!("{failure:?}").contains("canary"));
    }
}
