//! What the owners of the organization do about its members: removing one, inviting one, and sending one
//! a way to be rid of a lost second factor.

use hyper::{Method, StatusCode};
use jiff::SignedDuration;
use serde_json::{Value, json};

use super::sign_in::text;
use super::{Caller, document, error, user};
use crate::account::is_email;
use crate::clock::iso_8601;
use crate::exchange::Reply;
use crate::member::Member;
use crate::organization::Role;
use crate::outbox::{Mail, Purpose};
use crate::state::{Belonging, Invitation, OtpReset, State};

/// How long an invitation can be followed.
const INVITED_FOR: SignedDuration = SignedDuration::from_hours(7 * 24);

/// Answers what changes who belongs to the organization, or nothing if the route is another.
pub(crate) fn answer(
    state: &mut State,
    caller: &Caller,
    method: &Method,
    route: &[&str],
) -> Option<Result<Reply, Reply>> {
    let own = state.aptible.organization_id.clone();
    let reply = match (method, route) {
        (&Method::DELETE, ["organizations", id, "users", user]) if *id == own => {
            remove(state, caller, user)
        }
        (&Method::GET, ["organizations", id, "invitations"]) if *id == own => {
            invitations(state, caller)
        }
        (&Method::POST, ["roles", id, "invitations"]) => invite(state, caller, id),
        (&Method::DELETE, ["invitations", id]) => withdraw(state, caller, id),
        (&Method::POST, ["resets"]) => mail_again(state, caller),
        (&Method::POST, ["otp", "resets", "new"]) => reset(state, caller),
        (&Method::POST, ["verifications"]) => verify(state, caller),
        _ => return None,
    };
    Some(reply)
}

/// Refuses everyone but an owner; to strangers there is nothing to be refused.
fn need_owner(state: &State, caller: &Caller) -> Result<(), Reply> {
    match state.organizations.home().role(caller.owner()) {
        Role::Owner => Ok(()),
        Role::Member => Err(error::forbidden()),
        Role::Stranger => Err(error::not_found()),
    }
}

fn remove(state: &mut State, caller: &Caller, id: &str) -> Result<Reply, Reply> {
    need_owner(state, caller)?;
    let member = user::find(state, caller, id)?;
    if matches!(member, Member::Account(account) if state.organizations.home().is_last_owner(account))
    {
        return Err(error::unprocessable("The organization must have an owner"));
    }
    state.organizations.home_mut().remove(member);
    Ok(Reply::empty(StatusCode::NO_CONTENT))
}

fn invitations(state: &State, caller: &Caller) -> Result<Reply, Reply> {
    if state.organizations.home().role(caller.owner()) == Role::Stranger {
        return Err(error::not_found());
    }
    let all: Vec<_> =
        state.aptible.invitations.iter().map(|it| invitation(state, caller, it)).collect();
    let body = document::list_of(state, caller.call, "invitations", &all);
    Ok(Reply::hal(StatusCode::OK, &body))
}

fn invite(state: &mut State, caller: &Caller, role: &str) -> Result<Reply, Reply> {
    need_owner(state, caller)?;
    let role_name = match role {
        id if id == state.aptible.owner_role_id => super::organization::OWNERS,
        id if id == state.aptible.member_role_id => super::organization::MEMBERS,
        _ => return Err(error::not_found()),
    };
    let email = text(&caller.call.json(), "email").filter(|email| is_email(email));
    let email = email.ok_or_else(|| error::unprocessable("Email is invalid"))?;
    let now = state.now();
    let expires_at = now.saturating_add(INVITED_FOR).unwrap_or(now);
    let new = Invitation { email: email.clone(), role_name, expires_at };
    let id = state.aptible.invitations.add(caller.owner(), new, now).id.clone();
    state.mail(Mail::new(&email, Purpose::Invitation, &id, now));
    let added = state.aptible.invitations.get(&id).ok_or_else(error::not_found)?;
    Ok(Reply::hal(StatusCode::CREATED, &invitation(state, caller, added)))
}

fn withdraw(state: &mut State, caller: &Caller, id: &str) -> Result<Reply, Reply> {
    need_owner(state, caller)?;
    state.aptible.invitations.get(id).ok_or_else(error::not_found)?;
    state.aptible.invitations.remove(id);
    Ok(Reply::empty(StatusCode::NO_CONTENT))
}

/// `POST /resets`: the invitation is mailed once more.
fn mail_again(state: &mut State, caller: &Caller) -> Result<Reply, Reply> {
    need_owner(state, caller)?;
    let body = caller.call.json();
    if text(&body, "type").as_deref() != Some("invitation") {
        return Err(error::unprocessable("There is no such reset"));
    }
    let id = text(&body, "invitation_id").unwrap_or_default();
    let email = state.aptible.invitations.get(&id).map(|it| it.what.email.clone());
    let email = email.ok_or_else(error::not_found)?;
    let now = state.now();
    state.mail(Mail::new(&email, Purpose::Invitation, &id, now));
    Ok(Reply::empty(StatusCode::NO_CONTENT))
}

/// `POST /otp/resets/new`, with an ordinary token: a mail to the member. Two-factor authentication stays
/// on until its link is followed.
fn reset(state: &mut State, caller: &Caller) -> Result<Reply, Reply> {
    need_owner(state, caller)?;
    let id = text(&caller.call.json(), "user_id").unwrap_or_default();
    let Member::Account(account) = user::find(state, caller, &id)? else {
        // Made-up members read no mail.
        return Ok(Reply::empty(StatusCode::NO_CONTENT));
    };
    let now = state.now();
    let email = state.accounts.get(account).email.clone();
    let mut mail = Mail::new(&email, Purpose::OtpReset, "", now);
    let new = OtpReset { code: mail.code.clone() };
    mail.challenge_id = state.aptible.otp_resets.add(account, new, now).id.clone();
    state.mail(mail);
    Ok(Reply::empty(StatusCode::NO_CONTENT))
}

/// `POST /verifications`: the member follows the link.
fn verify(state: &mut State, caller: &Caller) -> Result<Reply, Reply> {
    let body = caller.call.json();
    let parameter = |name: &str| text(&body, name).unwrap_or_default();
    if parameter("type") != "otp_reset_challenge" {
        return Err(error::unprocessable("There is no such verification"));
    }
    let id = parameter("challenge_id");
    let reset = state.aptible.otp_resets.get(&id);
    let right = reset.is_some_and(|it| {
        it.owner == caller.owner() && it.what.code == parameter("verification_code")
    });
    if !right {
        return Err(error::unprocessable("The verification code is invalid"));
    }
    state.aptible.otp_resets.remove(&id);
    state.accounts.get_mut(caller.owner()).two_factor = None;
    Ok(Reply::hal(StatusCode::CREATED, &json!({"id": id, "_type": "verification"})))
}

fn invitation(state: &State, caller: &Caller, it: &Belonging<Invitation>) -> Value {
    let organization = format!("{}/organizations/{}", caller.origin, state.aptible.organization_id);
    json!({
        "id": it.id,
        "email": it.what.email,
        "inviter_name": state.accounts.get(it.owner).name(),
        "organization_name": state.organizations.home().name(),
        "role_name": it.what.role_name,
        "verification_code_expires_at": iso_8601(it.what.expires_at),
        "created_at": iso_8601(it.created_at),
        "updated_at": iso_8601(it.created_at),
        "_type": "invitation",
        "_links": {
            "self": {"href": format!("{}/invitations/{}", caller.origin, it.id)},
            "organization": {"href": organization},
        },
    })
}
