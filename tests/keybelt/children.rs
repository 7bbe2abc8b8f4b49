//! Programs that keybelt runs: the terminal that they ask at, and where they are found.

use keybelt_sandbox::{Generation, Limits, Options};
use rustix::process::{Pid, Signal, kill_process};

use crate::harness::{Pty, WORKING, World};

/// Asks at the terminal as pinentry and its kin do.
const ASKS: &str = "stty -echo </dev/tty; printf 'PIN: ' >/dev/tty; read -r pin </dev/tty; \
     stty echo </dev/tty; printf '\\n' >/dev/tty";

/// A person's shell: what keybelt leaves unread, the shell reads next.
const SHELL: &str = "\"$@\"; echo \"[ended] $?\"; read -r left </dev/tty; echo \"[left] <$left>\"";

fn below_bash(world: &World, words: &[&str], variable: (&str, &str)) -> Pty {
    world
        .keybelt(words.iter().copied())
        .env(variable.0, variable.1)
        .through("/bin/bash", ["-m", "-c", SHELL, "bash"])
        .pty()
}

/// Starts a sign-in whose password comes from a script.
fn login(world: &World, script: &str, variable: (&str, &str)) -> Pty {
    let command = format!("sh {}", world.program("ask", script).display());
    let host = world.host();
    let words = ["login", &host, "--username", "alice", "--password-command", &command];
    below_bash(world, &words, variable)
}

const PLAIN: (&str, &str) = ("KEYBELT_QUIET", "0");

fn asks_and_prints() -> String {
    format!("{ASKS}; printf '%s\\n' \"$pin\"")
}

/// Asserts that keybelt ended so, and left nothing for the shell.
fn ends(mut terminal: Pty, code: &str, secret: &str) {
    terminal.expect(&format!("[ended] {code}")).type_line("").expect("[left] <>");
    terminal.wait(0).hides(secret);
}

/// The command was stopped by the kernel, and what was typed for it was run by the shell a minute later
/// (ByteNess/aws-vault PR 349).
#[test]
fn a_command_that_asks_at_the_terminal_gets_it_and_gives_it_back() {
    let world = World::new();
    let mut terminal = login(&world, &asks_and_prints(), PLAIN);
    terminal.expect_hidden("PIN: ").type_line(&world.password("alice"));
    ends(terminal, "0", &world.password("alice"));
}

#[test]
fn two_commands_in_a_row_both_get_the_terminal() {
    let world = World::new();
    let password = format!("sh {}", world.program("ask", &asks_and_prints()).display());
    let script = "read -r it </dev/tty; printf '%s\\n' \"$it\"";
    let script = format!("printf 'CODE: ' >/dev/tty; {script}");
    let code = format!("sh {}", world.program("code", &script).display());
    let host = world.host();
    let words = ["login", &host, "--username", "bob", "--password-command", &password];
    let words = [&words[..], &["--code-command", &code]].concat();
    let mut terminal = below_bash(&world, &words, PLAIN);
    terminal.expect_hidden("PIN: ").type_line(&world.password("bob"));
    terminal.expect_visible("CODE: ").type_line(&world.code("bob"));
    ends(terminal, "0", &world.password("bob"));
}

#[test]
fn ctrl_c_at_the_question_of_a_command_ends_keybelt() {
    let world = World::new();
    let mut terminal = login(&world, &asks_and_prints(), PLAIN);
    terminal.expect_hidden("PIN: ").type_keys(b"my-typed-secret\x03");
    ends(terminal, "130", "my-typed-secret");
}

/// It had the terminal and no time limit, and no key ended it.
#[test]
fn a_command_that_stops_itself_at_its_question_stops_keybelt_and_both_go_on() {
    let world = World::new();
    let script = format!("{ASKS}; kill -STOP $$; printf '%s\\n' \"$pin\"");
    let command = format!("sh {}", world.program("ask", &script).display());
    let host = world.host();
    let words = ["login", &host, "--username", "alice", "--password-command", &command];
    let shell = "\"$@\"; echo \"[stopped] $?\"; read -r go; fg >/dev/null; echo \"[ended] $?\"";
    let mut terminal = world.keybelt(words).in_job_shell(shell).pty();
    terminal.expect_hidden("PIN: ").type_line(&world.password("alice"));
    terminal.expect("[stopped] ").type_line("").expect("[ended] 0");
    terminal.wait(0);
}

#[test]
fn a_command_that_ends_without_reading_leaves_nothing_typed_for_the_shell() {
    let world = World::new();
    let script = "stty -echo </dev/tty; mkfifo go; printf 'PIN: ' >/dev/tty; cat go; exit 3";
    let mut terminal = login(&world, script, PLAIN);
    terminal.expect_hidden("PIN: ").type_line("my-typed-secret");
    std::fs::write(world.home().join("go"), "").unwrap();
    terminal.expect("failed: exit status: 3");
    ends(terminal, "1", "my-typed-secret");
}

#[test]
fn a_signal_to_keybelt_ends_the_asking_command_and_takes_the_terminal_back() {
    let world = World::new();
    let script = format!("printf '%s\\n' \"$PPID\" > parent; {ASKS}");
    let mut terminal = login(&world, &script, PLAIN);
    terminal.expect_hidden("PIN: ").type_keys(b"my-typed-secret");
    let parent = std::fs::read_to_string(world.home().join("parent")).unwrap();
    let keybelt = Pid::from_raw(parent.trim().parse().unwrap()).unwrap();
    kill_process(keybelt, Signal::TERM).unwrap();
    ends(terminal, "143", "my-typed-secret");
    assert_eq!(world.processes(), [] as [&str; 0]);
}

#[test]
fn where_keybelt_may_not_ask_a_command_that_asks_is_ended_at_once() {
    for variable in [("KEYBELT_NO_INPUT", "1"), ("CI", "true")] {
        let world = World::new();
        let mut terminal = login(&world, &asks_and_prints(), variable);
        terminal.expect("prompts on the terminal, which is not available here");
        ends(terminal, "1", "PIN: ");
        assert_eq!(world.processes(), [] as [&str; 0]);
    }
}

#[test]
fn a_docker_helper_that_asks_at_the_terminal_gets_it() {
    let world = World::new();
    world.install_helper("asks", &format!("[ \"$1\" != store ] || {{ {ASKS}; }}\n{WORKING}"));
    let host = world.host();
    let words = ["login", &host, "--username", "alice", "--store", "docker:asks"];
    let path = world.helper_path();
    let mut terminal = below_bash(&world, &words, ("PATH", &path));
    terminal.expect_hidden("Password for alice").type_line(&world.password("alice"));
    terminal.expect_hidden("PIN: ").type_line("my-typed-secret");
    ends(terminal, "0", "my-typed-secret");
    assert_eq!(world.vault().len(), 1);
}

#[test]
fn a_command_that_is_not_there_is_named() {
    let world = World::new();
    let host = world.host();
    world
        .keybelt(["login", &host, "--username", "alice", "--password-command", "nosuch"])
        .run()
        .code(1)
        .says("command `nosuch` not found")
        .hides("entity not found");
}

/// `xdg-open` and `BROWSER` were looked for in the working directory where PATH has a blank entry or a dot.
#[test]
fn no_browser_is_run_from_the_working_directory() {
    for browser in ["", "firefox"] {
        let world = World::with(Options {
            generation: Generation::Modern,
            limits: Limits::Off,
            ..Options::default()
        });
        for name in ["xdg-open", "firefox", "gio", "gnome-open", "kde-open", "wslview"] {
            world.program(name, "#!/bin/sh\n: > ran\n");
        }
        let mut terminal = world
            .keybelt(["login", &world.host(), "--web"])
            .env("PATH", ".::/nonexistent")
            .env("BROWSER", browser)
            .pty();
        terminal.expect("/app/oauth2/auth").expect("\n").type_keys(b"\x03");
        terminal.wait(130);
        assert!(!world.home().join("ran").exists(), "{browser}");
    }
}
