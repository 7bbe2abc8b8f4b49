//! What the real terraform makes of its CLI configuration, and what keybelt says of that: terraform is the judge.

use std::fs;
use std::path::PathBuf;

use serde_json::json;

use super::terraform::{MODULE, Surroundings};
use crate::harness::{Keybelt, World, needs};

/// A small generator of numbers: the same ones at every run.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, limit: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % limit
    }

    fn one<'a>(&mut self, choices: &[&'a str]) -> &'a str {
        choices[self.below(choices.len())]
    }

    fn value(&mut self, depth: usize) -> String {
        match self.below(if depth > 2 { 8 } else { 12 }) {
            0 => self.one(&["true", "false", "yes"]).to_owned(),
            1 => self
                .one(&["1", "-5", "0x1f", "017", "08", "1.5", "2e3", "1.", "-1.5e-3", ".5"])
                .to_owned(),
            2 => "99999999999999999999".to_owned(),
            3 => self
                .one(&["<<EOF\nx\nEOF\n", "<<-EOF\n  x\n    EOF\n", "<<EOF\nx\n", "<<A B\nA\n"])
                .to_owned(),
            4..8 => {
                let texts = [
                    "x",
                    "",
                    "${a(\"b\")}",
                    "a\\tb",
                    "\\u00e9\\x41\\101",
                    "\\q",
                    "\\400",
                    "{",
                    "$",
                    "${",
                ];
                format!("\"{}\"", self.one(&texts))
            }
            8 => {
                let (one, two) = (self.value(depth + 1), self.value(depth + 1));
                format!("[{one}{}{two}]", self.one(&[", ", " ", ",\n", ",,"]))
            }
            _ => self.block(depth + 1),
        }
    }

    fn key(&mut self) -> String {
        let keys = [
            "token",
            "a.example",
            "\"b.example\"",
            "args",
            "services",
            "\"x\\ty\"",
            "Token",
            "a-b",
        ];
        self.one(&keys).to_owned()
    }

    fn block(&mut self, depth: usize) -> String {
        let items: Vec<String> = (0..self.below(3)).map(|_| self.item(depth)).collect();
        let gap = self.one(&["\n", ", ", " ", "\r\n", " # c\n", "/* c */"]);
        format!("{{{gap}{}{gap}}}", items.join(gap))
    }

    fn item(&mut self, depth: usize) -> String {
        let key = self.key();
        match self.below(5) {
            0 => format!("{key} {} {}", self.key(), self.block(depth)),
            1 => format!("{key} {}", self.block(depth)),
            _ => format!("{key}{}{}", self.one(&[" = ", "=", " =\n"]), self.value(depth)),
        }
    }

    fn statement(&mut self) -> String {
        let token =
            self.one(&["token = \"x\"", "\"token\" = \"x\",", "token = \" x \"", "", "token = 5"]);
        match self.below(9) {
            0 => format!("credentials \"a.example\" {{ {token} }}"),
            1 => format!("credentials = {{ \"a.example\" = {{ {token} }} }}"),
            2 => format!("Credentials {{\n a.example {{ {token}\n }}\n}}"),
            3 => format!(
                "credentials_helper \"h\" {}",
                self.one(&["{}", "{\n args = [\"x\", 1]\n}", "{ args = \"x\" }"])
            ),
            4 => format!("credentials a.example {}", self.block(0)),
            5 => format!("host \"a.example\" {{ services = {} }}", self.block(1)),
            6 => format!(
                "{} = {}",
                self.one(&["disable_checkpoint", "plugin_cache_dir", "providers"]),
                self.value(2)
            ),
            7 => self.one(&["# c", "// c", "/* c\n */", "/ c", "/* c"]).to_owned(),
            _ => self.item(0),
        }
    }

    fn json(&mut self, depth: usize) -> String {
        match self.below(if depth > 3 { 5 } else { 9 }) {
            0 => self.one(&["true", "null", "1", "01", "-1.5e3", "1.", "tru"]).to_owned(),
            1..5 => {
                format!("\"{}\"", self.one(&["x", "", "\\u00e9", "\\/", "\\x41", "${", "\\ud83d"]))
            }
            5 => format!(
                "[{}{}{}]",
                self.json(depth + 1),
                self.one(&[",", " ", ",,"]),
                self.json(depth + 1)
            ),
            _ => {
                let keys = [
                    "credentials",
                    "credentials_helper",
                    "a.example",
                    "token",
                    "host",
                    "x",
                    "disable_checkpoint",
                ];
                let members: Vec<String> = (0..self.below(4))
                    .map(|_| format!("\"{}\":{}", self.one(&keys), self.json(depth + 1)))
                    .collect();
                format!(
                    "{{{}{}}}",
                    members.join(self.one(&[",", ",\n ", ""])),
                    self.one(&["", "", ","])
                )
            }
        }
    }

    fn text(&mut self) -> String {
        let mut text = if self.below(4) == 0 {
            let tail = self.one(&["", "\n", " {\"x\":1}", "}"]);
            format!(
                "{{\"{}\":{}}}{tail}",
                self.one(&["credentials", "x", "credentials_helper"]),
                self.json(0)
            )
        } else {
            let statements: Vec<String> = (0..self.below(4)).map(|_| self.statement()).collect();
            statements.join(self.one(&["\n", "\n\n", ",", " ", "\r\n"])) + self.one(&["", "\n"])
        };
        // Half of them are broken, or not, at any place.
        for _ in 0..self.below(3) {
            let places: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
            if places.is_empty() {
                break;
            }
            let at = places[self.below(places.len())];
            let end = text[at..].chars().next().map_or(at, |c| at + c.len_utf8());
            let with = self
                .one(&["", "", "{", "}", "\"", "[", "]", "=", ",", "\n", "#", "\\", "0", "<", "é"]);
            text.replace_range(at..end, with);
        }
        text
    }
}

/// Runs terraform on a configuration; returns whether it takes the file.
fn takes(world: &World, terraform: &PathBuf) -> bool {
    let run = world.keybelt("version").called(terraform).env("CHECKPOINT_DISABLE", "1");
    let run = run.run().any_end();
    // What cannot be unquoted is its end.
    let is_over = run.exit_code() != Some(0);
    !is_over && !format!("{}{}", run.stdout(), run.stderr()).contains("Error parsing")
}

#[test]
fn keybelt_takes_the_configurations_that_terraform_takes() {
    let Some(terraform) = needs("terraform") else {
        return;
    };
    let world = World::new();
    let mut numbers = Numbers(2026);
    let (mut taken, mut refused) = (0, 0);
    let mut differences = Vec::new();
    for _ in 0..CASES {
        let text = numbers.text();
        fs::write(world.home().join(".terraformrc"), &text).unwrap();
        let is_taken = takes(&world, &terraform);
        let run = world.keybelt("helper check").env("PATH", "/nonexistent").run().code(6);
        let is_valid = !run.stdout().contains("~/.terraformrc is not valid");
        if is_valid != is_taken {
            differences.push(format!("terraform takes it: {is_taken}\n{text}"));
        }
        if is_taken { taken += 1 } else { refused += 1 }
    }
    assert!(differences.is_empty(), "{}", differences.join("\n======\n"));
    assert!(taken > CASES / 5 && refused > CASES / 5, "{taken} taken, {refused} refused");
}

/// How many configurations terraform is asked about.
const CASES: usize = 150;

/// A place that terraform may take a token from.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Source {
    Variable,
    Block,
    Map,
    Directory,
    Credentials,
    JsonList,
    Helper,
}

impl Source {
    const ALL: [Self; 7] = [
        Self::Variable,
        Self::Block,
        Self::Map,
        Self::Directory,
        Self::Credentials,
        Self::JsonList,
        Self::Helper,
    ];

    /// Returns the file that it is in.
    fn file(self) -> Option<&'static str> {
        match self {
            Self::Variable | Self::Helper => None,
            Self::Block | Self::Map => Some(".terraformrc"),
            Self::Directory => Some(".terraform.d/own.tfrc"),
            Self::Credentials | Self::JsonList => Some(".terraform.d/credentials.tfrc.json"),
        }
    }

    fn text(self, host: &str, token: &str) -> String {
        match self {
            Self::Block | Self::Directory => {
                format!("credentials \"{host}\" {{ token = \"{token}\" }}\n")
            }
            Self::Map => {
                format!("credentials = {{\n  \"{host}\" = {{ \"token\" = \"{token}\", }}\n}}\n")
            }
            Self::Credentials => json!({"credentials": {host: {"token": token}}}).to_string(),
            Self::JsonList => json!({"credentials": [{host: [{"token": token}]}]}).to_string(),
            Self::Variable | Self::Helper => String::new(),
        }
    }

    /// Returns what status calls it.
    fn called(self, host: &str) -> String {
        match self {
            Self::Variable => variable(host),
            Self::Helper => "what keybelt's credentials helper answers".to_owned(),
            file => format!("~/{}", file.file().unwrap()),
        }
    }
}

fn variable(host: &str) -> String {
    format!("TF_TOKEN_{}", host.replace('.', "_"))
}

/// What terraform did: whether it got in, and whether it ran the helper.
struct Seen {
    got_in: bool,
    ran_helper: bool,
}

/// A home with some sources of tokens.
struct Sources<'a> {
    around: &'a Surroundings,
    variable: Option<String>,
}

impl<'a> Sources<'a> {
    fn new(around: &'a Surroundings, sources: &[(Source, &str)]) -> Self {
        let home = around.world.home();
        for file in [".terraformrc", ".terraform.d/own.tfrc", ".terraform.d/credentials.tfrc.json"]
        {
            drop(fs::remove_file(home.join(file)));
        }
        around.keybelt(["helper", "uninstall"]).run().code(0);
        fs::create_dir_all(home.join(".terraform.d")).unwrap();
        drop(fs::remove_file(around.world.tokens_file()));
        let mut this = Self { around, variable: None };
        for (source, token) in sources {
            match source {
                Source::Variable => this.variable = Some((*token).to_owned()),
                Source::Helper => {
                    around.world.store_entries(&[(&around.host, "alice", token)]);
                    around.keybelt(["helper", "install"]).run().code(0);
                }
                source => {
                    let path = home.join(source.file().unwrap());
                    let before = fs::read_to_string(&path).unwrap_or_default();
                    fs::write(path, source.text(&around.host, token) + &before).unwrap();
                }
            }
        }
        this
    }

    fn with_variable(&self, run: Keybelt) -> Keybelt {
        match &self.variable {
            Some(token) => run.env(&variable(&self.around.host), token),
            None => run,
        }
    }

    /// Lets terraform fetch a module, and looks.
    fn init(&self) -> Seen {
        let strace = needs("strace").unwrap();
        let project = self.around.project(MODULE);
        let trace = project.path().join("trace");
        let init = self.around.terraform(&["init", "-input=false", "-no-color"]);
        let words =
            ["-f", "--seccomp-bpf", "-e", "trace=execve", "-o", &trace.display().to_string()];
        let run = self.with_variable(init.directory(project.path())).through(strace, words).run();
        let run = run.one_of("terraform init", &[0, 1]);
        let trace = fs::read_to_string(trace).unwrap();
        Seen {
            got_in: run.stdout().contains("successfully initialized"),
            ran_helper: trace.contains("terraform-credentials-keybelt"),
        }
    }

    /// Returns what status says that terraform would use.
    fn status(&self) -> String {
        let status = self.around.keybelt(["status", "--offline", "-H", &self.around.host]);
        let run = self.with_variable(status).run().one_of("status", &[0, 3]);
        let line =
            run.stdout().lines().find_map(|line| line.trim().strip_prefix("terraform would use "));
        line.unwrap_or("nothing").to_owned()
    }
}

/// Alone and in pairs, the better one first and last: where terraform's token comes from, whether it runs the
/// helper, and what keybelt says of both.
#[test]
fn status_and_check_say_which_token_terraform_presents() {
    let (Some(around), Some(_)) = (Surroundings::new(), needs("strace")) else {
        return;
    };
    let good = around.world.account("alice").token;
    let wrong = "AAAAAAAAAAAAAA.atlasv1.wrong";
    let none = Sources::new(&around, &[]);
    assert!(!none.init().got_in);
    assert_eq!(none.status(), "nothing");
    for (nth, one) in Source::ALL.into_iter().enumerate() {
        let alone = Sources::new(&around, &[(one, &good)]);
        assert!(alone.init().got_in, "{one:?} alone");
        assert_eq!(alone.status(), one.called(&around.host));
        for other in
            Source::ALL.into_iter().skip(nth + 1).filter(|other| other.file() != one.file())
        {
            let both = Sources::new(&around, &[(one, &good), (other, wrong)]);
            let seen = both.init();
            let winner = if seen.got_in { one } else { other };
            assert_eq!(both.status(), winner.called(&around.host), "{one:?} and {other:?}");
            assert_eq!(seen.ran_helper, winner == Source::Helper, "{one:?} and {other:?}");
            let turned = Sources::new(&around, &[(one, wrong), (other, &good)]);
            assert_eq!(turned.init().got_in, winner == other, "{one:?} and {other:?}, turned");
            if other == Source::Helper && one != Source::Variable {
                let said = format!("{} has tokens for {}", one.called(&around.host), around.host);
                around.keybelt(["helper", "check"]).run().code(6).prints(&said);
                around.keybelt(["doctor", "-H", &around.host]).run().code(6).prints(&format!(
                    "terraform would use {} for {}, not the token that keybelt has",
                    one.called(&around.host),
                    around.host
                ));
            }
        }
    }
}

/// Entries without a usable token, helpers that are missing, and files that are not read.
#[test]
fn odd_entries_keep_the_helper_from_being_asked_as_status_says() {
    let (Some(around), Some(_)) = (Surroundings::new(), needs("strace")) else {
        return;
    };
    let (good, host) = (around.world.account("alice").token, &around.host);
    for (text, said) in [
        (
            format!("credentials \"{host}\" {{ token = \"\" }}"),
            "~/.terraformrc, whose token is blank: no token at all",
        ),
        (
            format!("credentials \"{host}\" {{}}"),
            "no token: ~/.terraformrc has an entry for the host without one",
        ),
        (
            format!("credentials \"{host}\" {{ token = 5 }}"),
            "no token: ~/.terraformrc has an entry for the host without one",
        ),
        (
            format!("credentials \"{host}\" {{ token = \"a b\" }}"),
            "~/.terraformrc, whose token is of a form that keybelt cannot use",
        ),
    ] {
        let sources = Sources::new(&around, &[(Source::Helper, &good)]);
        let file = around.world.home().join(".terraformrc");
        fs::write(&file, fs::read_to_string(&file).unwrap() + &text).unwrap();
        let seen = sources.init();
        assert_eq!((seen.got_in, seen.ran_helper), (false, false), "{text}");
        assert_eq!(sources.status(), said, "{text}");
    }
    let sources = Sources::new(&around, &[(Source::Helper, &good)]);
    fs::remove_file(around.world.home().join(".terraform.d/plugins/terraform-credentials-keybelt"))
        .unwrap();
    let seen = sources.init();
    assert_eq!((seen.got_in, seen.ran_helper), (false, false));
    assert_eq!(
        sources.status(),
        "no token: the program of the credentials helper `keybelt` is missing"
    );
    let sources = Sources::new(&around, &[(Source::Directory, &good)]);
    let other = around.world.home().join("other.tfrc");
    fs::write(&other, "").unwrap();
    let status =
        around.keybelt(["status", "--offline", "-H", host]).env("TF_CLI_CONFIG_FILE", &other);
    status.run().code(3).hides("terraform would use");
    let project = around.project(MODULE);
    let init = around.terraform(&["init", "-input=false"]).env("TF_CLI_CONFIG_FILE", &other);
    init.directory(project.path()).run().code(1);
    assert!(sources.init().got_in);
}
