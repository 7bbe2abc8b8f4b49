//! The system's keyring, a real one on a bus of its own: signed in, moved, signed out; and not to be had.

use std::thread;
use std::time::Duration;

use crate::harness::{Bus, Keybelt, Outcome, Run, World};

/// Signs in with the token in the keyring.
fn sign_in(bus: &Bus, world: &World, account: &str) -> Run {
    bus.join(world.login(account, &["--store", "keyring"])).run()
}

#[test]
fn a_token_in_the_keyring_is_in_no_file() {
    let Some(bus) = Bus::start() else { return };
    let world = World::new();
    sign_in(&bus, &world, "alice").code(0).says("stored  the keyring");
    let secret = bus.secret(&world, "alice").expect("secret-tool finds it");
    assert_eq!(world.tokens_json()["hosts"][world.host()]["accounts"]["alice"]["store"], "keyring");
    assert_eq!(world.files_with(&secret), [] as [&str; 0]);
    let printed = bus.keybelt(&world, "token print").run().code(0);
    assert_eq!(printed.stdout(), format!("{secret}\n"));
    bus.keybelt(&world, "status")
        .run()
        .code(0)
        .prints("signed in as alice")
        .prints("token from the keyring")
        .hides(&secret);
    // What is known of the token is known without the keyring.
    world.keybelt("status --all --offline").run().code(0).prints("for 7 days");

    bus.keybelt(&world, "logout").run().code(0).says("the token is revoked");
    assert_eq!(bus.everything(), "");
    assert_eq!(world.live_tokens_made(), 0);
    assert_eq!(world.files_with(&secret), [] as [&str; 0]);
}

#[test]
fn a_new_sign_in_replaces_the_keyrings_token_and_revokes_the_old_one() {
    let Some(bus) = Bus::start() else { return };
    let world = World::new();
    sign_in(&bus, &world, "alice").code(0);
    let old = bus.secret(&world, "alice").unwrap();
    // The store is the entry's, so it need not be named again.
    bus.join(world.login("alice", &[])).run().code(0);
    let new = bus.secret(&world, "alice").unwrap();
    assert_ne!(old, new);
    assert_eq!(world.live_tokens_made(), 1);
    assert!(!bus.everything().contains(&old));
}

/// gh left a removed account's item in the keyring.
#[test]
fn two_accounts_on_one_host_are_two_items_and_logout_all_leaves_none() {
    let Some(bus) = Bus::start() else { return };
    let world = World::with(keybelt_sandbox::Options {
        accounts: 1,
        limits: keybelt_sandbox::Limits::Off,
        ..Default::default()
    });
    for account in ["alice", "user-1"] {
        sign_in(&bus, &world, account).code(0);
    }
    let (alice, user) =
        (bus.secret(&world, "alice").unwrap(), bus.secret(&world, "user-1").unwrap());
    assert_ne!(alice, user);
    bus.keybelt(&world, "token print --account alice").run().code(0).prints(&alice);
    bus.keybelt(&world, "logout --account alice").run().code(0).says("the token is revoked");
    assert_eq!(bus.secret(&world, "alice"), None);
    assert_eq!(bus.secret(&world, "user-1"), Some(user));
    bus.keybelt(&world, "logout --all").run().code(0);
    assert_eq!(bus.everything(), "");
    assert_eq!(world.live_tokens_made(), 0);
}

#[test]
fn tokens_move_into_the_keyring_and_out_of_it_again() {
    let Some(bus) = Bus::start() else { return };
    let world = World::new();
    world.sign_in("alice");
    let token = world.stored_tokens().remove(0);
    bus.keybelt(&world, "store migrate keyring")
        .run()
        .code(0)
        .says("Moved the token of alice at")
        .says("from file to keyring")
        .says("`keybelt token rotate`");
    assert_eq!(bus.secret(&world, "alice").as_ref(), Some(&token));
    assert_eq!(world.files_with(&token), [] as [&str; 0]);
    bus.keybelt(&world, "whoami").run().code(0).prints("alice");
    bus.keybelt(&world, "store migrate keyring").run().code(0).says("Nothing to do");

    let moved = bus.keybelt(&world, "store migrate file -o json").run().code(0);
    assert_eq!(moved.json()["moved"][0]["from"], "keyring");
    assert_eq!(moved.json()["moved"][0]["to"], "file");
    assert_eq!(bus.everything(), "");
    assert_eq!(world.stored_tokens(), [token]);
    world.assert_live_tokens_are_stored();
}

/// Signs in with the keyring while all is well; returns the token.
fn signed_in(bus: &Bus) -> (World, String) {
    let world = World::new();
    sign_in(bus, &world, "alice").code(0);
    let token = bus.secret(&world, "alice").unwrap();
    (world, token)
}

/// Runs it until it ends in time, three times at most: this machine may be busy with something else.
#[track_caller]
fn in_time(limit: Duration, code: i32, run: impl Fn() -> Run) -> Outcome {
    for _ in 0..2 {
        let early = run().code(code);
        if early.time < limit {
            return early;
        }
    }
    let last = run().code(code);
    assert!(last.time < limit, "took {:?}", last.time);
    last
}

/// Whatever is asked of a keyring that cannot answer ends with its sentence, in time, and nowhere in a file.
#[track_caller]
fn assert_no_way<'a>(
    world: &'a World,
    token: &str,
    keybelt: impl Fn(&[&'a str]) -> Keybelt,
    sentence: &str,
) {
    let limit = Duration::from_secs(2);
    let host: &str = Box::leak(world.host().into_boxed_str());
    let before = world.tokens_bytes();
    let commands: [&[&str]; 7] = [
        &["login", host, "--username", "alice", "--password-stdin"],
        &["token", "print"],
        &["whoami"],
        &["2fa", "status"],
        &["logout"],
        &["store", "migrate", "file"],
        &["exec", "--", "true"],
    ];
    for words in commands {
        let run = || keybelt(words).stdin(world.password("alice")).run();
        in_time(limit, 1, run)
            .says(sentence)
            .says(" --store file` stores the token in a file instead");
        assert_eq!(world.files_with(".atlasv1."), [] as [&str; 0], "{words:?}");
    }
    assert_eq!(world.tokens_bytes(), before);
    assert_eq!(world.live_tokens_made(), 1, "what cannot be kept is revoked");
    // The state of one store is a result here, and no reason not to look at the others.
    for words in [&["status"][..], &["status", "--all"]] {
        in_time(limit, 1, || keybelt(words).run()).prints(sentence);
    }
    let run = in_time(limit, 6, || keybelt(&["doctor"]).run());
    run.prints(&format!("wrong  keyring: {sentence}")).hides(token);
    assert_eq!(world.processes(), [] as [&str; 0]);
}

#[test]
fn a_locked_keyring_is_said_to_be_locked() {
    let Some(bus) = Bus::start() else { return };
    let (world, token) = signed_in(&bus);
    bus.lock();
    let keybelt = |words: &[&str]| bus.keybelt(&world, words.iter().copied());
    assert_no_way(&world, &token, keybelt, "the keyring is locked");
    keybelt(&["logout"]).run().code(1).says("unlock it and run this again");
    // How long a token lasts is known without unlocking anything.
    keybelt(&["status", "--offline"]).run().code(0).prints("valid for 7 days");
}

#[test]
fn without_a_keyring_it_is_said_at_once() {
    let Some(bus) = Bus::start() else { return };
    let (world, token) = signed_in(&bus);
    let none = |words: &[&str]| world.keybelt(words.iter().copied());
    assert_no_way(&world, &token, none, "no system keyring is available");
    let gone = |words: &[&str]| {
        let nowhere = "unix:path=/nonexistent/bus";
        none(words).env("DBUS_SESSION_BUS_ADDRESS", nowhere)
    };
    assert_no_way(&world, &token, gone, "no system keyring is available");
}

/// Others waited for minutes (grafana/gcx#955), or for ever (cli/cli PR 8833).
#[test]
fn a_frozen_keyring_ends_by_the_deadline() {
    let Some(bus) = Bus::start() else { return };
    let (world, token) = signed_in(&bus);
    bus.freeze();
    let keybelt = |words: &[&str]| {
        let run = bus.keybelt(&world, words.iter().copied());
        run.env("KEYBELT_STORE_TIMEOUT", "1s")
    };
    assert_no_way(&world, &token, keybelt, "the keyring did not respond within 1 second");
    // Three seconds unless told otherwise; on a terminal nobody is asked to unlock what does not move.
    let print = || bus.keybelt(&world, "token print").run();
    in_time(Duration::from_secs(4), 1, print).says("within 3 seconds");
    let mut pty = bus.keybelt(&world, "whoami").pty();
    pty.expect("the keyring did not respond within 3 seconds");
    pty.wait(1);
}

/// A sign-in to the file is the way out of a keyring that is gone.
#[test]
fn the_way_out_works_and_warns_of_what_stays_behind() {
    let Some(bus) = Bus::start() else { return };
    let (world, token) = signed_in(&bus);
    bus.freeze();
    let login = bus.join(world.login("alice", &["--store", "file"]));
    login
        .env("KEYBELT_STORE_TIMEOUT", "1s")
        .run()
        .code(0)
        .says("keyring may still have a copy of the token of alice");
    world.keybelt("whoami").run().code(0);
    assert_eq!(world.files_with(&token), [] as [&str; 0]);
    // The old token could not be read, so it could not be revoked.
    assert_eq!(world.live_tokens_made(), 2);
    bus.thaw();
    bus.keybelt(&world, "store migrate file").run().code(0);
    assert_eq!(bus.everything(), "");
}

/// One client verified after writing and deleted another process's item (vybestack/llxprt-code#2927).
#[test]
fn who_signs_out_late_leaves_the_token_that_another_has_just_stored() {
    let Some(bus) = Bus::start() else { return };
    let (world, _) = signed_in(&bus);
    world.set_faults(["delay@DELETE:/api/v1/authenticate*1"]);
    thread::scope(|scope| {
        let late = scope.spawn(|| bus.keybelt(&world, "logout").run());
        world.wait_for("DELETE", "/api/v1/authenticate");
        sign_in(&bus, &world, "alice").code(0);
        late.join().unwrap().code(0);
    });
    bus.keybelt(&world, "whoami").run().code(0).prints("alice");
    assert!(bus.secret(&world, "alice").is_some());
    assert_eq!(world.live_tokens_made(), 1);
}
