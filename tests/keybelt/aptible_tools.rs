//! keybelt beside Aptible's own tools: their file, their variables, and their programs as children.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;

use serde_json::{Value, json};

use crate::harness::{Keybelt, Outcome, World};

fn host(world: &World) -> String {
    world.sandbox.ready().aptible_url.clone()
}

#[track_caller]
fn sign_in(world: &World) -> Outcome {
    login(world, "alice").run().code(0)
}

fn login(world: &World, username: &str) -> Keybelt {
    let (host, email) = (host(world), format!("{username}@sandbox.test"));
    let arguments = ["login", &host, "--username", &email, "--password-stdin"];
    world.keybelt(arguments).stdin(format!("{}\n", world.password(username)))
}

/// Returns the token that is stored for an account.
fn stored(world: &World, email: &str) -> String {
    let entry = &world.tokens_json()["hosts"][host(world)]["accounts"][email];
    entry["token"].as_str().unwrap().to_owned()
}

fn file(world: &World) -> PathBuf {
    world.home().join(".aptible/tokens.json")
}

fn write(world: &World, text: &str) {
    fs::create_dir_all(world.home().join(".aptible")).unwrap();
    fs::write(file(world), text).unwrap();
}

fn text(world: &World) -> String {
    fs::read_to_string(file(world)).unwrap()
}

#[test]
fn a_tokens_variable_is_for_aptibles_own_host_unless_another_variable_names_one() {
    let world = World::new();
    sign_in(&world);
    let (host, token) = (host(&world), stored(&world, "alice@sandbox.test"));
    world.keybelt("logout --local-only").run().code(0);
    let with = |arguments: &[&str]| world.keybelt(arguments).env("APTIBLE_ACCESS_TOKEN", &token);
    let run = with(&["whoami"]).env("APTIBLE_AUTH_ROOT_URL", &host).run().code(0);
    assert_eq!(run.stdout(), "alice@sandbox.test\n");
    // Whose it is needs no question.
    let asked = world.sandbox.requests();
    assert_eq!(asked.iter().filter(|it| it.path == "/").count(), 1, "that was the sign-in");
    // Without an address it is for auth.aptible.com, and goes to no other host.
    let run = with(&["whoami", "-H", &host]).run();
    run.code(3)
        .says("`APTIBLE_ACCESS_TOKEN` is for auth.aptible.com: use `--host auth.aptible.com`")
        .says(&format!("APTIBLE_AUTH_ROOT_URL={host}"));
    let run = with(&["status", "--offline", "-H", "aptible", "-o", "json"]).run().code(0);
    let status = run.json();
    assert_eq!(status["host"], "auth.aptible.com");
    assert_eq!(status["source"], "APTIBLE_ACCESS_TOKEN");
    with(&["whoami"])
        .env("APTIBLE_AUTH_ROOT_URL", "https://alice:pw@aptible.example")
        .run()
        .code(2)
        .says("`APTIBLE_AUTH_ROOT_URL`")
        .hides("alice:pw");
}

#[test]
fn aptibles_file_is_the_last_place_and_is_only_read() {
    let world = World::new();
    sign_in(&world);
    let (host, token) = (host(&world), stored(&world, "alice@sandbox.test"));
    world.keybelt("logout --local-only").run().code(0);
    // Keys are compared as hosts: the slash, and what is no host, are other people's.
    let before =
        format!(r#"{{"{host}/":"{token}","https://auth.aptible.com":"x.y.z","odd":{{"a":1}}}}"#);
    write(&world, &before);
    let run = world.keybelt(["status", "-H", &host, "-o", "json"]).run().code(0);
    assert_eq!(run.json()["source"], "aptible_file");
    assert_eq!(run.json()["account"], "alice@sandbox.test");
    world
        .keybelt(["status", "-H", &host])
        .env("APTIBLE_AUTH_ROOT_URL", &host)
        .run()
        .code(0)
        .prints("token from Aptible's tokens.json")
        .prints("aptible would use its own tokens.json");
    let run = world.keybelt(["logout", &host]).run().code(0);
    run.says("Nothing to do");
    assert_eq!(text(&world), before);
    write(&world, "{\"canary");
    let run = world.keybelt(["whoami", "-H", &host]).run();
    run.code(3).says("Aptible's file ~/.aptible/tokens.json is not a JSON object").hides("canary");
    assert_eq!(text(&world), "{\"canary");
}

#[test]
fn import_takes_tokens_over_and_move_leaves_the_others() {
    let world = World::new();
    sign_in(&world);
    let (host, token) = (host(&world), stored(&world, "alice@sandbox.test"));
    world.keybelt("logout --local-only").run().code(0);
    write(&world, &format!(r#"{{"{host}":"{token}","http://127.0.0.1:9":"a.b.c"}}"#));
    let import = ["import", "--from", "aptible", "--host", &host];
    world.keybelt(import).run().code(2).says("--yes");
    let move_over = ["import", "--from", "aptible", "--host", &host, "--move", "--yes"];
    let run = world.keybelt(move_over).run();
    run.code(0).says("Imported the token of alice@sandbox.test");
    assert_eq!(text(&world), "{\"http://127.0.0.1:9\":\"a.b.c\"}\n");
    let entry = &world.tokens_json()["hosts"][&host]["accounts"]["alice@sandbox.test"];
    assert_eq!((&entry["provider"], &entry["origin"]), (&json!("aptible"), &json!("imported")));
    assert!(entry["expires_at"].is_string(), "the token itself tells when it ends");
    assert_eq!(stored(&world, "alice@sandbox.test"), token);
    // What keybelt did not make is forgotten and lives on.
    world.keybelt("logout").run().code(0).says("still valid");
    assert!(world.sandbox.accepts(&token));
}

#[test]
fn aptibles_file_follows_the_store_where_that_is_configured() {
    let world = World::new();
    let host = host(&world);
    write(&world, r#"{"https://auth.aptible.com":"x.y.z","odd":{"a":1}}"#);
    fs::set_permissions(file(&world), PermissionsExt::from_mode(0o644)).unwrap();
    sign_in(&world);
    assert!(!text(&world).contains(&host), "only if it is asked for");
    let set = ["config", "set", "aptible.write_tokens_json", "true"];
    world.keybelt(set).run().code(0);
    sign_in(&world);
    let flat = |token: &str| {
        format!(
            "{{\"https://auth.aptible.com\":\"x.y.z\",\"odd\":{{\"a\":1}},\"{host}\":\"{token}\"}}\n"
        )
    };
    let alice = stored(&world, "alice@sandbox.test");
    assert_eq!(text(&world), flat(&alice));
    let mode = fs::metadata(file(&world)).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    // One place for each host: the account in use has it.
    login(&world, "carol").run().code(0);
    assert_eq!(text(&world), flat(&stored(&world, "carol@sandbox.test")));
    world.keybelt(["switch", "alice@sandbox.test", "-H", &host]).run().code(0);
    assert_eq!(text(&world), flat(&alice));
    world.keybelt("logout").run().code(0);
    assert_eq!(text(&world), flat(&stored(&world, "carol@sandbox.test")));
    world.keybelt("logout").run().code(0);
    assert_eq!(text(&world), "{\"https://auth.aptible.com\":\"x.y.z\",\"odd\":{\"a\":1}}\n");
    // A file that makes no sense is not overwritten, and no reason not to sign in.
    write(&world, "[\"canary\"]");
    let run = login(&world, "alice").run().code(0);
    run.says("is not a JSON object").hides("canary");
    assert_eq!(text(&world), "[\"canary\"]");
}

#[test]
fn a_child_gets_aptibles_token_with_its_address() {
    let world = World::new();
    sign_in(&world);
    let (host, token) = (host(&world), stored(&world, "alice@sandbox.test"));
    let script = "echo \"$APTIBLE_ACCESS_TOKEN $APTIBLE_AUTH_ROOT_URL $ATLAS_TOKEN\"; env | grep -c TF_TOKEN_";
    let exec = ["exec", "--", "/bin/sh", "-c", script];
    let run = world
        .keybelt(exec)
        .env("APTIBLE_ACCESS_TOKEN", "of-another-host")
        .env("ATLAS_TOKEN", "mine")
        .run();
    let run = run.code(1);
    assert_eq!(run.stdout(), format!("{token} {host} mine\n0\n"));
    // In the child keybelt goes on with the same token.
    let nested = ["exec", "--", crate::harness::PROGRAM, "whoami"];
    let run = world.keybelt(nested).run().code(0);
    assert_eq!(run.stdout(), "alice@sandbox.test\n");
    let run = world.keybelt("exec --env ATLAS_TOKEN -- true").run();
    run.code(2).says("`--env` is for Terraform's servers");
    let atlas = world.host();
    world.sign_in("carol");
    let both = ["exec", "-H", &host, "-H", &atlas, "--env", "ATLAS_TOKEN", "--", "true"];
    world.keybelt(both).run().code(2);
}

#[test]
fn doctor_tells_of_a_token_in_plain_text() {
    let world = World::new();
    sign_in(&world);
    let (host, token) = (host(&world), stored(&world, "alice@sandbox.test"));
    write(&world, &format!(r#"{{"{host}":"{token}"}}"#));
    let run = world.keybelt("doctor -o json").run().code(6);
    let checks: Value = run.json();
    let found = checks["checks"].as_array().unwrap().iter();
    let mut found = found.filter(|it| it["subject"] == "aptible");
    let remedy = found.next().unwrap()["remedy"].as_str().unwrap().to_owned();
    assert!(remedy.contains("import --from aptible --move"), "{remedy}");
    assert!(!run.stdout().contains(&token));
}

/// Returns the Python in which `.ci/run` installs `aptible-api`, a client that none of us wrote.
fn python() -> Option<PathBuf> {
    let installed = "target/api-clients/bin/python";
    crate::harness::needs(&format!("{}/{installed}", env!("CARGO_MANIFEST_DIR")))
}

const WHO: &str = "
import os
from aptible.api import AptibleApi
api = AptibleApi(os.environ['URL'])
print(api.fetch(os.environ['URL'] + '/current_token').user().email)
";

/// It looks for the literal key of production, so the store holds an account of that server here, whose token
/// is one of the sandbox's.
#[test]
fn an_independent_client_reads_the_file_that_keybelt_wrote() {
    let Some(python) = python() else { return };
    let world = World::new();
    sign_in(&world);
    let token = stored(&world, "alice@sandbox.test");
    let mut document = world.tokens_json();
    let entry = document["hosts"][host(&world)]["accounts"]["alice@sandbox.test"].clone();
    document["hosts"]["auth.aptible.com"] =
        json!({"active": null, "accounts": {"alice@sandbox.test": entry}});
    fs::write(world.tokens_file(), document.to_string()).unwrap();
    let set = ["config", "set", "aptible.write_tokens_json", "true"];
    world.keybelt(set).run().code(0);
    let switch = ["switch", "alice@sandbox.test@auth.aptible.com"];
    world.keybelt(switch).run().code(0);
    assert_eq!(text(&world), format!("{{\"https://auth.aptible.com\":\"{token}\"}}\n"));
    let who = std::process::Command::new(python)
        .args(["-c", WHO])
        .env_clear()
        .env("HOME", world.home())
        .env("URL", host(&world))
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&who.stderr).into_owned();
    assert_eq!(who.status.code(), Some(0), "{said}");
    assert_eq!(String::from_utf8_lossy(&who.stdout), "alice@sandbox.test\n");
}

#[test]
fn an_independent_client_goes_on_with_the_token_that_exec_gave_it() {
    let Some(python) = python() else { return };
    let world = World::new();
    sign_in(&world);
    let python = python.to_str().unwrap();
    let exec = ["exec", "--", python, "-c", WHO];
    let run = world.keybelt(exec).env("URL", host(&world)).run().code(0);
    assert_eq!(run.stdout(), "alice@sandbox.test\n");
}

#[test]
fn a_damaged_file_of_aptible_is_warned_of_once_in_a_command() {
    let world = World::new();
    write(&world, "{");
    let run = world.keybelt("status --offline").run().code(3);
    assert_eq!(run.stderr().matches("warning: ").count(), 1);
}

/// There the elevation is the proof, every time.
#[test]
fn status_promises_no_sudo_mode_where_each_act_wants_its_own_proof() {
    let world = World::new();
    sign_in(&world);
    world.keybelt("status").run().code(0).hides("sudo mode");
    let run = world.keybelt("status -o json").run().code(0);
    assert_eq!(run.json()["sudo_until"], Value::Null);
}

#[test]
fn a_token_in_aptibles_file_that_keybelt_cannot_use_is_named_by_every_command() {
    let world = World::new();
    let host = host(&world);
    write(&world, &format!(r#"{{"{host}":"canary\n"}}"#));
    let said = "that keybelt cannot use";
    world.keybelt(["status", "-H", &host, "--offline"]).run().code(3).says(said).hides("canary");
    world.keybelt(["whoami", "-H", &host]).run().code(3).says(said).hides("canary");
    let import = ["import", "--from", "aptible", "--yes", "-o", "json"];
    let run = world.keybelt(import).run().code(1);
    assert_eq!(run.json()["tokens"][0]["imported"], false);
    run.says(said).hides("canary");
}

/// Its tokens.json was to be unset, which cannot be done, and a token to be made at Aptible, which makes none.
#[test]
fn a_rejected_token_of_aptibles_own_file_is_replaced_by_a_sign_in() {
    let world = World::new();
    let host = host(&world);
    write(&world, &format!(r#"{{"{host}":"eyJ0.e30.c2ln"}}"#));
    let run = world.keybelt(["whoami", "-H", &host]).run().code(3);
    run.says("the token from Aptible's tokens.json was rejected")
        .says(&format!("hint: run `keybelt login {host}`"))
        .hides("unset")
        .hides("create a");
    login(&world, "alice").run().code(0);
    world.keybelt(["whoami", "-H", &host]).run().code(0).prints("alice");
}
