//! Which store a token goes to, and what follows when one is stored or forgotten: warnings, and another
//! tool's file. How it gets there is the store's business.

use std::time::Duration;

use super::{Session, child_terminal, settings};
use crate::account::AccountName;
use crate::failure::Failure;
use crate::host::Host;
use crate::lifetime::Lifetime;
use crate::setting;
use crate::store::config::Config;
use crate::store::{Change, Choice, Entry, Forgotten, StoreName, StoreOptions, Stored};
use crate::terminal;
use crate::terminal::prompt::Prompter;
use crate::two_factor::PendingEnrolment;

/// How long a person may take to unlock a store.
const UNLOCK: Duration = Duration::from_secs(60);

/// Returns how stores outside `tokens.json` are asked.
///
/// # Errors
/// A usage failure if `store_timeout` is not a length of time.
pub(super) fn store_options(config: &Config) -> Result<StoreOptions, Failure> {
    let timeout = settings::parsed(&setting::STORE_TIMEOUT, None, config, Lifetime::parse)?;
    Ok(StoreOptions {
        timeout: Duration::from_secs(timeout.seconds().unsigned_abs()),
        unlock: Prompter::open().ok().map(|_| UNLOCK),
        terminal: child_terminal(),
    })
}

impl Session {
    /// Returns the store that an option, a variable or the configuration asks for.
    ///
    /// # Errors
    /// A usage failure if one is named that is none.
    pub fn asked_store(&self) -> Result<StoreName, Failure> {
        let flag = self.options.store.clone();
        settings::parsed(&setting::STORE, flag, &self.options.config, StoreName::parse)
    }

    /// Returns the store for an account's token: what this command asks for, where the account's token is
    /// already, or what is configured.
    ///
    /// # Errors
    /// A usage failure if a store is named that is none.
    pub fn store_for(&self, host: &Host, account: &AccountName) -> Result<StoreName, Failure> {
        let flag = self.options.store.clone();
        let winner = settings::effective(&setting::STORE, flag, &self.options.config)?.winner;
        let configured = self.asked_store()?;
        if matches!(winner, settings::Winner::Flag | settings::Winner::Environment) {
            return Ok(configured);
        }
        let found = self.store.find(host, Some(account))?;
        Ok(found.map_or(configured, |stored| stored.entry.store))
    }

    /// Stores an entry with its token. Returns the entry that it took the place of, with its token.
    ///
    /// # Errors
    /// As [`crate::store::TokenStore::put`].
    pub fn put(&self, new: &Stored, choice: Choice<'_>) -> Result<Option<Entry>, Failure> {
        let change = self.store.put(new, choice)?;
        Ok(self.report_change(&new.host, change))
    }

    /// Forgets an entry and its token.
    ///
    /// # Errors
    /// As [`crate::store::TokenStore::forget`].
    pub fn forget(&self, stored: &Stored) -> Result<Forgotten, Failure> {
        self.read_for_tool_file(stored);
        let change = self.store.forget(stored)?;
        Ok(self.report_change(&stored.host, change))
    }

    /// Forgets only an entry; its token stays where it is.
    ///
    /// # Errors
    /// As [`crate::store::TokenStore::forget_entry`].
    pub fn forget_entry(&self, stored: &Stored) -> Result<Forgotten, Failure> {
        self.read_for_tool_file(stored);
        let change = self.store.forget_entry(stored)?;
        Ok(self.report_change(&stored.host, change))
    }

    /// Reads a token that another tool's file may have too, so that it is known when it goes.
    fn read_for_tool_file(&self, stored: &Stored) {
        if self.writes_tool_file().unwrap_or(false) {
            // What cannot be read cannot be compared, and stays in that file.
            let _ = self.store.get(stored);
        }
    }

    fn report_change<T>(&self, host: &Host, change: Change<T>) -> T {
        for notice in change.notices {
            terminal::warn(&notice);
        }
        self.sync_tool_file(host, change.ended.as_ref());
        change.outcome
    }

    /// Returns which enrolment waits for its code, as the entry in use has it now.
    ///
    /// # Errors
    /// Those of finding the credential and of the store.
    pub fn pending_enrolment(&self, host: &Host) -> Result<Option<PendingEnrolment>, Failure> {
        let Some(used) = self.signed_in(host)?.stored else {
            return Ok(None);
        };
        let found = self.store.find(host, Some(&used.account))?;
        Ok(found.and_then(|stored| stored.entry.pending_enrolment()))
    }

    /// Notes in the entry in use which enrolment waits for its code, or that none does. Returns whether there
    /// is an entry: a token from outside keybelt's store has none.
    ///
    /// # Errors
    /// Those of finding the credential and of the store.
    pub fn note_enrolment(
        &self,
        host: &Host,
        pending: Option<&PendingEnrolment>,
    ) -> Result<bool, Failure> {
        let Some(used) = self.signed_in(host)?.stored else {
            return Ok(false);
        };
        self.store.change(|tokens| {
            let found = tokens.entry(host, &used.account);
            if let Some(mut entry) = found.filter(|found| found.is_same_token(&used.entry)) {
                entry.pending_two_factor = pending.and_then(|pending| pending.id.clone());
                entry.pending_delivery = pending.map(|pending| pending.delivery);
                tokens.put(host, &used.account, &entry);
            }
            Ok(())
        })?;
        Ok(true)
    }
}
