//! What owners do about members: removing, inviting, and mailing a reset of the second factor
//! (tokens-and-administration.md, section 9).

use keybelt_sandbox::{Purpose, Sandbox};
use serde_json::{Value, json};

use super::{assert_error, call, get, token, user_href, with};
use crate::wire::Request;
use crate::{account, sign_in};

fn organization(sandbox: &Sandbox, token: &str) -> String {
    get(sandbox, token, "/organizations").at("/_embedded/organizations/0/_links/self/href")
}

fn user_id(sandbox: &Sandbox, token: &str) -> String {
    get(sandbox, token, &user_href(sandbox, token)).at("/id")
}

#[test]
fn an_owner_removes_a_member_and_nobody_the_last_owner() {
    let sandbox = with(&[]);
    let [olivia, bob, alice] =
        ["olivia", "bob", "alice"].map(|name| token(&sandbox, name, "manage"));
    let organization = organization(&sandbox, &olivia);
    let remove = |by: &str, whom: &str| {
        let id = user_id(&sandbox, whom);
        call(&sandbox, by, "DELETE", &format!("{organization}/users/{id}"), None)
    };
    assert_error(&remove(&alice, &bob), 403, "forbidden");
    assert_error(&remove(&olivia, &olivia), 422, "unprocessable_entity");
    assert_eq!(remove(&olivia, &bob).status, 204);
    assert_error(&get(&sandbox, &bob, &organization), 404, "not_found");
    let atlas = Request::get("/api/v2/organizations/acme").bearer(&account(&sandbox, "bob").token);
    assert_eq!(atlas.send(&sandbox).status, 404, "the same members in both dialects");
}

#[test]
fn an_owner_mails_a_reset_and_the_factor_stays_until_the_member_follows_it() {
    let sandbox = with(&[]);
    let [olivia, bob, alice] =
        ["olivia", "bob", "alice"].map(|name| token(&sandbox, name, "manage"));
    let ask = |by: &str| {
        let body = json!({"user_id": user_id(&sandbox, &bob)});
        call(&sandbox, by, "POST", "/otp/resets/new", Some(body))
    };
    assert_error(&ask(&alice), 403, "forbidden");
    assert_eq!(ask(&olivia).status, 204);
    let mail = sandbox.mails().pop().unwrap();
    assert_eq!((mail.to.as_str(), mail.purpose), ("bob@sandbox.test", Purpose::OtpReset));
    let enabled = || get(&sandbox, &bob, &user_href(&sandbox, &bob)).json()["otp_enabled"].clone();
    assert_eq!(enabled(), json!(true), "still on");
    let follow = |token: &str, code: &str| {
        let body = json!({
            "type": "otp_reset_challenge",
            "challenge_id": mail.challenge_id,
            "verification_code": code,
        });
        call(&sandbox, token, "POST", "/verifications", Some(body))
    };
    assert_error(&follow(&bob, "wrong"), 422, "unprocessable_entity");
    assert_error(&follow(&alice, &mail.code), 422, "unprocessable_entity");
    assert_eq!(follow(&bob, &mail.code).status, 201);
    assert_eq!(enabled(), json!(false));
    assert_error(&follow(&bob, &mail.code), 422, "unprocessable_entity");
    assert_eq!(sign_in(&sandbox, &account(&sandbox, "bob"), Value::Null).status, 200);
}

#[test]
fn invitations_are_mailed_listed_mailed_again_and_withdrawn() {
    let sandbox = with(&[]);
    let [olivia, alice] = ["olivia", "alice"].map(|name| token(&sandbox, name, "manage"));
    let organization = organization(&sandbox, &olivia);
    let roles = get(&sandbox, &olivia, &format!("{organization}/roles"));
    let role = roles.at("/_embedded/roles/1/_links/self/href");
    let invite = |by: &str, email: &str| {
        call(&sandbox, by, "POST", &format!("{role}/invitations"), Some(json!({"email": email})))
    };
    assert_error(&invite(&alice, "new@sandbox.test"), 403, "forbidden");
    assert_error(&invite(&olivia, "nothing"), 422, "unprocessable_entity");
    let invited = invite(&olivia, "new@sandbox.test");
    assert_eq!((invited.status, invited.at("/role_name")), (201, "Members".to_owned()));
    let list = || {
        let link = get(&sandbox, &alice, &organization).at("/_links/invitations/href");
        get(&sandbox, &alice, &link).json()["_embedded"]["invitations"].clone()
    };
    assert_eq!(list()[0]["inviter_name"], json!("olivia"));
    let body = json!({"type": "invitation", "invitation_id": invited.at("/id")});
    assert_eq!(call(&sandbox, &olivia, "POST", "/resets", Some(body)).status, 204);
    let mails = sandbox.mails();
    let to: Vec<_> = mails.iter().map(|mail| (mail.to.as_str(), mail.purpose)).collect();
    assert_eq!(to, [("new@sandbox.test", Purpose::Invitation); 2]);
    let href = invited.at("/_links/self/href");
    assert_error(&call(&sandbox, &alice, "DELETE", &href, None), 403, "forbidden");
    assert_eq!(call(&sandbox, &olivia, "DELETE", &href, None).status, 204);
    assert_eq!(list(), json!([]));
}

#[test]
fn the_mails_are_at_the_control_address_too() {
    let sandbox = with(&[]);
    let olivia = token(&sandbox, "olivia", "manage");
    let body = json!({"user_id": user_id(&sandbox, &olivia)});
    assert_eq!(call(&sandbox, &olivia, "POST", "/otp/resets/new", Some(body)).status, 204);
    let ready = sandbox.ready();
    let path = ready.control_url.strip_prefix(&ready.atlas_url).unwrap();
    let mails = Request::get(&format!("{path}/mails")).send(&sandbox).json();
    assert_eq!(mails[0]["purpose"], json!("otp_reset"));
    assert_eq!(mails[0]["code"], json!(sandbox.mails()[0].code));
}
