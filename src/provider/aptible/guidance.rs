//! What an Aptible server leaves to its pages and to people.

use super::Aptible;
use crate::failure::Failure;
use crate::organization::OrganizationName;
use crate::provider::capability::{Capability, Offer};
use crate::provider::guidance::Guidance;

/// Where people find what tools cannot do (seed 004).
pub(super) const DASHBOARD: &str = "https://dashboard.aptible.com";
/// Where single sign-on begins.
const SSO_PAGE: &str = "https://dashboard.aptible.com/sso/";

/// The vendor's rules (protocol: aptible 1.3). Whoever is locked out may be told nothing but that.
pub(super) const LOCKOUT: &str = "10 failed sign-ins within a minute lock the account for a minute, 20 within an hour for an hour, 40 within a day for a day";

/// Returns the refusal of everything that has to do with text messages.
pub(super) fn no_texts() -> Failure {
    Failure::refused("Aptible does not send codes by text message")
        .hint("codes come from an authenticator app: `keybelt 2fa enable --app`")
}

pub(super) fn no_browser() -> Failure {
    Failure::refused("Aptible has no browser sign-in for tools").hint(format!(
        "sign in with the password; with single sign-on, get a token at {SSO_PAGE} and pass it with --token-stdin"
    ))
}

pub(super) fn no_token_list() -> Failure {
    Failure::refused("Aptible does not list tokens").hint(
        "`keybelt session list` shows the one in use, `keybelt session revoke --others` revokes all others",
    )
}

pub(super) fn no_token_creation() -> Failure {
    Failure::refused("Aptible creates tokens only at sign-in")
        .hint("run `keybelt login`; its token replaces the stored one")
}

/// Returns the refusal of every token that is no person's (protocol: aptible 2).
pub(super) fn no_organization_tokens() -> Failure {
    Failure::refused("Aptible has no tokens of organizations, teams or agent pools")
        .hint("automation signs in there as separate users: `keybelt login aptible --username …`")
}

/// Returns the refusal to require two-factor authentication of everybody: no client knows such a call.
pub(super) fn no_policy() -> Failure {
    Failure::refused("Aptible cannot require two-factor authentication in an organization")
        .hint(format!(
            "`keybelt org audit` shows who lacks it; its owners can enforce single sign-on at {DASHBOARD}"
        ))
}

/// Returns the refusal to limit how long tokens live: no client knows such a call.
pub(super) fn no_token_limits() -> Failure {
    Failure::refused("Aptible organizations cannot limit token lifetimes")
        .hint("Aptible tokens expire after at most 7 days")
}

/// Returns the refusal to administer a server: only its vendor does.
pub(super) fn no_site_administration() -> Failure {
    Failure::refused("Aptible has no site administrators among its users").hint(
        "an organization's owner can act for a member: `keybelt org member reset-2fa`, `remove`",
    )
}

impl Guidance for Aptible<'_> {
    fn offers(&self, capability: Capability) -> Offer {
        match capability {
            Capability::SignInText | Capability::SmsTwoFactor => Offer::No(no_texts()),
            Capability::WebSignIn => Offer::No(no_browser()),
            Capability::TokenList => Offer::No(no_token_list()),
            Capability::TokenCreation => Offer::No(no_token_creation()),
            Capability::OrganizationTokens => Offer::No(no_organization_tokens()),
            Capability::OrganizationPolicy => Offer::No(no_policy()),
            Capability::TokenLimits => Offer::No(no_token_limits()),
            Capability::SiteAdministration => Offer::No(no_site_administration()),
            Capability::PasswordSignIn
            | Capability::AppTwoFactor
            | Capability::RecoveryCodes
            | Capability::PasswordChange
            | Capability::TokenRevocation
            | Capability::SshKeys
            | Capability::SecurityKeys
            | Capability::OrganizationAudit
            | Capability::MemberRemoval
            | Capability::MemberReset => Offer::Yes,
        }
    }

    fn organization_page(&self, _: &OrganizationName) -> String {
        DASHBOARD.to_owned()
    }

    fn how_to_revoke(&self) -> String {
        "revoke it with `keybelt session revoke --others`".to_owned()
    }

    fn token_page(&self) -> String {
        SSO_PAGE.to_owned()
    }

    fn password_page(&self) -> String {
        DASHBOARD.to_owned()
    }

    fn sessions_page(&self) -> Option<String> {
        None
    }

    /// What two-factor authentication protects, and what it does not, is in seed 004.
    fn caveats(&self) -> Vec<String> {
        vec![
            "Existing tokens keep working without a code until they expire; revoke them, including those used by CI, with `keybelt session revoke --others`".to_owned(),
            "Git pushes are not protected: an SSH key is enough for them. If automation deploys with a key of your account, create a separate account for it and remove that key with `keybelt ssh-key remove`".to_owned(),
        ]
    }

    fn lockout(&self) -> Option<&'static str> {
        Some(LOCKOUT)
    }

    fn password_reset_page(&self) -> String {
        DASHBOARD.to_owned()
    }

    fn recovery_contact(&self) -> String {
        "An owner of your organization can reset it for you, or contact Aptible support for you."
            .to_owned()
    }

    fn new_recovery_codes(&self) -> &'static str {
        "Aptible creates new ones only when two-factor authentication is disabled and enabled again"
    }
}
