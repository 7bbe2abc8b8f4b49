//! What a token rotation that was killed has left on the server, and ending it.
//!
//! Before a rotation does anything that a dying process could leave half done, it notes in the entry by what
//! the token can be found that must end: first the new one's description, then the old one's id.

use crate::account::{Account, Identifier};
use crate::failure::Failure;
use crate::provider::AccountServer;
use crate::store::Entry;
use crate::terminal;
use crate::token::{Credential, TokenInfo};

/// Ends what the entry's rotation left behind, and says so.
pub fn revoke_leftover(
    server: &dyn AccountServer,
    credential: &Credential,
    account: &Account,
    entry: &Entry,
) -> Result<(), Failure> {
    if entry.pending_rotation.is_none() {
        return Ok(());
    }
    let tokens = server.tokens(credential, account)?;
    revoke_leftover_among(&tokens, server, credential, account.token_id.as_ref(), entry)
}

/// The same, where the account's tokens are known already; `this` is the id of the token in use.
pub fn revoke_leftover_among(
    tokens: &[TokenInfo],
    server: &dyn AccountServer,
    credential: &Credential,
    this: Option<&Identifier>,
    entry: &Entry,
) -> Result<(), Failure> {
    let Some(noted) = entry.pending_rotation.as_deref() else {
        return Ok(());
    };
    // In a store outside the file the new token may be there already, while the entry still names the old one.
    let replaced = entry.token_id.as_ref().filter(|_| this.is_some());
    let left = tokens.iter().filter(|token| {
        token.description.as_deref() == Some(noted)
            || token.id.as_str() == noted
            || replaced == Some(&token.id)
    });
    for token in left.filter(|token| this != Some(&token.id)) {
        server.revoke_token(credential, &token.id)?;
        terminal::say(&format!("Revoked {}, left behind by an interrupted rotation", token.id));
    }
    Ok(())
}

/// Says that something may be left, where it could not be looked for.
pub fn warn(server: &dyn AccountServer, failure: &Failure) {
    terminal::warn(&format!(
        "an interrupted rotation may have left a token ({failure}); check {}",
        server.token_page()
    ));
}
