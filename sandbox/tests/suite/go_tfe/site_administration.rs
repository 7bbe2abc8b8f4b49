//! admin_user_integration_test.go, and the rest of a site administrator's routes.

use serde_json::{Value, json};

use super::{ask, create, delete, get, ids, organization, sandbox, text};
use crate::browser::{Browser, heading};
use crate::{account, api, sign_in};

const USERS: &str = "/admin/users";

fn user(sandbox: &keybelt_sandbox::Sandbox, wanted: &str) -> Value {
    get(sandbox, &format!("{USERS}?q={wanted}"))["data"][0].take()
}

#[test]
fn all_users_are_listed_found_and_filtered() {
    // TestAdminUsers_List.
    let sandbox = sandbox();
    organization(&sandbox, "tst-one");
    let list = get(&sandbox, USERS);
    assert!(!ids(&list).is_empty());
    assert_eq!(list["meta"]["status-counts"], json!({"total": 6, "suspended": 0, "admin": 1}));
    let page = get(&sandbox, &format!("{USERS}?page%5Bnumber%5D=999&page%5Bsize%5D=100"));
    assert_eq!((ids(&page).len(), &page["meta"]["pagination"]["current-page"]), (0, &json!(999)));
    let found = get(&sandbox, &format!("{USERS}?q=admin-security-maintenance"));
    assert_eq!(found["meta"]["pagination"]["total-count"], json!(1));
    let path = "/organizations/tst-one/organization-memberships";
    create(&sandbox, path, "organization-memberships", json!({"email": "new@tfe.local"}));
    let found = get(&sandbox, &format!("{USERS}?q=new@tfe.local"));
    assert_eq!(found["data"][0]["attributes"]["email"], json!("new@tfe.local"));
    assert_eq!(found["meta"]["pagination"]["total-count"], json!(1));
    let included = get(&sandbox, &format!("{USERS}?include=organizations"));
    let first = &included["data"][0]["relationships"]["organizations"]["data"][0]["id"];
    assert!(included["included"].as_array().unwrap().iter().any(|it| it["id"] == *first));
    let admins = get(&sandbox, &format!("{USERS}?filter%5Badmin%5D=true"));
    assert_eq!(admins["data"][0]["attributes"]["username"], json!("root-admin"));
    assert_eq!(ids(&admins).len(), 1);
    assert_eq!(ids(&get(&sandbox, &format!("{USERS}?filter%5Bsuspended%5D=true"))).len(), 0);
    let olivia = account(&sandbox, "olivia").token;
    assert_eq!(api(&sandbox, &olivia, "GET", USERS, None).status, 404, "for administrators only");
}

#[test]
fn a_user_is_deleted_unless_an_organization_would_have_no_owner() {
    // TestAdminUsers_Delete.
    let sandbox = sandbox();
    let path = |name: &str| format!("{USERS}/{}", text(&user(&sandbox, name)["id"]));
    let [alice, olivia] = [path("alice"), path("olivia")];
    assert_eq!(delete(&sandbox, &olivia), 422);
    assert_eq!(delete(&sandbox, &alice), 204);
    let found = get(&sandbox, &format!("{USERS}?q=alice"));
    assert_eq!((ids(&found).len(), &found["meta"]["pagination"]["total-count"]), (0, &json!(0)));
    let alice = account(&sandbox, "alice");
    assert!(!sandbox.accepts(&alice.token));
    assert_eq!(sign_in(&sandbox, &alice, Value::Null).status, 401);
    assert_eq!(delete(&sandbox, &format!("{USERS}/non-existing-user-id")), 404);
}

#[test]
fn an_administrator_takes_a_lost_factor_off() {
    // TestAdminUsers_Disable2FA.
    let sandbox = sandbox();
    let bob = user(&sandbox, "bob");
    assert_eq!(bob["attributes"]["two-factor"], json!({"enabled": true, "verified": true}));
    let path = format!("{USERS}/{}/actions/disable_two_factor", text(&bob["id"]));
    let done = ask(&sandbox, "POST", &path, None);
    assert_eq!(done.status, 200);
    assert_eq!(done.json()["data"]["attributes"]["two-factor"]["enabled"], json!(false));
    assert_eq!(ask(&sandbox, "POST", &path, None).status, 400, "there is none any more");
    assert_eq!(sign_in(&sandbox, &account(&sandbox, "bob"), Value::Null).status, 200);
    let olivia = account(&sandbox, "olivia").token;
    assert_eq!(api(&sandbox, &olivia, "POST", &path, None).status, 404);
}

#[test]
fn a_suspended_user_neither_signs_in_nor_uses_a_token_until_unsuspended() {
    let sandbox = sandbox();
    let alice = account(&sandbox, "alice");
    let id = text(&user(&sandbox, "alice")["id"]);
    let act = |action: &str| {
        ask(&sandbox, "POST", &format!("{USERS}/{id}/actions/{action}"), None).status
    };
    let mut browser = Browser::new(&sandbox);
    let tokens = "/app/settings/tokens";
    browser.type_password(tokens, &alice);
    let uses = || api(&sandbox, &alice.token, "GET", "/account/details", None).status;
    let signs_in = || sign_in(&sandbox, &alice, Value::Null).status;
    assert_eq!((act("unsuspend"), act("suspend"), act("suspend")), (400, 200, 400));
    assert_eq!((uses(), signs_in()), (401, 401));
    assert_eq!(heading(&browser.get(tokens)), "Sign in", "the browser's session is over too");
    assert_eq!(
        ids(&get(&sandbox, &format!("{USERS}?filter%5Bsuspended%5D=true"))),
        std::slice::from_ref(&id)
    );
    assert_eq!((act("unsuspend"), uses(), signs_in()), (200, 200, 200));
    assert_eq!((act("grant_admin"), act("grant_admin"), act("revoke_admin")), (200, 400, 200));
    assert_eq!((act("grant_site_auditor"), act("revoke_site_auditor")), (200, 200));
    assert_eq!(act("impersonate"), 404, "for browsers only");
    let service = text(&user(&sandbox, "admin-security-maintenance")["id"]);
    let path = format!("{USERS}/{service}/actions/grant_site_auditor");
    assert_eq!(ask(&sandbox, "POST", &path, None).status, 400, "a service account");
    assert_eq!(
        ask(&sandbox, "POST", &format!("{USERS}/user-none/actions/suspend"), None).status,
        404
    );
}

#[test]
fn without_being_asked_for_there_is_no_administrator() {
    let sandbox = crate::sandbox();
    let accounts = sandbox.ready().accounts.iter().map(|account| account.username.as_str());
    assert_eq!(accounts.collect::<Vec<_>>(), ["alice", "bob", "carol", "olivia"]);
}
