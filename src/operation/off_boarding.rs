//! What a member leaves behind in an organization: what stops with them, and what lives on.

use serde_json::{Value, json};

use super::made_tokens;
use crate::failure::{Failure, Kind};
use crate::host::Host;
use crate::membership::{Connection, ManagedBy, Membership};
use crate::organization::OrganizationName;
use crate::organization_token::{MadeToken, MadeTokens};
use crate::provider::Capability;
use crate::report::moment_document;
use crate::session::Session;
use crate::text::plural;

/// What was found before somebody is removed.
#[derive(Debug)]
pub struct Leaving {
    /// Whether the server has tokens that are no user's.
    has_organization_tokens: bool,
    made: MadeTokens,
    /// Connections to version control, as far as they are shown.
    connections: Option<Vec<Connection>>,
    /// What could not be looked at.
    not_shown: Vec<String>,
}

impl Leaving {
    /// Looks. What is hidden is named, and stops nothing.
    pub fn of(
        session: &Session,
        host: &Host,
        organization: &OrganizationName,
        member: &Membership,
    ) -> Result<Self, Failure> {
        let offer = session.known_server(host).offers(Capability::OrganizationTokens);
        let mut leaving = Self {
            has_organization_tokens: offer.or_refuse().is_ok(),
            made: MadeTokens::default(),
            connections: None,
            not_shown: Vec::new(),
        };
        let user = member.user_id.as_ref().filter(|_| !member.is_invited());
        let Some(user) = user.filter(|_| leaving.has_organization_tokens) else {
            return Ok(leaving);
        };
        session.http.renew_time();
        leaving.made = leaving.seen(session.with_credential(host, |server, signed_in| {
            server.tokens_made_by(&signed_in.credential, organization, user)
        }))?;
        leaving.not_shown.extend(made_tokens::hidden(organization, &leaving.made));
        session.http.renew_time();
        leaving.connections =
            leaving.seen(session.with_credential(host, |server, signed_in| {
                server.connections(&signed_in.credential, organization)
            }))?;
        if leaving.connections.is_none() {
            let line = format!(
                "{organization} does not show this account its connections to version control"
            );
            leaving.not_shown.push(line);
        }
        session.http.renew_time();
        Ok(leaving)
    }

    /// Takes what was found; a refusal is noted.
    fn seen<T: Default>(&mut self, found: Result<T, Failure>) -> Result<T, Failure> {
        match found {
            Err(failure) if failure.kind == Kind::Refused => {
                self.not_shown.push(failure.to_string());
                Ok(T::default())
            }
            found => found,
        }
    }

    /// Returns what is said before the question: server text in it is to be escaped.
    pub fn lines(
        &self,
        organization: &OrganizationName,
        host: &Host,
        member: &Membership,
    ) -> Vec<String> {
        let email = member.email.as_deref().filter(|email| *email != member.called());
        let email = email.map(|email| format!(" <{email}>")).unwrap_or_default();
        let mut lines = vec![format!("{}{email}, {organization} at {host}", member.called())];
        if member.is_invited() {
            lines.push("  is only invited; the invitation is withdrawn".to_owned());
            return lines;
        }
        lines.push(match member.teams.as_slice() {
            [] => "  is in no team that is shown".to_owned(),
            teams => format!("  is in {}", teams.join(", ")),
        });
        lines.extend(member.managed_by.map(|by| match by {
            ManagedBy::Scim => "  is managed by SCIM, and would come back".to_owned(),
            ManagedBy::SingleSignOn => {
                "  is managed by single sign-on, and would come back".to_owned()
            }
        }));
        lines.push(
            "  stops at once: what uses their own tokens in this organization, such as pipelines; nobody else can list these"
                .to_owned(),
        );
        self.add_connections(&mut lines);
        self.add_tokens(&mut lines);
        lines.extend(self.not_shown.iter().map(|line| format!("  not shown: {line}")));
        lines
    }

    fn add_connections(&self, lines: &mut Vec<String>) {
        let connections = self.connections.as_deref().unwrap_or_default();
        if !connections.is_empty() {
            lines.push(
                "  connections to version control, which stop if the account there is theirs and ends too:"
                    .to_owned(),
            );
        }
        lines.extend(connections.iter().map(|connection| {
            let account = connection.account.as_deref().unwrap_or("an unknown account");
            format!("    {} by {account}", connection.id)
        }));
    }

    fn add_tokens(&self, lines: &mut Vec<String>) {
        let tokens = &self.made.tokens;
        match (self.has_organization_tokens, tokens.is_empty()) {
            (false, _) => {}
            (true, true) => lines.push(
                "  created no token that stays valid, as far as this account can see".to_owned(),
            ),
            (true, false) => {
                lines.push("  stays valid, and they may still have it; replace each:".to_owned())
            }
        }
        lines.extend(tokens.iter().map(|token| format!("    {}", made_tokens::line(token))));
    }

    /// Says what is left to do, after the name of the organization.
    pub fn rest(&self) -> String {
        match self.made.tokens.len() {
            0 => String::new(),
            count => format!("; {} they created to replace", plural(count, "token")),
        }
    }

    /// Returns what was found, for JSON.
    pub fn document(&self) -> Value {
        let tokens =
            |tokens: &[MadeToken]| tokens.iter().map(made_tokens::document).collect::<Value>();
        let connections = self.connections.as_ref().map(|all| {
            let one = |connection: &Connection| {
                json!({
                    "id": connection.id.as_str(),
                    "account": connection.account,
                    "created_at": moment_document(connection.created_at),
                })
            };
            all.iter().map(one).collect::<Vec<_>>()
        });
        json!({
            "tokens_left": tokens(&self.made.tokens),
            "version_control": connections,
            "not_shown": self.not_shown,
        })
    }
}
