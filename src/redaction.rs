//! The last line of defence: registered secrets never leave on stderr, whoever put them into a text.
//!
//! Nothing may rely on it. Secrets are kept out of messages where messages are made; this catches the
//! library whose error quotes what it was given.

use std::borrow::Cow;
use std::collections::HashSet;
use std::sync::{Mutex, MutexGuard, PoisonError};

use data_encoding::{BASE64, BASE64_NOPAD, BASE64URL, BASE64URL_NOPAD, Encoding};
use secrecy::{ExposeSecret, SecretString};

use crate::text;

/// Shorter ones would blot out ordinary words.
const MIN_BYTES: usize = 6;

/// Every spelling of every registered secret, longest first.
static SPELLINGS: Mutex<Vec<SecretString>> = Mutex::new(Vec::new());

/// Registers a secret of at least 6 bytes: from now on stderr shows `[redacted]` in its place.
///
/// It is recognized as it is, in base64 (also as a part of something longer), percent-encoded and escaped.
/// Results on stdout are left alone: they are what was asked for.
pub fn protect(secret: &SecretString) {
    if secret.expose_secret().len() < MIN_BYTES {
        return;
    }
    let mut known = lock();
    for spelling in spellings(secret.expose_secret()) {
        let is_new = |other: &SecretString| other.expose_secret() != spelling;
        if spelling.len() >= MIN_BYTES && known.iter().all(is_new) {
            known.push(spelling.into());
        }
    }
    known.sort_by_key(|spelling| std::cmp::Reverse(spelling.expose_secret().len()));
}

/// Returns the text without registered secrets. Whoever cuts a text does this first: half a secret is not found.
pub fn redact(text: &str) -> Cow<'_, str> {
    let mut text = Cow::Borrowed(text);
    for spelling in lock().iter() {
        if text.contains(spelling.expose_secret()) {
            text = Cow::Owned(text.replace(spelling.expose_secret(), "[redacted]"));
        }
    }
    text
}

/// How many characters in a row are a piece of a secret, and no chance.
const PIECE: usize = 12;

/// Takes a secret out of what somebody printed who was given it: every piece of every spelling, whatever line breaks
/// are in it.
pub fn redact_pieces(text: &str, secret: &SecretString) -> String {
    let spellings = spellings(secret.expose_secret());
    let pieces: HashSet<&[u8]> =
        spellings.iter().flat_map(|spelling| spelling.as_bytes().windows(PIECE)).collect();
    let is_blank = |at: &usize| text.as_bytes()[*at].is_ascii_whitespace();
    let places: Vec<usize> = (0..text.len()).filter(|at| !is_blank(at)).collect();
    let dense: Vec<u8> = places.iter().map(|at| text.as_bytes()[*at]).collect();
    let mut hidden = vec![false; text.len()];
    for (first, window) in dense.windows(PIECE).enumerate() {
        if pieces.contains(window) {
            hidden[places[first]..=places[first + PIECE - 1]].fill(true);
        }
    }
    let mut shown = String::new();
    let mut was_hidden = false;
    for (at, c) in text.char_indices() {
        match (hidden[at], was_hidden) {
            (true, false) => shown.push_str("[redacted]"),
            (true, true) => {}
            (false, _) => shown.push(c),
        }
        was_hidden = hidden[at];
    }
    shown
}

fn lock() -> MutexGuard<'static, Vec<SecretString>> {
    SPELLINGS.lock().unwrap_or_else(PoisonError::into_inner)
}

fn spellings(secret: &str) -> Vec<String> {
    let bytes = secret.as_bytes();
    let json = serde_json::Value::from(secret).to_string();
    let mut all = vec![
        secret.to_owned(),
        json[1..json.len() - 1].to_owned(),
        text::escape(secret).into_owned(),
        secret.escape_debug().to_string(),
        percent_encoded(bytes, |byte| byte.is_ascii_alphanumeric()),
        percent_encoded(bytes, is_unreserved),
        percent_encoded(bytes, is_unreserved).to_ascii_lowercase(),
        url::form_urlencoded::byte_serialize(bytes).collect(),
    ];
    for encoding in [BASE64, BASE64_NOPAD, BASE64URL, BASE64URL_NOPAD] {
        all.push(encoding.encode(bytes));
    }
    for offset in 0..3 {
        all.push(inside_base64(bytes, offset, &BASE64_NOPAD));
        all.push(inside_base64(bytes, offset, &BASE64URL_NOPAD));
    }
    all
}

/// Returns the digits that stand for the secret alone where it begins `offset` bytes into a longer text.
fn inside_base64(secret: &[u8], offset: usize, encoding: &Encoding) -> String {
    let padded = [&[0; 3][..offset], secret].concat();
    let digits = encoding.encode(&padded);
    digits[(offset * 8).div_ceil(6)..padded.len() * 8 / 6].to_owned()
}

/// RFC 3986 §2.3.
fn is_unreserved(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"-._~".contains(&byte)
}

fn percent_encoded(bytes: &[u8], is_kept: impl Fn(u8) -> bool) -> String {
    bytes
        .iter()
        .map(|&byte| match is_kept(byte) {
            true => char::from(byte).to_string(),
            false => format!("%{byte:02X}"),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{protect, redact, redact_pieces};

    /// Packer masked a token on one line and logged the raw header on the next (hashicorp/packer#2685).
    #[test]
    fn a_protected_secret_is_redacted_in_every_spelling() {
        let secret = "s3cr\"t/\u{e4}?&~ +x1";
        protect(&secret.to_owned().into());
        for (text, shown) in [
            (format!("before {secret} after"), "before [redacted] after"),
            ("x=s3cr\\\"t/ä?&~ +x1;".to_owned(), "x=[redacted];"),
            ("?q=s3cr%22t%2F%C3%A4%3F%26~%20%2Bx1".to_owned(), "?q=[redacted]"),
            ("?q=s3cr%22t%2F%C3%A4%3F%26%7E+%2Bx1".to_owned(), "?q=[redacted]"),
            ("b czNjciJ0L8OkPyZ+ICt4MQ== e".to_owned(), "b [redacted] e"),
            ("b czNjciJ0L8OkPyZ-ICt4MQ e".to_owned(), "b [redacted] e"),
        ] {
            assert_eq!(redact(&text), shown, "{text}");
        }
    }

    #[test]
    fn a_protected_password_is_found_inside_basic_authentication() {
        protect(&"correct-horse-1234".to_owned().into());
        for user in ["a", "al", "ali"] {
            let header =
                data_encoding::BASE64.encode(format!("{user}:correct-horse-1234").as_bytes());
            let shown = redact(&header).into_owned();
            assert!(shown.contains("[redacted]") && shown.len() < 20, "{shown}");
        }
    }

    #[test]
    fn pieces_of_a_secret_are_found_in_every_spelling_and_over_line_breaks() {
        let value = "Ab3dEf6hIj9kLm.atlasv1.Zy8xWv6uTs4rQp2oNm0l";
        let secret = value.to_owned().into();
        let base64 = data_encoding::BASE64.encode(value.as_bytes());
        let percent = value.replace('.', "%2E");
        for (text, shown) in [
            (format!("got {value}, thanks"), "got [redacted], thanks"),
            (format!("<{}>", &value[3..20]), "<[redacted]>"),
            (format!("{}\n{}\nend", &value[..20], &value[20..]), "[redacted]\nend"),
            (format!("{}\n{}\nend", &base64[..30], &base64[30..]), "[redacted]\nend"),
            (format!("q={percent}&r"), "q=[redacted]&r"),
            ("nothing of .atlasv1. is in it: é".to_owned(), "nothing of .atlasv1. is in it: é"),
        ] {
            assert_eq!(redact_pieces(&text, &secret), shown, "{text}");
        }
    }

    #[test]
    fn short_secrets_do_not_blot_out_words() {
        protect(&"error".to_owned().into());
        assert_eq!(redact("error: x"), "error: x");
    }
}
