//! The stores outside `tokens.json`, asked one at a time.
//!
//! One that did not answer in time is not waited for twice in one process.

use std::cell::RefCell;
use std::time::Instant;

use super::secret::{ExternalStore, StoreOptions};
use super::{StoreName, Stored};
use crate::failure::Failure;
use crate::token::Token;

/// Says how such a store is asked; called only when one is.
pub type OptionsSource = Box<dyn Fn() -> Result<StoreOptions, Failure>>;

/// The stores outside the file.
pub(super) struct Keepers {
    options: OptionsSource,
    silent: RefCell<Vec<StoreName>>,
}

impl Keepers {
    pub fn new(options: OptionsSource) -> Self {
        Self { options, silent: RefCell::default() }
    }

    /// Asks a store outside the file; `None` for the file.
    pub fn ask<T>(
        &self,
        store: &StoreName,
        question: impl FnOnce(&dyn ExternalStore) -> Result<T, Failure>,
    ) -> Result<Option<T>, Failure> {
        if *store == StoreName::File {
            return Ok(None);
        }
        let options = (self.options)()?;
        let Some(opened) = store.open(options) else {
            return Ok(None);
        };
        if self.is_silent(store) {
            return Err(Failure::general(format!("{store} did not respond earlier")));
        }
        let asked = Instant::now();
        let answer = question(&*opened);
        if answer.is_err() && asked.elapsed() >= options.timeout {
            self.silent.borrow_mut().push(store.clone());
        }
        answer.map(Some)
    }

    /// Returns whether a store was asked, and did not answer in time.
    pub fn is_silent(&self, store: &StoreName) -> bool {
        self.silent.borrow().contains(store)
    }

    /// Reads a token; the outer `None` is for the file.
    pub fn get(&self, stored: &Stored) -> Result<Option<Option<Token>>, Failure> {
        self.ask(&stored.entry.store, |store| store.get(&stored.host, &stored.account))
    }

    /// Writes a token.
    pub fn set(&self, stored: &Stored, token: &Token) -> Result<(), Failure> {
        self.ask(&stored.entry.store, |store| store.set(&stored.host, &stored.account, token))
            .map(drop)
    }

    /// Erases an account's token in a store.
    pub fn erase(&self, stored: &Stored, store: &StoreName) -> Result<(), Failure> {
        self.ask(store, |store| store.erase(&stored.host, &stored.account)).map(drop)
    }
}
