//! Putting tokens into their stores, and taking them out again.
//!
//! `tokens.json` lists every entry; the token itself may be in another store. The two cannot be changed at
//! once, so nobody else changes them meanwhile, and whoever is killed in between leaves a trace: a token goes
//! into its store before the entry says so, out of it before the entry goes, and a copy in a second store is
//! noted before it is made.

use std::fs::File;
use std::time::{Duration, Instant};

use super::{Session, settings};
use crate::account::AccountName;
use crate::failure::Failure;
use crate::host::Host;
use crate::lifetime::Lifetime;
use crate::process;
use crate::store::{Entry, ExternalStore, StoreName, StoreOptions};
use crate::terminal;
use crate::terminal::prompt::Prompter;
use crate::token::{Origin, Token};

/// How long a person may take to unlock a store.
const UNLOCK: Duration = Duration::from_secs(60);

impl Session {
    /// Returns how stores outside `tokens.json` are asked.
    pub fn store_options(&self) -> Result<StoreOptions, Failure> {
        let timeout =
            settings::parsed("store_timeout", None, &self.options.config, Lifetime::parse)?;
        Ok(StoreOptions {
            timeout: timeout.map_or(StoreOptions::default().timeout, |time| {
                Duration::from_secs(time.seconds().unsigned_abs())
            }),
            unlock: Prompter::open().ok().map(|_| UNLOCK),
            guard: process::end_with_us,
        })
    }

    /// Returns the store that an option, a variable or the configuration asks for.
    pub fn asked_store(&self) -> Result<Option<StoreName>, Failure> {
        let flag = self.options.store.clone();
        settings::parsed("store", flag, &self.options.config, StoreName::parse)
    }

    /// Returns the store for an account's token: what this command asks for, where the account's token is
    /// already, or what is configured.
    pub fn store_for(&self, host: &Host, account: &AccountName) -> Result<StoreName, Failure> {
        let flag = self.options.store.clone();
        let winner = settings::effective("store", flag, &self.options.config)?.winner;
        let configured = self.asked_store()?;
        if matches!(winner, settings::Winner::Flag | settings::Winner::Environment) {
            return Ok(configured.unwrap_or_default());
        }
        let found = self.store.find(host, Some(account))?;
        Ok(found.map(|(_, entry)| entry.store).or(configured).unwrap_or_default())
    }

    /// Reads the token of a stored entry, once in this process.
    pub fn read_token(
        &self,
        host: &Host,
        account: &AccountName,
        entry: &Entry,
    ) -> Result<Option<Token>, Failure> {
        let key = (host.clone(), account.clone());
        if let Some(token) = self.tokens.borrow().get(&key) {
            return Ok(Some(token.clone()));
        }
        let token = self
            .ask(&entry.store, |secrets| secrets.get(host, account))?
            .unwrap_or_else(|| entry.token.clone());
        if let Some(token) = token.as_ref().filter(|_| entry.store != StoreName::File) {
            self.tokens.borrow_mut().insert(key, token.clone());
        }
        Ok(token)
    }

    /// Asks a store outside the file; `None` for the file. One that was silent once is not waited for again.
    pub fn ask<T>(
        &self,
        store: &StoreName,
        question: impl FnOnce(&dyn ExternalStore) -> Result<T, Failure>,
    ) -> Result<Option<T>, Failure> {
        if *store == StoreName::File {
            return Ok(None);
        }
        let options = self.store_options()?;
        let Some(secrets) = store.open(options) else {
            return Ok(None);
        };
        if self.silent.borrow().contains(store) {
            return Err(Failure::failure(format!("{store} was asked before, and did not answer")));
        }
        let asked = Instant::now();
        let answer = question(&*secrets);
        if answer.is_err() && asked.elapsed() >= options.timeout {
            self.silent.borrow_mut().push(store.clone());
        }
        answer.map(Some)
    }

    /// Waits until no other keybelt changes stores outside the file, if one of these is such a store.
    pub(super) fn lock_stores_of<'a>(
        &self,
        stores: impl IntoIterator<Item = &'a StoreName>,
    ) -> Result<Option<File>, Failure> {
        let outside = stores.into_iter().any(|store| *store != StoreName::File);
        outside.then(|| self.store.lock_stores()).transpose()
    }

    /// Stores an entry with its token and, unless it takes the place of another token, makes its account the
    /// active one. Returns the entry that it took the place of, with its token.
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
        let found = self.store.find(host, Some(account))?;
        let old = found.iter().flat_map(|(_, old)| stores_of(old));
        let _turn = self.lock_stores_of(old.chain([&entry.store]))?;
        let before = self.with_token(host, account, &entry.store)?;
        self.write_token(host, account, before.as_ref(), entry)?;
        let written = self.write_entry(host, account, entry, expected);
        if written.is_err() {
            // The store goes back to what the entry that is still there speaks of.
            self.restore_token(host, account, entry, before.as_ref());
        }
        let replaced = written?;
        self.tokens.borrow_mut().remove(&(host.clone(), account.clone()));
        if let Err(failure) = self.erase_copy(host, account) {
            // The new token is stored; the old one is worth a word.
            terminal::warn(&failure.message);
        }
        let token = before.and_then(|before| before.token);
        self.sync_aptible_file(host, token.as_ref());
        Ok(replaced.map(|replaced| Entry { token: replaced.token.clone().or(token), ..replaced }))
    }

    /// Returns the stored entry with its token, wherever that is. A token that cannot be read is left out if
    /// a new one goes elsewhere: it shall be stored all the same.
    fn with_token(
        &self,
        host: &Host,
        account: &AccountName,
        new: &StoreName,
    ) -> Result<Option<Entry>, Failure> {
        let Some((_, entry)) = self.store.find(host, Some(account))? else {
            return Ok(None);
        };
        let token = match self.read_token(host, account, &entry) {
            Err(failure) if entry.store == *new && self.silent.borrow().contains(new) => {
                return Err(failure);
            }
            token => token.ok().flatten(),
        };
        Ok(Some(Entry { token, ..entry }))
    }

    /// Writes a token into its store, which is noted first if the entry before is kept elsewhere.
    pub(super) fn write_token(
        &self,
        host: &Host,
        account: &AccountName,
        before: Option<&Entry>,
        entry: &Entry,
    ) -> Result<(), Failure> {
        let Some(token) = entry.token.as_ref().filter(|_| entry.store != StoreName::File) else {
            return Ok(());
        };
        let elsewhere = before.filter(|before| before.store != entry.store);
        if let Some(before) = elsewhere {
            self.note_copy(host, account, before, Some(&entry.store))?;
        }
        let written = self
            .ask(&entry.store, |secrets| secrets.set(host, account, token))
            .and_then(|_| self.require_kept(host, account, entry, token));
        if let (Some(before), Err(_)) = (elsewhere, &written)
            && !self.silent.borrow().contains(&entry.store)
        {
            // It refused, so there is no copy. One that was silent may have it all the same.
            let _ = self.note_copy(host, account, before, None);
        }
        written
    }

    /// Reads a token back: a store that says yes and keeps nothing would leave one that nobody can use or end.
    fn require_kept(
        &self,
        host: &Host,
        account: &AccountName,
        entry: &Entry,
        token: &Token,
    ) -> Result<(), Failure> {
        let found = self.ask(&entry.store, |secrets| secrets.get(host, account));
        let is_it = |found: &Option<Token>| found.as_ref().is_some_and(|it| it.same_as(token));
        if matches!(&found, Ok(found) if found.as_ref().is_none_or(is_it)) {
            return Ok(());
        }
        // What it has instead is no use to anybody.
        let _ = self.ask(&entry.store, |secrets| secrets.erase(host, account));
        Err(found.err().unwrap_or_else(|| {
            Failure::failure(format!(
                "{} did not keep the token of {account} at `{host}`",
                entry.store
            ))
        }))
    }

    fn restore_token(
        &self,
        host: &Host,
        account: &AccountName,
        written: &Entry,
        before: Option<&Entry>,
    ) {
        let old = before
            .filter(|before| before.store == written.store)
            .and_then(|before| before.token.as_ref());
        // The caller reports the failure that led here; a second one would only hide it.
        let _ = self.ask(&written.store, |secrets| match old {
            Some(token) => secrets.set(host, account, token),
            None => secrets.erase(host, account),
        });
    }

    fn write_entry(
        &self,
        host: &Host,
        account: &AccountName,
        entry: &Entry,
        expected: Option<&Entry>,
    ) -> Result<Option<Entry>, Failure> {
        let is_chosen = expected.is_none()
            && self.expected.borrow().is_none()
            && entry.origin != Origin::Imported;
        self.store.change(|tokens| {
            let found = tokens.entry(host, account);
            if let Some(expected) = expected
                && !found.as_ref().is_some_and(|found| found.is_same_token(expected))
            {
                return Err(changed_meanwhile(host, account));
            }
            let stores_of = found.iter().flat_map(stores_of);
            let extra_copy_in =
                { stores_of }.find(|old| ![&StoreName::File, &entry.store].contains(old));
            let entry = Entry { extra_copy_in: extra_copy_in.cloned(), ..entry.clone() };
            tokens.put(host, account, &entry);
            if is_chosen {
                tokens.set_active(host, account);
            }
            if tokens.current().is_none() {
                tokens.set_current(Some(host));
            }
            Ok(found)
        })
    }

    /// Forgets an entry and its token, unless another process has put a newer one in its place meanwhile.
    ///
    /// # Errors
    /// A failure if the store keeps the token, or cannot be changed; the entry is kept then.
    pub fn forget(
        &self,
        host: &Host,
        account: &AccountName,
        ended: &Entry,
    ) -> Result<Forgotten, Failure> {
        let _turn = self.lock_stores_of(stores_of(ended))?;
        match self.store.find(host, Some(account))? {
            Some((_, found)) if found.is_same_token(ended) => {}
            Some(_) => return Ok(Forgotten::Replaced),
            None => return Ok(Forgotten::Gone { now_active: None }),
        }
        let mirrored = self.mirrored_token(host, account, ended);
        if let Err(failure) = self.erase_copy(host, account) {
            terminal::warn(&failure.message);
        }
        self.ask(&ended.store, |secrets| secrets.erase(host, account))?;
        self.remove_entry(host, account, ended, mirrored.as_ref())
    }

    /// Forgets an entry alone, as [`Session::forget`] does; its token stays where it is.
    pub fn forget_entry(
        &self,
        host: &Host,
        account: &AccountName,
        ended: &Entry,
    ) -> Result<Forgotten, Failure> {
        let mirrored = self.mirrored_token(host, account, ended);
        self.remove_entry(host, account, ended, mirrored.as_ref())
    }

    /// Returns an entry's token if another tool's file may have it too.
    fn mirrored_token(&self, host: &Host, account: &AccountName, entry: &Entry) -> Option<Token> {
        let writes_file = self.writes_aptible_file().unwrap_or(false);
        let read = || self.read_token(host, account, entry).ok().flatten();
        writes_file.then(read).flatten()
    }

    fn remove_entry(
        &self,
        host: &Host,
        account: &AccountName,
        ended: &Entry,
        mirrored: Option<&Token>,
    ) -> Result<Forgotten, Failure> {
        let forgotten = self.store.change(|tokens| match tokens.entry(host, account) {
            Some(found) if !found.is_same_token(ended) => Ok(Forgotten::Replaced),
            _ => {
                let removed = tokens.remove(host, account);
                let now_active = removed.and_then(|removed| removed.now_active);
                Ok(Forgotten::Gone { now_active })
            }
        })?;
        let key = (host.clone(), account.clone());
        self.tokens.borrow_mut().remove(&key);
        if matches!(forgotten, Forgotten::Gone { .. }) {
            self.sync_aptible_file(host, mirrored);
        }
        Ok(forgotten)
    }

    /// Returns which enrolment waits for its code, as the entry in use has it now.
    pub fn pending_enrolment(&self, host: &Host) -> Result<Option<String>, Failure> {
        let Some(account) = self.signed_in(host)?.account else {
            return Ok(None);
        };
        let found = self.store.find(host, Some(&account))?;
        Ok(found.and_then(|(_, entry)| entry.pending_two_factor))
    }

    /// Notes in the entry in use which enrolment waits for its code, or that none does. Returns whether there
    /// is an entry: a token from outside keybelt's store has none.
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
}

/// What became of an entry that was to be forgotten.
#[derive(Debug)]
pub enum Forgotten {
    /// It is gone.
    Gone {
        /// The account that is active from now on, if that changed.
        now_active: Option<AccountName>,
    },
    /// Another process has put a newer one in its place, which stays.
    Replaced,
}

/// Returns every store that may have an entry's token.
fn stores_of(entry: &Entry) -> impl Iterator<Item = &StoreName> {
    [&entry.store].into_iter().chain(&entry.extra_copy_in)
}

pub(super) fn changed_meanwhile(host: &Host, account: &AccountName) -> Failure {
    Failure::failure(format!(
        "another keybelt has changed the stored token of {account} at `{host}` meanwhile"
    ))
}
