//! Completion of commands, options and values: what `complete` answers, and what real shells make of it.

use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::time::{Duration, Instant};

use crate::harness::{Keybelt, PROGRAM, Reply, Server, World, needs};

/// Signs two accounts in, so that there are hosts and accounts to complete.
fn signed_in() -> World {
    let world = World::new();
    world.sign_in("alice");
    world.sign_in("bob");
    world
}

/// Returns the candidates for a line, whose last word is completed.
fn candidates(world: &World, line: &str) -> Vec<String> {
    let words = ["complete", "--"].into_iter().chain(line.split(' '));
    let run = world.keybelt(words).run().code(0);
    let values = run.stdout().lines().map(|line| line.split('\t').next().unwrap().to_owned());
    values.collect()
}

#[test]
fn values_come_from_what_is_stored_here() {
    let world = signed_in();
    let host = world.host();
    let found = |line: &str| candidates(&world, line);
    assert_eq!(found("keybelt -H ht"), [host.as_str()]);
    assert_eq!(found("keybelt login hc"), ["hcp", "hcp-eu"]);
    assert_eq!(found("keybelt token list --account a"), ["alice"]);
    assert_eq!(found("keybelt switch b"), [format!("bob@{host}")]);
    assert_eq!(found("keybelt login --store k"), ["keyring"]);
    assert_eq!(found("keybelt config set store_"), ["store_timeout"]);
    assert_eq!(found("keybelt config set store k"), ["keyring"]);
    assert_eq!(found("keybelt config set output "), ["text", "json"]);
    assert_eq!(found("keybelt config set aptible.write_tokens_json t"), ["true"]);
    assert_eq!(found(&format!("keybelt config set hosts.{host}.provider a")), ["atlas", "aptible"]);
    let setting = format!("hosts.{host}.username");
    assert_eq!(
        found("keybelt config get hosts.http").iter().filter(|it| **it == setting).count(),
        1
    );
    assert_eq!(found("keybelt --output=c"), ["--output=csv"]);
    assert_eq!(found("keybelt tok"), ["token"]);
    assert_eq!(found("keybelt login --use"), ["--username"]);
    assert!(found("keybelt exec -- env").contains(&"env".to_owned()));
    assert_eq!(world.count("GET", "/api/v2/account/details"), 2, "only the sign-ins asked");
}

/// Returns the candidates with their descriptions.
fn described(world: &World, line: &str) -> Vec<(String, String)> {
    let words = ["complete", "--"].into_iter().chain(line.split(' '));
    let run = world.keybelt(words).run().code(0);
    let pair = |line: &str| line.split_once('\t').map(|(a, b)| (a.to_owned(), b.to_owned()));
    run.stdout().lines().filter_map(pair).collect()
}

const ORGANIZATIONS: &str = "/api/v2/organizations";
const LISTS: &str = "completion.json";

#[test]
fn ids_organizations_and_teams_come_from_the_server_and_are_kept_for_a_minute() {
    let world = World::new();
    world.sign_in("olivia");
    let listed = world.keybelt("token list -o json").run().code(0).json();
    let id = |token: &serde_json::Value| token["id"].as_str().unwrap().to_owned();
    let mut ids: Vec<String> = listed["tokens"].as_array().unwrap().iter().map(id).collect();
    ids.sort();
    let before = world.count("GET", "/api/v2/account/details");
    for line in ["keybelt token revoke at-", "keybelt token show at-", "keybelt token revoke at-"] {
        let mut found = described(&world, line);
        found.sort();
        assert_eq!(found.iter().map(|it| it.0.clone()).collect::<Vec<_>>(), ids, "{line}");
        assert!(found.iter().any(|it| it.1.contains("keybelt on")), "{found:?}");
    }
    assert_eq!(world.count("GET", "/api/v2/account/details"), before + 1, "the list was kept");
    assert!(!candidates(&world, "keybelt session revoke at-").is_empty());
    assert_eq!(candidates(&world, "keybelt org show ac"), ["acme"]);
    assert_eq!(candidates(&world, "keybelt token list --org a"), ["acme"]);
    assert_eq!(candidates(&world, "keybelt token list --org acme --team dev"), ["developers"]);

    let file = world.config_dir().join(LISTS);
    let mode = std::fs::metadata(&file).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    let text = std::fs::read_to_string(&file).unwrap();
    assert!(world.stored_tokens().iter().all(|token| !text.contains(token)), "no secret is kept");
    world.keybelt("logout").run().code(0);
    assert!(!file.exists(), "signed out");
    assert!(candidates(&world, "keybelt token revoke at-").is_empty());
}

#[test]
fn a_list_is_too_old_after_a_minute() {
    let Some(faketime) = needs("faketime") else { return };
    let world = World::new();
    world.sign_in("olivia");
    for (later, requests) in [("+0s", 1), ("+40s", 1), ("+61s", 2)] {
        let words = ["complete", "--", "keybelt", "org", "show", "a"];
        let run = world.keybelt(words).through(&faketime, ["-f", later]).run().code(0);
        assert_eq!(run.stdout(), "acme\tacme\n", "{later}");
        let asked = world.count("GET", ORGANIZATIONS);
        assert_eq!(asked, requests, "{later}");
    }
}

/// The keyring would ask to be unlocked, and a helper is another program: neither is for a key press.
#[test]
fn only_a_token_at_hand_asks_the_server() {
    let world = World::new();
    world.install_helper("fake", "echo asked >> ~/asked; exit 1");
    world.sign_in("olivia");
    world.change_entry("olivia", |entry| {
        entry["store"] = "docker:fake".into();
        entry.as_object_mut().unwrap().remove("token");
    });
    let before = world.sandbox.requests().len();
    let words = ["complete", "--", "keybelt", "token", "revoke", "at-"];
    let run = world.with_helpers(words).run().code(0);
    assert_eq!((run.stdout(), run.stderr()), ("", ""));
    assert!(!world.home().join("asked").exists(), "the helper was run");
    assert_eq!(world.sandbox.requests().len(), before);

    let token = world.account("olivia").token;
    let by = |words: [&str; 6]| {
        world.keybelt(words).env("ATLAS_ADDRESS", world.host()).env("ATLAS_TOKEN", &token)
    };
    assert!(by(words).run().code(0).stdout().starts_with("at-"));
    assert!(!world.config_dir().join(LISTS).exists(), "a variable's list is not kept");
}

#[test]
fn a_slow_or_silent_server_costs_a_second_and_no_more() {
    let world = World::new();
    let server = Server::silent();
    let run = world
        .keybelt(["complete", "--", "keybelt", "org", "show", ""])
        .env("ATLAS_ADDRESS", server.host())
        .env("KEYBELT_HOST", server.host())
        .env("ATLAS_TOKEN", "silent.atlasv1.0123456789");
    let began = Instant::now();
    let run = run.run().code(0);
    assert!(began.elapsed() < Duration::from_secs(5), "{:?}", began.elapsed());
    assert!(!run.stdout().contains("acme"));
}

/// A name that a shell would run, were it put into a command line.
#[test]
fn names_that_a_shell_would_read_otherwise_are_not_offered() {
    let world = World::new();
    let server = Server::start(|request| {
        let names = ["$(touch pwned)", "good", "a;b", "-x", "`id`"];
        let one = |name: &&str| serde_json::json!({ "id": name, "type": "organizations", "attributes": { "name": name } });
        let document = serde_json::json!({ "data": names.iter().map(one).collect::<Vec<_>>() });
        let _ = request;
        Reply::json(200, &document)
    });
    let run = world
        .keybelt(["complete", "--", "keybelt", "org", "audit", ""])
        .env("ATLAS_ADDRESS", server.host())
        .env("KEYBELT_HOST", server.host())
        .env("ATLAS_TOKEN", "hostile.atlasv1.0123456789");
    assert_eq!(run.run().code(0).stdout(), "good\tgood\n");
}

/// An option is in the way where a command or a value can follow.
#[test]
fn options_are_offered_where_one_is_begun() {
    let world = World::new();
    let all = candidates(&world, "keybelt ");
    assert!(
        all.contains(&"login".to_owned()) && !all.iter().any(|it| it.starts_with('-')),
        "{all:?}"
    );
    assert!(!all.contains(&"complete".to_owned()), "what is hidden is not offered: {all:?}");
    assert!(candidates(&world, "keybelt --").contains(&"--host".to_owned()));
}

#[test]
fn a_damaged_store_leaves_the_other_candidates() {
    let world = signed_in();
    std::fs::write(world.tokens_file(), "{").unwrap();
    assert_eq!(candidates(&world, "keybelt -H "), ["hcp", "hcp-eu", "aptible"]);
}

/// Prepares a script of a shell that has keybelt in its PATH and its completion read.
fn shell(world: &World, shell: &Path, arguments: &[&str], completions: &str) -> Keybelt {
    let script = world.keybelt(format!("completions {completions}")).run().code(0);
    std::fs::write(world.home().join("script"), script.stdout()).unwrap();
    let directory = Path::new(PROGRAM).parent().unwrap().display();
    world.keybelt(arguments).called(shell).env("PATH", format!("{directory}:/usr/bin:/bin"))
}

/// Bash breaks words at `:` and `@`, and replaces only what is behind them.
#[test]
fn bash_completes_values_with_colons_and_at_signs() {
    let Some(bash) = needs("bash") else { return };
    let world = signed_in();
    let port = world.host().rsplit(':').next().unwrap().to_owned();
    let script = r#"source ./script
        complete_line() { COMP_LINE=$1 COMP_POINT=${#1}; _keybelt 2>/dev/null; printf '%s\n' "${COMPREPLY[@]}" --; }
        complete_line 'keybelt login hc'
        complete_line 'keybelt -H http://127'
        complete_line 'keybelt switch alice@ht'"#;
    let run = shell(&world, &bash, &["--norc", "-c", script], "bash").run().code(0);
    let expected =
        format!("hcp\nhcp-eu\n--\n//127.0.0.1:{port}\n--\nhttp://127.0.0.1:{port}\n--\n");
    assert_eq!(run.stdout(), expected);
}

#[test]
fn fish_shows_descriptions_beside_values() {
    let Some(fish) = needs("fish") else { return };
    let world = signed_in();
    let script =
        "source script; complete -C 'keybelt login hc'; complete -C 'keybelt --account al'";
    let run = shell(&world, &fish, &["--no-config", "-c", script], "fish").run().code(0);
    let expected =
        format!("hcp\tapp.terraform.io\nhcp-eu\tapp.eu.terraform.io\nalice\t{}\n", world.host());
    assert_eq!(run.stdout(), expected);
}

#[test]
fn zsh_completes_on_a_terminal() {
    let Some(zsh) = needs("zsh") else { return };
    let world = signed_in();
    let mut terminal = shell(&world, &zsh, &["-f", "-i"], "zsh").env("PS1", "zsh> ").pty();
    terminal
        .expect("zsh> ")
        .type_line("autoload -U compinit; compinit -u -D; source ./script; echo re''ady");
    terminal.expect("ready").type_keys(b"keybelt switch bo\t");
    terminal.expect(&format!("bob@{}", world.host()));
    terminal.type_keys(b"\x15").type_line("exit");
    terminal.wait(0);
}

#[test]
fn nushell_shows_descriptions_beside_values() {
    let Some(nu) = needs("nu") else { return };
    let world = signed_in();
    let script = "source script; nu-complete keybelt 'keybelt --account al' | to json --raw";
    let run = shell(&world, &nu, &["--no-config-file", "-c", script], "nushell").run().code(0);
    let expected = serde_json::json!([{ "value": "alice", "description": world.host() }]);
    assert_eq!(run.json(), expected);
    let script = "source script; keybelt config get output -o json";
    let run = shell(&world, &nu, &["--no-config-file", "-c", script], "nushell").run().code(0);
    assert_eq!(run.json()["key"], "output");
}

#[test]
fn elvish_completes_on_a_terminal() {
    let Some(elvish) = needs("elvish") else { return };
    let world = signed_in();
    let mut terminal = shell(&world, &elvish, &["-norc"], "elvish").pty();
    terminal.expect("> ").type_line("eval (slurp < script); echo re''ady");
    terminal.expect("ready").type_keys(b"keybelt switch bo\t");
    // It draws only what is new, which begins behind what was typed.
    terminal.expect(&format!("@{}", world.host()));
    terminal.type_keys(b"\x15").type_line("exit");
    terminal.wait(0);
}
