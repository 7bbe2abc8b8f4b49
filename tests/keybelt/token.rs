//! `keybelt token`.

use serde_json::json;

use crate::harness::World;

#[test]
fn a_token_is_printed_alone_and_the_server_is_not_asked() {
    let world = World::new();
    world.sign_in("alice");
    let token = world.stored_tokens().remove(0);
    let before = world.sandbox.requests().len();
    let run = world.keybelt("token print").run().code(0);
    assert_eq!((run.stdout(), run.stderr()), (format!("{token}\n").as_str(), ""));
    let document = world.keybelt("token print -o json").run().code(0).json();
    assert_eq!(
        (&document["token"], &document["host"], &document["account"]),
        (&json!(token), &json!(world.host()), &json!("alice"))
    );
    assert_eq!(world.sandbox.requests().len(), before);
}

#[test]
fn on_a_terminal_a_token_is_shown_only_if_asked_for() {
    let world = World::new();
    world.sign_in("alice");
    let token = world.stored_tokens().remove(0);
    world.keybelt("token print").pty().wait(2).shows("--reveal").hides(&token);
    world.keybelt("token print --reveal").pty().wait(0).shows(&token);
}

#[test]
fn an_expired_token_is_not_printed_and_nobody_is_asked_to_sign_in() {
    let world = World::new();
    world.sign_in("alice");
    let token = world.stored_tokens().remove(0);
    world.change_entry("alice", |entry| entry["created_at"] = json!("2001-01-01T00:00:00Z"));
    world.keybelt("token print --reveal").pty().wait(3).shows("has expired").hides(&token);
    let run = world.keybelt("token print -o json").run().code(3);
    assert_eq!(run.json()["error"]["kind"], "not_signed_in");
}

/// The proof that sudo mode wants asked the server whose token it is, and a rejected one was replaced on the way.
#[test]
fn a_rejected_token_is_not_revealed_and_nobody_is_asked_to_sign_in() {
    let world = World::new();
    world.sign_in("alice");
    let token = world.stored_tokens().remove(0);
    let mut id = String::new();
    world.change_entry("alice", |entry| {
        entry["authenticated_at"] = json!("2001-01-01T00:00:00Z");
        entry["token_id"].as_str().unwrap().clone_into(&mut id);
    });
    let revoke = world.keybelt(["token", "revoke", &id]);
    let revoke = revoke.env("ATLAS_TOKEN", world.account("alice").token);
    revoke.env("ATLAS_ADDRESS", world.host()).run().code(0);
    let before = world.tokens_bytes();
    world
        .keybelt("token print --reveal")
        .pty()
        .wait(3)
        .shows("was rejected")
        .shows("keybelt login")
        .hides("Password")
        .hides(&token);
    assert_eq!(world.tokens_bytes(), before);
}

#[test]
fn a_token_with_too_little_time_left_is_not_printed() {
    let world = World::new();
    let login =
        ["login", &world.host(), "--username", "alice", "--password-stdin", "--expires-in", "2h"];
    world.keybelt(login).stdin(world.password("alice")).run().code(0);
    let token = world.stored_tokens().remove(0);
    world.keybelt("token print --min-remaining 1h").run().code(0).prints(&token);
    world.keybelt("token print --min-remaining 3h").run().code(3).hides(&token);
    world.keybelt("status --min-remaining 1h").run().code(0);
    world.keybelt("status --min-remaining 3h").run().code(6);
}
