//! `keybelt password change`.

use serde_json::json;

use crate::harness::World;

const OLD: &str = "Password for ";
const NEW: &str = "New password for ";
const AGAIN: &str = "Repeat the new password: ";
const ROUTE: &str = "/api/v2/account/password";

const GOOD: &str = "a-Long-new-passw0rd";

fn can_sign_in(world: &World, username: &str, password: &str) -> bool {
    let host = world.host();
    let words = ["login", &host, "--username", username, "--password-stdin"];
    let run = world.keybelt(words).env("KEYBELT_CONFIG_DIR", world.home().join("other"));
    run.stdin(format!("{password}\n")).run().any_end().exit_code() == Some(0)
}

#[test]
fn a_person_gives_the_old_password_once_and_the_new_one_twice_unseen() {
    let world = World::new();
    world.sign_in("alice");
    let mut pty = world.keybelt("password change").pty();
    pty.expect_hidden(OLD).type_line(&world.password("alice"));
    pty.expect_hidden(NEW).type_line(GOOD);
    pty.expect_hidden(AGAIN).type_line("another one");
    pty.expect("The passwords do not match.").expect_hidden(NEW);
    pty.type_line(GOOD);
    pty.expect_hidden(AGAIN).type_line(GOOD);
    pty.expect_visible("Also revoke all other tokens").type_line("n");
    pty.wait(0).shows("Changed the password of alice").hides(GOOD).hides(&world.password("alice"));
    assert!(can_sign_in(&world, "alice", GOOD));
    assert!(!can_sign_in(&world, "alice", &world.password("alice")));
    assert_eq!(world.count("PATCH", ROUTE), 1);
}

#[test]
fn a_script_gives_both_on_two_lines_and_ends_the_other_tokens() {
    let world = World::new();
    world.sign_in("alice");
    let words = ["password", "change", "--password-stdin", "--revoke-others", "-o", "json"];
    let run = world.keybelt(words);
    let run = run.stdin(format!("{}\n{GOOD}\n", world.password("alice"))).run().code(0);
    let document = run.json();
    assert_eq!(document["account"], json!("alice"));
    assert_eq!(document["tokens"].as_array().unwrap().len(), 1);
    assert_eq!(document["tokens"][0]["token"], json!("revoked"));
    assert!(!world.sandbox.accepts(&world.account("alice").token));
    assert!(world.sandbox.accepts(&world.stored_tokens()[0]));
    assert!(can_sign_in(&world, "alice", GOOD));
}

#[test]
fn a_wrong_old_password_is_refused_and_the_token_is_not_blamed() {
    let world = World::new();
    world.sign_in("alice");
    let before = world.tokens_bytes();
    let run = world.keybelt("password change --password-stdin");
    let run = run.stdin(format!("wrong\n{GOOD}\n")).run().code(4);
    run.hides(GOOD).hides("signing in again");
    assert_eq!(world.tokens_bytes(), before);
    assert!(can_sign_in(&world, "alice", &world.password("alice")));
}

#[test]
fn a_new_password_that_both_documents_rule_out_never_leaves() {
    let world = World::new();
    world.sign_in("alice");
    for new in ["short-7", ""] {
        let run = world.keybelt("password change --password-stdin");
        let run = run.stdin(format!("{}\n{new}\n", world.password("alice")));
        run.run().code(2);
    }
    assert_eq!(world.count("PATCH", ROUTE), 0);
}

#[test]
fn nobody_to_ask_is_3_before_any_request_and_a_missing_line_is_2() {
    let world = World::new();
    world.sign_in("alice");
    let before = world.sandbox.requests().len();
    let run = world.keybelt("password change").run().code(3);
    run.says("--password-stdin");
    let run = world.keybelt(["password", "change", "--password-command", "echo x"]);
    run.run().code(3).says("--password-stdin");
    assert_eq!(world.sandbox.requests().len(), before);
    let run = world.keybelt("password change --password-stdin");
    let run = run.stdin(format!("{}\n", world.password("alice")));
    run.run().code(2).says("the new password");
    assert_eq!(world.count("PATCH", ROUTE), 0);
}

/// The first line went into a sign-in then, and the second one was taken for the old password.
#[test]
fn a_token_that_is_dead_ends_a_script_before_its_lines_are_read() {
    let world = World::new();
    for (key, value) in
        [("expires_at", json!("2020-01-01T00:00:00Z")), ("token", json!("a.dead.token"))]
    {
        world.sign_in("alice");
        world.change_entry("alice", |entry| entry[key] = value.clone());
        let before = (world.tokens_bytes(), world.count("POST", "/api/v1/authenticate"));
        let words = ["password", "change", "--password-stdin"];
        let run = world.keybelt(words).stdin(format!("{}\n{GOOD}\n", world.password("alice")));
        let run = run.run().code(3);
        run.says(&format!("run `keybelt login {}`", world.host())).hides("signing in again");
        let after = (world.tokens_bytes(), world.count("POST", "/api/v1/authenticate"));
        assert_eq!(before, after, "{key}");
    }
    assert_eq!(world.count("PATCH", ROUTE), 0);
    assert!(can_sign_in(&world, "alice", &world.password("alice")));
}
