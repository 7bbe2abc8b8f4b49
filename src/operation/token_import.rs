//! Taking tokens over from other tools' files, each checked with its own host first.

use serde_json::{Value, json};

use crate::failure::Failure;
use crate::host::Host;
use crate::other_tools::TokenFile;
use crate::session::{Session, new_token};
use crate::terminal;
use crate::token::{Credential, Origin, Token};

/// What one file holds.
pub struct Holding {
    pub file: Box<dyn TokenFile>,
    /// Its tokens; `None` where there is one that keybelt could not present.
    pub tokens: Vec<(Host, Option<Token>)>,
}

impl Holding {
    /// Returns the hosts of the tokens that can be imported.
    pub fn hosts(&self) -> Vec<String> {
        let usable = self.tokens.iter().filter(|(_, token)| token.is_some());
        usable.map(|(host, _)| host.to_string()).collect()
    }
}

/// Checks each token with its own host and stores those that work.
pub fn import_tokens(session: &Session, found: &[Holding], move_over: bool) -> Result<(), Failure> {
    let mut documents = Vec::new();
    let mut first_failure = None;
    let all = found.iter().flat_map(|held| held.tokens.iter().map(|token| (&*held.file, token)));
    for (file, (host, token)) in all {
        let token = token.as_ref().ok_or_else(|| file.unusable(host));
        match token.and_then(|token| import(session, host, token, move_over, file)) {
            Ok(document) => documents.push(document),
            Err(failure) => {
                documents.push(json!({ "host": host.to_string(), "account": null, "imported": false, "error": failure.to_string() }));
                terminal::warn(&format!("{host}: {failure}"));
                first_failure.get_or_insert(failure);
            }
        }
    }
    finish(session, &documents, first_failure)
}

fn import(
    session: &Session,
    host: &Host,
    token: &Token,
    move_over: bool,
    file: &dyn TokenFile,
) -> Result<Value, Failure> {
    session.http.renew_time();
    let credential = Credential::new(host, token.clone(), file.source());
    let outcome = new_token::save_external_token(session, &credential, Origin::Imported)?;
    if move_over {
        file.remove(host, token)?;
    }
    let name = &outcome.account.name;
    terminal::say(&format!("Imported the token of {name} at {host}"));
    Ok(
        json!({ "host": host.to_string(), "account": name.as_str(), "imported": true, "error": null }),
    )
}

fn finish(session: &Session, documents: &[Value], failure: Option<Failure>) -> Result<(), Failure> {
    if session.options.json {
        terminal::document(&json!({ "tokens": documents }));
    }
    failure.map_or(Ok(()), |failure| {
        Err(Failure { message: "some tokens were not imported".to_owned(), ..failure })
    })
}
