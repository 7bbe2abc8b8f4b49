//! Rotations of tokens that are named, killed at every step: a working token is where it is used, or in the rescue
//! file, and no token lives that nobody knows of.

use std::fs;
use std::path::Path;

use data_encoding::HEXLOWER;
use serde_json::Value;
use sha2::{Digest, Sha512};

use crate::harness::{Keybelt, World, needs};

/// What a rotation asks of the system, one kind at a time: strace counts each by itself.
const STEPS: [&str; 8] = [
    "connect",
    "sendto,write,writev",
    "recvfrom,read",
    "flock,fcntl",
    "fsync,fdatasync",
    "rename,renameat,renameat2",
    "unlink,unlinkat",
    "openat",
];

fn keybelt(world: &World, words: &str) -> Keybelt {
    let token = world.account("olivia").token;
    world.keybelt(words).env("ATLAS_ADDRESS", world.host()).env("ATLAS_TOKEN", token)
}

/// Runs a rotation that is killed at the nth such call; returns whether it was.
fn killed(world: &World, strace: &Path, words: &str, calls: &str, nth: usize) -> bool {
    let inject = format!("inject={calls}:signal=KILL:when={nth}");
    let trace = format!("trace={calls}");
    let through = ["-f", "-qq", "-o", "/dev/null", "-e", &trace, "-e", &inject];
    let run = keybelt(world, words).through(strace, through).run().any_end();
    match (run.signal(), run.exit_code()) {
        (Some(9), _) => true,
        (None, Some(0)) => false,
        other => panic!("{calls} {nth} ended by {other:?}: {}", run.stderr()),
    }
}

fn tokens(world: &World, whose: &str) -> Vec<Value> {
    let words = format!("token list {whose} -o json");
    keybelt(world, &words).run().code(0).json()["tokens"].as_array().unwrap().clone()
}

fn made(world: &World, whose: &str) -> String {
    let words = format!("token create {whose} -o json");
    let made = keybelt(world, &words).run().code(0).json();
    made["token"].as_str().unwrap().to_owned()
}

/// Kills `words` at every step, has `mend` look and set the world right, and lets one go through in the end.
fn kill_everywhere(world: &World, words: &str, mend: impl Fn(&str)) {
    let Some(strace) = needs("strace") else {
        return;
    };
    let mut kills = 0;
    for calls in STEPS {
        let mut nth = 1;
        while killed(world, &strace, words, calls, nth) {
            mend(&format!("{calls} {nth}"));
            nth += 1;
            assert!(nth < 2000, "{calls} has no end");
        }
        kills += nth - 1;
        mend(&format!("{calls}, not killed"));
    }
    assert!(kills > 50, "{kills} kills");
    #[expect(clippy::print_stderr, reason = "the test's report")]
    {
        eprintln!("{kills} kills of `{words}`");
    }
}

/// After each kill the file holds a token that works, and every other live one bears the name by which it is found.
#[test]
fn a_teams_rotation_into_a_file_leaves_a_working_token_in_it_and_none_unknown() {
    let whose = "--org acme --team developers";
    let world = World::new();
    let place = world.home().join("place");
    fs::create_dir(&place).unwrap();
    let file = place.join("token");
    fs::write(&file, made(&world, &format!("{whose} --description ci"))).unwrap();
    let words = format!("token rotate ci {whose} --to-file place/token --replace --yes");
    kill_everywhere(&world, &words, |case| {
        let held = fs::read_to_string(&file).unwrap();
        assert!(world.sandbox.accepts(&held), "{case}: the token in use is dead");
        let live = tokens(&world, whose);
        assert!((1..=2).contains(&live.len()), "{case}: {live:?}");
        for token in &live {
            let name = token["description"].as_str().unwrap();
            assert!(name == "ci" || name.starts_with("ci (keybelt "), "{case}: {name}");
        }
        if live.len() == 2 {
            // The next job is told of both; whoever looks into the file knows which one to end.
            keybelt(&world, &words).run().one_of(case, &[4]);
            let held = id_of(&world, &held);
            let of_team = |id: &String| live.iter().any(|it| it["id"] == id.as_str());
            // Oldest first.
            let ids = world.sandbox.live_tokens().into_iter().map(|token| token.id);
            let ids: Vec<_> = ids.filter(of_team).collect();
            let end = match ids[0] == held {
                true => format!("token rotate ci --undo {whose} --yes"),
                false => format!("token revoke {} {whose}", ids[0]),
            };
            keybelt(&world, &end).run().one_of(case, &[0]);
        }
        assert!(world.sandbox.accepts(&held), "{case}");
        assert_eq!(tokens(&world, whose).len(), 1, "{case}");
    });
    // What was half written went with the next rotation.
    assert_eq!(fs::read_dir(&place).unwrap().count(), 1);
}

/// Returns the id of a live token.
fn id_of(world: &World, value: &str) -> String {
    let hash = HEXLOWER.encode(&Sha512::digest(value));
    let live = world.sandbox.live_tokens();
    live.into_iter().find(|token| token.token_hash == hash).unwrap().id
}

/// The old token is dead before the new one is where it is used: the value is there, or in the rescue file, or the
/// next run says that it is lost and replaces it.
#[test]
fn a_replacement_leaves_its_value_where_it_is_used_or_in_the_rescue_file() {
    for whose in ["--org acme", "--org acme --audit-trail"] {
        let world = World::new();
        let file = world.home().join("in-use");
        fs::write(&file, made(&world, whose)).unwrap();
        let words = format!("token rotate {whose} --to-file in-use --replace --yes");
        let lost = std::cell::Cell::new(0);
        kill_everywhere(&world, &words, |case| {
            let is_well = || world.sandbox.accepts(&fs::read_to_string(&file).unwrap());
            let before = world.count("POST", "/api/v2/organizations/acme/authentication-token");
            let finish = format!("token rotate {whose} --finish --to-file in-use --replace --yes");
            if is_well() {
                // Killed behind the hand-over: what the rescue file has is handed over once more.
                keybelt(&world, &finish).run().any_end();
                assert!(is_well(), "{case}");
                return;
            }
            // From the rescue file, without another token.
            let run = keybelt(&world, &finish).run().one_of(case, &[0, 1]);
            let after = world.count("POST", "/api/v2/organizations/acme/authentication-token");
            assert_eq!(before, after, "{case}");
            if run.exit_code() == Some(1) {
                lost.set(lost.get() + 1);
                keybelt(&world, &words).run().one_of(case, &[0]).says("its value is lost");
            }
            assert!(is_well(), "{case}");
        });
        // Only between the request and its answer's place on the disk.
        assert!(lost.get() > 0, "the window was never met");
    }
}

#[test]
fn of_two_rotations_at_once_one_at_most_hands_over_many_times() {
    crate::rotation::rivals(500);
}
