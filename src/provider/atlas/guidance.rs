//! What an Atlas server leaves to its pages and to people.

use super::Atlas;
use crate::failure::Failure;
use crate::organization::OrganizationName;
use crate::provider::capability::{Capability, Offer};
use crate::provider::guidance::Guidance;

const PASSWORD_PAGE: &str = "/app/settings/password";
const SESSIONS_PAGE: &str = "/app/settings/sessions";
const TOKEN_PAGE: &str = "/app/settings/tokens";
const TWO_FACTOR_PAGE: &str = "/app/settings/two-factor";

impl Guidance for Atlas<'_> {
    fn offers(&self, capability: Capability) -> Offer {
        match capability {
            Capability::PasswordSignIn | Capability::SignInText => {
                Offer::Sometimes("classic servers only")
            }
            Capability::AppTwoFactor | Capability::SmsTwoFactor => {
                Offer::Sometimes("if the server allows tokens to change it")
            }
            Capability::RecoveryCodes => {
                Offer::Sometimes("where the server shows them after `2fa verify` too")
            }
            Capability::PasswordChange => {
                Offer::Sometimes("if the server allows tokens to change the password")
            }
            Capability::SiteAdministration if self.host.is_known_modern() => {
                Offer::No(self.no_site_administration())
            }
            Capability::SiteAdministration => {
                Offer::Sometimes("Terraform Enterprise, for its site administrators")
            }
            Capability::SshKeys => Offer::No(self.no_ssh_keys()),
            Capability::MemberReset => Offer::No(self.no_member_reset()),
            Capability::SecurityKeys => Offer::No(self.no_security_keys()),
            Capability::WebSignIn
            | Capability::TokenList
            | Capability::TokenCreation
            | Capability::TokenRevocation
            | Capability::OrganizationTokens
            | Capability::OrganizationAudit
            | Capability::MemberRemoval
            | Capability::OrganizationPolicy
            | Capability::TokenLimits => Offer::Yes,
        }
    }

    fn organization_page(&self, name: &OrganizationName) -> String {
        self.host.address_of(&format!("/app/{name}/settings/authentication"))
    }

    fn how_to_revoke(&self) -> String {
        format!("revoke it at {}", self.token_page())
    }

    fn token_page(&self) -> String {
        self.host.address_of(TOKEN_PAGE)
    }

    fn password_page(&self) -> String {
        self.host.address_of(PASSWORD_PAGE)
    }

    fn sessions_page(&self) -> Option<String> {
        Some(self.host.address_of(SESSIONS_PAGE))
    }

    /// Tokens bypass two-factor authentication (seed: "token authentication bypasses two factor").
    fn caveats(&self) -> Vec<String> {
        vec![format!(
            "Existing tokens keep working without a code; revoke those you do not need at {}",
            self.token_page()
        )]
    }

    fn lockout(&self) -> Option<&'static str> {
        None
    }

    /// The page of the sign-in has a link for that; its own address is documented nowhere.
    fn password_reset_page(&self) -> String {
        self.host.origin()
    }

    fn recovery_contact(&self) -> String {
        format!(
            "A site administrator of {} can disable two-factor authentication for you.",
            self.host
        )
    }

    fn new_recovery_codes(&self) -> &'static str {
        "for new ones, run `keybelt 2fa enable` again"
    }
}

impl Atlas<'_> {
    pub(super) fn no_ssh_keys(&self) -> Failure {
        Failure::refused("accounts of Terraform Enterprise and HCP Terraform have no SSH keys").hint(
            "those that organizations keep for modules are in the organization's settings, under SSH keys",
        )
    }

    /// No call lets an owner do it (protocol: tokens-and-administration 5).
    pub(super) fn no_member_reset(&self) -> Failure {
        Failure::refused("owners cannot reset a member's two-factor authentication here").hint(
            match self.host.is_known_modern() {
                true => "on HCP Terraform only the member can, with a recovery code",
                false => "a site administrator can: `keybelt admin user reset-2fa`",
            },
        )
    }

    /// No document of the vendor's names a call for them.
    pub(super) fn no_security_keys(&self) -> Failure {
        Failure::refused("Terraform Enterprise and HCP Terraform list no security keys to tools")
            .hint(format!("see {}", self.host.address_of(TWO_FACTOR_PAGE)))
    }
}
