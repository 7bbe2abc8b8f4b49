//! Many at once, and what is left when one of them fails in the middle.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};

use super::{account, entry, host, names_in, place, put};
use crate::environment;
use crate::store::{Tokens, TokensFile};

/// Starts this test program again as a process that does one job, [`worker`]'s.
fn start(wrapper: &[&str], directory: &Path, job: &str) -> Child {
    let program = std::env::current_exe().expect("a test program");
    let name = concat!(module_path!(), "::worker");
    let name = name.split_once("::").expect("a crate").1;
    let mut words = wrapper.iter();
    let mut command = match words.next() {
        Some(first) => Command::new(first),
        None => Command::new(&program),
    };
    command.args(words);
    if !wrapper.is_empty() {
        command.arg(&program);
    }
    let mut child = command
        .args(["--ignored", "--exact", name])
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("it starts");
    let mut stdin = child.stdin.take().expect("a pipe");
    writeln!(stdin, "{}\n{job}", directory.display()).expect("it listens");
    child
}

/// `put HOST ACCOUNT`, `remove HOST ACCOUNT`, `switch HOST ACCOUNT`.
#[test]
#[ignore = "the others start it as a process of its own"]
fn worker() {
    let mut lines = std::io::stdin().lines().map(|line| line.expect("text"));
    let file = TokensFile::at(PathBuf::from(lines.next().expect("a directory")));
    let job = lines.next().expect("a job");
    let words: Vec<_> = job.split(' ').collect();
    let [verb, on, name] = words[..] else { panic!("three words") };
    file.change(|tokens| {
        let (on, name) = (host(on), account(name));
        match verb {
            "put" => tokens.put(&on, &name, &entry(name.as_str())),
            "remove" => drop(tokens.remove(&on, &name)),
            _ => tokens.set_current(Some(&on)),
        }
        Ok(())
    })
    .expect("changed");
}

/// Polls the file as a reader does; it is whole at every instant.
fn poll(file: &TokensFile, done: &AtomicBool) -> usize {
    let mut looks = 0;
    while !done.load(Ordering::Relaxed) {
        let tokens = file.read().expect("whole");
        assert!(tokens.entry(&host("h.example"), &account("first")).is_some());
        let found = file.find(&host("h.example"), Some(&account("first")));
        assert!(found.expect("whole").is_some());
        looks += 1;
    }
    looks
}

fn names(tokens: &Tokens) -> Vec<String> {
    let accounts = tokens.accounts(&host("h.example"));
    accounts.iter().map(ToString::to_string).collect()
}

/// Concurrent sign-ins lost each other's entries (basecamp/basecamp-cli PR 720, railwayapp/cli PR 991).
#[test]
fn many_processes_at_once_lose_nothing() {
    let place = place();
    let file = TokensFile::at(place.path().to_owned());
    put(&file, "h.example", "first", "one").expect("stored");
    for leaver in 0..16 {
        put(&file, "h.example", &format!("leaver-{leaver}"), "one").expect("stored");
    }
    let done = AtomicBool::new(false);
    let looks = std::thread::scope(|scope| {
        let poller = scope.spawn(|| poll(&file, &done));
        let jobs = (0..32)
            .map(|n| format!("put h.example user-{n}"))
            .chain((0..16).map(|n| format!("remove h.example leaver-{n}")))
            .chain((0..16).map(|n| format!("switch host-{n}.example nobody")));
        let children: Vec<_> = jobs.map(|job| start(&[], place.path(), &job)).collect();
        let ended = children.into_iter().map(|mut child| child.wait());
        let failed: Vec<_> =
            ended.filter(|status| !status.as_ref().is_ok_and(ExitStatus::success)).collect();
        done.store(true, Ordering::Relaxed);
        assert!(failed.is_empty(), "{failed:?}");
        poller.join().expect("every look was whole")
    });
    assert!(looks > 0);
    let tokens = file.read().expect("read");
    let mut expected: Vec<_> = (0..32).map(|n| format!("user-{n}")).collect();
    expected.push("first".to_owned());
    expected.sort();
    assert_eq!(names(&tokens), expected);
    assert!(tokens.current().is_some());
    assert_eq!(names_in(place.path()), ["tokens.json", "tokens.lock"]);
}

#[test]
fn many_threads_at_once_lose_nothing() {
    let place = place();
    let file = TokensFile::at(place.path().to_owned());
    std::thread::scope(|scope| {
        for n in 0..16 {
            let file = &file;
            scope.spawn(move || put(file, "h.example", &format!("user-{n}"), "one"));
        }
    });
    assert_eq!(names(&file.read().expect("read")).len(), 16);
}

#[test]
fn an_umask_that_takes_nothing_away_changes_nothing() {
    let place = place();
    let directory = place.path().join("config/keybelt");
    let loose = ["sh", "-c", "umask 000; exec \"$0\" \"$@\""];
    for name in ["alice", "bob"] {
        let mut child = start(&loose, &directory, &format!("put h.example {name}"));
        assert!(child.wait().expect("it ends").success());
    }
    let mode = |path: &Path| {
        use std::os::unix::fs::MetadataExt;
        fs::symlink_metadata(path).expect("there").mode() & 0o777
    };
    assert_eq!(mode(&place.path().join("config")), 0o700);
    assert_eq!(mode(&directory), 0o700);
    for name in names_in(&directory) {
        assert_eq!(mode(&directory.join(name)), 0o600);
    }
    assert_eq!(names(&TokensFile::at(directory).read().expect("read")).len(), 2);
}

#[test]
fn whoever_holds_the_lock_too_long_is_reported() {
    let place = place();
    let file = TokensFile::at(place.path().to_owned());
    put(&file, "h.example", "first", "one").expect("stored");
    let lock = fs::File::open(place.path().join("tokens.lock")).expect("there");
    lock.lock().expect("free");
    let start = std::time::Instant::now();
    let failure = put(&file, "h.example", "second", "two").expect_err("held");
    assert!((10..13).contains(&start.elapsed().as_secs()));
    assert!(failure.message.contains("tokens.lock"), "{failure}");
    assert_eq!(names(&file.read().expect("readers do not lock")), ["first"]);
}

/// Returns whether strace can break system calls here.
#[expect(clippy::print_stderr, reason = "a test that does not run says so")]
fn have_strace() -> bool {
    let found = Command::new("strace").arg("-V").stdout(Stdio::null()).status();
    let found = found.is_ok_and(|status| status.success());
    assert!(found || !environment::is_ci(), "not run: needs strace");
    if !found {
        eprintln!("not run: needs strace");
    }
    found
}

/// Killed, or with a disk that is full, broken or read-only, in each step of a change.
#[test]
fn whatever_fails_midway_leaves_the_old_file_or_the_new_one() {
    if !have_strace() {
        return;
    }
    let steps = [("fchmod", 1), ("write", 8), ("fsync", 1), ("renameat", 1), ("flock", 1)];
    for (step, times) in steps {
        for fault in ["signal=KILL", "error=ENOSPC", "error=EIO", "error=EROFS"] {
            let early = (1..=times).filter(|nth| breaks(step, fault, *nth)).count();
            assert!(early > 0, "{step} {fault} came too late to matter");
        }
    }
}

/// Breaks a step of a change and returns whether the old file is still there.
fn breaks(step: &str, fault: &str, nth: usize) -> bool {
    let place = place();
    let file = TokensFile::at(place.path().to_owned());
    put(&file, "h.example", "first", "one").expect("stored");
    let inject = format!("inject={step}:{fault}:when={nth}");
    let trace = format!("trace={step}");
    let strace = ["strace", "-f", "-o", "/dev/null", "-e", &trace, "-e", &inject];
    let ended = start(&strace, place.path(), "put h.example second").wait();
    if !fault.starts_with("signal") {
        assert_eq!(names_in(place.path()), ["tokens.json", "tokens.lock"], "{inject}");
    }
    let after = names(&file.read().expect("whole"));
    let old = after.len() == 1;
    assert!(old || after.len() == 2, "{inject}: {after:?}");
    assert!(!(old && ended.expect("it ends").success()), "{inject}: nothing was stored");
    assert_eq!(names_in(place.path()), ["tokens.json", "tokens.lock"], "{inject}");
    put(&file, "h.example", "third", "three").expect("the next one works");
    old
}
