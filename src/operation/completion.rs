//! Completion of what only the server knows: tokens, organizations and teams.
//!
//! It must not prompt, ask a keyring or a helper, change anything, or take more than a second. What cannot be had
//! so has no candidates.

use std::path::PathBuf;
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use crate::environment;
use crate::failure::Failure;
use crate::host::Host;
use crate::organization::OrganizationName;
use crate::provider::{AccountServer, Capability, Offer};
use crate::session::{Session, SignedIn, credential};
use crate::store::completion_list::{self, Candidates};
use crate::text;
use crate::token::{Source, TokenInfo};

/// How long a person waits for candidates.
pub const TIME: Duration = Duration::from_secs(1);

/// What a server can list.
#[derive(Debug, Clone)]
pub enum Listable {
    /// The account's tokens.
    Tokens,
    /// The tokens that sign-ins of tools made.
    SignIns,
    /// The organizations that the account belongs to.
    Organizations,
    /// An organization's teams.
    Teams(OrganizationName),
}

/// Returns the candidates, with their descriptions; nothing if they cannot be had in time.
pub fn candidates(
    listable: Listable,
    open: impl FnOnce() -> Result<Session, Failure> + Send + 'static,
) -> Candidates {
    let (send, receive) = mpsc::channel();
    // A server can take longer than its time limit, page by page: the process ends without it then.
    thread::spawn(move || {
        let found = open().and_then(|session| list(&session, &listable));
        let _ = send.send(found.unwrap_or_default());
    });
    receive.recv_timeout(TIME).unwrap_or_default()
}

fn list(session: &Session, listable: &Listable) -> Result<Candidates, Failure> {
    let host = session.target()?.host;
    let Some(signed_in) = credential::at_hand(session, &host)? else {
        return Ok(Candidates::new());
    };
    let directory = environment::config_dir()?;
    let cache = Cache { directory, name: name_of(&host, &signed_in, listable) };
    if let Some(kept) = cache.read() {
        return Ok(kept);
    }
    let found = ask(&*session.known_server(&host), &signed_in, listable)?;
    let found = found.into_iter().filter(|(value, _)| is_plain(value)).collect();
    // Whoever has signed out meanwhile leaves nothing behind.
    if credential::at_hand(session, &host)?.is_some() {
        cache.write(&found);
    }
    Ok(found)
}

/// Where a list is kept; a token of a variable has no name that tells it from the next one there.
struct Cache {
    directory: PathBuf,
    name: Option<String>,
}

impl Cache {
    fn read(&self) -> Option<Candidates> {
        completion_list::read(&self.directory, self.name.as_deref()?)
    }

    fn write(&self, found: &Candidates) {
        if let Some(name) = &self.name {
            completion_list::write(&self.directory, name, found);
        }
    }
}

fn name_of(host: &Host, signed_in: &SignedIn, listable: &Listable) -> Option<String> {
    let account = signed_in.account().filter(|_| signed_in.credential.source == Source::Store)?;
    let list = match listable {
        Listable::Tokens => "tokens".to_owned(),
        Listable::SignIns => "sessions".to_owned(),
        Listable::Organizations => "organizations".to_owned(),
        Listable::Teams(organization) => format!("teams of {organization}"),
    };
    Some(format!("{account} at {host}: {list}"))
}

fn ask(
    server: &dyn AccountServer,
    signed_in: &SignedIn,
    listable: &Listable,
) -> Result<Candidates, Failure> {
    let credential = &signed_in.credential;
    match listable {
        Listable::Tokens if matches!(server.offers(Capability::TokenList), Offer::No(_)) => {
            ask(server, signed_in, &Listable::SignIns)
        }
        Listable::Tokens => {
            let account = server.account(credential)?;
            Ok(described(server.tokens(credential, &account)?))
        }
        Listable::SignIns => {
            let account = server.account(credential)?;
            Ok(described(server.sign_ins(credential, &account)?))
        }
        Listable::Organizations => {
            let all = server.organizations(credential)?.into_iter();
            Ok(all.filter_map(|it| Some((it.name?.to_string(), line(&it.title)))).collect())
        }
        Listable::Teams(organization) => {
            let mut teams = server.teams(credential, organization)?;
            teams.sort();
            Ok(teams)
        }
    }
}

fn described(tokens: Vec<TokenInfo>) -> Candidates {
    let called = |token: &TokenInfo| line(token.description.as_deref().unwrap_or_default());
    tokens.into_iter().map(|token| (token.id.to_string(), called(&token))).collect()
}

fn line(text: &str) -> String {
    text::cut(text, 60)
}

/// A shell puts a candidate into the command line as it is: one that it would read otherwise is not offered.
fn is_plain(value: &str) -> bool {
    let begins_well = value.starts_with(|c: char| c.is_ascii_alphanumeric());
    begins_well && value.chars().all(|c| c.is_ascii_alphanumeric() || "._-".contains(c))
}
