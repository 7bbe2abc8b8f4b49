//! Which account server a command is about.

use crate::environment;
use crate::failure::Failure;
use crate::host::{self, Host};
use crate::provider_name;
use crate::store::TokenStore;

/// An account server and the reason for choosing it.
#[derive(Debug)]
pub struct Target {
    /// The host.
    pub host: Host,
    /// What chose it, as a person would name it.
    pub reason: &'static str,
}

/// Returns the host that an option or `KEYBELT_HOST` chooses, and which of the two does.
pub(super) fn chosen(named: Option<Host>) -> Result<Option<Target>, Failure> {
    if let Some(host) = named {
        return Ok(Some(Target { host, reason: "--host" }));
    }
    let Some(address) = environment::text("KEYBELT_HOST")? else {
        return Ok(None);
    };
    let host = Host::typed(&address).map_err(|failure| failure.about("KEYBELT_HOST"))?;
    Ok(Some(Target { host, reason: "KEYBELT_HOST" }))
}

/// Resolves the target: the host that an option names, `KEYBELT_HOST`, the host of an environment token, the
/// current host, the default.
pub(super) fn resolve(named: Option<Host>, store: &TokenStore) -> Result<Target, Failure> {
    if let Some(target) = chosen(named)? {
        return Ok(target);
    }
    for variable in provider_name::token_variables() {
        if environment::text(variable.name)?.is_some()
            && let Some((host, reason)) = variable.named_host()?
        {
            return Ok(Target { host, reason });
        }
    }
    if let Some(host) = store.quick_read()?.current().cloned() {
        return Ok(Target { host, reason: "current host" });
    }
    Ok(Target { host: Host::parse(host::DEFAULT)?, reason: "default" })
}
