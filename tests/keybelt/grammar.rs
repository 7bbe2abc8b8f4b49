//! What holds for every command: exit codes, JSON, which variable wins, which server and which token.

use std::collections::BTreeSet;
use std::fs::{File, OpenOptions};
use std::os::fd::OwnedFd;
use std::time::Duration;

use serde_json::{Value, json};

use crate::every_command::{Provider, all, try_every};
use crate::harness::{CLOSED, Keybelt, Reply, Run, Server, World};

fn words(command: &str, host: &str) -> Vec<String> {
    command.split(' ').map(|word| word.replace("HOST", host)).collect()
}

/// Tools have waited for ever on input that could not come (hashicorp/terraform#13054, cli/cli#9789).
#[test]
fn no_command_waits_for_input_that_cannot_come() {
    try_every(|command| {
        let server = command.server(|_| None);
        for (what, script, input) in [
            ("/dev/null", "exec \"$@\"", &[][..]),
            ("closed", "exec \"$@\" <&-", &[]),
            ("a full pipe", "exec \"$@\"", &[b'x'; 200_000]),
        ] {
            let world = World::new();
            let run = command.keybelt_at(&world, &server.host(), &[]).stdin(input);
            let run = run.in_shell(script).run().any_end();
            let case = format!("{command:?}, stdin {what}: {:?}", run.exit_code());
            assert!(run.exit_code().is_some_and(|code| code <= 6), "{case}");
            assert!(!run.stderr().contains("internal error"), "{case}");
            assert!(run.time < Duration::from_secs(5), "{case}, {:?}", run.time);
        }
    });
}

#[test]
fn without_a_token_every_command_that_needs_one_exits_3_and_says_how_to_get_one() {
    let server = crate::every_command::account_server(|_| None);
    let host = server.host();
    let with = ["login", "logout", "lockdown", "status", "doctor"];
    for command in all().filter(|it| it.provider == Provider::Atlas) {
        if with.contains(&command.leaf().as_str()) {
            continue;
        }
        let world = World::new();
        let words = [command.words(&host), vec!["-H".to_owned(), host.clone()]].concat();
        world.keybelt(&words).run().code(3).says(&format!("keybelt login {host}"));
        let words = [words, vec!["-o".to_owned(), "json".to_owned()]].concat();
        let document = world.keybelt(&words).run().code(3).json();
        assert_eq!(document["error"]["kind"], "not_signed_in", "{command:?}");
        let hint = document["error"]["hint"].as_str().unwrap();
        assert!(hint.contains("keybelt login"), "{command:?}: {hint}");
    }
    assert_eq!(server.routes(), [""; 0]);
}

#[test]
fn a_failure_in_json_is_one_document_of_three_keys_on_stdout() {
    let world = World::new();
    let cases: [(&[&str], i32, &str); 6] = [
        (&["login", "not a host", "-o", "json"], 2, "usage"),
        (&["frobnicate", "-o", "json"], 2, "usage"),
        (&["whoami", "--frobnicate", "--output=json"], 2, "usage"),
        (&["whoami", "-H", "127.0.0.1:1", "-o", "json"], 3, "not_signed_in"),
        (&["login", "hcp", "--username", "x", "--password-stdin", "-o", "json"], 4, "refused"),
        (&["login", CLOSED, "--token-stdin", "-o", "json"], 5, "unavailable"),
    ];
    for (command, code, kind) in cases {
        let run = world.keybelt(command).stdin("a.token\n").run().code(code);
        let document = run.json();
        assert_eq!(document["error"]["kind"], kind, "{command:?}");
        let keys: Vec<_> = document["error"].as_object().unwrap().keys().cloned().collect();
        assert_eq!(
            BTreeSet::from_iter(keys),
            ["hint", "kind", "message"].map(str::to_owned).into()
        );
        assert_eq!(document.as_object().unwrap().len(), 1);
    }
    let variable = world.keybelt("frobnicate").env("KEYBELT_OUTPUT", "json").run().code(2);
    assert_eq!(variable.json()["error"]["kind"], "usage");
}

#[test]
fn an_interrupted_command_says_so_in_json() {
    let world = World::new();
    let mut terminal =
        world.keybelt(["login", &world.host(), "--username", "bob", "-o", "json"]).pty();
    terminal.expect_hidden("Password").type_keys(b"\x03");
    terminal.wait(130).shows("\"kind\": \"interrupted\"");
}

/// A password may be typed where it does not belong; it must not come back on the screen and into a log.
#[test]
fn wrong_usage_exits_2_and_quotes_no_value() {
    let world = World::new();
    let canary = "canary-8264";
    for command in [
        format!("login --password {canary}"),
        format!("login --password={canary}"),
        format!("login --token {canary}"),
        format!("login --token={canary}"),
        format!("login HOST {canary}"),
        format!("token print {canary}"),
        format!("whoami --timeout {canary}"),
        format!("whoami --color={canary}"),
        format!("whoami -o {canary}"),
        canary.to_owned(),
        format!("2fa {canary}"),
        format!("2fa enable --code {canary} --code-stdin --app"),
        format!("login --username -{canary}"),
        format!("login https://user:{canary}@127.0.0.1"),
        format!("-p{canary} login"),
    ] {
        let run = world.keybelt(words(&command, &world.host())).run().code(2).hides(canary);
        assert!(
            run.stdout().is_empty() && run.stderr().starts_with("error: "),
            "{command}: {}",
            run.stderr()
        );
    }
}

/// `ps` shows arguments to everybody (GHSA-g36v-2xff-pv5m, rust-lang/cargo#13623).
#[test]
fn no_option_takes_a_password_or_a_token_as_its_value() {
    fn visit(command: &clap::Command, found: &mut Vec<String>) {
        for argument in command.get_arguments() {
            let name = argument.get_long().unwrap_or_default();
            let secret =
                ["password", "token", "secret", "code"].iter().any(|word| name.contains(word));
            let elsewhere = ["-stdin", "-command", "-file"].iter().any(|end| name.ends_with(end));
            if secret && !elsewhere && argument.get_action().takes_values() {
                found.push(format!("{} --{name}", command.get_name()));
            }
        }
        command.get_subcommands().for_each(|command| visit(command, found));
    }
    let mut found = Vec::new();
    visit(&keybelt::cli::command_line(), &mut found);
    // A code is good once and for half a minute; the help advises against it for recovery codes.
    found.retain(|option| !option.ends_with(" --code"));
    // How many made-up tokens there are, and how their lifetimes are limited.
    found.retain(|option| option != "start --tokens" && option != "start --token-limit");
    assert_eq!(found, [""; 0]);
}

#[test]
fn help_and_version_are_results_and_need_nothing() {
    let world = World::new();
    let broken = |run: Keybelt| {
        run.without_env("HOME").env("ATLAS_TOKEN", "two words").env("KEYBELT_OUTPUT", "text").run()
    };
    broken(world.keybelt("--version"))
        .code(0)
        .prints(concat!("keybelt ", env!("CARGO_PKG_VERSION")));
    for command in [
        "--help",
        "help login",
        "login --help",
        "2fa enable -h",
        "sandbox start --help",
        "completions bash",
        "man",
    ] {
        let run = broken(world.keybelt(words(command, ""))).code(0);
        assert!(run.stderr().is_empty() && run.stdout().len() > 200, "{command}");
    }
}

#[test]
fn a_closed_pipe_on_stdout_ends_quietly_with_0_and_a_full_disk_with_1() {
    let world = World::new();
    world.sign_in("alice");
    for command in [
        "status",
        "whoami",
        "token print",
        "2fa status -o json",
        "completions zsh",
        "--help",
        "man",
    ] {
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let run = world
            .keybelt(words(command, ""))
            .stdout(File::from(OwnedFd::from(writer)))
            .run()
            .code(0);
        assert_eq!(run.stderr(), "", "{command}");
        let full = OpenOptions::new().write(true).open("/dev/full").unwrap();
        world.keybelt(words(command, "")).stdout(full).run().code(1).says("cannot write to stdout");
    }
}

#[test]
fn narration_is_silenced_and_results_are_not() {
    let world = World::new();
    let login = ["login", &world.host(), "--username", "alice", "--password-stdin"];
    for quiet in [
        world.keybelt(login.iter().chain(&["-q"])),
        world.keybelt(login).env("KEYBELT_QUIET", "yes"),
    ] {
        let run = quiet.stdin(world.password("alice")).run().code(0);
        assert_eq!((run.stdout(), run.stderr()), ("", ""));
    }
    assert_eq!(world.keybelt("whoami --quiet").run().code(0).stdout(), "alice\n");
}

#[test]
fn a_flag_wins_over_a_variable_and_a_blank_variable_is_unset() {
    let world = World::new();
    world.sign_in("alice");
    world.sign_in("bob");
    let whoami = |arguments: &[&str], variables: &[(&str, &str)]| {
        let run = world.keybelt(["whoami"].iter().chain(arguments));
        variables.iter().fold(run, |run, (name, value)| run.env(name, value)).run()
    };
    assert_eq!(whoami(&[], &[("KEYBELT_ACCOUNT", "alice")]).code(0).stdout(), "alice\n");
    assert_eq!(
        whoami(&["--account", "bob"], &[("KEYBELT_ACCOUNT", "alice")]).code(0).stdout(),
        "bob\n"
    );
    assert_eq!(whoami(&[], &[("KEYBELT_ACCOUNT", " ")]).code(0).stdout(), "bob\n");
    assert!(whoami(&[], &[("KEYBELT_OUTPUT", "json")]).code(0).json().is_object());
    assert_eq!(whoami(&["-o", "text"], &[("KEYBELT_OUTPUT", "json")]).code(0).stdout(), "bob\n");
    assert_eq!(whoami(&[], &[("KEYBELT_OUTPUT", "")]).code(0).stdout(), "bob\n");
    let other = Server::silent();
    let (host, elsewhere) = (world.host(), other.host());
    assert_eq!(whoami(&["-H", &host], &[("KEYBELT_HOST", &elsewhere)]).code(0).stdout(), "bob\n");
    whoami(&[], &[("KEYBELT_HOST", &elsewhere)]).code(3).says(&elsewhere);
    assert_eq!(whoami(&[], &[("KEYBELT_HOST", "")]).code(0).stdout(), "bob\n");
    let twice = ["login", &host, "-H", &elsewhere, "--username", "bob", "--password-stdin"];
    world.keybelt(twice).stdin("x\n").run().code(2);
}

#[test]
fn a_variable_that_makes_no_sense_is_named_and_its_value_is_not_shown() {
    let world = World::new();
    for (name, value) in [
        ("KEYBELT_OUTPUT", "canary"),
        ("KEYBELT_COLOR", "canary"),
        ("KEYBELT_QUIET", "canary"),
        ("KEYBELT_YES", "canary"),
        ("KEYBELT_NO_INPUT", "canary"),
        ("KEYBELT_VERBOSE", "canary"),
        ("KEYBELT_VERBOSE", "9"),
        ("KEYBELT_PROVIDER", "canary"),
        ("KEYBELT_HOST", "can ary"),
        ("KEYBELT_CONFIG_DIR", "canary/relative"),
    ] {
        let run = world.keybelt("whoami").env(name, value).run().code(2);
        run.says(name).hides("canary");
    }
}

#[test]
fn the_directory_of_the_store_can_be_chosen() {
    let world = World::new();
    let login = ["login", &world.host(), "--username", "alice", "--password-stdin"];
    let elsewhere = world.home().join("elsewhere");
    let chosen = |run: Keybelt| run.env("KEYBELT_CONFIG_DIR", &elsewhere);
    chosen(world.keybelt(login)).stdin(world.password("alice")).run().code(0);
    assert!(elsewhere.join("tokens.json").exists() && !world.config_dir().exists());
    let xdg = world.keybelt(login).env("XDG_CONFIG_HOME", world.home().join("xdg"));
    xdg.stdin(world.password("alice")).run().code(0);
    assert!(world.home().join("xdg/keybelt/tokens.json").exists());
}

#[test]
fn a_relative_home_is_none_for_nothing_is_read_from_the_working_directory() {
    let world = World::new();
    for command in ["status --offline", "config list", "logout --all"] {
        let run = world.keybelt(words(command, "")).env("HOME", "relative");
        run.run().code(1).says("no home directory");
    }
    assert!(!world.home().join("relative").exists());
}

/// Returns what an account route says when it is asked with a token.
fn account(name: &str) -> Server {
    let document = json!({"data": {"id": "1", "attributes": {"username": name}}});
    Server::answering([(("GET", "/api/v2/account/details"), Reply::json(200, &document))])
}

fn whoami(world: &World, arguments: &[&str], variables: &[(&str, &str)]) -> Run {
    let run = world.keybelt(["whoami"].iter().chain(arguments));
    variables.iter().fold(run, |run, (name, value)| run.env(name, value)).run()
}

/// gh gave its enterprise token to any host (CVE-2024-53858, CVE-2024-53859).
#[test]
fn a_variables_token_goes_to_the_host_that_it_is_bound_to_and_to_no_other() {
    let world = World::new();
    let (one, two) = (account("one"), account("two"));
    let (a, b) = (one.host(), two.host());
    let bound: [&[(&str, &str)]; 3] = [
        &[("ATLAS_TOKEN", "canary.token"), ("ATLAS_ADDRESS", &a)],
        &[("TFE_TOKEN", "canary.token"), ("TFE_ADDRESS", &a)],
        &[("TFE_TOKEN", "canary.token"), ("TFE_HOSTNAME", &a)],
    ];
    for variables in bound {
        assert_eq!(whoami(&world, &[], variables).code(0).stdout(), "one\n");
        assert_eq!(whoami(&world, &["-H", &a], variables).code(0).stdout(), "one\n");
        for (option, variable) in
            [(&["-H", &b][..], None), (&[], Some(("KEYBELT_HOST", b.as_str())))]
        {
            let variables: Vec<_> = variables.iter().copied().chain(variable).collect();
            let run = whoami(&world, option, &variables).code(3).hides("canary");
            run.says(variables[0].0)
                .says(variables[1].0.strip_suffix("HOSTNAME").unwrap_or(variables[1].0));
        }
    }
    assert!(two.requests().is_empty(), "{:?}", two.requests());
    for request in one.requests() {
        assert_eq!(request.header("Authorization"), Some("Bearer canary.token"));
    }
}

#[test]
fn an_unbound_variables_token_is_for_the_default_host_alone() {
    let world = World::new();
    let (other, proxy) = (account("other"), Server::silent());
    for variable in ["ATLAS_TOKEN", "TFE_TOKEN"] {
        whoami(&world, &["-H", &other.host()], &[(variable, "canary.token")])
            .code(3)
            .says("app.terraform.io")
            .hides("canary");
        whoami(&world, &[], &[(variable, "canary.token"), ("HTTPS_PROXY", &proxy.host())]).code(5);
        assert!(
            proxy.requests().iter().all(
                |request| request.path == "app.terraform.io:443" && !request.contains("canary")
            )
        );
    }
    assert!(!proxy.requests().is_empty() && other.requests().is_empty());
    // A variable that selects a server, and a current host, bind nothing.
    world.sign_in("alice");
    let run = whoami(&world, &[], &[("TFE_TOKEN", "canary.token")]);
    assert_eq!(run.code(0).stdout(), "alice\n");
}

#[test]
fn the_target_is_the_first_of_option_variables_current_host_and_default() {
    let world = World::new();
    world.sign_in("alice");
    let [option, keybelt, atlas, tfe] = ["option", "keybelt", "atlas", "tfe"].map(account);
    let hosts = [option.host(), keybelt.host(), atlas.host(), tfe.host()];
    let target = |arguments: &[&str], variables: &[(&str, &str)]| {
        let run = world.keybelt(["status", "--offline", "-o", "json"].iter().chain(arguments));
        let run = variables.iter().fold(run, |run, (name, value)| run.env(name, value));
        let run = run.run().any_end();
        assert!(matches!(run.exit_code(), Some(0 | 3)), "{}", run.stderr());
        run.json()["host"].as_str().unwrap().to_owned()
    };
    let tfe = [("TFE_TOKEN", "t.t"), ("TFE_ADDRESS", hosts[3].as_str())];
    let atlas = [("ATLAS_TOKEN", "a.a"), ("ATLAS_ADDRESS", hosts[2].as_str())];
    let keybelt = [("KEYBELT_HOST", hosts[1].as_str())];
    let all = [&tfe[..], &atlas, &keybelt].concat();
    assert_eq!(target(&["-H", &hosts[0]], &all), hosts[0]);
    assert_eq!(target(&[], &all), hosts[1]);
    assert_eq!(target(&[], &[&tfe[..], &atlas].concat()), hosts[2]);
    assert_eq!(target(&[], &tfe), hosts[3]);
    assert_eq!(
        target(&[], &atlas[1..]),
        world.host(),
        "an address without its token selects nothing"
    );
    assert_eq!(target(&[], &[]), world.host());
    let empty = World::new();
    let document = empty.keybelt("status -o json").run().code(3).json();
    assert_eq!(
        (&document["host"], &document["host_chosen_by"]),
        (&json!("app.terraform.io"), &json!("default"))
    );
}

/// Hosts have been compared by prefix and by pattern (microsoft/vscode#320634, heroku's PR 215).
#[test]
fn what_only_looks_like_a_host_is_refused_or_is_another_host() {
    let world = World::new();
    for bad in [
        "http://tfe.example.com",
        "https://user@tfe.example.com",
        "https://user:password@tfe.example.com",
        "https://tfe.example.com/path",
        "https://tfe.example.com?query",
        "https://tfe.example.com#part",
        "ftp://tfe.example.com",
        "tfe.example.com.",
        "tfe..example.com",
        "http://localhost.evil.example",
        "http://127.0.0.1.evil.example",
        "http://0.0.0.0",
        "http://[::ffff:127.0.0.1]",
        "http://localhost.",
        "http://2130706433",
        "http://0x7f.1",
        "tfe.example.com:0x50",
        "tfe.example.com:99999",
        "tfe.example.com\\@evil.example",
        "tfe.example.com%2eevil",
        " ",
    ] {
        let run = world.keybelt(["whoami", "--host", bad]).run().code(2);
        run.hides("password@");
    }
    let proxy = Server::silent();
    for other in [
        "app.terraform.io.evil.example",
        "evilapp.terraform.io",
        "app.terraform.io:8443",
        // The fourth letter of the second label is Cyrillic.
        "app.terr\u{430}form.io",
    ] {
        let address = proxy.host();
        let variables = [("ATLAS_TOKEN", "canary.token"), ("HTTPS_PROXY", &address)];
        whoami(&world, &["--host", other], &variables).code(3);
    }
    assert!(proxy.requests().is_empty());
    // One host, three spellings.
    for same in ["HTTPS://APP.Terraform.IO/", "app.terraform.io:443", "hcp"] {
        let run = world
            .keybelt(["status", "--offline", "-o", "json", "-H", same])
            .env("ATLAS_TOKEN", "a.token");
        let document: Value = run.run().code(0).json();
        assert_eq!(document["host"], "app.terraform.io", "{same}");
    }
}

#[test]
fn a_damaged_store_is_named_and_left_as_it_is() {
    let world = World::new();
    world.sign_in("alice");
    let good = String::from_utf8(world.tokens_bytes()).unwrap();
    for bad in [
        good[..good.len() / 2].to_owned(),
        format!("\u{feff}{good}"),
        good.replacen("\"version\"", "\"version\":1,\"version\"", 1),
        good.replacen("\"version\": 1", "\"version\": 2", 1).replacen(
            "\"version\":1",
            "\"version\":2",
            1,
        ),
        good.replacen("\"hosts\"", "\"hosts\":[],\"x\"", 1),
        "[]".to_owned(),
        String::new(),
    ] {
        assert_ne!(bad, good);
        std::fs::write(world.tokens_file(), &bad).unwrap();
        for command in ["whoami", "logout", "status", "token print"] {
            let run = world.keybelt(words(command, "")).run();
            if bad.is_empty() {
                // Nothing was ever in it, or an editor emptied it: either way there is nothing to lose.
                assert!(run.any_end().exit_code().is_some(), "{command}");
                continue;
            }
            let run = run.code(1);
            let told = format!("{}{}", run.stdout(), run.stderr());
            assert!(told.contains("tokens.json"), "{command}: {told}");
        }
        assert_eq!(world.tokens_bytes(), bad.as_bytes());
    }
}

#[test]
fn keys_that_keybelt_does_not_know_survive() {
    let world = World::new();
    world.sign_in("alice");
    world.change_entry("alice", |entry| entry["from_the_future"] = json!({"a": [1, 2.5]}));
    let mut document = world.tokens_json();
    document["also"] = json!("kept");
    std::fs::write(world.tokens_file(), document.to_string()).unwrap();
    world.sign_in("bob");
    let after = world.tokens_json();
    assert_eq!(after["also"], "kept");
    assert_eq!(
        after["hosts"][world.host()]["accounts"]["alice"]["from_the_future"],
        json!({"a": [1, 2.5]})
    );
}

/// A repository that one has just cloned must not choose the server or the token.
#[test]
fn nothing_is_read_from_the_working_directory() {
    let world = World::new();
    let project = world.home().join("project");
    std::fs::create_dir_all(project.join(".config/keybelt")).unwrap();
    world.sign_in("alice");
    for name in ["tokens.json", ".config/keybelt/tokens.json", ".keybelt/tokens.json"] {
        let path = project.join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, world.tokens_bytes()).unwrap();
    }
    std::fs::remove_dir_all(world.config_dir()).unwrap();
    std::fs::write(project.join(".env"), format!("ATLAS_TOKEN=x\nKEYBELT_HOST={}\n", world.host()))
        .unwrap();
    std::fs::write(project.join("config.toml"), "output = \"json\"\n").unwrap();
    let run = world.keybelt("status").directory(&project).run().code(3);
    run.prints("app.terraform.io (default)");
}
