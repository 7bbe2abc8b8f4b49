//! Secrets from a pipe: `--password-stdin`, `--code-stdin`, `--token-stdin`.

use std::io::{self, BufRead, IsTerminal, Read};

use secrecy::SecretString;

use crate::failure::Failure;
use crate::redaction;
use crate::token::Token;

/// The longest line, in bytes: the longest token.
const MAX_BYTES: usize = Token::MAX_BYTES;

/// How much of what is too long is read all the same, in bytes, so that the writer is not left at a closed pipe.
const MAX_DRAINED: u64 = 16 * 1024 * 1024;

/// Standard input, read line by line: the first is the password, the second the code.
#[derive(Debug, Default)]
pub struct Stdin(());

impl Stdin {
    /// Returns standard input; what was read before is gone.
    pub fn new() -> Self {
        Self::default()
    }

    /// Reads the next line without its newline; `None` at the end. `what` is it, as in "the password".
    pub fn line(&mut self, what: &str) -> Result<Option<SecretString>, Failure> {
        let mut stdin = io::stdin().lock();
        if stdin.is_terminal() {
            super::line(&format!("reading {what} from standard input (one line)"));
        }
        let line = read_line(&mut stdin, what)?;
        line.iter().for_each(redaction::protect);
        Ok(line)
    }

    /// Reads everything that is left, to the end, even if it is longer than the `limit` in bytes: but not what has no
    /// end.
    pub fn all(&mut self, limit: u64) -> Result<SecretString, Failure> {
        let mut stdin = io::stdin().lock();
        let mut bytes = Vec::new();
        let read = stdin.by_ref().take(limit + 1).read_to_end(&mut bytes);
        read.and_then(|_| io::copy(&mut stdin.by_ref().take(MAX_DRAINED), &mut io::sink()))
            .map_err(|error| Failure::general("cannot read stdin").because(error))?;
        if bytes.len() as u64 > limit {
            return Err(Failure::usage(format!("stdin contains more than {limit} bytes")));
        }
        let text: SecretString = String::from_utf8(bytes)
            .map_err(|_| Failure::usage("stdin is not valid UTF-8"))?
            .into();
        redaction::protect(&text);
        Ok(text)
    }
}

fn read_line(input: &mut impl BufRead, what: &str) -> Result<Option<SecretString>, Failure> {
    let mut line = Vec::new();
    input.take(MAX_BYTES as u64 + 2).read_until(b'\n', &mut line).map_err(|error| {
        Failure::general(format!("cannot read {what} from stdin")).because(error)
    })?;
    if line.is_empty() {
        return Ok(None);
    }
    let text = match line.as_slice() {
        [text @ .., b'\r', b'\n'] | [text @ .., b'\n'] => text,
        text => text,
    };
    if text.len() > MAX_BYTES {
        return Err(Failure::usage(format!("the line with {what} on stdin is longer than 16 KiB")));
    }
    match std::str::from_utf8(text) {
        // PowerShell and Notepad write a mark in front, and no password begins with one.
        Ok(text) => Ok(Some(text.strip_prefix('\u{feff}').unwrap_or(text).to_owned().into())),
        Err(_) => Err(Failure::usage(format!("the line with {what} on stdin is not valid UTF-8"))),
    }
}

#[cfg(test)]
mod tests {
    use super::read_line;
    use secrecy::ExposeSecret;
    use std::io::Cursor;

    fn lines(input: &[u8]) -> Vec<String> {
        let mut input = Cursor::new(input);
        std::iter::from_fn(|| read_line(&mut input, "it").expect("a line"))
            .map(|line| line.expose_secret().to_owned())
            .collect()
    }

    #[test]
    fn a_line_loses_one_newline_and_nothing_else() {
        assert_eq!(lines(b" pass word \n123456\n"), [" pass word ", "123456"]);
        assert_eq!(lines(b"a\r\nb\r"), ["a", "b\r"]);
        assert_eq!(lines(b"\xef\xbb\xbfa\n"), ["a"]);
        assert_eq!(lines(b"\n\na\r\r\n"), ["", "", "a\r"]);
        assert!(lines(b"").is_empty());
    }

    #[test]
    fn a_line_is_bounded_and_text_and_never_quoted() {
        let long = "a".repeat(16_384);
        assert_eq!(lines(format!("{long}\r\nb").as_bytes()), [long.as_str(), "b"]);
        for bad in [format!("{long}a\n").as_bytes(), b"secret\xff\n", "a".repeat(99_999).as_bytes()]
        {
            let failure = read_line(&mut Cursor::new(bad), "the password").expect_err("a bad line");
            assert_eq!(failure.kind.exit_code(), 2);
            assert!(!format!("{failure:?}").contains("secret"));
        }
    }
}
