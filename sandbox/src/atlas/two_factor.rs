//! The four `account/actions/two-factor-*`. A token alone is enough for them, as it was on the
//! servers that had them.

use hyper::StatusCode;
use serde_json::Value;

use super::caller::User;
use super::document::{self, View, attributes};
use super::{error, rate};
use crate::account::{Account, Delivery, TwoFactor, is_sms_number};
use crate::exchange::{Call, Reply};
use crate::state::State;

const NOT_ENABLED: &str = "Two-factor authentication is not enabled";

/// `two-factor-enable`. Enabling again starts over: the old codes are void, and until the new
/// enrolment is verified nothing is asked for at sign-in.
pub(crate) fn enable(state: &mut State, call: &Call, user: &User) -> Reply {
    let (delivery, number) = match enrolment(&attributes(call)) {
        Ok(enrolment) => enrolment,
        Err(refusal) => return refusal,
    };
    let id = state.accounts.get(user.owner).id.clone();
    if let Err(standing) = rate::take_action(state, call, &id, &rate::ENABLE) {
        return error::too_many_requests(standing);
    }
    state.accounts.get_mut(user.owner).two_factor = Some(TwoFactor::new(delivery, number));
    if delivery == Delivery::Sms {
        state.text_code(user.owner);
    }
    answer(state.accounts.get(user.owner), View::Provisioning)
}

/// `two-factor-verify`. Its answer alone carries the recovery codes.
pub(crate) fn verify(state: &mut State, call: &Call, user: &User) -> Reply {
    let now = state.now();
    let account = state.accounts.get_mut(user.owner);
    let Some(two_factor) = &mut account.two_factor else {
        return error::unprocessable(NOT_ENABLED);
    };
    let right = match &attributes(call)["code"] {
        Value::String(code) => two_factor.verify(code, now),
        Value::Number(code) => two_factor.verify(&code.to_string(), now),
        _ => false,
    };
    if !right {
        return error::invalid_attribute("code", "Two factor code is incorrect");
    }
    answer(account, View::RecoveryCodes)
}

/// `two-factor-disable`, verified or not.
pub(crate) fn disable(state: &mut State, user: &User) -> Reply {
    let account = state.accounts.get_mut(user.owner);
    if account.two_factor.take().is_none() {
        return error::unprocessable(NOT_ENABLED);
    }
    answer(account, View::Provisioning)
}

/// `two-factor-resend-verification-code`. It answers with the JSON value `null`, not with a
/// document.
pub(crate) fn resend(state: &mut State, call: &Call, user: &User) -> Reply {
    let account = state.accounts.get(user.owner);
    let id = account.id.clone();
    match &account.two_factor {
        None => return error::unprocessable(NOT_ENABLED),
        Some(two_factor) if two_factor.delivery == Delivery::App => {
            return error::unprocessable("Verification codes come from the app, not by SMS");
        }
        Some(_) => {}
    }
    if let Err(standing) = rate::take_action(state, call, &id, &rate::RESEND) {
        return error::too_many_requests(standing);
    }
    state.text_code(user.owner);
    Reply::document(StatusCode::ACCEPTED, &Value::Null)
}

fn answer(account: &Account, view: View) -> Reply {
    Reply::document(StatusCode::OK, &document::two_factor(account, view))
}

fn enrolment(attributes: &Value) -> Result<(Delivery, Option<String>), Reply> {
    let delivery = attributes["delivery"].as_str().and_then(Delivery::from_name);
    let delivery = delivery.ok_or_else(|| {
        error::invalid_attribute("delivery", "Delivery must be \"app\" or \"sms\"")
    })?;
    let number = match &attributes["sms-number"] {
        Value::Null => None,
        Value::String(number) if number.trim().is_empty() => None,
        Value::String(number) if is_sms_number(number) => Some(number.clone()),
        _ => {
            let detail = "Sms number must be + and 7 to 15 digits";
            return Err(error::invalid_attribute("sms-number", detail));
        }
    };
    if delivery == Delivery::Sms && number.is_none() {
        return Err(error::invalid_attribute("sms-number", "Sms number can't be blank"));
    }
    Ok((delivery, number))
}
