//! Terraform's `credentials.tfrc.json`: tokens by host, in plain text (protocol: atlas 6.5).

use std::path::Path;

use serde_json::{Map, Value};

use super::TokenFile;
use super::json_file::JsonFile;
use crate::environment;
use crate::failure::Failure;
use crate::host::Host;
use crate::provider_name::ProviderName;
use crate::token::{Source, Token};

/// Terraform's credentials file.
#[derive(Debug)]
pub struct CredentialsFile(JsonFile);

impl CredentialsFile {
    /// Returns the user's file; it need not be there. `None` without a home directory.
    pub fn of_user() -> Option<Self> {
        let path = environment::terraform_dir()?.join("credentials.tfrc.json");
        Some(Self(JsonFile::new(path, "Terraform's")))
    }

    /// Returns the names of hosts that have a block without a token: Terraform asks no helper for them.
    pub fn without_token(&self) -> Result<Vec<String>, Failure> {
        let document = self.0.read()?;
        let blocks = credentials(&document).into_iter().flatten();
        let blank = blocks.filter(|(_, block)| token_of(block).is_none());
        Ok(blank.filter_map(|(name, _)| host_of(name).map(|host| host.to_string())).collect())
    }
}

impl TokenFile for CredentialsFile {
    fn path(&self) -> &Path {
        self.0.path()
    }

    fn source(&self) -> Source {
        Source::ToolFile(ProviderName::Atlas)
    }

    /// Passes over what Terraform does.
    fn tokens(&self) -> Result<Vec<(Host, Token)>, Failure> {
        let document = self.0.read()?;
        let credentials = credentials(&document).into_iter().flatten();
        Ok(credentials
            .filter_map(|(name, block)| Some((host_of(name)?, token_of(block)?)))
            .collect())
    }

    /// Keeps Terraform's two spaces of indentation.
    fn remove(&self, host: &Host, token: &Token) -> Result<(), Failure> {
        let mut document = self.0.read()?;
        let Some(Value::Object(credentials)) = document.get_mut("credentials") else {
            return Ok(());
        };
        let is_it = |name: &str, block: &Value| {
            host_of(name).as_ref() == Some(host)
                && token_of(block).is_some_and(|found| found.same_as(token))
        };
        credentials.retain(|name, block| !is_it(name, block));
        self.0.write(&format!("{:#}", Value::Object(document)))
    }
}

/// Reads what Terraform gives a credentials helper to store: an object with a token and nothing else, for
/// nothing else could be kept (protocol: atlas 6.7).
///
/// # Errors
/// A failure that quotes nothing of it.
pub fn token_to_store(object: &str) -> Result<Token, Failure> {
    let object: Map<String, Value> = serde_json::from_str(object)
        .map_err(|_| Failure::general("what Terraform gave to store is not a JSON object"))?;
    if object.keys().any(|key| key != "token") {
        return Err(Failure::general(
            "keybelt keeps tokens alone, and what Terraform gave has more than a token",
        ));
    }
    let token = object.get("token").and_then(Value::as_str).and_then(Token::new);
    token.ok_or_else(|| Failure::general("what Terraform gave to store has no token in it"))
}

fn credentials(document: &Map<String, Value>) -> Option<&Map<String, Value>> {
    document.get("credentials")?.as_object()
}

/// Reads a name as Terraform writes it; an address with a scheme is none.
fn host_of(name: &str) -> Option<Host> {
    let is_plain = !name.contains("://") && name.contains('.') || name.starts_with("localhost");
    is_plain.then(|| Host::parse(name).ok()).flatten()
}

fn token_of(block: &Value) -> Option<Token> {
    Token::new(block.get("token")?.as_str()?)
}

#[cfg(test)]
mod tests {
    use super::{CredentialsFile, JsonFile, TokenFile};
    use crate::host::Host;

    fn file(text: &str) -> (tempfile::TempDir, CredentialsFile) {
        let directory = tempfile::tempdir().expect("a directory");
        let path = directory.path().join("credentials.tfrc.json");
        std::fs::write(&path, text).expect("written");
        (directory, CredentialsFile(JsonFile::new(path, "Terraform's")))
    }

    #[test]
    fn removing_a_token_keeps_everything_else() {
        let (_directory, file) = file(
            r#"{"credentials":{"App.Terraform.io":{"token":"a"},"tfe.example.com:8443":{"token":"b"},"x y":{"token":"c"},"none.example":{}},"other":[1.50]}"#,
        );
        let tokens = file.tokens().expect("readable");
        let names: Vec<String> = tokens.iter().map(|(host, _)| host.to_string()).collect();
        assert_eq!(names, ["app.terraform.io", "tfe.example.com:8443"]);
        file.remove(&Host::parse("app.terraform.io").expect("a host"), &tokens[1].1).expect("done");
        assert_eq!(file.tokens().expect("readable").len(), 2, "another token is not removed");
        file.remove(&Host::parse("app.terraform.io").expect("a host"), &tokens[0].1).expect("done");
        let left = std::fs::read_to_string(file.path()).expect("readable");
        assert!(
            !left.contains("App.Terraform.io")
                && left.contains("x y")
                && left.contains("\"other\"")
        );
    }

    #[test]
    fn a_damaged_file_is_named_and_not_quoted() {
        let (_directory, file) =
            file(r#"{"credentials":{"app.terraform.io":{"token":"canary-4711" "#);
        let failure = file.tokens().expect_err("damaged");
        assert!(failure.message.contains("credentials.tfrc.json"));
        assert!(!format!("{failure:?}").contains("canary"));
    }
}
