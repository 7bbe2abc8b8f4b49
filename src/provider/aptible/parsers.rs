//! What must hold of the parsers of answers, tokens and addresses, whatever they say.

use serde_json::Value;

use super::claims::Claims;
use super::link::Link;
use super::wire;
use crate::host::Host;
use crate::token::Token;

/// Reads a document as everything that it may be.
pub fn aptible_document(bytes: &[u8]) {
    let Ok(document) = serde_json::from_slice::<Value>(bytes) else { return };
    drop((wire::two_factor(&document), wire::provisioning_url(&document)));
    if let Some(codes) = wire::embedded(&document, "otp_recovery_codes") {
        let (listed, _) = wire::recovery_codes(codes);
        assert!(listed.len() <= codes.len());
    }
}

/// Reads what a token says of itself.
pub fn aptible_claims(bytes: &[u8]) {
    let payload = data_encoding::BASE64URL_NOPAD.encode(bytes);
    let Some(token) = Token::new(&format!("e30.{payload}.sig")) else { return };
    let claims = Claims::new(&token);
    drop((claims.id(), claims.expires_at(), claims.organization()));
    assert!(claims.user().is_none_or(|user| !user.is_empty()));
}

/// An address that is taken is on the host itself.
pub fn aptible_address(bytes: &[u8]) {
    let Ok(host) = Host::parse("auth.example.com") else { return };
    let text = String::from_utf8_lossy(bytes);
    let Ok(link) = Link::parse(&text, &host) else { return };
    let address = url::Url::parse(&link.address(&host));
    let again = address.ok().filter(|url| url.host_str() == Some("auth.example.com"));
    assert!(link.path().starts_with('/') && again.is_some(), "{text}");
}
