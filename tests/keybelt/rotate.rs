//! `keybelt token rotate`, killed at every step: a working token is stored at every moment, and what is left
//! on the server is found and ended by the next rotation, sign-in or sign-out.

use std::path::Path;

use keybelt_sandbox::{Generation, Limits, Options};

use crate::harness::{Keybelt, Words, World, needs};

/// What a rotation asks of the system, one kind at a time: strace counts each by itself.
const STEPS: [&str; 8] = [
    "connect",
    "sendto,write,writev",
    "recvfrom",
    "flock,fcntl",
    "fsync,fdatasync",
    "rename,renameat,renameat2",
    "unlink,unlinkat",
    "close",
];

/// Runs a rotation that is killed at the nth such call; returns whether it was. Programs that keybelt starts
/// make none of these calls.
fn killed(world: &World, strace: &Path, calls: &str, nth: usize) -> bool {
    let inject = format!("inject={calls}:signal=KILL:when={nth}");
    let words = ["-f", "-qq", "-o", "/dev/null", "-e", &format!("trace={calls}"), "-e", &inject];
    let run = keybelt(world, "token rotate").through(strace, words).run().any_end();
    match (run.signal(), run.exit_code()) {
        (Some(9), _) => true,
        (None, Some(0)) => false,
        other => panic!("ended by {other:?}: {}", run.stderr()),
    }
}

/// Prepares a run that finds the credential helper in the home, if there is one.
fn keybelt<Form>(world: &World, words: impl Words<Form>) -> Keybelt {
    let path = format!("{}:/usr/bin:/bin", world.home().display());
    world.keybelt(words).env("PATH", path)
}

/// Kills rotations at each step, and has `next` set the world right again.
fn kill_everywhere(world: &World, calls: &[&str], next: impl Fn()) {
    let Some(strace) = needs("strace") else {
        return;
    };
    for calls in calls {
        let mut nth = 1;
        while killed(world, &strace, calls, nth) {
            let stored = world.stored_tokens();
            assert_eq!(stored.len(), 1, "{calls} {nth}");
            assert!(world.sandbox.accepts(&stored[0]), "{calls} {nth}: the stored token is dead");
            world.keybelt("whoami").run().code(0);
            next();
            world.assert_live_tokens_are_stored();
            nth += 1;
            assert!(nth < 1000, "{calls} has no end");
        }
        world.assert_live_tokens_are_stored();
    }
}

#[test]
fn killed_anywhere_it_leaves_a_working_token_and_the_next_rotation_ends_the_rest() {
    let world = World::new();
    world.sign_in("alice");
    kill_everywhere(&world, &STEPS, || {
        world.keybelt("token rotate").run().code(0);
    });
}

/// A store outside the file is written before the entry: killed in between, it has the new token already.
#[test]
fn the_same_holds_where_a_credential_helper_keeps_the_tokens() {
    let Some(strace) = needs("strace") else {
        return;
    };
    for generation in [Generation::Classic, Generation::Modern] {
        let world = World::with(Options { generation, limits: Limits::Off, ..Options::default() });
        let helper = "#!/bin/sh\ncase $1 in\nstore) read -r new; [ -z \"$new\" ] || printf %s \"$new\" >\"$HOME/one\" ;;\nget) exec cat \"$HOME/one\" ;;\nerase) exec rm -f \"$HOME/one\" ;;\nesac\n";
        let _helper = world.program("docker-credential-one", helper);
        let host = world.host();
        let sign_in = || {
            // The account's only token, so that what is left is keybelt's doing.
            let token = world.account("alice").token;
            let login = ["login", &host, "--token-stdin", "--store", "docker:one"];
            keybelt(&world, login).stdin(token).run().code(0);
        };
        sign_in();
        let stored = || keybelt(&world, "token print").run().code(0).stdout().trim_end().to_owned();
        let alices =
            || world.sandbox.live_tokens().iter().filter(|token| token.username == "alice").count();
        for calls in ["recvfrom", "rename,renameat,renameat2", "clone,clone3,vfork"] {
            let mut nth = 1;
            while killed(&world, &strace, calls, nth) {
                assert!(
                    world.sandbox.accepts(&stored()),
                    "{calls} {nth}: the stored token is dead"
                );
                keybelt(&world, "token rotate").run().code(0);
                assert!(world.sandbox.accepts(&stored()), "{calls} {nth}");
                assert_eq!(alices(), 1, "{calls} {nth}");
                nth += 1;
            }
            assert!(nth > 1, "{calls} never happens");
        }
        // Killed once more, with the new token in the store and the old one in the entry; then signed out.
        let mut nth = 1;
        while alices() < 2 {
            assert!(killed(&world, &strace, "rename,renameat,renameat2", nth));
            nth += 1;
        }
        keybelt(&world, "logout --revoke").run().code(0);
        assert_eq!(alices(), 0);
    }
}

#[test]
fn signing_out_ends_what_a_killed_rotation_left() {
    let world = World::new();
    world.sign_in("alice");
    kill_everywhere(&world, &["recvfrom", "rename,renameat,renameat2"], || {
        world.keybelt("logout").run().code(0);
        assert_eq!(world.live_tokens_made(), 0);
        world.sign_in("alice");
    });
}

#[test]
fn signing_in_again_ends_what_a_killed_rotation_left() {
    let world = World::new();
    world.sign_in("alice");
    kill_everywhere(&world, &["recvfrom", "rename,renameat,renameat2"], || {
        world.sign_in("alice");
    });
}

/// A server that fails is another way to be interrupted.
#[test]
fn a_rotation_that_fails_says_what_became_of_both_tokens() {
    let world = World::new();
    world.sign_in("alice");
    let old = world.stored_tokens().remove(0);
    let id = world.sandbox.live_tokens().last().unwrap().id.clone();
    world.set_faults([format!("500@DELETE:/api/v2/authentication-tokens/{id}*1").as_str()]);
    world
        .keybelt("token rotate")
        .run()
        .code(5)
        .says("the new token is stored and works, but the old one may still be valid");
    assert!(world.sandbox.accepts(&old));
    assert!(world.sandbox.accepts(&world.stored_tokens()[0]));
    world.keybelt("token rotate").run().code(0).says("left behind by an interrupted rotation");
    world.assert_live_tokens_are_stored();
}
