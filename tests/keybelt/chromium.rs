//! The sign-in page in a real browser: Chromium without a screen, driven over WebDriver, which is JSON over HTTP.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};

use data_encoding::BASE64;
use keybelt_sandbox::{Generation, Limits, Options};
use serde_json::{Value, json};

use crate::harness::{PATIENCE, World, address_shown, needs};

/// A browser and the program that drives it; both end when it is dropped.
struct Chromium {
    driver: Child,
    port: u16,
    session: String,
}

impl Chromium {
    fn start(driver: &Path, browser: &Path, home: &Path) -> Self {
        let mut driver = Command::new(driver)
            .arg("--port=0")
            .env_clear()
            .env("PATH", "/usr/bin:/bin")
            .env("HOME", home)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let lines = BufReader::new(driver.stdout.take().unwrap()).lines();
        let port = lines
            .map_while(Result::ok)
            .find_map(|line| {
                line.split_once("successfully on port ")?.1.trim_end_matches('.').parse().ok()
            })
            .unwrap();
        let mut chromium = Self { driver, port, session: String::new() };
        // Root has no sandbox of Chromium's, and a container little shared memory.
        let arguments = [
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-dev-shm-usage",
            "--window-size=760,900",
        ];
        let options = json!({"binary": browser, "args": arguments});
        let wanted = json!({"capabilities": {"alwaysMatch": {"goog:chromeOptions": options}}});
        let made = chromium.send("POST", "/session", Some(&wanted));
        chromium.session = format!("/session/{}", made["sessionId"].as_str().unwrap());
        // Elements are waited for: a click returns before the page that it leads to is there.
        let patience = u64::try_from(PATIENCE.as_millis()).unwrap();
        chromium.act("/timeouts", &json!({ "implicit": patience }));
        chromium
    }

    fn send(&self, method: &str, path: &str, body: Option<&Value>) -> Value {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        // A browser takes its time to start on a busy machine.
        stream.set_read_timeout(Some(PATIENCE * 4)).unwrap();
        let body = body.map(Value::to_string).unwrap_or_default();
        let request = format!(
            "{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
            self.port,
            body.len()
        );
        stream.write_all(request.as_bytes()).unwrap();
        let mut reader = BufReader::new(stream);
        let mut length = 0;
        loop {
            let mut line = String::new();
            reader.read_line(&mut line).unwrap();
            let header = line.to_ascii_lowercase();
            if let Some(value) = header.strip_prefix("content-length:") {
                length = value.trim().parse().unwrap();
            }
            if line == "\r\n" {
                break;
            }
        }
        let mut answer = vec![0; length];
        reader.read_exact(&mut answer).unwrap();
        let answer: Value = serde_json::from_slice(&answer).unwrap();
        assert!(answer["value"].get("error").is_none(), "{method} {path}: {answer}");
        answer["value"].clone()
    }

    fn act(&self, path: &str, body: &Value) -> Value {
        self.send("POST", &format!("{}{path}", self.session), Some(body))
    }

    fn open(&self, address: &str) {
        self.act("/url", &json!({"url": address}));
    }

    /// Waits for an element and returns its path.
    fn element(&self, selector: &str) -> String {
        self.find("css selector", selector)
    }

    /// Waits for a page with this text in a paragraph or a heading.
    fn expect(&self, text: &str) {
        self.find("xpath", &format!("//*[self::p or self::h1 or self::dd][contains(., '{text}')]"));
    }

    fn find(&self, using: &str, value: &str) -> String {
        let found = self.act("/element", &json!({"using": using, "value": value}));
        let id = found.as_object().unwrap().values().next().unwrap();
        format!("/element/{}", id.as_str().unwrap())
    }

    fn type_into(&self, selector: &str, text: &str) {
        self.act(&format!("{}/value", self.element(selector)), &json!({"text": text}));
    }

    fn click(&self, selector: &str) {
        self.act(&format!("{}/click", self.element(selector)), &json!({}));
    }

    /// Returns what the window shows, as a PNG.
    fn screenshot(&self) -> Vec<u8> {
        let picture = self.send("GET", &format!("{}/screenshot", self.session), None);
        BASE64.decode(picture.as_str().unwrap().as_bytes()).unwrap()
    }
}

impl Drop for Chromium {
    fn drop(&mut self) {
        if !self.session.is_empty() && !std::thread::panicking() {
            let _ = self.send("DELETE", &self.session.clone(), None);
        }
        let _ = self.driver.kill();
        let _ = self.driver.wait();
    }
}

/// The picture in docs/ is what this test leaves in `target/tmp/sign-in.png`.
#[test]
fn a_person_signs_in_with_password_and_code_in_a_real_browser() {
    let (Some(driver), Some(browser)) = (needs("chromedriver"), needs("chromium")) else {
        return;
    };
    let world = World::with(Options {
        generation: Generation::Modern,
        callback_ports: 12_000..=31_999,
        limits: Limits::Off,
        ..Options::default()
    });
    let mut terminal = world.keybelt(["login", &world.host(), "--no-browser"]).size(24, 120).pty();
    let address = address_shown(&mut terminal);
    let chromium = Chromium::start(&driver, &browser, world.home());
    chromium.open(&address);
    let bob = world.account("bob");
    chromium.type_into("[name=login]", "bob");
    chromium.type_into("[name=password]", &bob.password);
    chromium.click("form button");
    chromium.type_into("[name=code]", &world.code("bob"));
    chromium.click("form button");
    chromium.expect("Authorize terraform");
    chromium.expect("bob");
    let directory = Path::new(env!("CARGO_TARGET_TMPDIR"));
    fs::write(directory.join("sign-in.png"), chromium.screenshot()).unwrap();
    chromium.click("button[value=authorize]");
    chromium.expect("You can close this page");
    drop(chromium);
    terminal.wait(0).shows("Signed in to").shows("as bob");
    world.assert_live_tokens_are_stored();
}
