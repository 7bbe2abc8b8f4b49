//! Starting and stopping, and the ready line.

use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::Path;

use keybelt_sandbox::{Options, Sandbox, StartError};
use serde_json::{Value, json};

use crate::sandbox;

fn options(listen: &str, tls: bool) -> Options {
    Options { listen: listen.parse().unwrap(), tls, ..Options::default() }
}

/// Returns a port that is free, with the next two free too.
fn free_port() -> u16 {
    let is_free =
        |port: Option<u16>| port.is_some_and(|port| TcpListener::bind(("127.0.0.1", port)).is_ok());
    loop {
        let first = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = first.local_addr().unwrap().port();
        if (1..=2).all(|distance| is_free(port.checked_add(distance))) {
            return port;
        }
    }
}

#[test]
fn the_ready_line_has_its_keys_in_order_and_null_where_nothing_applies() {
    let sandbox = sandbox();
    let line = serde_json::to_string(sandbox.ready()).unwrap();
    let keys = [
        "version",
        "generation",
        "atlas_url",
        "atlas_tls_url",
        "aptible_url",
        "ca_file",
        "control_url",
        "outbox_url",
        "organization",
        "accounts",
        "username",
        "email",
        "password",
        "token",
        "two_factor",
        "recovery_codes",
    ];
    let positions: Vec<_> =
        keys.map(|key| line.find(&format!("\"{key}\":")).unwrap_or(usize::MAX)).into();
    assert!(positions.is_sorted() && positions[15] < line.len(), "{line}");
    let ready: Value = serde_json::from_str(&line).unwrap();
    assert_eq!(ready["version"], json!(1));
    assert_eq!(ready["generation"], json!("classic"));
    assert_eq!(ready["organization"], json!("acme"));
    for key in ["atlas_tls_url", "ca_file"] {
        assert_eq!(ready[key], Value::Null, "{key}");
    }
}

#[test]
fn the_four_accounts_come_in_order_with_their_two_factor() {
    let sandbox = sandbox();
    let accounts = &sandbox.ready().accounts;
    let seen: Vec<_> = accounts
        .iter()
        .map(|account| {
            let two_factor = account.two_factor.as_ref();
            let delivery = two_factor.map(|it| it.delivery.as_str());
            let secret = two_factor.is_some_and(|it| it.secret.is_some());
            let number = two_factor.is_some_and(|it| it.sms_number.is_some());
            (account.username.as_str(), delivery, secret, number, account.recovery_codes.len())
        })
        .collect();
    assert_eq!(
        seen,
        [
            ("alice", None, false, false, 0),
            ("bob", Some("app"), true, false, 6),
            ("carol", Some("sms"), false, true, 6),
            ("olivia", Some("app"), true, false, 6),
        ]
    );
    assert!(accounts.iter().all(|account| sandbox.accepts(&account.token)));
}

#[test]
fn no_two_sandboxes_share_a_secret() {
    let (one, other) = (sandbox(), sandbox());
    for (a, b) in one.ready().accounts.iter().zip(&other.ready().accounts) {
        assert_ne!(a.password, b.password);
        assert_ne!(a.token, b.token);
        assert!(!other.accepts(&a.token));
    }
}

#[test]
fn only_loopback_is_listened_on() {
    for address in ["0.0.0.0:0", "192.0.2.1:0", "[::]:0"] {
        let error = Sandbox::start(options(address, false)).unwrap_err();
        assert!(matches!(error, StartError::NotLoopback(_)), "{error}");
    }
}

#[test]
fn a_fixed_port_puts_tls_on_the_next_one_and_aptible_after_that() {
    let port = free_port();
    let sandbox = Sandbox::start(options(&format!("127.0.0.1:{port}"), true)).unwrap();
    assert_eq!(sandbox.ready().atlas_url, format!("http://127.0.0.1:{port}"));
    let tls_url = format!("https://localhost:{}", port + 1);
    assert_eq!(sandbox.ready().atlas_tls_url, Some(tls_url));
    let aptible_url = format!("http://127.0.0.1:{}", port + 2);
    assert_eq!(sandbox.ready().aptible_url, aptible_url);
}

#[test]
fn a_port_in_use_and_a_port_without_a_next_are_said_so() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let error = Sandbox::start(options(&address, false)).unwrap_err();
    assert!(matches!(error, StartError::Listen(..)) && error.to_string().contains(&address));
    for too_late in ["127.0.0.1:65535", "127.0.0.1:65534"] {
        assert!(matches!(
            Sandbox::start(options(too_late, false)),
            Err(StartError::NoPortLeft(_) | StartError::Listen(..))
        ));
    }
}

#[test]
fn dropping_closes_the_port_and_removes_the_certificate() {
    let sandbox = Sandbox::start(options("127.0.0.1:0", true)).unwrap();
    let ready = sandbox.ready().clone();
    let address: SocketAddr = ready.atlas_url.strip_prefix("http://").unwrap().parse().unwrap();
    let idle = TcpStream::connect(address).unwrap();
    let ca_file = ready.ca_file.unwrap();
    let directory = Path::new(&ca_file).parent().unwrap();
    assert!(directory.exists());
    drop(sandbox);
    assert!(TcpStream::connect(address).is_err());
    assert!(!directory.exists());
    drop(idle);
}

#[cfg(unix)]
#[test]
fn the_certificate_file_is_private() {
    use std::os::unix::fs::PermissionsExt;
    let sandbox = Sandbox::start(options("127.0.0.1:0", true)).unwrap();
    let ca_file = sandbox.ready().ca_file.clone().unwrap();
    let mode = |path: &Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(Path::new(&ca_file)), 0o600);
    assert_eq!(mode(Path::new(&ca_file).parent().unwrap()), 0o700);
    assert!(!std::fs::read_to_string(&ca_file).unwrap().contains("PRIVATE"));
}
