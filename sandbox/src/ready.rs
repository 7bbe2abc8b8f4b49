//! The ready line: where a started sandbox is and who can sign in to it. Other programs parse it;
//! its keys and their order are an interface.

use serde::Serialize;

/// What a program needs to use a sandbox that has started.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Ready {
    /// The version of this interface.
    pub version: u32,
    /// Which generation of the servers this is.
    pub generation: String,
    /// Where the Atlas dialect is spoken.
    pub atlas_url: String,
    /// The same with TLS, if that was asked for.
    pub atlas_tls_url: Option<String>,
    /// Where the Aptible dialect is spoken.
    pub aptible_url: String,
    /// The certificate to trust for TLS.
    pub ca_file: Option<String>,
    /// Below this one can turn the clock and see what happened.
    pub control_url: String,
    /// The texts "sent".
    pub outbox_url: String,
    /// The organization that the accounts belong to.
    pub organization: String,
    /// The accounts, always in the same order.
    pub accounts: Vec<ReadyAccount>,
}

/// One account of a sandbox.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ReadyAccount {
    /// Its username.
    pub username: String,
    /// Its e-mail address, which signs in as well.
    pub email: String,
    /// Its password.
    pub password: String,
    /// An authentication token of it.
    pub token: String,
    /// Its two-factor authentication, if it has any.
    pub two_factor: Option<ReadyTwoFactor>,
    /// Its recovery codes; none without two-factor authentication.
    pub recovery_codes: Vec<String>,
}

/// The two-factor authentication of an account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ReadyTwoFactor {
    /// `app` or `sms`.
    pub delivery: String,
    /// The TOTP secret in base32, with `app`.
    pub secret: Option<String>,
    /// The number that texts go to, with `sms`.
    pub sms_number: Option<String>,
}
