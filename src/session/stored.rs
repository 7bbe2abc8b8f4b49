//! Putting tokens into their stores, and taking them out again.

use super::Session;
use crate::account::AccountName;
use crate::failure::Failure;
use crate::host::Host;
use crate::store::Entry;

impl Session {
    /// Stores an entry and makes its account the active one. Returns the entry that it took the place of.
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

    /// Forgets an entry, unless another process has put a newer token in its place meanwhile. Returns the
    /// account that is active from now on, if that changed.
    ///
    /// # Errors
    /// A failure if the store cannot be changed.
    pub fn forget(
        &self,
        host: &Host,
        account: &AccountName,
        ended: &Entry,
    ) -> Result<Option<AccountName>, Failure> {
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
        Ok(removed.and_then(|removed| removed.now_active))
    }
}
