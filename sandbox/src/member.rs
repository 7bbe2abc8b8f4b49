//! Members of the organization: those with an account, and those that are made up from nothing but
//! their number, so that a million of them take no room.
//!
//! Of every twenty made-up members, by number modulo 20: 1 has no two-factor authentication, 2 has
//! begun to enrol and not finished, 3 signs in elsewhere, 4 is only invited, 5 is a service account,
//! and all others have two-factor authentication enabled and verified.

use crate::account::{Account, Accounts};

const PERIOD: u32 = 20;
const OFF: u32 = 1;
const STARTED: u32 = 2;
const ELSEWHERE: u32 = 3;
const INVITED: u32 = 4;
const SERVICE_ACCOUNT: u32 = 5;

/// How many of a sandbox's made-up members are in which state.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MemberCounts {
    /// Two-factor authentication enabled and verified.
    pub on: u32,
    /// Enabled, and never verified.
    pub started: u32,
    /// Neither.
    pub off: u32,
    /// Signing in through another service, so that this server does not know.
    pub unknown: u32,
    /// Invited, and not come yet.
    pub invited: u32,
    /// No people.
    pub service_accounts: u32,
}

impl MemberCounts {
    /// Returns the counts for a sandbox that was started with so many members; its named accounts
    /// are not among them.
    #[must_use]
    pub fn of(members: u32) -> MemberCounts {
        let count = |remainder: u32| members / PERIOD + u32::from(members % PERIOD >= remainder);
        let [started, off, unknown] = [STARTED, OFF, ELSEWHERE].map(count);
        let [invited, service_accounts] = [INVITED, SERVICE_ACCOUNT].map(count);
        MemberCounts {
            on: members - started - off - unknown - invited - service_accounts,
            started,
            off,
            unknown,
            invited,
            service_accounts,
        }
    }
}

/// A member.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Member {
    /// The one with the account at this index.
    Account(usize),
    Synthetic(Synthetic),
}

impl Member {
    pub(crate) fn person(self, accounts: &Accounts) -> Person {
        match self {
            Member::Account(index) => Person::of_account(accounts.get(index)),
            Member::Synthetic(synthetic) => synthetic.person(),
        }
    }
}

/// What the organization shows of a member to its owners.
#[derive(Debug)]
pub(crate) struct Person {
    /// What the ids of the user and of the membership end in.
    pub(crate) key: String,
    /// Nobody has chosen one while only invited.
    pub(crate) username: Option<String>,
    pub(crate) email: String,
    /// How they sign in, where the server says so.
    pub(crate) auth_method: Option<&'static str>,
    pub(crate) is_sso_login: bool,
    pub(crate) is_service_account: bool,
    /// Unknown of those who sign in elsewhere.
    pub(crate) two_factor: Option<Enrolment>,
    pub(crate) invitation: Option<Invitation>,
}

/// Whether two-factor authentication is enabled, and verified.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Enrolment {
    pub(crate) enabled: bool,
    pub(crate) verified: bool,
}

/// How much an invitation tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Invitation {
    /// Whether the organization requires two-factor authentication.
    Full,
    /// The same as null.
    Bare,
}

impl Person {
    pub(crate) fn user_id(&self) -> String {
        format!("user-{}", self.key)
    }

    fn of_account(account: &Account) -> Person {
        Person {
            key: account.key().to_owned(),
            username: account.username.clone(),
            email: account.email.clone(),
            auth_method: Some("tfc"),
            is_sso_login: false,
            is_service_account: false,
            two_factor: Some(Enrolment {
                enabled: account.two_factor.is_some(),
                verified: account.has_verified_two_factor(),
            }),
            invitation: None,
        }
    }
}

/// A member that is made up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Synthetic {
    number: u32,
}

impl Synthetic {
    pub(crate) fn new(number: u32) -> Synthetic {
        Synthetic { number }
    }

    pub(crate) fn number(self) -> u32 {
        self.number
    }

    pub(crate) fn username(self) -> String {
        format!("member-{}", self.number)
    }

    pub(crate) fn email(self) -> String {
        format!("member-{}{DOMAIN}", self.number)
    }

    /// Returns the number of the member with this e-mail address.
    pub(crate) fn number_of_email(email: &str) -> Option<u32> {
        let email = email.to_ascii_lowercase();
        let number = email.strip_prefix("member-")?.strip_suffix(DOMAIN)?;
        let number = number.parse().ok()?;
        (Synthetic { number }.email() == email).then_some(number)
    }

    /// Returns whether this member was invited and has not come yet.
    pub(crate) fn is_invited(self) -> bool {
        self.number % PERIOD == INVITED
    }

    /// Returns the number of the member whose user has this id.
    pub(crate) fn number_of_user_id(id: &str) -> Option<u32> {
        Synthetic::number_of_key(id.strip_prefix("user-")?)
    }

    /// Returns the number of the member whose ids end in this.
    pub(crate) fn number_of_key(key: &str) -> Option<u32> {
        let number = key.strip_prefix("member")?.parse().ok()?;
        (Synthetic { number }.key() == key).then_some(number)
    }

    pub(crate) fn person(self) -> Person {
        // How often the mix has gone round: what there are variants of varies by it.
        let round = self.number / PERIOD;
        let mut person = Person {
            key: self.key(),
            username: Some(self.username()),
            email: self.email(),
            auth_method: Some("tfc"),
            is_sso_login: false,
            is_service_account: false,
            two_factor: Some(Enrolment { enabled: true, verified: true }),
            invitation: None,
        };
        let off = Some(Enrolment { enabled: false, verified: false });
        match self.number % PERIOD {
            OFF => person.two_factor = off,
            STARTED => {
                person.two_factor = Some(Enrolment { enabled: true, verified: false });
            }
            ELSEWHERE => {
                person.two_factor = None;
                person.auth_method = ELSEWHERE_METHODS[round as usize % ELSEWHERE_METHODS.len()];
                person.is_sso_login = person.auth_method.is_none();
            }
            INVITED => {
                person.username = None;
                person.two_factor = off;
                person.invitation = Some(match round % 2 {
                    0 => Invitation::Full,
                    _ => Invitation::Bare,
                });
            }
            SERVICE_ACCOUNT => {
                person.two_factor = off;
                person.is_service_account = true;
            }
            _ => {}
        }
        person
    }

    /// Returns what the ids of this member end in.
    pub(crate) fn key(self) -> String {
        format!("member{:010}", self.number)
    }
}

const DOMAIN: &str = "@sandbox.test";

/// How those sign in whom this server does not know about; the last one by SAML, which has no name
/// on record.
const ELSEWHERE_METHODS: [Option<&str>; 4] =
    [Some("hcp_username_password"), Some("hcp_github"), Some("hcp_sso"), None];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_counts_are_those_of_the_members() {
        for members in [0, 1, 5, 6, 20, 21, 99, 100, 1_000] {
            let people: Vec<_> =
                (1..=members).map(|number| Synthetic::new(number).person()).collect();
            let count = |wanted: &dyn Fn(&Person) -> bool| {
                u32::try_from(people.iter().filter(|person| wanted(person)).count()).unwrap()
            };
            let human = |person: &Person| !person.is_service_account && person.invitation.is_none();
            let state = |enabled, verified| {
                count(&|person| {
                    human(person)
                        && person.two_factor.is_some_and(|two_factor| {
                            (two_factor.enabled, two_factor.verified) == (enabled, verified)
                        })
                })
            };
            let counted = MemberCounts {
                on: state(true, true),
                started: state(true, false),
                off: state(false, false),
                unknown: count(&|person| person.two_factor.is_none()),
                invited: count(&|person| person.invitation.is_some()),
                service_accounts: count(&|person| person.is_service_account),
            };
            assert_eq!(counted, MemberCounts::of(members), "{members}");
        }
    }

    #[test]
    fn a_member_is_found_by_its_own_address_and_id_alone() {
        assert_eq!(Synthetic::number_of_email("Member-7@sandbox.test"), Some(7));
        for email in ["member-07@sandbox.test", "member-7@else", "member-+7@sandbox.test", ""] {
            assert_eq!(Synthetic::number_of_email(email), None, "{email}");
        }
        assert_eq!(Synthetic::number_of_user_id("user-member0000000007"), Some(7));
        assert_eq!(Synthetic::number_of_user_id("user-member7"), None);
    }
}
