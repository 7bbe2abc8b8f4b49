//! `config`: settings, which source of one wins, and a file that people write too.

use std::fs;
use std::os::unix::fs::PermissionsExt;

use crate::harness::World;

fn config(world: &World) -> String {
    fs::read_to_string(world.config_dir().join("config.toml")).unwrap()
}

/// As the variables take them.
#[test]
fn a_switch_takes_every_word_for_yes_and_no() {
    let world = World::new();
    for (word, written) in [("yes", "true"), ("NO", "false"), ("1", "true")] {
        let set = ["config", "set", "aptible.write_tokens_json", word];
        world.keybelt(set).run().code(0);
        let expected = format!("[aptible]\nwrite_tokens_json = {written}\n");
        assert_eq!(config(&world), expected, "{word}");
    }
    let set = ["config", "set", "aptible.write_tokens_json", "perhaps"];
    let run = world.keybelt(set).run().code(2);
    run.says("true or false");
}

#[test]
fn setting_and_unsetting_keeps_what_a_person_wrote() {
    let world = World::new();
    world.keybelt("config set timeout 20s").run().code(0).says("Set timeout");
    let mine = "# for the slow line\ntimeout = \"20s\" # really\n\n[hosts.\"tfe.example.com\"] # work\nusername = \"alice\"\n";
    fs::write(world.config_dir().join("config.toml"), mine).unwrap();
    world.keybelt("config set hosts.tfe.example.com.provider atlas").run().code(0);
    assert_eq!(config(&world), format!("{mine}provider = \"atlas\"\n"));
    world.keybelt("config unset hosts.tfe.example.com.provider").run().code(0);
    assert_eq!(config(&world), mine);
    world.keybelt("config unset color").run().code(0).says("Nothing to do: color is not set");
    world.keybelt("config set timeout 25s").run().code(0);
    assert_eq!(config(&world), mine.replace("\"20s\"", "\"25s\""));
}

#[test]
fn the_list_says_which_source_won() {
    let world = World::new();
    for (key, value) in [("timeout", "20s"), ("expires_in", "2d")] {
        world.keybelt(["config", "set", key, value]).run().code(0);
    }
    let listed = world.keybelt("config list -o json").env("KEYBELT_EXPIRES_IN", "3d").run().code(0);
    let document = listed.json();
    let found = |key: &str| {
        let settings = document["settings"].as_array().unwrap();
        let setting = settings.iter().find(|setting| setting["key"] == key).unwrap();
        (setting["value"].clone(), setting["from"].clone())
    };
    assert_eq!(found("timeout"), ("20s".into(), "config".into()));
    assert_eq!(found("expires_in"), ("3d".into(), "environment".into()));
    assert_eq!(found("store"), ("file".into(), "default".into()));
    world.keybelt("config get timeout").run().code(0).prints("20s\n");
    world.keybelt("config get timeout").env("KEYBELT_TIMEOUT", "9s").run().code(0).prints("9s\n");
    // What is listed is what is used; a blank variable is none.
    let login = || world.login("alice", &[]);
    login().env("KEYBELT_EXPIRES_IN", " ").run().code(0).says("for 2 days");
    login().env("KEYBELT_EXPIRES_IN", "3d").run().code(0).says("for 3 days");
}

#[test]
fn a_name_that_is_no_setting_is_an_error_with_the_nearest_one() {
    let world = World::new();
    for (key, near) in [
        ("tmeout", "`timeout`"),
        ("expires-in", "`expires_in`"),
        ("hosts.tfe.example.com.pasword_command", "`password_command`"),
    ] {
        for words in
            [&["config", "get", key][..], &["config", "set", key, "1"], &["config", "unset", key]]
        {
            world
                .keybelt(words.iter().copied())
                .run()
                .code(2)
                .says(&format!("did you mean {near}"));
        }
    }
    assert!(!world.config_dir().join("config.toml").exists());
    world.keybelt("config set color auto").run().code(0);
    let wrong = "tmeout = \"5s\"\n";
    fs::write(world.config_dir().join("config.toml"), wrong).unwrap();
    world.keybelt("status").run().code(1).says("config.toml").says("did you mean `timeout`");
    world.keybelt("config set color never").run().code(1);
    assert_eq!(config(&world), wrong);
}

#[test]
fn a_value_that_makes_no_sense_is_refused_and_named_with_its_source() {
    let world = World::new();
    let host = world.host();
    for (key, value) in
        [("timeout", "soon"), ("store", "cloud"), ("ca_file", "here.pem"), ("output", "xml")]
    {
        world.keybelt(["config", "set", key, value]).run().code(2).says(&format!("`{key}`: "));
    }
    let login = ["login", &host, "--username", "alice", "--password-stdin"];
    for (variable, value) in [
        ("KEYBELT_ACCOUNT", "a b"),
        ("KEYBELT_USERNAME", "a b"),
        ("KEYBELT_EXPIRES_IN", "soon"),
        ("KEYBELT_STORE", "cloud"),
        ("KEYBELT_HOST", "a b"),
    ] {
        let words: &[&str] = match variable {
            "KEYBELT_USERNAME" => &["login", &host, "--password-stdin"],
            "KEYBELT_HOST" => &["login", "--username", "alice", "--password-stdin"],
            _ => &login,
        };
        let run = world
            .keybelt(words.iter().copied())
            .env(variable, value)
            .stdin(world.password("alice"))
            .run();
        run.code(2).says(&format!("`{variable}`: "));
    }
    for (option, value) in [
        ("--expires-in", "soon"),
        ("--store", "cloud"),
        ("--account", "a b"),
        ("--username", "a b"),
    ] {
        let words: Vec<&str> = ["login", &host, "--password-stdin", option, value].into();
        let run = world.keybelt(words).stdin(world.password("alice")).run();
        run.code(2).says(&format!("`{option}`: "));
    }
    assert_eq!(world.sandbox.requests().len(), 0, "nothing was asked of the server");
}

/// The signal of a file-size limit ended keybelt, and left a temporary file.
#[test]
fn a_file_size_limit_is_a_failure_and_leaves_nothing() {
    let world = World::new();
    for words in [["config", "set", "output", "json"].as_slice(), &["helper", "install"]] {
        let run = world.keybelt(words);
        run.in_shell("ulimit -f 0; exec \"$@\"").run().code(1);
    }
    for directory in [world.home().to_owned(), world.config_dir()] {
        let names = fs::read_dir(directory).unwrap();
        let mut names = names.map(|file| file.unwrap().file_name().into_string().unwrap());
        assert_eq!(names.find(|name| name.starts_with(".tmp")), None);
    }
}

/// The file's own head stood above the first setting, and went with it.
#[test]
fn unsetting_leaves_every_comment_where_it_is_read() {
    let world = World::new();
    world.keybelt("config set timeout 20s").run().code(0);
    let path = world.config_dir().join("config.toml");
    let head = "# Managed by hand.\n\n# for the slow line\n";
    fs::write(&path, format!("{head}timeout = \"20s\"\nstore = \"file\"\n")).unwrap();
    world.keybelt("config unset timeout").run().code(0);
    assert_eq!(config(&world), format!("{head}store = \"file\"\n"));
    world.keybelt("config unset store").run().code(0);
    assert_eq!(config(&world), head);
    world.keybelt("config set sudo_window 10m").run().code(0);
    assert_eq!(config(&world), format!("{head}sudo_window = \"10m\"\n"));
    let table =
        "timeout = \"20s\"\n\n# work\n[hosts.\"tfe.example.com\"]\n# me\nusername = \"alice\"\n";
    fs::write(&path, format!("{head}{table}")).unwrap();
    for key in ["timeout", "hosts.tfe.example.com.username"] {
        world.keybelt(["config", "unset", key]).run().code(0);
        for comment in ["# Managed by hand.", "# for the slow line", "# work"] {
            assert!(config(&world).contains(comment), "{key}: {}", config(&world));
        }
    }
    assert!(config(&world).contains("# me"), "{}", config(&world));
}

/// It was taken, and every later command failed.
#[test]
fn a_setting_names_a_file_that_is_there() {
    let world = World::new();
    let run = world.keybelt("config set ca_file /nonexistent").run().code(2);
    run.says("cannot read /nonexistent").says("nothing was changed");
    assert!(!world.config_dir().join("config.toml").exists());
    let file = world.home().join("ca.pem");
    fs::write(&file, "").unwrap();
    world.keybelt(["config", "set", "ca_file", file.to_str().unwrap()]).run().code(0);
}

/// Tokens were said to have been in it.
#[test]
fn settings_that_others_could_read_are_no_tokens() {
    let world = World::new();
    world.keybelt("config set timeout 20s").run().code(0);
    let file = world.config_dir().join("config.toml");
    fs::set_permissions(file, PermissionsExt::from_mode(0o644)).unwrap();
    let run = world.keybelt("config list").run().code(0);
    run.says("config.toml`: others could read it until now").hides("tokens may have been read");
}
