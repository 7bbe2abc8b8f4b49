//! The control URL and its likeness in process.

use keybelt_sandbox::{Event, Sandbox};
use serde_json::{Value, json};

use crate::wire::{Answer, Request};
use crate::{account, app_code, request_text, sandbox, secret, sign_in};

fn control(sandbox: &Sandbox, path: &str) -> String {
    let ready = sandbox.ready();
    format!("{}{path}", ready.control_url.strip_prefix(&ready.atlas_url).unwrap())
}

fn get(sandbox: &Sandbox, path: &str) -> Answer {
    Request::get(&control(sandbox, path)).send(sandbox)
}

#[test]
fn the_clock_turns_both_ways_and_the_date_header_follows() {
    let sandbox = sandbox();
    let turn = |seconds: Value| {
        let body = json!({"advance_seconds": seconds});
        Request::post(&control(&sandbox, "/clock")).json(&body).send(&sandbox)
    };
    let before = sandbox.now();
    assert_eq!(turn(json!(-90)).status, 200);
    let behind = before.duration_since(sandbox.now()).as_secs();
    assert!((80..=90).contains(&behind), "{behind}");
    assert_eq!(turn(json!(86_490)).json()["advanced_seconds"], json!(86_400));
    let answer = get(&sandbox, "/clock");
    let now = &answer.at("/now")[..10];
    let date = answer.header("date").unwrap();
    assert!(date.ends_with(" GMT") && date.contains(&now[8..]), "{date} is not {now}");
    for nonsense in [json!("1"), json!(1.5), Value::Null, json!(i64::MAX)] {
        assert_eq!(turn(nonsense).status, 422);
    }
}

#[test]
fn the_outbox_lists_texts_oldest_first() {
    let sandbox = sandbox();
    let carol = account(&sandbox, "carol");
    let codes = [request_text(&sandbox, &carol), request_text(&sandbox, &carol)];
    let answer = get(&sandbox, "/outbox");
    assert_eq!(format!("{}/outbox", sandbox.ready().control_url), sandbox.ready().outbox_url);
    let texts = answer.json();
    assert_eq!((&texts[0]["code"], &texts[1]["code"]), (&json!(codes[0]), &json!(codes[1])));
    let mut keys: Vec<_> = texts[0].as_object().unwrap().keys().cloned().collect();
    keys.sort();
    assert_eq!(keys, ["at", "code", "to"]);
    assert!(texts[0]["at"].as_str().unwrap().ends_with('Z'));
}

#[test]
fn the_request_log_holds_no_query_and_nothing_of_itself() {
    let sandbox = sandbox();
    Request::get("/api/v1/authenticate?access_token=secret").send(&sandbox);
    get(&sandbox, "/clock");
    let answer = get(&sandbox, "/requests");
    assert!(!answer.text.contains("secret") && !answer.text.contains("sandbox"));
    let requests = answer.json();
    assert_eq!(requests.as_array().unwrap().len(), 1);
    assert_eq!(requests[0]["method"], json!("GET"));
    assert_eq!(requests[0]["path"], json!("/api/v1/authenticate"));
    assert_eq!(requests[0]["status"], json!(401));
    assert!(requests[0]["time"].is_string());
}

#[test]
fn an_accounts_present_code_can_be_asked_for() {
    let sandbox = sandbox();
    let code = |username: &str| get(&sandbox, &format!("/accounts/{username}/code"));
    for without in ["alice", "carol", "nobody"] {
        assert_eq!(code(without).status, 404, "{without}");
    }
    sandbox.advance(30 - sandbox.now().as_second() % 30);
    let bob = code("bob");
    let expected = app_code(&sandbox, &secret(&account(&sandbox, "bob")), 0);
    assert_eq!(bob.at("/code"), expected);
    assert!((28..=30).contains(&bob.json()["seconds_left"].as_i64().unwrap()));
    let sent = request_text(&sandbox, &account(&sandbox, "carol"));
    assert_eq!(code("carol").at("/code"), sent);
    sandbox.advance(600);
    assert_eq!(code("carol").status, 404, "it has expired");
}

#[test]
fn a_text_that_was_asked_for_is_the_present_code_until_it_is_used() {
    let sandbox = sandbox();
    let token = account(&sandbox, "alice").token;
    let enable = json!({"delivery": "app", "sms-number": "+15555550100"});
    let enabled = crate::act(&sandbox, &token, "enable", Some(enable));
    let address = enabled.at("/data/attributes/two-factor/provisioning-url");
    let secret = address.split(['=', '&']).nth(1).unwrap().to_owned();
    crate::to_the_beginning_of_a_step(&sandbox);
    let code = || get(&sandbox, "/accounts/alice/code");
    let app = app_code(&sandbox, &secret, 0);
    assert_eq!(code().at("/code"), app);
    let verified = crate::act(&sandbox, &token, "verify", Some(json!({"code": app})));
    assert_eq!(verified.status, 200);
    let used = code().json();
    assert_eq!((&used["code"], &used["used"]), (&json!(app), &json!(true)));
    assert!((25..=30).contains(&used["seconds_left"].as_i64().unwrap()), "the next one's");
    let text = request_text(&sandbox, &account(&sandbox, "alice"));
    sandbox.advance(60);
    let present = code().json();
    assert_eq!((&present["code"], &present["used"]), (&json!(text), &json!(false)));
    let alice = account(&sandbox, "alice");
    assert_eq!(sign_in(&sandbox, &alice, json!({"code": text})).status, 200);
    let present = code().json();
    let app = app_code(&sandbox, &secret, 0);
    assert_eq!((&present["code"], &present["used"]), (&json!(app), &json!(false)));
    let ahead = app_code(&sandbox, &secret, 30);
    assert_eq!(sign_in(&sandbox, &alice, json!({"code": ahead})).status, 200);
    let used = code().json();
    assert_eq!(used["used"], json!(true), "an earlier step than the one that was used");
    assert!((55..=60).contains(&used["seconds_left"].as_i64().unwrap()), "{used}");
}

#[test]
fn no_log_names_the_control_address_however_it_is_written() {
    let sandbox = sandbox();
    let address = control(&sandbox, "/clock");
    let secret = address.split('/').nth(2).unwrap();
    let events = sandbox.events();
    for path in
        [format!("/{address}"), format!("/x/{secret}"), format!("/./sandbox/{secret}/clock")]
    {
        Request::get(&path).send(&sandbox);
        match events.recv().unwrap() {
            Event::Request(request) => assert!(!request.path.contains(secret), "{}", request.path),
            other => panic!("{other:?}"),
        }
    }
    assert!(!format!("{:?}", sandbox.requests()).contains(secret));
}

#[test]
fn who_does_not_know_the_random_part_finds_nothing() {
    let sandbox = sandbox();
    let random = sandbox.ready().control_url.rsplit_once('/').unwrap().1.to_owned();
    assert_eq!((random.len(), random.chars().all(|it| it.is_ascii_hexdigit())), (32, true));
    let wrong = "0".repeat(32);
    for path in ["/sandbox/", "/sandbox/clock", &format!("/sandbox/{wrong}/clock")] {
        assert_eq!(Request::get(path).send(&sandbox).status, 404, "{path}");
    }
    assert_eq!(get(&sandbox, "").status, 404);
    assert_ne!(random, crate::sandbox().ready().control_url.rsplit_once('/').unwrap().1);
}

#[test]
fn events_arrive_as_they_happen() {
    let sandbox = sandbox();
    let events = sandbox.events();
    let carol = account(&sandbox, "carol");
    let code = request_text(&sandbox, &carol);
    match events.recv().unwrap() {
        Event::Text(text) => assert_eq!(text.code, code),
        other => panic!("{other:?}"),
    }
    match events.recv().unwrap() {
        Event::Request(request) => assert_eq!(request.status, Some(201)),
        other => panic!("{other:?}"),
    }
}

#[test]
fn live_tokens_are_listed_without_the_tokens() {
    let sandbox = sandbox();
    let alice = account(&sandbox, "alice");
    let answer = sign_in(&sandbox, &alice, Value::Null);
    let live = sandbox.live_tokens();
    let newest = live.last().unwrap();
    assert_eq!((live.len(), newest.username.as_str()), (5, "alice"));
    assert_eq!(newest.description, "from a test");
    assert_eq!(newest.token_hash, answer.at("/token_hash"));
    assert!(!format!("{live:?}").contains(&answer.at("/token")));
}

#[test]
fn a_token_that_another_server_made_is_known_to_have_been_presented() {
    let (sandbox, other) = (sandbox(), sandbox());
    let token = account(&other, "alice").token;
    assert!(!sandbox.was_presented(&token));
    for (path, host) in [("/api/v2/ping", None), ("/", Some("evil.example"))] {
        let sandbox = crate::sandbox();
        let request = Request::get(path).header("X-Atlas-Token", &token);
        match host {
            Some(host) => request.host(host).send(&sandbox),
            None => request.send(&sandbox),
        };
        assert!(sandbox.was_presented(&token), "{path}");
    }
    assert!(!other.was_presented(&token));
}
