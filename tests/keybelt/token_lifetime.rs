//! `org token-lifetime`: how long an organization lets tokens live, and whom a limit shuts out.

use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};

use jiff::SignedDuration;
use keybelt_sandbox::{Limits, Options, TokenLimitReading};
use serde_json::{Value, json};

use crate::every_command::{LIMITS, ORGANIZATION, account_server, store};
use crate::harness::{Keybelt, Recorded, Reply, Server, World};
use crate::organization::{api, by};

/// What holds where nobody has set a limit: two years of 365.24 days.
const DEFAULT: u64 = 63_113_904;

fn world(token_limit: TokenLimitReading) -> World {
    World::with(Options { token_limit, limits: Limits::Off, ..Options::default() })
}

/// Makes a token of olivia's that no limit here ends.
fn short_token(world: &World) -> String {
    let made = by(world, "olivia", "token create --description short --expires-in 25d").run();
    made.code(0).stdout().trim().to_owned()
}

fn with(world: &World, token: &str, words: &str) -> Keybelt {
    world.keybelt(words).env("ATLAS_ADDRESS", world.host()).env("ATLAS_TOKEN", token)
}

fn owners(world: &World) -> String {
    let (_, teams) = api(world, "olivia", &format!("GET {ORGANIZATION}/teams"), &Value::Null);
    let mut teams = teams["data"].as_array().unwrap().iter();
    let owners = teams.find(|team| team["attributes"]["name"] == "owners").unwrap();
    owners["id"].as_str().unwrap().to_owned()
}

/// Makes a token of the owners' team that lives so many days; returns its id and the token.
fn team_token(world: &World, days: i64) -> (String, String) {
    let expires_at = world.sandbox.now() + SignedDuration::from_hours(24 * days);
    let attributes =
        json!({"description": format!("{days} days"), "expired-at": expires_at.to_string()});
    let document = json!({"data": {"type": "authentication-tokens", "attributes": attributes}});
    let request = format!("POST /api/v2/teams/{}/authentication-tokens", owners(world));
    let (status, made) = api(world, "olivia", &request, &document);
    assert_eq!(status, 201, "{made}");
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    (text(&made["data"]["id"]), text(&made["data"]["attributes"]["token"]))
}

fn outcome(document: &Value, id: &str) -> String {
    let tokens = document["preview"]["tokens"].as_array().unwrap();
    let found = tokens.iter().find(|token| token["id"] == id);
    found.map_or("stays".to_owned(), |token| token["outcome"].as_str().unwrap().to_owned())
}

fn changes(server: &Server) -> Vec<(String, Value)> {
    let requests = server.requests().into_iter().filter(|request| request.method == "PATCH");
    requests.map(|request| (request.path.clone(), request.json())).collect()
}

/// A server with these limits in days, in the protocol's words, that keeps what is set.
fn server(
    kinds: &[(&str, u64)],
    change: impl Fn(&Recorded) -> Option<Reply> + Send + Sync + 'static,
) -> Server {
    let set = kinds.iter().map(|(kind, days)| ((*kind).to_owned(), days * 86_400_000)).collect();
    let (set, on): (Mutex<Vec<(String, u64)>>, _) = (Mutex::new(set), AtomicBool::new(false));
    account_server(move |request| {
        if let Some(reply) = change(request) {
            return Some(reply);
        }
        let mut set = set.lock().unwrap();
        if request.route() == ("PATCH", LIMITS) {
            let wanted = &request.json()["data"]["attributes"]["token-ttl-policies"];
            for wanted in wanted.as_array().unwrap() {
                let mut kinds = set.iter_mut();
                let kind = kinds.find(|(kind, _)| wanted["token-type"] == *kind).unwrap();
                kind.1 = wanted["max-ttl-ms"].as_u64().unwrap();
            }
        }
        if request.route() == ("PATCH", ORGANIZATION) {
            let wanted = request.json()["data"]["attributes"]["max-ttl-enabled"].as_bool();
            on.store(wanted.unwrap(), Ordering::SeqCst);
        }
        let limit = |(kind, longest): &(String, u64)| {
            let attributes = json!({"token-type": kind, "max-ttl-ms": longest});
            json!({"type": "organization-token-ttl-policies", "attributes": attributes})
        };
        match request.route().1 {
            LIMITS => {
                Some(Reply::json(200, &json!({"data": set.iter().map(limit).collect::<Vec<_>>()})))
            }
            ORGANIZATION => Some(Reply::json(
                200,
                &json!({"data": {
                    "id": "acme", "type": "organizations",
                    "attributes": {"name": "acme", "max-ttl-enabled": on.load(Ordering::SeqCst)},
                }}),
            )),
            _ => None,
        }
    })
}

fn at(world: &World, server: &Server, words: &str) -> Keybelt {
    store(world, &server.host(), "alice", "a.token");
    world.keybelt(words)
}

const FIVE: [(&str, u64); 5] =
    [("organization", 700), ("team", 700), ("user", 700), ("audit_trails", 700), ("metrics", 700)];

#[test]
fn the_limits_are_set_then_read_back_and_only_then_turned_on() {
    for kinds in [&FIVE[..4], &FIVE[..]] {
        let (world, server) = (World::new(), server(kinds, |_| None));
        let words = "org token-lifetime acme team=30d audit-trail=1h --include-this --yes -o json";
        let run = at(&world, &server, words).run().code(0);
        let limits = json!({"data": {
            "type": "organization-token-ttl-policies",
            "attributes": {"token-ttl-policies": [
                {"token-type": "team", "max-ttl-ms": 2_592_000_000_u64},
                {"token-type": "audit_trails", "max-ttl-ms": 3_600_000},
            ]},
        }});
        let switch =
            json!({"data": {"type": "organizations", "attributes": {"max-ttl-enabled": true}}});
        let expected = [(LIMITS.to_owned(), limits), (ORGANIZATION.to_owned(), switch)];
        assert_eq!(changes(&server), expected);
        let routes = server.routes();
        let place = |wanted: &str| routes.iter().rposition(|it| it.starts_with(wanted)).unwrap();
        let (set, on) =
            (place(&format!("PATCH {LIMITS}")), place(&format!("PATCH {ORGANIZATION}")));
        assert!(routes[set..on].iter().any(|it| it.starts_with(&format!("GET {LIMITS}"))));
        let document = run.json();
        assert_eq!((&document["limited"], &document["changed"]), (&json!(true), &json!(true)));
        let limit = |kind: &str| {
            let limits = document["limits"].as_array().unwrap();
            limits.iter().find(|it| it["kind"] == kind).unwrap().clone()
        };
        assert_eq!(limit("team")["longest"], 2_592_000);
        assert_eq!(limit("audit_trail")["longest"], 3600);
        let metrics = if kinds.len() == 5 { 700 * 86_400 } else { DEFAULT };
        assert_eq!(limit("metrics")["longest"], metrics);
        assert_eq!(limit("metrics")["server_default"], kinds.len() == 4);
        let again = "org token-lifetime acme team=30d --yes";
        at(&world, &server, again).run().code(0).says("already");
        assert_eq!(changes(&server).len(), 2);
        at(&world, &server, "org token-lifetime acme --off --yes").run().code(0);
        let off =
            json!({"data": {"type": "organizations", "attributes": {"max-ttl-enabled": false}}});
        assert_eq!(changes(&server)[2..], [(ORGANIZATION.to_owned(), off)]);
    }
}

#[test]
fn a_server_that_only_says_that_it_was_done_is_found_out_before_the_limits_are_turned_on() {
    let ignores = |request: &Recorded| {
        (request.route() == ("PATCH", LIMITS)).then(|| Reply::json(200, &json!({"data": []})))
    };
    let (world, server) = (World::new(), server(&FIVE, ignores));
    let run = at(&world, &server, "org token-lifetime acme team=30d --include-this --yes").run();
    run.code(5).says("has not changed");
    assert_eq!(changes(&server).len(), 1);
}

/// No document says how a server counts: whatever it does, nothing ends that was not named.
#[test]
fn under_either_reading_no_token_ends_that_was_not_named() {
    for reading in [TokenLimitReading::SinceCreation, TokenLimitReading::FromNow] {
        let world = world(reading);
        let tokens = [29, 31, 45, 731].map(|days| team_token(&world, days));
        let short = short_token(&world);
        // Of the 45 days, 25 are left: one reading ends it, the other does not.
        world.sandbox.advance(20 * 86_400);
        let words = "org token-lifetime acme team=30d";
        let plan = with(&world, &short, &format!("{words} --dry-run -o json")).run().code(6).json();
        assert_eq!(world.count("PATCH", ORGANIZATION), 0);
        let outcomes = [0, 1, 2, 3].map(|nth: usize| outcome(&plan, &tokens[nth].0));
        assert_eq!(outcomes, ["may_end", "ends", "ends", "ends"]);
        assert_eq!(plan["preview"]["ends"], 3);
        let run = with(&world, &short, &format!("{words} --include-this --yes")).run().code(0);
        run.says("team owners: ").says("members' own tokens are not listed");
        let ended = tokens.map(|(_, token)| {
            let run = with(&world, &token, "org show acme").run().any_end();
            if run.exit_code() == Some(4) {
                assert!(run.stderr().contains("limit token lifetimes"), "{}", run.stderr());
            }
            run.exit_code() == Some(4)
        });
        let from_now = matches!(reading, TokenLimitReading::FromNow);
        assert_eq!(ended, [false, !from_now, !from_now, true]);
    }
}

/// Two calendar years with a 29 February are longer than the server's default.
#[test]
fn turning_the_limits_on_ends_what_is_longer_than_a_limit_that_nobody_set() {
    let world = world(TokenLimitReading::SinceCreation);
    let (long, _) = team_token(&world, 731);
    let (two_years, _) = team_token(&world, 730);
    let words = "org token-lifetime acme audit-trail=30d --dry-run";
    let plan = by(&world, "olivia", &format!("{words} -o json")).run().code(6).json();
    assert_eq!(outcome(&plan, &long), "ends");
    assert_eq!(outcome(&plan, &two_years), "may_end");
    let run = by(&world, "olivia", words).run().code(6);
    run.prints("team: 730 days 11 hours at most (server's default)").prints("the token in use");
}

#[test]
fn the_end_of_the_token_in_use_wants_its_own_word() {
    let world = world(TokenLimitReading::SinceCreation);
    let words = "org token-lifetime acme user=30d";
    by(&world, "olivia", &format!("{words} --yes")).run().code(2).says("--include-this");
    assert_eq!(world.count("PATCH", LIMITS), 0);
    let mut terminal = by(&world, "olivia", &format!("{words} --yes")).pty();
    terminal.expect("Lock it out of acme? [y/N]").type_line("n");
    terminal.wait(2);
    assert_eq!(world.count("PATCH", LIMITS), 0);
    let run = by(&world, "olivia", &format!("{words} --yes --include-this")).run().code(4);
    run.says("were set, and the token in use no longer works there");
    assert_eq!(world.count("PATCH", ORGANIZATION), 1);
    by(&world, "olivia", "whoami").run().code(0);
}

#[test]
fn limits_are_shown_and_changed_by_owners_alone_and_never_unasked() {
    let world = world(TokenLimitReading::SinceCreation);
    let run = by(&world, "olivia", "org token-lifetime acme").run().code(0);
    run.prints("does not limit").prints("user: 730 days 11 hours at most (server's default)");
    let document = by(&world, "olivia", "org token-lifetime acme -o json").run().code(0).json();
    assert_eq!((&document["limited"], &document["changed"]), (&json!(false), &json!(false)));
    assert_eq!(document["limits"].as_array().unwrap().len(), 5);
    for words in ["", " team=30d --dry-run", " team=30d --yes"] {
        let run = by(&world, "alice", &format!("org token-lifetime acme{words}")).run();
        run.code(4).says("owners");
    }
    let before = world.sandbox.requests().len();
    for words in
        ["team=30d", "--off", "--dry-run", "team", "agents=1d", "team=1d team=2d", "team=1d --off"]
    {
        by(&world, "olivia", &format!("org token-lifetime acme {words}")).run().code(2);
    }
    assert_eq!(world.sandbox.requests().len(), before);
    by(&world, "olivia", "org token-lifetime acme --off --yes").run().code(0).says("already");
    let (_, team) = team_token(&world, 20);
    with(&world, &team, "org token-lifetime acme").run().code(0);
    let words = "org token-lifetime acme organization=20d --yes";
    let mut terminal = with(&world, &team, words.trim_end_matches(" --yes")).pty();
    terminal.expect("[y/N]").type_line("n");
    terminal.wait(2);
    assert_eq!(world.count("PATCH", LIMITS), 0);
    with(&world, &team, words).run().code(0);
    assert_eq!(world.count("PATCH", LIMITS), 1);
}

#[test]
fn a_stored_token_is_guarded_by_sudo_mode() {
    let world = world(TokenLimitReading::SinceCreation);
    world.sign_in("olivia");
    world.change_entry("olivia", |entry| entry["authenticated_at"] = Value::Null);
    let words = "org token-lifetime acme team=30d --include-this --yes";
    world.keybelt(words).run().code(3).says("sudo");
    assert_eq!(world.count("PATCH", LIMITS), 0);
}
