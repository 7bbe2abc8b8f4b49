//! What answers in the account server's place: gateways, proxies, captive and challenge pages. Whatever status they
//! choose, nothing is forgotten, no password is asked for, and it is said what answered.

use std::thread;

use std::io::{BufRead, BufReader, Write};

use serde_json::json;

use crate::every_command::{Command, Provider, foreign, store, try_every};
use crate::harness::{Keybelt, Reply, Server, World};

const STATUSES: [u16; 8] = [401, 403, 404, 407, 429, 502, 503, 200];

/// A body that no account server's API writes, by the name of its kind.
fn answers(status: u16) -> [(&'static str, Reply); 4] {
    // Nobody waits for a whole hour.
    let later = ("Retry-After", "3600");
    let with = |kind: &str, body: &str| Reply::with(status, &[("Content-Type", kind), later], body);
    [
        ("HTML", with("text/html; charset=utf-8", "<html>Sign in to use this network</html>")),
        ("text", with("text/plain", "no\n")),
        ("nothing", Reply::with(status, &[later], "")),
        ("another's JSON", with("application/json", r#"{"message":"Unauthorized"}"#)),
    ]
}

/// The exceptions, each by its design: what is missing says so in any words where only that is asked, a bare refusal
/// is the classic API's, and a deletion that succeeded need not say more.
fn expected(command: Command, status: u16, kind: &str) -> i32 {
    let leaf = command.leaf();
    let is_password_sign_in = command.words("HOST").contains(&"--username".to_owned());
    let is_atlas = command.provider == Provider::Atlas;
    match (leaf.as_str(), status, kind) {
        // No sign-in for tools, as far as can be told.
        ("login", 404, _) | ("login", 401, "nothing") if is_password_sign_in => 4,
        // Nobody is here who could go to a browser.
        ("lockdown", 404, _) | ("lockdown", 401, "nothing") if is_atlas => 3,
        // The route is missing there, and no other is known for this token, which is kept.
        ("logout", 404, "nothing") if is_atlas => 4,
        ("logout", 200, "nothing") => 0,
        ("2fa resend", 200, "nothing") => 0,
        _ => 5,
    }
}

fn check(command: Command, world: &World, server: &Server, status: u16, kind: &str) {
    let case = format!("{command:?}: {status} {kind}");
    let run = command.keybelt_at(world, &server.host(), &[]);
    let (before, asked) = (world.tokens_bytes(), server.requests().len());
    let outcome = run.run().any_end();
    let (code, said) = (outcome.exit_code(), outcome.stderr());
    if server.requests().len() == asked {
        assert_eq!(code, Some(command.designed_code()), "{case}: {said}");
        return;
    }
    if command.leaf() == "doctor" {
        // What it finds is its result; a missing document is no finding.
        assert!(matches!(code, Some(0 | 6)), "{case}: {said}");
        return;
    }
    let expected = expected(command, status, kind);
    assert_eq!(code, Some(expected), "{case}: {said}");
    if expected != 0 {
        assert_eq!(world.tokens_bytes(), before, "{case}: {said}");
        for claim in ["rejected", "Signed out", "refused the user name", "is revoked"] {
            assert!(!said.contains(claim), "{case}: {said}");
        }
    }
    if expected == 5 {
        let told = [said, outcome.stdout()].concat();
        let is_told = ["not the account server", "unexpected response"].map(|it| told.contains(it));
        assert!(is_told.contains(&true), "{case}: {told}");
    }
    assert!(!world.home().join("codes.txt").exists(), "{case}");
}

#[test]
fn nothing_that_answers_in_the_account_servers_place_is_believed_by_any_command() {
    try_every(|command| {
        thread::scope(|scope| {
            for status in STATUSES {
                scope.spawn(move || {
                    let world = World::new();
                    for (kind, reply) in answers(status) {
                        let server = front(&reply);
                        check(command, &world, &server, status, kind);
                    }
                });
            }
        });
    });
}

/// A gateway may be in front of one route alone.
#[test]
fn at_each_request_of_each_command_another_ones_answer_is_no_verdict() {
    try_every(|command| {
        let world = World::new();
        for route in command.routes() {
            for status in [401, 403, 200] {
                let page = Reply::with(status, &[("Content-Type", "text/html")], "<p>Sign in</p>");
                let server =
                    command.server(move |request| (request.route() == route).then(|| page.clone()));
                let case = format!("{command:?}: {status} at {route:?}");
                let run = command.keybelt_at(&world, &server.host(), &[]);
                let before = world.tokens_bytes();
                let outcome = run.run().any_end();
                let said = outcome.stderr();
                assert!(!said.contains("rejected"), "{case}: {said}");
                // A rotation notes what it is about to create, which may exist.
                let is_noted = route.0 == "POST" && command.leaf() == "token rotate";
                if is_noted {
                    assert!(world.tokens_bytes().len() >= before.len(), "{case}");
                } else if !command.goes_on_without(route) {
                    assert_eq!(world.tokens_bytes(), before, "{case}");
                    assert_eq!(outcome.exit_code(), Some(5), "{case}: {said}");
                }
            }
        }
    });
}

fn front(reply: &Reply) -> Server {
    let reply = reply.clone();
    Server::start(move |_| reply.clone())
}

fn at_atlas(world: &World, host: &str, words: &str) -> Keybelt {
    store(world, host, "alice", foreign::TOKEN);
    world.keybelt(words.split(' '))
}

/// hashicorp/vagrant and others take a gateway's 401 for their own: the token lived on, and was forgotten.
#[test]
fn a_gateways_401_signs_nobody_out_and_asks_no_password() {
    let world = World::new();
    let realm = [("Content-Type", "text/html"), ("WWW-Authenticate", "Basic realm=\"corp\"")];
    let server = front(&Reply::with(401, &realm, "<html>login</html>"));
    let run = at_atlas(&world, &server.host(), "logout").run().code(5);
    run.says("may still be valid");
    let terminal = at_atlas(&world, &server.host(), "token list").pty();
    terminal.wait(5).shows("looks like a gateway").hides("Password");
}

#[test]
fn what_answered_is_named_by_its_kind() {
    let world = World::new();
    let html = ("Content-Type", "text/html");
    for (status, headers, kind) in [
        (403, vec![html, ("cf-mitigated", "challenge")], "challenge page"),
        (407, vec![html], "proxy"),
        (200, vec![html], "captive page"),
        (503, vec![html], "maintenance page"),
        (403, vec![html], "gateway"),
    ] {
        let server = front(&Reply::with(status, &headers, "<html></html>"));
        let run = at_atlas(&world, &server.host(), "whoami").run().code(5);
        run.says("hint: it looks like a").says(kind);
    }
}

/// What is no HTTP was said to have closed the connection.
#[test]
fn what_speaks_another_protocol_is_said_to() {
    let world = World::new();
    for (answer, said) in [
        ("SSH-2.0-OpenSSH_9.2\r\n", "did not respond in HTTP"),
        ("", "closed the connection without responding"),
    ] {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let host = format!("http://{}", listener.local_addr().unwrap());
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let mut reader = BufReader::new(&stream);
                let mut line = String::from("request");
                while !line.trim().is_empty() {
                    line.clear();
                    reader.read_line(&mut line).unwrap();
                }
                (&stream).write_all(answer.as_bytes()).unwrap();
            }
        });
        let run = at_atlas(&world, &host, "whoami").run().code(5);
        run.says(said).hides("no details");
    }
}

/// A bare 401 of the classic sign-out is believed only if the modern API says the same in its own words.
#[test]
fn a_sign_out_that_is_refused_without_a_word_is_confirmed() {
    let world = World::new();
    let dead = json!({"errors": [{"status": "401", "title": "unauthorized"}]});
    let bare = Reply::with(401, &[], "");
    let (blank, no_errors) =
        (Reply::json(401, &json!({})), Reply::json(401, &json!({"errors": []})));
    for wordless in [&bare, &blank, &no_errors] {
        for (details, code, said) in [
            (Reply::json(401, &dead), 0, "no longer accepted"),
            (bare.clone(), 5, "may still be valid"),
            (no_errors.clone(), 5, "may still be valid"),
            (Reply::with(401, &[("Content-Type", "text/html")], "<p>"), 5, "may still be valid"),
        ] {
            let wordless = wordless.clone();
            let server = Server::start(move |request| match request.method.as_str() {
                "DELETE" => wordless.clone(),
                _ => details.clone(),
            });
            at_atlas(&world, &server.host(), "logout").run().code(code).says(said);
            assert_eq!(world.tokens_json()["hosts"][server.host()].is_null(), code == 0, "{said}");
        }
    }
}
