//! The account's two-factor authentication on an Aptible server: configurations, and which one is linked.

use super::Aptible;
use super::guidance::no_texts;
use super::link::Link;
use super::wire::{self, ErrorBody};
use crate::failure::Failure;
use crate::http::{Method, NoReply, Reply};
use crate::provider::answer;
use crate::provider::parse::identifier;
use crate::provider::two_factor::{TwoFactorAuthentication, VerifyAnswer};
use crate::token::Credential;
use crate::two_factor::{
    Delivery, Enrolment, ListedCode, StartedEnrolment, TwoFactor, VerificationCode, Verified,
};

impl TwoFactorAuthentication for Aptible<'_> {
    fn enable_two_factor(
        &self,
        credential: &Credential,
        enrolment: &Enrolment,
    ) -> Result<StartedEnrolment, Failure> {
        if enrolment.delivery == Delivery::Sms || enrolment.sms_number.is_some() {
            return Err(no_texts());
        }
        let (user, _) = self.user(credential)?;
        let path = user.below("otp_configurations");
        let reply = self
            .send(Method::Post, path.path(), Some(credential), None)
            .map_err(Self::outcome_unknown)?;
        if !reply.is_success() {
            return Err(self.refused(&reply, credential, "start two-factor enrolment"));
        }
        let configuration = reply.json(self.host)?;
        let link = Link::from_relation(&configuration, "self", self.host)?.or_else(|| {
            let id = identifier(configuration.get("id"))?;
            Some(Link::to(format!("/otp_configurations/{id}")))
        });
        let link = link.ok_or_else(|| {
            Failure::unavailable(format!(
                "`{}` did not return the enrolment that it started",
                self.host
            ))
        })?;
        Ok(StartedEnrolment {
            two_factor: TwoFactor {
                enabled: true,
                verified: false,
                delivery: Some(Delivery::App),
                sms_number: None,
            },
            provisioning_url: wire::provisioning_url(&configuration),
            pending_id: Some(link.address(self.host)),
        })
    }

    fn verify_two_factor(
        &self,
        credential: &Credential,
        pending_id: Option<&str>,
        code: &VerificationCode,
    ) -> Result<VerifyAnswer, Failure> {
        let configuration = pending_id.ok_or_else(|| {
            Failure::refused("no enrolment was started here, so there is nothing to verify")
                .hint("run `keybelt 2fa enable` first")
        })?;
        let configuration = Link::parse(configuration, self.host)?;
        let (user, _) = self.user(credential)?;
        let body = wire::enable(&configuration.address(self.host), code);
        let reply = self
            .send(Method::Patch, user.path(), Some(credential), Some(body))
            .map_err(Self::outcome_unknown)?;
        if !reply.is_success() {
            return self.code_refused(&reply, credential);
        }
        let state = wire::two_factor(&reply.json(self.host)?);
        let (codes, unreadable) = self.codes_of(&configuration, credential).unwrap_or_default();
        Ok(VerifyAnswer::Verified(Verified {
            two_factor: state.ok_or_else(|| self.no_state())?,
            recovery_codes: codes.into_iter().map(|listed| listed.code).collect(),
            unreadable,
        }))
    }

    fn resend_code(&self, _: &Credential) -> Result<(), Failure> {
        Err(no_texts())
    }

    fn disable_two_factor(&self, credential: &Credential) -> Result<TwoFactor, Failure> {
        let (user, found) = self.user(credential)?;
        if wire::two_factor(&found).is_some_and(|state| !state.enabled) {
            return Err(Failure::refused("two-factor authentication is already off"));
        }
        let reply = self
            .send(Method::Patch, user.path(), Some(credential), Some(wire::disable()))
            .map_err(Self::outcome_unknown)?;
        if !reply.is_success() {
            return Err(self.refused(&reply, credential, "disable two-factor authentication"));
        }
        wire::two_factor(&reply.json(self.host)?).ok_or_else(|| self.no_state())
    }

    fn recovery_codes(&self, credential: &Credential) -> Result<Vec<ListedCode>, Failure> {
        let (_, user) = self.user(credential)?;
        let current = Link::from_relation(&user, "current_otp_configuration", self.host)?;
        let current = current.ok_or_else(|| {
            Failure::refused("two-factor authentication is off, so there are no recovery codes")
                .hint("run `keybelt 2fa enable`")
        })?;
        Ok(self.codes_of(&current, credential)?.0)
    }
}

impl Aptible<'_> {
    /// Returns the recovery codes of a configuration, and how many more cannot be shown.
    fn codes_of(
        &self,
        configuration: &Link,
        credential: &Credential,
    ) -> Result<(Vec<ListedCode>, usize), Failure> {
        let codes = self.collection(
            configuration.below("otp_recovery_codes"),
            "otp_recovery_codes",
            credential,
            "see recovery codes",
        )?;
        Ok(wire::recovery_codes(&codes))
    }

    /// Tells a wrong code from a token that may not: what a wrong one is answered with is not documented.
    fn code_refused(
        &self,
        reply: &Reply,
        credential: &Credential,
    ) -> Result<VerifyAnswer, Failure> {
        let error = ErrorBody::new(reply);
        let forbidden = matches!(
            error.as_str(),
            "expired_token" | "invalid_token" | "access_denied" | "forbidden" | "invalid_scope"
        );
        if forbidden || !answer::is_refusal(reply) {
            return Err(self.refused(reply, credential, "change two-factor authentication"));
        }
        Ok(VerifyAnswer::Refused { server_time: reply.server_time })
    }

    fn no_state(&self) -> Failure {
        Failure::unavailable(format!(
            "the response from `{}` does not include two-factor authentication",
            self.host
        ))
        .hint("check with `keybelt 2fa status`")
    }

    /// A request whose answer is lost may have been done.
    fn outcome_unknown(reason: NoReply) -> Failure {
        reason.explained(|failure| {
            failure.hint("it may have succeeded anyway: check with `keybelt 2fa status`")
        })
    }
}
