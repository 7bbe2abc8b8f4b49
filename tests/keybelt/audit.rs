//! `org audit`: every member counted, whatever the list's length and the server's mood.

use std::collections::BTreeMap;
use std::fs::File;
use std::sync::Mutex;
use std::sync::mpsc;
use std::time::{Duration, Instant};

use jiff::SignedDuration;
use keybelt_sandbox::{Limits, Options};
use serde_json::{Value, json};

use crate::every_command::{MEMBERSHIPS, aptible};
use crate::harness::{Keybelt, Outcome, Recorded, Reply, Server, Signal, World};
use crate::organization_server::{Person, Second, hundred, keybelt, number, page, serve};

/// Makes a world whose organization has so many members besides the four accounts.
fn world(members: u32, limits: Limits) -> World {
    World::with(Options { members, limits, ..Options::default() })
}

/// Prepares an audit by the sandbox's owner.
fn by_owner(world: &World, words: &str) -> Keybelt {
    world
        .keybelt(words.split(' '))
        .env("ATLAS_ADDRESS", world.host())
        .env("ATLAS_TOKEN", world.account("olivia").token)
}

/// A server whose list has so many members, all with a second factor, in pages of 100.
fn long_list(pages: u64, change: impl Fn(u64) -> Option<Reply> + Send + Sync + 'static) -> Server {
    serve(move |request| {
        let number = number(request);
        let usual = || Reply::json(200, &page(&hundred(number), number, pages, pages * 100));
        change(number).unwrap_or_else(usual)
    })
}

/// A server whose list is one page.
fn short_list(people: Vec<Person>) -> Server {
    serve(move |_| Reply::json(200, &page(&people, 1, 1, people.len() as u64)))
}

fn members_of(document: &Value) -> Vec<&Value> {
    document["members"].as_array().unwrap().iter().collect()
}

/// Of twenty made-up members one is off, one has started, one signs in elsewhere, one is invited and one is a
/// service account; of the four accounts alice alone has none.
#[test]
fn every_state_of_three_thousand_members_is_counted_within_the_servers_rate() {
    let world = world(3000, Limits::Documented);
    let run = by_owner(&world, "org audit acme -o json").run().code(6);
    let document = run.json();
    let summary = &document["organizations"][0];
    let expected = [
        ("members", 3004),
        ("on", 2253),
        ("started", 150),
        ("off", 151),
        ("unknown", 150),
        ("invited", 150),
        ("service", 150),
        ("owners", 1),
        ("owners_without", 0),
    ];
    for (key, count) in expected {
        assert_eq!(summary[key], count, "{key}: {summary}");
    }
    assert_eq!(document["complete"], true);
    assert_eq!(summary["members_may_be_missing"], false);
    let mut counted = BTreeMap::new();
    let mut emails: Vec<_> = members_of(&document)
        .into_iter()
        .map(|member| {
            *counted.entry(member["state"].as_str().unwrap()).or_insert(0) += 1;
            member["email"].as_str().unwrap()
        })
        .collect();
    emails.sort_unstable();
    emails.dedup();
    assert_eq!(emails.len(), 3004, "everybody is there once");
    for (state, count) in counted {
        assert_eq!(summary[state], count, "{state}");
    }
    let member = |name: &str| {
        let found = members_of(&document).into_iter().find(|it| it["member"] == name);
        found.unwrap().clone()
    };
    assert_eq!(member("olivia")["owner"], true);
    assert_eq!(member("alice")["state"], "off");
    assert_eq!(member("member-22")["state"], "started");
    assert_eq!(member("member-3")["signs_in_by"], "hcp_username_password");
    assert_at_most_thirty_a_second(&world);
}

#[track_caller]
fn assert_at_most_thirty_a_second(world: &World) {
    let requests = world.sandbox.requests();
    assert!(requests.len() >= 31, "{} pages", requests.len());
    assert!(requests.iter().all(|it| it.status == Some(200)), "a 429");
    let times: Vec<_> = requests.iter().map(|it| it.time.as_millisecond()).collect();
    for window in times.windows(31) {
        let took = window[30] - window[0];
        assert!(took >= 1000, "31 requests in {took} ms");
    }
    let took = times[times.len() - 1] - times[0];
    assert!(took < 15_000, "far slower than allowed: {took} ms");
}

#[test]
fn text_shows_the_exceptions_and_json_and_csv_show_everyone() {
    let world = world(40, Limits::Off);
    let lines = |run: &Outcome| run.stdout().lines().count();
    let text = by_owner(&world, "org audit acme").run().code(6);
    let text = text.prints("alice").prints("member-1 ").prints("unknown (hcp_username_password)");
    let text = text.hides("bob").hides("member-6@");
    let summary = "acme at {host}: 44 members\n  1 owner with two-factor authentication\n  \
                   on 33, started 2, off 3, unknown 2, invited 2; 2 service accounts (not counted above)\n  \
                   two-factor authentication is not required\n";
    assert!(
        text.stdout().ends_with(&summary.replace("{host}", &world.host())),
        "{}",
        text.stdout()
    );
    assert_eq!(lines(&text), 1 + 7 + 1 + 4);
    let all = by_owner(&world, "org audit acme --everyone").run().code(6);
    assert_eq!(lines(&all), 1 + 44 + 1 + 4);
    let csv = by_owner(&world, "org audit acme -o csv").run().code(6);
    assert_eq!(lines(&csv), 1 + 44);
    let csv = csv.says("44 members").prints(
        "organization,member,email,state,owner,signs_in_by,must_enrol,invited_at\r\n\
         acme,alice,alice@sandbox.test,off,false,,,\r\n",
    );
    assert!(csv.stdout().contains("acme,olivia,olivia@sandbox.test,on,true,,,\r\n"));
    let picked = by_owner(&world, "org audit acme -o csv --state invited,service").run().code(6);
    assert_eq!(lines(&picked), 1 + 4);
    assert!(picked.stdout().contains("acme,,member-24@sandbox.test,invited,false,,,20"));
}

#[test]
fn who_will_have_to_enrol_is_said_where_the_policy_demands_it() {
    let world = world(40, Limits::Off);
    by_owner(&world, "org require-2fa acme --yes").run().code(0);
    let run = by_owner(&world, "org audit acme --state invited").run().code(6);
    run.prints("member-4@sandbox.test")
        .prints("invited (must enrol)")
        .prints("invited 2 (1 must enrol)")
        .prints("is required of everyone");
}

/// Two who were invited: one long ago, and one just now.
fn invitations() -> Value {
    let invited = |id: &str, at: &str| {
        json!({
            "id": id, "type": "organization-memberships",
            "attributes": {"status": "invited", "email": format!("{id}\u{1b}@example.com"), "created-at": at},
        })
    };
    json!({"data": [
        invited("old", "2020-01-01T10:00:00.000Z"),
        invited("new", "2999-01-01T10:00:00.000Z"),
        invited("untold", "soon"),
    ]})
}

#[test]
fn an_invitation_that_nobody_has_followed_for_a_month_is_pointed_out() {
    let server = serve(|_| Reply::json(200, &invitations()));
    let world = World::new();
    let run = keybelt(&world, &server.host(), "org audit acme --everyone").run().code(0);
    let run = run.prints(" days ago)").prints("1 invitation is older than 30 days");
    assert_eq!(run.hides("\u{1b}").stdout().matches(" days ago)").count(), 1);
    let run = keybelt(&world, &server.host(), "org audit acme -o json").run().code(0);
    let audit = run.json();
    let told: Vec<_> =
        audit["members"].as_array().unwrap().iter().map(|it| &it["invited_at"]).collect();
    assert_eq!(
        told,
        [&json!("2020-01-01T10:00:00Z"), &json!("2999-01-01T10:00:00Z"), &Value::Null]
    );
    assert_eq!(audit["organizations"][0]["invited_old"], 1);
    let shown = keybelt(&world, &server.host(), "org show acme").run().code(0);
    let shown =
        shown.prints("3 invitations are open, older than 30 days: old\\u{1b}@example.com (");
    shown.hides("new").hides("\u{1b}");
    let shown = keybelt(&world, &server.host(), "org show acme -o json").run().code(0).json();
    let old: Vec<_> =
        shown["invitations"].as_array().unwrap().iter().map(|it| &it["old"]).collect();
    assert_eq!(old, [&json!(true), &json!(false), &Value::Null]);
    let asked =
        server.requests().into_iter().filter(|it| it.path.contains("filter%5Bstatus%5D=invited"));
    assert_eq!(asked.count(), 2, "only those are asked for");
}

/// Thirty days are not more than thirty.
#[test]
fn an_invitation_is_old_after_thirty_days_and_not_before() {
    let now = std::time::UNIX_EPOCH.elapsed().unwrap().as_secs();
    let now = jiff::Timestamp::from_second(now as i64).unwrap();
    let ago = |hours: i64| (now - SignedDuration::from_hours(hours)).to_string();
    let invited = |id: &str, hours: i64| {
        json!({
            "id": id, "type": "organization-memberships",
            "attributes": {"status": "invited", "email": format!("{id}@example.com"),
                "created-at": ago(hours)},
        })
    };
    let all = json!({"data": [invited("in-time", 30 * 24 + 1), invited("late", 31 * 24 + 1)]});
    let server = serve(move |_| Reply::json(200, &all));
    let world = World::new();
    let run = keybelt(&world, &server.host(), "org audit acme -o json").run().code(0);
    assert_eq!(run.json()["organizations"][0]["invited_old"], 1);
    let shown = keybelt(&world, &server.host(), "org show acme").run().code(0);
    shown.prints("older than 30 days: late@example.com (31 days)").hides("in-time");
}

#[test]
fn where_everyone_has_it_the_audit_finds_nothing() {
    let people = vec![Person::owner("olivia", Second::On), Person::new("bob", Second::On)];
    let server = short_list(people);
    let world = World::new();
    let run = keybelt(&world, &server.host(), "org audit acme").run().code(0);
    assert!(run.stdout().starts_with("acme at "), "no table: {}", run.stdout());
}

#[test]
fn owners_without_it_are_named_first() {
    let people = vec![
        Person::new("alice", Second::Off),
        Person::owner("otto", Second::Off),
        Person::owner("olivia", Second::On),
        Person::owner("oscar", Second::NotTold),
    ];
    let server = short_list(people);
    let world = World::new();
    let run = keybelt(&world, &server.host(), "org audit acme").run().code(6);
    let summary = run.stdout().split("\n\n").nth(1).unwrap();
    let second = summary.lines().nth(1).unwrap();
    assert_eq!(
        second.trim(),
        "2 owners without two-factor authentication: otto (off), oscar (unknown)"
    );
    let run = keybelt(&world, &server.host(), "org audit acme -o json").run().code(6);
    assert_eq!(run.json()["organizations"][0]["owners_without_named"], json!(["otto", "oscar"]));
}

#[test]
fn somebody_who_comes_twice_is_counted_once_and_a_changed_total_is_said() {
    let server = serve(|request| {
        let number = number(request);
        // Somebody left after the first page, so the second begins one further on; and others came.
        let people: Vec<_> =
            hundred(number).into_iter().chain(hundred(1).into_iter().take(1)).collect();
        Reply::json(200, &page(&people, number, 3, 300 + number))
    });
    let world = World::new();
    let run = keybelt(&world, &server.host(), "org audit acme").run().code(0);
    run.prints("300 members").prints("some members may be missing");
    let steady = long_list(3, |_| None);
    let run = keybelt(&world, &steady.host(), "org audit acme").run().code(0);
    run.prints("300 members").hides("may be missing");
    // The total is steady, but the last page has lost somebody to the one before.
    let server = long_list(3, |number| {
        (number == 3).then(|| Reply::json(200, &page(&hundred(3)[1..], 3, 3, 300)))
    });
    let run = keybelt(&world, &server.host(), "org audit acme -o json").run().code(0);
    assert_eq!(run.json()["organizations"][0]["members_may_be_missing"], true);
}

/// Runs an audit in each format at a server that fails in the middle; each must end soon with this exit code,
/// and with output that is valid and marked incomplete.
#[track_caller]
fn assert_incomplete(server: &Server, code: i32, says: &str) {
    let world = World::new();
    let run = |format: &str| {
        let words = format!("org audit acme --everyone -o {format}");
        let run = keybelt(&world, &server.host(), &words).run().code(code);
        assert!(run.time < Duration::from_secs(20), "took {:?}", run.time);
        run.says(says)
    };
    let document = run("json").json();
    assert_eq!(document["complete"], false);
    assert_eq!(document["organizations"][0]["complete"], false);
    assert!(!members_of(&document).is_empty());
    let csv = run("csv").says("the audit is incomplete");
    let mut reader = csv::Reader::from_reader(csv.stdout().as_bytes());
    assert!(reader.records().all(|record| record.unwrap().len() == 8));
    run("text").prints("the audit is incomplete");
}

#[test]
fn a_dead_page_ends_the_audit_and_the_output_says_that_it_is_incomplete() {
    let server = long_list(30, |number| (number == 7).then(|| Reply::json(500, &json!({}))));
    assert_incomplete(&server, 5, "failed with a server error");
    let server = long_list(30, |number| (number == 7).then(|| Reply::raw("")));
    assert_incomplete(&server, 5, "without responding");
    let garbage = |number| (number == 7).then(|| Reply::with(200, &[], "{\"data\":[{\"id\":"));
    assert_incomplete(&long_list(30, garbage), 5, "not the account server");
    let html = |number| (number == 7).then(|| Reply::with(200, &[], "<html>sorry</html>"));
    assert_incomplete(&long_list(30, html), 5, "not the account server");
    let gone = |number| (number == 7).then(|| Reply::json(404, &json!({"errors": ["not found"]})));
    assert_incomplete(&long_list(30, gone), 4, "does not show the members of acme");
}

#[test]
fn a_server_that_has_had_enough_is_waited_for_or_left() {
    let wait = |seconds: &'static str| {
        Reply::with(429, &[("Retry-After", seconds)], r#"{"errors":[{"status":429}]}"#)
    };
    let server = long_list(30, move |number| (number == 7).then(|| wait("3600")));
    assert_incomplete(&server, 5, "is rate limiting requests");
    let first = Mutex::new(true);
    let server = long_list(30, move |number| {
        let is_first = number == 7 && std::mem::take(&mut *first.lock().unwrap());
        is_first.then(|| wait("1"))
    });
    let world = World::new();
    let run = keybelt(&world, &server.host(), "org audit acme").run().code(0);
    let run = run.prints("3000 members");
    assert!(run.time >= Duration::from_secs(1), "took {:?}", run.time);
    let asked = server.routes().iter().filter(|it| it.contains("number%5D=7&")).count();
    assert_eq!(asked, 2);
}

#[test]
fn pages_that_loop_or_never_end_are_left_soon() {
    let same =
        long_list(1000, |number| Some(Reply::json(200, &page(&hundred(1), number, 1000, 100_000))));
    assert_incomplete(&same, 5, "an endless list of pages");
    let stuck = long_list(1000, |_| Some(Reply::json(200, &page(&hundred(1), 1, 1000, 100_000))));
    assert_incomplete(&stuck, 5, "an endless list of pages");
    let growing = long_list(2, |number| {
        Some(Reply::json(200, &page(&hundred(number), number, number + 1, 100 * (number + 1))))
    });
    assert_incomplete(&growing, 5, "an endless list of pages");
    let empty = long_list(1000, |number| {
        let people = if number == 1 { hundred(1) } else { Vec::new() };
        Some(Reply::json(200, &page(&people, number, 1000, 100_000)))
    });
    assert_incomplete(&empty, 5, "an endless list of pages");
    for server in [same, stuck, growing, empty] {
        assert!(server.requests().len() < 200, "{} requests", server.requests().len());
    }
    let world = World::new();
    for pages in [u64::MAX, u64::MAX / 200, 100_001] {
        let server = serve(move |request| {
            let number = number(request);
            Reply::json(200, &page(&hundred(number), number, pages, pages))
        });
        let run = keybelt(&world, &server.host(), "org audit acme").run().code(5);
        run.says("an endless list");
    }
}

/// A server that keeps the third page back for ever.
fn holding() -> (Server, mpsc::Receiver<()>, mpsc::Sender<()>) {
    let (ask, asked) = mpsc::channel();
    let (release, released) = mpsc::channel::<()>();
    let channels = Mutex::new((ask, released));
    let held = Mutex::new(());
    let server = long_list(30, move |number| {
        if number != 3 {
            return None;
        }
        let _one = held.lock().unwrap();
        let (ask, released) = &*channels.lock().unwrap();
        let _ = ask.send(());
        let _ = released.recv();
        Some(Reply::raw(""))
    });
    (server, asked, release)
}

#[test]
fn a_limit_of_no_requests_is_none() {
    let server = serve(|request| {
        let number = number(request);
        let page = page(&hundred(number), number, 20, 2000);
        let headers = [("content-type", "application/vnd.api+json"), ("x-ratelimit-limit", "0")];
        Reply::with(200, &headers, page.to_string())
    });
    let began = Instant::now();
    keybelt(&World::new(), &server.host(), "org audit acme").run().code(0);
    assert!(began.elapsed() < Duration::from_secs(10), "one page a second: {:?}", began.elapsed());
}

#[test]
fn ctrl_c_ends_an_audit_at_once_with_valid_output_that_is_marked_incomplete() {
    for format in ["json", "csv", "text"] {
        let (server, asked, release) = holding();
        let world = World::new();
        let output = world.home().join("audit");
        let words = format!("org audit acme --state on -o {format}");
        let run = keybelt(&world, &server.host(), &words).stdout(File::create(&output).unwrap());
        let mut terminal = run.pty();
        asked.recv().unwrap();
        terminal.signal(Signal::INT);
        let ended = terminal.wait(130);
        drop(release);
        let written = std::fs::read_to_string(output).unwrap();
        match format {
            "json" => {
                let document: Value = serde_json::from_str(&written).unwrap();
                assert_eq!(document["complete"], false);
                let first: Vec<_> = hundred(1).into_iter().map(|it| json!(it.name)).collect();
                let members = members_of(&document);
                assert!(members.iter().zip(&first).all(|(one, two)| one["member"] == *two));
                assert!(members.len() >= 100);
            }
            "csv" => {
                let mut reader = csv::Reader::from_reader(written.as_bytes());
                assert!(reader.records().all(|record| record.unwrap().len() == 8));
                assert!(ended.text.contains("the audit is incomplete"), "{}", ended.text);
            }
            _ => assert!(written.contains("the audit is incomplete"), "{written}"),
        }
    }
}

#[test]
fn before_the_first_page_an_interrupted_audit_is_an_error_document() {
    let (ask, asked) = mpsc::channel();
    let (release, released) = mpsc::channel::<()>();
    let channels = Mutex::new((ask, released));
    let server = serve(move |_| {
        let (ask, released) = &*channels.lock().unwrap();
        let _ = ask.send(());
        let _ = released.recv();
        Reply::raw("")
    });
    let world = World::new();
    let output = world.home().join("audit");
    let run = keybelt(&world, &server.host(), "org audit acme -o json");
    let mut terminal = run.stdout(File::create(&output).unwrap()).pty();
    asked.recv().unwrap();
    terminal.signal(Signal::TERM);
    terminal.wait(143);
    drop(release);
    let document: Value = serde_json::from_slice(&std::fs::read(output).unwrap()).unwrap();
    assert_eq!(document["error"]["kind"], "interrupted");
}

#[test]
fn a_reader_that_has_seen_enough_ends_the_audit_quietly() {
    let server = long_list(200, |_| None);
    let world = World::new();
    let run = keybelt(&world, &server.host(), "org audit acme -o csv");
    let run = run.in_shell("{ \"$@\"; echo $? >code; } | head -n 2; cat code").run().code(0);
    assert_eq!(run.stdout().lines().count(), 3);
    run.prints("\n0\n");
    assert!(server.requests().len() < 150, "{}", server.requests().len());
}

#[test]
fn a_person_at_a_terminal_sees_how_far_it_is() {
    let world = world(3000, Limits::Documented);
    let output = world.home().join("audit");
    let run = by_owner(&world, "org audit acme").stdout(File::create(&output).unwrap());
    let mut terminal = run.pty();
    terminal.expect("members of acme: ").expect(" of 3004, ").expect(" left [#");
    let ended = terminal.wait(6);
    assert_eq!(ended.screen.contents().trim(), "", "the line is gone at the end");
    // Where rows are shown on the same terminal, the line gives way to them.
    let both = by_owner(&world, "org audit acme").size(1000, 80).pty().wait(6);
    assert!(both.text.contains(" of 3004, "));
    let shown = both.screen.contents();
    assert!(!shown.contains(" of 3004, ") && shown.contains("3004 members"), "{shown}");
    assert_eq!(shown.lines().filter(|line| line.starts_with("member-")).count(), 450);
    let quiet = by_owner(&world, "org audit acme -q").stdout(File::create(&output).unwrap());
    assert_eq!(quiet.pty().wait(6).text, "");
    let run = by_owner(&world, "org audit acme").run().code(6);
    assert_eq!(run.stderr(), "", "nobody is there to see it");
}

#[test]
fn what_is_hidden_or_not_there_is_refused_and_the_others_go_on() {
    let world = world(20, Limits::Off);
    by_owner(&world, "org audit nope").run().code(4).says("organization `nope` not found");
    let alice = world
        .keybelt("org audit acme")
        .env("ATLAS_ADDRESS", world.host())
        .env("ATLAS_TOKEN", world.account("alice").token);
    alice.run().code(4).says("does not show the members of acme");
    let run = by_owner(&world, "org audit nope acme -o json").run().code(4);
    let run = run.says("skipped nope");
    let document = run.json();
    assert_eq!(document["complete"], false);
    assert_eq!(document["organizations"][0]["complete"], false);
    assert_eq!(document["organizations"][1]["members"], 24);
    assert_eq!(document["organizations"][1]["complete"], true);
    let run = by_owner(&world, "org audit --all").run().code(6);
    run.prints("24 members");
    by_owner(&world, "org audit").run().code(2);
    by_owner(&world, "org audit --all acme").run().code(2);
    for name in ["..", "a/b", "a?b"] {
        let run = world.keybelt(["org", "audit", name]);
        run.run().code(2).says("invalid organization name");
    }
}

/// Names that act on a terminal or a spreadsheet, that take much room, or that take two columns a character.
fn hostile() -> Vec<Person> {
    let names = [
        "\u{1b}[2J\u{1b}]0;pwned\u{7}esc".to_owned(),
        "\u{202e}bidi\u{2066}\u{200b}".to_owned(),
        "\u{9b}31mc1\u{85}\u{2028}".to_owned(),
        "=HYPERLINK(\"http://evil.example\")".to_owned(),
        "+1+cmd|' /C calc'!A0".to_owned(),
        "-2+3".to_owned(),
        "@SUM(A1)".to_owned(),
        "\t=1+1".to_owned(),
        "\r=1+1".to_owned(),
        "a,b\"c\nd".to_owned(),
        "名".repeat(60),
        "x".repeat(10_000),
    ];
    let person = |(index, name): (usize, String)| Person {
        id: index.to_string(),
        email: name.clone(),
        name: Some(name),
        second: Second::Off,
        is_owner: index % 2 == 0,
    };
    names.into_iter().enumerate().map(person).collect()
}

#[test]
fn hostile_names_neither_move_the_cursor_nor_break_the_table() {
    let server = short_list(hostile());
    let world = World::new();
    for columns in [120, 80, 40] {
        let run = keybelt(&world, &server.host(), "org audit acme")
            .env("NO_COLOR", "1")
            .size(2000, columns);
        let ended = run.pty().wait(6);
        for text in ["\u{1b}[2J", "\u{1b}]", "\u{7}", "\u{202e}", "\u{9b}", "\u{2028}", "\u{200b}"]
        {
            assert!(!ended.text.contains(text), "{text:?} at {columns} columns");
        }
        let columns = usize::from(columns);
        let (table, _) = ended.text.split_once("acme at ").unwrap();
        let states = table.lines().filter(|line| line.contains("  off")).count();
        assert_eq!(states, hostile().len(), "at {columns} columns: {}", ended.text);
        let rows: Vec<_> = ended.screen.rows(0, u16::MAX).collect();
        let header = rows.iter().find(|row| row.contains("MEMBER")).unwrap();
        // Where there is no room for columns, each row is a paragraph.
        let state = header.find("STATE");
        assert_eq!(state.is_some(), columns == 120, "at {columns} columns: {header}");
        for line in table.lines().filter(|line| line.is_ascii() && line.contains("  off")) {
            // In a paragraph, beside the longest name, or below its own where the row has no room for that.
            let beside = if line.starts_with("STATE") { "MEMBER  ".len() } else { 2 };
            let state = state.unwrap_or(beside);
            assert_eq!(&line[state..state + 3], "off", "at {columns} columns: {line}");
        }
        for line in table.lines() {
            let width = unicode_columns(line);
            assert!(width <= columns, "{width} columns of {columns}: {line}");
        }
    }
}

/// Returns how many columns a line takes; of what is tested here, Han characters take two.
fn unicode_columns(line: &str) -> usize {
    line.chars().map(|it| if it == '名' { 2 } else { 1 }).sum()
}

#[test]
fn hostile_names_are_harmless_in_spreadsheets_and_whole_in_json() {
    let server = short_list(hostile());
    let world = World::new();
    let run = keybelt(&world, &server.host(), "org audit acme -o csv").run().code(6);
    let mut reader = csv::Reader::from_reader(run.stdout().as_bytes());
    let records: Vec<_> = reader.records().map(Result::unwrap).collect();
    assert_eq!(records.len(), hostile().len());
    for record in &records {
        for cell in record {
            assert!(!cell.starts_with(['=', '+', '-', '@', '\t', '\r']), "{cell:?}");
            assert!(!cell.chars().any(|it| it.is_control()), "{cell:?}");
        }
    }
    assert_eq!(&records[3][1], "'=HYPERLINK(\"http://evil.example\")");
    assert_eq!(records[11][1].len(), 10_000);
    let run = keybelt(&world, &server.host(), "org audit acme -o json").run().code(6);
    assert!(run.stdout().chars().all(|it| it == '\n' || !it.is_control() && it != '\u{202e}'));
    let document = run.json();
    for (member, person) in members_of(&document).into_iter().zip(hostile()) {
        assert_eq!(member["member"], json!(person.name));
    }
}

/// Attributes of other types, numbers for ids and members without a user break nothing but themselves.
#[test]
fn odd_documents_are_read_as_far_as_they_make_sense() {
    let server = serve(|_| {
        let user = |id: Value, attributes: Value| json!({"id": id, "type": "users", "attributes": attributes});
        let member = |id: Value, user: Value| {
            json!({"id": id, "attributes": {"status": "active", "email": 7, "new": [{}]},
                "relationships": {"user": {"data": {"id": user, "type": "users"}}, "other": 5}})
        };
        let on = json!({"enabled": true, "verified": true});
        Reply::json(
            200,
            &json!({
                "data": [
                    member(json!(1), json!(11)),
                    member(json!("ou-2"), json!("user-2")),
                    member(json!("ou-3"), json!("user-3")),
                    {"id": "ou-4"},
                    {"id": "ou-5", "attributes": null, "relationships": {"user": {"data": null}, "teams": {"data": null}}},
                ],
                "included": [
                    user(json!(11), json!({"username": "one", "two-factor": on, "is-service-account": "no"})),
                    user(json!("user-2"), json!({"username": ["two"], "two-factor": {"enabled": "yes"}})),
                    user(json!("user-3"), json!({"username": "three", "two-factor": null})),
                    {"id": "x", "type": "something-new", "attributes": {"name": {"deep": true}}},
                ],
                "meta": {"pagination": null},
            }),
        )
    });
    let world = World::new();
    let run = keybelt(&world, &server.host(), "org audit acme -o json").run().code(6);
    let document = run.json();
    let seen: Vec<_> = members_of(&document)
        .into_iter()
        .map(|it| (it["member"].clone(), it["state"].clone(), it["owner"].clone()))
        .collect();
    let expected =
        [("one", "on"), ("", "unknown"), ("three", "unknown"), ("", "unknown"), ("", "unknown")];
    for ((name, state, owner), (expected_name, expected_state)) in seen.into_iter().zip(expected) {
        assert_eq!(name.as_str().unwrap_or_default(), expected_name);
        assert_eq!(state, expected_state);
        assert_eq!(owner, Value::Null, "nothing tells who owns it");
    }
    let empty = serve(|_: &Recorded| Reply::json(200, &json!({"something": "else"})));
    let run = keybelt(&world, &empty.host(), "org audit acme").run().code(5);
    run.says("not the account server");
    assert!(empty.routes().iter().any(|it| it.contains(MEMBERSHIPS)));
}

#[test]
fn at_aptible_invitations_and_security_keys_count_where_they_are_shown() {
    let list = |kind: &str, all: Value| Some(Reply::json(200, &json!({"_embedded": {kind: all}})));
    let server = aptible::server(move |request| match request.route() {
        ("GET", "/organizations/o-1/users") => {
            let user = |id: &str, keys: Value| json!({"id": id, "email": format!("{id}@example.com"), "otp_enabled": false, "_embedded": {"u2f_devices": keys}});
            list("users", json!([user("u-1", json!([{"id": "d-1"}])), user("u-2", json!([]))]))
        }
        ("GET", "/organizations/o-1/invitations") => list(
            "invitations",
            json!([{"id": "i-1", "email": "new@example.com", "created_at": "2020-01-01T10:00:00.000Z"}]),
        ),
        _ => None,
    });
    let world = World::new();
    aptible::store(&world, &server.host());
    let audit = world.keybelt("org audit acme -o json").run().code(6).json();
    let states: Vec<_> =
        audit["members"].as_array().unwrap().iter().map(|it| it["state"].clone()).collect();
    assert_eq!(states, ["on", "off", "invited"]);
    let told = &audit["organizations"][0];
    assert_eq!((&told["invited"], &told["invited_old"]), (&json!(1), &json!(1)));
    assert_eq!((&told["started"], &told["members_may_be_missing"]), (&Value::Null, &json!(false)));
    let run = world.keybelt("org show acme").run().code(0);
    run.prints("1 invitation is open, older than 30 days: new@example.com");
}
