//! Authentication tokens, where they come from, and the credential that a request presents.

use std::fmt;

use jiff::Timestamp;
use secrecy::{ExposeSecret, SecretString};

use crate::account::{AccountName, Identifier};
use crate::failure::Failure;
use crate::host::Host;
use crate::provider_name::{self, ProviderName};
use crate::redaction;

/// An authentication token: 1 to 16,384 visible ASCII bytes. As good as a password.
#[derive(Clone)]
pub struct Token(SecretString);

impl Token {
    /// The longest token that is accepted, in bytes.
    pub const MAX_BYTES: usize = 16_384;

    /// Takes a token exactly as written; `None` if it cannot be one.
    pub fn new(text: &str) -> Option<Self> {
        let visible = text.bytes().all(|b| b.is_ascii_graphic());
        (visible && (1..=Self::MAX_BYTES).contains(&text.len()))
            .then(|| Self(text.to_owned().into()))
    }

    /// Takes a token from a person, a pipe or a variable, without what shells, files and pasting add at its ends.
    ///
    /// # Errors
    /// A usage failure that names `source` and never shows the value.
    pub fn parse(text: &str, source: &str) -> Result<Self, Failure> {
        let text = text.trim_start_matches('\u{feff}').trim();
        if text.len() > 1 && text.starts_with(['"', '\'']) && text.ends_with(['"', '\'']) {
            return Err(Failure::usage(format!("{source} is in quotes"))
                .hint("pass only the token, without the quotes"));
        }
        if text.get(..7).is_some_and(|start| start.eq_ignore_ascii_case("bearer ")) {
            return Err(Failure::usage(format!("{source} begins with `Bearer `"))
                .hint("pass only the token, without `Bearer`"));
        }
        if text.is_empty() {
            return Err(Failure::usage(format!("{source} is blank"))
                .hint("the token is one line, without a blank line in front"));
        }
        if let Some(name) = assigned(text) {
            return Err(Failure::usage(format!("{source} begins with a variable and `=`"))
                .hint(format!("pass only the token, without `{name}`")));
        }
        if text.contains(char::is_whitespace) {
            return Err(Failure::usage(format!("{source} contains spaces; tokens do not"))
                .hint("copy the token again, on one line"));
        }
        Self::new(text).ok_or_else(|| {
            Failure::usage(format!(
                "{source} is not a token: longer than 16,384 bytes, or not plain ASCII"
            ))
            .hint("copy the token again, on one line")
        })
    }

    /// As [`Token::parse`], for text that is already kept as a secret.
    pub fn from_secret(text: &SecretString, source: &str) -> Result<Self, Failure> {
        Self::parse(text.expose_secret(), source)
    }

    /// Returns the token for the line that sends or writes it.
    pub fn secret(&self) -> &SecretString {
        &self.0
    }

    /// Returns whether both are the same token.
    pub fn same_as(&self, other: &Self) -> bool {
        self.0.expose_secret() == other.0.expose_secret()
    }
}

/// Returns the known variable that a line sets, as scripts write it; no other name is ever shown.
fn assigned(line: &str) -> Option<&'static str> {
    let (name, _) = line.trim_start_matches("export ").split_once('=')?;
    provider_name::token_variables().map(|it| it.name).find(|known| *known == name)
}

impl fmt::Debug for Token {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("Token([REDACTED])")
    }
}

/// How a stored token came to be; it decides what signing out does with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// Made by a sign-in with a password.
    Password,
    /// Made by a sign-in in the browser.
    Web,
    /// Given by a person; other tools may live on it.
    Pasted,
    /// Taken over from another tool's file.
    Imported,
    /// Written by Terraform through the credentials helper.
    Helper,
}

impl Origin {
    /// Every origin with its word in `tokens.json`.
    const WORDS: [(Self, &'static str); 5] = [
        (Self::Password, "password"),
        (Self::Web, "web"),
        (Self::Pasted, "pasted"),
        (Self::Imported, "imported"),
        (Self::Helper, "helper"),
    ];

    /// Returns the word in `tokens.json`.
    pub fn as_str(self) -> &'static str {
        Self::WORDS[self as usize].1
    }

    /// Reads the word in `tokens.json`.
    pub fn new(word: &str) -> Option<Self> {
        Self::WORDS.iter().find(|(_, name)| *name == word).map(|(origin, _)| *origin)
    }

    /// Returns whether keybelt made the token itself, so that signing out may end it unasked.
    pub fn is_own(self) -> bool {
        matches!(self, Self::Password | Self::Web)
    }
}

/// Where a credential was found. Its text is what errors and `status` call it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Source {
    /// An environment variable, by name.
    Variable(String),
    /// keybelt's own store.
    Store,
    /// The file of tokens that a provider's own tools keep.
    ToolFile(ProviderName),
    /// A sign-in of this very process, not stored yet.
    SignIn,
    /// What a person gave to be stored.
    Given,
}

impl Source {
    /// Returns whose tokens are found there, where that is always the same.
    pub fn provider(&self) -> Option<ProviderName> {
        match self {
            // All others are Terraform's, which have the host in their names.
            Self::Variable(name) => {
                let mut known = provider_name::token_variables();
                let known = known.find(|variable| variable.name == name);
                Some(known.map_or(ProviderName::Atlas, |variable| variable.provider))
            }
            Self::ToolFile(provider) => Some(*provider),
            Self::Store | Self::SignIn | Self::Given => None,
        }
    }
}

impl fmt::Display for Source {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Variable(name) => out.write_str(name),
            Self::Store => out.write_str("keybelt's store"),
            Self::ToolFile(provider) => out.write_str(&provider.dialect().tokens_file()),
            Self::SignIn => out.write_str("this sign-in"),
            Self::Given => out.write_str("standard input"),
        }
    }
}

/// A token bound to exactly one host, and where it came from.
#[derive(Debug, Clone)]
pub struct Credential {
    /// The one host that may ever see the token.
    pub host: Host,
    /// The token.
    pub token: Token,
    /// Where it was found.
    pub source: Source,
    /// Whose it is as far as we know, for servers that name nobody.
    pub known_as: Option<AccountName>,
}

impl Credential {
    /// Binds a token to its host. From now on it is redacted wherever keybelt writes.
    pub fn new(host: &Host, token: Token, source: Source) -> Self {
        redaction::protect(token.secret());
        Self { host: host.clone(), token, source, known_as: None }
    }

    /// Says whose the token is, as far as that is known.
    pub fn known_as(self, account: Option<&AccountName>) -> Self {
        Self { known_as: account.cloned(), ..self }
    }
}

/// What a server tells of one of an account's tokens; never the token itself.
#[derive(Debug, Clone)]
pub struct TokenInfo {
    /// The server's id.
    pub id: Identifier,
    /// What it was called when it was made, as the server wrote it: escape it before it is shown.
    pub description: Option<String>,
    /// When it was made.
    pub created_at: Option<Timestamp>,
    /// When it was last used; `None` if never, or not told.
    pub last_used_at: Option<Timestamp>,
    /// When it expires; `None` if never, or not told.
    pub expires_at: Option<Timestamp>,
}

/// What a sign-in yields.
#[derive(Debug, Clone)]
pub struct NewToken {
    /// The token.
    pub token: Token,
    /// The server's id of it, where it tells.
    pub id: Option<Identifier>,
    /// When it expires, where the server says so.
    pub expires_at: Option<Timestamp>,
    /// The server's clock when it answered.
    pub server_time: Option<Timestamp>,
}

#[cfg(test)]
mod tests {
    use super::Token;

    /// npm printed a token that had a newline in it (npm/cli#7819).
    #[test]
    fn a_malformed_token_is_refused_without_being_shown() {
        for bad in [
            "",
            "\n",
            "abc def-secret",
            "abc\ndef-secret",
            "abc\0def-secret",
            "é-secret",
            "Bearer abc-secret",
            "bearer  abc-secret",
        ] {
            let failure = Token::parse(bad, "`ATLAS_TOKEN`").expect_err("a malformed token");
            assert!(!format!("{failure:?}").contains("secret"), "{bad:?}");
            assert!(failure.message.contains("`ATLAS_TOKEN`"));
        }
        for padded in ["abc.def\r\n", "  abc.def  \n", "\u{feff}abc.def\n", "\tabc.def"] {
            let token = Token::parse(padded, "x").expect("blanks at its ends are none of it");
            assert!(token.same_as(&Token::new("abc.def").expect("a token")), "{padded:?}");
        }
        for quoted in ["\"abc-secret\"", "'abc-secret'\n"] {
            let failure = Token::parse(quoted, "`ATLAS_TOKEN`").expect_err("quotes are named");
            assert!(failure.message.ends_with("is in quotes"), "{failure}");
            assert!(!format!("{failure:?}").contains("secret"), "{quoted:?}");
        }
        assert!(Token::new(&"a".repeat(16_385)).is_none());
        for (text, reason) in [
            ("BEARER abc", "begins with `Bearer `"),
            ("abc def", "contains spaces"),
            ("", "is blank"),
            ("export ATLAS_TOKEN=abc-secret", "begins with a variable"),
            ("ATLAS_TOKEN=\"abc-secret\"", "begins with a variable"),
        ] {
            let failure = Token::parse(text, "it").expect_err(reason);
            assert!(failure.message.contains(reason), "{text:?}: {failure}");
            assert!(failure.hint.is_some_and(|hint| !hint.contains("secret")), "{text:?}");
        }
    }
}
