//! Signing in to an Aptible server. A password goes out once for each call of [`SignIns::sign_in`], whatever
//! comes back.

use secrecy::SecretString;
use serde_json::Value;

use super::claims::Claims;
use super::guidance::{LOCKOUT, no_browser, no_texts};
use super::wire::{self, ErrorBody};
use super::{Aptible, TOKENS};
use crate::account::{Account, AccountName, Holder};
use crate::failure::Failure;
use crate::http::{Method, Reply};
use crate::provider::answer;
use crate::provider::parse::{account_name, identifier, no_account};
use crate::provider::sign_in::{PasswordChange, SignIn, SignInAnswer, SignIns, WebSignIn};
use crate::token::{Credential, NewToken};

impl SignIns for Aptible<'_> {
    fn offers_password_sign_in(&self) -> Result<bool, Failure> {
        Ok(true)
    }

    fn needs_elevated_token(&self) -> bool {
        true
    }

    fn sign_in(&self, request: &SignIn<'_>) -> Result<SignInAnswer, Failure> {
        let body = wire::sign_in(request);
        let reply = self
            .send(Method::Post, TOKENS, None, Some(body))
            .map_err(|reason| reason.explained(|failure| self.sign_in_unknown(failure)))?;
        if !reply.is_success() {
            return self.sign_in_refused(request, &reply);
        }
        match wire::new_token(&reply) {
            Some(token) => Ok(SignInAnswer::SignedIn(token)),
            None => Err(self.sign_in_unknown(Failure::unavailable(format!(
                "`{}` accepted the sign-in but returned no token",
                self.host
            )))),
        }
    }

    fn send_sign_in_text(
        &self,
        _: &AccountName,
        _: &SecretString,
    ) -> Result<Option<String>, Failure> {
        Err(no_texts())
    }

    fn web_sign_in(&self) -> Result<Option<WebSignIn>, Failure> {
        Err(no_browser())
    }

    fn exchange_code(
        &self,
        _: &WebSignIn,
        _: &SecretString,
        _: &SecretString,
        _: &str,
    ) -> Result<NewToken, Failure> {
        Err(no_browser())
    }

    fn account(&self, credential: &Credential) -> Result<Account, Failure> {
        let token = self.current_token(credential)?;
        let claims = Claims::new(&credential.token);
        let link = self.user_link(&token, credential)?;
        let reply = self.send(Method::Get, link.path(), Some(credential), None)?;
        let user = match reply.status {
            200..=299 => reply.json(self.host)?,
            // A token of single sign-on, or one that only reads, may see less than it is.
            403 | 404 if claims.email().is_some() => Value::Null,
            _ => return Err(self.refused(&reply, credential, "see the account")),
        };
        let email = user.get("email").cloned().or_else(|| claims.email().map(Value::from));
        let email = account_name(email.as_ref(), self.host)?;
        Ok(Account {
            name: claims.account_name(&email).ok_or_else(|| no_account(self.host))?,
            holder: Holder::User,
            id: identifier(user.get("id")),
            email: Some(email.to_string()),
            token_id: identifier(token.get("id")).or_else(|| claims.id()),
            token_expires_at: wire::moment(token.get("expires_at")).or_else(|| claims.expires_at()),
            two_factor: wire::two_factor(&user),
            managed_by: None,
            is_sudo: None,
        })
    }

    fn change_password(
        &self,
        credential: &Credential,
        change: &PasswordChange<'_>,
    ) -> Result<(), Failure> {
        wire::check_password(change.new)?;
        let (user, _) = self.user(credential)?;
        let body = wire::change_password(change.new);
        let reply = self.send(Method::Patch, user.path(), Some(credential), Some(body)).map_err(
            |reason| {
                reason.explained(|failure| {
                    failure.hint("it may have succeeded anyway: try the new password")
                })
            },
        )?;
        match reply.status {
            200..=299 => Ok(()),
            _ => Err(self.refused(&reply, credential, "change the password")),
        }
    }
}

impl Aptible<'_> {
    fn sign_in_refused(
        &self,
        request: &SignIn<'_>,
        reply: &Reply,
    ) -> Result<SignInAnswer, Failure> {
        let error = ErrorBody::new(reply);
        match (error.as_str(), request.code) {
            ("otp_token_required", None) => Ok(SignInAnswer::CodeRequired(error.challenge())),
            ("otp_token_required", Some(_)) => {
                Ok(SignInAnswer::CodeRefused { server_time: reply.server_time })
            }
            ("invalid_credentials" | "invalid_grant" | "invalid_email", _)
                if !request.username.as_str().contains('@') =>
            {
                Err(Failure::refused(format!("`{}` refused the user name or password", self.host))
                    .hint(
                        "accounts there sign in by email address: use --username NAME@EXAMPLE.COM",
                    ))
            }
            ("invalid_credentials" | "invalid_grant" | "invalid_email", _) => {
                Ok(SignInAnswer::PasswordRefused)
            }
            _ if reply.status == 429 || reply.status == 423 => Err(self.locked(reply)),
            _ if answer::is_refusal(reply) => {
                Err(Failure::refused(format!("`{}` refused the sign-in", self.host))
                    .because(anyhow::anyhow!(error.text(reply.status)))
                    .hint(format!("if there were many failed ones: {LOCKOUT}")))
            }
            _ => Err(reply.unexpected(self.host)),
        }
    }

    /// Explains a lock-out by the vendor's rules and the server's own word on it.
    fn locked(&self, reply: &Reply) -> Failure {
        let wait = reply.requested_wait().map_or_else(
            || "try again after that time".to_owned(),
            |wait| format!("try again in {wait}"),
        );
        Failure::unavailable(format!(
            "`{}` has locked this account: too many failed sign-ins",
            self.host
        ))
        .hint(format!("{wait}; {LOCKOUT}"))
    }

    /// A sign-in whose answer is lost may have made a token. Nobody can see it, but all others can be ended.
    fn sign_in_unknown(&self, failure: Failure) -> Failure {
        failure.hint(
            "nothing was stored; if the server created a token anyway, revoke it after the next sign-in with `keybelt session revoke --others`",
        )
    }
}
