//! HCL's JSON form.
//!
//! An object ends at whatever is not a comma behind an item, and reading ends with the first object.

use super::{Cursor, Form, Invalid, Item, Kind, Literal, MAX_DEPTH, Stop, Value, Word};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Symbol {
    End,
    Literal(Kind),
    Null,
    OpenList,
    CloseList,
    OpenObject,
    CloseObject,
    Comma,
    Colon,
    /// A point: nothing that may stand anywhere.
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
    let token = Token { symbol: Symbol::Other, raw: "", at: 0 };
    let cursor = Cursor { text, at: 0, joins_lines: false };
    let mut parser = Parser { cursor, token, depth: 0 };
    match parser.scan()? {
        Symbol::OpenObject => Ok(parser.object()?),
        _ => Err(parser.wrong().into()),
    }
}

/// Brings nested objects into the shape of labelled blocks, on every level.
pub(super) fn flatten<'a>(items: &[Item<'a>]) -> Vec<Item<'a>> {
    items.iter().flat_map(|item| flatten_item(item.clone())).collect()
}

fn flatten_item(item: Item<'_>) -> Vec<Item<'_>> {
    match &item.value {
        Value::Object(inner) if all_objects(inner.iter().map(|item| &item.value)) => inner
            .iter()
            .flat_map(|child| {
                let keys = item.keys.iter().chain(&child.keys).copied().collect();
                flatten_item(Item { keys, value: child.value.clone(), span: item.span.clone() })
            })
            .collect(),
        Value::List(values) if all_objects(values.iter()) => values
            .iter()
            .flat_map(|value| flatten_item(Item { value: value.clone(), ..item.clone() }))
            .collect(),
        value => vec![Item { value: flatten_value(value), ..item }],
    }
}

fn flatten_value<'a>(value: &Value<'a>) -> Value<'a> {
    match value {
        Value::Literal(literal) => Value::Literal(*literal),
        Value::Object(items) => Value::Object(flatten(items)),
        Value::List(values) => Value::List(values.iter().map(flatten_value).collect()),
    }
}

fn all_objects<'v>(values: impl ExactSizeIterator<Item = &'v Value<'v>>) -> bool {
    values.len() > 0 && { values }.all(|value| matches!(value, Value::Object(_)))
}

struct Parser<'a> {
    cursor: Cursor<'a>,
    token: Token<'a>,
    depth: usize,
}

impl<'a> Parser<'a> {
    fn wrong(&self) -> Stop {
        Stop::Item(self.token.at)
    }

    fn end(&self) -> usize {
        self.token.at + self.token.raw.len()
    }

    fn items(&mut self, items: &mut Vec<Item<'a>>) -> Result<(), Stop> {
        loop {
            match self.item() {
                Err(Stop::End) => return Ok(()),
                item => items.push(item?),
            }
            if self.scan()? != Symbol::Comma {
                return Ok(());
            }
        }
    }

    fn item(&mut self) -> Result<Item<'a>, Stop> {
        let mut keys = Vec::new();
        let mut start = 0;
        loop {
            match self.scan()? {
                Symbol::End => return Err(Stop::End),
                Symbol::Literal(Kind::String) => {
                    if keys.is_empty() {
                        start = self.token.at;
                    }
                    keys.push(Word { raw: self.token.raw, form: Form::Json });
                }
                Symbol::Colon if !keys.is_empty() => break,
                _ => return Err(self.wrong()),
            }
        }
        let value = self.value()?;
        Ok(Item { keys, value, span: start..self.end() })
    }

    fn value(&mut self) -> Result<Value<'a>, Stop> {
        match self.scan()? {
            Symbol::Literal(kind) => Ok(self.literal(kind)),
            Symbol::Null => {
                Ok(Value::Literal(Literal { kind: Kind::String, raw: "", form: Form::Json }))
            }
            Symbol::OpenObject => Ok(Value::Object(self.object()?)),
            Symbol::OpenList => self.list(),
            Symbol::End => Err(Stop::End),
            _ => Err(self.wrong()),
        }
    }

    fn literal(&self, kind: Kind) -> Value<'a> {
        let form = if kind == Kind::String { Form::Json } else { Form::Bare };
        Value::Literal(Literal { kind, raw: self.token.raw, form })
    }

    fn deeper(&mut self) -> Result<(), Stop> {
        self.depth += 1;
        if self.depth > MAX_DEPTH { Err(Stop::Token(self.token.at)) } else { Ok(()) }
    }

    /// Reads an object whose brace is read already.
    fn object(&mut self) -> Result<Vec<Item<'a>>, Stop> {
        self.deeper()?;
        let mut items = Vec::new();
        match self.items(&mut items) {
            Err(Stop::Item(_)) if self.token.symbol == Symbol::CloseObject => {}
            outcome => outcome?,
        }
        self.depth -= 1;
        Ok(items)
    }

    /// Reads a list whose bracket is read already: truth values and the brackets of lists in it are lost.
    fn list(&mut self) -> Result<Value<'a>, Stop> {
        self.deeper()?;
        let mut values = Vec::new();
        loop {
            match self.scan()? {
                Symbol::CloseList => break,
                Symbol::Comma | Symbol::Literal(Kind::Bool) | Symbol::OpenList => {}
                Symbol::Literal(kind) => values.push(self.literal(kind)),
                Symbol::OpenObject => values.push(Value::Object(self.object()?)),
                _ => return Err(self.wrong()),
            }
        }
        self.depth -= 1;
        Ok(Value::List(values))
    }

    fn scan(&mut self) -> Result<Symbol, Stop> {
        self.cursor.skip_blanks();
        let at = self.cursor.at;
        let symbol = match self.cursor.next() {
            // A null character is the end to it.
            None | Some('\0') => Symbol::End,
            Some(first) => self.symbol(first, at)?,
        };
        self.token = Token { symbol, raw: self.cursor.since(at), at };
        Ok(symbol)
    }

    fn symbol(&mut self, first: char, at: usize) -> Result<Symbol, Stop> {
        Ok(match first {
            '"' => self.string(at)?,
            '[' => Symbol::OpenList,
            ']' => Symbol::CloseList,
            '{' => Symbol::OpenObject,
            '}' => Symbol::CloseObject,
            ',' => Symbol::Comma,
            ':' => Symbol::Colon,
            '.' => Symbol::Other,
            '-' => match self.cursor.next() {
                Some(digit) if digit.is_ascii_digit() => self.number(digit, at)?,
                _ => return Err(Stop::Token(at)),
            },
            digit if digit.is_ascii_digit() => self.number(digit, at)?,
            letter if letter.is_alphabetic() => {
                self.cursor.skip_while(|c| c.is_alphanumeric() || matches!(c, '_' | '-'));
                match self.cursor.since(at) {
                    "true" | "false" => Symbol::Literal(Kind::Bool),
                    "null" => Symbol::Null,
                    _ => return Err(Stop::Token(at)),
                }
            }
            _ => return Err(Stop::Token(at)),
        })
    }

    fn number(&mut self, first: char, at: usize) -> Result<Symbol, Stop> {
        let start = self.cursor.at;
        self.cursor.digits();
        let has_more = self.cursor.at > start || self.cursor.peek().is_none();
        if self.cursor.fraction() {
            return Ok(Symbol::Literal(Kind::Float));
        }
        if first == '0' && has_more {
            return Err(Stop::Token(at));
        }
        Ok(Symbol::Literal(Kind::Number))
    }

    fn string(&mut self, at: usize) -> Result<Symbol, Stop> {
        loop {
            match self.cursor.next() {
                None | Some('\n' | '\0') => return Err(Stop::Token(at)),
                Some('"') => return Ok(Symbol::Literal(Kind::String)),
                Some('\\') => self.cursor.escape()?,
                Some(_) => {}
            }
        }
    }
}
