//! The real terraform, which shares nothing with us, against a sandbox with TLS.

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};

use keybelt_sandbox::{Generation, Options, Sandbox};
use tempfile::TempDir;

use crate::account;
use crate::browser::Browser;

/// A sandbox and a home for terraform. Registry hosts need a dot in them, so that terraform is told
/// the address and not `localhost`.
struct World {
    sandbox: Sandbox,
    host: String,
    home: TempDir,
}

impl World {
    /// Returns nothing if there is no terraform, which is an error where `CI` is set.
    fn new() -> Option<World> {
        if Command::new("terraform").arg("-version").output().is_err() {
            assert!(std::env::var_os("CI").is_none(), "needs terraform");
            let _ = writeln!(std::io::stderr(), "not run: needs terraform");
            return None;
        }
        let sandbox = Sandbox::start(Options {
            tls: true,
            generation: Generation::Modern,
            ..Options::default()
        })
        .unwrap();
        let url = sandbox.ready().atlas_tls_url.clone().unwrap();
        let host = url.replace("https://localhost", "127.0.0.1");
        let home = tempfile::tempdir().unwrap();
        fs::create_dir(home.path().join(".terraform.d")).unwrap();
        Some(World { sandbox, host, home })
    }

    fn terraform(&self, directory: &Path) -> Command {
        let path = std::env::var_os("PATH").unwrap();
        let opener = self.home.path().join("bin");
        let paths = std::env::split_paths(&path);
        let path = std::env::join_paths([opener].into_iter().chain(paths)).unwrap();
        let mut command = Command::new("terraform");
        command
            .env_clear()
            .env("PATH", path)
            .env("HOME", self.home.path())
            .env("SSL_CERT_FILE", self.sandbox.ready().ca_file.as_ref().unwrap())
            .env("CHECKPOINT_DISABLE", "1")
            .stdin(Stdio::null())
            .current_dir(directory);
        command
    }

    /// Runs `terraform init` in a new directory with this configuration.
    fn init(&self, configuration: &str) -> Output {
        self.init_with(configuration, |_| {})
    }

    fn init_with(&self, configuration: &str, change: impl FnOnce(&mut Command)) -> Output {
        let directory = tempfile::tempdir().unwrap();
        let configuration = configuration.replace("HOST", &self.host);
        fs::write(directory.path().join("main.tf"), configuration).unwrap();
        let mut command = self.terraform(directory.path());
        command.args(["init", "-input=false", "-no-color"]);
        change(&mut command);
        command.output().unwrap()
    }

    fn credentials(&self) -> String {
        let file = ".terraform.d/credentials.tfrc.json";
        fs::read_to_string(self.home.path().join(file)).unwrap()
    }
}

fn text(output: &Output) -> String {
    let both = [output.stdout.as_slice(), &output.stderr].concat();
    String::from_utf8_lossy(&both).into_owned()
}

const CLOUD: &str = r#"
terraform {
  cloud {
    hostname     = "HOST"
    organization = "acme"
    workspaces {
      name = "demo"
    }
  }
}
"#;
const REMOTE: &str = r#"
terraform {
  backend "remote" {
    hostname     = "HOST"
    organization = "acme"
    workspaces {
      name = "other"
    }
  }
}
"#;
const MODULE: &str = r#"
module "hello" {
  source  = "HOST/acme/hello/sandbox"
  version = "~> 1.0"
}
"#;

/// Puts an opener of browsers in terraform's way that opens none.
fn stub_opener(home: &Path) {
    use std::os::unix::fs::PermissionsExt;
    let directory = home.join("bin");
    fs::create_dir(&directory).unwrap();
    for name in ["xdg-open", "x-www-browser", "www-browser"] {
        let path = directory.join(name);
        fs::write(&path, "#!/bin/sh\n").unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
    }
}

/// Does what a user does in the browser, and returns the address that it ends on.
fn sign_in_and_authorize(sandbox: &Sandbox, path: &str) -> String {
    let mut browser = Browser::new(sandbox);
    let page = browser.type_password(path, &account(sandbox, "bob"));
    let code = sandbox.code("bob").unwrap().code;
    let page = browser.submit(&page, "/session/two-factor", &[("code", &code)]);
    let answer = browser.submit(&page, "/app/oauth2/auth", &[("decision", "authorize")]);
    answer.header("location").unwrap().to_owned()
}

/// Fetches a page from terraform and returns its status line. When it has what it waited for, it
/// closes its server so quickly that the answer may be lost.
fn visit(url: &str) -> String {
    let place = url.strip_prefix("http://localhost:").unwrap();
    let (port, path) = place.split_once('/').unwrap();
    // It listens on this address alone; by the name one might reach another program.
    let mut stream = TcpStream::connect(format!("127.0.0.1:{port}")).unwrap();
    let head = format!("GET /{path} HTTP/1.1\r\nHost: localhost:{port}\r\n\r\n");
    stream.write_all(head.as_bytes()).unwrap();
    let mut status = String::new();
    let _ = BufReader::new(stream).read_line(&mut status);
    status
}

/// A program that does not outlive a test that failed: terraform would wait for ever.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[test]
fn terraform_signs_in_through_the_page_and_its_token_initializes_until_it_is_revoked() {
    let Some(world) = World::new() else { return };
    stub_opener(world.home.path());
    let login = world
        .terraform(world.home.path())
        .args(["login", &world.host])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn();
    let mut login = Running(login.unwrap());
    login.0.stdin.take().unwrap().write_all(b"yes\n").unwrap();
    let origin = format!("https://{}", world.host);
    let mut lines = BufReader::new(login.0.stdout.take().unwrap()).lines();
    let path = lines
        .find_map(|line| Some(line.unwrap().trim().strip_prefix(&origin)?.to_owned()))
        .unwrap();
    let callback = sign_in_and_authorize(&world.sandbox, &path);
    assert!(!visit(&callback).starts_with("HTTP/1.1 400"), "{callback}");
    lines.for_each(drop);
    assert!(login.0.wait().unwrap().success());
    let live = world.sandbox.live_tokens();
    let made = live.last().unwrap();
    assert_eq!((made.username.as_str(), made.description.as_str()), ("bob", "terraform login"));
    for configuration in [CLOUD, REMOTE, MODULE] {
        let output = world.init(configuration);
        assert!(output.status.success(), "{}", text(&output));
    }
    let credentials = world.credentials();
    let (_, rest) = credentials.split_once("\"token\": \"").unwrap();
    let token = rest.split_once('"').unwrap().0;
    let delete =
        crate::wire::Request::new("DELETE", &format!("/api/v2/authentication-tokens/{}", made.id));
    let delete = delete.bearer(token).header("Content-Type", "application/vnd.api+json");
    assert_eq!(delete.send(&world.sandbox).status, 204);
    for (configuration, refusal) in [(CLOUD, "unauthorized"), (MODULE, "401 Unauthorized")] {
        let output = world.init(configuration);
        assert!(!output.status.success());
        assert!(text(&output).contains(refusal), "{}", text(&output));
    }
}

#[test]
fn a_token_in_terraforms_variable_fetches_the_private_module() {
    let Some(world) = World::new() else { return };
    let variable = format!("TF_TOKEN_{}", world.host.replace('.', "_"));
    let token = account(&world.sandbox, "alice").token;
    let output = world.init_with(MODULE, |command| {
        command.env(&variable, &token);
    });
    assert!(output.status.success(), "{}", text(&output));
    let without = world.init(MODULE);
    assert!(text(&without).contains("401 Unauthorized"), "{}", text(&without));
}
