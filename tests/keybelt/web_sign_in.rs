//! Signing in with a browser: `keybelt login --web`, and `keybelt login` where there is no password sign-in.

use std::fs;
use std::net::TcpListener;
use std::ops::RangeInclusive;

use data_encoding::BASE64URL_NOPAD;
use keybelt_sandbox::{Generation, HOSTILE, Limits, Options};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::every_command::{DETAILS, user};
use crate::harness::{
    Browser, Keybelt, Pty, Reply, Server, Signal, World, address_shown, exchange, needs, visit,
};

const DISCOVERY: &str = "/.well-known/terraform.json";
const CONSENT: &str = "/app/oauth2/auth";
const TOKEN: &str =
    "w3bSignInTok3n.atlasv1.aB2cD3eF4gH5iJ6kL7mN8oP9qR1sT2uV3wX4yZ5aB6cD7eF8gH9iJ1kL2mN3oP4qR5s";

fn modern() -> World {
    modern_at(12_000..=31_999)
}

fn modern_at(callback_ports: RangeInclusive<u16>) -> World {
    World::with(Options {
        generation: Generation::Modern,
        limits: Limits::Off,
        callback_ports,
        ..Options::default()
    })
}

/// A sign-in that waits for its browser.
struct Waiting {
    terminal: Pty,
    address: String,
}

/// Starts a sign-in and reads the address that it shows.
fn begin(run: Keybelt) -> Waiting {
    let mut terminal = run.size(24, 120).pty();
    Waiting { address: address_shown(&mut terminal), terminal }
}

impl Waiting {
    /// Returns a parameter of the address, as it was meant.
    fn parameter(&self, name: &str) -> String {
        let (_, query) = self.address.split_once('?').unwrap();
        let value =
            query.split('&').find_map(|pair| pair.strip_prefix(name)?.strip_prefix('=')).unwrap();
        value.replace("%3A", ":").replace("%2F", "/")
    }

    /// Returns the address at which keybelt waits, with this query.
    fn callback(&self, query: &str) -> String {
        format!("{}?{query}", self.parameter("redirect_uri"))
    }

    /// Returns where an account's browser ends after consenting.
    fn consent(&self, world: &World, username: &str) -> String {
        self.decide(world, username, "authorize")
    }

    fn decide(&self, world: &World, username: &str, decision: &str) -> String {
        let account = world.account(username);
        let code = account.two_factor.is_some().then(|| world.code(username));
        let mut browser = Browser::new(&world.sandbox);
        let page = browser.sign_in(&self.address, &account, code.as_deref());
        let end = browser.submit(&page, CONSENT, &[("decision", decision)]);
        end.location.unwrap()
    }
}

/// Puts a browser that only writes down what it was given in the user's way.
fn recording_browser(world: &World) -> String {
    let script = "#!/bin/sh\nenv >\"$HOME/browser-environment\"\nprintf '%s' \"$1\" >\"$HOME/opened.part\"\nmv \"$HOME/opened.part\" \"$HOME/opened\"\n";
    world.program("browser", script).display().to_string()
}

#[test]
fn where_there_is_no_password_sign_in_login_goes_to_the_browser_by_itself() {
    let world = modern();
    let browser = recording_browser(&world);
    let run = world
        .keybelt(["login", &world.host()])
        .env("BROWSER", browser)
        .env("TF_TOKEN_app_terraform_io", "canary.token");
    let mut waiting = begin(run);
    let end = waiting.consent(&world, "bob");
    let answer = visit(&end);
    assert!(
        answer.starts_with("HTTP/1.1 200 ") && answer.contains("You can close this page"),
        "{answer}"
    );
    waiting.terminal.expect("Signed in to").expect("as bob");
    wait_for(&world.home().join("opened"));
    let opened = fs::read_to_string(world.home().join("opened")).unwrap();
    assert_eq!(opened, waiting.address);
    let environment = fs::read_to_string(world.home().join("browser-environment")).unwrap();
    assert!(!environment.contains("canary"), "{environment}");
    let token = world.stored_tokens().remove(0);
    waiting
        .terminal
        .wait(0)
        .shows("does not support password sign-in from the command line")
        // Two calendar years: 731 days where they hold a leap day.
        .shows("valid   for 73")
        .shows("next    `keybelt status`")
        .hides(&token);
    assert!(world.sandbox.accepts(&token));
    let entry = &world.tokens_json()["hosts"][world.host()]["accounts"]["bob"];
    assert_eq!((&entry["origin"], &entry["store"]), (&json!("web"), &json!("file")));
    world.assert_live_tokens_are_stored();
    world.keybelt("logout").run().code(0).says("the token is revoked");
    assert!(!world.sandbox.accepts(&token));
}

/// After a theft, where passwords are for the browser alone.
#[test]
fn a_lockdown_signs_in_with_the_browser_and_keeps_only_what_that_made() {
    let world = modern();
    let stolen = world.account("bob").token;
    world.keybelt(["login", &world.host(), "--token-stdin"]).stdin(&stolen).run().code(0);
    let browser = recording_browser(&world);
    let mut terminal = world.keybelt("lockdown").env("BROWSER", browser).size(24, 120).pty();
    terminal.expect("in a browser now? Enter skips it").type_line("y");
    let mut waiting = Waiting { address: address_shown(&mut terminal), terminal };
    visit(&waiting.consent(&world, "bob"));
    waiting.terminal.expect("Revoke 1 token of 1 account on 1 server").type_line("y");
    waiting.terminal.wait(0);
    assert!(!world.sandbox.accepts(&stolen));
    let kept = world.stored_tokens();
    assert!(kept.len() == 1 && kept[0] != stolen && world.sandbox.accepts(&kept[0]));
    assert_eq!(world.live_tokens_made(), 1);
}

#[test]
fn each_sign_in_makes_up_its_own_state_and_challenge() {
    let world = modern();
    let begun = || {
        let mut waiting = begin(world.keybelt(["login", &world.host(), "--web", "--no-browser"]));
        let made = ["state", "code_challenge"].map(|name| waiting.parameter(name));
        assert_eq!(waiting.parameter("code_challenge_method"), "S256");
        assert_eq!(waiting.parameter("response_type"), "code");
        waiting.terminal.signal(Signal::INT);
        waiting.terminal.wait(130);
        made
    };
    let (one, other) = (begun(), begun());
    for (one, other) in one.iter().zip(&other) {
        assert_ne!(one, other);
        assert_eq!(BASE64URL_NOPAD.decode(one.as_bytes()).unwrap().len(), 32);
    }
    assert_eq!(world.tokens_bytes(), b"");
}

/// RFC 7636, to the byte: what the token endpoint is sent proves the challenge that the browser brought.
#[test]
fn the_code_is_exchanged_once_with_the_verifier_of_the_challenge() {
    let world = World::new();
    let server = login_server(&json!("/sign-in"), &json!("/token?a=b"), |_| None);
    let host = server.host();
    let waiting = begin(world.keybelt(["login", &host, "--web", "--no-browser"]));
    assert!(waiting.address.starts_with(&format!("{host}/sign-in?")), "{}", waiting.address);
    let state = waiting.parameter("state");
    let _page = visit(&waiting.callback(&format!("code=c0de%2B1&state={state}")));
    waiting.terminal.wait(0).shows("as alice").hides(TOKEN);
    let exchanges: Vec<_> =
        server.requests().into_iter().filter(|it| it.method == "POST").collect();
    assert_eq!(exchanges.len(), 1);
    let body = String::from_utf8(exchanges[0].body.clone()).unwrap();
    assert_eq!(exchanges[0].path, "/token?a=b");
    assert_eq!(exchanges[0].header("Authorization"), None);
    let field = |name: &str| {
        body.split('&')
            .find_map(|pair| pair.strip_prefix(name)?.strip_prefix('='))
            .unwrap()
            .to_owned()
    };
    assert_eq!(field("grant_type"), "authorization_code");
    assert_eq!(
        (field("client_id"), field("code")),
        ("terraform-cli".to_owned(), "c0de%2B1".to_owned())
    );
    assert_eq!(field("redirect_uri"), waiting_uri(&waiting.address));
    let digest = Sha256::digest(field("code_verifier").as_bytes());
    assert!(
        waiting.address.contains(&format!("code_challenge={}&", BASE64URL_NOPAD.encode(&digest)))
    );
    assert!(field("code_verifier").len() >= 43);
}

#[test]
fn the_browser_brings_the_scopes_that_the_server_announced() {
    let world = World::new();
    let discovery = json!({"tfe.v2": "/api/v2/", "login.v1": {
        "client": "terraform-cli", "authz": "/sign-in", "token": "/token", "ports": [10000, 10010],
        "scopes": ["tokens:write", "offline"],
    }});
    let server = login_server(&json!(""), &json!(""), move |path| {
        (path == DISCOVERY).then(|| Reply::json(200, &discovery))
    });
    let mut waiting = begin(world.keybelt(["login", &server.host(), "--web", "--no-browser"]));
    assert_eq!(waiting.parameter("scope"), "tokens:write+offline");
    waiting.terminal.signal(Signal::INT);
    waiting.terminal.wait(130);
}

fn waiting_uri(address: &str) -> String {
    let (_, rest) = address.split_once("redirect_uri=").unwrap();
    rest.split('&').next().unwrap().to_owned()
}

#[test]
fn a_person_who_does_not_consent_gets_exit_code_4_and_nothing_is_stored() {
    let world = modern();
    let waiting = begin(world.keybelt(["login", &world.host(), "--no-browser"]));
    let end = waiting.decide(&world, "alice", "cancel");
    let _page = visit(&end);
    waiting.terminal.wait(4).shows("refused the sign-in: access_denied");
    assert_eq!((world.tokens_bytes(), world.live_tokens_made()), (Vec::new(), 0));
}

#[test]
fn a_refusals_word_reaches_no_terminal_raw() {
    let world = modern();
    let waiting = begin(world.keybelt(["login", &world.host(), "--no-browser"]));
    let hostile: String = HOSTILE.bytes().map(|byte| format!("%{byte:02X}")).collect();
    let query = format!("error={hostile}&state={}", waiting.parameter("state"));
    let _page = visit(&waiting.callback(&query));
    let ended = waiting.terminal.wait(4);
    let (_, shown) = ended.text.split_once("refused the sign-in").unwrap();
    assert!(!shown.contains(['\u{1b}', '\u{7}', '\u{202e}']), "{shown:?}");
}

#[test]
fn a_thousand_forged_callbacks_do_not_disturb_a_sign_in() {
    let world = modern();
    let mut waiting = begin(world.keybelt(["login", &world.host(), "--no-browser"]));
    let state = waiting.parameter("state");
    let authority = waiting.callback("").replace("http://localhost", "127.0.0.1");
    let authority = authority.split_once('/').unwrap().0.to_owned();
    let mut flipped = state.clone().into_bytes();
    flipped[42] ^= 1;
    let flipped = String::from_utf8(flipped).unwrap();
    let forged = [
        format!("GET /login?code=forged&state={flipped} HTTP/1.1"),
        "GET /login?code=forged HTTP/1.1".to_owned(),
        format!("POST /login?code=forged&state={state} HTTP/1.1"),
        format!("GET /other?code=forged&state={state} HTTP/1.1"),
        format!("GET /login?code=forged&state={state}&state={state} HTTP/1.1"),
        format!("GET /login?code=&state={state} HTTP/1.1"),
        format!("GET /login?error=forged&state={flipped} HTTP/1.1"),
        format!("GET /login?code=forged&state={} HTTP/1.1", "a".repeat(20_000)),
        "\u{0}\u{1}".to_owned(),
        String::new(),
    ];
    for nth in 0..1000 {
        let request = format!("{}\r\nHost: evil.example\r\n\r\n", forged[nth % forged.len()]);
        let answer = exchange(&authority, &request);
        assert!(!answer.contains("200 OK") && !answer.contains("forged"), "{request}: {answer}");
    }
    let _page = visit(&waiting.consent(&world, "alice"));
    waiting.terminal.expect("Signed in to").expect("as alice");
    waiting.terminal.wait(0);
    world.assert_live_tokens_are_stored();
}

#[test]
fn the_address_that_a_browser_elsewhere_ended_on_may_be_pasted() {
    let world = modern();
    let run = world
        .keybelt(["login", &world.host()])
        .env("SSH_CONNECTION", "192.0.2.1 5 192.0.2.2 22")
        .env("BROWSER", recording_browser(&world));
    let mut waiting = begin(run);
    let end = waiting.consent(&world, "bob");
    let other = end.replace("state=", "state=x");
    waiting
        .terminal
        .expect("paste the address it ends up at")
        .expect("Address: ")
        .type_line(&other);
    waiting.terminal.expect("That is not the expected address").expect("Address: ").type_line(&end);
    waiting.terminal.expect("Signed in to").expect("as bob");
    waiting.terminal.wait(0);
    assert!(!world.home().join("opened").exists(), "a browser was opened over SSH");
    world.assert_live_tokens_are_stored();
}

#[test]
fn after_ten_minutes_nobody_is_waited_for_any_more() {
    let Some(faketime) = needs("faketime") else {
        return;
    };
    let world = modern();
    for browser in [&["--no-browser"][..], &[]] {
        let login = ["login", &world.host(), "--web"];
        let run = world
            .keybelt(login.iter().chain(browser))
            .env("BROWSER", "true")
            // A day passes in two minutes by the clock on the wall; waiting itself takes its time.
            .env("FAKETIME_DONT_FAKE_MONOTONIC", "1")
            .through(&faketime, ["-f", "+0 x700"]);
        begin(run).terminal.wait(5).shows("no sign-in within 10 minutes");
    }
    assert_eq!(world.tokens_bytes(), b"");
}

#[test]
fn the_highest_announced_port_is_used_and_a_taken_one_is_not() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port();
    let world = modern_at(port..=port);
    world
        .keybelt(["login", &world.host(), "--no-browser"])
        .pty()
        .wait(1)
        .shows(&format!("cannot listen for the browser: ports {port} to {port} are all in use"));
    let world = modern_at(65_535..=65_535);
    let waiting = begin(world.keybelt(["login", &world.host(), "--no-browser"]));
    assert_eq!(waiting.parameter("redirect_uri"), "http://localhost:65535/login");
    let _page = visit(&waiting.consent(&world, "alice"));
    waiting.terminal.wait(0).shows("as alice");
}

#[test]
fn the_browser_may_come_back_on_either_loopback_address() {
    let world = modern();
    let waiting = begin(world.keybelt(["login", &world.host(), "--no-browser"]));
    let end = waiting.consent(&world, "alice");
    let authority = end.trim_start_matches("http://localhost").split_once('/').unwrap();
    let answer = exchange(
        &format!("[::1]{}", authority.0),
        &format!("GET /{} HTTP/1.1\r\nHost: localhost\r\n\r\n", authority.1),
    );
    assert!(answer.starts_with("HTTP/1.1 200 "), "{answer}");
    waiting.terminal.wait(0).shows("as alice");
}

#[test]
fn without_a_terminal_there_is_no_browser_sign_in_and_the_way_out_is_named() {
    let world = modern();
    world
        .keybelt(["login", &world.host(), "--web"])
        .run()
        .code(3)
        .says("requires a browser and a terminal")
        .says("--token-stdin");
    world
        .keybelt(["login", &world.host(), "--username", "alice", "--password-stdin"])
        .stdin("canary-password\n")
        .run()
        .code(4)
        .says("does not support password sign-in")
        .says(&format!("{}/app/settings/tokens", world.host()))
        .hides("canary");
    assert_eq!(world.count("POST", "/api/v1/authenticate"), 0);
    let run = world.keybelt(["login", &world.host(), "--web", "-o", "json"]).run().code(3);
    assert_eq!(run.json()["error"]["kind"], "not_signed_in");
}

#[test]
fn a_token_that_the_server_made_is_revoked_if_it_cannot_be_kept() {
    let world = modern();
    let waiting =
        begin(world.keybelt(["login", &world.host(), "--no-browser", "--account", "bob"]));
    let _page = visit(&waiting.consent(&world, "alice"));
    waiting.terminal.wait(4).shows("the token belongs to alice, not bob");
    assert_eq!((world.tokens_bytes(), world.live_tokens_made()), (Vec::new(), 0));
}

/// Returns a server that has a sign-in for tools; `change` may answer in its place.
fn login_server(
    authorize: &Value,
    token: &Value,
    change: impl Fn(&str) -> Option<Reply> + Send + Sync + 'static,
) -> Server {
    let discovery = json!({
        "tfe.v2": "/api/v2/",
        "login.v1": {"client": "terraform-cli", "authz": authorize, "token": token, "ports": [10000, 10010]},
    });
    Server::start(move |request| {
        let path = request.path.as_str();
        change(path).unwrap_or_else(|| match (request.method.as_str(), path) {
            ("GET", DISCOVERY) => Reply::json(200, &discovery),
            ("POST", _) => {
                Reply::json(200, &json!({"access_token": TOKEN, "token_type": "bearer"}))
            }
            ("GET", DETAILS) if request.contains(TOKEN) => Reply::json(200, &user(&Value::Null)),
            ("GET", DETAILS) => {
                Reply::json(401, &json!({"errors": [{"status": "401", "title": "unauthorized"}]}))
            }
            _ => Reply::json(404, &json!({"errors": [{"status": "404", "title": "not found"}]})),
        })
    })
}

#[test]
fn without_a_sign_in_for_tools_a_token_is_pasted_unseen_and_checked_first() {
    let world = World::new();
    let server = Server::start(|request| match (request.method.as_str(), request.path.as_str()) {
        ("GET", DETAILS) if request.contains(TOKEN) => Reply::json(200, &user(&Value::Null)),
        ("GET", DETAILS) => {
            Reply::json(401, &json!({"errors": [{"status": "401", "title": "unauthorized"}]}))
        }
        _ => Reply::json(404, &json!({})),
    });
    let host = server.host();
    let paste = |token: &str| {
        let mut terminal = world
            .keybelt(["login", &host])
            .env("BROWSER", recording_browser(&world))
            .size(24, 120)
            .pty();
        terminal
            .expect(&format!("{host}/app/settings/tokens"))
            .expect_hidden(&format!("Token for {host}: "))
            .type_line(token);
        terminal
    };
    paste("dead.atlasv1.token").wait(3).hides("dead.atlasv1");
    assert_eq!(world.tokens_bytes(), b"");
    paste(TOKEN).wait(0).shows("as alice").hides(TOKEN);
    let entry = &world.tokens_json()["hosts"][&host]["accounts"]["alice"];
    assert_eq!((&entry["origin"], &entry["token"]), (&json!("pasted"), &json!(TOKEN)));
    wait_for(&world.home().join("opened"));
    let opened = fs::read_to_string(world.home().join("opened")).unwrap();
    assert_eq!(opened, format!("{host}/app/settings/tokens"));
}

#[test]
fn a_sign_in_page_on_another_host_is_opened_only_after_a_yes_that_names_both() {
    let world = World::new();
    let elsewhere = Server::silent();
    let page = format!("http://localhost:{}/sign-in", elsewhere.port());
    let server = login_server(&json!(page), &json!("/token"), |_| None);
    for (answer, opens) in [("n", false), ("", false), ("y", true)] {
        let _ = fs::remove_file(world.home().join("opened"));
        let run = world
            .keybelt(["login", &server.host(), "--web"])
            .env("BROWSER", recording_browser(&world));
        let mut waiting = begin(run);
        assert!(waiting.address.starts_with(&page), "{}", waiting.address);
        waiting
            .terminal
            .expect(&format!("{} uses localhost for sign-in", server.host()))
            .expect("[y/N]")
            .type_line(answer);
        let state = waiting.parameter("state");
        let _page = visit(&waiting.callback(&format!("code=c&state={state}")));
        waiting.terminal.wait(0).shows("as alice");
        // The one that opens runs beside us, and has done so before this run of the loop ends or never.
        if opens {
            wait_for(&world.home().join("opened"));
        } else {
            assert!(!world.home().join("opened").exists(), "{answer:?}");
        }
    }
    assert_eq!(elsewhere.routes(), Vec::<String>::new(), "keybelt itself went there");
}

/// Waits for a file that another program writes.
fn wait_for(path: &std::path::Path) {
    let give_up = std::time::Instant::now() + crate::harness::PATIENCE;
    while !path.exists() {
        assert!(std::time::Instant::now() < give_up, "{} does not come", path.display());
        std::thread::yield_now();
    }
}

/// Terraform keys credentials to the host that was asked, wherever its document points; so do we, and we go
/// nowhere else.
#[test]
fn a_discovery_document_that_leads_elsewhere_or_makes_no_sense_is_refused() {
    let elsewhere = Server::silent();
    let other = elsewhere.host();
    let login = |change: &dyn Fn(&mut Value)| {
        let mut document = json!({
            "tfe.v2": "/api/v2/",
            "login.v1": {"client": "terraform-cli", "authz": "/sign-in", "token": "/token", "ports": [10000, 10010]},
        });
        change(&mut document);
        Reply::json(200, &document)
    };
    let redirect = |to: &str| Reply::with(302, &[("Location", to)], "");
    let cases = [
        (
            "token elsewhere",
            4,
            login(&|it| it["login.v1"]["token"] = json!(format!("{other}/token"))),
        ),
        ("API elsewhere", 4, login(&|it| it["tfe.v2"] = json!(format!("{other}/api/v2/")))),
        (
            "token without TLS",
            4,
            login(&|it| it["login.v1"]["token"] = json!("http://tfe.example.com/token")),
        ),
        (
            "userinfo",
            5,
            login(&|it| it["login.v1"]["authz"] = json!("https://u:p@tfe.example.com/")),
        ),
        ("another scheme", 5, login(&|it| it["login.v1"]["authz"] = json!("file:///etc/passwd"))),
        ("no client", 5, login(&|it| it["login.v1"]["client"] = json!(""))),
        ("no token address", 5, login(&|it| it["login.v1"]["token"] = json!(7))),
        ("ports reversed", 5, login(&|it| it["login.v1"]["ports"] = json!([10010, 10000]))),
        ("a low port", 5, login(&|it| it["login.v1"]["ports"] = json!([80, 80]))),
        ("ports too high", 5, login(&|it| it["login.v1"]["ports"] = json!([1024, 70000]))),
        ("wrong type", 5, Reply::with(200, &[("Content-Type", "text/html")], "{}")),
        ("not JSON", 5, Reply::with(200, &[("Content-Type", "application/json")], "{")),
        (
            "2 MB",
            5,
            Reply::with(200, &[("Content-Type", "application/json")], " ".repeat(2_000_000)),
        ),
        ("redirect to another host", 5, redirect(&format!("{other}{DISCOVERY}"))),
        ("redirect to another name", 5, redirect("http://localhost:1/x")),
        ("redirect without end", 5, redirect(DISCOVERY)),
        ("an error", 5, Reply::json(500, &json!({}))),
    ];
    let world = World::new();
    for (what, code, reply) in cases {
        let server = login_server(&json!("/a"), &json!("/t"), move |path| {
            (path == DISCOVERY).then(|| reply.clone())
        });
        let run =
            world.keybelt(["login", &server.host(), "--web", "--no-browser", "--timeout", "5s"]);
        let ended = run.pty().wait_one_of(what, &[code]);
        assert!(!ended.text.contains("in a browser:"), "{what}: {}", ended.text);
        // The front page, without a token, tells one kind of server from the other.
        let expected = ["GET /".to_owned(), format!("GET {DISCOVERY}")];
        let asked: Vec<_> =
            server.routes().into_iter().filter(|route| !expected.contains(route)).collect();
        assert_eq!(asked, Vec::<String>::new(), "{what}");
        assert!(server.requests().iter().all(|it| it.header("Authorization").is_none()), "{what}");
    }
    assert_eq!(elsewhere.routes(), Vec::<String>::new());
    assert_eq!(world.tokens_bytes(), b"");
}

#[test]
fn a_modern_server_tells_of_the_second_factor_and_lets_no_token_change_it() {
    let world = modern();
    let host = world.host();
    let bob = world.account("bob").token;
    world.store_entries(&[(&host, "bob", &bob)]);
    world.keybelt("2fa status").run().code(0).prints("enabled and verified");
    let page = format!("{host}/app/settings/two-factor");
    for command in [
        &["2fa", "enable", "--app", "--no-verify", "--yes"][..],
        &["2fa", "resend"],
        &["2fa", "disable", "--yes"],
        &["2fa", "recovery-codes", "list"],
    ] {
        world.keybelt(command).run().code(4).says(&page);
    }
    let verify = ["2fa", "verify", "123456", "--recovery-codes-file", "codes"];
    world.keybelt(verify).run().code(0).says("Nothing to do");
    assert!(!world.home().join("codes").exists());
}

#[test]
fn an_account_that_lives_at_hcp_is_told_where_its_second_factor_is_managed() {
    let world = World::new();
    for (method, where_to) in [
        ("hcp_username_password", "https://portal.cloud.hashicorp.com"),
        ("hcp_github", "GitHub"),
        ("hcp_sso", "identity provider"),
    ] {
        let server = Server::start(move |request| match request.path.as_str() {
            DETAILS => {
                let mut document = user(&json!({"enabled": false, "verified": false}));
                document["data"]["attributes"]["auth-method"] = json!(method);
                Reply::json(200, &document)
            }
            _ => Reply::json(404, &json!({"errors": [{"status": "404", "title": "not found"}]})),
        });
        let host = server.host();
        world.store_entries(&[(&host, "alice", TOKEN)]);
        world.keybelt("2fa status").run().code(0).prints("managed by").prints(where_to);
        let enable = ["2fa", "enable", "--app", "--no-verify"];
        world.keybelt(enable).run().code(4).says("managed by").says(where_to);
    }
}

#[test]
fn where_every_port_is_taken_the_ways_without_one_are_named() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port();
    let world = modern_at(port..=port);
    let end = world.keybelt(["login", &world.host(), "--no-browser"]).size(24, 200).pty().wait(1);
    end.shows(&format!("ports {port} to {port} are all in use"))
        .shows(&format!("create a token at {}/app/settings/tokens", world.host()))
        .shows(&format!("run `keybelt login {} --token-stdin`", world.host()));
}

/// It took the whole time-out, and then the terminal was missing; of the silent server not a word.
#[test]
fn without_a_terminal_a_browser_sign_in_is_refused_before_the_server_is_asked() {
    let silent = TcpListener::bind("127.0.0.1:0").unwrap();
    silent.set_nonblocking(true).unwrap();
    let host = format!("http://{}", silent.local_addr().unwrap());
    let world = World::new();
    let login = ["login", &host, "--web", "--no-browser", "--timeout", "20s"];
    let run = world.keybelt(login).run().code(3).says("requires a browser and a terminal");
    // A token in a variable is this host's only beside the address.
    run.says(&format!("or set ATLAS_TOKEN to a token and ATLAS_ADDRESS to {host}"));
    let asked = silent.accept().map(drop).map_err(|error| error.kind());
    assert_eq!(asked, Err(std::io::ErrorKind::WouldBlock));
}
