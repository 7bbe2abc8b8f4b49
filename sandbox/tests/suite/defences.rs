//! What keeps web pages out.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Instant;

use crate::wire::{Answer, Request};
use crate::{account, sandbox};

fn port(url: &str) -> &str {
    url.rsplit_once(':').unwrap().1
}

#[test]
fn a_host_that_is_not_the_sandboxs_own_is_421() {
    let sandbox = sandbox();
    let port = port(&sandbox.ready().atlas_url).to_owned();
    let token = account(&sandbox, "alice").token;
    let status = |host: &str| {
        let request = Request::get("/api/v2/account/details").bearer(&token);
        request.host(host).send(&sandbox).status
    };
    for own in ["127.0.0.1", "localhost", "LOCALHOST"] {
        assert_eq!(status(&format!("{own}:{port}")), 200, "{own}");
    }
    for foreign in ["evil.example", "localhost.evil.example", "127.0.0.2", "localhost.", "0.0.0.0"]
    {
        assert_eq!(status(&format!("{foreign}:{port}")), 421, "{foreign}");
    }
    for wrong_port in ["127.0.0.1", "localhost", "127.0.0.1:1", "localhost:80", ""] {
        assert_eq!(status(wrong_port), 421, "{wrong_port}");
    }
}

#[test]
fn a_host_in_the_request_line_must_be_the_sandboxs_own_too() {
    let sandbox = sandbox();
    assert_eq!(Request::get("http://evil.example/api/v2/ping").send(&sandbox).status, 421);
    let own = format!("{}/api/v2/ping", sandbox.ready().atlas_url);
    assert_eq!(Request::get(&own).send(&sandbox).status, 204);
}

#[test]
fn a_second_host_header_does_not_slip_past() {
    let sandbox = sandbox();
    let request = Request::get("/api/v2/ping").header("Host", "evil.example");
    assert_eq!(request.send(&sandbox).status, 421);
}

#[test]
fn a_foreign_origin_is_403_and_changes_nothing() {
    let sandbox = sandbox();
    let token = account(&sandbox, "alice").token;
    let own = sandbox.ready().atlas_url.clone();
    for origin in ["http://evil.example", "null", "https://127.0.0.1", "http://127.0.0.1:1"] {
        let delete = Request::new("DELETE", "/api/v1/authenticate").bearer(&token);
        assert_eq!(delete.header("Origin", origin).send(&sandbox).status, 403, "{origin}");
    }
    assert!(sandbox.accepts(&token));
    let delete = Request::new("DELETE", "/api/v1/authenticate").bearer(&token);
    assert_eq!(delete.header("Origin", &own).send(&sandbox).status, 204);
}

#[test]
fn a_cross_site_request_is_403_on_the_control_url_too() {
    let sandbox = sandbox();
    let control = sandbox.ready().control_url.clone();
    let path = control.strip_prefix(&sandbox.ready().atlas_url).unwrap();
    for path in ["/api/v2/ping", &format!("{path}/outbox")] {
        let status = |site| Request::get(path).header("Sec-Fetch-Site", site).send(&sandbox).status;
        assert_eq!(status("cross-site"), 403, "{path}");
        assert_ne!(status("none"), 403, "{path}");
        assert_ne!(status("same-origin"), 403, "{path}");
    }
}

#[test]
fn a_body_of_more_than_a_mebibyte_is_not_read() {
    let sandbox = sandbox();
    let answer = Request::post("/api/v1/authenticate")
        .header("Content-Type", "application/json")
        .body(&" ".repeat(1024 * 1024 + 1))
        .send_raw(&sandbox);
    // The answer may be lost when the rest of the body meets a closed connection.
    assert!(answer.is_err() || answer.unwrap().starts_with(b"HTTP/1.1 413"));
}

#[test]
fn a_request_that_does_not_arrive_is_408_and_its_connection_ends() {
    // An API client that sent `Content-Length: 4` and no body waited for ten minutes. These wait for the
    // server, all at once.
    let sandbox = sandbox();
    let authority = sandbox.ready().atlas_url.strip_prefix("http://").unwrap().to_owned();
    let body = format!(
        "DELETE /api/v1/authenticate HTTP/1.1\r\nHost: {authority}\r\nContent-Length: 4\r\n\r\n"
    );
    let head = "GET /api/v2/ping HTTP/1.1\r\nHost: ".to_owned();
    let begun = Instant::now();
    let streams: Vec<_> = [body, head, String::new()]
        .map(|beginning| {
            let mut stream = TcpStream::connect(&authority).unwrap();
            stream.write_all(beginning.as_bytes()).unwrap();
            stream
        })
        .into();
    let answers: Vec<_> = streams
        .into_iter()
        .map(|mut stream| {
            let mut answer = Vec::new();
            stream.read_to_end(&mut answer).unwrap();
            answer
        })
        .collect();
    for answer in &answers[..2] {
        let answer = Answer::parse(answer);
        assert_eq!((answer.status, answer.header("connection")), (408, Some("close")));
    }
    assert!(answers[2].is_empty(), "what asks nothing is not answered");
    assert!(begun.elapsed().as_secs() < 60);
}
