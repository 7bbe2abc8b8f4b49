//! Tokens that belong to an organization, a team, an agent pool or an audit trail: looking at them, making one
//! beside them, ending them.
//!
//! Making a token never ends another one: where there is no room for two, what is there is looked for first.

use jiff::Timestamp;
use serde_json::{Value, json};

use super::listed_tokens::{self, shown_id};
use crate::account::{Account, Identifier};
use crate::environment;
use crate::failure::Failure;
use crate::host::Host;
use crate::lifetime::Lifetime;
use crate::organization_token::{
    HolderPart, HolderTokens, NamedHolder, OrganizationToken, Overlap, TokenHolder,
};
use crate::provider::{Capability, Revocation};
use crate::report::{self, Table};
use crate::session::Session;
use crate::session::sudo::SensitiveAction;
use crate::terminal;
use crate::text;
use crate::token::Token;

/// The tokens of one holder, and who asked.
pub struct OrganizationTokens {
    pub host: Host,
    pub account: Account,
    pub holder: TokenHolder,
    pub listed: HolderTokens,
}

impl OrganizationTokens {
    /// Finds the holder, and lists its tokens.
    pub fn fetch(session: &Session, named: &NamedHolder) -> Result<Self, Failure> {
        let host = session.target()?.host;
        session.require_offer(&host, Capability::OrganizationTokens)?;
        let (account, holder, listed) = session.with_credential(&host, |server, signed_in| {
            let credential = &signed_in.credential;
            let account = server.account(credential)?;
            let holder = server.token_holder(credential, named)?;
            let listed = server.tokens_of(credential, &holder)?;
            Ok((account, holder, listed))
        })?;
        Ok(Self { host, account, holder, listed })
    }

    /// Returns the holder in words that may be shown.
    pub fn whose(&self) -> String {
        text::escape(&self.holder.to_string()).into_owned()
    }

    /// Returns whether a token is the one that is used here.
    pub fn is_this(&self, id: &Identifier) -> bool {
        self.account.token_id.as_ref() == Some(id)
    }

    /// Finds tokens by their ids, or exactly by their descriptions; each once.
    ///
    /// # Errors
    /// Usage, if one of them is none, and refused, if several are called so: nothing is done then.
    pub fn find_all(&self, names: &[String]) -> Result<Vec<&OrganizationToken>, Failure> {
        let mut found: Vec<&OrganizationToken> = Vec::new();
        for (number, name) in names.iter().enumerate() {
            let token = self.find(name, number + 1)?;
            if found.iter().all(|other| other.info.id != token.info.id) {
                found.push(token);
            }
        }
        Ok(found)
    }

    /// Finds one token, as [`OrganizationTokens::find_all`] does.
    pub fn find(&self, name: &str, number: usize) -> Result<&OrganizationToken, Failure> {
        let tokens = &self.listed.tokens;
        if let Some(token) = tokens.iter().find(|token| token.info.id.as_str() == name) {
            return Ok(token);
        }
        let mut called =
            tokens.iter().filter(|token| token.info.description.as_deref() == Some(name));
        match (called.next(), called.next()) {
            (Some(token), None) => Ok(token),
            (Some(one), Some(other)) => Err(Failure::refused(format!(
                "several tokens of {} have this description: {}, {}",
                self.whose(),
                one.info.id,
                other.info.id
            ))
            .hint("use the ID")),
            // A 404 is "absent", or "not yours to see", so this is no slip of the fingers for certain.
            (None, _) => Err(Failure::refused(format!(
                "no token of {} that this token may see has the ID or description {}; nothing was changed",
                self.whose(),
                shown_id(name, number)
            ))
            .hint("use the whole ID or description; `keybelt token list` with the same options shows both")),
        }
    }

    /// Returns what is known of a token, for JSON.
    pub fn token_document(&self, token: &OrganizationToken) -> Value {
        let mut document = listed_tokens::document(&token.info, self.is_this(&token.info.id));
        document["created_by"] = token.created_by.as_ref().map_or(
            Value::Null,
            |by| json!({ "kind": by.kind.trim_end_matches('s'), "id": by.id.as_str() }),
        );
        document
    }

    /// Returns what a document about these tokens begins with.
    pub fn head(&self) -> Value {
        let part = self.holder.part();
        json!({
            "host": self.host.to_string(),
            "organization": self.holder.organization.as_str(),
            "holder": {
                "kind": self.holder.kind(),
                "id": part.map(|(id, _)| id.as_str()),
                "name": part.map(|(_, name)| name),
            },
        })
    }

    /// Returns a list's document.
    pub fn document(&self, tokens: &[&OrganizationToken]) -> Value {
        let mut document = self.head();
        let tokens: Vec<Value> = tokens.iter().map(|token| self.token_document(token)).collect();
        document["tokens"] = json!(tokens);
        document
    }

    /// Returns a list for people and spreadsheets.
    pub fn table(&self, tokens: &[&OrganizationToken]) -> Table {
        let mut table = Table::new(&[
            ("id", "id"),
            ("description", "description"),
            ("created by", "created_by"),
            ("created", "created_at"),
            ("last used", "last_used_at"),
            ("expires", "expires_at"),
            ("this", "this"),
        ]);
        for token in tokens {
            let info = &token.info;
            table.push(vec![
                info.id.to_string(),
                info.description.clone().unwrap_or_default(),
                token.created_by.as_ref().map_or("unknown".to_owned(), |by| by.id.to_string()),
                report::day(info.created_at, "unknown"),
                report::day(info.last_used_at, "never"),
                report::day(info.expires_at, "never"),
                if self.is_this(&info.id) { "this one".to_owned() } else { String::new() },
            ]);
        }
        table
    }

    /// Returns the guard of an act on these tokens.
    pub fn require_sudo_mode(&self, session: &Session, act: &str) -> Result<(), Failure> {
        let what = format!("{act} a token of {}", self.whose());
        let name = Some(self.holder.organization.as_str());
        session.require_sudo_mode(&self.host, &SensitiveAction { what: &what, name })
    }
}

/// What is asked of a new token.
pub struct Wanted {
    /// What to call it.
    pub description: Option<String>,
    /// How long it is to live.
    pub lifetime: Lifetime,
}

/// A token that may be created: everything that can be looked at before has been.
pub struct Creation {
    description: String,
    expires_at: Timestamp,
}

/// Looks at all that could stand in the way of a token beside those that are there, and asks what is to be asked,
/// and then for the proof that creating it needs.
///
/// # Errors
/// Refused, if its description is taken, or there is one already where there is no room for two.
pub fn prepare(
    session: &Session,
    listed: &OrganizationTokens,
    wanted: Wanted,
    ask: impl FnOnce() -> Result<(), Failure>,
) -> Result<Creation, Failure> {
    let description = wanted
        .description
        .unwrap_or_else(|| format!("keybelt, {}", environment::now().strftime("%Y-%m-%d")));
    require_room(listed, &description)?;
    let expires_at = capped(session, listed, wanted.lifetime)?.after(environment::now());
    ask()?;
    listed.require_sudo_mode(session, "creating")?;
    Ok(Creation { description, expires_at })
}

/// Creates the token. Signals are deferred by then, for nobody else knows it until it has been handed over.
pub fn create(
    session: &Session,
    listed: &OrganizationTokens,
    creation: &Creation,
) -> Result<(OrganizationToken, Token), Failure> {
    let made = session.with_credential(&listed.host, |server, signed_in| {
        server.create_token_of(
            &signed_in.credential,
            &listed.holder,
            listed.listed.overlap,
            &creation.description,
            Some(creation.expires_at),
        )
    })?;
    say_other_expiry(creation.expires_at, made.0.info.expires_at);
    Ok(made)
}

/// Fails if a new token would end another, or be called as another is.
fn require_room(listed: &OrganizationTokens, description: &str) -> Result<(), Failure> {
    let tokens = &listed.listed.tokens;
    if let (Overlap::One, Some(there)) = (listed.listed.overlap, tokens.first()) {
        return Err(Failure::refused(format!(
            "{} already has the token {}, and a new one would replace it; nothing was changed",
            listed.whose(),
            there.info.id
        ))
        .hint("to replace it, use `keybelt token rotate` with the same options, and --to-file or --to-command"));
    }
    let taken = |token: &&OrganizationToken| token.info.description.as_deref() == Some(description);
    match tokens.iter().find(taken) {
        Some(there) => Err(Failure::refused(format!(
            "{} already has a token with this description: {}",
            listed.whose(),
            there.info.id
        ))
        .hint("choose another with --description")),
        None => Ok(()),
    }
}

/// Cuts a lifetime to what the organization allows its tokens, as far as it tells, and says so.
pub fn capped(
    session: &Session,
    listed: &OrganizationTokens,
    asked: Lifetime,
) -> Result<Lifetime, Failure> {
    // What the limits call each kind (protocol: tokens 3); they have none for agents.
    let kind = match listed.holder.part {
        HolderPart::Whole => "organization",
        HolderPart::Team { .. } => "team",
        HolderPart::AuditTrail => "audit_trails",
        HolderPart::AgentPool { .. } => return Ok(asked),
    };
    let organization = session.with_credential(&listed.host, |server, signed_in| {
        server.organization(&signed_in.credential, &listed.holder.organization)
    })?;
    let limits = organization.token_limits.unwrap_or_default();
    let limit = limits.iter().find(|limit| limit.kind == kind).map(|limit| limit.longest);
    match limit.filter(|limit| *limit < asked) {
        Some(limit) => {
            terminal::say(&format!(
                "{} limits such tokens to {limit}; requesting that",
                listed.holder.organization
            ));
            Ok(limit)
        }
        None => Ok(asked),
    }
}

fn say_other_expiry(asked: Timestamp, answered: Option<Timestamp>) {
    match answered {
        Some(answered) if answered.as_second() == asked.as_second() => {}
        Some(answered) => terminal::say(&format!(
            "Requested {}; the server set {}",
            report::moment(asked),
            report::moment(answered)
        )),
        None => terminal::say("The server did not report when the token expires"),
    }
}

/// Ends one token of the list, and says what became of it.
pub fn revoke(
    session: &Session,
    listed: &OrganizationTokens,
    token: &OrganizationToken,
) -> Result<Revocation, Failure> {
    let id = &token.info.id;
    let revocation = session.with_credential(&listed.host, |server, signed_in| {
        server.revoke_token_of(&signed_in.credential, &listed.holder, listed.listed.overlap, id)
    })?;
    match revocation {
        Revocation::Revoked => terminal::say(&format!("Revoked {id}")),
        Revocation::NoLongerAccepted | Revocation::StillValid => {
            terminal::say(&format!("{id} was already revoked"));
        }
    }
    Ok(revocation)
}

/// Forgets the token in use, which has ended, if it is stored.
pub fn forget_this(session: &Session, host: &Host) -> Result<(), Failure> {
    if let Some(stored) = session.signed_in(host)?.stored {
        session.forget(&stored)?;
        terminal::say(&format!("That was the token in use: signed out of {host}"));
    }
    Ok(())
}

/// Ends the tokens that are named, the one in use last and only if that is meant.
pub fn revoke_named(
    session: &Session,
    listed: &OrganizationTokens,
    names: &[String],
    include_this: bool,
) -> Result<(), Failure> {
    let mut found = listed.find_all(names)?;
    found.sort_by_key(|token| listed.is_this(&token.info.id));
    if let Some(this) = found.iter().find(|token| listed.is_this(&token.info.id))
        && !include_this
    {
        let id = &this.info.id;
        super::revocation::confirm_this(&listed.host, &listed.account.name, id)?;
    }
    listed.require_sudo_mode(session, "revoking")?;
    let (mut documents, mut first_failure) = (Vec::new(), None);
    for token in found {
        let id = &token.info.id;
        let word = match revoke(session, listed, token) {
            Ok(Revocation::Revoked) => "revoked",
            Ok(Revocation::NoLongerAccepted | Revocation::StillValid) => "no_longer_accepted",
            Err(failure) => {
                let word = super::revocation::warn_not_revoked(id, &failure);
                first_failure.get_or_insert(failure);
                documents.push(json!({ "id": id.as_str(), "token": word }));
                continue;
            }
        };
        if listed.is_this(id) {
            forget_this(session, &listed.host)?;
        }
        documents.push(json!({ "id": id.as_str(), "token": word }));
    }
    if session.options.json {
        let mut document = json!({ "host": listed.host.to_string() });
        report::extend(&mut document, json!({ "tokens": documents, "revoked": null }));
        terminal::document(&document);
    }
    first_failure.map_or(Ok(()), |failure| Err(failure.within("some tokens were not revoked")))
}
