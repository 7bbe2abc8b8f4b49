//! What a quoted text means.

use super::BadText;

/// Reads a text of the native form: what stands in `${…}` is kept as it is written.
pub(super) fn native(raw: &str) -> Result<String, BadText> {
    let inner = inner(raw)?;
    let mut bytes = Vec::with_capacity(inner.len());
    let mut rest = inner;
    while !rest.is_empty() {
        if let Some(behind) = rest.strip_prefix("${") {
            let end = end_of_template(behind)?;
            bytes.extend_from_slice(&rest.as_bytes()[..end + 2]);
            rest = &behind[end..];
        } else if rest.starts_with('\n') {
            return Err(BadText);
        } else {
            rest = character(rest, &mut bytes)?;
        }
    }
    String::from_utf8(bytes).map_err(|_| BadText)
}

/// Reads a text of JSON, with the escapes of the Go language.
pub(super) fn json(raw: &str) -> Result<String, BadText> {
    // The library makes a blank of JSON's null.
    if raw.is_empty() {
        return Ok(String::new());
    }
    let mut bytes = Vec::with_capacity(raw.len());
    let mut rest = inner(raw)?;
    while !rest.is_empty() {
        rest = character(rest, &mut bytes)?;
    }
    String::from_utf8(bytes).map_err(|_| BadText)
}

fn inner(raw: &str) -> Result<&str, BadText> {
    raw.strip_prefix('"').and_then(|raw| raw.strip_suffix('"')).ok_or(BadText)
}

/// Returns the end of a template, whose opening brace is read already.
fn end_of_template(text: &str) -> Result<usize, BadText> {
    let mut open = 1;
    for (at, c) in text.char_indices() {
        match c {
            '{' => open += 1,
            '}' => open -= 1,
            _ => {}
        }
        if open == 0 {
            return Ok(at + 1);
        }
    }
    Err(BadText)
}

/// Reads one character and returns what is behind it.
fn character<'a>(text: &'a str, bytes: &mut Vec<u8>) -> Result<&'a str, BadText> {
    let mut characters = text.chars();
    let first = characters.next().ok_or(BadText)?;
    if first != '\\' {
        if first == '"' {
            return Err(BadText);
        }
        bytes.extend_from_slice(first.encode_utf8(&mut [0; 4]).as_bytes());
        return Ok(characters.as_str());
    }
    let escaped = characters.next().ok_or(BadText)?;
    let rest = characters.as_str();
    let (base, count) = match escaped {
        'x' => (16, 2),
        'u' => (16, 4),
        'U' => (16, 8),
        '0'..='7' => (8, 3),
        _ => {
            bytes.push(simple(escaped).ok_or(BadText)?);
            return Ok(rest);
        }
    };
    let digits = if base == 8 { &text[1..] } else { rest };
    let number = digits.get(..count).ok_or(BadText)?;
    let code = u32::from_str_radix(number, base).map_err(|_| BadText)?;
    if matches!(escaped, 'u' | 'U') {
        let c = char::from_u32(code).ok_or(BadText)?;
        bytes.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes());
    } else {
        bytes.push(u8::try_from(code).map_err(|_| BadText)?);
    }
    Ok(&digits[count..])
}

fn simple(escaped: char) -> Option<u8> {
    Some(match escaped {
        'a' => 0x07,
        'b' => 0x08,
        'f' => 0x0c,
        'n' => b'\n',
        'r' => b'\r',
        't' => b'\t',
        'v' => 0x0b,
        '\\' => b'\\',
        '"' => b'"',
        _ => return None,
    })
}
