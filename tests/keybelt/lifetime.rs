//! How long tokens last: what was asked for, what is left, and who is warned.

use crate::harness::{Keybelt, World, needs};

fn sign_in(world: &World, lifetime: &str) {
    let options = ["--expires-in", lifetime];
    world.login("alice", &options).run().code(0);
}

/// Turns the client's clock.
fn later(run: Keybelt, offset: &str) -> Keybelt {
    run.through("faketime", ["-f", offset])
}

#[test]
fn who_asks_for_more_time_than_is_left_gets_an_exit_code() {
    let world = World::new();
    sign_in(&world, "12h");
    let cases: [(&[&str], i32); 8] = [
        (&["status", "--min-remaining", "11h"], 0),
        (&["status", "--min-remaining", "13h"], 6),
        (&["status", "--offline", "--min-remaining", "13h"], 6),
        (&["status", "--all", "--min-remaining", "13h"], 6),
        (&["status", "--all", "--min-remaining", "11h"], 0),
        (&["token", "print", "--min-remaining", "11h"], 0),
        (&["token", "print", "--min-remaining", "13h"], 3),
        (&["exec", "--min-remaining", "13h", "--", "true"], 3),
    ];
    for (words, code) in cases {
        let run = world.keybelt(words.iter().copied()).run().code(code);
        assert_eq!(run.stdout().contains(".atlasv1."), code == 0 && words[0] == "token");
    }
    world.keybelt("status --min-remaining 13h").run().code(6).says("less than 13 hours");
    world
        .keybelt("token print --min-remaining 13h")
        .run()
        .code(3)
        .says("the token expires in less than 13 hours")
        .says("run `keybelt login");
    // A sign-in like the others would not do.
    let run = world.keybelt("token print --min-remaining 30d").run().code(3);
    run.says("--expires-in 31d`");
    for words in [["status", "--min-remaining", "soon"], ["status", "--min-remaining", "-1d"]] {
        world.keybelt(words).run().code(2);
    }
}

#[test]
fn past_its_deadline_a_token_counts_as_expired() {
    if needs("faketime").is_none() {
        return;
    }
    let world = World::new();
    sign_in(&world, "12h");
    later(world.keybelt("whoami"), "+11h").run().code(0);
    for words in [&["status"][..], &["whoami"], &["token", "print"], &["status", "--all"]] {
        later(world.keybelt(words.iter().copied()), "+13h").run().code(3);
    }
    // It is ended when its account signs out, not before.
    assert_eq!(world.live_tokens_made(), 1);
    later(world.keybelt("logout"), "+13h").run().code(0).says("the token is revoked");
    assert_eq!(world.live_tokens_made(), 0);
}

/// A tenth of the life is left, at most seven days; only a person at a terminal is told.
#[test]
fn a_person_is_warned_in_the_last_tenth() {
    if needs("faketime").is_none() {
        return;
    }
    let world = World::new();
    let warned = |offset: &str| {
        let pty = later(world.keybelt("whoami"), offset).pty();
        pty.wait(0).text.contains("the token for alice at")
    };
    sign_in(&world, "10h");
    assert!(!warned("+8h"));
    assert!(warned("+550m"));
    sign_in(&world, "365d");
    assert!(!warned("+357d"));
    assert!(warned("+359d"));
    later(world.keybelt("whoami"), "+359d").run().code(0).hides("warning");
    let mut pty = later(world.keybelt("whoami"), "+359d").pty();
    pty.expect(" expires in ").expect("; renew it with `keybelt login");
    pty.wait(0);
}

/// keybelt said that the server set none, while the server ended the token after two years.
#[test]
fn the_earlier_of_both_deadlines_is_shown_and_whose_it_is() {
    let world = World::new();
    sign_in(&world, "7d");
    let entry = &world.tokens_json()["hosts"][world.host()]["accounts"]["alice"];
    assert!(entry["expires_at"].is_string(), "the server was asked: {entry}");
    let run = world.keybelt("status --offline").run().code(0);
    run.prints("valid for 7 days").prints("(keybelt's own limit; the server's is 20");
    sign_in(&world, "3000d");
    let run = world.keybelt("status --offline").run().code(0).prints("valid for 73");
    let run = run.hides("keybelt's own limit");
    assert!(!run.stdout().contains("3000 days"), "{}", run.stdout());
    world.keybelt("status --offline --min-remaining 1000d").run().code(6);
}

/// The own deadline was judged by this machine's clock even where the server had just told the time.
#[test]
fn a_deadline_is_judged_by_the_servers_clock_where_that_is_known() {
    let world = World::new();
    sign_in(&world, "7d");
    world.sandbox.advance(8 * 86_400);
    let run = world.keybelt("status").run().code(3).prints("expired");
    run.prints("this machine's clock is").prints("behind the server's");
    // One who signs in there is told, and has the whole time.
    let run = world.login("alice", &["--expires-in", "7d"]).run().code(0);
    run.says("clock is").says("behind the server's").says("valid   for 7 days");
    for words in ["status", "status --offline", "whoami"] {
        world.keybelt(words).run().code(0);
    }
    world.keybelt("status --offline").run().code(0).prints("valid for 7 days");
}

#[test]
fn a_rejected_token_has_no_time_left() {
    let world = World::new();
    sign_in(&world, "7d");
    let token = world.stored_tokens().remove(0);
    let revoke =
        world.keybelt("token revoke --others -y").env("ATLAS_TOKEN", world.account("alice").token);
    revoke.env("ATLAS_ADDRESS", world.host()).run().code(0);
    assert!(!token.is_empty());
    let run = world.keybelt("status").run().code(3).prints("rejected");
    run.hides("valid for").hides("sudo mode:");
    let run = world.keybelt("status -o json").run().code(3);
    assert!(run.json()["sudo_until"].is_null());
    world.keybelt("status --all").run().code(3).hides("valid for");
}
