//! HCL 1, as Terraform and OpenTofu read their CLI configuration (github.com/hashicorp/hcl 1.0.0).
//!
//! A file that begins with `{` is read as JSON, every other one in the native form. Both are taken as that
//! library takes them, its oddities included, for the question is always what the other tool makes of a
//! file: it swallows some errors before a closing brace, and stops reading JSON behind the first object.
//! Every item keeps its bytes' position, so that an edit leaves the rest as it is.

use std::fmt;
use std::ops::Range;

mod json;
mod native;
mod unquote;

/// How deep objects and lists may stand in one another.
const MAX_DEPTH: usize = 100;

/// A file that was read.
#[derive(Debug)]
pub(super) struct Document<'a> {
    /// What stands in it, in order; of JSON, before the nested objects are brought into HCL's shape.
    pub(super) items: Vec<Item<'a>>,
    pub(super) is_json: bool,
}

/// One setting: `key = value`, or `key "label" {…}`.
#[derive(Debug, Clone)]
pub(super) struct Item<'a> {
    pub(super) keys: Vec<Word<'a>>,
    pub(super) value: Value<'a>,
    /// From its first key to the end of its value.
    pub(super) span: Range<usize>,
}

/// What a setting is set to.
#[derive(Debug, Clone)]
pub(super) enum Value<'a> {
    Literal(Literal<'a>),
    Object(Vec<Item<'a>>),
    List(Vec<Self>),
}

/// A key or a label.
#[derive(Debug, Clone, Copy)]
pub(super) struct Word<'a> {
    raw: &'a str,
    form: Form,
}

/// A value of one word. It may be a token, so that it is never shown.
#[derive(Clone, Copy)]
pub(super) struct Literal<'a> {
    pub(super) kind: Kind,
    raw: &'a str,
    form: Form,
}

/// What a literal is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Bool,
    Number,
    Float,
    String,
    Heredoc,
}

/// How a text is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    Bare,
    Native,
    Json,
}

/// A text that the library refuses, with the position where it does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Invalid {
    at: usize,
}

impl Invalid {
    /// Returns line and column in characters, from 1.
    pub(super) fn position(self, text: &str) -> (usize, usize) {
        let before = text.get(..self.at.min(text.len())).unwrap_or(text);
        let line = before.rsplit('\n').next().unwrap_or(before);
        (before.matches('\n').count() + 1, line.chars().count() + 1)
    }
}

/// A text whose escapes mean nothing: the library panics when such a text is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct BadText;

/// Why reading an item ended early.
enum Stop {
    /// The text ended.
    End,
    /// The item is not one. A closing brace right here covers it up.
    Item(usize),
    /// No token can begin here; nothing covers that up.
    Token(usize),
}

impl From<Stop> for Invalid {
    fn from(stop: Stop) -> Self {
        match stop {
            Stop::End => Self { at: usize::MAX },
            Stop::Item(at) | Stop::Token(at) => Self { at },
        }
    }
}

/// Reads a file.
pub(super) fn parse(text: &str) -> Result<Document<'_>, Invalid> {
    let is_json = text.trim_start().starts_with('{');
    let items = if is_json { json::parse(text)? } else { native::parse(text)? };
    Ok(Document { items, is_json })
}

impl<'a> Document<'a> {
    /// Returns the items in the shape that the library decodes: in JSON, an object that holds nothing but
    /// objects is a series of blocks with labels.
    pub(super) fn blocks(&self) -> Vec<Item<'a>> {
        if self.is_json { json::flatten(&self.items) } else { self.items.clone() }
    }
}

impl Word<'_> {
    /// Returns the text.
    pub(super) fn text(&self) -> Result<String, BadText> {
        text_of(self.raw, self.form)
    }
}

impl Literal<'_> {
    /// Returns a string's or a number's text.
    pub(super) fn text(&self) -> Result<String, BadText> {
        match self.kind {
            Kind::Heredoc => Ok(heredoc(self.raw)),
            _ => text_of(self.raw, self.form),
        }
    }
}

impl fmt::Debug for Literal<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{:?}([REDACTED])", self.kind)
    }
}

fn text_of(raw: &str, form: Form) -> Result<String, BadText> {
    match form {
        Form::Bare => Ok(raw.to_owned()),
        Form::Native => unquote::native(&raw.replace("\r\n", "\n")),
        Form::Json => unquote::json(raw),
    }
}

/// Returns what stands between a heredoc's first line and its last.
fn heredoc(raw: &str) -> String {
    let raw = raw.replace("\r\n", "\n");
    let Some((_, body)) = raw.split_once('\n') else {
        return String::new();
    };
    let body = body.strip_suffix('\n').unwrap_or(body);
    body.rfind('\n').map_or_else(String::new, |end| body[..=end].to_owned())
}

/// A place in a text that is read character by character.
struct Cursor<'a> {
    text: &'a str,
    at: usize,
    /// Whether a carriage return before a newline counts as nothing.
    joins_lines: bool,
}

impl<'a> Cursor<'a> {
    fn peek(&self) -> Option<char> {
        let rest = &self.text[self.at..];
        if self.joins_lines && rest.starts_with("\r\n") { Some('\n') } else { rest.chars().next() }
    }

    fn next(&mut self) -> Option<char> {
        let next = self.peek()?;
        let is_pair = next == '\n' && self.text[self.at..].starts_with('\r');
        self.at += if is_pair { 2 } else { next.len_utf8() };
        Some(next)
    }

    fn skip_while(&mut self, is_part: impl Fn(char) -> bool) {
        while self.peek().is_some_and(&is_part) {
            self.next();
        }
    }

    fn skip(&mut self, wanted: char) -> bool {
        let is_there = self.peek() == Some(wanted);
        if is_there {
            self.next();
        }
        is_there
    }

    fn skip_blanks(&mut self) {
        self.skip_while(|c| matches!(c, ' ' | '\t' | '\n' | '\r'));
    }

    fn since(&self, start: usize) -> &'a str {
        &self.text[start..self.at]
    }

    fn digits(&mut self) {
        self.skip_while(|c| c.is_ascii_digit());
    }

    /// Reads what follows a number's `e`; a character that is no digit is lost, as in the library.
    fn exponent(&mut self) {
        let mut first = self.next();
        if matches!(first, Some('+' | '-')) {
            first = self.next();
        }
        if first.is_some_and(|c| c.is_ascii_digit()) {
            self.digits();
        }
    }

    /// Reads what follows a number's whole part; returns whether it is a fraction.
    fn fraction(&mut self) -> bool {
        if self.skip('.') {
            self.digits();
        } else if !matches!(self.peek(), Some('e' | 'E')) {
            return false;
        }
        if self.skip('e') || self.skip('E') {
            self.exponent();
        }
        true
    }

    /// Reads what follows a backslash.
    fn escape(&mut self) -> Result<(), Stop> {
        let start = self.at;
        let (base, count) = match self.next() {
            Some('a' | 'b' | 'f' | 'n' | 'r' | 't' | 'v' | '\\' | '"') => return Ok(()),
            // One digit of it is read already.
            Some('0'..='7') => (8, 2),
            Some('x') => (16, 2),
            Some('u') => (16, 4),
            Some('U') => (16, 8),
            _ => return Err(Stop::Token(start)),
        };
        for _ in 0..count {
            if !self.next().is_some_and(|c| c.is_digit(base)) {
                return Err(Stop::Token(start));
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests;
