//! Text for people. What acts on a terminal, or cannot be seen, is made visible: text that others wrote is
//! shown, not obeyed.

use std::borrow::Cow;
use std::fmt::{Display, Write};

/// Returns server text as one harmless line: control, bidi and invisible characters become `\u{…}`.
pub fn escape(text: &str) -> Cow<'_, str> {
    if !text.chars().any(acts) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len() + 16);
    for character in text.chars() {
        if acts(character) {
            let _ = write!(shown, "\\u{{{:x}}}", u32::from(character));
        } else {
            shown.push(character);
        }
    }
    Cow::Owned(shown)
}

/// Returns a serialized JSON document with the same characters as `\uXXXX`, which means the same.
///
/// Outside of its strings JSON has no such character but the newlines of its layout, and inside them
/// newlines are escaped already.
pub fn escape_json(document: &str) -> Cow<'_, str> {
    let acts = |character| character != '\n' && acts(character);
    if !document.chars().any(acts) {
        return Cow::Borrowed(document);
    }
    let mut shown = String::with_capacity(document.len() + 16);
    for character in document.chars() {
        if acts(character) {
            for unit in character.encode_utf16(&mut [0; 2]) {
                let _ = write!(shown, "\\u{unit:04x}");
            }
        } else {
            shown.push(character);
        }
    }
    Cow::Owned(shown)
}

/// Returns whether a character moves the cursor, reorders its neighbours, or cannot be seen.
fn acts(character: char) -> bool {
    character.is_control()
        || matches!(character,
            '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

/// Returns text, escaped, and cut to a length in characters.
pub fn cut(text: &str, longest: usize) -> String {
    match text.char_indices().nth(longest) {
        Some((end, _)) => format!("{}…", escape(&text[..end])),
        None => escape(text).into_owned(),
    }
}

/// Returns a name with everything that could act on a terminal left out, and cut to a length for messages.
pub fn printable(name: &str) -> String {
    name.chars().filter(|c| c.is_ascii_graphic()).take(60).collect()
}

/// Returns text with everything that could act on a terminal left out.
pub fn printable_text(text: &str) -> String {
    text.chars().filter(|c| c.is_ascii_graphic() || *c == ' ').take(120).collect()
}

/// Returns a number with its noun: `1 owner`, `2 owners`, `0.5 seconds`.
pub fn plural(count: impl Display, noun: &str) -> String {
    let count = count.to_string();
    let end = if count == "1" { "" } else { "s" };
    format!("{count} {noun}{end}")
}

#[cfg(test)]
mod tests {
    use super::{cut, escape, escape_json, plural};
    use std::borrow::Cow;

    #[test]
    fn whatever_acts_on_a_terminal_is_shown_as_its_number() {
        let hostile =
            "\u{1b}]52;c;aGk=\u{7}a\r\n\tb\u{7f}\u{9b}c\u{202e}d\u{2066}\u{61c}\u{2028}\u{feff}";
        let shown = escape(hostile);
        assert_eq!(
            shown,
            "\\u{1b}]52;c;aGk=\\u{7}a\\u{d}\\u{a}\\u{9}b\\u{7f}\\u{9b}c\\u{202e}d\\u{2066}\\u{61c}\\u{2028}\\u{feff}"
        );
        assert_eq!(escape(&shown), shown, "escaping twice changes nothing");
        assert!(matches!(escape("acme – Zürich 日本 \\"), Cow::Borrowed(_)));
    }

    /// serde_json leaves DEL, C1, bidi and U+2028 raw.
    #[test]
    fn a_json_document_is_escaped_and_still_means_the_same() {
        let value =
            serde_json::json!({"name": "a\u{1b}\n\u{7f}\u{85}\u{202e}\u{2028}\u{e0001}é\\u0041"});
        let pretty = format!("{value:#}");
        let shown = escape_json(&pretty);
        assert_eq!(
            shown,
            "{\n  \"name\": \"a\\u001b\\n\\u007f\\u0085\\u202e\\u2028\\udb40\\udc01é\\\\u0041\"\n}"
        );
        assert_eq!(serde_json::from_str::<serde_json::Value>(&shown).ok(), Some(value));
    }

    #[test]
    fn numbers_agree_with_their_nouns_and_long_text_is_cut() {
        assert_eq!(
            [plural(0, "code"), plural(1, "code"), plural(2, "code")].join(", "),
            "0 codes, 1 code, 2 codes"
        );
        assert_eq!(
            [plural(1_f32, "second"), plural(0.5_f32, "second")].join(", "),
            "1 second, 0.5 seconds"
        );
        assert_eq!([cut("Zürich\n", 7), cut("Zürich\n", 3)], ["Zürich\\u{a}", "Zür…"]);
    }
}
