//! Putting tokens into their stores, and taking them out again.
//!
//! `tokens.json` lists every entry; the token itself may be in another store. A token goes into its store
//! before the entry says so, and out of it after the entry is gone, so that whoever is killed in between
//! leaves no entry without a token.

use std::time::Duration;

use super::{Session, settings};
use crate::account::AccountName;
use crate::failure::Failure;
use crate::host::Host;
use crate::lifetime::Lifetime;
use crate::process;
use crate::store::{Access, Entry, StoreName};
use crate::terminal::prompt::Prompter;
use crate::token::Token;

/// How long a person may take to unlock a store.
const UNLOCK: Duration = Duration::from_secs(60);

impl Session {
    /// Returns how stores outside `tokens.json` are asked.
    ///
    /// # Errors
    /// A usage failure if `store_timeout` is not a length of time.
    pub fn access(&self) -> Result<Access, Failure> {
        let found = settings::effective("store_timeout", None, &self.options.config)?.value;
        let patience = found.as_deref().map(Lifetime::parse).transpose()?;
        Ok(Access {
            patience: patience.map_or(Access::default().patience, |time| {
                Duration::from_secs(time.seconds().unsigned_abs())
            }),
            unlock: Prompter::open().ok().map(|_| UNLOCK),
            guard: process::end_with_us,
        })
    }

    /// Returns the store for an account's token: what this command asks for, where the account's token is
    /// already, or what is configured.
    ///
    /// # Errors
    /// A usage failure if a store is named that is none.
    pub fn store_for(&self, host: &Host, account: &AccountName) -> Result<StoreName, Failure> {
        let asked = settings::effective("store", self.options.store.clone(), &self.options.config)?;
        let configured = asked.value.as_deref().map(StoreName::parse).transpose()?;
        if matches!(
            asked.winner,
            settings::Winner::Flag | settings::Winner::Environment
        ) {
            return Ok(configured.unwrap_or_default());
        }
        let found = self.store.find(host, Some(account))?;
        Ok(found
            .map(|(_, entry)| entry.store)
            .or(configured)
            .unwrap_or_default())
    }

    /// Reads the token of a stored entry, once in this process.
    ///
    /// # Errors
    /// Those of the store.
    pub fn read_token(
        &self,
        host: &Host,
        account: &AccountName,
        entry: &Entry,
    ) -> Result<Option<Token>, Failure> {
        if entry.store == StoreName::File {
            return Ok(entry.token.clone());
        }
        let key = (host.clone(), account.clone());
        if let Some(token) = self.tokens.borrow().get(&key) {
            return Ok(Some(token.clone()));
        }
        let token = entry.read_token(host, account, self.access()?)?;
        if let Some(token) = &token {
            self.tokens.borrow_mut().insert(key, token.clone());
        }
        Ok(token)
    }

    /// Stores an entry with its token and makes its account the active one. Returns the entry that it took
    /// the place of, with its token.
    ///
    /// With `expected`, only an entry about the same token is replaced.
    ///
    /// # Errors
    /// A failure if it cannot be stored, or another process has stored something else meanwhile.
    pub fn put(
        &self,
        host: &Host,
        account: &AccountName,
        entry: &Entry,
        expected: Option<&Entry>,
    ) -> Result<Option<Entry>, Failure> {
        let before = self.with_token(host, account)?;
        self.write_token(host, account, entry)?;
        let written = self.write_entry(host, account, entry, expected);
        if written.is_err() {
            // The store goes back to what the entry that is still there speaks of.
            self.restore_token(host, account, entry, before.as_ref());
        }
        let replaced = written?;
        self.tokens
            .borrow_mut()
            .remove(&(host.clone(), account.clone()));
        if let Some(old) = before.as_ref().filter(|old| old.store != entry.store) {
            self.erase(host, account, &old.store)?;
        }
        let token = before.and_then(|before| before.token);
        self.mirror(host, token.as_ref());
        Ok(replaced.map(|replaced| Entry {
            token: replaced.token.clone().or(token),
            ..replaced
        }))
    }

    /// Returns the stored entry with its token, wherever that is. A token that cannot be read is left out: a
    /// new one shall be stored all the same.
    fn with_token(&self, host: &Host, account: &AccountName) -> Result<Option<Entry>, Failure> {
        let found = self.store.find(host, Some(account))?;
        Ok(found.map(|(_, entry)| Entry {
            token: self.read_token(host, account, &entry).ok().flatten(),
            ..entry
        }))
    }

    fn write_token(
        &self,
        host: &Host,
        account: &AccountName,
        entry: &Entry,
    ) -> Result<(), Failure> {
        match (entry.store.secrets(self.access()?), &entry.token) {
            (Some(secrets), Some(token)) => secrets.set(host, account, token),
            _ => Ok(()),
        }
    }

    fn restore_token(
        &self,
        host: &Host,
        account: &AccountName,
        written: &Entry,
        before: Option<&Entry>,
    ) {
        let Some(secrets) = self
            .access()
            .ok()
            .and_then(|access| written.store.secrets(access))
        else {
            return;
        };
        let old = before
            .filter(|before| before.store == written.store)
            .and_then(|before| before.token.as_ref());
        // The caller reports the failure that led here; a second one would only hide it.
        let _ = match old {
            Some(token) => secrets.set(host, account, token),
            None => secrets.erase(host, account),
        };
    }

    fn write_entry(
        &self,
        host: &Host,
        account: &AccountName,
        entry: &Entry,
        expected: Option<&Entry>,
    ) -> Result<Option<Entry>, Failure> {
        self.store.change(|tokens| {
            let found = tokens.entry(host, account);
            if let Some(expected) = expected
                && !found.as_ref().is_some_and(|found| found.is_same_token(expected))
            {
                return Err(Failure::failure(format!(
                    "another keybelt has changed the stored token of {account} at `{host}` meanwhile"
                )));
            }
            tokens.put(host, account, entry);
            tokens.set_active(host, account);
            if tokens.current().is_none() {
                tokens.set_current(Some(host));
            }
            Ok(found)
        })
    }

    /// Moves an entry's token to another store: copied, read back, then taken out of the old one. At every
    /// moment one of the two has it, and the entry says which.
    ///
    /// # Errors
    /// Those of the stores; the token is still where it was then.
    pub fn migrate(
        &self,
        host: &Host,
        account: &AccountName,
        entry: &Entry,
        to: &StoreName,
    ) -> Result<(), Failure> {
        let token = self.read_token(host, account, entry)?.ok_or_else(|| {
            Failure::failure(format!(
                "{} holds no token of {account} at `{host}`",
                entry.store
            ))
            .hint(format!("run `keybelt login {host}`"))
        })?;
        let moved = Entry {
            store: to.clone(),
            token: Some(token.clone()),
            ..entry.clone()
        };
        self.write_token(host, account, &moved)?;
        if let Some(secrets) = to.secrets(self.access()?)
            && !secrets
                .get(host, account)?
                .is_some_and(|found| found.same_as(&token))
        {
            return Err(Failure::failure(format!(
                "{to} did not keep the token of {account} at `{host}`"
            ))
            .hint("nothing was changed"));
        }
        self.store
            .change(|tokens| match tokens.entry(host, account) {
                Some(found) if found.is_same_token(entry) => {
                    tokens.put(host, account, &moved);
                    Ok(())
                }
                _ => Err(Failure::failure(format!(
                    "another keybelt has changed the token of {account} at `{host}` meanwhile"
                ))),
            })?;
        self.erase(host, account, &entry.store)
    }

    /// Forgets an entry and its token, unless another process has put a newer one in its place meanwhile.
    /// Returns the account that is active from now on, if that changed.
    ///
    /// # Errors
    /// A failure if the store cannot be changed, or keeps the token.
    pub fn forget(
        &self,
        host: &Host,
        account: &AccountName,
        ended: &Entry,
    ) -> Result<Option<AccountName>, Failure> {
        let is_mirrored = self.writes_aptible_file().unwrap_or(false);
        let read = || self.read_token(host, account, ended).ok().flatten();
        let token = is_mirrored.then(read).flatten();
        let removed = self.store.change(|tokens| {
            let unchanged = tokens
                .entry(host, account)
                .is_some_and(|entry| entry.is_same_token(ended));
            Ok(if unchanged {
                tokens.remove(host, account)
            } else {
                None
            })
        })?;
        let Some(removed) = removed else {
            return Ok(None);
        };
        self.mirror(host, token.as_ref());
        self.tokens
            .borrow_mut()
            .remove(&(host.clone(), account.clone()));
        self.erase(host, account, &ended.store)
            .map_err(|failure| Failure {
                message: format!(
                    "{account} is signed out of `{host}`, but the token is still in {}: {failure}",
                    ended.store
                ),
                ..failure
            })?;
        Ok(removed.now_active)
    }

    /// Returns which enrolment waits for its code, as the entry in use has it now.
    ///
    /// # Errors
    /// Those of finding the credential and of the store.
    pub fn pending_enrolment(&self, host: &Host) -> Result<Option<String>, Failure> {
        let Some(account) = self.signed_in(host)?.account else {
            return Ok(None);
        };
        let found = self.store.find(host, Some(&account))?;
        Ok(found.and_then(|(_, entry)| entry.pending_two_factor))
    }

    /// Notes in the entry in use which enrolment waits for its code, or that none does. Returns whether there
    /// is an entry: a token from outside keybelt's store has none.
    ///
    /// # Errors
    /// Those of finding the credential and of the store.
    pub fn note_enrolment(&self, host: &Host, pending: Option<&str>) -> Result<bool, Failure> {
        let signed_in = self.signed_in(host)?;
        let (Some(account), Some(used)) = (signed_in.account, signed_in.entry) else {
            return Ok(false);
        };
        self.store.change(|tokens| {
            let found = tokens.entry(host, &account);
            if let Some(mut entry) = found.filter(|found| found.is_same_token(&used)) {
                entry.pending_two_factor = pending.map(str::to_owned);
                tokens.put(host, &account, &entry);
            }
            Ok(())
        })?;
        Ok(true)
    }

    fn erase(&self, host: &Host, account: &AccountName, store: &StoreName) -> Result<(), Failure> {
        store
            .secrets(self.access()?)
            .map_or(Ok(()), |secrets| secrets.erase(host, account))
    }
}
