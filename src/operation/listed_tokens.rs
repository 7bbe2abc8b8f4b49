//! An account's tokens as its server lists them, and which of them is in use here.

use serde_json::{Value, json};

use crate::account::{Account, Identifier};
use crate::failure::Failure;
use crate::host::Host;
use crate::provider::{AccountServer, Capability, Offer};
use crate::report::{self, Table};
use crate::session::Session;
use crate::token::{Credential, TokenInfo};

/// An account's tokens, and which of them is in use here.
pub struct AccountTokens {
    pub host: Host,
    pub account: Account,
    pub tokens: Vec<TokenInfo>,
    /// Why there may be others that are not here: the server lists none.
    pub not_listed: Option<Failure>,
}

impl AccountTokens {
    /// Asks the server for every token.
    pub fn fetch(session: &Session) -> Result<Self, Failure> {
        Self::ask(session, |server, credential, account| server.tokens(credential, account))
    }

    /// Asks the server for what sign-ins of tools left behind: this token at least.
    pub fn fetch_sign_ins(session: &Session) -> Result<Self, Failure> {
        Self::ask(session, |server, credential, account| server.sign_ins(credential, account))
    }

    /// Asks the server for every token, or for this one where it lists no others.
    pub fn fetch_known(session: &Session) -> Result<Self, Failure> {
        Self::ask(session, |server, credential, account| {
            match server.offers(Capability::TokenList) {
                Offer::No(_) => server.sign_ins(credential, account),
                _ => server.tokens(credential, account),
            }
        })
    }

    fn ask(
        session: &Session,
        ask: impl Fn(&dyn AccountServer, &Credential, &Account) -> Result<Vec<TokenInfo>, Failure>,
    ) -> Result<Self, Failure> {
        let host = session.target()?.host;
        let (account, tokens, not_listed) =
            session.with_credential(&host, |server, signed_in| {
                let account = server.account(&signed_in.credential)?;
                let tokens = ask(server, &signed_in.credential, &account)?;
                let not_listed = server.offers(Capability::TokenList).or_refuse().err();
                Ok((account, tokens, not_listed))
            })?;
        Ok(Self { host, account, tokens, not_listed })
    }

    /// Returns whether a token is the one that is used here.
    pub fn is_this(&self, id: &Identifier) -> bool {
        self.account.token_id.as_ref() == Some(id)
    }

    /// Finds a token by its id or the beginning of it. Where the server lists none, an id is taken as it is.
    pub fn find(&self, beginning: &str) -> Result<TokenInfo, Failure> {
        let exact = self.tokens.iter().find(|token| token.id.as_str() == beginning);
        let matching: Vec<_> =
            self.tokens.iter().filter(|token| token.id.as_str().starts_with(beginning)).collect();
        match (exact, matching.as_slice()) {
            (Some(token), _) => Ok(token.clone()),
            (None, [token]) if !beginning.is_empty() => Ok((*token).clone()),
            (None, []) if self.not_listed.is_some() => from_id(beginning),
            (None, []) => Err(Failure::usage("no token of this account has that id")
                .hint("see `keybelt token list`")),
            (None, _) => {
                Err(Failure::usage("several tokens begin with that id; nothing was changed")
                    .hint("give more of the id; see `keybelt token list`"))
            }
        }
    }

    /// Returns a list's document.
    pub fn document(&self, tokens: &[&TokenInfo]) -> Value {
        let tokens: Vec<Value> =
            tokens.iter().map(|token| document(token, self.is_this(&token.id))).collect();
        json!({ "host": self.host.to_string(), "account": self.account.name.as_str(), "tokens": tokens })
    }

    /// Returns a list for people and spreadsheets.
    pub fn table(&self, tokens: &[&TokenInfo]) -> Table {
        let mut table =
            Table::new(&["id", "description", "created", "last used", "expires", "this"]);
        for token in tokens {
            table.push(vec![
                token.id.to_string(),
                token.description.clone().unwrap_or_default(),
                report::day(token.created_at, "unknown"),
                report::day(token.last_used_at, "never"),
                report::day(token.expires_at, "never"),
                if self.is_this(&token.id) { "this one".to_owned() } else { String::new() },
            ]);
        }
        table
    }
}

/// Returns what is known of a token that the server does not list.
fn from_id(id: &str) -> Result<TokenInfo, Failure> {
    let id = Identifier::new(id).ok_or_else(|| Failure::usage("this is no token's id"))?;
    Ok(TokenInfo { id, description: None, created_at: None, last_used_at: None, expires_at: None })
}

/// Returns what is known of a token, for JSON.
pub fn document(token: &TokenInfo, is_this: bool) -> Value {
    json!({
        "id": token.id.as_str(),
        "description": token.description,
        "created_at": report::moment_document(token.created_at),
        "last_used_at": report::moment_document(token.last_used_at),
        "expires_at": report::moment_document(token.expires_at),
        "this": is_this,
    })
}
