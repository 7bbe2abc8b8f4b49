//! What only the Aptible dialect knows, beside the accounts that both share.

use crate::account::TwoFactor;
use crate::options::Options;
use crate::random;
use crate::token::Tokens;

use super::choice::Choices;
use super::lockout::Lockout;

/// The Aptible dialect's part of the state.
#[derive(Debug)]
pub(crate) struct Aptible {
    pub(crate) choices: Choices,
    pub(crate) tokens: Tokens,
    pub(crate) lockout: Lockout,
    /// Authenticators that were created and never confirmed, with their accounts, oldest first.
    unconfirmed: Vec<(usize, TwoFactor)>,
    pub(crate) organization_id: String,
    pub(crate) owner_role_id: String,
    pub(crate) member_role_id: String,
    user_ids: UserIds,
}

/// How many authenticators an account may have that it never confirmed.
const UNCONFIRMED: usize = 10;

impl Aptible {
    pub(crate) fn new(options: &Options) -> Aptible {
        Aptible {
            choices: Choices::new(&options.aptible),
            tokens: Tokens::default(),
            lockout: Lockout::new(options.limits),
            unconfirmed: Vec::new(),
            organization_id: random::uuid(),
            owner_role_id: random::uuid(),
            member_role_id: random::uuid(),
            user_ids: UserIds::new(),
        }
    }

    /// Returns the id of an account.
    pub(crate) fn user_id(&self, index: usize) -> String {
        self.user_ids.id(index)
    }

    /// Returns the index that an id would stand for, whether there is such an account or not.
    pub(crate) fn user_index(&self, id: &str) -> Option<usize> {
        self.user_ids.index(id)
    }

    /// Keeps a new authenticator; an account's oldest goes when there are too many.
    pub(crate) fn add_unconfirmed(&mut self, owner: usize, two_factor: TwoFactor) {
        if self.unconfirmed_of(owner).count() == UNCONFIRMED {
            let oldest = self
                .unconfirmed
                .iter()
                .position(|(other, _)| *other == owner);
            oldest.map(|position| self.unconfirmed.remove(position));
        }
        self.unconfirmed.push((owner, two_factor));
    }

    /// Returns an account's authenticators that it did not confirm, oldest first.
    pub(crate) fn unconfirmed_of(&self, owner: usize) -> impl Iterator<Item = &TwoFactor> {
        let own = self.unconfirmed.iter();
        own.filter(move |(other, _)| *other == owner)
            .map(|(_, two_factor)| two_factor)
    }

    /// Returns the one that an account created last.
    pub(crate) fn newest_unconfirmed(&self, owner: usize) -> Option<&TwoFactor> {
        self.unconfirmed_of(owner).last()
    }

    /// Returns one of them, to try a code on.
    pub(crate) fn unconfirmed_mut(&mut self, owner: usize, id: &str) -> Option<&mut TwoFactor> {
        let mut all = self.unconfirmed.iter_mut();
        let wanted = all.find(|(other, two_factor)| *other == owner && two_factor.id == id);
        wanted.map(|(_, two_factor)| two_factor)
    }

    /// Takes out one of them that was confirmed.
    pub(crate) fn take_confirmed(&mut self, id: &str) -> Option<TwoFactor> {
        let mut all = self.unconfirmed.iter();
        let position = all.position(|(_, two_factor)| two_factor.id == id)?;
        Some(self.unconfirmed.remove(position).1)
    }
}

/// Numbers accounts with UUIDs that differ in the last group, so that a million accounts need no
/// table for it.
#[derive(Debug)]
struct UserIds {
    /// All but the last group.
    beginning: String,
}

impl UserIds {
    fn new() -> UserIds {
        let mut beginning = random::uuid();
        beginning.truncate(24);
        UserIds { beginning }
    }

    fn id(&self, index: usize) -> String {
        format!("{}{index:012x}", self.beginning)
    }

    fn index(&self, id: &str) -> Option<usize> {
        let number = id.strip_prefix(&self.beginning)?;
        let index = usize::from_str_radix(number, 16).ok()?;
        (self.id(index) == id).then_some(index)
    }
}
