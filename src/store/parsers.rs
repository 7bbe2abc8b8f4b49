//! What must hold of the parsers of our own files and of docker's answers, whatever is in them.

use super::config::Config;
use super::docker;
use super::tokens::Tokens;

/// What is read is written again without a loss.
pub fn tokens_file(bytes: &[u8]) {
    let Ok(tokens) = Tokens::parse(bytes) else { return };
    let text = tokens.to_text();
    let again = Tokens::parse(text.as_bytes()).map(|tokens| tokens.to_text());
    assert_eq!(again.ok(), Some(text));
}

/// A refusal quotes no line of the file.
pub fn config(bytes: &[u8]) {
    let Err(refusal) = Config::parse(bytes) else { return };
    assert!(!refusal.contains('\n'));
}

/// Only an answer about this very account is one.
pub fn docker_answer(bytes: &[u8]) {
    let answer = docker::answered(bytes, "alice@tfe.example.com");
    let is_hers = bytes.windows(5).any(|part| part == b"alice") || bytes.contains(&b'\\');
    assert!(is_hers || !matches!(answer, Ok(Some(_))));
}
