//! Every command line that talks to an account server, for both providers, each prepared to succeed: for tests
//! that concern them all. A test compares them with what can be typed.

use std::collections::BTreeSet;
use std::fmt;
use std::fs::{self, DirBuilder, Permissions};
use std::os::unix::fs::{DirBuilderExt, PermissionsExt};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Mutex, PoisonError};
use std::thread;

use serde_json::{Value, json};

use self::foreign::{CODE, NEW_PASSWORD, NEXT_CODE, TOKEN};
use crate::harness::{Keybelt, Recorded, Reply, Server, World};

pub mod administration; // commands about other people
pub mod aptible; // an Aptible server that none of us wrote
mod atlas; // an account server that none of us wrote

pub use self::atlas::*;

/// Whose account server a command talks to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Provider {
    Atlas,
    Aptible,
}

/// The secrets that may be a command's answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    Nothing,
    Token,
    NewToken,
    Secret,
    RecoveryCodes,
}

/// A command line that needs an account server, or a token for one.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Command {
    pub provider: Provider,
    /// Its words after the program's name.
    line: &'static str,
    /// The exit code where nothing goes wrong.
    pub code: i32,
    /// What is on its standard input, line by line: the names of secrets.
    typed: &'static str,
    /// What it is asked for.
    pub answer: Answer,
    /// Whom it is about in the sandbox.
    username: &'static str,
    /// What is run before it in the sandbox.
    before: &'static str,
}

const fn atlas(line: &'static str, code: i32) -> Command {
    Command {
        provider: Provider::Atlas,
        line,
        code,
        typed: "",
        answer: Answer::Nothing,
        username: "alice",
        before: "",
    }
}

const fn aptible(line: &'static str, code: i32) -> Command {
    Command { provider: Provider::Aptible, typed: "PASSWORD CODE NEXT", ..atlas(line, code) }
}

impl Command {
    const fn typing(self, typed: &'static str) -> Self {
        Self { typed, ..self }
    }

    const fn answering(self, answer: Answer) -> Self {
        Self { answer, ..self }
    }

    const fn by(self, username: &'static str) -> Self {
        Self { username, ..self }
    }

    const fn after(self, before: &'static str) -> Self {
        Self { before, ..self }
    }

    pub const LOGIN: Self = atlas("login HOST --username bob --password-stdin --code-stdin", 0)
        .typing("PASSWORD CODE")
        .by("bob");
    pub const LOGIN_WITH_TOKEN: Self = atlas("login HOST --token-stdin", 0).typing("TOKEN");
    pub const LOGOUT: Self = atlas("logout", 0);
    pub const STATUS: Self = atlas("status", 0);
    pub const WHOAMI: Self = atlas("whoami", 0);
    pub const TWO_FACTOR_STATUS: Self = atlas("2fa status", 0);
    pub const ENABLE: Self =
        atlas("2fa enable --app --no-verify --no-qr", 0).answering(Answer::Secret);
    pub const VERIFY: Self = atlas("2fa verify --code-stdin --recovery-codes-file codes.txt", 0)
        .typing("CODE")
        .after("2fa enable --app --no-verify");
    pub const RESEND: Self =
        atlas("2fa resend", 0).after("2fa enable --sms +15555550100 --no-verify");
    pub const DISABLE: Self = atlas("2fa disable --yes", 0).by("bob");
    /// Servers show recovery codes to no tool.
    pub const RECOVERY_CODES: Self = atlas("2fa recovery-codes list", 4);
    pub const TOKEN_PRINT: Self = atlas("token print --reveal", 0).answering(Answer::Token);
    pub const ORGANIZATION_LIST: Self = atlas("org list", 0).by("olivia");
    /// One member has no second factor.
    pub const ORGANIZATION_AUDIT: Self = atlas("org audit acme", 6).by("olivia");

    /// Every command that the sandbox can be brought to do as it is.
    pub const ALL: [Self; 14] = [
        Self::LOGIN,
        Self::LOGIN_WITH_TOKEN,
        Self::LOGOUT,
        Self::STATUS,
        Self::WHOAMI,
        Self::TWO_FACTOR_STATUS,
        Self::ENABLE,
        Self::VERIFY,
        Self::RESEND,
        Self::DISABLE,
        Self::RECOVERY_CODES,
        Self::TOKEN_PRINT,
        Self::ORGANIZATION_LIST,
        Self::ORGANIZATION_AUDIT,
    ];
}

/// The others, at servers that none of us wrote.
const OTHERS: &[Command] = &[
    atlas("2fa recovery-codes save codes.txt", 4),
    atlas("token list", 0),
    atlas("token show at-0ther", 0),
    atlas("token create --description x", 0).answering(Answer::NewToken),
    atlas("token create --description x --to-file new-token.txt", 0),
    atlas("token create --description x --to-command cat", 0),
    atlas("token revoke at-0ther --yes", 0),
    atlas("token revoke --others --yes", 0),
    atlas("token rotate", 0),
    atlas("token list --org acme --team ci", 0),
    atlas("token show at-t3am --org acme --team ci", 0),
    atlas("token create --org acme --team ci --description x", 0).answering(Answer::NewToken),
    atlas("token revoke at-t3am --org acme --team ci", 0),
    atlas("token rotate ci --org acme --team ci", 0).answering(Answer::NewToken),
    atlas("token rotate ci --org acme --team ci --to-file new-token.txt", 0),
    atlas("token rotate --org acme --to-file new-token.txt --yes", 0),
    atlas("session list", 0),
    atlas("session revoke at-0ther --yes", 0),
    atlas("session revoke --others --yes", 0),
    atlas("ssh-key list", 4),
    atlas("ssh-key add key.pub", 4),
    atlas("ssh-key remove k-1", 4),
    atlas("2fa device list", 4),
    atlas("2fa device remove d-1 --yes", 4),
    atlas("org show acme", 0),
    atlas("org require-2fa acme --yes", 0),
    atlas("org require-2fa acme --dry-run", 0),
    atlas("org token-lifetime acme", 0),
    atlas("org token-lifetime acme team=30d --include-this --yes", 0),
    atlas("org token-lifetime acme team=30d --dry-run", 6),
    atlas("password change --password-stdin", 0).typing("PASSWORD NEW"),
    atlas("sudo --password-stdin", 0).typing("PASSWORD"),
    atlas("lockdown --yes --password-stdin --code-stdin", 0).typing("PASSWORD CODE"),
    atlas("doctor", 0),
    aptible("login HOST --username alice@example.com --password-stdin --code-stdin", 0),
    aptible("login HOST --token-stdin", 0).typing("TOKEN"),
    aptible("logout", 0),
    aptible("status", 0),
    aptible("whoami", 0),
    aptible("2fa status", 0),
    aptible("2fa enable --app --no-verify --yes --password-stdin", 0).answering(Answer::Secret),
    aptible("2fa verify --password-stdin --code-stdin --recovery-codes-file codes.txt", 0),
    aptible("2fa resend", 4),
    aptible("2fa disable --yes --password-stdin", 0),
    aptible("2fa recovery-codes list --password-stdin", 0).answering(Answer::RecoveryCodes),
    aptible("2fa recovery-codes save codes.txt --password-stdin", 0),
    aptible("token list", 4),
    aptible("token show t-9", 4),
    aptible("token create", 4),
    aptible("token revoke t-9 --yes", 4),
    aptible("token revoke --others --yes --password-stdin", 0),
    aptible("token rotate", 4),
    aptible("token list --org acme", 4),
    aptible("token show t-9 --org acme", 4),
    aptible("token create --org acme", 4),
    aptible("token revoke t-9 --org acme", 4),
    aptible("token rotate t-9 --org acme", 4),
    aptible("session list", 0),
    aptible("session revoke t-9 --yes", 4),
    aptible("session revoke --others --yes --password-stdin", 0),
    aptible("ssh-key list", 0),
    aptible("ssh-key add key.pub --password-stdin", 0),
    aptible("ssh-key remove 7", 0),
    aptible("2fa device list --password-stdin", 0),
    aptible("2fa device remove d-1 --yes --password-stdin", 0),
    aptible("org list", 0),
    aptible("org show acme", 0),
    aptible("org audit acme", 0),
    aptible("org require-2fa acme --yes", 4),
    aptible("org token-lifetime acme", 4),
    aptible("password change --password-stdin", 0).typing("PASSWORD NEW"),
    aptible("sudo --password-stdin", 4),
    aptible("lockdown --yes --password-stdin --code-stdin", 0).typing("PASSWORD CODE"),
    aptible("doctor", 0),
    aptible("import --from aptible --yes", 0),
];

/// Returns every command line that talks to an account server, at both providers.
pub fn all() -> impl Iterator<Item = Command> {
    let others = OTHERS.iter().chain(administration::COMMANDS);
    Command::ALL.into_iter().chain(others.copied())
}

impl fmt::Debug for Command {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "`{}` ({:?})", self.line, self.provider)
    }
}

/// Tries every command, several at once, each in worlds of its own; one that fails has said why.
pub fn try_every(check: impl Fn(Command) + Sync) {
    let next = Mutex::new(all());
    let work = || {
        let mut failed = Vec::new();
        loop {
            // The guard goes before the work begins.
            let command = next.lock().unwrap_or_else(PoisonError::into_inner).next();
            let Some(command) = command else { return failed };
            if catch_unwind(AssertUnwindSafe(|| check(command))).is_err() {
                failed.push(command);
            }
        }
    };
    let failed: Vec<Command> = thread::scope(|scope| {
        let workers: Vec<_> = (0..WORKERS).map(|_| scope.spawn(work)).collect();
        workers.into_iter().flat_map(|worker| worker.join().unwrap()).collect()
    });
    assert!(failed.is_empty(), "failed, see above: {failed:?}");
}

/// How many commands are tried at once: they wait more than they work.
const WORKERS: usize = 12;

/// A method and a path.
pub type Route = (&'static str, &'static str);

impl Command {
    /// Returns the requests of a success that are told apart by method and path, in order.
    pub fn routes(self) -> Vec<Route> {
        let (world, server) = (World::new(), self.server(|_| None));
        self.keybelt_at(&world, &server.host(), &[]).run().code(self.code);
        let mut routes: Vec<Route> = Vec::new();
        for request in server.requests() {
            if !routes.contains(&request.route()) {
                let (method, path) = request.route();
                // A few names for as long as the tests last.
                let kept = |text: &str| -> &'static str { Box::leak(text.to_owned().into()) };
                routes.push((kept(method), kept(path)));
            }
        }
        routes
    }

    /// Returns the exit code where nothing goes wrong.
    pub fn designed_code(self) -> i32 {
        self.code
    }

    /// Returns whether it asks a person at the terminal even if everything is on standard input.
    pub fn asks_anyway(self) -> bool {
        self.line.starts_with("password change")
    }

    /// Returns whether the command goes on if this request fails: it carries no credential and finds out what
    /// there is, or only tidies up.
    pub fn goes_on_without(self, (method, path): Route) -> bool {
        // What `doctor` finds is its result.
        let finds_out =
            matches!(path, "/" | "/.well-known/terraform.json") || self.line == "doctor";
        let is_lockdown = self.line.starts_with("lockdown");
        // How long the token in use lives may not be told.
        let is_limit = self.leaf() == "org token-lifetime";
        let finds_out =
            finds_out || (self.is_login() || is_lockdown || is_limit) && path == OWN_TOKEN;
        // What is stored ends, although it is not known what else there is.
        let finds_out = finds_out || is_lockdown && (method, path) == ("GET", TOKENS);
        // What lets somebody in beside tokens is only shown.
        let shows = ["/ssh_keys", "/u2f_devices", "/email_verification_challenges"];
        let shows = is_lockdown && shows.iter().any(|end| path.ends_with(end));
        let ends =
            ["logout", "token revoke", "session revoke", "ssh-key remove", "2fa device remove"];
        let is_elevated = path == "/tokens/t-1" && self.line != "logout";
        let tidies = method == "DELETE" && (is_elevated || !ends.contains(&self.leaf().as_str()));
        let adds = self.leaf() == "2fa verify" && path.ends_with("otp_recovery_codes");
        // The keys that bypass a second factor are said beside its state.
        let adds = adds || self.line.starts_with("2fa") && path.ends_with("/ssh_keys");
        let is_left = administration::goes_on_without(self.line, (method, path));
        finds_out || shows || tidies || adds || is_left
    }

    /// Returns its words after the program's name. What a person would type is on standard input.
    pub fn words(self, host: &str) -> Vec<String> {
        self.line.replace("HOST", host).split(' ').map(str::to_owned).collect()
    }

    /// Returns the names of its command, as the command line has them.
    pub fn leaf(self) -> String {
        leaf_of(self.line)
    }

    /// Returns whether it signs in.
    pub fn is_login(self) -> bool {
        self.line.starts_with("login")
    }

    /// Starts an account server of its provider that is not the sandbox. `change` may answer in its place.
    pub fn server(
        self,
        change: impl Fn(&Recorded) -> Option<Reply> + Send + Sync + 'static,
    ) -> Server {
        match self.provider {
            Provider::Atlas => account_server(change),
            Provider::Aptible => aptible::server(change),
        }
    }

    /// Returns what such a server answers when nothing is wrong.
    pub fn usual_answer(self, request: &Recorded) -> Reply {
        match self.provider {
            Provider::Atlas => usual_answer(request),
            Provider::Aptible => aptible::usual(request),
        }
    }

    /// Prepares the command for a server that is not the sandbox, alice being signed in there.
    pub fn keybelt_at(self, world: &World, host: &str, more: &[&str]) -> Keybelt {
        match self.provider {
            _ if self.is_login() => {}
            Provider::Atlas => store(world, host, "alice", TOKEN),
            Provider::Aptible => aptible::store(world, host),
        }
        for file in ["codes.txt", "new-token.txt"] {
            let _ = fs::remove_file(world.home().join(file));
        }
        if self.line.starts_with("ssh-key add") {
            fs::write(world.home().join("key.pub"), aptible::SSH_KEY).unwrap();
        }
        if self.line.starts_with("import") {
            let file = world.home().join(".aptible/tokens.json");
            fs::create_dir_all(file.parent().unwrap()).unwrap();
            fs::write(file, json!({host: aptible::token()}).to_string()).unwrap();
        }
        let token = match self.provider {
            Provider::Atlas => TOKEN.to_owned(),
            Provider::Aptible => aptible::token(),
        };
        let mut words = self.words(host);
        words.extend(more.iter().map(|&word| word.to_owned()));
        world.keybelt(words).stdin(self.lines(|name| match name {
            "PASSWORD" => foreign::PASSWORD.to_owned(),
            "CODE" => CODE.to_owned(),
            "NEXT" => NEXT_CODE.to_owned(),
            "NEW" => NEW_PASSWORD.to_owned(),
            _ => token.clone(),
        }))
    }

    /// Returns the status and the document of the usual answer; none if it has no document.
    pub fn usual_document(self, request: &Recorded) -> Option<(u16, Value)> {
        let answer = self.usual_answer(request);
        Some((answer.status(), answer.document()?))
    }

    fn lines(self, secret: impl Fn(&str) -> String) -> String {
        let names = self.typed.split(' ').filter(|name| !name.is_empty());
        names.map(|name| secret(name) + "\n").collect()
    }

    /// Brings the sandbox's world into the state in which the command succeeds.
    pub fn prepare(self, world: &World) {
        if !self.is_login() {
            store(world, &world.host(), self.username, &world.account(self.username).token);
        }
        if !self.before.is_empty() {
            world.keybelt(self.before).run().code(0);
        }
    }

    /// Returns the lines that the command reads from standard input in the sandbox's world.
    pub fn stdin(self, world: &World) -> String {
        self.lines(|name| match name {
            "PASSWORD" => world.password(self.username),
            "CODE" => world.code(self.username),
            _ => world.account(self.username).token,
        })
    }

    /// Prepares the command itself, for the sandbox.
    pub fn keybelt(self, world: &World) -> Keybelt {
        self.keybelt_with(world, &[])
    }

    /// Prepares the command with more arguments.
    pub fn keybelt_with(self, world: &World, more: &[&str]) -> Keybelt {
        let mut words = self.words(&world.host());
        words.extend(more.iter().map(|&word| word.to_owned()));
        world.keybelt(words).stdin(self.stdin(world))
    }
}

/// Writes `tokens.json` as if the account had signed in with its password (design: data on disk).
pub fn store(world: &World, host: &str, username: &str, token: &str) {
    let now = world.sandbox.now().strftime("%Y-%m-%dT%H:%M:%SZ").to_string();
    let document = json!({"version": 1, "current": host, "hosts": {host: {
        "active": username,
        "accounts": {username: {
            "provider": "atlas",
            "origin": "password",
            "user_id": null,
            "token_id": null,
            "created_at": now,
            "expires_at": null,
            "expires_in_asked": 604_800,
            "authenticated_at": now,
            "store": "file",
            "pending_two_factor": null,
            "token": token,
        }},
    }}});
    write_store(world, document.to_string());
}

/// Writes `tokens.json` to the byte.
pub fn write_store(world: &World, bytes: impl AsRef<[u8]>) {
    DirBuilder::new().recursive(true).mode(0o700).create(world.config_dir()).unwrap();
    fs::write(world.tokens_file(), bytes).unwrap();
    fs::set_permissions(world.tokens_file(), Permissions::from_mode(0o600)).unwrap();
}

/// What the account server that none of us wrote knows. Nobody's secrets: searching for them is safe.
pub mod foreign {
    pub const TOKEN: &str = "fOreIgnTokEn42.atlasv1.zQ8vKx3mWn6pLr2sHt5yBd9cFg7jUa4eRi1oXk0wVqMzNlPsTuGhEfCbAvYd2q4w6e8r0t1";
    pub const PASSWORD: &str = "Wr0ng-h0rse&battery/\"staple\"";
    /// What is made by `token create` and `token rotate`, and by a sign-in of Aptible's.
    pub const NEW_TOKEN: &str = "mAdeHere7Q.atlasv1.3kR7vTq1xWz5mLc9nPd2dHb6gJk8cKw4eUp0oXn-wVs_YzBlNf5sTv9hEz1CbBv7d6q8w2e4r9t3k7";
    pub const NEW_PASSWORD: &str = "N3w-Horse=4711";
    pub const NEXT_CODE: &str = "234200";
    pub const CODE: &str = "481516";
    pub const SECRET: &str = "KRSXG5CTMVRXEZLUKRSXG5CTMVRXEZLU";
    pub const RECOVERY_CODES: [&str; 3] =
        ["rescue-7h3n-a11a", "rescue-9k2m-b22b", "rescue-4w8z-c33c"];
    pub const NUMBER: &str = "+15555550100";
}

/// Commands that ask no account server anything, with the exit code for somebody who is signed in.
const SILENT: [(&str, i32); 22] = [
    ("token print", 0),
    ("switch ACCOUNT", 0),
    ("sudo end", 0),
    ("exec ENV -- true", 0),
    ("import", 0),
    ("store migrate file", 0),
    ("config list", 0),
    ("config get output", 0),
    ("config set output text", 0),
    ("config unset output", 0),
    ("helper install", 0),
    ("helper check", 6),
    ("helper uninstall", 0),
    ("helper get tfe.example.com", 0),
    ("helper store tfe.example.com", 0),
    ("helper forget tfe.example.com", 0),
    ("complete -- keybelt", 0),
    ("completions bash", 0),
    ("man", 0),
    ("sandbox code alice", 1),
    ("status --offline", 0),
    ("logout --local-only", 0),
];

/// Commands that run account servers of their own, and ask no other.
const OF_THE_SANDBOX: [&str; 3] = ["sandbox start", "sandbox shell", "sandbox tour"];

/// Returns every command that can be typed, by its names.
fn leaves() -> BTreeSet<String> {
    fn visit(command: &clap::Command, before: &str, found: &mut BTreeSet<String>) {
        for child in command.get_subcommands().filter(|child| child.get_name() != "help") {
            let name = format!("{before} {}", child.get_name()).trim().to_owned();
            if !child.is_subcommand_required_set() {
                found.insert(name.clone());
            }
            visit(child, &name, found);
        }
    }
    let mut found = BTreeSet::new();
    visit(&keybelt::cli::command_line(), "", &mut found);
    found
}

/// Returns the longest command that a line begins with.
fn leaf_of(line: &str) -> String {
    let leaves =
        leaves().into_iter().filter(|leaf| format!("{line} ").starts_with(&format!("{leaf} ")));
    leaves.max_by_key(String::len).unwrap_or_else(|| panic!("`{line}` is no command"))
}

#[test]
fn every_command_that_can_be_typed_is_listed_as_one_that_asks_a_server_or_as_one_that_does_not() {
    let silent = SILENT.map(|(line, _)| leaf_of(line)).into_iter();
    let silent: BTreeSet<String> = silent.chain(OF_THE_SANDBOX.map(str::to_owned)).collect();
    for provider in [Provider::Atlas, Provider::Aptible] {
        let asking = all().filter(|command| command.provider == provider).map(Command::leaf);
        let listed: BTreeSet<String> = asking.chain(silent.clone()).collect();
        assert_eq!(
            leaves(),
            listed,
            "what can be typed (left) is not what is listed for {provider:?} (right)"
        );
    }
}

#[test]
fn every_command_does_what_it_is_for_at_servers_that_none_of_us_wrote() {
    let mut wrong = Vec::new();
    for command in all() {
        let (world, server) = (World::new(), command.server(|_| None));
        let run = command.keybelt_at(&world, &server.host(), &[]).run().any_end();
        if run.exit_code() != Some(command.code) {
            wrong.push(format!("{command:?}: {:?}\n{}", run.exit_code(), run.stderr()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_command_that_is_said_to_ask_no_server_asks_none() {
    // Terraform reaches nothing by plain http, so that its variables hold no token for such a server.
    let sides = [
        (Command::WHOAMI, "alice", "--env ATLAS_TOKEN"),
        (aptible("whoami", 0), aptible::EMAIL, ""),
    ];
    for ((line, code), (whoami, account, env)) in
        SILENT.into_iter().flat_map(|silent| sides.map(|side| (silent, side)))
    {
        let (world, server) = (World::new(), whoami.server(|_| None));
        let _signed_in = whoami.keybelt_at(&world, &server.host(), &[]);
        let line = line.replace("ACCOUNT", account).replace("ENV", env);
        let run = world.keybelt(line.as_str()).stdin("{\"token\":\"a.token\"}");
        // A sandbox of the person who runs this is no business of it.
        run.env("XDG_RUNTIME_DIR", world.home()).run().code(code);
        assert_eq!(server.routes(), [""; 0], "{line}");
    }
}
