//! Public SSH keys: what is accepted as one, and its fingerprints as `ssh-keygen -l` prints them.

use std::fmt::Write as _;

use data_encoding::{BASE64, BASE64_NOPAD};
use sha2::{Digest, Sha256};

use crate::md5::md5;

/// What Aptible's documents name; others are refused.
const KINDS: [&str; 3] = ["ssh-rsa", "ssh-ed25519", "ssh-dss"];

/// A public key, as it is written in a `.pub` file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct PublicKey {
    kind: &'static str,
    blob: Vec<u8>,
    comment: String,
}

impl PublicKey {
    /// Reads one line: the kind, the key in base64 and perhaps a comment.
    pub(crate) fn parse(text: &str) -> Option<PublicKey> {
        let mut words = text.trim().splitn(3, char::is_whitespace);
        let (kind, encoded) = (words.next()?, words.next()?);
        let comment = words.next().unwrap_or_default().trim();
        let kind = KINDS.into_iter().find(|known| *known == kind)?;
        let blob = BASE64.decode(encoded.as_bytes()).ok()?;
        // The key says of itself what it is (RFC 4253, section 6.6).
        let length = u32::try_from(kind.len()).ok()?.to_be_bytes();
        let begins = blob.strip_prefix(&length)?.strip_prefix(kind.as_bytes())?;
        let plain = !comment.contains(char::is_control) && !begins.is_empty();
        plain.then(|| PublicKey { kind, blob, comment: comment.to_owned() })
    }

    /// Returns the line.
    pub(crate) fn line(&self) -> String {
        let line = format!("{} {} {}", self.kind, BASE64.encode(&self.blob), self.comment);
        line.trim_end().to_owned()
    }

    /// Returns whether these are the same key, whatever their comments.
    pub(crate) fn is_same_key(&self, other: &PublicKey) -> bool {
        self.blob == other.blob
    }

    pub(crate) fn sha256_fingerprint(&self) -> String {
        format!("SHA256:{}", BASE64_NOPAD.encode(&Sha256::digest(&self.blob)))
    }

    /// Returns the older kind of fingerprint: pairs of digits with colons between them.
    pub(crate) fn md5_fingerprint(&self) -> String {
        let mut text = String::new();
        for byte in md5(&self.blob) {
            let colon = if text.is_empty() { "" } else { ":" };
            let _ = write!(text, "{colon}{byte:02x}");
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEY: &str =
        "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl";

    #[test]
    fn what_is_no_public_key_is_refused() {
        assert!(
            PublicKey::parse(KEY).is_some() && PublicKey::parse(&format!("{KEY} a b\n")).is_some()
        );
        for text in [
            "",
            "ssh-ed25519",
            "ssh-ed25519 ????",
            "-----BEGIN OPENSSH PRIVATE KEY-----",
            &KEY.replacen("ssh-ed25519", "ssh-rsa", 1),
            &KEY.replacen("ssh-ed25519", "ecdsa-sha2-nistp256", 1),
            &format!("no-pty {KEY}"),
            &format!("{KEY} a\u{1b}[2J"),
        ] {
            assert_eq!(PublicKey::parse(text), None, "{text}");
        }
    }
}
