//! Completion of commands, options and values: what `complete` answers, and what real shells make of it.

use std::path::Path;

use crate::harness::{Keybelt, PROGRAM, World, needs};

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
