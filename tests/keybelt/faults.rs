//! Every kind of fault, at every request of every command: the designed exit code, one sentence, nothing sent
//! twice that must not be, nothing changed on disk, and no token that nobody knows.

use std::sync::mpsc;
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use keybelt_sandbox::FaultKind;

use crate::every_command::{
    AUTHENTICATE, Command, DETAILS, Route, account_server, try_every, usual_answer,
};
use crate::harness::{Reply, Server, Signal, World};

/// What a fault does to a command.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Effect {
    /// The command ends as if nothing had happened.
    None,
    /// It cannot go on, and asking again does not help: 5.
    Once,
    /// It cannot go on; what only reads is asked three times: 5.
    Retried,
    /// Too many requests; what may be asked again is, within the time: 5.
    RateLimited,
}

/// Returns the requests that a command needs, and that go to the same paths in every sandbox.
fn needed(command: Command) -> impl Iterator<Item = Route> {
    let routes = command.routes().into_iter();
    routes.filter(move |&(method, path)| {
        !command.goes_on_without((method, path)) && !path.contains("4lice")
    })
}

/// The design's table: the effect of a fault on one request.
fn effect(kind: &str, command: Command, route: Route) -> Effect {
    match kind {
        "delay" => Effect::None,
        // Nobody has such a name; where no name is read, hostile texts change nothing.
        "hostile-text" if route == ("GET", DETAILS) && command != Command::RECOVERY_CODES => {
            Effect::Once
        }
        "hostile-text" => Effect::None,
        "429" | "429-seconds" | "429-date" | "429-reset" => Effect::RateLimited,
        "reset" | "truncate" | "500" | "502-html" | "huge" => Effect::Retried,
        "content-type" | "redirect" => Effect::Once,
        unknown => panic!("what does the design say of the fault {unknown}?"),
    }
}

/// Returns how often a request may be sent that meets this effect.
fn most_requests(effect: Effect, command: Command, (method, _): Route) -> usize {
    match (effect, method) {
        (Effect::Retried, "GET") => 3,
        // A DELETE, and the POST that turns two-factor authentication off, carry no password and no code
        // and send no message.
        (Effect::RateLimited, "GET" | "DELETE") => 10,
        (Effect::RateLimited, _) if command == Command::DISABLE => 10,
        _ => 1,
    }
}

fn check(command: Command, route: Route, kind: &str) {
    let (method, path) = route;
    let name = format!("{kind} at {method} {path} of {command:?}");
    let world = World::new();
    command.prepare(&world);
    let before = world.tokens_bytes();
    let sent_before = world.count(method, path);
    let effect = effect(kind, command, route);
    let timeout = if kind == "delay" { "30s" } else { "2s" };
    let run = command.keybelt_with(&world, &["--timeout", timeout]);
    world.set_faults([format!("{kind}@{method}:{path}").as_str()]);
    let run = run.run();
    let sent = world.count(method, path) - sent_before;
    let most = most_requests(effect, command, route);
    assert!((1..=most).contains(&sent), "{name}: sent {sent} times, not 1 to {most}");
    if effect == Effect::None {
        run.code(command.designed_code());
        return;
    }
    if effect == Effect::Retried && method == "GET" {
        assert_eq!(sent, 3, "{name}");
    }
    let run = run.code(5);
    let sentences = |text: &str| text.lines().filter(|line| line.starts_with("error:")).count();
    // What `status` finds is its result, whatever it is.
    let expected = usize::from(command != Command::STATUS);
    assert_eq!(sentences(run.stderr()), expected, "{name}:\n{}", run.stderr());
    assert!(!run.stderr().contains("internal error"), "{name}");
    assert_eq!(world.tokens_bytes(), before, "{name}: the store changed");
    assert!(
        !world.home().join("codes.txt").exists(),
        "{name}: an empty file for recovery codes is left"
    );
    world.assert_live_tokens_are_stored();
}

/// Each case waits more than it works, so that all go on at once.
fn check_every_kind(commands: &[Command]) {
    all_at_once(commands.iter().flat_map(|&command| {
        needed(command).flat_map(move |route| {
            FaultKind::names().map(move |kind| move || check(command, route, kind))
        })
    }));
}

/// Runs the cases at once; one that fails has said why.
fn all_at_once(cases: impl Iterator<Item = impl FnOnce() + Send>) {
    let failed = thread::scope(|scope| {
        let threads: Vec<_> = cases.map(|case| scope.spawn(case)).collect();
        let ended = threads.into_iter().map(|thread| thread.join());
        ended.filter(Result::is_err).count()
    });
    assert_eq!(failed, 0, "cases failed, see above");
}

#[test]
fn login_survives_every_fault_and_leaves_no_token_behind() {
    check_every_kind(&[Command::LOGIN]);
}

#[test]
fn a_pasted_token_is_not_stored_unless_its_server_could_check_it() {
    check_every_kind(&[Command::LOGIN_WITH_TOKEN]);
}

#[test]
fn logout_keeps_the_token_unless_the_server_ended_it() {
    check_every_kind(&[Command::LOGOUT]);
}

#[test]
fn status_and_whoami_say_that_the_server_cannot_be_asked() {
    check_every_kind(&[Command::STATUS, Command::WHOAMI]);
}

#[test]
fn two_factor_status_and_recovery_codes_say_that_the_server_cannot_be_asked() {
    check_every_kind(&[Command::TWO_FACTOR_STATUS, Command::RECOVERY_CODES]);
}

#[test]
fn an_enrolment_that_could_not_begin_says_so_and_is_not_sent_twice() {
    check_every_kind(&[Command::ENABLE]);
}

#[test]
fn a_code_that_could_not_be_verified_is_not_sent_twice_and_leaves_no_empty_file() {
    check_every_kind(&[Command::VERIFY]);
}

#[test]
fn a_text_that_could_not_be_sent_is_not_asked_for_twice() {
    check_every_kind(&[Command::RESEND]);
}

#[test]
fn disabling_says_whether_the_server_did_it() {
    check_every_kind(&[Command::DISABLE]);
}

#[test]
fn organizations_and_their_members_are_not_half_read_in_silence() {
    check_every_kind(&[Command::ORGANIZATION_LIST, Command::ORGANIZATION_AUDIT]);
}

#[test]
fn a_token_is_printed_whatever_its_server_does() {
    let world = World::new();
    Command::TOKEN_PRINT.prepare(&world);
    for kind in FaultKind::names() {
        world.set_faults([kind]);
        let run = Command::TOKEN_PRINT.keybelt(&world).run().code(0);
        assert_eq!(run.stdout().trim(), world.account("alice").token);
    }
    assert!(world.sandbox.requests().is_empty());
}

/// Returns answers that are none of an account server's, with what each is.
fn broken_answers() -> [(&'static str, Reply); 6] {
    let (html, json) = (("Content-Type", "text/html"), ("Content-Type", "application/json"));
    let half = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 900\r\n\r\n{\"data\":";
    [
        ("no answer", Reply::raw("")),
        ("half an answer", Reply::raw(half)),
        ("500", Reply::with(500, &[json], r#"{"errors":[{"status":"500"}]}"#)),
        ("a gateway's page", Reply::with(502, &[html], "<h1>Bad gateway</h1>")),
        ("a portal's page", Reply::with(200, &[html], "<h1>Sign in</h1>")),
        ("another document", Reply::with(200, &[json], "[1]")),
    ]
}

/// At servers that none of us wrote, of both providers: one sentence, one document, and what acts is sent once.
#[test]
fn every_command_survives_a_broken_answer_to_each_of_its_requests() {
    try_every(|command| {
        for route in command.routes() {
            for (turn, (what, reply)) in broken_answers().into_iter().enumerate() {
                let more = &["--timeout", "3s", "-o", "json"][..2 + 2 * (turn % 2)];
                survive(command, route, what, reply, more);
            }
        }
    });
}

fn survive(command: Command, route: Route, what: &str, reply: Reply, more: &[&str]) {
    let name = format!("{command:?}: {what} to {route:?}, {more:?}");
    let server = command.server(move |request| (request.route() == route).then(|| reply.clone()));
    let world = World::new();
    let run = command.keybelt_at(&world, &server.host(), more);
    let before = world.tokens_bytes();
    let codes: &[i32] = if command.goes_on_without(route) { &[0, 4, 5, 6] } else { &[5] };
    let run = run.run().one_of(&name, codes);
    assert!(!run.stderr().contains("internal error"), "{name}");
    let sentences = run.stderr().lines().filter(|line| line.starts_with("error:")).count();
    assert!(sentences <= 1, "{name}:\n{}", run.stderr());
    let sent = server.requests().iter().filter(|request| request.route() == route).count();
    assert!(sent == 1 || route.0 == "GET" && sent <= 3, "{name}: sent {sent} times");
    if more.contains(&"json") && run.exit_code() == Some(5) {
        let document = run.json();
        let told = document["error"]["kind"] == "unavailable"
            || document["complete"] == false
            // What became of each thing that was acted on; and what `status` finds is its result.
            || document["tokens"].is_array()
            || document["ssh_keys"].is_array()
            || command.leaf() == "status";
        assert!(told, "{name}: {document}");
    }
    // A rotation and a lockdown have their new token by then; nothing else keeps what could not be finished.
    let has_new = ["token rotate", "lockdown"].contains(&command.leaf().as_str());
    if run.exit_code() == Some(5) && !has_new {
        assert_eq!(world.tokens_bytes(), before, "{name}: the store changed");
    }
}

/// A sign-in whose account cannot be read, and whose token cannot be revoked either, must not end in silence.
#[test]
fn a_token_that_can_be_neither_kept_nor_revoked_is_said_to_be_valid() {
    let world = World::new();
    let run = Command::LOGIN.keybelt_with(&world, &["--timeout", "1s"]);
    world.set_faults([
        format!("500@GET:{DETAILS}").as_str(),
        format!("500@DELETE:{AUTHENTICATE}").as_str(),
    ]);
    run.run().code(5).says("may still be valid").says("/tokens");
    assert_eq!(world.live_tokens_made(), 1);
    assert!(world.tokens_json().is_null());
}

#[test]
fn a_token_that_its_server_could_not_revoke_stays_stored_and_is_said_to_be_valid() {
    let world = World::new();
    world.sign_in("alice");
    world.set_faults([format!("500@DELETE:{AUTHENTICATE}").as_str()]);
    world.keybelt("logout").run().code(5).says("may still be valid");
    world.assert_live_tokens_are_stored();
    assert_eq!(world.live_tokens_made(), 1);
}

/// A server in front of the sandbox that holds back one answer until the test has done something. Unlike a
/// delay, the request is run even if nobody waits for its answer any more, as on real servers.
struct Gate {
    server: Server,
    asked: mpsc::Receiver<()>,
    open: mpsc::Sender<()>,
    finished: mpsc::Receiver<()>,
}

impl Gate {
    fn new(held: Route) -> Self {
        let (ask, asked) = mpsc::channel();
        let (open, opened) = mpsc::channel::<()>();
        let (finish, finished) = mpsc::channel();
        let channels = Mutex::new((ask, opened, finish));
        let server = account_server(move |request| {
            if request.route() != held {
                return None;
            }
            let (ask, opened, finish) = &*channels.lock().unwrap_or_else(PoisonError::into_inner);
            let _ = ask.send(());
            let _ = opened.recv();
            let _ = finish.send(());
            Some(usual_answer(request))
        });
        Self { server, asked, open, finished }
    }
}

/// Ctrl-C while a request is under way. A real server acts on what it has received, so a command whose
/// request makes or ends a token waits for the answer, and every other command ends at once.
#[test]
fn ctrl_c_while_any_answer_is_awaited_ends_with_130_and_a_store_that_is_true() {
    all_at_once(
        Command::ALL.into_iter().flat_map(|command| {
            needed(command).map(move |route| move || interrupt(command, route))
        }),
    );
}

fn interrupt(command: Command, route: Route) {
    let world = World::new();
    let gate = Gate::new(route);
    let host = gate.server.host();
    let mut terminal = command.keybelt_at(&world, &host, &[]).pty();
    let before = world.tokens_bytes();
    gate.asked.recv().unwrap();
    terminal.signal(Signal::INT);
    let waits = route == ("POST", AUTHENTICATE)
        || route.0 == "DELETE"
        || matches!(route, ("POST", path) if path.ends_with("verify"))
        || (command == Command::LOGIN && route == ("GET", DETAILS));
    if waits {
        terminal.expect("waiting for the server so that");
        gate.open.send(()).unwrap();
    }
    terminal.wait(130);
    if !waits {
        gate.open.send(()).unwrap();
    }
    gate.finished.recv().unwrap();
    let revoked = gate.server.routes().iter().any(|sent| sent.starts_with("DELETE"));
    match command {
        Command::LOGOUT => {
            let stored = &world.tokens_json()["hosts"][&host]["accounts"]["alice"];
            assert!(stored.is_null(), "a dead token is still stored");
        }
        Command::LOGIN => {
            let made = gate
                .server
                .requests()
                .iter()
                .any(|request| request.method == "POST" && request.path == AUTHENTICATE);
            assert_eq!(made, revoked, "{route:?}: what was made is revoked");
            assert_eq!(world.tokens_bytes(), before);
        }
        _ => assert_eq!(world.tokens_bytes(), before, "{command:?} {route:?}"),
    }
    let codes = std::fs::read_to_string(world.home().join("codes.txt")).unwrap_or_default();
    let verified = route.1.ends_with("verify");
    assert_eq!(!codes.is_empty(), verified, "recovery codes are kept: {codes:?}");
}

/// The same with the sandbox's own slowness, where a request whose client is gone is not run.
#[test]
fn ctrl_c_while_the_sandbox_is_slow_leaves_tokens_as_they_are_stored() {
    let asking = Command::ALL.into_iter().filter(|command| !command.routes().is_empty());
    all_at_once(asking.map(|command| {
        move || {
            let world = World::new();
            command.prepare(&world);
            let seen = world.sandbox.requests().len();
            let run = command.keybelt(&world);
            world.set_faults(["delay"]);
            let mut terminal = run.pty();
            while world.sandbox.requests().len() == seen {
                thread::park_timeout(Duration::from_millis(2));
            }
            terminal.signal(Signal::INT);
            terminal.wait(130);
            world.assert_live_tokens_are_stored();
        }
    }));
}

/// What answers with nothing at all within the time is one sentence too.
#[test]
fn a_server_that_never_answers_is_left_at_the_deadline() {
    let (never, nothing) = mpsc::channel::<()>();
    let nothing = Mutex::new(nothing);
    let server = Server::start(move |_| {
        let _ = nothing.lock().unwrap_or_else(PoisonError::into_inner).recv();
        Reply::raw("")
    });
    let world = World::new();
    let run = Command::WHOAMI
        .keybelt_at(&world, &server.host(), &["--timeout", "1s"])
        .run()
        .code(5)
        .says("did not respond within 1 seconds");
    assert!(run.time.as_secs() < 3, "took {:?}", run.time);
    drop(never);
}
