//! What Terraform makes of one configuration file: hosts with credentials, and credentials helpers.
//!
//! Decoded as its library decodes: names of settings in any case, blocks with labels and maps alike. A file
//! with one value of a wrong form counts as a whole as none, so every setting is looked at.

use std::collections::{BTreeMap, BTreeSet};

use super::hcl::{BadText, Document, Item, Kind, Literal, Value, Word};
use crate::host::Host;
use crate::token::Token;

/// What one file says of credentials.
#[derive(Debug, Default)]
pub(super) struct Settings {
    /// The names of the credentials helpers that it asks for.
    pub(super) helpers: BTreeSet<String>,
    /// What it has for hosts, by the names that it calls them, in its order.
    pub(super) credentials: Vec<(String, Held)>,
}

/// What a file has for one host.
#[derive(Debug, Clone)]
pub enum Held {
    /// A token.
    Token(Token),
    /// Something that Terraform presents as a token and keybelt could not, such as one with blanks round it.
    Unusable,
    /// A blank, which Terraform presents as a token.
    Blank,
    /// No token at all: Terraform has no credential then, and asks no helper.
    Nothing,
}

/// A value that the library does not take; the name of the setting that it is in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Misfit(pub(super) &'static str);

impl Settings {
    /// Decodes a file.
    pub(super) fn new(document: &Document<'_>) -> Result<Self, Misfit> {
        let blocks = document.blocks();
        let root = nodes(&blocks);
        let mut settings = Self::default();
        let named = |name: &'static str| move |_: Wrong| Misfit(name);
        for (name, check) in FORMS {
            for view in fields(&root, name).map_err(named(name))? {
                check(&view).map_err(named(name))?;
            }
        }
        let mut held: Vec<(String, BTreeMap<String, Decoded>)> = Vec::new();
        for view in fields(&root, CREDENTIALS).map_err(named(CREDENTIALS))? {
            credentials(&view, &mut held).map_err(named(CREDENTIALS))?;
        }
        settings.credentials =
            held.into_iter().map(|(host, block)| (host, Held::new(&block))).collect();
        for view in fields(&root, HELPER).map_err(named(HELPER))? {
            for (name, block) in entries(&view).map_err(named(HELPER))? {
                for arguments in members(&block, "args").map_err(named(HELPER))? {
                    list_of_texts(&arguments).map_err(named(HELPER))?;
                }
                settings.helpers.insert(name);
            }
        }
        Ok(settings)
    }

    /// Returns what the file has for a host, under every name that means it to Terraform.
    pub(super) fn held(&self, host: &Host) -> Vec<(&str, &Held)> {
        let is_it = |name: &str| host_of(name).as_ref() == Some(host);
        self.credentials
            .iter()
            .filter(|(name, _)| is_it(name))
            .map(|(name, held)| (name.as_str(), held))
            .collect()
    }
}

impl Held {
    fn new(block: &BTreeMap<String, Decoded>) -> Self {
        match block.get("token") {
            Some(Decoded::Text(text)) if text.is_empty() => Self::Blank,
            Some(Decoded::Text(text)) => Token::new(text).map_or(Self::Unusable, Self::Token),
            _ => Self::Nothing,
        }
    }

    /// Returns the token, if it is one that keybelt could present.
    pub(super) fn token(&self) -> Option<&Token> {
        match self {
            Self::Token(token) => Some(token),
            _ => None,
        }
    }
}

/// The setting of credentials.
pub(super) const CREDENTIALS: &str = "credentials";

/// The setting that asks for a credentials helper.
pub(super) const HELPER: &str = "credentials_helper";

/// Reads a host as Terraform writes it: no scheme, no alias of ours, no punycode.
pub(super) fn host_of(name: &str) -> Option<Host> {
    let is_name = !name.contains('/')
        && !name.to_ascii_lowercase().split('.').any(|label| label.starts_with("xn--"));
    is_name.then(|| Host::parse(&format!("https://{name}")).ok()).flatten()
}

/// The settings that say nothing of credentials, in the order in which they are decoded.
const FORMS: [(&str, Check); 7] = [
    ("providers", map_of_texts),
    ("provisioners", map_of_texts),
    ("disable_checkpoint", truth),
    ("disable_checkpoint_signature", truth),
    ("plugin_cache_dir", text),
    ("plugin_cache_may_break_dependency_lock_file", truth),
    ("host", hosts),
];

/// Looks at a value's form.
type Check = fn(&View<'_>) -> Result<(), Wrong>;

/// A value of a wrong form.
struct Wrong;

impl From<BadText> for Wrong {
    fn from(_: BadText) -> Self {
        Self
    }
}

/// An item below the keys that are read already.
#[derive(Clone, Copy)]
struct Node<'a> {
    keys: &'a [Word<'a>],
    value: &'a Value<'a>,
}

/// What a setting is set to: one value, or blocks with labels.
enum View<'a> {
    Value(&'a Value<'a>),
    Nodes(Vec<Node<'a>>),
}

/// What a value of any form became.
#[derive(Debug, Clone, PartialEq)]
enum Decoded {
    Text(String),
    Whole,
    Fraction,
    Truth,
    Several,
}

fn nodes<'a>(items: &'a [Item<'a>]) -> Vec<Node<'a>> {
    items.iter().map(|item| Node { keys: &item.keys, value: &item.value }).collect()
}

/// Returns the nodes below a key.
fn below<'a>(nodes: &[Node<'a>], key: &str) -> Result<Vec<Node<'a>>, Wrong> {
    let mut found = Vec::new();
    for node in nodes {
        if let Some((first, keys)) = node.keys.split_first()
            && first.text()?.eq_ignore_ascii_case(key)
        {
            found.push(Node { keys, value: node.value });
        }
    }
    Ok(found)
}

/// Returns what a setting is set to: its labelled blocks first, then each value.
fn fields<'a>(nodes: &[Node<'a>], name: &str) -> Result<Vec<View<'a>>, Wrong> {
    let (values, blocks): (Vec<_>, Vec<_>) =
        below(nodes, name)?.into_iter().partition(|node| node.keys.is_empty());
    let blocks = (!blocks.is_empty()).then_some(View::Nodes(blocks));
    Ok(blocks.into_iter().chain(values.into_iter().map(|node| View::Value(node.value))).collect())
}

/// Returns what a block's setting is set to.
fn members<'a>(view: &View<'a>, name: &str) -> Result<Vec<View<'a>>, Wrong> {
    fields(&objects(view)?, name)
}

fn objects<'a>(view: &View<'a>) -> Result<Vec<Node<'a>>, Wrong> {
    match view {
        View::Nodes(nodes) => Ok(nodes.clone()),
        View::Value(Value::Object(items)) => Ok(nodes(items)),
        View::Value(_) => Err(Wrong),
    }
}

/// Returns a map's entries. Blocks with one more label are one entry together.
fn entries<'a>(view: &View<'a>) -> Result<Vec<(String, View<'a>)>, Wrong> {
    let nodes = objects(view)?;
    let mut entries = Vec::new();
    let mut done = BTreeSet::new();
    for node in &nodes {
        let key = node.keys.first().ok_or(Wrong)?.text()?;
        if done.contains(&key) {
            continue;
        }
        let view = match node.keys.len() {
            1 => View::Value(node.value),
            _ => {
                done.insert(key.clone());
                View::Nodes(below(&nodes, &key)?)
            }
        };
        entries.push((key, view));
    }
    Ok(entries)
}

fn credentials(
    view: &View<'_>,
    held: &mut Vec<(String, BTreeMap<String, Decoded>)>,
) -> Result<(), Wrong> {
    for (host, block) in entries(view)? {
        let place = held.iter().position(|(known, _)| *known == host).unwrap_or_else(|| {
            held.push((host, BTreeMap::new()));
            held.len() - 1
        });
        // Terraform passes over what is under a name that is not a host.
        let used = host_of(&held[place].0).map_or(Use::Service, |_| Use::Credential);
        map(&block, &mut held[place].1, used)?;
    }
    Ok(())
}

fn hosts(view: &View<'_>) -> Result<(), Wrong> {
    for (_, block) in entries(view)? {
        let mut known = BTreeMap::new();
        for services in members(&block, "services")? {
            map(&services, &mut known, Use::Service)?;
        }
    }
    Ok(())
}

fn map_of_texts(view: &View<'_>) -> Result<(), Wrong> {
    entries(view)?.iter().try_for_each(|(_, value)| text(value))
}

fn list_of_texts(view: &View<'_>) -> Result<(), Wrong> {
    match view {
        View::Value(Value::List(values)) => {
            values.iter().try_for_each(|value| text(&View::Value(value)))
        }
        View::Value(Value::Object(items)) if items.is_empty() => Ok(()),
        _ => Err(Wrong),
    }
}

fn literal<'a>(view: &View<'a>) -> Result<&'a Literal<'a>, Wrong> {
    match view {
        View::Value(Value::Literal(literal)) => Ok(literal),
        _ => Err(Wrong),
    }
}

fn text(view: &View<'_>) -> Result<(), Wrong> {
    let literal = literal(view)?;
    match literal.kind {
        Kind::Bool | Kind::Float => Err(Wrong),
        _ => literal.text().map(drop).map_err(Wrong::from),
    }
}

fn truth(view: &View<'_>) -> Result<(), Wrong> {
    (literal(view)?.kind == Kind::Bool).then_some(()).ok_or(Wrong)
}

/// What a value of any form is for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Use {
    /// Terraform panics at an object that does not stand in a list.
    Credential,
    CredentialInList,
    Service,
}

/// Decodes a value of any form. The second of two for one key takes on the form of the first, or is wrong.
fn any(view: &View<'_>, known: Option<&Decoded>, used: Use) -> Result<Decoded, Wrong> {
    if let View::Value(Value::Literal(literal)) = view {
        return of_literal(literal, known);
    }
    if let View::Value(Value::List(values)) = view {
        let used = if used == Use::Service { used } else { Use::CredentialInList };
        values.iter().try_for_each(|value| any(&View::Value(value), None, used).map(drop))?;
        return several(known);
    }
    let used = match used {
        Use::Credential => return Err(Wrong),
        Use::CredentialInList => Use::Credential,
        Use::Service => Use::Service,
    };
    match view {
        // Blocks with more labels stand each for itself.
        View::Nodes(nodes) => nodes
            .iter()
            .try_for_each(|node| map(&View::Nodes(vec![*node]), &mut BTreeMap::new(), used))?,
        View::Value(_) => map(view, &mut BTreeMap::new(), used)?,
    }
    several(known)
}

/// Decodes a map of values of any form.
fn map(view: &View<'_>, known: &mut BTreeMap<String, Decoded>, used: Use) -> Result<(), Wrong> {
    for (name, value) in entries(view)? {
        let decoded = any(&value, known.get(&name), used)?;
        known.insert(name, decoded);
    }
    Ok(())
}

fn several(known: Option<&Decoded>) -> Result<Decoded, Wrong> {
    match known {
        None | Some(Decoded::Several) => Ok(Decoded::Several),
        Some(_) => Err(Wrong),
    }
}

fn of_literal(literal: &Literal<'_>, known: Option<&Decoded>) -> Result<Decoded, Wrong> {
    let text = literal.text()?;
    match (known, literal.kind) {
        (None | Some(Decoded::Text(_)), Kind::String | Kind::Heredoc)
        | (Some(Decoded::Text(_)), Kind::Number) => Ok(Decoded::Text(text)),
        (None | Some(Decoded::Whole), Kind::Number) | (Some(Decoded::Whole), Kind::String) => {
            whole(&text).map(|_| Decoded::Whole).ok_or(Wrong)
        }
        (None | Some(Decoded::Fraction), Kind::Float) | (Some(Decoded::Fraction), Kind::Number) => {
            let number = text.parse::<f64>().ok().filter(|number| number.is_finite());
            number.map(|_| Decoded::Fraction).ok_or(Wrong)
        }
        (None | Some(Decoded::Truth), Kind::Bool) => Ok(Decoded::Truth),
        _ => Err(Wrong),
    }
}

/// Reads a whole number as the Go language does: hexadecimal, octal or decimal.
fn whole(text: &str) -> Option<i64> {
    let (sign, digits) = match text.strip_prefix('-') {
        Some(digits) => ("-", digits),
        None => ("", text),
    };
    let (base, digits) =
        if let Some(digits) = digits.strip_prefix("0x").or(digits.strip_prefix("0X")) {
            (16, digits)
        } else if digits.len() > 1 && digits.starts_with('0') {
            (8, &digits[1..])
        } else {
            (10, digits)
        };
    i64::from_str_radix(&format!("{sign}{digits}"), base).ok()
}

#[cfg(test)]
mod tests {
    use super::super::hcl;
    use super::{Held, Settings};

    fn settings(text: &str) -> Result<Settings, &'static str> {
        let document = hcl::parse(text).map_err(|_| "not HCL")?;
        Settings::new(&document).map_err(|misfit| misfit.0)
    }

    fn summary(text: &str) -> String {
        let settings = settings(text).unwrap_or_else(|why| panic!("{text}: {why}"));
        let held = settings.credentials.iter().map(|(name, held)| {
            let word = match held {
                Held::Token(_) => "token",
                Held::Unusable => "unusable",
                Held::Blank => "blank",
                Held::Nothing => "nothing",
            };
            format!("{name}:{word}")
        });
        let helpers = settings.helpers.iter().map(|name| format!("helper:{name}"));
        held.chain(helpers).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn every_form_of_credentials_is_seen() {
        for (text, expected) in [
            ("credentials \"a.b\" { token = \"x\" }", "a.b:token"),
            ("credentials = { \"a.b\" = { token = \"x\" } }", "a.b:token"),
            ("credentials { a.b { \"token\" = \"x\", } }", "a.b:token"),
            ("Credentials \"a.b\" { token = \"x\" } CREDENTIALS c.d {}", "a.b:token c.d:nothing"),
            (
                "credentials \"a.b\" { token = \"x\" }\ncredentials \"a.b\" { other = 1 }",
                "a.b:token",
            ),
            ("credentials \"a.b\" { token = <<E\nx\nE\n}", "a.b:unusable"),
            ("credentials \"a.b\" { token = \"\" }", "a.b:blank"),
            ("credentials \"a.b\" { token = 5 }", "a.b:nothing"),
            ("credentials \"a.b\" { Token = \"x\" }", "a.b:nothing"),
            ("credentials \"a.b\" { x = [{ y = 1 }] }", "a.b:nothing"),
            ("credentials \"a,b\" x {}", "a,b:nothing"),
            ("provider_installation { dev_overrides = { \"e/w\" = \"/x\" } direct {} }", ""),
            (r#"{"credentials":{"a.b":{"token":"x"},"c.d":{}}}"#, "a.b:token c.d:nothing"),
            (r#"{"credentials":[{"a.b":{"token":"x"}}]}"#, "a.b:token"),
            (r#"{"credentials":{"a.b":[{"token":"x"}]}}"#, "a.b:token"),
            (r#"{"credentials":{"a.b":{"token":" x "}}}"#, "a.b:unusable"),
            (r#"{"credentials":{"a.b":{"token":null}}}"#, "a.b:blank"),
            (r#"{"credentials_helper":{"keybelt":{}}} {}"#, "helper:keybelt"),
            ("credentials_helper \"keybelt\" {\n}\n", "helper:keybelt"),
            ("credentials_helper = { vault = { args = [\"x\", 1] } }", "helper:vault"),
        ] {
            assert_eq!(summary(text), expected, "{text}");
        }
    }

    #[test]
    fn one_value_of_a_wrong_form_is_enough() {
        for (text, setting) in [
            ("credentials = \"x\"", "credentials"),
            ("credentials \"a.b\" { x = {} }", "credentials"),
            ("credentials \"a.b\" \"token\" {}", "credentials"),
            ("credentials \"a.b\" { x = [{ y = {} }] }", "credentials"),
            ("credentials = { \"a.b\" = \"x\" }", "credentials"),
            ("credentials \"a.b\" { n = 99999999999999999999 }", "credentials"),
            ("credentials \"a.b\" { token = \"x\" token = true }", "credentials"),
            (r#"{"credentials":{"a.b":{"token":"x"},"note":"y"}}"#, "credentials"),
            (r#"{"credentials":[]}"#, "credentials"),
            ("credentials_helper \"k\" { args = \"x\" }", "credentials_helper"),
            ("plugin_cache_dir = true", "plugin_cache_dir"),
            ("disable_checkpoint = \"true\"", "disable_checkpoint"),
            ("host \"a.b\" { services = 1 }", "host"),
            ("host \"a.b\" { services { x { y {} y = 1 } } }", "host"),
            ("providers { x = [] }", "providers"),
        ] {
            assert_eq!(settings(text).err(), Some(setting), "{text}");
        }
    }
}
