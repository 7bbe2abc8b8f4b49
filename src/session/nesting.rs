//! What an outer `keybelt exec` left in the environment: whose tokens this process was given.
//!
//! A hint among one's own processes, not a proof: whoever sets variables can set this one too.

use crate::account::AccountName;
use crate::environment;
use crate::failure::Failure;
use crate::host::Host;

/// Holds `ACCOUNT@HOST` for each token that `exec` handed on, a blank between them.
pub const MARKER: &str = "KEYBELT_EXEC_ACCOUNTS";

/// Returns the account whose token for `host` an outer `exec` handed on.
///
/// # Errors
/// A usage failure if the variable is not text.
pub fn account_of(host: &Host) -> Result<Option<AccountName>, Failure> {
    let outer = environment::text(MARKER)?.unwrap_or_default();
    let key = host.to_string();
    // An account's name may have an @ in it; a host never has.
    let mut grants = outer.split(' ').filter_map(|grant| grant.rsplit_once('@'));
    let found = grants.find(|(_, granted)| *granted == key);
    Ok(found.and_then(|(name, _)| AccountName::new(name)))
}

/// Returns how `exec` writes one account and host.
pub fn mark(account: &AccountName, host: &Host) -> String {
    format!("{account}@{host}")
}
