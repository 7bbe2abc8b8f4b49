//! The members of an organization, as its owners see them.

use std::collections::{BTreeMap, BTreeSet};

use keybelt_sandbox::{Limits, MemberCounts, Options, Sandbox};
use serde_json::{Value, json};

use crate::wire::{Answer, Request};
use crate::{account, act, api, sandbox, sandbox_without_limits, set_policy};

const MEMBERS: &str = "/organizations/acme/organization-memberships";

fn sandbox_with_members(members: u32) -> Sandbox {
    Sandbox::start(Options { members, limits: Limits::Off, ..Options::default() }).unwrap()
}

fn ask(sandbox: &Sandbox, query: &str) -> Answer {
    let token = account(sandbox, "olivia").token;
    api(sandbox, &token, "GET", &format!("{MEMBERS}?{query}"), None)
}

fn emails(answer: &Answer) -> Vec<String> {
    let members = answer.json()["data"].as_array().unwrap().clone();
    let emails = members.iter().map(|member| &member["attributes"]["email"]);
    emails.map(|email| email.as_str().unwrap().to_owned()).collect()
}

/// Returns all members and their users, page by page.
fn everyone(sandbox: &Sandbox) -> Vec<(Value, Value)> {
    let mut everyone = Vec::new();
    for number in 1.. {
        let query = format!("include=user&page%5Bsize%5D=100&page%5Bnumber%5D={number}");
        let page = ask(sandbox, &query).json();
        let members = page["data"].as_array().unwrap();
        let users = page["included"].as_array().unwrap();
        assert_eq!(members.len(), users.len());
        everyone.extend(members.iter().cloned().zip(users.iter().cloned()));
        if page["meta"]["pagination"]["next-page"].is_null() {
            break;
        }
    }
    everyone
}

/// Returns in which state a member is, by what the documents say.
fn state(member: &Value, user: &Value) -> &'static str {
    let attributes = &user["attributes"];
    let two_factor = &attributes["two-factor"];
    if member["attributes"]["status"] == json!("invited") {
        "invited"
    } else if attributes["is-service-account"] == json!(true) {
        "service account"
    } else if two_factor.is_null() {
        "unknown"
    } else if *two_factor == json!({"enabled": true, "verified": true}) {
        "on"
    } else if *two_factor == json!({"enabled": true, "verified": false}) {
        "started"
    } else {
        assert_eq!(*two_factor, json!({"enabled": false, "verified": false}));
        "off"
    }
}

fn count(sandbox: &Sandbox) -> BTreeMap<&'static str, u32> {
    let mut counts = BTreeMap::new();
    for (member, user) in &everyone(sandbox) {
        *counts.entry(state(member, user)).or_default() += 1;
    }
    counts
}

#[test]
fn the_mix_of_members_is_the_documented_one() {
    // Of every twenty: off, started, unknown, invited, service account, then fifteen on; with
    // alice (off) and the three others (on).
    let expected = [
        (0, [3, 0, 1, 0, 0, 0]),
        (1, [3, 0, 2, 0, 0, 0]),
        (7, [5, 1, 2, 1, 1, 1]),
        (100, [78, 5, 6, 5, 5, 5]),
        (1_000, [753, 50, 51, 50, 50, 50]),
    ];
    for (members, states) in expected {
        let sandbox = sandbox_with_members(members);
        let names = ["on", "started", "off", "unknown", "invited", "service account"];
        let expected: BTreeMap<_, _> =
            names.into_iter().zip(states).filter(|(_, count)| *count > 0).collect();
        assert_eq!(count(&sandbox), expected, "{members}");
        let counts = MemberCounts::of(members);
        let told = [
            counts.on + 3,
            counts.started,
            counts.off + 1,
            counts.unknown,
            counts.invited,
            counts.service_accounts,
        ];
        assert_eq!(told, states, "{members}");
    }
}

#[test]
fn members_are_the_same_whenever_one_asks_and_nobody_is_there_twice() {
    let sandbox = sandbox_with_members(250);
    let everyone = everyone(&sandbox);
    assert_eq!(everyone, self::everyone(&sandbox));
    let ids: BTreeSet<_> = everyone
        .iter()
        .flat_map(|(member, user)| [member["id"].as_str(), user["id"].as_str()])
        .collect();
    assert_eq!(ids.len(), 2 * 254);
    for (member, user) in &everyone {
        assert_eq!(member["relationships"]["user"]["data"]["id"], user["id"]);
        assert_eq!(member["attributes"]["email"], user["attributes"]["email"]);
        assert!(member["attributes"]["created-at"].as_str().unwrap().ends_with('Z'));
    }
}

#[test]
fn a_million_members_are_there_at_once() {
    let sandbox = sandbox_with_members(1_000_000);
    let last = ask(&sandbox, "include=user&page%5Bsize%5D=100&page%5Bnumber%5D=10001");
    assert_eq!(
        emails(&last),
        [999_997, 999_998, 999_999, 1_000_000]
            .map(|number| format!("member-{number}@sandbox.test"))
    );
    assert_eq!(
        last.json()["meta"]["status-counts"],
        json!({"total": 1_000_004, "active": 950_004, "invited": 50_000})
    );
}

#[test]
fn pages_have_twenty_members_or_as_many_as_asked_for_up_to_a_hundred() {
    let sandbox = sandbox_with_members(200);
    for (query, length, size, pages) in [
        ("", 20, 20, 11),
        ("page%5Bnumber%5D=11", 4, 20, 11),
        ("page%5Bsize%5D=100", 100, 100, 3),
        ("page%5Bsize%5D=101", 100, 100, 3),
        ("page%5Bsize%5D=1", 1, 1, 204),
        ("page%5Bsize%5D=68&page%5Bnumber%5D=3", 68, 68, 3),
    ] {
        let page = ask(&sandbox, query).json();
        assert_eq!(page["data"].as_array().unwrap().len(), length, "{query}");
        let pagination = &page["meta"]["pagination"];
        assert_eq!(pagination["page-size"], json!(size), "{query}");
        assert_eq!(pagination["total-pages"], json!(pages), "{query}");
        assert_eq!(pagination["total-count"], json!(204), "{query}");
    }
}

#[test]
fn a_page_past_the_end_is_empty_and_tells_the_truth() {
    let sandbox = sandbox_with_members(10);
    let answer = ask(&sandbox, "include=user,teams&page%5Bnumber%5D=99&page%5Bsize%5D=100");
    assert_eq!(answer.status, 200);
    let page = answer.json();
    assert_eq!((&page["data"], &page["included"]), (&json!([]), &json!([])));
    assert_eq!(
        page["meta"]["pagination"],
        json!({
            "current-page": 99,
            "page-size": 100,
            "prev-page": null,
            "next-page": null,
            "total-pages": 1,
            "total-count": 14,
        })
    );
}

#[test]
fn the_owner_is_told_by_the_team_of_that_name() {
    let sandbox = sandbox();
    let page = ask(&sandbox, "include=user,teams").json();
    let included = page["included"].as_array().unwrap();
    let owners =
        included.iter().find(|resource| resource["attributes"]["name"] == json!("owners")).unwrap();
    assert_eq!(owners["type"], json!("teams"));
    for (member, owns) in page["data"].as_array().unwrap().iter().zip([false, false, false, true]) {
        let teams = member["relationships"]["teams"]["data"].as_array().unwrap();
        let team = json!({"id": owners["id"], "type": "teams"});
        assert_eq!(teams.contains(&team), owns, "{member}");
        assert_eq!(teams.len(), 1, "everyone else is in another team");
    }
    let without = ask(&sandbox, "include=user").json();
    let kinds = without["included"].as_array().unwrap().iter();
    assert!(kinds.clone().all(|resource| resource["type"] == json!("users")));
    assert_eq!(ask(&sandbox, "").json()["included"], Value::Null);
}

#[test]
fn an_unknown_include_or_status_is_400() {
    let sandbox = sandbox();
    for query in ["include=nothing", "include=user,scim-identity", "include=users"] {
        let answer = ask(&sandbox, query);
        assert_eq!((answer.status, answer.at("/errors/0/status").as_str()), (400, "400"));
        assert!(answer.at("/errors/0/detail").contains("include parameter"), "{}", answer.text);
    }
    assert_eq!(ask(&sandbox, "filter%5Bstatus%5D=gone").status, 400);
    let own = api(
        &sandbox,
        &account(&sandbox, "alice").token,
        "GET",
        "/organization-memberships?include=nothing",
        None,
    );
    assert_eq!(own.status, 400);
}

#[test]
fn members_are_filtered_by_status() {
    let sandbox = sandbox_with_members(45);
    let invited = ask(&sandbox, "filter%5Bstatus%5D=invited");
    let expected = [4, 24, 44].map(|number| format!("member-{number}@sandbox.test"));
    assert_eq!(emails(&invited), expected);
    assert_eq!(
        invited.json()["meta"]["status-counts"],
        json!({"total": 49, "active": 46, "invited": 3})
    );
    let active = ask(&sandbox, "filter%5Bstatus%5D=active&page%5Bnumber%5D=3");
    assert_eq!(emails(&active).len(), 6);
    assert_eq!(active.json()["meta"]["pagination"]["total-count"], json!(46));
    assert_eq!(emails(&ask(&sandbox, "filter%5Bstatus%5D=inactive")), Vec::<String>::new());
}

#[test]
fn members_are_filtered_by_email_addresses_and_searched() {
    let sandbox = sandbox_with_members(30);
    for (query, found) in [
        ("filter%5Bemail%5D=bob@sandbox.test", vec!["bob"]),
        ("filter%5Bemail%5D=BOB@sandbox.test,%20member-4@sandbox.test", vec!["bob", "member-4"]),
        ("filter%5Bemail%5D=bob@sandbox.test,bob@sandbox.test", vec!["bob"]),
        ("filter%5Bemail%5D=member-31@sandbox.test", vec![]),
        ("filter%5Bemail%5D=bob", vec![]),
        (
            "filter%5Bemail%5D=bob@sandbox.test,member-4@sandbox.test&filter%5Bstatus%5D=invited",
            vec!["member-4"],
        ),
        ("q=OLIV", vec!["olivia"]),
        ("q=member-3", vec!["member-3", "member-30"]),
        ("q=member-2&filter%5Bstatus%5D=invited", vec!["member-24"]),
        ("q=nobody", vec![]),
    ] {
        let answer = ask(&sandbox, query);
        let expected: Vec<_> = found.iter().map(|name| format!("{name}@sandbox.test")).collect();
        assert_eq!(emails(&answer), expected, "{query}");
        let total = &answer.json()["meta"]["pagination"]["total-count"];
        assert_eq!(*total, json!(expected.len()), "{query}");
    }
    let next = ask(&sandbox, "q=member&page%5Bsize%5D=5").at("/links/next");
    assert!(next.contains("?q=member&page%5Bnumber%5D=2&page%5Bsize%5D=5"), "{next}");
}

#[test]
fn an_invitation_may_tell_whether_two_factor_will_be_required() {
    let sandbox = sandbox_with_members(24);
    let told = || {
        let page = ask(&sandbox, "filter%5Bstatus%5D=invited&include=user").json();
        for user in page["included"].as_array().unwrap() {
            assert_eq!(user["attributes"]["username"], Value::Null, "nobody has chosen one");
        }
        let attributes = |index: usize| page["data"][index]["attributes"].clone();
        [0, 1].map(|index| attributes(index)["is-org-two-factor-required"].clone())
    };
    assert_eq!(told(), [json!(false), Value::Null]);
    set_policy(&sandbox, &account(&sandbox, "olivia").token, "two_factor_mandatory");
    assert_eq!(told(), [json!(true), Value::Null]);
    let active = ask(&sandbox, "").json()["data"][0]["attributes"].clone();
    assert_eq!(active.get("is-org-two-factor-required"), None, "{active}");
}

#[test]
fn those_who_sign_in_elsewhere_say_where() {
    let sandbox = sandbox_with_members(80);
    let everyone = everyone(&sandbox);
    let unknown = everyone.iter().filter(|(member, user)| state(member, user) == "unknown");
    let methods: Vec<_> = unknown
        .map(|(_, user)| {
            let attributes = &user["attributes"];
            (attributes["auth-method"].as_str(), attributes["is-sso-login"].as_bool())
        })
        .collect();
    assert_eq!(
        methods,
        [
            (Some("hcp_username_password"), Some(false)),
            (Some("hcp_github"), Some(false)),
            (Some("hcp_sso"), Some(false)),
            (None, Some(true)),
        ]
    );
}

#[test]
fn the_list_follows_what_accounts_do() {
    let sandbox = sandbox();
    let alice = account(&sandbox, "alice").token;
    let seen = || ask(&sandbox, "include=user").json()["included"][0]["attributes"].clone();
    assert_eq!(seen()["two-factor"], json!({"enabled": false, "verified": false}));
    act(&sandbox, &alice, "enable", Some(json!({"delivery": "app"})));
    assert_eq!(seen()["two-factor"], json!({"enabled": true, "verified": false}));
    let code = sandbox.code("alice").unwrap().code;
    act(&sandbox, &alice, "verify", Some(json!({"code": code})));
    assert_eq!(seen()["two-factor"], json!({"enabled": true, "verified": true}));
}

#[test]
fn only_owners_see_the_members() {
    let sandbox = sandbox();
    for username in ["alice", "bob", "carol"] {
        let token = account(&sandbox, username).token;
        let answer = api(&sandbox, &token, "GET", MEMBERS, None);
        assert_eq!(answer.status, 404, "{username}");
        assert_eq!(answer.json(), json!({"errors": [{"status": "404", "title": "not found"}]}));
    }
}

#[test]
fn everyone_sees_their_own_membership() {
    let sandbox = sandbox_with_members(3);
    let token = account(&sandbox, "alice").token;
    let own = |query: &str| {
        api(&sandbox, &token, "GET", &format!("/organization-memberships{query}"), None).json()
    };
    let whole = own("");
    assert_eq!(whole["data"].as_array().unwrap().len(), 1);
    assert_eq!(whole["meta"], Value::Null);
    let organization = &whole["data"][0]["relationships"]["organization"]["data"];
    assert_eq!(*organization, json!({"id": "acme", "type": "organizations"}));
    let page = own("?page%5Bsize%5D=1&include=user,organization");
    assert_eq!(page["meta"]["pagination"]["total-count"], json!(1));
    let kinds: Vec<_> = page["included"].as_array().unwrap().iter().map(|it| &it["type"]).collect();
    assert_eq!(kinds, ["users", "organizations"]);
    assert_eq!(own("?page%5Bnumber%5D=2")["data"], json!([]));
}

#[test]
fn a_made_up_member_is_a_user_too_whose_address_stays_hidden() {
    let sandbox = sandbox_with_members(4);
    let token = account(&sandbox, "alice").token;
    for (member, user) in &everyone(&sandbox)[4..] {
        let path = format!("/users/{}", user["id"].as_str().unwrap());
        let answer = api(&sandbox, &token, "GET", &path, None);
        assert_eq!(answer.status, 200, "{member}");
        let attributes = &answer.json()["data"]["attributes"];
        assert_eq!(attributes["username"], user["attributes"]["username"]);
        assert_eq!(attributes.get("email"), None);
        assert_eq!(attributes.get("two-factor"), None);
    }
    let beyond = api(&sandbox, &token, "GET", "/users/user-member0000000005", None);
    assert_eq!(beyond.status, 404);
}

#[test]
fn pages_fetched_in_parallel_count_against_one_limit_and_refusals_are_on_record() {
    let sandbox = sandbox();
    let token = account(&sandbox, "olivia").token;
    let path = format!("/api/v2{MEMBERS}?page%5Bsize%5D=100");
    // Forty at once, over four connections: whatever the order, thirty are let in within the
    // second, and the rest only if this machine is slow enough for a second to pass.
    let answers: Vec<_> = std::thread::scope(|scope| {
        let fetch = || Request::get(&path).bearer(&token).send_at_once(10, &sandbox);
        let threads: Vec<_> = (0..4).map(|_| scope.spawn(fetch)).collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    let lines = |status: &str| {
        let lines = answers.iter().flat_map(|answers| answers.lines());
        lines.filter(|line| line.starts_with(&format!("HTTP/1.1 {status}"))).count()
    };
    let (fetched, refused) = (lines("200"), lines("429"));
    assert_eq!(fetched + refused, 40);
    assert!(fetched >= 30, "{fetched}");
    let log = sandbox.requests();
    let recorded = |status| log.iter().filter(|request| request.status == Some(status)).count();
    assert_eq!((recorded(200), recorded(429)), (fetched, refused));
    sandbox.advance(1);
    assert_eq!(ask(&sandbox, "").status, 200);
    let sandbox = sandbox_without_limits();
    let answers =
        Request::get(&path).bearer(&account(&sandbox, "olivia").token).send_at_once(100, &sandbox);
    // Three digits alone may stand in any id or time.
    assert!(!answers.contains("HTTP/1.1 429") && !answers.contains("x-ratelimit"));
}
