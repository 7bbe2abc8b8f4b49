//! team_integration_test.go and team_member_integration_test.go.

use serde_json::{Value, json};

use super::{ask, create, delete, get, ids, organization, sandbox, send, team, text};
use crate::{account, api};

#[test]
fn a_team_is_created_read_listed_and_deleted() {
    // TestTeamsList, TestTeamsCreate, TestTeamsRead, TestTeamsDelete.
    let sandbox = sandbox();
    organization(&sandbox, "tst-one");
    let path = "/organizations/tst-one/teams";
    let attributes = json!({
        "name": "rockettes",
        "sso-team-id": "7dddb675-73e0-4858-a8ad-0e597064301b",
        "organization-access": {"manage-policies": true},
        "allow-member-token-management": true,
    });
    let created = create(&sandbox, path, "teams", attributes.clone());
    let id = text(&created["id"]);
    for name in ["name", "sso-team-id", "allow-member-token-management"] {
        assert_eq!(created["attributes"][name], attributes[name]);
    }
    let access = &created["attributes"]["organization-access"];
    assert_eq!(
        (&access["manage-policies"], &access["manage-teams"]),
        (&json!(true), &json!(false))
    );
    assert_eq!(created["attributes"]["visibility"], json!("secret"));
    assert_eq!(created["attributes"]["permissions"]["can-destroy"], json!(true));
    assert_eq!(get(&sandbox, &format!("/teams/{id}"))["data"], created);
    team(&sandbox, "tst-one", "foo");
    let list = get(&sandbox, path);
    assert!(list["data"].as_array().unwrap().contains(&created));
    let pagination = &list["meta"]["pagination"];
    assert_eq!((&pagination["current-page"], &pagination["total-count"]), (&json!(1), &json!(3)));
    let page = get(&sandbox, &format!("{path}?page%5Bnumber%5D=999&page%5Bsize%5D=100"));
    assert_eq!((ids(&page).len(), &page["meta"]["pagination"]["total-count"]), (0, &json!(3)));
    let named = get(&sandbox, &format!("{path}?filter%5Bnames%5D=rockettes,foo"));
    assert_eq!(ids(&named).len(), 2);
    assert_eq!(ids(&get(&sandbox, &format!("{path}?q=rocket"))), std::slice::from_ref(&id));
    for name in ["", "Rockettes", "owners"] {
        assert_eq!(
            send(&sandbox, "POST", path, "teams", json!({"name": name})).status,
            422,
            "{name}"
        );
    }
    let team = format!("/teams/{id}");
    assert_eq!(delete(&sandbox, &team), 204);
    assert_eq!(ask(&sandbox, "GET", &team, None).status, 404);
    assert_eq!(ask(&sandbox, "GET", "/teams/nonexisting", None).status, 404);
    let owners = &list["data"][0]["id"];
    assert_eq!(delete(&sandbox, &format!("/teams/{}", text(owners))), 422, "the owners stay");
}

#[test]
fn a_team_is_changed_access_by_access() {
    // TestTeamsUpdate, TestTeamsUpdateManageProjects, ..ManageManageMembership, ..ManageTeams,
    // ..ManageOrganizationAccess, ..AccessSecretTeams, ..ManageAgentPools.
    let sandbox = sandbox();
    organization(&sandbox, "tst-one");
    let path = format!("/teams/{}", team(&sandbox, "tst-one", "team"));
    let access = || get(&sandbox, &path)["data"]["attributes"]["organization-access"].take();
    let mut expected = access();
    for name in [
        "manage-membership",
        "manage-teams",
        "manage-organization-access",
        "access-secret-teams",
        "manage-agent-pools",
        "manage-workspaces",
        "manage-projects",
        "manage-vcs-settings",
        "manage-run-tasks",
    ] {
        assert_eq!(expected[name], json!(false), "{name} is false by default");
        let attributes = json!({"organization-access": {name: true}});
        let changed = send(&sandbox, "PATCH", &path, "teams", attributes);
        assert_eq!(changed.status, 200);
        expected[name] = json!(true);
        assert_eq!(access(), expected, "nothing else is changed");
    }
    let options = json!({
        "name": "foo bar",
        "visibility": "organization",
        "allow-member-token-management": true,
    });
    let changed = send(&sandbox, "PATCH", &path, "teams", options.clone()).json();
    for (name, value) in options.as_object().unwrap() {
        assert_eq!(changed["data"]["attributes"][name], *value, "{name}");
    }
    assert_eq!(changed, get(&sandbox, &path));
    let nobody = send(&sandbox, "PATCH", "/teams/nonexisting", "teams", json!({"name": "x"}));
    assert_eq!(nobody.status, 404);
}

#[test]
fn members_join_and_leave_by_username_or_membership() {
    // TestTeamMembersList, ..AddByUsername, ..AddByOrganizationMembers, ..RemoveByUsernames,
    // ..RemoveByOrganizationMemberships.
    let sandbox = sandbox();
    organization(&sandbox, "tst-one");
    let id = team(&sandbox, "tst-one", "team");
    let change = |method: &str, relationship: &str, kind: &str, member: &str| {
        let body = json!({"data": [{"type": kind, "id": member}]});
        ask(&sandbox, method, &format!("/teams/{id}/relationships/{relationship}"), Some(body))
            .status
    };
    assert_eq!(change("POST", "users", "users", "root-admin"), 204);
    let users = get(&sandbox, &format!("/teams/{id}?include=users"));
    assert_eq!(users["included"][0]["attributes"]["username"], json!("root-admin"));
    let path = "/organizations/tst-one/organization-memberships";
    let attributes = json!({"email": "new@tfe.local"});
    let membership = text(&create(&sandbox, path, "organization-memberships", attributes)["id"]);
    let relationship = "organization-memberships";
    assert_eq!(change("POST", relationship, relationship, &membership), 204);
    let included = get(&sandbox, &format!("/teams/{id}?include=organization-memberships"));
    let named = &included["data"]["relationships"][relationship]["data"];
    assert!(named.as_array().unwrap().iter().any(|it| it["id"] == json!(membership)));
    assert!(
        included["included"].as_array().unwrap().iter().any(|it| it["id"] == json!(membership))
    );
    assert_eq!(change("DELETE", relationship, relationship, &membership), 204);
    assert_eq!(change("DELETE", "users", "users", "root-admin"), 204);
    assert_eq!(
        get(&sandbox, &format!("/teams/{id}"))["data"]["attributes"]["users-count"],
        json!(0)
    );
    assert_eq!(change("POST", relationship, relationship, "ou-nobody"), 404);
    assert_eq!(change("POST", "colours", "users", "root-admin"), 404);
}

#[test]
fn a_secret_team_is_seen_by_its_members_and_by_who_manages_teams() {
    let sandbox = sandbox();
    let olivia = account(&sandbox, "olivia").token;
    let body = json!({"data": {"attributes": {"name": "secret"}}});
    let created = api(&sandbox, &olivia, "POST", "/organizations/acme/teams", Some(body));
    let id = created.at("/data/id");
    let body = json!({"data": [{"type": "users", "id": "bob"}]});
    let path = format!("/teams/{id}/relationships/users");
    assert_eq!(api(&sandbox, &olivia, "POST", &path, Some(body)).status, 204);
    let sees = |name: &str| {
        let token = account(&sandbox, name).token;
        let shown = api(&sandbox, &token, "GET", &format!("/teams/{id}"), None).status;
        let list = api(&sandbox, &token, "GET", "/organizations/acme/teams", None).json();
        let listed = list["data"].as_array().unwrap().iter().any(|team| team["id"] == json!(id));
        (shown, listed)
    };
    assert_eq!(["olivia", "bob", "alice"].map(sees), [(200, true), (200, true), (404, false)]);
    for (method, path) in
        [("POST", "/organizations/acme/teams".to_owned()), ("DELETE", format!("/teams/{id}"))]
    {
        let body: Value = json!({"data": {"attributes": {"name": "mine"}}});
        let bob = account(&sandbox, "bob").token;
        assert_eq!(api(&sandbox, &bob, method, &path, Some(body)).status, 404, "{method}");
    }
}
