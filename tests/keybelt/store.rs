//! What is kept on disk: owners, modes, links, damage. The store's own tests have more of each; here they
//! pass through the built program.

use std::fs::{self, Permissions};
use std::os::unix::fs::{PermissionsExt, chown, lchown, symlink};
use std::path::{Path, PathBuf};

use crate::harness::{Keybelt, World, is_root, needs};

/// Somebody who is neither this user nor root.
const STRANGER: u32 = 54_321;

fn mode(path: &Path) -> u32 {
    fs::symlink_metadata(path).unwrap().permissions().mode() & 0o777
}

fn set_mode(path: &Path, mode: u32) {
    fs::set_permissions(path, Permissions::from_mode(mode)).unwrap();
}

fn signed_in() -> World {
    let world = World::new();
    world.sign_in("alice");
    world
}

/// Commands that read and commands that change: all of them refuse, say why, and leave every byte.
#[track_caller]
fn assert_refused(world: &World, says: &str) {
    let before = world.tokens_bytes();
    let commands: [&[&str]; 6] = [
        &["whoami"],
        &["token", "print"],
        &["status"],
        &["switch", "alice"],
        &["logout"],
        &["store", "migrate", "docker:none"],
    ];
    for words in commands {
        world.keybelt(words.iter().copied()).run().code(1).says(says);
    }
    world.login("alice", &[]).run().code(1).says(says);
    world.keybelt("doctor").run().code(6).prints(says);
    assert_eq!(world.tokens_bytes(), before);
    assert_eq!(world.live_tokens_made(), 1, "what cannot be stored is revoked");
}

/// A later rewrite loosened the mode in half a dozen tools (globus/globus-cli#25, gleam-lang/gleam#5424).
#[test]
fn whatever_is_rewritten_stays_private_under_any_umask() {
    let world = World::new();
    let loose = "umask 000; exec \"$@\"";
    world.sign_in("bob");
    let run = world.login("alice", &[]).in_shell(loose).run();
    run.code(0);
    let commands: [&[&str]; 4] = [
        &["switch", "bob"],
        &["config", "set", "timeout", "20s"],
        &["logout", "--account", "bob"],
        &["logout"],
    ];
    for words in commands {
        world.keybelt(words.iter().copied()).in_shell(loose).run().code(0);
        assert_eq!(mode(&world.config_dir()), 0o700);
        for file in fs::read_dir(world.config_dir()).unwrap().flatten() {
            assert_eq!(mode(&file.path()), 0o600, "{words:?}: {file:?}");
        }
    }
}

#[test]
fn what_others_may_write_is_refused() {
    let places: [fn(&World) -> PathBuf; 3] = [World::tokens_file, World::config_dir, |world| {
        world.config_dir().parent().unwrap().to_owned()
    }];
    for place in places {
        for loose in [0o666, 0o777] {
            let world = signed_in();
            set_mode(&place(&world), loose);
            assert_refused(&world, "is writable by others");
            assert_eq!(mode(&place(&world)), loose);
        }
    }
}

#[test]
fn what_others_could_only_read_is_closed_and_told_once() {
    let world = signed_in();
    set_mode(&world.tokens_file(), 0o644);
    world
        .keybelt("whoami")
        .run()
        .code(0)
        .says("tokens may have been read")
        .says("`keybelt token rotate`");
    assert_eq!(mode(&world.tokens_file()), 0o600);
    world.keybelt("whoami").run().code(0).hides("may have been read");
    set_mode(&world.config_dir(), 0o755);
    world.keybelt("whoami").run().code(0).says("was readable by others");
    assert_eq!(mode(&world.config_dir()), 0o700);
}

#[test]
fn what_belongs_to_another_user_is_refused() {
    if !is_root() {
        return;
    }
    let places: [fn(&World) -> PathBuf; 3] = [World::tokens_file, World::config_dir, |world| {
        world.config_dir().parent().unwrap().to_owned()
    }];
    for place in places {
        let world = signed_in();
        lchown(place(&world), Some(STRANGER), None).unwrap();
        assert_refused(&world, "belongs to another user");
    }
}

#[test]
fn links_of_ones_own_are_followed_and_stay() {
    let world = signed_in();
    let (directory, real) = (world.config_dir(), world.home().join("dots"));
    fs::rename(&directory, &real).unwrap();
    symlink(&real, &directory).unwrap();
    let shared = world.home().join("tokens-of-mine.json");
    fs::rename(real.join("tokens.json"), &shared).unwrap();
    symlink(&shared, real.join("tokens.json")).unwrap();
    world.sign_in("bob");
    world.keybelt("whoami --account alice").run().code(0);
    assert!(directory.is_symlink() && real.join("tokens.json").is_symlink());
    assert_eq!(mode(&shared), 0o600);
    world.assert_live_tokens_are_stored();
}

/// A token landed at a stranger's link's target (Digital-Process-Tools/claude-remember#429).
#[test]
fn links_of_others_are_refused_and_their_target_is_untouched() {
    if !is_root() {
        return;
    }
    for linked in [World::tokens_file, World::config_dir] {
        let world = signed_in();
        let victim = world.home().join("victim");
        fs::rename(linked(&world), &victim).unwrap();
        symlink(&victim, linked(&world)).unwrap();
        lchown(linked(&world), Some(STRANGER), None).unwrap();
        assert_refused(&world, "is a link that is not yours");
    }
}

#[test]
fn names_that_others_planted_are_neither_followed_nor_kept() {
    let world = signed_in();
    let victim = world.home().join("victim");
    fs::write(&victim, "precious").unwrap();
    let planted = world.config_dir().join(".tokens.json.0000000000000001.new");
    symlink(&victim, &planted).unwrap();
    let stale = world.config_dir().join(".tokens.json.0000000000000002.new");
    fs::write(&stale, "{\"token\":\"left by a killed keybelt\"}").unwrap();
    // Reading suffices to clear away what a killed keybelt left.
    world.keybelt("token print").run().code(0);
    assert!(!stale.exists() && !planted.is_symlink());
    symlink(&victim, &planted).unwrap();
    world.sign_in("bob");
    assert_eq!(fs::read_to_string(&victim).unwrap(), "precious");
    assert!(!planted.is_symlink());
    fs::remove_file(world.config_dir().join("tokens.lock")).unwrap();
    symlink(&victim, world.config_dir().join("tokens.lock")).unwrap();
    world.keybelt("switch alice").run().code(1).says("tokens.lock");
    assert_eq!(fs::read_to_string(&victim).unwrap(), "precious");
}

/// A file, and what every command says of it.
fn damaged(good: &str) -> Vec<(Vec<u8>, &'static str)> {
    let bytes = |text: &str| text.as_bytes().to_owned();
    vec![
        (bytes(&good[..good.len() / 2]), "tokens.json"),
        (bytes(""), "tokens.json"),
        (bytes(&format!("\u{feff}{good}")), "tokens.json"),
        (bytes(&good.replacen("\"version\":1", "\"version\":1,\"version\":1", 1)), "duplicate key"),
        (bytes(&good.replacen("\"version\":1", "\"version\":2", 1)), "newer"),
        (bytes(&good.replacen("\"version\":1", "\"version\":\"1\"", 1)), "version"),
        (bytes(&good.replacen("\"origin\":\"password\"", "\"origin\":5", 1)), "origin"),
        (bytes(&good.replacen("\"hosts\":{", "\"hosts\":[],\"x\":{", 1)), "hosts"),
        (vec![0xff, 0xfe, b'{', 0], "tokens.json"),
    ]
}

#[test]
fn a_damaged_file_is_named_and_left_byte_for_byte() {
    let world = signed_in();
    let good = String::from_utf8(world.tokens_bytes()).unwrap();
    for (contents, says) in damaged(good.trim_end()) {
        fs::write(world.tokens_file(), &contents).unwrap();
        assert_refused(&world, says);
        assert_eq!(world.tokens_bytes(), contents);
    }
    fs::write(world.tokens_file(), good).unwrap();
    world.keybelt("whoami").run().code(0);
}

#[test]
fn what_this_version_does_not_know_survives_every_change() {
    let world = signed_in();
    let mut document = world.tokens_json();
    document["future"] = serde_json::json!({"deep": [1.5, null]});
    document["hosts"][world.host()]["accounts"]["alice"]["later"] = "x".into();
    document["hosts"]["no host of ours!"] = serde_json::json!({"anything": true});
    fs::write(world.tokens_file(), document.to_string()).unwrap();
    world.sign_in("bob");
    world.keybelt("switch alice").run().code(0);
    world.sign_in("alice");
    world.keybelt("logout --account bob").run().code(0);
    let after = world.tokens_json();
    assert_eq!(after["future"], document["future"]);
    assert_eq!(after["hosts"]["no host of ours!"], document["hosts"]["no host of ours!"]);
    assert_eq!(after["hosts"][world.host()]["accounts"]["alice"]["later"], "x");
}

/// A file-size limit ends a process by a signal of its own.
#[test]
fn a_file_size_limit_is_a_failure_and_the_token_is_revoked() {
    let world = World::new();
    let run = world.login("alice", &[]).in_shell("ulimit -f 0; exec \"$@\"").run();
    run.code(1).says("cannot write `~/.config/keybelt/tokens.json`");
    assert_eq!(world.live_tokens_made(), 0);
    assert_eq!(world.files_with(".atlasv1."), [] as [&str; 0]);
}

/// Instructions are counted, so that it does not matter what else the machine does.
#[test]
fn a_hundred_entries_cost_hardly_more_than_one() {
    let (Some(valgrind), Some(time)) = (needs("valgrind"), needs("time")) else {
        return;
    };
    let world = signed_in();
    let instructions = || {
        let options = ["--tool=callgrind", "--callgrind-out-file=/dev/null"];
        let print = world.keybelt("token print").through(&valgrind, options);
        let printed = print.run().code(0).prints(".atlasv1.");
        let line = printed.stderr().lines().find(|line| line.contains("Collected"));
        let count = line.unwrap().rsplit(' ').next().unwrap();
        count.parse::<u64>().unwrap()
    };
    let one = instructions();
    let mut document = world.tokens_json();
    let accounts = &mut document["hosts"][world.host()]["accounts"];
    for number in 1..100 {
        accounts[format!("user-{number}")] = accounts["alice"].clone();
    }
    fs::write(world.tokens_file(), document.to_string()).unwrap();
    // From now on it is as keybelt writes it.
    world.keybelt("switch user-7").run().code(0);
    world.keybelt("switch alice").run().code(0);
    let hundred = instructions();
    assert!(hundred * 10 <= one * 11, "{hundred} against {one}");
    let print = world.keybelt("token print").through(&time, ["-f", "%M"]);
    let printed = print.run().code(0);
    let peak: u64 = printed.stderr().trim().parse().unwrap();
    assert!(peak < 16 * 1024, "{peak} KiB");
}

/// Runs keybelt as another user, if that is possible here.
fn as_stranger(run: Keybelt) -> Option<Keybelt> {
    let setpriv = needs("setpriv").filter(|_| is_root())?;
    let id = STRANGER.to_string();
    Some(run.through(setpriv, ["--reuid", &id, "--regid", &id, "--clear-groups"]))
}

/// A Kubernetes volume: all of it is root's, and links lead to the present version (kubernetes/kubernetes#57117).
#[test]
fn roots_links_are_as_good_as_roots_files_and_each_warning_comes_once() {
    let world = signed_in();
    let volume = tempfile::tempdir().unwrap();
    let (path, version) = (volume.path().to_owned(), volume.path().join("..2026"));
    fs::create_dir(&version).unwrap();
    fs::copy(world.tokens_file(), version.join("tokens.json")).unwrap();
    symlink("..2026", path.join("..data")).unwrap();
    symlink("..data/tokens.json", path.join("tokens.json")).unwrap();
    for (name, mode) in [("..2026/tokens.json", 0o440), ("..2026", 0o750), ("", 0o750)] {
        let at = path.join(name);
        fs::set_permissions(&at, Permissions::from_mode(mode)).unwrap();
        if is_root() {
            chown(&at, Some(0), Some(STRANGER)).unwrap();
        }
    }
    let run = world.keybelt("status --offline").env("KEYBELT_CONFIG_DIR", &path);
    let Some(run) = as_stranger(run) else { return };
    let run = run.run().code(0).prints("token from");
    let mut warnings: Vec<_> = run.stderr().lines().filter(|it| it.contains("warning")).collect();
    let said = warnings.len();
    warnings.dedup();
    assert_eq!(warnings.len(), said, "{}", run.stderr());
}

/// `sudo -E` left directories in a home whose user could not open them (cli/cli#5013).
#[test]
fn root_is_told_whose_home_it_writes_into_and_that_user_what_to_do() {
    let world = World::new();
    if !is_root() {
        return;
    }
    chown(world.home(), Some(STRANGER), Some(STRANGER)).unwrap();
    let run =
        world.sign_in("alice").says(&format!("which user {STRANGER} will not be able to use"));
    assert_eq!(run.stderr().matches("root is creating").count(), 1, "{}", run.stderr());
    let Some(run) = as_stranger(world.keybelt("status --offline")) else { return };
    run.run().code(1).says("it belongs to user 0").says(&format!("sudo chown -R {STRANGER}"));
}

#[test]
fn where_nothing_can_be_changed_another_directory_is_named_and_the_token_is_revoked_all_the_same() {
    let world = World::new();
    let run = world.login("alice", &[]).env("KEYBELT_CONFIG_DIR", "/proc/keybelt").run().code(1);
    run.says("cannot make").says("set KEYBELT_CONFIG_DIR to a directory");
    assert_eq!(world.live_tokens_made(), 0);
    world.sign_in("alice");
    let lock = world.config_dir().join("tokens.lock");
    fs::remove_file(&lock).unwrap();
    symlink("nowhere", &lock).unwrap();
    let run =
        world.keybelt("logout").run().code(1).says("is revoked, but its entry was not deleted");
    run.says("set KEYBELT_CONFIG_DIR to a directory");
    assert_eq!(world.live_tokens_made(), 0);
    assert!(world.tokens_file().exists());
}
