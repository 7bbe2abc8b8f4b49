//! The floors of the house, read from the sources: imports go down only, and each kind of I/O has one place.
//!
//! A new module is added to [`FLOORS`] in the commit that makes it. A file directly in `src/` may use its
//! neighbours on the same floor; a folder may use only itself there.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// Every module directly below `src/`, and the floor that it stands on.
const FLOORS: [(&str, u32); 31] = [
    ("main", 7),
    ("lib", 7),
    ("cli", 7),
    // What the user asked for.
    ("commands", 6),
    // What several commands do.
    ("operation", 5),
    // How it looks; what is wrong here.
    ("report", 4),
    ("doctor", 4),
    ("running_sandbox", 4),
    // Which server, which credential; signing in.
    ("session", 3),
    // Account servers; where tokens and settings are kept.
    ("provider", 2),
    ("store", 2),
    // One kind of I/O each.
    ("callback", 1),
    ("http", 1),
    ("other_tools", 1),
    ("private_file", 1),
    ("process", 1),
    ("terminal", 1),
    // Words, and what everybody stands on.
    ("account", 0),
    ("clock_skew", 0),
    ("environment", 0),
    ("failure", 0),
    ("host", 0),
    ("lifetime", 0),
    ("organization", 0),
    ("provider_name", 0),
    ("redaction", 0),
    ("signal", 0),
    ("terraform_variable", 0),
    ("text", 0),
    ("token", 0),
    ("two_factor", 0),
];

/// What only some files may say: the text, what it is, and where it may stand (a prefix of the path).
const PLACES: [(&str, &str, &[&str]); 18] = [
    ("std::env", "the environment", &["environment.rs", "main.rs"]),
    ("env::var", "the environment", &["environment.rs"]),
    ("Timestamp::now", "the clock", &["environment.rs"]),
    ("SystemTime", "the clock", &["environment.rs"]),
    ("Zoned::now", "the clock", &["environment.rs"]),
    ("println!", "printing", &["terminal"]),
    ("print!", "printing", &["terminal"]),
    ("eprintln!", "printing", &["terminal"]),
    ("eprint!", "printing", &["terminal"]),
    ("dbg!", "printing", &[]),
    ("stdout()", "printing", &["terminal"]),
    ("stderr()", "printing", &["terminal"]),
    ("stdin()", "reading what is typed", &["terminal"]),
    ("reqwest::", "HTTP", &["http"]),
    ("rpassword::", "hidden input", &["terminal"]),
    ("std::process::exit", "the end of the process", &["signal.rs"]),
    ("Command::new(", "children", &["process.rs", "store/runner.rs"]),
    ("TcpStream", "sockets", &["http", "callback.rs"]),
];

/// Files that send or write a secret, or compare one: the only ones that may take it out of its wrapper.
const EXPOSING: [&str; 26] = [
    "callback.rs",
    "commands/helper/protocol.rs",
    "commands/token/create.rs",
    "commands/token/print.rs",
    "commands/two_factor/enable.rs",
    "commands/two_factor/recovery_codes.rs",
    "http/request.rs",
    "operation/child_environment.rs",
    "operation/enrolment.rs",
    "operation/recovery_codes.rs",
    "private_file.rs",
    "process.rs",
    "other_tools/aptible.rs",
    "provider/aptible/claims.rs",
    "provider/aptible/wire.rs",
    "provider/atlas/sign_in.rs",
    "provider/atlas/wire.rs",
    "redaction.rs",
    "session/code.rs",
    "session/secret_sources.rs",
    "session/web.rs",
    "store/docker.rs",
    "store/entry.rs",
    "store/keyring.rs",
    "token.rs",
    "two_factor.rs",
];

/// Lines that make messages: no secret may be on one.
const MESSAGES: [&str; 10] = [
    "Failure::",
    ".hint(",
    "log::",
    "say(",
    "warn(",
    "anyhow!",
    "panic!",
    "expect(",
    "{:?}",
    "assert",
];

struct Source {
    /// The path below `src/`, with slashes.
    path: String,
    /// The module directly below `src/`.
    module: String,
    /// The text without comments and without unit tests, line by line.
    lines: Vec<String>,
}

impl Source {
    fn read(path: &Path, root: &Path) -> Self {
        let text = fs::read_to_string(path).unwrap();
        let path = path.strip_prefix(root).unwrap().to_str().unwrap().to_owned();
        let module = path.split(['/', '.']).next().unwrap().to_owned();
        let product = text.split("#[cfg(test)]\nmod tests {").next().unwrap();
        let code = |line: &str| match line.trim_start().starts_with("//") {
            true => String::new(),
            false => line.split(" // ").next().unwrap_or_default().to_owned(),
        };
        Self { path, module, lines: product.lines().map(code).collect() }
    }

    fn is_directly_in_src(&self) -> bool {
        !self.path.contains('/')
    }

    /// Returns the modules that it names after `crate::`, each with the number of the line.
    fn imports(&self) -> Vec<(usize, String)> {
        let mut found = Vec::new();
        for (number, line) in self.lines.iter().enumerate() {
            for rest in line.split("crate::").skip(1) {
                let names = match rest.strip_prefix('{') {
                    Some(_) => group(&self.lines[number..], rest),
                    None => vec![name(rest)],
                };
                found.extend(names.into_iter().map(|name| (number + 1, name)));
            }
        }
        found
    }

    fn place(&self, line: usize) -> String {
        format!("src/{} line {line}", self.path)
    }
}

fn name(text: &str) -> String {
    text.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect()
}

/// Returns the first names in the outer braces of `{a, b::{c, d}}`, which may go on over several lines.
fn group(lines: &[String], first: &str) -> Vec<String> {
    let text = std::iter::once(first)
        .chain(lines[1..].iter().map(String::as_str))
        .collect::<Vec<_>>()
        .join(" ");
    let (mut depth, mut names, mut fresh) = (0, Vec::new(), false);
    for (at, character) in text.char_indices() {
        match character {
            '{' => depth += 1,
            '}' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            break;
        }
        if depth == 1 && matches!(character, '{' | ',') {
            fresh = true;
        } else if fresh && !character.is_whitespace() {
            names.push(name(&text[at..]));
            fresh = false;
        }
    }
    names.retain(|name| !name.is_empty());
    names
}

/// Returns every source file of the product, unit tests in files of their own left out.
fn sources() -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut folders = vec![root.clone()];
    let mut sources = Vec::new();
    while let Some(folder) = folders.pop() {
        let mut entries: Vec<PathBuf> =
            fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
        entries.sort();
        for path in entries {
            if path.is_dir() && path.ends_with("tests") {
                continue;
            }
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|end| end == "rs") && !path.ends_with("tests.rs")
            {
                sources.push(Source::read(&path, &root));
            }
        }
    }
    assert!(sources.len() > 50, "the sources were not found");
    sources
}

fn floor(module: &str) -> Option<u32> {
    FLOORS.iter().find(|(name, _)| *name == module).map(|(_, floor)| *floor)
}

fn assert_none(violations: &[String], rule: &str) {
    assert!(violations.is_empty(), "{rule}\n  {}", violations.join("\n  "));
}

#[test]
fn every_module_has_its_floor_and_every_floor_its_modules() {
    let found: BTreeSet<String> = sources().into_iter().map(|source| source.module).collect();
    let listed: BTreeSet<String> = FLOORS.iter().map(|(name, _)| (*name).to_owned()).collect();
    assert_eq!(
        found, listed,
        "the modules below src/ (left) are not those in the table of floors (right)"
    );
}

#[test]
fn imports_go_down_only() {
    let mut violations = Vec::new();
    let mut imports = 0;
    for source in sources() {
        let own = floor(&source.module).unwrap();
        for (line, name) in source.imports() {
            let Some(other) = floor(&name) else {
                // A path inside a macro, or something of the crate's root.
                continue;
            };
            imports += 1;
            let neighbour = other == own && source.is_directly_in_src();
            if other >= own && name != source.module && !neighbour {
                violations.push(format!(
                    "{} uses `{name}` (floor {other} from {own})",
                    source.place(line)
                ));
            }
        }
        let climbs = |line: &&String| source.is_directly_in_src() && line.starts_with("use super");
        violations.extend(
            source.lines.iter().filter(climbs).map(|line| format!("{}: {line}", source.path)),
        );
    }
    assert!(imports > 200, "the imports were not found");
    assert_none(&violations, "imports go down only:");
}

#[test]
fn each_kind_of_input_and_output_has_its_place() {
    let mut violations = Vec::new();
    for source in sources() {
        for (text, what, places) in &PLACES {
            let allowed = places.iter().any(|place| {
                source.path == *place
                    || source.path.starts_with(&format!("{place}/"))
                    || source.path == format!("{place}.rs")
            });
            if allowed {
                continue;
            }
            let says = |line: &str| {
                let before = |at: usize| line[..at].chars().next_back();
                line.match_indices(text)
                    .any(|(at, _)| !before(at).is_some_and(|c| c.is_alphanumeric() || c == '_'))
            };
            let lines = source.lines.iter().enumerate().filter(|(_, line)| says(line));
            violations.extend(
                lines.map(|(line, _)| format!("{} says `{text}` ({what})", source.place(line + 1))),
            );
        }
    }
    // The directory for temporary files, the program's own path: asked through environment.rs as well.
    assert_none(&violations, "each kind of input and output has one place:");
}

#[test]
fn commands_know_no_files_no_http_and_no_status_codes() {
    let mut violations = Vec::new();
    for source in sources().into_iter().filter(|source| source.module == "commands") {
        for (number, line) in source.lines.iter().enumerate() {
            for word in [
                "std::fs",
                "fs::",
                " File::",
                "OpenOptions",
                "crate::http",
                "reqwest",
                "serde_json::from",
                ".status ==",
            ] {
                if line.contains(word) {
                    violations.push(format!("{} says `{word}`", source.place(number + 1)));
                }
            }
        }
    }
    assert_none(&violations, "commands take arguments, ask, call and report:");
}

#[test]
fn providers_know_neither_a_terminal_nor_a_store() {
    let mut violations = Vec::new();
    for source in sources().into_iter().filter(|source| source.module == "provider") {
        for (number, line) in source.lines.iter().enumerate() {
            for word in [
                "terminal::prompt",
                "Prompter",
                "crate::store",
                "terminal::say",
                "terminal::result",
                "terminal::stdin",
            ] {
                if line.contains(word) {
                    violations.push(format!("{} says `{word}`", source.place(number + 1)));
                }
            }
        }
    }
    assert_none(&violations, "providers talk to account servers alone:");
}

#[test]
fn secrets_are_taken_out_only_where_they_are_sent_written_or_compared() {
    let mut violations = Vec::new();
    let mut exposing = BTreeSet::new();
    for source in sources() {
        for (number, line) in
            source.lines.iter().enumerate().filter(|(_, line)| line.contains("expose_secret("))
        {
            exposing.insert(source.path.clone());
            let in_message = MESSAGES.iter().find(|word| line.contains(**word));
            violations.extend(in_message.map(|word| {
                format!("{} exposes a secret beside `{word}`", source.place(number + 1))
            }));
        }
    }
    assert_none(&violations, "no secret goes into a message:");
    let listed: BTreeSet<String> = EXPOSING.iter().map(|path| (*path).to_owned()).collect();
    assert_eq!(
        exposing, listed,
        "the files that expose secrets (left) are not those in the table (right)"
    );
}

#[test]
fn the_sandbox_shares_nothing_with_the_client() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("sandbox");
    let manifest = fs::read_to_string(root.join("Cargo.toml")).unwrap();
    let dependencies = manifest.split("[dependencies]").nth(1).unwrap();
    assert!(
        !dependencies.contains("keybelt") && !dependencies.contains("path ="),
        "{dependencies}"
    );
    for file in ["lib.rs", "atlas.rs", "atlas/authenticate.rs"] {
        let text = fs::read_to_string(root.join("src").join(file)).unwrap();
        assert!(!text.contains("keybelt::"), "{file}");
    }
}

#[test]
fn the_reader_of_imports_sees_groups_and_several_lines() {
    let lines: Vec<String> = [
        "use crate::{account, store::{Entry, Tokens},",
        "    terminal::prompt::Prompter};",
        "let x = crate::http::Http::new();",
    ]
    .map(str::to_owned)
    .into();
    let source = Source { path: "x.rs".into(), module: "x".into(), lines };
    let names: Vec<String> = source.imports().into_iter().map(|(_, name)| name).collect();
    assert_eq!(names, ["account", "store", "terminal", "http"]);
}
