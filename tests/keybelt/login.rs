//! `keybelt login`.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use keybelt_sandbox::{Generation, Limits, Options};
use serde_json::{Value, json};

use crate::every_command::{DETAILS, account_server, foreign, user};
use crate::harness::{CLOSED, Keybelt, Recorded, Reply, Server, World};

const AUTHENTICATE: &str = "/api/v1/authenticate";
/// `login alice` spoke of proxies.
#[test]
fn a_user_in_the_place_of_the_host_is_led_to_the_option() {
    let world = World::new();
    let run = world.keybelt("login keybelt-no-such-host").pty().wait(5);
    run.shows("unknown host").shows("`keybelt login --username keybelt-no-such-host`");
}

const CODE_PROMPT: &str = "Verification code or recovery code (1 of 3; ? for other ways): ";

/// Signs in with a password from standard input, and more options.
fn login(world: &World, username: &str, options: &[&str]) -> Keybelt {
    world.login(username, options)
}

fn login_at(world: &World, host: &str, username: &str, options: &[&str]) -> Keybelt {
    let first = ["login", host, "--username", username, "--password-stdin"];
    world.keybelt(first.iter().chain(options)).stdin("a password\n")
}

#[test]
fn a_password_and_an_app_code_sign_in_and_the_token_is_kept() {
    let world = World::new();
    let host = world.host();
    let typed = format!("{}\n{}\n", world.password("bob"), world.code("bob"));
    let run = login(&world, "bob", &["--code-stdin"]).stdin(typed).run().code(0);
    assert_eq!(run.stdout(), "");
    run.says(&format!("Signed in to {host} as bob")).hides(&world.stored_tokens()[0]);
    assert_eq!(world.live_tokens_made(), 1);
    world.assert_live_tokens_are_stored();
}

#[test]
fn a_person_types_a_hidden_password_and_a_code() {
    let world = World::new();
    let host = world.host();
    let password = world.password("bob");
    let mut terminal = world.keybelt(["login", &host, "--username", "bob"]).pty();
    terminal.expect_hidden(&format!("Password for bob at {host}: ")).type_line(&password);
    terminal.expect_visible(CODE_PROMPT).type_line(&world.code("bob"));
    terminal.wait(0).shows("Signed in").hides(&password);
    world.assert_live_tokens_are_stored();
}

/// npm doubled its requests and ran into its own limits (npm/cli#8208).
#[test]
fn a_code_that_is_known_goes_with_the_first_request_and_a_code_that_is_asked_for_with_the_second() {
    for how in ["--code", "--code-command"] {
        let world = World::new();
        let code = world.code("bob");
        let value = if how == "--code" { code.clone() } else { format!("/bin/echo {code}") };
        login(&world, "bob", &[how, &value]).run().code(0);
        assert_eq!(world.count("POST", AUTHENTICATE), 1, "{how}");
    }
    let world = World::new();
    let mut terminal = world.keybelt(["login", &world.host(), "--username", "bob"]).pty();
    terminal.expect_hidden("Password").type_line(&world.password("bob"));
    terminal.expect(CODE_PROMPT).type_line(&world.code("bob"));
    terminal.wait(0);
    assert_eq!(world.count("POST", AUTHENTICATE), 2);
}

#[test]
fn a_wrong_password_is_refused_once_and_nothing_is_kept() {
    let world = World::new();
    let run = login(&world, "alice", &[]).stdin("wrong-password\n").run().code(4);
    run.says("refused the user name or password of alice").hides("wrong-password");
    assert_eq!(world.count("POST", AUTHENTICATE), 1);
    assert!(world.tokens_json().is_null());
}

#[test]
fn an_e_mail_address_signs_in_and_the_account_is_kept_by_its_name() {
    let world = World::new();
    let email = world.account("alice").email;
    let stdin = format!("{}\n", world.password("alice"));
    login_at(&world, &world.host(), &email, &[]).stdin(stdin).run().code(0).says("as alice");
    assert_eq!(world.keybelt("whoami").run().code(0).stdout(), "alice\n");
}

#[test]
fn the_description_of_the_token_names_this_machine() {
    let world = World::new();
    world.sign_in("alice");
    let tokens = world.sandbox.live_tokens();
    let name = fs::read_to_string("/proc/sys/kernel/hostname").unwrap();
    assert_eq!(tokens.last().unwrap().description, format!("keybelt on {}", name.trim()));
}

#[test]
fn a_text_is_requested_once_and_its_masked_number_shown() {
    let world = World::new();
    for options in [&[][..], &["--sms"]] {
        let before = world.sandbox.outbox().len();
        let first = ["login", &world.host(), "--username", "carol"];
        let mut terminal = world.keybelt(first.iter().chain(options)).pty();
        terminal.expect_hidden("Password for carol").type_line(&world.password("carol"));
        terminal.expect("SMS number ending in 0134").expect(CODE_PROMPT);
        let texts = world.sandbox.outbox();
        assert_eq!(texts.len() - before, 1, "{options:?}");
        terminal.type_line(&texts.last().unwrap().code);
        terminal.wait(0).hides("+15555550134");
    }
    world.assert_live_tokens_are_stored();
}

#[test]
fn commands_that_print_secrets_are_told_whose_and_get_no_token() {
    let world = World::new();
    let script = world.home().join("print-password");
    let text = format!(
        "#!/bin/sh\necho \"$KEYBELT_HOST $KEYBELT_USERNAME\" >> asked\n/usr/bin/env > environment\ncat > input\nprintf '%s\\n' '{}'\necho more\n",
        world.password("alice")
    );
    fs::write(&script, text).unwrap();
    fs::set_permissions(&script, fs::Permissions::from_mode(0o700)).unwrap();
    let command = script.to_str().unwrap();
    let run = world.keybelt([
        "login",
        &world.host(),
        "--username",
        "alice",
        "--password-command",
        command,
    ]);
    let run = run
        .env("ATLAS_TOKEN", "canary-atlas")
        .env("TFE_TOKEN", "canary-tfe")
        .env("TF_TOKEN_x", "canary-tf");
    run.stdin("not for the command\n").run().code(0);
    let read = |name: &str| fs::read_to_string(world.home().join(name)).unwrap();
    assert_eq!(read("asked"), format!("{} alice\n", world.host()));
    assert!(!read("environment").contains("canary"), "{}", read("environment"));
    assert_eq!(read("input"), "");
    world.assert_live_tokens_are_stored();
}

#[test]
fn a_command_runs_without_a_shell_and_its_failure_is_told_without_its_output() {
    let world = World::new();
    let login = |command: &str| {
        let run = world.keybelt([
            "login",
            &world.host(),
            "--username",
            "alice",
            "--password-command",
            command,
        ]);
        run.run()
    };
    login("/bin/echo '$(touch shell)'; touch shell").code(4);
    assert!(!world.home().join("shell").exists());
    login("/bin/sh -c 'echo canary-password; exit 7'")
        .code(1)
        .says("`--password-command`")
        .hides("canary-password");
    login("/nowhere/program").code(1).says("/nowhere/program");
    login("'unbalanced").code(2).says("quote");
    assert_eq!(world.count("POST", AUTHENTICATE), 1);
}

/// A dot in PATH, or a blank entry, is the working directory, and that may be a stranger's repository.
#[test]
fn a_command_is_not_looked_for_in_the_working_directory() {
    let world = World::new();
    let _path = world.program("passwords", "#!/bin/sh\necho x\n");
    for path in [".:/usr/bin:/bin", ":/usr/bin:/bin"] {
        let host = world.host();
        let login = ["login", &host, "--username", "alice", "--password-command"];
        let run = world.keybelt(login.into_iter().chain(["passwords show x"]));
        run.env("PATH", path).run().code(1).says("not found");
    }
    assert_eq!(world.count("POST", AUTHENTICATE), 0);
}

#[test]
fn a_new_sign_in_replaces_and_ends_the_old_token() {
    let world = World::new();
    world.sign_in("bob");
    let first = world.stored_tokens();
    world.sign_in("bob");
    assert_ne!(world.stored_tokens(), first);
    assert!(!world.sandbox.accepts(&first[0]), "the old token is alive");
    assert_eq!(world.live_tokens_made(), 1);
    world.assert_live_tokens_are_stored();
}

#[test]
fn accounts_stand_side_by_side_and_the_last_one_is_active() {
    let world = World::new();
    for username in ["alice", "bob", "carol"] {
        world.sign_in(username);
        assert_eq!(world.keybelt("whoami").run().code(0).stdout(), format!("{username}\n"));
    }
    assert_eq!(world.keybelt("whoami --account alice").run().code(0).stdout(), "alice\n");
    assert_eq!(world.live_tokens_made(), 3);
    world.assert_live_tokens_are_stored();
}

#[test]
fn what_is_kept_is_private_even_if_the_umask_is_not() {
    let world = World::new();
    let run = login(&world, "alice", &[]).in_shell("umask 000; exec \"$@\"");
    run.run().code(0);
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&world.config_dir()), 0o700);
    for file in fs::read_dir(world.config_dir()).unwrap() {
        let path = file.unwrap().path();
        assert_eq!(mode(&path), 0o600, "{}", path.display());
    }
}

#[test]
fn the_entry_says_what_later_commands_need_to_know() {
    let world = World::new();
    login(&world, "alice", &["--expires-in", "12h"]).run().code(0).says("for 12 hours");
    let document = world.tokens_json();
    assert_eq!(document["version"], 1);
    assert_eq!(document["current"], world.host());
    let host = &document["hosts"][world.host()];
    assert_eq!(host["active"], "alice");
    let entry = &host["accounts"]["alice"];
    for (key, value) in [
        ("provider", json!("atlas")),
        ("origin", json!("password")),
        ("expires_in_asked", json!(43_200)),
        ("store", json!("file")),
    ] {
        assert_eq!(entry[key], value, "{key}");
    }
    assert!(entry["expires_at"].is_string(), "the server was asked");
    assert!(entry["created_at"].is_string() && entry["authenticated_at"].is_string());
}

#[test]
fn the_json_document_of_a_sign_in_has_everything_but_the_token() {
    let world = World::new();
    let run = login(&world, "alice", &["-o", "json"]).run().code(0);
    let document = run.json();
    let run = run.hides(&world.stored_tokens()[0]);
    assert_eq!(document["host"], world.host());
    assert_eq!(document["account"], "alice");
    assert_eq!(document["expires_in_asked"], 604_800);
    assert_eq!(document["two_factor"]["enabled"], false);
    drop(run);
}

#[test]
fn a_lifetime_that_is_none_is_wrong_usage() {
    let world = World::new();
    for bad in ["soon", "-1d", "0s", "7", "100 years"] {
        login(&world, "alice", &[&format!("--expires-in={bad}")])
            .run()
            .code(2)
            .says("invalid duration");
    }
    assert!(world.sandbox.requests().is_empty());
}

/// A token that nobody stored would live on for years.
#[test]
fn a_token_that_cannot_be_stored_is_revoked() {
    let world = World::new();
    fs::create_dir_all(world.config_dir().join("tokens.json")).unwrap();
    fs::set_permissions(world.config_dir(), fs::Permissions::from_mode(0o700)).unwrap();
    login(&world, "alice", &[]).run().code(1).says("tokens.json");
    assert_eq!(world.live_tokens_made(), 0);
}

#[test]
fn a_token_whose_account_cannot_be_learnt_is_revoked() {
    for fault in ["500", "reset", "truncate", "502-html", "content-type", "huge", "redirect"] {
        let world = World::with_faults([format!("{fault}@GET:/api/v2/account/details").as_str()]);
        let run = login(&world, "alice", &[]).run().code(5);
        assert!(!run.stderr().contains("still be valid"), "{fault}: {}", run.stderr());
        assert_eq!(world.live_tokens_made(), 0, "{fault}");
        assert!(world.tokens_json().is_null(), "{fault}");
    }
}

#[test]
fn a_token_that_can_be_neither_stored_nor_revoked_is_said_to_be_still_valid() {
    let world =
        World::with_faults(["500@GET:/api/v2/account/details", "500@DELETE:/api/v1/authenticate"]);
    login(&world, "alice", &[])
        .run()
        .code(5)
        .says("may still be valid")
        .says("/app/settings/tokens");
    assert_eq!(world.live_tokens_made(), 1);
}

#[test]
fn another_account_than_the_one_asked_for_is_refused_and_its_token_revoked() {
    let world = World::new();
    login(&world, "alice", &["--account", "bob"]).run().code(4).says("belongs to alice, not bob");
    assert_eq!(world.live_tokens_made(), 0);
}

#[test]
fn a_broken_sign_in_is_never_repeated() {
    for fault in [
        "500",
        "502-html",
        "reset",
        "truncate",
        "429",
        "429-seconds",
        "429-date",
        "429-reset",
        "content-type",
        "redirect",
        "huge",
    ] {
        let world = World::with_faults([format!("{fault}@POST:{AUTHENTICATE}").as_str()]);
        let run = login(&world, "alice", &[]).run().code(5);
        assert_eq!(run.stdout(), "");
        assert_eq!(world.count("POST", AUTHENTICATE), 1, "{fault}");
        assert!(world.tokens_json().is_null(), "{fault}");
        world.assert_live_tokens_are_stored();
    }
}

#[test]
fn the_sandboxs_limits_stop_a_sixth_code_with_5() {
    let world = World::with(Options { limits: Limits::Documented, ..Options::default() });
    for number in 0..5 {
        login(&world, "bob", &["--code", &format!("wrong-{number}")]).run().code(4);
    }
    login(&world, "bob", &["--code", &world.code("bob")]).run().code(5);
    assert_eq!(world.count("POST", AUTHENTICATE), 6);
}

/// A server of the classic generation that asks for a code in its own words.
fn classic(challenge: Value) -> Server {
    Server::start(move |request: &Recorded| {
        match (request.method.as_str(), request.path.as_str()) {
            ("GET", AUTHENTICATE) => Reply::json(401, &json!({"errors": ["Bad access token"]})),
            ("POST", AUTHENTICATE) if request.json()["two_factor"]["code"].is_string() => {
                Reply::json(200, &json!({"token": "made.atlasv1.token"}))
            }
            ("POST", AUTHENTICATE) => Reply::json(406, &challenge),
            ("GET", "/api/v2/account/details") => {
                Reply::json(200, &json!({"data": {"id": 7, "attributes": {"username": "bob"}}}))
            }
            _ => Reply::json(404, &json!({})),
        }
    })
}

/// RubyGems lost its prompt when the server's sentence changed (rubygems/rubygems.org#3096).
#[test]
fn the_code_prompt_comes_whatever_the_server_says_in_words() {
    let world = World::new();
    let two_factor = json!({"default_delivery_method": "app", "delivery_methods": ["app"]});
    for challenge in [
        json!({"two_factor": two_factor, "errors": ["Zwei-Faktor-Code erforderlich"], "success": false}),
        json!({"two_factor": two_factor, "errors": []}),
        json!({"two_factor": two_factor}),
        json!({"two_factor": {}}),
        json!({"two_factor": {"default_delivery_method": 7, "delivery_methods": "app"}, "errors": {"a": 1}}),
    ] {
        let server = classic(challenge);
        let mut terminal = world.keybelt(["login", &server.host(), "--username", "bob"]).pty();
        terminal.expect_hidden("Password").type_line("a password");
        terminal.expect(CODE_PROMPT).type_line("123456");
        terminal.wait(0).shows("as bob");
    }
}

/// npm refused valid recovery codes by their shape (npm/cli#9326).
#[test]
fn codes_of_every_shape_reach_the_server_unchanged_but_for_their_blanks() {
    let world = World::new();
    let hex = "0123456789abcdef".repeat(4);
    let server = classic(json!({"two_factor": {}}));
    for (typed, sent) in [
        ("12345678", "12345678"),
        ("abcde-fghij", "abcde-fghij"),
        (" 123 456 ", "123456"),
        ("AbCd1234eFgH5678", "AbCd1234eFgH5678"),
        (&hex[..48], &hex[..48]),
        (&hex, &hex),
    ] {
        let stdin = format!("a password\n{typed}\n");
        login_at(&world, &server.host(), "bob", &["--code-stdin"]).stdin(stdin).run().code(0);
        let requests = server.requests();
        let body = requests.iter().rev().find(|request| request.method == "POST").unwrap().json();
        assert_eq!(body["two_factor"]["code"], sent);
        assert_eq!(body["user"], json!({"login": "bob", "password": "a password"}));
    }
}

#[test]
fn a_refused_app_code_is_blamed_on_the_clock_when_the_clock_is_off() {
    for (ahead, hint) in [(90, Some("behind")), (-90, Some("ahead of")), (5, None), (-5, None)] {
        let world = World::new();
        world.sandbox.advance(ahead);
        let run = login(&world, "bob", &["--code", &world.wrong_code("bob")]).run().code(4);
        match hint {
            Some(word) => {
                let seconds = ["89", "90", "91"]
                    .iter()
                    .any(|number| run.stderr().contains(&format!("{number} seconds {word}")));
                assert!(seconds, "{ahead}: {}", run.stderr());
            }
            None => assert!(!run.stderr().contains("clock"), "{ahead}: {}", run.stderr()),
        }
    }
}

#[test]
fn a_refused_text_is_not_blamed_on_the_clock() {
    let world = World::new();
    world.sandbox.advance(300);
    let mut terminal = world.keybelt(["login", &world.host(), "--username", "carol"]).pty();
    terminal.expect_hidden("Password").type_line(&world.password("carol"));
    terminal.expect(CODE_PROMPT).type_line("wrong");
    terminal.expect("The code was refused.").expect("(2 of 3;").type_keys(b"\x03");
    terminal.wait(130).hides("clock");
}

#[test]
fn a_server_without_a_password_sign_in_is_never_sent_a_password() {
    let world = World::new();
    let html = Reply::with(404, &[("Content-Type", "text/html")], "<h1>Not found</h1>");
    let bare = Reply::with(401, &[], "");
    for reply in [Reply::json(404, &json!({})), Reply::json(405, &json!({})), html, bare] {
        let server = Server::answering([(("GET", AUTHENTICATE), reply)]);
        login_at(&world, &server.host(), "bob", &[])
            .run()
            .code(4)
            .says("--token-stdin")
            .says("/app/settings/tokens");
        assert_eq!(server.routes(), ["GET /".to_owned(), format!("GET {AUTHENTICATE}")]);
    }
    for host in ["hcp", "hcp-eu", "app.terraform.io"] {
        let proxy = Server::silent();
        let run = login_at(&world, host, "bob", &[]).env("HTTPS_PROXY", proxy.host());
        run.run().code(4).says("--token-stdin");
        assert!(proxy.requests().is_empty(), "{host} was asked");
    }
}

#[test]
fn a_server_that_drops_its_sign_in_route_gets_the_password_said_to_be_sent() {
    let world = World::new();
    let server =
        Server::answering([(("GET", AUTHENTICATE), Reply::json(401, &json!({"errors": ["no"]})))]);
    login_at(&world, &server.host(), "bob", &[])
        .run()
        .code(4)
        .says("the password was sent and not used");
}

#[test]
fn a_pasted_token_is_checked_and_then_kept_as_somebody_elses() {
    let world = World::new();
    let token = world.account("alice").token;
    let run = world
        .keybelt(["login", &world.host(), "--token-stdin"])
        .stdin(format!("{token}\r\n"))
        .run()
        .code(0);
    run.says("as alice").hides(&token);
    assert_eq!(world.stored_tokens(), [token]);
    assert_eq!(world.tokens_json()["hosts"][world.host()]["accounts"]["alice"]["origin"], "pasted");
    world.assert_live_tokens_are_stored();
}

/// Vagrant wrote a token first and checked it afterwards (hashicorp/vagrant#12397).
#[test]
fn a_pasted_token_that_cannot_be_checked_leaves_the_store_as_it_was() {
    let world = World::new();
    world.sign_in("alice");
    let before = world.tokens_bytes();
    let paste = |host: &str| {
        world.keybelt(["login", host, "--token-stdin"]).stdin("a-wrong.atlasv1.token\n").run()
    };
    paste(&world.host()).code(3).says("rejected").hides("a-wrong.atlasv1.token");
    assert_eq!(world.tokens_bytes(), before);
    world.set_faults(["reset"]);
    paste(&world.host()).code(5);
    assert_eq!(world.tokens_bytes(), before);
    world.set_faults([]);
    paste(CLOSED).code(5);
    assert_eq!(world.tokens_bytes(), before);
}

#[test]
fn a_sign_in_in_the_shadow_of_a_variable_is_kept_and_warned_of() {
    let world = World::new();
    let shadowed = |variable: &str, address: &str| {
        let run = login(&world, "alice", &[]).env(variable, "a.token").env(address, world.host());
        run.run().code(0).says(&format!("`{variable}` is set and takes precedence"))
    };
    shadowed("ATLAS_TOKEN", "ATLAS_ADDRESS");
    shadowed("TFE_TOKEN", "TFE_ADDRESS");
    world.assert_live_tokens_are_stored();
    let elsewhere = login(&world, "alice", &[]).env("ATLAS_TOKEN", "a.token").run().code(0);
    assert!(!elsewhere.stderr().contains("precedence"), "{}", elsewhere.stderr());
    let nowhere = login(&world, "alice", &[]).env("ATLAS_TOKEN", "a.token");
    nowhere.env("ATLAS_ADDRESS", "no host at all").run().code(0).says("Signed in");
    login(&world, "alice", &[]).env("TFE_TOKEN", "é").run().code(0).says("Signed in");
}

#[test]
fn a_private_certificate_is_trusted_by_name_alone() {
    let world = World::with(Options { tls: true, limits: Limits::Off, ..Options::default() });
    let ready = world.sandbox.ready();
    let (address, ca_file) = (ready.atlas_tls_url.clone().unwrap(), ready.ca_file.clone().unwrap());
    let stdin = format!("{}\n", world.password("alice"));
    let untrusted = login_at(&world, &address, "alice", &[]).stdin(&stdin);
    untrusted.run().code(5).says("--ca-file");
    assert_eq!(world.count("POST", AUTHENTICATE), 0);
    let trusted = login_at(&world, &address, "alice", &["--ca-file", &ca_file]).stdin(&stdin);
    trusted.run().code(0);
    let key = address.strip_prefix("https://").unwrap();
    assert!(world.tokens_json()["hosts"][key]["accounts"]["alice"]["token"].is_string());
    let variable = world.keybelt("whoami").env("KEYBELT_CA_FILE", &ca_file);
    assert_eq!(variable.run().code(0).stdout(), "alice\n");
}

#[test]
fn no_proxy_sees_a_request_to_loopback() {
    let world = World::with(Options { tls: true, limits: Limits::Off, ..Options::default() });
    let ca_file = world.sandbox.ready().ca_file.clone().unwrap();
    let proxy = Server::silent();
    let through_proxy = |run: Keybelt| {
        let names =
            ["HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"];
        names.iter().fold(run, |run, name| run.env(name, proxy.host()))
    };
    let stdin = format!("{}\n", world.password("alice"));
    for address in [world.host(), world.sandbox.ready().atlas_tls_url.clone().unwrap()] {
        let run = login_at(&world, &address, "alice", &["--ca-file", &ca_file]).stdin(&stdin);
        through_proxy(run).run().code(0);
        let whoami = world.keybelt(["whoami", "-H", &address, "--ca-file", &ca_file]);
        through_proxy(whoami).run().code(0);
    }
    assert!(proxy.requests().is_empty(), "{:?}", proxy.requests());
    // The same proxy is asked for a host that is not on loopback, so it does work.
    let outside = world.keybelt("login tfe.example.com --token-stdin").stdin("a.token\n");
    outside.env("HTTPS_PROXY", proxy.host()).run().code(5);
    assert!(
        proxy
            .requests()
            .iter()
            .all(|request| request.method == "CONNECT" && request.path == "tfe.example.com:443")
    );
    assert!(
        !proxy.requests().is_empty()
            && !proxy.requests().iter().any(|request| request.contains("a.token"))
    );
}

/// A token that is pasted by hand is as hidden as a password.
#[test]
fn a_token_pasted_on_a_terminal_is_not_shown() {
    let world = World::new();
    let (host, token) = (world.host(), world.account("bob").token);
    let mut pty = world.keybelt(["login", &host, "--token-stdin"]).pty();
    pty.expect_hidden(&format!("Token for {host}: "));
    pty.type_line(&token);
    let ended = pty.wait(0);
    assert!(!ended.text.contains(&token[..12]), "{}", ended.text);
    assert_eq!(world.stored_tokens(), [token]);
    let no_terminal = ["login", &host, "--token-stdin", "--no-input"];
    let mut pty = world.keybelt(no_terminal).pty();
    pty.expect("use a pipe or a file");
    pty.wait(3);
}

/// No text was sent, and the hint was about an authenticator app.
#[test]
fn without_a_terminal_an_account_that_gets_texts_is_told_of_the_option() {
    let world = World::new();
    world.login("carol", &[]).run().code(3).says("--sms");
    let wrong = world.wrong_code("carol");
    world.login("carol", &["--code", &wrong]).run().code(4).says("--sms sends one");
}

/// What a paste or a file has round a token is none of it.
#[test]
fn a_token_is_taken_without_the_blanks_around_it() {
    let world = World::new();
    let token = world.account("alice").token;
    for padded in [format!("  {token} \n"), format!("{token}\t"), format!("\u{feff}{token}\r\n")] {
        let login = world.keybelt(["login", &world.host(), "--token-stdin"]).stdin(&padded);
        login.run().code(0);
        assert_eq!(world.stored_tokens(), [token.as_str()]);
    }
}

/// What no app and no text gives is a recovery code, and the server may tell how many there are.
#[test]
fn a_recovery_code_that_signed_in_is_said_to_be_used_up() {
    for left in [None, Some(2), Some(1), Some(0)] {
        let server = account_server(move |request| {
            let mut document = user(&json!({"enabled": true, "verified": true}));
            let codes = left.map(|left| ["abcd-efgh", "ijkl-mnop"][..left].to_vec());
            document["data"]["attributes"]["two-factor"]["recovery-codes"] = json!(codes);
            (request.path == DETAILS).then(|| Reply::json(200, &document))
        });
        let world = World::new();
        let login = |code: &str| {
            let host = server.host();
            let words = ["login", &host, "--username", "alice", "--password-stdin", "--code-stdin"];
            world.keybelt(words).stdin(format!("{}\n{code}\n", foreign::PASSWORD)).run().code(0)
        };
        let said = match left {
            // A server with none to show is like one that shows none.
            None | Some(0) => "it is used up: one fewer is left; for new ones",
            Some(1) => "it is used up; 1 is left; for new ones, run `keybelt 2fa enable` again",
            Some(_) => "it is used up; 2 are left; for new ones",
        };
        login("rescue-7h3n").says("That was a recovery code").says(said);
        login("123 456").hides("recovery code");
    }
}

#[test]
fn a_pasted_token_that_is_rejected_leads_to_the_page_that_has_others() {
    let world = World::new();
    let ready = world.sandbox.ready();
    let pages = [
        (ready.atlas_url.clone(), format!("{}/app/settings/tokens", ready.atlas_url)),
        (ready.aptible_url.clone(), "https://dashboard.aptible.com/sso/".to_owned()),
    ];
    for (host, page) in pages {
        let run = world.keybelt(["login", &host, "--token-stdin"]).stdin("a.dead.token").run();
        run.code(3).says("was rejected").says(&format!("or get another at {page}"));
    }
}

/// The next step was a command that is refused there.
#[test]
fn a_second_factor_is_suggested_only_where_tools_may_change_it() {
    const NEXT: &str = "keybelt 2fa enable";
    let paste = |world: &World| {
        let words = ["login", &world.host(), "--token-stdin"];
        world.keybelt(words).stdin(world.account("alice").token).run().code(0)
    };
    let classic = World::new();
    login(&classic, "alice", &[]).run().code(0).says(NEXT);
    paste(&World::with(Options { generation: Generation::Modern, ..Options::default() }))
        .hides(NEXT);
    // A token does not tell, and no server is asked for the sake of a suggestion.
    let pasted = World::new();
    paste(&pasted).hides(NEXT);
    assert_eq!(pasted.count("GET", AUTHENTICATE), 0);
    let elsewhere = [
        ("/data/attributes/is-alive", json!(true)),
        ("/data/attributes/auth-method", json!("hcp_sso")),
        ("/data/attributes/is-sso-login", json!(true)),
        ("/data/attributes/is-service-account", json!(true)),
    ];
    for (place, value) in elsewhere {
        let server = account_server(move |request| {
            let mut document = user(&json!({"enabled": false, "verified": false}));
            let name = place.rsplit('/').next().unwrap();
            document["data"]["attributes"][name] = value.clone();
            (request.path == DETAILS).then(|| Reply::json(200, &document))
        });
        let words =
            ["login", &server.host(), "--username", "alice", "--password-stdin", "--code-stdin"];
        let typed = format!("{}\n{}\n", foreign::PASSWORD, foreign::CODE);
        let run = classic.keybelt(words).stdin(typed).run().code(0);
        match place {
            "/data/attributes/is-alive" => run.says(NEXT),
            _ => run.hides(NEXT),
        };
    }
}

#[test]
fn a_text_for_an_account_with_an_app_is_refused_with_the_way_that_works() {
    let world = World::new();
    let run = login(&world, "bob", &["--sms"]).run().code(4);
    run.says("sends no text message for this sign-in").says("sign in without --sms");
    assert_eq!(world.count("POST", AUTHENTICATE), 0);
    // Whose password is wrong is not told of texts.
    let words = ["login", &world.host(), "--username", "carol", "--password-stdin", "--sms"];
    let run = world.keybelt(words).stdin("mistyped\n").run().code(4);
    run.says("refused the user name or password of carol").hides("--sms");
    login(&world, "bob", &["--code", &world.code("bob")]).run().code(0);
}

#[test]
fn whoever_is_signed_in_already_is_told_before_anything_is_asked() {
    let world = World::new();
    let said = "is already signed in to";
    login(&world, "alice", &[]).run().code(0).hides(said);
    let again = login(&world, "alice", &[]).run().code(0);
    again.says("alice is already signed in to").says("; signing in again replaces that token");
    let mut terminal = world.keybelt(["login", &world.host(), "--username", "alice"]).pty();
    terminal
        .expect("alice is already signed in to")
        .expect_hidden("Password for ")
        .type_keys(b"\x03");
    terminal.wait(130);
    // Another account takes nothing's place, and an expired token is nothing to keep.
    login(&world, "bob", &["--code", &world.code("bob")]).run().code(0).hides(said);
    world.change_entry("alice", |entry| entry["expires_at"] = json!("2020-01-01T00:00:00Z"));
    login(&world, "alice", &[]).run().code(0).hides(said);
}
