//! Signing in to an Atlas server: the classic routes for passwords, service discovery for browsers.

use secrecy::{ExposeSecret, SecretString};

use super::{ACCOUNT, AUTHENTICATE, Atlas, JSON, discovery, wire};
use crate::account::{Account, AccountName};
use crate::failure::Failure;
use crate::http::{Method, NoReply, Repeat, Reply, Request};
use crate::provider::answer::{self, Due, Shape};
use crate::provider::guidance::Guidance;
use crate::provider::parse::rejected;
use crate::provider::sign_in::{PasswordChange, SignIn, SignInAnswer, SignIns, WebSignIn};
use crate::token::{Credential, NewToken};

const PASSWORD: &str = "/api/v2/account/password";

/// The fewest characters of a password, as far as the documents agree (protocol: atlas 3.2).
const MIN_PASSWORD: usize = 8;

impl SignIns for Atlas<'_> {
    fn offers_password_sign_in(&self) -> Result<bool, Failure> {
        if self.host.is_known_modern() {
            return Ok(false);
        }
        let probe = Request::get(self.host, AUTHENTICATE);
        let reply = self.http.send(&probe)?;
        // A password must not go to a route that is another thing there: its root may have been out of order
        // when it was asked whose dialect it speaks.
        if reply.json(self.host).is_ok_and(|document| answer::is_hal_error(&document)) {
            return Err(self.speaks_aptible());
        }
        let due = Due::document(Shape::Classic).or_absent();
        if let Some(failure) = answer::in_between(&reply, due, self.host) {
            return Err(failure);
        }
        match reply.status {
            // A bare 401 says nothing of the route.
            401 => Ok(reply.json(self.host).is_ok()),
            404 | 405 => Ok(false),
            _ => Err(reply.unexpected(self.host)),
        }
    }

    fn needs_elevated_token(&self) -> bool {
        false
    }

    fn sign_in(&self, request: &SignIn<'_>) -> Result<SignInAnswer, Failure> {
        let reply = self
            .post_classic(AUTHENTICATE, wire::sign_in(request))
            .map_err(|reason| reason.explained(|failure| self.sign_in_unknown(failure)))?;
        match reply.status {
            200..=299 => match wire::new_token(&reply) {
                Some(token) => Ok(SignInAnswer::SignedIn(token)),
                None => Err(self.sign_in_unknown(Failure::unavailable(format!(
                    "`{}` accepted the sign-in but returned no token",
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
            200..=299 => Ok(wire::masked_number(&reply.body)),
            401 => Err(Failure::refused(format!(
                "`{}` refused the user name or password of {username}",
                self.host
            ))
            .hint(format!("reset a forgotten password at {}", self.password_reset_page()))),
            400 | 422 => Err(self
                .refused(&reply, "sends no text message for this sign-in")
                .hint("where codes come from an authenticator app, sign in without --sms")),
            _ => Err(self.refused(&reply, "sends no text message for this sign-in")),
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
            .send(&request, Due::document(Shape::OAuth))
            .map_err(|reason| reason.explained(|failure| self.sign_in_unknown(failure)))?;
        match reply.status {
            200..=299 => wire::exchanged_token(&reply).ok_or_else(|| {
                self.sign_in_unknown(Failure::unavailable(format!(
                    "`{}` accepted the sign-in but returned no token",
                    self.host
                )))
            }),
            _ => Err(self.refused(&reply, "did not give a token for this sign-in")),
        }
    }

    fn account(&self, credential: &Credential) -> Result<Account, Failure> {
        let request = self.request(Method::Get, ACCOUNT, Some(credential));
        let reply = self.send(&request, Due::document(Shape::JsonApi).or_absent())?;
        match reply.status {
            200..=299 => self.details(&reply),
            401 => Err(rejected(credential)),
            403 => Err(self.account_forbidden(&reply)),
            404 | 405 => self.classic_account(credential),
            _ => Err(reply.unexpected(self.host)),
        }
    }

    fn change_password(
        &self,
        credential: &Credential,
        change: &PasswordChange<'_>,
    ) -> Result<(), Failure> {
        if change.new.expose_secret().chars().count() < MIN_PASSWORD {
            return Err(Failure::usage(format!(
                "the new password is too short: `{}` requires at least {MIN_PASSWORD} characters",
                self.host
            )));
        }
        let request = Request {
            body: Some(wire::change_password(change)),
            repeat: Repeat::Never,
            ..self.request(Method::Patch, PASSWORD, Some(credential))
        };
        let sent = self.send(&request, Due::change(Shape::JsonApi));
        let reply = sent.map_err(|reason| {
            reason.explained(|failure| {
                failure.hint("it may have succeeded anyway: try the new password")
            })
        })?;
        match reply.status {
            200..=299 => Ok(()),
            401 => {
                self.account(credential)?;
                Err(Failure::refused(format!("`{}` refused the current password", self.host)))
            }
            404 | 405 => Err(Failure::refused(format!(
                "`{}` does not allow tokens to change the password",
                self.host
            ))
            .hint(format!("use {}", self.password_page()))),
            _ => Err(self.refused(&reply, "did not change the password")),
        }
    }
}

impl Atlas<'_> {
    /// Posts to the classic API with a password in the body and no credential.
    fn post_classic(&self, path: &str, body: SecretString) -> Result<Reply, NoReply> {
        let request = Request {
            body: Some(body),
            repeat: Repeat::Never,
            ..Request::new(Method::Post, self.host, path)
        };
        self.send(&request, Due::document(Shape::Classic))
    }

    fn details(&self, reply: &Reply) -> Result<Account, Failure> {
        wire::account(&reply.json(self.host)?, self.host)
    }

    /// Asks the classic API whom a token belongs to, where the modern one is missing.
    fn classic_account(&self, credential: &Credential) -> Result<Account, Failure> {
        let request = Request::get(self.host, AUTHENTICATE).with(credential);
        // What a success says is not documented (protocol: atlas 1.4).
        let reply = self.send(&request, Due::change(Shape::Classic))?;
        match reply.status {
            200..=299 => {
                wire::classic_account(&reply.body, self.host, credential.known_as.as_ref())
            }
            401 => Err(rejected(credential)),
            403 => Err(self.account_forbidden(&reply)),
            _ => Err(reply.unexpected(self.host)),
        }
    }

    /// Explains a 403: the token works, and may not see whose it is.
    fn account_forbidden(&self, reply: &Reply) -> Failure {
        let failure = Failure::refused(format!(
            "this token is not allowed to see its account at `{}`",
            self.host
        ));
        self.explained(failure, reply)
            .hint(format!("use a token of a user, such as one from {}", self.token_page()))
    }

    fn speaks_aptible(&self) -> Failure {
        Failure::unavailable(format!("`{}` turned out to be an Aptible server", self.host))
            .hint("try again, or use --provider aptible")
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
}
