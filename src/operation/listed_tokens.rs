//! An account's tokens as its server lists them, and which of them is in use here.

use serde_json::{Value, json};

use crate::account::{Account, Identifier};
use crate::failure::Failure;
use crate::host::Host;
use crate::provider::{AccountServer, Capability, Offer};
use crate::report::{self, Table};
use crate::session::Session;
use crate::token::{Credential, TokenInfo};

/// How many characters behind `at-` make the beginning of an id: fewer could be a slip of the finger.
const SHORTEST_BEGINNING: usize = 6;

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

    /// Finds tokens by their ids, each once. Where the server lists none, an id is taken as it is.
    ///
    /// # Errors
    /// Usage, naming every id that is none: nothing is done then.
    pub fn find_all(&self, session: &Session, ids: &[String]) -> Result<Vec<TokenInfo>, Failure> {
        let mut found: Vec<TokenInfo> = Vec::new();
        let mut unknown = Vec::new();
        for (number, id) in ids.iter().enumerate() {
            let token = match self.find(id) {
                Some(token) => Some(token),
                None => self.ask_for(session, id)?,
            };
            match token {
                Some(token) if found.iter().any(|other| other.id == token.id) => {}
                Some(token) => found.push(token),
                None => unknown.push(shown_id(id, number + 1)),
            }
        }
        if unknown.is_empty() {
            return Ok(found);
        }
        Err(self.no_such_token(&unknown))
    }

    /// Asks the server for a token of somebody else's, such as a team's or an agent's: one route has them all.
    fn ask_for(&self, session: &Session, id: &str) -> Result<Option<TokenInfo>, Failure> {
        let Some(id) = Identifier::new(id).filter(|id| id.as_str().starts_with("at-")) else {
            return Ok(None);
        };
        session.with_credential(&self.host, |server, signed_in| {
            server.token(&signed_in.credential, &id)
        })
    }

    /// Finds one token, as [`AccountTokens::find_all`] does.
    pub fn find_one(&self, id: &str) -> Result<TokenInfo, Failure> {
        self.find(id).ok_or_else(|| self.no_such_token(&[shown_id(id, 1)]))
    }

    fn no_such_token(&self, ids: &[String]) -> Failure {
        Failure::usage(format!(
            "no token of {} has the ID {}; nothing was changed",
            self.account.name,
            ids.join(" or ")
        ))
        .hint("use the whole ID, or at least six characters after `at-` that match no other; see `keybelt token list`")
    }

    /// Finds a token by its whole id; or by a beginning that is long enough to be meant, and its own.
    fn find(&self, id: &str) -> Option<TokenInfo> {
        if let Some(exact) = self.tokens.iter().find(|token| token.id.as_str() == id) {
            return Some(exact.clone());
        }
        let is_meant = id.strip_prefix("at-").is_some_and(|rest| rest.len() >= SHORTEST_BEGINNING);
        let mut matching =
            self.tokens.iter().filter(|token| is_meant && token.id.as_str().starts_with(id));
        match (matching.next(), matching.next()) {
            (Some(token), None) => Some(token.clone()),
            (None, _) if self.not_listed.is_some() => from_id(id),
            _ => None,
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
        let mut table = Table::new(&[
            ("id", "id"),
            ("description", "description"),
            ("created", "created_at"),
            ("last used", "last_used_at"),
            ("expires", "expires_at"),
            ("this", "this"),
        ]);
        for token in tokens {
            let is_this = self.is_this(&token.id);
            // The one in use is in use: a server that names no time does not tell.
            let unused = if is_this { "unknown" } else { "never" };
            table.push(vec![
                token.id.to_string(),
                token.description.clone().unwrap_or_default(),
                report::day(token.created_at, "unknown"),
                report::day(token.last_used_at, unused),
                report::day(token.expires_at, "never"),
                if is_this { "this one".to_owned() } else { String::new() },
            ]);
        }
        table
    }
}

/// Returns what is known of a token that the server does not list.
fn from_id(id: &str) -> Option<TokenInfo> {
    let id = Identifier::new(id)?;
    Some(TokenInfo {
        id,
        description: None,
        created_at: None,
        last_used_at: None,
        expires_at: None,
    })
}

/// Names what was given for an id. Only what has the form of one is shown: it could be a token.
pub(super) fn shown_id(text: &str, number: usize) -> String {
    let is_word = |text: &str| text.len() <= 40 && text.bytes().all(|b| b.is_ascii_alphanumeric());
    let is_hexadecimal = |b: u8| b.is_ascii_hexdigit() || b == b'-';
    let has_form = text.strip_prefix("at-").is_some_and(is_word)
        || (1..=40).contains(&text.len()) && text.bytes().all(is_hexadecimal);
    if has_form { format!("`{text}`") } else { format!("in argument {number}") }
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
