//! The keyring, through a real Secret Service on a bus of its own.

use std::io::Write;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use tempfile::TempDir;

use super::{Keyring, check_size};
use crate::account::AccountName;
use crate::environment;
use crate::host::Host;
use crate::store::{ExternalStore, StoreOptions};
use crate::token::Token;

/// What is there before a test's own lines: an unlocked, empty keyring, and `job` for [`worker`].
const PREFACE: &str = r#"
job() { echo "$1" | "$worker" --ignored --exact --nocapture store::keyring::tests::worker | sed -n 's/^job: //p'; }
service() { dbus-send --session --print-reply --dest=org.freedesktop.DBus / org.freedesktop.DBus.GetConnectionUnixProcessID string:org.freedesktop.secrets | sed -n 's/.*uint32 //p'; }
printf test-password | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1
trap 'kill -KILL $(service)' EXIT
"#;

/// Runs a shell script on a bus of its own, far from the real keyring; returns what it printed.
#[expect(clippy::print_stderr, reason = "a test that does not run says so")]
fn session(script: &str) -> Option<Vec<String>> {
    let needed = ["dbus-run-session", "gnome-keyring-daemon", "secret-tool", "dbus-send"];
    let missing = needed.iter().find(|name| environment::program_in_path(name).is_none());
    if let Some(missing) = missing {
        assert!(!environment::is_ci(), "not run: needs {missing}");
        eprintln!("not run: needs {missing}");
        return None;
    }
    let home = TempDir::with_prefix("keybelt-keyring-").expect("a directory");
    let mut child = Command::new("dbus-run-session")
        .args(["--", "sh", "-s"])
        .env_remove("DISPLAY")
        .env_remove("WAYLAND_DISPLAY")
        .env("HOME", home.path())
        .env("XDG_RUNTIME_DIR", home.path())
        .env("XDG_DATA_HOME", home.path())
        .env("XDG_CONFIG_HOME", home.path())
        .env("XDG_CACHE_HOME", home.path())
        .env("worker", std::env::current_exe().expect("a test program"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("it starts");
    let mut stdin = child.stdin.take().expect("a pipe");
    write!(stdin, "{PREFACE}{script}").expect("it listens");
    drop(stdin);
    let output = child.wait_with_output().expect("it ends");
    let text = String::from_utf8(output.stdout).expect("text");
    Some(text.lines().map(ToOwned::to_owned).collect())
}

/// `get ACCOUNT`, `set ACCOUNT TOKEN`, `erase ACCOUNT`, or `unlock ACCOUNT`: a `get` that lets the user unlock.
#[test]
#[ignore = "the others start it as a process of its own"]
#[expect(clippy::print_stdout, reason = "its answer")]
fn worker() {
    let job = std::io::stdin().lines().next().expect("a job").expect("text");
    let words: Vec<_> = job.split(' ').collect();
    let host = Host::parse("h.example").expect("a host");
    let account = AccountName::new(words[1]).expect("a name");
    let options = StoreOptions {
        timeout: Duration::from_secs(1),
        unlock: (words[0] == "unlock").then_some(Duration::from_secs(2)),
        ..StoreOptions::default()
    };
    let keyring = Keyring::new(options);
    let start = Instant::now();
    let done = match words[..] {
        ["set", _, token] => {
            let token = Token::new(token).expect("a token");
            keyring.set(&host, &account, &token).map(|()| "stored".to_owned())
        }
        ["erase", _] => keyring.erase(&host, &account).map(|()| "erased".to_owned()),
        _ => keyring.get(&host, &account).map(|found| {
            let expected = Token::new("s3cret").expect("a token");
            found.map_or("none".to_owned(), |token| format!("s3cret: {}", token.same_as(&expected)))
        }),
    };
    let seconds = start.elapsed().as_secs();
    match done {
        Ok(text) => println!("job: {text}"),
        Err(failure) => println!(
            "job: {seconds} s: {failure} [{}]",
            failure.hint.as_deref().unwrap_or_default()
        ),
    }
}

#[test]
fn the_keyring_keeps_one_token_for_each_account() {
    let script = r#"
        job "get alice"
        job "set alice s3cret"
        job "set bob 0ther"
        job "get alice"
        job "get bob"
        secret-tool lookup service keybelt:h.example username alice; echo
        job "set alice n3w"
        secret-tool lookup service keybelt:h.example username alice; echo
        job "erase alice"
        job "get alice"
        job "erase alice"
        secret-tool lookup service keybelt:h.example username alice || echo "not there"
        secret-tool lookup service keybelt:h.example username bob; echo
    "#;
    let Some(printed) = session(script) else {
        return;
    };
    let expected = [
        "none",
        "stored",
        "stored",
        "s3cret: true",
        "s3cret: false",
        "s3cret",
        "stored",
        "n3w",
        "erased",
        "none",
        "erased",
        "not there",
        "0ther",
    ];
    assert_eq!(printed, expected);
}

/// gh left the item of a removed account behind; here, what another program made is gone as well.
#[test]
fn nothing_of_an_erased_account_stays() {
    let script = r#"
        printf one | secret-tool store --label=one service keybelt:h.example username alice
        printf two | secret-tool store --label=two service keybelt:h.example username alice kind other
        job "get alice"
        job "erase alice"
        secret-tool search --all service keybelt:h.example 2>&1 | grep -c secret
    "#;
    let Some(printed) = session(script) else {
        return;
    };
    assert!(printed[0].contains("more than once"), "{printed:?}");
    assert_eq!(printed[1..], ["erased", "0"]);
}

#[test]
fn a_locked_keyring_is_said_to_be_locked() {
    let script = r#"
        job "set alice s3cret"
        dbus-send --session --print-reply --dest=org.freedesktop.secrets /org/freedesktop/secrets \
            org.freedesktop.Secret.Service.Lock array:objpath:/org/freedesktop/secrets/aliases/default >/dev/null
        job "get alice"
        job "set alice n3w"
        job "erase alice"
    "#;
    let Some(printed) = session(script) else {
        return;
    };
    assert_eq!(printed[0], "stored");
    assert_eq!(printed.len(), 4);
    for line in &printed[1..] {
        assert!(line.contains("the keyring is locked"), "{line}");
        assert!(line.contains("`keybelt login h.example --store file`"), "{line}");
    }
}

/// Whoever waits for a frozen service without a deadline waits for ever (grafana/gcx#955, cli/cli PR 8833).
#[test]
fn a_frozen_keyring_ends_by_the_deadline() {
    let script = r#"
        job "set alice s3cret"
        kill -STOP $(service)
        job "get alice"
        job "set alice n3w"
        job "erase alice"
        job "unlock alice"
        kill -CONT $(service)
        job "get alice"
    "#;
    let Some(printed) = session(script) else {
        return;
    };
    let slow = "1 s: the keyring did not respond within 1 second";
    assert_eq!(printed.len(), 6, "{printed:?}");
    assert!(printed[1].starts_with(&format!("{slow} [")), "{printed:?}");
    assert!(
        printed[2].starts_with(&format!("{slow}; the request to store the token of `alice`")),
        "{printed:?}"
    );
    assert!(printed[3].starts_with(&format!("{slow}; the request to erase")), "{printed:?}");
    assert!(printed[4].starts_with(slow), "nobody is asked to unlock it: {printed:?}");
}

#[test]
fn without_a_keyring_it_is_said_at_once() {
    let script = r#"
        (unset DBUS_SESSION_BUS_ADDRESS; job "get alice")
        (export DBUS_SESSION_BUS_ADDRESS=unix:path=/nonexistent/bus; job "set alice s3cret")
        (export DBUS_SESSION_BUS_ADDRESS=; job "erase alice")
        find "$HOME" -name tokens.json
    "#;
    let Some(printed) = session(script) else {
        return;
    };
    assert_eq!(printed.len(), 3, "{printed:?}");
    for line in &printed {
        assert!(line.starts_with("0 s: no system keyring is available"), "{line}");
        assert!(line.contains("`keybelt login h.example --store file`"), "{line}");
    }
}

#[test]
fn a_token_that_would_not_fit_is_refused_with_the_reason() {
    let host = Host::parse("h.example").expect("a host");
    let token = |length| Token::new(&"a".repeat(length)).expect("a token");
    assert!(check_size(&token(2560), 2560, &host).is_ok());
    let failure = check_size(&token(2561), 2560, &host).expect_err("too long");
    assert!(failure.message.contains("2560 bytes at most, and this token has 2561"));
}
