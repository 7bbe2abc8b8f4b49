//! Which account server a command is about.

use crate::environment;
use crate::failure::Failure;
use crate::host::{self, Host};
use crate::provider_name::ProviderName;
use crate::store::TokensFile;

/// An account server and the reason for choosing it.
#[derive(Debug)]
pub struct Target {
    /// The host.
    pub host: Host,
    /// What chose it, as a person would name it.
    pub reason: &'static str,
}

/// An environment token and the host that it is bound to.
#[derive(Debug, Clone, Copy)]
pub struct TokenVariable {
    /// The variable that holds the token.
    pub name: &'static str,
    /// The variables that name its host, first one first.
    pub addresses: &'static [&'static str],
    /// Whose tools read it.
    pub provider: ProviderName,
    /// The host, if none of them does.
    pub otherwise: &'static str,
}

/// The token variables, in the order in which they win.
pub const TOKEN_VARIABLES: [TokenVariable; 3] = [
    TokenVariable {
        name: "ATLAS_TOKEN",
        addresses: &["ATLAS_ADDRESS"],
        provider: ProviderName::Atlas,
        otherwise: host::DEFAULT,
    },
    TokenVariable {
        name: "TFE_TOKEN",
        addresses: &["TFE_ADDRESS", "TFE_HOSTNAME"],
        provider: ProviderName::Atlas,
        otherwise: host::DEFAULT,
    },
    TokenVariable {
        name: "APTIBLE_ACCESS_TOKEN",
        addresses: &["APTIBLE_AUTH_ROOT_URL"],
        provider: ProviderName::Aptible,
        otherwise: host::APTIBLE,
    },
];

impl TokenVariable {
    /// Returns the one host that the variable's token is for.
    pub fn bound_to(&self) -> Result<Host, Failure> {
        match self.named_host()? {
            Some((host, _)) => Ok(host),
            None => Host::parse(self.otherwise),
        }
    }

    /// Returns the host that an address variable names, and which one does.
    pub fn named_host(&self) -> Result<Option<(Host, &'static str)>, Failure> {
        for name in self.addresses {
            if let Some(address) = environment::text(name)? {
                let host = Host::parse(&address).map_err(|failure| failure.about(name))?;
                return Ok(Some((host, name)));
            }
        }
        Ok(None)
    }
}

/// Resolves the target: the host that an option names, `KEYBELT_HOST`, the host of an environment token, the
/// current host, the default.
pub(super) fn resolve(named: Option<Host>, store: &TokensFile) -> Result<Target, Failure> {
    if let Some(host) = named {
        return Ok(Target { host, reason: "--host" });
    }
    if let Some(address) = environment::text("KEYBELT_HOST")? {
        let host = Host::parse(&address).map_err(|failure| failure.about("KEYBELT_HOST"))?;
        return Ok(Target { host, reason: "KEYBELT_HOST" });
    }
    for variable in TOKEN_VARIABLES {
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
