//! Signing in: with a password or a browser, and the account that a token belongs to.

use jiff::Timestamp;
use secrecy::SecretString;

use crate::account::{Account, AccountName, Identifier};
use crate::failure::Failure;
use crate::lifetime::Lifetime;
use crate::token::{Credential, NewToken};
use crate::two_factor::{Delivery, VerificationCode};

/// What a token that a password sign-in asks for may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// What the account may do.
    Manage,
    /// Security settings too, where the server guards them by a scope of their own.
    Elevated,
}

/// What a password sign-in presents.
#[derive(Debug, Clone, Copy)]
pub struct SignIn<'a> {
    /// The account's name or e-mail address.
    pub username: &'a AccountName,
    /// The password.
    pub password: &'a SecretString,
    /// A verification or recovery code, if one is known.
    pub code: Option<&'a VerificationCode>,
    /// The attempt without a code that this one completes, where the server counts those.
    pub previous_attempt: Option<&'a Identifier>,
    /// What the server's list of tokens will call the new one.
    pub description: &'a str,
    /// The token lifetime to request, where the server lets one ask.
    pub expires_in: Lifetime,
    /// What the token shall be good for, where the server tells scopes apart.
    pub scope: Scope,
}

/// What a server says to a password sign-in.
#[derive(Debug)]
pub enum SignInAnswer {
    /// Here is a token.
    SignedIn(NewToken),
    /// The password is right, and a code is needed.
    CodeRequired(Challenge),
    /// The user name or the password is wrong.
    PasswordRefused,
    /// The code is wrong.
    CodeRefused {
        /// The server's clock, to find out whether this machine's is wrong.
        server_time: Option<Timestamp>,
    },
}

/// How codes for a sign-in can be had.
#[derive(Debug, Clone)]
pub struct Challenge {
    /// The delivery that the account prefers.
    pub default: Delivery,
    /// Every delivery that it has.
    pub deliveries: Vec<Delivery>,
    /// The server's id of the attempt that lacked the code, where it counts those.
    pub attempt: Option<Identifier>,
}

/// How one signs in with a browser, as a host describes it.
#[derive(Debug, Clone)]
pub struct WebSignIn {
    /// What the server calls this kind of client.
    pub client: String,
    /// Where the browser begins.
    pub authorize: url::Url,
    /// Whether that is on another origin than the host.
    pub is_elsewhere: bool,
    /// The path on the host where the code is exchanged for a token.
    pub token_path: String,
    /// The ports that the browser may come back to.
    pub ports: std::ops::RangeInclusive<u16>,
    /// What is asked for, if anything.
    pub scopes: Vec<String>,
}

/// A change of an account's password.
#[derive(Debug, Clone, Copy)]
pub struct PasswordChange<'a> {
    /// The account.
    pub account: &'a Account,
    /// The old password, where the server wants it in the request.
    pub current: Option<&'a SecretString>,
    /// The new password.
    pub new: &'a SecretString,
}

/// Signs people in to a server, and tells whom a token belongs to.
pub trait SignIns {
    /// Returns whether tools can sign in with a password. Sends neither a password nor a token.
    fn offers_password_sign_in(&self) -> Result<bool, Failure>;

    /// Returns whether the server itself wants a short-lived token of [`Scope::Elevated`] for changes of security
    /// settings. Elsewhere sudo mode is keybelt's own guard.
    fn needs_elevated_token(&self) -> bool;

    /// Signs in with a password, once.
    ///
    /// # Errors
    /// Unavailable, if the answer is missing or makes no sense: a token may then exist that nobody knows.
    fn sign_in(&self, request: &SignIn<'_>) -> Result<SignInAnswer, Failure>;

    /// Asks for a text message with a sign-in code; returns the masked number, if the server shows one.
    fn send_sign_in_text(
        &self,
        username: &AccountName,
        password: &SecretString,
    ) -> Result<Option<String>, Failure>;

    /// Returns how one signs in with a browser; `None` if the server has no such sign-in for tools.
    ///
    /// # Errors
    /// Refused, if it points to another host.
    fn web_sign_in(&self) -> Result<Option<WebSignIn>, Failure>;

    /// Exchanges what the browser brought back for a token.
    fn exchange_code(
        &self,
        web: &WebSignIn,
        code: &SecretString,
        verifier: &SecretString,
        redirect_uri: &str,
    ) -> Result<NewToken, Failure>;

    /// Returns the account that a token belongs to.
    ///
    /// # Errors
    /// Not signed in, if the server rejects the token: no other route says so.
    fn account(&self, credential: &Credential) -> Result<Account, Failure>;

    /// Changes the account's password.
    fn change_password(
        &self,
        credential: &Credential,
        change: &PasswordChange<'_>,
    ) -> Result<(), Failure>;
}
