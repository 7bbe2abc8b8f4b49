//! The resources, as HAL: `_type`, `id`, `_links` with absolute addresses, lists in `_embedded`.

use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

use super::Caller;
use crate::account::{Delivery, TwoFactor};
use crate::aptible_choice::{ACTOR, EXPIRES_AT, NO_CONFIGURATION, PAGE_SIZE};
use crate::clock::iso_8601;
use crate::exchange::Call;
use crate::member::Member;
use crate::state::State;
use crate::token::{Scope, TokenRecord};

/// A token; `access_token` is the token itself, where the caller has it or is to get it.
pub(crate) fn token(
    state: &State,
    origin: &str,
    record: &TokenRecord,
    access_token: Option<&str>,
) -> Value {
    let created_at = whole_seconds(record.created_at);
    let expires_at = match state.aptible.choices.of(&EXPIRES_AT) {
        "epoch" => json!(record.expires_at.as_second()),
        _ => json!(iso_8601(record.expires_at)),
    };
    let user = json!({"href": user_href(state, origin, Member::Account(record.holder.account().unwrap_or_default()))});
    let mut document = json!({
        "id": record.id,
        "token_type": "bearer",
        "expires_in": record.expires_at.duration_since(created_at).as_secs(),
        "expires_at": expires_at,
        "created_at": iso_8601(created_at),
        "scope": record.scope.map(Scope::name),
        "_type": "token",
        "_links": {
            "self": {"href": format!("{origin}/tokens/{}", record.id)},
            "user": user,
        },
    });
    if state.aptible.choices.of(&ACTOR) == "present" {
        document["_links"]["actor"] = user;
    }
    if let Some(access_token) = access_token {
        document["access_token"] = json!(access_token);
    }
    document
}

/// Cuts off what a JWT's `exp` cannot say, so that all of a token's times agree.
pub(crate) fn whole_seconds(time: Timestamp) -> Timestamp {
    let fraction = SignedDuration::from_nanos(i64::from(time.subsec_nanosecond()));
    time.saturating_sub(fraction).unwrap_or(time)
}

/// A user; only one's own links to its authenticator. Whoever was only invited has not verified an
/// e-mail address.
pub(crate) fn user(state: &State, user: Member, caller: &Caller) -> Value {
    let href = user_href(state, &caller.origin, user);
    let organization = state.organizations.home();
    let person = organization.person(user, &state.accounts);
    let otp_enabled = match user {
        Member::Account(index) => app(state, index).is_some(),
        Member::Synthetic(_) => person.two_factor.is_some_and(|it| it.verified),
    };
    let mut document = json!({
        "id": state.aptible.user_id(user),
        "name": person.username.as_ref().unwrap_or(&person.email),
        "email": person.email,
        "otp_enabled": otp_enabled,
        "verified": !organization.is_invited(user),
        "superuser": false,
        "read_only_impersonate": false,
        "external_id": null,
        "_type": "user",
        "_links": {
            "self": {"href": href},
            "roles": {"href": format!("{href}/roles")},
        },
    });
    if user == Member::Account(caller.owner()) {
        let links = &mut document["_links"];
        for kind in ["ssh_keys", "u2f_devices", "email_verification_challenges"] {
            links[kind] = json!({"href": format!("{href}/{kind}")});
        }
        links["otp_configurations"] = json!({"href": format!("{href}/otp_configurations")});
        let current = match app(state, caller.owner()) {
            Some(two_factor) => {
                Some(json!({"href": configuration_href(&caller.origin, two_factor)}))
            }
            None => match state.aptible.choices.of(&NO_CONFIGURATION) {
                "null" => Some(Value::Null),
                "empty" => Some(json!({})),
                "blank" => Some(json!({"href": ""})),
                _ => None,
            },
        };
        if let Some(current) = current {
            links["current_otp_configuration"] = current;
        }
    }
    document
}

/// Returns an account's two-factor authentication, as far as this dialect has it: by app.
pub(crate) fn app(state: &State, index: usize) -> Option<&TwoFactor> {
    let two_factor = state.accounts.get(index).two_factor.as_ref()?;
    (two_factor.verified && two_factor.delivery == Delivery::App).then_some(two_factor)
}

/// An authenticator. Its secret is in the answer to its creation and nowhere else.
pub(crate) fn configuration(caller: &Caller, state: &State, two_factor: &TwoFactor) -> Value {
    let href = configuration_href(&caller.origin, two_factor);
    json!({
        "id": two_factor.id,
        "_type": "otp_configuration",
        "_links": {
            "self": {"href": href},
            "user": {"href": user_href(state, &caller.origin, Member::Account(caller.owner()))},
            "otp_recovery_codes": {"href": format!("{href}/otp_recovery_codes")},
        },
    })
}

pub(crate) fn user_href(state: &State, origin: &str, user: Member) -> String {
    format!("{origin}/users/{}", state.aptible.user_id(user))
}

pub(crate) fn configuration_href(origin: &str, two_factor: &TwoFactor) -> String {
    format!("{origin}/otp_configurations/{}", two_factor.id)
}

/// A page of a list that is short.
pub(crate) fn list_of(state: &State, call: &Call, name: &str, resources: &[Value]) -> Value {
    let resource = |at: usize| resources[at].clone();
    list(state, call, name, resources.len(), resource)
}

/// A page of a list: `page` and `per_page` in the query, `next` in the links until the last page.
pub(crate) fn list(
    state: &State,
    call: &Call,
    name: &str,
    total: usize,
    resource: impl Fn(usize) -> Value,
) -> Value {
    let query = call.query();
    let number = |name: &str| query.get(name).and_then(|text| text.parse::<usize>().ok());
    let default_size = state.aptible.choices.of(&PAGE_SIZE).parse();
    let size = number("per_page")
        .filter(|size| (1..=1000).contains(size))
        .unwrap_or_else(|| default_size.expect("page sizes are numbers"));
    let page = number("page").unwrap_or(1).max(1);
    let end = page.saturating_mul(size).min(total);
    let start = (page - 1).saturating_mul(size).min(end);
    let href = |page: usize| format!("{}{}?page={page}&per_page={size}", call.origin(), call.path);
    let mut links = json!({"self": {"href": href(page)}});
    if end < total {
        links["next"] = json!({"href": href(page + 1)});
    }
    let resources: Vec<_> = (start..end).map(resource).collect();
    json!({
        "current_page": page,
        "per_page": size,
        "total_count": total,
        "_embedded": {name: resources},
        "_links": links,
    })
}
