//! What binds a variable's token to a host: the address variables of the tools that read it.

use crate::environment;
use crate::failure::Failure;
use crate::host::Host;
use crate::provider_name::TokenVariable;

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
