//! SSH keys, security keys and pending changes of the e-mail address: one's own, and what would let
//! someone else in wants an elevated token (tokens-and-administration.md, section 9).

use std::io::Write as _;
use std::process::Command;

use keybelt_sandbox::{Purpose, Sandbox};
use serde_json::{Value, json};

use super::{ask, assert_error, call, get, token, user_href, with};

const KEY: &str =
    "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl";

/// Returns the address of one of the user's lists, from the user's links.
fn list(sandbox: &Sandbox, token: &str, name: &str) -> String {
    let user = get(sandbox, token, &user_href(sandbox, token));
    user.at(&format!("/_links/{name}/href"))
}

fn names(sandbox: &Sandbox, token: &str, name: &str) -> Vec<Value> {
    let body = get(sandbox, token, &list(sandbox, token, name)).json();
    body["_embedded"][name].as_array().unwrap().iter().map(|it| it["name"].clone()).collect()
}

#[test]
fn an_ssh_key_is_added_with_an_elevated_token_and_removed_with_an_ordinary_one() {
    let sandbox = with(&[]);
    let [manage, elevated] = ["manage", "elevated"].map(|scope| token(&sandbox, "alice", scope));
    let keys = list(&sandbox, &manage, "ssh_keys");
    let add = |token: &str, name: &str, key: &str| {
        call(&sandbox, token, "POST", &keys, Some(json!({"name": name, "ssh_public_key": key})))
    };
    assert_error(&add(&manage, "laptop", KEY), 403, "forbidden");
    let added = add(&elevated, "laptop", &format!("{KEY} alice@laptop\n"));
    assert_eq!(added.status, 201, "{}", added.text);
    assert_eq!(added.at("/ssh_public_key"), format!("{KEY} alice@laptop"));
    assert_eq!(added.at("/_type"), "ssh_key");
    assert_eq!(names(&sandbox, &manage, "ssh_keys"), ["laptop"]);
    let ecdsa = KEY.replacen("ssh-ed25519", "ecdsa-sha2-nistp256", 1);
    let private = "-----BEGIN OPENSSH PRIVATE KEY-----";
    for (name, key) in [("again", KEY), ("", KEY), ("x", ""), ("x", private), ("x", &ecdsa)] {
        assert_error(&add(&elevated, name, key), 422, "unprocessable_entity");
    }
    let bob = token(&sandbox, "bob", "manage");
    let key = added.at("/_links/self/href");
    assert_error(&call(&sandbox, &bob, "DELETE", &key, None), 404, "not_found");
    assert_error(&get(&sandbox, &bob, &keys), 404, "not_found");
    assert_eq!(call(&sandbox, &manage, "DELETE", &key, None).status, 204);
    assert_error(&call(&sandbox, &manage, "DELETE", &key, None), 404, "not_found");
    assert!(names(&sandbox, &manage, "ssh_keys").is_empty());
}

#[test]
fn the_fingerprints_of_an_ssh_key_are_those_of_ssh_keygen() {
    if Command::new("ssh-keygen").arg("-?").output().is_err() {
        assert!(std::env::var_os("CI").is_none(), "ssh-keygen is missing");
        let _ = writeln!(std::io::stderr(), "not run: needs ssh-keygen");
        return;
    }
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("key.pub");
    std::fs::write(&path, KEY).unwrap();
    let sandbox = with(&[]);
    let elevated = token(&sandbox, "alice", "elevated");
    let body = json!({"name": "laptop", "ssh_public_key": KEY});
    let keys = list(&sandbox, &elevated, "ssh_keys");
    let added = call(&sandbox, &elevated, "POST", &keys, Some(body));
    for (algorithm, member, prefix) in
        [("sha256", "sha256_fingerprint", ""), ("md5", "md5_fingerprint", "MD5:")]
    {
        let printed = Command::new("ssh-keygen").args(["-E", algorithm, "-lf"]).arg(&path).output();
        let printed = String::from_utf8(printed.unwrap().stdout).unwrap();
        let fingerprint = printed.split(' ').nth(1).unwrap().to_owned();
        assert_eq!(format!("{prefix}{}", added.at(&format!("/{member}"))), fingerprint);
    }
}

#[test]
fn a_security_key_answers_a_challenge_and_is_told_of_at_sign_in() {
    let sandbox = with(&[]);
    let [manage, elevated] = ["manage", "elevated"].map(|scope| token(&sandbox, "bob", scope));
    let devices = list(&sandbox, &manage, "u2f_devices");
    assert_error(&get(&sandbox, &manage, &devices), 403, "forbidden");
    let new = json!({"u2f": {"id": "handle"}, "name": "yubikey", "version": "WEBAUTHN"});
    let add = || call(&sandbox, &elevated, "POST", &devices, Some(new.clone()));
    assert_error(&add(), 422, "unprocessable_entity");
    let user = user_href(&sandbox, &elevated);
    let challenge = call(&sandbox, &elevated, "POST", &format!("{user}/u2f_challenges"), None);
    assert_eq!(challenge.at("/payload/challenge"), challenge.at("/challenge"));
    let added = add();
    assert_eq!((added.status, added.at("/key_handle")), (201, "handle".to_owned()));
    assert_error(&add(), 422, "unprocessable_entity");
    assert_eq!(names(&sandbox, &elevated, "u2f_devices"), ["yubikey"]);
    let required = ask(&sandbox, "bob", json!({})).json();
    let told = &required["exception_context"]["u2f"]["devices"];
    assert_eq!(*told, json!([{"version": "WEBAUTHN", "key_handle": "handle", "name": "yubikey"}]));
    let device = added.at("/_links/self/href");
    assert_error(&call(&sandbox, &manage, "DELETE", &device, None), 403, "forbidden");
    assert_eq!(call(&sandbox, &elevated, "DELETE", &device, None).status, 204);
    assert!(names(&sandbox, &elevated, "u2f_devices").is_empty());
}

#[test]
fn a_change_of_the_email_address_is_pending_and_can_be_taken_back() {
    let sandbox = with(&[]);
    let elevated = token(&sandbox, "alice", "elevated");
    let changes = list(&sandbox, &elevated, "email_verification_challenges");
    let ask =
        |email: &str| call(&sandbox, &elevated, "POST", &changes, Some(json!({"email": email})));
    assert_error(&ask("nothing"), 422, "unprocessable_entity");
    let pending = ask("thief@sandbox.test");
    assert_eq!(pending.status, 201);
    let mail = sandbox.mails().pop().unwrap();
    assert_eq!(
        (mail.to.as_str(), mail.purpose),
        ("thief@sandbox.test", Purpose::EmailVerification)
    );
    let listed = get(&sandbox, &elevated, &changes).json();
    let listed = &listed["_embedded"]["email_verification_challenges"];
    assert_eq!(listed[0]["email"], json!("thief@sandbox.test"));
    let manage = token(&sandbox, "alice", "manage");
    assert_error(&get(&sandbox, &manage, &changes), 403, "forbidden");
    let href = pending.at("/_links/self/href");
    assert_eq!(call(&sandbox, &elevated, "DELETE", &href, None).status, 204);
    let listed = get(&sandbox, &elevated, &changes).json();
    assert_eq!(listed["_embedded"]["email_verification_challenges"], json!([]));
}
