//! What users and organizations have in the Aptible dialect besides tokens and authenticators: SSH keys,
//! security keys, e-mail addresses to be, invitations, and resets of a second factor that were mailed.

use jiff::Timestamp;

use crate::random;
use crate::ssh_key::PublicKey;

/// Something that an account has.
#[derive(Debug)]
pub(crate) struct Belonging<T> {
    pub(crate) id: String,
    /// The index of the account.
    pub(crate) owner: usize,
    pub(crate) created_at: Timestamp,
    pub(crate) what: T,
}

#[derive(Debug)]
pub(crate) struct SshKey {
    pub(crate) name: String,
    pub(crate) key: PublicKey,
}

/// A security key.
#[derive(Debug)]
pub(crate) struct Device {
    pub(crate) name: String,
    pub(crate) key_handle: String,
    pub(crate) version: String,
}

/// An e-mail address that an account is to have once someone has confirmed that mail arrives there.
#[derive(Debug)]
pub(crate) struct EmailChange {
    pub(crate) email: String,
}

/// Someone who was invited into the organization.
#[derive(Debug)]
pub(crate) struct Invitation {
    pub(crate) email: String,
    pub(crate) role_name: &'static str,
    pub(crate) expires_at: Timestamp,
}

/// The reset of an account's second factor, which its user has to follow.
#[derive(Debug)]
pub(crate) struct OtpReset {
    pub(crate) code: String,
}

/// Many such things, oldest first.
#[derive(Debug)]
pub(crate) struct Belongings<T>(Vec<Belonging<T>>);

impl<T> Default for Belongings<T> {
    fn default() -> Belongings<T> {
        Belongings(Vec::new())
    }
}

/// How many of a kind an account may have.
const MOST: usize = 1000;

impl<T> Belongings<T> {
    /// Adds one; an account's oldest goes when there are too many.
    pub(crate) fn add(&mut self, owner: usize, what: T, now: Timestamp) -> &Belonging<T> {
        if self.of(owner).count() == MOST {
            let oldest = self.0.iter().position(|it| it.owner == owner);
            oldest.map(|oldest| self.0.remove(oldest));
        }
        self.0.push(Belonging { id: random::uuid(), owner, created_at: now, what });
        self.0.last().expect("it was just added")
    }

    pub(crate) fn of(&self, owner: usize) -> impl Iterator<Item = &Belonging<T>> {
        self.0.iter().filter(move |it| it.owner == owner)
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &Belonging<T>> {
        self.0.iter()
    }

    pub(crate) fn get(&self, id: &str) -> Option<&Belonging<T>> {
        self.0.iter().find(|it| it.id == id)
    }

    pub(crate) fn remove(&mut self, id: &str) {
        self.0.retain(|it| it.id != id);
    }
}
