//! What a person is told when a recovery code has signed in: each works once, and only few are there.

use super::sign_in::SignInDialog;
use crate::provider::Scope;
use crate::terminal;
use crate::token::{Credential, NewToken, Source};
use crate::two_factor::VerificationCode;

impl<T> SignInDialog<'_, T> {
    /// Says how many recovery codes are left, if the code that made this token was surely one.
    pub(super) fn say_if_spent(&self, code: &VerificationCode, new: &NewToken) {
        if code.may_be_generated() {
            return;
        }
        let more = self.server.new_recovery_codes();
        terminal::say(&match self.count_left(new) {
            Some(left) => {
                format!("That was a recovery code, and it is used up; {} left; {more}", are(left))
            }
            None => {
                format!("That was a recovery code, and it is used up: one fewer is left; {more}")
            }
        });
    }

    /// Says the same of a code that may have been one, because the person has lost the phone.
    pub(super) fn say_may_be_spent(&self, code: &VerificationCode) {
        if code.may_be_generated() {
            let more = self.server.new_recovery_codes();
            terminal::say(&format!(
                "If that was a recovery code, it is used up: one fewer is left; {more}"
            ));
        }
    }

    /// Counts the codes that are left, where the server shows them to this token.
    fn count_left(&self, new: &NewToken) -> Option<usize> {
        if self.server.needs_elevated_token() && self.request.scope != Scope::Elevated {
            return None;
        }
        let credential = Credential::new(self.host, new.token.clone(), Source::SignIn);
        let codes = self.server.recovery_codes(&credential).ok()?;
        Some(codes.iter().filter(|listed| !listed.is_used).count())
    }
}

fn are(left: usize) -> String {
    match left {
        0 => "none is".to_owned(),
        1 => "1 is".to_owned(),
        _ => format!("{left} are"),
    }
}
