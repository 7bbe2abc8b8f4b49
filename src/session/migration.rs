//! Moving tokens from one store to another.
//!
//! A token is copied, read back, and only then erased where it was. At every moment one of the two stores has
//! it, the entry says which, and it names the other one as long as a copy may be there.

use super::Session;
use super::stored::changed_meanwhile;
use crate::account::AccountName;
use crate::failure::Failure;
use crate::host::Host;
use crate::store::{Entry, StoreName};

impl Session {
    /// Moves an entry's token to another store.
    ///
    /// # Errors
    /// Those of the stores; unless the message says otherwise the token is still where it was.
    pub fn migrate(
        &self,
        host: &Host,
        account: &AccountName,
        entry: &Entry,
        to: &StoreName,
    ) -> Result<(), Failure> {
        let _turn = self.lock_stores_of([&entry.store, to])?;
        let token = self.read_token(host, account, entry)?.ok_or_else(|| {
            Failure::failure(format!("{} holds no token of {account} at `{host}`", entry.store))
                .hint(format!("run `keybelt login {host}`"))
        })?;
        let moved = Entry {
            store: to.clone(),
            extra_copy_in: Some(entry.store.clone()).filter(|old| *old != StoreName::File),
            token: Some(token.clone()),
            ..entry.clone()
        };
        let stays = |failure: Failure| {
            failure.hint(format!("nothing was moved; the token is still in {}", entry.store))
        };
        self.write_token(host, account, Some(entry), &moved).map_err(stays)?;
        self.change_entry(host, account, entry, &moved)?;
        self.erase_copy(host, account)
    }

    /// Erases the copy that an entry notes, if it notes one.
    ///
    /// # Errors
    /// A failure if the store keeps it; it stays noted then.
    pub fn erase_copy(&self, host: &Host, account: &AccountName) -> Result<(), Failure> {
        let Some((_, entry)) = self.store.find(host, Some(account))? else {
            return Ok(());
        };
        let Some(store) = entry.extra_copy_in.as_ref().filter(|copy| **copy != entry.store) else {
            return Ok(());
        };
        self.ask(store, |secrets| secrets.erase(host, account)).map_err(|failure| {
            failure
                .within(format_args!(
                    "{store} may still have a copy of the token of {account} at {host}"
                ))
                .hint(format!(
                    "`keybelt store migrate {}` erases it as soon as {store} lets it",
                    entry.store
                ))
        })?;
        self.note_copy(host, account, &entry, None)
    }

    /// Notes in an entry that another store may have a copy of its token from now on, or has none any more.
    pub(super) fn note_copy(
        &self,
        host: &Host,
        account: &AccountName,
        entry: &Entry,
        extra_copy_in: Option<&StoreName>,
    ) -> Result<(), Failure> {
        let noted = Entry { extra_copy_in: extra_copy_in.cloned(), ..entry.clone() };
        self.change_entry(host, account, entry, &noted)
    }

    fn change_entry(
        &self,
        host: &Host,
        account: &AccountName,
        from: &Entry,
        to: &Entry,
    ) -> Result<(), Failure> {
        self.store.change(|tokens| {
            let found = tokens.entry(host, account);
            if !found.is_some_and(|found| found.is_same_token(from)) {
                return Err(changed_meanwhile(host, account));
            }
            tokens.put(host, account, to);
            Ok(())
        })
    }
}
