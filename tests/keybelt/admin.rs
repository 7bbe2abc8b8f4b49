//! `admin user`: what site administrators see and do, and that nobody else does.

use keybelt_sandbox::{Generation, Limits, Options};
use serde_json::{Value, json};

use crate::every_command::administration::{USERS, bob};
use crate::every_command::{account_server, store};
use crate::harness::{Recorded, Reply, Server, World};
use crate::organization::by;
use crate::organization_server::keybelt;

fn world() -> World {
    World::with(Options { site_admin: true, limits: Limits::Off, ..Options::default() })
}

/// Returns how often a user was acted on.
fn acts(world: &World) -> usize {
    let requests = world.sandbox.requests();
    requests.iter().filter(|it| it.method == "POST" && it.path.contains("/actions/")).count()
}

fn acts_at(server: &Server) -> usize {
    let requests = server.requests();
    let is_act = |it: &&Recorded| it.method == "POST" && it.path.contains("/admin/");
    requests.iter().filter(is_act).count()
}

#[test]
fn users_are_listed_and_filtered_with_how_their_second_factor_stands() {
    let world = world();
    let run = by(&world, "root-admin", "admin user list").run().code(0);
    let rows: Vec<Vec<_>> =
        run.stdout().lines().map(|it| it.split_whitespace().collect()).collect();
    assert_eq!(rows[0], ["USER", "EMAIL", "TWO", "FACTOR", "ADMIN", "SUSPENDED", "ID"]);
    assert_eq!(rows[1][..3], ["alice", "alice@sandbox.test", "off"]);
    assert_eq!(rows.len(), 7);
    let names = |words: &str| -> Vec<String> {
        let list = by(&world, "root-admin", words).run().code(0).json();
        let users = list["users"].as_array().unwrap().iter();
        users.map(|user| user["user"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(names("admin user list --admin -o json"), ["root-admin"]);
    assert_eq!(names("admin user list --no-2fa -o json"), ["alice"]);
    assert_eq!(names("admin user list --suspended -o json"), [""; 0]);
    by(&world, "root-admin", "admin user suspend alice --yes").run().code(0);
    assert_eq!(names("admin user list --suspended -o json"), ["alice"]);
    assert_eq!(names("admin user list --suspended --admin -o json"), [""; 0]);
    let csv = by(&world, "root-admin", "admin user list --suspended -o csv").run().code(0);
    let head =
        "user,email,two_factor,admin,suspended,id\r\nalice,alice@sandbox.test,off,false,true,user-";
    assert!(csv.stdout().starts_with(head), "{}", csv.stdout());
    let run = by(&world, "root-admin", "admin user list --admin --suspended").run().code(0);
    run.says("No user of");
}

#[test]
fn a_user_is_shown_with_organizations_and_found_by_the_whole_name_alone() {
    let world = world();
    let run = by(&world, "root-admin", "admin user show bob").run().code(0);
    run.prints("bob at").prints("two-factor authentication is on").prints("belongs to acme");
    let shown = by(&world, "root-admin", "admin user show bob@sandbox.test -o json").run().code(0);
    let shown = shown.json();
    assert_eq!(
        (&shown["user"], &shown["two_factor"], &shown["organizations"]),
        (&json!("bob"), &json!("on"), &json!(["acme"]))
    );
    assert_eq!((&shown["admin"], &shown["suspended"]), (&json!(false), &json!(false)));
    let run = by(&world, "root-admin", "admin user show root-admin").run().code(0);
    run.prints("is a site administrator").prints("belongs to no organization");
    for name in ["bo", "BOB", "sandbox.test", "nobody"] {
        let run = by(&world, "root-admin", &format!("admin user suspend {name} --yes"));
        run.run().code(4).says(&format!("is called `{name}`"));
    }
    assert_eq!(acts(&world), 0);
    by(&world, "root-admin", "admin user show nobody").run().code(4);
}

/// The same email address may be another's user name: nobody is acted on then.
#[test]
fn a_name_that_two_users_have_is_refused() {
    let other = json!({"id": "user-2", "attributes": {"username": "x", "email": "bob"}});
    let server = account_server(move |request| {
        (request.route() == ("GET", USERS))
            .then(|| Reply::json(200, &json!({"data": [bob(), other]})))
    });
    let world = World::new();
    let run = keybelt(&world, &server.host(), "admin user suspend bob --yes").run().code(4);
    run.says("several users").says("email");
    assert_eq!(acts_at(&server), 0);
}

#[test]
fn a_lost_factor_is_taken_off_and_the_password_alone_signs_in() {
    let world = world();
    by(&world, "root-admin", "admin user reset-2fa bob").run().code(2).says("--yes");
    by(&world, "root-admin", "admin user reset-2fa bob --no-input").run().code(2);
    assert_eq!(acts(&world), 0);
    let run = by(&world, "root-admin", "admin user reset-2fa bob --yes -o json").run().code(0);
    let run = run.says("no two-factor authentication any more").says("tokens keep working");
    let document = run.json();
    assert_eq!((&document["changed"], &document["two_factor"]), (&json!(true), &json!("off")));
    assert_eq!(document["tokens_left"], Value::Null);
    assert_eq!(acts(&world), 1);
    assert!(world.sandbox.accepts(&world.account("bob").token));
    world.login("bob", &[]).run().code(0);
    // Done already: nothing is sent.
    let run = by(&world, "root-admin", "admin user reset-2fa bob --yes -o json").run().code(0);
    assert_eq!(run.json()["changed"], false);
    assert_eq!(acts(&world), 1);
}

#[test]
fn a_suspended_user_is_out_until_unsuspended_and_what_may_live_on_is_said() {
    let world = world();
    let run = by(&world, "root-admin", "admin user suspend bob --yes -o json").run().code(0);
    let run = run.says("bob is suspended").says("acme does not show this account all tokens");
    let document = run.json();
    assert_eq!((&document["changed"], &document["suspended"]), (&json!(true), &json!(true)));
    assert_eq!(document["not_shown"].as_array().unwrap().len(), 1);
    by(&world, "bob", "whoami").run().code(3);
    let run = by(&world, "root-admin", "admin user suspend bob --yes").run().code(0);
    run.says("bob is suspended already");
    assert_eq!(acts(&world), 1);
    by(&world, "root-admin", "admin user unsuspend bob --yes").run().code(0).says("no longer");
    by(&world, "bob", "whoami").run().code(0);
    let run = by(&world, "root-admin", "admin user unsuspend bob --yes").run().code(0);
    run.says("bob is not suspended");
    assert_eq!(acts(&world), 2);
}

#[test]
fn oneself_is_refused_and_so_is_whoever_administers_nothing() {
    let world = world();
    for act in ["reset-2fa", "suspend", "unsuspend"] {
        for name in ["root-admin", "root-admin@sandbox.test"] {
            let run = by(&world, "root-admin", &format!("admin user {act} {name} --yes"));
            run.run().code(4).says("yourself");
        }
        let run = by(&world, "olivia", &format!("admin user {act} bob --yes")).run().code(4);
        run.says("does not administer").says("site administrators");
    }
    by(&world, "olivia", "admin user list").run().code(4).says("does not administer");
    by(&world, "olivia", "admin user show bob").run().code(4).says("does not administer");
    assert_eq!(acts(&world), 0);
    // HCP Terraform has none, and is not asked.
    let run = world.keybelt("admin user list -H hcp").env("TF_TOKEN_app_terraform_io", "a.token");
    run.run().code(4).says("HCP Terraform has no site administrators").says("org member remove");
}

#[test]
fn the_name_is_typed_again_before_anything_happens() {
    let world = world();
    world.sign_in("root-admin");
    let start = |act: &str| world.keybelt(["admin", "user", act, "bob@sandbox.test"]).pty();
    for typed in ["", "y", "bob@sandbox.test", "BOB"] {
        let mut terminal = start("suspend");
        terminal.expect("bob <bob@sandbox.test> at").expect("Type bob to suspend them");
        terminal.type_line(typed);
        terminal.wait(2).shows("nothing was changed");
    }
    assert_eq!(acts(&world), 0);
    let mut terminal = start("suspend");
    terminal.expect("Type bob to suspend them").type_line("bob");
    terminal.wait(0).shows("is suspended");
    assert_eq!(acts(&world), 1);
}

#[test]
fn sudo_mode_guards_each_act_and_asks_after_the_name() {
    let world = world();
    world.sign_in("root-admin");
    world.keybelt("sudo end").run().code(0);
    for act in ["reset-2fa", "suspend", "unsuspend"] {
        let run = world.keybelt(["admin", "user", act, "carol", "--yes"]).run();
        // Nobody is suspended: there is nothing to guard.
        let code = if act == "unsuspend" { 0 } else { 3 };
        let run = run.code(code);
        if code == 3 {
            run.says("sudo mode");
        }
    }
    assert_eq!(acts(&world), 0);
    let words = ["admin", "user", "suspend", "carol", "--yes", "--password-stdin"];
    let wrong = world.keybelt(words).stdin("wrong\n").run().code(4);
    wrong.says("refused the password");
    assert_eq!(acts(&world), 0);
    let password = format!("{}\n", world.password("root-admin"));
    world.keybelt(words).stdin(password).run().code(0);
    assert_eq!(acts(&world), 1);
    world.keybelt("sudo end").run().code(0);
    world.keybelt("admin user unsuspend carol --yes").run().code(3).says("sudo mode");
    assert_eq!(acts(&world), 1);
}

/// A server without password sign-in has a name typed.
#[test]
fn without_passwords_sudo_mode_asks_for_ones_own_name() {
    let options =
        Options { generation: Generation::Modern, site_admin: true, ..Options::default() };
    let world = World::with(options);
    store(&world, &world.host(), "root-admin", &world.account("root-admin").token);
    world.change_entry("root-admin", |entry| entry["authenticated_at"] = Value::Null);
    let mut terminal = world.keybelt("admin user suspend bob").pty();
    terminal.expect("Type bob to suspend them").type_line("bob");
    terminal.expect("Type root-admin to continue").type_line("no");
    terminal.wait(2);
    assert_eq!(acts(&world), 0);
}

#[test]
fn nothing_to_do_a_user_that_is_gone_and_a_success_that_is_none_are_told_apart() {
    let world = World::new();
    let answering = |status: u16, body: Value| {
        account_server(move |request| {
            let is_act = request.method == "POST" && request.path.contains("/admin/");
            is_act.then(|| Reply::json(status, &body))
        })
    };
    let refusal = |text: &str| json!({"errors": [{"status": "x", "title": text}]});
    let run_at = |server: &Server, act: &str| {
        keybelt(&world, &server.host(), &format!("admin user {act} bob --yes -o json")).run()
    };
    let server = answering(400, refusal("no 2FA\u{1b}[2J enabled"));
    let run = run_at(&server, "reset-2fa").code(0).says("the server says").says("no 2FA");
    assert_eq!(run.hides("\u{1b}").json()["changed"], false);
    let server = answering(404, refusal("not found"));
    run_at(&server, "suspend").code(4).prints("does not know the user any more");
    let server = answering(403, refusal("forbidden"));
    run_at(&server, "suspend").code(4).prints("does not administer");
    let server = answering(422, refusal("no"));
    run_at(&server, "suspend").code(4);
    let mut same = bob();
    same["attributes"]["is-suspended"] = false.into();
    let server = answering(200, json!({"data": same}));
    run_at(&server, "suspend").code(5).prints("has not changed");
    assert_eq!(acts_at(&server), 1);
}

/// The documents' samples leave `two-factor` out.
#[test]
fn an_unknown_second_factor_is_unknown_and_not_off() {
    let server = account_server(|_| None);
    let world = World::new();
    let list = keybelt(&world, &server.host(), "admin user list -o json").run().code(0).json();
    assert_eq!(list["users"][0]["two_factor"], "unknown");
    assert_eq!(list["users"][0]["suspended"], Value::Null);
    let run = keybelt(&world, &server.host(), "admin user list --no-2fa").run().code(0);
    run.prints("unknown");
    let run = keybelt(&world, &server.host(), "admin user show bob").run().code(0);
    run.prints("is unknown: the server does not tell").hides("is off");
    let flat = |enabled: bool, verified: bool| {
        let mut bob = bob();
        bob["attributes"]["two-factor-enabled"] = enabled.into();
        bob["attributes"]["two-factor-verified"] = verified.into();
        let server = account_server(move |request| {
            (request.route() == ("GET", USERS)).then(|| Reply::json(200, &json!({"data": [bob]})))
        });
        let list = keybelt(&world, &server.host(), "admin user list -o json").run().code(0).json();
        list["users"][0]["two_factor"].clone()
    };
    assert_eq!([flat(true, true), flat(true, false), flat(false, false)], ["on", "started", "off"]);
    // Whether there is anything to do is then the server's to say.
    keybelt(&world, &server.host(), "admin user reset-2fa bob --yes").run().code(0);
    assert_eq!(acts_at(&server), 1);
}

#[test]
fn what_a_suspended_user_has_made_for_teams_is_named_with_the_command_that_replaces_it() {
    let token = |id: &str, by: Value| {
        json!({
            "id": id, "attributes": {"description": "deploys; rm -rf \u{1b}[2J", "token": null},
            "relationships": {"team": {"data": {"id": "team-$(id)"}}, "created-by": {"data": by}},
        })
    };
    let of_bob = token("at-b0b", json!({"id": "user-b0b", "type": "users"}));
    let of_nobody = token("at-n0body", Value::Null);
    let of_alice = token("at-al1ce", json!({"id": "user-4lice", "type": "users"}));
    let tokens = json!({"data": [of_bob, of_nobody, of_alice]});
    let server = account_server(move |request| {
        let path = request.route().1;
        path.ends_with("/team-tokens").then(|| Reply::json(200, &tokens))
    });
    let world = World::new();
    let words = "admin user suspend bob --yes -o json";
    let run = keybelt(&world, &server.host(), words).run().code(0);
    let run = run.says("`keybelt token rotate at-b0b --org acme --team 'team-$(id)'`");
    let run = run.says("at-n0body").says("creator unknown").hides("\u{1b}").hides("at-al1ce");
    let document = run.json();
    let left: Vec<_> = document["tokens_left"].as_array().unwrap().iter().collect();
    assert_eq!(left.len(), 2);
    assert_eq!((&left[0]["id"], &left[0]["maker_known"]), (&json!("at-b0b"), &json!(true)));
    assert_eq!((&left[1]["id"], &left[1]["maker_known"]), (&json!("at-n0body"), &json!(false)));
    assert_eq!((&left[0]["kind"], &left[0]["organization"]), (&json!("team"), &json!("acme")));
}

#[test]
fn an_audit_of_a_user_with_hostile_texts_shows_them_escaped() {
    let mut hostile = bob();
    hostile["attributes"]["username"] = "=cmd\u{1b}[2J\u{202e}".into();
    hostile["attributes"]["email"] = "a\r\nb@example.com".into();
    hostile["relationships"]["organizations"]["data"][0]["id"] = "../\u{1b}]0;x".into();
    let server = account_server(move |request| {
        (request.route() == ("GET", USERS)).then(|| Reply::json(200, &json!({"data": [hostile]})))
    });
    let world = World::new();
    for words in ["admin user list", "admin user list -o csv", "admin user list -o json"] {
        let run = keybelt(&world, &server.host(), words).run().code(0);
        let out = run.stdout();
        assert!(!out.contains(['\u{1b}', '\u{202e}']), "{words}: {out:?}");
    }
    let csv = keybelt(&world, &server.host(), "admin user list -o csv").run().code(0);
    assert_eq!(csv.stdout().lines().count(), 2);
    assert!(!csv.stdout().contains("\n=cmd"), "a formula: {}", csv.stdout());
    let run = world
        .keybelt(["admin", "user", "suspend", "--yes", "a  b@example.com"])
        .env("ATLAS_ADDRESS", server.host())
        .env("ATLAS_TOKEN", "a.token");
    let run = run.run().code(0).hides("\u{1b}");
    run.says("not an organization's name");
    let paths: Vec<_> = server.requests().into_iter().map(|it| it.path).collect();
    assert!(paths.iter().all(|path| !path.contains("..")), "{paths:?}");
}
