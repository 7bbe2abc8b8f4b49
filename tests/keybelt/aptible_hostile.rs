//! An Aptible server that none of us wrote, and one that means harm: other shapes, wrong addresses, redirects,
//! pages without end. No password and no token leaves its origin, and nothing loops.

use std::fs;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use serde_json::{Value, json};

use crate::every_command::aptible::{
    EMAIL, error, server, store, token, token_of, token_resource, user, usual,
};
use crate::every_command::foreign::{CODE, NEXT_CODE, PASSWORD};
use crate::every_command::{Command, Provider, Route, all, try_every};
use crate::harness::{Keybelt, Recorded, Reply, Server, World};

fn login(world: &World, host: &str) -> Keybelt {
    let arguments = ["login", host, "--username", EMAIL, "--password-stdin", "--code-stdin"];
    world.keybelt(arguments).stdin(format!("{PASSWORD}\n{CODE}\n"))
}

/// Every command of such a server.
fn commands() -> impl Iterator<Item = Command> {
    all().filter(|command| command.provider == Provider::Aptible)
}

/// Runs a command with alice signed in.
fn command(world: &World, host: &str, words: &str) -> Keybelt {
    store(world, host);
    world.keybelt(words).stdin(format!("{PASSWORD}\n{CODE}\n"))
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
    for command in commands() {
        command.keybelt_at(&world, &server.host(), &[]).run().code(command.designed_code());
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
    assert_eq!(elevations.len(), 14);
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
            for command in commands() {
                let run = command.keybelt_at(&world, &hostile.host(), &[]).run();
                let case = format!("{relation} {form}: {command:?}");
                // 6 is what `doctor` finds of such a server.
                let run = run.one_of(&case, &[0, 4, 5, 6]);
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
        run.code(5).says("an endless list");
        assert!(hostile.requests().len() < 1100, "{next}");
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

/// Neither the token nor the store knows its id, so that the server is asked; nothing else tells that it is gone.
#[test]
fn a_token_without_an_id_is_gone_only_if_its_server_says_so() {
    for (status, code, is_kept) in [(401, 0, false), (500, 5, true)] {
        let world = World::new();
        let server = server(move |request| {
            (request.path == "/current_token").then(|| error(status, "expired_token"))
        });
        let host = server.host();
        store(&world, &host);
        let mut stored = world.tokens_json();
        let account = &mut stored["hosts"][&host]["accounts"][EMAIL];
        account["token"] = token_of(&json!({"scope": "manage"})).into();
        account["token_id"] = Value::Null;
        fs::write(world.tokens_file(), stored.to_string()).unwrap();
        world.keybelt("logout --timeout 2s").run().code(code);
        let accounts = &world.tokens_json()["hosts"][&host]["accounts"];
        assert_eq!(accounts[EMAIL].is_object(), is_kept, "{status}: {accounts}");
    }
}

#[test]
fn a_member_that_comes_on_two_pages_is_counted_once() {
    let (world, server) = (
        World::new(),
        server(|request| {
            let (path, query) = request.path.split_once('?').unwrap_or((&request.path, ""));
            let (ids, next) = match (path, query.contains("page=2")) {
                ("/organizations/o-1/users", false) => {
                    (["u-1", "u-2"], json!({"next": {"href": "/organizations/o-1/users?page=2"}}))
                }
                ("/organizations/o-1/users", true) => (["u-2", "u-3"], json!({})),
                _ => return None,
            };
            let person =
                |id: &str| json!({"id": id, "email": format!("{id}@x.test"), "otp_enabled": true});
            let users = ids.map(person);
            Some(Reply::json(200, &json!({"_embedded": {"users": users}, "_links": next})))
        }),
    );
    store(&world, &server.host());
    let document = world.keybelt("org audit acme -o json").run().code(0).json();
    assert_eq!(document["organizations"][0]["members"], 3, "{document}");
    assert_eq!(document["members"].as_array().unwrap().len(), 3, "{document}");
}

#[test]
fn where_the_server_names_no_expiry_the_tokens_own_counts() {
    let (world, server) = (
        World::new(),
        server(|request| {
            let is_token = matches!(request.path.as_str(), "/tokens" | "/current_token");
            let mut resource = token_resource(request.method == "POST");
            resource.as_object_mut().unwrap().remove("expires_at");
            is_token.then(|| Reply::json(200, &resource))
        }),
    );
    login(&world, &server.host()).run().code(0);
    let entry = &world.tokens_json()["hosts"][server.host()]["accounts"][EMAIL];
    assert_eq!(entry["expires_at"], "2030-03-17T17:46:40Z", "{entry}");
}

/// Whatever breaks and wherever: what acts is sent once, and the elevated token is ended, or said to live on.
#[test]
fn an_elevated_command_survives_a_fault_at_each_request_and_leaves_no_token_behind() {
    try_every(|command| {
        if command.provider == Provider::Aptible && command.designed_code() == 0 {
            command.routes().into_iter().for_each(|route| check_fault(command, route));
        }
    });
}

fn check_fault(command: Command, faulty: Route) {
    let hostile = server(move |request| (request.route() == faulty).then(|| Reply::raw("")));
    let world = World::new();
    let run = command.keybelt_at(&world, &hostile.host(), &["--timeout", "2s"]).run();
    let case = format!("{command:?}: {faulty:?}");
    let run = run.one_of(&case, &[0, 1, 4, 5, 6]).hides(PASSWORD);
    let sent = hostile.routes();
    for method in ["POST", "PATCH"] {
        for once in sent.iter().filter(|it| it.starts_with(method)) {
            // A lockdown ends tokens until there are none.
            let is_repeated =
                command.leaf() == "lockdown" && once.ends_with("revoke_all_accessible");
            let most = if is_repeated { 2 } else { 1 };
            assert!(sent.iter().filter(|it| *it == once).count() <= most, "{case}: {once}");
        }
    }
    let elevated = |request: &Recorded| {
        request.route() == ("POST", "/tokens") && request.json()["scope"] == "elevated"
    };
    let was_made = hostile.requests().iter().any(elevated) && faulty != ("POST", "/tokens");
    if was_made {
        assert!(sent.contains(&"DELETE /tokens/t-1".to_owned()), "{case}");
    }
    if was_made && faulty == ("DELETE", "/tokens/t-1") {
        run.says("the elevated token");
    }
}
