//! `keybelt 2fa`: enrolling, verifying, resending, disabling.

use std::fs;

use serde_json::{Value, json};

use crate::harness::{Reply, Server, World};

const ACTIONS: &str = "/api/v2/account/actions/two-factor";

fn actions(world: &World, action: &str) -> usize {
    world.count("POST", &format!("{ACTIONS}-{action}"))
}

fn state(world: &World) -> Value {
    world.keybelt("2fa status -o json").run().code(0).json()["two_factor"].clone()
}

#[test]
fn a_script_enrols_in_two_steps_and_the_account_is_protected() {
    let world = World::new();
    world.sign_in("alice");
    world.keybelt("2fa status").run().code(0).prints("two-factor authentication is off");
    let begun =
        world.keybelt("2fa enable --app --no-verify").run().code(0).says("keybelt 2fa verify");
    let lines: Vec<&str> = begun.stdout().lines().collect();
    assert_eq!(lines.len(), 2, "{}", begun.stdout());
    assert!(lines[0].starts_with("otpauth://totp/") && lines[0].contains(lines[1]));
    world.keybelt("2fa status").run().code(0).prints("enabled").prints("not verified");
    world.keybelt("logout").run().code(0);
    // Nothing is asked for yet.
    world.sign_in("alice");
    let verify = ["2fa", "verify", "--code-stdin", "--recovery-codes-file", "codes"];
    let run = world
        .keybelt(verify)
        .stdin(world.code("alice"))
        .run()
        .code(0)
        .says("Enabled two-factor authentication for alice");
    run.says("Existing tokens keep working without a code");
    assert_eq!(fs::read_to_string(world.home().join("codes")).unwrap().lines().count(), 6);
    let login = ["login", &world.host(), "--username", "alice", "--password-stdin"];
    world.keybelt(login).stdin(world.password("alice")).run().code(3).says("verification code");
}

#[test]
fn a_script_enrols_in_one_step_with_a_code_command() {
    let world = World::new();
    world.sign_in("alice");
    // Any text will do that the sandbox sends; the command waits for nothing, so it is asked for beforehand.
    let script = "printf '%s\\n' \"$KEYBELT_HOST $KEYBELT_USERNAME\" > asked; echo wrong";
    fs::write(world.home().join("code.sh"), script).unwrap();
    let enable = [
        "2fa",
        "enable",
        "--sms",
        "+15555550100",
        "--code-command",
        "/bin/sh code.sh",
        "--recovery-codes-file",
        "codes",
    ];
    world.keybelt(enable).run().code(4).says("keybelt 2fa verify");
    let asked = fs::read_to_string(world.home().join("asked")).unwrap();
    assert_eq!(asked, format!("{} alice\n", world.host()));
    assert_eq!((actions(&world, "enable"), actions(&world, "verify")), (1, 1));
    assert_eq!(world.sandbox.outbox().len(), 1);
    assert!(!world.home().join("codes").exists());
}

/// With a source of codes nobody looks at a screen, and yet the app has to be set up from something.
#[test]
fn a_script_with_a_code_command_is_given_what_its_app_needs() {
    let world = World::new();
    world.sign_in("alice");
    let enable = "2fa enable --app --recovery-codes-file codes --code-command";
    let words: Vec<&str> = enable.split(' ').chain(["/bin/echo 000000"]).collect();
    let run = world.keybelt(words).run().code(4);
    let lines: Vec<&str> = run.stdout().lines().collect();
    assert_eq!(lines.len(), 2, "{}", run.stdout());
    assert!(lines[0].starts_with("otpauth://totp/") && lines[0].contains(lines[1]), "{lines:?}");
}

#[test]
fn the_json_of_an_enrolment_has_what_an_app_needs_and_then_the_codes() {
    let world = World::new();
    world.sign_in("alice");
    let begun = world.keybelt("2fa enable --app --no-verify -o json").run().code(0).json();
    assert_eq!(begun["two_factor"]["enabled"], true);
    assert_eq!(begun["two_factor"]["verified"], false);
    let secret = begun["secret"].as_str().unwrap();
    assert!(begun["provisioning_url"].as_str().unwrap().contains(secret));
    let done =
        world.keybelt(["2fa", "verify", &world.code("alice"), "-o", "json"]).run().code(0).json();
    assert_eq!(done["two_factor"]["verified"], true);
    assert_eq!(done["recovery_codes"].as_array().unwrap().len(), 6);
    assert_eq!(done["recovery_codes_file"], Value::Null);
}

#[test]
fn a_person_without_options_is_asked_and_an_app_comes_first() {
    let world = World::new();
    world.sign_in("alice");
    let mut terminal = world.keybelt("2fa enable --no-qr").pty();
    terminal.expect("1  an authenticator app").expect("1 or 2 [1]: ").type_line("");
    terminal.expect("Secret for your authenticator app: ").expect("(1 of 3):").type_line("000000");
    terminal.expect("The code was refused.").expect("(2 of 3):").type_line(&world.code("alice"));
    terminal.wait(0).shows("Enabled two-factor authentication for alice");
    assert_eq!(state(&world)["verified"], true);
}

#[test]
fn a_text_can_be_sent_again_at_the_prompt_and_by_the_command() {
    let world = World::new();
    world.sign_in("alice");
    let mut terminal = world.keybelt("2fa enable --sms +1555555555").pty();
    terminal.expect("with a code to +1555555555").expect("(1 of 3;").type_line("?");
    terminal.expect("  r  resend the text message").expect("(1 of 3;");
    assert_eq!(world.sandbox.outbox().len(), 1);
    terminal.type_line("r").expect("Sent the verification code again").expect("(1 of 3;");
    assert_eq!(world.sandbox.outbox().len(), 2);
    terminal.type_keys(b"\x03");
    terminal.wait(130);
    world.keybelt("2fa resend").run().code(0).says("Sent the verification code again");
    let texts = world.sandbox.outbox();
    assert_eq!((texts.len(), actions(&world, "resend-verification-code")), (3, 2));
    world.keybelt(["2fa", "verify", &texts[2].code, "-o", "json"]).run().code(0);
}

#[test]
fn what_cannot_be_done_in_this_state_is_refused_with_4() {
    let world = World::new();
    world.sign_in("alice");
    world.keybelt("2fa resend").run().code(4);
    world.keybelt("2fa verify 123456 -o json").run().code(4);
    world.keybelt("2fa disable -y").run().code(0).says("Nothing to do");
    world.keybelt("2fa enable --app --no-verify").run().code(0);
    world.keybelt("2fa resend").run().code(4);
    assert!(world.sandbox.outbox().is_empty());
}

#[test]
fn a_wrong_code_by_an_option_is_sent_once_and_the_enrolment_waits() {
    let world = World::new();
    world.sign_in("alice");
    world.keybelt("2fa enable --app --no-verify").run().code(0);
    let wrong = ["2fa", "verify", "wrong-code", "-o", "json"];
    let run = world.keybelt(wrong).run().code(4).hides("wrong-code");
    assert_eq!(run.json()["error"]["kind"], "refused");
    assert_eq!(actions(&world, "verify"), 1);
    assert_eq!(state(&world)["verified"], false);
    world.keybelt(["2fa", "verify", &world.code("alice"), "-o", "json"]).run().code(0);
}

#[test]
fn a_number_that_is_none_is_wrong_usage_before_any_request() {
    let world = World::new();
    world.sign_in("alice");
    let before = world.sandbox.requests().len();
    for bad in ["5555555555", "+123456", "+1234567890123456", "+1555-CALL-ME", "+"] {
        world
            .keybelt(["2fa", "enable", "--sms", bad, "--no-verify"])
            .run()
            .code(2)
            .says("+15555555555");
    }
    assert_eq!(world.sandbox.requests().len(), before);
}

#[test]
fn a_number_that_the_server_changed_is_warned_of() {
    let world = World::new();
    let answer = |number: &str| {
        let two_factor =
            json!({"enabled": true, "verified": false, "delivery": "sms", "sms-number": number});
        json!({"data": {"id": "1", "attributes": {"username": "alice", "two-factor": two_factor}}})
    };
    for (kept, warns) in [("+15555550100", false), ("+15555550199", true)] {
        let mut off = answer(kept);
        off["data"]["attributes"]["two-factor"] = json!({"enabled": false, "verified": false});
        let server = Server::answering([
            (("GET", "/api/v2/account/details"), Reply::json(200, &off)),
            (
                ("POST", "/api/v2/account/actions/two-factor-enable"),
                Reply::json(200, &answer(kept)),
            ),
        ]);
        let enable = ["2fa", "enable", "--sms", "+1 (555) 555-0100", "--no-verify"];
        let run = world
            .keybelt(enable)
            .env("ATLAS_TOKEN", "a.token")
            .env("ATLAS_ADDRESS", server.host())
            .run()
            .code(0);
        assert_eq!(
            run.stderr().contains("warning: the server stored +15555550199"),
            warns,
            "{}",
            run.stderr()
        );
        let requests = server.requests();
        let sent = requests.last().unwrap();
        assert_eq!(
            sent.json()["data"]["attributes"],
            json!({"delivery": "sms", "sms-number": "+15555550100"})
        );
        assert_eq!(sent.header("Content-Type"), Some("application/vnd.api+json"));
    }
}

#[test]
fn starting_over_needs_a_confirmation() {
    let world = World::new();
    world.sign_in("bob");
    let enable = ["2fa", "enable", "--app", "--no-verify"];
    world.keybelt(enable).run().code(2).says("--yes");
    let mut terminal = world.keybelt(enable).pty();
    terminal.expect_visible("[y/N] ").type_line("");
    terminal.wait(2).shows("nothing was changed");
    assert_eq!(actions(&world, "enable"), 0);
    assert_eq!(state(&world)["verified"], true);
    world.keybelt(enable.iter().chain(&["--yes"])).run().code(0);
    assert_eq!(state(&world)["verified"], false);
    // A half-finished one is restarted without a question.
    world.keybelt(enable).run().code(0).says("Replaced an earlier enrolment");
}

#[test]
fn turning_it_off_asks_a_person_once_and_takes_a_script_at_its_word() {
    let world = World::new();
    world.sign_in("bob");
    let mut terminal = world.keybelt("2fa disable").pty();
    terminal.expect_visible("[y/N] ").type_line("n");
    terminal.wait(2).shows("nothing was changed");
    assert_eq!(actions(&world, "disable"), 0);
    world.keybelt("2fa disable").run().code(0).says("Disabled two-factor authentication for bob");
    assert_eq!(state(&world)["enabled"], false);
}

#[test]
fn a_server_that_lets_tokens_change_nothing_is_refused_with_the_page_that_can() {
    let world = World::new();
    for status in [401, 403, 404, 405] {
        let account = json!({"data": {"id": "1", "attributes": {"username": "alice", "two-factor": {"enabled": false, "verified": false}}}});
        let refusal = Reply::json(
            status,
            &json!({"errors": [{"status": status.to_string(), "title": "no"}]}),
        );
        let server = Server::answering([
            (("GET", "/api/v2/account/details"), Reply::json(200, &account)),
            (("POST", "/api/v2/account/actions/two-factor-enable"), refusal),
        ]);
        let enable = ["2fa", "enable", "--app", "--no-verify"];
        let run =
            world.keybelt(enable).env("ATLAS_TOKEN", "a.token").env("ATLAS_ADDRESS", server.host());
        run.run().code(4).says(&format!("{}/app/settings/two-factor", server.host()));
    }
}

#[test]
fn a_refused_enrolment_code_is_blamed_on_the_clock_when_the_clock_is_off() {
    for (ahead, hint) in [(90, true), (-90, true), (5, false)] {
        let world = World::new();
        world.sign_in("alice");
        world.keybelt("2fa enable --app --no-verify").run().code(0);
        world.sandbox.advance(ahead);
        let run = world.keybelt("2fa verify wrong -o json").run().code(4);
        let said = run.json()["error"]["hint"].as_str().unwrap().contains("clock");
        assert_eq!(said, hint, "{ahead}: {}", run.stdout());
    }
}

#[test]
fn a_broken_action_is_never_repeated_and_changes_nothing_that_is_kept() {
    for fault in [
        "500",
        "502-html",
        "reset",
        "truncate",
        "429",
        "429-seconds",
        "content-type",
        "redirect",
        "huge",
    ] {
        let world = World::new();
        world.sign_in("alice");
        world.keybelt("2fa enable --sms +15555550100 --no-verify").run().code(0);
        let before = world.tokens_bytes();
        for (action, command) in [
            ("enable", &["2fa", "enable", "--sms", "+15555550100", "--no-verify"][..]),
            ("verify", &["2fa", "verify", "123456", "--recovery-codes-file", "codes"]),
            ("resend-verification-code", &["2fa", "resend"]),
        ] {
            world.set_faults([format!("{fault}@POST:{ACTIONS}-{action}").as_str()]);
            let count = actions(&world, action);
            world.keybelt(command).run().code(5);
            assert_eq!(actions(&world, action) - count, 1, "{fault} {action}");
        }
        assert!(!world.home().join("codes").exists(), "{fault}");
        assert_eq!(world.tokens_bytes(), before, "{fault}");
        assert_eq!(world.sandbox.outbox().len(), 1, "{fault}");
    }
}

/// A wrong code was said to leave it unverified, and a right one to enable it, though it was on before.
#[test]
fn where_there_is_nothing_to_verify_no_code_is_asked_for_and_nothing_is_written() {
    let world = World::new();
    world.sign_in("bob");
    for code in ["000000", &world.code("bob")] {
        let verify = ["2fa", "verify", code, "--recovery-codes-file", "codes.txt"];
        world.keybelt(verify).run().code(0).says("Nothing to do");
    }
    assert!(!world.home().join("codes.txt").exists());
    world.keybelt("2fa disable --yes").run().code(0);
    world.keybelt("2fa disable --yes").run().code(0).says("Nothing to do");
    world.keybelt("2fa verify").pty().wait(4).shows("2fa enable").hides("Verification code");
    let nobody = World::new();
    for words in ["2fa enable", "2fa verify", "2fa disable", "token create", "password change"] {
        nobody.keybelt(words).run().code(3).says("not signed in");
    }
}

/// `r` was offered, and then no text was sent: there is nobody to send one.
#[test]
fn what_was_begun_here_is_remembered_until_it_is_verified() {
    let world = World::new();
    world.sign_in("alice");
    world.keybelt("2fa enable --app --no-verify").run().code(0);
    world.keybelt("2fa status").run().code(0).prints("enabled by app, not verified");
    let mut terminal = world.keybelt("2fa verify").pty();
    terminal.expect("Verification code (1 of 3): ").type_line("000000");
    terminal.expect("The next one appears in ").expect("(2 of 3): ").type_keys(b"\x03");
    terminal.wait(130).hides("  r  ");
    world.keybelt("2fa enable --sms +15555550100 --no-verify").run().code(0);
    assert_eq!(state(&world)["delivery"], "sms");
    let mut terminal = world.keybelt("2fa verify").pty();
    terminal.expect("(1 of 3; ? for other ways): ").type_line("?").expect("  r  ");
    terminal.expect("(1 of 3; ").type_line(&world.code("alice"));
    terminal.wait(0).shows("Enabled two-factor authentication");
    // From here on it may be changed elsewhere, and the server does not tell.
    assert_eq!(state(&world)["delivery"], Value::Null);
    let said = "does not tell tools how codes are delivered";
    world.keybelt("2fa status").run().code(0).prints("enabled and verified").prints(said);
    assert_eq!(world.tokens_json().to_string().matches("pending_delivery").count(), 0);
}

/// The sign-in in between took the code, and the enrolment was left half done.
#[test]
fn a_code_on_standard_input_is_not_taken_by_a_sign_in_in_between() {
    let world = World::new();
    for words in ["2fa enable --app", "2fa verify"] {
        world.sign_in("alice");
        world.change_entry("alice", |entry| entry["expires_at"] = json!("2020-01-01T00:00:00Z"));
        let before = world.sandbox.requests().len();
        let options = "--password-stdin --code-stdin --recovery-codes-file codes";
        let run = world.keybelt(format!("{words} {options}"));
        let run = run.stdin(format!("{}\n123456\n", world.password("alice"))).run().code(3);
        run.says("has expired").says("keybelt login").hides("signing in again");
        assert_eq!(world.sandbox.requests().len(), before, "{words}");
    }
}
