//! The TLS listener, with a client that checks certificates.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::sync::Arc;

use keybelt_sandbox::{Options, Sandbox};
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, ServerName};
use rustls::{ClientConfig, ClientConnection, RootCertStore, StreamOwned};

use crate::account;
use crate::wire::{Answer, Request};

fn sandbox() -> Sandbox {
    let faults =
        vec!["reset@GET:/reset".parse().unwrap(), "truncate@GET:/truncate".parse().unwrap()];
    Sandbox::start(Options { tls: true, faults, ..Options::default() }).unwrap()
}

fn authority(sandbox: &Sandbox) -> String {
    let url = sandbox.ready().atlas_tls_url.clone().unwrap();
    url.strip_prefix("https://").unwrap().to_owned()
}

/// Connects by name, trusting the sandbox's authority alone.
fn connect(sandbox: &Sandbox, trusted: &Sandbox, name: &str) -> impl Read + Write {
    let mut roots = RootCertStore::empty();
    let ca_file = trusted.ready().ca_file.as_ref().unwrap();
    roots.add(CertificateDer::from_pem_file(ca_file).unwrap()).unwrap();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(roots)
        .with_no_client_auth();
    let name = ServerName::try_from(name.to_owned()).unwrap();
    let connection = ClientConnection::new(Arc::new(config), name).unwrap();
    let (_, port) =
        authority(sandbox).rsplit_once(':').map(|(a, b)| (a.to_owned(), b.to_owned())).unwrap();
    let stream = TcpStream::connect(format!("127.0.0.1:{port}")).unwrap();
    StreamOwned::new(connection, stream)
}

#[test]
fn the_certificate_is_good_for_every_loopback_name() {
    let sandbox = sandbox();
    let token = account(&sandbox, "alice").token;
    for name in ["localhost", "127.0.0.1", "::1"] {
        let mut stream = connect(&sandbox, &sandbox, name);
        let request = Request::get("/api/v1/authenticate").bearer(&token);
        let answer = request.send_over(&mut stream, &authority(&sandbox)).unwrap();
        assert_eq!(Answer::parse(&answer).status, 200, "{name}");
    }
}

#[test]
fn another_sandboxs_authority_does_not_vouch_for_this_one() {
    let (sandbox, other) = (sandbox(), sandbox());
    let mut stream = connect(&sandbox, &other, "localhost");
    assert!(Request::get("/api/v2/ping").send_over(&mut stream, "localhost").is_err());
}

#[test]
fn another_name_is_refused_by_the_client_and_by_the_server() {
    let sandbox = sandbox();
    let mut stream = connect(&sandbox, &sandbox, "evil.example");
    assert!(Request::get("/api/v2/ping").send_over(&mut stream, "evil.example").is_err());
    let mut stream = connect(&sandbox, &sandbox, "localhost");
    let answer = Request::get("/api/v2/ping").send_over(&mut stream, "evil.example:443").unwrap();
    assert_eq!(Answer::parse(&answer).status, 421);
}

#[test]
fn an_origin_without_tls_is_foreign_here() {
    let sandbox = sandbox();
    let mut stream = connect(&sandbox, &sandbox, "localhost");
    let origin = format!("http://{}", authority(&sandbox));
    let request = Request::get("/api/v2/ping").header("Origin", &origin);
    let answer = request.send_over(&mut stream, &authority(&sandbox)).unwrap();
    assert_eq!(Answer::parse(&answer).status, 403);
}

#[test]
fn faults_that_break_the_connection_do_so_under_tls() {
    let sandbox = sandbox();
    let mut stream = connect(&sandbox, &sandbox, "localhost");
    assert!(Request::get("/reset").send_over(&mut stream, &authority(&sandbox)).is_err());
    let mut stream = connect(&sandbox, &sandbox, "localhost");
    let answer = Request::get("/truncate").send_over(&mut stream, &authority(&sandbox)).unwrap();
    let answer = Answer::parse(&answer);
    let promised: usize = answer.header("content-length").unwrap().parse().unwrap();
    assert!(answer.text.len() < promised);
}
