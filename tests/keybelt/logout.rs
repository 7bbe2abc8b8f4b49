//! `keybelt logout`.

use serde_json::{Value, json};

use crate::harness::{CLOSED, Keybelt, Reply, Server, World};

const AUTHENTICATE: &str = "/api/v1/authenticate";

/// Keeps a token that somebody else made.
fn paste(world: &World, username: &str) -> String {
    let token = world.account(username).token;
    world.keybelt(["login", &world.host(), "--token-stdin"]).stdin(&token).run().code(0);
    token
}

/// Terraform, Vagrant and gh have said that one is signed out while the token lived on.
#[test]
fn the_token_is_dead_and_forgotten_afterwards() {
    let world = World::new();
    world.sign_in("bob");
    let token = world.stored_tokens().remove(0);
    world
        .keybelt("logout")
        .run()
        .code(0)
        .says("Signed out of")
        .says("the token is revoked")
        .hides(&token);
    assert!(!world.sandbox.accepts(&token));
    assert!(world.stored_tokens().is_empty());
    assert!(!String::from_utf8(world.tokens_bytes()).unwrap().contains(&token));
    assert_eq!(world.live_tokens_made(), 0);
}

#[test]
fn a_token_that_could_not_be_revoked_is_kept_and_said_to_be_still_valid() {
    for fault in
        ["500", "502-html", "reset", "truncate", "content-type", "huge", "redirect", "429-seconds"]
    {
        let world = World::new();
        world.sign_in("alice");
        let before = world.tokens_bytes();
        world.set_faults([format!("{fault}@DELETE:{AUTHENTICATE}").as_str()]);
        let run = world.keybelt("logout --timeout 1s").run();
        run.code(5).says("may still be valid").says("--local-only");
        assert_eq!(world.tokens_bytes(), before, "{fault}");
        world.assert_live_tokens_are_stored();
    }
}

#[test]
fn a_token_is_still_valid_when_its_server_is_away() {
    let world = World::new();
    world.sign_in("alice");
    let host = world.host();
    let text = String::from_utf8(world.tokens_bytes()).unwrap().replace(&host, CLOSED);
    std::fs::write(world.tokens_file(), &text).unwrap();
    world.keybelt("logout").run().code(5).says("may still be valid");
    let all = world.keybelt("logout --all -o json").run().code(5);
    assert_eq!(all.json()["accounts"][0]["token"], "unknown");
    assert_eq!(String::from_utf8(world.tokens_bytes()).unwrap(), text);
    world.keybelt("logout --local-only").run().code(0).says("still valid on the server");
    assert!(!String::from_utf8(world.tokens_bytes()).unwrap().contains("\"token\""));
}

#[test]
fn a_dead_token_is_forgotten_and_not_said_to_be_revoked() {
    let world = World::new();
    world.sign_in("alice");
    world.change_entry("alice", |entry| entry["token"] = json!("a-dead.token"));
    let run = world.keybelt("logout -o json").run().code(0).says("no longer accepted");
    assert_eq!(
        run.json(),
        json!({"host": world.host(), "account": "alice", "token": "no_longer_accepted"})
    );
    assert!(!run.stderr().contains("revoked"));
    assert!(world.stored_tokens().is_empty());
}

#[test]
fn an_expired_token_can_be_signed_out() {
    let world = World::new();
    world.sign_in("alice");
    let token = world.stored_tokens().remove(0);
    world.change_entry("alice", |entry| entry["created_at"] = json!("2001-01-01T00:00:00Z"));
    world.keybelt("whoami").run().code(3);
    world.keybelt("logout").run().code(0).says("revoked");
    assert!(!world.sandbox.accepts(&token));
}

#[test]
fn local_only_asks_the_server_nothing() {
    let world = World::new();
    world.sign_in("alice");
    let token = world.stored_tokens().remove(0);
    let before = world.sandbox.requests().len();
    world.keybelt("logout --local-only").run().code(0).says("still valid on the server");
    assert_eq!(world.sandbox.requests().len(), before);
    assert!(world.sandbox.accepts(&token) && world.stored_tokens().is_empty());
}

#[test]
fn a_pasted_token_stays_valid_unless_its_end_is_asked_for() {
    let world = World::new();
    let token = paste(&world, "alice");
    world.keybelt("logout").run().code(0).says("still valid on the server");
    assert!(world.sandbox.accepts(&token) && world.stored_tokens().is_empty());
    assert_eq!(world.count("DELETE", AUTHENTICATE), 0);

    let token = paste(&world, "alice");
    world.keybelt("logout --revoke").run().code(0).says("revoked");
    assert!(!world.sandbox.accepts(&token));
}

#[test]
fn nothing_to_do_is_no_failure_and_needs_no_server() {
    let world = World::new();
    let host = world.host();
    let run = world.keybelt(["logout", &host, "-o", "json"]).run().code(0).says("Nothing to do");
    assert_eq!(run.json(), json!({"host": host, "account": null, "token": null}));
    assert!(world.sandbox.requests().is_empty());
    // "No account is stored" was said of all of them.
    world.sign_in("alice");
    let run = world.keybelt("logout --account nobody").run().code(0);
    run.says("Nothing to do: nobody is not signed in").hides("no account is stored");
}

#[test]
fn one_account_leaves_and_the_other_takes_its_place() {
    let world = World::new();
    world.sign_in("alice");
    world.sign_in("bob");
    world.keybelt("logout").run().code(0).says("as bob").says("now uses alice");
    assert_eq!(world.keybelt("whoami").run().code(0).stdout(), "alice\n");
    world.sign_in("bob");
    world.keybelt("logout --account alice").run().code(0).says("as alice");
    assert_eq!(world.keybelt("whoami").run().code(0).stdout(), "bob\n");
    world.assert_live_tokens_are_stored();
}

#[test]
fn a_variables_token_is_never_signed_out() {
    let world = World::new();
    let token = world.account("alice").token;
    world.sign_in("bob");
    let logout =
        world.keybelt("logout").env("ATLAS_TOKEN", &token).env("ATLAS_ADDRESS", world.host());
    logout.run().code(0).says("as bob");
    assert!(world.sandbox.accepts(&token));
    assert_eq!(world.live_tokens_made(), 0);
}

/// A server whose classic route is gone.
fn modern(delete: Reply) -> Server {
    let account = json!({"data": {"id": "user-1", "attributes": {"username": "alice"}}, "links": {"auth-token": "/api/v2/authentication-tokens/at-1"}});
    Server::answering([
        (("GET", "/api/v2/account/details"), Reply::json(200, &account)),
        (("DELETE", "/api/v2/authentication-tokens/at-1"), delete),
    ])
}

#[test]
fn without_the_classic_route_a_token_ends_by_its_id_and_only_an_apis_answer_counts() {
    let api_not_found = json!({"errors": [{"status": "404", "title": "not found"}]});
    let page = Reply::with(404, &[("Content-Type", "text/html")], "<h1>Not found</h1>");
    for (delete, code, word) in [
        (Reply::with(204, &[], ""), 0, "the token is revoked"),
        (Reply::json(404, &api_not_found), 0, "the token is revoked"),
        (page, 5, "may still be valid"),
        (Reply::json(405, &api_not_found), 4, "still valid"),
        (Reply::json(405, &json!({})), 5, "may still be valid"),
        (Reply::json(500, &json!({})), 5, "may still be valid"),
    ] {
        let world = World::new();
        let server = modern(delete);
        let run = |run: Keybelt| run.stdin("a.token\n").run();
        run(world.keybelt(["login", &server.host(), "--token-stdin"])).code(0);
        run(world.keybelt("logout --revoke")).code(code).says(word);
        let kept: Value = world.tokens_json()["hosts"][server.host()]["accounts"]["alice"].clone();
        assert_eq!(kept.is_object(), code != 0, "{word}");
    }
}

/// Signing out here ends keybelt's token; what another tool keeps for the same host lives on.
#[test]
fn it_says_what_terraforms_own_file_still_holds() {
    let (world, address, ca) = World::secure();
    let name = address.replace("https://", "");
    let password = format!("{}\n", world.password("alice"));
    let login = |world: &World| {
        let words = ["login", &name, "--username", "alice", "--password-stdin", "--ca-file", &ca];
        world.keybelt(words).stdin(&password).run().code(0)
    };
    login(&world);
    let logout = ["logout", &name, "--ca-file", &ca];
    world.keybelt(logout).run().code(0).hides("still holds");
    login(&world);
    world.write_terraform_file(&[(&name, &world.account("bob").token)]);
    let run = world.keybelt(logout).run().code(0);
    run.says("the token is revoked")
        .says("credentials.tfrc.json still has a token for")
        .hides(&world.account("bob").token);
}

/// "Nothing to do: not signed in" was said while a variable signed in.
#[test]
fn logout_tells_what_still_signs_in() {
    let world = World::new();
    world.sign_in("alice");
    let host = world.host();
    for says in ["Signed out of", "Nothing to do"] {
        let logout = world.keybelt("logout").env("ATLAS_TOKEN", "a.token");
        let run = logout.env("ATLAS_ADDRESS", &host).env("KEYBELT_HOST", &host).run().code(0);
        run.says(says).says("`ATLAS_TOKEN` is set: its token still signs in");
    }
}

/// A helper is told no names, so `terraform` is only where such a token lies.
#[test]
fn what_terraform_stored_is_never_called_an_account() {
    let world = World::new();
    let host = "tfe.example.com";
    world.store_entries(&[(host, "alice", "alices.token")]);
    let store = world.keybelt(["helper", "store", host]).stdin(r#"{"token":"terraforms.token"}"#);
    store.run().code(0);
    let logout = |account: &str| {
        world.keybelt(["logout", host, "--account", account, "--local-only"]).run().code(0)
    };
    world.keybelt(["switch", "alice"]).run().code(0);
    let run = logout("alice").says("tfe.example.com now uses the token that Terraform stored");
    run.hides("uses terraform");
    logout("terraform").says("with the token that Terraform stored: ").hides("as terraform");
}
