//! `keybelt sandbox`, as a program that others start, parse and drive.

use std::collections::BTreeMap;
use std::fs;
use std::net::TcpListener;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use crate::harness::{Pty, Signal, World};

/// Starts a sandbox as a program and returns it with its ready line.
fn start(world: &World, options: &[&str]) -> (Pty, Value) {
    let command = ["sandbox", "start", "-o", "json"].iter().chain(options);
    let mut terminal =
        world.keybelt(command).env("XDG_RUNTIME_DIR", world.home()).size(24, 1000).pty();
    terminal.expect("\n");
    let text = terminal.text();
    (terminal, serde_json::from_str(text.lines().next().unwrap()).unwrap())
}

#[test]
fn the_ready_line_has_every_key_and_the_accounts_in_their_order() {
    let world = World::new();
    let (mut terminal, ready) = start(&world, &["--tls"]);
    let keys: Vec<&str> = ready.as_object().unwrap().keys().map(String::as_str).collect();
    let expected = [
        "accounts",
        "aptible_url",
        "atlas_tls_url",
        "atlas_url",
        "ca_file",
        "control_url",
        "generation",
        "organization",
        "outbox_url",
        "version",
    ];
    let mut sorted = keys.clone();
    sorted.sort_unstable();
    assert_eq!(sorted, expected);
    assert_eq!(
        (&ready["version"], &ready["generation"], &ready["organization"]),
        (&json!(1), &json!("classic"), &json!("acme"))
    );
    let accounts = ready["accounts"].as_array().unwrap();
    let names: Vec<_> =
        accounts.iter().map(|account| account["username"].as_str().unwrap()).collect();
    assert_eq!(names, ["alice", "bob", "carol", "olivia"]);
    assert_eq!(accounts[0]["two_factor"], Value::Null);
    assert_eq!(accounts[2]["two_factor"]["delivery"], "sms");
    assert!(
        ready["control_url"].as_str().unwrap().rsplit('/').next().unwrap().len() >= 32,
        "128 bits in hexadecimal"
    );
    assert!(
        fs::read_to_string(ready["ca_file"].as_str().unwrap())
            .unwrap()
            .contains("BEGIN CERTIFICATE")
    );
    terminal.signal(Signal::INT);
    terminal.wait(0);
}

#[test]
fn int_and_term_end_it_with_0_and_its_ports_are_free_again() {
    let world = World::new();
    for signal in [Signal::INT, Signal::TERM] {
        let (mut terminal, ready) = start(&world, &[]);
        let address =
            ready["atlas_url"].as_str().unwrap().strip_prefix("http://").unwrap().to_owned();
        terminal.signal(signal);
        terminal.wait(0);
        TcpListener::bind(address).unwrap();
        assert_eq!(registrations(&world).len(), 0, "its registration is left");
    }
}

#[test]
fn keybelt_signs_in_to_it_with_a_code_that_sandbox_code_prints() {
    let world = World::new();
    let (mut terminal, ready) = start(&world, &[]);
    let address = ready["atlas_url"].as_str().unwrap();
    let password = ready["accounts"][1]["password"].as_str().unwrap();
    let note = registrations(&world).remove(0);
    assert_eq!(fs::metadata(&note).unwrap().permissions().mode() & 0o777, 0o600);
    let code = world.keybelt("sandbox code bob").env("XDG_RUNTIME_DIR", world.home()).run().code(0);
    let code = code.stdout().trim().to_owned();
    let login = ["login", address, "--username", "bob", "--password-stdin", "--code-stdin"];
    world.keybelt(login).stdin(format!("{password}\n{code}\n")).run().code(0);
    terminal.expect("POST /api/v1/authenticate: 200");
    let none = world.keybelt("sandbox code alice").env("XDG_RUNTIME_DIR", world.home());
    none.run().code(4);
    terminal.signal(Signal::TERM);
    terminal.wait(0).hides(&code);
    let gone = world.keybelt("sandbox code bob").env("XDG_RUNTIME_DIR", world.home());
    gone.run().code(1).says("no sandbox is running");
}

#[test]
fn without_json_it_prints_first_steps_and_texts_as_they_come() {
    let world = World::new();
    let mut terminal =
        world.keybelt("sandbox start").env("XDG_RUNTIME_DIR", world.home()).size(100, 200).pty();
    terminal.expect("login").expect("bob");
    let text = terminal.text();
    let address = text
        .split_whitespace()
        .find(|word| word.starts_with("http://127.0.0.1:"))
        .unwrap()
        .to_owned();
    let mut login = world.keybelt(["login", &address, "--username", "carol"]).pty();
    login.expect_hidden("Password").type_keys(b"\x03");
    login.wait(130);
    terminal.expect("GET /api/v1/authenticate: 401").signal(Signal::INT);
    terminal.wait(0);
}

#[test]
fn what_it_cannot_serve_is_refused() {
    let world = World::new();
    for (options, names) in [
        (["--fault", "explode"], "429-seconds"),
        (["--fault", "500@GET:api"], "--fault"),
        (["--fault", "500*0"], "--fault"),
        (["--aptible", "colour=red"], "expires-at"),
        (["--aptible", "expires-at=never"], "epoch"),
        (["--listen", "0.0.0.0:0"], "loopback"),
        (["--listen", "[::]:0"], "loopback"),
        (["--accounts", "many"], "--accounts"),
        (["--members", "1000001"], "--members"),
        (["--limits", "some"], "--limits"),
    ] {
        world.keybelt(["sandbox", "start"].iter().chain(&options)).run().code(2).says(names);
    }
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    world.keybelt(["sandbox", "start", "--listen", &address]).run().code(1).says(&address);
}

#[test]
fn the_help_and_the_documents_name_every_choice_of_aptibles_server() {
    let world = World::new();
    world.keybelt("man pages").run().code(0);
    let manual = fs::read_to_string(world.home().join("pages/keybelt-sandbox-start.1")).unwrap();
    let help: String = manual.replace('\\', "").split_whitespace().collect();
    let page = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/json.md");
    let page = fs::read_to_string(page).unwrap();
    for (key, values) in keybelt_sandbox::AptibleChoice::all() {
        let choice = format!("{key}={}", values.join("|"));
        assert!(help.contains(&choice), "{choice}");
        let row = format!("| `{key}` | `{}` |", values.join("`, `"));
        assert!(page.contains(&row), "{row}");
    }
}

#[test]
fn a_shell_has_a_sandbox_and_a_fresh_place_for_tokens_that_goes_with_it() {
    let world = World::new();
    let run =
        world.keybelt("sandbox shell").env("SHELL", "/bin/sh").env("XDG_RUNTIME_DIR", world.home());
    let script = "echo \"host $KEYBELT_HOST\"; echo \"dir $KEYBELT_CONFIG_DIR\"; test -d \"$KEYBELT_CONFIG_DIR\" && echo there; exit 7\n";
    let run = run.stdin(script).run().code(7).prints("host http://127.0.0.1:").prints("there");
    let directory = run.stdout().lines().find_map(|line| line.strip_prefix("dir ")).unwrap();
    assert!(!std::path::Path::new(directory).exists());
}

/// Nobody should take it for their account's shell.
#[test]
fn the_shells_prompt_says_that_it_is_the_sandboxs() {
    for shell in ["/bin/sh", "/bin/bash"] {
        let world = World::new();
        fs::write(world.home().join(".bashrc"), "PS1='mine> '\n").unwrap();
        let mut terminal = world.keybelt("sandbox shell").env("SHELL", shell).pty();
        let own = if shell == "/bin/bash" { "mine> " } else { "$ " };
        terminal.expect(&format!("(sandbox) {own}")).type_line("exit 7");
        terminal.wait(7);
    }
}

#[test]
fn the_tour_does_the_main_job_and_leaves_nothing_behind() {
    let world = World::new();
    let before = fs::read_dir(world.home()).unwrap().count();
    let run = world.keybelt("sandbox tour").run().code(0);
    for shown in [
        "$ keybelt 2fa enable --sms +15555550100",
        "$ keybelt 2fa resend",
        "$ keybelt 2fa verify",
        "six recovery codes were saved",
        "the token is revoked",
    ] {
        assert!(run.stdout().contains(shown), "{shown}: {}", run.stdout());
    }
    assert_eq!(fs::read_dir(world.home()).unwrap().count(), before);
}

#[test]
fn the_tour_of_a_stolen_laptop_ends_every_token_of_it() {
    let world = World::new();
    let run = world.keybelt("sandbox tour laptop-gone").run().code(0);
    for shown in [
        "keybelt token create --description backup",
        "--password-stdin --dry-run",
        "--password-stdin --yes",
        "✓ the servers accept nothing any more that was on the laptop",
        "keybelt password change",
        "no token was left behind",
    ] {
        assert!(run.stdout().contains(shown), "{shown}: {}", run.stdout());
    }
    world.keybelt("sandbox tour laptop-lost").run().code(2);
}

#[test]
fn each_story_of_the_tour_ends_well() {
    let world = World::new();
    for (story, shown) in [
        ("phone-lost", "✓ six other recovery codes were saved"),
        ("organization", "1 member would be locked out"),
        ("aptible", "✓ the code that was used is not among those saved"),
        ("terraform", "✓ Terraform gets the new token"),
    ] {
        let run = world.keybelt(["sandbox", "tour", story]).run().code(0).prints(shown);
        assert!(run.stdout().contains("no token was left behind"), "{story}");
    }
}

#[test]
fn on_a_terminal_the_tour_waits_before_each_step_unless_told_not_to() {
    let world = World::new();
    let mut terminal = world.keybelt("sandbox tour laptop-gone").pty();
    terminal.expect("keybelt login").expect("[Enter]").type_line("");
    // The prompts are those of prompts.rs and login.rs, and nobody types what scripts do.
    terminal.expect("Password for alice@sandbox.test at http://127.0.0.1:");
    terminal.expect("Signed in to").expect("keybelt login").expect("[Enter]").type_keys(b"\x03");
    terminal.wait(130);
    world.keybelt("sandbox tour laptop-gone --no-pause").pty().wait(0).hides("[Enter]");
    let run = world.keybelt("sandbox tour --no-pause").size(24, 80).pty();
    let shown = run.wait(0).hides("printf").hides("-stdin").text;
    assert!(shown.contains("Verification code or recovery code (1 of 3; ? for other ways): "));
    for line in shown.lines().filter(|line| line.contains(' ')) {
        assert!(line.chars().count() <= 80, "{line}");
    }
}

/// On Windows the tour once worked on the user's real account: its steps had a home of their own, but the
/// directory of tokens comes from the profile there. So it is named to each step.
#[test]
fn the_tour_touches_nothing_of_the_users() {
    let world = World::new();
    world.sign_in("bob");
    for file in [".terraformrc", ".terraform.d/credentials.tfrc.json", ".aptible/tokens.json"] {
        let path = world.home().join(file);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, "{}").unwrap();
    }
    let before = everything_below(world.home());
    let traced = world.home().with_extension("trace");
    let trace = ["-f", "-v", "-s", "4096", "-e", "trace=execve", "-o", traced.to_str().unwrap()];
    let tour = world.keybelt("sandbox tour").env("KEYBELT_HOST", world.host());
    tour.env("KEYBELT_CONFIG_DIR", world.config_dir()).through("strace", trace).run().code(0);
    assert_eq!(everything_below(world.home()), before);
    world.keybelt("whoami").run().code(0).prints("bob");
    let trace = fs::read_to_string(&traced).unwrap();
    fs::remove_file(&traced).unwrap();
    let steps: Vec<&str> =
        trace.lines().filter(|line| line.contains("\"KEYBELT_CONFIG_DIR=")).skip(1).collect();
    assert!(steps.len() > 20, "the steps were not seen");
    let own = format!("\"KEYBELT_CONFIG_DIR={}", world.config_dir().display());
    assert!(steps.iter().all(|step| !step.contains(&own)), "{steps:#?}");
}

/// Returns the path and the content of every file below a directory.
fn everything_below(directory: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut files = BTreeMap::new();
    for entry in fs::read_dir(directory).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(everything_below(&path));
        } else {
            files.insert(path.clone(), fs::read(&path).unwrap());
        }
    }
    files
}

/// Returns the files by which the running sandboxes are found.
fn registrations(world: &World) -> Vec<std::path::PathBuf> {
    let files = fs::read_dir(world.home().join("keybelt")).into_iter().flatten();
    files.map(|file| file.unwrap().path()).collect()
}

/// The sandbox that was started last answered for all, and the end of one left none.
#[test]
fn sandbox_code_asks_the_sandbox_at_the_chosen_host_and_else_the_newest() {
    let world = World::new();
    let (mut first, one) = start(&world, &[]);
    let (mut second, two) = start(&world, &[]);
    assert_eq!(registrations(&world).len(), 2);
    let url = |ready: &Value| ready["atlas_url"].as_str().unwrap().to_owned();
    let aptible = one["aptible_url"].as_str().unwrap().to_owned();
    let code = |host: Option<&str>| {
        let mut words = vec!["sandbox", "code", "bob"];
        words.extend(host.into_iter().flat_map(|host| ["--host", host]));
        world.keybelt(words).env("XDG_RUNTIME_DIR", world.home())
    };
    let shown = |host: Option<&str>| code(host).run().code(0).stdout().trim().to_owned();
    let sign_in = |ready: &Value, code: &str| {
        let password = ready["accounts"][1]["password"].as_str().unwrap();
        let address = url(ready);
        let login = ["login", &address, "--username", "bob", "--password-stdin", "--code-stdin"];
        world.keybelt(login).stdin(format!("{password}\n{code}\n")).run().code(0);
    };
    sign_in(&one, &shown(Some(&url(&one))));
    sign_in(&two, &shown(None));
    code(Some(&aptible)).run().code(0).says("already used");
    let by_variable = world.keybelt("sandbox code bob").env("XDG_RUNTIME_DIR", world.home());
    by_variable.env("KEYBELT_HOST", url(&one)).run().code(0).says("already used");
    code(Some("tfe.example.com")).run().code(1).says("serves tfe.example.com");
    second.signal(Signal::TERM);
    second.wait(0);
    code(None).run().code(0);
    // The control address is a secret: who has it controls the sandbox.
    let secret = one["control_url"].as_str().unwrap().rsplit('/').next().unwrap().to_owned();
    let logged = world.keybelt("-vvv sandbox code bob").env("XDG_RUNTIME_DIR", world.home());
    logged.run().code(0).says("[redacted]").hides(&secret);
    first.signal(Signal::TERM);
    first.wait(0);
}
