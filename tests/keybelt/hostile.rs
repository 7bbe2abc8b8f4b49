//! Hosts that are not what they seem, servers and proxies that mean harm, and tokens that must not reach them.

use std::io::ErrorKind;
use std::net::TcpListener;
use std::thread;

use keybelt_sandbox::{HOSTILE, Limits, Options};
use serde_json::json;

use crate::canary::places_met;
use crate::every_command::foreign::{CODE, PASSWORD, TOKEN};
use crate::every_command::{
    AUTHENTICATE, Command, DETAILS, DISABLE, Provider, REQUEST_CODE, RESEND, account_server, store,
    try_every, user,
};
use crate::harness::{Recorded, Reply, Server, World, needs};

/// A place where nobody may come: a listener that never accepts, and knows whether anybody knocked.
struct Trap(TcpListener);

impl Trap {
    fn at(address: &str) -> Self {
        let listener = TcpListener::bind(address).unwrap();
        listener.set_nonblocking(true).unwrap();
        Self(listener)
    }

    fn port(&self) -> u16 {
        self.0.local_addr().unwrap().port()
    }

    #[track_caller]
    fn assert_untouched(&self, what: &str) {
        match self.0.accept() {
            Err(error) if error.kind() == ErrorKind::WouldBlock => {}
            other => panic!("{what}: somebody came: {other:?}"),
        }
    }
}

/// rundeck/rundeck-cli PR 609, CVE-2018-1000007, CVE-2022-27774: headers, and bodies on 307 and 308, followed
/// redirects to other hosts, other ports and plain http.
#[test]
fn no_request_of_any_command_follows_a_redirect_anywhere() {
    try_every(|command| {
        let world = World::new();
        let other = Trap::at("127.0.0.1:0");
        let places = [
            format!("http://127.0.0.1:{}/elsewhere", other.port()),
            format!("http://localhost:{}/", other.port()),
            format!("//127.0.0.1:{}{AUTHENTICATE}", other.port()),
            "/api/v1/elsewhere".to_owned(),
            format!("http://alice:{PASSWORD}@127.0.0.1:{}/", other.port()),
        ];
        for (method, path) in command.routes() {
            for (place, status) in places.iter().zip([301, 302, 303, 307, 308]) {
                let location = place.clone();
                let server = command.server(move |request| {
                    (request.route() == (method, path))
                        .then(|| Reply::with(status, &[("Location", location.as_str())], ""))
                });
                let name = format!("{command:?}: {status} of {method} {path} to {place}");
                let run = command.keybelt_at(&world, &server.host(), &[]).run();
                let goes_on = command.goes_on_without((method, path));
                let codes: &[i32] = if goes_on { &[0, 4, 5, 6] } else { &[5] };
                let run = run.one_of(&name, codes).hides(PASSWORD);
                let said = format!("{}{}", run.stdout(), run.stderr());
                assert!(goes_on || said.contains("redirect"), "{name}: {said}");
                let sent = server.requests();
                let sent = sent.iter().filter(|it| it.route() == (method, path));
                assert_eq!(sent.count(), 1, "{name}");
                assert!(!server.routes().iter().any(|sent| sent.contains("elsewhere")), "{name}");
                other.assert_untouched(&name);
            }
        }
    });
}

/// No update check, no telemetry, no name that is looked up: a command talks to the server that it is about.
#[test]
fn no_command_connects_to_anything_but_its_server() {
    let Some(strace) = needs("strace") else {
        return;
    };
    try_every(|command| {
        let (world, server) = (World::new(), command.server(|_| None));
        let log = world.home().join("connects");
        let words = ["-f", "-qq", "-e", "trace=connect,sendto", "-o", log.to_str().unwrap()];
        let run = command.keybelt_at(&world, &server.host(), &[]).through(&strace, words).run();
        run.code(command.designed_code());
        let log = std::fs::read_to_string(log).unwrap();
        let ours = format!("sin_port=htons({}), sin_addr=inet_addr(\"127.0.0.1\")", server.port());
        let places: Vec<&str> =
            log.lines().filter(|line| line.contains("sa_family=AF_INET")).collect();
        assert!(places.iter().all(|line| line.contains(&ours)), "{command:?}: {places:#?}");
        assert_eq!(places.is_empty(), server.requests().is_empty(), "{command:?}");
    });
}

/// The sandbox's fault leads to the same port of another host, and from https to http.
#[test]
fn a_redirect_from_tls_to_plain_http_on_another_host_is_not_followed() {
    let world = World::with(Options { tls: true, limits: Limits::Off, ..Options::default() });
    let ready = world.sandbox.ready().clone();
    let host = ready.atlas_tls_url.unwrap();
    let port = host.rsplit(':').next().unwrap();
    let other = Trap::at(&format!("127.0.0.2:{port}"));
    let key = host.trim_start_matches("https://");
    let authority = ready.ca_file.unwrap();
    let whoami = ["whoami", "-H", key, "--ca-file", &authority];
    let alice = world.account("alice");
    store(&world, key, "alice", &alice.token);
    let run = world.keybelt(whoami).run().code(0);
    assert_eq!(run.stdout(), "alice\n");
    world.set_faults(["redirect"]);
    world.keybelt(whoami).run().code(5).says("redirected to http://127.0.0.2");
    world.set_faults([format!("redirect@POST:{AUTHENTICATE}").as_str()]);
    let login = ["login", key, "--username", "alice", "--password-stdin", "--ca-file", &authority];
    let typed = format!("{}\n", alice.password);
    world.keybelt(login).stdin(typed).run().code(5).says("redirect");
    other.assert_untouched("127.0.0.2");
}

/// Asserts that a text has nothing in it that acts on a terminal.
#[track_caller]
fn assert_harmless(whence: &str, text: &str) {
    let acts = |c: char| {
        (c.is_control() && c != '\n')
            || matches!(c, '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
    };
    if let Some(found) = text.chars().find(|&c| acts(c)) {
        panic!("{whence} has a raw {found:?}:\n{text:?}");
    }
}

/// Runs a command on a terminal, or into pipes as text or as JSON, by turns, and asserts that it is harmless.
#[track_caller]
fn assert_harmless_somewhere(world: &World, name: &str, host: &str, command: Command, turn: usize) {
    let codes = [0, 1, 2, 3, 4, 5, 6];
    if let Some(more) =
        [&["-v"][..], &["-o", "json"]].get(if command.asks_anyway() { turn % 2 } else { turn % 3 })
    {
        let run = command.keybelt_at(world, host, more).env("NO_COLOR", "1").run();
        let run = run.one_of(name, &codes);
        assert_harmless(&format!("stdout of {name}"), run.stdout());
        assert_harmless(&format!("stderr of {name}"), run.stderr());
        if more.contains(&"json") && !run.stdout().is_empty() {
            let _document = run.json();
        }
        return;
    }
    let terminal = command.keybelt_at(world, host, &["-v"]).env("NO_COLOR", "1").pty();
    let ended = terminal.wait_one_of(name, &codes);
    assert_harmless(&format!("the terminal at {name}"), &without_progress(&ended.text));
}

/// Leaves out our own line of progress, which is drawn over itself where an answer takes long.
fn without_progress(text: &str) -> String {
    let mut parts = text.split('\r');
    let mut kept = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        match part.split_once("\u{1b}[K") {
            Some((line, rest)) if !line.contains(char::is_control) => kept.push_str(rest),
            _ => kept.extend(["\r", part]),
        }
    }
    kept
}

/// CVE-2024-52005 (git), cli/cli PR 6916, osc CVE-2012-1095: a server's text drove the terminal.
#[test]
fn hostile_text_in_any_field_reaches_no_terminal_pipe_or_document_raw() {
    try_every(|command| {
        let world = World::new();
        for (turn, (route, place)) in places_met(command).into_iter().enumerate() {
            let (at, spot) = (route.clone(), place.clone());
            let server = command.server(move |request| {
                let (status, mut document) = command.usual_document(request)?;
                let hit = at == format!("{} {}", request.method, request.path);
                let text = document.pointer_mut(&spot).filter(|_| hit)?;
                *text = json!(format!("{}{HOSTILE}", text.as_str()?));
                Some(Reply::json(status, &document))
            });
            let name = format!("{command:?}, {route} with hostile text at {place}");
            assert_harmless_somewhere(&world, &name, &server.host(), command, turn);
        }
    });
}

#[test]
fn hostile_errors_reach_no_terminal_pipe_or_document_raw() {
    let text = format!("no{HOSTILE}");
    let shapes = [
        json!({"errors": [text]}),
        json!({"errors": [{"status": text, "title": text, "detail": format!("{text}!")}]}),
        json!({"errors": [{"message": text}]}),
        json!({"errors": {text.clone(): [text]}}),
    ];
    let aptible_shapes = ["unprocessable_entity", "access_denied", &text].map(|slug| {
        json!({"code": 400, "error": slug, "message": text, "exception_context": {&text: &text}})
    });
    try_every(|command| {
        let world = World::new();
        let shapes = match command.provider {
            Provider::Atlas => &shapes[..],
            Provider::Aptible => &aptible_shapes,
        };
        for (method, path) in command.routes() {
            for (turn, (shape, status)) in shapes.iter().zip([422, 403, 400, 409]).enumerate() {
                let document = shape.clone();
                let server = command.server(move |request| {
                    (request.route() == (method, path)).then(|| Reply::json(status, &document))
                });
                let name = format!("{command:?}, {status} of {method} {path}");
                assert_harmless_somewhere(&world, &name, &server.host(), command, turn);
            }
        }
    });
    let world = World::new();
    // The conversation itself: the masked number, and a text that cannot be sent.
    for status in [201, 400] {
        let document = json!({
            "two_factor": {"obfuscated_destination": format!("SMS{HOSTILE}")}, "errors": [text],
        });
        let server = account_server(move |request| {
            (request.path == REQUEST_CODE).then(|| Reply::json(status, &document))
        });
        let login = ["login", &server.host(), "--username", "alice"];
        let mut terminal = world.keybelt(login).env("NO_COLOR", "1").pty();
        terminal.expect_hidden("Password for alice").type_line(PASSWORD);
        terminal.expect("Verification code").type_line("s");
        terminal.expect(if status == 201 { "Sent a text" } else { "No text message was sent" });
        terminal.expect("Verification code").type_line(CODE);
        let ended = terminal.wait(0);
        assert_harmless("the conversation", &ended.text);
    }
}

#[test]
fn the_sandboxs_hostile_text_is_shown_escaped_by_every_command() {
    for command in Command::ALL {
        let world = World::new();
        command.prepare(&world);
        let run = command.keybelt(&world).env("NO_COLOR", "1");
        world.set_faults(["hostile-text"]);
        let ended = run.pty().wait_one_of("hostile-text", &[0, 4, 5, 6]);
        assert_harmless(&format!("{command:?}"), &ended.text);
    }
    let world = World::new();
    store(&world, &world.host(), "alice", &world.account("alice").token);
    world.set_faults(["hostile-text"]);
    let run = world.keybelt("2fa resend -o json").run().code(4);
    assert_harmless("resend", run.stdout());
    let run = world.keybelt("2fa resend").run().code(4).says("\\u{1b}[2J");
    assert_harmless("resend", run.stderr());
}

/// A provisioning address that is no `otpauth://` is neither drawn nor obeyed.
#[test]
fn a_provisioning_address_of_another_kind_is_printed_escaped_and_not_drawn() {
    let world = World::new();
    let url = format!("https://evil.example/?{HOSTILE}");
    let document = user(&json!({"enabled": true, "verified": false, "provisioning-url": url}));
    let server = account_server(move |request| {
        request.path.ends_with("two-factor-enable").then(|| Reply::json(200, &document))
    });
    store(&world, &server.host(), "alice", TOKEN);
    let mut terminal = world.keybelt("2fa enable --app").env("NO_COLOR", "1").pty();
    terminal.expect("https://evil.example/").expect("\\u{1b}[2J").expect("Verification code");
    terminal.type_keys(b"\x03");
    let ended = terminal.wait(130);
    assert_harmless("the terminal", &ended.text);
    assert!(!ended.text.contains('█') && !ended.text.contains('▀'), "{}", ended.text);
}

/// microsoft/vscode#320634, heroku/heroku-cli-command PR 215: hosts compared by a part of their names.
#[test]
fn a_host_that_only_looks_like_the_tokens_own_gets_no_token() {
    let world = World::new();
    let print =
        |host: &str| world.keybelt(["token", "print", "-H", host]).env("ATLAS_TOKEN", TOKEN).run();
    for same in [
        "app.terraform.io",
        "APP.Terraform.IO",
        "https://app.terraform.io",
        "https://app.terraform.io/",
        "app.terraform.io:443",
        "hcp",
        " app.terraform.io ",
    ] {
        let run = print(same).one_of(same, &[0]);
        assert_eq!(run.stdout().trim(), TOKEN, "{same}");
    }
    for other in [
        "app.terraform.io.evil.example",
        "evilapp.terraform.io",
        "app.terraform.io-evil.example",
        "app.terraform.io:8443",
        "app.terraform.io:80",
        "xapp.terraform.io",
        "terraform.io",
        "аpp.terraform.io",
        "app.terraform。io.evil",
        "app.terraforṁ.io",
        "hcp-eu",
        "app.eu.terraform.io",
        "localhost",
        "http://localhost:443",
        "http://127.0.0.1:443",
    ] {
        print(other).one_of(other, &[3]).hides(TOKEN);
    }
    for refused in [
        "alice@app.terraform.io",
        "https://app.terraform.io@evil.example",
        "https://app.terraform.io:443@evil.example",
        "app.terraform.io.",
        "https://app.terraform.io./",
        "app.terraform.io/evil",
        "https://app.terraform.io/evil",
        "https://app.terraform.io//",
        "app.terraform.io?evil",
        "app.terraform.io#evil",
        "app.terraform.io\\@evil.example",
        "https:app.terraform.io",
        "https:///app.terraform.io",
        "//app.terraform.io",
        "http://app.terraform.io",
        "http://localhost.evil.example",
        "http://127.0.0.1.evil.example",
        "http://0.0.0.0",
        "http://[::ffff:127.0.0.1]",
        "http://localhost.",
        "http://0x7f.1",
        "http://2130706433",
        "http://127.1",
        "http://[::]",
        "ftp://app.terraform.io",
        "file:///etc/passwd",
        "javascript://app.terraform.io",
        "app.terraform.io:",
        "app.terraform.io:0",
        "app.terraform.io:65536",
        "app.terraform.io:443:443",
        "app.terraform.io:4 43",
        "app.terraform.io:+443",
        "app%2eterraform.io",
        "app.terraform.io\n.evil",
        "app .terraform.io",
        "app..terraform.io",
        ".app.terraform.io",
        "[app.terraform.io]",
        "::1",
        "",
        " ",
        "*",
        "*.terraform.io",
        "\u{202e}oi",
    ] {
        let run = print(refused).one_of(&format!("{refused:?}"), &[2]).hides(TOKEN);
        assert_harmless(refused, run.stderr());
    }
}

/// CVE-2020-15095 (npm): the password in an address was printed; npm-registry-fetch PR 178: where the user
/// equals the password, the wrong one was masked.
#[test]
fn a_password_in_an_address_is_refused_wherever_it_stands_and_never_repeated() {
    let world = World::new();
    for address in [
        "https://alice:hunter2secret@tfe.example.com",
        "https://hunter2secret:hunter2secret@tfe.example.com",
        "https://hunter2secret@tfe.example.com/path",
        "alice:hunter2secret@tfe.example.com:8443",
        "http://alice:hunter2secret@127.0.0.1:8080",
        "https://alice:hunter2@secret@tfe.example.com",
    ] {
        let runs = [
            world.keybelt(["status", "-vvv", "-H", address]),
            world.keybelt(["login", "-vvv", address]),
            world.keybelt(["logout", "-vvv", address]),
            world.keybelt("status -vvv").env("KEYBELT_HOST", address),
            world.keybelt("status -vvv -o json").env("KEYBELT_HOST", address),
            world.keybelt("status -vvv").env("ATLAS_TOKEN", "x").env("ATLAS_ADDRESS", address),
            world.keybelt("status -vvv").env("TFE_TOKEN", "x").env("TFE_ADDRESS", address),
            world.keybelt("whoami -vvv").env("TFE_TOKEN", "x").env("TFE_HOSTNAME", address),
        ];
        for run in runs {
            run.run().code(2).hides("hunter2").hides("secret");
        }
    }
}

/// npm/cli#7819: an error quoted a token because it had a newline.
#[test]
fn a_malformed_token_is_refused_by_its_source_and_never_repeated_or_sent() {
    let world = World::new();
    let server = account_server(|_| None);
    let long = "s3cret".repeat(3000);
    let bad = [
        "abcs3cret\ndefs3cret",
        "abcs3cret\rdefs3cret",
        "abcs3cret\tdefs3cret",
        "abcs3cret defs3cret",
        "s3créts3cret",
        "s3cret\u{7f}",
        "s3cret\u{1b}[2J",
        "s3cret\r\nX-Evil: 1",
        "Bearer s3cretabc",
        "bearer s3cretabc",
        "s3cret\u{a0}x",
        "s3cret\u{200b}x",
        &long,
    ];
    for token in bad {
        for (variable, address) in [("ATLAS_TOKEN", "ATLAS_ADDRESS"), ("TFE_TOKEN", "TFE_ADDRESS")]
        {
            for words in [
                &["whoami", "-vvv"][..],
                &["token", "print", "-vvv"],
                &["2fa", "status", "-o", "json"],
            ] {
                let run =
                    world.keybelt(words).env(variable, token).env(address, server.host()).run();
                let run = run.one_of(&format!("{words:?} {token:?}"), &[2]).hides("s3cr");
                let said = format!("{}{}", run.stdout(), run.stderr());
                assert!(said.contains(variable), "{said}");
                assert_harmless("a refusal", &said);
            }
        }
    }
    // A pipe can carry what a variable cannot; its first line is the token.
    let piped = [
        &b"s3cret\0abc\n"[..],
        b"s3cret abc\n",
        b"s3cret\rabc\n",
        b"\xff\xfes3cret\n",
        b"Bearer s3cret\n",
        b"bearer  s3cret\n",
        b"s3cr\xc3\xa9t\n",
        b"\"s3cret\"\n",
        b"'s3cret'\n",
        b"\n",
        b"\r\n",
        b"",
        b" \n",
        long.as_bytes(),
    ];
    for token in piped {
        let run =
            world.keybelt(["login", &server.host(), "--token-stdin", "-vvv"]).stdin(token).run();
        let run = run.code(2).hides("s3cr").says("token");
        assert!(run.stderr().contains("stdin") || run.stderr().contains("standard input"));
        assert!(world.tokens_json().is_null());
    }
    assert!(server.requests().is_empty());
    // The newline that shells and files add is no part of it.
    for token in [format!("{TOKEN}\n"), format!("{TOKEN}\r\n")] {
        let run =
            world.keybelt("whoami").env("ATLAS_TOKEN", &token).env("ATLAS_ADDRESS", server.host());
        run.run().code(0);
        let sent = server.requests().pop().unwrap();
        assert_eq!(sent.header("Authorization").unwrap(), format!("Bearer {TOKEN}"));
    }
}

/// A server may hand out a token that is none; it must neither be stored nor shown.
#[test]
fn a_malformed_token_from_a_server_is_neither_stored_nor_shown() {
    let world = World::new();
    for token in [
        json!("s3cret\nabc"),
        json!("s3cret abc"),
        json!(""),
        json!("s3cr\u{e9}t-s3cret"),
        json!("s3cret\u{1b}[2J"),
        json!("s3cret".repeat(3000)),
        json!("a".repeat(16_385)),
        json!(7),
        json!(null),
        json!(["s3cret"]),
    ] {
        let document = json!({ "token": token });
        let server = account_server(move |request| {
            (request.method == "POST").then(|| Reply::json(200, &document))
        });
        let run = Command::LOGIN.keybelt_at(&world, &server.host(), &["-vvv"]).run();
        run.code(5).hides("s3cr").says("returned no token").says("/app/settings/tokens");
        assert!(world.tokens_json().is_null());
    }
}

const PROXY_VARIABLES: [&str; 6] =
    ["HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"];

#[test]
fn a_proxy_sees_no_request_to_loopback_whatever_variable_names_it() {
    let proxy = Server::start(|_| Reply::with(502, &[], "a proxy"));
    let address = format!("http://127.0.0.1:{}", proxy.port());
    let server = account_server(|_| None);
    let world = World::new();
    let through = |mut run: crate::harness::Keybelt| {
        for variable in PROXY_VARIABLES {
            run = run.env(variable, &address);
        }
        run.run()
    };
    for command in Command::ALL {
        let run = through(command.keybelt_at(&world, &server.host(), &[]));
        run.code(command.designed_code());
    }
    let by_name = format!("http://localhost:{}", server.port());
    through(Command::WHOAMI.keybelt_at(&world, &by_name, &[])).code(0);
    // With TLS too.
    let world = World::with(Options { tls: true, limits: Limits::Off, ..Options::default() });
    let ready = world.sandbox.ready().clone();
    let url = ready.atlas_tls_url.unwrap();
    let key = url.trim_start_matches("https://");
    store(&world, key, "alice", &world.account("alice").token);
    for host in [key.to_owned(), key.replace("localhost", "127.0.0.1")] {
        let run =
            world.keybelt(["whoami", "-H", &host, "--ca-file", ready.ca_file.as_ref().unwrap()]);
        let run = run
            .env("ATLAS_TOKEN", world.account("alice").token)
            .env("ATLAS_ADDRESS", format!("https://{host}"));
        through(run).code(0).prints("alice");
    }
    assert_eq!(proxy.routes(), [""; 0]);
}

#[test]
fn a_proxy_is_asked_for_a_tunnel_and_sees_nothing_that_is_sent_through_it() {
    // Not a loopback address to keybelt, and nobody listens there.
    let target = "0.0.0.0:1";
    thread::scope(|scope| {
        for variable in PROXY_VARIABLES {
            scope.spawn(move || {
                let world = World::new();
                // It opens the tunnel, so that everything that follows goes to it.
                let proxy =
                    Server::start(|_| Reply::raw("HTTP/1.1 200 Connection established\r\n\r\n"));
                let address = format!("http://127.0.0.1:{}", proxy.port());
                let run = Command::LOGOUT.keybelt_at(&world, target, &["--timeout", "5s"]);
                run.env(variable, &address).run().code(5).hides(TOKEN);
                let seen = proxy.requests();
                if variable.eq_ignore_ascii_case("HTTP_PROXY") {
                    assert!(seen.is_empty(), "{variable} is for http, which is never proxied");
                } else {
                    assert!(!seen.is_empty(), "{variable} was not used");
                }
                for request in seen {
                    assert_eq!(
                        (request.method.as_str(), request.path.as_str()),
                        ("CONNECT", target)
                    );
                    assert!(request.header("Authorization").is_none(), "{}", request.head);
                    assert!(!request.contains(TOKEN), "{}", request.head);
                }
            });
        }
    });
}

/// A variable of the matrix: unset, or set with or without an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Variable {
    Unset,
    /// Its token is for the default host.
    Alone,
    /// Its token is for the first server.
    ForFirst,
}

/// What a command without an account server of its own choice does, by the design's tables.
fn designed(
    atlas: Variable,
    tfe: Variable,
    named: Option<usize>,
    stored: bool,
) -> (Option<usize>, Option<&'static str>) {
    const DEFAULT: Option<usize> = None;
    let by_variable = [atlas, tfe].contains(&Variable::ForFirst);
    let target = match named {
        Some(server) => Some(server),
        None if by_variable || stored => Some(0),
        None => DEFAULT,
    };
    let bound_to_target = |variable| match target {
        Some(0) => variable == Variable::ForFirst,
        Some(_) => false,
        None => variable == Variable::Alone,
    };
    let token = if bound_to_target(atlas) {
        Some("atlas-token-s3cret")
    } else if bound_to_target(tfe) {
        Some("tfe-token-s3cret")
    } else if stored && target == Some(0) {
        Some("stored-token-s3cret")
    } else {
        None
    };
    (target, token)
}

/// CVE-2024-53858 and CVE-2024-53859: tokens of one host were given to another.
#[test]
fn no_combination_of_options_variables_and_stored_tokens_sends_a_token_to_another_host() {
    let servers = [account_server(|_| None), account_server(|_| None)];
    // Stands between keybelt and the default host, which no test may reach.
    let wall = Server::start(|_| Reply::with(502, &[], ""));
    let wall_address = format!("http://127.0.0.1:{}", wall.port());
    let variables = [Variable::Unset, Variable::Alone, Variable::ForFirst];
    let world = World::new();
    for (atlas, tfe) in variables.into_iter().flat_map(|atlas| variables.map(|tfe| (atlas, tfe))) {
        for (option, keybelt_host) in [
            (None, None),
            (Some(0), None),
            (Some(1), None),
            (None, Some(0)),
            (None, Some(1)),
            (Some(1), Some(0)),
            (Some(0), Some(1)),
        ] {
            for stored in [false, true] {
                let name = format!(
                    "ATLAS {atlas:?}, TFE {tfe:?}, --host {option:?}, KEYBELT_HOST {keybelt_host:?}, stored {stored}"
                );
                let _ = std::fs::remove_file(world.tokens_file());
                if stored {
                    store(&world, &servers[0].host(), "alice", "stored-token-s3cret");
                }
                let mut words = vec!["whoami".to_owned(), "--timeout".to_owned(), "2s".to_owned()];
                if let Some(server) = option {
                    words.extend(["--host".to_owned(), servers[server].host()]);
                }
                let mut run = world.keybelt(words).env("HTTPS_PROXY", &wall_address);
                if let Some(server) = keybelt_host {
                    run = run.env("KEYBELT_HOST", servers[server].host());
                }
                for (variable, set) in [("ATLAS", atlas), ("TFE", tfe)] {
                    if set != Variable::Unset {
                        let token = format!("{}-token-s3cret", variable.to_lowercase());
                        run = run.env(&format!("{variable}_TOKEN"), token);
                    }
                    if set == Variable::ForFirst {
                        run = run.env(&format!("{variable}_ADDRESS"), servers[0].host());
                    }
                }
                let (target, token) = designed(atlas, tfe, option.or(keybelt_host), stored);
                let before = servers.each_ref().map(|server| server.requests().len());
                let code = match (target, token) {
                    (_, None) => 3,
                    (Some(_), Some(_)) => 0,
                    (None, Some(_)) => 5,
                };
                let run = run.run().one_of(&name, &[code]).hides("s3cret");
                if let (Some(_), None) = (target, token)
                    && Variable::Unset != atlas
                {
                    run.says("ATLAS_ADDRESS=");
                }
                for (number, server) in servers.iter().enumerate() {
                    let sent = server.requests().split_off(before[number]);
                    let tokens: Vec<_> =
                        sent.iter().map(|request| request.header("Authorization")).collect();
                    let expected = token
                        .map(|token| format!("Bearer {token}"))
                        .filter(|_| target == Some(number));
                    assert_eq!(
                        tokens,
                        expected.iter().map(|it| Some(it.as_str())).collect::<Vec<_>>(),
                        "{name}: server {number}"
                    );
                }
            }
        }
    }
    for request in wall.requests() {
        assert_eq!(request.path, "app.terraform.io:443");
        assert!(!request.contains("s3cret"));
    }
    assert!(!wall.requests().is_empty(), "the default host was tried");
}

/// What a sign-in makes goes to its own server alone, also when others' tokens are about.
#[test]
fn signing_in_and_out_of_one_host_tells_another_nothing() {
    let world = World::new();
    let other = account_server(|_| None);
    store(&world, &other.host(), "alice", "token-of-the-other");
    let host = world.host();
    let login = ["login", &host, "--username", "alice", "--password-stdin"];
    let typed = format!("{}\n", world.password("alice"));
    let run = world.keybelt(login).stdin(typed).env("ATLAS_TOKEN", "an-atlas-token");
    run.env("ATLAS_ADDRESS", other.host()).run().code(0);
    world.keybelt(["logout", &host]).run().code(0);
    assert_eq!(other.routes(), [""; 0]);
    world.assert_live_tokens_are_stored();
    assert_eq!(world.tokens_json()["hosts"][other.host()]["active"], "alice");
}

/// Redirects and discovery aside, no answer may choose where the next request goes.
#[test]
fn links_in_answers_choose_neither_host_nor_path() {
    let world = World::new();
    let trap = Trap::at("127.0.0.1:0");
    let evil = format!("http://127.0.0.1:{}/api/v2/authentication-tokens/../x", trap.port());
    for link in [
        evil.as_str(),
        "//127.0.0.1:1/at-1",
        "/api/v2/authentication-tokens/..",
        "/a/at-1?x=1",
        "/a/at%2f1",
        "/a/at 1",
        "",
        "/",
    ] {
        let mut document = user(&json!(null));
        document["data"]["links"]["auth-token"] = json!(link);
        document["data"]["links"]["self"] = json!(evil);
        let server = account_server(move |request: &Recorded| {
            match (request.method.as_str(), request.path.as_str()) {
                ("GET", DETAILS) => Some(Reply::json(200, &document)),
                // The classic route is missing, so that the id is used.
                ("DELETE", AUTHENTICATE) => Some(Reply::json(404, &json!({}))),
                ("DELETE", _) => Some(Reply::with(204, &[], "")),
                _ => None,
            }
        });
        let login = ["login", &server.host(), "--token-stdin"];
        world.keybelt(login).stdin(format!("{TOKEN}\n")).run().code(0);
        let run = world.keybelt(["logout", &server.host(), "--revoke"]).run();
        run.one_of(link, &[0, 4]);
        for path in server.routes() {
            let fine = [
                "GET /",
                "GET /api/v2/account/details",
                "DELETE /api/v1/authenticate",
                "GET /api/v2/authentication-tokens/x",
                "GET /api/v2/authentication-tokens/at-1",
                "DELETE /api/v2/authentication-tokens/x",
                "DELETE /api/v2/authentication-tokens/at-1",
            ];
            assert!(fine.contains(&path.as_str()), "{link}: {path}");
        }
        world.keybelt(["logout", &server.host(), "--local-only"]).run().code(0);
    }
    trap.assert_untouched("a link");
}

#[test]
fn an_answer_of_any_size_depth_or_encoding_ends_in_one_sentence() {
    let world = World::new();
    let deep = format!("{{\"data\":{}1{}}}", "[".repeat(200_000), "]".repeat(200_000));
    let bodies: Vec<Vec<u8>> = vec![
        deep.into_bytes(),
        b"\xff\xfe\x00{".to_vec(),
        b"".to_vec(),
        b"null".to_vec(),
        b"[]".to_vec(),
        b"\"\"".to_vec(),
        b"\xef\xbb\xbf{}".to_vec(),
        b"{\"data\":{\"attributes\":{\"username\":\"\xed\xa0\x80\"}}}".to_vec(),
        vec![b' '; 900_000],
    ];
    for body in bodies {
        let start = String::from_utf8_lossy(&body[..body.len().min(20)]).into_owned();
        let server = Server::start(move |_| {
            Reply::with(200, &[("Content-Type", "application/vnd.api+json")], &body)
        });
        for command in [Command::WHOAMI, Command::DISABLE, Command::LOGIN] {
            let name = format!("{command:?} and {start:?}");
            let run = command.keybelt_at(&world, &server.host(), &[]).run().one_of(&name, &[5]);
            let sentences = run.stderr().lines().filter(|line| line.starts_with("error:")).count();
            assert_eq!(sentences, 1, "{name}: {}", run.stderr());
            assert!(!run.stderr().contains("internal error"), "{name}: {}", run.stderr());
        }
    }
    for (path, command) in [(RESEND, Command::RESEND), (DISABLE, Command::DISABLE)] {
        let server = account_server(move |request| {
            (request.path == path).then(|| Reply::raw("SSH-2.0-OpenSSH_9.6\r\n"))
        });
        command.keybelt_at(&world, &server.host(), &[]).run().code(5);
        assert_eq!(server.requests().iter().filter(|request| request.path == path).count(), 1);
    }
}
