//! What must hold of the parsers of answers, whatever they say: they return, and what they return is named.

use serde_json::Value;

use super::wire;
use crate::host::Host;

/// Reads a document as everything that it may be.
pub fn atlas_document(bytes: &[u8]) {
    let Ok(document) = serde_json::from_slice::<Value>(bytes) else { return };
    let Ok(host) = Host::parse("tfe.example.com") else { return };
    if let Ok(account) = wire::account(&document, &host) {
        assert!(!account.name.as_str().is_empty());
    }
    drop((wire::two_factor(&document), wire::verified(&document)));
    drop((wire::provisioning_url(&document), wire::recovery_codes(&document)));
    drop((wire::created_token(&document), wire::token(&document)));
}

/// Reads a body as an error, and as a question for a code.
pub fn atlas_error(bytes: &[u8]) {
    let texts = wire::errors(bytes);
    assert!(texts.iter().all(|text| text.len() <= bytes.len() * 8 + 64));
    drop((wire::challenge(bytes), wire::masked_number(bytes)));
}
