//! Tokens of organizations, teams, agent pools and audit trails: list, show, create, revoke.

use serde_json::{Value, json};

use crate::every_command::{ORGANIZATION_TOKEN, TEAM_TOKENS, account_server, foreign};
use crate::harness::{Keybelt, Reply, World};

/// Prepares keybelt with a token of the sandbox's `username`.
fn by(world: &World, username: &str, words: &str) -> Keybelt {
    world
        .keybelt(words.split(' '))
        .env("ATLAS_ADDRESS", world.host())
        .env("ATLAS_TOKEN", world.account(username).token)
}

fn owner(world: &World, words: &str) -> Keybelt {
    by(world, "olivia", words)
}

fn listed(world: &World, of: &str) -> Vec<Value> {
    let words = format!("token list {of} -o json");
    owner(world, &words).run().code(0).json()["tokens"].as_array().unwrap().clone()
}

#[test]
fn a_teams_tokens_live_side_by_side_and_are_named_by_id_or_description() {
    let world = World::new();
    let team = "--org acme --team owners";
    let create = format!("token create {team} --expires-in 30d --description");
    let one = owner(&world, &format!("{create} one")).run().code(0);
    owner(&world, &format!("{create} two")).run().code(0);
    let token = one.stdout().trim();
    world
        .keybelt("whoami")
        .env("ATLAS_ADDRESS", world.host())
        .env("ATLAS_TOKEN", token)
        .run()
        .code(0);
    let tokens = listed(&world, team);
    let descriptions: Vec<_> = tokens.iter().map(|it| it["description"].clone()).collect();
    assert_eq!(descriptions, ["one", "two"]);
    let id = tokens[0]["id"].as_str().unwrap();
    // One description, one token: nobody could tell two apart.
    owner(&world, &format!("{create} one")).run().code(4).says(id);
    let shown = owner(&world, &format!("token show one {team} -o json")).run().code(0).json();
    assert_eq!(
        (&shown["id"], &shown["holder"], &shown["name"]),
        (&json!(id), &json!("team"), &json!("owners"))
    );
    // All are looked for before the first one ends.
    owner(&world, &format!("token revoke one three {team} --yes")).run().code(4);
    assert_eq!(listed(&world, team).len(), 2);
    owner(&world, &format!("token revoke {id} two {team} --yes")).run().code(0);
    assert_eq!(listed(&world, team).len(), 0);
}

/// A POST there ends the token that is in use everywhere.
#[test]
fn create_never_ends_the_one_token_of_an_organization_or_an_audit_trail() {
    let world = World::new();
    for of in ["--org acme", "--org acme --audit-trail"] {
        let create = format!("token create {of}");
        owner(&world, &create).run().code(0);
        let before = listed(&world, of);
        let run = owner(&world, &create).run().code(4);
        run.says(before[0]["id"].as_str().unwrap()).prints("");
        assert_eq!(listed(&world, of), before);
    }
    let posts = world.count("POST", ORGANIZATION_TOKEN);
    assert_eq!(posts, 2, "nothing was asked for that would end one");
}

#[test]
fn a_variable_or_a_setting_completes_a_team_and_never_chooses_whose_token_is_meant() {
    let world = World::new();
    owner(&world, "token create --org acme --team owners --description ci").run().code(0);
    let mine = owner(&world, "token list -o json").env("KEYBELT_ORG", "acme").run().code(0).json();
    assert_eq!(mine["account"], "olivia");
    let team = "token list --team owners -o json";
    owner(&world, "token list --team owners").run().code(2).says("KEYBELT_ORG");
    let by_variable = owner(&world, team).env("KEYBELT_ORG", "acme").run().code(0).json();
    assert_eq!(by_variable["tokens"][0]["description"], "ci");
    world.keybelt("config set organization acme").run().code(0);
    assert_eq!(owner(&world, team).run().code(0).json(), by_variable);
    for wrong in [
        "token print --org acme",
        "token revoke --others --org acme",
        "token list --org acme --team a --agent-pool b",
        "token list --org a/b",
    ] {
        owner(&world, wrong).run().code(2);
    }
}

/// A 404 is "absent", or "not yours to see".
#[test]
fn what_is_not_there_may_be_hidden() {
    let world = World::new();
    for (words, code) in [
        ("token list --org nowhere", 4),
        ("token list --org acme --team nobody", 4),
        ("token list --org acme --agent-pool none", 4),
        ("token create --org nowhere", 4),
        ("token show x --org acme --team owners", 4),
    ] {
        let run = owner(&world, words).run().code(code);
        assert!(run.stderr().contains("this token"), "{words}: {}", run.stderr());
    }
    by(&world, "alice", "token list --org acme").run().code(0).says("none that this token may see");
    by(&world, "alice", "token create --org acme --team owners --description x").run().code(4);
    by(&world, "alice", "token create --org acme").run().code(4);
}

#[test]
fn a_limit_shortens_what_is_asked_for_and_that_is_said() {
    let world = World::new();
    let server = account_server(|request| match request.route() {
        ("GET", "/api/v2/organizations/acme") => Some(Reply::json(
            200,
            &json!({"data": {
                "id": "acme", "type": "organizations",
                "attributes": {"name": "acme", "max-ttl-enabled": true},
            }}),
        )),
        ("GET", "/api/v2/organizations/acme/token-ttl-policies") => Some(Reply::json(
            200,
            &json!({"data": [{
                "id": "1", "type": "organization-token-ttl-policies",
                "attributes": {"token-type": "team", "max-ttl-ms": 3_600_000},
            }]}),
        )),
        _ => None,
    });
    let run = world
        .keybelt("token create --org acme --team ci --description x --expires-in 30d")
        .env("ATLAS_ADDRESS", server.host())
        .env("ATLAS_TOKEN", foreign::TOKEN);
    run.run().code(0).says("1 hour at most");
    let posts: Vec<_> = server.requests().into_iter().filter(|it| it.method == "POST").collect();
    let asked = posts[0].json()["data"]["attributes"]["expired-at"].as_str().unwrap().to_owned();
    let asked: jiff::Timestamp = asked.parse().unwrap();
    let left = asked.duration_since(world.sandbox.now()).as_secs();
    assert!((3400..=3600).contains(&left), "{left} s");
}

/// Servers from before there were several tokens of a team.
#[test]
fn a_server_with_one_token_a_team_gets_one_only_where_it_ends_none() {
    for has_one in [true, false] {
        let legacy = "/api/v2/teams/team-c1/authentication-token";
        let resource = json!({"data": {"id": "at-l3gacy", "type": "authentication-tokens", "attributes": {"token": foreign::NEW_TOKEN}}});
        let server = account_server(move |request| match request.route() {
            ("GET", TEAM_TOKENS) | ("POST", "/api/v2/teams/team-c1/authentication-tokens") => {
                Some(Reply::json(404, &json!({"errors": [{"status": "404"}]})))
            }
            ("GET", path) if path == legacy && has_one => Some(Reply::json(200, &resource)),
            ("POST", path) if path == legacy => Some(Reply::json(201, &resource)),
            _ => None,
        });
        let world = World::new();
        let create = world.keybelt("token create --org acme --team ci --description x");
        let run =
            create.env("ATLAS_ADDRESS", server.host()).env("ATLAS_TOKEN", foreign::TOKEN).run();
        let run = run.code(if has_one { 4 } else { 0 });
        let posted = server.routes().contains(&format!("POST {legacy}"));
        assert_eq!(posted, !has_one, "{}", run.stderr());
    }
}

#[test]
fn two_teams_of_one_name_are_refused_by_their_ids() {
    let world = World::new();
    let server = account_server(|request| {
        let team = |id: &str| json!({"id": id, "type": "teams", "attributes": {"name": "ci"}});
        (request.route() == ("GET", "/api/v2/organizations/acme/teams"))
            .then(|| Reply::json(200, &json!({"data": [team("team-1"), team("team-2")]})))
    });
    let list = world.keybelt("token list --org acme --team ci");
    let run = list.env("ATLAS_ADDRESS", server.host()).env("ATLAS_TOKEN", foreign::TOKEN).run();
    run.code(4).says("team-1, team-2");
}

#[test]
fn revoking_the_token_in_use_wants_its_own_word() {
    let world = World::new();
    let create = "token create --org acme --team owners --description this";
    let made = owner(&world, create).run().code(0);
    let token = made.stdout().trim().to_owned();
    let revoke = |more: &str| {
        let words = format!("token revoke this --org acme --team owners --yes{more}");
        world
            .keybelt(words.split(' '))
            .env("ATLAS_ADDRESS", world.host())
            .env("ATLAS_TOKEN", &token)
            .run()
    };
    revoke("").code(2).says("--include-this");
    assert_eq!(listed(&world, "--org acme --team owners").len(), 1);
    revoke(" --include-this").code(0);
    assert_eq!(listed(&world, "--org acme --team owners").len(), 0);
}
