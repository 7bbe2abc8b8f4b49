//! Randomness from the operating system: passwords, tokens, ids, codes. Nothing here is seeded,
//! so that no two sandboxes share a secret.

const ALPHANUMERIC: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
const DIGITS: &[u8] = b"0123456789";
const HEXADECIMAL: &[u8] = b"0123456789abcdef";

/// Returns `N` random bytes.
pub(crate) fn bytes<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).expect("the operating system has randomness");
    bytes
}

/// Returns `length` letters and digits.
pub(crate) fn alphanumeric(length: usize) -> String {
    pick(ALPHANUMERIC, length)
}

/// Returns `length` decimal digits.
pub(crate) fn digits(length: usize) -> String {
    pick(DIGITS, length)
}

/// Returns `length` hexadecimal digits.
pub(crate) fn hexadecimal(length: usize) -> String {
    pick(HEXADECIMAL, length)
}

/// Returns a UUID of version 4 (RFC 9562, section 5.4).
pub(crate) fn uuid() -> String {
    format_uuid(bytes())
}

/// Returns the UUID that these bytes make, whatever their version was.
pub(crate) fn format_uuid(mut bytes: [u8; 16]) -> String {
    bytes[6] = 0x40 | bytes[6] & 0x0f;
    bytes[8] = 0x80 | bytes[8] & 0x3f;
    let digits = data_encoding::HEXLOWER.encode(&bytes);
    let groups = [&digits[..8], &digits[8..12], &digits[12..16], &digits[16..20], &digits[20..]];
    groups.join("-")
}

fn pick(alphabet: &[u8], length: usize) -> String {
    // Bytes at or above the largest multiple of the alphabet's size would favour its beginning.
    let fair = 256 - 256 % alphabet.len();
    let mut text = String::with_capacity(length);
    while text.len() < length {
        let random = bytes::<64>();
        let fair_bytes = random.iter().filter(|&&byte| usize::from(byte) < fair);
        text.extend(
            fair_bytes
                .take(length - text.len())
                .map(|&byte| char::from(alphabet[usize::from(byte) % alphabet.len()])),
        );
    }
    text
}
