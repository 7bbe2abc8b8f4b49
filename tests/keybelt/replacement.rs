//! `keybelt token rotate` where a new token ends the old one at once: the value is in a rescue file until it is where
//! it is used.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};

use serde_json::{Value, json};

use crate::every_command::{account_server, foreign, store};
use crate::harness::{Keybelt, Reply, World};
use crate::rotation::that_loses_an_answer;

const HOLDERS: [&str; 2] = ["--org acme", "--org acme --audit-trail"];
const ROUTE: &str = "/api/v2/organizations/acme/authentication-token";

fn with(world: &World, token: &str, words: &str) -> Keybelt {
    world.keybelt(words).env("ATLAS_ADDRESS", world.host()).env("ATLAS_TOKEN", token)
}

/// Prepares keybelt with olivia's token, who owns the organization.
fn keybelt(world: &World, words: &str) -> Keybelt {
    with(world, &world.account("olivia").token, words)
}

/// Makes the holder's one token; returns its id and value.
fn old(world: &World, whose: &str) -> (String, String) {
    let made = keybelt(world, &format!("token create {whose} --expires-in 30d -o json")).run();
    let made = made.code(0).json();
    let text = |key: &str| made[key].as_str().unwrap().to_owned();
    (text("id"), text("token"))
}

/// Returns the rescue files.
fn rescues(world: &World) -> Vec<PathBuf> {
    let entries = fs::read_dir(world.config_dir()).into_iter().flatten().flatten();
    let name = |path: &PathBuf| path.file_name().unwrap().to_str().unwrap().to_owned();
    entries.map(|entry| entry.path()).filter(|path| name(path).starts_with("rescue-")).collect()
}

fn value_in(world: &World, name: &str) -> String {
    fs::read_to_string(world.home().join(name)).unwrap()
}

#[test]
fn an_organizations_and_an_audit_trails_token_are_replaced_where_they_are_used() {
    for whose in HOLDERS {
        let world = World::new();
        let (id, value) = old(&world, whose);
        fs::write(world.home().join("in-use"), &value).unwrap();
        let words = format!("token rotate {whose} --to-file in-use --replace");
        keybelt(&world, &words).run().code(2).says("at once").says("--yes");
        assert!(world.sandbox.accepts(&value) && rescues(&world).is_empty());
        let run = keybelt(&world, &format!("{words} --yes -o json")).run().code(0);
        let document = run.json();
        assert_eq!(
            (&document["old_token"], &document["old_id"], &document["tried"], &document["token"]),
            (&json!("revoked"), &json!(id), &json!(true), &Value::Null)
        );
        let new = value_in(&world, "in-use");
        assert!(world.sandbox.accepts(&new) && !world.sandbox.accepts(&value));
        run.says("at once").hides(&new);
        assert!(rescues(&world).is_empty());
        keybelt(&world, &format!("token rotate {whose} --finish --to-file x"))
            .run()
            .code(1)
            .says("nothing to finish");
    }
}

#[test]
fn a_replacement_goes_nowhere_where_it_could_be_lost() {
    let world = World::new();
    let (_, value) = old(&world, "--org acme");
    for words in ["", "--keep-old --to-file x", "--undo", "--finish --to-file x --undo"] {
        keybelt(&world, &format!("token rotate --org acme --yes {words}")).run().code(2);
    }
    keybelt(&world, "token rotate nothing --org acme --yes --to-file x").run().code(4);
    // There is no room for the rescue file.
    let words = "token rotate --org acme --yes --to-file x";
    let run = keybelt(&world, words).env("KEYBELT_CONFIG_DIR", "/proc/keybelt").run();
    run.code(1);
    assert!(world.sandbox.accepts(&value));
    assert_eq!(world.count("POST", ROUTE), 1);
    // Creating names what replaces.
    keybelt(&world, "token create --org acme").run().code(4).says("keybelt token rotate");
}

#[test]
fn a_value_that_was_not_handed_over_waits_in_a_private_file() {
    for (whose, script) in HOLDERS.into_iter().zip(["exit 1", "cat >/dev/null; exit 1"]) {
        let world = World::new();
        let (_, old) = old(&world, whose);
        let command = world.program("fails", &format!("#!/bin/sh\n{script}\n"));
        let words = format!("token rotate {whose} --yes --to-command {}", command.display());
        keybelt(&world, &words).run().code(1).says("--finish").says("waits in");
        assert!(!world.sandbox.accepts(&old));
        let kept = rescues(&world);
        let mode = fs::metadata(&kept[0]).unwrap().permissions().mode() & 0o777;
        assert_eq!((kept.len(), mode), (1, 0o600));
        // Nothing replaces what nobody has yet.
        let posts = world.count("POST", ROUTE);
        keybelt(&world, &words).run().code(4).says("--finish");
        assert_eq!(world.count("POST", ROUTE), posts);
        let finish = format!("token rotate {whose} --finish");
        keybelt(&world, &finish).run().code(2).says("--to-file");
        keybelt(&world, &format!("{finish} --to-command {}", command.display())).run().code(1);
        keybelt(&world, &format!("{finish} --to-file in-use")).run().code(0);
        assert!(world.sandbox.accepts(&value_in(&world, "in-use")));
        assert!(rescues(&world).is_empty());
    }
}

/// The one window that is left: the request was sent, and its answer is not on the disk.
#[test]
fn a_value_that_was_lost_with_the_answer_is_said_to_be_lost() {
    for whose in HOLDERS {
        let world = World::new();
        let (id, value) = old(&world, whose);
        let words = format!("token rotate {whose} --to-file in-use --replace");
        let server = that_loses_an_answer(&world);
        let keybelt = |words: &str| keybelt(&world, words).env("ATLAS_ADDRESS", server.host());
        keybelt(&format!("{words} --yes")).run().code(5).says("may have been replaced");
        assert!(!world.sandbox.accepts(&value));
        keybelt(&words).run().code(2).says("its value is lost").says(&id);
        keybelt(&format!("{words} --yes")).run().code(0).says("its value is lost");
        assert!(world.sandbox.accepts(&value_in(&world, "in-use")));
        assert!(rescues(&world).is_empty());
        // Where the server did nothing, nothing is lost.
        let value = value_in(&world, "in-use");
        world.set_faults([format!("500@POST:{ROUTE}*1").as_str()]);
        let again = format!("{words} --yes");
        with(&world, &world.account("olivia").token, &again).run().code(5);
        assert!(world.sandbox.accepts(&value));
        let run = with(&world, &world.account("olivia").token, &again).run().code(0);
        assert!(!run.stderr().contains("lost"), "{}", run.stderr());
    }
}

#[test]
fn an_organizations_own_token_replaces_itself_only_if_that_is_meant() {
    let world = World::new();
    let (_, value) = old(&world, "--org acme");
    let words = "token rotate --org acme --yes --to-file in-use";
    with(&world, &value, words).run().code(2).says("--include-this");
    assert!(world.sandbox.accepts(&value));
    with(&world, &value, &format!("{words} --include-this")).run().code(0);
    assert!(world.sandbox.accepts(&value_in(&world, "in-use")));
}

/// Servers from before there were several tokens of a team have one, without a description.
#[test]
fn a_teams_only_token_is_replaced_on_servers_that_know_no_others() {
    const ONLY: &str = "/api/v2/teams/team-c1/authentication-token";
    let is_new = AtomicBool::new(false);
    let server = account_server(move |request| {
        let token = |id: &str, value: Option<&str>| {
            json!({"data": {"id": id, "type": "authentication-tokens", "attributes": {
                "created-at": "2026-05-01T10:00:00.000Z", "last-used-at": null, "description": null,
                "expired-at": null, "token": value,
            }}})
        };
        match request.route() {
            ("GET", "/api/v2/organizations/acme/team-tokens") => {
                Some(Reply::json(404, &json!({"errors": [{"status": "404"}]})))
            }
            ("GET", ONLY) => {
                let id = if is_new.load(Ordering::SeqCst) { "at-n3w" } else { "at-0ld" };
                Some(Reply::json(200, &token(id, None)))
            }
            ("POST", ONLY) => {
                is_new.store(true, Ordering::SeqCst);
                Some(Reply::json(201, &token("at-n3w", Some(foreign::NEW_TOKEN))))
            }
            ("GET", "/api/v2/account/details") => {
                let is_made = request.header("Authorization")?.ends_with(foreign::NEW_TOKEN);
                let mut team = crate::every_command::user(&json!(null));
                team["data"]["links"]["auth-token"] = "/api/v2/authentication-tokens/at-n3w".into();
                is_made.then(|| Reply::json(200, &team))
            }
            _ => None,
        }
    });
    let world = World::new();
    store(&world, &server.host(), "alice", foreign::TOKEN);
    let words = "token rotate --org acme --team ci --to-file in-use";
    world.keybelt(words).run().code(2).says("at once");
    world.keybelt(format!("{words} --yes")).run().code(0);
    assert_eq!(value_in(&world, "in-use"), foreign::NEW_TOKEN);
    assert!(rescues(&world).is_empty());
}

/// Two on one machine do not cross each other; the rescue file has room for one.
#[test]
fn while_one_replaces_another_is_refused() {
    let world = World::new();
    let (_, value) = old(&world, "--org acme");
    fs::create_dir_all(world.config_dir()).unwrap();
    fs::set_permissions(world.config_dir(), fs::Permissions::from_mode(0o700)).unwrap();
    let lock = fs::File::create(world.config_dir().join("rescue.lock")).unwrap();
    lock.lock().unwrap();
    let words = "token rotate --org acme --yes --to-file in-use";
    keybelt(&world, words).run().code(4).says("just now");
    assert!(world.sandbox.accepts(&value));
    drop(lock);
    keybelt(&world, words).run().code(0);
}
