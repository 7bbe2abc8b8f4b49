//! `keybelt exec`: a command that finds the token in its environment, and nowhere else.

use std::collections::BTreeMap;

use serde_json::json;

use crate::harness::{Outcome, World, needs};

const HOST: &str = "my-tfe.example.com";
const VARIABLE: &str = "TF_TOKEN_my__tfe_example_com";

fn world() -> World {
    let world = World::new();
    world.store_entries(&[
        (HOST, "alice", "alices.token"),
        ("tfe.example.org:8443", "bob", "bobs.token"),
    ]);
    world
}

/// Returns the variables that `env` printed.
fn variables(run: &Outcome) -> BTreeMap<String, String> {
    let lines = run.stdout().lines();
    lines
        .filter_map(|line| line.split_once('='))
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect()
}

#[test]
fn the_token_is_in_the_variable_that_terraform_sends_to_its_host_alone() {
    let world = world();
    let run = world.keybelt("exec -- env").run().code(0);
    let found = variables(&run);
    assert_eq!(found[VARIABLE], "alices.token");
    let tokens: Vec<_> = found.iter().filter(|(_, value)| value.contains("token")).collect();
    assert_eq!(tokens.len(), 1, "{found:?}");
    assert_eq!(run.stderr(), "");
    let several = ["exec", "-H", HOST, "-H", "tfe.example.org:8443", "-H", HOST, "--", "env"];
    let found = variables(&world.keybelt(several).run().code(0));
    assert_eq!(found[VARIABLE], "alices.token");
    assert_eq!(found["TF_TOKEN_tfe_example_org:8443"], "bobs.token");
    let missing = ["exec", "-H", HOST, "-H", "nobody.example.com", "--", "env"];
    let run = world.keybelt(missing).run().code(3).says("nobody.example.com");
    assert_eq!(run.stdout(), "");
}

#[test]
fn competing_variables_are_cleared_and_other_hosts_are_kept() {
    let world = world();
    let run = world
        .keybelt("exec -- env")
        .env("ATLAS_TOKEN", "unbound.token")
        .env("TFE_TOKEN", "same.token")
        .env("TFE_HOSTNAME", HOST)
        .env("TF_TOKEN_MY__TFE_EXAMPLE_COM", "other.spelling")
        .env("TF_TOKEN_other_example_com", "kept.token")
        .env("KEYBELT_HOST", HOST)
        .env("ORDINARY", "kept");
    let run = world_account(run).run().code(0);
    let found = variables(&run);
    for gone in ["ATLAS_TOKEN", "TFE_TOKEN", "TF_TOKEN_MY__TFE_EXAMPLE_COM"] {
        assert!(!found.contains_key(gone), "{gone}");
    }
    assert_eq!(found[VARIABLE], "alices.token");
    assert_eq!(found["TF_TOKEN_other_example_com"], "kept.token");
    assert_eq!(found["ORDINARY"], "kept");
    let bound = world
        .keybelt(["exec", "-H", HOST, "--", "env"])
        .env("ATLAS_TOKEN", "elsewhere.token")
        .env("ATLAS_ADDRESS", "https://other.example.com");
    assert_eq!(variables(&bound.run().code(0))["ATLAS_TOKEN"], "elsewhere.token");
}

/// The stored token, though a variable would come first.
fn world_account(run: crate::harness::Keybelt) -> crate::harness::Keybelt {
    run.env("KEYBELT_ACCOUNT", "alice")
}

#[test]
fn a_variable_that_any_tool_reads_comes_with_its_address() {
    let world = world();
    let run = world.keybelt("exec --env ATLAS_TOKEN -- env").run().code(0);
    let found = variables(&run);
    assert_eq!(found["ATLAS_TOKEN"], "alices.token");
    assert_eq!(found["ATLAS_ADDRESS"], format!("https://{HOST}"));
    let run = world.keybelt("exec --env TFE_TOKEN -H tfe.example.org:8443 -- env").run().code(0);
    let found = variables(&run);
    assert_eq!(found["TFE_TOKEN"], "bobs.token");
    assert_eq!(found["TFE_ADDRESS"], "https://tfe.example.org:8443");
    assert_eq!(found["TFE_HOSTNAME"], "tfe.example.org:8443");
    let two =
        ["exec", "--env", "TFE_TOKEN", "-H", HOST, "-H", "tfe.example.org:8443", "--", "true"];
    world.keybelt(two).run().code(2).says("exactly one host");
    world.keybelt("exec --env PATH -- true").run().code(2);
}

#[test]
fn exit_code_and_signals_are_the_childs_own() {
    let world = world();
    for code in [0, 1, 42, 255] {
        world.keybelt(["exec", "--", "sh", "-c", &format!("exit {code}")]).run().code(code);
    }
    let run = world.keybelt(["exec", "--", "sh", "-c", "kill -KILL $$"]).run().any_end();
    assert_eq!(run.signal(), Some(9));
    let run = world.keybelt("exec -- keybelt-no-such-program").run().code(127);
    let run = run.says("command `keybelt-no-such-program` not found");
    assert_eq!(run.stdout(), "");
    world.keybelt("exec -- /dev/null").run().code(126);
    // Signals do to the child what they do to any program: none of ours is in between.
    let mut terminal = world
        .keybelt(["exec", "--", "sh", "-c", "trap 'echo caught; exit 7' INT; echo ready; read x"])
        .pty();
    terminal.expect("ready").type_keys(b"\x03").expect("caught");
    terminal.wait(7);
}

#[test]
fn the_child_has_our_process_id_and_no_descriptor_but_the_first_three() {
    let world = world();
    let parent = "exec 7</dev/null 9>/dev/null; echo $$; exec \"$@\"";
    // Without a pipe, which the shell may still have open while `ls` looks.
    let child = "echo $$; ls /proc/$$/fd; true";
    let run = world.keybelt(["exec", "--", "sh", "-c", child]).in_shell(parent).run().code(0);
    let lines: Vec<&str> = run.stdout().lines().collect();
    assert_eq!(lines[0], lines[1], "it is the same process");
    assert_eq!(lines[2..], ["0", "1", "2"]);
}

#[test]
fn another_accounts_token_is_not_put_into_a_child_of_a_child() {
    let world = world();
    let mut document = world.tokens_json();
    let mut second = document["hosts"][HOST]["accounts"]["alice"].clone();
    second["token"] = json!("carols.token");
    document["hosts"][HOST]["accounts"]["carol"] = second;
    std::fs::write(world.tokens_file(), document.to_string()).unwrap();
    let nested = |account: &str| {
        let program = env!("CARGO_BIN_EXE_keybelt");
        let inner = ["exec", "-H", HOST, "--account", account, "--", "sh", "-c", "echo reached"];
        world.keybelt(["exec", "-H", HOST, "--", program].iter().chain(&inner)).run()
    };
    nested("alice").code(0).prints("reached");
    let run = nested("carol").code(2).says("already running with alice's token");
    assert_eq!(run.stdout(), "");
    let program = env!("CARGO_BIN_EXE_keybelt");
    let other =
        ["exec", "-H", HOST, "--", program, "exec", "-H", "tfe.example.org:8443", "--", "env"];
    let found = variables(&world.keybelt(other).run().code(0));
    assert_eq!(
        (found[VARIABLE].as_str(), found["TF_TOKEN_tfe_example_org:8443"].as_str()),
        ("alices.token", "bobs.token")
    );
    let marked = &found["KEYBELT_EXEC_ACCOUNTS"];
    let expected = format!("bob@tfe.example.org:8443 alice@{HOST}");
    assert_eq!(marked, &expected, "both tokens are there");
}

#[test]
fn the_child_is_told_when_the_first_of_its_tokens_expires() {
    let world = world();
    let expires = |host: &str, account: &str, at: serde_json::Value| {
        let mut document = world.tokens_json();
        document["hosts"][host]["accounts"][account]["expires_at"] = at;
        std::fs::write(world.tokens_file(), document.to_string()).unwrap();
    };
    let both = ["exec", "-H", HOST, "-H", "tfe.example.org:8443", "--", "env"];
    let told = || variables(&world.keybelt(both).run().code(0)).get("KEYBELT_EXPIRES_AT").cloned();
    assert_eq!(told(), None, "nobody said");
    expires(HOST, "alice", json!("2999-05-01T00:00:00Z"));
    expires("tfe.example.org:8443", "bob", json!("2999-04-01T00:00:00Z"));
    assert_eq!(told().as_deref(), Some("2999-04-01T00:00:00Z"));
    expires(HOST, "alice", json!("2026-01-02T00:00:00Z"));
    world.keybelt(both).run().code(3).says("has expired");
}

#[test]
fn with_too_little_time_left_it_signs_in_first() {
    let world = World::new();
    let host = world.host();
    let login = ["login", &host, "--username", "alice", "--password-stdin", "--expires-in", "1h"];
    world.keybelt(login).stdin(world.password("alice")).run().code(0);
    let old = world.stored_tokens().remove(0);
    let exec = |wanted: &str| {
        let words = [
            "exec",
            "--env",
            "ATLAS_TOKEN",
            "--min-remaining",
            wanted,
            "--",
            "sh",
            "-c",
            "echo $ATLAS_TOKEN",
        ];
        world.keybelt(words)
    };
    exec("30m").run().code(0).prints(&old);
    exec("2h").run().code(3).says("expires in less than 2 hours");
    let mut terminal = exec("2h").pty();
    terminal
        .expect("signing in again")
        .expect_hidden("Password for alice")
        .type_line(&world.password("alice"));
    terminal.wait(0);
    let new = world.stored_tokens().remove(0);
    assert_ne!(new, old);
    exec("2h").run().code(0).prints(&new);
    // The new one lasts for as long as was asked for, which is more than usual.
    let mut terminal = exec("30d").pty();
    terminal.expect_hidden("Password for alice").type_line(&world.password("alice"));
    terminal.wait(0);
    assert_ne!(world.stored_tokens().remove(0), new);
    exec("30d").run().code(0);
    world.assert_live_tokens_are_stored();
}

#[test]
fn without_a_command_the_shell_is_opened() {
    let world = world();
    let shell = world
        .program("shell", "#!/bin/sh\necho \"shell with $TF_TOKEN_my__tfe_example_com\"\nexit 5\n");
    world.keybelt("exec").env("SHELL", shell).run().code(5).prints("shell with alices.token");
}

#[test]
fn a_host_without_tls_has_no_variable_of_terraforms() {
    let world = World::new();
    world.store_entries(&[("http://127.0.0.1:4000", "alice", "alices.token")]);
    let run = world.keybelt("exec -- env").run().code(2).says("requires https");
    assert_eq!(run.stdout(), "");
    let run = world.keybelt("exec --env ATLAS_TOKEN -- env").run().code(0);
    assert_eq!(variables(&run)["ATLAS_ADDRESS"], "http://127.0.0.1:4000");
}

/// Terraform's encoding, read back: `__` is a dash, `_` a dot, and case does not matter behind the prefix.
#[test]
fn terraforms_variables_are_read_in_terraforms_encoding() {
    let world = World::new();
    let read = |variable: &str, host: &str| {
        let print = ["token", "print", "-H", host];
        world.keybelt(print).env(variable, "the.token").run()
    };
    for (variable, host) in [
        ("TF_TOKEN_app_terraform_io", "hcp"),
        ("TF_TOKEN_APP_TERRAFORM_IO", "app.terraform.io"),
        (VARIABLE, HOST),
        ("TF_TOKEN_my-tfe.example.com", HOST),
        ("TF_TOKEN_xn____caf__dma_fr", "café.fr"),
        ("TF_TOKEN_127_0_0_1:8443", "127.0.0.1:8443"),
    ] {
        let run = read(variable, host).code(0);
        assert_eq!(run.stdout(), "the.token\n", "{variable}");
    }
    for (variable, host) in [
        ("TF_TOKEN_my_tfe_example_com", HOST),
        ("TFE_TOKEN_app_terraform_io", "hcp"),
        ("tf_token_app_terraform_io", "hcp"),
        ("TF_TOKEN_tfe_example_com", "tfe.example.com:8443"),
    ] {
        let run = read(variable, host).code(3);
        assert_eq!(run.stdout(), "", "{variable}");
    }
}

/// hashicorp/terraform#36383: such names are passed over by everything, in silence.
#[test]
fn near_misses_are_pointed_out_by_status_and_doctor() {
    let world = world();
    for (variable, value, said) in [
        ("TFE_TOKEN_my__tfe_example_com", "x", "did you mean TF_TOKEN_my__tfe_example_com?"),
        (
            "TF_TOKEN_my_tfe_example_com",
            "x",
            "is for my.tfe.example.com; did you mean TF_TOKEN_my__tfe_example_com?",
        ),
        (
            "tf_token_my__tfe_example_com",
            "x",
            "tf_token_my__tfe_example_com is not a token variable",
        ),
        (VARIABLE, "", "it is blank, but Terraform treats it as a token"),
    ] {
        let run = world.keybelt("status --offline").env(variable, value).run().code(0);
        run.prints(said);
        let words = said.split("; ").next().unwrap();
        let words = if value.is_empty() { "is set but blank" } else { words };
        let doctor = world
            .keybelt(["doctor", "--timeout", "1s", "-H", HOST])
            .env("HTTPS_PROXY", "http://127.0.0.1:9")
            .env(variable, value);
        doctor.run().code(6).prints(words);
    }
    let document =
        world.keybelt("status --offline -o json").env("TFE_TOKEN_x_io", "x").run().code(0).json();
    assert_eq!(document["near_misses"].as_array().unwrap().len(), 1);
    let document = world.keybelt("status --offline -o json").run().code(0).json();
    assert_eq!(document["near_misses"], json!([]));
}

#[test]
fn status_tells_what_terraform_and_its_provider_would_use_and_why() {
    let world = world();
    let status = || world.keybelt("status --offline");
    let run = status().run().code(0);
    assert!(!run.stdout().contains("terraform would use"), "{}", run.stdout());
    world.keybelt("helper install").run().code(0);
    status().run().code(0).prints("terraform would use what keybelt's credentials helper answers");
    let file = json!({"credentials": {HOST: {"token": "a.token"}}});
    std::fs::write(world.home().join(".terraform.d/credentials.tfrc.json"), file.to_string())
        .unwrap();
    status()
        .run()
        .code(0)
        .prints("terraform would use ~/.terraform.d/credentials.tfrc.json")
        .prints("the tfe provider would use ~/.terraform.d/credentials.tfrc.json");
    let both = status().env(VARIABLE, "x").env("TFE_TOKEN", "y").run().code(0);
    both.prints(&format!("terraform would use {VARIABLE}"))
        .prints("the tfe provider would use TFE_TOKEN");
    status().env(VARIABLE, " ").run().code(0).prints("which is blank: no token at all");
}

/// A program that is started for a moment must not keep what its caller's tokens are.
#[test]
fn nothing_of_the_tokens_is_on_a_command_line() {
    let Some(strace) = needs("strace") else {
        return;
    };
    let world = world();
    let trace = world.home().join("trace");
    let words = ["-f", "-s", "4096", "-e", "trace=execve", "-o", &trace.display().to_string()];
    world.keybelt("exec -- true").through(strace, words).run().code(0);
    let trace = std::fs::read_to_string(trace).unwrap();
    assert!(!trace.contains("alices.token"), "{trace}");
}

/// An older Terraform is silently given nothing.
#[test]
fn the_help_names_the_terraform_that_reads_the_variable_and_what_helps_older_ones() {
    let world = World::new();
    let run = world.keybelt("exec --help").size(24, 200).run().code(0);
    let help = run.stdout().split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(help.contains("which Terraform 1.2 and later sends only to that host"), "{help}");
    assert!(help.contains("for older versions, use `keybelt helper install`"), "{help}");
}
