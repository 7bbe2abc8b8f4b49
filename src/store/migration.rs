//! Moving tokens from one store to another.
//!
//! A token is copied, read back, and only then erased where it was. At every moment one of the two stores has
//! it, the entry says which, and it names the other one as long as a copy may be there.

use super::token_store::{TokenStore, changed_meanwhile};
use super::{Entry, StoreName, Stored};
use crate::environment::shorten_home;
use crate::failure::Failure;

impl TokenStore {
    /// Moves an entry's token to another store.
    ///
    /// # Errors
    /// Those of the stores; unless the message says otherwise the token is still where it was.
    pub fn migrate(&self, stored: &Stored, to: &StoreName) -> Result<(), Failure> {
        let entry = &stored.entry;
        let _lock = self.lock_stores_of([&entry.store, to])?;
        let token = self.get(stored)?.ok_or_else(|| {
            Failure::general(format!(
                "{} has no token of {} at `{}`",
                entry.store, stored.account, stored.host
            ))
            .hint(format!("run `keybelt login {}`", stored.host))
        })?;
        let moved = stored.with(Entry {
            store: to.clone(),
            extra_copy_in: Some(entry.store.clone()).filter(|old| *old != StoreName::File),
            token: Some(token),
            ..entry.clone()
        });
        let place = match &entry.store {
            StoreName::File => shorten_home(self.path()),
            other => other.to_string(),
        };
        let stays = |failure: Failure| {
            failure
                .adding(format_args!("nothing was moved; the token is still in {place}"))
                .hint("check the stores with `keybelt doctor`")
        };
        self.write_token(Some(stored), &moved).map_err(stays)?;
        self.change_entry(stored, &moved.entry)?;
        self.erase_copy(stored)
    }

    /// Erases the copy that an account's entry notes, if it notes one.
    ///
    /// # Errors
    /// A failure if the store keeps it; it stays noted then.
    pub fn erase_copy(&self, of: &Stored) -> Result<(), Failure> {
        let Some(stored) = self.find(&of.host, Some(&of.account))? else {
            return Ok(());
        };
        let entry = &stored.entry;
        let Some(store) = entry.extra_copy_in.as_ref().filter(|copy| **copy != entry.store) else {
            return Ok(());
        };
        self.keepers.erase(&stored, store).map_err(|failure| {
            failure
                .within(format!(
                    "{store} may still have a copy of the token of {} at {}",
                    stored.account, stored.host
                ))
                .hint(format!(
                    "delete it with `keybelt store migrate {}` once {store} works",
                    entry.store
                ))
        })?;
        self.note_copy(&stored, None)
    }

    /// Notes in an entry that another store may have a copy of its token from now on, or has none any more.
    pub(super) fn note_copy(
        &self,
        stored: &Stored,
        copy: Option<&StoreName>,
    ) -> Result<(), Failure> {
        let noted = Entry { extra_copy_in: copy.cloned(), ..stored.entry.clone() };
        self.change_entry(stored, &noted)
    }

    fn change_entry(&self, from: &Stored, to: &Entry) -> Result<(), Failure> {
        self.file.change(|tokens| {
            let found = tokens.entry(&from.host, &from.account);
            if !found.is_some_and(|found| found.is_same_token(&from.entry)) {
                return Err(changed_meanwhile(from));
            }
            tokens.put(&from.host, &from.account, to);
            Ok(())
        })
    }
}
