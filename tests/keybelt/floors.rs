//! The floors of the house, read from the sources: imports go down only, no circle anywhere, and each kind
//! of I/O has one place.
//!
//! A new module is added to [`FLOORS`] in the commit that makes it.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use self::imports::House;

mod imports; // who imports whom
mod tokens; // what a source is made of

/// Every module directly below `src/`, and the floor that it stands on.
const FLOORS: [(&str, u32); 41] = [
    ("main", 7),
    ("lib", 7),
    ("cli", 7),
    ("parsers", 7),
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
    ("token_file", 1),
    // Words, and what everybody stands on.
    ("account", 0),
    ("clock_skew", 0),
    ("environment", 0),
    ("failure", 0),
    ("host", 0),
    ("lifetime", 0),
    ("membership", 0),
    ("memory_guard", 0),
    ("organization", 0),
    ("organization_token", 0),
    ("provider_name", 0),
    ("redaction", 0),
    ("setting", 0),
    ("signal", 0),
    ("site_user", 0),
    ("ssh_key", 0),
    ("terraform_variable", 0),
    ("text", 0),
    ("token", 0),
    ("token_limit", 0),
    ("two_factor", 0),
    ("windows", 0),
];

/// Who may import a neighbour on the same floor; words on the lowest may all import each other.
const SIDEWAYS: [(&str, &str); 5] = [
    ("main", "cli"),
    ("callback", "private_file"),
    ("http", "private_file"),
    ("other_tools", "private_file"),
    ("process", "private_file"),
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
    ("Command::new(", "children", &["process", "store/docker.rs"]),
    ("TcpStream", "sockets", &["http", "callback.rs"]),
];

/// Files that send or write a secret, or compare one: the only ones that may take it out of its wrapper.
const EXPOSING: [&str; 30] = [
    "callback.rs",
    "commands/helper/protocol.rs",
    "commands/token/print.rs",
    "commands/two_factor/enable.rs",
    "commands/two_factor/recovery_codes.rs",
    "http/request.rs",
    "operation/child_environment.rs",
    "operation/destination.rs",
    "operation/enrolment.rs",
    "operation/recovery_codes.rs",
    "private_file.rs",
    "http/proxy.rs",
    "process/child.rs",
    "process/receiver.rs",
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
    "store/rescue.rs",
    "token.rs",
    "token_file.rs",
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
        let product = text.split("\nmod tests {").next().unwrap();
        let code = |line: &str| match line.trim_start().starts_with("//") {
            true => String::new(),
            false => line.split(" // ").next().unwrap_or_default().to_owned(),
        };
        Self { path, module, lines: product.lines().map(code).collect() }
    }

    fn place(&self, line: usize) -> String {
        format!("src/{} line {line}", self.path)
    }
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Returns every source file of the product, unit tests in files of their own left out.
fn sources() -> Vec<Source> {
    let root = root().join("src");
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

/// Returns the imports that the table of floors forbids.
fn violations(house: &House) -> Vec<String> {
    let floor = |module: &str| FLOORS.iter().find(|(name, _)| *name == module).unwrap().1;
    let module = |path: &str| path.split(['/', '.']).next().unwrap().to_owned();
    let wrong = house.imports().filter_map(|(path, import)| {
        let (own, other) = (module(path), module(&import.file));
        let (from, to) = (floor(&own), floor(&other));
        let sideways = from == to
            && (own == other || from == 0 || SIDEWAYS.contains(&(own.as_str(), other.as_str())));
        (to >= from && !sideways).then(|| {
            let way = if to == from { "sideways" } else { "up" };
            format!("src/{path} line {} imports src/{} ({way})", import.line, import.file)
        })
    });
    wrong.collect::<BTreeSet<_>>().into_iter().collect()
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
fn contributing_has_the_same_floors() {
    let text = fs::read_to_string(root().join("CONTRIBUTING.md")).unwrap();
    let rows = text.lines().filter_map(|line| {
        let (floor, rest) = line.strip_prefix("| ")?.split_once(" | ")?;
        Some((floor.parse().ok()?, rest.split(" | ").next()?))
    });
    let modules = rows.flat_map(|(floor, modules): (u32, &str)| {
        let names = modules.split(", ").map(|name| name.trim_matches('`').trim_end_matches("/*"));
        names.map(move |name| (name.to_owned(), floor))
    });
    let written: BTreeSet<(String, u32)> = modules.collect();
    let listed = FLOORS.iter().map(|(name, floor)| ((*name).to_owned(), *floor)).collect();
    assert_eq!(written, listed, "CONTRIBUTING.md's floors (left) are not the test's (right)");
}

#[test]
fn imports_go_down_only() {
    let house = House::read(&root().join("src"));
    assert!(house.imports().count() > 500, "the imports were not found");
    assert_none(&violations(&house), "imports go down only:");
}

#[test]
fn there_is_no_circle() {
    for folder in ["src", "sandbox/src"] {
        let circles = House::read(&root().join(folder)).circles();
        assert_none(&circles, &format!("no circle of imports in {folder}:"));
    }
}

#[test]
fn imports_up_and_sideways_are_refused() {
    for (path, text, found) in [
        ("session/web.rs", "use crate::commands::Global;", "up"),
        ("host.rs", "fn x() { crate::http::Client::new() }", "up"),
        ("http/reply.rs", "fn x() { format!(\"{}\", crate::session::X) }", "up"),
        (
            "store/keyring.rs",
            "use crate::{\n    host,\n    provider::{Account, atlas::Atlas},\n};",
            "sideways",
        ),
        ("terminal/prompt.rs", "use super::super::process::run;", "sideways"),
        ("report.rs", "use crate::doctor;", "sideways"),
    ] {
        let others = [
            "commands.rs",
            "host.rs",
            "http.rs",
            "session.rs",
            "provider.rs",
            "process.rs",
            "doctor.rs",
        ];
        let others = others.into_iter().filter(|other| *other != path);
        let house = House::of(others.map(|other| (other, "")).chain([(path, text)]));
        let found_now = violations(&house);
        assert!(
            matches!(&found_now[..], [one] if one.contains(&format!("({found})"))),
            "{text}: {found_now:?}"
        );
    }
    for (path, text) in [
        ("session/web.rs", "use super::Session; use crate::{host::Host, http};"),
        ("host.rs", "use crate::account::AccountName;"),
        ("process/child.rs", "use crate::private_file;"),
        ("main.rs", "use keybelt::cli;"),
        ("host.rs", "#[cfg(test)]\nmod tests { use crate::session::Session; }"),
        ("commands.rs", "/// As [`crate::cli`] says. // crate::cli\npub(in crate::cli) mod token;"),
    ] {
        let others =
            ["session.rs", "account.rs", "private_file.rs", "cli.rs", "http.rs", "host.rs"];
        let others = others.into_iter().filter(|other| *other != path);
        let house = House::of(others.map(|other| (other, "")).chain([(path, text)]));
        assert_eq!(violations(&house), [] as [&str; 0], "{text}");
    }
}

#[test]
fn circles_of_files_and_of_folders_are_refused() {
    for (files, circle) in [
        (
            &[("a/x.rs", "use super::y::Y;"), ("a/y.rs", "use crate::a::x;")][..],
            "a/x.rs <-> a/y.rs",
        ),
        (
            &[
                ("a.rs", "fn f() { crate::b::g() }"),
                ("b.rs", "use crate::c;"),
                ("c.rs", "use super::a;"),
            ],
            "a.rs <-> b.rs <-> c.rs",
        ),
        // The root of a folder is in a circle like any other file, its own children's imports of it apart.
        (
            &[
                ("a.rs", "mod x; use x::X;"),
                ("a/x.rs", "use crate::b::B;"),
                ("b.rs", "use crate::a::A;"),
            ],
            "a.rs <-> a/x.rs <-> b.rs",
        ),
        // Folders are in a circle even where no file is.
        (
            &[
                ("a/x.rs", "use crate::b::y;"),
                ("b/y.rs", ""),
                ("b/z.rs", "use crate::a::w;"),
                ("a/w.rs", ""),
            ],
            "a <-> b",
        ),
        (
            &[
                ("a/mod.rs", "use crate::b::y::{self, Y as Z};"),
                ("b/y.rs", "fn f() { vec![crate::a::X] }"),
            ],
            "a/mod.rs <-> b/y.rs",
        ),
    ] {
        let found = House::of(files.iter().copied()).circles();
        assert!(found.contains(&circle.to_owned()), "{files:?}: {found:?}");
    }
    let tree = [
        ("a.rs", "mod x; mod y; pub use x::X;"),
        ("a/x.rs", "use super::{A, y::Y};"),
        ("a/y.rs", "use super::A;"),
    ];
    assert_eq!(House::of(tree).circles(), [] as [&str; 0]);
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
fn every_parser_has_a_fuzz_target() {
    let parsers: BTreeSet<String> =
        keybelt::parsers::ALL.iter().map(|(name, _)| (*name).to_owned()).collect();
    let files = fs::read_dir(root().join("fuzz/fuzz_targets")).unwrap();
    let targets: BTreeSet<String> = files
        .map(|file| file.unwrap().path().file_stem().unwrap().to_str().unwrap().to_owned())
        .collect();
    assert_eq!(parsers, targets, "parsers (left) and fuzz targets (right)");
    let manifest = fs::read_to_string(root().join("fuzz/Cargo.toml")).unwrap();
    for name in parsers {
        assert!(manifest.contains(&format!("name = \"{name}\"")), "{name}");
        let text = fs::read_to_string(root().join(format!("fuzz/fuzz_targets/{name}.rs"))).unwrap();
        assert!(text.contains(&format!("run(\"{name}\", input)")), "{name}: {text}");
    }
}
