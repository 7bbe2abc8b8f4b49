//! A hint leads on: the command that it names is run in the situation that produced it, as it is printed.

use serde_json::json;

use keybelt_sandbox::{Generation, Options};

use crate::harness::{Keybelt, World};

/// A situation, the command that is tried in it, and what a person would add to the command of the hint.
struct Situation {
    name: &'static str,
    world: World,
    tried: String,
    code: i32,
    /// What follows `keybelt` in the hint's command; `HOST` is the sandbox's.
    hint: &'static str,
    /// What is added when it is run.
    more: String,
    stdin: String,
    /// Whether the command that was tried then works.
    then_works: bool,
}

impl Situation {
    fn new(name: &'static str, world: World, tried: &str, code: i32, hint: &'static str) -> Self {
        let (more, stdin) = (String::new(), String::new());
        let tried = tried.to_owned();
        Self { name, world, tried, code, hint, more, stdin, then_works: false }
    }

    /// The hint is to sign in, which is done as alice; then the command works.
    fn mended_by_alice(mut self) -> Self {
        self.more = "--username alice --password-stdin".to_owned();
        self.stdin = format!("{}\n", self.world.password("alice"));
        self.then_works = true;
        self
    }

    fn with(mut self, more: &str, stdin: String) -> Self {
        (self.more, self.stdin) = (more.to_owned(), stdin);
        self
    }

    fn keybelt(&self, words: &str) -> Keybelt {
        self.world.keybelt(words.split_whitespace().map(str::to_owned).collect::<Vec<_>>())
    }

    fn assert_that_the_hint_leads_on(&self) {
        let run = self.keybelt(&self.tried).run().one_of(self.name, &[self.code]);
        let said = format!("{}{}", run.stdout(), run.stderr());
        let command = self.hint.replace("HOST", &self.world.host());
        assert!(said.contains(&format!("`keybelt {command}`")), "{}: {said}", self.name);
        let run = self.keybelt(&format!("{command} {}", self.more)).stdin(&self.stdin).run();
        run.one_of(&format!("{}: {command}", self.name), &[0]);
        if self.then_works {
            let again = self.keybelt(&self.tried).run();
            again.one_of(&format!("{}: tried again", self.name), &[0]);
        }
    }
}

/// Makes a world in which alice is signed in.
fn signed_in() -> World {
    let world = World::new();
    world.sign_in("alice");
    world
}

fn changed(change: impl FnOnce(&mut serde_json::Value)) -> World {
    let world = signed_in();
    world.change_entry("alice", change);
    world
}

fn expired() -> World {
    changed(|entry| entry["expires_at"] = json!("2020-01-01T00:00:00Z"))
}

fn rejected() -> World {
    changed(|entry| entry["token"] = json!("a.revoked.token"))
}

fn signing_in() -> Vec<Situation> {
    let new = Situation::new;
    let mut all = vec![
        new("expired", expired(), "whoami", 3, "login HOST").mended_by_alice(),
        new("rejected", rejected(), "whoami", 3, "login HOST").mended_by_alice(),
        new("expired, by status", expired(), "status", 3, "login HOST").mended_by_alice(),
        new("rejected, by status", rejected(), "status", 3, "login HOST").mended_by_alice(),
        new("expired, by doctor", expired(), "doctor", 6, "login HOST").mended_by_alice(),
        new("rejected, by doctor", rejected(), "doctor", 6, "login HOST").mended_by_alice(),
    ];
    for command in ["whoami", "token list", "2fa status", "org list"] {
        let world = World::new();
        let tried = format!("{command} --host {}", world.host());
        all.push(new("no account is signed in", world, &tried, 3, "login HOST").mended_by_alice());
    }
    let modern = World::with(Options { generation: Generation::Modern, ..Options::default() });
    let tried = format!("login {} --username alice --password-stdin", modern.host());
    let token = format!("{}\n", modern.account("alice").token);
    let hint = "login HOST --token-stdin";
    all.push(new("no password sign-in", modern, &tried, 4, hint).with("", token));
    all
}

fn signed_in_already() -> Vec<Situation> {
    let new = Situation::new;
    let of_this = signed_in();
    let listed = of_this.keybelt("token list -o json").run().code(0).json();
    let tokens = listed["tokens"].as_array().unwrap();
    let this = tokens.iter().find(|token| token["this"] == true).unwrap()["id"].clone();
    let this = format!("token revoke {}", this.as_str().unwrap());
    let none = signed_in();
    let begun = signed_in();
    begun.keybelt("2fa enable --app --no-verify --no-qr").run().code(0);
    let code = format!("{}\n", begun.code("alice"));
    vec![
        new("no such token", signed_in(), "token revoke at-zzzzzz", 2, "token list"),
        new("the token in use", of_this, &this, 2, "logout"),
        new("no such account", signed_in(), "switch nobody", 3, "status --all"),
        new("nothing begun", none, "2fa verify 123456 -o json", 4, "2fa enable")
            .with("--app --no-verify --no-qr", String::new()),
        new("nothing to send again", signed_in(), "2fa resend", 4, "2fa enable --sms")
            .with("+15555550100 --no-verify", String::new()),
        new("not verified", begun, "2fa status", 0, "2fa verify")
            .with("--code-stdin -o json", code),
    ]
}

#[test]
fn the_command_of_each_hint_works_in_the_situation_that_produced_it() {
    for situation in signing_in().into_iter().chain(signed_in_already()) {
        situation.assert_that_the_hint_leads_on();
    }
}

/// A sign-in does not help where a variable comes before it; without the variable it does.
#[test]
fn a_rejected_variable_is_named_and_without_it_the_sign_in_helps() {
    for command in ["whoami", "status", "doctor"] {
        let world = World::new();
        let host = world.host();
        let run = world
            .keybelt(command)
            .env("ATLAS_TOKEN", "a.bad.token")
            .env("ATLAS_ADDRESS", &host)
            .run()
            .one_of(command, &[3, 6]);
        let said = format!("{}{}", run.stdout(), run.stderr());
        assert!(said.contains("ATLAS_TOKEN"), "{said}");
        assert!(said.contains(&format!("unset it and run `keybelt login {host}`")), "{said}");
        world.sign_in("alice");
        world.keybelt(command).run().code(0);
    }
}
