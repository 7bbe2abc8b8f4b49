//! The tokens of a Rust source, as far as imports need them: no comments, no literals.

/// A name, `::`, or one character of anything else.
#[derive(Debug, Clone, Copy)]
pub struct Token<'a> {
    pub text: &'a str,
    pub line: usize,
}

impl Token<'_> {
    pub fn is_name(self) -> bool {
        self.text.starts_with(|first: char| first.is_alphabetic() || first == '_')
    }

    /// Returns how much deeper the next token is.
    pub fn depth(self) -> i32 {
        match self.text {
            "(" | "[" | "{" => 1,
            ")" | "]" | "}" => -1,
            _ => 0,
        }
    }
}

/// Returns the tokens of a source.
pub fn of(source: &str) -> Vec<Token<'_>> {
    let (mut tokens, mut rest, mut line) = (Vec::new(), source, 1);
    while let Some(first) = rest.chars().next() {
        let skipped = comment(rest).or_else(|| literal(rest));
        let length = skipped.unwrap_or_else(|| match first {
            _ if is_part_of_name(first) => rest.find(|c| !is_part_of_name(c)).unwrap_or(rest.len()),
            ':' if rest.starts_with("::") => 2,
            _ => first.len_utf8(),
        });
        let (text, after) = rest.split_at(length);
        if skipped.is_none() && !first.is_whitespace() {
            tokens.push(Token { text, line });
        }
        line += text.matches('\n').count();
        rest = after;
    }
    tokens
}

fn is_part_of_name(character: char) -> bool {
    character.is_alphanumeric() || character == '_'
}

/// Returns the length of a comment that begins here.
fn comment(text: &str) -> Option<usize> {
    if text.starts_with("//") {
        return Some(text.find('\n').unwrap_or(text.len()));
    }
    text.starts_with("/*").then(|| text.find("*/").expect("comments end") + 2)
}

/// Returns the length of a literal in quotes that begins here.
fn literal(text: &str) -> Option<usize> {
    let prefix = text.find(|c| !matches!(c, 'b' | 'c' | 'r'))?;
    let (before, rest) = text.split_at(prefix);
    if before.ends_with('r') {
        let hashes = rest.len() - rest.trim_start_matches('#').len();
        let end = format!("\"{}", "#".repeat(hashes));
        let body = rest[hashes..].strip_prefix('"')?;
        return Some(prefix + hashes + 1 + body.find(&end).expect("texts end") + end.len());
    }
    if let Some(inner) = rest.strip_prefix('"') {
        return Some(prefix + 1 + length_to(inner, '"'));
    }
    // A character, and not a lifetime: one that is escaped, or has the quote right after it.
    let inner = rest.strip_prefix('\'')?;
    let is_character = inner.starts_with('\\') || inner.chars().nth(1) == Some('\'');
    is_character.then(|| prefix + 1 + length_to(inner, '\''))
}

/// Returns the length up to and with a quote that is not escaped.
fn length_to(text: &str, quote: char) -> usize {
    let mut escaped = false;
    let end = text.find(|c| {
        let ends = c == quote && !escaped;
        escaped = c == '\\' && !escaped;
        ends
    });
    end.expect("literals end") + 1
}
