//! An Aptible server that none of us wrote, and one that means harm: other shapes, wrong addresses, redirects,
//! pages without end. No password and no token leaves its origin, and nothing loops.

use std::fs;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use data_encoding::BASE64URL_NOPAD;
use serde_json::{Value, json};

use crate::canary::{Answer, Canaries, places, wrong_types};
use crate::every_command::write_store;
use crate::harness::{Keybelt, Outcome, Recorded, Reply, Server, World};

const PASSWORD: &str = "Wr0ng-h0rse&battery/\"staple\"";
const CODE: &str = "481516";
const NEXT_CODE: &str = "234200";
const EMAIL: &str = "alice@example.com";

/// A token with claims; nobody checks its signature.
fn token_of(claims: &Value) -> String {
    let part = |text: &str| BASE64URL_NOPAD.encode(text.as_bytes());
    let (head, claims) = (part(r#"{"typ":"JWT","alg":"RS512"}"#), part(&claims.to_string()));
    format!("{head}.{claims}.{}", part("fOreIgn-aPtiBle-signature-4711"))
}

fn token() -> String {
    token_of(&json!({"id": "t-1", "scope": "manage", "exp": 1_900_000_000, "email": EMAIL}))
}

fn error(status: u16, slug: &str) -> Reply {
    Reply::json(
        status,
        &json!({"code": status, "error": slug, "message": "No.", "exception_context": {}}),
    )
}

/// Starts an Aptible server, alice being everybody. `change` may answer in its place.
fn server(change: impl Fn(&Recorded) -> Option<Reply> + Send + Sync + 'static) -> Server {
    Server::start(move |request| change(request).unwrap_or_else(|| usual(request)))
}

/// What it answers when nothing is wrong, with relative addresses.
fn usual(request: &Recorded) -> Reply {
    let bearer = request.header("Authorization").is_some();
    let path = request.path.split('?').next().unwrap();
    match (request.method.as_str(), path) {
        ("GET", "/") => Reply::json(200, &json!({"_links": {"tokens": {"href": "/tokens"}}})),
        ("POST", "/tokens") => Reply::json(201, &token_resource(true)),
        (_, _) if !bearer => error(401, "invalid_token"),
        ("GET", "/current_token") => Reply::json(200, &token_resource(false)),
        ("GET", "/users/u-1") => Reply::json(200, &user(true)),
        ("PATCH", "/users/u-1") => Reply::json(200, &user(request.json()["otp_enabled"] == true)),
        ("POST", "/users/u-1/otp_configurations") => Reply::json(201, &configuration()),
        ("GET", "/otp_configurations/c-1/otp_recovery_codes") => Reply::json(200, &codes()),
        ("GET", "/organizations") => Reply::json(
            200,
            &json!({"_embedded": {"organizations": [
                {"id": "o-1", "name": "acme", "_links": {"users": {"href": "/organizations/o-1/users"}}},
            ]}}),
        ),
        ("GET", "/organizations/o-1/users") => {
            Reply::json(200, &json!({"_embedded": {"users": [user(true)]}}))
        }
        ("POST", "/tokens/revoke_all_accessible") => Reply::json(200, &json!({"revoked": 3})),
        ("DELETE", "/tokens/t-1") => Reply::with(204, &[], ""),
        _ => error(404, "not_found"),
    }
}

fn token_resource(with_token: bool) -> Value {
    let mut resource = json!({
        "id": "t-1", "token_type": "bearer", "scope": "manage",
        "expires_at": "2030-03-17T17:46:40.000Z", "created_at": "2026-05-01T10:00:00.000Z",
        "_links": {"self": {"href": "/tokens/t-1"}, "user": {"href": "/users/u-1"}, "actor": null},
    });
    if with_token {
        resource["access_token"] = token().into();
    }
    resource
}

fn user(enabled: bool) -> Value {
    json!({
        "id": "u-1", "email": EMAIL, "otp_enabled": enabled,
        "_links": {"self": {"href": "/users/u-1"}, "roles": {}, "current_otp_configuration": {"href": "/otp_configurations/c-1"}},
    })
}

fn configuration() -> Value {
    json!({
        "id": "c-1",
        "otp_uri": "otpauth://totp/Aptible:alice@example.com?secret=KRSXG5CTMVRXEZLUKRSXG5CTMVRXEZLU&issuer=Aptible",
        "_links": {"self": {"href": "/otp_configurations/c-1"}},
    })
}

fn codes() -> Value {
    json!({"_embedded": {"otp_recovery_codes": [
        {"id": "1", "value": "rescue-7h3n-a11a", "used": true}, {"id": "2", "value": 8_765_432_109_876_u64, "used": false},
    ]}})
}

/// Writes `tokens.json` as if alice had signed in there.
fn store(world: &World, host: &str) {
    write_store(
        world,
        json!({"version": 1, "current": host, "hosts": {host: {"active": EMAIL, "accounts": {EMAIL: {
            "provider": "aptible", "origin": "password", "user_id": "u-1", "token_id": "t-1",
            "created_at": "2026-05-01T10:00:00Z", "expires_at": "2030-03-17T17:46:40Z",
            "expires_in_asked": 604_800, "authenticated_at": null, "store": "file",
            "pending_two_factor": format!("{host}/otp_configurations/c-1"), "token": token(),
        }}}}})
        .to_string(),
    );
}

fn login(world: &World, host: &str) -> Keybelt {
    let arguments = ["login", host, "--username", EMAIL, "--password-stdin", "--code-stdin"];
    world.keybelt(arguments).stdin(format!("{PASSWORD}\n{CODE}\n"))
}

/// Every command that such a server can do, with its words.
const COMMANDS: [&str; 14] = [
    "whoami",
    "status",
    "2fa status",
    "2fa enable --app --no-verify --yes --password-stdin -o json",
    "2fa verify --password-stdin --code-stdin --recovery-codes-file codes.txt",
    "2fa disable --yes --password-stdin",
    "2fa recovery-codes list --password-stdin",
    "session list",
    "session revoke t-9",
    "session revoke --others --yes --password-stdin",
    "password change --password-stdin",
    "org list",
    "org audit acme",
    "logout",
];

/// Runs a command with alice signed in.
fn command(world: &World, host: &str, words: &str) -> Keybelt {
    store(world, host);
    let _ = fs::remove_file(world.home().join("codes.txt"));
    let second = if words.starts_with("password") { "N3w-Horse=4711" } else { CODE };
    world.keybelt(words.split(' ')).stdin(format!("{PASSWORD}\n{second}\n{NEXT_CODE}\n"))
}

fn posts(server: &Server) -> usize {
    let routes = server.routes();
    routes.iter().filter(|route| *route == "POST /tokens").count()
}

/// Asserts that a server that nobody named saw no secret of ours, and best of all nothing.
#[track_caller]
fn assert_untouched(other: &Server, case: &str) {
    assert_eq!(other.requests(), [], "{case}");
}

#[test]
fn every_command_is_done_with_relative_addresses_numbers_and_empty_relations() {
    let (world, server) = (World::new(), server(|_| None));
    login(&world, &server.host()).run().code(0).says(EMAIL);
    for words in COMMANDS {
        let code = match words {
            "session revoke t-9" => 4,
            _ => 0,
        };
        command(&world, &server.host(), words).run().code(code);
    }
    // What was given was sent, once and to nobody else.
    let sign_in = server.requests().into_iter().find(|it| it.path == "/tokens").unwrap();
    let body = sign_in.json();
    assert_eq!(body["otp_token"], CODE);
    assert_eq!((&body["grant_type"], &body["scope"]), (&json!("password"), &json!("manage")));
    assert_eq!(body["expires_in"], 604_800);
    assert_eq!(sign_in.header("Authorization"), None);
    let elevations = server
        .requests()
        .into_iter()
        .filter(|it| it.path == "/tokens" && it.json()["scope"] == "elevated");
    let elevations: Vec<_> = elevations.collect();
    assert_eq!(elevations.len(), 6);
    assert!(elevations.iter().all(|it| it.json()["expires_in"] == 300));
    let verify = server.requests().into_iter().find(|it| it.method == "PATCH").unwrap();
    assert_eq!(
        verify.json(),
        json!({"otp_enabled": true, "otp_token": NEXT_CODE,
            "current_otp_configuration": format!("{}/otp_configurations/c-1", server.host())})
    );
    let revoke = server.requests().into_iter().find(|it| it.path.ends_with("accessible"));
    assert_eq!(
        revoke.unwrap().json(),
        json!({"except_tokens": [format!("{}/tokens/t-1", server.host())]})
    );
}

#[test]
fn the_attempt_that_lacked_a_code_is_named_with_the_code() {
    for id in [json!("fla-1"), json!(4711)] {
        let answer = id.clone();
        let server = server(move |request| {
            let asked = request.path == "/tokens" && request.json().get("otp_token").is_none();
            asked.then(|| {
                Reply::json(400, &json!({"code": 400, "error": "otp_token_required", "message": "",
                    "exception_context": {"failed_login_attempt_id": answer, "u2f": {"devices": []}}}))
            })
        });
        let (world, host) = (World::new(), server.host());
        let mut terminal = world.keybelt(["login", &host, "--username", EMAIL]).pty();
        terminal.expect_hidden("Password for ");
        terminal.type_line(PASSWORD);
        terminal.expect("Verification code or recovery code (1 of 3");
        terminal.type_line("481 516");
        let _end = terminal.wait(0).shows("Signed in");
        let sent: Vec<Value> = server
            .requests()
            .iter()
            .filter(|it| it.path == "/tokens")
            .map(Recorded::json)
            .collect();
        let id = id.as_str().map_or_else(|| id.to_string(), str::to_owned);
        assert_eq!(sent.len(), 2);
        assert_eq!(sent[0].get("previous_login_attempt_id"), None);
        assert_eq!(sent[1]["previous_login_attempt_id"], id);
        assert_eq!(sent[1]["otp_token"], CODE);
    }
}

#[test]
fn no_request_of_any_command_follows_a_redirect() {
    let world = World::new();
    let other = Server::silent();
    for status in [301, 302, 303, 307, 308] {
        let place = format!("{}/tokens", other.host());
        let hostile = server(move |request| {
            (request.path != "/").then(|| Reply::with(status, &[("Location", place.as_str())], ""))
        });
        let case = format!("login: {status}");
        let run = login(&world, &hostile.host()).run();
        run.code(5).says("redirect").hides(PASSWORD).hides(CODE);
        assert_eq!(posts(&hostile), 1, "{case}");
        assert_untouched(&other, &case);
        for words in COMMANDS {
            let run = command(&world, &hostile.host(), words).run();
            run.one_of(words, &[5]).hides(PASSWORD).hides(CODE);
            assert!(posts(&hostile) <= 1, "{words}");
            assert_untouched(&other, words);
        }
    }
}

/// The vendor's client joins any address to its base, and sends the token there.
#[test]
fn no_token_follows_an_address_to_another_host() {
    let world = World::new();
    let other = Arc::new(Server::silent());
    let relations = ["self", "user", "current_otp_configuration", "users", "roles", "next"];
    for relation in relations {
        // One relation in every form of an address elsewhere, the others in one.
        let forms = if relation == "user" { 0..4 } else { 0..1 };
        for form in forms {
            let elsewhere = Arc::clone(&other);
            let hostile = server(move |request| {
                let mut document = usual(request).document()?;
                let port = elsewhere.port();
                let address = match form {
                    0 => format!("http://127.0.0.1:{port}/users/u-1"),
                    1 => format!("//127.0.0.1:{port}/users/u-1"),
                    2 => format!("http://localhost:{port}/users/u-1"),
                    _ => format!("http://alice:pw@{}/users/u-1", request.header("Host")?),
                };
                let links = document.get_mut("_links")?.as_object_mut()?;
                links.insert(relation.to_owned(), json!({ "href": address }));
                (request.path != "/").then(|| Reply::json(200, &document))
            });
            for words in COMMANDS {
                let run = command(&world, &hostile.host(), words).run();
                let case = format!("{relation} {form}: {words}");
                let run = run.one_of(&case, &[0, 4, 5]);
                run.hides("alice:pw");
                assert_untouched(&other, &case);
            }
        }
    }
}

#[test]
fn pages_that_loop_or_never_end_are_left() {
    let world = World::new();
    let number = Arc::new(AtomicUsize::new(0));
    for next in [
        "/organizations/o-1/users",
        "/organizations/o-1/users?page=2",
        "/organizations/o-1/users?page=N",
    ] {
        let number = Arc::clone(&number);
        let hostile = server(move |request| {
            let path = request.path.split('?').next().unwrap();
            (path == "/organizations/o-1/users").then(|| {
                let count = number.fetch_add(1, Ordering::SeqCst);
                let next = next.replace('N', &count.to_string());
                Reply::json(200, &json!({"_embedded": {"users": [user(true)]}, "_links": {"next": {"href": next}}}))
            })
        });
        let run = command(&world, &hostile.host(), "org audit acme").run();
        run.code(5).says("do not end");
        assert!(hostile.requests().len() < 1100, "{next}");
    }
}

#[test]
fn an_answer_that_is_no_json_ends_in_one_sentence() {
    let world = World::new();
    let html = [("Content-Type", "text/html")];
    for (status, body) in
        [(502, "<h1>Bad gateway</h1>"), (200, "<h1>Sign in</h1>"), (200, "[1]"), (201, "null")]
    {
        let hostile =
            server(move |request| (request.path != "/").then(|| Reply::with(status, &html, body)));
        let run = login(&world, &hostile.host()).run();
        run.code(5).hides(PASSWORD);
        assert_eq!(posts(&hostile), 1, "a password goes out once");
        // What is not there is asked for again, which takes its time.
        let few = if status == 502 { 3 } else { 1 };
        for words in COMMANDS.into_iter().step_by(few) {
            let run = command(&world, &hostile.host(), words).run();
            run.one_of(&format!("{status} {body}: {words}"), &[0, 4, 5]);
            assert!(posts(&hostile) <= 2, "{words}");
        }
    }
}

/// A token that tells itself whose it is.
fn of_user_1() -> String {
    token_of(&json!({"id": "t-1", "sub": "/users/u-1", "email": EMAIL}))
}

#[test]
fn relations_may_be_empty_in_every_form() {
    let world = World::new();
    for links in [
        json!(null),
        json!({}),
        json!({"user": null, "self": null, "current_otp_configuration": null}),
        json!({"user": {}, "self": {}, "current_otp_configuration": {}}),
        json!({"user": {"href": ""}, "self": {"href": ""}, "current_otp_configuration": {"href": ""}}),
    ] {
        let answer = links.clone();
        let empty = server(move |request| {
            let mut document = match request.path.as_str() {
                "/current_token" => token_resource(false),
                "/tokens" => token_resource(true),
                "/users/u-1" => user(false),
                _ => return None,
            };
            document["_links"] = answer.clone();
            if request.path == "/tokens" {
                document["access_token"] = of_user_1().into();
            }
            Some(Reply::json(200, &document))
        });
        // The token names nobody's address, so it is not known whose it is.
        command(&world, &empty.host(), "whoami").run().code(5);
        let with_token = |words: &str| {
            let mut stored = world.tokens_json();
            stored["hosts"][empty.host()]["accounts"][EMAIL]["token"] = of_user_1().into();
            fs::write(world.tokens_file(), stored.to_string()).unwrap();
            world.keybelt(words.split(' ')).stdin(format!("{PASSWORD}\n{CODE}\n")).run()
        };
        let run = with_token("whoami").code(0);
        assert_eq!(run.stdout(), format!("{EMAIL}\n"));
        let run = with_token("2fa recovery-codes list --password-stdin");
        run.code(4).says("so there are no recovery codes");
    }
}

/// A pasted token of single sign-on is another account than the personal one, and takes nothing's place.
#[test]
fn a_pasted_token_of_single_sign_on_is_an_account_of_its_own() {
    let (world, server) = (World::new(), server(|_| None));
    let host = server.host();
    login(&world, &host).run().code(0);
    let sso = token_of(&json!({
        "id": "t-2", "sub": format!("{host}/organizations/o-1"), "exp": 1_900_000_000,
        "act": {"sub": format!("{host}/users/u-1"), "email": EMAIL},
    }));
    let paste = ["login", &host, "--token-stdin"];
    let account = format!("{EMAIL}+sso-o-1");
    world
        .keybelt(paste)
        .stdin(format!("{sso}\n"))
        .run()
        .code(0)
        .says(&account)
        .says("until 2030-03-17");
    let accounts = world.tokens_json()["hosts"][&host]["accounts"].clone();
    let names: Vec<&String> = accounts.as_object().unwrap().keys().collect();
    assert_eq!(names, [EMAIL, &account]);
    assert_eq!(accounts[EMAIL]["token"], token());
    let run = world.keybelt("2fa enable --app --no-verify --yes --password-stdin");
    let run = run.stdin(format!("{PASSWORD}\n")).run();
    run.code(4).says("single sign-on");
    // What is no token of that server is not kept.
    let refusing = self::server(|request| {
        (request.path == "/current_token").then(|| error(401, "expired_token"))
    });
    let before = world.tokens_bytes();
    let paste = ["login", &refusing.host(), "--token-stdin"];
    world.keybelt(paste).stdin(format!("{sso}\n")).run().code(3);
    assert_eq!(world.tokens_bytes(), before);
}

#[test]
fn the_dialect_is_found_out_without_a_secret_and_a_choice_spares_the_question() {
    let world = World::new();
    let aptible = server(|_| None);
    login(&world, &aptible.host()).run().code(0);
    let first = &aptible.requests()[0];
    assert_eq!((first.method.as_str(), first.path.as_str()), ("GET", "/"));
    assert!(first.header("Authorization").is_none() && first.body.is_empty());
    // From then on it is known.
    let asked = |server: &Server| server.routes().iter().filter(|it| *it == "GET /").count();
    world.keybelt("whoami").run().code(0);
    assert_eq!(asked(&aptible), 1);
    for choose in [&["--provider", "aptible"][..], &[]] {
        let aptible = server(|request| (request.path == "/").then(|| Reply::json(404, &json!({}))));
        let key = format!("hosts.\"{}\".provider", aptible.host());
        if choose.is_empty() {
            world.keybelt(["config", "set", &key, "aptible"]).run().code(0);
        }
        let host = aptible.host();
        let mut arguments = vec!["login", &host, "--username", EMAIL, "--password-stdin"];
        arguments.extend(choose);
        let run = world.keybelt(arguments).stdin(format!("{PASSWORD}\n")).run();
        run.code(0);
        assert_eq!((asked(&aptible), posts(&aptible)), (0, 1));
    }
    let wrong = ["login", "--provider", "github"];
    world.keybelt(wrong).run().code(2).says("atlas, aptible");
}

/// Asserts that a command showed no secret but its answer, and did not fall over.
#[track_caller]
fn assert_quiet(case: &str, words: &str, run: &Outcome) {
    let answer = match words {
        words if words.starts_with("2fa enable") => Answer::Secret,
        words if words.starts_with("2fa recovery-codes") => Answer::RecoveryCodes,
        _ => Answer::Nothing,
    };
    let with = |answer: Answer| {
        let mut canaries = Canaries::without(answer);
        canaries.add("the token", &token(), true);
        canaries.add("the new password", "N3w-Horse=4711", true);
        canaries.add("the next code", NEXT_CODE, false);
        if answer != Answer::RecoveryCodes {
            canaries.add("a recovery code", "8765432109876", false);
        }
        canaries
    };
    with(answer).assert_absent(&format!("stdout of {case}"), run.stdout().as_bytes());
    with(Answer::Nothing).assert_absent(&format!("stderr of {case}"), run.stderr().as_bytes());
    assert!(!run.stderr().contains("internal error"), "{case}: {}", run.stderr());
}

#[test]
fn no_command_shows_a_secret_that_it_was_not_asked_for() {
    let (world, server) = (World::new(), server(|_| None));
    let run = login(&world, &server.host()).env("KEYBELT_VERBOSE", "3").run().code(0);
    assert_quiet("login", "login", &run);
    for words in COMMANDS {
        for more in [" -vvv", " -vvv -o json"] {
            if more.contains("json") && words.contains("json") {
                continue;
            }
            let run = command(&world, &server.host(), &format!("{words}{more}")).run();
            let run = run.one_of(words, &[0, 4]);
            assert_quiet(words, words, &run);
        }
    }
}

/// Others' error texts quote what they were sent.
#[test]
fn a_server_that_repeats_what_it_was_sent_makes_no_command_show_it() {
    let world = World::new();
    for (status, method) in
        [(400, "POST"), (401, "GET"), (403, "PATCH"), (422, "PATCH"), (404, "DELETE"), (403, "GET")]
    {
        for slug in ["access_denied", "unprocessable_entity"] {
            let hostile = server(move |request| {
                let body = String::from_utf8_lossy(&request.body);
                let header = request.header("Authorization").unwrap_or_default();
                let said = format!("{}{header} {body}", "x".repeat(240));
                let document = json!({"code": status, "error": slug, "message": said, "exception_context": null});
                let hit = request.method == method && request.path != "/";
                hit.then(|| Reply::json(status, &document))
            });
            let run = login(&world, &hostile.host()).env("KEYBELT_VERBOSE", "3").run();
            let run = run.one_of("login", &[0, 3, 4, 5]);
            assert_quiet("login", "login", &run);
            for words in COMMANDS {
                let case = format!("{words}: {status} {slug} at {method}");
                let run = command(&world, &hostile.host(), &format!("{words} -vvv")).run();
                let run = run.one_of(&case, &[0, 3, 4, 5]);
                assert_quiet(&case, words, &run);
            }
        }
    }
}

#[test]
fn a_field_of_the_wrong_type_makes_no_command_fall_over() {
    let world = World::new();
    let commands = [
        "whoami",
        "2fa enable --app --no-verify --yes --password-stdin -o json",
        "2fa recovery-codes list --password-stdin",
        "session list",
        "org audit acme",
    ];
    let documents = [
        ("/current_token", token_resource(false)),
        ("/users/u-1", user(true)),
        ("/users/u-1/otp_configurations", configuration()),
        ("/otp_configurations/c-1/otp_recovery_codes", codes()),
        ("/tokens", token_resource(true)),
    ];
    for (path, right) in documents {
        let mut found = Vec::new();
        places(&right, "", &mut found);
        for (turn, place) in found.into_iter().enumerate() {
            let value = right.pointer(&place).unwrap().clone();
            let wrong = wrong_types(&value, turn)[turn % 3].clone();
            let (mut document, at) = (right.clone(), place.clone());
            *document.pointer_mut(&at).unwrap() = wrong;
            let hostile =
                server(move |request| (request.path == path).then(|| Reply::json(200, &document)));
            for words in commands {
                let case = format!("{words}: {path} {place}");
                let run = command(&world, &hostile.host(), words).run();
                let run = run.one_of(&case, &[0, 1, 3, 4, 5, 6]);
                assert!(!run.stderr().contains("internal error"), "{case}: {}", run.stderr());
                assert!(!run.stderr().contains(PASSWORD), "{case}");
            }
        }
    }
}

/// Whatever breaks and wherever: what acts is sent once, and the elevated token is ended, or said to live on.
#[test]
fn an_elevated_command_survives_a_fault_at_each_request_and_leaves_no_token_behind() {
    let guarded = COMMANDS.into_iter().filter(|words| words.contains("--password-stdin"));
    for words in guarded {
        let (world, undisturbed) = (World::new(), server(|_| None));
        command(&world, &undisturbed.host(), words).run().code(0);
        let mut routes = undisturbed.routes();
        routes.sort();
        routes.dedup();
        std::thread::scope(|scope| {
            for route in &routes {
                scope.spawn(move || check_fault(words, route));
            }
        });
    }
}

fn check_fault(words: &str, route: &str) {
    let faulty = route.to_owned();
    let hostile = server(move |request| {
        (format!("{} {}", request.method, request.path) == faulty).then(|| Reply::raw(""))
    });
    let world = World::new();
    let run = command(&world, &hostile.host(), &format!("{words} --timeout 2s")).run();
    let case = format!("{words}: {route}");
    let run = run.one_of(&case, &[0, 1, 4, 5]).hides(PASSWORD);
    let sent = hostile.routes();
    for method in ["POST", "PATCH"] {
        for once in sent.iter().filter(|it| it.starts_with(method)) {
            assert_eq!(sent.iter().filter(|it| *it == once).count(), 1, "{case}: {once}");
        }
    }
    let was_made = sent.contains(&"POST /tokens".to_owned()) && route != "POST /tokens";
    let was_ended = sent.contains(&"DELETE /tokens/t-1".to_owned());
    assert_eq!(was_made, was_ended, "{case}");
    if route == "DELETE /tokens/t-1" {
        run.says("the elevated token");
    }
}
