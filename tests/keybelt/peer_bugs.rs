//! Failures that others had, each with the test that would have caught it. The stories are rows of the field
//! notes; where another file has the test, the table names it.
//!
//! | row | story | test |
//! |---|---|---|
//! | 3 | hosts compared by a part of their names | `hostile::a_host_that_only_looks_like_the_tokens_own_gets_no_token` |
//! | 4 | secrets follow redirects | `hostile::no_request_of_any_command_follows_a_redirect_anywhere`, `…_from_tls_to_plain_http_…` |
//! | 5 | secrets in logs and errors | `canary` |
//! | 6 | passwords in addresses | `hostile::a_password_in_an_address_is_refused_…`, `canary::the_password_of_a_proxy_…` |
//! | 7 | a malformed token is quoted | `hostile::a_malformed_token_is_refused_by_its_source_…` |
//! | 8 | half a token is shown | here |
//! | 9 | secrets on command lines | `grammar::no_option_takes_a_password_or_a_token_…`, `canary::no_process_has_a_secret_…` |
//! | 12 | servers drive the terminal | `hostile::hostile_text_…`, `hostile::hostile_errors_…` |
//! | 19 | a damaged file is overwritten | `grammar::a_damaged_store_…`, `grammar::keys_that_…`; the sign-in half is here |
//! | 20 | only the clock is wrong | `login::a_refused_app_code_…`, `two_factor::a_refused_enrolment_code_…`; numbers and texts here |
//! | 21 | other wording, no prompt | `login::the_code_prompt_comes_whatever_…`, `independent::a_challenge_that_says_little_…` |
//! | 22 | a stack trace instead of a sentence | here |
//! | 23 | a code sent twice | `independent::a_wrong_code_…` |
//! | 24 | too many requests of our own | `login::a_code_that_is_known_goes_with_the_first_request_…`; waiting is here |
//! | 25 | no text, or two | `prompts::a_text_is_sent_once_unasked_…`, `login::a_text_is_requested_once_…`; scripts are here |
//! | 26 | echo left off | `prompts::every_signal_at_every_prompt_…` |
//! | 27 | a dead token blocks everything | here |
//! | 28 | tests in the real home | `harness::home`; that keybelt itself stays in its place is here |
//! | 30 | codes cut off or nowhere | `recovery_codes::on_a_narrow_terminal_…`, `recovery_codes::codes_that_would_go_nowhere_…` |
//! | 31 | secrets on the screen | `recovery_codes::the_file_holds_all_codes_…`; on a terminal here |
//! | 32 | signed out, and the token lives | `logout`, `faults::a_token_that_its_server_could_not_revoke_…` |
//! | 33 | an unchecked token is stored | `login::a_pasted_token_that_cannot_be_checked_…`, `faults::a_pasted_token_…` |
//! | 34 | right codes refused by their shape | `login::codes_of_every_shape_…`; enrolments here |
//! | 35 | real secrets in documents | here |
//! | 38 | waiting for input that cannot come | `grammar::no_command_waits_for_…`; a pipe that says nothing is here |

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command as Program, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::every_command::foreign::{CODE, PASSWORD, TOKEN};
use crate::every_command::{
    AUTHENTICATE, Command, DETAILS, REQUEST_CODE, VERIFY, account_server, store, write_store,
};
use crate::harness::{Reply, World};

/// Row 8 (github/gh-aw-firewall PR 1158): a masked form shows at most what everybody knows.
#[test]
fn no_command_shows_even_a_part_of_the_token_to_prove_that_it_has_one() {
    let world = World::new();
    world.sign_in("bob");
    let token = world.stored_tokens()[0].clone();
    let pieces: Vec<&str> = (0..token.len() - 4)
        .map(|at| &token[at..at + 5])
        .filter(|piece| !".atlasv1.".contains(piece))
        .collect();
    for words in [
        "status",
        "status --all",
        "status --offline",
        "whoami",
        "2fa status",
        "switch bob",
        "status -o json",
        "status --all -o json",
        "whoami -o json",
        "switch bob -o json",
        "logout -o json",
    ] {
        let run = world.keybelt(words.split(' ')).run().code(0);
        let shown = format!("{}{}", run.stdout(), run.stderr());
        let found = pieces.iter().find(|piece| shown.contains(**piece));
        assert_eq!(found, None, "{words} shows a part of {token}:\n{shown}");
    }
    let run = world.keybelt("status").env("ATLAS_TOKEN", &token).env("ATLAS_ADDRESS", world.host());
    let run = run.run().code(3);
    assert!(!pieces.iter().any(|piece| run.stdout().contains(piece)), "{}", run.stdout());
}

/// Row 19 (aptible's tokens.json): a damaged file read as an empty one, then overwritten. Signing in must find
/// out before a token is made.
#[test]
fn a_damaged_store_stops_every_command_before_anything_is_asked_of_the_server() {
    let world = World::new();
    store(&world, &world.host(), "alice", "kept-s3cret");
    let good = String::from_utf8(world.tokens_bytes()).unwrap();
    let damaged: Vec<Vec<u8>> = vec![
        good.as_bytes()[..good.len() / 2].to_vec(),
        [b"\xef\xbb\xbf", good.as_bytes()].concat(),
        good.replacen("\"version\":1", "\"version\":1,\"version\":1", 1).into(),
        good.replacen("\"version\":1", "\"version\":99", 1).into(),
        good.replacen("\"kept-s3cret\"", "[\"kept-s3cret\"]", 1).into(),
        good.replacen("kept-s3cret", "kept s3cret", 1).into(),
        good.replacen("\"created_at\":\"", "\"created_at\":\"kept-s3cret", 1).into(),
        b"kept-s3cret".to_vec(),
        b"[]".to_vec(),
        b"\0\0\0\0".to_vec(),
    ];
    for bytes in damaged {
        write_store(&world, &bytes);
        for command in Command::ALL {
            let typed = match command {
                Command::VERIFY => "123456\n".to_owned(),
                _ => command.stdin(&world),
            };
            let words = command.words(&world.host());
            let more = ["-H".to_owned(), world.host()];
            let more = if words[0] == "login" { &[][..] } else { &more[..] };
            let run = world.keybelt(words.iter().chain(more)).stdin(&typed).run();
            let run = run.one_of(&format!("{command:?}"), &[1]).hides("s3cret");
            let said = format!("{}{}", run.stdout(), run.stderr());
            assert!(said.contains("tokens.json"), "{command:?}: {said}");
            assert_eq!(world.tokens_bytes(), bytes, "{command:?}");
        }
        assert_eq!(world.live_tokens_made(), 0);
    }
}

/// Row 20: the number is told, and the direction, and nothing of it where codes come as texts.
#[test]
fn a_clock_that_is_off_is_told_with_its_number_and_direction_and_not_for_texts() {
    for (turn, direction) in [(90, "behind"), (-90, "ahead of"), (5, ""), (-5, "")] {
        let world = World::new();
        world.sandbox.advance(turn);
        let login =
            ["login", &world.host(), "--username", "bob", "--password-stdin", "--code", "000000"];
        let typed = format!("{}\n", world.password("bob"));
        let run = world.keybelt(login).stdin(typed).run().code(4);
        let told = (88..=92).any(|number| {
            run.stderr().contains(&format!("clock is {number} seconds {direction} the server's"))
        });
        assert_eq!(told, !direction.is_empty(), "{turn}: {}", run.stderr());
        assert_eq!(run.stderr().contains("clock"), told, "{turn}: {}", run.stderr());
        // A text has no clock.
        let login = [
            "login",
            &world.host(),
            "--username",
            "carol",
            "--sms",
            "--password-stdin",
            "--code",
            "000000",
        ];
        let typed = format!("{}\n", world.password("carol"));
        let run = world.keybelt(login).stdin(typed).run().code(4);
        assert!(!run.stderr().contains("clock"), "{turn}: {}", run.stderr());
    }
}

/// Row 22 (hashicorp/vagrant#12392, #12397, #13500): outages and wrong passwords ended in a stack trace,
/// because the branch for them was dead behind green unit tests. Here everything goes over a socket.
#[test]
fn wrong_passwords_outages_and_retired_routes_each_end_in_one_sentence_and_no_trace() {
    let world = World::new();
    let answers: Vec<(Reply, i32)> = vec![
        (Reply::with(401, &[], ""), 4),
        (Reply::json(401, &json!({"errors": [{"message": "no"}]})), 4),
        (Reply::json(400, &json!({"errors": {"user": ["is locked"]}})), 4),
        (Reply::with(402, &[], "billing"), 5),
        (Reply::with(403, &[], "<html>"), 5),
        (Reply::with(302, &[("Location", "/")], ""), 5),
        (Reply::with(405, &[], "Method Not Allowed"), 5),
        (Reply::with(405, &[], ""), 4),
        (Reply::with(503, &[("Retry-After", "3600")], "maintenance"), 5),
        (Reply::with(520, &[], "a CDN"), 5),
        (Reply::with(999, &[], ""), 5),
        (Reply::raw(""), 5),
        (Reply::raw("HTTP/1.1 2"), 5),
    ];
    for (number, (answer, code)) in answers.into_iter().enumerate() {
        let server =
            account_server(move |request| (request.method == "POST").then(|| answer.clone()));
        let login = ["login", &server.host(), "--username", "alice", "--password-stdin"];
        let run = world.keybelt(login).stdin(format!("{PASSWORD}\n")).run();
        let run = run.one_of(&format!("answer {number}"), &[code]);
        let said = run.stderr();
        assert_eq!(said.matches("error: ").count(), 1, "{said}");
        for trace in ["panicked", "internal error", "stack", "src/", "reqwest", "hyper", "Err("] {
            assert!(!said.contains(trace), "answer {number}: {said}");
        }
        assert_eq!(server.routes().iter().filter(|sent| sent.starts_with("POST")).count(), 1);
    }
}

/// Row 24 (storj/storj#4491, npm/cli#8208): 429, and when to come back. What only reads comes back by itself
/// if there is time; a password and a code never do.
#[test]
fn after_429_what_reads_waits_as_long_as_told_and_a_password_is_not_sent_again() {
    thread::scope(|scope| {
        for kind in ["429", "429-seconds", "429-date", "429-reset"] {
            scope.spawn(move || {
                let world = World::new();
                store(&world, &world.host(), "alice", &world.account("alice").token);
                world.set_faults([format!("{kind}@GET:{DETAILS}*1").as_str()]);
                let run = world.keybelt("whoami").run().code(0);
                assert_eq!(world.count("GET", DETAILS), 2, "{kind}");
                assert!(run.time > Duration::from_millis(100), "{kind}: {:?}", run.time);
                world.set_faults([format!("{kind}@POST:{AUTHENTICATE}*1").as_str()]);
                let run = Command::LOGIN.keybelt(&world).run().code(5);
                run.says("is rate limiting requests").says("hint:");
                assert_eq!(world.count("POST", AUTHENTICATE), 1, "{kind}");
            });
        }
    });
}

#[test]
fn a_429_that_asks_for_the_absurd_ends_within_the_commands_time() {
    let world = World::new();
    let long = [
        ("Retry-After", "99999999999"),
        ("Retry-After", "1e300"),
        ("Retry-After", "3600"),
        ("Retry-After", "Tue, 31 Dec 2999 23:59:59 GMT"),
        ("X-RateLimit-Reset", "99999999999"),
        ("X-RateLimit-Reset", "86400.5"),
    ];
    for (header, value) in long {
        let server = account_server(move |_| Some(Reply::with(429, &[(header, value)], "")));
        store(&world, &server.host(), "alice", TOKEN);
        let run =
            world.keybelt("whoami").run().code(5).says("too many requests").says("try again in");
        assert!(run.time < Duration::from_secs(2), "{header}: {value}: {:?}", run.time);
        assert_eq!(server.requests().len(), 1, "{header}: {value}");
    }
    // What makes no sense, or is over, is a short wait of our own.
    thread::scope(|scope| {
        for (header, value) in [
            ("Retry-After", "-1"),
            ("Retry-After", "soon"),
            ("Retry-After", "NaN"),
            ("Retry-After", ""),
            ("Retry-After", "Thu, 01 Jan 1970 00:00:00 GMT"),
            ("X-RateLimit-Reset", "1000001"),
            ("Retry-After", "0"),
        ] {
            scope.spawn(move || {
                let world = World::new();
                let server =
                    account_server(move |_| Some(Reply::with(429, &[(header, value)], "")));
                store(&world, &server.host(), "alice", TOKEN);
                let run = world.keybelt("whoami --timeout 2s").run().code(5);
                assert!(run.time < Duration::from_secs(5), "{header}: {value}: {:?}", run.time);
                let sent = server.requests().len();
                assert!((2..=10).contains(&sent), "{header}: {value}: {sent} requests");
            });
        }
    });
}

/// Row 25 (mislav/hub#706): a script that has a code wants no text, and one that asks gets one.
#[test]
fn a_script_with_a_code_causes_no_text_and_one_that_asks_causes_one() {
    let world = World::new();
    let recovery = world.account("carol").recovery_codes[0].clone();
    let typed = format!("{}\n{recovery}\n", world.password("carol"));
    let login = ["login", &world.host(), "--username", "carol", "--password-stdin", "--code-stdin"];
    world.keybelt(login).stdin(typed).run().code(0);
    assert!(world.sandbox.outbox().is_empty());
    assert_eq!(world.count("POST", AUTHENTICATE), 1);
    let typed = format!("{}\n000000\n", world.password("carol"));
    let login = [
        "login",
        &world.host(),
        "--username",
        "carol",
        "--password-stdin",
        "--code-stdin",
        "--sms",
    ];
    world.keybelt(login).stdin(typed).run().code(4);
    assert_eq!(world.sandbox.outbox().len(), 1);
    assert_eq!(world.count("POST", REQUEST_CODE), 1);
    assert_eq!(world.count("POST", AUTHENTICATE), 2);
}

/// Row 27 (aptible/aptible-cli#274, hashicorp/vagrant#13703, #11088): a dead token broke the commands that
/// would have helped.
#[test]
fn expired_revoked_and_malformed_tokens_break_no_command_that_would_help() {
    type Spoil = fn(&World);
    let states: [(&str, Spoil); 3] = [
        ("expired", |world| {
            world
                .change_entry("alice", |entry| entry["created_at"] = "2001-01-01T00:00:00Z".into());
        }),
        ("revoked", |world| {
            world.change_entry("alice", |entry| entry["token"] = "a-dead.token".into());
        }),
        ("expired by the server's word", |world| {
            world
                .change_entry("alice", |entry| entry["expires_at"] = "2001-01-01T00:00:00Z".into());
        }),
    ];
    for (state, spoil) in states {
        for (words, code) in [
            ("--version", 0),
            ("--help", 0),
            ("help", 0),
            ("login --help", 0),
            ("completions bash", 0),
            ("man", 0),
            ("status", 3),
            ("status --offline", if state == "revoked" { 0 } else { 3 }),
            ("status --all", 3),
            ("status -o json", 3),
            ("whoami", 3),
            ("logout", 0),
            ("LOGIN", 0),
        ] {
            let world = World::new();
            store(&world, &world.host(), "alice", &world.account("alice").token);
            spoil(&world);
            let login = format!("login {} --username alice --password-stdin", world.host());
            let words = words.replace("LOGIN", &login);
            let typed = format!("{}\n", world.password("alice"));
            let run = world.keybelt(words.split(' ')).stdin(typed).run();
            let run = run.one_of(&format!("{words} with a token that is {state}"), &[code]);
            assert!(!run.stderr().contains("internal error"));
        }
    }
    for token in ["two words", "Bearer x", "é", "", " ", "a\nb"] {
        for (words, code) in [
            ("--version", 0),
            ("--help", 0),
            ("completions zsh", 0),
            ("man", 0),
            ("logout", 0),
            ("LOGIN", 0),
        ] {
            let world = World::new();
            let login = format!("login {} --username alice --password-stdin", world.host());
            let words = words.replace("LOGIN", &login);
            let typed = format!("{}\n", world.password("alice"));
            let run = world.keybelt(words.split(' ')).stdin(typed).env("ATLAS_TOKEN", token);
            let run = run.env("ATLAS_ADDRESS", world.host()).run();
            run.one_of(&format!("{words} with ATLAS_TOKEN={token:?}"), &[code]);
        }
        let world = World::new();
        let run =
            world.keybelt("status").env("ATLAS_TOKEN", token).env("ATLAS_ADDRESS", world.host());
        let run = run.run().one_of(token, &[2, 3]);
        assert!(format!("{}{}", run.stdout(), run.stderr()).contains("ATLAS_TOKEN"), "{token:?}");
    }
}

/// Row 28 (aptible/aptible-cli#22): keybelt writes below its own directory and nowhere else in the home.
#[test]
fn signing_in_and_out_touches_nothing_in_the_home_but_keybelts_own_directory() {
    let world = World::new();
    world.sign_in("bob");
    world.keybelt("2fa status").run().code(0);
    world.keybelt("logout").run().code(0);
    assert_eq!(names(world.home()), [".config"]);
    assert_eq!(names(&world.home().join(".config")), ["keybelt"]);
    let files = names(&world.config_dir());
    assert!(files.iter().all(|name| name.starts_with("tokens.")), "{files:?}");
    assert!(world.home().starts_with("/tmp") || !world.home().starts_with("/home"));
}

fn names(directory: &Path) -> Vec<String> {
    let mut names: Vec<_> = fs::read_dir(directory)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

/// Row 31 (garrytan/gbrain PR 2625, PierreBeucher/novops PR 57): what goes to a file stays out of scrollback.
#[test]
fn recovery_codes_that_go_to_a_file_are_not_on_the_terminal_too() {
    let world = World::new();
    let server = account_server(|_| None);
    store(&world, &server.host(), "alice", TOKEN);
    let verify = ["2fa", "verify", "--recovery-codes-file", "codes.txt", "-vvv"];
    let mut terminal = world.keybelt(verify).pty();
    terminal.expect("Verification code").type_line(CODE);
    let mut ended = terminal.wait(0);
    let saved = fs::read_to_string(world.home().join("codes.txt")).unwrap();
    assert_eq!(saved.lines().count(), 3);
    for code in saved.lines() {
        ended = ended.hides(code);
    }
    ended.hides(TOKEN).shows("Saved 3 recovery codes");
}

/// Row 32: after a sign-out that says so, the server answers the token with 401.
#[test]
fn a_token_that_is_said_to_be_revoked_is_dead() {
    let world = World::new();
    world.sign_in("alice");
    let token = world.stored_tokens()[0].clone();
    let ask = |code| {
        let run =
            world.keybelt("whoami").env("ATLAS_TOKEN", &token).env("ATLAS_ADDRESS", world.host());
        drop(run.run().code(code));
    };
    ask(0);
    world.keybelt("logout").run().code(0).says("the token is revoked");
    ask(3);
    assert!(!world.sandbox.accepts(&token));
}

/// Row 34 (npm/cli#9326, mislav/hub#1017): a code to finish an enrolment goes out as it was typed, too.
#[test]
fn enrolment_codes_of_every_shape_reach_the_server_unchanged_but_for_their_blanks() {
    let hex = "0123456789abcdef".repeat(4);
    let world = World::new();
    let server = account_server(|_| None);
    for code in [
        "12345678",
        "abcde-fghij",
        "ABCD-EFGH-1234-5678",
        &hex[..48],
        &hex,
        "007",
        "0x1F",
        "a.b_c~d!",
    ] {
        let typed = format!(" {} {}\t", &code[..2], &code[2..]);
        store(&world, &server.host(), "alice", TOKEN);
        let verify = ["2fa", "verify", &typed, "-o", "json"];
        world.keybelt(verify).run().code(0);
        let mut terminal = world.keybelt("2fa verify").pty();
        terminal.expect("Verification code").type_line(typed.trim());
        terminal.wait(0);
        let sent = server.requests();
        let sent: Vec<Value> = sent
            .iter()
            .filter(|request| request.path == VERIFY)
            .map(|request| request.json()["data"]["attributes"]["code"].clone())
            .collect();
        assert_eq!(sent[sent.len() - 2..], [json!(code), json!(code)]);
    }
}

/// Row 35 (npm/docs PR 870): a real secret was published in a picture of the documentation.
#[test]
fn documents_hold_no_secret_but_those_that_are_plainly_made_up() {
    /// Made up, and nobody's.
    const FAKES: [&str; 3] =
        ["EXAMPLEEXAMPLEEXAMPLEEXAMPLE", "JBSWY3DPEHPK3PXP", "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"];
    let mut found = Vec::new();
    let documents = documents();
    assert!(documents.iter().any(|path| path.ends_with("README.md")), "{documents:?}");
    for path in documents {
        let text = fs::read_to_string(&path).unwrap_or_default();
        let words = text.split(|c: char| !c.is_ascii_alphanumeric());
        for word in words.filter(|word| !FAKES.contains(word)) {
            let base32 = word.len() >= 16
                && word.bytes().all(|b| b.is_ascii_uppercase() || (b'2'..=b'7').contains(&b));
            if base32 {
                found.push(format!("{}: {word} looks like a TOTP secret", path.display()));
            }
        }
        for (at, _) in text.match_indices("secret=") {
            let value = &text[at + 7..];
            let value =
                &value[..value.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(value.len())];
            if value.len() > 6 && !FAKES.contains(&value) {
                found.push(format!("{}: secret={value}", path.display()));
            }
        }
        for (at, _) in text.match_indices(".atlasv1.") {
            let before = text[..at].chars().rev().take_while(char::is_ascii_alphanumeric).count();
            let after = text[at + 9..].chars().take_while(char::is_ascii_alphanumeric).count();
            if before >= 14 && after >= 60 {
                found.push(format!("{}: a whole token", path.display()));
            }
        }
    }
    assert_eq!(found, [""; 0]);
}

/// Returns everything that people read and that may be published.
fn documents() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut found = Vec::new();
    let mut folders: Vec<PathBuf> =
        ["docs", "man", "completions", "benches"].map(|name| root.join(name)).into();
    found.extend(
        fs::read_dir(root)
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .filter(|path| path.extension().is_some_and(|extension| extension == "md")),
    );
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).into_iter().flatten() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                found.push(path);
            }
        }
    }
    found
}

/// Row 38 (hashicorp/terraform#13054, cli/cli#2536, #9789): a pipe that is open and says nothing, as a CI
/// runner's is, must not be waited for by a command that was not told to read it.
#[test]
fn a_pipe_that_says_nothing_is_not_waited_for() {
    let world = World::new();
    for words in [
        "login HOST",
        "login HOST --username bob",
        "login",
        "logout",
        "logout HOST",
        "status",
        "status --all",
        "whoami",
        "switch",
        "switch bob",
        "token print",
        "2fa status",
        "2fa enable",
        "2fa enable --app",
        "2fa enable --sms",
        "2fa verify",
        "2fa verify 123456",
        "2fa resend",
        "2fa disable",
        "2fa recovery-codes list",
        "2fa recovery-codes save x",
        "completions fish",
        "man",
        "--help",
        "--version",
        "",
    ] {
        let words = words.replace("HOST", &world.host());
        let mut program = Program::new(env!("CARGO_BIN_EXE_keybelt"));
        program
            .args(words.split_whitespace())
            .env_clear()
            .env("HOME", world.home())
            .current_dir(world.home());
        program.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null());
        // No terminal either, wherever the tests were started.
        program.env("CI", "1");
        let started = Instant::now();
        let mut child = program.spawn().unwrap();
        // Its stdin stays open and silent for as long as this lives.
        let silence = child.stdin.take();
        let (watched, watch) = std::sync::mpsc::channel();
        let output = thread::scope(|scope| {
            let id = child.id();
            scope.spawn(move || {
                if watch.recv_timeout(Duration::from_secs(10)).is_err() {
                    let pid = rustix::process::Pid::from_raw(id.cast_signed()).unwrap();
                    let _ = rustix::process::kill_process(pid, rustix::process::Signal::KILL);
                }
            });
            let status = child.wait();
            let _ = watched.send(());
            status.unwrap()
        });
        drop(silence);
        let code = output.code();
        assert!(code.is_some_and(|code| code <= 5), "`{words}` with a silent pipe: {code:?}");
        assert!(started.elapsed() < Duration::from_secs(2), "`{words}`: {:?}", started.elapsed());
    }
    assert!(world.sandbox.requests().is_empty());
}
