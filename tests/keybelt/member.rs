//! `org member`: somebody leaves an organization, or has lost a second factor.

use keybelt_sandbox::{Limits, Options};
use serde_json::{Value, json};

use crate::every_command::administration::{MEMBERSHIP, bobs_membership};
use crate::every_command::foreign::{CODE, PASSWORD};
use crate::every_command::{MEMBERSHIPS, account_server, aptible};
use crate::harness::{Keybelt, Recorded, Reply, Server, World, exchange};
use crate::organization::by;
use crate::organization_server::keybelt;

const REMOVE_BOB: &str = "org member remove acme bob --yes -o json";

fn world() -> World {
    World::with(Options { limits: Limits::Off, ..Options::default() })
}

fn removals(world: &World) -> usize {
    let requests = world.sandbox.requests();
    requests.iter().filter(|it| it.method == "DELETE").count()
}

fn removals_at(server: &Server) -> usize {
    let requests = server.requests();
    requests.iter().filter(|it: &&Recorded| it.method == "DELETE").count()
}

/// A server whose list of members is this page.
fn server_with(page: Value) -> Server {
    account_server(move |request| {
        (request.route() == ("GET", MEMBERSHIPS)).then(|| Reply::json(200, &page))
    })
}

/// Asks the sandbox for something as an account, and returns the answer's document.
fn ask(world: &World, username: &str, request: &str, body: &Value) -> Value {
    let authority = world.host().trim_start_matches("http://").to_owned();
    let (token, body) = (world.account(username).token, body.to_string());
    let length = body.len();
    let answer = exchange(
        &authority,
        &format!(
            "{request} HTTP/1.1\r\nHost: {authority}\r\nConnection: close\r\nAuthorization: Bearer {token}\r\nContent-Type: application/vnd.api+json\r\nContent-Length: {length}\r\n\r\n{body}"
        ),
    );
    assert!(answer.starts_with("HTTP/1.1 20"), "{answer}");
    let (_, document) = answer.split_once("\r\n\r\n").unwrap();
    serde_json::from_str(document).unwrap_or_default()
}

/// Makes a team that bob is in and may make tokens for, and such a token of bob's; returns the ids.
fn team_with_a_token_of_bobs(world: &World) -> (String, String) {
    let id = |document: &Value| document["data"]["id"].as_str().unwrap().to_owned();
    let attributes = json!({"name": "ci $(x)", "allow-member-token-management": true});
    let body = json!({"data": {"type": "teams", "attributes": attributes}});
    let team = id(&ask(world, "olivia", "POST /api/v2/organizations/acme/teams", &body));
    let path = format!("POST /api/v2/teams/{team}/relationships/users");
    let body = json!({"data": [{"type": "users", "id": "bob"}]});
    ask(world, "olivia", &path, &body);
    let path = format!("POST /api/v2/teams/{team}/authentication-tokens");
    let attributes = json!({"description": "deploys"});
    let body = json!({"data": {"type": "authentication-tokens", "attributes": attributes}});
    (team, id(&ask(world, "bob", &path, &body)))
}

#[test]
fn what_a_member_leaves_behind_is_named_and_then_they_are_gone() {
    let world = world();
    let (team, token) = team_with_a_token_of_bobs(&world);
    let run = by(&world, "olivia", "org member remove acme bob --dry-run").run().code(0);
    run.prints("bob <bob@sandbox.test>, acme at")
        .prints("is in developers, ci $(x)")
        .prints("nobody else can list these")
        .prints("connections to version control")
        .prints("by bob")
        .prints(&format!("`keybelt token rotate {token} --org acme --team {team}`"));
    let plan = by(&world, "olivia", "org member remove acme bob --dry-run -o json").run().code(0);
    let plan = plan.json();
    assert_eq!(
        (&plan["result"], &plan["teams"]),
        (&json!("foreseen"), &json!(["developers", "ci $(x)"]))
    );
    assert_eq!((&plan["owner"], &plan["managed_by"]), (&json!(false), &Value::Null));
    assert_eq!(plan["version_control"][0]["account"], "bob");
    assert_eq!((&plan["tokens_left"][0]["id"], &plan["not_shown"]), (&json!(token), &json!([])));
    assert_eq!(plan["tokens_left"][0]["maker_known"], true);
    assert_eq!(removals(&world), 0);
    by(&world, "olivia", "org member remove acme bob").run().code(2).says("--dry-run");
    assert_eq!(removals(&world), 0);
    let run = by(&world, "olivia", REMOVE_BOB).run().code(0);
    let run = run.says("Removed bob from acme; 1 token they created to replace");
    assert_eq!(run.json()["result"], "removed");
    assert_eq!(removals(&world), 1);
    by(&world, "bob", "org show acme").run().code(4);
    let run = by(&world, "olivia", REMOVE_BOB).run().code(4);
    run.prints("no member of acme is called `bob`");
}

#[test]
fn a_person_is_asked_once_everything_is_shown() {
    let world = world();
    world.sign_in("olivia");
    let start = || world.keybelt("org member remove acme bob@sandbox.test").pty();
    let mut terminal = start();
    terminal.expect("bob <bob@sandbox.test>").expect("Remove bob from acme?").type_line("n");
    terminal.wait(2).shows("nobody was removed");
    assert_eq!(removals(&world), 0);
    let mut terminal = start();
    terminal.expect("Remove bob from acme?").type_line("y");
    terminal.wait(0).shows("Removed bob from acme");
    assert_eq!(removals(&world), 1);
}

#[test]
fn oneself_the_last_owner_and_whoever_is_not_named_whole_stay() {
    let world = world();
    for name in ["olivia", "olivia@sandbox.test"] {
        let run = by(&world, "olivia", &format!("org member remove acme {name} --yes"));
        run.run().code(4).says("yourself");
    }
    for name in ["bo", "BOB", "sandbox.test", "user-bob"] {
        let run = by(&world, "olivia", &format!("org member remove acme {name} --yes"));
        run.run().code(4).says("no member of acme is called");
    }
    let run = by(&world, "alice", "org member remove acme bob --yes").run().code(4);
    run.says("does not show the members of acme");
    by(&world, "olivia", "org member remove nope bob --yes").run().code(4).says("not found");
    assert_eq!(removals(&world), 0);
    let mut page = bobs_membership();
    page["included"][1]["attributes"] = json!({"name": "owners", "users-count": 1});
    let server = server_with(page.clone());
    let run = keybelt(&World::new(), &server.host(), REMOVE_BOB).run().code(4);
    run.prints("is the last owner of acme");
    assert_eq!(removals_at(&server), 0);
    page["included"][1]["attributes"]["users-count"] = 2.into();
    let server = server_with(page);
    keybelt(&World::new(), &server.host(), REMOVE_BOB).run().code(0);
    assert_eq!(removals_at(&server), 1);
}

#[test]
fn an_invitation_is_withdrawn() {
    let world = world();
    let body = json!({"data": {"type": "organization-memberships", "attributes": {"email": "new@sandbox.test"}}});
    let path = "POST /api/v2/organizations/acme/organization-memberships";
    ask(&world, "olivia", path, &body);
    let words = "org member remove acme new@sandbox.test";
    let run = by(&world, "olivia", &format!("{words} --dry-run")).run().code(0);
    run.prints("only invited; the invitation is withdrawn");
    let run = by(&world, "olivia", &format!("{words} --yes -o json")).run().code(0);
    let run = run.says("Withdrew the invitation of new@sandbox.test to acme");
    assert_eq!(
        (&run.json()["result"], &run.json()["state"]),
        (&json!("withdrawn"), &json!("invited"))
    );
    by(&world, "olivia", &format!("{words} --yes")).run().code(4);
}

/// Each of these brings a member back at the next sign-in.
#[test]
fn a_member_who_would_come_back_is_removed_only_with_yes() {
    let mut pages = Vec::new();
    for (place, value, word) in [
        (
            "/data/0/relationships/scim-identity",
            json!({"data": {"id": "scim-1", "type": "scim-identities"}}),
            "scim",
        ),
        ("/included/0/attributes/is-scim-managed", json!(true), "scim"),
        ("/included/1/attributes/scim-linked", json!(true), "scim"),
        ("/included/0/attributes/is-sso-login", json!(true), "single_sign_on"),
        ("/included/0/attributes/auth-method", json!("hcp_sso"), "single_sign_on"),
        ("/included/1/attributes/sso-team-id", json!("group-1"), "single_sign_on"),
    ] {
        let mut page = bobs_membership();
        let (parent, name) = place.rsplit_once('/').unwrap();
        page.pointer_mut(parent).unwrap()[name] = value;
        pages.push((page, word));
    }
    for (page, word) in pages {
        let server = server_with(page);
        let world = World::new();
        let mut terminal = keybelt(&world, &server.host(), "org member remove acme bob").pty();
        terminal.expect("would come back");
        terminal.wait(2).shows("use --yes");
        assert_eq!(removals_at(&server), 0);
        let plan = keybelt(&world, &server.host(), "org member remove acme bob --dry-run -o json");
        assert_eq!(plan.run().code(0).json()["managed_by"], word);
        keybelt(&world, &server.host(), REMOVE_BOB).run().code(0);
        assert_eq!(removals_at(&server), 1);
    }
}

#[test]
fn refusals_of_the_server_are_told_apart() {
    for (status, code, says) in [
        (403, 4, "does not let this token remove members"),
        (404, 0, "was gone from acme already"),
        (422, 4, "did not remove the member"),
        (401, 4, "`acme` does not allow this token"),
    ] {
        let server = account_server(move |request| {
            let refusal = json!({"errors": [{"status": "x", "title": "no"}]});
            (request.route() == ("DELETE", MEMBERSHIP)).then(|| Reply::json(status, &refusal))
        });
        let run = keybelt(&World::new(), &server.host(), "org member remove acme bob --yes").run();
        run.code(code).says(says);
    }
}

#[test]
fn sudo_mode_guards_the_removal() {
    let world = world();
    world.sign_in("olivia");
    world.keybelt("sudo end").run().code(0);
    world.keybelt("org member remove acme bob --yes").run().code(3).says("sudo mode");
    world.keybelt("org member remove acme bob --dry-run").run().code(0);
    assert_eq!(removals(&world), 0);
    let password = format!("{}\n", world.password("olivia"));
    let words = "org member remove acme bob --yes --password-stdin";
    world.keybelt(words).stdin(password).run().code(0);
    assert_eq!(removals(&world), 1);
}

/// What is not shown is not nothing.
#[test]
fn what_may_not_be_looked_at_is_named() {
    let server = account_server(|_| None);
    let run = keybelt(&World::new(), &server.host(), REMOVE_BOB).run().code(0);
    let document = run.json();
    assert_eq!(document["version_control"], Value::Null);
    let not_shown = document["not_shown"].to_string();
    assert!(
        not_shown.contains("agent pools") && not_shown.contains("version control"),
        "{not_shown}"
    );
}

#[test]
fn hostile_names_of_a_member_teams_and_connections_are_shown_escaped() {
    let mut page = bobs_membership();
    page["data"][0]["attributes"]["email"] = "bob\u{1b}[2J@example.com".into();
    page["included"][1]["attributes"]["name"] = "ci\u{202e}\r\n".into();
    let server = account_server(move |request| match request.route() {
        ("GET", MEMBERSHIPS) => Some(Reply::json(200, &page)),
        ("GET", "/api/v2/organizations/acme/oauth-tokens") => Some(Reply::json(
            200,
            &json!({"data": [{"id": "ot-1;rm", "attributes": {"service-provider-user": "x\u{1b}]0;y"}}]}),
        )),
        _ => None,
    });
    let world = World::new();
    for words in
        ["org member remove acme bob --dry-run", "org member remove acme bob --dry-run -o json"]
    {
        let run = keybelt(&world, &server.host(), words).run().code(0);
        assert!(!run.stdout().contains(['\u{1b}', '\u{202e}']), "{}", run.stdout());
    }
}

#[test]
fn on_atlas_nobody_but_a_site_administrator_resets_a_second_factor() {
    let world = world();
    let run = by(&world, "olivia", "org member reset-2fa acme bob --yes").run().code(4);
    run.says("owners cannot reset").says("`keybelt admin user reset-2fa`");
    let run = world.keybelt("org member reset-2fa acme bob -H hcp");
    let run = run.env("TF_TOKEN_app_terraform_io", "a.token").run().code(4);
    run.says("only the member can, with a recovery code");
    assert!(world.sandbox.requests().is_empty());
}

fn aptible_host(world: &World) -> String {
    world.sandbox.ready().aptible_url.clone()
}

/// Prepares a command of olivia's, who is signed in to the Aptible server, with a password and a code.
fn proven(world: &World, words: &str) -> Keybelt {
    let stdin = format!("{}\n{}\n", world.password("olivia"), world.code("olivia"));
    world.keybelt(format!("{words} --password-stdin --code-stdin")).stdin(stdin)
}

fn at_aptible() -> World {
    let world = world();
    let login = format!("login {} --username olivia@sandbox.test", aptible_host(&world));
    proven(&world, &login).run().code(0);
    world
}

fn sent(world: &World, method: &str, part: &str) -> usize {
    let requests = world.sandbox.requests();
    requests.iter().filter(|it| it.method == method && it.path.contains(part)).count()
}

#[test]
fn at_aptible_a_member_gets_a_mail_and_keeps_the_factor_until_its_link_is_used() {
    let world = at_aptible();
    let words = "org member reset-2fa acme bob@sandbox.test";
    world.keybelt(words).run().code(2).says("--yes");
    world.keybelt(format!("{words} --yes")).run().code(3).says("--password-stdin");
    assert_eq!(sent(&world, "POST", "/otp/resets"), 0);
    let run = proven(&world, &format!("{words} --yes -o json")).run().code(0);
    let run = run.says("stays on until they follow its link");
    assert_eq!((&run.json()["sent"], &run.json()["state"]), (&json!(true), &json!("on")));
    assert_eq!(sent(&world, "POST", "/otp/resets/new"), 1);
    let audit = world.keybelt("org audit acme -o json").run().any_end().json();
    let members = audit["members"].as_array().unwrap();
    assert!(members.iter().any(|it| it["email"] == "bob@sandbox.test" && it["state"] == "on"));
    // Nothing to do; oneself; nobody.
    let run = world.keybelt("org member reset-2fa acme alice@sandbox.test --yes").run().code(0);
    run.says("has no two-factor authentication");
    let run = world.keybelt("org member reset-2fa acme olivia@sandbox.test --yes").run().code(4);
    run.says("yourself").says("2fa disable");
    world.keybelt("org member reset-2fa acme bob --yes").run().code(4).says("no member of acme");
    assert_eq!(sent(&world, "POST", "/otp/resets/new"), 1);
    let live = world.sandbox.live_tokens();
    assert!(live.iter().all(|it| it.scope != Some("elevated")), "an elevated token lives");
}

#[test]
fn at_aptible_a_member_is_removed() {
    let world = at_aptible();
    let words = "org member remove acme bob@sandbox.test";
    let run = world.keybelt(format!("{words} --dry-run")).run().code(0);
    run.prints("is in Members").prints("nobody else can list these").hides("token rotate");
    let plan = world.keybelt(format!("{words} --dry-run -o json")).run().code(0).json();
    assert_eq!((&plan["owner"], &plan["tokens_left"]), (&json!(false), &json!([])));
    world.keybelt(format!("{words} --yes")).run().code(3);
    assert_eq!(sent(&world, "DELETE", "/organizations/"), 0);
    proven(&world, &format!("{words} --yes")).run().code(0).says("Removed bob@sandbox.test");
    assert_eq!(sent(&world, "DELETE", "/organizations/"), 1);
    world.keybelt(format!("{words} --yes")).run().code(4).says("no member of acme");
    let run = world.keybelt("org member remove acme olivia@sandbox.test --yes").run().code(4);
    run.says("yourself");
}

fn aptible_list(kind: &str, all: Value) -> Option<Reply> {
    Some(Reply::json(200, &json!({"_embedded": {kind: all}})))
}

#[test]
fn at_aptible_an_invitation_is_withdrawn() {
    let invitation = json!({"id": "i-1", "email": "new@example.com", "role_name": "Deployers"});
    let server = aptible::server(move |request| match request.route() {
        ("GET", "/organizations/o-1/invitations") => {
            aptible_list("invitations", json!([invitation]))
        }
        ("DELETE", "/invitations/i-1") => Some(Reply::with(204, &[], "")),
        _ => None,
    });
    let world = World::new();
    aptible::store(&world, &server.host());
    let words = "org member remove acme new@example.com --yes --password-stdin --code-stdin";
    let stdin = format!("{PASSWORD}\n{CODE}\n");
    let run = world.keybelt(words).stdin(stdin).run().code(0);
    run.says("Withdrew the invitation of new@example.com");
    assert!(server.routes().contains(&"DELETE /invitations/i-1".to_owned()));
    let run = world.keybelt("org member reset-2fa acme new@example.com --yes").run().code(4);
    run.says("is only invited");
}

#[test]
fn at_aptible_the_last_owner_stays() {
    for (count, code) in [(1, 4), (2, 0)] {
        let server = aptible::server(move |request| match request.route() {
            ("GET", "/users/u-2/roles") => {
                let organization = json!({"href": "/organizations/o-1"});
                let role = json!({"id": "r-9", "type": "owner", "name": "Owners", "_links": {"organization": organization}});
                aptible_list("roles", json!([role]))
            }
            ("GET", "/roles/r-9/users") => {
                let all: Vec<Value> =
                    (0..count).map(|it| json!({"id": format!("u-{}", it + 2)})).collect();
                aptible_list("users", all.into())
            }
            _ => None,
        });
        let world = World::new();
        aptible::store(&world, &server.host());
        let words = "org member remove acme bob@example.com --dry-run";
        let run = world.keybelt(words).run().code(code);
        if code == 4 {
            run.says("is the last owner of acme");
        }
    }
}
