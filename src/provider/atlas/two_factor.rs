//! The account's two-factor actions on an Atlas server.

use secrecy::SecretString;

use super::{ACCOUNT, Atlas, SECURITY_PAGE, wire};
use crate::failure::Failure;
use crate::http::{Method, Repeat, Reply, Request};
use crate::provider::answer::{Due, Shape};
use crate::provider::parse::rejected;
use crate::provider::sign_in::SignIns;
use crate::provider::two_factor::{TwoFactorAuthentication, VerifyAnswer};
use crate::token::Credential;
use crate::two_factor::{
    Enrolment, ListedCode, StartedEnrolment, TwoFactor, VerificationCode, Verified,
};

impl TwoFactorAuthentication for Atlas<'_> {
    fn enable_two_factor(
        &self,
        credential: &Credential,
        enrolment: &Enrolment,
    ) -> Result<StartedEnrolment, Failure> {
        let reply = self.post_action(
            "two-factor-enable",
            credential,
            Some(wire::enable(enrolment)),
            Repeat::Never,
            Due::document(Shape::JsonApi),
        )?;
        if !reply.is_success() {
            return Err(self.action_failed("did not start two-factor enrolment", &reply));
        }
        let (two_factor, document) = self.two_factor(&reply)?;
        Ok(StartedEnrolment {
            two_factor,
            provisioning_url: wire::provisioning_url(&document),
            pending_id: None,
        })
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
            Due::document(Shape::JsonApi),
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
            Due::change(Shape::JsonApi),
        )?;
        if reply.is_success() {
            return Ok(());
        }
        if self.is_off(credential) {
            return Err(Failure::refused(
                "two-factor authentication is not enabled, so there is no code to resend",
            )
            .hint("run `keybelt 2fa enable --sms` first"));
        }
        Err(self.action_failed("did not send a verification code", &reply))
    }

    fn disable_two_factor(&self, credential: &Credential) -> Result<TwoFactor, Failure> {
        let reply = self.post_action(
            "two-factor-disable",
            credential,
            None,
            Repeat::WhenRateLimited,
            Due::document(Shape::JsonApi),
        )?;
        if !reply.is_success() {
            if self.is_off(credential) {
                return Err(Failure::refused("two-factor authentication is already off")
                    .hint("nothing to do"));
            }
            return Err(self.action_failed("did not disable two-factor authentication", &reply));
        }
        Ok(self.two_factor(&reply)?.0)
    }

    fn recovery_codes(&self, credential: &Credential) -> Result<Vec<ListedCode>, Failure> {
        let reply = self.get(ACCOUNT, credential)?;
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
}

impl Atlas<'_> {
    /// Posts one of the account's two-factor actions.
    fn post_action(
        &self,
        action: &str,
        credential: &Credential,
        body: Option<SecretString>,
        repeat: Repeat,
        due: Due,
    ) -> Result<Reply, Failure> {
        let path = format!("/api/v2/account/actions/{action}");
        let request =
            Request { body, repeat, ..self.request(Method::Post, &path, Some(credential)) };
        let reply = self.send(&request, due).map_err(|reason| {
            reason.explained(|failure| {
                failure.hint("it may have succeeded anyway: check with `keybelt 2fa status`")
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
            None => format!("use {}", self.host.address_of(SECURITY_PAGE)),
        };
        self.explained(
            Failure::refused(format!(
                "`{}` does not allow tokens to change two-factor authentication",
                self.host
            ))
            .hint(page),
            reply,
        )
    }

    fn action_failed(&self, what: &str, reply: &Reply) -> Failure {
        self.refused(reply, what)
    }

    /// Returns whether the account says that two-factor authentication is off: refusals are told apart by the
    /// state and not by the sentence.
    fn is_off(&self, credential: &Credential) -> bool {
        let state = self.account(credential).ok().and_then(|account| account.two_factor);
        state.is_some_and(|state| !state.enabled)
    }

    /// Tells a wrong code from an enrolment that was never begun, by the state and not by the sentence.
    fn verify_refused(
        &self,
        credential: &Credential,
        reply: &Reply,
    ) -> Result<VerifyAnswer, Failure> {
        if self.is_off(credential) {
            return Err(Failure::refused(
                "two-factor authentication is not enabled, so there is nothing to verify",
            )
            .hint("run `keybelt 2fa enable` first"));
        }
        Ok(VerifyAnswer::Refused { server_time: reply.server_time })
    }

    fn two_factor(&self, reply: &Reply) -> Result<(TwoFactor, serde_json::Value), Failure> {
        let document = reply.json(self.host)?;
        let state = wire::two_factor(&document).ok_or_else(|| {
            Failure::unavailable(format!(
                "the response from `{}` does not include two-factor authentication",
                self.host
            ))
        })?;
        Ok((state, document))
    }
}
