//! Atlas: Terraform Enterprise, HCP Terraform, and the Atlas and Vagrant Cloud servers before them.
//!
//! Password sign-in is the classic API (`/api/v1`, plain JSON); the account is the modern one (`/api/v2`,
//! JSON:API). A server may have either or both, so every answer is decided by status and structure.

use jiff::Timestamp;
use secrecy::{ExposeSecret, SecretString};

use super::parse::rejected;
use super::{
    AccountServer, Capability, Offer, PasswordChange, Revocation, SignIn, SignInAnswer,
    VerifyAnswer, WebSignIn,
};
use crate::account::{Account, AccountName, Holder, Identifier};
use crate::failure::Failure;
use crate::host::Host;
use crate::http::{Http, Method, NoReply, Repeat, Reply, Request};
use crate::organization::{MemberPage, Organization, OrganizationName, Policy};
use crate::token::{Credential, NewToken, Token, TokenInfo};
use crate::two_factor::{Begun, Enrolment, ListedCode, TwoFactor, VerificationCode, Verified};

mod discovery;
mod list;
mod organizations;
mod wire;

const JSON: &str = "application/json";
const JSON_API: &str = "application/vnd.api+json";

const AUTHENTICATE: &str = "/api/v1/authenticate";
const ACCOUNT: &str = "/api/v2/account/details";
const PASSWORD: &str = "/api/v2/account/password";
const PASSWORD_PAGE: &str = "/app/settings/password";
const SECURITY_PAGE: &str = "/app/settings/two-factor";
const SESSIONS_PAGE: &str = "/app/settings/sessions";
const TOKEN_PAGE: &str = "/app/settings/tokens";

/// Returns the path of one token.
fn token_path(id: &Identifier) -> String {
    format!("/api/v2/authentication-tokens/{id}")
}

/// What tools call the tokens that their sign-ins make.
const SIGN_INS: [&str; 5] =
    ["keybelt on ", "terraform login", "tofu login", "Vagrant login from ", "Login from "];

/// The fewest characters of a password, as far as the documents agree (protocol: atlas 3.2).
const MIN_PASSWORD: usize = 8;

/// One Atlas server.
pub(super) struct Atlas<'a> {
    host: &'a Host,
    http: &'a Http,
}

impl<'a> Atlas<'a> {
    pub(super) fn new(host: &'a Host, http: &'a Http) -> Self {
        Self { host, http }
    }

    /// Returns a request of the modern API without a body, which may be sent again.
    fn request<'r>(
        &'r self,
        method: Method,
        path: &'r str,
        credential: Option<&'r Credential>,
    ) -> Request<'r> {
        Request {
            method,
            host: self.host,
            path,
            credential,
            media_type: JSON_API,
            is_form: false,
            body: None,
            repeat: Repeat::WhenRateLimited,
        }
    }

    fn get(
        &self,
        path: &str,
        media_type: &'static str,
        credential: Option<&Credential>,
    ) -> Result<Reply, NoReply> {
        self.http.send(&Request { media_type, ..self.request(Method::Get, path, credential) })
    }

    /// Posts to the classic API with a password in the body and no credential.
    fn post_classic(&self, path: &str, body: SecretString) -> Result<Reply, NoReply> {
        self.http.send(&Request {
            media_type: JSON,
            body: Some(body),
            repeat: Repeat::Never,
            ..self.request(Method::Post, path, None)
        })
    }

    /// Posts one of the account's two-factor actions.
    fn post_action(
        &self,
        action: &str,
        credential: &Credential,
        body: Option<SecretString>,
        repeat: Repeat,
    ) -> Result<Reply, Failure> {
        let path = format!("/api/v2/account/actions/{action}");
        let reply = self.http.send(&Request {
            body,
            repeat,
            ..self.request(Method::Post, &path, Some(credential))
        });
        let reply = reply.map_err(|reason| {
            reason.explained(|failure| {
                failure.hint("it may have been done all the same: look with `keybelt 2fa status`")
            })
        })?;
        match reply.status {
            401 | 403 | 404 | 405 => Err(self.action_refused(&reply, credential)),
            _ => Ok(reply),
        }
    }

    /// Explains a refused action: the token is dead only if the account route says so too.
    fn action_refused(&self, reply: &Reply, credential: &Credential) -> Failure {
        let account = match self.account(credential) {
            Err(failure) if reply.status == 401 => return failure,
            account => account.ok(),
        };
        let page = match account.and_then(|account| account.managed_by) {
            Some(elsewhere) => format!("it is managed by {elsewhere}"),
            None => format!("use the page {}", self.host.address_of(SECURITY_PAGE)),
        };
        self.explained(
            Failure::refused(format!(
                "`{}` does not let tokens change two-factor authentication",
                self.host
            ))
            .hint(page),
            reply,
        )
    }

    /// Adds what the server said.
    fn explained(&self, failure: Failure, reply: &Reply) -> Failure {
        let said = wire::errors(&reply.body);
        let cause = match said.first() {
            Some(text) => format!("{}: {text}", reply.status),
            None => format!("status {}", reply.status),
        };
        failure.because(anyhow::anyhow!(cause))
    }

    fn details(&self, reply: &Reply) -> Result<Account, Failure> {
        wire::account(&reply.json(self.host)?, self.host)
    }

    /// Asks the classic API whom a token belongs to, where the modern one is missing.
    fn classic_account(&self, credential: &Credential) -> Result<Account, Failure> {
        let reply = self.get(AUTHENTICATE, JSON, Some(credential))?;
        match reply.status {
            200..=299 if reply.is_api_success() => {
                wire::classic_account(&reply.body, self.host, credential.known_as.as_ref())
            }
            401 => Err(rejected(credential)),
            403 => Err(self.account_forbidden(&reply)),
            _ => Err(reply.unexpected(self.host)),
        }
    }

    /// Explains a 403: the token works, and may not see whose it is.
    fn account_forbidden(&self, reply: &Reply) -> Failure {
        let failure =
            Failure::refused(format!("`{}` does not let this token see its account", self.host));
        self.explained(failure, reply)
            .hint(format!("use a token of a user, such as one from {}", self.token_page()))
    }

    fn two_factor(&self, reply: &Reply) -> Result<(TwoFactor, serde_json::Value), Failure> {
        let document = reply.json(self.host)?;
        let state = wire::two_factor(&document).ok_or_else(|| {
            Failure::unavailable(format!(
                "the answer of `{}` says nothing of two-factor authentication",
                self.host
            ))
        })?;
        Ok((state, document))
    }

    fn token_deleted(
        &self,
        credential: &Credential,
        path: &str,
        media_type: &'static str,
    ) -> Result<Reply, Failure> {
        Ok(self.http.send(&Request {
            media_type,
            ..self.request(Method::Delete, path, Some(credential))
        })?)
    }

    fn tokens_path(&self, account: &Account) -> Result<String, Failure> {
        if account.holder != Holder::User {
            return Err(Failure::refused(format!(
                "this token is of {}, and only a user's token manages user tokens",
                account.described()
            ))
            .hint("sign in as a user, or use the organization's settings page"));
        }
        let id = account.id.as_ref().ok_or_else(|| {
            Failure::refused(format!(
                "`{}` does not tell the account's id, so its tokens cannot be found",
                self.host
            ))
            .hint(format!("use the page {}", self.token_page()))
        })?;
        Ok(format!("/api/v2/users/{id}/authentication-tokens"))
    }

    /// Explains a refusal: the token in use is dead only if the account route says so too.
    fn tokens_refused(&self, reply: &Reply, credential: &Credential, what: &str) -> Failure {
        if reply.status == 401
            && let Err(failure) = self.account(credential)
        {
            return failure;
        }
        match reply.status {
            400..=428 => self
                .explained(
                    Failure::refused(format!("`{}` does not let this token {what}", self.host)),
                    reply,
                )
                .hint(format!("use the page {}", self.token_page())),
            _ => reply.unexpected(self.host),
        }
    }

    /// Ends a token by its id, where the classic route is missing.
    fn revoke_by_id(
        &self,
        credential: &Credential,
        id: &Identifier,
    ) -> Result<Revocation, Failure> {
        let reply = self.token_deleted(credential, &token_path(id), JSON_API)?;
        match reply.status {
            _ if reply.is_api_success() => Ok(Revocation::Revoked),
            // Only an API's own 404 says that the token is gone; a proxy's page says nothing.
            404 if !wire::errors(&reply.body).is_empty() => Ok(Revocation::Revoked),
            401 => Ok(Revocation::NoLongerAccepted),
            404 | 405 => Ok(Revocation::StillValid),
            _ => Err(reply.unexpected(self.host)),
        }
    }
}

impl AccountServer for Atlas<'_> {
    fn offers(&self, capability: Capability) -> Offer {
        match capability {
            Capability::PasswordSignIn | Capability::SignInText => {
                Offer::Sometimes("where the server has the classic sign-in")
            }
            Capability::AppTwoFactor | Capability::SmsTwoFactor => {
                Offer::Sometimes("where the server lets tokens change it")
            }
            Capability::RecoveryCodes => {
                Offer::Sometimes("where the server shows them after `2fa verify` too")
            }
            Capability::PasswordChange => {
                Offer::Sometimes("where the server lets tokens change the password")
            }
            Capability::WebSignIn
            | Capability::TokenList
            | Capability::TokenCreation
            | Capability::TokenRevocation
            | Capability::OrganizationAudit
            | Capability::OrganizationPolicy => Offer::Yes,
        }
    }

    fn offers_password_sign_in(&self) -> Result<bool, Failure> {
        if self.host.is_known_modern() {
            return Ok(false);
        }
        let reply = self.get(AUTHENTICATE, JSON, None)?;
        match reply.status {
            // A 401 in JSON is the route's own; any other page's 401 says nothing of it.
            401 => match reply.json(self.host) {
                Ok(document) if wire::is_of_aptible(&document) => Err(self.speaks_aptible()),
                document => Ok(document.is_ok()),
            },
            404 | 405 => Ok(false),
            _ => Err(reply.unexpected(self.host)),
        }
    }

    fn elevates(&self) -> bool {
        false
    }

    fn sign_in(&self, request: &SignIn<'_>) -> Result<SignInAnswer, Failure> {
        let reply = self
            .post_classic(AUTHENTICATE, wire::sign_in(request))
            .map_err(|reason| reason.explained(|failure| self.perhaps_signed_in(failure)))?;
        match reply.status {
            200..=299 => match wire::new_token(&reply) {
                Some(token) => Ok(SignInAnswer::SignedIn(token)),
                None => Err(self.perhaps_signed_in(Failure::unavailable(format!(
                    "`{}` accepted the sign-in, but its answer has no token in it",
                    self.host
                )))),
            },
            404 | 405 => Err(self.no_password_sign_in()),
            406 if request.code.is_none() && wire::challenge(&reply.body).is_some() => {
                Ok(wire::challenge(&reply.body)
                    .map_or(SignInAnswer::PasswordRefused, SignInAnswer::CodeRequired))
            }
            // Whatever else is said of a request with a code is said of the code: the answer to a wrong one
            // is not documented (protocol: atlas 1.2).
            400 | 403 | 406 | 422 if request.code.is_some() => {
                Ok(SignInAnswer::CodeRefused { server_time: reply.server_time })
            }
            401 => Ok(SignInAnswer::PasswordRefused),
            400 | 403 | 406 | 422 => Err(self.explained(
                Failure::refused(format!("`{}` refused the sign-in", self.host)),
                &reply,
            )),
            _ => Err(reply.unexpected(self.host)),
        }
    }

    fn send_sign_in_text(
        &self,
        username: &AccountName,
        password: &SecretString,
    ) -> Result<Option<String>, Failure> {
        let reply = self.post_classic(
            "/api/v1/two-factor/request-code",
            wire::request_code(username, password),
        )?;
        match reply.status {
            _ if reply.is_api_success() => Ok(wire::masked_number(&reply.body)),
            400..=428 => Err(self.explained(
                Failure::refused(format!("`{}` sends no text message for this sign-in", self.host)),
                &reply,
            )),
            _ => Err(reply.unexpected(self.host)),
        }
    }

    fn web_sign_in(&self) -> Result<Option<WebSignIn>, Failure> {
        discovery::web_sign_in(self.host, self.http)
    }

    fn exchange_code(
        &self,
        web: &WebSignIn,
        code: &SecretString,
        verifier: &SecretString,
        redirect_uri: &str,
    ) -> Result<NewToken, Failure> {
        let request = Request {
            media_type: JSON,
            is_form: true,
            body: Some(wire::exchange(&web.client, code, verifier, redirect_uri)),
            repeat: Repeat::Never,
            ..self.request(Method::Post, &web.token_path, None)
        };
        let reply = self
            .http
            .send(&request)
            .map_err(|reason| reason.explained(|failure| self.perhaps_signed_in(failure)))?;
        match reply.status {
            200..=299 => wire::exchanged_token(&reply).ok_or_else(|| {
                self.perhaps_signed_in(Failure::unavailable(format!(
                    "`{}` accepted the sign-in, but its answer has no token in it",
                    self.host
                )))
            }),
            400..=428 => Err(self.explained(
                Failure::refused(format!("`{}` did not give a token for this sign-in", self.host)),
                &reply,
            )),
            _ => Err(reply.unexpected(self.host)),
        }
    }

    fn account(&self, credential: &Credential) -> Result<Account, Failure> {
        let reply = self.get(ACCOUNT, JSON_API, Some(credential))?;
        match reply.status {
            200..=299 => self.details(&reply),
            401 => Err(rejected(credential)),
            403 => Err(self.account_forbidden(&reply)),
            404 | 405 => self.classic_account(credential),
            _ => Err(reply.unexpected(self.host)),
        }
    }

    fn revoke(
        &self,
        credential: &Credential,
        id: Option<&Identifier>,
    ) -> Result<Revocation, Failure> {
        let reply = self.token_deleted(credential, AUTHENTICATE, JSON)?;
        match reply.status {
            _ if reply.is_api_success() => Ok(Revocation::Revoked),
            401 => Ok(Revocation::NoLongerAccepted),
            404 | 405 => {
                // The token knows its own id, where the server tells.
                let told = || self.account(credential).ok()?.token_id;
                match id.cloned().or_else(told) {
                    Some(id) => self.revoke_by_id(credential, &id),
                    None => Ok(Revocation::StillValid),
                }
            }
            _ => Err(reply.unexpected(self.host)),
        }
    }

    fn enable_two_factor(
        &self,
        credential: &Credential,
        enrolment: &Enrolment,
    ) -> Result<Begun, Failure> {
        let reply = self.post_action(
            "two-factor-enable",
            credential,
            Some(wire::enable(enrolment)),
            Repeat::Never,
        )?;
        if !reply.is_success() {
            return Err(self.action_failed("did not begin two-factor authentication", &reply));
        }
        let (two_factor, document) = self.two_factor(&reply)?;
        Ok(Begun { two_factor, provisioning_url: wire::provisioning_url(&document), pending: None })
    }

    fn verify_two_factor(
        &self,
        credential: &Credential,
        _: Option<&str>,
        code: &VerificationCode,
    ) -> Result<VerifyAnswer, Failure> {
        let reply = self.post_action(
            "two-factor-verify",
            credential,
            Some(wire::verify(code)),
            Repeat::Never,
        )?;
        match reply.status {
            200..=299 => {
                let document = reply.json(self.host)?;
                let (recovery_codes, unreadable) = wire::recovery_codes(&document);
                // Codes come but once, so they are worth more than a state that is missing beside them.
                let two_factor = match wire::two_factor(&document) {
                    None if !recovery_codes.is_empty() => wire::verified(&document),
                    _ => self.two_factor(&reply)?.0,
                };
                Ok(VerifyAnswer::Verified(Verified { two_factor, recovery_codes, unreadable }))
            }
            400 | 406 | 409 | 422 => self.verify_refused(credential, &reply),
            _ => Err(reply.unexpected(self.host)),
        }
    }

    fn resend_code(&self, credential: &Credential) -> Result<(), Failure> {
        let reply = self.post_action(
            "two-factor-resend-verification-code",
            credential,
            None,
            Repeat::Never,
        )?;
        if reply.is_api_success() {
            return Ok(());
        }
        Err(self.action_failed("did not send a verification code", &reply))
    }

    fn disable_two_factor(&self, credential: &Credential) -> Result<TwoFactor, Failure> {
        let reply =
            self.post_action("two-factor-disable", credential, None, Repeat::WhenRateLimited)?;
        if !reply.is_success() {
            return Err(self.action_failed("did not turn two-factor authentication off", &reply));
        }
        Ok(self.two_factor(&reply)?.0)
    }

    fn recovery_codes(&self, credential: &Credential) -> Result<Vec<ListedCode>, Failure> {
        let reply = self.get(ACCOUNT, JSON_API, Some(credential))?;
        match reply.status {
            200..=299 => {}
            401 => return Err(rejected(credential)),
            _ => return Err(reply.unexpected(self.host)),
        }
        let (codes, _) = wire::recovery_codes(&reply.json(self.host)?);
        if codes.is_empty() {
            return Err(Failure::refused(format!(
                "`{}` shows recovery codes to tools only when a code is verified",
                self.host
            ))
            .hint(format!("reveal them on the page {}", self.host.address_of(SECURITY_PAGE))));
        }
        let unused = |code| ListedCode { code, is_used: false };
        Ok(codes.into_iter().map(unused).collect())
    }

    fn new_recovery_codes(&self) -> &'static str {
        "for new ones, run `keybelt 2fa enable` again"
    }

    fn change_password(
        &self,
        credential: &Credential,
        change: &PasswordChange<'_>,
    ) -> Result<(), Failure> {
        if change.new.expose_secret().chars().count() < MIN_PASSWORD {
            return Err(Failure::usage(format!(
                "the new password is too short; `{}` takes none of fewer than {MIN_PASSWORD} characters",
                self.host
            )));
        }
        let sent = self.http.send(&Request {
            body: Some(wire::change_password(change)),
            repeat: Repeat::Never,
            ..self.request(Method::Patch, PASSWORD, Some(credential))
        });
        let reply = sent.map_err(|reason| {
            reason.explained(|failure| {
                failure.hint("it may have been changed all the same: sign in with the new password")
            })
        })?;
        match reply.status {
            _ if reply.is_api_success() => Ok(()),
            401 => {
                self.account(credential)?;
                Err(Failure::refused(format!("`{}` refused the current password", self.host)))
            }
            404 | 405 => Err(Failure::refused(format!(
                "`{}` does not let tokens change the password",
                self.host
            ))
            .hint(format!("use the page {}", self.host.address_of(PASSWORD_PAGE)))),
            400..=428 => Err(self.explained(
                Failure::refused(format!("`{}` did not change the password", self.host)),
                &reply,
            )),
            _ => Err(reply.unexpected(self.host)),
        }
    }

    fn tokens(
        &self,
        credential: &Credential,
        account: &Account,
    ) -> Result<Vec<TokenInfo>, Failure> {
        let path = self.tokens_path(account)?;
        let mut found = Vec::new();
        self.list(credential, &path, "", &mut |reply| {
            if !reply.is_success() {
                return Err(self.tokens_refused(reply, credential, "list tokens"));
            }
            wire::tokens(&reply.json(self.host)?, &mut found, self.host)
        })?;
        Ok(found)
    }

    fn token(
        &self,
        credential: &Credential,
        id: &Identifier,
    ) -> Result<Option<TokenInfo>, Failure> {
        let reply = self.get(&token_path(id), JSON_API, Some(credential))?;
        if !reply.is_success() {
            return Ok(None);
        }
        Ok(wire::token(&reply.json(self.host)?))
    }

    fn sign_ins(
        &self,
        credential: &Credential,
        account: &Account,
    ) -> Result<Vec<TokenInfo>, Failure> {
        let mut tokens = self.tokens(credential, account)?;
        tokens.retain(|token| {
            let description = token.description.as_deref().unwrap_or_default();
            SIGN_INS.iter().any(|start| description.starts_with(start))
                || account.token_id.as_ref() == Some(&token.id)
        });
        Ok(tokens)
    }

    fn create_token(
        &self,
        credential: &Credential,
        account: &Account,
        description: &str,
        expires_at: Option<Timestamp>,
    ) -> Result<(TokenInfo, Token), Failure> {
        let path = self.tokens_path(account)?;
        let sent = self.http.send(&Request {
            body: Some(wire::create_token(description, expires_at)),
            ..self.request(Method::Post, &path, Some(credential))
        });
        let perhaps_made = |failure| self.perhaps_signed_in(failure);
        let reply = sent.map_err(|reason| reason.explained(perhaps_made))?;
        if !reply.is_success() {
            return Err(self.tokens_refused(&reply, credential, "create tokens"));
        }
        let document = reply.json(self.host).map_err(perhaps_made)?;
        wire::created_token(&document).ok_or_else(|| {
            perhaps_made(Failure::unavailable(format!(
                "`{}` created a token, but its answer has none in it",
                self.host
            )))
        })
    }

    fn revoke_token(
        &self,
        credential: &Credential,
        id: &Identifier,
    ) -> Result<Revocation, Failure> {
        let reply = self.token_deleted(credential, &token_path(id), JSON_API)?;
        match reply.status {
            _ if reply.is_api_success() => Ok(Revocation::Revoked),
            404 if !wire::errors(&reply.body).is_empty() => Ok(Revocation::NoLongerAccepted),
            _ => Err(self.tokens_refused(&reply, credential, "revoke tokens")),
        }
    }

    fn revoke_others(&self, _: &Credential, _: &[&Credential]) -> Result<Option<u64>, Failure> {
        Err(Failure::refused(format!("`{}` ends tokens one by one alone", self.host)))
    }

    fn organizations(&self, credential: &Credential) -> Result<Vec<Organization>, Failure> {
        self.all_organizations(credential)
    }

    fn organization(
        &self,
        credential: &Credential,
        name: &OrganizationName,
    ) -> Result<Organization, Failure> {
        self.one_organization(credential, name)
    }

    fn members(
        &self,
        credential: &Credential,
        name: &OrganizationName,
        visit: &mut dyn FnMut(&MemberPage<'_>) -> Result<(), Failure>,
    ) -> Result<(), Failure> {
        self.each_member(credential, name, visit)
    }

    fn set_policy(
        &self,
        credential: &Credential,
        name: &OrganizationName,
        policy: Policy,
    ) -> Result<(), Failure> {
        self.change_policy(credential, name, policy)
    }

    fn organization_page(&self, name: &OrganizationName) -> String {
        self.host.address_of(&format!("/app/{name}/settings/authentication"))
    }

    fn way_to_end(&self) -> String {
        format!("revoke it at {}", self.token_page())
    }

    fn token_page(&self) -> String {
        self.host.address_of(TOKEN_PAGE)
    }

    fn sessions_page(&self) -> Option<String> {
        Some(self.host.address_of(SESSIONS_PAGE))
    }

    /// Tokens bypass two-factor authentication (seed: "token authentication bypasses two factor").
    fn caveats(&self) -> Vec<String> {
        vec![format!(
            "Tokens made before now go on working without a code; end those you do not need at {}",
            self.token_page()
        )]
    }

    fn lockout(&self) -> Option<&'static str> {
        None
    }

    fn last_resort(&self) -> String {
        format!(
            "A site administrator of {} can turn two-factor authentication off for you.",
            self.host
        )
    }
}

impl Atlas<'_> {
    /// Before a password goes to a route that is none there: its root may have been out of order when it was
    /// asked whose dialect it speaks.
    fn speaks_aptible(&self) -> Failure {
        Failure::unavailable(format!(
            "`{}` answers as an Aptible server does, and did not when it was asked what it is",
            self.host
        ))
        .hint("try again, or say so with --provider aptible")
    }

    fn no_password_sign_in(&self) -> Failure {
        Failure::refused(format!(
            "`{}` has no password sign-in; the password was sent and not used",
            self.host
        ))
        .hint(format!(
            "create a token at {}, then run `keybelt login {} --token-stdin`",
            self.token_page(),
            self.host
        ))
    }

    /// A sign-in whose answer is lost may have made a token; say where to find it.
    fn perhaps_signed_in(&self, failure: Failure) -> Failure {
        failure.hint(format!(
            "nothing was stored; if the server made a token all the same, it is listed at {}",
            self.token_page()
        ))
    }

    fn action_failed(&self, what: &str, reply: &Reply) -> Failure {
        match reply.status {
            400 | 402 | 406 | 409 | 422 => {
                self.explained(Failure::refused(format!("`{}` {what}", self.host)), reply)
            }
            _ => reply.unexpected(self.host),
        }
    }

    /// Tells a wrong code from an enrolment that was never begun, by the state and not by the sentence.
    fn verify_refused(
        &self,
        credential: &Credential,
        reply: &Reply,
    ) -> Result<VerifyAnswer, Failure> {
        let state = self.account(credential)?.two_factor;
        if state.is_some_and(|state| !state.enabled) {
            return Err(Failure::refused(
                "two-factor authentication is not enabled, so there is nothing to verify",
            )
            .hint("run `keybelt 2fa enable` first"));
        }
        Ok(VerifyAnswer::Refused { server_time: reply.server_time })
    }
}
