//! An account's two-factor authentication, from enrolment to recovery codes.

use jiff::Timestamp;

use crate::failure::Failure;
use crate::token::Credential;
use crate::two_factor::{
    Enrolment, ListedCode, StartedEnrolment, TwoFactor, VerificationCode, Verified,
};

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

/// Changes an account's two-factor authentication.
pub trait TwoFactorAuthentication {
    /// Begins two-factor authentication, or begins it anew.
    fn enable_two_factor(
        &self,
        credential: &Credential,
        enrolment: &Enrolment,
    ) -> Result<StartedEnrolment, Failure>;

    /// Proves the begun enrolment with a code. `pending_id` is what [`StartedEnrolment`] had of that name.
    fn verify_two_factor(
        &self,
        credential: &Credential,
        pending_id: Option<&str>,
        code: &VerificationCode,
    ) -> Result<VerifyAnswer, Failure>;

    /// Sends the enrolment's verification code again.
    fn resend_code(&self, credential: &Credential) -> Result<(), Failure>;

    /// Turns two-factor authentication off.
    fn disable_two_factor(&self, credential: &Credential) -> Result<TwoFactor, Failure>;

    /// Returns the recovery codes, used ones too where the server lists those.
    fn recovery_codes(&self, credential: &Credential) -> Result<Vec<ListedCode>, Failure>;
}
