//! What answers in the account server's place: gateways, proxies, captive and challenge pages. Whatever status they
//! choose, nothing is forgotten, no password is asked for, and it is said what answered.

use std::fs;
use std::thread;

use serde_json::json;

use crate::every_command::{Command, Route, account_server, foreign, store, write_store};
use crate::harness::{Keybelt, Reply, Server, World};

const STATUSES: [u16; 8] = [401, 403, 404, 407, 429, 502, 503, 200];

const EMAIL: &str = "alice@example.com";

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

/// Further commands of an Atlas server, which the list of every command lacks.
const ATLAS: [&str; 10] = [
    "token list",
    "token show at-4liceToken",
    "token create --expires-in 1d",
    "token revoke at-4liceToken",
    "token rotate",
    "session list",
    "session revoke --others --yes",
    "org show acme",
    "org require-2fa acme --dry-run",
    "password change --password-stdin",
];

/// Every command of an Aptible server.
const APTIBLE: [&str; 13] = [
    "whoami",
    "status",
    "logout",
    "2fa status",
    "2fa enable --app --no-verify --yes --password-stdin",
    "2fa disable --yes --password-stdin",
    "2fa recovery-codes list --password-stdin",
    "session list",
    "session revoke --others --yes --password-stdin",
    "password change --password-stdin",
    "org list",
    "org show acme",
    "org audit acme",
];

fn at_atlas(world: &World, host: &str, words: &str) -> Keybelt {
    store(world, host, "alice", foreign::TOKEN);
    let typed = format!("{}\nN3w-Horse=4711\n", foreign::PASSWORD);
    world.keybelt(words.split(' ')).stdin(typed)
}

fn at_aptible(world: &World, host: &str, words: &str) -> Keybelt {
    let document = json!({"version": 1, "current": host, "hosts": {host: {"active": EMAIL, "accounts": {EMAIL: {
        "provider": "aptible", "origin": "password", "user_id": "u-1", "token_id": "t-1",
        "created_at": "2026-05-01T10:00:00Z", "expires_at": "2035-03-17T17:46:40Z",
        "expires_in_asked": 604_800, "authenticated_at": null, "store": "file",
        "pending_two_factor": format!("{host}/otp_configurations/c-1"), "token": foreign::TOKEN,
    }}}}});
    write_store(world, document.to_string());
    let typed = format!("{}\nN3w-Horse=4711\n", foreign::PASSWORD);
    world.keybelt(words.split(' ')).stdin(typed)
}

/// Runs a command and looks at what came of it: the expected exit code, a sentence about what answered, and
/// everything kept.
fn check(world: &World, run: Keybelt, case: &str, expected: i32) {
    let before = world.tokens_bytes();
    let outcome = run.run().one_of(case, &[expected]);
    let said = outcome.stderr();
    for claim in ["rejected", "Signed out", "refused the user name", "is revoked"] {
        assert!(expected == 0 || !said.contains(claim), "{case}: {said}");
    }
    if expected == 5 {
        let told = [said, outcome.stdout()].concat();
        assert!(
            told.contains("not the account server") || told.contains("makes no sense"),
            "{case}: {told}"
        );
        assert_eq!(world.tokens_bytes(), before, "{case}");
    }
}

/// The exceptions, each by its design: what is missing says so in any words where only that is asked, and a
/// change that succeeded need not say more.
fn expected(words: &str, status: u16, kind: &str) -> i32 {
    match (words, status, kind) {
        // No sign-in for tools, as far as can be told.
        ("login", 404, _) => 4,
        // The classic route deletes without a word.
        ("logout" | "2fa resend", 200, "nothing") => 0,
        _ => 5,
    }
}

fn front(reply: &Reply) -> Server {
    let reply = reply.clone();
    Server::start(move |_| reply.clone())
}

/// Runs every command of `words` against each answer to all requests.
fn check_all(words: &[&'static str], prepare: fn(&World, &str, &str) -> Keybelt) {
    thread::scope(|scope| {
        for status in STATUSES {
            scope.spawn(move || {
                let world = World::new();
                for (kind, reply) in answers(status) {
                    let server = front(&reply);
                    for words in words {
                        let case = format!("{words}: {status} {kind}");
                        let run = prepare(&world, &server.host(), words);
                        check(&world, run, &case, expected(words, status, kind));
                    }
                }
            });
        }
    });
}

#[test]
fn in_front_of_an_atlas_server_nothing_that_answers_in_its_place_is_believed() {
    check_all(&ATLAS, at_atlas);
}

#[test]
fn in_front_of_an_aptible_server_nothing_that_answers_in_its_place_is_believed() {
    check_all(&APTIBLE, at_aptible);
}

#[test]
fn no_command_of_all_believes_what_answers_in_the_account_servers_place() {
    thread::scope(|scope| {
        for status in STATUSES {
            scope.spawn(move || {
                let world = World::new();
                for (kind, reply) in answers(status) {
                    let server = front(&reply);
                    for command in Command::ALL {
                        if command == Command::TOKEN_PRINT {
                            continue;
                        }
                        let words = command.words(&server.host()).join(" ");
                        let word = match command {
                            Command::LOGIN => "login",
                            Command::RESEND => "2fa resend",
                            _ => words.as_str(),
                        };
                        let case = format!("{words}: {status} {kind}");
                        let run = command.keybelt_at(&world, &server.host(), &[]);
                        check(&world, run, &case, expected(word, status, kind));
                        assert!(!sent_password(&server), "{case}");
                        assert!(!world.home().join("codes.txt").exists(), "{case}");
                    }
                }
            });
        }
    });
}

fn sent_password(server: &Server) -> bool {
    server.requests().iter().any(|request| request.contains(foreign::PASSWORD))
}

/// A gateway may be in front of one route alone.
#[test]
fn at_each_request_of_each_command_another_ones_answer_is_no_verdict() {
    thread::scope(|scope| {
        for command in Command::ALL {
            scope.spawn(move || {
                let world = World::new();
                let needed = |route: &Route| !command.goes_on_without(*route);
                for (method, path) in command.routes().into_iter().filter(needed) {
                    for (status, kind) in
                        [(401, "text/html"), (403, "text/html"), (200, "text/html")]
                    {
                        let page = Reply::with(status, &[("Content-Type", kind)], "<p>Sign in</p>");
                        let server = account_server(move |request| {
                            let is_it = request.route() == (method, path);
                            is_it.then(|| page.clone())
                        });
                        let case = format!("{command:?}: {status} at {method} {path}");
                        let run = command.keybelt_at(&world, &server.host(), &[]);
                        let before = world.tokens_bytes();
                        let outcome = run.run().any_end();
                        let said = outcome.stderr();
                        assert!(!said.contains("rejected"), "{case}: {said}");
                        assert_eq!(world.tokens_bytes(), before, "{case}");
                        assert_eq!(outcome.exit_code(), Some(5), "{case}: {said}");
                    }
                }
                let _ = fs::remove_file(world.home().join("codes.txt"));
            });
        }
    });
}

/// hashicorp/vagrant and others take a gateway's 401 for their own: the token lived on, and was forgotten.
#[test]
fn a_gateways_401_signs_nobody_out_and_asks_no_password() {
    let world = World::new();
    let realm = [("Content-Type", "text/html"), ("WWW-Authenticate", "Basic realm=\"corp\"")];
    let server = front(&Reply::with(401, &realm, "<html>login</html>"));
    let run = at_atlas(&world, &server.host(), "logout").run().code(5);
    run.says("still valid");
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

/// A bare 401 of the classic sign-out is believed only if the modern API says the same in its own words.
#[test]
fn a_sign_out_that_is_refused_without_a_word_is_confirmed() {
    let world = World::new();
    let dead = json!({"errors": [{"status": "401", "title": "unauthorized"}]});
    let bare = Reply::with(401, &[], "");
    for (details, code, said) in [
        (Reply::json(401, &dead), 0, "no longer accepted"),
        (bare.clone(), 5, "still valid"),
        (Reply::with(401, &[("Content-Type", "text/html")], "<p>"), 5, "still valid"),
    ] {
        let bare = bare.clone();
        let server = Server::start(move |request| match request.method.as_str() {
            "DELETE" => bare.clone(),
            _ => details.clone(),
        });
        at_atlas(&world, &server.host(), "logout").run().code(code).says(said);
        assert_eq!(world.tokens_json()["hosts"][server.host()].is_null(), code == 0, "{said}");
    }
}
