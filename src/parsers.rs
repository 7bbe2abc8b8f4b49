//! Everything that parses, as functions of bytes: each calls the product's own parser and asserts what must hold
//! whatever comes in. For fuzz targets (`fuzz/`) and property tests; no interface, it changes with any version.

use data_encoding::BASE64;

use crate::account::{AccountName, Identifier, PersonName};
use crate::callback;
use crate::host::Host;
use crate::http::parsers as http;
use crate::lifetime::Lifetime;
use crate::other_tools::parsers as other_tools;
use crate::process::CommandLine;
use crate::provider::parsers as provider;
use crate::ssh_key::PublicKey;
use crate::store::parsers as store;
use crate::token::Token;
use crate::{terraform_variable, text};

/// A parser and what must hold of it.
pub type Parser = (&'static str, fn(&[u8]));

/// Every parser by its name, which is its fuzz target's too.
pub const ALL: [Parser; 18] = [
    ("host", host),
    ("words", words),
    ("token", token),
    ("ssh_key", ssh_key),
    ("escape", escape),
    ("callback", callback),
    ("command_line", command_line),
    ("terraform_variable", variable),
    ("headers", http::headers),
    ("tokens_file", store::tokens_file),
    ("config", store::config),
    ("docker_answer", store::docker_answer),
    ("terraform_configuration", other_tools::terraform_configuration),
    ("atlas_document", provider::atlas_document),
    ("atlas_error", provider::atlas_error),
    ("aptible_document", provider::aptible_document),
    ("aptible_claims", provider::aptible_claims),
    ("aptible_address", provider::aptible_address),
];

/// Gives bytes to the parser of this name.
pub fn run(name: &str, bytes: &[u8]) {
    if let Some((_, parser)) = ALL.iter().find(|(known, _)| *known == name) {
        parser(bytes);
    }
}

/// What parses as a host reads back as the same host from every form that is written.
fn host(bytes: &[u8]) {
    let Ok(host) = Host::parse(&String::from_utf8_lossy(bytes)) else { return };
    assert_eq!(Host::parse(&host.to_string()).ok().as_ref(), Some(&host));
    if let Some(name) = terraform_variable::name_of(&host) {
        assert_eq!(terraform_variable::host_of(&name), Some(host), "{name}");
    }
}

/// What a variable of Terraform's names is a host that this variable is named after, if it has one.
fn variable(bytes: &[u8]) {
    let name = format!("{}{}", terraform_variable::PREFIX, String::from_utf8_lossy(bytes));
    let Some(host) = terraform_variable::host_of(&name) else { return };
    if let Some(name) = terraform_variable::name_of(&host) {
        assert_eq!(terraform_variable::host_of(&name), Some(host));
    }
}

/// Accounts, identifiers and lifetimes read back as themselves.
fn words(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    if let Ok(name) = AccountName::parse(&text) {
        assert_eq!(AccountName::parse(name.as_str()).ok().as_ref(), Some(&name));
        assert!(!name.as_str().chars().any(char::is_control));
    }
    if let Ok(name) = PersonName::parse(&text) {
        assert_eq!(PersonName::parse(name.as_str()).ok().as_ref(), Some(&name));
    }
    if let Some(identifier) = Identifier::new(&text) {
        let segment = identifier.as_str();
        assert!(!matches!(segment, "" | "." | "..") && !segment.contains(['/', '?', '#', '%']));
    }
    if let Ok(lifetime) = Lifetime::parse(&text) {
        assert_eq!(Lifetime::from_seconds(lifetime.seconds()), Some(lifetime));
    }
}

/// No refusal repeats what was refused.
fn token(bytes: &[u8]) {
    const SECRET: &str = "s3cr3t-m4rk";
    let text = String::from_utf8_lossy(bytes);
    let middle = (0..=text.len() / 2).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
    let (head, tail) = text.split_at(middle);
    let Err(refusal) = Token::parse(&format!("{head}{SECRET}{tail}"), "a test") else { return };
    let told = format!("{refusal} {:?} {:?}", refusal.hint, refusal.cause);
    assert!(!told.contains(SECRET), "a refusal repeats its input");
}

/// A public key reads back as itself from the line that is sent, which nothing else can be in.
fn ssh_key(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    is_sent_as_itself(&text);
    // Nobody guesses a key's own beginning: what comes in is what stands around it, too.
    let blob = BASE64.encode(&[b"\0\0\0\x0bssh-ed25519", bytes].concat());
    is_sent_as_itself(&format!("{text} ssh-ed25519 {blob} {text}"));
}

fn is_sent_as_itself(line: &str) {
    let Some(key) = PublicKey::parse(line) else { return };
    let line = key.line();
    assert!(line.bytes().all(|b| b == b' ' || b.is_ascii_graphic()));
    let again = PublicKey::parse(&line).map(|again| (again.fingerprint(), again.line()));
    assert_eq!(again, Some((key.fingerprint(), line)));
}

/// What is shown acts on no terminal, and JSON goes on meaning what it meant.
fn escape(bytes: &[u8]) {
    let raw = String::from_utf8_lossy(bytes);
    let shown = text::escape(&raw);
    let acts = |c: char| {
        c.is_control()
            || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    assert!(!shown.chars().any(acts));
    assert_eq!(text::escape(&shown), shown);
    let document = serde_json::Value::from(raw.as_ref()).to_string();
    let escaped = text::escape_json(&document);
    assert_eq!(serde_json::from_str::<serde_json::Value>(&escaped).ok(), Some(raw.as_ref().into()));
}

/// Only the answer to this very sign-in is one.
fn callback(bytes: &[u8]) {
    let state = "a-state-of-ours".into();
    let text = String::from_utf8_lossy(bytes);
    for begin in ["", "/?state=a-state-of-ours&"] {
        let address = format!("http://localhost{begin}{text}");
        let found = callback::callback_of(&address, &state);
        assert!(found.is_none() || address.contains("state"));
    }
}

/// A command is never without a program.
fn command_line(bytes: &[u8]) {
    let _ = CommandLine::parse(&String::from_utf8_lossy(bytes), "a test");
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use proptest::test_runner::TestRunner;

    use super::ALL;

    /// Gives each parser bytes of all kinds: any, and those that its language is made of.
    #[test]
    fn no_input_breaks_what_must_hold_of_a_parser() {
        let text = "[ -~\\n\u{0}-\u{ff}\u{200b}-\u{202f}]{0,80}";
        let language = "([a-z0-9.:/@?#%=&{}\\[\\]\",\\\\ \n_-]|https?://|xn--|state=|code=|\"data\":|\"attributes\":|\"_links\":|\"hosts\":|\"version\":1|credentials|TF_TOKEN_|null|true|<<EOT){0,40}";
        for (name, parser) in ALL {
            let mut runner = TestRunner::new(ProptestConfig {
                cases: 1_000,
                failure_persistence: None,
                ..ProptestConfig::default()
            });
            let any = proptest::collection::vec(any::<u8>(), 0..200);
            let inputs = prop_oneof![
                any,
                text.prop_map(String::into_bytes),
                language.prop_map(String::into_bytes)
            ];
            let outcome = runner.run(&inputs, |bytes| {
                parser(&bytes);
                Ok(())
            });
            outcome.unwrap_or_else(|error| panic!("{name}: {error}"));
        }
    }
}
