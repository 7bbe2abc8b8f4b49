//! Which file imports which, read from the sources' tokens: `use` trees, paths in the code and paths inside
//! macros; unit tests are left out. A circle is one of files, or of folders taken as wholes.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use super::tokens::{self, Token};

/// The files of one crate, by their paths below its `src`, and what each names.
pub struct House {
    files: BTreeMap<String, Vec<Import>>,
}

/// One file that another names.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Import {
    /// The file that is named.
    pub file: String,
    pub line: usize,
}

impl House {
    /// Reads the sources below a folder, unit tests in files of their own left out.
    pub fn read(root: &Path) -> Self {
        let mut folders = vec![root.to_owned()];
        let mut texts = BTreeMap::new();
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                let is_test = path.file_stem().is_some_and(|name| name == "tests");
                if is_test || (path.is_file() && path.extension().is_none_or(|end| end != "rs")) {
                    continue;
                }
                if path.is_dir() {
                    folders.push(path);
                } else {
                    let name = path.strip_prefix(root).unwrap().to_str().unwrap().to_owned();
                    texts.insert(name, fs::read_to_string(&path).unwrap());
                }
            }
        }
        Self::of(texts)
    }

    /// Reads sources that are given as texts.
    pub fn of<Text: AsRef<str>>(
        texts: impl IntoIterator<Item = (impl Into<String>, Text)>,
    ) -> Self {
        let texts: BTreeMap<String, Text> =
            texts.into_iter().map(|(path, text)| (path.into(), text)).collect();
        let modules = texts.keys().map(|path| (module(path), path.clone())).collect();
        let files = texts.iter().map(|(path, text)| {
            let mut reader = Reader { own: module(path), modules: &modules, imports: Vec::new() };
            reader.read(&tokens::of(text.as_ref()), 0);
            reader.imports.retain(|import| import.file != *path);
            (path.clone(), reader.imports)
        });
        Self { files: files.collect() }
    }

    /// Returns every import with the file that it stands in.
    pub fn imports(&self) -> impl Iterator<Item = (&str, &Import)> {
        self.files
            .iter()
            .flat_map(|(path, imports)| imports.iter().map(|import| (path.as_str(), import)))
    }

    /// Returns every circle: of files, where the root of a folder that a file is in does not count, and in
    /// each folder of what stands in it, a file and the folder of its name being one.
    pub fn circles(&self) -> Vec<String> {
        let counting = || self.imports().filter(|(path, import)| !is_own_root(path, &import.file));
        let edges = counting().map(|(path, import)| (path.to_owned(), import.file.clone()));
        let mut found: BTreeSet<String> = circles(edges.collect()).into_iter().collect();
        let folders: BTreeSet<&str> = self.files.keys().flat_map(|path| ancestors(path)).collect();
        for folder in folders {
            let edges = counting().filter_map(|(path, import)| {
                let (from, to) = (child(folder, path)?, child(folder, &import.file)?);
                (from != to).then_some((from, to))
            });
            found.extend(circles(edges.collect()));
        }
        found.into_iter().collect()
    }
}

/// Returns the module that a file is: `["a", "b"]` for `a/b.rs` and `a/b/mod.rs`.
fn module(path: &str) -> Vec<String> {
    let path = path.strip_suffix(".rs").unwrap();
    let mut names: Vec<String> = path.split('/').map(str::to_owned).collect();
    if names.last().is_some_and(|name| name == "mod") || names == ["lib"] {
        names.pop();
    }
    names
}

/// Returns whether the other file is the root of a folder that this one is in.
fn is_own_root(path: &str, other: &str) -> bool {
    let (own, other) = (module(path), module(other));
    other.len() < own.len() && own.starts_with(&other)
}

/// Returns the folders that a file is in, the crate's own as the empty text.
fn ancestors(path: &str) -> impl Iterator<Item = &str> {
    std::iter::once("").chain(path.match_indices('/').map(|(at, _)| &path[..at]))
}

/// Returns what stands in a folder and holds a file; the roots of the folder itself are none of it.
fn child(folder: &str, path: &str) -> Option<String> {
    let below =
        if folder.is_empty() { path } else { path.strip_prefix(folder)?.strip_prefix('/')? };
    let name = below.split('/').next()?.trim_end_matches(".rs");
    let is_root = !below.contains('/') && matches!(name, "mod" | "lib" | "main");
    let folder = if folder.is_empty() { String::new() } else { format!("{folder}/") };
    (!is_root).then(|| format!("{folder}{name}"))
}

/// Returns each set of nodes that reach each other, as one line.
fn circles(edges: BTreeSet<(String, String)>) -> Vec<String> {
    let nodes: BTreeSet<&String> = edges.iter().flat_map(|(from, to)| [from, to]).collect();
    let reached = |start: &String| {
        let mut reached = BTreeSet::new();
        let mut next = vec![start];
        while let Some(node) = next.pop() {
            let to = edges.iter().filter(|(from, _)| from == node).map(|(_, to)| to);
            next.extend(to.filter(|to| reached.insert((*to).clone())));
        }
        reached
    };
    let from: BTreeMap<&String, BTreeSet<String>> =
        nodes.iter().map(|node| (*node, reached(node))).collect();
    let together = |node: &String| {
        let both = from[node].iter().filter(|other| from[*other].contains(node));
        both.cloned().collect::<Vec<_>>().join(" <-> ")
    };
    let in_circles = nodes.iter().filter(|node| from[**node].contains(**node));
    in_circles.map(|node| together(node)).collect::<BTreeSet<_>>().into_iter().collect()
}

struct Reader<'a> {
    own: Vec<String>,
    modules: &'a BTreeMap<Vec<String>, String>,
    imports: Vec<Import>,
}

impl Reader<'_> {
    /// Reads tokens that are `depth` modules deep in the file.
    fn read(&mut self, tokens: &[Token], depth: usize) {
        let mut at = 0;
        while at < tokens.len() {
            let word = |offset: usize| tokens.get(at + offset).map_or("", |token| token.text);
            at += match (word(0), word(1), word(2)) {
                ("#", "[", "cfg") => {
                    let end = at + 1 + length_of_group(&tokens[at + 1..]);
                    let names = |name: &str| tokens[at..end].iter().any(|it| it.text == name);
                    let is_left_out = names("test") && !names("not");
                    end - at + if is_left_out { length_of_item(&tokens[end..]) } else { 0 }
                }
                ("mod", _, "{") => {
                    let body = length_of_group(&tokens[at + 2..]);
                    self.read(&tokens[at + 3..at + 1 + body], depth + 1);
                    2 + body
                }
                // `pub(in crate::commands)` imports nothing.
                ("pub", "(", _) => 1 + length_of_group(&tokens[at + 1..]),
                // Neither does `impl Trait + use<'a>`.
                ("use", "<", _) => 2,
                ("use", ..) => {
                    let rest = &tokens[at + 1..];
                    let end = rest.iter().position(|token| token.text == ";").unwrap();
                    self.tree(&rest[..end], &[], depth);
                    end + 2
                }
                _ => {
                    let (path, length) = path(&tokens[at..]);
                    self.name(&path, depth, tokens[at].line);
                    length
                }
            };
        }
    }

    /// Reads what stands after `use`, behind the path that is before its braces.
    fn tree(&mut self, tokens: &[Token], before: &[String], depth: usize) {
        let mut rest = tokens;
        while let Some(first) = rest.first() {
            let end = position_of_comma(rest).unwrap_or(rest.len());
            let (own, length) = path(&rest[..end]);
            let path = [before, &own].concat();
            match rest.get(length).map(|token| token.text) {
                Some("{") => self.tree(&rest[length + 1..end - 1], &path, depth),
                _ => self.name(&path, depth, first.line),
            }
            rest = rest.get(end + 1..).unwrap_or_default();
        }
    }

    /// Notes the file that a path leads to, if it is one of the crate.
    fn name(&mut self, path: &[String], depth: usize, line: usize) {
        let Some(first) = path.first() else { return };
        let up = path.iter().take_while(|name| *name == "super").count();
        let own = |above: usize| self.own[..self.own.len().saturating_sub(above)].to_vec();
        let full = match first.as_str() {
            "crate" | "keybelt" => path[1..].to_vec(),
            "self" => [own(0), path[1..].to_vec()].concat(),
            "super" => [own(up.saturating_sub(depth)), path[up..].to_vec()].concat(),
            _ if path.len() < 2 => return,
            name if !self.modules.contains_key(&[own(0), vec![name.to_owned()]].concat()) => return,
            _ => [own(0), path.to_vec()].concat(),
        };
        // The longest beginning that is a file; what comes after it is inside.
        let file = (1..=full.len()).rev().find_map(|length| self.modules.get(&full[..length]));
        self.imports.extend(file.map(|file| Import { file: file.clone(), line }));
    }
}

/// Returns the names of `a::b::c` at the start of the tokens, and how many tokens they are, one at least.
fn path(tokens: &[Token]) -> (Vec<String>, usize) {
    let mut names = Vec::new();
    let mut at = 0;
    while let Some(token) = tokens.get(at).filter(|token| token.is_name()) {
        names.push(token.text.to_owned());
        at += 1;
        match tokens.get(at) {
            Some(token) if token.text == "::" => at += 1,
            _ => break,
        }
    }
    (names, at.max(1))
}

/// Returns how many tokens a bracket and what it holds are.
fn length_of_group(tokens: &[Token]) -> usize {
    let mut depth = 0;
    let end = tokens.iter().position(|token| {
        depth += token.depth();
        depth == 0
    });
    end.unwrap() + 1
}

/// Returns how many tokens an item has: up to its body, or its semicolon.
fn length_of_item(tokens: &[Token]) -> usize {
    let mut at = 0;
    loop {
        match tokens[at].text {
            ";" => return at + 1,
            "{" => return at + length_of_group(&tokens[at..]),
            "(" | "[" => at += length_of_group(&tokens[at..]),
            _ => at += 1,
        }
    }
}

fn position_of_comma(tokens: &[Token]) -> Option<usize> {
    let mut depth = 0;
    tokens.iter().position(|token| {
        depth += token.depth();
        depth == 0 && token.text == ","
    })
}
