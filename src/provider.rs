//! Account servers, as what users want of them.
//!
//! A provider talks to one kind of account server. It never sees a terminal or a store, and never decides
//! by the wording of a message. What a server cannot do is a refusal with the reason, and the page that can.

use crate::host::Host;
use crate::http::Http;
use crate::provider_name::ProviderName;

mod answer;
mod aptible;
mod atlas;
mod capability;
mod guidance;
mod keys;
mod made_tokens;
mod memberships;
mod organization_tokens;
mod organizations;
mod other_access;
mod parse;
pub(crate) mod parsers;
mod sign_in;
mod site_administration;
mod token_limits;
mod tokens;
mod two_factor;

pub use capability::{Capability, Offer};
pub use guidance::Guidance;
pub use keys::{SecurityKeys, SshKeys};
pub use made_tokens::TokensByMaker;
pub use memberships::Memberships;
pub use organization_tokens::OrganizationTokens;
pub use organizations::Organizations;
pub use other_access::{Access, OtherAccess};
pub use sign_in::{Challenge, PasswordChange, Scope, SignIn, SignInAnswer, SignIns, WebSignIn};
pub use site_administration::{ActOutcome, SiteAdministration};
pub use token_limits::TokenLimits;
pub use tokens::{Revocation, Tokens};
pub use two_factor::{TwoFactorAuthentication, VerifyAnswer};

/// An account server, whichever it is: all that users want of one.
pub trait AccountServer:
    SignIns
    + TwoFactorAuthentication
    + Tokens
    + OrganizationTokens
    + Organizations
    + SshKeys
    + SecurityKeys
    + OtherAccess
    + TokenLimits
    + TokensByMaker
    + Memberships
    + SiteAdministration
    + Guidance
{
}

impl<T> AccountServer for T where
    T: SignIns
        + TwoFactorAuthentication
        + Tokens
        + OrganizationTokens
        + Organizations
        + SshKeys
        + SecurityKeys
        + OtherAccess
        + TokenLimits
        + TokensByMaker
        + Memberships
        + SiteAdministration
        + Guidance
{
}

/// Returns the account server of a host.
pub fn account_server<'a>(
    provider: ProviderName,
    host: &'a Host,
    http: &'a Http,
) -> Box<dyn AccountServer + 'a> {
    match provider {
        ProviderName::Atlas => Box::new(atlas::Atlas::new(host, http)),
        ProviderName::Aptible => Box::new(aptible::Aptible::new(host, http)),
    }
}

/// Asks a host that nobody knows which dialect it speaks. Neither a password nor a token is sent.
pub fn detect(host: &Host, http: &Http) -> ProviderName {
    if aptible::is_aptible(host, http) { ProviderName::Aptible } else { ProviderName::Atlas }
}
