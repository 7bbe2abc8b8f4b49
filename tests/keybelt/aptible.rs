//! Aptible: the same command lines at another kind of server. A whole life on a terminal, and once more as a
//! script; what such a server cannot do is said.

use std::fs;

use keybelt_sandbox::{Limits, Options, totp};
use serde_json::{Value, json};

use crate::harness::{Keybelt, Pty, World, needs};

const PROMPT: &str = "Verification code or recovery code (1 of 3; ? for other ways): ";
const OTHERS: &str = "Also revoke all other tokens of this account, including those used by CI?";

/// Makes a world whose Aptible server differs from the likeliest one, such as `wrong-code=otp_token_required`.
fn world(choices: &[&str]) -> World {
    World::with(Options {
        limits: Limits::Off,
        aptible: choices.iter().map(|it| it.parse().unwrap()).collect(),
        ..Options::default()
    })
}

fn host(world: &World) -> String {
    world.sandbox.ready().aptible_url.clone()
}

fn email(username: &str) -> String {
    format!("{username}@sandbox.test")
}

/// Prepares a sign-in whose password, and whatever comes after it, are on standard input.
fn login(world: &World, username: &str, more: &[&str], code: Option<&str>) -> Keybelt {
    let (host, email) = (host(world), email(username));
    let mut arguments = vec!["login", &host, "--username", &email, "--password-stdin"];
    let mut stdin = format!("{}\n", world.password(username));
    if let Some(code) = code {
        arguments.push("--code-stdin");
        stdin.push_str(&format!("{code}\n"));
    }
    arguments.extend(more);
    world.keybelt(arguments).stdin(stdin)
}

/// Signs in, with a code if the account has a second factor.
#[track_caller]
fn sign_in(world: &World, username: &str) {
    let has_app = world.account(username).two_factor.is_some_and(|it| it.delivery == "app");
    let code = has_app.then(|| world.code(username));
    login(world, username, &[], code.as_deref()).run().code(0);
}

/// Prepares a command that elevates itself: password and code are on standard input.
fn elevated(world: &World, arguments: &[&str], username: &str, code: Option<&str>) -> Keybelt {
    let mut arguments = arguments.to_vec();
    arguments.push("--password-stdin");
    let mut stdin = format!("{}\n", world.password(username));
    if let Some(code) = code {
        arguments.push("--code-stdin");
        stdin.push_str(&format!("{code}\n"));
    }
    world.keybelt(arguments).stdin(stdin)
}

/// Asserts that the only live tokens that keybelt had made are the stored ones: none of an elevated command
/// is left behind.
#[track_caller]
fn assert_no_elevated_token_lives(world: &World) {
    let live = world.sandbox.live_tokens();
    let scopes: Vec<_> = live.iter().filter_map(|it| it.scope).collect();
    assert!(!scopes.contains(&"elevated"), "{scopes:?}");
}

fn entry(world: &World, account: &str) -> Value {
    world.tokens_json()["hosts"][host(world)]["accounts"][account].clone()
}

fn count(world: &World, method: &str, end: &str) -> usize {
    let requests = world.sandbox.requests();
    let is_it = |it: &&keybelt_sandbox::Request| it.method == method && it.path.ends_with(end);
    requests.iter().filter(is_it).count()
}

/// Types the password that an elevated command asks for.
fn type_password(world: &World, terminal: &mut Pty, username: &str) {
    let prompt = format!("Password for {} at {}: ", email(username), host(world));
    terminal.expect_hidden(&prompt);
    terminal.type_line(&world.password(username));
}

/// Reads the secret that is shown for an app that cannot scan.
fn shown_secret(terminal: &mut Pty) -> String {
    terminal.expect("Secret for your authenticator app: ");
    terminal.expect("\r\n");
    let text = terminal.text();
    let (_, rest) = text.split_once("Secret for your authenticator app: ").unwrap();
    let line = rest.lines().next().unwrap();
    line.chars().filter(|c| !c.is_whitespace()).collect()
}

fn code_of(world: &World, secret: &str) -> String {
    let now = u64::try_from(world.sandbox.now().as_second()).unwrap();
    totp(secret, now).unwrap()
}

/// It was taken for an Atlas server then, and got the password on a route that it does not have.
#[test]
fn an_aptible_server_whose_root_is_out_of_order_gets_no_password_elsewhere() {
    let world = World::with_faults(["500@GET:/"]);
    let host = world.sandbox.ready().aptible_url.clone();
    let login = ["login", &host, "--username", "alice@sandbox.test", "--password-stdin"];
    let run = world.keybelt(login).stdin(world.password("alice")).run();
    run.code(5).says("--provider aptible");
    assert_eq!(world.count("POST", "/api/v1/authenticate"), 0);
    let login = login.into_iter().chain(["--provider", "aptible"]);
    let run = world.keybelt(login).stdin(world.password("alice")).run();
    run.code(0);
}

#[test]
fn a_whole_life_on_a_terminal() {
    let world = world(&[]);
    let (host, alice) = (host(&world), email("alice"));
    // Without a second factor.
    let mut terminal = world.keybelt(["login", &host]).pty();
    terminal.expect_visible(&format!("User name or email at {host}: "));
    terminal.type_line(&alice);
    type_password(&world, &mut terminal, "alice");
    let _end = terminal
        .wait(0)
        .shows(&format!("Signed in to {host} as {alice}"))
        .shows("valid   for 7 days")
        .shows("`keybelt 2fa enable` to protect this account");
    // Enable: which kind is not asked, for there is but one.
    let enable = ["2fa", "enable", "--no-qr", "--recovery-codes-file", "codes.txt"];
    let mut terminal = world.keybelt(enable).pty();
    type_password(&world, &mut terminal, "alice");
    let secret = shown_secret(&mut terminal);
    terminal.expect("Verification code (1 of 3): ");
    terminal.type_line(&code_of(&world, &secret));
    terminal.expect(OTHERS);
    terminal.type_line("y");
    let _end = terminal
        .wait(0)
        .shows(&format!("Enabled two-factor authentication for {alice}"))
        .shows("Saved 6 recovery codes to codes.txt; each works once")
        .shows("Git pushes are not protected")
        .shows("Existing tokens keep working without a code until they expire")
        .shows("There were no other tokens");
    let codes = fs::read_to_string(world.home().join("codes.txt")).unwrap();
    let codes: Vec<&str> = codes.lines().collect();
    assert_eq!(codes.len(), 6);
    assert_eq!(entry(&world, &alice)["pending_two_factor"], Value::Null);
    world
        .keybelt("2fa status")
        .run()
        .code(0)
        .prints("enabled and verified by app")
        .says("Git pushes are not protected");
    // Signing in again: with a code of the app, then with a recovery code.
    world.sandbox.advance(30);
    for code in [code_of(&world, &secret), codes[0].to_owned()] {
        world.keybelt("logout").run().code(0).says("revoked");
        let login = ["login", &host, "--username", &alice];
        let mut terminal = world.keybelt(login).pty();
        type_password(&world, &mut terminal, "alice");
        terminal.expect_visible(PROMPT);
        terminal.type_line(&code);
        let _end = terminal.wait(0).shows("Signed in");
    }
    // Elevated acts: refused with a wrong password, done with the right one and a code.
    let list = ["2fa", "recovery-codes", "list"];
    let mut terminal = world.keybelt(list).pty();
    for _ in 0..3 {
        terminal.expect_hidden("Password for ");
        terminal.type_line("wrong");
    }
    let _end = terminal.wait(4).shows("refused the user name or password");
    let mut terminal = world.keybelt(list).pty();
    type_password(&world, &mut terminal, "alice");
    terminal.expect_visible(PROMPT);
    world.sandbox.advance(30);
    terminal.type_line(&code_of(&world, &secret));
    let _end = terminal
        .wait(0)
        .shows(codes[1])
        .shows(&format!("{} (used)", codes[0]))
        .shows("5 of 6 recovery codes are left; Aptible creates new ones only when");
    // Off again.
    let mut terminal = world.keybelt("2fa disable").pty();
    terminal.expect("Disable two-factor authentication");
    terminal.type_line("y");
    type_password(&world, &mut terminal, "alice");
    terminal.expect_visible(PROMPT);
    world.sandbox.advance(30);
    terminal.type_line(&code_of(&world, &secret));
    let _end = terminal.wait(0).shows("Disabled two-factor authentication");
    assert_no_elevated_token_lives(&world);
    world.keybelt("logout").run().code(0);
    assert_eq!(world.live_tokens_made(), 0);
}

#[test]
fn a_whole_life_as_a_script() {
    let world = world(&["expires-at=epoch", "no-configuration=empty", "page-size=2"]);
    let alice = email("alice");
    sign_in(&world, "alice");
    // The secret comes once; what is proven later is kept in the entry.
    let begin = ["2fa", "enable", "--app", "--no-verify", "-o", "json"];
    let run = elevated(&world, &begin, "alice", None).run().code(0);
    let setup = run.json();
    let secret = setup["secret"].as_str().unwrap().to_owned();
    assert!(setup["provisioning_url"].as_str().unwrap().starts_with("otpauth://totp/"), "{setup}");
    let pending = entry(&world, &alice)["pending_two_factor"].clone();
    assert!(pending.as_str().unwrap().starts_with(&host(&world)), "{pending}");
    let run = world.keybelt("2fa status -o json").run().code(0);
    assert_eq!(
        run.json()["two_factor"],
        json!({"enabled": true, "verified": false, "delivery": "app", "sms_number": null})
    );
    let verify = ["2fa", "verify", "--recovery-codes-file", "codes.txt"];
    let code = code_of(&world, &secret);
    elevated(&world, &verify, "alice", Some(&code)).run().code(0).says("Saved 6 recovery codes");
    assert_eq!(entry(&world, &alice)["pending_two_factor"], Value::Null);
    let codes = fs::read_to_string(world.home().join("codes.txt")).unwrap();
    // With a code, and with a recovery code: in the first request, for it is known.
    world.sandbox.advance(30);
    let posts = count(&world, "POST", "/tokens");
    for code in [code_of(&world, &secret).as_str(), codes.lines().next().unwrap()] {
        login(&world, "alice", &[], Some(code)).run().code(0);
    }
    assert_eq!(count(&world, "POST", "/tokens"), posts + 2);
    // Other tokens end, this one does not.
    sign_in_elsewhere(&world, "alice", codes.lines().nth(1).unwrap());
    world.sandbox.advance(30);
    let code = code_of(&world, &secret);
    let revoke = ["session", "revoke", "--others", "--yes", "-o", "json"];
    let run = elevated(&world, &revoke, "alice", Some(&code)).run().code(0);
    assert_eq!(run.json(), json!({"host": host(&world), "tokens": null, "revoked": 1}));
    world.keybelt("whoami").run().code(0);
    world.sandbox.advance(30);
    let code = code_of(&world, &secret);
    let list = ["2fa", "recovery-codes", "list", "-o", "json"];
    let run = elevated(&world, &list, "alice", Some(&code)).run().code(0);
    let listed = run.json();
    assert_eq!(listed["recovery_codes"].as_array().unwrap().len(), 4);
    assert_eq!(listed["used_recovery_codes"].as_array().unwrap().len(), 2);
    world.sandbox.advance(30);
    let code = code_of(&world, &secret);
    elevated(&world, &["2fa", "disable"], "alice", Some(&code)).run().code(0).says("Disabled");
    assert_no_elevated_token_lives(&world);
    world.keybelt("logout").run().code(0);
    assert_eq!(world.live_tokens_made(), 0);
}

/// Signs in as another machine would.
#[track_caller]
fn sign_in_elsewhere(world: &World, username: &str, code: &str) {
    login(world, username, &[], Some(code))
        .env("KEYBELT_CONFIG_DIR", world.home().join("elsewhere"))
        .run()
        .code(0);
}

/// The server cuts without a word to 7 days (aptible/aptible-cli#197); the person who asked is told.
#[test]
fn less_time_than_asked_for_is_said() {
    for choices in [&["expires-at=iso"][..], &["expires-at=epoch", "creation-status=200"]] {
        let world = world(choices);
        let asked = ["--expires-in", "30d"];
        login(&world, "alice", &asked, None)
            .run()
            .code(0)
            .says("for 7 days")
            .says("30 days was requested");
        let run = login(&world, "alice", &["--expires-in", "2h", "-o", "json"], None);
        let run = run.run().code(0).hides("was requested");
        assert_eq!(run.json()["expires_in_asked"], 7200);
        let entry = entry(&world, &email("alice"));
        let moment = |name: &str| entry[name].as_str().unwrap().parse::<jiff::Timestamp>();
        let (made, ends) = (moment("created_at").unwrap(), moment("expires_at").unwrap());
        assert!((7195..=7205).contains(&(ends.as_second() - made.as_second())));
    }
}

/// The vendor's client sends a wrong code again for ever: 68 requests in 4 seconds.
#[test]
fn a_wrong_code_goes_out_once_however_the_server_answers_it() {
    for answer in ["wrong-code=invalid_credentials", "wrong-code=otp_token_required"] {
        for context in ["full", "empty", "null", "absent"] {
            let context = format!("exception-context={context}");
            let world = world(&[answer, &context, "code-required-status=400"]);
            let wrong = world.wrong_code("bob");
            login(&world, "bob", &[], Some(&wrong)).run().code(4).says("refused");
            assert_eq!(count(&world, "POST", "/tokens"), 1, "{answer} {context}");
            // Without one, and with nobody to ask.
            login(&world, "bob", &[], None).run().code(3).says("--code-stdin");
            assert_eq!(count(&world, "POST", "/tokens"), 2, "{answer} {context}");
        }
    }
    for answer in ["wrong-code=invalid_credentials", "wrong-code=otp_token_required"] {
        let world = world(&[answer]);
        let (host, bob) = (host(&world), email("bob"));
        let mut terminal = world.keybelt(["login", &host, "--username", &bob]).pty();
        type_password(&world, &mut terminal, "bob");
        for number in 1..=3 {
            terminal.expect(&format!("({number} of 3; "));
            terminal.type_line(&format!("{}{number}", world.wrong_code("bob")));
            terminal.expect("The code was refused.");
        }
        let _end = terminal.wait(4);
        assert_eq!(count(&world, "POST", "/tokens"), 4, "one without, three with a code");
        assert_eq!(world.live_tokens_made(), 0);
    }
}

/// aptible/aptible-cli PR 409: the attempt without a code counts as failed, unless the next one names it.
#[test]
fn attempts_without_a_code_do_not_lock_out_whoever_gives_one() {
    let world = World::with(Options::default());
    let (host, bob) = (host(&world), email("bob"));
    // One more than lock within an hour: each code is of a time step of its own.
    for _ in 0..21 {
        let mut terminal = world.keybelt(["login", &host, "--username", &bob]).pty();
        type_password(&world, &mut terminal, "bob");
        terminal.expect_visible(PROMPT);
        terminal.type_line(&world.code("bob"));
        let _end = terminal.wait(0);
    }
}

#[test]
fn a_lock_out_is_explained_with_the_time_to_wait() {
    for (choice, exit, wait) in [
        ("lockout=429", 5, "try again after that time"),
        ("lockout=429-seconds", 5, "try again in 1 minute"),
        ("lockout=403", 4, "if there were many failed ones"),
        ("lockout=401", 4, "10 failed sign-ins within a minute"),
    ] {
        let world =
            World::with(Options { aptible: vec![choice.parse().unwrap()], ..Options::default() });
        let (host, alice) = (host(&world), email("alice"));
        let attempt = |password: &str| {
            let arguments = ["login", &host, "--username", &alice, "--password-stdin"];
            world.keybelt(arguments).stdin(format!("{password}\n")).run()
        };
        for _ in 0..10 {
            attempt("wrong").code(4).says("refused");
        }
        attempt(&world.password("alice"))
            .code(exit)
            .says(wait)
            .says("lock the account for a minute, 20 within an hour for an hour");
        world.sandbox.advance(61);
        attempt(&world.password("alice")).code(0);
    }
}

#[test]
fn what_aptible_cannot_do_is_refused_with_the_reason() {
    let world = world(&[]);
    sign_in(&world, "alice");
    let host = host(&world);
    let texts = "Aptible does not send codes by text message";
    let list = "Aptible does not list tokens";
    let before = world.sandbox.requests().len();
    for (arguments, reason) in [
        (&["2fa", "resend"][..], texts),
        (&["2fa", "enable", "--sms", "+15555550100"], texts),
        (&["2fa", "enable", "--app", "--sms", "+15555550100"], texts),
        (&["login", "--web"], "no browser sign-in"),
        (&["token", "list"], list),
        (&["token", "show", "x"], list),
        (&["token", "rotate"], "Aptible creates tokens only at sign-in"),
        (&["org", "require-2fa", "acme", "--yes"], "cannot require"),
        (&["org", "require-2fa", "acme", "--dry-run"], "cannot require"),
    ] {
        world.keybelt(arguments).run().code(4).says(reason);
    }
    let sms = ["login", &host, "--sms", "--username", "x@y.test", "--password-stdin"];
    world.keybelt(sms).stdin("x\n").run().code(4).says(texts);
    elevated(&world, &["token", "create"], "alice", None)
        .run()
        .code(4)
        .says("creates tokens only at sign-in");
    let requests = world.sandbox.requests();
    let changes = requests[before..].iter().filter(|it| it.method == "PATCH");
    assert_eq!(changes.count(), 0);
    assert_no_elevated_token_lives(&world);
}

#[test]
fn session_list_shows_this_token_and_says_that_others_are_not_listed() {
    let world = world(&[]);
    sign_in(&world, "alice");
    let run = world.keybelt("session list").run().code(0);
    run.prints("scope manage").prints("this one").says("does not list others");
    let run = world.keybelt("session list -o json").run().code(0);
    let listed = run.json();
    assert_eq!(listed["others_listed"], false);
    assert_eq!(listed["tokens"].as_array().unwrap().len(), 1);
    assert_eq!(listed["tokens"][0]["this"], true);
    let id = entry(&world, &email("alice"))["token_id"].clone();
    assert_eq!(listed["tokens"][0]["id"], id);
}

#[test]
fn a_token_is_revoked_by_its_id_and_an_unknown_id_is_an_error() {
    let world = world(&[]);
    sign_in(&world, "alice");
    let other = world.home().join("other");
    login(&world, "alice", &[], None).env("KEYBELT_CONFIG_DIR", &other).run().code(0);
    let text = fs::read_to_string(other.join("tokens.json")).unwrap();
    let stored: Value = serde_json::from_str(&text).unwrap();
    let entry = &stored["hosts"][host(&world)]["accounts"][email("alice")];
    let (id, token) = (entry["token_id"].as_str().unwrap(), entry["token"].as_str().unwrap());
    world.keybelt(["session", "revoke", id]).run().code(0).says(&format!("Revoked {id}"));
    assert!(!world.sandbox.accepts(token));
    for unknown in [id, "no-such-id"] {
        let run = world.keybelt(["session", "revoke", unknown]).run();
        run.code(4).says("has no token");
    }
    world.keybelt("session revoke a/b").run().code(2);
    world.keybelt("whoami").run().code(0);
}

/// aptible dashboard, commit 1305bf8c: nobody is told that tokens were revoked when they were not.
#[test]
fn an_expired_token_is_fine_for_logout_and_an_error_for_revoke() {
    let world = world(&[]);
    login(&world, "alice", &["--expires-in", "1h"], None).run().code(0);
    world.sandbox.advance(3601);
    let run = world.keybelt("session revoke --others --yes").run();
    run.code(3).says("rejected");
    let id = entry(&world, &email("alice"))["token_id"].clone();
    let revoke = ["session", "revoke", id.as_str().unwrap()];
    world.keybelt(revoke).run().code(3).says("rejected");
    world.keybelt("logout").run().code(0).says("no longer accepted");
    assert_eq!(entry(&world, &email("alice")), Value::Null);
}

#[test]
fn other_tokens_end_although_the_server_tells_no_number() {
    let world = world(&["revocation-answer=204", "actor=absent"]);
    sign_in(&world, "alice");
    login(&world, "alice", &[], None)
        .env("KEYBELT_CONFIG_DIR", world.home().join("elsewhere"))
        .run()
        .code(0);
    assert_eq!(world.live_tokens_made(), 2);
    let revoke = ["token", "revoke", "--others"];
    elevated(&world, &revoke, "alice", None).run().code(2).says("--yes");
    assert_eq!(world.live_tokens_made(), 2);
    let revoke = ["token", "revoke", "--others", "--yes"];
    elevated(&world, &revoke, "alice", None)
        .run()
        .code(0)
        .says("Revoked all other tokens; the server may accept them for another minute");
    assert_eq!(world.live_tokens_made(), 1);
    world.keybelt("whoami").run().code(0);
}

/// An elevated token lives in memory, and ends with the command also if that fails.
#[test]
fn an_elevated_token_ends_with_its_command_whatever_comes() {
    for refusal in ["422-unprocessable_entity", "401-invalid_credentials"] {
        let world = world(&[&format!("wrong-code-at-enable={refusal}")]);
        sign_in(&world, "alice");
        let begin = ["2fa", "enable", "--app", "--no-verify", "-o", "json"];
        let run = elevated(&world, &begin, "alice", None).run().code(0);
        let elevated_token = world
            .sandbox
            .requests()
            .iter()
            .any(|it| it.method == "DELETE" && it.status == Some(204));
        assert!(elevated_token, "the elevated token was revoked");
        let secret = run.json()["secret"].as_str().unwrap().to_owned();
        let right = code_of(&world, &secret);
        let wrong = if right == "123456" { "654321" } else { "123456" };
        let patches = count(&world, "PATCH", "");
        let verify = ["2fa", "verify", "--recovery-codes-file", "codes.txt"];
        elevated(&world, &verify, "alice", Some(wrong))
            .run()
            .code(4)
            .says("refused the verification code");
        assert_eq!(count(&world, "PATCH", ""), patches + 1, "sent once");
        assert!(!world.home().join("codes.txt").exists());
        assert_no_elevated_token_lives(&world);
        elevated(&world, &verify, "alice", Some(&right)).run().code(0);
        assert_no_elevated_token_lives(&world);
    }
}

#[test]
fn ctrl_c_at_a_prompt_ends_the_elevated_token_too() {
    let world = world(&[]);
    sign_in(&world, "alice");
    let mut terminal = world.keybelt("2fa enable --app --no-qr").pty();
    type_password(&world, &mut terminal, "alice");
    terminal.expect("Verification code (1 of 3): ");
    let elevated: Vec<_> = world.sandbox.live_tokens();
    assert!(elevated.iter().any(|it| it.scope == Some("elevated")));
    terminal.type_keys(b"\x03");
    let _end = terminal.wait(130);
    assert_no_elevated_token_lives(&world);
    world.keybelt("whoami").run().code(0);
}

/// One code signs in and no second one is there yet: the next one is waited for, and it is said how long.
#[test]
fn a_code_that_signed_in_a_moment_ago_is_not_offered_again() {
    let Some(faketime) = needs("faketime") else {
        return;
    };
    let world = world(&[]);
    // By the client's clock all of it is early in one time step.
    let clock = world.sandbox.now().strftime("@%Y-%m-%d 00:00:02").to_string();
    let code = world.code("bob");
    login(&world, "bob", &[], Some(&code)).run().code(0);
    // The stored token is gone, so the command signs in again, and then wants a code for the act itself.
    let mut stored = world.tokens_json();
    stored["hosts"][host(&world)]["accounts"][email("bob")]["expires_at"] =
        json!("2020-01-01T00:00:00Z");
    fs::write(world.tokens_file(), stored.to_string()).unwrap();
    world.sandbox.advance(60);
    let code = world.code("bob");
    let disable = world.keybelt("2fa disable --yes").through(&faketime, ["-f", &clock]);
    let mut terminal = disable.pty();
    type_password(&world, &mut terminal, "bob");
    terminal.expect_visible(PROMPT);
    terminal.type_line(&code);
    type_password(&world, &mut terminal, "bob");
    terminal.expect("Each code works once. The next one appears in ");
    terminal.expect_visible(PROMPT);
    let posts = count(&world, "POST", "/tokens");
    terminal.type_line(&code);
    terminal.expect("Each code works once. The next one appears in ");
    assert_eq!(count(&world, "POST", "/tokens"), posts, "it did not go out again");
    terminal.expect_visible(PROMPT);
    terminal.type_line(&world.code("bob"));
    let _end = terminal.wait(0).shows("Disabled");
    assert_no_elevated_token_lives(&world);
}

/// In a script there is nobody to wait: it is said for how long the app shows what is spent.
#[test]
fn a_script_is_told_when_the_next_code_comes() {
    let Some(faketime) = needs("faketime") else {
        return;
    };
    let world = world(&[]);
    // Both at the beginning of the same time step, by the client's clock.
    let clock = world.sandbox.now().strftime("@%Y-%m-%d 00:00:05").to_string();
    let code = world.code("bob");
    let login = login(&world, "bob", &[], Some(&code));
    login.through(&faketime, ["-f", &clock]).run().code(0);
    let posts = count(&world, "POST", "/tokens");
    elevated(&world, &["2fa", "disable"], "bob", Some(&code))
        .through(&faketime, ["-f", &clock])
        .run()
        .code(4)
        .says("refused")
        .says("Each code works once. The next one appears in 2");
    assert_eq!(count(&world, "POST", "/tokens"), posts + 1);
}

/// Five minutes are over before some have found their phone.
#[test]
fn an_elevated_token_that_expires_during_an_enrolment_is_asked_for_again() {
    let world = world(&[]);
    sign_in(&world, "alice");
    let mut terminal = world.keybelt("2fa enable --no-qr --recovery-codes-file codes.txt").pty();
    type_password(&world, &mut terminal, "alice");
    let secret = shown_secret(&mut terminal);
    terminal.expect("Verification code (1 of 3");
    world.sandbox.advance(301);
    terminal.type_line(&code_of(&world, &secret));
    terminal.expect("The elevated token has expired");
    type_password(&world, &mut terminal, "alice");
    terminal.expect(OTHERS);
    terminal.type_line("n");
    let _end = terminal.wait(0).shows("Saved 6 recovery codes");
    assert_no_elevated_token_lives(&world);
}

#[test]
fn enabling_in_a_script_ends_other_tokens_if_that_is_asked_for() {
    let world = world(&[]);
    sign_in(&world, "alice");
    login(&world, "alice", &[], None)
        .env("KEYBELT_CONFIG_DIR", world.home().join("elsewhere"))
        .run()
        .code(0);
    let begin = ["2fa", "enable", "--app", "--revoke-others", "--no-verify"];
    elevated(&world, &begin, "alice", None).run().code(2);
    let mut terminal = world.keybelt("2fa enable --app --revoke-others --no-qr").pty();
    type_password(&world, &mut terminal, "alice");
    let secret = shown_secret(&mut terminal);
    terminal.expect("Verification code (1 of 3");
    terminal.type_line(&code_of(&world, &secret));
    let _end = terminal.wait(0).hides(OTHERS).shows("Revoked 1 other token;");
    assert_eq!(world.live_tokens_made(), 1);
}

#[test]
fn a_change_of_password_is_proven_by_an_elevated_token() {
    let world = world(&[]);
    sign_in(&world, "alice");
    let change = ["password", "change", "--password-stdin", "--revoke-others"];
    let old = world.password("alice");
    let run = world.keybelt(change).stdin(format!("{old}\nshort\n")).run();
    run.code(2).says("10 characters at least").hides("short\n");
    let new = "Long-enough-4711";
    let run = world.keybelt(change).stdin(format!("{old}\n{new}\n")).run();
    run.code(0).says("Changed the password").says("There were no other tokens");
    assert_no_elevated_token_lives(&world);
    let (host, alice) = (host(&world), email("alice"));
    let login = ["login", &host, "--username", &alice, "--password-stdin"];
    world.keybelt(login).stdin(format!("{old}\n")).run().code(4);
    world.keybelt(login).stdin(format!("{new}\n")).run().code(0);
}

#[test]
fn organizations_are_listed_and_audited_page_by_page() {
    let world = World::with(Options {
        limits: Limits::Off,
        members: 7,
        aptible: vec!["page-size=2".parse().unwrap()],
        ..Options::default()
    });
    sign_in(&world, "olivia");
    let run = world.keybelt("org list -o json").run().code(0);
    let listed = run.json();
    let acme = &listed["organizations"][0];
    assert_eq!((&acme["title"], &acme["role"]), (&json!("acme"), &json!("owner")));
    let id = acme["organization"].as_str().unwrap().to_owned();
    for name in [id.as_str(), "acme"] {
        let audit = ["org", "audit", name, "-o", "json"];
        let run = world.keybelt(audit).run().code(6);
        let audit = run.json();
        let state = |email: &str| {
            let members = audit["members"].as_array().unwrap().iter();
            let mut found = members.filter(|it| it["email"] == email);
            let state = found.next().unwrap()["state"].clone();
            assert!(found.next().is_none(), "{email} comes twice");
            state
        };
        assert_eq!(state("bob@sandbox.test"), "on");
        assert_eq!(state("alice@sandbox.test"), "off");
        assert_eq!(audit["complete"], true);
    }
    world.keybelt("org audit nobody").run().code(4).says("organization `nobody` not found");
    assert!(count(&world, "GET", "/users") >= 6, "several pages, twice");
}

/// `token create` asked for password and code, used them up, and then refused.
#[test]
fn what_aptible_does_not_offer_is_refused_before_anything_is_asked_or_sent() {
    let world = world(&[]);
    sign_in(&world, "bob");
    let before = world.sandbox.requests().len();
    for words in ["token create", "token rotate", "token list", "2fa resend"] {
        world.keybelt(words).run().code(4).hides("Password");
    }
    assert_eq!(world.sandbox.requests().len(), before);
}

#[test]
fn whoever_lost_the_phone_is_led_to_what_aptible_has_and_a_used_code_is_counted() {
    let world = world(&[]);
    let host = host(&world);
    let reach = || {
        let mut terminal = world.keybelt(["login", &host, "--username", &email("bob")]).pty();
        type_password(&world, &mut terminal, "bob");
        terminal.expect(PROMPT);
        terminal
    };
    let mut terminal = reach();
    terminal.type_line("l").expect(PROMPT).type_line(&world.code("bob"));
    // Aptible sends no texts, so no number leads anywhere.
    let end =
        terminal.wait(0).shows("if the phone is lost, `keybelt 2fa enable --app` with another");
    end.hides("--sms");
    let code = world.account("bob").recovery_codes[0].clone();
    let mut terminal = reach();
    terminal.type_line("l").expect(PROMPT).type_line(&code);
    terminal.wait(0).shows("it is used up: one fewer is left; Aptible creates new ones only when");
}

/// A token never helps there: such an act wants the password itself.
#[test]
fn a_missing_password_is_not_made_up_for_by_a_token() {
    let world = world(&[]);
    sign_in(&world, "alice");
    let token = entry(&world, &email("alice"))["token"].as_str().unwrap().to_owned();
    let run = world.keybelt("2fa enable --no-verify");
    let run = run.env("APTIBLE_ACCESS_TOKEN", token).env("APTIBLE_AUTH_ROOT_URL", host(&world));
    let run = run.run().code(3).says("a password is required");
    run.says("--password-stdin or --password-command").hides("_TOKEN");
}

#[test]
fn a_user_name_that_is_no_address_is_told_what_signs_in_there() {
    let world = world(&[]);
    let login = ["login", &host(&world), "--username", "bob", "--password-stdin"];
    let run = world.keybelt(login).stdin(world.password("bob")).run().code(4);
    run.says("accounts there sign in by email address").hides("lock");
    login_with_wrong_password(&world).says("lock the account").hides("by email address");
}

fn login_with_wrong_password(world: &World) -> crate::harness::Outcome {
    let login = ["login", &host(world), "--username", &email("bob"), "--password-stdin"];
    world.keybelt(login).stdin("mistyped\n").run().code(4)
}
