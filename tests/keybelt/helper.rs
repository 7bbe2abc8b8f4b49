//! `keybelt helper`: Terraform's credentials helper, byte for byte, and putting it in its place.

use std::fs;
use std::os::unix::fs::symlink;
use std::path::PathBuf;

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
        let forgotten = call(&world, &["forget", HOST]).run().code(0);
        assert_eq!((forgotten.stdout(), forgotten.stderr()), ("", ""));
        let got = call(&world, &["get", HOST]).run().code(0);
        assert_eq!(
            got.stdout(),
            "{\"token\":\"alices.token\"}\n",
            "hers is not Terraform's to forget"
        );
    }
}

/// Somebody may be called so.
#[test]
fn a_sign_in_of_an_account_called_terraform_is_not_replaced() {
    let world = World::new();
    world.store_entries(&[(HOST, "terraform", "a.persons.token")]);
    let before = world.tokens_bytes();
    let store = call(&world, &["store", HOST]).stdin(format!("{{\"token\":\"{TOKEN}\"}}"));
    store.run().code(1).says("an account that is called terraform");
    call(&world, &["forget", HOST]).run().code(0);
    assert_eq!(world.tokens_bytes(), before);
}

#[test]
fn what_cannot_be_kept_whole_is_not_kept_and_stdin_is_read_to_its_end() {
    let world = World::new();
    for (object, why) in [
        (format!("{{\"token\":\"{TOKEN}\",\"refresh\":\"canary\"}}"), "more than a token"),
        ("{}".to_owned(), "no token in it"),
        ("{\"token\":7}".to_owned(), "no token in it"),
        ("[]".to_owned(), "not a JSON object"),
        ("canary".to_owned(), "not a JSON object"),
        (String::new(), "not a JSON object"),
        (format!("{{\"token\":\"{}\"}}", "a".repeat(70_000)), ""),
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

#[test]
fn installing_twice_is_installing_once_and_uninstalling_leaves_what_was_there() {
    let world = World::new();
    let file = world.home().join(".terraformrc");
    let tofu = world.home().join(".tofurc");
    fs::write(&file, CONFIGURATION).unwrap();
    fs::write(&tofu, "").unwrap();
    world
        .keybelt("helper install")
        .run()
        .code(0)
        .says("Linked ~/.terraform.d/plugins/terraform-credentials-keybelt")
        .says("~/.terraformrc")
        .says("~/.tofurc");
    assert_eq!(fs::read_link(link(&world)).unwrap(), PathBuf::from(env!("CARGO_BIN_EXE_keybelt")));
    let installed = fs::read_to_string(&file).unwrap();
    assert_eq!(installed, format!("{CONFIGURATION}credentials_helper \"keybelt\" {{\n}}\n"));
    let again = world.keybelt("helper install -o json").run().code(0);
    assert_eq!(again.json()["changed"], json!([]));
    assert_eq!(fs::read_to_string(&file).unwrap(), installed);
    world.keybelt("helper uninstall").run().code(0).says("Uninstalled");
    assert_eq!(fs::read_to_string(&file).unwrap(), CONFIGURATION);
    assert_eq!(fs::read_to_string(&tofu).unwrap(), "");
    assert!(!link(&world).exists());
    world.keybelt("helper uninstall").run().code(0).says("Nothing to do");
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

#[test]
fn install_refuses_what_it_would_break_and_changes_nothing() {
    let world = World::new();
    let file = world.home().join(".terraformrc");
    for text in ["credentials_helper \"vault\" {\n}\n", "credentials \"a\" { token = \"canary\n"] {
        fs::write(&file, text).unwrap();
        world.keybelt("helper install").run().code(1).says("~/.terraformrc").hides("canary");
        assert_eq!(fs::read_to_string(&file).unwrap(), text);
        assert!(!link(&world).exists(), "{text}");
    }
    fs::remove_file(&file).unwrap();
    fs::create_dir_all(link(&world).parent().unwrap()).unwrap();
    fs::write(link(&world), "somebody else's").unwrap();
    world.keybelt("helper install").run().code(1).says("is there already, and no link");
    assert!(!file.exists());
    assert_eq!(fs::read_to_string(link(&world)).unwrap(), "somebody else's");
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
        .says(&format!("still holds tokens for {host}"))
        .says("blocks without a token for blank.example.com");
    assert_eq!(fs::read_to_string(&file).unwrap(), held);
    let mut terminal = install().size(24, 200).pty();
    terminal.expect("Move those tokens into keybelt's store").type_line("n");
    terminal.wait(0);
    assert_eq!(fs::read_to_string(&file).unwrap(), held);
    let mut terminal = install().size(24, 200).pty();
    terminal.expect("Move those tokens into keybelt's store").type_line("y");
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
        .prints("does not lead to this keybelt")
        .prints("does not ask keybelt")
        .prints("`terraform` does not find the helper's program");
    world.keybelt("helper install").run().code(0);
    check().run().code(0).prints("Terraform finds the helper");
    world
        .keybelt("helper check")
        .env("PATH", "/nonexistent")
        .run()
        .code(6)
        .prints("no `terraform` or `tofu`");
    fs::write(
        world.home().join(".tofurc"),
        "credentials \"own.example.com\" {\n  token = \"t\"\n}\n",
    )
    .unwrap();
    check().run().code(6).prints("own.example.com, and Terraform takes those first");
}
