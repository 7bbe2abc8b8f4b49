//! Sudo mode: what asks for the password again, when it does not, and that no check leaves a token behind.

use jiff::SignedDuration;
use keybelt_sandbox::{Generation, Limits, Options};
use serde_json::{Value, json};

use crate::harness::{PROGRAM, Pty, World};

const PASSWORD: &str = "Password for ";
const NAME: &str = "does not accept passwords from tools. Type ";

/// The guarded acts; none asks for anything but the proof.
const GUARDED: [&[&str]; 6] = [
    &["token", "print", "--reveal"],
    &["token", "create"],
    &["token", "revoke", "--others", "--yes"],
    &["session", "revoke", "--others", "--yes"],
    &["2fa", "enable", "--app", "--no-verify", "--no-qr", "--yes"],
    &["2fa", "disable", "--yes"],
];

/// Makes a world in which an account signed in so many seconds ago. Negative is the future, as if the clock
/// had been turned back since.
fn signed_in(username: &str, seconds_ago: i64) -> World {
    let world = World::new();
    world.sign_in(username);
    proven(&world, username, seconds_ago);
    world
}

/// Moves the moment at which the password was proven.
fn proven(world: &World, username: &str, seconds_ago: i64) {
    let then = world.sandbox.now() - SignedDuration::from_secs(seconds_ago);
    world.change_entry(username, |entry| {
        entry["authenticated_at"] = then.strftime("%Y-%m-%dT%H:%M:%SZ").to_string().into();
    });
}

/// Starts a guarded command on a terminal and waits until it asks for the password, unseen.
#[track_caller]
fn asks(world: &World, arguments: &[&str]) -> Pty {
    let mut pty = world.keybelt(arguments).pty();
    pty.expect("needs sudo mode").expect_hidden(PASSWORD);
    pty
}

/// Returns how many tokens an account has.
fn tokens_of(world: &World, username: &str) -> usize {
    let live = world.sandbox.live_tokens();
    live.iter().filter(|token| token.username == username).count()
}

/// Makes a second token, so that there is another one to revoke.
fn with_another_token(world: &World, username: &str) {
    let token = world.account(username).token;
    let host = world.host();
    // Named as a sign-in of a tool, so that `session` knows it too.
    let words = ["token", "create", "-H", &host, "--description", "keybelt on another machine"];
    let run = world.keybelt(words);
    let run = run.env("ATLAS_TOKEN", token).env("ATLAS_ADDRESS", world.host());
    run.run().code(0);
}

#[test]
fn each_guarded_act_asks_again_after_half_an_hour_and_says_what_it_is_about() {
    for act in GUARDED {
        let world = signed_in("bob", 1801);
        with_another_token(&world, "bob");
        let mut pty = asks(&world, act);
        pty.type_line(&world.password("bob"));
        pty.wait(0).hides(&world.password("bob"));
    }
}

#[test]
fn a_sign_in_by_password_counts_for_half_an_hour() {
    for act in GUARDED {
        let world = signed_in("bob", 1790);
        let pty = world.keybelt(act).pty();
        pty.wait(0).hides("sudo").hides(PASSWORD);
    }
}

#[test]
fn a_proof_is_remembered_for_the_acts_that_follow() {
    let world = signed_in("bob", 3600);
    let mut pty = asks(&world, &["token", "create"]);
    pty.type_line(&world.password("bob"));
    pty.wait(0);
    world.keybelt("token create").pty().wait(0).hides("sudo");
    world.keybelt("token create").run().code(0);
}

#[test]
fn no_check_leaves_a_token_behind_with_or_without_a_second_factor() {
    for username in ["alice", "bob", "carol"] {
        let world = signed_in(username, 3600);
        let before = tokens_of(&world, username);
        let mut pty = asks(&world, &["token", "print", "--reveal"]);
        pty.type_line("not the password");
        pty.expect("The password was refused (1 of 3)").expect_hidden(PASSWORD);
        pty.type_line(&world.password(username));
        pty.wait(0).shows(&world.stored_tokens()[0]);
        assert_eq!(tokens_of(&world, username), before, "{username}");
        assert!(world.sandbox.outbox().is_empty(), "a check sends no text");
    }
}

#[test]
fn the_password_for_revealing_a_token_may_come_from_a_command_too() {
    let world = signed_in("bob", 3600);
    let program = world.program("vault", &format!("#!/bin/sh\necho '{}'\n", world.password("bob")));
    let command = program.to_str().unwrap();
    let reveal = ["token", "print", "--reveal", "--password-command", command];
    let ended = world.keybelt(reveal).pty().wait(0).hides(PASSWORD);
    ended.shows(&world.stored_tokens()[0]);
}

#[test]
fn three_wrong_passwords_are_refused_and_nothing_is_done() {
    let world = signed_in("bob", 3600);
    let before = (world.tokens_bytes(), tokens_of(&world, "bob"));
    let mut pty = asks(&world, &["2fa", "disable", "--yes"]);
    pty.type_line("wrong");
    pty.expect_hidden(PASSWORD).type_line("wrong again");
    pty.expect_hidden(PASSWORD).type_line("and again");
    pty.wait(4).shows("refused the password of bob").hides("Disabled");
    assert_eq!((world.tokens_bytes(), tokens_of(&world, "bob")), before);
    assert_eq!(world.count("POST", "/api/v1/authenticate"), 1 + 3);
    assert_eq!(world.count("POST", "/api/v2/account/actions/two-factor-disable"), 0);
}

#[test]
fn without_a_terminal_it_is_3_at_once_and_says_what_to_do() {
    let world = signed_in("bob", 3600);
    with_another_token(&world, "bob");
    for act in GUARDED.iter().filter(|act| act[1] != "print") {
        let run = world.keybelt(*act).run().code(3);
        assert!(run.time.as_secs_f32() < 1.0);
        run.says("needs sudo mode").says("--password-stdin").says("keybelt sudo");
    }
    assert_eq!(world.count("POST", "/api/v1/authenticate"), 1, "nothing was sent");
    let run = world.keybelt("token create --password-stdin");
    run.stdin(format!("{}\n", world.password("bob"))).run().code(0);
    // A password that is given, not asked for, has one try.
    proven(&world, "bob", 3600);
    let run = world.keybelt("token create --password-stdin");
    run.stdin("wrong\n").run().code(4).says("refused the password");
    assert_eq!(world.count("POST", "/api/v1/authenticate"), 3);
}

#[test]
fn a_token_from_the_environment_is_not_asked_but_one_that_exec_put_there_is() {
    let world = signed_in("alice", 3600);
    let token = world.stored_tokens()[0].clone();
    let run = world.keybelt("token create").env("ATLAS_TOKEN", &token);
    run.env("ATLAS_ADDRESS", world.host()).pty().wait(0).hides("sudo");
    let words = ["exec", "--env", "ATLAS_TOKEN", "--", PROGRAM, "token", "create"];
    let mut pty = asks(&world, &words);
    pty.type_line(&world.password("alice"));
    pty.wait(0);
    // The proof of the child counts for the stored account, and so for the next child.
    world.keybelt(words).pty().wait(0).hides("sudo");
}

/// The inner `exec` knew the token from the environment alone, and forgot whose it was.
#[test]
fn a_child_of_a_child_is_asked_too() {
    let world = signed_in("alice", 3600);
    let exec = ["exec", "--env", "ATLAS_TOKEN", "--", PROGRAM];
    let words = [&exec[..], &exec[..], &["token", "create"]].concat();
    let mut pty = asks(&world, &words);
    pty.type_line(&world.password("alice"));
    pty.wait(0);
}

#[test]
fn a_proof_in_the_future_is_none() {
    let world = signed_in("bob", -600);
    let mut pty = asks(&world, &["token", "create"]);
    pty.type_line(&world.password("bob"));
    pty.wait(0);
}

#[test]
fn a_window_can_be_shorter_or_none_and_a_longer_one_revives_no_old_proof() {
    let world = signed_in("bob", 600);
    world.keybelt("config set sudo_window 5m").run().code(0);
    let _pty = asks(&world, &["token", "create"]);
    world.keybelt("config set sudo_window 30m").run().code(0);
    world.keybelt("token create").run().code(0);
    proven(&world, "bob", 1801);
    world.keybelt("config set sudo_window 10d").run().code(0);
    let mut pty = asks(&world, &["token", "create"]);
    pty.type_line(&world.password("bob"));
    pty.wait(0);
    // The proof of now was given for ten days.
    proven(&world, "bob", 3600);
    world.keybelt("token create").run().code(0);
    let always = |words: &[&str]| world.keybelt(words).env("KEYBELT_SUDO_WINDOW", "0");
    for _ in 0..2 {
        let mut pty = always(&["token", "create"]).pty();
        pty.expect_hidden(PASSWORD).type_line(&world.password("bob"));
        pty.wait(0);
    }
    let wrong = world.keybelt("token create").env("KEYBELT_SUDO_WINDOW", "soon");
    wrong.run().code(2).says("KEYBELT_SUDO_WINDOW");
}

#[test]
fn status_tells_how_long_it_lasts_sudo_proves_it_now_and_end_and_logout_drop_it() {
    let world = signed_in("bob", 600);
    world.keybelt("status").run().code(0).prints("sudo mode: ");
    let status = |world: &World| world.keybelt("status -o json").run().code(0).json();
    assert!(status(&world)["sudo_until"].is_string());
    world.keybelt("sudo end").run().code(0).says("Left sudo mode as bob");
    assert_eq!(status(&world)["sudo_until"], Value::Null);
    world.keybelt("token create").run().code(3);
    let run = world.keybelt("sudo --password-stdin -o json");
    let document = run.stdin(format!("{}\n", world.password("bob"))).run().code(0).json();
    assert_eq!(document["account"], json!("bob"));
    assert_eq!(document["sudo_until"], status(&world)["sudo_until"]);
    world.keybelt("token create").run().code(0);
    world.keybelt("logout").run().code(0);
    assert_eq!(world.tokens_json()["hosts"], json!({}));
    world.keybelt("sudo").run().code(3);
    world.keybelt("sudo end").run().code(0).says("Nothing to do");
}

#[test]
fn sudo_has_no_use_for_a_token_from_the_environment() {
    let world = World::new();
    let run = world.keybelt("sudo").env("ATLAS_TOKEN", world.account("bob").token);
    let run = run.env("ATLAS_ADDRESS", world.host()).run();
    run.code(2).says("ATLAS_TOKEN");
}

/// It said that sudo mode was entered, and there was nowhere to note it.
#[test]
fn sudo_has_no_use_for_a_token_that_only_terraform_keeps() {
    let (world, address, ca) = World::secure();
    let name = address.replace("https://", "");
    world.write_terraform_file(&[(&name, &world.account("bob").token)]);
    let run = world.keybelt(["sudo", "-H", &name, "--ca-file", &ca, "--password-stdin"]);
    let run = run.stdin(world.password("bob")).run().code(2);
    run.says("not in keybelt's store").says("keybelt import");
    assert_eq!(world.count("POST", "/api/v1/authenticate"), 0);
}

#[test]
fn where_no_password_is_checked_the_accounts_name_is_typed_each_time() {
    let world = World::with(Options {
        generation: Generation::Modern,
        limits: Limits::Off,
        ..Options::default()
    });
    let run = world.keybelt(["login", &world.host(), "--token-stdin"]);
    run.stdin(world.account("bob").token).run().code(0);
    for (typed, code) in [("bob", 0), ("bo", 2), ("", 2), ("bob", 0)] {
        let before = tokens_of(&world, "bob");
        let mut pty = world.keybelt("token create").pty();
        pty.expect_visible(NAME).type_line(typed);
        pty.wait(code);
        let made = usize::from(code == 0);
        assert_eq!(tokens_of(&world, "bob"), before + made, "{typed:?}");
    }
    world.keybelt("token create --yes").pty().wait(0).hides(NAME);
    world.keybelt("sudo").run().code(4).says("does not accept passwords");
    assert_eq!(world.count("POST", "/api/v1/authenticate"), 0);
}

#[test]
fn a_refused_act_of_a_server_asks_for_no_password_first() {
    let world = signed_in("bob", 3600);
    let ended = world.keybelt("2fa recovery-codes list").pty();
    ended.wait(4).hides(PASSWORD);
}

#[test]
fn a_wrong_option_is_told_before_the_password_is_asked_for() {
    let world = signed_in("bob", 3600);
    for (time, code) in [("soon", 2), ("30d", 3)] {
        let arguments = ["token", "print", "--reveal", "--min-remaining", time];
        world.keybelt(arguments).pty().wait(code).hides(PASSWORD);
    }
}

#[test]
fn a_sign_in_in_place_is_the_proof_of_the_act_that_made_it_necessary() {
    let world = signed_in("alice", 3600);
    world.change_entry("alice", |entry| entry["token"] = "a-token-that-died".into());
    let mut pty = world.keybelt("token create").pty();
    pty.expect("signing in again").expect_hidden(PASSWORD);
    pty.type_line(&world.password("alice"));
    pty.wait(0).hides("sudo mode");
}
