//! `keybelt lockdown`: what it ends, what it keeps, and that its report is what the servers say afterwards.

use std::collections::BTreeSet;
use std::fs;
use std::process::Command;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, mpsc};

use keybelt_sandbox::{Limits, Options, Sandbox};
use serde_json::{Value, json};

use crate::every_command::foreign::{CODE, PASSWORD, TOKEN as TOKEN_OF_ALICE};
use crate::every_command::{ORGANIZATIONS, TEAM_TOKENS, account_server, aptible, store};
use crate::harness::{Keybelt, PATIENCE, Recorded, Reply, Server, World, exchange};

const TOKEN: &str = "/api/v2/authentication-tokens/";

/// Makes a world whose server has a second account without a second factor.
fn world() -> World {
    World::with(options())
}

fn options() -> Options {
    Options { accounts: 1, limits: Limits::Off, ..Options::default() }
}

fn aptible_host(world: &World) -> String {
    world.sandbox.ready().aptible_url.clone()
}

fn password(sandbox: &Sandbox) -> String {
    let accounts = &sandbox.ready().accounts;
    accounts.iter().find(|account| account.username == "alice").unwrap().password.clone()
}

/// A server before a sandbox: each request goes on to it, unless `change` answers. It is told how many there were.
fn front(
    sandbox: &Sandbox,
    change: impl Fn(&Recorded, usize) -> Option<Reply> + Send + Sync + 'static,
) -> Server {
    let authority = sandbox.ready().atlas_url.trim_start_matches("http://").to_owned();
    let count = AtomicUsize::new(0);
    Server::start(move |request| {
        let number = count.fetch_add(1, Ordering::SeqCst) + 1;
        change(request, number).unwrap_or_else(|| Reply::raw(forward(&authority, request)))
    })
}

fn forward(authority: &str, request: &Recorded) -> String {
    let headers = request.head.lines().skip(1).filter(|line| {
        let name = line.split(':').next().unwrap_or_default().to_ascii_lowercase();
        !["", "host", "connection"].contains(&name.as_str())
    });
    let headers: String = headers.map(|line| format!("{line}\r\n")).collect();
    let (method, path) = (&request.method, &request.path);
    let body = String::from_utf8_lossy(&request.body);
    exchange(
        authority,
        &format!(
            "{method} {path} HTTP/1.1\r\nHost: {authority}\r\nConnection: close\r\n{headers}\r\n{body}"
        ),
    )
}

/// Somebody who knows alice's password signs in.
fn intrude(authority: &str, password: &str) {
    let body = json!({"user": {"login": "alice", "password": password}}).to_string();
    let length = body.len();
    let answer = exchange(
        authority,
        &format!(
            "POST /api/v1/authenticate HTTP/1.1\r\nHost: {authority}\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: {length}\r\n\r\n{body}"
        ),
    );
    assert!(answer.starts_with("HTTP/1.1 20"), "{answer}");
}

/// Writes the command that knows every server's password.
fn password_command(world: &World, hosts: &[(&str, String)]) -> String {
    let cases: String =
        hosts.iter().map(|(host, password)| format!("{host}) echo '{password}' ;;\n")).collect();
    let script = format!("#!/bin/sh\ncase \"$KEYBELT_HOST\" in\n{cases}esac\n");
    world.program("password", &script).display().to_string()
}

fn sign_in(world: &World, host: &str, username: &str, password: &str) {
    let login = ["login", host, "--username", username, "--password-stdin"];
    world.keybelt(login).stdin(format!("{password}\n")).run().code(0);
}

fn lockdown(world: &World, command: &str, more: &[&str]) -> Keybelt {
    let words = ["lockdown", "--no-input", "--password-command", command];
    world.keybelt([&words[..], more].concat())
}

/// Returns the ids of an account's live tokens of one dialect.
fn live(sandbox: &Sandbox, username: &str, is_aptible: bool) -> BTreeSet<String> {
    let tokens = sandbox.live_tokens().into_iter();
    let of = tokens.filter(|it| it.username == username && it.scope.is_some() == is_aptible);
    of.map(|token| token.id).collect()
}

/// Returns what a report says is alive of an account: what is kept, and what could not be ended.
fn reported(world: &World, report: &Value, host: &str, username: &str) -> BTreeSet<String> {
    let accounts = report["accounts"].as_array().unwrap();
    let is_it = |it: &&Value| it["host"] == host && it["account"] == username;
    let account = accounts.iter().find(is_it).unwrap();
    let tokens = account["tokens"].as_array().cloned().unwrap_or_default();
    let valid = tokens.iter().filter(|token| token["state"] == "valid");
    let mut ids: BTreeSet<String> =
        valid.map(|token| token["id"].as_str().unwrap().to_owned()).collect();
    if account["kept"] == true {
        let entry = &world.tokens_json()["hosts"][host]["accounts"][username];
        ids.insert(entry["token_id"].as_str().unwrap().to_owned());
    }
    ids
}

fn account<'a>(report: &'a Value, host: &str, username: &str) -> &'a Value {
    let accounts = report["accounts"].as_array().unwrap();
    accounts.iter().find(|it| it["host"] == host && it["account"] == username).unwrap()
}

/// Lets a run write down its process id, so that a server can end it.
fn with_id(world: &World, run: Keybelt) -> Keybelt {
    let file = world.home().join("id").display().to_string();
    run.in_shell(&format!("echo $$ > '{file}'; exec \"$@\""))
}

fn kill(world_home: &std::path::Path, signal: &str) {
    let id = fs::read_to_string(world_home.join("id")).unwrap();
    assert!(Command::new("kill").args([signal, id.trim()]).status().unwrap().success());
}

#[test]
fn with_nothing_stored_and_no_host_it_says_so_and_asks_nothing() {
    let world = world();
    let run = world.keybelt("lockdown --yes -o json").run().code(3);
    assert_eq!(run.json()["error"]["kind"], "not_signed_in");
    run.prints("keybelt lockdown HOST");
    assert!(world.sandbox.requests().is_empty());
}

#[test]
fn without_a_confirmation_nothing_is_asked_of_anybody() {
    let world = world();
    world.sign_in("alice");
    let before = world.sandbox.requests().len();
    let command = password_command(&world, &[(&world.host(), world.password("alice"))]);
    lockdown(&world, &command, &[]).run().code(2).says("--yes");
    assert_eq!(world.sandbox.requests().len(), before);
}

/// Whoever has the machine may have the variables too, so no hint leads to one.
#[test]
fn a_proof_that_cannot_be_asked_for_leads_to_a_proof_and_to_no_variable() {
    let world = world();
    world.sign_in("alice");
    let run = world.keybelt("lockdown --yes").run().code(3);
    run.says("use --password-stdin or --password-command").hides("_TOKEN");
}

#[test]
fn everything_ends_but_what_the_new_sign_in_made() {
    let world = world();
    world.sign_in("alice");
    let old = world.stored_tokens().remove(0);
    let command = password_command(&world, &[(&world.host(), world.password("alice"))]);
    let run = lockdown(&world, &command, &["--yes", "-o", "json"]).run().code(0).hides(&old);
    let report = run.json();
    assert_eq!((&report["complete"], &report["dry_run"]), (&json!(true), &json!(false)));
    let told = account(&report, &world.host(), "alice");
    assert_eq!((&told["state"], &told["kept"]), (&json!("ended"), &json!(true)));
    assert_eq!(told["intruder"], false);
    assert_eq!(told["tokens"].as_array().unwrap().len(), 2);
    assert!(told["change_password"].as_str().unwrap().contains("keybelt password change"));
    let left: Vec<_> = told["left"].as_array().unwrap().iter().map(|it| &it["kind"]).collect();
    assert_eq!(left, ["browser_sessions", "organization_tokens"]);
    assert!(!world.sandbox.accepts(&old) && !world.sandbox.accepts(&world.account("alice").token));
    assert_eq!(live(&world.sandbox, "alice", false).len(), 1);
    assert!(world.sandbox.accepts(&world.stored_tokens().remove(0)));
    // Whoever shares the server is left alone.
    assert!(world.sandbox.accepts(&world.account("bob").token));
    world.keybelt("whoami").run().code(0).prints("alice");
}

#[test]
fn a_dry_run_and_a_number_that_is_exceeded_end_nothing() {
    let world = world();
    world.sign_in("alice");
    let (before, live_before) = (world.tokens_bytes(), live(&world.sandbox, "alice", false));
    let command = password_command(&world, &[(&world.host(), world.password("alice"))]);
    let report = lockdown(&world, &command, &["--dry-run", "-o", "json"]).run().code(0).json();
    let told = account(&report, &world.host(), "alice");
    assert_eq!((&report["complete"], &told["state"]), (&json!(false), &json!("foreseen")));
    assert_eq!(told["tokens"].as_array().unwrap().len(), 2);

    let run = lockdown(&world, &command, &["--yes", "--expect", "1", "-o", "json"]).run().code(6);
    assert_eq!(run.json()["error"]["kind"], "finding");
    assert_eq!(world.tokens_bytes(), before);
    assert_eq!(live(&world.sandbox, "alice", false), live_before);
    assert_eq!(world.count("DELETE", TOKEN), 0);

    lockdown(&world, &command, &["--yes", "--expect", "2"]).run().code(0);
    assert_eq!(live(&world.sandbox, "alice", false).len(), 1);
}

#[test]
fn a_person_is_asked_once_and_may_skip_accounts_and_type_a_password_anew() {
    let world = world();
    world.sign_in("alice");
    sign_in(&world, &world.host(), "user-1", &world.password("alice"));
    let live_before = live(&world.sandbox, "user-1", false);
    let start = || world.keybelt(["lockdown"]).pty();
    let prove = |terminal: &mut crate::harness::Pty| {
        terminal.expect_hidden("Password for alice at").type_line("not-this-one");
        terminal.expect("The password was refused (1 of 3)");
        terminal.expect_hidden("Password for alice at").type_line(&world.password("alice"));
        terminal.expect_hidden("Password for user-1 at").type_line("");
        terminal.expect("3 tokens end");
        terminal.expect("user-1 at");
        terminal.expect("Revoke 3 tokens of 1 account on 1 server");
    };
    // The token that is stored, and the one from the start.
    let before = world.tokens_bytes();
    let mut terminal = start();
    terminal.expect_hidden("Password for alice at").type_line(&world.password("alice"));
    terminal.expect_hidden("Password for user-1 at").type_line("");
    terminal.expect("Revoke 2 tokens of 1 account on 1 server").type_line("no");
    terminal.wait(2).shows("nothing was revoked");
    assert_eq!(world.tokens_bytes(), before);
    assert_eq!(live(&world.sandbox, "alice", false).len(), 2);

    intrude(world.host().trim_start_matches("http://"), &world.password("alice"));
    let mut terminal = start();
    prove(&mut terminal);
    terminal.type_line("yes");
    terminal.wait(3).shows("it was skipped");
    assert_eq!(live(&world.sandbox, "alice", false).len(), 1);
    assert_eq!(live(&world.sandbox, "user-1", false), live_before);
}

#[test]
fn ctrl_c_at_a_question_leaves_no_token_of_the_sign_ins_before_it() {
    let world = world();
    world.sign_in("alice");
    let live_before = live(&world.sandbox, "alice", false);
    let mut terminal = world.keybelt(["lockdown"]).pty();
    terminal.expect_hidden("Password for alice at").type_line(&world.password("alice"));
    terminal.expect("Revoke 2 tokens").type_keys(b"\x03");
    terminal.wait(130);
    assert_eq!(live(&world.sandbox, "alice", false), live_before);
}

#[test]
fn from_a_new_machine_it_works_with_the_names_of_servers() {
    let world = world();
    let (atlas, aptible) = (world.host(), aptible_host(&world));
    let before = live(&world.sandbox, "alice", false);
    assert!(!before.is_empty());
    let mut terminal = world.keybelt(["lockdown", &atlas, &aptible]).pty();
    terminal.expect_visible(&format!("User name or email at {atlas}")).type_line("alice");
    terminal.expect_hidden("Password for alice at").type_line(&world.password("alice"));
    terminal.expect_visible(&format!("User name or email at {aptible}"));
    terminal.type_line("bob@sandbox.test");
    terminal.expect_hidden("Password for bob@sandbox.test at").type_line(&world.password("bob"));
    terminal.expect("Verification code").type_line(&world.code("bob"));
    terminal.expect("including those used by CI").expect("Revoke 1 token").type_line("y");
    terminal.wait(0);
    assert_eq!(live(&world.sandbox, "alice", false).len(), 1);
    // One code is good for one token, which acted and is gone.
    assert_eq!(live(&world.sandbox, "bob", true), BTreeSet::new());
    world.keybelt(["whoami", "-H", &atlas]).run().code(0).prints("alice");
    world.keybelt(["whoami", "-H", &aptible]).run().code(3);
}

#[test]
fn accounts_of_one_user_are_one() {
    let world = world();
    world.sign_in("alice");
    let mut document = world.tokens_json();
    let accounts = &mut document["hosts"][world.host()]["accounts"];
    let mut other = accounts["alice"].clone();
    other["token"] = world.account("alice").token.into();
    other["origin"] = "helper".into();
    accounts["from-terraform"] = other;
    fs::write(world.tokens_file(), document.to_string()).unwrap();
    let command = password_command(&world, &[(&world.host(), world.password("alice"))]);
    let report = lockdown(&world, &command, &["--yes", "-o", "json"]).run().code(0).json();
    assert_eq!(report["accounts"].as_array().unwrap().len(), 1);
    let stored = world.tokens_json()["hosts"][world.host()]["accounts"].clone();
    assert_eq!(stored.as_object().unwrap().keys().collect::<Vec<_>>(), ["alice"]);
    assert_eq!(
        live(&world.sandbox, "alice", false),
        reported(&world, &report, &world.host(), "alice")
    );
}

#[test]
fn tokens_in_variables_and_files_are_named_and_neither_used_nor_ended() {
    let world = world();
    world.sign_in("alice");
    let (bob, olivia) = (world.account("bob").token, world.account("olivia").token);
    world.write_terraform_file(&[("tfe.example.com", &olivia)]);
    let command = password_command(&world, &[(&world.host(), world.password("alice"))]);
    let run = lockdown(&world, &command, &["--yes", "-o", "json"]);
    let run = run.env("ATLAS_TOKEN", &bob).env("ATLAS_ADDRESS", world.host()).run().code(0);
    let report = run.hides(&bob).hides(&olivia).json();
    let here = report["here"].as_array().unwrap();
    assert_eq!(here[0], json!({"kind": "variable", "name": "ATLAS_TOKEN", "host": world.host()}));
    assert_eq!((&here[1]["kind"], &here[1]["host"]), (&json!("file"), &json!("tfe.example.com")));
    assert!(world.sandbox.accepts(&bob) && !world.sandbox.was_presented(&bob));
}

/// Three servers and five accounts: one server is down, one stored token is dead, one is slowed down, and a thief
/// makes tokens all the while.
#[test]
fn whatever_goes_wrong_the_report_is_what_lives() {
    let world = world();
    let other = Sandbox::start(options()).unwrap();
    let down = Sandbox::start(options()).unwrap();
    let stolen = password(&world.sandbox);
    let authority = world.host().trim_start_matches("http://").to_owned();
    let has_intruded = AtomicBool::new(false);
    let is_ending = Arc::new(AtomicBool::new(false));
    let first = front(&world.sandbox, {
        let (is_ending, stolen) = (Arc::clone(&is_ending), stolen.clone());
        move |request, _| {
            let is_end = request.method == "DELETE" && is_ending.load(Ordering::SeqCst);
            if is_end && !has_intruded.swap(true, Ordering::SeqCst) {
                intrude(&authority, &stolen);
            }
            None
        }
    });
    let was_slowed = AtomicBool::new(false);
    let second = front(&other, {
        let is_ending = Arc::clone(&is_ending);
        move |request, _| {
            let is_end = request.method == "DELETE" && is_ending.load(Ordering::SeqCst);
            let slow = is_end && !was_slowed.swap(true, Ordering::SeqCst);
            slow.then(|| Reply::with(429, &[("Retry-After", "1")], ""))
        }
    });
    let gone = down.ready().atlas_url.clone();
    let hosts = [
        (first.host(), stolen),
        (second.host(), password(&other)),
        (gone.clone(), password(&down)),
    ];
    for (host, username) in [(0, "alice"), (0, "user-1"), (1, "alice"), (1, "user-1"), (2, "alice")]
    {
        let (host, password) = &hosts[host];
        sign_in(&world, host, username, password);
    }
    drop(down);
    let mut document = world.tokens_json();
    document["hosts"][second.host()]["accounts"]["user-1"]["token"] = "a-dead.token".into();
    fs::write(world.tokens_file(), document.to_string()).unwrap();
    is_ending.store(true, Ordering::SeqCst);

    let known: Vec<_> = hosts.iter().map(|(host, word)| (host.as_str(), word.clone())).collect();
    let command = password_command(&world, &known);
    let more = ["--yes", "-o", "json", "--timeout", "10s"];
    let report = lockdown(&world, &command, &more).run().code(5).json();
    assert_eq!(report["complete"], false);
    assert_eq!(account(&report, &gone, "alice")["state"], "not_ended");
    assert_eq!(account(&report, &gone, "alice")["error"]["kind"], "unavailable");
    for (sandbox, host) in [(&world.sandbox, first.host()), (&other, second.host())] {
        for username in ["alice", "user-1"] {
            let told = reported(&world, &report, &host, username);
            assert_eq!(live(sandbox, username, false), told, "{username} at {host}: {report:#}");
            assert_eq!(told.len(), 1);
        }
    }
    let alice = account(&report, &first.host(), "alice");
    assert_eq!(alice["intruder"], true);
    let appeared = alice["tokens"].as_array().unwrap().iter();
    assert_eq!(appeared.filter(|token| token["appeared"] == true).count(), 1);
    assert_eq!(account(&report, &second.host(), "alice")["intruder"], false);
}

#[test]
fn a_thief_who_is_faster_is_named_after_three_passes() {
    let world = world();
    let stolen = world.password("alice");
    let authority = world.host().trim_start_matches("http://").to_owned();
    let server = front(&world.sandbox, {
        let stolen = stolen.clone();
        move |request, _| {
            if request.method == "DELETE" {
                intrude(&authority, &stolen);
            }
            None
        }
    });
    let command = password_command(&world, &[(&server.host(), stolen)]);
    let run = lockdown(&world, &command, &[&server.host(), "--yes", "-o", "json"]);
    let report = run.env("KEYBELT_USERNAME", "alice").run().code(6).json();
    let told = account(&report, &server.host(), "alice");
    assert_eq!((&told["state"], &told["intruder"]), (&json!("incomplete"), &json!(true)));
    let looked = server.requests().into_iter().filter(|request| {
        request.method == "GET" && request.path.contains("/authentication-tokens?")
    });
    assert_eq!(looked.count(), 4, "first, and after each pass");
    assert_eq!(
        live(&world.sandbox, "alice", false),
        reported(&world, &report, &server.host(), "alice")
    );
}

/// A server that lists nothing says only how many it ended: more the second time is somebody else's doing.
#[test]
fn tokens_that_appear_where_none_are_listed_are_a_sign_too() {
    let world = World::new();
    let server = aptible::server(|request| {
        let is_end = request.path == "/tokens/revoke_all_accessible";
        is_end.then(|| Reply::json(200, &json!({"revoked": 2})))
    });
    aptible::store(&world, &server.host());
    let words = "lockdown --yes --password-stdin --code-stdin -o json";
    let run = world.keybelt(words).stdin(format!("{PASSWORD}\n{CODE}\n")).run().code(6);
    let told = run.json()["accounts"][0].clone();
    assert_eq!((&told["intruder"], &told["revoked_unlisted"]), (&json!(true), &json!(6)));
    assert_eq!(told["state"], "incomplete");
    // A number that cannot be known is not less than what was expected.
    let words = "lockdown --yes --expect 100 --password-stdin --code-stdin";
    world.keybelt(words).stdin(format!("{PASSWORD}\n{CODE}\n")).run().code(6);
}

/// A key pushes to Git without a token, and a new email address takes the account over.
#[test]
fn keys_and_pending_changes_are_shown_and_left_alone() {
    let world = World::new();
    let server = aptible::server(|request| {
        let is_hidden = request.path.ends_with("u2f_devices");
        is_hidden.then(|| aptible::error(403, "forbidden"))
    });
    aptible::store(&world, &server.host());
    let words = "lockdown --yes --password-stdin --code-stdin -o json";
    let report = world.keybelt(words).stdin(format!("{PASSWORD}\n{CODE}\n")).run().code(0).json();
    let left = report["accounts"][0]["left"].as_array().unwrap();
    let shown: Vec<_> = left.iter().map(|it| (&it["kind"], &it["name"])).collect();
    assert_eq!(shown[0], (&json!("ssh_key"), &json!("SSH key laptop (7)")));
    assert!(left[0]["action"].as_str().unwrap().contains("`keybelt ssh-key remove 7`"));
    assert_eq!(shown[1], (&json!("security_key"), &json!("each security key")));
    assert!(left[1]["action"].as_str().unwrap().contains("could not be listed"));
    let change = json!("pending email change thief@example.com (e-1)");
    assert_eq!(shown[2], (&json!("email_change"), &change));
    // All of it is read once the tokens have ended, with the token that acts.
    let routes = server.routes();
    let last_end = routes.iter().rposition(|it| it.contains("revoke_all_accessible")).unwrap();
    assert!(routes.iter().position(|it| it.contains("ssh_keys")).unwrap() > last_end);
    assert!(!routes.iter().any(|it| it.starts_with("DELETE") && !it.contains("/tokens/")));
}

#[test]
fn what_cannot_be_listed_is_said_and_what_was_stored_ends() {
    let world = world();
    world.sign_in("alice");
    let server = front(&world.sandbox, |request, _| {
        let is_list = request.path.starts_with("/api/v2/users/");
        is_list.then(|| Reply::json(403, &json!({"errors": [{"status": "403"}]})))
    });
    let text = String::from_utf8(world.tokens_bytes()).unwrap();
    fs::write(world.tokens_file(), text.replace(&world.host(), &server.host())).unwrap();
    let old = world.tokens_json()["hosts"][server.host()]["accounts"]["alice"]["token"].clone();
    let command = password_command(&world, &[(&server.host(), world.password("alice"))]);
    let report = lockdown(&world, &command, &["--yes", "-o", "json"]).run().code(4).json();
    assert_eq!(report["accounts"][0]["state"], "incomplete");
    assert!(!world.sandbox.accepts(old.as_str().unwrap()));
    assert!(world.sandbox.accepts(&world.account("alice").token));
}

#[test]
fn a_silent_server_delays_no_other() {
    let world = world();
    let other = Sandbox::start(options()).unwrap();
    let (sender, receiver) = mpsc::channel();
    let receiver = Mutex::new(receiver);
    let first = front(&world.sandbox, move |request, _| {
        if request.path.starts_with(TOKEN) && request.method == "DELETE" {
            // Until the other server is done.
            receiver.lock().unwrap().recv_timeout(PATIENCE).expect("the other one goes on");
        }
        None
    });
    let second = front(&other, move |request, _| {
        if request.path.starts_with(TOKEN) && request.method == "DELETE" {
            sender.send(()).unwrap();
        }
        None
    });
    let hosts = [(first.host(), password(&world.sandbox)), (second.host(), password(&other))];
    let known: Vec<_> = hosts.iter().map(|(host, word)| (host.as_str(), word.clone())).collect();
    let command = password_command(&world, &known);
    let run = lockdown(&world, &command, &[&first.host(), &second.host(), "--yes"]);
    run.env("KEYBELT_USERNAME", "alice").run().code(0);
    assert_eq!(live(&world.sandbox, "alice", false).len(), 1);
    assert_eq!(live(&other, "alice", false).len(), 1);
}

#[test]
fn ctrl_c_in_the_middle_ends_with_a_report_of_what_lives() {
    let world = world();
    sign_in(&world, &world.host(), "alice", &world.password("alice"));
    let home = world.home().to_owned();
    let server = front(&world.sandbox, move |request, _| {
        if request.path.starts_with(TOKEN) && request.method == "DELETE" {
            kill(&home, "-INT");
        }
        None
    });
    let text = String::from_utf8(world.tokens_bytes()).unwrap();
    fs::write(world.tokens_file(), text.replace(&world.host(), &server.host())).unwrap();
    let command = password_command(&world, &[(&server.host(), world.password("alice"))]);
    let run = with_id(&world, lockdown(&world, &command, &["--yes", "-o", "json"]));
    let report = run.run().code(130).json();
    let told = reported(&world, &report, &server.host(), "alice");
    assert_eq!(live(&world.sandbox, "alice", false), told, "{report:#}");
    assert_eq!(told.len(), 2, "one had ended, one is kept, one is left");
    let again = lockdown(&world, &command, &["--yes", "-o", "json"]);
    drop(server);
    again.run().code(5);
}

/// Killed at any request, before it is done or after: run again, it finishes, and says what is.
#[test]
fn killed_at_every_request_a_second_run_finishes() {
    let mut requests = usize::MAX;
    let mut nth = 1;
    while nth <= requests {
        for after in [false, true] {
            let world = world();
            sign_in(&world, &world.host(), "alice", &world.password("alice"));
            let authority = world.host().trim_start_matches("http://").to_owned();
            let (home, armed) = (world.home().to_owned(), Arc::new(AtomicBool::new(true)));
            let server = front(&world.sandbox, {
                let armed = Arc::clone(&armed);
                move |request, number| {
                    if number != nth || !armed.swap(false, Ordering::SeqCst) {
                        return None;
                    }
                    let answer = after.then(|| forward(&authority, request));
                    kill(&home, "-KILL");
                    Some(Reply::raw(answer.unwrap_or_default()))
                }
            });
            let text = String::from_utf8(world.tokens_bytes()).unwrap();
            fs::write(world.tokens_file(), text.replace(&world.host(), &server.host())).unwrap();
            let command = password_command(&world, &[(&server.host(), world.password("alice"))]);
            let run = || lockdown(&world, &command, &["--yes", "-o", "json"]);
            let killed = with_id(&world, run()).run().any_end();
            let was_killed = killed.signal() == Some(9);
            assert_eq!(was_killed, !armed.load(Ordering::SeqCst), "{nth} {after}");
            if !was_killed {
                requests = nth - 1;
                break;
            }
            let report = run().run().code(0).json();
            let told = reported(&world, &report, &server.host(), "alice");
            let case = format!("killed at request {nth}, answered: {after}: {report:#}");
            assert_eq!(report["complete"], true, "{case}");
            assert_eq!(told.len(), 1, "{case}");
            assert_eq!(live(&world.sandbox, "alice", false), told, "{case}");
        }
        nth += 1;
    }
    assert!(nth > 7, "there were {nth} requests");
}

/// The first questions wait for nobody who does not answer.
#[test]
fn a_server_that_is_silent_before_the_sign_in_delays_no_other_sign_in() {
    let world = world();
    let other = Sandbox::start(options()).unwrap();
    let (sender, receiver) = mpsc::channel();
    let receiver = Mutex::new(receiver);
    let first = front(&world.sandbox, move |_, number| {
        if number == 1 {
            // Until somebody has signed in to the other server.
            receiver.lock().unwrap().recv_timeout(PATIENCE).expect("the other one goes on");
        }
        None
    });
    let second = front(&other, move |request, _| {
        if request.method == "POST" {
            let _ = sender.send(());
        }
        None
    });
    let hosts = [(first.host(), password(&world.sandbox)), (second.host(), password(&other))];
    let known: Vec<_> = hosts.iter().map(|(host, word)| (host.as_str(), word.clone())).collect();
    let command = password_command(&world, &known);
    let run = lockdown(&world, &command, &[&first.host(), &second.host(), "--yes"]);
    run.env("KEYBELT_USERNAME", "alice").run().code(0);
    assert_eq!(live(&world.sandbox, "alice", false).len(), 1);
    assert_eq!(live(&other, "alice", false).len(), 1);
}

/// The same before a sandbox's Aptible server, whose links lead to this one. What `hit` names is the last request of
/// its run, done or not; `end` ends that.
fn front_aptible(
    sandbox: &Sandbox,
    hit: impl Fn(usize) -> Option<bool> + Send + Sync + 'static,
    end: impl Fn() + Send + Sync + 'static,
) -> Server {
    let url = sandbox.ready().aptible_url.clone();
    let authority = url.trim_start_matches("http://").to_owned();
    let count = AtomicUsize::new(0);
    Server::start(move |request| {
        let hit = hit(count.fetch_add(1, Ordering::SeqCst) + 1);
        let own = format!("http://{}", request.header("Host").unwrap());
        let answer = (hit != Some(false)).then(|| {
            let body = String::from_utf8_lossy(&request.body).replace(&own, &url);
            assert_eq!(body.len(), request.body.len(), "ports are as long as each other");
            let request = Recorded { body: body.into_bytes(), ..request.clone() };
            forward(&authority, &request).replace(&url, &own)
        });
        if hit.is_some() {
            end();
            return Reply::raw("");
        }
        let answer = answer.unwrap();
        let (head, body) = answer.split_once("\r\n\r\n").unwrap();
        let is_length = |line: &&str| line.to_ascii_lowercase().starts_with("content-length:");
        let head: Vec<_> = head.split("\r\n").filter(|line| !is_length(line)).collect();
        let (head, length) = (head.join("\r\n"), body.len());
        Reply::raw(format!("{head}\r\nContent-Length: {length}\r\n\r\n{body}"))
    })
}

/// Killed at any request of an Aptible server's, before it is done or after: run again, it finishes.
#[test]
fn killed_at_every_request_of_an_aptible_server_a_second_run_finishes() {
    let mut requests = usize::MAX;
    let mut nth = 1;
    while nth <= requests {
        for after in [false, true] {
            let world = world();
            let password = world.password("alice");
            // The number of the request that is hit, once it is known where the run begins.
            let target = Arc::new(AtomicUsize::new(usize::MAX));
            let (home, was_hit) = (world.home().to_owned(), Arc::new(AtomicBool::new(false)));
            let server = front_aptible(
                &world.sandbox,
                {
                    let target = Arc::clone(&target);
                    move |number| (number == target.load(Ordering::SeqCst)).then_some(after)
                },
                {
                    let was_hit = Arc::clone(&was_hit);
                    move || {
                        was_hit.store(true, Ordering::SeqCst);
                        kill(&home, "-KILL");
                    }
                },
            );
            sign_in(&world, &server.host(), "alice@sandbox.test", &password);
            let before = server.requests().len();
            target.store(before + nth, Ordering::SeqCst);
            let command = password_command(&world, &[(&server.host(), password.clone())]);
            let run = || lockdown(&world, &command, &["--yes", "-o", "json"]);
            let killed = with_id(&world, run()).run().any_end();
            let was_killed = killed.signal() == Some(9);
            assert_eq!(was_killed, was_hit.load(Ordering::SeqCst), "{nth} {after}");
            if !was_killed {
                requests = nth - 1;
                break;
            }
            let report = run().run().code(0).json();
            let told = reported(&world, &report, &server.host(), "alice@sandbox.test");
            let case = format!("killed at request {nth}, done: {after}: {report:#}");
            assert_eq!(report["complete"], true, "{case}");
            assert_eq!(told.len(), 1, "{case}");
            assert_eq!(live(&world.sandbox, "alice", true), told, "{case}");
        }
        nth += 1;
    }
    assert!(nth > 7, "there were {nth} requests");
}

/// A server without a sign-in for tools: what a person pastes acts and stays, everything else ends.
#[test]
fn a_pasted_token_acts_and_is_kept() {
    let server = account_server(|request| match (request.method.as_str(), request.path.as_str()) {
        (_, path) if path.starts_with("/api/v1") || path.contains(".well-known") => {
            Some(Reply::json(404, &json!({"errors": [{"status": "404"}]})))
        }
        _ => None,
    });
    let world = World::new();
    store(&world, &server.host(), "alice", "stolen.atlasv1.token");
    let start = || world.keybelt("lockdown").env("BROWSER", "/bin/true").pty();
    let mut terminal = start();
    terminal.expect("in a browser now? Enter skips it").type_line("");
    terminal.wait(3).shows("it was skipped");
    assert!(!server.routes().iter().any(|it| it.starts_with("DELETE")));
    let mut terminal = start();
    terminal.expect("in a browser now? Enter skips it").type_line("y");
    terminal.expect("Create a token at");
    terminal.expect_hidden("Token for").type_line(TOKEN_OF_ALICE);
    terminal.expect("Revoke 1 token of 1 account on 1 server").type_line("y");
    terminal.wait(0).shows("at-0ther");
    let ended: Vec<_> = server.routes().into_iter().filter(|it| it.starts_with("DELETE")).collect();
    assert_eq!(ended, ["DELETE /api/v2/authentication-tokens/at-0ther"]);
    let entry = &world.tokens_json()["hosts"][server.host()]["accounts"]["alice"];
    assert_eq!((&entry["origin"], &entry["token"]), (&json!("pasted"), &json!(TOKEN_OF_ALICE)));
}

/// Whoever was signed in as the account may have made it, and it lives on: it is named once the tokens have ended.
#[test]
fn what_the_account_has_made_for_teams_is_named_and_left_alone() {
    let of = |id: &str, by: &str| {
        json!({
            "id": id, "attributes": {"description": "x\u{1b}[2J", "token": null},
            "relationships": {
                "team": {"data": {"id": "team-c1"}},
                "created-by": {"data": {"id": by, "type": "users"}},
            },
        })
    };
    let tokens = json!({"data": [of("at-m1ne", "user-4lice"), of("at-h1s", "user-b0b")]});
    let organizations = json!({"data": [
        {"id": "acme", "attributes": {"name": "acme"}}, {"id": "shut", "attributes": {"name": "shut"}},
    ]});
    let server = account_server(move |request| match request.route() {
        ("GET", TEAM_TOKENS) => Some(Reply::json(200, &tokens)),
        ("GET", ORGANIZATIONS) => Some(Reply::json(200, &organizations)),
        _ => None,
    });
    let world = World::new();
    store(&world, &server.host(), "alice", TOKEN_OF_ALICE);
    let words = "lockdown --yes --password-stdin --code-stdin -o json";
    let run = world.keybelt(words).stdin(format!("{PASSWORD}\n{CODE}\n")).run().code(0);
    let report = run.hides("\u{1b}").json();
    let left = report["accounts"][0]["left"].as_array().unwrap();
    let told: Vec<_> = left.iter().map(|it| (it["kind"].as_str().unwrap(), it)).collect();
    assert_eq!(told[0].0, "browser_sessions");
    assert_eq!(told[1].0, "organization_token");
    assert!(told[1].1["name"].as_str().unwrap().starts_with("token at-m1ne x"), "{left:?}");
    let action = told[1].1["action"].as_str().unwrap();
    assert!(
        action.contains("`keybelt token rotate at-m1ne --org acme --team team-c1`"),
        "{action}"
    );
    let of = |at: usize| (told[at].0, told[at].1["name"].as_str().unwrap());
    assert_eq!(of(2), ("organization_token", "token at-0rg acme of organization acme"));
    assert_eq!(of(3), ("organization_token", "token at-0rg acme of the audit trail of acme"));
    assert_eq!(of(4), ("organization_tokens", "tokens created for acme"));
    assert_eq!(of(5), ("organization_tokens", "tokens created for shut"));
    assert!(told[5].1["action"].as_str().unwrap().contains("shut does not show"), "{left:?}");
    assert!(!format!("{left:?}").contains("at-h1s"));
    let routes = server.routes();
    let at = |part: &str| routes.iter().rposition(|it| it.contains(part)).unwrap();
    assert!(at("DELETE") < at("/team-tokens"), "it is looked for afterwards");
    assert!(!routes.iter().any(|it| it.starts_with("DELETE") && it.contains("at-m1ne")));
}

/// What is only shown has its own time, and its failure is no failure of the lockdown.
#[test]
fn an_organization_that_does_not_answer_is_named_and_the_rest_is_done() {
    let world = world();
    world.sign_in("alice");
    let server = front(&world.sandbox, |request, _| {
        let is_list = request.path.contains("/organizations/acme");
        is_list.then(|| Reply::with(502, &[("Content-Type", "text/html")], "<p>"))
    });
    let text = String::from_utf8(world.tokens_bytes()).unwrap();
    fs::write(world.tokens_file(), text.replace(&world.host(), &server.host())).unwrap();
    let command = password_command(&world, &[(&server.host(), world.password("alice"))]);
    let report = lockdown(&world, &command, &["--yes", "-o", "json"]).run().code(0).json();
    assert_eq!(report["complete"], true);
    let left = report["accounts"][0]["left"].as_array().unwrap();
    let last = left.last().unwrap();
    assert_eq!(last["name"], "tokens created for acme");
    assert!(last["action"].as_str().unwrap().contains("ask an owner to check"));
}

/// A password that was meant for a server that is down goes to no other.
#[test]
fn a_line_that_nobody_read_is_not_the_next_servers_password() {
    let world = world();
    let down = Sandbox::start(options()).unwrap();
    let gone = down.ready().atlas_url.clone();
    drop(down);
    let words = ["lockdown", &gone, &world.host(), "--yes", "--password-stdin", "-o", "json"];
    let run = world.keybelt(words).stdin("for-the-first\nfor-the-second\n");
    let report = run.env("KEYBELT_USERNAME", "alice").run().code(5).json();
    let error = &report["accounts"][1]["error"];
    assert_eq!(
        (&report["accounts"][1]["host"], &error["kind"]),
        (&json!(world.host()), &json!("not_signed_in"))
    );
    assert!(error["hint"].as_str().unwrap().contains("--password-command"));
    let requests = world.sandbox.requests();
    assert!(requests.iter().all(|it| it.method != "POST"), "a password was sent");
}
