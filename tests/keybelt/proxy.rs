//! What stands between keybelt and a server: proxies, and the certificates that are not accepted.

use crate::harness::{Keybelt, Reply, Server, World};

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
