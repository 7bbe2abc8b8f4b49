//! Aptible's `tokens.json`: one flat object from server to token, in plain text (protocol: aptible 2.1).
//!
//! Other tools look up the literal key `https://auth.aptible.com`, and scripts cut the file with `sed`: so it
//! stays one flat line, and only the entry in question changes.

use std::path::{Path, PathBuf};

use secrecy::ExposeSecret;
use serde_json::{Map, Value};
use url::Url;

use super::TokenFile;
use super::json_file::JsonFile;
use super::text_file;
use crate::environment;
use crate::failure::Failure;
use crate::host::Host;
use crate::provider_name::ProviderName;
use crate::token::{Source, Token};

/// Aptible's file of tokens.
#[derive(Debug)]
pub struct AptibleFile(JsonFile);

impl AptibleFile {
    /// Returns the user's file; it need not be there. `None` without a home directory.
    pub fn of_user() -> Option<Self> {
        let path = directory()?.join("tokens.json");
        Some(Self(JsonFile::new(path, "Aptible's")))
    }

    /// Puts a host's token into the file, under the exact key that Aptible's tools look up.
    ///
    /// # Errors
    /// A failure if the file cannot be understood, or not written; it is as it was then.
    pub fn put(&self, host: &Host, token: &Token) -> Result<(), Failure> {
        let mut document = self.0.read()?;
        document.insert(host.origin(), token.secret().expose_secret().into());
        if let Some(directory) = self.path().parent() {
            text_file::create_directories(directory)
                .map_err(|error| self.0.failure("cannot be written").because(error))?;
        }
        self.write(document)
    }

    fn write(&self, document: Map<String, Value>) -> Result<(), Failure> {
        self.0.write(&format!("{}\n", Value::Object(document)))
    }
}

impl TokenFile for AptibleFile {
    fn path(&self) -> &Path {
        self.0.path()
    }

    fn source(&self) -> Source {
        Source::ToolFile(ProviderName::Aptible)
    }

    /// Several spellings may mean one host; the exact key comes first, as it does for Aptible's tools.
    fn entries(&self) -> Result<Vec<(Host, Option<Token>)>, Failure> {
        let document = self.0.read()?;
        let mut entries: Vec<(bool, Host, Option<Token>)> = document
            .iter()
            .filter(|(_, value)| value.as_str().is_some_and(|text| !text.is_empty()))
            .filter_map(|(key, value)| {
                let host = host_of(key)?;
                Some((host.origin() != *key, host, token_of(value)))
            })
            .collect();
        entries.sort_by_key(|(is_other_spelling, ..)| *is_other_spelling);
        Ok(entries.into_iter().map(|(_, host, token)| (host, token)).collect())
    }

    fn remove(&self, host: &Host, token: &Token) -> Result<(), Failure> {
        let mut document = self.0.read()?;
        let before = document.len();
        let is_it = |key: &str, value: &Value| {
            host_of(key).as_ref() == Some(host)
                && token_of(value).is_some_and(|found| found.same_as(token))
        };
        document.retain(|key, value| !is_it(key, value));
        if document.len() == before {
            return Ok(());
        }
        self.write(document)
    }
}

/// Returns the directory that Aptible's tools keep their files in.
fn directory() -> Option<PathBuf> {
    let named = environment::raw("APTIBLE_CONFIG_PATH").filter(|named| !named.is_empty());
    match named.map(PathBuf::from) {
        // Nothing is read from the working directory.
        Some(named) => named.is_absolute().then_some(named),
        None => Some(environment::home_dir()?.join(".aptible")),
    }
}

/// Reads a key. Aptible's tools drop a path and a slash at its end.
fn host_of(key: &str) -> Option<Host> {
    let url = Url::parse(key).ok()?;
    let is_web = matches!(url.scheme(), "http" | "https") && url.username().is_empty();
    is_web.then(|| Host::parse(&url.origin().ascii_serialization()).ok()).flatten()
}

fn token_of(value: &Value) -> Option<Token> {
    Token::new(value.as_str()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(text: &str) -> (tempfile::TempDir, AptibleFile) {
        let directory = tempfile::tempdir().expect("a directory");
        let path = directory.path().join("tokens.json");
        std::fs::write(&path, text).expect("written");
        (directory, AptibleFile(JsonFile::new(path, "Aptible's")))
    }

    fn aptible() -> Host {
        Host::parse("auth.aptible.com").expect("a host")
    }

    fn text(file: &AptibleFile) -> String {
        std::fs::read_to_string(file.path()).expect("readable")
    }

    #[test]
    fn a_token_is_put_under_the_exact_key_and_everything_else_stays() {
        let (_directory, file) = file(
            r#"{"http://127.0.0.1:9/":"other","https://auth.aptible.com":"old","x":{"y":1.50}}"#,
        );
        file.put(&aptible(), &Token::new("new").expect("a token")).expect("done");
        assert_eq!(
            text(&file),
            "{\"http://127.0.0.1:9/\":\"other\",\"https://auth.aptible.com\":\"new\",\"x\":{\"y\":1.5}}\n"
        );
        file.remove(&aptible(), &Token::new("old").expect("a token")).expect("done");
        assert!(text(&file).contains("new"), "another token is not removed");
        file.remove(&aptible(), &Token::new("new").expect("a token")).expect("done");
        assert_eq!(text(&file), "{\"http://127.0.0.1:9/\":\"other\",\"x\":{\"y\":1.5}}\n");
    }

    #[test]
    fn spellings_of_one_server_are_one_host_and_the_exact_one_comes_first() {
        let (_directory, file) = file(
            r#"{"https://auth.aptible.com/":"slash","https://auth.aptible.com":"exact","http://evil.example":"plain","x":"y"}"#,
        );
        let token = file.token(&aptible()).expect("readable").expect("there");
        assert!(token.same_as(&Token::new("exact").expect("a token")));
        assert_eq!(file.entries().expect("readable").len(), 2);
    }

    /// Aptible's own client takes a damaged file for an empty one, and overwrites it.
    #[test]
    fn a_damaged_file_is_neither_quoted_nor_overwritten() {
        for damaged in [r#"{"https://auth.aptible.com":"canary-4711" "#, r#"["canary-4711"]"#] {
            let (_directory, file) = file(damaged);
            let failure =
                file.put(&aptible(), &Token::new("new").expect("a token")).expect_err("damaged");
            assert!(!format!("{failure:?}").contains("canary"));
            assert_eq!(text(&file), damaged);
        }
    }
}
