//! Whose token is rotated: one's own, or one of an organization, a team, an agent pool or an audit trail. What a
//! rotation asks of each is the same here.

use jiff::Timestamp;
use serde_json::{Value, json};

use super::listed_tokens::{self, AccountTokens};
use super::organization_tokens::{OrganizationTokens, capped};
use crate::account::{Account, Identifier};
use crate::environment;
use crate::failure::Failure;
use crate::host::Host;
use crate::lifetime::Lifetime;
use crate::organization_token::{HolderPart, NamedHolder, OrganizationToken, Overlap, Trial};
use crate::provider::{Capability, Revocation};
use crate::session::Session;
use crate::session::sudo::SensitiveAction;
use crate::text;
use crate::token::{Credential, Source, Token, TokenInfo};

/// The tokens among which one is rotated.
pub enum Subject {
    /// One's own.
    Own(AccountTokens),
    /// Another holder's.
    Of(OrganizationTokens),
}

impl Subject {
    /// Lists the tokens of a holder, or one's own.
    pub fn fetch(session: &Session, named: Option<&NamedHolder>) -> Result<Self, Failure> {
        let Some(named) = named else {
            session.require_offer(&session.target()?.host, Capability::TokenCreation)?;
            return AccountTokens::fetch(session).map(Self::Own);
        };
        OrganizationTokens::fetch(session, named).map(Self::Of)
    }

    /// Returns the tokens as they are now.
    pub fn tokens_now(&self, session: &Session) -> Result<Vec<TokenInfo>, Failure> {
        let infos = |tokens: Vec<OrganizationToken>| tokens.into_iter().map(|it| it.info).collect();
        session.with_credential(self.host(), |server, signed_in| match self {
            Self::Own(own) => server.tokens(&signed_in.credential, &own.account),
            Self::Of(of) => {
                server.tokens_of(&signed_in.credential, &of.holder).map(|it| infos(it.tokens))
            }
        })
    }

    /// Returns the tokens as they were listed.
    pub fn tokens(&self) -> Vec<&TokenInfo> {
        match self {
            Self::Own(own) => own.tokens.iter().collect(),
            Self::Of(of) => of.listed.tokens.iter().map(|it| &it.info).collect(),
        }
    }

    /// Returns the server.
    pub fn host(&self) -> &Host {
        match self {
            Self::Own(own) => &own.host,
            Self::Of(of) => &of.host,
        }
    }

    /// Returns the account that asks.
    pub fn account(&self) -> &Account {
        match self {
            Self::Own(own) => &own.account,
            Self::Of(of) => &of.account,
        }
    }

    /// Returns the holder in words that may be shown.
    pub fn whose(&self) -> String {
        match self {
            Self::Own(own) => own.account.name.to_string(),
            Self::Of(of) => of.whose(),
        }
    }

    /// Returns the tokens where a new one ends the old one; `None` where they live side by side.
    pub fn replaced(&self) -> Option<&OrganizationTokens> {
        match self {
            Self::Of(of) if of.listed.overlap == Overlap::One => Some(of),
            Self::Own(_) | Self::Of(_) => None,
        }
    }

    /// Returns whether its tokens live on in programs that cannot be given another one.
    pub fn is_held_by_agents(&self) -> bool {
        matches!(self, Self::Of(of) if matches!(of.holder.part, HolderPart::AgentPool { .. }))
    }

    /// Returns whether a token is the one that is used here.
    pub fn is_this(&self, id: &Identifier) -> bool {
        self.account().token_id.as_ref() == Some(id)
    }

    /// Returns the server's time.
    pub fn now(&self, session: &Session) -> Timestamp {
        session.http.server_now(self.host()).unwrap_or_else(environment::now)
    }

    /// Returns the command line that does something else with the same tokens.
    pub fn command(&self, words: &str) -> String {
        let quote = |text: &str| shell_words::quote(text).into_owned();
        let Self::Of(of) = self else {
            return format!("keybelt token {words}");
        };
        let part = match &of.holder.part {
            HolderPart::Whole => String::new(),
            HolderPart::AuditTrail => " --audit-trail".to_owned(),
            HolderPart::Team { id, name } => {
                format!(" --team {}", name_or_id(name, id, quote))
            }
            HolderPart::AgentPool { id, name } => {
                format!(" --agent-pool {}", name_or_id(name, id, quote))
            }
        };
        let organization = quote(of.holder.organization.as_str());
        format!("keybelt token {words} --org {organization}{part}")
    }

    /// Cuts a lifetime to what the organization allows, and says so.
    pub fn capped(&self, session: &Session, asked: Lifetime) -> Result<Lifetime, Failure> {
        match self {
            Self::Own(_) => Ok(asked),
            Self::Of(of) => capped(session, of, asked),
        }
    }

    /// Asks for the proof that rotating needs.
    pub fn require_sudo_mode(&self, session: &Session) -> Result<(), Failure> {
        match self {
            Self::Own(own) => {
                let action = SensitiveAction::of_account("rotating a token");
                session.require_sudo_mode(&own.host, &action)
            }
            Self::Of(of) => of.require_sudo_mode(session, "rotating"),
        }
    }

    /// Creates a token.
    pub fn create(
        &self,
        session: &Session,
        description: &str,
        expires_at: Option<Timestamp>,
    ) -> Result<(OrganizationToken, Token), Failure> {
        session.with_credential(self.host(), |server, signed_in| match self {
            Self::Own(own) => {
                let credential = &signed_in.credential;
                let made = server.create_token(credential, &own.account, description, expires_at);
                made.map(|(info, token)| (OrganizationToken { info, created_by: None }, token))
            }
            Self::Of(of) => server.create_token_of(
                &signed_in.credential,
                &of.holder,
                of.listed.overlap,
                description,
                expires_at,
            ),
        })
    }

    /// Ends a token.
    pub fn revoke(&self, session: &Session, id: &Identifier) -> Result<Revocation, Failure> {
        session.with_credential(self.host(), |server, signed_in| match self {
            Self::Own(_) => server.revoke_token(&signed_in.credential, id),
            Self::Of(of) => {
                server.revoke_token_of(&signed_in.credential, &of.holder, of.listed.overlap, id)
            }
        })
    }

    /// Tries a new token.
    pub fn try_token(
        &self,
        session: &Session,
        id: &Identifier,
        token: &Token,
    ) -> Result<Trial, Failure> {
        let new = Credential::new(self.host(), token.clone(), Source::Given);
        let server = session.known_server(self.host());
        let Self::Of(of) = self else {
            server.account(&new)?;
            return Ok(Trial::Works);
        };
        match of.holder.part {
            HolderPart::AgentPool { .. } => session
                .with_credential(self.host(), |server, caller| {
                    server.try_token_of(&new, &caller.credential, &of.holder, id)
                }),
            _ => server.try_token_of(&new, &new, &of.holder, id),
        }
    }

    /// Returns what a document begins with.
    pub fn head(&self) -> Value {
        match self {
            Self::Own(own) => {
                json!({ "host": own.host.to_string(), "account": own.account.name.as_str() })
            }
            Self::Of(of) => of.head(),
        }
    }

    /// Returns what is known of a token, for JSON.
    pub fn token_document(&self, token: &OrganizationToken) -> Value {
        match self {
            Self::Own(_) => listed_tokens::document(&token.info, self.is_this(&token.info.id)),
            Self::Of(of) => of.token_document(token),
        }
    }
}

/// Returns what names a team or a pool on a command line: its name, unless that could be misread.
fn name_or_id(name: &str, id: &Identifier, quote: impl Fn(&str) -> String) -> String {
    let is_plain = !name.is_empty() && !name.starts_with('-') && text::escape(name) == name;
    quote(if is_plain { name } else { id.as_str() })
}
