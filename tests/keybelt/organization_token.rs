//! `keybelt token` with `--org`: tokens of organizations, teams, agent pools and audit trails.

use std::collections::BTreeSet;

use keybelt_sandbox::{Limits, Options};
use serde_json::{Value, json};

use crate::every_command::store;
use crate::harness::{Keybelt, World};

const TOKENS: &str = "/api/v2/organizations/acme/authentication-token";

/// Prepares keybelt with a token from the environment.
fn with(world: &World, token: &str, words: &str) -> Keybelt {
    world.keybelt(words.split(' ')).env("ATLAS_ADDRESS", world.host()).env("ATLAS_TOKEN", token)
}

/// Prepares keybelt with an account's token from the environment.
fn by(world: &World, username: &str, words: &str) -> Keybelt {
    with(world, &world.account(username).token, words)
}

/// A world with ten teams and three agent pools, all with tokens.
fn with_pools() -> World {
    World::with(Options { tokens: 40, limits: Limits::Off, ..Options::default() })
}

/// Creates a token; returns its document.
fn created(world: &World, words: &str) -> Value {
    by(world, "olivia", &format!("token create {words} -o json")).run().code(0).json()
}

#[test]
fn a_teams_tokens_are_made_listed_shown_and_revoked() {
    let world = World::new();
    let run = by(
        &world,
        "olivia",
        "token create --org acme --team developers --description ci --expires-in 3d",
    );
    let run = run.run().code(0).says("valid until").hides("Requested");
    let value = run.stdout().trim_end().to_owned();
    assert!(world.sandbox.accepts(&value));
    assert!(!run.stderr().contains(&value));

    let list =
        by(&world, "olivia", "token list --org acme --team developers -o json").run().code(0);
    let document = list.json();
    assert_eq!(
        (&document["organization"], &document["holder"]["kind"], &document["holder"]["name"]),
        (&json!("acme"), &json!("team"), &json!("developers"))
    );
    let token = &document["tokens"][0];
    assert_eq!(document["tokens"].as_array().unwrap().len(), 1);
    assert_eq!((&token["description"], &token["this"]), (&json!("ci"), &json!(false)));
    assert_eq!(token["created_by"]["kind"], "user");
    let csv = by(&world, "olivia", "token list --org acme --team developers -o csv").run().code(0);
    assert!(
        csv.stdout()
            .starts_with("id,description,created_by,created_at,last_used_at,expires_at,this\r\n")
    );
    by(&world, "olivia", "token list --org acme --team developers").run().code(0).prints("ci");

    let id = token["id"].as_str().unwrap();
    let show = by(&world, "olivia", "token show ci --org acme --team developers -o json").run();
    assert_eq!(show.code(0).json()["id"], id);
    by(&world, "olivia", "token show ci --org acme --team developers")
        .run()
        .code(0)
        .prints("team developers of acme");
    let revoke = by(&world, "olivia", "token revoke ci --org acme --team developers -o json").run();
    assert_eq!(revoke.code(0).json()["tokens"], json!([{"id": id, "token": "revoked"}]));
    assert!(!world.sandbox.accepts(&value));
    by(&world, "olivia", "token list --org acme --team developers")
        .run()
        .code(0)
        .says("no tokens, or none that you may see");
}

/// A team, an organization or an audit trail that has a token keeps it, whatever is created.
#[test]
fn creating_never_ends_a_token() {
    let world = World::new();
    for words in ["--org acme", "--org acme --audit-trail"] {
        let first = created(&world, words);
        let run = by(&world, "olivia", &format!("token create {words}")).run().code(4);
        run.says(first["id"].as_str().unwrap());
        let listed = by(&world, "olivia", &format!("token list {words} -o json")).run().code(0);
        assert_eq!(listed.json()["tokens"][0]["id"], first["id"]);
    }
    // Two POSTs in all: none was sent for a second one.
    assert_eq!(world.count("POST", TOKENS), 2);
    let first = created(&world, "--org acme --team developers --description ci");
    let again = by(&world, "olivia", "token create --org acme --team developers --description ci");
    again.run().code(4).says(first["id"].as_str().unwrap());
    let second = created(&world, "--org acme --team developers");
    assert!(second["description"].as_str().unwrap().starts_with("keybelt, 2"));
    for document in [first, second] {
        assert!(world.sandbox.accepts(document["token"].as_str().unwrap()));
    }
}

#[test]
fn an_agent_pools_tokens_are_found_on_all_pages() {
    let world = with_pools();
    for number in 0..25 {
        created(&world, &format!("--org acme --agent-pool pool-1 --description a{number}"));
    }
    let listed = by(&world, "olivia", "token list --org acme --agent-pool pool-1 -o json").run();
    let document = listed.code(0).json();
    let tokens = document["tokens"].as_array().unwrap();
    let ids: BTreeSet<_> = tokens.iter().map(|token| token["id"].as_str().unwrap()).collect();
    assert_eq!(ids.len(), tokens.len());
    let ours = tokens.iter().filter(|it| it["description"].as_str().unwrap().starts_with('a'));
    assert_eq!(ours.count(), 25);
    by(&world, "olivia", "token revoke a0 a24 --org acme --agent-pool pool-1").run().code(0);
}

/// `KEYBELT_ORG` and the setting fill in what was typed; alone they change nothing of whose token is meant.
#[test]
fn a_variable_or_a_setting_never_chooses_whose_token_is_meant() {
    let world = World::new();
    store(&world, &world.host(), "olivia", &world.account("olivia").token);
    let own = world.keybelt("token list -o json").env("KEYBELT_ORG", "acme").run().code(0).json();
    assert_eq!(own["account"], "olivia");
    let teams = world.keybelt("token list --team developers -o json");
    assert_eq!(teams.env("KEYBELT_ORG", "acme").run().code(0).json()["organization"], "acme");
    world.keybelt("token list --team developers").run().code(2).says("which organization");
    world.keybelt("config set organization acme").run().code(0);
    world.keybelt("token list --audit-trail").run().code(0);
    let own = world.keybelt("token list -o json").run().code(0).json();
    assert_eq!(own["account"], "olivia");
    for words in [
        "token print --org acme",
        "token revoke --others --org acme",
        "token revoke --others --team developers",
        "token list --org acme --team developers --audit-trail",
        "token list --org acme/x",
    ] {
        world.keybelt(words).run().code(2);
    }
}

/// Who may do what is the server's to say, and the refusal says who may.
#[test]
fn each_kind_of_caller_may_do_what_the_server_lets_it() {
    let world = with_pools();
    let value = |words: &str| created(&world, words)["token"].as_str().unwrap().to_owned();
    let team = value("--org acme --team developers --description t");
    let owners = value("--org acme --team owners --description o");
    let organization = value("--org acme");
    let agent = value("--org acme --agent-pool pool-1 --description a");
    let audit_trail = value("--org acme --audit-trail");
    let member = world.account("alice").token;
    let developers = "token list --org acme --team developers";
    let whole = "token list --org acme";
    let pool = "token list --org acme --agent-pool pool-1";
    for (caller, token, codes) in [
        ("member", &member, [4, 4, 4]),
        ("team", &team, [0, 4, 4]),
        ("owners' team", &owners, [0, 0, 0]),
        ("organization", &organization, [0, 0, 4]),
        // They open nothing at all.
        ("agent", &agent, [3, 3, 3]),
        ("audit trail", &audit_trail, [3, 3, 3]),
    ] {
        for (words, code) in [developers, whole, pool].into_iter().zip(codes) {
            with(&world, token, words).run().one_of(&format!("{caller}: {words}"), &[code]);
        }
    }
    by(&world, "alice", "token create --org acme --team developers")
        .run()
        .code(4)
        .says("owners may");
    by(&world, "olivia", "token list --org acme --team nobody")
        .run()
        .code(4)
        .says("or not visible to this token");
    by(&world, "olivia", "token list --org elsewhere").run().code(4).says("not visible");
    by(&world, "olivia", "token show nothing --org acme").run().code(4);
}

#[test]
fn the_token_in_use_ends_only_if_that_is_meant() {
    let world = World::new();
    let made = created(&world, "--org acme --team developers --description t");
    let (id, token) = (made["id"].as_str().unwrap(), made["token"].as_str().unwrap());
    let words = format!("token revoke {id} --org acme --team developers --yes");
    with(&world, token, &words).run().code(2).says("--include-this");
    assert!(world.sandbox.accepts(token));
    with(&world, token, &format!("{words} --include-this")).run().code(0);
    assert!(!world.sandbox.accepts(token));
}

#[test]
fn a_limit_on_lifetimes_cuts_what_is_asked_for_and_that_is_said() {
    let world = World::new();
    let run =
        by(&world, "olivia", "token create --org acme --team developers --expires-in 20d -o json");
    assert!(!run.run().code(0).stderr().contains("at most"));
    limit_teams(&world);
    let run = by(
        &world,
        "olivia",
        "token create --org acme --team developers --description b --expires-in 20d",
    );
    run.run().code(0).says("to 10 days");
}

/// Has the organization limit tokens of teams to ten days.
fn limit_teams(world: &World) {
    let token = world.account("olivia").token;
    let patch = |path: &str, body: Value| {
        let body = body.to_string();
        let host = world.host().replace("http://", "");
        let request = format!(
            "PATCH {path} HTTP/1.1\r\nHost: {host}\r\nAuthorization: Bearer {token}\r\nConnection: close\r\n\
             Content-Type: application/vnd.api+json\r\nContent-Length: {}\r\n\r\n{body}",
            body.len()
        );
        let answer = crate::harness::exchange(&host, &request);
        assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    };
    let limits = json!([
        {"token-type": "team", "max-ttl-ms": 864_000_000_u64},
        // Two calendar years may be longer than the default, and would shut out who asks.
        {"token-type": "user", "max-ttl-ms": 315_360_000_000_u64},
    ]);
    patch(
        "/api/v2/organizations/acme/token-ttl-policies",
        json!({"data": {"type": "organization-token-ttl-policies", "attributes": {"token-ttl-policies": limits}}}),
    );
    patch(
        "/api/v2/organizations/acme",
        json!({"data": {"type": "organizations", "attributes": {"max-ttl-enabled": true}}}),
    );
}
