//! Canaries: recognizable secrets go through every command, whether it succeeds or fails, at the highest
//! verbosity, and must come out nowhere but where they are the answer.
//!
//! hashicorp/packer#2685 masked a token on one line and logged the raw header on the next.

use std::collections::{BTreeSet, HashSet};
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::sync::{Arc, Mutex};

use data_encoding::{BASE64_NOPAD, BASE64URL_NOPAD};
use serde_json::{Value, json};

use crate::every_command::foreign::{
    CODE, NEW_PASSWORD, NEW_TOKEN, NEXT_CODE, NUMBER, PASSWORD, RECOVERY_CODES, SECRET, TOKEN,
};
use crate::every_command::{
    AUTHENTICATE, Answer, Command, Provider, REQUEST_CODE, account_server, aptible, try_every,
};
use crate::harness::{Outcome, Recorded, Reply, Server, World};

const PROXY_PASSWORD: &str = "Pr0xy-Gate+Keeper";

/// Finds every secret, whole, encoded or in pieces.
pub struct Canaries {
    /// What must not be there, and what it is a form of.
    forms: Vec<(String, &'static str)>,
    /// Every six bytes of passwords and tokens.
    pieces: Vec<(HashSet<Vec<u8>>, &'static str)>,
}

impl Canaries {
    /// Prepares the search for all that is not one of these answers.
    pub fn without(answers: &[Answer]) -> Self {
        let mut canaries = Self { forms: Vec::new(), pieces: Vec::new() };
        canaries.add("the password", PASSWORD, true);
        canaries.add("the proxy's password", PROXY_PASSWORD, true);
        canaries.add("the code", CODE, false);
        canaries.add("the new password", NEW_PASSWORD, true);
        canaries.add("the next code", NEXT_CODE, false);
        if !answers.contains(&Answer::Token) {
            canaries.add("the token", TOKEN, true);
            canaries.add("the token of Aptible", &aptible::token(), true);
        }
        if !answers.contains(&Answer::NewToken) {
            canaries.add("the new token", NEW_TOKEN, true);
        }
        if !answers.contains(&Answer::Secret) {
            canaries.add("the secret", SECRET, false);
        }
        if !answers.contains(&Answer::RecoveryCodes) {
            for code in RECOVERY_CODES.into_iter().chain([aptible::RECOVERY_CODE]) {
                canaries.add("a recovery code", code, false);
            }
        }
        canaries
    }

    pub fn add(&mut self, name: &'static str, secret: &str, in_pieces: bool) {
        let json = Value::from(secret).to_string();
        let percent = |keep: &str| -> String {
            let byte = |byte: u8| match char::from(byte) {
                c if c.is_ascii_alphanumeric() || keep.contains(c) => c.to_string(),
                _ => format!("%{byte:02X}"),
            };
            secret.bytes().map(byte).collect()
        };
        let mut forms = vec![
            secret.to_owned(),
            json[1..json.len() - 1].to_owned(),
            secret.escape_debug().to_string(),
            percent("-._~"),
            percent("-._~").to_lowercase(),
            percent(""),
        ];
        for encoding in [&BASE64_NOPAD, &BASE64URL_NOPAD] {
            // Anywhere in a longer text, as `user:password` is; the digits at the edges are the text's too.
            forms.extend((0..3).map(|offset| {
                let text = [&b"000"[..offset], secret.as_bytes()].concat();
                let digits = encoding.encode(&text);
                digits[(offset * 8).div_ceil(6)..text.len() * 8 / 6].to_owned()
            }));
        }
        self.forms.extend(forms.into_iter().map(|form| (form, name)));
        if in_pieces {
            let pieces = secret.as_bytes().windows(6).map(<[u8]>::to_vec);
            // The middle of every token of these servers is no secret.
            let secret =
                pieces.filter(|piece| !".atlasv1.".as_bytes().windows(6).any(|w| w == piece));
            self.pieces.push((secret.collect(), name));
        }
    }

    #[track_caller]
    pub fn assert_absent(&self, whence: &str, text: &[u8]) {
        let shown = String::from_utf8_lossy(text);
        for (form, name) in &self.forms {
            assert!(!shown.contains(form.as_str()), "{whence} shows {name} as {form}:\n{shown}");
        }
        for (pieces, name) in &self.pieces {
            if let Some(piece) = text.windows(6).find(|piece| pieces.contains(*piece)) {
                let piece = String::from_utf8_lossy(piece);
                panic!("{whence} shows {piece:?}, a piece of {name}:\n{shown}");
            }
        }
    }
}

/// Asserts that a run showed no secret but its answer, and did not fall over.
#[track_caller]
fn assert_quiet(whence: &str, run: &Outcome, answer: Answer) {
    Canaries::without(&[answer])
        .assert_absent(&format!("stdout of {whence}"), run.stdout().as_bytes());
    Canaries::without(&[]).assert_absent(&format!("stderr of {whence}"), run.stderr().as_bytes());
    assert!(!run.stderr().contains("internal error"), "{whence}: {}", run.stderr());
    assert!(!run.stderr().contains("panicked"), "{whence}: {}", run.stderr());
}

/// Asserts that no file has a secret in it, but the token in `tokens.json` and recovery codes in theirs.
#[track_caller]
fn assert_files_are_quiet(world: &World) {
    let mut folders = vec![world.home().to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let answer = match path.file_name().unwrap().to_str().unwrap() {
                "tokens.json" => &[Answer::Token, Answer::NewToken][..],
                "codes.txt" => &[Answer::RecoveryCodes],
                "new-token.txt" => &[Answer::NewToken],
                name if name.starts_with("rescue-") => &[Answer::NewToken],
                _ => &[],
            };
            let bytes = fs::read(&path).unwrap();
            Canaries::without(answer).assert_absent(&path.display().to_string(), &bytes);
        }
    }
}

#[test]
fn the_search_finds_a_secret_in_every_spelling() {
    let canaries = Canaries::without(&[]);
    let finds = |text: String| {
        std::panic::catch_unwind(|| canaries.assert_absent("a test", text.as_bytes())).is_err()
    };
    assert!(!finds("https://app.terraform.io/ .atlasv1. nothing".to_owned()));
    assert!(finds(format!("x{}x", &TOKEN[30..36])));
    assert!(finds(Value::from(PASSWORD).to_string()));
    assert!(finds(data_encoding::BASE64.encode(format!("alice:{SECRET}").as_bytes())));
    assert!(finds("Wr0ng-h0rse%26battery%2F%22staple%22".to_owned()));
}

#[test]
fn no_command_that_succeeds_shows_or_keeps_a_secret_that_it_was_not_asked_for() {
    try_every(|command| {
        for more in [&["-vvv"][..], &["-vvv", "-o", "json"]] {
            let (world, server) = (World::new(), command.server(|_| None));
            let run = command.keybelt_at(&world, &server.host(), more).run();
            let run = run.code(command.designed_code());
            assert_quiet(&format!("{command:?} {more:?}"), &run, command.answer);
            assert_files_are_quiet(&world);
        }
    });
    let server = account_server(|_| None);
    let world = World::new();
    // Recovery codes are the answer here, and go nowhere else.
    crate::every_command::store(&world, &server.host(), "alice", TOKEN);
    let verify = ["2fa", "verify", "--code-stdin", "-o", "json", "-vvv"];
    let run = world.keybelt(verify).stdin(format!("{CODE}\n")).run().code(0);
    assert!(RECOVERY_CODES.iter().all(|code| run.stdout().contains(code)));
    assert_quiet("2fa verify", &run, Answer::RecoveryCodes);
    let save = [
        "login",
        &server.host(),
        "--username",
        "bob",
        "--password-stdin",
        "--code-stdin",
        "--sms",
        "-vvv",
    ];
    let typed = format!("{PASSWORD}\n{CODE}\n");
    let run = world.keybelt(save).stdin(typed).run().code(0);
    assert_quiet("login --sms", &run, Answer::Nothing);
    assert_eq!(server.routes().iter().filter(|route| route.contains(REQUEST_CODE)).count(), 1);
    assert_files_are_quiet(&world);
}

/// Returns a server's error in one of its shapes, with a text in it.
fn error_document(provider: Provider, shape: usize, text: &str) -> Value {
    match (provider, shape) {
        (Provider::Aptible, _) => {
            let slug = ["access_denied", "unprocessable_entity"][shape % 2];
            json!({"code": 400, "error": slug, "message": text, "exception_context": null})
        }
        (_, 0) => json!({"errors": [text]}),
        (_, 1) => json!({"errors": [{"status": "422", "title": "invalid", "detail": text}]}),
        (_, 2) => json!({"errors": [{"message": text}]}),
        _ => json!({"errors": {"password": [text]}}),
    }
}

/// Others' error texts quote what they were sent.
#[test]
fn a_server_that_repeats_what_it_was_sent_in_its_errors_makes_no_command_show_it() {
    try_every(|command| {
        let world = World::new();
        for (method, path) in command.routes() {
            for (shape, status) in [(0, 422), (1, 400), (2, 403), (3, 409), (0, 401), (1, 404)] {
                let server = command.server(move |request| {
                    let hit = request.route() == (method, path);
                    let body = String::from_utf8_lossy(&request.body);
                    let header = request.header("Authorization").unwrap_or_default();
                    // Whatever the length at which a message is cut, it is cut in the middle of this.
                    let said = format!("{}{header} {body}", "wrong ".repeat(5 * shape));
                    let said = match shape {
                        3 => format!("{}{header} {body}", "x".repeat(240)),
                        _ => said,
                    };
                    let document = error_document(command.provider, shape, &said);
                    hit.then(|| Reply::json(status, &document))
                });
                let more = ["-vvv", "--timeout", "2s"];
                let run = command.keybelt_at(&world, &server.host(), &more).run();
                let name = format!("{command:?}, {status} at {method} {path}, shape {shape}");
                // 1: what a rotation was to end is gone already.
                let run = run.one_of(&name, &[0, 1, 3, 4, 5, 6]);
                assert_quiet(&name, &run, command.answer);
                assert_files_are_quiet(&world);
            }
        }
    });
}

/// Returns every place in a document, as JSON pointers, deepest last.
pub fn places(document: &Value, here: &str, found: &mut Vec<String>) {
    found.push(here.to_owned());
    match document {
        Value::Object(members) => {
            for (name, member) in members {
                places(
                    member,
                    &format!("{here}/{}", name.replace('~', "~0").replace('/', "~1")),
                    found,
                );
            }
        }
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                places(item, &format!("{here}/{index}"), found);
            }
        }
        _ => {}
    }
}

/// Returns three values of other types; the right one is still inside some of them.
pub fn wrong_types(right: &Value, turn: usize) -> [Value; 3] {
    let others = [json!(true), json!(42.5), json!({ "value": right }), json!(right.to_string())];
    [Value::Null, json!([right]), others[turn % others.len()].clone()]
}

#[test]
fn a_server_that_answers_each_field_with_the_wrong_type_makes_no_command_show_a_secret() {
    try_every(|command| {
        let world = World::new();
        for (turn, (route, place)) in places_met(command).into_iter().enumerate() {
            let (at, spot) = (route.clone(), place.clone());
            let server = command.server(move |request| {
                let (status, mut document) = command.usual_document(request)?;
                let hit = at == format!("{} {}", request.method, request.path);
                let value = document.pointer_mut(&spot).filter(|_| hit)?;
                // Which of the types is wrong here goes by turns, too.
                *value = wrong_types(value, spot.len()).into_iter().nth(turn % 3)?;
                Some(Reply::json(status, &document))
            });
            let more: &[&str] = match turn % 2 {
                0 => &["-vvv"],
                _ => &["-vvv", "-o", "json"],
            };
            let run = command.keybelt_at(&world, &server.host(), more).run();
            let name = format!("{command:?}, {route} with a wrong type at {place:?}");
            // 2: a second factor that seems to be on needs a confirmation.
            let run = run.one_of(&name, &[0, 1, 2, 3, 4, 5, 6]);
            assert_quiet(&name, &run, command.answer);
            assert_files_are_quiet(&world);
        }
    });
}

/// Returns every place in every document that a command meets when all is well, with the document's route.
pub fn places_met(command: Command) -> BTreeSet<(String, String)> {
    let met = Arc::new(Mutex::new(BTreeSet::new()));
    let server = command.server({
        let met = Arc::clone(&met);
        move |request| {
            let (_, document) = command.usual_document(request)?;
            let route = format!("{} {}", request.method, request.path);
            let mut known = Vec::new();
            places(&document, "", &mut known);
            met.lock().unwrap().extend(known.into_iter().map(|place| (route.clone(), place)));
            None
        }
    });
    let run = command.keybelt_at(&World::new(), &server.host(), &[]).run();
    run.code(command.designed_code());
    drop(server);
    let met = met.lock().unwrap();
    met.clone()
}

#[test]
fn a_mistyped_secret_is_not_repeated_by_a_usage_error() {
    let world = World::new();
    let glued = |option: &str| format!("{option}{PASSWORD}");
    let usage: Vec<Vec<String>> = [
        vec!["login", "--password", PASSWORD],
        vec!["login", &glued("--password=")],
        vec!["login", &glued("-p")],
        vec!["login", &glued("-q")],
        vec!["login", &glued("--")],
        vec!["login", &glued("--password-stdin")],
        vec!["login", &format!("--{TOKEN}")],
        vec!["login", "--token", PASSWORD],
        vec!["login", &glued("--token-stdin=")],
        vec!["login", &glued("--password-stdin=")],
        vec!["login", "hcp", PASSWORD],
        vec!["login", PASSWORD],
        vec!["login", &format!("https://alice:{PASSWORD}@tfe.example.com")],
        vec!["login", &format!("alice:{PROXY_PASSWORD}@tfe.example.com")],
        vec!["login", TOKEN],
        vec!["login", "--username", PASSWORD],
        vec!["login", "--expires-in", PASSWORD],
        vec!["login", "--account", PASSWORD],
        vec!["login", "--code", &glued("é")],
        vec!["login", "--code", PASSWORD, "--code-stdin"],
        vec![
            "login",
            "--password-command",
            &format!("echo '{PROXY_PASSWORD}"),
            "--username",
            "bob",
        ],
        vec!["status", PASSWORD],
        vec!["status", "--min-remaining", PASSWORD],
        vec!["status", "--timeout", PASSWORD],
        vec!["status", "-o", PASSWORD],
        vec!["status", &glued("--output=")],
        vec!["status", "--color", PASSWORD],
        vec!["status", "-H", PASSWORD],
        vec!["whoami", PASSWORD],
        vec!["token", PASSWORD],
        vec!["token", "print", TOKEN],
        vec!["2fa", PASSWORD],
        vec!["2fa", "verify", &glued("é")],
        vec!["2fa", "verify", CODE, PASSWORD],
        vec!["2fa", "enable", "--sms", PASSWORD],
        vec!["2fa", "enable", &glued("--app=")],
        vec!["2fa", "recovery-codes", RECOVERY_CODES[0]],
        vec!["completions", PASSWORD],
        vec![PASSWORD],
        vec![TOKEN],
    ]
    .into_iter()
    .map(|words| words.into_iter().map(str::to_owned).collect())
    .collect();
    for words in usage {
        for more in [&["-vvv"][..], &["-vvv", "-o", "json"]] {
            let all: Vec<&str> =
                words.iter().map(String::as_str).chain(more.iter().copied()).collect();
            // Who is not signed in is told that before an argument is looked into.
            let run = world.keybelt(&all).run().one_of(&all.join(" "), &[2, 3]);
            assert_quiet(&all.join(" "), &run, Answer::Nothing);
        }
    }
    for name in [
        "KEYBELT_HOST",
        "KEYBELT_ACCOUNT",
        "KEYBELT_OUTPUT",
        "KEYBELT_QUIET",
        "KEYBELT_VERBOSE",
        "KEYBELT_YES",
        "KEYBELT_NO_INPUT",
        "KEYBELT_COLOR",
        "KEYBELT_TIMEOUT",
        "KEYBELT_PROVIDER",
        "KEYBELT_CONFIG_DIR",
    ] {
        let run = world.keybelt("status --offline").env(name, PASSWORD).run().code(2);
        assert_quiet(name, &run, Answer::Nothing);
        assert!(run.stderr().contains(name) || name == "KEYBELT_ACCOUNT", "{}", run.stderr());
    }
    for (token, address) in [
        ("ATLAS_TOKEN", "ATLAS_ADDRESS"),
        ("TFE_TOKEN", "TFE_ADDRESS"),
        ("TFE_TOKEN", "TFE_HOSTNAME"),
    ] {
        let run = world.keybelt("status --offline").env(token, TOKEN);
        let run =
            run.env(address, format!("https://alice:{PASSWORD}@tfe.example.com")).run().code(2);
        assert_quiet(address, &run.says(address), Answer::Nothing);
    }
}

/// Returns the command lines of all processes that name this directory or are in it: others are other tests'.
fn command_lines(home: &Path) -> Vec<Vec<u8>> {
    let wanted = home.to_str().unwrap().as_bytes();
    let processes = fs::read_dir("/proc").unwrap().flatten();
    processes
        .filter_map(|process| {
            let line = fs::read(process.path().join("cmdline")).ok()?;
            let here = fs::read_link(process.path().join("cwd")).is_ok_and(|cwd| cwd == home);
            let named = line.windows(wanted.len()).any(|part| part == wanted);
            (here || named).then_some(line)
        })
        .collect()
}

#[test]
fn no_process_has_a_secret_on_its_command_line_while_any_command_runs() {
    try_every(|command| {
        let world = World::new();
        let ours = Arc::new(Mutex::new(0));
        // Every request is answered only after a look at all processes.
        let server = command.server({
            let ours = Arc::clone(&ours);
            let home = world.home().to_owned();
            move |_| {
                let lines = command_lines(&home);
                *ours.lock().unwrap() += usize::from(!lines.is_empty());
                let all = lines.concat();
                let quiet = std::panic::catch_unwind(|| {
                    Canaries::without(&[]).assert_absent("/proc/*/cmdline", &all);
                });
                quiet
                    .is_err()
                    .then(|| Reply::json(500, &json!({"errors": ["seen in a process list"]})))
            }
        });
        // So that the look finds these very processes.
        let marker = world.home().join("marker").display().to_string();
        fs::write(&marker, "").unwrap();
        let more = ["--ca-file", &marker];
        let run = command.keybelt_at(&world, &server.host(), &more).run();
        run.code(command.designed_code());
        let seen = *ours.lock().unwrap();
        assert_eq!(seen, server.requests().len(), "every look found keybelt");
    });
    let (world, server) = (World::new(), account_server(|_| None));

    // A person's answers, and the children that keybelt starts.
    let mut terminal = world.keybelt(["login", &server.host(), "--username", "bob"]).pty();
    terminal.expect_hidden("Password for bob").type_line(PASSWORD);
    terminal.expect("Verification code").type_line(CODE);
    terminal.wait(0);
    let look = look_and_print(&world, "password", PASSWORD);
    let look_again = look_and_print(&world, "code", CODE);
    let login = [
        "login",
        &server.host(),
        "--username",
        "bob",
        "--password-command",
        &look,
        "--code-command",
        &look_again,
    ];
    world.keybelt(login).run().code(0);
    for name in ["password", "code"] {
        let lines = fs::read(world.home().join(format!("{name}.seen"))).unwrap();
        assert!(lines.windows(5).any(|word| word == b"login"), "the look found keybelt");
        Canaries::without(&[]).assert_absent("/proc/*/cmdline", &lines);
    }
}

/// Makes a command that looks at itself and at keybelt, its parent, before it prints a secret from a file.
fn look_and_print(world: &World, name: &str, secret: &str) -> String {
    let path = |suffix: &str| world.home().join(format!("{name}.{suffix}"));
    fs::write(path("secret"), format!("{secret}\n")).unwrap();
    let script = format!(
        "#!/bin/sh\ncat /proc/$$/cmdline /proc/$PPID/cmdline > {}\nexec cat {}\n",
        path("seen").display(),
        path("secret").display()
    );
    fs::write(path("sh"), script).unwrap();
    fs::set_permissions(path("sh"), fs::Permissions::from_mode(0o700)).unwrap();
    path("sh").display().to_string()
}

/// A child's environment holds no token either: `env` in a command prints it into the password.
#[test]
fn the_commands_that_keybelt_starts_get_no_tokens() {
    let server = account_server(|_| None);
    let world = World::new();
    let dump = world.home().join("environment");
    let script = world.home().join("print.sh");
    fs::write(&script, format!("#!/bin/sh\nenv > {}\necho {NUMBER}\n", dump.display())).unwrap();
    fs::set_permissions(&script, fs::Permissions::from_mode(0o700)).unwrap();
    let login = [
        "login",
        &server.host(),
        "--username",
        "bob",
        "--password-command",
        script.to_str().unwrap(),
        "--code",
        CODE,
    ];
    let run = world.keybelt(login).env("ATLAS_TOKEN", TOKEN).env("TFE_TOKEN", TOKEN);
    let run = run.env("TF_TOKEN_app_terraform_io", TOKEN).env("MINE", "kept").run().code(0);
    assert_quiet("login", &run, Answer::Nothing);
    let environment = fs::read_to_string(dump).unwrap();
    assert!(environment.contains("MINE=kept") && environment.contains("KEYBELT_USERNAME=bob"));
    Canaries::without(&[]).assert_absent("the environment", environment.as_bytes());
}

/// The address of a proxy may hold its password; npm printed one (CVE-2020-15095).
#[test]
fn the_password_of_a_proxy_is_not_shown_whatever_the_proxy_does() {
    // Not a loopback address to keybelt, and nobody listens there.
    let target = "0.0.0.0:1";
    let commands = [Command::LOGIN, Command::LOGOUT, Command::WHOAMI, Command::RESEND];
    std::thread::scope(|scope| {
        for (status, command) in [200, 302, 407, 502]
            .into_iter()
            .flat_map(|status| commands.map(|command| (status, command)))
        {
            scope.spawn(move || {
                let world = World::new();
                let proxy = Server::start(move |_| Reply::with(status, &[], "no"));
                let address = format!("http://alice:{PROXY_PASSWORD}@127.0.0.1:{}", proxy.port());
                let run = command.keybelt_at(&world, target, &["-vvv", "--timeout", "2s"]);
                let run = run.env("HTTPS_PROXY", &address).run().code(5);
                assert_quiet(
                    &format!("{command:?} with a proxy's {status}"),
                    &run,
                    Answer::Nothing,
                );
                assert_files_are_quiet(&world);
                assert!(proxy.requests().iter().all(|request| request.method == "CONNECT"));
                assert!(!proxy.requests().is_empty());
            });
        }
    });
    let world = World::new();
    for broken in [
        format!("http://alice:{PROXY_PASSWORD}@"),
        format!("http://alice:{PROXY_PASSWORD}@[::1"),
        format!("gopher://alice:{PROXY_PASSWORD}@127.0.0.1:1"),
        format!("alice:{PROXY_PASSWORD}@127.0.0.1:1"),
        format!("http://alice:{PROXY_PASSWORD}@127.0.0.1:99999"),
    ] {
        let run = Command::WHOAMI.keybelt_at(&world, target, &["-vvv", "--timeout", "2s"]);
        let run = run.env("ALL_PROXY", &broken).run();
        let run = run.one_of(&broken, &[1, 2, 5]);
        assert_quiet("whoami with a broken proxy", &run, Answer::Nothing);
    }
}

/// Answers that break in the middle leave half of a secret in the client's hands.
#[test]
fn an_answer_that_breaks_off_in_the_middle_of_a_secret_is_not_quoted() {
    try_every(|command| {
        let world = World::new();
        for (method, path) in command.routes() {
            for ending in ["", "}}}", "\u{0}", "\"}"] {
                let server = command.server(move |request: &Recorded| {
                    let (status, document) = command.usual_document(request)?;
                    let text = document.to_string();
                    let token = aptible::token();
                    let secrets = [TOKEN, &token, NEW_TOKEN, SECRET, RECOVERY_CODES[1], "alice"];
                    let cut = secrets.iter().find_map(|secret| text.find(secret));
                    let cut = cut.map_or(text.len() / 2, |at| at + 8);
                    let body = format!("{}{ending}", &text[..cut.min(text.len())]);
                    let json = [("Content-Type", "application/json")];
                    (request.route() == (method, path)).then(|| Reply::with(status, &json, body))
                });
                let run = command.keybelt_at(&world, &server.host(), &["-vvv"]).run();
                let name = format!("{command:?}, {method} {path} cut off before {ending:?}");
                let run = run.one_of(&name, &[0, 1, 4, 5, 6]);
                assert_quiet(&name, &run, command.answer);
                // A lockdown reports what it could not end, whatever happened.
                let reports = command.leaf() == "lockdown";
                let is_sign_in = method == "POST" && path == AUTHENTICATE;
                assert!(reports || !is_sign_in || run.stdout().is_empty());
            }
        }
    });
}
