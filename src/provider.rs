//! Account servers, as what users want of them.
//!
//! A provider talks to one kind of account server. It never sees a terminal or a store, and never decides
//! by the wording of a message. What a server cannot do is a refusal with the reason, and the page that can.

use jiff::Timestamp;
use secrecy::SecretString;

use crate::account::{Account, AccountName, Identifier};
use crate::failure::Failure;
use crate::host::Host;
use crate::http::Http;
use crate::lifetime::Lifetime;
use crate::organization::{MemberPage, Organization, OrganizationName, Policy};
use crate::provider_name::ProviderName;
use crate::token::{Credential, NewToken, Token, TokenInfo};
use crate::two_factor::{
    Begun, Delivery, Enrolment, ListedCode, TwoFactor, VerificationCode, Verified,
};

mod aptible;
mod atlas;
mod capability;
mod parse;

pub use capability::{Capability, Offer};

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
    /// The lifetime to ask for, where the server lets one ask.
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

/// What a server says to a verification code.
#[derive(Debug)]
pub enum VerifyAnswer {
    /// The code was right.
    Verified(Verified),
    /// The code was wrong.
    Refused {
        /// The server's clock.
        server_time: Option<Timestamp>,
    },
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

/// What became of a token that was to be revoked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Revocation {
    /// The server says that it is gone.
    Revoked,
    /// The server did not accept it any more: expired, or ended elsewhere.
    NoLongerAccepted,
    /// The server offers no way to end it that is known here.
    StillValid,
}

/// An account server, whichever it is.
pub trait AccountServer {
    /// Returns whether it can do something. No request is made.
    fn offers(&self, capability: Capability) -> Offer;

    /// Returns whether tools can sign in with a password. Sends neither a password nor a token.
    ///
    /// # Errors
    /// Unavailable, if the server does not answer.
    fn offers_password_sign_in(&self) -> Result<bool, Failure>;

    /// Returns whether the server itself wants a short-lived token of [`Scope::Elevated`] for changes of security
    /// settings. Elsewhere sudo mode is keybelt's own guard.
    fn elevates(&self) -> bool;

    /// Signs in with a password, once.
    ///
    /// # Errors
    /// Refused, if the server turned out to have no password sign-in; unavailable, if the answer is
    /// missing or makes no sense: a token may then exist that nobody knows.
    fn sign_in(&self, request: &SignIn<'_>) -> Result<SignInAnswer, Failure>;

    /// Asks for a text message with a sign-in code; returns the masked number, if the server shows one.
    ///
    /// # Errors
    /// Refused, if the server sends none.
    fn send_sign_in_text(
        &self,
        username: &AccountName,
        password: &SecretString,
    ) -> Result<Option<String>, Failure>;

    /// Returns how one signs in with a browser; `None` if the server has no such sign-in for tools.
    ///
    /// # Errors
    /// Unavailable, if the server does not answer sensibly; refused, if it points to another host.
    fn web_sign_in(&self) -> Result<Option<WebSignIn>, Failure>;

    /// Exchanges what the browser brought back for a token.
    ///
    /// # Errors
    /// Refused, if the server does not take the code; unavailable, if the answer is missing.
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
    /// Not signed in, if the server rejects the token.
    fn account(&self, credential: &Credential) -> Result<Account, Failure>;

    /// Ends a token on the server.
    ///
    /// # Errors
    /// Unavailable, if it is unknown whether the token lives on.
    fn revoke(
        &self,
        credential: &Credential,
        id: Option<&Identifier>,
    ) -> Result<Revocation, Failure>;

    /// Begins two-factor authentication, or begins it anew.
    ///
    /// # Errors
    /// Refused, if the server does not let tokens do this or does not offer the delivery.
    fn enable_two_factor(
        &self,
        credential: &Credential,
        enrolment: &Enrolment,
    ) -> Result<Begun, Failure>;

    /// Proves the begun enrolment with a code. `pending` is what [`Begun`] had of that name.
    ///
    /// # Errors
    /// Refused, if there is nothing to prove or tokens may not.
    fn verify_two_factor(
        &self,
        credential: &Credential,
        pending: Option<&str>,
        code: &VerificationCode,
    ) -> Result<VerifyAnswer, Failure>;

    /// Sends the enrolment's verification code again.
    ///
    /// # Errors
    /// Refused, if there is nothing to send.
    fn resend_code(&self, credential: &Credential) -> Result<(), Failure>;

    /// Turns two-factor authentication off.
    ///
    /// # Errors
    /// Refused, if it is off already or tokens may not.
    fn disable_two_factor(&self, credential: &Credential) -> Result<TwoFactor, Failure>;

    /// Returns the recovery codes, used ones too where the server lists those.
    ///
    /// # Errors
    /// Refused, if the server shows them to no tool.
    fn recovery_codes(&self, credential: &Credential) -> Result<Vec<ListedCode>, Failure>;

    /// Returns how one comes to new recovery codes, in words that go on from "3 of 10 are left;".
    fn new_recovery_codes(&self) -> &'static str;

    /// Changes the account's password.
    ///
    /// # Errors
    /// Usage, if the new one breaks a rule that the server documents; refused, if the server does not take the
    /// old one or the new one, or lets no tool change it.
    fn change_password(
        &self,
        credential: &Credential,
        change: &PasswordChange<'_>,
    ) -> Result<(), Failure>;

    /// Lists the account's tokens.
    ///
    /// # Errors
    /// Refused, if the server does not list tokens for tools.
    fn tokens(&self, credential: &Credential, account: &Account)
    -> Result<Vec<TokenInfo>, Failure>;

    /// Returns what the server tells of one of the account's tokens; `None` where it tells nothing.
    ///
    /// # Errors
    /// Unavailable, if the server does not answer.
    fn token(
        &self,
        _credential: &Credential,
        _id: &Identifier,
    ) -> Result<Option<TokenInfo>, Failure> {
        Ok(None)
    }

    /// Lists what sign-ins of tools left behind, as far as the server tells: this one at least.
    ///
    /// # Errors
    /// As [`AccountServer::tokens`].
    fn sign_ins(
        &self,
        credential: &Credential,
        account: &Account,
    ) -> Result<Vec<TokenInfo>, Failure>;

    /// Makes a token.
    ///
    /// # Errors
    /// Refused, if the server makes none for tools, or not with that expiry; unavailable, if the answer is
    /// missing: a token may then exist that nobody knows.
    fn create_token(
        &self,
        credential: &Credential,
        account: &Account,
        description: &str,
        expires_at: Option<Timestamp>,
    ) -> Result<(TokenInfo, Token), Failure>;

    /// Ends one of the account's tokens by its id.
    ///
    /// # Errors
    /// Unavailable, if it is unknown whether the token lives on.
    fn revoke_token(&self, credential: &Credential, id: &Identifier)
    -> Result<Revocation, Failure>;

    /// Ends all of the account's tokens but `kept`, in one go; returns how many, where the server tells.
    ///
    /// # Errors
    /// Refused, if the server ends tokens one by one alone.
    fn revoke_others(
        &self,
        credential: &Credential,
        kept: &[&Credential],
    ) -> Result<Option<u64>, Failure>;

    /// Lists the organizations that the account belongs to.
    ///
    /// # Errors
    /// Refused, if the server does not list them for this token.
    fn organizations(&self, credential: &Credential) -> Result<Vec<Organization>, Failure>;

    /// Returns one organization, and what the account is there.
    ///
    /// # Errors
    /// Refused, if the server shows no such organization to this token.
    fn organization(
        &self,
        credential: &Credential,
        name: &OrganizationName,
    ) -> Result<Organization, Failure>;

    /// Hands an organization's members to `visit`, page by page as they come, each of them once.
    ///
    /// Each page has the command's whole time, for a long list is not a slow server.
    ///
    /// # Errors
    /// Refused, if the server does not show the members to this token; unavailable, if a page is missing or
    /// the pages do not end; those of `visit`.
    fn members(
        &self,
        credential: &Credential,
        name: &OrganizationName,
        visit: &mut dyn FnMut(&MemberPage<'_>) -> Result<(), Failure>,
    ) -> Result<(), Failure>;

    /// Changes what an organization demands of those who sign in.
    ///
    /// # Errors
    /// Refused, if the server does not do it, or not for this token.
    fn set_policy(
        &self,
        credential: &Credential,
        name: &OrganizationName,
        policy: Policy,
    ) -> Result<(), Failure>;

    /// Returns the address of the page where an organization's policy is set by hand.
    fn organization_page(&self, name: &OrganizationName) -> String;

    /// Returns how a person ends a token that could not be ended from here.
    fn way_to_end(&self) -> String;

    /// Returns the address of the page where tokens are made by hand.
    fn token_page(&self) -> String;

    /// Returns the address of the page that lists browser sessions, if there is one.
    fn sessions_page(&self) -> Option<String>;

    /// Returns what two-factor authentication leaves open here, and what to do about it.
    fn caveats(&self) -> Vec<String>;

    /// Returns how the server locks out who fails too often, where that is known.
    fn lockout(&self) -> Option<&'static str>;

    /// Returns who can help somebody who has lost phone and recovery codes.
    fn last_resort(&self) -> String;
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
    if aptible::speaks_at(host, http) { ProviderName::Aptible } else { ProviderName::Atlas }
}
