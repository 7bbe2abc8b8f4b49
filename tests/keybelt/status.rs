//! `keybelt status` and `keybelt whoami`.

use keybelt_sandbox::HOSTILE;
use serde_json::json;

use crate::every_command::{DETAILS, user};
use crate::harness::{Reply, Server, World};

#[test]
fn a_token_that_works_is_0_and_everything_about_it_is_told_but_itself() {
    let world = World::new();
    world.sign_in("bob");
    let run = world
        .keybelt("status")
        .run()
        .code(0)
        .prints("signed in as bob")
        .prints("~/.config/keybelt/tokens.json");
    run.prints("two-factor authentication is enabled and verified")
        .hides(&world.stored_tokens()[0]);
    let run = world.keybelt("status -o json").run().code(0);
    let document = run.json();
    run.hides(&world.stored_tokens()[0]);
    for (key, value) in [
        ("host", json!(world.host())),
        ("host_chosen_by", json!("current host")),
        ("signed_in", json!(true)),
        ("state", json!("valid")),
        ("account", json!("bob")),
        ("source", json!("store")),
        ("origin", json!("password")),
    ] {
        assert_eq!(document[key], value, "{key}");
    }
}

/// As `login` and `logout` do.
#[test]
fn the_host_may_be_named_without_an_option() {
    let world = World::new();
    world.sign_in("bob");
    let host = world.host();
    let run = world.keybelt(["status", &host]).run().code(0);
    run.prints("signed in as bob");
    world.keybelt(["status", "localhost:1"]).run().code(3).prints("localhost:1");
    let run = world.keybelt(["status", &host, "-H", "localhost:1"]).run().code(2);
    run.says("conflicting hosts");
    world.keybelt(["status", &host, "--all"]).run().code(2);
}

#[test]
fn every_state_has_its_exit_code_and_its_word() {
    let world = World::new();
    let host = world.host();
    let check = |code: i32, state: &str, signed_in: serde_json::Value| {
        let document = world.keybelt(["status", "-H", &host, "-o", "json"]).run().code(code).json();
        assert_eq!((&document["state"], &document["signed_in"]), (&json!(state), &signed_in));
        let text = world.keybelt(["status", "-H", &host]).run().code(code);
        let way_out = code == 0 || text.stdout().contains("hint: ");
        assert!(way_out, "{state}: {}", text.stdout());
    };
    check(3, "not_signed_in", json!(false));
    world.sign_in("alice");
    check(0, "valid", json!(true));
    world.set_faults(["500"]);
    let document = world.keybelt("status -o json").run().code(5).json();
    assert_eq!((&document["state"], &document["signed_in"]), (&json!("unknown"), &json!(null)));
    let document = world.keybelt("status --offline -o json").run().code(0).json();
    assert_eq!(document["state"], "not_checked");
    world.set_faults([]);
    world.change_entry("alice", |entry| entry["created_at"] = json!("2001-01-01T00:00:00Z"));
    check(3, "expired", json!(false));
    world.change_entry("alice", |entry| {
        entry["created_at"] = json!("2999-01-01T00:00:00Z");
        entry["token"] = json!("a-dead.token");
    });
    check(3, "rejected", json!(false));
}

/// No stored token is ever deleted because of an error.
#[test]
fn whatever_status_meets_the_store_stays_as_it_is() {
    for fault in [
        "500",
        "502-html",
        "reset",
        "truncate",
        "429-seconds",
        "content-type",
        "redirect",
        "huge",
        "hostile-text",
    ] {
        let world = World::new();
        world.sign_in("alice");
        let before = world.tokens_bytes();
        world.set_faults([fault]);
        for command in ["status", "whoami"] {
            // For hostile-text: a name with control characters in it is no name.
            world.keybelt([command, "--timeout", "2s"]).run().code(5);
        }
        assert_eq!(world.tokens_bytes(), before, "{fault}");
    }
}

#[test]
fn text_of_the_server_reaches_no_stream_raw() {
    let world = World::new();
    world.sign_in("alice");
    let enable = ["2fa", "enable", "--sms", "+15555550100", "--no-verify", "-o", "json"];
    world.keybelt(enable).run().code(0);
    world.set_faults(["hostile-text"]);
    let raw = |text: &str| {
        text.chars()
            .filter(|c| c.is_control() && *c != '\n' || "\u{202e}\u{2028}\u{2066}".contains(*c))
            .count()
    };
    assert!(raw(HOSTILE) > 0);
    for command in [
        &["status"][..],
        &["status", "-o", "json"],
        &["whoami"],
        &["2fa", "status"],
        &["2fa", "status", "-o", "json"],
        &["2fa", "enable", "--sms", "+15555550100", "--no-verify", "-o", "json"],
        &["2fa", "enable", "--app", "--no-verify"],
        &["2fa", "verify", "wrong", "-o", "json"],
        &["2fa", "resend", "-vvv"],
        &["2fa", "disable", "-y", "-o", "json"],
        &["logout", "-vvv"],
    ] {
        let run = world.keybelt(command).run().any_end();
        assert_eq!(
            raw(run.stdout()) + raw(run.stderr()),
            0,
            "{command:?}: {:?} {:?}",
            run.stdout(),
            run.stderr()
        );
        assert!(matches!(run.exit_code(), Some(0 | 4 | 5)), "{command:?}: {}", run.stderr());
    }
}

#[test]
fn variables_come_first_and_every_candidate_is_told() {
    let world = World::new();
    let other = Server::silent();
    world.sign_in("bob");
    let token = world.account("alice").token;
    let run = world
        .keybelt("status -o json")
        .env("ATLAS_TOKEN", &token)
        .env("ATLAS_ADDRESS", world.host());
    let run = run
        .env("TFE_TOKEN", "another.token")
        .env("TFE_ADDRESS", other.host())
        .run()
        .code(0)
        .hides(&token)
        .hides("another.token");
    let document = run.json();
    assert_eq!(document["account"], "alice");
    assert_eq!(document["source"], "ATLAS_TOKEN");
    assert_eq!(document["host_chosen_by"], "ATLAS_ADDRESS");
    let candidates: Vec<_> = document["candidates"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| (it["source"].clone(), it["used"].clone()))
        .collect();
    assert_eq!(
        candidates,
        [
            (json!("ATLAS_TOKEN"), json!(true)),
            (json!("TFE_TOKEN"), json!(false)),
            (json!("store"), json!(false))
        ]
    );
    assert!(other.requests().is_empty());
    let skipped = world
        .keybelt("whoami --account bob")
        .env("ATLAS_TOKEN", &token)
        .env("ATLAS_ADDRESS", world.host());
    assert_eq!(skipped.run().code(0).stdout(), "bob\n");
}

#[test]
fn a_blank_variable_is_a_ci_secret_that_is_missing() {
    let world = World::new();
    for blank in ["", " ", "\n"] {
        let run =
            world.keybelt("whoami").env("ATLAS_TOKEN", blank).env("ATLAS_ADDRESS", world.host());
        run.run().code(3).says("`ATLAS_TOKEN` is set but blank").says("available to this CI job");
    }
    // It is unset as well, so a stored token is used.
    world.sign_in("alice");
    let run = world.keybelt("whoami").env("ATLAS_TOKEN", "");
    assert_eq!(run.run().code(0).stdout(), "alice\n");
}

#[test]
fn the_json_of_whoami_names_host_and_account() {
    let world = World::new();
    world.sign_in("alice");
    let document = world.keybelt("whoami -o json").run().code(0).json();
    assert_eq!((&document["host"], &document["account"]), (&json!(world.host()), &json!("alice")));
}

#[test]
fn a_dead_token_is_replaced_in_place_on_a_terminal_and_nowhere_else() {
    let world = World::new();
    world.sign_in("alice");
    // The server lets tokens live for two years.
    world.sandbox.advance(3 * 365 * 86_400);
    let before = world.tokens_bytes();
    world.keybelt("whoami").run().code(3).says("rejected").says("keybelt login");
    world.keybelt("whoami -o json").pty().wait(3);
    assert_eq!(world.tokens_bytes(), before);
    let mut terminal = world.keybelt("whoami").pty();
    terminal
        .expect("signing in again")
        .expect_hidden("Password for alice at ")
        .type_line(&world.password("alice"));
    terminal.wait(0).shows("\nalice\n");
    world.assert_live_tokens_are_stored();
    let variable = world
        .keybelt("whoami")
        .env("ATLAS_TOKEN", "a-dead.token")
        .env("ATLAS_ADDRESS", world.host());
    variable.pty().wait(3).shows("ATLAS_TOKEN");
}

/// Such a token works elsewhere: the server understood, and says no.
#[test]
fn a_token_that_may_not_see_its_account_is_refused() {
    let world = World::new();
    let errors = json!({"errors": [{"status": "403", "title": "forbidden"}]});
    let routes = ["/api/v2/account/details", "/api/v1/authenticate"];
    for refusing in routes {
        let reply = Reply::json(403, &errors);
        let server = Server::answering([(("GET", refusing), reply)]);
        for words in [["whoami"], ["status"]] {
            let run = world.keybelt(words).env("ATLAS_TOKEN", "canary.token");
            let run = run.env("ATLAS_ADDRESS", server.host()).run().code(4);
            let told = format!("{}{}", run.stdout(), run.stderr());
            assert!(told.contains("is not allowed to see its account"), "{told}");
        }
    }
}

/// `status` named the first one, and the last one was used.
#[test]
fn of_two_spellings_of_one_variable_status_names_the_one_that_counts() {
    let world = World::new();
    let status = |last: &str| {
        let run = world
            .keybelt("status --offline -o json")
            .env("TF_TOKEN_APP_TERRAFORM_IO", "first")
            .env("TF_TOKEN_app_terraform_io", last)
            .run();
        let run = run.code(if last.is_empty() { 3 } else { 0 });
        run.json()["source"].clone()
    };
    assert_eq!(status("last"), json!("TF_TOKEN_app_terraform_io"));
    assert_eq!(status(""), json!(null));
}

#[test]
fn an_account_of_single_sign_on_is_told_where_its_second_factor_lives() {
    let world = World::new();
    for (sso, elsewhere) in [(json!(true), true), (json!(false), false), (json!(null), false)] {
        let mut document = user(&json!({"enabled": false, "verified": false}));
        document["data"]["attributes"]["is-sso-login"] = sso.clone();
        let server = Server::answering([(("GET", DETAILS), Reply::json(200, &document))]);
        for words in ["status", "2fa status"] {
            let run = world.keybelt(words).env("ATLAS_TOKEN", "a.token");
            let run = run.env("ATLAS_ADDRESS", server.host()).run().code(0);
            let told = run.stdout().contains("through single sign-on (SAML)");
            assert_eq!(told, elsewhere, "{sso} {words}: {}", run.stdout());
        }
    }
}
