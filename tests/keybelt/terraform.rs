//! The real terraform, which is none of ours, with tokens that keybelt keeps, against a server with TLS.
//!
//! terraform wants registry hosts with a dot in them, so that the server is called by its address.

use std::fs;
use std::path::PathBuf;

use keybelt_sandbox::{Generation, Limits, Options};

use crate::harness::{Browser, Keybelt, Pty, Run, Words, World, needs, visit};

const CLOUD: &str = "terraform {\n  cloud {\n    hostname = \"HOST\"\n    organization = \"acme\"\n    workspaces { name = \"demo\" }\n  }\n}\n";
pub const MODULE: &str = "module \"hello\" {\n  source = \"HOST/acme/hello/sandbox\"\n}\n";

/// A server of the modern generation with TLS, a home for terraform, and terraform itself.
pub struct Surroundings {
    pub world: World,
    /// The server, as Terraform calls it.
    pub host: String,
    terraform: PathBuf,
}

impl Surroundings {
    pub fn new() -> Option<Self> {
        let terraform = needs("terraform")?;
        let world = World::with(Options {
            tls: true,
            generation: Generation::Modern,
            callback_ports: 12_000..=31_999,
            limits: Limits::Off,
            ..Options::default()
        });
        let url = world.sandbox.ready().atlas_tls_url.clone().unwrap();
        // It waits for the program that opens the browser, and for ever if that does not end.
        let _opener = world.program("bin/xdg-open", "#!/bin/sh\n");
        fs::create_dir(world.home().join(".terraform.d")).unwrap();
        Some(Self { host: url.replace("https://localhost", "127.0.0.1"), world, terraform })
    }

    fn authority(&self) -> String {
        self.world.sandbox.ready().ca_file.clone().unwrap()
    }

    /// Prepares a run of keybelt that trusts the server.
    pub fn keybelt<Form>(&self, words: impl Words<Form>) -> Keybelt {
        self.in_surroundings(self.world.keybelt(words)).env("KEYBELT_CA_FILE", self.authority())
    }

    pub fn terraform(&self, words: &[&str]) -> Keybelt {
        self.in_surroundings(self.world.keybelt(words).called(&self.terraform))
    }

    fn in_surroundings(&self, run: Keybelt) -> Keybelt {
        let path = format!("{}/bin:/usr/bin:/bin", self.world.home().display());
        run.env("PATH", path).env("SSL_CERT_FILE", self.authority()).env("CHECKPOINT_DISABLE", "1")
    }

    /// Writes a configuration into a directory of its own.
    pub fn project(&self, configuration: &str) -> tempfile::TempDir {
        let directory = tempfile::tempdir().unwrap();
        let text = configuration.replace("HOST", &self.host);
        fs::write(directory.path().join("main.tf"), text).unwrap();
        directory
    }

    fn init(&self, configuration: &str) -> Run {
        self.init_with(configuration, |run| run)
    }

    fn init_with(&self, configuration: &str, change: impl FnOnce(Keybelt) -> Keybelt) -> Run {
        let directory = self.project(configuration);
        let init = self.terraform(&["init", "-input=false", "-no-color"]);
        change(init.directory(directory.path())).run()
    }

    /// Runs terraform as the child of `keybelt exec`.
    fn init_by_exec(&self, configuration: &str) -> Run {
        let directory = self.project(configuration);
        let terraform = self.terraform.display().to_string();
        let words =
            ["exec", "-H", &self.host, "--", &terraform, "init", "-input=false", "-no-color"];
        self.keybelt(words).directory(directory.path()).run()
    }

    /// Signs alice in with a browser.
    fn sign_in(&self) {
        let mut terminal = self.keybelt(["login", &self.host, "--no-browser"]).size(24, 120).pty();
        terminal.expect("in a browser:").expect("state=").expect("\r\n");
        self.consent(&terminal);
        terminal.wait(0).shows("Signed in to").shows("as alice");
    }

    /// Does in a browser what alice does at the address that a terminal shows.
    fn consent(&self, terminal: &Pty) {
        let text = terminal.text();
        let mut words = text.split_whitespace();
        let start = format!("https://{}/app/", self.host);
        let address = words.find(|word| word.starts_with(&start)).unwrap();
        let mut browser = Browser::new(&self.world.sandbox);
        let page = browser.sign_in(address, &self.world.account("alice"), None);
        let end = browser.submit(&page, "/app/oauth2/auth", &[("decision", "authorize")]);
        let _page = visit(&end.location.unwrap());
    }
}

#[test]
fn terraform_initializes_with_the_stored_token_until_logout_by_helper_exec_and_variable() {
    let Some(around) = Surroundings::new() else {
        return;
    };
    for configuration in [CLOUD, MODULE] {
        around.init(configuration).code(1);
    }
    around.sign_in();
    let token = around.keybelt("token print").run().code(0).stdout().trim_end().to_owned();
    let variable = format!("TF_TOKEN_{}", around.host.replace('.', "_"));
    let by_variable =
        |configuration| around.init_with(configuration, |run| run.env(&variable, &token));
    for configuration in [CLOUD, MODULE] {
        around.init_by_exec(configuration).code(0).prints("successfully initialized");
        by_variable(configuration).code(0).prints("successfully initialized");
        around.init(configuration).code(1);
    }
    around.keybelt("helper install").run().code(0);
    for configuration in [CLOUD, MODULE] {
        around.init(configuration).code(0).prints("successfully initialized");
    }
    let file = around.world.home().join(".terraform.d/credentials.tfrc.json");
    assert!(!file.exists(), "Terraform was given the token, and kept it");
    around.keybelt("logout").run().code(0).says("the token is revoked");
    for configuration in [CLOUD, MODULE] {
        around.init(configuration).code(1).hides(&token);
        by_variable(configuration).code(1).hides(&token);
        around.init_by_exec(configuration).code(3).says("not signed in");
    }
}

#[test]
fn terraform_login_and_logout_store_into_and_erase_from_keybelt() {
    let Some(around) = Surroundings::new() else {
        return;
    };
    around.keybelt("helper install").run().code(0);
    let mut terminal = around.terraform(&["login", &around.host]).size(24, 500).pty();
    terminal.expect("keybelt").expect("Enter a value").type_line("yes");
    terminal.expect("/app/oauth2/auth?").expect("state=").expect("\r\n");
    around.consent(&terminal);
    terminal.wait(0);
    let accounts = around.world.tokens_json()["hosts"][&around.host]["accounts"].clone();
    assert_eq!(accounts["terraform"]["origin"], "helper");
    let token = accounts["terraform"]["token"].as_str().unwrap().to_owned();
    assert!(around.world.sandbox.accepts(&token));
    let file = around.world.home().join(".terraform.d/credentials.tfrc.json");
    assert!(!file.exists(), "it lies in Terraform's own file");
    for configuration in [CLOUD, MODULE] {
        around.init(configuration).code(0).prints("successfully initialized");
    }
    around.terraform(&["logout", &around.host]).run().code(0);
    assert_eq!(around.world.tokens_json()["hosts"].get(&around.host), None);
    around.init(CLOUD).code(1);
    // Terraform revokes nothing; that is why keybelt has a logout of its own.
    assert!(around.world.sandbox.accepts(&token));
}

/// "Success! Terraform has removed the stored API token" was untrue: the helper went on with another one.
#[test]
fn terraform_logout_is_no_success_while_keybelt_has_another_token_for_the_host() {
    let Some(around) = Surroundings::new() else {
        return;
    };
    around.sign_in();
    let own = around.keybelt("token print").run().code(0).stdout().trim_end().to_owned();
    around.keybelt("helper install").run().code(0);
    for is_stored in [false, true] {
        if is_stored {
            let object = format!("{{\"token\":\"{}\"}}", around.world.account("bob").token);
            around.keybelt(["helper", "store", &around.host]).stdin(object).run().code(0);
        }
        let logout = around.terraform(&["logout", &around.host]).run().code(1);
        let told = logout.says(&format!("keybelt logout {}", around.host));
        told.hides("Success").hides(&own);
        around.init(CLOUD).code(0);
    }
    let accounts = around.world.tokens_json()["hosts"][&around.host]["accounts"].clone();
    assert_eq!(accounts.as_object().unwrap().keys().collect::<Vec<_>>(), ["alice"]);
    around.keybelt("logout").run().code(0).says("the token is revoked");
    around.terraform(&["logout", &around.host]).run().code(0);
    around.init(CLOUD).code(1);
}
