//! Prompts, on a real terminal: what is hidden, what signals do, and what happens where nobody can be asked.
//!
//! Echo that stays off after Ctrl-C has happened to curl (curl/curl#4318), restic (restic/restic#402), gel
//! (geldata/gel-cli PR 623) and pi-hole (pi-hole/pi-hole#1430), so every prompt is tried with every signal.

use std::fs::File;
use std::sync::mpsc::{self, Receiver, Sender};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use serde_json::json;

use crate::harness::{Keybelt, Pty, Recorded, Reply, Server, Signal, World};

const CODE_PROMPT: &str = "Verification code or recovery code (1 of 3; ? for other ways): ";
const ENROLMENT_PROMPT: &str = "Verification code (1 of 3; ? for other ways): ";

/// Every prompt there is: how to get there, and whether it hides what is typed.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Prompt {
    UserName,
    Password,
    Code,
    Way,
    Number,
    EnrolmentCode,
    Confirmation,
    PasswordInPlace,
}

impl Prompt {
    const ALL: [Self; 8] = [
        Self::UserName,
        Self::Password,
        Self::Code,
        Self::Way,
        Self::Number,
        Self::EnrolmentCode,
        Self::Confirmation,
        Self::PasswordInPlace,
    ];

    fn text(self) -> &'static str {
        match self {
            Self::UserName => "User name or email at ",
            Self::Password | Self::PasswordInPlace => "Password for ",
            Self::Code => CODE_PROMPT,
            Self::Way => "1 or 2 [1]: ",
            Self::Number => "Phone number with country code, such as +15555555555: ",
            Self::EnrolmentCode => ENROLMENT_PROMPT,
            Self::Confirmation => "[y/N] ",
        }
    }

    fn hides(self) -> bool {
        matches!(self, Self::Password | Self::PasswordInPlace)
    }

    /// Prepares the command that comes to this prompt.
    fn command(self, world: &World) -> Keybelt {
        let host = world.host();
        match self {
            Self::UserName => world.keybelt(["login", &host]),
            Self::Password | Self::Code => world.keybelt(["login", &host, "--username", "bob"]),
            Self::Way | Self::Number | Self::EnrolmentCode => {
                world.sign_in("alice");
                world.keybelt("2fa enable --no-qr")
            }
            Self::Confirmation => {
                world.sign_in("bob");
                world.keybelt("2fa disable")
            }
            Self::PasswordInPlace => {
                world.sign_in("bob");
                world.change_entry("bob", |entry| entry["token"] = "a-token-that-died".into());
                world.keybelt("whoami")
            }
        }
    }

    /// Answers whatever comes before this prompt, and waits for it.
    fn reach(self, world: &World, terminal: &mut Pty) {
        match self {
            Self::Code => {
                terminal.expect_hidden("Password for ").type_line(&world.password("bob"));
            }
            Self::Number => {
                terminal.expect_visible(Self::Way.text()).type_line("2");
            }
            Self::EnrolmentCode => {
                terminal.expect_visible(Self::Way.text()).type_line("2");
                terminal.expect_visible(Self::Number.text()).type_line("+15555550100");
            }
            _ => {}
        }
        self.expect(terminal);
    }

    fn expect(self, terminal: &mut Pty) {
        if self.hides() {
            terminal.expect_hidden(self.text());
        } else {
            terminal.expect_visible(self.text());
        }
    }

    /// Gives the right answer, so that the command goes on.
    fn answer(self, world: &World, terminal: &mut Pty) {
        let answer = match self {
            Self::UserName => "bob".to_owned(),
            Self::Password | Self::PasswordInPlace => world.password("bob"),
            Self::Code => world.code("bob"),
            Self::Way => "2".to_owned(),
            Self::Number => "+15555550100".to_owned(),
            Self::EnrolmentCode => world.code("alice"),
            Self::Confirmation => "y".to_owned(),
        };
        terminal.type_line(&answer);
    }

    /// Waits for what comes after the right answer.
    fn follow(self, terminal: &mut Pty) {
        terminal.expect(match self {
            Self::UserName => "Password for bob",
            Self::Password | Self::PasswordInPlace => CODE_PROMPT,
            Self::Code => "Signed in",
            Self::Way => Self::Number.text(),
            Self::Number => "with a code to +15555550100",
            Self::EnrolmentCode => "Recovery codes",
            Self::Confirmation => "Disabled",
        });
    }
}

#[test]
fn every_signal_at_every_prompt_restores_the_terminal_and_sets_the_exit_code() {
    for prompt in Prompt::ALL {
        for (signal, code) in
            [(Signal::INT, 130), (Signal::TERM, 143), (Signal::HUP, 129), (Signal::QUIT, 130)]
        {
            let world = World::new();
            let mut terminal = prompt.command(&world).pty();
            prompt.reach(&world, &mut terminal);
            terminal.signal(signal);
            terminal.wait(code);
            if prompt != Prompt::PasswordInPlace {
                world.assert_live_tokens_are_stored();
            }
        }
    }
}

#[test]
fn ctrl_c_typed_at_every_prompt_ends_with_130() {
    for prompt in Prompt::ALL {
        let world = World::new();
        let mut terminal = prompt.command(&world).pty();
        prompt.reach(&world, &mut terminal);
        terminal.type_keys(b"half an answer\x03");
        let ended = terminal.wait(130);
        if prompt.hides() {
            ended.hides("half");
        }
    }
}

/// A shell with job control, as a person has it: `^Z`, then `fg`.
#[test]
fn a_prompt_that_is_stopped_and_continued_gives_the_terminal_back_and_asks_again() {
    for prompt in Prompt::ALL {
        let world = World::new();
        let script =
            "\"$@\"; echo \"[stopped] $?\"; read -r go; fg >/dev/null; echo \"[ended] $?\"";
        let mut terminal = prompt.command(&world).in_job_shell(script).pty();
        prompt.reach(&world, &mut terminal);
        terminal.type_keys(b"wrong-answer\x1a").expect("[stopped] ").assert_restored();
        terminal.type_line("");
        prompt.expect(&mut terminal);
        prompt.answer(&world, &mut terminal);
        prompt.follow(&mut terminal);
        if prompt.hides() {
            assert!(!terminal.text().contains("wrong-answer"), "{prompt:?}");
        }
    }
}

#[test]
fn a_stopped_job_that_is_ended_leaves_no_token_and_the_terminal_as_it_was() {
    let world = World::new();
    let script = "\"$@\"; kill %1; fg >/dev/null; echo \"[ended] $?\"";
    let mut terminal = Prompt::Code.command(&world).in_job_shell(script).pty();
    Prompt::Code.reach(&world, &mut terminal);
    terminal.type_keys(b"\x1a").expect("[ended] 143");
    terminal.wait(0);
    assert_eq!(world.live_tokens_made(), 0);
}

#[test]
fn ctrl_z_does_nothing_where_no_shell_could_continue_us() {
    let world = World::new();
    let mut terminal = Prompt::Password.command(&world).pty();
    Prompt::Password.reach(&world, &mut terminal);
    // It is a character of the password then, and ^U takes it out again.
    terminal.type_keys(b"\x1a\x15").type_line(&world.password("bob"));
    Prompt::Code.expect(&mut terminal);
    Prompt::Code.answer(&world, &mut terminal);
    terminal.wait(0);
}

#[test]
fn a_terminal_that_closes_ends_every_prompt_with_129_and_no_token_is_left() {
    for prompt in [Prompt::UserName, Prompt::Password, Prompt::Code, Prompt::EnrolmentCode] {
        let world = World::new();
        let mut terminal = prompt.command(&world).pty();
        prompt.reach(&world, &mut terminal);
        terminal.hang_up();
        terminal.wait(129);
        world.assert_live_tokens_are_stored();
    }
}

#[test]
fn the_end_of_input_at_a_prompt_is_no_answer() {
    for prompt in [Prompt::UserName, Prompt::Password, Prompt::Code] {
        let world = World::new();
        let mut terminal = prompt.command(&world).pty();
        prompt.reach(&world, &mut terminal);
        terminal.type_keys(b"\x04");
        terminal.wait(2).shows("no answer was given");
        world.assert_live_tokens_are_stored();
    }
}

/// One letter, a sentence, an empty line, a number that is none: none of them is an answer.
#[test]
fn a_slip_costs_no_try_at_any_prompt() {
    let world = World::new();
    let mut terminal = Prompt::UserName.command(&world).pty();
    for slip in ["", "bob smith"] {
        terminal.expect_visible(Prompt::UserName.text()).type_line(slip);
    }
    terminal.expect_visible(Prompt::UserName.text()).type_line("bob");
    terminal.expect_hidden("Password for bob").type_line("");
    terminal.expect_hidden("Password for bob").type_line("mistyped");
    terminal.expect("The password was refused (1 of 3)");
    terminal.expect_hidden("Password for bob").type_line(&world.password("bob"));
    for slip in ["", "r", "send it", "bash: keybelt: not found"] {
        terminal.expect_visible(CODE_PROMPT).type_line(slip);
    }
    terminal.expect_visible(CODE_PROMPT).type_line(&world.code("bob"));
    terminal.wait(0).shows("Signed in");

    world.sign_in("alice");
    let mut terminal = world.keybelt("switch").pty();
    terminal.expect("(current)").expect_visible("1 to 2: ").type_line("3");
    terminal.expect_visible("1 to 2: ").type_line("x").expect_visible("1 to 2: ").type_line("1");
    terminal.wait(0).shows("Switched to alice");
    let mut terminal = world.keybelt("2fa enable --app --no-qr").pty();
    let first = "Verification code (1 of 3): ";
    terminal.expect_visible(first).type_line("password").expect("enter 6 digits");
    terminal.expect_visible(first).type_line("000 000").expect_visible("Verification code (2 of 3");
    terminal.type_keys(b"\x03");
    terminal.wait(130);
    let mut terminal = world.keybelt("2fa enable").pty();
    terminal.expect_visible(Prompt::Way.text()).type_line("3");
    terminal.expect_visible(Prompt::Way.text()).type_line("2");
    terminal.expect_visible(Prompt::Number.text()).type_line("later");
    terminal.expect_visible(Prompt::Number.text()).type_line("+15555550100");
    terminal.expect_visible(ENROLMENT_PROMPT).type_keys(b"\x03");
    terminal.wait(130).shows("finish it with `keybelt 2fa verify`");
}

#[test]
fn three_wrong_passwords_end_with_4_and_lead_to_the_page_that_resets_it() {
    let world = World::new();
    let mut terminal = Prompt::Password.command(&world).pty();
    for _ in 0..3 {
        terminal.expect_hidden("Password for bob").type_line("mistyped");
    }
    terminal.wait(4).shows("reset a forgotten password at http://");
    assert_eq!(world.count("POST", "/api/v1/authenticate"), 3);
}

/// An app has nothing to send, and `?` would show no other way.
#[test]
fn other_ways_are_offered_only_where_there_are_some() {
    let world = World::new();
    world.sign_in("alice");
    let mut terminal = world.keybelt("2fa enable --app --no-qr").pty();
    terminal.expect_visible("Verification code (1 of 3): ").type_line(&world.wrong_code("alice"));
    terminal.expect("The next one appears in ").expect("Verification code (2 of 3): ");
    terminal.type_keys(b"\x04");
    terminal.wait(2).shows("finish it with `keybelt 2fa verify`");
}

#[test]
fn a_text_is_sent_once_unasked_and_again_only_on_request() {
    let world = World::new();
    let host = world.host();
    let mut terminal = world.keybelt(["login", &host, "--username", "carol"]).pty();
    terminal.expect_hidden("Password for ").type_line(&world.password("carol"));
    terminal.expect("SMS number ending in 0134").expect(CODE_PROMPT);
    assert_eq!(world.sandbox.outbox().len(), 1);
    terminal.type_line("?").expect("  r  resend the text message").expect(CODE_PROMPT);
    assert_eq!(world.sandbox.outbox().len(), 1);
    terminal.type_line("r").expect("Sent a text message").expect(CODE_PROMPT);
    let texts = world.sandbox.outbox();
    assert_eq!(texts.len(), 2);
    terminal.type_line(&texts[1].code);
    terminal.wait(0).shows("Signed in");
    world.assert_live_tokens_are_stored();
}

#[test]
fn no_text_is_sent_where_codes_come_from_an_app() {
    let world = World::new();
    let mut terminal = Prompt::Code.command(&world).pty();
    Prompt::Code.reach(&world, &mut terminal);
    terminal.type_line("?").expect("authenticator app").expect(CODE_PROMPT);
    // Bob has no number, so neither `r` nor `s` is offered, and both are codes like any other.
    assert!(!terminal.text().contains("  r  ") && !terminal.text().contains("  s  "));
    terminal.type_line(&world.code("bob"));
    terminal.wait(0);
    assert!(world.sandbox.outbox().is_empty());
}

#[test]
fn an_app_with_a_backup_number_can_have_a_text_instead() {
    let world = World::new();
    world.sign_in("alice");
    let enable = ["2fa", "enable", "--app", "--sms", "+15555550100", "--no-verify", "-o", "json"];
    let begun = world.keybelt(enable).run().code(0);
    assert_eq!(begun.json()["two_factor"]["delivery"], "app");
    world.keybelt(["2fa", "verify", &world.code("alice"), "-o", "json"]).run().code(0);
    assert!(world.sandbox.outbox().is_empty(), "an app needs no text");
    let mut terminal = world.keybelt(["login", &world.host(), "--username", "alice"]).pty();
    terminal.expect_hidden("Password for alice").type_line(&world.password("alice"));
    terminal
        .expect(CODE_PROMPT)
        .type_line("?")
        .expect("  s  send a text message instead")
        .expect(CODE_PROMPT);
    assert!(world.sandbox.outbox().is_empty(), "a question sends no text");
    terminal.type_line("s").expect("ending in 0100").expect(CODE_PROMPT);
    terminal.type_line(&world.sandbox.outbox()[0].code);
    terminal.wait(0).shows("Signed in");
}

#[test]
fn a_recovery_code_signs_in_once_and_a_lost_phone_leads_to_a_new_enrolment() {
    let world = World::new();
    let code = world.account("bob").recovery_codes[3].clone();
    let mut terminal = Prompt::Code.command(&world).pty();
    Prompt::Code.reach(&world, &mut terminal);
    terminal.type_line("?").expect("  l  ").expect(CODE_PROMPT).type_line("l");
    terminal.expect("site administrator").expect(CODE_PROMPT);
    terminal.type_line(&format!(" {} {} ", &code[..3], &code[3..]));
    terminal.wait(0).shows("2fa enable --sms");
    world.assert_live_tokens_are_stored();

    let mut again = Prompt::Code.command(&world).pty();
    Prompt::Code.reach(&world, &mut again);
    again.type_line(&code).expect("refused").type_keys(b"\x03");
    again.wait(130);
}

#[test]
fn a_password_typed_at_the_code_prompt_is_not_sent_as_a_code() {
    let world = World::new();
    let mut terminal = Prompt::Code.command(&world).pty();
    Prompt::Code.reach(&world, &mut terminal);
    terminal.type_line(&world.password("bob")).expect("That is your password").expect(CODE_PROMPT);
    assert_eq!(world.count("POST", "/api/v1/authenticate"), 1);
    terminal.type_line(&world.code("bob"));
    terminal.wait(0);
}

#[test]
fn prompts_speak_to_the_terminal_even_if_all_streams_are_files() {
    let world = World::new();
    let out = world.home().join("out");
    let mut terminal = world
        .keybelt(["login", &world.host(), "--username", "bob", "-o", "json"])
        .stdin("")
        .stdout(File::create(&out).unwrap())
        .pty();
    terminal.expect_hidden("Password for bob").type_line(&world.password("bob"));
    terminal.expect_visible(CODE_PROMPT).type_line(&world.code("bob"));
    terminal.wait(0).hides("\"account\"");
    let document: serde_json::Value =
        serde_json::from_str(&std::fs::read_to_string(out).unwrap()).unwrap();
    assert_eq!(document["account"], "bob");
}

/// Everything that would ask, and what must be named where nobody can be asked.
fn questions(world: &World) -> Vec<(Vec<String>, i32, &'static str)> {
    let host = world.host();
    let words = |text: &str| text.replace("HOST", &host).split(' ').map(str::to_owned).collect();
    vec![
        (words("login HOST"), 3, "--username"),
        (words("login HOST --username bob"), 3, "--password-stdin"),
        (words("2fa verify -H HOST"), 3, "--code"),
        (words("2fa enable -H HOST"), 2, "--app"),
        (words("2fa enable -H HOST --sms"), 2, "--sms +15555555555"),
        (words("2fa enable -H HOST --app"), 2, "--no-verify"),
    ]
}

/// terraform, gh and others have waited for ever on input that could not come (hashicorp/terraform#13054,
/// cli/cli#2536).
#[test]
fn without_a_terminal_every_question_fails_at_once_and_names_what_to_give() {
    let world = World::new();
    // Who is not signed in is told that, before anything that only a sign-in would need.
    let token = world.account("alice").token;
    world.store_entries(&[(&world.host(), "alice", &token)]);
    for (command, code, names) in questions(&world) {
        let run = world.keybelt(&command).run().code(code).says(names);
        assert!(run.time < Duration::from_secs(1), "{command:?} took {:?}", run.time);
    }
    assert!(world.sandbox.requests().iter().all(|request| request.method == "GET"));
}

#[test]
fn ci_and_no_input_ask_nothing_even_on_a_terminal() {
    let world = World::new();
    let login = ["login", &world.host(), "--username", "bob"];
    for ci in ["true", "1", "yes"] {
        world
            .keybelt(login)
            .env("CI", ci)
            .pty()
            .wait(3)
            .shows("`CI` is set")
            .shows("--password-stdin");
    }
    world.keybelt(login).env("KEYBELT_NO_INPUT", "1").pty().wait(3).shows("--password-stdin");
    let no_input = ["login", &world.host(), "--username", "bob", "--no-input"];
    world.keybelt(no_input).pty().wait(3).shows("`--no-input` was given");
    for ci in ["", "0", "false", "FALSE"] {
        let mut terminal = world.keybelt(login).env("CI", ci).pty();
        terminal.expect_hidden("Password for bob").type_keys(b"\x03");
        terminal.wait(130);
    }
}

#[test]
fn a_code_that_cannot_be_asked_for_exits_3_and_leaves_no_token() {
    let world = World::new();
    let login = ["login", &world.host(), "--username", "bob", "--password-stdin"];
    let password = format!("{}\n", world.password("bob"));
    world.keybelt(login).stdin(&password).run().code(3).says("--code-stdin");
    assert_eq!(world.live_tokens_made(), 0);
    let login = ["login", &world.host(), "--username", "carol", "--password-stdin"];
    world
        .keybelt(login)
        .stdin(format!("{}\n", world.password("carol")))
        .run()
        .code(3)
        .says("--code");
    assert!(world.sandbox.outbox().is_empty(), "a text that nobody can type in was sent");
}

/// An account server that makes a token only when the test lets it.
struct Gate {
    server: Server,
    asked: Receiver<()>,
    open: Sender<()>,
}

const TOKEN: &str = "made-while-interrupted.atlasv1.0123456789";

impl Gate {
    fn new() -> Self {
        let (ask, asked) = mpsc::channel();
        let (open, opened) = mpsc::channel::<()>();
        let gate = Mutex::new((ask, opened));
        let server = Server::start(move |request: &Recorded| {
            match (request.method.as_str(), request.path.as_str()) {
                ("GET", "/api/v1/authenticate") => Reply::json(401, &json!({"errors": ["no"]})),
                ("POST", "/api/v1/authenticate") => {
                    let (ask, opened) = &*gate.lock().unwrap_or_else(PoisonError::into_inner);
                    ask.send(()).unwrap();
                    let _ = opened.recv();
                    Reply::json(200, &json!({"token": TOKEN}))
                }
                ("DELETE", "/api/v1/authenticate") => Reply::with(204, &[], ""),
                _ => Reply::json(500, &json!({})),
            }
        });
        Self { server, asked, open }
    }
}

#[test]
fn a_token_that_is_made_while_ctrl_c_waits_is_revoked() {
    let world = World::new();
    for (signal, code) in [(Signal::INT, 130), (Signal::TERM, 143), (Signal::HUP, 129)] {
        let gate = Gate::new();
        let mut terminal = world.keybelt(["login", &gate.server.host(), "--username", "bob"]).pty();
        terminal.expect_hidden("Password for ").type_line("a password");
        gate.asked.recv().unwrap();
        terminal.signal(signal).expect("waiting for the server so that");
        gate.open.send(()).unwrap();
        terminal.wait(code);
        let requests = gate.server.requests();
        let last = requests.last().unwrap();
        assert_eq!(last.method, "DELETE");
        assert_eq!(last.header("Authorization").unwrap(), format!("Bearer {TOKEN}"));
        assert!(world.tokens_json().is_null());
    }
}

#[test]
fn a_second_ctrl_c_leaves_at_once_and_says_that_a_token_may_be_left() {
    let world = World::new();
    let gate = Gate::new();
    let mut terminal = world.keybelt(["login", &gate.server.host(), "--username", "bob"]).pty();
    terminal.expect_hidden("Password for ").type_line("a password");
    gate.asked.recv().unwrap();
    terminal.signal(Signal::INT).expect("waiting for the server so that");
    terminal.signal(Signal::INT);
    terminal.wait(130).shows("a token may still exist on the server");
    gate.open.send(()).unwrap();
}

/// Each `r` was one more request, and one more 429.
#[test]
fn a_server_that_sends_no_more_texts_for_now_is_asked_for_none_until_its_time_is_over() {
    const REQUEST_CODE: &str = "/api/v1/two-factor/request-code";
    const RESEND: &str = "/api/v2/account/actions/two-factor-resend-verification-code";
    let world = World::new();
    let held_back = |terminal: &mut Pty, route: &str, prompt: &str| {
        world.set_faults([format!("429-seconds@POST:{route}*1").as_str()]);
        let before = world.count("POST", route);
        terminal.type_line("r").expect("No text message was sent: ").expect("try again in ");
        for _ in 0..2 {
            terminal.expect(prompt).type_line("r");
            terminal.expect("The server sends no more text messages for now; try again in ");
        }
        terminal.expect(prompt).type_keys(b"\x03");
        assert_eq!(world.count("POST", route), before + 1, "{route}");
    };
    let mut terminal = world.keybelt(["login", &world.host(), "--username", "carol"]).pty();
    terminal.expect_hidden("Password for ").type_line(&world.password("carol"));
    terminal.expect(CODE_PROMPT);
    held_back(&mut terminal, REQUEST_CODE, CODE_PROMPT);
    terminal.wait(130);
    world.sign_in("alice");
    let mut terminal = world.keybelt("2fa enable --sms +15555550100").pty();
    terminal.expect_visible(ENROLMENT_PROMPT);
    held_back(&mut terminal, RESEND, ENROLMENT_PROMPT);
    terminal.wait(130);
}

/// Nothing was said, not even after the last of six.
#[test]
fn whoever_has_lost_the_phone_is_told_that_a_recovery_code_is_used_up() {
    let world = World::new();
    for lost in [true, false] {
        let mut terminal = Prompt::Code.command(&world).pty();
        Prompt::Code.reach(&world, &mut terminal);
        if lost {
            terminal.type_line("l").expect(CODE_PROMPT);
        }
        // Six digits, as an app's: only whoever typed it knows what it is.
        terminal.type_line(&world.account("bob").recovery_codes[usize::from(lost)]);
        let end = terminal.wait(0);
        let said = "If that was a recovery code, it is used up: one fewer is left";
        if lost {
            end.shows(said)
        } else {
            end.hides(said)
        };
    }
}
