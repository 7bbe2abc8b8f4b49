//! Recovery codes: whatever happens to their file, either two-factor authentication is still off, or all of
//! them can be read somewhere.
//!
//! They have been cut off, scrolled away and never saved (npm/www#454, ruby/rubygems#5312).

use std::collections::BTreeSet;
use std::fs::{self, File, OpenOptions};
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::{Path, PathBuf};
use std::sync::mpsc;
use std::sync::{Mutex, PoisonError};

use serde_json::json;

use crate::harness::{Keybelt, Recorded, Reply, Server, Signal, World, needs};

const ENABLE: &str = "/api/v2/account/actions/two-factor-enable";
const VERIFY: &str = "/api/v2/account/actions/two-factor-verify";

/// Returns whether a code would be asked for at alice's next sign-in.
fn is_on(world: &World) -> bool {
    let status = world.keybelt("2fa status -o json").run().code(0).json();
    status["two_factor"]["enabled"] == true && status["two_factor"]["verified"] == true
}

/// Begins alice's enrolment and returns the code that proves it.
fn begun(world: &World) -> String {
    world.sign_in("alice");
    world.keybelt("2fa enable --sms +15555550100 --no-verify").run().code(0);
    world.sandbox.outbox()[0].code.clone()
}

/// Returns the lines that are six digits: what a person would copy.
fn codes_in(text: &str) -> BTreeSet<String> {
    let is_code = |line: &&str| line.len() == 6 && line.bytes().all(|byte| byte.is_ascii_digit());
    text.lines().map(str::trim).filter(is_code).map(str::to_owned).collect()
}

/// Asserts that these are all of the account's recovery codes, by using each of them.
#[track_caller]
fn assert_all_work(world: &World, codes: &BTreeSet<String>) {
    assert_eq!(codes.len(), 6, "{codes:?}");
    for code in codes {
        let login =
            ["login", &world.host(), "--username", "alice", "--password-stdin", "--code-stdin"];
        let stdin = format!("{}\n{code}\n", world.password("alice"));
        world.keybelt(login).stdin(stdin).run().code(0);
    }
}

/// Places where no new file can be made, and how root is kept from making one all the same.
fn bad_places(world: &World) -> Vec<(&'static str, PathBuf)> {
    let place = |name: &str| world.home().join(name);
    fs::write(place("exists"), "somebody else's\n").unwrap();
    symlink(place("nowhere"), place("dangling")).unwrap();
    symlink(place("exists"), place("link")).unwrap();
    fs::create_dir(place("folder")).unwrap();
    fs::create_dir(place("read-only")).unwrap();
    fs::set_permissions(place("read-only"), fs::Permissions::from_mode(0o500)).unwrap();
    vec![
        ("a file that exists", place("exists")),
        ("a dangling link", place("dangling")),
        ("a link to a file", place("link")),
        ("a folder", place("folder")),
        ("a folder that is not there", place("missing/codes")),
        ("a file where a folder should be", place("exists/codes")),
        ("a read-only folder", place("read-only/codes")),
    ]
}

/// Runs without the power of root to write anywhere. Everybody else has none to lose.
fn without_privileges(run: Keybelt) -> Option<Keybelt> {
    if !rustix::process::geteuid().is_root() {
        return Some(run);
    }
    let setpriv = needs("setpriv")?;
    Some(run.through(setpriv, ["--bounding-set=-all", "--inh-caps=-all"]))
}

#[test]
fn a_file_that_cannot_be_made_stops_an_enrolment_before_it_begins() {
    let world = World::new();
    world.sign_in("alice");
    for (what, place) in bad_places(&world) {
        let place = place.to_str().unwrap();
        let enable = [
            "2fa",
            "enable",
            "--sms",
            "+15555550100",
            "--code",
            "123456",
            "--recovery-codes-file",
            place,
        ];
        let Some(run) = without_privileges(world.keybelt(enable)) else {
            return;
        };
        let run = run.run().code(1).says("nothing was changed");
        assert!(run.stderr().contains(place), "{what}: {}", run.stderr());
        assert_eq!(world.count("POST", ENABLE), 0, "{what}");
    }
    assert!(!is_on(&world));
    assert_eq!(fs::read_to_string(world.home().join("exists")).unwrap(), "somebody else's\n");
    assert!(!world.home().join("nowhere").exists(), "a link was followed");
}

#[test]
fn a_file_that_cannot_be_made_stops_a_verification_before_it_is_sent() {
    let world = World::new();
    let code = begun(&world);
    for (what, place) in bad_places(&world) {
        let verify = ["2fa", "verify", &code, "--recovery-codes-file", place.to_str().unwrap()];
        let Some(run) = without_privileges(world.keybelt(verify)) else {
            return;
        };
        run.run().code(1).says("nothing was changed");
        assert_eq!(world.count("POST", VERIFY), 0, "{what}");
    }
    assert!(!is_on(&world));
    // The enrolment is as good as before.
    world.keybelt(["2fa", "verify", &code, "-o", "json"]).run().code(0);
}

/// The disk is full when the codes come: a limit on the size of files fails a write in the same way.
const FULL_DISK: &str = "trap '' XFSZ; ulimit -f 0; exec \"$@\"";

#[test]
fn codes_for_a_closed_stdout_are_refused_before_anything_is_sent() {
    let world = World::new();
    let code = begun(&world);
    let verify = world.keybelt(["2fa", "verify", &code, "-o", "json"]);
    verify.in_shell("exec \"$@\" >&-").run().code(2);
    assert!(!is_on(&world));
}

#[test]
fn codes_that_fit_on_no_disk_are_shown_on_stderr_without_a_terminal() {
    let world = World::new();
    let code = begun(&world);
    let verify = ["2fa", "verify", &code, "--recovery-codes-file", "codes"];
    let run = world.keybelt(verify).in_shell(FULL_DISK).run().code(1).says("could not be written");
    assert!(is_on(&world));
    assert_all_work(&world, &codes_in(run.stderr()));
}

#[test]
fn codes_that_fit_on_no_disk_are_shown_on_the_terminal() {
    let world = World::new();
    world.sign_in("alice");
    let enable = ["2fa", "enable", "--sms", "+15555550100", "--recovery-codes-file", "codes"];
    let mut terminal = world.keybelt(enable).in_shell(FULL_DISK).pty();
    terminal.expect_visible("Verification code (1 of 3").type_line(&world.code("alice"));
    let ended = terminal.wait(1).shows("could not be written");
    assert!(is_on(&world));
    assert_all_work(&world, &codes_in(&ended.text));
}

#[test]
fn codes_that_a_full_disk_does_not_take_as_the_result_are_readable_elsewhere() {
    let world = World::new();
    let code = begun(&world);
    let full = OpenOptions::new().write(true).open("/dev/full").unwrap();
    let verify = ["2fa", "verify", &code, "-o", "json"];
    let run = world.keybelt(verify).stdout(full).run().code(1);
    assert!(is_on(&world));
    assert_all_work(&world, &codes_in(run.stderr()));
}

#[test]
fn codes_whose_reader_has_gone_are_readable_elsewhere() {
    let world = World::new();
    let code = begun(&world);
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    let gone = File::from(std::os::fd::OwnedFd::from(writer));
    let run = world.keybelt(["2fa", "verify", &code, "-o", "json"]).stdout(gone).run().code(1);
    assert!(is_on(&world));
    assert_all_work(&world, &codes_in(run.stderr()));
}

#[test]
fn the_file_holds_all_codes_one_a_line_for_the_owner_alone_and_nothing_else_shows_them() {
    let world = World::new();
    let code = begun(&world);
    let run = world.keybelt(["2fa", "verify", &code, "--recovery-codes-file", "codes", "-vvv"]);
    let mut run = run
        .in_shell("umask 000; exec \"$@\"")
        .run()
        .code(0)
        .says("Saved 6 recovery codes to codes");
    let path = world.home().join("codes");
    assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    let text = fs::read_to_string(&path).unwrap();
    let codes = codes_in(&text);
    for code in &codes {
        run = run.hides(code);
    }
    assert_eq!(run.stdout(), "");
    assert_eq!(text.lines().count(), 6);
    assert_all_work(&world, &codes);
}

#[test]
fn a_wrong_code_leaves_no_file_behind() {
    let world = World::new();
    let _code = begun(&world);
    let verify = ["2fa", "verify", "wrong", "--recovery-codes-file", "codes"];
    world.keybelt(verify).run().code(4).says("enabled, not verified");
    assert!(!world.home().join("codes").exists());
    assert_eq!(world.count("POST", VERIFY), 1);
    let enable = [
        "2fa",
        "enable",
        "--sms",
        "+15555550100",
        "--code",
        "wrong",
        "--recovery-codes-file",
        "codes",
    ];
    world.keybelt(enable).run().code(4).says("2fa verify");
    assert!(!world.home().join("codes").exists());
}

#[test]
fn ctrl_c_at_the_code_prompt_leaves_no_file_behind() {
    let world = World::new();
    world.sign_in("alice");
    let enable = ["2fa", "enable", "--sms", "+15555550100", "--recovery-codes-file", "codes"];
    let mut terminal = world.keybelt(enable).pty();
    terminal.expect_visible("Verification code (1 of 3").type_keys(b"\x03");
    terminal.wait(130);
    assert!(!world.home().join("codes").exists());
    assert!(!is_on(&world));
}

#[test]
fn codes_that_would_go_nowhere_are_refused_before_any_request() {
    let world = World::new();
    let code = begun(&world);
    let before = world.sandbox.requests().len();
    for command in [
        &["2fa", "verify", &code][..],
        &["2fa", "enable", "--app", "--code", "123456"],
        &["2fa", "enable", "--sms", "+15555550100", "--code-command", "/bin/true"],
    ] {
        world.keybelt(command).run().code(2).says("--recovery-codes-file");
    }
    assert_eq!(world.sandbox.requests().len(), before);
}

#[test]
fn on_a_narrow_terminal_codes_are_whole_and_one_a_line() {
    let world = World::new();
    world.sign_in("alice");
    let enable = ["2fa", "enable", "--sms", "+15555550100"];
    let mut terminal = world.keybelt(enable).size(60, 20).pty();
    terminal.expect_visible("Verification code (1 of 3").type_line(&world.code("alice"));
    let ended = terminal.wait(0);
    // As the emulated screen has them, not as they were sent.
    let screen = ended.screen.contents();
    let shown = codes_in(&screen);
    assert_all_work(&world, &shown);
}

#[test]
fn codes_that_come_while_ctrl_c_waits_are_kept() {
    let world = World::new();
    let codes = ["aaaa-1111", "bbbb-2222", "cccc-3333"];
    let (ask, asked) = mpsc::channel();
    let (open, opened) = mpsc::channel::<()>();
    let gate = Mutex::new((ask, opened));
    let account = |verified: bool| {
        let two_factor = json!({"enabled": true, "verified": verified, "delivery": "sms"});
        json!({"data": {"id": "user-1", "type": "users", "attributes": {"username": "alice", "two-factor": two_factor}}})
    };
    let server = Server::start(move |request: &Recorded| match request.path.as_str() {
        "/api/v2/account/details" => Reply::json(200, &account(false)),
        VERIFY => {
            let (ask, opened) = &*gate.lock().unwrap_or_else(PoisonError::into_inner);
            ask.send(()).unwrap();
            let _ = opened.recv();
            let mut document = account(true);
            document["data"]["attributes"]["two-factor"]["recovery-codes"] = json!(codes);
            Reply::json(200, &document)
        }
        _ => Reply::json(404, &json!({})),
    });
    for (options, read) in [(&["--recovery-codes-file", "codes"][..], Some("codes")), (&[], None)] {
        let verify = ["2fa", "verify", "123456"].iter().chain(options);
        let run =
            world.keybelt(verify).env("ATLAS_TOKEN", "a.token").env("ATLAS_ADDRESS", server.host());
        let mut terminal = run.pty();
        asked.recv().unwrap();
        terminal.signal(Signal::INT).expect("waiting for the server so that");
        open.send(()).unwrap();
        let ended = terminal.wait(130);
        let text = read.map_or(ended.text, |name| read_file(&world.home().join(name)));
        for code in codes {
            assert!(text.lines().any(|line| line == code), "{code} is lost: {text}");
        }
    }
}

fn read_file(path: &Path) -> String {
    fs::read_to_string(path).unwrap()
}

#[test]
fn codes_cannot_be_had_again_and_the_refusal_says_where_they_are_shown() {
    let world = World::new();
    world.sign_in("bob");
    world.keybelt("2fa recovery-codes list").run().code(4).says("/app/settings/two-factor");
    let save = ["2fa", "recovery-codes", "save", "codes"];
    world.keybelt(save).run().code(4).says("/app/settings/two-factor");
    assert!(!world.home().join("codes").exists());
}

#[test]
fn codes_that_a_server_shows_again_are_listed_and_saved() {
    let world = World::new();
    let account = json!({"data": {"id": "user-1", "attributes": {"username": "alice", "two-factor": {
        "enabled": true, "verified": true, "recovery-codes": ["aaaa 1111", "bbbb-2222"]}}}});
    let server =
        Server::answering([(("GET", "/api/v2/account/details"), Reply::json(200, &account))]);
    let run = |arguments: &[&str]| {
        let run = world.keybelt(["2fa", "recovery-codes"].iter().chain(arguments));
        run.env("ATLAS_TOKEN", "a.token").env("ATLAS_ADDRESS", server.host()).run()
    };
    assert_eq!(run(&["list"]).code(0).stdout(), "aaaa 1111\nbbbb-2222\n");
    assert_eq!(
        run(&["list", "-o", "json"]).code(0).json()["recovery_codes"],
        json!(["aaaa 1111", "bbbb-2222"])
    );
    run(&["save", "codes"]).code(0).says("Saved 2 recovery codes").hides("bbbb-2222");
    assert_eq!(read_file(&world.home().join("codes")), "aaaa 1111\nbbbb-2222\n");
    run(&["save", "codes"]).code(1);
    let full = world.keybelt("2fa recovery-codes save other").in_shell(FULL_DISK);
    full.env("ATLAS_TOKEN", "a.token")
        .env("ATLAS_ADDRESS", server.host())
        .run()
        .code(1)
        .says("cannot write");
}

/// The file is made before the question and is gone before the answer: what is written to it would be too.
#[test]
fn codes_whose_file_vanishes_meanwhile_are_shown_on_the_terminal() {
    let world = World::new();
    let code = begun(&world);
    let file = world.home().join("codes.txt");
    let words = ["2fa", "verify", "--recovery-codes-file", "codes.txt"];
    let mut pty = world.keybelt(words).pty();
    pty.expect("Verification code");
    fs::remove_file(&file).unwrap();
    pty.type_line(&code);
    let ended = pty.wait(1);
    assert!(is_on(&world) && !file.exists());
    assert_all_work(&world, &codes_in(&ended.text));
}
