//! What a terminal shows beside answers: waits that are said, and prose that breaks at blanks.

use std::sync::Mutex;
use std::sync::mpsc;

use serde_json::json;

use crate::harness::{Reply, Server, World};

/// A silent wait looks like a program that hangs.
#[test]
fn a_person_sees_what_is_waited_for_and_nothing_is_left_of_it() {
    let (open, opened) = mpsc::channel::<()>();
    let opened = Mutex::new(opened);
    let account =
        json!({"data": {"id": "user-1", "type": "users", "attributes": {"username": "alice"}}});
    let server = Server::start(move |_| {
        let _ = opened.lock().unwrap().recv();
        Reply::json(200, &account)
    });
    let world = World::new();
    let whoami = || {
        let run = world.keybelt("whoami").env("ATLAS_TOKEN", "a.token");
        run.env("ATLAS_ADDRESS", server.host())
    };
    let mut terminal = whoami().size(24, 80).pty();
    terminal.expect(&format!("waiting for {}", server.host()));
    drop(open);
    let ended = terminal.wait(0);
    assert_eq!(ended.screen.contents().trim(), "alice");
    // Nobody is there to see it.
    assert_eq!(whoami().run().code(0).stderr(), "");
    let quiet = world.keybelt("whoami -q").env("ATLAS_TOKEN", "a.token");
    let quiet = quiet.env("ATLAS_ADDRESS", server.host()).pty().wait(0);
    assert_eq!(quiet.text.trim(), "alice");
}

#[test]
fn help_fits_the_terminal_and_breaks_no_word() {
    let world = World::new();
    let words = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
    for command in ["--help", "login --help", "org audit --help", "help options"] {
        let piped = world.keybelt(command).run().code(0);
        assert!(piped.stdout().lines().all(|line| line.len() <= 80), "{command}");
        for columns in [120, 80, 40] {
            let run = world.keybelt(command).env("NO_COLOR", "1").size(24, columns);
            let shown = run.pty().wait(0).text;
            assert_eq!(words(&shown), words(piped.stdout()), "{command} at {columns}");
            let fits = |line: &str| line.len() <= usize::from(columns);
            assert!(shown.lines().all(fits), "{command} at {columns}:\n{shown}");
        }
    }
}

/// Its macros rushed by in half a second.
#[test]
fn the_manual_page_is_not_shown_raw() {
    let world = World::new();
    let ended = world.keybelt("man").pty().wait(2).hides(".TP");
    ended.shows("keybelt man | man -l -");
    assert!(world.keybelt("man").run().code(0).stdout().contains(".TP"));
}

#[test]
fn prose_breaks_at_blanks_on_a_terminal_and_never_in_a_pipe() {
    let world = World::new();
    let words = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
    for command in
        ["config set timeout soon", "login alice@sandbox.test", "login http://tfe.example.com"]
    {
        let piped = world.keybelt(command).run().code(2);
        let long = piped.stderr().lines().filter(|line| line.len() > 40).count();
        assert!(long > 0, "{command} says too little to break");
        for columns in [120, 80, 60, 40] {
            let run = world.keybelt(command).env("NO_COLOR", "1").size(24, columns);
            let shown = run.pty().wait(2).text;
            assert_eq!(words(&shown), words(piped.stderr()), "{columns}");
            for line in shown.lines() {
                assert!(line.len() <= usize::from(columns), "{columns}: {line}");
            }
        }
    }
}
