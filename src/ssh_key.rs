//! SSH keys and security keys: what opens an account's other doors, and how people tell one from another.

use data_encoding::{BASE64, BASE64_NOPAD};
use jiff::Timestamp;
use ring::digest;

use crate::account::Identifier;

/// How the first line of a private key's file begins, in every form that programs write.
const PRIVATE: [&str; 3] = ["PRIVATE KEY", "PuTTY-User-Key-File", "SSH PRIVATE KEY FILE"];

/// A public SSH key. Its parts are checked against each other, so that nothing else is sent in its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicKey {
    kind: String,
    blob: Vec<u8>,
    /// What stands behind the key, often `user@machine`; blank if nothing does.
    pub comment: String,
}

impl PublicKey {
    /// Reads a line of a `.pub` or an `authorized_keys` file, whose options are left out (sshd(8)); `None` if it
    /// is none. Certificates are none: their fingerprint is that of another key.
    pub fn parse(line: &str) -> Option<Self> {
        let line = line.trim();
        Self::without_options(line).or_else(|| Self::without_options(after_options(line)?))
    }

    fn without_options(text: &str) -> Option<Self> {
        let (kind, rest) = text.split_once([' ', '\t'])?;
        let rest = rest.trim_start();
        let (encoded, comment) = rest.split_once([' ', '\t']).unwrap_or((rest, ""));
        let blob = BASE64.decode(encoded.as_bytes()).ok()?;
        // The key says of itself what it is (RFC 4253, section 6.6).
        let length = u32::try_from(kind.len()).ok()?.to_be_bytes();
        let body = blob.strip_prefix(&length)?.strip_prefix(kind.as_bytes())?;
        let is_name = kind.bytes().all(|b| b.is_ascii_alphanumeric() || b"-@.".contains(&b));
        let is_key = is_name && !kind.is_empty() && !kind.contains("-cert-v") && !body.is_empty();
        let comment = comment.trim().to_owned();
        is_key.then(|| Self { kind: kind.to_owned(), blob, comment })
    }

    /// Returns the key as one line, without its comment.
    pub fn line(&self) -> String {
        format!("{} {}", self.kind, BASE64.encode(&self.blob))
    }

    /// Returns the kind, such as `ssh-ed25519`.
    pub fn kind(&self) -> &str {
        &self.kind
    }

    /// Returns the fingerprint as `ssh-keygen -lf` prints it.
    pub fn fingerprint(&self) -> String {
        let sum = digest::digest(&digest::SHA256, &self.blob);
        format!("SHA256:{}", BASE64_NOPAD.encode(sum.as_ref()))
    }
}

/// Returns what follows the options: blanks between double quotes are in them, and so is a quote behind `\`.
fn after_options(line: &str) -> Option<&str> {
    let (mut is_quoted, mut is_escaped) = (false, false);
    let end = line.find(|c: char| {
        let is_end = !is_quoted && matches!(c, ' ' | '\t');
        is_quoted ^= c == '"' && !is_escaped;
        is_escaped = c == '\\' && !is_escaped;
        is_end
    })?;
    Some(line[end..].trim_start())
}

/// Returns whether a text, or the first line of one, is that of a private key.
pub fn is_private(text: &[u8]) -> bool {
    PRIVATE.iter().any(|mark| memchr::memmem::find(text, mark.as_bytes()).is_some())
}

/// An SSH key that an account server lists.
#[derive(Debug, Clone)]
pub struct SshKey {
    /// Names it to the server.
    pub id: Identifier,
    /// What the person called it.
    pub name: Option<String>,
    /// Its kind, where the server shows the key.
    pub kind: Option<String>,
    /// Its fingerprint: reckoned from the key where the server shows it, else as the server says.
    pub fingerprint: Option<String>,
    /// When it was added.
    pub created_at: Option<Timestamp>,
}

/// A security key that is a second factor of an account.
#[derive(Debug, Clone)]
pub struct SecurityKey {
    /// Names it to the server.
    pub id: Identifier,
    /// What the person called it.
    pub name: Option<String>,
    /// When it was enrolled.
    pub created_at: Option<Timestamp>,
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEY: &str =
        "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl";

    #[test]
    fn options_and_comments_are_no_part_of_a_key() {
        for (line, comment) in [
            (KEY.to_owned(), ""),
            (format!("  {KEY}\t a b \r\n"), "a b"),
            (format!("no-pty,command=\"echo \\\"a b\\\" c\" {KEY} robot"), "robot"),
            (format!("from=\"10.0.0.0/8\"\t{KEY}"), ""),
        ] {
            let key = PublicKey::parse(&line).expect("a key");
            assert_eq!((key.line().as_str(), key.comment.as_str()), (KEY, comment), "{line}");
        }
    }

    #[test]
    fn what_is_no_public_key_is_none() {
        for line in [
            "",
            "ssh-ed25519",
            "ssh-ed25519 ????",
            "a b c d",
            "-----BEGIN OPENSSH PRIVATE KEY-----",
            &KEY.replacen("ssh-ed25519", "ssh-rsa", 1),
            &KEY[..KEY.len() - 3],
            "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5",
        ] {
            assert_eq!(PublicKey::parse(line), None, "{line}");
        }
    }
}
