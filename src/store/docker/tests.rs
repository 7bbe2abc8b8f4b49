//! Docker credentials helpers: real ones, and some that behave badly.

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use proptest::prelude::*;
use tempfile::TempDir;

use super::{Docker, address, answered, username};
use crate::account::AccountName;
use crate::environment;
use crate::failure::{Failure, Kind};
use crate::host::Host;
use crate::host::tests::{few_cases, written_host};
use crate::store::{ExternalStore, StoreOptions};
use crate::token::Token;

const TIMEOUT: Duration = Duration::from_millis(700);

fn host() -> Host {
    Host::parse("tfe.example.com:8443").expect("a host")
}

fn account(name: &str) -> AccountName {
    AccountName::new(name).expect("a name")
}

fn token(text: &str) -> Token {
    Token::new(text).expect("a token")
}

proptest! {
    #![proptest_config(few_cases())]

    /// One name for two accounts would give the token of one to the other. Few names, so that many nearly meet.
    #[test]
    fn two_accounts_have_two_names(
        hosts in ("(http://)?(127[.]0[.]0[.]1|localhost|a|a[.]b)(:[18])?", "(http://)?(127[.]0[.]0[.]1|localhost|a|a[.]b)(:[18])?"),
        names in ("a[@.]?[ab1]?", "a[@.]?[ab1]?"),
    ) {
        if let (Ok(one), Ok(other)) = (Host::parse(&hosts.0), Host::parse(&hosts.1)) {
            let (name, another) = (account(&names.0), account(&names.1));
            let are_one = one == other && name == another;
            prop_assert_eq!(address(&one, &name) == address(&other, &another), are_one);
            prop_assert!(!username(&one, &name).contains('/'));
        }
    }

    #[test]
    fn a_token_is_read_as_it_was_stored(host in written_host(), secret in "[!-~]{1,80}") {
        if let (Ok(host), Some(token)) = (Host::parse(&host), Token::new(&secret)) {
            let user = username(&host, &account("alice"));
            let answer = serde_json::json!({ "ServerURL": "x", "Username": user, "Secret": secret });
            let read = answered(answer.to_string().as_bytes(), &user);
            prop_assert!(read.is_ok_and(|read| read.is_some_and(|read| read.same_as(&token))));
        }
    }
}

/// A helper that is a shell script, in a directory of its own.
fn script(body: &str) -> (TempDir, Docker) {
    let place = TempDir::with_prefix("keybelt-docker-").expect("a directory");
    let path = place.path().join("docker-credential-fake");
    // Another process writes it: a file that this one has open may not be run, and tests fork all the time.
    let mut writer = Command::new("install")
        .args(["-m", "755", "/dev/stdin"])
        .arg(&path)
        .stdin(Stdio::piped())
        .spawn()
        .expect("it starts");
    let text = format!("#!/bin/sh\ncd '{}'\n{body}\n", place.path().display());
    let stdin = writer.stdin.take();
    stdin.expect("a pipe").write_all(text.as_bytes()).expect("it listens");
    assert!(writer.wait().expect("it ends").success());
    let docker = Docker {
        program: "docker-credential-fake".to_owned(),
        path: Some(path),
        options: StoreOptions { timeout: TIMEOUT, ..StoreOptions::default() },
    };
    (place, docker)
}

fn failure_of_get(body: &str) -> Failure {
    let (_place, docker) = script(body);
    let found = docker.get(&host(), &account("alice"));
    let failure = found.expect_err("this is no answer");
    assert_eq!(failure.kind, Kind::General);
    assert!(failure.message.starts_with("`docker-credential-fake` "), "{failure}");
    let hint = failure.hint.as_deref().unwrap_or_default();
    assert!(hint.contains("`keybelt login tfe.example.com:8443 --store file`"), "{hint}");
    assert!(!format!("{failure:?}").contains("canary"), "{failure:?}");
    failure
}

#[test]
fn the_protocol_is_spoken_to_the_byte() {
    let (place, docker) = script(
        r#"echo "$@" >> words; cat > "$1.in"; [ "$1" = get ] || exit 0
        printf '{"ServerURL":"x","Username":"alice@tfe.example.com:8443","Secret":"s3cret"}\n'"#,
    );
    let (host, alice) = (host(), account("alice"));
    docker.set(&host, &alice, &token("s3cret")).expect("stored");
    let found = docker.get(&host, &alice).expect("read").expect("there");
    assert!(found.same_as(&token("s3cret")));
    docker.erase(&host, &alice).expect("erased");
    let read = |name: &str| fs::read_to_string(place.path().join(name)).expect("written");
    assert_eq!(read("words"), "store\nget\nerase\n");
    let address = "https://keybelt.invalid/tfe.example.com:8443/alice";
    assert_eq!(read("get.in"), address);
    assert_eq!(read("erase.in"), address);
    assert_eq!(
        read("store.in"),
        format!(
            r#"{{"ServerURL":"{address}","Username":"alice@tfe.example.com:8443","Secret":"s3cret"}}"#
        )
    );
}

#[test]
fn what_is_not_there_is_none() {
    for body in [
        "echo 'credentials not found in native keychain'; exit 1",
        r#"echo '{"ServerURL":"x","Username":"","Secret":""}'"#,
    ] {
        let (_place, docker) = script(body);
        assert!(docker.get(&host(), &account("alice")).expect("none").is_none());
        docker.erase(&host(), &account("alice")).expect("nothing to do");
    }
}

#[test]
fn an_answer_for_another_account_is_refused() {
    for username in
        ["bob@tfe.example.com:8443", "alice@tfe.example.com", "", "ALICE@tfe.example.com:8443"]
    {
        let failure = failure_of_get(&format!(
            r#"echo '{{"ServerURL":"x","Username":"{username}","Secret":"canary"}}'"#
        ));
        assert!(failure.message.contains("another account"), "{failure}");
    }
}

#[test]
fn what_makes_no_sense_or_fails_is_never_shown() {
    let answer = r#""Username":"alice@tfe.example.com:8443""#;
    for (body, why) in [
        ("echo canary", "no answer"),
        ("true", "no answer"),
        ("echo '[\"canary\"]'", "no answer"),
        (&format!("echo '{{{answer}}}'"), "no answer"),
        (&format!("echo '{{{answer},\"Secret\":7}}'"), "no answer"),
        (&format!("echo '{{{answer},\"Secret\":\"a\",\"Secret\":\"canary\"}}'"), "no answer"),
        (&format!("echo '{{{answer},\"Secret\":\"can ary\"}}'"), "no token"),
        (&format!("echo '{{{answer},\"Secret\":\"canary\"}}'; exit 3"), "refused to give out"),
        ("echo canary-is-wrong; exit 1", "refused to give out"),
        ("kill -9 $$", "refused to give out"),
        ("exec head -c 300000 /dev/zero", "too much output"),
    ] {
        let failure = failure_of_get(body);
        assert!(failure.message.contains(why), "{failure} for {body}");
    }
    let (_place, docker) = script("cat; exit 1");
    let refused = docker.set(&host(), &account("alice"), &token("canary"));
    let failure = refused.expect_err("it failed");
    assert!(failure.message.contains("refused to store"), "{failure}");
    assert!(!format!("{failure:?}").contains("canary"), "{failure:?}");
    let refused = docker.erase(&host(), &account("alice"));
    assert!(refused.expect_err("it failed").message.contains("refused to erase"));
}

fn runs(place: &Path) -> bool {
    let id = fs::read_to_string(place.join("id")).expect("written");
    let state = fs::read_to_string(Path::new("/proc").join(id.trim()).join("stat"));
    // A dead one whose parent is gone stays as a zombie until the system takes notice.
    state.is_ok_and(|state| !state.contains(") Z "))
}

#[test]
fn one_that_hangs_is_killed_with_all_that_it_started() {
    for body in [
        "sleep 600 & echo $! > id; wait",
        "sleep 600 & echo $! > id; exec sleep 600",
        "trap '' TERM INT HUP; sleep 600 & echo $! > id; while :; do sleep 1; done",
        // It ends, and what it started keeps its output open.
        "sleep 600 & echo $! > id",
    ] {
        let (place, docker) = script(body);
        let start = Instant::now();
        let failure = docker.get(&host(), &account("alice")).expect_err("no answer");
        assert!(start.elapsed() < TIMEOUT + Duration::from_secs(1), "{:?}", start.elapsed());
        let says = ["did not answer within 0.7 seconds", "printed no answer"];
        assert!(says.iter().any(|words| failure.message.contains(words)), "{failure}");
        let gone = (0..100).any(|_| {
            std::thread::sleep(Duration::from_millis(5));
            !runs(place.path())
        });
        assert!(gone, "left behind by: {body}");
    }
}

#[test]
fn one_that_is_not_there_is_said_by_name() {
    let docker = Docker::new("keybelt-test-nobody-has-this", StoreOptions::default());
    let failure = docker.get(&host(), &account("alice")).expect_err("not there");
    assert!(
        failure.message.contains("`docker-credential-keybelt-test-nobody-has-this` is not in PATH")
    );
}

/// Returns a helper's path, unless it does not exist.
#[expect(clippy::print_stderr, reason = "a test that does not run says so")]
fn real(program: &str) -> Option<String> {
    let path = environment::program_in_path(program);
    assert!(path.is_some() || !environment::is_ci(), "not run: needs {program}");
    if path.is_none() {
        eprintln!("not run: needs {program}");
    }
    path.map(|path| path.display().to_string())
}

fn round_trip(docker: &Docker) {
    let (host, alice, bob) = (host(), account("alice"), account("bob@example.com"));
    assert!(docker.get(&host, &alice).expect("empty").is_none());
    docker.set(&host, &alice, &token("0ld")).expect("stored");
    docker.set(&host, &bob, &token("b0b")).expect("stored");
    docker.set(&host, &alice, &token("s3cret")).expect("replaced");
    let get = |name| docker.get(&host, name).expect("read");
    assert!(get(&alice).is_some_and(|found| found.same_as(&token("s3cret"))));
    assert!(get(&bob).is_some_and(|found| found.same_as(&token("b0b"))));
    docker.erase(&host, &alice).expect("erased");
    assert!(get(&alice).is_none());
    assert!(get(&bob).is_some_and(|found| found.same_as(&token("b0b"))));
    let longest = "x".repeat(Token::MAX_BYTES);
    docker.set(&host, &bob, &token(&longest)).expect("stored");
    assert!(get(&bob).is_some_and(|found| found.same_as(&token(&longest))));
}

#[test]
fn docker_credential_pass_keeps_two_accounts_on_one_host() {
    let (Some(pass), Some(_), Some(_)) =
        (real("docker-credential-pass"), real("pass"), real("gpg"))
    else {
        return;
    };
    let body = format!(
        r#"export HOME="$PWD" GNUPGHOME="$PWD/g" PASSWORD_STORE_DIR="$PWD/p"; exec '{pass}' "$@""#
    );
    let (place, mut docker) = script(&body);
    docker.options.timeout = Duration::from_secs(20);
    let set_up = r#"cd "$0"; export HOME="$0" GNUPGHOME="$0/g" PASSWORD_STORE_DIR="$0/p"; mkdir -m 700 g
        gpg --batch --quiet --passphrase '' --quick-generate-key keybelt-test default default never &&
        pass init keybelt-test"#;
    let made = Command::new("sh").args(["-c", set_up]).arg(place.path()).output();
    assert!(made.expect("a shell").status.success());
    round_trip(&docker);
    // Its agent would outlive the directory.
    let end = r#"GNUPGHOME="$0/g" gpgconf --kill all"#;
    let _ = Command::new("sh").args(["-c", end]).arg(place.path()).status();
}
