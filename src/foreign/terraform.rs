//! Terraform's `credentials.tfrc.json`: tokens by host, in plain text (protocol: atlas 6.5).

use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use serde_json::{Map, Value};

use crate::environment;
use crate::failure::Failure;
use crate::host::Host;
use crate::token::Token;

/// The largest file that is read, in bytes.
const MAX_BYTES: u64 = 1024 * 1024;

/// Terraform's credentials file.
#[derive(Debug)]
pub struct CredentialsFile {
    path: PathBuf,
}

impl CredentialsFile {
    /// Returns the user's file; it need not be there. `None` without a home directory.
    pub fn of_user() -> Option<Self> {
        let directory = environment::terraform_dir()?;
        Some(Self {
            path: directory.join("credentials.tfrc.json"),
        })
    }

    /// Returns the file's path.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Returns every token with its host. Keys that are no hosts, and hosts without a token, are passed over,
    /// as Terraform does.
    ///
    /// # Errors
    /// A failure that names the file if it cannot be read as what it should be.
    pub fn tokens(&self) -> Result<Vec<(Host, Token)>, Failure> {
        let document = self.document()?;
        let credentials = credentials(&document).into_iter().flatten();
        Ok(credentials
            .filter_map(|(name, block)| Some((host_of(name)?, token_of(block)?)))
            .collect())
    }

    /// Returns the names of hosts that have a block without a token: Terraform asks no helper for them.
    ///
    /// # Errors
    /// As [`CredentialsFile::tokens`].
    pub fn without_token(&self) -> Result<Vec<String>, Failure> {
        let document = self.document()?;
        let blocks = credentials(&document).into_iter().flatten();
        let blank = blocks.filter(|(_, block)| token_of(block).is_none());
        Ok(blank
            .filter_map(|(name, _)| host_of(name).map(|host| host.to_string()))
            .collect())
    }

    /// Returns the token of a host.
    ///
    /// # Errors
    /// As [`CredentialsFile::tokens`].
    pub fn token(&self, host: &Host) -> Result<Option<Token>, Failure> {
        Ok(self
            .tokens()?
            .into_iter()
            .find(|(found, _)| found == host)
            .map(|(_, token)| token))
    }

    /// Removes a host's token, if it is still this one; everything else stays.
    ///
    /// # Errors
    /// A failure if the file cannot be written; it is as it was then.
    pub fn remove(&self, host: &Host, token: &Token) -> Result<(), Failure> {
        let mut document = self.document()?;
        let Some(Value::Object(credentials)) = document.get_mut("credentials") else {
            return Ok(());
        };
        let is_it = |name: &str, block: &Value| {
            host_of(name).as_ref() == Some(host)
                && token_of(block).is_some_and(|found| found.same_as(token))
        };
        credentials.retain(|name, block| !is_it(name, block));
        self.write(&document)
            .map_err(|error| self.failure("cannot be written").because(error))
    }

    fn failure(&self, what: &str) -> Failure {
        Failure::failure(format!(
            "Terraform's file {} {what}",
            environment::shorten_home(&self.path)
        ))
    }

    fn document(&self) -> Result<Map<String, Value>, Failure> {
        // A pipe in its place would keep us waiting for ever.
        if fs::metadata(&self.path).is_ok_and(|found| !found.is_file()) {
            return Err(self.failure("is not a plain file"));
        }
        let file = match File::open(&self.path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Map::new()),
            file => file.map_err(|error| self.failure("cannot be read").because(error))?,
        };
        let mut text = String::new();
        file.take(MAX_BYTES)
            .read_to_string(&mut text)
            .map_err(|_| self.failure("cannot be read as text"))?;
        if text.trim().is_empty() {
            return Ok(Map::new());
        }
        // serde_json's own message would quote what it found, and that may be a token.
        serde_json::from_str(&text).map_err(|error| {
            self.failure(&format!(
                "is not JSON at line {}, column {}",
                error.line(),
                error.column()
            ))
        })
    }

    /// Writes beside and renames, as Terraform does, with its two spaces of indentation.
    fn write(&self, document: &Map<String, Value>) -> io::Result<()> {
        // A link is kept: people keep such files in a repository of dot files.
        let path = fs::canonicalize(&self.path)?;
        let directory = path.parent().ok_or(io::ErrorKind::NotFound)?;
        let mut fresh = tempfile::NamedTempFile::new_in(directory)?;
        fresh.write_all(serde_json::to_string_pretty(document)?.as_bytes())?;
        fresh.as_file().sync_all()?;
        fresh.persist(&path).map_err(|error| error.error)?;
        Ok(())
    }
}

/// Reads what Terraform gives a credentials helper to store: an object with a token and nothing else, for
/// nothing else could be kept (protocol: atlas 6.7).
///
/// # Errors
/// A failure that quotes nothing of it.
pub fn token_to_store(object: &str) -> Result<Token, Failure> {
    let object: Map<String, Value> = serde_json::from_str(object)
        .map_err(|_| Failure::failure("what Terraform gave to store is not a JSON object"))?;
    if object.keys().any(|key| key != "token") {
        return Err(Failure::failure(
            "keybelt keeps tokens alone, and what Terraform gave has more than a token",
        ));
    }
    let token = object
        .get("token")
        .and_then(Value::as_str)
        .and_then(Token::new);
    token.ok_or_else(|| Failure::failure("what Terraform gave to store has no token in it"))
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
    use super::CredentialsFile;
    use crate::host::Host;

    fn file(text: &str) -> (tempfile::TempDir, CredentialsFile) {
        let directory = tempfile::tempdir().expect("a directory");
        let path = directory.path().join("credentials.tfrc.json");
        std::fs::write(&path, text).expect("written");
        (directory, CredentialsFile { path })
    }

    #[test]
    fn removing_a_token_keeps_everything_else() {
        let (_directory, file) = file(
            r#"{"credentials":{"App.Terraform.io":{"token":"a"},"tfe.example.com:8443":{"token":"b"},"x y":{"token":"c"},"none.example":{}},"other":[1.50]}"#,
        );
        let tokens = file.tokens().expect("readable");
        let names: Vec<String> = tokens.iter().map(|(host, _)| host.to_string()).collect();
        assert_eq!(names, ["app.terraform.io", "tfe.example.com:8443"]);
        file.remove(
            &Host::parse("app.terraform.io").expect("a host"),
            &tokens[1].1,
        )
        .expect("done");
        assert_eq!(
            file.tokens().expect("readable").len(),
            2,
            "another token is not removed"
        );
        file.remove(
            &Host::parse("app.terraform.io").expect("a host"),
            &tokens[0].1,
        )
        .expect("done");
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
