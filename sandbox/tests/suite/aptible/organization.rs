//! The organization, its members and their roles.

use keybelt_sandbox::{MemberCounts, Options, Sandbox};
use serde_json::{Value, json};

use super::{assert_error, get, token, user_href};
use crate::sandbox;

fn with_members(members: u32) -> Sandbox {
    Sandbox::start(Options { members, accounts: 1, ..Options::default() }).unwrap()
}

fn organization(sandbox: &Sandbox, token: &str) -> Value {
    let list = get(sandbox, token, "/organizations").json();
    list["_embedded"]["organizations"][0].clone()
}

/// Follows a list to its end; returns its pages.
fn pages(sandbox: &Sandbox, token: &str, href: &str, name: &str) -> Vec<Vec<Value>> {
    let mut next = Some(href.to_owned());
    let mut pages = Vec::new();
    while let Some(href) = next {
        assert!(pages.len() < 100, "the list does not end");
        let page = get(sandbox, token, &href).json();
        pages.push(page["_embedded"][name].as_array().unwrap().clone());
        let link = page["_links"].get("next");
        next = link.map(|link| link["href"].as_str().unwrap().to_owned());
    }
    pages
}

fn users_href(sandbox: &Sandbox, token: &str) -> String {
    let organization = organization(sandbox, token);
    organization["_links"]["users"]["href"].as_str().unwrap().to_owned()
}

#[test]
fn every_member_sees_the_organization_and_who_has_two_factor_authentication() {
    let sandbox = sandbox();
    let alice = token(&sandbox, "alice", "read");
    let organization = organization(&sandbox, &alice);
    let url = &sandbox.ready().aptible_url;
    let href = format!("{url}/organizations/{}", organization["id"].as_str().unwrap());
    assert_eq!(
        organization,
        json!({
            "id": organization["id"],
            "name": "acme",
            "sso_enforced": false,
            "security_alert_email": null,
            "_type": "organization",
            "_links": {
                "self": {"href": href},
                "users": {"href": format!("{href}/users")},
                "roles": {"href": format!("{href}/roles")},
                "invitations": {"href": format!("{href}/invitations")},
            },
        })
    );
    assert_eq!(get(&sandbox, &alice, &href).json(), organization);
    let members = pages(&sandbox, &alice, &format!("{href}/users"), "users");
    let seen: Vec<_> = members[0]
        .iter()
        .map(|user| (user["email"].as_str().unwrap(), user["otp_enabled"] == json!(true)))
        .collect();
    let expected = [
        ("alice@sandbox.test", false),
        ("bob@sandbox.test", true),
        ("carol@sandbox.test", false),
        ("olivia@sandbox.test", true),
    ];
    assert_eq!((members.len(), seen.as_slice()), (1, expected.as_slice()));
    let own = get(&sandbox, &alice, &user_href(&sandbox, &alice));
    assert_eq!(own.json(), members[0][0]);
    let bob = members[0][1]["_links"]["self"]["href"].as_str().unwrap();
    assert_eq!(get(&sandbox, &alice, bob).json(), members[0][1]);
}

#[test]
fn members_come_in_pages_that_lead_through_all_of_them_once() {
    let sandbox = with_members(120);
    let olivia = token(&sandbox, "olivia", "manage");
    let href = users_href(&sandbox, &olivia);
    let members = pages(&sandbox, &olivia, &href, "users");
    let sizes: Vec<_> = members.iter().map(Vec::len).collect();
    assert_eq!(sizes, [25, 25, 25, 25, 24]);
    let members: Vec<_> = members.concat();
    let mut ids: Vec<_> = members.iter().map(|user| user["id"].as_str().unwrap()).collect();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), 124);
    let on = members.iter().filter(|user| user["otp_enabled"] == json!(true));
    assert_eq!(on.count(), 2 + MemberCounts::of(120).on as usize);
    let unverified = members.iter().filter(|user| user["verified"] == json!(false));
    assert_eq!(unverified.count(), MemberCounts::of(120).invited as usize);
    let last = members[123]["_links"]["self"]["href"].as_str().unwrap();
    assert_eq!(get(&sandbox, &olivia, last).json(), members[123]);
    let page = get(&sandbox, &olivia, &format!("{href}?page=2&per_page=50")).json();
    let counts = ["current_page", "per_page", "total_count"].map(|key| page[key].clone());
    assert_eq!(counts, [json!(2), json!(50), json!(124)]);
    let beyond = get(&sandbox, &olivia, &format!("{href}?page=9")).json();
    assert_eq!(beyond["_embedded"]["users"], json!([]));
    assert!(beyond["_links"].get("next").is_none());
}

#[test]
fn a_page_may_be_short() {
    let sandbox = super::with(&["page-size=2"]);
    let olivia = token(&sandbox, "olivia", "manage");
    let members = pages(&sandbox, &olivia, &users_href(&sandbox, &olivia), "users");
    assert_eq!(members.iter().map(Vec::len).collect::<Vec<_>>(), [2, 2]);
}

#[test]
fn roles_say_who_owns_the_organization() {
    let sandbox = sandbox();
    for (name, kind) in [("olivia", "owner"), ("alice", "platform_user")] {
        let token = token(&sandbox, name, "manage");
        let user = get(&sandbox, &token, &user_href(&sandbox, &token));
        let roles = get(&sandbox, &token, &user.at("/_links/roles/href")).json();
        let roles = roles["_embedded"]["roles"].as_array().unwrap();
        assert_eq!(roles.len(), 1);
        assert_eq!(roles[0]["type"], json!(kind));
        let organization = organization(&sandbox, &token);
        assert_eq!(roles[0]["_links"]["organization"], organization["_links"]["self"]);
        let alone = get(&sandbox, &token, roles[0]["_links"]["self"]["href"].as_str().unwrap());
        assert_eq!(alone.json(), roles[0]);
        let all = organization["_links"]["roles"]["href"].as_str().unwrap();
        let all = pages(&sandbox, &token, all, "roles").concat();
        let kinds: Vec<_> = all.iter().map(|role| role["type"].as_str().unwrap()).collect();
        assert_eq!(kinds, ["owner", "platform_user"]);
    }
}

#[test]
fn what_the_ruby_client_asks_for_the_organizations_is_answered() {
    let sandbox = sandbox();
    let token = token(&sandbox, "alice", "manage");
    let blocked = get(&sandbox, &token, "/reauthenticate_organizations").json();
    assert_eq!(blocked["_embedded"]["organizations"], json!([]));
    let user = user_href(&sandbox, &token);
    for path in ["/current_token", &user, "/organizations", &format!("{user}/roles")] {
        assert_eq!(get(&sandbox, &token, path).status, 200, "{path}");
    }
}

#[test]
fn who_is_in_no_organization_sees_none_and_is_seen_by_nobody() {
    let sandbox = with_members(1);
    let alice = token(&sandbox, "alice", "manage");
    let password = crate::account(&sandbox, "alice").password;
    let stranger = json!({"username": "user-1@sandbox.test", "password": password});
    let stranger = super::ask(&sandbox, "alice", stranger).at("/access_token");
    let list = get(&sandbox, &stranger, "/organizations").json();
    assert_eq!(list["_embedded"]["organizations"], json!([]));
    let organization = organization(&sandbox, &alice);
    for link in ["self", "users", "roles"] {
        let href = organization["_links"][link]["href"].as_str().unwrap();
        assert_error(&get(&sandbox, &stranger, href), 404, "not_found");
    }
    let (own, theirs) = (user_href(&sandbox, &stranger), user_href(&sandbox, &alice));
    assert_eq!(get(&sandbox, &stranger, &own).status, 200);
    let roles = get(&sandbox, &stranger, &format!("{own}/roles")).json();
    assert_eq!(roles["_embedded"]["roles"], json!([]));
    assert_error(&get(&sandbox, &stranger, &theirs), 404, "not_found");
    assert_error(&get(&sandbox, &alice, &own), 404, "not_found");
    for nonsense in ["", "x", "00000000-0000-4000-8000-000000000000"] {
        assert_error(
            &get(&sandbox, &alice, &format!("/organizations/{nonsense}/users")),
            404,
            "not_found",
        );
        assert_error(&get(&sandbox, &alice, &format!("/users/{nonsense}")), 404, "not_found");
    }
}
