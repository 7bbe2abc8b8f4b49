//! Where the value of a new token goes: into a file, or to a command's standard input.

use std::fs::{self, Permissions};
use std::os::unix::fs::{MetadataExt, PermissionsExt, chown, symlink};
use std::path::{Path, PathBuf};

use data_encoding::BASE64;
use serde_json::{Value, json};

use crate::harness::{Keybelt, World, is_root, needs};

const NEW: &str = "token create --org acme --team developers --description";

/// Prepares keybelt with olivia's token from the environment.
fn keybelt(world: &World, words: &[&str]) -> Keybelt {
    let token = world.account("olivia").token;
    world.keybelt(words).env("ATLAS_ADDRESS", world.host()).env("ATLAS_TOKEN", token)
}

/// Prepares the creation of a token of the developers.
fn create(world: &World, more: &[&str]) -> Keybelt {
    let words: Vec<_> = NEW.split(' ').chain(["ci"]).chain(more.iter().copied()).collect();
    keybelt(world, &words)
}

/// Returns the tokens of the developers, as the server lists them.
fn tokens(world: &World) -> Vec<Value> {
    let words = ["token", "list", "--org", "acme", "--team", "developers", "-o", "json"];
    keybelt(world, &words).run().code(0).json()["tokens"].as_array().unwrap().clone()
}

/// Returns how many tokens were asked for.
fn created(world: &World) -> usize {
    let requests = world.sandbox.requests();
    requests
        .iter()
        .filter(|it| it.method == "POST" && it.path.ends_with("/authentication-tokens"))
        .count()
}

fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap().permissions().mode() & 0o7777
}

fn text(path: &Path) -> String {
    path.to_str().unwrap().to_owned()
}

/// Returns the names in a directory.
fn names(directory: &Path) -> Vec<String> {
    let mut names: Vec<_> = fs::read_dir(directory)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

fn place(world: &World) -> PathBuf {
    let place = world.home().join("place");
    fs::create_dir(&place).unwrap();
    place
}

#[test]
fn a_file_gets_the_value_alone_and_nobody_else_may_read_it() {
    let world = World::new();
    let place = place(&world);
    let file = place.join("token");
    let run = create(&world, &["--to-file", &text(&file), "-o", "json"]).run().code(0);
    let value = fs::read_to_string(&file).unwrap();
    assert!(world.sandbox.accepts(&value));
    assert_eq!((mode(&file), names(&place)), (0o600, vec!["token".to_owned()]));
    assert_eq!((&run.json()["token"], &run.json()["handed_to"]), (&Value::Null, &json!("file")));
    run.says("Wrote the token to").hides(&value);
    // A user's own token goes there as well, and a file that is there stays.
    let again = keybelt(&world, &["token", "create", "--to-file", &text(&file)]).run().code(2);
    again.says("--replace");
    assert_eq!(fs::read_to_string(&file).unwrap(), value);
    let own = place.join("own");
    keybelt(&world, &["token", "create", "--to-file", "place/own"]).run().code(0);
    assert!(world.sandbox.accepts(&fs::read_to_string(&own).unwrap()));
}

#[test]
fn a_file_is_replaced_whole_and_keeps_its_mode_within_bounds() {
    let world = World::new();
    let file = place(&world).join("token");
    for (before, after) in [(0o600, 0o600), (0o644, 0o640), (0o666, 0o640), (0o400, 0o400)] {
        fs::write(&file, "").unwrap();
        fs::set_permissions(&file, Permissions::from_mode(before)).unwrap();
        let name = format!("t{before}");
        let words = format!("{NEW} {name} --to-file {} --replace", text(&file));
        keybelt(&world, &words.split(' ').collect::<Vec<_>>()).run().code(0);
        assert!(world.sandbox.accepts(&fs::read_to_string(&file).unwrap()));
        assert_eq!(mode(&file), after, "{before:o}");
        fs::remove_file(&file).unwrap();
    }
}

/// What the file holds may be the only copy of something.
#[test]
fn a_file_that_holds_anything_else_is_replaced_only_if_that_is_meant() {
    let world = World::new();
    let file = place(&world).join("token");
    let olivia = world.account("olivia").token;
    for (held, said) in [
        (olivia.as_str(), "holds another token"),
        ("not-of-this.server", "does not accept"),
        ("key = \"value\"\n", "does not hold a token"),
    ] {
        fs::write(&file, held).unwrap();
        create(&world, &["--to-file", &text(&file), "--replace"]).run().code(2).says(said);
        assert_eq!(fs::read_to_string(&file).unwrap(), held);
    }
    assert_eq!(created(&world), 0);
    create(&world, &["--to-file", &text(&file), "--replace", "--yes"]).run().code(0);
    assert!(world.sandbox.accepts(&fs::read_to_string(&file).unwrap()));
}

#[test]
fn a_place_that_cannot_take_the_value_is_found_out_before_there_is_one() {
    let world = World::new();
    let place = place(&world);
    let at = |name: &str| place.join(name);
    fs::write(at("file"), "").unwrap();
    symlink(at("file"), at("link")).unwrap();
    fs::hard_link(at("file"), at("other")).unwrap();
    fs::create_dir(at("directory")).unwrap();
    for (name, said) in [
        ("link", "is a link"),
        ("file", "a hard link"),
        ("directory", "not a plain file"),
        ("missing/token", "cannot write"),
        ("..", "not a plain file"),
    ] {
        let to = text(&at(name));
        let run = create(&world, &["--to-file", &to, "--replace", "--yes"]).run();
        run.one_of(name, &[1, 2]).says(said);
    }
    assert_eq!(created(&world), 0);
    assert_eq!(names(&place), ["directory", "file", "link", "other"]);
}

/// A directory that nobody may write to, as somebody whom that stops.
#[test]
fn a_directory_that_may_not_be_written_to_is_found_out_too() {
    let Some(setpriv) = needs("setpriv").filter(|_| is_root()) else {
        return;
    };
    let world = World::new();
    let place = place(&world);
    let as_nobody = ["--reuid", "65534", "--regid", "65534", "--clear-groups"];
    let open = |path: &Path| fs::set_permissions(path, Permissions::from_mode(0o755)).unwrap();
    open(world.home());
    let run = |to: &Path| {
        let run = create(&world, &["--to-file", &text(to), "--replace", "--yes"]);
        run.env("KEYBELT_CONFIG_DIR", "/nonexistent/keybelt").through(&setpriv, as_nobody).run()
    };
    run(&place.join("token")).code(1).says("cannot write");
    // Somebody else's file in a directory that is open: its owner could not be kept.
    fs::set_permissions(&place, Permissions::from_mode(0o777)).unwrap();
    fs::write(place.join("roots"), "").unwrap();
    run(&place.join("roots")).code(1).says("owner");
    assert_eq!((created(&world), names(&place)), (0, vec!["roots".to_owned()]));
}

#[test]
fn a_file_of_another_owner_keeps_it() {
    if !is_root() {
        return;
    }
    let world = World::new();
    let file = place(&world).join("token");
    fs::write(&file, "").unwrap();
    chown(&file, Some(65534), Some(65534)).unwrap();
    create(&world, &["--to-file", &text(&file), "--replace"]).run().code(0);
    let found = fs::metadata(&file).unwrap();
    assert_eq!((found.uid(), found.gid(), found.len() > 0), (65534, 65534, true));
}

/// Containers mount single files. A mount of one's own needs no privilege in a namespace of users.
#[test]
fn a_mount_point_is_refused() {
    let Some(unshare) = needs("unshare") else {
        return;
    };
    let world = World::new();
    let place = place(&world);
    fs::write(place.join("token"), "").unwrap();
    fs::write(place.join("source"), "").unwrap();
    let script = "mount --bind place/source place/token && exec \"$@\"";
    let run = create(&world, &["--to-file", &text(&place.join("token")), "--replace", "--yes"]);
    let run = run.in_shell(script).through(unshare, ["--user", "--map-root-user", "--mount"]);
    let run = run.run().any_end();
    if run.stderr().contains("unshare failed") || run.stderr().contains("permission denied") {
        #[expect(clippy::print_stderr, reason = "a test's own word")]
        {
            eprintln!("not run: needs namespaces of users");
        }
        return;
    }
    assert_eq!(run.exit_code(), Some(2), "{}", run.stderr());
    assert!(run.stderr().contains("mount point"), "{}", run.stderr());
    assert_eq!(created(&world), 0);
}

/// What a killed process left beside the file may hold a token; what another one is writing just now stays.
#[test]
fn what_a_killed_process_left_beside_the_file_goes() {
    let world = World::new();
    let place = place(&world);
    fs::write(place.join(".token.abc.keybelt-new"), "left").unwrap();
    let used = place.join(".token.def.keybelt-new");
    let held = fs::File::create(&used).unwrap();
    held.lock().unwrap();
    create(&world, &["--to-file", &text(&place.join("token"))]).run().code(0);
    assert_eq!(names(&place), [".token.def.keybelt-new", "token"]);
}

/// A command that takes the value, and says what it saw of it in its own words.
#[test]
fn a_command_gets_the_value_on_its_standard_input_and_nowhere_else() {
    let world = World::new();
    let script = "#!/bin/sh\ncat >\"$HOME/value\"\nenv >\"$HOME/env\"\nvalue=$(cat \"$HOME/value\")\necho \"took $value\"\necho \"as $(printf %s \"$value\" | base64)\" >&2\nprintf 'q=%s\\n' \"$(printf %s \"$value\" | sed 's/\\./%2E/g')\"\n";
    let program = text(&world.program("take", script));
    let run =
        create(&world, &["--to-command", &format!("{program} --quietly"), "-v", "-o", "json"])
            .env("GH_TOKEN", "gh-canary")
            .env("VAULT_TOKEN", "vault-canary")
            .env("GITLAB_TOKEN", "gitlab-canary")
            .env("TFE_TOKEN", "tfe-canary")
            .run()
            .code(0);
    let value = fs::read_to_string(world.home().join("value")).unwrap();
    assert!(world.sandbox.accepts(&value), "it ends with the value, no newline");
    let run = run.says("took [redacted]").says("as [redacted]").says("q=[redacted]");
    let base64 = BASE64.encode(value.as_bytes());
    let run = run.hides(&value).hides(&base64[..20]).hides(&base64[40..70]).hides(&value[..14]);
    let document = run.json();
    assert_eq!((&document["token"], &document["handed_to"]), (&Value::Null, &json!("command")));
    let seen = fs::read_to_string(world.home().join("env")).unwrap();
    for kept in ["GH_TOKEN=gh-canary", "VAULT_TOKEN=vault-canary", "GITLAB_TOKEN=gitlab-canary"] {
        assert!(seen.lines().any(|line| line == kept), "{kept}");
    }
    let id = document["id"].as_str().unwrap();
    let expires_at = document["expires_at"].as_str().unwrap();
    for told in [
        format!("KEYBELT_HOST={}", world.host()),
        format!("KEYBELT_TOKEN_ID={id}"),
        format!("KEYBELT_TOKEN_EXPIRES_AT={expires_at}"),
    ] {
        assert!(seen.lines().any(|line| line == told), "{told}");
    }
    for gone in ["ATLAS_TOKEN", "TFE_TOKEN", &value] {
        assert!(!seen.contains(gone));
    }
}

/// Only a token that nobody can have is revoked again.
#[test]
fn a_command_that_fails_leaves_a_token_that_it_may_have_and_no_other() {
    let world = World::new();
    let time = ["--command-timeout", "1s"];
    for (number, (script, lives, said)) in [
        ("exit 3", false, "exit status: 3"),
        ("exit 0", false, "read nothing"),
        ("sleep 60", false, "did not end within 1 seconds"),
        ("kill -9 $$", false, "signal: 9"),
        ("cat >/dev/null; exit 3", true, "exit status: 3"),
        ("head -c 5 >/dev/null", true, "to its end"),
        ("head -c 5 >/dev/null; exit 1", true, "to its end"),
        ("cat >/dev/null; sleep 60", true, "did not end within 1 seconds"),
    ]
    .into_iter()
    .enumerate()
    {
        let program = text(&world.program("odd", &format!("#!/bin/sh\n{script}\n")));
        let name = format!("t{number}");
        let words: Vec<_> =
            NEW.split(' ').chain([name.as_str(), "--to-command", &program]).collect();
        let run = keybelt(&world, &words.into_iter().chain(time).collect::<Vec<_>>()).run().code(1);
        let run = run.says(said).says(if lives { "still valid" } else { "was revoked" });
        assert_eq!(run.stdout(), "", "{script}");
        let listed = tokens(&world).iter().any(|token| token["description"] == name.as_str());
        assert_eq!(listed, lives, "{script}");
    }
}

/// A value that is read late, or by a child of the command, has been taken all the same.
#[test]
fn a_command_may_take_its_time() {
    let world = World::new();
    let script = "#!/bin/sh\nsleep 0.3\nsh -c 'cat >\"$HOME/value\"'\nyes noise | head -c 600000\n";
    let program = text(&world.program("late", script));
    create(&world, &["--to-command", &program]).run().code(0).says("noise");
    assert!(world.sandbox.accepts(&fs::read_to_string(world.home().join("value")).unwrap()));
}

#[test]
fn a_command_that_is_not_there_is_found_out_before_there_is_a_token() {
    let world = World::new();
    fs::write(world.home().join("plain"), "").unwrap();
    for (command, code) in [("keybelt-no-such-program x", 1), ("'unmatched", 2), ("", 2)] {
        create(&world, &["--to-command", command]).run().code(code).says("`--to-command`");
    }
    // Whether a file can be run is only known when it is tried; nobody has the value then.
    let plain = text(&world.home().join("plain"));
    create(&world, &["--to-command", &plain]).run().code(1).says("was revoked");
    assert_eq!((created(&world), tokens(&world).len()), (1, 0));
    for words in [
        "token create --to-command cat --to-file x",
        "token create --replace",
        "token create --command-timeout 3s",
        "token create --to-command cat --command-timeout soon",
    ] {
        world.keybelt(words).run().code(2);
    }
}

/// No variable and no setting names a program or a file to give tokens to.
#[test]
fn nothing_but_the_command_line_says_where_a_value_goes() {
    let world = World::new();
    let program = text(&world.program("take", "#!/bin/sh\ncat >\"$HOME/value\"\n"));
    for (name, value) in
        [("KEYBELT_TO_COMMAND", &program), ("KEYBELT_TO_FILE", &"value".to_owned())]
    {
        let words = format!("{NEW} {name}");
        let run = keybelt(&world, &words.split(' ').collect::<Vec<_>>()).env(name, value);
        assert!(world.sandbox.accepts(run.run().code(0).stdout().trim_end()));
    }
    assert!(!world.home().join("value").exists());
    for key in ["to_command", "to_file"] {
        world.keybelt(["config", "set", key, &program]).run().code(2);
    }
}
