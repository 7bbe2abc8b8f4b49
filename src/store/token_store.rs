//! The token store: `tokens.json`, which lists every entry, and the stores that may have the tokens instead.
//!
//! The two cannot be changed at once, so nobody else changes them meanwhile, and a process that is killed in
//! between leaves a trace: a token goes into its store before the entry says so, out of it before the entry
//! goes, and a copy in a second store is noted before it is made. Prints nothing: what a person should know
//! is returned.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fs::File;
use std::path::{Path, PathBuf};

use super::completion_list;
use super::keepers::{Keepers, OptionsSource};
use super::secret::ExternalStore;
use super::{Entry, QuickRead, StoreName, Stored, Tokens, TokensFile};
use crate::account::AccountName;
use crate::failure::Failure;
use crate::host::Host;
use crate::token::Token;

/// Every stored token.
pub struct TokenStore {
    pub(super) file: TokensFile,
    pub(super) keepers: Keepers,
    /// Tokens that were read from other stores, so that none is asked twice.
    cache: RefCell<BTreeMap<(Host, AccountName), Token>>,
}

/// What a new entry does to the accounts beside it, and to the entry that it takes the place of.
#[derive(Debug, Clone, Copy)]
pub enum Choice<'a> {
    /// Its account becomes the active one.
    Activate,
    /// The active account stays the active one.
    KeepActive,
    /// It is stored only in the place of this very token.
    InPlaceOf(&'a Entry),
}

/// A change of the store that was made.
#[derive(Debug)]
pub struct Change<T> {
    /// The result.
    pub outcome: T,
    /// The token that is no longer stored, as far as it was read.
    pub ended: Option<Token>,
    /// What did not go as it should, though the change was made.
    pub notices: Vec<String>,
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

impl TokenStore {
    /// Takes the store in a directory, which need not be there; `options` says how other stores are asked.
    pub fn new(directory: PathBuf, options: OptionsSource) -> Self {
        Self {
            file: TokensFile::at(directory),
            keepers: Keepers::new(options),
            cache: RefCell::default(),
        }
    }

    /// Returns the path of `tokens.json`.
    pub fn path(&self) -> &Path {
        self.file.path()
    }

    /// Returns what the user should be told, once.
    pub fn take_notices(&self) -> Vec<String> {
        self.file.take_notices()
    }

    /// Reads every entry.
    ///
    /// # Errors
    /// As [`TokensFile::read`].
    pub fn read(&self) -> Result<Tokens, Failure> {
        self.file.read()
    }

    /// Takes a quick look at the entries.
    ///
    /// # Errors
    /// As [`TokensFile::quick_read`].
    pub fn quick_read(&self) -> Result<QuickRead, Failure> {
        self.file.quick_read()
    }

    /// Finds an account's entry on a host; without a name, the active account's.
    ///
    /// # Errors
    /// As [`TokensFile::find`].
    pub fn find(
        &self,
        host: &Host,
        account: Option<&AccountName>,
    ) -> Result<Option<Stored>, Failure> {
        self.file.find(host, account)
    }

    /// Changes what is said of tokens, and not where they are.
    ///
    /// # Errors
    /// As [`TokensFile::change`].
    pub fn change<T>(
        &self,
        edit: impl FnOnce(&mut Tokens) -> Result<T, Failure>,
    ) -> Result<T, Failure> {
        self.file.change(edit)
    }

    /// Asks a store outside the file; `None` for the file. One that was silent once is not waited for again.
    ///
    /// # Errors
    /// Those of the store.
    pub fn ask<T>(
        &self,
        store: &StoreName,
        question: impl FnOnce(&dyn ExternalStore) -> Result<T, Failure>,
    ) -> Result<Option<T>, Failure> {
        self.keepers.ask(store, question)
    }

    /// Reads the token of an entry, once in this process.
    ///
    /// # Errors
    /// Those of its store.
    pub fn get(&self, stored: &Stored) -> Result<Option<Token>, Failure> {
        if let Some(token) = self.cached(stored) {
            return Ok(Some(token));
        }
        let Some(token) = self.keepers.get(stored)? else {
            return Ok(stored.entry.token.clone());
        };
        if let Some(token) = &token {
            self.cache.borrow_mut().insert(key(stored), token.clone());
        }
        Ok(token)
    }

    fn cached(&self, stored: &Stored) -> Option<Token> {
        self.cache.borrow().get(&key(stored)).cloned()
    }

    /// Stores an entry with its token. The outcome is the entry that it took the place of, with its token.
    ///
    /// # Errors
    /// A failure if it cannot be stored, or another process has stored something else meanwhile.
    pub fn put(&self, new: &Stored, choice: Choice<'_>) -> Result<Change<Option<Entry>>, Failure> {
        let found = self.find(&new.host, Some(&new.account))?;
        let old = found.iter().flat_map(Stored::stores);
        let _lock = self.lock_stores_of(old.chain([&new.entry.store]))?;
        let before = self.with_token(new)?;
        self.write_token(before.as_ref(), new)?;
        let written = self.write_entry(new, choice);
        if written.is_err() {
            // The store goes back to what the entry that is still there speaks of.
            self.restore_token(new, before.as_ref());
        }
        let replaced = written?;
        self.cache.borrow_mut().remove(&key(new));
        // The new token is stored; that the old one may be left is worth a notice.
        let notices = self.erase_copy(new).err().map(|failure| failure.message);
        let ended = before.and_then(|before| before.entry.token);
        let replaced =
            replaced.map(|old| Entry { token: old.token.clone().or_else(|| ended.clone()), ..old });
        Ok(Change { outcome: replaced, ended, notices: notices.into_iter().collect() })
    }

    /// Waits until no other keybelt changes stores outside the file, if one of these is such a store.
    pub(super) fn lock_stores_of<'a>(
        &self,
        stores: impl IntoIterator<Item = &'a StoreName>,
    ) -> Result<Option<File>, Failure> {
        let outside = stores.into_iter().any(|store| *store != StoreName::File);
        outside.then(|| self.file.lock_stores()).transpose()
    }

    /// Returns the stored entry with its token, wherever that is. A token that cannot be read is left out if
    /// a new one goes elsewhere: it shall be stored all the same.
    fn with_token(&self, new: &Stored) -> Result<Option<Stored>, Failure> {
        let Some(stored) = self.find(&new.host, Some(&new.account))? else {
            return Ok(None);
        };
        let new = &new.entry.store;
        let token = match self.get(&stored) {
            Err(failure) if stored.entry.store == *new && self.keepers.is_silent(new) => {
                return Err(failure);
            }
            token => token.ok().flatten(),
        };
        Ok(Some(stored.with(Entry { token, ..stored.entry.clone() })))
    }

    /// Writes a token into its store, which is noted first if the entry before is kept elsewhere.
    pub(super) fn write_token(&self, before: Option<&Stored>, new: &Stored) -> Result<(), Failure> {
        let store = &new.entry.store;
        let Some(token) = new.entry.token.as_ref().filter(|_| *store != StoreName::File) else {
            return Ok(());
        };
        let elsewhere = before.filter(|before| before.entry.store != *store);
        if let Some(before) = elsewhere {
            self.note_copy(before, Some(store))?;
        }
        let written = self.keepers.set(new, token).and_then(|()| self.require_kept(new, token));
        if let (Some(before), Err(_)) = (elsewhere, &written)
            && !self.keepers.is_silent(store)
        {
            // It refused, so there is no copy. One that was silent may have it all the same.
            let _ = self.note_copy(before, None);
        }
        written
    }

    /// Reads a token back: a store that says yes and keeps nothing would leave one that nobody can use or
    /// revoke.
    fn require_kept(&self, new: &Stored, token: &Token) -> Result<(), Failure> {
        let found = self.keepers.get(new);
        let is_it = |found: &Option<Token>| found.as_ref().is_some_and(|it| it.same_as(token));
        if matches!(&found, Ok(found) if found.as_ref().is_none_or(is_it)) {
            return Ok(());
        }
        let store = &new.entry.store;
        // What it has instead is no use to anybody.
        let _ = self.keepers.erase(new, store);
        Err(found.err().unwrap_or_else(|| {
            Failure::general(format!(
                "{store} did not store the token of {} at `{}`",
                new.account, new.host
            ))
        }))
    }

    fn restore_token(&self, written: &Stored, before: Option<&Stored>) {
        let store = &written.entry.store;
        let old = before.filter(|before| before.entry.store == *store);
        // The caller reports the failure that led here; a second one would only hide it.
        let _ = match old.and_then(|old| old.entry.token.as_ref()) {
            Some(token) => self.keepers.set(written, token),
            None => self.keepers.erase(written, store),
        };
    }

    fn write_entry(&self, new: &Stored, choice: Choice<'_>) -> Result<Option<Entry>, Failure> {
        let (host, account) = (&new.host, &new.account);
        self.file.change(|tokens| {
            let found = tokens.entry(host, account);
            if let Choice::InPlaceOf(expected) = choice
                && !found.as_ref().is_some_and(|found| found.is_same_token(expected))
            {
                return Err(changed_meanwhile(new));
            }
            let old =
                found.iter().flat_map(|old| [&old.store].into_iter().chain(&old.extra_copy_in));
            let copy = { old }.find(|old| ![&StoreName::File, &new.entry.store].contains(old));
            tokens.put(host, account, &Entry { extra_copy_in: copy.cloned(), ..new.entry.clone() });
            if matches!(choice, Choice::Activate) {
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
    pub fn forget(&self, stored: &Stored) -> Result<Change<Forgotten>, Failure> {
        let _lock = self.lock_stores_of(stored.stores())?;
        match self.find(&stored.host, Some(&stored.account))? {
            Some(found) if found.entry.is_same_token(&stored.entry) => {}
            Some(_) => return Ok(Change::without_token(Forgotten::Replaced)),
            None => return Ok(Change::without_token(Forgotten::Gone { now_active: None })),
        }
        let notices = self.erase_copy(stored).err().map(|failure| failure.message);
        self.keepers.erase(stored, &stored.entry.store)?;
        let change = self.forget_entry(stored)?;
        Ok(Change { notices: notices.into_iter().collect(), ..change })
    }

    /// Forgets only an entry, as [`TokenStore::forget`] does; its token stays where it is.
    ///
    /// # Errors
    /// A failure if the file cannot be changed.
    pub fn forget_entry(&self, stored: &Stored) -> Result<Change<Forgotten>, Failure> {
        let (host, account) = (&stored.host, &stored.account);
        let outcome = self.file.change(|tokens| match tokens.entry(host, account) {
            Some(found) if !found.is_same_token(&stored.entry) => Ok(Forgotten::Replaced),
            _ => {
                let removed = tokens.remove(host, account);
                let now_active = removed.and_then(|removed| removed.now_active);
                Ok(Forgotten::Gone { now_active })
            }
        })?;
        if let Some(directory) = self.path().parent() {
            completion_list::remove_all(directory);
        }
        let read = self.cache.borrow_mut().remove(&key(stored));
        let ended = match outcome {
            Forgotten::Gone { .. } => read.or_else(|| stored.entry.token.clone()),
            Forgotten::Replaced => None,
        };
        Ok(Change { outcome, ended, notices: Vec::new() })
    }
}

impl<T> Change<T> {
    fn without_token(outcome: T) -> Self {
        Self { outcome, ended: None, notices: Vec::new() }
    }
}

fn key(stored: &Stored) -> (Host, AccountName) {
    (stored.host.clone(), stored.account.clone())
}

pub(super) fn changed_meanwhile(stored: &Stored) -> Failure {
    Failure::general(format!(
        "the stored token of {} at `{}` was changed by another keybelt process",
        stored.account, stored.host
    ))
}
