//! Reads a JSON document strictly: no byte order mark, no key twice, bounded depth and size.
//!
//! What is wrong is told by place alone. serde_json's own messages quote values, and here values are
//! tokens, so they are never shown.

use std::fmt;
use std::path::Path;

use serde::de::{Deserialize, Deserializer, Error as _, MapAccess, SeqAccess, Visitor};
use serde_json::error::Category;
use serde_json::map::Entry;
use serde_json::{Map, Value};

use crate::environment::shorten_home;
use crate::failure::Failure;

/// The longest `tokens.json` that is read, in bytes.
pub(super) const MAX_BYTES: u64 = 16 * 1024 * 1024;

/// What is wrong with a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum DocumentError {
    /// It begins with a byte order mark.
    ByteOrderMark,
    /// It is not UTF-8.
    Encoding,
    /// It is not JSON, or deeper than anything that keybelt writes.
    Syntax { line: usize, column: usize },
    /// It ends in the middle.
    Truncated,
    /// A key stands twice in one object.
    Duplicate { line: usize, column: usize },
    /// A newer keybelt wrote it.
    Newer,
    /// It is longer than [`MAX_BYTES`].
    TooLong,
    /// The value of this key has a wrong type or cannot be.
    Wrong(&'static str),
}

impl DocumentError {
    /// Returns the failure that names the file.
    pub(super) fn failure(self, path: &Path) -> Failure {
        let path = shorten_home(path);
        if self == Self::Newer {
            return Failure::general(format!("`{path}` was written by a newer keybelt"))
                .hint("update keybelt; nothing was changed");
        }
        Failure::general(format!("`{path}` is damaged: {self}")).hint(
            "nothing was changed; repair the file, or move it away and sign in again with `keybelt login`",
        )
    }
}

impl fmt::Display for DocumentError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::ByteOrderMark => out.write_str("it begins with a byte order mark"),
            Self::Encoding => out.write_str("it is not UTF-8"),
            Self::Syntax { line, column } => {
                write!(out, "line {line}, column {column} is not valid JSON")
            }
            Self::Truncated => out.write_str("it ends in the middle"),
            Self::Duplicate { line, column } => {
                write!(out, "duplicate key before line {line}, column {column}")
            }
            Self::Newer => out.write_str("a newer keybelt wrote it"),
            Self::TooLong => write!(out, "it is longer than {MAX_BYTES} bytes"),
            Self::Wrong(key) => write!(out, "invalid value for `{key}`"),
        }
    }
}

/// Returns the text of a document.
pub(super) fn text(bytes: &[u8]) -> Result<&str, DocumentError> {
    if bytes.starts_with(b"\xef\xbb\xbf") {
        return Err(DocumentError::ByteOrderMark);
    }
    std::str::from_utf8(bytes).map_err(|error| match error.error_len() {
        Some(_) => DocumentError::Encoding,
        None => DocumentError::Truncated,
    })
}

/// Parses a document that is an object.
pub(super) fn parse(text: &str) -> Result<Map<String, Value>, DocumentError> {
    match serde_json::from_str::<Strict>(text) {
        Ok(Strict(Value::Object(root))) => Ok(root),
        Ok(_) => Err(DocumentError::Syntax { line: 1, column: 1 }),
        Err(error) => Err(error_of(&error)),
    }
}

fn error_of(error: &serde_json::Error) -> DocumentError {
    let (line, column) = (error.line(), error.column());
    match error.classify() {
        // The visitor takes every type of value, so the one thing that it refuses is a repeated key.
        Category::Data => DocumentError::Duplicate { line, column },
        Category::Eof => DocumentError::Truncated,
        Category::Syntax | Category::Io => DocumentError::Syntax { line, column },
    }
}

/// A JSON value none of whose objects has a key twice: `Value` would take the last one silently.
struct Strict(Value);

impl<'de> Deserialize<'de> for Strict {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(StrictVisitor).map(Self)
    }
}

struct StrictVisitor;

impl<'de> Visitor<'de> for StrictVisitor {
    type Value = Value;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("a JSON value")
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_f64<E>(self, value: f64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let mut values = Vec::new();
        while let Some(Strict(value)) = items.next_element()? {
            values.push(value);
        }
        Ok(Value::Array(values))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut pairs: A) -> Result<Value, A::Error> {
        let mut object = Map::new();
        while let Some(key) = pairs.next_key::<String>()? {
            let Entry::Vacant(slot) = object.entry(key) else {
                return Err(A::Error::custom("duplicate key"));
            };
            slot.insert(pairs.next_value::<Strict>()?.0);
        }
        Ok(Value::Object(object))
    }
}

#[cfg(test)]
mod tests {
    use super::{DocumentError, parse, text};

    fn flaw(bytes: &[u8]) -> Option<DocumentError> {
        text(bytes).and_then(|text| parse(text).map(|_| ())).err()
    }

    #[test]
    fn a_document_is_read_strictly() {
        assert_eq!(flaw(b"{\"a\":{\"b\":[1,2.5,null,true,\"x\"]}}\n"), None);
        assert_eq!(flaw(b"\xef\xbb\xbf{}"), Some(DocumentError::ByteOrderMark));
        assert_eq!(flaw(b"\xff\xfe{\0}\0"), Some(DocumentError::Encoding));
        assert_eq!(flaw(b""), Some(DocumentError::Truncated));
        assert_eq!(flaw(b"{\"a\":"), Some(DocumentError::Truncated));
        assert_eq!(flaw(b"{\"a\":\"\xc3"), Some(DocumentError::Truncated));
        assert_eq!(flaw(b"{}{}"), Some(DocumentError::Syntax { line: 1, column: 3 }));
        assert_eq!(flaw(b"[]"), Some(DocumentError::Syntax { line: 1, column: 1 }));
    }

    #[test]
    fn a_key_that_stands_twice_is_found_at_every_depth() {
        for twice in
            [r#"{"a":1,"a":1}"#, r#"{"x":[{"a":1,"a":2}]}"#, r#"{"x":{"y":{"a":1,"\u0061":2}}}"#]
        {
            assert!(
                matches!(flaw(twice.as_bytes()), Some(DocumentError::Duplicate { line: 1, .. })),
                "{twice}"
            );
        }
        assert_eq!(flaw(br#"{"a":{"a":1},"b":{"a":1}}"#), None);
    }

    #[test]
    fn depth_is_bounded() {
        let deep = format!("{}{}{}", "{\"a\":".repeat(100_000), 1, "}".repeat(100_000));
        assert!(matches!(flaw(deep.as_bytes()), Some(DocumentError::Syntax { .. })));
    }
}
