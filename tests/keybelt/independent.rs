//! Account servers that none of us wrote: half of the routes, other shapes, other statuses, other words. What
//! the documents leave open must not matter.

use serde_json::{Value, json};

use crate::every_command::foreign::{CODE, PASSWORD, TOKEN};
use crate::every_command::{
    AUTHENTICATE, Command, DETAILS, ENABLE, REQUEST_CODE, VERIFY, account_server, challenge, store,
    user,
};
use crate::harness::{Recorded, Reply, Server, World};

const PROMPT: &str = "Verification code or recovery code (";

fn page(status: u16) -> Reply {
    let html = [("Content-Type", "text/html; charset=utf-8")];
    Reply::with(status, &html, "<!doctype html><title>Not here</title>")
}

/// Vagrant Cloud: the classic API, and pages in the place of the modern account.
fn classic_only() -> Server {
    let not_found = json!({"errors": [{"status": "404", "title": "not found"}]});
    account_server(move |request| match request.path.as_str() {
        DETAILS => Some(page(404)),
        path if path.starts_with("/api/v2") => Some(Reply::json(404, &not_found)),
        _ => None,
    })
}

#[test]
fn a_server_with_the_classic_api_alone_signs_in_tells_who_and_signs_out() {
    let (world, server) = (World::new(), classic_only());
    Command::LOGIN.keybelt_at(&world, &server.host(), &[]).run().code(0).says("as alice");
    assert_eq!(
        server.routes(),
        [
            "GET /",
            "GET /api/v1/authenticate",
            "POST /api/v1/authenticate",
            "GET /api/v2/account/details",
            "GET /api/v1/authenticate"
        ]
    );
    let run = world.keybelt("whoami").run().code(0);
    assert_eq!(run.stdout(), "alice\n");
    let run = world.keybelt("status -o json").run().code(0);
    assert_eq!(run.json()["two_factor"], Value::Null);
    world.keybelt("logout").run().code(0).says("the token is revoked");
    let last = server.requests().pop().unwrap();
    assert_eq!((last.method.as_str(), last.path.as_str()), ("DELETE", AUTHENTICATE));
    assert_eq!(last.header("Authorization").unwrap(), format!("Bearer {TOKEN}"));
}

/// Protocol 1.4: an older server answers a valid token with the token, and names nobody.
#[test]
fn a_server_that_names_nobody_signs_in_whoever_was_typed() {
    let server = account_server(|request| match request.path.as_str() {
        path if path.starts_with("/api/v2") => Some(page(404)),
        AUTHENTICATE if request.method == "GET" && request.header("Authorization").is_some() => {
            Some(Reply::json(200, &json!({ "token": TOKEN })))
        }
        _ => None,
    });
    let world = World::new();
    let run = Command::LOGIN.keybelt_at(&world, &server.host(), &[]).run();
    run.code(0).says("as bob");
    let run = world.keybelt("whoami").run().code(0);
    assert_eq!(run.stdout(), "bob\n");
}

#[test]
fn a_server_with_the_classic_api_alone_names_the_page_where_two_factor_authentication_is() {
    let (world, server) = (World::new(), classic_only());
    for command in [Command::ENABLE, Command::VERIFY, Command::RESEND, Command::DISABLE] {
        let run = command.keybelt_at(&world, &server.host(), &[]).run().code(4);
        run.says("does not allow tokens").says("/app/settings/two-factor");
        assert!(!world.home().join("codes.txt").exists());
    }
    let run = Command::TWO_FACTOR_STATUS.keybelt_at(&world, &server.host(), &[]).run();
    run.code(4).says("does not report two-factor authentication");
    // A page says nothing of recovery codes.
    let run = Command::RECOVERY_CODES.keybelt_at(&world, &server.host(), &[]).run();
    run.one_of("recovery codes", &[4, 5]);
}

/// HCP Terraform and new Terraform Enterprise: does not support password sign-in.
fn modern_only() -> Server {
    account_server(|request| match (request.method.as_str(), request.path.as_str()) {
        ("DELETE", "/api/v2/authentication-tokens/at-4lice") => Some(Reply::with(204, &[], "")),
        (_, path) if path.starts_with("/api/v1") => {
            Some(Reply::json(404, &json!({"errors": [{"status": "404", "title": "not found"}]})))
        }
        _ => None,
    })
}

#[test]
fn a_server_with_the_modern_api_alone_is_sent_no_password_and_takes_a_pasted_token() {
    let (world, server) = (World::new(), modern_only());
    let run = Command::LOGIN.keybelt_at(&world, &server.host(), &[]).run().code(4);
    run.says("does not support password sign-in")
        .says("--token-stdin")
        .says("/app/settings/tokens");
    assert_eq!(server.routes(), ["GET /", "GET /api/v1/authenticate"]);
    Command::LOGIN_WITH_TOKEN.keybelt_at(&world, &server.host(), &[]).run().code(0);
    world.keybelt("2fa status").run().code(0).prints("enabled, not verified");
    let run = world.keybelt("logout --revoke").run().code(0);
    run.says("the token is revoked");
    let last = server.routes().pop().unwrap();
    assert_eq!(last, "DELETE /api/v2/authentication-tokens/at-4lice");
    assert!(!server.requests().iter().any(|request| request.contains(PASSWORD)));
}

/// The classic route may answer the probe and be retired all the same (hashicorp/vagrant#13574: 405).
#[test]
fn a_password_sign_in_that_turns_out_to_be_retired_says_that_the_password_was_sent() {
    let world = World::new();
    for status in [404, 405] {
        let retired = Reply::json(status, &json!({"errors": ["retired"]}));
        let server =
            account_server(move |request| (request.method == "POST").then(|| retired.clone()));
        let run = Command::LOGIN.keybelt_at(&world, &server.host(), &[]).run().code(4);
        run.says("was sent and not used").says("--token-stdin");
        let posts = server.routes().iter().filter(|sent| sent.starts_with("POST")).count();
        assert_eq!(posts, 1);
    }
}

/// OTF: an id and a name, `two-factor` null, plain words at 401.
fn otf_like() -> Server {
    Server::start(|request: &Recorded| {
        let plain =
            |status, text: &str| Reply::with(status, &[("Content-Type", "text/plain")], text);
        let known = request.header("Authorization") == Some(&format!("Bearer {TOKEN}"));
        match (request.method.as_str(), request.path.as_str()) {
            _ if !known => plain(401, "no authentication token found\n"),
            ("GET", DETAILS) => Reply::json(
                200,
                &json!({"data": {"id": "user-1", "type": "users", "attributes": {
                    "username": "alice", "email": "", "two-factor": null,
                }}}),
            ),
            _ => plain(404, "404 page not found\n"),
        }
    })
}

#[test]
fn a_server_that_answers_401_in_plain_words_and_knows_no_second_factor_can_be_used() {
    let (world, server) = (World::new(), otf_like());
    // A 401 in plain words may be anybody's: no password goes there, and a pasted token is tried.
    let run = Command::LOGIN.keybelt_at(&world, &server.host(), &[]).run().code(5);
    run.says("not the account server");
    assert!(!server.requests().iter().any(|request| request.contains(PASSWORD)));
    Command::LOGIN_WITH_TOKEN.keybelt_at(&world, &server.host(), &[]).run().code(0);
    let run = world.keybelt("whoami -o json").run().code(0);
    assert_eq!(run.json()["account"], "alice");
    assert_eq!(run.json()["two_factor"], Value::Null);
    world.keybelt("status").run().code(0).prints("signed in as alice");
    world.keybelt("2fa status").run().code(4).says("does not report two-factor authentication");
    world.keybelt("2fa resend").run().code(5);
    // There is no way to revoke the token, and nothing says that it was.
    let before = world.tokens_bytes();
    let run = world.keybelt("logout --revoke").run().code(5);
    run.says("may still be valid").says("--local-only");
    assert_eq!(world.tokens_bytes(), before);
    let run =
        world.keybelt("whoami").env("ATLAS_TOKEN", "another").env("ATLAS_ADDRESS", server.host());
    run.run().code(5).says("not the account server").hides("rejected");
}

#[test]
fn ids_may_be_numbers_and_other_things_may_be_missing_or_unknown() {
    let world = World::new();
    let documents = [
        json!({"data": {"id": 42, "attributes": {"username": "alice"}}}),
        json!({"data": {"attributes": {"username": "alice", "two-factor": {}, "x": [1]}}, "meta": 7, "included": null}),
        json!({"data": {"id": null, "type": 5, "attributes": {"username": "alice", "email": 5, "two-factor": {"enabled": "yes"}},
            "links": [], "relationships": 0}}),
        json!({"data": {"id": "user-1", "attributes": {"username": "alice", "two-factor": {"enabled": true, "verified": true, "delivery": "pigeon", "sms-number": 5}}},
            "links": {"auth-token": "/api/v2/authentication-tokens/77"}}),
    ];
    for document in documents {
        let answer = document.clone();
        let server = account_server(move |request| {
            (request.path == DETAILS).then(|| Reply::json(200, &answer))
        });
        Command::LOGIN.keybelt_at(&world, &server.host(), &[]).run().code(0);
        let entry = &world.tokens_json()["hosts"][server.host()]["accounts"]["alice"];
        let id = match &document["data"]["id"] {
            Value::Number(number) => json!(number.to_string()),
            id => id.clone(),
        };
        assert_eq!(entry["user_id"], id);
        let run = world.keybelt(["whoami", "-H", &server.host()]).run().code(0);
        assert_eq!(run.stdout(), "alice\n");
        world.keybelt(["status", "-H", &server.host()]).run().code(0);
    }
}

#[test]
fn the_token_may_come_with_an_expiry_or_an_id_and_the_servers_word_on_it_counts() {
    let world = World::new();
    for (key, value) in
        [("expires_at", "2031-05-01T10:00:00.000Z"), ("expired_at", "2031-05-01T10:00:00Z")]
    {
        let mut document = json!({"token": TOKEN, "id": 77});
        document[key] = json!(value);
        let server = account_server(move |request| {
            (request.method == "POST").then(|| Reply::json(201, &document))
        });
        Command::LOGIN.keybelt_at(&world, &server.host(), &[]).run().code(0).says("2031-05-01");
        let entry = &world.tokens_json()["hosts"][server.host()]["accounts"]["alice"];
        assert_eq!(
            (&entry["expires_at"], &entry["token_id"]),
            (&json!("2031-05-01T10:00:00Z"), &json!("77"))
        );
    }
}

/// Array of strings, of JSON:API objects with a text or a number as status, of `message` objects, and an
/// object of lists: all four were seen (protocol: atlas 1.2, 2.3).
#[test]
fn every_known_shape_of_error_is_read_and_none_decides_anything() {
    let world = World::new();
    let shapes = [
        (json!({"errors": ["Number is odd"]}), "Number is odd"),
        (
            json!({"errors": [{"status": "422", "title": "invalid attribute", "detail": "Number is odd"}]}),
            "Number is odd",
        ),
        (
            json!({"errors": [{"status": 422, "detail": "Number is odd", "source": {"pointer": "/x"}}]}),
            "Number is odd",
        ),
        (json!({"errors": [{"message": "Number is odd"}]}), "Number is odd"),
        (json!({"errors": {"sms-number": ["is odd", "is long"]}}), "sms-number is odd"),
        (json!({"errors": []}), "422"),
    ];
    for (document, said) in shapes {
        let server = account_server(move |request| {
            (request.path == ENABLE).then(|| Reply::json(422, &document))
        });
        let run = Command::ENABLE.keybelt_at(&world, &server.host(), &[]).run().code(4);
        run.says("did not start two-factor enrolment").says(said);
    }
    for body in [
        "",
        "<html>no</html>",
        "{",
        "\u{0}",
        "[]",
        "null",
        r#"{"error":"odd"}"#,
        r#"{"errors":"odd"}"#,
    ] {
        let server = account_server(move |request| {
            (request.path == ENABLE).then(|| Reply::with(422, &[], body))
        });
        Command::ENABLE.keybelt_at(&world, &server.host(), &[]).run().code(5).hides("html");
    }
}

/// Starts a server that answers a wrong code with a status of its own, and counts.
fn refusing_codes(status: u16, body: Value) -> Server {
    account_server(move |request| {
        let sent = request.method == "POST" && request.path == AUTHENTICATE;
        let code = sent.then(|| request.json().pointer("/two_factor/code").cloned()).flatten();
        (code.is_some_and(|code| code != CODE)).then(|| Reply::json(status, &body))
    })
}

fn codes_sent(server: &Server) -> Vec<String> {
    let posts = server.requests().into_iter().filter(|request| request.method == "POST");
    posts
        .map(|request| match request.json().pointer("/two_factor/code") {
            Some(code) => code.as_str().unwrap().to_owned(),
            None => "none".to_owned(),
        })
        .collect()
}

/// The answer to a wrong code is documented nowhere (protocol: atlas 1.2).
fn wrong_code_answers() -> Vec<(u16, Value)> {
    let mut answers: Vec<(u16, Value)> = [400, 401, 403, 406, 422]
        .into_iter()
        .flat_map(|status| {
            [(status, json!({"errors": ["Zwei-Faktor-Code ist falsch"]})), (status, json!({}))]
        })
        .collect();
    answers.push((406, challenge(&["app"])));
    answers
}

#[test]
fn a_wrong_code_is_asked_again_whatever_status_says_so_and_every_code_is_sent_once() {
    let world = World::new();
    for (status, body) in wrong_code_answers() {
        let server = refusing_codes(status, body);
        let mut terminal = world.keybelt(["login", &server.host(), "--username", "alice"]).pty();
        terminal.expect_hidden("Password for alice").type_line(PASSWORD);
        terminal.expect(PROMPT).expect("1 of 3").type_line("111111");
        terminal.expect("The code was refused.").expect("2 of 3").type_line("111111");
        terminal.expect("already refused").expect("2 of 3").type_line(CODE);
        terminal.wait(0).shows("Signed in");
        assert_eq!(codes_sent(&server), ["none", "111111", CODE], "{status}");
        let mut terminal = world.keybelt(["login", &server.host(), "--username", "alice"]).pty();
        terminal.expect_hidden("Password for alice").type_line(PASSWORD);
        for code in ["222222", "333333", "444444"] {
            terminal.expect(PROMPT).type_line(code);
        }
        terminal.wait(4).shows("refused the verification code");
        assert_eq!(codes_sent(&server)[3..], ["none", "222222", "333333", "444444"], "{status}");
    }
}

#[test]
fn a_wrong_code_from_a_script_is_sent_once_and_ends_with_4_whatever_status_says_so() {
    let world = World::new();
    for (status, body) in wrong_code_answers() {
        for source in
            [&["--code", "111111"][..], &["--code-stdin"], &["--code-command", "echo 111111"]]
        {
            let server = refusing_codes(status, body.clone());
            let mut words = vec!["login", "--username", "alice", "--password-stdin"];
            let host = server.host();
            words.push(&host);
            words.extend(source);
            let run = world.keybelt(&words).stdin(format!("{PASSWORD}\n111111\n")).run();
            run.code(4).says("code").hides("111111");
            assert_eq!(codes_sent(&server), ["111111"], "{status} {source:?}");
            assert!(world.tokens_json().is_null());
        }
    }
}

/// The same for an enrolment's code: 422 in the documents, something else elsewhere.
#[test]
fn a_wrong_enrolment_code_is_told_from_an_enrolment_that_was_never_begun_by_the_state() {
    let world = World::new();
    for status in [400, 406, 409, 422] {
        for enabled in [true, false] {
            let state = user(&json!({"enabled": enabled, "verified": false}));
            let server = account_server(move |request| match request.path.as_str() {
                DETAILS => Some(Reply::json(200, &state)),
                VERIFY => Some(Reply::json(status, &json!({"errors": ["nein"]}))),
                _ => None,
            });
            let run = Command::VERIFY.keybelt_at(&world, &server.host(), &[]).run().code(4);
            match enabled {
                true => run.says("refused the verification code"),
                false => run.says("nothing to verify").says("2fa enable"),
            };
            let sent = server.routes().iter().filter(|sent| sent.contains("verify")).count();
            assert_eq!(sent, usize::from(enabled));
            assert!(!world.home().join("codes.txt").exists());
        }
    }
}

#[test]
fn a_challenge_that_says_little_still_leads_to_the_prompt() {
    let world = World::new();
    for (document, texts) in [
        (json!({"two_factor": {}}), 0),
        (json!({"two_factor": {"default_delivery_method": "app"}}), 0),
        (
            json!({"two_factor": {"default_delivery_method": "pigeon", "delivery_methods": ["pigeon"]}}),
            0,
        ),
        (json!({"two_factor": {"delivery_methods": ["sms", "app"]}}), 1),
        (
            json!({"two_factor": {"default_delivery_method": "sms", "delivery_methods": ["sms"]}, "errors": null}),
            1,
        ),
    ] {
        let server = account_server(move |request| {
            let without = request.method == "POST"
                && request.path == AUTHENTICATE
                && request.json().get("two_factor").is_none();
            without.then(|| Reply::json(406, &document))
        });
        let mut terminal = world.keybelt(["login", &server.host(), "--username", "alice"]).pty();
        terminal.expect_hidden("Password for alice").type_line(PASSWORD);
        terminal.expect(PROMPT).type_line(CODE);
        terminal.wait(0);
        let sent = server.routes().iter().filter(|sent| sent.contains(REQUEST_CODE)).count();
        assert_eq!(sent, texts);
    }
    // A 406 without the object is another refusal, and no prompt.
    let server = account_server(|request| {
        (request.method == "POST")
            .then(|| Reply::json(406, &json!({"errors": ["create a token in the web UI"]})))
    });
    let login = ["login", &server.host(), "--username", "alice", "--password-stdin"];
    let run = world.keybelt(login).stdin(format!("{PASSWORD}\n")).run().code(4);
    run.says("create a token in the web UI");
    assert_eq!(server.routes().len(), 3);
}

#[test]
fn a_missing_permission_is_no_dead_token() {
    let world = World::new();
    for status in [401, 403, 404, 405] {
        let server = account_server(move |request| {
            (request.method == "POST").then(|| Reply::json(status, &json!({"errors": ["no"]})))
        });
        store(&world, &server.host(), "alice", TOKEN);
        let before = world.tokens_bytes();
        let run = world.keybelt("2fa disable --yes").run().code(4);
        run.says("does not allow tokens").says("/app/settings/two-factor");
        assert_eq!(world.tokens_bytes(), before);
    }
    // Only if the account route says so too, the token is rejected, and kept all the same.
    let server = account_server(|_| Some(Reply::json(401, &json!({"errors": ["no"]}))));
    store(&world, &server.host(), "alice", TOKEN);
    let before = world.tokens_bytes();
    world.keybelt("2fa resend").run().code(3).says("was rejected");
    assert_eq!(world.tokens_bytes(), before);
}
