//! What account servers can do, in the words of the commands that need it.
//!
//! A provider answers for each whether it can; the same answer is the refusal of the method that cannot, and
//! the table of docs/servers.md. So the three cannot contradict each other.

use crate::failure::Failure;

/// Something that one account server can do and another cannot.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Capability {
    /// Signing in with a password.
    PasswordSignIn,
    /// A text message with a sign-in code.
    SignInText,
    /// Signing in with a browser.
    WebSignIn,
    /// Enrolling an authenticator app, and disabling two-factor authentication.
    AppTwoFactor,
    /// Enrolling a number for text messages.
    SmsTwoFactor,
    /// Showing the recovery codes again.
    RecoveryCodes,
    /// Changing the password.
    PasswordChange,
    /// Listing the account's tokens.
    TokenList,
    /// Making a token with a token.
    TokenCreation,
    /// Ending a token by its id.
    TokenRevocation,
    /// Managing the tokens of organizations, teams, agent pools and audit trails.
    OrganizationTokens,
    /// Listing, adding and removing SSH keys of the account.
    SshKeys,
    /// Listing and removing security keys of the account.
    SecurityKeys,
    /// Listing organizations and who has two-factor authentication there.
    OrganizationAudit,
    /// Requiring two-factor authentication in an organization.
    OrganizationPolicy,
    /// Limiting how long tokens live in an organization.
    TokenLimits,
    /// Removing somebody from an organization.
    MemberRemoval,
    /// Having a member's two-factor authentication reset.
    MemberReset,
    /// Looking at all users of an installation, and acting on one.
    SiteAdministration,
}

impl Capability {
    /// Every capability with the commands that need it, in the order in which docs/servers.md lists them.
    pub const COMMANDS: [(Self, &'static str); 19] = [
        (Self::PasswordSignIn, "login"),
        (Self::SignInText, "login --sms"),
        (Self::WebSignIn, "login --web"),
        (Self::AppTwoFactor, "2fa enable --app, verify, disable"),
        (Self::SmsTwoFactor, "2fa enable --sms, resend"),
        (Self::RecoveryCodes, "2fa recovery-codes list, save"),
        (Self::PasswordChange, "password change"),
        (Self::TokenList, "token list, show"),
        (Self::TokenCreation, "token create, rotate"),
        (Self::TokenRevocation, "token revoke, session list, session revoke"),
        (Self::OrganizationTokens, "token list --org, show, create, revoke"),
        (Self::SshKeys, "ssh-key list, add, remove"),
        (Self::SecurityKeys, "2fa device list, remove"),
        (Self::OrganizationAudit, "org list, show, audit"),
        (Self::OrganizationPolicy, "org require-2fa"),
        (Self::TokenLimits, "org token-lifetime"),
        (Self::MemberRemoval, "org member remove"),
        (Self::MemberReset, "org member reset-2fa"),
        (Self::SiteAdministration, "admin user list, show, reset-2fa, suspend, unsuspend"),
    ];
}

/// A provider's answer.
#[derive(Debug)]
pub enum Offer {
    /// It can.
    Yes,
    /// Some of its servers can.
    Sometimes(&'static str),
    /// It cannot, and this is the refusal.
    No(Failure),
}

impl Offer {
    /// Returns the refusal, if it is one.
    pub fn or_refuse(self) -> Result<(), Failure> {
        match self {
            Self::No(failure) => Err(failure),
            Self::Yes | Self::Sometimes(_) => Ok(()),
        }
    }
}
