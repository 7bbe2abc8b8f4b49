//! `keybelt helper`: Terraform's credentials helper, byte for byte, and putting it in its place.

use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::PathBuf;
use std::time::{Duration, Instant};

use serde_json::json;

use crate::harness::{Keybelt, Outcome, World, needs};

const HOST: &str = "tfe.example.com";
const TOKEN: &str = "aBcDeFgHiJkLmN.atlasv1.oPqRsTuVwXyZ0123456789oPqRsTuVwXyZ0123456789oPqRsTuVwXyZ0123456789abcde";

/// Returns the place where Terraform looks for the helper's program.
fn link(world: &World) -> PathBuf {
    world.home().join(".terraform.d/plugins/terraform-credentials-keybelt")
}

/// Calls the helper as Terraform does: by the link, without a terminal.
fn call(world: &World, words: &[&str]) -> Keybelt {
    let link = link(world);
    if !link.exists() {
        fs::create_dir_all(link.parent().unwrap()).unwrap();
        symlink(env!("CARGO_BIN_EXE_keybelt"), &link).unwrap();
    }
    world.keybelt(words).called(link)
}

/// Asserts that a call said one line and answered nothing.
#[track_caller]
fn assert_one_line(run: &Outcome) {
    let lines = run.stderr().lines().count();
    assert_eq!((run.stdout(), lines), ("", 1), "{}", run.stderr());
}

#[test]
fn get_answers_with_an_object_and_nothing_else() {
    let world = World::new();
    world
        .store_entries(&[(HOST, "alice", TOKEN), ("other.example.com:8443", "bob", "other.token")]);
    for (host, answer) in [
        (HOST, format!("{{\"token\":\"{TOKEN}\"}}\n")),
        ("other.example.com:8443", "{\"token\":\"other.token\"}\n".to_owned()),
        ("other.example.com", "{}\n".to_owned()),
        ("registry.terraform.io", "{}\n".to_owned()),
        ("evil-tfe.example.com", "{}\n".to_owned()),
        ("tfe.example.com.evil.example", "{}\n".to_owned()),
        ("tfe.example.com:8443", "{}\n".to_owned()),
    ] {
        let by_link = call(&world, &["get", host]).run().code(0);
        let by_name = world.keybelt(["helper", "get", host]).run().code(0);
        for run in [by_link, by_name] {
            assert_eq!((run.stdout(), run.stderr()), (answer.as_str(), ""), "{host}");
        }
    }
    call(&world, &["sing", HOST]).run().code(2);
}

/// CVE-2020-5260, CVE-2020-11008, CVE-2024-52006: what looks like a host and is none was answered.
#[test]
fn what_is_no_host_as_terraform_writes_one_gets_no_answer() {
    let world = World::new();
    world.store_entries(&[(HOST, "alice", TOKEN)]);
    for odd in [
        "",
        " ",
        "*",
        "tfe.example.com\n",
        "tfe.example.com\r\nhost=evil",
        "tfe.example.com%0a",
        "TFE.example.com",
        "tfe.example.com.",
        "tfe.example.com:443",
        "user@tfe.example.com",
        "https://tfe.example.com",
        "http://127.0.0.1:80",
        "tfe.example.com/x",
        "hcp",
    ] {
        let run = call(&world, &["get", odd]).run().code(1).hides(TOKEN);
        assert_one_line(&run);
    }
}

#[test]
fn the_environment_and_terraforms_own_file_are_none_of_the_helpers_business() {
    let world = World::new();
    let directory = world.home().join(".terraform.d");
    fs::create_dir_all(&directory).unwrap();
    let file = json!({"credentials": {HOST: {"token": "canary.file"}}});
    fs::write(directory.join("credentials.tfrc.json"), file.to_string()).unwrap();
    let run = call(&world, &["get", HOST])
        .env("ATLAS_TOKEN", "canary.atlas")
        .env("ATLAS_ADDRESS", format!("https://{HOST}"))
        .env("TFE_TOKEN", "canary.tfe")
        .env("TFE_HOSTNAME", HOST)
        .env("TF_TOKEN_tfe_example_com", "canary.tf")
        .env("KEYBELT_ACCOUNT", "nobody")
        .env("KEYBELT_OUTPUT", "json")
        .env("KEYBELT_VERBOSE", "3");
    let run = run.run().code(0);
    assert_eq!(run.stdout(), "{}\n");
}

#[test]
fn an_expired_token_is_one_line_for_terraform_and_for_the_person() {
    let world = World::new();
    world.store_entries(&[(HOST, "alice", TOKEN)]);
    let mut document = world.tokens_json();
    document["hosts"][HOST]["accounts"]["alice"]["expires_at"] = json!("2026-01-02T00:00:00Z");
    fs::write(world.tokens_file(), document.to_string()).unwrap();
    let run = call(&world, &["get", HOST]).run().code(1).hides(TOKEN);
    assert_one_line(&run);
    assert!(run.stderr().contains(&format!("keybelt login {HOST}")), "{}", run.stderr());
    // Terraform keeps what helpers say to itself, so the terminal is told directly.
    let quiet = call(&world, &["get", HOST]).in_shell("exec \"$@\" 2>/dev/null");
    quiet.pty().wait(1).shows("has expired");
}

#[test]
fn a_store_that_cannot_be_read_is_exit_code_1_and_one_line() {
    let world = World::new();
    world.store_entries(&[(HOST, "alice", TOKEN)]);
    let mut document = world.tokens_json();
    document["hosts"][HOST]["accounts"]["alice"]["store"] = json!("docker:absent");
    fs::write(world.tokens_file(), document.to_string()).unwrap();
    let run = call(&world, &["get", HOST]).run().code(1).hides(TOKEN);
    assert_one_line(&run);
    assert!(run.stderr().contains("docker-credential-absent"), "{}", run.stderr());
    fs::write(world.tokens_file(), "{").unwrap();
    for words in [&["get", HOST][..], &["forget", HOST]] {
        let run = call(&world, words).run().code(1);
        assert_one_line(&run);
    }
    assert_eq!(world.tokens_bytes(), b"{");
}

/// `args = ["--account", "NAME"]` in the block of Terraform's configuration was passed over: another account's token
/// was the answer.
#[test]
fn the_account_that_terraforms_configuration_names_is_the_one_that_answers() {
    let world = World::new();
    world.store_entries(&[(HOST, "alice", "alices.token"), (HOST, "bob", "bobs.token")]);
    for (account, token) in [("alice", "alices.token"), ("bob", "bobs.token")] {
        call(&world, &["--account", account, "get", HOST]).run().code(0).prints(token);
        let run = call(&world, &["--account", account, "forget", HOST]).run().code(1);
        assert!(run.stderr().contains(&format!("{account}'s token")), "{}", run.stderr());
    }
    let run = call(&world, &["--account", "carol", "get", HOST]).run().code(0);
    assert_eq!(run.stdout(), "{}\n");
}

/// With `output = "json"` Terraform saw no reason: the error was a document on stdout.
#[test]
fn how_results_look_for_people_is_no_part_of_the_protocol() {
    let world = World::new();
    world.store_entries(&[(HOST, "alice", TOKEN)]);
    for format in ["json", "csv"] {
        let got = call(&world, &["get", HOST]).env("KEYBELT_OUTPUT", format).run().code(0);
        assert_eq!(got.stdout(), format!("{{\"token\":\"{TOKEN}\"}}\n"));
    }
    let mut people = call(&world, &["get", HOST]);
    for (name, nonsense) in [
        ("ACCOUNT", "a b"),
        ("COLOR", "maybe"),
        ("HOST", "::"),
        ("OUTPUT", "yaml"),
        ("PROVIDER", "none"),
        ("QUIET", "perhaps"),
        ("TIMEOUT", "soon"),
        ("VERBOSE", "9"),
    ] {
        people = people.env(&format!("KEYBELT_{name}"), nonsense);
    }
    people.run().code(0).prints(TOKEN);
    world.keybelt("config set output json").run().code(0);
    call(&world, &["get", HOST]).run().code(0).prints(TOKEN);
    fs::write(world.config_dir().join("config.toml"), "no toml").unwrap();
    for words in [["get", HOST], ["forget", HOST]] {
        let run = call(&world, &words).env("KEYBELT_OUTPUT", "json").run().code(1);
        assert_eq!(run.stdout(), "", "{words:?}");
        assert!(run.stderr().contains("config.toml"), "{}", run.stderr());
    }
}

#[test]
fn store_keeps_a_token_as_terraforms_and_forget_removes_no_other() {
    let world = World::new();
    world.store_entries(&[(HOST, "alice", "alices.token")]);
    let stored =
        call(&world, &["store", HOST]).stdin(format!("{{\"token\":\"{TOKEN}\"}}")).run().code(0);
    assert_eq!((stored.stdout(), stored.stderr()), ("", ""));
    let accounts = world.tokens_json()["hosts"][HOST].clone();
    assert_eq!(accounts["active"], "terraform");
    assert_eq!(accounts["accounts"]["terraform"]["origin"], "helper");
    assert_eq!(accounts["accounts"]["alice"]["token"], "alices.token");
    let got = call(&world, &["get", HOST]).run().code(0);
    assert_eq!(got.stdout(), format!("{{\"token\":\"{TOKEN}\"}}\n"));
    for _ in 0..2 {
        // `terraform logout` would report a success, and Terraform would stay signed in.
        let forgotten = call(&world, &["forget", HOST]).run().code(1);
        assert_one_line(&forgotten);
        assert!(forgotten.stderr().contains(&format!("run `keybelt logout {HOST}`")));
        let got = call(&world, &["get", HOST]).run().code(0);
        assert_eq!(
            got.stdout(),
            "{\"token\":\"alices.token\"}\n",
            "hers is not Terraform's to forget"
        );
    }
    world.keybelt(["logout", HOST, "--local-only"]).run().code(0);
    let forgotten = call(&world, &["forget", HOST]).run().code(0);
    assert_eq!((forgotten.stdout(), forgotten.stderr()), ("", ""));
}

/// Somebody may be called so.
#[test]
fn a_sign_in_of_an_account_called_terraform_is_not_replaced() {
    let world = World::new();
    world.store_entries(&[(HOST, "terraform", "a.persons.token")]);
    let before = world.tokens_bytes();
    let store = call(&world, &["store", HOST]).stdin(format!("{{\"token\":\"{TOKEN}\"}}"));
    store.run().code(1).says("an account called terraform");
    call(&world, &["forget", HOST]).run().code(1).says("keybelt logout");
    assert_eq!(world.tokens_bytes(), before);
}

#[test]
fn what_cannot_be_kept_whole_is_not_kept_and_stdin_is_read_to_its_end() {
    let world = World::new();
    for (object, why) in [
        (format!("{{\"token\":\"{TOKEN}\",\"refresh\":\"canary\"}}"), "more than a token"),
        ("{}".to_owned(), "contain no token"),
        ("{\"token\":\"caf\u{e9}\"}".to_owned(), "invalid characters"),
        ("{\"token\":7}".to_owned(), "contain no token"),
        ("[]".to_owned(), "not a JSON object"),
        ("canary".to_owned(), "not a JSON object"),
        (String::new(), "not a JSON object"),
        (format!("{{\"token\":\"{}\"}}", "a".repeat(60_000)), "invalid characters"),
        (format!("{{\"token\":\"{TOKEN}\"}}{}", " ".repeat(65_536)), "more than 65536 bytes"),
    ] {
        let run =
            call(&world, &["store", HOST]).stdin(&object).run().code(1).says(why).hides("canary");
        assert_one_line(&run);
        assert_eq!(world.tokens_bytes(), b"", "{object:.40}");
    }
    // Byte by byte: a helper that did not wait for them would leave Terraform at a closed pipe.
    let slowly = "{ dd if=/dev/zero bs=1 count=20000 2>/dev/null && echo drained >&2; } | \"$@\"";
    let drained = call(&world, &["store", "no host"]).in_shell(slowly);
    drained.run().code(1).says("drained");
    // What has no end is not read to it.
    let endless = call(&world, &["store", HOST]).in_shell("cat /dev/zero | \"$@\"");
    endless.run().code(1).says("more than 65536 bytes");
}

#[test]
fn get_opens_no_connection_and_asks_no_keyring() {
    let Some(strace) = needs("strace") else {
        return;
    };
    let world = World::new();
    world.store_entries(&[(HOST, "alice", TOKEN)]);
    let trace = world.home().join("trace");
    let run = call(&world, &["get", HOST])
        .env("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent/bus")
        .through(strace, ["-f", "-e", "trace=network,execve", "-o", &trace.display().to_string()]);
    let run = run.run().code(0);
    assert_eq!(run.stdout(), format!("{{\"token\":\"{TOKEN}\"}}\n"));
    let trace = fs::read_to_string(trace).unwrap();
    assert!(!trace.contains("socket(") && !trace.contains("connect("), "{trace}");
    assert_eq!(trace.matches("execve(").count(), 1, "it starts no program: {trace}");
}

const CONFIGURATION: &str = "# mine\nplugin_cache_dir = \"/x\" # kept\n\nhost \"a.example\" {\n  services = {}\n}\n# the last word\n";

/// Puts a copy of the program where it lasts as long as the home does.
fn installed_program(world: &World, directory: &str) -> PathBuf {
    let directory = world.home().join(directory);
    fs::create_dir_all(&directory).unwrap();
    let program = directory.join("keybelt");
    fs::copy(env!("CARGO_BIN_EXE_keybelt"), &program).unwrap();
    program
}

#[test]
fn installing_twice_is_installing_once_and_uninstalling_leaves_what_was_there() {
    let world = World::new();
    let file = world.home().join(".terraformrc");
    let tofu = world.home().join(".tofurc");
    let program = installed_program(&world, "bin");
    fs::write(&file, CONFIGURATION).unwrap();
    fs::write(&tofu, "").unwrap();
    world
        .keybelt("helper install")
        .called(&program)
        .run()
        .code(0)
        .says("Linked ~/.terraform.d/plugins/terraform-credentials-keybelt")
        .says("~/.terraformrc")
        .says("~/.tofurc");
    assert_eq!(fs::read_link(link(&world)).unwrap(), program);
    let installed = fs::read_to_string(&file).unwrap();
    assert_eq!(installed, format!("{CONFIGURATION}credentials_helper \"keybelt\" {{\n}}\n"));
    let again = world.keybelt("helper install -o json").called(&program).run().code(0);
    assert_eq!(again.json()["changed"], json!([]));
    assert_eq!(again.json()["copy"], json!(null));
    assert_eq!(fs::read_to_string(&file).unwrap(), installed);
    world.keybelt("helper uninstall").run().code(0).says("Uninstalled");
    assert_eq!(fs::read_to_string(&file).unwrap(), CONFIGURATION);
    assert_eq!(fs::read_to_string(&tofu).unwrap(), "", "an empty file that was there stays");
    assert!(!link(&world).exists());
    world.keybelt("helper uninstall").run().code(0).says("Nothing to do");
}

/// What was there before stays, empty or not; what installing made goes, if nothing else is in it.
#[test]
fn uninstalling_takes_away_what_installing_made_and_nothing_else() {
    let world = World::new();
    let paths = |world: &World| {
        let mut found = fs::read_dir(world.home()).unwrap().flatten().collect::<Vec<_>>();
        found.sort_by_key(fs::DirEntry::path);
        found.into_iter().map(|entry| entry.file_name()).collect::<Vec<_>>()
    };
    let before = paths(&world);
    world.keybelt("helper install").run().code(0);
    world.keybelt("helper uninstall").run().code(0);
    assert_eq!(paths(&world), before);
    let plugins = world.home().join(".terraform.d/plugins");
    fs::create_dir_all(&plugins).unwrap();
    world.keybelt("helper install").run().code(0);
    fs::write(world.home().join(".terraformrc"), "credentials_helper \"keybelt\" {\n}\n# mine\n")
        .unwrap();
    world.keybelt("helper uninstall").run().code(0);
    assert!(plugins.exists());
    assert_eq!(fs::read_to_string(world.home().join(".terraformrc")).unwrap(), "# mine\n");
}

/// With `umask 000`, anyone could have put another program there.
#[test]
fn what_installing_makes_is_for_its_user_only_whatever_the_umask() {
    for umask in ["000", "777"] {
        let world = World::new();
        let install = world.keybelt("helper install");
        let umask = format!("umask {umask}; exec \"$@\"");
        install.in_shell(&umask).run().code(0);
        for made in [".terraform.d", ".terraform.d/plugins", ".terraformrc"] {
            let mode = fs::metadata(world.home().join(made)).unwrap().permissions().mode();
            assert_eq!(mode & 0o077, 0, "{made}: {mode:o}");
        }
        world.keybelt("helper uninstall").run().code(0);
    }
}

/// Terraform says nothing of a helper that is gone, so a link into a cache would end signing in some day.
#[test]
fn a_program_that_will_not_last_is_copied_and_the_copy_is_compared_with_it() {
    let world = World::new();
    let program = installed_program(&world, "somewhere/archive/bin");
    fs::write(world.home().join("somewhere/CACHEDIR.TAG"), "").unwrap();
    let run = |words: &str| world.keybelt(words).called(&program);
    run("helper install").run().code(0).says("Copied keybelt to ~/.local/share/keybelt/");
    let copy = fs::read_link(link(&world)).unwrap();
    assert!(copy.starts_with(world.home().join(".local/share/keybelt")), "{}", copy.display());
    assert_eq!(fs::read(&copy).unwrap(), fs::read(&program).unwrap());
    let wrong = "is a copy of another keybelt";
    run("helper check").run().code(6).hides(wrong);
    // An upgrade.
    let mut newer = fs::read(&program).unwrap();
    newer.push(0);
    fs::remove_file(&program).unwrap();
    fs::write(&program, newer).unwrap();
    fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).unwrap();
    run("helper check").run().code(6).prints(wrong).says("keybelt helper install");
    run("doctor").run().code(6).prints(wrong);
    run("helper install").run().code(0);
    run("helper check").run().code(6).hides(wrong);
    fs::remove_dir_all(world.home().join("somewhere")).unwrap();
    world.store_entries(&[(HOST, "alice", TOKEN)]);
    let got = call(&world, &["get", HOST]).run().code(0);
    assert_eq!(got.stdout(), format!("{{\"token\":\"{TOKEN}\"}}\n"));
    world.keybelt("helper uninstall").run().code(0);
    assert!(!copy.exists() && !world.home().join(".local").exists());
}

/// A package manager's upgrade moves the program and leads the link in `PATH` to it anew.
#[test]
fn the_path_that_survives_an_upgrade_is_the_one_that_is_linked() {
    let world = World::new();
    let program = installed_program(&world, "Cellar/keybelt/0.1.0/bin");
    let bin = world.home().join("bin");
    fs::create_dir(&bin).unwrap();
    symlink(&program, bin.join("keybelt")).unwrap();
    let install = world.keybelt("helper install").called(bin.join("keybelt"));
    install.env("PATH", &bin).run().code(0);
    assert_eq!(fs::read_link(link(&world)).unwrap(), bin.join("keybelt"));
}

#[test]
fn the_configuration_that_a_variable_names_is_the_one_that_is_edited() {
    let world = World::new();
    let named = world.home().join("named.tfrc");
    let install = world.keybelt("helper install").env("TF_CLI_CONFIG_FILE", &named);
    install.run().code(0).says("~/named.tfrc");
    assert!(fs::read_to_string(&named).unwrap().contains("credentials_helper \"keybelt\""));
    assert!(!world.home().join(".terraformrc").exists());
}

/// A relative path is another file in each directory, and Terraform expands no tilde there.
#[test]
fn a_variable_that_names_no_whole_path_is_refused_by_name() {
    let world = World::new();
    for variable in ["TF_CLI_CONFIG_FILE", "TERRAFORM_CONFIG"] {
        for (value, hint) in [
            ("~/.terraformrc", "does not expand `~`"),
            ("rc", "another file in each directory"),
            (" ", "unset"),
        ] {
            for command in ["helper install", "helper check", "doctor"] {
                let run = world.keybelt(command).env(variable, value).run();
                let run = run.one_of(command, &[2, 6]);
                let shown = format!("{}{}", run.stdout(), run.stderr());
                assert!(shown.contains(variable) && shown.contains(hint), "{command}: {shown}");
            }
            let made = fs::read_dir(world.home()).unwrap().flatten();
            let made: Vec<_> = made.map(|made| made.file_name()).collect();
            assert_eq!(made, [".config"], "{value}: doctor's lock and nothing else");
        }
        world.keybelt("helper check").env(variable, "").run().code(6).hides(variable);
    }
}

#[test]
fn install_refuses_what_it_would_break_and_changes_nothing() {
    let world = World::new();
    let file = world.home().join(".terraformrc");
    let other = world.home().join(".terraform.d/other.tfrc");
    for (path, text) in [
        (&file, "credentials_helper \"vault\" {\n}\n"),
        (&file, "credentials \"a\" { token = \"canary\n"),
        (&other, "credentials_helper = { vault = {} }"),
        (&other, "credentials = \"canary\""),
    ] {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
        let shown = path.strip_prefix(world.home()).unwrap().display().to_string();
        let run = world.keybelt("helper install").run().code(1);
        run.says(&format!("~/{shown}")).hides("canary");
        assert_eq!(fs::read_to_string(path).unwrap(), text);
        assert!(!link(&world).exists(), "{text}");
        fs::remove_file(path).unwrap();
    }
    // The volume with the dot files may come back.
    symlink("/nonexistent/terraformrc", &file).unwrap();
    let run = world.keybelt("helper install").run().code(1);
    run.says("~/.terraformrc is a link to /nonexistent/terraformrc, which does not exist");
    assert!(!link(&world).exists() && fs::symlink_metadata(&file).unwrap().is_symlink());
    fs::remove_file(&file).unwrap();
    fs::create_dir_all(link(&world).parent().unwrap()).unwrap();
    fs::write(link(&world), "somebody else's").unwrap();
    world.keybelt("helper install").run().code(1).says("already exists and is not a link");
    assert!(!file.exists());
    assert_eq!(fs::read_to_string(link(&world)).unwrap(), "somebody else's");
}

/// OpenTofu reads what lies in `XDG_CONFIG_HOME` only as long as Terraform's files are not there.
#[test]
fn nothing_is_made_that_hides_opentofus_own_files() {
    for own in ["tofurc", "mirror.tfrc"] {
        let world = World::new();
        let xdg = world.home().join("xdg");
        fs::create_dir_all(xdg.join("opentofu")).unwrap();
        fs::write(xdg.join("opentofu").join(own), "disable_checkpoint = true\n").unwrap();
        let run = world.keybelt("helper install").env("XDG_CONFIG_HOME", &xdg).run().code(1);
        run.says("OpenTofu would no longer read ~/xdg/opentofu");
        assert_eq!(fs::read_dir(world.home()).unwrap().count(), 1, "{own}");
    }
}

#[test]
fn a_leftover_token_in_terraforms_file_is_offered_to_be_moved_in() {
    let world =
        World::with(keybelt_sandbox::Options { tls: true, ..keybelt_sandbox::Options::default() });
    let ready = world.sandbox.ready().clone();
    let host = ready.atlas_tls_url.unwrap().replace("https://", "");
    let directory = world.home().join(".terraform.d");
    fs::create_dir_all(&directory).unwrap();
    let file = directory.join("credentials.tfrc.json");
    let alice = world.account("alice").token;
    let held =
        json!({"credentials": {&host: {"token": alice}, "blank.example.com": {}}}).to_string();
    fs::write(&file, &held).unwrap();
    let install =
        || world.keybelt(["helper", "install", "--ca-file", ready.ca_file.as_deref().unwrap()]);
    install()
        .run()
        .code(0)
        .says(&format!("has tokens for {host}, which Terraform prefers"))
        .says("an entry without a token for blank.example.com");
    assert_eq!(fs::read_to_string(&file).unwrap(), held);
    let mut terminal = install().size(24, 200).pty();
    terminal.expect("move the valid ones into keybelt").type_line("n");
    terminal.wait(0);
    assert_eq!(fs::read_to_string(&file).unwrap(), held);
    let mut terminal = install().size(24, 200).pty();
    terminal.expect("move the valid ones into keybelt").type_line("y");
    terminal.wait(0).shows("Imported the token of alice").hides(&alice);
    assert!(!fs::read_to_string(&file).unwrap().contains(&alice));
    let got = world.keybelt(["helper", "get", &host]).run().code(0);
    assert_eq!(got.stdout(), format!("{{\"token\":\"{alice}\"}}\n"));
}

#[test]
fn check_asks_the_real_terraform() {
    let Some(terraform) = needs("terraform") else {
        return;
    };
    let world = World::new();
    let path = format!("{}:/usr/bin:/bin", terraform.parent().unwrap().display());
    let check = || world.keybelt("helper check").env("PATH", &path);
    check()
        .run()
        .code(6)
        .prints("terraform-credentials-keybelt does not exist")
        .prints("Terraform's CLI configuration does not use keybelt")
        .prints("`terraform` cannot find the helper")
        .says("hint: run `keybelt helper install`");
    world.keybelt("helper install").run().code(0);
    check().run().code(0).prints("Terraform can use the helper");
    world
        .keybelt("helper check")
        .env("PATH", "/nonexistent")
        .run()
        .code(6)
        .prints("no `terraform` or `tofu`");
    // What is in the way for a host is said apart from the helper's own state, with what mends it.
    let tokens = "credentials = { \"own.example.com\" = { token = \"t\" } }\n";
    fs::write(world.home().join(".terraform.d/own.tfrc"), tokens).unwrap();
    let run = check().run().code(6).prints("Terraform can use the helper");
    run.prints("~/.terraform.d/own.tfrc has tokens for own.example.com, which Terraform prefers")
        .says("hint: move them with `keybelt import --move`")
        .hides("helper install");
    let found = world.keybelt("helper check -o json").env("PATH", &path).run().code(6);
    assert_eq!(found.json()["found"], json!(true));
    assert_eq!(found.json()["findings"].as_array().unwrap().len(), 1);
}

/// Both take such a file, and Terraform takes tokens from it.
#[test]
fn a_file_that_cannot_be_read_is_named_by_check_and_doctor() {
    let world = World::new();
    world.keybelt("helper install").run().code(0);
    let file = world.home().join(".terraform.d/credentials.tfrc.json");
    for (text, why) in [
        ("credentials \"a\" { token = \"canary\n", "is not valid at line 1, column 27"),
        (
            "{\"credentials\":{\"a.example\":\"canary\"}}",
            "`credentials` has a value of a wrong form",
        ),
        ("{\"credentials\":{\"a b\":{\"token\":\"canary\"}}}", "a name that is not a host"),
    ] {
        fs::write(&file, text).unwrap();
        for command in ["helper check", "doctor"] {
            let run = world.keybelt(command).run().code(6).hides("canary");
            run.prints("~/.terraform.d/credentials.tfrc.json").prints(why);
        }
    }
    fs::remove_file(&file).unwrap();
    fs::create_dir(&file).unwrap();
    for command in ["helper check", "doctor"] {
        let run = world.keybelt(command).run().code(6);
        run.prints("cannot read ~/.terraform.d/credentials.tfrc.json: it is not a plain file");
    }
}

/// Whoever can write there decides which program Terraform runs, and hands the tokens to.
#[test]
fn a_place_that_others_can_write_to_is_found_by_check_and_doctor() {
    let world = World::new();
    world.sign_in("alice");
    let own = installed_program(&world, ".cache/bin");
    let keybelt = |words: &str| world.keybelt(words).called(&own);
    keybelt("helper install").run().code(0).says("Copied keybelt to");
    let said = "others can write to ~/";
    let check = || {
        let run = keybelt("helper check").run().any_end();
        let found = run.stdout().contains(said) || run.stderr().contains(said);
        let doctor = keybelt("doctor").run().any_end();
        assert_eq!(doctor.stdout().contains(said), found, "{}", doctor.stdout());
        assert_eq!(run.exit_code() == Some(6) && doctor.exit_code() == Some(6), found);
        found
    };
    let program = fs::canonicalize(link(&world)).unwrap();
    let terraform = world.home().join(".terraform.d");
    let places =
        [terraform.clone(), terraform.join("plugins"), program.parent().unwrap().into(), program];
    for place in places {
        let mode = |bits| fs::set_permissions(&place, fs::Permissions::from_mode(bits)).unwrap();
        mode(0o777);
        assert!(check(), "{}", place.display());
        mode(0o755);
    }
    keybelt("helper check").run().any_end().hides(said);
}

/// That it "cannot find the helper" was said of a terraform that never came to looking for it.
#[test]
fn a_terraform_that_does_not_finish_says_nothing_about_the_helper() {
    let world = World::new();
    world.keybelt("helper install").run().code(0);
    let path = format!("{}:/usr/bin:/bin", world.home().join("bin").display());
    for script in ["kill -9 $$", "exec sleep 1000"] {
        world.program("bin/terraform", &format!("#!/bin/sh\n{script}\n"));
        let started = Instant::now();
        let run = world.keybelt("helper check --timeout 1s").env("PATH", &path).run().code(6);
        run.prints("`terraform version` did not finish").hides("cannot find the helper");
        assert!(started.elapsed() < Duration::from_secs(15), "{script}");
    }
}
