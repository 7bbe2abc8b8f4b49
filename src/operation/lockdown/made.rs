//! What an account has made for organizations: whoever was signed in as it may have made it, and it lives on. It is
//! named, and left alone.

use super::User;
use crate::account::Identifier;
use crate::failure::Failure;
use crate::http::Http;
use crate::operation::made_tokens;
use crate::organization::Organization;
use crate::organization_token::MadeToken;
use crate::provider::{Access, AccountServer, Capability};
use crate::signal;

/// The word for what could not be looked at.
const ORGANIZATION_TOKENS: &str = "organization_tokens";

/// Looks into each organization of a user's, each with a time of its own.
pub(super) fn look(server: &dyn AccountServer, http: &Http, user: &User) -> Vec<Access> {
    if server.offers(Capability::OrganizationTokens).or_refuse().is_err() {
        return Vec::new();
    }
    let Some(maker) = &user.account.id else {
        return vec![unknown("its organizations", "the server does not tell the account's ID")];
    };
    http.renew_time();
    let organizations = match server.organizations(&user.acting) {
        Ok(organizations) => organizations,
        Err(failure) => return vec![unknown("its organizations", &failure.message)],
    };
    let mut left = Vec::new();
    for organization in &organizations {
        if let Some(signal) = signal::pending() {
            left.push(unknown("further organizations", &Failure::interrupted(signal).message));
            break;
        }
        http.renew_time();
        left.extend(look_into(server, user, organization, maker));
    }
    left
}

fn look_into(
    server: &dyn AccountServer,
    user: &User,
    organization: &Organization,
    maker: &Identifier,
) -> Vec<Access> {
    let Some(name) = &organization.name else {
        return vec![unknown(&organization.title, "it has no valid name")];
    };
    match server.tokens_made_by(&user.acting, name, maker) {
        Ok(made) => {
            let hidden = made_tokens::hidden(name, &made);
            let tokens = made.tokens.iter().map(access);
            tokens.chain(hidden.map(|reason| unknown(&organization.title, &reason))).collect()
        }
        Err(failure) => vec![unknown(&organization.title, &failure.message)],
    }
}

fn access(token: &MadeToken) -> Access {
    let name = token.info.description.as_deref().map(|name| format!(" {name}")).unwrap_or_default();
    let maker = if token.is_certain { "" } else { ", creator unknown," };
    Access {
        kind: "organization_token",
        what: format!("token {}{name} of {}{maker}", token.info.id, token.holder),
        action: format!(
            "it stays valid; replace it with {}, unless it is yours",
            made_tokens::rotation(token)
        ),
    }
}

fn unknown(organization: &str, reason: &str) -> Access {
    Access {
        kind: ORGANIZATION_TOKENS,
        what: format!("tokens created for {organization}"),
        action: format!("they stay valid; ask an owner to check: {reason}"),
    }
}
