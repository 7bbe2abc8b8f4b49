//! Owners, modes and symbolic links: what is refused, what is closed, what is followed.

use std::fs::{self, Permissions};
use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};

use super::{account, host, names_in, place, put, with_contents};
use crate::environment;
use crate::failure::{Failure, Kind};
use crate::store::TokensFile;

/// Somebody who is neither this user nor root.
const STRANGER: u32 = 54_321;

const EMPTY: &[u8] = b"{\"version\":1}";

fn mode(path: &Path) -> u32 {
    fs::symlink_metadata(path).expect("there").mode() & 0o7777
}

fn set_mode(path: &Path, mode: u32) {
    fs::set_permissions(path, Permissions::from_mode(mode)).expect("ours");
}

/// Returns whether things can be given to a stranger here.
#[expect(clippy::print_stderr, reason = "a test that does not run says so")]
fn may_give_away() -> bool {
    let root = rustix::process::geteuid().is_root();
    assert!(root || !environment::is_ci(), "not run: needs root");
    if !root {
        eprintln!("not run: needs root");
    }
    root
}

fn give_away(path: &Path) {
    std::os::unix::fs::lchown(path, Some(STRANGER), None).expect("we are root");
}

/// Reading, finding and changing are refused alike, and the file stays as it was.
fn assert_refused(file: &TokensFile, named: &Path, why: &str) {
    let before = fs::read(file.path()).ok();
    let failures = [
        file.read().err(),
        file.find(&host("hcp"), None).err(),
        put(file, "hcp", "alice", "one").err(),
    ];
    for failure in failures {
        let failure: Failure = failure.expect("refused");
        assert_eq!(failure.kind, Kind::General);
        assert!(failure.message.contains(why), "{failure}");
        assert!(failure.message.contains(&environment::shorten_home(named)), "{failure}");
    }
    assert_eq!(fs::read(file.path()).ok(), before);
    assert!(file.take_notices().is_empty(), "what is refused is not closed");
}

#[test]
fn everything_is_private_from_the_start() {
    let place = place();
    let directory = place.path().join("config/keybelt");
    let file = TokensFile::at(directory.clone());
    put(&file, "hcp", "alice", "one").expect("stored");
    assert_eq!(mode(&place.path().join("config")), 0o700);
    assert_eq!(mode(&directory), 0o700);
    for name in names_in(&directory) {
        assert_eq!(mode(&directory.join(name)), 0o600);
    }
}

/// A later rewrite loosened the mode in half a dozen tools (globus/globus-cli#25, gleam-lang/gleam#5424).
#[test]
fn what_others_could_only_read_is_closed_and_said_once() {
    for loose in [0o644, 0o640, 0o604, 0o601] {
        let (_place, file) = with_contents(EMPTY);
        set_mode(file.path(), loose);
        file.read().expect("closed");
        assert_eq!(mode(file.path()), 0o600, "{loose:o}");
        let notices = file.take_notices();
        assert!(notices[0].contains("may have been read"), "{notices:?}");
        assert!(notices[0].contains("tokens.json"), "{notices:?}");
        file.read().expect("closed");
        assert!(file.take_notices().is_empty());
    }
    for loose in [0o755, 0o750, 0o705, 0o711] {
        let (place, file) = with_contents(EMPTY);
        set_mode(place.path(), loose);
        put(&file, "hcp", "alice", "one").expect("closed");
        assert_eq!(mode(place.path()), 0o700, "{loose:o}");
        let notices = file.take_notices();
        assert!(notices[0].contains("was readable by others"), "{notices:?}");
    }
}

#[test]
fn what_others_can_write_is_refused() {
    for open in [0o666, 0o777, 0o620, 0o602, 0o660] {
        let (_place, file) = with_contents(EMPTY);
        set_mode(file.path(), open);
        assert_refused(&file, file.path(), "is writable by others");
        assert_eq!(mode(file.path()), open);
    }
    for open in [0o777, 0o1777, 0o770, 0o702] {
        let (place, file) = with_contents(EMPTY);
        set_mode(place.path(), open);
        assert_refused(&file, place.path(), "is writable by others");
        assert_eq!(mode(place.path()), open);
    }
}

#[test]
fn the_directory_above_must_not_let_others_exchange_ours() {
    let above = place();
    let file = TokensFile::at(above.path().join("keybelt"));
    put(&file, "hcp", "alice", "one").expect("stored");
    set_mode(above.path(), 0o777);
    assert_refused(&file, above.path(), "is writable by others");
    for fine in [0o1777, 0o755, 0o700] {
        set_mode(above.path(), fine);
        file.read().expect("nobody else can exchange it");
        assert_eq!(mode(above.path()), fine, "it is not ours to close");
    }
}

#[test]
fn what_belongs_to_another_user_is_refused() {
    if !may_give_away() {
        return;
    }
    let (_place, file) = with_contents(EMPTY);
    give_away(file.path());
    assert_refused(&file, file.path(), "belongs to another user");

    let (place, file) = with_contents(EMPTY);
    give_away(place.path());
    assert_refused(&file, place.path(), "belongs to another user");

    let above = self::place();
    let file = TokensFile::at(above.path().join("keybelt"));
    put(&file, "hcp", "alice", "one").expect("stored");
    give_away(above.path());
    assert_refused(&file, above.path(), "belongs to another user");
}

#[test]
fn our_own_links_are_followed_and_stay() {
    let place = place();
    let (real, dots) = (place.path().join("dots/keybelt"), place.path().join("dots"));
    fs::create_dir_all(&real).expect("made");
    set_mode(&real, 0o700);
    set_mode(&dots, 0o755);
    fs::create_dir(place.path().join("config")).expect("made");
    let directory = place.path().join("config/keybelt");
    symlink("../dots/keybelt", &directory).expect("linked");
    // The file is a link as well, to a directory where other things live.
    symlink("../my-tokens.json", real.join("tokens.json")).expect("linked");
    let file = TokensFile::at(directory.clone());
    put(&file, "hcp", "alice", "one").expect("stored by way of both links");
    put(&file, "hcp", "bob", "two").expect("stored again");
    assert!(directory.is_symlink());
    assert!(real.join("tokens.json").is_symlink());
    assert_eq!(mode(&dots.join("my-tokens.json")), 0o600);
    assert_eq!(mode(&dots), 0o755, "it is not ours to close");
    assert_eq!(file.read().expect("read").accounts(&host("hcp")).len(), 2);
    assert!(file.find(&host("hcp"), None).expect("read").is_some());
    assert_eq!(names_in(&dots), ["keybelt", "my-tokens.json", "tokens.lock"]);
}

#[test]
fn a_link_by_way_of_what_others_can_write_is_refused() {
    let place = place();
    let victim = place.path().join("open/victim.json");
    fs::create_dir(place.path().join("open")).expect("made");
    fs::write(&victim, EMPTY).expect("written");
    set_mode(&place.path().join("open"), 0o1777);
    let directory = place.path().join("keybelt");
    fs::create_dir(&directory).expect("made");
    set_mode(&directory, 0o700);
    symlink(&victim, directory.join("tokens.json")).expect("linked");
    let file = TokensFile::at(directory.clone());
    assert_refused(&file, file.path(), "others can write");

    let link = place.path().join("open/link");
    symlink(&directory, &link).expect("linked");
    assert_refused(&TokensFile::at(link.clone()), &link, "others can write");

    let (one, two) = (place.path().join("one"), place.path().join("two"));
    symlink(&one, &two).expect("linked");
    symlink(&two, &one).expect("linked");
    assert_refused(&TokensFile::at(one.clone()), &one, "from link to link");
}

#[test]
fn a_strangers_link_or_target_is_refused() {
    if !may_give_away() {
        return;
    }
    let (place, victim) = with_contents(EMPTY);
    let directory = place.path().join("keybelt");
    fs::create_dir(&directory).expect("made");
    set_mode(&directory, 0o700);
    let file = TokensFile::at(directory.clone());
    symlink(victim.path(), file.path()).expect("linked");
    file.read().expect("all ours");
    give_away(file.path());
    assert_refused(&file, file.path(), "a link that is not yours");
    fs::remove_file(file.path()).expect("removed");

    symlink(victim.path(), file.path()).expect("linked");
    give_away(victim.path());
    assert_refused(&file, file.path(), "points to a file that is not yours");

    let link = place.path().join("link");
    symlink(&directory, &link).expect("linked");
    give_away(&link);
    assert_refused(&TokensFile::at(link.clone()), &link, "a link that is not yours");
}

#[test]
fn what_is_no_plain_file_is_refused_at_once() {
    let place = place();
    let file = TokensFile::at(place.path().to_owned());
    let made = std::process::Command::new("mkfifo").args(["-m", "600"]).arg(file.path()).status();
    assert!(made.is_ok_and(|status| status.success()));
    let failure = file.read().err().expect("refused");
    assert!(failure.message.contains("not a plain file"), "{failure}");
    let failure = put(&file, "hcp", "alice", "one").expect_err("refused");
    assert!(failure.message.contains("not a plain file"), "{failure}");
}

/// Names that a stranger could have planted, had the directory been open once.
#[test]
fn planted_names_are_neither_followed_nor_kept() {
    let (place, file) = with_contents(EMPTY);
    let victim = place.path().join("victim");
    fs::write(&victim, "precious").expect("written");
    let stale = place.path().join(".tokens.json.0000000000000001.new");
    fs::write(&stale, "{\"token\":\"left by a killed keybelt\"}").expect("written");
    let planted = place.path().join(".tokens.json.0000000000000002.new");
    symlink(&victim, &planted).expect("linked");
    put(&file, "hcp", "alice", "one").expect("stored");
    assert_eq!(fs::read_to_string(&victim).expect("read"), "precious");
    assert_eq!(names_in(place.path()), ["tokens.json", "tokens.lock", "victim"]);

    fs::write(&stale, "left again").expect("written");
    file.read().expect("read");
    assert!(!stale.exists(), "the next command is a reader");

    fs::remove_file(place.path().join("tokens.lock")).expect("removed");
    symlink(&victim, place.path().join("tokens.lock")).expect("linked");
    let failure = put(&file, "hcp", "bob", "two").expect_err("the lock is a link");
    assert!(failure.message.contains("tokens.lock"), "{failure}");
    assert_eq!(fs::read_to_string(&victim).expect("read"), "precious");
}

/// Checking first and opening then is a race (mario-eth/soldeer PR 375).
#[test]
fn a_link_swapped_in_at_any_moment_is_neither_read_nor_written_through() {
    let place = place();
    let directory = place.path().join("keybelt");
    let file = TokensFile::at(directory.clone());
    put(&file, "hcp", "alice", "one").expect("stored");
    // A file as a stranger would offer it, in a directory that others can write.
    let open = place.path().join("open");
    fs::create_dir(&open).expect("made");
    let victim = open.join("victim.json");
    fs::copy(file.path(), &victim).expect("copied");
    let offered = fs::read_to_string(&victim).expect("read").replace("alice", "mallory");
    fs::write(&victim, &offered).expect("written");
    set_mode(&open, 0o1777);
    let done = AtomicBool::new(false);
    let seen = std::thread::scope(|scope| {
        scope.spawn(|| {
            let spare = directory.join("spare");
            let real = directory.join("real");
            fs::copy(file.path(), &real).expect("copied");
            while !done.load(Ordering::Relaxed) {
                let _ = symlink(&victim, &spare).and_then(|()| fs::rename(&spare, file.path()));
                let _ = fs::copy(&real, &spare).and_then(|_| fs::rename(&spare, file.path()));
            }
        });
        let mut seen = 0;
        for turn in 0..8000 {
            // Most attempts are refused; none may see the stranger's entries or write through the link.
            if let Ok(tokens) = file.read() {
                seen += tokens.accounts(&host("hcp")).contains(&account("mallory")) as usize;
            }
            if turn % 10 == 0 {
                let _ = put(&file, "hcp", "alice", &format!("t{turn}"));
            }
        }
        done.store(true, Ordering::Relaxed);
        seen
    });
    assert_eq!(seen, 0, "a stranger's entries were taken for ours");
    assert_eq!(fs::read_to_string(&victim).expect("read"), offered);
}
