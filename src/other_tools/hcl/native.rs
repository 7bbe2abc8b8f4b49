//! HCL's native form.

use super::{Cursor, Form, Invalid, Item, Kind, Literal, MAX_DEPTH, Stop, Value, Word};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Symbol {
    End,
    Identifier,
    Literal(Kind),
    OpenList,
    CloseList,
    OpenObject,
    CloseObject,
    Comma,
    Assign,
    /// A sign or a point: nothing that may stand anywhere.
    Other,
}

#[derive(Clone, Copy)]
struct Token<'a> {
    symbol: Symbol,
    raw: &'a str,
    at: usize,
}

/// Reads a file.
pub(super) fn parse(text: &str) -> Result<Vec<Item<'_>>, Invalid> {
    let cursor = Cursor { text, at: 0, joins_lines: true };
    let token = Token { symbol: Symbol::Other, raw: "", at: 0 };
    let mut parser = Parser { scanner: Scanner(cursor), token, is_held: false, depth: 0 };
    let mut items = Vec::new();
    parser.items(false, &mut items)?;
    Ok(items)
}

struct Parser<'a> {
    scanner: Scanner<'a>,
    token: Token<'a>,
    /// Whether the token is to be read once more.
    is_held: bool,
    depth: usize,
}

impl<'a> Parser<'a> {
    fn scan(&mut self) -> Result<Symbol, Stop> {
        if !std::mem::take(&mut self.is_held) {
            self.token = self.scanner.scan()?;
        }
        Ok(self.token.symbol)
    }

    fn look_ahead(&mut self) -> Result<Symbol, Stop> {
        let symbol = self.scan()?;
        self.is_held = true;
        Ok(symbol)
    }

    fn wrong(&self) -> Stop {
        Stop::Item(self.token.at)
    }

    /// Reads items to the end of the object, or of the text. Those that were read before an error count.
    fn items(&mut self, is_object: bool, items: &mut Vec<Item<'a>>) -> Result<(), Stop> {
        loop {
            if is_object && self.look_ahead()? == Symbol::CloseObject {
                return Ok(());
            }
            match self.item() {
                Err(Stop::End) => return Ok(()),
                item => items.push(item?),
            }
            if self.scan()? != Symbol::Comma {
                self.is_held = true;
            }
        }
    }

    fn item(&mut self) -> Result<Item<'a>, Stop> {
        let (keys, start) = self.keys()?;
        let value = match self.token.symbol {
            Symbol::Assign => self.value()?,
            _ => self.object()?,
        };
        let end = self.token.at + self.token.raw.len();
        self.look_ahead()?;
        Ok(Item { keys, value, span: start..end })
    }

    /// Reads keys up to the sign behind them.
    fn keys(&mut self) -> Result<(Vec<Word<'a>>, usize), Stop> {
        let mut keys = Vec::new();
        let mut start = 0;
        loop {
            let symbol = self.scan()?;
            let form = match symbol {
                Symbol::Identifier => Form::Bare,
                Symbol::Literal(Kind::String) => Form::Native,
                Symbol::End if keys.is_empty() => return Err(Stop::End),
                Symbol::Assign if keys.len() == 1 => return Ok((keys, start)),
                Symbol::OpenObject if !keys.is_empty() => return Ok((keys, start)),
                Symbol::CloseObject if !keys.is_empty() => {
                    let stop = self.wrong();
                    // Keys without a value are an error that the brace behind them does not cover up.
                    self.token.symbol = Symbol::End;
                    return Err(stop);
                }
                _ => return Err(self.wrong()),
            };
            if keys.is_empty() {
                start = self.token.at;
            }
            keys.push(Word { raw: self.token.raw, form });
        }
    }

    fn value(&mut self) -> Result<Value<'a>, Stop> {
        match self.scan()? {
            Symbol::Literal(kind) => Ok(self.literal(kind)),
            Symbol::OpenObject => self.object(),
            Symbol::OpenList => self.list(),
            Symbol::End => Err(Stop::End),
            _ => Err(self.wrong()),
        }
    }

    fn literal(&self, kind: Kind) -> Value<'a> {
        let form = if kind == Kind::String { Form::Native } else { Form::Bare };
        Value::Literal(Literal { kind, raw: self.token.raw, form })
    }

    fn deeper(&mut self) -> Result<(), Stop> {
        self.depth += 1;
        if self.depth > MAX_DEPTH { Err(Stop::Token(self.token.at)) } else { Ok(()) }
    }

    /// Reads an object whose brace is read already.
    fn object(&mut self) -> Result<Value<'a>, Stop> {
        self.deeper()?;
        let mut items = Vec::new();
        match self.items(true, &mut items) {
            Err(Stop::Item(_)) if self.token.symbol == Symbol::CloseObject => {}
            outcome => outcome?,
        }
        if self.scan()? != Symbol::CloseObject {
            return Err(self.wrong());
        }
        self.depth -= 1;
        Ok(Value::Object(items))
    }

    /// Reads a list whose bracket is read already.
    fn list(&mut self) -> Result<Value<'a>, Stop> {
        self.deeper()?;
        let mut values = Vec::new();
        let mut needs_comma = false;
        loop {
            let symbol = self.scan()?;
            match symbol {
                Symbol::CloseList => break,
                Symbol::Comma => {
                    needs_comma = false;
                    self.look_ahead()?;
                }
                _ if needs_comma => return Err(self.wrong()),
                Symbol::Literal(kind) => {
                    values.push(self.literal(kind));
                    needs_comma = true;
                }
                Symbol::OpenObject => {
                    values.push(self.object()?);
                    needs_comma = true;
                }
                // Nothing is asked for behind a list in a list.
                Symbol::OpenList => values.push(self.list()?),
                _ => return Err(self.wrong()),
            }
        }
        self.depth -= 1;
        Ok(Value::List(values))
    }
}

struct Scanner<'a>(Cursor<'a>);

impl<'a> Scanner<'a> {
    fn scan(&mut self) -> Result<Token<'a>, Stop> {
        self.0.skip_blanks();
        while matches!(self.0.peek(), Some('#' | '/')) {
            self.comment()?;
            self.0.skip_blanks();
        }
        let at = self.0.at;
        let symbol = match self.0.next() {
            None => Symbol::End,
            Some(first) => self.symbol(first, at)?,
        };
        let raw = self.0.since(at);
        // Neither may stand anywhere.
        if let Some(odd) = raw.find(['\0', '\u{e123}']) {
            return Err(Stop::Token(at + odd));
        }
        Ok(Token { symbol, raw, at })
    }

    fn symbol(&mut self, first: char, at: usize) -> Result<Symbol, Stop> {
        Ok(match first {
            '"' => self.string(at)?,
            '<' => self.heredoc(at)?,
            '[' => Symbol::OpenList,
            ']' => Symbol::CloseList,
            '{' => Symbol::OpenObject,
            '}' => Symbol::CloseObject,
            ',' => Symbol::Comma,
            '=' => Symbol::Assign,
            '+' => Symbol::Other,
            '.' => self.point(),
            '-' => match self.0.peek() {
                Some(digit) if digit.is_ascii_digit() => {
                    self.0.next();
                    self.number(digit, at)?
                }
                _ => Symbol::Other,
            },
            digit if digit.is_ascii_digit() => self.number(digit, at)?,
            letter if is_letter(letter) => {
                self.0.skip_while(|c| is_letter(c) || is_digit(c) || matches!(c, '-' | '.'));
                match self.0.since(at) {
                    "true" | "false" => Symbol::Literal(Kind::Bool),
                    _ => Symbol::Identifier,
                }
            }
            _ => return Err(Stop::Token(at)),
        })
    }

    fn comment(&mut self) -> Result<(), Stop> {
        let start = self.0.at;
        let is_block = self.0.next() == Some('/') && {
            if !matches!(self.0.peek(), Some('/' | '*')) {
                return Err(Stop::Token(start));
            }
            self.0.next() == Some('*')
        };
        if is_block {
            let end = self.0.text[self.0.at..].find("*/").ok_or(Stop::Token(start))?;
            self.0.at += end + 2;
        } else {
            self.0.skip_while(|c| c != '\n');
        }
        match self.0.since(start).find(['\0', '\u{e123}']) {
            Some(odd) => Err(Stop::Token(start + odd)),
            None => Ok(()),
        }
    }

    /// Behind a fraction's bare point, the exponent's letter is read but not its digits, as in the library.
    fn point(&mut self) -> Symbol {
        if !self.0.peek().is_some_and(|c| c.is_ascii_digit()) {
            return Symbol::Other;
        }
        self.0.digits();
        if matches!(self.0.peek(), Some('e' | 'E')) {
            self.0.next();
        }
        Symbol::Literal(Kind::Float)
    }

    fn number(&mut self, first: char, at: usize) -> Result<Symbol, Stop> {
        let start = self.0.at;
        if first == '0' && matches!(self.0.peek(), Some('x' | 'X')) {
            self.0.next();
            let digits = self.0.at;
            self.0.skip_while(|c| c.is_ascii_hexdigit());
            let is_number = self.0.at > digits;
            return is_number.then_some(Symbol::Literal(Kind::Number)).ok_or(Stop::Token(at));
        }
        self.0.digits();
        let digits = self.0.since(start);
        if self.0.fraction() {
            return Ok(Symbol::Literal(Kind::Float));
        }
        // The first digit behind the zero is not looked at.
        if first == '0' && digits.get(1..).is_some_and(|digits| digits.contains(['8', '9'])) {
            return Err(Stop::Token(at));
        }
        Ok(Symbol::Literal(Kind::Number))
    }

    fn string(&mut self, start: usize) -> Result<Symbol, Stop> {
        let mut open = 0_usize;
        loop {
            match self.0.next() {
                None => return Err(Stop::Token(start)),
                Some('\n') if open == 0 => return Err(Stop::Token(start)),
                Some('"') if open == 0 => return Ok(Symbol::Literal(Kind::String)),
                Some('$') if open == 0 && self.0.peek() == Some('{') => {
                    self.0.next();
                    open = 1;
                }
                Some('{') if open > 0 => open += 1,
                Some('}') if open > 0 => open -= 1,
                Some('\\') => self.0.escape()?,
                Some(_) => {}
            }
        }
    }

    fn heredoc(&mut self, at: usize) -> Result<Symbol, Stop> {
        if !self.0.skip('<') {
            return Err(Stop::Token(at));
        }
        let start = self.0.at;
        self.0.skip('-');
        self.0.skip_while(|c| is_letter(c) || is_digit(c));
        let anchor = self.0.since(start);
        let name = anchor.strip_prefix('-').unwrap_or(anchor);
        if name.is_empty() || !self.0.skip('\n') {
            return Err(Stop::Token(at));
        }
        loop {
            let start = self.0.at;
            self.0.skip_while(|c| c != '\n');
            let line = self.0.since(start);
            if !self.0.skip('\n') {
                return Err(Stop::Token(at));
            }
            let found = line.trim_start_matches([' ', '\t', '\x0b', '\x0c', '\r']);
            // As in the library, the dash counts as a part of the anchor's length.
            if line.len() >= anchor.len() && found.trim_end_matches('\r') == name {
                return Ok(Symbol::Literal(Kind::Heredoc));
            }
        }
    }
}

fn is_letter(c: char) -> bool {
    c.is_alphabetic() || c == '_'
}

fn is_digit(c: char) -> bool {
    c.is_ascii_digit() || !c.is_ascii() && c.is_numeric()
}
