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
pub fn account_of(host: &Host) -> Result<Option<AccountName>, Failure> {
    let key = host.to_string();
    let found = outer_grants()?.into_iter().find(|(_, granted)| *granted == key);
    Ok(found.and_then(|(name, _)| AccountName::new(&name)))
}

/// Returns what an outer `exec` wrote of other hosts than these, as it wrote it.
pub fn grants_except(hosts: &[&Host]) -> Result<Vec<String>, Failure> {
    let is_other = |key: &str| hosts.iter().all(|host| host.to_string() != key);
    let others = outer_grants()?.into_iter().filter(|(_, key)| is_other(key));
    Ok(others.map(|(name, key)| format!("{name}@{key}")).collect())
}

/// Reads the variable. An account's name may have an @ in it; a host never has.
fn outer_grants() -> Result<Vec<(String, String)>, Failure> {
    let outer = environment::text(MARKER)?.unwrap_or_default();
    let grants = outer.split(' ').filter_map(|grant| grant.rsplit_once('@'));
    Ok(grants.map(|(name, key)| (name.to_owned(), key.to_owned())).collect())
}

/// Returns how `exec` writes one account and host.
pub fn format_grant(account: &AccountName, host: &Host) -> String {
    format!("{account}@{host}")
}
