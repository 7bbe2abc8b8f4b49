//! Tokens that are no member's own: of an organization, a team, an agent pool, an audit trail.

use serde_json::{Value, json};

use super::listed_tokens;
use crate::account::{Account, Identifier};
use crate::environment;
use crate::failure::Failure;
use crate::host::Host;
use crate::lifetime::Lifetime;
use crate::organization::{OrganizationName, TokenHolder};
use crate::provider::{AccountServer, Capability, Revocation};
use crate::report::Table;
use crate::session::Session;
use crate::session::confirmation::Confirmation;
use crate::session::settings;
use crate::session::sudo::SensitiveAction;
use crate::setting;
use crate::terminal;
use crate::text;
use crate::token::{Credential, Token, TokenInfo};

/// Whose tokens somebody means, by name.
#[derive(Debug)]
pub struct Whose {
    /// The organization.
    pub organization: OrganizationName,
    /// Whose in it.
    pub kind: WhoseKind,
}

/// Whose tokens somebody means in an organization.
#[derive(Debug)]
pub enum WhoseKind {
    /// The organization's own.
    Organization,
    /// Its audit trail's.
    AuditTrail,
    /// A team's, by its exact name.
    Team(String),
    /// An agent pool's, by its exact name.
    AgentPool(String),
}

/// A holder and its tokens as the server lists them.
#[derive(Debug)]
pub struct GroupTokens {
    /// The account server.
    pub host: Host,
    /// The organization.
    pub organization: OrganizationName,
    /// Whose they are.
    pub holder: TokenHolder,
    /// The tokens.
    pub tokens: Vec<TokenInfo>,
    /// Who asks, with which token.
    account: Account,
}

impl GroupTokens {
    /// Finds the holder by its name, and asks the server for its tokens.
    pub fn fetch(session: &Session, whose: &Whose) -> Result<Self, Failure> {
        let host = session.target()?.host;
        session.require_offer(&host, Capability::OrganizationTokens)?;
        let organization = &whose.organization;
        let (account, holder, tokens) = session.with_credential(&host, |server, signed_in| {
            let credential = &signed_in.credential;
            let account = server.account(credential)?;
            let holder = holder(server, credential, whose)?;
            let tokens = server.tokens_of(credential, organization, &holder)?;
            if tokens.is_empty() && holder.has_one_token() {
                // There is none, or no such organization.
                server.organization(credential, organization)?;
            }
            Ok((account, holder, tokens))
        })?;
        Ok(Self { host, organization: organization.clone(), holder, tokens, account })
    }

    /// Returns whether a token is the one that is used here.
    pub fn is_this(&self, id: &Identifier) -> bool {
        self.account.token_id.as_ref() == Some(id)
    }

    /// Returns whose they are, for people.
    pub fn of(&self) -> String {
        text::escape(&self.holder.of(&self.organization)).into_owned()
    }

    /// Fails, if the server says that this caller may not manage them.
    pub fn require_right(&self) -> Result<(), Failure> {
        match self.holder.group().and_then(|group| group.may_manage_tokens) {
            Some(false) => Err(Failure::refused(format!(
                "{} may not manage the tokens of {}",
                self.account.described(),
                self.of()
            ))
            .hint(
                "its owners may, who may manage its teams, and members where the team lets them",
            )),
            _ => Ok(()),
        }
    }

    /// Finds a token by its id, or by its exact description.
    pub fn find(&self, name: &str) -> Result<&TokenInfo, Failure> {
        if let Some(found) = self.tokens.iter().find(|token| token.id.as_str() == name) {
            return Ok(found);
        }
        let called = |token: &&TokenInfo| token.description.as_deref() == Some(name);
        let mut found = self.tokens.iter().filter(called);
        match (found.next(), found.next()) {
            (Some(token), None) => Ok(token),
            (Some(one), Some(other)) => Err(Failure::usage(format!(
                "several tokens of {} are described so: {}, {}",
                self.of(),
                one.id,
                other.id
            ))
            .hint("name one by its id")),
            (None, _) => Err(Failure::refused(format!(
                "{} has no token of that id or description, or none that this token may see",
                self.of()
            ))
            .hint("nothing was changed; `keybelt token list` with the same options shows them")),
        }
    }

    /// Fails, if a new token would end one, or could not be told from one.
    pub fn require_room(&self, description: &str) -> Result<(), Failure> {
        let in_the_way = match self.holder.has_one_token() {
            true => self.tokens.first(),
            false => self.tokens.iter().find(|it| it.description.as_deref() == Some(description)),
        };
        let Some(present) = in_the_way else { return Ok(()) };
        let (id, of) = (&present.id, self.of());
        Err(match self.holder.has_one_token() {
            true => Failure::refused(format!(
                "{of} has the token {id}, which a new one would end at once"
            ))
            .hint("`keybelt token rotate` with the same options replaces it on purpose"),
            false => {
                Failure::refused(format!("{of} has a token of that description already: {id}"))
                    .hint("give another with --description, or revoke that one")
            }
        })
    }

    /// Returns how long a new token shall live: what was asked for or is configured, and no longer than the
    /// organization allows.
    pub fn lifetime(
        &self,
        session: &Session,
        asked: Option<Lifetime>,
    ) -> Result<Lifetime, Failure> {
        let configured = || {
            settings::parsed(&setting::EXPIRES_IN, None, &session.options.config, Lifetime::parse)
        };
        let wanted = asked.map_or_else(configured, Ok)?;
        match self.limit(session)? {
            Some(limit) if limit < wanted => {
                terminal::say(&format!(
                    "{} lets such tokens live {limit} at most, so {wanted} was shortened to that",
                    self.organization
                ));
                Ok(limit)
            }
            _ => Ok(wanted),
        }
    }

    /// Creates a token that ends after so long by the server's clock, as far as this machine's agrees.
    pub fn create(
        &self,
        session: &Session,
        description: &str,
        lifetime: Lifetime,
    ) -> Result<(TokenInfo, Token), Failure> {
        let expires_at = Some(lifetime.after(environment::now()));
        session.with_credential(&self.host, |server, signed_in| {
            let (credential, organization) = (&signed_in.credential, &self.organization);
            server.create_token_of(credential, organization, &self.holder, description, expires_at)
        })
    }

    /// Returns the longest life that the organization lets these tokens have, where it tells.
    pub fn limit(&self, session: &Session) -> Result<Option<Lifetime>, Failure> {
        let organization = session.with_credential(&self.host, |server, signed_in| {
            server.organization(&signed_in.credential, &self.organization)
        })?;
        let limits = organization.token_limits.filter(|_| organization.limits_tokens == Some(true));
        // The limits call the audit trail in the plural.
        let word = match self.holder {
            TokenHolder::AuditTrail => "audit_trails",
            _ => self.holder.word(),
        };
        let mut limits = limits.into_iter().flatten();
        Ok(limits.find(|limit| limit.kind == word).map(|limit| limit.longest))
    }

    /// Revokes the tokens that are named, all of which are found before the first one ends.
    pub fn revoke(
        &self,
        session: &Session,
        names: &[String],
        include_this: bool,
    ) -> Result<(), Failure> {
        let mut found: Vec<&TokenInfo> = Vec::new();
        for name in names {
            let token = self.find(name)?;
            if !found.iter().any(|other| other.id == token.id) {
                found.push(token);
            }
        }
        if let Some(this) = found.iter().find(|token| self.is_this(&token.id))
            && !include_this
        {
            return Err(Failure::usage(format!("{} is the token in use here", this.id))
                .hint("nothing was revoked; add --include-this to revoke it too"));
        }
        self.require_right()?;
        let question =
            format!("Revoke {} of {}?", text::plural(found.len() as u64, "token"), self.of());
        Confirmation::new(session, "revoking tokens", "use --yes")?
            .ask(&question, "nothing was revoked")?;
        self.require_sudo_mode(session, "revoking tokens")?;
        self.revoke_each(session, &found)
    }

    /// Has the act proven, as everything that changes what others use.
    pub fn require_sudo_mode(&self, session: &Session, what: &str) -> Result<(), Failure> {
        let name = Some(self.organization.as_str());
        session.require_sudo_mode(&self.host, &SensitiveAction { what, name })
    }

    fn revoke_each(&self, session: &Session, found: &[&TokenInfo]) -> Result<(), Failure> {
        let (mut documents, mut first_failure) = (Vec::new(), None);
        let (this, others): (Vec<&TokenInfo>, Vec<_>) =
            found.iter().partition(|token| self.is_this(&token.id));
        for token in others.into_iter().chain(this) {
            let word = match self.revoke_one(session, &token.id) {
                Ok(word) => word,
                Err(failure) => {
                    terminal::warn(&format!("{} may still be valid: {failure}", token.id));
                    first_failure.get_or_insert(failure);
                    "still_valid"
                }
            };
            documents.push(json!({ "id": token.id.as_str(), "token": word }));
        }
        if session.options.json {
            let mut document = self.head();
            document["tokens"] = json!(documents);
            terminal::document(&document);
        }
        first_failure.map_or(Ok(()), |failure| Err(failure.within("some tokens were not revoked")))
    }

    /// Revokes one token; returns the word for what became of it.
    pub fn revoke_one(&self, session: &Session, id: &Identifier) -> Result<&'static str, Failure> {
        let signed_in = session.signed_in(&self.host)?;
        let server = session.server(&self.host, signed_in.entry());
        let (credential, organization) = (&signed_in.credential, &self.organization);
        let word = match server.revoke_token_of(credential, organization, &self.holder, id)? {
            Revocation::Revoked => {
                terminal::say(&format!("Revoked {id} of {}", self.of()));
                "revoked"
            }
            Revocation::NoLongerAccepted | Revocation::StillValid => {
                terminal::say(&format!("{id} was gone already"));
                "no_longer_accepted"
            }
        };
        if let (true, Some(stored)) = (self.is_this(id), &signed_in.stored) {
            session.forget(stored)?;
            terminal::say(&format!("That was the token in use: signed out of {}", self.host));
        }
        Ok(word)
    }

    /// Returns what every document of these tokens begins with.
    pub fn head(&self) -> Value {
        json!({
            "host": self.host.to_string(),
            "organization": self.organization.as_str(),
            "holder": self.holder.word(),
            "name": self.holder.group().map(|group| group.name.as_str()),
        })
    }

    /// Returns a list's document.
    pub fn document(&self, tokens: &[&TokenInfo]) -> Value {
        let mut document = self.head();
        document["tokens"] = tokens
            .iter()
            .map(|token| listed_tokens::document(token, self.is_this(&token.id)))
            .collect();
        document
    }

    /// Returns a list for people and spreadsheets.
    pub fn table(&self, tokens: &[&TokenInfo]) -> Table {
        listed_tokens::table(tokens, |id| self.is_this(id))
    }
}

fn holder(
    server: &dyn AccountServer,
    credential: &Credential,
    whose: &Whose,
) -> Result<TokenHolder, Failure> {
    let organization = &whose.organization;
    Ok(match &whose.kind {
        WhoseKind::Organization => TokenHolder::Organization,
        WhoseKind::AuditTrail => TokenHolder::AuditTrail,
        WhoseKind::Team(name) => TokenHolder::Team(server.team(credential, organization, name)?),
        WhoseKind::AgentPool(name) => {
            TokenHolder::AgentPool(server.agent_pool(credential, organization, name)?)
        }
    })
}
