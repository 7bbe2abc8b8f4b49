//! `keybelt token list|create|show|revoke|rotate` and `keybelt session`: what else has access to an account.

use std::collections::BTreeSet;
use std::fs::{File, OpenOptions};
use std::os::fd::OwnedFd;

use keybelt_sandbox::{Generation, Limits, Options};
use serde_json::{Value, json};

use crate::every_command::{DETAILS, TOKENS, account_server, foreign, user, usual_answer};
use crate::harness::{Browser, Reply, Run, Server, World, needs};

const DAY: i64 = 86_400;

/// A world with alice signed in by her password, which is then not asked for again for half an hour.
fn signed_in() -> World {
    let world = World::new();
    world.sign_in("alice");
    world
}

/// A world with alice signed in by a token that she pasted, the only one that she has.
fn signed_in_at(generation: Generation) -> World {
    let world = World::with(Options { generation, limits: Limits::Off, ..Options::default() });
    let token = world.account("alice").token;
    let login = ["login", &world.host(), "--token-stdin"];
    world.keybelt(login).stdin(token).run().code(0);
    world
}

fn create(world: &World, arguments: &[&str]) -> Value {
    let words = ["token", "create", "-o", "json"];
    world.keybelt(words.iter().chain(arguments)).run().code(0).json()
}

fn tokens(run: Run) -> Vec<Value> {
    run.code(0).json()["tokens"].as_array().unwrap().clone()
}

fn list(world: &World) -> Vec<Value> {
    tokens(world.keybelt("token list -o json").run())
}

fn ids(tokens: &[Value]) -> Vec<&str> {
    tokens.iter().map(|token| token["id"].as_str().unwrap()).collect()
}

#[test]
fn the_list_marks_the_token_in_use_and_tells_age_last_use_and_expiry() {
    let world = signed_in_at(Generation::Modern);
    let made = create(&world, &["--description", "api", "--expires-in", "30d"]);
    let listed = list(&world);
    assert_eq!(listed.len(), 2);
    let of = |id: &Value| listed.iter().find(|token| token["id"] == *id).unwrap();
    let created = of(&made["id"]);
    assert_eq!((&created["description"], &created["this"]), (&json!("api"), &json!(false)));
    assert_eq!(created["last_used_at"], Value::Null);
    assert_eq!(created["expires_at"], made["expires_at"]);
    let this: Vec<_> = listed.iter().filter(|token| token["this"] == true).collect();
    assert_eq!(this.len(), 1);
    assert!(this[0]["last_used_at"].is_string());
    let text = world.keybelt("token list").run().code(0);
    let line = |word: &str| text.stdout().lines().filter(|line| line.contains(word)).count();
    assert_eq!((line("this one"), line("api"), line("never")), (1, 1, 1), "{}", text.stdout());
    let csv = world.keybelt("token list -o csv").run().code(0);
    assert!(
        csv.stdout().starts_with("id,description,created_at,last_used_at,expires_at,this\r\n"),
        "{}",
        csv.stdout()
    );
    // A machine gets what JSON has: whole moments, nothing for null, true and false.
    let of_made = |key: &str| created[key].as_str().unwrap().to_owned();
    let row = [&of_made("id"), "api", &of_made("created_at"), "", &of_made("expires_at"), "false"];
    csv.prints(&format!("{}\r\n", row.join(",")));
}

/// Answers with a list of tokens that has 100 on each page, as many pages as it says, and says so in `meta`.
fn long_list(meta: impl Fn(u64) -> Value + Send + Sync + 'static) -> Server {
    Server::start(move |request| {
        let Some((_, number)) = request.path.split_once("page%5Bnumber%5D=") else {
            return Reply::json(200, &user(&Value::Null));
        };
        let number: u64 = number.split('&').next().unwrap().parse().unwrap();
        let token = |nth: u64| json!({"id": format!("at-{number}-{nth}"), "type": "authentication-tokens", "attributes": {}});
        let tokens: Vec<Value> = (0..100).map(token).collect();
        Reply::json(200, &json!({ "data": tokens, "meta": { "pagination": meta(number) } }))
    })
}

#[test]
fn every_page_of_the_list_is_read_whether_the_server_counts_them_or_names_the_next() {
    let counted = |_: u64| json!({"total-pages": 5, "total-count": 500});
    let named = |page: u64| json!({"next-page": (page < 5).then_some(page + 1)});
    for server in [long_list(counted), long_list(named)] {
        let world = World::new();
        world.store_entries(&[(&server.host(), "alice", "a.token")]);
        let listed = list(&world);
        let ids: BTreeSet<&str> = ids(&listed).into_iter().collect();
        assert_eq!((listed.len(), ids.len()), (500, 500));
    }
    let endless = long_list(|page| json!({"next-page": page + 1}));
    let world = World::new();
    world.store_entries(&[(&endless.host(), "alice", "a.token")]);
    let run = world.keybelt("token list").run().code(5);
    run.says("an endless list");
}

#[test]
fn stale_tokens_are_those_that_nothing_has_used_for_so_long() {
    let world = signed_in();
    world.sandbox.advance(-100 * DAY);
    let old = create(&world, &["--description", "old"]);
    world.sandbox.advance(100 * DAY);
    let fresh = create(&world, &["--description", "fresh"]);
    let stale = |age: &str| {
        let run = world.keybelt(["token", "list", "--stale", age, "-o", "json"]).run();
        tokens(run)
    };
    assert_eq!(ids(&stale("90d")), [old["id"].as_str().unwrap()]);
    assert!(!ids(&stale("90d")).contains(&fresh["id"].as_str().unwrap()));
    assert_eq!(stale("101d").len(), 0);
    // A head without a row looked like a table that was cut off.
    let run = world.keybelt("token list --stale 101d").run().code(0);
    assert_eq!(run.stdout(), "");
    run.says("No token has been unused for 101 days");
    world.keybelt("token list --stale soon").run().code(2);
}

#[test]
fn a_created_token_is_printed_once_and_works_until_the_server_says() {
    let world = signed_in();
    let run = world.keybelt("token create --expires-in 1h").run().code(0);
    let token = run.stdout().trim_end().to_owned();
    assert_eq!(run.stdout(), format!("{token}\n"));
    let run = run.says("it will not be shown again").says("valid until");
    assert!(!run.stderr().contains(&token));
    assert!(world.sandbox.accepts(&token));
    let shown = world.keybelt("token list -o json").run().code(0).hides(&token);
    assert!(shown.stdout().contains("created by keybelt on"));
    world.sandbox.advance(3601);
    assert!(!world.sandbox.accepts(&token));
}

/// Nobody knows a token that was not written anywhere, and it would live on.
#[test]
fn a_created_token_that_stdout_does_not_take_is_ended() {
    let world = signed_in();
    let before = ids(&list(&world)).len();
    for format in ["text", "json"] {
        let full = OpenOptions::new().write(true).open("/dev/full").unwrap();
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        for stdout in [full, File::from(OwnedFd::from(writer))] {
            let create = world.keybelt(["token", "create", "--quiet", "-o", format]);
            let run = create.stdout(stdout).run().code(1);
            run.says("so it was revoked").hides("atlasv1");
            assert_eq!(ids(&list(&world)).len(), before, "{format}");
        }
    }
}

/// The server decides: what it answered is shown, whatever was asked.
#[test]
fn an_expiry_is_read_back_from_the_server_and_never_assumed() {
    let world = World::new();
    let server = Server::start(|request| {
        let token = json!({"id": "at-new", "type": "authentication-tokens", "attributes": {
            "token": "new.atlasv1.token", "description": "x", "created-at": "2026-01-01T00:00:00.000Z",
            "last-used-at": null, "expired-at": "2030-02-03T04:05:06.000Z",
        }});
        match (request.method.as_str(), request.path.as_str()) {
            ("GET", DETAILS) => Reply::json(200, &user(&Value::Null)),
            ("POST", _) => Reply::json(201, &json!({ "data": token })),
            _ => Reply::json(404, &json!({"errors": ["not found"]})),
        }
    });
    let host = server.host();
    world.store_entries(&[(&host, "alice", "an.old.token")]);
    let run = world.keybelt("token create --expires-in 1h").run().code(0).says("2030-02-03");
    assert_eq!(run.stdout(), "new.atlasv1.token\n");
    let document = create(&world, &["--expires-in", "1h"]);
    assert_eq!(document["expires_at"], "2030-02-03T04:05:06Z");
    let sent = server.requests().into_iter().find(|request| request.method == "POST").unwrap();
    let asked = &sent.json()["data"]["attributes"]["expired-at"];
    assert!(asked.as_str().unwrap().ends_with("Z"), "{asked}");
}

#[test]
fn a_token_is_shown_and_revoked_by_a_beginning_that_is_its_own() {
    let world = signed_in();
    let (one, two) = (create(&world, &[]), create(&world, &[]));
    let (id, other) = (one["id"].as_str().unwrap(), two["id"].as_str().unwrap());
    world.keybelt(["token", "show", ""]).run().code(2);
    let shared = id.bytes().zip(other.bytes()).take_while(|(one, two)| one == two).count();
    let own = &id[..(shared + 1).max("at-123456".len())];
    let shown = world.keybelt(["token", "show", own, "-o", "json"]).run().code(0).json();
    assert_eq!(shown["id"], id);
    world.keybelt(["token", "revoke", own]).run().code(0).says(&format!("Revoked {id}"));
    assert!(!world.sandbox.accepts(one["token"].as_str().unwrap()));
    assert!(world.sandbox.accepts(two["token"].as_str().unwrap()));
    let gone = world.keybelt(["token", "revoke", other, "-o", "json"]).run().code(0).json();
    assert_eq!(gone["tokens"], json!([{"id": other, "token": "revoked"}]));
}

/// `token revoke a` once ended the token in use: every id begins with `at-`, and there was only one.
#[test]
fn a_slip_of_the_finger_is_no_id_and_the_refused_ones_are_named_before_anything_ends() {
    let world = signed_in();
    let made = create(&world, &[]);
    let id = made["id"].as_str().unwrap();
    let before = list(&world).len();
    let requests = world.sandbox.requests().len();
    for slip in ["a", "at-", &id[..4], &id[..8], "at-nothing-like-it"] {
        world.keybelt(["token", "revoke", slip]).run().code(2).says("nothing was changed");
    }
    // One that is right does not make up for those that are not, and all of those are named.
    world
        .keybelt(["token", "revoke", id, "at-xxxxxx", "at-", id, "at-yyyyyy"])
        .run()
        .code(2)
        .says("`at-xxxxxx` or `at-` or `at-yyyyyy`");
    // What is no id may be a token, which is not shown again.
    let token = made["token"].as_str().unwrap();
    world.keybelt(["token", "revoke", token]).run().code(2).says("argument 1").hides(token);
    let later = world.sandbox.requests().split_off(requests);
    assert!(later.iter().all(|request| request.method == "GET"), "nothing was revoked");
    assert_eq!(list(&world).len(), before);
}

/// What is not listed may be a team's. If that cannot be asked, nobody knows that there is no such token.
#[test]
fn a_token_that_cannot_be_asked_about_is_not_said_to_be_missing() {
    let world = World::new();
    let id = "/api/v2/authentication-tokens/at-t3ams";
    let errors = json!({"errors": [{"status": "503", "title": "later"}]});
    let server =
        account_server(move |request| (request.path == id).then(|| Reply::json(503, &errors)));
    let revoke = ["token", "revoke", "at-t3ams", "--yes", "--timeout", "3s"];
    let run = world
        .keybelt(revoke)
        .env("ATLAS_ADDRESS", server.host())
        .env("ATLAS_TOKEN", foreign::TOKEN);
    let run = run.run().code(5);
    assert!(!run.stderr().contains("no token"), "{}", run.stderr());
    assert!(!server.routes().iter().any(|route| route.starts_with("DELETE")));
}

#[test]
fn the_others_are_shown_first_and_end_after_one_yes_and_this_one_is_kept() {
    let world = signed_in();
    world.keybelt("token revoke --others --yes").run().code(0);
    let made =
        [create(&world, &["--description", "one"]), create(&world, &["--description", "two"])];
    let live = || {
        made.iter().filter(|token| world.sandbox.accepts(token["token"].as_str().unwrap())).count()
    };
    world.keybelt("token revoke --others").run().code(2).says("--yes");
    assert_eq!(live(), 2);
    let mut terminal = world.keybelt("token revoke --others").size(24, 120).pty();
    terminal
        .expect("one")
        .expect("two")
        .expect("Revoke these 2 tokens of alice")
        .expect("[y/N]")
        .type_line("");
    terminal.wait(2).shows("nothing was revoked").hides("this one");
    assert_eq!(live(), 2);
    let mut terminal = world.keybelt("token revoke --others").size(24, 120).pty();
    terminal.expect("[y/N]").type_line("y");
    terminal.wait(0).shows("Revoked at-");
    assert_eq!(live(), 0);
    assert!(world.sandbox.accepts(&world.stored_tokens()[0]));
    world.keybelt("token revoke --others --yes").run().code(0).says("Nothing to revoke");
}

#[test]
fn revoking_the_token_in_use_signs_out() {
    let world = signed_in();
    let token = world.stored_tokens().remove(0);
    let listed = list(&world);
    let this = listed.iter().find(|token| token["this"] == true).unwrap();
    let id = this["id"].as_str().unwrap();
    // Nobody can be asked, and `--yes` does not mean this.
    world.keybelt(["token", "revoke", id]).run().code(2).says("--include-this");
    world.keybelt(["token", "revoke", id, "--yes"]).run().code(2).says("keybelt logout");
    let mut terminal = world.keybelt(["token", "revoke", id]).size(24, 120).pty();
    terminal.expect("is the token in use here").type_line("n");
    terminal.wait(2).shows("nothing was revoked");
    assert!(world.sandbox.accepts(&token));
    let revoke = ["token", "revoke", id, "--include-this"];
    world.keybelt(revoke).run().code(0).says("signed out of");
    assert!(!world.sandbox.accepts(&token));
    world.keybelt("whoami").run().code(3);
}

#[test]
fn a_rotated_token_takes_the_old_ones_place() {
    for generation in [Generation::Classic, Generation::Modern] {
        let world = signed_in_at(generation);
        let old = world.stored_tokens().remove(0);
        let rotated = world.keybelt("token rotate --expires-in 2d -o json").run().code(0).json();
        let new = world.stored_tokens().remove(0);
        assert_ne!(new, old);
        assert!(world.sandbox.accepts(&new) && !world.sandbox.accepts(&old));
        assert_eq!((&rotated["old_token"], &rotated["this"]), (&json!("revoked"), &json!(true)));
        let entry = &world.tokens_json()["hosts"][world.host()]["accounts"]["alice"];
        assert_eq!(entry["token_id"], rotated["id"]);
        assert_eq!(entry["expires_at"], rotated["expires_at"]);
        assert_eq!(entry["pending_rotation"], Value::Null);
        assert_eq!(list(&world).len(), 1);
    }
}

#[test]
fn a_token_from_a_variable_is_not_rotated() {
    let world = World::new();
    let run = world
        .keybelt("token rotate")
        .env("ATLAS_TOKEN", world.account("alice").token)
        .env("ATLAS_ADDRESS", world.host());
    run.run().code(2).says("cannot replace the token from ATLAS_TOKEN");
    assert_eq!(world.live_tokens_made(), 0);
}

#[test]
fn sign_ins_of_tools_are_told_by_their_descriptions_and_end_without_the_rest() {
    let world = World::new();
    world.sign_in("alice");
    let first = world.stored_tokens().remove(0);
    let made = create(&world, &["--description", "ci deployment"]);
    // A second machine's sign-in, which this one does not know.
    let mine = world.tokens_bytes();
    std::fs::remove_file(world.tokens_file()).unwrap();
    world.sign_in("alice");
    std::fs::write(world.tokens_file(), mine).unwrap();
    let sessions = world.keybelt("session list -o json").run().code(0).json();
    let listed = sessions["tokens"].as_array().unwrap();
    assert_eq!(listed.len(), 2, "{sessions}");
    assert!(
        listed
            .iter()
            .all(|token| { token["description"].as_str().unwrap().starts_with("keybelt on ") })
    );
    let page = format!("{}/app/settings/sessions", world.host());
    assert_eq!(sessions["browser_sessions_page"], json!(page));
    world
        .keybelt("session list")
        .run()
        .code(0)
        .says("Tokens created by tool sign-ins (recognized by description)")
        .says(&page);
    world.keybelt("session revoke --others --yes").run().code(0);
    assert!(world.sandbox.accepts(&first), "this one");
    assert!(world.sandbox.accepts(made["token"].as_str().unwrap()), "no sign-in");
    assert_eq!(
        world.keybelt("session list -o json").run().code(0).json()["tokens"]
            .as_array()
            .unwrap()
            .len(),
        1
    );
}

#[test]
fn a_token_of_an_organization_is_named_as_what_it_is_and_manages_no_user_tokens() {
    let world = World::with(Options {
        generation: Generation::Modern,
        limits: Limits::Off,
        ..Options::default()
    });
    let olivia = world.account("olivia").token;
    let browser = Browser::new(&world.sandbox);
    let made = browser.post_api("/api/v2/organizations/acme/authentication-token", &olivia);
    assert_eq!(made.status, 201, "{}", made.text);
    let document: Value = serde_json::from_str(&made.text).unwrap();
    let token = document["data"]["attributes"]["token"].as_str().unwrap().to_owned();
    let login = ["login", &world.host(), "--token-stdin"];
    let named = "api-org-acme (the service account of organization acme)";
    world.keybelt(login).stdin(token.clone()).run().code(0).says(&format!("as {named}"));
    world.keybelt("status").run().code(0).prints(&format!("signed in as {named}"));
    let whoami = world.keybelt("whoami -o json").run().code(0).json();
    assert_eq!(
        (&whoami["account"], &whoami["holder"]),
        (&json!("api-org-acme"), &json!("organization"))
    );
    for command in
        [&["token", "list"][..], &["token", "create"], &["token", "rotate"], &["session", "list"]]
    {
        world.keybelt(command).run().code(4).says(&format!("this token is of {named}"));
    }
    world.keybelt("logout").run().code(0).says("still valid");
    assert!(world.sandbox.accepts(&token));
}

#[test]
fn a_token_of_a_team_and_one_of_nobody_are_named_too() {
    let world = World::new();
    for (owner, named, word) in [
        (json!({"id": "team-7", "type": "teams"}), "the service account of team team-7", "team"),
        (json!({"id": "run-7", "type": "runs"}), "a service account", "service"),
    ] {
        let server = Server::start(move |_| {
            let mut document = user(&Value::Null);
            document["data"]["attributes"]["is-service-account"] = json!(true);
            document["data"]["relationships"] = json!({"authenticated-resource": {"data": owner}});
            Reply::json(200, &document)
        });
        let host = server.host();
        world.store_entries(&[(&host, "alice", "a.token")]);
        world.keybelt("whoami").run().code(0).prints(named);
        let whoami = world.keybelt("whoami -o json").run().code(0).json();
        assert_eq!(whoami["holder"], json!(word));
    }
}

/// HCP Terraform's tokens are made on its page, with an expiry that only it knows.
#[test]
fn a_pasted_tokens_expiry_is_the_servers() {
    let world = signed_in();
    let made = create(&world, &["--expires-in", "10d"]);
    let token = made["token"].as_str().unwrap().to_owned();
    let login = ["login", &world.host(), "--token-stdin", "-o", "json"];
    let pasted = world.keybelt(login).stdin(token).run().code(0).json();
    assert_eq!(pasted["expires_at"], made["expires_at"]);
    let remaining = |wanted: &str| world.keybelt(["status", "--min-remaining", wanted]).run();
    remaining("9d").code(0);
    remaining("11d").code(6);
}

/// A server with this one token in its list.
fn listing(id: &Value, description: &str) -> Server {
    let token = json!({"id": id, "type": "authentication-tokens", "attributes": {"description": description}});
    let list = json!({"data": [token]});
    let account = json!({"data": {"id": "user-1", "attributes": {"username": "alice"}}});
    Server::start(move |request| match request.route() {
        ("GET", DETAILS) => Reply::json(200, &account),
        _ => Reply::json(200, &list),
    })
}

/// What is not listed would not be revoked either, and nobody would know.
#[test]
fn a_listed_token_that_cannot_be_named_is_an_error_and_not_left_out() {
    let world = World::new();
    for id in [json!("../at-1"), json!("a/b"), json!("."), json!(null), json!([1])] {
        let server = listing(&id, "one");
        let run = world.keybelt("token list").env("ATLAS_TOKEN", "canary.token");
        run.env("ATLAS_ADDRESS", server.host())
            .run()
            .code(5)
            .says("listed a token without a valid ID")
            .hides("../at-1");
    }
}

/// In JSON it is what the server wrote, escaped as JSON escapes; for people it is made visible.
#[test]
fn a_servers_text_is_escaped_once() {
    let world = World::new();
    let hostile = "a\u{1b}[2Jb\u{202e}c";
    let server = listing(&json!("at-1"), hostile);
    let list = |format: &str| {
        let run = world.keybelt(["token", "list", "-o", format]);
        let run = run.env("ATLAS_TOKEN", "canary.token");
        run.env("ATLAS_ADDRESS", server.host()).run().code(0)
    };
    assert_eq!(list("json").json()["tokens"][0]["description"], hostile);
    for format in ["json", "text", "csv"] {
        list(format).hides("\u{1b}").hides("\u{202e}");
    }
    list("text").prints(r"a\u{1b}[2Jb\u{202e}c");
}

/// What ended is said to have ended, and what did not is named.
#[test]
fn a_refused_revocation_is_named_and_the_others_end_all_the_same() {
    let world = World::new();
    let ids = ["at-aaaaaa1", "at-bbbbbb2", "at-cccccc3"];
    for (status, code) in [(403, 4), (401, 4), (422, 4), (503, 5)] {
        let server = account_server(move |request| {
            let refusal = json!({"errors": [{"status": status.to_string(), "title": "no"}]});
            let list = json!({"data": ids.map(|id| json!({"id": id, "attributes": {}}))});
            match request.route() {
                ("GET", TOKENS) => Some(Reply::json(200, &list)),
                ("DELETE", path) if path.ends_with(ids[1]) => Some(Reply::json(status, &refusal)),
                ("DELETE", _) => Some(Reply::with(204, &[], "")),
                _ => None,
            }
        });
        let revoke = ["token", "revoke", ids[0], ids[1], ids[2], "-o", "json"];
        let run = world.keybelt(revoke).env("ATLAS_TOKEN", foreign::TOKEN);
        let run = run.env("ATLAS_ADDRESS", server.host()).run().code(code);
        let document = run.json();
        let not_revoked = if code == 5 { "unknown" } else { "still_valid" };
        for (nth, word) in ["revoked", not_revoked, "revoked"].into_iter().enumerate() {
            let told = &document["tokens"][nth];
            assert_eq!((&told["id"], &told["token"]), (&json!(ids[nth]), &json!(word)), "{status}");
        }
        run.says("Revoked at-aaaaaa1")
            .says(if code == 5 {
                "at-bbbbbb2 may still be valid: "
            } else {
                "at-bbbbbb2 was not revoked: "
            })
            .says("Revoked at-cccccc3")
            .says("some tokens were not revoked");
        let deleted = server.routes().into_iter().filter(|route| route.starts_with("DELETE"));
        assert_eq!(deleted.count(), 3, "{status}");
    }
}

/// A quadratic reader was busy for minutes with one page, whatever the time-out was.
#[test]
fn a_page_of_a_hundred_thousand_rows_is_read_in_time_that_grows_with_it_only() {
    let rows = |kind: &str, attributes: Value| {
        let row =
            |nth: u32| json!({"id": format!("x-{nth:06}"), "type": kind, "attributes": attributes});
        json!({"data": (0..100_000).map(row).collect::<Vec<_>>()}).to_string()
    };
    let tokens = rows("authentication-tokens", json!({}));
    let organizations = rows("organizations", json!({}));
    let server = Server::start(move |request| {
        let body = match request.route() {
            (_, TOKENS) => &tokens,
            (_, "/api/v2/organizations") => &organizations,
            _ => return usual_answer(request),
        };
        Reply::with(200, &[("Content-Type", "application/vnd.api+json")], body)
    });
    let world = World::new();
    world.store_entries(&[(&server.host(), "alice", foreign::TOKEN)]);
    for words in ["token list -o csv", "org list -o csv"] {
        let run = world.keybelt(words).run().code(0);
        assert_eq!(run.stdout().lines().count(), 100_001, "{words}");
    }
}

/// "Expired at must be in the future" was told as a matter of rights.
#[test]
fn a_lifetime_that_the_servers_clock_has_passed_is_blamed_on_this_machines() {
    let Some(faketime) = needs("faketime") else {
        return;
    };
    let world = signed_in();
    for words in ["token rotate", "token create --password-stdin"] {
        let run = world.keybelt(format!("{words} --expires-in 1h")).stdin(world.password("alice"));
        let run = run.through(&faketime, ["-f", "-2d"]).run().code(4);
        run.says("check this machine's clock").says("422").hides("is not allowed to");
    }
    assert!(world.sandbox.accepts(&world.stored_tokens()[0]));
}
