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
    Ok(outer.split(' ').filter_map(parse_grant).collect())
}

fn parse_grant(grant: &str) -> Option<(String, String)> {
    let (name, key) = grant.rsplit_once('@')?;
    Some((name.to_owned(), key.to_owned()))
}

/// Returns how `exec` writes one account and host.
pub fn format_grant(account: &AccountName, host: &Host) -> String {
    format!("{account}@{host}")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{format_grant, parse_grant};
    use crate::account::AccountName;
    use crate::host::Host;
    use crate::host::tests::{few_cases, written_host};

    proptest! {
        #![proptest_config(few_cases())]

        #[test]
        fn a_grant_reads_back_as_it_was_written(
            host in written_host(),
            name in "[A-Za-z0-9][A-Za-z0-9._@+-]{0,20}",
        ) {
            if let (Ok(host), Some(account)) = (Host::parse(&host), AccountName::new(&name)) {
                let grant = format_grant(&account, &host);
                prop_assert!(!grant.contains(' '));
                prop_assert_eq!(parse_grant(&grant), Some((name, host.to_string())));
            }
        }
    }
}
