//! Time-based one-time passwords, RFC 6238 over RFC 4226: SHA-1, six digits, 30 seconds, which is
//! what an `otpauth` URI without parameters means.

use data_encoding::{BASE32, BASE32_NOPAD};
use hmac::{Hmac, KeyInit, Mac};
use sha1::Sha1;

use crate::random;

/// The length of a time step in seconds.
pub(crate) const STEP_SECONDS: u64 = 30;

/// Returns the verification code that an authenticator app shows at `unix_seconds`, or `None` if
/// the secret is not base32.
///
/// Blanks, padding and lower case are accepted, as authenticator apps accept them.
pub fn totp(secret_base32: &str, unix_seconds: u64) -> Option<String> {
    let secret = decode(secret_base32)?;
    Some(code_at_step(&secret, unix_seconds / STEP_SECONDS))
}

/// Returns a new secret of 160 bits in base32; authenticator libraries refuse fewer than 112 bits.
pub(crate) fn new_secret() -> String {
    BASE32_NOPAD.encode(&random::bytes::<20>())
}

/// Returns the time step within one of the present one whose code this is.
///
/// One step of clock skew each way; RFC 6238 §5.2 advises against more.
pub(crate) fn matching_step(secret_base32: &str, code: &str, unix_seconds: u64) -> Option<u64> {
    let secret = decode(secret_base32)?;
    let present = unix_seconds / STEP_SECONDS;
    (present.saturating_sub(1)..=present + 1).find(|&step| code_at_step(&secret, step) == code)
}

fn decode(secret_base32: &str) -> Option<Vec<u8>> {
    let mut text: String = secret_base32
        .chars()
        .filter(|character| !character.is_whitespace() && *character != '=')
        .collect();
    text.make_ascii_uppercase();
    text.push_str(&"=".repeat((8 - text.len() % 8) % 8));
    BASE32.decode(text.as_bytes()).ok()
}

fn code_at_step(secret: &[u8], step: u64) -> String {
    let mut mac = Hmac::<Sha1>::new_from_slice(secret).expect("HMAC takes keys of any length");
    mac.update(&step.to_be_bytes());
    let digest = mac.finalize().into_bytes();
    // RFC 4226 §5.3: the last four bits say where the 31 bits of the code begin.
    let offset = usize::from(digest[19] & 0x0f);
    let word = [digest[offset], digest[offset + 1], digest[offset + 2], digest[offset + 3]];
    let number = u32::from_be_bytes(word) & 0x7fff_ffff;
    format!("{:06}", number % 1_000_000)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_vectors_of_rfc_6238_come_out() {
        let secret = BASE32.encode(b"12345678901234567890");
        // Appendix B, the SHA-1 column; six digits are the last six of its eight.
        let vectors = [
            (59, "94287082"),
            (1_111_111_109, "07081804"),
            (1_111_111_111, "14050471"),
            (1_234_567_890, "89005924"),
            (2_000_000_000, "69279037"),
            (20_000_000_000, "65353130"),
        ];
        for (time, code) in vectors {
            assert_eq!(totp(&secret, time).as_deref(), Some(&code[2..]), "at {time}");
        }
    }

    #[test]
    fn a_secret_may_be_grouped_padded_and_in_lower_case() {
        let tidy = totp("JBSWY3DPEHPK3PXPJBSWY3DP", 1_000_000_000);
        assert!(tidy.is_some());
        assert_eq!(totp("jbsw y3dp ehpk 3pxp jbsw y3dp", 1_000_000_000), tidy);
        assert_eq!(totp("JBSWY3DPEA======", 59), totp("JBSWY3DPEA", 59));
        assert_eq!(totp("not base32!", 59), None);
    }

    #[test]
    fn a_new_secret_has_160_bits() {
        let secret = new_secret();
        assert_eq!((secret.len(), decode(&secret).unwrap().len()), (32, 20));
    }
}
