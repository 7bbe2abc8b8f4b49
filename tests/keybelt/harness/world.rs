//! A world: one account server in this process, and one home with nothing in it.

use std::collections::BTreeSet;
use std::fs::{self, DirBuilder, Permissions};
use std::os::unix::fs::{DirBuilderExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::time::{Duration, Instant};

use data_encoding::HEXLOWER;
use keybelt_sandbox::{Limits, Options, ReadyAccount, Sandbox};
use serde_json::{Value, json};
use sha2::{Digest, Sha512};
use tempfile::TempDir;

use super::run::{Keybelt, Outcome, Words};
use super::{PATIENCE, home};

/// An account server, a home, and the way to run keybelt between them.
pub struct World {
    /// The account server.
    pub sandbox: Sandbox,
    home: TempDir,
    /// The tokens that the server had when it started, by hash.
    at_first: BTreeSet<String>,
    /// The codes that were given out, for each works once.
    given: Mutex<Vec<String>>,
}

impl World {
    /// Makes a world whose server does not limit how often it is asked.
    pub fn new() -> Self {
        Self::with(Options { limits: Limits::Off, ..Options::default() })
    }

    /// Makes a world whose server misbehaves as `faults` say, such as `500@POST:/api/v1/authenticate*1`.
    pub fn with_faults<'a>(faults: impl IntoIterator<Item = &'a str>) -> Self {
        let world = Self::new();
        world.set_faults(faults);
        world
    }

    /// Makes a world with a server of one's own choice.
    pub fn with(options: Options) -> Self {
        let sandbox = Sandbox::start(options).unwrap();
        let home = home::temporary();
        home::guard(home.path());
        let at_first = sandbox.live_tokens().into_iter().map(|token| token.token_hash).collect();
        Self { sandbox, home, at_first, given: Mutex::default() }
    }

    /// Prepares a run of keybelt.
    pub fn keybelt<Form>(&self, arguments: impl Words<Form>) -> Keybelt {
        Keybelt::new(self.home.path(), arguments)
    }

    /// Returns the server's key.
    pub fn host(&self) -> String {
        self.sandbox.ready().atlas_url.clone()
    }

    /// Returns an account of the server.
    pub fn account(&self, username: &str) -> ReadyAccount {
        let accounts = &self.sandbox.ready().accounts;
        accounts.iter().find(|account| account.username == username).unwrap().clone()
    }

    /// Returns an account's password.
    pub fn password(&self, username: &str) -> String {
        self.account(username).password
    }

    /// Returns an account's present code, from its app or its last text. App codes work once, so the clock
    /// is turned if this one was returned before.
    pub fn code(&self, username: &str) -> String {
        let mut given = self.given.lock().unwrap();
        let mut code = self.sandbox.code(username).unwrap().code;
        if given.contains(&code) {
            self.sandbox.advance(30);
            code = self.sandbox.code(username).unwrap().code;
        }
        given.push(code.clone());
        code
    }

    /// Returns a code that is certainly wrong.
    pub fn wrong_code(&self, username: &str) -> String {
        let now = self.sandbox.code(username).map(|code| code.code);
        let used: Vec<String> =
            self.account(username).recovery_codes.into_iter().chain(now).collect();
        let mut candidates = (0..).map(|number| format!("{number:06}"));
        // Codes of the steps before and after are right as well; among a hundred there are others.
        candidates
            .find(|code| !used.contains(code) && !self.neighbours(username).contains(code))
            .unwrap()
    }

    fn neighbours(&self, username: &str) -> Vec<String> {
        let Some(secret) = self.account(username).two_factor.and_then(|it| it.secret) else {
            return Vec::new();
        };
        let now = u64::try_from(self.sandbox.now().as_second()).unwrap();
        let steps = [now - 60, now - 30, now, now + 30, now + 60];
        steps.iter().filter_map(|at| keybelt_sandbox::totp(&secret, *at)).collect()
    }

    /// Makes a world whose server speaks TLS as well; returns that address, and the file of its authority.
    pub fn secure() -> (Self, String, String) {
        let world = Self::with(Options { tls: true, limits: Limits::Off, ..Options::default() });
        let ready = world.sandbox.ready();
        let address = ready.atlas_tls_url.clone().unwrap();
        let ca_file = ready.ca_file.clone().unwrap();
        (world, address, ca_file)
    }

    /// Prepares a sign-in by password, which is on standard input.
    pub fn login(&self, username: &str, options: &[&str]) -> Keybelt {
        let host = self.host();
        let first = ["login", &host, "--username", username, "--password-stdin"];
        let password = match username.strip_prefix("user-") {
            Some(_) => self.password("alice"),
            None => self.password(username),
        };
        let words = first.iter().chain(options);
        self.keybelt(words).stdin(format!("{password}\n"))
    }

    /// Signs an account in, with a code if it needs one.
    #[track_caller]
    pub fn sign_in(&self, username: &str) -> Outcome {
        let host = self.host();
        let account = self.account(username);
        let mut arguments = vec!["login", &host, "--username", username, "--password-stdin"];
        let mut stdin = format!("{}\n", account.password);
        match account.two_factor.map(|it| it.delivery).as_deref() {
            None => {}
            Some("app") => {
                arguments.push("--code-stdin");
                stdin.push_str(&format!("{}\n", self.code(username)));
            }
            Some(_) => {
                arguments.push("--code-stdin");
                stdin.push_str(&format!("{}\n", account.recovery_codes[0]));
            }
        }
        self.keybelt(arguments).stdin(stdin).run().code(0)
    }

    /// Replaces the faults that are still to come.
    pub fn set_faults<'a>(&self, faults: impl IntoIterator<Item = &'a str>) {
        self.sandbox.set_faults(faults.into_iter().map(|fault| fault.parse().unwrap()).collect());
    }

    /// Returns how often the server was sent a request of this method and path.
    pub fn count(&self, method: &str, path: &str) -> usize {
        let requests = self.sandbox.requests();
        requests.iter().filter(|request| request.method == method && request.path == path).count()
    }

    /// Waits until the server has been sent a request of this method and path, answered or not.
    pub fn wait_for(&self, method: &str, path: &str) {
        let deadline = Instant::now() + PATIENCE;
        while self.count(method, path) == 0 {
            assert!(Instant::now() < deadline, "no {method} {path} came");
            std::thread::park_timeout(Duration::from_millis(2));
        }
    }

    /// Returns the home.
    pub fn home(&self) -> &Path {
        self.home.path()
    }

    /// Returns the directory of `tokens.json`.
    pub fn config_dir(&self) -> PathBuf {
        self.home().join(".config/keybelt")
    }

    /// Returns the path of `tokens.json`.
    pub fn tokens_file(&self) -> PathBuf {
        self.config_dir().join("tokens.json")
    }

    /// Returns the bytes of `tokens.json`; none if it is not there.
    pub fn tokens_bytes(&self) -> Vec<u8> {
        fs::read(self.tokens_file()).unwrap_or_default()
    }

    /// Returns what `tokens.json` says; null if it is not there.
    pub fn tokens_json(&self) -> Value {
        let bytes = self.tokens_bytes();
        if bytes.is_empty() { Value::Null } else { serde_json::from_slice(&bytes).unwrap() }
    }

    /// Writes Terraform's own file of tokens, by the hosts' names.
    pub fn write_terraform_file(&self, tokens: &[(&str, &str)]) {
        let blocks = tokens.iter().map(|(host, token)| {
            let block = serde_json::json!({ "token": token });
            ((*host).to_owned(), block)
        });
        let credentials: serde_json::Map<_, _> = blocks.collect();
        let directory = self.home().join(".terraform.d");
        fs::create_dir_all(&directory).unwrap();
        let document = serde_json::json!({ "credentials": credentials });
        fs::write(directory.join("credentials.tfrc.json"), document.to_string()).unwrap();
    }

    /// Changes the stored entry of an account.
    pub fn change_entry(&self, username: &str, change: impl FnOnce(&mut Value)) {
        let mut document = self.tokens_json();
        let host = self.host();
        let entry = &mut document["hosts"][&host]["accounts"][username];
        assert!(entry.is_object(), "{username} is not stored");
        change(entry);
        fs::write(self.tokens_file(), document.to_string()).unwrap();
    }

    /// Writes `tokens.json` as it is after sign-ins in a browser: hosts, accounts and their tokens, the first
    /// host being the current one.
    pub fn store_entries(&self, entries: &[(&str, &str, &str)]) {
        let mut hosts = serde_json::Map::new();
        for (host, account, token) in entries {
            let host = hosts
                .entry((*host).to_owned())
                .or_insert_with(|| json!({"active": account, "accounts": {}}));
            host["accounts"][account] = json!({
                "provider": "atlas", "origin": "web", "user_id": null, "token_id": null,
                "created_at": "2026-01-01T00:00:00Z", "expires_at": null, "expires_in_asked": null,
                "authenticated_at": null, "store": "file", "pending_two_factor": null, "token": token,
            });
        }
        let document = json!({"version": 1, "current": entries[0].0, "hosts": hosts});
        DirBuilder::new().recursive(true).mode(0o700).create(self.config_dir()).unwrap();
        fs::write(self.tokens_file(), document.to_string()).unwrap();
        fs::set_permissions(self.tokens_file(), Permissions::from_mode(0o600)).unwrap();
    }

    /// Writes a program into the home and returns its path.
    pub fn program(&self, name: &str, script: &str) -> PathBuf {
        let path = self.home().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, script).unwrap();
        fs::set_permissions(&path, Permissions::from_mode(0o755)).unwrap();
        path
    }

    /// Returns the tokens that are stored for the server.
    pub fn stored_tokens(&self) -> Vec<String> {
        let document = self.tokens_json();
        let accounts =
            document["hosts"][self.host()]["accounts"].as_object().cloned().unwrap_or_default();
        accounts.values().map(|entry| entry["token"].as_str().unwrap().to_owned()).collect()
    }

    /// Asserts that every token that keybelt had made is stored, and that every stored one is alive: none was
    /// left behind on the server, and none was revoked that is still in use.
    #[track_caller]
    pub fn assert_live_tokens_are_stored(&self) {
        let live: BTreeSet<String> =
            self.sandbox.live_tokens().into_iter().map(|token| token.token_hash).collect();
        let hash = |token: &String| HEXLOWER.encode(&Sha512::digest(token));
        let stored: BTreeSet<String> = self.stored_tokens().iter().map(hash).collect();
        let made: BTreeSet<String> = live.difference(&self.at_first).cloned().collect();
        let mine: BTreeSet<String> = stored.difference(&self.at_first).cloned().collect();
        assert_eq!(made, mine, "live tokens (left) are not the stored ones (right)");
        assert!(stored.is_subset(&live), "a stored token is dead");
    }

    /// Returns how many tokens the server has made since it started that are alive.
    pub fn live_tokens_made(&self) -> usize {
        let live = self.sandbox.live_tokens();
        live.iter().filter(|token| !self.at_first.contains(&token.token_hash)).count()
    }
}

impl Drop for World {
    fn drop(&mut self) {
        if !std::thread::panicking() {
            home::guard(self.home.path());
        }
    }
}
