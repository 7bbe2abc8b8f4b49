//! Pages of an organization's members. There may be a thousand of them, so they are read without a copy.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::fmt;
use std::hash::{BuildHasher, RandomState};

use serde::Deserialize;
use serde::de::{Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::super::list::PageInfo;
use super::organizations::OWNERS;
use crate::failure::Failure;
use crate::host::Host;
use crate::http::Reply;
use crate::organization::{Member, MemberPage, MemberState};

/// Which memberships were on a page already: a number for each, however long its id.
#[derive(Debug, Default)]
pub(in super::super) struct SeenIds {
    ids: HashSet<u64>,
    /// Random, so that no server can choose two ids with one number.
    hasher: RandomState,
}

impl SeenIds {
    fn is_new(&mut self, id: &str) -> bool {
        self.ids.insert(self.hasher.hash_one(id))
    }
}

/// A page as it came (protocol: atlas 5.4).
#[derive(Debug, Deserialize)]
pub(in super::super) struct Page<'a> {
    #[serde(borrow)]
    data: Vec<Membership<'a>>,
    #[serde(borrow)]
    included: Option<Vec<Resource<'a>>>,
    meta: Option<Meta>,
}

#[derive(Debug, Deserialize)]
struct Membership<'a> {
    #[serde(borrow, default)]
    id: Text<'a>,
    #[serde(borrow)]
    attributes: Option<MembershipAttributes<'a>>,
    #[serde(borrow)]
    relationships: Option<Relationships<'a>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "kebab-case")]
struct MembershipAttributes<'a> {
    #[serde(borrow)]
    status: Text<'a>,
    #[serde(borrow)]
    email: Text<'a>,
    #[serde(borrow)]
    created_at: Text<'a>,
    is_org_two_factor_required: Flag,
}

#[derive(Debug, Deserialize)]
struct Relationships<'a> {
    #[serde(borrow)]
    user: Option<Relation<Reference<'a>>>,
    #[serde(borrow)]
    teams: Option<Relation<Vec<Reference<'a>>>>,
}

#[derive(Debug, Deserialize)]
struct Relation<T> {
    data: Option<T>,
}

#[derive(Debug, Deserialize)]
struct Reference<'a> {
    #[serde(borrow, default)]
    id: Text<'a>,
}

/// A user, a team, or something else that came along.
#[derive(Debug, Deserialize)]
struct Resource<'a> {
    #[serde(borrow, default)]
    id: Text<'a>,
    #[serde(borrow, default, rename = "type")]
    kind: Text<'a>,
    #[serde(borrow, default)]
    attributes: Attributes<'a>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "kebab-case")]
struct Attributes<'a> {
    /// A team's name.
    #[serde(borrow)]
    name: Text<'a>,
    #[serde(borrow)]
    username: Text<'a>,
    #[serde(borrow)]
    email: Text<'a>,
    #[serde(borrow)]
    auth_method: Text<'a>,
    is_service_account: Flag,
    is_sso_login: Flag,
    two_factor: Option<TwoFactor>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct TwoFactor {
    enabled: Flag,
    verified: Flag,
}

#[derive(Debug, Deserialize)]
struct Meta {
    pagination: Option<Pagination>,
}

#[derive(Debug, Clone, Copy, Default, Deserialize)]
#[serde(default, rename_all = "kebab-case")]
struct Pagination {
    total_pages: Option<u64>,
    total_count: Option<u64>,
}

impl<'a> Page<'a> {
    /// Reads a page.
    pub(in super::super) fn read(reply: &'a Reply, host: &Host) -> Result<Self, Failure> {
        serde_json::from_slice(&reply.body).map_err(|error| reply.invalid_json(host, &error))
    }

    fn pagination(&self) -> Pagination {
        let meta = self.meta.as_ref();
        meta.and_then(|meta| meta.pagination).unwrap_or_default()
    }

    /// Returns where the page stands.
    pub(in super::super) fn page_info(&self, new_rows: usize) -> PageInfo {
        PageInfo { pages: self.pagination().total_pages, new_rows }
    }

    /// Returns the members that were on no page before.
    pub(in super::super) fn members(&self, seen: &mut SeenIds) -> MemberPage<'_> {
        let mut users = HashMap::new();
        let mut owners = Vec::new();
        for resource in self.included.iter().flatten() {
            match (resource.kind.get(), resource.id.get()) {
                (Some("users"), Some(id)) => {
                    users.insert(id, &resource.attributes);
                }
                (Some("teams"), Some(id)) if resource.attributes.name.get() == Some(OWNERS) => {
                    owners.push(id);
                }
                _ => {}
            }
        }
        let mut members = Vec::with_capacity(self.data.len());
        for membership in &self.data {
            let user_id = membership.user_id();
            let id = membership.id.get().or(user_id);
            if id.is_none_or(|id| seen.is_new(id)) {
                let user = user_id.and_then(|id| users.get(id).copied());
                members.push(membership.member(user, &owners));
            }
        }
        MemberPage { members, total: self.pagination().total_count, states: &MemberState::ALL }
    }
}

impl Membership<'_> {
    fn user_id(&self) -> Option<&str> {
        let user = self.relationships.as_ref()?.user.as_ref()?;
        user.data.as_ref()?.id.get()
    }

    fn member<'b>(&'b self, user: Option<&'b Attributes<'_>>, owners: &[&str]) -> Member<'b> {
        let own = self.attributes.as_ref();
        let status = own.and_then(|own| own.status.get());
        let email = own.and_then(|own| own.email.get());
        let email = email.or_else(|| user.and_then(|user| user.email.get()));
        let teams = self.relationships.as_ref().and_then(|it| it.teams.as_ref());
        let teams = teams.and_then(|teams| teams.data.as_ref());
        let state = state(status, user);
        let invited = own.filter(|_| state == MemberState::Invited);
        let owns = |team: &Reference<'_>| team.id.get().is_some_and(|id| owners.contains(&id));
        Member {
            name: user.and_then(|user| user.username.get()).map(Cow::Borrowed),
            email: email.map(Cow::Borrowed),
            state,
            is_owner: teams.map(|teams| teams.iter().any(owns)),
            signs_in_by: user.and_then(Attributes::signs_in_by).map(Cow::Borrowed),
            must_enrol: own.and_then(|own| own.is_org_two_factor_required.0),
            invited_at: invited.and_then(|own| own.created_at.get()?.parse().ok()),
        }
    }
}

impl Attributes<'_> {
    /// Returns where the account signs in, if its second factor is not this server's affair
    /// (protocol: atlas 3.1).
    fn signs_in_by(&self) -> Option<&str> {
        let elsewhere = self.auth_method.get();
        let elsewhere = elsewhere.filter(|method| method.starts_with("hcp_"));
        elsewhere.or_else(|| (self.is_sso_login.0 == Some(true)).then_some("sso"))
    }
}

fn state(status: Option<&str>, user: Option<&Attributes<'_>>) -> MemberState {
    let service = user.is_some_and(|user| user.is_service_account.0 == Some(true));
    let told = user.and_then(|user| user.two_factor.as_ref());
    let told = told.and_then(|told| Some((told.enabled.0?, told.verified.0?)));
    match told {
        _ if service => MemberState::Service,
        _ if status == Some("invited") => MemberState::Invited,
        Some((true, true)) => MemberState::On,
        _ if user.is_some_and(|user| user.signs_in_by().is_some()) => MemberState::Unknown,
        Some((true, false)) => MemberState::Started,
        Some((false, _)) => MemberState::Off,
        None => MemberState::Unknown,
    }
}

/// A text, or a number as its digits; anything else is as good as missing.
#[derive(Debug, Default)]
struct Text<'a>(Option<Cow<'a, str>>);

impl Text<'_> {
    fn get(&self) -> Option<&str> {
        self.0.as_deref().filter(|text| !text.is_empty())
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Text<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Lenient).map(|loose| match loose {
            Scalar::Text(text) => Self(Some(text)),
            Scalar::Flag(_) | Scalar::Other => Self(None),
        })
    }
}

/// A boolean; anything else is as good as missing.
#[derive(Debug, Default)]
struct Flag(Option<bool>);

impl<'de> Deserialize<'de> for Flag {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Lenient).map(|loose| match loose {
            Scalar::Flag(flag) => Self(Some(flag)),
            Scalar::Text(_) | Scalar::Other => Self(None),
        })
    }
}

enum Scalar<'a> {
    Text(Cow<'a, str>),
    Flag(bool),
    Other,
}

/// Takes whatever comes: a wrong type breaks nothing but itself.
struct Lenient;

impl<'de> Visitor<'de> for Lenient {
    type Value = Scalar<'de>;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("anything")
    }

    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Self::Value, E> {
        Ok(Scalar::Text(Cow::Borrowed(text)))
    }

    fn visit_str<E>(self, text: &str) -> Result<Self::Value, E> {
        Ok(Scalar::Text(Cow::Owned(text.to_owned())))
    }

    fn visit_bool<E>(self, flag: bool) -> Result<Self::Value, E> {
        Ok(Scalar::Flag(flag))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Self::Value, E> {
        Ok(Scalar::Text(Cow::Owned(number.to_string())))
    }

    fn visit_i64<E>(self, _: i64) -> Result<Self::Value, E> {
        Ok(Scalar::Other)
    }

    fn visit_f64<E>(self, _: f64) -> Result<Self::Value, E> {
        Ok(Scalar::Other)
    }

    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(Scalar::Other)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Self::Value, A::Error> {
        while list.next_element::<IgnoredAny>()?.is_some() {}
        Ok(Scalar::Other)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut object: A) -> Result<Self::Value, A::Error> {
        while object.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(Scalar::Other)
    }
}
