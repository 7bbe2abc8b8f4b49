//! What is committed beside the code says the same as the program: completions, manual pages, and the JSON
//! documents of docs/json.md.
#![cfg(feature = "sandbox")]

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Read, Write};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use keybelt_sandbox::{Options, Sandbox};
use serde_json::{Value, json};

const REGENERATE: &str = "run `.ci/regenerate` and commit what it changes";

const SHELLS: [(&str, &str); 6] = [
    ("bash", "keybelt.bash"),
    ("elvish", "keybelt.elv"),
    ("fish", "keybelt.fish"),
    ("nushell", "keybelt.nu"),
    ("powershell", "_keybelt.ps1"),
    ("zsh", "_keybelt"),
];

fn project() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// A home with a sandbox behind it.
struct World {
    sandbox: Sandbox,
    home: tempfile::TempDir,
}

impl World {
    fn new() -> Self {
        Self {
            sandbox: Sandbox::start(Options { tls: true, ..Options::default() })
                .expect("the sandbox starts"),
            home: home(),
        }
    }

    fn run(&self, arguments: &[&str], input: &str) -> Output {
        keybelt(self.home.path(), arguments, input)
    }

    /// Runs a command that must succeed, and returns its document.
    fn document(&self, arguments: &[&str], input: &str) -> Value {
        document(&self.run(arguments, input), 0)
    }

    fn url(&self) -> &str {
        &self.sandbox.ready().atlas_url
    }

    fn code(&self, username: &str) -> String {
        self.sandbox.code(username).expect("a code").code
    }

    fn sign_in(&self, username: &str) -> Value {
        let accounts = &self.sandbox.ready().accounts;
        let account = accounts.iter().find(|account| account.username == username);
        let password = &account.expect("the account").password;
        let mut arguments = vec!["login", self.url(), "--username", username];
        let mut input = format!("{password}\n");
        arguments.push("--password-stdin");
        if let Some(code) = self.sandbox.code(username) {
            arguments.push("--code-stdin");
            input.push_str(&format!("{}\n", code.code));
        }
        self.document(&arguments, &input)
    }
}

fn home() -> tempfile::TempDir {
    tempfile::Builder::new().prefix("keybelt-generated-").tempdir().expect("a temporary directory")
}

/// Runs keybelt with `-o json`, a home of its own, and nothing of this process's surroundings.
fn keybelt(home: &Path, arguments: &[&str], input: &str) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_keybelt"))
        .env_clear()
        .env("HOME", home)
        .env("APPDATA", home)
        .env("XDG_RUNTIME_DIR", home)
        .current_dir(home)
        .args(arguments)
        .args(["-o", "json", "--no-input"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("keybelt starts");
    let mut stdin = child.stdin.take().expect("stdin is piped");
    // A command that reads nothing may have ended by now.
    let _ = stdin.write_all(input.as_bytes());
    drop(stdin);
    child.wait_with_output().expect("keybelt ends")
}

fn document(output: &Output, code: i32) -> Value {
    let shown = format!(
        "{}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    );
    assert_eq!(output.status.code(), Some(code), "{shown}");
    serde_json::from_slice(&output.stdout).unwrap_or_else(|error| panic!("{error}: {shown}"))
}

/// An account server for what the sandbox does not have; returns its address. It shows recovery codes to
/// whoever asks, and every account has two tokens.
fn generous_server(answer: fn(&str) -> String) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = listener.local_addr().expect("an address");
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let Ok(mut stream) = stream else { return };
            let mut request = [0; 8192];
            let count = stream.read(&mut request).unwrap_or_default();
            let body = answer(&String::from_utf8_lossy(&request[..count]));
            let status = match body.as_str() {
                "" => "204 No Content",
                NOT_FOUND => "404 Not Found",
                _ => "200 OK",
            };
            let _ = write!(
                stream,
                "HTTP/1.1 {status}\r\ncontent-type: application/vnd.api+json\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{body}",
                body.len()
            );
        }
    });
    format!("http://{address}")
}

const NOT_FOUND: &str = r#"{"errors":[{"status":"404","title":"not found"}]}"#;

fn generous_answer(request: &str) -> String {
    let token = |id: &str, secret: Value| {
        json!({
            "id": id,
            "type": "authentication-tokens",
            "attributes": {
                "description": "keybelt on laptop",
                "created-at": "2026-11-22T06:43:09.000Z",
                "last-used-at": null,
                "expired-at": null,
                "token": secret,
            },
        })
    };
    let route = request.split(' ').take(2).collect::<Vec<_>>().join(" ");
    let document = match route.as_str() {
        "GET /api/v2/account/details" => json!({"data": {
            "id": "user-1",
            "type": "users",
            "attributes": {"username": "alice", "two-factor": {
                "enabled": true, "verified": true, "recovery-codes": ["123456", "654321"],
            }},
            "links": {"auth-token": "/api/v2/authentication-tokens/at-1"},
        }}),
        // It checks no password, so that nothing has to be proven.
        "GET /api/v1/authenticate" => return NOT_FOUND.to_owned(),
        route if route.starts_with("DELETE ") => return String::new(),
        route if route.starts_with("POST ") => json!({"data": token("at-3", json!("new"))}),
        route if route.starts_with("GET /api/v2/authentication-tokens/") => {
            json!({"data": token("at-1", Value::Null)})
        }
        _ => json!({
            "data": [token("at-1", Value::Null), token("at-2", Value::Null)],
            "meta": {"pagination": {"current-page": 1, "next-page": null, "total-pages": 1}},
        }),
    };
    document.to_string()
}

/// Runs every command that prints a document; returns the documents by the headings of docs/json.md.
fn documents() -> BTreeMap<&'static str, Value> {
    let world = World::new();
    let mut found = BTreeMap::new();
    let mut keep = |heading, document| assert!(found.insert(heading, document).is_none());
    let unsigned = world.run(&["whoami", "--host", "tfe.example.com"], "");
    keep("Errors", document(&unsigned, 3));
    let ready = serde_json::to_value(world.sandbox.ready()).expect("JSON");
    keep("`keybelt sandbox start`", ready);
    world.sign_in("bob");
    keep("`keybelt login`", world.sign_in("alice"));
    keep("`keybelt switch`", world.document(&["switch", "alice"], ""));
    keep("`keybelt status`", world.document(&["status"], ""));
    keep("`keybelt status --all`", world.document(&["status", "--all"], ""));
    keep("`keybelt whoami`", world.document(&["whoami"], ""));
    keep("`keybelt token print`", world.document(&["token", "print"], ""));
    keep("`keybelt 2fa status`", world.document(&["2fa", "status"], ""));
    enrol(&world, &mut keep);
    sudo(&world, &mut keep);
    keep("`keybelt logout`", world.document(&["logout"], ""));
    keep("`keybelt logout --all`", world.document(&["logout", "--all"], ""));
    of_a_generous_server(&mut keep);
    import(&world, &mut keep);
    keep("`keybelt helper install`", world.document(&["helper", "install"], ""));
    // Nothing is on the PATH here, so that Terraform is not found.
    let check = world.run(&["helper", "check"], "");
    keep("`keybelt helper check`", document(&check, 6));
    keep("`keybelt helper uninstall`", world.document(&["helper", "uninstall"], ""));
    configuration(&world, &mut keep);
    doctor(&world, &mut keep);
    #[cfg(unix)]
    migration(&world, &mut keep);
    sandbox_code(&mut keep);
    organizations(&mut keep);
    administration(&mut keep);
    lockdown(&mut keep);
    keys_of_aptible(&mut keep);
    found
}

/// An Aptible server whose user has an SSH key and a security key.
fn aptible_answer(request: &str) -> String {
    let key = json!({
        "id": "k-1", "name": "laptop", "created_at": "2026-11-22T06:43:09.000Z",
        "ssh_public_key": SSH_KEY, "_links": {},
    });
    let token = json!({
        "id": "t-1", "access_token": "elevated", "expires_at": "2030-03-17T17:46:40.000Z",
        "_links": {"user": {"href": "/users/u-1"}},
    });
    let route = request.split(' ').take(2).collect::<Vec<_>>().join(" ");
    let document = match route.as_str() {
        "GET /" => json!({"_links": {"tokens": {"href": "/tokens"}}}),
        "POST /tokens" | "GET /current_token" => token,
        "POST /users/u-1/ssh_keys" => key,
        "GET /users/u-1/ssh_keys" => json!({"_embedded": {"ssh_keys": [key]}}),
        "GET /organizations" => {
            json!({"_embedded": {"organizations": [{"id": "o-1", "name": "acme"}]}})
        }
        "GET /organizations/o-1/users" => json!({"_embedded": {"users": [
            {"id": "u-2", "email": "bob@example.com", "otp_enabled": true},
        ]}}),
        "GET /users/u-2/roles" => json!({"_embedded": {"roles": []}}),
        "GET /users/u-1/u2f_devices" => json!({"_embedded": {"u2f_devices": [key]}}),
        route if route.starts_with("DELETE ") => return String::new(),
        _ => json!({"id": "u-1", "email": "alice@example.com", "otp_enabled": false, "_links": {}}),
    };
    document.to_string()
}

const SSH_KEY: &str =
    "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl";

fn keys_of_aptible(keep: &mut impl FnMut(&'static str, Value)) {
    let home = home();
    let url = generous_server(aptible_answer);
    document(&keybelt(home.path(), &["login", &url, "--token-stdin"], "token\n"), 0);
    std::fs::write(home.path().join("key.pub"), SSH_KEY).expect("a file");
    let mut run = |heading, arguments: &[&str]| {
        keep(heading, document(&keybelt(home.path(), arguments, "password\n"), 0));
    };
    run("`keybelt ssh-key list`", &["ssh-key", "list"]);
    run("`keybelt ssh-key add`", &["ssh-key", "add", "key.pub", "--password-stdin"]);
    run("`keybelt ssh-key remove`", &["ssh-key", "remove", "k-1"]);
    run("`keybelt 2fa device list`", &["2fa", "device", "list", "--password-stdin"]);
    let reset =
        ["org", "member", "reset-2fa", "acme", "bob@example.com", "--yes", "--password-stdin"];
    run("`keybelt org member reset-2fa`", &reset);
    let remove = ["2fa", "device", "remove", "k-1", "--yes", "--password-stdin"];
    run("`keybelt 2fa device remove`", &remove);
}

/// Locks alice down, whose token is in Terraform's file too.
fn lockdown(keep: &mut impl FnMut(&'static str, Value)) {
    let world = World::new();
    world.sign_in("alice");
    let directory = world.home.path().join(".terraform.d");
    std::fs::create_dir(&directory).expect("a directory");
    let file = json!({"credentials": {"tfe.example.com": {"token": "x"}}});
    std::fs::write(directory.join("credentials.tfrc.json"), file.to_string()).expect("a file");
    let password = &world.sandbox.ready().accounts[0].password;
    let words = ["lockdown", "--yes", "--password-stdin"];
    keep("`keybelt lockdown`", world.document(&words, &format!("{password}\n")));
}

/// An owner's commands; one member has no second factor.
fn organizations(keep: &mut impl FnMut(&'static str, Value)) {
    let world = World::new();
    world.sign_in("olivia");
    let audit = world.run(&["org", "audit", "acme"], "");
    keep("`keybelt org audit`", document(&audit, 6));
    // Her own token lives two years, which is longer.
    let limits = world.run(&["org", "token-lifetime", "acme", "user=30d", "--dry-run"], "");
    keep("`keybelt org token-lifetime`", document(&limits, 6));
    let mut run = |heading, arguments: &[&str]| keep(heading, world.document(arguments, ""));
    run("`keybelt org list`", &["org", "list"]);
    run("`keybelt org require-2fa`", &["org", "require-2fa", "acme", "--yes"]);
}

/// A site administrator's commands.
fn administration(keep: &mut impl FnMut(&'static str, Value)) {
    let options = Options { tls: true, site_admin: true, ..Options::default() };
    let sandbox = Sandbox::start(options).expect("the sandbox starts");
    let world = World { sandbox, home: home() };
    world.sign_in("root-admin");
    let mut run = |heading, arguments: &[&str]| keep(heading, world.document(arguments, ""));
    run("`keybelt admin user list`", &["admin", "user", "list"]);
    run("`keybelt admin user show`", &["admin", "user", "show", "alice"]);
    let home = self::home();
    let url = generous_server(administrator_answer);
    document(&keybelt(home.path(), &["login", &url, "--token-stdin"], "token\n"), 0);
    let mut run = |heading, arguments: &[&str]| {
        keep(heading, document(&keybelt(home.path(), arguments, ""), 0));
    };
    run("`keybelt org show`", &["org", "show", "acme"]);
    run("`keybelt org member remove`", &["org", "member", "remove", "acme", "alice", "--yes"]);
    let suspend = keybelt(home.path(), &["admin", "user", "suspend", "alice", "--yes"], "");
    keep("`keybelt admin user suspend`", document(&suspend, 0));
}

/// A server with a user who has made a token for a team.
fn administrator_answer(request: &str) -> String {
    let user = json!({
        "id": "user-2", "attributes": {"username": "alice", "is-suspended": null},
        "relationships": {"organizations": {"data": [{"id": "acme", "type": "organizations"}]}},
    });
    let token = json!({
        "id": "at-1", "attributes": {"description": "deploys"},
        "relationships": {
            "team": {"data": {"id": "team-1"}}, "created-by": {"data": {"id": "user-2"}},
        },
    });
    let path = request.split([' ', '?']).nth(1).unwrap_or_default();
    let document = match path.trim_start_matches("/api/v2/") {
        "account/details" => {
            json!({"data": {"id": "user-1", "attributes": {"username": "root"}}})
        }
        "admin/users" => json!({"data": [user]}),
        "admin/users/user-2/actions/suspend" => json!({"data": user}),
        "organizations/acme" => json!({"data": {"id": "acme", "attributes": {}}}),
        "organizations/acme/teams" => json!({"data": []}),
        "organizations/acme/organization-memberships" => json!({
            "data": [{
                "id": "ou-1", "attributes": {"email": "alice@example.com"},
                "relationships": {"user": {"data": {"id": "user-2", "type": "users"}}},
            }, {
                "id": "ou-2", "attributes": {
                    "email": "new@example.com", "status": "invited",
                    "created-at": "2026-10-01T10:00:00.000Z",
                },
            }],
            "included": [{"id": "user-2", "type": "users", "attributes": {"username": "alice"}}],
        }),
        "organizations/acme/oauth-tokens" => json!({"data": [{"id": "ot-1"}]}),
        "organization-memberships/ou-1" => return String::new(),
        "organizations/acme/team-tokens" => json!({"data": [token]}),
        _ => return NOT_FOUND.to_owned(),
    };
    document.to_string()
}

fn enrol(world: &World, keep: &mut impl FnMut(&'static str, Value)) {
    let enable = ["2fa", "enable", "--sms", "+15555550100", "--no-verify"];
    world.document(&enable, "");
    keep("`keybelt 2fa resend`", world.document(&["2fa", "resend"], ""));
    let enable = ["2fa", "enable", "--app", "--no-verify"];
    keep("`keybelt 2fa enable --no-verify`", world.document(&enable, ""));
    let code = world.code("alice");
    keep("`keybelt 2fa verify`", world.document(&["2fa", "verify", &code], ""));
    keep("`keybelt 2fa disable`", world.document(&["2fa", "disable", "--yes"], ""));
}

fn sudo(world: &World, keep: &mut impl FnMut(&'static str, Value)) {
    let old = &world.sandbox.ready().accounts[0].password;
    keep("`keybelt sudo end`", world.document(&["sudo", "end"], ""));
    keep("`keybelt sudo`", world.document(&["sudo", "--password-stdin"], &format!("{old}\n")));
    keep(
        "`keybelt password change`",
        world.document(
            &["password", "change", "--password-stdin", "--revoke-others"],
            &format!("{old}\na-Long-new-passw0rd\n"),
        ),
    );
}

fn of_a_generous_server(keep: &mut impl FnMut(&'static str, Value)) {
    let home = home();
    let url = generous_server(generous_answer);
    let login = keybelt(home.path(), &["login", &url, "--token-stdin"], "token\n");
    document(&login, 0);
    let mut run = |heading, arguments: &[&str]| {
        keep(heading, document(&keybelt(home.path(), arguments, ""), 0));
    };
    let (list, save) = ("`keybelt 2fa recovery-codes list`", "`keybelt 2fa recovery-codes save`");
    run(list, &["2fa", "recovery-codes", "list"]);
    run(save, &["2fa", "recovery-codes", "save", "codes"]);
    run("`keybelt token list`", &["token", "list"]);
    run("`keybelt token show`", &["token", "show", "at-2"]);
    run("`keybelt token create`", &["token", "create"]);
    run("`keybelt token revoke`", &["token", "revoke", "at-2", "--yes"]);
    run("`keybelt session list`", &["session", "list"]);
    run("`keybelt session revoke`", &["session", "revoke", "--others", "--yes"]);
    run("`keybelt token rotate`", &["token", "rotate"]);
}

fn import(world: &World, keep: &mut impl FnMut(&'static str, Value)) {
    let ready = world.sandbox.ready();
    let https = ready.atlas_tls_url.as_deref().expect("TLS was asked for");
    let host = https.trim_start_matches("https://");
    let file = json!({"credentials": {host: {"token": ready.accounts[2].token}}});
    for directory in [".terraform.d", "terraform.d"] {
        let directory = world.home.path().join(directory);
        std::fs::create_dir(&directory).expect("a directory");
        let path = directory.join("credentials.tfrc.json");
        std::fs::write(path, file.to_string()).expect("Terraform's file");
    }
    let authority = ready.ca_file.as_deref().expect("TLS was asked for");
    let import = ["import", "--yes", "--ca-file", authority];
    keep("`keybelt import`", world.document(&import, ""));
}

fn configuration(world: &World, keep: &mut impl FnMut(&'static str, Value)) {
    let mut run = |heading, arguments: &[&str]| keep(heading, world.document(arguments, ""));
    run("`keybelt config set`", &["config", "set", "timeout", "10s"]);
    run("`keybelt config get`", &["config", "get", "timeout"]);
    run("`keybelt config list`", &["config", "list"]);
    run("`keybelt config unset`", &["config", "unset", "timeout"]);
}

/// What looks at the machine: whatever it finds, the document has one shape.
fn doctor(world: &World, keep: &mut impl FnMut(&'static str, Value)) {
    let run = world.run(&["doctor"], "");
    let code = run.status.code().expect("it ends by itself");
    assert!(code == 0 || code == 6, "{code}");
    keep("`keybelt doctor`", document(&run, code));
}

/// Moves the stored tokens to a docker credentials helper that keeps one secret in one file.
#[cfg(unix)]
fn migration(world: &World, keep: &mut impl FnMut(&'static str, Value)) {
    use std::os::unix::fs::PermissionsExt;
    let home = world.home.path();
    let program = home.join("docker-credential-one");
    let script = "#!/bin/sh\ncase $1 in store) cat >\"$HOME/one\" ;; get) cat \"$HOME/one\" ;; erase) rm -f \"$HOME/one\" ;; esac\n";
    std::fs::write(&program, script).expect("a helper");
    std::fs::set_permissions(&program, PermissionsExt::from_mode(0o755)).expect("a program");
    let run = Command::new(env!("CARGO_BIN_EXE_keybelt"))
        .env_clear()
        .env("HOME", home)
        .env("PATH", format!("{}:/usr/bin:/bin", home.display()))
        .args(["store", "migrate", "docker:one", "-o", "json"])
        .output()
        .expect("keybelt starts");
    keep("`keybelt store migrate`", document(&run, 0));
}

/// `sandbox code` finds the sandbox that another process runs.
fn sandbox_code(keep: &mut impl FnMut(&'static str, Value)) {
    let home = home();
    let mut sandbox = Command::new(env!("CARGO_BIN_EXE_keybelt"))
        .env_clear()
        .env("HOME", home.path())
        .env("XDG_RUNTIME_DIR", home.path())
        .args(["sandbox", "start", "-o", "json"])
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("keybelt starts");
    let mut ready = String::new();
    let stdout = sandbox.stdout.take().expect("stdout is piped");
    std::io::BufRead::read_line(&mut std::io::BufReader::new(stdout), &mut ready).expect("a line");
    assert!(ready.ends_with("}\n"), "one compact line: {ready}");
    let code = keybelt(home.path(), &["sandbox", "code", "bob"], "");
    let _ = sandbox.kill();
    let _ = sandbox.wait();
    keep("`keybelt sandbox code`", document(&code, 0));
}

/// One section of docs/json.md: its example, and the keys in its first table.
struct Section {
    example: Option<Value>,
    keys: Vec<String>,
}

fn sections() -> BTreeMap<String, Section> {
    let path = project().join("docs/json.md");
    let page = std::fs::read_to_string(path).expect("docs/json.md");
    let read = |section: &str| {
        let (heading, body) = section.split_once('\n')?;
        let example = body.split_once("```json\n").map(|(_, rest)| {
            let (json, _) = rest.split_once("```").expect("the example ends");
            serde_json::from_str(json).unwrap_or_else(|error| panic!("{heading}: {error}"))
        });
        let table = body.split_once("| Key |").map_or("", |(_, rest)| rest);
        let rows = table.lines().take_while(|line| !line.is_empty()).skip(2);
        let keys = rows
            .filter_map(|row| row.strip_prefix("| `")?.split_once('`'))
            .map(|(key, _)| key.to_owned())
            .collect();
        Some((heading.to_owned(), Section { example, keys }))
    };
    page.split("\n## ").skip(1).filter_map(read).collect()
}

/// Collects the paths of all keys, `a.b`, with the type of what is there, unless that is null. The elements
/// of an array count as one.
fn key_paths(value: &Value, above: &str, into: &mut BTreeMap<String, &'static str>) {
    match value {
        Value::Object(object) => {
            for (key, value) in object {
                let path = format!("{above}{key}");
                key_paths(value, &format!("{path}."), into);
                let known = into.entry(path).or_insert("null");
                *known = if value.is_null() { known } else { type_of(value) };
            }
        }
        Value::Array(values) => values.iter().for_each(|value| key_paths(value, above, into)),
        _ => {}
    }
}

fn type_of(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(_) => "number",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    }
}

fn keys(value: &Value) -> BTreeMap<String, &'static str> {
    let mut keys = BTreeMap::new();
    key_paths(value, "", &mut keys);
    keys
}

/// Compares keys, and types where neither side is null.
fn assert_same_shape(heading: &str, example: &Value, printed: &Value) {
    let (example, printed) = (keys(example), keys(printed));
    let names = |keys: &BTreeMap<String, _>| keys.keys().cloned().collect::<BTreeSet<_>>();
    assert_eq!(names(&example), names(&printed), "{heading}");
    for (key, documented) in example {
        let found = printed[&key];
        let agree = documented == found || documented == "null" || found == "null";
        assert!(agree, "{heading}: `{key}` is documented as {documented}, and is {found}");
    }
}

#[test]
fn every_documented_key_is_printed_and_every_printed_key_is_documented() {
    let sections = sections();
    let printed = documents();
    for (heading, section) in &sections {
        let Some(example) = &section.example else {
            continue;
        };
        let document = printed
            .get(heading.as_str())
            .unwrap_or_else(|| panic!("no test prints the document of {heading}"));
        assert_same_shape(heading, example, document);
        for key in &section.keys {
            assert!(keys(example).contains_key(key), "{heading}: the table's `{key}`");
        }
        let object = example.as_object().expect("documents are objects");
        for key in object.keys().filter(|key| *key != "error" || heading != "Errors") {
            assert!(section.keys.contains(key), "{heading}: no row for `{key}`");
        }
    }
    for heading in printed.keys() {
        assert!(sections.contains_key(*heading), "docs/json.md lacks {heading}");
    }
}

#[test]
fn every_command_is_in_the_pages() {
    let page = std::fs::read_to_string(project().join("docs/json.md")).expect("docs/json.md");
    let mut commands = Vec::new();
    leaves(&keybelt::cli::command_line(), "keybelt", &mut commands);
    let silent = ["completions", "exec", "man", "sandbox tour", "sandbox shell"];
    for command in commands {
        let name = command.trim_start_matches("keybelt ");
        let documented = page.contains(&format!("## `{command}`"))
            || (silent.contains(&name) && page.contains(&format!("`{name}`")));
        assert!(documented, "docs/json.md lacks `{command}`");
    }
}

/// A list is one by its options, which is what `-o csv` goes by; a command that prints rows and lacks them would
/// refuse it.
#[test]
fn every_list_is_declared_as_one_and_its_document_is_printed_from_a_list_that_is_not_empty() {
    let mut lists = Vec::new();
    visit(&keybelt::cli::command_line(), "keybelt", &mut |name, command| {
        let is_declared = command.get_groups().any(|group| group.get_id() == "ListOptions");
        // Codes are for a pipe, one a line.
        let is_named_so = name.ends_with(" list") && name != "keybelt 2fa recovery-codes list";
        assert!(is_declared || !is_named_so, "`{name}` has no ListOptions");
        lists.extend(is_declared.then(|| format!("`{name}`")));
    });
    assert!(lists.len() >= 5, "{lists:?}");
    let printed = documents();
    for heading in lists {
        let document = printed.get(heading.as_str()).unwrap_or_else(|| panic!("{heading}"));
        let object = document.as_object().expect("documents are objects");
        let arrays: Vec<_> = object.values().filter_map(Value::as_array).collect();
        assert!(!arrays.is_empty(), "{heading} has no list in its document");
        assert!(arrays.iter().all(|array| !array.is_empty()), "{heading}: {document}");
    }
}

fn leaves(command: &clap::Command, name: &str, into: &mut Vec<String>) {
    visit(command, name, &mut |name, _| into.push(name.to_owned()));
}

/// Visits every command that has none below it, with its full name.
fn visit(command: &clap::Command, name: &str, see: &mut impl FnMut(&str, &clap::Command)) {
    let children: Vec<_> = command
        .get_subcommands()
        .filter(|child| !child.is_hide_set() && child.get_name() != "help")
        .collect();
    if children.is_empty() {
        see(name, command);
    }
    for child in children {
        visit(child, &format!("{name} {}", child.get_name()), see);
    }
}

#[test]
fn each_shell_gets_its_own_script_and_each_script_has_a_shell() {
    let home = home();
    for (shell, file) in SHELLS {
        let output = keybelt(home.path(), &["completions", shell], "");
        assert_eq!(output.status.code(), Some(0));
        let script = std::fs::read(project().join("completions").join(file)).unwrap_or_default();
        assert!(script == output.stdout, "`completions {shell}` does not print completions/{file}");
    }
    let names: BTreeSet<String> = SHELLS.iter().map(|(_, file)| (*file).to_owned()).collect();
    assert_eq!(files(&project().join("completions")), names);
}

#[test]
fn the_committed_manual_pages_are_those_that_the_program_writes() {
    let home = home();
    let directory = home.path().join("man");
    let shown = directory.to_str().expect("a path");
    let output = keybelt(home.path(), &["man", shown], "");
    assert_eq!(output.status.code(), Some(0));
    let written = files(&directory);
    assert_eq!(files(&project().join("man")), written, "{REGENERATE}");
    assert!(
        !written.iter().any(|file| file.ends_with("-help.1")),
        "pages about `help`: {written:?}"
    );
    for file in written {
        let committed = std::fs::read(project().join("man").join(&file)).unwrap_or_default();
        let fresh = std::fs::read(directory.join(&file)).expect("a page");
        assert!(committed == fresh, "man/{file} is out of date: {REGENERATE}");
    }
}

fn files(directory: &PathBuf) -> BTreeSet<String> {
    let entries = std::fs::read_dir(directory).into_iter().flatten();
    entries.filter_map(|entry| entry.ok()?.file_name().into_string().ok()).collect()
}
