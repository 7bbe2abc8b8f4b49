//! What only the Aptible dialect knows, beside the accounts that both share.

use super::belongings::{Belongings, Device, EmailChange, Invitation, OtpReset, SshKey};
use super::lockout::Lockout;
use crate::account::{Accounts, TwoFactor};
use crate::aptible_choice::Choices;
use crate::member::Member;
use crate::options::Options;
use crate::organization::Organization;
use crate::random;
use crate::token::Tokens;

/// The Aptible dialect's part of the state.
#[derive(Debug)]
pub(crate) struct Aptible {
    pub(crate) choices: Choices,
    pub(crate) tokens: Tokens,
    pub(crate) lockout: Lockout,
    /// Authenticators that were created and never confirmed, with their accounts, oldest first.
    unconfirmed: Vec<(usize, TwoFactor)>,
    pub(crate) ssh_keys: Belongings<SshKey>,
    pub(crate) devices: Belongings<Device>,
    /// What a new security key is to sign, and whose it will be.
    pub(crate) device_challenge: Option<(usize, String)>,
    pub(crate) email_changes: Belongings<EmailChange>,
    pub(crate) invitations: Belongings<Invitation>,
    pub(crate) otp_resets: Belongings<OtpReset>,
    pub(crate) organization_id: String,
    pub(crate) owner_role_id: String,
    pub(crate) member_role_id: String,
    user_ids: UserIds,
}

/// Where the numbers of made-up members begin among those of all users; accounts come before.
const SYNTHETIC: u64 = 1 << 32;
/// How many authenticators an account may have that it never confirmed.
const UNCONFIRMED: usize = 10;

impl Aptible {
    pub(crate) fn new(options: &Options) -> Aptible {
        Aptible {
            choices: Choices::new(&options.aptible),
            tokens: Tokens::default(),
            lockout: Lockout::new(options.limits),
            unconfirmed: Vec::new(),
            ssh_keys: Belongings::default(),
            devices: Belongings::default(),
            device_challenge: None,
            email_changes: Belongings::default(),
            invitations: Belongings::default(),
            otp_resets: Belongings::default(),
            organization_id: random::uuid(),
            owner_role_id: random::uuid(),
            member_role_id: random::uuid(),
            user_ids: UserIds::new(),
        }
    }

    /// Returns a user's id.
    pub(crate) fn user_id(&self, user: Member) -> String {
        match user {
            Member::Account(index) => self.user_ids.id(index as u64),
            Member::Synthetic(synthetic) => {
                self.user_ids.id(SYNTHETIC + u64::from(synthetic.number()))
            }
        }
    }

    /// Returns the user with an id.
    pub(crate) fn user(
        &self,
        id: &str,
        accounts: &Accounts,
        organization: &Organization,
    ) -> Option<Member> {
        let number = self.user_ids.number(id)?;
        match number.checked_sub(SYNTHETIC) {
            Some(number) => {
                let synthetic = organization.synthetic(u32::try_from(number).ok()?);
                synthetic.map(Member::Synthetic)
            }
            None => {
                let index = usize::try_from(number).ok()?;
                (index < accounts.count()).then_some(Member::Account(index))
            }
        }
    }

    /// Keeps a new authenticator; an account's oldest goes when there are too many.
    pub(crate) fn add_unconfirmed(&mut self, owner: usize, two_factor: TwoFactor) {
        if self.unconfirmed_of(owner).count() == UNCONFIRMED {
            let oldest = self.unconfirmed.iter().position(|(other, _)| *other == owner);
            oldest.map(|position| self.unconfirmed.remove(position));
        }
        self.unconfirmed.push((owner, two_factor));
    }

    /// Returns an account's authenticators that it did not confirm, oldest first.
    pub(crate) fn unconfirmed_of(&self, owner: usize) -> impl Iterator<Item = &TwoFactor> {
        let own = self.unconfirmed.iter();
        own.filter(move |(other, _)| *other == owner).map(|(_, two_factor)| two_factor)
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

/// Numbers users with UUIDs that differ in the last group, so that a million users need no table
/// for it.
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

    fn id(&self, number: u64) -> String {
        format!("{}{number:012x}", self.beginning)
    }

    fn number(&self, id: &str) -> Option<u64> {
        let last_group = id.strip_prefix(&self.beginning)?;
        let number = u64::from_str_radix(last_group, 16).ok()?;
        (self.id(number) == id).then_some(number)
    }
}
