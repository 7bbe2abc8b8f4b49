//! Text for people. What acts on a terminal, or cannot be seen, is made visible: text that others wrote is
//! shown, not obeyed.

use std::borrow::Cow;
use std::fmt::{Display, Write};

use unicode_width::UnicodeWidthStr;

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
            '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}'
            | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{2800}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}'
            | '\u{feff}' | '\u{ffa0}' | '\u{fff9}'..='\u{fffb}' | '\u{1d173}'..='\u{1d17a}'
            | '\u{e0000}'..='\u{e01ef}')
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

/// Breaks lines at blanks where they are wider than a terminal. A command in backquotes stays in one piece where
/// it fits, and what has no blank sticks out: both are copied.
pub fn wrap(text: &str, width: usize) -> String {
    let lines: Vec<String> = text.split('\n').map(|line| wrap_line(line, width)).collect();
    lines.join("\n")
}

fn wrap_line(line: &str, width: usize) -> String {
    if shown_width(line) <= width {
        return line.to_owned();
    }
    // What goes on below stands below its text, behind a label in a column of its own.
    let leading = line.len() - line.trim_start_matches(' ').len();
    let label = line[leading..].find("  ").map(|at| leading + at);
    let text = label.map(|at| line.len() - line[at..].trim_start_matches(' ').len());
    let text = text.filter(|at| shown_width(&line[..*at]) < width / 2).unwrap_or(leading);
    let (start, rest) = line.split_at(text);
    let indent = if leading < width / 2 { shown_width(start) } else { 0 };
    let mut wrapped = start.to_owned();
    let mut used = shown_width(start);
    for (number, piece) in pieces(rest, width.saturating_sub(indent)).into_iter().enumerate() {
        let wide = shown_width(piece);
        if used + usize::from(number > 0) + wide > width {
            wrapped.truncate(wrapped.trim_end_matches(' ').len());
            if !wrapped.is_empty() {
                wrapped.push('\n');
            }
            // A secret or a path that has no room behind the indent stands further to the left.
            used = indent.min(width.saturating_sub(wide));
            wrapped.push_str(&" ".repeat(used));
        } else if number > 0 {
            wrapped.push(' ');
            used += 1;
        }
        wrapped.push_str(piece);
        used += wide;
    }
    wrapped
}

/// Splits at blanks, but not inside of backquotes, if what they hold fits into a line.
fn pieces(text: &str, width: usize) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some(blank) = rest.find(' ') {
        let quoted = rest[..blank].matches('`').count() % 2 == 1;
        let close = rest[blank..].find('`').filter(|_| quoted).map(|at| blank + at);
        let end = close.map(|at| rest[at..].find(' ').map_or(rest.len(), |blank| at + blank));
        let end = end.filter(|end| shown_width(&rest[..*end]) <= width).unwrap_or(blank);
        let Some((piece, later)) = rest.split_at_checked(end) else { break };
        pieces.push(piece);
        let Some(later) = later.strip_prefix(' ') else { return pieces };
        rest = later;
    }
    pieces.push(rest);
    pieces
}

/// Returns how many columns a text takes; our own colours take none.
fn shown_width(text: &str) -> usize {
    let mut parts = text.split('\u{1b}');
    let first = parts.next().map_or(0, UnicodeWidthStr::width);
    let colored = parts.map(|part| part.split_once('m').map_or(0, |(_, shown)| shown.width()));
    first + colored.sum::<usize>()
}

/// Returns a number with its noun: `1 owner`, `2 owners`, `0.5 seconds`.
pub fn plural(count: impl Display, noun: &str) -> String {
    let count = count.to_string();
    let end = if count == "1" { "" } else { "s" };
    format!("{count} {noun}{end}")
}

#[cfg(test)]
mod tests {
    use super::{cut, escape, escape_json, plural, shown_width, wrap};
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

    #[test]
    fn prose_breaks_at_blanks_and_commands_stay_in_one_piece() {
        let text = "\u{1b}[1merror:\u{1b}[0m `tfe.example.com` refused; run `keybelt login tfe.example.com` then\n  token    created long ago by somebody else entirely";
        for width in [20, 40, 60, 80, 120] {
            let wrapped = wrap(text, width);
            let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
            assert_eq!(words(&wrapped), words(text), "{width}");
            assert_eq!(wrap(&wrapped, width), wrapped, "{width}");
            for line in wrapped.lines() {
                assert!(
                    shown_width(line) <= width || !line.trim().contains(' '),
                    "{width}: {line}"
                );
            }
            if width >= 40 {
                assert!(wrapped.contains("`keybelt login tfe.example.com`"), "{width}: {wrapped}");
            }
        }
        assert_eq!(wrap("  ok    日本日本 日本", 18), "  ok    日本日本\n        日本");
        assert_eq!(wrap("Go on? [y/N] ", 13), "Go on? [y/N] ");
    }

    /// At 40 columns the terminal broke the sandbox's secrets in two.
    #[test]
    fn what_is_to_be_copied_stands_further_left_rather_than_broken() {
        let secret = "74FSTADSAEEDCGQSG4ZZKKPAKI3ISVGT";
        let line = format!("  olivia    CVzDDJtbyCRRrFbkao9S  app, secret {secret}");
        let wrapped = wrap(&line, 40);
        assert_eq!(
            wrapped,
            format!("  olivia    CVzDDJtbyCRRrFbkao9S  app,\n            secret\n        {secret}")
        );
        assert_eq!(wrap(&wrapped, 40), wrapped);
        assert_eq!(wrap(&format!("  stored  {secret}"), 36), format!("  stored\n    {secret}"));
        assert_eq!(wrap(&format!("  {secret} it"), 33), format!(" {secret}\n  it"));
    }
}
