//! `org list`, `org show`, `org require-2fa`: what organizations demand, and changing it with open eyes.

use std::io::{Read, Write};
use std::net::TcpStream;

use keybelt_sandbox::{FaultKind, Generation, Limits, Options, TokenLimitReading};
use serde_json::{Value, json};

use crate::every_command::{ORGANIZATION, ORGANIZATIONS, store};
use crate::harness::{Keybelt, Recorded, Reply, Server, World};
use crate::organization_server::{Person, Second, keybelt, page, serve_with};

/// Prepares keybelt with an account's token from the environment.
pub fn by(world: &World, username: &str, words: &str) -> Keybelt {
    world
        .keybelt(words.split(' '))
        .env("ATLAS_ADDRESS", world.host())
        .env("ATLAS_TOKEN", world.account(username).token)
}

/// A server whose organization has these members, and these attributes.
fn organization(attributes: Value, people: Vec<Person>) -> Server {
    serve_with(attributes, move |_| Reply::json(200, &page(&people, 1, 1, people.len() as u64)))
}

fn changes(server: &Server) -> usize {
    let requests = server.requests();
    let is_change = |it: &&Recorded| it.method == "PATCH" && it.path == ORGANIZATION;
    requests.iter().filter(is_change).count()
}

#[test]
fn organizations_are_listed_with_what_they_demand_and_who_you_are_there() {
    let world = World::new();
    let run = by(&world, "olivia", "org list").run().code(0);
    let rows: Vec<Vec<_>> =
        run.stdout().lines().map(|it| it.split_whitespace().collect()).collect();
    assert_eq!(rows[0], ["ORGANIZATION", "TWO", "FACTOR", "COMPLIANT", "YOU"]);
    assert_eq!(rows[1], ["acme", "not", "required", "yes", "owner"]);
    let run = by(&world, "alice", "org list -o csv").run().code(0);
    assert_eq!(
        run.stdout(),
        "organization,policy,conformant,role\r\nacme,password,true,member\r\n"
    );
    let run = by(&world, "alice", "org list -o json").run().code(0);
    let document = run.json();
    assert_eq!(document["organizations"][0]["organization"], "acme");
    assert_eq!(document["organizations"][0]["role"], "member");
    assert_eq!(document["organizations"][0]["may_change"], false);
    world.keybelt("org list").run().code(3);
    world.set_faults([format!("500@GET:{ORGANIZATIONS}").as_str()]);
    by(&world, "olivia", "org list").run().code(5);
}

#[test]
fn an_organization_is_shown_with_all_that_is_known_of_it() {
    let limits = |request: &Recorded| {
        request.path.ends_with("/token-ttl-policies").then(|| {
            Reply::json(200, &json!({"data": [
                {"type": "organization-token-ttl-policies", "attributes": {"token-type": "user", "max-ttl-ms": 2_592_000_000_u64}},
                {"type": "organization-token-ttl-policies", "attributes": {"token-type": "team", "max-ttl-ms": 86_400_000}},
            ]}))
        })
    };
    let organization = json!({"data": {"id": "acme", "type": "organizations", "attributes": {
        "collaborator-auth-policy": "two_factor_mandatory", "two-factor-conformant": true, "session-timeout": 30,
        "session-remember": null, "user-tokens-enabled": false, "max-ttl-enabled": true,
        "permissions": {"can-update": false},
    }}});
    let server = Server::start(move |request| {
        let not_found = || Reply::json(404, &json!({"errors": ["not found"]}));
        match request.path.as_str() {
            ORGANIZATION => Reply::json(200, &organization),
            _ => limits(request).unwrap_or_else(not_found),
        }
    });
    let world = World::new();
    let run = keybelt(&world, &server.host(), "org show acme").run().code(0);
    assert_eq!(
        run.stdout(),
        format!(
            "acme at {}\n  you may not change it\n  two-factor authentication is required of everyone\n  \
             everyone required to enrol has enrolled, according to the server\n  \
             browser sessions: end after 30 minutes idle, the server's default time in total\n  \
             user tokens: not allowed\n  token lifetime: at most user 30 days, team 1 day\n",
            server.host()
        )
    );
    let run = keybelt(&world, &server.host(), "org show acme -o json").run().code(0);
    let expected = json!({
        "host": server.host(), "organization": "acme", "title": "acme", "role": null, "may_change": false,
        "policy": "two_factor_mandatory", "conformant": true, "idle_session": 1800, "longest_session": null,
        "user_tokens_allowed": false, "token_lifetimes_limited": true,
        "token_limits": [{"kind": "user", "longest": 2_592_000}, {"kind": "team", "longest": 86_400}],
        "invitations": null,
    });
    assert_eq!(run.json(), expected);
    let world = World::new();
    let run = by(&world, "olivia", "org show acme").run().code(0);
    run.prints("you are an owner, and may change it").prints("is not required");
    by(&world, "alice", "org show acme")
        .run()
        .code(0)
        .prints("you are a member, and may not change it");
    by(&world, "alice", "org show nope").run().code(4).says("organization `nope` not found");
}

/// A 401 of an organization that lets no user tokens in is not a dead token (protocol: atlas 2.4).
#[test]
fn an_organization_that_shuts_user_tokens_out_is_not_a_dead_token() {
    let server = Server::start(|request| match request.path.as_str() {
        "/api/v2/account/details" => Reply::json(200, &crate::every_command::user(&json!(null))),
        _ => Reply::json(401, &json!({"errors": [{"status": "401", "title": "unauthorized"}]})),
    });
    let world = World::new();
    let run = keybelt(&world, &server.host(), "org show acme").run().code(4);
    run.says("`acme` does not allow this token");
    let dead = Server::start(|_| Reply::json(401, &json!({"errors": [{"status": "401"}]})));
    keybelt(&world, &dead.host(), "org show acme").run().code(3);
}

/// Every combination of two owners' and a member's states, you being an owner or not.
#[test]
fn the_precheck_says_who_blocks_and_who_is_locked_out_in_every_combination() {
    const STATES: [Second; 4] = [Second::On, Second::Started, Second::Off, Second::NotTold];
    let world = World::new();
    let lacks = |state| matches!(state, Second::Started | Second::Off);
    for (case, you_own) in (0..128).map(|case| (case % 64, case >= 64)) {
        let [you, otto, member] = [case / 16, case / 4 % 4, case % 4].map(|it| STATES[it]);
        let olivia = Person { is_owner: you_own, ..Person::new("olivia", you) };
        let people = vec![olivia, Person::owner("otto", otto), Person::new("mia", member)];
        let server = organization(json!({}), people);
        let owners =
            if you_own { vec![("olivia", you), ("otto", otto)] } else { vec![("otto", otto)] };
        let others =
            if you_own { vec![("mia", member)] } else { vec![("olivia", you), ("mia", member)] };
        let named = |people: &[(&str, Second)], fits: &dyn Fn(Second) -> bool| -> Vec<String> {
            let people = people.iter().filter(|(_, state)| fits(*state));
            people.map(|(name, _)| (*name).to_owned()).collect()
        };
        let blocking = named(&owners, &lacks);
        let code = if blocking.is_empty() { 0 } else { 6 };
        let run = keybelt(&world, &server.host(), "org require-2fa acme --dry-run -o json");
        let document = run.run().code(code).json();
        let precheck = &document["precheck"];
        let listed = |key: &str| -> Vec<String> {
            let list = precheck[key].as_array().unwrap().iter();
            list.map(|it| it["member"].as_str().unwrap().to_owned()).collect()
        };
        let what = format!("you {you:?} (owner: {you_own}), otto {otto:?}, mia {member:?}");
        assert_eq!(listed("blocking"), blocking, "{what}");
        assert_eq!(listed("locked_out"), named(&others, &lacks), "{what}");
        assert_eq!(listed("owners_unknown"), named(&owners, &|it| it == Second::NotTold), "{what}");
        assert_eq!(precheck["would_succeed"], blocking.is_empty(), "{what}");
        let word = match you {
            Second::On => "on",
            Second::Started => "started",
            Second::Off => "off",
            Second::NotTold => "unknown",
        };
        assert_eq!(precheck["you"]["state"], word, "{what}");
        assert_eq!(changes(&server), 0, "{what}: a dry run changes nothing");

        let run = keybelt(&world, &server.host(), "org require-2fa acme --yes").run();
        if blocking.is_empty() {
            run.code(0).says("is required of everyone").says("not everyone has it yet");
            assert_eq!(changes(&server), 1, "{what}");
        } else {
            let run = run.code(4).says("until all owners have enabled it");
            blocking.iter().fold(run, |run, name| run.says(name));
            assert_eq!(changes(&server), 0, "{what}: the server is not even asked");
        }
    }
}

#[test]
fn the_precheck_tells_people_what_will_happen() {
    let world = World::with(Options { members: 60, limits: Limits::Off, ..Options::default() });
    let run = by(&world, "olivia", "org require-2fa acme --dry-run").run().code(0);
    let expected = "acme: 64 members\n  1 owner, all with two-factor authentication\n  \
        7 members would be locked out of the web interface until they enrol: alice (off), member-1 (off), \
        member-2 (started), member-21 (off), member-22 (started), member-41 (off), member-42 (started)\n  \
        3 members with unknown status: they sign in elsewhere\n  3 invited, who must enrol when they join\n  \
        existing tokens keep working, even for members who are locked out\n  you (olivia) have it\n\
        acme can be changed: two-factor authentication would be required of everyone\n";
    assert_eq!(run.stdout(), expected);
    let run = by(&world, "alice", "org require-2fa acme --dry-run").run().code(4);
    run.says("does not show the members of acme");
    let run = by(&world, "olivia", "org require-2fa acme --off --dry-run").run().code(0);
    run.says("already: two-factor authentication is not required");
    by(&world, "alice", "org require-2fa acme --yes").run().code(4);
    assert_eq!(world.count("PATCH", ORGANIZATION), 0);
}

#[test]
fn a_refusal_by_the_server_is_explained_by_what_was_found() {
    let world = World::new();
    let refused = |people: Vec<Person>| {
        let server = organization(json!({"refuses": 422}), people);
        let run = keybelt(&world, &server.host(), "org require-2fa acme --yes").run().code(4);
        assert_eq!(changes(&server), 1);
        run.says("did not change the policy of acme").says("Owners must have it")
    };
    let olivia = || Person::owner("olivia", Second::On);
    let run = refused(vec![olivia(), Person::owner("oscar", Second::NotTold)]);
    run.says("the server does not report it for: oscar (unknown)");
    refused(vec![olivia()]).says("check again with --dry-run");
    refused(vec![Person::new("mia", Second::On)]).says("does not show who they are");
    let may_not = organization(json!({"permissions": {"can-update": false}}), vec![olivia()]);
    let run = keybelt(&world, &may_not.host(), "org require-2fa acme --dry-run").run().code(6);
    run.prints("this token is not allowed to change acme");
    let no_rule = organization(json!({}), vec![olivia()]);
    let run = keybelt(&world, &no_rule.host(), "org require-2fa acme --off --yes").run().code(0);
    run.says("already");
    assert_eq!(changes(&no_rule), 0);
}

/// Every refusal was explained by owners without a second factor.
#[test]
fn a_refusal_that_has_nothing_to_do_with_owners_is_not_explained_by_them() {
    let world = World::new();
    for (status, hint) in [
        (401, "its owners can allow or forbid user tokens"),
        (403, "only its owners may"),
        (404, "only its owners may"),
    ] {
        let people = vec![Person::owner("olivia", Second::On)];
        let server = organization(json!({ "refuses": status }), people);
        let run = keybelt(&world, &server.host(), "org require-2fa acme --yes").run();
        run.code(4).says(hint).hides("all owners");
        assert_eq!(changes(&server), 1);
    }
}

#[test]
fn a_server_that_only_says_that_it_was_done_is_found_out() {
    let people = vec![Person::owner("olivia", Second::On)];
    let server = organization(json!({"ignores": true}), people);
    let world = World::new();
    let run = keybelt(&world, &server.host(), "org require-2fa acme --yes").run().code(5);
    run.says("has not changed");
    assert_eq!(changes(&server), 1);
}

#[test]
fn nothing_is_changed_without_a_confirmation() {
    let world = World::new();
    for words in ["org require-2fa acme", "org require-2fa acme --off"] {
        let before = world.sandbox.requests().len();
        by(&world, "olivia", words).run().code(2).says("--yes");
        assert_eq!(world.sandbox.requests().len(), before, "{words}");
    }
    let mut terminal = by(&world, "olivia", "org require-2fa acme").pty();
    terminal
        .expect("1 member would be locked out of the web interface until they enrol: alice (off)");
    terminal.expect("lock out 1 member until they enrol? [y/N]").type_line("n");
    terminal.wait(2);
    assert_eq!(world.count("PATCH", ORGANIZATION), 0);
    let mut terminal = by(&world, "olivia", "org require-2fa acme").pty();
    terminal.expect("[y/N]").type_line("y");
    terminal.expect("is required of everyone; the server reports that not everyone has it yet");
    terminal.wait(0);
    by(&world, "olivia", "org require-2fa acme --yes").run().code(0).says("already");
    assert_eq!(world.count("PATCH", ORGANIZATION), 1);
}

/// The change is never made twice by a request that was lost on its way back, and what may have been done is
/// not denied.
#[test]
fn a_change_whose_answer_is_lost_is_not_repeated_and_may_have_been_done() {
    for kind in FaultKind::names() {
        let world = World::new();
        world.set_faults([format!("{kind}@PATCH:{ORGANIZATION}").as_str()]);
        let run = by(&world, "olivia", "org require-2fa acme --yes --timeout 3s").run();
        let sent = world.count("PATCH", ORGANIZATION);
        match kind {
            "delay" | "hostile-text" => drop(run.code(0)),
            "reset" | "truncate" | "huge" => {
                run.code(5).says("it may have succeeded anyway");
            }
            _ => drop(run.code(5)),
        }
        let most = if kind.starts_with("429") { 10 } else { 1 };
        assert!((1..=most).contains(&sent), "{kind}: sent {sent} times");
    }
}

#[test]
fn a_stored_token_is_guarded_by_sudo_mode() {
    let world = World::new();
    world.sign_in("olivia");
    world.change_entry("olivia", |entry| entry["authenticated_at"] = Value::Null);
    world.keybelt("org require-2fa acme --yes").run().code(3).says("sudo");
    assert_eq!(world.count("PATCH", ORGANIZATION), 0);
    let mut terminal = world.keybelt("org require-2fa acme").pty();
    terminal.expect("[y/N]").type_line("y");
    terminal.expect_hidden("Password for ").type_line(&world.password("olivia"));
    terminal.expect("is required of everyone");
    terminal.wait(0);
    world.keybelt("org require-2fa acme --off --yes").run().code(0);
    world.assert_live_tokens_are_stored();
}

#[test]
fn where_no_password_is_checked_the_organizations_name_is_typed() {
    let world = World::with(Options {
        generation: Generation::Modern,
        limits: Limits::Off,
        ..Options::default()
    });
    let token = world.account("olivia").token;
    store(&world, &world.host(), "olivia", &token);
    world.change_entry("olivia", |entry| entry["authenticated_at"] = Value::Null);
    for (typed, code) in [("olivia", 2), ("acme", 0)] {
        let mut terminal = world.keybelt("org require-2fa acme").pty();
        terminal.expect("[y/N]").type_line("y");
        terminal.expect("Type acme to continue: ").type_line(typed);
        terminal.wait(code);
        assert_eq!(world.count("PATCH", ORGANIZATION), usize::from(code == 0));
    }
}

/// Sends a request to the sandbox; returns the head and the body of the answer.
fn send(world: &World, request: &str, headers: &str, body: &str) -> (String, String) {
    let host = world.host();
    let address = host.strip_prefix("http://").unwrap();
    let mut connection = TcpStream::connect(address).unwrap();
    write!(
        connection,
        "{request} HTTP/1.1\r\nHost: {address}\r\n{headers}Connection: close\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    )
    .unwrap();
    let mut answer = String::new();
    connection.read_to_string(&mut answer).unwrap();
    let (head, body) = answer.split_once("\r\n\r\n").unwrap();
    (head.to_owned(), body.to_owned())
}

/// Sends a request with an account's token; returns the status and the document.
pub fn api(world: &World, username: &str, request: &str, document: &Value) -> (u16, Value) {
    let headers = format!(
        "Authorization: Bearer {}\r\nContent-Type: application/vnd.api+json\r\n",
        world.account(username).token
    );
    let body = if document.is_null() { String::new() } else { document.to_string() };
    let (head, body) = send(world, request, &headers, &body);
    let status = head.split(' ').nth(1).unwrap().parse().unwrap();
    (status, serde_json::from_str(&body).unwrap_or_default())
}

/// Makes alice, who has no second factor, an owner too.
fn make_alice_an_owner(world: &World) {
    let (_, teams) = api(world, "olivia", &format!("GET {ORGANIZATION}/teams"), &Value::Null);
    let mut teams = teams["data"].as_array().unwrap().iter();
    let owners = teams.find(|team| team["attributes"]["name"] == "owners").unwrap();
    let id = owners["id"].as_str().unwrap();
    let request = format!("POST /api/v2/teams/{id}/relationships/users");
    let (status, _) =
        api(world, "olivia", &request, &json!({"data": [{"type": "users", "id": "alice"}]}));
    assert_eq!(status, 204);
}

/// What the precheck foresees is what the server does.
#[test]
fn the_server_refuses_what_the_precheck_stops_and_takes_it_when_all_owners_have_enrolled() {
    let world = World::new();
    make_alice_an_owner(&world);
    let run = by(&world, "olivia", "org require-2fa acme --dry-run").run().code(6);
    let run = run.prints("2 owners; without it, blocking the change: alice (off)");
    run.prints("no member would be locked out");
    let run = by(&world, "alice", "org require-2fa acme --yes").run().code(4);
    run.says("alice does").says("you are one of them: run `keybelt 2fa enable`");
    assert_eq!(world.count("PATCH", ORGANIZATION), 0);
    let mandatory = json!({"data": {
        "type": "organizations", "attributes": {"collaborator-auth-policy": "two_factor_mandatory"},
    }});
    let (status, _) = api(&world, "olivia", &format!("PATCH {ORGANIZATION}"), &mandatory);
    assert_eq!(status, 422);
    by(&world, "alice", "2fa enable --app --no-verify --no-qr").run().code(0);
    let run = by(&world, "olivia", "org require-2fa acme --dry-run").run().code(6);
    run.prints("blocking the change: alice (started)");
    by(&world, "alice", &format!("2fa verify {} --recovery-codes-file codes", world.code("alice")))
        .run()
        .code(0);
    let run = by(&world, "alice", "org require-2fa acme --yes").run().code(0);
    run.says("2 owners, all with two-factor authentication")
        .says("the server reports that everyone has it");
}

#[test]
fn what_an_organization_sets_is_shown() {
    // A token that outlives its limit is shut out at once; by this reading six days are left of these.
    let token_limit = TokenLimitReading::FromNow;
    let options = Options { token_limit, limits: Limits::Off, ..Options::default() };
    let world = World::with(options);
    world.sandbox.advance(725 * 86_400);
    let change = |request: &str, kind: &str, attributes: Value| {
        let document = json!({"data": {"type": kind, "attributes": attributes}});
        let (status, _) =
            api(&world, "olivia", &format!("PATCH {ORGANIZATION}{request}"), &document);
        assert_eq!(status, 200);
    };
    let settings =
        json!({"session-timeout": 60, "session-remember": 1440, "max-ttl-enabled": true});
    change("", "organizations", settings);
    let limits = json!({"token-ttl-policies": [{"token-type": "user", "max-ttl-ms": 604_800_000}]});
    change("/token-ttl-policies", "organization-token-ttl-policies", limits);
    let run = by(&world, "olivia", "org show acme").run().code(0);
    let run = run.prints("end after 1 hour idle, 1 day in total");
    run.prints("token lifetime: at most ").prints("user 7 days");
    let run = by(&world, "bob", "org show acme").run().code(0);
    run.prints("limited; this token cannot see the limits");
}

/// Fetches a page as a browser would, with its cookie, wherever it leads; returns the page.
fn visit(world: &World, cookie: &mut String, request: &str, form: &str) -> String {
    let headers =
        format!("Cookie: {cookie}\r\nContent-Type: application/x-www-form-urlencoded\r\n");
    let (head, body) = send(world, request, &headers, form);
    let header = |name: &str| {
        let mut lines = head.lines().filter_map(|line| line.split_once(": "));
        let found = lines.find(|(found, _)| found.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value.to_owned())
    };
    if let Some(set) = header("set-cookie") {
        *cookie = set.split(';').next().unwrap().to_owned();
    }
    match header("location") {
        Some(place) => visit(world, cookie, &format!("GET {place}"), ""),
        None => body,
    }
}

/// Signs an account in on the page; returns what the page that follows is headed.
fn sign_in_on_the_page(world: &World, username: &str) -> String {
    let mut cookie = String::new();
    let page = visit(world, &mut cookie, "GET /app/settings/tokens", "");
    let form = page.split_once("<form method=\"post\" action=\"/session\">").unwrap().1;
    let hidden = form.split("<input type=\"hidden\" name=\"").skip(1);
    let mut fields = url::form_urlencoded::Serializer::new(String::new());
    for input in hidden {
        let (name, rest) = input.split_once("\" value=\"").unwrap();
        fields.append_pair(name, rest.split('"').next().unwrap());
    }
    fields.append_pair("login", username).append_pair("password", &world.password(username));
    let page = visit(world, &mut cookie, "POST /session", &fields.finish());
    let heading = page.split_once("<h1>").unwrap().1;
    heading.split("</h1>").next().unwrap().to_owned()
}

/// The rule concerns the pages: a member without a second factor gets no further than enrolling there, while
/// tokens, and sign-ins of tools, go on (seed 001, protocol: atlas 1.9).
#[test]
fn the_rule_locks_members_out_of_the_pages_and_leaves_their_tokens_alone() {
    let world = World::new();
    let token_works = || {
        by(&world, "alice", "whoami").run().code(0);
    };
    assert_eq!(sign_in_on_the_page(&world, "alice"), "Authentication tokens");
    token_works();
    by(&world, "olivia", "org require-2fa acme --yes").run().code(0);
    assert_eq!(sign_in_on_the_page(&world, "alice"), "Set up two-factor authentication");
    assert_eq!(sign_in_on_the_page(&world, "bob"), "Two-factor authentication");
    token_works();
    world.sign_in("alice");
    by(&world, "olivia", "org require-2fa acme --off --yes").run().code(0);
    assert_eq!(sign_in_on_the_page(&world, "alice"), "Authentication tokens");
    token_works();
}

#[test]
fn organizations_with_hostile_names_are_shown_and_not_obeyed() {
    let names = [
        "\u{1b}[2Jacme".to_owned(),
        "\u{202e}acme\u{7}".to_owned(),
        "=cmd|' /C calc'!A0".to_owned(),
        "名".repeat(50),
        "x".repeat(10_000),
        "../../account".to_owned(),
        "acme".to_owned(),
    ];
    let data: Vec<_> = names
        .iter()
        .map(|name| json!({"id": name, "type": "organizations", "attributes": {"collaborator-auth-policy": "password"}}))
        .collect();
    let server = Server::start(move |request| match request.path.split('?').next().unwrap() {
        "/api/v2/organizations" => Reply::json(200, &json!({"data": data})),
        _ => Reply::json(404, &json!({"errors": ["not found"]})),
    });
    let world = World::new();
    for columns in [80, 40] {
        let run =
            keybelt(&world, &server.host(), "org list").env("NO_COLOR", "1").size(100, columns);
        let ended = run.pty().wait(0);
        for text in ["\u{1b}[2J", "\u{202e}", "\u{7}"] {
            assert!(!ended.text.contains(text), "{text:?}");
        }
        let width =
            |line: &str| line.chars().map(|it| if it == '名' { 2 } else { 1 }).sum::<usize>();
        assert!(ended.text.lines().all(|line| width(line) <= columns.into()), "{}", ended.text);
    }
    let run = keybelt(&world, &server.host(), "org list -o csv").run().code(0);
    run.prints("\r\n'=cmd|").hides("\u{1b}").hides("\u{202e}");
    let run = keybelt(&world, &server.host(), "org audit --all").run().code(4);
    run.says("an invalid name").hides("\u{1b}");
    let asked = server.routes();
    assert!(!asked.iter().any(|route| route.contains("..") || route.contains("xxx")), "{asked:?}");
}
