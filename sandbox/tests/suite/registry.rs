//! The private module registry.

use keybelt_sandbox::Sandbox;
use serde_json::json;

use crate::wire::{Answer, Request};
use crate::{account, sandbox};

const MODULE: &str = "/api/registry/v1/modules/acme/hello/sandbox";

fn get(sandbox: &Sandbox, path: &str) -> Answer {
    let token = account(sandbox, "alice").token;
    Request::get(path).bearer(&token).send(sandbox)
}

fn archive_link(sandbox: &Sandbox) -> String {
    let answer = get(sandbox, &format!("{MODULE}/1.0.0/download"));
    assert_eq!((answer.status, answer.text.as_str()), (204, ""));
    answer.header("x-terraform-get").unwrap().to_owned()
}

#[test]
fn the_versions_of_the_module_are_listed() {
    let sandbox = sandbox();
    let answer = get(&sandbox, &format!("{MODULE}/versions"));
    assert_eq!((answer.status, answer.header("content-type")), (200, Some("application/json")));
    let module = &answer.json()["modules"][0];
    assert_eq!(module["source"], json!("acme/hello/sandbox"));
    assert_eq!(module["versions"][0]["version"], json!("1.0.0"));
}

#[test]
fn a_token_is_needed_for_versions_and_download() {
    let sandbox = sandbox();
    for path in ["versions", "1.0.0/download"] {
        let request = || Request::get(&format!("{MODULE}/{path}"));
        assert_eq!(request().send(&sandbox).status, 401);
        assert_eq!(request().bearer("dead").send(&sandbox).status, 401);
    }
}

#[test]
fn what_is_not_in_the_registry_is_404() {
    let sandbox = sandbox();
    for path in [
        "/api/registry/v1/modules/acme/hello/other/versions",
        "/api/registry/v1/modules/other/hello/sandbox/versions",
        "/api/registry/v1/modules/acme/hello/sandbox/2.0.0/download",
        "/api/registry/v1/modules/acme/hello/sandbox",
        "/api/registry/v1/modules",
    ] {
        assert_eq!(get(&sandbox, path).status, 404, "{path}");
    }
}

#[test]
fn the_archive_comes_without_a_token_by_a_link_that_lasts_five_minutes() {
    let sandbox = sandbox();
    let link = archive_link(&sandbox);
    assert!(link.starts_with('/') && link.contains("archive=tar.gz"), "{link}");
    let archive = Request::get(&link).send_raw(&sandbox).unwrap();
    assert!(archive.starts_with(b"HTTP/1.1 200 "));
    let body = archive.windows(4).position(|window| window == b"\r\n\r\n").unwrap() + 4;
    assert!(archive[body..].starts_with(&[0x1f, 0x8b, 8]), "gzip");
    sandbox.advance(300);
    assert_eq!(Request::get(&link).send(&sandbox).status, 404);
}

#[test]
fn a_link_that_was_never_issued_leads_nowhere_and_no_key_is_logged() {
    let sandbox = sandbox();
    let link = archive_link(&sandbox);
    let (place, key) = link.rsplit_once("key=").unwrap();
    for forged in [place.to_owned(), format!("{place}key="), format!("{link}x")] {
        assert_eq!(Request::get(&forged).send(&sandbox).status, 404, "{forged}");
    }
    assert!(!format!("{:?}", sandbox.requests()).contains(key));
}
