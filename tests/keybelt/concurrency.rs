//! Many at once: nothing is lost, nothing is left alive that nobody knows, and the file is whole at every look.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use keybelt_sandbox::{Limits, Options};
use serde_json::Value;

use crate::harness::World;

fn world(accounts: u32) -> World {
    World::with(Options { accounts, limits: Limits::Off, ..Options::default() })
}

/// Reads the file as often as it can; it is whole, private, and has alice in it each time.
fn poll(world: &World, done: &AtomicBool) -> usize {
    let mut looks = 0;
    while !done.load(Ordering::Relaxed) {
        let mode = fs::metadata(world.tokens_file()).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
        let document: Value = serde_json::from_slice(&world.tokens_bytes()).expect("whole");
        let alice = &document["hosts"][world.host()]["accounts"]["alice"];
        assert!(alice["token"].is_string(), "alice was signed out for a moment");
        looks += 1;
    }
    looks
}

/// Concurrent sign-ins lost each other's entries (anthropics/claude-code#56339, basecamp/basecamp-cli PR 720,
/// railwayapp/cli PR 991, profullstack/sh1pt PR 978).
#[test]
fn sixty_four_sign_ins_with_sign_outs_and_switches_among_them_lose_nothing() {
    let world = world(80);
    world.login("alice", &[]).run().code(0);
    let leavers: Vec<_> = (65..=80).map(|number| format!("user-{number}")).collect();
    for leaver in &leavers {
        world.login(leaver, &[]).run().code(0);
    }
    let done = AtomicBool::new(false);
    let looks = thread::scope(|scope| {
        let world = &world;
        let poller = scope.spawn(|| poll(world, &done));
        let sign_ins = (1..=64).map(|number| {
            scope.spawn(move || world.login(&format!("user-{number}"), &[]).run().code(0))
        });
        let sign_outs = leavers.iter().map(|leaver| {
            scope.spawn(move || world.keybelt(["logout", "--account", leaver]).run().code(0))
        });
        let switches = (0..16).map(|_| scope.spawn(|| world.keybelt("switch alice").run().code(0)));
        let all: Vec<_> = sign_ins.chain(sign_outs).chain(switches).collect();
        let runs: Vec<_> = all.into_iter().map(|one| one.join().unwrap()).collect();
        assert_eq!(runs.len(), 96);
        done.store(true, Ordering::Relaxed);
        poller.join().unwrap()
    });
    assert!(looks > 0);
    let document = world.tokens_json();
    let accounts = document["hosts"][world.host()]["accounts"].as_object().unwrap();
    let mut names: Vec<_> = accounts.keys().cloned().collect();
    names.sort();
    let survivors = (1..=64).map(|number| format!("user-{number}"));
    let mut expected: Vec<_> = survivors.chain(["alice".to_owned()]).collect();
    expected.sort();
    assert_eq!(names, expected);
    assert_eq!(world.live_tokens_made(), 65);
    world.assert_live_tokens_are_stored();
    assert_eq!(files(&world), ["tokens.json", "tokens.lock"]);
    world.keybelt("status --all").run().code(0);
}

fn files(world: &World) -> Vec<String> {
    let names = fs::read_dir(world.config_dir()).unwrap().flatten();
    let mut names: Vec<_> = names.map(|file| file.file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

/// The loser of a race cleared what the winner had just stored (reanahub/reana-client PR 777,
/// basecamp/basecamp-cli PR 711).
#[test]
fn who_signs_out_late_leaves_the_token_that_another_has_just_stored() {
    let world = world(0);
    world.login("alice", &[]).run().code(0);
    let old = world.stored_tokens();
    world.set_faults(["delay@DELETE:/api/v1/authenticate*1"]);
    thread::scope(|scope| {
        let late = scope.spawn(|| world.keybelt("logout").run());
        world.wait_for("DELETE", "/api/v1/authenticate");
        world.login("alice", &[]).run().code(0);
        late.join().unwrap().code(0).says("was signed in again by another keybelt process");
    });
    assert_ne!(world.stored_tokens(), old);
    world.keybelt("whoami").run().code(0);
    world.assert_live_tokens_are_stored();
    assert_eq!(world.live_tokens_made(), 1);
}

/// Two that meet a dead token at once both sign in again; each token that lost is revoked.
#[test]
fn many_sign_ins_of_one_account_leave_one_token() {
    let world = world(0);
    thread::scope(|scope| {
        let runs: Vec<_> =
            (0..12).map(|_| scope.spawn(|| world.login("alice", &[]).run().code(0))).collect();
        for run in runs {
            run.join().unwrap();
        }
    });
    world.assert_live_tokens_are_stored();
    assert_eq!(world.live_tokens_made(), 1);
}
