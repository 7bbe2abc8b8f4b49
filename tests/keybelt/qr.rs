//! The QR code of `2fa enable --app`, as a phone sees it: the screen's cells on a dark and on a light theme,
//! read by an independent reader. And the codes, against an independent implementation.

use data_encoding::BASE32_NOPAD;
use serde_json::json;
use totp_rs::{Builder, Totp};
use vt100::{Color, Screen};

use crate::harness::{Ended, Pty, Reply, Server, World};

/// A terminal's own colours: paper, ink, and the sixteen that themes define.
struct Theme {
    name: &'static str,
    paper: u8,
    ink: u8,
    /// What a theme makes of its "black" and its "white", the colours that programs trust too much.
    sixteen: fn(u8) -> u8,
}

const THEMES: [Theme; 4] = [
    Theme {
        name: "dark",
        paper: 0,
        ink: 220,
        sixteen: |index| if index % 8 == 0 { 0 } else { 200 },
    },
    Theme {
        name: "light",
        paper: 255,
        ink: 30,
        sixteen: |index| if index % 8 == 0 { 20 } else { 230 },
    },
    // Solarized swaps what "bright black" and "white" look like.
    Theme { name: "solarized light", paper: 246, ink: 110, sixteen: |index| 255 - index * 8 },
    Theme { name: "grey on grey", paper: 128, ink: 140, sixteen: |_| 130 },
];

/// How many pixels a module has.
const SCALE: usize = 4;

impl Theme {
    fn grey(&self, color: Color, default: u8) -> u8 {
        match color {
            Color::Default => default,
            Color::Idx(index @ 0..16) => (self.sixteen)(index),
            // The cube of the 256 colours, the same in every theme.
            Color::Idx(index @ 16..232) => {
                let index = index - 16;
                let level = |part: u8| {
                    if part == 0 { 0 } else { 55 + 40 * u16::from(part) }
                };
                ((level(index / 36) + level(index / 6 % 6) + level(index % 6)) / 3) as u8
            }
            Color::Idx(index) => 8 + 10 * (index - 232),
            Color::Rgb(red, green, blue) => {
                ((u16::from(red) + u16::from(green) + u16::from(blue)) / 3) as u8
            }
        }
    }

    /// Photographs the screen: each cell is two modules high and one wide.
    fn photograph(&self, screen: &Screen) -> Vec<Vec<u8>> {
        let (rows, columns) = screen.size();
        let mut pixels = Vec::new();
        for row in 0..rows.get() {
            let (mut top, mut bottom) = (Vec::new(), Vec::new());
            for column in 0..columns.get() {
                let cell = screen.cell(row, column).unwrap();
                let (mut ink, mut paper) =
                    (self.grey(cell.fgcolor(), self.ink), self.grey(cell.bgcolor(), self.paper));
                if cell.inverse() {
                    std::mem::swap(&mut ink, &mut paper);
                }
                let halves = match cell.contents() {
                    "" | " " => (paper, paper),
                    "▄" => (paper, ink),
                    "▀" => (ink, paper),
                    "█" => (ink, ink),
                    // A letter: some ink, some paper.
                    _ => (paper, ink),
                };
                top.push(halves.0);
                bottom.push(halves.1);
            }
            pixels.extend([top, bottom]);
        }
        pixels
    }
}

/// Returns what an independent reader finds in a picture.
fn scan(pixels: &[Vec<u8>]) -> Option<String> {
    let (width, height) = (pixels[0].len() * SCALE, pixels.len() * SCALE);
    let mut image = rqrr::PreparedImage::prepare_from_greyscale(width, height, |x, y| {
        pixels[y / SCALE][x / SCALE]
    });
    let grids = image.detect_grids();
    grids.iter().find_map(|grid| grid.decode().ok()).map(|(_, text)| text)
}

/// Waits until the secret below the drawing and the prompt are on the screen.
fn drawn(terminal: &mut Pty) -> Screen {
    terminal
        .expect("Secret for your authenticator app:")
        .expect_visible("Verification code (1 of 3");
    terminal.screen()
}

/// An account server that enrols with the address that a test wants to see.
fn server_with(uri: &str) -> Server {
    let state = |enabled: bool| json!({"enabled": enabled, "verified": false, "delivery": "app"});
    let account = |state: serde_json::Value, uri: Option<&str>| {
        let mut attributes = json!({"username": "alice", "two-factor": state});
        if let Some(uri) = uri {
            attributes["two-factor"]["provisioning-url"] = json!(uri);
        }
        json!({"data": {"id": "user-1", "type": "users", "attributes": attributes}})
    };
    Server::answering([
        (("GET", "/api/v2/account/details"), Reply::json(200, &account(state(false), None))),
        (
            ("POST", "/api/v2/account/actions/two-factor-enable"),
            Reply::json(200, &account(state(true), Some(uri))),
        ),
    ])
}

/// Enrols with a token from the environment, which leaves nothing behind.
fn enable(world: &World, server: &Server, options: &[&str]) -> crate::harness::Keybelt {
    let command = ["2fa", "enable", "--app"].iter().chain(options);
    world
        .keybelt(command)
        .env("ATLAS_TOKEN", "a.token")
        .env("ATLAS_ADDRESS", server.host())
        .size(50, 100)
}

fn interrupt(mut terminal: Pty) -> Ended {
    terminal.type_keys(b"\x03");
    terminal.wait(130)
}

#[test]
fn the_drawing_decodes_to_the_very_address_on_every_theme() {
    let world = World::new();
    let long = format!(
        "otpauth://totp/Terraform%20Enterprise:{}?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Terraform%20Enterprise&algorithm=SHA1&digits=6&period=30",
        "long-user-name-".repeat(4)
    );
    for uri in
        ["otpauth://totp/Acme:alice?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Acme", &long]
    {
        let server = server_with(uri);
        let mut terminal = enable(&world, &server, &[]).pty();
        let screen = drawn(&mut terminal);
        for theme in &THEMES {
            let found = scan(&theme.photograph(&screen));
            assert_eq!(found.as_deref(), Some(uri), "on the theme {}", theme.name);
        }
        interrupt(terminal).shows("GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ");
    }
}

#[test]
fn an_app_that_scanned_the_sandboxs_drawing_computes_the_code_that_verifies() {
    let world = World::new();
    world.sign_in("alice");
    let mut terminal = world.keybelt("2fa enable --app").size(50, 100).pty();
    let uri = scan(&THEMES[0].photograph(&drawn(&mut terminal))).unwrap();
    // Refuses secrets of less than 128 bits, and addresses that break the rules of the format.
    let app = Totp::from_url(&uri).unwrap();
    let code = app.generate(u64::try_from(world.sandbox.now().as_second()).unwrap()).to_string();
    terminal.type_line(&code);
    terminal.wait(0).shows("Enabled two-factor authentication for alice");
    let status = world.keybelt("2fa status -o json").run().code(0).json();
    assert_eq!(status["two_factor"]["enabled"], true);
    assert_eq!(status["two_factor"]["verified"], true);
}

/// Without colours the terminal's own ink is paper, as on the dark theme that most have.
#[test]
fn without_colours_and_on_narrow_terminals_it_is_drawn_in_a_form_that_scans() {
    let world = World::new();
    let issuer = "&issuer=Acme&algorithm=SHA1&digits=6&period=30";
    let short = "otpauth://totp/Acme:alice?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
    let server = server_with(&format!("{short}{issuer}"));
    let runs = [
        ("NO_COLOR", enable(&world, &server, &[]).env("NO_COLOR", "1")),
        ("TERM=dumb", enable(&world, &server, &[]).env("TERM", "dumb")),
        ("--color never", enable(&world, &server, &["--color", "never"]).size(40, 120)),
        ("40 columns", enable(&world, &server, &["--color", "never"]).size(40, 40)),
        ("40 columns in colour", enable(&world, &server, &[]).size(40, 40)),
        ("a UTF-8 locale", enable(&world, &server, &[]).env("LANG", "C.UTF-8").size(40, 40)),
    ];
    for (what, run) in runs {
        let mut terminal = run.pty();
        let found = scan(&THEMES[0].photograph(&drawn(&mut terminal))).unwrap_or_default();
        assert!(found.starts_with(short), "{what}: {found:?}");
        let ended = interrupt(terminal).shows("GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ");
        assert_eq!(
            ended.text.contains("48;5;"),
            what.contains("colour") || what.contains("UTF-8"),
            "{what}"
        );
    }
}

/// The first thing that a newcomer enrols; it was too wide by one column.
#[test]
fn the_sandboxs_drawing_fits_into_40_columns_and_breaks_no_secret() {
    let world = World::new();
    world.sign_in("alice");
    let mut terminal = world.keybelt("2fa enable --app").size(24, 40).pty();
    let found = scan(&THEMES[0].photograph(&drawn(&mut terminal))).unwrap_or_default();
    let secret = found.split(['=', '&']).nth(1).unwrap_or_default().as_bytes();
    let groups: Vec<_> = secret.chunks(4).map(String::from_utf8_lossy).collect();
    assert_eq!(groups.len(), 8, "{found}");
    interrupt(terminal).shows(&groups.join(" "));
}

#[test]
fn where_none_can_be_drawn_it_is_said_why_and_the_secret_is_there_all_the_same() {
    let world = World::new();
    let server = server_with(
        "otpauth://totp/Acme:alice?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Acme",
    );
    let runs = [
        ("", enable(&world, &server, &["--no-qr"])),
        ("the terminal is too small", enable(&world, &server, &[]).size(50, 30)),
        ("the terminal is too small", enable(&world, &server, &[]).size(10, 80)),
        ("the locale is not UTF-8", enable(&world, &server, &[]).env("LC_ALL", "C")),
    ];
    for (why, run) in runs {
        let mut terminal = run.pty();
        drawn(&mut terminal);
        let ended = interrupt(terminal).shows("GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ").shows(why);
        assert!(!ended.text.contains(['▄', '█']), "{why}: {}", ended.text);
    }
}

/// A phone acts on what it scans, and a server chose the text.
#[test]
fn only_a_totp_address_is_drawn_and_others_are_shown_escaped() {
    let world = World::new();
    for uri in [
        "https://evil.example/otpauth://totp/x?secret=GEZDGNBVGY3TQOJQ",
        "otpauth://hotp/Acme:alice?secret=GEZDGNBVGY3TQOJQ&counter=1",
        "OTPAUTH://totp.evil.example/Acme?secret=GEZDGNBVGY3TQOJQ",
        "otpauth://totp/Acme:alice?secret=GEZDGNBV\u{1b}[2J\u{1b}]52;c;ZXZpbA==\u{7}",
        "OTPAUTH://totp/Acme:alice?secret=GEZDGNBVGY3TQOJQ",
        "tel:+15555550100",
    ] {
        let server = server_with(uri);
        let mut terminal = enable(&world, &server, &[]).env("NO_COLOR", "1").pty();
        terminal.expect_visible("Verification code (1 of 3");
        let ended = interrupt(terminal);
        assert!(
            !ended.text.contains('▄') && !ended.text.contains('\u{1b}'),
            "{uri:?}: {:?}",
            ended.text
        );
    }
}

#[test]
fn the_sandboxs_codes_are_those_of_rfc_6238() {
    // Appendix B, SHA-1; codes of six digits are the last six of its eight.
    let secret = BASE32_NOPAD.encode(b"12345678901234567890");
    for (seconds, code) in [
        (59, "287082"),
        (1_111_111_109, "081804"),
        (1_111_111_111, "050471"),
        (1_234_567_890, "005924"),
        (2_000_000_000, "279037"),
        (20_000_000_000, "353130"),
    ] {
        assert_eq!(keybelt_sandbox::totp(&secret, seconds).as_deref(), Some(code), "at {seconds}");
        assert_eq!(independent_code(&secret, seconds), code, "at {seconds}");
    }
}

#[test]
fn the_sandboxs_codes_are_those_of_an_independent_implementation() {
    let world = World::new();
    for username in ["bob", "olivia"] {
        let secret = world.account(username).two_factor.unwrap().secret.unwrap();
        for step in 0..200 {
            let seconds = 1_700_000_000 + step * 29;
            assert_eq!(
                keybelt_sandbox::totp(&secret, seconds),
                Some(independent_code(&secret, seconds))
            );
        }
        world.sandbox.advance(12_345);
        let now = u64::try_from(world.sandbox.now().as_second()).unwrap();
        assert_eq!(world.sandbox.code(username).unwrap().code, independent_code(&secret, now));
    }
}

fn independent_code(secret: &str, seconds: u64) -> String {
    let secret = BASE32_NOPAD.decode(secret.as_bytes()).unwrap();
    Builder::new().with_secret(secret).build_noncompliant().generate(seconds).to_string()
}
