//! What limits on tokens' lives would do: looked at before they are set.

use jiff::Timestamp;
use serde_json::{Value, json};

use crate::account::{Account, Holder, Identifier};
use crate::environment;
use crate::failure::Failure;
use crate::host::Host;
use crate::organization::{Organization, OrganizationName};
use crate::report;
use crate::session::Session;
use crate::text;
use crate::token::TokenInfo;
use crate::token_limit::{Fate, KindLimit, LimitedToken, TokenKind, WantedLimit};

/// An organization's limits: those that are set, whether they hold or not.
pub struct Limits {
    /// The organization.
    pub organization: Organization,
    /// The limit of each kind.
    pub kinds: Vec<KindLimit>,
}

impl Limits {
    /// Asks for them.
    ///
    /// # Errors
    /// Refused, if the server has no limits, or does not show them.
    pub fn fetch(session: &Session, host: &Host, name: &OrganizationName) -> Result<Self, Failure> {
        session.with_credential(host, |server, signed_in| {
            let credential = &signed_in.credential;
            let organization = server.organization(credential, name)?;
            let page = server.organization_page(name);
            let known = match (organization.limits_tokens, &organization.token_limits) {
                (None, _) => {
                    return Err(Failure::refused(format!(
                        "`{host}` does not report whether {name} limits token lifetimes"
                    ))
                    .hint(format!(
                        "HCP Terraform does, and Terraform Enterprise from 2.0.1: see {page}"
                    )));
                }
                (Some(_), Some(limits)) => Some(limits.clone()),
                (Some(_), None) => server.token_limits(credential, name)?,
            };
            let known = known.ok_or_else(|| {
                Failure::refused(format!("`{host}` does not show this token the limits of {name}"))
                    .hint("only owners see them, and tokens of the owners' team")
            })?;
            let limit = |kind: TokenKind| {
                let set = known.iter().find(|limit| limit.kind == kind.wire());
                KindLimit::new(kind, set.map(|limit| limit.longest))
            };
            let kinds = TokenKind::ALL.into_iter().map(limit).collect();
            Ok(Self { organization, kinds })
        })
    }

    /// Returns the limits after some of them are set.
    pub fn with(&self, wanted: &[WantedLimit]) -> Vec<KindLimit> {
        let after = |limit: &KindLimit| {
            let named = wanted.iter().find(|wanted| wanted.kind == limit.kind);
            named.map_or(*limit, |it| KindLimit::new(it.kind, Some(it.longest)))
        };
        self.kinds.iter().map(after).collect()
    }
}

/// Returns limits as a line each.
pub fn limits_text(limits: &[KindLimit]) -> String {
    let line = |limit: &KindLimit| {
        let default = if limit.is_default { " (server's default)" } else { "" };
        format!("  {}: {} at most{default}", limit.kind.as_str(), limit.longest)
    };
    limits.iter().map(line).collect::<Vec<_>>().join("\n")
}

/// Returns limits for JSON.
pub fn limits_document(limits: &[KindLimit]) -> Value {
    let limit = |limit: &KindLimit| {
        json!({
            "kind": limit.kind.document(),
            "longest": limit.longest.seconds(),
            "server_default": limit.is_default,
        })
    };
    limits.iter().map(limit).collect()
}

/// A token that limits would end, or might.
struct Affected {
    token: LimitedToken,
    fate: Fate,
    is_this: bool,
}

/// What limits would do.
pub struct Preview {
    limits: Vec<KindLimit>,
    affected: Vec<Affected>,
    hidden: Vec<TokenKind>,
}

impl Preview {
    /// Looks at every token that the server shows, and at the one in use.
    pub fn new(
        session: &Session,
        host: &Host,
        name: &OrganizationName,
        limits: &[KindLimit],
    ) -> Result<Self, Failure> {
        let now = environment::now();
        session.with_credential(host, |server, signed_in| {
            let credential = &signed_in.credential;
            let account = server.account(credential)?;
            let limits = limits.to_vec();
            let mut preview = Self { limits, affected: Vec::new(), hidden: Vec::new() };
            let hidden = server.limited_tokens(credential, name, &mut |token| {
                let is_this = token.id.is_some() && token.id == account.token_id;
                preview.look_at(token, is_this, now);
            })?;
            // Of members' tokens only one's own can be seen.
            if account.holder == Holder::User {
                let told = match &account.token_id {
                    Some(id) => server.token(credential, id)?,
                    None => None,
                };
                let token = own(&account, told.as_ref());
                match told.is_none() && token.expires_at.is_none() {
                    // Not told is not the same as never.
                    true => {
                        preview.affected.push(Affected { token, fate: Fate::MayEnd, is_this: true })
                    }
                    false => preview.look_at(token, true, now),
                }
            }
            preview.hidden = hidden;
            Ok(preview)
        })
    }

    fn look_at(&mut self, token: LimitedToken, is_this: bool, now: Timestamp) {
        let limit = self.limits.iter().find(|limit| limit.kind == token.kind);
        let fate = limit.map_or(Fate::Stays, |limit| Fate::of(&token, limit.longest, now));
        if fate != Fate::Stays {
            self.affected.push(Affected { token, fate, is_this });
        }
    }

    /// Returns how many tokens would end.
    pub fn ends(&self) -> usize {
        self.affected.iter().filter(|it| it.fate == Fate::Ends).count()
    }

    /// Returns what becomes of the token in use, if anything may.
    pub fn fate_of_this(&self) -> Option<Fate> {
        self.affected.iter().find(|it| it.is_this).map(|it| it.fate)
    }

    /// Returns it for people.
    pub fn text(&self, name: &OrganizationName) -> String {
        let mut lines = vec![format!("{name} would limit token lifetimes:")];
        lines.push(limits_text(&self.limits));
        for (fate, verb) in [(Fate::Ends, "would end"), (Fate::MayEnd, "may end")] {
            let found: Vec<_> = self.affected.iter().filter(|it| it.fate == fate).collect();
            lines.push(format!(
                "{} {verb}{}",
                text::plural(found.len(), "token"),
                match found[..] {
                    [] => "",
                    _ => ":",
                }
            ));
            lines.extend(found.into_iter().map(Affected::text));
        }
        for kind in &self.hidden {
            lines.push(format!("this token cannot see any {} tokens", kind.as_str()));
        }
        lines.push(
            "members' own tokens are not listed; those with a longer lifetime would stop working too".into(),
        );
        lines.push("raising a limit again may not restore the tokens that it stopped".into());
        lines.join("\n")
    }

    /// Returns it for JSON.
    pub fn document(&self) -> Value {
        let affected = |it: &Affected| {
            json!({
                "id": it.token.id.as_ref().map(Identifier::as_str),
                "kind": it.token.kind.document(),
                "team": it.token.team,
                "description": it.token.description,
                "created_at": report::moment_document(it.token.created_at),
                "expires_at": report::moment_document(it.token.expires_at),
                "outcome": it.fate.as_str(),
                "this": it.is_this,
            })
        };
        json!({
            "limits": limits_document(&self.limits),
            "ends": self.ends(),
            "tokens": self.affected.iter().map(affected).collect::<Vec<_>>(),
            "not_shown": self.hidden.iter().map(|kind| kind.document()).collect::<Vec<_>>(),
        })
    }
}

/// Returns one's own token as one that falls under a limit, as far as it is told.
fn own(account: &Account, told: Option<&TokenInfo>) -> LimitedToken {
    LimitedToken {
        kind: TokenKind::User,
        id: account.token_id.clone(),
        team: None,
        description: told.and_then(|it| it.description.clone()),
        created_at: told.and_then(|it| it.created_at),
        expires_at: told.map_or(account.token_expires_at, |it| it.expires_at),
    }
}

impl Affected {
    fn text(&self) -> String {
        let LimitedToken { kind, id, team, description, created_at, expires_at } = &self.token;
        let whose = match team {
            Some(team) => format!("team {}", text::escape(team)),
            None => kind.as_str().to_owned(),
        };
        let description = match description.as_deref() {
            None | Some("") => String::new(),
            Some(description) => format!(" \"{}\"", text::escape(description)),
        };
        let id = id.as_ref().map_or("ID unknown", Identifier::as_str);
        let this = if self.is_this { ", the token in use" } else { "" };
        format!(
            "  {whose}: {id}{description}, created {}, expires {}{this}",
            report::day(*created_at, "unknown"),
            report::day(*expires_at, "never"),
        )
    }
}
