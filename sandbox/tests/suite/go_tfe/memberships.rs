//! organization_membership_integration_test.go.

use serde_json::{Value, json};

use super::{ask, create, delete, get, ids, organization, sandbox, send, team, text};
use crate::{account, api};

const PATH: &str = "/organizations/tst-one/organization-memberships";

fn invite(sandbox: &keybelt_sandbox::Sandbox, email: &str) -> Value {
    create(sandbox, PATH, "organization-memberships", json!({"email": email}))
}

#[test]
fn someone_is_invited_read_found_and_removed() {
    // TestOrganizationMembershipsList, ..Create, ..Read, ..ReadWithOptions, ..Delete.
    let sandbox = sandbox();
    organization(&sandbox, "tst-one");
    let created = send(&sandbox, "POST", PATH, "", json!({"email": "one@tfe.local"}));
    assert_eq!(created.status, 201);
    let created = created.json();
    let id = text(&created["data"]["id"]);
    assert_eq!(created["data"]["attributes"]["status"], json!("invited"));
    assert_eq!(created["included"][0]["attributes"]["email"], json!("one@tfe.local"));
    let path = format!("/organization-memberships/{id}");
    assert_eq!(get(&sandbox, &format!("{path}?include=user")), created, "without being asked");
    assert_eq!(get(&sandbox, &path)["data"], created["data"]);
    assert_eq!(ask(&sandbox, "GET", &format!("{path}?include=users"), None).status, 400);
    let other = text(&invite(&sandbox, "two@tfe.local")["id"]);
    let list = get(&sandbox, PATH);
    assert!(list["data"].as_array().unwrap().contains(&created["data"]));
    assert_eq!(
        list["meta"]["pagination"]["total-count"],
        json!(3),
        "with who made the organization"
    );
    assert_eq!(list["meta"]["status-counts"], json!({"total": 3, "active": 1, "invited": 2}));
    let page = get(&sandbox, &format!("{PATH}?page%5Bnumber%5D=999&page%5Bsize%5D=100"));
    assert_eq!((ids(&page).len(), &page["meta"]["pagination"]["total-count"]), (0, &json!(3)));
    let emails = get(&sandbox, &format!("{PATH}?filter%5Bemail%5D=one@tfe.local,two@tfe.local"));
    assert_eq!(ids(&emails), [id.clone(), other.clone()]);
    let invited = get(&sandbox, &format!("{PATH}?filter%5Bstatus%5D=invited"));
    assert_eq!(ids(&invited), [id.clone(), other]);
    assert_eq!(ids(&get(&sandbox, &format!("{PATH}?q=one@tfe.local"))), [id]);
    for email in ["not-an-email-address", "one@tfe.local", ""] {
        assert_eq!(
            send(&sandbox, "POST", PATH, "", json!({"email": email})).status,
            422,
            "{email}"
        );
    }
    assert_eq!((delete(&sandbox, &path), delete(&sandbox, &path)), (204, 404));
    assert_eq!(ids(&get(&sandbox, PATH)).len(), 2);
    assert_eq!(delete(&sandbox, "/organization-memberships/not-an-identifier"), 404);
}

#[test]
fn someone_is_invited_into_teams() {
    // TestOrganizationMembershipsCreate, "with initial teams".
    let sandbox = sandbox();
    organization(&sandbox, "tst-one");
    let teams = ["one", "two"].map(|name| team(&sandbox, "tst-one", name));
    let data = teams.each_ref().map(|id| json!({"id": id, "type": "teams"}));
    let body = json!({"data": {
        "type": "organization-memberships",
        "attributes": {"email": "one@tfe.local"},
        "relationships": {"teams": {"data": data}},
    }});
    let created = ask(&sandbox, "POST", PATH, Some(body)).json();
    assert_eq!(created["data"]["relationships"]["teams"]["data"], json!(data));
    let path = format!("/organization-memberships/{}?include=user", text(&created["data"]["id"]));
    assert_eq!(get(&sandbox, &path), created);
}

#[test]
fn an_owner_does_not_remove_themselves_and_members_remove_nobody() {
    // tokens-and-administration.md, section 5.
    let sandbox = sandbox();
    let [olivia, alice] = ["olivia", "alice"].map(|name| account(&sandbox, name).token);
    let of = |name: &str| {
        let path = format!("/organizations/acme/organization-memberships?q={name}");
        let id = api(&sandbox, &olivia, "GET", &path, None).at("/data/0/id");
        format!("/organization-memberships/{id}")
    };
    let remove = |token: &str, path: &str| api(&sandbox, token, "DELETE", path, None).status;
    let [bob, own] = [of("bob"), of("olivia")];
    assert_eq!(remove(&alice, &bob), 404);
    assert_eq!(remove(&olivia, &own), 403);
    let token = account(&sandbox, "bob").token;
    let see = |token: &str| api(&sandbox, token, "GET", "/organizations/acme", None).status;
    assert_eq!((see(&token), remove(&olivia, &bob), see(&token)), (200, 204, 404));
    assert!(sandbox.accepts(&token), "the user's own token lives on");
    let teams = api(&sandbox, &olivia, "GET", "/organizations/acme/teams", None).json();
    let counts = teams["data"].as_array().unwrap().iter();
    let counts: Vec<_> = counts.map(|team| team["attributes"]["users-count"].as_u64()).collect();
    assert_eq!(counts, [Some(1), Some(2)], "out of the teams too");
}

#[test]
fn a_made_up_member_can_be_removed_and_the_others_stay_where_they_are() {
    use keybelt_sandbox::{Limits, Options, Sandbox};
    let options = Options { members: 30, limits: Limits::Off, ..Options::default() };
    let sandbox = Sandbox::start(options).unwrap();
    let olivia = account(&sandbox, "olivia").token;
    let path = "/organizations/acme/organization-memberships?page%5Bsize%5D=100";
    let list = || api(&sandbox, &olivia, "GET", path, None).json();
    let before = ids(&list());
    for gone in [&before[9], &before[10], &before[33]] {
        let path = format!("/organization-memberships/{gone}");
        assert_eq!(api(&sandbox, &olivia, "GET", &path, None).status, 200);
        assert_eq!(api(&sandbox, &olivia, "DELETE", &path, None).status, 204);
        assert_eq!(api(&sandbox, &olivia, "DELETE", &path, None).status, 404);
    }
    let mut expected = before.clone();
    expected.remove(33);
    expected.drain(9..=10);
    let after = list();
    assert_eq!(ids(&after), expected);
    assert_eq!(after["meta"]["status-counts"]["total"], json!(31));
}
