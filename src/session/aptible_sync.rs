//! Aptible's own `tokens.json`, kept in step with the store where a person asked for it
//! (`aptible.write_tokens_json`), so that other Aptible tools go on working.
//!
//! Only stored tokens go there, never one from the environment. What cannot be written is a warning: the
//! token is in the store, and works.

use super::{Session, settings};
use crate::environment;
use crate::failure::Failure;
use crate::host::Host;
use crate::other_tools::TokenFile;
use crate::other_tools::aptible::AptibleFile;
use crate::provider_name::ProviderName;
use crate::setting;
use crate::terminal;
use crate::token::Token;

impl Session {
    /// Returns whether Aptible's file is written.
    pub fn writes_tool_file(&self) -> Result<bool, Failure> {
        let (setting, config) = (&setting::WRITE_APTIBLE_FILE, &self.options.config);
        settings::parsed(setting, None, config, environment::yes_or_no)
    }

    /// Puts the active account's token into Aptible's file; with nobody left, takes out the one that ended.
    pub fn sync_tool_file(&self, host: &Host, ended: Option<&Token>) {
        let outcome = match self.writes_tool_file() {
            Ok(true) => self.write_tool_file(host, ended),
            outcome => outcome.map(drop),
        };
        if let Err(failure) = outcome {
            terminal::warn(&failure.message);
        }
    }

    fn write_tool_file(&self, host: &Host, ended: Option<&Token>) -> Result<(), Failure> {
        let file = AptibleFile::of_user()
            .ok_or_else(|| Failure::general("there is no directory for Aptible's tokens.json"))?;
        let active = match self.store.find(host, None)? {
            Some(stored) if stored.entry.provider != ProviderName::Aptible => return Ok(()),
            Some(stored) => self.store.get(&stored)?,
            None => None,
        };
        // Under the store's lock, so that two of us do not write the other tool's file at once.
        self.store.change(|_| match (&active, ended) {
            (Some(token), _) => file.put(host, token),
            (None, Some(ended)) => file.remove(host, ended),
            (None, None) => Ok(()),
        })
    }
}
