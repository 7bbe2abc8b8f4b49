//! `doctor`: each finding with a remedy, nothing in it that must not be pasted.

use std::fs;
use std::time::Duration;

use serde_json::json;

use crate::harness::{CLOSED, World, needs};

#[test]
fn where_all_is_well_every_line_says_so() {
    let world = World::new();
    world.sign_in("alice");
    let token = world.stored_tokens().remove(0);
    let told = world
        .keybelt("doctor")
        .run()
        .code(0)
        .prints("ok     tokens.json: ~/.config/keybelt/tokens.json: 1 host, permissions ok")
        .prints("ok     lock: free, ")
        .prints("ok     keyring: not in use; unavailable: no system keyring is available, ")
        .prints(&format!("ok     credential: {}: token from keybelt's store", world.host()))
        .prints(" responds, ")
        .prints("ok     clock: ")
        .hides(&token)
        .hides(&token[..12]);
    assert!(told.stdout().lines().all(|line| line.starts_with("ok     ")));
    let document = world.keybelt("doctor -o json").run().code(0).json();
    assert_eq!(document["ok"], true);
    assert!(document["checks"].as_array().unwrap().iter().all(|check| check["remedy"].is_null()));
}

#[test]
fn every_finding_has_its_remedy_and_the_exit_code_is_six() {
    let world = World::new();
    let host = world.host();
    world.sign_in("alice");
    let token = "canary-5f3e.atlasv1.canary-8d41";
    let cases: [(&str, &str, &str, &str); 7] = [
        (
            "KEYBELT_STORE_TIMEOUT",
            "canary",
            "`KEYBELT_STORE_TIMEOUT`: invalid duration",
            "write it as",
        ),
        ("ATLAS_TOKEN", "", "ATLAS_TOKEN is set but blank", "unset ATLAS_TOKEN"),
        (
            "TFE_TOKEN_tfe_example_com",
            token,
            "TFE_TOKEN_tfe_example_com is not a token variable",
            "did you mean TF_TOKEN_tfe_example_com?",
        ),
        ("atlas_token", token, "atlas_token is not a token variable", "did you mean ATLAS_TOKEN?"),
        (
            "TF_TOKEN_",
            token,
            "TF_TOKEN_ is not a token variable",
            "did you mean TF_TOKEN_ and the host",
        ),
        (
            "KEYBELT_STORE",
            "canary",
            "`KEYBELT_STORE`: invalid store",
            "use file, keyring or docker:NAME",
        ),
        (
            "KEYBELT_STORE",
            "docker:nosuch",
            "`docker-credential-nosuch` is not in PATH",
            "install `docker-credential-nosuch`, or choose another store",
        ),
    ];
    for (variable, value, found, remedy) in cases {
        world
            .keybelt("doctor")
            .env(variable, value)
            .run()
            .code(6)
            .prints("wrong  ")
            .prints(found)
            .prints(remedy)
            .hides("canary");
    }
    world
        .keybelt("doctor")
        .env("ATLAS_TOKEN", token)
        .env("ATLAS_ADDRESS", &host)
        .run()
        .code(6)
        .prints(&format!("keybelt's store for {host} is not used: ATLAS_TOKEN takes precedence"))
        .prints("unset ATLAS_TOKEN")
        .hides("canary");
    let run = world.keybelt("doctor -o json").env("ATLAS_TOKEN", "").run().code(6);
    let document = run.json();
    assert_eq!(document["ok"], false);
    let checks = document["checks"].as_array().unwrap();
    let wrong: Vec<_> = checks.iter().filter(|check| check["ok"] == false).collect();
    assert_eq!(wrong.len(), 1);
    assert_eq!(wrong[0]["subject"], "token variables");
}

#[test]
fn a_held_lock_and_an_open_file_are_found() {
    let world = World::new();
    world.sign_in("alice");
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(world.tokens_file(), fs::Permissions::from_mode(0o640)).unwrap();
    world
        .keybelt("doctor")
        .run()
        .code(6)
        .prints("wrong  tokens.json: ")
        .prints("may have been read")
        .prints("sign out and in again");
    let lock = fs::File::open(world.config_dir().join("tokens.lock")).unwrap();
    lock.lock().unwrap();
    let run = world.keybelt("doctor").run().code(6).prints(
        "wrong  lock: `~/.config/keybelt/tokens.lock` has been locked by another keybelt process for 10 seconds",
    );
    assert!(run.time < Duration::from_secs(25), "{:?}", run.time);
}

#[test]
fn a_clock_that_is_wrong_is_found() {
    let Some(faketime) = needs("faketime") else {
        return;
    };
    let world = World::new();
    world.sign_in("alice");
    let run = |offset: &str| world.keybelt("doctor").through(&faketime, ["-f", offset]).run();
    run("+3m")
        .code(6)
        .prints("wrong  clock: ")
        .prints("seconds ahead of the server's")
        .prints("correct this machine's clock");
    run("-3m").code(6).prints("seconds behind the server's");
    run("+5s").code(0);
}

#[test]
fn an_unknown_certificate_and_a_proxy_are_found() {
    let (world, address, ca) = World::secure();
    world
        .keybelt(["doctor", "-H", &address, "--ca-file", &ca])
        .run()
        .code(0)
        .prints("certificate accepted");
    world
        .keybelt(["doctor", "-H", &address])
        .run()
        .code(6)
        .prints("wrong  server: cannot connect to `localhost:")
        .prints("--ca-file");
    // A proxy's password is in its variable, and only its address is shown.
    world
        .keybelt("doctor -H tfe.invalid")
        .env("HTTPS_PROXY", "http://robot:canary@127.0.0.1:9")
        .run()
        .code(6)
        .prints("proxy: 127.0.0.1:9, from HTTPS_PROXY")
        .prints("the proxy 127.0.0.1:9 of `HTTPS_PROXY` did not respond")
        .hides("canary")
        .hides("robot");
}

#[test]
fn terraforms_plain_text_is_found() {
    let (world, address, ca) = World::secure();
    let token = world.account("bob").token;
    world.write_terraform_file(&[(address.trim_start_matches("https://"), &token)]);
    world
        .keybelt(["doctor", "-H", &address, "--ca-file", &ca])
        .run()
        .code(6)
        .prints("~/.terraform.d/credentials.tfrc.json has a token for localhost:")
        .prints("`keybelt import --move`")
        .hides(&token);
}

/// Every line said `ok` while no command worked.
#[test]
fn a_token_that_has_expired_or_is_rejected_is_wrong_and_the_remedy_helps() {
    let world = World::new();
    world.sign_in("alice");
    world.keybelt("doctor").run().code(0).prints("sign-in: ").prints(" accepts the token");
    world.change_entry("alice", |entry| entry["expires_at"] = json!("2020-01-01T00:00:00Z"));
    let login = format!("run `keybelt login {}`", world.host());
    world.keybelt("doctor").run().code(6).prints("has expired").prints(&login);
    world.change_entry("alice", |entry| {
        entry["expires_at"] = json!(null);
        entry["token"] = json!("a.revoked.token");
    });
    world.keybelt("doctor").run().code(6).prints("wrong  sign-in").prints(&login);
    // What a variable holds is not mended by a sign-in that it comes before.
    for command in ["doctor", "status"] {
        let run = world
            .keybelt(command)
            .env("ATLAS_TOKEN", "a.bad.token")
            .env("ATLAS_ADDRESS", world.host())
            .run();
        let run = run.one_of(command, &[3, 6]);
        assert!(run.stdout().contains("replace the token in ATLAS_TOKEN"), "{}", run.stdout());
        assert!(run.stdout().contains("or unset it"), "{}", run.stdout());
    }
}

/// "ok credential" was all that was said, though nobody knew whether it worked.
#[test]
fn an_answer_that_is_no_verdict_on_the_token_is_said_to_be_none() {
    let world = World::new();
    world.sign_in("alice");
    for fault in ["500", "502-html", "truncate", "content-type", "429"] {
        let route = format!("{fault}@GET:/api/v2/account/details");
        world.set_faults([route.as_str()]);
        let run = world.keybelt("doctor --timeout 3s").run().code(6).prints("ok     server: ");
        run.prints(&format!(
            "wrong  sign-in: whether {} accepts the token is not known: ",
            world.host()
        ))
        .prints(&format!("ok     credential: {}: token from keybelt's store", world.host()));
    }
    // A server that is not there at all has its own line, and one is enough.
    let run = world.keybelt("doctor").env("ATLAS_TOKEN", "a.token").env("ATLAS_ADDRESS", CLOSED);
    run.run().code(6).prints("wrong  server: ").hides("sign-in");
}
