//! Several accounts on several servers: which one commands use, and that nobody else becomes it.

use keybelt_sandbox::{Limits, Options};

use crate::harness::World;

/// A world with alice and bob signed in, bob last.
fn both() -> World {
    let world = World::new();
    world.sign_in("alice");
    world.sign_in("bob");
    world
}

#[test]
fn an_account_is_switched_to_by_name_by_name_and_host_and_by_host() {
    let world = both();
    let host = world.host();
    let who = |name: &str| {
        world.keybelt("whoami").run().code(0).prints(&format!("{name}\n"));
    };
    who("bob");
    world.keybelt("switch alice").run().code(0).says(&format!("Switched to alice at {host}"));
    who("alice");
    world.keybelt(["switch", &format!("bob@{host}")]).run().code(0);
    who("bob");
    world.keybelt(["switch", &host]).run().code(0);
    who("bob");
    let switched = world.keybelt("switch alice -o json").run().code(0);
    assert_eq!(switched.json(), serde_json::json!({"host": host, "account": "alice"}));
    who("alice");
    world.keybelt("switch carol").run().code(3).says("`keybelt status --all`");
    world.keybelt("switch").run().code(2).says("keybelt switch ACCOUNT@HOST");
    who("alice");
}

#[test]
fn without_an_argument_a_person_is_asked() {
    let world = both();
    let mut pty = world.keybelt("switch").pty();
    pty.expect("1  alice at").expect("2  bob at").expect("1 to 2: ").type_line("1");
    pty.expect("Switched to alice");
    pty.wait(0);
    let mut pty = world.keybelt("switch").pty();
    pty.expect("1 to 2: ").type_line("3").expect("1 to 2: ").type_keys(b"\x04");
    pty.wait(2);
    world.keybelt("whoami").run().code(0).prints("alice");
}

#[test]
fn one_name_on_two_servers_is_no_name() {
    let world = both();
    let other = World::with(Options { limits: Limits::Off, ..Options::default() });
    let host = other.host();
    let words = ["login", &host, "--username", "alice", "--password-stdin"];
    world.keybelt(words).stdin(other.password("alice")).run().code(0);
    // The first sign-in chose the current server; another one does not change it.
    world.keybelt("whoami").run().code(0).prints("bob");
    world
        .keybelt("switch alice")
        .run()
        .code(2)
        .says(&format!("alice@{host}"))
        .says(&format!("alice@{}", world.host()));
    world.keybelt(["switch", &format!("alice@{host}")]).run().code(0);
    world.keybelt("status").run().code(0).prints(&format!("{host} (current host)"));
    let all = world
        .keybelt("status --all")
        .run()
        .code(0)
        .prints(&format!("{host} (current host)\n* alice: signed in as alice"))
        .prints("  alice: signed in as alice")
        .prints("* bob: signed in as bob");
    assert_eq!(all.stdout().matches("(current host)").count(), 1);
    world.keybelt("logout --all").run().code(0);
    assert_eq!((world.live_tokens_made(), other.live_tokens_made()), (0, 0));
}

/// A server that answers for another account than the one that was expected (gh guards against it).
#[test]
fn login_with_an_account_expects_it_and_refuses_anybody_else() {
    let world = both();
    let before = world.tokens_bytes();
    let host = world.host();
    let words = ["login", &host, "--token-stdin", "--account", "alice"];
    let token = world.account("olivia").token;
    world
        .keybelt(words)
        .stdin(token)
        .run()
        .code(4)
        .says("the token belongs to olivia, not alice; it was not stored");
    let login = world.login("alice", &["--account", "bob"]);
    login.run().code(4).says("not bob");
    assert_eq!(world.tokens_bytes(), before);
    world.assert_live_tokens_are_stored();
}

/// A command for one account signs that one in again, and does not make it the one that others use.
#[test]
fn signing_in_again_in_place_leaves_the_active_account() {
    let world = both();
    world.change_entry("alice", |entry| entry["expires_at"] = "2026-01-01T00:00:00Z".into());
    let mut pty = world.keybelt("whoami --account alice").pty();
    pty.expect("has expired; signing in again")
        .expect("Password for alice")
        .type_line(&world.password("alice"));
    pty.expect("alice");
    pty.wait(0);
    assert_eq!(world.tokens_json()["hosts"][world.host()]["active"], "bob");
    world.assert_live_tokens_are_stored();
}

/// The password prompt names one account and the server answers for another.
#[test]
fn another_account_that_answers_a_sign_in_in_place_is_refused() {
    let world = both();
    // What is stored as carol's is alice's on the server.
    let mut document = world.tokens_json();
    let accounts = document["hosts"][world.host()]["accounts"].as_object_mut().unwrap();
    let mut entry = accounts["alice"].clone();
    entry["expires_at"] = "2026-01-01T00:00:00Z".into();
    accounts.insert("alice@sandbox.test".to_owned(), entry);
    std::fs::write(world.tokens_file(), document.to_string()).unwrap();
    let before = world.tokens_bytes();
    let mut pty = world.keybelt("whoami --account alice@sandbox.test").pty();
    pty.expect("Password for alice@sandbox.test").type_line(&world.password("alice"));
    pty.expect("the token belongs to alice, not alice@sandbox.test; it was not stored");
    pty.wait(4);
    assert_eq!(world.tokens_bytes(), before);
    assert_eq!(world.live_tokens_made(), 2);
}

#[test]
fn a_name_that_is_not_signed_in_is_named_with_those_that_are() {
    let world = World::new();
    world.store_entries(&[("tfe.example.com", "bob", "a.token")]);
    let run = world.keybelt("switch nobody").run().code(3);
    run.says("`nobody`").says("signed in: bob@tfe.example.com");
}
