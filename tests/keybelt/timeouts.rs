//! Servers that let us wait: `--timeout` holds, and nothing is tried again that cannot get better.

use std::fs;
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::PathBuf;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;
use std::time::Duration;

use serde_json::{Value, json};

use crate::every_command::aptible;
use crate::harness::{CLOSED, Keybelt, Reply, Server, World, needs};

/// How a server wastes time once it has read a request.
#[derive(Debug, Clone, Copy)]
enum Waste {
    /// It says nothing.
    Silent,
    /// It sends its head byte by byte.
    Head,
    /// It sends its body byte by byte.
    Body,
    /// It goes on announcing that it will go on.
    Continue,
}

/// Starts a server that wastes the time of each caller, until the caller leaves.
fn wasting(waste: Waste) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            thread::spawn(move || serve(stream, waste));
        }
    });
    address
}

fn serve(mut stream: TcpStream, waste: Waste) {
    let head =
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 100000\r\n\r\n";
    let (start, piece): (&str, &[u8]) = match waste {
        Waste::Silent => ("", b""),
        Waste::Head => ("HTTP/1.1 200 OK\r\nX-Slow: ", b"a"),
        Waste::Body => (head, b" "),
        Waste::Continue => ("", b"HTTP/1.1 100 Continue\r\n\r\n"),
    };
    // Whoever answers before it was asked is no server at all.
    let mut is_open = stream.read(&mut [0; 4096]).is_ok_and(|count| count > 0);
    // A read that times out is the clock of this server; the caller's end ends it.
    stream.set_read_timeout(Some(Duration::from_millis(20))).unwrap();
    is_open &= stream.write_all(start.as_bytes()).is_ok();
    while is_open {
        let read = stream.read(&mut [0; 4096]);
        is_open = !matches!(read, Ok(0)) && stream.write_all(piece).is_ok();
    }
}

fn whoami(world: &World, host: &str, timeout: &str) -> Keybelt {
    let run = world.keybelt(["whoami", "-v", "--timeout", timeout]);
    run.env("ATLAS_TOKEN", "some-token").env("ATLAS_ADDRESS", host)
}

#[test]
fn the_time_holds_against_servers_that_trickle_flood_and_say_nothing() {
    let world = World::new();
    for waste in [Waste::Silent, Waste::Head, Waste::Body, Waste::Continue] {
        let outcome = whoami(&world, &wasting(waste), "1s").run().code(5);
        let outcome = outcome.says("did not respond within 1 seconds").says("keybelt: GET http://");
        assert!(outcome.time < Duration::from_secs(15), "{waste:?}: {:?}", outcome.time);
    }
}

/// A page with a reset far ahead put keybelt to sleep for days, in silence.
#[test]
fn a_list_whose_server_asks_to_come_back_in_a_week_ends_at_once() {
    let world = World::new();
    let week = [
        ("X-RateLimit-Limit", "30"),
        ("X-RateLimit-Remaining", "0"),
        ("X-RateLimit-Reset", "604800"),
    ];
    let server = Server::start(move |_| {
        let page = json!({"data": [], "meta": {"pagination":
            {"current-page": 1, "next-page": 2, "total-pages": 3, "total-count": 30}}});
        let typed = [("Content-Type", "application/vnd.api+json")];
        Reply::with(200, &[&typed[..], &week].concat(), page.to_string())
    });
    let run = world.keybelt("org list --timeout 3s").env("ATLAS_TOKEN", "some-token");
    let outcome = run.env("ATLAS_ADDRESS", server.host()).run().code(5);
    let outcome = outcome.says("rate limiting").says("try again in 7 days");
    assert!(outcome.time < Duration::from_secs(20), "{:?}", outcome.time);
    assert_eq!(server.requests().len(), 1);
}

const JSON: (&str, &str) = ("Content-Type", "application/vnd.api+json");
const ERRORS: &str = r#"{"errors":[{"status":"503","title":"later"}]}"#;

#[test]
fn a_server_that_is_away_for_an_hour_is_believed() {
    let world = World::new();
    for status in [429, 503] {
        let server =
            Server::start(move |_| Reply::with(status, &[("Retry-After", "3600"), JSON], ERRORS));
        whoami(&world, &server.host(), "10s").run().code(5).says("try again in 1 hour");
        assert_eq!(server.requests().len(), 1, "{status}");
    }
}

#[test]
fn what_cannot_get_better_is_not_tried_again() {
    let (world, secure, _) = World::secure();
    for (host, cause) in [(CLOSED, "Connection refused"), (secure.as_str(), "unknown issuer")] {
        let outcome = whoami(&world, host, "20s").run().code(5).says(cause);
        assert_eq!(outcome.stderr().matches("not sent").count(), 1, "{}", outcome.stderr());
    }
}

/// Starts a server of a long list, for each page of which a minute passes on the client's clock.
fn long_list(clock: PathBuf, page: impl Fn(u64) -> Value + Send + Sync + 'static) -> Server {
    let turn = Mutex::new(move |minutes: u64| {
        let next = clock.with_extension("next");
        fs::write(&next, format!("+{}", 60 * minutes)).unwrap();
        fs::rename(next, &clock).unwrap();
    });
    let pages = AtomicU64::new(0);
    Server::start(move |request| {
        if !request.path.contains("/organizations") {
            return aptible::usual(request);
        }
        turn.lock().unwrap()(pages.fetch_add(1, Ordering::SeqCst));
        let number = request.path.split(['=', '&']).find_map(|word| word.parse().ok());
        let page = page(number.unwrap_or(1)).to_string();
        Reply::with(200, &[JSON], page)
    })
}

/// Pages of one provider began their time anew, so that a list could go on for days.
#[test]
fn a_list_has_twenty_times_the_time_of_a_page_and_no_more() {
    if needs("faketime").is_none() {
        return;
    }
    let atlas: fn(u64) -> Value = |number| {
        json!({"data": [{"id": format!("o-{number}"), "type": "organizations", "attributes": {}}],
            "meta": {"pagination": {"total-pages": 900}}})
    };
    let aptible: fn(u64) -> Value = |number| {
        json!({"_embedded": {"organizations": [{"id": format!("o-{number}"), "name": "acme"}]},
            "_links": {"next": {"href": format!("/organizations?page={}", number + 1)}}})
    };
    for (variable, page) in [("ATLAS_TOKEN", atlas), ("APTIBLE_ACCESS_TOKEN", aptible)] {
        let world = World::new();
        let clock = world.home().join("clock");
        let server = long_list(clock.clone(), page);
        fs::write(&clock, "+0").unwrap();
        let file = format!("FAKETIME_TIMESTAMP_FILE={}", clock.display());
        let run = world
            .keybelt("org list --timeout 1000s")
            .through("env", ["-u", "FAKETIME", &file, "FAKETIME_NO_CACHE=1"])
            .through("faketime", ["-m", "-f", "+0"])
            .env(variable, "some-token")
            .env("ATLAS_ADDRESS", server.host())
            .env("APTIBLE_AUTH_ROOT_URL", server.host());
        let outcome = run.run().code(5).says("did not end within 20000 seconds");
        outcome.says("--timeout");
        let count = server.requests().len();
        assert!((300..400).contains(&count), "{variable}: {count} pages");
    }
}
