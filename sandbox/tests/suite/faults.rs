//! Each fault as it looks on the wire.

use std::io::ErrorKind;
use std::time::{Duration, Instant};

use keybelt_sandbox::{DELAY, FaultKind, HOSTILE, Options, Sandbox};
use serde_json::{Value, json};

use crate::wire::{Answer, Request};
use crate::{account, request_text, sign_in};

fn sandbox_with(fault: &str) -> Sandbox {
    let faults = vec![fault.parse().unwrap()];
    Sandbox::start(Options { faults, ..Options::default() }).unwrap()
}

fn ping(sandbox: &Sandbox) -> Answer {
    Request::get("/api/v2/ping").send(sandbox)
}

#[test]
fn a_fault_is_limited_to_its_route_and_its_count() {
    let sandbox = sandbox_with("500@GET:/api/v2/ping*2");
    assert_eq!(Request::get("/.well-known/terraform.json").send(&sandbox).status, 200);
    let statuses = [ping(&sandbox), ping(&sandbox), ping(&sandbox)].map(|answer| answer.status);
    assert_eq!(statuses, [500, 500, 204]);
}

#[test]
fn no_fault_touches_the_control_url() {
    for kind in FaultKind::names() {
        let sandbox = sandbox_with(kind);
        let url = sandbox.ready().outbox_url.clone();
        let path = url.strip_prefix(&sandbox.ready().atlas_url).unwrap();
        let answer = Request::get(path).send(&sandbox);
        assert_eq!((answer.status, answer.text.as_str()), (200, "[]"), "{kind}");
    }
}

#[test]
fn a_fault_that_replaces_the_answer_leaves_no_token_behind() {
    for kind in FaultKind::names().filter(|kind| !["delay", "hostile-text"].contains(kind)) {
        let sandbox = sandbox_with(kind);
        let alice = account(&sandbox, "alice");
        let body = json!({"user": {"login": "alice", "password": alice.password}});
        let _ = Request::post("/api/v1/authenticate").json(&body).send_raw(&sandbox);
        assert_eq!(sandbox.live_tokens().len(), 4, "{kind}");
        assert_eq!(sandbox.requests().len(), 1, "{kind}");
    }
}

#[test]
fn reset_ends_the_connection_without_an_answer() {
    let sandbox = sandbox_with("reset*1");
    let error = Request::get("/api/v2/ping").send_raw(&sandbox).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::ConnectionReset);
    assert_eq!(sandbox.requests()[0].status, None);
    assert_eq!(ping(&sandbox).status, 204);
}

#[test]
fn truncate_promises_more_than_it_sends() {
    let sandbox = sandbox_with("truncate");
    let answer = ping(&sandbox);
    let promised: usize = answer.header("content-length").unwrap().parse().unwrap();
    assert_eq!(answer.status, 200);
    assert!((1..promised).contains(&answer.text.len()));
}

#[test]
fn every_way_to_say_429_is_there() {
    let wait = |fault: &str, path: &str| {
        let sandbox = sandbox_with(fault);
        let answer = Request::get(path).send(&sandbox);
        assert_eq!(answer.status, 429, "{fault}");
        let header = |name| answer.header(name).map(str::to_owned);
        (header("retry-after"), header("x-ratelimit-reset"), sandbox.now().as_second())
    };
    assert!(matches!(wait("429", "/api/v2/ping"), (None, None, _)));
    assert!(matches!(wait("429-seconds", "/api/v2/ping"), (Some(one), None, _) if one == "1"));
    let (date, reset, _) = wait("429-date", "/api/v2/ping");
    assert!(date.unwrap().ends_with(" GMT") && reset.is_none());
    let (_, seconds, _) = wait("429-reset", "/api/v2/ping");
    assert_eq!(seconds.as_deref(), Some("1.000"));
    let (_, unix, now) = wait("429-reset", "/api/v1/authenticate");
    let unix: i64 = unix.unwrap().parse().unwrap();
    assert!((now - 1..=now + 2).contains(&unix), "{unix} at {now}");
}

#[test]
fn pages_come_where_json_is_expected() {
    for (fault, status) in [("502-html", 502), ("content-type", 200)] {
        let answer = ping(&sandbox_with(fault));
        assert_eq!(answer.status, status);
        assert_eq!(answer.header("content-type"), Some("text/html; charset=utf-8"));
        assert!(answer.text.contains("<html>"));
    }
}

#[test]
fn redirect_leads_to_the_same_path_on_another_host_without_the_query() {
    let sandbox = sandbox_with("redirect");
    let answer = Request::get("/api/v2/ping?access_token=secret").send(&sandbox);
    let port = sandbox.ready().atlas_url.rsplit_once(':').unwrap().1;
    assert_eq!(answer.status, 307);
    let location = format!("http://127.0.0.2:{port}/api/v2/ping");
    assert_eq!(answer.header("location"), Some(location.as_str()));
}

#[test]
fn huge_is_more_than_twenty_mebibytes_of_unknown_length() {
    let bytes = Request::get("/api/v2/ping").send_raw(&sandbox_with("huge")).unwrap();
    let head = String::from_utf8_lossy(&bytes[..300]);
    assert!(head.starts_with("HTTP/1.1 200") && head.contains("application/json"), "{head}");
    assert!(!head.to_ascii_lowercase().contains("content-length"), "{head}");
    assert!(bytes.len() > 20 * 1024 * 1024);
}

#[test]
fn delay_answers_as_usual_but_later() {
    let sandbox = sandbox_with("delay*1");
    let before = Instant::now();
    assert_eq!(ping(&sandbox).status, 204);
    assert!((DELAY..DELAY * 10).contains(&before.elapsed()));
    let before = Instant::now();
    assert_eq!(ping(&sandbox).status, 204);
    assert!(before.elapsed() < Duration::from_secs(1));
}

#[test]
fn a_client_that_does_not_wait_for_a_delayed_answer_leaves_no_token_behind() {
    let sandbox = sandbox_with("delay@POST:/api/v1/authenticate");
    let alice = account(&sandbox, "alice");
    let authority = sandbox.ready().atlas_url.strip_prefix("http://").unwrap();
    let mut impatient = std::net::TcpStream::connect(authority).unwrap();
    let body = json!({"user": {"login": "alice", "password": alice.password}}).to_string();
    let head = format!(
        "POST /api/v1/authenticate HTTP/1.1\r\nHost: {authority}\r\n\
         Content-Type: application/json\r\nContent-Length: {}\r\n\r\n",
        body.len()
    );
    std::io::Write::write_all(&mut impatient, (head + &body).as_bytes()).unwrap();
    // It hangs up only when its request is there, so that the two come in this order.
    while sandbox.requests().is_empty() {
        std::thread::yield_now();
    }
    drop(impatient);
    // Another delayed request ends later than the abandoned one would have.
    assert_eq!(sign_in(&sandbox, &alice, Value::Null).status, 200);
    assert_eq!(sandbox.live_tokens().len(), 5);
    let statuses: Vec<_> = sandbox.requests().iter().map(|request| request.status).collect();
    assert_eq!(statuses, [None, Some(200)], "both are counted");
}

#[test]
fn hostile_text_is_in_what_people_named_and_not_in_secrets() {
    let sandbox = sandbox_with("hostile-text");
    let alice = account(&sandbox, "alice");
    let signed_in = sign_in(&sandbox, &alice, Value::Null);
    assert!(signed_in.at("/description").ends_with(HOSTILE));
    let token = signed_in.at("/token");
    assert!(sandbox.accepts(&token));
    let details = Request::get("/api/v2/account/details").bearer(&token).send(&sandbox);
    for name in ["username", "email"] {
        assert!(details.at(&format!("/data/attributes/{name}")).ends_with(HOSTILE), "{name}");
    }
    assert!(!details.at("/data/id").contains('\u{1b}'));
    let error = Request::get("/api/v2/account/details").send(&sandbox);
    assert!(error.at("/errors/0/title").ends_with(HOSTILE));
    let carol = account(&sandbox, "carol");
    let asked = sign_in(&sandbox, &carol, Value::Null);
    assert!(asked.at("/errors/0").ends_with(HOSTILE));
    assert_eq!(asked.at("/two_factor/default_delivery_method"), "sms");
    assert_eq!(request_text(&sandbox, &carol).len(), 6);
}

#[test]
fn hostile_text_is_in_what_members_named_and_the_owners_can_still_be_told() {
    let sandbox = sandbox_with("hostile-text");
    let token = account(&sandbox, "olivia").token;
    let path = "/api/v2/organizations/acme/organization-memberships?include=user,teams";
    let page = Request::get(path).bearer(&token).send(&sandbox).json();
    assert!(page["data"][0]["attributes"]["email"].as_str().unwrap().ends_with(HOSTILE));
    let names = |kind: &str, name: &str| {
        let included = page["included"].as_array().unwrap().iter();
        let found = included.filter(|resource| resource["type"] == kind);
        let names = found.map(|resource| resource["attributes"][name].as_str().unwrap());
        names.map(str::to_owned).collect::<Vec<_>>()
    };
    assert!(names("users", "username").iter().all(|name| name.ends_with(HOSTILE)));
    let developers = format!("developers{HOSTILE}");
    assert_eq!(names("teams", "name"), ["owners", &developers]);
}

#[test]
fn hostile_text_holds_every_kind_of_character_that_acts_on_a_terminal() {
    for character in ['\u{1b}', '\u{7}', '\r', '\n', '\u{9b}', '\u{202e}', '\u{2028}'] {
        assert!(HOSTILE.contains(character), "{character:?}");
    }
    assert!(HOSTILE.contains("\u{1b}]52;"));
}

#[test]
fn faults_can_be_changed_while_the_sandbox_runs() {
    let sandbox = sandbox_with("500");
    assert_eq!(ping(&sandbox).status, 500);
    sandbox.set_faults(vec!["502-html*1".parse().unwrap()]);
    assert_eq!((ping(&sandbox).status, ping(&sandbox).status), (502, 204));
}
