//! What stands between keybelt and a server: proxies, and the certificates that are not accepted.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};

use crate::harness::{Keybelt, Reply, Server, World, needs};

fn login(world: &World, host: &str) -> Keybelt {
    world
        .keybelt(["login", host, "--username", "alice", "--password-stdin", "--timeout", "10s"])
        .stdin("a-password\n")
}

/// The proxy's answer was "no details", or looked like the server's fault (seanmonstar/reqwest#2252).
#[test]
fn what_a_proxy_answers_is_said_as_the_proxys_with_its_address() {
    let world = World::new();
    for (status, how) in [
        (407, "requires a user name and a password (407)"),
        (403, "refuses the connection (403)"),
        (503, "refuses the connection (503)"),
    ] {
        let proxy = Server::start(move |_| Reply::with(status, &[], "no"));
        let address = format!("127.0.0.1:{}", proxy.port());
        for (variable, value) in
            [("HTTPS_PROXY", format!("http://{address}")), ("https_proxy", address.clone())]
        {
            login(&world, "tfe.corp.test")
                .env(variable, &value)
                .run()
                .code(5)
                .says(&format!("the proxy {address} of `{variable}` {how}"))
                .says("`tfe.corp.test` cannot be reached");
        }
    }
}

#[test]
fn a_proxy_that_refuses_a_password_is_told_apart_and_the_password_is_not_shown() {
    let world = World::new();
    let proxy = Server::start(|_| Reply::with(407, &[], "no"));
    login(&world, "tfe.corp.test")
        .env("HTTPS_PROXY", format!("http://robot:canary%40x@127.0.0.1:{}", proxy.port()))
        .run()
        .code(5)
        .says("does not accept the user name and the password in `HTTPS_PROXY` (407)")
        .hides("canary");
    // robot:canary@x, as it was sent both times.
    let sent = proxy.requests();
    let login = |sent: &crate::harness::Recorded| {
        sent.header("proxy-authorization") == Some("Basic cm9ib3Q6Y2FuYXJ5QHg=")
    };
    assert!(sent.len() >= 2 && sent.iter().all(login), "{sent:?}");
}

#[test]
fn a_proxy_that_is_not_there_is_named() {
    let world = World::new();
    for (value, cause) in [
        ("http://127.0.0.1:1", "Connection refused"),
        ("http://nosuch.invalid:3128", "unknown host"),
    ] {
        login(&world, "tfe.corp.test")
            .env("HTTPS_PROXY", value)
            .run()
            .code(5)
            .says(&format!("the proxy {} of `HTTPS_PROXY` did not respond", &value[7..]))
            .says(cause);
    }
}

#[test]
fn a_proxy_that_cannot_be_read_stops_the_command_by_name_where_it_is_needed() {
    let world = World::new();
    for value in
        ["socks5://127.0.0.1:1080", "http://:canary@", "http://canary:99999", "gopher://canary"]
    {
        login(&world, "tfe.corp.test")
            .env("ALL_PROXY", value)
            .run()
            .code(2)
            .says("`ALL_PROXY` is not the address of a proxy")
            .hides("canary");
        login(&world, "tfe.corp.test")
            .env("ALL_PROXY", value)
            .env("NO_PROXY", "corp.test")
            .run()
            .code(5);
        world.keybelt(["whoami", "-H", &world.host()]).env("ALL_PROXY", value).run().code(3);
    }
}

#[test]
fn hosts_that_need_no_proxy_are_listed_as_terraform_reads_it() {
    let world = World::new();
    let proxy = Server::start(|_| Reply::with(403, &[], "no"));
    let address = format!("http://127.0.0.1:{}", proxy.port());
    let run = |list: &str| {
        let run = login(&world, "tfe.corp.test").env("HTTPS_PROXY", &address);
        run.env("NO_PROXY", list).run().code(5)
    };
    for list in ["*.corp.test", "tfe.corp.test:443", "a tfe.corp.test b", ".corp.test,x", "*"] {
        run(list).says("cannot connect to `tfe.corp.test`").hides("the proxy");
    }
    assert_eq!(proxy.requests(), []);
    run("other.test, tfe.corp.test:8443").says("the proxy 127.0.0.1:");
}

#[test]
fn a_private_ca_is_named_for_once_and_for_good() {
    let (world, address, _) = World::secure();
    login(&world, &address)
        .run()
        .code(5)
        .says("the server's certificate has an unknown issuer")
        .says("--ca-file PEM")
        .says("`keybelt config set ca_file PEM`");
}

/// A server that openssl runs. It stops when it is dropped.
struct Openssl(Child);

impl Drop for Openssl {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Starts a server whose certificate signs itself; returns its address.
fn self_signed(world: &World, is_authority: &str) -> Option<(Openssl, String)> {
    let openssl = needs("openssl")?;
    let (key, certificate) = (world.home().join("key.pem"), world.home().join("cert.pem"));
    let constraints = format!("basicConstraints=critical,CA:{is_authority}");
    let made = Command::new(&openssl)
        .args(["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-keyout"])
        .arg(&key)
        .arg("-out")
        .arg(&certificate)
        .args(["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"])
        .args(["-addext", &constraints])
        .output()
        .unwrap();
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    let mut server = Command::new(&openssl)
        .args(["s_server", "-accept", "127.0.0.1:0", "-www", "-key"])
        .arg(&key)
        .arg("-cert")
        .arg(&certificate)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let lines = BufReader::new(server.stdout.take().unwrap()).lines();
    let mut ports =
        lines.map(|line| line.unwrap().strip_prefix("ACCEPT 127.0.0.1:").map(str::to_owned));
    let port = ports.find_map(|port| port).unwrap();
    Some((Openssl(server), format!("https://localhost:{port}")))
}

/// `--ca-file` was the advice, and with it the same error came back.
#[test]
fn a_certificate_that_is_an_authoritys_own_is_no_matter_of_the_ca_file() {
    let world = World::new();
    for (is_authority, is_servers) in [("TRUE", false), ("FALSE", true)] {
        let Some((_server, host)) = self_signed(&world, is_authority) else {
            return;
        };
        for options in [&[][..], &["--ca-file", "cert.pem"]] {
            let words = ["whoami", "--timeout", "10s"].iter().chain(options);
            let run = world.keybelt(words).env("ATLAS_TOKEN", "a.token");
            let run = run.env("ATLAS_ADDRESS", &host).run().code(5);
            let said = run.stderr().contains("is a CA's own") && run.stderr().contains("CA:FALSE");
            assert_eq!(said, !is_servers, "{is_authority} {options:?}: {}", run.stderr());
            // Accepted with the file: what answers is not keybelt's server, but it answers.
            let advised = run.stderr().contains("--ca-file PEM");
            assert_eq!(advised, is_servers && options.is_empty(), "{}", run.stderr());
        }
    }
}

/// "Its administrator must replace it" was said, though the file here was the one to replace.
#[test]
fn a_ca_file_with_an_earlier_authority_of_that_name_is_what_is_blamed() {
    let world = World::new();
    let Some((_earlier, _)) = self_signed(&world, "FALSE") else {
        return;
    };
    std::fs::rename(world.home().join("cert.pem"), world.home().join("earlier.pem")).unwrap();
    let Some((_server, host)) = self_signed(&world, "FALSE") else {
        return;
    };
    let whoami = |file: &str| {
        let run = world.keybelt(["whoami", "--timeout", "10s", "--ca-file", file]);
        run.env("ATLAS_TOKEN", "a.token").env("ATLAS_ADDRESS", &host).run().code(5)
    };
    whoami("earlier.pem").says("not signed by the CA of that name").says("and not an earlier one");
    whoami("cert.pem").hides("certificate");
}
